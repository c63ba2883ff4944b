//! Rules on when things are said to have happened: that they could have.
//!
//! Moments are compared on the story's one axis, and only where they are certain: a time that is about right (`?`,
//! `~`, `%`) or undated contradicts nothing. Where `after` and `before` narrow a time, they count.
//!
//! Imports what `check` imports.

use chrono::NaiveDate;

use super::{Findings, Paths, allowing};
use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::graph::Graph;
use crate::story::id::{ElementId, EventId, SourceId};
use crate::story::vocabulary::Status;
use crate::story::when::{Moment, Timing, When, moment_reading, start_of};

/// A statement that can only have been said after the source that carries it was published.
pub(super) fn said_after_publication(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, statement) in graph.statements() {
        let (Some(said), Some(published)) =
            (earliest(&statement.said), published_by(graph, statement.source))
        else {
            continue;
        };
        if said <= published {
            continue;
        }
        let element = ElementId::Statement(id);
        let path = findings.paths().element(element).key("said");
        let message = format!(
            "this was said on {}, after {} was published ({})",
            statement.said.when.as_ref().map(When::reading).unwrap_or_default(),
            graph.source(statement.source).label(),
            publication(graph, statement.source, published)
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
        let Some(happened) = event_earliest(graph, id) else { continue };
        for (place, source) in event.sources.iter().enumerate() {
            let Some(published) = published_by(graph, *source).filter(|published| *published < happened)
            else {
                continue;
            };
            let when = match &event.timing.when {
                Some(when) => when.reading(),
                None => format!("{} at the earliest", moment_reading(happened)),
            };
            let message = format!(
                "{} was published ({}) before this event happened ({when})",
                graph.source(*source).label(),
                publication(graph, *source, published)
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

/// The first moment a time can mean, where that is certain.
fn earliest(timing: &Timing) -> Option<Moment> {
    if is_rough(timing) { None } else { timing.bounds().earliest }
}

fn event_earliest(graph: &Graph, event: EventId) -> Option<Moment> {
    if is_rough(&graph.event(event).timing) { None } else { graph.chronology().bounds(event).earliest }
}

/// The last moment at which a source can have been published, where that is certain.
fn published_by(graph: &Graph, source: SourceId) -> Option<Moment> {
    if is_rough(&graph.source(source).published) {
        return None;
    }
    graph.chronology().source_bounds(source).latest
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
fn publication(graph: &Graph, source: SourceId, latest: Moment) -> String {
    match &graph.source(source).published.when {
        Some(when) => when.reading(),
        None => format!("by {}", moment_reading(latest)),
    }
}
