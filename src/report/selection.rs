//! A part of a story: the events a filter leaves, and what they rest on.
//!
//! The promise: nothing that is told of a shown event points to something left out, but for other events. A dispute
//! that touches one is told whole, with the accounts of other events in it; sources come with those they rely on.
//! Imports `story` and `text`.

use crate::story::graph::Graph;
use crate::story::id::{Account, ActorId, DisputeId, EventId, Id, SourceId};
use crate::text::safe_line;

/// Which elements are told, each list by index.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The filter as it was written; safe to show.
    pub filter: String,
    /// The view it comes from; safe to show.
    pub view: Option<String>,
    events: Vec<bool>,
    disputes: Vec<bool>,
    sources: Vec<bool>,
    actors: Vec<bool>,
}

fn mark<K: Id>(marks: &mut [bool], ids: impl IntoIterator<Item = K>) {
    ids.into_iter().for_each(|id| marks[id.index()] = true);
}

impl Selection {
    /// What belongs to the events for which `events`, by index, is true.
    pub fn of(graph: &Graph, filter: &str, view: Option<&str>, events: Vec<bool>) -> Self {
        let mut chosen = Self {
            filter: safe_line(filter).into_owned(),
            view: view.map(|view| safe_line(view).into_owned()),
            events,
            disputes: vec![false; graph.dispute_count()],
            sources: vec![false; graph.source_count()],
            actors: vec![false; graph.actor_count()],
        };
        let shown: Vec<_> = graph.events().filter(|(id, _)| chosen.event(*id)).collect();
        for (id, event) in shown {
            mark(&mut chosen.disputes, graph.disputes_of_event(id).iter().copied());
            mark(&mut chosen.sources, event.sources.iter().copied());
            mark(&mut chosen.actors, event.parts.iter().map(|part| part.actor));
            let links = event.links.iter().chain(graph.links_to(id));
            mark(&mut chosen.sources, links.filter_map(|link| graph.link(*link).source));
            let statements = event.statements.iter().map(|id| Account::Statement(*id));
            let reactions = event.reactions.iter().map(|id| Account::Reaction(*id));
            statements.chain(reactions).for_each(|account| chosen.account(graph, account));
        }
        let disputes: Vec<_> = graph.disputes().filter(|(id, _)| chosen.dispute(*id)).collect();
        for (_, dispute) in disputes {
            let accounts = dispute.positions.iter().flat_map(|position| &position.held_by);
            accounts.for_each(|account| chosen.account(graph, *account));
        }
        chosen.close(graph);
        chosen
    }

    fn account(&mut self, graph: &Graph, account: Account) {
        mark(&mut self.sources, [graph.source_of(account)]);
        mark(&mut self.sources, graph.relied_on_for(account).iter().copied());
        if let Account::Statement(id) = account {
            let statement = graph.statement(id);
            mark(&mut self.actors, statement.speaker.iter().chain(&statement.about).copied());
        }
    }

    /// Whether all these accounts belong to events that are told.
    pub fn holds(&self, graph: &Graph, accounts: impl IntoIterator<Item = Account>) -> bool {
        accounts.into_iter().all(|account| self.event(graph.event_of(account)))
    }

    /// Takes in what is relied on, and whom an actor belongs to, to the end.
    fn close(&mut self, graph: &Graph) {
        let mut next: Vec<_> = graph.sources().map(|(id, _)| id).filter(|id| self.source(*id)).collect();
        while let Some(source) = next.pop() {
            for on in &graph.source(source).relies_on {
                if !std::mem::replace(&mut self.sources[on.index()], true) {
                    next.push(*on);
                }
            }
        }
        let mut next: Vec<_> = graph.actors().map(|(id, _)| id).filter(|id| self.actor(*id)).collect();
        while let Some(actor) = next.pop() {
            if let Some(whole) = graph.actor(actor).part_of
                && !std::mem::replace(&mut self.actors[whole.index()], true)
            {
                next.push(whole);
            }
        }
    }

    /// Whether an event is told.
    pub fn event(&self, id: EventId) -> bool {
        self.events[id.index()]
    }

    /// Whether a dispute is.
    pub fn dispute(&self, id: DisputeId) -> bool {
        self.disputes[id.index()]
    }

    /// Whether a source is.
    pub fn source(&self, id: SourceId) -> bool {
        self.sources[id.index()]
    }

    /// Whether an actor is.
    pub fn actor(&self, id: ActorId) -> bool {
        self.actors[id.index()]
    }

    /// How many events are told.
    pub fn event_count(&self) -> usize {
        self.events.iter().filter(|told| **told).count()
    }
}
