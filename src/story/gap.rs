//! By how much something comes before something else: `1 day`, `2 hours`.
//!
//! Imports nothing from the rest of the crate.

use std::fmt;

use chrono::TimeDelta;

/// The least time between two things, in the unit it is written in. The default is none: one before the other, or both
/// at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap {
    count: u32,
    unit: Unit,
}

/// What a gap is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Unit {
    #[default]
    Minute,
    Hour,
    Day,
    Week,
}

impl Unit {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Minute, "minute"), (Self::Hour, "hour"), (Self::Day, "day"), (Self::Week, "week")];
}

impl Gap {
    /// Reads a whole number from 1 to 999,999,999 and a unit: `1 minute`, `2 hours`, `3 days`, `4 weeks`; `None` for
    /// anything else.
    pub fn parse(text: &str) -> Option<Self> {
        const MOST_DIGITS: usize = 9;
        let (number, unit) = text.split_once(' ')?;
        let whole = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
        if !whole || number.is_empty() || number.len() > MOST_DIGITS {
            return None;
        }
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        let (unit, _) = Unit::ALL.into_iter().find(|(_, word)| *word == unit)?;
        Some(Self { count: number.parse().ok()?, unit })
    }

    /// Whether there is none.
    pub fn is_none(self) -> bool {
        self.count == 0
    }

    /// How long it is, days taken as 24 hours.
    pub fn length(self) -> TimeDelta {
        let minutes = match self.unit {
            Unit::Minute => 1,
            Unit::Hour => 60,
            Unit::Day => 24 * 60,
            Unit::Week => 7 * 24 * 60,
        };
        TimeDelta::try_minutes(i64::from(self.count) * minutes).unwrap_or(TimeDelta::MAX)
    }

    /// Whether it is counted in days of the calendar, which are not all of 24 hours.
    pub(super) fn is_of_days(self) -> bool {
        matches!(self.unit, Unit::Day | Unit::Week)
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Unit::ALL.iter().find(|(unit, _)| *unit == self.unit).map_or("", |(_, word)| word);
        write!(f, "{} {word}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_read_and_read_back() {
        for (text, minutes, reading) in [
            ("1 minute", 1, "1 minute"),
            ("90 minutes", 90, "90 minutes"),
            ("2 hours", 120, "2 hours"),
            ("1 day", 1440, "1 day"),
            ("1 days", 1440, "1 day"),
            ("3 week", 30240, "3 weeks"),
            ("999999999 weeks", 999_999_999 * 10080, "999999999 weeks"),
        ] {
            let gap = Gap::parse(text).expect(text);
            assert_eq!((gap.length(), gap.to_string().as_str()), (TimeDelta::minutes(minutes), reading));
            assert!(!gap.is_none());
        }
        assert!(Gap::default().is_none());
    }

    #[test]
    fn what_is_no_whole_number_and_unit_is_no_gap() {
        for text in [
            "",
            "1",
            "day",
            "1day",
            "1  day",
            " 1 day",
            "1 day ",
            "0 days",
            "01 day",
            "-1 day",
            "+1 day",
            "1.5 days",
            "a day",
            "1 month",
            "1 year",
            "1 Day",
            "1 dayss",
            "1000000000 days",
            "1 day 2 hours",
            "P1D",
        ] {
            assert_eq!(Gap::parse(text), None, "{text:?}");
        }
    }
}
