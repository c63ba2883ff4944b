//! Text as it reaches the reader: made safe to show, measured in display columns, cut, wrapped and folded for search.
//!
//! The promise: nothing hidden in a file's text stays hidden, nothing is dropped in silence, and every width agrees
//! with the grid it is drawn on. Must not import the terminal, the explorer or the story.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr};

mod fold;
mod shared;

pub use fold::{Folded, fold, fold_onto, fold_str};
pub use shared::Shared;

/// Combining marks kept on one base; real orthographies stay well below it.
const MARKS_PER_BASE: usize = 8;
/// Characters in one grapheme cluster. Conjoining jamo, conjuncts and prepended letters can otherwise grow one cell
/// without end; the longest emoji in use has ten.
const CHARACTERS_PER_CLUSTER: usize = 32;
/// Joiners in one emoji; families and kisses, the longest in use, have three.
const JOINERS_PER_EMOJI: usize = 4;

const ZERO_WIDTH_JOINER: char = '\u{200D}';
const TEXT_STYLE: char = '\u{FE0E}';
const EMOJI_STYLE: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';
const BLACK_FLAG: char = '\u{1F3F4}';
/// The tag sequences in general use (England, Scotland, Wales). Any other is drawn as a plain black flag, and so hides
/// what it spells.
const FLAG_TAGS: [&str; 3] = [
    "\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    "\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
    "\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}",
];

/// Text made safe to show; borrowed where nothing changes, and idempotent.
///
/// Controls, bidi controls, zero-width, default-ignorable, format, private-use characters and noncharacters become
/// visible escapes such as `‹U+202E›`, and so does whatever would take no column and vanish from the grid, or lie on what
/// stands before it (a mark or a vowel without a base). Kept: `\n`, and the joiners, selectors and tags of well-formed emoji. A tab becomes four spaces,
/// `\r\n` becomes `\n`. After eight combining marks on one base the rest of the run becomes the ninth's escape and a
/// count: `‹U+0301› ‹…12 more marks›`; a cluster of more than 32 characters ends likewise.
pub fn safe(text: &str) -> Cow<'_, str> {
    let Some(mut shown) = escape(text) else {
        return Cow::Borrowed(text);
    };
    // An escape can orphan what leaned on the character it replaced, so go on until nothing changes.
    while let Some(again) = escape(&shown) {
        shown = again;
    }
    Cow::Owned(shown)
}

/// As [`safe`], for one-line fields (titles, names, ids, file names, messages): `\n` becomes `‹U+000A›` too.
pub fn safe_line(text: &str) -> Cow<'_, str> {
    let shown = safe(text);
    if shown.contains('\n') {
        let line = shown.replace('\n', "‹U+000A›");
        Cow::Owned(safe(&line).into_owned())
    } else {
        shown
    }
}

/// Whether [`safe`] would leave the text as it is.
pub fn is_safe(text: &str) -> bool {
    first_unsafe(text).is_none()
}

/// Whether a text holds a character that shows nothing by itself: a control, a bidi control, what takes no room. Of
/// those are all that could do anything to a terminal or hide what is written; some belong to an emoji.
pub fn holds_hidden(text: &str) -> bool {
    /// How many bytes are looked at together: most stretches are plain.
    const TOGETHER: usize = 32;
    let is_odd = |byte: u8| u8::from(byte.wrapping_sub(b' ') > b'~' - b' ') & u8::from(byte != b'\n');
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let together = bytes[at..].first_chunk::<TOGETHER>();
        if together.is_some_and(|bytes| bytes.iter().fold(0, |odd, byte| odd | is_odd(*byte)) == 0) {
            at += TOGETHER;
            continue;
        }
        let end = bytes.len().min(at + TOGETHER);
        while at < end {
            at += match SHOWS[usize::from(bytes[at])] {
                0 if shows_by_two(bytes[at], bytes.get(at + 1)) => 3,
                0 => match text.get(at..).and_then(|rest| rest.chars().next()) {
                    Some(one) if may_be_hidden(one) && is_hidden(one) => return true,
                    one => one.map_or(1, char::len_utf8),
                },
                length => usize::from(length),
            };
        }
    }
    false
}

