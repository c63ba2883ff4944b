//! One file of the cache: what stands before its pieces, and whether all of it is what was written.
//!
//! | bytes | what |
//! |---|---|
//! | 16 | `dateline graph`, a line end and a zero |
//! | 4 | the form of what follows, little-endian, as all numbers are |
//! | 32 | the key |
//! | 4 | how many pieces there are |
//! | 36 each | the length of a piece in 4 bytes, and its BLAKE3 |
//! | 32 | the BLAKE3 of all that |
//! | | the pieces |

use std::fs::File;
use std::os::unix::fs::FileExt as _;

use super::key::{Key, Sum, sum};
use crate::story::graph::Graph;
use crate::story::stored::{self, LAYOUT};
use rayon::prelude::*;

const MAGIC: &[u8; 16] = b"dateline graph\n\0";

/// Before the table of pieces.
const FIXED: usize = 16 + 4 + 32 + 4;

/// For each piece.
const ROW: usize = 4 + 32;

const SUM: usize = 32;

/// A graph made ready to be written.
#[derive(Debug)]
pub struct Entry {
    pub(super) key: Key,
    /// The bytes of the file, in their order.
    pub(super) parts: Vec<Vec<u8>>,
}

impl Entry {
    pub(super) fn new(key: &Key, mut pieces: Vec<Vec<u8>>) -> Option<Self> {
        let mut head = Vec::with_capacity(FIXED + pieces.len() * ROW + SUM);
        head.extend_from_slice(MAGIC);
        head.extend_from_slice(&LAYOUT.to_le_bytes());
        head.extend_from_slice(&key.0);
        head.extend_from_slice(&u32::try_from(pieces.len()).ok()?.to_le_bytes());
        let sums: Vec<Sum> = pieces.par_iter().map(|piece| sum(piece)).collect();
        for (piece, sum) in pieces.iter().zip(&sums) {
            head.extend_from_slice(&u32::try_from(piece.len()).ok()?.to_le_bytes());
            head.extend_from_slice(sum);
        }
        let own = sum(&head);
        head.extend_from_slice(&own);
        pieces.insert(0, head);
        Some(Self { key: key.clone(), parts: pieces })
    }

    /// How large the file will be, in bytes.
    pub fn size(&self) -> u64 {
        self.parts.iter().map(|part| u64::try_from(part.len()).unwrap_or(u64::MAX)).sum()
    }
}

/// A piece: where it begins, how long it is, and what its bytes come to.
struct Row {
    at: u64,
    length: usize,
    sum: Sum,
}

/// The graph in a file; `None` at the first doubt.
pub(super) fn read(file: &File, key: &Key) -> Option<Graph> {
    let rows = table(file, key)?;
    let lengths: Vec<_> = rows.iter().map(|row| row.length).collect();
    stored::unpack(&lengths, |piece, bytes| {
        let row = rows.get(piece)?;
        bytes.resize(row.length, 0);
        file.read_exact_at(bytes, row.at).ok()?;
        (sum(bytes) == row.sum).then_some(())
    })
}

/// The pieces of a file that is for this key, as long as it says, and sound up to them.
fn table(file: &File, key: &Key) -> Option<Vec<Row>> {
    let size = file.metadata().ok()?.len();
    let mut fixed = [0; FIXED];
    file.read_exact_at(&mut fixed, 0).ok()?;
    let (start, pieces) = fixed.split_at_checked(FIXED - 4)?;
    if start != [MAGIC.as_slice(), &LAYOUT.to_le_bytes(), &key.0].concat() {
        return None;
    }
    let pieces = usize::try_from(u32::from_le_bytes(pieces.try_into().ok()?)).ok()?;
    let length = FIXED.checked_add(pieces.checked_mul(ROW)?)?.checked_add(SUM)?;
    if u64::try_from(length).ok()? > size {
        return None;
    }
    let mut head = vec![0; length];
    file.read_exact_at(&mut head, 0).ok()?;
    let (head, own) = head.split_at_checked(length - SUM)?;
    // What was read first is part of what is summed up.
    if sum(head) != own || head.get(..FIXED)? != fixed {
        return None;
    }
    let mut at = u64::try_from(length).ok()?;
    let mut rows = Vec::with_capacity(pieces);
    for row in head.get(FIXED..)?.chunks_exact(ROW) {
        let (length, sum) = row.split_at_checked(4)?;
        let length = u32::from_le_bytes(length.try_into().ok()?);
        rows.push(Row { at, length: usize::try_from(length).ok()?, sum: sum.try_into().ok()? });
        at = at.checked_add(length.into())?;
    }
    (at == size).then_some(rows)
}
