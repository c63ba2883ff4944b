//! "Did you mean": the name nearest to a query that finds nothing.
//!
//! Imports what `search` imports.

use super::{Finder, Search, answer};

/// What a name costs that may be near, beside one that its letters rule out; and what counting edits does.
const LOOKED_AT: usize = 160;
const COUNTED: usize = 1000;

/// The nearest name so far, and how many names were looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Suggesting {
    at: u32,
    /// How many edits away, the candidate's place in the order, which name; the least is the best.
    best: Option<(usize, u32, u32)>,
}

impl<K: Copy> Finder<K> {
    /// "Did you mean": the candidate and which of its names is nearest to a query that finds nothing, as a whole or by
    /// one of its words, within one edit for three or four letters and two edits for more.
    pub fn suggest(&self, query: &str) -> Option<(K, usize)> {
        let mut search = Search::new(query);
        self.suggest_on(&mut search, &mut { usize::MAX });
        self.suggestion(&search)
    }

    /// Goes on looking for a name near to what a search is for, until the work is used up or all names were looked at;
    /// true where they were. The work is that of [`Self::go_on`].
    pub fn suggest_on(&self, search: &mut Search, work: &mut usize) -> bool {
        let Some(prepared) = &self.prepared else { return true };
        let query = &search.query;
        let Some(sought) = Sought::of(&query.words.join(" ")) else { return true };
        let Suggesting { at, best } = &mut search.suggesting;
        while *at < self.names.count() && *work > 0 {
            let place = *at;
            *at += 1;
            *work = work.saturating_sub(1);
            if query.letters.missing_in(self.names.letters(place)) > sought.foreign {
                continue;
            }
            *work = work.saturating_sub(LOOKED_AT);
            let name = self.names.name(place);
            let whole = std::iter::once(name.text);
            let words = answer::words(name.text).map(|word| &name.text[word]);
            if let Some(distance) = whole.chain(words).filter_map(|near| sought.edits(near, work)).min() {
                let found = (distance, prepared.order[name.entry as usize], place);
                *best = Some(best.map_or(found, |best| best.min(found)));
            }
        }
        *at >= self.names.count()
    }

    /// The nearest name found so far: whose it is, and which of its names.
    pub fn suggestion(&self, search: &Search) -> Option<(K, usize)> {
        let (_, _, place) = search.suggesting.best?;
        let entry = self.entries.get(self.names.name(place).entry as usize)?;
        Some((entry.key, (place - entry.names.start) as usize))
    }
}

/// What was typed, to be held against names.
struct Sought {
    typed: String,
    characters: usize,
    /// How many characters there are in each of some groups.
    counts: [i16; GROUPS],
    /// How many letters of it a name may lack: an edit brings in one at most.
    foreign: u32,
}

/// The most edits that are forgiven.
const MOST: usize = 2;

/// Characters are counted by their number modulo this.
const GROUPS: usize = 64;

impl Sought {
    /// `None` where too little was typed.
    fn of(typed: &str) -> Option<Self> {
        let characters = typed.chars().count();
        let foreign = u32::try_from(allowed(characters)?).unwrap_or(0);
        let mut counts = [0; GROUPS];
        typed.chars().for_each(|character| counts[character as usize % GROUPS] += 1);
        Some(Self { typed: typed.to_owned(), characters, counts, foreign })
    }

    /// Edits between what was typed and a name or word near to it: one is forgiven in three or four letters, two in more.
    fn edits(&self, near: &str, work: &mut usize) -> Option<usize> {
        // An edit changes at most four bytes.
        if near.len().abs_diff(self.typed.len()) > 4 * MOST {
            return None;
        }
        let mut counts = self.counts;
        let mut characters = 0;
        for character in near.chars() {
            counts[character as usize % GROUPS] -= 1;
            characters += 1;
        }
        let allowed = allowed(self.characters.min(characters))?;
        // Every edit takes one character away at most, and brings in one.
        let apart = |sign: i16| {
            counts.iter().map(|count| usize::from((count * sign).max(0).unsigned_abs())).sum::<usize>()
        };
        if apart(1) > allowed || apart(-1) > allowed {
            return None;
        }
        *work = work.saturating_sub(COUNTED);
        Some(strsim::damerau_levenshtein(near, &self.typed)).filter(|distance| *distance <= allowed)
    }
}

/// How many edits are forgiven in so many letters; `None` where that would be any word.
fn allowed(characters: usize) -> Option<usize> {
    match characters {
        0..=2 => None,
        3..=4 => Some(1),
        _ => Some(MOST),
    }
}
