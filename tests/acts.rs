//! Nothing from a file acts: hostile strings in every field of a story, in names, in what is typed and configured, drawn
//! in every view and printed in every form; every byte of it is parsed as a terminal would, and the sequences in it are
//! those of frames and colours alone.

#[path = "support/glass.rs"]
mod glass;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/script.rs"]
mod script;
#[path = "support/views.rs"]
mod views;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::NaiveDate;
use dateline::archive::verify::verify;
use dateline::archive::{Held, Text, Texts};
use dateline::explorer::frame::Screen;
use dateline::explorer::message::Message;
use dateline::explorer::state::views::Views;
use dateline::explorer::update::update;
use dateline::explorer::view::render;
use dateline::query::as_of::{LookBack, read_moment};
use dateline::query::filter::{Expression, Texts as Folded};
use dateline::report::check::text::{self as findings, Manner};
use dateline::report::check::{Checked, github, json};
use dateline::report::selection::Selection;
use dateline::report::{chronology, pointed::pointed};
use dateline::story::diagnostic::Diagnostic;
use dateline::story::{self, graph::Graph};
use dateline::text;
use glass::{Counting, Glass};
use proptest::prelude::*;
use serde_yaml::Value;

const EVERY_FIELD: &str = include_str!("acts/every-field.yaml");

/// Whether all is tried that there is to try, not only a share of it.
fn long_run() -> bool {
    std::env::var_os("DATELINE_LONG_RUNS").is_some()
}

/// Hostile strings: in a long run each by itself, else many to a string.
fn strings() -> Vec<String> {
    let all = hostile::strings();
    if long_run() {
        [all, hostile::long_strings()].concat()
    } else {
        all.chunks(40).map(|strings| strings.join(" ")).collect()
    }
}

/// Of all hostile strings those that one of many places is tried with; in a long run all.
fn share(strings: &[String], place: usize) -> impl Iterator<Item = &String> {
    let share = if long_run() { 1 } else { strings.len() };
    strings.iter().skip(place % share).step_by(share)
}

/// The place of a string in a story: `Some(name)` for a field, `None` for an entry of a list, with its number beside it.
type Place = Vec<(Option<String>, usize)>;

/// Every string of a story, and numbers too, as they may be written as strings.
fn leaves(value: &Value) -> Vec<Place> {
    fn walk(value: &Value, at: &mut Place, found: &mut Vec<Place>) {
        match value {
            Value::Mapping(fields) => {
                for (name, value) in fields {
                    at.push((Some(name.as_str().expect("a name").to_owned()), 0));
                    walk(value, at, found);
                    at.pop();
                }
            }
            Value::Sequence(entries) => {
                for (number, value) in entries.iter().enumerate() {
                    at.push((None, number));
                    walk(value, at, found);
                    at.pop();
                }
            }
            _ => found.push(at.clone()),
        }
    }
    let mut found = Vec::new();
    walk(value, &mut Vec::new(), &mut found);
    found
}

fn put(value: &mut Value, place: &Place, words: &str) {
    let at = place.iter().fold(value, |value, (name, number)| match name {
        Some(name) => value.get_mut(name.as_str()).expect("the field"),
        None => value.get_mut(*number).expect("the entry"),
    });
    *at = Value::String(words.to_owned());
}

/// A path without numbers: `events[].title`.
fn field(place: &Place) -> String {
    place.iter().fold(String::new(), |path, (name, _)| match name {
        Some(name) if path.is_empty() => name.clone(),
        Some(name) => format!("{path}.{name}"),
        None => format!("{path}[]"),
    })
}

