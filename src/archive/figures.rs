//! The percentages of a text, and whether a change in price is one of them: its value, its direction and its bounds.
//!
//! Method: a figure is a number before a per cent sign or the words for it, and no part of a range. What bounds it stands
//! right before or behind it (*more than*, *about*, *or more*); which way it goes, in its sign or in the words of its
//! clause (*fell*, *recovering*), and where that has none, in the clauses of the sentence before it, if they agree.
//! English: in another language the way is unknown, and unknown it stays.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::Text;
use super::clause;
use crate::story::change::Change;

/// A percentage as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// Without its sign.
    pub value: f64,
    /// Its bytes in the text, with the sign or word behind it.
    pub range: Range<usize>,
}

// A value is read from digits: it is never NaN.
impl Eq for Figure {}

/// How a figure of a text stands to the one of a story, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It goes the other way.
    OtherWay(Way),
    /// It is bounded, rounded or meant otherwise.
    Otherwise(Sense),
    /// Which way it goes cannot be told.
    WayUntold,
    /// It is the same.
    Same,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    Up,
    Down,
}

/// What the words around a figure make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sense {
    /// Just it.
    Exact,
    MoreThan,
    LessThan,
    About,
    /// Almost: about, and less.
    Nearly,
    /// One end of a range.
    Range,
    /// What something rose or fell to, or from.
    Level,
}

impl Sense {
    /// How the source has the figure, in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Exact => "without a bound",
            Self::MoreThan => "as what was exceeded",
            Self::LessThan => "as what was not reached",
            Self::About => "as rounded",
            Self::Nearly => "as almost reached",
            Self::Range => "as one end of a range",
            Self::Level => "as a level that was reached or left, not as a move",
        }
    }

    /// How a story writes it.
    pub(super) fn written(self, figure: f64) -> Option<String> {
        match self {
            Self::Exact => Some(format!("{figure}%")),
            Self::MoreThan => Some(format!("\">{figure}%\"")),
            Self::LessThan => Some(format!("\"<{figure}%\"")),
            Self::About | Self::Nearly => Some(format!("~{figure}%")),
            Self::Range | Self::Level => None,
        }
    }

    fn is_of(self, change: Change) -> bool {
        matches!(
            (change, self),
            (Change::Exact(_), Self::Exact)
                | (Change::MoreThan(_), Self::MoreThan)
                | (Change::LessThan(_), Self::LessThan | Self::Nearly)
                | (Change::About(_), Self::About | Self::Nearly)
        )
    }
}

