//! What the marks of the lanes mean: in the lower edge of the frame, and in the last row where there is room for it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::state::lanes::ROOM_FOR_LEGEND;
use super::super::super::theme::{Role, Theme};
use super::super::draw;
use super::{Lanes, links};
use crate::text;

/// `taken` columns of the lower edge say how many lanes are out of sight.
pub(super) fn render(lanes: &Lanes<'_>, frame: Rect, taken: usize, buffer: &mut Buffer) {
    let theme = lanes.theme();
    let below =
        Rect { x: frame.x + 2, y: frame.bottom().saturating_sub(1), width: frame.width - 2, height: 1 };
    let room = usize::from(below.width).saturating_sub(taken + 2);
    let cuts = lanes.geometry().scale.as_ref().is_some_and(|scale| scale.cuts().next().is_some());
    let mut edge = Vec::new();
    if links::any(lanes.state) {
        edge.push(links_reading(theme));
    }
    if cuts {
        edge.push(format!("{0}{0} time cut", theme.lanes.cut));
    }
    let mut marks = marks(theme);
    if lanes.state.retrospect.is_some() {
        marks.insert(0, format!("{} possibly known", theme.glyphs.possibly));
    }
    let has_row = usize::from(lanes.area.height) >= ROOM_FOR_LEGEND;
    if !has_row {
        edge.extend(marks.iter().cloned());
    }
    let shown = fitted(&edge, room.saturating_sub(2));
    if !shown.is_empty() {
        draw::text(buffer, below, &format!(" {shown} "), Role::Quiet, theme);
    }
    if has_row {
        let row = lanes.row(usize::from(lanes.area.height) - 1);
        let row = Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row };
        draw::text(buffer, row, &fitted(&marks, row.width.into()), Role::Quiet, theme);
    }
}

fn links_reading(theme: &Theme) -> String {
    let lines = &theme.lanes;
    format!("links of this event: {} stated {} inferred", lines.lines[12], lines.dashed_across)
}

/// The most needed first.
fn marks(theme: &Theme) -> Vec<String> {
    let (sure, lanes) = (&theme.glyphs, &theme.lanes);
    vec![
        format!("{} unsure time", lanes.occurred),
        format!(
            "{}{}{} time stated, unsure, bounded by others",
            sure.stretch, sure.unsure_stretch, lanes.narrowed
        ),
        format!("{} occurred", sure.occurred),
        format!("{} alleged", sure.alleged),
        format!("{} scheduled", sure.scheduled),
        format!("{} possible", sure.possible),
        "2 two events".to_owned(),
    ]
}

/// As many as fit, two blanks between them.
fn fitted(pieces: &[String], room: usize) -> String {
    let mut shown = String::new();
    for piece in pieces {
        let between = if shown.is_empty() { "" } else { "  " };
        if text::width(&shown) + between.len() + text::width(piece) <= room {
            shown = shown + between + piece;
        }
    }
    shown
}
