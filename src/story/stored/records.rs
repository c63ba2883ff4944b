//! The records of a graph, field by field. A field that is added does not compile before it stands here.
//!
//! Imports what `stored` imports.

use chrono::{DateTime, Timelike as _};

use super::form::{Below, Flag, Form, In, Line, List, Maybe, Name, Out, Own, Prose, Ref, Sum, Time, Word};
use crate::story::change::Change;
use crate::story::graph::{
    Actor, Allowance, Archive, Dispute, Event, Link, Part, Position, Reaction, Source, SourceGrade, Statement,
};
use crate::story::id::EventId;
use crate::story::locator::Locator;
use crate::story::order::{Narrowing, Precedence};
use crate::story::when::{Moment, Timing};

macro_rules! records {
    ($($record:ident { $($field:ident: $form:ty,)+ })+) => {$(
        impl Form<$record> for Own {
            fn put(value: &$record, out: &mut Out) {
                let $record { $($field,)+ } = value;
                $(<$form>::put($field, out);)+
            }

            fn take(from: &mut In<'_>) -> Option<$record> {
                Some($record { $($field: <$form>::take(from)?,)+ })
            }
        }
    )+};
}

records! {
    Allowance { rule: Line, reason: Line, }
    Source {
        id: Name,
        title: Line,
        publisher: Maybe<Line>,
        byline: Maybe<Line>,
        published: Own,
        kind: Word,
        held: Flag,
        relies_on: List<Ref>,
        first_hand: Flag,
        machine_written: Flag,
        gaps: List<Line>,
        grade: Maybe<Own>,
        archive: Maybe<Own>,
        url: Maybe<Line>,
        note: Maybe<Prose>,
        allow: List<Own>,
    }
    SourceGrade { reliability: Maybe<Word>, credibility: Maybe<Own>, }
    Archive { file: Below, sha256: Maybe<Sum>, }
    Actor {
        id: Name,
        name: Line,
        kind: Word,
        named: Flag,
        aliases: List<Line>,
        part_of: Maybe<Ref>,
        note: Maybe<Prose>,
        allow: List<Own>,
    }
    Event {
        id: Name,
        title: Line,
        timing: Own,
        status: Word,
        kind: Maybe<Line>,
        summary: Maybe<Prose>,
        place: Maybe<Line>,
        sources: List<Ref>,
        parts: List<Own>,
        links: List<Ref>,
        statements: List<Ref>,
        reactions: List<Ref>,
        allow: List<Own>,
    }
    Part { actor: Ref, role: Maybe<Line>, }
    Link {
        from: Ref,
        to: Ref,
        kind: Word,
        basis: Word,
        source: Maybe<Ref>,
        locator: Maybe<Own>,
        note: Maybe<Prose>,
    }
    Statement {
        id: Name,
        event: Ref,
        form: Word,
        text: Prose,
        speaker: Maybe<Ref>,
        said: Own,
        stance: Maybe<Word>,
        about: List<Ref>,
        replies_to: List<Ref>,
        source: Ref,
        relies_on: Maybe<List<Ref>>,
        locator: Maybe<Own>,
        note: Maybe<Prose>,
        allow: List<Own>,
    }
    Reaction {
        id: Name,
        event: Ref,
        instrument: Line,
        symbol: Maybe<Line>,
        venue: Maybe<Line>,
        session: Own,
        change: Own,
        source: Ref,
        relies_on: Maybe<List<Ref>>,
        locator: Maybe<Own>,
        note: Maybe<Prose>,
        allow: List<Own>,
    }
    Dispute {
        id: Name,
        question: Line,
        grade: Word,
        note: Maybe<Prose>,
        positions: List<Own>,
        allow: List<Own>,
    }
    Position { label: Line, held_by: List<Ref>, note: Maybe<Prose>, }
    Timing { when: Maybe<Time>, inferred: Flag, note: Maybe<Prose>, }
    Precedence { earlier: Ref, later: Ref, gap: Time, }
    Narrowing { instants: Flag, latest: Flag, place: Own, at: Own, from: Own, gap: Time, }
}

