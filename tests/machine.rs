//! Whatever is typed, pointed at, pasted, resized and saved, in whatever order: no panic, something is selected, the counts are
//! the story's, and what is filtered while looking back is what it would be, asked anew.
//!
//! A share of it runs with every change. `DATELINE_LONG_RUNS=1` runs ten thousand sequences and tells the slowest frame;
//! `DATELINE_SEQUENCES` names another number.

#[path = "support/glass.rs"]
mod glass;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/script.rs"]
mod script;
#[path = "support/views.rs"]
mod views;

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use dateline::explorer::frame::Screen;
use dateline::explorer::key::{Key, KeyCode};
use dateline::explorer::keymap::{Binding, TABLE, bindings_in};
use dateline::explorer::message::Message;
use dateline::explorer::reread::{Came, Fresh, Reread, read_and_check};
use dateline::explorer::state::live::{Novelty, Told};
use dateline::explorer::state::{Pane, State};
use dateline::explorer::theme::Theme;
use dateline::explorer::update::{drawn, update};
use dateline::explorer::view::{pane_sheet, render};
use dateline::query::as_of::{LookBack, Then, publications};
use dateline::query::changes::Written;
use dateline::query::timeline;
use dateline::story;
use dateline::story::graph::Graph;
use dateline::story::id::{ElementId, EventId, Id as _};
use glass::{Counting, Glass};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Keys, clicks and all else in one sequence.
const STEPS: usize = 200;

/// Whether all is tried that there is to try, not only a share of it.
fn long_run() -> bool {
    std::env::var_os("DATELINE_LONG_RUNS").is_some()
}

/// One thing that comes in.
#[derive(Debug, Clone)]
enum Step {
    /// The keys of a row of the table that holds where the reader is, counted round.
    Here(usize, usize),
    /// The keys of any row of the table, whether they hold or not.
    Bound(usize, usize),
    Digit(char),
    Typed(char),
    Paste(usize),
    Click(u16, u16),
    Wheel(u16, u16, bool),
    Resize(u16, u16),
    /// What came of reading the story's file again, which holds another version of it, or none.
    Reread(usize),
    /// A frame was drawn.
    Drawn,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => (any::<prop::sample::Index>(), any::<prop::sample::Index>())
            .prop_map(|(row, keys)| Step::Here(row.index(1 << 16), keys.index(1 << 16))),
        3 => (any::<prop::sample::Index>(), any::<prop::sample::Index>())
            .prop_map(|(row, keys)| Step::Bound(row.index(1 << 16), keys.index(1 << 16))),
        1 => prop::char::range('0', '9').prop_map(Step::Digit),
        2 => prop_oneof![prop::char::range(' ', '~'), any::<char>()].prop_map(Step::Typed),
        1 => (0_usize..1 << 16).prop_map(Step::Paste),
        2 => (0_u16..140, 0_u16..50).prop_map(|(column, row)| Step::Click(column, row)),
        1 => (0_u16..140, 0_u16..50, any::<bool>()).prop_map(|(column, row, down)| Step::Wheel(column, row, down)),
        1 => prop_oneof![
            3 => Just((120, 40)),
            2 => Just((80, 24)),
            1 => (0_u16..60, 0_u16..30),
            1 => (0_u16..250, 0_u16..80),
            1 => Just((u16::MAX, 1)),
        ]
        .prop_map(|(width, height)| Step::Resize(width, height)),
        1 => (0_usize..1 << 16).prop_map(Step::Reread),
        3 => Just(Step::Drawn),
    ]
}

/// What is pasted and typed: filters that hold and that do not, names, moments, and what is hostile.
static PASTES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut pastes = hostile::strings();
    let own = [
        "status:alleged",
        "kind:market",
        "-status:possible",
        "disputed:yes or market:yes",
        "said:\"a\"",
        "(",
        "2025-11-17",
        "2025-11",
        "now",
        "alibaba",
        "acme",
        "memo",
        "the",
        "e",
        "after:2025-11-14",
    ];
    // As often as all the others together.
    pastes.extend(own.iter().cycle().take(pastes.len()).map(ToString::to_string));
    pastes
});

