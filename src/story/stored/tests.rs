use super::form::Time;
use super::*;
use crate::story::change::Change;
use crate::story::graph::{Allowance, Archive, Part, Position};
use crate::story::id::{ActorId, Id, LinkId, SourceId, StatementId};
use crate::story::order::Place;
use crate::story::when::{Timing, When};
use crate::text::Shared;

fn graph() -> Graph {
    crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("the embedded story is sound")
}

fn back(pieces: &[Vec<u8>]) -> Option<Graph> {
    let lengths: Vec<_> = pieces.iter().map(Vec::len).collect();
    unpack(&lengths, |piece, bytes| pieces.get(piece).map(|piece| bytes.clone_from(piece)))
}

/// The embedded story with something in it that no story has.
fn with(change: impl FnOnce(&mut Arenas)) -> Graph {
    let graph = graph();
    let mut arenas = Arenas {
        sources: graph.sources().map(|(_, one)| one.clone()).collect(),
        actors: graph.actors().map(|(_, one)| one.clone()).collect(),
        events: graph.events().map(|(_, one)| one.clone()).collect(),
        links: graph.links().map(|(_, one)| one.clone()).collect(),
        statements: graph.statements().map(|(_, one)| one.clone()).collect(),
        reactions: graph.reactions().map(|(_, one)| one.clone()).collect(),
        disputes: graph.disputes().map(|(_, one)| one.clone()).collect(),
    };
    change(&mut arenas);
    Graph::new(graph.header().clone(), arenas, graph.chronology().clone(), graph.precedences().to_vec())
}

fn assert_refused(what: &str, change: impl FnOnce(&mut Arenas)) {
    let pieces = pack(&with(change)).expect("packed");
    assert!(back(&pieces).is_none(), "{what}");
}

#[test]
fn a_story_comes_back() {
    let graph = with(|_| ());
    let again = back(&pack(&graph).expect("packed")).expect("unpacked");
    assert_eq!(format!("{:?}", again.header()), format!("{:?}", graph.header()));
    assert_eq!(format!("{:?}", again.chronology()), format!("{:?}", graph.chronology()));
    assert_eq!(pack(&again), pack(&graph));
    assert_eq!(again.by_id("alibaba"), graph.by_id("alibaba"));
}

#[test]
fn text_that_is_not_safe_to_show_is_refused() {
    for hidden in ["\u{1b}[31m", "\u{202e}", "a\u{200b}b", "\r", "\t", "\u{9b}0m", "\u{ad}", "\u{e0041}"] {
        let spoil = |text: &mut Shared| *text = format!("{text}{hidden}").into();
        assert_refused(hidden, |all| spoil(&mut all.statements[0].text));
        assert_refused(hidden, |all| spoil(&mut all.events[0].title));
        assert_refused(hidden, |all| all.sources[0].gaps.push(hidden.into()));
        assert_refused(hidden, |all| all.actors[0].aliases.push(hidden.into()));
        assert_refused(hidden, |all| all.disputes[0].note = Some(hidden.into()));
        assert_refused(hidden, |all| all.statements[0].said.note = Some(hidden.into()));
    }
    // Of an emoji they are a part.
    let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} \u{2764}\u{fe0f}";
    let graph = with(|all| all.statements[0].text = family.into());
    let again = back(&pack(&graph).expect("packed")).expect("unpacked");
    assert_eq!(again.statement(StatementId::from_index(0)).text, family);
}

/// What stands beside it in its piece makes no text safe.
#[test]
fn each_text_is_looked_at_by_itself() {
    assert_refused("an emoji in two texts", |all| {
        all.disputes[0].positions[0].label = "\u{1f468}\u{200d}".into();
        all.disputes[0].positions[0].note = Some("\u{1f469}".into());
    });
}

