//! The rules of the lint, one story each in `tests/rules`: `CODE.yaml` breaks the rule beside `CODE.txt`, all that is
//! then told; `CODE.good.yaml` is clean. A diagnostic is written as
//!
//! ```text
//! likely-misquote warning events[0].statements[1].text: what is wrong
//!   help: the way out
//!   also events[0].statements[0].text: what stands there
//!   allowed: the reason
//! ```
//!
//! `DATELINE_BLESS=1 cargo test --test rules` writes what is told; read every line of it before keeping it.

#![expect(clippy::panic, reason = "a test reports by failing")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use dateline::query::provenance::{self, Root};
use dateline::story::build;
use dateline::story::check::{Paths, check};
use dateline::story::diagnostic::{Code, Diagnostic, Rank, Severity};
use dateline::story::document::Document;
use dateline::story::graph::Graph;
use proptest::prelude::*;

/// The day on which the stories are checked.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn rules() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| code.rank() == Rank::Rule)
}

/// All that is told of a story: what was found on reading it, then by the rules.
fn told(yaml: &str, name: &str) -> Vec<Diagnostic> {
    let (graph, mut diagnostics) = dateline::story::read_all(yaml.as_bytes());
    let graph = graph.unwrap_or_else(|| panic!("{name}: {diagnostics:#?}"));
    diagnostics.extend(check(&graph, today()));
    diagnostics
}

