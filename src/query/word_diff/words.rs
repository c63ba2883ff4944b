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

/// Number words and what they are worth; the tens first.
const NUMBERS: [(&str, u32); 28] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
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

/// Whether a word says nothing of what a text is about: a small one, or a mark.
pub(super) fn is_small(key: &str) -> bool {
    key.chars().all(|c| c.is_ascii_punctuation() && !matches!(c, '$' | '%') || c == ELLIPSIS)
        || SMALL_WORDS.binary_search(&key).is_ok()
}

/// Something left out.
const ELLIPSIS: char = '…';

/// The words of a text in order. Word boundaries are those of UAX 29, so a hyphen ends a word, an apostrophe inside
/// does not, and ideographs are words of their own.
///
/// Marks that change what is said are words: brackets, question marks, ellipses, commas. Quotation marks and hyphens
/// are none, nor is a full stop or comma at the very end, where a quote was cut off.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> {
    let shouts = !text.contains(char::is_lowercase);
    let tokens: Vec<Token> = text
        .split_word_bound_indices()
        .map(|(at, token)| Token { at, end: at + token.len(), folded: folded(token, shouts) })
        .collect();
    let spoken = tokens.iter().rposition(|token| token.folded.contains(char::is_alphanumeric));
    let spoken = spoken.map_or(0, |last| last + 1);
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < tokens.len() {
            let (word, after) = word_at(&tokens, next, next < spoken);
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

/// A token folded; `US` is no pronoun unless all letters are capitals.
fn folded(token: &str, shouts: bool) -> String {
    match token {
        "US" | "IT" | "WHO" if !shouts => token.chars().flat_map(|c| [c.to_ascii_lowercase(), '.']).collect(),
        _ => fold_str(token),
    }
}

/// The word that starts at a token, if one does, and the token to go on with. `inside`: not behind the last word.
fn word_at(tokens: &[Token], at: usize, inside: bool) -> (Option<Word>, usize) {
    let found = |key, last: usize, percent| {
        (Some(Word { text: tokens[at].at..tokens[last].end, key, percent }), last + 1)
    };
    if let Some(Figure { key, last, percent }) = in_brackets(tokens, at).or_else(|| figure_at(tokens, at)) {
        return found(key, last, percent);
    }
    let is_dots = |token: &&Token| !token.folded.is_empty() && token.folded.bytes().all(|byte| byte == b'.');
    let dots = tokens[at..].iter().take_while(is_dots).count();
    if dots > 1 || tokens[at].folded == "..." {
        return found(ELLIPSIS.to_string(), at + dots.max(1) - 1, false);
    }
    let folded = &tokens[at].folded;
    if is_sign(tokens, at) || is_mark(tokens, at, inside) {
        return found(folded.clone(), at, false);
    }
    match word(folded) {
        Some(key) => found(key, at, false),
        None => (None, at + 1),
    }
}

/// A figure: its value with its unit, and the token it ends with.
struct Figure {
    key: String,
    last: usize,
    percent: bool,
}

/// A figure with its sign and unit that starts at a token.
fn figure_at(tokens: &[Token], at: usize) -> Option<Figure> {
    let number = sign_at(tokens, at);
    let (value, end) = number_at(tokens, number.unwrap_or(at))?;
    let (value, end) = scaled(tokens, value, end);
    let percent = percent_after(tokens, end);
    let minus = number.is_some() && matches!(tokens[at].folded.as_str(), "-" | "minus") && value != "0";
    let key = format!("{}{value}{}", if minus { "-" } else { "" }, if percent.is_some() { "%" } else { "" });
    Some(Figure { key, last: percent.unwrap_or(end), percent: percent.is_some() })
}

/// A figure alone in brackets, as accounts print what is below nothing: it may be that or not, so it equals neither.
fn in_brackets(tokens: &[Token], at: usize) -> Option<Figure> {
    if tokens[at].folded != "(" {
        return None;
    }
    let Figure { key, last, percent } = figure_at(tokens, at + 1)?;
    let closes = tokens.get(last + 1).is_some_and(|token| token.folded == ")");
    let signed = sign_at(tokens, at + 1).is_some();
    (closes && !signed).then(|| Figure { key: format!("({key})"), last: last + 1, percent })
}

/// Where the number stands that a sign, or `minus`, before it belongs to.
fn sign_at(tokens: &[Token], at: usize) -> Option<usize> {
    if signed(tokens, at) {
        return Some(at + 1);
    }
    let is_word = matches!(tokens.get(at)?.folded.as_str(), "minus" | "plus");
    let number = skip_joint(tokens, at + 1);
    (is_word && number > at + 1).then_some(number)
}

/// The value of the number at a token, and the token it ends with.
fn number_at(tokens: &[Token], at: usize) -> Option<(String, usize)> {
    let token = &tokens.get(at)?.folded;
    if let Some(value) = value(token) {
        return Some((value, at));
    }
    if token == "." {
        let before = at.checked_sub(1).and_then(|before| tokens[before].folded.chars().next_back());
        let digits = tokens.get(at + 1).filter(|next| next.folded.bytes().all(|byte| byte.is_ascii_digit()));
        let joins = before.is_some_and(|c| c.is_alphanumeric() || c == '.');
        return digits
            .filter(|_| !joins)
            .and_then(|next| Some((value(&format!("0.{}", next.folded))?, at + 1)));
    }
    if token.starts_with(|c: char| c.is_ascii_digit())
        && let Some(figures) = token.find(|c: char| c.is_ascii_alphabetic())
    {
        let (figures, scale) = token.split_at(figures);
        return Some((shifted(&value(figures)?, zeros(scale)?), at));
    }
    let worth = |at: usize| {
        let token = tokens.get(at)?;
        NUMBERS.iter().find(|(word, _)| *word == token.folded).map(|(_, worth)| *worth)
    };
    let first = worth(at)?;
    let second = skip_joint(tokens, at + 1);
    match worth(second).filter(|unit| first >= 20 && (1..10).contains(unit) && second > at + 1) {
        Some(unit) => Some(((first + unit).to_string(), second)),
        // "No one" counts nothing.
        None if first < 2 && percent_after(tokens, at).is_none() => None,
        None => Some((first.to_string(), at)),
    }
}

/// A value with the `billion` behind it, where there is one.
fn scaled(tokens: &[Token], value: String, last: usize) -> (String, usize) {
    let scale = skip_joint(tokens, last + 1);
    match tokens.get(scale).and_then(|token| zeros(&token.folded)) {
        Some(zeros) => (shifted(&value, zeros), scale),
        None => (value, last),
    }
}

/// The noughts a scale stands for. A bare `m` may be metres.
fn zeros(scale: &str) -> Option<usize> {
    match scale {
        "thousand" => Some(3),
        "million" | "mn" | "mln" => Some(6),
        "billion" | "bn" | "bln" => Some(9),
        "trillion" | "tn" | "trn" => Some(12),
        _ => None,
    }
}

/// A value times ten, so many times.
fn shifted(value: &str, zeros: usize) -> String {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let (moved, rest) = part.split_at(zeros.min(part.len()));
    let noughts = "0".repeat(zeros - moved.len());
    let whole = format!("{whole}{moved}{noughts}");
    let (whole, rest) = (whole.trim_start_matches('0'), rest.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
}

/// A folded word without the marks around it and the full stops of an abbreviation; but a `u.s.` is no `us`.
fn word(folded: &str) -> Option<String> {
    let word = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = word.contains(|c: char| c.is_ascii_digit());
    if word.is_empty() || is_number {
        return (!word.is_empty()).then(|| word.to_owned());
    }
    let joined = word.replace('.', "");
    let is_short = joined.len() < word.len() && matches!(joined.as_str(), "us" | "it" | "who" | "am" | "is");
    Some(if is_short { format!("{joined}.") } else { joined })
}

/// Whether a mark that is no letter changes what is said: brackets, a question mark, a comma; a hyphen only between
/// two figures. `inside`: it is not behind the last word.
fn is_mark(tokens: &[Token], at: usize, inside: bool) -> bool {
    let is_figure = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| {
            token.folded.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'%'))
                && !token.folded.is_empty()
        })
    };
    let shortens = || {
        let before = at.checked_sub(1).map_or("", |before| tokens[before].folded.as_str());
        before.contains('.') || before.chars().count() == 1 && before.contains(char::is_alphabetic)
    };
    match tokens[at].folded.as_str() {
        "?" | "!" | "[" | "]" | "(" | ")" | "{" | "}" | "/" | "&" | "*" | "=" | "@" | "#" | "×" | "÷" => {
            true
        }
        "-" => is_figure(at.checked_sub(1)) && is_figure(Some(at + 1)),
        "," | ";" | ":" => inside,
        "." => inside && !shortens(),
        _ => false,
    }
}

