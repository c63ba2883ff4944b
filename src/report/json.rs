//! The whole story as one JSON object, for programs.
//!
//! The promise: every field of the format, under the format's own name and with ids as written; what is missing is
//! `null` or an empty list, never left out. Imports `story`.
//!
//! ```text
//! {
//!   "dateline": 1,                      the number of this shape
//!   "as_of": null | {"moment", "reading", "sources_hidden", "sources_possibly_out", "possibly_known": [id]},
//!   "filter": {"text", "view": text, "events", "of"},   what narrows it; null where nothing does
//!   "story": {"title", "summary", "time_zone"},
//!   "sources": [{"id", "title", "publisher", "byline", "published": TIME,
//!                "after": [NEIGHBOUR], "before": [NEIGHBOUR], "kind", "held", "relies_on": [id],
//!                "origin", "ai_generated", "gaps": [text], "grade": {"reliability", "credibility"},
//!                "archive": {"file", "sha256"}, "url", "note", "allow": [{"rule", "reason"}]}],
//!   "actors": [{"id", "name", "kind", "named", "aliases": [text], "part_of": id, "note", "allow"}],
//!   "events": [{"id", "title", "when": TIME, "after": [NEIGHBOUR], "before": [NEIGHBOUR], "status", "kind", "summary", "place", "sources": [id],
//!               "actors": [{"actor": id, "role"}],
//!               "links": [{"to": id, "kind", "basis", "source": id, "locator", "note"}],
//!               "statements": [{"id", "form", "text", "speaker": id, "said": TIME, "stance", "about": [id],
//!                               "replies_to": [id], "source": id, "relies_on": null | [id], "locator", "note", "disputes": [id], "allow"}],
//!               "reactions": [{"id", "instrument", "symbol", "venue", "session": TIME, "change": CHANGE,
//!                              "source": id, "relies_on": null | [id], "locator", "note", "disputes": [id], "allow"}],
//!               "disputes": [id], "allow"}],                                            in document order
//!   "disputes": [{"id", "question", "grade", "note", "positions": [{"label", "held_by": [id], "note", "sources": [id],
//!                 "origins": [id], "origins_at_least": bool, "origin_unknown": [id]}], "allow"}],
//!   "found": [{"rule", "question", "positions": [{"label", "held_by": [id]}]}],    found by a rule, written by nobody
//!   "chronology": {"order": [id], "undated_from"}
//! }
//! TIME = {"reading", "earliest", "latest", "basis": "stated" | "inferred" | null, "vague", "zone_missing", "note",
//!         "not_before", "not_after"}
//! NEIGHBOUR = {"event": id, "source": id, "by"}          one of the two ids; "by" is the least time between, or null
//! CHANGE = {"reading", "kind": "exact" | "more_than" | "less_than" | "about" | "lost", "percent"}
//! ```
//!
//! `earliest` and `latest` are the first and last moment the written time can mean, on the clock of the story's time
//! zone; `null` is open or undated. `not_before` and `not_after` are the same narrowed by `after` and `before`; they
//! stand on an event's `when` and a source's `published`, and are `null` elsewhere. `basis` is `null` where undated.
//! `after` and `before` hold all that an event or source must follow and precede, at whichever of the two it is written.
//! `chronology.order` holds the events in order of time; from place `undated_from` on (counted from 0) they are undated.
//!
//! `found` holds accounts that differ with no dispute between them, as the rule `figures`, `dates`, `denial` or `wording`
//! found them. They are none of the author's: `disputes` and every count of disputes are without them.
//!
//! With a filter, `events` of all `of` events are in the lists, and so are the disputes that touch them, whole, the
//! sources that report them or carry something in what is told, with those these rely on, and the actors that take
//! part, speak or are spoken of in it; of what was found, that which touches these events alone. Ids of other events, and of what was said in them, may still stand in `links`,
//! `replies_to` and `held_by`.

use std::io;

use serde::Serialize;

