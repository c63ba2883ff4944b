//! The story as a graph: arenas indexed by typed ids, read-only. No dangling id is possible here, and every
//! text in it is safe to show.
//!
//! Imports the other modules of `story`; nothing above them.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::change::Change;
use super::id::{
    Account, ActorId, DisputeId, ElementId, EventId, Id, LinkId, ReactionId, SourceId, StatementId,
};
use super::index::Index;
use super::locator::Locator;
use super::order::{Chronology, Precedence};
use super::vocabulary::{ActorKind, Basis, Form, Grade, LinkKind, Reliability, SourceKind, Stance, Status};
use super::when::Timing;

/// What the whole story is called and is about.
#[derive(Debug, Clone)]
pub struct Header {
    /// The story's name.
    pub title: String,
    /// One paragraph in the author's own words.
    pub summary: Option<String>,
    /// The zone in which zoned times are shown.
    pub time_zone: Tz,
}

/// A lint rule that does not hold for an element, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The rule's name.
    pub rule: String,
    /// Why.
    pub reason: String,
}

/// A published thing we have it from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The written id.
    pub id: String,
    /// The headline as printed.
    pub title: String,
    /// Who published it; `None` where the text names none.
    pub publisher: Option<String>,
    /// Who wrote it, as printed.
    pub byline: Option<String>,
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
    pub gaps: Vec<String>,
    /// The reader's own judgement.
    pub grade: Option<SourceGrade>,
    /// The text it was read from.
    pub archive: Option<Archive>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Anything else to be said about it.
    pub note: Option<String>,
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
    pub file: String,
    /// SHA-256 of that file, in lower-case hex.
    pub sha256: Option<String>,
}

/// Who speaks or acts.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The written id.
    pub id: String,
    /// The main name.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// `false` for unnamed speakers.
    pub named: bool,
    /// Other spellings and short forms.
    pub aliases: Vec<String>,
    /// The actor it belongs to.
    pub part_of: Option<ActorId>,
    /// Anything else to be said about it.
    pub note: Option<String>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// What happened, is alleged, or is scheduled.
#[derive(Debug, Clone)]
pub struct Event {
    /// The written id.
    pub id: String,
    /// What it is, in a line.
    pub title: String,
    /// When.
    pub timing: Timing,
    /// How sure it is that it happened.
    pub status: Status,
    /// An open, lower-case word.
    pub kind: Option<String>,
    /// What happened, in the author's own words.
    pub summary: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Who reports it; at least one.
    pub sources: Vec<SourceId>,
    /// Who took part, and as what.
    pub parts: Vec<Part>,
    /// Its links to other events.
    pub links: Vec<LinkId>,
    /// What was said.
    pub statements: Vec<StatementId>,
    /// How markets moved.
    pub reactions: Vec<ReactionId>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// An actor's part in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who.
    pub actor: ActorId,
    /// As what.
    pub role: Option<String>,
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
    pub note: Option<String>,
}

/// One utterance.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The written id.
    pub id: String,
    /// The event it belongs to.
    pub event: EventId,
    /// The speaker's own words, or reported.
    pub form: Form,
    /// The words.
    pub text: String,
    /// Who said it; `None` is the source's own voice.
    pub speaker: Option<ActorId>,
    /// When it was said.
    pub said: Timing,
    /// What it does.
    pub stance: Option<Stance>,
    /// The actors spoken of.
    pub about: Vec<ActorId>,
    /// The statements it answers.
    pub replies_to: Vec<StatementId>,
    /// The source that carries it.
    pub source: SourceId,
    /// Where in that source.
    pub locator: Option<Locator>,
    /// Anything else to be said about it.
    pub note: Option<String>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// A market move as a source reports it.
#[derive(Debug, Clone)]
pub struct Reaction {
    /// The written id.
    pub id: String,
    /// The event it belongs to.
    pub event: EventId,
    /// What was traded.
    pub instrument: String,
    /// Its ticker, only where a source prints it.
    pub symbol: Option<String>,
    /// Where it was traded.
    pub venue: Option<String>,
    /// On which trading day.
    pub session: Timing,
    /// By how much.
    pub change: Change,
    /// The source that reports it.
    pub source: SourceId,
    /// Where in that source.
    pub locator: Option<Locator>,
    /// Anything else to be said about it.
    pub note: Option<String>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// A question on which accounts differ.
#[derive(Debug, Clone)]
pub struct Dispute {
    /// The written id.
    pub id: String,
    /// On what the accounts differ.
    pub question: String,
    /// How far they are apart.
    pub grade: Grade,
    /// Anything else to be said about it.
    pub note: Option<String>,
    /// The answers; two or more.
    pub positions: Vec<Position>,
    /// Lint rules that do not hold for it.
    pub allow: Vec<Allowance>,
}

/// One answer to a dispute's question.
#[derive(Debug, Clone)]
pub struct Position {
    /// The answer in a few words.
    pub label: String,
    /// The statements and reactions that give it; at least one.
    pub held_by: Vec<Account>,
    /// Anything else to be said about it.
    pub note: Option<String>,
}

/// The arenas, before anything is derived from them. Filled by `build` alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Arenas {
    pub sources: Vec<Source>,
    pub actors: Vec<Actor>,
    pub events: Vec<Event>,
    pub links: Vec<Link>,
    pub statements: Vec<Statement>,
    pub reactions: Vec<Reaction>,
    pub disputes: Vec<Dispute>,
}

