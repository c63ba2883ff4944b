//! Rules on market moves: that two figures for one move do not stand side by side in silence.
//!
//! Imports what `check` imports.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Findings, NEIGHBOURS};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::{Graph, Reaction};
use crate::story::id::{Account, ElementId, EventId, Id, ReactionId};
use crate::story::when::Moment;
use crate::text;

/// Two reports on one instrument whose figures cannot both be so, and no dispute in which both hold a position. They
/// are on one move where their sessions are known to overlap, or where one gives none and both stand in one event.
pub(super) fn figures_without_dispute(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut by_instrument: HashMap<String, usize> = HashMap::new();
    let mut instruments: Vec<Vec<ReactionId>> = Vec::new();
    for (id, reaction) in graph.reactions() {
        let instrument = *by_instrument.entry(text::fold_str(&reaction.instrument)).or_insert_with(|| {
            instruments.push(Vec::new());
            instruments.len() - 1
        });
        instruments[instrument].push(id);
    }
    // For each report the first other one it is at odds with.
    let mut at_odds: HashMap<ReactionId, ReactionId> = HashMap::new();
    for reactions in &instruments {
        for (one, other) in on_one_session(graph, reactions).into_iter().chain(in_one_event(graph, reactions))
        {
            let (first, later) = if one < other { (one, other) } else { (other, one) };
            if differ_in_silence(graph, first, later) {
                at_odds.entry(later).and_modify(|known| *known = first.min(*known)).or_insert(first);
            }
        }
    }
    let mut at_odds: Vec<_> = at_odds.into_iter().collect();
    at_odds.sort_unstable();
    for (later, first) in at_odds {
        report(graph, first, later, findings);
    }
}

/// Pairs whose sessions are both known and share a moment. In order of their beginnings each is compared with those
/// that are not over.
fn on_one_session(graph: &Graph, reactions: &[ReactionId]) -> Vec<(ReactionId, ReactionId)> {
    let bounds = |id: ReactionId| graph.reaction(id).session.bounds();
    let mut dated: Vec<_> = reactions.iter().copied().filter(|id| !bounds(*id).unbounded()).collect();
    dated.sort_by_key(|id| bounds(*id).earliest.unwrap_or(Moment::MIN));
    let latest = |id: ReactionId| bounds(id).latest.unwrap_or(Moment::MAX);
    let mut pairs = Vec::new();
    let mut running: Vec<ReactionId> = Vec::new();
    for id in dated {
        let begins = bounds(id).earliest.unwrap_or(Moment::MIN);
        running.retain(|other| latest(*other) >= begins);
        pairs.extend(running.iter().map(|other| (*other, id)));
        if running.len() == NEIGHBOURS {
            running.remove(0);
        }
        running.push(id);
    }
    pairs
}

/// Pairs of one event of which at least one gives no session.
fn in_one_event(graph: &Graph, reactions: &[ReactionId]) -> Vec<(ReactionId, ReactionId)> {
    let session_unknown = |id: ReactionId| graph.reaction(id).session.bounds().unbounded();
    let event = |id: ReactionId| -> EventId { graph.reaction(id).event };
    let mut pairs = Vec::new();
    // The reactions of an event are neighbours in the file.
    for (place, id) in reactions.iter().enumerate() {
        let before = reactions[..place].iter().rev().take(NEIGHBOURS);
        let siblings = before.take_while(|other| event(**other) == event(*id));
        pairs.extend(
            siblings
                .filter(|other| session_unknown(**other) || session_unknown(*id))
                .map(|other| (*other, *id)),
        );
    }
    pairs
}

fn differ_in_silence(graph: &Graph, first: ReactionId, later: ReactionId) -> bool {
    let disputes = |id: ReactionId| graph.disputes_of(Account::Reaction(id));
    graph.reaction(first).change.differs_from(graph.reaction(later).change)
        && !share(disputes(first), disputes(later))
}

/// Whether two sorted lists of ids have one in common.
pub(super) fn share<T: Id>(mut ours: &[T], mut theirs: &[T]) -> bool {
    while let (Some(one), Some(other)) = (ours.first(), theirs.first()) {
        match one.cmp(other) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => ours = &ours[1..],
            std::cmp::Ordering::Greater => theirs = &theirs[1..],
        }
    }
    false
}

fn report(graph: &Graph, first: ReactionId, later: ReactionId, findings: &mut Findings) {
    let (one, other) = (graph.reaction(first), graph.reaction(later));
    let said = |reaction: &Reaction| {
        format!("{} by {}", reaction.change.reading(), graph.source(reaction.source).label())
    };
    let session =
        if one.session.when == other.session.when { "one session" } else { "what may be one session" };
    let message = format!(
        "two figures for {} in {session}, {} and {}, and no dispute holds both",
        other.instrument,
        said(other),
        said(one)
    );
    let hint = format!(
        "add a dispute with a position for each: `held_by: [{}]` and `held_by: [{}]`; so that no reader takes one \
         figure for the only one",
        one.id, other.id
    );
    let elements = [ElementId::Reaction(later), ElementId::Reaction(first)];
    let [path, also] = elements.map(|element| findings.paths().element(element).key("change"));
    let found =
        Diagnostic::new(Code::FiguresWithoutDispute, path, message).hint(hint).also(also, "the other figure");
    findings.report(&elements, found);
}
