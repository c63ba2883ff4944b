//! Rules on market moves: that two figures for one move do not stand side by side in silence.
//!
//! Imports what `check` imports.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike as _, NaiveDate};

use super::holdings::Holdings;
use super::{Findings, NEIGHBOURS};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::{Graph, Reaction};
use crate::story::id::{Account, ElementId, EventId, ReactionId};
use crate::story::when::{Bounds, Moment, When};
use crate::text::{self, Shared};

/// Two figures for one move, and no dispute between them; see [`figures_at_odds`]. For each report the first other one it
/// is at odds with.
pub(super) fn figures_without_dispute(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut told = None;
    for (later, first) in figures_at_odds(graph) {
        if told != Some(later) {
            report(graph, first, later, findings);
        }
        told = Some(later);
    }
}

/// Pairs of reports on one instrument whose figures cannot both be so, and no dispute in which they hold different
/// positions: the later one in the file with an earlier one, in order.
///
/// An instrument is known by its symbol, or by its name, whatever blanks and marks stand in it; what is traded at another
/// venue is another. Reports are on one move where their sessions are known to overlap, or where one gives none and both
/// stand in one event. A move over several sessions is none within one of them.
pub(crate) fn figures_at_odds(graph: &Graph) -> BTreeSet<(ReactionId, ReactionId)> {
    let mut by_instrument: HashMap<Instrument, usize> = HashMap::new();
    let mut instruments: Vec<Vec<ReactionId>> = Vec::new();
    for (id, reaction) in graph.reactions() {
        let symbol = reaction.symbol.as_deref().map(|symbol| Instrument::Symbol(plain(symbol)));
        for instrument in [Some(Instrument::Name(plain(&reaction.instrument))), symbol].into_iter().flatten()
        {
            let place = *by_instrument.entry(instrument).or_insert_with(|| {
                instruments.push(Vec::new());
                instruments.len() - 1
            });
            instruments[place].push(id);
        }
    }
    let holdings = Holdings::of(graph);
    let mut at_odds = BTreeSet::new();
    for reactions in &instruments {
        for (one, other) in on_one_session(graph, reactions).into_iter().chain(in_one_event(graph, reactions))
        {
            let (first, later) = if one < other { (one, other) } else { (other, one) };
            if differ_in_silence(graph, &holdings, first, later) {
                at_odds.insert((later, first));
            }
        }
    }
    at_odds
}

/// What is traded.
#[derive(PartialEq, Eq, Hash)]
enum Instrument {
    Name(String),
    Symbol(String),
}

/// Folded, with one blank for whatever is neither letter nor digit.
pub(crate) fn plain(name: &str) -> String {
    let folded = text::fold_str(name);
    let words: Vec<_> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { folded } else { words.join(" ") }
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

fn differ_in_silence(graph: &Graph, holdings: &Holdings, first: ReactionId, later: ReactionId) -> bool {
    let (one, other) = (graph.reaction(first), graph.reaction(later));
    let others = |ours: &Option<Shared>, theirs: &Option<Shared>| {
        ours.as_deref().zip(theirs.as_deref()).is_some_and(|(ours, theirs)| plain(ours) != plain(theirs))
    };
    one.change.differs_from(other.change)
        && !others(&one.symbol, &other.symbol)
        && !others(&one.venue, &other.venue)
        && are_of_one_length(one, other)
        && !holdings.are_set_apart(Account::Reaction(first), Account::Reaction(later))
}

/// Whether neither is a move over several sessions, or both are over the same ones.
fn are_of_one_length(one: &Reaction, other: &Reaction) -> bool {
    let (ours, theirs) = (one.session.bounds(), other.session.bounds());
    ours == theirs || !(is_stretch(one, ours) || is_stretch(other, theirs))
}

/// Whether a session runs over several days: not one day of a month, a season or a year of which it is not known which.
fn is_stretch(reaction: &Reaction, bounds: Bounds) -> bool {
    let (Some(first), Some(last)) = (bounds.earliest, bounds.latest) else { return false };
    let whole_months = first.day() == 1 && last.date().succ_opt().is_none_or(|next| next.day() == 1);
    let is_vague = reaction.session.when.as_ref().is_some_and(When::is_vague);
    first.date() != last.date() && !whole_months && !is_vague
}

fn report(graph: &Graph, first: ReactionId, later: ReactionId, findings: &mut Findings) {
    let (one, other) = (graph.reaction(first), graph.reaction(later));
    let said = |reaction: &Reaction| {
        format!("{} by {}", reaction.change.reading(), graph.source(reaction.source).label())
    };
    let session =
        if one.session.when == other.session.when { "one session" } else { "what may be one session" };
    let message = format!(
        "two figures for {} in {session}, {} and {}, and no dispute sets one against the other",
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
