//! As-of: what could have been known at a moment the reader picks.

use super::super::state::as_of::{MomentPick, Retrospect};
use super::super::state::{State, View};
use super::swap::swap;
use crate::query::as_of::{LookBack, Then, publications, read_moment, reading};
use crate::story::graph::Graph;

/// The whole story, whether or not a part of it shows.
fn whole(state: &State) -> &Graph {
    state.retrospect.as_ref().map_or(&state.graph, |retrospect| &retrospect.whole)
}

/// `a`: asks for a moment.
pub(super) fn pick(state: &mut State) {
    let moment = state.retrospect.as_ref().map(|retrospect| retrospect.back.then());
    let pick = MomentPick::new(whole(state), moment);
    state.views.push(View::MomentPick(Box::new(pick)));
}

/// Enter in the field: the moment typed, or the publication at the cursor where nothing is.
pub(super) fn accept(state: &mut State, pick: Box<MomentPick>) {
    let typed = pick.typed.as_str().trim();
    if typed.is_empty() {
        if let Some((moment, _)) = pick.publications.get(pick.at.cursor) {
            set(state, *moment, reading(*moment));
        } else {
            state.notice = Some("no source of this story has a time of publication".to_owned());
            state.views.push(View::MomentPick(pick));
        }
        return;
    }
    match read_moment(typed, state.graph.header().time_zone, state.today) {
        Ok((moment, reading)) => set(state, moment, reading),
        Err(why) => {
            state.notice = Some(why);
            state.views.push(View::MomentPick(pick));
        }
    }
}

/// `<` and `>`: to the publication before or after the moment looked back to.
pub(super) fn step(state: &mut State, steps: usize, forwards: bool) {
    let mut moments: Vec<_> = publications(whole(state)).into_iter().map(|(moment, _)| moment).collect();
    moments.dedup_by_key(|then| then.moment);
    let here = state.retrospect.as_ref().map(|retrospect| retrospect.back.then());
    let Some(here) = here else {
        // From now the first step back is to the last publication.
        let to = moments.len().checked_sub(steps);
        return match to.and_then(|place| moments.get(place)).or(moments.first()) {
            _ if forwards => state.notice = Some("this is now; < steps back to a publication".to_owned()),
            Some(moment) => set(state, *moment, reading(*moment)),
            None => state.notice = Some("no source of this story has a time of publication".to_owned()),
        };
    };
    let to = if forwards {
        moments.partition_point(|moment| moment.moment <= here.moment).checked_add(steps - 1)
    } else {
        moments.partition_point(|moment| moment.moment < here.moment).checked_sub(steps)
    };
    match to.and_then(|place| moments.get(place)) {
        Some(moment) => set(state, *moment, reading(*moment)),
        None if forwards => {
            leave(state);
            state.notice = Some("nothing was published after that: back to now".to_owned());
        }
        None => state.notice = Some("nothing was published before that".to_owned()),
    }
}

/// `A`: back to now.
pub(super) fn leave(state: &mut State) {
    match state.retrospect.take() {
        Some(retrospect) => {
            let Retrospect { whole, filter, .. } = *retrospect;
            swap(state, whole);
            // A filter that named what was not known then narrows again what is known now.
            if state.timeline.filter.is_none() && filter.is_some() {
                super::travel::set_filter(state, filter);
            }
        }
        None => state.notice = Some("this is now; a looks back to a moment".to_owned()),
    }
}

/// `P`: hides what was only possibly known, or shows it again.
pub(super) fn toggle_possibly(state: &mut State) {
    let Some(retrospect) = &mut state.retrospect else {
        state.notice = Some("this is now; a looks back to a moment".to_owned());
        return;
    };
    let back = &mut retrospect.back;
    back.possibly = !back.possibly;
    let (moment, reading, possibly) = (back.then(), back.reading.clone(), back.possibly);
    set(state, moment, reading);
    state.notice.get_or_insert(
        if possibly {
            "what was possibly known shows, and is marked"
        } else {
            "only what was known for certain shows"
        }
        .to_owned(),
    );
}

/// Looks back to a moment.
pub(in super::super) fn set(state: &mut State, moment: Then, reading: String) {
    if moment.moment.date() >= state.today {
        // By today all is out that the story has.
        if state.retrospect.is_some() {
            leave(state);
        }
        state.notice = Some(format!("{reading} is now: nothing is hidden"));
        return;
    }
    let filter = match &state.retrospect {
        Some(retrospect) => retrospect.filter.clone(),
        None => state.timeline.filter.clone(),
    };
    let (whole, possibly) = match state.retrospect.take() {
        Some(retrospect) => (Some(retrospect.whole), retrospect.back.possibly),
        None => (None, true),
    };
    let (part, back) = LookBack::to(whole.as_ref().unwrap_or(&state.graph), moment, reading, possibly);
    let shown = swap(state, part);
    // What showed before is the whole story, or else a part of it that has served.
    let whole = whole.unwrap_or(shown);
    state.retrospect = Some(Box::new(Retrospect { whole, back, filter }));
}
