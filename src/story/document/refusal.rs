//! What the YAML reader says of a file it cannot read, in words an author can act on.
//!
//! Imports `diagnostic`, `locate` and `text`. Knows the reader's messages, and lets one it does not know stand as it is.

use std::ops::Range;

use super::super::diagnostic::{Code, Diagnostic, Path};
use super::super::locate;
use super::suspects::{self, Stop};
use crate::text;

/// The fault for what the reader said of this text.
pub(super) fn diagnostic(text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let place = error.location().map(|at| Place { line: at.line(), column: at.column(), byte: at.index() });
    in_words(text, &error.to_string(), place)
}

/// The fault for a message of the reader, and the place it came with.
fn in_words(text: &str, message: &str, at: Option<Place>) -> Diagnostic {
    // The place is shown beside the message.
    let place = at.map_or_else(String::new, |at| format!(" at line {} column {}", at.line, at.column));
    let message = if place.is_empty() { message.to_owned() } else { message.replacen(&place, "", 1) };
    let (message, context) = without_context(&message);
    let opening =
        context.and_then(|(line, column)| reader_offset(text, line, column)).map(|at| character(text, at));
    let began = opening.as_ref().map(|opening| opening.start);
    let suspected = at.and_then(|at| {
        let at = text::floor(text, at.byte);
        suspects::suspect(text, Stop { message, at, opening: began })
    });
    if let Some(fault) = suspected {
        return fault;
    }
    if let Some(opening) = opening.clone().filter(|_| message.ends_with("while scanning a quoted scalar")) {
        return Diagnostic::new(Code::Yaml, Path::root(), "this quotation mark is never closed")
            .hint("close it where the text ends; write one inside of 'text' twice, one inside of \"text\" as \\\"")
            .at(opening);
    }
    let stands_on = at.map(|at| text[text::floor(text, at.byte)..].chars().next());
    if message.contains("cannot start any token") && stands_on == Some(Some('\t')) {
        let at = text::floor(text, at.map_or(0, |at| at.byte));
        return Diagnostic::new(Code::Yaml, Path::root(), "a tab stands where only spaces can")
            .hint("indent with spaces; most editors can turn all tabs of a file into spaces")
            .at(character(text, at));
    }
    let stopped =
        at.filter(|_| message.contains("did not find expected")).map(|at| text::floor(text, at.byte));
    if let Some((at, quote)) = stopped.and_then(|at| Some((at, locate::quoted_before(text, at)?))) {
        let message = "the text in quotes that begins here ends on another line, and what follows it there makes no sense";
        return Diagnostic::new(Code::Yaml, Path::root(), message)
            .hint("close the quotation mark where the text ends")
            .at(character(text, quote))
            .also_at(character(text, at), "what follows");
    }
    let (message, hint) = explained(message);
    let mut fault = Diagnostic::new(Code::Yaml, Path::root(), message);
    if let Some(hint) = hint {
        fault = fault.hint(hint);
    }
    if let Some(at) = at {
        let at = text::floor(text, at.byte);
        fault = fault.at(locate::token(text, at).unwrap_or_else(|| character(text, at)));
    }
    match opening {
        Some(opening) => fault.also_at(opening, "this begins here"),
        None => fault,
    }
}

/// Where the reader says it stopped.
#[derive(Debug, Clone, Copy)]
struct Place {
    line: usize,
    column: usize,
    byte: usize,
}

/// The message without the place where what the reader was in begins; and that place, as line and column.
fn without_context(message: &str) -> (&str, Option<(usize, usize)>) {
    let context = || {
        let (start, place) = message.rsplit_once(" at line ")?;
        let (line, column) = place.split_once(" column ")?;
        start.contains(", while ").then_some((start, (line.parse().ok()?, column.parse().ok()?)))
    };
    context().map_or((message, None), |(start, place)| (start, Some(place)))
}

/// The byte at a line and column as the reader counts them: it ends lines where YAML 1.1 does.
fn reader_offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let (mut lines, mut columns) = (1, 1);
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if (lines, columns) == (line, column) {
            return Some(at);
        }
        match character {
            '\r' if characters.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => (lines, columns) = (lines + 1, 1),
            _ => columns += 1,
        }
    }
    None
}

/// The bytes of the character that begins here.
fn character(text: &str, at: usize) -> Range<usize> {
    at..at
        + text[at..]
            .chars()
            .next()
            .filter(|character| !matches!(character, '\n' | '\r'))
            .map_or(0, char::len_utf8)
}

/// The message in plainer words, and the way out.
fn explained(message: &str) -> (String, Option<String>) {
    let known = [
        ("duplicate field", "a field stands twice here; keep one of the two"),
        ("more than one document", "a file holds one story; take out the line `---`"),
        ("quoted scalar", "check the quotation marks here"),
        ("tab character", "indent with spaces, not tabs"),
        ("cannot start any token", "put text that begins with @, ` or % in quotes"),
        ("recursion limit", "a story is never nested this deep; look for brackets that are not closed"),
        ("mapping values are not allowed", "put text that holds a colon and a space in quotes"),
        (
            "did not find expected key",
            "check that the fields here begin in the same column, and every quotation mark",
        ),
        ("did not find expected", "check the brackets, commas and indentation here"),
    ];
    let hint = known.iter().find(|(part, _)| message.contains(part)).map(|(_, hint)| (*hint).to_owned());
    (message.to_owned(), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_nobody_foresaw_stands_as_it_is() {
        let fault = in_words("", "something else, expected nothing", None);
        assert_eq!((fault.message.as_str(), fault.hint), ("something else, expected nothing", None));
    }
}
