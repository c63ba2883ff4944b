//! Rules on what is stated and what is inferred: that a reader can follow either.
//!
//! Imports what `check` imports.

use chrono::NaiveDate;

use super::Findings;
use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::graph::Graph;
use crate::story::id::ElementId;
use crate::story::vocabulary::Basis;
use crate::story::when::Timing;

/// A link with `basis: stated` and no `source`.
pub(super) fn stated_link_without_source(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, link) in graph.links() {
        if link.basis != Basis::Stated || link.source.is_some() {
            continue;
        }
        let path = findings.paths().link(id);
        let message = format!(
            "this link to `{}` is said to be stated, but not by which source",
            graph.event(link.to).id
        );
        let hint = "add `source:` with the id of the source that says so; where none does, write `basis: inferred` \
                    and the reasoning as `note:`";
        let found = Diagnostic::new(Code::StatedLinkWithoutSource, path, message).hint(hint);
        findings.report(&[ElementId::Event(link.from)], found);
    }
}

/// A time or link with basis inferred, and no note that says how it was worked out.
pub(super) fn inferred_without_note(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, source) in graph.sources() {
        let keys = ("published", "published_basis", "published_note");
        time(&source.published, keys, ElementId::Source(id), findings);
    }
    for (id, event) in graph.events() {
        time(&event.timing, ("when", "when_basis", "when_note"), ElementId::Event(id), findings);
    }
    for (id, statement) in graph.statements() {
        time(&statement.said, ("said", "said_basis", "said_note"), ElementId::Statement(id), findings);
    }
    for (id, reaction) in graph.reactions() {
        let keys = ("session", "session_basis", "session_note");
        time(&reaction.session, keys, ElementId::Reaction(id), findings);
    }
    for (id, link) in graph.links() {
        if link.basis == Basis::Inferred && link.note.is_none() {
            let path = findings.paths().link(id).key("basis");
            let message =
                format!("this link to `{}` is inferred, but not said from what", graph.event(link.to).id);
            without_note(path, &message, "note", ElementId::Event(link.from), findings);
        }
    }
}

fn time(
    timing: &Timing,
    (field, basis, note): (&str, &'static str, &str),
    element: ElementId,
    findings: &mut Findings,
) {
    if timing.inferred && timing.note.is_none() {
        let path = findings.paths().element(element).key(basis);
        let message = format!("`{field}:` is inferred, but not said from what");
        without_note(path, &message, note, element, findings);
    }
}

fn without_note(path: Path, message: &str, note: &str, element: ElementId, findings: &mut Findings) {
    let hint = format!("add `{note}:` and say how it was worked out, so that a reader can judge it");
    findings.report(&[element], Diagnostic::new(Code::InferredWithoutNote, path, message).hint(hint));
}
