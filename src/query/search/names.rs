//! Folded names laid end to end, each with the heads of its words.
//!
//! Imports what `search` imports.

use super::answer::heads;
use super::letters::{Letters, Pairs};

/// All names of a finder.
#[derive(Default)]
pub(super) struct Names {
    /// For each name its text, the heads of its words, and those without small words where they are others.
    text: String,
    places: Vec<Place>,
    letters: Vec<Letters>,
    pairs: Vec<Pairs>,
}

/// Where a name stands in the text.
struct Place {
    start: usize,
    name: u32,
    heads: u32,
    big_heads: u32,
    entry: u32,
}

/// A folded name.
#[derive(Clone, Copy)]
pub(super) struct Name<'n> {
    pub(super) text: &'n str,
    /// The first characters of its words.
    pub(super) heads: &'n str,
    /// Those of the words that initials do not leave out; empty where that is all of them.
    pub(super) big_heads: &'n str,
    /// The candidate whose name it is.
    pub(super) entry: u32,
}

impl Names {
    pub(super) fn push(&mut self, name: &str, entry: u32) {
        let start = self.text.len();
        self.text.push_str(name);
        self.text.extend(heads(name, true).map(|(_, head)| head));
        let big = self.text.len();
        self.text.extend(heads(name, false).map(|(_, head)| head));
        if self.text[big..] == self.text[start + name.len()..big] {
            self.text.truncate(big);
        }
        let length = |from: usize, to: usize| u32::try_from(to - from).ok();
        let heads_from = start + name.len();
        let (Some(name_length), Some(heads_length), Some(big_length)) =
            (length(start, heads_from), length(heads_from, big), length(big, self.text.len()))
        else {
            // Four thousand million bytes of one name: the file's cap is far below.
            self.text.truncate(start);
            return;
        };
        let place = Place { start, name: name_length, heads: heads_length, big_heads: big_length, entry };
        self.places.push(place);
        self.letters.push(Letters::of(name));
        let last = self.name(self.count() - 1);
        let pairs = Pairs::of(last.text, [last.heads, last.big_heads]);
        self.pairs.push(pairs);
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(super) fn letters(&self, place: u32) -> Letters {
        self.letters[place as usize]
    }

    pub(super) fn pairs(&self, place: u32) -> Pairs {
        self.pairs[place as usize]
    }

    pub(super) fn name(&self, place: u32) -> Name<'_> {
        let Place { start, name, heads, big_heads, entry } = self.places[place as usize];
        let text_end = start + name as usize;
        let heads_end = text_end + heads as usize;
        Name {
            text: &self.text[start..text_end],
            heads: &self.text[text_end..heads_end],
            big_heads: &self.text[heads_end..heads_end + big_heads as usize],
            entry,
        }
    }
}
