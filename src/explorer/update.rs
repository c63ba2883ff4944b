//! `update`: a message changes the state, and may ask for an effect. Deterministic: no clock, no file, no
//! terminal.

use std::borrow::Cow;
use std::sync::Arc;

use super::effect::Effect;
use super::key::{Key, KeyCode};
use super::keymap::{Command, Lookup, Scope};
use super::layout::{Arrangement, inside};
use super::message::Message;
use super::sheet::{Sheet, scrolled_to};
use super::state::{Pane, Pending, Scrolled, State, View};
use super::view;
use crate::query::as_of::Then;
use crate::text;

mod as_of;
mod at_hand;
mod compare;
mod copy;
mod cover;
mod edit;
mod filter;
mod find;
mod held;
mod kept;
mod lanes;
mod life;
mod live;
mod matrix;
mod provenance;
pub(super) mod reader;
mod reading;
mod replies;
mod strip;
mod subject;
mod swap;
mod travel;
mod typing;
mod views;
mod web;

/// A count typed before a command is cut here; no story is longer.
const LARGEST_COUNT: usize = 99_999_999;

/// Looks back to a moment: what was not yet published then goes out of sight.
pub fn look_back(state: &mut State, then: Then, reading: String) {
    as_of::set(state, then, reading);
    settle(state);
}

/// Takes a message in. What it asks of the world comes back.
pub fn update(state: &mut State, message: Message) -> Option<Effect> {
    if matches!(message, Message::Idle) {
        return idle(state);
    }
    let message = held::pass(state, message)?;
    state.unshown = true;
    let before = reader::before(state);
    if !matches!(message, Message::Key(_) | Message::Wheel { .. }) {
        state.laid = None;
    }
    let effect = match message {
        Message::Key(key) => {
            state.notice = None;
            press(state, key)
        }
        Message::Paste(text) => {
            state.notice = None;
            state.pending = Pending::default();
            typing::paste(state, &text);
            None
        }
        Message::Saved(view, outcome) => {
            views::saved(state, view, outcome);
            None
        }
        Message::NotesSaved(outcome) => {
            reader::saved(state, outcome);
            None
        }
        Message::ReadSaved(outcome) => {
            reader::read_saved(state, outcome);
            None
        }
        Message::Copied(copied) => {
            copy::copied(state, copied);
            None
        }
        Message::Opened { address, outcome } => {
            web::opened(state, &address, outcome);
            None
        }
        Message::Edited(outcome) => {
            edit::edited(state, outcome);
            None
        }
        Message::Ahead(ahead) => {
            // Another story may show by now.
            if Arc::ptr_eq(&ahead.graph, state.whole()) {
                state.ahead = Some(ahead);
            }
            None
        }
        Message::Reread(reread) => {
            live::take(state, *reread);
            None
        }
        Message::Click { column, row } => {
            state.notice = None;
            click(state, column, row);
            None
        }
        Message::Wheel { column, row, down } => {
            wheel(state, column, row, down);
            None
        }
        Message::Resize { width, height } => {
            state.size = (width, height);
            None
        }
        // Above.
        Message::Idle => None,
    };
    reader::after(state, before);
    settle_as_laid(state);
    effect
}

/// Nothing came in: does what waited, else goes on with what is looked for. Where nothing shows of that, nothing is drawn.
fn idle(state: &mut State) -> Option<Effect> {
    if let Some(message) = held::next(state) {
        // Out of its way, for it would have to wait for them.
        let behind = std::mem::take(&mut state.held.messages);
        let effect = update(state, message);
        state.held.messages.extend(behind);
        return effect;
    }
    if find::go_on(state) {
        state.unshown = true;
        settle_as_laid(state);
    }
    None
}

/// Whether [`Message::Idle`] has something to do.
pub fn is_busy(state: &State) -> bool {
    state.held.is_any() || find::is_busy(state)
}

/// A frame was drawn.
pub fn drawn(state: &mut State) {
    state.unshown = false;
    live::drawn(state);
}

