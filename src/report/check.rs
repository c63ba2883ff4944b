//! What is wrong with a story, for the command line: every diagnostic with its address, one file per format.
//!
//! The promise: every address is right or not given, and nothing hidden in a file reaches a terminal: names, messages
//! and the lines shown are safe. Colour only where it is asked for. Imports `story`, `text`, and
//! of `query` what a position rests on.

use std::collections::HashMap;

use crate::story::diagnostic::tally::LISTED;
use crate::story::diagnostic::{Code, Diagnostic, Rank, Severity};
use crate::story::locate::{self, Located};
use crate::text::safe_line;

pub mod corroboration;
mod excerpt;
pub mod github;
pub mod json;
pub mod text;

/// A file that was read, and all that was found in it, from its first line to its last.
#[derive(Debug)]
pub struct Checked<'f> {
    name: String,
    is_file: bool,
    bytes: &'f [u8],
    findings: Vec<Finding>,
}

/// A diagnostic and where it stands.
#[derive(Debug)]
struct Finding {
    diagnostic: Diagnostic,
    located: Located,
}

impl Finding {
    fn is_allowed(&self) -> bool {
        self.diagnostic.allowed.is_some()
    }
}

impl<'f> Checked<'f> {
    /// Finds the addresses of the diagnostics and puts them in the order of the file. `name` is what to call the file;
    /// `is_file` tells a file that an editor can open from standard input and the like.
    pub fn new(name: &str, is_file: bool, bytes: &'f [u8], diagnostics: Vec<Diagnostic>) -> Self {
        let located = locate::locate(bytes, &diagnostics);
        let mut findings: Vec<_> = diagnostics
            .into_iter()
            .zip(located)
            .map(|(diagnostic, located)| Finding { diagnostic, located })
            .collect();
        // What is about the whole file goes first; what stands in one place keeps the order in which it was found.
        findings.sort_by_key(|finding| finding.located.at.as_ref().map(|at| at.span.start));
        let findings = capped(findings);
        let bytes = locate::without_mark(bytes);
        Self { name: safe_line(name).into_owned(), is_file, bytes, findings }
    }

    /// How many errors and warnings there are that nothing allows, and how many allowed ones.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.findings {
            let all = 1 + finding.diagnostic.more;
            match finding.diagnostic.severity {
                _ if finding.is_allowed() => counts.allowed += all,
                Severity::Error => counts.errors += all,
                Severity::Warning => counts.warnings += all,
            }
        }
        counts
    }

    /// Whether the file could not be read as a story at all.
    pub fn is_unreadable(&self) -> bool {
        self.findings.iter().any(|finding| finding.diagnostic.code.rank() == Rank::Unreadable)
    }

    /// Whether all of the file was looked at, apart from the rules: it is a document, but for its shape here and there.
    fn is_surveyed(&self) -> bool {
        let mut unreadable = self.findings.iter().filter(|it| it.diagnostic.code.rank() == Rank::Unreadable);
        unreadable.all(|it| it.diagnostic.code == Code::Shape)
    }

    fn shown(&self, verbose: bool) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| verbose || !finding.is_allowed())
    }
}

/// Of each code the first that are listed; the last of them says how many more there are.
fn capped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut counts: HashMap<(Code, bool), (usize, usize)> = HashMap::new();
    let mut listed: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let kind = (finding.diagnostic.code, finding.is_allowed());
        let (count, last) = counts.entry(kind).or_default();
        *count += 1;
        if *count <= LISTED {
            *last = listed.len();
            listed.push(finding);
        } else {
            listed[*last].diagnostic.more += 1 + finding.diagnostic.more;
        }
    }
    listed
}

/// Says how many more like this there are, where there are more.
fn more(finding: &Finding) -> Option<String> {
    let more = finding.diagnostic.more;
    (more > 0).then(|| {
        if more == 1 {
            "1 more like this is not listed".to_owned()
        } else {
            format!("{more} more like this are not listed")
        }
    })
}

/// How much was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// What is wrong.
    pub errors: usize,
    /// What an editor would ask about.
    pub warnings: usize,
    /// What the file itself allows, with a reason.
    pub allowed: usize,
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Why there is no address, where one was to be expected.
fn without_address(finding: &Finding) -> Option<String> {
    let Finding { diagnostic, located } = finding;
    let expected = located.at.is_none() && diagnostic.code.rank() != Rank::Unreadable;
    expected.then(|| {
        let path = safe_line(&diagnostic.path.to_string()).into_owned();
        format!("it stands at `{path}`; on which line is not certain, for two readings of this file disagree")
    })
}
