//! The strip: events on a true time scale, the cursor on it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::state::State;
use super::super::state::relative::from_today;
use super::super::state::strip::{Here, Known, Mark, Open, Strip};
use super::super::theme::{Glyphs, Role};
use super::draw;
use crate::text;

pub(super) fn render(state: &State, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let strip = &state.strip;
    let here = state.event().and_then(|event| strip.here(&state.graph, event));
    draw::frame(buffer, area, &state.graph.header().title, &note(state, here), false, &state.theme);
    outside(state, area, buffer);
    let area = inside(area);
    if strip.marks.is_empty() {
        let words = if state.timeline.events.is_empty() { "no events" } else { "no event has a date" };
        draw::text(buffer, area, words, Role::Undated, &state.theme);
        return;
    }
    for (column, mark) in strip.marks.iter().enumerate() {
        let Some(at) = cell(area, column) else { break };
        let on = here.filter(|here| (here.first..=here.last).contains(&column));
        let (glyph, role) = match on {
            Some(here) => (own_glyph(strip, here, column, &state.theme.glyphs), Role::Cursor),
            None => glyph(*mark, &state.theme.glyphs),
        };
        draw::text(buffer, at, &glyph, role, &state.theme);
    }
    let axis = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    for (column, label) in &strip.labels {
        if let Some(at) = cell(axis, *column) {
            let rest = Rect { width: axis.right().saturating_sub(at.x), ..at };
            draw::text(buffer, rest, label, Role::Quiet, &state.theme);
        }
    }
}

/// How far the event is from today, where that is asked for; and what the strip cannot draw.
fn note(state: &State, here: Option<Here>) -> String {
    let distance = state.event().filter(|_| state.relative.on).map(|event| {
        let span = from_today(&state.graph, state.day(), event);
        format!("this event: {}", span.reading_from_today())
    });
    let among = state.event().is_some() && here.is_none();
    let undated = match state.strip.undated {
        0 => None,
        1 if among => Some("undated: this event".to_owned()),
        count if among => Some(format!("undated: {count} events, this among them")),
        1 => Some("undated: 1 event".to_owned()),
        count => Some(format!("undated: {count} events")),
    };
    let between = format!(" {} ", state.theme.glyphs.between);
    distance.into_iter().chain(undated).collect::<Vec<_>>().join(&between)
}

/// Says in the lower edge of the frame how many events lie outside the view on either side.
fn outside(state: &State, area: Rect, buffer: &mut Buffer) {
    let glyphs = &state.theme.glyphs;
    let edge = Rect { y: area.bottom().saturating_sub(1), height: 1, ..inside(area) };
    if state.strip.earlier > 0 {
        let words = format!(" {} {} earlier ", glyphs.open_left, state.strip.earlier);
        draw::text(buffer, edge, &words, Role::Quiet, &state.theme);
    }
    if state.strip.later > 0 {
        let words = format!(" {} later {} ", state.strip.later, glyphs.open_right);
        let columns = u16::try_from(text::width(&words)).unwrap_or(u16::MAX).min(edge.width);
        let at = Rect { x: edge.right() - columns, width: columns, ..edge };
        draw::text(buffer, at, &words, Role::Quiet, &state.theme);
    }
}

fn cell(area: Rect, column: usize) -> Option<Rect> {
    let column = u16::try_from(column).ok().filter(|column| *column < area.width)?;
    (area.height > 0).then_some(Rect { x: area.x + column, y: area.y, width: 1, height: 1 })
}

/// What stands in a column: the number of several events, a tick for one known to the day, an arrow, a bar, the axis.
fn glyph(mark: Mark, glyphs: &Glyphs) -> (String, Role) {
    let (glyph, known) = match mark {
        Mark { events: many @ 2..=9, tick, bar, .. } => return (many.to_string(), role(tick.or(bar))),
        Mark { events: 10.., tick, bar, .. } => return ("+".to_owned(), role(tick.or(bar))),
        Mark { tick: Some(known), .. } => (tick(known, glyphs), Some(known)),
        Mark { arrow: Some(open), bar, .. } => (arrow(open, glyphs), bar),
        Mark { bar: Some(known), .. } => (bar(known, glyphs), Some(known)),
        Mark { .. } => (glyphs.axis, None),
    };
    (glyph.to_owned(), role(known))
}

/// What stands in a column of the cursor's event: its own mark, or the number of all that share the column.
fn own_glyph(strip: &Strip, here: Here, column: usize, glyphs: &Glyphs) -> String {
    let mark = strip.marks.get(column).copied().unwrap_or_default();
    let at_open_end = match here.open {
        Some(Open::Left) => column == here.first,
        Some(Open::Right) => column == here.last,
        None => false,
    };
    match here {
        Here { tick: true, .. } => glyph(mark, glyphs).0,
        _ if mark.events > 1 || mark.tick.is_some() => glyph(mark, glyphs).0,
        Here { open: Some(open), .. } if at_open_end => arrow(open, glyphs).to_owned(),
        Here { known, .. } => bar(known, glyphs).to_owned(),
    }
}

fn tick(known: Known, glyphs: &Glyphs) -> &'static str {
    if known == Known::Stated { glyphs.tick } else { glyphs.unsure_tick }
}

fn bar(known: Known, glyphs: &Glyphs) -> &'static str {
    match known {
        Known::Stated => glyphs.stretch,
        Known::Unsure => glyphs.unsure_stretch,
        Known::Narrowed => glyphs.narrowed,
    }
}

fn arrow(open: Open, glyphs: &Glyphs) -> &'static str {
    match open {
        Open::Left => glyphs.open_left,
        Open::Right => glyphs.open_right,
    }
}

fn role(known: Option<Known>) -> Role {
    match known {
        Some(Known::Unsure) => Role::Inferred,
        Some(Known::Narrowed) => Role::Undated,
        Some(Known::Stated) | None => Role::Text,
    }
}
