//! The strip: the events on a true time scale, how exactly each is known shown as width.
//!
//! The times of the events are gathered when the list of them changes; the columns are laid out when those, the
//! width or the view change, and at no other time; of a part of the time only what lies in it is looked at. Imports
//! `story`; no terminal.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::story::graph::Graph;
use crate::story::id::{EventId, Id as _};
use crate::story::when::Moment;

mod axis;
mod laying;
mod spans;

use laying::{Laying, is_tick};
use spans::{Span, Spans};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// How the time of an event is known; the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// In part by what it follows and precedes alone.
    Narrowed,
    /// Worked out, or written as uncertain.
    Unsure,
    /// A source says so.
    Stated,
}

/// A side that a time is open to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// No earliest moment is known.
    Left,
    /// No latest moment is known.
    Right,
}

/// What stands in a column of the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// How many events begin here; of those without an earliest moment, how many end here.
    pub events: u32,
    /// The surest of them that is known to the day; where a day is wider than this column, a bar goes on from it.
    pub tick: Option<Known>,
    /// The surest of the longer times that pass through.
    pub bar: Option<Known>,
    /// Where a time ends that is open to a side.
    pub arrow: Option<Open>,
}

/// A stretch of time laid over columns; `seconds` long, so that what lies `seconds` after `from` is just outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    from: Moment,
    seconds: i64,
    columns: usize,
}

impl Scale {
    /// The column of a moment, which may lie outside on either side. `None` past all numbers.
    fn place(&self, at: Moment) -> Option<i64> {
        let passed = at.signed_duration_since(self.from).num_seconds();
        let columns = i64::try_from(self.columns).ok()?;
        Some(passed.checked_mul(columns)?.div_euclid(self.seconds.max(1)))
    }

    /// The same, those outside at the nearest end.
    fn column(&self, at: Moment) -> usize {
        let last = i64::try_from(self.columns.saturating_sub(1)).unwrap_or(0);
        usize::try_from(self.place(at).unwrap_or(0).clamp(0, last)).unwrap_or(0)
    }

    fn end(&self) -> Moment {
        later_by(self.from, self.seconds)
    }

    /// Whether a day is a point on it.
    fn day_is_a_point(&self) -> bool {
        i128::from(self.seconds) * 2 > i128::from(DAY) * i128::try_from(self.columns).unwrap_or(0)
    }
}

fn later_by(at: Moment, seconds: i64) -> Moment {
    at.checked_add_signed(TimeDelta::seconds(seconds)).unwrap_or(Moment::MAX)
}

/// Where an event stands in the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Here {
    /// The first of its columns.
    pub first: usize,
    /// The last of them.
    pub last: usize,
    /// Whether it is a tick: then both columns are the same.
    pub tick: bool,
    /// How it is known.
    pub known: Known,
    /// The side it is open to, and reaches the end of the view at.
    pub open: Option<Open>,
}

/// The events of the timeline on a line, all of it or a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// One mark a column; none where no event has a date.
    pub marks: Vec<Mark>,
    /// Labels of the axis with the column they begin at, from left to right, not overlapping.
    pub labels: Vec<(usize, String)>,
    /// How many events nothing dates or bounds.
    pub undated: usize,
    /// How many events are surely over before the view begins.
    pub earlier: usize,
    /// How many surely begin after it ends.
    pub later: usize,
    /// The time of every event of the story, by its number; empty until it is first asked for.
    times: Vec<Option<Span>>,
    /// Those of all events, once they were gathered: what a filter hides comes back at once.
    all: Option<Arc<Gathered>>,
    /// How those were laid out last.
    all_laid: Option<Laid>,
    gathered: Arc<Gathered>,
    /// The part that shows, where it is not all of it.
    part: Option<(Moment, i64)>,
    /// What the marks were laid out on.
    scale: Option<Scale>,
    version: Option<u64>,
}

/// Times laid out on a scale: a mark a column, and how many lie before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Laid {
    scale: Scale,
    marks: Vec<Mark>,
    earlier: usize,
    later: usize,
}