/// The three stories.
static STORIES: LazyLock<[(&str, Graph); 3]> = LazyLock::new(|| {
    [("embedded", story::EMBEDDED), ("empty", script::EMPTY), ("hostile", script::HOSTILE)]
        .map(|(name, yaml)| (name, script::graph(yaml)))
});

/// A version of a story, and what it says.
struct Version {
    graph: Graph,
    written: Arc<Written>,
}

/// The versions of each story: as it is, without its latest events, with one more and another header, without any event.
static VERSIONS: LazyLock<[Vec<Version>; 3]> = LazyLock::new(|| {
    [story::EMBEDDED, script::EMPTY, script::HOSTILE].map(|yaml| {
        let whole = script::graph(yaml);
        let half = LookBack::to(&whole, middle(&whole), "then".to_owned(), false).0;
        let title = format!("title: {}", whole.header().title);
        let named = yaml.replacen(&title, "title: Another", 1);
        let source = whole.sources().next().map(|(_, source)| source.id.clone());
        let more = source.map_or(named.clone(), |source| {
            let event = format!(
                "events:\n  - {{id: long-before, title: Long before, status: occurred, when: '1999', when_basis: stated, sources: [{source}]}}\n"
            );
            named.replacen("events:\n", &event, 1)
        });
        let none = script::graph(script::EMPTY);
        let graphs = [whole, half, story::read(more.as_bytes()).expect("a story"), none];
        graphs.map(|graph| Version { written: Arc::new(Written::of(&graph)), graph }).into()
    })
});

/// A moment before which about half of a story was out.
fn middle(graph: &Graph) -> Then {
    let out = publications(graph);
    out.get(out.len() / 2).map_or_else(
        || Then::end_of_day("2025-11-30".parse().expect("a day"), chrono_tz::UTC).expect("a moment"),
        |(then, _)| *then,
    )
}

/// What came of reading the file: the last version that shows is `shows`.
fn reread(story: usize, shows: &mut usize, pick: usize) -> Message {
    let versions = &VERSIONS[story];
    let came = match pick % 8 {
        0 => Came::Gone,
        1 => Came::Unread("it is a folder\u{1b}[2J".to_owned()),
        2 => Came::Faulty(read_and_check(b"format: 1\nstory: {title: T, title: U}\n", day()).1),
        3 => Came::Same(Vec::new()),
        other => {
            let next = other - 4;
            let before = &versions[*shows].written;
            let lost = if pick % 16 < 8 { Written::default() } else { Written::clone(&versions[0].written) };
            let fresh = Fresh::of(versions[next].graph.clone(), before, &lost, Vec::new());
            *shows = next;
            Came::Story(Box::new(fresh))
        }
    };
    Message::Reread(Box::new(Reread { at: "14:05".to_owned(), came }))
}

fn day() -> chrono::NaiveDate {
    "2025-11-30".parse().expect("a day")
}

fn messages(state: &State, step: &Step) -> Vec<Message> {
    let pressed = |binding: &Binding, keys: usize| {
        let keys = Key::parse_sequence(binding.keys[keys % binding.keys.len()]).expect("keys");
        keys.into_iter().map(Message::Key).collect()
    };
    let key = |character| vec![Message::Key(Key::plain(KeyCode::Char(character)))];
    match step {
        Step::Here(row, keys) => {
            let bindings: Vec<_> = bindings_in(state.scope()).collect();
            pressed(bindings[row % bindings.len()], *keys)
        }
        Step::Bound(row, keys) => pressed(&TABLE[row % TABLE.len()], *keys),
        Step::Digit(character) | Step::Typed(character) => key(*character),
        Step::Paste(place) => vec![Message::Paste(PASTES[place % PASTES.len()].clone())],
        Step::Click(column, row) => vec![Message::Click { column: *column, row: *row }],
        Step::Wheel(column, row, down) => vec![Message::Wheel { column: *column, row: *row, down: *down }],
        Step::Resize(width, height) => vec![Message::Resize { width: *width, height: *height }],
        // These need more than the state.
        Step::Reread(_) | Step::Drawn => Vec::new(),
    }
}

