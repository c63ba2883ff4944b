//! A terminal of the mind: it takes a program's bytes, allows only the sequences it is told of, and keeps the cells.
//!
//! Include it with `#[path = "support/glass.rs"] mod glass;`. Terminals count the columns of a text differently, so
//! there is one for each way of counting.

#![allow(dead_code, reason = "each test program uses its own part")]

use dateline::text;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthChar as _;

/// How a terminal finds the columns that a text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// As the explorer does: what a reader sees as one character is measured whole.
    Clusters,
    /// Each character by itself: those of a joined emoji stand side by side.
    Characters,
    /// One column for each character, even for a mark that should lie on another.
    Ones,
}

impl Counting {
    pub const ALL: [Self; 3] = [Self::Clusters, Self::Characters, Self::Ones];
}

/// The second and further columns of a wide character.
const COVERED: &str = "";

/// What a program wrote, and what shows of it.
pub struct Glass {
    counting: Counting,
    columns: usize,
    rows: usize,
    cells: Vec<String>,
    column: usize,
    row: usize,
    /// Texts written without a sequence between them.
    pub words: Vec<String>,
    words_open: bool,
    /// Sequences that no frame has, as they were written.
    pub foreign: Vec<String>,
    /// Sequences besides those of frames that are allowed.
    allowed: &'static [&'static str],
}

impl Glass {
    pub fn new(counting: Counting, (columns, rows): (u16, u16), allowed: &'static [&'static str]) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        Self {
            counting,
            columns,
            rows,
            cells: vec![" ".to_owned(); columns * rows],
            column: 0,
            row: 0,
            words: Vec::new(),
            words_open: false,
            foreign: Vec::new(),
            allowed,
        }
    }

    pub fn take(&mut self, bytes: &[u8]) {
        vte::Parser::new().advance(self, bytes);
    }

    /// What shows in a cell; nothing where a wide character covers it.
    pub fn cell(&self, column: u16, row: u16) -> &str {
        &self.cells[usize::from(row) * self.columns + usize::from(column)]
    }

    /// Fails unless every sequence was one of those allowed, and every text is safe to show.
    pub fn assert_tame(&self, what: &str) {
        assert!(self.foreign.is_empty(), "{what}: {:?}", self.foreign);
        for words in &self.words {
            assert!(text::is_safe(words) && !words.contains('\n'), "{what}: {words:?}");
        }
    }

    fn at(&self, column: usize) -> usize {
        self.row * self.columns + column
    }

    /// Blanks a wide character of which a cell is overwritten.
    fn break_wide(&mut self, column: usize) {
        let mut start = column;
        while start > 0 && self.cells[self.at(start)] == COVERED {
            start -= 1;
        }
        let mut end = column + 1;
        while end < self.columns && self.cells[self.at(end)] == COVERED {
            end += 1;
        }
        if end - start > 1 {
            for column in start..end {
                let at = self.at(column);
                " ".clone_into(&mut self.cells[at]);
            }
        }
    }

    fn put(&mut self, character: char) {
        if self.row >= self.rows || self.columns == 0 {
            return;
        }
        let columns = match self.counting {
            Counting::Ones => 1,
            Counting::Characters => character.width().unwrap_or(0),
            Counting::Clusters => {
                if self.join(character) {
                    return;
                }
                text::width(character.encode_utf8(&mut [0; 4]))
            }
        };
        if columns == 0 {
            let mut before = self.column.saturating_sub(1);
            while before > 0 && self.cells[self.at(before)] == COVERED {
                before -= 1;
            }
            let at = self.at(before);
            self.cells[at].push(character);
            return;
        }
        // A line is never wrapped: what is too long ends up in its last columns.
        let start = self.column.min(self.columns.saturating_sub(columns));
        for column in start..(start + columns).min(self.columns) {
            self.break_wide(column);
        }
        for column in start..(start + columns).min(self.columns) {
            let at = self.at(column);
            self.cells[at] = if column == start { character.to_string() } else { COVERED.to_owned() };
        }
        self.column = start + columns;
    }

    /// Adds a character to the cluster it belongs to, where it does.
    fn join(&mut self, character: char) -> bool {
        let Some(mut before) = self.column.checked_sub(1) else { return false };
        while before > 0 && self.cells[self.at(before)] == COVERED {
            before -= 1;
        }
        let mut cluster = self.cells[self.at(before)].clone();
        cluster.push(character);
        if !self.words_open || cluster.graphemes(true).count() != 1 {
            return false;
        }
        let columns = text::width(&cluster).max(1);
        for column in before..(before + columns).min(self.columns) {
            let at = self.at(column);
            self.cells[at] = if column == before { cluster.clone() } else { COVERED.to_owned() };
        }
        self.column = (before + columns).max(self.column);
        true
    }

    fn sequence(&mut self, written: String, is_of_frames: bool) {
        self.words_open = false;
        if !is_of_frames && !self.allowed.contains(&written.as_str()) {
            self.foreign.push(written);
        }
    }
}

impl vte::Perform for Glass {
    fn print(&mut self, character: char) {
        self.put(character);
        if !self.words_open {
            self.words.push(String::new());
            self.words_open = true;
        }
        if let Some(words) = self.words.last_mut() {
            words.push(character);
        }
    }

    fn execute(&mut self, byte: u8) {
        self.sequence(format!("{:?}", char::from(byte)), false);
    }

    fn csi_dispatch(&mut self, parameters: &vte::Params, between: &[u8], _: bool, last: char) {
        let numbers: Vec<Vec<u16>> = parameters.iter().map(<[u16]>::to_vec).collect();
        let written: Vec<String> = numbers
            .iter()
            .map(|numbers| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(":"))
            .collect();
        let written = format!("CSI {}{}{last}", String::from_utf8_lossy(between), written.join(";"));
        let known = match (between, last) {
            (b"", 'H') => {
                let number = |place: usize| numbers.get(place).map_or(1, |all| usize::from(all[0].max(1)));
                (self.row, self.column) = (number(0) - 1, number(1) - 1);
                true
            }
            (b"", 'm') => true,
            (b"", 'J') => {
                self.cells.fill(" ".to_owned());
                numbers == [[2]]
            }
            (b"?", 'h' | 'l') => matches!(numbers.as_slice(), [one] if matches!(one[0], 2026 | 2004)),
            _ => false,
        };
        self.sequence(written, known);
    }

    fn esc_dispatch(&mut self, between: &[u8], _: bool, byte: u8) {
        self.sequence(format!("ESC {}{}", String::from_utf8_lossy(between), char::from(byte)), false);
    }

    fn osc_dispatch(&mut self, parameters: &[&[u8]], _: bool) {
        let words: Vec<_> = parameters.iter().map(|words| String::from_utf8_lossy(words)).collect();
        self.sequence(format!("OSC {}", words.join(";")), false);
    }

    fn hook(&mut self, _: &vte::Params, _: &[u8], _: bool, last: char) {
        self.sequence(format!("DCS {last}"), false);
    }
}
