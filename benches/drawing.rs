//! How long a key and a frame take, and what is worked out anew when the list of events or the moment changes:
//! `cargo bench --bench drawing`; `DATELINE_EVENTS=1000000` adds a size.
//!
//! What it prints before criterion's own figures is the spread over some hundred keys, at each size and beside the smallest
//! of them in the same run. Lines that begin with `row:` are those of the table in `benches/README.md`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use dateline::explorer::key::{Key, KeyCode};
use dateline::explorer::message::Message;
use dateline::explorer::state::State;
use dateline::explorer::theme::Theme;
use dateline::explorer::update::{drawn, is_busy, update};
use dateline::explorer::view::render;
use dateline::query::filter::{Expression, Texts};
use dateline::query::lanes::{By, lanes};
use dateline::query::{as_of, found, reaction, timeline};
use dateline::story;
use dateline::story::graph::Graph;
use dateline::story::order::Chronology;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

#[path = "generator/story.rs"]
mod made;
#[path = "measure/row.rs"]
mod row;
#[path = "measure/spread.rs"]
mod spread;

use row::row;
use spread::{Spread, short};

const SCREEN: (u16, u16) = (200, 60);
const KEYS: usize = 400;
/// The sizes that are always measured; the first is what the others are set beside.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 6, 1).unwrap_or_default()
}

fn read(events: usize) -> Option<Graph> {
    story::read(made::text(made::Size::of_events(events)).as_bytes()).ok()
}

fn opened(graph: impl Into<Arc<Graph>>) -> State {
    State::new(graph, "made-up.yaml", today(), Theme::new(true, true), SCREEN)
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

/// The times of the way to a view, of its first frame, and of many keys there with the frames that follow them.
struct Scene {
    way: Spread,
    first: Spread,
    keys: Spread,
    frames: Spread,
    both: Spread,
}

impl Scene {
    fn of(state: &mut State, before: &str, key: char) -> Option<Self> {
        let mut terminal = Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1)).ok()?;
        let mut draw = |state: &State| {
            terminal.draw(|frame| render(state, frame.area(), frame.buffer_mut())).map(|_| ()).ok()
        };
        let new = Spread::default;
        let mut scene = Self { way: new(), first: new(), keys: new(), frames: new(), both: new() };
        before.chars().for_each(|key| scene.way.time(|| press(state, key)));
        // What waits for something that is looked for.
        while is_busy(state) {
            scene.way.time(|| update(state, Message::Idle));
        }
        scene.first.time(|| draw(state))?;
        for _ in 0..KEYS {
            let begun = spread::begun();
            scene.keys.time(|| press(state, key));
            scene.frames.time(|| draw(state))?;
            scene.both.ended(&begun);
        }
        Some(scene)
    }
}

/// What is done before the keys are counted, and the key.
const SCENES: [(&str, &str, char); 9] = [
    ("all panes, j", "", 'j'),
    ("all panes, k from the end", "50000000G", 'k'),
    ("event pane, j", "\t", 'j'),
    ("the strip zoomed in a little, j", "++", 'j'),
    ("the strip zoomed in, j", "++++++++++", 'j'),
    ("lanes by actor, j", "v", 'j'),
    ("lanes by kind, j", "vv", 'j'),
    ("lanes by source, j", "vvv", 'j'),
    ("filtered, j", "fstatus:occurred\n", 'j'),
];

/// Every view that covers the panes: how it is opened, and a key in it.
const VIEWS: [(&str, &str, char); 14] = [
    ("card of an actor", "\t\t\t\n", 'j'),
    ("card of the fullest actor", "/\n\t\t\t\n", 'j'),
    ("card of a source", "\t\t\n", 'j'),
    ("list of disputes", "C", 'j'),
    ("a dispute compared", "]", 'j'),
    ("the next dispute each time", "]", ']'),
    ("matrix", "M", 'j'),
    ("right of reply", "R", 'j'),
    ("why the time", "w", 'j'),
    ("origins", "p", 'j'),
    ("on the web", "o", 'j'),
    ("views with a name", "F", 'j'),
    ("help", "?", 'j'),
    ("palette", ":", 'e'),
];

