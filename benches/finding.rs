//! How long a key in the finder takes, and a filter: `cargo bench --bench finding`.
//!
//! Before criterion's own figures it prints the spread over all keys of some three hundred queries typed letter by letter,
//! as a user would, and over a table of filters: the 99th percentile is what the promise is about, and a mean does not
//! tell it. Lines that begin with `row:` are those of the table in `benches/README.md`. `DATELINE_NAMES` and
//! `DATELINE_EVENTS` name other sizes to measure.

use std::time::Duration;

use chrono::NaiveDate;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use dateline::explorer::key::{Key, KeyCode};
use dateline::explorer::message::Message;
use dateline::explorer::state::State;
use dateline::explorer::state::find::{LIMIT, TAKEN_IN, WORK};
use dateline::explorer::theme::Theme;
use dateline::explorer::update::{is_busy, update};
use dateline::query::filter::{Expression, Texts, completions};
use dateline::query::search::{Finder, Search};
use dateline::story;
use dateline::story::graph::Graph;

#[path = "generator/story.rs"]
mod made;
#[path = "generator/names.rs"]
mod names;
#[path = "measure/row.rs"]
mod row;
#[path = "measure/spread.rs"]
mod spread;

use row::row;
use spread::{Spread, begun, short};

const fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// The longest that the screen may wait: a frame at sixty a second.
const STALL: Duration = milliseconds(16);

fn sizes(variable: &str, usual: &[usize]) -> Vec<usize> {
    let Ok(named) = std::env::var(variable) else { return usual.to_vec() };
    named.split(',').filter_map(|size| size.trim().parse().ok()).collect()
}

