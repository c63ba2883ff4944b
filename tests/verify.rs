//! What `verify` finds in the texts of sources, and that it looks at no file outside its folder.
//!
//! Every code has its example in `story::explain`, which `tests/explain.rs` tries; here stand the edges.

#![expect(clippy::panic, reason = "a test reports by failing")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dateline::archive::{Held, Mark, NoText, Text, Texts, folder, verify};
use dateline::story::graph::Graph;
use dateline::story::id::{Account, ElementId};
use dateline::story::{self, explain};

fn graph(yaml: &str) -> Graph {
    story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// A story of one source and one statement.
fn quoting(form: &str, words: &str, locator: &str) -> Graph {
    graph(&format!(
        "format: 1\nstory: {{title: T}}\nsources: [{{id: wire, title: Ferry stays in port, kind: article, archive: {{file: a.txt}}}}]\n\
         actors: [{{id: x, name: X, kind: company}}]\nevents:\n  - id: e\n    title: E\n    status: occurred\n    sources: [wire]\n    \
         statements: [{{id: s, form: {form}, text: \"{words}\", speaker: x, source: wire, locator: {locator}}}]\n"
    ))
}

fn texts(text: &str) -> Texts {
    let mut texts = Texts::default();
    texts.insert("wire", Ok(Held { file: "a.txt".to_owned(), text: Text::new(text), sha256: String::new() }));
    texts
}

/// What is found of a statement in a text, with its mark.
fn found(form: &str, words: &str, locator: &str, text: &str) -> (Vec<String>, Mark) {
    let graph = quoting(form, words, locator);
    let verification = verify::verify(&graph, &texts(text));
    let Some(ElementId::Statement(id)) = graph.by_id("s") else { panic!("a statement") };
    let codes = verification.diagnostics.iter().map(|it| format!("{} {}", it.code, it.path)).collect();
    (codes, verification.marks.of(&graph, Account::Statement(id)))
}

#[test]
fn a_quote_is_verified_only_in_quotation_marks_at_its_place_and_whole() {
    let text =
        "Ferry stays in port\n\nIt is “not a threat”, and safe.\n“It is\na threat,” he said of\u{a0}it.\n";
    let at =
        |code: &str, key: &str| (vec![format!("{code} events[0].statements[0].{key}")], Mark::NotVerified);
    for (words, locator, expected) in [
        ("not a threat", "line 3", (vec![], Mark::Verified)),
        ("It is a threat,", "lines 4-5", (vec![], Mark::Verified)),
        // Where it says only where it begins.
        ("It is a threat,", "line 4", (vec![], Mark::Verified)),
        ("not a threat", "line 4", at("quote-elsewhere", "locator")),
        ("a threat", "line 3", at("quote-clipped", "text")),
        // The same words stand whole on another line, and that is where the locator points.
        ("and safe", "line 3", at("quote-not-in-marks", "text")),
        ("no threat", "line 3", at("quote-not-found", "text")),
        ("Not a threat", "line 3", at("quote-not-found", "text")),
        ("threa", "line 3", at("quote-clipped", "text")),
    ] {
        assert_eq!(found("quote", words, locator, text), expected, "{words}, {locator}");
    }
    // A page cannot be looked up in a plain text: the words are, everywhere. Nor can a paragraph here.
    for locator in ["page 2", "at 03:15", "paragraph 1"] {
        assert_eq!(
            found("quote", "not a threat", locator, text),
            (vec![], Mark::PlaceUnchecked),
            "{locator}"
        );
    }
    let (codes, mark) = found("quote", "not a threat", "paragraph 90", text);
    assert_eq!((codes.len(), mark), (1, Mark::NotVerified));
    let (codes, mark) = found("quote", "not a threat", "line 99", text);
    assert_eq!(
        (codes, mark),
        (vec!["locator-outside-text events[0].statements[0].locator".to_owned()], Mark::NotVerified)
    );
    let (codes, _) = found("quote", "not a threat", "line 2", text);
    assert_eq!(codes, ["locator-outside-text events[0].statements[0].locator"]);
}

#[test]
fn a_paraphrase_is_not_verified_and_must_not_copy() {
    let text = "Ferry stays in port\nOne two three four five six seven eight nine.\n";
    let copied = vec!["paraphrase-copied events[0].statements[0].text".to_owned()];
    for (words, expected) in [
        ("They counted: one two three four five six seven.", (vec![], Mark::OwnWords)),
        ("They counted: ONE, two three four; five six seven eight!", (copied, Mark::Copied)),
    ] {
        assert_eq!(found("paraphrase", words, "line 2", text), expected, "{words}");
    }
    let (codes, mark) = found("paraphrase", "They counted.", "line 9", text);
    assert_eq!((codes.len(), mark), (1, Mark::NotVerified), "a place that is not there");
}

#[test]
fn without_its_text_nothing_counts_as_verified() {
    let graph = quoting("quote", "x", "line 1");
    let verification = verify::verify(&graph, &Texts::default());
    assert_eq!(verification.diagnostics.len(), 1, "that the text is missing, once");
    assert_eq!(verification.marks.count(Mark::TextNotHeld), 1);
    assert_eq!(verification.marks.count(Mark::Verified), 0);
}

const LINE: &str = "Line denies all of it

“No, this is a lie,” the chief said. He added: “It is not a U.S. harbour firm.”
“We are a non-harbour company,” she said. In the '90s the line was a threat to its rivals' trade.
He said “the line is
wholly innocent in
every way” today. It was not “a hazard” to anyone.
“It rose by 5.2 billion,” he said. “We are far from late,” she said. “I do not for one moment think that we sail.”
“We are not only a carrier but a yard,” they said.
“It is still open and nobody ever closes it
";

#[test]
fn a_quote_is_clipped_by_any_negation_of_its_clause_and_by_a_cut_word() {
    let text = LINE.replacen("Line denies all of it", "Ferry stays in port", 1);
    for (words, line, code) in [
        ("this is a lie", 3, None),
        ("harbour firm", 3, Some("quote-clipped")),
        ("harbour company", 4, Some("quote-clipped")),
        ("a threat to its", 4, Some("quote-not-in-marks")),
        ("wholly innocent in", 6, None),
        ("every way", 7, None),
        ("a hazard", 7, Some("quote-clipped")),
        ("It rose by 5", 8, Some("quote-clipped")),
        ("late", 8, Some("quote-clipped")),
        ("we sail", 8, Some("quote-clipped")),
        ("a carrier", 9, None),
        ("ever closes it", 10, Some("quote-not-in-marks")),
    ] {
        let (codes, mark) = found("quote", words, &format!("line {line}"), &text);
        let expected = if code.is_some() { Mark::NotVerified } else { Mark::Verified };
        let codes: Vec<_> = codes.iter().map(|code| code.split(' ').next().unwrap_or_default()).collect();
        assert_eq!((codes, mark), (code.into_iter().collect(), expected), "{words}");
    }
}

#[test]
fn in_a_text_that_has_changed_nothing_counts_as_verified_and_the_reason_is_kept() {
    let yaml = "format: 1\nstory: {title: T}\nsources: [{id: wire, title: Line denies all of it, kind: article, archive: {file: a.txt, sha256: \"0000000000000000000000000000000000000000000000000000000000000000\"}}]\nactors: [{id: x, name: X, kind: company}]\nevents:\n  - id: e\n    title: E\n    status: occurred\n    sources: [wire]\n    statements:\n      - {id: s, form: quote, text: this is a lie, speaker: x, source: wire, locator: line 3}\n      - {id: t, form: quote, text: this is no lie, speaker: x, source: wire, locator: line 3}\n";
    let graph = graph(yaml);
    let verification = verify::verify(&graph, &texts(LINE));
    let of = |id: &str| {
        let Some(ElementId::Statement(id)) = graph.by_id(id) else { panic!("a statement") };
        let account = Account::Statement(id);
        (verification.marks.of(&graph, account), verification.marks.why(&graph, account).join("; "))
    };
    assert_eq!(of("s"), (Mark::TextChanged, String::new()));
    assert_eq!(of("t"), (Mark::NotVerified, "these words do not stand in a.txt".to_owned()));
    assert_eq!(verification.marks.count(Mark::Verified), 0);
}

/// What is found of a market move in a text, with its mark.
fn moved(change: &str, locator: &str, text: &str) -> (Vec<String>, Mark) {
    let graph = graph(&format!(
        "format: 1\nstory: {{title: T}}\nsources: [{{id: wire, title: Line denies all of it, held: false, kind: article, archive: {{file: a.txt}}}}]\nevents:\n  - id: e\n    title: E\n    status: occurred\n    sources: [wire]\n    reactions: [{{id: r, instrument: A, change: \"{change}\", source: wire{locator}}}]\n"
    ));
    let verification = verify::verify(&graph, &texts(text));
    let Some(ElementId::Reaction(id)) = graph.by_id("r") else { panic!("a reaction") };
    let codes = verification.diagnostics.iter().map(|it| it.code.to_string()).collect();
    (codes, verification.marks.of(&graph, Account::Reaction(id)))
}

#[test]
fn a_figure_is_verified_with_its_sign_its_bound_and_its_place_or_less_is_said() {
    let text = "Line denies all of it\nIt rose .5 percent and fell 3.78% later, by about 9 per cent in all.\nDie Aktie fiel um 4 Prozent.\n";
    for (change, locator, code, mark) in [
        ("-3.78%", ", locator: line 2", None, Mark::Verified),
        ("0.5%", ", locator: line 2", None, Mark::Verified),
        ("+3.78%", ", locator: line 2", Some("figure-direction"), Mark::NotVerified),
        ("5%", ", locator: line 2", Some("figure-not-found"), Mark::NotVerified),
        ("-9%", ", locator: line 2", Some("figure-hedged"), Mark::NotVerified),
        ("-3.78%", ", locator: line 3", Some("figure-elsewhere"), Mark::NotVerified),
        ("-3.78%", "", None, Mark::PlaceUnchecked),
        ("-4%", ", locator: line 3", None, Mark::WayUnchecked),
        ("lost", ", locator: line 3", None, Mark::NothingToVerify),
        ("lost", ", locator: line 30", Some("locator-outside-text"), Mark::NotVerified),
    ] {
        let codes = code.map(str::to_owned).into_iter().collect();
        assert_eq!(moved(change, locator, text), (codes, mark), "{change}{locator}");
    }
}

#[test]
fn the_place_of_a_link_is_looked_up_too() {
    let yaml = "format: 1\nstory: {title: T}\nsources: [{id: wire, title: Line denies all of it, kind: article, archive: {file: a.txt}}]\nevents:\n  - {id: e, title: E, status: occurred, sources: [wire]}\n  - {id: f, title: F, status: occurred, sources: [wire], links: [{to: e, kind: follows_up, basis: stated, source: wire, locator: line 99}]}\n";
    let found = verify::verify(&graph(yaml), &texts(LINE)).diagnostics;
    let found: Vec<_> = found.iter().map(|it| format!("{} {}", it.code, it.path)).collect();
    assert_eq!(found, ["locator-outside-text events[1].links[0].locator"]);
}

fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("verify-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("archive/inner")).expect("a folder");
    folder
}

fn of_file(file: &str) -> Graph {
    graph(&format!(
        "format: 1\nstory: {{title: T}}\nsources: [{{id: wire, title: Ferry stays in port, kind: article, archive: {{file: {file}}}}}]\nevents: [{{id: e, title: E, status: occurred, sources: [wire]}}]\n"
    ))
}

#[test]
fn no_name_and_no_link_leads_out_of_the_folder() {
    let folder = scratch("links");
    fs::write(folder.join("secret.txt"), explain::TEXT).expect("written");
    let archive = folder.join("archive");
    fs::write(archive.join("inner/good.txt"), explain::TEXT).expect("written");
    for (link, to) in [
        ("out.txt", "../secret.txt"),
        ("in.txt", "inner/good.txt"),
        ("loop.txt", "loop.txt"),
        ("device.txt", "/dev/zero"),
        ("folder.txt", "inner"),
    ] {
        std::os::unix::fs::symlink(to, archive.join(link)).expect("a link");
    }
    std::os::unix::fs::symlink("..", archive.join("up")).expect("a link");
    fs::write(archive.join("latin.txt"), b"caf\xe9").expect("written");
    let read = |file: &str| {
        let graph = of_file(file);
        let texts = folder::read(&archive, &graph).expect("the folder");
        let Some(ElementId::Source(id)) = graph.by_id("wire") else { panic!("a source") };
        texts.of(&graph, id).map(|held| held.text.lines().len()).map_err(Clone::clone)
    };
    assert_eq!(read("inner/good.txt"), Ok(6));
    assert_eq!(read("in.txt"), Ok(6), "a link that stays inside is the archive's own affair");
    assert_eq!(read("out.txt"), Err(NoText::Outside("out.txt".to_owned())));
    assert_eq!(read("up/secret.txt"), Err(NoText::Outside("up/secret.txt".to_owned())));
    assert_eq!(read("device.txt"), Err(NoText::Outside("device.txt".to_owned())));
    assert_eq!(read("missing.txt"), Err(NoText::Missing("missing.txt".to_owned())));
    for file in ["loop.txt", "folder.txt", "latin.txt", "inner"] {
        assert!(
            matches!(read(file), Err(NoText::NotAText(..) | NoText::Unreadable(..))),
            "{file}: {:?}",
            read(file)
        );
    }
    // Such names make no story at all.
    for file in ["../secret.txt", "/etc/passwd", "inner/../../secret.txt"] {
        let yaml = format!(
            "format: 1\nstory: {{title: T}}\nsources: [{{id: wire, title: T, kind: article, archive: {{file: {file}}}}}]\n"
        );
        assert!(story::read(yaml.as_bytes()).is_err(), "{file}");
    }
}

#[test]
fn the_command_tells_where_in_the_story_and_where_in_the_text() {
    let folder = scratch("command");
    fs::write(folder.join("archive/harbour.txt"), explain::TEXT).expect("written");
    let run = |example: &str, arguments: &[&str]| {
        fs::write(folder.join("story.yaml"), explain::whole(example)).expect("written");
        let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .current_dir(&folder)
            .env("XDG_DATA_HOME", folder.join("data"))
            .env("XDG_STATE_HOME", folder.join("state"))
            .env("XDG_CACHE_HOME", folder.join("cache"))
            .args(["verify", "story.yaml"])
            .args(arguments)
            .output()
            .expect("the program");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        (output.status.code(), out, String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let elsewhere = explain::of(dateline::story::diagnostic::Code::QuoteElsewhere);
    let (code, out, _) = run(elsewhere.wrong, &["--archive", "archive"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("error[quote-elsewhere]") && out.contains("line 3 of harbour.txt"), "{out}");
    let line =
        explain::whole(elsewhere.wrong).lines().position(|line| line.contains("locator")).expect("a line")
            + 1;
    assert!(out.contains(&format!("story.yaml:{line}:")), "{out}");
    assert!(out.ends_with("0 verified, 1 not, 0 whose text is not held; texts held: 1\n"), "{out}");
    let (code, out, _) = run(elsewhere.wrong, &["--archive", "archive", "--json"]);
    assert_eq!(code, Some(1));
    let first: serde_json::Value = serde_json::from_str(out.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["code"], "quote-elsewhere");
    let lines: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        (&lines[1]["account"], &lines[1]["mark"]),
        (&serde_json::json!("on-the-shaft"), &serde_json::json!("not-verified"))
    );
    assert!(lines[1]["why"][0].as_str().is_some_and(|why| why.contains("line 3 of harbour.txt")), "{out}");
    assert_eq!((&lines[2]["counts"]["not-verified"], lines.len()), (&serde_json::json!(1), 3));
    assert_eq!(run(elsewhere.wrong, &["--archive", "archive", "--format", "json"]).1, out);
    let (code, out, _) = run(elsewhere.right, &["--archive", "archive"]);
    assert_eq!(
        (code, out.as_str()),
        (
            Some(0),
            "story.yaml: nothing is wrong\n1 verified, 0 not, 0 whose text is not held; texts held: 1\n"
        )
    );
    // A warning fails only where it is to.
    let copied = explain::of(dateline::story::diagnostic::Code::ParaphraseCopied);
    assert_eq!(run(copied.wrong, &["--archive", "archive"]).0, Some(0));
    assert_eq!(run(copied.wrong, &["--archive", "archive", "--deny", "warnings"]).0, Some(1));
    let (code, out, told) = run(elsewhere.right, &["--archive", "nowhere"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(told.starts_with("error: cannot read the archive nowhere: "), "{told}");
}
