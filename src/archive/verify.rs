//! Whether what a story says of its sources stands in their texts.
//!
//! Imports `story`, `text` and the rest of `archive`; touches no file.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::passage::is_unspaced;
use super::{Held, Mark, Marks, NoText, Passage, Text, Texts};
use crate::story::change::Change;
use crate::story::check::Paths;
use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::graph::{Allowance, Event, Graph, Reaction, Statement};
use crate::story::id::{Account, ElementId, SourceId};
use crate::story::locator::Locator;
use crate::story::vocabulary::Form;

/// A paraphrase that shares so many words in a row with its source is a quote without its marks.
const COPIED: usize = 8;
/// How many words before a quote are looked at for one that turns it round.
const BEFORE: usize = 3;
/// Words that turn what follows them round.
const NEGATIONS: [&str; 24] = [
    "not", "no", "never", "neither", "nor", "without", "hardly", "barely", "scarcely", "cannot", "nothing",
    "nicht", "kein", "keine", "nie", "ohne", "ne", "pas", "jamais", "sans", "не", "нет", "ni", "sin",
];
/// The same in scripts without blanks: they stand right before.
const NEGATING: [char; 6] = ['不', '没', '沒', '未', '无', '非'];

/// What was found in the texts.
#[derive(Debug, Clone, Default)]
pub struct Verification {
    /// A mark for every statement and reaction.
    pub marks: Marks,
    /// What does not hold, in document order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks up every quote, figure, headline and locator of a story in the texts of its sources.
pub fn verify(graph: &Graph, texts: &Texts) -> Verification {
    let mut verifying = Verifying { graph, texts, paths: Paths::of(graph), done: Verification::default() };
    for (id, source) in graph.sources() {
        if source.archive.is_some() {
            verifying.source(id);
        }
    }
    for (id, event) in graph.events() {
        verifying.own_words(ElementId::Event(id), event);
    }
    for (id, statement) in graph.statements() {
        let mark = verifying.statement(ElementId::Statement(id), statement);
        verifying.done.marks.by_account.insert(statement.id.clone(), mark);
    }
    for (id, reaction) in graph.reactions() {
        let mark = verifying.reaction(ElementId::Reaction(id), reaction);
        verifying.done.marks.by_account.insert(reaction.id.clone(), mark);
    }
    verifying.done
}

/// Where the words of a statement, or the lines of a figure, stand in a text: at its locator, or else anywhere; for a
/// paraphrase the lines its locator names.
pub fn passages(graph: &Graph, account: Account, text: &Text) -> Vec<Passage> {
    let (locator, found) = match account {
        Account::Statement(id) => {
            let statement = graph.statement(id);
            let is_quote = statement.form == Form::Quote;
            (statement.locator, if is_quote { text.find(&statement.text) } else { Vec::new() })
        }
        Account::Reaction(id) => {
            let reaction = graph.reaction(id);
            let figure = reaction.change.figure();
            let has = |line: &str| figure.is_some_and(|figure| per_cents(line).any(|it| same(it, figure)));
            let lines = text.lines().iter().enumerate().filter(|(_, line)| has(line));
            (reaction.locator, lines.map(|(place, line)| whole_line(place + 1, line)).collect())
        }
    };
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let named = match locator {
        Some(Locator::Headline) => text.headline().map(|line| (line, line)),
        Some(Locator::Line(line)) => Some((place(line), place(line))),
        Some(Locator::Lines(from, to)) => Some((place(from), place(to))),
        _ => None,
    };
    let Some((from, to)) = named else { return found };
    let here: Vec<_> = found.iter().copied().filter(|it| it.line <= to && it.last_line >= from).collect();
    if !here.is_empty() {
        here
    } else if found.is_empty() {
        (from..=to.min(text.lines().len()))
            .filter_map(|line| Some(whole_line(line, text.line(line)?)))
            .collect()
    } else {
        found
    }
}

fn whole_line(line: usize, text: &str) -> Passage {
    Passage { line, start: 0, last_line: line, end: text.len() }
}

struct Verifying<'g> {
    graph: &'g Graph,
    texts: &'g Texts,
    paths: Paths,
    done: Verification,
}

/// What is looked up, for messages.
struct Sought<'g> {
    element: ElementId,
    allow: &'g [Allowance],
    locator: Option<Locator>,
}

impl<'g> Verifying<'g> {
    fn report(&mut self, allow: &[Allowance], mut diagnostic: Diagnostic) {
        let reason = allow.iter().find(|allowance| allowance.rule == diagnostic.code.word());
        diagnostic.allowed = reason.map(|allowance| allowance.reason.clone());
        self.done.diagnostics.push(diagnostic);
    }

