//! The lanes: where every event of the timeline stands, on one time scale, a row a lane.
//!
//! Laid out anew only when the list of events, what makes a lane, or the width changes; a frame then asks for the rows
//! that show. Imports `query` and `story`; no terminal.

use std::ops::Range;

use crate::query::lanes::{By, Lane, lanes};
use crate::story::graph::Graph;
use crate::story::id::EventId;
use crate::story::vocabulary::Status;
use crate::story::when::When;
use crate::text;

mod scale;

use super::strip::Open;

pub use super::strip::Known;
pub use scale::Scale;
use scale::{Extent, middle};

/// Rows above the lanes: the labels of the axis, the axis, the title of the event at the cursor.
pub const HEAD: usize = 3;
/// From this many rows on, one of them explains the marks.
pub const ROOM_FOR_LEGEND: usize = 16;
/// The undated events take two parts in this many of the width at most.
const UNDATED_SHARE: usize = 5;
/// The heading over the undated events, and so the least they take.
pub const UNDATED: &str = "undated";

/// Where an event stands in every lane that it is in. Columns count from the left of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The first column its time can mean.
    pub from: usize,
    /// The last one.
    pub to: usize,
    /// The column of its mark.
    pub mark: usize,
    /// How its time is known; `None` for an undated event.
    pub known: Option<Known>,
}

/// The events of a lane that have their mark in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The column.
    pub column: usize,
    /// The event, as a place in the timeline, where it is the only one, with its status: what a frame draws is not looked
    /// for all over the story.
    pub alone: Option<(usize, Status)>,
    places: Range<usize>,
}

impl Mark {
    /// How many events it stands for.
    pub fn count(&self) -> usize {
        self.places.len()
    }
}

/// The columns of a lane that a time longer than a mark passes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// The first column.
    pub from: usize,
    /// The last one.
    pub to: usize,
    /// How the surest of those times is known.
    pub known: Known,
}

/// A lane laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What its events share.
    pub name: String,
    /// Whether it holds the events that share nothing.
    pub rest: bool,
    /// From left to right, one a column at most.
    pub marks: Vec<Mark>,
    /// From left to right, apart.
    pub bars: Vec<Bar>,
    /// Places in the timeline by the column of their mark, then by time.
    places: Vec<usize>,
}

impl Row {
    /// How many events it holds.
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// The events of a mark, as places in the timeline.
    pub fn places(&self, mark: &Mark) -> &[usize] {
        &self.places[mark.places.clone()]
    }

    /// The mark in a column.
    pub fn mark_at(&self, column: usize) -> Option<&Mark> {
        let place = self.marks.binary_search_by_key(&column, |mark| mark.column).ok()?;
        self.marks.get(place)
    }
}

/// All lanes laid out for a width.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Geometry {
    /// The lanes in their order.
    pub rows: Vec<Row>,
    /// Columns of the names.
    pub names: usize,
    /// Columns of the numbers beside them.
    pub counts: usize,
    /// Columns to the right of both: the scale, and the undated events apart.
    pub field: usize,
    /// The time scale; none where no event has a time.
    pub scale: Option<Scale>,
    /// The first column of the undated events; the field's end where there are none.
    pub undated_from: usize,
    shapes: Vec<Shape>,
    /// For each place, where its lanes begin in `lanes_of`; and the end.
    starts: Vec<usize>,
    lanes_of: Vec<usize>,
}

/// How many rows of lanes fit inside a frame of `height` rows, the row for links among them.
pub fn rows_for_lanes(height: usize) -> usize {
    height.saturating_sub(HEAD + usize::from(height >= ROOM_FOR_LEGEND))
}

/// A row of the lanes as they show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A lane.
    Lane(usize),
    /// Room for the links of the event at the cursor, below a lane it is in.
    Links,
}

/// The lanes, where the reader has turned to them.
#[derive(Debug, Clone, Default)]
pub struct Lanes {
    /// What makes a lane; `None` while the timeline is a list.
    pub by: Option<By>,
    /// The first lane that shows.
    pub top: usize,
    /// Where everything stands.
    pub geometry: Geometry,
    made_for: Option<(By, usize, u64)>,
}

impl Lanes {
    /// Lays the lanes of `events` out in `columns`, unless they are that already. `version` says which list of events
    /// it is.
    pub fn refresh(&mut self, graph: &Graph, events: &[EventId], version: u64, columns: usize) {
        let Some(by) = self.by else {
            *self = Self::default();
            return;
        };
        if self.made_for != Some((by, columns, version)) {
            self.geometry = Geometry::of(graph, events, by, columns);
            self.made_for = Some((by, columns, version));
        }
    }