use super::selection::Selection;
use crate::query::as_of::{LookBack, Seen};
use crate::query::found::found;
use crate::story::change::Change;
use crate::story::graph::{self, Graph};
use crate::story::id::{Account, DisputeId, ElementId, EventId, SourceId, StatementId};
use crate::story::vocabulary::Vocabulary;
use crate::story::when::{Bounds, Moment, Timing, When};

mod elements;

use elements::{Actor, Dispute, Event, Found, Neighbours, Source};

/// The number of the shape described above.
const SHAPE: u32 = 1;

/// Writes the story as one JSON object, indented, with a line end after it.
///
/// `back` says that the graph is the part of a story that could have been known at a moment. With a `part` only what
/// belongs to its events is written.
pub fn write(
    graph: &Graph,
    back: Option<&LookBack>,
    part: Option<&Selection>,
    out: &mut impl io::Write,
) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Story::of(graph, back, part)).map_err(io::Error::from)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Filter<'g> {
    text: &'g str,
    view: Option<&'g str>,
    events: usize,
    of: usize,
}

#[derive(Serialize)]
struct Story<'g> {
    dateline: u32,
    as_of: Option<Back<'g>>,
    filter: Option<Filter<'g>>,
    #[serde(rename = "story")]
    header: Header<'g>,
    sources: Vec<Source<'g>>,
    actors: Vec<Actor<'g>>,
    events: Vec<Event<'g>>,
    disputes: Vec<Dispute<'g>>,
    found: Vec<Found<'g>>,
    chronology: Order<'g>,
}

#[derive(Serialize)]
struct Back<'g> {
    moment: String,
    reading: &'g str,
    sources_hidden: usize,
    sources_possibly_out: usize,
    possibly_known: Vec<&'g str>,
}

impl<'g> Back<'g> {
    fn of(graph: &'g Graph, back: &'g LookBack) -> Self {
        let known = &back.known;
        let sources = graph.sources().map(|(id, it)| (known.source(id), &it.id));
        let actors = graph.actors().map(|(id, it)| (known.actor(id), &it.id));
        let events = graph.events().map(|(id, it)| (known.event(id), &it.id));
        let statements = graph.statements().map(|(id, it)| (known.statement(id), &it.id));
        let reactions = graph.reactions().map(|(id, it)| (known.reaction(id), &it.id));
        let disputes = graph.disputes().map(|(id, it)| (known.dispute(id), &it.id));
        let all = sources.chain(actors).chain(events).chain(statements).chain(reactions).chain(disputes);
        Self {
            moment: clock(back.then().moment),
            reading: &back.reading,
            sources_hidden: back.not_out,
            sources_possibly_out: back.possibly_out,
            possibly_known: all
                .filter(|(seen, _)| *seen == Seen::Possibly)
                .map(|(_, id)| id.as_str())
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Header<'g> {
    title: &'g str,
    summary: Option<&'g str>,
    time_zone: &'static str,
    allow: Vec<Allowance<'g>>,
}

#[derive(Serialize)]
struct Order<'g> {
    order: Vec<&'g str>,
    undated_from: usize,
}

impl<'g> Story<'g> {
    fn of(graph: &'g Graph, back: Option<&'g LookBack>, part: Option<&'g Selection>) -> Self {
        let header = graph.header();
        let chronology = graph.chronology();
        let (dated, undated) = chronology.order().split_at(chronology.undated_from());
        let told = |event: &&EventId| part.is_none_or(|part| part.event(**event));
        let id = |event: &EventId| graph.event(*event).id.as_str();
        let dated: Vec<_> = dated.iter().filter(told).map(id).collect();
        let undated_from = dated.len();
        let neighbours = Neighbours::of(graph);
        Self {
            dateline: SHAPE,
            as_of: back.map(|back| Back::of(graph, back)),
            filter: part.map(|part| Filter {
                text: &part.filter,
                view: part.view.as_deref(),
                events: part.event_count(),
                of: graph.event_count(),
            }),
            header: Header {
                title: &header.title,
                summary: header.summary.as_deref(),
                time_zone: header.time_zone.name(),
                allow: allowances(&header.allow),
            },
            sources: graph
                .sources()
                .filter(|(id, _)| part.is_none_or(|part| part.source(*id)))
                .map(|(id, source)| Source::of(graph, &neighbours, id, source))
                .collect(),
            actors: graph
                .actors()
                .filter(|(id, _)| part.is_none_or(|part| part.actor(*id)))
                .map(|(_, actor)| Actor::of(graph, actor))
                .collect(),
            events: graph
                .events()
                .filter(|(id, _)| part.is_none_or(|part| part.event(*id)))
                .map(|(id, event)| Event::of(graph, &neighbours, id, event))
                .collect(),
            disputes: graph
                .disputes()
                .filter(|(id, _)| part.is_none_or(|part| part.dispute(*id)))
                .map(|(_, dispute)| Dispute::of(graph, dispute))
                .collect(),
            found: found(graph)
                .iter()
                .filter(|found| part.is_none_or(|part| part.holds(graph, found.accounts())))
                .map(|found| Found::of(graph, found))
                .collect(),
            chronology: Order {
                order: dated.into_iter().chain(undated.iter().filter(told).map(id)).collect(),
                undated_from,
            },
        }
    }
}

#[derive(Serialize)]
struct Time<'g> {
    reading: String,
    earliest: Option<String>,
    latest: Option<String>,
    basis: Option<&'static str>,
    vague: bool,
    zone_missing: bool,
    note: Option<&'g str>,
    not_before: Option<String>,
    not_after: Option<String>,
}

