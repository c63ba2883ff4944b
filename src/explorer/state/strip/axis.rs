//! The labels below the strip: years, months, days or hours, as many as fit.
//!
//! Imports the strip's scale and `story::when`; no terminal.

use chrono::{Datelike as _, Months, NaiveDate, TimeDelta, Timelike as _};

use super::Scale;
use crate::story::when::{Moment, start_of};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// How far labels stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Hours(i64),
    Days(i64),
    Months(u32),
}

/// Every distance labels may have, the shortest first.
const STEPS: &[Step] = &[
    Step::Hours(1),
    Step::Hours(2),
    Step::Hours(3),
    Step::Hours(6),
    Step::Hours(12),
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
    Step::Months(240),
    Step::Months(600),
    Step::Months(1_200),
    Step::Months(2_400),
    Step::Months(6_000),
    Step::Months(12_000),
];

impl Step {
    fn seconds(self) -> i64 {
        match self {
            Self::Hours(hours) => hours * HOUR,
            Self::Days(days) => days * DAY,
            Self::Months(months) => i64::from(months) * 28 * DAY,
        }
    }

    /// Columns that its label and a blank take.
    fn room(self) -> i64 {
        match self {
            Self::Hours(_) | Self::Days(_) => 7,
            Self::Months(months) if months < 12 => 9,
            Self::Months(_) => 5,
        }
    }

    /// The last moment on its grid that is not after `at`.
    fn before(self, at: Moment) -> Option<Moment> {
        match self {
            Self::Hours(hours) => {
                let hour = i64::from(at.hour()) / hours * hours;
                start_of(at.date()).checked_add_signed(TimeDelta::hours(hour))
            }
            Self::Days(days) => {
                // The first day of all was a Monday, so weeks begin on one.
                let back = (i64::from(at.date().num_days_from_ce()) - 1).rem_euclid(days);
                at.date().checked_sub_signed(TimeDelta::days(back)).map(start_of)
            }
            Self::Months(months) if months < 12 => {
                let month = at.month0() / months * months + 1;
                NaiveDate::from_ymd_opt(at.year(), month, 1).map(start_of)
            }
            Self::Months(months) => {
                let years = i32::try_from(months / 12).unwrap_or(1).max(1);
                let year = at.year().div_euclid(years) * years;
                NaiveDate::from_ymd_opt(year.max(1), 1, 1).map(start_of)
            }
        }
    }

    fn next(self, at: Moment) -> Option<Moment> {
        match self {
            Self::Hours(_) | Self::Days(_) => at.checked_add_signed(TimeDelta::seconds(self.seconds())),
            // From year 1 the grid of decades goes on to year 10.
            Self::Months(months) if at.year() == 1 && months > 12 => {
                NaiveDate::from_ymd_opt(i32::try_from(months / 12).ok()?, 1, 1).map(start_of)
            }
            Self::Months(months) => at.checked_add_months(Months::new(months)),
        }
    }

    /// The label of a moment; the first, and where the year or day turns, in full.
    fn label(self, at: Moment, before: Option<Moment>) -> String {
        let new_year = before.is_none_or(|before| before.year() != at.year());
        let new_day = before.is_none_or(|before| before.date() != at.date());
        let format = match self {
            Self::Hours(_) if before.is_none() => "%-d %b %Y %H:%M",
            Self::Hours(_) if !new_day => "%H:%M",
            Self::Hours(_) | Self::Days(_) if new_year => "%-d %b %Y",
            Self::Hours(_) | Self::Days(_) => "%-d %b",
            Self::Months(months) if months < 12 => "%b %Y",
            Self::Months(_) => return at.year().to_string(),
        };
        at.format(format).to_string()
    }
}

/// Labels with the column each begins at, from left to right; they never overlap nor leave the axis.
pub(super) fn labels(scale: &Scale) -> Vec<(usize, String)> {
    let columns = i64::try_from(scale.columns).unwrap_or(i64::MAX);
    let fits = |step: &Step| {
        i128::from(step.seconds()) * i128::from(columns)
            >= i128::from(scale.seconds) * i128::from(step.room())
    };
    let step = STEPS.iter().copied().find(fits).unwrap_or(Step::Months(12_000));
    let mut labels: Vec<(usize, String)> = Vec::new();
    let (mut at, mut before) = (step.before(scale.from), None);
    while let Some(here) = at {
        let Some(column) = scale.place(here).map_or(Some(0), |column| (column < columns).then_some(column))
        else {
            break;
        };
        if column >= 0 && here >= scale.from && push(&mut labels, scale, column, step.label(here, before)) {
            before = Some(here);
        }
        at = step.next(here);
    }
    if labels.is_empty() {
        push(&mut labels, scale, 0, Step::Months(1).label(scale.from, None));
    }
    labels
}

/// Puts a label where there is room for it.
fn push(labels: &mut Vec<(usize, String)>, scale: &Scale, column: i64, text: String) -> bool {
    let Ok(column) = usize::try_from(column) else { return false };
    let free_from = labels.last().map_or(0, |(column, text)| column + text.len() + 1);
    let fits = column >= free_from && column + text.len() <= scale.columns;
    if fits {
        labels.push((column, text));
    }
    fits
}
