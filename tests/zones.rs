//! The table of time zones says what `chrono-tz` says. `DATELINE_WRITE_DOCS=1` writes it anew, which takes a minute.

use std::collections::HashMap;
use std::fs;

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset as _, TimeZone};
use chrono_tz::TZ_VARIANTS;
use dateline::story::zone::Tz;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/story/zone/table.bin");

const DAY: i64 = 86_400;
/// Before all clocks were set by others, and after all that is written down of them.
const YEARS: (i64, i64) = (-4_200_000_000, 4_200_000_000);

fn at(second: i64) -> NaiveDateTime {
    DateTime::from_timestamp(second, 0).expect("a moment").naive_utc()
}

/// The offset in seconds at a moment, and what it is called.
fn told<Z: TimeZone>(zone: &Z, second: i64) -> (i32, String)
where
    Z::Offset: std::fmt::Display,
{
    let offset = zone.offset_from_utc_datetime(&at(second));
    (offset.fix().local_minus_utc(), offset.to_string())
}

/// What a reading of the clock comes to.
fn mapped<Z: TimeZone>(zone: &Z, reading: i64) -> MappedLocalTime<i32> {
    zone.offset_from_local_datetime(&at(reading)).map(|offset| offset.fix().local_minus_utc())
}

/// The seconds at which another offset or name begins.
fn turns<Z: TimeZone>(zone: &Z, step: i64) -> Vec<i64>
where
    Z::Offset: std::fmt::Display,
{
    let mut turns = Vec::new();
    let (mut from, mut now) = (YEARS.0, told(zone, YEARS.0));
    while from < YEARS.1 {
        let to = from + step;
        let next = told(zone, to);
        if next != now {
            let (mut low, mut high) = (from, to);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if told(zone, middle) == now { low = middle } else { high = middle }
            }
            turns.push(high);
        }
        (from, now) = (to, next);
    }
    turns
}

fn table() -> Vec<u8> {
    let (mut rules, mut rule_of) = (Vec::new(), Vec::new());
    let (mut known, mut kinds) = (HashMap::new(), Vec::new());
    let mut number = HashMap::new();
    for zone in TZ_VARIANTS {
        let starts = [i64::MIN].into_iter().chain(turns(&zone, DAY));
        let rule: Vec<_> = starts
            .map(|start| {
                let kind = told(&zone, start.max(YEARS.0));
                let next = kinds.len();
                let kind = *number.entry(kind.clone()).or_insert_with(|| {
                    kinds.push(kind);
                    next
                });
                (start, u16::try_from(kind).expect("few"))
            })
            .collect();
        let next = rules.len();
        rule_of.push(*known.entry(rule.clone()).or_insert_with(|| {
            rules.push(rule);
            next
        }));
    }
    let short = |number: usize| u32::try_from(number).expect("few").to_le_bytes();
    let stretches: Vec<_> = rules.concat();
    let mut bytes = Vec::new();
    for count in [TZ_VARIANTS.len(), rules.len(), stretches.len(), kinds.len()] {
        bytes.extend(short(count));
    }
    bytes.extend(rule_of.iter().flat_map(|rule| short(*rule).into_iter().take(2)));
    let mut end = 0;
    for rule in &rules {
        end += rule.len();
        bytes.extend(short(end));
    }
    bytes.extend(stretches.iter().flat_map(|(start, _)| start.to_le_bytes()));
    bytes.extend(stretches.iter().flat_map(|(_, kind)| kind.to_le_bytes()));
    bytes.extend(kinds.iter().flat_map(|(offset, _)| offset.to_le_bytes()));
    let names = TZ_VARIANTS.iter().map(|zone| zone.name()).chain(kinds.iter().map(|(_, name)| name.as_str()));
    bytes.extend(names.flat_map(|name| [name, "\n"]).collect::<String>().bytes());
    bytes
}

#[test]
fn every_zone_is_there_by_its_name() {
    if std::env::var_os("DATELINE_WRITE_DOCS").is_some() {
        fs::write(PATH, table()).expect("written");
    }
    assert!(TZ_VARIANTS.iter().map(|zone| zone.name()).eq(Tz::all().map(Tz::name)));
    for zone in TZ_VARIANTS {
        assert_eq!(zone.name().parse::<Tz>().map(Tz::name), Ok(zone.name()));
    }
    assert_eq!(Tz::UTC.name(), "UTC");
    for unknown in ["", "utc", "America/New York", "UTC ", "America"] {
        assert!(unknown.parse::<Tz>().is_err(), "{unknown:?}");
    }
}

#[test]
fn each_clock_is_turned_when_theirs_is_and_shows_what_theirs_shows() {
    // All that is turned: both are looked at each second month, and just before and after each turn of either.
    for (theirs, ours) in TZ_VARIANTS.into_iter().zip(Tz::all()) {
        let mut seconds: Vec<_> = (YEARS.0..YEARS.1).step_by(60 * 86_400).collect();
        let turned = turns(&ours, 5 * DAY);
        assert!(turned.is_sorted());
        seconds.extend(turned.iter().flat_map(|turn| [turn - 1, *turn, turn + 1]));
        seconds.extend([i64::from(i32::MIN) * 20, 200_000_000_000]);
        for second in seconds {
            assert_eq!(told(&ours, second), told(&theirs, second), "{} at {second}", ours.name());
        }
        for turn in turned {
            let (before, after) = (told(&ours, turn - 1).0, told(&ours, turn).0);
            for edge in [turn + i64::from(before), turn + i64::from(after)] {
                for reading in [edge - DAY, edge - 1800, edge - 1, edge, edge + 1, edge + 1800, edge + DAY] {
                    let (ours_is, theirs_is) = (mapped(&ours, reading), mapped(&theirs, reading));
                    assert_eq!(ours_is, theirs_is, "{} at the reading {reading}", ours.name());
                }
            }
        }
    }
}
