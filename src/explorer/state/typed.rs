//! A line of typed text with a cursor in it: what every text field of the explorer edits.
//!
//! The cursor stands between characters as a reader sees them (grapheme clusters), never inside one. Imports nothing
//! of the explorer.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::floor;

/// A line of text, and where the next character goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    text: String,
    /// In bytes; at a border of clusters.
    cursor: usize,
    /// Characters it takes.
    limit: usize,
}

impl Typed {
    /// An empty line that takes so many characters.
    pub fn new(limit: usize) -> Self {
        Self { text: String::new(), cursor: 0, limit }
    }

    /// A line that is there to be edited, with the cursor at its end.
    pub fn with(limit: usize, text: &str) -> Self {
        let mut typed = Self::new(limit);
        typed.insert(text);
        typed
    }

    /// What is typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where the cursor is, in bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts characters in at the cursor, as many as there is room for. A line's end and a tab become a blank; other
    /// controls are left out. False where something did not fit.
    pub fn insert(&mut self, text: &str) -> bool {
        let room = self.limit.saturating_sub(self.text.chars().count());
        // Terminals send a pasted line's end as a carriage return.
        let text = text.trim_end_matches(['\n', '\r']).replace("\r\n", "\n");
        let mut shown = text.chars().filter_map(|character| match character {
            '\n' | '\r' | '\t' => Some(' '),
            character if character.is_control() => None,
            character => Some(character),
        });
        let fits: String = shown.by_ref().take(room).collect();
        self.text.insert_str(self.cursor, &fits);
        self.go(self.cursor + fits.len());
        shown.next().is_none()
    }

    /// Puts `with` in the place of some bytes, and the cursor behind it.
    pub fn put(&mut self, bytes: std::ops::Range<usize>, with: &str) {
        let bytes = floor(&self.text, bytes.start)..floor(&self.text, bytes.end);
        self.text.replace_range(bytes.clone(), "");
        self.cursor = bytes.start;
        self.insert(with);
    }

    /// To a byte, or on to the end of the cluster it stands in: what was put in may have joined what follows.
    fn go(&mut self, to: usize) {
        let mut borders = self.text.grapheme_indices(true).map(|(start, _)| start);
        self.cursor = borders.find(|start| *start >= to).unwrap_or(self.text.len());
    }

    fn before(&self) -> Option<usize> {
        self.text[..self.cursor].grapheme_indices(true).next_back().map(|(start, _)| start)
    }

    fn after(&self) -> Option<usize> {
        self.text[self.cursor..].graphemes(true).next().map(|cluster| self.cursor + cluster.len())
    }

    /// One character to the left; false at the start.
    pub fn left(&mut self) -> bool {
        self.before().map(|to| self.cursor = to).is_some()
    }

    /// One character to the right; false at the end.
    pub fn right(&mut self) -> bool {
        self.after().map(|to| self.cursor = to).is_some()
    }

    /// To the start; false where it is there.
    pub fn to_start(&mut self) -> bool {
        std::mem::replace(&mut self.cursor, 0) != 0
    }

    /// To the end; false where it is there.
    pub fn to_end(&mut self) -> bool {
        std::mem::replace(&mut self.cursor, self.text.len()) != self.text.len()
    }

    /// Takes the character before the cursor away; false at the start.
    pub fn erase_before(&mut self) -> bool {
        self.before().map(|from| self.erase(from, self.cursor)).is_some()
    }

    /// Takes the character after the cursor away; false at the end.
    pub fn erase_after(&mut self) -> bool {
        self.after().map(|to| self.erase(self.cursor, to)).is_some()
    }

    /// Takes the word before the cursor away; false at the start.
    pub fn erase_word(&mut self) -> bool {
        let before = self.text[..self.cursor].trim_end();
        let from = before.char_indices().rev().find(|(_, c)| c.is_whitespace());
        let from = from.map_or(0, |(blank, c)| blank + c.len_utf8());
        self.erase(from, self.cursor)
    }

    /// Takes all before the cursor away; false at the start.
    pub fn erase_to_start(&mut self) -> bool {
        self.erase(0, self.cursor)
    }

    /// Takes all after the cursor away; false at the end.
    pub fn erase_to_end(&mut self) -> bool {
        self.erase(self.cursor, self.text.len())
    }

