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
    /// The best answers to a single letter or digit, [`PREPARED`] at most.
    pub(super) fn answers(&self, letter: char) -> &[Hit] {
        self.letters.get(&letter).map_or(&[], Vec::as_slice)
    }
}

/// A candidate with what tells its place in the order: how light it is, the first bytes of its main name, which tell most
/// apart, and which it is.
type Keyed = (u32, u64, u32);

/// Candidates that are put in order at once, before they are merged with others.
const RUN: usize = 4096;

/// What a candidate costs, beside a name that its letters rule out: put in order among those of its run, merged with
/// others, and asked for the letters that begin its words.
const SORTED: usize = 128;
const MERGED: usize = 24;
const LETTERED: usize = 256;

/// The making of [`Prepared`]: in steps, for of a million names no part is done in a moment.
#[derive(Default)]
pub(super) struct Preparing {
    /// Runs that are in order, one after the other.
    runs: Vec<Keyed>,
    merge: Merge,
    /// Whether the candidates are in their order.
    is_sorted: bool,
    order: Vec<u32>,
    entries: Vec<u32>,
    /// How many of the candidates were asked for their letters.
    lettered: usize,
    letters: HashMap<char, Vec<Hit>>,
    /// The letters whose answers are still to be put in order, once all are gathered.
    left: Option<Vec<(char, Vec<Hit>)>>,
    answers: HashMap<char, Vec<Hit>>,
}

/// Two runs after the other are merged into runs of twice the length, all over, until there is one.
#[derive(Default)]
struct Merge {
    /// The length of the runs that are merged; none before the first are.
    run: usize,
    /// Where the pair of runs begins that is being merged.
    start: usize,
    /// How far it is in each of the two.
    at: [usize; 2],
    merged: Vec<Keyed>,
}

impl Preparing {
    /// Goes on until the work is used up; true where all is made.
    pub(super) fn go_on<K>(&mut self, entries: &[Entry<K>], names: &Names, work: &mut usize) -> bool {
        self.sort(entries, names, work)
            && self.place(entries.len(), work)
            && self.gather(entries, names, work)
            && self.settle(work)
    }

    /// What was made.
    pub(super) fn done(self) -> Prepared {
        Prepared { order: self.order, entries: self.entries, letters: self.answers }
    }

    fn sort<K>(&mut self, entries: &[Entry<K>], names: &Names, work: &mut usize) -> bool {
        if self.is_sorted {
            return true;
        }
        let main = |entry: u32| names.name(entries[entry as usize].names.start).text;
        let head = |entry: u32| {
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(main(entry).bytes()).for_each(|(byte, of)| *byte = of);
            u64::from_be_bytes(bytes)
        };
        let by_place = |one: &Keyed, other: &Keyed| {
            (one.0, one.1).cmp(&(other.0, other.1)).then_with(|| {
                let by_name = if one.2 == other.2 { Ordering::Equal } else { main(one.2).cmp(main(other.2)) };
                by_name.then(one.2.cmp(&other.2))
            })
        };
        while self.runs.len() < entries.len() && self.merge.run == 0 {
            if *work == 0 {
                return false;
            }
            let from = self.runs.len();
            let to = entries.len().min(from + RUN);
            let numbers = (0..u32::MAX).skip(from).take(to - from);
            self.runs
                .extend(numbers.map(|entry| (u32::MAX - entries[entry as usize].weight, head(entry), entry)));
            self.runs[from..].sort_unstable_by(by_place);
            *work = work.saturating_sub(SORTED * (to - from));
        }
        self.is_sorted = self.merge.go_on(&mut self.runs, by_place, work);
        self.is_sorted
    }

    /// Notes the places.
    fn place(&mut self, count: usize, work: &mut usize) -> bool {
        if self.order.len() < count {
            self.order = vec![0; count];
        }
        let from = self.entries.len();
        let some = (count - from).min(work.div_ceil(MERGED));
        for (place, (_, _, entry)) in (0..).zip(&self.runs).skip(from).take(some) {
            self.order[*entry as usize] = place;
            self.entries.push(*entry);
        }
        *work = work.saturating_sub(MERGED * some);
        self.entries.len() == count
    }

    /// Gathers the answers to each letter.
    fn gather<K>(&mut self, entries: &[Entry<K>], names: &Names, work: &mut usize) -> bool {
        if self.left.is_some() {
            return true;
        }
        // Of the heads of one candidate's names, each once, with the best place it has.
        let mut own: Vec<(char, Hit)> = Vec::new();
        while let Some(entry) = entries.get(self.lettered) {
            if *work == 0 {
                return false;
            }
            *work = work.saturating_sub(LETTERED);
            own.clear();
            for at in entry.names.clone() {
                heads(names, at, self.order[self.lettered], &mut own);
            }
            for (head, hit) in &own {
                let hits = self.letters.entry(*head).or_default();
                hits.push(*hit);
                keep_best(hits, PREPARED, 4 * PREPARED);
            }
            self.lettered += 1;
        }
        self.left = Some(std::mem::take(&mut self.letters).into_iter().collect());
        true
    }

    /// Puts the answers to each letter in order.
    fn settle(&mut self, work: &mut usize) -> bool {
        while let Some((letter, hits)) = self.left.as_mut().and_then(Vec::pop) {
            *work = work.saturating_sub(MERGED * hits.len());
            self.answers.insert(letter, best_of(hits, PREPARED));
            if *work == 0 {
                break;
            }
        }
        self.left.as_ref().is_some_and(Vec::is_empty)
    }
}

impl Merge {
    /// Goes on until the work is used up; true where all is one run.
    fn go_on(
        &mut self,
        runs: &mut Vec<Keyed>,
        by_place: impl Fn(&Keyed, &Keyed) -> Ordering,
        work: &mut usize,
    ) -> bool {
        self.run = self.run.max(RUN);
        while self.run < runs.len() {
            while self.start < runs.len() {
                let middle = runs.len().min(self.start + self.run);
                let end = runs.len().min(middle + self.run);
                let [one, other] = &mut self.at;
                while self.merged.len() < end {
                    if *work == 0 {
                        return false;
                    }
                    *work = work.saturating_sub(MERGED);
                    let (left, right) = (self.start + *one, middle + *other);
                    let is_left =
                        left < middle && (right >= end || by_place(&runs[left], &runs[right]).is_lt());
                    self.merged.push(runs[if is_left { left } else { right }]);
                    *(if is_left { &mut *one } else { &mut *other }) += 1;
                }
                (self.start, self.at) = (end, [0, 0]);
            }
            std::mem::swap(runs, &mut self.merged);
            self.merged.clear();
            (self.run, self.start) = (2 * self.run, 0);
        }
        true
    }
}

/// What a name answers to the single letters that begin its words.
fn heads(names: &Names, at: u32, place: u32, own: &mut Vec<(char, Hit)>) {
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
        let hit = Hit::new(rank, points + whole + IN_ORDER, place, at);
        match own.iter_mut().find(|(known, _)| *known == head) {
            Some((_, known)) => *known = (*known).min(hit),
            None => own.push((head, hit)),
        }
    }
}
