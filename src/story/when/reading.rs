//! How a time reads to a person. Never more exact than what was written.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};
use edtf_core::{Date, DateField, Edtf, Interval, IntervalEndpoint, SetElement, SetKind, YearKind};

use super::Written;
use super::time_of_day::{Doubt, Turn};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(super) fn long(written: &Written) -> String {
    match written {
        Written::Date(edtf) => match &**edtf {
            Edtf::Date(date) => qualified(date),
            Edtf::Interval(interval) => span(interval),
            Edtf::Set(set) => {
                let word = if set.kind == SetKind::OneMember { " or " } else { " and " };
                set.elements.iter().map(element).collect::<Vec<_>>().join(word)
            }
            // Times of day are parsed by chrono and never reach this arm.
            Edtf::DateTime(at) => qualified(&at.date),
        },
        Written::Local { moment: at, seconds, doubt } => {
            let reading = format!("{}, no zone printed", clock(*at, *seconds));
            match doubt {
                None => reading,
                Some((Doubt::Twice, zone)) => {
                    format!("{reading}; the clocks of {} show it twice", place_of(*zone))
                }
                Some((Doubt::Never, zone)) => {
                    format!("{reading}; the clocks of {} pass over it", place_of(*zone))
                }
            }
        }
        Written::Zoned { shown, seconds, turn } => {
            let local = shown.naive_local();
            let zone = shown.format("%Z").to_string();
            // Zones without letters of their own print as "+03"; say what they are offsets from.
            let zone = if zone.starts_with(['+', '-']) { format!("UTC{zone}") } else { zone };
            let turn = match turn {
                None => "",
                Some(Turn::First) => ", the first of two on that clock",
                Some(Turn::Second) => ", the second of two on that clock",
            };
            format!("{} {zone}{turn}", clock(local, *seconds))
        }
    }
}

pub(super) fn short(written: &Written) -> String {
    match written {
        Written::Date(edtf) => match &**edtf {
            Edtf::Date(date) => {
                let mark = match (date.is_uncertain(), date.is_approximate()) {
                    (false, false) => "",
                    (true, false) => "?",
                    (false, true) => "~",
                    (true, true) => "%",
                };
                format!("{mark}{}", plain(date))
            }
            Edtf::Set(set) if set.kind == SetKind::OneMember => {
                set.elements.iter().map(element).collect::<Vec<_>>().join("|")
            }
            _ => long(written),
        },
        Written::Local { moment, .. } => day(moment.date()),
        Written::Zoned { shown, .. } => day(shown.naive_local().date()),
    }
}

/// A day: `14 Nov 2025`.
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

/// A moment to the minute: `14 Nov 2025 09:30`.
pub fn moment(at: NaiveDateTime) -> String {
    clock(at, false)
}

fn clock(at: NaiveDateTime, seconds: bool) -> String {
    let format = if seconds { "%H:%M:%S" } else { "%H:%M" };
    format!("{} {}", day(at.date()), at.format(format))
}

/// The place a zone is named after: `New York`.
fn place_of(zone: chrono_tz::Tz) -> String {
    zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
}

fn month_name(month: u32) -> &'static str {
    usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)).copied().unwrap_or("?")
}

fn qualified(date: &Date) -> String {
    let reading = plain(date);
    match (date.is_uncertain(), date.is_approximate()) {
        (false, false) => reading,
        (true, false) => format!("perhaps {reading}"),
        (false, true) => format!("around {reading}"),
        (true, true) => format!("perhaps around {reading}"),
    }
}

/// The date without its qualification.
fn plain(date: &Date) -> String {
    let year = year(date);
    match (date.month, date.day) {
        (None, _) => year,
        (Some(month), None) => match month.value() {
            Some(code @ 21..) => format!("{} {year}", season(code)),
            Some(number) => format!("{} {year}", month_name(number.into())),
            None => format!("some month of {year}"),
        },
        (Some(month), Some(day)) => match (month.value(), day.value()) {
            (Some(month), Some(day)) => format!("{day} {} {year}", month_name(month.into())),
            (Some(month), None) => format!("some day in {} {year}", month_name(month.into())),
            (None, _) => format!("some day in {year}{}", masked(month, day)),
        },
    }
}

/// A day known in a month that is not: outside level 1, kept readable should a set hold it.
fn masked(_month: DateField, day: DateField) -> String {
    day.value().map_or_else(String::new, |day| format!(", the {day} of a month"))
}

fn year(date: &Date) -> String {
    match date.year.kind {
        YearKind::Standard { digits: [Some(a), Some(b), None, None], .. } => {
            format!("between {a}{b}00 and {a}{b}99")
        }
        YearKind::Standard { digits: [Some(a), Some(b), Some(c), None], .. } => format!("the {a}{b}{c}0s"),
        _ => date.year.value().map_or_else(|| "an unknown year".to_owned(), |year| year.to_string()),
    }
}