/// Whether a character of three bytes that begins with these two shows, whatever the third is: so do most of those in
/// rows of which one is hidden.
fn shows_by_two(first: u8, second: Option<&u8>) -> bool {
    match (first, second) {
        (0xe0, Some(second)) => !matches!(second, 0xa2 | 0xa3),
        (0xe1, Some(second)) => !matches!(second, 0x85 | 0x9e | 0xa0),
        (0xe2, Some(second)) => !matches!(second, 0x80 | 0x81),
        (0xe3, Some(second)) => *second != 0x85,
        _ => false,
    }
}

/// How many bytes a character has that begins with this one; 0 where it may be hidden, and must be looked at.
const SHOWS: [u8; 256] = {
    let mut shows = [0; 256];
    let mut byte = b' ' as usize;
    while byte < 0xee {
        shows[byte] = match byte {
            // Of those that begin with these some are hidden; with the others between, which go on, none begins.
            0x7f | 0x80..=0xc2 | 0xcd | 0xd8 | 0xdb | 0xdc | 0xe0..=0xe3 => 0,
            0x00..=0x7f => 1,
            0xc0..=0xdf => 2,
            _ => 3,
        };
        byte += 1;
    }
    shows[b'\n' as usize] = 1;
    shows
};

/// Whether any character is hidden of the 256 among which this one is: quickly told, and of most ways of writing not.
fn may_be_hidden(character: char) -> bool {
    const ROWS: [bool; 256] = {
        let mut rows = [false; 256];
        let hidden = [0x00, 0x03, 0x06, 0x07, 0x08, 0x11, 0x17, 0x18, 0x20, 0x31, 0xfd, 0xfe, 0xff];
        let mut at = 0;
        while at < hidden.len() {
            rows[hidden[at]] = true;
            at += 1;
        }
        let mut row = 0xe0;
        while row <= 0xf8 {
            rows[row] = true;
            row += 1;
        }
        rows
    };
    // Letters and punctuation that stand in a row with something hidden.
    let is_common = matches!(character, ' '..='~' | '\u{ae}'..='\u{34e}' | '\u{350}'..='\u{3ff}' | '\u{620}'..='\u{6dc}'
        | '\u{2010}'..='\u{2027}');
    !is_common && ROWS.get(character as usize >> 8).is_none_or(|row| *row)
}

/// Byte offset and character of the first place that [`safe`] would change.
pub fn first_unsafe(text: &str) -> Option<(usize, char)> {
    if is_simple(text) {
        return None;
    }
    flaws(text).next().map(|flaw| (flaw.at, flaw.first))
}

/// Whether a text holds nothing but characters that show by themselves and lean on no other, so that there is no need to
/// look at its clusters. Most text in most ways of writing is like that.
fn is_simple(text: &str) -> bool {
    is_plain(text) || text.chars().all(is_simple_character)
}

fn is_simple_character(character: char) -> bool {
    matches!(character,
        ' '..='~' | '\n'
        // Latin, Greek, Cyrillic without its marks, and what is composed of them.
        | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{482}'
        | '\u{48a}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}'
        // Hebrew and Arabic letters.
        | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}'
        // Dashes, quotation marks, the ellipsis.
        | '\u{2013}'..='\u{2014}' | '\u{2018}'..='\u{201f}' | '\u{2026}'
        // Chinese, Japanese, Korean.
        | '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fc}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff5e}')
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'))
}

/// A stretch of text that cannot be shown as it is.
struct Flaw {
    at: usize,
    len: usize,
    first: char,
    remedy: Remedy,
}

