//! What is compared: `d` opens the comparison that fits what is selected, and goes on to the others; Space picks the two
//! accounts of one of them.

use super::super::sheet::Target;
use super::super::state::compare::Picked;
use super::super::state::{Pane, State, View};
use super::{compare, cover, travel};
use crate::query::comparison::{Subject, said_in_order, source_by_source};
use crate::story::id::{Account, ActorId, EventId};

/// What a column stands for.
pub(super) fn noun(subject: Subject) -> &'static str {
    match subject {
        Subject::Written(_) | Subject::Found(_) => "position",
        Subject::Picked(_) => "pick",
        Subject::Event(_) => "source",
        Subject::Actor(_) => "statement",
    }
}

/// What could be compared from where the reader is.
#[derive(Default)]
struct From {
    dispute: Option<Subject>,
    event: Option<EventId>,
    actor: Option<ActorId>,
    account: Option<Account>,
}

impl From {
    fn account(state: &State, account: Account) -> Self {
        let speaker = match account {
            Account::Statement(id) => state.graph.statement(id).speaker,
            Account::Reaction(_) => None,
        };
        Self {
            dispute: travel::gravest(state, state.graph.disputes_of(account)).map(Subject::Written),
            event: Some(state.graph.event_of(account)),
            actor: speaker,
            account: Some(account),
        }
    }

    fn target(state: &State, target: Option<Target>) -> Self {
        match target {
            Some(Target::Account(account)) => Self::account(state, account),
            Some(Target::Actor(actor)) => Self { actor: Some(actor), ..Self::default() },
            Some(Target::Event(event)) => Self { event: Some(event), ..Self::default() },
            Some(Target::Dispute(dispute)) => {
                Self { dispute: Some(Subject::Written(dispute)), ..Self::default() }
            }
            Some(Target::Found(place)) => Self { dispute: Some(Subject::Found(place)), ..Self::default() },
            _ => Self::default(),
        }
    }
}

/// The kinds of comparison, in the order in which `d` goes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dispute,
    Picked,
    Event,
    Actor,
}

impl Kind {
    const ROUND: [Self; 4] = [Self::Dispute, Self::Picked, Self::Event, Self::Actor];

    fn of(subject: Subject) -> Self {
        match subject {
            Subject::Written(_) | Subject::Found(_) => Self::Dispute,
            Subject::Picked(_) => Self::Picked,
            Subject::Event(_) => Self::Event,
            Subject::Actor(_) => Self::Actor,
        }
    }

    /// The other kinds, in the order in which `d` comes to them from this one.
    fn round(self) -> impl Iterator<Item = Self> {
        let place = Self::ROUND.iter().position(|kind| *kind == self).unwrap_or(0);
        (1..Self::ROUND.len()).map(move |step| Self::ROUND[(place + step) % Self::ROUND.len()])
    }

    /// The comparison of this kind, or why there is none.
    fn subject(self, state: &State, from: &From) -> Result<Subject, String> {
        match self {
            Self::Dispute => from.dispute.ok_or_else(|| "it is part of no dispute".to_owned()),
            Self::Picked => state.picks.subject(&state.graph).map_err(str::to_owned),
            Self::Event => {
                let event = from.event.ok_or_else(|| "no event is selected".to_owned())?;
                source_by_source(&state.graph, event).map_err(|why| why.to_string())
            }
            Self::Actor => {
                let actor = from.actor.ok_or_else(|| "it has no speaker to follow".to_owned())?;
                said_in_order(&state.graph, actor).map_err(|why| why.to_string())
            }
        }
    }
}

fn open(state: &mut State, subject: Subject, account: Option<Account>) {
    let Some(mut opened) = state.comparing(subject) else { return };
    if let Some(account) = account {
        opened.go_to(account);
    }
    state.views.push(View::Compare(Box::new(opened)));
    compare::show_opened(state);
}

/// Opens the two picked, or else what fits; says why nothing does, and where there are two that do not show.
fn open_or_say(state: &mut State, kind: Kind, from: &From) {
    let mut why = Vec::new();
    // Only right after picking: later the two would stand in the way of what is selected.
    let picked = Kind::Picked.subject(state, from);
    if state.picks.fresh && picked.is_err() {
        why.extend(picked.clone().err());
    }
    let picked = picked.ok().filter(|_| state.picks.fresh || kind == Kind::Picked);
    state.picks.fresh = false;
    match picked.map_or_else(|| kind.subject(state, from), Ok) {
        Ok(subject) => {
            open(state, subject, from.account);
        }
        Err(unfit) => why.push(unfit),
    }
    why.dedup();
    state.notice = (!why.is_empty()).then(|| why.join("; "));
}

