//! Text, numbers and the two truths: bare, in quotation marks, and in blocks.
//!
//! Imports its parent only.

use memchr::{memchr, memchr_iter, memchr2, memchr3};
use serde::de::Visitor;

use super::{Doubt, Reader};

impl<'t> Reader<'t> {
    pub(super) fn scalar<V: Visitor<'t>>(&mut self, visitor: V) -> Result<V::Value, Doubt> {
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
