//! The real program in a real terminal while a long story is read: what shows then, and every way out of it.
//!
//! The story comes through a pipe that the test feeds as slowly as it likes, so that nothing rests on how long anything
//! takes.

#![cfg(unix)]

#[path = "support/pty.rs"]
mod pty;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use pty::{Exit, Session};
use rustix::process::Signal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");
const STORY: &str = include_str!("screens/harbour.yaml");

/// A pipe with a name, in a folder that is removed when the test ends.
struct Pipe {
    folder: PathBuf,
    path: String,
}

impl Pipe {
    fn new(name: &str) -> Self {
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("loading-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("story").to_str().expect("a path that is text").to_owned();
        let made = Command::new("mkfifo").arg(&path).status().expect("mkfifo runs");
        assert!(made.success(), "a pipe can be made");
        Self { folder, path }
    }

    /// The program on this pipe, in a terminal of this size, and the end to feed it by.
    fn open(&self, rows: u16, columns: u16, environment: &[(&str, &str)]) -> (Session, File) {
        let line = "exec \"$0\" - <\"$1\"";
        let session =
            Session::spawn("/bin/sh", &["-c", line, PROGRAM, &self.path], rows, columns, environment);
        (session, self.feed())
    }

    /// The end to feed it by; waits until the other end is open.
    fn feed(&self) -> File {
        File::options().write(true).open(&self.path).expect("the pipe can be written to")
    }

    /// The same, where the loading shows.
    fn loading(&self) -> (Session, File) {
        let (session, feed) = self.open(24, 80, &[]);
        session.wait_for_text("Loading");
        (session, feed)
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A comment of so many bytes.
fn comment(bytes: usize) -> String {
    format!("#{}\n", "x".repeat(bytes - 2))
}

#[test]
fn what_comes_in_shows_and_the_bar_moves_with_it() {
    let pipe = Pipe::new("moves");
    let (mut session, mut feed) = pipe.loading();
    session.wait_for_text("standard input");
    session.wait_for_text("reading what comes in");
    let bar = |session: &Session| {
        let screen = session.screen_text();
        screen.lines().find(|line| line.contains('█')).expect("a bar").to_owned()
    };
    let mut bars = vec![bar(&session)];
    for so_far in ["100 KiB so far", "200 KiB so far"] {
        feed.write_all(comment(100 << 10).as_bytes()).expect("the program reads");
        session.wait_for_text(so_far);
        bars.push(bar(&session));
    }
    assert!(bars[0] != bars[1] && bars[1] != bars[2], "{bars:#?}");
    feed.write_all(STORY.as_bytes()).expect("the program reads");
    drop(feed);
    session.wait_for_text("Timeline");
    session.send("j");
    session.wait_for_text(" 2/");
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    session.assert_given_back();
}

#[test]
fn every_key_that_quits_does_so_while_nothing_comes_in() {
    for keys in ["q", "\x1b", "\x03", "jj/q"] {
        let pipe = Pipe::new("quits");
        let (mut session, feed) = pipe.loading();
        session.send(keys);
        // The pipe is open: whoever waited for the story would wait for ever.
        assert_eq!(session.wait_exit(), Exit::Code(0), "{keys:?}");
        session.assert_given_back();
        drop(feed);
    }
}

#[test]
fn a_key_that_can_do_nothing_yet_says_so() {
    let pipe = Pipe::new("nothing");
    let (mut session, feed) = pipe.loading();
    session.send("j");
    session.wait_for_text("j: not until it is read; q quits");
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    drop(feed);
}

#[test]
fn signals_end_it_with_their_codes() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let pipe = Pipe::new("signals");
        let (session, feed) = pipe.loading();
        session.signal(signal);
        assert_eq!(session.wait_exit(), Exit::Code(code), "{signal:?}");
        session.assert_given_back();
        drop(feed);
    }
}

#[test]
fn a_terminal_that_takes_no_output_keeps_no_signal_out() {
    let pipe = Pipe::new("stalled");
    let (session, feed) = pipe.loading();
    session.stall();
    for round in 0..30 {
        session.resize(60 + round, 200);
    }
    session.signal(Signal::TERM);
    assert_eq!(session.wait_ended(), Exit::Code(143));
    session.unstall();
    session.wait_exit();
    session.assert_given_back();
    drop(feed);
}

#[test]
fn a_terminal_that_is_gone_ends_it() {
    let pipe = Pipe::new("gone");
    let (mut session, feed) = pipe.loading();
    session.hang_up();
    assert_eq!(session.wait_exit(), Exit::Code(129));
    drop(feed);
}

#[test]
fn every_window_size_is_survived() {
    let pipe = Pipe::new("sizes");
    let (mut session, mut feed) = pipe.loading();
    for (rows, columns) in [(1, 1), (0, 0), (3, 200), (65_535, 65_535), (12, 40)] {
        session.resize(rows, columns);
    }
    session.wait_for_text("Loading");
    session.resize(4, 24);
    session.wait_for_text("loading, q quits");
    session.resize(24, 80);
    session.wait_for_text("reading what comes in");
    feed.write_all(STORY.as_bytes()).expect("the program reads");
    drop(feed);
    session.wait_for_text("Timeline");
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    session.assert_given_back();
}

/// A shell that can continue the program.
const SHELL: &str =
    r#"set -m; "$0" - <"$1"; echo "stopped $?"; read -r line; fg >/dev/null; echo "ended $?""#;

#[test]
fn a_stop_gives_the_terminal_back_and_the_loading_goes_on_after_it() {
    let pipe = Pipe::new("stops");
    let mut session = Session::spawn("/bin/sh", &["-c", SHELL, PROGRAM, &pipe.path], 24, 80, &[]);
    let mut feed = pipe.feed();
    session.wait_for_text("Loading");
    session.send("\x1a");
    session.wait_for_text("stopped 148");
    session.assert_given_back();
    session.send("\r");
    session.wait_for(|screen| screen.alternate_screen() && screen.contents().contains("Loading"), "again");
    feed.write_all(STORY.as_bytes()).expect("the program reads");
    drop(feed);
    session.wait_for_text("Timeline");
    session.send("q");
    session.wait_for_text("ended 0");
    assert_eq!(session.wait_exit(), Exit::Code(0));
}

#[test]
fn a_fault_in_what_comes_later_is_reported_below_the_command_and_the_code_is_2() {
    let faulty = STORY.replacen("kind: article", "kind: artikel", 1);
    for (name, text, option) in [
        ("fault", faulty.as_str(), None),
        ("empty", "", None),
        ("large", STORY, Some(("--max-size", "100"))),
        ("moment", STORY, Some(("--as-of", "then"))),
        ("archive", STORY, Some(("--archive", "/nowhere"))),
    ] {
        let pipe = Pipe::new(name);
        let line = "exec \"$0\" - ${2:+\"$2\" \"$3\"} <\"$1\"";
        let (option, value) = option.unwrap_or_default();
        let arguments = ["-c", line, PROGRAM, &pipe.path, option, value];
        let session = Session::spawn("/bin/sh", &arguments, 50, 200, &[]);
        let mut feed = pipe.feed();
        session.wait_for_text("Loading");
        // One that reads no further may be gone already.
        let _ = feed.write_all(text.as_bytes());
        drop(feed);
        assert_eq!(session.wait_exit(), Exit::Code(2), "{name}");
        session.assert_given_back();
        // Word for word what is said where the terminal is never taken.
        let file = pipe.folder.join("again.yaml");
        fs::write(&file, text).expect("written");
        let mut said = Command::new(PROGRAM);
        let options = [option, value].into_iter().filter(|word| !word.is_empty());
        if option == "--archive" {
            said.args(["verify", "-"]).args(options);
        } else {
            said.args(["show", "-"]).args(options);
        }
        let said = said.stdin(File::open(&file).expect("there")).output().expect("the program runs");
        assert_eq!(said.status.code(), Some(2), "{name}");
        let (said, shown) = (String::from_utf8_lossy(&said.stderr).into_owned(), session.screen_text());
        assert_eq!(shown.trim_end().replace('"', "'"), said.trim_end().replace('"', "'"), "{name}");
        assert!(said.contains("error"), "{name}: {said}");
    }
}

#[test]
fn without_utf_8_and_without_colours_it_needs_neither() {
    let pipe = Pipe::new("plain");
    let (mut session, mut feed) = pipe.open(24, 80, &[("LANG", "C"), ("NO_COLOR", "1")]);
    session.wait_for_text("Loading");
    feed.write_all(comment(100 << 10).as_bytes()).expect("the program reads");
    session.wait_for_text("100 KiB so far");
    let output = session.raw_output();
    assert!(output.is_ascii(), "{}", String::from_utf8_lossy(&output));
    let text = String::from_utf8_lossy(&output);
    assert!(!text.contains("\x1b[0;3") && !text.contains("\x1b[0;1;3"), "a colour");
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    drop(feed);
}

/// Release builds know no such variable.
#[cfg(debug_assertions)]
#[test]
fn a_panic_of_the_loader_is_told_as_any_other() {
    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/harbour.yaml");
    let session = Session::spawn(PROGRAM, &[story], 24, 100, &[("DATELINE_PANIC", "loader")]);
    assert_eq!(session.wait_exit(), Exit::Code(101));
    session.assert_given_back();
    let screen = session.screen_text().replace('\n', " ");
    for words in ["asked to panic in the loader", "thread 'loader' panicked at src/explorer/loader.rs:"] {
        assert!(screen.contains(words), "{screen}");
    }
}
