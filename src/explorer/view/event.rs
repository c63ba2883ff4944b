//! The event at the cursor: when, what, who said what, what it is linked to.

use super::super::sheet::{Run, Sheet, Target};
use super::super::state::State;
use super::super::state::relative::from_today;
use super::super::theme::Role;
use super::timeline::status_mark;
use super::{reader, statement};
use crate::query::as_of::{HINDSIGHT, outlook};
use crate::query::bounds::{self, Known};
use crate::story::graph::{Event, Link};
use crate::story::id::{Account, ActorId, EventId, SourceId, StatementId};
use crate::story::order::Place;
use crate::story::vocabulary::{Basis, Vocabulary as _};
use crate::story::when::{Timing, When};

pub(super) fn sheet(state: &State, id: EventId, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let event = state.graph.event(id);
    sheet.line(0, Role::Title, &event.title);
    when(&mut sheet, state, id);
    possibly(&mut sheet, state, id);
    status(&mut sheet, state, id);
    reported_by(&mut sheet, state, event);
    reader::own(&mut sheet, state, (&event.id, "event"), None, 0);
    if let Some(summary) = &event.summary {
        sheet.gap();
        sheet.line(0, Role::Text, summary);
    }
    disputes(&mut sheet, state, id);
    statements(&mut sheet, state, event);
    links(&mut sheet, state, id);
    sheet
}

/// The date with its basis, what narrows it, and its note.
fn when(sheet: &mut Sheet, state: &State, id: EventId) {
    let timing = &state.graph.event(id).timing;
    let told = bounds::told(&state.graph, Place::Event(id));
    sheet.line(0, known_role(told.known), &date(state, id));
    if state.relative.on {
        relative(sheet, state, id);
    }
    if let Some(note) = &timing.note {
        sheet.line(2, Role::Quiet, note);
    }
}

/// How far it is from today, and from the event the reader was at before.
fn relative(sheet: &mut Sheet, state: &State, id: EventId) {
    let graph = &state.graph;
    let today = from_today(graph, state.day(), id);
    sheet.line(
        2,
        Role::Quiet,
        &format!(
            "from {}: {}",
            if state.retrospect.is_some() { "then" } else { "today" },
            today.reading_from_today_with_grounds()
        ),
    );
    if let Some((before, span)) = state.relative.to_before(graph, id) {
        let title = &graph.event(before).title;
        let span = span.reading_with_grounds();
        sheet.runs(
            2,
            4,
            &[("from ", Role::Quiet), (title, Role::Text), (": ", Role::Quiet), (&span, Role::Quiet)],
        );
    }
}

/// How a time looks by how it is known.
pub(super) fn known_role(known: Known) -> Role {
    match known {
        Known::Stated => Role::Text,
        Known::Inferred => Role::Inferred,
        Known::Undated => Role::Undated,
    }
}

/// The date in words, with what narrows it.
pub(super) fn date(state: &State, id: EventId) -> String {
    let weekday = weekday(&state.graph.event(id).timing).map_or_else(String::new, |day| format!("{day} "));
    weekday + &bounds::told(&state.graph, Place::Event(id)).reading()
}

/// A day of the week is arithmetic, not news; it is shown only where the day itself is known.
fn weekday(timing: &Timing) -> Option<String> {
    let written = timing.bounds();
    let (earliest, latest) = (written.earliest?, written.latest?);
    let vague = timing.when.as_ref().is_some_and(When::is_vague);
    (earliest.date() == latest.date() && !vague).then(|| earliest.format("%a").to_string())
}

/// Looking back, an event may be known only through sources of which it cannot be told whether they were out.
fn possibly(sheet: &mut Sheet, state: &State, id: EventId) {
    if state.retrospect.is_some() {
        sheet.line(0, Role::Quiet, HINDSIGHT);
    }
    if super::as_of::possibly_event(state, id) {
        let mark = state.theme.glyphs.possibly;
        let words = format!("{mark} possibly known by then: no source of it is certain to have been out");
        sheet.line(0, Role::Inferred, &words);
    }
}

fn status(sheet: &mut Sheet, state: &State, id: EventId) {
    let event = state.graph.event(id);
    let glyphs = &state.theme.glyphs;
    let (mark, role) = status_mark(event.status, glyphs);
    let outlook =
        outlook(&state.graph, id, state.now()).map_or_else(String::new, |it| format!(", {}", it.reading()));
    let status = format!("{mark} {}{outlook}", event.status.word());
    let facts = event.kind.iter().chain(&event.place);
    let rest = facts.fold(String::new(), |rest, fact| rest + " " + glyphs.between + " " + fact);
    sheet.runs(0, 2, &[(&status, role), (&rest, Role::Quiet)]);
}

