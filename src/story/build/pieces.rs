//! A long text straight to its graph, its pieces read and built side by side. What is in one piece refers to what is in
//! others by stand-ins, which are replaced when all ids are known; no document of the whole story is ever held.
//!
//! The promise: what comes of it is what [`build_with`](super::build_with) makes of the whole text. It knows only sound
//! stories: at the first sign of a fault there is no result, and the whole text is read to say what is wrong.
//!
//! Imports what `build` imports, and `pieces`.

use std::collections::HashMap;

use rayon::prelude::*;

use super::names::Resolved;
use super::{
    Arenas, Builder, Diagnostic, DisputeId, Document, ElementId, EventId, Graph, Id, Names, Place,
    Precedence, ReactionId, StatementId, Tz, as_actor, as_event, as_source, as_statement, circles, document,
    hidden, is_kebab_case,
};
use crate::story::check::comments;
use crate::story::graph::{Actor, Event, Link, Source, Statement};
use crate::story::id::{ActorId, LinkId, SourceId};
use crate::story::pieces::{Holds, Piece};

/// Beyond this, what rules find on reading is only counted: then the order of counting matters.
const MANY: usize = 10_000;

/// Reads and builds the pieces of a text; `None` where a piece cannot be read, or anything is wrong with the story.
pub fn read_apart(pieces: &[Piece<'_>]) -> Option<(Graph, Vec<Diagnostic>)> {
    let mut head = Document::default();
    for piece in pieces.iter().filter(|piece| piece.holds == Holds::Fields) {
        merge(&mut head, Document::from_yaml(piece.text).ok()?)?;
    }
    let mut builder = Builder::with(Names::default(), Tz::UTC);
    let header = builder.header(head.format, head.story.take());
    let zone = builder.zone;
    let read = pieces.par_iter().map(|piece| Read::of(piece, zone)).collect::<Option<Vec<_>>>()?;
    let Parts { sources, actors, disputes, chunks, in_text } = Parts::of(read);
    let ids = minted(&sources, &actors, &chunks, &disputes)?;
    let chunks = settled(chunks, &ids)?;

    builder.ids = Names::Known(ids);
    builder.hidden.splice(0..0, in_text);
    let sources = builder.sources(sources);
    let actors = builder.actors(actors);
    let mut arenas = joined(chunks, sources, actors, &mut builder);
    arenas.disputes = builder.disputes(disputes);
    let is_sound = builder.faults.is_empty() && builder.hidden.len() < MANY && !is_circular(&arenas);
    let chronology = builder.chronology(&arenas).filter(|_| is_sound)?;
    let precedences = builder.precedences.into_iter().map(|(precedence, _)| precedence).collect();
    let mut diagnostics = hidden::settled(builder.hidden, builder.excuses);
    diagnostics.sort_by_key(|diagnostic| diagnostic.path.place());
    let graph = Graph::new(header, arenas, builder.ids.into_elements(), chronology, precedences);
    Some((graph, diagnostics))
}

/// Adds the fields of one part of a text to those of another; `None` where both have one.
fn merge(head: &mut Document, more: Document) -> Option<()> {
    let Document { format, story, sources, actors, events, disputes } = more;
    let both = (head.format.is_some() && format.is_some()) || (head.story.is_some() && story.is_some());
    // Lists among the fields are written in brackets, and short: what stands so is read whole.
    let is_list = !(sources.is_empty() && actors.is_empty() && events.is_empty() && disputes.is_empty());
    if both || is_list {
        return None;
    }
    head.format = head.format.take().or(format);
    head.story = head.story.take().or(story);
    Some(())
}

/// What was read of a piece.
enum Read {
    Fields(Vec<Diagnostic>),
    Sources(Vec<document::Source>, Vec<Diagnostic>),
    Actors(Vec<document::Actor>, Vec<Diagnostic>),
    Disputes(Vec<document::Dispute>, Vec<Diagnostic>),
    Events(Box<Chunk>, Vec<Diagnostic>),
}

/// Events that were built, with stand-ins for all they refer to; what belongs to them is numbered from 0.
struct Chunk {
    first: usize,
    arenas: Arenas,
    builder: Builder,
}

impl Read {
    fn of(piece: &Piece<'_>, zone: Tz) -> Option<Self> {
        let (list, first, count) = match piece.holds {
            Holds::Fields => return Some(Self::Fields(comments::cut_in_piece(piece))),
            Holds::Elements(list, first, count) => (list, first, count),
        };
        let found = comments::cut_in_piece(piece);
        Some(match list {
            "sources" => Self::Sources(document::elements(piece.text, count)?, found),
            "actors" => Self::Actors(document::elements(piece.text, count)?, found),
            "disputes" => Self::Disputes(document::elements(piece.text, count)?, found),
            _ => {
                Self::Events(Box::new(Chunk::of(first, document::elements(piece.text, count)?, zone)?), found)
            }
        })
    }
}

impl Chunk {
    fn of(first: usize, events: Vec<document::Event>, zone: Tz) -> Option<Self> {
        let mut builder = Builder::with(Names::Apart(super::names::Apart::default()), zone);
        let mut arenas = Arenas::default();
        arenas.events.reserve_exact(events.len());
        builder.events(first, events, &mut arenas);
        let ids = arenas.events.iter().map(|event| &event.id);
        let ids = ids.chain(arenas.statements.iter().map(|statement| &statement.id));
        let mut ids = ids.chain(arenas.reactions.iter().map(|reaction| &reaction.id));
        let is_sound =
            builder.faults.is_empty() && builder.hidden.len() < MANY && ids.all(|id| is_kebab_case(id));
        is_sound.then_some(Self { first, arenas, builder })
    }
}

/// What was read of all pieces.
#[derive(Default)]
struct Parts {
    sources: Vec<document::Source>,
    actors: Vec<document::Actor>,
    disputes: Vec<document::Dispute>,
    chunks: Vec<Chunk>,
    in_text: Vec<Diagnostic>,
}

impl Parts {
    fn of(read: Vec<Read>) -> Self {
        let mut parts = Self::default();
        for read in read {
            let found = match read {
                Read::Fields(found) => found,
                Read::Sources(mut more, found) => {
                    parts.sources.append(&mut more);
                    found
                }
                Read::Actors(mut more, found) => {
                    parts.actors.append(&mut more);
                    found
                }
                Read::Disputes(mut more, found) => {
                    parts.disputes.append(&mut more);
                    found
                }
                Read::Events(chunk, found) => {
                    parts.chunks.push(*chunk);
                    found
                }
            };
            parts.in_text.extend(found);
        }
        parts
    }
}

/// All ids of a story; `None` where one is missing, is none, or stands twice.
fn minted(
    sources: &[document::Source],
    actors: &[document::Actor],
    chunks: &[Chunk],
    disputes: &[document::Dispute],
) -> Option<HashMap<String, ElementId>> {
    let within: usize = chunks.iter().map(|Chunk { arenas, .. }| arenas.elements()).sum();
    let mut ids = HashMap::with_capacity(sources.len() + actors.len() + disputes.len() + within);
    let mut mint = |id: &str, element| ids.insert(id.to_owned(), element).is_none().then_some(());
    let written = |id: &Option<document::Text>| id.clone().map(|id| id.0).filter(|id| is_kebab_case(id));
    for (index, one) in sources.iter().enumerate() {
        mint(&written(&one.id)?, ElementId::Source(SourceId::from_index(index)))?;
    }
    for (index, one) in actors.iter().enumerate() {
        mint(&written(&one.id)?, ElementId::Actor(ActorId::from_index(index)))?;
    }
    let (mut statements, mut reactions) = (0.., 0..);
    for Chunk { first, arenas, .. } in chunks {
        for (index, one) in (*first..).zip(&arenas.events) {
            mint(&one.id, ElementId::Event(EventId::from_index(index)))?;
        }
        for (one, index) in arenas.statements.iter().zip(&mut statements) {
            mint(&one.id, ElementId::Statement(StatementId::from_index(index)))?;
        }
        for (one, index) in arenas.reactions.iter().zip(&mut reactions) {
            mint(&one.id, ElementId::Reaction(ReactionId::from_index(index)))?;
        }
    }
    for (index, one) in disputes.iter().enumerate() {
        mint(&written(&one.id)?, ElementId::Dispute(DisputeId::from_index(index)))?;
    }
    Some(ids)
}

/// The chunks with what their stand-ins stand for, and all numbered through.
fn settled(chunks: Vec<Chunk>, ids: &HashMap<String, ElementId>) -> Option<Vec<Chunk>> {
    let mut base = Base::default();
    let numbered: Vec<_> = chunks
        .into_iter()
        .map(|chunk| {
            let from = base;
            base.links += chunk.arenas.links.len();
            base.statements += chunk.arenas.statements.len();
            base.reactions += chunk.arenas.reactions.len();
            (chunk, from)
        })
        .collect();
    numbered.into_par_iter().map(|(chunk, base)| chunk.settled(base, ids)).collect()
}

/// How many there are in the chunks before.
#[derive(Debug, Clone, Copy, Default)]
struct Base {
    links: usize,
    statements: usize,
    reactions: usize,
}

impl Chunk {
    fn settled(mut self, base: Base, ids: &HashMap<String, ElementId>) -> Option<Self> {
        let Names::Apart(apart) = std::mem::take(&mut self.builder.ids) else { return None };
        let names = apart.resolve(ids)?;
        let Arenas { events, links, statements, reactions, .. } = &mut self.arenas;
        events.iter_mut().try_for_each(|event| settle_event(event, base, &names))?;
        links.iter_mut().try_for_each(|link| settle_link(link, &names))?;
        statements.iter_mut().try_for_each(|statement| settle_statement(statement, &names))?;
        reactions.iter_mut().try_for_each(|reaction| {
            reaction.source = as_source(names.get(reaction.source)?)?;
            Some(())
        })?;
        for (precedence, _) in &mut self.builder.precedences {
            settle_precedence(precedence, &names)?;
        }
        Some(self)
    }
}

fn settle_event(event: &mut Event, base: Base, names: &Resolved) -> Option<()> {
    for source in &mut event.sources {
        *source = as_source(names.get(*source)?)?;
    }
    for part in &mut event.parts {
        part.actor = as_actor(names.get(part.actor)?)?;
    }
    for link in &mut event.links {
        *link = LinkId::from_index(link.index() + base.links);
    }
    for statement in &mut event.statements {
        *statement = StatementId::from_index(statement.index() + base.statements);
    }
    for reaction in &mut event.reactions {
        *reaction = ReactionId::from_index(reaction.index() + base.reactions);
    }
    Some(())
}

fn settle_link(link: &mut Link, names: &Resolved) -> Option<()> {
    link.to = as_event(names.get(link.to)?)?;
    if let Some(source) = &mut link.source {
        *source = as_source(names.get(*source)?)?;
    }
    (link.to != link.from).then_some(())
}

fn settle_statement(statement: &mut Statement, names: &Resolved) -> Option<()> {
    statement.source = as_source(names.get(statement.source)?)?;
    if let Some(speaker) = &mut statement.speaker {
        *speaker = as_actor(names.get(*speaker)?)?;
    }
    for actor in &mut statement.about {
        *actor = as_actor(names.get(*actor)?)?;
    }
    for answered in &mut statement.replies_to {
        *answered = as_statement(names.get(*answered)?)?;
    }
    Some(())
}

/// One of the two is the event that was built, the other a stand-in.
fn settle_precedence(precedence: &mut Precedence, names: &Resolved) -> Option<()> {
    let place = |place: Place| {
        let element = match place {
            Place::Event(event) => names.get(event),
            Place::Source(source) => names.get(source),
        };
        match element {
            None => Some(place),
            Some(ElementId::Event(event)) => Some(Place::Event(event)),
            Some(ElementId::Source(source)) => Some(Place::Source(source)),
            Some(_) => None,
        }
    };
    (precedence.earlier, precedence.later) = (place(precedence.earlier)?, place(precedence.later)?);
    (precedence.earlier != precedence.later).then_some(())
}

/// The arenas of all chunks in one, and what their builders took note of added to that of the whole.
fn joined(chunks: Vec<Chunk>, sources: Vec<Source>, actors: Vec<Actor>, builder: &mut Builder) -> Arenas {
    let count = |of: fn(&Arenas) -> usize| chunks.iter().map(|chunk| of(&chunk.arenas)).sum();
    let mut arenas = Arenas {
        sources,
        actors,
        events: Vec::with_capacity(count(|arenas| arenas.events.len())),
        links: Vec::with_capacity(count(|arenas| arenas.links.len())),
        statements: Vec::with_capacity(count(|arenas| arenas.statements.len())),
        reactions: Vec::with_capacity(count(|arenas| arenas.reactions.len())),
        disputes: Vec::new(),
    };
    for Chunk { arenas: more, builder: mut its, .. } in chunks {
        arenas.events.extend(more.events);
        arenas.links.extend(more.links);
        arenas.statements.extend(more.statements);
        arenas.reactions.extend(more.reactions);
        builder.hidden.append(&mut its.hidden);
        builder.excuses.append(&mut its.excuses);
        builder.precedences.append(&mut its.precedences);
    }
    arenas
}

/// Whether sources rely on each other, actors are part of each other, or statements answer each other.
fn is_circular(arenas: &Arenas) -> bool {
    fn any<I: Id>(edges: impl Iterator<Item = Vec<I>>) -> bool {
        let edges: Vec<Vec<(usize, ())>> =
            edges.map(|to| to.into_iter().map(|to| (to.index(), ())).collect()).collect();
        let parts = circles::parts(&edges);
        // In a part of its own each is numbered after itself.
        parts.iter().enumerate().any(|(one, part)| one != *part)
            || edges.iter().enumerate().any(|(one, edges)| edges.iter().any(|(to, ())| *to == one))
    }
    any(arenas.sources.iter().map(|source| source.relies_on.clone()))
        || any(arenas.actors.iter().map(|actor| Vec::from_iter(actor.part_of)))
        || any(arenas.statements.iter().map(|statement| statement.replies_to.clone()))
}
