//! Time zones: what a zone's clock shows at a moment, and at which moments it shows a reading.
//!
//! The promise: the same as `chrono-tz`, from whose tables `zone/table.bin` is made (`tests/zones.rs` holds the two
//! together, and writes it anew). Theirs are forty thousand addresses, each of which has to be set right whenever the
//! program starts, a seventh of the time until it shows anything; this one is bytes that are read where they are asked for.
//!
//! Imports nothing.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};

/// Little-endian numbers, then text: how many zones, rules, stretches of time and kinds there are (four `u32`); the rule of
/// each zone (`u16`); where the stretches of each rule end (`u32`); the first second of each stretch (`i64`); its kind
/// (`u16`); the offset of each kind in seconds (`i32`); the names of the zones, then those of the kinds, a line each.
static TABLE: &[u8] = include_bytes!("zone/table.bin");

/// A time zone of the IANA database.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tz(u16);

/// No zone is called so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no time zone has this name")]
pub struct UnknownZone;

impl Tz {
    /// Universal time.
    pub const UTC: Self = Self(592);

    /// Every zone, in the order of their names.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..PARTS.zones).filter_map(|at| u16::try_from(at).ok().map(Self))
    }

    /// Its name: `America/New_York`.
    pub fn name(self) -> &'static str {
        PARTS.names.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    fn stretches(self) -> Stretches {
        let rule = usize::from(number(PARTS.rules, self.0.into(), u16::from_le_bytes));
        let end = |rule| index(number(PARTS.ends, rule, u32::from_le_bytes));
        Stretches { first: rule.checked_sub(1).map_or(0, end), end: end(rule) }
    }

    fn offset(self, kind: u16) -> ZoneOffset {
        ZoneOffset { zone: self, kind }
    }
}

impl fmt::Debug for Tz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Tz {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        Self::all().find(|zone| zone.name() == name).ok_or(UnknownZone)
    }
}

impl TimeZone for Tz {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        let (reading, stretches) = (local.and_utc().timestamp(), self.stretches());
        // No clock is a day off, and none is turned twice within a week: only what lies beside can show it too.
        let at = stretches.at(reading);
        let nearby = at.saturating_sub(1).max(stretches.first)..(at + 2).min(stretches.end);
        let mut shows = nearby.map(kind_of).enumerate().filter_map(|(nth, kind)| {
            let at = at.saturating_sub(1).max(stretches.first) + nth;
            (stretches.at(reading - i64::from(seconds(kind))) == at).then(|| self.offset(kind))
        });
        match (shows.next(), shows.next()) {
            (Some(first), Some(second)) => MappedLocalTime::Ambiguous(first, second),
            (Some(only), None) => MappedLocalTime::Single(only),
            (None, _) => MappedLocalTime::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        self.offset(kind_of(self.stretches().at(utc.and_utc().timestamp())))
    }
}

/// How far a zone's clock is from universal time during a stretch of time, and what that is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneOffset {
    zone: Tz,
    kind: u16,
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        FixedOffset::east_opt(seconds(self.kind)).unwrap_or_else(|| Utc.fix())
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PARTS.kinds.get(usize::from(self.kind)).copied().unwrap_or_default())
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The stretches of time of a zone, by their places in the table.
struct Stretches {
    first: usize,
    end: usize,
}

impl Stretches {
    /// The one in which a second lies. The first begins before all seconds.
    fn at(&self, second: i64) -> usize {
        let (mut low, mut high) = (self.first, self.end);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if number(PARTS.starts, middle, i64::from_le_bytes) <= second {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

fn kind_of(stretch: usize) -> u16 {
    number(PARTS.kind_of, stretch, u16::from_le_bytes)
}

fn seconds(kind: u16) -> i32 {
    number(PARTS.offsets, kind.into(), i32::from_le_bytes)
}

/// The table, taken apart.
struct Parts {
    zones: usize,
    rules: &'static [u8],
    ends: &'static [u8],
    starts: &'static [u8],
    kind_of: &'static [u8],
    offsets: &'static [u8],
    names: Vec<&'static str>,
    kinds: Vec<&'static str>,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let [zones, rules, stretches, kinds] =
        [0, 1, 2, 3].map(|at| index(number(TABLE, at, u32::from_le_bytes)));
    let mut rest = TABLE.get(16..).unwrap_or_default();
    let mut take = |length: usize| rest.split_off(..length).unwrap_or_default();
    let (rule_of, ends) = (take(2 * zones), take(4 * rules));
    let (starts, kind_of, offsets) = (take(8 * stretches), take(2 * stretches), take(4 * kinds));
    let mut lines = str::from_utf8(rest).unwrap_or_default().lines();
    let names = lines.by_ref().take(zones).collect();
    Parts { zones, rules: rule_of, ends, starts, kind_of, offsets, names, kinds: lines.collect() }
});

/// The number at a place in a list of them. The tests see to it that there is one.
fn number<T: Default, const N: usize>(list: &[u8], at: usize, read: fn([u8; N]) -> T) -> T {
    list.as_chunks::<N>().0.get(at).copied().map(read).unwrap_or_default()
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Zones that the tests of other modules ask.
#[cfg(test)]
pub(crate) mod known {
    use super::Tz;

    pub(crate) const NEW_YORK: Tz = Tz(170);
    pub(crate) const LORD_HOWE: Tz = Tz(358);
    pub(crate) const DUBLIN: Tz = Tz(441);
    pub(crate) const CASABLANCA: Tz = Tz(14);

    #[test]
    fn they_are_what_they_are_called() {
        let names = [NEW_YORK, LORD_HOWE, DUBLIN, CASABLANCA].map(Tz::name);
        let wanted = ["America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Africa/Casablanca"];
        assert_eq!(names, wanted);
    }
}
