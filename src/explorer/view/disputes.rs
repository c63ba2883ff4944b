//! The list of all disputes, the gravest first.

use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::theme::Role;
use crate::query::provenance;
use crate::story::vocabulary::Vocabulary as _;

pub(super) fn sheet(state: &State, width: usize) -> Sheet {
    let graph = &state.graph;
    let mut sheet = Sheet::new(width);
    let mut grade = None;
    for id in state.disputes() {
        let dispute = graph.dispute(id);
        if grade != Some(dispute.grade) {
            grade = Some(dispute.grade);
            let count = graph.disputes().filter(|(_, other)| other.grade == dispute.grade).count();
            sheet.heading(&format!("{} ({count})", dispute.grade.word()));
        }
        sheet.begin_entry(Target::Dispute(id));
        sheet.line(0, Role::Text, &dispute.question);
        if super::as_of::possibly_dispute(state, id) {
            let mark = state.theme.glyphs.possibly;
            sheet.line(
                4,
                Role::Inferred,
                &format!(
                    "{mark} possibly a dispute by then: of a position it cannot be told whether it was taken"
                ),
            );
        }
        for position in &dispute.positions {
            let support = provenance::support_of_position(graph, position).named(graph);
            sheet.runs(4, 6, &[(&position.label, Role::Text), (&format!("  ({support})"), Role::Quiet)]);
        }
        sheet.end_entry();
    }
    found(&mut sheet, state);
    sheet
}

/// Those that nobody wrote, with the rule that found each.
fn found(sheet: &mut Sheet, state: &State) {
    let found = state.found();
    if found.is_empty() {
        return;
    }
    sheet.heading(&format!("found, not written ({})", found.len()));
    for (place, one) in found.iter().enumerate() {
        sheet.begin_entry(Target::Found(place));
        sheet.line(0, Role::Text, &one.dispute.question);
        sheet.line(2, Role::Inferred, &format!("found: {}", one.rule.reading()));
        for position in &one.dispute.positions {
            let support = provenance::support_of_position(&state.graph, position).named(&state.graph);
            sheet.runs(4, 6, &[(&position.label, Role::Text), (&format!("  ({support})"), Role::Quiet)]);
        }
        sheet.end_entry();
    }
}
