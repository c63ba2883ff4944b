//! For programs: one JSON object a line, one line a diagnostic, in the order of the file.
//!
//! The promise: every key is always there, and what is missing is `null`. Text is safe to show. Imports its parent,
//! `archive` and `story`.
//!
//! ```text
//! {"file": "story.yaml", "code": "unknown-reference", "severity": "error" | "warning",
//!  "message": "no element has the id `acmee`; an actor belongs here", "help": "did you mean `acme`?" | null,
//!  "path": "events[0].statements[0].speaker" | null, "at": PLACE | null,
//!  "also": {"message": "first used here", "path": "sources[0].id" | null, "at": PLACE | null} | null,
//!  "allowed": "the author's reason" | null, "note": text | null, "more": 0}
//! PLACE = {"line": 9, "column": 18, "end_line": 9, "end_column": 23, "start": 212, "end": 217}
//! ```
//!
//! Lines and columns are counted from 1, columns in characters; `end_column` is the one just past the last character.
//! `start` and `end` are bytes of the file, counted from 0 after a byte order mark. `at` is `null` where the diagnostic
//! is about the whole file, or where its line is not certain: then `note` says why. `allowed` is never anything but
//! `null` without `--verbose`: what is allowed is left out. Of each code the first hundred are listed; `more` says behind
//! the last of them how many there are besides.
//!
//! `verify` adds a line for every statement and market move, and one line at the end:
//!
//! ```text
//! {"file": "story.yaml", "mark": "verified" | "place-unchecked" | "direction-unchecked" | "own-words" | "copied" |
//!  "figure-lost" | "text-changed" | "not-verified" | "text-not-held", "account": id, "source": id, "why": [text]}
//! {"file": "story.yaml", "counts": {"verified": 13, …}, "texts_held": 5}
//! ```

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::{Checked, Finding, severity_word, without_address};
use crate::archive::{Mark, Marks};
use crate::story::diagnostic::Path;
use crate::story::graph::Graph;
use crate::story::id::Account;
use crate::story::locate::Address;
use crate::text;

#[derive(Serialize)]
struct Line<'f> {
    file: &'f str,
    code: &'static str,
    severity: &'static str,
    message: &'f str,
    help: Option<&'f str>,
    path: Option<String>,
    at: Option<Place>,
    also: Option<Also<'f>>,
    allowed: Option<&'f str>,
    note: Option<String>,
    more: usize,
}

#[derive(Serialize)]
struct Also<'f> {
    message: &'f str,
    path: Option<String>,
    at: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
}

/// Writes a line for every diagnostic that nothing allows; with `verbose` for the allowed ones too.
pub fn write(checked: &Checked<'_>, verbose: bool, out: &mut impl io::Write) -> io::Result<()> {
    for finding in checked.shown(verbose) {
        serde_json::to_writer(&mut *out, &line(checked, finding))?;
        writeln!(out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Marked<'f> {
    file: &'f str,
    mark: &'static str,
    account: &'f str,
    source: &'f str,
    why: &'f [String],
}

#[derive(Serialize)]
struct Counted<'f> {
    file: &'f str,
    counts: BTreeMap<&'static str, usize>,
    texts_held: usize,
}

/// Writes a line for the mark of every statement and market move, in the order of the file, and how many bear which.
pub fn write_marks(
    file: &str,
    graph: &Graph,
    marks: &Marks,
    texts_held: usize,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let statements = graph.statements().map(|(id, _)| Account::Statement(id));
    let reactions = graph.reactions().map(|(id, _)| Account::Reaction(id));
    for account in statements.chain(reactions) {
        let source = &graph.source(graph.source_of(account)).id;
        let (mark, why) = (marks.of(graph, account).word(), marks.why(graph, account));
        let marked = Marked { file, mark, account: graph.id_of(account.into()), source, why };
        serde_json::to_writer(&mut *out, &marked)?;
        writeln!(out)?;
    }
    let counts = Mark::ALL.iter().map(|mark| (mark.word(), marks.count(*mark))).collect();
    serde_json::to_writer(&mut *out, &Counted { file, counts, texts_held })?;
    writeln!(out)
}

fn line<'f>(checked: &'f Checked<'_>, finding: &'f Finding) -> Line<'f> {
    let Finding { diagnostic, located } = finding;
    Line {
        file: &checked.name,
        code: diagnostic.code.word(),
        severity: severity_word(diagnostic.severity),
        message: &diagnostic.message,
        help: diagnostic.hint.as_deref(),
        path: path(&diagnostic.path),
        at: located.at.as_ref().map(place),
        also: diagnostic.also.as_ref().map(|(second, message)| Also {
            message,
            path: path(second),
            at: located.also.as_ref().map(place),
        }),
        allowed: diagnostic.allowed.as_deref(),
        note: without_address(finding),
        more: diagnostic.more,
    }
}

fn path(path: &Path) -> Option<String> {
    let path = path.to_string();
    (!path.is_empty()).then(|| text::safe_line(&path).into_owned())
}

fn place(address: &Address) -> Place {
    let Address { span, line, column, end_line, end_column } = address;
    Place {
        line: *line,
        column: *column,
        end_line: *end_line,
        end_column: *end_column,
        start: span.start,
        end: span.end,
    }
}
