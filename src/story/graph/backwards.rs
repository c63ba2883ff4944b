//! The edges of a story, read backwards: derived from the arenas, never written.

use super::Arenas;
use crate::story::id::{Account, ActorId, DisputeId, EventId, Id, LinkId, ReactionId, SourceId, StatementId};
use crate::story::index::Index;

/// What is derived from the arenas: the edges, read backwards.
#[derive(Debug, Clone)]
pub(super) struct Backwards {
    pub statements_of_source: Index<SourceId, StatementId>,
    pub reactions_of_source: Index<SourceId, ReactionId>,
    pub events_of_source: Index<SourceId, EventId>,
    pub relied_on_by: Index<SourceId, SourceId>,
    pub events_of_actor: Index<ActorId, EventId>,
    pub statements_by: Index<ActorId, StatementId>,
    pub statements_about: Index<ActorId, StatementId>,
    pub links_to: Index<EventId, LinkId>,
    pub disputes_of_event: Index<EventId, DisputeId>,
    pub disputes_of_statement: Index<StatementId, DisputeId>,
    pub disputes_of_reaction: Index<ReactionId, DisputeId>,
    pub replies: Index<StatementId, StatementId>,
}

impl Backwards {
    pub fn of(arenas: &Arenas) -> Self {
        let (sources, actors) = (arenas.sources.len(), arenas.actors.len());
        let statements = arenas.statements.len();
        let ((events_of_source, events_of_actor), (said, disputed)) = rayon::join(
            || {
                rayon::join(
                    || Index::build_distinct(sources, &events_by_source(arenas)),
                    || Index::build_distinct(actors, &events_by_actor(arenas)),
                )
            },
            || rayon::join(|| Said::of(arenas), || Disputed::of(arenas)),
        );
        let relied: Vec<_> = numbered(&arenas.sources)
            .flat_map(|(id, source)| source.relies_on.iter().map(move |on| (*on, id)))
            .collect();
        let reported: Vec<_> =
            numbered(&arenas.reactions).map(|(id, reaction)| (reaction.source, id)).collect();
        let linked: Vec<_> = numbered(&arenas.links).map(|(id, link)| (link.to, id)).collect();
        Self {
            statements_of_source: Index::build(sources, &said.carried),
            reactions_of_source: Index::build(sources, &reported),
            events_of_source,
            relied_on_by: Index::build(sources, &relied),
            events_of_actor,
            statements_by: Index::build(actors, &said.by),
            statements_about: Index::build(actors, &said.about),
            links_to: Index::build(arenas.events.len(), &linked),
            disputes_of_event: Index::build_distinct(arenas.events.len(), &disputed.events),
            disputes_of_statement: Index::build_distinct(statements, &disputed.statements),
            disputes_of_reaction: Index::build_distinct(arenas.reactions.len(), &disputed.reactions),
            replies: Index::build(statements, &said.replies),
        }
    }
}

fn numbered<I: Id, T>(all: &[T]) -> impl Iterator<Item = (I, &T)> {
    all.iter().enumerate().map(|(index, one)| (I::from_index(index), one))
}

fn events_by_source(arenas: &Arenas) -> Vec<(SourceId, EventId)> {
    let Arenas { events, statements, reactions, .. } = arenas;
    let named =
        numbered(events).flat_map(|(id, event)| event.sources.iter().map(move |source| (*source, id)));
    let carried = statements.iter().map(|statement| (statement.source, statement.event));
    let reported = reactions.iter().map(|reaction| (reaction.source, reaction.event));
    named.chain(carried).chain(reported).collect()
}

fn events_by_actor(arenas: &Arenas) -> Vec<(ActorId, EventId)> {
    let parts =
        numbered(&arenas.events).flat_map(|(id, event)| event.parts.iter().map(move |part| (part.actor, id)));
    let spoken = arenas.statements.iter().flat_map(|statement| {
        statement.speaker.iter().chain(&statement.about).map(|actor| (*actor, statement.event))
    });
    parts.chain(spoken).collect()
}

/// Who said what, of whom, and in answer to what.
#[derive(Default)]
struct Said {
    carried: Vec<(SourceId, StatementId)>,
    by: Vec<(ActorId, StatementId)>,
    about: Vec<(ActorId, StatementId)>,
    replies: Vec<(StatementId, StatementId)>,
}

impl Said {
    fn of(arenas: &Arenas) -> Self {
        let mut said = Self::default();
        for (id, statement) in numbered(&arenas.statements) {
            said.carried.push((statement.source, id));
            said.by.extend(statement.speaker.map(|speaker| (speaker, id)));
            said.about.extend(statement.about.iter().map(|actor| (*actor, id)));
            said.replies.extend(statement.replies_to.iter().map(|answered| (*answered, id)));
        }
        said
    }
}

/// What is disputed.
#[derive(Default)]
struct Disputed {
    events: Vec<(EventId, DisputeId)>,
    statements: Vec<(StatementId, DisputeId)>,
    reactions: Vec<(ReactionId, DisputeId)>,
}

impl Disputed {
    fn of(arenas: &Arenas) -> Self {
        let mut disputed = Self::default();
        for (id, dispute) in numbered(&arenas.disputes) {
            for account in dispute.positions.iter().flat_map(|position| &position.held_by) {
                match *account {
                    Account::Statement(statement) => {
                        disputed.statements.push((statement, id));
                        disputed.events.push((arenas.statements[statement.index()].event, id));
                    }
                    Account::Reaction(reaction) => {
                        disputed.reactions.push((reaction, id));
                        disputed.events.push((arenas.reactions[reaction.index()].event, id));
                    }
                }
            }
        }
        disputed
    }
}
