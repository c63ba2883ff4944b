//! `dateline check` as its users meet it: what the real program prints, to the letter, in which form, and with which
//! exit code.
//!
//! Stories in `tests/check` and `tests/rules` stand beside what is printed for them: `NAME.text` or, for a rule,
//! `CODE.shown`; `every-form` in the other forms too. `DATELINE_BLESS=1 cargo test --test check` writes them; read
//! every line, and look whether it points at what is wrong, before keeping it.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dateline::story::diagnostic::{Code, Rank};

#[path = "support/pty.rs"]
mod pty;

const CLEAN: &str = "format: 1
story:
  title: A small story
sources:
  - {id: wire, title: A headline, kind: article}
events:
  - {id: report, title: A report, status: occurred, sources: [wire]}
";
/// The day on which every story is checked.
const TODAY: &str = "2026-11-21";

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn dateline(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("XDG_DATA_HOME", folder.join("data")).env("XDG_STATE_HOME", folder.join("state"));
    command.env("XDG_CACHE_HOME", folder.join("cache"));
    command
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Runs; (exit code, standard output, standard error).
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&dateline(folder, arguments).output().expect("the program runs"))
}

fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut child = dateline(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("written");
    told(&child.wait_with_output().expect("it ends"))
}

/// Stories of a folder that something is wrong with.
fn stories(folder: &str) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(tests().join(folder))
        .expect("the folder")
        .map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned())
        .filter(|name| name.strip_suffix(".yaml").is_some_and(|name| name.rsplit('.').next() != Some("good")))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

fn compare(expectation: &Path, actual: &str) -> Option<String> {
    assert!(dateline::text::is_safe(actual), "{}: {actual:?}", expectation.display());
    if std::env::var_os("DATELINE_BLESS").is_some() {
        fs::write(expectation, actual).expect("a writable folder");
    }
    let expected = fs::read_to_string(expectation).unwrap_or_default();
    (expected != actual).then(|| {
        let difference = similar::TextDiff::from_lines(expected.as_str(), actual).unified_diff().to_string();
        format!("{}\n{difference}", expectation.display())
    })
}

