//! The pass over the bytes that every file pays, and the characters that YAML does not take.
//!
//! The promise: never too low an estimate of the nesting, and what is found does not depend on how the text is cut into
//! stretches to be gone through side by side. Imports its parent only.

use std::ops::Range;

use memchr::{memchr, memrchr2};
use rayon::prelude::*;

use super::DEEPEST;
use super::load::{EMPTY, LIST, Load, MAPPING, SCALAR, Stretch};

/// Whether [`super::check`] must run before `serde_yaml` sees the text: it may hold an anchor, an alias or a tag, may
/// nest too deep or be too dense, or holds characters that YAML does not take or that two readers take for different
/// things.
///
/// Nesting is estimated from above. Brackets: one that is not closed on its own line counts for the rest of the file,
/// and so does any that may stand in quotes or a comment; where an opening bracket is real, the bracket taken to close
/// it is too, because between them quotes and comments are read exactly. Blocks: a line cannot open more of them than
/// it has columns of indentation and dashes. How dense the text is, is estimated from the marks of YAML in it: what is
/// too dense by little may pass.
pub fn needed(text: &str) -> bool {
    let stretches = stretches(text.as_bytes());
    let scans: Option<Vec<_>> = match stretches.as_slice() {
        // Threads cost more than to look through it.
        [(before, lines)] => Scan::of(before, lines).map(|scan| vec![scan]),
        _ => stretches.into_par_iter().map(|(before, lines)| Scan::of(before, lines)).collect(),
    };
    let Some(scans) = scans else { return true };
    let (mut open, mut load) = (0, Load::default());
    scans.into_iter().any(|scan| {
        let deepest = open + scan.deepest;
        open += scan.left;
        load.is_too_much_in(scan.load) || deepest > DEEPEST
    })
}

/// The text in stretches of whole lines, each with the last line before it.
fn stretches(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    const LONG: usize = 1 << 20;
    let (mut stretches, mut from, mut before) = (Vec::new(), 0, &bytes[..0]);
    while let Some(length) = bytes.get(from + LONG..).and_then(|rest| memchr(b'\n', rest)) {
        let end = from + LONG + length;
        let lines = &bytes[from..end];
        stretches.push((before, lines));
        before = &lines[memrchr2(b'\n', b'\r', lines).map_or(0, |end| end + 1)..];
        from = end + 1;
    }
    stretches.push((before, &bytes[from..]));
    stretches
}

/// What is seen of some lines.
struct Scan {
    /// The brackets that are open at one moment, at most, those before the lines not counted.
    deepest: usize,
    /// The brackets that are open at the end, likewise.
    left: usize,
    load: Stretch,
}

impl Scan {
    /// `None` where a line by itself must be looked at.
    fn of(before: &[u8], lines: &[u8]) -> Option<Self> {
        let mut scan = Self { deepest: 0, left: 0, load: Stretch::default() };
        let (mut margin_before, mut rest) = (margin(before), lines);
        loop {
            let seen = Seen::of_line(rest);
            let line = &rest[..seen.length];
            if seen.margin > DEEPEST
                || seen.is_odd
                || ((seen.classes & MARK != 0 || seen.has_lone_colon) && may_hold_properties(line))
            {
                return None;
            }
            if seen.classes & OPENS != 0 {
                let Brackets { most, left } = unclosed(line, seen.opens);
                scan.deepest = scan.deepest.max(scan.left + most);
                scan.left += left;
            }
            scan.load.add(weight(line, &seen, seen.margin > margin_before), line.len() + 1);
            margin_before = seen.margin;
            match rest.get(line.len() + 1..) {
                Some(next) => rest = next,
                None => break,
            }
        }
        Some(scan)
    }
}

/// The columns before the first character of a line that is no mark of a block.
fn margin(line: &[u8]) -> usize {
    line.iter().take_while(|byte| is_margin(**byte)).count()
}

fn is_margin(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'-' | b'?' | b':')
}

// What a byte may be. Most are nothing, and gone past at once.
/// One of those [`is_odd`] looks at.
const ODD: u8 = 1;
/// The mark of an anchor, an alias, a tag or a key.
const MARK: u8 = 2;
/// An opening bracket.
const OPENS: u8 = 4;
/// A closing one.
const CLOSES: u8 = 8;
/// The end of a line.
const ENDS: u8 = 16;
/// A comma.
const COMMA: u8 = 32;
/// A colon.
const COLON: u8 = 64;
/// What may begin a quotation or a comment.
const QUOTES: u8 = 128;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = u8::MIN;
    loop {
        classes[byte as usize] = match byte {
            b'\t' => 0,
            b'\n' | b'\r' => ENDS,
            0..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef => ODD,
            b'!' | b'&' | b'*' | b'?' => MARK,
            b'[' | b'{' => OPENS,
            b']' | b'}' => CLOSES,
            b',' => COMMA,
            b':' => COLON,
            b'"' | b'\'' | b'#' => QUOTES,
            _ => 0,
        };
        if byte == u8::MAX {
            break classes;
        }
        byte += 1;
    }
};