fn sizes() -> Vec<usize> {
    let more = std::env::var("DATELINE_EVENTS").ok().and_then(|events| events.parse().ok());
    SIZES.into_iter().chain(more).collect()
}

/// Medians of the smallest story, by what was measured.
type Smallest = BTreeMap<&'static str, Duration>;

fn ratio(smallest: &mut Smallest, what: &'static str, median: Duration) -> f64 {
    let reference = *smallest.entry(what).or_insert(median);
    median.as_secs_f64() / reference.as_secs_f64().max(1e-9)
}

fn spreads(criterion: &mut Criterion) {
    let (mut frames, mut keys) = (Smallest::new(), Smallest::new());
    let mut works = (Smallest::new(), Smallest::new());
    for events in sizes() {
        let Some(graph) = read(events) else { continue };
        parts_of_opening(&graph, events);
        let mut states = Spread::default();
        let mut state = states.time(|| opened(graph));
        let is_last = events >= 100_000;
        for (what, before, key) in SCENES {
            let Some(scene) = Scene::of(&mut state, before, key) else { continue };
            let to_frame = ratio(&mut frames, what, scene.frames.core(500));
            let to_key = ratio(&mut keys, what, scene.keys.core(500));
            println!("{what} at {events} events: key {} = {to_key:.2} of the smallest", scene.keys.told());
            println!("  its frame {} = {to_frame:.2} of the smallest", scene.frames.told());
            println!(
                "  the way there, a key or a step: {}; the first frame {}",
                scene.way.told(),
                scene.first.told()
            );
            if is_last {
                scene_rows(what, events, &scene, (to_key, to_frame));
            }
            state = states.time(|| opened(state.graph));
        }
        println!("opening {events} events: a state of it: {}", states.told());
        if is_last {
            for (what, before, key) in VIEWS {
                let Some(scene) = Scene::of(&mut state, before, key) else { continue };
                println!(
                    "view: {what} at {events} events: the way there, a key or a step: {}",
                    scene.way.told()
                );
                println!("  its first frame {}", short(scene.first.core(1000)));
                println!("  a key {}; its frame {}", scene.keys.told(), scene.frames.told());
                state = opened(state.graph);
            }
            nothing_drawn(&mut state, events);
        }
        linear(&state.graph, events, &mut works);
        if events == 100_000 {
            frame_and_key(criterion, &mut state);
        }
    }
}

fn scene_rows(what: &str, events: usize, scene: &Scene, (to_key, to_frame): (f64, f64)) {
    let frame = &scene.frames;
    if what == "all panes, j" {
        let holds = frame.core(500) < Duration::from_millis(1) && frame.core(990) < Duration::from_millis(2);
        row(
            &format!("a frame of 200x60, all panes, {events} events: median under 1 ms, p99 under 2 ms"),
            &format!("median, p99 and longest {}", frame.told()),
            holds,
        );
        let both = &scene.both;
        row(
            &format!("`j` held, 60 a second over {events} events: a key and its frame under 16 ms"),
            &format!("median, p99 and longest {}", both.told()),
            both.core(1000) < Duration::from_millis(16),
        );
        row(
            &format!("a step touches no other: at most 1.2 times as much at {events} events as at 1000"),
            &format!("{to_key:.2}"),
            to_key <= 1.2,
        );
    }
    row(
        &format!("{what}: a frame at most 1.2 times as much at {events} events as at 1000"),
        &format!("{to_frame:.2} ({} a frame)", short(frame.core(500))),
        to_frame <= 1.2,
    );
}

/// What is taken in ahead shows nowhere: no frame may be asked for.
fn nothing_drawn(state: &mut State, events: usize) {
    drawn(state);
    let (mut steps, mut frames) = (0, 0);
    while is_busy(state) {
        update(state, Message::Idle);
        steps += 1;
        frames += usize::from(state.unshown);
        drawn(state);
    }
    row(
        &format!("nothing drawn when nothing changed ({events} events, names and texts taken in meanwhile)"),
        &format!("{frames} frames in {steps} turns"),
        frames == 0,
    );
}