    fn held(&self, source: SourceId) -> Option<&'g Held> {
        self.texts.of(self.graph, source).ok()
    }

    fn path(&self, element: ElementId) -> Path {
        self.paths.element(element)
    }

    /// The text itself: there, unchanged, under the headline that is given.
    fn source(&mut self, id: SourceId) {
        let graph = self.graph;
        let source = graph.source(id);
        let element = ElementId::Source(id);
        let at = self.path(element).key("archive");
        let held = match self.texts.of(graph, id) {
            Ok(held) => held,
            Err(why) => {
                let hint = match why {
                    NoText::Missing(_) => "put the text there, or correct `file:`",
                    NoText::Outside(_) => "put the text itself into the folder, not a link",
                    _ => "archive the article as plain text in UTF-8",
                };
                let diagnostic =
                    Diagnostic::new(Code::TextMissing, at.key("file"), why.to_string()).hint(hint);
                return self.report(&source.allow, diagnostic);
            }
        };
        let archive = source.archive.as_ref();
        if let Some(sum) =
            archive.and_then(|archive| archive.sha256.as_ref()).filter(|sum| **sum != held.sha256)
        {
            let message =
                format!("{} is not the text this story was written from: its SHA-256 is another", held.file);
            let hint = format!(
                "it is {} now, not {sum}; look at what changed, then correct one of the two",
                held.sha256
            );
            self.report(
                &source.allow,
                Diagnostic::new(Code::TextChanged, at.key("sha256"), message).hint(hint),
            );
        }
        if source.held && held.text.find(&source.title).is_empty() {
            let message = format!("this headline does not stand in {}", held.file);
            let first = held.text.headline().and_then(|line| held.text.line(line)).unwrap_or_default();
            let hint = format!("`title:` is the headline as printed; the text begins: {first}");
            let at = self.path(element).key("title");
            self.report(&source.allow, Diagnostic::new(Code::HeadlineNotFound, at, message).hint(hint));
        }
    }

    fn statement(&mut self, element: ElementId, statement: &'g Statement) -> Mark {
        let sought = Sought { element, allow: &statement.allow, locator: statement.locator };
        let Some(held) = self.held(statement.source) else {
            return if statement.form == Form::Quote { Mark::TextNotHeld } else { Mark::NothingToVerify };
        };
        let within = self.lines(&sought, held);
        if statement.form == Form::Quote {
            return self.quote(&sought, &statement.text, held, within);
        }
        self.paraphrase(&sought, &statement.text, held);
        Mark::NothingToVerify
    }

    /// The lines a locator names; `None` where it names none that can be looked up. Reports one that is not there.
    fn lines(&mut self, sought: &Sought<'g>, held: &Held) -> Option<(usize, usize)> {
        let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (from, to) = match sought.locator? {
            Locator::Headline => held.text.headline().map(|line| (line, line))?,
            Locator::Line(line) => (place(line), place(line)),
            Locator::Lines(from, to) => (place(from), place(to)),
            // A plain text has neither pages nor minutes, and where its paragraphs begin is not told.
            Locator::Page(_) | Locator::Paragraph(_) | Locator::At(_) => return None,
        };
        let last = held.text.lines().len();
        let blank =
            (from..=to.min(last)).all(|line| held.text.line(line).is_none_or(|line| line.trim().is_empty()));
        if to > last || blank {
            let message = if to > last {
                format!("{} has {last} lines", held.file)
            } else {
                format!("there is nothing on that line of {}", held.file)
            };
            let at = self.path(sought.element).key("locator");
            let hint = "count the lines of the archived text from 1, blank ones too";
            let diagnostic = Diagnostic::new(Code::LocatorOutsideText, at, message).hint(hint);
            self.report(sought.allow, diagnostic);
            return None;
        }
        Some((from, to))
    }

    /// Verbatim, in quotation marks, at its place, and with nothing before it that turns it round.
    fn quote(
        &mut self,
        sought: &Sought<'g>,
        words: &str,
        held: &Held,
        within: Option<(usize, usize)>,
    ) -> Mark {
        let at = self.path(sought.element).key("text");
        let file = &held.file;
        let found = held.text.find(words);
        if found.is_empty() {
            let hint = match held.text.find_in_any_case(words).first() {
                Some(near) => format!("{} has them with other capitals: {}", place_of(file, near), shown(held, near)),
                None => "a quote holds exactly the words that stand in quotation marks; correct it, or make it a paraphrase".to_owned(),
            };
            let message = format!("these words do not stand in {file}");
            self.report(sought.allow, Diagnostic::new(Code::QuoteNotFound, at, message).hint(hint));
            return Mark::NotVerified;
        }
        let here: Vec<_> = match within {
            Some((from, to)) => {
                found.iter().copied().filter(|it| it.line <= to && it.last_line >= from).collect()
            }
            None => found.clone(),
        };
        if here.is_empty() {
            self.elsewhere(sought, held, &found, Code::QuoteElsewhere, "these words stand");
            return Mark::NotVerified;
        }
        let quoted: Vec<_> = here.iter().filter_map(|it| Some((it, held.text.said_before(it)?))).collect();
        let Some((first, before)) = quoted.first() else {
            let first = &here[0];
            let message = format!("in {file} these words stand outside quotation marks");
            let hint = format!(
                "it is a paraphrase in the source: {}: {}",
                place_of(file, first),
                shown(held, first)
            );
            self.report(sought.allow, Diagnostic::new(Code::QuoteNotInMarks, at, message).hint(hint));
            return Mark::NotVerified;
        };
        if quoted.iter().all(|(_, before)| turned_round(before)) {
            let message = format!("this quote leaves out what turns it round: “{}{words}”", tail(before));
            let hint = format!(
                "quote it with the words before it; {}: {}",
                place_of(file, first),
                shown(held, first)
            );
            self.report(sought.allow, Diagnostic::new(Code::QuoteClipped, at, message).hint(hint));
            return Mark::NotVerified;
        }
        Mark::Verified
    }

    fn elsewhere(&mut self, sought: &Sought<'g>, held: &Held, found: &[Passage], code: Code, what: &str) {
        /// More lines than that say only that it stands everywhere.
        const SHOWN: usize = 5;
        let mut lines: Vec<_> = found.iter().map(|passage| passage.line).collect();
        lines.dedup();
        let more = if lines.len() > SHOWN { " and others" } else { "" };
        lines.truncate(SHOWN);
        let listed = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let word = if lines.len() == 1 { "line" } else { "lines" };
        let message = format!("{what} on {word} {listed}{more} of {}, not where this says", held.file);
        let hint = found
            .first()
            .map(|first| format!("write `locator: line {}`: {}", first.line, shown(held, first)));
        let at = self.path(sought.element).key("locator");
        let diagnostic = Diagnostic::new(code, at, message);
        let diagnostic = match hint {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        };
        self.report(sought.allow, diagnostic);
    }

    /// Title and summary of an event are in the author's words too.
    fn own_words(&mut self, element: ElementId, event: &'g Event) {
        for (key, words) in [("title", Some(&event.title)), ("summary", event.summary.as_ref())] {
            let Some(words) = words else { continue };
            for source in &event.sources {
                if let Some(held) = self.held(*source) {
                    let at = self.path(element).key(key);
                    self.copied(at, &event.allow, words, held);
                }
            }
        }
    }

    /// Own words that are the source's.
    fn paraphrase(&mut self, sought: &Sought<'g>, words: &str, held: &Held) {
        self.copied(self.path(sought.element).key("text"), sought.allow, words, held);
    }

    fn copied(&mut self, at: Path, allow: &[Allowance], words: &str, held: &Held) {
        let Some(run) = held.text.longest_shared_run(words, COPIED) else { return };
        let message =
            format!("{} words in a row are the source's own: {}", run.count, &words[run.words.clone()]);
        let hint = format!(
            "say it in other words, or quote it if it stands in quotation marks at {}:{}",
            held.file, run.line
        );
        self.report(allow, Diagnostic::new(Code::ParaphraseCopied, at, message).hint(hint));
    }

    fn reaction(&mut self, element: ElementId, reaction: &'g Reaction) -> Mark {
        let sought = Sought { element, allow: &reaction.allow, locator: reaction.locator };
        let Some(held) = self.held(reaction.source) else { return Mark::TextNotHeld };
        let within = self.lines(&sought, held);
        let (Some(figure), false) = (reaction.change.figure(), reaction.change == Change::Lost) else {
            return Mark::NothingToVerify;
        };
        let found: Vec<_> = (1..=held.text.lines().len())
            .filter(|line| {
                held.text.line(*line).is_some_and(|line| per_cents(line).any(|it| same(it, figure)))
            })
            .collect();
        let here = |line: &usize| within.is_none_or(|(from, to)| (from..=to).contains(line));
        if found.iter().any(here) {
            return Mark::Verified;
        }
        let passages: Vec<_> =
            found.iter().map(|line| Passage { line: *line, start: 0, last_line: *line, end: 0 }).collect();
        if passages.is_empty() {
            let at = self.path(element).key("change");
            let message = format!("no such figure stands in {}", held.file);
            let hint = "write the figure as the source prints it, or `lost` where it is missing";
            self.report(&reaction.allow, Diagnostic::new(Code::FigureNotFound, at, message).hint(hint));
        } else {
            self.elsewhere(&sought, held, &passages, Code::FigureElsewhere, "this figure stands");
        }
        Mark::NotVerified
    }
}

