//! Whether what a story says of its sources stands in their texts.
//!
//! Imports `story`, `text` and the rest of `archive`; touches no file.

use std::collections::HashMap;

use super::copied::Runs;
use super::figures::{self, Figure, Fit};
use super::passage::Marks as Quoted;
use super::{Checked, Held, Mark, Marks, NoText, Passage, Text, Texts};
use crate::story::change::Change;
use crate::story::check::Paths;
use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::graph::{Allowance, Event, Graph, Reaction, Statement};
use crate::story::id::{ElementId, SourceId};
use crate::story::locator::Locator;
use crate::story::vocabulary::Form;

mod opened;

pub use opened::{Found, Opened, opened};

/// What was found in the texts.
#[derive(Debug, Clone, Default)]
pub struct Verification {
    /// A mark for every statement and reaction, with its reasons.
    pub marks: Marks,
    /// What does not hold, in document order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks up every quote, figure, headline and locator of a story in the texts of its sources.
pub fn verify(graph: &Graph, texts: &Texts) -> Verification {
    let mut verifying = Verifying {
        graph,
        texts,
        paths: Paths::of(graph),
        runs: HashMap::new(),
        done: Verification::default(),
        why: Vec::new(),
    };
    for (id, source) in graph.sources() {
        if source.archive.is_some() {
            verifying.source(id);
        }
    }
    for (id, event) in graph.events() {
        verifying.own_words(ElementId::Event(id), event);
    }
    for (id, link) in graph.links() {
        if let Some(held) = link.source.and_then(|source| verifying.held(source)) {
            let at = verifying.paths.link(id);
            let sought = Sought { at, allow: &graph.event(link.from).allow, locator: link.locator };
            verifying.place(&sought, held);
        }
    }
    for (id, statement) in graph.statements() {
        verifying.why.clear();
        let mark = verifying.statement(ElementId::Statement(id), statement);
        verifying.mark(&statement.id, statement.source, mark);
    }
    for (id, reaction) in graph.reactions() {
        verifying.why.clear();
        let mark = verifying.reaction(ElementId::Reaction(id), reaction);
        verifying.mark(&reaction.id, reaction.source, mark);
    }
    verifying.done
}

struct Verifying<'g> {
    graph: &'g Graph,
    texts: &'g Texts,
    paths: Paths,
    /// Made for a text when the first words are held against it.
    runs: HashMap<SourceId, Runs>,
    done: Verification,
    /// Of the account that is looked at.
    why: Vec<String>,
}

/// What is looked up, for messages.
struct Sought<'g> {
    at: Path,
    allow: &'g [Allowance],
    locator: Option<Locator>,
}

/// What a locator comes to in a plain text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// There is none.
    Unnamed,
    /// It names what a plain text does not tell.
    Unchecked,
    /// It is not in the text.
    Outside,
    /// These lines, from 1, both included.
    Lines(usize, usize),
}

impl Place {
    fn of(locator: Option<Locator>, text: &Text) -> Self {
        let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let lines = |from: u32, to: u32| {
            let (from, to) = (count(from), count(to));
            let last = text.lines().len();
            let is_blank =
                (from..=to.min(last)).all(|line| text.line(line).is_none_or(|line| line.trim().is_empty()));
            if to > last || is_blank { Self::Outside } else { Self::Lines(from, to) }
        };
        match locator {
            None => Self::Unnamed,
            Some(Locator::Headline) => text.headline().map_or(Self::Outside, |line| Self::Lines(line, line)),
            Some(Locator::Line(line)) => lines(line, line),
            Some(Locator::Lines(from, to)) => lines(from, to),
            // However they are counted, there are no more of them than lines.
            Some(Locator::Paragraph(number)) if count(number) > text.filled_lines() => Self::Outside,
            Some(Locator::Paragraph(number)) => {
                text.paragraph(count(number)).map_or(Self::Unchecked, |(from, to)| Self::Lines(from, to))
            }
            // A plain text has neither pages nor minutes.
            Some(Locator::Page(_) | Locator::At(_)) => Self::Unchecked,
        }
    }

