//! A text by lines, and where words stand in it.
//!
//! Method: text and words are folded: typographic quotation marks, dashes and every kind of space become their plain
//! forms, and a run of spaces and line ends becomes one blank. A map leads from the folded text back to line and byte.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::marks;
use crate::text;

/// The text of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The lines, safe to show.
    lines: Vec<String>,
    folded: String,
    /// For every byte of the folded text, and for its end, where it comes from.
    origins: Vec<Origin>,
    /// By line, the bytes in quotation marks.
    quoted: Vec<Vec<Range<usize>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Origin {
    line: u32,
    byte: u32,
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

impl Text {
    /// A text from what a file holds.
    pub fn new(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<_> = text.lines().map(|line| text::safe_line(line).into_owned()).collect();
        let quoted = lines.iter().map(|line| marks::quoted(line)).collect();
        let (mut folded, mut origins) =
            (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
        for (place, line) in lines.iter().enumerate() {
            for (byte, character) in line.char_indices().chain([(line.len(), '\n')]) {
                let plain = plain(character);
                if plain == ' ' && folded.ends_with([' ']) {
                    continue;
                }
                folded.push(plain);
                let origin = Origin { line: number(place), byte: number(byte) };
                origins.extend(std::iter::repeat_n(origin, plain.len_utf8()));
            }
        }
        origins.push(Origin {
            line: number(lines.len().saturating_sub(1)),
            byte: number(lines.last().map_or(0, String::len)),
        });
        Self { lines, folded, origins, quoted }
    }

    /// The lines, safe to show.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// A line, counted from 1.
    pub fn line(&self, number: usize) -> Option<&str> {
        self.lines.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// The first line that is not blank, counted from 1: the headline.
    pub fn headline(&self) -> Option<usize> {
        self.lines.iter().position(|line| !line.trim().is_empty()).map(|place| place + 1)
    }

    /// Every place where these words stand, as whole words, in order.
    pub fn find(&self, words: &str) -> Vec<Passage> {
        self.find_in(&self.folded, &fold(words))
    }

    /// The same without regard to capitals, for hints. Empty where lower case is of another length.
    pub fn find_in_any_case(&self, words: &str) -> Vec<Passage> {
        let lower = self.folded.to_lowercase();
        if lower.len() == self.folded.len() {
            self.find_in(&lower, &fold(words).to_lowercase())
        } else {
            Vec::new()
        }
    }

    fn find_in(&self, folded: &str, wanted: &str) -> Vec<Passage> {
        let wanted = wanted.trim();
        if wanted.is_empty() {
            return Vec::new();
        }
        folded
            .match_indices(wanted)
            .map(|(start, _)| start..start + wanted.len())
            .filter(|range| stands_alone(folded, range))
            .filter_map(|range| self.passage(range))
            .collect()
    }

    fn passage(&self, folded: Range<usize>) -> Option<Passage> {
        let start = *self.origins.get(folded.start)?;
        // The end is behind the last character, on the line of that one.
        let last = *self.origins.get(folded.end.checked_sub(1)?)?;
        let line = self.lines.get(last.line as usize)?;
        let end = line
            .get(last.byte as usize..)?
            .chars()
            .next()
            .map_or(line.len(), |c| last.byte as usize + c.len_utf8());
        Some(Passage {
            line: start.line as usize + 1,
            start: start.byte as usize,
            last_line: last.line as usize + 1,
            end,
        })
    }

    /// The quotation that holds a passage, as bytes of the passage's first line up to its own beginning: what is said
    /// before it in the same quotation. `None` where it does not stand in quotation marks.
    pub fn said_before(&self, passage: &Passage) -> Option<&str> {
        let line = self.line(passage.line)?;
        let spans = self.quoted.get(passage.line - 1)?;
        // A passage over several lines is taken for quoted where the quotation runs to the end of its first line.
        let end = if passage.line == passage.last_line { passage.end } else { line.len() };
        spans
            .iter()
            .filter(|span| span.start <= passage.start && end <= span.end)
            .map(|span| &line[span.start..passage.start])
            .min_by_key(|before| before.len())
    }

    /// The longest run of words that this text shares with `words`, letter case and punctuation aside, where it is at
    /// least `least` words long: how many, the bytes of `words`, and the line of the text.
    pub fn longest_shared_run(&self, words: &str, least: usize) -> Option<SharedRun> {
        let own = self.words();
        let theirs: Vec<(usize, String)> = words_of(words);
        if theirs.len() < least || least == 0 {
            return None;
        }
        let mut starts: std::collections::HashMap<&[String], Vec<usize>> = std::collections::HashMap::new();
        let own_words: Vec<String> = own.iter().map(|(_, word)| word.clone()).collect();
        for (place, run) in own_words.windows(least).enumerate() {
            starts.entry(run).or_default().push(place);
        }
        let wanted: Vec<String> = theirs.iter().map(|(_, word)| word.clone()).collect();
        let mut best: Option<SharedRun> = None;
        for (place, run) in wanted.windows(least).enumerate() {
            for start in starts.get(run).into_iter().flatten() {
                let pairs = own_words[*start..].iter().zip(&wanted[place..]);
                let count = pairs.take_while(|(one, other)| one == other).count();
                if best.as_ref().is_none_or(|best| count > best.count) {
                    let (from, _) = theirs[place];
                    let (at, end) = &theirs[place + count - 1];
                    best = Some(SharedRun { count, words: from..at + end.len(), line: own[*start].0 });
                }
            }
        }
        best
    }

    /// The words of the text, lower case, with their lines counted from 1.
    fn words(&self) -> Vec<(usize, String)> {
        self.lines
            .iter()
            .enumerate()
            .flat_map(|(place, line)| words_of(line).into_iter().map(move |(_, word)| (place + 1, word)))
            .collect()
    }
}

/// Words that stand in two texts in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedRun {
    /// How many.
    pub count: usize,
    /// Their bytes in the text that was asked about.
    pub words: Range<usize>,
    /// The line of the other text in which they begin, counted from 1.
    pub line: usize,
}

/// Words with the byte each begins at: lower case, plain apostrophes, without punctuation.
fn words_of(text: &str) -> Vec<(usize, String)> {
    text.unicode_word_indices()
        .map(|(at, word)| (at, word.chars().map(plain).flat_map(char::to_lowercase).collect::<String>()))
        .collect()
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
fn plain(character: char) -> char {
    match character {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '‚' | '‛' | '′' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        space if space.is_whitespace() || matches!(space, '\u{200b}' | '\u{2060}') => ' ',
        other => other,
    }
}

/// Whether a match does not begin or end within a word. Scripts without blanks between words have no such ends.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |one: Option<char>, other: Option<char>| match (one, other) {
        (Some(one), Some(other)) => {
            one.is_alphanumeric() && other.is_alphanumeric() && !is_unspaced(one) && !is_unspaced(other)
        }
        _ => false,
    };
    let inside = &text[range.clone()];
    !joins(text[..range.start].chars().next_back(), inside.chars().next())
        && !joins(inside.chars().next_back(), text[range.end..].chars().next())
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
    fn a_passage_knows_what_is_said_before_it_in_its_quotation() {
        let text = Text::new("He is “not a threat”, a threat, they say.");
        let found = text.find("a threat");
        assert_eq!(text.said_before(&found[0]), Some("not "));
        assert_eq!(text.said_before(&found[1]), None);
    }

    #[test]
    fn the_longest_run_of_shared_words_is_found() {
        let text = Text::new("One two.\nThe quick brown fox jumps over the lazy dog, twice.");
        let words = "They saw: the quick, brown fox jumps over The lazy cat";
        let run = text.longest_shared_run(words, 8).expect("a run");
        assert_eq!((run.count, run.line), (8, 2));
        assert_eq!(&words[run.words], "the quick, brown fox jumps over The lazy");
        assert_eq!(text.longest_shared_run("the quick brown fox", 8), None);
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
                let _ = text.said_before(&passage);
            }
            let _ = text.longest_shared_run(&words, 2);
        }
    }
}
