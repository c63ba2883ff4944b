//! Rules on when things are said to have happened: that they could have.
//!
//! Times are compared only where they are certain: one that is about right (`?`, `~`, `%`) or undated contradicts
//! nothing, and one without a zone contradicts one with a zone only where no zone would fit. Where `after` and `before`
//! narrow a time, they count.
//!
//! Imports what `check` imports.

use chrono::NaiveDate;

use super::{Findings, Paths, allowing};
use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::graph::Graph;
use crate::story::id::{ElementId, EventId, SourceId};
use crate::story::order::Place;
use crate::story::vocabulary::Status;
use crate::story::when::{Extent, Timing, When, moment_reading, start_of};

/// A statement that can only have been said after the source that carries it was published.
pub(super) fn said_after_publication(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, statement) in graph.statements() {
        let (Some(said), Some(published)) =
            (certain(&statement.said), source_extent(graph, statement.source))
        else {
            continue;
        };
        if !said.is_after(&published) {
            continue;
        }
        let element = ElementId::Statement(id);
        let path = findings.paths().element(element).key("said");
        let message = format!(
            "this was said on {}, after {} was published ({})",
            statement.said.when.as_ref().map(When::reading).unwrap_or_default(),
            graph.source(statement.source).label(),
            publication(graph, statement.source)
        );
        let hint = "correct `said:`, the source's `published:`, or which `source:` carries it";
        let found = Diagnostic::new(Code::SaidAfterPublication, path, message)
            .hint(hint)
            .also(published_at(graph, statement.source), "when the source that carries it was published");
        findings.report(&[element], found);
    }
}

/// An event that occurred, or is alleged to have, and names a source that was published before it can have happened.
pub(super) fn reported_before_happening(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, event) in graph.events() {
        if !matches!(event.status, Status::Occurred | Status::Alleged) {
            continue;
        }
        let Some(happened) = event_extent(graph, id) else { continue };
        for (place, source) in event.sources.iter().enumerate() {
            if !source_extent(graph, *source).is_some_and(|published| happened.is_after(&published)) {
                continue;
            }
            let earliest = graph.chronology().bounds(id).earliest;
            let when = match (&event.timing.when, earliest) {
                (Some(when), _) => when.reading(),
                (None, Some(earliest)) => format!("{} at the earliest", moment_reading(earliest)),
                (None, None) => "undated".to_owned(),
            };
            let message = format!(
                "{} was published ({}) before this event happened ({when})",
                graph.source(*source).label(),
                publication(graph, *source)
            );
            let hint = "correct the event's `when:` or the source's `published:`; a source that only announces the \
                        event does not report that it happened";
            let path = Paths::event(id).key("sources").index(place);
            let (place, what) = if event.timing.when.is_some() {
                (Paths::event(id).key("when"), "when it is said to have happened")
            } else {
                (published_at(graph, *source), "when it was published")
            };
            let found =
                Diagnostic::new(Code::ReportedBeforeHappening, path, message).hint(hint).also(place, what);
            findings.report(&[ElementId::Event(id)], found);
        }
    }
}

/// A scheduled event whose last possible moment is over; of one that is only about right there is none.
pub(super) fn scheduled_in_the_past(graph: &Graph, today: NaiveDate, findings: &mut Findings) {
    for (id, event) in graph.events() {
        let latest = graph.chronology().bounds(id).latest;
        let (Status::Scheduled, Some(latest)) = (event.status, latest) else { continue };
        if is_rough(&event.timing) {
            continue;
        }
        let element = ElementId::Event(id);
        if latest >= start_of(today) {
            findings.awaits(element, Code::ScheduledInThePast);
            continue;
        }
        let (key, when) = match &event.timing.when {
            Some(when) => ("when", format!("for {}", when.reading())),
            None => ("status", format!("and comes {} at the latest", moment_reading(latest))),
        };
        let message = format!("this is scheduled {when}, and that is past");
        let hint = format!(
            "add what came of it from a source and set `status: occurred`; where no source tells, say so: {}",
            allowing(Code::ScheduledInThePast)
        );
        let found = Diagnostic::new(Code::ScheduledInThePast, Paths::event(id).key(key), message).hint(hint);
        findings.report(&[element], found);
    }
}

/// A written time for comparing, where it is certain.
fn certain(timing: &Timing) -> Option<Extent> {
    if is_rough(timing) { None } else { Some(timing.extent()) }
}

fn event_extent(graph: &Graph, event: EventId) -> Option<Extent> {
    certain(&graph.event(event).timing).map(|_| graph.chronology().extent(Place::Event(event)))
}

fn source_extent(graph: &Graph, source: SourceId) -> Option<Extent> {
    certain(&graph.source(source).published).map(|_| graph.chronology().extent(Place::Source(source)))
}

fn is_rough(timing: &Timing) -> bool {
    timing.when.as_ref().is_some_and(When::is_rough)
}

/// Where it is said when a source was published.
fn published_at(graph: &Graph, source: SourceId) -> Path {
    let path = Paths::source(source);
    if graph.source(source).published.when.is_some() { path.key("published") } else { path }
}

/// When a source was published, as the story gives it, or by when at the latest.
fn publication(graph: &Graph, source: SourceId) -> String {
    match (&graph.source(source).published.when, graph.chronology().source_bounds(source).latest) {
        (Some(when), _) => when.reading(),
        (None, Some(latest)) => format!("by {}", moment_reading(latest)),
        (None, None) => "undated".to_owned(),
    }
}
