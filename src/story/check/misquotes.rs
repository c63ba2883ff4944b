//! The rule on quotes that are nearly the same: one of them is likely a misquote.
//!
//! Method: two texts of words that are at most two edits apart have one of three stretches of the shorter in common,
//! at most two words off its place. So each quote leaves three keys, and is looked up by its own stretches; only what is
//! met there is compared, word by word, and given up at the third difference.
//!
//! Imports what `check` imports.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation as _;

use super::holdings::Holdings;
use super::quotations::words;
use super::{Findings, allowing};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::Graph;
use crate::story::id::{Account, ActorId, ElementId, StatementId};
use crate::story::vocabulary::Form;
use crate::text;

/// Quotes of fewer words differ by chance.
const SHORTEST: usize = 2;
/// From so many words on, a quote may be known again wherever it stands; a shorter one only in the same event.
const LONG: usize = 5;
/// Quotes kept for a stretch of words that many begin or end with; the last ones.
const NEIGHBOURS: usize = 16;
/// Words that may differ at most.
const EDITS: usize = 2;

/// Two quotes that are nearly the same; see [`near_quotes`]. For each quote the first other one.
pub(super) fn likely_misquote(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut told = None;
    for (first, later) in near_quotes(graph) {
        if told != Some(later) {
            report(graph, first, later, findings);
        }
        told = Some(later);
    }
}

/// Pairs of quotes of one speaker that differ in one word out of five or so (folded: case and marks do not count), two at
/// most; or of two short ones that differ in one word, where two sources tell of one event. Neither is a part of the other,
/// they are not set against each other in a dispute, and they can have been said at one time. The earlier one in the file
/// with the later one, in the order of the later.
pub(crate) fn near_quotes(graph: &Graph) -> Vec<(StatementId, StatementId)> {
    let mut pairs = Vec::new();
    let holdings = Holdings::of(graph);
    let mut wordbook = Wordbook::default();
    let mut quotes: Vec<Quote> = Vec::new();
    let mut shelves: HashMap<Key, Vec<usize>> = HashMap::new();
    for (id, statement) in graph.statements() {
        let (Form::Quote, Some(speaker)) = (statement.form, statement.speaker) else { continue };
        let size = words(&statement.text);
        let words = wordbook.words(&statement.text);
        if size < SHORTEST || words.len() < SHORTEST {
            continue;
        }
        let quote = Quote { id, speaker, size, words };
        let sums = Sums::of(&quote.words);
        // In the order of the file, each once, however many stretches it has in common.
        let near: BTreeSet<_> = quote.lookups(&sums).filter_map(|key| shelves.get(&key)).flatten().collect();
        let near = near.into_iter().map(|place| &quotes[*place]);
        let twins = near.filter(|other| differ_by_chance(graph, &holdings, other, &quote));
        pairs.extend(twins.map(|other| (other.id, quote.id)));
        for key in quote.keys(&sums) {
            let shelf = shelves.entry(key).or_default();
            // A text that repeats itself has a stretch twice.
            if shelf.last() != Some(&quotes.len()) {
                if shelf.len() == NEIGHBOURS {
                    shelf.remove(0);
                }
                shelf.push(quotes.len());
            }
        }
        quotes.push(quote);
    }
    pairs
}

/// Words as numbers: the same for the same folded word.
#[derive(Default)]
struct Wordbook(HashMap<String, u32>);

impl Wordbook {
    fn words(&mut self, text: &str) -> Vec<u32> {
        let folded = text::fold_str(text);
        let number = |word: &str| {
            let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
            *self.0.entry(word.to_owned()).or_insert(next)
        };
        folded.unicode_words().map(number).collect()
    }
}

struct Quote {
    id: StatementId,
    speaker: ActorId,
    /// How many words a reader would count. In scripts without spaces two characters are one.
    size: usize,
    words: Vec<u32>,
}

/// A stretch of a quote: of whom, of how many words, which third, and a hash of its words. Where two different stretches
/// have one hash, two quotes are compared in vain.
type Key = (ActorId, usize, usize, u64);

