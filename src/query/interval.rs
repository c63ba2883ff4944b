//! How long lies between two times, and how sure that is.
//!
//! Method: with both times given as bounds, what lies between is at least from the latest moment of the one to the
//! earliest of the other, and at most from the earliest to the latest. It is told in calendar days, so that a Friday
//! and the Monday after are three days apart whatever the hour; in minutes only where both are known to the minute and
//! less than two days apart. An open bound leaves that end open. All on the wall clock of the story's zone.
//!
//! Imports `story` only; what "today" is comes from outside.

use chrono::{NaiveDate, TimeDelta, Timelike as _};

use crate::story::graph::Graph;
use crate::story::id::{EventId, SourceId};
use crate::story::when::{Bounds, Moment, Timing, When, start_of};

/// What the bounds of a time rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grounds {
    /// They are those of the time as it is written.
    #[default]
    Written,
    /// What it follows and precedes says more than what is written.
    Narrowed,
    /// It is the time of the event in which it was said.
    Event,
    /// It was said after what it answers and before it was published; no more is known.
    Carried,
}

/// A time with what there is to know of how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Time {
    /// When at the earliest and the latest.
    pub bounds: Bounds,
    /// Whether it is only about right, so that its bounds are no limits.
    pub rough: bool,
    /// Whether it was worked out.
    pub inferred: bool,
    /// What the bounds rest on.
    pub grounds: Grounds,
    /// Whether it is a time of day without a zone.
    pub zoneless: bool,
}

impl Time {
    /// A time as it is written.
    pub fn written(timing: &Timing) -> Self {
        Self {
            bounds: timing.bounds(),
            rough: timing.when.as_ref().is_some_and(When::is_rough),
            inferred: timing.inferred,
            grounds: Grounds::Written,
            zoneless: timing.when.as_ref().is_some_and(When::lacks_zone),
        }
    }

    /// The time of an event: as it is written, or within what it follows and precedes.
    pub fn of_event(graph: &Graph, event: EventId) -> Self {
        Self::narrowed(&graph.event(event).timing, graph.chronology().bounds(event))
    }

    /// When a source was published, likewise.
    pub fn of_source(graph: &Graph, source: SourceId) -> Self {
        Self::narrowed(&graph.source(source).published, graph.chronology().source_bounds(source))
    }

    fn narrowed(timing: &Timing, bounds: Bounds) -> Self {
        let written = Self::written(timing);
        // A day stays a day: hours reckoned from what comes before would only look exact.
        if written.length().is_some_and(|length| length < TimeDelta::days(1)) {
            return written;
        }
        let grounds = if bounds == written.bounds { Grounds::Written } else { Grounds::Narrowed };
        Self { bounds, grounds, ..written }
    }

    /// A whole day.
    pub fn day(day: NaiveDate) -> Self {
        let start = start_of(day);
        let end = start + TimeDelta::seconds(24 * 60 * 60 - 1);
        Self { bounds: Bounds { earliest: Some(start), latest: Some(end) }, ..Self::default() }
    }

    fn length(&self) -> Option<TimeDelta> {
        Some(self.bounds.latest?.signed_duration_since(self.bounds.earliest?))
    }

    /// Whether it is known to the minute, or nearly.
    fn is_moment(&self) -> bool {
        self.length().is_some_and(|length| length < TimeDelta::hours(1))
    }
}

/// What a span is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Minutes of the clock.
    Minutes,
}

/// How long from one time to another; negative where the other comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// At least; `None` where nothing says so.
    pub least: Option<TimeDelta>,
    /// At most; likewise.
    pub most: Option<TimeDelta>,
    /// What it is counted in.
    pub unit: Unit,
    /// At least, in that unit.
    pub fewest: Option<i64>,
    /// At most, in that unit.
    pub greatest: Option<i64>,
    /// Whether one of the times is only about right.
    pub rough: bool,
    inferred: bool,
    grounds: [Grounds; 2],
}

/// The words for before and after.
#[derive(Debug, Clone, Copy)]
struct Words {
    after: &'static str,
    before: &'static str,
    same: &'static str,
}

