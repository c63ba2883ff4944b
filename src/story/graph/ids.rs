//! What each written id stands for: a table of the elements by the sums of their ids, which stand in the elements alone.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;
use rayon::prelude::*;

use super::Arenas;
use crate::story::id::{ActorId, DisputeId, ElementId, EventId, Id, ReactionId, SourceId, StatementId};

#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    /// With a part of each sum: an element is only looked at where that is the same.
    table: HashTable<(u32, ElementId)>,
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
            let part = part(hash);
            let is_it =
                |(other, at): &(u32, ElementId)| *other == part && arenas.id_of(*at) == arenas.id_of(element);
            if table.find(hash, is_it).is_none() {
                table
                    .insert_unique(hash, (part, element), |(_, other)| hasher.hash_one(arenas.id_of(*other)));
            }
        }
        Self { table, hasher }
    }

    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn get(&self, id: &str, arenas: &Arenas) -> Option<ElementId> {
        let hash = self.hasher.hash_one(id);
        let is_it = |(other, at): &(u32, ElementId)| *other == part(hash) && arenas.id_of(*at) == id;
        self.table.find(hash, is_it).map(|(_, element)| *element)
    }
}

/// What is kept of a sum: other bits, for the most part, than those by which the table goes first.
fn part(hash: u64) -> u32 {
    let [_, _, one, two, three, four, ..] = hash.to_le_bytes();
    u32::from_le_bytes([one, two, three, four])
}
