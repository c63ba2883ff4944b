//! Times told relative to others: whether they show, and to which event.
//!
//! Imports `query` and `story`; no terminal, no clock.

use chrono::NaiveDate;

use crate::query::interval::{Span, Time};
use crate::story::graph::Graph;
use crate::story::id::{ElementId, EventId};

/// What relative times are told from.
#[derive(Debug, Clone, Default)]
pub struct Relative {
    /// Whether they show.
    pub on: bool,
    /// Whether the key last run went to today, so that the same key goes on from there.
    pub was_today: bool,
    /// The written id of the event at the cursor. An id, for graphs come and go.
    here: Option<String>,
    /// That of the event the cursor was on before.
    before: Option<String>,
}

impl Relative {
    /// Takes note of the event at the cursor.
    pub fn follow(&mut self, graph: &Graph, event: Option<EventId>) {
        let Some(event) = event else { return };
        let id = graph.event(event).id.as_str();
        if self.here.as_deref() != Some(id) {
            self.before = self.here.replace(id.to_owned());
        }
    }

    /// The event the cursor was on before, where the story still has it.
    pub fn before(&self, graph: &Graph) -> Option<EventId> {
        match graph.by_id(self.before.as_deref()?)? {
            ElementId::Event(event) => Some(event),
            _ => None,
        }
    }

    /// How far an event is from the one before; `None` without one.
    pub fn to_before(&self, graph: &Graph, event: EventId) -> Option<(EventId, Span)> {
        let before = self.before(graph).filter(|before| *before != event)?;
        Some((before, Span::between(Time::of_event(graph, before), Time::of_event(graph, event))))
    }
}

/// How far an event is from today.
pub fn from_today(graph: &Graph, today: NaiveDate, event: EventId) -> Span {
    Span::from_day(today, Time::of_event(graph, event))
}