enum Remedy {
    Escape,
    EscapeAndCount { more: usize, of: &'static str },
    Spaces,
    LineEnd,
}

fn escape(text: &str) -> Option<String> {
    if is_simple(text) {
        return None;
    }
    let mut flaws = flaws(text).peekable();
    flaws.peek()?;
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for flaw in flaws {
        shown.push_str(&text[done..flaw.at]);
        done = flaw.at + flaw.len;
        match flaw.remedy {
            Remedy::Spaces => shown.push_str("    "),
            Remedy::LineEnd => shown.push('\n'),
            Remedy::Escape => push_escape(&mut shown, flaw.first),
            Remedy::EscapeAndCount { more, of } => {
                push_escape(&mut shown, flaw.first);
                if more > 0 {
                    // Writing to a String cannot fail.
                    let _ = write!(shown, " ‹…{more} more {of}›");
                }
            }
        }
    }
    shown.push_str(&text[done..]);
    Some(shown)
}

fn push_escape(shown: &mut String, character: char) {
    // Writing to a String cannot fail.
    let _ = write!(shown, "‹U+{:04X}›", u32::from(character));
}

fn flaws(text: &str) -> impl Iterator<Item = Flaw> {
    text.grapheme_indices(true).flat_map(|(at, cluster)| flaws_in_cluster(at, cluster))
}

/// The flaws of one grapheme cluster that starts at byte `start`; emoji and marks never reach across clusters.
fn flaws_in_cluster(start: usize, cluster: &str) -> Vec<Flaw> {
    let whole = |first, remedy| vec![Flaw { at: start, len: cluster.len(), first, remedy }];
    match cluster {
        "\n" => return Vec::new(),
        "\t" => return whole('\t', Remedy::Spaces),
        "\r\n" => return whole('\r', Remedy::LineEnd),
        _ if cluster.len() == 1 && is_plain(cluster) => return Vec::new(),
        _ => {}
    }
    let escaped = |(at, first): (usize, char)| Flaw {
        at: start + at,
        len: first.len_utf8(),
        first,
        remedy: Remedy::Escape,
    };
    let mut found = Vec::new();
    let mut marks = 0;
    let mut counted = 0;
    for (nth, (at, character)) in cluster.char_indices().enumerate() {
        if at < counted {
            continue;
        }
        let after = &cluster[at + character.len_utf8()..];
        if nth + 1 >= CHARACTERS_PER_CLUSTER && after.chars().nth(1).is_some() {
            let remedy = Remedy::EscapeAndCount { more: after.chars().count(), of: "characters" };
            found.push(Flaw { at: start + at, len: cluster.len() - at, first: character, remedy });
            break;
        }
        if is_hidden(character) {
            if !is_part_of_emoji(&cluster[..at], character, after) {
                found.push(escaped((at, character)));
                marks = 0;
            }
        } else if is_combining_mark(character) {
            marks += 1;
            if marks > MARKS_PER_BASE {
                let run =
                    after.find(|next| is_hidden(next) || !is_combining_mark(next)).unwrap_or(after.len());
                let remedy = Remedy::EscapeAndCount { more: after[..run].chars().count(), of: "marks" };
                found.push(Flaw {
                    at: start + at,
                    len: character.len_utf8() + run,
                    first: character,
                    remedy,
                });
                counted = at + character.len_utf8() + run;
                marks = 0;
            }
        } else {
            marks = 0;
        }
    }
    if found.is_empty() && columns_of(cluster) == 0 {
        found.extend(cluster.char_indices().map(escaped));
    } else if found.is_empty() && takes_no_column_alone(cluster) {
        // A terminal would lay it on what stands before, which may be a border.
        found.extend(cluster.char_indices().next().map(escaped));
    }
    found
}

/// Whether the first character of a cluster needs another before it: one that takes no column, or a skin tone.
fn takes_no_column_alone(cluster: &str) -> bool {
    let leans = |first: char| first.width() == Some(0) || ('\u{1F3FB}'..='\u{1F3FF}').contains(&first);
    cluster.chars().next().is_some_and(leans)
}

/// Characters that show nothing, or something no two terminals agree on: `General_Category` Cc, Cf, Zl, Zp, Co,
/// `Default_Ignorable_Code_Point`, and noncharacters (Unicode 17).
fn is_hidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}'
        | '\u{70F}' | '\u{890}'..='\u{891}' | '\u{8E2}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
        | '\u{F0000}'..='\u{10FFFF}')
        || u32::from(character) & 0xFFFE == 0xFFFE
}