/// The records that take least, and what is said of them.
#[test]
fn no_record_takes_less_than_is_said() {
    let graph = graph();
    let narrowings = graph.chronology().narrowings();
    let counts = Counts::of(&graph, &narrowings);
    for (kind, count) in counts.by_kind() {
        for place in 0..count {
            let mut out = Out::new(graph.header().time_zone);
            put_records(&graph, &narrowings, kind, place..place + 1, &mut out);
            let records = out.bytes_of_records();
            assert!(records >= kind.least(), "{kind:?} {place}: {records}");
        }
    }
    let least = |all: &mut Arenas| {
        let event = &mut all.events[0];
        event.id = "a".into();
        event.title = "a".into();
    };
    assert!(pack(&with(least)).is_some());
}

#[test]
fn what_stands_on_one_line_and_what_is_there_at_all_is_seen_to() {
    assert_refused("a title of two lines", |all| all.events[0].title = "one\nmore".into());
    assert_refused("no title", |all| all.events[0].title = Shared::default());
    assert_refused("no words", |all| all.statements[0].text = Shared::default());
    assert_refused("an id with a blank", |all| all.actors[0].id = "a b".into());
    assert_refused("a reason of two lines", |all| {
        all.actors[0].allow.push(Allowance { rule: "x".into(), reason: "a\nb".into() });
    });
    assert_refused("an id that stands twice", |all| all.actors[1].id = all.actors[0].id.clone());
    assert_refused("an id of two kinds", |all| all.actors[0].id = all.events[0].id.clone());
}

#[test]
fn a_file_outside_the_archive_and_no_sum_are_refused() {
    for file in ["../../etc/passwd", "/etc/passwd", "a/../../b", "a\\b"] {
        assert_refused(file, |all| {
            all.sources[0].archive = Some(Archive { file: file.into(), sha256: None });
        });
    }
    assert_refused("no sum", |all| {
        all.sources[0].archive = Some(Archive { file: "a".into(), sha256: Some("ab".into()) });
    });
}

#[test]
fn an_id_that_leads_nowhere_is_refused() {
    /// The embedded story with one piece of other records; its kinds have one piece each.
    fn refused<T>(piece: usize, mut all: Vec<T>, change: impl FnOnce(&mut T)) -> bool
    where
        Own: Form<T>,
    {
        let graph = graph();
        let mut pieces = pack(&graph).expect("packed");
        let put = |all: &[T]| {
            let mut out = Out::new(graph.header().time_zone);
            for one in all {
                Own::put(one, &mut out);
            }
            out.finish().expect("nothing is in the way")
        };
        assert_eq!(put(&all), pieces[piece]);
        change(&mut all[0]);
        pieces[piece] = put(&all);
        back(&pieces).is_none()
    }
    const FAR: usize = 1_000_000;
    let graph = graph();
    let events = || graph.events().map(|(_, one)| one.clone()).collect();
    let statements = || graph.statements().map(|(_, one)| one.clone()).collect();
    assert!(!refused(3, events(), |_| ()));
    assert!(refused(3, events(), |event| event.sources.push(SourceId::from_index(FAR))));
    assert!(refused(3, events(), |event| event
        .parts
        .push(Part { actor: ActorId::from_index(FAR), role: None })));
    assert!(refused(3, events(), |event| event.links.push(LinkId::from_index(FAR))));
    assert!(!refused(5, statements(), |_| ()));
    let past = ActorId::from_index(graph.actor_count());
    assert!(refused(5, statements(), |one| one.speaker = Some(past)));
    assert!(refused(5, statements(), |one| one.about.push(past)));
    assert!(refused(5, statements(), |one| one.event = EventId::from_index(graph.event_count())));
    assert!(refused(5, statements(), |one| one.replies_to.push(StatementId::from_index(FAR))));
    assert!(refused(5, statements(), |one| one.relies_on = Some(vec![SourceId::from_index(FAR)])));
    let precedences = || graph.precedences().to_vec();
    let past = Place::Event(EventId::from_index(graph.event_count()));
    assert!(!refused(8, precedences(), |_| ()));
    assert!(refused(8, precedences(), |one| one.later = past));
    let order = || graph.chronology().order().to_vec();
    assert!(refused(9, order(), |one| *one = EventId::from_index(graph.event_count())));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    assert_refused("a statement of another event", |all| {
        let last = EventId::from_index(all.events.len() - 1);
        all.statements[0].event = last;
    });
    assert_refused("a statement in two events", |all| {
        let statement = StatementId::from_index(0);
        all.events[1].statements.push(statement);
    });
    assert_refused("a statement in no event", |all| {
        let event = all.statements[0].event;
        all.events[event.index()].statements.clear();
    });
    assert_refused("a link in no event", |all| all.events.iter_mut().for_each(|event| event.links.clear()));
    assert_refused("a link to itself", |all| all.links[0].to = all.links[0].from);
    assert_refused("a link in the wrong event", |all| {
        let event = all.links[0].from.index();
        all.events[event].links.insert(0, LinkId::from_index(1));
    });
    assert_refused("an event without a source", |all| all.events[0].sources.clear());
    assert_refused("one position", |all| all.disputes[0].positions.truncate(1));
    assert_refused("a position that nothing holds", |all| {
        all.disputes[0].positions.push(Position { label: "x".into(), held_by: Vec::new(), note: None });
    });
    assert_refused("no figure", |all| all.reactions[0].change = Change::Exact(f64::NAN));
    assert_refused("less than nothing", |all| all.reactions[0].change = Change::About(-101.0));
}

