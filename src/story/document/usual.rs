//! Lists as stories usually write them, read in one pass over their bytes.
//!
//! The promise: what is read here is what the YAML reader makes of the same text. Whatever is not written in one of the
//! usual ways is a [`Doubt`], and left to that reader, which says what is wrong where something is. The usual ways: lists
//! and mappings in blocks, a field a line; lists and mappings in brackets, on one line; text on one line, bare or in
//! quotes, and in blocks of text; between them blank lines, and comments on lines of their own. Keys are lower-case words.
//!
//! The text has been through the [`guard`](super::super::guard), and holds no tab and no line end but `\n`: so there are
//! no anchors, tags, controls, and no characters that some readers take for the end of a line.
//!
//! Imports nothing from the rest of the crate.

use std::fmt;

use memchr::{memchr, memchr_iter, memchr2, memchr3};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

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

    fn scalar<V: Visitor<'t>>(&mut self, visitor: V) -> Result<V::Value, Doubt> {
        match self.byte() {
            Some(b'\'') => self.single_quoted(visitor),
            Some(b'"') => self.double_quoted(visitor),
            Some(b'|' | b'>') if self.brackets == 0 => {
                let text = self.block()?;
                visitor.visit_string(text)
            }
            _ => {
                let plain = if self.brackets == 0 { self.plain()? } else { self.plain_in_brackets()? };
                match sort_of(plain)? {
                    Sort::Text => visitor.visit_borrowed_str(plain),
                    Sort::Truth(truth) => visitor.visit_bool(truth),
                    Sort::Number(number) => visitor.visit_u64(number),
                }
            }
        }
    }

    /// Text without quotation marks, to the end of the line.
    fn plain(&mut self) -> Result<&'t str, Doubt> {
        let rest = &self.text[self.at..];
        let line = &rest[..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
        let comment = memchr_iter(b'#', line.as_bytes()).find(|at| line[..*at].ends_with(' '));
        let plain = line[..comment.unwrap_or(line.len())].trim_end_matches(' ');
        let bytes = plain.as_bytes();
        let begins = match bytes {
            [b'-', next, ..] => *next != b' ',
            [first, ..] => begins_plain(*first),
            [] => false,
        };
        // A colon could end a key.
        let is_one = memchr_iter(b':', bytes).all(|at| bytes.get(at + 1).is_some_and(|next| *next != b' '));
        if !begins || !is_one {
            return Err(Doubt);
        }
        self.at += bytes.len();
        self.end_line()?;
        Ok(plain)
    }

    /// The same in brackets: to the next mark.
    fn plain_in_brackets(&mut self) -> Result<&'t str, Doubt> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let begins = match bytes {
            [b'-', next, ..] => next.is_ascii_alphanumeric(),
            [first, ..] => begins_plain(*first),
            [] => false,
        };
        let length = bytes.iter().position(|byte| ENDS_IN_BRACKETS[usize::from(*byte)]).ok_or(Doubt)?;
        let is_one = matches!(bytes[length], b',' | b']' | b'}')
            && memchr_iter(b':', &bytes[..length])
                .all(|at| bytes[at + 1].is_ascii_alphanumeric() || bytes[at + 1] == b'/');
        if !begins || !is_one {
            return Err(Doubt);
        }
        self.at += length;
        Ok(rest[..length].trim_end_matches(' '))
    }

    /// Text in single quotation marks, in which two stand for one.
    fn single_quoted<V: Visitor<'t>>(&mut self, visitor: V) -> Result<V::Value, Doubt> {
        let rest = &self.text[self.at + 1..];
        let bytes = rest.as_bytes();
        let mut text = String::new();
        let mut from = 0;
        loop {
            let end = from + memchr2(b'\'', b'\n', &bytes[from..]).ok_or(Doubt)?;
            if bytes[end] == b'\n' {
                return Err(Doubt);
            }
            let is_over = bytes.get(end + 1) != Some(&b'\'');
            if is_over {
                self.at += 1 + end + 1;
                self.end_quoted()?;
                if text.is_empty() && from == 0 {
                    return visitor.visit_borrowed_str(&rest[..end]);
                }
                text.push_str(&rest[from..end]);
                return visitor.visit_str(&text);
            }
            text.push_str(&rest[from..=end]);
            from = end + 2;
        }
    }

    /// Text in double quotation marks, with the escapes that people write.
    fn double_quoted<V: Visitor<'t>>(&mut self, visitor: V) -> Result<V::Value, Doubt> {
        let rest = &self.text[self.at + 1..];
        let bytes = rest.as_bytes();
        let mut text = String::new();
        let mut from = 0;
        loop {
            let end = from + memchr3(b'"', b'\\', b'\n', &bytes[from..]).ok_or(Doubt)?;
            match bytes[end] {
                b'"' => {
                    self.at += 1 + end + 1;
                    self.end_quoted()?;
                    if from == 0 {
                        return visitor.visit_borrowed_str(&rest[..end]);
                    }
                    text.push_str(&rest[from..end]);
                    return visitor.visit_str(&text);
                }
                b'\\' => {
                    text.push_str(&rest[from..end]);
                    let (character, length) = escaped(&bytes[end + 1..]).ok_or(Doubt)?;
                    text.push(character);
                    from = end + 1 + length;
                }
                _ => return Err(Doubt),
            }
        }
    }

    fn end_quoted(&mut self) -> Result<(), Doubt> {
        if self.brackets == 0 { self.end_line() } else { Ok(()) }
    }

    /// A block of text, below `|` or `>`.
    fn block(&mut self) -> Result<String, Doubt> {
        let bytes = self.text.as_bytes();
        let is_folded = bytes[self.at] == b'>';
        let (is_stripped, header) = match bytes[self.at + 1..] {
            [b'-', b'\n', ..] => (true, 3),
            [b'\n', ..] => (false, 2),
            _ => return Err(Doubt),
        };
        self.at += header;
        let margin = self.blanks();
        if margin < self.floor || self.is_at_line_end() {
            return Err(Doubt);
        }
        let first = self.line()?;
        let mut text = String::from(first);
        let mut blank = 0;
        // Here the line before has been read with its end.
        loop {
            let start = self.at;
            if self.byte() == Some(b'\n') {
                blank += 1;
                self.at += 1;
                continue;
            }
            let blanks = bytes[start..].iter().take(margin).take_while(|byte| **byte == b' ').count();
            self.at += blanks;
            if blanks < margin {
                if self.byte() == Some(b'\n') {
                    return Err(Doubt);
                }
                self.at = start;
                break;
            }
            let line = self.line()?;
            // Lines that stand further in are not folded.
            if is_folded && line.starts_with(' ') {
                return Err(Doubt);
            }
            match (is_folded, blank) {
                (true, 0) => text.push(' '),
                (true, _) => text.extend(std::iter::repeat_n('\n', blank)),
                (false, _) => text.extend(std::iter::repeat_n('\n', blank + 1)),
            }
            blank = 0;
            text.push_str(line);
        }
        if !is_stripped {
            text.push('\n');
        }
        self.begin_line();
        text.shrink_to_fit();
        Ok(text)
    }

    /// A line of a block of text from here on; it has an end, and no blanks before it.
    fn line(&mut self) -> Result<&'t str, Doubt> {
        let rest = &self.text[self.at..];
        let line = &rest[..memchr(b'\n', rest.as_bytes()).ok_or(Doubt)?];
        if line.is_empty() || line.ends_with(' ') {
            return Err(Doubt);
        }
        self.at += line.len() + 1;
        Ok(line)
    }
}

