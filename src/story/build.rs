//! `Document` → `Graph`, or all the faults of the document at once. The only place where ids are minted and
//! where text from a file is made safe to show; what had to be made safe is told.
//!
//! Imports the other modules of `story` and `text`; nothing above them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;

use super::diagnostic::tally::Tally;
use super::diagnostic::{Code, Diagnostic, Path, Rank, did_you_mean};
use super::document::{self, Document, Lost, Survey, Text, TimeText, Word};
use super::graph::{Allowance, Archive, Arenas, Graph, Header, SourceGrade};
use super::id::{Account, ActorId, DisputeId, ElementId, EventId, Id, ReactionId, SourceId, StatementId};
use super::locator::Locator;
use super::order::{Chronology, OrderFault, Place, Precedence};
use super::vocabulary::{Basis, Origin, Vocabulary};
use super::when::{Timing, When};
use crate::text::{self, Shared};

mod accounts;
mod circles;
mod elements;
mod hidden;
mod names;
mod nearest;
mod order;
mod pieces;
mod references;
mod times;

pub(super) use elements::leads_out;
use names::Names;
use nearest::Nearest;
pub(super) use pieces::is_circular;
pub use pieces::{read_apart, read_apart_telling};
use references::{as_account, as_actor, as_event, as_source, as_statement};

/// The number of the format this program reads.
pub const FORMAT: u64 = 1;

/// Builds the graph and tells, in document order, what it found on the way: every fault, each of which keeps the graph
/// from being built, and every text that is not safe to show as it is (`unsafe-text`), which does not.
pub fn build(document: Document) -> (Option<Graph>, Vec<Diagnostic>) {
    build_with(document, Vec::new())
}

/// As [`build`], with what a rule found in the text of the document itself: it is told with the rest, and the `allow:` of
/// the element in which it stands may excuse it.
pub fn build_with(document: Document, in_text: Vec<Diagnostic>) -> (Option<Graph>, Vec<Diagnostic>) {
    build_without(document, Lost::default(), in_text)
}

/// All that is wrong with a document parts of which could not be read: those parts, and the faults of the rest that do not
/// stem from them.
pub fn build_surveyed(survey: Survey) -> Vec<Diagnostic> {
    let Survey { document, mut faults, lost, bare } = survey;
    let (_, mut found) = build_without(document, lost, Vec::new());
    let told: HashSet<&Path> = found
        .iter()
        .filter(|fault| fault.code.rank() == Rank::Fault)
        .map(|fault| &fault.path)
        .filter(|path| bare.contains(path))
        .collect();
    faults.retain(|fault| !told.contains(&fault.path));
    found.extend(faults.into_diagnostics());
    found.sort_by_key(|diagnostic| diagnostic.path.place());
    found
}

fn build_without(
    document: Document,
    lost: Lost,
    in_text: Vec<Diagnostic>,
) -> (Option<Graph>, Vec<Diagnostic>) {
    let mut builder = Builder::new(&document, lost);
    builder.hidden = in_text;
    builder.circles(&document);
    let header = builder.header(document.format, document.story);
    let sources = builder.sources(document.sources);
    let actors = builder.actors(document.actors);
    let mut arenas = Arenas { sources, actors, ..Arenas::default() };
    builder.events(0, document.events, &mut arenas);
    arenas.disputes = builder.disputes(document.disputes);
    let chronology = builder.chronology(&arenas).filter(|_| builder.faults.is_empty());
    let graph = chronology.map(|chronology| {
        let precedences = builder.precedences.into_iter().map(|(precedence, _)| precedence).collect();
        Graph::new(header, arenas, chronology, precedences)
    });
    let mut diagnostics = builder.faults.into_diagnostics();
    builder.hidden.retain(|finding| !builder.lost.explains(finding));
    diagnostics.append(&mut hidden::settled(builder.hidden, builder.excuses));
    diagnostics.sort_by_key(|diagnostic| diagnostic.path.place());
    (graph, diagnostics)
}

