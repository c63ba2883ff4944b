//! Which words of several texts differ, so that the same words can stay quiet.
//!
//! Words are compared folded: case, accents, typographic quotes, hyphens and the punctuation around them are no
//! difference. Figures are compared by value: `3.78 %` is `3.78 per cent`, and not `4.2%`. Texts that share hardly a
//! word are not compared at all: to mark everything would show nothing.
//!
//! Method: Myers' diff over words (`similar`), text against text, as far as a fixed budget goes; past it by which
//! positions use a word at all, in linear time. No clock, so the same texts always give the same marks.
//!
//! Imports `text` only; no terminal.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

mod words;

use words::{Word, is_small, words};

/// Word pairs that may be compared in all: some fifty milliseconds at worst.
const BUDGET: usize = 4_000_000;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the original.
    pub text: Range<usize>,
    /// Whether the other positions have something else here.
    pub differs: bool,
}

/// A text with what differs in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The whole text in order; empty only where the text is.
    pub pieces: Vec<Piece>,
    /// Whether it shares so little with every text of the other positions that nothing in it is marked.
    pub unrelated: bool,
}

/// Which words differ, for each position and each of its texts, in the order given.
///
/// A word is quiet if every other position has a text in which the diff finds it. Only texts related to this one are
/// looked at, and only positions that have one: a third account in quite other words does not make two that agree
/// look different.
pub fn differences(texts: &[&[&str]]) -> Vec<Vec<Difference>> {
    differences_within(texts, BUDGET)
}

/// How many texts back an earlier one in like words is looked for.
const LOOK_BACK: usize = 64;

/// Which words of each text are not in one before it: in the latest that it is related to, or, where it is to none,
/// nothing is marked. With each stands the place of the text it is set against; the first stands alone.
pub fn successive(texts: &[&str]) -> Vec<(Difference, Option<usize>)> {
    successive_within(texts, BUDGET)
}

fn successive_within(texts: &[&str], budget: usize) -> Vec<(Difference, Option<usize>)> {
    let mut vocabulary = Vocabulary::default();
    let read: Vec<Words> = texts.iter().map(|text| vocabulary.read(text)).collect();
    let mut spent = 0_usize;
    let mut laid_out = Vec::with_capacity(texts.len());
    for (place, (text, words)) in texts.iter().zip(&read).enumerate() {
        let before = (place.saturating_sub(LOOK_BACK)..place).rev();
        let like = before.clone().find(|before| related(&words.content, &read[*before].content));
        let mut differs = vec![like.is_some(); words.keys.len()];
        if let Some(earlier) = like.map(|like| &read[like]) {
            spent = spent.saturating_add(words.keys.len().saturating_mul(earlier.keys.len()));
            if spent <= budget {
                for (_, at, len) in same_words(&earlier.keys, &words.keys) {
                    differs[at..at + len].fill(false);
                }
            } else {
                let used: HashSet<_> = earlier.keys.iter().collect();
                differs.iter_mut().zip(&words.keys).for_each(|(differs, key)| *differs = !used.contains(key));
            }
        }
        let pieces = pieces(text, &words.spans, &differs);
        let unrelated = place > 0 && like.is_none() && !words.keys.is_empty();
        laid_out.push((Difference { pieces, unrelated }, like.or_else(|| before.clone().next())));
    }
    laid_out
}

fn differences_within(texts: &[&[&str]], budget: usize) -> Vec<Vec<Difference>> {
    let mut vocabulary = Vocabulary::default();
    let read: Vec<Vec<Words>> =
        texts.iter().map(|position| position.iter().map(|text| vocabulary.read(text)).collect()).collect();
    let marks = if cost(&read) <= budget { by_diff(&read) } else { by_use(&read, vocabulary.size()) };
    texts
        .iter()
        .zip(read)
        .zip(marks)
        .map(|((texts, read), marks)| {
            let parts = texts.iter().zip(read).zip(marks);
            parts
                .map(|((text, words), marks)| Difference {
                    pieces: pieces(text, &words.spans, &marks.differs),
                    unrelated: marks.unrelated,
                })
                .collect()
        })
        .collect()
}

