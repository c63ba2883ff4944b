//! Rules on what was said: that a reader can find it, and as it was said.
//!
//! Imports what `check` imports.

use chrono::NaiveDate;

use super::Findings;
use super::quotations::is_in_marks;
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::Graph;
use crate::story::id::ElementId;
use crate::story::vocabulary::Form;

/// A quote without a `locator`: nobody can hold its words against the source's.
pub(super) fn quote_without_locator(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, statement) in graph.statements() {
        if statement.form != Form::Quote || statement.locator.is_some() {
            continue;
        }
        let element = ElementId::Statement(id);
        let path = findings.paths().element(element);
        let source = graph.source(statement.source).label();
        let message = format!("it is not said where in {source} this quote stands");
        let hint = "add `locator: line 13`, `lines 13-15`, `page 4`, `paragraph 3` or `headline`; of a broadcast, `at 03:15`";
        findings.report(&[element], Diagnostic::new(Code::QuoteWithoutLocator, path, message).hint(hint));
    }
}

/// A quote whose text stands in quotation marks itself: shown, it would have two pairs.
pub(super) fn marks_in_quote(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, statement) in graph.statements() {
        if statement.form != Form::Quote || !is_in_marks(&statement.text) {
            continue;
        }
        let element = ElementId::Statement(id);
        let path = findings.paths().element(element).key("text");
        let message = "this quote carries its own quotation marks, and would be shown with two pairs";
        let hint = "take the marks out of the text: `form: quote` says that they are there";
        findings.report(&[element], Diagnostic::new(Code::MarksInQuote, path, message).hint(hint));
    }
}
