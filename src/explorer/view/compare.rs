//! Accounts side by side: one column a position, a source or a statement, with the rows of all columns aligned beside
//! their labels. Where columns would be too narrow they stack.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::layout::inside;
use super::super::state::{Compare, Scrolled, State, View};
use super::draw;
use aligned::{Aligned, Stacked, aligned, stacked};

mod aligned;
mod cells;
mod head;

/// Below this many columns positions stack.
const SIDE_BY_SIDE: u16 = 70;
/// The narrowest column that reads well, frame included.
const NARROWEST: u16 = 26;
/// More columns than this are not taken in at a look.
const MOST: u16 = 6;
/// Columns of the labels left of the positions.
const LABELS: u16 = 12;

/// Where the parts of the view stand.
struct Parts {
    /// The question, grade and note; without room where they scroll with the positions.
    head: Rect,
    /// The labels of the rows; without room where positions stack.
    labels: Rect,
    /// The positions that show, each with its frame; empty where they stack.
    columns: Vec<(usize, Rect)>,
    /// Where the positions stand, all together.
    body: Rect,
}

impl Parts {
    fn stacks(&self) -> bool {
        self.columns.is_empty()
    }
}

fn parts(state: &State, compare: &Compare) -> Parts {
    let area = state.layout().body;
    let stacked = Parts { head: Rect::default(), labels: Rect::default(), columns: Vec::new(), body: area };
    if area.width < SIDE_BY_SIDE {
        return stacked;
    }
    let head_rows = head::with_note(state, compare, usize::from(area.width.saturating_sub(3))).rows().len();
    let head_height = u16::try_from(head_rows + 2).unwrap_or(u16::MAX);
    // The words in dispute keep half of the screen; a question too long for the rest scrolls with them.
    if head_height > area.height / 2 {
        return stacked;
    }
    let head = Rect { height: head_height, ..area };
    let body = Rect { y: area.y + head_height, height: area.height - head_height, ..area };
    let labels = Rect { width: LABELS, ..body };
    let room = Rect { x: body.x + LABELS, width: body.width - LABELS, ..body };
    Parts { head, labels, columns: columns(compare, room), body }
}

/// The columns that show, and where: as many as there is room for, the reader's among them.
fn columns(compare: &Compare, room: Rect) -> Vec<(usize, Rect)> {
    if compare.zoom {
        return vec![(compare.column, room)];
    }
    let count = compare.comparison.columns.len();
    let fit = (room.width / NARROWEST).clamp(1, MOST).min(u16::try_from(count).unwrap_or(u16::MAX).max(1));
    let many = usize::from(fit);
    let first = (compare.column + 1).saturating_sub(many).min(count.saturating_sub(many));
    let share = room.width / fit;
    let place = |nth: u16| {
        let offset = nth * share;
        let width = if nth + 1 == fit { room.width - offset } else { share };
        (first + usize::from(nth), Rect { x: room.x + offset, width, ..room })
    };
    (0..fit).map(place).collect()
}

fn text_width(framed: Rect) -> usize {
    usize::from(inside(framed).width).saturating_sub(1)
}

/// The columns that show, laid out beside each other.
fn side_by_side(state: &State, compare: &Compare, parts: &Parts) -> Aligned {
    let columns: Vec<_> = parts.columns.iter().map(|(place, area)| (*place, text_width(*area))).collect();
    aligned(state, compare, usize::from(LABELS).saturating_sub(1), &columns)
}

/// How many rows of the positions show.
pub(super) fn height(state: &State, compare: &Compare) -> usize {
    inside(parts(state, compare).body).height.into()
}

/// How many rows the positions have, or all of them together where they stack.
pub fn compare_rows(state: &State) -> usize {
    let Some(View::Compare(compare)) = state.views.last() else { return 0 };
    let parts = parts(state, compare);
    if parts.stacks() {
        return stacked(state, compare, text_width(parts.body)).sheet.rows().len();
    }
    side_by_side(state, compare, &parts).labels.rows().len()
}