impl<'g> Time<'g> {
    fn of(timing: &'g Timing) -> Self {
        let Bounds { earliest, latest } = timing.bounds();
        let when = timing.when.as_ref();
        Self {
            reading: when.map_or_else(|| "undated".to_owned(), When::reading),
            earliest: earliest.map(clock),
            latest: latest.map(clock),
            basis: when.map(|_| if timing.inferred { "inferred" } else { "stated" }),
            vague: when.is_some_and(When::is_vague),
            zone_missing: when.is_some_and(When::lacks_zone),
            note: timing.note.as_deref(),
            not_before: None,
            not_after: None,
        }
    }

    fn within(self, narrowed: Bounds) -> Self {
        Self { not_before: narrowed.earliest.map(clock), not_after: narrowed.latest.map(clock), ..self }
    }
}

/// A moment on the clock of the story's zone: `2025-11-14T09:30:00`.
fn clock(at: Moment) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}

#[derive(Serialize)]
struct Figure {
    reading: String,
    kind: &'static str,
    percent: Option<f64>,
}

impl Figure {
    fn of(change: Change) -> Self {
        let kind = match change {
            Change::Exact(_) => "exact",
            Change::MoreThan(_) => "more_than",
            Change::LessThan(_) => "less_than",
            Change::About(_) => "about",
            Change::Lost => "lost",
        };
        Self { reading: change.reading(), kind, percent: change.figure() }
    }
}

#[derive(Serialize)]
struct Allowance<'g> {
    rule: &'g str,
    reason: &'g str,
}

fn allowances(allow: &[graph::Allowance]) -> Vec<Allowance<'_>> {
    allow.iter().map(|allow| Allowance { rule: &allow.rule, reason: &allow.reason }).collect()
}

fn source_ids<'g>(graph: &'g Graph, ids: &[SourceId]) -> Vec<&'g str> {
    ids.iter().map(|id| graph.source(*id).id.as_str()).collect()
}

fn statement_ids<'g>(graph: &'g Graph, ids: &[StatementId]) -> Vec<&'g str> {
    ids.iter().map(|id| graph.statement(*id).id.as_str()).collect()
}

fn dispute_ids<'g>(graph: &'g Graph, ids: &[DisputeId]) -> Vec<&'g str> {
    ids.iter().map(|id| graph.dispute(*id).id.as_str()).collect()
}

fn account_id(graph: &Graph, account: Account) -> &str {
    graph.id_of(match account {
        Account::Statement(id) => ElementId::Statement(id),
        Account::Reaction(id) => ElementId::Reaction(id),
    })
}

fn word<V: Vocabulary>(value: Option<V>) -> Option<&'static str> {
    value.map(Vocabulary::word)
}