/// Whether a plus or minus stands here that belongs to the figure behind it: nothing before it that it could join.
fn signed(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens[before].folded.chars().next_back());
    tokens.get(at).is_some_and(|token| matches!(token.folded.as_str(), "-" | "+"))
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

/// The value of a figure in one spelling: `3.70` and `3,7` are `3.7`, `1,000` is `1000`. A point before three digits may
/// part thousands or not, so `1.500` is only itself.
fn value(folded: &str) -> Option<String> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = folded.split_once('.').unwrap_or((folded, "0"));
    let groups: Vec<_> = whole.split(',').collect();
    let may_group = groups.len() == 1 && whole.len() <= 3 && !whole.starts_with('0');
    if may_group && folded.contains('.') && fraction.len() == 3 && digits(whole) && digits(fraction) {
        return Some(folded.to_owned());
    }
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
            ("US-listed, “shares”", &["us.", "listed", ",", "shares"][..]),
            ("don’t — can't", &["don't", "can't"]),
            ("the 1260H list", &["the", "1260h", "list"]),
            ("−3.78 % and +1.0%", &["-3.78%", "and", "1%"]),
            ("3.78\u{A0}per cent per share", &["3.78%", "per", "share"]),
            ("a 12-percent cut", &["a", "12%", "cut"]),
            ("2025-11-14", &["2025", "-", "11", "-", "14"]),
            (
                "1,000 1,000.50 12,5 0,780 1,00,0 1.500",
                &["1000", "1000.5", "12.5", "0.78", "1,00,0", "1.500"],
            ),
            ("1.2.3 007 -0", &["1.2.3", "7", "0"]),
            ("$5 >1% a>b", &["$", "5", ">", "1%", "a", "b"]),
            ("5‰ and 3 %", &["5", "‰", "and", "3%"]),
            ("’ – “ ”. ,", &[]),
            ("“It is [not] so …” – or?", &["it", "is", "[", "not", "]", "so", "…", "or", "?"]),
            (
                "one, two. Three; twenty-three per cent, no one.",
                &["one", ",", "2", ".", "3", ";", "23%", ",", "no", "one"],
            ),
            ("3bn, 3 billion and 1.25 million", &["3000000000", ",", "3000000000", "and", "1250000"]),
            ("a fall of .5% and -.5%, minus 3%", &["a", "fall", "of", "0.5%", "and", "-0.5%", ",", "-3%"]),
            ("the U.S. and us, US or it", &["the", "us.", "and", "us", ",", "us.", "or", "it"]),
            ("(3%) 3–4%", &["(3%)", "3", "-", "4%"]),
        ] {
            assert_eq!(keys(text), words, "{text}");
        }
    }

    #[test]
    fn a_figure_is_one_word_with_its_sign_and_unit() {
        let text = "fell (−3.78 per cent)";
        let spans: Vec<_> = words(text).map(|word| &text[word.text]).collect();
        assert_eq!(spans, ["fell", "(", "−3.78 per cent", ")"]);
    }
}