impl Laid {
    fn of(spans: &Spans, scale: Scale) -> Self {
        let mut laying = Laying::new(scale.columns);
        spans.within(scale.from, scale.end()).for_each(|span| laying.add(&scale, span));
        let (earlier, later) = (spans.before(scale.from), spans.from(scale.end()));
        Self { scale, marks: laying.marks(), earlier, later }
    }
}

/// The times of the events of a list.
#[derive(Debug, Default, PartialEq, Eq)]
struct Gathered {
    spans: Spans,
    /// How many of the events have none.
    undated: usize,
    /// The first known moment of all, and the seconds to the last.
    whole: Option<(Moment, i64)>,
}

impl Gathered {
    /// Those of some events, of which `times` are the times by number.
    fn of(times: &[Option<Span>], events: &[EventId]) -> Self {
        let spans = Spans::of(events.iter().filter_map(|event| times[event.index()]).collect());
        let from = spans.all().filter_map(|span| Some(span.ends()?.0)).min();
        let to = spans.all().filter_map(|span| Some(span.ends()?.1)).max();
        let whole = from.zip(to).map(|(from, to)| (from, to.signed_duration_since(from).num_seconds() + 1));
        Self { undated: events.len() - spans.count(), spans, whole }
    }
}

impl Strip {
    /// A strip without room.
    pub fn empty() -> Self {
        Self {
            marks: Vec::new(),
            labels: Vec::new(),
            undated: 0,
            earlier: 0,
            later: 0,
            times: Vec::new(),
            all: None,
            all_laid: None,
            gathered: Arc::default(),
            part: None,
            scale: None,
            version: None,
        }
    }

    /// Makes the strip of `events` for `columns`, unless it is that already, with the event the reader is at in
    /// view. `version` says which list of events it is.
    pub fn refresh(
        &mut self,
        graph: &Graph,
        events: &[EventId],
        version: u64,
        columns: usize,
        here: Option<EventId>,
    ) {
        if self.version != Some(version) {
            self.gather(graph, events);
            self.version = Some(version);
            self.scale = None;
        }
        self.fit(columns);
        if let Some(span) = here.and_then(|event| Span::of(graph, event)) {
            self.pan_to(&span);
        }
        let scale = self.part.or(self.gathered.whole).filter(|_| columns > 0);
        let scale = scale.map(|(from, seconds)| Scale { from, seconds, columns });
        if self.scale != scale || scale.is_none() {
            self.lay_out(scale);
        }
    }

    /// Another story shows, or another part of it: the times are those of other events.
    pub fn forget(&mut self) {
        (self.times, self.all, self.all_laid, self.version) = (Vec::new(), None, None, None);
    }

    fn gather(&mut self, graph: &Graph, events: &[EventId]) {
        if self.times.len() != graph.event_count() {
            self.times = graph.events().map(|(event, _)| Span::of(graph, event)).collect();
            (self.all, self.all_laid) = (None, None);
        }
        let gathered = || Arc::new(Gathered::of(&self.times, events));
        // No event is in the list twice.
        self.gathered = if events.len() == self.times.len() {
            Arc::clone(self.all.get_or_insert_with(gathered))
        } else {
            gathered()
        };
        self.undated = self.gathered.undated;
    }

    /// Keeps the part that shows inside the whole, and no closer than an hour a column.
    fn fit(&mut self, columns: usize) {
        let Some((whole_from, whole)) = self.gathered.whole else {
            self.part = None;
            return;
        };
        self.part = self.part.and_then(|(from, seconds)| {
            let seconds = seconds.max(closest(columns));
            let last = later_by(whole_from, whole - seconds);
            (seconds < whole).then(|| (from.max(whole_from).min(last), seconds))
        });
    }

    /// Moves the part that shows so that a time is in it: all of it where it fits, else some of it.
    fn pan_to(&mut self, span: &Span) {
        let (Some((from, seconds)), Some((earliest, latest))) = (self.part, span.ends()) else { return };
        let end = later_by(from, seconds);
        let fits = latest.signed_duration_since(earliest).num_seconds() < seconds;
        let shows = if fits { earliest >= from && latest < end } else { latest >= from && earliest < end };
        if !shows {
            self.centre(middle(earliest, latest), seconds);
        }
    }