fn place_of(file: &str, passage: &Passage) -> String {
    format!("{file}:{}", passage.line)
}

/// The words around a passage, from the line it begins on.
fn shown(held: &Held, passage: &Passage) -> String {
    /// Bytes before the passage and from its beginning on that show.
    const AROUND: (usize, usize) = (40, 100);
    let line = held.text.line(passage.line).unwrap_or_default();
    let from = crate::text::floor(line, passage.start.saturating_sub(AROUND.0));
    let to = crate::text::floor(line, (passage.start + AROUND.1).min(line.len()));
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
    format!("{before}{}{after}", &line[from..to])
}

/// Whether words end in one that turns what follows round.
fn turned_round(before: &str) -> bool {
    let sentence = before.rsplit(['.', '!', '?', ';', ':', '。', '！', '？']).next().unwrap_or(before);
    if sentence.trim_end().ends_with(NEGATING) {
        return true;
    }
    let words: Vec<_> = sentence.unicode_words().collect();
    let known: HashSet<&str> = NEGATIONS.into_iter().collect();
    words.iter().rev().take(BEFORE).any(|word| {
        let word = word.to_lowercase().replace('’', "'");
        known.contains(word.as_str()) || word.ends_with("n't")
    })
}

/// The last words of what is said before a quote.
fn tail(before: &str) -> &str {
    let mut words: Vec<_> = before.unicode_word_indices().map(|(at, _)| at).collect();
    let first = words.split_off(words.len().saturating_sub(BEFORE)).first().copied().unwrap_or(0);
    // Without words the scripts that need no blanks are left.
    if before.chars().all(is_unspaced) { before } else { &before[first..] }
}