/// What an escape stands for, its backslash left out, and how long it is.
fn escaped(bytes: &[u8]) -> Option<(char, usize)> {
    Some(match bytes {
        [plain @ (b'"' | b'\\' | b'/'), ..] => (char::from(*plain), 1),
        [b'n', ..] => ('\n', 1),
        [b't', ..] => ('\t', 1),
        [b'u', one, two, three, four, ..] => {
            let digits = [*one, *two, *three, *four].map(char::from).map(|digit| digit.to_digit(16));
            let code = digits.into_iter().try_fold(0, |code, digit| Some(code * 16 + digit?))?;
            (char::from_u32(code).filter(|character| *character != '\0')?, 5)
        }
        _ => return None,
    })
}

/// Whether text without quotation marks can begin so, a dash apart.
fn begins_plain(byte: u8) -> bool {
    !matches!(
        byte,
        b' ' | b'\n'
            | b'-'
            | b'?'
            | b':'
            | b','
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'#'
            | b'&'
            | b'*'
            | b'!'
            | b'|'
            | b'>'
            | b'\''
            | b'"'
            | b'%'
            | b'@'
            | b'`'
    )
}

/// What text without quotation marks ends at in brackets, or may.
const ENDS_IN_BRACKETS: [bool; 256] = {
    let mut ends = [false; 256];
    let all = b",[]{}?#\n";
    let mut at = 0;
    while at < all.len() {
        ends[all[at] as usize] = true;
        at += 1;
    }
    ends
};

