//! Accounts side by side: one column a position. Where columns would be too narrow they stack.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::sheet::{Run, Sheet};
use super::super::state::{Compare, Scrolled, State, View};
use super::super::theme::Role;
use super::timeline::status_mark;
use super::{draw, statement};
use crate::query::dispute::{Column, Compared, Subject};
use crate::story::id::Account;
use crate::story::vocabulary::{Form, Vocabulary as _};

/// Below this many columns positions stack.
const SIDE_BY_SIDE: u16 = 70;
/// The narrowest column that reads well.
const NARROWEST: u16 = 30;

/// Where the parts of the view stand.
struct Parts {
    /// The question, grade and note; without room where they scroll with the positions.
    head: Rect,
    /// The positions that show, each with its frame; empty where they stack.
    columns: Vec<(usize, Rect)>,
    /// Where the positions stand, all together.
    body: Rect,
}

fn parts(state: &State, compare: &Compare) -> Parts {
    let area = state.layout().body;
    let stacked = Parts { head: Rect::default(), columns: Vec::new(), body: area };
    if area.width < SIDE_BY_SIDE {
        return stacked;
    }
    let head_rows = head_with_note(state, compare, usize::from(area.width.saturating_sub(3))).rows().len();
    let head_height = u16::try_from(head_rows + 2).unwrap_or(u16::MAX);
    // The words in dispute keep half of the screen; a question too long for the rest scrolls with them.
    if head_height > area.height / 2 {
        return stacked;
    }
    let head = Rect { height: head_height, ..area };
    let body = Rect { y: area.y + head_height, height: area.height - head_height, ..area };
    let mut columns = Vec::new();
    let positions = compare.comparison.columns.len();
    let fit = usize::from(area.width / NARROWEST).clamp(1, positions.max(1));
    let first = (compare.column + 1).saturating_sub(fit).min(positions.saturating_sub(fit));
    let share = area.width / u16::try_from(fit).unwrap_or(1);
    for place in 0..fit {
        let offset = u16::try_from(place).unwrap_or(0) * share;
        let width = if place + 1 == fit { area.width - offset } else { share };
        columns.push((first + place, Rect { x: body.x + offset, width, ..body }));
    }
    Parts { head, columns, body }
}

fn head(state: &State, compare: &Compare, width: usize) -> Sheet {
    let dispute = &compare.dispute;
    let mut sheet = Sheet::new(width);
    sheet.line(0, Role::Title, &dispute.question);
    let between = state.theme.glyphs.between;
    let facts = format!(" {between} {} positions", dispute.positions.len());
    let disputed = state.theme.glyphs.disputed;
    match compare.rule {
        None => {
            let grade = format!("{disputed} {}", dispute.grade.word());
            sheet.runs(0, 0, &[(&grade, Role::Disputed), (&facts, Role::Quiet)]);
        }
        Some(rule) => {
            let found = format!("{disputed} found, not written: ");
            sheet.runs(
                0,
                0,
                &[(&found, Role::Inferred), (rule.reading(), Role::Inferred), (&facts, Role::Quiet)],
            );
        }
    }
    sheet
}

/// What the author says of the dispute.
fn note(sheet: &mut Sheet, compare: &Compare) {
    if let Some(note) = &compare.dispute.note {
        sheet.line(0, Role::Quiet, note);
    }
}

/// The question above columns: with the note, which there is in nobody's way.
fn head_with_note(state: &State, compare: &Compare, width: usize) -> Sheet {
    let mut sheet = head(state, compare, width);
    note(&mut sheet, compare);
    sheet
}

fn column_sheet(state: &State, compare: &Compare, column: &Column, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    position(&mut sheet, state, compare, column, false);
    sheet
}

