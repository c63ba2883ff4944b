//! What the YAML reader says of a file it cannot read, in words an author can act on.
//!
//! Imports `diagnostic`, `locate` and `text`. Knows the reader's messages, and lets one it does not know stand as it is.

use std::ops::Range;

use super::super::diagnostic::{Code, Diagnostic, Path, did_you_mean};
use super::super::locate;
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
    let key = message.contains("unknown field `");
    let (message, hint) = explained(message);
    let mut fault = Diagnostic::new(Code::Yaml, Path::root(), message);
    if let Some(hint) = hint {
        fault = fault.hint(hint);
    }
    if let Some(at) = at {
        let at = text::floor(text, at.byte);
        fault = fault.at(locate::token(text, at, key).unwrap_or_else(|| character(text, at)));
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
    if let Some((message, hint)) = unknown_field(message).or_else(|| misfit(message)) {
        return (message, Some(hint));
    }
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

/// ``unknown field `x`, expected one of `a`, `b` ``.
fn unknown_field(message: &str) -> Option<(String, String)> {
    let (start, fields) = message.rsplit_once(", expected ")?;
    let wrong = start.split_once("unknown field `")?.1.strip_suffix('`')?;
    let fields: Vec<_> = fields.split('`').skip(1).step_by(2).collect();
    let all = format!("the fields here are {}", fields.join(", "));
    let hint = match did_you_mean(wrong, fields) {
        Some(near) => format!("did you mean `{near}`? {}{}", all[..1].to_uppercase(), &all[1..]),
        None => all,
    };
    Some((start.to_owned(), hint))
}

/// `invalid type: this, expected that`, with or without the path before it.
fn misfit(message: &str) -> Option<(String, String)> {
    const MARK: &str = "invalid type: ";
    let (path, rest) = message.split_at(message.find(MARK)?);
    let (found, wanted) = rest[MARK.len()..].rsplit_once(", expected ")?;
    let found = match found {
        "map" => "named fields".to_owned(),
        "sequence" => "a list".to_owned(),
        "unit value" => "nothing (an empty value, `~` or `null`)".to_owned(),
        other => {
            other.strip_prefix("string ").map(|text| format!("the text {text}")).unwrap_or(other.to_owned())
        }
    };
    let stands = if found == "named fields" { "stand" } else { "stands" };
    let (wanted, hint) = match wanted {
        "a sequence" => ("a list", "begin each entry with `- `, or write [one, another]"),
        "text" => ("text", "write the text, in quotes where it holds a colon or begins with a bracket"),
        "a boolean" => ("true or false", "write true or false"),
        "u64" => ("a whole number", "write a number without quotes"),
        "struct Document" => ("the fields of a story", "a story begins with `format: 1`"),
        _ => ("named fields", "write them as `name: value`, one a line, or {name: value}"),
    };
    Some((format!("{path}{found} {stands} where {wanted} belong{}", plural(wanted)), hint.to_owned()))
}

/// The ending of the verb that goes with these words.
fn plural(wanted: &str) -> &'static str {
    if wanted.ends_with("fields") || wanted.ends_with("story") { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_become_words_to_act_on() {
        for (said, message, hint) in [
            (
                "sources[1]: unknown field `tilte`, expected one of `id`, `title`, `kind` at line 9 column 5",
                "sources[1]: unknown field `tilte`",
                "did you mean `title`? The fields here are id, title, kind",
            ),
            (
                "unknown field `zzz`, expected `rule` or `reason` at line 9 column 5",
                "unknown field `zzz`",
                "the fields here are rule, reason",
            ),
            (
                "sources: invalid type: map, expected a sequence at line 9 column 5",
                "sources: named fields stand where a list belongs",
                "begin each entry with `- `, or write [one, another]",
            ),
            (
                "invalid type: string \"a\", expected struct Document",
                "the text \"a\" stands where the fields of a story belong",
                "a story begins with `format: 1`",
            ),
        ] {
            let fault = in_words("", said, Some(Place { line: 9, column: 5, byte: 0 }));
            assert_eq!(fault.message, message);
            assert_eq!(fault.hint.as_deref(), Some(hint));
        }
    }

    #[test]
    fn a_message_nobody_foresaw_stands_as_it_is() {
        let fault = in_words("", "something else, expected nothing", None);
        assert_eq!((fault.message.as_str(), fault.hint), ("something else, expected nothing", None));
    }
}
