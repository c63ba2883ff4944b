//! Where in the document each element of a graph stands.
//!
//! Imports `graph`, `id` and `diagnostic`.

use super::Holder;
use crate::story::diagnostic::Path;
use crate::story::graph::Graph;
use crate::story::id::{Account, ActorId, DisputeId, ElementId, EventId, Id, LinkId, SourceId};

/// The places of all elements of one graph. Elements stand in the file in the order of their ids; only what stands
/// inside an event must be counted.
#[derive(Debug, Clone)]
pub struct Paths {
    links: Vec<(EventId, usize)>,
    statements: Vec<(EventId, usize)>,
    reactions: Vec<(EventId, usize)>,
}

impl Paths {
    /// The places of a story's elements.
    pub fn of(graph: &Graph) -> Self {
        let (mut links, mut statements, mut reactions) = (Vec::new(), Vec::new(), Vec::new());
        for (id, event) in graph.events() {
            links.extend((0..event.links.len()).map(|place| (id, place)));
            statements.extend((0..event.statements.len()).map(|place| (id, place)));
            reactions.extend((0..event.reactions.len()).map(|place| (id, place)));
        }
        Self { links, statements, reactions }
    }

    /// The place of what may carry an `allow:`.
    pub(super) fn holder(&self, holder: Holder) -> Path {
        match holder {
            Holder::Story => Path::root().key("story"),
            Holder::Element(element) => self.element(element),
        }
    }

    /// The place of an element.
    pub fn element(&self, element: ElementId) -> Path {
        match element {
            ElementId::Source(id) => Self::source(id),
            ElementId::Actor(id) => Self::actor(id),
            ElementId::Event(id) => Self::event(id),
            ElementId::Statement(id) => Self::within("statements", &self.statements, id.index()),
            ElementId::Reaction(id) => Self::within("reactions", &self.reactions, id.index()),
            ElementId::Dispute(id) => Self::dispute(id),
        }
    }

    /// The place of a link.
    pub fn link(&self, link: LinkId) -> Path {
        Self::within("links", &self.links, link.index())
    }

    /// The place of a statement or reaction.
    pub fn account(&self, account: Account) -> Path {
        self.element(account.into())
    }

    /// The place of a source.
    pub fn source(id: SourceId) -> Path {
        Path::root().key("sources").index(id.index())
    }

    /// The place of an actor.
    pub fn actor(id: ActorId) -> Path {
        Path::root().key("actors").index(id.index())
    }

    /// The place of an event.
    pub fn event(id: EventId) -> Path {
        Path::root().key("events").index(id.index())
    }

    /// The place of a dispute.
    pub fn dispute(id: DisputeId) -> Path {
        Path::root().key("disputes").index(id.index())
    }

    fn within(list: &'static str, places: &[(EventId, usize)], index: usize) -> Path {
        places
            .get(index)
            .map_or_else(Path::root, |(event, place)| Self::event(*event).key(list).index(*place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story;

    #[test]
    fn every_element_is_found_at_its_own_place() {
        let yaml = "
format: 1
story: {title: T}
sources: [{id: a, title: A, kind: article}, {id: b, title: B, kind: article}]
actors: [{id: who, name: Who, kind: person}]
events:
  - {id: e, title: E, status: occurred, sources: [a], statements: [{id: s, form: paraphrase, text: S, source: a}]}
  - id: f
    title: F
    status: occurred
    sources: [b]
    links: [{to: e, kind: updates, basis: inferred}, {to: e, kind: follows_up, basis: inferred}]
    statements: [{id: t, form: paraphrase, text: T, source: a}, {id: u, form: paraphrase, text: U, source: a}]
    reactions: [{id: r, instrument: I, change: lost, source: b}]
disputes:
  - {id: d, question: Q, grade: tension, positions: [{label: one, held_by: [s]}, {label: two, held_by: [t]}]}
";
        let graph = story::read(yaml.as_bytes()).expect("the story builds");
        let paths = Paths::of(&graph);
        for (id, path) in [
            ("b", "sources[1]"),
            ("who", "actors[0]"),
            ("f", "events[1]"),
            ("s", "events[0].statements[0]"),
            ("u", "events[1].statements[1]"),
            ("r", "events[1].reactions[0]"),
            ("d", "disputes[0]"),
        ] {
            let element = graph.by_id(id).expect(id);
            assert_eq!(paths.element(element).to_string(), path, "{id}");
        }
        let links = graph.links().map(|(id, _)| paths.link(id).to_string());
        assert_eq!(links.collect::<Vec<_>>(), ["events[1].links[0]", "events[1].links[1]"]);
    }
}
