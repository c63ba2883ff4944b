//! A text cut into the words that are compared: folded words, figures by value, and the signs that carry meaning.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::fold_str;

/// Words so common that sharing them relates no two texts. In other languages they only make texts look a little
/// more alike than they are.
const SMALL_WORDS: [&str; 44] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have",
    "he", "her", "his", "in", "into", "is", "it", "its", "of", "on", "or", "said", "says", "she", "that",
    "the", "their", "them", "they", "this", "to", "was", "were", "what", "which", "who", "will", "with",
    "would",
];

/// A word of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Bytes of the original: a figure with its sign and its `per cent`.
    pub text: Range<usize>,
    /// The same for the same word or the same value.
    pub key: String,
    /// Whether it is a percentage.
    pub percent: bool,
}

/// Whether a word says nothing of what a text is about.
pub(super) fn is_small(key: &str) -> bool {
    SMALL_WORDS.binary_search(&key).is_ok()
}

/// The words of a text in order. Word boundaries are those of UAX 29, so a hyphen ends a word, an apostrophe inside
/// does not, and ideographs are words of their own.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> {
    let tokens: Vec<Token> = text
        .split_word_bound_indices()
        .map(|(at, token)| Token { at, end: at + token.len(), folded: fold_str(token) })
        .collect();
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < tokens.len() {
            let (word, after) = word_at(&tokens, next);
            next = after;
            if word.is_some() {
                return word;
            }
        }
        None
    })
}

struct Token {
    at: usize,
    end: usize,
    folded: String,
}

/// The word that starts at a token, if one does, and the token to go on with.
fn word_at(tokens: &[Token], at: usize) -> (Option<Word>, usize) {
    let token = &tokens[at];
    let number = if signed(tokens, at) { at + 1 } else { at };
    if let Some(value) = tokens.get(number).and_then(|token| value(&token.folded)) {
        let negative = number > at && token.folded == "-" && value != "0";
        let unit = percent_after(tokens, number);
        let last = unit.unwrap_or(number);
        let key =
            format!("{}{value}{}", if negative { "-" } else { "" }, if unit.is_some() { "%" } else { "" });
        let text = token.at..tokens[last].end;
        return (Some(Word { text, key, percent: unit.is_some() }), last + 1);
    }
    let key = if is_sign(tokens, at) { Some(token.folded.clone()) } else { word(&token.folded) };
    (key.map(|key| Word { text: token.at..token.end, key, percent: false }), at + 1)
}

/// A folded word without the punctuation around it and the full stops of an abbreviation.
fn word(folded: &str) -> Option<String> {
    let word = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = word.contains(|c: char| c.is_ascii_digit());
    (!word.is_empty()).then(|| if is_number { word.to_owned() } else { word.replace('.', "") })
}

/// Whether a plus or minus stands here that belongs to the figure behind it: nothing before it that it could join.
fn signed(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens[before].folded.chars().next_back());
    matches!(tokens[at].folded.as_str(), "-" | "+")
        && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '%' | '-' | '+' | '.' | ','))
}

/// Whether a mark is read as a word: a currency, an arrow, an operator, a picture; `<`, `>`, `~`, `±` where a
/// figure follows, `%` and `‰` where no figure took them.
fn is_sign(tokens: &[Token], at: usize) -> bool {
    let figure_follows = || tokens[at + 1..].iter().take(2).find_map(|token| value(&token.folded)).is_some();
    tokens[at].folded.chars().any(|c| match c {
        '<' | '>' | '~' | '±' => figure_follows(),
        '$'
        | '¢'..='¥'
        | '%'
        | '‰'
        | '\u{20A0}'..='\u{20CF}'
        | '\u{2190}'..='\u{24FF}'
        | '\u{2600}'..='\u{2BFF}'
        | '\u{1F000}'..='\u{1FAFF}' => true,
        _ => false,
    })
}

/// Where the `%`, `percent` or `per cent` ends that follows a figure.
fn percent_after(tokens: &[Token], figure: usize) -> Option<usize> {
    let unit = skip_joint(tokens, figure + 1);
    match tokens.get(unit)?.folded.as_str() {
        "%" | "percent" | "pct" => Some(unit),
        "per" => {
            let cent = skip_joint(tokens, unit + 1);
            (tokens.get(cent)?.folded == "cent").then_some(cent)
        }
        _ => None,
    }
}

/// The first token from `at` that is neither space nor hyphen.
fn skip_joint(tokens: &[Token], at: usize) -> usize {
    let joints =
        tokens.iter().skip(at).take_while(|token| token.folded == "-" || token.folded.trim().is_empty());
    at + joints.count()
}

/// The value of a figure in one spelling: `3.780` and `3,78` are `3.78`, `1,000` is `1000`.
fn value(folded: &str) -> Option<String> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = folded.split_once('.').unwrap_or((folded, "0"));
    let groups: Vec<_> = whole.split(',').collect();
    if !digits(fraction) || !groups.iter().all(|group| digits(group)) {
        return None;
    }
    let thousands = groups[0].len() <= 3
        && !groups[0].starts_with('0')
        && groups[1..].iter().all(|group| group.len() == 3);
    let (whole, fraction) = match groups.as_slice() {
        [whole] => ((*whole).to_owned(), fraction),
        _ if thousands => (groups.concat(), fraction),
        // A comma that parts no thousands is a decimal one.
        [whole, part] if !folded.contains('.') => ((*whole).to_owned(), *part),
        _ => return None,
    };
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        words(text).map(|word| word.key).collect()
    }

    #[test]
    fn small_words_are_sorted_for_the_search() {
        assert!(SMALL_WORDS.is_sorted());
    }

    #[test]
    fn texts_fall_into_words_and_values() {
        for (text, words) in [
            ("US-listed, “shares”", &["us", "listed", "shares"][..]),
            ("don’t — can't", &["don't", "can't"]),
            ("the 1260H list", &["the", "1260h", "list"]),
            ("−3.78 % and +1.0%", &["-3.78%", "and", "1%"]),
            ("3.78\u{A0}per cent per share", &["3.78%", "per", "share"]),
            ("a 12-percent cut", &["a", "12%", "cut"]),
            ("2025-11-14", &["2025", "11", "14"]),
            ("1,000 1,000.50 12,5 0,780 1,00,0", &["1000", "1000.5", "12.5", "0.78", "1,00,0"]),
            ("1.2.3 007 -0", &["1.2.3", "7", "0"]),
            ("$5 >1% a>b", &["$", "5", ">", "1%", "a", "b"]),
            ("5‰ and 3 %", &["5", "‰", "and", "3%"]),
            ("… – ! ()", &[]),
        ] {
            assert_eq!(keys(text), words, "{text}");
        }
    }

    #[test]
    fn a_figure_is_one_word_with_its_sign_and_unit() {
        let text = "fell (−3.78 per cent)";
        let spans: Vec<_> = words(text).map(|word| &text[word.text]).collect();
        assert_eq!(spans, ["fell", "−3.78 per cent"]);
    }
}