/// What text without quotation marks is.
enum Sort {
    Text,
    Truth(bool),
    Number(u64),
}

fn sort_of(plain: &str) -> Result<Sort, Doubt> {
    match plain.as_bytes() {
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => number(plain),
        [b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'~', ..] => match plain {
            "true" => Ok(Sort::Truth(true)),
            "false" => Ok(Sort::Truth(false)),
            "~" | "null" | "Null" | "NULL" | "True" | "TRUE" | "False" | "FALSE" => Err(Doubt),
            _ => Ok(Sort::Text),
        },
        [] => Err(Doubt),
        _ => Ok(Sort::Text),
    }
}

/// What begins like a number: a whole one in the usual digits, or text such as a date. Other numbers are not usual.
fn number(plain: &str) -> Result<Sort, Doubt> {
    const LONGEST: usize = 18;
    let is_digits = plain.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits && !plain.starts_with('0') && plain.len() <= LONGEST {
        return plain.parse().map(Sort::Number).map_err(|_| Doubt);
    }
    let unsigned = plain.trim_start_matches(['+', '-']);
    let is_odd = ["0x", "0o", "0b"].iter().any(|base| unsigned.starts_with(base))
        || (unsigned.starts_with('.') && !unsigned[1..].starts_with(|next: char| next.is_ascii_digit()));
    if is_odd || is_digits || plain.parse::<f64>().is_ok() { Err(Doubt) } else { Ok(Sort::Text) }
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
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;
    use serde_yaml::Value;

    use super::*;
    use crate::story::document::{Dispute, Event, Source, all_elements};
    use crate::story::{EMBEDDED, EXAMPLE, guard};

    /// The elements of a text as they are read here; `None` where one is left to the YAML reader.
    fn usual<T: DeserializeOwned>(text: &str) -> Option<Vec<T>> {
        let mut all = Elements::of(text);
        std::iter::from_fn(|| all.next()).collect::<Result<_, _>>().ok()
    }

    fn assert_same<T: DeserializeOwned + fmt::Debug>(text: &str, read: &[T]) {
        let other = serde_yaml::from_str::<Vec<T>>(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(format!("{read:?}"), format!("{other:?}"), "{text}");
    }

    /// Whether a text is read here; where it is, it must be what the YAML reader makes of it, and so must it be with the
    /// elements that reader is asked for one by one.
    fn is_usual<T: DeserializeOwned + fmt::Debug>(text: &str) -> bool {
        if let Some(read) = all_elements::<T>(text, 0) {
            assert_same(text, &read);
        }
        usual::<T>(text).is_some()
    }

    #[test]
    fn the_usual_ways_are_read() {
        for text in [
            "- a\n",
            "- a",
            "  - a\n  - b c\n",
            "- a: b\n  c: d\n- a: e\n",
            "-   a: b\n    c: d\n",
            "- a:\n    b: c\n  d: e\n",
            "- a:\n  - b\n  - c: d\n    e: f\n  g: h\n",
            "- a:\n    - b\n    - c\n",
            "- a: 'it''s'\n  b: ''\n  c: ' x '\n  d: '#: \"'\n",
            "- a: \"b \\\"c\\\" \\\\ \\/ \\n\\t\\u00e9\"\n  b: \"\"\n  c: \" x '' \"\n",
            "- a: |-\n    b\n    c: d # e\n\n     - f\n\n  g: h\n",
            "- a: |\n    b\n- >\n  c\n  d\n\n\n  e\n",
            "- a: >-\n    b\n    c\n\n\n# remark\n  # remark\n  d: e\n",
            "- [a, 'b', \"c\", [d], {e: f}, -1%, 2020-01-01T10:00:00+02:00]\n",
            "- {a: b, c: [], d: {e: 'f,}'}, g: \"h]\", i: x y  }\n- [ a , b ]\n",
            "- [a,b]\n- {url: http://x.example/a:b}\n",
            "- 2020-01-01\n- -5.62%\n- +1.5%\n- 2020\n- 1\n- ~5%\n- true\n- false\n- truest\n- nullify\n- 1 day\n",
            "- a's \"b\" {c} [d] e, f! & g * h\n- http://x.example/#a\n- 18:30\n- --- a\n- -x\n- <5%\n- =\n",
            "# remark\n\n- a\n\n   # remark\n- b\n",
            "- ünï 漢字 ไทย 😀\n- '漢''字'\n- \"\\u6f22字\"\n",
            "- a:   b\n  c:  \n    d: e\n",
            "- a b #c\n- d#e # f # g\n- 'h'  # i\n- [j] # k\n- {l: m}   \n- n  \n- \"o\"  \n",
            "- a: # b\n    c: d # e\n  f:   # g\n  - h # i\n",
        ] {
            assert!(is_usual::<Value>(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_usual_is_left_to_the_yaml_reader() {
        for text in [
            "- a\n  b\n",
            "- a: b\n    c\n",
            "- a: b\n   c: d\n",
            "- a:\n    b: c\n   d: e\n",
            "- a:\n",
            "- a:\n  b: c\n",
            "-\n  a\n",
            "- - a\n",
            "- a:\n    b\n",
            "- 'a\n  b'\n",
            "- \"a\n  b\"\n",
            "- \"\\x41\"\n",
            "- \"\\ud800\"\n",
            "- \"\\u0000\"\n",
            "- 'a' b\n",
            "- 'a': b\n",
            "- [a,\n  b]\n",
            "- [a, ]\n",
            "- [a b: c]\n",
            "- [a?]\n",
            "- [a #b]\n",
            "- [a]: b\n",
            "- [- a]\n",
            "- {a}\n",
            "- {a:b}\n",
            "- {a: }\n",
            "- {a: b c: d}\n",
            "- A: b\n",
            "- a:b: c\n",
            "- a: b: c\n",
            "- a: b:\n",
            "- 'a'#b\n",
            "- a # b\n  c\n",
            "- | # a\n  b\n",
            "- a: # b\n",
            "- 1.5\n",
            "- 007\n",
            "- 0x1f\n",
            "- -1\n",
            "- .5\n",
            "- .inf\n",
            "- 1234567890123456789\n",
            "- ~\n",
            "- null\n",
            "- True\n",
            "- @a\n",
            "- %a\n",
            "- `a\n",
            "- ]\n",
            "- |+\n  a\n",
            "- |2\n   a\n",
            "- |\n\n  a\n",
            "- |\n  a\n   \n  b\n",
            "- |\n  a",
            "- >\n  a\n   b\n",
            "- >\n  a \n  b\n",
            "- a: |\n  b\n",
            "- a: |\n   b\n  - c\n",
            "- a\n  - b\n",
            "- a: b\n- c\n d\n",
        ] {
            assert!(!is_usual::<Value>(text), "{text}");
        }
    }

    #[test]
    fn what_was_not_asked_for_is_left_to_the_yaml_reader() {
        for text in [
            "- {id: a, id: b}\n",
            "- {unknown: a}\n",
            "- [a, b]\n",
            "- id: 1\n",
            "- id: [a]\n",
            "- sources: a\n",
            "- actors: [[a, b]]\n",
        ] {
            assert!(usual::<Event>(text).is_none(), "{text}");
        }
        assert!(is_usual::<Event>("- {id: a, when: 2020, after: [b, {event: c, by: 1 day}]}\n"));
        assert!(is_usual::<Source>(
            "- {id: a, held: false, published: 2020, grade: {reliability: A, credibility: 6}}\n"
        ));
        assert!(is_usual::<Dispute>(
            "- id: a\n  positions:\n  - {label: b, held_by: [c, d]}\n  - label: e\n"
        ));
    }

    #[test]
    fn the_stories_of_this_house_are_written_in_the_usual_ways() {
        for story in [EMBEDDED, EXAMPLE] {
            let (mut read, mut left) = (0, 0);
            for (list, end) in [("\nsources:\n", "\nactors:\n"), ("\nevents:\n", "\ndisputes:\n")] {
                let text = story.split_once(list).expect("a list").1.split_once(end).expect("a list").0;
                let text = format!("{text}\n");
                is_usual::<Value>(&text);
                let mut all = Elements::of(&text);
                while let Some(element) = all.next::<Value>() {
                    read += usize::from(element.is_ok());
                    left += usize::from(element.is_err());
                }
            }
            assert!(left * 5 < read, "{left} of {read}");
        }
    }

    /// Lines of lists: dashes, keys and values of all kinds at all columns.
    fn lines() -> impl Strategy<Value = String> {
        let margin = prop::sample::select(vec![0, 0, 2, 2, 2, 2, 2, 4, 4, 4, 1, 3, 6]);
        let dash = prop::sample::select(vec!["", "", "", "- ", "- ", "-   ", "- - ", "-"]);
        let key = prop::sample::select(vec![
            "", "a: ", "b: ", "c: ", "d:", "text: ", "e:  ", "f_g: ", "A: ", "'h': ", "i :",
        ]);
        let usual = prop::sample::select(vec!["", "x", "x y", "'x'", "\"x\"", "|-", ">", "[a, b]", "{a: b}"]);
        let odd = prop::sample::select(vec![
            "",
            "",
            "x",
            "x y",
            "'x'",
            "\"x\"",
            "'it''s'",
            "\"\\u00e9\\n\\\\\"",
            "\"\\x41\"",
            "|",
            "|-",
            ">",
            ">-",
            ">+",
            "|2",
            "[a, b]",
            "[]",
            "{}",
            "{a: b}",
            "{a: b, c: [d, 'e']}",
            "[a,",
            "b]",
            "{a: b,",
            "c: d}",
            "~",
            "null",
            "true",
            "False",
            "1",
            "007",
            "-1",
            "1.5",
            ".5",
            "1e3",
            "0x1f",
            "0b1",
            "+1",
            "2020-01-01",
            "-5%",
            "nan",
            ".nan",
            "-.inf",
            "x # y",
            "'x' # y",
            "\"x\"# y",
            "[x]  #y",
            "x  # y: z",
            "# x",
            "x#y",
            "x: y",
            "x:",
            ":x",
            "?x",
            "? x",
            "-x",
            "--- x",
            "x ",
            "  x",
            "漢字",
            "ไทย ",
            "é",
            "'",
            "\"",
            "x'",
            "x\"",
            "''''",
            "'a' b",
            "\"a\":b",
            "@x",
            "%x",
            "`x",
            ",x",
            "]x",
            "x]",
            "x,y",
            "<<",
            "=",
            "[a:b]",
            "[a: b]",
            "[:a]",
            "[-a]",
            "[- a]",
            "[a b, c  ]",
            "{a: }",
            "{a: ,}",
            "[a]b",
            "[a] # b",
            "[, a]",
            "[a,, b]",
            "[http://x/y]",
            "[a #b]",
            "...",
            "---",
        ]);
        let value = prop_oneof![2 => usual, 1 => odd];
        let end = prop::sample::select(vec![
            "\n",
            "\n",
            "\n",
            "\n",
            "\n",
            "\n",
            "\n",
            "\n\n",
            "\n    \n",
            " \n",
            "\n# x\n",
            "\n    # x\n",
            " # x\n",
        ]);
        let line = (margin, dash, key, value, end);
        (prop::collection::vec(line, 1..8), prop::sample::select(vec![0, 2])).prop_map(|(lines, column)| {
            let mut text = " ".repeat(column);
            for (place, (margin, dash, key, value, end)) in lines.into_iter().enumerate() {
                // In the column of the list its own dashes stand, and nothing else.
                let own = if margin == 0 || place == 0 { "- " } else { dash };
                let margin = if place == 0 { 0 } else { column + margin };
                let _ = write!(text, "{}{own}{key}{value}{end}", " ".repeat(margin));
            }
            text
        })
    }

    /// As the cutter and the guard let it through.
    fn is_let_through(text: &str) -> bool {
        let column = text.len() - text.trim_start_matches(' ').len();
        let is_apart = |line: &str| {
            line.is_empty() || line.starts_with([' ', '#']) || (column == 0 && line.starts_with("- "))
        };
        text.lines().all(is_apart) && !guard::needed(text)
    }

    proptest! {
        // A case is short, and what trips readers up is rare.
        #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases * 16))]

        #[test]
        fn lists_are_what_the_yaml_reader_makes_of_them(text in lines()) {
            if is_let_through(&text) {
                is_usual::<Value>(&text);
            }
        }

        #[test]
        fn scalars_are_what_the_yaml_reader_makes_of_them(
            text in "[-+.~0-9a-fA-FinNtTuUlLxo_%:]{1,6}|[ -~é漢]{1,12}",
            form in 0..6_usize,
        ) {
            let text = match form {
                0 => format!("- {text}\n"),
                1 => format!("- a: {text}\n  b: c\n"),
                2 => format!("- [{text}, b]\n"),
                3 => format!("- {{a: {text}, b: {text}}}\n"),
                4 => format!("- '{text}'\n- \"{text}\"\n"),
                _ => format!("- a: |\n    {text}\n   {text}\n"),
            };
            if is_let_through(&text) {
                is_usual::<Value>(&text);
            }
        }
    }
}
