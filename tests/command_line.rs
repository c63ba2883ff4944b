//! The real program at the command line: what it prints, where, and with which exit code.

#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const SMALL: &str = "format: 1
story:
  title: A small story
sources:
  - {id: wire, title: A headline, kind: article}
events:
  - {id: report, title: A report, status: occurred, sources: [wire]}
";

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command-line").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn dateline(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    // Whoever runs the tests may have asked for colours everywhere.
    command.current_dir(folder).stdin(Stdio::null()).env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    // Nor is their configuration any of the tests' business.
    command.env("DATELINE_CONFIG", folder.join("config.toml"));
    command.env("XDG_DATA_HOME", folder.join("data")).env("XDG_STATE_HOME", folder.join("state"));
    command.env("XDG_CACHE_HOME", folder.join("cache"));
    command
}

/// Runs with these arguments; (exit code, standard output, standard error).
fn run(folder: &Path, arguments: &[&OsStr]) -> (Option<i32>, String, String) {
    told(&dateline(folder).args(arguments).output().expect("the program runs"))
}

fn run_with(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    run(folder, &arguments.iter().map(OsStr::new).collect::<Vec<_>>())
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        assert!(dateline::text::is_safe(&text), "{text:?}");
        text
    };
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = folder("help");
    let (code, out, err) = run_with(&folder, &["--version"]);
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (Some(0), concat!("dateline ", env!("CARGO_PKG_VERSION"), "\n"), "")
    );
    for arguments in [&["--help"][..], &["-h"], &["show", "--help"]] {
        let (code, out, err) = run_with(&folder, arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("Usage: dateline") && out.contains("--today <DATE>"), "{out}");
    }
}

#[test]
fn a_misuse_goes_to_standard_error_and_shows_nothing_hidden() {
    let folder = folder("misuse");
    for arguments in
        [&["--no-such"][..], &["a", "b"], &["a", "show"], &["--today", "soon"], &["--\u{1b}[2J\u{202e}"]]
    {
        let (code, out, err) = run_with(&folder, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.starts_with("error: ") && err.contains("try '--help'"), "{err}");
    }
}

