//! The strip: the events on a true time scale.
//!
//! Imports `query` and `story`; no terminal.

use chrono::{Datelike as _, Months, NaiveDate};

use crate::story::graph::Graph;
use crate::story::id::EventId;
use crate::story::when::{Bounds, Moment, start_of};

/// What stands in a column of the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Events known to within this column.
    pub ticks: u32,
    /// Whether a longer stretch passes through.
    pub stretch: bool,
}

/// The events of the timeline, counted into columns. Made anew only when the events or the width change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    /// One mark a column.
    pub marks: Vec<Mark>,
    /// Labels of the axis with the column they begin at, from left to right, not overlapping.
    pub labels: Vec<(usize, String)>,
    /// How many events have no date of their own.
    pub undated: usize,
    scale: Option<Scale>,
    made_for: Option<(usize, u64)>,
}

/// A stretch of time laid over columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    from: Moment,
    seconds: i64,
    columns: usize,
}

impl Scale {
    /// The column of a moment; those outside fall to the nearest end.
    fn column(&self, at: Moment) -> usize {
        let passed = at.signed_duration_since(self.from).num_seconds().clamp(0, self.seconds);
        let last = i128::try_from(self.columns.saturating_sub(1)).unwrap_or(0);
        let column = i128::from(passed) * last / i128::from(self.seconds.max(1));
        usize::try_from(column).unwrap_or(0)
    }
}

impl Strip {
    /// A strip without room.
    pub fn empty() -> Self {
        Self { marks: Vec::new(), labels: Vec::new(), undated: 0, scale: None, made_for: None }
    }

    /// Makes the strip of `events` for `columns`, unless it is that already. `version` says which list of
    /// events it is.
    pub fn refresh(&mut self, graph: &Graph, events: &[EventId], version: u64, columns: usize) {
        if self.made_for != Some((columns, version)) {
            *self = Self::of(graph, events, columns);
            self.made_for = Some((columns, version));
        }
    }

    fn of(graph: &Graph, events: &[EventId], columns: usize) -> Self {
        let mut strip = Self::empty();
        let written = |event: &EventId| graph.event(*event).timing.bounds();
        let dated = |bounds: &Bounds| bounds.earliest.is_some() && bounds.latest.is_some();
        strip.undated = events.iter().filter(|event| graph.event(**event).timing.when.is_none()).count();
        let bounds: Vec<_> = events.iter().map(written).filter(dated).collect();
        let from = bounds.iter().filter_map(|bounds| bounds.earliest).min();
        let to = bounds.iter().filter_map(|bounds| bounds.latest).max();
        let (Some(from), Some(to)) = (from, to) else { return strip };
        if columns == 0 {
            return strip;
        }
        let scale = Scale { from, seconds: to.signed_duration_since(from).num_seconds().max(1), columns };
        strip.marks = vec![Mark::default(); columns];
        for bounds in bounds {
            let (Some(earliest), Some(latest)) = (bounds.earliest, bounds.latest) else { continue };
            // What is known to the day is a point on any scale worth drawing.
            let (first, last) = (scale.column(earliest), scale.column(latest));
            if latest.signed_duration_since(earliest).num_hours() < 24 || first == last {
                strip.marks[first].ticks += 1;
            } else {
                for mark in &mut strip.marks[first..=last] {
                    mark.stretch = true;
                }
            }
        }
        strip.labels = labels(&scale, to);
        strip.scale = Some(scale);
        strip
    }

    /// The columns an event's time covers, both ends included; `None` where it has no date of its own.
    pub fn columns_of(&self, bounds: Bounds) -> Option<(usize, usize)> {
        let scale = self.scale?;
        let ends = (bounds.earliest.or(bounds.latest)?, bounds.latest.or(bounds.earliest)?);
        Some((scale.column(ends.0), scale.column(ends.1)))
    }
}

