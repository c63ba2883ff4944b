//! A text by lines, and where words stand in it.
//!
//! Method: text and words are folded: typographic quotation marks, dashes and every kind of space become their plain
//! forms, and a run of spaces and line ends becomes one blank. A map leads from the folded text back to the text.

use std::ops::Range;
use std::sync::OnceLock;

use super::clause::{self, Sentence};
use super::figures::{self, Figure};
use super::marks::{self, Quotation};
use crate::text;

/// The text of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The lines, safe to show, each with its line end.
    whole: String,
    /// The bytes of the lines, without their ends.
    lines: Vec<Range<usize>>,
    /// Stretches of lines without a blank one between them.
    blocks: Vec<Range<usize>>,
    folded: String,
    /// For every byte of the folded text, and for its end, the byte of the whole it comes from.
    origins: Vec<u32>,
    quotations: Vec<Quotation>,
    /// The folded text in lower case, and its figures: made when they are first asked for.
    lower: OnceLock<String>,
    figures: OnceLock<Vec<Figure>>,
}

/// Where words stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The first line, counted from 1.
    pub line: usize,
    /// The byte in that line at which it begins.
    pub start: usize,
    /// The last line, counted from 1.
    pub last_line: usize,
    /// The byte in that line at which it ends.
    pub end: usize,
}

impl Passage {
    /// The bytes of a line, counted from 1, that belong to the passage; `length` is that of the line.
    pub fn within(&self, line: usize, length: usize) -> Option<Range<usize>> {
        let start = if line == self.line { self.start } else { 0 };
        let end = if line == self.last_line { self.end } else { length };
        ((self.line..=self.last_line).contains(&line) && start < end).then_some(start..end)
    }
}

/// How a passage stands to the quotation marks of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// In a quotation that begins at this byte of the whole.
    In(usize),
    /// Behind a mark that is never closed.
    Untold,
    /// Outside.
    Out,
}

impl Text {
    /// A text from what a file holds.
    pub fn new(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
        let mut whole = String::with_capacity(text.len() + 1);
        let mut lines = Vec::new();
        let mut blocks: Vec<Range<usize>> = Vec::new();
        let mut is_blank = true;
        for line in text.lines() {
            let start = whole.len();
            whole.push_str(&text::safe_line(line));
            lines.push(start..whole.len());
            let was_blank = std::mem::replace(&mut is_blank, whole[start..].trim().is_empty());
            match blocks.last_mut() {
                _ if is_blank => {}
                Some(block) if !was_blank => block.end = whole.len(),
                _ => blocks.push(start..whole.len()),
            }
            whole.push('\n');
        }
        let (mut folded, mut origins) =
            (String::with_capacity(whole.len()), Vec::with_capacity(whole.len() + 1));
        for (byte, character) in whole.char_indices() {
            let plain = plain(character);
            if plain == ' ' && folded.ends_with([' ']) {
                continue;
            }
            folded.push(plain);
            origins.extend(std::iter::repeat_n(number(byte), plain.len_utf8()));
        }
        origins.push(number(whole.len()));
        let quotations = marks::quotations(&whole, &blocks);
        let (lower, figures) = (OnceLock::new(), OnceLock::new());
        Self { whole, lines, blocks, folded, origins, quotations, lower, figures }
    }