/// What was found while a sequence ran.
#[derive(Default)]
struct Measured {
    steps: u64,
    frames: u64,
    slowest: Duration,
    slowest_at: String,
    over_100: u64,
}

fn ids(graph: &Graph, events: &[EventId]) -> Vec<String> {
    events.iter().map(|event| graph.id_of(ElementId::Event(*event)).to_owned()).collect()
}

/// Fails unless what must always hold does.
fn assert_sound(state: &State) -> Result<(), TestCaseError> {
    let (graph, events) = (&state.graph, &state.timeline.events);
    prop_assert_eq!(
        state.event().is_some(),
        !events.is_empty(),
        "something is selected where there is something"
    );
    prop_assert!(events.iter().all(|event| event.index() < graph.event_count()));
    if state.timeline.filter.is_none() {
        prop_assert_eq!(events.len(), graph.event_count(), "all events show where nothing narrows them");
    }
    for pane in
        Pane::ALL.iter().filter(|pane| state.views.is_empty() && !state.layout().pane(**pane).is_empty())
    {
        if let Some(sheet) = pane_sheet(state, *pane) {
            prop_assert!(state.panes[pane.index()].cursor <= sheet.entries().saturating_sub(1), "{:?}", pane);
        }
    }
    for said in state.notice.iter().chain([&state.name]) {
        prop_assert!(dateline::text::is_safe(said), "{said:?}");
    }
    Ok(())
}

/// Fails unless the version that the file has is the whole story, and the reader is where they were, if that is left.
fn assert_stayed(
    state: &State,
    before: Option<&str>,
    was_away: bool,
    version: &Version,
) -> Result<(), TestCaseError> {
    prop_assert_eq!(state.whole().event_count(), version.graph.event_count());
    let ids = ids(&state.graph, &state.timeline.events);
    let here = state.event().map(|event| state.graph.event(event).id.as_str());
    if let Some(before) = before.filter(|before| ids.iter().any(|id| id == before)) {
        // Unless they were there only because where they had been was gone.
        prop_assert!(here == Some(before) || was_away, "{before} became {here:?}");
    }
    let (told, _) = state.live.unseen.told();
    let is_gone = |told: &&Told| told.novelty == Novelty::Gone;
    for id in told.iter().filter(is_gone).filter_map(|told| told.id.as_ref()) {
        prop_assert!(version.graph.by_id(id).is_none(), "{id} is there");
    }
    Ok(())
}

/// Fails unless the events that show are those that the filter leaves of what was known, all of it asked anew.
fn assert_composed(state: &State) -> Result<(), TestCaseError> {
    let anew = state.retrospect.as_ref().map(|retrospect| {
        let back = &retrospect.back;
        LookBack::to(&retrospect.whole, back.then(), back.reading.clone(), back.possibly).0
    });
    let part = anew.as_ref().unwrap_or(&state.graph);
    prop_assert_eq!(part.event_count(), state.graph.event_count(), "what was known then");
    let events = timeline::events(part, state.timeline.filter.as_ref());
    prop_assert_eq!(ids(part, &events), ids(&state.graph, &state.timeline.events), "what is left of it");
    Ok(())
}

/// Fails unless the place and the number of events that show on the screen are so.
fn assert_counted(state: &State, glass: &Glass, size: (u16, u16)) -> Result<(), TestCaseError> {
    let shows = state.views.is_empty() && !state.layout().pane(Pane::Timeline).is_empty();
    let events = state.timeline.events.len();
    if !shows || events == 0 || size.0 < 60 || state.layout().lanes {
        return Ok(());
    }
    let row = state.layout().pane(Pane::Timeline).y;
    let words: String = (0..size.0).map(|column| glass.cell(column, row)).collect();
    let count = format!(" {}/{events} ", state.timeline.at.cursor + 1);
    let cut = state.timeline.filter.is_some();
    prop_assert!(words.contains(&count) || cut, "{count:?} is not in {words:?}");
    Ok(())
}

