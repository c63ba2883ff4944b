//! The lanes: the time axis, a row a lane, the event at the cursor in each it is in, and its links. Only the lanes that
//! show are drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::state::lanes::{
    Bar, Geometry, HEAD, Known, Mark, Row, Scale, Shape, Shown, UNDATED, rows_for_lanes,
};
use super::super::state::{Pane, State};
use super::super::theme::{Role, Theme};
use super::{draw, timeline};
use crate::query::lanes::By;
use crate::story::id::EventId;
use crate::story::vocabulary::Status;
use crate::text;

mod legend;
mod links;

/// The rows of the lanes as they show.
pub fn shown(state: &State) -> Vec<Shown> {
    let height = rows_for_lanes(inside(state.layout().pane(Pane::Timeline)).height.into());
    state.lanes.shown(state.timeline.at.cursor, links::any(state), height)
}

/// How many lanes show at once, beside the row for links.
pub fn room(state: &State) -> usize {
    let height = rows_for_lanes(inside(state.layout().pane(Pane::Timeline)).height.into());
    height.saturating_sub(usize::from(links::any(state)))
}

pub(super) fn render(state: &State, area: Rect, focused: bool, buffer: &mut Buffer) {
    let by = state.lanes.by.map_or("", By::word);
    let between = if state.timeline.filter.is_some() { "  " } else { " " };
    let lanes = format!("{between}in lanes by {by}");
    // The place of the cursor and the lanes are said whole; the filter is what is cut.
    let count = timeline::count(state);
    let taken = text::width(&lanes) + text::width(&count) + 3;
    let title = timeline::title(state, usize::from(area.width).saturating_sub(taken)) + &lanes;
    draw::frame(buffer, area, &title, &count, focused, &state.theme);
    let text_area = inside(area);
    if state.timeline.events.is_empty() {
        draw::text(buffer, text_area, timeline::empty(state), Role::Undated, &state.theme);
        return;
    }
    let shown = shown(state);
    let cuts = cut_columns(&state.lanes.geometry);
    let lanes = Lanes { state, area: text_area, here: state.timeline.at.cursor, shown: &shown, cuts: &cuts };
    lanes.head(buffer);
    for (offset, row) in shown.iter().enumerate() {
        if let Shown::Lane(lane) = row {
            lanes.lane(*lane, lanes.row(HEAD + offset), buffer);
        }
    }
    links::render(&lanes, buffer);
    let above = state.lanes.top;
    let lanes_shown = shown.iter().filter(|row| matches!(row, Shown::Lane(_))).count();
    let below = state.lanes.geometry.rows.len().saturating_sub(above + lanes_shown);
    let out_of_sight = draw::more_words(above, below).map_or(0, |words| text::width(&words));
    legend::render(&lanes, area, out_of_sight, buffer);
    draw::more(buffer, area, above, below, &state.theme);
}

/// What is drawn, and where.
struct Lanes<'s> {
    state: &'s State,
    /// Inside the frame.
    area: Rect,
    /// The place in the timeline of the event at the cursor.
    here: usize,
    shown: &'s [Shown],
    /// The two columns in the middle of each cut.
    cuts: &'s [usize],
}

/// The two columns in the middle of each cut.
fn cut_columns(geometry: &Geometry) -> Vec<usize> {
    let cuts = geometry.scale.iter().flat_map(Scale::cuts);
    let middles = cuts.flat_map(|(first, last)| {
        let middle = usize::midpoint(first, last);
        [middle, middle + 1]
    });
    middles.collect()
}

