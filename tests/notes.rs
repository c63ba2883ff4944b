//! The real program and the reader's own files: kept over a kill, a signal and a closed terminal; one instance at a time;
//! given out and taken in at the command line. Every folder is a test's own; screens are waited for, never slept for.

#![cfg(unix)]
#![expect(clippy::panic, reason = "a test reports by failing")]

#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use dateline::reader::disk::{self, RealDisk};
use dateline::reader::notes::{Note, Notes};
use dateline::reader::place::{Folders, Whose};
use dateline::reader::store::{Opened, Standing, Store};
use pty::{Exit, Session};
use rustix::process::Signal;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");
const HARBOUR: &str = include_str!("screens/harbour.yaml");

/// A home with a story in it.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().expect("a folder"));
        fs::write(home.story(), HARBOUR).expect("written");
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn story(&self) -> PathBuf {
        self.path("events.yaml")
    }

    fn folders(&self) -> Folders {
        let (data, state) = (self.path("data"), self.path("state"));
        let of = |name: &str| match name {
            "XDG_DATA_HOME" => Some(data.clone().into()),
            "XDG_STATE_HOME" => Some(state.clone().into()),
            _ => None,
        };
        Folders::of(of).expect("folders")
    }

    fn environment(&self) -> [(&'static str, String); 4] {
        let of = |name| self.path(name).to_str().expect("a path that is text").to_owned();
        [
            ("XDG_DATA_HOME", of("data")),
            ("XDG_STATE_HOME", of("state")),
            ("XDG_CONFIG_HOME", of("config")),
            ("XDG_CACHE_HOME", of("cache")),
        ]
    }

    /// The explorer on the story, drawn.
    fn explore(&self, arguments: &[&str]) -> Session {
        let environment = self.environment();
        let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let story = self.story();
        let arguments: Vec<_> = arguments.iter().copied().chain([story.to_str().expect("text")]).collect();
        let session = Session::spawn(PROGRAM, &arguments, 24, 100, &environment);
        session.wait_for_text("The harbour ledger");
        session
    }

    /// Runs `dateline notes …`; (exit code, standard output, standard error).
    fn notes(&self, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
        let mut command = Command::new(PROGRAM);
        command.arg("notes").args(arguments).current_dir(self.0.path()).envs(self.environment());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("written");
        let output = child.wait_with_output().expect("the program ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    /// The notes as they stand on the disk; fails where the file is torn.
    fn on_disk(&self) -> Notes {
        let place = dateline::reader::place::Place::of(&self.folders(), Whose::File(&self.story()));
        let text = disk::read(&place.notes).expect("readable").unwrap_or("version = 1".to_owned());
        Notes::read(&text).unwrap_or_else(|why| panic!("torn: {why}\n{text}"))
    }

    fn note(&self, element: &str) -> Option<String> {
        self.on_disk().note(element).map(|note| note.text.clone())
    }
}

fn quit(mut session: Session) {
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    session.assert_given_back();
}

#[test]
fn notes_bookmarks_and_the_place_are_there_the_next_day() {
    let home = Home::new();
    let mut session = home.explore(&[]);
    session.send("5jm");
    session.wait_for_text("bookmarked");
    session.send("iwho saw it?\x13");
    session.wait_for_text("the note is saved");
    assert_eq!(home.note("denial").as_deref(), Some("who saw it?"));
    session.send("\x1b");
    session.wait_for_text("the note is as it was");
    quit(session);
    let session = home.explore(&[]);
    session.wait_for_text(" 6/11");
    session.wait_for_text("who saw it?");
    session.wait_for_text("your bookmark");
    quit(session);
    // Who asks for a moment is not where they were, and does not lose the place.
    let session = home.explore(&["--as-of", "2025-03-19"]);
    session.wait_for_text("as of");
    session.wait_for_text(" 1/");
    quit(session);
    let session = home.explore(&[]);
    session.wait_for_text(" 6/11");
    quit(session);
}

#[test]
fn row_53_a_second_instance_shows_the_notes_and_keeps_nothing() {
    let home = Home::new();
    let mut first = home.explore(&[]);
    first.send("ifirst\x1b");
    first.wait_for_text("the note is saved");
    let mut second = home.explore(&[]);
    second.wait_for_text("notes are read only: another dateline has this story open");
    second.wait_for_text("first");
    second.send("i");
    second.wait_for_text("another dateline has this story open");
    let before = home.on_disk();
    quit(second);
    assert_eq!(home.on_disk(), before);
    let (code, _, err) = home.notes(&["import", "events.yaml", "-"], "version = 1\n");
    assert_eq!((code, err.contains("another dateline")), (Some(2), true), "{err}");
    first.send("i, and more");
    first.wait_for_text("not saved yet");
    first.send("\x1b");
    first.wait_for_text("the note is saved");
    assert_eq!(home.note("founding").as_deref(), Some("first, and more"));
    quit(first);
    let third = home.explore(&[]);
    assert!(!third.screen_text().contains("read only"));
    quit(third);
}

#[test]
fn what_is_typed_outlives_a_signal_a_closed_terminal_and_ctrl_c() {
    for (way, code) in [("TERM", 143), ("HUP", 129), ("gone", 129), ("ctrl-c", 0)] {
        let home = Home::new();
        let mut session = home.explore(&[]);
        session.send("5jihalf a thou");
        session.wait_for_text("half a thou");
        match way {
            "TERM" => session.signal(Signal::TERM),
            "HUP" => session.signal(Signal::HUP),
            "gone" => session.hang_up(),
            _ => session.send("\x03"),
        }
        assert_eq!(session.wait_exit(), Exit::Code(code), "{way}");
        drop(session);
        // The terminal of a hang-up types a line's end of its own into the field.
        let notes = home.on_disk();
        let draft = notes.draft("denial").unwrap_or_else(|| panic!("{way}: no draft"));
        assert_eq!(draft.text.trim_end(), "half a thou", "{way}");
        assert_eq!(notes.note("denial"), None, "{way}: a draft is no note");
        let mut session = home.explore(&[]);
        session.wait_for_text("left without saving");
        session.wait_for_text(" 6/11");
        session.send("i");
        session.wait_for_text("half a thou");
        session.send("\x05ght\x1b");
        session.wait_for_text("the note is saved");
        quit(session);
        let note = home.note("denial").unwrap_or_default();
        assert!(note.starts_with("half a thou") && note.ends_with("ght"), "{way}: {note:?}");
        assert!(home.on_disk().drafts.is_empty());
    }
}

#[test]
fn row_50_a_note_that_was_acknowledged_outlives_kill_9_of_the_program() {
    let home = Home::new();
    let mut acknowledged = String::new();
    for round in 0..4 {
        let mut session = home.explore(&[]);
        session.send("i");
        session.wait_for_text("Your note");
        session.send(&format!("{round},\x1b"));
        session.wait_for_text("the note is saved");
        acknowledged.extend([round.to_string().as_str(), ","]);
        // And into the next save.
        session.send("ix\x7f\x13\x13");
        session.signal(Signal::KILL);
        session.wait_exit();
        drop(session);
        assert_eq!(home.note("founding"), Some(acknowledged.clone()), "round {round}");
    }
}

/// The child that is killed: saves one note after the other, and says so after each that lasts.
#[test]
#[ignore = "run by the test below"]
fn child_that_saves() {
    let Some(home) = std::env::var_os("DATELINE_TEST_HOME").map(PathBuf::from) else { return };
    let folders = Folders { data: home.join("data"), state: home.join("state") };
    let story = home.join("events.yaml");
    let Opened { mut notes, standing, store, .. } =
        Store::open(Box::new(RealDisk), Some(&folders), Some(Whose::File(&story)), "T");
    assert_eq!(standing, Standing::Writes);
    let first = notes.notes.len();
    let mut out = std::io::stdout().lock();
    for number in first.. {
        let (element, kind, was, day) =
            (format!("e{number}"), "event".into(), "W".into(), "2025-11-30".into());
        notes.set_note(Note {
            element,
            kind,
            was,
            day,
            text: format!("note {number}\n").repeat(20),
            begun: None,
        });
        // A file that grows without end would make the later rounds slow, and test nothing more.
        if notes.notes.len() > 60 {
            notes.notes.retain(|note| {
                note.element == format!("e{number}") || note.element == format!("e{}", number - 1)
            });
        }
        store.save_notes(&notes).expect("saved");
        writeln!(out, "saved {number}").and_then(|()| out.flush()).expect("said");
    }
}

#[test]
fn row_50_no_acknowledged_note_is_lost_and_no_file_torn_by_kill_9() {
    let rounds: u32 = if std::env::var_os("DATELINE_LONG_RUNS").is_some() { 1000 } else { 20 };
    let home = tempfile::tempdir().expect("a folder");
    let folders = Folders { data: home.path().join("data"), state: home.path().join("state") };
    let story = home.path().join("events.yaml");
    fs::write(&story, "").expect("written");
    let place = dateline::reader::place::Place::of(&folders, Whose::File(&story));
    let (mut acknowledged, mut cut_off, mut ahead) = (0, 0, 0);
    // A generator of instants that is the same in every run: xorshift.
    let mut random = 0x9e37_79b9_u32;
    for round in 0..rounds {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "child_that_saves", "--ignored", "--nocapture", "--test-threads=1"])
            .env("DATELINE_TEST_HOME", home.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let number =
            |line: String| line.split("saved ").nth(1).and_then(|number| number.trim().parse::<usize>().ok());
        let mut last = None;
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        for _ in 0..=random % 7 {
            last = lines.by_ref().map_while(Result::ok).find_map(number).or(last);
        }
        for _ in 0..random % 200_000 {
            std::hint::spin_loop();
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
        // What was said before the kill and not yet read counts too.
        last = lines.map_while(Result::ok).filter_map(number).last().or(last);
        let last = last.expect("at least one save was acknowledged");
        acknowledged += 1;
        let text = disk::read(&place.notes).expect("readable").expect("there");
        let notes = Notes::read(&text).unwrap_or_else(|why| panic!("round {round}: torn: {why}\n{text}"));
        let kept =
            notes.note(&format!("e{last}")).unwrap_or_else(|| panic!("round {round}: note {last} is lost"));
        assert_eq!(kept.text, format!("note {last}\n").repeat(20), "round {round}");
        ahead += u32::from(notes.note(&format!("e{}", last + 1)).is_some());
        let left = fs::read_dir(&folders.data).expect("the folder").flatten();
        cut_off += u32::from(
            left.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().ends_with(".new")),
        );
    }
    let files = fs::read_dir(&folders.data).expect("the folder").count();
    assert!(files <= 3, "what was cut off is swept at the next start; {files} files are left");
    println!(
        "{rounds} kills: {acknowledged} rounds with an acknowledged note, none lost, no file torn; {cut_off} kills \
         left a half-written file beside the whole one, {ahead} came between the rename and the word of it"
    );
}

#[test]
fn row_51_a_disk_that_is_full_keeps_the_old_file_shows_a_banner_and_gives_the_notes_out() {
    let home = Home::new();
    let mut session = home.explore(&[]);
    session.send("iold\x1b");
    session.wait_for_text("the note is saved");
    let before = home.on_disk();
    // A folder in the way of every temporary name, and none can be made: even root is held up by that.
    let data = home.folders().data;
    let moved = home.path("moved");
    fs::rename(&data, &moved).expect("moved");
    fs::write(&data, "").expect("a file where the folder was");
    session.send("i and new\x1b");
    session.wait_for_text("your notes are NOT SAVED");
    session.wait_for_text("old and new");
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(1));
    session.assert_given_back();
    let told = session.screen_text();
    assert!(told.contains("your notes are not saved") && told.contains("old and new"), "{told}");
    fs::remove_file(&data).expect("removed");
    fs::rename(&moved, &data).expect("moved back");
    assert_eq!(home.on_disk(), before);
}

