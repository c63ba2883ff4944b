//! Chronology: the order of events from their dates and from `after`/`before`, and the faults in it.
//!
//! Method: every event and source is a place in a precedence graph (`net`). Bounds are narrowed along it until they
//! hold (one pass forwards for the earliest ends, one backwards for the latest), once on each of the two axes of an
//! [`Extent`], so that no bound rests on a zone that is not printed; then Kahn's algorithm with a priority queue lays
//! the events out, the smallest key first, so that no constraint is ever broken and ties fall by document order. All
//! passes are iterative and cost O((n + m) log n).
//!
//! Imports `gap`, `id`, `when`; nothing above them.

use chrono_tz::Tz;

use super::gap::Gap;
use super::id::{EventId, Id, SourceId};
use super::when::clock::{earliest_reading, latest_reading};
use super::when::{Bounds, Clock, Extent, Moment};

mod narrowings;
mod net;

pub(super) use narrowings::Narrowing;
use net::{Axis, End, Ends, Net};

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
    /// By how much at least.
    pub gap: Gap,
}

/// The order of a story's events.
#[derive(Debug, Clone, Default)]
pub struct Chronology {
    order: Vec<EventId>,
    rank: Vec<u32>,
    undated_from: usize,
    clocks: Vec<Clock>,
    /// The narrowed ends on the clock on the wall, and as true moments; by place.
    wall: Vec<Ends>,
    instants: Vec<Ends>,
    zone: Option<Tz>,
}

