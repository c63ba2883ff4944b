//! "Did you mean": the name nearest to a query that finds nothing.
//!
//! Imports what `search` imports.

use super::letters::Letters;
use super::{Finder, Search, answer};

/// What a name costs that may be near, beside one that its letters rule out.
const LOOKED_AT: usize = 200;

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
        let typed = query.words.join(" ");
        // An edit brings in one letter at most.
        let foreign = match typed.chars().count() {
            0..=2 => return true,
            3..=4 => 1,
            _ => 2,
        };
        let Suggesting { at, best } = &mut search.suggesting;
        while *at < self.names.count() && *work > 0 {
            let place = *at;
            *at += 1;
            *work = work.saturating_sub(1);
            if query.letters.missing_in(self.names.letters(place)) > foreign {
                continue;
            }
            *work = work.saturating_sub(LOOKED_AT);
            let name = self.names.name(place);
            let whole = std::iter::once(name.text);
            let words = answer::words(name.text).map(|word| &name.text[word]);
            if let Some(distance) = whole.chain(words).filter_map(|near| edits(&typed, query.letters, near)).min()
            {
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
