//! The strip and relative times: how much time shows, and from where it is told.

use super::super::layout::inside;
use super::super::state::State;
use crate::story::when::{Moment, day_reading};

/// `T`: how far things are from today, or not.
pub(super) fn relative_times(state: &mut State) {
    state.relative.on = !state.relative.on;
    state.notice = Some(if state.relative.on {
        format!("times from today, {}", day_reading(state.day()))
    } else {
        "no times from today any more".to_owned()
    });
}

/// `+` and `-`: more or less time on the strip, around the event at the cursor.
pub(super) fn zoom(state: &mut State, steps: usize, closer: bool) {
    let columns = usize::from(inside(state.layout().strip).width);
    if state.layout().lanes {
        state.notice = Some("the lanes show all of the time; v turns to the list, with the strip".to_owned());
        return;
    }
    if state.layout().strip.is_empty() {
        state.notice = Some("no room for the strip on this screen".to_owned());
        return;
    }
    if state.strip.marks.is_empty() {
        state.notice = Some("nothing to zoom: no event has a date".to_owned());
        return;
    }
    let here = state.event();
    let mut went = false;
    // From a millennium to an hour takes fewer.
    for _ in 0..steps.min(64) {
        let State { strip, graph, timeline, .. } = state;
        if !strip.zoom(graph, here, closer) {
            break;
        }
        went = true;
        strip.refresh(graph, &timeline.events, timeline.version, columns, here);
    }
    let day = |at: Moment| day_reading(at.date());
    state.notice = Some(match state.strip.part() {
        None if went => "the strip shows all of it again".to_owned(),
        None if closer => "the strip shows an hour or less a column already".to_owned(),
        None => "the strip shows all of it".to_owned(),
        Some(_) if !went => "the strip shows an hour a column; it goes no closer".to_owned(),
        Some((from, to)) if from.date() == to.date() => format!("the strip shows {}", day(from)),
        Some((from, to)) => format!("the strip shows {} to {}", day(from), day(to)),
    });
}