/// A text as numbered words.
struct Words {
    /// Where each word stands.
    spans: Vec<Range<usize>>,
    /// What each word is; the same number for the same word.
    keys: Vec<u32>,
    /// The words that tell what it is about, each once, sorted; percentages count as one and the same.
    content: Vec<u32>,
}

/// The numbers of words.
#[derive(Default)]
struct Vocabulary(HashMap<String, u32>);

impl Vocabulary {
    fn number(&mut self, key: String) -> u32 {
        // Texts are capped far below four thousand million words.
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(key).or_insert(next)
    }

    fn size(&self) -> usize {
        self.0.len()
    }

    fn read(&mut self, text: &str) -> Words {
        let found: Vec<Word> = words(text).collect();
        let telling = found.iter().any(|word| !is_small(&word.key));
        let mut content: Vec<_> = found
            .iter()
            .filter(|word| !telling || !is_small(&word.key))
            .map(|word| self.number(if word.percent { "%".to_owned() } else { word.key.clone() }))
            .collect();
        content.sort_unstable();
        content.dedup();
        let (spans, keys) = found.into_iter().map(|word| (word.text, self.number(word.key))).unzip();
        Words { spans, keys, content }
    }
}

/// What is to be marked in one text.
struct Marks {
    differs: Vec<bool>,
    unrelated: bool,
}

/// Word pairs of all texts of different positions. A text counts for some words more than it has, as each pair of
/// texts is looked at, however short they are.
fn cost(read: &[Vec<Words>]) -> usize {
    const LOOK: usize = 8;
    let sizes = read.iter().map(|position| position.iter().map(|text| text.keys.len() + LOOK).sum::<usize>());
    let (mut so_far, mut cost) = (0_usize, 0_usize);
    for size in sizes {
        cost = cost.saturating_add(size.saturating_mul(so_far));
        so_far += size;
    }
    cost
}

/// For each word of one text, whether it is found in another position; `None` where that has no related text.
type Found = Vec<Option<Vec<bool>>>;

fn by_diff(read: &[Vec<Words>]) -> Vec<Vec<Marks>> {
    let mut found: Vec<Vec<Found>> =
        read.iter().map(|position| position.iter().map(|_| vec![None; read.len()]).collect()).collect();
    for (p, position) in read.iter().enumerate() {
        for (q, other) in read.iter().enumerate().skip(p + 1) {
            for (i, ours) in position.iter().enumerate() {
                for (j, theirs) in other.iter().enumerate() {
                    if !related(&ours.content, &theirs.content) {
                        continue;
                    }
                    let same = same_words(&ours.keys, &theirs.keys);
                    let here = found[p][i][q].get_or_insert_with(|| vec![false; ours.keys.len()]);
                    for (at, _, len) in &same {
                        here[*at..at + len].fill(true);
                    }
                    let there = found[q][j][p].get_or_insert_with(|| vec![false; theirs.keys.len()]);
                    for (_, at, len) in &same {
                        there[*at..at + len].fill(true);
                    }
                }
            }
        }
    }
    let speaks: Vec<_> =
        read.iter().map(|position| position.iter().any(|text| !text.keys.is_empty())).collect();
    let marks = |p: usize, words: &Words, found: &Found| {
        let related = || found.iter().flatten();
        let differs = (0..words.keys.len()).map(|word| related().any(|found| !found[word])).collect();
        let others = speaks.iter().enumerate().any(|(q, speaks)| q != p && *speaks);
        Marks { differs, unrelated: others && !words.keys.is_empty() && related().next().is_none() }
    };
    let positions = read.iter().zip(&found).enumerate();
    positions
        .map(|(p, (texts, found))| {
            texts.iter().zip(found).map(|(words, found)| marks(p, words, found)).collect()
        })
        .collect()
}

