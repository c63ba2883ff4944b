//! Path in the document → bytes, line and column, by a second reading of the text that keeps positions.
//!
//! The promise: never a wrong address. Where the second reading does not find what the first one read, there is no
//! address at all. It runs only when there is something to report, and holds no more than what is asked for and what
//! is open at one moment, however long the text. Imports `diagnostic` and `guard`.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser};

use super::diagnostic::{Diagnostic, Path, Rank, Step};
use super::guard;

mod walk;

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The bytes of the text, counted from the first after a byte order mark: a scalar as written, with its quotes;
    /// of a mapping or list its first line.
    pub span: Range<usize>,
    /// Line, counted from 1; a line ends at `\n`, as editors and version control count.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// Line on which the bytes end.
    pub end_line: usize,
    /// Column just past the last character.
    pub end_column: usize,
}

/// The addresses of the paths asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses(Vec<Option<Address>>);

impl Addresses {
    /// Looks the paths up, all in one reading.
    ///
    /// A field that the text does not have has the address of the mapping where it belongs.
    pub fn of(text: &str, paths: &[Path]) -> Self {
        let spans = spans(text, paths);
        Self(addresses(text.as_bytes(), &spans))
    }

    /// The address of the path asked for in this place; `None` where the two readings of the text disagree.
    pub fn get(&self, place: usize) -> Option<&Address> {
        self.0.get(place)?.as_ref()
    }
}

/// The addresses of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Where it stands; `None` where it is about the whole file, or where the two readings of the text disagree.
    pub at: Option<Address>,
    /// The second place, likewise.
    pub also: Option<Address>,
}

/// The addresses of all these diagnostics, in their order. The bytes are those of the file, and need not be text.
pub fn locate(bytes: &[u8], diagnostics: &[Diagnostic]) -> Vec<Located> {
    let bytes = without_mark(bytes);
    let asked = |diagnostic: &Diagnostic| {
        // What makes a file no document has the bytes at fault, or concerns all of it.
        let own = diagnostic.span.is_none() && diagnostic.code.rank() != Rank::Unreadable;
        let also = diagnostic.also_span.is_none() && diagnostic.also.is_some();
        (own, also)
    };
    let mut paths = Vec::new();
    for diagnostic in diagnostics {
        let (own, also) = asked(diagnostic);
        paths.extend(own.then(|| diagnostic.path.clone()));
        paths.extend(diagnostic.also.as_ref().filter(|_| also).map(|(path, _)| path.clone()));
    }
    let mut found = match std::str::from_utf8(bytes) {
        Ok(text) if !paths.is_empty() => spans(text, &paths),
        _ => vec![None; paths.len()],
    }
    .into_iter();
    let mut spans = Vec::with_capacity(2 * diagnostics.len());
    for diagnostic in diagnostics {
        let (own, also) = asked(diagnostic);
        let span = if own { found.next().flatten() } else { diagnostic.span.clone() };
        let words = diagnostic.words.as_deref().filter(|_| own);
        let narrowed = words.zip(span.clone()).and_then(|(words, span)| {
            // Where the words are written with escapes, the whole value must do.
            words_within(std::str::from_utf8(bytes).ok()?, span, words)
        });
        spans.push(narrowed.or(span));
        spans.push(if also { found.next().flatten() } else { diagnostic.also_span.clone() });
    }
    let mut addresses = addresses(bytes, &spans).into_iter();
    let mut next = || addresses.next().flatten();
    diagnostics.iter().map(|_| Located { at: next(), also: next() }).collect()
}

/// The bytes of a file without its byte order mark.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// The bytes of the scalar that holds this byte, or of the first line of the collection that begins there;
/// `None` where there is none, or the text cannot be read that far.
pub fn token(text: &str, at: usize) -> Option<Range<usize>> {
    for event in Parser::new_from_str_with_options(text, guard::options(guard::DEEPEST)) {
        let (event, span) = event.ok()?;
        let span = guard::bytes_of(&span, text);
        if span.start > at {
            return None;
        }
        match event {
            Event::Scalar(..) if span.contains(&at) => return Some(span),
            Event::SequenceStart(..) | Event::MappingStart(..) if span.start == at => {
                return Some(span.start..end_of_line(text, at));
            }
            _ => {}
        }
    }
    None
}

