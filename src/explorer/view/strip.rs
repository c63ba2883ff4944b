//! The strip: events on a true time scale, the cursor on it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::state::State;
use super::super::state::strip::Mark;
use super::super::theme::{Glyphs, Role};
use super::draw;

pub(super) fn render(state: &State, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let strip = &state.strip;
    let note = match strip.undated {
        0 => String::new(),
        count => format!("{count} without a date of their own"),
    };
    let undated = state.event().is_some_and(|event| state.graph.event(event).timing.when.is_none());
    let note = if undated && !note.is_empty() { format!("this and others: {note}") } else { note };
    draw::frame(buffer, area, &state.graph.header().title, &note, false, &state.theme);
    let area = inside(area);
    if strip.marks.is_empty() {
        draw::text(buffer, area, "no event has a date of its own", Role::Undated, &state.theme);
        return;
    }
    let here = state.event().and_then(|event| strip.columns_of(state.graph.event(event).timing.bounds()));
    for (column, mark) in strip.marks.iter().enumerate() {
        let Some(at) = cell(area, column) else { break };
        let on = here.is_some_and(|(first, last)| (first..=last).contains(&column));
        let role = if on { Role::Cursor } else { Role::Text };
        draw::text(buffer, at, &glyph(*mark, &state.theme.glyphs), role, &state.theme);
    }
    let axis = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    for (column, label) in &strip.labels {
        if let Some(at) = cell(axis, *column) {
            let rest = Rect { width: axis.right().saturating_sub(at.x), ..at };
            draw::text(buffer, rest, label, Role::Quiet, &state.theme);
        }
    }
}

fn cell(area: Rect, column: usize) -> Option<Rect> {
    let column = u16::try_from(column).ok().filter(|column| *column < area.width)?;
    (area.height > 0).then_some(Rect { x: area.x + column, y: area.y, width: 1, height: 1 })
}

/// A tick for one event, its number for several, a stretch for a time that is no point.
fn glyph(mark: Mark, glyphs: &Glyphs) -> String {
    match mark {
        Mark { ticks: 0, stretch: false } => glyphs.axis.to_owned(),
        Mark { ticks: 0, stretch: true } => glyphs.stretch.to_owned(),
        Mark { ticks: 1, .. } => glyphs.tick.to_owned(),
        Mark { ticks: many @ 2..=9, .. } => many.to_string(),
        Mark { .. } => "+".to_owned(),
    }
}
