//! Hostile and broken input, driven through the real program: each test is named after its row of the table of faults
//! and bad inputs that this program answers for. What must not fill the memory runs within 256 MB; a watchdog ends what
//! hangs.

#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A story up to its events.
const HEAD: &str = "format: 1
story:
  title: A small story
sources:
  - {id: wire, title: A headline, kind: article, origin: itself}
";
const EVENT: &str = "events:\n  - {id: report, title: A report, status: occurred, sources: [wire]}\n";

/// What a run came to.
#[derive(Debug)]
struct Told {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Told {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
            assert!(dateline::text::is_safe(&text), "{text:?}");
            text
        };
        let code = output.status.code();
        assert!(code != Some(124), "the watchdog ended it");
        assert!(code.is_some_and(|code| code < 128), "a signal ended it: {output:?}");
        Self { code, out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Asserts the exit code, and that all this was said.
    #[track_caller]
    fn says(&self, code: i32, all: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        for one in all {
            assert!(self.out.contains(one) || self.err.contains(one), "{one:?} is not in {self:?}");
        }
    }
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Seconds of processor time that a run may take, of a program that is not optimised. Others that use the machine do not
/// count; a hang without any use of it is ended by the watchdog.
const SECONDS: u32 = 20;

/// Runs under the watchdog, within [`SECONDS`]; within 256 MB of memory where asked for and the system can.
fn run(folder: &Path, arguments: &[&OsStr], bounded: bool) -> Told {
    let limit = "ulimit -v 262144";
    let can =
        || Command::new("sh").args(["-c", limit]).stderr(Stdio::null()).status().is_ok_and(|it| it.success());
    let limit = match bounded {
        true if can() => limit,
        true => {
            // A row that says 256 MB is no test without the limit, where there is one.
            assert_ne!(std::env::consts::OS, "linux", "the memory cannot be limited");
            eprintln!("the memory cannot be limited here: only the answer is tested");
            "true"
        }
        false => "true",
    };
    let output = Command::new("sh")
        .args([
            "-c",
            &format!("{limit} && ulimit -t {SECONDS} && exec timeout 120 \"$0\" \"$@\""),
            env!("CARGO_BIN_EXE_dateline"),
        ])
        .args(arguments)
        .current_dir(folder)
        // The limit counts addresses, of which every thread reserves far more than it uses.
        .envs([("MALLOC_ARENA_MAX", "1"), ("RAYON_NUM_THREADS", "2")])
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    Told::of(&output)
}

/// Writes a story and checks it, within 256 MB.
fn check(folder: &Path, story: impl AsRef<[u8]>) -> Told {
    fs::write(folder.join("story.yaml"), story).expect("written");
    run(folder, &["check".as_ref(), "story.yaml".as_ref()], true)
}

fn show(folder: &Path, story: impl AsRef<[u8]>) -> Told {
    fs::write(folder.join("story.yaml"), story).expect("written");
    run(folder, &["show".as_ref(), "story.yaml".as_ref()], true)
}

/// Where these words stand in a story, as an address reads.
fn at(story: &str, words: &str) -> String {
    let start = story.find(words).unwrap_or_else(|| unreachable!("{words:?} is in the story"));
    let line = story[..start].rsplit('\n').next().unwrap_or_default();
    format!("story.yaml:{}:{}\n", 1 + story[..start].matches('\n').count(), 1 + line.chars().count())
}

fn with_title(title: &str) -> String {
    format!("{HEAD}{EVENT}").replace("title: A report", &format!("title: {title}"))
}

#[test]
fn row_1_terminal_commands_in_a_quoted_scalar() {
    let folder = folder("1");
    for title in [r#""\e]52;c;eA==\a owned""#, r#""\x1b[2J wiped""#] {
        let story = with_title(title);
        check(&folder, &story).says(1, &["error[unsafe-text]", &at(&story, title), "U+001B"]);
        show(&folder, with_title(title)).says(0, &["‹U+001B›"]);
    }
    // Raw, they are not even YAML.
    let story = with_title("\"\u{1b}[2J\"");
    check(&folder, &story).says(2, &["error[yaml]", "U+001B", &at(&story, "\u{1b}")]);
}

#[test]
fn row_2_c1_controls() {
    let folder = folder("2");
    for (title, shown) in [(r#""\x9b2J""#, "‹U+009B›"), (r#""\u009d0;x""#, "‹U+009D›")] {
        check(&folder, with_title(title)).says(1, &["error[unsafe-text]", shown]);
        show(&folder, with_title(title)).says(0, &[shown]);
    }
    check(&folder, with_title("\"\u{9b}2J\"")).says(2, &["error[yaml]", "U+009B"]);
}

#[test]
fn row_3_carriage_returns_and_tabs_in_text() {
    let folder = folder("3");
    show(&folder, with_title(r#""one\ttwo""#)).says(0, &["one    two"]);
    show(&folder, with_title(r#""one\rtwo""#)).says(0, &["one‹U+000D›two"]);
    check(&folder, with_title(r#""one\rtwo""#)).says(1, &["error[unsafe-text]", "U+000D"]);
}

#[test]
fn row_4_bidi_controls() {
    let folder = folder("4");
    for character in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'] {
        let story = with_title(&format!("\"a{character}b\""));
        let shown = format!("\"a‹U+{:04X}›b\"", u32::from(character));
        check(&folder, &story).says(1, &["error[unsafe-text]", &shown, &at(&story, "\"a")]);
    }
}

#[test]
fn row_5_characters_that_do_not_show() {
    let folder = folder("5");
    for escape in ["\\u200b", "\\ufeff", "\\U000e0041", "\\u2028", "\\u3164"] {
        let id = with_title("A report").replace("id: report", &format!("id: \"re{escape}port\""));
        check(&folder, &id).says(1, &["error[bad-id]", &at(&id, "\"re")]);
        let shown = format!("‹U+{}›", escape[2..].trim_start_matches("000").to_uppercase());
        show(&folder, with_title(&format!("\"a{escape}b\""))).says(0, &[&shown]);
    }
}

#[test]
fn row_6_letters_of_another_script_in_a_name() {
    let actors = "actors:\n  - {id: one, name: Paypal, kind: company}\n  - {id: two, name: P\u{430}ypal, kind: company}\n";
    check(&folder("6"), format!("{HEAD}{actors}{EVENT}"))
        .says(0, &["warning[lookalike-name]", "story.yaml:8"]);
}

#[test]
fn row_9_an_escape_in_the_name_of_an_unknown_field() {
    let folder = folder("9");
    for field in [r#""\e[2J\u202e": x"#, r#"? "\x9b""#] {
        let story = format!("{HEAD}{field}\n");
        check(&folder, &story).says(2, &["error[shape]: unknown field `‹U+", "story.yaml:6:"]);
        show(&folder, &story).says(2, &["unknown field `‹U+"]);
    }
}

#[test]
fn row_10_an_escape_or_line_break_in_a_file_name() {
    let folder = folder("10");
    let name = OsStr::from_bytes(b"a\x1b]0;owned\x07\nb\xe2\x80\xae.yaml");
    fs::write(folder.join(name), "format: 2").expect("written");
    for form in ["text", "json", "github"] {
        let told = run(&folder, &["check".as_ref(), "--format".as_ref(), form.as_ref(), name], false);
        told.says(1, &["a‹U+001B›]0;owned‹U+0007›‹U+000A›b‹U+202E›.yaml"]);
    }
    run(&folder, &["check".as_ref(), ".".as_ref()], false).says(1, &["a‹U+001B›]0;owned"]);
    run(&folder, &["check".as_ref(), OsStr::from_bytes(b"\x1b[2J")], false)
        .says(2, &["cannot read ‹U+001B›[2J"]);
}

#[test]
fn row_21_nesting_deeper_than_128() {
    let folder = folder("21");
    let indented: String = (0..2_000).fold(String::new(), |mut text, depth| {
        let _ = writeln!(text, "{}a:", " ".repeat(depth));
        text
    });
    for (story, place) in [
        ("[".repeat(129), "story.yaml:1:65"),
        ("[".repeat(100_000) + &" ".repeat(100_000), "story.yaml:1:65"),
        (format!("{HEAD}events: {}", "{a: ".repeat(50_000)), "story.yaml:6:"),
        // Closed again on the line where they stand.
        ("[".repeat(100_000) + &"]".repeat(100_000), "story.yaml:1:65"),
        (format!("{HEAD}x: {}1{}", "{a: ".repeat(50_000), "}".repeat(50_000)), "story.yaml:6:"),
        (
            format!("{HEAD}x: {}\n{}", "[".repeat(60), "[".repeat(30_000) + &"]".repeat(30_060)),
            "story.yaml:7:5",
        ),
        ("- ".repeat(20_000), "story.yaml:1:129"),
        ("? ".repeat(20_000), "story.yaml:1:129"),
        (indented, "story.yaml:65:65"),
        // Brackets in quotes close none.
        (format!("a: {}", "[\"]\", ".repeat(40_000)), "story.yaml:1:"),
        (format!("a:\n{}", "  [\"]\n]\",\n".repeat(40_000)), "story.yaml:1"),
    ] {
        check(&folder, &story).says(2, &["error[too-deep]: this is nested more than 64 levels deep", place]);
        show(&folder, &story).says(2, &["error[too-deep]"]);
    }
    // 64 levels are read, and found to be no story.
    check(&folder, "[".repeat(64) + &"]".repeat(64))
        .says(2, &["error[shape]: a list stands where the fields"]);
}

#[test]
fn row_22_billion_laughs() {
    let mut story = "a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for (name, before) in ('b'..='j').zip('a'..) {
        let all = vec![format!("*{before}"); 9].join(", ");
        let _ = writeln!(story, "{name}: &{name} [{all}]");
    }
    let folder = folder("22");
    let told = check(&folder, &story);
    told.says(
        2,
        &[
            "error[anchor]: `&a` names a value",
            "story.yaml:1:4",
            "error[anchor]: `*a` repeats a value",
            "story.yaml:2:8",
        ],
    );
    assert!(told.out.len() < 10_000, "all of them are listed");
    show(&folder, &story).says(2, &["error[anchor]"]);
}

#[test]
fn row_23_quadratic_aliases() {
    let folder = folder("23");
    let source = HEAD.replace("A headline", &format!("&title {}", "x".repeat(60_000)));
    let story =
        format!("{source}events:\n  - {{id: report, title: R, sources: [{}]}}\n", "*title, ".repeat(20_000));
    let told = check(&folder, &story);
    told.says(
        2,
        &[
            "error[anchor]: `&title`",
            &at(&story, "&title"),
            &at(&story, "*title"),
            "like this are not listed",
        ],
    );
    assert!(told.out.len() < 20_000);
    show(&folder, &story).says(2, &["error[anchor]"]);
}

#[test]
fn row_24_an_anchor_within_itself() {
    check(&folder("24"), "&a [*a]")
        .says(2, &["`&a` names a value", "`*a` repeats a value", "story.yaml:1:5"]);
}

#[test]
fn row_25_a_repeated_key() {
    let folder = folder("25");
    let twice = HEAD.replace("kind: article", "kind: article, kind: document");
    for (story, places) in [
        (format!("{HEAD}{EVENT}story: {{title: Another}}\n"), ["story.yaml:8:1", "story.yaml:2:1"]),
        (format!("{twice}{EVENT}"), ["story.yaml:5:50", "----           ^^^^"]),
        (
            format!("{HEAD}{EVENT}    \"id\": other\n")
                .replace("{id: report, title: A report, status: occurred, sources: [wire]}", "id: e"),
            ["story.yaml:8:5", "story.yaml:7:5"],
        ),
    ] {
        check(&folder, &story)
            .says(2, &[&["error[repeated-key]", "it stands here already"][..], &places].concat());
    }
}

#[test]
fn row_26_duplicate_ids_and_dangling_references() {
    let events: String = (0..40).fold("events:\n".to_owned(), |mut text, place| {
        let _ = writeln!(text, "  - {{id: same, title: T, status: occurred, sources: [nobody-{place}]}}");
        text
    });
    let told = check(&folder("26"), format!("{HEAD}{events}"));
    told.says(1, &["first used here", "story.yaml: 79 errors"]);
    assert_eq!(told.out.matches("error[duplicate-id]").count(), 39);
    assert_eq!(told.out.matches("error[unknown-reference]").count(), 40);
}

#[test]
fn what_is_wrong_too_often_is_listed_a_hundred_times_and_counted() {
    let folder = folder("too-often");
    let many = |entry: &dyn Fn(usize) -> String| (0..20_000).map(entry).collect::<String>();
    let wrong_events =
        many(&|at| format!("  - {{id: e{at}, title: T, status: ocurred, sources: [nobody-{at}]}}\n"));
    let unknown_fields =
        many(&|at| format!("  - {{id: f{at}, titel: T, status: occurred, sources: [wire]}}\n"));
    let hidden = "\"\\u202e\",".repeat(20_000);
    let repeated = "  title: Another title of this story\n".repeat(20_000);
    for (story, code, said, number) in [
        (format!("{HEAD}events:\n{wrong_events}"), 1, "19900 more like this are not listed", 40_000),
        (format!("{HEAD}events:\n{unknown_fields}"), 2, "19900 more like this are not listed", 20_000),
        (
            format!("{HEAD}actors:\n  - {{id: a, name: A, kind: person, aliases: [{hidden}]}}\n{EVENT}"),
            1,
            "19900 more like this are not listed",
            20_000,
        ),
        (
            HEAD.replace("sources:", &format!("{repeated}sources:")),
            2,
            "more like this are not listed",
            20_000,
        ),
    ] {
        let told = check(&folder, &story);
        told.says(code, &[said, &format!("story.yaml: {number} errors")]);
        assert!(told.out.len() < 100_000, "{} bytes", told.out.len());
        let json = run(&folder, &["check", "--format", "json", "story.yaml"].map(OsStr::new), true);
        assert!(
            json.out.len() < 100_000 && json.out.lines().any(|line| !line.contains("\"more\":0")),
            "{} bytes",
            json.out.len()
        );
    }
}

#[test]
fn row_27_cycles_and_a_chain_of_100_000() {
    let folder = folder("27");
    let event = |place: usize, after: usize| {
        format!("  - {{id: e{place}, title: T, status: occurred, sources: [wire], after: [e{after}]}}\n")
    };
    let own = format!("{HEAD}events:\n{}", event(0, 0));
    check(&folder, &own).says(1, &["error[self-reference]", &at(&own, "e0]")]);
    let ring: String = (0..3).map(|place| event(place, (place + 1) % 3)).collect();
    check(&folder, format!("{HEAD}events:\n{ring}"))
        .says(1, &["error[cycle]", "`e2` → `e1` → `e0`", "story.yaml:"]);

    let circles = format!("{HEAD}actors:\n  - {{id: a, name: A, kind: person, part_of: b}}\n  - {{id: b, name: B, kind: person, part_of: a}}\n{EVENT}")
        .replace("origin: itself}\n", "relies_on: [other]}\n  - {id: other, title: B, kind: article, relies_on: [other, wire]}\n");
    check(&folder, &circles).says(
        1,
        &[
            "error[cycle]: these sources rely on each other in a circle, so that none is the origin: `wire` → `other` → `wire`",
            &at(&circles, "other]}\n"),
            &at(&circles, "wire]}\nactors"),
            "error[cycle]: these actors are part of each other in a circle: `a` → `b` → `a`",
            "error[self-reference]: a source cannot rely on itself",
            &at(&circles, "other, wire"),
        ],
    );
    let chain: String = (1..100_000).map(|place| event(place, place - 1)).collect();
    let first = event(0, 0).replace(", after: [e0]", "");
    fs::write(folder.join("chain.yaml"), format!("{HEAD}events:\n{first}{chain}")).expect("written");
    let arguments = ["check", "--format", "json", "chain.yaml"].map(OsStr::new);
    run(&folder, &arguments, false).says(0, &[]);
    fs::write(folder.join("chain.yaml"), format!("{HEAD}events:\n{}{chain}", event(0, 99_999)))
        .expect("written");
    run(&folder, &arguments, false).says(1, &["more …", "\"code\":\"cycle\""]);
}

#[test]
fn row_28_figures_that_are_no_numbers() {
    let folder = folder("28");
    for (change, said) in [
        (".nan", "error[bad-change]"),
        (".inf", "error[bad-change]"),
        ("-.inf", "error[bad-change]"),
        ("'.nan'", "error[bad-change]"),
        ("NaN%", "error[bad-change]"),
        ("inf%", "error[bad-change]: `inf%` is neither a percentage"),
        ("1e999%", "error[bad-change]"),
        ("-150%", "error[bad-change]: `-150%` falls by more than 100 %"),
        ("\u{2212}150%", "error[bad-change]"),
    ] {
        let reactions = format!(
            "    reactions:\n      - {{id: fall, instrument: Shares, change: {change}, source: wire}}\n"
        );
        let event = "events:\n  - id: e\n    title: T\n    status: occurred\n    sources: [wire]\n";
        let story = format!("{HEAD}{event}{reactions}");
        check(&folder, &story).says(1, &[said, &at(&story, change)]);
    }
}

#[test]
fn row_29_years_out_of_range() {
    let folder = folder("29");
    for when in ["\"+262142\"", "262142", "\"-0001\"", "\"0000\"", "99999-01-01", "Y1000000000"] {
        let story =
            with_title("A report").replace("sources: [wire]", &format!("sources: [wire], when: {when}"));
        check(&folder, &story).says(1, &["error[bad-time]", &at(&story, when)]);
    }
}

#[test]
fn row_30_a_malformed_time_zone() {
    let folder = folder("30");
    fs::write(folder.join("story.yaml"), format!("{HEAD}{EVENT}")).expect("written");
    for zone in [&b":::"[..], b"<<>>-25:61:61", b"/dev/zero", b"\xff\xfe", b"../../../x", b""] {
        for command in ["check", "show"] {
            let output = Command::new("timeout")
                .args(["120", env!("CARGO_BIN_EXE_dateline"), command, "story.yaml"])
                .current_dir(&folder)
                .env("TZ", OsStr::from_bytes(zone))
                .output()
                .expect("the program runs");
            Told::of(&output).says(0, &[]);
        }
    }
    let story = HEAD.replace("A small story", "T\n  time_zone: \"<<>>-25:61\"");
    check(&folder, format!("{story}{EVENT}")).says(1, &["error[bad-time-zone]", "story.yaml:4:14"]);
}

#[test]
fn row_31_other_encodings_and_several_documents() {
    let folder = folder("31");
    let story = format!("{HEAD}{EVENT}");
    let wide = |order: fn(u16) -> [u8; 2]| story.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    for bytes in [
        marked(b"\xff\xfe", wide(u16::to_le_bytes)),
        marked(b"\xfe\xff", wide(u16::to_be_bytes)),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ] {
        check(&folder, bytes).says(2, &["error[not-text]: this file is UTF-16", "save it as UTF-8"]);
    }
    let wider = story.chars().flat_map(|letter| u32::from(letter).to_le_bytes()).collect::<Vec<u8>>();
    for bytes in [marked(b"\xff\xfe\0\0", wider.clone()), wider] {
        check(&folder, bytes).says(2, &["error[not-text]: this file is UTF-32", "save it as UTF-8"]);
    }
    let latin = [HEAD.as_bytes(), b"# caf\xe9 au lait\n"].concat();
    check(&folder, latin)
        .says(2, &["error[not-text]: this file is not UTF-8", "story.yaml:6:6", "# caf\u{fffd} au lait"]);
    check(&folder, format!("{story}---\n{story}")).says(2, &["error[several-documents]", "story.yaml:8:1"]);
    check(&folder, format!("{story}...\n---\nx: y\n"))
        .says(2, &["error[several-documents]", "story.yaml:9:1"]);
    let fine = format!("\u{feff}{}", story.replace('\n', "\r\n"));
    check(&folder, fine).says(0, &["story.yaml: nothing is wrong"]);
}

#[test]
fn row_32_empty_files_and_empty_stories() {
    let folder = folder("32");
    for empty in ["", "\n \n", "\u{feff}"] {
        check(&folder, empty).says(2, &["error[not-text]: this file is empty"]);
        show(&folder, empty).says(2, &["this file is empty"]);
    }
    // Only comments, or only a mark of a document.
    for empty in ["# nothing\n", "---\n", "# nothing\n---\n...\n"] {
        check(&folder, empty).says(2, &["error[not-text]: this file is empty"]);
    }
    show(&folder, HEAD).says(0, &["no events"]);
}

#[test]
fn row_33_a_file_of_100_mb_and_a_line_of_5() {
    let folder = folder("33");
    File::create(folder.join("large.yaml")).expect("made").set_len(300 << 20).expect("a sparse file");
    let check_large = ["check", "large.yaml"].map(OsStr::new);
    run(&folder, &check_large, true)
        .says(2, &["error[too-large]: this file is larger than 256 MiB", "--max-size"]);
    let file = File::create(folder.join("zeros.yaml")).expect("made");
    file.set_len(4 << 20).expect("a sparse file");
    // As large as a story may be without being asked for.
    File::create(folder.join("nulls.yaml")).expect("made").set_len(100 << 20).expect("a sparse file");
    run(&folder, &["check", "nulls.yaml"].map(OsStr::new), true)
        .says(2, &["error[yaml]: the character U+0000"]);
    let with_cap =
        |size: &str| run(&folder, &["check", "zeros.yaml", "--max-size", size].map(OsStr::new), true);
    with_cap("4M").says(2, &["error[yaml]: the character U+0000"]);
    with_cap("3M").says(2, &["error[too-large]: this file is larger than 3 MiB"]);

    let long = "x".repeat(5_000_000);
    let event = |fields: &str| format!("{HEAD}events:\n  - {{{fields}, sources: [wire]}}\n");
    for (story, code, said) in [
        (event(&format!("id: e, title: {long}, status: ocurred")), 1, "story.yaml:7:5000030"),
        (event(&format!("id: {long}_, title: T, status: occurred")), 1, "error[bad-id]"),
        (
            event(&format!("id: e, title: \"{long}, status: occurred")),
            2,
            "this quotation mark is never closed",
        ),
        (event(&format!("id: e, {long}: T, status: occurred")), 2, "error[yaml]"),
        (event(&format!("id: e, title: T, status: occurred, when: {long}")), 1, "error[bad-time]"),
    ] {
        let told = check(&folder, story);
        told.says(code, &[said]);
        assert!(told.out.len() < 8_000, "{} bytes", told.out.len());
    }
}

#[test]
fn a_file_denser_than_any_story_is_refused_before_it_fills_the_memory() {
    let folder = folder("dense");
    for dense in [
        format!("sources: [{}", "{},".repeat(1_500_000)),
        format!("{HEAD}zzz: [{}]\n", "[],".repeat(1_500_000)),
        format!("{HEAD}events:\n  - {{id: e, gaps: [{}]}}\n", "a,".repeat(2_400_000)),
        format!("{HEAD}events:\n  - {{id: e, gaps: [{}]}}\n", "[],".repeat(1_500_000)),
        "a: x\n".repeat(1_000_000),
        "- \n".repeat(1_500_000),
        format!("{HEAD}events: [{}]\n", "{}             ,".repeat(300_000)),
        "events:\n".to_owned() + &"- a:\n".repeat(1_000_000),
    ] {
        for told in [check(&folder, &dense), show(&folder, &dense)] {
            told.says(2, &["error[too-dense]: there are more values up to here", "story.yaml:"]);
            assert!(told.out.len() + told.err.len() < 40_000);
        }
    }
}

#[test]
fn row_34_pipes_folders_and_devices() {
    let folder = folder("34");
    fs::create_dir(folder.join("folder")).expect("made");
    assert!(Command::new("mkfifo").arg(folder.join("pipe")).status().expect("mkfifo").success());
    assert!(Command::new("mkfifo").arg(folder.join("pipe.yaml")).status().expect("mkfifo").success());
    for (name, why) in [
        ("pipe", "it is not a regular file"),
        ("/dev/zero", "it is not a regular file"),
        ("/dev/null", "it is not a regular file"),
        (".", "it is not a regular file"),
        ("folder", "there is no *.yaml in this folder"),
    ] {
        run(&folder, &["check".as_ref(), name.as_ref()], true).says(2, &[why]);
    }
}

#[test]
fn row_35_paths_that_lead_out() {
    let folder = folder("35");
    for file in ["../../x", "/etc/passwd", "a/../../x", "..", "'..\\x'"] {
        let story = HEAD.replace("origin: itself", &format!("origin: itself, archive: {{file: {file}}}"));
        check(&folder, format!("{story}{EVENT}")).says(1, &["error[out-of-range]", &at(&story, file)]);
    }
    let story = HEAD.replace("origin: itself", "origin: itself, archive: {file: texts/000.txt}");
    check(&folder, format!("{story}{EVENT}")).says(0, &[]);
}

#[test]
fn row_36_an_argument_that_is_not_utf_8() {
    let folder = folder("36");
    let name = OsString::from_vec(b"st\xffry.yaml".to_vec());
    fs::write(folder.join(&name), format!("{HEAD}{EVENT}")).expect("written");
    run(&folder, &["check".as_ref(), &name], false).says(0, &["st\u{fffd}ry.yaml: nothing is wrong"]);
    run(&folder, &["show".as_ref(), &name], false).says(0, &["A small story"]);
    run(&folder, &["check".as_ref(), ".".as_ref()], false).says(0, &["st\u{fffd}ry.yaml: nothing is wrong"]);
}

#[test]
fn control_characters_nuls_and_hidden_line_ends_have_a_line() {
    let folder = folder("characters");
    for (character, said) in [
        ("\u{0}", "the character U+0000 cannot stand in a YAML file"),
        ("\u{1b}", "the character U+001B cannot"),
        ("\u{7f}", "the character U+007F cannot"),
        ("\u{feff}", "the character U+FEFF cannot"),
        ("\u{ffff}", "the character U+FFFF cannot"),
        ("\u{2028}", "the character U+2028 here ends the line for some programs"),
        ("\u{85}", "the character U+0085 here ends the line for some programs"),
    ] {
        let story = HEAD.replace("A small story", &format!("A {character}story"));
        check(&folder, format!("{story}{EVENT}")).says(2, &["error[yaml]", said, "story.yaml:3:12"]);
    }
    // Hidden in a comment, it would let one reader see a field that no editor shows.
    let story = format!("{HEAD}# a note\u{2028}actors: [{{id: hidden, name: H, kind: person}}]\n{EVENT}");
    check(&folder, story).says(2, &["U+2028", "story.yaml:6:9"]);
    let quoted = HEAD.replace("A small story", "\"A \u{2028} story\"");
    check(&folder, format!("{quoted}{EVENT}")).says(1, &["error[unsafe-text]"]);
}