/// Where the text in quotes begins that goes over several lines and ends on the line of this byte, before it, where the
/// reader cannot go on; `None` where there is none.
pub fn quoted_before(text: &str, at: usize) -> Option<usize> {
    // Only what is complete comes as an event: the text in quotes, with which this reader cannot go on either, does not.
    let mut read = 0;
    for event in Parser::new_from_str_with_options(text, guard::options(guard::DEEPEST)) {
        let Ok((_, span)) = event else { break };
        let span = guard::bytes_of(&span, text);
        if span.end > at {
            break;
        }
        read = read.max(span.end);
    }
    let unread = text[read..at].trim_end();
    let start = unread.find(['"', '\''])?;
    let quoted = &unread[start..];
    let closed = quoted.len() > 1 && quoted.ends_with(&quoted[..1]);
    (closed && quoted.contains('\n')).then_some(read + start)
}

/// Where these words first stand within some bytes of the text, however they are broken into lines.
fn words_within(text: &str, span: Range<usize>, words: &str) -> Option<Range<usize>> {
    let mut words = words.split_whitespace();
    let first = words.next()?;
    let others: Vec<_> = words.collect();
    let within = text.get(span.clone())?;
    within.match_indices(first).find_map(|(start, _)| {
        let end = others.iter().try_fold(start + first.len(), |end, word| {
            let rest = within[end..].trim_start();
            let at = within.len() - rest.len();
            (at > end && rest.starts_with(word)).then(|| at + word.len())
        })?;
        Some(span.start + start..span.start + end)
    })
}

/// Where the line of this byte ends, without white space before it.
pub(super) fn end_of_line(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest[..rest.find('\n').unwrap_or(rest.len())].trim_end().len()
}

fn spans(text: &str, paths: &[Path]) -> Vec<Option<Range<usize>>> {
    let mut wanted = Wanted::default();
    let places: Vec<_> = paths.iter().map(|path| wanted.add(path)).collect();
    let found = walk::walk(text, &wanted);
    paths
        .iter()
        .zip(places)
        .map(|(path, place)| {
            let place = place?;
            found.get(place).or_else(|| {
                // A field that is not there stands for the mapping where it belongs.
                let missing = matches!(path.steps().last(), Some(Step::Key(_)));
                let parent = wanted.parents[place].filter(|_| missing)?;
                found.get(parent).filter(|_| found.is_mapping(parent))
            })
        })
        .collect()
}

/// One step of a path, its key borrowed from anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Hop<'k> {
    Key(&'k str),
    Index(usize),
}

/// The paths asked for, as a tree: each place of it has a number, the root 0.
#[derive(Debug)]
struct Wanted {
    below: HashMap<(usize, Hop<'static>), usize>,
    parents: Vec<Option<usize>>,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { below: HashMap::new(), parents: vec![None] }
    }
}

impl Wanted {
    /// The place of a path.
    fn add(&mut self, path: &Path) -> Option<usize> {
        path.steps().iter().try_fold(0, |place, step| {
            let hop = match step {
                Step::Key(key) => Hop::Key(key),
                Step::Index(index) => Hop::Index(*index),
            };
            let next = self.parents.len();
            let below = *self.below.entry((place, hop)).or_insert(next);
            if below == next {
                self.parents.push(Some(place));
            }
            Some(below)
        })
    }

