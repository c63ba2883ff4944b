//! The JSON Schema: it is what is committed, it takes every good story, and it refuses every shape the program refuses.
//!
//! `DATELINE_WRITE_DOCS=1 cargo test --test schema` writes docs/story-v1.schema.json anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::story::diagnostic::{Code, Diagnostic, Step};
use dateline::story::{self, schema};
use jsonschema::Validator;
use serde_json::{Value, json};

fn schema_value() -> Value {
    serde_json::from_str(&schema::json()).expect("JSON")
}

fn validator() -> Validator {
    jsonschema::draft7::new(&schema_value()).expect("a valid schema")
}

fn path(place: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(place)
}

fn value_of(yaml: &str) -> Option<Value> {
    serde_yaml::from_str::<serde_yaml::Value>(yaml).ok().and_then(|value| serde_json::to_value(value).ok())
}

fn cases() -> Vec<(String, Vec<u8>)> {
    let mut cases: Vec<_> = fs::read_dir(path("tests/cases"))
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| {
            (
                path.file_stem().expect("a name").to_string_lossy().into_owned(),
                fs::read(&path).expect("a case"),
            )
        })
        .collect();
    cases.sort();
    cases
}

fn case(name: &str) -> Value {
    let text = fs::read_to_string(path(&format!("tests/cases/{name}.yaml"))).expect("the case");
    value_of(&text).expect("YAML")
}

fn refusals(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_committed_schema_is_the_programs() {
    let place = path("docs/story-v1.schema.json");
    if std::env::var_os("DATELINE_WRITE_DOCS").is_some() {
        fs::write(&place, schema::json()).expect("the schema is written");
    }
    let written = fs::read_to_string(&place).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == schema::json(),
        "docs/story-v1.schema.json is not the program's; `DATELINE_WRITE_DOCS=1 cargo test --test schema` writes it anew"
    );
    assert_eq!(
        story::EMBEDDED.lines().next(),
        Some("# yaml-language-server: $schema=docs/story-v1.schema.json")
    );
}

/// Every schema of a field, with its place: `Event.when`.
fn fields() -> Vec<(String, Value)> {
    let schema = schema_value();
    let mut kinds = vec![("story file".to_owned(), schema.clone())];
    kinds.extend(schema["definitions"].as_object().expect("definitions").clone());
    let mut fields = Vec::new();
    for (kind, schema) in kinds {
        assert_eq!(schema["additionalProperties"], json!(false), "{kind}");
        assert!(schema["description"].is_string(), "{kind}");
        let own = schema["properties"].as_object().expect("fields");
        for needed in schema["required"].as_array().into_iter().flatten() {
            assert!(own.contains_key(needed.as_str().expect("a name")), "{kind} has no {needed}");
        }
        fields.extend(own.iter().map(|(name, schema)| (format!("{kind}.{name}"), schema.clone())));
    }
    fields
}

#[test]
fn every_field_is_described_and_has_examples_that_it_takes() {
    let definitions = schema_value()["definitions"].clone();
    for (place, field) in fields() {
        let description = field["description"].as_str().unwrap_or_default();
        assert!(description.ends_with('.') && description.len() > 6, "{place}: {description:?}");
        assert!(!description.contains('\n'), "{place}: {description:?}");
        let examples = field["examples"].as_array().unwrap_or_else(|| panic!("{place} has no example"));
        assert!(!examples.is_empty(), "{place}");
        let mut alone = field.clone();
        alone["definitions"] = definitions.clone();
        let alone = jsonschema::draft7::new(&alone).expect("a schema");
        for example in examples {
            assert_eq!(refusals(&alone, example), [""; 0], "{place}: {example}");
        }
        for (words, meanings) in
            field["enum"].as_array().into_iter().zip(field["enumDescriptions"].as_array())
        {
            assert_eq!(words.len(), meanings.len(), "{place}");
        }
    }
}

#[test]
fn every_good_story_is_taken() {
    let validator = validator();
    let readme = include_str!("../README.md");
    let example =
        readme.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let mut stories = vec![
        ("events.yaml".to_owned(), story::EMBEDDED.to_owned()),
        ("README.md".to_owned(), example.to_owned()),
        ("example.yaml".to_owned(), story::EXAMPLE.to_owned()),
    ];
    for (name, bytes) in cases() {
        if name.starts_with("good-") {
            stories.push((name, String::from_utf8(bytes).expect("UTF-8")));
        }
    }
    assert!(stories.len() > 5);
    for (name, text) in stories {
        assert_eq!(refusals(&validator, &value_of(&text).expect("YAML")), [""; 0], "{name}");
    }
}

