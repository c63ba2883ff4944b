//! What an author probably did where the YAML reader cannot go on: told from the lines themselves, because the reader
//! stops where the consequence shows, not where the cause stands.
//!
//! Imports `diagnostic` and `quotes`.

use std::ops::Range;

use super::super::diagnostic::{Code, Diagnostic, Path};
use super::quotes;
use crate::text::safe_line;

/// Where the reader stopped and what it was in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stop<'m> {
    /// Its message, without the places in it.
    pub(super) message: &'m str,
    /// The byte at which it stopped.
    pub(super) at: usize,
    /// Where that began which it could not finish.
    pub(super) opening: Option<usize>,
}

/// The fault in the author's terms, where the lines tell what it is.
pub(super) fn suspect(text: &str, stop: Stop<'_>) -> Option<Diagnostic> {
    let here = Line::of(text, stop.at);
    let lines = [stop.opening.map(|at| Line::of(text, at)), Some(here), here.before()];
    let lines = || lines.into_iter().flatten();
    lines()
        .find_map(conflict)
        .or_else(|| quotes::unclosed_before(text, stop.at).map(|at| unclosed(at..at + 1)))
        .or_else(|| lines().find_map(invisible_margin))
        .or_else(|| lines().find_map(dash_without_blank))
        .or_else(|| without_colon(text, stop))
        .or_else(|| at_the_mark(here, stop))
        .or_else(|| goes_on(here, stop.at))
        .or_else(|| indentation(here, text, stop))
}

/// A line of the text, without its line end.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    range: (usize, usize),
}

impl<'t> Line<'t> {
    fn of(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = at + text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
        Self { text, range: (start, end) }
    }

    /// The nearest line before this one that is not blank.
    fn before(self) -> Option<Self> {
        let end = self.text[..self.range.0].trim_end().len();
        (end > 0).then(|| Self::of(self.text, end))
    }

    fn as_str(self) -> &'t str {
        &self.text[self.range.0..self.range.1]
    }

    /// Columns of white space before it.
    fn margin(self) -> usize {
        self.as_str().len() - self.as_str().trim_start_matches(' ').len()
    }

    /// Where its first field begins, behind the dashes before it, in columns from 0.
    fn field(self) -> usize {
        let line = self.as_str();
        line.len() - line.trim_start_matches(['-', ' ']).len()
    }

    /// The bytes of a part of it.
    fn part(self, part: &str) -> Range<usize> {
        let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
        start..start + part.len()
    }
}

fn fault(at: Range<usize>, message: impl AsRef<str>, hint: impl AsRef<str>) -> Diagnostic {
    Diagnostic::new(Code::Yaml, Path::root(), message).hint(hint).at(at)
}

fn conflict(line: Line<'_>) -> Option<Diagnostic> {
    let marks = ["<<<<<<<", "=======", ">>>>>>>"];
    let mark = marks.into_iter().find(|mark| line.as_str().starts_with(mark))?;
    let message = format!("`{mark}` is a mark that git leaves where two versions of a file disagree");
    let hint =
        "keep one of the two versions, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>";
    Some(fault(line.part(line.as_str()), message, hint))
}

fn unclosed(at: Range<usize>) -> Diagnostic {
    fault(
        at,
        "the text in quotes that begins here is not closed where it ends",
        "close the quotation mark at the end of the text; write one inside of 'text' twice, one inside of \"text\" as \\\"",
    )
}

/// `\u{a0}  title: x`.
fn invisible_margin(line: Line<'_>) -> Option<Diagnostic> {
    let rest = line.as_str().trim_start_matches([' ', '\t']);
    let character = rest.chars().next().filter(|first| first.is_whitespace() || *first == '\u{200b}')?;
    let name = if character == '\u{a0}' { ", a no-break space" } else { "" };
    let message = format!(
        "this line begins with a character that cannot be seen: U+{:04X}{name}",
        u32::from(character)
    );
    Some(fault(line.part(&rest[..character.len_utf8()]), message, "take it out, and indent with blanks"))
}

/// `-id: wire`.
fn dash_without_blank(line: Line<'_>) -> Option<Diagnostic> {
    let rest = line.as_str().trim_start();
    let entry = rest.strip_prefix('-')?;
    let (name, _) = name_and_rest(entry)?;
    let hint = format!("write `- {}`", shown(entry));
    Some(fault(line.part(&rest[..=name.len()]), "a blank is missing behind the dash", hint))
}

/// The name of a field at the start of this, and what stands behind its colon.
fn name_and_rest(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once(':')?;
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit());
    (is_name && (rest.is_empty() || rest.starts_with(' '))).then_some((name, rest))
}

