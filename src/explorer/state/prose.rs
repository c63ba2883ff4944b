//! Typed text of many lines with a cursor in it: what the field of a note edits.
//!
//! The cursor stands between characters as a reader sees them (grapheme clusters), never inside one. Imports nothing
//! of the explorer.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::{safe_line, width};

/// A text, and where the next character goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    text: String,
    /// In bytes; at a border of clusters.
    cursor: usize,
    /// Characters it takes.
    limit: usize,
    /// The column that moving up and down keeps to.
    column: Option<usize>,
}

/// The columns a cluster takes as it is shown, escapes and all.
pub fn columns_of(cluster: &str) -> usize {
    width(&safe_line(cluster)).max(1)
}

impl Prose {
    /// A text to be edited, with the cursor at its end. Of one longer than the limit nothing is cut; only no more goes
    /// in.
    pub fn new(limit: usize, text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        Self { cursor: text.len(), text, limit, column: None }
    }

    /// What is typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where the cursor is, in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts characters in at the cursor, as many as there is room for. A tab becomes a blank; controls but the line's
    /// end are left out. False where something did not fit.
    pub fn insert(&mut self, text: &str) -> bool {
        let room = self.limit.saturating_sub(self.text.chars().count());
        // Terminals send a pasted line's end as a carriage return.
        let text = text.replace("\r\n", "\n");
        let mut shown = text.chars().filter_map(|character| match character {
            '\n' | '\r' => Some('\n'),
            '\t' => Some(' '),
            character if character.is_control() => None,
            character => Some(character),
        });
        let fits: String = shown.by_ref().take(room).collect();
        self.text.insert_str(self.cursor, &fits);
        self.go(self.cursor + fits.len());
        shown.next().is_none()
    }

    /// To a byte, or on to the end of the cluster it stands in: what was put in may have joined what follows.
    fn go(&mut self, to: usize) {
        let mut borders = self.text.grapheme_indices(true).map(|(start, _)| start);
        self.cursor = borders.find(|start| *start >= to).unwrap_or(self.text.len());
        self.column = None;
    }

    fn moved(&mut self, to: usize) -> bool {
        self.column = None;
        std::mem::replace(&mut self.cursor, to) != to
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    /// One character to the left; false at the start.
    pub fn left(&mut self) -> bool {
        self.moved(self.before())
    }

    /// One character to the right; false at the end.
    pub fn right(&mut self) -> bool {
        self.moved(self.after())
    }

    /// The start of the word before the cursor.
    fn word_before(&self) -> usize {
        let words = self.text[..self.cursor].split_word_bound_indices().rev();
        words.into_iter().find(|(_, word)| word.chars().any(char::is_alphanumeric)).map_or(0, |(at, _)| at)
    }

    /// The end of the word after the cursor.
    fn word_after(&self) -> usize {
        let mut words = self.text[self.cursor..].split_word_bound_indices();
        words
            .find(|(_, word)| word.chars().any(char::is_alphanumeric))
            .map_or(self.text.len(), |(at, word)| self.cursor + at + word.len())
    }

    /// To the start of a word; false at the start.
    pub fn word_left(&mut self) -> bool {
        self.moved(self.word_before())
    }

    /// To the end of a word; false at the end.
    pub fn word_right(&mut self) -> bool {
        self.moved(self.word_after())
    }

    fn line(&self) -> Range<usize> {
        let start = self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at);
        start..end
    }

    /// To the start of the line; false where it is there.
    pub fn to_line_start(&mut self) -> bool {
        self.moved(self.line().start)
    }

    /// To the end of the line; false where it is there.
    pub fn to_line_end(&mut self) -> bool {
        self.moved(self.line().end)
    }

    /// To the start of all; false where it is there.
    pub fn to_start(&mut self) -> bool {
        self.moved(0)
    }

    /// To the end of all; false where it is there.
    pub fn to_end(&mut self) -> bool {
        self.moved(self.text.len())
    }

    /// Takes the character before the cursor away; false at the start.
    pub fn erase_before(&mut self) -> bool {
        self.erase(self.before()..self.cursor)
    }

    /// Takes the character after the cursor away; false at the end.
    pub fn erase_after(&mut self) -> bool {
        self.erase(self.cursor..self.after())
    }

