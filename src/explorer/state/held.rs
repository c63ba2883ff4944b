//! What waits for an answer: an Enter that takes what is still looked for, and all that was typed behind it.
//!
//! Imports messages only; no terminal.

use std::collections::VecDeque;

use super::super::message::Message;

/// What waits.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// Whether an Enter waits for what is looked for.
    pub enter: bool,
    /// What came in behind it, the first first.
    pub messages: VecDeque<Message>,
}

impl Held {
    /// Whether anything waits.
    pub fn is_any(&self) -> bool {
        self.enter || !self.messages.is_empty()
    }
}
