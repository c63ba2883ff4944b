//! Which words of several texts differ, so that the same words can stay quiet.
//!
//! Words are compared folded: case, accents, typographic quotes and hyphens are no difference; brackets, question marks
//! and what else changes what is said are. Figures are compared by value: `3.78 %` is `3.78 per cent`, and not `4.2%`.
//! Texts that share hardly a word are not compared at all: to mark everything would show nothing.
//!
//! A text is set against one other, never against several at once: what each of them has somewhere would look the same
//! though no one of them says it.
//!
//! Method: Myers' diff over words (`similar`), as far as a fixed budget goes; past it by which words the other text
//! uses at all, in linear time. No clock, so the same texts always give the same marks.
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
    /// Whether the text it is set against has something else here.
    pub differs: bool,
}

/// A text with what differs in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The whole text in order; empty only where the text is.
    pub pieces: Vec<Piece>,
    /// Whether it shares so little with what it could be set against that nothing in it is marked.
    pub unrelated: bool,
}

/// Texts read once, to be set against each other. They are named by their places.
pub struct Wordings<'t> {
    texts: Vec<&'t str>,
    read: Vec<Words>,
    /// Word pairs that may still be compared.
    budget: usize,
}

impl<'t> Wordings<'t> {
    /// Some texts.
    pub fn of(texts: Vec<&'t str>) -> Self {
        Self::within(texts, BUDGET)
    }

    fn within(texts: Vec<&'t str>, budget: usize) -> Self {
        let mut vocabulary = Vocabulary::default();
        let read = texts.iter().map(|text| vocabulary.read(text)).collect();
        Self { texts, read, budget }
    }

    /// Whether a text has any words.
    pub fn speaks(&self, one: usize) -> bool {
        !self.read[one].keys.is_empty()
    }

    /// Whether two texts have the same words in the same order.
    pub fn are_same(&self, one: usize, other: usize) -> bool {
        self.read[one].keys == self.read[other].keys
    }

    /// How much two texts have in common, from 1 to 1000; `None` where that is too little to set them against each other.
    pub fn likeness(&self, one: usize, other: usize) -> Option<usize> {
        let (ours, theirs) = (&self.read[one].content, &self.read[other].content);
        related(ours, theirs).then(|| 2000 * shared(ours, theirs) / (ours.len() + theirs.len()))
    }

    /// A text cut into what another has too, and what it has not.
    pub fn set_against(&mut self, one: usize, other: usize) -> Vec<Piece> {
        let differs = differing(&self.read[one], &self.read[other], &mut self.budget);
        pieces(self.texts[one], &self.read[one].spans, &differs)
    }

    /// The whole of a text, with nothing marked.
    pub fn whole(&self, one: usize) -> Vec<Piece> {
        pieces(self.texts[one], &[], &[])
    }
}

/// The words of a text in one spelling: equal for texts that do not differ.
pub fn spelling(text: &str) -> String {
    let keys: Vec<_> = words(text).map(|word| word.key).collect();
    keys.join(" ")
}

/// A percentage that stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Percentage {
    /// The figure, with its sign where it has one or the words around it tell a direction.
    pub value: f64,
    /// Whether its direction is told.
    pub directed: bool,
}

/// The percentages of a text, each with its direction where the words beside it tell one: `fell by 3 per cent`, `a 3 %
/// fall`.
pub fn percentages(text: &str) -> Vec<Percentage> {
    /// Words before a figure, and behind it, in which its direction is looked for.
    const BEFORE: usize = 5;
    const BEHIND: usize = 2;
    let words: Vec<Word> = words(text).collect();
    let way = |word: &Word| direction(&word.key);
    let percentage = |(place, word): (usize, &Word)| {
        let figure = word.key.trim_matches(['(', ')']).trim_end_matches('%');
        let value: f64 = figure.parse().ok().filter(|_| word.percent)?;
        let before = words[place.saturating_sub(BEFORE)..place].iter().rev();
        // What stands before another figure, or in another clause, is said of that.
        let before = before.take_while(|word| !word.percent && !matches!(word.key.as_str(), "," | "." | ";"));
        let behind = words[place + 1..].iter().take(BEHIND).take_while(|word| !word.percent);
        let told = before.clone().find_map(way).or_else(|| behind.clone().find_map(way));
        Some(match told {
            Some(down) if value > 0.0 => {
                Percentage { value: if down { -value } else { value }, directed: true }
            }
            _ => Percentage { value, directed: value < 0.0 },
        })
    };
    words.iter().enumerate().filter_map(percentage).collect()
}