#[test]
fn row_52_a_link_planted_at_the_program_s_temporary_name_is_not_followed() {
    let home = Home::new();
    let mut session = home.explore(&[]);
    session.send("im\x1b");
    session.wait_for_text("the note is saved");
    let victim = home.path("victim");
    fs::write(&victim, "precious").expect("written");
    let data = home.folders().data;
    let place = dateline::reader::place::Place::of(&home.folders(), Whose::File(&home.story()));
    let name = place.notes.file_name().and_then(|name| name.to_str()).expect("a name");
    let planted = data.join(format!(".{name}.{}-0.new", session.id()));
    std::os::unix::fs::symlink(&victim, planted).expect("linked");
    session.send("ine");
    session.wait_for_text("not saved yet");
    // A key right behind Esc would be taken for Alt and that key.
    session.send("\x1b");
    session.wait_for_text("the note is saved");
    quit(session);
    assert_eq!(home.note("founding").as_deref(), Some("mne"));
    assert_eq!(fs::read_to_string(victim).expect("there"), "precious");
}

#[test]
fn row_54_without_a_home_the_explorer_opens_and_says_that_nothing_is_kept() {
    for environment in [&[][..], &[("HOME", "")], &[("HOME", "not/absolute")], &[("HOME", "/dev/null")]] {
        let home = Home::new();
        let mut session =
            Session::spawn(PROGRAM, &[home.story().to_str().expect("text")], 24, 100, environment);
        session.wait_for_text("The harbour ledger");
        session.send("m");
        session.wait_for_text("nothing can be kept");
        session.send("jj");
        quit(session);
    }
}