/// Whether a schema can see what this code is about: a value by itself, not how it stands to others. Time zones are
/// left out: six hundred names would drown the rest, and a pattern sees the worst.
fn is_of_shape(code: Code) -> bool {
    matches!(
        code,
        Code::Shape
            | Code::Format
            | Code::Missing
            | Code::BadId
            | Code::UnknownWord
            | Code::BadTime
            | Code::BadChange
            | Code::BadLocator
            | Code::BadGap
            | Code::TwoNeighbours
            | Code::OutOfRange
            | Code::QuoteWithoutSpeaker
            | Code::WithoutSource
            | Code::TooFewPositions
    )
}

/// What only the program sees, with the reason.
const BEYOND_A_PATTERN: [(&str, &str); 4] = [
    ("lines 5-3", "a pattern cannot compare numbers"),
    ("2025-02-30", "a pattern has no calendar"),
    ("2025-13-01", "a pattern has no calendar"),
    ("2025-11-16/2025-11-14", "a pattern cannot compare dates"),
];

fn pointer(fault: &Diagnostic) -> String {
    fault.path.steps().iter().fold(String::new(), |pointer, step| match step {
        Step::Key(key) => format!("{pointer}/{key}"),
        Step::Index(index) => format!("{pointer}/{index}"),
    })
}

#[test]
fn every_fault_of_shape_in_the_cases_is_refused_at_its_place() {
    let validator = validator();
    let mut seen = BTreeSet::new();
    for (name, bytes) in cases() {
        let Err(faults) = story::read(&bytes) else { continue };
        let Some(value) = std::str::from_utf8(&bytes).ok().and_then(value_of) else { continue };
        let refused: Vec<_> =
            validator.iter_errors(&value).map(|error| error.instance_path().to_string()).collect();
        for fault in faults.iter().filter(|fault| is_of_shape(fault.code)) {
            seen.insert(fault.code);
            let place = pointer(fault);
            let written = value.pointer(&place).and_then(Value::as_str).unwrap_or_default();
            if BEYOND_A_PATTERN.iter().any(|(beyond, _)| *beyond == written) {
                continue;
            }
            // What is missing is refused where it should stand, and what is
            // empty at the empty value.
            let up = |at: &str| at.rsplit_once('/').map(|(up, _)| up.to_owned());
            let found = match fault.code {
                Code::Shape => !refused.is_empty(),
                _ => refused.iter().any(|at| {
                    *at == place || up(&place).as_ref() == Some(at) || up(at).as_ref() == Some(&place)
                }),
            };
            assert!(found, "{name}: {}: {} is not among {refused:?}", fault.code, place);
        }
    }
    let missing: Vec<_> =
        Code::ALL.iter().filter(|code| is_of_shape(**code) && !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no case has {missing:?}");
}

/// Every place in a value, the root first.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| places(value, &format!("{at}/{name}"), all));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), all));
        }
        _ => {}
    }
}

fn without(value: &Value, place: &str) -> Value {
    let mut value = value.clone();
    let (parent, name) = place.rsplit_once('/').expect("not the root");
    match value.pointer_mut(parent).expect("a place") {
        Value::Object(fields) => drop(fields.shift_remove(name)),
        Value::Array(list) => drop(list.remove(name.parse().expect("an index"))),
        _ => unreachable!("only lists and fields hold something"),
    }
    value
}

fn with(value: &Value, place: &str, other: Value) -> Value {
    let mut value = value.clone();
    *value.pointer_mut(place).expect("a place") = other;
    value
}

/// JSON is YAML, so one text serves the program and the schema.
fn read(value: &Value) -> Result<(), Vec<Code>> {
    match story::read(value.to_string().as_bytes()) {
        Ok(_) => Ok(()),
        Err(faults) => Err(faults.iter().map(|fault| fault.code).collect()),
    }
}

/// What the program takes, the schema takes; what it refuses for its shape alone, the schema refuses. Returns how the
/// two differ.
fn disagreement(validator: &Validator, value: &Value, what: &str) -> Option<String> {
    match (read(value), validator.is_valid(value)) {
        (Ok(()), false) => {
            Some(format!("{what}: the program takes it, the schema says {:?}", refusals(validator, value)))
        }
        (Err(codes), true) if codes.iter().any(|code| is_of_shape(*code)) => {
            Some(format!("{what}: the schema takes it, the program says {codes:?}"))
        }
        // A reference to nothing may be a word that could be no id, too.
        _ => None,
    }
}

