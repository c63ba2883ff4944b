//! The precedence graph: its sequence, the bounds narrowed along it, what contradicts in it, and the layout.
//!
//! Imports what `order` imports.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::{OrderFault, Place, Precedence};
use crate::story::gap::Gap;
use crate::story::id::{EventId, Id, SourceId};
use crate::story::when::clock::{first_instant, last_instant, wall};
use crate::story::when::{Bounds, Clock, Extent, Moment};

/// The two axes of an [`Extent`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// The clock on the wall.
    Wall,
    /// True moments.
    Instants,
}

/// An end of narrowed bounds, and the place it comes from with the gap to it; `None` where it is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct End {
    pub at: Option<Moment>,
    pub from: Option<(usize, Gap)>,
}

/// Both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ends {
    pub earliest: End,
    pub latest: End,
}

impl Ends {
    pub(super) fn bounds(&self) -> Bounds {
        Bounds { earliest: self.earliest.at, latest: self.latest.at }
    }
}

/// How many contradictions are told at once; each costs a search of its own.
const MOST_CONTRADICTIONS: usize = 100;

/// What the order is by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// Where it stands, then the latest it can be; an open end counts as the last of all.
    Dated(Moment, Moment),
    /// After everything that has a date.
    Undated,
}

/// Events first, then sources.
pub(super) struct Net {
    events: usize,
    zone: Tz,
    written: Vec<Extent>,
    later: Vec<Vec<(usize, Gap)>>,
    earlier: Vec<Vec<(usize, Gap)>>,
}

/// How many places are gone through for the shortest chain of a contradiction, at least.
const MOST_STEPS: usize = 4096;

impl Net {
    pub(super) fn of(events: &[Extent], sources: &[Extent], precedences: &[Precedence], zone: Tz) -> Self {
        let written: Vec<_> = events.iter().chain(sources).copied().collect();
        let mut net = Self {
            events: events.len(),
            zone,
            later: vec![Vec::new(); written.len()],
            earlier: vec![Vec::new(); written.len()],
            written,
        };
        for precedence in precedences {
            let (earlier, later) = (net.index(precedence.earlier), net.index(precedence.later));
            net.later[earlier].push((later, precedence.gap));
            net.earlier[later].push((earlier, precedence.gap));
        }
        net
    }

    fn index(&self, place: Place) -> usize {
        match place {
            Place::Event(event) => event.index(),
            Place::Source(source) => self.events + source.index(),
        }
    }

    fn place(&self, index: usize) -> Place {
        if index < self.events {
            Place::Event(EventId::from_index(index))
        } else {
            Place::Source(SourceId::from_index(index - self.events))
        }
    }

    fn written(&self, axis: Axis, index: usize) -> Bounds {
        match axis {
            Axis::Wall => self.written[index].wall,
            Axis::Instants => self.written[index].instants,
        }
    }

    /// Every place after all that come before it, or the members of a cycle.
    pub(super) fn topological(&self) -> Result<Vec<usize>, Vec<Place>> {
        let mut waits: Vec<usize> = self.earlier.iter().map(Vec::len).collect();
        let mut sequence: Vec<usize> = (0..waits.len()).filter(|index| waits[*index] == 0).collect();
        let mut next = 0;
        while let Some(&index) = sequence.get(next) {
            next += 1;
            for &(later, _) in &self.later[index] {
                waits[later] -= 1;
                if waits[later] == 0 {
                    sequence.push(later);
                }
            }
        }
        if sequence.len() == waits.len() { Ok(sequence) } else { Err(self.cycle(&waits)) }
    }

    /// A cycle among the places that still wait: each of them has an earlier one that waits too, so walking
    /// backwards must meet itself.
    fn cycle(&self, waits: &[usize]) -> Vec<Place> {
        let mut seen_at = vec![usize::MAX; waits.len()];
        let mut walk = Vec::new();
        let mut here = waits.iter().position(|wait| *wait > 0);
        while let Some(index) = here {
            if seen_at[index] != usize::MAX {
                let mut members: Vec<_> = walk[seen_at[index]..].iter().map(|at| self.place(*at)).collect();
                members.reverse();
                // The same cycle reads the same wherever the walk met it.
                let first =
                    members.iter().enumerate().min_by_key(|(_, place)| **place).map_or(0, |(at, _)| at);
                members.rotate_left(first);
                return members;
            }
            seen_at[index] = walk.len();
            walk.push(index);
            here =
                self.earlier[index].iter().map(|(earlier, _)| *earlier).find(|earlier| waits[*earlier] > 0);
        }
        Vec::new()
    }

