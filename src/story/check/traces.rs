//! Where sources have their matter from, for all of them at once: whether several go back to one origin.
//!
//! Ends are those of `query::provenance`: a source at first hand, and one that relies on no other in the story. Method:
//! every end is handed on along `relies_on`, backwards; a source takes and hands on at most [`KEPT`] of them and then says
//! only that there are more, so that the whole costs a few looks at each reliance, however long the chains and though they
//! run in circles.
//!
//! Imports `graph` and `id`.

use crate::story::graph::{Carrier, Graph, Source};
use crate::story::id::{Id, SourceId};

/// Ends that are told apart for one source: with a second one it does not go back to one alone.
const KEPT: usize = 2;

/// Where every source of a story has its matter from.
pub(super) struct Traces(Vec<Ends>);

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
        let is_end = |source: &Source| source.first_hand || source.relies_on.is_empty();
        Self(handed_on(graph, graph.sources().filter(|(_, source)| is_end(source)).map(|(id, _)| id)))
    }

    /// The one origin that all these go back to, each to no other; `None` where there are several, or where one of them
    /// does not go back to it alone, so that it may have the matter from elsewhere.
    pub(super) fn shared(&self, graph: &Graph, carriers: &[Carrier]) -> Option<SourceId> {
        let (first, others) = carriers.split_first()?;
        let first = self.ends(graph, first);
        let Ends { known, more: false } = &first else { return None };
        let [origin] = known[..] else { return None };
        others.iter().all(|other| self.ends(graph, other) == first).then_some(origin)
    }

    /// All ends that a carrier goes back to; none where it does not say whence it has the matter.
    fn ends(&self, graph: &Graph, carrier: &Carrier) -> Ends {
        let mut all = Ends::default();
        for source in carrier.beginnings(graph) {
            let Ends { known, more } = &self.0[source.index()];
            for end in known {
                all.take(Some(*end));
            }
            all.more |= more;
        }
        all
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