    /// Those of some passages that stand there; all where it names no lines.
    fn among(self, found: &[Passage]) -> Vec<Passage> {
        let is_here = |it: &&Passage| match self {
            Self::Lines(from, to) => it.line <= to && it.last_line >= from,
            _ => true,
        };
        found.iter().filter(is_here).copied().collect()
    }

    /// The mark of what was found there as it should be.
    fn mark(self) -> Mark {
        match self {
            Self::Lines(..) => Mark::Verified,
            Self::Unnamed | Self::Unchecked => Mark::PlaceUnchecked,
            Self::Outside => Mark::NotVerified,
        }
    }
}

impl<'g> Verifying<'g> {
    fn report(&mut self, allow: &[Allowance], mut diagnostic: Diagnostic) {
        let reason = allow.iter().find(|allowance| allowance.rule == diagnostic.code.word());
        diagnostic.allowed = reason.map(|allowance| allowance.reason.to_string());
        let allowed = diagnostic.allowed.iter().map(|reason| format!(" (allowed: {reason})"));
        self.why.push(diagnostic.message.clone() + &allowed.collect::<String>());
        self.done.diagnostics.push(diagnostic);
    }

    /// Keeps the mark of an account. In a text that has changed nothing counts as verified.
    fn mark(&mut self, id: &str, source: SourceId, mark: Mark) {
        let changed = self.texts.is_changed(self.graph, source);
        let mark = if changed && mark != Mark::NotVerified { Mark::TextChanged } else { mark };
        if let Err(why) = self.texts.of(self.graph, source) {
            self.why.push(why.to_string());
        }
        let checked = Checked { mark, why: std::mem::take(&mut self.why) };
        self.done.marks.by_account.insert(id.to_owned(), checked);
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
                    NoText::TooMuch(_) => {
                        "split the story, or archive the articles and not all that stands about them"
                    }
                    _ => "archive the article as plain text in UTF-8",
                };
                let diagnostic =
                    Diagnostic::new(Code::TextMissing, at.key("file"), why.to_string()).hint(hint);
                return self.report(&source.allow, diagnostic);
            }
        };
        let sum = source.archive.as_ref().and_then(|archive| archive.sha256.as_ref());
        if let Some(sum) = sum.filter(|sum| **sum != held.sha256) {
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
        let sought = Sought { at: self.path(element), allow: &statement.allow, locator: statement.locator };
        let Some(held) = self.held(statement.source) else { return Mark::TextNotHeld };
        let place = self.place(&sought, held);
        if statement.form == Form::Quote {
            return self.quote(&sought, &statement.text, held, place);
        }
        self.copied(sought.at.key("text"), sought.allow, &statement.text, statement.source, held);
        match (place, self.why.is_empty()) {
            (Place::Outside, _) => Mark::NotVerified,
            (_, true) => Mark::OwnWords,
            (_, false) => Mark::Copied,
        }
    }

    /// What a locator comes to. Reports one that is outside the text.
    fn place(&mut self, sought: &Sought<'g>, held: &Held) -> Place {
        let place = Place::of(sought.locator, &held.text);
        if place == Place::Outside {
            let last = held.text.lines().len();
            let message = match sought.locator {
                Some(Locator::Line(to) | Locator::Lines(_, to))
                    if usize::try_from(to).is_ok_and(|to| to <= last) =>
                {
                    format!("there is nothing on that line of {}", held.file)
                }
                Some(Locator::Paragraph(_)) => {
                    format!(
                        "{} has {} lines that are not blank, and no such paragraph",
                        held.file,
                        held.text.filled_lines()
                    )
                }
                _ => format!("{} has {last} lines", held.file),
            };
            let at = sought.at.key("locator");
            let hint = "count the lines of the archived text from 1, blank ones too";
            let diagnostic = Diagnostic::new(Code::LocatorOutsideText, at, message).hint(hint);
            self.report(sought.allow, diagnostic);
        }
        place
    }

    /// Verbatim, in quotation marks, at its place, and with nothing before it that turns it round.
    fn quote(&mut self, sought: &Sought<'g>, words: &str, held: &Held, place: Place) -> Mark {
        let at = sought.at.key("text");
        let file = &held.file;
        let found = held.text.find(words);
        if found.is_empty() {
            self.not_found(sought, words, held);
            return Mark::NotVerified;
        }
        let here = place.among(&found);
        if here.is_empty() {
            self.elsewhere(sought, held, &found, Code::QuoteElsewhere, "these words stand");
            return Mark::NotVerified;
        }
        let is_quoted = |it: &&Passage| matches!(held.text.marks(it), Quoted::In(_));
        let quoted: Vec<_> = here.iter().filter(is_quoted).collect();
        let Some(first) = quoted.first() else {
            let untold = here.iter().find(|it| held.text.marks(it) == Quoted::Untold);
            let first = untold.unwrap_or(&here[0]);
            let (message, what) = if untold.is_some() {
                let message = format!(
                    "whether these words stand in quotation marks in {file} cannot be told: a mark before them is never closed"
                );
                (message, "see who says it")
            } else {
                (
                    format!("in {file} these words stand outside quotation marks"),
                    "it is a paraphrase in the source",
                )
            };
            let hint = format!("{what}: {}: {}", place_of(file, first), shown(held, first));
            self.report(sought.allow, Diagnostic::new(Code::QuoteNotInMarks, at, message).hint(hint));
            return Mark::NotVerified;
        };
        let mut turned = quoted.iter().map(|it| held.text.turned_round(it)).collect::<Vec<_>>();
        if turned.iter().all(Option::is_some) {
            let before = turned.swap_remove(0).unwrap_or_default();
            let message = format!("this quote leaves out what turns it round: “{before}{words}”");
            let hint = format!(
                "quote it with the words before it; {}: {}",
                place_of(file, first),
                shown(held, first)
            );
            self.report(sought.allow, Diagnostic::new(Code::QuoteClipped, at, message).hint(hint));
            return Mark::NotVerified;
        }
        self.unchecked(place, sought.locator, "the words stand there");
        place.mark()
    }

    fn not_found(&mut self, sought: &Sought<'g>, words: &str, held: &Held) {
        let (at, file) = (sought.at.key("text"), &held.file);
        if let Some(near) = held.text.find_cut(words).first() {
            let message = format!("these words end in the middle of a longer word or figure of {file}");
            let hint = format!("quote it whole; {}: {}", place_of(file, near), shown(held, near));
            return self.report(sought.allow, Diagnostic::new(Code::QuoteClipped, at, message).hint(hint));
        }
        let hint = match held.text.find_in_any_case(words).first() {
            Some(near) => format!("{} has them with other capitals: {}", place_of(file, near), shown(held, near)),
            None => "a quote holds exactly the words that stand in quotation marks; correct it, or make it a paraphrase".to_owned(),
        };
        let message = format!("these words do not stand in {file}");
        self.report(sought.allow, Diagnostic::new(Code::QuoteNotFound, at, message).hint(hint));
    }

    /// Why a place is not checked, where it is not.
    fn unchecked(&mut self, place: Place, locator: Option<Locator>, what: &str) {
        match (place, locator) {
            (Place::Unnamed, _) => self.why.push(format!("{what}, and the story does not say where")),
            (Place::Unchecked, Some(locator)) => {
                self.why.push(format!("{what}, and a plain text does not tell where {locator} is"));
            }
            _ => {}
        }
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
        let diagnostic = Diagnostic::new(code, sought.at.key("locator"), message);
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
                    self.copied(at, &event.allow, words, *source, held);
                }
            }
        }
    }

    /// Own words that are the source's.
    fn copied(&mut self, at: Path, allow: &[Allowance], words: &str, source: SourceId, held: &Held) {
        let runs = self.runs.entry(source).or_insert_with(|| Runs::of(&held.text));
        let Some(run) = runs.longest_shared(words) else { return };
        let message =
            format!("{} words in a row are the source's own: {}", run.count, &words[run.words.clone()]);
        let hint = format!(
            "say it in other words, or quote it if it stands in quotation marks at {}:{}",
            held.file, run.line
        );
        self.report(allow, Diagnostic::new(Code::ParaphraseCopied, at, message).hint(hint));
    }

    /// A figure of the same value, with the same bounds and going the same way, at its place.
    fn reaction(&mut self, element: ElementId, reaction: &'g Reaction) -> Mark {
        let sought = Sought { at: self.path(element), allow: &reaction.allow, locator: reaction.locator };
        let Some(held) = self.held(reaction.source) else { return Mark::TextNotHeld };
        let place = self.place(&sought, held);
        let Some(value) = reaction.change.figure() else {
            return if place == Place::Outside { Mark::NotVerified } else { Mark::NothingToVerify };
        };
        let of_value: Vec<&Figure> =
            held.text.figures().iter().filter(|figure| figures::same(figure.value, value)).collect();
        let found: Vec<_> = of_value.iter().map(|figure| held.text.passage_of(figure)).collect();
        if found.is_empty() {
            let at = sought.at.key("change");
            let message = format!("no such figure stands in {}", held.file);
            let hint = "write the figure as the source prints it, or `lost` where it is missing";
            self.report(&reaction.allow, Diagnostic::new(Code::FigureNotFound, at, message).hint(hint));
            return Mark::NotVerified;
        }
        let here = place.among(&found);
        let best = of_value
            .iter()
            .zip(&found)
            .filter(|(_, passage)| here.contains(passage))
            .map(|(figure, passage)| (figures::fit(&held.text, figure, reaction.change), passage))
            .max_by_key(|(fit, _)| *fit);
        let Some((fit, passage)) = best else {
            self.elsewhere(&sought, held, &found, Code::FigureElsewhere, "this figure stands");
            return Mark::NotVerified;
        };
        self.figure(&sought, reaction.change, held, (fit, passage), place)
    }

    fn figure(
        &mut self,
        sought: &Sought<'g>,
        change: Change,
        held: &Held,
        (fit, passage): (Fit, &Passage),
        place: Place,
    ) -> Mark {
        let at = sought.at.key("change");
        let stands = format!("{}: {}", place_of(&held.file, passage), shown(held, passage));
        let (code, message, hint) = match fit {
            Fit::Same => {
                self.unchecked(place, sought.locator, "the figure stands there");
                return place.mark();
            }
            Fit::WayUntold => {
                self.why.push(format!("whether it is a rise or a fall cannot be read from {stands}"));
                self.unchecked(place, sought.locator, "the figure stands there");
                return if place == Place::Outside { Mark::NotVerified } else { Mark::WayUnchecked };
            }
            Fit::OtherWay(way) => {
                let (way, sign) = match way {
                    figures::Way::Up => ("a rise", "a plus or no sign"),
                    figures::Way::Down => ("a fall", "a minus"),
                };
                let message = format!("in {} this figure is {way}", held.file);
                (Code::FigureDirection, message, format!("write it with {sign}; {stands}"))
            }
            Fit::Otherwise(sense) => {
                let message = format!("{} gives this figure {}", held.file, sense.words());
                let hint = match sense.written(change.figure().unwrap_or_default()) {
                    Some(written) => format!("write `change: {written}`, or what it says; {stands}"),
                    None => format!("write what the source says of the move itself, or `lost`; {stands}"),
                };
                (Code::FigureHedged, message, hint)
            }
        };
        self.report(sought.allow, Diagnostic::new(code, at, message).hint(hint));
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
