//! Whether what was read back holds together as every graph does that `build` makes.
//!
//! Imports what `stored` imports.

use rayon::prelude::*;

use crate::story::build::is_circular;
use crate::story::graph::{Arenas, Event, Few};
use crate::story::id::{EventId, Id};

/// Every id is in range already.
pub(super) fn is_sound(arenas: &Arenas) -> bool {
    let (is_in_order, is_circular) = rayon::join(|| are_in_their_events(arenas), || may_be_circular(arenas));
    is_in_order
        && !is_circular
        && arenas.events.par_iter().all(|event| !event.sources.is_empty())
        && arenas.links.par_iter().all(|link| link.from != link.to)
        && arenas.disputes.iter().all(|dispute| {
            dispute.positions.len() >= 2
                && dispute.positions.iter().all(|position| !position.held_by.is_empty())
        })
}

/// Whether links, statements and reactions stand in the order of the events they belong to, each in one.
fn are_in_their_events(arenas: &Arenas) -> bool {
    fn in_order<I: Id>(
        events: &[Event],
        count: usize,
        of: impl Fn(&Event) -> &Few<I>,
        event_of: impl Fn(usize) -> EventId,
    ) -> bool {
        let mut next = 0;
        let in_order = events.iter().enumerate().all(|(event, one)| {
            of(one).iter().all(|id| {
                let is_next = id.index() == next && event_of(next).index() == event;
                next += 1;
                is_next
            })
        });
        in_order && next == count
    }
    let Arenas { events, links, statements, reactions, .. } = arenas;
    let (are_links, (are_statements, are_reactions)) = rayon::join(
        || in_order(events, links.len(), |event| &event.links, |link| links[link].from),
        || {
            rayon::join(
                || in_order(events, statements.len(), |event| &event.statements, |one| statements[one].event),
                || in_order(events, reactions.len(), |event| &event.reactions, |one| reactions[one].event),
            )
        },
    );
    are_links && are_statements && are_reactions
}

/// Where everything leads to what stands before it there is no circle; else they are looked for.
fn may_be_circular(arenas: &Arenas) -> bool {
    fn leads_back<'a, T: Sync, I: Id + 'a>(all: &'a [T], to: impl Fn(&'a T) -> &'a [I] + Sync) -> bool {
        all.iter().enumerate().all(|(own, one)| to(one).iter().all(|to| to.index() < own))
    }
    let leads_back = leads_back(&arenas.sources, |source| &source.relies_on)
        && leads_back(&arenas.actors, |actor| actor.part_of.as_slice())
        && leads_back(&arenas.statements, |statement| &statement.replies_to);
    !leads_back && is_circular(arenas)
}
