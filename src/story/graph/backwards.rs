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

/// Sorted by key then value, each pair once.
fn distinct<K: Id, V: Copy + Ord>(mut pairs: Vec<(K, V)>) -> Vec<(K, V)> {
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl Backwards {
    pub fn of(arenas: &Arenas) -> Self {
        let (sources, actors) = (arenas.sources.len(), arenas.actors.len());
        let (events, statements) = (arenas.events.len(), arenas.statements.len());
        let mut by_source = Vec::new();
        let mut of_actor = Vec::new();
        let (mut by, mut about, mut carried, mut replies) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut reported = Vec::new();
        for (index, event) in arenas.events.iter().enumerate() {
            let id = EventId::from_index(index);
            by_source.extend(event.sources.iter().map(|source| (*source, id)));
            of_actor.extend(event.parts.iter().map(|part| (part.actor, id)));
        }
        for (index, statement) in arenas.statements.iter().enumerate() {
            let id = StatementId::from_index(index);
            carried.push((statement.source, id));
            by_source.push((statement.source, statement.event));
            by.extend(statement.speaker.map(|speaker| (speaker, id)));
            about.extend(statement.about.iter().map(|actor| (*actor, id)));
            of_actor.extend(
                statement.speaker.iter().chain(&statement.about).map(|actor| (*actor, statement.event)),
            );
            replies.extend(statement.replies_to.iter().map(|answered| (*answered, id)));
        }
        for (index, reaction) in arenas.reactions.iter().enumerate() {
            reported.push((reaction.source, ReactionId::from_index(index)));
            by_source.push((reaction.source, reaction.event));
        }
        let (mut of_event, mut of_statement, mut of_reaction) = (Vec::new(), Vec::new(), Vec::new());
        for (index, dispute) in arenas.disputes.iter().enumerate() {
            let id = DisputeId::from_index(index);
            for account in dispute.positions.iter().flat_map(|position| &position.held_by) {
                match *account {
                    Account::Statement(statement) => {
                        of_statement.push((statement, id));
                        of_event.push((arenas.statements[statement.index()].event, id));
                    }
                    Account::Reaction(reaction) => {
                        of_reaction.push((reaction, id));
                        of_event.push((arenas.reactions[reaction.index()].event, id));
                    }
                }
            }
        }
        let relied: Vec<_> = arenas
            .sources
            .iter()
            .enumerate()
            .flat_map(|(index, source)| {
                source.relies_on.iter().map(move |on| (*on, SourceId::from_index(index)))
            })
            .collect();
        let linked: Vec<_> = arenas
            .links
            .iter()
            .enumerate()
            .map(|(index, link)| (link.to, LinkId::from_index(index)))
            .collect();
        Self {
            statements_of_source: Index::build(sources, &carried),
            reactions_of_source: Index::build(sources, &reported),
            events_of_source: Index::build(sources, &distinct(by_source)),
            relied_on_by: Index::build(sources, &relied),
            events_of_actor: Index::build(actors, &distinct(of_actor)),
            statements_by: Index::build(actors, &by),
            statements_about: Index::build(actors, &about),
            links_to: Index::build(events, &linked),
            disputes_of_event: Index::build(events, &distinct(of_event)),
            disputes_of_statement: Index::build(statements, &distinct(of_statement)),
            disputes_of_reaction: Index::build(arenas.reactions.len(), &distinct(of_reaction)),
            replies: Index::build(statements, &replies),
        }
    }
}
