//! The domain: a story file read into a graph of typed ids, or into all its faults.
//!
//! No terminal, no clock, no printing. Imports `text` and nothing above itself.

pub mod build;
pub mod change;
pub mod check;
pub mod diagnostic;
pub mod document;
pub mod explain;
pub mod gap;
pub mod graph;
pub mod guard;
pub mod id;
pub mod index;
pub mod locate;
pub mod locator;
pub mod order;
pub mod pieces;
pub mod progress;
pub mod reply;
pub mod schema;
pub mod stored;
pub mod vocabulary;
pub mod web_address;
pub mod when;

use diagnostic::{Code, Diagnostic, Path, Rank};
use document::Document;
use graph::Graph;
use progress::{Progress, Step};

/// The story dateline opens when it is given none.
pub const EMBEDDED: &str = include_str!("../events.yaml");

/// A small story to start from, with comments that teach the rules of fidelity. All in it is made up.
pub const EXAMPLE: &str = include_str!("story/example.yaml");

/// A shorter text than this is handed over at once to the threads that read side by side, in bytes. Of a longer one only
/// the steps are that are worth it: the thread that asks may have more room for its stack.
const HANDED_OVER: usize = 1 << 19;

/// Reads a story from the bytes of a file: bytes → `Document` → `Graph`, or every fault found.
pub fn read(bytes: &[u8]) -> Result<Graph, Vec<Diagnostic>> {
    read_telling(bytes, &Progress::default())
}

/// As [`read`], telling how far it has come.
pub fn read_telling(bytes: &[u8], progress: &Progress) -> Result<Graph, Vec<Diagnostic>> {
    let (graph, mut found) = read_all_telling(bytes, progress);
    graph.ok_or_else(|| {
        // What a rule finds keeps no story from opening.
        found.retain(|diagnostic| diagnostic.code.rank() != Rank::Rule);
        found
    })
}

/// Reads a story as far as it goes: the graph, where there is one, and all that was found wrong on the way.
///
/// A long text is cut at the elements of its lists, and the pieces are read side by side; where that does not come to a
/// sound story, it is read whole.
pub fn read_all(bytes: &[u8]) -> (Option<Graph>, Vec<Diagnostic>) {
    read_all_telling(bytes, &Progress::default())
}

/// As [`read_all`], telling how far it has come.
pub fn read_all_telling(bytes: &[u8], progress: &Progress) -> (Option<Graph>, Vec<Diagnostic>) {
    progress.step(Step::Text);
    let apart = decode(bytes).ok().and_then(|text| {
        let pieces = pieces::of(text)?;
        // Of the embedded story a test says that it is not.
        if text != EMBEDDED && guard::needed(text) {
            return None;
        }
        let read = || build::read_apart_telling(&pieces, progress);
        // What a short one takes is less than it takes to hand each step over to other threads and back.
        if text.len() < HANDED_OVER { rayon::scope(|_| read()) } else { read() }
    });
    if let Some((graph, diagnostics)) = apart {
        return (Some(graph), diagnostics);
    }
    progress.step(Step::Whole);
    read_whole(bytes)
}

/// As [`read_all`], in one piece.
pub fn read_whole(bytes: &[u8]) -> (Option<Graph>, Vec<Diagnostic>) {
    match decode(bytes).and_then(|text| Ok((text, document(text)?))) {
        Ok((text, document)) => build::build_with(document, check::comments::cut_by_comment(text)),
        Err(faults) => (None, faults),
    }
}

/// The text as a document, with nothing in it that the format refuses; else all that is wrong with the text.
fn document(text: &str) -> Result<Document, Vec<Diagnostic>> {
    if guard::needed(text) {
        let guard::Finding { mut refused, unread } = guard::check(text);
        if let Some(unread) = unread {
            if refused.iter().all(|refused| is_passed_over(refused.code)) {
                refused.push(better_said(text, unread));
            }
            return Err(refused);
        }
        if !refused.is_empty() {
            return Err(all_faults(text, refused, None));
        }
    }
    Document::from_yaml(text).map_err(|first| all_faults(text, guard::check(text).refused, Some(*first)))
}

