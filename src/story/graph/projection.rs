//! A part of a story that is a story itself: some elements are kept, the others are gone from every list, index,
//! order and count. Ids are minted anew; written ids stay, and carry over from one graph to the other.

use super::{Arenas, Graph};
use crate::story::id::{Account, ActorId, DisputeId, EventId, Id, LinkId, ReactionId, SourceId, StatementId};
use crate::story::order::{Chronology, Place, Precedence};

/// Which elements of a graph to keep, by index.
///
/// What hangs on something that goes, goes with it: a statement with its event or source, a link with either end. A
/// position goes with the last account that holds it, and a dispute when fewer than two positions are left. An event may be
/// left that no kept source reports: an account of it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Sources.
    pub sources: Vec<bool>,
    /// Of the sources that are kept, those that still report events and state links.
    pub reporting: Vec<bool>,
    /// Actors.
    pub actors: Vec<bool>,
    /// Events.
    pub events: Vec<bool>,
    /// Statements.
    pub statements: Vec<bool>,
    /// Reactions.
    pub reactions: Vec<bool>,
    /// Links.
    pub links: Vec<bool>,
    /// Disputes.
    pub disputes: Vec<bool>,
}

impl Kept {
    /// All of a story.
    pub fn all(graph: &Graph) -> Self {
        Self {
            sources: vec![true; graph.source_count()],
            reporting: vec![true; graph.source_count()],
            actors: vec![true; graph.actor_count()],
            events: vec![true; graph.event_count()],
            statements: vec![true; graph.statement_count()],
            reactions: vec![true; graph.reaction_count()],
            links: vec![true; graph.link_count()],
            disputes: vec![true; graph.dispute_count()],
        }
    }
}

/// New ids by the index of the old ones; `None` is gone.
struct Renamed<I>(Vec<Option<I>>);

impl<I: Id> Renamed<I> {
    fn of(kept: impl IntoIterator<Item = bool>) -> Self {
        let mut next = 0;
        Self(
            kept.into_iter()
                .map(|kept| {
                    kept.then(|| {
                        next += 1;
                        I::from_index(next - 1)
                    })
                })
                .collect(),
        )
    }

    fn get(&self, old: I) -> Option<I> {
        self.0.get(old.index()).copied().flatten()
    }

    fn all<L: FromIterator<I>>(&self, old: &[I]) -> L {
        old.iter().filter_map(|id| self.get(*id)).collect()
    }
}

struct Renaming {
    sources: Renamed<SourceId>,
    actors: Renamed<ActorId>,
    events: Renamed<EventId>,
    links: Renamed<LinkId>,
    statements: Renamed<StatementId>,
    reactions: Renamed<ReactionId>,
    disputes: Renamed<DisputeId>,
}

impl Renaming {
    /// Closes `kept` over what hangs on what, and names anew what is left.
    fn of(arenas: &Arenas, kept: &Kept) -> Self {
        let sources = Renamed::of(kept.sources.iter().copied());
        let events = Renamed::of(kept.events.iter().copied());
        let stands =
            |source: SourceId, event: EventId| sources.get(source).is_some() && events.get(event).is_some();
        let statements = Renamed::of(
            arenas
                .statements
                .iter()
                .zip(&kept.statements)
                .map(|(it, kept)| *kept && stands(it.source, it.event)),
        );
        let reactions = Renamed::of(
            arenas
                .reactions
                .iter()
                .zip(&kept.reactions)
                .map(|(it, kept)| *kept && stands(it.source, it.event)),
        );
        let links = Renamed::of(arenas.links.iter().zip(&kept.links).map(|(it, kept)| {
            *kept
                && events.get(it.from).is_some()
                && events.get(it.to).is_some()
                && it.source.is_none_or(|source| sources.get(source).is_some())
        }));
        let renaming = Self {
            actors: Renamed::of(kept.actors.iter().copied()),
            disputes: Renamed(Vec::new()),
            sources,
            events,
            links,
            statements,
            reactions,
        };
        let disputes = Renamed::of(arenas.disputes.iter().zip(&kept.disputes).map(|(dispute, kept)| {
            let held =
                |held_by: &[Account]| held_by.iter().any(|account| renaming.account(*account).is_some());
            *kept && dispute.positions.iter().filter(|position| held(&position.held_by)).count() >= 2
        }));
        Self { disputes, ..renaming }
    }