/// `publisher:The Gazette`, `status occurred`: the reader looks for the colon up to the next line.
fn without_colon(text: &str, stop: Stop<'_>) -> Option<Diagnostic> {
    if !stop.message.contains("could not find expected ':'") {
        return None;
    }
    let line = Line::of(text, stop.opening?);
    let entry = &line.as_str()[line.field()..];
    let end = entry.find([' ', ':']).unwrap_or(entry.len());
    let (name, rest) = entry.split_at(end);
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let what = if entry[end..].starts_with(':') {
        "a blank is missing behind the colon"
    } else {
        "a colon and a blank are missing"
    };
    let message = format!("{what} after `{}`", shown(name));
    let hint = format!(
        "write `{}: {}`; if it goes on the text above, indent it further than that text's field",
        shown(name),
        shown(rest.trim_start())
    );
    Some(fault(line.part(name), message, hint))
}

/// What the reader cannot take at the very place where it stopped.
fn at_the_mark(here: Line<'_>, stop: Stop<'_>) -> Option<Diagnostic> {
    let Stop { message, at, opening } = stop;
    if message.contains("comment or line break, while scanning a block scalar") {
        let start = opening?;
        let value = Line::of(here.text, start).as_str();
        let value = value[start - Line::of(here.text, start).range.0..].split(" #").next()?.trim_end();
        let hint = format!("put it in quotes: '{}'", shown(&value.replace('\'', "''")));
        let told = format!("text that begins with `{}` must stand in quotes", &value[..1]);
        return Some(fault(start..start + value.len(), told, hint));
    }
    let rest = &here.text[at..here.range.1.max(at)];
    if message.contains("cannot start any token") && !rest.starts_with('\t') {
        let first = rest.chars().next()?;
        let told = format!("text that begins with `{first}` must stand in quotes");
        return Some(fault(at..at + first.len_utf8(), told, "put the whole text in quotes"));
    }
    if message.contains("block sequence entries are not allowed") {
        let hint =
            "put text that begins with a dash in quotes; of a list, begin each entry on a line of its own";
        return Some(fault(at..at + 1, "a dash with a blank behind it stands where text belongs", hint));
    }
    None
}

/// `"We did" not do so`, `[sic] they said`, `we said: no`.
fn goes_on(here: Line<'_>, at: usize) -> Option<Diagnostic> {
    let line = here.as_str();
    let (before, rest) = line.split_at(at.checked_sub(here.range.0)?.min(line.len()));
    let entry = &line[here.field()..];
    let (_, value) = name_and_rest(entry).unwrap_or(("", entry));
    let value = value.trim_start();
    let start = here.part(value).start - here.range.0;
    if value.is_empty() || start >= before.len() {
        return None;
    }
    let hint = format!("put the whole text in quotes: '{}'", shown(&value.replace('\'', "''")));
    if rest.starts_with(':') {
        let message = "a colon with a blank behind it stands in this text";
        return Some(fault(here.part(&rest[..1]), message, hint));
    }
    let closing = match value.chars().next()? {
        quote @ ('"' | '\'') => quote,
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    before[start + 1..].trim_end().ends_with(closing).then(|| {
        let what = if matches!(closing, ']' | '}') { "bracket" } else { "quotation mark" };
        fault(here.part(rest), format!("text goes on behind the closing {what}"), hint)
    })
}

/// A line that begins in a column of its own.
fn indentation(here: Line<'_>, text: &str, stop: Stop<'_>) -> Option<Diagnostic> {
    let above = here.before()?;
    let column = here.margin();
    let entry = here.as_str()[here.field()..].split(' ').next()?;
    let told = |should: usize| {
        let word = |blanks: usize| match blanks {
            0 => "no blank".to_owned(),
            1 => "1 blank".to_owned(),
            more => format!("{more} blanks"),
        };
        let message =
            format!("this line is indented by {}, and what it belongs to by {}", word(column), word(should));
        let hint = format!("begin it with {}; what belongs together begins in the same column", word(should));
        fault(here.part(entry), message, hint)
    };
    // Further in than the text above, it goes on with that text.
    if stop.message.contains("mapping values are not allowed") {
        return (column > above.field()).then(|| told(above.field()));
    }
    let is_first = stop.at <= here.range.0 + here.field();
    if !stop.message.contains("did not find expected") || !is_first {
        return None;
    }
    let opening = Line::of(text, stop.opening?);
    let should = stop.opening? - opening.range.0;
    let should = if stop.message.contains("'-' indicator") && !here.as_str().trim_start().starts_with('-') {
        above.field()
    } else {
        should
    };
    (should != column).then(|| told(should))
}

/// A piece of a line, short enough for a message.
fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    crate::text::truncate(&safe_line(text), LONGEST).into_owned()
}
