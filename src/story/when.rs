//! Uncertain time: an EDTF value or a time of day, the earliest and latest moment it can mean, and how it
//! reads. No clock: what "today" is comes from outside.
//!
//! Method: ISO 8601-2:2019 Annex A (EDTF) levels 0 and 1 and the `[..]`/`{..}` sets of level 2, parsed by
//! `edtf-core`; times of day by `chrono`. Years run from 1 to 9999.
//!
//! All moments are wall-clock times in the story's time zone, so that dates, times printed without a zone and
//! zoned times stand on one axis. Imports nothing above it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use chrono_tz::Tz;
use edtf_core::{Bound, Edtf, SetElement};

use super::vocabulary::Basis;

mod reading;
#[cfg(test)]
mod spec;

pub use reading::{day as day_reading, moment as moment_reading};

/// A moment: wall-clock time in the story's zone.
pub type Moment = NaiveDateTime;

/// A time as a source gives it or as the author worked it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    written: Written,
    bounds: Bounds,
}

/// The forms a time can be written in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Written {
    /// A date, interval or set.
    Date(Box<Edtf>),
    /// A time of day without a zone.
    Local { moment: NaiveDateTime, seconds: bool },
    /// A time of day with an offset, on the clock of the story's zone.
    Zoned { shown: DateTime<Tz>, seconds: bool },
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
    /// Reads a time. `zone` is the story's: zoned times are placed and shown in it.
    pub fn parse(text: &str, zone: Tz) -> Result<Self, TimeError> {
        // Only a time of day has a T: EDTF levels 0 and 1 and sets of dates have none elsewhere.
        if text.contains('T') {
            return Self::parse_time_of_day(text, zone);
        }
        let edtf = Edtf::parse(text).map_err(|error| TimeError::NotEdtf {
            message: error.message,
            position: text.get(..error.offset).map_or(error.offset, |before| before.chars().count()) + 1,
        })?;
        if !within_level(&edtf) {
            return Err(TimeError::LevelTwo);
        }
        let bounds = edtf_bounds(&edtf)?;
        Ok(Self { written: Written::Date(Box::new(edtf)), bounds })
    }

    fn parse_time_of_day(text: &str, zone: Tz) -> Result<Self, TimeError> {
        let in_range = |date: NaiveDate| {
            use chrono::Datelike as _;
            if (1..=9999).contains(&date.year()) { Ok(()) } else { Err(TimeError::YearOutOfRange) }
        };
        for (format, seconds) in [("%Y-%m-%dT%H:%M", false), ("%Y-%m-%dT%H:%M:%S", true)] {
            if let Ok(moment) = NaiveDateTime::parse_from_str(text, format) {
                in_range(moment.date())?;
                let latest = if seconds { moment } else { end_of_minute(moment) };
                let bounds = Bounds { earliest: Some(moment), latest: Some(latest) };
                return Ok(Self { written: Written::Local { moment, seconds }, bounds });
            }
            let zoned = format!("{format}%#z");
            let numeric = text.strip_suffix('Z').map(|start| format!("{start}+00:00"));
            if let Ok(at) = DateTime::parse_from_str(numeric.as_deref().unwrap_or(text), &zoned) {
                // The year is checked on the naive local date: `date_naive` panics at chrono's own edges.
                let local =
                    at.naive_utc().checked_add_offset(*at.offset()).ok_or(TimeError::YearOutOfRange)?;
                in_range(local.date())?;
                let shown = zone.from_utc_datetime(&at.naive_utc());
                let moment = shown
                    .naive_utc()
                    .checked_add_offset(chrono::Offset::fix(shown.offset()))
                    .ok_or(TimeError::YearOutOfRange)?;
                let latest = if seconds { moment } else { end_of_minute(moment) };
                let bounds = Bounds { earliest: Some(moment), latest: Some(latest) };
                return Ok(Self { written: Written::Zoned { shown, seconds }, bounds });
            }
        }
        Err(TimeError::NotTimeOfDay)
    }

    /// The earliest and latest moment it can mean.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Whether the writing itself says that it is not exact: `?`, `~`, `%`, `X` or a one-of set.
    pub fn is_vague(&self) -> bool {
        match &self.written {
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
        match &self.written {
            Written::Date(edtf) => edtf.is_uncertain() || edtf.is_approximate(),
            Written::Local { .. } | Written::Zoned { .. } => false,
        }
    }

    /// Whether it has a time of day but no zone.
    pub fn lacks_zone(&self) -> bool {
        matches!(self.written, Written::Local { .. })
    }

    /// How it reads: `14 Nov 2025`, `around May 2025`, `2025 or 2026`, `17 Nov 2025 22:33, no zone printed`.
    pub fn reading(&self) -> String {
        reading::long(&self.written)
    }

    /// How it reads where a column is narrow: as [`When::reading`], but `~May 2025`, `2025|2026`, and to the day only.
    pub fn short_reading(&self) -> String {
        reading::short(&self.written)
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
    pub note: Option<String>,
}

impl Timing {
    /// A time known in a given way.
    pub fn new(when: Option<When>, basis: Basis, note: Option<String>) -> Self {
        Self { inferred: basis == Basis::Inferred && when.is_some(), when, note }
    }

    /// The bounds; both open where undated.
    pub fn bounds(&self) -> Bounds {
        self.when.as_ref().map_or_else(Bounds::default, When::bounds)
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

/// The last moment of the minute that starts at `moment`.
fn end_of_minute(moment: NaiveDateTime) -> NaiveDateTime {
    moment.checked_add_signed(chrono::TimeDelta::seconds(59)).unwrap_or(moment)
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
        assert_eq!(parse("+262142-12-31T23:59"), Err(TimeError::YearOutOfRange));
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
