//! What each written id stands for: a table of the elements by the sums of their ids, which stand in the elements alone.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;
use rayon::prelude::*;

use super::Arenas;
use crate::story::id::{ActorId, DisputeId, ElementId, EventId, Id, ReactionId, SourceId, StatementId};

#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    table: HashTable<ElementId>,
    /// Keyed by chance, so that nobody can choose ids that all fall on one place.
    hasher: RandomState,
}

impl Ids {
    /// Of two elements with one id, which no sound story has, the first.
    pub fn of(arenas: &Arenas) -> Self {
        let hasher = RandomState::new();
        let mut sums = Vec::with_capacity(arenas.count_of_ids());
        macro_rules! hash_all {
            ($($all:ident: $element:ident($id:ty),)+) => {$(
                sums.par_extend(arenas.$all.par_iter().enumerate().map(|(index, one)| {
                    (hasher.hash_one(one.id.as_str()), ElementId::$element(<$id>::from_index(index)))
                }));
            )+};
        }
        hash_all! {
            sources: Source(SourceId),
            actors: Actor(ActorId),
            events: Event(EventId),
            statements: Statement(StatementId),
            reactions: Reaction(ReactionId),
            disputes: Dispute(DisputeId),
        }
        let mut table = HashTable::with_capacity(sums.len());
        for (hash, element) in sums {
            let id = arenas.id_of(element);
            if table.find(hash, |other| arenas.id_of(*other) == id).is_none() {
                table.insert_unique(hash, element, |other| hasher.hash_one(arenas.id_of(*other)));
            }
        }
        Self { table, hasher }
    }

    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn get(&self, id: &str, arenas: &Arenas) -> Option<ElementId> {
        self.table.find(self.hasher.hash_one(id), |element| arenas.id_of(*element) == id).copied()
    }
}
