//! Going from one event to another: steps, links, the trail, disputes, cards.

use super::super::sheet::{Sheet, Target};
use super::super::state::relative;
use super::super::state::{Pane, Scrolled, State, View};
use super::super::view;
use super::reading;
use crate::query::comparison::Subject;
use crate::query::found::Found;
use crate::query::timeline::{self, Filter};
use crate::story::id::{Account, DisputeId, EventId};

/// How many visited events are remembered.
const TRAIL: usize = 1000;

/// Puts the timeline's cursor on a place; the other panes start anew for another event.
pub(super) fn set_cursor(state: &mut State, place: usize) {
    if state.timeline.at.cursor != place {
        state.timeline.at.cursor = place;
        state.panes = [Scrolled::default(); Pane::ALL.len()];
    }
}

/// Goes to an event, wherever it is, and remembers where the reader came from.
pub(super) fn go_to(state: &mut State, event: EventId) {
    let here = state.event();
    show(state, event);
    came_from(state, here);
}

/// Remembers where the reader was before a jump, unless that is where they are.
pub(super) fn came_from(state: &mut State, before: Option<EventId>) {
    if let Some(before) = before.filter(|before| Some(*before) != state.event()) {
        state.trail.back.push(before);
        state.trail.forth.clear();
        let over = state.trail.back.len().saturating_sub(TRAIL);
        state.trail.back.drain(..over);
    }
}

/// Puts the cursor on an event; a filter that hides it is cleared, and said to be.
fn show(state: &mut State, event: EventId) {
    if !state.timeline.events.contains(&event) {
        set_filter(state, None);
        state.notice = Some("the filter is cleared: that event was not among those found".to_owned());
    }
    if let Some(place) = state.timeline.events.iter().position(|other| *other == event) {
        set_cursor(state, place);
    }
}

/// Narrows the timeline, keeping the event at the cursor where it is still there.
pub(super) fn set_filter(state: &mut State, filter: Option<Filter>) {
    let here = state.event();
    let State { graph, finders, .. } = state;
    state.timeline.events = match &filter {
        Some(Filter::Written { .. }) => timeline::events_in(graph, filter.as_ref(), finders.texts(graph)),
        _ => timeline::events(graph, filter.as_ref()),
    };
    state.timeline.filter = filter;
    state.timeline.version += 1;
    let place = state.timeline.events.iter().position(|event| Some(*event) == here);
    if place.is_none() {
        state.panes = [Scrolled::default(); Pane::ALL.len()];
    }
    state.timeline.at = Scrolled { cursor: place.unwrap_or(0), top: 0 };
}

/// `gg`, `G`, `12G`: to a place counted from 1, in the timeline or in the focused pane.
pub(super) fn to_place(state: &mut State, place: usize) {
    let place = place.saturating_sub(1);
    if state.focus == Pane::Timeline {
        return to_event(state, place);
    }
    if let Some(sheet) = view::pane_sheet(state, state.focus) {
        let height = view::pane_height(state, state.focus);
        let before = state.panes[state.focus.index()];
        let after = if place == 0 {
            Scrolled::default()
        } else {
            let cursor = place.min(sheet.entries().saturating_sub(1));
            let top = if place >= sheet.entries() {
                sheet.rows().len().saturating_sub(height)
            } else {
                super::scrolled_to(0, sheet.rows().len(), height, Some(sheet.rows_of(cursor)))
            };
            Scrolled { cursor, top }
        };
        state.panes[state.focus.index()] = after;
        if after == before {
            state.notice = Some(super::at_end(place > 0));
        }
    } else {
        state.notice = Some("no events".to_owned());
    }
}

/// To a place of the timeline, counted from 0.
fn to_event(state: &mut State, place: usize) {
    let count = state.timeline.events.len();
    let Some(event) = state.timeline.events.get(place.min(count.saturating_sub(1))).copied() else {
        state.notice = Some("no events".to_owned());
        return;
    };
    if place >= count && place < usize::MAX - 1 {
        state.notice = Some(format!("there {}{}; this is the last", counted(count), whose(state)));
    } else if state.event() == Some(event) {
        state.notice = Some(match place {
            0 => "this is the first event".to_owned(),
            place if place + 1 < count => "you are there".to_owned(),
            _ => "this is the last event".to_owned(),
        });
    }
    go_to(state, event);
}

