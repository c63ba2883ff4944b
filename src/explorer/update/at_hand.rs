//! What is at hand: what the cursor is on, wherever the reader is. `y`, `e` and `o` begin here.

use super::super::sheet::Target;
use super::super::state::{State, View};
use super::{cover, travel};
use crate::query::comparison::Subject;
use crate::query::provenance::Asked;
use crate::story::id::ElementId;

/// What a key can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AtHand {
    /// An element of the story.
    Element(ElementId),
    /// A dispute that was found, by its place.
    Found(usize),
}

/// What the cursor is on; among the panes else the event, in a card else what the card is of.
pub(super) fn at_hand(state: &mut State) -> Option<AtHand> {
    let whole = match state.views.last() {
        None => {
            return travel::selected(state)
                .and_then(|target| of_target(state, target))
                .or_else(|| event(state));
        }
        Some(View::Compare(compare)) => {
            let subject = compare.comparison.subject;
            let account = compare.selected().map(|account| AtHand::Element(account.into()));
            return match subject {
                Subject::Found(place) => Some(AtHand::Found(place)),
                Subject::Written(dispute) => account.or(Some(AtHand::Element(ElementId::Dispute(dispute)))),
                _ => account,
            };
        }
        Some(View::Matrix(grid)) => {
            return grid.dispute().and_then(|subject| match subject {
                Subject::Written(dispute) => Some(AtHand::Element(ElementId::Dispute(dispute))),
                Subject::Found(place) => Some(AtHand::Found(place)),
                _ => None,
            });
        }
        Some(View::Text(reading)) => return state.graph.by_id(&reading.source).map(AtHand::Element),
        Some(View::Source(source, _)) => {
            let of_card = ElementId::Source(*source);
            return Some(match cover::selected(state) {
                Some(Target::Account(account)) => AtHand::Element(account.into()),
                _ => AtHand::Element(of_card),
            });
        }
        Some(View::Actor(actor, _)) => Some(ElementId::Actor(*actor)),
        Some(View::Why(event, _)) => Some(ElementId::Event(*event)),
        Some(View::Provenance(asked, _)) => Some(match *asked {
            Asked::Account(account) => account.into(),
            Asked::Source(source) => ElementId::Source(source),
            Asked::Event(event) => ElementId::Event(event),
            Asked::Position(dispute, _) => ElementId::Dispute(dispute),
        }),
        Some(_) => None,
    };
    cover::selected(state).and_then(|target| of_target(state, target)).or(whole.map(AtHand::Element))
}

fn event(state: &State) -> Option<AtHand> {
    state.event().map(|event| AtHand::Element(ElementId::Event(event)))
}

fn of_target(state: &State, target: Target) -> Option<AtHand> {
    Some(match target {
        Target::Account(account) => AtHand::Element(account.into()),
        Target::Actor(actor) => AtHand::Element(ElementId::Actor(actor)),
        Target::Source(source) => AtHand::Element(ElementId::Source(source)),
        Target::Event(event) => AtHand::Element(ElementId::Event(event)),
        Target::Dispute(dispute) => AtHand::Element(ElementId::Dispute(dispute)),
        Target::Found(place) => AtHand::Found(place),
        Target::Change(place) => {
            let (told, _) = state.live.unseen.told();
            AtHand::Element(state.graph.by_id(told.get(place)?.id.as_ref()?)?)
        }
        Target::View(_) | Target::Kept(_) | Target::Finding(_) => return None,
    })
}
