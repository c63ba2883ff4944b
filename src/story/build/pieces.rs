//! A long text straight to its graph, its pieces read and built side by side. What is in one piece refers to what is in
//! others by stand-ins, which are replaced when all ids are known; no document of the whole story is ever held.
//!
//! The promise: what comes of it is what [`build_with`](super::build_with) makes of the whole text. It knows only sound
//! stories: at the first sign of a fault there is no result, and the whole text is read to say what is wrong.
//!
//! Imports what `build` imports, and `pieces`.

use rayon::prelude::*;

use super::names::{Apart, Known, Packed, Resolved};
use super::{
    Arenas, Builder, Diagnostic, DisputeId, Document, ElementId, EventId, Graph, Id, Names, Place,
    Precedence, ReactionId, StatementId, Tz, as_actor, as_event, as_source, as_statement, circles, document,
    hidden, is_kebab_case, order,
};
use crate::story::check::comments;
use crate::story::graph::{Event, Link, Reaction, Statement, gather};
use crate::story::id::{ActorId, LinkId, SourceId};
use crate::story::pieces::{Holds, Piece};
use crate::story::progress::{Progress, Step};
use crate::text::Shared;

/// Beyond this, what rules find on reading is only counted: then the order of counting matters.
const MANY: usize = 10_000;

/// How many pieces are read at a time: what is not yet joined is never much.
const WAVE: usize = 32;