/// Who reports it: the title, the time and the summary stand on their word.
fn reported_by(sheet: &mut Sheet, state: &State, event: &Event) {
    let sources =
        event.sources.iter().map(|source| statement::source_label(state, state.graph.source(*source)));
    let sources: Vec<_> = sources.collect();
    let sources = if sources.is_empty() {
        "no source known by then; an account of it is".to_owned()
    } else {
        sources.join("; ")
    };
    sheet.line(0, Role::Quiet, &format!("reported by: {sources}"));
}

fn disputes(sheet: &mut Sheet, state: &State, id: EventId) {
    let disputes = state.graph.disputes_of_event(id);
    if disputes.is_empty() {
        return;
    }
    sheet.heading(&format!("{} Disputed ({})", state.theme.glyphs.disputed, disputes.len()));
    let mut sorted = disputes.to_vec();
    sorted.sort_by_key(|dispute| (state.graph.dispute(*dispute).grade, *dispute));
    for id in sorted {
        let dispute = state.graph.dispute(id);
        sheet.begin_entry(Target::Dispute(id));
        let grade = format!("{}: ", dispute.grade.word());
        sheet.runs(0, 2, &[(&grade, Role::Disputed), (&dispute.question, Role::Text)]);
        sheet.end_entry();
    }
}

/// Who speaks: an actor, or a source in its own voice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    Actor(ActorId),
    Source(SourceId),
}

fn statements(sheet: &mut Sheet, state: &State, event: &Event) {
    let voice = |id: StatementId| {
        let statement = state.graph.statement(id);
        statement.speaker.map_or(Voice::Source(statement.source), Voice::Actor)
    };
    let mut voices: Vec<(Voice, Vec<StatementId>)> = Vec::new();
    for id in &event.statements {
        let voice = voice(*id);
        match voices.iter_mut().find(|(other, _)| *other == voice) {
            Some((_, statements)) => statements.push(*id),
            None => voices.push((voice, vec![*id])),
        }
    }
    for (_, statements) in voices {
        sheet.gap();
        if let Some(first) = statements.first() {
            let speaker = statement::speaker(state, state.graph.statement(*first));
            sheet.line(0, Role::Speaker, &speaker);
        }
        for id in statements {
            sheet.begin_entry(Target::Account(Account::Statement(id)));
            statement::words(sheet, state, id, 2);
            statement::carried(sheet, state, id, 4);
            reader::own(sheet, state, (&state.graph.statement(id).id, "statement"), Some(&event.id), 4);
            sheet.end_entry();
        }
    }
}

fn links(sheet: &mut Sheet, state: &State, id: EventId) {
    let graph = &state.graph;
    let forth = &graph.event(id).links;
    let back = graph.links_to(id);
    if forth.is_empty() && back.is_empty() {
        return;
    }
    let glyphs = &state.theme.glyphs;
    sheet.heading("Links");
    for link in forth {
        let link = graph.link(*link);
        self::link(sheet, state, link, (glyphs.forth, link.kind.forth()), link.to);
    }
    for link in back {
        let link = graph.link(*link);
        self::link(sheet, state, link, (glyphs.back, link.kind.back()), link.from);
    }
}

fn link(sheet: &mut Sheet, state: &State, link: &Link, words: (&str, &str), other: EventId) {
    sheet.begin_entry(Target::Event(other));
    let (mark, _) = status_mark(state.graph.event(other).status, &state.theme.glyphs);
    let head = format!("{} {}: {mark} ", words.0, words.1);
    let title = &state.graph.event(other).title;
    let basis = match (link.basis, link.source) {
        (Basis::Inferred, _) => " (inferred)".to_owned(),
        (Basis::Stated, Some(source)) => {
            let locator = link.locator.map_or_else(String::new, |locator| format!(", {locator}"));
            format!(" (stated by {}{locator})", statement::source_label(state, state.graph.source(source)))
        }
        (Basis::Stated, None) => " (stated; by whom is not recorded)".to_owned(),
    };
    let role = if link.basis == Basis::Inferred { Role::Inferred } else { Role::Quiet };
    let runs: [Run<'_>; 3] = [(&head, Role::Quiet), (title, Role::Text), (&basis, role)];
    sheet.runs(0, 2, &runs);
    if let Some(note) = &link.note {
        sheet.line(4, Role::Quiet, note);
    }
    sheet.end_entry();
}
