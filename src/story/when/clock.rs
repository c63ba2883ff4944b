//! The clocks that times are read from, and what can be compared across them.
//!
//! A time printed without a zone cannot be set against one with a zone but within the offsets it could have, UTC-12 to
//! UTC+14. So every time is held on two axes: the clock on the wall, which unzoned times and dates share, and the true
//! moment (in UTC), which zoned times and dates share. A date stands on both as it is written; an unzoned time is exact
//! on the first and wide on the second, a zoned one the other way round. What does not fit on one of the two does not
//! fit under any zone. On the axis of true moments the two readings of an hour that a clock shows twice are apart, and
//! in order.
//!
//! Imports nothing above `when`.

use chrono::{MappedLocalTime, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _};
use chrono_tz::Tz;

use super::{Bounds, Moment};

/// What a time is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Clock {
    /// A calendar: exact to the day at most, so that no zone is missed. Undated things count here too.
    #[default]
    Day,
    /// A clock whose zone is not printed.
    Local,
    /// A clock whose zone is known.
    Zoned,
}

/// An offset no zone is ahead of, and one none is behind: UTC+14 and UTC-12.
const FURTHEST_AHEAD: TimeDelta = TimeDelta::hours(14);
const FURTHEST_BEHIND: TimeDelta = TimeDelta::hours(12);

/// The bounds of a time on both axes. It answers what is certain whatever the zone that is not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// What it was read from.
    pub(in crate::story) clock: Clock,
    /// On the clock on the wall.
    pub(in crate::story) wall: Bounds,
    /// As true moments, in UTC.
    pub(in crate::story) instants: Bounds,
}

impl Extent {
    /// Whole days, in the story's zone where a zoned time is set against them.
    pub(in crate::story) fn of_days(wall: Bounds, zone: Tz) -> Self {
        let instants = Bounds {
            earliest: wall.earliest.map(|at| first_instant(at, zone)),
            latest: wall.latest.map(|at| last_instant(at, zone)),
        };
        Self { clock: Clock::Day, wall, instants }
    }

    /// A reading without a zone.
    pub(super) fn of_local(wall: Bounds) -> Self {
        let instants = Bounds {
            earliest: wall.earliest.map(|at| moved(at, -FURTHEST_AHEAD)),
            latest: wall.latest.map(|at| moved(at, FURTHEST_BEHIND)),
        };
        Self { clock: Clock::Local, wall, instants }
    }

    /// True moments, in UTC.
    pub(super) fn of_zoned(instants: Bounds) -> Self {
        let wall = Bounds {
            earliest: instants.earliest.map(|at| moved(at, -FURTHEST_BEHIND)),
            latest: instants.latest.map(|at| moved(at, FURTHEST_AHEAD)),
        };
        Self { clock: Clock::Zoned, wall, instants }
    }

    /// A moment as a clock shows it, for a zoned one that of `zone`. Where that clock shows it twice it may be either.
    pub fn at(moment: Moment, clock: Clock, zone: Tz) -> Self {
        let wall = Bounds { earliest: Some(moment), latest: Some(moment) };
        match clock {
            Clock::Day => Self::of_days(wall, zone),
            Clock::Local => Self::of_local(wall),
            Clock::Zoned => Self::of_zoned(Self::of_days(wall, zone).instants),
        }
    }

    /// Its last moment, on both axes; `None` where it has no end.
    pub fn end(&self) -> Option<Self> {
        let point = |at: Moment| Bounds { earliest: Some(at), latest: Some(at) };
        Some(match self.clock {
            Clock::Local => Self::of_local(point(self.wall.latest?)),
            Clock::Zoned => Self::of_zoned(point(self.instants.latest?)),
            Clock::Day => Self {
                clock: Clock::Day,
                wall: point(self.wall.latest?),
                instants: point(self.instants.latest?),
            },
        })
    }

    /// What it was read from.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Whether it begins after the other is over, whatever zone is missing.
    pub fn is_after(&self, other: &Self) -> bool {
        let after = |own: Bounds, other: Bounds| match (own.earliest, other.latest) {
            (Some(begins), Some(over)) => begins > over,
            _ => false,
        };
        after(self.wall, other.wall) || after(self.instants, other.instants)
    }

