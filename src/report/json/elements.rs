//! The elements of a story in JSON, one type for each kind; `json` says what the fields mean.
//!
//! Imports what `json` imports.

use std::collections::HashMap;

use serde::Serialize;

use super::{Allowance, Figure, Time, account_id, allowances, dispute_ids, source_ids, statement_ids, word};
use crate::query::found;
use crate::query::provenance::{Support, support_of_position};
use crate::story::gap::Gap;
use crate::story::graph::{self, Graph};
use crate::story::id::{Account, ActorId, EventId, ReactionId, SourceId, StatementId};
use crate::story::order::{Place, Precedence};
use crate::story::vocabulary::{AiGenerated, Origin, Vocabulary as _};
use crate::text::Shared;

/// What each event and source must follow and precede, whichever of the two it is written at.
pub(super) struct Neighbours {
    after: HashMap<Place, Vec<Precedence>>,
    before: HashMap<Place, Vec<Precedence>>,
}

impl Neighbours {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut neighbours = Self { after: HashMap::new(), before: HashMap::new() };
        for precedence in graph.precedences() {
            neighbours.after.entry(precedence.later).or_default().push(*precedence);
            neighbours.before.entry(precedence.earlier).or_default().push(*precedence);
        }
        neighbours
    }

    fn after<'g>(&self, graph: &'g Graph, place: Place) -> Vec<Neighbour<'g>> {
        let all = self.after.get(&place).into_iter().flatten();
        all.map(|precedence| Neighbour::of(graph, precedence.earlier, precedence.gap)).collect()
    }

    fn before<'g>(&self, graph: &'g Graph, place: Place) -> Vec<Neighbour<'g>> {
        let all = self.before.get(&place).into_iter().flatten();
        all.map(|precedence| Neighbour::of(graph, precedence.later, precedence.gap)).collect()
    }
}

#[derive(Serialize)]
struct Neighbour<'g> {
    event: Option<&'g str>,
    source: Option<&'g str>,
    by: Option<String>,
}

impl<'g> Neighbour<'g> {
    fn of(graph: &'g Graph, place: Place, gap: Gap) -> Self {
        let (event, source) = match place {
            Place::Event(event) => (Some(graph.event(event).id.as_str()), None),
            Place::Source(source) => (None, Some(graph.source(source).id.as_str())),
        };
        Self { event, source, by: (!gap.is_none()).then(|| gap.to_string()) }
    }
}

#[derive(Serialize)]
pub(super) struct Source<'g> {
    id: &'g str,
    title: &'g str,
    publisher: Option<&'g str>,
    byline: Option<&'g str>,
    published: Time<'g>,
    after: Vec<Neighbour<'g>>,
    before: Vec<Neighbour<'g>>,
    kind: &'static str,
    held: bool,
    relies_on: Vec<&'g str>,
    origin: &'static str,
    ai_generated: &'static str,
    gaps: &'g [Shared],
    grade: Option<Grade>,
    archive: Option<Archive<'g>>,
    url: Option<&'g str>,
    note: Option<&'g str>,
    allow: Vec<Allowance<'g>>,
}

#[derive(Serialize)]
struct Grade {
    reliability: Option<&'static str>,
    credibility: Option<u8>,
}

#[derive(Serialize)]
struct Archive<'g> {
    file: &'g str,
    sha256: Option<&'g str>,
}

