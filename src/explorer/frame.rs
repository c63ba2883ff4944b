//! From cells to the bytes of a frame.
//!
//! Promise: a frame is one synchronized update, one that changes nothing is no bytes at all, and a cell that terminals
//! give different widths never moves what stands beside it: the cursor is set anew behind it, and its row is drawn
//! whole, from left to right. The sequences made here are all that ever accompany a text: nothing is born of the text
//! itself, which is safe to show when it comes.
//!
//! Must not import the story, queries, reports, or the explorer's state: it knows cells, not what is in them.

use std::io::Write as _;
use std::mem;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar as _;

use crate::text;

/// The widest window drawn, in columns. A hostile or broken terminal may claim 65535 × 65535 cells,
/// which is more memory than there is; no real window is wider than this.
const WIDEST: u16 = 1000;

/// The tallest window drawn, in rows; see [`WIDEST`].
const TALLEST: u16 = 500;

/// How much of a window is drawn: all of it, where it is a real one.
pub fn drawn_size((columns, rows): (u16, u16)) -> (u16, u16) {
    (columns.min(WIDEST), rows.min(TALLEST))
}

/// Begins a synchronized update: the terminal shows nothing of it before [`END`]. Unknown to a
/// terminal, both are ignored.
const START: &[u8] = b"\x1b[?2026h";

/// Ends a synchronized update.
const END: &[u8] = b"\x1b[?2026l";

/// What the terminal shows, and the bytes that make it show something else.
#[derive(Debug, Default)]
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    /// What the terminal shows is not what `shown` believes it shows.
    stale: bool,
    bytes: Vec<u8>,
}

impl Screen {
    /// A screen of which nothing is known.
    pub fn new() -> Self {
        Self { stale: true, ..Self::default() }
    }

    /// Has the next frame draw everything.
    pub fn repaint(&mut self) {
        self.stale = true;
    }

    /// Whether the next frame draws everything.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// The bytes that bring a window of so many columns and rows from the frame before to what is rendered; none where
    /// it shows already. `modes` are sequences that go with the frame.
    ///
    /// A window larger than any real one is drawn in part.
    pub fn draw(
        &mut self,
        window: (u16, u16),
        modes: &[u8],
        render: impl FnOnce(Rect, &mut Buffer),
    ) -> &[u8] {
        let (columns, rows) = drawn_size(window);
        let area = Rect::new(0, 0, columns, rows);
        self.stale |= area != self.shown.area;
        self.next.resize(area);
        self.next.reset();
        render(area, &mut self.next);
        self.bytes.clear();
        self.bytes.extend_from_slice(START);
        self.bytes.extend_from_slice(modes);
        if self.stale {
            self.bytes.extend_from_slice(b"\x1b[0m\x1b[2J");
            self.shown.resize(area);
            self.shown.reset();
        }
        let began = self.bytes.len();
        let mut pen = Pen::new(&mut self.bytes);
        for row in 0..area.height {
            draw_row(&mut pen, &self.shown, &self.next, row);
        }
        pen.lift();
        if self.bytes.len() == began && !self.stale && modes.is_empty() {
            self.bytes.clear();
        } else {
            self.bytes.extend_from_slice(END);
        }
        mem::swap(&mut self.shown, &mut self.next);
        self.stale = false;
        &self.bytes
    }
}

/// Draws what differs in a row; all of it where it has, or had, a cell that may not be as wide as it should.
fn draw_row(pen: &mut Pen, shown: &Buffer, next: &Buffer, row: u16) {
    let width = usize::from(next.area.width);
    let start = usize::from(row) * width;
    let (Some(old), Some(new)) =
        (shown.content.get(start..start + width), next.content.get(start..start + width))
    else {
        return;
    };
    if old == new {
        return;
    }
    let whole = old.iter().chain(new).any(is_doubtful);
    let mut column = 0;
    while let Some(cell) = new.get(column) {
        let columns = columns_of(cell);
        let covered = column..(column + columns).min(width);
        if whole || old.get(covered.clone()) != new.get(covered) {
            pen.put(column, row, cell, columns);
        }
        column += columns;
    }
}

