//! `R`: the right of reply.

use super::super::state::replies::Heard;
use super::super::state::{State, View};

/// Lists what is charged against whom; in the list goes back.
pub(super) fn toggle(state: &mut State) {
    if matches!(state.views.last(), Some(View::Replies(_))) {
        state.views.pop();
        return;
    }
    match Heard::of(&state.graph) {
        Some(heard) => state.views.push(View::Replies(Box::new(heard))),
        None => {
            state.notice = Some("nothing is alleged or recommended against anyone with a name".to_owned());
        }
    }
}
