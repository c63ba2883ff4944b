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
    fn an_honest_density_is_never_too_much() {
        let mut load = Load::default();
        for _ in 0..10_000_000 {
            load.add(SCALAR, SCALAR);
            assert!(!load.is_too_much());
        }
    }
}