#[test]
fn a_newer_file_is_shown_to_be_one_and_stays_as_it_is() {
    let home = Home::new();
    quit(home.explore(&[]));
    let place = dateline::reader::place::Place::of(&home.folders(), Whose::File(&home.story()));
    fs::write(&place.notes, "version = 9\nnew = \"\"\n").expect("written");
    let mut session = home.explore(&[]);
    session.wait_for_text("notes are read only");
    session.send("m");
    session.wait_for_text("version 9");
    quit(session);
    let (code, out, err) = home.notes(&["export"], "");
    assert_eq!((code, out.as_str(), err.contains("version 9")), (Some(2), "", true), "{err}");
    let (code, _, err) = home.notes(&["import", "events.yaml", "-"], "version = 1\n");
    assert_eq!((code, err.contains("version 9")), (Some(2), true), "{err}");
    assert_eq!(fs::read_to_string(&place.notes).expect("there"), "version = 9\nnew = \"\"\n");
}

#[test]
fn a_story_from_standard_input_keeps_nothing_and_the_embedded_one_does() {
    let home = Home::new();
    let environment = home.environment();
    let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let line = format!("cat '{}' | '{PROGRAM}' -", home.story().display());
    let mut session = Session::spawn("/bin/sh", &["-c", &line], 24, 100, &environment);
    session.wait_for_text("The harbour ledger");
    session.send("m");
    session.wait_for_text("a story from standard input has no place");
    quit(session);
    let empty = home.path("empty");
    fs::create_dir(&empty).expect("made");
    let line = format!("cd '{}' && exec '{PROGRAM}'", empty.display());
    let mut session = Session::spawn("/bin/sh", &["-c", &line], 24, 100, &environment);
    session.wait_for_text("The memo and the list");
    session.send("m");
    session.wait_for_text("bookmarked");
    quit(session);
    assert!(home.folders().data.join("embedded-story.toml").exists());
}