fn press(state: &mut State, key: Key) -> Option<Effect> {
    let scope = state.scope();
    if !scope.types() && state.pending.keys.is_empty() && count(state, key) {
        return None;
    }
    let typed = state.pending.count.is_some() || !state.pending.keys.is_empty();
    if typed && key == Key::plain(KeyCode::Esc) {
        state.pending = Pending::default();
        return None;
    }
    state.pending.keys.push(key);
    match state.keymap.look_up(scope, &state.pending.keys) {
        Lookup::Prefix => None,
        Lookup::Command(command) => {
            state.pending.keys.clear();
            let count = state.pending.count.take();
            run(state, command, count)
        }
        Lookup::Unbound => {
            state.laid = None;
            let keys = std::mem::take(&mut state.pending.keys);
            state.pending.count = None;
            if scope.types() {
                typing::typed(state, key);
            } else {
                let keys: String = keys.iter().map(ToString::to_string).collect();
                state.notice = Some(format!("{keys} does nothing here; ? shows what does"));
            }
            None
        }
    }
}

/// Takes a digit into the count; false where the key is no such digit.
fn count(state: &mut State, key: Key) -> bool {
    let KeyCode::Char(character) = key.code else { return false };
    let Some(digit) = character.to_digit(10).filter(|_| !key.ctrl) else { return false };
    if digit == 0 && state.pending.count.is_none() {
        return false;
    }
    let count = state.pending.count.unwrap_or(0).saturating_mul(10).saturating_add(digit as usize);
    state.pending.count = Some(count.min(LARGEST_COUNT));
    true
}

/// Runs a command, with the number typed before it.
pub(super) fn run(state: &mut State, command: Command, count: Option<usize>) -> Option<Effect> {
    if !cover::only_moves(command) {
        state.laid = None;
    }
    // Where `t` was pressed and nothing after it, `t` goes on from there.
    let again = std::mem::replace(&mut state.relative.was_today, command == Command::Today);
    match command {
        Command::Today => travel::today(state, again),
        Command::Quit => return Some(Effect::Quit),
        Command::Suspend => return Some(Effect::Suspend),
        Command::Redraw => return Some(Effect::Redraw),
        Command::Help => cover::toggle_help(state),
        Command::Palette => find::open_palette(state),
        Command::MarkRead => return reader::toggle_read(state),
        Command::ToggleBookmark | Command::CoverBookmark => return reader::toggle_bookmark(state),
        Command::EditNote | Command::CoverNote => reader::edit_note(state),
        Command::ListMarks => reader::list(state),
        Command::LeaveNote | Command::SaveNote | Command::DropNote => return reader::leave(state, command),
        Command::Accept => return find::accept(state),
        Command::Copy => return copy::copy(state),
        Command::OpenPage => return web::open(state),
        Command::CoverOpen if matches!(state.views.last(), Some(View::Web(_))) => return web::go(state),
        Command::Edit => return edit::edit(state),
        Command::Matrix => matrix::toggle(state),
        Command::Provenance => provenance::open(state),
        Command::Replies => replies::toggle(state),
        Command::Findings => return live::toggle(state),
        Command::Reread => return live::ask(state),
        Command::AsOf => as_of::pick(state),
        Command::PublicationBack => as_of::step(state, count.unwrap_or(1), false),
        Command::PublicationForth => as_of::step(state, count.unwrap_or(1), true),
        Command::Possibly => as_of::toggle_possibly(state),
        Command::Now => as_of::leave(state),
        Command::ApplyFilter => filter::apply(state),
        Command::SaveView => return views::save(state),
        Command::SaveFilter => views::name(state),
        _ => match command.binding().scope {
            Scope::Browse => browse(state, command, count),
            Scope::Find => find::command(state, command),
            Scope::Filter => filter::command(state, command),
            Scope::Note => reader::command(state, command, count.unwrap_or(1)),
            Scope::Typing if matches!(state.views.last(), Some(View::Note(_))) => {
                reader::command(state, command, count.unwrap_or(1));
            }
            Scope::Typing => typing::command(state, command),
            Scope::Compare => compare::command(state, command, count),
            Scope::Matrix => matrix::command(state, command, count.unwrap_or(1)),
            Scope::Text => reading::command(state, command, count.unwrap_or(1)),
            Scope::Cover | Scope::Help => cover::list(state, command, count),
            Scope::Naming | Scope::Anywhere | Scope::Loading => {}
        },
    }
    None
}

