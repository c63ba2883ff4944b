//! A citation: one line of plain text that says what was said, by whom, when and how that is known, in which source,
//! where in it, and whether others tell it otherwise. To be pasted into a draft, an e-mail or a chat.
//!
//! The promise: nothing that the screen marks loses its mark on the way out. An inferred time, an alleged event, a
//! paraphrase, a source that is not held and a dispute say so in words; only verbatim words stand in quotation marks.
//! There is no line end in it, so that a shell it is pasted into runs nothing. Imports `story`, `query::bounds` and
//! `query::reaction`.

use crate::query::{bounds, reaction};
use crate::story::graph::{Carrier, Event, Graph};
use crate::story::id::{Account, ActorId, DisputeId, ElementId, EventId, StatementId};
use crate::story::locator::Locator;
use crate::story::order::Place;
use crate::story::vocabulary::{Form, Status, Vocabulary as _};
use crate::text;

/// The citation of an element.
pub fn citation(graph: &Graph, element: ElementId) -> String {
    let told = match element {
        ElementId::Statement(id) => account(graph, Account::Statement(id), true),
        ElementId::Reaction(id) => account(graph, Account::Reaction(id), true),
        ElementId::Event(id) => event(graph, id),
        ElementId::Source(id) => format!("{}.", source(graph, Carrier::whole(id), None)),
        ElementId::Actor(id) => actor(graph, id),
        ElementId::Dispute(id) => dispute(graph, id),
    };
    let id = graph.id_of(element);
    one_line(&format!("{told} [{id}]"))
}

/// The text without line ends, and safe.
fn one_line(told: &str) -> String {
    let words: Vec<_> = told.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    text::safe_line(&words.join(" ")).into_owned()
}

/// A statement or reaction: the words, who and when, the source; with its event and disputes where it stands alone.
fn account(graph: &Graph, account: Account, alone: bool) -> String {
    let (words, locator) = match account {
        Account::Statement(id) => (said(graph, id), graph.statement(id).locator),
        Account::Reaction(id) => {
            let reaction = graph.reaction(id);
            let venue = reaction.venue.as_ref().map(|venue| format!(", traded in {venue}"));
            (format!("{}{}", reaction::reading(reaction), venue.unwrap_or_default()), reaction.locator)
        }
    };
    let source = source(graph, Carrier::of(graph, account), locator);
    if !alone {
        return format!("{words}; source: {source}");
    }
    let of = named(graph, graph.event_of(account));
    let disputes = disputed(graph, graph.disputes_of(account));
    format!("{words}. Of: {of}. Source: {source}.{disputes}")
}

/// `“completely false” (said by Acme on 15 Nov 2025 (inferred), denial)`.
fn said(graph: &Graph, id: StatementId) -> String {
    let statement = graph.statement(id);
    let words = match statement.form {
        Form::Quote => format!("“{}”", statement.text),
        Form::Paraphrase => format!("Paraphrase: {}", statement.text),
    };
    let who = match statement.speaker.map(|speaker| graph.actor(speaker)) {
        Some(speaker) if speaker.named => speaker.name.to_string(),
        Some(speaker) => format!("{} (not named)", speaker.name),
        None => "the source in its own voice".to_owned(),
    };
    let when = match &statement.said.when {
        Some(_) => format!("said {}", statement.said.reading()),
        None => "when it was said is not recorded".to_owned(),
    };
    let stance = statement.stance.map(|stance| format!(", {}", stance.reading())).unwrap_or_default();
    format!("{words} — {who}, {when}{stance}")
}

/// An event with when it was and how sure that it was.
fn named(graph: &Graph, id: EventId) -> String {
    let event = graph.event(id);
    let when = bounds::told(graph, Place::Event(id)).reading();
    format!("{}{}, {when}", event.title, status(event))
}

fn status(event: &Event) -> String {
    match event.status {
        Status::Occurred => String::new(),
        other => format!(" ({})", other.word()),
    }
}

fn event(graph: &Graph, id: EventId) -> String {
    let event = graph.event(id);
    let sources: Vec<_> = event.sources.iter().map(|id| source(graph, Carrier::whole(*id), None)).collect();
    let many = if sources.len() == 1 { "Source" } else { "Sources" };
    let disputes = disputed(graph, graph.disputes_of_event(id));
    format!("{}. {many}: {}.{disputes}", named(graph, id), sources.join("; "))
}

/// `GMT Eight: the headline (article), by who wrote it, published 17 Nov 2025 22:33, no zone printed, line 13, address`.
fn source(graph: &Graph, carrier: Carrier, locator: Option<Locator>) -> String {
    let source = graph.source(carrier.source);
    let publisher = source.publisher.as_deref().unwrap_or("no publisher named");
    let mut words = format!("{publisher}: {} ({})", source.title, source.kind.word());
    let mut say = |what: String| {
        words.push_str(", ");
        words.push_str(&what);
    };
    if let Some(byline) = &source.byline {
        say(format!("byline {byline}"));
    }
    let when = bounds::told(graph, Place::Source(carrier.source)).reading();
    say(if source.published.when.is_some() { format!("published {when}") } else { when });
    for mark in marks(graph, carrier) {
        say(mark);
    }
    if let Some(locator) = locator {
        say(locator.to_string());
    }
    // In angle brackets (RFC 3986, appendix C), so that no full stop is taken for a part of it.
    match &source.url {
        Some(url) => format!("{words}, <{url}>"),
        None => words,
    }
}

/// What must be known of a source before it is believed.
fn marks(graph: &Graph, carrier: Carrier) -> Vec<String> {
    let source = graph.source(carrier.source);
    let mut found = Vec::new();
    if !source.held {
        found.push("not held, known only through others".to_owned());
    }
    if source.machine_written {
        found.push("machine-written".to_owned());
    }
    let relied_on = carrier.relied_on(graph);
    if !relied_on.is_empty() {
        let names: Vec<_> = relied_on.iter().map(|on| graph.source(*on).label()).collect();
        found.push(format!("relying on {}", names.join(" and ")));
    } else if carrier.account.is_some() || !source.first_hand {
        found.push("whence it has it is not stated".to_owned());
    }
    found
}

fn actor(graph: &Graph, id: ActorId) -> String {
    let actor = graph.actor(id);
    let unnamed = if actor.named { "" } else { ", not named in the sources" };
    let aliases = match actor.aliases.as_slice() {
        [] => String::new(),
        aliases => format!("; also: {}", aliases.join(", ")),
    };
    format!("{} ({}{unnamed}){aliases}.", actor.name, actor.kind.word())
}

/// All positions with all who hold them: a dispute is never cited by one side.
fn dispute(graph: &Graph, id: DisputeId) -> String {
    let dispute = graph.dispute(id);
    let positions = dispute.positions.iter().enumerate().map(|(place, position)| {
        let held: Vec<_> = position.held_by.iter().map(|one| account(graph, *one, false)).collect();
        format!("({}) {}: {}.", place + 1, position.label, held.join(" / "))
    });
    let positions: Vec<_> = positions.collect();
    format!("Disputed ({}): {} {}", dispute.grade.word(), dispute.question, positions.join(" "))
}

fn disputed(graph: &Graph, disputes: &[DisputeId]) -> String {
    let questions = disputes.iter().map(|id| {
        let dispute = graph.dispute(*id);
        format!("{} ({})", dispute.question, dispute.grade.word())
    });
    let questions: Vec<_> = questions.collect();
    if questions.is_empty() { String::new() } else { format!(" Disputed: {}.", questions.join(" ")) }
}
