//! The finder over names: a few typed letters to actors, events, statements or sources, best first.
//!
//! It knows names and weights only and is generic over what they name. Must import nothing but `crate::text`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::text::{self, Folded};

/// Characters of a query that are looked at; the matcher's cost grows with their number.
pub const QUERY_LIMIT: usize = 256;

/// Scattered letters are sought only for words and in names up to these lengths (in characters and bytes): past them
/// a scattered match means nothing and costs much.
const SCATTERED_WORD: usize = 64;
const SCATTERED_NAME: usize = 512;

/// Points per letter, on the scale of the fuzzy matcher's own: at the start of the name, at the start of a word, inside.
const AT_NAME: i64 = 32;
const AT_WORD: i64 = 24;
const INSIDE: i64 = 20;
/// For a whole word, that it may outweigh the beginning of one where another word of the query sets the rank.
const WHOLE: i64 = 16;
/// For words in the order they were typed.
const IN_ORDER: i64 = 8;

/// Words that initials may leave out: `dod` is the Department of Defense.
const SMALL_WORDS: [&str; 18] = [
    "a", "an", "and", "at", "by", "da", "de", "del", "der", "di", "for", "in", "la", "of", "on", "the", "to",
    "und",
];

/// Something that can be found by its names.
#[derive(Debug, Clone)]
pub struct Candidate<K> {
    /// What is found.
    pub key: K,
    /// The main name, then aliases. A candidate without a name cannot be found.
    pub names: Vec<String>,
    /// Breaks ties, heavier first: the number of events.
    pub weight: u32,
}

/// A candidate found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<K> {
    /// What was found.
    pub key: K,
    /// Index of the matched name among the candidate's names.
    pub name: usize,
    /// Byte ranges in that name that answer the query: whole grapheme clusters, in order, merged.
    pub highlights: Vec<Range<usize>>,
    /// How well it answers.
    pub rank: Rank,
    /// Within a rank, higher is better.
    pub score: i64,
}

/// How well a name answers a query, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The whole query is the whole name.
    Exact,
    /// The initials of the whole name.
    Initials,
    /// Whole words of the name.
    WholeWord,
    /// Beginnings of words of the name.
    Prefix,
    /// Letters within words, or scattered but close together.
    Fuzzy,
}

/// Names folded once, to be searched many times.
pub struct Finder<K> {
    entries: Vec<Entry<K>>,
    matcher: SkimMatcherV2,
}

struct Entry<K> {
    key: K,
    weight: u32,
    names: Vec<Name>,
}

struct Name {
    shown: String,
    folded: String,
    letters: Letters,
}

/// A query folded and cut into words.
struct Query {
    words: Vec<String>,
    /// The words without repeats: a repeated one finds nothing new and costs as much again.
    distinct: Vec<String>,
    letters: Letters,
}

/// What one name answers to one query: rank, score and the bytes of the folded name that matched.
struct Answer {
    rank: Rank,
    score: i64,
    spans: Vec<Range<usize>>,
}

/// An answer's place in the order; the least is the best.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place<'a> {
    rank: Rank,
    score: Reverse<i64>,
    weight: Reverse<u32>,
    main_name: &'a str,
    entry: usize,
    name: usize,
}

impl<K: Copy> Finder<K> {
    /// A finder over the candidates that have a name.
    pub fn new(candidates: impl IntoIterator<Item = Candidate<K>>) -> Self {
        let entries = candidates
            .into_iter()
            .filter(|candidate| !candidate.names.is_empty())
            .map(|candidate| Entry {
                key: candidate.key,
                weight: candidate.weight,
                names: candidate.names.into_iter().map(Name::new).collect(),
            })
            .collect();
        // Both sides are folded, so case need not be looked at; the matcher's buffers are kept from name to name.
        Finder { entries, matcher: SkimMatcherV2::default().respect_case().use_cache(true) }
    }