/// Whether a word says that something went down, or up.
fn direction(word: &str) -> Option<bool> {
    const DOWN: [&str; 38] = [
        "fell",
        "fall",
        "falls",
        "fallen",
        "falling",
        "drop",
        "drops",
        "dropped",
        "dropping",
        "down",
        "lost",
        "loss",
        "lose",
        "loses",
        "losing",
        "decline",
        "declined",
        "declines",
        "slid",
        "slide",
        "slump",
        "slumped",
        "sank",
        "sink",
        "plunge",
        "plunged",
        "tumbled",
        "tumble",
        "dip",
        "dipped",
        "shed",
        "slipped",
        "lower",
        "decreased",
        "decrease",
        "retreated",
        "weaker",
        "cut",
    ];
    const UP: [&str; 22] = [
        "rose",
        "rise",
        "rises",
        "risen",
        "rising",
        "up",
        "gain",
        "gained",
        "gains",
        "climbed",
        "climb",
        "jumped",
        "jump",
        "added",
        "surged",
        "surge",
        "soared",
        "higher",
        "increased",
        "increase",
        "advanced",
        "rallied",
    ];
    if DOWN.contains(&word) { Some(true) } else { UP.contains(&word).then_some(false) }
}

/// How many texts back an earlier one in like words is looked for.
const LOOK_BACK: usize = 64;

/// Which words of each text are not in one before it: in the latest that it is related to, or, where it is to none,
/// nothing is marked. With each stands the place of the text it is set against; the first stands alone.
pub fn successive(texts: &[&str]) -> Vec<(Difference, Option<usize>)> {
    successive_within(texts, BUDGET)
}

fn successive_within(texts: &[&str], budget: usize) -> Vec<(Difference, Option<usize>)> {
    let mut wordings = Wordings::within(texts.to_vec(), budget);
    let laid_out = (0..texts.len()).map(|place| {
        let before = (place.saturating_sub(LOOK_BACK)..place).rev();
        let like = before.clone().find(|before| wordings.likeness(place, *before).is_some());
        let pieces = match like {
            Some(like) => wordings.set_against(place, like),
            None => wordings.whole(place),
        };
        let unrelated = place > 0 && like.is_none() && wordings.speaks(place);
        (Difference { pieces, unrelated }, like.or_else(|| before.clone().next()))
    });
    laid_out.collect()
}

/// Which words of one text are not in another.
fn differing(ours: &Words, theirs: &Words, budget: &mut usize) -> Vec<bool> {
    let cost = ours.keys.len().saturating_mul(theirs.keys.len());
    if let Some(left) = budget.checked_sub(cost) {
        *budget = left;
        let mut differs = vec![true; ours.keys.len()];
        for (at, _, len) in same_words(&ours.keys, &theirs.keys) {
            differs[at..at + len].fill(false);
        }
        return differs;
    }
    let used: HashSet<_> = theirs.keys.iter().collect();
    ours.keys.iter().map(|key| !used.contains(key)).collect()
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
    let shared = shared(ours, theirs);
    shared > 0
        && (6 * shared >= ours.len() + theirs.len()
            || (shared >= 2 && shared == ours.len().min(theirs.len())))
}