/// What is seen of a line in one pass over its bytes.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    /// Its bytes, without the end of the line.
    length: usize,
    /// See [`margin`].
    margin: usize,
    /// All that its bytes are.
    classes: u8,
    /// What the commas, colons and brackets past the margin weigh.
    parts: usize,
    /// Where the first opening bracket stands; nothing before it is in brackets.
    opens: usize,
    /// Whether one of them is a colon.
    has_colon: bool,
    /// Whether a colon stands where [`may_hold_properties`] looks for one.
    has_lone_colon: bool,
    /// Whether [`is_odd`] says so of any of its bytes.
    is_odd: bool,
}

impl Seen {
    /// What is seen of the first of some lines.
    fn of_line(lines: &[u8]) -> Self {
        let margin = margin(lines);
        let mut seen = Self { margin, length: lines.len(), opens: lines.len(), ..Self::default() };
        for (at, byte) in lines.iter().enumerate() {
            let class = CLASSES[usize::from(*byte)];
            if class == 0 {
                continue;
            }
            if class == ENDS {
                seen.length = at;
                break;
            }
            seen.classes |= class;
            match class {
                ODD => seen.is_odd |= is_odd(lines, at),
                COLON => {
                    let before = at.checked_sub(1).map_or(b' ', |before| lines[before]);
                    seen.has_lone_colon |= matches!(before, b' ' | b'\t' | b'[' | b'{' | b',' | b':');
                    if at >= margin {
                        seen.has_colon = true;
                        seen.parts += SCALAR;
                    }
                }
                COMMA => seen.parts += SCALAR,
                OPENS => {
                    let collection = if *byte == b'[' { LIST } else { MAPPING };
                    // A scalar is counted at the mark before it, unless a bracket stands in its place.
                    let is_counted =
                        matches!(last(&lines[margin..at]), None | Some(b':' | b',' | b'[' | b'{' | b'-'));
                    seen.parts += collection + if is_counted { 0 } else { SCALAR };
                    seen.opens = seen.opens.min(at);
                }
                CLOSES if matches!(last(&lines[margin..at]), Some(b'[' | b'{')) => seen.parts += EMPTY,
                _ => {}
            }
        }
        seen.opens = seen.opens.min(seen.length);
        seen
    }
}

/// The last byte that is no blank.
fn last(bytes: &[u8]) -> Option<u8> {
    bytes.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t')).copied()
}

/// What the values on this line may weigh. `deeper` says that it stands further in than the line before.
fn weight(line: &[u8], seen: &Seen, deeper: bool) -> usize {
    let (margin, rest) = line.split_at(seen.margin);
    let Some(first) = rest.first() else { return margin.len() };
    let marks = margin.iter().filter(|byte| !matches!(byte, b' ' | b'\t')).count();
    let begins_block = (marks > 0 || deeper) && !matches!(first, b'[' | b'{') && seen.has_colon;
    let mut weight = SCALAR + marks.saturating_sub(1) * MAPPING;
    weight += if begins_block { MAPPING } else { 0 };
    // A key may stand without a value.
    weight += margin.iter().map(|byte| usize::from(*byte == b'?')).sum::<usize>() * SCALAR;
    weight + seen.parts
}

/// The brackets that are open on a line.
struct Brackets {
    /// At one moment, at most.
    most: usize,
    /// At its end, at most.
    left: usize,
}

/// How many brackets this line may open, of which the first stands at `at`.
fn unclosed(line: &[u8], mut at: usize) -> Brackets {
    // Those that the line closes again, if they are brackets at all; and those nobody can be sure of.
    let (mut open, mut unsure, mut most) = (0_usize, 0, 0);
    while let Some(&byte) = line.get(at) {
        if CLASSES[usize::from(byte)] & (OPENS | CLOSES | QUOTES) == 0 {
            at += 1;
            continue;
        }
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            b'#' if open > 0 && matches!(line[..at].last(), None | Some(b' ' | b'\t')) => {
                let left = open + unsure + brackets(&line[at..]);
                return Brackets { most: most.max(left), left };
            }
            b'"' | b'\''
                if open > 0 && matches!(last(&line[..at]), Some(b'[' | b'{' | b',' | b':' | b'?' | b'-')) =>
            {
                let quoted = quoted(&line[at..]);
                unsure += brackets(quoted);
                most = most.max(open + unsure);
                at += quoted.len();
                continue;
            }
            _ => {}
        }
        most = most.max(open + unsure);
        at += 1;
    }
    Brackets { most, left: open + unsure }
}

