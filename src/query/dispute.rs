//! The disputes of a story in the order in which they are read.
//!
//! Imports `story` only; no terminal.

use crate::story::graph::Graph;
use crate::story::id::DisputeId;

/// The disputes of a story, the gravest first: contradictions, then tensions, then differences of emphasis; within a
/// grade as the author put them.
pub fn by_gravity(graph: &Graph) -> Vec<DisputeId> {
    let mut disputes: Vec<_> = graph.disputes().map(|(id, dispute)| (dispute.grade, id)).collect();
    disputes.sort_unstable();
    disputes.into_iter().map(|(_, id)| id).collect()
}