/// Whether a hidden character belongs to a well-formed emoji, given what stands before and after it in its cluster.
fn is_part_of_emoji(before: &str, character: char, after: &str) -> bool {
    let last = before.chars().next_back();
    match character {
        TEXT_STYLE | EMOJI_STYLE => {
            last.is_some_and(is_pictographic)
                || (matches!(last, Some('0'..='9' | '#' | '*'))
                    && character == EMOJI_STYLE
                    && after.starts_with(KEYCAP))
        }
        ZERO_WIDTH_JOINER => {
            let emoji = before.strip_suffix(EMOJI_STYLE).unwrap_or(before);
            let emoji = emoji.strip_suffix(|c| matches!(c, '\u{1F3FB}'..='\u{1F3FF}')).unwrap_or(emoji);
            emoji.chars().next_back().is_some_and(is_pictographic)
                && after.chars().next().is_some_and(is_pictographic)
                && before.matches(ZERO_WIDTH_JOINER).count() < JOINERS_PER_EMOJI
        }
        '\u{E0020}'..='\u{E007F}' => {
            let is_tag = |c: char| matches!(c, '\u{E0020}'..='\u{E007F}');
            let flag = before.trim_end_matches(is_tag);
            let ahead = after.len() - after.trim_start_matches(is_tag).len();
            let tags = format!("{}{character}{}", &before[flag.len()..], &after[..ahead]);
            flag.ends_with(BLACK_FLAG) && FLAG_TAGS.contains(&tags.as_str())
        }
        _ => false,
    }
}

/// `Extended_Pictographic`, asked of the segmenter that also decides what shares a cell: a joiner after an emoji joins
/// exactly these (UAX 29, GB11), apart from characters that join to anything.
fn is_pictographic(character: char) -> bool {
    let joins = |before: &str| format!("{before}{character}").graphemes(true).count() == 1;
    !character.is_ascii() && joins("©\u{200D}") && !joins("a")
}

/// Display columns of `text`, grapheme cluster by grapheme cluster, as ratatui 0.30 lays out its cells: clusters that
/// hold a control take none.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.bytes().filter(|byte| *byte != b'\n').count();
    }
    clusters(text).map(|cluster| cluster.columns).sum()
}

/// A grapheme cluster of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster<'t> {
    /// The byte of the text at which it begins.
    pub at: usize,
    /// Its characters.
    pub text: &'t str,
    /// The display columns it takes.
    pub columns: usize,
}

/// The grapheme clusters of a text, in its order.
pub fn clusters(text: &str) -> impl Iterator<Item = Cluster<'_>> {
    // Finding out what shares a cell costs many times what most text needs.
    clusters_where(text, text.chars().all(stands_alone))
}

/// As [`clusters`], where it is known whether every character stands alone; to say that not all do is never wrong.
fn clusters_where(text: &str, alone: bool) -> impl Iterator<Item = Cluster<'_>> {
    let mut characters = alone.then(|| text.char_indices()).into_iter().flatten();
    let mut others = (!alone).then(|| text.grapheme_indices(true)).into_iter().flatten();
    std::iter::from_fn(move || {
        if let Some((at, character)) = characters.next() {
            let columns = if character == '\n' { 0 } else { character.width().unwrap_or(0) };
            return Some(Cluster { at, text: &text[at..at + character.len_utf8()], columns });
        }
        others.next().map(|(at, text)| Cluster { at, text, columns: columns_of(text) })
    })
}

/// Whether a character is a cluster of its own beside any other of which this is true, and as wide as by itself.
fn stands_alone(character: char) -> bool {
    is_simple_character(character)
        // Arrows, signs of mathematics, lines and blocks: what frames and marks are made of.
        || matches!(character, '\u{2190}'..='\u{22ff}' | '\u{2500}'..='\u{25ff}')
}

fn columns_of(cluster: &str) -> usize {
    if cluster.contains(char::is_control) {
        return 0;
    }
    // ratatui adds a column for each half-width katakana sound mark, though unicode-width 0.2.3 already counts it: one
    // column too many on most terminals, but borders stay put only where both sides count alike.
    cluster.width() + cluster.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count()
}

/// The character boundary at byte `at` of `text`, or the last one before it.
pub fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// At most `columns` wide: cut between grapheme clusters and ended by `…` where it was cut. No columns give `""`.
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    // Most that is drawn, and no byte of it takes more than a column.
    if text.len() <= columns && is_plain(text) {
        return Cow::Borrowed(text);
    }
    // Of a long text no more is looked at than what shows.
    let alone = text.len() <= columns.saturating_mul(4).saturating_add(64) && text.chars().all(stands_alone);
    let (mut used, mut cut) = (0, 0);
    for cluster in clusters_where(text, alone) {
        used += cluster.columns;
        if used > columns {
            return Cow::Owned(format!("{}…", &text[..cut]));
        }
        if used <= room {
            cut = cluster.at + cluster.text.len();
        }
    }
    Cow::Borrowed(text)
}

