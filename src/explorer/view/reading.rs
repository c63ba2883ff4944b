//! A source's text with its line numbers, the words it was opened for and those looked for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::sheet::Span;
use super::super::state::reading::{Reading, TextRow};
use super::super::state::typed::Typed;
use super::super::state::{State, View};
use super::super::theme::Role;
use super::draw;
use crate::archive::{Held, Mark, Passage};
use crate::story::id::{Account, ElementId};
use crate::text;

/// Columns of the line number and the blank behind it.
const NUMBER: usize = 6;

/// How many columns the words of a text have.
pub fn text_columns(state: &State) -> usize {
    usize::from(inside(state.layout().body).width).saturating_sub(NUMBER)
}

pub(super) fn render(state: &State, reading: &Reading, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let source = match state.graph.by_id(&reading.source) {
        Some(ElementId::Source(id)) => id,
        _ => return,
    };
    let Some(Ok(held)) = state.archived.as_ref().map(|archived| archived.texts.of(&state.graph, source))
    else {
        return;
    };
    let title = format!("Text: {}", state.graph.source(source).label());
    draw::frame(buffer, area, &title, &note(reading, held), true, theme);
    let text_area = inside(area);
    let height = usize::from(text_area.height);
    for (place, row) in reading.rows().iter().skip(reading.top).take(height).enumerate() {
        let Ok(offset) = u16::try_from(place) else { break };
        let at = Rect { y: text_area.y + offset, height: 1, ..text_area };
        draw::spans(buffer, at, &spans(state, reading, held, row), theme);
    }
    draw::more(buffer, area, reading.top, reading.rows().len().saturating_sub(reading.top + height), theme);
}

/// The text beneath, with the field in its last row.
pub(super) fn render_search(state: &State, typed: &Typed, area: Rect, buffer: &mut Buffer) {
    if let Some(View::Text(reading)) = state.views.iter().rev().nth(1) {
        render(state, reading, area, buffer);
    }
    let area = inside(area);
    let rows = area.height.min(2);
    let field = Rect { y: area.bottom().saturating_sub(rows), height: rows, ..area };
    draw::text(buffer, field, &" ".repeat(field.width.into()), Role::Text, &state.theme);
    let below = Rect { y: field.y + rows.saturating_sub(1), height: 1, ..field };
    draw::text(buffer, below, &" ".repeat(field.width.into()), Role::Text, &state.theme);
    super::find::field(state, "/", typed, field, buffer);
}

/// Which file it is, and how many places were found.
fn note(reading: &Reading, held: &Held) -> String {
    if reading.sought.is_empty() {
        return held.file.clone();
    }
    let count = reading.found.len();
    let place = if count == 0 { 0 } else { reading.at + 1 };
    format!("“{}” {place}/{count} in {}", text::safe_line(&reading.sought), held.file)
}

fn spans(state: &State, reading: &Reading, held: &Held, row: &TextRow) -> Vec<Span> {
    let line = held.text.line(row.line).unwrap_or_default();
    let number = if row.bytes.start == 0 { format!("{:>4}  ", row.line) } else { " ".repeat(NUMBER) };
    let mark = reading.here().is_some_and(|here| (here.line..=here.last_line).contains(&row.line));
    let number = if mark && row.bytes.start == 0 {
        format!("{}{}", state.theme.glyphs.cursor, &number[1..])
    } else {
        number
    };
    let mut spans = vec![Span { text: number, role: Role::Quiet }];
    let within = |passages: &[Passage], byte: usize| {
        passages.iter().any(|it| it.within(row.line, line.len()).is_some_and(|range| range.contains(&byte)))
    };
    let role = |byte: usize| {
        if !reading.sought.is_empty() && within(&reading.found, byte) {
            Role::Match
        } else if within(&reading.passages, byte) {
            Role::Differs
        } else {
            Role::Text
        }
    };
    let mut from = row.bytes.start;
    let piece = line.get(row.bytes.clone()).unwrap_or_default();
    let mut current = role(from);
    for (offset, _) in piece.char_indices() {
        let byte = row.bytes.start + offset;
        let next = role(byte);
        if next != current {
            spans.push(Span { text: line[from..byte].to_owned(), role: current });
            (from, current) = (byte, next);
        }
    }
    spans.push(Span { text: line[from..row.bytes.end].to_owned(), role: current });
    spans
}

/// What is known of a statement or figure from its source's text; `None` where no texts are at hand.
pub(super) fn mark(state: &State, account: Account) -> Option<(String, Role)> {
    let archived = state.archived.as_ref()?;
    let glyphs = &state.theme.glyphs;
    match archived.marks.of(&state.graph, account) {
        Mark::Verified => Some((format!("{} verified", glyphs.verified), Role::Quiet)),
        Mark::NotVerified => Some((format!("{} not verified in its text", glyphs.not_verified), Role::Lost)),
        Mark::TextNotHeld => Some((format!("{} text not held", glyphs.possibly), Role::Inferred)),
        Mark::NothingToVerify => None,
    }
}
