//! The field of a filter.

use super::super::key::{Key, KeyCode};
use super::super::keymap::Command;
use super::super::state::filter::FilterField;
use super::super::state::{Pane, Scrolled, State, View};
use super::super::view;
use super::{held, travel};
use crate::query::timeline::Filter;

/// `f`: opens the field with the filter in force.
pub(super) fn open(state: &mut State) {
    let text = match &state.timeline.filter {
        Some(Filter::Written { expression, .. }) => expression.text().to_owned(),
        _ => String::new(),
    };
    let State { graph, finders, .. } = state;
    let field = FilterField::new(graph, finders, &text);
    state.views.push(View::Filter(Box::new(field)));
}

pub(super) fn command(state: &mut State, command: Command) {
    let Some(View::Filter(field)) = state.views.last_mut() else { return };
    let count = field.completions.len();
    let to = match (command, field.picked) {
        (Command::NextCompletion, None) => Some(0),
        (Command::NextCompletion, Some(picked)) => Some(picked + 1),
        (Command::PreviousCompletion, Some(picked)) => picked.checked_sub(1),
        (Command::PreviousCompletion, None) => {
            state.notice = Some("no completion is picked".to_owned());
            return;
        }
        _ => return,
    };
    if to.is_none_or(|to| to < count) {
        field.picked = to;
    } else {
        let why = if count == 0 { "nothing completes this" } else { "this is the last completion" };
        state.notice = Some(why.to_owned());
    }
}

/// A click on a completion picks it.
pub(super) fn click(state: &mut State, line: usize) {
    let above = view::above_completions(state);
    if let Some(View::Filter(field)) = state.views.last_mut()
        && let Some(place) = line.checked_sub(above).map(|line| field.top + line)
        && place < field.completions.len()
    {
        field.picked = Some(place);
    }
}

/// Enter: takes the completion picked, else filters.
pub(super) fn apply(state: &mut State) {
    let State { views, graph, finders, .. } = state;
    let Some(View::Filter(field)) = views.last_mut() else { return };
    if field.take_completion() {
        field.read(graph, finders);
        return;
    }
    if field.typed.as_str().trim().is_empty() {
        state.views.pop();
        if state.timeline.filter.is_some() {
            travel::set_filter(state, None);
            state.notice = Some("the filter is cleared".to_owned());
        } else {
            state.notice = Some("nothing was typed; the timeline stays as it was".to_owned());
        }
        return;
    }
    match (field.expression(), &field.counted) {
        (Err(error), _) => state.notice = Some(error.to_string()),
        (_, None) => held::wait(state, Key::plain(KeyCode::Enter)),
        (_, Some(Err(error))) => state.notice = Some(error.to_string()),
        (Ok(_), Some(Ok(0))) => {
            state.notice = Some("no event matches; Esc leaves the timeline as it was".to_owned());
        }
        (Ok(expression), Some(Ok(_))) => {
            state.views.pop();
            narrow(state, Filter::Written { expression, view: None });
        }
    }
}

/// Narrows the timeline and goes there.
pub(super) fn narrow(state: &mut State, filter: Filter) {
    let here = state.event();
    travel::set_filter(state, Some(filter));
    travel::came_from(state, here);
    state.focus = Pane::Timeline;
    state.timeline.at = Scrolled { cursor: state.timeline.at.cursor, top: 0 };
}
