//! The rule on comments that cut a text off: in `text: wire #4 was brand new`, YAML takes all from ` #` on for a comment.
//!
//! It looks at the text itself: first, cheaply, whether any comment in it looks so, and only then at what stands where.
//! A comment that stands well apart (two blanks before it and one behind its `#`) is meant as one.
//!
//! Imports `diagnostic`, `guard` and `pieces`.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};
use memchr::{memchr, memchr_iter};

use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::guard;
use crate::story::pieces::{Holds, Piece};

/// Fields whose text is words.
const WORDS: [&str; 18] = [
    "text",
    "title",
    "label",
    "question",
    "name",
    "summary",
    "note",
    "reason",
    "publisher",
    "byline",
    "place",
    "role",
    "instrument",
    "venue",
    "published_note",
    "when_note",
    "said_note",
    "session_note",
];
/// Lists of texts that are words.
const LISTS: [&str; 2] = ["gaps", "aliases"];
/// Fields that hold others.
const HOLDERS: [&str; 11] = [
    "story",
    "sources",
    "actors",
    "events",
    "disputes",
    "statements",
    "reactions",
    "links",
    "positions",
    "allow",
    "archive",
];

/// The texts of a document that a comment cuts off, with the bytes of the comment.
pub(in crate::story) fn cut_by_comment(text: &str) -> Vec<Diagnostic> {
    cut_in_piece(&Piece { text, at: 0, holds: Holds::Fields })
}

/// The same for a piece of a text.
pub(in crate::story) fn cut_in_piece(piece: &Piece<'_>) -> Vec<Diagnostic> {
    let Piece { text, at, holds } = *piece;
    // A line is looked for once, however many of these stand in it.
    let (mut start, mut end) = (0, 0);
    let may_cut = memchr_iter(b'#', text.as_bytes()).any(|at| {
        if at >= end {
            start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            end = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end);
        }
        cuts(text[start..end].trim_end_matches('\r'), at - start)
    });
    if !may_cut {
        return Vec::new();
    }
    let (list, first) = match holds {
        Holds::Fields => (None, 0),
        Holds::Elements(list, first, _) => (Some(list), first),
    };
    let mut walk = Walk { text, at, list, first, open: Vec::new(), found: Vec::new() };
    for event in Parser::new_from_str_with_options(text, guard::options(guard::DEEPEST)) {
        let Ok((event, span)) = event else { break };
        walk.event(&event, guard::bytes_of(&span, text));
    }
    walk.found
}

/// Whether what begins with this `#` of a line would be a comment, and one that does not stand apart.
fn cuts(line: &str, at: usize) -> bool {
    let before = &line[..at];
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    let apart = (blanks > 1 || before.ends_with('\t')) && line[at + 1..].starts_with([' ', '\t', '#']);
    0 < blanks && blanks < before.len() && !apart
}

struct Walk<'t> {
    text: &'t str,
    /// The byte of the whole text at which this one begins.
    at: usize,
    /// The list of which the text is a piece, and the place of its first element.
    list: Option<&'static str>,
    first: usize,
    open: Vec<Open>,
    found: Vec<Diagnostic>,
}

/// A collection that is open.
struct Open {
    /// Its place, where it is one of a story's.
    path: Option<Path>,
    entries: Entries,
}

enum Entries {
    /// Whether its entries are words, and how many there were.
    List(bool, usize),
    /// A key comes next.
    Key,
    /// The value of this key comes next.
    Value(Option<&'static str>),
}

impl Walk<'_> {
    fn event(&mut self, event: &Event<'_>, at: Range<usize>) {
        match event {
            Event::Scalar(value, style, ..) => {
                if let Some(Open { entries: entries @ Entries::Key, .. }) = self.open.last_mut() {
                    let known = WORDS.iter().chain(&LISTS).chain(&HOLDERS).find(|key| **key == &**value);
                    *entries = Entries::Value(known.copied());
                    return;
                }
                if *style == ScalarStyle::Plain && self.is_words() {
                    self.look_behind(at);
                }
                self.value_is_over();
            }
            Event::SequenceStart(..) => {
                let words = matches!(
                    self.open.last(),
                    Some(Open { entries: Entries::Value(Some(key)), .. }) if LISTS.contains(key)
                );
                let first = if self.open.is_empty() { self.first } else { 0 };
                self.open.push(Open { path: self.path(), entries: Entries::List(words, first) });
            }
            Event::MappingStart(..) => {
                self.open.push(Open { path: self.path(), entries: Entries::Key });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
                self.value_is_over();
            }
            _ => {}
        }
    }