/// An event's place in the order.
impl Form<EventId> for Own {
    fn put(value: &EventId, out: &mut Out) {
        Ref::put(value, out);
    }

    fn take(from: &mut In<'_>) -> Option<EventId> {
        Ref::take(from)
    }
}

/// A place of the chronology: an event, or behind them a source.
impl Form<usize> for Own {
    fn put(value: &usize, out: &mut Out) {
        out.number(*value);
    }

    fn take(from: &mut In<'_>) -> Option<usize> {
        let most = from.counts.events + from.counts.sources;
        from.number().filter(|place| *place < most)
    }
}

/// Seconds and their parts.
impl Form<Moment> for Own {
    fn put(value: &Moment, out: &mut Out) {
        out.raw(&value.and_utc().timestamp().to_le_bytes());
        out.raw(&value.nanosecond().to_le_bytes());
    }

    fn take(from: &mut In<'_>) -> Option<Moment> {
        let seconds = i64::from_le_bytes(from.bytes(8)?.try_into().ok()?);
        let nanoseconds = u32::from_le_bytes(from.bytes(4)?.try_into().ok()?);
        DateTime::from_timestamp(seconds, nanoseconds).map(|at| at.naive_utc())
    }
}

/// The credibility of a source.
impl Form<u8> for Own {
    fn put(value: &u8, out: &mut Out) {
        out.byte(*value);
    }

    fn take(from: &mut In<'_>) -> Option<u8> {
        from.byte().filter(|number| (1..=6).contains(number))
    }
}

impl Form<Change> for Own {
    fn put(value: &Change, out: &mut Out) {
        let (kind, figure) = match *value {
            Change::Lost => (0, None),
            Change::Exact(figure) => (1, Some(figure)),
            Change::MoreThan(figure) => (2, Some(figure)),
            Change::LessThan(figure) => (3, Some(figure)),
            Change::About(figure) => (4, Some(figure)),
        };
        out.byte(kind);
        if let Some(figure) = figure {
            out.raw(&figure.to_le_bytes());
        }
    }

    fn take(from: &mut In<'_>) -> Option<Change> {
        let make = match from.byte()? {
            0 => return Some(Change::Lost),
            1 => Change::Exact,
            2 => Change::MoreThan,
            3 => Change::LessThan,
            4 => Change::About,
            _ => return None,
        };
        let figure = f64::from_le_bytes(from.bytes(8)?.try_into().ok()?);
        (figure.is_finite() && figure >= -100.0).then(|| make(figure))
    }
}

impl Form<Locator> for Own {
    fn put(value: &Locator, out: &mut Out) {
        let (kind, numbers): (u8, &[u32]) = match value {
            Locator::Headline => (0, &[]),
            Locator::Line(line) => (1, &[*line]),
            Locator::Lines(from, to) => (2, &[*from, *to]),
            Locator::Page(page) => (3, &[*page]),
            Locator::Paragraph(paragraph) => (4, &[*paragraph]),
            Locator::At(seconds) => (5, &[*seconds]),
        };
        out.byte(kind);
        for number in numbers {
            out.number(*number as usize);
        }
    }

    fn take(from: &mut In<'_>) -> Option<Locator> {
        let kind = from.byte()?;
        let mut counted =
            || u32::try_from(from.number()?).ok().filter(|number| (1..1_000_000_000).contains(number));
        match kind {
            0 => Some(Locator::Headline),
            1 => counted().map(Locator::Line),
            2 => {
                let (first, last) = (counted()?, counted()?);
                (first <= last).then_some(Locator::Lines(first, last))
            }
            3 => counted().map(Locator::Page),
            4 => counted().map(Locator::Paragraph),
            5 => u32::try_from(from.number()?).ok().filter(|at| *at < 100 * 60 * 60).map(Locator::At),
            _ => None,
        }
    }
}
