//! The texts of elements, laid one behind the other: millions of short texts, each with memory of its own, take more for
//! the memory's bookkeeping than for many of the texts.
//!
//! Imports what `graph` imports, and `text`.

use std::sync::Arc;

use super::{Allowance, Arenas, Event, Link, Part, Reaction, Statement};
use crate::story::when::Timing;
use crate::text::Shared;

/// Lays the texts of events, and of what stands in them, one behind the other. Nothing that can be seen changes.
pub(in crate::story) fn gather(arenas: &mut Arenas) {
    let mut whole = String::new();
    each(arenas, &mut |text| whole.push_str(text));
    whole.shrink_to_fit();
    let whole = Arc::new(whole);
    let mut at = 0;
    each(arenas, &mut |text| {
        let to = at + text.len();
        // Where a whole is too long to share, each text stays alone.
        if let Some(stretch) = Shared::within(&whole, at..to) {
            *text = stretch;
        }
        at = to;
    });
}

/// Goes through all texts, in an order of its own. A field that is added does not compile before it stands here.
fn each(arenas: &mut Arenas, take: &mut impl FnMut(&mut Shared)) {
    let Arenas { sources: _, actors: _, disputes: _, events, links, statements, reactions } = arenas;
    for event in events {
        of_event(event, take);
    }
    for statement in statements {
        of_statement(statement, take);
    }
    for reaction in reactions {
        of_reaction(reaction, take);
    }
    for Link { from: _, to: _, kind: _, basis: _, source: _, locator: _, note } in links {
        note.iter_mut().for_each(&mut *take);
    }
}

fn of_event(event: &mut Event, take: &mut impl FnMut(&mut Shared)) {
    let Event {
        id,
        title,
        timing,
        status: _,
        kind,
        summary,
        place,
        sources: _,
        parts,
        links: _,
        statements: _,
        reactions: _,
        allow,
    } = event;
    [id, title].into_iter().chain(kind).chain(summary).chain(place).for_each(&mut *take);
    parts.iter_mut().filter_map(|Part { actor: _, role }| role.as_mut()).for_each(&mut *take);
    of_timing(timing, take);
    of_allowances(allow, take);
}

fn of_statement(statement: &mut Statement, take: &mut impl FnMut(&mut Shared)) {
    let Statement {
        id,
        event: _,
        form: _,
        text,
        speaker: _,
        said,
        stance: _,
        about: _,
        replies_to: _,
        source: _,
        relies_on: _,
        locator: _,
        note,
        allow,
    } = statement;
    [id, text].into_iter().chain(note).for_each(&mut *take);
    of_timing(said, take);
    of_allowances(allow, take);
}

fn of_reaction(reaction: &mut Reaction, take: &mut impl FnMut(&mut Shared)) {
    let Reaction {
        id,
        event: _,
        instrument,
        symbol,
        venue,
        session,
        change: _,
        source: _,
        relies_on: _,
        locator: _,
        note,
        allow,
    } = reaction;
    [id, instrument].into_iter().chain(symbol).chain(venue).chain(note).for_each(&mut *take);
    of_timing(session, take);
    of_allowances(allow, take);
}

fn of_timing(timing: &mut Timing, take: &mut impl FnMut(&mut Shared)) {
    let Timing { when: _, inferred: _, note } = timing;
    note.iter_mut().for_each(take);
}

fn of_allowances(allow: &mut [Allowance], take: &mut impl FnMut(&mut Shared)) {
    for Allowance { rule, reason } in allow {
        [rule, reason].into_iter().for_each(&mut *take);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gathered_texts_are_what_they_were() {
        let bytes = include_bytes!("../../../tests/cache/every-field.yaml");
        let graph = crate::story::read(bytes).expect("a sound story");
        let mut arenas = graph.arenas.clone();
        gather(&mut arenas);
        assert_eq!(format!("{arenas:?}"), format!("{:?}", graph.arenas));
        let mut count = 0;
        each(&mut arenas, &mut |text| {
            assert!(!text.is_alone(), "{text}");
            count += 1;
        });
        assert!(count > 20, "{count}");
    }
}