    fn account(&self, account: Account) -> Option<Account> {
        match account {
            Account::Statement(id) => self.statements.get(id).map(Account::Statement),
            Account::Reaction(id) => self.reactions.get(id).map(Account::Reaction),
        }
    }

    fn place(&self, place: Place) -> Option<Place> {
        match place {
            Place::Event(id) => self.events.get(id).map(Place::Event),
            Place::Source(id) => self.sources.get(id).map(Place::Source),
        }
    }
}

/// The elements of `all` that have a new name, each with its references made new by `rename`.
fn renamed<T: Clone, I: Id>(all: &[T], names: &Renamed<I>, rename: impl Fn(T) -> Option<T>) -> Vec<T> {
    let kept = all.iter().zip(&names.0).filter(|(_, name)| name.is_some());
    kept.filter_map(|(one, _)| rename(one.clone())).collect()
}

impl Graph {
    /// The part of this story that `kept` says, as a story of its own. Linear in the story.
    ///
    /// The order of events is worked out anew from what is kept, so that no bound rests on something that is gone.
    #[must_use]
    pub fn keep(&self, kept: &Kept) -> Self {
        let names = Renaming::of(&self.arenas, kept);
        let arenas = arenas(&self.arenas, &names, kept);
        let precedences: Vec<_> = self
            .precedences
            .iter()
            .filter_map(|precedence| {
                let (earlier, later) = (names.place(precedence.earlier)?, names.place(precedence.later)?);
                Some(Precedence { earlier, later, ..*precedence })
            })
            .collect();
        let events: Vec<_> = arenas.events.iter().map(|event| event.timing.extent()).collect();
        let sources: Vec<_> = arenas.sources.iter().map(|source| source.published.extent()).collect();
        // Some of the constraints of a sound story make no cycle and no contradiction.
        let chronology =
            Chronology::of(&events, &sources, &precedences, self.header.time_zone).unwrap_or_default();
        Self::new(self.header.clone(), arenas, chronology, precedences)
    }
}

