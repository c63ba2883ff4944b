//! The finder over names: a few typed letters to actors, events, statements or sources, best first.
//!
//! It knows names and weights only and is generic over what they name. Must import nothing but `crate::text`.
//!
//! What makes it quick: names are folded once ([`Finder::add`]); a mask of their letters, and for two typed letters one
//! of the pairs that stand together, rules most of them out unread; a query that goes on from the one before looks only
//! at what that one left; the answers to single letters are prepared; places in the order are plain numbers, of which
//! the best are picked without sorting the rest; and where the matched letters stand is worked out for what shows
//! ([`Finder::highlights`]). A search is made in steps of bounded work ([`Finder::go_on`]), so that whoever draws the
//! screen can look for a newer query in between.

use std::ops::Range;

use fuzzy_matcher::skim::SkimMatcherV2;

mod answer;
mod letters;
mod names;
mod order;
mod progress;
mod suggest;

use letters::Letters;
use names::Names;
use order::{Prepared, Preparing};
pub use progress::Search;

use crate::text::{self, Folded};

/// Characters of a query that are looked at; the matcher's cost grows with their number.
pub const QUERY_LIMIT: usize = 256;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<K> {
    /// What was found.
    pub key: K,
    /// Index of the matched name among the candidate's names.
    pub name: usize,
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
    names: Names,
    /// What depends on all names; made when the last is in.
    prepared: Option<Prepared>,
    /// The making of it, while that is under way.
    preparing: Option<Box<Preparing>>,
    matcher: SkimMatcherV2,
}

struct Entry<K> {
    key: K,
    weight: u32,
    /// Its names among all.
    names: Range<u32>,
}

/// A query folded and cut into words.
#[derive(Debug, Clone)]
struct Query {
    words: Vec<String>,
    /// The words without repeats: a repeated one finds nothing new and costs as much again.
    distinct: Vec<Word>,
    letters: Letters,
}

/// A word of a query.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    characters: usize,
    /// Whether one letter of it may stand inside a word: an ideograph can be a word.
    is_wide: bool,
    within: memchr::memmem::Finder<'static>,
}

impl<K: Copy> Default for Finder<K> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            names: Names::default(),
            prepared: None,
            preparing: None,
            // Both sides are folded, so case need not be looked at; the matcher's buffers are kept from name to name.
            matcher: SkimMatcherV2::default().respect_case().use_cache(true),
        }
    }
}

impl<K: Copy> Finder<K> {
    /// A finder over the candidates that have a name.
    pub fn new(candidates: impl IntoIterator<Item = Candidate<K>>) -> Self {
        let mut finder = Self::default();
        for Candidate { key, names, weight } in candidates {
            finder.add(key, names.iter().map(String::as_str), weight);
        }
        finder.prepare();
        finder
    }

    /// Takes a candidate in: the main name first, then aliases. One without a name cannot be found. Gives how many bytes
    /// of names were read, which is what it costs.
    pub fn add<'n>(&mut self, key: K, names: impl IntoIterator<Item = &'n str>, weight: u32) -> usize {
        let Ok(entry) = u32::try_from(self.entries.len()) else { return 0 };
        let (first, before) = (self.names.count(), self.names.bytes());
        names.into_iter().for_each(|name| self.names.push(&folded_text(name), entry));
        if self.names.count() > first {
            self.entries.push(Entry { key, weight, names: first..self.names.count() });
            self.prepared = None;
            self.preparing = None;
        }
        self.names.bytes() - before
    }

    /// Makes what depends on all names: their order, and the answers to single letters. To be called after the last was
    /// added; until then nothing is found.
    pub fn prepare(&mut self) {
        self.prepare_on(&mut { usize::MAX });
    }

    /// As [`Self::prepare`], until the work is used up; true where all is made. The work is that of [`Self::go_on`].
    pub fn prepare_on(&mut self, work: &mut usize) -> bool {
        if self.prepared.is_some() {
            return true;
        }
        let preparing = self.preparing.get_or_insert_with(Box::default);
        if preparing.go_on(&self.entries, &self.names, work) {
            self.prepared = self.preparing.take().map(|preparing| preparing.done());
        }
        self.prepared.is_some()
    }

    /// How many candidates it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The best `limit` candidates, best first: by rank, score, weight, main name and the order they came in.
    ///
    /// Every word of the query must be found in one and the same name. An empty query finds everything, the heaviest
    /// first.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Match<K>> {
        let mut search = Search::new(query);
        self.go_on(&mut search, &mut { usize::MAX });
        self.best(&search, limit)
    }

    /// The letters of a name, as it is shown, that answer a query: byte ranges of whole grapheme clusters, in order,
    /// merged.
    pub fn highlights(&self, query: &str, shown: &str) -> Vec<Range<usize>> {
        let query = Query::new(query);
        let name = folded(shown);
        let mut alone = Names::default();
        alone.push(&name.text, 0);
        let answer = answer::of_name(&self.matcher, &query, &alone.name(0));
        let spans = answer.map(|answer| answer.spans).unwrap_or_default();
        name.ranges(shown, spans.into_iter().flatten())
    }
}

impl Query {
    fn new(typed: &str) -> Self {
        let capped: String = typed.chars().take(QUERY_LIMIT).collect();
        // Folding can lengthen: one Arabic ligature makes eighteen letters.
        let folded: String = folded_text(&capped).chars().take(QUERY_LIMIT).collect();
        let letters = Letters::of(&folded);
        let words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        let mut distinct: Vec<Word> = Vec::new();
        for word in &words {
            if !distinct.iter().any(|known| known.text == *word) {
                distinct.push(Word {
                    text: word.clone(),
                    characters: word.chars().count(),
                    is_wide: text::width(word) >= 2,
                    within: memchr::memmem::Finder::new(word).into_owned(),
                });
            }
        }
        Query { words, distinct, letters }
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

/// The text of [`folded`].
fn folded_text(text: &str) -> String {
    let mut folded = text::fold_str(text);
    folded.retain(|character| character != '\'');
    folded
}

#[cfg(test)]
mod tests;