    /// The place one hop below, where anything there is asked for.
    fn below(&self, place: Option<usize>, hop: Hop<'_>) -> Option<usize> {
        // Shortens the lifetime of the keys in the map to that of the key looked up.
        let below: &HashMap<(usize, Hop<'_>), usize> = &self.below;
        below.get(&(place?, hop)).copied()
    }
}

/// Lines and columns of all these bytes, in one pass.
fn addresses(bytes: &[u8], spans: &[Option<Range<usize>>]) -> Vec<Option<Address>> {
    let mut offsets: Vec<_> = spans
        .iter()
        .flatten()
        .flat_map(|span| [span.start, span.end])
        .map(|at| at.min(bytes.len()))
        .collect();
    offsets.sort_unstable();
    offsets.dedup();
    let (mut line, mut column, mut at) = (1, 1, 0);
    let mut places = HashMap::with_capacity(offsets.len());
    for offset in offsets {
        for byte in &bytes[at..offset] {
            match byte {
                b'\n' => (line, column) = (line + 1, 1),
                // The bytes that go on a character.
                0x80..=0xbf => {}
                _ => column += 1,
            }
        }
        at = offset;
        places.insert(offset, (line, column));
    }
    let place = |at: usize| places.get(&at.min(bytes.len())).copied().unwrap_or((1, 1));
    spans
        .iter()
        .map(|span| {
            let span = span.clone()?;
            let ((line, column), (end_line, end_column)) = (place(span.start), place(span.end));
            Some(Address { span, line, column, end_line, end_column })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::diagnostic::Code;

    const TEXT: &str = "# é
format: 1
\"story\": {title: 'It''s', summary: }
sources:
- id: wire   # first
  title: >-
    Folded
    over

  gaps: [one, \"two
    lines\"]
-
  id: second
events: []
";

    fn found(path: &Path) -> Option<(&'static str, usize, usize)> {
        let addresses = Addresses::of(TEXT, std::slice::from_ref(path));
        addresses.get(0).map(|at| (&TEXT[at.span.clone()], at.line, at.column))
    }

    #[test]
    fn a_path_leads_to_the_value_as_written() {
        let root = Path::root();
        let first = root.key("sources").index(0);
        for (path, text, line, column) in [
            (root.key("format"), "1", 2, 9),
            (root.key("story").key("title"), "'It''s'", 3, 18),
            (root.key("story"), "{title: 'It''s', summary: }", 3, 10),
            (first.key("id"), "wire", 5, 7),
            (first.key("title"), "Folded\n    over", 7, 5),
            (first.key("gaps").index(1), "\"two\n    lines\"", 10, 15),
            (root.key("sources").index(1).key("id"), "second", 13, 7),
            (root.key("events"), "[]", 14, 9),
            // The first line of what goes over several.
            (first.clone(), "id: wire", 5, 3),
            (first.key("gaps"), "[one, \"two", 10, 9),
            (root.clone(), "format: 1", 2, 1),
            // An empty value has no bytes: its key stands for it.
            (root.key("story").key("summary"), "summary", 3, 27),
            // A field that is not there stands for the mapping where it belongs.
            (root.key("disputes"), "format: 1", 2, 1),
            (first.key("kind"), "id: wire", 5, 3),
        ] {
            assert_eq!(found(&path), Some((text, line, column)), "{path}");
        }
    }

    #[test]
    fn what_the_text_does_not_have_has_no_address() {
        let root = Path::root();
        for path in
            [root.key("sources").index(2), root.key("disputes").index(0), root.key("format").key("title")]
        {
            assert_eq!(found(&path), None, "{path}");
        }
        assert_eq!(Addresses::of("a: [", &[root.key("a").index(3)]).get(0), None);
    }

    #[test]
    fn words_of_a_value_have_their_own_address() {
        let title = Path::root().key("sources").index(0).key("title");
        let about = |words: &str| {
            let fault = Diagnostic::new(Code::QuotationInOwnWords, title.clone(), "m").about(words);
            let at = locate(TEXT.as_bytes(), &[fault]).remove(0).at.expect("an address");
            (at.line, at.column, TEXT[at.span].to_owned())
        };
        assert_eq!(about("over"), (8, 5, "over".to_owned()));
        assert_eq!(about("Folded over"), (7, 5, "Folded\n    over".to_owned()));
        // What is not there as it was read leaves the whole value.
        assert_eq!(about("over all"), (7, 5, "Folded\n    over".to_owned()));
    }

    #[test]
    fn a_second_document_is_another_story() {
        let path = Path::root().key("a");
        let addresses = Addresses::of("a: 1\n---\na: 2\n", &[path]);
        assert_eq!(addresses.get(0).map(|at| at.line), Some(1));
    }

    #[test]
    fn a_diagnostic_with_bytes_of_its_own_needs_no_path() {
        let fault = Diagnostic::new(Code::NotText, Path::root(), "no text").at(4..5).also_at(0..1, "before");
        let whole = Diagnostic::new(Code::TooLarge, Path::root(), "too large");
        let located = locate(b"\xef\xbb\xbfab\n\xc3\xe9\n", &[fault, whole]);
        let place = |address: &Option<Address>| address.as_ref().map(|at| (at.line, at.column));
        assert_eq!((place(&located[0].at), place(&located[0].also)), (Some((2, 2)), Some((1, 1))));
        assert_eq!(located[1], Located { at: None, also: None });
    }
}
