//! Which accounts of several columns stand beside each other: those that have most in common.
//!
//! Imports `story` and the words of texts; no terminal.

use std::cmp::Reverse;

use crate::query::word_diff::{Wordings, percentages};
use crate::story::graph::Graph;
use crate::story::id::{Account, ReactionId, StatementId};
use crate::story::reply::are_kin;
use crate::text;

/// Pairs of accounts that are looked at, at most; past that they stand in the order in which they come.
const PAIRS: usize = 40_000;

/// The group of each account of each column, counted from 0. A group has at most one account of a column. Accounts that
/// have nothing in common with any other stand alone or, where `fill` says so, beside what has nobody beside it.
pub(super) fn groups(graph: &Graph, columns: &[Vec<Account>], fill: bool) -> Vec<Vec<usize>> {
    let all: Vec<Account> = columns.iter().flatten().copied().collect();
    let looks = all.len().saturating_mul(all.len()) <= PAIRS;
    let wordings = Wordings::of(all.iter().map(|account| super::text_of(graph, *account)).collect());
    // The accounts of each group, by their places among all.
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut first = 0;
    let mut laid = Vec::with_capacity(columns.len());
    for column in columns {
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for (nth, account) in column.iter().enumerate().filter(|_| looks) {
            for (place, group) in groups.iter().enumerate() {
                let shared = |other: &usize| {
                    in_common(graph, &wordings, (first + nth, *account), (*other, all[*other]))
                };
                let shared = group.iter().map(shared).max().unwrap_or(0);
                if shared > 0 {
                    pairs.push((shared, nth, place));
                }
            }
        }
        pairs.sort_by_key(|(shared, nth, place)| (Reverse(*shared), *nth, *place));
        let mut taken: Vec<bool> = vec![false; groups.len()];
        let mut at: Vec<Option<usize>> = vec![None; column.len()];
        for (_, nth, place) in pairs {
            if at[nth].is_none() && !taken[place] {
                (at[nth], taken[place]) = (Some(place), true);
            }
        }
        let mut free =
            (0..groups.len()).filter(|place| fill && !taken[*place]).collect::<Vec<_>>().into_iter();
        let mut theirs = Vec::with_capacity(column.len());
        for (nth, place) in at.into_iter().enumerate() {
            let place = place.or_else(|| free.next()).unwrap_or(groups.len());
            if place == groups.len() {
                groups.push(Vec::new());
            }
            groups[place].push(first + nth);
            theirs.push(place);
        }
        first += column.len();
        laid.push(theirs);
    }
    laid
}

/// How much two accounts have in common: the speaker, the instrument, the words, the time, whom and what they are about.
fn in_common(
    graph: &Graph,
    wordings: &Wordings,
    (at, one): (usize, Account),
    (there, other): (usize, Account),
) -> usize {
    let shared = match (one, other) {
        (Account::Statement(one), Account::Statement(other)) => {
            of_statements(graph, one, other) + wordings.likeness(at, there).map_or(0, |like| 2 + like / 125)
        }
        (Account::Reaction(one), Account::Reaction(other)) => of_reactions(graph, one, other),
        (Account::Statement(said), Account::Reaction(moved))
        | (Account::Reaction(moved), Account::Statement(said)) => {
            let told = &graph.statement(said).text;
            let names_it = text::fold_str(told).contains(&text::fold_str(&graph.reaction(moved).instrument));
            if percentages(told).is_empty() { 0 } else { 1 + usize::from(names_it) }
        }
    };
    let one_event = graph.event_of(one) == graph.event_of(other);
    if shared > 0 && one_event { shared + 1 } else { shared }
}

fn of_statements(graph: &Graph, one: StatementId, other: StatementId) -> usize {
    let (one, other) = (graph.statement(one), graph.statement(other));
    let speaker = match (one.speaker, other.speaker) {
        (Some(one), Some(other)) if one == other => 6,
        (Some(one), Some(other)) if are_kin(graph, one, other) => 4,
        _ => 0,
    };
    let answers = one.replies_to.iter().any(|answered| other.replies_to.contains(answered));
    let about = one.about.iter().any(|actor| other.about.contains(actor));
    let said = one.said.when.is_some() && one.said.when == other.said.when;
    let shared = speaker + 2 * usize::from(answers) + 2 * usize::from(about) + usize::from(said);
    // That both are quotes brings nothing together by itself.
    if shared > 0 { shared + usize::from(one.form == other.form) } else { 0 }
}

fn of_reactions(graph: &Graph, one: ReactionId, other: ReactionId) -> usize {
    let (one, other) = (graph.reaction(one), graph.reaction(other));
    let symbol = one.symbol.is_some() && one.symbol == other.symbol;
    let named = text::fold_str(&one.instrument) == text::fold_str(&other.instrument);
    let session = one.session.when.is_some() && one.session.when == other.session.when;
    let venue = one.venue.is_some() && one.venue == other.venue;
    6 * usize::from(symbol || named) + 3 * usize::from(session) + usize::from(venue)
}
