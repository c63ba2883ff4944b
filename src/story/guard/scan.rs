//! The pass over the bytes that every file pays, and the characters that YAML does not take.
//!
//! The promise: no allocation, and never too low an estimate of the nesting. Imports its parent only.

use std::ops::Range;

use super::DEEPEST;

/// Whether [`super::check`] must run before `serde_yaml` sees the text: it may hold an anchor, an alias or a tag, may
/// nest too deep, or holds characters that YAML does not take or that two readers take for different things.
///
/// Nesting is estimated from above. Brackets: one that is not closed on its own line counts for the rest of the file,
/// and so does any that may stand in quotes or a comment; where an opening bracket is real, the bracket taken to close
/// it is too, because between them quotes and comments are read exactly. Blocks: a line cannot open more of them than
/// it has columns of indentation and dashes.
pub fn needed(text: &str) -> bool {
    let mut open = 0;
    text.as_bytes().split(|byte| matches!(byte, b'\n' | b'\r')).any(|line| {
        let margin = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'?' | b':')).count();
        if margin > DEEPEST || has_odd_character(line) || may_hold_properties(line) {
            return true;
        }
        open += unclosed(line);
        open > DEEPEST
    })
}

/// How many brackets may stay open at the end of this line, at most.
fn unclosed(line: &[u8]) -> usize {
    // Those that the line closes again, if they are brackets at all; and those nobody can be sure of.
    let (mut open, mut unsure) = (0_usize, 0);
    let (mut before, mut last) = (b' ', b' ');
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            b'"' | b'\'' if open > 0 && matches!(last, b'[' | b'{' | b',' | b':' | b'?' | b'-') => {
                let quoted = quoted(&line[at..]);
                unsure += brackets(quoted);
                at += quoted.len();
                (before, last) = (byte, byte);
                continue;
            }
            b'#' if open > 0 && matches!(before, b' ' | b'\t') => {
                return open + unsure + brackets(&line[at..]);
            }
            _ => {}
        }
        if !matches!(byte, b' ' | b'\t') {
            last = byte;
        }
        before = byte;
        at += 1;
    }
    open + unsure
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

/// Whether one of [`forbidden`] or [`hidden_breaks`] stands here.
fn has_odd_character(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\t' => false,
        0..=0x1f | 0x7f => true,
        0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0x9f)),
        0xe2 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])),
        0xef => matches!(bytes.get(at + 1..at + 3), Some([0xbb, 0xbf] | [0xbf, 0xbe | 0xbf])),
        _ => false,
    })
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
        assert!(!needed(&quoted.repeat(64)) && needed(&quoted.repeat(65)));
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
        ] {
            assert!(needed(&text), "{text}");
        }
        assert!(!needed(&("[".repeat(64) + &"]".repeat(64))));
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