    fn erase(&mut self, from: usize, to: usize) -> bool {
        self.text.replace_range(from..to, "");
        self.go(from);
        from < to
    }

    /// Puts something else in the place of all that is typed.
    pub fn replace(&mut self, text: &str) {
        self.text.clear();
        self.cursor = 0;
        self.insert(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The line with the cursor as `|`.
    fn shown(typed: &Typed) -> String {
        format!("{}|{}", &typed.text[..typed.cursor], &typed.text[typed.cursor..])
    }

    #[test]
    fn the_cursor_goes_by_characters_as_they_are_seen() {
        let mut typed = Typed::with(50, "a比e\u{301}👩‍👧z");
        for expected in
            ["a比e\u{301}👩‍👧|z", "a比e\u{301}|👩‍👧z", "a比|e\u{301}👩‍👧z", "a|比e\u{301}👩‍👧z", "|a比e\u{301}👩‍👧z"]
        {
            assert!(typed.left());
            assert_eq!(shown(&typed), expected);
        }
        assert!(!typed.left() && !typed.to_start());
        assert!(typed.right() && typed.right() && typed.right());
        assert!(typed.erase_before());
        assert_eq!(shown(&typed), "a比|👩‍👧z");
        assert!(typed.erase_after());
        assert_eq!(shown(&typed), "a比|z");
        assert!(typed.to_end() && !typed.to_end() && !typed.right() && !typed.erase_after());
    }

    #[test]
    fn text_goes_in_at_the_cursor() {
        let mut typed = Typed::with(50, "kind: or");
        for _ in 0..3 {
            typed.left();
        }
        assert!(typed.insert("leak"));
        assert_eq!(shown(&typed), "kind:leak| or");
        typed.put(5..9, "market");
        assert_eq!(shown(&typed), "kind:market| or");
        typed.to_start();
        typed.insert("-");
        assert_eq!(shown(&typed), "-|kind:market or");
    }

    #[test]
    fn words_and_ends_are_erased_from_the_cursor() {
        let mut typed = Typed::with(50, "one two  three");
        assert!(typed.erase_word());
        assert_eq!(shown(&typed), "one two  |");
        assert!(typed.erase_word());
        assert_eq!(shown(&typed), "one |");
        typed.insert("x y");
        typed.left();
        assert!(typed.erase_to_end() && !typed.erase_to_end());
        assert_eq!(shown(&typed), "one x |");
        typed.to_start();
        assert!(!typed.erase_to_start() && !typed.erase_word());
        typed.right();
        assert!(typed.erase_to_start());
        assert_eq!(shown(&typed), "|ne x ");
    }

    #[test]
    fn what_is_pasted_stays_one_line_within_the_limit() {
        let mut typed = Typed::new(8);
        assert!(typed.insert("a\r\n\rb\u{7}\n"));
        assert_eq!(shown(&typed), "a  b|");
        assert!(!typed.insert("12345"), "one too many");
        assert_eq!(shown(&typed), "a  b1234|");
    }

    #[test]
    fn a_mark_typed_behind_a_letter_joins_it() {
        let mut typed = Typed::with(9, "ea");
        typed.left();
        typed.insert("\u{301}");
        assert_eq!(shown(&typed), "e\u{301}|a");
    }

    proptest! {
        #[test]
        fn the_cursor_never_stands_inside_a_character(keys in proptest::collection::vec((0..12_u8, "\\PC{0,3}|[\u{301}\u{1F1E6}\u{200D}👩]{1,3}"), 0..40)) {
            let mut typed = Typed::new(30);
            for (key, text) in keys {
                match key {
                    0 => { typed.left(); }
                    1 => { typed.right(); }
                    2 => { typed.to_start(); }
                    3 => { typed.to_end(); }
                    4 => { typed.erase_before(); }
                    5 => { typed.erase_after(); }
                    6 => { typed.erase_word(); }
                    7 => { typed.put(0..typed.cursor(), &text); }
                    _ => { typed.insert(&text); }
                }
                let borders: Vec<_> = typed.text.grapheme_indices(true).map(|(start, _)| start).chain([typed.text.len()]).collect();
                prop_assert!(borders.contains(&typed.cursor), "{typed:?}");
                prop_assert!(typed.text.chars().count() <= 30);
            }
        }
    }
}
