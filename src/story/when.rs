//! Uncertain time: an EDTF value or a time of day, the earliest and latest moment it can mean, and how it
//! reads. No clock: what "today" is comes from outside.
//!
//! Method: ISO 8601-2:2019 Annex A (EDTF) levels 0 and 1 and the `[..]`/`{..}` sets of level 2, parsed by
//! `edtf-core`; times of day by `chrono`. Years run from 1 to 9999.
//!
//! Bounds are wall-clock times in the story's time zone, so that dates, times printed without a zone and zoned times can
//! be drawn on one axis. What must be certain (that one thing came after another) is asked of an [`Extent`], which never
//! takes a zone for granted. Imports nothing above it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;
use edtf_core::{Bound, Edtf, SetElement};

use super::vocabulary::Basis;
use crate::text::Shared;

pub(super) mod clock;
mod reading;
#[cfg(test)]
mod spec;
mod time_of_day;

pub use clock::{Clock, Extent};
pub use reading::{day as day_reading, moment as moment_reading};
use time_of_day::{Doubt, Turn};

/// A moment: wall-clock time in the story's zone.
pub type Moment = NaiveDateTime;

/// A time as a source gives it or as the author worked it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When(Arc<Known>);

/// What is known of a time. Apart, because most statements have none, and would hold room for one all the same; and shared,
/// because many that have one have the same.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    written: Written,
    bounds: Bounds,
    extent: Extent,
}

/// The forms a time can be written in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Written {
    /// A date, interval or set.
    Date(Box<Edtf>),
    /// A time of day without a zone.
    Local { moment: NaiveDateTime, seconds: bool, doubt: Option<(Doubt, Tz)> },
    /// A time of day with an offset, on the clock of the story's zone.
    Zoned { shown: DateTime<Tz>, seconds: bool, turn: Option<Turn> },
}

/// The earliest and latest moment something can mean, both inclusive. `None`: open, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// Not before this.
    pub earliest: Option<Moment>,
    /// Not after this.
    pub latest: Option<Moment>,
}

impl Bounds {
    /// Whether neither end is known.
    pub fn unbounded(&self) -> bool {
        self.earliest.is_none() && self.latest.is_none()
    }
}

/// Why a text is not a time dateline can use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not EDTF.
    #[error("is not a date: {message} at character {position}")]
    NotEdtf {
        /// What the parser found.
        message: &'static str,
        /// Counted from 1.
        position: usize,
    },
    /// EDTF, but above what the format takes.
    #[error("is EDTF level 2, of which only [..] and {{..}} sets are taken")]
    LevelTwo,
    /// A year outside 1..=9999.
    #[error("has a year outside 1 to 9999")]
    YearOutOfRange,
    /// Runs backwards.
    #[error("ends before it begins")]
    Backwards,
    /// A date with a `T` whose time of day does not parse.
    #[error("is not a time of day: write 2025-11-17T22:33, with -05:00 or Z where a zone is printed")]
    NotTimeOfDay,
}

impl When {
    fn of(written: Written, bounds: Bounds, extent: Extent) -> Self {
        Self(Arc::new(Known { written, bounds, extent }))
    }

    /// Reads a time. `zone` is the story's: zoned times are placed and shown in it.
    pub fn parse(text: &str, zone: Tz) -> Result<Self, TimeError> {
        // Only a time of day has a T: EDTF levels 0 and 1 and sets of dates have none elsewhere.
        if text.contains('T') {
            return time_of_day::parse(text, zone);
        }
        let edtf = Edtf::parse(text).map_err(|error| TimeError::NotEdtf {
            message: error.message,
            position: text.get(..error.offset).map_or(error.offset, |before| before.chars().count()) + 1,
        })?;
        if !within_level(&edtf) || qualifies_a_part(text) {
            return Err(TimeError::LevelTwo);
        }
        let bounds = edtf_bounds(&edtf)?;
        let extent = Extent::of_days(bounds, zone);
        Ok(Self::of(Written::Date(Box::new(edtf)), bounds, extent))
    }

    /// The earliest and latest moment it can mean, on the clock of the story's zone, or on its own where it has none. Of
    /// an hour that the clock shows twice, the whole.
    pub fn bounds(&self) -> Bounds {
        self.0.bounds
    }

    /// The same for comparing: what is certain of it against any other time.
    pub fn extent(&self) -> Extent {
        self.0.extent
    }

    /// Whether the writing itself says that it is not exact: `?`, `~`, `%`, `X` or a one-of set.
    pub fn is_vague(&self) -> bool {
        match &self.0.written {
            Written::Date(edtf) => {
                edtf.is_uncertain()
                    || edtf.is_approximate()
                    || edtf.has_unspecified()
                    || matches!(&**edtf, Edtf::Set(set) if set.kind == edtf_core::SetKind::OneMember)
            }
            Written::Local { .. } | Written::Zoned { .. } => false,
        }
    }

    /// Whether it is only about right (`?`, `~`, `%`), so that its bounds are no limits.
    pub fn is_rough(&self) -> bool {
        match &self.0.written {
            Written::Date(edtf) => edtf.is_uncertain() || edtf.is_approximate(),
            Written::Local { .. } | Written::Zoned { .. } => false,
        }
    }

