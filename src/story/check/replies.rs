//! The rule of reply: who is accused by name is heard, or it is said that no reply is reported. Who must be heard, and
//! what counts as a reply, is [`reply`](crate::story::reply)'s to say.
//!
//! Imports what `check` imports, and `reply`.

use chrono::NaiveDate;

use super::{Findings, Paths, allowing};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::Graph;
use crate::story::id::{ElementId, EventId, StatementId};
use crate::story::reply::{Charged, Named, Replies, accused_by, charges};
use crate::story::vocabulary::{Stance, Status};

/// An allegation about a named actor, and no reply by it; or one that does not say against whom it is.
pub(super) fn allegation_without_reply(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut replies: Option<Replies> = None;
    for (id, event) in graph.events() {
        let mut alleged_itself = event.status == Status::Alleged;
        for statement in &event.statements {
            if graph.statement(*statement).stance == Some(Stance::Allegation) {
                alleged_itself = false;
                let replies = replies.get_or_insert_with(|| Replies::of(graph));
                of_statement(graph, *statement, replies, findings);
            }
        }
        if alleged_itself {
            let replies = replies.get_or_insert_with(|| Replies::of(graph));
            of_event(graph, id, replies, findings);
        }
    }
}

fn of_statement(graph: &Graph, id: StatementId, replies: &Replies, findings: &mut Findings) {
    let statement = graph.statement(id);
    let element = ElementId::Statement(id);
    let path = findings.paths().element(element);
    if accused_by(graph, id).is_empty() {
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
    for charge in charges(graph, Charged::Statement(id)) {
        if replies.has_any_to(graph, &charge) {
            continue;
        }
        let about = path.key("about");
        let path = match charge.named {
            Named::About(place) => about.index(place),
            Named::Accused(_) => about,
        };
        let accused = charge.accused;
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

fn of_event(graph: &Graph, id: EventId, replies: &Replies, findings: &mut Findings) {
    for charge in charges(graph, Charged::Event(id)) {
        if replies.has_any_to(graph, &charge) {
            continue;
        }
        let name = &graph.actor(charge.accused).name;
        let message = format!("this event is alleged of {name}, and no reply by {name} is recorded");
        let hint = format!(
            "add what it said as a statement with `stance: denial`, `confirmation` or `no_comment`; where the sources \
             report no reply, say so: {}",
            allowing(Code::AllegationWithoutReply)
        );
        let (Named::About(place) | Named::Accused(place)) = charge.named;
        let path = Paths::event(id).key("actors").index(place);
        let found = Diagnostic::new(Code::AllegationWithoutReply, path, message)
            .hint(hint)
            .also(Paths::actor(charge.accused), "who is to be heard");
        findings.report(&[ElementId::Event(id)], found);
    }
}