    /// The written bounds, narrowed: nothing begins before what it must follow begins, and nothing ends after
    /// what it must precede ends, both by the gap. One pass along the sequence for the earliest ends and one against it
    /// for the latest reach what any number of passes would.
    pub(super) fn narrowed(&self, axis: Axis, sequence: &[usize]) -> Vec<Ends> {
        let own = |at| End { at, from: None };
        let mut narrowed: Vec<_> = (0..self.written.len())
            .map(|index| self.written(axis, index))
            .map(|bounds| Ends { earliest: own(bounds.earliest), latest: own(bounds.latest) })
            .collect();
        for &index in sequence {
            for &(earlier, gap) in &self.earlier[index] {
                let floor = narrowed[earlier].earliest.at.map(|at| self.later_by(axis, at, gap));
                if floor > narrowed[index].earliest.at {
                    narrowed[index].earliest = End { at: floor, from: Some((earlier, gap)) };
                }
            }
        }
        for &index in sequence.iter().rev() {
            for &(later, gap) in &self.later[index] {
                let Some(ceiling) = narrowed[later].latest.at.map(|at| self.earlier_by(axis, at, gap)) else {
                    continue;
                };
                if narrowed[index].latest.at.is_none_or(|latest| ceiling < latest) {
                    narrowed[index].latest = End { at: Some(ceiling), from: Some((later, gap)) };
                }
            }
        }
        narrowed
    }

    /// The earliest moment that is later by a gap. True moments are a day apart when the calendar says so, too: where a
    /// clock is put forward between them, that is less than 24 hours.
    fn later_by(&self, axis: Axis, at: Moment, gap: Gap) -> Moment {
        let later = moved_on(at, gap.length());
        if axis == Axis::Instants && gap.is_of_days() {
            later.min(first_instant(moved_on(wall(at, self.zone), gap.length()), self.zone))
        } else {
            later
        }
    }

    /// The latest moment that is earlier by a gap, likewise.
    fn earlier_by(&self, axis: Axis, at: Moment, gap: Gap) -> Moment {
        let earlier = moved_back(at, gap.length());
        if axis == Axis::Instants && gap.is_of_days() {
            earlier.max(last_instant(moved_back(wall(at, self.zone), gap.length()), self.zone))
        } else {
            earlier
        }
    }

    /// A chain for everything whose written end lies before its narrowed beginning, on whichever axis; of two, the
    /// shorter.
    pub(super) fn contradictions(&self, on_wall: &[Ends], instants: &[Ends]) -> Vec<OrderFault> {
        let over = |axis: Axis, narrowed: &[Ends], index: usize| match (
            narrowed[index].earliest.at,
            self.written(axis, index).latest,
        ) {
            (Some(earliest), Some(latest)) if earliest > latest => {
                Some(self.shortest(axis, index, latest, narrowed))
            }
            _ => None,
        };
        (0..self.written.len())
            .filter_map(|index| {
                let chains = [over(Axis::Wall, on_wall, index), over(Axis::Instants, instants, index)];
                chains.into_iter().flatten().min_by_key(Vec::len)
            })
            .take(MOST_CONTRADICTIONS)
            .map(OrderFault::AgainstDates)
            .collect()
    }

    /// The shortest chain of precedences to `last`, which is over by `latest`, from something that begins too late for
    /// it. Breadth first against the edges, in rounds: a place is looked at again only where the gaps add up to more.
    fn shortest(&self, axis: Axis, last: usize, latest: Moment, narrowed: &[Ends]) -> Vec<Precedence> {
        let mut furthest: HashMap<usize, TimeDelta> = HashMap::from([(last, TimeDelta::zero())]);
        // Each step: the place, the sum of the gaps from it to the last, the step it was reached from, and by which gap.
        let mut steps: Vec<(usize, TimeDelta, usize, Gap)> =
            vec![(last, TimeDelta::zero(), 0, Gap::default())];
        // Long chains with gaps of many lengths would be gone through again and again; the chain that narrows it is one too.
        let most = MOST_STEPS.max(self.written.len() / 8);
        let mut next = 0;
        while let Some(&(here, sum, ..)) = steps.get(next).filter(|_| next < most) {
            for &(earlier, gap) in &self.earlier[here] {
                let sum = sum.checked_add(&gap.length()).unwrap_or(TimeDelta::MAX);
                if furthest.get(&earlier).is_some_and(|known| *known >= sum) {
                    continue;
                }
                furthest.insert(earlier, sum);
                steps.push((earlier, sum, next, gap));
                if self.written(axis, earlier).earliest.is_some_and(|begins| moved_on(begins, sum) > latest) {
                    let chain = self.walked(&steps);
                    if self.contradicts(axis, &chain, latest) {
                        return chain;
                    }
                }
            }
            next += 1;
        }
        self.followed(last, narrowed)
    }