fn browse(state: &mut State, command: Command, count: Option<usize>) {
    let steps = count.unwrap_or(1);
    let page = view::pane_height(state, state.focus).max(1);
    match command {
        Command::NextEvent => step(state, steps, true),
        Command::PreviousEvent => step(state, steps, false),
        Command::HalfPageDown => step(state, steps.saturating_mul((page / 2).max(1)), true),
        Command::HalfPageUp => step(state, steps.saturating_mul((page / 2).max(1)), false),
        Command::PageDown => step(state, steps.saturating_mul(page), true),
        Command::PageUp => step(state, steps.saturating_mul(page), false),
        Command::FirstEvent => travel::to_place(state, count.unwrap_or(1)),
        Command::LastEvent => travel::to_place(state, count.unwrap_or(usize::MAX)),
        Command::NextPane => turn_pane(state, steps, true),
        Command::PreviousPane => turn_pane(state, steps, false),
        Command::Lanes => lanes::turn(state, steps),
        Command::Zoom => zoom(state),
        Command::Open => travel::open(state),
        Command::SourceText => travel::read_text(state),
        Command::CompareEvent => travel::compare_event(state),
        Command::CompareOthers => subject::of_selected(state),
        Command::Pick => subject::pick_selected(state),
        Command::Life => life::of_event(state),
        Command::NextDispute => travel::dispute_beside(state, steps, true),
        Command::PreviousDispute => travel::dispute_beside(state, steps, false),
        Command::ListDisputes => travel::list_disputes(state),
        Command::Why => cover::why(state),
        Command::FindActor => find::open(state),
        Command::FilterEvents => filter::open(state),
        Command::ListViews => views::open(state),
        Command::NextFound => travel::found(state, steps, true),
        Command::PreviousFound => travel::found(state, steps, false),
        Command::ClearFilter => travel::clear(state),
        Command::LinkForth => travel::link(state, true),
        Command::LinkBack => travel::link(state, false),
        Command::VisitedBack => travel::visited(state, steps, true),
        Command::VisitedForth => travel::visited(state, steps, false),
        Command::RelativeTimes => strip::relative_times(state),
        Command::NextUnread => reader::next_unread(state),
        Command::StripCloser => strip::zoom(state, steps, true),
        Command::StripWider => strip::zoom(state, steps, false),
        _ => {}
    }
}

fn turn_pane(state: &mut State, steps: usize, forwards: bool) {
    for _ in 0..steps % Pane::ALL.len() {
        state.focus = state.focus.turned(forwards);
    }
}

fn zoom(state: &mut State) {
    if state.layout().arrangement == Arrangement::Narrow {
        state.notice = Some("there is room for one pane only; Tab goes to the others".to_owned());
    } else {
        state.zoom = !state.zoom;
    }
}

/// Moves the cursor of the focused pane.
fn step(state: &mut State, steps: usize, forwards: bool) {
    let moved =
        |cursor: usize| if forwards { cursor.saturating_add(steps) } else { cursor.saturating_sub(steps) };
    if state.focus == Pane::Timeline {
        let last = state.timeline.events.len().saturating_sub(1);
        let to = moved(state.timeline.at.cursor).min(last);
        if state.timeline.events.is_empty() {
            state.notice = Some("no events".to_owned());
        } else if to == state.timeline.at.cursor {
            let end = if forwards { "last" } else { "first" };
            let whose = if state.timeline.filter.is_some() { " of those found" } else { "" };
            state.notice = Some(format!("this is the {end} event{whose}"));
        }
        travel::set_cursor(state, to);
        return;
    }
    let Some(sheet) = view::pane_sheet(state, state.focus) else {
        state.notice = Some("no events".to_owned());
        return;
    };
    let height = view::pane_height(state, state.focus);
    let at = &mut state.panes[state.focus.index()];
    let before = *at;
    *at = moved_in(&sheet, before, height, steps, forwards);
    if *at == before {
        state.notice = Some(at_end(forwards));
    }
}

/// Why a cursor or a scroll did not move.
pub(super) fn at_end(forwards: bool) -> String {
    format!("this is the {}", if forwards { "end" } else { "top" })
}

/// The cursor moved in a sheet. It stands on entries; where the next entry is out of sight, or there is none,
/// the text scrolls first, so that nothing between entries is passed over unread.
pub(super) fn moved_in(sheet: &Sheet, at: Scrolled, height: usize, steps: usize, forwards: bool) -> Scrolled {
    let mut at = at;
    let bottom = sheet.rows().len().saturating_sub(height);
    for _ in 0..steps.min(sheet.rows().len() + sheet.entries()) {
        let next = if forwards { at.cursor + 1 } else { at.cursor.wrapping_sub(1) };
        let rows = sheet.rows_of(next);
        let reachable = next < sheet.entries()
            && if forwards { rows.start < at.top + height + 1 } else { rows.end + 1 > at.top };
        if reachable {
            at.cursor = next;
            at.top = scrolled_to(at.top, sheet.rows().len(), height, Some(rows));
        } else if forwards && at.top < bottom {
            at.top += 1;
        } else if !forwards && at.top > 0 {
            at.top -= 1;
        } else {
            break;
        }
    }
    at
}