fn frame_and_key(criterion: &mut Criterion, state: &mut State) {
    let mut group = criterion.benchmark_group("drawing/200x60");
    group.sample_size(20).measurement_time(Duration::from_secs(2));
    let Ok(mut terminal) = Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1));
    group.bench_function("frame", |bencher| {
        bencher
            .iter(|| terminal.draw(|frame| render(state, frame.area(), frame.buffer_mut())).map(|_| ()).ok());
    });
    group.bench_function("key", |bencher| bencher.iter(|| press(state, 'j')));
    group.finish();
}

fn several<T>(times: usize, mut work: impl FnMut() -> T) -> Spread {
    let mut spread = Spread::default();
    for _ in 0..times {
        drop(spread.time(&mut work));
    }
    spread
}

/// What a state is made of, part by part.
fn parts_of_opening(graph: &Graph, events: usize) {
    let told = |what: &str, spread: &Spread| println!("opening {events} events: {what}: {}", spread.told());
    told("the timeline", &several(5, || timeline::events(graph, None)));
    told("the market", &several(5, || reaction::Market::of(graph)));
    told(
        "disputes that nobody wrote (at `C`)",
        &several(if events > 100_000 { 1 } else { 3 }, || found::found(graph)),
    );
}

/// Whatever is worked out anew must take time in proportion to the events: the time of one is set beside that in smaller
/// stories.
fn linear(graph: &Graph, events: usize, measured: &mut (Smallest, Smallest)) {
    let times = if events > 100_000 { 3 } else { 7 };
    let all = graph.chronology().order();
    let texts = Texts::of(graph);
    let then = as_of::read_moment("2022", graph.header().time_zone, today()).ok();
    let extents = |event: &story::graph::Event| event.timing.extent();
    let own: Vec<_> = graph.events().map(|(_, event)| extents(event)).collect();
    let sources: Vec<_> = graph.sources().map(|(_, source)| source.published.extent()).collect();
    let zone = graph.header().time_zone;
    let filter = |text: &str| Expression::parse(text).and_then(|read| read.holds_in(graph, &texts));
    let works: [(&'static str, Spread); 9] = [
        (
            "as-of 2022, with its part",
            several(times, || {
                then.clone().map(|(then, reading)| as_of::LookBack::to(graph, then, reading, true))
            }),
        ),
        ("filter by a field", several(times, || filter("status:alleged -market:yes"))),
        ("filter by words", several(times, || filter("harbour or said:a"))),
        ("the texts folded", several(times, || Texts::of(graph))),
        ("lanes by actor", several(times, || lanes(graph, all, By::Actor))),
        ("lanes by kind", several(times, || lanes(graph, all, By::Kind))),
        ("lanes by source", several(times, || lanes(graph, all, By::Source))),
        (
            "constraints propagated",
            several(times, || Chronology::of(&own, &sources, graph.precedences(), zone)),
        ),
        (
            "lanes by actor laid out",
            several(times, || dateline::explorer::state::lanes::Geometry::of(graph, all, By::Actor, 196)),
        ),
    ];
    for (what, spread) in works {
        let median = spread.core(500);
        let thousands = u32::try_from(events / SIZES[0]).unwrap_or(1).max(1);
        let of_a_thousand = median / thousands;
        // The smallest story fits in the core's own memory, as no other does.
        let to_smallest = ratio(&mut measured.0, what, of_a_thousand);
        println!("{what} at {events} events: {} = {to_smallest:.2} an event of the smallest", spread.told());
        if events > SIZES[0] {
            let to_next = ratio(&mut measured.1, what, of_a_thousand);
            if events >= 100_000 {
                row(
                    &format!("{what}: linear, an event of {events} at most 1.5 times one of {}", SIZES[1]),
                    &format!(
                        "{to_next:.2} ({to_smallest:.2} of one of {}; {} in all)",
                        SIZES[0],
                        short(median)
                    ),
                    to_next <= 1.5,
                );
            }
        }
    }
}

criterion_group! { name = benches; config = Criterion::default(); targets = spreads }
criterion_main!(benches);
