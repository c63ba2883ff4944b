//! What the format refuses of YAML: anchors, aliases, merge keys, tags, repeated keys, several documents, deep
//! nesting, more values than a story of that length has, characters that YAML does not take, and what two readers of YAML take for two different things.
//!
//! The promise: what would fill the memory or hold the program is refused before `serde_yaml` sees it, and every
//! refusal carries the bytes at fault. [`needed`] is one pass over the bytes, which every file pays; it may ask for the
//! other pass in vain, but never fails to ask where `serde_yaml` would do harm or take in silence what the format
//! refuses. What `serde_yaml` refuses by itself (a repeated key, a second document, a merge key) needs no asking: on
//! any refusal of its own [`check`] runs too, and says it better.
//!
//! Imports `diagnostic` and `text`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span, StructureStyle};

use super::diagnostic::{Code, Diagnostic, Path};
use crate::text;

mod load;
mod scan;

use load::{EMPTY, LIST, Load, MAPPING, SCALAR};
pub use scan::needed;

/// The deepest nesting read. A story needs eight levels.
pub const DEEPEST: usize = 64;
/// How many refusals of one kind are listed; after them, only their number.
const LISTED: usize = 16;

/// What [`check`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// All that the format refuses, in the order of the text.
    pub refused: Vec<Diagnostic>,
    /// Why the reader stopped before the end, where it did. Nothing is known of what follows.
    pub unread: Option<Diagnostic>,
}

/// Reads the text, and finds all in it that the format refuses.
pub fn check(text: &str) -> Finding {
    let mut guard = Guard::new(text);
    guard.characters();
    // What YAML does not take ends the text for some readers: past it, nothing would be certain.
    let mut unread = None;
    if guard.found.is_empty() {
        unread = guard.read().err().map(|error| unread_because(text, &error));
        let end = unread.as_ref().and_then(|fault| fault.span.clone()).map_or(text.len(), |span| span.end);
        guard.hidden_breaks(&(end..end));
    }
    let too_deep = unread.take_if(|fault| fault.code == Code::TooDeep);
    let mut refused = guard.findings();
    refused.extend(too_deep);
    Finding { refused, unread }
}

/// How the reader of positions is set up, here and in `locate`.
pub(super) fn options(deepest: usize) -> Options {
    granit_parser::options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: deepest,
        block_nesting_limit: deepest,
    }
}

/// The bytes of an event: never outside the text, and on character boundaries.
pub(super) fn bytes_of(span: &Span, text: &str) -> Range<usize> {
    let range = span.byte_range().unwrap_or_default();
    let start = text::floor(text, range.start);
    let end = text::floor(text, range.end).max(start);
    start..start + text[start..end].trim_end().len()
}

struct Guard<'t> {
    text: &'t str,
    /// Line ends that only some programs see: those before here have been judged.
    judged: usize,
    open: Vec<Open<'t>>,
    documents: usize,
    found: Vec<Diagnostic>,
    counts: HashMap<(Code, Kind), usize>,
}

/// A collection that is open.
struct Open<'t> {
    entries: Entries<'t>,
    /// Whether it is written in brackets.
    brackets: bool,
}

enum Entries<'t> {
    List,
    Mapping {
        keys: Keys<'t>,
        /// Whether what comes next is a key.
        key: bool,
    },
}

/// What is counted together, apart from its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Only,
    Anchor,
    Alias,
    Merge,
    Break,
    TwoWays,
}

/// The keys of one mapping and where each stands first. Most mappings have few, so a list does until there are many.
#[derive(Default)]
struct Keys<'t> {
    few: Vec<(Cow<'t, str>, Range<usize>)>,
    many: HashMap<Cow<'t, str>, Range<usize>>,
}

impl<'t> Keys<'t> {
    const FEW: usize = 24;

    /// Where the key stands already; else remembers it.
    fn add(&mut self, key: Cow<'t, str>, at: &Range<usize>) -> Option<Range<usize>> {
        if self.many.is_empty() {
            if let Some((_, first)) = self.few.iter().find(|(other, _)| *other == key) {
                return Some(first.clone());
            }
            self.few.push((key, at.clone()));
            if self.few.len() > Self::FEW {
                self.many.extend(self.few.drain(..));
            }
            return None;
        }
        match self.many.entry(key) {
            std::collections::hash_map::Entry::Occupied(first) => Some(first.get().clone()),
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(at.clone());
                None
            }
        }
    }
}

