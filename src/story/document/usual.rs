//! Lists as stories usually write them, read in one pass over their bytes.
//!
//! The promise: what is read here is what the YAML reader makes of the same text. Whatever is not written in one of the
//! usual ways is a [`Doubt`], and left to that reader, which says what is wrong where something is. The usual ways: lists
//! and mappings in blocks, a field a line; lists and mappings in brackets, on one line; text on one line, bare or in
//! quotes, and in blocks of text; blank lines and comments. Keys are lower-case words.
//!
//! The text is one that the [`guard`](super::super::guard) need not look into (`guard::needed` says no), and holds no tab and no line end but `\n`: so there are
//! no anchors, tags, controls, and no characters that some readers take for the end of a line.
//!
//! Imports nothing from the rest of the crate.

use std::fmt;

use memchr::{memchr, memchr_iter};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

mod scalar;

/// Why a text is not read here: it is not written in a usual way, or is none of what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Doubt;

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("written in an unusual way")
    }
}

impl std::error::Error for Doubt {}

impl de::Error for Doubt {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    // No words are made for what nobody reads.
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
}

/// The elements of a list of blocks, one after the other.
pub(super) struct Elements<'t> {
    reader: Reader<'t>,
    /// The column of their dashes.
    column: usize,
}

impl<'t> Elements<'t> {
    /// Those of a text that holds nothing but the list.
    pub(super) fn of(text: &'t str) -> Self {
        let mut reader = Reader { text, at: 0, column: 0, floor: 0, brackets: 0, here: Here::Block };
        reader.begin_line();
        Self { column: reader.column, reader }
    }

    /// The next element, or its text where that is not for this reader.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> Option<Result<T, &'t str>> {
        let reader = &mut self.reader;
        if reader.column == 0 {
            return None;
        }
        let start = reader.at - (self.column - 1);
        let mut entries = Entries { column: self.column, reader };
        if let Ok(Some(element)) = entries.next_element() {
            let is_over = reader.column == 0 || (reader.column == self.column && reader.is_dash());
            if is_over {
                return Some(Ok(element));
            }
        }
        Some(Err(self.skip(start)))
    }

    /// Goes on at the element behind the one that begins with this line, and gives back what was passed over.
    fn skip(&mut self, start: usize) -> &'t str {
        let text = self.reader.text;
        let margin = self.column - 1;
        let is_next = |line: &usize| {
            let rest = text.as_bytes().get(*line..*line + margin + 2);
            rest.is_some_and(|rest| rest.ends_with(b"- ") && rest[..margin].iter().all(|byte| *byte == b' '))
        };
        let end = memchr_iter(b'\n', &text.as_bytes()[start..]).map(|end| start + end + 1).find(is_next);
        let end = end.unwrap_or(text.len());
        self.reader = Reader { text, at: end, column: 0, floor: 0, brackets: 0, here: Here::Block };
        self.reader.begin_line();
        &text[start..end]
    }
}

/// Where a value may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    /// Behind a key or in brackets.
    Value,
    /// Behind a dash: the fields of a mapping may begin as well.
    Element,
    /// On the line below a key: a list or a mapping, and nothing else.
    Block,
}

/// What begins at a place.
enum Kind {
    Fields,
    Entries,
    FieldsInBrackets,
    EntriesInBrackets,
    Scalar,
}

struct Reader<'t> {
    text: &'t str,
    /// Where it has come to. Between the entries of blocks: what stands first on a line.
    at: usize,
    /// The column of that, counted from 1; 0 at the end of the text.
    column: usize,
    /// The column of the block that a value is in.
    floor: usize,
    /// How many brackets are open.
    brackets: usize,
    here: Here,
}

