//! What `update` asks of the world; the event loop does it.

use crate::config;
use crate::reader::notes::Notes;

/// Something `update` cannot do itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Save a filter under its name in the reader's configuration, and say what came of it.
    SaveView(config::View),
    /// Save the reader's bookmarks and notes, and say what came of it; then, where they are saved, this.
    SaveNotes(Box<Notes>, &'static str),
    /// Send a text to the terminal's clipboard.
    Copy(String),
    /// Hand the terminal to the shell until `fg`.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
}
