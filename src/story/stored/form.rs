//! How single values are written and read back. What is read is checked here: lengths against what is there, ids
//! against how many elements there are, texts against what is safe to show.
//!
//! Imports the other modules of `story`, and `text`.

use std::collections::HashMap;
use std::sync::Arc;

use chrono_tz::Tz;

use crate::story::build::{is_kebab_case, leads_out};
use crate::story::gap::Gap;
use crate::story::graph::Few;
use crate::story::id::{Account, ActorId, EventId, Id, LinkId, ReactionId, SourceId, StatementId};
use crate::story::order::Place;
use crate::story::vocabulary::Vocabulary;
use crate::story::when::When;
use crate::text::{self, Shared};

/// How many elements of each kind a story has: no id may go beyond.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub sources: usize,
    pub actors: usize,
    pub events: usize,
    pub links: usize,
    pub statements: usize,
    pub reactions: usize,
    pub disputes: usize,
    pub precedences: usize,
    pub narrowings: usize,
}

/// What is written of a piece: all its texts, one behind the other, and behind them its records, which say how long each
/// text is.
pub(super) struct Out {
    bytes: Vec<u8>,
    texts: String,
    zone: Tz,
    /// The times of this piece by what is written of them, with their places: most stand more than once.
    times: HashMap<String, (usize, When)>,
    /// Whether something cannot be written so that it reads back the same.
    failed: bool,
}

impl Out {
    pub(super) fn new(zone: Tz) -> Self {
        Self { bytes: Vec::new(), texts: String::new(), zone, times: HashMap::new(), failed: false }
    }

    /// How many bytes the records take.
    #[cfg(test)]
    pub(super) fn bytes_of_records(&self) -> usize {
        self.bytes.len()
    }

