//! The clause before a quote, inside its quotation marks and outside them, and what in it turns the quote round.
//!
//! Method: sentences end by UAX 29, except behind an abbreviation. From the quote backwards words are read up to where
//! its clause begins: at a semicolon or colon, at *but* and its like, at a comma before a subject, and, outside the
//! marks, at the verb that reports it. A word such as *not* between there and the quote turns it round; *not only*, *no
//! doubt* and a mere *No,* do not. English, and the negations of some other languages right before the quote.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::passage::is_unspaced;

/// Bytes that are looked at on either side: longer sentences are not read.
const WINDOW: usize = 2000;
/// How many words before a quote a negation of another language may stand.
const CLOSE: usize = 3;
/// Behind these, with a full stop, a sentence goes on; single letters (U.S.) count besides.
const ABBREVIATIONS: [&str; 36] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "sgt", "capt", "lt", "sen", "rep", "gov", "pres", "rev",
    "hon", "st", "inc", "corp", "ltd", "co", "bros", "vs", "etc", "jan", "feb", "aug", "sept", "oct", "nov",
    "dec", "fig", "approx", "dept", "jr", "sr",
];
const NEGATIONS: [&str; 18] = [
    "not", "no", "never", "neither", "nor", "without", "hardly", "barely", "scarcely", "rarely", "seldom",
    "cannot", "nothing", "nobody", "none", "unlikely", "untrue", "nowhere",
];
const ELSEWHERE: [&str; 13] =
    ["nicht", "kein", "keine", "keinen", "nie", "ohne", "ne", "pas", "jamais", "sans", "не", "нет", "ni"];
/// Two words that turn round what follows.
const DISTANT: [(&str, &str); 14] = [
    ("far", "from"),
    ("anything", "but"),
    ("short", "of"),
    ("rather", "than"),
    ("instead", "of"),
    ("fail", "to"),
    ("fails", "to"),
    ("failed", "to"),
    ("refuse", "to"),
    ("refused", "to"),
    ("declined", "to"),
    ("free", "of"),
    ("free", "from"),
    ("false", "that"),
];
/// Behind `denied`.
const DENIED: [&str; 9] = ["that", "being", "having", "any", "it", "he", "she", "they", "to"];
/// What makes a negation no negation when it follows.
const HARMLESS: [(&str, &[&str]); 4] = [
    ("not", &["only", "just", "merely", "simply", "least", "surprisingly"]),
    ("no", &["doubt", "wonder", "question", "less"]),
    ("nothing", &["but", "less", "short"]),
    ("without", &["doubt", "question"]),
];
/// Words at which a new clause begins.
const BREAKS: [&str; 6] = ["but", "yet", "although", "though", "however", "whereas"];
/// Words at which one begins behind a comma or *and*.
const SUBJECTS: [&str; 17] = [
    "we", "i", "he", "she", "they", "it", "you", "this", "that", "these", "there", "and", "so", "which",
    "who", "while", "because",
];
const REPORTING: [&str; 40] = [
    "said",
    "says",
    "saying",
    "told",
    "tells",
    "telling",
    "added",
    "adds",
    "adding",
    "wrote",
    "writes",
    "writing",
    "replied",
    "insisted",
    "insists",
    "insisting",
    "claimed",
    "claims",
    "claiming",
    "stated",
    "states",
    "stating",
    "argued",
    "argues",
    "warned",
    "declared",
    "asserted",
    "announced",
    "answered",
    "called",
    "calls",
    "calling",
    "described",
    "describing",
    "emphasizing",
    "emphasising",
    "reiterated",
    "responded",
    "explained",
    "labelled",
];
/// In scripts without blanks: right before the quote.
const NEGATING: [char; 7] = ['不', '没', '沒', '未', '无', '無', '非'];
const NOT_NEGATING: [&str; 7] = ["不仅", "不僅", "不但", "不只", "非常", "无论", "無論"];

/// A sentence of a text, line ends as blanks.
pub(super) struct Sentence {
    pub text: String,
    /// The bytes in it that were asked for.
    pub asked: Range<usize>,
    /// The byte of the whole text at which it begins.
    pub start: usize,
}

/// The sentence in which the bytes `asked` of `text` begin, within `block`, up to its end or theirs.
pub(super) fn sentence(text: &str, block: &Range<usize>, asked: &Range<usize>) -> Sentence {
    let from = crate::text::floor(text, asked.start.saturating_sub(WINDOW)).max(block.start);
    let to = crate::text::floor(text, (asked.end + WINDOW).min(block.end)).max(asked.end);
    // A line end would end the sentence, and it is one byte like a blank.
    let window = text[from..to].replace('\n', " ");
    let (start, end) = (asked.start - from, asked.end - from);
    let mut begin = 0;
    let mut last = window.len();
    for (at, piece) in window.split_sentence_bound_indices() {
        let behind = at + piece.len();
        if goes_on(piece, &window[behind..]) {
            continue;
        }
        if behind <= start {
            begin = behind;
        } else if behind >= end {
            last = behind;
            break;
        }
    }
    Sentence { text: window[begin..last].to_owned(), asked: start - begin..end - begin, start: from + begin }
}