/// Truncated, then padded with spaces to exactly `columns`.
pub fn pad(text: &str, columns: usize) -> String {
    let mut padded = truncate(text, columns).into_owned();
    let missing = columns.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

/// A row being filled: its bytes and the columns they take.
struct Row {
    bytes: Range<usize>,
    used: usize,
}

impl Row {
    fn at(start: usize) -> Self {
        Row { bytes: start..start, used: 0 }
    }

    fn take(&mut self, end: usize, columns: usize) {
        self.bytes.end = end;
        self.used += columns;
    }
}

/// Greedy word wrap into byte ranges of `text`, without the spaces at a row's end.
///
/// `\n` forces a break, and a blank line yields an empty range; as in a file, a last `\n` ends a line and opens none.
/// Words longer than a row break between grapheme clusters, wide (CJK) text breaks between any two but never before
/// closing punctuation. Zero `columns` count as one. Always at least one range.
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let columns = columns.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        wrap_line(line, start, columns, &mut rows);
        start += line.len() + 1;
    }
    rows
}

fn wrap_line(line: &str, start: usize, columns: usize, rows: &mut Vec<Range<usize>>) {
    let mut row = Row::at(start);
    for word in words(line) {
        let (from, to) = (start + word.bytes.start, start + word.bytes.end);
        if row.used + word.gap + word.columns <= columns {
            row.take(to, word.gap + word.columns);
            continue;
        }
        if !row.bytes.is_empty() {
            rows.push(row.bytes);
        }
        row = Row::at(from);
        for Cluster { at, text, columns: wide } in clusters(&line[word.bytes]) {
            if row.used > 0 && row.used + wide > columns {
                rows.push(row.bytes);
                row = Row::at(from + at);
            }
            row.take(from + at + text.len(), wide);
        }
    }
    rows.push(row.bytes);
}

/// A stretch that is broken only where it does not fit on a row of its own.
struct Word {
    bytes: Range<usize>,
    columns: usize,
    /// Columns of white space before it.
    gap: usize,
}

fn words(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut gap, mut may_break) = (0, true);
    for Cluster { at, text: cluster, columns } in clusters(line) {
        if cluster.chars().all(is_breaking_space) {
            gap += columns;
            may_break = true;
            continue;
        }
        let wide = columns > 1 && !cluster.is_ascii();
        let closing = cluster.starts_with([
            '、', '。', '，', '．', '！', '？', '：', '；', '）', '」', '』', '】', '》', '〉', '”',
        ]);
        match words.last_mut() {
            Some(word) if gap == 0 && (closing || !(may_break || wide)) => {
                word.bytes.end = at + cluster.len();
                word.columns += columns;
            }
            _ => words.push(Word { bytes: at..at + cluster.len(), columns, gap }),
        }
        gap = 0;
        may_break = wide;
    }
    words
}

