//! Where the panes stand, from the size of the screen alone. `update` and `view` read the same layout, so a
//! click lands on what is seen and a page is as tall as it looks.
//!
//! Imports nothing above `explorer`.

use ratatui::layout::Rect;

use super::state::Pane;

/// From this many columns on, all panes show at once.
pub const WIDE: u16 = 110;
/// From this many columns on, two panes show.
pub const MEDIUM: u16 = 60;
/// With fewer rows than this the three small panes would be unreadable beside the event.
const TALL_ENOUGH: u16 = 20;
/// With fewer rows than this the strip gives way to the panes.
const ROOM_FOR_STRIP: u16 = 16;
/// The smallest screen that has lanes: width and height.
pub const SMALLEST_FOR_LANES: (u16, u16) = (80, 16);
/// Of the rows below the title bar, this part in a hundred stays with the event below the lanes.
const BELOW_LANES: u16 = 35;
/// With fewer rows than this below the lanes, one pane shows there.
const ROOM_FOR_PANES_BELOW: u16 = 12;
/// The smallest screen that is drawn.
pub const SMALLEST: (u16, u16) = (24, 8);

/// Which of the three arrangements the screen has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// All panes.
    Wide,
    /// Timeline and one more.
    Medium,
    /// One pane.
    Narrow,
    /// Nothing but a message.
    TooSmall,
}

/// Where everything stands. Rectangles include frames; an absent pane has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The arrangement.
    pub arrangement: Arrangement,
    panes: [Rect; Pane::ALL.len()],
    /// The strip.
    pub strip: Rect,
    /// The hint bar; the last row.
    pub bar: Rect,
    /// What must not be missed, in the first rows; without room where there is no such thing.
    pub banner: Rect,
    /// Everything between: what a covering view takes.
    pub body: Rect,
    /// Whether the timeline pane lies across the screen, with room for lanes.
    pub lanes: bool,
}

impl Layout {
    /// The layout of a screen of `width` × `height` with the keys in `focus`; `zoom` gives that pane all room,
    /// `banner` rows are kept at the top for what must not be missed.
    pub fn of(width: u16, height: u16, focus: Pane, zoom: bool, banner: u16) -> Self {
        let area = Rect::new(0, 0, width, height);
        let none = Rect::default();
        let mut layout = Self {
            arrangement: Arrangement::TooSmall,
            panes: [none; 5],
            strip: none,
            bar: none,
            banner: none,
            body: none,
            lanes: false,
        };
        if width < SMALLEST.0 || height < SMALLEST.1 {
            return layout;
        }
        let (rest, bar) = at_row(area, height - 1);
        let (banner, body) = at_row(rest, banner.min(rest.height));
        layout.banner = banner;
        layout.body = body;
        layout.bar = bar;
        layout.arrangement = if width >= WIDE && height >= TALL_ENOUGH {
            Arrangement::Wide
        } else if width >= MEDIUM {
            Arrangement::Medium
        } else {
            Arrangement::Narrow
        };
        let strip_rows = if height >= ROOM_FOR_STRIP { 4 } else { 0 };
        let (main, strip) = at_row(body, body.height.saturating_sub(strip_rows));
        layout.strip = strip;
        if zoom {
            layout.panes[focus.index()] = main;
            return layout;
        }
        match layout.arrangement {
            Arrangement::Wide => layout.set_wide(main),
            Arrangement::Medium => {
                let (left, right) = at_column(main, part(main.width, 45));
                layout.panes[Pane::Timeline.index()] = left;
                layout.panes[focus.beside_timeline().index()] = right;
            }
            Arrangement::Narrow | Arrangement::TooSmall => layout.panes[focus.index()] = main,
        }
        layout
    }

    /// Whether a screen has room for lanes.
    pub fn has_room_for_lanes(width: u16, height: u16) -> bool {
        width >= SMALLEST_FOR_LANES.0 && height >= SMALLEST_FOR_LANES.1
    }