#[test]
fn a_circle_is_refused() {
    let source = SourceId::from_index;
    assert_refused("sources", |all| {
        all.sources[0].relies_on = vec![source(1)];
        all.sources[1].relies_on = vec![source(0)];
    });
    assert_refused("a source", |all| all.sources[0].relies_on.push(source(0)));
    assert_refused("actors", |all| {
        all.actors[0].part_of = Some(ActorId::from_index(1));
        all.actors[1].part_of = Some(ActorId::from_index(0));
    });
    assert_refused("a statement", |all| {
        all.statements[0].replies_to.push(StatementId::from_index(0));
    });
    // What only leads on is none.
    let graph = with(|all| {
        all.sources.iter_mut().for_each(|one| one.relies_on.clear());
        all.sources[0].relies_on = vec![source(1)];
    });
    assert!(pack(&graph).is_some_and(|pieces| back(&pieces).is_some()));
}

#[test]
fn a_time_that_would_not_read_back_is_not_written() {
    let zone = graph().header().time_zone;
    let late = When::parse("9999-12-31T23:59-12:00", zone).expect("a time");
    let said = |when: &When| Timing { when: Some(when.clone()), inferred: false, note: None };
    assert!(pack(&with(|all| all.statements[0].said = said(&late))).is_none());
    for text in [
        "2025-05~",
        "[2025,2026]",
        "2025-11-14/..",
        "/2025-11-14",
        "202X",
        "2025-21",
        "2025-11-17T22:33",
        "2025-11-17T22:33:07",
        "2025-11-02T01:30-05:00",
        "2025-11-02T01:30",
        "2025-03-09T02:30",
        "0001-01-01T00:00Z",
        "0044",
    ] {
        let when = When::parse(text, zone).expect(text);
        let graph = with(|all| all.statements[0].said = said(&when));
        let again = pack(&graph).and_then(|pieces| back(&pieces)).expect(text);
        assert_eq!(again.statement(StatementId::from_index(0)).said.when.as_ref(), Some(&when), "{text}");
    }
}

