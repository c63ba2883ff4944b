//! The right of reply: each charge with what the one it is against said to it, those without an answer first.

use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::state::replies::Heard;
use super::super::theme::Role;
use super::statement;
use super::timeline::{self, status_mark};
use crate::query::reply::{Answered, Bond, Charged, Entry, event_of};
use crate::story::id::{Account, StatementId};
use crate::story::reply::{accused_in, are_kin};
use crate::story::vocabulary::Stance;

pub(super) fn sheet(state: &State, heard: &Heard, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let words = "A statement names whom it speaks of, not whom it is against. “Against” stands only where the event gives the \
                 actor the role accused.";
    sheet.line(0, Role::Quiet, &state.theme.own_words(words));
    let mut answered = None;
    for group in heard.entries.chunk_by(are_one) {
        let Some(entry) = group.first() else { continue };
        let here = entry.answered();
        if answered == Some(here) {
            sheet.gap();
        } else {
            answered = Some(here);
            let count = heard.entries.iter().filter(|other| other.answered() == here).count();
            let words = match here {
                Answered::Not => "No response recorded",
                Answered::Beside => "Only a response that does not name what it answers",
                Answered::ByName => "Answered",
            };
            sheet.heading(&format!("{words} ({count})"));
        }
        charge(&mut sheet, state, group);
        for reply in &entry.replies {
            let bond = match reply.bond {
                Bond::Answers => "",
                Bond::SameDispute => " (in the same dispute; it does not say that it answers this)",
                Bond::SameEvent => " (beside it; it does not say that it answers this)",
            };
            response(&mut sheet, state, reply.statement, "response", bond);
        }
        if entry.replies.is_empty() {
            let name = &names(state, group);
            sheet.runs(
                4,
                6,
                &[
                    ("response: ", Role::Quiet),
                    ("none recorded", Role::Disputed),
                    (" by ", Role::Quiet),
                    (name, Role::Quiet),
                ],
            );
        }
        for statement in &entry.withdrawn {
            response(&mut sheet, state, *statement, "taken back", "");
        }
    }
    sheet
}

/// Whether two entries are one claim that nobody of those it speaks of answered, spoken of or accused alike.
fn are_one(one: &Entry, other: &Entry) -> bool {
    let bare = |entry: &Entry| entry.replies.is_empty() && entry.withdrawn.is_empty();
    one.charge.charged == other.charge.charged && bare(one) && bare(other)
}

fn names(state: &State, group: &[Entry]) -> String {
    let names: Vec<_> =
        group.iter().map(|entry| state.graph.actor(entry.charge.accused).name.as_str()).collect();
    names.join(", ")
}

/// Whether the event says that a charge is against one: it gives it, or its part or whole, the role accused.
fn is_accused(state: &State, entry: &Entry) -> bool {
    let event = event_of(&state.graph, entry.charge.charged);
    let accused = accused_in(&state.graph, event);
    accused.iter().any(|(_, actor)| are_kin(&state.graph, *actor, entry.charge.accused))
}

/// `against A; speaks of B, C`.
fn concerned(state: &State, group: &[Entry]) -> String {
    let of = |accused: bool| {
        let theirs = group.iter().filter(|entry| is_accused(state, entry) == accused);
        let names: Vec<_> =
            theirs.map(|entry| state.graph.actor(entry.charge.accused).name.as_str()).collect();
        names.join(", ")
    };
    match (of(true), of(false)) {
        (against, others) if others.is_empty() => format!("against {against}"),
        (against, others) if against.is_empty() => format!("that speaks of {others}"),
        (against, others) => format!("against {against}; speaks also of {others}"),
    }
}

/// What is charged, against whom, by whom, and when.
fn charge(sheet: &mut Sheet, state: &State, group: &[Entry]) {
    let Some(entry) = group.first() else { return };
    let graph = &state.graph;
    let glyphs = &state.theme.glyphs;
    let charged = entry.charge.charged;
    let event = event_of(graph, charged);
    let (date, role) = timeline::date(state, event);
    let date = format!("{date}  ");
    match charged {
        Charged::Statement(id) => {
            let statement = graph.statement(id);
            sheet.begin_entry(Target::Account(Account::Statement(id)));
            // Whether a recommendation speaks for or against someone is not recorded.
            let (what, concerned) = match statement.stance {
                Some(Stance::Recommendation) => ("recommendation about ", names(state, group)),
                _ => ("allegation ", concerned(state, group)),
            };
            sheet.runs(0, 2, &[(&date, role), (what, Role::Allegation), (&concerned, Role::Heading)]);
            sheet.line(2, Role::Speaker, &statement::speaker(state, statement));
            statement::words(sheet, state, id, 2);
            let carried = statement::source_line(state, Account::Statement(id));
            sheet.line(4, Role::Quiet, &carried);
        }
        Charged::Event(id) => {
            sheet.begin_entry(Target::Event(id));
            let (mark, mark_role) = status_mark(graph.event(id).status, glyphs);
            let mark = format!("{mark} ");
            sheet.runs(
                0,
                2,
                &[
                    (&date, role),
                    ("alleged event, against ", Role::Allegation),
                    (&names(state, group), Role::Heading),
                ],
            );
            sheet.runs(2, 4, &[(&mark, mark_role), (&graph.event(id).title, Role::Text)]);
        }
    }
    sheet.end_entry();
}

/// A statement in reply: what it does, by whom, when, in which source, and its words.
fn response(sheet: &mut Sheet, state: &State, id: StatementId, word: &str, bond: &str) {
    let graph = &state.graph;
    let statement = graph.statement(id);
    sheet.begin_entry(Target::Account(Account::Statement(id)));
    let stance = statement.stance.map_or("said", Stance::reading);
    let speaker = statement::speaker(state, statement);
    let head = format!("{word}: ");
    let by = format!(" by {speaker}");
    sheet.runs(
        4,
        6,
        &[
            (&head, Role::Quiet),
            (stance, statement::stance_role(statement.stance)),
            (&by, Role::Speaker),
            (bond, Role::Inferred),
        ],
    );
    statement::words(sheet, state, id, 6);
    let said = match &statement.said.when {
        Some(_) => format!("said {}", statement.said.reading()),
        None => format!("no time of saying given; under {}", timeline::date(state, statement.event).0),
    };
    let between = state.theme.glyphs.between;
    let carried = format!("{said} {between} {}", statement::source_line(state, Account::Statement(id)));
    sheet.line(6, Role::Quiet, &carried);
    sheet.end_entry();
}