    /// Shows `seconds` around a moment, as far as there is time on both sides.
    fn centre(&mut self, at: Moment, seconds: i64) {
        let Some((whole_from, whole)) = self.gathered.whole else { return };
        if seconds >= whole {
            self.part = None;
            return;
        }
        let from = later_by(at, -(seconds / 2)).clamp(whole_from, later_by(whole_from, whole - seconds));
        self.part = Some((from, seconds));
    }

    /// Shows half of the time, or twice as much, around an event; around the middle where that has no time. False
    /// where it goes no further. Takes effect with the next [`Strip::refresh`].
    pub fn zoom(&mut self, graph: &Graph, here: Option<EventId>, closer: bool) -> bool {
        let (Some(scale), Some((_, whole))) = (self.scale, self.gathered.whole) else { return false };
        let seconds = if closer {
            (scale.seconds / 2).max(closest(scale.columns))
        } else {
            scale.seconds.saturating_mul(2).min(whole)
        };
        if closer && seconds >= scale.seconds || !closer && self.part.is_none() {
            return false;
        }
        let ends = here.and_then(|event| Span::of(graph, event)?.ends());
        let (from, to) = ends.unwrap_or((scale.from, scale.end()));
        self.centre(middle(from, to), seconds);
        true
    }

    /// The first and last moment that shows, where that is not all of it.
    pub fn part(&self) -> Option<(Moment, Moment)> {
        self.part.map(|(from, seconds)| (from, later_by(from, seconds - 1)))
    }

    fn lay_out(&mut self, scale: Option<Scale>) {
        self.labels = scale.map(|scale| axis::labels(&scale)).unwrap_or_default();
        self.scale = scale;
        let Some(scale) = scale else {
            (self.marks, self.earlier, self.later) = (Vec::new(), 0, 0);
            return;
        };
        let is_all = self.all.as_ref().is_some_and(|all| Arc::ptr_eq(all, &self.gathered));
        let laid = match self.all_laid.take_if(|laid| is_all && laid.scale == scale) {
            Some(laid) => laid,
            None => Laid::of(&self.gathered.spans, scale),
        };
        if is_all {
            self.all_laid = Some(laid.clone());
        }
        let Laid { marks, earlier, later, .. } = laid;
        (self.marks, self.earlier, self.later) = (marks, earlier, later);
    }

    /// Where an event stands in the view; `None` where nothing dates or bounds it, or it lies outside.
    pub fn here(&self, graph: &Graph, event: EventId) -> Option<Here> {
        let (scale, span) = (self.scale?, Span::of(graph, event)?);
        let (from, to) = span.ends()?;
        let open = span.open();
        let over = to < scale.from && open != Some(Open::Right);
        let to_come = from >= scale.end() && open != Some(Open::Left);
        if over || to_come {
            return None;
        }
        let (first, last) = match open {
            None => (scale.column(from), scale.column(to)),
            Some(Open::Left) => (0, scale.column(to)),
            Some(Open::Right) => (scale.column(from), scale.columns.saturating_sub(1)),
        };
        let tick = open.is_none() && is_tick(&scale, from, to);
        Some(Here { first, last: if tick { first } else { last }, tick, known: span.known, open })
    }
}

/// The fewest seconds that a strip of so many columns shows.
fn closest(columns: usize) -> i64 {
    i64::try_from(columns).unwrap_or(0).saturating_mul(HOUR).max(HOUR)
}

