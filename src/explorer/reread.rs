//! What came of reading the story's file once more: what the watching thread tells `update`.
//!
//! Imports `archive`, `query` and `story`; no terminal, no files.

use std::sync::Arc;

use chrono::NaiveDate;

use super::state::reading::Archived;
use crate::query::changes::{Changes, Written};
use crate::query::found::{Found, found};
use crate::story::check::check;
use crate::story::diagnostic::{Code, Diagnostic, Rank, Severity};
use crate::story::graph::Graph;
use crate::story::locate::locate;
use crate::story::read_all;

/// What came of it, and when.
#[derive(Debug, Clone)]
pub struct Reread {
    /// The hour and minute on the reader's clock: `14:03`.
    pub at: String,
    /// What came of it.
    pub came: Came,
}

/// What can come of it.
#[derive(Debug, Clone)]
pub enum Came {
    /// Another story than the one that shows.
    Story(Box<Fresh>),
    /// The very bytes of the story that shows; what is to be said of them.
    Same(Vec<Finding>),
    /// No story: at least one fault.
    Faulty(Vec<Finding>),
    /// There is no such file any more.
    Gone,
    /// It cannot be read; why, safe to show.
    Unread(String),
    /// It was asked for, and cannot be read yet: it is being written.
    Unrest,
    /// Changes are looked for now and then only, for the system does not tell of them; why, safe to show.
    NotTold(String),
}

/// A story read anew.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// All of it.
    pub graph: Graph,
    /// What it has otherwise than the last one that was good.
    pub changes: Changes,
    /// What it says.
    pub written: Arc<Written>,
    /// The disputes that nobody wrote.
    pub found: Vec<Found>,
    /// The texts of its sources, where a folder of them is named, or why they cannot be read.
    pub archived: Option<Result<Archived, String>>,
    /// What an editor would ask about.
    pub findings: Vec<Finding>,
}

impl Fresh {
    /// A story after another, of which `before` was made; `lost` is what was gone a moment before that. All that can be
    /// known without the screen is made here, so that the screen does not wait for it.
    pub fn of(graph: Graph, before: &Written, lost: &Written, findings: Vec<Finding>) -> Self {
        let written = Arc::new(Written::of(&graph));
        let changes = Changes::between(before, lost, &written, &graph);
        let found = found(&graph);
        Self { graph, changes, written, found, archived: None, findings }
    }
}

/// Something to be said about a line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// Line and column, counted from 1; `None` where it is about the whole file, or where its place is not certain.
    pub at: Option<(usize, usize)>,
    /// What is wrong; safe to show.
    pub message: String,
    /// The way out; safe to show.
    pub hint: Option<String>,
    /// How many more like this there are, which are not listed.
    pub more: usize,
}

/// Reads a story and checks it: the graph with what an editor would ask about, or else its faults.
pub fn read_and_check(bytes: &[u8], today: NaiveDate) -> (Option<Graph>, Vec<Finding>) {
    let (graph, mut diagnostics) = read_all(bytes);
    match &graph {
        Some(graph) => diagnostics.extend(check(graph, today)),
        // As on opening: a rule keeps no story from it, and would only stand in the way of what does.
        None => diagnostics.retain(|diagnostic| diagnostic.code.rank() != Rank::Rule),
    }
    diagnostics.retain(|diagnostic| diagnostic.allowed.is_none());
    (graph, findings(bytes, diagnostics))
}

/// Diagnostics with their lines, in the order of the file; what is about all of it goes first.
pub fn findings(bytes: &[u8], diagnostics: Vec<Diagnostic>) -> Vec<Finding> {
    let located = locate(bytes, &diagnostics);
    let mut findings: Vec<_> = diagnostics
        .into_iter()
        .zip(located)
        .map(|(diagnostic, located)| Finding {
            code: diagnostic.code,
            severity: diagnostic.severity,
            at: located.at.map(|at| (at.line, at.column)),
            message: diagnostic.message,
            hint: diagnostic.hint,
            more: diagnostic.more,
        })
        .collect();
    findings.sort_by_key(|finding| finding.at);
    findings
}

/// The bytes of a file, shared by those who hold them.
pub type Bytes = Arc<Vec<u8>>;

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")
    }

    #[test]
    fn faults_stand_on_their_lines_in_the_order_of_the_file() {
        let yaml = "format: 1\nstory: {title: T}\nevents:\n  - {id: one, title: One, sources: [none]}\n  - {id: one, title: Two, sources: [no]}\n";
        let (graph, findings) = read_and_check(yaml.as_bytes(), day());
        assert!(graph.is_none());
        let lines: Vec<_> = findings.iter().map(|finding| finding.at.map(|at| at.0)).collect();
        assert!(lines.is_sorted() && lines.first() == Some(&Some(4)), "{findings:?}");
        assert!(findings.iter().all(|finding| finding.code.rank() != Rank::Rule));
    }

    #[test]
    fn a_good_story_has_what_an_editor_would_ask_about() {
        let yaml = "format: 1\nstory: {title: T}\nactors:\n  - {id: acme, name: Acme, kind: company}\n";
        let (graph, findings) = read_and_check(yaml.as_bytes(), day());
        assert!(graph.is_some());
        let words: Vec<_> = findings.iter().map(|finding| (finding.code.word(), finding.at)).collect();
        assert_eq!(words, [("unused-actor", Some((4, 5)))]);
    }
}