const OF_ANOTHER: Words = Words { after: "later", before: "earlier", same: "the same day" };
const OF_TODAY: Words = Words { after: "to go", before: "ago", same: "today" };

impl Span {
    /// From `from` to `to`.
    pub fn between(from: Time, to: Time) -> Self {
        let (a, b) = (from.bounds, to.bounds);
        let difference = |later: Option<Moment>, earlier: Option<Moment>| {
            later.zip(earlier).map(|(later, earlier)| later.signed_duration_since(earlier))
        };
        let (least, most) = (difference(b.earliest, a.latest), difference(b.latest, a.earliest));
        let moments = from.is_moment() && to.is_moment();
        let near = |length: Option<TimeDelta>| length.is_some_and(|length| length.abs() < TimeDelta::days(2));
        let unit = if moments && near(least) && near(most) { Unit::Minutes } else { Unit::Days };
        let count = |later: Option<Moment>, earlier: Option<Moment>| {
            later.zip(earlier).map(|(later, earlier)| unit.of(later) - unit.of(earlier))
        };
        Self {
            least,
            most,
            unit,
            fewest: count(b.earliest, a.latest),
            greatest: count(b.latest, a.earliest),
            rough: from.rough || to.rough || moments && (from.zoneless || to.zoneless),
            inferred: from.inferred || to.inferred,
            grounds: [from.grounds, to.grounds],
        }
    }

    /// From a day to a time.
    pub fn from_day(day: NaiveDate, to: Time) -> Self {
        Self::between(Time::day(day), to)
    }

    /// How it reads from the other time: `4 days later`, `between 3 and 5 days earlier`, `cannot be said`.
    pub fn reading(&self) -> String {
        self.told(OF_ANOTHER)
    }

    /// How it reads from today: `11 days to go`, `4 days ago`, `today`.
    pub fn reading_from_today(&self) -> String {
        self.told(OF_TODAY)
    }

    /// On what the times rest, where no source states both: to be told beside the reading.
    pub fn grounds(&self) -> Option<String> {
        let on = [
            (Grounds::Event, "the time of the event it was said in"),
            (Grounds::Narrowed, "what it follows and precedes"),
            (Grounds::Carried, "what it answers and when it was published"),
        ];
        if self.fewest.is_none() && self.greatest.is_none() {
            return None;
        }
        let on = on.iter().filter(|(grounds, _)| self.grounds.contains(grounds)).map(|(_, words)| *words);
        let on: Vec<_> =
            self.inferred.then_some("a date that was worked out").into_iter().chain(on).collect();
        (!on.is_empty()).then(|| format!("by {}", on.join(" and by ")))
    }

    /// The reading with its grounds: `1 day later, by a date that was worked out`.
    pub fn reading_with_grounds(&self) -> String {
        self.with_grounds(self.reading())
    }

    /// The same from today.
    pub fn reading_from_today_with_grounds(&self) -> String {
        self.with_grounds(self.reading_from_today())
    }

    fn with_grounds(&self, reading: String) -> String {
        match self.grounds() {
            Some(grounds) => format!("{reading}, {grounds}"),
            None => reading,
        }
    }

    fn told(&self, words: Words) -> String {
        let about = if self.rough { "about " } else { "" };
        let one = |count: i64| self.unit.directed(count, words);
        let amount = |count: i64| self.unit.amount(count);
        match (self.fewest, self.greatest) {
            (None, None) => "cannot be said".to_owned(),
            (Some(fewest), Some(greatest)) if fewest == greatest => format!("{about}{}", one(fewest)),
            (Some(0), Some(greatest)) => {
                format!("{about}{} or up to {}", self.unit.same(words), one(greatest))
            }
            (Some(fewest), Some(0)) => format!("{about}{} or up to {}", self.unit.same(words), one(fewest)),
            (Some(fewest), Some(greatest)) if fewest > 0 => {
                format!("{}{}", between(self.rough), self.unit.range(fewest, greatest, words.after))
            }
            (Some(fewest), Some(greatest)) if greatest < 0 => {
                format!("{}{}", between(self.rough), self.unit.range(-greatest, -fewest, words.before))
            }
            (Some(fewest), Some(greatest)) => {
                format!("{}{} and {}", between(self.rough), one(fewest), one(greatest))
            }
            (Some(0), None) => format!("{about}{} or {}", self.unit.same(words), open(words, true)),
            (None, Some(0)) => format!("{about}{} or {}", self.unit.same(words), open(words, false)),
            (Some(fewest), None) if fewest > 0 => {
                format!("{about}at least {} {}", amount(fewest), words.after)
            }
            (None, Some(greatest)) if greatest < 0 => {
                format!("{about}at least {} {}", amount(greatest), words.before)
            }
            (Some(fewest), None) => format!("{about}no more than {} {}", amount(fewest), words.before),
            (None, Some(greatest)) => format!("{about}no more than {} {}", amount(greatest), words.after),
        }
    }