#[test]
fn notes_are_given_out_and_taken_in_at_the_command_line() {
    let home = Home::new();
    assert_eq!(home.notes(&["export"], "").0, Some(0));
    assert!(!home.folders().data.exists(), "looking leaves nothing behind");
    let note = |text: &str| {
        format!(
            "version = 1\n[[note]]\nelement = 'memo'\nkind = 'event'\nwas = 'W'\nday = '2025-11-30'\ntext = '{text}'\n"
        )
    };
    let (code, out, err) = home.notes(&["import", "events.yaml", "-"], &note("one"));
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "new: 0 bookmarks, 1 note\n", ""));
    let (code, out, _) = home.notes(&["import", "events.yaml", "-"], &note("one"));
    assert_eq!((code, out.as_str()), (Some(0), "nothing new: all of it is there already\n"));
    let (code, out, _) = home.notes(&["import", "events.yaml", "-"], &note("two"));
    let both = "new: 0 bookmarks, 0 notes\n1 note stood against another on the same element: both are kept, the old one first\n";
    assert_eq!((code, out.as_str()), (Some(0), both));
    let (code, exported, _) = home.notes(&["export", "./events.yaml"], "");
    assert!(code == Some(0) && exported.contains("one") && exported.contains("two"), "{exported}");
    let (code, out, _) = home.notes(&["path"], "");
    let files: Vec<_> = out.lines().collect();
    assert!(code == Some(0) && files.len() == 2 && PathBuf::from(files[0]).is_file(), "{out}");
    // The story is moved: its notes are brought over by what `path` named, or from what was exported.
    fs::rename(home.story(), home.path("moved.yaml")).expect("renamed");
    assert_eq!(home.notes(&["export", "events.yaml"], "").1, exported, "kept though the story has gone");
    assert_eq!(home.notes(&["import", "moved.yaml", files[0]], "").0, Some(0));
    assert!(home.notes(&["export", "moved.yaml"], "").1.contains("two"));
}