/// The stretches that two texts have in common, in order: start in the one, start in the other, length.
fn same_words(ours: &[u32], theirs: &[u32]) -> Vec<(usize, usize, usize)> {
    capture_diff_slices(Algorithm::Myers, ours, theirs)
        .into_iter()
        .filter_map(|op| match op {
            DiffOp::Equal { old_index, new_index, len } => Some((old_index, new_index, len)),
            _ => None,
        })
        .collect()
}

/// Whether two texts have enough in common to be compared word by word: a third of their telling words (Dice's
/// coefficient), or all of the shorter one's, if there are at least two.
fn related(ours: &[u32], theirs: &[u32]) -> bool {
    let (shorter, longer) = if ours.len() <= theirs.len() { (ours, theirs) } else { (theirs, ours) };
    let shared = shorter.iter().filter(|key| longer.binary_search(key).is_ok()).count();
    shared > 0 && (6 * shared >= ours.len() + theirs.len() || (shared >= 2 && shared == shorter.len()))
}

/// Marks without a diff: a word is quiet if every position uses it somewhere, a text unrelated if less than a third
/// of its telling words occur in any other position.
fn by_use(read: &[Vec<Words>], size: usize) -> Vec<Vec<Marks>> {
    let speaking = read.iter().filter(|position| position.iter().any(|text| !text.keys.is_empty())).count();
    let in_positions = |keys: fn(&Words) -> &[u32]| {
        let mut count = vec![0_usize; size];
        for position in read {
            let used: HashSet<_> = position.iter().flat_map(keys).collect();
            for key in used {
                count[*key as usize] += 1;
            }
        }
        count
    };
    let (used, told) = (in_positions(|text| &text.keys), in_positions(|text| &text.content));
    let marks = |words: &Words| {
        let shared = words.content.iter().filter(|key| told[**key as usize] > 1).count();
        let unrelated = speaking > 1 && 3 * shared < words.content.len();
        let differs = |key: &u32| !unrelated && used[*key as usize] < speaking;
        Marks { differs: words.keys.iter().map(differs).collect(), unrelated }
    };
    read.iter().map(|position| position.iter().map(marks).collect()).collect()
}

