//! What one name answers to one query: how well, and with which of its letters.
//!
//! Imports what `search` imports.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::names::Name;
use super::{Query, Rank, Word};

/// Scattered letters are sought only for words and in names up to these lengths (in characters and bytes): past them
/// a scattered match means nothing and costs much.
const SCATTERED_WORD: usize = 64;
const SCATTERED_NAME: usize = 512;

/// Points per letter, on the scale of the fuzzy matcher's own: at the start of the name, at the start of a word, inside.
pub(super) const AT_NAME: i64 = 32;
pub(super) const AT_WORD: i64 = 24;
const INSIDE: i64 = 20;
/// For a whole word, that it may outweigh the beginning of one where another word of the query sets the rank.
pub(super) const WHOLE: i64 = 16;
/// For words in the order they were typed.
pub(super) const IN_ORDER: i64 = 8;

/// Words that initials may leave out: `dod` is the Department of Defense.
const SMALL_WORDS: [&str; 18] = [
    "a", "an", "and", "at", "by", "da", "de", "del", "der", "di", "for", "in", "la", "of", "on", "the", "to",
    "und",
];

/// Rank, score and the bytes of the folded name that matched.
pub(super) struct Answer {
    pub(super) rank: Rank,
    pub(super) score: i64,
    pub(super) spans: Vec<Range<usize>>,
}

/// What one word of a query finds.
struct Part {
    rank: Rank,
    score: i64,
    spans: Spans,
}

/// Most parts are one span, and need no memory of their own.
enum Spans {
    One(Range<usize>),
    Many(Vec<Range<usize>>),
}

impl Spans {
    fn as_slice(&self) -> &[Range<usize>] {
        match self {
            Self::One(span) => std::slice::from_ref(span),
            Self::Many(spans) => spans,
        }
    }
}

/// What can be said of a name without the fuzzy matcher.
pub(super) enum Quick {
    /// It does not answer.
    No,
    /// Rank and score.
    Answers(Rank, i64),
    /// A word may stand in it scattered: at best over so many bytes in all.
    Perhaps(usize),
}

/// The answer of a name as far as it is quickly known.
pub(super) fn quick(query: &Query, name: &Name<'_>) -> Quick {
    if let [word] = &query.distinct[..] {
        return match whole(word, name) {
            Some(part) => Quick::Answers(exact_or(part.rank, query, name), part.score + IN_ORDER),
            None => window(word, name.text).map_or(Quick::No, Quick::Perhaps),
        };
    }
    let mut over = 0;
    let mut sum = Sum::default();
    for word in &query.distinct {
        match whole(word, name) {
            Some(part) => sum.add(&part),
            None => match window(word, name.text) {
                Some(bytes) => over += bytes,
                None => return Quick::No,
            },
        }
    }
    if over > 0 {
        return Quick::Perhaps(over);
    }
    Quick::Answers(exact_or(sum.rank, query, name), sum.score())
}

/// The answer of a name.
pub(super) fn of_name(matcher: &SkimMatcherV2, query: &Query, name: &Name<'_>) -> Option<Answer> {
    let mut sum = Sum::default();
    let mut spans = Vec::new();
    for word in &query.distinct {
        let part = whole(word, name).or_else(|| scattered(matcher, word, name.text))?;
        sum.add(&part);
        spans.extend_from_slice(part.spans.as_slice());
    }
    Some(Answer { rank: exact_or(sum.rank, query, name), score: sum.score(), spans })
}

/// Parts taken together.
struct Sum {
    rank: Rank,
    score: i64,
    last: usize,
    in_order: bool,
}

impl Default for Sum {
    fn default() -> Self {
        Self { rank: Rank::Exact, score: 0, last: 0, in_order: true }
    }
}

impl Sum {
    fn add(&mut self, part: &Part) {
        self.rank = self.rank.max(part.rank);
        self.score += part.score;
        for span in part.spans.as_slice() {
            self.in_order &= span.start >= self.last;
            self.last = span.start;
        }
    }

    fn score(&self) -> i64 {
        self.score + if self.in_order { IN_ORDER } else { 0 }
    }
}

fn exact_or(rank: Rank, query: &Query, name: &Name<'_>) -> Rank {
    let begins = query.words.first().is_some_and(|word| name.text.trim_start().starts_with(word.as_str()));
    if begins && query.words.iter().eq(name.text.split_whitespace()) { Rank::Exact } else { rank }
}

/// A word as initials, or as it stands in the name.
fn whole(word: &Word, name: &Name<'_>) -> Option<Part> {
    if word.characters > 1 && (word.text == name.heads || word.text == name.big_heads) {
        return Some(initials(word, name));
    }
    contiguous(word, name.text).or_else(|| partial_initials(word, name))
}

/// The initials of the whole name: at least two, small words all counted or all left out.
fn initials(word: &Word, name: &Name<'_>) -> Part {
    let spans = heads(name.text, word.text == name.heads).map(|(at, head)| at..at + head.len_utf8());
    Part { rank: Rank::Initials, score: AT_NAME * points(word), spans: Spans::Many(spans.collect()) }
}

