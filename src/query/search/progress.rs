//! A search under way: steps of bounded work over the names, and the best of what they found.
//!
//! Imports what `search` imports.

use super::answer::{self, Quick};
use super::letters::Pairs;
use super::order::{Hit, best_of};
use super::suggest::Suggesting;
use super::{Finder, Match, Query, Rank};

/// How many names with scattered letters the fuzzy matcher is asked about, those with the letters closest together
/// first. Only a query of a few letters over many names leaves more, and then what is left out is the loosest of it.
const SCATTERED: usize = 100;

/// Where so many candidates answer better than by scattered letters, those are not looked at: nobody scrolls to them.
const ENOUGH: usize = 500;

/// What a name costs for each word of the query, beside one that its letters rule out.
const LOOKED_AT: usize = 48;

/// A search under way.
#[derive(Debug, Clone)]
pub struct Search {
    typed: String,
    pub(super) query: Query,
    /// The names to look at; all where the query does not go on from another.
    among: Option<Vec<u32>>,
    /// How many of them are done.
    at: usize,
    is_done: bool,
    /// The names that have all the letters: what a longer query is looked for among. `None` where they were not
    /// gathered.
    left: Option<Vec<u32>>,
    /// One a candidate at most, in the order of the candidates.
    hits: Vec<Hit>,
    /// Names that may hold the letters scattered: over how many bytes, the candidate's place, which.
    perhaps: Vec<(usize, u32, u32)>,
    /// A name near to what is looked for, should nothing be found.
    pub(super) suggesting: Suggesting,
}

impl Search {
    /// A search that has not begun.
    pub fn new(typed: &str) -> Self {
        let query = Query::new(typed);
        Self {
            typed: typed.to_owned(),
            left: Some(Vec::new()),
            query,
            among: None,
            at: 0,
            is_done: false,
            hits: Vec::new(),
            perhaps: Vec::new(),
            suggesting: Suggesting::default(),
        }
    }

    /// A search for another query over the same names. Where that goes on from this one, it looks only at what this one
    /// left.
    #[must_use]
    pub fn turned_to(self, typed: &str) -> Self {
        let mut search = Self::new(typed);
        if self.is_done && search.query.goes_on_from(&self.query) {
            search.among = self.left;
        }
        search
    }

    /// What is looked for.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether all names were looked at.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Scattered letters are looked at last: where enough else is found, not at all.
    fn settle_scattered<K: Copy>(&mut self, finder: &Finder<K>) {
        let mut perhaps = std::mem::take(&mut self.perhaps);
        if self.hits.iter().filter(|hit| hit.rank() < Rank::Fuzzy).nth(ENOUGH).is_some() {
            return;
        }
        if perhaps.len() > SCATTERED {
            perhaps.select_nth_unstable(SCATTERED - 1);
            perhaps.truncate(SCATTERED);
        }
        let mut others = Vec::new();
        for (_, order, place) in perhaps {
            let name = finder.names.name(place);
            let Some(answer) = answer::of_name(&finder.matcher, &self.query, &name) else { continue };
            others.push((name.entry, Hit::new(answer.rank, answer.score, order, place)));
        }
        // The same candidate may have been found by another of its names.
        others.sort_unstable();
        others.dedup_by_key(|(entry, _)| *entry);
        let entry_of = |hit: &Hit| finder.names.name(hit.name).entry;
        let known = self.hits.len();
        for (entry, hit) in others {
            match self.hits[..known].binary_search_by_key(&entry, entry_of) {
                Ok(at) => self.hits[at] = self.hits[at].min(hit),
                Err(_) => self.hits.push(hit),
            }
        }
    }
}

impl Query {
    /// Whether all that this query can find is among what has the letters of another.
    fn goes_on_from(&self, before: &Query) -> bool {
        let Some((last, others)) = before.words.split_last() else { return false };
        self.words.starts_with(others)
            && self.words.get(others.len()).is_some_and(|word| word.starts_with(last.as_str()))
    }
}

