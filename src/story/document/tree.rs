//! The text as a tree that knows where each value stands.
//!
//! The promise: no alias is followed, and no more is held than the text has values. Imports `guard` and `locate`.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::super::{guard, locate};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text without quotation marks, which may be a number or nothing at all.
    Plain,
    /// Text in quotes or in a block.
    Text,
    List,
    Mapping,
    /// What stands for a value elsewhere.
    Alias,
}

/// A value, or the key of one.
#[derive(Debug, Clone)]
pub(super) struct Entry<'t> {
    pub(super) kind: Kind,
    /// Of a scalar: its text. Of a collection in brackets: the bracket.
    pub(super) value: Cow<'t, str>,
    /// Its bytes; of a collection those on its first line.
    pub(super) at: Range<usize>,
    /// The place of the first entry that is not in it.
    pub(super) next: usize,
}

fn bracket(style: StructureStyle, bracket: &'static str) -> Cow<'static, str> {
    if style == StructureStyle::Flow { bracket.into() } else { Cow::default() }
}

/// Every value of the first document, each before what is in it; `None` where the text cannot be read to its end.
pub(super) fn of(text: &str) -> Option<Vec<Entry<'_>>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let (mut open, mut documents, mut end) = (Vec::new(), 0, 0);
    for event in Parser::new_from_str_with_options(text, guard::options(guard::DEEPEST)) {
        let (event, span) = event.ok()?;
        let at = guard::bytes_of(&span, text);
        let (kind, value) = match event {
            Event::Scalar(value, ScalarStyle::Plain, ..) => (Kind::Plain, value),
            Event::Scalar(value, ..) => (Kind::Text, value),
            Event::Alias(_) | Event::UnresolvedAlias(_) => (Kind::Alias, Cow::default()),
            Event::SequenceStart(style, ..) => (Kind::List, bracket(style, "[")),
            Event::MappingStart(style, ..) => (Kind::Mapping, bracket(style, "{")),
            Event::SequenceEnd | Event::MappingEnd => {
                end = end.max(at.end);
                let (next, first) = (entries.len(), open.pop()?);
                let Entry { at, next: after, .. } = entries.get_mut::<usize>(first)?;
                *after = next;
                at.end = end.min(locate::end_of_line(text, at.start)).max(at.start);
                continue;
            }
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    break;
                }
                continue;
            }
            _ => continue,
        };
        if !at.is_empty() {
            end = at.end;
        }
        if matches!(kind, Kind::List | Kind::Mapping) {
            open.push(entries.len());
        }
        let next = entries.len() + 1;
        entries.push(Entry { kind, value, at, next });
    }
    (!entries.is_empty()).then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_stands_before_what_is_in_it() {
        let text = "a: [b, {c: d}]\ne:\n  - \"f\n    g\"\n";
        let entries = of(text).expect("YAML");
        let all: Vec<_> =
            entries.iter().map(|entry| (entry.kind, &text[entry.at.clone()], entry.next)).collect();
        assert_eq!(
            all,
            [
                (Kind::Mapping, "a: [b, {c: d}]", 10),
                (Kind::Plain, "a", 2),
                (Kind::List, "[b, {c: d}]", 7),
                (Kind::Plain, "b", 4),
                (Kind::Mapping, "{c: d}", 7),
                (Kind::Plain, "c", 6),
                (Kind::Plain, "d", 7),
                (Kind::Plain, "e", 8),
                (Kind::List, "- \"f", 10),
                (Kind::Text, "\"f\n    g\"", 10),
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_is_no_tree() {
        for text in ["a: [", "a: \"", "", "a:\n b: c\n  d: e"] {
            assert!(of(text).is_none(), "{text}");
        }
    }
}