/// A position: its label, what it rests on, and each account in full.
fn position(sheet: &mut Sheet, state: &State, compare: &Compare, column: &Column, marked: bool) {
    let dispute = &compare.dispute;
    let Some(position) = dispute.positions.get(column.position) else { return };
    // Where positions stack there is no frame to mark the one the reader is at.
    let mark = if marked { state.theme.glyphs.cursor } else { "" };
    let label = format!("{mark}{}. {}", column.position + 1, position.label);
    sheet.line(0, Role::Heading, &label);
    sheet.line(0, Role::Quiet, &column.support.reading());
    if let Some(note) = &position.note {
        sheet.line(0, Role::Quiet, &format!("note: {note}"));
    }
    for compared in &column.accounts {
        sheet.gap();
        account(sheet, state, compared);
    }
}

fn account(sheet: &mut Sheet, state: &State, compared: &Compared) {
    let graph = &state.graph;
    match compared.account {
        Account::Statement(id) => {
            let statement = graph.statement(id);
            sheet.line(0, Role::Speaker, &statement::speaker(state, statement));
            statement::pieces(sheet, state, statement.form, &compared.text, &compared.pieces, 0);
            let form = if statement.form == Form::Quote { "verbatim quote" } else { "paraphrase" };
            let said = if statement.said.when.is_some() {
                format!("said {}", statement.said.reading())
            } else {
                "no time of saying given".to_owned()
            };
            let stance =
                statement.stance.map_or_else(String::new, |stance| format!(", {}", stance.reading()));
            sheet.line(2, Role::Quiet, &format!("{form}{stance}, {said}"));
        }
        Account::Reaction(id) => {
            sheet.line(0, Role::Speaker, "Market");
            let runs: Vec<_> = compared
                .pieces
                .iter()
                .map(|piece| {
                    let role = if piece.differs { Role::Differs } else { Role::Text };
                    (state.theme.own_words(&compared.text[piece.text.clone()]), role)
                })
                .collect();
            let runs: Vec<Run<'_>> = runs.iter().map(|(words, role)| (words.as_str(), *role)).collect();
            sheet.runs(0, 0, &runs);
            if let Some(venue) = &graph.reaction(id).venue {
                sheet.line(2, Role::Quiet, &format!("venue: {venue}"));
            }
        }
    }
    carrier(sheet, state, compared.account);
    if let Some((words, role)) = super::reading::mark(state, compared.account) {
        sheet.line(2, role, &words);
    }
    if compared.unrelated {
        sheet.line(2, Role::Quiet, "shares too few words with the others to mark what differs");
    }
}

/// Which source carries it, when that was published, and what is to be known of it.
fn carrier(sheet: &mut Sheet, state: &State, account: Account) {
    let graph = &state.graph;
    let source = graph.source(graph.source_of(account));
    sheet.line(2, Role::Text, &format!("in {}", statement::source_place(state, account)));
    let published = format!("published {}", source.published.reading());
    let published = if source.published.when.is_none() { "undated".to_owned() } else { published };
    let (machine, role) = if source.machine_written {
        ("machine-written, it says so itself", Role::Machine)
    } else {
        ("not said to be machine-written", Role::Quiet)
    };
    sheet.runs(2, 2, &[(&published, Role::Quiet), ("; ", Role::Quiet), (machine, role)]);
    if source.publisher.is_none() {
        sheet.line(2, Role::Quiet, "no publisher named");
    }
    if !source.relies_on.is_empty() {
        let on: Vec<_> =
            source.relies_on.iter().map(|on| statement::source_label(state, graph.source(*on))).collect();
        sheet.line(2, Role::Quiet, &format!("relies on: {}", on.join(", ")));
    }
    let (time, note) = match account {
        Account::Statement(id) => (&graph.statement(id).said.note, &graph.statement(id).note),
        Account::Reaction(id) => (&graph.reaction(id).session.note, &graph.reaction(id).note),
    };
    for note in time.iter().chain(note) {
        sheet.line(2, Role::Quiet, &format!("note: {note}"));
    }
    let event = graph.event(graph.event_of(account));
    let (mark, _) = status_mark(event.status, &state.theme.glyphs);
    sheet.line(2, Role::Quiet, &format!("under: {mark} {}", event.title));
}

