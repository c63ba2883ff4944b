//! What can be wrong with a story: a code, how bad it is, where in the document, what, and the way out.
//!
//! Imports `text` only. How a diagnostic is shown is `report`'s; which line it stands on is `locate`'s.

use std::fmt;
use std::ops::Range;

use smallvec::SmallVec;

use crate::text;

pub mod tally;

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It is wrong.
    Error,
    /// An editor would ask about it.
    Warning,
}

/// When a code is found, and what it keeps from happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The file cannot be read as a document at all: `check` could not run.
    Unreadable,
    /// The document does not make a story: nothing opens.
    Fault,
    /// A rule of the lint: the story opens. `allow:` can name it.
    Rule,
    /// What `verify` finds in the texts of sources: the story opens. `allow:` can name it.
    Text,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $rank:ident, $severity:ident;)+) => {
        /// What kind of thing is wrong. The word is what the author sees and what `allow:` names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word the author sees: `duplicate-id`.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// When it is found, and what it keeps from happening.
            pub fn rank(self) -> Rank {
                match self {
                    $(Self::$variant => Rank::$rank,)+
                }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    /// Not YAML.
    Yaml = "yaml", Unreadable, Error;
    /// A field that the format does not have, or a value of the wrong kind.
    Shape = "shape", Unreadable, Error;
    /// Not UTF-8 text, or nothing at all.
    NotText = "not-text", Unreadable, Error;
    /// Larger than the cap.
    TooLarge = "too-large", Unreadable, Error;
    /// An anchor, an alias or a merge key.
    Anchor = "anchor", Unreadable, Error;
    /// A tag such as `!!str`.
    Tag = "tag", Unreadable, Error;
    /// A key stands twice in one mapping.
    RepeatedKey = "repeated-key", Unreadable, Error;
    /// Nested deeper than any story.
    TooDeep = "too-deep", Unreadable, Error;
    /// More values than a story of that length has.
    TooDense = "too-dense", Unreadable, Error;
    /// More than one document in a file.
    SeveralDocuments = "several-documents", Unreadable, Error;
    /// `format:` is missing or not 1.
    Format = "format", Fault, Error;
    /// A field that must be there is missing or empty.
    Missing = "missing", Fault, Error;
    /// An id is not kebab-case.
    BadId = "bad-id", Fault, Error;
    /// An id stands twice.
    DuplicateId = "duplicate-id", Fault, Error;
    /// A reference to an id that does not exist.
    UnknownReference = "unknown-reference", Fault, Error;
    /// A reference to an id of the wrong kind.
    WrongKind = "wrong-kind", Fault, Error;
    /// A word that is not in its list.
    UnknownWord = "unknown-word", Fault, Error;
    /// A time that cannot be read.
    BadTime = "bad-time", Fault, Error;
    /// A time zone nobody knows.
    BadTimeZone = "bad-time-zone", Fault, Error;
    /// A change that is no percentage, bound or `lost`.
    BadChange = "bad-change", Fault, Error;
    /// A locator that cannot be read.
    BadLocator = "bad-locator", Fault, Error;
    /// A gap that is no whole number and unit.
    BadGap = "bad-gap", Fault, Error;
    /// An entry of `after`/`before` that names both an event and a source.
    TwoNeighbours = "two-neighbours", Fault, Error;
    /// A number outside its range.
    OutOfRange = "out-of-range", Fault, Error;
    /// A quote of nobody.
    QuoteWithoutSpeaker = "quote-without-speaker", Fault, Error;
    /// A statement or reaction that no source carries.
    WithoutSource = "without-source", Fault, Error;
    /// A dispute with fewer than two positions, or a position held by nothing.
    TooFewPositions = "too-few-positions", Fault, Error;
    /// An element that refers to itself.
    SelfReference = "self-reference", Fault, Error;
    /// Elements that must each come before the other.
    Cycle = "cycle", Fault, Error;
    /// Dates that contradict `after`/`before`.
    OrderAgainstDates = "order-against-dates", Fault, Error;
    /// A text holds characters that would be hidden or would act on a terminal.
    UnsafeText = "unsafe-text", Rule, Error;
    /// A comment stands on the line of a text that is not in quotes: what was meant to be shown may be cut off.
    CutByComment = "cut-by-comment", Rule, Warning;
    /// A quote does not say where in its source it stands.
    QuoteWithoutLocator = "quote-without-locator", Rule, Warning;
    /// A quote carries quotation marks of its own.
    MarksInQuote = "marks-in-quote", Rule, Warning;
    /// An allegation against a named actor, and no reply by that actor; or one that does not say against whom.
    AllegationWithoutReply = "allegation-without-reply", Rule, Warning;
    /// A statement was said after its source was published.
    SaidAfterPublication = "said-after-publication", Rule, Error;
    /// A source reports an event that can only have happened after it was published.
    ReportedBeforeHappening = "reported-before-happening", Rule, Error;
    /// All positions of a dispute go back to one origin.
    DisputeOfOneOrigin = "dispute-of-one-origin", Rule, Warning;
    /// Two figures for one instrument and session, and no dispute about them.
    FiguresWithoutDispute = "figures-without-dispute", Rule, Warning;
    /// A link is said to be stated, but not by whom.
    StatedLinkWithoutSource = "stated-link-without-source", Rule, Warning;
    /// A value or link is inferred, and no note says how.
    InferredWithoutNote = "inferred-without-note", Rule, Warning;
    /// Several sources report an event, and all go back to one origin.
    CorroborationOfOneOrigin = "corroboration-of-one-origin", Rule, Warning;
    /// No element uses this actor.
    UnusedActor = "unused-actor", Rule, Warning;
    /// No element uses this source.
    UnusedSource = "unused-source", Rule, Warning;
    /// Nothing ties this statement to anyone or anything.
    UnusedStatement = "unused-statement", Rule, Warning;
    /// Two actors have a name in common.
    SameName = "same-name", Rule, Warning;
    /// Two actors have names that look alike, written in different scripts.
    LookalikeName = "lookalike-name", Rule, Warning;
    /// Two quotes of one speaker differ in a word or two.
    LikelyMisquote = "likely-misquote", Rule, Warning;
    /// A scheduled event whose date is past.
    ScheduledInThePast = "scheduled-in-the-past", Rule, Warning;
    /// A summary or paraphrase holds a long run of words in quotation marks.
    QuotationInOwnWords = "quotation-in-own-words", Rule, Warning;
    /// A `url` that is not opened: no address of a page, or one that hides where it leads.
    UrlNotOpened = "url-not-opened", Rule, Warning;
    /// An `allow:` that names no rule, or one that is not broken here.
    IdleAllow = "idle-allow", Rule, Warning;
    /// The text of a source is not in the archive, or cannot be read.
    TextMissing = "text-missing", Text, Error;
    /// The text of a source is not the one the story was written from.
    TextChanged = "text-changed", Text, Error;
    /// The headline does not stand in the text of the source.
    HeadlineNotFound = "headline-not-found", Text, Warning;
    /// The words of a quote do not stand in the text of its source.
    QuoteNotFound = "quote-not-found", Text, Error;
    /// The words of a quote stand elsewhere than its locator says.
    QuoteElsewhere = "quote-elsewhere", Text, Error;
    /// The words of a quote stand in its source behind a word that turns them round, or as a part of a longer word.
    QuoteClipped = "quote-clipped", Text, Error;
    /// The words of a quote stand in its source outside quotation marks.
    QuoteNotInMarks = "quote-not-in-marks", Text, Error;
    /// A paraphrase repeats many words in a row of its source.
    ParaphraseCopied = "paraphrase-copied", Text, Warning;
    /// The figure of a reaction does not stand in the text of its source.
    FigureNotFound = "figure-not-found", Text, Error;
    /// The figure of a reaction stands elsewhere than its locator says.
    FigureElsewhere = "figure-elsewhere", Text, Error;
    /// The figure of a reaction goes the other way in its source.
    FigureDirection = "figure-direction", Text, Error;
    /// The source bounds or rounds the figure of a reaction otherwise, or means another thing by it.
    FigureHedged = "figure-hedged", Text, Error;
    /// A locator names a line that the text does not have, or a blank one.
    LocatorOutsideText = "locator-outside-text", Text, Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One step into a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The value of a key of a mapping.
    Key(&'static str),
    /// A place in a list, counted from 0.
    Index(usize),
}

/// Where in a document something stands: `events[3].statements[0].text`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Path(SmallVec<[Step; 6]>);

impl Path {
    /// The document itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// The path to a key of the mapping here.
    #[must_use]
    pub fn key(&self, key: &'static str) -> Self {
        self.then(Step::Key(key))
    }

    /// The path to a place in the list here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Step::Index(index))
    }

    /// Where in document order the element stands to which this leads: the section of the file, and the place
    /// in its list. Faults within one element keep the order in which they were found.
    pub fn place(&self) -> (usize, usize) {
        const SECTIONS: [&str; 6] = ["format", "story", "sources", "actors", "events", "disputes"];
        let section = match self.0.first() {
            Some(Step::Key(key)) => {
                SECTIONS.iter().position(|section| *section == *key).map_or(0, |at| at + 1)
            }
            _ => 0,
        };
        let index = match self.0.get(1) {
            Some(Step::Index(index)) => index + 1,
            _ => 0,
        };
        (section, index)
    }

    /// The path of these steps from the root.
    pub fn of(steps: &[Step]) -> Self {
        Self(SmallVec::from_slice(steps))
    }

    /// The steps from the root.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if place == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Something wrong with a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// Where in the document.
    pub path: Path,
    /// What is wrong, safe to show on one line; cut in its middle where it is longer than anyone reads.
    pub message: String,
    /// The way out, likewise.
    pub hint: Option<String>,
    /// The words of the value there that it is about, where that is not the whole value.
    pub words: Option<String>,
    /// A second place that belongs to it, with what it is: `first used here`.
    pub also: Option<(Path, String)>,
    /// The bytes of the text it is about, where they were known when it was found: what makes the text no document,
    /// and so has no path. Counted from the first byte after a byte order mark. Goes before `path`.
    pub span: Option<Range<usize>>,
    /// The same for the second place.
    pub also_span: Option<Range<usize>>,
    /// The author's reason, where the element's `allow:` names this rule. Such a diagnostic counts for nothing and
    /// is shown on demand only.
    pub allowed: Option<String>,
    /// How many more like this were found, which are not listed. Said of the last that is.
    pub more: usize,
}

impl Diagnostic {
    /// A diagnostic of the code's own severity. The message is made safe to show.
    pub fn new(code: Code, path: Path, message: impl AsRef<str>) -> Self {
        Self {
            code,
            severity: code.severity(),
            path,
            message: sayable(message.as_ref()),
            hint: None,
            words: None,
            also: None,
            span: None,
            also_span: None,
            allowed: None,
            more: 0,
        }
    }

    /// The same, with a way out.
    #[must_use]
    pub fn hint(mut self, hint: impl AsRef<str>) -> Self {
        self.hint = Some(sayable(hint.as_ref()));
        self
    }

    /// The same, about these words of the value at its place.
    #[must_use]
    pub fn about(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }

    /// The same, with a second place.
    #[must_use]
    pub fn also(mut self, path: Path, what: impl AsRef<str>) -> Self {
        self.also = Some((path, sayable(what.as_ref())));
        self
    }

    /// The same, about these bytes of the text.
    #[must_use]
    pub fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// The same, with these bytes of the text as the second place.
    #[must_use]
    pub fn also_at(mut self, span: Range<usize>, what: impl AsRef<str>) -> Self {
        self.also_span = Some(span);
        self.also(Path::root(), what)
    }
}

/// Text on one line, safe to show. A message may quote a value of megabytes: of that, both ends are enough.
fn sayable(text: &str) -> String {
    const LONGEST: usize = 1200;
    const HEAD: usize = 500;
    const TAIL: usize = 400;
    if text.len() <= LONGEST {
        return text::safe_line(text).into_owned();
    }
    let head = &text[..text::floor(text, HEAD)];
    let tail = &text[text::floor(text, text.len() - TAIL)..];
    text::safe_line(&format!("{} … {}", text::safe_line(head), text::safe_line(tail))).into_owned()
}

/// The word of `words` nearest to `wrong`, where it is near enough to be what was meant.
///
/// Near enough: a Damerau-Levenshtein distance of at most a third of the longer word's length, and at least
/// one edit is always forgiven.
pub fn did_you_mean<'w>(wrong: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // A pasted novel in an id field must not cost minutes.
    const LONGEST: usize = 128;
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong = wrong.to_lowercase();
    let (characters, bytes) = (wrong.chars().count(), Bytes::of(&wrong));
    let mut best: Option<(usize, &str)> = None;
    let mut lower = String::new();
    for word in words {
        if word.len() > LONGEST || word.len().abs_diff(wrong.len()) > wrong.len().max(3) / 3 + 1 {
            continue;
        }
        let is_ascii = word.is_ascii();
        let letters = if is_ascii { word.len() } else { word.chars().count() };
        let most = (characters.max(letters) / 3).max(1);
        // Only what is nearer than the best so far is looked at closely: there may be a hundred thousand words.
        let Some(most) =
            best.map_or(Some(most), |(least, _)| least.checked_sub(1).map(|least| least.min(most)))
        else {
            break;
        };
        if is_ascii {
            // Each is as long as before, and needs no memory of its own.
            if characters.abs_diff(letters) > most {
                continue;
            }
            lower.clear();
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower = word.to_lowercase();
        }
        // An edit takes away or brings in a character: one byte, or up to four.
        let an_edit = if wrong.is_ascii() && lower.is_ascii() { 1 } else { 4 };
        if bytes.apart_from(&lower) > an_edit * most {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wrong, &lower);
        if distance <= most {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

/// How often each byte stands in a text.
struct Bytes {
    counts: [u16; 256],
    length: usize,
}

impl Bytes {
    fn of(text: &str) -> Self {
        let mut counts = [0; 256];
        text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
        Self { counts, length: text.len() }
    }

    /// How many bytes of the one text, at least, the other does not have, in whatever order.
    fn apart_from(&self, other: &str) -> usize {
        let mut left = self.counts;
        let mut shared = 0;
        for byte in other.bytes() {
            let left = &mut left[usize::from(byte)];
            shared += usize::from(*left > 0);
            *left = left.saturating_sub(1);
        }
        self.length.max(other.len()) - shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_an_author_would_write_it() {
        let path = Path::root().key("events").index(3).key("statements").index(0).key("text");
        assert_eq!(path.to_string(), "events[3].statements[0].text");
        assert_eq!(Path::root().to_string(), "");
    }

    #[test]
    fn the_nearest_word_is_offered_and_a_far_one_is_not() {
        assert_eq!(did_you_mean("ocurred", ["occurred", "alleged"]), Some("occurred"));
        assert_eq!(did_you_mean("alibabba", ["alibaba", "baidu"]), Some("alibaba"));
        assert_eq!(did_you_mean("qqq", ["occurred", "alleged"]), None);
        assert_eq!(did_you_mean(&"x".repeat(10_000), ["x"]), None);
    }

    #[test]
    fn of_many_words_the_first_of_the_nearest_is_offered() {
        let letters = ["a", "b", "C", "-", "7", "é", "Ж", "漢"];
        let mut number = 7_u32;
        let mut any = |most: usize| {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            usize::try_from(number >> 16).expect("a small number") % most
        };
        let mut offered = 0;
        for _ in 0..2_000 {
            let few = if any(2) == 0 { 5 } else { letters.len() };
            let mut word = |long: usize| (0..=any(long)).map(|_| letters[any(few)]).collect::<String>();
            let (wrong, words) = (word(9), [(); 30].map(|()| word(9)));
            let lower = wrong.to_lowercase();
            let nearest = words
                .iter()
                .filter(|word| word.len().abs_diff(lower.len()) <= lower.len().max(3) / 3 + 1)
                .map(|word| (strsim::damerau_levenshtein(&lower, &word.to_lowercase()), word))
                .filter(|(distance, word)| {
                    *distance <= (lower.chars().count().max(word.chars().count()) / 3).max(1)
                })
                .min_by_key(|(distance, _)| *distance)
                .map(|(_, word)| word.as_str());
            assert_eq!(did_you_mean(&wrong, words.iter().map(String::as_str)), nearest, "{wrong} {words:?}");
            offered += usize::from(nearest.is_some());
        }
        assert!((200..1_900).contains(&offered), "{offered}");
    }

    #[test]
    fn messages_are_made_safe() {
        let fault = Diagnostic::new(Code::Yaml, Path::root(), "a\u{1b}[2J\nb");
        assert!(!fault.message.contains(['\u{1b}', '\n']), "{}", fault.message);
    }

    #[test]
    fn a_message_of_megabytes_keeps_both_its_ends() {
        let fault =
            Diagnostic::new(Code::BadId, Path::root(), format!("`{}` is no id", "漢\u{1b}".repeat(1 << 20)));
        assert!(fault.message.len() < 10_000);
        assert!(fault.message.starts_with("`漢‹U+001B›") && fault.message.ends_with("` is no id"));
        assert!(text::is_safe(&fault.message));
    }

    #[test]
    fn codes_are_distinct_kebab_case_words() {
        let mut words: Vec<_> = Code::ALL.iter().map(|code| code.word()).collect();
        assert!(words.iter().all(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
    }
}