/// The initials of some neighbouring words of the name.
fn partial_initials(word: &Word, name: &Name<'_>) -> Option<Part> {
    if word.characters < 2 {
        return None;
    }
    let spans = [(true, name.heads), (false, name.big_heads)].into_iter().find_map(|(small, letters)| {
        // A handful of letters, for which it does not pay to begin a search.
        let at = letters.as_bytes().windows(word.text.len()).position(|at| at == word.text.as_bytes())?;
        let first = letters[..at].chars().count();
        let run = heads(name.text, small).skip(first).take(word.characters);
        Some(run.map(|(at, head)| at..at + head.len_utf8()).collect())
    })?;
    Some(Part { rank: Rank::Fuzzy, score: AT_WORD * points(word), spans: Spans::Many(spans) })
}

/// The word as it stands in the name: the first whole word, else the first beginning of a word, else inside one. A
/// single letter inside a word is refused, unless it is a wide one: one ideograph can be a word.
fn contiguous(word: &Word, name: &str) -> Option<Part> {
    let length = word.text.len();
    let mut best: Option<(Rank, usize)> = None;
    for at in word.within.find_iter(name.as_bytes()) {
        let place = match (is_boundary(name, at), is_boundary(name, at + length)) {
            (true, true) => (Rank::WholeWord, at),
            (true, false) => (Rank::Prefix, at),
            (false, _) => (Rank::Fuzzy, at),
        };
        best = Some(best.map_or(place, |best| best.min(place)));
        if place.0 == Rank::WholeWord {
            break;
        }
    }
    let (rank, at) = best?;
    if rank == Rank::Fuzzy && !word.is_wide {
        return None;
    }
    let each = match (rank, at) {
        (Rank::Fuzzy, _) => INSIDE,
        (_, 0) => AT_NAME,
        _ => AT_WORD,
    };
    let whole = if rank == Rank::WholeWord { WHOLE } else { 0 };
    Some(Part { rank, score: each * points(word) + whole, spans: Spans::One(at..at + length) })
}

/// How far apart the first and the last of scattered letters may be: what is further apart is chance. Two letters may
/// have one between them.
fn widest(characters: usize) -> usize {
    if characters == 2 { 3 } else { 3 * characters }
}

/// Letters scattered over the name, unless they are too far apart; a single one is no match at all.
fn scattered(matcher: &SkimMatcherV2, word: &Word, name: &str) -> Option<Part> {
    if !(2..=SCATTERED_WORD).contains(&word.characters) || name.len() > SCATTERED_NAME {
        return None;
    }
    let (score, positions) = matcher.fuzzy_indices(name, &word.text)?;
    let span = positions.last()?.checked_sub(*positions.first()?)? + 1;
    if span > widest(word.characters) {
        return None;
    }
    // The matcher counts characters.
    let mut positions = positions.into_iter().peekable();
    let spans = name.char_indices().enumerate().filter_map(|(nth, (at, character))| {
        positions.next_if_eq(&nth).map(|_| at..at + character.len_utf8())
    });
    Some(Part { rank: Rank::Fuzzy, score, spans: Spans::Many(spans.collect()) })
}

/// The fewest neighbouring bytes that hold the word's in their order, where [`scattered`] could take them.
fn window(word: &Word, name: &str) -> Option<usize> {
    if !(2..=SCATTERED_WORD).contains(&word.characters) || name.len() > SCATTERED_NAME {
        return None;
    }
    let (wanted, bytes) = (word.text.as_bytes(), name.as_bytes());
    // A character has four bytes at most.
    let most = if name.is_ascii() { widest(word.characters) } else { 4 * widest(word.characters) };
    let (first, mut from, mut best) = (*wanted.first()?, 0, usize::MAX);
    // All of a script may begin with one byte.
    let whole = word.text.chars().next().map_or(1, char::len_utf8);
    while let Some(at) = memchr::memchr(first, &bytes[from..]).map(|at| from + at) {
        if !bytes[at..].starts_with(&wanted[..whole]) {
            from = at + 1;
            continue;
        }
        let mut next = 1;
        let within = &bytes[at + 1..bytes.len().min(at.saturating_add(most))];
        let end = within.iter().position(|byte| {
            next += usize::from(*byte == wanted[next]);
            next == wanted.len()
        });
        if let Some(end) = end {
            best = best.min(end + 2);
        }
        from = at + 1;
    }
    (best <= most).then_some(best)
}

fn points(word: &Word) -> i64 {
    // At most `QUERY_LIMIT`.
    i64::try_from(word.characters).unwrap_or(i64::MAX)
}

/// Words of a folded name: runs of letters and digits.
pub(super) fn words(name: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + name[at..].find(char::is_alphanumeric)?;
        at = name[start..].find(|c: char| !c.is_alphanumeric()).map_or(name.len(), |length| start + length);
        Some(start..at)
    })
}

/// Where the initials of a name's words stand, small words among them or not.
pub(super) fn heads(name: &str, small: bool) -> impl Iterator<Item = (usize, char)> {
    words(name)
        .filter(move |word| small || !SMALL_WORDS.contains(&&name[word.clone()]))
        .filter_map(|word| name[word.start..].chars().next().map(|initial| (word.start, initial)))
}

/// Whether a word starts or ends at byte `at`.
fn is_boundary(name: &str, at: usize) -> bool {
    let before = name[..at].chars().next_back();
    let after = name[at..].chars().next();
    !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
}