    /// Takes the word before the cursor away; false at the start.
    pub fn erase_word(&mut self) -> bool {
        self.erase(self.word_before()..self.cursor)
    }

    /// Takes all before the cursor in its line away; at the start of one, the line's end before it.
    pub fn erase_to_line_start(&mut self) -> bool {
        let from = self.line().start;
        if from == self.cursor { self.erase_before() } else { self.erase(from..self.cursor) }
    }

    /// Takes all after the cursor in its line away; at the end of one, that end.
    pub fn erase_to_line_end(&mut self) -> bool {
        let to = self.line().end;
        if to == self.cursor { self.erase_after() } else { self.erase(self.cursor..to) }
    }

    fn erase(&mut self, bytes: Range<usize>) -> bool {
        self.text.replace_range(bytes.clone(), "");
        self.go(bytes.start);
        !bytes.is_empty()
    }

    /// The rows in which the text shows: every byte but the lines' ends is in one of them, in order. A row is broken
    /// behind a blank where there is one. At least one row.
    pub fn rows(&self, columns: usize) -> Vec<Range<usize>> {
        // The cursor stands behind the last character of a row.
        let room = columns.saturating_sub(1).max(1);
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let (mut from, mut used, mut blank) = (start, 0, None);
            for (at, cluster) in line.grapheme_indices(true) {
                let at = start + at;
                let columns = columns_of(cluster);
                if used + columns > room && at > from {
                    let broken = blank.filter(|blank| *blank > from).unwrap_or(at);
                    rows.push(from..broken);
                    from = broken;
                    used = self.text[from..at].graphemes(true).map(columns_of).sum();
                    blank = None;
                }
                used += columns;
                if cluster == " " {
                    blank = Some(at + 1);
                }
            }
            rows.push(from..start + line.len());
            start += line.len() + 1;
        }
        rows
    }

    /// The row the cursor is in, of those in so many columns.
    pub fn row(&self, columns: usize) -> usize {
        self.rows(columns).partition_point(|row| row.start <= self.cursor).saturating_sub(1)
    }

    /// So many rows up or down, keeping to the column; false where there is no row that way.
    pub fn step(&mut self, columns: usize, rows: usize, down: bool) -> bool {
        let laid_out = self.rows(columns);
        let here = self.row(columns);
        let to = if down { (here + rows).min(laid_out.len() - 1) } else { here.saturating_sub(rows) };
        let wide = |text: &str| -> usize { text.graphemes(true).map(columns_of).sum() };
        let column = self.column.unwrap_or_else(|| wide(&self.text[laid_out[here].start..self.cursor]));
        if to == here {
            return false;
        }
        let row = laid_out[to].clone();
        let mut used = 0;
        let mut cursor = row.start;
        for cluster in self.text[row.clone()].graphemes(true) {
            // Behind the last character of a row that goes on is the start of the next one.
            let goes_on = laid_out.get(to + 1).is_some_and(|next| next.start == cursor + cluster.len());
            if used + columns_of(cluster) > column || goes_on {
                break;
            }
            used += columns_of(cluster);
            cursor += cluster.len();
        }
        self.cursor = cursor;
        self.column = Some(column);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text with the cursor as `|`.
    fn shown(prose: &Prose) -> String {
        format!("{}|{}", &prose.text[..prose.cursor], &prose.text[prose.cursor..])
    }

    #[test]
    fn the_cursor_goes_by_characters_as_they_are_seen_and_over_lines() {
        let mut prose = Prose::new(100, "e\u{301}x\n👩‍👧");
        for expected in ["e\u{301}x\n|👩‍👧", "e\u{301}x|\n👩‍👧", "e\u{301}|x\n👩‍👧", "|e\u{301}x\n👩‍👧"]
        {
            assert!(prose.left());
            assert_eq!(shown(&prose), expected);
        }
        assert!(!prose.left() && !prose.erase_before());
        assert!(prose.erase_after());
        assert_eq!(shown(&prose), "|x\n👩‍👧");
        assert!(prose.to_end() && prose.erase_before() && prose.erase_before());
        assert_eq!(shown(&prose), "x|");
    }

    #[test]
    fn words_are_jumped_and_erased() {
        let mut prose = Prose::new(100, "one two,  three\nfour");
        for expected in ["one two,  three\n|four", "one two,  |three\nfour", "one |two,  three\nfour"] {
            assert!(prose.word_left());
            assert_eq!(shown(&prose), expected);
        }
        assert!(prose.word_right());
        assert_eq!(shown(&prose), "one two|,  three\nfour");
        assert!(prose.word_right() && prose.erase_word());
        assert_eq!(shown(&prose), "one two,  |\nfour");
        assert!(prose.word_right() && !prose.word_right());
    }

    #[test]
    fn lines_have_a_start_and_an_end() {
        let mut prose = Prose::new(100, "one\ntwo three\nfour");
        prose.step(80, 1, false);
        assert_eq!(shown(&prose), "one\ntwo |three\nfour");
        assert!(prose.to_line_start() && !prose.to_line_start() && prose.to_line_end());
        assert_eq!(shown(&prose), "one\ntwo three|\nfour");
        assert!(prose.erase_to_line_end() && prose.erase_to_line_start());
        assert_eq!(shown(&prose), "one\n|four");
        assert!(prose.erase_to_line_start() && prose.erase_to_line_end());
        assert_eq!(shown(&prose), "one|");
    }

    #[test]
    fn up_and_down_keep_to_the_column_through_shorter_rows() {
        let mut prose = Prose::new(100, "a long line\nx\n比比比 wide");
        assert!(prose.to_start() && prose.to_line_end());
        assert!(prose.step(80, 1, true));
        assert_eq!(shown(&prose), "a long line\nx|\n比比比 wide");
        assert!(prose.step(80, 1, true));
        assert_eq!(shown(&prose), "a long line\nx\n比比比 wide|");
        assert!(!prose.step(80, 1, true) && prose.step(80, 2, false));
        assert_eq!(shown(&prose), "a long line|\nx\n比比比 wide");
    }

    #[test]
    fn rows_break_behind_blanks_and_else_between_characters() {
        let rows = |text: &str, columns| {
            let prose = Prose::new(100, text);
            prose.rows(columns).into_iter().map(|row| prose.text[row].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(rows("one two three", 9), ["one two ", "three"]);
        assert_eq!(rows("abcdefgh", 5), ["abcd", "efgh"]);
        assert_eq!(rows("比比比", 5), ["比比", "比"]);
        assert_eq!(rows("\n\n", 5), ["", "", ""]);
        assert_eq!(rows("", 0), [""]);
    }

    #[test]
    fn what_is_pasted_is_plain_and_no_longer_than_it_may_be() {
        let mut prose = Prose::new(8, "");
        assert!(prose.insert("a\r\nb\rc\td\u{1b}"));
        assert_eq!(shown(&prose), "a\nb\nc d|");
        assert!(!prose.insert("xyz"));
        assert_eq!(shown(&prose), "a\nb\nc dx|");
    }

    proptest! {
        #[test]
        fn the_cursor_never_stands_inside_a_character(
            edits in prop::collection::vec((0..15_u8, "[a 比\u{301}👩\u{200d}\u{1f1e9}\n\r]{0,4}"), 0..40), columns in 0..12_usize,
        ) {
            let mut prose = Prose::new(60, "");
            for (edit, text) in edits {
                match edit {
                    0 => { prose.left(); }
                    1 => { prose.right(); }
                    2 => { prose.word_left(); }
                    3 => { prose.word_right(); }
                    4 => { prose.step(columns, 1, true); }
                    5 => { prose.step(columns, 2, false); }
                    6 => { prose.erase_before(); }
                    7 => { prose.erase_after(); }
                    8 => { prose.erase_word(); }
                    9 => { prose.erase_to_line_end(); }
                    10 => { prose.erase_to_line_start(); }
                    11 => { prose.to_line_start(); }
                    _ => { prose.insert(&text); }
                }
                let borders: Vec<_> = prose.text.grapheme_indices(true).map(|(start, _)| start).chain([prose.text.len()]).collect();
                prop_assert!(borders.contains(&prose.cursor), "{prose:?}");
                prop_assert!(prose.text.chars().count() <= 60);
                let rows = prose.rows(columns);
                let whole: Vec<_> = rows.iter().map(|row| &prose.text[row.clone()]).collect();
                prop_assert_eq!(whole.concat(), prose.text.replace('\n', ""));
                prop_assert!(prose.row(columns) < rows.len());
            }
        }
    }
}