/// Bounds narrowed by what something must follow and precede, and the neighbour each end comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Narrowed {
    /// The bounds, on the clock of the story's zone; an end that comes from a time without a zone, on that clock.
    pub bounds: Bounds,
    /// What it must follow that gives its earliest moment, with the gap; `None` where that is its own.
    pub earliest_from: Option<Precedence>,
    /// What it must precede that gives its latest moment, with the gap; `None` where that is its own.
    pub latest_from: Option<Precedence>,
    /// The clock its earliest moment is read from.
    pub earliest_clock: Clock,
    /// The clock its latest moment is read from.
    pub latest_clock: Clock,
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
    /// `events` and `sources` hold the written times by index; an undated one is open. `zone` is the story's. An event
    /// without any bound, its own or by constraint, stands in the undated group at the end, or just before the first
    /// dated event that must follow it.
    pub fn of(
        events: &[Extent],
        sources: &[Extent],
        precedences: &[Precedence],
        zone: Tz,
    ) -> Result<Self, Vec<OrderFault>> {
        let net = Net::of(events, sources, precedences, zone);
        let sequence = net.topological().map_err(|cycle| vec![OrderFault::Cycle(cycle)])?;
        let wall = net.narrowed(Axis::Wall, &sequence);
        let instants = net.narrowed(Axis::Instants, &sequence);
        let faults = net.contradictions(&wall, &instants);
        if !faults.is_empty() {
            return Err(faults);
        }
        let keys = net.keys(&sequence, &wall, &instants);
        let (order, undated_from) = net.lay_out(&keys);
        let mut rank = vec![0; events.len()];
        for (place, event) in order.iter().enumerate() {
            rank[event.index()] = u32::try_from(place).unwrap_or(u32::MAX);
        }
        let clocks = events.iter().chain(sources).map(Extent::clock).collect();
        Ok(Self { order, rank, undated_from, clocks, wall, instants, zone: Some(zone) })
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

    /// The narrowed bounds of an event or source for comparing: what is certain of it against any other time, whatever
    /// zone is missing.
    pub fn extent(&self, place: Place) -> Extent {
        let index = self.index(place);
        let bounds = |ends: &[Ends]| ends.get(index).map_or_else(Bounds::default, Ends::bounds);
        Extent { clock: self.clock(index), wall: bounds(&self.wall), instants: bounds(&self.instants) }
    }

    /// The bounds of an event or source as they are told, with what they come from.
    ///
    /// A time of day without a zone keeps to its own clock, one with a zone to that of the story's zone. Anything else
    /// takes of each end what is told nearest.
    pub fn narrowed(&self, place: Place) -> Narrowed {
        let index = self.index(place);
        let (Some(wall), Some(instants), Some(zone)) =
            (self.wall.get(index), self.instants.get(index), self.zone)
        else {
            return Narrowed::default();
        };
        let clock = self.clock(index);
        let begins = |at| earliest_reading(at, zone);
        let ends = |at| latest_reading(at, zone);
        let mut earliest =
            Told::of(clock, wall.earliest, instants.earliest, begins, |wall, shown| wall > shown);
        let mut latest = Told::of(clock, wall.latest, instants.latest, ends, |wall, shown| wall < shown);
        // Read from two clocks, the ends may seem to cross; on one they do not.
        if let (Some(from), Some(to)) = (earliest.at, latest.at)
            && from > to
        {
            earliest = Told::on_clock(instants.earliest, begins);
            latest = Told::on_clock(instants.latest, ends);
        }
        let from = |end: &Told| end.from.map(|(other, gap)| (self.place(other), gap));
        Narrowed {
            bounds: Bounds { earliest: earliest.at, latest: latest.at },
            earliest_from: from(&earliest).map(|(earlier, gap)| Precedence { earlier, later: place, gap }),
            latest_from: from(&latest).map(|(later, gap)| Precedence { earlier: place, later, gap }),
            earliest_clock: earliest.clock,
            latest_clock: latest.clock,
        }
    }

    /// The steps from a place to what gives its earliest moment, the nearest first; none where it is its own.
    pub fn earliest_chain(&self, place: Place) -> Vec<Precedence> {
        let chain = self.chain(place, self.narrowed(place).earliest_clock, |ends| ends.earliest);
        chain.into_iter().map(|(later, earlier, gap)| Precedence { earlier, later, gap }).collect()
    }

    /// The steps from a place to what gives its latest moment, the nearest first; none where it is its own.
    pub fn latest_chain(&self, place: Place) -> Vec<Precedence> {
        let chain = self.chain(place, self.narrowed(place).latest_clock, |ends| ends.latest);
        chain.into_iter().map(|(earlier, later, gap)| Precedence { earlier, later, gap }).collect()
    }

    /// From each place to the one its end comes from, on the axis of a clock. Ends because there is no cycle past
    /// [`Chronology::of`].
    fn chain(&self, place: Place, clock: Clock, end: impl Fn(&Ends) -> End) -> Vec<(Place, Place, Gap)> {
        let axis = if clock == Clock::Zoned { &self.instants } else { &self.wall };
        let mut chain = Vec::new();
        let mut here = self.index(place);
        while let Some((next, gap)) = axis.get(here).and_then(|ends| end(ends).from) {
            chain.push((self.place(here), self.place(next), gap));
            here = next;
        }
        chain
    }

    fn clock(&self, index: usize) -> Clock {
        self.clocks.get(index).copied().unwrap_or_default()
    }

    fn index(&self, place: Place) -> usize {
        match place {
            Place::Event(event) => event.index(),
            Place::Source(source) => self.rank.len() + source.index(),
        }
    }

    fn place(&self, index: usize) -> Place {
        match index.checked_sub(self.rank.len()) {
            None => Place::Event(EventId::from_index(index)),
            Some(source) => Place::Source(SourceId::from_index(source)),
        }
    }
}

/// An end of narrowed bounds, as it is told.
struct Told {
    at: Option<Moment>,
    from: Option<(usize, Gap)>,
    clock: Clock,
}

impl Told {
    /// One end as it is told, of what it is on the two axes; `narrower` says whether the first of two readings is.
    fn of(
        clock: Clock,
        wall: End,
        instant: End,
        read: impl Fn(Moment) -> Moment,
        narrower: impl Fn(Moment, Moment) -> bool,
    ) -> Self {
        let on_wall = |clock| Self { at: wall.at, from: wall.from, clock };
        match clock {
            Clock::Local => return on_wall(Clock::Local),
            Clock::Day if wall.from.is_none() && instant.from.is_none() => return on_wall(Clock::Day),
            Clock::Day | Clock::Zoned => {}
        }
        // Only where it is asked for: what a zone's clock shows is dear to know.
        let on_clock = Self::on_clock(instant, read);
        match (wall.at, on_clock.at) {
            _ if clock == Clock::Zoned => on_clock,
            (Some(wall), Some(shown)) if narrower(wall, shown) => on_wall(Clock::Local),
            (Some(wall), Some(shown)) if wall == shown => on_wall(Clock::Day),
            _ => on_clock,
        }
    }