#[test]
fn what_cannot_be_done_with_notes_is_said_and_is_exit_code_2() {
    let home = Home::new();
    for (arguments, input, said) in [
        (
            &["export", "missing.yaml"][..],
            "",
            "missing.yaml: there is no such file, and no notes are kept of one",
        ),
        (&["export", "-"], "", "a story from standard input has no place to keep notes by"),
        (&["import", "missing.yaml", "-"], "", "missing.yaml: there is no such file"),
        (&["import", "events.yaml", "missing.toml"], "", "missing.toml: there is no such file"),
        (&["import", "events.yaml", "-"], "x = [", "-: line 1: "),
        (&["import", "events.yaml", "-"], "version = 2", "-: it is of version 2"),
        (&["import", "events.yaml", "."], "", ".: it is not a regular file"),
        (&["import", "events.yaml", "\u{1b}[2J"], "", "there is no such file"),
    ] {
        let (code, out, err) = home.notes(arguments, input);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {err}");
        assert!(err.starts_with("error: ") && err.contains(said), "{arguments:?}: {err}");
        assert!(dateline::text::is_safe(&err), "{err:?}");
    }
    assert!(home.on_disk().is_empty());
}

/// A file of notes with one on an element.
fn file_of(element: &str, text: &str) -> String {
    format!(
        "version = 1\n[[note]]\nelement = '{element}'\nkind = 'event'\nwas = 'W'\nday = '2025-11-30'\ntext = '{text}'\n"
    )
}

#[test]
fn an_import_beside_a_draft_is_kept_when_the_draft_is_saved() {
    let home = Home::new();
    let mut session = home.explore(&[]);
    session.send("5jihalf a thou");
    session.wait_for_text("half a thou");
    session.signal(Signal::HUP);
    assert_eq!(session.wait_exit(), Exit::Code(129));
    drop(session);
    assert_eq!(home.notes(&["import", "events.yaml", "-"], &file_of("denial", "brought over")).0, Some(0));
    let mut session = home.explore(&[]);
    session.wait_for_text("left without saving");
    session.send("i");
    session.wait_for_text("taken up again");
    session.send("\x13");
    session.wait_for_text("both are kept");
    let both = home.note("denial").unwrap_or_default();
    assert!(both.starts_with("brought over\n") && both.contains("half a thou"), "{both}");
    // The field goes on from both.
    session.send("\x06");
    session.send(".\x1b");
    session.wait_for_text("the note is saved");
    quit(session);
    let both = home.note("denial").unwrap_or_default();
    assert!(
        both.contains("brought over") && both.contains("half a thou") && !both.contains("not saved"),
        "{both}"
    );
    assert_eq!(both.matches("half a thou").count(), 1, "{both}");
}

