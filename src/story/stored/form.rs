//! How single values are written and read back. What is read is checked here: lengths against what is there, ids
//! against how many elements there are, texts against what is safe to show.
//!
//! Imports the other modules of `story`, and `text`.

use std::collections::HashMap;

use chrono_tz::Tz;

use crate::story::build::{is_kebab_case, leads_out};
use crate::story::gap::Gap;
use crate::story::id::{Account, ActorId, EventId, Id, LinkId, ReactionId, SourceId, StatementId};
use crate::story::order::Place;
use crate::story::vocabulary::Vocabulary;
use crate::story::when::When;
use crate::text;

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

/// What is written.
pub(super) struct Out {
    pub bytes: Vec<u8>,
    zone: Tz,
    /// The times of this piece by what is written of them: most stand more than once.
    times: HashMap<String, When>,
    /// Whether something cannot be written so that it reads back the same.
    pub failed: bool,
}

impl Out {
    pub(super) fn new(zone: Tz) -> Self {
        Self { bytes: Vec::new(), zone, times: HashMap::new(), failed: false }
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

/// What is read. Nothing is taken for granted of it.
pub(super) struct In<'a> {
    bytes: &'a [u8],
    zone: Tz,
    pub counts: Counts,
    times: HashMap<&'a str, When>,
}

impl<'a> In<'a> {
    pub(super) fn new(bytes: &'a [u8], zone: Tz, counts: Counts) -> Self {
        Self { bytes, zone, counts, times: HashMap::new() }
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
        std::str::from_utf8(self.bytes(count)?).ok()
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
        impl Form<String> for $form {
            fn put(value: &String, out: &mut Out) {
                out.text(value);
            }

            fn take(from: &mut In<'_>) -> Option<String> {
                let is_right: fn(&str) -> bool = $is_right;
                from.text().filter(|text| is_right(text)).map(str::to_owned)
            }
        }
    )+};
}

texts! {
    Name is_kebab_case,
    Line |text| is_line(text),
    Prose |text| is_text(text),
    Below |text| is_line(text) && !leads_out(text),
    Sum |text| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
}

fn is_line(text: &str) -> bool {
    is_text(text) && !text.contains('\n')
}

fn is_text(text: &str) -> bool {
    !text.is_empty() && (!text::holds_hidden(text) || text::is_safe(text))
}

impl Form<bool> for Flag {
    fn put(value: &bool, out: &mut Out) {
        out.bytes.push(u8::from(*value));
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
                        out.bytes.push(0);
                        Ref::put(id, out);
                    }
                    $whole::$other(id) => {
                        out.bytes.push(1);
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

/// As it was written in the story: whatever is derived from it is derived anew.
impl Form<When> for Time {
    fn put(value: &When, out: &mut Out) {
        let written = value.canonical();
        if out.times.get(&written) != Some(value) {
            // The program may print what it would not read, such as a year of five digits in another zone.
            out.failed |= When::parse(&written, out.zone).as_ref() != Ok(value);
            out.times.insert(written.clone(), value.clone());
        }
        out.text(&written);
    }

    fn take(from: &mut In<'_>) -> Option<When> {
        let text = from.text()?;
        if let Some(known) = from.times.get(text) {
            return Some(known.clone());
        }
        let when = When::parse(text, from.zone).ok()?;
        from.times.insert(text, when.clone());
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

impl<T, F: Form<T>> Form<Vec<T>> for List<F> {
    fn put(value: &Vec<T>, out: &mut Out) {
        out.number(value.len());
        for one in value {
            F::put(one, out);
        }
    }

    fn take(from: &mut In<'_>) -> Option<Vec<T>> {
        let count = from.count()?;
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(F::take(from)?);
        }
        Some(all)
    }
}
