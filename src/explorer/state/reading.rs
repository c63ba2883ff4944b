//! A source's text being read: its rows on the screen, the passage it was opened at, and what is looked for in it.
//!
//! Imports `archive`; no terminal.

use std::ops::Range;

use crate::archive::verify::{Found, Opened, Verification};
use crate::archive::{Marks, Passage, Text, Texts, verify};
use crate::story::graph::Graph;
use crate::text;

/// The texts of the story's sources, with what was found in them.
#[derive(Debug, Clone, Default)]
pub struct Archived {
    /// The texts.
    pub texts: Texts,
    /// A mark for every statement and reaction, with its reasons.
    pub marks: Marks,
}

impl Archived {
    /// The texts of a whole story, looked up.
    pub fn new(graph: &Graph, texts: Texts) -> Self {
        let Verification { marks, .. } = verify::verify(graph, &texts);
        Self { texts, marks }
    }
}

/// A row of a text: a piece of one of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// The line, counted from 1.
    pub line: usize,
    /// The bytes of that line.
    pub bytes: Range<usize>,
}

/// A text that is being read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The written id of its source.
    pub source: String,
    /// The written id of the statement or reaction it was opened for.
    pub account: Option<String>,
    /// Where the words stand that it was opened for, or else the place that the story names.
    pub passages: Vec<Passage>,
    /// What stands there.
    pub stands: Found,
    /// What is looked for.
    pub sought: String,
    /// Where that stands.
    pub found: Vec<Passage>,
    /// The one of `found`, or else of `passages`, the reader is at.
    pub at: usize,
    /// The first row that shows.
    pub top: usize,
    rows: Vec<TextRow>,
    columns: usize,
}

impl Reading {
    /// A text opened at its beginning.
    pub fn new(source: &str) -> Self {
        let nowhere = Opened { passages: Vec::new(), found: Found::Place };
        Self { account: None, ..Self::of_account(source, "", nowhere) }
    }

    /// A text opened for a statement or reaction.
    pub fn of_account(source: &str, account: &str, opened: Opened) -> Self {
        Self {
            source: source.to_owned(),
            account: Some(account.to_owned()),
            passages: opened.passages,
            stands: opened.found,
            sought: String::new(),
            found: Vec::new(),
            at: 0,
            top: 0,
            rows: Vec::new(),
            columns: 0,
        }
    }

    /// The rows, as laid out last.
    pub fn rows(&self) -> &[TextRow] {
        &self.rows
    }

    /// Lays the text out for a width, unless it is that already, and keeps what shows in sight.
    pub fn lay_out(&mut self, text: &Text, columns: usize, height: usize) {
        let columns = columns.max(1);
        if self.columns != columns {
            let first = self.columns == 0;
            let line = self.rows.get(self.top).map_or(1, |row| row.line);
            self.rows = rows(text, columns);
            self.columns = columns;
            self.top = self.rows.iter().position(|row| row.line == line).unwrap_or(0);
            if first {
                self.show(height);
            }
        }
        self.top = self.top.min(self.rows.len().saturating_sub(height));
    }

    /// The passages `n` and `N` step through.
    pub fn stops(&self) -> &[Passage] {
        if self.sought.is_empty() { &self.passages } else { &self.found }
    }

    /// The passage the reader is at.
    pub fn here(&self) -> Option<&Passage> {
        self.stops().get(self.at)
    }

    /// Looks for words: exactly, or else in any case.
    pub fn search(&mut self, text: &Text, sought: &str) {
        // On from where the reader is.
        let line = match self.here() {
            Some(here) => here.line,
            None => self.rows.get(self.top).map_or(1, |row| row.line),
        };
        sought.clone_into(&mut self.sought);
        self.found = text.find(sought);
        if self.found.is_empty() {
            self.found = text.find_in_any_case(sought);
        }
        self.at =
            if sought.is_empty() { 0 } else { self.found.iter().position(|it| it.line >= line).unwrap_or(0) };
    }

    /// Scrolls so that the passage the reader is at stands in the upper half.
    pub fn show(&mut self, height: usize) {
        let Some(passage) = self.here().copied() else { return };
        let row = self.rows.iter().position(|row| row.line == passage.line && row.bytes.end > passage.start);
        let last = self.rows.len().saturating_sub(height);
        self.top = row.unwrap_or(0).saturating_sub(height / 3).min(last);
    }
}

fn rows(text: &Text, columns: usize) -> Vec<TextRow> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(place, line)| {
            let mut pieces = text::wrap(line, columns);
            if pieces.is_empty() {
                pieces.push(0..0);
            }
            pieces.into_iter().map(move |bytes| TextRow { line: place + 1, bytes })
        })
        .collect()
}