fn counted(events: usize) -> String {
    if events == 1 { "is 1 event".to_owned() } else { format!("are {events} events") }
}

/// Whether the events are all, or those that were found.
fn whose(state: &State) -> &'static str {
    if state.timeline.filter.is_some() { " of those found" } else { "" }
}

/// What the cursor of the focused pane is on, where it is on anything in sight.
pub(super) fn selected(state: &State) -> Option<Target> {
    let sheet = view::pane_sheet(state, state.focus)?;
    target_in_sight(&sheet, state.panes[state.focus.index()], view::pane_height(state, state.focus))
}

/// What a cursor is on, where that shows: nobody opens what they do not see.
pub(super) fn target_in_sight(sheet: &Sheet, at: Scrolled, height: usize) -> Option<Target> {
    let rows = sheet.rows_of(at.cursor);
    let shows = rows.start < at.top + height && rows.end > at.top;
    sheet.targets().get(at.cursor).copied().filter(|_| shows)
}

/// The gravest of some disputes: that is the one a reader must see first.
pub(super) fn gravest(state: &State, disputes: &[DisputeId]) -> Option<DisputeId> {
    disputes.iter().copied().min_by_key(|id| (state.graph.dispute(*id).grade, *id))
}

/// The disputes of what a cursor is on: itself, or those an account holds a position in.
pub(super) fn disputes_of(state: &State, target: Target) -> Vec<DisputeId> {
    match target {
        Target::Dispute(dispute) => vec![dispute],
        Target::Account(account) => state.graph.disputes_of(account).to_vec(),
        Target::Found(_)
        | Target::Actor(_)
        | Target::Source(_)
        | Target::Event(_)
        | Target::View(_)
        | Target::Finding(_)
        | Target::Kept(_)
        | Target::Change(_) => Vec::new(),
    }
}

/// Those of what the cursor of the focused pane is on.
pub(super) fn selected_disputes(state: &State) -> Vec<DisputeId> {
    selected(state).map(|target| disputes_of(state, target)).unwrap_or_default()
}

/// Enter: opens what the cursor is on.
pub(super) fn open(state: &mut State) {
    if state.focus == Pane::Timeline {
        if state.event().is_some() {
            state.focus = Pane::Event;
        } else {
            state.notice = Some("no events".to_owned());
        }
        return;
    }
    match selected(state) {
        Some(Target::Actor(actor)) => state.views.push(View::Actor(actor, Scrolled::default())),
        Some(Target::Source(source)) => state.views.push(View::Source(source, Scrolled::default())),
        Some(Target::Event(event)) => go_to(state, event),
        Some(Target::Dispute(dispute)) => compare(state, dispute),
        Some(Target::Found(place)) => compare_subject(state, Subject::Found(place)),
        Some(Target::Account(account)) => {
            if reading::open_if_held(state, account) {
                return;
            }
            if let Some(dispute) = gravest(state, state.graph.disputes_of(account)) {
                compare(state, dispute);
            } else {
                let source = state.graph.source_of(account);
                state.views.push(View::Source(source, Scrolled::default()));
            }
        }
        // These stand in lists of their own, never in a pane.
        Some(Target::View(_) | Target::Kept(_) | Target::Finding(_) | Target::Change(_)) => {}
        None => {
            let entries = view::pane_sheet(state, state.focus).map_or(0, |sheet| sheet.entries());
            let whole = if entries == 0 { "nothing" } else { "nothing in sight" };
            state.notice = Some(format!("{whole} in {} to open", state.focus.title()));
        }
    }
}

pub(super) fn compare(state: &mut State, dispute: DisputeId) {
    compare_subject(state, Subject::Written(dispute));
}

/// Opens the compare view of a dispute, written or found.
pub(super) fn compare_subject(state: &mut State, subject: Subject) {
    if let Some(opened) = state.comparing(subject) {
        state.compared = Some(subject);
        state.views.push(View::Compare(Box::new(opened)));
    }
}