    /// Whether it is over when the other begins or before, whatever zone is missing. For as-of: published by then.
    pub fn is_over_by(&self, moment: &Self) -> bool {
        let over = |own: Bounds, other: Bounds| match (own.latest, other.earliest) {
            (Some(over), Some(begins)) => over <= begins,
            _ => false,
        };
        over(self.wall, moment.wall) || over(self.instants, moment.instants)
    }
}

fn moved(at: NaiveDateTime, by: TimeDelta) -> NaiveDateTime {
    let end = if by < TimeDelta::zero() { NaiveDateTime::MIN } else { NaiveDateTime::MAX };
    at.checked_add_signed(by).unwrap_or(end)
}

/// What the clock of a zone shows at a true moment.
pub(in crate::story) fn wall(instant: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    instant.checked_add_offset(zone.offset_from_utc_datetime(&instant).fix()).unwrap_or(instant)
}

/// How often a zone's clock shows a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Once(NaiveDateTime),
    /// At these two true moments.
    Twice(NaiveDateTime, NaiveDateTime),
    /// The clock is put forward over it, at this true moment.
    Never(NaiveDateTime),
}

pub(super) fn shown(reading: NaiveDateTime, zone: Tz) -> Shown {
    match zone.from_local_datetime(&reading) {
        MappedLocalTime::Single(at) => Shown::Once(at.naive_utc()),
        MappedLocalTime::Ambiguous(first, second) => Shown::Twice(first.naive_utc(), second.naive_utc()),
        MappedLocalTime::None => {
            // No offset is further from UTC than this, so the clock is put forward somewhere between.
            const REACH: TimeDelta = TimeDelta::hours(26);
            let (before, after) = (moved(reading, -REACH), moved(reading, REACH));
            Shown::Never(first_where(before, after, |instant| wall(instant, zone) >= reading))
        }
    }
}

/// The first second after `before`, and `after` at the latest, at which something holds that holds from then on.
fn first_where(
    before: NaiveDateTime,
    after: NaiveDateTime,
    holds: impl Fn(NaiveDateTime) -> bool,
) -> NaiveDateTime {
    let (mut low, mut high) = (0, after.signed_duration_since(before).num_seconds());
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(moved(before, TimeDelta::seconds(middle))) {
            high = middle;
        } else {
            low = middle;
        }
    }
    moved(before, TimeDelta::seconds(high))
}

/// The first true moment at which a zone's clock shows a reading, or is put forward over it.
pub(in crate::story) fn first_instant(reading: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    match shown(reading, zone) {
        Shown::Once(at) | Shown::Twice(at, _) | Shown::Never(at) => at,
    }
}

/// The last such moment.
pub(in crate::story) fn last_instant(reading: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    match shown(reading, zone) {
        Shown::Once(at) | Shown::Twice(_, at) | Shown::Never(at) => at,
    }
}

/// The readings that a zone's clock shows twice around one of them: its first and last second.
fn fold(reading: NaiveDateTime, zone: Tz) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let Shown::Twice(first, second) = shown(reading, zone) else { return None };
    let offset = |instant: NaiveDateTime| zone.offset_from_utc_datetime(&instant).fix();
    let (ahead, behind) = (offset(first), offset(second));
    let back = first_where(first, second, |instant| offset(instant) == behind);
    let (start, end) = (back.checked_add_offset(behind)?, back.checked_add_offset(ahead)?);
    Some((start, moved(end, -TimeDelta::seconds(1))))
}

/// A reading that is no later than what a zone's clock shows at a true moment, and keeps the order of moments: where an
/// hour is shown twice, its beginning.
pub(in crate::story) fn earliest_reading(instant: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    let reading = wall(instant, zone);
    fold(reading, zone).map_or(reading, |(start, _)| start)
}