const WORDS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];
const UNITS: [&str; 8] = ["%", "％", "percent", "per cent", "per\ncent", "per-cent", "pct", "prozent"];
const DOWN: [&str; 49] = [
    "fall",
    "falls",
    "fell",
    "fallen",
    "falling",
    "drop",
    "drops",
    "dropped",
    "dropping",
    "decline",
    "declines",
    "declined",
    "declining",
    "slide",
    "slides",
    "slid",
    "sliding",
    "slump",
    "slumped",
    "slumping",
    "tumble",
    "tumbled",
    "tumbling",
    "plunge",
    "plunged",
    "plunging",
    "lose",
    "loses",
    "lost",
    "losing",
    "loss",
    "down",
    "lower",
    "decrease",
    "decreased",
    "shed",
    "shedding",
    "sank",
    "sunk",
    "sinking",
    "dip",
    "dipped",
    "slip",
    "slipped",
    "slipping",
    "plummeted",
    "retreated",
    "crashed",
    "weakened",
];
const UP: [&str; 49] = [
    "rise",
    "rises",
    "rose",
    "risen",
    "rising",
    "gain",
    "gains",
    "gained",
    "gaining",
    "climb",
    "climbs",
    "climbed",
    "climbing",
    "jump",
    "jumps",
    "jumped",
    "jumping",
    "surge",
    "surges",
    "surged",
    "surging",
    "soar",
    "soared",
    "soaring",
    "up",
    "higher",
    "increase",
    "increased",
    "increasing",
    "advance",
    "advanced",
    "advancing",
    "rally",
    "rallied",
    "rallying",
    "recover",
    "recovers",
    "recovered",
    "recovering",
    "rebound",
    "rebounded",
    "rebounding",
    "grow",
    "grew",
    "grown",
    "growing",
    "growth",
    "leapt",
    "spiked",
];
/// Words right before a figure, and what they make of it; longer ones first.
const BEFORE: [(&str, Sense); 33] = [
    ("no more than", Sense::LessThan),
    ("not more than", Sense::LessThan),
    ("no less than", Sense::MoreThan),
    ("not less than", Sense::MoreThan),
    ("in excess of", Sense::MoreThan),
    ("as much as", Sense::LessThan),
    ("more than", Sense::MoreThan),
    ("greater than", Sense::MoreThan),
    ("at least", Sense::MoreThan),
    ("upwards of", Sense::MoreThan),
    ("upward of", Sense::MoreThan),
    ("less than", Sense::LessThan),
    ("fewer than", Sense::LessThan),
    ("at most", Sense::LessThan),
    ("up to", Sense::LessThan),
    ("close to", Sense::Nearly),
    ("just under", Sense::Nearly),
    ("just over", Sense::MoreThan),
    ("an estimated", Sense::About),
    ("over", Sense::MoreThan),
    ("above", Sense::MoreThan),
    ("exceeding", Sense::MoreThan),
    ("exceeded", Sense::MoreThan),
    ("under", Sense::LessThan),
    ("below", Sense::LessThan),
    ("nearly", Sense::Nearly),
    ("almost", Sense::Nearly),
    ("about", Sense::About),
    ("around", Sense::About),
    ("roughly", Sense::About),
    ("approximately", Sense::About),
    ("some", Sense::About),
    ("circa", Sense::About),
];
/// The same right behind it.
const BEHIND: [(&str, Sense); 6] = [
    ("or more", Sense::MoreThan),
    ("at least", Sense::MoreThan),
    ("or less", Sense::LessThan),
    ("at most", Sense::LessThan),
    ("or so", Sense::About),
    ("or thereabouts", Sense::About),
];

/// The percentages of a text, in figures or in words up to twelve, in order.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    // Wherever a unit stands, so that a long text is passed over fast.
    while let Some((unit, length)) = next_unit(text, at) {
        at = unit + length;
        let before = text[..unit].trim_end_matches(|c: char| c.is_whitespace() || c == '-');
        let behind = &text[at..];
        let points = behind
            .trim_start_matches([' ', '-', '\n'])
            .get(..5)
            .is_some_and(|next| next.eq_ignore_ascii_case("point"));
        let is_whole =
            !text[unit..at].ends_with(char::is_alphanumeric) || !behind.starts_with(char::is_alphanumeric);
        // Too far away is no unit of it.
        if let Some((start, value)) = number_before(before)
            && is_whole
            && !points
            && unit - before.len() <= 4
        {
            found.push(Figure { value, range: start..at });
        }
    }
    found
}

/// Where the next unit stands, and how long it is.
fn next_unit(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    (from..bytes.len()).filter(|at| matches!(bytes[*at], b'%' | 0xef | b'p' | b'P')).find_map(|at| {
        let is = |unit: &&&str| {
            text.get(at..at + unit.len()).is_some_and(|other| other.eq_ignore_ascii_case(unit))
        };
        let unit = UNITS.iter().find(is)?;
        let begins = !unit.starts_with('p') || !text[..at].ends_with(char::is_alphabetic);
        begins.then_some((at, unit.len()))
    })
}