    /// Whether it has a time of day but no zone.
    pub fn lacks_zone(&self) -> bool {
        matches!(self.0.written, Written::Local { .. })
    }

    /// How it reads: `14 Nov 2025`, `around May 2025`, `2025 or 2026`, `17 Nov 2025 22:33, no zone printed`.
    pub fn reading(&self) -> String {
        reading::long(&self.0.written)
    }

    /// What is written, in one form for each meaning: the EDTF of a date, a time of day as it is printed, a zoned one
    /// in UTC. The same whatever the program's words for it are, and in whatever zone the story shows it.
    pub fn canonical(&self) -> String {
        let clock = |seconds: bool| if seconds { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M" };
        match &self.0.written {
            Written::Date(edtf) => edtf.to_string(),
            Written::Local { moment, seconds, .. } => moment.format(clock(*seconds)).to_string(),
            Written::Zoned { shown, seconds, .. } => {
                format!("{}Z", shown.naive_utc().format(clock(*seconds)))
            }
        }
    }

    /// How it reads where a column is narrow: as [`When::reading`], but `~May 2025`, `2025|2026`, and to the day only.
    pub fn short_reading(&self) -> String {
        reading::short(&self.0.written)
    }
}

/// A time together with how it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timing {
    /// The time; `None` is undated.
    pub when: Option<When>,
    /// Whether a source says so. Meaningless where undated.
    pub inferred: bool,
    /// What is to be said about it.
    pub note: Option<Shared>,
}

impl Timing {
    /// A time known in a given way.
    pub fn new(when: Option<When>, basis: Basis, note: Option<Shared>) -> Self {
        Self { inferred: basis == Basis::Inferred && when.is_some(), when, note }
    }

    /// The bounds; both open where undated.
    pub fn bounds(&self) -> Bounds {
        self.when.as_ref().map_or_else(Bounds::default, When::bounds)
    }

    /// For comparing; open where undated.
    pub fn extent(&self) -> Extent {
        self.when.as_ref().map_or_else(Extent::default, When::extent)
    }

    /// How it reads, with the mark of an inferred value: `14 Nov 2025 (inferred)`, `undated`.
    pub fn reading(&self) -> String {
        match &self.when {
            None => "undated".to_owned(),
            Some(when) if self.inferred => format!("{} (inferred)", when.reading()),
            Some(when) => when.reading(),
        }
    }
}

/// Whether `?`, `~` or `%` stands before or within a date: level 2, even where it says what one after the date would.
fn qualifies_a_part(text: &str) -> bool {
    let ends = |rest: &str| matches!(rest.as_bytes().first(), None | Some(b'/' | b',' | b']' | b'}' | b'.'));
    text.match_indices(['?', '~', '%']).any(|(at, mark)| !ends(&text[at + mark.len()..]))
}

fn within_level(edtf: &Edtf) -> bool {
    match edtf {
        Edtf::Set(set) => set.elements.iter().all(|element| match element {
            SetElement::Date(date) | SetElement::OnOrBefore(date) | SetElement::OnOrAfter(date) => {
                Edtf::Date(*date).level() <= 1
            }
            SetElement::Range(from, to) => Edtf::Date(*from).level() <= 1 && Edtf::Date(*to).level() <= 1,
        }),
        other => other.level() <= 1,
    }
}

fn edtf_bounds(edtf: &Edtf) -> Result<Bounds, TimeError> {
    let bounds = edtf.bounds();
    let day = |bound: Bound| match bound {
        Bound::Date(date) => {
            let year = i32::try_from(date.year).ok().filter(|year| (1..=9999).contains(year));
            year.and_then(|year| NaiveDate::from_ymd_opt(year, date.month.into(), date.day.into()))
                .map(Some)
                .ok_or(TimeError::YearOutOfRange)
        }
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => Ok(None),
    };
    let earliest = day(bounds.earliest)?.and_then(|date| date.and_hms_opt(0, 0, 0));
    let latest = day(bounds.latest)?.and_then(|date| date.and_hms_opt(23, 59, 59));
    if let (Some(earliest), Some(latest)) = (earliest, latest)
        && latest < earliest
    {
        return Err(TimeError::Backwards);
    }
    Ok(Bounds { earliest, latest })
}