/// `s`: the text of what is selected.
pub(super) fn read_text(state: &mut State) {
    let target = selected(state);
    reading::open(state, target);
}

/// `c`: the disputes of what the cursor is on, or else of the event.
pub(super) fn compare_event(state: &mut State) {
    let Some(event) = state.event() else {
        state.notice = Some("no events".to_owned());
        return;
    };
    let of_account = match selected(state) {
        Some(Target::Account(account)) => gravest(state, state.graph.disputes_of(account)),
        Some(Target::Dispute(dispute)) => Some(dispute),
        _ => None,
    };
    let of_event = gravest(state, state.graph.disputes_of_event(event));
    if let Some(dispute) = of_account.or(of_event) {
        compare(state, dispute);
        return;
    }
    state.look_for_disputes();
    let is_here = |found: &Found| found.accounts().any(|account| state.graph.event_of(account) == event);
    if let Some(place) = state.found().iter().position(is_here) {
        compare_subject(state, Subject::Found(place));
        return;
    }
    let graph = &state.graph;
    let accounts = graph.event(event).statements.len() + graph.event(event).reactions.len();
    let why = match accounts {
        0 => "no account of this event is recorded",
        1 => "only one account of this event",
        _ => "no dispute is recorded among the accounts of this event",
    };
    state.notice = Some(format!("{why}; C lists all {} disputes", graph.dispute_count()));
}

/// `]` and `[` among the panes: on from the dispute compared last, or from an end of the list.
pub(super) fn dispute_beside(state: &mut State, steps: usize, forwards: bool) {
    state.look_for_disputes();
    let disputes = state.subjects();
    let count = disputes.len();
    let steps = if count == 0 { 0 } else { steps % count };
    let place = state.compared.and_then(|last| disputes.iter().position(|dispute| *dispute == last));
    let to = match (place, forwards) {
        (_, _) if count == 0 => None,
        (Some(place), true) => Some((place + steps) % count),
        (Some(place), false) => Some((place + count - steps) % count),
        (None, true) => Some((steps + count - 1) % count),
        (None, false) => Some((count - steps) % count),
    };
    match to.and_then(|place| disputes.get(place)) {
        Some(dispute) => compare_subject(state, *dispute),
        None => no_disputes(state),
    }
}

pub(super) fn list_disputes(state: &mut State) {
    state.look_for_disputes();
    if state.subjects().is_empty() {
        no_disputes(state);
    } else {
        state.views.push(View::Disputes(Scrolled::default()));
    }
}

pub(super) fn no_disputes(state: &mut State) {
    state.notice = Some("this story records no disputes".to_owned());
}

/// `n` and `N`: along what was found.
pub(super) fn found(state: &mut State, steps: usize, forwards: bool) {
    let count = state.timeline.events.len();
    if state.timeline.filter.is_none() {
        state.notice = Some("nothing was found yet; / finds an actor, f filters".to_owned());
        return;
    }
    if count == 0 {
        state.notice = Some("no event was found".to_owned());
        return;
    }
    let cursor = state.timeline.at.cursor;
    let steps = steps % count;
    let to = if forwards { (cursor + steps) % count } else { (cursor + count - steps) % count };
    if (forwards && to < cursor) || (!forwards && to > cursor) {
        let end = if forwards { "first" } else { "last" };
        state.notice = Some(format!("on from the {end} of {count} found"));
    } else if count == 1 {
        state.notice = Some("this is the only event found".to_owned());
    }
    set_cursor(state, to);
}

/// Esc among the panes.
pub(super) fn clear(state: &mut State) {
    if !state.aside.views.is_empty() {
        state.views = std::mem::take(&mut state.aside.views);
    } else if state.timeline.filter.is_some() {
        set_filter(state, None);
    } else if state.zoom {
        state.zoom = false;
    } else {
        state.notice = Some("no filter to clear; q quits".to_owned());
    }
}