fn season(code: u8) -> &'static str {
    match code {
        21 => "spring",
        22 => "summer",
        23 => "autumn",
        24 => "winter",
        _ => "part of",
    }
}

fn span(interval: &Interval) -> String {
    let start = endpoint(&interval.start);
    let end = endpoint(&interval.end);
    match (start, end, &interval.start, &interval.end) {
        (Some(start), Some(end), ..) => format!("{start} to {end}"),
        (Some(start), None, _, IntervalEndpoint::Unknown) => format!("from {start}, end unknown"),
        (Some(start), None, ..) => format!("from {start} on"),
        (None, Some(end), IntervalEndpoint::Unknown, _) => format!("start unknown, until {end}"),
        (None, Some(end), ..) => format!("until {end}"),
        (None, None, ..) => "start and end unknown".to_owned(),
    }
}

fn endpoint(endpoint: &IntervalEndpoint) -> Option<String> {
    match endpoint {
        IntervalEndpoint::Date(date) => Some(qualified(date)),
        IntervalEndpoint::OnOrBefore(date) => Some(format!("{} or earlier", qualified(date))),
        IntervalEndpoint::OnOrAfter(date) => Some(format!("{} or later", qualified(date))),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    }
}

fn element(element: &SetElement) -> String {
    match element {
        SetElement::Date(date) => qualified(date),
        SetElement::OnOrBefore(date) => format!("{} or earlier", qualified(date)),
        SetElement::OnOrAfter(date) => format!("{} or later", qualified(date)),
        SetElement::Range(from, to) => format!("any of {} to {}", qualified(from), qualified(to)),
    }
}

#[cfg(test)]
mod tests {
    use crate::story::when::When;

    #[test]
    fn times_read_as_a_person_would_say_them() {
        for (text, reading) in [
            ("2025-11-14", "14 Nov 2025"),
            ("2025-11", "Nov 2025"),
            ("2025", "2025"),
            ("2025-05~", "around May 2025"),
            ("2025-05?", "perhaps May 2025"),
            ("2025-05%", "perhaps around May 2025"),
            ("[2025,2026]", "2025 or 2026"),
            ("{2025,2026}", "2025 and 2026"),
            ("[2025-11-01..2025-11-03]", "any of 1 Nov 2025 to 3 Nov 2025"),
            ("[2025-11..]", "Nov 2025 or later"),
            ("202X", "the 2020s"),
            ("20XX", "between 2000 and 2099"),
            ("2025-XX", "some month of 2025"),
            ("2025-11-XX", "some day in Nov 2025"),
            ("2025-XX-XX", "some day in 2025"),
            ("2025-23", "autumn 2025"),
            ("2025-11-14/2025-11-16", "14 Nov 2025 to 16 Nov 2025"),
            ("2025-11-14/..", "from 14 Nov 2025 on"),
            ("2025-11-14/", "from 14 Nov 2025, end unknown"),
            ("../2025-11-14", "until 14 Nov 2025"),
            ("/2025-11-14", "start unknown, until 14 Nov 2025"),
            ("2025-11-17T22:33", "17 Nov 2025 22:33, no zone printed"),
            ("2025-11-29T22:02-05:00", "29 Nov 2025 22:02 EST"),
            ("2025-07-01T12:00:09Z", "1 Jul 2025 08:00:09 EDT"),
            ("2025-11-02T05:30Z", "2 Nov 2025 01:30 EDT, the first of two on that clock"),
            ("2025-11-02T06:30Z", "2 Nov 2025 01:30 EST, the second of two on that clock"),
            ("2025-11-02T07:00Z", "2 Nov 2025 02:00 EST"),
            ("2025-11-02T01:30", "2 Nov 2025 01:30, no zone printed; the clocks of New York show it twice"),
            ("2025-03-09T02:30", "9 Mar 2025 02:30, no zone printed; the clocks of New York pass over it"),
            ("2025-03-09T03:00", "9 Mar 2025 03:00, no zone printed"),
        ] {
            let when = When::parse(text, chrono_tz::America::New_York).expect(text);
            assert_eq!(when.reading(), reading, "{text}");
        }
    }

    #[test]
    fn a_short_reading_keeps_every_mark() {
        for (text, reading) in [
            ("2025-05~", "~May 2025"),
            ("2025-05?", "?May 2025"),
            ("[2025,2026]", "2025|2026"),
            ("2025", "2025"),
        ] {
            let when = When::parse(text, chrono_tz::UTC).expect(text);
            assert_eq!(when.short_reading(), reading, "{text}");
        }
    }
}