/// The state of a build: which ids exist, and what was found wrong so far.
struct Builder {
    ids: Names,
    zone: Tz,
    /// The times that were read in this zone, by what is written of them.
    times: HashMap<String, When>,
    faults: Tally,
    /// What could not be read of the document.
    lost: Lost,
    nearest: Nearest,
    /// What rules find on reading (texts that are not safe to show as they are, or cut off by a comment), and the elements
    /// that say why.
    hidden: Vec<Diagnostic>,
    excuses: Vec<hidden::Excuse>,
    precedences: Vec<(Precedence, Path)>,
}

impl Builder {
    /// A builder that knows these ids, and has built nothing yet.
    fn with(ids: Names, zone: Tz) -> Self {
        Self {
            ids,
            zone,
            times: HashMap::new(),
            faults: Tally::default(),
            lost: Lost::default(),
            nearest: Nearest::default(),
            hidden: Vec::new(),
            excuses: Vec::new(),
            precedences: Vec::new(),
        }
    }

    /// Mints an id for every element of the document, so that references can point forwards.
    fn new(document: &Document, lost: Lost) -> Self {
        let mut builder = Self { lost, ..Self::with(Names::default(), Tz::UTC) };
        let root = Path::root();
        let sources = root.key("sources");
        for (index, source) in document.sources.iter().enumerate() {
            builder.mint(source.id.as_ref(), ElementId::Source(SourceId::from_index(index)), || {
                sources.index(index)
            });
        }
        let actors = root.key("actors");
        for (index, actor) in document.actors.iter().enumerate() {
            builder.mint(actor.id.as_ref(), ElementId::Actor(ActorId::from_index(index)), || {
                actors.index(index)
            });
        }
        let events = root.key("events");
        let (mut statements, mut reactions) = (0, 0);
        for (index, event) in document.events.iter().enumerate() {
            builder.mint(event.id.as_ref(), ElementId::Event(EventId::from_index(index)), || {
                events.index(index)
            });
            for (place, statement) in event.statements.iter().enumerate() {
                let id = ElementId::Statement(StatementId::from_index(statements));
                builder
                    .mint(statement.id.as_ref(), id, || events.index(index).key("statements").index(place));
                statements += 1;
            }
            for (place, reaction) in event.reactions.iter().enumerate() {
                let id = ElementId::Reaction(ReactionId::from_index(reactions));
                builder.mint(reaction.id.as_ref(), id, || events.index(index).key("reactions").index(place));
                reactions += 1;
            }
        }
        let disputes = root.key("disputes");
        for (index, dispute) in document.disputes.iter().enumerate() {
            builder.mint(dispute.id.as_ref(), ElementId::Dispute(DisputeId::from_index(index)), || {
                disputes.index(index)
            });
        }
        builder
    }

    fn mint(&mut self, id: Option<&Text>, element: ElementId, at: impl Fn() -> Path) {
        let Some(Text(id)) = id else {
            let what = element.kind();
            let fault = Diagnostic::new(Code::Missing, at(), format!("{what} has no id"));
            self.report(fault.hint("give it an `id:` in kebab-case, such as `memo-reported`"));
            return;
        };
        let path = at().key("id");
        if !is_kebab_case(id) {
            let fault = Diagnostic::new(Code::BadId, path.clone(), format!("`{id}` is not a kebab-case id"));
            let hint = "use lower-case letters a-z, digits, and single hyphens between them";
            self.report(match kebab_case(id) {
                Some(better) => fault.hint(format!("{hint}: `{better}`")),
                None => fault.hint(hint),
            });
        }
        if let (Some(first), Some(place)) = (self.ids.get(id), self.ids.place(id)) {
            let message = format!("the id `{id}` is already that of {}", first.kind());
            let fault = Diagnostic::new(Code::DuplicateId, path, message)
                .hint("ids are unique across the whole file; give one of the two another")
                .also(place.clone(), "first used here");
            self.report(fault);
        } else {
            self.ids.mint(id, element, path);
        }
    }

    fn fault(&mut self, code: Code, path: Path, message: impl AsRef<str>, hint: impl AsRef<str>) {
        self.report(Diagnostic::new(code, path, message).hint(hint));
    }

    /// Takes a fault, unless it comes of what could not be read.
    fn report(&mut self, fault: Diagnostic) {
        if !self.lost.explains(&fault) {
            self.faults.push(fault);
        }
    }

