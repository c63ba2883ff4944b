//! Stories in `tests/cases` and what must come of each: `NAME.yaml` beside `NAME.faults`, every diagnostic as it is
//! shown; `good-NAME.yaml` beside `good-NAME.txt`, the chronology, and `good-NAME.json` where there is one.
//!
//! `DATELINE_BLESS=1 cargo test --test cases` writes what came of them; read every line of it before keeping it.

#![expect(clippy::panic, reason = "a test reports by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dateline::report;
use dateline::report::check::text::Manner;
use dateline::report::check::{self, Checked};
use dateline::story::diagnostic::{Code, Diagnostic, Rank};
use dateline::story::{self, graph::Graph};

/// What every story is called, so that no expectation hangs on where it lies.
const NAME: &str = "story.yaml";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn stories() -> Vec<PathBuf> {
    let mut stories: Vec<_> = fs::read_dir(folder())
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    stories.sort();
    assert!(!stories.is_empty());
    stories
}

fn is_good(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("good-"))
}

fn read(path: &Path) -> Result<Graph, Vec<Diagnostic>> {
    story::read(&fs::read(path).expect("a readable case"))
}

fn good(name: &str) -> Graph {
    read(&folder().join(name)).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"))
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("a vector takes all");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn chronology(graph: &Graph) -> String {
    written(|out| report::chronology::write(graph, None, None, out))
}

/// Compares with the file beside the story, or says why it cannot.
fn compare(expectation: &Path, actual: &str) -> Result<(), String> {
    if std::env::var_os("DATELINE_BLESS").is_some() {
        fs::write(expectation, actual).expect("a writable folder");
        return Ok(());
    }
    let name = expectation.display();
    match fs::read_to_string(expectation) {
        Err(error) => Err(format!("{name}: {error}; what came was:\n{actual}")),
        Ok(expected) if expected != actual => Err(format!(
            "{name}\n{}",
            similar::TextDiff::from_lines(expected.as_str(), actual).unified_diff()
        )),
        Ok(_) => Ok(()),
    }
}

#[test]
fn every_story_gives_what_stands_beside_it() {
    let mut wrong = Vec::new();
    for path in stories() {
        match (read(&path), is_good(&path)) {
            (Ok(graph), true) => {
                wrong.extend(compare(&path.with_extension("txt"), &chronology(&graph)).err());
                let json = path.with_extension("json");
                if json.exists() {
                    let actual = written(|out| report::json::write(&graph, None, None, out));
                    wrong.extend(compare(&json, &actual).err());
                }
            }
            (Err(faults), false) => {
                let bytes = fs::read(&path).expect("a readable case");
                let checked = Checked::new(NAME, true, &bytes, faults);
                let shown = written(|out| {
                    check::text::write(&checked, Manner::default(), out)?;
                    check::text::write_count(&checked, Manner::default(), true, out)
                });
                wrong.extend(compare(&path.with_extension("faults"), &shown).err());
            }
            (Ok(_), false) => wrong.push(format!("{}: no fault was found", path.display())),
            (Err(faults), true) => wrong.push(format!("{}: {faults:#?}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_expectation_stands_alone() {
    for entry in fs::read_dir(folder()).expect("the folder of cases") {
        let path = entry.expect("a case").path();
        assert!(path.with_extension("yaml").exists(), "{} has no story", path.display());
    }
}

#[test]
fn every_fault_has_a_case() {
    let seen: BTreeSet<Code> =
        stories().iter().filter_map(|path| read(path).err()).flatten().map(|fault| fault.code).collect();
    let missing: Vec<_> =
        Code::ALL.iter().filter(|code| code.rank() == Rank::Fault && !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no case yields {missing:?}");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let unix = fs::read_to_string(folder().join("good-every-field.yaml")).expect("the case");
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    let graph = story::read(windows.as_bytes()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(chronology(&graph), chronology(&good("good-every-field.yaml")));
}

#[test]
fn every_field_of_the_format_is_used_by_a_good_story_and_told_in_json() {
    let graph = good("good-every-field.yaml");
    let told: serde_json::Value =
        serde_json::from_str(&written(|out| report::json::write(&graph, None, None, out))).expect("JSON");
    // Each field has a value somewhere: nothing is null, false or empty in every element of its kind.
    let mut blank = Vec::new();
    for (list, elements) in [
        ("sources", vec![&told["sources"]]),
        ("actors", vec![&told["actors"]]),
        ("events", vec![&told["events"]]),
        ("statements", inner(&told, "statements")),
        ("reactions", inner(&told, "reactions")),
        ("links", inner(&told, "links")),
        ("disputes", vec![&told["disputes"]]),
    ] {
        let elements: Vec<_> = elements.iter().filter_map(|list| list.as_array()).flatten().collect();
        for key in elements[0].as_object().expect("an element").keys() {
            if elements.iter().all(|element| is_blank(&element[key])) {
                blank.push(format!("{list}.{key}"));
            }
        }
    }
    assert!(blank.is_empty(), "{blank:?}");
}

fn inner<'v>(told: &'v serde_json::Value, list: &str) -> Vec<&'v serde_json::Value> {
    told["events"].as_array().expect("events").iter().map(|event| &event[list]).collect()
}

fn is_blank(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => true,
        serde_json::Value::Array(list) => list.is_empty(),
        serde_json::Value::Object(fields) => fields.values().all(is_blank),
        _ => false,
    }
}

#[test]
fn nothing_hidden_in_a_story_reaches_a_report() {
    let graph = good("good-hostile.yaml");
    let json: serde_json::Value =
        serde_json::from_str(&written(|out| report::json::write(&graph, None, None, out))).expect("JSON");
    let mut texts = vec![chronology(&graph)];
    strings(&json, &mut texts);
    for text in texts {
        assert!(dateline::text::is_safe(&text), "{text:?}");
    }
}

fn strings(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => texts.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|value| strings(value, texts)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| strings(value, texts)),
        _ => {}
    }
}

#[test]
fn no_row_of_a_report_is_wider_than_the_page() {
    let graph = story::read(story::EMBEDDED.as_bytes()).expect("the embedded story");
    for row in chronology(&graph).lines() {
        assert!(dateline::text::width(row) <= 100, "{row}");
    }
}