/// Whether what the format refuses can be passed over, to look at what else is wrong.
fn is_passed_over(code: Code) -> bool {
    [Code::RepeatedKey, Code::Anchor, Code::Tag, Code::SeveralDocuments].contains(&code)
}

/// Every fault of a text that is no document: what the format refuses, then what is no YAML; else every wrong shape, and
/// the faults of all that has the right one.
fn all_faults(text: &str, mut refused: Vec<Diagnostic>, first: Option<Diagnostic>) -> Vec<Diagnostic> {
    if !refused.iter().all(|refused| is_passed_over(refused.code)) {
        return refused;
    }
    // The reader's own words for what was refused already.
    let known = ["duplicate field", "more than one document", "unknown anchor"];
    let is_other =
        |fault: &Diagnostic| refused.is_empty() || !known.iter().any(|known| fault.message.contains(known));
    if let Some(unreadable) = Document::unreadable(text).filter(is_other) {
        refused.push(unreadable);
        return refused;
    }
    let faults = Document::survey(text).map(build::build_surveyed).unwrap_or_default();
    if faults.iter().all(|fault| fault.code.rank() == Rank::Rule) {
        refused.extend(first.filter(|_| refused.is_empty()));
    }
    refused.extend(faults);
    refused
}

/// What the guard could not read, in the words of the other reader where it stops there too. That one is shown no more
/// than the guard has seen: the rest may be hostile.
fn better_said(text: &str, unread: Diagnostic) -> Diagnostic {
    let Some(at) = unread.span.clone() else { return unread };
    let end = text[at.end..].find('\n').map_or(text.len(), |line_end| at.end + line_end);
    let other = Document::unreadable(&text[..end]);
    other.filter(|other| other.span.as_ref().is_some_and(|span| span.start <= at.start)).unwrap_or(unread)
}

/// The bytes as text: UTF-8, with or without a byte order mark.
fn decode(bytes: &[u8]) -> Result<&str, Vec<Diagnostic>> {
    let refuse = |message: &str, hint: &str| Diagnostic::new(Code::NotText, Path::root(), message).hint(hint);
    if let Some(wide) = wide(bytes) {
        return Err(vec![refuse(&format!("this file is {wide}"), "save it as UTF-8")]);
    }
    let bytes = locate::without_mark(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if is_empty(text) => {
            Err(vec![refuse("this file is empty", "a story begins with `format: 1`")])
        }
        Ok(text) => Ok(text),
        Err(error) => {
            let at = error.valid_up_to();
            let fault = match bytes.get(at) {
                Some(0) | None => refuse("this file is not text", "is this the right file?"),
                Some(byte) => refuse(
                    &format!("this file is not UTF-8: the byte {byte:#04x} here is no character"),
                    "save it as UTF-8; it may be Latin-1 or Windows-1252 now",
                ),
            };
            Err(vec![fault.at(at..at + error.error_len().unwrap_or(bytes.len() - at))])
        }
    }
}

/// The encoding of a file whose letters take two or four bytes each.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        // Without a mark.
        [0, 0, 0, letter, ..] | [letter, 0, 0, 0, ..] if *letter != 0 => Some("UTF-32"),
        [first, second, third, fourth, ..] => {
            let wide = [first, third] != [second, fourth]
                && ([second, fourth] == [&0, &0] || [first, third] == [&0, &0]);
            wide.then_some("UTF-16")
        }
        _ => None,
    }
}

/// Whether a text holds nothing but blank lines, comments and marks of documents.
fn is_empty(text: &str) -> bool {
    text.lines()
        .map(str::trim)
        .all(|line| line.is_empty() || line.starts_with('#') || matches!(line, "---" | "..."))
}
