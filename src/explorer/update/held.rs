//! What waits for an answer: an Enter pressed while it is still looked for what it takes, and what is typed behind it.
//! The screen never waits for either.

use super::super::key::{Key, KeyCode};
use super::super::keymap::{Command, Lookup};
use super::super::message::Message;
use super::super::state::held::Held;
use super::super::state::{State, View};

/// Enter, before all is looked through: it is done when that is.
pub(super) fn enter(state: &mut State) {
    state.held.enter = true;
    state.notice = Some("still looking: Enter takes effect when all is looked through; Esc gives it up".to_owned());
}

/// The message, unless it must wait for what came before it. Esc gives up all that waits; what leaves the program, or
/// looks after the terminal, waits for nothing.
pub(super) fn pass(state: &mut State, message: Message) -> Option<Message> {
    if !state.held.is_any() {
        return Some(message);
    }
    match message {
        Message::Key(key) if key == Key::plain(KeyCode::Esc) => {
            state.held = Held::default();
            state.notice = Some("given up: nothing waits any more".to_owned());
            state.unshown = true;
            None
        }
        Message::Key(key) if is_urgent(state, key) => Some(message),
        Message::Key(_) | Message::Paste(_) | Message::Click { .. } | Message::Wheel { .. } => {
            state.held.messages.push_back(message);
            None
        }
        _ => Some(message),
    }
}

fn is_urgent(state: &State, key: Key) -> bool {
    matches!(
        state.keymap.look_up(state.scope(), &[key]),
        Lookup::Command(Command::Quit | Command::Suspend | Command::Redraw)
    )
}

/// What waits and can be done now.
pub(super) fn next(state: &mut State) -> Option<Message> {
    if !state.held.enter {
        return state.held.messages.pop_front();
    }
    let is_looking = match state.views.last() {
        Some(View::Find(find)) => find.is_unsure(),
        Some(View::Filter(field)) => field.is_looking(),
        _ => false,
    };
    if is_looking {
        return None;
    }
    state.held.enter = false;
    let waited = matches!(state.views.last(), Some(View::Find(_) | View::Filter(_)));
    let message = Message::Key(Key::plain(KeyCode::Enter));
    if waited { Some(message) } else { state.held.messages.pop_front() }
}