/// Whether a sentence goes on behind what looks like its end.
fn goes_on(piece: &str, rest: &str) -> bool {
    let Some(before) = piece.trim_end().strip_suffix('.') else { return false };
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let known = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
    let letter = word.chars().count() == 1 && word.chars().all(|c| c.is_alphabetic() && !is_unspaced(c));
    let number = word.eq_ignore_ascii_case("no") && rest.starts_with(|c: char| c.is_ascii_digit());
    known || letter || number
}

/// What turns a quote round: its words, from there up to the quote.
///
/// `opening` is the byte of the sentence at which the quotation begins, where that is in the same sentence.
pub(super) fn turned_round(sentence: &Sentence, opening: Option<usize>) -> Option<String> {
    let before = &sentence.text[..sentence.asked.start];
    let opening = opening.filter(|opening| *opening <= before.len());
    let (outside, inside) = before.split_at(opening.unwrap_or(0));
    let quote =
        sentence.text[sentence.asked.clone()].unicode_words().next().unwrap_or_default().to_lowercase();
    let at = match read(inside, &quote, false) {
        Read::Turned(at) => Some(outside.len() + at),
        Read::Clause => None,
        Read::All if opening.is_none() => None,
        Read::All => {
            let outside = outside.trim_end_matches(|c: char| {
                c.is_whitespace() || !c.is_alphanumeric() && !matches!(c, ',' | ':' | ';' | ')')
            });
            match read(outside, "", true) {
                _ if outside.ends_with([',', ':', ';']) => None,
                Read::Turned(at) => Some(at),
                Read::Clause | Read::All => None,
            }
        }
    };
    at.map(|at| before[at..].trim_start().to_owned())
}

enum Read {
    /// At this byte stands a word that turns the rest round.
    Turned(usize),
    /// The clause begins in it, and nothing does.
    Clause,
    /// It is all of one clause, and nothing does.
    All,
}

/// Reads words backwards from their end; behind them stands the word `quote`.
fn read(before: &str, quote: &str, outside: bool) -> Read {
    if let Some(at) = unspaced(before) {
        return Read::Turned(at);
    }
    let tokens: Vec<(usize, String)> = before
        .split_word_bound_indices()
        .filter(|(_, token)| !token.trim().is_empty())
        .map(|(at, token)| (at, token.to_lowercase().replace('’', "'")))
        .collect();
    let word = |place: usize| tokens.get(place).map_or(quote, |(_, word)| word.as_str());
    let (mut comma, mut words) = (false, 0);
    for place in (0..tokens.len()).rev() {
        let (this, next) = (word(place), word(place + 1));
        let turned = negates(this, next, words, comma, outside)
            || (!comma && place > 0 && this == "but" && word(place - 1) == "anything");
        if turned {
            return Read::Turned(tokens[place].0);
        }
        let reports = |word: &str| outside && REPORTING.contains(&word);
        if reports(this) {
            // "Never called": the verb itself is turned round.
            let mut near = (place.saturating_sub(CLOSE)..place)
                .rev()
                .take_while(|near| !matches!(word(*near), "," | "and"));
            let near = near.find(|near| negates(word(*near), word(near + 1), 0, comma, outside));
            return near.map_or(Read::Clause, |near| Read::Turned(tokens[near].0));
        }
        let begins = match this {
            ";" | ":" | "。" | "！" | "？" | "；" => true,
            "," => SUBJECTS.contains(&next) || reports(next),
            "and" => (SUBJECTS.contains(&next) && next != "that") || reports(next),
            _ => BREAKS.contains(&this),
        };
        if begins {
            return Read::Clause;
        }
        comma |= this == ",";
        words += usize::from(this.contains(char::is_alphanumeric));
    }
    Read::All
}

/// Whether a word turns round what stands behind it; `words` stand between it and the quote.
fn negates(this: &str, next: &str, words: usize, comma: bool, outside: bool) -> bool {
    if this == "no" && next == "," {
        return false;
    }
    if HARMLESS.iter().any(|(word, nexts)| *word == this && nexts.contains(&next)) {
        return false;
    }
    let denied =
        outside && matches!(this, "denied" | "denies" | "deny" | "denying") && DENIED.contains(&next);
    NEGATIONS.contains(&this)
        || this.ends_with("n't")
        || (words < CLOSE && ELSEWHERE.contains(&this))
        || (!comma && (denied || DISTANT.contains(&(this, next))))
}

