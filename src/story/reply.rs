//! The right of reply: against whom something is alleged or recommended, and what was said in reply to it. One model for
//! the rule that asks for replies and for the view that lists them.
//!
//! Who must be heard: each actor a charge is `about` that has a name and can speak. A thing (a product, a list, a law, a
//! policy, a paper, a place) is answered for by the nearest actor it is part of that can speak. Nobody owes himself a
//! reply: where the accuser is the accused, a part of it, or what it is part of, none is asked for.
//!
//! Against whom a charge is: the actors in `about`; where there are none, those that the event names with a role that
//! begins with `accused`.
//!
//! What counts as a reply: a statement by the accused, by a part of it, or by what it is part of, that
//!
//! - names the charge in `replies_to`, whatever its stance; or
//! - is a denial, a confirmation or `no_comment` and holds a position of the same dispute, or stands in the same event
//!   and names no statement in `replies_to`: one that does answers those alone.
//!
//! An event that is `alleged` and has no allegation among its statements is a charge itself, against those it names as
//! accused. There any reply counts that stands in it, or in an event that is linked to it as a response or contradiction.
//!
//! Imports the other modules of `story` and `text`; nothing above them.

use std::collections::{HashMap, HashSet};

use super::graph::Graph;
use super::id::{Account, ActorId, DisputeId, EventId, StatementId};
use super::vocabulary::{ActorKind, LinkKind, Stance};
use crate::text;

/// Steps of `part_of` that are followed. It may run in a circle, and no body stands so deep in others.
const LEVELS: usize = 32;
/// Replies that are remembered beside one thing for one actor.
const NEIGHBOURS: usize = 16;
/// Links of an event that are followed to what it answers.
const LINKS: usize = 64;

/// What is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Charged {
    /// In a statement.
    Statement(StatementId),
    /// An event that is alleged, with no statement that alleges it.
    Event(EventId),
}

/// Where it says against whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Named {
    /// At this place of the statement's `about`.
    About(usize),
    /// At this place of the event's `actors`.
    Accused(usize),
}

/// Something charged against someone who is to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Charge {
    /// What.
    pub charged: Charged,
    /// Where it says against whom.
    pub named: Named,
    /// Who is to be heard: who is named there, or who answers for it.
    pub accused: ActorId,
}

/// How a reply belongs to a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bond {
    /// It names the charge in `replies_to`.
    Answers,
    /// It holds a position of the same dispute.
    SameDispute,
    /// It stands in the same event, or in one that responds to it.
    SameEvent,
}

/// A statement in reply to a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reply {
    /// The statement.
    pub statement: StatementId,
    /// How it belongs to the charge.
    pub bond: Bond,
}

/// Whom a statement is against, before it is asked who answers.
pub fn accused_by(graph: &Graph, id: StatementId) -> Vec<(Named, ActorId)> {
    let statement = graph.statement(id);
    if statement.about.is_empty() {
        accused_in(graph, statement.event)
    } else {
        statement.about.iter().enumerate().map(|(place, actor)| (Named::About(place), *actor)).collect()
    }
}

/// The actors that an event names as accused.
pub fn accused_in(graph: &Graph, event: EventId) -> Vec<(Named, ActorId)> {
    let is_accused = |role: &str| text::fold_str(role).trim_start().starts_with("accused");
    let parts = graph.event(event).parts.iter().enumerate();
    parts
        .filter(|(_, part)| part.role.as_deref().is_some_and(is_accused))
        .map(|(place, part)| (Named::Accused(place), part.actor))
        .collect()
}

/// The charges a statement or an alleged event makes: one for each actor that is to be heard.
pub fn charges(graph: &Graph, charged: Charged) -> Vec<Charge> {
    let (accused, speaker) = match charged {
        Charged::Statement(id) => (accused_by(graph, id), graph.statement(id).speaker),
        Charged::Event(id) => (accused_in(graph, id), None),
    };
    let mut asked = HashSet::new();
    let charge = |(named, actor)| {
        let accused = who_answers(graph, actor)?;
        let of_its_own = speaker.is_some_and(|speaker| are_kin(graph, speaker, accused));
        (!of_its_own && asked.insert(accused)).then_some(Charge { charged, named, accused })
    };
    accused.into_iter().filter_map(charge).collect()
}

/// What a reply can stand beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Beside {
    Statement(StatementId),
    /// In the event, and in answer to nothing else.
    Event(EventId),
    Dispute(DisputeId),
    /// In the event that is alleged, or in one that responds to it.
    Alleged(EventId),
}

/// Who said what in reply, and beside what. Made once for a story.
#[derive(Debug)]
pub struct Replies {
    /// By the speakers themselves.
    by: HashMap<(Beside, ActorId), Vec<StatementId>>,
    /// By the speakers, for them and all that they are part of.
    on_behalf: HashMap<(Beside, ActorId), Vec<StatementId>>,
}

