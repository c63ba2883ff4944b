//! The times of events as the strip has them, and which of them lie in a stretch of time.
//!
//! Imports what the strip imports.

use super::{DAY, Known, Open};
use crate::story::graph::Graph;
use crate::story::id::EventId;
use crate::story::when::{Bounds, Moment, When};

/// The time of an event, for the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// One end at least.
    pub(super) bounds: Bounds,
    pub(super) known: Known,
}

impl Span {
    /// `None` for an event that nothing dates or bounds.
    pub(super) fn of(graph: &Graph, event: EventId) -> Option<Self> {
        let timing = &graph.event(event).timing;
        let (written, narrowed) = (timing.bounds(), graph.chronology().bounds(event));
        let day = |bounds: Bounds| length(bounds).is_some_and(|seconds| seconds < DAY);
        let unsure = timing.inferred || timing.when.as_ref().is_some_and(When::is_vague);
        let known = if unsure { Known::Unsure } else { Known::Stated };
        // What is written to the day is not made surer by hours reckoned from what it follows.
        let (bounds, known) =
            if day(written) || written == narrowed { (written, known) } else { (narrowed, Known::Narrowed) };
        let latest = match (bounds.earliest, bounds.latest) {
            (Some(earliest), Some(latest)) => Some(earliest.max(latest)),
            (_, latest) => latest,
        };
        let bounds = Bounds { latest, ..bounds };
        (!bounds.unbounded()).then_some(Self { bounds, known })
    }

    /// The first and last known moment; one and the same where only one is known.
    pub(super) fn ends(&self) -> Option<(Moment, Moment)> {
        let Bounds { earliest, latest } = self.bounds;
        Some((earliest.or(latest)?, latest.or(earliest)?))
    }

    pub(super) fn open(&self) -> Option<Open> {
        match (self.bounds.earliest, self.bounds.latest) {
            (None, _) => Some(Open::Left),
            (_, None) => Some(Open::Right),
            _ => None,
        }
    }

    /// From when to when it reaches; a side that is open reaches to the end of all time.
    fn reach(&self) -> (Moment, Moment) {
        (self.bounds.earliest.unwrap_or(Moment::MIN), self.bounds.latest.unwrap_or(Moment::MAX))
    }
}

/// So many times are passed over together, where none of them reaches into a stretch.
const BLOCK: usize = 64;

/// The times of events, ready to be asked which of them lie in a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spans {
    /// By when they begin.
    by_start: Vec<Span>,
    /// For each block of them the last moment that one reaches to.
    reach: Vec<Moment>,
    /// The last moments of all, in order.
    ends: Vec<Moment>,
}

impl Spans {
    /// The times of some events.
    pub(super) fn of(mut by_start: Vec<Span>) -> Self {
        // Most are in this order already.
        by_start.sort_by_key(|span| span.reach().0);
        let end = |span: &Span| span.reach().1;
        let reach = by_start.chunks(BLOCK).filter_map(|block| block.iter().map(end).max()).collect();
        let mut ends: Vec<_> = by_start.iter().map(end).collect();
        ends.sort();
        Self { by_start, reach, ends }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.by_start.len()
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Span> {
        self.by_start.iter()
    }

    /// How many are over before a moment.
    pub(super) fn before(&self, at: Moment) -> usize {
        self.ends.partition_point(|end| *end < at)
    }

    /// How many begin at a moment or after it.
    pub(super) fn from(&self, at: Moment) -> usize {
        self.by_start.len() - self.begun(at)
    }

    /// Those that reach into the stretch from a moment up to another.
    pub(super) fn within(&self, from: Moment, to: Moment) -> impl Iterator<Item = &Span> {
        let blocks = self.by_start[..self.begun(to)].chunks(BLOCK).zip(&self.reach);
        let reaching = blocks.filter(move |(_, reach)| **reach >= from).flat_map(|(block, _)| block);
        reaching.filter(move |span| span.reach().1 >= from)
    }

    /// How many begin before a moment.
    fn begun(&self, at: Moment) -> usize {
        self.by_start.partition_point(|span| span.reach().0 < at)
    }
}

/// Seconds between two known ends.
pub(super) fn length(bounds: Bounds) -> Option<i64> {
    Some(bounds.latest?.signed_duration_since(bounds.earliest?).num_seconds())
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    fn moment(hour: i64) -> Moment {
        let day = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
        day.and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(hour)
    }

    fn span((from, length, open): (i64, i64, u8)) -> Span {
        let (earliest, latest) = (moment(from), moment(from + length));
        let bounds =
            Bounds { earliest: (open != 1).then_some(earliest), latest: (open != 2).then_some(latest) };
        Span { bounds, known: Known::Stated }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_lies_in_a_stretch_before_it_and_after_it_is_all(
            times in proptest::collection::vec((0..900_i64, prop_oneof![0..3_i64, 0..800_i64], 0..12_u8), 0..400),
            (from, length) in (0..1000_i64, 1..300_i64),
        ) {
            let all: Vec<_> = times.into_iter().map(span).collect();
            let spans = Spans::of(all.clone());
            let (from, to) = (moment(from), moment(from + length));
            let over = |span: &&Span| span.ends().is_some_and(|(_, last)| last < from && span.open() != Some(Open::Right));
            let to_come = |span: &&Span| span.ends().is_some_and(|(first, _)| first >= to && span.open() != Some(Open::Left));
            prop_assert_eq!(spans.before(from), all.iter().filter(over).count());
            prop_assert_eq!(spans.from(to), all.iter().filter(to_come).count());
            let mut within: Vec<_> = spans.within(from, to).map(Span::reach).collect();
            let mut expected: Vec<_> =
                all.iter().filter(|span| !over(span) && !to_come(span)).map(Span::reach).collect();
            within.sort();
            expected.sort();
            prop_assert_eq!(within, expected);
        }
    }
}