/// The number that a text ends with, and the byte at which it begins.
fn number_before(text: &str) -> Option<(usize, f64)> {
    let is_of = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let start =
        text.rfind(|c| !is_of(c)).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = text[start..].trim_start_matches(',');
    let start = text.len() - word.len();
    let before = text[..start].chars().next_back();
    if word.contains(|c: char| c.is_ascii_digit()) {
        let is_cut = before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '/' | '⁄'));
        return number(word).filter(|_| !is_cut).map(|value| (start, value));
    }
    let (at, word) = text.unicode_word_indices().next_back()?;
    let place = WORDS.iter().position(|other| other.eq_ignore_ascii_case(word))?;
    let is_end = at + word.len() == text.len();
    // "Twenty-two" is not two.
    let is_whole = !text[..at].ends_with(['-', '‑', '‐']);
    let value = u32::try_from(place).ok().map(f64::from)?;
    (is_end && is_whole).then_some((at, value))
}

/// `3.78`, `3,78`, `.5`, `1,234.5`; a comma before exactly three figures and no point groups thousands.
fn number(word: &str) -> Option<f64> {
    let groups = word.contains('.') || word.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if groups { word.replace(',', "") } else { word.replace(',', ".") };
    let starts = plain.strip_prefix('.').unwrap_or(&plain);
    if !starts.starts_with(|c: char| c.is_ascii_digit()) || !plain.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Whether a figure of the text has the value of one in a story.
pub(super) fn same(printed: f64, figure: f64) -> bool {
    (printed - figure.abs()).abs() < 1e-9
}

/// How a figure stands to a change of its value.
pub(super) fn fit(text: &Text, figure: &Figure, change: Change) -> Fit {
    let sentence = text.sentence(&figure.range);
    let (before, behind) = (&sentence.text[..sentence.asked.start], &sentence.text[sentence.asked.end..]);
    let sense = sense(before, behind);
    if !sense.is_of(change) {
        return Fit::Otherwise(sense);
    }
    let wanted = match change.figure() {
        Some(value) if value < 0.0 => Way::Down,
        Some(value) if value > 0.0 => Way::Up,
        _ => return Fit::Same,
    };
    match way(&sentence.text, sentence.asked.start) {
        Some(way) if way == wanted => Fit::Same,
        Some(way) => Fit::OtherWay(way),
        None => Fit::WayUntold,
    }
}

/// What the words around a figure make of it.
fn sense(before: &str, behind: &str) -> Sense {
    let behind = behind.trim_start().to_lowercase();
    let signless = before.trim_end_matches(['-', '−', '+']);
    if let Some(sense) = ranged(before, &behind) {
        return sense;
    }
    match signless.trim_end().chars().next_back() {
        Some('~' | '≈') => return Sense::About,
        Some('>') => return Sense::MoreThan,
        Some('<') => return Sense::LessThan,
        _ => {}
    }
    let words: Vec<String> = signless.unicode_words().map(str::to_lowercase).collect();
    let is_last = |words: &[String], phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.len() >= phrase.len() && words[words.len() - phrase.len()..].iter().eq(phrase.iter())
    };
    let articles =
        words.iter().rev().take_while(|word| matches!(word.as_str(), "a" | "an" | "the" | "by" | "another"));
    let core = &words[..words.len() - articles.count()];
    if let Some((_, sense)) = BEFORE.iter().find(|(phrase, _)| is_last(core, phrase)) {
        return *sense;
    }
    if let Some((_, sense)) = BEHIND.iter().find(|(phrase, _)| behind.starts_with(phrase)) {
        return *sense;
    }
    let moved = |word: Option<&String>| word.is_some_and(|word| way_of(word).is_some());
    match words.last().map(String::as_str) {
        Some("from") => Sense::Level,
        Some("to") if moved(words.len().checked_sub(2).and_then(|place| words.get(place))) => Sense::Level,
        _ => Sense::Exact,
    }
}

