//! The events a reader steps through: all of them, or those a filter leaves; in chronological order.
//!
//! Imports `story`, `text` and the filter language.

use super::filter::{Expression, Texts};
use crate::story::graph::Graph;
use crate::story::id::{ActorId, EventId, Id as _, SourceId};
use crate::story::vocabulary::Status;
use crate::text::safe_line;

/// What the timeline is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// The events an actor takes part in, speaks in or is spoken of in.
    Actor(ActorId),
    /// The events a source reports.
    Source(SourceId),
    /// The events an expression holds for.
    Written {
        /// The expression, accepted before.
        expression: Expression,
        /// The view it comes from.
        view: Option<String>,
    },
}

impl Filter {
    /// How it reads: `actor: BYD`.
    pub fn reading(&self, graph: &Graph) -> String {
        match self {
            Self::Actor(actor) => format!("actor: {}", graph.actor(*actor).name),
            Self::Source(source) => format!("source: {}", graph.source(*source).label()),
            Self::Written { view: Some(view), .. } => format!("view: {}", safe_line(view)),
            Self::Written { expression, view: None } => format!("filter: {}", safe_line(expression.text())),
        }
    }
}

/// The events to show, in chronological order. For a written filter the story's texts are folded anew: where they
/// are at hand, [`events_in`] is quicker.
pub fn events(graph: &Graph, filter: Option<&Filter>) -> Vec<EventId> {
    match filter {
        Some(Filter::Written { .. }) => events_in(graph, filter, &Texts::of(graph)),
        _ => listed(graph, filter),
    }
}

/// As [`events`], with the texts of the same story folded before.
pub fn events_in(graph: &Graph, filter: Option<&Filter>, texts: &Texts) -> Vec<EventId> {
    match filter {
        Some(Filter::Written { expression, .. }) => {
            let holds = expression.found_in(graph, texts);
            let order = graph.chronology().order().iter();
            order.copied().filter(|event| holds[event.index()]).collect()
        }
        _ => listed(graph, filter),
    }
}

/// Without what an expression asks.
fn listed(graph: &Graph, filter: Option<&Filter>) -> Vec<EventId> {
    let mut events = match filter {
        Some(Filter::Actor(actor)) => graph.events_of_actor(*actor).to_vec(),
        Some(Filter::Source(source)) => graph.events_of_source(*source).to_vec(),
        Some(Filter::Written { .. }) | None => return graph.chronology().order().to_vec(),
    };
    events.sort_unstable_by_key(|event| graph.chronology().rank(*event));
    events
}

/// The place in `events` nearest in time to a day; the first of equals. Undated events are never nearest unless
/// there are no others.
pub fn nearest(graph: &Graph, events: &[EventId], day: chrono::NaiveDate) -> usize {
    let day = crate::story::when::start_of(day);
    let distance = |event: EventId| {
        let bounds = graph.event(event).timing.bounds();
        let (earliest, latest) = (bounds.earliest?, bounds.latest.or(bounds.earliest)?);
        Some(if day < earliest {
            earliest.signed_duration_since(day)
        } else if day > latest {
            day.signed_duration_since(latest)
        } else {
            chrono::TimeDelta::zero()
        })
    };
    events
        .iter()
        .enumerate()
        .filter_map(|(place, event)| distance(*event).map(|distance| (distance, place)))
        .min()
        .map_or(0, |(_, place)| place)
}

/// Whether an event is scheduled, and may lie on a day or after it.
pub fn is_to_come(graph: &Graph, event: EventId, day: chrono::NaiveDate) -> bool {
    let latest = graph.chronology().bounds(event).latest;
    graph.event(event).status == Status::Scheduled
        && latest.is_none_or(|latest| latest >= crate::story::when::start_of(day))
}

/// The next scheduled event from a day on, in the order of `events`: the first, or where `after` is one of them the
/// one after it. Those without any date come last.
pub fn next_scheduled(
    graph: &Graph,
    events: &[EventId],
    day: chrono::NaiveDate,
    after: Option<EventId>,
) -> Option<EventId> {
    let mut to_come = events.iter().copied().filter(|event| is_to_come(graph, *event, day));
    match after.filter(|after| is_to_come(graph, *after, day)) {
        Some(after) => to_come.skip_while(|event| *event != after).nth(1),
        None => to_come.next(),
    }
}