impl<'g> Source<'g> {
    pub(super) fn of(graph: &'g Graph, order: &Neighbours, id: SourceId, source: &'g graph::Source) -> Self {
        let origin = if source.first_hand { Origin::Itself } else { Origin::NotStated };
        let machine = if source.machine_written { AiGenerated::Disclosed } else { AiGenerated::NotStated };
        Self {
            id: &source.id,
            title: &source.title,
            publisher: source.publisher.as_deref(),
            byline: source.byline.as_deref(),
            published: Time::of(&source.published).within(graph.chronology().source_bounds(id)),
            after: order.after(graph, Place::Source(id)),
            before: order.before(graph, Place::Source(id)),
            kind: source.kind.word(),
            held: source.held,
            relies_on: source_ids(graph, &source.relies_on),
            origin: origin.word(),
            ai_generated: machine.word(),
            gaps: &source.gaps,
            grade: source
                .grade
                .map(|grade| Grade { reliability: word(grade.reliability), credibility: grade.credibility }),
            archive: source
                .archive
                .as_ref()
                .map(|archive| Archive { file: &archive.file, sha256: archive.sha256.as_deref() }),
            url: source.url.as_deref(),
            note: source.note.as_deref(),
            allow: allowances(&source.allow),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Actor<'g> {
    id: &'g str,
    name: &'g str,
    kind: &'static str,
    named: bool,
    aliases: &'g [Shared],
    part_of: Option<&'g str>,
    note: Option<&'g str>,
    allow: Vec<Allowance<'g>>,
}

impl<'g> Actor<'g> {
    pub(super) fn of(graph: &'g Graph, actor: &'g graph::Actor) -> Self {
        Self {
            id: &actor.id,
            name: &actor.name,
            kind: actor.kind.word(),
            named: actor.named,
            aliases: &actor.aliases,
            part_of: actor.part_of.map(|whole| actor_id(graph, whole)),
            note: actor.note.as_deref(),
            allow: allowances(&actor.allow),
        }
    }
}

fn actor_id(graph: &Graph, id: ActorId) -> &str {
    &graph.actor(id).id
}

#[derive(Serialize)]
pub(super) struct Event<'g> {
    id: &'g str,
    title: &'g str,
    when: Time<'g>,
    after: Vec<Neighbour<'g>>,
    before: Vec<Neighbour<'g>>,
    status: &'static str,
    kind: Option<&'g str>,
    summary: Option<&'g str>,
    place: Option<&'g str>,
    sources: Vec<&'g str>,
    actors: Vec<Part<'g>>,
    links: Vec<Link<'g>>,
    statements: Vec<Statement<'g>>,
    reactions: Vec<Reaction<'g>>,
    disputes: Vec<&'g str>,
    allow: Vec<Allowance<'g>>,
}

#[derive(Serialize)]
struct Part<'g> {
    actor: &'g str,
    role: Option<&'g str>,
}

impl<'g> Event<'g> {
    pub(super) fn of(graph: &'g Graph, order: &Neighbours, id: EventId, event: &'g graph::Event) -> Self {
        let part =
            |part: &'g graph::Part| Part { actor: actor_id(graph, part.actor), role: part.role.as_deref() };
        Self {
            id: &event.id,
            title: &event.title,
            when: Time::of(&event.timing).within(graph.chronology().bounds(id)),
            after: order.after(graph, Place::Event(id)),
            before: order.before(graph, Place::Event(id)),
            status: event.status.word(),
            kind: event.kind.as_deref(),
            summary: event.summary.as_deref(),
            place: event.place.as_deref(),
            sources: source_ids(graph, &event.sources),
            actors: event.parts.iter().map(part).collect(),
            links: event.links.iter().map(|link| Link::of(graph, graph.link(*link))).collect(),
            statements: event.statements.iter().map(|id| Statement::of(graph, *id)).collect(),
            reactions: event.reactions.iter().map(|id| Reaction::of(graph, *id)).collect(),
            disputes: dispute_ids(graph, graph.disputes_of_event(id)),
            allow: allowances(&event.allow),
        }
    }
}

#[derive(Serialize)]
struct Link<'g> {
    to: &'g str,
    kind: &'static str,
    basis: &'static str,
    source: Option<&'g str>,
    locator: Option<String>,
    note: Option<&'g str>,
}