#[test]
fn with_no_file_the_folder_s_story_is_shown_else_the_embedded_one() {
    let folder = folder("usual");
    let (code, out, _) = run_with(&folder, &["show"]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("The memo and the list\n"), "{out}");
    fs::write(folder.join("events.yaml"), SMALL).expect("written");
    for arguments in [&["show"][..], &[]] {
        let (code, out, err) = run_with(&folder, arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.starts_with("A small story\n"), "{out}");
    }
    // A link to nowhere is no reason to show another story.
    fs::remove_file(folder.join("events.yaml")).expect("removed");
    std::os::unix::fs::symlink("nowhere", folder.join("events.yaml")).expect("linked");
    let (code, out, err) = run_with(&folder, &["show"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert_eq!(err, "error: cannot read events.yaml: there is no such file\n");
}

#[test]
fn without_a_terminal_the_explorer_gives_way_to_text() {
    let folder = folder("text");
    fs::write(folder.join("show"), SMALL).expect("written");
    let (_, shown, _) = run_with(&folder, &["show", "show"]);
    let (code, out, err) = run_with(&folder, &["./show", "--today", "2025-11-30"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, shown);
    assert!(out.contains("\nundated · occurred\nA report [report]\n    reported by: A headline\n"), "{out}");
}

#[test]
fn json_is_one_object_with_the_events_in_order_of_time() {
    let (code, out, err) = run_with(&folder("json"), &["show", "--json"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let story: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let ids = |list: &serde_json::Value| list.as_array().expect("a list").len();
    assert_eq!(story["dateline"], 1);
    assert_eq!(ids(&story["chronology"]["order"]), ids(&story["events"]));
    assert_eq!(ids(&story["sources"]), 7);
}

#[test]
fn a_story_comes_by_standard_input_too() {
    let folder = folder("stdin");
    for arguments in [&["-"][..], &["show", "-"]] {
        let mut child = dateline(&folder)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        child.stdin.take().expect("its input").write_all(SMALL.as_bytes()).expect("written");
        let (code, out, err) = told(&child.wait_with_output().expect("it ends"));
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.starts_with("A small story\n"), "{out}");
    }
    let (code, out, err) = run_with(&folder, &["-"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("error[not-text]: this file is empty\n--> standard input\n"), "{err}");
}

#[test]
fn a_faulty_story_opens_nothing_and_all_its_faults_are_listed() {
    let folder = folder("faulty");
    let faulty = SMALL.replace("kind: article", "kind: artcle").replace("[wire]", "[wires]");
    fs::write(folder.join("faulty.yaml"), faulty).expect("written");
    for arguments in [&["faulty.yaml"][..], &["show", "faulty.yaml"], &["show", "--json", "faulty.yaml"]] {
        let (code, out, err) = run_with(&folder, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert!(err.contains("error[unknown-word]: `artcle` is no kind of source\n --> faulty.yaml:5:41\n"));
        assert!(err.contains("error[unknown-reference]: no element has the id `wires`"), "{err}");
        assert!(err.ends_with("\nfaulty.yaml: 2 errors; the story was not opened\n"), "{err}");
    }
}

#[test]
fn what_is_no_file_is_refused_unread() {
    let folder = folder("no-file");
    fs::create_dir(folder.join("folder")).expect("made");
    assert!(Command::new("mkfifo").arg(folder.join("fifo")).status().expect("mkfifo").success());
    for (name, why) in [
        ("folder", "it is a folder"),
        ("fifo", "it is not a regular file"),
        ("/dev/zero", "it is not a regular file"),
        ("/dev/null", "it is not a regular file"),
        ("missing.yaml", "there is no such file"),
    ] {
        // A program that opens the pipe waits for ever; the test should not.
        let output = Command::new("timeout")
            .args(["60", env!("CARGO_BIN_EXE_dateline"), "show", name])
            .current_dir(&folder)
            .output()
            .expect("the program runs");
        let (code, out, err) = told(&output);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{name}: {err}");
        assert!(err.starts_with(&format!("error: cannot read {name}: {why}\n")), "{err}");
    }
}

#[test]
fn a_file_above_the_cap_is_refused_unread() {
    let folder = folder("large");
    File::create(folder.join("huge")).expect("made").set_len(300 << 20).expect("a sparse file");
    fs::write(folder.join("small"), SMALL).expect("written");
    for (arguments, name, size) in [
        (&["show", "huge"][..], "huge", "256 MiB"),
        (&["huge"], "huge", "256 MiB"),
        (&["check", "huge"], "huge", "256 MiB"),
        (&["--max-size", "1M", "show", "huge"], "huge", "1 MiB"),
        (&["show", "small", "--max-size", "100"], "small", "100 bytes"),
    ] {
        let (code, out, err) = run_with(&folder, arguments);
        assert_eq!(code, Some(2));
        let said = format!("error[too-large]: this file is larger than {size}\n--> {name}\n");
        assert!(out.starts_with(&said) || err.starts_with(&said), "{out}{err}");
    }
    assert_eq!(run_with(&folder, &["show", "small", "--max-size", "1k"]).0, Some(0));
}

#[test]
fn disputes_that_were_found_are_told_apart_from_the_author_s() {
    let folder = folder("found");
    fs::write(folder.join("events.yaml"), include_str!("screens/unwritten.yaml")).expect("a story");
    let (code, out, err) = run_with(&folder, &["show"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let (written, found) = out.split_once("\nFound, not written").expect("what was found has a heading");
    assert!(
        written.contains("How did the paper come out?")
            && written.contains("1. leaked (1 source, 1 origin (")
    );
    assert!(
        found.contains("How far did Span shares move on 6 May 2025? · found: figures for one"),
        "{found}"
    );
    assert!(found.contains("2. denied (1 source, 1 origin ("), "{found}");
    let json = |arguments: &[&str]| {
        let (code, out, _) = run_with(&folder, arguments);
        assert_eq!(code, Some(0));
        serde_json::from_str::<serde_json::Value>(&out).expect("JSON")
    };
    let story = json(&["show", "--json"]);
    assert_eq!(story["disputes"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        story["found"][0],
        serde_json::json!({
            "rule": "figures",
            "question": "How far did Span shares move on 6 May 2025?",
            "positions": [{"label": "-2%", "held_by": ["fall-mail"]}, {"label": "-2.5%", "held_by": ["fall-post"]}]
        })
    );
    assert_eq!(story["found"][1]["rule"], "denial");
    // Only what the shown events tell, and only what was out by then.
    let part = json(&["show", "--json", "--filter", "id:fall"]);
    assert_eq!(part["found"].as_array().map(Vec::len), Some(1));
    let back = json(&["show", "--json", "--as-of", "2025-05-06"]);
    assert_eq!(back["found"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_filter_shows_its_events_and_what_they_rest_on() {
    let folder = folder("filter");
    let (code, out, err) = run_with(&folder, &["show", "--filter", "id:us-share-fall"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("filter: id:us-share-fall, 1 of 48 events\n\nThe memo and the list\n"), "{out}");
    assert!(out.contains("[us-share-fall]\n") && !out.contains("[embassy-dismissal]\n    "), "{out}");
    // The dispute is whole: the positions of other events are in it.
    assert!(out.contains("by 3.78%") && out.contains("by 4.2%") && out.contains("figure lost"), "{out}");
    // And the report that the articles rely on is among the sources, though no event shown names it.
    assert!(
        out.contains("\nSources of what is told here\n") && out.contains("\nFT report on a White House memo"),
        "{out}"
    );

    let json = |filter: &[&str]| {
        let arguments: Vec<_> = ["show", "--json"].iter().chain(filter).copied().collect();
        let (code, out, err) = run_with(&folder, &arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{filter:?}");
        serde_json::from_str::<serde_json::Value>(&out).expect("JSON")
    };
    let whole = json(&[]);
    assert!(whole["filter"].is_null());
    let part = json(&["--filter", "-kind:market (basis:inferred or status:scheduled)"]);
    let ids = |list: &serde_json::Value| -> Vec<String> {
        let list = list.as_array().expect("a list").iter();
        list.map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
    };
    let shown = ids(&part["events"]);
    assert_eq!(part["filter"]["events"], shown.len());
    assert_eq!(part["filter"]["of"], 48);
    assert!(!shown.is_empty() && shown.iter().all(|id| ids(&whole["events"]).contains(id)));
    let mut order: Vec<_> = part["chronology"]["order"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|id| id.as_str().expect("an id").to_owned())
        .collect();
    assert!(part["chronology"]["undated_from"].as_u64().expect("a number") <= shown.len() as u64);
    order.sort();
    let mut sorted = shown.clone();
    sorted.sort();
    assert_eq!(order, sorted);
    // Nothing told of a shown event points to a source, actor or dispute that is left out.
    let (sources, actors, disputes) = (ids(&part["sources"]), ids(&part["actors"]), ids(&part["disputes"]));
    assert!(sources.len() < 8 && actors.len() < 73 && disputes.len() < 49);
    let within = |list: &serde_json::Value, known: &[String]| {
        list.as_array().expect("a list").iter().all(|id| known.iter().any(|known| id == known))
    };
    for source in part["sources"].as_array().expect("a list") {
        assert!(within(&source["relies_on"], &sources));
    }
    for event in part["events"].as_array().expect("a list") {
        assert!(within(&event["sources"], &sources) && within(&event["disputes"], &disputes));
        for said in event["statements"].as_array().expect("a list") {
            assert!(sources.iter().any(|id| said["source"] == *id) && within(&said["about"], &actors));
        }
    }
    let (_, out, _) = run_with(&folder, &["show", "--filter", "qqqq"]);
    assert!(
        out.starts_with("filter: qqqq, 0 of 48 events\n") && out.contains("\nNo event matches.\n"),
        "{out}"
    );
}

#[test]
fn a_filter_is_read_in_the_whole_story_and_asked_of_what_was_known() {
    let folder = folder("filter-as-of");
    let first = |arguments: &[&str]| {
        let (code, out, err) = run_with(&folder, &[&["show"], arguments].concat());
        (code, out.lines().next().unwrap_or_default().to_owned(), err)
    };
    let (code, told, err) = first(&["--filter", "source:ainvest", "--as-of", "1900"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(told.starts_with("filter: source:ainvest, 0 of "), "{told}");
    assert_eq!(first(&["--filter", "source:nowhere", "--as-of", "1900"]).0, Some(2));
}

#[test]
fn a_filter_that_cannot_be_used_is_shown_under_its_characters() {
    let folder = folder("filter-wrong");
    for (filter, said) in [
        (
            "kind:market -said:\"x",
            "this quotation mark is not closed\n  | kind:market -said:\"x\n  |                   ^\n",
        ),
        (
            "kind:markt",
            "this story has no kind of event markt\n  | kind:markt\n  |      ^^^^^\n  = help: did you mean market?\n",
        ),
        (
            "比 or",
            "something is missing beside this or\n  | 比 or\n  |    ^^\n  = help: to look for the word itself, write \"or\"\n",
        ),
        ("\u{202e})", "no bracket is open here\n  | ‹U+202E›)\n  |         ^\n"),
    ] {
        for json in [&[][..], &["--json"]] {
            let arguments: Vec<_> = ["show", "--filter", filter].iter().chain(json).copied().collect();
            assert_eq!(run_with(&folder, &arguments), (Some(2), String::new(), format!("error: {said}")));
        }
    }
}

#[test]
fn a_view_is_a_filter_with_a_name() {
    let folder = folder("view");
    let shown = |arguments: &[&str]| {
        let (code, out, err) = run_with(&folder, arguments);
        (code, out.lines().next().unwrap_or_default().to_owned(), err)
    };
    let first = |line: &str| (Some(0), line.to_owned(), String::new());
    assert_eq!(
        shown(&["show", "--view", "scheduled"]),
        first("view: scheduled, filter: status:scheduled, 3 of 48 events")
    );
    fs::write(folder.join("config.toml"), "[[view]]\nname = 'mine'\nfilter = 'qwen'\n").expect("written");
    fs::write(folder.join("other.toml"), "[[view]]\nname = 'mine'\nfilter = 'kind:markt'\n")
        .expect("written");
    assert!(shown(&["show", "--view", "mine"]).1.starts_with("view: mine, filter: qwen, "));
    let (code, _, err) = shown(&["show", "--view", "mine", "--config", "other.toml"]);
    assert_eq!((code, err.lines().next()), (Some(2), Some("error: this story has no kind of event markt")));
    let (code, _, err) = shown(&["show", "--view", "mines"]);
    assert_eq!(code, Some(2));
    assert_eq!(err, "error: no view is called \"mines\"\n  = help: did you mean \"mine\"?\n");
    fs::write(folder.join("config.toml"), "[[view]]\nname = 'mine'\nfiltre = 'qwen'\n").expect("written");
    let (code, _, err) = shown(&["show", "--view", "disputed"]);
    assert_eq!(code, Some(2));
    assert!(
        err.ends_with("config.toml: line 3: unknown field `filtre`, expected `name` or `filter`\n"),
        "{err}"
    );
    // What does not ask for a view does not mind.
    assert_eq!(shown(&["show"]).0, Some(0));
}

#[test]
fn a_misspelt_command_is_recognised() {
    let (code, _, err) = run_with(&folder("misspelt"), &["shwo"]);
    assert_eq!(code, Some(2));
    assert_eq!(
        err,
        "error: cannot read shwo: there is no such file\n  = help: did you mean the command `show`?\n"
    );
}

#[test]
fn row_59_a_full_disk_is_told_in_one_line() {
    let folder = folder("full");
    for arguments in [&["show"][..], &["show", "--json"], &["--help"]] {
        let full = File::options().write(true).open("/dev/full").expect("the full device");
        let output = dateline(&folder).args(arguments).stdout(full).output().expect("the program runs");
        let (code, _, err) = told(&output);
        assert_eq!(code, Some(1));
        assert!(
            err.starts_with("error: cannot write to standard output: ") && err.lines().count() == 1,
            "{err}"
        );
    }
}

#[test]
fn row_58_a_reader_that_has_had_enough_is_no_fault() {
    let folder = folder("head");
    for arguments in [&["show"][..], &["show", "--json"]] {
        let mut child = dateline(&folder)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        // More is to come than a pipe holds, so the program still writes when its reader goes.
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let mut err = String::new();
        child.stderr.take().expect("its errors").read_to_string(&mut err).expect("text");
        assert_eq!((child.wait().expect("it ends").code(), err.as_str()), (Some(0), ""));
        assert!(!line.is_empty());
    }
}

#[test]
fn a_file_name_need_not_be_utf_8_nor_harmless() {
    let folder = folder("names");
    for name in [&b"st\xffry.yaml"[..], b"a\x1b[2J\nb\xe2\x80\xae.yaml", b"-dash.yaml"] {
        let name = OsString::from_vec(name.to_vec());
        fs::write(folder.join(&name), SMALL).expect("written");
        let (code, out, err) = run(&folder, &["show".as_ref(), "--".as_ref(), &name]);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{name:?}");
        assert!(out.starts_with("A small story\n"));
        fs::write(folder.join(&name), "format: 2").expect("written");
        let (code, out, err) = run(&folder, &["--".as_ref(), &name]);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert!(err.contains("error[format]"), "{err}");
    }
}

#[test]
fn a_hostile_story_is_harmless_on_every_way_out() {
    let folder = folder("hostile");
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/good-hostile.yaml");
    for arguments in [&["show".as_ref(), story.as_os_str()][..], &[story.as_os_str()]] {
        let (code, out, _) = run(&folder, arguments);
        assert_eq!(code, Some(0));
        assert!(out.contains("‹U+001B›[2J") && out.contains("‹U+202E›"), "{out}");
    }
    let (code, out, _) = run(&folder, &["show".as_ref(), "--json".as_ref(), story.as_os_str()]);
    assert_eq!(code, Some(0));
    assert!(out.contains("‹U+001B›[2J") && out.contains("‹U+202E›"));
    // Field names, ids and words of a story reach messages.
    fs::write(folder.join("field.yaml"), "format: 1\n\"\\e[2J\\u202E\": x\n").expect("written");
    fs::write(folder.join("word.yaml"), SMALL.replace("kind: article", "kind: \"\\e]0;x\\a\""))
        .expect("written");
    for name in ["field.yaml", "word.yaml"] {
        let (code, _, err) = run_with(&folder, &["show", name]);
        assert_eq!(code, Some(2));
        assert!(err.contains("‹U+001B›"), "{err}");
    }
}

#[test]
fn as_of_shows_and_checks_what_was_published_by_then() {
    let folder = folder("as-of");
    let (code, now, _) = run_with(&folder, &["show"]);
    assert_eq!(code, Some(0));
    let (code, then, _) = run_with(&folder, &["show", "--as-of", "2025-11-17T22:33"]);
    assert_eq!(code, Some(0));
    let second = then.lines().nth(1).expect("a second line");
    assert_eq!(second, "as of 17 Nov 2025 22:33: 1 source hidden, 3 possibly known");
    assert!(now.contains("AInvest News") && !then.contains("AInvest News"), "{then}");
    assert!(then.contains("(possibly out by then)"), "{then}");
    let (code, json, _) = run_with(&folder, &["show", "--json", "--as-of", "2025-11-17T22:33"]);
    assert_eq!(code, Some(0));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["as_of"]["sources_hidden"], 1);
    assert!(json["as_of"]["possibly_known"].as_array().is_some_and(|ids| !ids.is_empty()));
    assert!(json["sources"].as_array().expect("sources").iter().all(|source| source["id"] != "ainvest"));
    // Places are those of the whole file: what was true of a part of it is told at its own line.
    let (code, found, _) = run_with(&folder, &["check", "--as-of", "2025-11-17T22:33", "--format", "json"]);
    assert!(code == Some(0) || code == Some(1), "{found}");
    for (moment, why) in [("2025-02-30", "is not a date"), ("2025-11-17/..", "has no end")] {
        for command in [&["show"][..], &["check"][..], &[][..]] {
            let arguments: Vec<_> = command.iter().copied().chain(["--as-of", moment]).collect();
            let (code, out, told) = run_with(&folder, &arguments);
            assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
            assert!(told.starts_with("error: --as-of: ") && told.contains(why), "{told}");
        }
    }
}
