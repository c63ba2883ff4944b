//! Rules on disputes: that they are between accounts of different origin.
//!
//! Imports what `check` imports.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::traces::Traces;
use super::{Findings, Paths, allowing};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::{Carrier, Graph};
use crate::story::id::ElementId;

/// A dispute all of whose positions are held by accounts of one source, or of several that go back to one origin.
pub(super) fn dispute_of_one_origin(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let traces = Traces::of(graph);
    for (id, dispute) in graph.disputes() {
        let held_by = dispute.positions.iter().flat_map(|position| &position.held_by);
        let carriers: BTreeSet<_> = held_by.map(|account| Carrier::of(graph, *account)).collect();
        let sources: BTreeSet<_> = carriers.iter().map(|carrier| carrier.source).collect();
        let carriers: Vec<_> = carriers.into_iter().collect();
        let sources: Vec<_> = sources.into_iter().collect();
        let (how, what, at) = match (&sources[..], traces.shared(graph, &carriers)) {
            ([only], _) => ("is held by one source alone", "the one source", *only),
            (_, Some(origin)) => ("goes back to one origin", "the one origin", origin),
            _ => continue,
        };
        let message = format!("every position of this dispute {how}: {}", graph.source(at).label());
        let hint = format!(
            "add an account of another origin; where a source is at odds with itself, or retold in different ways, say \
             so: {}",
            allowing(Code::DisputeOfOneOrigin)
        );
        let found = Diagnostic::new(Code::DisputeOfOneOrigin, Paths::dispute(id).key("question"), message)
            .hint(hint)
            .also(Paths::source(at), what);
        findings.report(&[ElementId::Dispute(id)], found);
    }
}