#[test]
fn a_story_without_a_field_is_judged_alike_by_the_program_and_the_schema() {
    let (validator, story, mut wrong) = (validator(), case("good-every-field"), Vec::new());
    let mut all = Vec::new();
    places(&story, "", &mut all);
    for place in all.iter().filter(|place| !place.is_empty()) {
        wrong.extend(disagreement(&validator, &without(&story, place), &format!("without {place}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_required_field_is_missed_by_the_program_and_the_schema() {
    let (validator, schema, story) = (validator(), schema_value(), case("good-every-field"));
    let mut missed = 0;
    for (kind, list) in [
        ("", vec![""]),
        ("Story", vec!["/story"]),
        ("Source", vec!["/sources/1"]),
        ("Archive", vec!["/sources/1/archive"]),
        ("Actor", vec!["/actors/0"]),
        ("Event", vec!["/events/0"]),
        ("Part", vec!["/events/0/actors/0"]),
        ("Link", vec!["/events/1/links/0"]),
        ("Statement", vec!["/events/0/statements/0"]),
        ("Reaction", vec!["/events/0/reactions/0"]),
        ("Dispute", vec!["/disputes/0"]),
        ("Position", vec!["/disputes/0/positions/0"]),
        ("Allow", vec!["/events/1/allow/0"]),
    ] {
        let required =
            if kind.is_empty() { &schema["required"] } else { &schema["definitions"][kind]["required"] };
        for name in required.as_array().expect("a list") {
            for at in &list {
                let value = without(&story, &format!("{at}/{}", name.as_str().expect("a name")));
                let codes = read(&value).expect_err("a fault");
                let lack = [Code::Missing, Code::WithoutSource, Code::TooFewPositions, Code::Format];
                assert!(codes.iter().any(|code| lack.contains(code)), "{kind}.{name}: {codes:?}");
                assert!(!validator.is_valid(&value), "{kind}.{name}");
                missed += 1;
            }
        }
    }
    let count = |schema: &Value| schema["required"].as_array().map_or(0, Vec::len);
    let all = schema["definitions"].as_object().expect("definitions").values().map(count).sum::<usize>();
    assert_eq!(missed, all + count(&schema), "a required field is not looked at");
}

#[test]
fn a_wrong_value_at_any_place_is_judged_alike_by_the_program_and_the_schema() {
    let (validator, story, mut wrong) = (validator(), case("good-every-field"), Vec::new());
    let mut all = Vec::new();
    places(&story, "", &mut all);
    for place in &all {
        for other in [
            Value::Null,
            json!(true),
            json!(7),
            json!(-7),
            json!(2025),
            json!(""),
            json!("  "),
            json!("Two Words"),
            json!("word"),
            json!([]),
            json!([null]),
            json!({}),
            json!({"unknown": "field"}),
        ] {
            let what = format!("{other} at {place}");
            wrong.extend(disagreement(&validator, &with(&story, place, other), &what));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Texts of each sort, right and wrong ones, and a place for them in the case that has every field.
const TEXTS: &[(&str, &[&str])] = &[
    (
        "/events/0/when",
        &[
            "2025",
            "2025-11",
            "2025-11-14",
            "2025-05~",
            "2025-05?",
            "2025-05%",
            "202X",
            "20XX",
            "2025-XX",
            "2025-11-XX",
            "2025-XX-XX",
            "2025-21",
            "[2025,2026]",
            "{2025,2026}",
            "[2025-11..]",
            "[..2025-12]",
            "[2025-11-01..2025-11-03]",
            "[2024, 2025]",
            "2025-11-14/2025-11-16",
            "2025-11-14/..",
            "2025-11-14/",
            "2025-10~/2025-11?",
            "/2025-11-14",
            "../2025-11-14",
            "2025-11-13T22:33",
            "2025-11-13T22:33:07",
            "2025-11-13T22:33Z",
            "2025-11-13T22:33-05:00",
            "2025-11-13T22:33:07+05:30",
            "14 November 2025",
            "November 2025",
            "14/11/2025",
            "14.11.2025",
            "2025/11/14",
            "2025-11-13 22:33",
            "25-11-14",
            "yesterday",
            "+262142",
            "-0044",
            "Y262143",
            "2025-11-13T22h33",
            "2025-11-13T22",
            "2025-~11-13",
            "2025-",
            "2025-1-5T9:30",
            "2025-11-13T9:30",
            "2025-11-13T22:33+0530",
            "2025-11-13T22:33+05",
            "2025-11-13T22:33-00:00",
            "2025-11-13T22:33+14:00",
            "2025-11-13T22:33+14:30",
            "2025-11-13T22:33+15:00",
            "2025-11-13T22:33 +05:30",
            " 2025-11-13T22:33",
            "2025-11-13T22:33 ",
            " 2025",
            "2025 ",
            "2025\n",
            "2025-11-13T22:33z",
            "2025-11-13t22:33",
            "2025-11-13T24:00",
            "2025-11-13T22:60",
            "2025-11-13T22:33:60",
            "2025-11-13T22:33:07.5",
            "2025-11-13T22:33/..",
            "?2025",
            "2025?-11",
            "2025-11?-13",
            "202X-11",
            "2025-XX-13",
            "XXXX",
            "2X25",
            "2025-25",
            "2025-20",
            "2025-21-13",
            "202X/2026",
            "2025-XX/2026",
            "2024-21/2025-22",
            "1950S2",
            "Y17E7",
            "/",
            "../..",
            "/..",
            "../",
            "..2025/2026",
            "2025/2026..",
            "2024/2025/2026",
            "[202X,2026]",
            "[2025-XX]",
            "[2025~,2026?]",
            "[2025~..2026]",
            "[202X..2030]",
            "[2024..2025-06]",
            "[2025-21..2025-22]",
            "[..2024..]",
            "[..]",
            "[]",
            "[2024,]",
            "[2025",
            "2025]",
            "[2025,2026}",
            "[..2024,2025,2026..]",
            "[2024..,..2025]",
            "[2025-11-13T22:33]",
        ],
    ),
    (
        "/events/0/reactions/0/change",
        &[
            "-3.78%", "+1.2%", "4.2 %", ">1%", "<2%", "<-2%", "~3%", "0%", "-100%", "-100.0%", "250%",
            "lost", "3.78", "", "%", "three%", ".nan%", "nan%", "inf%", "-150%", "-100.5%", "-3,78%",
            "−3.78%", "down 3%", "Lost", "> 1%", "1e2%", ".5%", "5.%", "007%", "-007%", "0.5%", "-0.5%",
            "+-1%", "1  %", " 1%", "1% ", "-0%", "100%", "-99.99%", "inf%", "lost ", "1e999%",
        ],
    ),
    (
        "/events/0/statements/0/locator",
        &[
            "headline",
            "line 13",
            "lines 13-15",
            "page 4",
            "line 0",
            "line",
            "line x",
            "paragraph 2",
            "Line 3",
            "line  3",
            "lines 3",
            "lines 3 - 5",
            "Headline",
            "p. 4",
            "line 007",
            "line +3",
            "line 3 ",
            " line 3",
            "lines 3-+5",
            "lines 03-5",
            "page 04",
            "line 999999999",
            "line 1234567890",
            "page 4-5",
        ],
    ),
    (
        "/sources/2/after/0/by",
        &[
            "1 minute",
            "30 minutes",
            "2 hours",
            "1 day",
            "1 days",
            "3 week",
            "0 days",
            "01 day",
            "1day",
            "1  day",
            "-1 day",
            "+1 day",
            "1.5 days",
            "a day",
            "1 month",
            "1 Day",
            " 1 day",
            "1 day ",
            "1234567890 days",
            "",
            "P1D",
        ],
    ),
    (
        "/story/time_zone",
        &[
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "Etc/GMT+5",
            "EST5EDT",
            "America/New York",
            "",
            "UTC+1 (CET)",
        ],
    ),
    (
        "/sources/1/archive/file",
        &[
            "000.txt",
            "texts/000.txt",
            "a..b",
            "..txt",
            "a/.b",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "a/../b",
            "a/..",
            "a\\b",
            "",
            " ",
            " /x",
        ],
    ),
    (
        "/events/2/id",
        &["hearing", "a", "2025-11-14", "a-b-c", "A", "a_b", "a--b", "-a", "a-", "a b", "é", ""],
    ),
];

#[test]
fn every_sort_of_text_is_judged_alike_by_the_program_and_the_schema() {
    let (validator, story, mut wrong) = (validator(), case("good-every-field"), Vec::new());
    for (place, texts) in TEXTS {
        for text in *texts {
            wrong.extend(disagreement(
                &validator,
                &with(&story, place, json!(text)),
                &format!("{text:?} at {place}"),
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_stands_twice_in_a_list_is_judged_alike_by_the_program_and_the_schema() {
    let (validator, story) = (validator(), case("good-every-field"));
    let (mut all, mut refused) = (Vec::new(), 0);
    places(&story, "", &mut all);
    for place in all {
        let mut twice = story.clone();
        match twice.pointer_mut(&place) {
            Some(Value::Array(list)) if list[0].is_string() => list.push(list[0].clone()),
            _ => continue,
        }
        assert_eq!(read(&twice).is_ok(), validator.is_valid(&twice), "{place}");
        refused += u32::from(!validator.is_valid(&twice));
    }
    assert!(refused > 5);
}