impl Replies {
    /// The replies of a story.
    pub fn of(graph: &Graph) -> Self {
        let mut replies = Self { by: HashMap::new(), on_behalf: HashMap::new() };
        for (id, statement) in graph.statements() {
            let Some(speaker) = statement.speaker else { continue };
            for answered in &statement.replies_to {
                replies.note(graph, Beside::Statement(*answered), speaker, id);
            }
            let is_reply =
                matches!(statement.stance, Some(Stance::Denial | Stance::Confirmation | Stance::NoComment));
            if is_reply && statement.replies_to.is_empty() {
                replies.note(graph, Beside::Event(statement.event), speaker, id);
            }
            if is_reply {
                for dispute in graph.disputes_of(Account::Statement(id)) {
                    replies.note(graph, Beside::Dispute(*dispute), speaker, id);
                }
            }
            if is_reply || (statement.stance == Some(Stance::Comment) && !statement.replies_to.is_empty()) {
                replies.note(graph, Beside::Alleged(statement.event), speaker, id);
                let links = graph.event(statement.event).links.iter().map(|link| graph.link(*link));
                let responses =
                    links.filter(|link| matches!(link.kind, LinkKind::RespondsTo | LinkKind::Contradicts));
                for link in responses.take(LINKS) {
                    replies.note(graph, Beside::Alleged(link.to), speaker, id);
                }
            }
        }
        replies
    }

    fn note(&mut self, graph: &Graph, beside: Beside, speaker: ActorId, id: StatementId) {
        let said = self.by.entry((beside, speaker)).or_default();
        if said.len() == NEIGHBOURS {
            return;
        }
        said.push(id);
        for actor in upwards(graph, speaker) {
            let said = self.on_behalf.entry((beside, actor)).or_default();
            if said.len() < NEIGHBOURS && said.last() != Some(&id) {
                said.push(id);
            }
        }
    }

    /// Whether anything is recorded in reply to a charge.
    pub fn has_any_to(&self, graph: &Graph, charge: &Charge) -> bool {
        self.beside(graph, charge).next().is_some()
    }

    /// What is recorded in reply to a charge: each statement once, by its closest bond, then in document order. Of very
    /// many, some.
    pub fn to(&self, graph: &Graph, charge: &Charge) -> Vec<Reply> {
        let mut replies: Vec<_> =
            self.beside(graph, charge).map(|(statement, bond)| Reply { statement, bond }).collect();
        replies.sort_unstable_by_key(|reply| (reply.statement, reply.bond));
        replies.dedup_by_key(|reply| reply.statement);
        replies.sort_by_key(|reply| (reply.bond, reply.statement));
        replies
    }

    fn beside<'r>(
        &'r self,
        graph: &'r Graph,
        charge: &Charge,
    ) -> impl Iterator<Item = (StatementId, Bond)> + 'r {
        let Charge { charged, accused, .. } = *charge;
        let places: Vec<_> = match charged {
            Charged::Event(id) => vec![(Beside::Alleged(id), Bond::SameEvent)],
            Charged::Statement(id) => {
                let disputes = graph.disputes_of(Account::Statement(id)).iter();
                let own = [
                    (Beside::Statement(id), Bond::Answers),
                    (Beside::Event(graph.statement(id).event), Bond::SameEvent),
                ];
                own.into_iter()
                    .chain(disputes.map(|dispute| (Beside::Dispute(*dispute), Bond::SameDispute)))
                    .collect()
            }
        };
        places.into_iter().flat_map(move |(beside, bond)| {
            let on_behalf = self.on_behalf.get(&(beside, accused));
            let by = upwards(graph, accused).filter_map(move |actor| self.by.get(&(beside, actor)));
            on_behalf.into_iter().chain(by).flatten().map(move |id| (*id, bond))
        })
    }
}

/// An actor, what it is part of, what that is part of, and so on.
fn upwards(graph: &Graph, actor: ActorId) -> impl Iterator<Item = ActorId> {
    std::iter::successors(Some(actor), |actor| graph.actor(*actor).part_of).take(LEVELS)
}

/// Whether one is the other, or a part of it.
pub fn are_kin(graph: &Graph, one: ActorId, other: ActorId) -> bool {
    upwards(graph, one).any(|actor| actor == other) || upwards(graph, other).any(|actor| actor == one)
}

/// Who answers for an actor: the first upwards that can speak, if it has a name.
fn who_answers(graph: &Graph, actor: ActorId) -> Option<ActorId> {
    let speaks = |actor: &ActorId| {
        !matches!(
            graph.actor(*actor).kind,
            ActorKind::Product
                | ActorKind::List
                | ActorKind::Law
                | ActorKind::Policy
                | ActorKind::Document
                | ActorKind::Place
        )
    };
    upwards(graph, actor).find(speaks).filter(|actor| graph.actor(*actor).named)
}