    /// The rows it takes to show all lanes, with what stands above and below them and the frame.
    pub fn wanted(&self) -> usize {
        let rows = HEAD + self.geometry.rows.len() + 1;
        rows + usize::from(rows >= ROOM_FOR_LEGEND) + 2
    }

    /// Scrolls no further down than it takes for the fullest lane of the event at `place` to be among the `height` that
    /// show: the lanes with most events stay in view wherever they can.
    pub fn settle(&mut self, place: usize, height: usize) {
        let first = self.geometry.lanes_of(place).first().copied().unwrap_or(0);
        self.top = (first + 1).saturating_sub(height);
    }

    /// The rows that show in `height` of them, with the row for links where `links`.
    pub fn shown(&self, place: usize, links: bool, height: usize) -> Vec<Shown> {
        let lanes = height.saturating_sub(usize::from(links));
        let end = self.geometry.rows.len().min(self.top.saturating_add(lanes));
        let here = self.geometry.lanes_of(place).iter().find(|lane| (self.top..end).contains(lane));
        let mut shown = Vec::with_capacity(height);
        for lane in self.top..end {
            shown.push(Shown::Lane(lane));
            if links && Some(&lane) == here {
                shown.push(Shown::Links);
            }
        }
        shown
    }
}

impl Geometry {
    /// The lanes of `events` in `columns`.
    pub fn of(graph: &Graph, events: &[EventId], by: By, columns: usize) -> Self {
        let lanes = lanes(graph, events, by);
        let longest = lanes.iter().map(|lane| text::width(&lane.name)).max().unwrap_or(0);
        let names = longest.min(columns / 5);
        let fullest = lanes.iter().map(|lane| lane.places.len()).max().unwrap_or(0);
        let counts = fullest.to_string().len();
        // The cursor's edge, and a blank on either side of the number.
        let field = columns.saturating_sub(names + counts + 3);
        let mut geometry = Self { names, counts, field, ..Self::default() };
        geometry.place(graph, events);
        let status = |place: usize| graph.event(events[place]).status;
        geometry.rows = lanes.into_iter().map(|lane| geometry.row(lane, status)).collect();
        geometry.index(events.len());
        geometry
    }

    /// Gives every event its columns.
    fn place(&mut self, graph: &Graph, events: &[EventId]) {
        let times: Vec<_> = events.iter().map(|event| time(graph, *event)).collect();
        let undated = times.iter().filter(|time| time.is_none()).count();
        let all = undated == events.len();
        let room = match undated {
            0 => 0,
            _ if all => self.field,
            _ => undated.max(UNDATED.len()).min(self.field * 2 / UNDATED_SHARE),
        };
        // A blank, a line and a blank part the two.
        let gap = if undated == 0 || all { 0 } else { 3 };
        self.undated_from = self.field - room;
        let extents: Vec<_> = times.iter().flatten().map(|time| time.extent).collect();
        self.scale = Scale::of(&extents, self.undated_from.saturating_sub(gap));
        let mut nth = 0;
        for time in times {
            let shape = if let (Some(time), Some(scale)) = (time, &self.scale) {
                dated(scale, &time)
            } else {
                let column = if undated > room { nth * room / undated } else { nth };
                nth += 1;
                let mark = (self.undated_from + column).min(self.field.saturating_sub(1));
                Shape { from: mark, to: mark, mark, known: None }
            };
            self.shapes.push(shape);
        }
    }

    fn row(&self, lane: Lane, status: impl Fn(usize) -> Status) -> Row {
        let Lane { name, rest, mut places } = lane;
        places.sort_by_key(|place| (self.shapes[*place].mark, *place));
        let mut marks: Vec<Mark> = Vec::new();
        for (nth, place) in places.iter().enumerate() {
            let column = self.shapes[*place].mark;
            match marks.last_mut() {
                Some(mark) if mark.column == column => {
                    (mark.places.end, mark.alone) = (nth + 1, None);
                }
                _ => {
                    let alone = Some((*place, status(*place)));
                    marks.push(Mark { column, alone, places: nth..nth + 1 });
                }
            }
        }
        let bars = bars(places.iter().map(|place| &self.shapes[*place]), self.field);
        Row { name, rest, marks, bars, places }
    }

