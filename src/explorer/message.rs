//! What the explorer is told. No terminal types.

use super::key::Key;
use super::reread::Reread;
use crate::config;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// A view was to be saved, and that came of it: nothing wrong, or why it is not saved, safe to show.
    Saved(config::View, Result<(), String>),
    /// The story's file was read again, and that came of it.
    Reread(Box<Reread>),
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