    /// Whether the first of a chain really begins too late, days taken as the calendar has them.
    fn contradicts(&self, axis: Axis, chain: &[Precedence], latest: Moment) -> bool {
        let first = chain.first().and_then(|edge| self.written(axis, self.index(edge.earlier)).earliest);
        first.is_some_and(|begins| {
            chain.iter().fold(begins, |at, edge| self.later_by(axis, at, edge.gap)) > latest
        })
    }

    /// The precedences from the place found last back to where the search began.
    fn walked(&self, steps: &[(usize, TimeDelta, usize, Gap)]) -> Vec<Precedence> {
        let mut chain = Vec::new();
        let mut at = steps.len().saturating_sub(1);
        while at > 0 {
            let (here, _, from, gap) = steps[at];
            let (later, ..) = steps[from];
            chain.push(Precedence { earlier: self.place(here), later: self.place(later), gap });
            at = from;
        }
        chain
    }

    /// The precedences along which a place got its beginning.
    fn followed(&self, last: usize, narrowed: &[Ends]) -> Vec<Precedence> {
        let mut chain = Vec::new();
        let mut here = last;
        while let Some((earlier, gap)) = narrowed[here].earliest.from {
            chain.push(Precedence { earlier: self.place(earlier), later: self.place(here), gap });
            here = earlier;
        }
        chain.reverse();
        chain
    }

    /// Where each place stands among true moments. An event with an earliest moment stands there. One without stands at
    /// its own latest moment, or just before the first event that must follow it, whichever comes first.
    ///
    /// An unzoned time stands as if it were of the story's zone, as far as what is certain of it allows; nothing stands
    /// later than what must follow it, so that nothing that has a zone is ever held back by something that has none.
    pub(super) fn keys(&self, sequence: &[usize], on_wall: &[Ends], instants: &[Ends]) -> Vec<Key> {
        let mut keys = vec![Key::Undated; self.written.len()];
        for &index in sequence.iter().rev() {
            let (narrowed, written) = (instants[index], &self.written[index]);
            let nominal = |at: Option<Moment>| at.map(|at| first_instant(at, self.zone));
            let within = |at: Option<Moment>| match (at, narrowed.latest.at) {
                (Some(at), Some(latest)) => Some(at.min(latest)),
                (at, _) => at,
            };
            let earliest = match written.clock {
                Clock::Zoned => narrowed.earliest.at,
                Clock::Day | Clock::Local => {
                    within(nominal(on_wall[index].earliest.at).max(narrowed.earliest.at))
                }
            };
            let ceiling = match written.clock {
                Clock::Local => within(on_wall[index].latest.at.map(|at| last_instant(at, self.zone))),
                Clock::Day | Clock::Zoned => narrowed.latest.at,
            };
            let own = match (earliest, written.instants.latest) {
                (Some(earliest), _) => Key::Dated(earliest, ceiling.unwrap_or(Moment::MAX)),
                (None, Some(latest)) => Key::Dated(latest, latest),
                (None, None) => Key::Undated,
            };
            keys[index] = self.later[index].iter().map(|(later, _)| keys[*later]).fold(own, Key::min);
        }
        keys
    }

    /// The events in order, and where the undated ones begin.
    pub(super) fn lay_out(&self, keys: &[Key]) -> (Vec<EventId>, usize) {
        let mut waits: Vec<usize> = self.earlier.iter().map(Vec::len).collect();
        let mut ready: BinaryHeap<_> = (0..waits.len())
            .filter(|index| waits[*index] == 0)
            .map(|index| Reverse((keys[index], index)))
            .collect();
        let mut order = Vec::with_capacity(self.events);
        let mut undated_from = self.events;
        while let Some(Reverse((key, index))) = ready.pop() {
            if index < self.events {
                if key == Key::Undated {
                    undated_from = undated_from.min(order.len());
                }
                order.push(EventId::from_index(index));
            }
            for &(later, _) in &self.later[index] {
                waits[later] -= 1;
                if waits[later] == 0 {
                    ready.push(Reverse((keys[later], later)));
                }
            }
        }
        (order, undated_from)
    }
}

/// A moment moved towards the end of time, and no further than that.
fn moved_on(at: Moment, by: TimeDelta) -> Moment {
    at.checked_add_signed(by).unwrap_or(Moment::MAX)
}

fn moved_back(at: Moment, by: TimeDelta) -> Moment {
    at.checked_sub_signed(by).unwrap_or(Moment::MIN)
}
