//! A long story's text, cut where its lists go on with the next element, so that the pieces can be read side by side.
//!
//! The promise: each piece is read in the state in which a reading of the whole text would come to it, so that pieces
//! that can all be read are the document. Why that holds: a cut lies where a line begins, before the dash of an element
//! of a top-level list of blocks; at the end of a piece that can be read by itself no quotation mark, bracket or block of
//! text is open, because the end of the text would be an error there; so the reader of the whole text is outside of any
//! value too, and takes the line for the next element as the reader of the next piece does. Anchors, tags, tabs and line
//! ends other than `\n` could carry something over; a text that has them is not cut, nor is one with anything in its
//! first column but fields of the format, dashes of lists and comments. What can be cut and not read is read whole.
//!
//! Imports nothing.

use memchr::{memchr, memchr_iter, memchr2};

/// How long a text is that is worth cutting, in bytes.
pub const LONG: usize = 1 << 15;
/// How long a piece is, about, where there is enough for many of them.
const PIECE: usize = 1 << 17;
/// How long a piece is at least.
const SHORTEST: usize = 1 << 13;
/// How many pieces keep all cores busy to the end.
const MANY: usize = 16;
/// The top-level lists of a story.
pub const LISTS: [&str; 4] = ["sources", "actors", "events", "disputes"];

/// What a piece of a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Whole top-level fields.
    Fields,
    /// Elements of this list: the place of the first in it, and how many there are.
    Elements(&'static str, usize, usize),
}

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'t> {
    /// Its text.
    pub text: &'t str,
    /// The byte of the whole text at which it begins.
    pub at: usize,
    /// What it holds.
    pub holds: Holds,
}

/// The pieces of a text, in its order; `None` where it is not worth cutting, or cannot be cut for certain. Anchors, aliases,
/// tags and characters that YAML does not take are looked for by the [`guard`](super::guard) first.
pub fn of(text: &str) -> Option<Vec<Piece<'_>>> {
    of_at_least(text, LONG, (text.len() / MANY).clamp(SHORTEST, PIECE))
}

/// As [`of`], of a text at least so long, in pieces of at least such a length.
pub fn of_at_least(text: &str, long: usize, piece: usize) -> Option<Vec<Piece<'_>>> {
    if text.len() < long || memchr2(b'\r', b'\t', text.as_bytes()).is_some() {
        return None;
    }
    let mut cutter = Cutter { text, piece, pieces: Vec::new(), names: Vec::new(), from: 0, list: None };
    let starts = std::iter::once(0).chain(memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1));
    for start in starts {
        cutter.line(start)?;
    }
    cutter.end(text.len());
    Some(cutter.pieces)
}

struct Cutter<'t> {
    text: &'t str,
    piece: usize,
    pieces: Vec<Piece<'t>>,
    /// The fields so far.
    names: Vec<&'t str>,
    /// Where the piece begins that is not at its end.
    from: usize,
    list: Option<List>,
}

/// The list whose elements are being counted.
struct List {
    name: &'static str,
    /// The column of its dashes, from 0.
    column: usize,
    /// The place of the first element of the piece.
    first: usize,
    /// The elements of the piece.
    count: usize,
}

impl Cutter<'_> {
    /// Takes in the line that begins here; `None` where nothing is certain any more.
    fn line(&mut self, start: usize) -> Option<()> {
        let bytes = self.text.as_bytes();
        if let Some(list) = &mut self.list
            && is_dash(bytes, start, list.column)
        {
            if start - self.from >= self.piece {
                let (name, first) = (list.name, list.first + list.count);
                let column = list.column;
                self.end(start);
                self.list = Some(List { name, column, first, count: 0 });
            }
            if let Some(list) = &mut self.list {
                list.count += 1;
            }
            return Some(());
        }
        match bytes.get(start) {
            None | Some(b' ' | b'\n' | b'#') => Some(()),
            Some(b'a'..=b'z') => self.field(start),
            _ => None,
        }
    }

    /// Takes in the top-level field that begins here.
    fn field(&mut self, start: usize) -> Option<()> {
        let line = &self.text[start..];
        let line = &line[..memchr(b'\n', line.as_bytes()).unwrap_or(line.len())];
        let (name, rest) = line.split_once(':')?;
        let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if !is_name || !(rest.is_empty() || rest.starts_with(' ')) || self.names.contains(&name) {
            return None;
        }
        self.names.push(name);
        let value = rest.trim_start_matches(' ');
        let list = LISTS.iter().find(|list| **list == name);
        let list = list.filter(|_| value.is_empty() || (value.starts_with('#') && value.len() < rest.len()));
        let below = start + line.len() + 1;
        match list.and_then(|name| Some((*name, first_dash(self.text, below)?))) {
            Some((name, column)) => {
                self.end(start);
                self.from = below;
                self.list = Some(List { name, column, first: 0, count: 0 });
            }
            // It goes on the fields before it, if those are no list.
            None if self.list.is_none() => {}
            None => self.end(start),
        }
        Some(())
    }

    /// Ends the piece here, and begins one of fields.
    fn end(&mut self, end: usize) {
        let holds = match self.list.take() {
            Some(List { name, first, count, .. }) => Holds::Elements(name, first, count),
            None => Holds::Fields,
        };
        let text = &self.text[self.from..end];
        // Comments alone are no document.
        if holds != Holds::Fields || !is_blank(text) {
            self.pieces.push(Piece { text, at: self.from, holds });
        }
        self.from = end;
    }
}

/// Whether there are only comments and blank lines.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.starts_with('#'))
}

/// Whether the dash of an element stands in this column of a line.
fn is_dash(bytes: &[u8], start: usize, column: usize) -> bool {
    bytes.get(start + column..start + column + 2) == Some(b"- ")
        && bytes[start..start + column].iter().all(|byte| *byte == b' ')
}

/// The column of the first dash of the list that begins here, where it is one of blocks.
fn first_dash(text: &str, from: usize) -> Option<usize> {
    let lines = text.get(from..)?.lines();
    let first =
        lines.into_iter().find(|line| !matches!(line.trim_start_matches(' ').as_bytes(), [] | [b'#', ..]))?;
    let column = first.len() - first.trim_start_matches(' ').len();
    is_dash(first.as_bytes(), 0, column).then_some(column)
}
