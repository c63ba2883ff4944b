//! Instructions, counted by valgrind, so that a slower program shows without a clock:
//! `cargo bench --profile counted --package counting`. How to read it: `benches/README.md`.
//!
//! Each may take at most a given number of instructions: a fifth more than it took when it was last set, since other
//! processors and other builds of the compiler and of the C library come to a little more or less. What takes more fails.
//! Where something was made faster, the numbers are to be set anew: `DATELINE_COUNTS=unlimited` shows them without judging.

use std::hint::black_box;

use chrono::NaiveDate;
use dateline::explorer::state::State;
use dateline::explorer::theme::Theme;
use dateline::explorer::view::render;
use dateline::query::search::{Candidate, Finder, Search};
use dateline::story::check::check;
use dateline::story::graph::Graph;
use dateline::story::{self, diagnostic::Diagnostic};
use gungraun::prelude::*;
use gungraun::{Callgrind, EventKind};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

#[path = "../../generator/story.rs"]
mod made;
#[path = "../../generator/names.rs"]
mod names;

const EVENTS: usize = 1_000;
const ACTORS: usize = 10_000;
const SCREEN: (u16, u16) = (200, 60);
/// As many answers as the explorer keeps.
const LIMIT: usize = 500;
/// Work without an end: a key is counted with all its steps.
const ALL: usize = usize::MAX;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 6, 1).unwrap_or_default()
}

/// How many instructions something may take: a fifth more than it took.
fn at_most(took: u64) -> LibraryBenchmarkConfig {
    let mut callgrind = Callgrind::with_args(["--cache-sim=no"]);
    if std::env::var_os("DATELINE_COUNTS").is_none() {
        callgrind.hard_limits([(EventKind::Ir, took / 5 * 6)]);
    }
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(callgrind);
    config
}

/// A story to open. Only the thread that is counted works: what others did would not be.
fn text() -> String {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
    assert!(alone.is_ok(), "the pieces are read on other threads");
    made::text(made::Size::of_events(EVENTS))
}

#[library_benchmark(setup = text, config = at_most(216_400_000))]
fn opening(text: String) -> (Option<Graph>, Vec<Diagnostic>) {
    let (graph, mut found) = story::read_all(black_box(text.as_bytes()));
    found.extend(graph.iter().flat_map(|graph| check(graph, today())));
    assert!(graph.is_some(), "the made-up story opens");
    black_box((graph, found))
}

fn finder() -> (Finder<usize>, Search) {
    let list = names::list(ACTORS).into_iter().enumerate();
    let finder = Finder::new(list.map(|(key, names)| Candidate {
        key,
        names,
        weight: u32::try_from(key % 97).unwrap_or(0),
    }));
    let mut search = Search::new("me");
    finder.go_on(&mut search, &mut { ALL });
    (finder, search)
}

#[library_benchmark(setup = finder, config = at_most(3_425_000))]
fn keystroke((finder, search): (Finder<usize>, Search)) -> usize {
    let mut search = black_box(search).turned_to("mer");
    finder.go_on(&mut search, &mut { ALL });
    black_box(finder.best(&search, LIMIT).len())
}

fn screen() -> (State, Terminal<TestBackend>) {
    let graph = story::read(made::text(made::Size::of_events(EVENTS)).as_bytes());
    let graph = graph.unwrap_or_else(|faults| unreachable!("the made-up story has faults: {faults:?}"));
    let state = State::new(graph, "made-up.yaml", today(), Theme::new(true, true), SCREEN);
    let Ok(terminal) = Terminal::new(TestBackend::new(SCREEN.0, SCREEN.1));
    (state, terminal)
}

#[library_benchmark(setup = screen, config = at_most(6_832_000))]
fn frame((state, mut terminal): (State, Terminal<TestBackend>)) -> (State, Terminal<TestBackend>) {
    let Ok(_) = terminal.draw(|frame| render(&state, frame.area(), frame.buffer_mut()));
    black_box((state, terminal))
}

library_benchmark_group!(name = all, benchmarks = [opening, keystroke, frame]);
main!(library_benchmark_groups = all);
