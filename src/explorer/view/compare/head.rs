//! What is compared, above the columns, and the names on the frames.

use ratatui::layout::Rect;

use super::super::super::sheet::Sheet;
use super::super::super::state::{Compare, State};
use super::super::super::theme::Role;
use super::super::draw;
use crate::query::comparison::{Subject, parts_of};
use crate::story::vocabulary::Vocabulary as _;

/// What a column stands for, and several of them.
fn nouns(subject: Subject) -> (&'static str, &'static str) {
    match subject {
        Subject::Written(_) | Subject::Found(_) => ("position", "positions"),
        Subject::Picked(_) => ("pick", "picks"),
        Subject::Event(_) => ("source", "sources"),
        Subject::Actor(_) => ("statement", "statements"),
    }
}

/// What is compared, and how.
pub(super) fn plain(state: &State, compare: &Compare, width: usize) -> Sheet {
    let graph = &state.graph;
    let glyphs = &state.theme.glyphs;
    let mut sheet = Sheet::new(width);
    let subject = compare.comparison.subject;
    let count = format!("{} {}", compare.comparison.columns.len(), nouns(subject).1);
    let between = format!(" {} ", glyphs.between);
    match subject {
        Subject::Written(id) => {
            let dispute = graph.dispute(id);
            sheet.line(0, Role::Title, &dispute.question);
            let grade = format!("{} {}", glyphs.disputed, dispute.grade.word());
            sheet.runs(0, 0, &[(&grade, Role::Disputed), (&between, Role::Quiet), (&count, Role::Quiet)]);
        }
        Subject::Found(place) => {
            let Some(found) = state.found().get(place) else { return sheet };
            sheet.line(0, Role::Title, &found.dispute.question);
            let how = format!("{} found, not written: {}", glyphs.disputed, found.rule.reading());
            sheet.runs(0, 0, &[(&how, Role::Inferred), (&between, Role::Quiet), (&count, Role::Quiet)]);
            found.no_yaml.into_iter().for_each(|why| sheet.line(0, Role::Quiet, why));
        }
        Subject::Picked(_) => sheet.line(0, Role::Title, "Two accounts as they were picked"),
        Subject::Event(id) => {
            sheet.line(0, Role::Title, &graph.event(id).title);
            let how = format!("the accounts of this event, source by source{between}{count}");
            sheet.line(0, Role::Quiet, &how);
        }
        Subject::Actor(id) => {
            let parts: Vec<_> =
                parts_of(graph, id).iter().map(|part| graph.actor(*part).name.as_str()).collect();
            let parts = if parts.is_empty() {
                String::new()
            } else {
                format!(", and for it by {}", parts.join(", "))
            };
            sheet.line(0, Role::Title, &format!("What was said by {}{parts}", graph.actor(id).name));
            let how = "in the order of being said, as far as known; each against the latest before it in like words";
            sheet.line(0, Role::Quiet, &format!("{count}{between}{how}"));
        }
    }
    sheet
}

/// The same with what the author says of it.
pub(super) fn with_note(state: &State, compare: &Compare, width: usize) -> Sheet {
    let mut sheet = plain(state, compare, width);
    note(&mut sheet, state, compare);
    sheet
}

/// What the author says of a dispute.
pub(super) fn note(sheet: &mut Sheet, state: &State, compare: &Compare) {
    let dispute = state.dispute_of(compare.comparison.subject);
    if let Some(note) = dispute.and_then(|dispute| dispute.note.as_ref()) {
        sheet.line(0, Role::Quiet, note);
    }
}

/// The name of the view: which columns show, where not all do.
pub(super) fn title(compare: &Compare, shown: &[usize]) -> String {
    let (one, many) = nouns(compare.comparison.subject);
    let count = compare.comparison.columns.len();
    match (shown.first(), shown.last()) {
        _ if compare.zoom => format!("{one} {} of {count} alone, z: all", compare.column + 1),
        (Some(first), Some(last)) if shown.len() < count => {
            format!("Compare: {many} {}-{} of {count}, l and h for the others", first + 1, last + 1)
        }
        _ => "Compare".to_owned(),
    }
}

/// Where the view stands among its like.
pub(super) fn whereabouts(state: &State, compare: &Compare) -> String {
    match compare.comparison.subject {
        Subject::Written(here) => {
            let disputes = state.disputes();
            let place = disputes.iter().position(|dispute| *dispute == here).unwrap_or(0);
            format!("dispute {}/{}", place + 1, disputes.len())
        }
        Subject::Found(place) => {
            let copies = if state.found().get(place).is_some_and(|found| found.no_yaml.is_none()) {
                ", y copies it"
            } else {
                ""
            };
            format!("found {}/{}{copies}", place + 1, state.found().len())
        }
        Subject::Picked(_) => "what was picked".to_owned(),
        Subject::Event(_) => "one event".to_owned(),
        Subject::Actor(_) => "one actor".to_owned(),
    }
}

/// The name on the frame of a column; scrolled away from its head, what it is called.
pub(super) fn of_column(state: &State, compare: &Compare, place: usize, framed: Rect) -> String {
    let columns = &compare.comparison.columns;
    let one = nouns(compare.comparison.subject).0;
    match columns.get(place) {
        Some(column) if compare.top > 0 => {
            let room = usize::from(framed.width).saturating_sub(4);
            draw::truncate(&column.label, room, &state.theme).into_owned()
        }
        _ => format!("{one} {} of {}", place + 1, columns.len()),
    }
}