/// What is derived from the arenas: the edges, read backwards.
#[derive(Debug, Clone)]
struct Backwards {
    statements_of_source: Index<SourceId, StatementId>,
    reactions_of_source: Index<SourceId, ReactionId>,
    events_of_source: Index<SourceId, EventId>,
    relied_on_by: Index<SourceId, SourceId>,
    events_of_actor: Index<ActorId, EventId>,
    statements_by: Index<ActorId, StatementId>,
    statements_about: Index<ActorId, StatementId>,
    links_to: Index<EventId, LinkId>,
    disputes_of_event: Index<EventId, DisputeId>,
    disputes_of_statement: Index<StatementId, DisputeId>,
    disputes_of_reaction: Index<ReactionId, DisputeId>,
    replies: Index<StatementId, StatementId>,
}

/// A whole story.
#[derive(Debug, Clone)]
pub struct Graph {
    header: Header,
    arenas: Arenas,
    ids: HashMap<String, ElementId>,
    chronology: Chronology,
    precedences: Vec<Precedence>,
    backwards: Backwards,
}

macro_rules! arena {
    ($(#[$doc:meta])* $one:ident, $all:ident, $ids:ident, $id:ty, $what:ty) => {
        $(#[$doc])*
        pub fn $one(&self, id: $id) -> &$what {
            &self.arenas.$all[id.index()]
        }

        /// All of them with their ids, in document order.
        pub fn $all(&self) -> impl ExactSizeIterator<Item = ($id, &$what)> + DoubleEndedIterator {
            self.arenas.$all.iter().enumerate().map(|(index, one)| (<$id>::from_index(index), one))
        }

        /// How many there are.
        pub fn $ids(&self) -> usize {
            self.arenas.$all.len()
        }
    };
}

impl Graph {
    pub(super) fn new(
        header: Header,
        arenas: Arenas,
        ids: HashMap<String, ElementId>,
        chronology: Chronology,
        precedences: Vec<Precedence>,
    ) -> Self {
        let backwards = Backwards::of(&arenas);
        Self { header, arenas, ids, chronology, precedences, backwards }
    }

    /// What the whole story is called and is about.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The order of events in time.
    pub fn chronology(&self) -> &Chronology {
        &self.chronology
    }

    /// What must come before what, as the story says with `after` and `before`; in document order.
    pub fn precedences(&self) -> &[Precedence] {
        &self.precedences
    }

    /// The element a written id stands for.
    pub fn by_id(&self, id: &str) -> Option<ElementId> {
        self.ids.get(id).copied()
    }

    /// The written id of an element.
    pub fn id_of(&self, id: ElementId) -> &str {
        match id {
            ElementId::Source(id) => &self.source(id).id,
            ElementId::Actor(id) => &self.actor(id).id,
            ElementId::Event(id) => &self.event(id).id,
            ElementId::Statement(id) => &self.statement(id).id,
            ElementId::Reaction(id) => &self.reaction(id).id,
            ElementId::Dispute(id) => &self.dispute(id).id,
        }
    }

    arena! {
        /// The source with this id.
        source, sources, source_count, SourceId, Source
    }
    arena! {
        /// The actor with this id.
        actor, actors, actor_count, ActorId, Actor
    }
    arena! {
        /// The event with this id.
        event, events, event_count, EventId, Event
    }
    arena! {
        /// The link with this id.
        link, links, link_count, LinkId, Link
    }
    arena! {
        /// The statement with this id.
        statement, statements, statement_count, StatementId, Statement
    }
    arena! {
        /// The reaction with this id.
        reaction, reactions, reaction_count, ReactionId, Reaction
    }
    arena! {
        /// The dispute with this id.
        dispute, disputes, dispute_count, DisputeId, Dispute
    }

    /// The statements a source carries, in document order.
    pub fn statements_of_source(&self, source: SourceId) -> &[StatementId] {
        self.backwards.statements_of_source.of(source)
    }

    /// The reactions a source reports, in document order.
    pub fn reactions_of_source(&self, source: SourceId) -> &[ReactionId] {
        self.backwards.reactions_of_source.of(source)
    }

    /// The events a source reports, in document order: those that name it, and those with a statement or
    /// reaction that it carries.
    pub fn events_of_source(&self, source: SourceId) -> &[EventId] {
        self.backwards.events_of_source.of(source)
    }

    /// The sources that repeat this one.
    pub fn relied_on_by(&self, source: SourceId) -> &[SourceId] {
        self.backwards.relied_on_by.of(source)
    }

    /// The events an actor takes part in, speaks in, or is spoken of in; in document order, each once.
    pub fn events_of_actor(&self, actor: ActorId) -> &[EventId] {
        self.backwards.events_of_actor.of(actor)
    }

    /// What an actor said, in document order.
    pub fn statements_by(&self, actor: ActorId) -> &[StatementId] {
        self.backwards.statements_by.of(actor)
    }

    /// What was said about an actor, in document order.
    pub fn statements_about(&self, actor: ActorId) -> &[StatementId] {
        self.backwards.statements_about.of(actor)
    }

    /// The links that point to an event.
    pub fn links_to(&self, event: EventId) -> &[LinkId] {
        self.backwards.links_to.of(event)
    }

    /// The disputes with a position held by a statement or reaction of this event; in document order.
    pub fn disputes_of_event(&self, event: EventId) -> &[DisputeId] {
        self.backwards.disputes_of_event.of(event)
    }

    /// The disputes in which this statement or reaction holds a position.
    pub fn disputes_of(&self, account: Account) -> &[DisputeId] {
        match account {
            Account::Statement(id) => self.backwards.disputes_of_statement.of(id),
            Account::Reaction(id) => self.backwards.disputes_of_reaction.of(id),
        }
    }

    /// The statements that answer this one.
    pub fn replies(&self, statement: StatementId) -> &[StatementId] {
        self.backwards.replies.of(statement)
    }

    /// The source that carries a statement or reaction.
    pub fn source_of(&self, account: Account) -> SourceId {
        match account {
            Account::Statement(id) => self.statement(id).source,
            Account::Reaction(id) => self.reaction(id).source,
        }
    }

    /// The event a statement or reaction belongs to.
    pub fn event_of(&self, account: Account) -> EventId {
        match account {
            Account::Statement(id) => self.statement(id).event,
            Account::Reaction(id) => self.reaction(id).event,
        }
    }
}

/// Sorted by key then value, each pair once.
fn distinct<K: Id, V: Copy + Ord>(mut pairs: Vec<(K, V)>) -> Vec<(K, V)> {
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl Backwards {
    fn of(arenas: &Arenas) -> Self {
        let (sources, actors) = (arenas.sources.len(), arenas.actors.len());
        let (events, statements) = (arenas.events.len(), arenas.statements.len());
        let mut by_source = Vec::new();
        let mut of_actor = Vec::new();
        let (mut by, mut about, mut carried, mut replies) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut reported = Vec::new();
        for (index, event) in arenas.events.iter().enumerate() {
            let id = EventId::from_index(index);
            by_source.extend(event.sources.iter().map(|source| (*source, id)));
            of_actor.extend(event.parts.iter().map(|part| (part.actor, id)));
        }
        for (index, statement) in arenas.statements.iter().enumerate() {
            let id = StatementId::from_index(index);
            carried.push((statement.source, id));
            by_source.push((statement.source, statement.event));
            by.extend(statement.speaker.map(|speaker| (speaker, id)));
            about.extend(statement.about.iter().map(|actor| (*actor, id)));
            of_actor.extend(
                statement.speaker.iter().chain(&statement.about).map(|actor| (*actor, statement.event)),
            );
            replies.extend(statement.replies_to.iter().map(|answered| (*answered, id)));
        }
        for (index, reaction) in arenas.reactions.iter().enumerate() {
            reported.push((reaction.source, ReactionId::from_index(index)));
            by_source.push((reaction.source, reaction.event));
        }
        let (mut of_event, mut of_statement, mut of_reaction) = (Vec::new(), Vec::new(), Vec::new());
        for (index, dispute) in arenas.disputes.iter().enumerate() {
            let id = DisputeId::from_index(index);
            for account in dispute.positions.iter().flat_map(|position| &position.held_by) {
                match *account {
                    Account::Statement(statement) => {
                        of_statement.push((statement, id));
                        of_event.push((arenas.statements[statement.index()].event, id));
                    }
                    Account::Reaction(reaction) => {
                        of_reaction.push((reaction, id));
                        of_event.push((arenas.reactions[reaction.index()].event, id));
                    }
                }
            }
        }
        let relied: Vec<_> = arenas
            .sources
            .iter()
            .enumerate()
            .flat_map(|(index, source)| {
                source.relies_on.iter().map(move |on| (*on, SourceId::from_index(index)))
            })
            .collect();
        let linked: Vec<_> = arenas
            .links
            .iter()
            .enumerate()
            .map(|(index, link)| (link.to, LinkId::from_index(index)))
            .collect();
        Self {
            statements_of_source: Index::build(sources, &carried),
            reactions_of_source: Index::build(sources, &reported),
            events_of_source: Index::build(sources, &distinct(by_source)),
            relied_on_by: Index::build(sources, &relied),
            events_of_actor: Index::build(actors, &distinct(of_actor)),
            statements_by: Index::build(actors, &by),
            statements_about: Index::build(actors, &about),
            links_to: Index::build(events, &linked),
            disputes_of_event: Index::build(events, &distinct(of_event)),
            disputes_of_statement: Index::build(statements, &distinct(of_statement)),
            disputes_of_reaction: Index::build(arenas.reactions.len(), &distinct(of_reaction)),
            replies: Index::build(statements, &replies),
        }
    }
}