fn run(story: usize, steps: &[Step], measured: &mut Measured) -> Result<(), TestCaseError> {
    let (name, graph) = &STORIES[story];
    let mut shows = 0;
    let state = State::new(graph.clone(), "a-test.yaml", day(), Theme::new(true, true), (120, 40));
    let mut state = views::with_texts(state, "A line of the text.\nAnother one, \u{202e}of it.");
    let mut screen = Screen::new();
    let mut known = None;
    for (number, step) in steps.iter().enumerate() {
        let began = Instant::now();
        for message in messages(&state, step) {
            // What it asks of the world is the event loop's to do.
            let _ = update(&mut state, message);
        }
        match step {
            Step::Reread(pick) => {
                let before = state.event().map(|event| state.graph.event(event).id.clone());
                let was_away = state.live.left.is_some();
                let _ = update(&mut state, reread(story, &mut shows, *pick));
                assert_stayed(&state, before.as_deref(), was_away, &VERSIONS[story][shows])?;
            }
            Step::Drawn => drawn(&mut state),
            _ => {}
        }
        measured.steps += 1;
        assert_sound(&state)?;
        let moment =
            state.retrospect.as_ref().map(|retrospect| (retrospect.back.then(), retrospect.back.possibly));
        let now = (state.timeline.version, moment);
        if known.as_ref() != Some(&now) {
            assert_composed(&state)?;
            known = Some(now);
            continue;
        }
        if !long_run() && number % 8 != 7 {
            continue;
        }
        let mut size = state.size;
        let frame = screen.draw(size, b"", |area, buffer| {
            size = (area.width, area.height);
            if size != state.size {
                update(&mut state, Message::Resize { width: size.0, height: size.1 });
            }
            render(&state, area, buffer);
        });
        let took = began.elapsed();
        measured.frames += 1;
        measured.over_100 += u64::from(took > Duration::from_millis(100));
        if took > measured.slowest {
            measured.slowest = took;
            measured.slowest_at = format!("{name}, {step:?}, {}, {size:?}", script::top(&state));
        }
        // Bytes that only change what was there say nothing of the whole: now and then all of it is looked at.
        if number % 40 == 39 {
            screen.repaint();
            let mut glass = Glass::new(Counting::Clusters, size, &[]);
            glass.take(screen.draw(size, b"", |area, buffer| render(&state, area, buffer)));
            prop_assert!(glass.foreign.is_empty(), "{:?}", glass.foreign);
            assert_counted(&state, &glass, size)?;
        } else {
            prop_assert!(
                frame.len() <= 24 * usize::from(size.0) * usize::from(size.1) + 64,
                "{} bytes",
                frame.len()
            );
        }
    }
    assert_composed(&state)
}

#[test]
fn whatever_comes_in_the_explorer_stays_sound() {
    let asked = std::env::var("DATELINE_SEQUENCES").ok().and_then(|number| number.parse().ok());
    let cases = asked.unwrap_or(if long_run() { 10_000 } else { 32 });
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let measured = std::cell::RefCell::new(Measured::default());
    let sequences = (0..STORIES.len(), prop::collection::vec(step(), STEPS));
    let began = Instant::now();
    let outcome = TestRunner::new(config)
        .run(&sequences, |(story, steps)| run(story, &steps, &mut measured.borrow_mut()));
    let Measured { steps, frames, slowest, slowest_at, over_100 } = measured.into_inner();
    eprintln!(
        "{cases} sequences, {steps} steps, {frames} frames in {:?}; over 100 ms: {over_100}; the slowest: {slowest:?} ({slowest_at})",
        began.elapsed()
    );
    if let Err(error) = outcome {
        unreachable!("{error}");
    }
}