#[test]
fn a_chronology_that_is_none_is_refused() {
    let graph = graph();
    let chronology = graph.chronology();
    let written: Vec<_> = graph
        .events()
        .map(|(_, event)| event.timing.extent())
        .chain(graph.sources().map(|(_, source)| source.published.extent()))
        .collect();
    let (order, narrowings) = (chronology.order().to_vec(), chronology.narrowings());
    let zone = graph.header().time_zone;
    let read = |order: Vec<EventId>, undated_from, narrowings: &[Narrowing]| {
        Chronology::of_narrowings(&written, order, undated_from, narrowings, zone)
    };
    let again = read(order.clone(), chronology.undated_from(), &narrowings).expect("a chronology");
    assert_eq!(format!("{again:?}"), format!("{chronology:?}"));
    assert!(!narrowings.is_empty());
    let mut twice = order.clone();
    twice[0] = twice[1];
    assert!(read(twice, 0, &narrowings).is_none());
    assert!(read(order.clone(), order.len() + 1, &narrowings).is_none());
    let first = narrowings[0];
    for wrong in [
        Narrowing { from: first.place, ..first },
        Narrowing { from: written.len(), ..first },
        Narrowing { place: written.len(), ..first },
    ] {
        assert!(read(order.clone(), 0, &[wrong]).is_none(), "{wrong:?}");
    }
    let (one, other) = (Narrowing { from: 1, place: 0, ..first }, Narrowing { from: 0, place: 1, ..first });
    assert!(read(order.clone(), 0, &[one]).is_some() && read(order, 0, &[one, other]).is_none());
}

/// A piece of two lines as it should be, and spoilt.
#[test]
fn a_text_is_where_it_should_be_or_is_refused() {
    let read = |texts: &str, records: &[u8]| -> Option<Vec<Shared>> {
        let mut bytes = vec![u8::try_from(texts.len()).expect("a short text")];
        bytes.extend_from_slice(texts.as_bytes());
        bytes.extend_from_slice(records);
        let mut from = In::new(&bytes, Tz::UTC, Counts::default())?;
        let lines = List::<Line>::take(&mut from)?;
        from.is_over().then_some(lines)
    };
    assert_eq!(read("onezwei", &[2, 3, 4]), Some(vec!["one".into(), "zwei".into()]));
    assert_eq!(read("naïve", &[2, 4, 2]), Some(vec!["naï".into(), "ve".into()]));
    for (texts, records) in [
        ("onezwei", &[2, 3, 5][..]),
        ("onezwei", &[2, 3, 3]),
        ("onezwei", &[1, 3]),
        ("onezwei", &[2, 3, 0xff, 0xff, 0xff, 0xff, 0xf]),
        ("onezwei", &[2, 7, 0]),
        ("naïve", &[2, 3, 3]),
        ("", &[1]),
    ] {
        assert_eq!(read(texts, records), None, "{texts} {records:?}");
    }
    assert!(In::new(&[2, 0xc3, 0x28, 0], Tz::UTC, Counts::default()).is_none());
    assert!(In::new(&[9, b'a'], Tz::UTC, Counts::default()).is_none());
}

/// Times that stand more than once are written once.
#[test]
fn a_time_is_taken_from_those_before_it() {
    let read = |records: &[u8]| -> Option<Vec<When>> {
        let mut from = In::new(records, Tz::UTC, Counts::default())?;
        let times = List::<Time>::take(&mut from)?;
        from.is_over().then_some(times)
    };
    let when = |year: &str| When::parse(year, Tz::UTC).expect("a year");
    let written = b"\0\x04\0\x042024\0\x01\x042025\x01";
    assert_eq!(read(written), Some(vec![when("2024"), when("2024"), when("2025"), when("2025")]));
    let mut out = Out::new(Tz::UTC);
    List::<Time>::put(&vec![when("2024"), when("2024"), when("2025"), when("2025")], &mut out);
    assert_eq!(out.finish().as_deref(), Some(&written[..]));
    assert_eq!(read(b"\0\x01\x01\x042024"), None);
    assert_eq!(read(b"\0\x01\0\x04what"), None);
}

#[test]
fn pieces_that_are_missing_or_too_many_are_refused() {
    let pieces = pack(&graph()).expect("packed");
    assert!(back(&pieces).is_some() && back(&[]).is_none());
    assert!(back(&pieces[..pieces.len() - 1]).is_none());
    assert!(back(&[pieces.clone(), vec![Vec::new()]].concat()).is_none());
    for piece in 0..pieces.len() {
        let mut longer = pieces.clone();
        longer[piece].push(0);
        assert!(back(&longer).is_none(), "{piece}");
        let mut shorter = pieces.clone();
        shorter[piece].pop();
        assert!(back(&shorter).is_none(), "{piece}");
    }
}
