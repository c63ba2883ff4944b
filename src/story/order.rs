//! Chronology: the order of events from their dates and from `after`/`before`, and the faults in it.
//!
//! Method: every event and source is a place in a precedence graph. Bounds are narrowed along it until they
//! hold (one pass forwards for the earliest ends, one backwards for the latest); then Kahn's algorithm with a
//! priority queue lays the events out, the smallest key first, so that no constraint is ever broken and ties
//! fall by document order. All passes are iterative and cost O((n + m) log n).
//!
//! Imports `id`, `when`; nothing above them.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use chrono::TimeDelta;

use super::id::{EventId, Id, SourceId};
use super::when::{Bounds, Moment};

/// What can be before or after something: an event, or the publication of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// An event.
    Event(EventId),
    /// A source's publication.
    Source(SourceId),
}

/// `earlier` comes before `later`, by `gap` at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precedence {
    /// What comes first.
    pub earlier: Place,
    /// What comes after it.
    pub later: Place,
    /// By how much at least; never negative.
    pub gap: TimeDelta,
}

/// The order of a story's events.
#[derive(Debug, Clone, Default)]
pub struct Chronology {
    order: Vec<EventId>,
    rank: Vec<u32>,
    undated_from: usize,
    narrowed: Vec<Narrowed>,
}

/// Bounds narrowed by what something must follow and precede, and the neighbour each end comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Narrowed {
    /// The bounds.
    pub bounds: Bounds,
    /// What it must follow that gives its earliest moment; `None` where that is its own.
    pub earliest_from: Option<Place>,
    /// What it must precede that gives its latest moment; `None` where that is its own.
    pub latest_from: Option<Place>,
}

/// Why there is no order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderFault {
    /// Each of these comes before the next, and the last before the first.
    Cycle(Vec<Place>),
    /// Each of these comes before the next, but by their dates the first cannot be before the last: the shortest such
    /// chain for that last.
    AgainstDates(Vec<Precedence>),
}

impl Chronology {
    /// Orders events by earliest bound, then latest, then document order, never against `precedences`.
    ///
    /// `events` and `sources` hold the written bounds by index; an undated one has none. An event without any
    /// bound, its own or by constraint, stands in the undated group at the end, or just before the first dated
    /// event that must follow it.
    pub fn of(
        events: &[Bounds],
        sources: &[Bounds],
        precedences: &[Precedence],
    ) -> Result<Self, Vec<OrderFault>> {
        let net = Net::of(events, sources, precedences);
        let sequence = net.topological().map_err(|cycle| vec![OrderFault::Cycle(cycle)])?;
        let narrowed = net.narrowed(&sequence);
        let faults = net.contradictions(&narrowed);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(net.lay_out(&sequence, narrowed))
    }

    /// All events in order; the undated group last.
    pub fn order(&self) -> &[EventId] {
        &self.order
    }

    /// The place of an event in the order, counted from 0.
    pub fn rank(&self, event: EventId) -> usize {
        self.rank.get(event.index()).map_or(usize::MAX, |rank| *rank as usize)
    }

    /// Where in the order the undated group begins; the order's length where there is none.
    pub fn undated_from(&self) -> usize {
        self.undated_from
    }

    /// The bounds of an event, narrowed by what it must follow and precede.
    pub fn bounds(&self, event: EventId) -> Bounds {
        self.narrowed(Place::Event(event)).bounds
    }

    /// The bounds of a source's publication, narrowed likewise.
    pub fn source_bounds(&self, source: SourceId) -> Bounds {
        self.narrowed(Place::Source(source)).bounds
    }

    /// The bounds of an event or source, with what they come from.
    pub fn narrowed(&self, place: Place) -> Narrowed {
        let index = match place {
            Place::Event(event) => event.index(),
            Place::Source(source) => self.rank.len() + source.index(),
        };
        self.narrowed.get(index).copied().unwrap_or_default()
    }

    /// The chain from a place to what gives its earliest moment, that last; just the place where it is its own.
    pub fn earliest_chain(&self, place: Place) -> Vec<Place> {
        self.chain(place, |narrowed| narrowed.earliest_from)
    }

