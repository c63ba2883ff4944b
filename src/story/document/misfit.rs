//! What stands in the wrong place of a document, in words an author can act on.
//!
//! Imports `diagnostic` and the values of its parent.

use super::super::diagnostic::did_you_mean;
use super::Sort;
use super::tree::{Entry, Kind};

/// What should stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Text,
    Truth,
    Number,
    List,
    /// The fields of this type of the document.
    Fields(&'static str),
}

/// The field of a type that is meant where only a text stands for the whole.
pub(super) fn main_field(name: &str) -> Option<&'static str> {
    match name {
        "Part" => Some("actor"),
        "Archive" => Some("file"),
        "Header" => Some("title"),
        _ => None,
    }
}

/// What is wrong, and the way out. `field` is the name of the field whose value it is.
pub(super) fn told(entry: &Entry<'_>, sort: Sort, field: Option<&str>, wanted: Wanted) -> (String, String) {
    let hint = hint(entry, sort, field, wanted);
    if entry.kind == Kind::Plain && sort == Sort::Nothing {
        let sign = if entry.value.is_empty() || entry.at.is_empty() {
            String::new()
        } else {
            format!(" (`{}` means nothing)", entry.value)
        };
        return match field {
            Some(field) => {
                let hint = "write its value after it, or leave the field out";
                (format!("`{field}:` has no value{sign}"), hint.to_owned())
            }
            None => (format!("this entry is empty{sign}"), "write it, or take it out".to_owned()),
        };
    }
    let raw = &entry.value;
    if entry.kind == Kind::Mapping && wanted == Wanted::Text && raw.is_empty() {
        let message = "a colon with a blank behind it makes a field of this text";
        return (message.to_owned(), "put the whole text in quotes".to_owned());
    }
    if wanted == Wanted::Number && matches!(sort, Sort::Whole | Sort::Number) {
        return (format!("`{raw}` is no number that fits here"), hint);
    }
    let found = match (entry.kind, sort) {
        (Kind::Mapping, _) => "named fields stand".to_owned(),
        (Kind::List, _) => "a list stands".to_owned(),
        (_, Sort::Whole | Sort::Number) => format!("the number {raw} stands"),
        (_, Sort::Truth) => format!("`{raw}` stands"),
        _ => format!("the text `{raw}` stands"),
    };
    let belongs = match wanted {
        Wanted::Text => "text belongs",
        Wanted::Truth => "true or false belongs",
        Wanted::Number => "a number belongs",
        Wanted::List => "a list belongs",
        Wanted::Fields("Document") => "the fields of a story belong",
        Wanted::Fields(_) => "named fields belong",
    };
    (format!("{found} where {belongs}"), hint)
}

/// What is wrong with a field whose value begins with a `#`.
pub(super) fn commented_out(field: &str) -> (String, String) {
    let message = format!("`{field}:` has no value: what stands behind the `#` is a comment");
    (message, "put text that holds a # behind a blank in quotes".to_owned())
}

fn hint(entry: &Entry<'_>, sort: Sort, field: Option<&str>, wanted: Wanted) -> String {
    let raw = &entry.value;
    let example = match wanted {
        Wanted::Text => return instead_of_text(entry, field),
        Wanted::Truth => return "write true or false, without quotes".to_owned(),
        Wanted::Number if field == Some("credibility") => {
            "write a number from 1 (confirmed) to 6 (cannot be judged), without quotes; letters are for \
             `reliability:`"
        }
        Wanted::Number => "write 1, without quotes",
        Wanted::List if entry.kind == Kind::Mapping => "begin each entry of the list with `- `",
        Wanted::List => return format!("write [{raw}], or each entry on a line of its own after `- `"),
        Wanted::Fields("Document") => "a story begins with `format: 1`",
        Wanted::Fields("Part") if sort == Sort::Text && !raw.is_empty() => {
            return format!("write {{actor: {raw}}}, with a `role:` where it had one");
        }
        Wanted::Fields("Archive") if sort == Sort::Text && !raw.is_empty() => {
            return format!("write {{file: {raw}}}");
        }
        Wanted::Fields("Allow") if sort == Sort::Text && !raw.is_empty() => {
            return format!("write {{rule: {raw}, reason: why it does not hold here}}");
        }
        Wanted::Fields("Part") => "write {actor: its id, role: what it was}",
        Wanted::Fields("Archive") => "write {file: the name of the file}",
        Wanted::Fields("Allow") => "write {rule: its name, reason: why it does not hold here}",
        Wanted::Fields("Link") => "write {to: an event's id, kind: …, basis: …}",
        Wanted::Fields("Position") => "write {label: the answer, held_by: [ids of statements or reactions]}",
        Wanted::Fields("SourceGrade") => "write {reliability: C, credibility: 3}",
        Wanted::Fields("Header") => "write `title:` on a line of its own below, two blanks further in",
        Wanted::Fields(_) => "write its fields as `name: value`, one a line, or {name: value, name: value}",
    };
    example.to_owned()
}

/// The way out where something else stands where text belongs.
fn instead_of_text(entry: &Entry<'_>, field: Option<&str>) -> String {
    match (entry.kind, field) {
        (Kind::Mapping, _) => "put text that begins with a brace in quotes".to_owned(),
        (Kind::List, _) if !entry.value.is_empty() => {
            "put text that begins with a bracket in quotes".to_owned()
        }
        (Kind::List, Some(field)) => format!("write one text after `{field}:`, without `- `"),
        (Kind::List, None) => "write one text, without a second `- `".to_owned(),
        _ => format!("put it in quotes: \"{}\"", entry.value),
    }
}

