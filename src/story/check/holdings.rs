//! Which positions of which disputes an account holds: what is set against what.
//!
//! Imports `graph` and `id`.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::story::graph::Graph;
use crate::story::id::{Account, DisputeId};

/// The positions held by every statement and reaction of a story.
pub(crate) struct Holdings(HashMap<Account, Vec<(DisputeId, usize)>>);

impl Holdings {
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut holdings: HashMap<Account, Vec<_>> = HashMap::new();
        for (id, dispute) in graph.disputes() {
            for (place, position) in dispute.positions.iter().enumerate() {
                for account in &position.held_by {
                    holdings.entry(*account).or_default().push((id, place));
                }
            }
        }
        Self(holdings)
    }

    /// The positions of an account, in the order of the disputes.
    pub(crate) fn positions(&self, account: Account) -> &[(DisputeId, usize)] {
        self.0.get(&account).map_or(&[][..], Vec::as_slice)
    }

    /// Whether the two hold different positions of one dispute.
    pub(crate) fn are_set_apart(&self, one: Account, other: Account) -> bool {
        let (mut ours, mut theirs) = (self.positions(one), self.positions(other));
        // Both are in the order of the disputes.
        while let (Some((one, here)), Some((other, there))) = (ours.first(), theirs.first()) {
            match one.cmp(other) {
                Ordering::Equal if here != there => return true,
                // One of the two may hold a second position of it.
                Ordering::Equal => {
                    let second = |list: &[(DisputeId, usize)]| list.get(1).is_some_and(|(id, _)| id == one);
                    if second(ours) || second(theirs) {
                        return true;
                    }
                    (ours, theirs) = (&ours[1..], &theirs[1..]);
                }
                Ordering::Less => ours = &ours[1..],
                Ordering::Greater => theirs = &theirs[1..],
            }
        }
        false
    }
}
