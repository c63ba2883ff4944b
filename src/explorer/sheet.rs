//! A sheet: text laid out in rows for a given width, with the entries in it that a cursor can stand on.
//!
//! The one noun behind panes, cards, the compare view and the help: `update` asks a sheet how tall it is and
//! where its entries are, `view` draws the rows that show. Imports `text`, `theme` and the story's ids.

use std::ops::Range;

use super::theme::Role;
use crate::story::id::{Account, ActorId, DisputeId, EventId, SourceId};
use crate::text;

/// What an entry of a sheet stands for, so that Enter can open it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An actor.
    Actor(ActorId),
    /// A source.
    Source(SourceId),
    /// An event.
    Event(EventId),
    /// A dispute.
    Dispute(DisputeId),
    /// A dispute that was found, not written.
    Found(usize),
    /// A statement or reaction.
    Account(Account),
    /// A place in the list of views.
    View(usize),
    /// A place in the list of what is wrong with the file.
    Finding(usize),
    /// A place in the list of what changed in the file.
    Change(usize),
    /// A place in the list of bookmarks and notes.
    Kept(usize),
}

/// A piece of a row in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text; safe, without line breaks.
    pub text: String,
    /// What it is.
    pub role: Role,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// From left to right.
    pub spans: Vec<Span>,
    /// The entry this row belongs to, counted from 0.
    pub entry: Option<usize>,
}

/// A laid-out text.
#[derive(Debug, Clone)]
pub struct Sheet {
    width: usize,
    rows: Vec<Row>,
    targets: Vec<Target>,
    spans_of: Vec<Range<usize>>,
    current: Option<usize>,
}

/// A stretch of text in one role, to be wrapped together with its neighbours.
pub type Run<'t> = (&'t str, Role);

impl Sheet {
    /// An empty sheet, `width` columns wide.
    pub fn new(width: usize) -> Self {
        Self {
            width: width.max(1),
            rows: Vec::new(),
            targets: Vec::new(),
            spans_of: Vec::new(),
            current: None,
        }
    }

    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many entries it has.
    pub fn entries(&self) -> usize {
        self.targets.len()
    }

    /// What its entries stand for, in order.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// How wide it was laid out.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The rows of an entry.
    pub fn rows_of(&self, entry: usize) -> Range<usize> {
        self.spans_of.get(entry).cloned().unwrap_or(0..0)
    }

    /// Begins an entry: all rows until [`Self::end_entry`] belong to it.
    pub fn begin_entry(&mut self, target: Target) {
        self.current = Some(self.targets.len());
        self.targets.push(target);
        self.spans_of.push(self.rows.len()..self.rows.len());
    }

    /// Ends the entry begun last.
    pub fn end_entry(&mut self) {
        let end = self.rows.len();
        if let Some(rows) = self.current.take().and_then(|entry| self.spans_of.get_mut(entry)) {
            rows.end = end;
        }
    }

    /// An empty row, unless the sheet is empty or ends in one.
    pub fn gap(&mut self) {
        if self.rows.last().is_some_and(|row| !row.spans.is_empty()) {
            self.rows.push(Row::default());
        }
    }

    /// Empty rows up to so many in all, part of the entry begun last.
    pub fn fill(&mut self, rows: usize) {
        let empty = Row { spans: Vec::new(), entry: self.current };
        self.rows.resize(self.rows.len().max(rows), empty);
    }

    /// A row of its own in one role, wrapped.
    pub fn line(&mut self, indent: usize, role: Role, text: &str) {
        self.runs(indent, indent, &[(text, role)]);
    }

    /// A heading, with a gap before it.
    pub fn heading(&mut self, text: &str) {
        self.gap();
        self.line(0, Role::Heading, text);
    }