    /// The lines, safe to show.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = &str> {
        self.lines.iter().map(|line| &self.whole[line.clone()])
    }

    /// A line, counted from 1.
    pub fn line(&self, number: usize) -> Option<&str> {
        self.lines.get(number.checked_sub(1)?).map(|line| &self.whole[line.clone()])
    }

    /// The first line that is not blank, counted from 1: the headline.
    pub fn headline(&self) -> Option<usize> {
        self.lines().position(|line| !line.trim().is_empty()).map(|place| place + 1)
    }

    /// How many lines are not blank: no text has more paragraphs.
    pub fn filled_lines(&self) -> usize {
        self.lines().filter(|line| !line.trim().is_empty()).count()
    }

    /// The first and the last line of a paragraph, counted from 1, the headline not among them. `None` where it cannot be
    /// told: paragraphs are told by blank lines, and so only where every line that no blank one follows is a wrapped one.
    pub fn paragraph(&self, wanted: usize) -> Option<(usize, usize)> {
        /// Columns that wrapped lines keep to.
        const WRAPPED: usize = 100;
        let first = self.line(self.headline()?)?.to_owned();
        let mut paragraphs: Vec<(usize, usize)> = Vec::new();
        for (place, line) in self.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match paragraphs.last_mut() {
                Some((from, to)) if *to == place => {
                    let is_wrapped =
                        line.len() <= WRAPPED && self.line(*from).is_none_or(|line| line.len() <= WRAPPED);
                    if !is_wrapped {
                        return None;
                    }
                    *to = place + 1;
                }
                _ => paragraphs.push((place + 1, place + 1)),
            }
        }
        // A first block of several lines holds more than the headline, and how it is counted is anyone's guess.
        let (from, to) = *paragraphs.first()?;
        let is_headline = from == to && !first.trim_end().ends_with(['.', '!', '?', '”', '"']);
        if paragraphs.len() < 3 || !is_headline {
            return None;
        }
        paragraphs.get(wanted).copied()
    }

    /// Every place where these words stand, as whole words, in order.
    pub fn find(&self, words: &str) -> Vec<Passage> {
        let found = self.find_in(&self.folded, &fold(words)).into_iter();
        found.filter(|range| self.stands_alone(range)).map(|range| self.passage(&range)).collect()
    }

    /// The places where these words stand cut off a longer word or figure.
    pub fn find_cut(&self, words: &str) -> Vec<Passage> {
        let found = self.find_in(&self.folded, &fold(words)).into_iter();
        found.filter(|range| !self.stands_alone(range)).map(|range| self.passage(&range)).collect()
    }

    /// The same as [`Self::find`] without regard to capitals, for hints. Empty where lower case is of another length.
    pub fn find_in_any_case(&self, words: &str) -> Vec<Passage> {
        let lower = self.lower.get_or_init(|| self.folded.to_lowercase());
        if lower.len() != self.folded.len() {
            return Vec::new();
        }
        let found = self.find_in(lower, &fold(words).to_lowercase()).into_iter();
        found.filter(|range| self.stands_alone(range)).map(|range| self.passage(&range)).collect()
    }

    /// In bytes of the whole.
    fn find_in(&self, folded: &str, wanted: &str) -> Vec<Range<usize>> {
        let wanted = wanted.trim().as_bytes();
        if wanted.is_empty() {
            return Vec::new();
        }
        let range = |start: usize| {
            let first = *self.origins.get(start)? as usize;
            // The end is behind the last character.
            let last = *self.origins.get(start + wanted.len() - 1)? as usize;
            Some(first..last + self.whole.get(last..)?.chars().next()?.len_utf8())
        };
        memchr::memmem::find_iter(folded.as_bytes(), wanted).filter_map(range).collect()
    }

    fn passage(&self, range: &Range<usize>) -> Passage {
        let (line, last_line) = (self.line_at(range.start), self.line_at(range.end.saturating_sub(1)));
        let start = |line: usize| self.lines.get(line - 1).map_or(0, |line| line.start);
        Passage { line, start: range.start - start(line), last_line, end: range.end - start(last_line) }
    }

    /// The line a byte stands on, counted from 1.
    fn line_at(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.start <= byte).max(1)
    }

    /// The bytes of a passage in the whole.
    fn range(&self, passage: &Passage) -> Range<usize> {
        let start = |line: usize| self.lines.get(line.saturating_sub(1)).map_or(0, |line| line.start);
        start(passage.line) + passage.start..start(passage.last_line) + passage.end
    }

    fn block_at(&self, byte: usize) -> Range<usize> {
        let place = self.blocks.partition_point(|block| block.start <= byte);
        let block = place.checked_sub(1).and_then(|place| self.blocks.get(place)).cloned();
        block.filter(|block| byte < block.end).unwrap_or(byte..byte)
    }

    /// Whether a passage stands in quotation marks.
    pub fn marks(&self, passage: &Passage) -> Marks {
        let range = self.range(passage);
        let block = self.block_at(range.start);
        let behind = self.quotations.partition_point(|quotation| quotation.range.start <= range.start);
        let mut marks = Marks::Out;
        let near = self.quotations[..behind]
            .iter()
            .rev()
            .take_while(|quotation| quotation.range.start >= block.start);
        for quotation in near.filter(|quotation| range.end <= quotation.range.end) {
            match (quotation.closed, marks) {
                (true, Marks::Out | Marks::Untold) => return Marks::In(quotation.range.start),
                _ => marks = Marks::Untold,
            }
        }
        marks
    }

    /// The words before a passage that turn it round, up to it; `None` where none do.
    pub fn turned_round(&self, passage: &Passage) -> Option<String> {
        let sentence = self.sentence(&self.range(passage));
        let opening = match self.marks(passage) {
            Marks::In(start) => start.checked_sub(sentence.start),
            Marks::Untold | Marks::Out => None,
        };
        clause::turned_round(&sentence, opening)
    }

    /// The sentence in which bytes of the whole begin.
    pub(super) fn sentence(&self, range: &Range<usize>) -> Sentence {
        let block = self.block_at(range.start);
        clause::sentence(&self.whole, &(block.start..block.end.max(range.end)), range)
    }

    /// The percentages the text prints, in order.
    pub(super) fn figures(&self) -> &[Figure] {
        self.figures.get_or_init(|| figures::figures(&self.whole))
    }

    /// Where a figure stands.
    pub(super) fn passage_of(&self, figure: &Figure) -> Passage {
        self.passage(&figure.range)
    }

    /// Whether a match does not begin or end within a word or figure. Scripts without blanks between words have no such
    /// ends.
    fn stands_alone(&self, range: &Range<usize>) -> bool {
        let inside = &self.whole[range.clone()];
        let begins =
            inside.chars().next().is_none_or(|first| !goes_on_before(&self.whole[..range.start], first));
        begins && !goes_on_behind(inside, &self.whole[range.end..])
    }
}

