//! Text folded for search, with the way back to the original for highlights.
//!
//! Must not import anything but the parent module.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_segmentation::UnicodeSegmentation;

use super::is_hidden;

/// Text folded for search, and where each of its bytes came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// Decomposed, without accents, lower-case, with plain quotes and dashes.
    pub text: String,
    /// For each byte of `text`, the byte offset in the original of the character it came from.
    pub origin: Vec<u32>,
}

/// Folds `text` so that what is typed finds what is printed: NFKD, accents dropped, lower-case, letters with strokes
/// and ligatures spelt plainly, typographic quotes and dashes as ASCII.
///
/// Accents are the marks with a combining class; vowel signs of Indic scripts and Thai have none and stay, as letters.
pub fn fold(text: &str) -> Folded {
    let mut folded =
        Folded { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
    for (at, character) in text.char_indices() {
        fold_char(character, &mut folded.text);
        // Offsets past 4 GiB cannot occur under the size cap; they would only misplace a highlight.
        folded.origin.resize(folded.text.len(), u32::try_from(at).unwrap_or(u32::MAX));
    }
    folded
}

/// As [`fold`], where only the text is needed.
pub fn fold_str(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text.chars());
    folded
}

/// Puts characters behind a text, folded as [`fold`] has them.
pub fn fold_onto(folded: &mut String, characters: impl IntoIterator<Item = char>) {
    for character in characters {
        fold_char(character, folded);
    }
}

fn fold_char(character: char, folded: &mut String) {
    if character.is_ascii() {
        folded.push(character.to_ascii_lowercase());
        return;
    }
    // NFKD would make a space and an accent of it.
    let character = if character == '\u{B4}' { '\'' } else { character };
    decompose_compatible(character, |part| {
        if canonical_combining_class(part) != 0 || is_hidden(part) {
            return;
        }
        for lower in part.to_lowercase() {
            match plain_spelling(lower) {
                Some(plain) => folded.push_str(plain),
                None if canonical_combining_class(lower) == 0 => folded.push(lower),
                None => {}
            }
        }
    });
}

fn plain_spelling(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'þ' => "th",
        'ı' => "i",
        'æ' => "ae",
        'œ' => "oe",
        'ς' => "σ",
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | 'ʼ' | 'ʻ' | 'ʹ' | '‹' | '›' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        _ => return None,
    })
}

impl Folded {
    /// Byte ranges of `original` that the given byte positions of the folded text came from: whole grapheme clusters,
    /// in order, merged where they touch. Positions past the end are ignored.
    pub fn ranges(&self, original: &str, positions: impl IntoIterator<Item = usize>) -> Vec<Range<usize>> {
        let mut offsets: Vec<usize> = positions
            .into_iter()
            .filter_map(|position| self.origin.get(position).and_then(|at| usize::try_from(*at).ok()))
            .collect();
        offsets.sort_unstable();
        let mut offsets = offsets.into_iter().peekable();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (at, cluster) in original.grapheme_indices(true) {
            let end = at + cluster.len();
            if offsets.peek().is_none() {
                break;
            }
            let mut hit = false;
            while offsets.next_if(|offset| *offset < end).is_some() {
                hit = true;
            }
            match ranges.last_mut() {
                _ if !hit => {}
                Some(last) if last.end == at => last.end = end,
                _ => ranges.push(at..end),
            }
        }
        ranges
    }
}
