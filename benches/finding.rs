//! How long a key in the finder takes, and a filter: `cargo bench --bench finding`.
//!
//! Before criterion's own figures it prints the spread over all keys of some three hundred queries typed letter by letter,
//! as a user would: the 99th percentile is what the promise is about, and a mean does not tell it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use dateline::query::filter::{Expression, Texts};
use dateline::query::search::{Candidate, Finder, Search};
use dateline::story;

#[path = "generator/story.rs"]
mod made;
#[path = "generator/names.rs"]
mod names;

/// As many as the explorer keeps.
const LIMIT: usize = 500;
/// Work of one step in the explorer.
const STEP: usize = 800_000;

fn finder(count: usize) -> Finder<usize> {
    Finder::new(names::list(count).into_iter().enumerate().map(|(key, names)| Candidate {
        key,
        names,
        weight: u32::try_from(key % 97).unwrap_or(0),
    }))
}

/// What a user types to come to some names: their first letters, their initials, a word from their middle, with a slip.
fn queries(count: usize) -> Vec<String> {
    let list = names::list(count);
    let picked = list.iter().step_by((count / 75).max(1));
    let of = |names: &Vec<String>| {
        let name = names.first().map_or("", String::as_str);
        let heads: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
        let ending = name.split_whitespace().last().unwrap_or("").to_owned();
        let slip: String = name.chars().enumerate().filter(|(at, _)| *at != 3).map(|(_, c)| c).collect();
        [name.to_owned(), heads, ending, slip]
    };
    picked.flat_map(of).map(|query| query.chars().take(12).collect::<String>().to_lowercase()).collect()
}

/// The time of every key: a step at a time, each of which the screen could wait for, and of the whole answer.
fn spread(finder: &Finder<usize>, queries: &[String]) -> (Vec<Duration>, Vec<Duration>) {
    let (mut steps, mut keys) = (Vec::new(), Vec::new());
    for query in queries {
        let mut search = Search::new("");
        let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends {
            let began = Instant::now();
            search = search.turned_to(&query[..end]);
            let mut step = began;
            while !finder.go_on(&mut search, &mut { STEP }) {
                steps.push(step.elapsed());
                step = Instant::now();
            }
            let best = black_box(finder.best(&search, LIMIT));
            if best.is_empty() {
                black_box(finder.suggest(&query[..end]));
            }
            steps.push(step.elapsed());
            keys.push(began.elapsed());
        }
    }
    steps.sort_unstable();
    keys.sort_unstable();
    (steps, keys)
}

fn at(times: &[Duration], share: usize) -> Duration {
    times.get((times.len() * share / 1000).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn keystrokes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("finding/key");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    for count in [10_000, 100_000, 1_000_000] {
        let began = Instant::now();
        let finder = finder(count);
        let made = began.elapsed();
        let queries = queries(count);
        let (steps, keys) = spread(&finder, &queries);
        for (what, times) in [("answer", &keys), ("step", &steps)] {
            println!(
                "finding {count} actors: {} {what}s: median {:?}, p99 {:?}, longest {:?} (names taken in: {made:?})",
                times.len(),
                at(times, 500),
                at(times, 990),
                at(times, 1000),
            );
        }
        if count <= 100_000 {
            for query in ["a", "an", "byd", "people's lib", "zzzz"] {
                group.bench_with_input(BenchmarkId::new(query, count), query, |bencher, query| {
                    bencher.iter(|| finder.find(query, LIMIT));
                });
            }
        }
    }
    group.finish();
}

fn filters(criterion: &mut Criterion) {
    let text = made::text(made::Size::of_events(100_000));
    let Ok(graph) = story::read(text.as_bytes()) else { return };
    drop(text);
    let began = Instant::now();
    let texts = Texts::of(&graph);
    println!("filtering 100000 events: texts folded in {:?}", began.elapsed());
    let mut group = criterion.benchmark_group("filtering/100000");
    group.sample_size(10).measurement_time(Duration::from_secs(1));
    for filter in [
        "status:alleged",
        "kind:leak or kind:market",
        "actor:actor-1 -status:scheduled after:2021",
        "disputed:yes (link:contradicts or market:yes)",
        "stance:denial form:quote",
        "said:harbour",
        "harbour",
        "e",
        "the memo",
        "-said:a title:e (place:o or kind:k) before:2024 source:wire",
        "nothing-has-this",
    ] {
        match Expression::parse(filter) {
            Ok(expression) => {
                group.bench_function(filter, |bencher| bencher.iter(|| expression.holds_in(&graph, &texts)));
            }
            Err(error) => println!("{filter}: {error}"),
        }
    }
    group.finish();
}

criterion_group!(benches, keystrokes, filters);
criterion_main!(benches);