/// A reading that is no earlier, likewise: where an hour is shown twice, its end.
pub(in crate::story) fn latest_reading(instant: NaiveDateTime, zone: Tz) -> NaiveDateTime {
    let reading = wall(instant, zone);
    fold(reading, zone).map_or(reading, |(_, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::when::When;
    use chrono_tz::America::New_York;
    use proptest::prelude::*;

    fn extent(text: &str) -> Extent {
        When::parse(text, New_York).expect(text).extent()
    }

    #[test]
    fn what_a_missing_zone_could_undo_is_not_certain() {
        for (one, other, after, over_by) in [
            // Unzoned times share one clock, and so do they and dates.
            ("2025-11-17T22:34", "2025-11-17T22:33", true, false),
            ("2025-11-18T00:00", "2025-11-17", true, false),
            ("2025-11-17T22:33:00", "2025-11-17T22:33:00", false, true),
            // Zoned times are exact.
            ("2025-11-17T22:33-05:00", "2025-11-17T22:32-05:00", true, false),
            ("2025-11-18T03:33Z", "2025-11-17T22:33-05:00", false, false),
            ("2025-11-17T23:59-05:00", "2025-11-18", false, true),
            // Across, only what no zone can undo: UTC-12 puts 22:33 at 10:33 UTC of the next day, UTC+14 at 08:33 UTC.
            ("2025-11-17T22:33", "2025-11-17T08:32Z", true, false),
            ("2025-11-17T22:33", "2025-11-17T08:33Z", false, false),
            ("2025-11-17T22:33", "2025-11-18T10:33Z", false, false),
            ("2025-11-17T22:33", "2025-11-18T10:34Z", false, true),
            ("2025-11-18T10:34Z", "2025-11-17T22:33", true, false),
            ("2025-11-18T10:33Z", "2025-11-17T22:33", false, false),
        ] {
            assert_eq!(extent(one).is_after(&extent(other)), after, "{one} after {other}");
            assert_eq!(extent(one).is_over_by(&extent(other)), over_by, "{one} over by {other}");
        }
    }

    #[test]
    fn of_an_hour_shown_twice_the_first_comes_first() {
        let (first, second) = (extent("2025-11-02T01:30-04:00"), extent("2025-11-02T01:10-05:00"));
        assert!(second.is_after(&first) && !first.is_after(&second));
        let bounds = When::parse("2025-11-02T01:10-05:00", New_York).expect("a time").bounds();
        let reading = |at: Option<Moment>| at.map(|at| at.format("%H:%M:%S").to_string());
        assert_eq!(
            (reading(bounds.earliest).as_deref(), reading(bounds.latest).as_deref()),
            (Some("01:00:00"), Some("01:59:59"))
        );
    }

    #[test]
    fn a_moment_given_on_a_clock_is_as_wide_as_what_is_not_known_of_it() {
        let at = |text: &str, clock| {
            let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect(text);
            Extent::at(moment, clock, New_York)
        };
        let article = extent("2025-11-17T22:33:00");
        assert!(article.is_over_by(&at("2025-11-17 22:33", Clock::Local)));
        assert!(!article.is_over_by(&at("2025-11-17 22:33", Clock::Zoned)));
        assert!(article.is_over_by(&at("2025-11-18 05:33", Clock::Zoned)));
        let twice = at("2025-11-02 01:30", Clock::Zoned);
        assert!(extent("2025-11-02T01:29:00-04:00").is_over_by(&twice));
        assert!(!extent("2025-11-02T01:30:00-05:00").is_over_by(&twice));
    }

    proptest! {
        #[test]
        fn readings_hold_the_moment_and_keep_the_order(seconds in 0..200_000_000_i64, further in 0..20_000_i64) {
            let start = NaiveDateTime::parse_from_str("2022-01-01 00:00", "%Y-%m-%d %H:%M").expect("a moment");
            for zone in [New_York, chrono_tz::Australia::Lord_Howe, chrono_tz::Europe::Dublin, chrono_tz::Africa::Casablanca] {
                let one = moved(start, TimeDelta::seconds(seconds));
                let other = moved(one, TimeDelta::seconds(further));
                prop_assert!(earliest_reading(one, zone) <= wall(one, zone) && wall(one, zone) <= latest_reading(one, zone));
                prop_assert!(earliest_reading(one, zone) <= earliest_reading(other, zone));
                prop_assert!(latest_reading(one, zone) <= latest_reading(other, zone));
                let reading = wall(one, zone);
                prop_assert!(first_instant(reading, zone) <= one && one <= last_instant(reading, zone));
            }
        }
    }
}
