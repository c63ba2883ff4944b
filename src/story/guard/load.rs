//! How many values a text holds for its length. A reader of values spends a hundred times as many bytes on each value as
//! the shortest of them takes in the file.
//!
//! Imports nothing.

// What each takes at least in the densest story, in bytes; in those people write it is several times that.
/// A scalar.
pub(super) const SCALAR: usize = 5;
/// A list, without what is in it.
pub(super) const LIST: usize = 5;
/// A mapping, likewise: what becomes of it has room for every field of its kind.
pub(super) const MAPPING: usize = 15;
/// What a collection takes besides that has nothing in it: no story needs it.
pub(super) const EMPTY: usize = 20;
/// How far a text may be denser than that, in bytes that it is short of. Bytes that it is long of are not saved up.
const SHORT: usize = 250_000;

/// What the text weighs up to here beyond what stories do.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Load {
    short: usize,
}

impl Load {
    /// Adds what would take `weight` bytes in a dense story, and takes so many.
    pub(super) fn add(&mut self, weight: usize, bytes: usize) {
        self.short = (self.short + weight).saturating_sub(bytes);
    }

    /// Whether no story is like this.
    pub(super) fn is_too_much(self) -> bool {
        self.short > SHORT
    }
}

/// What a stretch of text adds to the load of what comes before it, so that stretches can be weighed side by side.
///
/// After it the load is the greater of two: what was before with all of the stretch added, and what it comes to from
/// nothing; and so is the highest load within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stretch {
    added: isize,
    most_added: isize,
    alone: usize,
    most_alone: usize,
}

impl Stretch {
    /// As [`Load::add`].
    pub(super) fn add(&mut self, weight: usize, bytes: usize) {
        self.added += weight.cast_signed() - bytes.cast_signed();
        self.most_added = self.most_added.max(self.added);
        self.alone = (self.alone + weight).saturating_sub(bytes);
        self.most_alone = self.most_alone.max(self.alone);
    }
}

impl Load {
    /// Adds a stretch; whether the load was too much anywhere in it.
    pub(super) fn is_too_much_in(&mut self, stretch: Stretch) -> bool {
        let with = |added: isize, alone: usize| self.short.saturating_add_signed(added).max(alone);
        let most = with(stretch.most_added, stretch.most_alone);
        self.short = with(stretch.added, stretch.alone);
        most > SHORT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dense_part_counts_however_long_the_rest_is() {
        let mut load = Load::default();
        load.add(SCALAR, 100_000_000);
        for _ in 0..100_000 {
            load.add(MAPPING, 3);
        }
        assert!(load.is_too_much());
    }

    #[test]
    fn stretches_add_up_to_what_the_whole_comes_to() {
        let added = |place: usize| (place * 7919 % 61, place * 104_729 % 59 + place / 9000);
        for cut in [0, 1, 10, 5000, 12_345, 29_999] {
            let (mut whole, mut was_too_much) = (Load::default(), false);
            let (mut parts, mut stretches) = (Load::default(), [Stretch::default(); 2]);
            for place in 0..30_000 {
                let (weight, bytes) = added(place);
                whole.add(weight * 200, bytes * 199);
                was_too_much |= whole.is_too_much();
                stretches[usize::from(place >= cut)].add(weight * 200, bytes * 199);
            }
            let [first, second] = stretches.map(|stretch| parts.is_too_much_in(stretch));
            assert_eq!((first || second, parts.short), (was_too_much, whole.short), "{cut}");
        }
    }

    #[test]
    fn an_honest_density_is_never_too_much() {
        let mut load = Load::default();
        for _ in 0..10_000_000 {
            load.add(SCALAR, SCALAR);
            assert!(!load.is_too_much());
        }
    }
}
