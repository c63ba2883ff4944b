//! The few strokes everything is drawn with. Nothing here can draw outside its area or the buffer.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Borders, Widget as _};

use super::super::layout::inside;
use super::super::sheet::{Sheet, Span};
use super::super::state::Scrolled;
use super::super::theme::{Role, Theme};
use crate::text;

/// At most `columns` of a text, with the theme's mark of a cut where it was cut.
pub fn truncate<'t>(words: &'t str, columns: usize, theme: &Theme) -> Cow<'t, str> {
    match text::truncate(words, columns) {
        Cow::Owned(mut cut) => {
            cut.pop();
            cut.push_str(theme.glyphs.more);
            Cow::Owned(cut)
        }
        whole @ Cow::Borrowed(_) => whole,
    }
}

/// A text from the left of an area's first row, cut visibly at its right. Returns the columns it took.
pub fn text(buffer: &mut Buffer, area: Rect, words: &str, role: Role, theme: &Theme) -> u16 {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return 0;
    }
    let shown = truncate(words, area.width.into(), theme);
    let (end, _) = buffer.set_stringn(area.x, area.y, &shown, area.width.into(), theme.style(role));
    end.saturating_sub(area.x)
}

/// Pieces of text after each other in an area's first row; cut visibly, and once, where they do not all fit.
pub fn spans(buffer: &mut Buffer, area: Rect, spans: &[Span], theme: &Theme) -> u16 {
    let mut rest = area;
    for (place, span) in spans.iter().enumerate() {
        let columns = text::width(&span.text);
        let room = usize::from(rest.width);
        let more_follows = spans[place + 1..].iter().any(|later| !later.text.is_empty());
        let taken = if columns < room || (columns == room && !more_follows) {
            text(buffer, rest, &span.text, span.role, theme)
        } else {
            // The mark of the cut needs a column, and this is the last span that can give one up.
            let longer = format!("{}{}", span.text, theme.glyphs.more);
            return area.width - rest.width + text(buffer, rest, &longer, span.role, theme);
        };
        rest.x = rest.x.saturating_add(taken);
        rest.width = rest.width.saturating_sub(taken);
    }
    area.width - rest.width
}

/// A frame with a title on its left and a note on its right.
pub fn frame(buffer: &mut Buffer, area: Rect, title: &str, note: &str, focused: bool, theme: &Theme) {
    let area = area.intersection(buffer.area);
    if area.width < 2 || area.height < 2 {
        return;
    }
    let role = if focused { Role::FocusedBorder } else { Role::Border };
    Block::new()
        .borders(Borders::ALL)
        .border_set(theme.border)
        .border_style(theme.style(role))
        .render(area, buffer);
    let top = Rect { x: area.x + 1, width: area.width - 2, height: 1, ..area };
    let role = if focused { Role::FocusedBorder } else { Role::Title };
    // Seen without colour too.
    let mark = if focused { theme.glyphs.cursor } else { " " };
    let taken = text(buffer, top, &format!("{mark}{title} "), role, theme);
    let room = usize::from(top.width.saturating_sub(taken));
    if !note.is_empty() && text::width(note) + 2 <= room {
        let columns = u16::try_from(text::width(note) + 2).unwrap_or(0);
        let at = Rect { x: top.right() - columns, width: columns, ..top };
        text(buffer, at, &format!(" {note} "), Role::Quiet, theme);
    }
}

/// How much is out of sight, where anything is.
pub fn more_words(above: usize, below: usize) -> Option<String> {
    match (above, below) {
        (0, 0) => None,
        (0, below) => Some(format!(" {below} more below ")),
        (above, 0) => Some(format!(" {above} more above ")),
        (above, below) => Some(format!(" {above} above, {below} below ")),
    }
}

/// Says in the lower edge of a frame that more follows.
pub fn more(buffer: &mut Buffer, area: Rect, above: usize, below: usize, theme: &Theme) {
    let Some(words) = more_words(above, below) else { return };
    let area = area.intersection(buffer.area);
    let columns = u16::try_from(text::width(&words)).unwrap_or(u16::MAX);
    if area.height == 0 || columns + 2 > area.width {
        return;
    }
    let at = Rect { x: area.right() - 1 - columns, y: area.bottom() - 1, width: columns, height: 1 };
    text(buffer, at, &words, Role::Quiet, theme);
}

/// A sheet in a frame, scrolled, with the cursor at its entry where `focused`.
pub fn sheet(buffer: &mut Buffer, framed: Rect, sheet: &Sheet, at: Scrolled, focused: bool, theme: &Theme) {
    let area = inside(framed);
    let height = usize::from(area.height);
    rows(buffer, area, sheet, at.top, focused.then_some(at.cursor), theme);
    let below = sheet.rows().len().saturating_sub(at.top + height);
    more(buffer, framed, at.top, below, theme);
}

/// The rows of a sheet that show, beside a column for the cursor.
pub fn rows(
    buffer: &mut Buffer,
    area: Rect,
    sheet: &Sheet,
    top: usize,
    cursor: Option<usize>,
    theme: &Theme,
) {
    for (line, row) in sheet.rows().iter().skip(top).take(area.height.into()).enumerate() {
        let Ok(line) = u16::try_from(line) else { break };
        let at = Rect { y: area.y + line, height: 1, ..area };
        if row.entry.is_some() && row.entry == cursor {
            text(buffer, Rect { width: 1, ..at }, theme.glyphs.cursor, Role::FocusedBorder, theme);
        }
        let words = Rect { x: at.x.saturating_add(1), width: at.width.saturating_sub(1), ..at };
        spans(buffer, words, &row.spans, theme);
    }
}

/// Turns a row of cells into the cursor's.
pub fn restyle(buffer: &mut Buffer, area: Rect, style: Style) {
    buffer.set_style(area.intersection(buffer.area), style);
}
