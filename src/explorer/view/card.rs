//! The cards of an actor and of a source: all that the story has of them, in time order.

use super::super::sheet::{Run, Sheet, Target};
use super::super::state::State;
use super::super::theme::Role;
use super::{sources, statement, timeline};
use crate::query::provenance::{self, Ending};
use crate::story::id::{Account, ActorId, EventId, SourceId, StatementId};
use crate::story::vocabulary::Vocabulary as _;
use crate::text;

pub(super) fn actor(state: &State, id: ActorId, width: usize) -> Sheet {
    let graph = &state.graph;
    let actor = graph.actor(id);
    let mut sheet = Sheet::new(width);
    sheet.line(0, Role::Title, &actor.name);
    let unnamed = if actor.named { "" } else { ", unnamed in the sources" };
    sheet.line(0, Role::Quiet, &format!("{}{unnamed}", actor.kind.word()));
    if !actor.aliases.is_empty() {
        let between = format!(" {} ", state.theme.glyphs.between);
        sheet.line(0, Role::Text, &format!("also: {}", actor.aliases.join(&between)));
    }
    if let Some(whole) = actor.part_of {
        sheet.line(0, Role::Text, &format!("part of: {}", graph.actor(whole).name));
    }
    if let Some(note) = &actor.note {
        sheet.line(0, Role::Quiet, note);
    }
    events(&mut sheet, state, graph.events_of_actor(id), |event| {
        graph
            .event(event)
            .parts
            .iter()
            .filter(|part| part.actor == id)
            .filter_map(|part| part.role.as_ref().map(ToString::to_string))
            .collect()
    });
    statements(&mut sheet, state, "Statements by this actor", graph.statements_by(id), false);
    statements(&mut sheet, state, "Statements about this actor", graph.statements_about(id), true);
    sheet
}

pub(super) fn source(state: &State, id: SourceId, width: usize) -> Sheet {
    let graph = &state.graph;
    let source = graph.source(id);
    let mut sheet = Sheet::new(width);
    sheet.line(0, Role::Title, &source.title);
    let publisher = source.publisher.as_deref().unwrap_or("no publisher named");
    let held = if source.held { "held" } else { "not held: known only through others" };
    sheet.line(0, Role::Text, &format!("{publisher} {} {held}", state.theme.glyphs.between));
    if let Some(byline) = &source.byline {
        sheet.line(0, Role::Text, &format!("byline: {byline}"));
    }
    sources::facts(&mut sheet, state, id, 0);
    for note in source.published.note.iter().chain(&source.note) {
        sheet.line(0, Role::Quiet, &format!("note: {note}"));
    }
    if let Some(url) = &source.url {
        sheet.line(0, Role::Quiet, &format!("at {url}"));
    }
    if let Some(archive) = &source.archive {
        sheet.line(0, Role::Quiet, &format!("read from {}", archive.file));
        if state.archived.as_ref().is_some_and(|archived| archived.texts.is_changed(graph, id)) {
            let changed = format!("{} {}", state.theme.glyphs.not_verified, super::reading::CHANGED);
            sheet.line(0, Role::Lost, &changed);
        }
    }
    chain(&mut sheet, state, id);
    events(&mut sheet, state, graph.events_of_source(id), |_| Vec::new());
    statements(&mut sheet, state, "Statements it carries", graph.statements_of_source(id), true);
    reactions(&mut sheet, state, id);
    sheet
}

/// Whence a source has its matter, down to the origins, and who has it from this one.
fn chain(sheet: &mut Sheet, state: &State, id: SourceId) {
    let graph = &state.graph;
    let steps = provenance::chain(graph, id);
    if steps.len() > 1 {
        sheet.heading("Relies on");
        for step in steps.iter().skip(1) {
            let ending = match step.ending {
                Ending::FirstHand => ": at first hand",
                Ending::NotStated => ": does not say whence it has it",
                Ending::Above => ": stands above already",
                Ending::Further => "",
            };
            sheet.begin_entry(Target::Source(step.source));
            let label = statement::source_label(state, graph.source(step.source));
            let arrow = format!("{} ", state.theme.glyphs.forth);
            let indent = (step.depth - 1) * 2;
            sheet.runs(
                indent,
                indent + 2,
                &[(&arrow, Role::Quiet), (&label, Role::Text), (ending, Role::Quiet)],
            );
            sheet.end_entry();
        }
    }
    if !graph.relied_on_by(id).is_empty() {
        sheet.heading("Repeated by");
        for other in graph.relied_on_by(id) {
            sheet.begin_entry(Target::Source(*other));
            sheet.line(0, Role::Text, &statement::source_label(state, graph.source(*other)));
            sheet.end_entry();
        }
    }
}

fn events(sheet: &mut Sheet, state: &State, events: &[EventId], roles: impl Fn(EventId) -> Vec<String>) {
    sheet.heading(&format!("Events ({})", events.len()));
    let mut events = events.to_vec();
    events.sort_unstable_by_key(|event| state.graph.chronology().rank(*event));
    for id in events {
        let event = state.graph.event(id);
        let (date, role) = timeline::date(state, id);
        let roles = roles(id).join(", ");
        let roles = if roles.is_empty() { roles } else { format!("  ({roles})") };
        sheet.begin_entry(Target::Event(id));
        let columns = 15.max(text::width(&date) + 1);
        let (mark, mark_role) = timeline::status_mark(event.status, &state.theme.glyphs);
        let date = text::pad(&date, columns);
        let runs: [Run<'_>; 5] = [
            (&date, role),
            (mark, mark_role),
            (" ", Role::Text),
            (&event.title, Role::Text),
            (&roles, Role::Quiet),
        ];
        sheet.runs(0, 17, &runs);
        sheet.end_entry();
    }
}

/// Statements in time order: by the event they belong to, then by when they were said.
fn statements(sheet: &mut Sheet, state: &State, title: &str, statements: &[StatementId], speaker: bool) {
    let graph = &state.graph;
    if statements.is_empty() {
        return;
    }
    sheet.heading(&format!("{title} ({})", statements.len()));
    let mut statements = statements.to_vec();
    statements.sort_by_key(|id| {
        let statement = graph.statement(*id);
        (graph.chronology().rank(statement.event), statement.said.bounds().earliest, *id)
    });
    for id in statements {
        let statement = graph.statement(id);
        sheet.begin_entry(Target::Account(Account::Statement(id)));
        let (date, role) = timeline::date(state, statement.event);
        let title = format!("  {}", graph.event(statement.event).title);
        sheet.runs(0, 2, &[(&date, role), (&title, Role::Quiet)]);
        if speaker {
            sheet.line(2, Role::Speaker, &statement::speaker(state, statement));
        }
        statement::words(sheet, state, id, 2);
        statement::carried(sheet, state, id, 4);
        sheet.end_entry();
    }
}

fn reactions(sheet: &mut Sheet, state: &State, id: SourceId) {
    let graph = &state.graph;
    let reactions = graph.reactions_of_source(id);
    if reactions.is_empty() {
        return;
    }
    sheet.heading(&format!("Market moves it reports ({})", reactions.len()));
    for reaction in reactions {
        sheet.begin_entry(Target::Account(Account::Reaction(*reaction)));
        sheet.line(
            0,
            Role::Text,
            &state.theme.own_words(&crate::query::reaction::reading(graph.reaction(*reaction))),
        );
        sheet.end_entry();
    }
}
