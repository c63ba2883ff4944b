//! Filters with a name: the list of them, and saving one.

use super::super::effect::Effect;
use super::super::state::views::{Naming, ViewList};
use super::super::state::{State, View};
use super::filter;
use crate::config;
use crate::query::filter::Expression;
use crate::query::timeline::Filter;

/// `F`: lists the views.
pub(super) fn open(state: &mut State) {
    let list = list(state);
    state.views.push(View::Views(Box::new(list)));
}

fn list(state: &mut State) -> ViewList {
    let State { named, graph, finders, .. } = state;
    ViewList::new(named, graph, finders.texts(graph))
}

/// Enter in the list: narrows the timeline to a view.
pub(super) fn apply(state: &mut State, place: usize) {
    let Some(View::Views(list)) = state.views.last() else { return };
    let Some(listed) = list.listed.get(place) else { return };
    let name = listed.view.name.clone();
    match (Expression::parse(&listed.view.filter), &listed.counted) {
        (Err(error), _) => state.notice = Some(error.to_string()),
        (_, Err(error)) => state.notice = Some(error.to_string()),
        (_, Ok(0)) => state.notice = Some("no event matches; the timeline stays as it was".to_owned()),
        (Ok(expression), Ok(_)) => {
            state.views.clear();
            filter::narrow(state, Filter::Written { expression, view: Some(name) });
        }
    }
}

/// `w` in the list: asks for the name of the filter in force.
pub(super) fn name(state: &mut State) {
    if !matches!(state.views.last(), Some(View::Views(_))) {
        state.notice = Some("w saves a filter in the list of views; F opens that".to_owned());
        return;
    }
    let why_not = match (&state.timeline.filter, &state.named.fault, &state.named.file) {
        (_, Some(fault), _) => format!("nothing can be saved: {fault}"),
        (_, _, None) => "there is no folder for a configuration; --config FILE names a file".to_owned(),
        (Some(Filter::Written { view: Some(view), .. }), ..) => {
            format!("the filter in force is the view {}", crate::text::safe_line(view))
        }
        (Some(Filter::Written { expression, view: None }), ..) => {
            let naming = Naming::new(expression.text().trim());
            state.views.push(View::Naming(Box::new(naming)));
            return;
        }
        (Some(_), ..) => "only a filter typed with f can be saved".to_owned(),
        (None, ..) => "no filter is in force; f types one".to_owned(),
    };
    state.notice = Some(why_not);
}

/// Enter in the field of the name: asks for the view to be saved.
pub(super) fn save(state: &mut State) -> Option<Effect> {
    let Some(View::Naming(naming)) = state.views.last() else { return None };
    let name = naming.typed.as_str().trim().to_owned();
    let is_taken = state.named.own.iter().any(|view| view.name == name);
    let why_not = config::name_fault(&name)
        .or_else(|| is_taken.then(|| "a view of yours is called that already".to_owned()));
    if why_not.is_some() {
        state.notice = why_not;
        return None;
    }
    Some(Effect::SaveView(config::View { name, filter: naming.filter.clone() }))
}

/// What came of saving. Only now is it said to be saved.
pub(super) fn saved(state: &mut State, view: config::View, outcome: Result<(), String>) {
    if let Err(why) = outcome {
        state.notice = Some(format!("not saved: {why}"));
        return;
    }
    if matches!(state.views.last(), Some(View::Naming(_))) {
        state.views.pop();
    }
    if let Some(Filter::Written { expression, view: of }) = &mut state.timeline.filter
        && expression.text().trim() == view.filter
    {
        *of = Some(view.name.clone());
    }
    let file = state.named.file.as_deref().unwrap_or_default();
    state.notice = Some(format!("saved as {} in {file}", crate::text::safe_line(&view.name)));
    state.named.own.push(view);
    let mut anew = list(state);
    anew.at.cursor = state.named.own.len() - 1;
    if let Some(View::Views(list)) = state.views.last_mut() {
        **list = anew;
    }
}