/// Takes the names in and puts them in order as the explorer does: in steps, each of which the screen could wait for.
fn finder(count: usize, steps: &mut Spread) -> Finder<usize> {
    let list = names::list(count);
    let mut finder = Finder::default();
    let mut left = list.iter().enumerate().peekable();
    let mut is_ready = false;
    while !is_ready {
        is_ready = steps.time(|| {
            let mut work = WORK;
            while work > 0 {
                let Some((key, names)) = left.next() else { break };
                let weight = u32::try_from(key % 97).unwrap_or(0);
                let bytes = finder.add(key, names.iter().map(String::as_str), weight);
                work = work.saturating_sub(TAKEN_IN * bytes);
            }
            left.peek().is_none() && finder.prepare_on(&mut work)
        });
    }
    finder
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

/// The time of every key: a step at a time, each of which the screen could wait for, and of the whole answer; of the
/// first letters alone too. The slowest keys come with what was typed.
#[derive(Default)]
struct Keys {
    steps: Spread,
    answers: Spread,
    first: Spread,
    slowest: Vec<(Duration, String)>,
}

impl Keys {
    fn of(finder: &Finder<usize>, queries: &[String]) -> Self {
        let mut keys = Self::default();
        for query in queries {
            let mut search = Search::new("");
            let ends = query.char_indices().map(|(at, c)| at + c.len_utf8());
            for (nth, end) in ends.enumerate() {
                let began = begun();
                let mut one = Spread::default();
                search =
                    one.time(|| std::mem::replace(&mut search, Search::new("")).turned_to(&query[..end]));
                let mut is_done = false;
                while !is_done {
                    is_done = one.time(|| {
                        let mut work = WORK;
                        if !finder.go_on(&mut search, &mut work) {
                            return false;
                        }
                        let is_found = !finder.best(&search, LIMIT).is_empty();
                        is_found || finder.suggest_on(&mut search, &mut work)
                    });
                }
                keys.steps.add(&one);
                keys.answers.ended(&began);
                if nth == 0 {
                    keys.first.ended(&began);
                }
                keys.slowest.push((one.core(1000), query[..end].to_owned()));
            }
        }
        keys.slowest.sort_unstable_by(|one, other| other.cmp(one));
        keys.slowest.truncate(8);
        keys
    }
}

fn keystrokes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("finding/key");
    group.sample_size(10).measurement_time(Duration::from_secs(2));
    for count in sizes("DATELINE_NAMES", &[10_000, 100_000, 1_000_000]) {
        let mut taking_in = Spread::default();
        let began = begun();
        let finder = finder(count, &mut taking_in);
        let mut whole = Spread::default();
        whole.ended(&began);
        println!(
            "finding {count} actors: a step of taking in: {}; {} in all",
            taking_in.told(),
            whole.told()
        );
        let keys = Keys::of(&finder, &queries(count));
        println!("finding {count} actors: {} answers: {}", keys.answers.count(), keys.answers.told());
        println!("finding {count} actors: first letters: {}", keys.first.told());
        println!("finding {count} actors: {} steps: {}", keys.steps.count(), keys.steps.told());
        for (time, query) in &keys.slowest {
            println!("  the slowest step of {query:?}: {}", short(*time));
        }
        keystroke_rows(count, &keys, &taking_in);
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

fn keystroke_rows(count: usize, keys: &Keys, taking_in: &Spread) {
    let told = |spread: &Spread| format!("median, p99 and longest {}", spread.told());
    let asked = match count {
        10_000 => Some(milliseconds(1)),
        100_000 => Some(milliseconds(8)),
        _ => None,
    };
    if let Some(most) = asked {
        let limit = most.as_millis();
        row(
            &format!("a key over {count} actors under {limit} ms, p99"),
            &told(&keys.answers),
            keys.answers.core(990) < most,
        );
        row(
            &format!("the first letter over {count} actors under {limit} ms, p99"),
            &told(&keys.first),
            keys.first.core(990) < most,
        );
    } else {
        let mut steps = keys.steps.clone();
        steps.add(taking_in);
        row(
            &format!("{count} actors: the screen never stalls (no step above 16 ms)"),
            &format!("a step: {}; a whole answer: {}", told(&steps), told(&keys.answers)),
            steps.core(1000) < STALL,
        );
    }
}

/// A filter of every field, alone and joined, and words that are looked for in all of the text.
const FILTERS: [&str; 36] = [
    "status:alleged",
    "kind:leak or kind:market",
    "actor:actor-1 -status:scheduled after:2021",
    "actor:a",
    "speaker:e",
    "about:m",
    "source:wire",
    "source:t",
    "kind:leak",
    "after:2022-05",
    "before:2021-03-02",
    "basis:inferred",
    "basis:undated",
    "disputed:yes",
    "disputed:tension",
    "market:yes",
    "link:contradicts",
    "link:none",
    "stance:denial",
    "form:quote",
    "disputed:yes (link:contradicts or market:yes)",
    "stance:denial form:quote",
    "place:o",
    "id:event-77",
    "-id:event-77",
    "title:e",
    "said:harbour",
    "said:a",
    "-said:a title:e (place:o or kind:k) before:2024 source:wire",
    "not (status:alleged or (kind:vote -market:yes)) after:2020-06 before:2024",
    "actor:nobody-at-all",
    "kind:lek",
    "id:event-7x",
    "speaker:a about:e stance:comment form:paraphrase said:o",
    "title:the or title:a or title:o or title:u",
    "after:2020 before:2021 -basis:inferred -link:none",
];

/// Full text: words in any of the columns, common and rare, of several scripts.
const WORDS: [&str; 14] = [
    "harbour",
    "e",
    "the memo",
    "nothing-has-this",
    "a",
    "th",
    "memo",
    "-e",
    "e a o",
    "harbour or memo or strike",
    "\"the harbour\"",
    "ж",
    "比",
    "zzzz",
];

fn filters(criterion: &mut Criterion) {
    for events in sizes("DATELINE_EVENTS", &[1_000, 100_000]) {
        let text = made::text(made::Size::of_events(events));
        let Ok(graph) = story::read(text.as_bytes()) else { continue };
        drop(text);
        let mut folding = Spread::default();
        let mut texts = Texts::default();
        while !folding.time(|| texts.go_on(&graph, &mut { WORK })) {}
        println!(
            "filtering {events} events: a step of folding the texts: {}, {}",
            folding.count(),
            folding.told()
        );
        let fields = asked_of(&graph, &texts, &FILTERS);
        let words = asked_of(&graph, &texts, &WORDS);
        println!("filtering {events} events: fields: {}", fields.told());
        println!("filtering {events} events: full text: {}", words.told());
        let completing = completing(&graph, &texts);
        println!("filtering {events} events: completing: {}", completing.told());
        if events >= 100_000 {
            let told = |spread: &Spread| format!("median, p99 and longest {}", spread.told());
            let held = |spread: &Spread, most| spread.core(1000) < milliseconds(most);
            row(
                &format!("any one-line filter over {events} events under 30 ms"),
                &format!("{} filters: {}", FILTERS.len(), told(&fields)),
                held(&fields, 30),
            );
            row(
                &format!("full text over {events} events under 50 ms"),
                &format!("{} texts: {}", WORDS.len(), told(&words)),
                held(&words, 50),
            );
            row(
                &format!("the texts of {events} events are folded in steps that the screen can wait for"),
                &told(&folding),
                folding.core(1000) < STALL,
            );
            group(criterion, &graph, &texts);
        }
        typed(graph, events);
    }
}

fn asked_of(graph: &Graph, texts: &Texts, filters: &[&str]) -> Spread {
    let mut all = Spread::default();
    for filter in filters {
        let mut own = Spread::default();
        for _ in 0..20 {
            let held = own.time(|| Expression::parse(filter).and_then(|read| read.holds_in(graph, texts)));
            drop(held);
        }
        println!("  {filter}: {}", own.told());
        all.add(&own);
    }
    all
}

fn completing(graph: &Graph, texts: &Texts) -> Spread {
    let mut all = Spread::default();
    for text in [
        "",
        "ac",
        "actor:",
        "actor:a",
        "actor:zz",
        "id:",
        "id:event-9",
        "id:77",
        "id:the",
        "source:a",
        "kind:",
        "place:o",
    ] {
        let mut own = Spread::default();
        for _ in 0..20 {
            drop(own.time(|| completions(graph, texts, text)));
        }
        println!("  completing {text:?}: {}", own.told());
        all.add(&own);
    }
    all
}

fn group(criterion: &mut Criterion, graph: &Graph, texts: &Texts) {
    let mut group = criterion.benchmark_group("filtering/100000");
    group.sample_size(10).measurement_time(Duration::from_secs(1));
    for filter in
        ["status:alleged", "actor:a", "kind:leak", "said:harbour", "harbour", "e", "nothing-has-this"]
    {
        if let Ok(expression) = Expression::parse(filter) {
            group.bench_function(filter, |bencher| bencher.iter(|| expression.holds_in(graph, texts)));
        }
    }
    group.finish();
}

/// Filters and names typed in the explorer, key by key: what the screen waits for, of keys and of the steps after them.
fn typed(graph: Graph, events: usize) {
    let today = NaiveDate::from_ymd_opt(2024, 6, 1).unwrap_or_default();
    let mut state = State::new(graph, "made-up.yaml", today, Theme::new(true, true), (200, 60));
    let mut steps = Spread::default();
    let mut slowest = Vec::new();
    let mut step = |what: String, state: &mut State, message: Message| {
        let mut one = Spread::default();
        one.time(|| update(state, message));
        steps.add(&one);
        slowest.push((one.core(1000), what));
    };
    let key = |code| Message::Key(Key::plain(code));
    for (opens, typed) in ["actor:a", "the memo", "id:event-7", "said:harbour kind:leak", "source:"]
        .map(|text| ('f', text))
        .into_iter()
        .chain(["an", "the memo", "zzqx"].map(|text| ('/', text)))
    {
        step(opens.to_string(), &mut state, key(KeyCode::Char(opens)));
        for letter in typed.chars() {
            step(format!("{letter} of {typed:?}"), &mut state, key(KeyCode::Char(letter)));
        }
        while is_busy(&state) {
            step(format!("a step of {typed:?}"), &mut state, Message::Idle);
        }
        for code in [KeyCode::Enter, KeyCode::Esc, KeyCode::Esc] {
            step(format!("{code:?} behind {typed:?}"), &mut state, key(code));
        }
    }
    slowest.sort_unstable_by(|one, other| other.cmp(one));
    for (time, what) in slowest.iter().take(8) {
        println!("  the slowest: {what}: {}", short(*time));
    }
    println!("typing in the explorer over {events} events: a step: {}", steps.told());
    if events >= 100_000 {
        row(
            &format!("filters and names typed over {events} events: no key and no step after it above 16 ms"),
            &format!("median, p99 and longest {}", steps.told()),
            steps.core(1000) < STALL,
        );
    }
}

criterion_group!(benches, keystrokes, filters);
criterion_main!(benches);