impl Lanes<'_> {
    fn geometry(&self) -> &Geometry {
        &self.state.lanes.geometry
    }

    fn theme(&self) -> &Theme {
        &self.state.theme
    }

    /// A row inside the frame, counted from the top; empty past the end.
    fn row(&self, offset: usize) -> Rect {
        match u16::try_from(offset).ok().filter(|offset| *offset < self.area.height) {
            Some(offset) => Rect { y: self.area.y + offset, height: 1, ..self.area },
            None => Rect::default(),
        }
    }

    /// The cells of a row from a column of the field on.
    fn from(&self, row: Rect, column: usize) -> Rect {
        let skipped = u16::try_from(usize::from(self.geometry().field_from()) + column).unwrap_or(u16::MAX);
        if row.is_empty() || skipped >= row.width {
            return Rect::default();
        }
        Rect { x: row.x + skipped, width: row.width - skipped, ..row }
    }

    /// Puts one mark in a column of the field.
    fn put(&self, row: Rect, column: usize, mark: &str, role: Role, buffer: &mut Buffer) {
        let at = self.from(row, column);
        let cell = Rect { width: at.width.min(1), ..at }.intersection(buffer.area);
        if cell.is_empty() {
            return;
        }
        // What stood there leaves nothing of its style behind.
        let put = &mut buffer[(cell.x, cell.y)];
        put.reset();
        // There are thousands of marks in a frame, and nearly all are one plain character.
        if mark.chars().nth(1).is_none() && text::width(mark) == 1 {
            put.set_symbol(mark).set_style(self.theme().style(role));
        } else {
            draw::text(buffer, cell, mark, role, self.theme());
        }
    }

    fn shape(&self) -> Option<Shape> {
        self.geometry().shape(self.here)
    }

    fn event(&self, place: usize) -> Option<EventId> {
        self.state.timeline.events.get(place).copied()
    }

    /// The labels, the axis, the title of the event at the cursor.
    fn head(&self, buffer: &mut Buffer) {
        let (labels, axis) = (self.row(0), self.row(1));
        let theme = self.theme();
        if let Some(scale) = &self.geometry().scale {
            for column in 0..scale.columns() {
                self.put(axis, column, theme.glyphs.axis, Role::Quiet, buffer);
            }
            for column in scale.ticks() {
                self.put(axis, *column, theme.lanes.label, Role::Quiet, buffer);
            }
            for (column, label) in scale.labels() {
                let at = self.from(labels, *column);
                let room = scale.columns().saturating_sub(*column);
                let at = Rect { width: at.width.min(u16::try_from(room).unwrap_or(u16::MAX)), ..at };
                draw::text(buffer, at, label, Role::Text, theme);
            }
            for column in self.cuts {
                self.put(axis, *column, theme.lanes.cut, Role::Heading, buffer);
            }
        }
        if self.geometry().undated_from < self.geometry().field {
            let at = self.from(labels, self.geometry().undated_from);
            draw::text(buffer, at, UNDATED, Role::Undated, theme);
        }
        self.apart(axis, buffer);
        self.apart(labels, buffer);
        self.caption(self.row(2), buffer);
    }

    /// The line between the dated and the undated events.
    fn apart(&self, row: Rect, buffer: &mut Buffer) {
        let geometry = self.geometry();
        if geometry.scale.is_some() && geometry.undated_from < geometry.field && geometry.undated_from > 1 {
            self.put(row, geometry.undated_from - 2, self.theme().lanes.apart, Role::Quiet, buffer);
        }
    }

    /// When the event at the cursor was, and its title, beside a mark of its column.
    fn caption(&self, row: Rect, buffer: &mut Buffer) {
        let (Some(shape), Some(event)) = (self.shape(), self.event(self.here)) else { return };
        let theme = self.theme();
        let (date, _) = timeline::date(self.state, event);
        let title = &self.state.graph.event(event).title;
        let possibly = if super::as_of::possibly_event(self.state, event) { "possibly known: " } else { "" };
        let words = format!("{date}{}: {possibly}{title}", self.among(shape));
        let at = self.from(row, shape.mark);
        let (left, right) = (usize::from(at.x.saturating_sub(row.x)), usize::from(at.width));
        let wanted = text::width(&words) + 2;
        if wanted <= right || right >= left {
            draw::text(buffer, at, &format!("{} {words}", theme.lanes.down), Role::Title, theme);
        } else {
            let shown = draw::truncate(&words, left.saturating_sub(1), theme).into_owned();
            let start = u16::try_from(left.saturating_sub(text::width(&shown) + 1)).unwrap_or(0);
            let at = Rect { x: row.x + start, width: row.width - start, ..row };
            draw::text(buffer, at, &format!("{shown} {}", theme.lanes.down), Role::Title, theme);
        }
    }

    /// Which of the events on its mark the one at the cursor is, where it shares that in the first lane that shows.
    fn among(&self, shape: Shape) -> String {
        let of = self.geometry().lanes_of(self.here);
        let shows = |row: &Shown| match row {
            Shown::Lane(lane) if of.contains(lane) => self.geometry().rows.get(*lane),
            _ => None,
        };
        let places =
            self.shown.iter().find_map(shows).and_then(|row| Some(row.places(row.mark_at(shape.mark)?)));
        match places {
            Some(places) if places.len() > 1 => {
                let nth = places.iter().position(|place| *place == self.here).unwrap_or(0);
                format!(", {} of {} here", nth + 1, places.len())
            }
            _ => String::new(),
        }
    }

    fn lane(&self, lane: usize, row: Rect, buffer: &mut Buffer) {
        let Some(laid) = self.geometry().rows.get(lane) else { return };
        let here = self.geometry().lanes_of(self.here).contains(&lane);
        self.name(laid, here, row, buffer);
        self.apart(row, buffer);
        for bar in &laid.bars {
            self.bar(*bar, None, row, buffer);
        }
        let own = self.shape().filter(|_| here);
        if let Some(shape) = own
            && let Some(known) = shape.known
            && shape.from < shape.to
        {
            self.bar(Bar { from: shape.from, to: shape.to, known }, Some(Role::Cursor), row, buffer);
        }
        for mark in &laid.marks {
            let (glyph, role) = self.mark(mark);
            let role = if own.is_some_and(|own| own.mark == mark.column) { Role::Cursor } else { role };
            self.put(row, mark.column, glyph, role, buffer);
        }
    }

    fn name(&self, laid: &Row, here: bool, row: Rect, buffer: &mut Buffer) {
        let (geometry, theme) = (self.geometry(), self.theme());
        let room = |from: usize, columns: usize| {
            let from = u16::try_from(from).unwrap_or(u16::MAX).min(row.width);
            let columns = u16::try_from(columns).unwrap_or(u16::MAX).min(row.width - from);
            Rect { x: row.x + from, width: columns, ..row }
        };
        if here {
            draw::text(buffer, room(0, 1), theme.glyphs.cursor, Role::FocusedBorder, theme);
        }
        let role = match (here, laid.rest) {
            (true, _) => Role::Title,
            (false, true) => Role::Undated,
            (false, false) => Role::Text,
        };
        draw::text(buffer, room(1, geometry.names), &laid.name, role, theme);
        let count = format!("{:>1$}", laid.count(), geometry.counts);
        draw::text(buffer, room(geometry.names + 2, geometry.counts), &count, Role::Quiet, theme);
    }

    fn bar(&self, bar: Bar, own: Option<Role>, row: Rect, buffer: &mut Buffer) {
        let (lanes, glyphs) = (&self.theme().lanes, &self.theme().glyphs);
        let (glyph, role) = match bar.known {
            Known::Stated => (glyphs.stretch, Role::Text),
            Known::Unsure => (glyphs.unsure_stretch, Role::Inferred),
            Known::Narrowed => (lanes.narrowed, Role::Undated),
        };
        let role = own.unwrap_or(role);
        for column in bar.from..=bar.to {
            self.put(row, column, glyph, role, buffer);
        }
        for column in self.cuts.iter().filter(|column| (bar.from..=bar.to).contains(column)) {
            self.put(row, *column, lanes.cut, own.unwrap_or(Role::Heading), buffer);
        }
    }

    /// The mark of an event by its status, another where its time is not sure; the number of several.
    fn mark(&self, mark: &Mark) -> (&'static str, Role) {
        const NUMBERS: [&str; 10] = ["", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let Some((place, status)) = mark.alone else {
            return (NUMBERS.get(mark.count()).copied().unwrap_or("+"), Role::Heading);
        };
        let is_possibly =
            || self.event(place).is_some_and(|event| super::as_of::possibly_event(self.state, event));
        if self.state.retrospect.is_some() && is_possibly() {
            return (self.theme().glyphs.possibly, Role::Inferred);
        }
        let known = self.geometry().shape(place).and_then(|shape| shape.known);
        status_mark(status, known, self.theme())
    }
}

/// The mark of a status in a lane; with a point or ring in it where the time is not as a source gives it.
fn status_mark(status: Status, known: Option<Known>, theme: &Theme) -> (&'static str, Role) {
    let (sure, role) = timeline::status_mark(status, &theme.glyphs);
    let unsure = match status {
        Status::Occurred => theme.lanes.occurred,
        Status::Alleged => theme.lanes.alleged,
        Status::Scheduled => theme.lanes.scheduled,
        Status::Possible => theme.lanes.possible,
    };
    (if matches!(known, Some(Known::Unsure | Known::Narrowed)) { unsure } else { sure }, role)
}
