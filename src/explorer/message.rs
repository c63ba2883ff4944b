//! What the explorer is told. No terminal types.

use super::key::Key;
use super::reread::Reread;
use super::state::Ahead;
use crate::config;

/// What came of copying a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// What to call the text.
    pub what: String,
    /// It was sent to the terminal, which does not answer; or why it was not.
    pub terminal: Result<(), String>,
    /// The program that has put it on the system's clipboard, or why none did, safe to show; `None` where there is none.
    pub tool: Option<Result<String, String>>,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// A view was to be saved, and that came of it: nothing wrong, or why it is not saved, safe to show.
    Saved(config::View, Result<(), String>),
    /// Bookmarks and notes were to be saved, and that came of it: what to say of it, or why they are not saved, safe to
    /// show.
    NotesSaved(Result<&'static str, String>),
    /// What was read was to be saved, and that came of it: as for notes.
    ReadSaved(Result<&'static str, String>),
    /// A text was to be copied.
    Copied(Copied),
    /// An address was to be opened.
    Opened {
        /// The address.
        address: String,
        /// The program it was handed to, or why it is not opened, safe to show.
        outcome: Result<String, String>,
    },
    /// The story's file was to be edited: the editor that has ended, or why there was none, safe to show.
    Edited(Result<String, String>),
    /// The story's file was read again, and that came of it.
    Reread(Box<Reread>),
    /// The disputes that nobody wrote were looked for in a whole story.
    Ahead(Box<Ahead>),
    /// The left mouse button was pressed at a cell.
    Click {
        /// Counted from 0.
        column: u16,
        /// Counted from 0.
        row: u16,
    },
    /// The wheel was turned at a cell.
    Wheel {
        /// Counted from 0.
        column: u16,
        /// Counted from 0.
        row: u16,
        /// Towards the reader.
        down: bool,
    },
    /// Nothing came in while there was something to be gone on with.
    Idle,
    /// The screen has this size.
    Resize {
        /// In columns.
        width: u16,
        /// In rows.
        height: u16,
    },
}
