//! How a statement or a reaction is laid out, wherever it stands: the words first, then who carries them.

use super::super::sheet::{Run, Sheet};
use super::super::state::State;
use super::super::theme::Role;
use super::draw;
use crate::story::graph::{Source, Statement};
use crate::story::id::{Account, StatementId};
use crate::story::vocabulary::{Form, Stance};
use crate::text;

/// The speaker as a heading names it: an actor, or the source in its own voice.
pub(super) fn speaker(state: &State, statement: &Statement) -> String {
    match statement.speaker {
        Some(actor) => {
            let actor = state.graph.actor(actor);
            if actor.named { actor.name.to_string() } else { format!("{} (unnamed)", actor.name) }
        }
        None => format!("{}, in its own voice", source_label(state, state.graph.source(statement.source))),
    }
}

/// Columns of a headline that stands for a source without a publisher.
const HEADLINE: usize = 36;

/// A source in a line: its publisher, or the beginning of its headline; marked where it is not held.
pub(super) fn source_label(state: &State, source: &Source) -> String {
    let label = match &source.publisher {
        Some(publisher) => publisher.as_str().into(),
        None => draw::truncate(&source.title, HEADLINE, &state.theme),
    };
    if source.held { label.into_owned() } else { format!("{label} (not held)") }
}

/// The words of a statement: in quotation marks if and only if they are the speaker's own.
pub(super) fn words(sheet: &mut Sheet, state: &State, id: StatementId, indent: usize) {
    let glyphs = &state.theme.glyphs;
    let statement = state.graph.statement(id);
    let runs: &[Run<'_>] = match statement.form {
        Form::Quote => &[
            (glyphs.open_quote, Role::Quote),
            (&statement.text, Role::Quote),
            (glyphs.close_quote, Role::Quote),
        ],
        Form::Paraphrase => &[("paraphrase: ", Role::Quiet), (&statement.text, Role::Paraphrase)],
    };
    sheet.runs(indent, indent + usize::from(statement.form == Form::Quote), runs);
}

pub(super) fn stance_role(stance: Option<Stance>) -> Role {
    match stance {
        Some(Stance::Allegation | Stance::Threat) => Role::Allegation,
        Some(Stance::Denial) => Role::Denial,
        _ => Role::Quiet,
    }
}

/// Who carries a statement, where in it, what it does and when it was said.
pub(super) fn carried(sheet: &mut Sheet, state: &State, id: StatementId, indent: usize) {
    let glyphs = &state.theme.glyphs;
    let graph = &state.graph;
    let statement = graph.statement(id);
    let between = format!(" {} ", glyphs.between);
    let mut facts: Vec<(String, Role)> = vec![(source_line(state, Account::Statement(id)), Role::Quiet)];
    if let Some(stance) = statement.stance {
        facts.push((stance.reading().to_owned(), stance_role(Some(stance))));
    }
    if statement.said.when.is_some() {
        facts.push((format!("said {}", statement.said.reading()), Role::Quiet));
    }
    if !graph.disputes_of(Account::Statement(id)).is_empty() {
        facts.push((format!("{} disputed", glyphs.disputed), Role::Disputed));
    }
    facts.extend(super::reading::mark(state, Account::Statement(id)));
    facts.extend(state.picks.reading_of(&statement.id).map(|words| (words.to_owned(), Role::Match)));
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (place, (fact, role)) in facts.iter().enumerate() {
        if place > 0 {
            runs.push((&between, Role::Quiet));
        }
        runs.push((fact, *role));
    }
    sheet.runs(indent, indent, &runs);
    ties(sheet, state, id, indent);
    for note in statement.said.note.iter().chain(&statement.note) {
        sheet.line(indent, Role::Quiet, &format!("note: {note}"));
    }
}

/// Whom it is about, what it answers, and what answers it.
fn ties(sheet: &mut Sheet, state: &State, id: StatementId, indent: usize) {
    let graph = &state.graph;
    let statement = graph.statement(id);
    if !statement.about.is_empty() {
        let about: Vec<_> = statement.about.iter().map(|actor| graph.actor(*actor).name.as_str()).collect();
        sheet.line(indent, Role::Quiet, &format!("about: {}", about.join(", ")));
    }
    for (word, others) in [("answers", &statement.replies_to[..]), ("answered by", graph.replies(id))] {
        for other in others {
            sheet.line(indent, Role::Quiet, &format!("{word}: {}", brief(state, *other)));
        }
    }
}

/// Columns of the words of a statement that is only pointed to.
const BRIEF: usize = 48;

/// A statement in a line, so that the reader knows which: who, the beginning of the words, in which source.
fn brief(state: &State, id: StatementId) -> String {
    let glyphs = &state.theme.glyphs;
    let statement = state.graph.statement(id);
    let line = text::safe_line(&statement.text);
    let words = draw::truncate(&line, BRIEF, &state.theme);
    let words = match statement.form {
        Form::Quote => format!("{}{words}{}", glyphs.open_quote, glyphs.close_quote),
        Form::Paraphrase => format!("(paraphrase) {words}"),
    };
    format!("{}: {words} [{}]", speaker(state, statement), source_place(state, Account::Statement(id)))
}

/// `GMT Eight, line 13`, and whether that is machine-written.
pub(super) fn source_line(state: &State, account: Account) -> String {
    let source = state.graph.source(state.graph.source_of(account));
    let machine = if source.machine_written { ", machine-written" } else { "" };
    source_place(state, account) + machine
}

/// `GMT Eight, line 13`.
pub(super) fn source_place(state: &State, account: Account) -> String {
    let graph = &state.graph;
    let source = graph.source(graph.source_of(account));
    let locator = match account {
        Account::Statement(id) => graph.statement(id).locator,
        Account::Reaction(id) => graph.reaction(id).locator,
    };
    let place = match locator {
        Some(locator) => format!("{}, {locator}", source_label(state, source)),
        None => source_label(state, source),
    };
    if super::as_of::possibly_account(state, account) { place + ", possibly out by then" } else { place }
}