/// The first moment of a day.
pub fn start_of(date: NaiveDate) -> Moment {
    date.and_time(NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        When::parse(text, chrono_tz::America::New_York).expect(text)
    }

    fn bounds(text: &str) -> (String, String) {
        let bounds = when(text).bounds();
        let show = |moment: Option<Moment>| {
            moment.map_or("open".to_owned(), |at| at.format("%Y-%m-%d %H:%M:%S").to_string())
        };
        (show(bounds.earliest), show(bounds.latest))
    }

    #[test]
    fn bounds_are_the_first_and_last_moment_a_time_can_mean() {
        for (text, earliest, latest) in [
            ("2025-11-14", "2025-11-14 00:00:00", "2025-11-14 23:59:59"),
            ("2025-11", "2025-11-01 00:00:00", "2025-11-30 23:59:59"),
            ("2024-02", "2024-02-01 00:00:00", "2024-02-29 23:59:59"),
            ("2025", "2025-01-01 00:00:00", "2025-12-31 23:59:59"),
            ("2025-05~", "2025-05-01 00:00:00", "2025-05-31 23:59:59"),
            ("202X", "2020-01-01 00:00:00", "2029-12-31 23:59:59"),
            ("2025-11-XX", "2025-11-01 00:00:00", "2025-11-30 23:59:59"),
            ("2025-21", "2025-03-01 00:00:00", "2025-05-31 23:59:59"),
            ("[2025,2026]", "2025-01-01 00:00:00", "2026-12-31 23:59:59"),
            ("[2025-11..]", "2025-11-01 00:00:00", "open"),
            ("2025-11-14/2025-11-16", "2025-11-14 00:00:00", "2025-11-16 23:59:59"),
            ("2025-11-14/..", "2025-11-14 00:00:00", "open"),
            ("/2025-11-14", "open", "2025-11-14 23:59:59"),
            ("2025-11-17T22:33", "2025-11-17 22:33:00", "2025-11-17 22:33:59"),
            ("2025-11-17T22:33:07", "2025-11-17 22:33:07", "2025-11-17 22:33:07"),
            // A zoned time is placed on the clock of the story's zone.
            ("2025-11-30T03:02Z", "2025-11-29 22:02:00", "2025-11-29 22:02:59"),
            ("2025-11-29T22:02-05:00", "2025-11-29 22:02:00", "2025-11-29 22:02:59"),
            ("2025-07-01T12:00Z", "2025-07-01 08:00:00", "2025-07-01 08:00:59"),
        ] {
            assert_eq!(bounds(text), (earliest.to_owned(), latest.to_owned()), "{text}");
        }
    }

    #[test]
    fn only_a_qualified_time_is_rough() {
        for text in ["2025-05~", "2025-05?", "2025-05%", "2025-05~/2025-06", "[2025-05~,2025-06]"] {
            assert!(when(text).is_rough(), "{text}");
        }
        for text in ["2025-05", "2025-XX", "[2025,2026]", "2025-11-14/..", "2025-11-17T22:33"] {
            assert!(!when(text).is_rough(), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_its_cause() {
        let parse = |text| When::parse(text, chrono_tz::UTC).map(|when| when.reading());
        assert!(matches!(parse("14 November"), Err(TimeError::NotEdtf { .. })));
        assert!(matches!(parse("2025-02-30"), Err(TimeError::NotEdtf { .. })));
        assert!(matches!(parse(""), Err(TimeError::NotEdtf { .. })));
        assert_eq!(parse("2025-~11-14"), Err(TimeError::LevelTwo));
        assert_eq!(parse("0000"), Err(TimeError::YearOutOfRange));
        assert_eq!(parse("-0044"), Err(TimeError::YearOutOfRange));
        assert_eq!(parse("Y262143"), Err(TimeError::YearOutOfRange));
        assert_eq!(parse("2025-11-17T25:00"), Err(TimeError::NotTimeOfDay));
        assert_eq!(parse("+262142-12-31T23:59"), Err(TimeError::NotTimeOfDay));
        assert_eq!(parse("0000-12-31T23:59"), Err(TimeError::YearOutOfRange));
        assert_eq!(parse("?2025"), Err(TimeError::LevelTwo));
        for lenient in [
            "2025-1-5T9:30",
            "2025-01-05T9:30",
            "2025-01-05T09:30+0530",
            "2025-01-05T09:30 +05:30",
            " 2025-01-05T09:30",
            "2025-01-05T09:30 ",
            "2025-01-05T09:30z",
            "2025-01-05T09:30:60",
            "2025-01-05T24:00",
            "2025-01-05T09:30-00:00",
            "2025-01-05T09:30+15:00",
            "2025-01-05T09:30+05:60",
            "2025-01-05T09:30Z+01:00",
            "+2025-01-05T09:30",
            "2025-01-05T09:30:07.5",
        ] {
            assert_eq!(parse(lenient), Err(TimeError::NotTimeOfDay), "{lenient:?}");
        }
        assert!(matches!(parse(" 2025"), Err(TimeError::NotEdtf { .. })));
        assert!(matches!(parse("2025\n"), Err(TimeError::NotEdtf { .. })));
        assert_eq!(parse("9999-12-31T23:59-12:00"), Ok("1 Jan 10000 11:59 UTC".to_owned()));
    }

    #[test]
    fn an_inferred_time_carries_its_mark_and_an_undated_one_says_so() {
        let timing = Timing::new(Some(when("2025-11-14")), Basis::Inferred, None);
        assert_eq!(timing.reading(), "14 Nov 2025 (inferred)");
        assert_eq!(Timing::new(None, Basis::Inferred, None).reading(), "undated");
        assert_eq!(Timing::new(None, Basis::Stated, None).bounds(), Bounds::default());
    }
}