fn same(printed: f64, figure: f64) -> bool {
    (printed - figure.abs()).abs() < 1e-9
}

/// The percentages a line prints, in figures or in words up to twelve; without sign, which words carry.
fn per_cents(line: &str) -> impl Iterator<Item = f64> + '_ {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    const SIGNS: [&str; 8] = ["%", "％", "percent", "per cent", "per-cent", "pct", "Prozent", "pour cent"];
    let follows = |rest: &str| {
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        SIGNS.iter().any(|sign| rest.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign)))
    };
    line.split_word_bound_indices().filter_map(move |(at, word)| {
        let rest = &line[at + word.len()..];
        // "3.78%" is a word and a sign; so is "4.2" "percent".
        let value = number(word).or_else(|| {
            let place = WORDS.iter().position(|other| other.eq_ignore_ascii_case(word))?;
            u32::try_from(place).ok().map(f64::from)
        })?;
        follows(rest).then_some(value)
    })
}

/// `3.78`, `3,78`, `1,234.5`; a comma before exactly three figures and no point groups thousands.
fn number(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let groups = word.contains('.') || word.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if groups { word.replace(',', "") } else { word.replace(',', ".") };
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_as_they_are_printed() {
        for (line, values) in [
            ("fell 3.78% on Friday", &[3.78][..]),
            ("dropped by 4.2 per cent.", &[4.2]),
            ("more than 1 percent, or two per cent", &[1.0, 2.0]),
            ("fiel um 3,5 Prozent", &[3.5]),
            ("1,234.5% of 12 dollars", &[1234.5]),
            ("over 1,000% and 30 men", &[1000.0]),
            ("no figure", &[]),
        ] {
            assert_eq!(per_cents(line).collect::<Vec<_>>(), values, "{line}");
        }
    }

    #[test]
    fn what_turns_a_quote_round_is_seen_in_its_own_sentence_only() {
        for before in ["it is not ", "we would never call it ", "It isn’t ", "это не ", "这不"] {
            assert!(turned_round(before), "{before}");
        }
        for before in
            ["", "it is ", "It is not so. It is ", "not at all in the least like what one would call "]
        {
            assert!(!turned_round(before), "{before}");
        }
    }
}