impl<'t> Guard<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, judged: 0, open: Vec::new(), documents: 0, found: Vec::new(), counts: HashMap::new() }
    }

    /// Refuses the characters that YAML does not take.
    fn characters(&mut self) {
        let text = self.text;
        let mut forbidden = scan::forbidden(text);
        for at in forbidden.by_ref().take(LISTED) {
            self.refuse(Code::Yaml, Kind::Only, || {
                let code = code_of(&text[at.clone()]);
                Diagnostic::new(
                    Code::Yaml,
                    Path::root(),
                    format!("the character U+{code:04X} cannot stand in a YAML file"),
                )
                .hint(format!(
                    "take it out; where it is meant, write it as \"\\u{code:04x}\" in double quotes"
                ))
                .at(at)
            });
        }
        // There may be as many as the text is long.
        let more = forbidden.count();
        if more > 0 {
            *self.counts.entry((Code::Yaml, Kind::Only)).or_default() += more;
        }
    }

    fn read(&mut self) -> Result<(), ScanError> {
        let text = self.text;
        let (mut load, mut last, mut opened) = (Load::default(), 0, false);
        for event in Parser::new_from_str_with_options(text, options(DEEPEST)) {
            let (event, span) = event?;
            let at = bytes_of(&span, text);
            let is_end = matches!(event, Event::SequenceEnd | Event::MappingEnd);
            let empty = if is_end && opened { EMPTY } else { 0 };
            opened = matches!(event, Event::SequenceStart(..) | Event::MappingStart(..));
            load.add(weight(&event) + empty, at.start.saturating_sub(last));
            last = last.max(at.start);
            if load.is_too_much() {
                self.refuse(Code::TooDense, Kind::Only, || too_dense(at));
                return Ok(());
            }
            self.tag(&event, &span);
            match event {
                Event::DocumentStart(..) => {
                    self.documents += 1;
                    if self.documents > 1 {
                        self.refuse(Code::SeveralDocuments, Kind::Only, || {
                            Diagnostic::new(
                                Code::SeveralDocuments,
                                Path::root(),
                                "a second document begins here",
                            )
                            .hint("a file holds one story; take out the line `---`, or make two files of it")
                            .at(at)
                        });
                    }
                }
                Event::Anchor(..) => self.refuse(Code::Anchor, Kind::Anchor, || {
                    Diagnostic::new(
                        Code::Anchor,
                        Path::root(),
                        format!("`{}` names a value for use elsewhere (an anchor)", &text[at.clone()]),
                    )
                    .hint("a story has no anchors: take it out; put text that begins with & in quotes")
                    .at(at)
                }),
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    self.alias(at);
                    self.value();
                }
                Event::Scalar(value, style, ..) => self.scalar(value, style, at),
                Event::SequenceStart(style, ..) => self.enter(Entries::List, style, at),
                Event::MappingStart(style, ..) => {
                    self.enter(Entries::Mapping { keys: Keys::default(), key: true }, style, at);
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.open.pop();
                    self.value();
                }
                _ => {}
            }
            if self.too_deep() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn scalar(&mut self, value: Cow<'t, str>, style: ScalarStyle, at: Range<usize>) {
        if matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
            self.hidden_breaks(&at);
        }
        let in_brackets = self.open.last().is_some_and(|open| open.brackets);
        if in_brackets && style == ScalarStyle::Plain && value.starts_with(['?', ':']) {
            self.two_ways(&value, at.clone());
        }
        let Some(Entries::Mapping { keys, key: key @ true }) =
            self.open.last_mut().map(|open| &mut open.entries)
        else {
            return self.value();
        };
        *key = false;
        if value == "<<" && style == ScalarStyle::Plain {
            return self.refuse(Code::Anchor, Kind::Merge, || {
                Diagnostic::new(
                    Code::Anchor,
                    Path::root(),
                    "`<<` takes the fields of another mapping (a merge key)",
                )
                .hint("a story has no merge keys: write the fields out")
                .at(at)
            });
        }
        // The reader calls a key that is not there `~`.
        let name = if at.is_empty() { Cow::default() } else { value };
        if let Some(first) = keys.add(name.clone(), &at) {
            self.refuse(Code::RepeatedKey, Kind::Only, || {
                Diagnostic::new(
                    Code::RepeatedKey,
                    Path::root(),
                    format!("`{name}:` stands twice in one mapping"),
                )
                .hint("keep one of the two; of a list of things, begin each with `- `")
                .at(at)
                .also_at(first, "it stands here already")
            });
        }
    }

    /// Refuses text in brackets that the reader of values takes for a mark and a value: `[?x]`, `{:x}`.
    fn two_ways(&mut self, value: &str, at: Range<usize>) {
        self.refuse(Code::Yaml, Kind::TwoWays, || {
            let mark = &value[..1];
            let message = format!("text that begins with `{mark}` in brackets is read in two ways");
            Diagnostic::new(Code::Yaml, Path::root(), message)
                .hint("put it in quotes; where the mark is meant, put a space after it")
                .at(at)
        });
    }

    /// A value, or a key that is no scalar, is behind us.
    fn value(&mut self) {
        if let Some(Entries::Mapping { key, .. }) = self.open.last_mut().map(|open| &mut open.entries) {
            *key = !*key;
        }
    }

    fn enter(&mut self, entries: Entries<'t>, style: StructureStyle, at: Range<usize>) {
        self.open.push(Open { entries, brackets: style == StructureStyle::Flow });
        if self.too_deep() {
            self.refuse(Code::TooDeep, Kind::Only, || too_deep(at));
        }
    }

    /// Past the deepest nesting there is nothing more to learn.
    fn too_deep(&self) -> bool {
        self.open.len() > DEEPEST
    }

    fn tag(&mut self, event: &Event<'_>, span: &Span) {
        if event.tag().is_none() {
            return;
        }
        let text = self.text;
        let at = match span.tag_span() {
            Some(tag) => bytes_of(&tag, text),
            None => bytes_of(span, text),
        };
        self.refuse(Code::Tag, Kind::Only, || {
            Diagnostic::new(
                Code::Tag,
                Path::root(),
                format!("`{}` says of what type a value is (a tag)", &text[at.clone()]),
            )
            .hint("a story has no tags: take it out; put text that begins with ! in quotes")
            .at(at)
        });
    }

    fn alias(&mut self, at: Range<usize>) {
        let name = &self.text[at.clone()];
        self.refuse(Code::Anchor, Kind::Alias, || {
            Diagnostic::new(
                Code::Anchor,
                Path::root(),
                format!("`{name}` repeats a value from elsewhere (an alias)"),
            )
            .hint("a story has no aliases: write the value out; put text that begins with * in quotes")
            .at(at)
        });
    }

    /// Refuses the hidden line ends before this quoted text, and passes over those in it, where all programs agree.
    fn hidden_breaks(&mut self, quoted: &Range<usize>) {
        let from = self.judged.min(quoted.start);
        self.judged = quoted.end;
        for at in scan::hidden_breaks(&self.text[from..quoted.start]) {
            let at = from + at.start..from + at.end;
            let code = code_of(&self.text[at.clone()]);
            self.refuse(Code::Yaml, Kind::Break, || {
                let message = "here ends the line for some programs and not for others";
                Diagnostic::new(Code::Yaml, Path::root(), format!("the character U+{code:04X} {message}"))
                    .hint(format!("take it out, or write it as \"\\u{code:04x}\" in double quotes"))
                    .at(at)
            });
        }
    }

    fn refuse(&mut self, code: Code, kind: Kind, diagnostic: impl FnOnce() -> Diagnostic) {
        let count = self.counts.entry((code, kind)).or_default();
        *count += 1;
        if *count <= LISTED {
            self.found.push(diagnostic());
        }
    }

    /// All that was refused, in the order of the text; of what stands too often, the last that is listed says so.
    fn findings(self) -> Vec<Diagnostic> {
        let more: HashMap<Code, usize> =
            self.counts.iter().fold(HashMap::new(), |mut more, ((code, _), count)| {
                *more.entry(*code).or_default() += count.saturating_sub(LISTED);
                more
            });
        let mut findings = self.found;
        findings.sort_by_key(|finding| finding.span.as_ref().map(|span| span.start));
        for (code, more) in more {
            let last = findings.iter_mut().rev().find(|finding| finding.code == code);
            if let Some(last) = last {
                last.more = more;
            }
        }
        findings
    }
}

