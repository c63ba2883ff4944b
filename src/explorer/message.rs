//! What the explorer is told. No terminal types.

use super::key::Key;
use crate::config;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The screen has this size.
    Resize {
        /// In columns.
        width: u16,
        /// In rows.
        height: u16,
    },
}
