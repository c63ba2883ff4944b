//! What `update` asks of the world; the event loop does it.

use crate::config;
use crate::reader::notes::Notes;
use crate::story::diagnostic::Path;
use crate::story::web_address::WebAddress;

/// A text to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The text; safe to show, and so to paste.
    pub text: String,
    /// What to call it: `a citation of acme-false`.
    pub what: String,
}

/// Something `update` cannot do itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Save a filter under its name in the reader's configuration, and say what came of it.
    SaveView(config::View),
    /// Read the story's file again, and tell of it in any case.
    Reread,
    /// Save the reader's bookmarks and notes, and say what came of it; then, where they are saved, this.
    SaveNotes(Box<Notes>, &'static str),
    /// Save what was read, and say what came of it; then, where it is saved, this.
    SaveRead(&'static str),
    /// Put a text on the clipboards there are, and say what came of it.
    Copy(Excerpt),
    /// Hand an address to a browser, and say what came of it.
    Open(WebAddress),
    /// Open the story's file in the reader's editor, and say what came of it.
    Edit(Spot),
    /// Hand the terminal to the shell until `fg`.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
}

/// Where in the story's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// At a place of the document.
    Place(Path),
    /// At a line, counted from 1.
    Line(usize),
}
