//! What a story is looked through with: the finders and the folded texts, made in steps of bounded work.
//!
//! Imports what the finder imports.

use super::{FindKind, Found, LIMIT, TAKEN_IN, WORK, names_of};
use crate::query::filter::Texts;
use crate::query::search::{Finder, Search};
use crate::story::graph::Graph;
use crate::story::id::{ActorId, DisputeId, ElementId, EventId, Id as _, SourceId, StatementId};

/// What a story is looked through with, each made when first asked for.
pub struct Finders {
    /// The work done at a key or between two.
    pub work: usize,
    texts: Texts,
    pub(super) kinds: [Looking; FindKind::ALL.len()],
}

impl Default for Finders {
    fn default() -> Self {
        Self { work: WORK, texts: Texts::default(), kinds: Default::default() }
    }
}

/// One kind of element looked through.
#[derive(Default)]
pub(super) struct Looking {
    pub(super) finder: Finder<ElementId>,
    /// How many elements the finder has taken in.
    taken: usize,
    /// Whether it has them all.
    is_ready: bool,
    /// The search last asked for.
    search: Option<Search>,
}

impl Finders {
    /// The story's texts, folded for filters; those that are not yet are folded now.
    pub fn texts(&mut self, graph: &Graph) -> &Texts {
        self.texts.go_on(graph, &mut { usize::MAX });
        &self.texts
    }

    /// The same where they are all folded by now, or in a moment.
    pub fn texts_in_a_moment(&mut self, graph: &Graph) -> Option<&Texts> {
        self.texts.go_on(graph, &mut { self.work }).then_some(&self.texts)
    }

    /// Takes names of actors in ahead of the first search, and texts ahead of the first filter, a few milliseconds of it.
    pub fn take_in_ahead(&mut self, graph: &Graph) {
        let mut work = self.work;
        if self.kinds[FindKind::Actors as usize].take_in(graph, FindKind::Actors, &mut work) {
            self.texts.go_on(graph, &mut work);
        }
    }

    /// Whether names of actors or texts are still to be taken in.
    pub fn is_behind(&self) -> bool {
        !self.kinds[FindKind::Actors as usize].is_ready || !self.texts.is_ready()
    }
}

impl Looking {
    /// Goes on until all is looked through, or the work is done; true where all is. Where nothing is found, a name near to
    /// that is looked for if one `is_suggested`.
    pub(super) fn go_on(
        &mut self,
        graph: &Graph,
        kind: FindKind,
        (query, is_suggested): (&str, bool),
        work: &mut usize,
    ) -> bool {
        if !self.take_in(graph, kind, work) {
            return false;
        }
        let search = match self.search.take() {
            Some(search) if search.typed() == query => search,
            Some(search) => search.turned_to(query),
            None => Search::new(query),
        };
        let search = self.search.insert(search);
        self.finder.go_on(search, work)
            && (!is_suggested || self.finder.count(search, 1) > 0 || self.finder.suggest_on(search, work))
    }

    /// Takes names in until all are, or the work is done; true where all are.
    fn take_in(&mut self, graph: &Graph, kind: FindKind, work: &mut usize) -> bool {
        if self.is_ready {
            return true;
        }
        let count = count_of(graph, kind);
        while self.taken < count && *work > 0 {
            let (element, weight) = nth(graph, kind, self.taken);
            let names = names_of(graph, element);
            let bytes = self.finder.add(element, names.iter().map(AsRef::as_ref), weight);
            *work = work.saturating_sub(TAKEN_IN * bytes);
            self.taken += 1;
        }
        self.is_ready = self.taken == count && self.finder.prepare_on(work);
        self.is_ready
    }

    /// How many answers there are, up to [`LIMIT`].
    pub(super) fn count(&self) -> usize {
        self.search.as_ref().map_or(0, |search| self.finder.count(search, LIMIT))
    }

    /// The best of what was found, or else a spelling that would be.
    pub(super) fn answers(&self, graph: &Graph) -> (Vec<Found>, Option<String>) {
        let Some(search) = &self.search else { return (Vec::new(), None) };
        let best = self.finder.best(search, LIMIT).into_iter();
        let found: Vec<_> =
            best.map(|best| Found { element: best.key, name: best.name, highlights: None }).collect();
        if !found.is_empty() {
            return (found, None);
        }
        let near = self.finder.suggestion(search);
        let name = near.and_then(|(element, name)| Some(names_of(graph, element).get(name)?.to_string()));
        (found, name)
    }
}

/// How many elements of a kind a story has.
fn count_of(graph: &Graph, kind: FindKind) -> usize {
    match kind {
        FindKind::Actors => graph.actors().len(),
        FindKind::Events => graph.event_count(),
        FindKind::Statements => graph.statements().len(),
        FindKind::Sources => graph.sources().len(),
        FindKind::Disputes => graph.dispute_count(),
    }
}

/// An element of a kind, and what it weighs; events come in chronological order.
fn nth(graph: &Graph, kind: FindKind, place: usize) -> (ElementId, u32) {
    let weight = |events: &[EventId]| u32::try_from(events.len()).unwrap_or(u32::MAX);
    match kind {
        FindKind::Actors => {
            let id = ActorId::from_index(place);
            (ElementId::Actor(id), weight(graph.events_of_actor(id)))
        }
        FindKind::Events => (ElementId::Event(graph.chronology().order()[place]), 0),
        FindKind::Statements => (ElementId::Statement(StatementId::from_index(place)), 0),
        FindKind::Sources => {
            let id = SourceId::from_index(place);
            (ElementId::Source(id), weight(graph.events_of_source(id)))
        }
        FindKind::Disputes => (ElementId::Dispute(DisputeId::from_index(place)), 0),
    }
}