fn click(state: &mut State, column: u16, row: u16) {
    if !state.views.is_empty() {
        cover::click(state, column, row);
        return;
    }
    let layout = state.layout();
    let Some(pane) = layout.pane_at(column, row) else { return };
    state.focus = pane;
    let text = inside(layout.pane(pane));
    let Some(line) = row.checked_sub(text.y).map(usize::from).filter(|line| *line < text.height.into())
    else {
        return;
    };
    if pane == Pane::Timeline && layout.lanes {
        lanes::click(state, column, line);
    } else if pane == Pane::Timeline {
        let place = state.timeline.at.top + line;
        if place < state.timeline.events.len() {
            travel::set_cursor(state, place);
        }
    } else if let Some(sheet) = view::pane_sheet(state, pane) {
        let at = &mut state.panes[pane.index()];
        if let Some(entry) = sheet.rows().get(at.top + line).and_then(|row| row.entry) {
            at.cursor = entry;
        }
    }
}

fn wheel(state: &mut State, column: u16, row: u16, down: bool) {
    /// Rows a notch of the wheel scrolls text by.
    const NOTCH: usize = 3;
    if !state.views.is_empty() {
        cover::wheel(state, down);
        return;
    }
    let Some(pane) = state.layout().pane_at(column, row) else { return };
    if pane == Pane::Timeline {
        let last = state.timeline.events.len().saturating_sub(1);
        let cursor = state.timeline.at.cursor;
        travel::set_cursor(state, if down { (cursor + 1).min(last) } else { cursor.saturating_sub(1) });
    } else if let Some(sheet) = view::pane_sheet(state, pane) {
        let bottom = sheet.rows().len().saturating_sub(view::pane_height(state, pane));
        let top = &mut state.panes[pane.index()].top;
        *top = if down { (*top + NOTCH).min(bottom) } else { top.saturating_sub(NOTCH) };
    }
}

/// Puts every cursor and scroll back inside what there is, for the size of the screen.
pub fn settle(state: &mut State) {
    state.laid = None;
    settle_as_laid(state);
}

/// As [`settle`], where what is laid out still holds.
fn settle_as_laid(state: &mut State) {
    // What is said may repeat what was typed, and a terminal sends any character as a key, also one that does not show.
    if let Some(Cow::Owned(shown)) = state.notice.as_deref().map(text::safe_line) {
        state.notice = Some(shown);
    }
    let events = state.timeline.events.len();
    let at = &mut state.timeline.at;
    at.cursor = at.cursor.min(events.saturating_sub(1));
    let (cursor, top) = (at.cursor, at.top);
    // First, as the layout depends on how many lanes there are.
    lanes::settle(state);
    let height = view::pane_height(state, Pane::Timeline);
    state.timeline.at.top = scrolled_to(top, events, height, Some(cursor..cursor + 1));
    for pane in Pane::ALL {
        // What is covered is settled when it shows again.
        let shows = state.views.is_empty() && !state.layout().pane(*pane).is_empty();
        // Where nothing is scrolled, nothing can lie outside, and what a pane holds is laid out to be drawn only.
        let is_scrolled = state.panes[pane.index()] != Scrolled::default();
        if *pane == Pane::Timeline || !shows || !is_scrolled {
            continue;
        }
        if let Some(sheet) = view::pane_sheet(state, *pane) {
            let height = view::pane_height(state, *pane);
            let at = &mut state.panes[pane.index()];
            at.cursor = at.cursor.min(sheet.entries().saturating_sub(1));
            at.top = at.top.min(sheet.rows().len().saturating_sub(height));
        }
    }
    cover::settle(state);
    reader::settle(state);
    let columns = usize::from(inside(state.layout().strip).width);
    let here = state.event();
    let shows = state.views.is_empty();
    let State { strip, graph, timeline, relative, live, .. } = state;
    relative.follow(graph, here);
    if shows {
        live.unseen.follow(here.map(|event| graph.event(event).id.as_str()));
    }
    strip.refresh(graph, &timeline.events, timeline.version, columns, here);
}

/// Whether a view of this kind covers the panes on top.
pub(super) fn top_view(state: &mut State) -> Option<&mut View> {
    state.views.last_mut()
}