/// How many telling words two texts share.
fn shared(ours: &[u32], theirs: &[u32]) -> usize {
    let (shorter, longer) = if ours.len() <= theirs.len() { (ours, theirs) } else { (theirs, ours) };
    shorter.iter().filter(|key| longer.binary_search(key).is_ok()).count()
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

    fn shown(text: &str, pieces: &[Piece]) -> String {
        let pieces = pieces.iter().map(|piece| match (&text[piece.text.clone()], piece.differs) {
            (words, true) => format!("[{words}]"),
            (words, false) => words.to_owned(),
        });
        pieces.collect()
    }

    /// Two texts set against each other, with what differs in brackets, and a question mark before what is unrelated.
    fn pair(ours: &str, theirs: &str) -> (String, String) {
        let mut wordings = Wordings::of(vec![ours, theirs]);
        if wordings.likeness(0, 1).is_none() {
            return (format!("?{ours}"), format!("?{theirs}"));
        }
        let (one, other) = (wordings.set_against(0, 1), wordings.set_against(1, 0));
        (shown(ours, &one), shown(theirs, &other))
    }

    #[test]
    fn what_only_looks_different_is_quiet() {
        for (ours, theirs) in [
            ("“The leak” was ‘malicious’.", "the leak was \"malicious\""),
            ("a US‑listed share", "a US-listed share"),
            ("a US-listed share", "a US listed share,"),
            ("the U.S. list", "The US list"),
            ("China’s military", "CHINA'S MILITARY."),
            ("a “move” of minus 3% then", "a 'move' of −3% then"),
            ("up three per cent", "up 3%"),
            ("twenty-three per cent of it", "23 % of it"),
            ("worth 3 bn dollars", "worth three billion dollars"),
            ("fell 3.78 %", "fell 3.78%"),
            ("fell 3.78 per cent", "fell 3.78%"),
            ("fell 3.70 percent", "fell 3.7 per-cent"),
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
            ("It is false?", "It is false.", "It is false[?]", "It is false."),
            ("it is [not] so", "it is not so", "it is [[]not[]] so", "it is not so"),
            ("lost (3.78%) then", "lost 3.78% then", "lost [(3.78%)] then", "lost [3.78%] then"),
            ("it cost 1.500 euros", "it cost 1.5 euros", "it cost [1.500] euros", "it cost [1.5] euros"),
            ("a fall to .5% then", "a fall to 5% then", "a fall to [.5%] then", "a fall to [5%] then"),
            (
                "the list hurts the U.S. now",
                "the list hurts us now",
                "the list hurts [the U.S]. now",
                "the list hurts [us] now",
            ),
            ("a fall of 3-4% then", "a fall of 3 4% then", "a fall of 3[-]4% then", "a fall of 3 4% then"),
            (
                "they said … the firm paid",
                "they said the firm paid",
                "they said […] the firm paid",
                "they said the firm paid",
            ),
            ("he re-signed then", "he resigned then", "he [re-signed] then", "he [resigned] then"),
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
    }

    #[test]
    fn one_text_is_set_against_one_other() {
        let texts = vec!["the firm was not added", "the firm was added", "the bank was not added"];
        let mut wordings = Wordings::of(texts.clone());
        assert_eq!(shown(texts[0], &wordings.set_against(0, 1)), "the firm was [not] added");
        assert_eq!(shown(texts[0], &wordings.set_against(0, 2)), "the [firm] was not added");
        assert!(!wordings.are_same(0, 1) && wordings.are_same(2, 2));
        assert!(wordings.likeness(0, 1) > wordings.likeness(1, 2));
        assert_eq!(spelling("It fell “3.78 %”."), spelling("it fell 3.78 per cent"));
    }

    #[test]
    fn percentages_are_read_with_the_way_they_went() {
        let read = |text: &str| -> Vec<String> {
            let shown = |it: &Percentage| format!("{}{}", it.value, if it.directed { "" } else { "?" });
            percentages(text).iter().map(shown).collect()
        };
        assert_eq!(read("The shares fell by 4.2 per cent."), ["-4.2"]);
        assert_eq!(
            read("a 3% fall, then a rise of two per cent; 7% in all, or -1%"),
            ["-3", "2", "7?", "-1"]
        );
        assert!(read("it fell by 3 points").is_empty());
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
        let mut wordings = Wordings::of(vec![&ours, &theirs]);
        let pieces = wordings.set_against(0, 1);
        let differing: Vec<_> =
            pieces.iter().filter(|piece| piece.differs).map(|piece| &ours[piece.text.clone()]).collect();
        assert_eq!(differing, ["four"]);
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
        fn pieces_cover_the_text(budget in prop::sample::select(vec![0, BUDGET]), texts in prop::collection::vec(any_text(), 2..4)) {
            let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut wordings = Wordings::within(borrowed, budget);
            for (one, text) in texts.iter().enumerate() {
                for (other, against) in texts.iter().enumerate() {
                    let mut end = 0;
                    let pieces = wordings.set_against(one, other);
                    for piece in &pieces {
                        prop_assert_eq!(piece.text.start, end);
                        prop_assert!(!piece.text.is_empty() && text.get(piece.text.clone()).is_some());
                        end = piece.text.end;
                    }
                    prop_assert_eq!(end, text.len());
                    prop_assert!(one != other || pieces.iter().all(|piece| !piece.differs));
                    prop_assert_eq!(wordings.are_same(one, other), spelling(text) == spelling(against));
                }
            }
        }
    }
}