fn middle(from: Moment, to: Moment) -> Moment {
    later_by(from, to.signed_duration_since(from).num_seconds() / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "format: 1\nstory: {title: T}\nsources: [{id: s, title: S, kind: article, published: 2025-02-28}]\nevents:\n";

    /// A story of events by their fields: `when: 2025-01-01`, `after: [e-0]`; they are called `e-0`, `e-1` …
    fn story(events: &[&str]) -> Graph {
        use std::fmt::Write as _;
        let mut yaml = HEAD.to_owned();
        if events.is_empty() {
            yaml.push_str("  []\n");
        }
        for (index, fields) in events.iter().enumerate() {
            let comma = if fields.is_empty() { "" } else { ", " };
            writeln!(yaml, "  - {{id: e-{index}, title: E, status: occurred, sources: [s]{comma}{fields}}}")
                .expect("a string");
        }
        crate::story::read(yaml.as_bytes()).expect("a story")
    }

    fn strip_of(graph: &Graph, columns: usize) -> Strip {
        let mut strip = Strip::empty();
        strip.refresh(graph, graph.chronology().order(), 0, columns, None);
        strip
    }

    fn strip(dates: &[&str], columns: usize) -> Strip {
        let fields: Vec<_> = dates
            .iter()
            .map(|date| if date.is_empty() { String::new() } else { format!("when: '{date}'") })
            .collect();
        let fields: Vec<_> = fields.iter().map(String::as_str).collect();
        strip_of(&story(&fields), columns)
    }

    /// The strip as letters: a digit for ticks (`i` for one that is not stated), `=` `~` `.` for bars by how they are
    /// known, `<` and `>` for arrows.
    fn drawn(strip: &Strip) -> String {
        let letter = |mark: &Mark| match (mark.events, mark.tick, mark.arrow, mark.bar) {
            (events @ 2.., ..) => char::from_digit(events, 10).unwrap_or('+'),
            (_, Some(Known::Stated), ..) => '1',
            (_, Some(Known::Unsure | Known::Narrowed), ..) => 'i',
            (_, _, Some(Open::Left), _) => '<',
            (_, _, Some(Open::Right), _) => '>',
            (_, _, _, Some(Known::Stated)) => '=',
            (_, _, _, Some(Known::Unsure)) => '~',
            (_, _, _, Some(Known::Narrowed)) => '.',
            _ => '-',
        };
        strip.marks.iter().map(letter).collect()
    }

    #[test]
    fn days_stand_where_they_fall_on_a_true_scale() {
        let strip = strip(&["2025-01-01", "2025-01-06", "2025-01-11", "2025-01-11", ""], 11);
        assert_eq!(drawn(&strip), "1----1----2");
        assert_eq!(strip.undated, 1);
    }

    #[test]
    fn how_exactly_a_time_is_known_shows_as_width() {
        for (events, columns, expected) in [
            // A day, a month, an interval.
            (
                &["when: 2025-01-01", "when: 2025-02", "when: 2025-03-31"][..],
                30,
                "1---------==========---------1",
            ),
            (&["when: 2025-01-01", "when: 2025-01-03/2025-01-05", "when: 2025-01-10"], 10, "1-===----1"),
            // Worked out, or written as uncertain: another shape.
            (&["when: 2025-01-01", "when: 2025-01-03, when_basis: inferred, when_note: N"], 3, "1-i"),
            (&["when: 2025-01-01", "when: '2025-01-03?'"], 3, "1-i"),
            (&["when: 2025-01-01", "when: '[2025-01-03,2025-01-05]'", "when: 2025-01-06"], 6, "1-~~~1"),
            // Narrowed by what it follows and precedes.
            (
                &["when: 2025-01-03", "after: [e-0], before: [e-2]", "when: 2025-01-06", "when: 2025-01-01"],
                6,
                "1-2..1",
            ),
            // A written interval of which a part is left.
            (
                &["when: 2025-01-03", "when: 2025-01-01/2025-01-06, after: [e-0]", "when: 2025-01-01"],
                6,
                "1-2...",
            ),
            // Open to a side: an arrow towards it.
            (&["when: 2025-01-01", "when: 2025-01-03/..", "when: 2025-01-09"], 9, "1-==>---1"),
            (&["when: 2025-01-01", "after: [e-0]", "when: 2025-01-09"], 9, "2.>-----1"),
            (&["when: 2025-01-01", "before: [e-2]", "when: 2025-01-09"], 9, "1-----<.2"),
            (&["when: 2025-01-01", "after: [e-2]", "when: 2025-01-09"], 9, "1-------2"),
            // Several that begin in one column.
            (&["when: 2025-01-01", "when: 2025-01", "when: 2025-01-31"], 10, "2========1"),
        ] {
            assert_eq!(drawn(&strip_of(&story(events), columns)), expected, "{events:?}");
        }
    }

    #[test]
    fn what_nothing_dates_or_bounds_stands_apart() {
        let graph = story(&["when: 2025-01-01", "after: [e-0]", "before: [e-0]", ""]);
        assert_eq!(strip_of(&graph, 10).undated, 1);
        assert_eq!(strip_of(&graph, 10).here(&graph, graph.chronology().order()[3]), None);
    }

    /// Zooms and lays out, with an event under the cursor.
    fn zoomed(strip: &mut Strip, graph: &Graph, columns: usize, here: usize, closer: bool) -> bool {
        let events = graph.chronology().order();
        let went = strip.zoom(graph, events.get(here).copied(), closer);
        strip.refresh(graph, events, 0, columns, events.get(here).copied());
        went
    }

    #[test]
    fn zooming_stays_around_the_event_and_says_what_is_outside() {
        let graph = story(&[
            "when: 2025-01-01",
            "when: 2025-01-02",
            "when: 2025-01-08",
            "when: 2025-01-09",
            "when: 2025-01-16",
        ]);
        let mut strip = strip_of(&graph, 16);
        assert_eq!(drawn(&strip), "11-----11------1");
        assert!(zoomed(&mut strip, &graph, 16, 2, true));
        // Eight days, two columns each, around the noon of the eighth.
        assert_eq!((strip.earlier, strip.later), (2, 1), "{}", drawn(&strip));
        let here = strip.here(&graph, graph.chronology().order()[2]).expect("in view");
        assert!((6..=9).contains(&here.first), "{here:?}");
        assert!(zoomed(&mut strip, &graph, 16, 2, false));
        assert_eq!((drawn(&strip).as_str(), strip.earlier, strip.later), ("11-----11------1", 0, 0));
        assert!(!zoomed(&mut strip, &graph, 16, 2, false), "out of all there is");
    }

    #[test]
    fn zooming_in_ends_at_an_hour_a_column_where_a_day_is_no_point_any_more() {
        let graph = story(&["when: 2025-01-01", "when: 2025-01-08", "when: 2025-01-31"]);
        let mut strip = strip_of(&graph, 48);
        for _ in 0..30 {
            zoomed(&mut strip, &graph, 48, 1, true);
        }
        let (from, to) = strip.part().expect("a part");
        assert_eq!(to.signed_duration_since(from).num_hours(), 47);
        let bar = strip.marks.iter().filter(|mark| mark.bar == Some(Known::Stated)).count();
        assert!((24..=25).contains(&bar) && drawn(&strip).contains("-1====="), "{}", drawn(&strip));
        assert!(!zoomed(&mut strip, &graph, 48, 1, true));
        assert!(strip.labels.iter().any(|(_, label)| label.contains(':')), "{:?}", strip.labels);
        // A wider strip shows more hours, not more minutes.
        strip.refresh(&graph, graph.chronology().order(), 0, 96, None);
        let (from, to) = strip.part().expect("a part");
        assert_eq!(to.signed_duration_since(from).num_hours(), 95);
    }

    #[test]
    fn the_event_under_the_cursor_is_always_in_view() {
        let graph = story(&[
            "when: 2025-01-01",
            "when: 2025-02",
            "when: 2025-03-31",
            "after: [e-2]",
            "before: [e-0]",
            "when: 2025-12-31T10:00",
            "",
        ]);
        let events = graph.chronology().order();
        for zoom in 1..12 {
            let mut strip = strip_of(&graph, 40);
            for _ in 0..zoom {
                zoomed(&mut strip, &graph, 40, 0, true);
            }
            for place in [0, 5, 1, 4, 2, 3, 6, 0] {
                strip.refresh(&graph, events, 0, 40, events.get(place).copied());
                let dated = Span::of(&graph, events[place]).is_some();
                assert_eq!(strip.here(&graph, events[place]).is_some(), dated, "{place} at {zoom}");
                let outside = strip.earlier + strip.later;
                assert!(outside < events.len() - strip.undated, "something shows");
            }
        }
    }

    #[test]
    fn only_another_list_width_or_view_lays_the_strip_out_anew() {
        let graph = story(&["when: 2025-01-01", "when: 2025-01-02", "when: 2025-12-31"]);
        let events = graph.chronology().order();
        let mut strip = strip_of(&graph, 40);
        for _ in 0..4 {
            zoomed(&mut strip, &graph, 40, 0, true);
        }
        let touched = Mark { events: 99, ..Mark::default() };
        let is_touched = |strip: &Strip| strip.marks[0] == touched;
        strip.marks[0] = touched;
        strip.refresh(&graph, events, 0, 40, Some(events[1]));
        assert!(is_touched(&strip), "a step in view");
        strip.refresh(&graph, events, 0, 40, Some(events[2]));
        assert!(!is_touched(&strip), "a step out of view");
        for (version, columns) in [(1, 40), (1, 41)] {
            strip.marks[0] = touched;
            strip.refresh(&graph, events, version, columns, Some(events[2]));
            assert!(!is_touched(&strip), "{version} {columns}");
        }
    }

    #[test]
    fn what_a_filter_hid_comes_back_and_nothing_of_another_story() {
        let graph = story(&["when: 2025-01-01", "when: 2025-01-05", "", "when: 2025-01-09"]);
        let order = graph.chronology().order();
        let mut strip = strip_of(&graph, 40);
        // On the same scale as all.
        strip.refresh(&graph, &[order[0], order[2]], 1, 40, None);
        assert_eq!((strip.marks.iter().map(|mark| mark.events).sum::<u32>(), strip.undated), (2, 0));
        for (version, columns) in [(2, 40), (3, 60), (4, 40)] {
            strip.refresh(&graph, order, version, columns, None);
            assert_eq!(drawn(&strip), drawn(&strip_of(&graph, columns)));
            assert_eq!((&strip.labels, strip.undated), (&strip_of(&graph, columns).labels, 1));
        }
        let other = story(&["when: 2025-01-01", "", "", "when: 2025-03-09"]);
        strip.forget();
        strip.refresh(&other, other.chronology().order(), 2, 40, None);
        assert_eq!(drawn(&strip), drawn(&strip_of(&other, 40)));
        assert_eq!((&strip.labels, strip.undated), (&strip_of(&other, 40).labels, 2));
    }

    #[test]
    fn labels_never_overlap_or_leave_the_axis() {
        for dates in [
            vec!["2025-05-01", "2025-11-29"],
            vec!["2025-11-14", "2025-11-17"],
            vec!["0001", "9999"],
            vec!["1950-06", "2025-11"],
            vec!["2025-11-14"],
            vec!["2025-11-17T22:33", "2025-11-18T01:10"],
        ] {
            for columns in 1..150 {
                let strip = strip(&dates, columns);
                let mut free = 0;
                for (column, text) in &strip.labels {
                    assert!(
                        *column >= free && column + text.len() <= columns,
                        "{dates:?} {columns} {strip:?}"
                    );
                    free = column + text.len() + 1;
                }
                assert!(columns < 24 || !strip.labels.is_empty(), "{dates:?} {columns}");
            }
        }
    }

    #[test]
    fn labels_are_years_months_days_or_hours_as_room_allows() {
        for (dates, columns, expected) in [
            (["1950", "2025"], 60, "1950 1960 1970"),
            (["2025-05-01", "2025-11-29"], 80, "May 2025 Jun 2025 Jul 2025"),
            (["2025-12-30", "2026-01-04"], 60, "30 Dec 2025 1 Jan 2026 3 Jan"),
            (["2025-11-14T08:00", "2025-11-15T20:00"], 80, "14 Nov 2025 12:00 15 Nov 06:00"),
        ] {
            let strip = strip(&dates, columns);
            let labels: Vec<_> = strip.labels.iter().map(|(_, text)| text.as_str()).collect();
            assert!(labels.join(" ").starts_with(expected), "{labels:?}");
        }
    }

    #[test]
    fn without_dates_there_is_nothing_to_draw() {
        assert!(strip(&["", ""], 80).marks.is_empty());
        assert!(strip(&[], 80).marks.is_empty());
        assert!(strip(&["2025"], 0).marks.is_empty());
    }
}