/// One end of a range: `3-4 %`, `between 3 and 4 per cent`, `3% to 4%`.
fn ranged(before: &str, behind: &str) -> Option<Sense> {
    let is_number = |text: &str| {
        let text = text.trim_end();
        let word = text.unicode_words().next_back().unwrap_or_default();
        text.ends_with(|c: char| c.is_ascii_digit())
            || (text.ends_with(word) && WORDS.iter().any(|other| other.eq_ignore_ascii_case(word)))
    };
    let trimmed = before.trim_end();
    if let Some(first) = trimmed.strip_suffix(['-', '–', '—', '‑'])
        && (is_number(first) || first.ends_with('%'))
    {
        return Some(Sense::Range);
    }
    let lower = trimmed.to_lowercase();
    let joined = ["and", "to", "or"].iter().find_map(|word| lower.strip_suffix(word)).map(str::trim_end);
    let with_unit = |text: &str| UNITS.iter().any(|unit| text.ends_with(unit));
    let between = lower.rfind("between").is_some_and(|at| lower.len() - at < 40);
    if joined
        .is_some_and(|first| is_number(first) || (with_unit(first) && (between || lower.ends_with("to"))))
    {
        return Some(Sense::Range);
    }
    let goes_on = behind
        .strip_prefix("to ")
        .or_else(|| behind.strip_prefix(['-', '–']))
        .or_else(|| behind.strip_prefix("and ").filter(|_| between));
    let goes_on = goes_on.is_some_and(|rest| {
        rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
            || rest.unicode_words().next().is_some_and(|word| WORDS.contains(&word))
    });
    goes_on.then_some(Sense::Range)
}

fn way_of(word: &str) -> Option<Way> {
    if DOWN.contains(&word) { Some(Way::Down) } else { UP.contains(&word).then_some(Way::Up) }
}

/// Which way the figure at a byte of a sentence goes.
fn way(sentence: &str, at: usize) -> Option<Way> {
    let before = &sentence[..at];
    let bare = before.trim_end_matches(['-', '−', '+']);
    if bare.len() < before.len() && bare.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(') {
        return Some(if before.ends_with('+') { Way::Up } else { Way::Down });
    }
    let mut clauses = clauses(sentence);
    let own = clauses.iter().position(|clause| clause.contains(&at))?;
    // What comes behind a clause says nothing of it.
    clauses.truncate(own + 1);
    let mut agreed: Option<Way> = None;
    for (nearness, clause) in clauses.into_iter().rev().enumerate() {
        let piece = &sentence[clause];
        let mut words = piece.unicode_word_indices().peekable();
        let mut ways = Vec::new();
        while let Some((_, word)) = words.next() {
            // "Up to" is a bound.
            let bound =
                word.eq_ignore_ascii_case("up") && words.peek().is_some_and(|(_, next)| *next == "to");
            ways.extend(way_of(&word.to_lowercase()).filter(|_| !bound));
        }
        let Some(first) = ways.first().copied() else { continue };
        let contradicted =
            ways.iter().any(|way| *way != first) || agreed.is_some_and(|agreed| agreed != first);
        if contradicted || clause::has_negation(piece) {
            return None;
        }
        agreed = Some(first);
        if nearness == 0 {
            return agreed;
        }
    }
    agreed
}