/// Labels for the axis: years, months or days, as many as fit.
fn labels(scale: &Scale, to: Moment) -> Vec<(usize, String)> {
    let days = scale.seconds / 86_400;
    let months_apart = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];
    // A label needs nine columns: "Nov 2025" and a blank.
    let room = i64::try_from(scale.columns / 9).unwrap_or(1).max(1);
    if days <= room * 2 {
        return day_labels(scale, to, (days / room).max(1));
    }
    let apart =
        months_apart.into_iter().find(|months| days / (i64::from(*months) * 30) < room).unwrap_or(12_000);
    let first = scale.from.date();
    let start_month = if apart >= 12 { 1 } else { first.month0() / apart * apart + 1 };
    let start_year = if apart >= 12 {
        let years = i32::try_from(apart / 12).unwrap_or(1);
        first.year().div_euclid(years).max(0) * years
    } else {
        first.year()
    };
    let Some(mut at) = NaiveDate::from_ymd_opt(start_year.max(1), start_month, 1) else { return Vec::new() };
    let mut labels = Vec::new();
    while start_of(at) <= to {
        if start_of(at) >= scale.from {
            let text = if apart >= 12 { at.year().to_string() } else { at.format("%b %Y").to_string() };
            push_label(&mut labels, scale, at, text);
        }
        let Some(next) = at.checked_add_months(Months::new(apart)) else { break };
        at = next;
    }
    if labels.is_empty() {
        push_label(&mut labels, scale, first, first.format("%b %Y").to_string());
    }
    labels
}

fn day_labels(scale: &Scale, to: Moment, apart: i64) -> Vec<(usize, String)> {
    let mut labels = Vec::new();
    let mut at = scale.from.date();
    while start_of(at) <= to {
        // The year stands once; after that the days speak for themselves until it changes.
        let format = if labels.is_empty() || at.ordinal() <= u32::try_from(apart).unwrap_or(1) {
            "%-d %b %Y"
        } else {
            "%-d %b"
        };
        push_label(&mut labels, scale, at, at.format(format).to_string());
        let Some(next) = at.checked_add_signed(chrono::TimeDelta::days(apart)) else { break };
        at = next;
    }
    labels
}

fn push_label(labels: &mut Vec<(usize, String)>, scale: &Scale, at: NaiveDate, text: String) {
    let column = scale.column(start_of(at));
    let free_from = labels.last().map_or(0, |(column, text): &(usize, String)| column + text.len() + 1);
    if column >= free_from && column + text.len() <= scale.columns {
        labels.push((column, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(dates: &[&str], columns: usize) -> Strip {
        let mut yaml =
            "format: 1\nstory: {title: T}\nsources: [{id: s, title: S, kind: article}]\nevents:\n".to_owned();
        for (index, date) in dates.iter().enumerate() {
            use std::fmt::Write as _;
            let when = if date.is_empty() { String::new() } else { format!(", when: '{date}'") };
            writeln!(yaml, "  - {{id: e-{index}, title: E, status: occurred, sources: [s]{when}}}")
                .expect("a string");
        }
        let graph = crate::story::read(yaml.as_bytes()).expect("a story");
        Strip::of(&graph, graph.chronology().order(), columns)
    }

    #[test]
    fn days_stand_where_they_fall_on_a_true_scale() {
        let strip = strip(&["2025-01-01", "2025-01-06", "2025-01-11", "2025-01-11", ""], 11);
        let ticks: Vec<_> = strip.marks.iter().map(|mark| mark.ticks).collect();
        assert_eq!(ticks, [1, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0]);
        assert_eq!(strip.undated, 1);
    }

    #[test]
    fn a_month_is_a_stretch_not_a_point() {
        let strip = strip(&["2025-01-01", "2025-02", "2025-03-31"], 30);
        assert!(strip.marks.iter().filter(|mark| mark.stretch).count() > 5);
        assert_eq!(strip.marks.iter().map(|mark| mark.ticks).sum::<u32>(), 2);
    }

    #[test]
    fn labels_never_overlap_or_leave_the_axis() {
        for dates in [
            vec!["2025-05-01", "2025-11-29"],
            vec!["2025-11-14", "2025-11-17"],
            vec!["0001", "9999"],
            vec!["1950-06", "2025-11"],
            vec!["2025-11-14"],
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
            }
        }
        assert!(!strip(&["2025-05-01", "2025-11-29"], 100).labels.is_empty());
    }

    #[test]
    fn without_dates_there_is_nothing_to_draw() {
        assert!(strip(&["", ""], 80).marks.is_empty());
        assert!(strip(&[], 80).marks.is_empty());
    }
}