    /// Notes which lanes each event is in.
    fn index(&mut self, events: usize) {
        self.starts = vec![0; events + 1];
        for place in self.rows.iter().flat_map(|row| &row.places) {
            self.starts[place + 1] += 1;
        }
        for place in 1..self.starts.len() {
            self.starts[place] += self.starts[place - 1];
        }
        let mut next = self.starts.clone();
        self.lanes_of = vec![0; self.starts[events]];
        for (lane, row) in self.rows.iter().enumerate() {
            for place in &row.places {
                self.lanes_of[next[*place]] = lane;
                next[*place] += 1;
            }
        }
    }

    /// Columns to the left of the field.
    pub fn field_from(&self) -> u16 {
        u16::try_from(self.names + self.counts + 3).unwrap_or(u16::MAX)
    }

    /// The lanes an event of the timeline is in, from top to bottom; none for a place past its end.
    pub fn lanes_of(&self, place: usize) -> &[usize] {
        match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(start), Some(end)) => &self.lanes_of[*start..*end],
            _ => &[],
        }
    }

    /// Where an event of the timeline stands.
    pub fn shape(&self, place: usize) -> Option<Shape> {
        self.shapes.get(place).copied()
    }

    /// The event of a lane at a column: the one whose mark stands there, of several the one after `here`; else one whose
    /// time passes through.
    pub fn place_at(&self, lane: usize, column: usize, here: usize) -> Option<usize> {
        let row = self.rows.get(lane)?;
        if let Some(mark) = row.mark_at(column) {
            let places = row.places(mark);
            let nth =
                places.iter().position(|place| *place == here).map_or(0, |nth| (nth + 1) % places.len());
            return places.get(nth).copied();
        }
        let through = |place: &&usize| {
            self.shape(**place).is_some_and(|shape| (shape.from..=shape.to).contains(&column))
        };
        row.places.iter().find(through).copied()
    }
}

/// When an event was, as far as it is known.
#[derive(Debug, Clone, Copy)]
struct Time {
    extent: Extent,
    known: Known,
    /// The side it is open to, and nothing closes: of its extent only the other end counts.
    open: Option<Open>,
}

/// The time of an event, and how it is known: its own, with an open end closed by what it follows or precedes; or what
/// it follows and precedes, where it has both. `None` is undated.
fn time(graph: &Graph, event: EventId) -> Option<Time> {
    let timing = &graph.event(event).timing;
    let (written, narrowed) = (timing.bounds(), graph.chronology().bounds(event));
    let dated = timing.when.is_some();
    let ends = (written.earliest.or(narrowed.earliest), written.latest.or(narrowed.latest));
    let (from, to, open) = match ends {
        (Some(from), Some(to)) => (from, to.max(from), None),
        (Some(end), None) if dated => (end, end, Some(Open::Right)),
        (None, Some(end)) if dated => (end, end, Some(Open::Left)),
        _ => return None,
    };
    let whole = written.earliest.is_some() && written.latest.is_some();
    let known = if !whole {
        Known::Narrowed
    } else if timing.inferred || timing.when.as_ref().is_some_and(When::is_vague) {
        Known::Unsure
    } else {
        Known::Stated
    };
    Some(Time { extent: Extent { from, to, dated: whole }, known, open })
}

/// A day is a point where it is narrower than two columns. What is open reaches to the end of the scale, its mark at
/// the end that is known; any other has its mark in the middle, as nothing says on which side it is likelier.
fn dated(scale: &Scale, time: &Time) -> Shape {
    let Extent { from, to, .. } = time.extent;
    let mark = scale.column(middle(from, to));
    let day = to.signed_duration_since(from).num_hours() < 24;
    let (from, to) = match time.open {
        Some(Open::Left) => (0, mark),
        Some(Open::Right) => (mark, scale.columns().saturating_sub(1)),
        None if day && scale.day_is_a_point() => (mark, mark),
        None => (scale.column(from), scale.column(to)),
    };
    Shape { from, to, mark, known: Some(time.known) }
}

/// The stretches that times longer than a mark pass through; where several do, the surest counts.
fn bars<'s>(shapes: impl Iterator<Item = &'s Shape>, columns: usize) -> Vec<Bar> {
    let mut through: Vec<Option<Known>> = Vec::new();
    for shape in shapes.filter(|shape| shape.from < shape.to) {
        through.resize(columns, None);
        for known in &mut through[shape.from..=shape.to] {
            *known = (*known).max(shape.known);
        }
    }
    let mut bars: Vec<Bar> = Vec::new();
    for (column, known) in through.into_iter().enumerate() {
        let Some(known) = known else { continue };
        match bars.last_mut() {
            Some(bar) if bar.to + 1 == column && bar.known == known => bar.to = column,
            _ => bars.push(Bar { from: column, to: column, known }),
        }
    }
    bars
}

#[cfg(test)]
mod tests;