/// The quoted text at the start of these bytes, quotes and all; all of them where it is not closed.
fn quoted(bytes: &[u8]) -> &[u8] {
    let quote = bytes[0];
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quote == b'"' => at += 2,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            _ if byte == quote => return &bytes[..=at],
            _ => at += 1,
        }
    }
    bytes
}

fn brackets(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| matches!(byte, b'[' | b'{')).count()
}

/// Whether an anchor, an alias or a tag may stand here, or text in brackets that begins like a key or a value: its mark,
/// where a value can begin.
fn may_hold_properties(line: &[u8]) -> bool {
    let mut before = b' ';
    line.iter().enumerate().any(|(at, &byte)| {
        let begins = matches!(before, b' ' | b'\t' | b'[' | b'{' | b',' | b':');
        before = byte;
        match byte {
            b'!' => begins,
            b'&' | b'*' | b'?' | b':' => {
                begins && line.get(at + 1).is_some_and(|next| !matches!(next, b' ' | b'\t'))
            }
            _ => false,
        }
    })
}

/// Whether one of [`forbidden`] or [`hidden_breaks`] begins with this byte, which is no end of a line.
fn is_odd(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'\t' => false,
        0..=0x1f | 0x7f => true,
        0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0x9f)),
        0xe2 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])),
        0xef => matches!(bytes.get(at + 1..at + 3), Some([0xbb, 0xbf] | [0xbf, 0xbe | 0xbf])),
        _ => false,
    }
}

