//! Places in the order as plain numbers, and what is worked out once for all queries.
//!
//! Imports what `search` imports.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::answer::{AT_NAME, AT_WORD, IN_ORDER, WHOLE, words};
use super::names::Names;
use super::{Entry, Rank};

/// How many answers to a single letter are kept ready.
pub(super) const PREPARED: usize = 1000;

/// A candidate's place in the order, and the name it has it by; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// Rank, score and the place among all candidates, the first in the highest bits.
    key: u64,
    /// The name among all.
    pub(super) name: u32,
}

/// Scores lie far within this: a letter brings a few dozen points, and there are a few hundred letters.
const SCORES: i64 = 1 << 28;

impl Hit {
    pub(super) fn new(rank: Rank, score: i64, order: u32, name: u32) -> Self {
        let worse = u64::try_from((SCORES - score).clamp(0, 2 * SCORES - 1)).unwrap_or(0);
        Self { key: (rank as u64) << 61 | worse << 32 | u64::from(order), name }
    }

    /// The candidate's place among all.
    pub(super) fn order(self) -> u32 {
        // The lower half, which fits.
        u32::try_from(self.key & u64::from(u32::MAX)).unwrap_or(u32::MAX)
    }

    pub(super) fn rank(self) -> Rank {
        const RANKS: [Rank; 5] = [Rank::Exact, Rank::Initials, Rank::WholeWord, Rank::Prefix, Rank::Fuzzy];
        RANKS[(self.key >> 61).min(4) as usize]
    }

    pub(super) fn score(self) -> i64 {
        let worse = self.key >> 32 & ((1 << 29) - 1);
        SCORES - i64::try_from(worse).unwrap_or(0)
    }
}

/// The best `limit`, in their order.
pub(super) fn best_of(hits: impl IntoIterator<Item = Hit>, limit: usize) -> Vec<Hit> {
    let mut best = Vec::new();
    for hit in hits {
        best.push(hit);
        keep_best(&mut best, limit, limit.saturating_mul(4).saturating_add(64));
    }
    keep_best(&mut best, limit, limit);
    best.sort_unstable();
    best
}

/// Drops all but the best `limit` where there are more than `most`.
fn keep_best(hits: &mut Vec<Hit>, limit: usize, most: usize) {
    if hits.len() > most {
        if let Some(last) = limit.checked_sub(1) {
            hits.select_nth_unstable(last);
        }
        hits.truncate(limit);
    }
}

/// What depends on all names.
pub(super) struct Prepared {
    /// For each candidate its place when nothing is typed: by weight, then by main name, then as they came in.
    pub(super) order: Vec<u32>,
    /// The candidates in that order.
    pub(super) entries: Vec<u32>,
    /// For each letter or digit that begins a word the best answers to it.
    letters: HashMap<char, Vec<Hit>>,
}

impl Prepared {
    pub(super) fn of<K>(entries: &[Entry<K>], names: &Names) -> Self {
        let main = |entry: u32| names.name(entries[entry as usize].names.start).text;
        // The first bytes of a name tell most apart.
        let head = |entry: u32| {
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(main(entry).bytes()).for_each(|(byte, of)| *byte = of);
            u64::from_be_bytes(bytes)
        };
        let mut sorted: Vec<(u32, u64, u32)> = (0..u32::try_from(entries.len()).unwrap_or(u32::MAX))
            .map(|entry| (u32::MAX - entries[entry as usize].weight, head(entry), entry))
            .collect();
        sorted.sort_unstable_by(|one, other| {
            (one.0, one.1).cmp(&(other.0, other.1)).then_with(|| {
                let by_name = if one.2 == other.2 { Ordering::Equal } else { main(one.2).cmp(main(other.2)) };
                by_name.then(one.2.cmp(&other.2))
            })
        });
        let sorted: Vec<u32> = sorted.into_iter().map(|(_, _, entry)| entry).collect();
        let mut order = vec![0; sorted.len()];
        for (place, entry) in (0..).zip(&sorted) {
            order[*entry as usize] = place;
        }
        let letters = letters(entries, names, &order);
        Self { order, entries: sorted, letters }
    }

    /// The best answers to a single letter or digit, [`PREPARED`] at most.
    pub(super) fn answers(&self, letter: char) -> &[Hit] {
        self.letters.get(&letter).map_or(&[], Vec::as_slice)
    }
}

fn letters<K>(entries: &[Entry<K>], names: &Names, order: &[u32]) -> HashMap<char, Vec<Hit>> {
    let mut letters: HashMap<char, Vec<Hit>> = HashMap::new();
    // Of the heads of one candidate's names, each once, with the best place it has.
    let mut own: Vec<(char, Hit)> = Vec::new();
    for (entry, place) in entries.iter().zip(order) {
        own.clear();
        for at in entry.names.clone() {
            let name = names.name(at);
            let is_alone = |head: char| {
                let mut alone = name.text.split_whitespace();
                alone.next().is_some_and(|word| word.chars().eq([head])) && alone.next().is_none()
            };
            for word in words(name.text) {
                let Some(head) = name.text[word.clone()].chars().next() else { continue };
                let is_whole = word.len() == head.len_utf8();
                let rank = match is_whole {
                    true if is_alone(head) => Rank::Exact,
                    true => Rank::WholeWord,
                    false => Rank::Prefix,
                };
                let points = if word.start == 0 { AT_NAME } else { AT_WORD };
                let whole = if is_whole { WHOLE } else { 0 };
                let hit = Hit::new(rank, points + whole + IN_ORDER, *place, at);
                match own.iter_mut().find(|(known, _)| *known == head) {
                    Some((_, known)) => *known = (*known).min(hit),
                    None => own.push((head, hit)),
                }
            }
        }
        for (head, hit) in &own {
            let hits = letters.entry(*head).or_default();
            hits.push(*hit);
            keep_best(hits, PREPARED, 4 * PREPARED);
        }
    }
    for hits in letters.values_mut() {
        *hits = best_of(std::mem::take(hits), PREPARED);
    }
    letters
}
