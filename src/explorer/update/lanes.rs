//! The timeline as lanes: turning to them, and what a click on them means.

use super::super::layout::{Layout, SMALLEST_FOR_LANES, inside};
use super::super::state::lanes::{HEAD, Shown};
use super::super::state::{Pane, State};
use super::super::view;
use super::travel;
use crate::query::lanes::By;

/// `v`: from the list to lanes by actor, by kind, by source, and to the list again.
pub(super) fn turn(state: &mut State, steps: usize) {
    let (width, height) = state.size;
    if !Layout::has_room_for_lanes(width, height) {
        let (columns, rows) = SMALLEST_FOR_LANES;
        state.notice =
            Some(format!("lanes need {columns} columns and {rows} rows; this screen is {width}x{height}"));
        return;
    }
    let turns = By::ALL.len() + 1;
    let place = state.lanes.by.map_or(0, |by| 1 + By::ALL.iter().position(|other| *other == by).unwrap_or(0));
    let to = (place + steps % turns) % turns;
    let by = |turn: usize| turn.checked_sub(1).and_then(|place| By::ALL.get(place)).copied();
    state.lanes.by = by(to);
    state.lanes.top = 0;
    // Another pane that has all the room would hide what was asked for.
    state.zoom &= state.focus == Pane::Timeline;
    let name = |by: Option<By>| by.map_or("a list".to_owned(), |by| format!("lanes by {}", by.word()));
    state.notice = Some(format!("{}; v turns to {}", name(by(to)), name(by((to + 1) % turns))));
}

/// Lays the lanes out and scrolls them to the event at the cursor.
pub(super) fn settle(state: &mut State) {
    let columns = usize::from(state.size.0).saturating_sub(2);
    let State { lanes, graph, timeline, .. } = state;
    lanes.refresh(graph, &timeline.events, timeline.version, columns);
    if state.layout().lanes {
        let height = view::lane_rows(state);
        state.lanes.settle(state.timeline.at.cursor, height);
    }
}

/// A click on a mark, or on a time that passes through: the cursor goes to its event; of several to the one after the
/// event it is on. `row` counts from the top of the frame's inside.
pub(super) fn click(state: &mut State, column: u16, row: usize) {
    let geometry = &state.lanes.geometry;
    let field = inside(state.layout().pane(Pane::Timeline)).x + geometry.field_from();
    let at = row.checked_sub(HEAD).and_then(|row| view::lanes_shown(state).get(row).copied());
    let (Some(Shown::Lane(lane)), Some(column)) = (at, column.checked_sub(field)) else { return };
    if let Some(place) = geometry.place_at(lane, column.into(), state.timeline.at.cursor) {
        travel::set_cursor(state, place);
    }
}