    /// The best `limit` candidates, best first: by rank, score, weight, main name and the order they came in.
    ///
    /// Every word of the query must be found in one and the same name. An empty query finds everything, the heaviest
    /// first.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Match<K>> {
        let query = Query::new(query);
        let mut best: BinaryHeap<Place> = BinaryHeap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let Some(place) = self.place(&query, entry, index) else { continue };
            best.push(place);
            if best.len() > limit {
                best.pop();
            }
        }
        best.into_sorted_vec().into_iter().map(|place| self.found(&query, &place)).collect()
    }

    /// "Did you mean": the name nearest to a query that finds nothing, as a whole or by one of its words, within one
    /// edit for three or four letters and two edits for more.
    pub fn suggest(&self, query: &str) -> Option<&str> {
        if !self.find(query, 1).is_empty() {
            return None;
        }
        let query = Query::new(query);
        let typed = query.words.join(" ");
        let names =
            self.entries.iter().flat_map(|entry| entry.names.iter().map(move |name| (entry.weight, name)));
        let near = names.filter_map(|(weight, name)| {
            let whole = std::iter::once(name.folded.as_str());
            let words = words(&name.folded).map(|word| &name.folded[word]);
            let distance = whole.chain(words).filter_map(|near| edits(&typed, query.letters, near)).min()?;
            Some((distance, Reverse(weight), name))
        });
        near.min_by_key(|(distance, weight, _)| (*distance, *weight)).map(|(_, _, name)| name.shown.as_str())
    }

    fn place<'a>(&self, query: &Query, entry: &'a Entry<K>, index: usize) -> Option<Place<'a>> {
        let main_name = entry.names.first()?.folded.as_str();
        let answers = entry.names.iter().enumerate().filter_map(|(name, candidate)| {
            let answer = self.answer(query, candidate)?;
            Some((answer.rank, Reverse(answer.score), name))
        });
        let (rank, score, name) =
            if query.words.is_empty() { Some((Rank::Fuzzy, Reverse(0), 0)) } else { answers.min() }?;
        Some(Place { rank, score, weight: Reverse(entry.weight), main_name, entry: index, name })
    }

    fn found(&self, query: &Query, place: &Place) -> Match<K> {
        let entry = &self.entries[place.entry];
        let name = &entry.names[place.name];
        let spans = self.answer(query, name).map(|answer| answer.spans).unwrap_or_default();
        let highlights = folded(&name.shown).ranges(&name.shown, spans.into_iter().flatten());
        Match { key: entry.key, name: place.name, highlights, rank: place.rank, score: place.score.0 }
    }

    fn answer(&self, query: &Query, name: &Name) -> Option<Answer> {
        if !query.letters.all_in(name.letters) {
            return None;
        }
        let mut whole = Answer { rank: Rank::Exact, score: 0, spans: Vec::new() };
        for word in &query.distinct {
            let answer = self.answer_word(word, &name.folded)?;
            whole.rank = whole.rank.max(answer.rank);
            whole.score += answer.score;
            whole.spans.extend(answer.spans);
        }
        if whole.spans.is_sorted_by_key(|span| span.start) {
            whole.score += IN_ORDER;
        }
        if query.words.iter().eq(name.folded.split_whitespace()) {
            whole.rank = Rank::Exact;
        }
        Some(whole)
    }

    fn answer_word(&self, word: &str, name: &str) -> Option<Answer> {
        initials(word, name)
            .or_else(|| contiguous(word, name))
            .or_else(|| partial_initials(word, name))
            .or_else(|| self.scattered(word, name))
    }

    /// Letters scattered over the name. Refused unless they lie within three times the word's length: what is further
    /// apart is chance. Two letters may have one between them, a single one is no match at all.
    fn scattered(&self, word: &str, name: &str) -> Option<Answer> {
        let length = word.chars().count();
        if !(2..=SCATTERED_WORD).contains(&length) || name.len() > SCATTERED_NAME {
            return None;
        }
        let (score, positions) = self.matcher.fuzzy_indices(name, word)?;
        let span = positions.last()?.checked_sub(*positions.first()?)? + 1;
        let widest = if length == 2 { 3 } else { 3 * length };
        if span > widest {
            return None;
        }
        // The matcher counts characters.
        let mut positions = positions.into_iter().peekable();
        let spans = name.char_indices().enumerate().filter_map(|(nth, (at, character))| {
            positions.next_if_eq(&nth).map(|_| at..at + character.len_utf8())
        });
        Some(Answer { rank: Rank::Fuzzy, score, spans: spans.collect() })
    }
}

