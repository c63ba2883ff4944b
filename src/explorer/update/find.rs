//! The finder and the palette.

use super::super::effect::Effect;
use super::super::key::{Key, KeyCode};
use super::super::keymap::Command;
use super::super::state::find::{Find, Palette};
use super::super::state::{Pane, Scrolled, State, View};
use super::super::view;
use super::{held, travel, typing};
use crate::query::timeline::Filter;
use crate::story::id::{Account, ElementId};

/// `/`: opens the finder.
pub(super) fn open(state: &mut State) {
    let find = Find::new(&state.graph, &mut state.finders);
    state.views.push(View::Find(Box::new(find)));
}

/// Whether something is to be done between two keys.
pub(in super::super) fn is_busy(state: &State) -> bool {
    match state.views.last() {
        Some(View::Find(find)) => find.is_looking(),
        Some(View::Filter(field)) if field.is_looking() => true,
        _ => state.finders.is_behind(),
    }
}

/// Nothing came in: looks on for a moment, or takes names and texts in ahead. Whether anything that shows is another.
pub(super) fn go_on(state: &mut State) -> bool {
    let State { views, graph, finders, .. } = state;
    match views.last_mut() {
        Some(View::Find(find)) => find.go_on(graph, finders),
        Some(View::Filter(field)) if field.is_looking() => field.go_on(graph, finders),
        _ => {
            finders.take_in_ahead(graph);
            false
        }
    }
}

/// `:`: opens the palette over what works here.
pub(super) fn open_palette(state: &mut State) {
    let scope = state.scope();
    state.views.push(View::Palette(Palette::new(scope)));
}

pub(super) fn command(state: &mut State, command: Command) {
    match command {
        Command::NextMatch => move_cursor(state, true),
        Command::PreviousMatch => move_cursor(state, false),
        Command::NextKind => turn(state, true),
        Command::PreviousKind => turn(state, false),
        _ => {}
    }
}

fn move_cursor(state: &mut State, forwards: bool) {
    if matches!(state.views.last(), Some(View::Find(find)) if find.is_unsure()) {
        // The rows that show are not yet those that the cursor is to go over.
        let code = if forwards { KeyCode::Down } else { KeyCode::Up };
        held::wait(state, Key::plain(code));
        return;
    }
    let (at, count) = match super::top_view(state) {
        Some(View::Find(find)) => (&mut find.at, find.found.len()),
        Some(View::Palette(palette)) => (&mut palette.at, palette.found.len()),
        Some(View::MomentPick(pick)) => (&mut pick.at, pick.publications.len()),
        Some(View::TextSearch(_)) => {
            state.notice = Some("there is no list here; Enter looks for what is typed".to_owned());
            return;
        }
        _ => return,
    };
    let last = count.saturating_sub(1);
    let to = if forwards { (at.cursor + 1).min(last) } else { at.cursor.saturating_sub(1) };
    if to != at.cursor {
        at.cursor = to;
        return;
    }
    state.notice = Some(match (count, forwards) {
        (0, _) => "nothing matches".to_owned(),
        (_, true) => "this is the last match".to_owned(),
        (_, false) => "this is the first match".to_owned(),
    });
}

/// A click on a row inside the frame puts the cursor on the match there.
pub(super) fn click(at: &mut Scrolled, count: usize, line: usize) {
    if let Some(place) = line.checked_sub(view::ABOVE_MATCHES.into()).map(|line| at.top + line)
        && place < count
    {
        at.cursor = place;
    }
}

fn turn(state: &mut State, forwards: bool) {
    let State { views, graph, finders, notice, .. } = state;
    match views.last_mut() {
        Some(View::Find(find)) => {
            find.kind = find.kind.turned(forwards);
            // Rows of another kind answer nothing here.
            find.forget();
            find.search(graph, finders);
        }
        Some(View::MomentPick(_)) => *notice = Some("there is one list only: the publications".to_owned()),
        _ => *notice = Some("the palette has commands only".to_owned()),
    }
}

/// Enter: takes the match at the cursor.
pub(super) fn accept(state: &mut State) -> Option<Effect> {
    let nothing = "nothing matches; Esc goes back";
    if matches!(state.views.last(), Some(View::Find(find)) if find.is_unsure()) {
        held::wait(state, Key::plain(KeyCode::Enter));
        return None;
    }
    let (view, chosen) = match state.views.pop()? {
        View::Find(find) => {
            if let Some(element) = find.found.get(find.at.cursor).map(|found| found.element) {
                take(state, element);
                return None;
            }
            if let Some(suggestion) = find.suggestion.clone() {
                state.views.push(View::Find(find));
                typing::edit(state, |typed| typed.replace(&suggestion));
                return None;
            }
            (View::Find(find), None)
        }
        View::TextSearch(typed) => {
            super::reading::search(state, typed.as_str());
            return None;
        }
        View::MomentPick(pick) => {
            super::as_of::accept(state, pick);
            return None;
        }
        View::Palette(palette) => {
            let command = palette.found.get(palette.at.cursor).map(|(command, _)| *command);
            (View::Palette(palette), command)
        }
        other => (other, None),
    };
    if let Some(command) = chosen {
        return super::run(state, command, None);
    }
    state.notice = Some(nothing.to_owned());
    state.views.push(view);
    None
}

fn take(state: &mut State, element: ElementId) {
    let filter = match element {
        ElementId::Actor(actor) => Filter::Actor(actor),
        ElementId::Source(source) => Filter::Source(source),
        ElementId::Event(event) => {
            travel::go_to(state, event);
            return;
        }
        ElementId::Statement(statement) => {
            travel::go_to_account(state, Account::Statement(statement));
            return;
        }
        ElementId::Dispute(dispute) => {
            travel::compare(state, dispute);
            return;
        }
        ElementId::Reaction(_) => return,
    };
    if crate::query::timeline::events(&state.graph, Some(&filter)).is_empty() {
        state.notice =
            Some(format!("no event of {}; the timeline stays as it was", filter.reading(&state.graph)));
        return;
    }
    let here = state.event();
    travel::set_filter(state, Some(filter));
    travel::came_from(state, here);
    state.focus = Pane::Timeline;
    state.timeline.at = Scrolled { cursor: state.timeline.at.cursor, top: 0 };
}