/// `d` among the panes: the two picked, else what the actor said whom the cursor is on, else the accounts of the event
/// source by source.
pub(super) fn of_selected(state: &mut State) {
    let target = travel::selected(state);
    let kind = match target {
        Some(Target::Actor(_)) => Kind::Actor,
        _ => Kind::Event,
    };
    let mut from = From::target(state, target);
    from.event = state.event();
    open_or_say(state, kind, &from);
}

/// `d` in a list or card: what fits the entry the cursor is on, or else the actor whose card it is.
pub(super) fn of_cover(state: &mut State) {
    let target = cover::selected(state);
    let mut from = From::target(state, target);
    let kind = match (target, state.views.last()) {
        (Some(Target::Dispute(_) | Target::Found(_)), _) => Kind::Dispute,
        (_, Some(View::Actor(actor, _))) => {
            from.actor = Some(*actor);
            Kind::Actor
        }
        (Some(Target::Actor(_)), _) => Kind::Actor,
        (Some(Target::Account(_) | Target::Event(_)), _) => Kind::Event,
        _ => {
            if !state.picks.are_two() {
                state.notice = Some("choose a statement, an event or an actor to compare".to_owned());
                return;
            }
            Kind::Picked
        }
    };
    open_or_say(state, kind, &from);
}

/// `d` in the compare view: the next that can be compared from here, and why those between cannot.
pub(super) fn next(state: &mut State) {
    let Some(View::Compare(compare)) = state.views.last() else { return };
    let (zoom, began) = (compare.zoom, compare.began);
    let here = Kind::of(compare.comparison.subject);
    let mut from = compare.selected().map(|account| From::account(state, account)).unwrap_or_default();
    // The way round leads back to where it began.
    from.dispute = began.or(from.dispute);
    state.picks.fresh = false;
    let mut passed: Vec<String> = Vec::new();
    for kind in here.round() {
        match kind.subject(state, &from) {
            Ok(subject) => {
                let Some(mut opened) = state.comparing(subject) else { return };
                // Two are picked to be seen together.
                opened.zoom = zoom && kind != Kind::Picked;
                opened.began = opened.began.or(began);
                if let Some(account) = from.account {
                    opened.go_to(account);
                }
                if opened.comparison.is_of_dispute() {
                    state.compared = Some(subject);
                }
                if let Some(View::Compare(compare)) = state.views.last_mut() {
                    **compare = opened;
                }
                compare::show_opened(state);
                state.notice = (!passed.is_empty()).then(|| passed.join("; "));
                return;
            }
            Err(why) => passed.push(why),
        }
    }
    state.notice = Some(format!("nothing else to compare: {}", passed.join("; ")));
}

/// What `d` goes on to from the comparison that shows, in a word or two.
pub(super) fn following(state: &State) -> Option<&'static str> {
    let View::Compare(compare) = state.views.last()? else { return None };
    let mut from = compare.selected().map(|account| From::account(state, account)).unwrap_or_default();
    from.dispute = compare.began.or(from.dispute);
    let here = Kind::of(compare.comparison.subject);
    let next = here.round().find(|kind| kind.subject(state, &from).is_ok())?;
    Some(match next {
        Kind::Dispute => "positions",
        Kind::Picked => "the two picked",
        Kind::Event => "by source",
        Kind::Actor => "what they said",
    })
}

/// Space among the panes.
pub(super) fn pick_selected(state: &mut State) {
    let target = travel::selected(state);
    pick(state, target);
}

/// Space in a list or card.
pub(super) fn pick_in_cover(state: &mut State) {
    let target = cover::selected(state);
    pick(state, target);
}

/// Space in the compare view.
pub(super) fn pick_compared(state: &mut State) {
    if let Some(View::Compare(compare)) = state.views.last() {
        let target = compare.selected().map(Target::Account);
        pick(state, target);
    }
}

/// Picks an account to compare, or says why that is none.
fn pick(state: &mut State, target: Option<Target>) {
    let Some(Target::Account(account)) = target else {
        let why = match (state.views.last(), state.focus) {
            (None, Pane::Timeline) => "statements are picked in the event pane; Tab goes there",
            _ => "choose a statement or a market move to pick it",
        };
        state.notice = Some(why.to_owned());
        return;
    };
    let picked = state.picks.turn(state.graph.id_of(account.into()));
    let words = match picked {
        Picked::First => "picked first; Space picks a second, then d compares the two",
        Picked::Second => "picked second; d compares the two",
        Picked::InPlace => "picked second; the one picked before it is first now; d compares the two",
        Picked::NoMore => "no longer picked",
    };
    state.notice = Some(words.to_owned());
}