    /// From today, where a column is narrow: `4 days ago`, `~3-33 days ago`, `3+ days to go`, `?` where it cannot be
    /// said.
    pub fn short_from_today(&self) -> String {
        let mark = if self.rough { "~" } else { "" };
        let (after, before) = (OF_TODAY.after, OF_TODAY.before);
        let reading = match (self.fewest, self.greatest) {
            (Some(fewest), Some(greatest)) if fewest == greatest => self.unit.directed(fewest, OF_TODAY),
            (Some(fewest), Some(greatest)) if fewest >= 0 => format!("{fewest}-{greatest} days {after}"),
            (Some(fewest), Some(greatest)) if greatest <= 0 => {
                format!("{}-{} days {before}", -greatest, -fewest)
            }
            (Some(fewest), Some(greatest)) => format!("{fewest} to +{greatest} days"),
            (Some(fewest), None) if fewest > 0 => format!("{fewest}+ days {after}"),
            (None, Some(greatest)) if greatest < 0 => format!("{}+ days {before}", -greatest),
            _ => return "?".to_owned(),
        };
        format!("{mark}{reading}")
    }
}

fn between(rough: bool) -> &'static str {
    if rough { "roughly between " } else { "between " }
}

/// What is after or before, no one knows how far.
fn open(words: Words, after: bool) -> &'static str {
    match (words.same == OF_TODAY.same, after) {
        (true, true) => "still to come",
        (true, false) => "before",
        (false, true) => "later",
        (false, false) => "earlier",
    }
}

impl Unit {
    /// A moment counted in this unit.
    fn of(self, at: Moment) -> i64 {
        use chrono::Datelike as _;
        let days = i64::from(at.date().num_days_from_ce());
        match self {
            Self::Days => days,
            Self::Minutes => days * 24 * 60 + i64::from(at.time().num_seconds_from_midnight() / 60),
        }
    }

