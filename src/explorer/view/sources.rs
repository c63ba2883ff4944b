//! The sources of an event.

use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::theme::Role;
use super::event::known_role;
use super::statement::source_label;
use crate::query::{bounds, provenance};
use crate::story::graph::SourceGrade;
use crate::story::id::{EventId, SourceId};
use crate::story::order::Place;
use crate::story::vocabulary::Vocabulary as _;

pub(super) fn sheet(state: &State, id: EventId, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let sources = state.graph.sources_of_event(id);
    sheet.line(0, Role::Quiet, &provenance::support_of_event(&state.graph, id).named(&state.graph));
    for source in sources {
        sheet.begin_entry(Target::Source(source));
        entry(&mut sheet, state, source);
        sheet.end_entry();
    }
    sheet
}

fn entry(sheet: &mut Sheet, state: &State, id: SourceId) {
    let graph = &state.graph;
    let glyphs = &state.theme.glyphs;
    let source = graph.source(id);
    let mark = format!("{} ", if source.held { glyphs.held } else { glyphs.not_held });
    let not_held = if source.held { "" } else { " (not held)" };
    sheet.runs(0, 2, &[(&mark, Role::Quiet), (source.label(), Role::Speaker), (not_held, Role::Quiet)]);
    if source.publisher.is_some() {
        sheet.line(2, Role::Text, &source.title);
    } else {
        sheet.line(2, Role::Quiet, "no publisher named");
    }
    facts(sheet, state, id, 2);
}

/// What is to be known of a source before believing it; the pane and the card say the same.
pub(super) fn facts(sheet: &mut Sheet, state: &State, id: SourceId, indent: usize) {
    let graph = &state.graph;
    let source = graph.source(id);
    let told = bounds::told(graph, Place::Source(id));
    let (words, role) = (told.reading(), known_role(told.known));
    sheet.runs(
        indent,
        indent + 2,
        &[(&words, role), (&format!(" {} {}", state.theme.glyphs.between, source.kind.word()), Role::Quiet)],
    );
    if super::as_of::possibly_source(state, id) {
        let mark = state.theme.glyphs.possibly;
        sheet.line(indent, Role::Inferred, &format!("{mark} possibly out by then"));
    }
    if !source.relies_on.is_empty() {
        let names: Vec<_> =
            source.relies_on.iter().map(|on| source_label(state, graph.source(*on))).collect();
        sheet.line(indent, Role::Text, &format!("relies on: {}", names.join(", ")));
    } else if !source.first_hand {
        sheet.line(indent, Role::Quiet, "does not say whence it has it");
    }
    if source.machine_written {
        sheet.line(indent, Role::Machine, "machine-written, it says so itself");
    }
    if let Some(grade) = source.grade {
        sheet.line(indent, Role::Quiet, &format!("reader's grade: {}", self::grade(grade)));
    }
    for gap in &source.gaps {
        sheet.line(indent, Role::Lost, &format!("gap: {gap}"));
    }
}

/// The two axes of a reader's grade beside each other, a dash for one that is not given: `C3`, `B-`.
pub(super) fn grade(grade: SourceGrade) -> String {
    let reliability = grade.reliability.map_or("-", crate::story::vocabulary::Vocabulary::word);
    let credibility = grade.credibility.map_or_else(|| "-".to_owned(), |number| number.to_string());
    format!("{reliability}{credibility}")
}