impl Name {
    fn new(shown: String) -> Self {
        let folded = folded(&shown).text;
        let letters = Letters::of(&folded);
        Name { shown, folded, letters }
    }
}

impl Query {
    fn new(typed: &str) -> Self {
        let capped: String = typed.chars().take(QUERY_LIMIT).collect();
        // Folding can lengthen: one Arabic ligature makes eighteen letters.
        let folded: String = folded(&capped).text.chars().take(QUERY_LIMIT).collect();
        let letters = Letters::of(&folded);
        let words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        let mut distinct: Vec<String> = Vec::new();
        for word in &words {
            if !distinct.contains(word) {
                distinct.push(word.clone());
            }
        }
        Query { words, distinct, letters }
    }
}

/// Which letters occur in a text, one bit each for a to z and the digits, shared bits for all else: a cheap test that
/// rules out most names before any is looked at closely.
#[derive(Debug, Clone, Copy)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Self {
        let bit = |c: char| match c {
            'a'..='z' => u32::from(c) - u32::from('a'),
            '0'..='9' => 26 + u32::from(c) - u32::from('0'),
            _ => 36 + u32::from(c) % 28,
        };
        Letters(text.chars().filter(|c| !c.is_whitespace()).fold(0, |letters, c| letters | 1 << bit(c)))
    }

    fn all_in(self, name: Letters) -> bool {
        self.0 & !name.0 == 0
    }

    fn differing(self, other: Letters) -> usize {
        (self.0 ^ other.0).count_ones() as usize
    }
}

/// Folded without apostrophes, so that `peoples` finds `People's`.
fn folded(text: &str) -> Folded {
    let Folded { text, origin } = text::fold(text);
    let keep = |byte: &u8| *byte != b'\'';
    Folded {
        origin: origin
            .into_iter()
            .zip(text.bytes())
            .filter(|(_, byte)| keep(byte))
            .map(|(at, _)| at)
            .collect(),
        text: text.replace('\'', ""),
    }
}

/// Words of a folded name: runs of letters and digits.
fn words(name: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + name[at..].find(char::is_alphanumeric)?;
        at = name[start..].find(|c: char| !c.is_alphanumeric()).map_or(name.len(), |length| start + length);
        Some(start..at)
    })
}

/// Whether a word starts or ends at byte `at`.
fn is_boundary(name: &str, at: usize) -> bool {
    let before = name[..at].chars().next_back();
    let after = name[at..].chars().next();
    !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
}

/// Where the initials of a name's words stand, small words among them or not.
fn heads(name: &str, small: bool) -> impl Iterator<Item = (usize, char)> {
    words(name)
        .filter(move |word| small || !SMALL_WORDS.contains(&&name[word.clone()]))
        .filter_map(|word| name[word.start..].chars().next().map(|initial| (word.start, initial)))
}

/// The initials of the whole name: at least two, small words all counted or all left out.
fn initials(word: &str, name: &str) -> Option<Answer> {
    word.chars().nth(1)?;
    let small = [true, false]
        .into_iter()
        .find(|small| heads(name, *small).map(|(_, initial)| initial).eq(word.chars()))?;
    let spans = heads(name, small).map(|(at, initial)| at..at + initial.len_utf8()).collect();
    Some(Answer { rank: Rank::Initials, score: AT_NAME * points(word), spans })
}