    /// A true moment as the story's zone reads it.
    fn on_clock(instant: End, read: impl Fn(Moment) -> Moment) -> Self {
        Self { at: instant.at.map(read), from: instant.from, clock: Clock::Zoned }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::when::When;
    use chrono::{NaiveDate, TimeDelta};
    use chrono_tz::America::New_York;
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
        Precedence { earlier: event(earlier), later: event(later), gap: Gap::default() }
    }

    fn chronology(
        events: &[Bounds],
        sources: &[Bounds],
        precedences: &[Precedence],
    ) -> Result<Chronology, Vec<OrderFault>> {
        let extents = |all: &[Bounds]| -> Vec<_> {
            all.iter().map(|bounds| Extent::of_days(*bounds, chrono_tz::UTC)).collect()
        };
        Chronology::of(&extents(events), &extents(sources), precedences, chrono_tz::UTC)
    }

    fn order(events: &[Bounds], precedences: &[Precedence]) -> Vec<usize> {
        let chronology = chronology(events, &[], precedences).expect("an order");
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
        let chronology = chronology(&[undated, dated(1, 1), undated], &[], &[]).expect("an order");
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
        let precedences = [Precedence { earlier: source, later: event(0), gap: Gap::default() }];
        let chronology =
            chronology(&[Bounds::default(), dated(2, 2)], &[dated(4, 4)], &precedences).expect("an order");
        assert_eq!(chronology.order(), [EventId::from_index(1), EventId::from_index(0)]);
        assert_eq!(chronology.bounds(EventId::from_index(0)).earliest, Some(day(4)));
    }

    #[test]
    fn a_cycle_names_its_members_in_order() {
        let faults = chronology(
            &[Bounds::default(); 5],
            &[],
            &[before(3, 4), before(1, 2), before(2, 3), before(3, 1), before(0, 1)],
        );
        assert_eq!(faults.err(), Some(vec![OrderFault::Cycle(vec![event(1), event(2), event(3)])]));
    }

    #[test]
    fn dates_against_a_constraint_are_a_fault() {
        let faults = chronology(&[dated(5, 5), dated(1, 1)], &[], &[before(0, 1)]);
        assert_eq!(faults.err(), Some(vec![OrderFault::AgainstDates(vec![before(0, 1)])]));
    }

    fn before_by(earlier: usize, later: usize, days: i64) -> Precedence {
        Precedence { gap: Gap::parse(&format!("{days} days")).unwrap_or_default(), ..before(earlier, later) }
    }

    #[test]
    fn gaps_narrow_and_the_chain_of_reasons_is_kept() {
        let undated = Bounds::default();
        let precedences = [before_by(0, 1, 2), before_by(1, 2, 3), before(2, 3)];
        let chronology = chronology(&[dated(1, 1), undated, undated, dated(20, 20)], &[], &precedences);
        let chronology = chronology.expect("an order");
        let bounds = chronology.bounds(EventId::from_index(2));
        assert_eq!((bounds.earliest, bounds.latest), (Some(day(6)), Some(day(20))));
        assert_eq!(chronology.earliest_chain(event(2)), [precedences[1], precedences[0]]);
        assert_eq!(chronology.latest_chain(event(2)), [precedences[2]]);
        assert_eq!(chronology.earliest_chain(event(0)), []);
        let narrowed = chronology.narrowed(event(2));
        assert_eq!(
            (narrowed.earliest_from, narrowed.latest_from),
            (Some(precedences[1]), Some(precedences[2]))
        );
    }

