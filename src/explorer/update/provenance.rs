//! `p`: whence something is known.

use super::super::sheet::Target;
use super::super::state::{Scrolled, State, View};
use super::{cover, travel};
use crate::query::comparison::Subject;
use crate::query::provenance::Asked;

/// Asks of what the cursor is on; in the view itself goes back.
pub(super) fn open(state: &mut State) {
    match state.views.last() {
        Some(View::Provenance(..)) => {
            state.views.pop();
            return;
        }
        Some(View::Help(..) | View::Text(_)) => {
            state.notice =
                Some("p asks whence a statement, a market move, a source or an event is known".to_owned());
            return;
        }
        _ => {}
    }
    match asked(state) {
        Some(asked) => state.views.push(View::Provenance(asked, Scrolled::default())),
        None => state.notice = Some("choose what to ask about: an event, a statement or a source".to_owned()),
    }
}

fn asked(state: &mut State) -> Option<Asked> {
    match state.views.last() {
        None => {
            let of_event = state.event().map(Asked::Event);
            travel::selected(state).and_then(of_target).or(of_event)
        }
        Some(View::Compare(compare)) => match compare.comparison.subject {
            Subject::Written(dispute) => Some(Asked::Position(dispute, compare.column)),
            _ => compare.selected().map(Asked::Account),
        },
        Some(View::Matrix(grid)) => {
            let position = grid.carried().and_then(|carried| carried.positions.first()).copied();
            match (grid.dispute(), position) {
                (Some(Subject::Written(dispute)), Some(position)) => Some(Asked::Position(dispute, position)),
                _ => grid.source().map(Asked::Source),
            }
        }
        Some(View::Source(source, _)) => {
            let of_card = Asked::Source(*source);
            match cover::selected(state) {
                Some(Target::Account(account)) => Some(Asked::Account(account)),
                _ => Some(of_card),
            }
        }
        Some(_) => cover::selected(state).and_then(of_target),
    }
}

fn of_target(target: Target) -> Option<Asked> {
    match target {
        Target::Account(account) => Some(Asked::Account(account)),
        Target::Source(source) => Some(Asked::Source(source)),
        Target::Event(event) => Some(Asked::Event(event)),
        Target::Dispute(_)
        | Target::Found(_)
        | Target::Actor(_)
        | Target::View(_)
        | Target::Kept(_)
        | Target::Finding(_)
        | Target::Change(_) => None,
    }
}