impl<'t> Reader<'t> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn is_at_line_end(&self) -> bool {
        matches!(self.byte(), None | Some(b'\n'))
    }

    /// Whether the dash of an element is here.
    fn is_dash(&self) -> bool {
        self.text.as_bytes().get(self.at..self.at + 2) == Some(b"- ")
    }

    /// Passes over blanks; how many.
    fn blanks(&mut self) -> usize {
        let blanks = self.text.as_bytes()[self.at..].iter().take_while(|byte| **byte == b' ').count();
        self.at += blanks;
        blanks
    }

    /// From the start of a line to what comes next: blank lines and comments are passed over.
    fn begin_line(&mut self) {
        loop {
            let blanks = self.blanks();
            match self.byte() {
                None => self.column = 0,
                Some(b'\n') => {
                    self.at += 1;
                    continue;
                }
                Some(b'#') => {
                    self.pass_comment();
                    continue;
                }
                Some(_) => self.column = blanks + 1,
            }
            return;
        }
    }

    fn pass_comment(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// From the end of a line, which must be here, to what comes next. Blanks before it do not count, nor does a comment
    /// behind those.
    fn end_line(&mut self) -> Result<(), Doubt> {
        if self.blanks() > 0 && self.byte() == Some(b'#') {
            self.pass_comment();
        }
        if !self.is_at_line_end() {
            return Err(Doubt);
        }
        self.begin_line();
        Ok(())
    }

    /// The key that is here, with a colon and a blank or the end of the line behind it.
    fn key(&self) -> Option<&'t str> {
        let rest = &self.text[self.at..];
        let length = rest.bytes().take_while(|byte| matches!(byte, b'a'..=b'z' | b'_')).count();
        let is_key = length > 0
            && match rest.as_bytes()[length..] {
                [b':', b' ' | b'\n', ..] => true,
                [b':'] => self.brackets == 0,
                _ => false,
            };
        is_key.then(|| &rest[..length])
    }

    fn kind(&self) -> Result<Kind, Doubt> {
        match self.here {
            Here::Block if self.is_dash() => return Ok(Kind::Entries),
            Here::Block => return Ok(Kind::Fields),
            Here::Element if self.key().is_some() => return Ok(Kind::Fields),
            Here::Element | Here::Value => {}
        }
        match self.byte() {
            Some(b'[') => Ok(Kind::EntriesInBrackets),
            Some(b'{') => Ok(Kind::FieldsInBrackets),
            Some(_) => Ok(Kind::Scalar),
            None => Err(Doubt),
        }
    }

    /// Opens a bracket.
    fn open(&mut self) {
        self.at += 1;
        self.brackets += 1;
    }

    /// Whether the entries in brackets go on, the first or the next of them; behind the last the bracket is closed.
    fn goes_on(&mut self, is_first: bool, closing: u8) -> Result<bool, Doubt> {
        self.blanks();
        let byte = self.byte().ok_or(Doubt)?;
        if byte == closing {
            self.at += 1;
            self.brackets -= 1;
            if self.brackets == 0 {
                self.end_line()?;
            }
            return Ok(false);
        }
        if !is_first {
            if byte != b',' {
                return Err(Doubt);
            }
            self.at += 1;
            self.blanks();
        }
        self.here = Here::Value;
        Ok(true)
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Doubt;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Doubt> {
        match self.kind()? {
            Kind::Scalar => self.scalar(visitor),
            Kind::Fields | Kind::FieldsInBrackets => self.deserialize_map(visitor),
            Kind::Entries | Kind::EntriesInBrackets => self.deserialize_seq(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Doubt> {
        match self.kind()? {
            Kind::Fields => visitor.visit_map(Fields { column: self.column, reader: self }),
            Kind::FieldsInBrackets => {
                self.open();
                visitor.visit_map(InBrackets { reader: self, is_first: true })
            }
            _ => Err(Doubt),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Doubt> {
        match self.kind()? {
            Kind::Entries => visitor.visit_seq(Entries { column: self.column, reader: self }),
            Kind::EntriesInBrackets => {
                self.open();
                visitor.visit_seq(InBrackets { reader: self, is_first: true })
            }
            _ => Err(Doubt),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Doubt> {
        self.deserialize_map(visitor)
    }

    // Nothing at all is not read here: what is, is something.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Doubt> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Doubt> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct enum identifier ignored_any
    }
}

/// The fields of a mapping in a block.
struct Fields<'r, 't> {
    reader: &'r mut Reader<'t>,
    column: usize,
}

impl<'t> MapAccess<'t> for Fields<'_, 't> {
    type Error = Doubt;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Doubt> {
        let reader = &mut *self.reader;
        if reader.column < self.column {
            return Ok(None);
        }
        let key = reader.key().filter(|_| reader.column == self.column).ok_or(Doubt)?;
        reader.at += key.len() + 1;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Doubt> {
        let reader = &mut *self.reader;
        reader.floor = self.column;
        reader.here = Here::Value;
        if reader.end_line().is_ok() {
            // The dashes of a list may stand below the key itself.
            let is_below = reader.column > self.column || (reader.column == self.column && reader.is_dash());
            if !is_below {
                return Err(Doubt);
            }
            reader.here = Here::Block;
        }
        seed.deserialize(reader)
    }
}

/// The entries of a list in a block.
struct Entries<'r, 't> {
    reader: &'r mut Reader<'t>,
    column: usize,
}

impl<'t> SeqAccess<'t> for Entries<'_, 't> {
    type Error = Doubt;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Doubt> {
        let reader = &mut *self.reader;
        if reader.column > self.column {
            return Err(Doubt);
        }
        // In the same column the next key of the mapping may stand that the list is in.
        if reader.column < self.column || !reader.is_dash() {
            return Ok(None);
        }
        reader.at += 1;
        reader.column += 1 + reader.blanks();
        reader.floor = self.column;
        reader.here = Here::Element;
        if reader.is_at_line_end() {
            return Err(Doubt);
        }
        seed.deserialize(reader).map(Some)
    }
}

/// What stands in brackets.
struct InBrackets<'r, 't> {
    reader: &'r mut Reader<'t>,
    is_first: bool,
}

impl<'t> SeqAccess<'t> for InBrackets<'_, 't> {
    type Error = Doubt;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Doubt> {
        if !self.reader.goes_on(std::mem::take(&mut self.is_first), b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'t> MapAccess<'t> for InBrackets<'_, 't> {
    type Error = Doubt;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Doubt> {
        if !self.reader.goes_on(std::mem::take(&mut self.is_first), b'}')? {
            return Ok(None);
        }
        let key = self.reader.key().ok_or(Doubt)?;
        self.reader.at += key.len() + 1;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Doubt> {
        self.reader.blanks();
        seed.deserialize(&mut *self.reader)
    }
}

#[cfg(test)]
mod tests;
