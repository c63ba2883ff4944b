//! A graph as bytes and back, in pieces that are written and read side by side.
//!
//! The promise: what is read back is the graph that was written, in every way that can be seen. Whatever the bytes are,
//! reading them ends, takes no more memory than they can stand for, and gives a graph in which every id is one of its
//! own, no text holds a character that shows nothing, and nothing leads in a circle; or none. What is quickly derived
//! from the elements is not written, but derived anew.
//!
//! Imports the other modules of `story`, and `text`; nothing above them.

use std::ops::Range;

use chrono_tz::Tz;
use rayon::prelude::*;

use super::graph::{Actor, Arenas, Dispute, Event, Graph, Header, Link, Reaction, Source, Statement};
use super::id::EventId;
use super::order::{Chronology, Narrowing, Precedence};

mod form;
mod records;
mod sound;

use form::{Counts, Form, In, Line, List, Maybe, Out, Own, Prose};

/// The number of this form. It must change whenever the bytes of any story do, or what they mean: a test knows the
/// bytes of one.
pub const LAYOUT: u32 = 2;

/// How many records a piece holds.
const RECORDS: usize = 512;

/// How many pieces are read at a time: what is not yet in its place is never much.
const WAVE: usize = 48;

/// The kinds of records, in the order of their pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sources,
    Actors,
    Events,
    Links,
    Statements,
    Reactions,
    Disputes,
    Precedences,
    Order,
    Narrowings,
}

impl Kind {
    /// The least bytes that a record takes: what is said to be there must have room. The number of its fields, and of
    /// those of each time in it.
    fn least(self) -> usize {
        match self {
            Self::Sources => 18,
            Self::Actors => 8,
            Self::Events => 15,
            Self::Links => 7,
            Self::Statements => 16,
            Self::Reactions => 14,
            Self::Disputes => 6,
            Self::Precedences => 5,
            Self::Order => 1,
            Self::Narrowings => 17,
        }
    }
}

impl Counts {
    fn of(graph: &Graph, narrowings: &[Narrowing]) -> Self {
        Self {
            sources: graph.source_count(),
            actors: graph.actor_count(),
            events: graph.event_count(),
            links: graph.link_count(),
            statements: graph.statement_count(),
            reactions: graph.reaction_count(),
            disputes: graph.dispute_count(),
            precedences: graph.precedences().len(),
            narrowings: narrowings.len(),
        }
    }

    fn by_kind(&self) -> [(Kind, usize); 10] {
        [
            (Kind::Sources, self.sources),
            (Kind::Actors, self.actors),
            (Kind::Events, self.events),
            (Kind::Links, self.links),
            (Kind::Statements, self.statements),
            (Kind::Reactions, self.reactions),
            (Kind::Disputes, self.disputes),
            (Kind::Precedences, self.precedences),
            (Kind::Order, self.events),
            (Kind::Narrowings, self.narrowings),
        ]
    }

    /// Which records each piece after the first holds.
    fn plan(&self) -> Vec<(Kind, Range<usize>)> {
        let stretches = |(kind, count): (Kind, usize)| {
            (0..count).step_by(RECORDS).map(move |from| (kind, from..count.min(from + RECORDS)))
        };
        self.by_kind().into_iter().flat_map(stretches).collect()
    }

    fn pieces(&self) -> usize {
        1 + self.by_kind().into_iter().map(|(_, count)| count.div_ceil(RECORDS)).sum::<usize>()
    }
}

/// A graph as bytes, in pieces; `None` where something in it would not read back as it is.
pub fn pack(graph: &Graph) -> Option<Vec<Vec<u8>>> {
    let narrowings = graph.chronology().narrowings();
    let counts = Counts::of(graph, &narrowings);
    let zone = graph.header().time_zone;
    let mut out = Out::new(Tz::UTC);
    put_head(graph, &counts, &mut out);
    let mut pieces = vec![out.finish()?];
    let records: Option<Vec<_>> = counts
        .plan()
        .into_par_iter()
        .map(|(kind, range)| {
            let mut out = Out::new(zone);
            put_records(graph, &narrowings, kind, range, &mut out);
            out.finish()
        })
        .collect();
    pieces.append(&mut records?);
    Some(pieces)
}