    /// Runs of text after each other, wrapped together; the first row indented by `first`, the others by
    /// `rest` columns.
    pub fn runs(&mut self, first: usize, rest: usize, runs: &[Run<'_>]) {
        self.runs_after(&" ".repeat(first), &" ".repeat(rest), runs);
    }

    /// As [`Self::runs`], with a text of its own before the first row and another before each of the others: the
    /// branches of a tree.
    pub fn runs_after(&mut self, first: &str, rest: &str, runs: &[Run<'_>]) {
        let whole: String = runs.iter().map(|(text, _)| *text).collect();
        if whole.is_empty() {
            return;
        }
        // A column too narrow for its indent gives the indent up before the words.
        let indent = |before| if self.width > text::width(before) + 8 { before } else { "" };
        let (first, rest) = (indent(first), indent(rest));
        let lines = wrapped(&whole, self.width - text::width(first), self.width - text::width(rest));
        for (number, line) in lines.into_iter().enumerate() {
            let margin = if number == 0 { first } else { rest };
            let mut row = Row { spans: Vec::with_capacity(runs.len() + 1), entry: self.current };
            if !margin.is_empty() {
                let role = if margin.trim().is_empty() { Role::Text } else { Role::Quiet };
                row.spans.push(Span { text: margin.to_owned(), role });
            }
            let mut start = 0;
            for (text, role) in runs {
                let end = start + text.len();
                let (from, to) = (start.max(line.start), end.min(line.end));
                if from < to {
                    row.spans.push(Span { text: whole[from..to].to_owned(), role: *role });
                }
                start = end;
            }
            self.rows.push(row);
        }
    }

    /// A row as given; the caller answers for its width.
    pub fn row(&mut self, spans: Vec<Span>) {
        self.rows.push(Row { spans, entry: self.current });
    }
}

/// Wraps a text whose first row has other room than the rows after it.
fn wrapped(whole: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    let mut lines = text::wrap(whole, first);
    if first != rest
        && let Some(next) = lines.get(1).map(|line| line.start)
    {
        lines.truncate(1);
        let later = text::wrap(&whole[next..], rest);
        lines.extend(later.into_iter().map(|line| line.start + next..line.end + next));
    }
    lines
}

/// Where a sheet of `rows` is scrolled to, so that `wanted` shows in `height` rows; as little as it takes.
pub fn scrolled_to(top: usize, rows: usize, height: usize, wanted: Option<Range<usize>>) -> usize {
    let mut top = top;
    if let Some(wanted) = wanted {
        if wanted.end > top + height {
            top = wanted.end.saturating_sub(height);
        }
        // The start of a tall entry matters more than its end.
        if wanted.start < top {
            top = wanted.start;
        }
    }
    top.min(rows.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::id::Id as _;

    fn rows(sheet: &Sheet) -> Vec<String> {
        sheet.rows().iter().map(|row| row.spans.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    #[test]
    fn runs_wrap_together_and_keep_their_roles() {
        let mut sheet = Sheet::new(20);
        sheet.runs(
            0,
            2,
            &[("He said ", Role::Text), ("completely false", Role::Quote), (" again", Role::Text)],
        );
        assert_eq!(rows(&sheet), ["He said completely", "  false again"]);
        let roles: Vec<_> = sheet.rows()[1].spans.iter().map(|span| span.role).collect();
        assert_eq!(roles, [Role::Text, Role::Quote, Role::Text]);
    }

    #[test]
    fn entries_know_their_rows() {
        let mut sheet = Sheet::new(20);
        sheet.line(0, Role::Text, "before");
        sheet.begin_entry(Target::Event(EventId::from_index(0)));
        sheet.line(0, Role::Text, "one two three four five six");
        sheet.end_entry();
        sheet.gap();
        sheet.begin_entry(Target::Event(EventId::from_index(0)));
        sheet.line(0, Role::Text, "second");
        sheet.end_entry();
        assert_eq!((sheet.rows_of(0), sheet.rows_of(1), sheet.rows_of(9)), (1..3, 4..5, 0..0));
    }

    #[test]
    fn scrolling_shows_what_is_wanted_and_no_more_than_it_must() {
        assert_eq!(scrolled_to(0, 100, 10, Some(3..5)), 0);
        assert_eq!(scrolled_to(0, 100, 10, Some(12..14)), 4);
        assert_eq!(scrolled_to(20, 100, 10, Some(12..14)), 12);
        assert_eq!(scrolled_to(0, 100, 10, Some(20..50)), 20);
        assert_eq!(scrolled_to(95, 100, 10, None), 90);
        assert_eq!(scrolled_to(5, 3, 10, None), 0);
    }
}
