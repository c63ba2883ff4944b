//! The timeline: a row an event. Only the rows that show are made.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::sheet::Span;
use super::super::state::State;
use super::super::state::relative::from_today;
use super::super::theme::{Glyphs, Role, Theme};
use super::draw;
use super::findings::mark;
use crate::query::bounds;
use crate::story::id::EventId;
use crate::story::order::Place;
use crate::story::vocabulary::Status;
use crate::text;

/// Columns of the date: `[?15 Nov 2025]`.
const DATE: usize = 14;

/// In a narrower timeline the kind leaves no room for the title.
const ROOM_FOR_KIND: u16 = 30;

/// Columns of the distance from today: `~200-230 days ago`.
const RELATIVE: usize = 17;

/// In a narrower timeline the distance from today leaves no room for the title.
const ROOM_FOR_RELATIVE: u16 = 56;
/// In a narrower one it leaves none for the kind.
const ROOM_FOR_BOTH: u16 = 70;

/// A date in its column. One that does not fit is cut inside its brackets: what is worked out must show as such.
fn fitted(date: &str, theme: &Theme) -> String {
    match date.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => text::pad(&format!("[{}]", draw::truncate(inner, DATE - 2, theme)), DATE),
        None => text::pad(&draw::truncate(date, DATE, theme), DATE),
    }
}

pub(super) fn render(state: &State, area: Rect, focused: bool, buffer: &mut Buffer) {
    let events = &state.timeline.events;
    draw::frame(buffer, area, &title(state, area.width.into()), &count(state), focused, &state.theme);
    let text_area = inside(area);
    if events.is_empty() {
        draw::text(buffer, text_area, empty(state), Role::Undated, &state.theme);
        return;
    }
    let (top, height) = (state.timeline.at.top, usize::from(text_area.height));
    for (line, event) in events.iter().skip(top).take(height).enumerate() {
        let Ok(offset) = u16::try_from(line) else { break };
        let at = Rect { y: text_area.y + offset, height: 1, ..text_area };
        let here = top + line == state.timeline.at.cursor;
        let spans = row(state, *event, here, text_area.width);
        draw::spans(buffer, at, &spans, &state.theme);
        if here {
            let role = if focused { Role::Cursor } else { Role::DimCursor };
            draw::restyle(buffer, at, state.theme.style(role));
        }
    }
    draw::more(buffer, area, top, events.len().saturating_sub(top + height), &state.theme);
}

/// The name on a frame of `columns`: the filter, where there is one.
pub(super) fn title(state: &State, columns: usize) -> String {
    match &state.timeline.filter {
        // Where there is not room for both, the filter is cut and the count is not.
        Some(filter) => {
            let count = format!("  {} of {}", state.timeline.events.len(), state.graph.event_count());
            let room = columns.saturating_sub(text::width(&count) + 4).max(8);
            format!("{}{count}", draw::truncate(&filter.reading(&state.graph), room, &state.theme))
        }
        None => super::pane_title(state, super::Pane::Timeline),
    }
}

/// Why there is nothing to show.
pub(super) fn empty(state: &State) -> &'static str {
    if state.graph.event_count() == 0 { "no events" } else { "no event found; Esc clears" }
}

/// Where the cursor is, and of how many.
pub(super) fn count(state: &State) -> String {
    let events = state.timeline.events.len();
    if events == 0 { String::new() } else { format!("{}/{events}", state.timeline.at.cursor + 1) }
}

fn row(state: &State, id: EventId, here: bool, columns: u16) -> Vec<Span> {
    let glyphs = &state.theme.glyphs;
    let event = state.graph.event(id);
    let (date, role) = date(state, id);
    let span = |text: String, role| Span { text, role };
    let edge = if here { glyphs.cursor } else { " " };
    let (status, status_role) = status_mark(event.status, glyphs);
    let disputed = !state.graph.disputes_of_event(id).is_empty();
    let mut row = vec![
        span(edge.to_owned(), Role::FocusedBorder),
        span(fitted(&date, &state.theme) + " ", role),
        span(status.to_owned(), status_role),
        span(if disputed { glyphs.disputed } else { " " }.to_owned(), Role::Disputed),
    ];
    if state.retrospect.is_some() {
        let possibly = super::as_of::possibly_event(state, id);
        row.push(span(if possibly { glyphs.possibly } else { " " }.to_owned(), Role::Inferred));
    }
    if state.live.unseen.any() {
        let unseen = state.live.unseen.of(&event.id).map(|novelty| mark(novelty, glyphs));
        let (mark, role) = unseen.unwrap_or((" ", Role::Text));
        row.push(span(mark.to_owned(), role));
    }
    row.push(span(super::reader::marks(state, &event.id), Role::Own));
    row.push(span(" ".to_owned(), Role::Text));
    let relative = state.relative.on && columns >= ROOM_FOR_RELATIVE;
    if relative {
        let distance = from_today(&state.graph, state.day(), id).short_from_today();
        let distance = draw::truncate(&distance, RELATIVE, &state.theme);
        row.insert(2, span(text::pad(&distance, RELATIVE + 1), Role::Quiet));
    }
    let for_kind = if relative { ROOM_FOR_BOTH } else { ROOM_FOR_KIND };
    if let Some(kind) = event.kind.as_ref().filter(|_| columns >= for_kind) {
        row.push(span(format!("{kind} "), Role::Quiet));
    }
    row.push(span(event.title.to_string(), Role::Text));
    row
}

/// The mark of a status, told apart without colour.
pub(super) fn status_mark(status: Status, glyphs: &Glyphs) -> (&'static str, Role) {
    match status {
        Status::Occurred => (glyphs.occurred, Role::Text),
        Status::Alleged => (glyphs.alleged, Role::Allegation),
        Status::Scheduled => (glyphs.scheduled, Role::Heading),
        Status::Possible => (glyphs.possible, Role::Inferred),
    }
}

/// The date as the timeline shows it: as stated; `[worked out]` in brackets, the editors' sign for what they
/// supply; `≥` or `≤` and a day where there is no date but something it must follow or precede; `undated`.
pub(super) fn date(state: &State, id: EventId) -> (String, Role) {
    let glyphs = &state.theme.glyphs;
    let timing = &state.graph.event(id).timing;
    if let Some(when) = &timing.when {
        let reading = when.short_reading();
        return if timing.inferred {
            (format!("[{reading}]"), Role::Inferred)
        } else {
            (reading, Role::Text)
        };
    }
    let reading = match bounds::told(&state.graph, Place::Event(id)).days() {
        (Some(earliest), _) => format!("{}{earliest}", glyphs.not_before),
        (None, Some(latest)) => format!("{}{latest}", glyphs.not_after),
        (None, None) => "undated".to_owned(),
    };
    (reading, Role::Undated)
}