/// Where the characters stand that YAML does not take unescaped: controls, and a byte order mark past the first.
pub(super) fn forbidden(text: &str) -> impl Iterator<Item = Range<usize>> {
    characters(text, |character| {
        matches!(character,
            '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
            | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    })
}

/// Where the characters stand that YAML 1.1 takes for the end of a line, and YAML 1.2 and most editors do not.
pub(super) fn hidden_breaks(text: &str) -> impl Iterator<Item = Range<usize>> {
    characters(text, |character| matches!(character, '\u{85}' | '\u{2028}' | '\u{2029}'))
}

fn characters(text: &str, wanted: fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    text.char_indices()
        .filter(move |(_, character)| wanted(*character))
        .map(|(at, character)| at..at + character.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of the questions that [`Seen::of_line`] answers in one pass, asked of a line by itself.
    fn asked_one_by_one(line: &[u8]) -> Seen {
        let margin = margin(line);
        let rest = &line[margin..];
        let parts = rest.iter().enumerate().map(|(at, byte)| match (byte, last(&rest[..at])) {
            (b',' | b':', _) => SCALAR,
            (b'[', None | Some(b':' | b',' | b'[' | b'{' | b'-')) => LIST,
            (b'{', None | Some(b':' | b',' | b'[' | b'{' | b'-')) => MAPPING,
            (b'[', _) => LIST + SCALAR,
            (b'{', _) => MAPPING + SCALAR,
            (b']' | b'}', Some(b'[' | b'{')) => EMPTY,
            _ => 0,
        });
        let opens = line.iter().position(|byte| matches!(byte, b'[' | b'{'));
        let has_lone_colon = (0..line.len()).any(|at| {
            line[at] == b':'
                && matches!(line[..at].last(), None | Some(b' ' | b'\t' | b'[' | b'{' | b',' | b':'))
        });
        Seen {
            length: line.len(),
            margin,
            classes: line.iter().fold(0, |classes, byte| classes | CLASSES[usize::from(*byte)]),
            parts: parts.sum(),
            opens: opens.unwrap_or(line.len()),
            has_colon: rest.contains(&b':'),
            has_lone_colon,
            is_odd: (0..line.len()).any(|at| is_odd(line, at)),
        }
    }

    #[test]
    fn one_pass_over_a_line_sees_what_each_question_by_itself_would_find() {
        let signs = [
            "a", " ", " ", "-", ":", ": ", ",", "[", "]", "{", "}", "?", "&", "\"", "#", "é", "’",
            "\u{2028}", "\t",
        ];
        let mut number = 1_u32;
        let mut any = || {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            usize::try_from(number >> 16).expect("a small number")
        };
        for _ in 0..5_000 {
            let line: String = (0..any() % 12).map(|_| signs[any() % signs.len()]).collect();
            let wanted = asked_one_by_one(line.as_bytes());
            for end in ["", "\n", "\r\n- [b]: c,\u{2028}", "\n: !&"] {
                let lines = format!("{line}{end}");
                assert_eq!(Seen::of_line(lines.as_bytes()), wanted, "{lines:?}");
            }
        }
    }

    #[test]
    fn the_stories_of_this_house_need_no_second_reading() {
        assert!(!needed(crate::story::EMBEDDED));
        assert!(!needed(crate::story::EXAMPLE));
    }

    #[test]
    fn what_is_closed_on_its_line_does_not_add_up() {
        for text in [
            "title: AT&T & Co. * 2! [sic]\n",
            "- {id: a, text: \"it's so\", list: [a, 'b'], more: {c: d}}\n",
            "text: >-\n  many words\n",
        ] {
            assert!(!needed(&text.repeat(1000)), "{text}");
        }
        // Those in quotes count, and may count for nothing: then the text is read once more, and let through.
        let quoted = "- {text: \"[sic]\"}\n";
        assert!(!needed(&quoted.repeat(62)) && needed(&quoted.repeat(65)));
        assert_eq!(super::super::check(&quoted.repeat(65)).refused, []);
    }

    #[test]
    fn what_may_be_an_anchor_an_alias_or_a_tag_is_looked_at() {
        for text in [
            "a: &b c",
            "[&b c]",
            "{a: *b}",
            "- *b",
            "&b",
            "a: !!str b",
            "a:\r&b",
            "- ! b",
            "\"a\":*b",
            "[?&b c]",
            "{:x}",
        ] {
            assert!(needed(text), "{text}");
        }
    }

    #[test]
    fn nesting_is_never_estimated_too_low() {
        for text in [
            "[".repeat(65),
            "- ".repeat(65),
            format!("a: {}", "[\"]\", ".repeat(65)),
            format!("a: {}", "{b: ']', c: ".repeat(65)),
            "[ # ]\n".repeat(65),
            "['\n]\n', ".repeat(65),
            "[\"\\\"]\", ".repeat(65),
            "['it''s ]', ".repeat(65),
            // Closed on the line where they stand.
            "[".repeat(65) + &"]".repeat(65),
            format!("a: [{}x{}", "{b: ".repeat(64), "}".repeat(64)),
            format!("{}\n{}{}", "[".repeat(60), "[".repeat(5), "]".repeat(65)),
        ] {
            assert!(needed(&text), "{text}");
        }
        assert!(!needed(&("[".repeat(64) + &"]".repeat(64))));
    }

    #[test]
    fn what_may_be_too_dense_is_looked_at_and_a_long_story_is_not() {
        for dense in [
            "{},",
            "[],",
            "a,",
            "[[],",
            "a: x\n",
            "- a: x\n",
            "- - x\n",
            "a:\n b: c\n",
            "\"\":\"\",",
            "? a\n",
        ] {
            assert!(needed(&dense.repeat(500_000)), "{dense:?}");
            assert!(!needed(&dense.repeat(50).replace('[', "(")), "{dense:?}");
        }
        assert!(!needed(&crate::story::EMBEDDED.repeat(20)));
        let event = "  - {id: e10000, title: T, status: occurred, sources: [wire], after: [e10000]}\n";
        assert!(!needed(&event.repeat(100_000)));
    }

    #[test]
    fn a_long_text_is_gone_through_in_stretches_that_come_to_the_same() {
        let lines = |text: &str| 3_000_000 / text.len();
        for text in
            ["title: words\n", "- {id: a, text: \"it's so\"}\r\n", "  - id: x\n    note: \"[\"\n", "\n"]
        {
            let long = text.repeat(lines(text));
            let whole = Scan::of(b"", long.as_bytes()).expect("nothing odd");
            let (mut open, mut load, mut deepest) = (0, Load::default(), 0);
            let mut is_too_much = false;
            let cut = stretches(long.as_bytes());
            assert!(cut.len() > 1);
            assert_eq!(cut.iter().map(|(_, lines)| lines.len() + 1).sum::<usize>(), long.len() + 1);
            for (before, lines) in cut {
                let scan = Scan::of(before, lines).expect("nothing odd");
                deepest = deepest.max(open + scan.deepest);
                open += scan.left;
                is_too_much |= load.is_too_much_in(scan.load);
            }
            let mut at_once = Load::default();
            let is_too_much_at_once = at_once.is_too_much_in(whole.load);
            assert_eq!(
                (open, deepest, is_too_much),
                (whole.left, whole.deepest, is_too_much_at_once),
                "{text}"
            );
        }
    }

    #[test]
    fn odd_characters_are_looked_at() {
        for character in [
            "\0", "\u{b}", "\u{1b}", "\u{7f}", "\u{80}", "\u{85}", "\u{9f}", "\u{2028}", "\u{feff}",
            "\u{ffff}",
        ] {
            assert!(needed(&format!("a: b{character}c")), "{character:?}");
        }
        for character in ["\t", "\r\n", "\u{a0}", "é", "\u{2027}", "漢", "\u{fefe}", "\u{fffd}", "😀"] {
            assert!(!needed(&format!("a: b{character}c")), "{character:?}");
        }
    }
}
