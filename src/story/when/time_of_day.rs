//! Times of day, in the one form that the format has for them: `2025-11-17T22:33`, seconds and zone if printed.
//!
//! Imports what `when` imports.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;

use super::clock::{self, Extent, Shown};
use super::{Bounds, TimeError, When, Written};

/// How often the clock of the story's zone shows a time that is printed without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// An hour that is there twice.
    Twice,
    /// An hour that is left out.
    Never,
}

/// Which of two it is, of a reading that the clock of the story's zone shows twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    First,
    Second,
}

pub(super) fn parse(text: &str, zone: Tz) -> Result<When, TimeError> {
    let (date, time) = text.split_once('T').ok_or(TimeError::NotTimeOfDay)?;
    let date = self::date(date)?;
    let clock_end = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (reading, shift) = time.split_at(clock_end);
    let mut parts = reading.split(':').map(two_digits);
    let mut part = || parts.next().ok_or(TimeError::NotTimeOfDay)?.ok_or(TimeError::NotTimeOfDay);
    let (hour, minute) = (part()?, part()?);
    let second = parts.next().map(|part| part.ok_or(TimeError::NotTimeOfDay)).transpose()?;
    if parts.next().is_some() {
        return Err(TimeError::NotTimeOfDay);
    }
    let moment = date.and_hms_opt(hour, minute, second.unwrap_or(0)).ok_or(TimeError::NotTimeOfDay)?;
    match shift {
        "" => Ok(local(moment, second.is_some(), zone)),
        shift => zoned(moment, second.is_some(), self::shift(shift)?, zone),
    }
}

fn two_digits(text: &str) -> Option<u32> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
        }
        _ => None,
    }
}

fn date(text: &str) -> Result<NaiveDate, TimeError> {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TimeError::NotTimeOfDay);
    };
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TimeError::NotTimeOfDay);
    }
    let year = year.parse().map_err(|_| TimeError::NotTimeOfDay)?;
    let (Some(month), Some(day)) = (two_digits(month), two_digits(day)) else {
        return Err(TimeError::NotTimeOfDay);
    };
    if year == 0 {
        return Err(TimeError::YearOutOfRange);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(TimeError::NotTimeOfDay)
}

/// `Z`, `-05:00` or `-05`, from UTC-14 to UTC+14. ISO 8601 has no negative zero.
fn shift(text: &str) -> Result<TimeDelta, TimeError> {
    if text == "Z" {
        return Ok(TimeDelta::zero());
    }
    let (behind, rest) = match text.split_at_checked(1) {
        Some(("-", rest)) => (true, rest),
        Some(("+", rest)) => (false, rest),
        _ => return Err(TimeError::NotTimeOfDay),
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    let (Some(hours), Some(minutes @ 0..=59)) = (two_digits(hours), two_digits(minutes)) else {
        return Err(TimeError::NotTimeOfDay);
    };
    let minutes = i64::from(hours * 60 + minutes);
    if minutes > 14 * 60 || (behind && minutes == 0) {
        return Err(TimeError::NotTimeOfDay);
    }
    Ok(TimeDelta::minutes(if behind { -minutes } else { minutes }))
}

/// The last moment of what is written to the second, or only to the minute.
fn last_of(moment: NaiveDateTime, seconds: bool) -> NaiveDateTime {
    let rest = TimeDelta::seconds(if seconds { 0 } else { 59 });
    moment.checked_add_signed(rest).unwrap_or(moment)
}

fn local(moment: NaiveDateTime, seconds: bool, zone: Tz) -> When {
    let bounds = Bounds { earliest: Some(moment), latest: Some(last_of(moment, seconds)) };
    let doubt = match clock::shown(moment, zone) {
        Shown::Once(_) => None,
        Shown::Twice(..) => Some((Doubt::Twice, zone)),
        Shown::Never(_) => Some((Doubt::Never, zone)),
    };
    When::of(Written::Local { moment, seconds, doubt }, bounds, Extent::of_local(bounds))
}

fn zoned(moment: NaiveDateTime, seconds: bool, shift: TimeDelta, zone: Tz) -> Result<When, TimeError> {
    let instant = moment.checked_sub_signed(shift).ok_or(TimeError::YearOutOfRange)?;
    let last = last_of(instant, seconds);
    // Years run from 1; a zone may carry the first day of it into the year before, and no further.
    if clock::wall(instant, zone).year() < 0 {
        return Err(TimeError::YearOutOfRange);
    }
    let turn = match clock::shown(clock::wall(instant, zone), zone) {
        Shown::Twice(first, _) if first == instant => Some(Turn::First),
        Shown::Twice(..) => Some(Turn::Second),
        _ => None,
    };
    let bounds = Bounds {
        earliest: Some(clock::earliest_reading(instant, zone)),
        latest: Some(clock::latest_reading(last, zone)),
    };
    let instants = Bounds { earliest: Some(instant), latest: Some(last) };
    let shown = zone.from_utc_datetime(&instant);
    Ok(When::of(Written::Zoned { shown, seconds, turn }, bounds, Extent::of_zoned(instants)))
}
