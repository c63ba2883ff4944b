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
use crate::archive::verify::Found;
use crate::archive::{Held, Mark, Passage};
use crate::story::id::{Account, ElementId};
use crate::text;

/// Columns of the line number and the blank behind it.
const NUMBER: usize = 6;

/// How many columns the words of a text have.
pub fn text_columns(state: &State) -> usize {
    usize::from(inside(state.layout().body).width).saturating_sub(NUMBER)
}

/// How many rows a text has on the screen, besides what is known of what it was opened for.
pub fn text_height(state: &State) -> usize {
    let height = super::cover_height(state);
    let reading = state.views.iter().rev().find_map(|view| match view {
        View::Text(reading) => Some(reading),
        _ => None,
    });
    height.saturating_sub(reading.map_or(0, |reading| known(state, reading).len()))
}

/// What is known of the words a text was opened for, and of the text itself, in rows.
fn known(state: &State, reading: &Reading) -> Vec<Span> {
    /// Of the rows of the screen, one in so many tells this at most.
    const SHARE: usize = 3;
    let Some(archived) = &state.archived else { return Vec::new() };
    let (graph, columns) = (&state.graph, usize::from(inside(state.layout().body).width));
    let mut told = Vec::new();
    if let Some(ElementId::Source(source)) = graph.by_id(&reading.source)
        && archived.texts.is_changed(graph, source)
    {
        told.push((format!("{} {CHANGED}", state.theme.glyphs.not_verified), Role::Lost));
    }
    let account = match reading.account.as_ref().and_then(|id| graph.by_id(id)) {
        Some(ElementId::Statement(id)) => Some(Account::Statement(id)),
        Some(ElementId::Reaction(id)) => Some(Account::Reaction(id)),
        _ => None,
    };
    if let Some((mut words, role)) = account.and_then(|account| checked(state, account)) {
        let line = if reading.passages.is_empty() { "" } else { "; marked is only the line the story names" };
        match reading.stands {
            Found::Nowhere => words = format!("{words} (not found{line})"),
            Found::Elsewhere => words += " (marked is where they stand)",
            Found::Here | Found::Place => {}
        }
        told.push((words, role));
    }
    let most = (super::cover_height(state) / SHARE).max(1);
    let rows = told.iter().flat_map(|(words, role)| {
        text::wrap(words, columns.max(1))
            .into_iter()
            .map(|row| Span { text: words[row].to_owned(), role: *role })
    });
    let mut rows: Vec<_> = rows.collect();
    if rows.len() > most {
        rows.truncate(most);
        if let Some(last) = rows.last_mut() {
            last.text =
                draw::truncate(&format!("{}{}", last.text, " ".repeat(columns + 1)), columns, &state.theme)
                    .into_owned();
        }
    }
    rows
}

pub(super) fn render(state: &State, reading: &Reading, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let Some(ElementId::Source(source)) = state.graph.by_id(&reading.source) else { return };
    let Some(Ok(held)) = state.archived.as_ref().map(|archived| archived.texts.of(&state.graph, source))
    else {
        return;
    };
    let title = format!("Text: {}", state.graph.source(source).label());
    draw::frame(buffer, area, &title, &note(reading, held), true, theme);
    let mut text_area = inside(area);
    for row in known(state, reading) {
        draw::spans(
            buffer,
            Rect { height: text_area.height.min(1), ..text_area },
            std::slice::from_ref(&row),
            theme,
        );
        text_area = Rect { y: text_area.y + 1, height: text_area.height.saturating_sub(1), ..text_area };
    }
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
            // What was not found is no hit: only its place is shown.
            match reading.stands {
                Found::Here | Found::Elsewhere => Role::Differs,
                Found::Nowhere | Found::Place => Role::Inferred,
            }
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

/// What a reader is told of a text whose fingerprint is another.
pub(super) const CHANGED: &str = "this text has changed since it was read (SHA-256)";

/// What is known of a statement or figure from its source's text, where there is something to see to or to rely on;
/// `None` where no texts are at hand.
pub(super) fn mark(state: &State, account: Account) -> Option<(String, Role)> {
    match state.archived.as_ref()?.marks.of(&state.graph, account) {
        Mark::OwnWords | Mark::NothingToVerify => None,
        _ => checked(state, account),
    }
}

/// What is known of any statement or figure from its source's text, and why; `None` where no texts are at hand.
pub(super) fn checked(state: &State, account: Account) -> Option<(String, Role)> {
    let archived = state.archived.as_ref()?;
    let glyphs = &state.theme.glyphs;
    let mark = archived.marks.of(&state.graph, account);
    let (glyph, role) = match mark {
        Mark::Verified => (glyphs.verified, Role::Quiet),
        Mark::OwnWords | Mark::NothingToVerify => ("", Role::Quiet),
        Mark::NotVerified | Mark::TextChanged => (glyphs.not_verified, Role::Lost),
        Mark::PlaceUnchecked | Mark::WayUnchecked | Mark::Copied | Mark::TextNotHeld => {
            (glyphs.possibly, Role::Inferred)
        }
    };
    let why = archived.marks.why(&state.graph, account);
    let between = if why.is_empty() { "" } else { ": " };
    let words = format!("{glyph} {}{between}{}", mark.reading(), why.join("; "));
    Some((words.trim_start().to_owned(), role))
}
