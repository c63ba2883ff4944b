//! What a story is known by.

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::story::stored::LAYOUT;

/// SHA-256.
pub(super) type Sum = [u8; 32];

/// How much is summed up at a time: the stretches of a text side by side.
const STRETCH: usize = 1 << 20;

/// The bytes of a story, the build of the program and the form of the file, in one sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(pub(super) Sum);

impl Key {
    pub(super) fn of(bytes: &[u8], build: &str) -> Self {
        let sums: Vec<Sum> = bytes.par_chunks(STRETCH).map(sum).collect();
        let mut key = Sha256::new();
        key.update(LAYOUT.to_le_bytes());
        // With their lengths, nothing of the one can be taken for the other.
        for length in [build.len(), bytes.len()] {
            key.update(u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes());
        }
        key.update(build);
        for sum in sums {
            key.update(sum);
        }
        Self(key.finalize().into())
    }

    /// The name of its file.
    pub(super) fn name(&self) -> String {
        format!("{}.{}", self.hex(), super::folder::KEPT)
    }

    pub(super) fn hex(&self) -> String {
        self.0.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }
}

pub(super) fn sum(bytes: &[u8]) -> Sum {
    Sha256::digest(bytes).into()
}
