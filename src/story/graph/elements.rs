//! The elements of a story, as records. References between them are typed ids; every text is safe to show.
//!
//! Imports the other modules of `story`, and `text`; nothing above them.

use chrono_tz::Tz;
use smallvec::SmallVec;

use crate::story::change::Change;
use crate::story::id::{Account, ActorId, EventId, LinkId, ReactionId, SourceId, StatementId};
use crate::story::locator::Locator;
use crate::story::vocabulary::{
    ActorKind, Basis, Form, Grade, LinkKind, Reliability, SourceKind, Stance, Status,
};
use crate::story::when::Timing;
use crate::text::Shared;

/// Some ids. Most elements refer to no more than these, and they need no memory of their own.
pub type Few<I> = SmallVec<[I; 4]>;

/// What the whole story is called and is about.
#[derive(Debug, Clone)]
pub struct Header {
    /// The story's name.
    pub title: Shared,
    /// One paragraph in the author's own words.
    pub summary: Option<Shared>,
    /// The zone in which zoned times are shown.
    pub time_zone: Tz,
    /// Lint rules that do not hold for these fields.
    pub allow: Vec<Allowance>,
}

/// A lint rule that does not hold for an element, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The rule's name.
    pub rule: Shared,
    /// Why.
    pub reason: Shared,
}

/// A published thing we have it from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The written id.
    pub id: Shared,
    /// The headline as printed.
    pub title: Shared,
    /// Who published it; `None` where the text names none.
    pub publisher: Option<Shared>,
    /// Who wrote it, as printed.
    pub byline: Option<Shared>,
    /// When it was published.
    pub published: Timing,
    /// What sort of publication it is.
    pub kind: SourceKind,
    /// Whether we have the text; otherwise it is known only through others.
    pub held: bool,
    /// The sources it repeats.
    pub relies_on: Vec<SourceId>,
    /// Whether it is said to have the matter at first hand.
    pub first_hand: bool,
    /// Whether it says that a machine wrote it.
    pub machine_written: bool,
    /// What is missing or damaged in it.
    pub gaps: Vec<Shared>,
    /// The reader's own judgement.
    pub grade: Option<SourceGrade>,
    /// The text it was read from.
    pub archive: Option<Archive>,
    /// Where it can be read.
    pub url: Option<Shared>,
    /// Anything else to be said about it.
    pub note: Option<Shared>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

impl Source {
    /// What to call it in a line: its publisher, or its title where it names none.
    pub fn label(&self) -> &str {
        self.publisher.as_deref().unwrap_or(&self.title)
    }
}

/// The reader's two-axis judgement of a source. Never made up, never averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceGrade {
    /// A to F.
    pub reliability: Option<Reliability>,
    /// 1 to 6.
    pub credibility: Option<u8>,
}

/// The text a source was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// File name inside the archive folder.
    pub file: Shared,
    /// SHA-256 of that file, in lower-case hex.
    pub sha256: Option<Shared>,
}

/// Who speaks or acts.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The written id.
    pub id: Shared,
    /// The main name.
    pub name: Shared,
    /// What it is.
    pub kind: ActorKind,
    /// `false` for unnamed speakers.
    pub named: bool,
    /// Other spellings and short forms.
    pub aliases: Vec<Shared>,
    /// The actor it belongs to.
    pub part_of: Option<ActorId>,
    /// Anything else to be said about it.
    pub note: Option<Shared>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// What happened, is alleged, or is scheduled.
#[derive(Debug, Clone)]
pub struct Event {
    /// The written id.
    pub id: Shared,
    /// What it is, in a line.
    pub title: Shared,
    /// When.
    pub timing: Timing,
    /// How sure it is that it happened.
    pub status: Status,
    /// An open, lower-case word.
    pub kind: Option<Shared>,
    /// What happened, in the author's own words.
    pub summary: Option<Shared>,
    /// Where.
    pub place: Option<Shared>,
    /// Who reports it; at least one.
    pub sources: Few<SourceId>,
    /// Who took part, and as what.
    pub parts: Vec<Part>,
    /// Its links to other events.
    pub links: Few<LinkId>,
    /// What was said.
    pub statements: Few<StatementId>,
    /// How markets moved.
    pub reactions: Few<ReactionId>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// An actor's part in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who.
    pub actor: ActorId,
    /// As what.
    pub role: Option<Shared>,
}

/// A typed edge between events.
#[derive(Debug, Clone)]
pub struct Link {
    /// The event it is written at.
    pub from: EventId,
    /// The event it points to.
    pub to: EventId,
    /// How `from` bears on `to`.
    pub kind: LinkKind,
    /// Whether a source says so.
    pub basis: Basis,
    /// Which source.
    pub source: Option<SourceId>,
    /// Where in that source.
    pub locator: Option<Locator>,
    /// The reasoning of an inferred link.
    pub note: Option<Shared>,
}

/// One utterance.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The written id.
    pub id: Shared,
    /// The event it belongs to.
    pub event: EventId,
    /// The speaker's own words, or reported.
    pub form: Form,
    /// The words.
    pub text: Shared,
    /// Who said it; `None` is the source's own voice.
    pub speaker: Option<ActorId>,
    /// When it was said.
    pub said: Timing,
    /// What it does.
    pub stance: Option<Stance>,
    /// The actors spoken of.
    pub about: Few<ActorId>,
    /// The statements it answers.
    pub replies_to: Few<StatementId>,
    /// The source that carries it.
    pub source: SourceId,
    /// The sources it repeats, where that is told of it alone; empty where its source does not say whence it has just
    /// this. `None`: what its source relies on.
    pub relies_on: Option<Vec<SourceId>>,
    /// Where in that source.
    pub locator: Option<Locator>,
    /// Anything else to be said about it.
    pub note: Option<Shared>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// A market move as a source reports it.
#[derive(Debug, Clone)]
pub struct Reaction {
    /// The written id.
    pub id: Shared,
    /// The event it belongs to.
    pub event: EventId,
    /// What was traded.
    pub instrument: Shared,
    /// Its ticker, only where a source prints it.
    pub symbol: Option<Shared>,
    /// Where it was traded.
    pub venue: Option<Shared>,
    /// On which trading day.
    pub session: Timing,
    /// By how much.
    pub change: Change,
    /// The source that reports it.
    pub source: SourceId,
    /// The sources it repeats, where that is told of it alone; empty where its source does not say whence it has just
    /// this. `None`: what its source relies on.
    pub relies_on: Option<Vec<SourceId>>,
    /// Where in that source.
    pub locator: Option<Locator>,
    /// Anything else to be said about it.
    pub note: Option<Shared>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// A question on which accounts differ.
#[derive(Debug, Clone)]
pub struct Dispute {
    /// The written id.
    pub id: Shared,
    /// On what the accounts differ.
    pub question: Shared,
    /// How far they are apart.
    pub grade: Grade,
    /// Anything else to be said about it.
    pub note: Option<Shared>,
    /// The answers; two or more.
    pub positions: Vec<Position>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// One answer to a dispute's question.
#[derive(Debug, Clone)]
pub struct Position {
    /// The answer in a few words.
    pub label: Shared,
    /// The statements and reactions that give it; at least one.
    pub held_by: Vec<Account>,
    /// Anything else to be said about it.
    pub note: Option<Shared>,
}
