//! Where sources have their matter from, for all of them at once: whether several go back to one origin.
//!
//! The counting is that of `query::provenance`: a source at first hand is an origin, and where none is reached, one
//! that relies on no other in the story. Method: every origin is handed on along `relies_on`, backwards; a source takes
//! and hands on at most [`KEPT`] of them and then says only that there are more, so that the whole costs a few looks at
//! each reliance, however long the chains and though they run in circles.
//!
//! Imports `graph` and `id`.

use crate::story::graph::Graph;
use crate::story::id::{Id, SourceId};

/// Origins that are told apart for one source.
const KEPT: usize = 4;

/// Where every source of a story has its matter from.
pub(super) struct Traces {
    /// The sources at first hand that each goes back to.
    first_hand: Vec<Ends>,
    /// The sources that rely on no other.
    ends: Vec<Ends>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Ends {
    known: Vec<SourceId>,
    /// There are more than are known.
    more: bool,
}

impl Ends {
    /// Takes an end, or that there are more. Whether that is new.
    fn take(&mut self, end: Option<SourceId>) -> bool {
        match end {
            Some(end) if self.known.contains(&end) => false,
            Some(end) if self.known.len() < KEPT => {
                self.known.push(end);
                true
            }
            _ => !std::mem::replace(&mut self.more, true),
        }
    }
}

impl Traces {
    /// Follows every source to its origins.
    pub(super) fn of(graph: &Graph) -> Self {
        let first_hand = graph.sources().filter(|(_, source)| source.first_hand).map(|(id, _)| id);
        let ends = graph.sources().filter(|(_, source)| source.relies_on.is_empty()).map(|(id, _)| id);
        Self { first_hand: handed_on(graph, first_hand), ends: handed_on(graph, ends) }
    }

    /// The one origin that all these sources go back to, each given once; `None` where there are several, or where one
    /// of them does not go back to it, so that it may have the matter from elsewhere.
    pub(super) fn shared(&self, sources: &[SourceId]) -> Option<SourceId> {
        let at_first_hand = |source: &SourceId| &self.first_hand[source.index()];
        let (first, others) = sources.split_first()?;
        if sources.iter().any(|source| !at_first_hand(source).known.is_empty()) {
            let [origin] = at_first_hand(first).known[..] else { return None };
            return others.iter().all(|other| at_first_hand(other) == at_first_hand(first)).then_some(origin);
        }
        let ends = |source: &SourceId| &self.ends[source.index()].known;
        if others.is_empty() && ends(first).is_empty() {
            // It relies on others in a circle only.
            return Some(*first);
        }
        let shared = |end: &SourceId| others.iter().all(|other| ends(other).contains(end));
        ends(first).iter().copied().filter(shared).min()
    }
}

/// For every source those of `origins` that it goes back to, itself included.
fn handed_on(graph: &Graph, origins: impl Iterator<Item = SourceId>) -> Vec<Ends> {
    let mut ends = vec![Ends::default(); graph.source_count()];
    let mut waiting = Vec::new();
    for origin in origins {
        ends[origin.index()].take(Some(origin));
        waiting.push((origin, Some(origin)));
    }
    while let Some((source, end)) = waiting.pop() {
        for relying in graph.relied_on_by(source) {
            let taken = &mut ends[relying.index()];
            let full = taken.known.len() == KEPT;
            if taken.take(end) {
                let known = end.filter(|end| !full && taken.known.contains(end));
                waiting.push((*relying, known));
            }
        }
    }
    ends
}