fn is_breaking_space(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_hidden_is_found_in_any_row_of_characters() {
        for character in '\0'..=char::MAX {
            let text = format!("ж{character}");
            assert_eq!(holds_hidden(&text), is_hidden(character) && character != '\n', "{character:?}");
        }
        assert!(holds_hidden("plain \u{7f}") && holds_hidden("\u{1b}") && !holds_hidden("plain\n~ "));
    }

    /// Strings of what trips text up, mixed with plain letters.
    fn tricky() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "a",
            "Z",
            " ",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\u{1B}",
            "\u{9B}",
            "\u{202E}",
            "\u{200B}",
            "\u{200D}",
            "\u{FE0F}",
            "\u{FE0E}",
            "\u{301}",
            "\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
            "\u{20E3}",
            "1",
            "👩",
            "❤",
            "🏽",
            "👩\u{200D}👩\u{200D}👩\u{200D}",
            "🏴",
            "\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "\u{E0041}",
            "🇩",
            "漢",
            "字",
            "。",
            "ﾞ",
            "\u{1100}",
            "\u{1161}",
            "\u{D4E}",
            "\u{D4E}\u{D4E}\u{D4E}\u{D4E}\u{D4E}\u{D4E}",
            "\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}",
            "\u{915}\u{94D}",
            "\u{A0}",
            "‹",
            "›",
            "ﬁ",
            "İ",
        ]);
        prop_oneof![prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat()), any::<String>()]
    }

    #[test]
    fn what_is_simple_has_no_flaw_beside_any_other_that_is() {
        let simple: Vec<char> =
            (char::MIN..=char::MAX).filter(|character| is_simple_character(*character)).collect();
        assert!(simple.len() > 30_000);
        for neighbour in ['a', 'é', 'ж', 'ש', 'ع', '中', '한', '\n'] {
            let text: String = simple.iter().flat_map(|character| [neighbour, *character]).collect();
            assert_eq!(flaws(&text).count(), 0, "{neighbour:?}");
            assert_eq!(text.graphemes(true).count(), text.chars().count(), "{neighbour:?}");
        }
        for text in ["a\u{301}", "\u{202e}", "\u{ad}", "a\r\n", "é\t", "\u{200b}"] {
            assert!(!is_simple(text), "{text:?}");
        }
    }

    #[test]
    fn what_stands_alone_is_a_cluster_as_wide_as_by_itself_beside_any_other_that_does() {
        let alone: Vec<char> = (char::MIN..=char::MAX).filter(|character| stands_alone(*character)).collect();
        for neighbour in ['a', 'é', 'ж', 'ש', 'ع', '中', '한', '\n', '─', '⌚', '↔', '≠'] {
            let text: String = alone.iter().flat_map(|character| [neighbour, *character]).collect();
            let others = text.grapheme_indices(true).map(|(at, text)| (at, text, columns_of(text)));
            let ours = clusters(&text).map(|Cluster { at, text, columns }| (at, text, columns));
            assert!(ours.eq(others), "{neighbour:?}");
        }
    }

    #[test]
    fn unsafe_text_becomes_visible() {
        for (text, shown) in [
            ("\u{1B}]52;c;x\u{7}", "‹U+001B›]52;c;x‹U+0007›"),
            ("a\u{9B}2J\u{7F}", "a‹U+009B›2J‹U+007F›"),
            ("a\tb", "a    b"),
            ("a\r\nb\rc", "a\nb‹U+000D›c"),
            ("a\u{202E}b\u{2066}\u{200F}\u{61C}", "a‹U+202E›b‹U+2066›‹U+200F›‹U+061C›"),
            ("a\u{200B}\u{200C}\u{2060}\u{FEFF}\u{AD}", "a‹U+200B›‹U+200C›‹U+2060›‹U+FEFF›‹U+00AD›"),
            ("\u{2028}\u{3164}\u{115F}\u{FFF9}", "‹U+2028›‹U+3164›‹U+115F›‹U+FFF9›"),
            ("x\u{E0041}\u{E0100}\u{FE0F}", "x‹U+E0041›‹U+E0100›‹U+FE0F›"),
            ("\u{E000}\u{FFFE}\u{10FFFF}", "‹U+E000›‹U+FFFE›‹U+10FFFF›"),
            // A joiner needs an emoji on either side.
            ("a\u{200D}b👩\u{200D}x", "a‹U+200D›b👩‹U+200D›x"),
            // Only tags in general use are kept: others would be hidden letters.
            ("🏴\u{E0078}\u{E0079}\u{E007F}", "🏴‹U+E0078›‹U+E0079›‹U+E007F›"),
            ("1\u{FE0F}", "1‹U+FE0F›"),
            // A mark with no base would vanish from the grid.
            ("\u{301}a", "‹U+0301›a"),
            // A skin tone with nothing to be of would lie on what stands before it.
            ("\u{1F3FD}น", "‹U+1F3FD›น"),
            ("a\n\u{301}", "a\n‹U+0301›"),
        ] {
            assert_eq!(safe(text), shown, "{text:?}");
            assert!(!is_safe(text), "{text:?}");
        }
    }

    #[test]
    fn honest_text_is_borrowed() {
        for text in [
            "",
            "plain\ntext ~",
            "Öztürk O\u{308}",
            "Газпром",
            "比亚迪",
            "👩🏽\u{200D}🚒",
            "❤\u{FE0F}",
            "❤\u{FE0E}",
            "1\u{FE0F}\u{20E3}",
            "🇩🇪",
            "👨\u{200D}👩\u{200D}👧\u{200D}👦",
            "🏳\u{FE0F}\u{200D}🌈",
            "👨🏻\u{200D}❤\u{FE0F}\u{200D}💋\u{200D}👨🏻",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
            "ｶﾞ",
            "हिन्दी",
            "ไทย",
        ] {
            assert!(
                matches!(safe(text), Cow::Borrowed(same) if same == text),
                "{text:?} became {:?}",
                safe(text)
            );
        }
    }

    #[test]
    fn floods_are_counted() {
        let flood = format!("a{}b", "\u{301}".repeat(1_000_000));
        let shown = safe(&flood);
        assert_eq!(shown, format!("a{}‹U+0301› ‹…999991 more marks›b", "\u{301}".repeat(8)));
        assert_eq!(safe(&format!("a{}", "\u{301}".repeat(9))), format!("a{}‹U+0301›", "\u{301}".repeat(8)));
        let jamo = "\u{1100}".repeat(100);
        assert_eq!(safe(&jamo), format!("{}‹U+1100› ‹…68 more characters›", "\u{1100}".repeat(31)));
        let tags = format!("🏴{}", "\u{E0041}".repeat(1_000_000));
        assert!(safe(&tags).ends_with("‹U+E0041› ‹…999969 more characters›"));
    }

    #[test]
    fn one_line_fields_stay_on_one_line() {
        assert_eq!(safe_line("a\r\nb\tc\n"), "a‹U+000A›b    c‹U+000A›");
        assert!(matches!(safe_line("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn the_first_unsafe_character_is_located() {
        assert_eq!(first_unsafe("né\u{202E}\u{7}"), Some((3, '\u{202E}')));
        assert_eq!(first_unsafe("a\tb"), Some((1, '\t')));
        assert_eq!(first_unsafe("a\nb\r\n"), Some((3, '\r')));
        assert_eq!(first_unsafe("a\nb"), None);
    }

    #[test]
    fn widths_are_those_of_the_grid() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("比亚迪", 6),
            ("e\u{301}", 1),
            ("👩🏽\u{200D}🚒", 2),
            ("❤\u{FE0F}", 2),
            ("❤", 1),
            ("🇩🇪", 2),
            ("ｶﾞ", 3),
            ("1\u{FE0F}\u{20E3}", 2),
            ("a\nb", 2),
            ("ＢＹＤ", 6),
            ("‹U+202E›", 8),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn truncation_shows() {
        for (text, columns, cut) in [
            ("abcdef", 6, "abcdef"),
            ("abcdef", 5, "abcd…"),
            ("abcdef", 1, "…"),
            ("abcdef", 0, ""),
            ("a", 1, "a"),
            ("", 3, ""),
            ("比亚迪", 5, "比亚…"),
            ("比亚迪", 4, "比…"),
            ("比亚迪", 6, "比亚迪"),
            ("ae\u{301}bc", 3, "ae\u{301}…"),
        ] {
            assert_eq!(truncate(text, columns), cut, "{text:?} at {columns}");
        }
        assert_eq!(pad("比亚迪", 4), "比… ");
        assert_eq!(pad("ab", 4), "ab  ");
    }

    fn wrapped(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|row| &text[row]).collect()
    }

    #[test]
    fn text_wraps() {
        for (text, columns, rows) in [
            ("", 5, vec![""]),
            ("one two three", 7, vec!["one two", "three"]),
            ("one   two ", 5, vec!["one", "two"]),
            ("one\n\ntwo\n", 5, vec!["one", "", "two"]),
            ("abcdefgh ij", 3, vec!["abc", "def", "gh", "ij"]),
            ("a abcdefg h", 4, vec!["a", "abcd", "efg", "h"]),
            ("比亚迪公司", 5, vec!["比亚", "迪公", "司"]),
            ("BYD比亚迪", 5, vec!["BYD比", "亚迪"]),
            ("比亚迪。公司", 6, vec!["比亚", "迪。公", "司"]),
            ("比a", 1, vec!["比", "a"]),
            ("ab", 0, vec!["a", "b"]),
            ("  in", 8, vec!["  in"]),
            ("10\u{A0}km on", 6, vec!["10\u{A0}km", "on"]),
        ] {
            assert_eq!(wrapped(text, columns), rows, "{text:?} at {columns}");
        }
    }

    #[test]
    fn names_fold_to_what_is_typed() {
        for (text, folded) in [
            ("Öztürk", "ozturk"),
            ("O\u{308}ztu\u{308}rk", "ozturk"),
            ("İstanbul", "istanbul"),
            ("ıstanbul", "istanbul"),
            ("Łukasz", "lukasz"),
            ("Škoda", "skoda"),
            ("ＢＹＤ", "byd"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("Møller Đà", "moller da"),
            ("Ærø œuvre", "aero oeuvre"),
            ("Газпром", "газпром"),
            ("Йод", "иод"),
            ("People’s", "people's"),
            ("“a”–b", "\"a\"-b"),
            ("比亚迪", "比亚迪"),
            ("ﬁnance", "finance"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Σίσυφος", "σισυφοσ"),
            ("हिन्दी", "हिनदी"),
            ("a\u{A0}b", "a b"),
        ] {
            assert_eq!(fold_str(text), folded, "{text:?}");
        }
    }

    #[test]
    fn matches_map_back_to_whole_clusters() {
        let ranges = |text: &str, found: &str| {
            let folded = fold(text);
            let at = folded.text.find(found).expect("found");
            folded
                .ranges(text, at..at + found.len())
                .into_iter()
                .map(|range| text[range].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(ranges("Škoda Auto", "sk"), ["Šk"]);
        assert_eq!(ranges("O\u{308}ztürk", "o"), ["O\u{308}"]);
        assert_eq!(ranges("Straße", "s"), ["S"]);
        assert_eq!(ranges("Straße", "as"), ["aß"]);
        assert_eq!(ranges("ＢＹＤ", "yd"), ["ＹＤ"]);
        assert_eq!(fold("abcd").ranges("abcd", [3, 0, 99, 1]), [0..2, 3..4]);
    }

    proptest! {
        #[test]
        fn safe_text_is_safe(text in tricky()) {
            let shown = safe(&text).into_owned();
            prop_assert!(is_safe(&shown));
            prop_assert_eq!(safe(&shown), shown.as_str());
            prop_assert_eq!(is_safe(&text), shown == text);
            prop_assert!(shown.chars().all(|c| c == '\n' || !c.is_control()));
            for cluster in shown.graphemes(true).filter(|cluster| *cluster != "\n") {
                prop_assert!(columns_of(cluster) > 0, "{:?} would vanish", cluster);
                prop_assert!(cluster.chars().count() <= CHARACTERS_PER_CLUSTER);
            }
            let line = safe_line(&text).into_owned();
            prop_assert!(!line.contains('\n') && is_safe(&line));
            prop_assert_eq!(safe_line(&line), line.as_str());
        }

        #[test]
        fn cut_text_fits(text in tricky(), columns in 0_usize..30) {
            let cut = truncate(&text, columns);
            prop_assert!(width(&cut) <= columns);
            prop_assert_eq!(width(&text) > columns && columns > 0, cut != text && columns > 0);
            prop_assert_eq!(width(&pad(&safe_line(&text), columns)), columns);
        }

        #[test]
        fn wrapping_keeps_every_word(text in tricky(), columns in 0_usize..30) {
            let text = safe(&text);
            let rows = wrap(&text, columns);
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(rows.iter().map(|row| visible(&text[row.clone()])).collect::<String>(), visible(&text));
            for row in rows {
                let row = &text[row];
                let lone = row.graphemes(true).count() == 1;
                prop_assert!(width(row) <= columns.max(1) || lone, "{:?} at {}", row, columns);
                prop_assert!(row.graphemes(true).next_back() != Some(" ") && !row.contains('\n'), "{:?}", row);
            }
        }

        #[test]
        fn folding_is_consistent(text in tricky()) {
            let folded = fold(&text);
            prop_assert_eq!(folded.text.len(), folded.origin.len());
            prop_assert_eq!(&fold_str(&text), &folded.text);
            prop_assert_eq!(&fold_str(&folded.text), &folded.text);
            for range in folded.ranges(&text, 0..folded.text.len()) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
