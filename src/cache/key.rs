//! What a story is known by.

use crate::story::stored::LAYOUT;

/// BLAKE3: no two texts with one sum can be made, and summing up takes no time beside reading.
pub(super) type Sum = [u8; 32];

/// The bytes of a story, the build of the program and the form of the file, in one sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(pub(super) Sum);

impl Key {
    pub(super) fn of(bytes: &[u8], build: &str) -> Self {
        let mut key = blake3::Hasher::new();
        key.update(&LAYOUT.to_le_bytes());
        // With their lengths, nothing of the one can be taken for the other.
        for length in [build.len(), bytes.len()] {
            key.update(&u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes());
        }
        key.update(build.as_bytes()).update_rayon(bytes);
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
    blake3::hash(bytes).into()
}