impl<'g> Link<'g> {
    fn of(graph: &'g Graph, link: &'g graph::Link) -> Self {
        Self {
            to: &graph.event(link.to).id,
            kind: link.kind.word(),
            basis: link.basis.word(),
            source: link.source.map(|source| graph.source(source).id.as_str()),
            locator: link.locator.map(|locator| locator.to_string()),
            note: link.note.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Statement<'g> {
    id: &'g str,
    form: &'static str,
    text: &'g str,
    speaker: Option<&'g str>,
    said: Time<'g>,
    stance: Option<&'static str>,
    about: Vec<&'g str>,
    replies_to: Vec<&'g str>,
    source: &'g str,
    relies_on: Option<Vec<&'g str>>,
    locator: Option<String>,
    note: Option<&'g str>,
    disputes: Vec<&'g str>,
    allow: Vec<Allowance<'g>>,
}

impl<'g> Statement<'g> {
    fn of(graph: &'g Graph, id: StatementId) -> Self {
        let statement = graph.statement(id);
        Self {
            id: &statement.id,
            form: statement.form.word(),
            text: &statement.text,
            speaker: statement.speaker.map(|speaker| actor_id(graph, speaker)),
            said: Time::of(&statement.said),
            stance: word(statement.stance),
            about: statement.about.iter().map(|actor| actor_id(graph, *actor)).collect(),
            replies_to: statement_ids(graph, &statement.replies_to),
            source: &graph.source(statement.source).id,
            relies_on: statement.relies_on.as_ref().map(|on| source_ids(graph, on)),
            locator: statement.locator.map(|locator| locator.to_string()),
            note: statement.note.as_deref(),
            disputes: dispute_ids(graph, graph.disputes_of(Account::Statement(id))),
            allow: allowances(&statement.allow),
        }
    }
}

#[derive(Serialize)]
struct Reaction<'g> {
    id: &'g str,
    instrument: &'g str,
    symbol: Option<&'g str>,
    venue: Option<&'g str>,
    session: Time<'g>,
    change: Figure,
    source: &'g str,
    relies_on: Option<Vec<&'g str>>,
    locator: Option<String>,
    note: Option<&'g str>,
    disputes: Vec<&'g str>,
    allow: Vec<Allowance<'g>>,
}

impl<'g> Reaction<'g> {
    fn of(graph: &'g Graph, id: ReactionId) -> Self {
        let reaction = graph.reaction(id);
        Self {
            id: &reaction.id,
            instrument: &reaction.instrument,
            symbol: reaction.symbol.as_deref(),
            venue: reaction.venue.as_deref(),
            session: Time::of(&reaction.session),
            change: Figure::of(reaction.change),
            source: &graph.source(reaction.source).id,
            relies_on: reaction.relies_on.as_ref().map(|on| source_ids(graph, on)),
            locator: reaction.locator.map(|locator| locator.to_string()),
            note: reaction.note.as_deref(),
            disputes: dispute_ids(graph, graph.disputes_of(Account::Reaction(id))),
            allow: allowances(&reaction.allow),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Dispute<'g> {
    id: &'g str,
    question: &'g str,
    grade: &'static str,
    note: Option<&'g str>,
    positions: Vec<Position<'g>>,
    allow: Vec<Allowance<'g>>,
}

#[derive(Serialize)]
struct Position<'g> {
    label: &'g str,
    held_by: Vec<&'g str>,
    note: Option<&'g str>,
    sources: Vec<&'g str>,
    origins: Vec<&'g str>,
    origins_at_least: bool,
    origin_unknown: Vec<&'g str>,
}

impl<'g> Dispute<'g> {
    pub(super) fn of(graph: &'g Graph, dispute: &'g graph::Dispute) -> Self {
        let position = |position: &'g graph::Position| {
            let Support { sources, origins, at_least: origins_at_least, unknown } =
                support_of_position(graph, position);
            Position {
                label: &position.label,
                held_by: position.held_by.iter().map(|account| account_id(graph, *account)).collect(),
                note: position.note.as_deref(),
                sources: source_ids(graph, &sources),
                origins: source_ids(graph, &origins),
                origins_at_least,
                origin_unknown: source_ids(graph, &unknown),
            }
        };
        Self {
            id: &dispute.id,
            question: &dispute.question,
            grade: dispute.grade.word(),
            note: dispute.note.as_deref(),
            positions: dispute.positions.iter().map(position).collect(),
            allow: allowances(&dispute.allow),
        }
    }
}

/// A dispute that nobody wrote.
#[derive(Serialize)]
pub(super) struct Found<'g> {
    rule: &'static str,
    question: String,
    positions: Vec<FoundPosition<'g>>,
}

#[derive(Serialize)]
struct FoundPosition<'g> {
    label: String,
    held_by: Vec<&'g str>,
}

impl<'g> Found<'g> {
    pub(super) fn of(graph: &'g Graph, found: &found::Found) -> Self {
        let position = |position: &graph::Position| FoundPosition {
            label: position.label.to_string(),
            held_by: position.held_by.iter().map(|account| account_id(graph, *account)).collect(),
        };
        Self {
            rule: found.rule.word(),
            question: found.dispute.question.to_string(),
            positions: found.dispute.positions.iter().map(position).collect(),
        }
    }
}