/// The initials of some neighbouring words of the name.
fn partial_initials(word: &str, name: &str) -> Option<Answer> {
    let length = word.chars().count();
    if length < 2 {
        return None;
    }
    let spans = [true, false].into_iter().find_map(|small| {
        let letters: String = heads(name, small).map(|(_, initial)| initial).collect();
        let first = letters[..letters.find(word)?].chars().count();
        let run = heads(name, small).skip(first).take(length);
        Some(run.map(|(at, initial)| at..at + initial.len_utf8()).collect())
    })?;
    Some(Answer { rank: Rank::Fuzzy, score: AT_WORD * points(word), spans })
}

/// The word as it stands in the name: the first whole word, else the first beginning of a word, else inside one. A
/// single letter inside a word is refused, unless it is a wide one: one ideograph can be a word.
fn contiguous(word: &str, name: &str) -> Option<Answer> {
    let (rank, at) = name
        .match_indices(word)
        .map(|(at, _)| match (is_boundary(name, at), is_boundary(name, at + word.len())) {
            (true, true) => (Rank::WholeWord, at),
            (true, false) => (Rank::Prefix, at),
            (false, _) => (Rank::Fuzzy, at),
        })
        .min()?;
    if rank == Rank::Fuzzy && text::width(word) < 2 {
        return None;
    }
    let each = match (rank, at) {
        (Rank::Fuzzy, _) => INSIDE,
        (_, 0) => AT_NAME,
        _ => AT_WORD,
    };
    let whole = if rank == Rank::WholeWord { WHOLE } else { 0 };
    let spans = std::iter::once(at..at + word.len()).collect();
    Some(Answer { rank, score: each * points(word) + whole, spans })
}

fn points(word: &str) -> i64 {
    // At most QUERY_LIMIT.
    i64::try_from(word.chars().count()).unwrap_or(i64::MAX)
}