fn arenas(whole: &Arenas, names: &Renaming, kept: &Kept) -> Arenas {
    Arenas {
        sources: renamed(&whole.sources, &names.sources, |mut source| {
            source.relies_on = names.sources.all(&source.relies_on);
            Some(source)
        }),
        actors: renamed(&whole.actors, &names.actors, |mut actor| {
            actor.part_of = actor.part_of.and_then(|of| names.actors.get(of));
            Some(actor)
        }),
        events: renamed(&whole.events, &names.events, |mut event| {
            event.sources.retain(|source| kept.reporting[source.index()]);
            event.sources = names.sources.all(&event.sources);
            event.links = names.links.all(&event.links);
            event.statements = names.statements.all(&event.statements);
            event.reactions = names.reactions.all(&event.reactions);
            event.parts = event
                .parts
                .into_iter()
                .filter_map(|part| Some(super::Part { actor: names.actors.get(part.actor)?, ..part }))
                .collect();
            Some(event)
        }),
        links: renamed(&whole.links, &names.links, |mut link| {
            (link.from, link.to) = (names.events.get(link.from)?, names.events.get(link.to)?);
            link.source = link.source.and_then(|source| names.sources.get(source));
            Some(link)
        }),
        statements: renamed(&whole.statements, &names.statements, |mut statement| {
            statement.event = names.events.get(statement.event)?;
            statement.source = names.sources.get(statement.source)?;
            statement.speaker = statement.speaker.and_then(|speaker| names.actors.get(speaker));
            statement.about = names.actors.all(&statement.about);
            statement.replies_to = names.statements.all(&statement.replies_to);
            statement.relies_on = statement.relies_on.map(|on| names.sources.all(&on));
            Some(statement)
        }),
        reactions: renamed(&whole.reactions, &names.reactions, |mut reaction| {
            reaction.event = names.events.get(reaction.event)?;
            reaction.source = names.sources.get(reaction.source)?;
            reaction.relies_on = reaction.relies_on.map(|on| names.sources.all(&on));
            Some(reaction)
        }),
        disputes: renamed(&whole.disputes, &names.disputes, |mut dispute| {
            for position in &mut dispute.positions {
                position.held_by =
                    position.held_by.iter().filter_map(|account| names.account(*account)).collect();
            }
            dispute.positions.retain(|position| !position.held_by.is_empty());
            Some(dispute)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::id::ElementId;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    fn embedded() -> &'static Graph {
        static STORY: LazyLock<Graph> = LazyLock::new(|| {
            crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("the embedded story is sound")
        });
        &STORY
    }

    /// Everything a reader could reach, by written id.
    fn written(graph: &Graph) -> Vec<String> {
        let mut lines = Vec::new();
        let order: Vec<_> =
            graph.chronology().order().iter().map(|id| graph.event(*id).id.as_str()).collect();
        lines.push(order.join(" "));
        for (id, event) in graph.events() {
            let statements: Vec<_> = event.statements.iter().map(|id| &graph.statement(*id).id).collect();
            let to: Vec<_> =
                graph.links_to(id).iter().map(|id| &graph.event(graph.link(*id).from).id).collect();
            lines.push(format!("{} {statements:?} {to:?} {:?}", event.id, graph.chronology().bounds(id)));
        }
        for (id, source) in graph.sources() {
            lines.push(format!("{} {}", source.id, graph.statements_of_source(id).len()));
        }
        for (_, dispute) in graph.disputes() {
            let held: Vec<_> = dispute.positions.iter().flat_map(|position| &position.held_by).collect();
            let held: Vec<_> = held.into_iter().map(|account| graph.id_of((*account).into())).collect();
            lines.push(format!("{} {held:?}", dispute.id));
        }
        lines
    }

    #[test]
    fn all_of_a_story_is_that_story() {
        let graph = embedded();
        assert_eq!(written(&graph.keep(&Kept::all(graph))), written(graph));
    }

    #[test]
    fn nothing_of_a_story_is_an_empty_one() {
        let graph = embedded();
        let mut kept = Kept::all(graph);
        kept.sources.fill(false);
        kept.events.fill(false);
        let none = graph.keep(&kept);
        assert_eq!(
            (none.source_count(), none.event_count(), none.statement_count(), none.dispute_count()),
            (0, 0, 0, 0)
        );
        assert!(none.chronology().order().is_empty());
        assert_eq!(none.by_id("alibaba").is_some(), graph.by_id("alibaba").is_some());
    }

    proptest! {
        #[test]
        fn any_part_of_a_story_is_a_story(seed in proptest::collection::vec(any::<bool>(), 400)) {
            let graph = embedded();
            let mut kept = Kept::all(graph);
            let mut coins = seed.iter().cycle().copied();
            for list in [&mut kept.sources, &mut kept.events, &mut kept.statements, &mut kept.reactions, &mut kept.links, &mut kept.disputes] {
                for one in list {
                    *one = coins.next().unwrap_or(true);
                }
            }
            let part = graph.keep(&kept);
            prop_assert_eq!(part.chronology().order().len(), part.event_count());
            prop_assert!(part.event_count() == kept.events.iter().filter(|kept| **kept).count());
            for (id, event) in part.events() {
                prop_assert_eq!(part.by_id(&event.id), Some(ElementId::Event(id)));
                for statement in &event.statements {
                    prop_assert_eq!(part.statement(*statement).event, id);
                }
            }
            for (_, dispute) in part.disputes() {
                prop_assert!(dispute.positions.len() >= 2);
            }
        }
    }
}