    /// Takes note of what in a text is not safe to show; of very many only the number.
    fn hide(&mut self, text: &str, one_line: bool, path: impl FnOnce() -> Path) {
        const MOST: usize = 10_000;
        let last = self.hidden.len().checked_sub(MOST).and(self.hidden.last_mut());
        match last {
            Some(last) => last.more += usize::from(hidden::finding(text, one_line, Path::root).is_some()),
            None => self.hidden.extend(hidden::finding(text, one_line, path)),
        }
    }

    /// A text that may be left out, but not blank; made safe, line breaks kept.
    fn prose(&mut self, text: Option<Text>, path: impl Fn() -> Path) -> Option<Shared> {
        let Text(text) = text?;
        if self.is_blank(&text, &path) {
            return None;
        }
        Some(match text::safe(&text) {
            Cow::Borrowed(_) => text.into(),
            Cow::Owned(safe) => {
                self.hide(&text, false, path);
                safe.into()
            }
        })
    }

    /// As [`Self::prose`], for what stands on one line.
    fn line(&mut self, text: Option<Text>, path: impl Fn() -> Path) -> Option<Shared> {
        let Text(text) = text?;
        if self.is_blank(&text, &path) {
            return None;
        }
        // Made safe before it is trimmed: a line separator is white space too, and must not go unseen.
        let line = match text::safe(&text) {
            Cow::Borrowed(safe) if safe.trim().len() == text.len() && !safe.contains('\n') => {
                return Some(text.into());
            }
            safe => text::safe_line(safe.trim()).into_owned(),
        };
        if line != text.trim() {
            self.hide(&text, true, path);
        }
        Some(line.into())
    }

    fn is_blank(&mut self, text: &str, path: impl Fn() -> Path) -> bool {
        let blank = text.trim().is_empty();
        if blank {
            self.fault(Code::Missing, path(), "this text is empty", "write it, or leave the field out");
        }
        blank
    }

    /// As [`Self::line`], for what must be there.
    fn required(&mut self, text: Option<Text>, at: &Path, key: &'static str) -> Shared {
        match text {
            None => {
                let message = format!("`{key}:` is missing here");
                self.fault(Code::Missing, at.clone(), message, format!("add `{key}:` with its text"));
                Shared::default()
            }
            Some(Text(text)) if text.trim().is_empty() => {
                self.fault(Code::Missing, at.key(key), format!("`{key}:` is empty"), "write its text");
                Shared::default()
            }
            text => self.line(text, || at.key(key)).unwrap_or_default(),
        }
    }

    fn lines(&mut self, texts: Vec<Text>, at: &Path, key: &'static str) -> Vec<Shared> {
        let mut lines = Vec::with_capacity(texts.len());
        for (index, text) in texts.into_iter().enumerate() {
            lines.extend(self.line(Some(text), || at.key(key).index(index)));
        }
        lines
    }

    fn word<V: Vocabulary>(&mut self, word: Option<Word<V>>, at: &Path, key: &'static str) -> Option<V> {
        let word = word?.word;
        let value = V::from_word(&word);
        if value.is_none() {
            let words = || V::WORDS.iter().map(|(word, _)| *word);
            let fault =
                Diagnostic::new(Code::UnknownWord, at.key(key), format!("`{word}` is no {}", V::NAME));
            let all = words().collect::<Vec<_>>().join(", ");
            self.report(match did_you_mean(&word, words()) {
                Some(near) => fault.hint(format!("did you mean `{near}`? It is one of {all}")),
                None => fault.hint(format!("it is one of {all}")),
            });
        }
        value
    }

    fn required_word<V: Vocabulary>(
        &mut self,
        word: Option<Word<V>>,
        at: &Path,
        key: &'static str,
        other: V,
    ) -> V {
        if word.is_none() {
            let all = V::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            self.fault(
                Code::Missing,
                at.clone(),
                format!("`{key}:` is missing here"),
                format!("add `{key}:` with one of {all}"),
            );
        }
        self.word(word, at, key).unwrap_or(other)
    }

