//! A compact one-to-many index over typed ids: `events of an actor`, `statements of a source`.
//!
//! Imports `id` only.

use std::marker::PhantomData;
use std::ops::Range;

use super::id::Id;

/// For each id of type `K` the values that belong to it, in the order they were given.
///
/// Two flat arrays (the compressed rows of a sparse matrix): no allocation per key.
#[derive(Debug, Clone)]
pub struct Index<K, V> {
    starts: Vec<u32>,
    values: Vec<V>,
    key: PhantomData<K>,
}

impl<K: Id, V: Copy> Index<K, V> {
    /// Builds the index for `keys` ids from pairs. Pairs keep their order within a key.
    pub fn build(keys: usize, pairs: &[(K, V)]) -> Self {
        let mut starts = vec![0_u32; keys + 1];
        for (key, _) in pairs {
            starts[key.index() + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0_usize; pairs.len()];
        for (pair, (key, _)) in pairs.iter().enumerate() {
            order[next[key.index()] as usize] = pair;
            next[key.index()] += 1;
        }
        let values = order.into_iter().map(|pair| pairs[pair].1).collect();
        Self { starts, values, key: PhantomData }
    }

    /// The values of a key; none for one the index was not built for.
    pub fn of(&self, key: K) -> &[V] {
        self.values.get(self.range(key)).unwrap_or(&[])
    }

    fn range(&self, key: K) -> Range<usize> {
        match (self.starts.get(key.index()), self.starts.get(key.index() + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::id::{ActorId, EventId};

    #[test]
    fn values_come_back_by_key_in_the_order_given() {
        let (actor, event) = (ActorId::from_index, EventId::from_index);
        let pairs = [(actor(2), event(5)), (actor(0), event(1)), (actor(2), event(3))];
        let index = Index::build(3, &pairs);
        assert_eq!(index.of(actor(0)), [event(1)]);
        assert_eq!(index.of(actor(1)), []);
        assert_eq!(index.of(actor(2)), [event(5), event(3)]);
        assert_eq!(index.of(actor(9)), []);
    }
}