/// What an event takes in a dense story.
fn weight(event: &Event<'_>) -> usize {
    match event {
        Event::Scalar(..) | Event::Alias(_) | Event::UnresolvedAlias(_) => SCALAR,
        Event::SequenceStart(..) => LIST,
        Event::MappingStart(..) => MAPPING,
        _ => 0,
    }
}

fn too_dense(at: Range<usize>) -> Diagnostic {
    let message = "there are more values up to here than any story has in as much text";
    Diagnostic::new(Code::TooDense, Path::root(), message)
        .hint("a program has probably written this: look for thousands of empty or very short entries")
        .at(at)
}

fn too_deep(at: Range<usize>) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, Path::root(), format!("this is nested more than {DEEPEST} levels deep"))
        .hint("a story is never nested this deep; look for brackets that are not closed")
        .at(at)
}

fn code_of(character: &str) -> u32 {
    character.chars().next().map_or(0, u32::from)
}

/// The fault of a text that this reader cannot read.
fn unread_because(text: &str, error: &ScanError) -> Diagnostic {
    let start = text::floor(text, error.marker().byte_offset().unwrap_or(text.len()));
    let at = start..start + text[start..].chars().next().map_or(0, char::len_utf8);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(at);
    }
    Diagnostic::new(Code::Yaml, Path::root(), error.kind().to_string())
        .hint("check the quotation marks, brackets and indentation here")
        .at(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Vec<(Code, &str)> {
        let finding = check(text);
        assert_eq!(finding.unread, None, "{text}");
        let place = |found: &Diagnostic| found.span.clone().map_or("", |span| &text[span]);
        finding.refused.iter().map(|found| (found.code, place(found))).collect()
    }

    #[test]
    fn what_the_format_refuses_is_found_with_its_bytes() {
        assert_eq!(
            refused("a: &x b\nc: *x\nd: *y"),
            [(Code::Anchor, "&x"), (Code::Anchor, "*x"), (Code::Anchor, "*y")]
        );
        assert_eq!(refused("a: !!str b\nc: ! d"), [(Code::Tag, "!!str"), (Code::Tag, "!")]);
        assert_eq!(refused("<<: {a: b}\n\"<<\": c"), [(Code::Anchor, "<<")]);
        assert_eq!(refused("a: 1\n---\nb: 2\n...\n"), [(Code::SeveralDocuments, "---")]);
        assert_eq!(refused("a: {b: 1, \"b\": 2}\nc: [{b: 1}, {b: 2}]"), [(Code::RepeatedKey, "\"b\"")]);
        assert_eq!(refused("a: \"\u{2028}\" # \u{2028}"), [(Code::Yaml, "\u{2028}")]);
        assert_eq!(refused("a: [?b, {:c: d}]\ne: ?f"), [(Code::Yaml, "?b"), (Code::Yaml, ":c")]);
        assert_eq!(refused("a: b\u{0}c\u{7}"), [(Code::Yaml, "\u{0}"), (Code::Yaml, "\u{7}")]);
    }

    #[test]
    fn honest_text_is_let_through() {
        assert_eq!(refused("a: AT&T\nb: 2 * 3\nc: 'no!'\nd: \"<<\"\ne: {f: x & y, g: '*h'}\n"), []);
    }

    #[test]
    fn a_key_stands_in_many_places_before_it_stands_twice() {
        let many = (0..100).fold(String::new(), |many, key| many + &format!("key{key}: 1\n"));
        assert_eq!(refused(&many), []);
        let twice = format!("{many}key7: 2\nkey99: 3\n");
        assert_eq!(refused(&twice), [(Code::RepeatedKey, "key7"), (Code::RepeatedKey, "key99")]);
        let first = check(&twice).refused[0].also_span.clone().map(|span| span.start);
        assert_eq!(first, many.find("key7:"));
    }

    #[test]
    fn nesting_ends_the_reading() {
        for deep in ["[".repeat(65), "- ".repeat(65), "{a: ".repeat(200), "a: [".to_owned() + &"- ".repeat(2)]
        {
            let finding = check(&deep);
            let found = finding.refused.iter().any(|found| found.code == Code::TooDeep);
            assert_eq!(found, deep.len() > 10, "{deep}");
        }
    }

    #[test]
    fn what_is_denser_than_any_story_ends_the_reading() {
        for dense in ["{},", "[],", "a,", "\"\":\"\","] {
            let found = check(&format!("zzz: [{}", dense.repeat(400_000))).refused;
            assert_eq!(found.last().map(|found| found.code), Some(Code::TooDense), "{dense}");
        }
        let found = check(&"a: x\n".repeat(400_000)).refused;
        assert!(found.iter().any(|found| found.code == Code::TooDense));
        let event = "  - {id: e10000, title: T, status: occurred, sources: [wire], after: [e10000]}\n";
        assert_eq!(refused(&format!("events:\n{}", event.repeat(20_000))), []);
    }

    #[test]
    fn what_stands_too_often_is_counted() {
        let finding = check(&"a: *b\n".replace("a:", "- ").repeat(50));
        assert_eq!(finding.refused.len(), LISTED);
        assert_eq!(finding.refused.last().map(|found| found.more), Some(34));
    }
}
