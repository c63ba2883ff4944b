//! The rule of reply: who is accused by name is heard, or it is said that no reply is reported.
//!
//! Who must be heard: each actor an allegation is `about` that has a name and can speak. A thing (a product, a list, a
//! law, a policy, a paper, a place) is answered for by the nearest actor it is part of that can speak. Nobody owes
//! himself a reply: where the accuser is the accused, a part of it, or what it is part of, none is asked for.
//!
//! Against whom an allegation is: the actors in `about`; where there are none, those that the event names with a role
//! that begins with `accused`.
//!
//! What counts as a reply: a statement by the accused, by a part of it, or by what it is part of, that
//!
//! - names the allegation in `replies_to`, whatever its stance; or
//! - is a denial, a confirmation or `no_comment` and holds a position of the same dispute, or stands in the same event
//!   and names no statement in `replies_to`: one that does answers those alone.
//!
//! An event that is `alleged` and has no allegation among its statements is one itself, against those it names as accused.
//! There any reply counts that stands in it, or in an event that is linked to it as a response or contradiction.
//!
//! Imports what `check` imports.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{Findings, NEIGHBOURS, Paths, allowing};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::{Graph, Statement};
use crate::story::id::{Account, ActorId, DisputeId, ElementId, EventId, StatementId};
use crate::story::vocabulary::{ActorKind, LinkKind, Stance, Status};
use crate::text;

/// Steps of `part_of` that are followed. It may run in a circle, and no body stands so deep in others.
const LEVELS: usize = 32;

/// An allegation about a named actor, and no reply by it; or one that does not say against whom it is.
pub(super) fn allegation_without_reply(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut heard: Option<Heard> = None;
    for (id, event) in graph.events() {
        let mut alleged_itself = event.status == Status::Alleged;
        for statement in &event.statements {
            if graph.statement(*statement).stance == Some(Stance::Allegation) {
                alleged_itself = false;
                let heard = heard.get_or_insert_with(|| Heard::of(graph));
                of_statement(graph, *statement, heard, findings);
            }
        }
        if alleged_itself {
            let heard = heard.get_or_insert_with(|| Heard::of(graph));
            of_event(graph, id, heard, findings);
        }
    }
}

fn of_statement(graph: &Graph, id: StatementId, heard: &Heard, findings: &mut Findings) {
    let statement = graph.statement(id);
    let element = ElementId::Statement(id);
    let path = findings.paths().element(element);
    let accused: Vec<_> = if statement.about.is_empty() {
        accused_in(graph, statement.event).map(|(_, actor)| (path.key("about"), actor)).collect()
    } else {
        let about = path.key("about");
        statement.about.iter().enumerate().map(|(place, actor)| (about.index(place), *actor)).collect()
    };
    if accused.is_empty() {
        let message = "this allegation does not say against whom it is";
        let hint = format!(
            "add `about:` with the actors it accuses, so that their reply can be looked for; where no source says whom, \
             say so: {}",
            allowing(Code::AllegationWithoutReply)
        );
        let found = Diagnostic::new(Code::AllegationWithoutReply, path, message).hint(hint);
        findings.report(&[element], found);
        return;
    }
    let mut asked = HashSet::new();
    for (path, actor) in accused {
        let Some(accused) = who_answers(graph, actor) else { continue };
        let of_its_own = statement.speaker.is_some_and(|speaker| are_kin(graph, speaker, accused));
        if of_its_own || !asked.insert(accused) || heard.answered(graph, id, statement, accused) {
            continue;
        }
        let message = format!("no reply by {} to this allegation is recorded", graph.actor(accused).name);
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

fn of_event(graph: &Graph, id: EventId, heard: &Heard, findings: &mut Findings) {
    let mut asked = HashSet::new();
    for (place, actor) in accused_in(graph, id) {
        let Some(accused) = who_answers(graph, actor) else { continue };
        if !asked.insert(accused) || heard.by(graph, Beside::Alleged(id), accused) {
            continue;
        }
        let name = &graph.actor(accused).name;
        let message = format!("this event is alleged of {name}, and no reply by {name} is recorded");
        let hint = format!(
            "add what it said as a statement with `stance: denial`, `confirmation` or `no_comment`; where the sources \
             report no reply, say so: {}",
            allowing(Code::AllegationWithoutReply)
        );
        let path = Paths::event(id).key("actors").index(place);
        let found = Diagnostic::new(Code::AllegationWithoutReply, path, message)
            .hint(hint)
            .also(Paths::actor(accused), "who is to be heard");
        findings.report(&[ElementId::Event(id)], found);
    }
}

/// The actors that an event names as accused, with their places in its list.
fn accused_in(graph: &Graph, event: EventId) -> impl Iterator<Item = (usize, ActorId)> {
    let is_accused = |role: &str| text::fold_str(role).trim_start().starts_with("accused");
    let parts = graph.event(event).parts.iter().enumerate();
    parts
        .filter(move |(_, part)| part.role.as_deref().is_some_and(is_accused))
        .map(|(place, part)| (place, part.actor))
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
            let is_reply =
                matches!(statement.stance, Some(Stance::Denial | Stance::Confirmation | Stance::NoComment));
            if is_reply && statement.replies_to.is_empty() {
                heard.note(graph, Beside::Event(statement.event), speaker);
            }
            if is_reply {
                for dispute in graph.disputes_of(Account::Statement(id)) {
                    heard.note(graph, Beside::Dispute(*dispute), speaker);
                }
            }
            if is_reply || (statement.stance == Some(Stance::Comment) && !statement.replies_to.is_empty()) {
                heard.note(graph, Beside::Alleged(statement.event), speaker);
                let links = graph.event(statement.event).links.iter().map(|link| graph.link(*link));
                let responses =
                    links.filter(|link| matches!(link.kind, LinkKind::RespondsTo | LinkKind::Contradicts));
                for link in responses.take(NEIGHBOURS) {
                    heard.note(graph, Beside::Alleged(link.to), speaker);
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
        let by = |beside: Beside| self.by(graph, beside, accused);
        by(Beside::Statement(id))
            || by(Beside::Event(statement.event))
            || graph.disputes_of(Account::Statement(id)).iter().any(|dispute| by(Beside::Dispute(*dispute)))
    }

    fn by(&self, graph: &Graph, beside: Beside, accused: ActorId) -> bool {
        self.for_whom.contains(&(beside, accused))
            || upwards(graph, accused).any(|actor| self.speakers.contains(&(beside, actor)))
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