/// The whole text cut where marks begin and end; differing words in a row are one piece with what is between them.
fn pieces(text: &str, words: &[Range<usize>], differs: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut done, mut running) = (0, false);
    for (word, differs) in words.iter().zip(differs) {
        if *differs {
            match pieces.last_mut() {
                Some(last) if running => last.text.end = word.end,
                _ => {
                    if done < word.start {
                        pieces.push(Piece { text: done..word.start, differs: false });
                    }
                    pieces.push(Piece { text: word.clone(), differs: true });
                }
            }
            done = word.end;
        }
        running = *differs;
    }
    if done < text.len() {
        pieces.push(Piece { text: done..text.len(), differs: false });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The texts with what differs in brackets, and a question mark before what is unrelated.
    fn marked(texts: &[&[&str]]) -> Vec<Vec<String>> {
        let show = |text: &str, difference: &Difference| {
            let pieces =
                difference.pieces.iter().map(|piece| match (&text[piece.text.clone()], piece.differs) {
                    (words, true) => format!("[{words}]"),
                    (words, false) => words.to_owned(),
                });
            format!("{}{}", if difference.unrelated { "?" } else { "" }, pieces.collect::<String>())
        };
        let differences = differences(texts);
        let positions = texts.iter().zip(&differences);
        positions
            .map(|(texts, differences)| {
                texts.iter().zip(differences).map(|(text, one)| show(text, one)).collect()
            })
            .collect()
    }

    fn pair(ours: &str, theirs: &str) -> (String, String) {
        let mut marked = marked(&[&[ours], &[theirs]]).into_iter().flatten();
        (marked.next().expect("ours"), marked.next().expect("theirs"))
    }

    #[test]
    fn what_only_looks_different_is_quiet() {
        for (ours, theirs) in [
            ("“The leak” was ‘malicious’.", "the leak was \"malicious\""),
            ("a US‑listed share", "a US-listed share"),
            ("a US-listed share", "a US listed share,"),
            ("the U.S. list", "The US list"),
            ("China’s military", "CHINA'S MILITARY!"),
            ("fell 3.78 %", "fell 3.78%"),
            ("fell 3.78 per cent", "fell 3.78%"),
            ("fell 3.780 percent", "fell 3.78 per-cent"),
            ("fell 3,78 %", "fell 3.78%"),
            ("cost 1,000 dollars", "cost 1000 dollars"),
            ("moved −3.78%", "moved -3.78 per cent"),
            ("up +1%", "up 1%"),
            ("Öztürk said", "Ozturk said"),
        ] {
            assert_eq!(pair(ours, theirs), (ours.to_owned(), theirs.to_owned()));
        }
    }

    #[test]
    fn what_differs_is_marked_and_nothing_else() {
        for (ours, theirs, our_marks, their_marks) in [
            ("fell by 3.78%.", "fell by 4.2 per cent.", "fell by [3.78%].", "fell by [4.2 per cent]."),
            ("3.78%", "4.2%", "[3.78%]", "[4.2%]"),
            ("a rise of 3%", "a rise of -3%", "a rise of [3%]", "a rise of [-3%]"),
            ("a gain of 1%", "a gain of >1%", "a gain of 1%", "a gain of [>]1%"),
            ("it cost $5", "it cost €5", "it cost [$]5", "it cost [€]5"),
            ("3.78 points", "3.78% points", "[3.78] points", "[3.78%] points"),
            ("malicious", "malicious PR operation", "malicious", "malicious [PR operation]"),
            (
                "completely false",
                "The assertions and innuendos in the article are completely false",
                "completely false",
                "[The assertions and innuendos in the article are] completely false",
            ),
            ("Alibaba is recommended", "Alibaba is added", "Alibaba is [recommended]", "Alibaba is [added]"),
            ("it was not added", "it was added", "it was [not] added", "it was added"),
            ("比亚迪公司", "比亚迪集团", "比亚迪[公司]", "比亚迪[集团]"),
            ("agreed 👍", "agreed 👎", "agreed [👍]", "agreed [👎]"),
        ] {
            assert_eq!(pair(ours, theirs), (our_marks.to_owned(), their_marks.to_owned()));
        }
    }

    #[test]
    fn texts_in_other_words_are_left_alone() {
        let (ours, theirs) = (
            "Alibaba calls the leak malicious, a try at wrecking the recent trade deal.",
            "The article's assertions are completely false.",
        );
        assert_eq!(pair(ours, theirs), (format!("?{ours}"), format!("?{theirs}")));
        // The small words that every sentence has do not relate two texts.
        assert!(
            pair("it is of the list that they are in", "it is of the market that they are in")
                .0
                .starts_with('?')
        );
        // Nothing to compare with is not unrelated.
        for alone in [&[&["one text"][..]][..], &[&["one text"], &[]], &[&["one text"], &["", "…"]]] {
            assert_eq!(marked(alone)[0], ["one text"]);
        }
    }

    #[test]
    fn a_word_is_quiet_where_every_related_position_has_it() {
        let marks = marked(&[
            &["completely false", "utterly false claims"],
            &["completely false", "false"],
            &["a threat to sue over the list"],
        ]);
        assert_eq!(marks[0], ["completely false", "[utterly] false [claims]"]);
        assert_eq!(marks[1], ["completely false", "false"]);
        assert_eq!(marks[2], ["?a threat to sue over the list"]);
        // In three positions a word that one lacks stands out in the two that have it.
        let marks = marked(&[&["a steep US fall"], &["a steep US fall"], &["a US fall"]]);
        assert_eq!(marks, [["a [steep] US fall"], ["a [steep] US fall"], ["a US fall"]]);
    }

    fn marked_in_order(texts: &[&str], budget: usize) -> Vec<String> {
        let laid = successive_within(texts, budget).into_iter().zip(texts);
        laid.map(|((difference, against), text)| {
            let pieces = difference.pieces.iter().map(|piece| {
                let words = &text[piece.text.clone()];
                if piece.differs { format!("[{words}]") } else { words.to_owned() }
            });
            let unrelated = if difference.unrelated { "?" } else { "" };
            let against = against.map_or_else(String::new, |against| format!("{against} "));
            format!("{against}{unrelated}{}", pieces.collect::<String>())
        })
        .collect()
    }

    #[test]
    fn in_order_each_is_set_against_the_latest_like_it() {
        let texts =
            ["completely false", "the report is completely false", "we shall sue", "the report is false", ""];
        for budget in [BUDGET, 0] {
            let expected = [
                "completely false",
                "0 [the report is] completely false",
                "1 ?we shall sue",
                "1 the report is false",
                "3 ",
            ];
            assert_eq!(marked_in_order(&texts, budget), expected);
        }
        // Order counts where there is room to look, and use alone where there is not.
        let turned = ["the firm sued the paper", "the paper sued the firm"];
        assert!(marked_in_order(&turned, BUDGET)[1].contains('['));
        assert!(!marked_in_order(&turned, 0)[1].contains('['));
        assert!(marked_in_order(&[], BUDGET).is_empty());
    }

    #[test]
    fn very_long_texts_are_compared_by_use() {
        let ours = "one two three ".repeat(20_000) + "four seven";
        let theirs = "three two one ".repeat(20_000) + "five seven";
        let differences = differences(&[&[&ours], &[&theirs], &["one two three six"]]);
        let marks: Vec<_> = differences.iter().map(|position| &position[0]).collect();
        let differing = |nth: usize, text: &str| {
            let pieces = marks[nth].pieces.iter().filter(|piece| piece.differs);
            pieces.map(|piece| text[piece.text.clone()].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(differing(0, &ours), ["four seven"]);
        assert_eq!(differing(1, &theirs), ["five seven"]);
        assert_eq!(differing(2, "one two three six"), ["six"]);
    }

    fn any_text() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "Alibaba",
            "list",
            "the",
            "3.78%",
            "-4.2",
            " per cent",
            "%",
            "−",
            "“",
            "’",
            "U.S.",
            "比亚迪",
            "e\u{301}",
            "👩🏽\u{200D}🚒",
            "\n",
            " ",
            "-",
            "$",
            ">",
            "1,000",
            "1.2.3",
            "½",
            "\u{202E}",
            "_",
        ]);
        prop_oneof![
            prop::collection::vec(words, 0..20).prop_map(|words| words.join(" ")),
            prop::collection::vec(any::<char>(), 0..20).prop_map(String::from_iter),
        ]
    }

    proptest! {
        #[test]
        fn pieces_cover_the_text(budget in prop::sample::select(vec![0, BUDGET]), texts in prop::collection::vec(prop::collection::vec(any_text(), 0..3), 0..4)) {
            let borrowed: Vec<Vec<&str>> = texts.iter().map(|texts| texts.iter().map(String::as_str).collect()).collect();
            let borrowed: Vec<&[&str]> = borrowed.iter().map(Vec::as_slice).collect();
            let differences = differences_within(&borrowed, budget);
            prop_assert_eq!(differences.len(), texts.len());
            for (texts, differences) in texts.iter().zip(&differences) {
                prop_assert_eq!(differences.len(), texts.len());
                for (text, difference) in texts.iter().zip(differences) {
                    let mut end = 0;
                    for piece in &difference.pieces {
                        prop_assert_eq!(piece.text.start, end);
                        prop_assert!(!piece.text.is_empty() && text.get(piece.text.clone()).is_some());
                        prop_assert!(!(piece.differs && difference.unrelated));
                        end = piece.text.end;
                    }
                    prop_assert_eq!(end, text.len());
                    prop_assert!(difference.pieces.windows(2).all(|two| two[0].differs != two[1].differs || two[0].differs));
                }
            }
        }

        #[test]
        fn a_text_never_differs_from_itself(budget in prop::sample::select(vec![0, BUDGET]), text in any_text()) {
            let differences = differences_within(&[&[&text], &[&text]], budget);
            prop_assert!(differences.iter().flatten().all(|one| !one.unrelated && one.pieces.iter().all(|piece| !piece.differs)));
        }
    }
}