fn put_head(graph: &Graph, counts: &Counts, out: &mut Out) {
    let Header { title, summary, time_zone, allow } = graph.header();
    let Counts { sources, actors, events, links, statements, reactions, disputes, precedences, narrowings } =
        *counts;
    let counts = [sources, actors, events, links, statements, reactions, disputes, precedences, narrowings];
    out.text(time_zone.name());
    for number in counts.into_iter().chain([graph.chronology().undated_from()]) {
        out.number(number);
    }
    Line::put(title, out);
    Maybe::<Prose>::put(summary, out);
    List::<Own>::put(allow, out);
}

/// The header, the counts, and where the events without a time begin.
fn take_head(bytes: &[u8]) -> Option<(Header, Counts, usize)> {
    let mut from = In::new(bytes, Tz::UTC, Counts::default())?;
    let time_zone = from.text()?.parse().ok()?;
    let mut count = || from.number();
    let counts = Counts {
        sources: count()?,
        actors: count()?,
        events: count()?,
        links: count()?,
        statements: count()?,
        reactions: count()?,
        disputes: count()?,
        precedences: count()?,
        narrowings: count()?,
    };
    let undated_from = count()?;
    let (title, summary) = (Line::take(&mut from)?, Maybe::<Prose>::take(&mut from)?);
    let allow = List::<Own>::take(&mut from)?;
    from.is_over().then_some((Header { title, summary, time_zone, allow }, counts, undated_from))
}