#[test]
fn a_hand_that_writes_into_the_file_meanwhile_is_not_written_over() {
    let home = Home::new();
    let mut session = home.explore(&[]);
    session.send("imine\x1b");
    session.wait_for_text("the note is saved");
    let place = dateline::reader::place::Place::of(&home.folders(), Whose::File(&home.story()));
    let text = fs::read_to_string(&place.notes).expect("there");
    let by_hand = file_of("denial", "by hand").replace("version = 1\n", "");
    fs::write(&place.notes, format!("{text}\n{by_hand}")).expect("written");
    session.send("m");
    session.wait_for_text("changed elsewhere");
    assert_eq!(
        (home.note("founding").as_deref(), home.note("denial").as_deref()),
        (Some("mine"), Some("by hand"))
    );
    assert!(home.on_disk().is_bookmarked("founding"));
    // One that is of a later version by now is left alone, and the banner says so.
    fs::write(&place.notes, "version = 9\n").expect("written");
    session.send("m");
    session.wait_for_text("NOT SAVED: it is of version 9");
    assert_eq!(fs::read_to_string(&place.notes).expect("there"), "version = 9\n");
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(1));
    assert_eq!(fs::read_to_string(&place.notes).expect("there"), "version = 9\n");
}

#[test]
fn the_second_instance_takes_over_when_the_first_has_ended() {
    let home = Home::new();
    let mut first = home.explore(&[]);
    let mut second = home.explore(&[]);
    second.wait_for_text("another dateline has this story open");
    first.send("ifirst\x1b");
    first.wait_for_text("the note is saved");
    quit(first);
    second.wait_for_text("this one keeps your notes now");
    second.wait_for_text("first");
    second.send("m");
    second.wait_for_text("bookmarked");
    quit(second);
    assert!(home.on_disk().is_bookmarked("founding"));
    assert_eq!(home.note("founding").as_deref(), Some("first"));
}

#[test]
fn what_cannot_be_kept_of_reading_is_said_and_notes_are_kept() {
    let home = Home::new();
    // No folder can be made there, not even by root.
    fs::write(home.path("state"), "").expect("written");
    let mut session = home.explore(&[]);
    session.wait_for_text("what you have read is NOT SAVED");
    session.send("u");
    session.send("m");
    session.wait_for_text("bookmarked");
    assert!(!session.screen_text().contains("taken for read"));
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    session.assert_given_back();
    assert!(session.screen_text().contains("what you have read is not saved"), "{}", session.screen_text());
    assert!(home.on_disk().is_bookmarked("founding"));
}

#[test]
#[cfg(debug_assertions)]
fn what_is_typed_outlives_a_panic_in_any_thread() {
    for whom in ["typed", "helper, typed"] {
        let home = Home::new();
        let mut environment = home.environment().to_vec();
        environment.push(("DATELINE_PANIC", whom.to_owned()));
        let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let story = home.story();
        let mut session = Session::spawn(PROGRAM, &[story.to_str().expect("text")], 24, 100, &environment);
        session.wait_for_text("The harbour ledger");
        session.send("i");
        session.wait_for_text("Your note");
        session.send("half a thou");
        assert_eq!(session.wait_exit(), Exit::Code(101), "{whom}");
        session.assert_given_back();
        assert!(session.screen_text().contains("kept as a draft"), "{}", session.screen_text());
        let notes = home.on_disk();
        let draft = notes.draft("founding").unwrap_or_else(|| panic!("{whom}: no draft"));
        // The panic may come before all of it is read.
        assert!(!draft.text.is_empty() && "half a thou".starts_with(&draft.text), "{:?}", draft.text);
    }
}
