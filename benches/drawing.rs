//! How long a key and a frame take: `cargo bench --bench drawing`; `DATELINE_EVENTS=1000000` adds a size.
//!
//! What it prints before criterion's own figures is the spread over some hundred keys, at each size and beside the smallest
//! of them in the same run.

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use dateline::explorer::key::{Key, KeyCode};
use dateline::explorer::message::Message;
use dateline::explorer::state::State;
use dateline::explorer::theme::Theme;
use dateline::explorer::update::update;
use dateline::explorer::view::render;
use dateline::query::lanes::{By, lanes};
use dateline::query::{as_of, timeline};
use dateline::story;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

#[path = "generator/story.rs"]
mod made;

const SCREEN: (u16, u16) = (200, 60);
const KEYS: usize = 400;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 6, 1).unwrap_or_default()
}

fn state(events: usize) -> Option<State> {
    let text = made::text(made::Size::of_events(events));
    let graph = story::read(text.as_bytes()).ok()?;
    Some(State::new(graph, "made-up.yaml", today(), Theme::new(true, true), SCREEN))
}

fn press(state: &mut State, key: char) {
    let code = match key {
        '\n' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        '\u{1b}' => KeyCode::Esc,
        other => KeyCode::Char(other),
    };
    update(state, Message::Key(Key::plain(code)));
}

/// The times of many keys, and of the frames that follow them.
struct Spread {
    keys: Vec<Duration>,
    frames: Vec<Duration>,
}

impl Spread {
    fn of(state: &mut State, key: char) -> Option<Self> {
        let mut terminal = Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1)).ok()?;
        let mut spread = Self { keys: Vec::new(), frames: Vec::new() };
        for _ in 0..KEYS {
            let began = Instant::now();
            press(state, key);
            spread.keys.push(began.elapsed());
            let began = Instant::now();
            terminal.draw(|frame| render(state, frame.area(), frame.buffer_mut())).ok()?;
            spread.frames.push(began.elapsed());
        }
        spread.keys.sort_unstable();
        spread.frames.sort_unstable();
        Some(spread)
    }
}

fn at(times: &[Duration], share: usize) -> Duration {
    times.get((times.len() * share / 1000).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn told(what: &str, events: usize, times: &[Duration], reference: Option<Duration>) -> Duration {
    let median = at(times, 500);
    let ratio = reference.map_or(1.0, |reference| median.as_secs_f64() / reference.as_secs_f64());
    println!(
        "{what:<34} {events:>8} events: median {median:>10.1?}  p99 {:>10.1?}  longest {:>10.1?}  {ratio:.2} of the smallest",
        at(times, 990),
        at(times, 1000),
    );
    median
}

/// What is done before the keys are counted, and the key.
const SCENES: [(&str, &str, char); 8] = [
    ("all panes, j", "", 'j'),
    ("all panes, j from the middle", "50000000G", 'k'),
    ("event pane, j", "\t", 'j'),
    ("the strip zoomed, j", "++++", 'j'),
    ("lanes by kind, j", "vv", 'j'),
    ("lanes by actor, j", "v", 'j'),
    ("card of an actor, j", "\t\t\t\n", 'j'),
    ("list of disputes, j", "C", 'j'),
];

fn sizes() -> Vec<usize> {
    let more = std::env::var("DATELINE_EVENTS").ok().and_then(|events| events.parse().ok());
    [1_000, 100_000].into_iter().chain(more).collect()
}

fn spreads(criterion: &mut Criterion) {
    let mut first: Vec<(Duration, Duration)> = Vec::new();
    for events in sizes() {
        let Some(mut state) = state(events) else { continue };
        for (nth, (what, before, key)) in SCENES.into_iter().enumerate() {
            let began = Instant::now();
            before.chars().for_each(|key| press(&mut state, key));
            let opened = began.elapsed();
            let Some(spread) = Spread::of(&mut state, key) else { continue };
            let reference = first.get(nth).copied();
            let keys = told(&format!("{what}: key"), events, &spread.keys, reference.map(|times| times.0));
            let frames = told("  its frame", events, &spread.frames, reference.map(|times| times.1));
            if reference.is_none() {
                first.push((keys, frames));
            }
            println!("  got there in {opened:?}");
            state = again(state);
        }
        recomputed(&state, events);
        if events == 100_000 {
            let mut group = criterion.benchmark_group("drawing/200x60");
            group.sample_size(20).measurement_time(Duration::from_secs(2));
            let Ok(mut terminal) = Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1));
            group.bench_function("frame", |bencher| {
                bencher.iter(|| {
                    terminal.draw(|frame| render(&state, frame.area(), frame.buffer_mut())).map(|_| ()).ok()
                });
            });
            group.bench_function("key", |bencher| bencher.iter(|| press(&mut state, 'j')));
            group.finish();
        }
    }
}

/// The same story, nothing opened yet.
fn again(state: State) -> State {
    State::new(state.graph, "made-up.yaml", today(), Theme::new(true, true), SCREEN)
}

/// What is worked out anew when the list of events or the moment changes.
fn recomputed(state: &State, events: usize) {
    let graph = &state.graph;
    let timed = |what: &str, work: &dyn Fn()| {
        let began = Instant::now();
        work();
        println!("{what:<34} {events:>8} events: {:?}", began.elapsed());
    };
    timed("lanes by actor", &|| {
        black_box(lanes(graph, graph.chronology().order(), By::Actor));
    });
    timed("as of 2022, with its part", &|| {
        if let Ok((then, reading)) = as_of::read_moment("2022", graph.header().time_zone, today()) {
            black_box(as_of::LookBack::to(graph, then, reading, true));
        }
    });
    timed("the events in their order", &|| {
        black_box(timeline::events(graph, None));
    });
}

criterion_group! { name = benches; config = Criterion::default(); targets = spreads }
criterion_main!(benches);