fn put_records(graph: &Graph, narrowings: &[Narrowing], kind: Kind, range: Range<usize>, out: &mut Out) {
    fn put<'a, I, T: 'a>(all: impl Iterator<Item = (I, &'a T)>, range: Range<usize>, out: &mut Out)
    where
        Own: Form<T>,
    {
        all.skip(range.start).take(range.len()).for_each(|(_, one)| Own::put(one, out));
    }
    match kind {
        Kind::Sources => put(graph.sources(), range, out),
        Kind::Actors => put(graph.actors(), range, out),
        Kind::Events => put(graph.events(), range, out),
        Kind::Links => put(graph.links(), range, out),
        Kind::Statements => put(graph.statements(), range, out),
        Kind::Reactions => put(graph.reactions(), range, out),
        Kind::Disputes => put(graph.disputes(), range, out),
        Kind::Precedences => put(graph.precedences().iter().map(|one| ((), one)), range, out),
        Kind::Order => put(graph.chronology().order().iter().map(|one| ((), one)), range, out),
        Kind::Narrowings => put(narrowings.iter().map(|one| ((), one)), range, out),
    }
}

/// What was read of a piece.
enum Read {
    Sources(Vec<Source>),
    Actors(Vec<Actor>),
    Events(Vec<Event>),
    Links(Vec<Link>),
    Statements(Vec<Statement>),
    Reactions(Vec<Reaction>),
    Disputes(Vec<Dispute>),
    Precedences(Vec<Precedence>),
    Order(Vec<EventId>),
    Narrowings(Vec<Narrowing>),
}

impl Read {
    fn of(bytes: &[u8], kind: Kind, count: usize, zone: Tz, counts: Counts) -> Option<Self> {
        fn take<T>(count: usize, mut from: In<'_>) -> Option<Vec<T>>
        where
            Own: Form<T>,
        {
            let mut all = Vec::with_capacity(count);
            for _ in 0..count {
                all.push(Own::take(&mut from)?);
            }
            from.is_over().then_some(all)
        }
        let from = In::new(bytes, zone, counts)?;
        if count > from.left() / kind.least() {
            return None;
        }
        match kind {
            Kind::Sources => take(count, from).map(Self::Sources),
            Kind::Actors => take(count, from).map(Self::Actors),
            Kind::Events => take(count, from).map(Self::Events),
            Kind::Links => take(count, from).map(Self::Links),
            Kind::Statements => take(count, from).map(Self::Statements),
            Kind::Reactions => take(count, from).map(Self::Reactions),
            Kind::Disputes => take(count, from).map(Self::Disputes),
            Kind::Precedences => take(count, from).map(Self::Precedences),
            Kind::Order => take(count, from).map(Self::Order),
            Kind::Narrowings => take(count, from).map(Self::Narrowings),
        }
    }
}

/// What was read of all pieces.
#[derive(Default)]
struct All {
    arenas: Arenas,
    precedences: Vec<Precedence>,
    order: Vec<EventId>,
    narrowings: Vec<Narrowing>,
}

impl All {
    /// With room for so many, where there is: what is not filled takes no memory. There are bytes for as many.
    fn with_room(counts: &Counts) -> Self {
        let mut all = Self::default();
        let All { arenas, precedences, order, narrowings } = &mut all;
        let Counts { sources, actors, events, links, statements, reactions, disputes, .. } = *counts;
        let _ = arenas.sources.try_reserve_exact(sources);
        let _ = arenas.actors.try_reserve_exact(actors);
        let _ = arenas.events.try_reserve_exact(events);
        let _ = arenas.links.try_reserve_exact(links);
        let _ = arenas.statements.try_reserve_exact(statements);
        let _ = arenas.reactions.try_reserve_exact(reactions);
        let _ = arenas.disputes.try_reserve_exact(disputes);
        let _ = precedences.try_reserve_exact(counts.precedences);
        let _ = order.try_reserve_exact(events);
        let _ = narrowings.try_reserve_exact(counts.narrowings);
        all
    }
}

impl Read {
    /// Puts it in its place.
    fn join(self, all: &mut All) {
        let All { arenas, precedences, order, narrowings } = all;
        match self {
            Self::Sources(mut more) => arenas.sources.append(&mut more),
            Self::Actors(mut more) => arenas.actors.append(&mut more),
            Self::Events(mut more) => arenas.events.append(&mut more),
            Self::Links(mut more) => arenas.links.append(&mut more),
            Self::Statements(mut more) => arenas.statements.append(&mut more),
            Self::Reactions(mut more) => arenas.reactions.append(&mut more),
            Self::Disputes(mut more) => arenas.disputes.append(&mut more),
            Self::Precedences(mut more) => precedences.append(&mut more),
            Self::Order(mut more) => order.append(&mut more),
            Self::Narrowings(mut more) => narrowings.append(&mut more),
        }
    }
}

/// The graph that is written in pieces of these lengths, each of which `piece` puts into the bytes it is given, by its
/// number.
pub fn unpack(lengths: &[usize], piece: impl Fn(usize, &mut Vec<u8>) -> Option<()> + Sync) -> Option<Graph> {
    let mut head = Vec::new();
    piece(0, &mut head)?;
    let (header, counts, undated_from) = take_head(&head)?;
    if counts.pieces() != lengths.len() {
        return None;
    }
    let zone = header.time_zone;
    let plan = counts.plan();
    let has_room =
        |((kind, range), length): (&(Kind, Range<usize>), &usize)| range.len() <= length / kind.least();
    if !plan.iter().zip(lengths.iter().skip(1)).all(has_room) {
        return None;
    }
    let mut read_all = All::with_room(&counts);
    let mut read = Vec::new();
    for (wave, plan) in plan.chunks(WAVE).enumerate() {
        let read_on = || {
            let read = plan.par_iter().enumerate().map_init(Vec::new, |bytes, (place, (kind, range))| {
                piece(1 + wave * WAVE + place, bytes)?;
                Read::of(bytes, *kind, range.len(), zone, counts)
            });
            read.collect::<Option<Vec<_>>>()
        };
        let join = || read.drain(..).for_each(|read: Read| read.join(&mut read_all));
        // What was read is put in its place while more is.
        let (next, ()) = rayon::join(read_on, join);
        read = next?;
    }
    for read in read {
        read.join(&mut read_all);
    }
    if read_all.order.len() != counts.events {
        return None;
    }
    let All { arenas, precedences, order, narrowings } = read_all;
    Graph::checked(header, arenas, precedences, |arenas| {
        if !sound::is_sound(arenas) {
            return None;
        }
        let events = arenas.events.iter().map(|event| event.timing.extent());
        let written: Vec<_> =
            events.chain(arenas.sources.iter().map(|source| source.published.extent())).collect();
        Chronology::of_narrowings(&written, order, undated_from, &narrowings, zone)
    })
}

#[cfg(test)]
mod tests;