    /// The layout with the timeline as lanes across the screen, `rows` of them with their frame if there is room, and
    /// the event below. The lanes have a time scale of their own, so the strip gives way. As [`Layout::of`] where
    /// there is no room for lanes, or another pane has all of it.
    pub fn with_lanes(width: u16, height: u16, focus: Pane, zoom: bool, banner: u16, rows: usize) -> Self {
        let mut layout = Self::of(width, height, focus, zoom, banner);
        if !Self::has_room_for_lanes(width, height) || (zoom && focus != Pane::Timeline) {
            return layout;
        }
        layout.lanes = true;
        layout.strip = Rect::default();
        layout.panes = [Rect::default(); 5];
        let body = layout.body;
        if zoom {
            layout.panes[Pane::Timeline.index()] = body;
            return layout;
        }
        let most = body.height - (body.height * BELOW_LANES).div_euclid(100);
        let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(most);
        let (lanes, below) = at_row(body, rows);
        if layout.arrangement == Arrangement::Wide && below.height >= ROOM_FOR_PANES_BELOW {
            let (most, side) = at_column(below, part(below.width, 73));
            let (event, sources) = at_column(most, part(below.width, 46));
            let (actors, market) = at_row(side, part(side.height, 50));
            layout.panes = [lanes, event, sources, actors, market];
        } else {
            layout.panes[Pane::Timeline.index()] = lanes;
            layout.panes[focus.beside_timeline().index()] = below;
        }
        layout
    }

    fn set_wide(&mut self, main: Rect) {
        let (most, side) = at_column(main, part(main.width, 74));
        let (timeline, event) = at_column(most, part(main.width, 38));
        let (above, market) = at_row(side, part(side.height, 72));
        let (sources, actors) = at_row(above, part(side.height, 38));
        self.panes = [timeline, event, sources, actors, market];
    }

    /// Where a pane stands, frame included; nowhere if it does not show.
    pub fn pane(&self, pane: Pane) -> Rect {
        self.panes[pane.index()]
    }

    /// The panes that show.
    pub fn shown(&self) -> impl Iterator<Item = Pane> + '_ {
        Pane::ALL.iter().copied().filter(|pane| !self.pane(*pane).is_empty())
    }

    /// The pane at a cell of the screen.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        self.shown().find(|pane| self.pane(*pane).contains(ratatui::layout::Position { x: column, y: row }))
    }
}

// A solver of constraints would come to the same, and cost a tenth of the first frame.

/// So many parts in a hundred of a length, rounded.
fn part(length: u16, hundredths: u32) -> u16 {
    u16::try_from((u32::from(length) * hundredths + 50) / 100).unwrap_or(length)
}

/// The first rows of an area, and the others.
fn at_row(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    let below = Rect { y: area.y + rows, height: area.height - rows, ..area };
    (Rect { height: rows, ..area }, below)
}

/// The first columns of an area, and the others.
fn at_column(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    let beside = Rect { x: area.x + columns, width: area.width - columns, ..area };
    (Rect { width: columns, ..area }, beside)
}

