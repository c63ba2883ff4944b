//! Lanes: the events of a timeline sorted by who has a part in them, by their kind, or by who reports them.
//!
//! Promise: every event of the timeline stands in at least one lane; what fits none has a lane of its own, the last.
//! Imports `story` only.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::story::graph::{Graph, Source};
use crate::story::id::{ActorId, EventId, Id as _, SourceId};

/// What makes a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// Whoever takes part, speaks or is spoken of; an event stands in the lane of each.
    Actor,
    /// The event's kind.
    Kind,
    /// Whoever reports it or carries an account of it; an event stands in the lane of each.
    Source,
}

impl By {
    /// Every one, in the order the reader goes through them.
    pub const ALL: &'static [Self] = &[Self::Actor, Self::Kind, Self::Source];

    /// How it reads after "by".
    pub fn word(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Kind => "kind",
            Self::Source => "source",
        }
    }
}

/// A lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// What the events in it share.
    pub name: String,
    /// Whether it holds the events that share nothing: without an actor, a kind or a source.
    pub rest: bool,
    /// Its events as places in the timeline, counted from 0; ascending, each once.
    pub places: Vec<usize>,
}

/// What the events of a lane share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Common<'g> {
    Actor(ActorId),
    Kind(&'g str),
    Source(SourceId),
    Nothing,
}

/// The lanes of `events`: the lane with most events first, of equals the one that comes first in time; the lane of
/// the rest last. Made in time linear in the events and their accounts, but for the sorting of the lanes.
pub fn lanes(graph: &Graph, events: &[EventId], by: By) -> Vec<Lane> {
    let mut found: Vec<(Common<'_>, Vec<usize>)> = Vec::new();
    let mut known = Known::of(graph, by);
    for (place, event) in events.iter().enumerate() {
        let mut stands_in = |shared| {
            let lane = *known.lane_of(shared).get_or_insert_with(|| {
                found.push((shared, Vec::new()));
                found.len() - 1
            });
            // An actor may have several parts in an event; its place stands once.
            if found[lane].1.last() != Some(&place) {
                found[lane].1.push(place);
            }
        };
        if !each_shared(graph, *event, by, &mut stands_in) {
            stands_in(Common::Nothing);
        }
    }
    found.sort_by_key(|(shared, places)| (*shared == Common::Nothing, Reverse(places.len())));
    let names = names(graph, &found, by);
    let lanes = found.into_iter().zip(names);
    lanes.map(|((shared, places), name)| Lane { name, rest: shared == Common::Nothing, places }).collect()
}

/// The lanes there are so far, by what their events share. Actors and sources are numbered, and need not be looked up.
struct Known<'g> {
    numbered: Vec<Option<usize>>,
    kinds: HashMap<&'g str, Option<usize>>,
    rest: Option<usize>,
}

impl<'g> Known<'g> {
    fn of(graph: &Graph, by: By) -> Self {
        let count = match by {
            By::Actor => graph.actors().len(),
            By::Source => graph.sources().len(),
            By::Kind => 0,
        };
        Self { numbered: vec![None; count], kinds: HashMap::new(), rest: None }
    }

    fn lane_of(&mut self, shared: Common<'g>) -> &mut Option<usize> {
        match shared {
            Common::Actor(actor) => &mut self.numbered[actor.index()],
            Common::Source(source) => &mut self.numbered[source.index()],
            Common::Kind(kind) => self.kinds.entry(kind).or_default(),
            Common::Nothing => &mut self.rest,
        }
    }
}

/// Gives what an event shares with others to `stands_in`, perhaps several times; false where there is nothing.
fn each_shared<'g>(graph: &'g Graph, id: EventId, by: By, mut stands_in: impl FnMut(Common<'g>)) -> bool {
    let event = graph.event(id);
    let statements = event.statements.iter().map(|statement| graph.statement(*statement));
    let mut is_any = false;
    let each = |shared| {
        is_any = true;
        stands_in(shared);
    };
    match by {
        By::Actor => {
            let parts = event.parts.iter().map(|part| part.actor);
            let voices = statements.flat_map(|said| said.speaker.iter().chain(&said.about).copied());
            parts.chain(voices).map(Common::Actor).for_each(each);
        }
        By::Kind => event.kind.iter().map(|kind| Common::Kind(kind)).for_each(each),
        By::Source => {
            let reactions = event.reactions.iter().map(|reaction| graph.reaction(*reaction).source);
            let carried = statements.map(|said| said.source).chain(reactions);
            event.sources.iter().copied().chain(carried).map(Common::Source).for_each(each);
        }
    }
    is_any
}

