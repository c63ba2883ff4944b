//! The actors of an event: those with a part in it, then those who speak or are spoken of.

use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::theme::Role;
use crate::story::id::{ActorId, EventId};
use crate::story::vocabulary::Vocabulary as _;

pub(super) fn sheet(state: &State, id: EventId, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let actors = actors_of(state, id);
    if actors.is_empty() {
        sheet.line(0, Role::Undated, "no actor is named");
    }
    for (id, role) in actors {
        let actor = state.graph.actor(id);
        sheet.begin_entry(Target::Actor(id));
        let kind = format!(" {} {}", state.theme.glyphs.between, actor.kind.word());
        let role = format!(" {} {role}", state.theme.glyphs.between);
        let unnamed = if actor.named { "" } else { " (unnamed)" };
        sheet.runs(
            0,
            2,
            &[
                (&actor.name, Role::Speaker),
                (unnamed, Role::Inferred),
                (&role, Role::Text),
                (&kind, Role::Quiet),
            ],
        );
        sheet.end_entry();
    }
    sheet
}

fn actors_of(state: &State, id: EventId) -> Vec<(ActorId, String)> {
    let graph = &state.graph;
    let event = graph.event(id);
    let mut actors: Vec<(ActorId, String)> = Vec::new();
    for part in &event.parts {
        let role = part.role.as_deref().unwrap_or("takes part").to_owned();
        match actors.iter_mut().find(|(actor, _)| *actor == part.actor) {
            Some((_, roles)) => {
                roles.push_str(", ");
                roles.push_str(&role);
            }
            None => actors.push((part.actor, role)),
        }
    }
    let statements = || event.statements.iter().map(|id| graph.statement(*id));
    let speakers = statements().filter_map(|statement| statement.speaker).map(|actor| (actor, "speaks"));
    let subjects = statements().flat_map(|statement| &statement.about).map(|actor| (*actor, "spoken of"));
    for (actor, role) in speakers.chain(subjects) {
        if !actors.iter().any(|(other, _)| *other == actor) {
            actors.push((actor, role.to_owned()));
        }
    }
    actors
}