fn is_spaced_word(character: char) -> bool {
    character.is_alphanumeric() && !is_unspaced(character)
}

/// Whether a word or figure that begins with `first` began before.
fn goes_on_before(before: &str, first: char) -> bool {
    // A word may be broken at its hyphen where the line ends.
    let before = match before.strip_suffix('\n') {
        Some(line) if line.ends_with(is_hyphen) => line,
        _ => before,
    };
    let mut backwards = before.chars().rev();
    let (Some(last), then) = (backwards.next(), backwards.next()) else { return false };
    let word_then = then.is_some_and(is_spaced_word);
    is_spaced_word(first)
        && (is_spaced_word(last)
            || (word_then && (is_hyphen(last) || matches!(last, '\'' | '’')))
            || (first.is_ascii_digit()
                && matches!(last, '.' | ',')
                && then.is_none_or(|then| then.is_ascii_digit() || (last == '.' && then.is_whitespace()))))
}

/// Whether the word or figure that `inside` ends with goes on.
fn goes_on_behind(inside: &str, behind: &str) -> bool {
    let mut backwards = inside.chars().rev();
    let (Some(last), before_last) = (backwards.next(), backwards.next()) else { return false };
    let mut forwards = behind.chars();
    let (next, then) = (forwards.next(), forwards.find(|c| *c != '\n'));
    let Some(next) = next else { return false };
    if last.is_ascii_digit() && matches!(next, '.' | ',') {
        return then.is_some_and(|then| then.is_ascii_digit());
    }
    if matches!(last, '.' | ',') && next.is_ascii_digit() {
        return before_last.is_some_and(|before| before.is_ascii_digit());
    }
    is_spaced_word(last)
        && (is_spaced_word(next)
            || (is_hyphen(next) && then.is_some_and(is_spaced_word))
            // "Can't" says the opposite of "can".
            || (matches!(next, '\'' | '’') && then == Some('t')))
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '‐' | '‑')
}

/// Positions in an article fit; one that does not is taken for the last.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Words as they are compared.
fn fold(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for plain in words.chars().map(plain) {
        if plain != ' ' || !folded.ends_with(' ') {
            folded.push(plain);
        }
    }
    folded
}

/// The plain form of a quotation mark, dash, space or line end; of nothing else.
pub(super) fn plain(character: char) -> char {
    match character {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '′' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        space if space.is_whitespace() || matches!(space, '\u{200b}' | '\u{2060}') => ' ',
        other => other,
    }
}

