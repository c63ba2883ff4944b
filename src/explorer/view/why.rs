//! Why an event's time is what it is: step by step from its bounds to what has a date of its own.

use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::theme::Role;
use super::event::known_role;
use crate::query::bounds::{self, Reasons};
use crate::story::id::EventId;
use crate::story::order::Place;

pub(super) fn sheet(state: &State, id: EventId, width: usize) -> Sheet {
    let graph = &state.graph;
    let mut sheet = Sheet::new(width);
    sheet.line(0, Role::Title, &graph.event(id).title);
    let told = bounds::told(graph, Place::Event(id));
    sheet.line(0, known_role(told.known), &told.reading());
    sheet.gap();
    if let Some(basis) = bounds::basis(graph, Place::Event(id)) {
        sheet.line(0, Role::Text, &format!("Its date is its own, {basis}"));
    } else {
        sheet.line(0, Role::Text, "It has no date of its own.");
        // An undated event may say why it is.
        if let Some(note) = &graph.event(id).timing.note {
            sheet.line(0, Role::Quiet, note);
        }
    }
    let reasons = bounds::reasons(graph, id);
    if reasons.is_empty() {
        let words = match told.written {
            Some(_) => "Nothing that it must follow or precede narrows it.",
            None => "Nothing says what it must follow or precede, so it can be of any time.",
        };
        sheet.line(0, Role::Quiet, words);
    }
    for reason in &reasons {
        steps(&mut sheet, state, reason);
    }
    sheet
}

fn steps(sheet: &mut Sheet, state: &State, reasons: &Reasons) {
    sheet.heading(&reasons.conclusion);
    for (number, step) in reasons.steps.iter().enumerate() {
        sheet.begin_entry(match step.place {
            Place::Event(event) => Target::Event(event),
            Place::Source(source) => Target::Source(source),
        });
        let arrow = format!("{} ", state.theme.glyphs.forth);
        let told = bounds::told(&state.graph, step.place);
        let word = if number == 0 { "it comes " } else { "that comes " };
        let when = format!(": {}", step.when);
        sheet.runs(
            0,
            2,
            &[
                (&arrow, Role::Quiet),
                (word, Role::Quiet),
                (&step.words, Role::Text),
                (&when, known_role(told.known)),
            ],
        );
        if let Some(basis) = &step.basis {
            sheet.line(2, Role::Quiet, basis);
        }
        sheet.end_entry();
    }
}