#[test]
fn every_story_is_told_of_as_stands_beside_it() {
    let mut wrong = Vec::new();
    for (folder, extension) in [("check", "text"), ("rules", "shown")] {
        let place = tests().join(folder);
        for name in stories(folder) {
            let (code, out, err) = run(&place, &["check", "--today", TODAY, "--verbose", &name]);
            assert!(code.is_some_and(|code| code < 3) && err.is_empty(), "{name}: {code:?} {err}");
            wrong.extend(compare(&place.join(name).with_extension(extension), &out));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_shown_with_its_line_somewhere() {
    let mut seen = BTreeSet::new();
    for (folder, extension) in [("check", "text"), ("rules", "shown"), ("cases", "faults")] {
        for entry in fs::read_dir(tests().join(folder)).expect("the folder") {
            let path = entry.expect("a file").path();
            if path.extension().is_some_and(|other| other == extension) {
                let shown = fs::read_to_string(&path).expect("text");
                let mut lines = shown.lines().peekable();
                while let Some(line) = lines.next() {
                    let code = line.split_once('[').and_then(|(_, rest)| rest.split_once("]: "));
                    let place = lines.peek().filter(|next| next.trim_start().starts_with("--> "));
                    if let (Some((code, _)), Some(place)) = (code, place) {
                        let address = place.rsplit(':').take(2).all(|number| number.parse::<usize>().is_ok());
                        seen.extend(address.then(|| code.to_owned()));
                    }
                }
            }
        }
    }
    // A file too large is not read, so nothing in it has a line; one too dense is larger than any fixture; what `verify`
    // finds is shown by its own tests.
    let elsewhere = [Code::TooLarge, Code::TooDense];
    let shown_here = |code: &&Code| !elsewhere.contains(code) && code.rank() != Rank::Text;
    let missing: Vec<_> =
        Code::ALL.iter().filter(shown_here).filter(|code| !seen.contains(code.word())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_other_forms_say_the_same() {
    let place = tests().join("check");
    let mut wrong = Vec::new();
    for form in ["json", "github"] {
        let arguments = ["check", "--today", TODAY, "--format", form, "--verbose", "every-form.yaml"];
        let (code, out, err) = run(&place, &arguments);
        assert_eq!((code, err.as_str()), (Some(1), ""));
        wrong.extend(compare(&place.join("every-form").with_extension(form), &out));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn in_json_the_bytes_and_the_columns_are_of_the_same_place() {
    for folder in ["check", "rules", "cases"] {
        let place = tests().join(folder);
        for name in stories(folder) {
            let Ok(story) = fs::read_to_string(place.join(&name)) else { continue };
            let (_, out, _) = run(&place, &["check", "--today", TODAY, "--format", "json", &name]);
            for line in out.lines() {
                let found: serde_json::Value = serde_json::from_str(line).expect("JSON");
                for place in [&found["at"], &found["also"]["at"]].into_iter().filter(|place| !place.is_null())
                {
                    let number = |key: &str| {
                        usize::try_from(place[key].as_u64().expect("a number")).expect("a place in the file")
                    };
                    let (start, end) = (number("start"), number("end"));
                    assert!(story.get(start..end).is_some(), "{name}: {line}");
                    for (byte, line, column) in [(start, "line", "column"), (end, "end_line", "end_column")] {
                        let before = &story[..byte];
                        let in_line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
                        assert_eq!(number(line), 1 + before.matches('\n').count(), "{name}");
                        assert_eq!(number(column), 1 + in_line.chars().count(), "{name}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_shift_no_address() {
    let folder = folder("windows");
    let faulty = CLEAN.replace("A headline, kind: article", "Ünïcode, kind: artcle");
    fs::write(folder.join("unix.yaml"), &faulty).expect("written");
    fs::write(folder.join("dos.yaml"), format!("\u{feff}{}", faulty.replace('\n', "\r\n"))).expect("written");
    let (_, unix, _) = run(&folder, &["check", "unix.yaml"]);
    let (_, dos, _) = run(&folder, &["check", "dos.yaml"]);
    assert!(unix.contains("unix.yaml:5:38\n"), "{unix}");
    assert_eq!(dos.replace("dos.yaml", "unix.yaml"), unix);
    // On the first line too, where the mark stands.
    let first = "formt: 1\n";
    fs::write(folder.join("first.yaml"), format!("\u{feff}{first}")).expect("written");
    let (_, out, _) = run(&folder, &["check", "first.yaml"]);
    assert!(out.contains("first.yaml:1:1\n  |\n1 | formt: 1\n  | ^^^^^\n"), "{out}");
}

/// One thing put wrong by hand, and on which line of the file it must be found.
fn damage(story: &str, line: &str, wrong: &str) -> (String, usize) {
    let at = story.find(line).unwrap_or_else(|| unreachable!("{line:?} is in events.yaml"));
    let damaged = format!("{}{wrong}{}", &story[..at], &story[at + line.len()..]);
    (damaged, 1 + story[..at].matches('\n').count())
}

#[test]
fn a_fault_put_by_hand_into_the_embedded_story_is_found_on_its_line() {
    let folder = folder("by-hand");
    let story = dateline::story::EMBEDDED;
    let after = |text: &'static str, line: &str| {
        // The whole line with this text in it.
        let at = story.find(text).unwrap_or_else(|| unreachable!("{text:?} is in events.yaml"));
        let start = story[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = at + story[at..].find('\n').unwrap_or(story.len() - at);
        damage(story, &story[start..end], line)
    };
    let event = "  - {id: new-event, title: New, status: occurred, sources: [nobody]}\n";
    for (code, (damaged, line)) in [
        ("shape", after("  time_zone:", "  time_zone: [UTC]")),
        ("yaml", after("  time_zone:", "\ttime_zone: UTC")),
        ("shape", after("  time_zone:", "  time_zone: ~")),
        ("yaml", after("  time_zone:", "  time_zone: \"a\u{0}b\"")),
        ("shape", after("  time_zone:", "  timezone: UTC")),
        ("yaml", after("  time_zone:", "  time_zone: \"UTC")),
        ("bad-time-zone", after("  time_zone:", "  time_zone: Moon/Base")),
        ("anchor", after("  time_zone:", "  time_zone: &zone UTC")),
        ("anchor", after("  time_zone:", "  time_zone: *zone")),
        ("anchor", after("  time_zone:", "  <<: {time_zone: UTC}")),
        ("tag", after("  time_zone:", "  time_zone: !!str UTC")),
        ("repeated-key", after("  time_zone:", "  title: Another")),
        ("unknown-reference", damage(story, "\nevents:\n", &format!("\nevents:\n{event}"))),
        ("several-documents", damage(story, "\nevents:\n", "\n---\nevents:\n")),
    ] {
        fs::write(folder.join("story.yaml"), &damaged).expect("written");
        let (status, out, err) =
            run(&folder, &["check", "--today", "2025-11-30", "--format", "json", "story.yaml"]);
        assert!(status > Some(0) && err.is_empty(), "{code}: {err}");
        let found: Vec<serde_json::Value> =
            out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        // What is put in after a line break stands on the next line.
        let line = if damaged.contains("\n---\n") || damaged.contains(event) { line + 1 } else { line };
        let line = if damaged.contains(event) { line + 1 } else { line };
        let line = u64::try_from(line).expect("a line");
        assert!(
            found.iter().any(|one| one["code"] == code && one["at"]["line"] == line),
            "{code} on line {line}: {out}"
        );
    }
}

/// What is put into events.yaml in place of what, and words of it on the line where it must be found.
type Damage = (&'static str, String, String);

const EVENTS: &str = "\nevents:\n";

/// A field, where it is not among those given.
fn unless(fields: &str, key: &str, usual: &str) -> String {
    if fields.contains(key) { String::new() } else { usual.to_owned() }
}

/// An event more.
fn event(fields: &str) -> Damage {
    let id = unless(fields, "id: ev", "id: ev-new, ");
    let title = unless(fields, " title:", "title: New, ");
    let status = unless(fields, "status:", "status: occurred, ");
    let sources = unless(fields, "sources:", "sources: [ainvest], ");
    let (title, fields) = if fields == "no title" { (String::new(), "") } else { (title, fields) };
    let line = format!("  - {{{id}{title}{status}{sources}{fields}}}\n");
    (EVENTS, format!("{EVENTS}{line}"), line)
}

/// An event with a statement more.
fn statement(fields: &str) -> Damage {
    let form = unless(fields, "form:", "form: paraphrase, ");
    let text = unless(fields, "text:", "text: Words, ");
    let about = unless(fields, "about:", "about: [baidu], ");
    let source = unless(fields, "no source", "source: ainvest, ");
    let fields = fields.trim_end_matches("no source");
    event(&format!("statements: [{{id: st-new, {form}{text}{about}{source}{fields}}}]"))
}

/// A line in place of the time zone.
fn zone(line: &str) -> Damage {
    ("  time_zone: America/New_York\n", format!("{line}\n"), line.to_owned())
}

/// A source more: before the list that follows, so at the end of its own.
fn source(id: &str, fields: &str) -> Damage {
    let line = format!("  - {{id: {id}, title: New, kind: article{fields}}}\n");
    ("\nactors:\n", format!("\n{line}actors:\n"), line)
}

/// An actor more.
fn actor(fields: &str) -> Damage {
    let line = format!("  - {{id: ac-new, kind: person, {fields}}}\n");
    (EVENTS, format!("\n{line}events:\n"), line)
}

/// A dispute more.
fn dispute(positions: &str) -> Damage {
    const DISPUTES: &str = "\ndisputes:\n";
    let line = format!("  - {{id: di-new, question: Which?, grade: tension, positions: [{positions}]}}\n");
    (DISPUTES, format!("{DISPUTES}{line}"), line)
}

/// The damage that a code is found for. Where a file is too large, no line of it is at fault.
fn one_damage(code: Code) -> Option<Damage> {
    Some(match code {
        Code::Yaml => zone("  time_zone: @America"),
        Code::Shape => zone("  time_zone: ~"),
        Code::NotText => zone("  time_zone: \u{1}"),
        Code::Anchor => zone("  time_zone: &zone UTC"),
        Code::Tag => zone("  time_zone: !!str UTC"),
        Code::RepeatedKey => zone("  title: Another"),
        Code::TooDeep => zone(&format!("  time_zone: {}", "[".repeat(100))),
        Code::TooDense => zone(&format!("  time_zone: [{}", "{},".repeat(100_000))),
        Code::BadTimeZone => zone("  time_zone: Moon/Base"),
        Code::SeveralDocuments => (EVENTS, format!("\n---{EVENTS}"), "---\nevents:".to_owned()),
        Code::Format => ("format: 1\n", "format: 2\n".to_owned(), "format: 2\n".to_owned()),
        Code::Missing => event("no title"),
        Code::BadGap => event("after: [{source: ainvest, by: soon}]"),
        Code::TwoNeighbours => event("after: [{source: ainvest, event: pentagon-letter}]"),
        Code::BadId => event("id: ev_new"),
        Code::DuplicateId => source("gmt-eight", ""),
        Code::UnknownReference => event("sources: [nobody]"),
        Code::WrongKind => event("sources: [alibaba]"),
        Code::UnknownWord => event("status: ocurred"),
        Code::BadTime => event("when: 2025-13"),
        Code::BadChange => event("reactions: [{id: re-new, instrument: I, change: down, source: ainvest}]"),
        Code::BadLocator => statement("locator: third paragraph"),
        Code::OutOfRange => source("so-new", ", grade: {credibility: 9}"),
        Code::QuoteWithoutSpeaker => statement("form: quote"),
        Code::WithoutSource => statement("no source"),
        Code::TooFewPositions => dispute("{label: one, held_by: [ain-ratio]}"),
        Code::SelfReference => event("after: [ev-new]"),
        Code::Cycle => {
            let line = "  - {id: ev-new, title: N, status: occurred, sources: [ainvest], after: [ev-two]}\n";
            let two = "  - {id: ev-two, title: N, status: occurred, sources: [ainvest], after: [ev-new]}\n";
            (EVENTS, format!("{EVENTS}{line}{two}"), line.to_owned())
        }
        Code::OrderAgainstDates => event("when: 2024-01-01, after: [ainvest]"),
        _ => return one_for_a_rule(code),
    })
}

fn one_for_a_rule(code: Code) -> Option<Damage> {
    Some(match code {
        Code::UnsafeText => event("summary: \"a\\u202Eb\""),
        Code::CutByComment => (
            "  title: The memo and the list\n",
            "  title: The memo and #2 the list\n".to_owned(),
            "  title: The memo and #2".to_owned(),
        ),
        Code::QuoteWithoutLocator => statement("form: quote, speaker: baidu"),
        Code::MarksInQuote => {
            statement("form: quote, text: “all is well here”, speaker: baidu, locator: line 1")
        }
        Code::AllegationWithoutReply => statement("stance: allegation"),
        Code::SaidAfterPublication => statement("said: 2026-01-01"),
        Code::ReportedBeforeHappening => event("when: 2026-01-01"),
        Code::DisputeOfOneOrigin => {
            dispute("{label: one, held_by: [ain-ratio]}, {label: two, held_by: [ain-logistics]}")
        }
        Code::FiguresWithoutDispute => event(
            "reactions: [{id: re-new, instrument: I, change: 1%, source: ainvest}, \
             {id: re-two, instrument: I, change: 2%, source: ainvest}]",
        ),
        Code::StatedLinkWithoutSource => event("links: [{to: alibaba-denial, kind: updates, basis: stated}]"),
        Code::InferredWithoutNote => event("when: 2025-11-01, when_basis: inferred"),
        Code::CorroborationOfOneOrigin => event("sources: [gmt-eight, memo-article]"),
        Code::UnusedActor => actor("name: Nobody Else"),
        Code::UnusedSource => source("so-new", ""),
        Code::UnusedStatement => statement("about: []"),
        Code::SameName => actor("name: Baidu"),
        Code::LookalikeName => actor("name: B\u{430}idu"),
        Code::LikelyMisquote => event(
            "statements: [\
             {id: st-new, form: quote, text: we never did any such thing here, speaker: baidu, source: ainvest, locator: line 1}, \
             {id: st-two, form: quote, text: we never did any bad thing here, speaker: baidu, source: ainvest, locator: line 2}]",
        ),
        Code::ScheduledInThePast => event("status: scheduled, when: 2025-01-01"),
        Code::QuotationInOwnWords => event("summary: He says “we did no such thing at all” there."),
        Code::UrlNotOpened => source("ainvest-too", ", relies_on: [ainvest], url: javascript:alert(1)"),
        Code::IdleAllow => event("allow: [{rule: unused-statement, reason: nothing is unused here}]"),
        _ => return None,
    })
}

#[test]
fn one_damage_for_every_code_is_found_on_its_line_of_the_embedded_story() {
    let folder = folder("one-damage");
    let mut wrong = Vec::new();
    // One too dense is larger than the story itself; tests/hostile.rs has it.
    let elsewhere = [Code::TooLarge, Code::TooDense];
    for code in Code::ALL.iter().filter(|code| !elsewhere.contains(code) && code.rank() != Rank::Text) {
        let Some((find, put, marker)) = one_damage(*code) else {
            wrong.push(format!("{code} is done by nothing"));
            continue;
        };
        let story = dateline::story::EMBEDDED;
        assert_eq!(story.matches(find).count(), 1, "{code}: {find:?}");
        let damaged = story.replace(find, &put);
        let at = damaged.find(&marker).unwrap_or_else(|| unreachable!("{code}: {marker:?} is put in"));
        let line = u64::try_from(1 + damaged[..at].matches('\n').count()).expect("a line");
        let bytes: Vec<u8> = damaged.bytes().map(|byte| if byte == 1 { 0xff } else { byte }).collect();
        fs::write(folder.join("story.yaml"), bytes).expect("written");
        let arguments = ["check", "--today", "2025-11-30", "--format", "json", "story.yaml"];
        let (_, out, err) = run(&folder, &arguments);
        let found: Vec<serde_json::Value> =
            out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let is_it = |one: &serde_json::Value| {
            let at = one["at"]["line"].as_u64();
            // Of a circle it is told at one of its two ends.
            let is_there = at == Some(line) || (*code == Code::Cycle && at == Some(line + 1));
            one["code"] == code.word() && is_there
        };
        if !found.iter().any(is_it) {
            wrong.push(format!("{code} on line {line}:\n{out}{err}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (status, out, _) = run(&folder, &["check", "--max-size", "10", "--format", "json", "story.yaml"]);
    assert!(status == Some(2) && out.contains("\"code\":\"too-large\""), "{out}");
}

/// Slips of the pen in a copy of the embedded story: what is written over a field of its first event, on which line of
/// what is written it must be found, and in which words.
const SLIPS: &[(&str, usize, &str, &str)] = &[
    (
        "    status occurred\n",
        0,
        "a colon and a blank are missing after `status`",
        "write `status: occurred`",
    ),
    (
        "    status:occurred\n",
        0,
        "a blank is missing behind the colon after `status`",
        "write `status: occurred`",
    ),
    (
        "<<<<<<< HEAD\n    status: occurred\n=======\n",
        0,
        "`<<<<<<<` is a mark that git leaves",
        "keep one of the two",
    ),
    (
        "    status: \"occurred\n",
        0,
        "the text in quotes that begins here is not closed",
        "close the quotation mark",
    ),
    (
        "    status: 'occurred\n",
        0,
        "the text in quotes that begins here is not closed",
        "close the quotation mark",
    ),
    ("    status: >1%\n", 0, "text that begins with `>` must stand in quotes", "put it in quotes: '>1%'"),
    (
        "    status: @acme\n",
        0,
        "text that begins with `@` must stand in quotes",
        "put the whole text in quotes",
    ),
    (
        "     status: occurred\n",
        0,
        "this line is indented by 5 blanks, and what it belongs to by 4",
        "begin it with 4 blanks",
    ),
    (
        "   status: occurred\n",
        0,
        "this line is indented by 3 blanks, and what it belongs to by 4",
        "begin it with 4 blanks",
    ),
    (
        "    place: here\n     status: occurred\n",
        1,
        "this line is indented by 5 blanks",
        "begin it with 4 blanks",
    ),
    (
        "    summary: \"We did\" not do so\n",
        0,
        "text goes on behind the closing quotation mark",
        "put the whole text in quotes: '\"We did\" not do so'",
    ),
    (
        "    summary: [sic] they said\n",
        0,
        "text goes on behind the closing bracket",
        "put the whole text in quotes: '[sic] they said'",
    ),
    (
        "    summary: we said: no\n",
        0,
        "a colon with a blank behind it stands in this text",
        "put the whole text in quotes: 'we said: no'",
    ),
    (
        "    summary: - brand new\n",
        0,
        "a dash with a blank behind it stands where text belongs",
        "put text that begins with a dash in quotes",
    ),
    (
        "    place: #1 in the list\n    status: occurred\n",
        0,
        "`place:` has no value: what stands behind the `#` is a comment",
        "in quotes",
    ),
    (
        "\u{a0}   status: occurred\n",
        0,
        "a character that cannot be seen: U+00A0, a no-break space",
        "take it out",
    ),
    ("    \u{a0}status: occurred\n", 0, "unknown field `\u{a0}status`", "U+00A0, a no-break space"),
    ("  -id: another\n", 0, "a blank is missing behind the dash", "write `- id: another`"),
    (" actors:\n", 0, "this line is indented by 1 blank, and what it belongs to by", "begin it with"),
];

#[test]
fn a_slip_of_the_pen_is_told_where_it_was_made() {
    let folder = folder("slips");
    let story = dateline::story::EMBEDDED;
    let events = story.find("\nevents:\n").expect("events");
    let field = "    status: occurred\n";
    let at = events + story[events..].find(field).expect("an event that occurred");
    for (slip, below, message, help) in SLIPS {
        let damaged = format!("{}{slip}{}", &story[..at], &story[at + field.len()..]);
        fs::write(folder.join("story.yaml"), &damaged).expect("written");
        let (status, out, _) = run(&folder, &["check", "--format", "json", "story.yaml"]);
        let found: serde_json::Value =
            serde_json::from_str(out.lines().next().unwrap_or_default()).expect("a finding");
        assert_eq!(status, Some(2), "{slip:?}: {out}");
        let line = 1 + damaged[..at].matches('\n').count() + below;
        assert_eq!(found["at"]["line"].as_u64(), u64::try_from(line).ok(), "{slip:?}: {out}");
        assert!(found["message"].as_str().is_some_and(|told| told.contains(message)), "{slip:?}: {out}");
        assert!(found["help"].as_str().is_some_and(|told| told.contains(help)), "{slip:?}: {out}");
    }
}

#[test]
fn the_exit_code_is_that_of_the_worst_file() {
    let folder = folder("codes");
    let warned = CLEAN.replace("events:", "actors: [{id: no-one, name: No One, kind: person}]\nevents:");
    let faulty = CLEAN.replace("[wire]", "[wires]");
    for (name, story) in [("clean", CLEAN), ("warned", &warned), ("faulty", &faulty), ("broken", "format: [")]
    {
        fs::write(folder.join(format!("{name}.yaml")), story).expect("written");
    }
    for (arguments, code) in [
        (&["clean.yaml"][..], 0),
        (&["warned.yaml"], 0),
        (&["warned.yaml", "--deny", "warnings"], 1),
        (&["warned.yaml", "--deny", "warnings", "--allow", "unused-source"], 1),
        (&["warned.yaml", "--deny", "warnings", "--allow", "unused-actor"], 0),
        (&["warned.yaml", "--deny", "warnings", "--allow", "unused-source", "--allow", "unused-actor"], 0),
        (&["faulty.yaml", "--deny", "warnings", "--allow", "unused-actor"], 1),
        (&["faulty.yaml"], 1),
        (&["clean.yaml", "faulty.yaml", "warned.yaml"], 1),
        (&["broken.yaml"], 2),
        (&["faulty.yaml", "broken.yaml", "clean.yaml"], 2),
        (&["clean.yaml", "missing.yaml"], 2),
        (&["--max-size", "10", "clean.yaml"], 2),
        (&["--format", "json", "faulty.yaml"], 1),
        (&["--format", "github", "broken.yaml"], 2),
    ] {
        let (status, out, err) = run(&folder, &[&["check"], arguments].concat());
        assert_eq!(status, Some(code), "{arguments:?}\n{out}{err}");
    }
    // What is left out on the command line counts for nothing, and only then.
    let all = ["check", "warned.yaml", "--format", "json"];
    let (_, out, _) = run(&folder, &all);
    let codes: Vec<String> = out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["code"].to_string())
        .map(|code| code.trim_matches('"').to_owned())
        .collect();
    assert!(codes.contains(&"unused-actor".to_owned()), "{out}");
    let mut arguments = vec!["check", "warned.yaml", "--deny", "warnings"];
    for code in &codes {
        arguments.extend(["--allow", code.as_str()]);
    }
    let (status, out, _) = run(&folder, &arguments);
    assert_eq!(status, Some(0), "{out}");
    arguments.push("--verbose");
    let (status, out, _) = run(&folder, &arguments);
    assert_eq!(status, Some(0));
    assert!(
        out.contains("allowed[unused-actor]: ") && out.contains("= note: allowed: on the command line"),
        "{out}"
    );
}

#[test]
fn a_folder_stands_for_its_stories_and_every_file_has_its_line() {
    let folder = folder("folder");
    let stories = folder.join("stories");
    fs::create_dir_all(stories.join("deeper.yaml")).expect("made");
    for name in ["b.yaml", "a.yml", "c.txt", "deeper.yaml/d.yaml"] {
        fs::write(stories.join(name), CLEAN.replace("[wire]", "[wires]")).expect("written");
    }
    let (code, out, err) = run(&folder, &["check", "stories"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let counts: Vec<_> =
        out.lines().filter(|line| line.starts_with("stories/") && line.contains(": 1 error")).collect();
    assert_eq!(counts.len(), 2, "{out}");
    assert!(counts[0].starts_with("stories/a.yml: ") && counts[1].starts_with("stories/b.yaml: "), "{out}");
    fs::create_dir(folder.join("empty")).expect("made");
    let (code, out, err) = run(&folder, &["check", "empty"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert_eq!(err, "error: cannot read empty: there is no *.yaml in this folder\n");
}

#[test]
fn with_no_file_the_folder_s_story_is_checked_else_the_embedded_one() {
    let folder = folder("usual");
    let (code, out, err) = run(&folder, &["check", "--today", "2025-11-30", "--deny", "warnings"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.starts_with("embedded story: nothing is wrong"), "{out}");
    // Nobody takes that for an answer on a file of his own.
    assert!(
        err.starts_with("note: there is no events.yaml in this folder, so the embedded story is checked"),
        "{err}"
    );
    fs::write(folder.join("events.yaml"), CLEAN).expect("written");
    let (code, out, err) = run(&folder, &["check"]);
    assert_eq!((code, out.lines().last()), (Some(0), Some("events.yaml: nothing is wrong")));
    assert_eq!(err, "");
}

#[test]
fn a_story_is_checked_from_standard_input() {
    let folder = folder("stdin");
    let faulty = CLEAN.replace("[wire]", "[wires]");
    let (code, out, _) = run_with_input(&folder, &["check", "-"], &faulty);
    assert_eq!(code, Some(1));
    assert!(out.contains(" --> standard input:7:63\n") && out.contains("7 |   - {id: report"), "{out}");
    // No editor can open it, so no file is named to the service.
    let (_, out, _) = run_with_input(&folder, &["check", "-", "--format", "github"], &faulty);
    assert!(out.starts_with("::error title=unknown-reference::no element has the id"), "{out}");
}

#[test]
fn every_code_is_explained() {
    let folder = folder("explain");
    for code in Code::ALL {
        let (status, out, err) = run(&folder, &["check", "--explain", code.word()]);
        assert_eq!((status, err.as_str()), (Some(0), ""));
        assert!(out.starts_with(&format!("{code}: ")), "{out}");
        assert!(out.contains("\nWrong:\n\n    ") && out.contains("\nRight:\n\n    "), "{out}");
        assert!(
            out.lines().take_while(|line| *line != "Wrong:").all(|line| dateline::text::width(line) <= 120)
        );
    }
    let (status, _, err) = run(&folder, &["check", "--explain", "unknown-refrence"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("did you mean `unknown-reference`?"), "{err}");
    let (status, _, err) = run(&folder, &["check", "--allow", "cycle"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("this is a fault, not a rule"), "{err}");
    assert!(Code::ALL.iter().any(|code| code.rank() == Rank::Rule));
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let folder = folder("colours");
    fs::write(folder.join("faulty.yaml"), CLEAN.replace("[wire]", "[wires]")).expect("written");
    let coloured = |arguments: &[&str], name: &str, value: &str| {
        let arguments = [&["check", "faulty.yaml"], arguments].concat();
        let output = dateline(&folder, &arguments).env(name, value).output().expect("the program runs");
        told(&output).1.contains('\u{1b}')
    };
    assert!(!coloured(&[], "TERM", "xterm"));
    assert!(coloured(&[], "CLICOLOR_FORCE", "1"));
    assert!(!coloured(&[], "CLICOLOR_FORCE", "0"));
    assert!(coloured(&["--color", "always"], "TERM", "xterm"));
    assert!(coloured(&["--color", "always"], "NO_COLOR", "1"));
    assert!(!coloured(&["--color", "always", "--format", "json"], "TERM", "xterm"));

    let file = folder.join("faulty.yaml");
    let file = file.to_str().expect("UTF-8");
    let in_terminal = |arguments: &[&str], environment: &[(&str, &str)]| {
        let arguments = [&["check", file], arguments].concat();
        let session = pty::Session::spawn(env!("CARGO_BIN_EXE_dateline"), &arguments, 24, 80, environment);
        assert_eq!(session.wait_exit(), pty::Exit::Code(1));
        session.raw_output().contains(&0x1b)
    };
    assert!(in_terminal(&[], &[]));
    assert!(in_terminal(&[], &[("NO_COLOR", "")]));
    assert!(!in_terminal(&[], &[("NO_COLOR", "1")]));
    assert!(!in_terminal(&[], &[("CLICOLOR", "0")]));
    assert!(!in_terminal(&[], &[("TERM", "dumb")]));
    assert!(!in_terminal(&["--color", "never"], &[]));
}

#[test]
fn opening_a_faulty_story_tells_of_it_in_the_same_form() {
    let folder = folder("opening");
    fs::write(folder.join("faulty.yaml"), CLEAN.replace("[wire]", "[wires]")).expect("written");
    let (_, checked, _) = run(&folder, &["check", "faulty.yaml"]);
    let (code, out, shown) = run(&folder, &["show", "faulty.yaml"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    let without_count = |text: &str| text.rsplit_once("\n\n").map(|(blocks, _)| blocks.to_owned());
    assert_eq!(without_count(&checked), without_count(&shown));
    // What only a rule finds stops nobody.
    fs::write(folder.join("warned.yaml"), CLEAN.replace("A report", "\"A \\u202E report\""))
        .expect("written");
    assert_eq!(run(&folder, &["check", "warned.yaml"]).0, Some(1));
    assert_eq!(run(&folder, &["show", "warned.yaml"]).0, Some(0));
}

#[test]
fn a_new_story_is_valid_and_nothing_is_overwritten() {
    let folder = folder("new");
    let (code, out, err) = run(&folder, &["new", "mine.yaml"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, "mine.yaml is written; look at it with: dateline mine.yaml\n");
    assert_eq!(fs::read_to_string(folder.join("mine.yaml")).expect("written"), dateline::story::EXAMPLE);
    let (code, out, _) = run(&folder, &["check", "--deny", "warnings", "mine.yaml"]);
    assert_eq!(code, Some(0), "{out}");
    fs::write(folder.join("kept.yaml"), "kept").expect("written");
    std::os::unix::fs::symlink("kept.yaml", folder.join("link.yaml")).expect("linked");
    std::os::unix::fs::symlink("nowhere", folder.join("dangling.yaml")).expect("linked");
    for name in ["kept.yaml", "link.yaml", "dangling.yaml", "."] {
        let (code, out, err) = run(&folder, &["new", name]);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert_eq!(
            err,
            format!(
                "error: cannot write {name}: something of that name is there, and nothing is overwritten\n"
            )
        );
    }
    assert_eq!(fs::read_to_string(folder.join("kept.yaml")).expect("there"), "kept");
    assert!(!folder.join("nowhere").exists());
    for (name, typed) in
        [("show", "./show"), ("my story.yaml", "'my story.yaml'"), ("it's.yaml", "'it'\\''s.yaml'")]
    {
        let (code, out, _) = run(&folder, &["new", name]);
        assert_eq!((code, out), (Some(0), format!("{name} is written; look at it with: dateline {typed}\n")));
    }
    let (code, _, err) = run(&folder, &["new", "-"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("`-` is standard output") && !folder.join("-").exists(), "{err}");
    let (code, _, err) = run(&folder, &["new", "no/such/folder.yaml"]);
    assert_eq!(
        (code, err.as_str()),
        (Some(2), "error: cannot write no/such/folder.yaml: there is no such folder\n")
    );
}

#[test]
fn the_schema_is_printed() {
    let (code, out, err) = run(&folder("schema"), &["schema"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, dateline::story::schema::json());
}

#[test]
fn a_reader_that_has_had_enough_is_no_fault_and_hides_none() {
    let folder = folder("head");
    let event = "  - {id: same, title: T, status: ocurred, sources: [wire]}\n";
    let many = event.repeat(3000);
    fs::write(folder.join("many.yaml"), format!("{CLEAN}{many}")).expect("written");
    let mut child = dateline(&folder, &["check", "many.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let (code, _, err) = told(&child.wait_with_output().expect("it ends"));
    assert_eq!((code, err.as_str()), (Some(1), ""));
}