fn told_of(file: &str) -> Vec<Diagnostic> {
    let yaml = fs::read_to_string(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    told(&yaml, file)
}

fn not_allowed(diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.iter().filter(|diagnostic| diagnostic.allowed.is_none())
}

fn written(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for one in diagnostics {
        let severity = match one.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(out, "{} {severity} {}: {}", one.code, one.path, one.message).expect("written");
        if let Some(hint) = &one.hint {
            writeln!(out, "  help: {hint}").expect("written");
        }
        if let Some((path, what)) = &one.also {
            writeln!(out, "  also {path}: {what}").expect("written");
        }
        if let Some(reason) = &one.allowed {
            writeln!(out, "  allowed: {reason}").expect("written");
        }
    }
    out
}

#[test]
fn every_rule_tells_exactly_what_stands_beside_its_story() {
    let mut wrong = Vec::new();
    for rule in rules() {
        let diagnostics = told_of(&format!("{rule}.yaml"));
        if !not_allowed(&diagnostics).any(|diagnostic| diagnostic.code == rule) {
            wrong.push(format!("{rule}.yaml does not break its rule"));
        }
        for other in not_allowed(&diagnostics).filter(|diagnostic| diagnostic.code != rule) {
            wrong.push(format!("{rule}.yaml breaks another rule: {other:?}"));
        }
        let (expectation, actual) = (folder().join(format!("{rule}.txt")), written(&diagnostics));
        if std::env::var_os("DATELINE_BLESS").is_some() {
            fs::write(&expectation, &actual).expect("a writable folder");
        }
        let expected = fs::read_to_string(&expectation).unwrap_or_default();
        if expected != actual {
            let difference = similar::TextDiff::from_lines(&expected, &actual).unified_diff().to_string();
            wrong.push(format!("{rule}.txt\n{difference}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_good_story_that_is_clean() {
    for rule in rules() {
        let diagnostics = told_of(&format!("{rule}.good.yaml"));
        let left: Vec<_> = not_allowed(&diagnostics).cloned().collect();
        assert!(left.is_empty(), "{rule}.good.yaml:\n{}", written(&left));
    }
}

#[test]
fn no_file_belongs_to_no_rule() {
    let rules: BTreeSet<_> = rules().map(Code::word).collect();
    for file in fs::read_dir(folder()).expect("the folder of rules") {
        let name = file.expect("a file").file_name().to_string_lossy().into_owned();
        let rule = name.split('.').next().unwrap_or_default();
        assert!(rules.contains(rule), "{name}");
    }
}

#[test]
fn what_is_allowed_keeps_its_reason_and_nothing_else_does() {
    let allowed = |file: &str| -> Vec<(Code, String, String)> {
        let told = told_of(file).into_iter();
        told.filter_map(|one| Some((one.code, one.path.to_string(), one.allowed?))).collect()
    };
    for (file, code, path, reason) in [
        (
            "allegation-without-reply.yaml",
            Code::AllegationWithoutReply,
            "events[2].statements[0].about[0]",
            "the Gazette could not reach him",
        ),
        (
            "cut-by-comment.yaml",
            Code::CutByComment,
            "story.summary",
            "the number is meant to be left out here",
        ),
        (
            "quotation-in-own-words.good.yaml",
            Code::QuotationInOwnWords,
            "story.summary",
            "these words are the name of the firm's own paper",
        ),
    ] {
        assert_eq!(allowed(file), [(code, path.to_owned(), reason.to_owned())], "{file}");
    }
    // What stands on another element excuses nothing.
    let yaml = fs::read_to_string(folder().join("cut-by-comment.yaml")).expect("the story");
    let (on_story, on_actor) = ("  allow: [{rule: cut-by-comment", "    allow: [{rule: cut-by-comment");
    let line = yaml.lines().find(|line| line.starts_with(on_story)).expect("the line");
    let moved = yaml
        .replace(line, "  time_zone: UTC")
        .replace("    kind: person", &format!("  {line}\n    kind: person"));
    assert!(moved.contains(on_actor));
    let allowed: Vec<_> = told(&moved, "moved").into_iter().filter(|one| one.allowed.is_some()).collect();
    assert_eq!(allowed.iter().map(|one| one.path.to_string()).collect::<Vec<_>>(), ["actors[0].name"]);
}

#[test]
fn what_only_holds_the_place_of_a_reason_is_none() {
    let yaml = fs::read_to_string(folder().join("allegation-without-reply.yaml")).expect("the story");
    for (reason, is_one) in [
        ("…", false),
        ("...", false),
        ("'-'", false),
        ("TODO", false),
        ("'(todo)'", false),
        ("没有回应", true),
        ("asked, and silent", true),
    ] {
        let story =
            yaml.replace("the Gazette could not reach him", &format!("\"{}\"", reason.trim_matches('\'')));
        let (graph, told) = dateline::story::read_all(story.as_bytes());
        assert_eq!(graph.is_some(), is_one, "{reason}: {told:#?}");
        let at = told.iter().find(|one| one.code == Code::Missing).map(|one| one.path.to_string());
        assert_eq!(at.as_deref(), (!is_one).then_some("events[2].statements[0].allow[0].reason"), "{reason}");
    }
}

#[test]
fn a_pair_is_excused_by_either_of_the_two() {
    let pair = |first: &str, second: &str| {
        let yaml = format!(
            "format: 1\nstory: {{title: T}}\nsources: [{{id: s, title: S, kind: article}}]\nactors:\n  \
             - {{id: a, name: Acme, kind: company{first}}}\n  - {{id: b, name: ACME, kind: company{second}}}\n\
             events: [{{id: e, title: E, status: occurred, sources: [s], actors: [{{actor: a}}, {{actor: b}}]}}]\n"
        );
        told(&yaml, "a pair").into_iter().map(|one| (one.code, one.allowed)).collect::<Vec<_>>()
    };
    let allow = |reason: &str| format!(", allow: [{{rule: same-name, reason: {reason}}}]");
    assert_eq!(pair("", ""), [(Code::SameName, None)]);
    for (first, second, reason) in [
        (allow("one"), String::new(), "one"),
        (String::new(), allow("two"), "two"),
        (allow("one"), allow("two"), "two"),
    ] {
        // Neither of them is idle.
        assert_eq!(pair(&first, &second), [(Code::SameName, Some(reason.to_owned()))]);
    }
}

#[test]
fn what_is_told_comes_in_the_order_of_the_file() {
    let paths = |file: &str| -> Vec<String> {
        let all = told_of(file);
        all.iter().filter(|one| one.code != Code::UnsafeText).map(|one| one.path.to_string()).collect()
    };
    assert_eq!(
        paths("inferred-without-note.yaml"),
        [
            "sources[0].published_basis",
            "events[0].when_basis",
            "events[1].links[0].basis",
            "events[1].statements[0].said_basis",
            "events[1].reactions[0].session_basis",
        ]
    );
}

#[test]
fn what_is_told_is_safe_to_show() {
    for file in fs::read_dir(folder()).expect("the folder of rules") {
        let path = file.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.display().to_string();
            let diagnostics = told(&fs::read_to_string(&path).expect("a readable story"), &name);
            let shown = written(&diagnostics);
            assert!(dateline::text::is_safe(&shown), "{name}: {shown:?}");
        }
    }
}

#[test]
fn the_day_decides_only_what_is_scheduled() {
    let yaml = fs::read_to_string(folder().join("scheduled-in-the-past.yaml")).expect("the story");
    let (graph, _) = build::build(Document::from_yaml(&yaml).expect("YAML"));
    let graph = graph.expect("a story");
    for (day, count) in [("2025-11-30", 0), ("2025-12-01", 1), ("2026-11-20", 1), ("2026-11-21", 2)] {
        assert_eq!(check(&graph, day.parse().expect(day)).len(), count, "{day}");
    }
}

/// A story of sources alone, all of which report one event: for each those it relies on, and whether it has the matter
/// at first hand.
fn reported_by(sources: &[(Vec<usize>, bool)]) -> Graph {
    let mut yaml = "format: 1\nstory: {title: T}\nsources:\n".to_owned();
    for (place, (on, first_hand)) in sources.iter().enumerate() {
        // On those before it only: a circle is no story.
        let on: BTreeSet<_> = on.iter().map(|on| on % sources.len()).filter(|on| *on < place).collect();
        let on = on.into_iter().map(|on| format!("s{on}")).collect::<Vec<_>>().join(", ");
        let origin = if *first_hand { "itself" } else { "not_stated" };
        writeln!(yaml, "  - {{id: s{place}, title: T, kind: article, relies_on: [{on}], origin: {origin}}}")
            .expect("written");
    }
    let all = (0..sources.len()).map(|place| format!("s{place}")).collect::<Vec<_>>();
    for (event, some) in [("all", &all[..]), ("half", &all[all.len() / 2..])] {
        let head = if event == "all" { "events:\n" } else { "" };
        writeln!(
            yaml,
            "{head}  - {{id: {event}, title: T, status: occurred, sources: [{}]}}",
            some.join(", ")
        )
        .expect("written");
    }
    dateline::story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

proptest! {
    /// The rule and the provenance that readers see count alike.
    #[test]
    fn what_rests_on_one_origin_for_readers_does_so_for_the_rule(
        sources in prop::collection::vec((prop::collection::vec(0..7_usize, 0..3), prop::bool::weighted(0.2)), 2..7),
    ) {
        let graph = reported_by(&sources);
        let found = check(&graph, today());
        for (event, _) in graph.events() {
            let support = provenance::support_of_event(&graph, event);
            let path = Paths::event(event).key("sources");
            let told = found.iter().any(|one| one.code == Code::CorroborationOfOneOrigin && one.path == path);
            // What is told is what readers see ...
            if told {
                prop_assert!(support.origins.len() == 1 && support.unknown.is_empty(), "{}", support.reading());
            }
            // ... and every single source goes back to that end, and to no other.
            let ends = support.sources.iter().map(|source| {
                let ends = provenance::roots(&graph, *source).into_iter();
                ends.map(|end| match end { Root::Origin(end) | Root::Unknown(end) => end }).collect::<Vec<_>>()
            });
            let ends: BTreeSet<_> = ends.collect();
            let one = support.sources.len() > 1 && ends.len() == 1 && ends.iter().all(|ends| ends.len() == 1);
            prop_assert_eq!(told, one, "{}: {:?}", support.reading(), ends);
        }
    }
}

/// Stories in which a rule that compared all with all, or walked every chain for every event, would not end.
#[test]
fn no_rule_compares_all_with_all() {
    let count = 5_000;
    let mut yaml = "format: 1\nstory: {title: T}\nsources:\n".to_owned();
    for place in 0..count {
        let on = if place + 1 < count { format!("s{}", place + 1) } else { String::new() };
        writeln!(yaml, "  - {{id: s{place}, title: T, kind: article, relies_on: [{on}]}}").expect("written");
    }
    yaml.push_str("actors:\n");
    for place in 0..count {
        let of = if place + 1 < count { format!(", part_of: a{}", place + 1) } else { String::new() };
        writeln!(yaml, "  - {{id: a{place}, name: Acme, kind: company{of}}}").expect("written");
    }
    yaml.push_str(
        "events:\n  - id: e\n    title: T\n    status: occurred\n    sources: [s0]\n    statements:\n",
    );
    for place in 0..count {
        writeln!(
            yaml,
            "      - {{id: t{place}, form: quote, text: a a a a {}, speaker: a0, stance: allegation, about: \
             [a{place}], source: s{place}, locator: line 1}}",
            place % 50
        )
        .expect("written");
    }
    yaml.push_str("    reactions:\n");
    for place in 0..count {
        writeln!(
            yaml,
            "      - {{id: r{place}, instrument: I, session: 2025, change: -0.{place:04}%, source: s0}}"
        )
        .expect("written");
    }
    let graph =
        dateline::story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{:#?}", faults.first()));
    let found = check(&graph, today());
    for code in
        [Code::SameName, Code::LikelyMisquote, Code::FiguresWithoutDispute, Code::AllegationWithoutReply]
    {
        assert!(found.iter().filter(|one| one.code == code).count() > count / 2, "{code}");
    }
}

#[test]
fn what_a_missing_zone_could_undo_breaks_no_rule() {
    // Published, said, happened; which rules are broken.
    for (published, said, happened, broken) in [
        ("2025-11-17T22:33", "2025-11-17T22:40", "2025-11-17", "said-after-publication"),
        ("2025-11-17T22:33-05:00", "2025-11-17T22:40-05:00", "2025-11-17", "said-after-publication"),
        ("2025-11-17T22:33-05:00", "2025-11-17T22:40", "2025-11-17", ""),
        ("2025-11-17T22:33", "2025-11-17T22:40-05:00", "2025-11-17", ""),
        ("2025-11-17T22:33Z", "2025-11-18T12:33", "2025-11-17", ""),
        ("2025-11-17T22:33Z", "2025-11-18T12:34", "2025-11-17", "said-after-publication"),
        ("2025-11-17T22:33", "2025-11-17", "2025-11-17T22:40", "reported-before-happening"),
        ("2025-11-17T22:33", "2025-11-17", "2025-11-17T22:40Z", ""),
        ("2025-11-17T22:33Z", "2025-11-17", "2025-11-17T22:40", ""),
        // The hour is there twice; the later reading is said first.
        ("2025-11-02T06:10Z", "2025-11-02T05:30Z", "2025-11-02", ""),
        ("2025-11-02T05:30Z", "2025-11-02T06:10Z", "2025-11-02", "said-after-publication"),
    ] {
        let yaml = format!(
            "
format: 1
story: {{title: T, time_zone: America/New_York}}
sources: [{{id: wire, title: W, publisher: Wire, kind: article, published: '{published}'}}]
events:
  - id: report
    title: R
    status: occurred
    when: '{happened}'
    sources: [wire]
    statements: [{{id: claim, form: paraphrase, text: It is so., said: '{said}', source: wire, locator: line 1}}]
"
        );
        let times = [Code::SaidAfterPublication, Code::ReportedBeforeHappening];
        let found: Vec<_> = told(&yaml, published)
            .into_iter()
            .filter(|found| times.contains(&found.code))
            .map(|found| found.code.word())
            .collect();
        assert_eq!(found.join(" "), broken, "{published} {said} {happened}");
    }
}
