//! Which letters, and which pairs of them, occur in a name: cheap tests that rule out most names unread.
//!
//! Imports nothing.

/// Which letters occur in a text, one bit each for a to z and the digits, shared bits for all else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters(u64);

impl Letters {
    pub(super) fn of(text: &str) -> Self {
        let bit = |c: char| match c {
            'a'..='z' => u32::from(c) - u32::from('a'),
            '0'..='9' => 26 + u32::from(c) - u32::from('0'),
            _ => 36 + u32::from(c) % 28,
        };
        Letters(text.chars().filter(|c| !c.is_whitespace()).fold(0, |letters, c| letters | 1 << bit(c)))
    }

    pub(super) fn all_in(self, name: Letters) -> bool {
        self.0 & !name.0 == 0
    }

    /// How many of them, at least, a name does not have.
    pub(super) fn missing_in(self, name: Letters) -> u32 {
        (self.0 & !name.0).count_ones()
    }
}

/// Which pairs of characters stand in a name so that two typed letters could answer for it: next to each other, with one
/// between, or at the heads of neighbouring words. Bits are shared, so that a pair may only seem to be there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pairs(u128);

impl Pairs {
    /// The pairs of a name and of the heads of its words.
    pub(super) fn of(name: &str, heads: [&str; 2]) -> Self {
        let mut pairs = Self::default();
        let (mut last, mut before) = (None, None);
        for character in name.chars() {
            pairs.add(last, character);
            pairs.add(before, character);
            (before, last) = (last, Some(character));
        }
        for heads in heads {
            for (one, next) in heads.chars().zip(heads.chars().skip(1)) {
                pairs.add(Some(one), next);
            }
        }
        pairs
    }

    /// The only pair of a word of two characters; `None` for another.
    pub(super) fn of_two(word: &str) -> Option<Self> {
        let mut characters = word.chars();
        let (one, next) = (characters.next()?, characters.next()?);
        let mut pair = Self::default();
        pair.add(Some(one), next);
        characters.next().is_none().then_some(pair)
    }

    pub(super) fn all_in(self, name: Pairs) -> bool {
        self.0 & !name.0 == 0
    }

    fn add(&mut self, one: Option<char>, next: char) {
        if let Some(one) = one {
            // Any mixing does, as long as the letters of a language do not fall on few bits.
            let mixed = u32::from(one).wrapping_mul(0x9E37_79B1) ^ u32::from(next).wrapping_mul(0x85EB_CA77);
            self.0 |= 1 << (mixed.wrapping_mul(0xC2B2_AE3D) >> 25);
        }
    }
}