/// The row the reader's position begins at, where positions stack.
pub fn compare_top_of_column(state: &State) -> Option<usize> {
    let Some(View::Compare(compare)) = state.views.last() else { return None };
    let parts = parts(state, compare);
    if !parts.stacks() {
        return None;
    }
    stacked(state, compare, text_width(parts.body)).top_of(compare.column)
}

/// The accounts that scrolling passes, each by its column and place, with its rows: those of the reader's column, or all
/// where columns stack.
pub fn compared_places(state: &State) -> Vec<((usize, usize), Range<usize>)> {
    let Some(View::Compare(compare)) = state.views.last() else { return Vec::new() };
    let parts = parts(state, compare);
    if parts.stacks() {
        let Stacked { sheet, places, .. } = stacked(state, compare, text_width(parts.body));
        return places.iter().enumerate().map(|(entry, place)| (*place, sheet.rows_of(entry))).collect();
    }
    let sheets = side_by_side(state, compare, &parts);
    let nth = parts.columns.iter().position(|(column, _)| *column == compare.column);
    let Some(sheet) = nth.and_then(|nth| sheets.columns.get(nth)) else { return Vec::new() };
    (0..sheet.entries()).map(|entry| ((compare.column, entry), sheet.rows_of(entry))).collect()
}

/// The rows of each account of the reader's column.
pub fn compared_rows(state: &State) -> Vec<Range<usize>> {
    let Some(View::Compare(compare)) = state.views.last() else { return Vec::new() };
    let here = compare.column;
    compared_places(state)
        .into_iter()
        .filter(|((column, _), _)| *column == here)
        .map(|(_, rows)| rows)
        .collect()
}

/// The column at a cell of the screen, and the account there.
pub fn compared_at(state: &State, column: u16, row: u16) -> Option<(usize, Option<usize>)> {
    let Some(View::Compare(compare)) = state.views.last() else { return None };
    let parts = parts(state, compare);
    let at = Position { x: column, y: row };
    let line = |area: Rect| Some(compare.top + usize::from(row.checked_sub(inside(area).y)?));
    if parts.stacks() {
        let stacked = stacked(state, compare, text_width(parts.body));
        let entry = stacked.sheet.rows().get(line(parts.body)?)?.entry?;
        return stacked.places.get(entry).map(|(column, account)| (*column, Some(*account)));
    }
    let place = parts.columns.iter().position(|(_, area)| area.contains(at))?;
    let (column, area) = parts.columns.get(place)?;
    let sheets = side_by_side(state, compare, &parts);
    let row = line(*area).and_then(|line| sheets.columns.get(place)?.rows().get(line));
    Some((*column, row.and_then(|row| row.entry)))
}

pub(super) fn render(state: &State, compare: &Compare, buffer: &mut Buffer) {
    let parts = parts(state, compare);
    let theme = &state.theme;
    let shown: Vec<usize> = parts.columns.iter().map(|(place, _)| *place).collect();
    let title = head::title(compare, &shown);
    let note = head::whereabouts(state, compare);
    if parts.stacks() {
        let Stacked { sheet, selected, .. } = stacked(state, compare, text_width(parts.body));
        let at = Scrolled { cursor: selected.unwrap_or(0), top: compare.top };
        draw::frame(buffer, parts.body, &title, &note, true, theme);
        draw::sheet(buffer, parts.body, &sheet, at, selected.is_some(), theme);
        return;
    }
    draw::frame(buffer, parts.head, &title, &note, false, theme);
    let head = head::with_note(state, compare, text_width(parts.head));
    draw::sheet(buffer, parts.head, &head, Scrolled::default(), false, theme);
    let sheets = side_by_side(state, compare, &parts);
    let beside = Rect { x: parts.labels.x, width: parts.labels.width, ..inside(parts.labels) };
    draw::rows(buffer, beside, &sheets.labels, compare.top, None, theme);
    for ((place, area), sheet) in parts.columns.iter().zip(&sheets.columns) {
        let focused = *place == compare.column;
        let title = head::of_column(state, compare, *place, *area);
        draw::frame(buffer, *area, &title, "", focused, theme);
        let at = Scrolled { cursor: compare.account, top: compare.top };
        draw::sheet(buffer, *area, sheet, at, focused, theme);
    }
}