/// What is wrong with an unknown field, the way out, and the field that was probably meant.
pub(super) fn unknown_field(
    key: &Entry<'_>,
    known: &[&'static str],
    absent: &[&'static str],
) -> ((String, String), Option<&'static str>) {
    let all = format!("the fields here are {}", known.join(", "));
    if matches!(key.kind, Kind::List | Kind::Mapping) {
        return (("the name of a field belongs here".to_owned(), all), None);
    }
    let name = &key.value;
    let message = format!("unknown field `{name}`");
    let bare: String = name.chars().filter(|character| !is_invisible(*character)).collect();
    if let Some(invisible) = name.chars().find(|character| is_invisible(*character))
        && let Some(field) = known.iter().find(|field| **field == bare)
    {
        let hint = format!(
            "`{field}` is a field, but there is a character in this name that cannot be seen: U+{:04X}{}; take it out",
            u32::from(invisible),
            if invisible == '\u{a0}' { ", a no-break space" } else { "" },
        );
        return ((message, hint), absent.iter().copied().find(|absent| absent == field));
    }
    if let Some(near) = did_you_mean(name, absent.iter().copied()) {
        let hint = format!("did you mean `{near}`? T{}", &all[1..]);
        return ((message, hint), Some(near));
    }
    let meant: Vec<_> = synonyms(&name.to_lowercase()).iter().filter(|field| known.contains(field)).collect();
    match meant.as_slice() {
        [] => match did_you_mean(name, known.iter().copied()) {
            Some(near) => ((message, format!("`{near}` stands here already; t{}", &all[1..])), None),
            None => ((message, all), None),
        },
        [first, ..] => {
            let hint = format!("did you mean `{first}`? T{}", &all[1..]);
            ((message, hint), absent.iter().copied().find(|absent| absent == *first))
        }
    }
}

/// What is wrong with words that stand in braces as if they were a field: `{title: One, and another}`.
pub(super) fn parted_by_comma(key: &Entry<'_>) -> (String, String) {
    let message = format!("`{}` stands where the name of a field belongs", key.value);
    (
        message,
        "put text that holds a comma in quotes; in braces a comma parts one field from the next".to_owned(),
    )
}

fn is_invisible(character: char) -> bool {
    (character.is_whitespace() && character != ' ')
        || !crate::text::is_safe(character.encode_utf8(&mut [0; 4]))
}

/// What a field that the format does not have may stand for.
fn synonyms(name: &str) -> &'static [&'static str] {
    match name {
        "date" | "time" | "day" | "datetime" | "on" | "year" => &["when", "published", "said", "session"],
        "headline" | "name" | "heading" | "label" => &["title", "name", "label", "question"],
        "author" | "authors" | "by" | "writer" => &["byline", "speaker"],
        "outlet" | "newspaper" | "paper" | "medium" => &["publisher"],
        "link" | "href" | "web" | "uri" => &["url"],
        "type" | "category" => &["kind", "form"],
        "description" | "abstract" | "details" => &["summary", "note"],
        "quote" | "words" | "statement" | "content" => &["text"],
        "who" | "person" | "said_by" | "actor" => &["speaker", "actor"],
        "location" | "where" | "city" => &["place"],
        "comment" | "remark" | "notes" => &["note"],
        "page" | "line" | "lines" | "paragraph" => &["locator"],
        "timezone" | "zone" | "tz" => &["time_zone"],
        "also_known_as" | "aka" | "names" => &["aliases"],
        "move" | "percent" | "percentage" => &["change"],
        "ticker" => &["symbol"],
        "exchange" | "market" => &["venue"],
        "target" | "event" => &["to"],
        "based_on" | "cites" => &["relies_on"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Entry<'_> {
        Entry { kind: Kind::Plain, value: name.into(), at: 0..name.len(), next: 1 }
    }

    fn meant(name: &str, known: &[&'static str]) -> (String, Option<&'static str>) {
        let ((_, hint), meant) = unknown_field(&key(name), known, known);
        (hint, meant)
    }

    #[test]
    fn the_field_that_was_meant_is_named() {
        let event = ["id", "title", "when", "status"];
        assert_eq!(meant("tilte", &event).1, Some("title"));
        assert_eq!(meant("date", &event).1, Some("when"));
        assert_eq!(meant("date", &["id", "published", "title"]).1, Some("published"));
        assert_eq!(meant("zzz", &event), ("the fields here are id, title, when, status".to_owned(), None));
        let (hint, field) = meant("\u{a0}\u{a0}title", &event);
        assert!(hint.contains("U+00A0, a no-break space") && field == Some("title"), "{hint}");
        let (hint, field) = meant("ti\u{200b}tle", &event);
        assert!(hint.contains("U+200B") && field == Some("title"), "{hint}");
    }

    #[test]
    fn a_field_that_stands_there_already_is_not_offered_once_more() {
        let ((_, hint), meant) = unknown_field(&key("titel"), &["id", "title"], &["id"]);
        assert!(hint.starts_with("`title` stands here already; the fields here are"), "{hint}");
        assert_eq!(meant, None);
    }
}
