//! The story as a graph: arenas indexed by typed ids, read-only. No dangling id is possible here, and every
//! text in it is safe to show.
//!
//! Imports the other modules of `story`; nothing above them.

use super::id::{
    Account, ActorId, DisputeId, ElementId, EventId, Id, LinkId, ReactionId, SourceId, StatementId,
};
use super::order::{Chronology, Precedence};

mod backwards;
mod carrier;
mod elements;
mod ids;
mod projection;
mod texts;

use backwards::Backwards;
pub use carrier::Carrier;
pub use elements::{
    Actor, Allowance, Archive, Dispute, Event, Few, Header, Link, Part, Position, Reaction, Source,
    SourceGrade, Statement,
};
use ids::Ids;
pub use projection::Kept;
pub(super) use texts::gather;

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

impl Arenas {
    /// The ids of events and of what stands in them.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let events = self.events.iter().map(|event| event.id.as_str());
        let statements = self.statements.iter().map(|statement| statement.id.as_str());
        let reactions = self.reactions.iter().map(|reaction| reaction.id.as_str());
        events.chain(statements).chain(reactions)
    }

    /// How many elements have an id.
    fn count_of_ids(&self) -> usize {
        let Self { sources, actors, events, links: _, statements, reactions, disputes } = self;
        sources.len() + actors.len() + events.len() + statements.len() + reactions.len() + disputes.len()
    }

    /// The written id of an element.
    fn id_of(&self, id: ElementId) -> &str {
        match id {
            ElementId::Source(id) => &self.sources[id.index()].id,
            ElementId::Actor(id) => &self.actors[id.index()].id,
            ElementId::Event(id) => &self.events[id.index()].id,
            ElementId::Statement(id) => &self.statements[id.index()].id,
            ElementId::Reaction(id) => &self.reactions[id.index()].id,
            ElementId::Dispute(id) => &self.disputes[id.index()].id,
        }
    }
}

/// A whole story.
#[derive(Debug, Clone)]
pub struct Graph {
    header: Header,
    arenas: Arenas,
    ids: Ids,
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
        chronology: Chronology,
        precedences: Vec<Precedence>,
    ) -> Self {
        let (ids, backwards) = rayon::join(|| Ids::of(&arenas), || Backwards::of(&arenas));
        Self { header, arenas, ids, chronology, precedences, backwards }
    }

    /// As [`Self::new`], where it is not known yet that the elements belong together: `None` where two have one id, or
    /// `chronology` gives none. All are looked at side by side.
    pub(super) fn checked(
        header: Header,
        arenas: Arenas,
        precedences: Vec<Precedence>,
        chronology: impl FnOnce(&Arenas) -> Option<Chronology> + Send,
    ) -> Option<Self> {
        let (chronology, (ids, backwards)) = rayon::join(
            || chronology(&arenas),
            || rayon::join(|| Ids::of(&arenas), || Backwards::of(&arenas)),
        );
        let chronology = chronology.filter(|_| ids.len() == arenas.count_of_ids())?;
        Some(Self { header, arenas, ids, chronology, precedences, backwards })
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
        self.ids.get(id, &self.arenas)
    }

    /// The written id of an element.
    pub fn id_of(&self, id: ElementId) -> &str {
        self.arenas.id_of(id)
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

    /// The sources that report an event, then those that carry a statement or reaction of it; each once.
    pub fn sources_of_event(&self, event: EventId) -> Vec<SourceId> {
        let event = self.event(event);
        let statements = event.statements.iter().map(|id| self.statement(*id).source);
        let reactions = event.reactions.iter().map(|id| self.reaction(*id).source);
        let mut sources: Vec<SourceId> = Vec::new();
        for source in event.sources.iter().copied().chain(statements).chain(reactions) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources
    }

    /// The sources that a statement or reaction repeats: where nothing is told of it alone, those of the source that
    /// carries it.
    pub fn relied_on_for(&self, account: Account) -> &[SourceId] {
        let own = match account {
            Account::Statement(id) => &self.statement(id).relies_on,
            Account::Reaction(id) => &self.reaction(id).relies_on,
        };
        own.as_ref().unwrap_or(&self.source(self.source_of(account)).relies_on)
    }

    /// Whether it is told of a statement or reaction alone whence its source has it.
    pub fn tells_own_origin(&self, account: Account) -> bool {
        match account {
            Account::Statement(id) => self.statement(id).relies_on.is_some(),
            Account::Reaction(id) => self.reaction(id).relies_on.is_some(),
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
