//! Who carries what: a source as a whole, or one account of it whose reliance is told of it alone.
//!
//! Imports `graph` and `id`.

use std::collections::BTreeSet;

use super::{Graph, Position};
use crate::story::id::{Account, EventId, SourceId};

/// A source as it carries something: whole, or an account of which it is told alone whence it has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Carrier {
    /// The source.
    pub source: SourceId,
    /// The account that is told of alone; `None` where what holds of the source holds.
    pub account: Option<Account>,
}

impl Carrier {
    /// A source as a whole.
    pub fn whole(source: SourceId) -> Self {
        Self { source, account: None }
    }

    /// The source of an account.
    pub fn of(graph: &Graph, account: Account) -> Self {
        let alone = graph.tells_own_origin(account);
        Self { source: graph.source_of(account), account: alone.then_some(account) }
    }

    /// The sources that it repeats.
    pub fn relied_on<'g>(&self, graph: &'g Graph) -> &'g [SourceId] {
        match self.account {
            Some(account) => graph.relied_on_for(account),
            None => &graph.source(self.source).relies_on,
        }
    }

    /// Where a walk to its origins begins: at the source itself, or past it where the account is told of alone.
    pub fn beginnings<'g>(&'g self, graph: &'g Graph) -> &'g [SourceId] {
        match self.account {
            Some(account) => graph.relied_on_for(account),
            None => std::slice::from_ref(&self.source),
        }
    }

    /// The sources that report an event, or carry a statement or reaction of it; in document order.
    ///
    /// A source all of whose accounts of the event are told of alone reports it as they do: what it relies on otherwise is
    /// not behind this.
    pub fn of_event(graph: &Graph, event: EventId) -> Vec<Self> {
        let event = graph.event(event);
        let statements = event.statements.iter().map(|id| Account::Statement(*id));
        let reactions = event.reactions.iter().map(|id| Account::Reaction(*id));
        let mut carriers: BTreeSet<_> =
            statements.chain(reactions).map(|account| Self::of(graph, account)).collect();
        let told: BTreeSet<_> = carriers.iter().map(|carrier| carrier.source).collect();
        carriers
            .extend(event.sources.iter().filter(|source| !told.contains(source)).copied().map(Self::whole));
        let whole: BTreeSet<_> = carriers
            .iter()
            .filter(|carrier| carrier.account.is_none())
            .map(|carrier| carrier.source)
            .collect();
        carriers.retain(|carrier| carrier.account.is_none() || !whole.contains(&carrier.source));
        distinct(graph, carriers)
    }

    /// The sources that carry the accounts which hold a position; in document order.
    pub fn of_position(graph: &Graph, position: &Position) -> Vec<Self> {
        let carriers: BTreeSet<_> =
            position.held_by.iter().map(|account| Self::of(graph, *account)).collect();
        distinct(graph, carriers)
    }
}

/// Accounts of one source that repeat the same sources are one.
fn distinct(graph: &Graph, carriers: BTreeSet<Carrier>) -> Vec<Carrier> {
    let mut seen = BTreeSet::new();
    carriers
        .into_iter()
        .filter(|carrier| {
            seen.insert((carrier.source, carrier.account.is_some(), carrier.relied_on(graph).to_vec()))
        })
        .collect()
}
