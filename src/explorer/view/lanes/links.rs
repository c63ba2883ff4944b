//! The links of the event at the cursor, as lines between lanes. They run in a row of their own below a lane of the
//! event, and from there up or down to the nearest lane of the other. Lines go behind marks, never over them.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::state::State;
use super::super::super::state::lanes::{HEAD, Shown};
use super::super::super::theme::Role;
use super::super::draw;
use super::Lanes;
use crate::story::graph::Link;
use crate::story::id::EventId;
use crate::story::vocabulary::Basis;

/// Of an event with more links only so many are drawn.
const MOST: usize = 40;

const UP: usize = 1;
const DOWN: usize = 2;
const LEFT: usize = 4;
const RIGHT: usize = 8;

/// Whether the event at the cursor has links.
pub(super) fn any(state: &State) -> bool {
    let of = |event| !state.graph.event(event).links.is_empty() || !state.graph.links_to(event).is_empty();
    state.event().is_some_and(of)
}

/// What lines leave in a cell.
#[derive(Debug, Clone, Copy, Default)]
struct Wire {
    sides: usize,
    stated: bool,
    /// The end of a link that points up, or down.
    arrow: Option<bool>,
}

/// Cells by row inside the frame and column of the field.
type Wires = BTreeMap<(usize, usize), Wire>;

/// A link as the event at the cursor sees it.
struct Seen {
    other: EventId,
    forth: bool,
    stated: bool,
}

fn seen(state: &State) -> Vec<Seen> {
    let Some(event) = state.event() else { return Vec::new() };
    let graph = &state.graph;
    let end = |link: &Link, forth: bool| Seen {
        other: if forth { link.to } else { link.from },
        forth,
        stated: link.basis == Basis::Stated,
    };
    let forth = graph.event(event).links.iter().map(|link| end(graph.link(*link), true));
    let back = graph.links_to(event).iter().map(|link| end(graph.link(*link), false));
    forth.chain(back).collect()
}

/// Draws the links, and says in their row how many there are.
pub(super) fn render(lanes: &Lanes<'_>, buffer: &mut Buffer) {
    let Some(row) = lanes.shown.iter().position(|row| *row == Shown::Links) else { return };
    let (bus, all) = (HEAD + row, seen(lanes.state));
    let mut wires = Wires::new();
    let mut drawn = 0;
    for link in all.iter().take(MOST) {
        // The timeline is in chronological order, so a place is found without walking through it.
        let (events, order) = (&lanes.state.timeline.events, lanes.state.graph.chronology());
        let rank = order.rank(link.other);
        let Ok(place) = events.binary_search_by_key(&rank, |event| order.rank(*event)) else { continue };
        if let Some((row, column)) = end(lanes, place, bus) {
            wire(lanes, &mut wires, link, bus, (row, column));
            let at = lanes.from(lanes.row(row), column);
            let cell = Rect { width: at.width.min(1), ..at };
            draw::restyle(buffer, cell, lanes.theme().style(Role::Match));
            drawn += 1;
        }
    }
    for ((row, column), wire) in wires {
        put(lanes, (row, column), wire, buffer);
    }
    let count = match (all.len(), drawn) {
        (1, 1) => "1 link".to_owned(),
        (1, _) => "1 link, not drawn".to_owned(),
        (all, drawn) if all == drawn => format!("{all} links"),
        (all, drawn) => format!("{drawn} of {all} links drawn"),
    };
    let name = lanes.row(bus);
    let columns = lanes.geometry().field_from().saturating_sub(2);
    let name = Rect { x: name.x + 1, width: columns.min(name.width), ..name };
    draw::text(buffer, name, &format!(" {count}"), Role::Quiet, lanes.theme());
}

/// Where a link ends: the mark of the other event in the lane that shows nearest to the row of links.
fn end(lanes: &Lanes<'_>, place: usize, bus: usize) -> Option<(usize, usize)> {
    let of = lanes.geometry().lanes_of(place);
    let column = lanes.geometry().shape(place)?.mark;
    let rows = lanes.shown.iter().enumerate().filter_map(|(row, shown)| match shown {
        Shown::Lane(lane) if of.binary_search(lane).is_ok() => Some(HEAD + row),
        _ => None,
    });
    // No line can lead from a mark to itself; where the two share one, another lane of the other shows it.
    let shared = lanes.shape().is_some_and(|shape| shape.mark == column);
    let rows = rows.filter(|row| !shared || row + 1 != bus);
    rows.min_by_key(|row| row.abs_diff(bus)).map(|row| (row, column))
}

/// Lays a line from the event at the cursor to the end of a link.
fn wire(lanes: &Lanes<'_>, wires: &mut Wires, link: &Seen, bus: usize, end: (usize, usize)) {
    let Some(here) = lanes.shape().map(|shape| shape.mark) else { return };
    let (row, column) = end;
    let mut touch = |at: (usize, usize), sides: usize| {
        let wire = wires.entry(at).or_default();
        wire.sides |= sides;
        wire.stated |= link.stated;
    };
    let own = bus - 1;
    // What stands straight above needs no way round.
    let from = if column == here && row < own { own } else { bus };
    if from == bus {
        touch((bus, here), UP);
        let (left, right) = (here.min(column), here.max(column));
        for between in left..right {
            touch((bus, between), RIGHT);
            touch((bus, between + 1), LEFT);
        }
        touch((bus, column), if row < bus { UP } else { DOWN });
    }
    for between in row.min(from) + 1..row.max(from) {
        touch((between, column), UP | DOWN);
    }
    let last = if row < from { row + 1 } else { row - 1 };
    // An arrow that points away from the end lies on the same line as one that points to it.
    if last != own || from == bus {
        let up = (row < from) == link.forth;
        wires.entry((last, column)).or_default().arrow = Some(up);
    }
}

/// A cell that is free takes the line; one with a mark keeps it.
fn put(lanes: &Lanes<'_>, (row, column): (usize, usize), wire: Wire, buffer: &mut Buffer) {
    let at = lanes.from(lanes.row(row), column);
    let glyphs = &lanes.theme().lanes;
    let free = buffer
        .cell((at.x, at.y))
        .is_some_and(|cell| matches!(cell.symbol(), " ") || cell.symbol() == glyphs.apart);
    if at.is_empty() || !free {
        return;
    }
    let glyph = match wire {
        Wire { arrow: Some(true), .. } => glyphs.up,
        Wire { arrow: Some(false), .. } => glyphs.down,
        Wire { sides, stated: false, .. } if sides == UP | DOWN => glyphs.dashed_down,
        Wire { sides, stated: false, .. } if sides == LEFT | RIGHT => glyphs.dashed_across,
        Wire { sides, .. } => glyphs.lines[sides & 15],
    };
    lanes.put(lanes.row(row), column, glyph, Role::Speaker, buffer);
}