    fn timing(
        &mut self,
        at: &Path,
        when: (Option<TimeText>, &'static str),
        basis: (Option<Word<Basis>>, &'static str),
        note: (Option<Text>, &'static str),
    ) -> Timing {
        let undated_basis = when.0.is_none() && basis.0.is_some();
        if undated_basis {
            let message = format!("`{}:` stands without `{}:`", basis.1, when.1);
            self.fault(
                Code::Missing,
                at.key(basis.1),
                message,
                "an undated element has no basis; leave it out",
            );
        }
        let note = self.prose(note.0, || at.key(note.1));
        let basis = self.word(basis.0, at, basis.1).unwrap_or(Basis::Stated);
        let time = when.0.and_then(|TimeText(text)| self.time(text, || at.key(when.1)));
        Timing::new(time, basis, note)
    }

    /// Most times of a story stand in it more than once.
    fn time(&mut self, text: String, path: impl FnOnce() -> Path) -> Option<When> {
        if let Some(known) = self.times.get(&text) {
            return Some(known.clone());
        }
        match When::parse(&text, self.zone) {
            Ok(when) => {
                self.times.insert(text, when.clone());
                Some(when)
            }
            Err(error) => {
                let (message, hint) = times::told(&text, &error);
                self.fault(Code::BadTime, path(), message, hint);
                None
            }
        }
    }

    fn locator(&mut self, text: Option<&Text>, at: &Path) -> Option<Locator> {
        let Text(text) = text?;
        let locator = Locator::parse(text);
        if locator.is_none() {
            let hint = if text.parse::<u32>().is_ok() {
                format!("write `line {text}` or `page {text}`")
            } else {
                "write `headline`, `line 13`, `lines 13-15`, `page 4`, `paragraph 3`, or `at 03:15` of a broadcast"
                    .to_owned()
            };
            self.fault(
                Code::BadLocator,
                at.key("locator"),
                format!("`{text}` is not a place in a source"),
                hint,
            );
        }
        locator
    }

    fn allowances(&mut self, allow: Vec<document::Allow>, element: &Path) -> Vec<Allowance> {
        let mut allowances = Vec::with_capacity(allow.len());
        for (index, allow) in allow.into_iter().enumerate() {
            let at = element.key("allow").index(index);
            let rule = self.required(allow.rule, &at, "rule");
            let reason = self.required(allow.reason, &at, "reason");
            if !reason.is_empty() && says_nothing(&reason) {
                let message = format!("`{reason}` is no reason");
                self.fault(
                    Code::Missing,
                    at.key("reason"),
                    message,
                    "say why the rule does not hold here: readers see it",
                );
            }
            let on_reading = [Code::UnsafeText, Code::CutByComment];
            if let Some(code) = on_reading.into_iter().find(|code| code.word() == rule) {
                let excuse =
                    hidden::Excuse { code, element: element.clone(), at, reason: reason.to_string() };
                self.excuses.push(excuse);
            }
            allowances.push(Allowance { rule, reason });
        }
        allowances
    }
}

/// Whether a reason only holds the place of one: `…`, `-`, `TODO`.
fn says_nothing(reason: &str) -> bool {
    const PLACEHOLDERS: [&str; 8] = ["todo", "tbd", "tba", "fixme", "xxx", "na", "none", "reason"];
    let letters: String =
        reason.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.is_empty() || PLACEHOLDERS.contains(&letters.as_str())
}

/// Whether a text can be a written id.
pub(super) fn is_kebab_case(id: &str) -> bool {
    // Before the first character, between two hyphens and behind the last one there would be an empty word.
    let mut hyphen = true;
    id.bytes().all(|byte| match byte {
        b'a'..=b'z' | b'0'..=b'9' => {
            hyphen = false;
            true
        }
        b'-' => !std::mem::replace(&mut hyphen, true),
        _ => false,
    }) && !hyphen
}

/// The nearest kebab-case id, where anything is left of the text.
fn kebab_case(text: &str) -> Option<String> {
    const LONGEST: usize = 64;
    let words = text::fold_str(text);
    let id = words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    (!id.is_empty() && id.len() <= LONGEST).then_some(id)
}