/// The question and all positions under each other, and the row each begins at.
fn stacked(state: &State, compare: &Compare, width: usize) -> (Sheet, Vec<usize>) {
    let mut sheet = head(state, compare, width);
    let mut tops = Vec::new();
    for (place, column) in compare.comparison.columns.iter().enumerate() {
        sheet.gap();
        tops.push(sheet.rows().len());
        position(&mut sheet, state, compare, column, place == compare.column);
    }
    // Last: on a small screen the words in dispute come before what is said about them.
    sheet.gap();
    note(&mut sheet, compare);
    (sheet, tops)
}

fn text_width(framed: Rect) -> usize {
    usize::from(inside(framed).width).saturating_sub(1)
}

/// How many rows of the positions show.
pub(super) fn height(state: &State, compare: &Compare) -> usize {
    inside(parts(state, compare).body).height.into()
}

/// How many rows the longest position has, or all of them where they stack.
pub fn compare_rows(state: &State) -> usize {
    let Some(View::Compare(compare)) = state.views.last() else { return 0 };
    let parts = parts(state, compare);
    if parts.columns.is_empty() {
        return stacked(state, compare, text_width(parts.body)).0.rows().len();
    }
    let rows = parts.columns.iter().filter_map(|(place, area)| {
        let column = compare.comparison.columns.get(*place)?;
        Some(column_sheet(state, compare, column, text_width(*area)).rows().len())
    });
    rows.max().unwrap_or(0)
}

/// The row the reader's position begins at, where positions stack.
pub fn compare_top_of_column(state: &State) -> Option<usize> {
    let Some(View::Compare(compare)) = state.views.last() else { return None };
    let parts = parts(state, compare);
    if !parts.columns.is_empty() {
        return None;
    }
    stacked(state, compare, text_width(parts.body)).1.get(compare.column).copied()
}

pub(super) fn render(state: &State, compare: &Compare, _area: Rect, buffer: &mut Buffer) {
    let parts = parts(state, compare);
    let theme = &state.theme;
    let note = match compare.comparison.subject {
        Subject::Written(dispute) => {
            let disputes = state.disputes();
            let place = disputes.iter().position(|other| *other == dispute).unwrap_or(0);
            format!("dispute {}/{}", place + 1, disputes.len())
        }
        Subject::Found(place) => format!("found {}/{}, y copies it", place + 1, state.found().len()),
    };
    let at = Scrolled { cursor: 0, top: compare.top };
    let positions = compare.comparison.columns.len();
    if parts.columns.is_empty() {
        let (sheet, _) = stacked(state, compare, text_width(parts.body));
        draw::frame(buffer, parts.body, "Compare", &note, true, theme);
        draw::sheet(buffer, parts.body, &sheet, at, false, theme);
        return;
    }
    let (first, last) = (parts.columns.first(), parts.columns.last());
    let title = match (first, last) {
        (Some((first, _)), Some((last, _))) if parts.columns.len() < positions => {
            format!("Compare: positions {}-{} of {positions}, l and h for the others", first + 1, last + 1)
        }
        _ => "Compare".to_owned(),
    };
    draw::frame(buffer, parts.head, &title, &note, false, theme);
    let head = head_with_note(state, compare, text_width(parts.head));
    draw::sheet(buffer, parts.head, &head, Scrolled::default(), false, theme);
    for (place, area) in &parts.columns {
        let Some(column) = compare.comparison.columns.get(*place) else { continue };
        let title = format!("position {} of {positions}", place + 1);
        draw::frame(buffer, *area, &title, "", *place == compare.column, theme);
        let sheet = column_sheet(state, compare, column, text_width(*area));
        // A short position stays in sight while a longer one is read on.
        let height = usize::from(inside(*area).height);
        let top = at.top.min(sheet.rows().len().saturating_sub(height));
        draw::sheet(buffer, *area, &sheet, Scrolled { cursor: 0, top }, false, theme);
    }
}
