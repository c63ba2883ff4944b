//! The rule of reply: who is accused by name is heard, or it is said that no reply is reported.
//!
//! Who must be heard: each actor an allegation is `about` that has a name and can speak. A thing (a product, a list, a
//! law, a policy, a paper, a place) is answered for by the nearest actor it is part of that can speak. Nobody owes
//! himself a reply: where the accuser is the accused, a part of it, or what it is part of, none is asked for.
//!
//! What counts as a reply: a statement by the accused, by a part of it, or by what it is part of, that
//!
//! - names the allegation in `replies_to`, whatever its stance; or
//! - is a denial, a confirmation or `no_comment` in the same event, or holds a position of the same dispute; or
//! - is a comment in the same event or dispute that names any statement in `replies_to`.
//!
//! Imports what `check` imports.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{Findings, Paths, allowing};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::{Graph, Statement};
use crate::story::id::{Account, ActorId, DisputeId, ElementId, EventId, StatementId};
use crate::story::vocabulary::{ActorKind, Stance};

/// Steps of `part_of` that are followed. It may run in a circle, and no body stands so deep in others.
const LEVELS: usize = 32;

/// An allegation about a named actor, and no reply by it.
pub(super) fn allegation_without_reply(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut heard: Option<Heard> = None;
    for (id, statement) in graph.statements() {
        if statement.stance != Some(Stance::Allegation) {
            continue;
        }
        let heard = heard.get_or_insert_with(|| Heard::of(graph));
        let mut asked = HashSet::new();
        for (place, actor) in statement.about.iter().enumerate() {
            let Some(accused) = who_answers(graph, *actor) else { continue };
            let of_its_own = statement.speaker.is_some_and(|speaker| are_kin(graph, speaker, accused));
            if of_its_own || !asked.insert(accused) || heard.answered(graph, id, statement, accused) {
                continue;
            }
            let element = ElementId::Statement(id);
            let path = findings.paths().element(element).key("about").index(place);
            let name = &graph.actor(accused).name;
            let message = format!("no reply by {name} to this allegation is recorded");
            let hint = format!(
                "add what it said, with `replies_to: [{}]`; where the sources report no reply, say so: {}",
                statement.id,
                allowing(Code::AllegationWithoutReply)
            );
            let found = Diagnostic::new(Code::AllegationWithoutReply, path, message)
                .hint(hint)
                .also(Paths::actor(accused), "who is to be heard");
            findings.report(&[element], found);
        }
    }
}

/// What a reply can stand beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Beside {
    Statement(StatementId),
    Event(EventId),
    Dispute(DisputeId),
}

/// Who spoke in reply, and beside what.
struct Heard {
    /// The speakers themselves.
    speakers: HashSet<(Beside, ActorId)>,
    /// The speakers, and all that they are part of.
    for_whom: HashSet<(Beside, ActorId)>,
}

impl Heard {
    fn of(graph: &Graph) -> Self {
        let mut heard = Self { speakers: HashSet::new(), for_whom: HashSet::new() };
        for (id, statement) in graph.statements() {
            let Some(speaker) = statement.speaker else { continue };
            for answered in &statement.replies_to {
                heard.note(graph, Beside::Statement(*answered), speaker);
            }
            let replies = match statement.stance {
                Some(Stance::Denial | Stance::Confirmation | Stance::NoComment) => true,
                Some(Stance::Comment) => !statement.replies_to.is_empty(),
                _ => false,
            };
            if replies {
                heard.note(graph, Beside::Event(statement.event), speaker);
                for dispute in graph.disputes_of(Account::Statement(id)) {
                    heard.note(graph, Beside::Dispute(*dispute), speaker);
                }
            }
        }
        heard
    }

    fn note(&mut self, graph: &Graph, beside: Beside, speaker: ActorId) {
        if self.speakers.insert((beside, speaker)) {
            self.for_whom.extend(upwards(graph, speaker).map(|actor| (beside, actor)));
        }
    }

    fn answered(&self, graph: &Graph, id: StatementId, statement: &Statement, accused: ActorId) -> bool {
        let by = |beside: Beside| {
            self.for_whom.contains(&(beside, accused))
                || upwards(graph, accused).any(|actor| self.speakers.contains(&(beside, actor)))
        };
        by(Beside::Statement(id))
            || by(Beside::Event(statement.event))
            || graph.disputes_of(Account::Statement(id)).iter().any(|dispute| by(Beside::Dispute(*dispute)))
    }
}

/// An actor, what it is part of, what that is part of, and so on.
fn upwards(graph: &Graph, actor: ActorId) -> impl Iterator<Item = ActorId> {
    std::iter::successors(Some(actor), |actor| graph.actor(*actor).part_of).take(LEVELS)
}

/// Whether one is the other, or a part of it.
fn are_kin(graph: &Graph, one: ActorId, other: ActorId) -> bool {
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