    fn amount(self, count: i64) -> String {
        let plural = |count: u64, one: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {one}s"),
        };
        let count = count.unsigned_abs();
        match self {
            Self::Days => plural(count, "day"),
            Self::Minutes if count < 60 => plural(count, "minute"),
            Self::Minutes if count.is_multiple_of(60) => plural(count / 60, "hour"),
            Self::Minutes => format!("{} {}", plural(count / 60, "hour"), plural(count % 60, "minute")),
        }
    }

    fn same(self, words: Words) -> &'static str {
        match self {
            Self::Days => words.same,
            Self::Minutes => "the same minute",
        }
    }

    /// An amount with its direction: `4 days later`.
    fn directed(self, count: i64, words: Words) -> String {
        match count {
            0 => self.same(words).to_owned(),
            1.. => format!("{} {}", self.amount(count), words.after),
            _ => format!("{} {}", self.amount(count), words.before),
        }
    }

    /// `3 and 5 days later`.
    fn range(self, fewest: i64, greatest: i64, word: &str) -> String {
        match self {
            Self::Days => format!("{fewest} and {} {word}", self.amount(greatest)),
            Self::Minutes => format!("{} and {} {word}", self.amount(fewest), self.amount(greatest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story;
    use crate::story::id::ElementId;
    use crate::story::vocabulary::Basis;
    use proptest::prelude::*;

    /// A written time; a text in brackets was worked out.
    fn time(text: &str) -> Time {
        let (text, basis) = match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(inner) if !inner.contains(',') => (inner, Basis::Inferred),
            _ => (text, Basis::Stated),
        };
        let when = (!text.is_empty()).then(|| When::parse(text, chrono_tz::America::New_York).expect(text));
        Time::written(&Timing::new(when, basis, None))
    }

    #[test]
    fn a_span_reads_no_surer_than_its_two_times() {
        for (from, to, reading) in [
            ("2025-11-14", "2025-11-18", "4 days later"),
            ("2025-11-18", "2025-11-14", "4 days earlier"),
            ("2025-11-14", "2025-11-15", "1 day later"),
            ("2025-11-14", "2025-11-14", "the same day"),
            // A day is the calendar's, whatever the hour.
            ("2025-11-14T23:50", "2025-11-15", "1 day later"),
            ("2025-11-14", "2025-11", "between 13 days earlier and 16 days later"),
            ("2025-10-31", "2025-11", "between 1 and 30 days later"),
            ("2025-11-30", "2025-11", "the same day or up to 29 days earlier"),
            ("2025-11-01", "2025-11", "the same day or up to 29 days later"),
            ("2025-12-02", "2025-11", "between 2 and 31 days earlier"),
            ("2025-11-14", "[2025-11-17,2025-11-19]", "between 3 and 5 days later"),
            ("2025-11-14", "2025-11-17~", "about 3 days later"),
            ("2025-05?", "2025-11-14", "roughly between 167 and 197 days later"),
            ("2025-11-14", "2025-11-17/..", "at least 3 days later"),
            ("2025-11-14", "2025-11-14/..", "the same day or later"),
            ("2025-11-14", "2025-11-10/..", "no more than 4 days earlier"),
            ("2025-11-14", "../2025-11-10", "at least 4 days earlier"),
            ("2025-11-14", "../2025-11-14", "the same day or earlier"),
            ("2025-11-14", "../2025-11-18", "no more than 4 days later"),
            ("2025-11-14", "", "cannot be said"),
            ("", "", "cannot be said"),
            ("2025-11-14/..", "2025-11-20/..", "cannot be said"),
            // To the minute only where both are, and near.
            ("2025-11-29T10:00-05:00", "2025-11-29T10:25-05:00", "25 minutes later"),
            ("2025-11-29T10:00-05:00", "2025-11-29T12:00-05:00", "2 hours later"),
            ("2025-11-29T10:00-05:00", "2025-11-29T08:59-05:00", "1 hour 1 minute earlier"),
            ("2025-11-29T10:00-05:00", "2025-11-29T10:00-05:00", "the same minute"),
            ("2025-11-28T23:59-05:00", "2025-11-29T03:02Z", "1 hour 57 minutes earlier"),
            ("2025-11-26T10:00-05:00", "2025-11-29T10:25-05:00", "3 days later"),
            // Without a zone the hours are not certain.
            ("2025-11-29T10:00", "2025-11-29T12:00-05:00", "about 2 hours later"),
            ("2025-11-17T22:33", "2025-11-29T22:02-05:00", "about 12 days later"),
        ] {
            assert_eq!(Span::between(time(from), time(to)).reading(), reading, "{from} to {to}");
        }
    }

    #[test]
    fn from_today_it_is_to_go_or_ago() {
        let today = NaiveDate::from_ymd_opt(2025, 11, 20).expect("a day");
        for (to, reading, short) in [
            ("2025-12-01", "11 days to go", "11 days to go"),
            ("2025-11-16", "4 days ago", "4 days ago"),
            ("2025-11-21", "1 day to go", "1 day to go"),
            ("2025-11-20T10:00", "today", "today"),
            ("2025-12", "between 11 and 41 days to go", "11-41 days to go"),
            ("2025-11", "between 19 days ago and 10 days to go", "-19 to +10 days"),
            ("2025-10~", "roughly between 20 and 50 days ago", "~20-50 days ago"),
            ("2025-11-23/..", "at least 3 days to go", "3+ days to go"),
            ("../2025-11-17", "at least 3 days ago", "3+ days ago"),
            ("2025-11-20/..", "today or still to come", "?"),
            ("2025-11-17/..", "no more than 3 days ago", "?"),
            ("", "cannot be said", "?"),
        ] {
            let span = Span::from_day(today, time(to));
            assert_eq!((&*span.reading_from_today(), &*span.short_from_today()), (reading, short), "{to}");
        }
    }

    #[test]
    fn what_a_span_rests_on_is_told() {
        let grounds = |from, to| Span::between(time(from), time(to)).grounds();
        assert_eq!(grounds("2025-11-14", "2025-11-18"), None);
        assert_eq!(grounds("[2025-11-14]", "2025-11-18").as_deref(), Some("by a date that was worked out"));
        assert_eq!(grounds("[2025-11-14]", ""), None, "what cannot be said rests on nothing");
    }

    #[test]
    fn an_undated_event_is_as_far_off_as_what_bounds_it() {
        let graph = story::read(
            b"
format: 1
story: {title: T}
sources: [{id: s, title: S, kind: article}]
events:
  - {id: first, title: T, when: 2025-11-14, status: occurred, sources: [s]}
  - {id: loose, title: T, status: occurred, sources: [s], after: [first], before: [last]}
  - {id: last, title: T, when: 2025-11-18, status: occurred, sources: [s]}
  - {id: free, title: T, status: occurred, sources: [s]}
  - {id: open, title: T, status: occurred, sources: [s], after: [last]}
",
        )
        .expect("a story");
        let of = |id: &str| match graph.by_id(id) {
            Some(ElementId::Event(event)) => Time::of_event(&graph, event),
            other => panic!("{id} is {other:?}"),
        };
        let reading = |from, to| Span::between(of(from), of(to)).reading_with_grounds();
        assert_eq!(reading("first", "last"), "4 days later");
        assert_eq!(
            reading("first", "loose"),
            "the same day or up to 4 days later, by what it follows and precedes"
        );
        assert_eq!(reading("first", "open"), "at least 4 days later, by what it follows and precedes");
        assert_eq!(reading("first", "free"), "cannot be said");
    }

    fn moment(seconds: i64) -> Moment {
        let start = NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day");
        start_of(start) + TimeDelta::seconds(seconds)
    }

    /// Bounds around a moment, each end perhaps open.
    fn around() -> impl Strategy<Value = (i64, Bounds)> {
        let reach = prop_oneof![0..60i64, 0..90_000i64, 0..40_000_000i64];
        (
            0..100_000_000i64,
            proptest::option::weighted(0.9, reach.clone()),
            proptest::option::weighted(0.9, reach),
        )
            .prop_map(|(at, before, after)| {
                let bounds = Bounds {
                    earliest: before.map(|before| moment(at - before)),
                    latest: after.map(|after| moment(at + after)),
                };
                (at, bounds)
            })
    }

    proptest! {
        #[test]
        fn the_true_difference_lies_within_the_span(from in around(), to in around()) {
            let time = |bounds| Time { bounds, ..Time::default() };
            let span = Span::between(time(from.1), time(to.1));
            let truth = moment(to.0) - moment(from.0);
            prop_assert!(span.least.is_none_or(|least| least <= truth));
            prop_assert!(span.most.is_none_or(|most| truth <= most));
            let counted = span.unit.of(moment(to.0)) - span.unit.of(moment(from.0));
            prop_assert!(span.fewest.is_none_or(|fewest| fewest <= counted));
            prop_assert!(span.greatest.is_none_or(|greatest| counted <= greatest));
        }

        #[test]
        fn backwards_it_is_the_same_with_before_and_after_changed(from in around(), to in around()) {
            let time = |bounds| Time { bounds, ..Time::default() };
            let (there, back) =
                (Span::between(time(from.1), time(to.1)), Span::between(time(to.1), time(from.1)));
            prop_assert_eq!(there.fewest, back.greatest.map(|greatest| -greatest));
            prop_assert_eq!(there.most, back.least.map(|least| -least));
            let turned = back.reading().replace("later", "*").replace("earlier", "later").replace('*', "earlier");
            // A span over both sides names the earlier end first, both ways.
            if !turned.contains(" and ") || there.fewest.is_some_and(|fewest| fewest > 0) {
                prop_assert_eq!(there.reading(), turned);
            }
        }
    }
}
