//! Rules on what stands in a story and is tied to nothing: a misspelt id, or something left behind.
//!
//! Imports what `check` imports.

use chrono::NaiveDate;

use super::{Findings, Paths};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::Graph;
use crate::story::id::{Account, ElementId, Id};
use crate::story::vocabulary::Form;

/// An actor that takes part in no event, says nothing, is spoken of nowhere, and has no part of it in the story.
pub(super) fn unused_actor(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut is_whole = vec![false; graph.actor_count()];
    for (_, actor) in graph.actors() {
        if let Some(whole) = actor.part_of {
            is_whole[whole.index()] = true;
        }
    }
    for (id, actor) in graph.actors() {
        if is_whole[id.index()] || !graph.events_of_actor(id).is_empty() {
            continue;
        }
        let message = format!("no event names {} and no statement is by or about it", actor.name);
        let hint = "name it in an event's `actors:`, as `speaker:` or in `about:`; or take it out";
        let found = Diagnostic::new(Code::UnusedActor, Paths::actor(id), message).hint(hint);
        findings.report(&[ElementId::Actor(id)], found);
    }
}

/// A source that reports no event, carries no statement or reaction, states no link, and that no other relies on.
pub(super) fn unused_source(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut named = vec![false; graph.source_count()];
    for (_, link) in graph.links() {
        if let Some(source) = link.source {
            named[source.index()] = true;
        }
    }
    let statements = graph.statements().map(|(id, _)| Account::Statement(id));
    for account in statements.chain(graph.reactions().map(|(id, _)| Account::Reaction(id))) {
        for on in graph.relied_on_for(account) {
            named[on.index()] = true;
        }
    }
    for (id, source) in graph.sources() {
        let used =
            named[id.index()] || !graph.events_of_source(id).is_empty() || !graph.relied_on_by(id).is_empty();
        if used {
            continue;
        }
        let message = format!("nothing in this story comes from {}", source.label());
        let hint = "name it in an event's `sources:`, as `source:` of a statement, or in another's `relies_on:`; or \
                    take it out";
        let found = Diagnostic::new(Code::UnusedSource, Paths::source(id), message).hint(hint);
        findings.report(&[ElementId::Source(id)], found);
    }
}

/// A paraphrase in the source's own voice that is about nobody, takes no stance, answers nothing, is answered by
/// nothing, and holds no position of a dispute.
pub(super) fn unused_statement(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, statement) in graph.statements() {
        let used = statement.form == Form::Quote
            || statement.speaker.is_some()
            || statement.stance.is_some()
            || !statement.about.is_empty()
            || !statement.replies_to.is_empty()
            || !graph.replies(id).is_empty()
            || !graph.disputes_of(Account::Statement(id)).is_empty();
        if used {
            continue;
        }
        let element = ElementId::Statement(id);
        let path = findings.paths().element(element);
        let message = format!("`{}` is tied to no actor, no other statement and no dispute", statement.id);
        let hint = "say whom it is `about:`, or let it hold a position of a dispute; what only tells the event's \
                    course belongs in its `summary:`";
        findings.report(&[element], Diagnostic::new(Code::UnusedStatement, path, message).hint(hint));
    }
}