    #[test]
    fn the_shortest_chain_that_contradicts_is_shown() {
        let undated = Bounds::default();
        // The way over 1 and 2 contradicts too, but the direct one is shorter.
        let precedences = [before(0, 1), before(1, 2), before(2, 3), before(0, 3)];
        let faults = chronology(&[dated(9, 9), undated, undated, dated(5, 5)], &[], &precedences);
        assert_eq!(faults.err(), Some(vec![OrderFault::AgainstDates(vec![before(0, 3)])]));
        // Only the gaps together do not fit.
        let precedences = [before_by(0, 1, 2), before_by(1, 2, 2)];
        let faults = chronology(&[dated(1, 1), undated, dated(4, 4)], &[], &precedences);
        assert_eq!(faults.err(), Some(vec![OrderFault::AgainstDates(precedences.to_vec())]));
        assert!(chronology(&[dated(1, 1), undated, dated(5, 5)], &[], &precedences).is_ok());
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_does_not_overflow() {
        let count = 100_000;
        let chain: Vec<_> = (1..count).map(|later| before(later - 1, later)).collect();
        assert_eq!(order(&vec![Bounds::default(); count], &chain), (0..count).collect::<Vec<_>>());
        let ring: Vec<_> = chain.into_iter().chain([before(count - 1, 0)]).collect();
        let faults = chronology(&vec![Bounds::default(); count], &[], &ring).expect_err("a ring");
        assert!(matches!(&faults[0], OrderFault::Cycle(members) if members.len() == count));
    }

    /// A story told in New York, of times as they are written; empty is undated.
    fn told(times: &[&str], precedences: &[Precedence]) -> Result<Chronology, Vec<OrderFault>> {
        let extent = |text: &&str| match *text {
            "" => Extent::default(),
            text => When::parse(text, New_York).expect(text).extent(),
        };
        let extents: Vec<_> = times.iter().map(extent).collect();
        Chronology::of(&extents, &[], precedences, New_York)
    }

    fn by(gap: &str, precedence: Precedence) -> Precedence {
        Precedence { gap: Gap::parse(gap).expect(gap), ..precedence }
    }

    #[test]
    fn nothing_contradicts_that_only_a_guessed_zone_makes_contradict() {
        for (earlier, later, fits) in [
            // On one clock, or with dates, as they stand.
            ("2025-11-17T22:33", "2025-11-17T22:30", false),
            ("2025-11-18", "2025-11-17T22:30", false),
            ("2025-11-17T22:33", "2025-11-16", false),
            ("2025-11-17T22:33-05:00", "2025-11-17T22:30-05:00", false),
            // Across clocks, within the zones there are: 22:33 at UTC+14 is 08:33 UTC, at UTC-12 10:33 UTC of the next day.
            ("2025-11-17T22:33", "2025-11-17T08:33Z", true),
            ("2025-11-17T22:33", "2025-11-17T08:32Z", false),
            ("2025-11-18T10:33Z", "2025-11-17T22:33", true),
            ("2025-11-18T10:34Z", "2025-11-17T22:33", false),
        ] {
            assert_eq!(told(&[earlier, later], &[before(0, 1)]).is_ok(), fits, "{earlier} before {later}");
            // The same through something undated.
            let over = [before(0, 2), before(2, 1)];
            assert_eq!(
                told(&[earlier, later, ""], &over).is_ok(),
                fits,
                "{earlier} before {later}, at one remove"
            );
        }
    }

    #[test]
    fn a_bound_tells_the_clock_it_comes_from() {
        let narrowed = |times: &[&str], precedences: &[Precedence]| {
            let chronology = told(times, precedences).expect("an order");
            let narrowed = chronology.narrowed(event(0));
            let show =
                |at: Option<Moment>| at.map_or("open".to_owned(), |at| at.format("%d %H:%M").to_string());
            let bounds = narrowed.bounds;
            (show(bounds.earliest), narrowed.earliest_clock, show(bounds.latest), narrowed.latest_clock)
        };
        let all = [before(1, 0), before(0, 2)];
        let expected = |from: &str, clock, to: &str, other| (from.to_owned(), clock, to.to_owned(), other);
        assert_eq!(
            narrowed(&["", "2025-11-17T22:33", "2025-11-18T15:00Z"], &all),
            expected("17 22:33", Clock::Local, "18 10:00", Clock::Zoned)
        );
        assert_eq!(
            narrowed(&["", "2025-11-17", "2025-11-19"], &all),
            expected("17 00:00", Clock::Day, "19 23:59", Clock::Day)
        );
        // Ends that would cross, read from two clocks, are read from one: 22:33 at UTC+14 is 03:33 in New York.
        assert_eq!(
            narrowed(&["", "2025-11-17T22:33", "2025-11-18T01:00Z"], &all),
            expected("17 03:33", Clock::Zoned, "17 20:00", Clock::Zoned)
        );
        // A day may be narrowed by either; an unzoned time only by what is certain: 15:00 UTC is 03:00 at UTC-12.
        assert_eq!(
            narrowed(&["2025-11-17", "2025-11-17T20:00Z", "2025-11-17T18:00"], &all),
            expected("17 15:00", Clock::Zoned, "17 18:00", Clock::Local)
        );
        assert_eq!(
            narrowed(&["2025-11-18T01:00", "2025-11-18T12:00Z", "2025-11-19"], &all),
            expected("18 01:00", Clock::Local, "18 01:00", Clock::Local)
        );
    }

    #[test]
    fn order_holds_where_clocks_are_put_back() {
        let order = |times: &[&str], precedences: &[Precedence]| -> Vec<usize> {
            let chronology = told(times, precedences).expect("an order");
            chronology.order().iter().map(|event| event.index()).collect()
        };
        // 01:30 EDT, 01:10 EST, 00:59 EDT, 02:00 EST.
        let times = ["2025-11-02T06:10Z", "2025-11-02T05:30Z", "2025-11-02T07:00Z", "2025-11-02T04:59Z"];
        assert_eq!(order(&times, &[]), [3, 1, 0, 2]);
        assert_eq!(order(&times, &[before(1, 0)]), [3, 1, 0, 2]);
        assert_eq!(
            told(&times, &[before(0, 1)]).err(),
            Some(vec![OrderFault::AgainstDates(vec![before(0, 1)])])
        );
        // Six hours and a half went by, though the clock says five and a half.
        let night = ["2025-11-01T22:00-04:00", "2025-11-02T03:30-05:00"];
        assert!(told(&night, &[by("6 hours", before(0, 1))]).is_ok());
        assert!(told(&night, &[by("7 hours", before(0, 1))]).is_err());
        // A day of the calendar may have 23 hours.
        let spring = ["2025-03-08T12:00-05:00", "2025-03-09T12:00-04:00"];
        assert!(told(&spring, &[by("1 day", before(0, 1))]).is_ok());
        assert!(told(&spring, &[by("24 hours", before(0, 1))]).is_err());
    }

    #[test]
    fn what_has_a_zone_keeps_its_order_whatever_has_none() {
        let order = |times: &[&str], precedences: &[Precedence]| -> Vec<usize> {
            let chronology = told(times, precedences).expect("an order");
            chronology.order().iter().map(|event| event.index()).collect()
        };
        assert_eq!(order(&["2025-11-17T22:33", "2025-11-18T01:00Z", "2025-11-18T04:00Z"], &[]), [1, 0, 2]);
        // The unzoned one must come first, so it stands before what it was taken to come after.
        let times = ["2025-11-17T22:33", "2025-11-18T01:00Z", "2025-11-18T02:00Z"];
        assert_eq!(order(&times, &[before(0, 1)]), [0, 1, 2]);
    }

    #[test]
    fn a_hundred_thousand_events_with_two_hundred_thousand_constraints_are_laid_out() {
        let count = 100_000_usize;
        // Every clock and one in five undated; each event follows two that come before it in the file, by all sorts of gaps.
        let start = day(0);
        let extents: Vec<_> = (0..count)
            .map(|index| {
                let at = start + TimeDelta::hours(i64::try_from(index).expect("small") * 3);
                let written = match index % 5 {
                    0 => return Extent::default(),
                    1 => at.format("%Y-%m").to_string(),
                    2 => format!("{}-05:00", at.format("%Y-%m-%dT%H:%M")),
                    _ => at.format("%Y-%m-%d").to_string(),
                };
                When::parse(&written, New_York).expect("a time").extent()
            })
            .collect();
        let precedences: Vec<_> = (1..count)
            .flat_map(|later| {
                let near = before(later - 1, later);
                let far = before(later / 2, later);
                [near, if later > 4_000 { by("2 weeks", far) } else { far }]
            })
            .collect();
        let chronology = Chronology::of(&extents, &[], &precedences, New_York).expect("an order");
        assert_eq!(chronology.order().len(), count);
        assert!(precedences.len() > 199_990);
        let last = EventId::from_index(count - 1);
        assert_eq!(chronology.rank(last), count - 1);
        assert!(chronology.bounds(EventId::from_index(50_000)).earliest.is_some());
        assert!(!chronology.earliest_chain(Place::Event(last)).is_empty());
    }

    fn any_bounds() -> impl Strategy<Value = Bounds> {
        prop_oneof![
            Just(Bounds::default()),
            (0..40_u32, 0..10_u32).prop_map(|(from, length)| dated(from, from + length)),
            (0..40_u32).prop_map(|from| Bounds { earliest: Some(day(from)), latest: None }),
            (0..40_u32).prop_map(|to| Bounds { earliest: None, latest: Some(day(to)) }),
        ]
    }

    /// How six times are printed: not at all (0), as a date (1), without a zone (2), with one (3). Dates and unzoned times
    /// are taken to share a clock, so that they are not set against each other, nor one unzoned time against another.
    fn any_kinds() -> impl Strategy<Value = Vec<u8>> {
        let without = prop::collection::vec(prop_oneof![Just(0), Just(1), Just(3)], 6);
        let with_one = (prop::collection::vec(prop_oneof![Just(0), Just(3)], 6), 0..6_usize).prop_map(
            |(mut kinds, unzoned)| {
                kinds[unzoned] = 2;
                kinds
            },
        );
        prop_oneof![without, with_one]
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
            if let Ok(chronology) = chronology(&events, &[], &precedences) {
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
                    moment(place(edge.earlier)) + edge.gap.length() <= moment(place(edge.later))
                });
            match chronology(&events, &[], &precedences) {
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
        fn no_moment_is_narrowed_away_under_any_zones(
            offsets in prop::collection::vec(-12..=14_i64, 6),
            kinds in any_kinds(),
            minutes in prop::collection::vec(0..6000_i64, 6),
            edges in prop::collection::vec((0..6_usize, 0..6_usize, 0..4_u32, 0..3_u8), 0..8),
        ) {
            let start = day(304).signed_duration_since(Moment::default());
            let instant = |index: usize| Moment::default() + start + TimeDelta::minutes(minutes[index]);
            let format = "%Y-%m-%dT%H:%M:%S";
            // What really happened, as it may have been printed.
            let times: Vec<_> = (0..6).map(|index| match kinds[index] {
                0 => String::new(),
                1 => crate::story::when::clock::earliest_reading(instant(index), New_York).format("%Y-%m-%d").to_string(),
                2 => (instant(index) + TimeDelta::hours(offsets[index])).format(format).to_string(),
                _ => format!("{}Z", instant(index).format(format)),
            }).collect();
            let times: Vec<_> = times.iter().map(String::as_str).collect();
            let precedences: Vec<_> = edges.iter().filter_map(|(a, b, count, unit)| {
                let unit = ["minutes", "hours", "days"][usize::from(*unit)];
                let gap = Gap::parse(&format!("{count} {unit}")).unwrap_or_default();
                let wall = |index: usize| crate::story::when::clock::wall(instant(index), New_York);
                // A day on the calendar or 24 hours: what is both.
                let holds = instant(*a) + gap.length() <= instant(*b) && wall(*a) + gap.length() <= wall(*b);
                (holds && minutes[*a] < minutes[*b]).then(|| Precedence { gap, ..before(*a, *b) })
            }).collect();
            let chronology = told(&times, &precedences);
            prop_assert!(chronology.is_ok(), "{:?} {:?}", times, precedences);
            let chronology = chronology.expect("just asserted");
            for index in 0..6 {
                let extent = chronology.extent(event(index));
                let fits = |bounds: Bounds, at: Moment| {
                    bounds.earliest.is_none_or(|earliest| at >= earliest) && bounds.latest.is_none_or(|latest| at <= latest)
                };
                prop_assert!(fits(extent.instants, instant(index)), "{:?} {:?}", times, extent);
            }
            let rank = |index: usize| chronology.rank(EventId::from_index(index));
            for a in 0..6 {
                for b in 0..6 {
                    if kinds[a] == 3 && kinds[b] == 3 && minutes[a] < minutes[b] {
                        prop_assert!(rank(a) < rank(b));
                    }
                }
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
