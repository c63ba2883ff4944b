//! `L`: the life of an allegation, from the panes, the compare view and the lists.

use super::super::state::life::LifeView;
use super::super::state::{State, View};
use super::super::view;
use super::{cover, travel};
use crate::query::comparison::Subject;
use crate::query::life::{NoLife, Order, has_life};
use crate::story::id::DisputeId;

/// In the panes: that of the account or dispute the cursor is on, or else of the event.
pub(super) fn of_event(state: &mut State) {
    let Some(event) = state.event() else {
        state.notice = Some("no events".to_owned());
        return;
    };
    let selected = travel::selected_disputes(state);
    let of_event = state.graph.disputes_of_event(event).to_vec();
    let chosen = gravest_with_life(state, &selected).or_else(|| gravest_with_life(state, &of_event));
    match (chosen, selected.as_slice(), of_event.as_slice()) {
        (Some(dispute), ..) => open(state, dispute),
        (None, [one], _) | (None, [], [one]) => open(state, *one),
        (None, [], []) => {
            let disputes = state.graph.dispute_count();
            state.notice = Some(format!("no dispute is recorded on this event; C lists all {disputes}"));
        }
        _ => {
            let words = "no dispute here holds both an allegation and a denial; C lists all";
            state.notice = Some(words.to_owned());
        }
    }
}

fn gravest_with_life(state: &State, disputes: &[DisputeId]) -> Option<DisputeId> {
    let alive: Vec<_> =
        disputes.iter().copied().filter(|dispute| has_life(&state.graph, *dispute).is_ok()).collect();
    travel::gravest(state, &alive)
}

/// In the compare view: that of the dispute compared, or else of the account the reader is at.
pub(super) fn of_compared(state: &mut State) {
    let Some(View::Compare(compare)) = state.views.last() else { return };
    if let Subject::Found(_) = compare.comparison.subject {
        let why = "no life to tell: this was found, and is no dispute of the story's; y copies it as YAML";
        state.notice = Some(why.to_owned());
        return;
    }
    let dispute = match compare.comparison.subject {
        Subject::Written(dispute) => Some(dispute),
        _ => None,
    };
    let account = compare.selected();
    let disputes = account.map(|account| state.graph.disputes_of(account).to_vec()).unwrap_or_default();
    match dispute.or_else(|| gravest_with_life(state, &disputes)).or(disputes.first().copied()) {
        Some(dispute) => open(state, dispute),
        None => state.notice = Some("this account is part of no dispute".to_owned()),
    }
}

/// In the view itself the other order; in a list or card the life of what the cursor is on.
pub(super) fn in_cover(state: &mut State) {
    if let Some(View::Life(life)) = state.views.last_mut() {
        life.turn();
        let order = life.order;
        cover::show_cursor(state);
        state.notice = Some(match order {
            Order::Said => "in the order of being said".to_owned(),
            Order::Published => "in the order of being published".to_owned(),
        });
        return;
    }
    let disputes = cover::selected_disputes(state);
    match (gravest_with_life(state, &disputes), disputes.as_slice()) {
        (Some(dispute), _) => open(state, dispute),
        (None, []) => state.notice = Some("the cursor is on no dispute and no disputed account".to_owned()),
        (None, [one]) => open(state, *one),
        (None, _) => {
            state.notice = Some("no dispute here holds both an allegation and a denial".to_owned());
        }
    }
}

/// Opens the life of a dispute, or says why it has none.
fn open(state: &mut State, dispute: DisputeId) {
    match LifeView::of(&state.graph, dispute) {
        Ok(life) => state.views.push(View::Life(Box::new(life))),
        Err(why @ (NoLife::NoStatement | NoLife::NoAllegation | NoLife::NoDenial)) => {
            state.notice = Some(format!("no life to tell: {why}"));
        }
    }
}

/// A click on the view turns to the order it is in.
pub(super) fn click(state: &mut State, column: u16, row: u16) {
    let order = view::life_order_at(state, column, row);
    if let Some(View::Life(life)) = state.views.last_mut()
        && order.is_some_and(|order| order != life.order)
    {
        life.turn();
        cover::show_cursor(state);
    }
}