    /// The chain from a place to what gives its latest moment, that last.
    pub fn latest_chain(&self, place: Place) -> Vec<Place> {
        self.chain(place, |narrowed| narrowed.latest_from)
    }

    /// Ends because there is no cycle past [`Chronology::of`].
    fn chain(&self, place: Place, from: impl Fn(Narrowed) -> Option<Place>) -> Vec<Place> {
        let mut chain = vec![place];
        while let Some(next) = chain.last().and_then(|last| from(self.narrowed(*last))) {
            chain.push(next);
        }
        chain
    }
}

/// How many contradictions are told at once; each costs a search of its own.
const MOST_CONTRADICTIONS: usize = 100;

/// What the order is by. Along every constraint keys never fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// Where it stands, then the latest it can be; an open end counts as the last of all.
    Dated(Moment, Moment),
    /// After everything that has a date.
    Undated,
}

/// The precedence graph: events first, then sources.
struct Net {
    events: usize,
    written: Vec<Bounds>,
    later: Vec<Vec<(usize, TimeDelta)>>,
    earlier: Vec<Vec<(usize, TimeDelta)>>,
}

impl Net {
    fn of(events: &[Bounds], sources: &[Bounds], precedences: &[Precedence]) -> Self {
        let written: Vec<_> = events.iter().chain(sources).copied().collect();
        let mut net = Self {
            events: events.len(),
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

    /// Every place after all that come before it, or the members of a cycle.
    fn topological(&self) -> Result<Vec<usize>, Vec<Place>> {
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
    fn narrowed(&self, sequence: &[usize]) -> Vec<Narrowed> {
        let mut narrowed: Vec<_> =
            self.written.iter().map(|bounds| Narrowed { bounds: *bounds, ..Narrowed::default() }).collect();
        for &index in sequence {
            for &(earlier, gap) in &self.earlier[index] {
                let floor = narrowed[earlier].bounds.earliest.map(|at| later_by(at, gap));
                if floor > narrowed[index].bounds.earliest {
                    narrowed[index].bounds.earliest = floor;
                    narrowed[index].earliest_from = Some(self.place(earlier));
                }
            }
        }
        for &index in sequence.iter().rev() {
            for &(later, gap) in &self.later[index] {
                let Some(ceiling) = narrowed[later].bounds.latest.map(|at| earlier_by(at, gap)) else {
                    continue;
                };
                if narrowed[index].bounds.latest.is_none_or(|latest| ceiling < latest) {
                    narrowed[index].bounds.latest = Some(ceiling);
                    narrowed[index].latest_from = Some(self.place(later));
                }
            }
        }
        narrowed
    }

    /// A chain for everything whose written end lies before its narrowed beginning.
    fn contradictions(&self, narrowed: &[Narrowed]) -> Vec<OrderFault> {
        let over = |index: usize| match (narrowed[index].bounds.earliest, self.written[index].latest) {
            (Some(earliest), Some(latest)) if earliest > latest => Some(latest),
            _ => None,
        };
        (0..self.written.len())
            .filter_map(|index| {
                over(index).map(|latest| OrderFault::AgainstDates(self.shortest(index, latest)))
            })
            .take(MOST_CONTRADICTIONS)
            .collect()
    }

    /// The shortest chain of precedences to `last`, which is over by `latest`, from something that begins too late for
    /// it. Breadth first against the edges, in rounds: a place is looked at again only where the gaps add up to more.
    fn shortest(&self, last: usize, latest: Moment) -> Vec<Precedence> {
        let mut furthest: HashMap<usize, TimeDelta> = HashMap::from([(last, TimeDelta::zero())]);
        // Each step: the place, the sum of the gaps from it to the last, and the step it was reached from.
        let mut steps: Vec<(usize, TimeDelta, usize)> = vec![(last, TimeDelta::zero(), 0)];
        let mut next = 0;
        while let Some(&(here, sum, _)) = steps.get(next) {
            for &(earlier, gap) in &self.earlier[here] {
                let sum = sum.checked_add(&gap).unwrap_or(TimeDelta::MAX);
                if furthest.get(&earlier).is_some_and(|known| *known >= sum) {
                    continue;
                }
                furthest.insert(earlier, sum);
                steps.push((earlier, sum, next));
                if self.written[earlier].earliest.is_some_and(|begins| later_by(begins, sum) > latest) {
                    return self.walked(&steps);
                }
            }
            next += 1;
        }
        Vec::new()
    }

    /// The precedences from the place found last back to where the search began.
    fn walked(&self, steps: &[(usize, TimeDelta, usize)]) -> Vec<Precedence> {
        let mut chain = Vec::new();
        let mut at = steps.len().saturating_sub(1);
        while at > 0 {
            let (here, sum, from) = steps[at];
            let (later, rest, _) = steps[from];
            let gap = sum.checked_sub(&rest).unwrap_or_default();
            chain.push(Precedence { earlier: self.place(here), later: self.place(later), gap });
            at = from;
        }
        chain
    }

    /// An event with an earliest moment stands there. One without stands at its own latest moment, or just
    /// before the first event that must follow it, whichever comes first.
    fn keys(&self, sequence: &[usize], narrowed: &[Narrowed]) -> Vec<Key> {
        let mut keys = vec![Key::Undated; narrowed.len()];
        for &index in sequence.iter().rev() {
            let bounds = narrowed[index].bounds;
            let latest = bounds.latest.unwrap_or(Moment::MAX);
            keys[index] = if let Some(earliest) = bounds.earliest {
                Key::Dated(earliest, latest)
            } else {
                let own =
                    self.written[index].latest.map_or(Key::Undated, |latest| Key::Dated(latest, latest));
                self.later[index].iter().map(|(later, _)| keys[*later]).fold(own, Key::min)
            };
        }
        keys
    }

    fn lay_out(&self, sequence: &[usize], narrowed: Vec<Narrowed>) -> Chronology {
        let keys = self.keys(sequence, &narrowed);
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
        let mut rank = vec![0; self.events];
        for (place, event) in order.iter().enumerate() {
            rank[event.index()] = u32::try_from(place).unwrap_or(u32::MAX);
        }
        Chronology { order, rank, undated_from, narrowed }
    }
}

/// A moment moved towards the end of time, and no further than that.
fn later_by(at: Moment, gap: TimeDelta) -> Moment {
    at.checked_add_signed(gap).unwrap_or(Moment::MAX)
}

fn earlier_by(at: Moment, gap: TimeDelta) -> Moment {
    at.checked_sub_signed(gap).unwrap_or(Moment::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn day(day: u32) -> Moment {
        NaiveDate::from_ymd_opt(2025, 1, 1)
            .and_then(|first| first.checked_add_days(chrono::Days::new(day.into())))
            .map(super::super::when::start_of)
            .expect("a day of 2025 or soon after")
    }

    fn dated(from: u32, to: u32) -> Bounds {
        Bounds { earliest: Some(day(from)), latest: Some(day(to)) }
    }

    fn event(index: usize) -> Place {
        Place::Event(EventId::from_index(index))
    }

    fn before(earlier: usize, later: usize) -> Precedence {
        Precedence { earlier: event(earlier), later: event(later), gap: TimeDelta::zero() }
    }

    fn order(events: &[Bounds], precedences: &[Precedence]) -> Vec<usize> {
        let chronology = Chronology::of(events, &[], precedences).expect("an order");
        chronology.order().iter().map(|event| event.index()).collect()
    }

    #[test]
    fn earliest_then_latest_then_document_order() {
        assert_eq!(order(&[dated(5, 5), dated(1, 9), dated(1, 1), dated(1, 1)], &[]), [2, 3, 1, 0]);
    }

    #[test]
    fn an_undated_event_stands_where_its_constraints_put_it() {
        let undated = Bounds::default();
        // After the first; before the second; free.
        assert_eq!(order(&[dated(1, 1), dated(3, 3), dated(5, 5), undated], &[before(0, 3)]), [0, 3, 1, 2]);
        assert_eq!(order(&[dated(1, 1), dated(3, 3), dated(5, 5), undated], &[before(3, 2)]), [0, 1, 3, 2]);
        let chronology = Chronology::of(&[undated, dated(1, 1), undated], &[], &[]).expect("an order");
        assert_eq!(chronology.undated_from(), 1);
        assert_eq!(chronology.rank(EventId::from_index(2)), 2);
    }

    #[test]
    fn an_undated_event_before_an_open_ended_one_stands_just_before_it() {
        let open = Bounds { earliest: Some(day(3)), latest: None };
        assert_eq!(order(&[dated(9, 9), open, Bounds::default()], &[before(2, 1)]), [2, 1, 0]);
    }

    #[test]
    fn events_are_held_back_by_sources_too() {
        let source = Place::Source(SourceId::from_index(0));
        let precedences = [Precedence { earlier: source, later: event(0), gap: TimeDelta::zero() }];
        let chronology = Chronology::of(&[Bounds::default(), dated(2, 2)], &[dated(4, 4)], &precedences)
            .expect("an order");
        assert_eq!(chronology.order(), [EventId::from_index(1), EventId::from_index(0)]);
        assert_eq!(chronology.bounds(EventId::from_index(0)).earliest, Some(day(4)));
    }

    #[test]
    fn a_cycle_names_its_members_in_order() {
        let faults = Chronology::of(
            &[Bounds::default(); 5],
            &[],
            &[before(3, 4), before(1, 2), before(2, 3), before(3, 1), before(0, 1)],
        );
        assert_eq!(faults.err(), Some(vec![OrderFault::Cycle(vec![event(1), event(2), event(3)])]));
    }

    #[test]
    fn dates_against_a_constraint_are_a_fault() {
        let faults = Chronology::of(&[dated(5, 5), dated(1, 1)], &[], &[before(0, 1)]);
        assert_eq!(faults.err(), Some(vec![OrderFault::AgainstDates(vec![before(0, 1)])]));
    }

    fn before_by(earlier: usize, later: usize, days: i64) -> Precedence {
        Precedence { gap: TimeDelta::days(days), ..before(earlier, later) }
    }

    #[test]
    fn gaps_narrow_and_the_chain_of_reasons_is_kept() {
        let undated = Bounds::default();
        let precedences = [before_by(0, 1, 2), before_by(1, 2, 3), before(2, 3)];
        let chronology = Chronology::of(&[dated(1, 1), undated, undated, dated(20, 20)], &[], &precedences);
        let chronology = chronology.expect("an order");
        let bounds = chronology.bounds(EventId::from_index(2));
        assert_eq!((bounds.earliest, bounds.latest), (Some(day(6)), Some(day(20))));
        assert_eq!(chronology.earliest_chain(event(2)), [event(2), event(1), event(0)]);
        assert_eq!(chronology.latest_chain(event(2)), [event(2), event(3)]);
        assert_eq!(chronology.earliest_chain(event(0)), [event(0)]);
    }

    #[test]
    fn the_shortest_chain_that_contradicts_is_shown() {
        let undated = Bounds::default();
        // The way over 1 and 2 contradicts too, but the direct one is shorter.
        let precedences = [before(0, 1), before(1, 2), before(2, 3), before(0, 3)];
        let faults = Chronology::of(&[dated(9, 9), undated, undated, dated(5, 5)], &[], &precedences);
        assert_eq!(faults.err(), Some(vec![OrderFault::AgainstDates(vec![before(0, 3)])]));
        // Only the gaps together do not fit.
        let precedences = [before_by(0, 1, 2), before_by(1, 2, 2)];
        let faults = Chronology::of(&[dated(1, 1), undated, dated(4, 4)], &[], &precedences);
        assert_eq!(faults.err(), Some(vec![OrderFault::AgainstDates(precedences.to_vec())]));
        assert!(Chronology::of(&[dated(1, 1), undated, dated(5, 5)], &[], &precedences).is_ok());
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_does_not_overflow() {
        let count = 100_000;
        let chain: Vec<_> = (1..count).map(|later| before(later - 1, later)).collect();
        assert_eq!(order(&vec![Bounds::default(); count], &chain), (0..count).collect::<Vec<_>>());
        let ring: Vec<_> = chain.into_iter().chain([before(count - 1, 0)]).collect();
        let faults = Chronology::of(&vec![Bounds::default(); count], &[], &ring).expect_err("a ring");
        assert!(matches!(&faults[0], OrderFault::Cycle(members) if members.len() == count));
    }

    fn any_bounds() -> impl Strategy<Value = Bounds> {
        prop_oneof![
            Just(Bounds::default()),
            (0..40_u32, 0..10_u32).prop_map(|(from, length)| dated(from, from + length)),
            (0..40_u32).prop_map(|from| Bounds { earliest: Some(day(from)), latest: None }),
            (0..40_u32).prop_map(|to| Bounds { earliest: None, latest: Some(day(to)) }),
        ]
    }

    proptest! {
        #[test]
        fn the_order_never_contradicts_a_date_or_a_constraint(
            events in prop::collection::vec(any_bounds(), 1..12),
            pairs in prop::collection::vec((0..12_usize, 0..12_usize), 0..10),
        ) {
            let precedences: Vec<_> = pairs
                .into_iter()
                .filter(|(a, b)| a != b && *a < events.len() && *b < events.len())
                .map(|(a, b)| before(a, b))
                .collect();
            if let Ok(chronology) = Chronology::of(&events, &[], &precedences) {
                let rank = |index| chronology.rank(EventId::from_index(index));
                for precedence in &precedences {
                    if let (Place::Event(a), Place::Event(b)) = (precedence.earlier, precedence.later) {
                        prop_assert!(chronology.rank(a) < chronology.rank(b));
                    }
                }
                for a in 0..events.len() {
                    for b in 0..events.len() {
                        if let (Some(over), Some(begins)) = (events[a].latest, events[b].earliest)
                            && over < begins
                        {
                            prop_assert!(rank(a) < rank(b), "{a} is over before {b} begins");
                        }
                    }
                }
                prop_assert_eq!(chronology.order().len(), events.len());
            }
        }

        #[test]
        fn narrowing_holds_and_gives_away_nothing_that_was_possible(
            events in prop::collection::vec(any_bounds(), 1..8),
            edges in prop::collection::vec((0..8_usize, 0..8_usize, 0..4_i64), 0..8),
            moments in prop::collection::vec(0..60_u32, 8),
        ) {
            let precedences: Vec<_> = edges
                .into_iter()
                .filter(|(a, b, _)| a < b && *b < events.len())
                .map(|(a, b, days)| before_by(a, b, days))
                .collect();
            let moment = |index: usize| day(moments[index]);
            let fits = |bounds: Bounds, at: Moment| {
                bounds.earliest.is_none_or(|earliest| at >= earliest) && bounds.latest.is_none_or(|latest| at <= latest)
            };
            let place = |place: Place| match place { Place::Event(event) => event.index(), Place::Source(_) => 0 };
            // A way things can have been: it must survive narrowing.
            let possible = events.iter().enumerate().all(|(index, bounds)| fits(*bounds, moment(index)))
                && precedences.iter().all(|edge| {
                    later_by(moment(place(edge.earlier)), edge.gap) <= moment(place(edge.later))
                });
            match Chronology::of(&events, &[], &precedences) {
                Ok(chronology) if possible => {
                    for index in 0..events.len() {
                        prop_assert!(fits(chronology.bounds(EventId::from_index(index)), moment(index)));
                    }
                }
                Err(_) => prop_assert!(!possible),
                Ok(_) => {}
            }
        }

        #[test]
        fn permuting_the_file_changes_nothing_but_ties(
            events in prop::collection::vec((0..30_u32, 0..5_u32), 1..12),
            shuffle in any::<u64>(),
        ) {
            let bounds: Vec<_> = events.iter().map(|(from, length)| dated(*from, from + length)).collect();
            let mut permutation: Vec<usize> = (0..bounds.len()).collect();
            permutation.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(shuffle | 1));
            let permuted: Vec<_> = permutation.iter().map(|index| bounds[*index]).collect();
            let seen = |bounds: &[Bounds]| -> Vec<Bounds> {
                order(bounds, &[]).into_iter().map(|index| bounds[index]).collect()
            };
            prop_assert_eq!(seen(&bounds), seen(&permuted));
        }
    }
}