impl Quote {
    /// The keys it is found by.
    fn keys(&self, sums: &Sums) -> impl Iterator<Item = Key> {
        let length = self.words.len();
        (0..=EDITS)
            .filter_map(move |third| Some((self.speaker, length, third, sums.hash(stretch(length, third))?)))
    }

    /// The keys of quotes that it may be near to: longer or shorter by the edits, and shifted by as many.
    fn lookups(&self, sums: &Sums) -> impl Iterator<Item = Key> {
        let own = self.words.len();
        let lengths = own.saturating_sub(EDITS).max(SHORTEST)..=own + EDITS;
        let places = lengths.flat_map(|length| (0..=EDITS).map(move |third| (length, third)));
        places.flat_map(move |(length, third)| {
            let Range { start, end } = stretch(length, third);
            (0..=2 * EDITS).filter_map(move |shift| {
                let (start, end) = ((start + shift).checked_sub(EDITS)?, (end + shift).checked_sub(EDITS)?);
                Some((self.speaker, length, third, sums.hash(start..end)?))
            })
        })
    }
}

/// A hash of the words up to each place, from which that of any stretch follows at once.
struct Sums(Vec<u64>);

impl Sums {
    /// An odd number with its bits well mixed: the fraction of the golden ratio.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

    fn of(words: &[u32]) -> Self {
        let mut sum = 0_u64;
        let next = |word: &u32| {
            sum = sum.wrapping_mul(Self::FACTOR).wrapping_add(u64::from(*word) + 1);
            sum
        };
        Self(std::iter::once(0).chain(words.iter().map(next)).collect())
    }

    /// That of a stretch; `None` where it goes past the end.
    fn hash(&self, stretch: Range<usize>) -> Option<u64> {
        let (start, end) = (self.0.get(stretch.start)?, self.0.get(stretch.end)?);
        let length = u32::try_from(stretch.len()).ok()?;
        Some(end.wrapping_sub(start.wrapping_mul(Self::FACTOR.wrapping_pow(length))))
    }
}

/// Where a stretch of a text of so many words lies.
fn stretch(length: usize, third: usize) -> Range<usize> {
    length * third / (EDITS + 1)..length * (third + 1) / (EDITS + 1)
}

/// Whether two quotes are near, and nothing in the story says why they differ.
fn differ_by_chance(graph: &Graph, holdings: &Holdings, one: &Quote, other: &Quote) -> bool {
    let said = |quote: &Quote| graph.statement(quote.id).said.bounds();
    let over_before = |one: &Quote, other: &Quote| matches!((said(one).latest, said(other).earliest), (Some(latest), Some(earliest)) if latest < earliest);
    (1..=allowed_edits(graph, one, other)).contains(&edits(&one.words, &other.words))
        && !is_part_of(&one.words, &other.words)
        && !holdings.are_set_apart(Account::Statement(one.id), Account::Statement(other.id))
        && !over_before(one, other)
        && !over_before(other, one)
}

/// How many words two quotes may differ in and still pass for one.
fn allowed_edits(graph: &Graph, one: &Quote, other: &Quote) -> usize {
    let size = one.size.min(other.size);
    if size >= LONG {
        return ((size + 1) / LONG).min(EDITS);
    }
    let (ours, theirs) = (graph.statement(one.id), graph.statement(other.id));
    let retold = ours.event == theirs.event && ours.source != theirs.source;
    usize::from(retold && one.words.len() == other.words.len())
}

/// Whether one of two texts is the other with words left out at its ends only: quoted shorter, not otherwise.
fn is_part_of(one: &[u32], other: &[u32]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    long.windows(short.len()).any(|part| part == short)
}

