//! Words that a story has from a text in a row.
//!
//! Method: every run of eight words of the text is found again by a hash of it. Of a run that stands at many places only
//! the first few are looked at, and what was found once is stepped over, so that the work grows with the texts alone.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::Text;
use super::passage::plain;

/// So many words in a row are the source's own.
pub(super) const LEAST: usize = 8;
/// Places of one run that are looked at.
const PLACES: u32 = 8;

/// The runs of words of one text.
#[derive(Debug, Default)]
pub(super) struct Runs {
    /// A hash of each word, and the line it stands on, counted from 1.
    words: Vec<(u64, u32)>,
    /// By the hash of a run, where it begins first, and how many such places are known.
    first: HashMap<u64, (u32, u32)>,
    /// By place, the next at which the same run begins.
    next: HashMap<u32, u32>,
}

/// Words that stand in two texts in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SharedRun {
    /// How many.
    pub count: usize,
    /// Their bytes in the text that was asked about.
    pub words: Range<usize>,
    /// The line of the other text in which they begin, counted from 1.
    pub line: usize,
}

impl Runs {
    pub(super) fn of(text: &Text) -> Self {
        let mut words = Vec::new();
        for (line, place) in text.lines().zip(1_u32..) {
            words.extend(words_of(line).map(|(_, word)| (word, place)));
        }
        let mut runs = Self { words, ..Self::default() };
        let hashes: Vec<u64> =
            runs.words.windows(LEAST).map(|run| run_hash(run.iter().map(|(word, _)| *word))).collect();
        // From the end, so that the first places are those that are kept in front.
        for (place, hash) in (0_u32..).zip(hashes).collect::<Vec<_>>().into_iter().rev() {
            let (first, known) = runs.first.entry(hash).or_insert((place, 0));
            if *known > 0 {
                runs.next.insert(place, *first);
            }
            (*first, *known) = (place, (*known + 1).min(PLACES));
        }
        runs
    }

    /// The longest run of words that the text shares with `words`, letter case and punctuation aside, where it is at least
    /// [`LEAST`] words long.
    pub(super) fn longest_shared(&self, words: &str) -> Option<SharedRun> {
        let theirs: Vec<(Range<usize>, u64)> = words_of(words).collect();
        let mut best: Option<SharedRun> = None;
        let mut at = 0;
        while let Some(run) = theirs.get(at..at + LEAST) {
            let found = self.places(run_hash(run.iter().map(|(_, word)| *word)));
            let longest =
                found.map(|place| (self.shared(place, &theirs[at..]), place)).max_by_key(|(count, _)| *count);
            let Some((count, place)) = longest.filter(|(count, _)| *count >= LEAST) else {
                at += 1;
                continue;
            };
            if best.as_ref().is_none_or(|best| count > best.count) {
                let words = theirs[at].0.start..theirs[at + count - 1].0.end;
                best = Some(SharedRun { count, words, line: self.words[place].1 as usize });
            }
            // Another one may begin with its last words.
            at += count - LEAST + 1;
        }
        best
    }

    fn places(&self, hash: u64) -> impl Iterator<Item = usize> {
        let (mut at, known) =
            self.first.get(&hash).map_or((None, 0), |(first, known)| (Some(*first), *known));
        std::iter::from_fn(move || {
            let place = at?;
            at = self.next.get(&place).copied();
            Some(place as usize)
        })
        .take(known as usize)
    }

    fn shared(&self, place: usize, theirs: &[(Range<usize>, u64)]) -> usize {
        self.words[place..].iter().zip(theirs).take_while(|((one, _), (_, other))| one == other).count()
    }
}

/// The words with their bytes, each as a hash: lower case, plain apostrophes, without punctuation.
fn words_of(text: &str) -> impl Iterator<Item = (Range<usize>, u64)> {
    text.unicode_word_indices().map(|(at, word)| {
        let mut hasher = DefaultHasher::new();
        for character in word.chars() {
            if character.is_ascii() {
                character.to_ascii_lowercase().hash(&mut hasher);
            } else {
                plain(character).to_lowercase().for_each(|character| character.hash(&mut hasher));
            }
        }
        (at..at + word.len(), hasher.finish())
    })
}

fn run_hash(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, |run, word| run.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_of_shared_words_is_found() {
        let text = Text::new("One two.\nThe quick brown fox jumps over the lazy dog, twice.");
        let words = "They saw: the quick, brown fox jumps over The lazy cat";
        let run = Runs::of(&text).longest_shared(words).expect("a run");
        assert_eq!((run.count, run.line), (8, 2));
        assert_eq!(&words[run.words], "the quick, brown fox jumps over The lazy");
        assert_eq!(Runs::of(&text).longest_shared("the quick brown fox"), None);
        let text = Text::new("a b c d e f g h i.\nb c d e f g h i j k l.");
        let run = Runs::of(&text).longest_shared("a b c d e f g h i j k").expect("a run");
        assert_eq!((run.count, run.line), (9, 1), "one that begins within another is not looked for");
    }

    #[test]
    fn a_text_that_says_one_thing_over_and_over_costs_no_more_than_another() {
        let text = Text::new(&"a b ".repeat(20_000));
        let runs = Runs::of(&text);
        let words = "b a ".repeat(5_000);
        assert!(runs.longest_shared(&words).is_some_and(|run| run.count >= 9_990));
    }
}