/// A story as YAML in which whatever is not plain is written as an escape, so that it may stand in a file.
fn yaml(value: &Value) -> String {
    fn write(value: &Value, out: &mut String) {
        match value {
            Value::Mapping(fields) => {
                out.push('{');
                for (name, value) in fields {
                    let _ = write!(out, "{}: ", name.as_str().expect("a name"));
                    write(value, out);
                    out.push_str(",\n");
                }
                out.push('}');
            }
            Value::Sequence(entries) => {
                out.push('[');
                for value in entries {
                    write(value, out);
                    out.push_str(",\n");
                }
                out.push(']');
            }
            Value::String(words) => {
                out.push('"');
                for character in words.chars() {
                    match character {
                        '"' | '\\' => out.extend(['\\', character]),
                        ' '..='~' => out.push(character),
                        other => {
                            let _ = write!(out, "\\U{:08X}", u32::from(other));
                        }
                    }
                }
                out.push('"');
            }
            Value::Bool(value) => {
                let _ = write!(out, "{value}");
            }
            Value::Number(number) => {
                let _ = write!(out, "{number}");
            }
            Value::Null | Value::Tagged(_) => out.push('~'),
        }
    }
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// The words a schema has fields for, as [`field`] writes them; those with a closed list of words apart.
fn fields_of_schema() -> BTreeSet<String> {
    fn walk(
        root: &serde_json::Value,
        at: &serde_json::Value,
        path: &str,
        seen: &[&str],
        found: &mut BTreeSet<String>,
    ) {
        if let Some(reference) = at["$ref"].as_str() {
            if !seen.contains(&reference) {
                let target = root.pointer(&reference[1..]).expect("a reference");
                walk(root, target, path, &[seen, &[reference]].concat(), found);
            }
            return;
        }
        for several in ["anyOf", "oneOf", "allOf"] {
            for one in at[several].as_array().into_iter().flatten() {
                walk(root, one, path, seen, found);
            }
        }
        for (name, value) in at["properties"].as_object().into_iter().flatten() {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            walk(root, value, &path, seen, found);
        }
        if !at["items"].is_null() {
            walk(root, &at["items"], &format!("{path}[]"), seen, found);
        }
        let types = &at["type"];
        if types == "string" || types.as_array().is_some_and(|types| types.iter().any(|it| it == "string")) {
            found.insert(path.to_owned());
        }
    }
    let schema: serde_json::Value = serde_json::from_str(&story::schema::json()).expect("a schema");
    let mut found = BTreeSet::new();
    walk(&schema, &schema, "", &[], &mut found);
    found
}

#[test]
fn the_story_of_every_field_has_every_field_of_the_schema() {
    let value: Value = serde_yaml::from_str(EVERY_FIELD).expect("YAML");
    let has: BTreeSet<String> = leaves(&value).iter().map(field).collect();
    let missing: Vec<_> = fields_of_schema().into_iter().filter(|field| !has.contains(field)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Fails unless a terminal given these lines meets nothing but text, and colours where they are asked for.
#[track_caller]
fn assert_tame(bytes: &[u8], coloured: bool, what: &str) {
    let mut glass = Glass::new(Counting::Clusters, (0, 0), &[]);
    for line in bytes.split(|byte| *byte == b'\n') {
        assert!(coloured || !line.contains(&0x1b), "{what}: {}", line.escape_ascii());
        glass.take(line);
        glass.take(b"\x1b[0m");
    }
    glass.assert_tame(what);
}

/// All that `check` and `verify` print of some findings.
fn print_findings(name: &str, bytes: &[u8], diagnostics: &[Diagnostic], what: &str) {
    let checked = || Checked::new(name, true, bytes, diagnostics.to_vec());
    let mut out = Vec::new();
    for colour in [false, true] {
        out.clear();
        let manner = Manner { colour, verbose: true };
        findings::write(&checked(), manner, &mut out).expect("written");
        findings::write_count(&checked(), manner, true, &mut out).expect("written");
        assert_tame(&out, colour, what);
    }
    out.clear();
    json::write(&checked(), true, &mut out).expect("written");
    github::write(&checked(), true, &mut out).expect("written");
    assert_tame(&out, false, what);
}

fn today() -> NaiveDate {
    "2025-11-30".parse().expect("a day")
}

/// All that is printed of a story without the explorer.
fn print_all(graph: &Graph, texts: &Texts, bytes: &[u8], what: &str) {
    let mut out = Vec::new();
    for moment in [None, Some("2025-11-04")] {
        let part = moment.map(|moment| {
            let (then, reading) = read_moment(moment, graph.header().time_zone, today()).expect("a moment");
            LookBack::to(graph, then, reading, true)
        });
        let (graph, back) = part.as_ref().map_or((graph, None), |(part, back)| (part, Some(back)));
        for filter in [None, Some("-status:possible"), Some("said:never")] {
            let selection = filter.map(|filter| {
                let events = Expression::parse(filter).expect("a filter").found_in(graph, &Folded::of(graph));
                Selection::of(graph, filter, Some("\u{2039}a name\u{203a}"), events)
            });
            chronology::write(graph, back, selection.as_ref(), &mut out).expect("written");
            out.push(b'\n');
            dateline::report::json::write(graph, back, selection.as_ref(), &mut out).expect("written");
            out.push(b'\n');
        }
    }
    assert_tame(&out, false, what);
    print_findings("a.yaml", bytes, &verify(graph, texts).diagnostics, what);
}

/// Draws every view of a story, and looks at every byte.
fn draw_all(graph: Graph, name: &str, words: &str, what: &str, sizes: &[(u16, u16)]) {
    let theme = dateline::explorer::theme::Theme::new(true, true);
    let mut state = dateline::explorer::state::State::new(graph, name, today(), theme, (80, 24));
    let config =
        format!("[[view]]\nname = {}\nfilter = {}\n", toml::Value::from("a view"), toml::Value::from(words));
    let read = dateline::config::read(&config);
    state = state.configured(Views {
        file: Some(text::safe_line(name).into_owned()),
        fault: read.as_ref().err().map(|fault| text::safe_line(&fault.to_string()).into_owned()),
        own: read.unwrap_or_default().views,
    });
    for size in sizes {
        state.size = *size;
        let mut glass = Glass::new(Counting::Clusters, *size, &[]);
        let mut screen = Screen::new();
        let mut last = views::with_texts(script::again(state, *size), words);
        for script in views::scripts() {
            last = script::again(last, *size);
            script::run(&mut last, &script);
            for typed in [false, true] {
                if typed {
                    if !last.scope().types() {
                        continue;
                    }
                    update(&mut last, Message::Paste(words.to_owned()));
                }
                glass.take(screen.draw(*size, b"", |area, buffer| render(&last, area, buffer)));
                glass.assert_tame(&format!("{what}, {script:?} at {size:?}"));
                glass.words.clear();
            }
        }
        state = last;
    }
}

/// Texts of every source, all of these words.
fn texts_of(graph: &Graph, words: &str) -> Texts {
    let mut texts = Texts::default();
    for (_, source) in graph.sources() {
        let held =
            Held { file: text::safe_line(words).into_owned(), text: Text::new(words), sha256: String::new() };
        texts.insert(&source.id, Ok(held));
    }
    texts
}

/// The places of the story of every field that may hold any words, and those that may not.
fn free_and_bound() -> (Value, Vec<Place>, Vec<Place>) {
    let value: Value = serde_yaml::from_str(EVERY_FIELD).expect("YAML");
    let (free, bound): (Vec<_>, Vec<_>) = leaves(&value).into_iter().partition(|place| {
        let mut value = value.clone();
        put(&mut value, place, "a \u{1b}[2J \u{202e}b");
        story::read(yaml(&value).as_bytes()).is_ok()
    });
    (value, free, bound)
}

#[test]
fn hostile_strings_in_every_field_that_takes_words_neither_draw_nor_print_a_sequence() {
    let (value, free, _) = free_and_bound();
    let fields: BTreeSet<String> = free.iter().map(field).collect();
    for field in [
        "story.title",
        "story.summary",
        "sources[].publisher",
        "actors[].name",
        "actors[].aliases[]",
        "events[].title",
        "events[].summary",
        "events[].place",
        "events[].statements[].text",
        "events[].reactions[].instrument",
        "disputes[].question",
        "disputes[].positions[].label",
    ] {
        assert!(fields.contains(field), "{field} does not take words: {fields:?}");
    }
    let strings = strings();
    let sizes: &[(u16, u16)] = if long_run() { &[(120, 40), (80, 24), (40, 12)] } else { &[(100, 30)] };
    // The views take their time, and so do the many forms of print: a share of the turns makes them all.
    for (turn, first) in strings.iter().enumerate().step_by(if long_run() { 1 } else { 3 }) {
        // All fields at once, each with another string: over the turns each has had them all.
        let mut value = value.clone();
        for (shift, place) in free.iter().enumerate() {
            put(&mut value, place, &strings[(turn + shift) % strings.len()]);
        }
        let yaml = yaml(&value);
        let (graph, faults) = story::read_all(yaml.as_bytes());
        let Some(graph) = graph else {
            print_findings("a.yaml", yaml.as_bytes(), &faults, first);
            continue;
        };
        let found = [faults, story::check::check(&graph, today())].concat();
        let what = format!("turn {turn}");
        print_findings(&text::safe_line(first), yaml.as_bytes(), &found, &what);
        print_all(&graph, &texts_of(&graph, first), yaml.as_bytes(), &what);
        if long_run() || turn % 9 == 0 {
            draw_all(graph, first, first, &what, sizes);
        }
    }
}

#[test]
fn each_field_that_takes_words_takes_each_hostile_string() {
    // What is left of a string at the door is safe, field by field: none goes by another way.
    let (value, free, _) = free_and_bound();
    let strings = strings();
    for (number, place) in free.iter().enumerate() {
        for words in share(&strings, number) {
            let mut value = value.clone();
            put(&mut value, place, words);
            let yaml = yaml(&value);
            if let Some(graph) = story::read_all(yaml.as_bytes()).0 {
                let mut out = Vec::new();
                dateline::report::json::write(&graph, None, None, &mut out).expect("written");
                assert_tame(&out, false, &field(place));
            }
        }
    }
}

#[test]
fn hostile_strings_in_fields_that_take_none_are_told_without_a_sequence() {
    let (value, _, bound) = free_and_bound();
    let strings = strings();
    for (number, place) in bound.iter().enumerate() {
        for words in share(&strings, number) {
            let mut value = value.clone();
            put(&mut value, place, words);
            let yaml = yaml(&value);
            let (graph, mut faults) = story::read_all(yaml.as_bytes());
            faults.extend(graph.iter().flat_map(|graph| story::check::check(graph, today())));
            print_findings("a.yaml", yaml.as_bytes(), &faults, &field(place));
        }
    }
}

#[test]
fn hostile_strings_as_they_are_in_a_file_are_told_without_a_sequence() {
    for words in strings() {
        for story in [
            EVERY_FIELD.replace("The ferry and the fog", &words),
            EVERY_FIELD.replace("id: aboard", &format!("id: {words}")),
            EVERY_FIELD.replace("  - id: fall", &format!("  - {words}: fall")),
            format!("{EVERY_FIELD}# {words}\n"),
            words.clone(),
        ] {
            let (graph, mut faults) = story::read_all(story.as_bytes());
            faults.extend(graph.iter().flat_map(|graph| story::check::check(graph, today())));
            print_findings(&text::safe_line(&words), story.as_bytes(), &faults, "as it is");
        }
    }
}

#[test]
fn hostile_filters_and_moments_are_told_without_a_sequence() {
    let graph = script::graph(EVERY_FIELD);
    for words in strings() {
        for filter in [words.clone(), format!("said:\"{words}"), format!("kind:{words}"), format!("({words}")]
        {
            let read = Expression::parse(&filter).and_then(|expression| expression.holds(&graph).map(|_| ()));
            if let Err(error) = read {
                assert_tame(pointed(&filter, &error).as_bytes(), false, &filter);
            }
        }
        if let Err(why) = read_moment(&words, graph.header().time_zone, today()) {
            assert_tame(text::safe_line(&why).as_bytes(), false, &words);
        }
    }
}

#[test]
fn row_11_after_an_unterminated_sequence_the_next_frame_is_whole() {
    let (value, free, _) = free_and_bound();
    for words in ["\u{1b}]0;never ends", "\u{9d}0;never ends", "\u{1b}P", "\u{1b}_", "\u{1b}[", "\u{1b}"] {
        let mut value = value.clone();
        for place in &free {
            put(&mut value, place, words);
        }
        let mut state = script::open(&yaml(&value), (80, 24));
        let (mut screen, mut glass) = (Screen::new(), Glass::new(Counting::Clusters, (80, 24), &[]));
        glass.take(screen.draw((80, 24), b"", |area, buffer| render(&state, area, buffer)));
        script::run(&mut state, "?");
        glass.take(screen.draw((80, 24), b"", |area, buffer| render(&state, area, buffer)));
        glass.assert_tame(words);
        let drawn = script::drawn(&state);
        for row in 0..24 {
            for column in 0..80 {
                assert_eq!(
                    glass.cell(column, row),
                    drawn[(column, row)].symbol(),
                    "{words:?} at {column},{row}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if long_run() { 500 } else { 4 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_strings_in_the_fields_of_a_story_neither_draw_nor_print_a_sequence(
        words in prop::collection::vec(
            prop_oneof![any::<String>(), "[\\x00-\\x1f\u{7f}-\u{9f}\\[\\]?;0-9a-zA-Z\\\\~ \u{200b}-\u{206f}]{0,40}"],
            1..40,
        ),
    ) {
        let (mut value, free, _) = free_and_bound();
        for (shift, place) in free.iter().enumerate() {
            put(&mut value, place, &words[shift % words.len()]);
        }
        let yaml = yaml(&value);
        let (graph, faults) = story::read_all(yaml.as_bytes());
        print_findings(&text::safe_line(&words[0]), yaml.as_bytes(), &faults, "any");
        if let Some(graph) = graph {
            print_all(&graph, &texts_of(&graph, &words[0]), yaml.as_bytes(), "any");
            draw_all(graph, &words[0], &words[0], "any", &[(80, 24)]);
        }
    }
}
