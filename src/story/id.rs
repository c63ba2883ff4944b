//! Typed ids: each kind of element in a story has an id type of its own, so that an actor can never be
//! looked up among the events. Only `build` mints them; past it every id is valid in its graph.
//!
//! Imports nothing from the rest of the crate.

use std::fmt;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Id for $name {
            fn from_index(index: usize) -> Self {
                // A story file is capped far below four thousand million elements.
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
}

/// What all id types share: a position in the graph's arena of their kind, in document order.
pub trait Id: Copy + Ord {
    /// The id of the element at `index` of its arena.
    fn from_index(index: usize) -> Self;
    /// The position in the arena, counted from 0.
    fn index(self) -> usize;
}

id_type! {
    /// A [`Source`](super::graph::Source).
    SourceId
}
id_type! {
    /// An [`Actor`](super::graph::Actor).
    ActorId
}
id_type! {
    /// An [`Event`](super::graph::Event).
    EventId
}
id_type! {
    /// A [`Statement`](super::graph::Statement).
    StatementId
}
id_type! {
    /// A [`Reaction`](super::graph::Reaction).
    ReactionId
}
id_type! {
    /// A [`Link`](super::graph::Link); links have no written id.
    LinkId
}
id_type! {
    /// A [`Dispute`](super::graph::Dispute).
    DisputeId
}

/// Any element that carries a written id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementId {
    /// A source.
    Source(SourceId),
    /// An actor.
    Actor(ActorId),
    /// An event.
    Event(EventId),
    /// A statement.
    Statement(StatementId),
    /// A reaction.
    Reaction(ReactionId),
    /// A dispute.
    Dispute(DisputeId),
}

impl ElementId {
    /// The kind as the format calls it, for messages: `an actor`, `a source` …
    pub fn kind(self) -> &'static str {
        match self {
            Self::Source(_) => "a source",
            Self::Actor(_) => "an actor",
            Self::Event(_) => "an event",
            Self::Statement(_) => "a statement",
            Self::Reaction(_) => "a reaction",
            Self::Dispute(_) => "a dispute",
        }
    }
}

/// What a position of a dispute rests on, and what a source can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A statement.
    Statement(StatementId),
    /// A reaction.
    Reaction(ReactionId),
}

impl From<Account> for ElementId {
    fn from(account: Account) -> Self {
        match account {
            Account::Statement(id) => Self::Statement(id),
            Account::Reaction(id) => Self::Reaction(id),
        }
    }
}