/// Han, kana, Thai and the like.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ARTICLE: &str = "Harbour firm denies “all of it”\n\nThe firm called the report “completely false”\u{a0}—\r\nand\t“not a\nthreat” to any-one.\nIt rose by 5.\n";

    fn lines(words: &str) -> Vec<(usize, usize)> {
        Text::new(ARTICLE).find(words).into_iter().map(|passage| (passage.line, passage.last_line)).collect()
    }

    #[test]
    fn words_are_found_by_line_whatever_their_marks_and_blanks() {
        assert_eq!(lines("completely false"), [(3, 3)]);
        assert_eq!(lines("\"completely  false\" - and"), [(3, 4)]);
        assert_eq!(lines("not a threat"), [(4, 5)]);
        assert_eq!(lines("any\u{2011}one"), [(5, 5)]);
        assert_eq!(lines("Completely false"), [], "capitals count");
        assert_eq!(lines("complete"), [], "a part of a word is another word");
        assert_eq!(lines("  "), []);
        assert_eq!(Text::new(ARTICLE).find_in_any_case("Completely False").len(), 1);
        assert_eq!(Text::new("他说不对。").find("不对").len(), 1);
    }

    #[test]
    fn what_is_cut_off_a_longer_word_or_figure_is_another_one() {
        for (text, words) in [
            ("a non-military firm", "military firm"),
            ("a non-\nmilitary firm", "military firm"),
            ("a well-known firm", "a well"),
            ("It rose by 5.2 billion", "It rose by 5"),
            ("It rose by 5,200", "It rose by 5"),
            ("rose .5 percent", "5 percent"),
            ("rose 1.5 percent", "5 percent"),
            ("we can’t sail", "we can"),
            ("threats", "threat"),
        ] {
            let text = Text::new(text);
            assert_eq!((text.find(words).len(), text.find_cut(words).len()), (0, 1), "{words}");
        }
        for (text, words) in [
            ("It rose by 5. Then", "It rose by 5"),
            ("a firm—military", "military"),
            ("China’s firms", "China"),
            ("the '90s", "90s"),
            ("by 5, 6 and 7", "by 5"),
        ] {
            assert_eq!(Text::new(text).find(words).len(), 1, "{words}");
        }
    }

    #[test]
    fn a_passage_knows_its_quotation_marks_and_what_turns_it_round() {
        let text = Text::new("He is “not\na threat”, a threat, they say. “A threat? a threat");
        let found = text.find("a threat");
        assert_eq!(text.marks(&found[0]), Marks::In("He is “".len()));
        assert_eq!(text.turned_round(&found[0]).as_deref(), Some("not "));
        assert_eq!(text.marks(&found[1]), Marks::Out);
        assert_eq!(text.marks(&found[2]), Marks::Untold);
    }

    #[test]
    fn paragraphs_are_told_only_where_blank_lines_part_them() {
        let text = Text::new("Headline\n\nOne is\nwrapped.\n\nTwo.\n");
        assert_eq!(
            (text.paragraph(1), text.paragraph(2), text.paragraph(3)),
            (Some((3, 4)), Some((6, 6)), None)
        );
        let long = "long ".repeat(30);
        assert_eq!(Text::new(&format!("Headline\n\n{long}\n{long}\n\nTwo.")).paragraph(1), None);
        assert_eq!(Text::new("Headline\nOne.\nTwo.").paragraph(1), None);
    }

    proptest! {
        #[test]
        fn every_passage_lies_in_its_lines_and_reads_as_what_was_looked_for(text in "[ab \n“”\u{2014}é\u{a0}]{0,40}", words in "[ab \"é-]{1,6}") {
            let text = Text::new(&text);
            for passage in text.find(&words) {
                let mut read = String::new();
                for line in passage.line..=passage.last_line {
                    let whole = text.line(line).expect("a line");
                    if let Some(range) = passage.within(line, whole.len()) {
                        read.push_str(&whole[range]);
                    }
                    read.push(' ');
                }
                let (read, wanted) = (fold(&read), fold(&words));
                prop_assert_eq!(read.trim(), wanted.trim());
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>(), words in any::<String>()) {
            let text = Text::new(&text);
            for passage in text.find(&words) {
                let _ = (text.marks(&passage), text.turned_round(&passage));
            }
            let _ = text.figures();
        }
    }
}