    /// The whole piece; `None` where it would not read back the same.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        if self.failed {
            return None;
        }
        let mut whole = Self::new(self.zone);
        whole.bytes.reserve_exact(self.texts.len() + self.bytes.len() + 5);
        whole.text(&self.texts);
        whole.bytes.extend_from_slice(&self.bytes);
        Some(whole.bytes)
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Seven bits a byte, the lowest first.
    pub(super) fn number(&mut self, mut number: usize) {
        while number > 0x7f {
            self.bytes.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.bytes.push(number.to_le_bytes()[0]);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// What is read of a piece. Nothing is taken for granted of it.
pub(super) struct In<'a> {
    bytes: &'a [u8],
    /// All texts, and how far they have been read.
    texts: Arc<String>,
    at: usize,
    /// Whether nothing in any text is hidden, so that none need be looked at by itself.
    is_open: bool,
    zone: Tz,
    pub counts: Counts,
    times: Vec<When>,
}

impl<'a> In<'a> {
    /// `None` where this is no piece.
    pub(super) fn new(bytes: &'a [u8], zone: Tz, counts: Counts) -> Option<Self> {
        let texts = Arc::default();
        let mut from = Self { bytes, texts, at: 0, is_open: true, zone, counts, times: Vec::new() };
        let texts = from.text()?;
        from.is_open = !text::holds_hidden(texts);
        from.texts = Arc::new(texts.to_owned());
        Some(from)
    }

    /// Whether all of it was read.
    pub(super) fn is_over(&self) -> bool {
        self.bytes.is_empty() && self.at == self.texts.len()
    }

    /// The next of the texts; `None` also where it is empty or holds what is not safe to show.
    fn shared(&mut self) -> Option<Shared> {
        let to = self.at.checked_add(self.number()?)?;
        let text = Shared::within(&self.texts, self.at..to)?;
        self.at = to;
        (!text.is_empty() && (self.is_open || text::is_safe(&text))).then_some(text)
    }

    /// The bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(super) fn number(&mut self) -> Option<usize> {
        let mut number = 0_usize;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// How many of something follow; each takes a byte at least.
    pub(super) fn count(&mut self) -> Option<usize> {
        self.number().filter(|count| *count <= self.left())
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(bytes)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let count = self.number()?;
        simdutf8::basic::from_utf8(self.bytes(count)?).ok()
    }
}

/// A way to write a value and to read it back.
pub(super) trait Form<T> {
    fn put(value: &T, out: &mut Out);
    /// `None`: this is not what was written.
    fn take(from: &mut In<'_>) -> Option<T>;
}

/// A written id.
pub(super) struct Name;
/// A text on one line.
pub(super) struct Line;
/// A text of several lines.
pub(super) struct Prose;
/// A line that names a file below a folder.
pub(super) struct Below;
/// The sum of a file.
pub(super) struct Sum;
/// Yes or no.
pub(super) struct Flag;
/// A word of a closed list.
pub(super) struct Word;
/// A reference to an element.
pub(super) struct Ref;
/// A time.
pub(super) struct Time;
/// A value that may be missing.
pub(super) struct Maybe<F>(F);
/// Any number of values.
pub(super) struct List<F>(F);
/// A value whose record says how.
pub(super) struct Own;

macro_rules! texts {
    ($($form:ident $is_right:expr,)+) => {$(
        impl Form<Shared> for $form {
            fn put(value: &Shared, out: &mut Out) {
                out.number(value.len());
                out.texts.push_str(value);
            }

            fn take(from: &mut In<'_>) -> Option<Shared> {
                let is_right: fn(&str) -> bool = $is_right;
                from.shared().filter(|text| is_right(text))
            }
        }
    )+};
}

texts! {
    Name is_kebab_case,
    Line |text| is_line(text),
    Prose |_| true,
    Below |text| is_line(text) && !leads_out(text),
    Sum |text| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
}

fn is_line(text: &str) -> bool {
    !text.as_bytes().contains(&b'\n')
}

impl Form<bool> for Flag {
    fn put(value: &bool, out: &mut Out) {
        out.byte(u8::from(*value));
    }

    fn take(from: &mut In<'_>) -> Option<bool> {
        match from.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl<V: Vocabulary> Form<V> for Word {
    fn put(value: &V, out: &mut Out) {
        out.number(V::WORDS.iter().position(|(_, one)| one == value).unwrap_or(V::WORDS.len()));
    }

    fn take(from: &mut In<'_>) -> Option<V> {
        V::WORDS.get(from.number()?).map(|(_, value)| *value)
    }
}

macro_rules! references {
    ($($id:ty: $all:ident),+) => {$(
        impl Form<$id> for Ref {
            fn put(value: &$id, out: &mut Out) {
                out.number(value.index());
            }

            fn take(from: &mut In<'_>) -> Option<$id> {
                let count = from.counts.$all;
                from.number().filter(|index| *index < count).map(<$id>::from_index)
            }
        }
    )+};
}

references! {
    SourceId: sources, ActorId: actors, EventId: events, LinkId: links, StatementId: statements, ReactionId: reactions
}

macro_rules! either {
    ($whole:ident: $one:ident $other:ident) => {
        impl Form<$whole> for Ref {
            fn put(value: &$whole, out: &mut Out) {
                match value {
                    $whole::$one(id) => {
                        out.byte(0);
                        Ref::put(id, out);
                    }
                    $whole::$other(id) => {
                        out.byte(1);
                        Ref::put(id, out);
                    }
                }
            }

            fn take(from: &mut In<'_>) -> Option<$whole> {
                match from.byte()? {
                    0 => Ref::take(from).map($whole::$one),
                    1 => Ref::take(from).map($whole::$other),
                    _ => None,
                }
            }
        }
    };
}

either!(Account: Statement Reaction);
either!(Place: Event Source);

/// As it was written in the story, once in a piece: whatever is derived from it is derived anew.
impl Form<When> for Time {
    fn put(value: &When, out: &mut Out) {
        let written = value.canonical();
        let known = out.times.get(&written).filter(|(_, known)| known == value);
        if let Some((place, _)) = known {
            out.number(*place);
            return;
        }
        // The program may print what it would not read, such as a year of five digits in another zone.
        out.failed |= When::parse(&written, out.zone).as_ref() != Ok(value);
        out.number(out.times.len());
        out.text(&written);
        out.times.insert(written, (out.times.len(), value.clone()));
    }

    fn take(from: &mut In<'_>) -> Option<When> {
        let place = from.number()?;
        if let Some(known) = from.times.get(place) {
            return Some(known.clone());
        }
        if place != from.times.len() {
            return None;
        }
        let when = When::parse(from.text()?, from.zone).ok()?;
        from.times.push(when.clone());
        Some(when)
    }
}

impl Form<Gap> for Time {
    fn put(value: &Gap, out: &mut Out) {
        out.text(&if value.is_none() { String::new() } else { value.to_string() });
    }

    fn take(from: &mut In<'_>) -> Option<Gap> {
        match from.text()? {
            "" => Some(Gap::default()),
            written => Gap::parse(written),
        }
    }
}

impl<T, F: Form<T>> Form<Option<T>> for Maybe<F> {
    fn put(value: &Option<T>, out: &mut Out) {
        Flag::put(&value.is_some(), out);
        if let Some(value) = value {
            F::put(value, out);
        }
    }

    fn take(from: &mut In<'_>) -> Option<Option<T>> {
        if Flag::take(from)? { F::take(from).map(Some) } else { Some(None) }
    }
}

macro_rules! lists {
    ($($list:ident),+) => {$(
        impl<T, F: Form<T>> Form<$list<T>> for List<F> {
            fn put(value: &$list<T>, out: &mut Out) {
                out.number(value.len());
                for one in value {
                    F::put(one, out);
                }
            }

            fn take(from: &mut In<'_>) -> Option<$list<T>> {
                let count = from.count()?;
                let mut all = $list::with_capacity(count);
                for _ in 0..count {
                    all.push(F::take(from)?);
                }
                Some(all)
            }
        }
    )+};
}

lists!(Vec, Few);