/// What is inside a frame.
pub fn inside(frame: Rect) -> Rect {
    Rect {
        x: frame.x.saturating_add(1),
        y: frame.y.saturating_add(1),
        width: frame.width.saturating_sub(2),
        height: frame.height.saturating_sub(2),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::{Constraint, Layout as Split};

    use super::*;

    /// Where the panes of the wide arrangement stand, from the shares that each is to have.
    fn solved(area: Rect, lanes: u16) -> (Vec<Rect>, Vec<Rect>) {
        use Constraint::{Fill, Length, Percentage};
        let [_, body, _] = Split::vertical([Length(2), Fill(1), Length(1)]).areas(area);
        let [main, _] = Split::vertical([Fill(1), Length(4)]).areas(body);
        let [timeline, event, side] =
            Split::horizontal([Percentage(38), Fill(1), Percentage(26)]).areas(main);
        let [sources, actors, market] =
            Split::vertical([Percentage(38), Percentage(34), Fill(1)]).areas(side);
        let wide = vec![timeline, event, sources, actors, market];
        let [lanes, below] = Split::vertical([Length(lanes), Fill(1)]).areas(body);
        let [event, sources, side] =
            Split::horizontal([Fill(1), Percentage(27), Percentage(27)]).areas(below);
        let [actors, market] = Split::vertical([Percentage(50), Fill(1)]).areas(side);
        (wide, vec![lanes, event, sources, actors, market])
    }

    #[test]
    fn the_panes_have_the_shares_that_they_are_to_have() {
        let sizes =
            (WIDE..=700).map(|width| (width, 50)).chain((TALL_ENOUGH..=400).map(|height| (120, height)));
        for (width, height) in sizes {
            let (wide, lanes) = solved(Rect::new(0, 0, width, height), 9);
            let of = |layout: Layout| Pane::ALL.iter().map(|pane| layout.pane(*pane)).collect::<Vec<_>>();
            assert_eq!(of(Layout::of(width, height, Pane::Event, false, 2)), wide, "{width}x{height}");
            // Below lanes the shares hold where there is room for all.
            if height < 40 {
                continue;
            }
            let layout = Layout::with_lanes(width, height, Pane::Event, false, 2, 9);
            assert_eq!(of(layout), lanes, "{width}x{height}");
        }
        for width in MEDIUM..WIDE {
            let layout = Layout::of(width, 12, Pane::Event, false, 0);
            let body = Rect::new(0, 0, width, 11);
            let [left, right] =
                Split::horizontal([Constraint::Percentage(45), Constraint::Fill(1)]).areas(body);
            assert_eq!((layout.pane(Pane::Timeline), layout.pane(Pane::Event)), (left, right), "{width}");
        }
    }

    #[test]
    fn lanes_lie_across_the_screen_with_the_event_below() {
        for width in [79, 80, 100, 109, 110, 120, 250] {
            for height in 0..70 {
                for (focus, zoom, rows) in Pane::ALL
                    .iter()
                    .flat_map(|focus| [(*focus, false, 8), (*focus, false, 500), (*focus, true, 500)])
                {
                    let layout = Layout::with_lanes(width, height, focus, zoom, 0, rows);
                    if !Layout::has_room_for_lanes(width, height) || (zoom && focus != Pane::Timeline) {
                        assert_eq!(layout, Layout::of(width, height, focus, zoom, 0));
                        continue;
                    }
                    let shown: Vec<_> = layout.shown().map(|pane| layout.pane(pane)).collect();
                    for (index, pane) in shown.iter().enumerate() {
                        assert_eq!(pane.intersection(layout.body), *pane, "{width}x{height}");
                        assert!(shown[index + 1..].iter().all(|other| !pane.intersects(*other)));
                    }
                    assert!(layout.lanes && !layout.pane(focus).is_empty());
                    assert_eq!(layout.pane(Pane::Timeline).width, width);
                    if !zoom {
                        let least = if focus == Pane::Timeline { Pane::Event } else { focus };
                        assert!(layout.pane(least).height >= 5, "{width}x{height}");
                    }
                }
            }
        }
        let layout = Layout::with_lanes(80, 24, Pane::Timeline, false, 0, 500);
        assert_eq!((layout.pane(Pane::Timeline).height, layout.pane(Pane::Event).height), (15, 8));
    }

    #[test]
    fn every_layout_stays_on_the_screen_and_panes_do_not_overlap() {
        for width in (0..200).step_by(7).chain([59, 60, 109, 110]) {
            for height in 0..60 {
                for focus in Pane::ALL {
                    for (zoom, banner) in
                        [(false, 0), (false, 1), (false, 2), (true, 0), (true, 1), (true, 2)]
                    {
                        let layout = Layout::of(width, height, *focus, zoom, banner);
                        let screen = Rect::new(0, 0, width, height);
                        let shown: Vec<_> = layout.shown().map(|pane| layout.pane(pane)).collect();
                        for (index, pane) in shown.iter().enumerate() {
                            assert_eq!(pane.intersection(screen), *pane, "{width}x{height}");
                            assert!(!pane.intersects(layout.bar) && !pane.intersects(layout.banner));
                            assert!(!pane.intersects(layout.strip));
                            assert!(shown[index + 1..].iter().all(|other| !pane.intersects(*other)));
                        }
                        let small = width < SMALLEST.0 || height < SMALLEST.1;
                        assert_eq!(small, layout.arrangement == Arrangement::TooSmall);
                        assert!(small || layout.shown().any(|pane| pane == *focus), "the focused pane shows");
                    }
                }
            }
        }
    }
}