/// A negation right before the quote in a script without blanks.
fn unspaced(before: &str) -> Option<usize> {
    /// Characters that are looked at.
    const NEAR: usize = 4;
    let near = before.trim_end();
    let from = near.char_indices().rev().take_while(|(_, c)| is_unspaced(*c)).take(NEAR).last()?.0;
    let near = &near[from..];
    if NOT_NEGATING.iter().any(|word| near.contains(word)) {
        return None;
    }
    near.rfind(NEGATING).map(|at| from + at)
}

/// Whether a piece of a sentence has a word that turns something in it round.
pub(super) fn has_negation(piece: &str) -> bool {
    piece.unicode_words().any(|word| {
        let word = word.to_lowercase().replace('’', "'");
        NEGATIONS.contains(&word.as_str()) || word.ends_with("n't")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What turns `quote` round in the first place where it stands in the text.
    fn turns(text: &str, quote: &str) -> Option<String> {
        let start = text.find(quote).expect("the quote");
        let sentence = sentence(text, &(0..text.len()), &(start..start + quote.len()));
        let opening = text[..start]
            .rfind(['“', '"', '「'])
            .map(|at| at + text[at..].chars().next().map_or(0, char::len_utf8));
        turned_round(&sentence, opening.and_then(|at| at.checked_sub(sentence.start)))
    }

    #[test]
    fn what_turns_a_quote_round_is_seen_in_its_whole_clause_inside_and_outside_the_marks() {
        for (text, quote, turned) in [
            ("“It is not a U.S. harbour firm,” he said.", "harbour firm", "not a U.S."),
            (
                "“I do not for one moment think that we are late.”",
                "we are late",
                "not for one moment think that",
            ),
            ("“We are far from late,” he said.", "late", "far from"),
            ("“It is anything but safe.”", "safe", "but"),
            ("It was not “a danger” to anyone.", "a danger", "not “"),
            ("No one ever called it “a danger”.", "a danger", "No one ever called it “"),
            ("The line denied being “a danger”.", "a danger", "denied being “"),
            ("“We would never call it safe.”", "safe", "never call it"),
            ("“It isn’t a danger.”", "a danger", "isn’t a"),
            ("“It is\nnot a\nthreat,” he said.", "threat", "not a"),
            ("“Das ist keine Gefahr.”", "Gefahr", "keine"),
            ("他说「这不是威胁」", "威胁", "不是"),
            ("“It is rather unlikely to be safe.”", "safe", "unlikely to be"),
            ("Mr. Hale is not “a danger”.", "a danger", "not “"),
        ] {
            let found = turns(text, quote);
            let expected = turned.trim();
            assert!(
                found.as_deref().is_some_and(|found| found
                    .trim()
                    .starts_with(expected.split(' ').next().unwrap_or_default())),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn what_belongs_to_another_clause_turns_nothing_round() {
        for (text, quote) in [
            ("“No, this is a lie,” he said.", "this is a lie"),
            ("“We are not only an innovator but a leader.”", "an innovator"),
            ("“We are not a follower but a leader.”", "a leader"),
            ("“We are not late, we are early.”", "we are early"),
            ("“It is not so. It is a danger.”", "a danger"),
            ("He did not flinch: “we are early”.", "we are early"),
            ("She did not wait and called it “a danger”.", "a danger"),
            ("The line, which had never met him, said it was “a danger”.", "a danger"),
            ("“We are not late,” he said, “we are early.”", "we are early"),
            ("“There is no doubt that it is a danger.”", "a danger"),
            ("The line did not comment, calling it “a danger”.", "a danger"),
            ("它“不仅是威胁”", "威胁"),
        ] {
            assert_eq!(turns(text, quote), None, "{text}");
        }
    }

    #[test]
    fn sentences_go_on_behind_abbreviations_and_across_line_ends() {
        for (text, at, whole) in [
            ("It rose. The U.S. Army of Mr. Hale left. So.", "left", "The U.S. Army of Mr. Hale left. "),
            ("It is not\nso. Yes.", "so", "It is not so. "),
            ("He said No. Then he left.", "Then", "Then he left."),
            ("It is No. 5 of them.", "5", "It is No. 5 of them."),
            ("It rose .5 percent in May.", "May", "It rose .5 percent in May."),
        ] {
            let start = text.find(at).expect("there");
            assert_eq!(sentence(text, &(0..text.len()), &(start..start + at.len())).text, whole);
        }
    }
}
