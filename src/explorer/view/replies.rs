//! The right of reply: each charge with what the one it is against said to it, those without an answer first.

use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::state::replies::Heard;
use super::super::theme::Role;
use super::statement;
use super::timeline::{self, status_mark};
use crate::query::reply::{Answered, Bond, Charged, Entry, event_of};
use crate::story::id::{Account, StatementId};
use crate::story::vocabulary::Stance;

pub(super) fn sheet(state: &State, heard: &Heard, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let mut answered = None;
    for entry in &heard.entries {
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
        charge(&mut sheet, state, entry);
        for reply in &entry.replies {
            let bond = match reply.bond {
                Bond::Answers => "",
                Bond::SameDispute => " (in the same dispute; it does not say that it answers this)",
                Bond::SameEvent => " (beside it; it does not say that it answers this)",
            };
            response(&mut sheet, state, reply.statement, "response", bond);
        }
        if entry.replies.is_empty() {
            let name = &state.graph.actor(entry.charge.accused).name;
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

/// What is charged, against whom, by whom, and when.
fn charge(sheet: &mut Sheet, state: &State, entry: &Entry) {
    let graph = &state.graph;
    let glyphs = &state.theme.glyphs;
    let charged = entry.charge.charged;
    let event = event_of(graph, charged);
    let (date, role) = timeline::date(state, event);
    let date = format!("{date}  ");
    let accused = &graph.actor(entry.charge.accused).name;
    match charged {
        Charged::Statement(id) => {
            let statement = graph.statement(id);
            sheet.begin_entry(Target::Account(Account::Statement(id)));
            // Whether a recommendation speaks for or against someone is not recorded.
            let what = match statement.stance {
                Some(Stance::Recommendation) => "recommendation about ",
                _ => "allegation against ",
            };
            sheet.runs(0, 2, &[(&date, role), (what, Role::Allegation), (accused, Role::Heading)]);
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
                &[(&date, role), ("alleged event, against ", Role::Allegation), (accused, Role::Heading)],
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
