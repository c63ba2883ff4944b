//! The few strokes everything is drawn with. Nothing here can draw outside its area or the buffer.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;

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
    put(buffer, area, &shown, theme.style(role))
}

/// As `Buffer::set_stringn`, cluster by cluster from the left of an area's first row, which is in the buffer; but what shares a
/// cell is found out only of text that has such. Returns the columns it took.
fn put(buffer: &mut Buffer, area: Rect, words: &str, style: Style) -> u16 {
    let start = buffer.index_of(area.x, area.y);
    let Some(row) = buffer.content.get_mut(start..start + usize::from(area.width)) else { return 0 };
    let mut at = 0;
    for cluster in text::clusters(words).filter(|cluster| cluster.columns > 0) {
        let Some((cell, covered)) = row.get_mut(at..at + cluster.columns).and_then(<[Cell]>::split_first_mut)
        else {
            break;
        };
        cell.set_symbol(cluster.text).set_style(style);
        // What a wide one lies on would be hidden.
        covered.iter_mut().for_each(Cell::reset);
        at += cluster.columns;
    }
    u16::try_from(at).unwrap_or(u16::MAX)
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
    border(buffer, area, &theme.border, theme.style(role));
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

/// The four sides of an area that is in the buffer, and at least two cells wide and high. What is within stays as it is.
fn border(buffer: &mut Buffer, area: Rect, set: &border::Set<'_>, style: Style) {
    let (left, right, top, bottom) = (area.x, area.right() - 1, area.y, area.bottom() - 1);
    let mut put = |x, y, symbol| {
        buffer[(x, y)].set_symbol(symbol).set_style(style);
    };
    for x in left + 1..right {
        put(x, top, set.horizontal_top);
        put(x, bottom, set.horizontal_bottom);
    }
    for y in top + 1..bottom {
        put(left, y, set.vertical_left);
        put(right, y, set.vertical_right);
    }
    put(left, top, set.top_left);
    put(right, top, set.top_right);
    put(left, bottom, set.bottom_left);
    put(right, bottom, set.bottom_right);
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

#[cfg(test)]
mod tests {
    use ratatui::widgets::{Block, Borders, Widget as _};

    use super::*;

    fn buffer() -> Buffer {
        Buffer::filled(Rect::new(0, 0, 12, 4), Cell::new("x"))
    }

    #[test]
    fn a_text_is_put_as_ratatui_would() {
        let area = Rect { x: 2, y: 1, width: 7, height: 1 };
        let style = Style::new().bold();
        for words in [
            "",
            "plain",
            "longer than that",
            "比亚迪比亚迪",
            "a比亚迪",
            "e\u{301}e\u{301}",
            "❤\u{FE0F}❤\u{FE0F}x",
            "ｶﾞｶﾞ",
            "a\nb\u{7}c",
            "≠ ─ ●",
            "\u{200B}ab",
            "한국어 · x",
            "👩🏽\u{200D}🚒 fire",
            "🇩🇪",
            "1\u{FE0F}\u{20E3}",
        ] {
            let (mut ours, mut theirs) = (buffer(), buffer());
            let taken = put(&mut ours, area, words, style);
            let (end, _) = theirs.set_stringn(area.x, area.y, words, area.width.into(), style);
            assert_eq!((taken, &ours), (end - area.x, &theirs), "{words:?}");
        }
    }

    #[test]
    fn a_border_is_that_of_a_block() {
        for (set, (width, height)) in
            [(border::PLAIN, (12, 4)), (border::DOUBLE, (2, 2)), (border::QUADRANT_INSIDE, (5, 3))]
        {
            let area = Rect { x: 0, y: 0, width, height };
            let (mut ours, mut theirs) = (buffer(), buffer());
            border(&mut ours, area, &set, Style::new().dim());
            let block = Block::new().borders(Borders::ALL).border_set(set).border_style(Style::new().dim());
            block.render(area, &mut theirs);
            assert_eq!(ours, theirs);
        }
    }
}
