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
        // Any value holds the places until each has its own.
        let mut values: Vec<V> = pairs.iter().map(|(_, value)| *value).collect();
        for (key, value) in pairs {
            values[next[key.index()] as usize] = *value;
            next[key.index()] += 1;
        }
        Self { starts, values, key: PhantomData }
    }

    /// As [`Self::build`], with the values of each key sorted and each there once.
    pub fn build_distinct(keys: usize, pairs: &[(K, V)]) -> Self
    where
        V: Ord,
    {
        let mut all = Self::build(keys, pairs);
        let mut kept = 0;
        let mut from = 0;
        for key in 0..keys {
            let to = all.starts[key + 1] as usize;
            // Most are a few sorted runs, which a stable sort makes use of.
            all.values[from..to].sort();
            let first = kept;
            all.starts[key] = place(first);
            for at in from..to {
                if kept == first || all.values[at] != all.values[kept - 1] {
                    all.values[kept] = all.values[at];
                    kept += 1;
                }
            }
            from = to;
        }
        all.starts[keys] = place(kept);
        all.values.truncate(kept);
        all
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

/// No story that is read has so many edges that they would not fit.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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

    #[test]
    fn distinct_values_come_back_sorted_and_once() {
        let (actor, event) = (ActorId::from_index, EventId::from_index);
        let pairs = [(2, 5), (0, 1), (2, 3), (4, 3), (2, 5), (0, 1), (2, 4), (4, 3)];
        let pairs = pairs.map(|(key, value)| (actor(key), event(value)));
        let index = Index::build_distinct(6, &pairs);
        let of = |key| index.of(actor(key)).iter().map(|event| event.index()).collect::<Vec<_>>();
        assert_eq!(
            [of(0), of(1), of(2), of(3), of(4), of(5)],
            [vec![1], vec![], vec![3, 4, 5], vec![], vec![3], vec![]]
        );
        assert_eq!(Index::<ActorId, EventId>::build_distinct(0, &[]).of(actor(0)), []);
    }
}