/// The bytes of the clauses of a sentence.
fn clauses(sentence: &str) -> Vec<Range<usize>> {
    let tokens: Vec<_> =
        sentence.split_word_bound_indices().filter(|(_, token)| !token.trim().is_empty()).collect();
    let digit = |place: Option<usize>| {
        place
            .and_then(|place| tokens.get(place))
            .is_some_and(|(_, token)| token.starts_with(|c: char| c.is_ascii_digit()))
    };
    let mut starts = vec![0];
    for (place, (at, token)) in tokens.iter().enumerate() {
        let begins = match token.to_lowercase().as_str() {
            "," | ";" | ":" | "—" | "(" | ")" | "before" | "after" | "while" | "but" | "then" | "whereas" => {
                true
            }
            "and" => !digit(place.checked_sub(1)),
            _ => false,
        };
        if begins {
            starts.push(*at);
        }
    }
    let ends = starts.iter().copied().skip(1).chain([sentence.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_as_they_are_printed() {
        for (text, values) in [
            ("fell 3.78% on Friday", &[3.78][..]),
            ("dropped by 4.2 per cent.", &[4.2]),
            ("more than 1 percent, or two per cent", &[1.0, 2.0]),
            ("fiel um 3,5 Prozent", &[3.5]),
            ("1,234.5% of 12 dollars", &[1234.5]),
            ("over 1,000% and 30 men", &[1000.0]),
            ("rose .5 percent", &[0.5]),
            ("rose 7 percentage points, 3 percent points and 2%-points", &[]),
            ("twenty-two percent, 3 3/4 percent, 2½ per cent", &[]),
            ("it fell by 4.2\nper cent", &[4.2]),
            ("no figure, % alone, percent", &[]),
        ] {
            let found: Vec<_> = figures(text).into_iter().map(|figure| figure.value).collect();
            assert_eq!(found, values, "{text}");
        }
    }

    #[test]
    fn a_figure_fits_only_with_its_value_its_way_and_its_bounds() {
        use Fit::{OtherWay, Otherwise, Same, WayUntold};
        for (text, change, expected) in [
            ("Shares rose .5 percent and fell 3.78% later.", "-3.78%", Some(Same)),
            ("Shares rose .5 percent and fell 3.78% later.", "+3.78%", Some(OtherWay(Way::Down))),
            ("Shares rose .5 percent and fell 3.78% later.", "0.5%", Some(Same)),
            ("Shares rose .5 percent.", "5%", None),
            ("Margins rose 7 percentage points.", "7%", None),
            ("The index fell by less than 2%.", ">-2%", Some(Otherwise(Sense::LessThan))),
            ("The index fell by less than 2%.", "<-2%", Some(Same)),
            ("The index fell by less than 2%.", "-2%", Some(Otherwise(Sense::LessThan))),
            ("Prices fell between 3 and 4 per cent.", "-4%", Some(Otherwise(Sense::Range))),
            ("Prices fell 3 to 4 per cent.", "-4%", Some(Otherwise(Sense::Range))),
            ("Prices fell 3-4%.", "-4%", Some(Otherwise(Sense::Range))),
            ("Prices fell 3% to 4%.", "-3%", Some(Otherwise(Sense::Range))),
            ("Prices fell by about 9 per cent.", "-9%", Some(Otherwise(Sense::About))),
            ("Prices fell by about 9 per cent.", "~-9%", Some(Same)),
            ("Prices fell nearly 9 per cent.", "~-9%", Some(Same)),
            ("Prices fell 9 per cent.", "~-9%", Some(Otherwise(Sense::Exact))),
            ("Prices fell 9 per cent or more.", ">-9%", Some(Same)),
            ("It fell 3.8% on Friday before recovering more than 1% on Monday.", ">1%", Some(Same)),
            (
                "It fell 3.8% on Friday before recovering more than 1% on Monday.",
                "-1%",
                Some(Otherwise(Sense::MoreThan)),
            ),
            (
                "It fell 3.8% on Friday before recovering more than 1% on Monday.",
                ">-1%",
                Some(OtherWay(Way::Up)),
            ),
            ("The rate rose to 5 percent.", "5%", Some(Otherwise(Sense::Level))),
            ("Die Aktie fiel um 3,5 Prozent.", "-3.5%", Some(WayUntold)),
            ("Shares did not fall 3%.", "-3%", Some(WayUntold)),
            ("A move of 3% was seen.", "-3%", Some(WayUntold)),
            ("Shares fell on Friday, by 3%.", "-3%", Some(Same)),
            ("A 3% fall.", "-3%", Some(Same)),
            ("Friday: -3% in all.", "-3%", Some(Same)),
            ("Friday: −3% in all.", "3%", Some(OtherWay(Way::Down))),
            ("Shares stood at 0%.", "0%", Some(Same)),
        ] {
            let wanted = Change::parse(change).expect("a change");
            let text = Text::new(text);
            let value = wanted.figure().expect("a figure");
            let found = text.figures().iter().find(|figure| same(figure.value, value));
            assert_eq!(found.map(|figure| fit(&text, figure, wanted)), expected, "{text:?} {change}");
        }
    }
}