/// The columns a cell takes.
fn columns_of(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    if is_line(symbol) { 1 } else { text::width(symbol).max(1) }
}

/// Whether terminals may disagree on the columns a cell takes: whatever is more than one plain character.
fn is_doubtful(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    symbol.len() > 1 && !is_line(symbol) && (symbol.chars().nth(1).is_some() || text::width(symbol) != 1)
}

/// Whether this is one byte, or one of the lines and blocks that most frames have very many of: one column each.
fn is_line(symbol: &str) -> bool {
    matches!(symbol.as_bytes(), [_] | [0xe2, 0x94..=0x96, 0x80..=0xbf])
}

/// Writes cells, and knows where the cursor and the style are.
struct Pen<'b> {
    bytes: &'b mut Vec<u8>,
    /// Column and row of the cursor, where it is known for sure.
    at: Option<(usize, u16)>,
    style: (Color, Color, Modifier),
}

/// The style that nothing is said of.
const PLAIN: (Color, Color, Modifier) = (Color::Reset, Color::Reset, Modifier::empty());

impl<'b> Pen<'b> {
    fn new(bytes: &'b mut Vec<u8>) -> Self {
        Self { bytes, at: None, style: PLAIN }
    }

    /// Writes a cell that takes so many columns.
    fn put(&mut self, column: usize, row: u16, cell: &Cell, columns: usize) {
        self.go(column, row);
        self.dress((cell.fg, cell.bg, cell.modifier));
        if is_doubtful(cell) {
            // Where the terminal takes less room for it, nothing old shows beside it. It never does for marks on a
            // letter, of which there may be very many.
            if cell.symbol().chars().next().and_then(char::width) < Some(columns) {
                self.bytes.extend(std::iter::repeat_n(b' ', columns));
                self.at = None;
                self.go(column, row);
            }
            self.bytes.extend_from_slice(cell.symbol().as_bytes());
            self.at = None;
        } else {
            self.bytes.extend_from_slice(cell.symbol().as_bytes());
            self.at = Some((column + columns, row));
        }
    }

    fn go(&mut self, column: usize, row: u16) {
        if self.at != Some((column, row)) {
            // Writing to a vector cannot fail.
            let _ = write!(self.bytes, "\x1b[{};{}H", row + 1, column + 1);
            self.at = Some((column, row));
        }
    }

    fn dress(&mut self, style: (Color, Color, Modifier)) {
        if style == self.style {
            return;
        }
        self.style = style;
        let (front, back, modifier) = style;
        self.bytes.extend_from_slice(b"\x1b[0");
        for (name, number) in [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::REVERSED, 7),
        ] {
            if modifier.contains(name) {
                let _ = write!(self.bytes, ";{number}");
            }
        }
        self.colour(front, 30);
        self.colour(back, 40);
        self.bytes.push(b'm');
    }

    /// A colour of the terminal's own palette, from the number of its black on; no role has any other.
    fn colour(&mut self, colour: Color, black: u8) {
        let bright = black + 60;
        let number = match colour {
            Color::Black => black,
            Color::Red => black + 1,
            Color::Green => black + 2,
            Color::Yellow => black + 3,
            Color::Blue => black + 4,
            Color::Magenta => black + 5,
            Color::Cyan => black + 6,
            Color::Gray => black + 7,
            Color::DarkGray => bright,
            Color::LightRed => bright + 1,
            Color::LightGreen => bright + 2,
            Color::LightYellow => bright + 3,
            Color::LightBlue => bright + 4,
            Color::LightMagenta => bright + 5,
            Color::LightCyan => bright + 6,
            Color::White => bright + 7,
            Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return,
        };
        let _ = write!(self.bytes, ";{number}");
    }

    /// Leaves no style behind.
    fn lift(mut self) {
        self.dress(PLAIN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_for_a_line_is_one_column_wide() {
        let mut lines = 0;
        for character in '\0'..=char::MAX {
            let symbol = character.to_string();
            if is_line(&symbol) {
                lines += 1;
                assert_eq!(text::width(&symbol).max(1), 1, "{character:?}");
            }
        }
        assert_eq!(lines, 128 + 192);
        assert!(!is_line("e\u{301}") && !is_line("─\u{301}") && !is_line("漢"));
    }
}