/// `)` and `(`: along the links.
pub(super) fn link(state: &mut State, forth: bool) {
    let Some(event) = state.event() else {
        state.notice = Some("no events".to_owned());
        return;
    };
    let graph = &state.graph;
    let links = if forth { &graph.event(event).links[..] } else { graph.links_to(event) };
    let end = |link: &crate::story::graph::Link| if forth { link.to } else { link.from };
    let targets: Vec<_> = links.iter().map(|link| end(graph.link(*link))).collect();
    // With several, the link the cursor of the event pane is on is the one that is meant.
    let meant = match selected(state) {
        Some(Target::Event(event)) => targets.iter().position(|target| *target == event),
        _ => None,
    };
    let Some(target) = targets.get(meant.unwrap_or(0)).copied() else {
        let other = if forth { "points from here to another event" } else { "points here" };
        state.notice = Some(format!("no link {other}"));
        return;
    };
    go_to(state, target);
    if targets.len() > 1 && state.notice.is_none() {
        let place = meant.unwrap_or(0) + 1;
        state.notice = Some(format!("link {place} of {}; the event pane shows the others", targets.len()));
    }
}

/// `{` and `}`: through what was visited.
pub(super) fn visited(state: &mut State, steps: usize, back: bool) {
    for _ in 0..steps {
        let here = state.event();
        let trail = &mut state.trail;
        let (from, to) =
            if back { (&mut trail.back, &mut trail.forth) } else { (&mut trail.forth, &mut trail.back) };
        let Some(event) = from.pop() else {
            let end = if back { "nothing was visited before this" } else { "nothing was visited after this" };
            state.notice = Some(end.to_owned());
            return;
        };
        to.extend(here);
        show(state, event);
    }
}

/// `t`: the event nearest to today; pressed again the next scheduled event, then the one after it, then round.
pub(super) fn today(state: &mut State, again: bool) {
    let nearest = timeline::nearest(&state.graph, &state.timeline.events, state.day());
    let Some(nearest) = state.timeline.events.get(nearest).copied() else {
        state.notice = Some("no events".to_owned());
        return;
    };
    let here = state.event();
    let next = if again {
        timeline::next_scheduled(&state.graph, &state.timeline.events, state.day(), here)
    } else {
        None
    };
    go_to(state, next.unwrap_or(nearest));
    if state.notice.is_some() {
        return;
    }
    let day = crate::story::when::day_reading(state.day());
    state.notice = Some(match next {
        Some(event) => {
            let when = state.graph.event(event).timing.reading();
            let span = relative::from_today(&state.graph, state.day(), event).reading_from_today();
            format!("next scheduled: {when}, {span}")
        }
        // Without a word the second press would look broken.
        None if again && here == Some(nearest) => {
            format!("nearest to today, {day}; no{} event is scheduled from today on", other(state, nearest))
        }
        None => format!("nearest to today, {day}"),
    });
}

/// Whether it is this event alone that is scheduled.
fn other(state: &State, nearest: EventId) -> &'static str {
    let day = Some(nearest).filter(|event| timeline::is_to_come(&state.graph, *event, state.day()));
    if day.is_some() { " other" } else { "" }
}

/// Goes to an event, away from what covers the panes; Esc comes back to that.
pub(super) fn leave_for(state: &mut State, event: EventId) {
    let views = std::mem::take(&mut state.views);
    state.aside.lay(views);
    go_to(state, event);
    if !state.aside.views.is_empty() && state.notice.is_none() {
        state.notice = Some("Esc goes back to where you were".to_owned());
    }
}

/// Goes to the event an account belongs to, with the cursor of the event pane on it.
pub(super) fn go_to_account(state: &mut State, account: Account) {
    let event = state.graph.event_of(account);
    leave_for(state, event);
    state.focus = if matches!(account, Account::Reaction(_)) { Pane::Market } else { Pane::Event };
    if let Some(sheet) = view::pane_sheet(state, state.focus)
        && let Some(cursor) = sheet.targets().iter().position(|target| *target == Target::Account(account))
    {
        let height = view::pane_height(state, state.focus);
        let top = super::scrolled_to(0, sheet.rows().len(), height, Some(sheet.rows_of(cursor)));
        state.panes[state.focus.index()] = Scrolled { cursor, top };
    }
}
