//! What waits for an answer: a key that goes by what is still looked for, and all that was typed behind it.
//!
//! Imports messages only; no terminal.

use std::collections::VecDeque;

use super::super::message::Message;

/// What waits.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// Whether the first message waits for what is looked for.
    pub is_waiting: bool,
    /// All that waits, the first first.
    pub messages: VecDeque<Message>,
}

impl Held {
    /// Whether anything waits.
    pub fn is_any(&self) -> bool {
        self.is_waiting || !self.messages.is_empty()
    }
}
