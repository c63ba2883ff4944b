//! What of a chronology does not stand in the written times: the order, and the ends that come from something else. With
//! the times it is the chronology again.
//!
//! Imports what `order` imports.

use chrono_tz::Tz;

use super::net::{End, Ends};
use super::{Chronology, Extent};
use crate::story::gap::Gap;
use crate::story::id::{EventId, Id};
use crate::story::when::{Bounds, Moment};

/// An end that comes from another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::story) struct Narrowing {
    /// On the axis of true moments; else on the clock on the wall.
    pub instants: bool,
    /// The latest end; else the earliest.
    pub latest: bool,
    /// Whose it is: events first, then sources.
    pub place: usize,
    pub at: Moment,
    pub from: usize,
    pub gap: Gap,
}

fn end_of(ends: &mut Ends, latest: bool) -> &mut End {
    if latest { &mut ends.latest } else { &mut ends.earliest }
}

impl Chronology {
    /// All ends that come from another place.
    pub(in crate::story) fn narrowings(&self) -> Vec<Narrowing> {
        let mut all = Vec::new();
        for (instants, ends) in [(false, &self.wall), (true, &self.instants)] {
            for (place, ends) in ends.iter().enumerate() {
                for (latest, end) in [(false, ends.earliest), (true, ends.latest)] {
                    if let End { at: Some(at), from: Some((from, gap)) } = end {
                        all.push(Narrowing { instants, latest, place, at, from, gap });
                    }
                }
            }
        }
        all
    }

    /// The chronology of these written times, with this order and these narrowings, which are taken at their word: only
    /// that the order holds every event once, and that no end comes from itself in the end, is looked at. `None` where it
    /// is not so.
    pub(in crate::story) fn of_narrowings(
        written: &[Extent],
        order: Vec<EventId>,
        undated_from: usize,
        narrowings: &[Narrowing],
        zone: Tz,
    ) -> Option<Self> {
        if undated_from > order.len() || order.len() > written.len() {
            return None;
        }
        let mut rank = vec![u32::MAX; order.len()];
        for (place, event) in order.iter().enumerate() {
            let rank = rank.get_mut(event.index()).filter(|rank| **rank == u32::MAX)?;
            *rank = u32::try_from(place).ok()?;
        }
        let own = |bounds: Bounds| Ends {
            earliest: End { at: bounds.earliest, from: None },
            latest: End { at: bounds.latest, from: None },
        };
        let clocks = written.iter().map(Extent::clock).collect();
        let mut wall: Vec<_> = written.iter().map(|extent| own(extent.wall)).collect();
        let mut instants: Vec<_> = written.iter().map(|extent| own(extent.instants)).collect();
        for one in narrowings {
            let axis = if one.instants { &mut instants } else { &mut wall };
            if one.from >= axis.len() {
                return None;
            }
            *end_of(axis.get_mut(one.place)?, one.latest) =
                End { at: Some(one.at), from: Some((one.from, one.gap)) };
        }
        let is_sound = [&wall, &instants]
            .into_iter()
            .all(|axis| [false, true].into_iter().all(|latest| comes_to_an_end(axis, latest)));
        is_sound.then_some(Self { order, rank, undated_from, clocks, wall, instants, zone: Some(zone) })
    }
}

/// Whether from each place, going on to the one its end comes from, one comes to a place whose end is its own.
fn comes_to_an_end(axis: &[Ends], latest: bool) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        OnThisWalk,
        Before,
    }
    let next = |place: usize| {
        let ends = axis.get(place)?;
        if latest { ends.latest.from } else { ends.earliest.from }.map(|(from, _)| from)
    };
    let mut seen = vec![Seen::Not; axis.len()];
    let mut walk = Vec::new();
    for start in 0..axis.len() {
        let mut here = Some(start);
        while let Some(place) = here {
            match seen[place] {
                Seen::OnThisWalk => return false,
                Seen::Before => break,
                Seen::Not => {
                    seen[place] = Seen::OnThisWalk;
                    walk.push(place);
                    here = next(place);
                }
            }
        }
        for place in walk.drain(..) {
            seen[place] = Seen::Before;
        }
    }
    true
}