    /// The place of the value that comes next, where it is one of a story's.
    fn path(&self) -> Option<Path> {
        let Some(Open { path, entries }) = self.open.last() else {
            return Some(self.list.map_or_else(Path::root, |list| Path::root().key(list)));
        };
        match entries {
            Entries::List(_, count) => Some(path.as_ref()?.index(*count)),
            Entries::Key => None,
            Entries::Value(key) => Some(path.as_ref()?.key((*key)?)),
        }
    }

    fn is_words(&self) -> bool {
        match self.open.last() {
            Some(Open { entries: Entries::List(words, _), .. }) => *words,
            Some(Open { entries: Entries::Value(Some(key)), .. }) => WORDS.contains(key),
            _ => false,
        }
    }

    /// Reports the comment on the line on which a text ends.
    fn look_behind(&mut self, at: Range<usize>) {
        let text = self.text;
        let end = at.start + text[at].trim_end().len();
        let line_start = text[..end].rfind('\n').map_or(0, |before| before + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |length| end + length);
        let comment = end + (text[end..line_end].len() - text[end..line_end].trim_start().len());
        let line = &text[line_start..line_end];
        if !text[comment..line_end].starts_with('#') || !cuts(line, comment - line_start) {
            return;
        }
        let Some(path) = self.path() else { return };
        let comment = comment..comment + text[comment..line_end].trim_end().len();
        let message = format!("`{}` is a comment, and no part of this text", &text[comment.clone()]);
        let comment = self.at + comment.start..self.at + comment.end;
        let hint = "put the whole text in quotes; where a comment is meant, give it a line of its own";
        self.found.push(Diagnostic::new(Code::CutByComment, path, message).hint(hint).at(comment));
    }

    fn value_is_over(&mut self) {
        match self.open.last_mut().map(|open| &mut open.entries) {
            Some(Entries::List(_, count)) => *count += 1,
            Some(entries @ Entries::Value(_)) => *entries = Entries::Key,
            // A collection was the key: nothing of a story has such a key.
            Some(entries @ Entries::Key) => *entries = Entries::Value(None),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, &str)> {
        let found = cut_by_comment(text).into_iter();
        found.map(|one| (one.path.to_string(), &text[one.span.expect("bytes")])).collect()
    }

    #[test]
    fn a_comment_right_behind_words_cuts_them_off() {
        let text = "# a comment
story:
  title: The #1 story #MeToo
  summary: one line
    and #2 of them
  note: 'in quotes #3'  #4
  time_zone: UTC #5
actors:
  - name: A # the first
    aliases:
      - Wire #6
      - \"Wire #7\" #8
  - {name: issue #, kind: x
     }
  - name: C          # stands apart
  - name: D  #9
  - name: E#10
  - note: >-
      folded #11
";
        let expected = [
            ("story.title", "#1 story #MeToo"),
            ("story.summary", "#2 of them"),
            ("actors[0].name", "# the first"),
            ("actors[0].aliases[0]", "#6"),
            ("actors[1].name", "#, kind: x"),
            ("actors[3].name", "#9"),
        ];
        assert_eq!(found(text), expected.map(|(path, comment)| (path.to_owned(), comment)));
    }

    #[test]
    fn a_line_of_many_marks_costs_one_look_each() {
        assert_eq!(found(&format!("title: a{}", "  # b".repeat(400_000))), []);
    }
}