impl<K: Copy> Finder<K> {
    /// Goes on with a search, until the work is used up or all names were looked at; true where they were. A name that its
    /// letters rule out takes one of the work, another some more. The search must have
    /// begun with this finder.
    pub fn go_on(&self, search: &mut Search, work: &mut usize) -> bool {
        let Some(prepared) = self.prepared.as_ref().filter(|_| !search.is_done) else {
            return search.is_done || self.prepared.is_none();
        };
        if search.query.words.is_empty() || self.ready(&search.query).is_some() {
            search.left = None;
            search.is_done = true;
            return true;
        }
        let pair = match &search.query.distinct[..] {
            [only] => Pairs::of_two(&only.text),
            _ => None,
        };
        if pair.is_some() {
            search.left = None;
        }
        let count = search.among.as_ref().map_or(self.names.count() as usize, Vec::len);
        while search.at < count && *work > 0 {
            let place = match &search.among {
                Some(among) => among[search.at],
                None => u32::try_from(search.at).unwrap_or(u32::MAX),
            };
            search.at += 1;
            *work = work.saturating_sub(1);
            let may = search.query.letters.all_in(self.names.letters(place))
                && pair.is_none_or(|pair| pair.all_in(self.names.pairs(place)));
            if may {
                *work = work.saturating_sub(LOOKED_AT * search.query.distinct.len());
                self.look_at(search, place, &prepared.order);
            }
        }
        if search.at < count {
            return false;
        }
        search.settle_scattered(self);
        search.is_done = true;
        true
    }

    fn look_at(&self, search: &mut Search, place: u32, order: &[u32]) {
        let name = self.names.name(place);
        if let Some(left) = &mut search.left {
            left.push(place);
        }
        let order = order[name.entry as usize];
        match answer::quick(&search.query, &name) {
            Quick::No => {}
            Quick::Perhaps(bytes) => search.perhaps.push((bytes, order, place)),
            Quick::Answers(rank, score) => {
                let hit = Hit::new(rank, score, order, place);
                // Names of one candidate come after each other.
                match search.hits.last_mut() {
                    Some(last) if last.order() == order => *last = (*last).min(hit),
                    _ => search.hits.push(hit),
                }
            }
        }
    }

    /// How many candidates a search has found so far, up to `limit`.
    pub fn count(&self, search: &Search, limit: usize) -> usize {
        let found = if search.query.words.is_empty() {
            self.len()
        } else {
            self.ready(&search.query).map_or(search.hits.len(), <[Hit]>::len)
        };
        found.min(limit)
    }

    /// What is ready for a query, which must be a single letter. A wide one may be found inside words too.
    fn ready(&self, query: &Query) -> Option<&[Hit]> {
        let [word] = &query.distinct[..] else { return None };
        let letter = word.text.chars().next().filter(|letter| letter.is_alphanumeric())?;
        let is_ready = query.words.len() == 1 && word.characters == 1 && !word.is_wide;
        self.prepared.as_ref().filter(|_| is_ready).map(|prepared| prepared.answers(letter))
    }

    /// The best `limit` of what a search has found so far, best first; of a single letter no more than a thousand.
    pub fn best(&self, search: &Search, limit: usize) -> Vec<Match<K>> {
        let Some(prepared) = &self.prepared else { return Vec::new() };
        if search.query.words.is_empty() {
            let heaviest = prepared.entries.iter().take(limit);
            let entries = heaviest.map(|entry| &self.entries[*entry as usize]);
            let place = |key| Match { key, name: 0, rank: Rank::Fuzzy, score: 0 };
            return entries.map(|entry| place(entry.key)).collect();
        }
        let best = match self.ready(&search.query) {
            Some(ready) => ready.iter().take(limit).copied().collect(),
            None => best_of(search.hits.iter().copied(), limit),
        };
        let found = best.into_iter().map(|hit| {
            let entry = &self.entries[self.names.name(hit.name).entry as usize];
            let name = (hit.name - entry.names.start) as usize;
            Match { key: entry.key, name, rank: hit.rank(), score: hit.score() }
        });
        found.collect()
    }
}