/// How many words must be put in, taken out or changed to make one of the other; [`EDITS`]` + 1` for more than that.
fn edits(one: &[u32], other: &[u32]) -> usize {
    const OFF: usize = EDITS + 1;
    if one.len().abs_diff(other.len()) > EDITS {
        return OFF;
    }
    // The rows of the usual table, of which only the cells near the diagonal can hold a small number: cell `band` of row
    // `row` is for `row + band - EDITS` words of `other`.
    let mut costs = [OFF; 2 * EDITS + 1];
    for (band, cost) in costs.iter_mut().enumerate().skip(EDITS) {
        *cost = band - EDITS;
    }
    for (row, word) in one.iter().enumerate() {
        let mut next = [OFF; 2 * EDITS + 1];
        for band in 0..next.len() {
            let Some(column) = (row + 1 + band).checked_sub(EDITS).filter(|column| *column <= other.len())
            else {
                continue;
            };
            let changed =
                column.checked_sub(1).map_or(OFF, |last| costs[band] + usize::from(other[last] != *word));
            let taken_out = costs.get(band + 1).map_or(OFF, |cost| cost + 1);
            let put_in = band.checked_sub(1).map_or(OFF, |left| next[left] + 1);
            next[band] = changed.min(taken_out).min(put_in).min(OFF);
        }
        costs = next;
        if costs.iter().all(|cost| *cost == OFF) {
            return OFF;
        }
    }
    (other.len() + EDITS).checked_sub(one.len()).and_then(|band| costs.get(band)).copied().unwrap_or(OFF)
}

fn report(graph: &Graph, first: StatementId, later: StatementId, findings: &mut Findings) {
    let (one, other) = (graph.statement(first), graph.statement(later));
    let (here, there) = first_difference(&other.text, &one.text);
    let message = format!(
        "two quotes of {} are nearly the same: {here} here, {there} in `{}`",
        other.speaker.map_or("", |speaker| graph.actor(speaker).name.as_str()),
        one.id
    );
    let hint = format!(
        "hold both against their sources; where each prints its own wording, make each a position of a dispute, or say why: {}",
        allowing(Code::LikelyMisquote)
    );
    let elements = [ElementId::Statement(later), ElementId::Statement(first)];
    let [path, also] = elements.map(|element| findings.paths().element(element).key("text"));
    let found =
        Diagnostic::new(Code::LikelyMisquote, path, message).hint(hint).also(also, "the other wording");
    findings.report(&elements, found);
}

/// The first words in which two texts differ, as they are written.
fn first_difference(ours: &str, theirs: &str) -> (String, String) {
    let (mut ours, mut theirs) = (ours.unicode_words(), theirs.unicode_words());
    let named =
        |word: Option<&str>| word.map_or_else(|| "nothing more".to_owned(), |word| format!("`{word}`"));
    loop {
        match (ours.next(), theirs.next()) {
            (Some(one), Some(other)) if text::fold_str(one) == text::fold_str(other) => {}
            (one, other) => return (named(one), named(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The whole table, as a check on the band.
    fn edits_by_table(one: &[u32], other: &[u32]) -> usize {
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (place, word) in one.iter().enumerate() {
            let mut next = vec![place + 1];
            for (column, theirs) in other.iter().enumerate() {
                let changed = row[column] + usize::from(word != theirs);
                next.push(changed.min(row[column + 1] + 1).min(next[column] + 1));
            }
            row = next;
        }
        row[other.len()].min(EDITS + 1)
    }

    proptest! {
        #[test]
        fn edits_are_counted_up_to_the_third(
            one in prop::collection::vec(0..3_u32, 0..9),
            other in prop::collection::vec(0..3_u32, 0..9),
        ) {
            prop_assert_eq!(edits(&one, &other), edits_by_table(&one, &other));
        }

        #[test]
        fn near_quotes_meet_on_a_shelf(
            one in prop::collection::vec(0..4_u32, 2..12),
            other in prop::collection::vec(0..4_u32, 2..12),
        ) {
            if edits(&one, &other) <= EDITS {
                use crate::story::id::Id as _;
                let quote = |place, words| Quote {
                    id: StatementId::from_index(place),
                    speaker: ActorId::from_index(0),
                    size: LONG,
                    words,
                };
                let (first, later) = (quote(0, one), quote(1, other));
                let (of_later, of_first) = (Sums::of(&later.words), Sums::of(&first.words));
                prop_assert!(later.lookups(&of_later).any(|key| first.keys(&of_first).any(|other| other == key)));
            }
        }
    }
}