/// Edits between what was typed and a name or word near to it: one is forgiven in three or four letters, two in more.
fn edits(typed: &str, letters: Letters, near: &str) -> Option<usize> {
    let allowed = match typed.chars().count().min(near.chars().count()) {
        0..=2 => return None,
        3..=4 => 1,
        _ => 2,
    };
    // An edit changes at most four bytes and two letters.
    if near.len().abs_diff(typed.len()) > 4 * allowed || letters.differing(Letters::of(near)) > 2 * allowed {
        return None;
    }
    Some(strsim::damerau_levenshtein(near, typed)).filter(|distance| *distance <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A finder over names in the form `main|alias|…`, with a weight each; the key is the index.
    fn weighted(names: &[(&str, u32)]) -> Finder<usize> {
        Finder::new(names.iter().enumerate().map(|(key, (names, weight))| Candidate {
            key,
            names: names.split('|').map(str::to_owned).collect(),
            weight: *weight,
        }))
    }

    fn finder(names: &[&str]) -> Finder<usize> {
        weighted(&names.iter().map(|names| (*names, 1)).collect::<Vec<_>>())
    }

    fn order(names: &[&str], query: &str) -> Vec<usize> {
        finder(names).find(query, 10).into_iter().map(|found| found.key).collect()
    }

    fn rank(name: &str, query: &str) -> Option<Rank> {
        finder(&[name]).find(query, 1).first().map(|found| found.rank)
    }

    /// What the best match highlights, in brackets.
    fn marked(name: &str, query: &str) -> String {
        let matches = finder(&[name]).find(query, 1);
        let best = matches.first().expect("a match");
        let shown = name.split('|').nth(best.name).expect("a name");
        let mut marked = shown.to_owned();
        for range in best.highlights.iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        marked
    }

    #[test]
    fn ranks_by_how_a_name_answers() {
        use Rank::{Exact, Fuzzy, Initials, Prefix, WholeWord};
        for (name, query, expected) in [
            ("BYD", "byd", Some(Exact)),
            ("Ministry of Commerce|MOFCOM", "mofcom", Some(Exact)),
            ("Financial Times", " financial  TIMES ", Some(Exact)),
            ("Газпром", "газпром", Some(Exact)),
            ("ＢＹＤ", "byd", Some(Exact)),
            ("People’s Liberation Army", "pla", Some(Initials)),
            ("Financial Times", "ft", Some(Initials)),
            ("Department of Defense", "dod", Some(Initials)),
            ("Department of Defense", "dd", Some(Initials)),
            ("The New York Times", "nyt", Some(Initials)),
            ("Rolls-Royce", "rr", Some(Initials)),
            ("Xi Jinping", "xi", Some(WholeWord)),
            ("Xi Jinping", "jinping xi", Some(WholeWord)),
            ("S&P Global Ratings", "s&p", Some(WholeWord)),
            ("Xiaomi", "xi", Some(Prefix)),
            ("People's Liberation Army", "peoples lib", Some(Prefix)),
            ("Zoë Öztürk", "ozt", Some(Prefix)),
            ("Boyd", "byd", Some(Fuzzy)),
            ("People's Liberation Army Navy", "pla", Some(Fuzzy)),
            ("比亚迪", "迪", Some(Fuzzy)),
            ("Volkswagen", "wagen", Some(Fuzzy)),
            ("Boyd", "y", None),
            ("Boyd", "byx", None),
            ("Financial Times", "financial post", None),
            // Words of one query belong to one name.
            ("Acme|Beta", "acme beta", None),
            // Scattered past three times the length of the query.
            ("Bank of the northern country of Dal", "bnyd", None),
            ("A long headline about bears, yaks and dogs", "byd", Some(Fuzzy)),
            ("Belgian railway strike ends", "byd", None),
            ("Bureau of the Yearly Standard", "brs", None),
        ] {
            assert_eq!(rank(name, query), expected, "{query:?} in {name:?}");
        }
    }

    #[test]
    fn orders_best_first() {
        for (query, names) in [
            ("byd", &["BYD", "BYD Auto", "Boyd"][..]),
            ("xi", &["Xi", "Xylo Industries", "Xi Jinping", "Chen Xi", "Xiaomi"]),
            ("ft", &["FT|Financial Times", "Food Trust", "FT Alphaville", "Ftera", "Left"]),
            ("mofcom", &["Ministry of Commerce|MOFCOM", "MOFCOM press office", "Mofcomex"]),
            (
                "pla",
                &[
                    "PLA",
                    "People's Liberation Army",
                    "The PLA Daily",
                    "Plaza",
                    "People's Liberation Army Navy",
                ],
            ),
            ("com", &["Com", "Dot Com", "Commerce", "Bureau of Commerce", "Telecom"]),
            ("war dep", &["War Department", "Department of War", "Wartime Depot", "Antiwar depot"]),
        ] {
            let expected: Vec<usize> = (0..names.len()).collect();
            assert_eq!(order(names, query), expected, "{query:?} as listed");
            let backwards: Vec<&str> = names.iter().rev().copied().collect();
            let found = order(&backwards, query);
            assert_eq!(
                found,
                expected.iter().rev().copied().collect::<Vec<_>>(),
                "{query:?} listed backwards"
            );
        }
    }

    #[test]
    fn ties_go_to_weight_then_name_then_listing() {
        let names = [("Beta Bank", 1), ("Alpha Bank", 1), ("Gamma Bank", 7), ("Alpha Bank", 1)];
        let keys = |query| weighted(&names).find(query, 10).iter().map(|found| found.key).collect::<Vec<_>>();
        assert_eq!(keys("bank"), [2, 1, 3, 0]);
        assert_eq!(keys(""), [2, 1, 3, 0]);
        assert_eq!(keys("  "), [2, 1, 3, 0]);
    }

    #[test]
    fn the_limit_keeps_the_best() {
        let names = ["Xiaomi", "Chen Xi", "Xi Jinping", "Xi"];
        let best = |limit| finder(&names).find("xi", limit).iter().map(|found| found.key).collect::<Vec<_>>();
        assert_eq!(best(2), [3, 2]);
        assert_eq!(best(0), [] as [usize; 0]);
    }

    #[test]
    fn highlights_are_the_letters_that_matched() {
        for (name, query, expected) in [
            ("People’s Liberation Army", "pla", "[P]eople’s [L]iberation [A]rmy"),
            ("Department of Defense", "dod", "[D]epartment [o]f [D]efense"),
            ("Department of Defense", "dd", "[D]epartment of [D]efense"),
            ("Chen Xi", "xi", "Chen [Xi]"),
            ("Škoda Auto", "aut sk", "[Šk]oda [Aut]o"),
            ("O\u{308}ztürk", "ozturk", "[O\u{308}ztürk]"),
            ("Boyd", "byd", "[B]o[yd]"),
            ("Ministry of Commerce|MOFCOM", "mofc", "[MOFC]OM"),
            ("People’s Army", "peoples", "[People]’[s] Army"),
            ("People's Liberation Army Navy", "lan", "People's [L]iberation [A]rmy [N]avy"),
            ("BYD", "", "BYD"),
        ] {
            assert_eq!(marked(name, query), expected, "{query:?}");
        }
    }

    #[test]
    fn a_miss_suggests_the_nearest_name() {
        let finder = weighted(&[("Volkswagen AG", 1), ("Xiaomi", 2), ("BYD", 3), ("Alpha", 1), ("Alpho", 9)]);
        assert_eq!(finder.suggest("volkswagon"), Some("Volkswagen AG"));
        assert_eq!(finder.suggest("xioami"), Some("Xiaomi"));
        assert_eq!(finder.suggest("bxd"), Some("BYD"));
        assert_eq!(finder.suggest("alphx"), Some("Alpho"));
        // Found, so nothing to suggest.
        assert_eq!(finder.suggest("byd"), None);
        assert_eq!(finder.suggest("zz"), None);
        assert_eq!(finder.suggest("petroleum"), None);
    }

    #[test]
    fn a_query_is_capped() {
        let name = "a".repeat(QUERY_LIMIT);
        let query = format!("{name}{}", "b".repeat(10_000));
        assert_eq!(finder(&[&name]).find(&query, 1).len(), 1);
        let lengthened = Query::new(&"\u{FDFA}".repeat(QUERY_LIMIT)).words.concat();
        assert!(lengthened.chars().count() <= QUERY_LIMIT);
    }

    #[test]
    fn a_candidate_without_a_name_is_left_out() {
        let finder = Finder::new([Candidate { key: (), names: Vec::new(), weight: 1 }]);
        assert_eq!(finder.find("", 10), []);
    }

    proptest! {
        #[test]
        fn never_panics(names in prop::collection::vec("\\PC{0,20}|[a-e ]{0,12}", 0..6), query in "\\PC{0,8}|[a-e ]{0,6}", limit in 0_usize..4) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let finder = finder(&names);
            let found = finder.find(&query, limit);
            prop_assert!(found.len() <= limit);
            // A short list is the beginning of a long one.
            prop_assert_eq!(&found[..], &finder.find(&query, usize::MAX)[..found.len()]);
            for found in &found {
                let name = names[found.key].split('|').nth(found.name).expect("the matched name");
                for range in &found.highlights {
                    prop_assert!(name.get(range.clone()).is_some_and(|part| !part.is_empty()));
                }
            }
            finder.suggest(&query);
        }

        #[test]
        fn every_name_finds_itself(name in "\\PC{1,20}") {
            let finder = finder(&[&name.replace('|', "")]);
            prop_assert_eq!(finder.find(&name.replace('|', ""), 1).len(), 1);
        }
    }
}