/// What the lanes are called. Two sources of one publisher would be one name twice, so each has its title added.
fn names(graph: &Graph, found: &[(Common<'_>, Vec<usize>)], by: By) -> Vec<String> {
    let mut labels: HashMap<&str, usize> = HashMap::new();
    for (shared, _) in found {
        if let Common::Source(source) = shared {
            *labels.entry(graph.source(*source).label()).or_default() += 1;
        }
    }
    let twice = |source: &Source| labels.get(source.label()).is_some_and(|count| *count > 1);
    let name = |shared: &Common<'_>| match shared {
        Common::Actor(actor) => graph.actor(*actor).name.to_string(),
        Common::Kind(kind) => (*kind).to_owned(),
        Common::Source(source) => {
            let source = graph.source(*source);
            match source.publisher.as_deref().filter(|_| twice(source)) {
                Some(publisher) => format!("{publisher}: {}", source.title),
                None => source.label().to_owned(),
            }
        }
        Common::Nothing => format!("no {}", by.word()),
    };
    found.iter().map(|(shared, _)| name(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    use proptest::prelude::*;

    const STORY: &str = "
format: 1
story: {title: T}
sources:
  - {id: wire, title: Early edition, publisher: The Wire, kind: article}
  - {id: late, title: Late edition, publisher: The Wire, kind: article}
  - {id: letter, title: A letter, kind: document}
actors:
  - {id: ann, name: Ann, kind: person}
  - {id: bob, name: Bob, kind: person}
  - {id: cat, name: Cat, kind: person}
events:
  - {id: one, title: One, when: 2025-01-01, status: occurred, kind: leak, sources: [wire], actors: [{actor: ann}, {actor: ann, role: twice}]}
  - id: two
    title: Two
    when: 2025-01-02
    status: occurred
    sources: [late]
    statements:
      - {id: said, form: paraphrase, text: T, speaker: bob, about: [cat, ann], source: letter}
  - {id: three, title: Three, when: 2025-01-03, status: occurred, kind: leak, sources: [letter]}
";

    fn graph() -> Graph {
        crate::story::read(STORY.as_bytes()).expect("a story")
    }

    fn shown(by: By) -> Vec<String> {
        let graph = graph();
        let lanes = lanes(&graph, graph.chronology().order(), by);
        lanes.iter().map(|lane| format!("{} {:?}", lane.name, lane.places)).collect()
    }

    #[test]
    fn an_event_stands_in_the_lane_of_all_who_act_speak_or_are_spoken_of() {
        assert_eq!(shown(By::Actor), ["Ann [0, 1]", "Bob [1]", "Cat [1]", "no actor [2]"]);
    }

    #[test]
    fn kinds_make_lanes_and_what_has_none_stands_last() {
        assert_eq!(shown(By::Kind), ["leak [0, 2]", "no kind [1]"]);
    }

    #[test]
    fn sources_are_those_that_report_and_those_that_carry_an_account() {
        let expected = ["A letter [1, 2]", "The Wire: Early edition [0]", "The Wire: Late edition [1]"];
        assert_eq!(shown(By::Source), expected);
    }

    #[test]
    fn the_lane_of_the_rest_is_last_however_full() {
        let graph = graph();
        let [one, two, three] = [0, 1, 2].map(|place| graph.chronology().order()[place]);
        let lanes = lanes(&graph, &[one, two, two, three, two], By::Kind);
        assert_eq!(lanes.iter().map(|lane| lane.places.len()).collect::<Vec<_>>(), [2, 3]);
        assert!(lanes[1].rest && !lanes[0].rest);
    }

    static EMBEDDED: LazyLock<Graph> =
        LazyLock::new(|| crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("the embedded story"));

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_event_of_any_timeline_stands_in_a_lane(
            kept in proptest::collection::vec(any::<bool>(), 48),
            by in proptest::sample::select(By::ALL),
        ) {
            let graph = &*EMBEDDED;
            let order = graph.chronology().order().iter().zip(kept);
            let events: Vec<_> = order.filter(|(_, kept)| *kept).map(|(event, _)| *event).collect();
            let lanes = lanes(graph, &events, by);
            for place in 0..events.len() {
                prop_assert!(lanes.iter().any(|lane| lane.places.contains(&place)));
            }
            for lane in &lanes {
                prop_assert!(!lane.places.is_empty() && lane.places.is_sorted_by(|one, other| one < other));
                prop_assert!(lane.places.iter().all(|place| *place < events.len()));
            }
            let counts: Vec<_> = lanes.iter().filter(|lane| !lane.rest).map(|lane| lane.places.len()).collect();
            prop_assert!(counts.is_sorted_by(|one, other| one >= other));
        }
    }
}