/// Reads and builds the pieces of a text; `None` where a piece cannot be read, or anything is wrong with the story.
pub fn read_apart(pieces: &[Piece<'_>]) -> Option<(Graph, Vec<Diagnostic>)> {
    read_apart_telling(pieces, &Progress::default())
}

/// As [`read_apart`], telling how far it has come.
pub fn read_apart_telling(pieces: &[Piece<'_>], progress: &Progress) -> Option<(Graph, Vec<Diagnostic>)> {
    progress.cut(pieces);
    let mut head = Document::default();
    for piece in pieces.iter().filter(|piece| piece.holds == Holds::Fields) {
        merge(&mut head, Document::from_yaml(piece.text).ok()?)?;
    }
    let mut builder = Builder::with(Names::default(), Tz::UTC);
    let header = builder.header(head.format, head.story);
    progress.title_is(&header.title);
    let mut parts = Parts::default();
    for wave in pieces.chunks(WAVE) {
        let zone = builder.zone;
        let read = wave.par_iter().map(|piece| Read::of(piece, zone).inspect(|_| progress.piece(piece)));
        read.collect::<Option<Vec<_>>>()?.into_iter().for_each(|read| parts.join(read));
    }
    progress.step(Step::References);
    let ids = parts.minted()?;
    parts.settle(&ids)?;

    let Parts { sources, actors, disputes, mut arenas, mut hidden, mut excuses, mut precedences, .. } = parts;
    builder.ids = Names::Known(ids);
    builder.hidden.splice(0..0, parts.in_text);
    arenas.sources = builder.sources(sources);
    arenas.actors = builder.actors(actors);
    builder.hidden.append(&mut hidden);
    builder.excuses.append(&mut excuses);
    let of_sources = std::mem::take(&mut builder.precedences).into_iter().map(|(precedence, _)| precedence);
    precedences.splice(0..0, of_sources);
    arenas.disputes = builder.disputes(disputes);
    let is_sound = builder.faults.is_empty() && builder.hidden.len() < MANY && !is_circular(&arenas);
    progress.step(Step::Order);
    drop(builder.ids);
    let chronology = order::chronology(&arenas, &precedences, builder.zone).ok().filter(|_| is_sound)?;
    let mut diagnostics = hidden::settled(builder.hidden, builder.excuses);
    diagnostics.sort_by_key(|diagnostic| diagnostic.path.place());
    let graph = Graph::new(header, arenas, chronology, precedences);
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
    arenas: Arenas,
    names: Packed,
    hidden: Vec<Diagnostic>,
    excuses: Vec<hidden::Excuse>,
    precedences: Vec<Precedence>,
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
        let mut builder = Builder::with(Names::Apart(Apart::default()), zone);
        let mut arenas = Arenas::default();
        arenas.events.reserve_exact(events.len());
        builder.events(first, events, &mut arenas);
        let is_sound = builder.faults.is_empty() && arenas.ids().all(is_kebab_case);
        let Builder { ids: Names::Apart(names), hidden, excuses, precedences, .. } = builder else {
            return None;
        };
        let precedences = precedences.into_iter().map(|(precedence, _)| precedence).collect();
        gather(&mut arenas);
        is_sound.then(|| Self { arenas, names: names.packed(), hidden, excuses, precedences })
    }
}

/// What was read of all pieces so far.
#[derive(Default)]
struct Parts {
    sources: Vec<document::Source>,
    actors: Vec<document::Actor>,
    disputes: Vec<document::Dispute>,
    /// What was built of the events.
    arenas: Arenas,
    hidden: Vec<Diagnostic>,
    excuses: Vec<hidden::Excuse>,
    precedences: Vec<Precedence>,
    /// Where the chunks of the arenas end.
    seams: Vec<Seam>,
    in_text: Vec<Diagnostic>,
}

/// How much came with one chunk, and to what it refers.
struct Seam {
    events: usize,
    links: usize,
    statements: usize,
    reactions: usize,
    precedences: usize,
    names: Packed,
}

impl Parts {
    fn join(&mut self, read: Read) {
        let mut found = match read {
            Read::Fields(found) => found,
            Read::Sources(mut more, found) => {
                self.sources.append(&mut more);
                found
            }
            Read::Actors(mut more, found) => {
                self.actors.append(&mut more);
                found
            }
            Read::Disputes(mut more, found) => {
                self.disputes.append(&mut more);
                found
            }
            Read::Events(chunk, found) => {
                self.join_events(*chunk);
                found
            }
        };
        self.in_text.append(&mut found);
    }

    fn join_events(&mut self, chunk: Chunk) {
        let Chunk { arenas: mut more, names, mut hidden, mut excuses, mut precedences } = chunk;
        self.seams.push(Seam {
            events: more.events.len(),
            links: more.links.len(),
            statements: more.statements.len(),
            reactions: more.reactions.len(),
            precedences: precedences.len(),
            names,
        });
        self.arenas.events.append(&mut more.events);
        self.arenas.links.append(&mut more.links);
        self.arenas.statements.append(&mut more.statements);
        self.arenas.reactions.append(&mut more.reactions);
        self.hidden.append(&mut hidden);
        self.excuses.append(&mut excuses);
        self.precedences.append(&mut precedences);
    }

    /// All ids of the story; `None` where one is missing, is none, or stands twice.
    fn minted(&self) -> Option<Known> {
        let Self { sources, actors, disputes, arenas, .. } = self;
        let count = sources.len() + actors.len() + disputes.len() + arenas.ids().count();
        let mut ids = Known::with_capacity(count);
        let mut mint = |id: Shared, element| ids.insert(id, element).is_none().then_some(());
        let written = |id: &Option<document::Text>| {
            id.clone().map(|id| Shared::from(id.0)).filter(|id| is_kebab_case(id))
        };
        for (index, one) in sources.iter().enumerate() {
            mint(written(&one.id)?, ElementId::Source(SourceId::from_index(index)))?;
        }
        for (index, one) in actors.iter().enumerate() {
            mint(written(&one.id)?, ElementId::Actor(ActorId::from_index(index)))?;
        }
        for (index, one) in arenas.events.iter().enumerate() {
            mint(one.id.clone(), ElementId::Event(EventId::from_index(index)))?;
        }
        for (index, one) in arenas.statements.iter().enumerate() {
            mint(one.id.clone(), ElementId::Statement(StatementId::from_index(index)))?;
        }
        for (index, one) in arenas.reactions.iter().enumerate() {
            mint(one.id.clone(), ElementId::Reaction(ReactionId::from_index(index)))?;
        }
        for (index, one) in disputes.iter().enumerate() {
            mint(written(&one.id)?, ElementId::Dispute(DisputeId::from_index(index)))?;
        }
        Some(ids)
    }

    /// Puts in the place of all stand-ins what they stand for, and numbers the elements through.
    fn settle(&mut self, ids: &Known) -> Option<()> {
        let Arenas { events, links, statements, reactions, .. } = &mut self.arenas;
        let (mut events, mut links) = (events.as_mut_slice(), links.as_mut_slice());
        let (mut statements, mut reactions) = (statements.as_mut_slice(), reactions.as_mut_slice());
        let mut precedences = self.precedences.as_mut_slice();
        let mut base = Base::default();
        let mut stretches = Vec::with_capacity(self.seams.len());
        for seam in std::mem::take(&mut self.seams) {
            stretches.push(Stretch {
                events: events.split_off_mut(..seam.events)?,
                links: links.split_off_mut(..seam.links)?,
                statements: statements.split_off_mut(..seam.statements)?,
                reactions: reactions.split_off_mut(..seam.reactions)?,
                precedences: precedences.split_off_mut(..seam.precedences)?,
                names: seam.names,
                base,
            });
            base.links += seam.links;
            base.statements += seam.statements;
            base.reactions += seam.reactions;
        }
        stretches.into_par_iter().try_for_each(|stretch| stretch.settle(ids))
    }
}

/// How many there are before a chunk.
#[derive(Debug, Clone, Copy, Default)]
struct Base {
    links: usize,
    statements: usize,
    reactions: usize,
}

/// A chunk in its place.
struct Stretch<'a> {
    events: &'a mut [Event],
    links: &'a mut [Link],
    statements: &'a mut [Statement],
    reactions: &'a mut [Reaction],
    precedences: &'a mut [Precedence],
    names: Packed,
    base: Base,
}

