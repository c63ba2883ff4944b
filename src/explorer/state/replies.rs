//! The right of reply on the screen.
//!
//! Imports `query::reply`; no terminal.

use super::Scrolled;
use crate::query::reply::{Entry, right_of_reply};
use crate::story::graph::Graph;

/// What is charged against whom, and what they said to it.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The charges with their replies, those without one first; at least one.
    pub entries: Vec<Entry>,
    /// The cursor.
    pub at: Scrolled,
}

impl Heard {
    /// All of a story; `None` where nothing is charged against anyone with a name.
    pub fn of(graph: &Graph) -> Option<Self> {
        let entries = right_of_reply(graph);
        (!entries.is_empty()).then_some(Self { entries, at: Scrolled::default() })
    }
}