impl Stretch<'_> {
    fn settle(self, ids: &Known) -> Option<()> {
        let names = self.names.resolve(ids)?;
        self.events.iter_mut().try_for_each(|event| settle_event(event, self.base, &names))?;
        self.links.iter_mut().try_for_each(|link| settle_link(link, &names))?;
        self.statements.iter_mut().try_for_each(|statement| settle_statement(statement, &names))?;
        self.reactions.iter_mut().try_for_each(|reaction| {
            reaction.source = as_source(names.get(reaction.source)?)?;
            settle_sources(reaction.relies_on.as_deref_mut(), &names)?;
            Some(())
        })?;
        self.precedences.iter_mut().try_for_each(|precedence| settle_precedence(precedence, &names))
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
    settle_sources(statement.relies_on.as_deref_mut(), names)?;
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

/// What an account alone is told to repeat.
fn settle_sources(sources: Option<&mut [SourceId]>, names: &Resolved) -> Option<()> {
    for source in sources.into_iter().flatten() {
        *source = as_source(names.get(*source)?)?;
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

/// Whether sources rely on each other, actors are part of each other, or statements answer each other.
pub(in crate::story) fn is_circular(arenas: &Arenas) -> bool {
    fn any<'a, I: Id + 'a>(edges: impl Iterator<Item = &'a [I]> + Clone) -> bool {
        // Most stories only ever lead back to what stands before, and so in no circle.
        if edges.clone().enumerate().all(|(one, to)| to.iter().all(|to| to.index() < one)) {
            return false;
        }
        let edges: Vec<Vec<(usize, ())>> =
            edges.map(|to| to.iter().map(|to| (to.index(), ())).collect()).collect();
        let parts = circles::parts(&edges);
        // In a part of its own each is numbered after itself.
        parts.iter().enumerate().any(|(one, part)| one != *part)
            || edges.iter().enumerate().any(|(one, edges)| edges.iter().any(|(to, ())| *to == one))
    }
    any(arenas.sources.iter().map(|source| source.relies_on.as_slice()))
        || any(arenas.actors.iter().map(|actor| actor.part_of.as_slice()))
        || any(arenas.statements.iter().map(|statement| statement.replies_to.as_slice()))
}
