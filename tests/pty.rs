//! The real program in a real terminal: a story read from start to end, and the terminal given back on every way out.
//!
//! Screens are waited for, never slept for.

#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use pty::{Exit, Session};
use rustix::process::Signal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

/// A folder without a story in it, so that the embedded one is opened.
static EMPTY_FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("no-story-here");
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
});

/// Starts the program in the empty folder: the shell goes there and becomes the program.
fn start(rows: u16, columns: u16, environment: &[(&str, &str)], arguments: &[&str]) -> Session {
    let folder = EMPTY_FOLDER.to_str().expect("a path that is text");
    let line = "cd \"$0\" && program=$1 && shift && exec \"$program\" \"$@\"";
    let all: Vec<&str> = ["-c", line, folder, PROGRAM].into_iter().chain(arguments.iter().copied()).collect();
    Session::spawn("/bin/sh", &all, rows, columns, environment)
}

/// The explorer on the embedded story, drawn.
fn explorer() -> Session {
    let session = start(24, 80, &[], &[]);
    session.wait_for_text("q quit");
    session
}

/// Waits until the event at this place has the cursor, and gives how many there are: `7/47`.
fn wait_for_place(session: &Session, place: usize) {
    session.wait_for_text(&format!(" {place}/"));
}

fn quit(mut session: Session) {
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    session.assert_given_back();
}

fn count(output: &[u8], mark: &[u8]) -> usize {
    output.windows(mark.len()).filter(|at| *at == mark).count()
}

const TAKEN: &[u8] = b"\x1b[?1049h";
const GIVEN_BACK: &[u8] = b"\x1b[?1049l";

#[test]
fn the_embedded_story_is_read_from_start_to_end() {
    let mut session = explorer();
    session.wait_for(
        |screen| {
            screen.alternate_screen()
                && screen.hide_cursor()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::ButtonMotion
        },
        "the terminal is taken",
    );
    session.wait_for_text("The memo and the list");
    session.send("/byd");
    session.wait_for_text("/ byd");
    session.wait_for_text("▌BYD");
    session.send("\r");
    session.wait_for_text("actor: BYD");
    session.send("c");
    session.wait_for_text("position 1 of");
    session.send("]\x1b");
    // The filter outlives the comparison.
    session.wait_for_text("actor: BYD");
    session.send("\x1b");
    session.wait_for(|screen| !screen.contents().contains("actor: BYD"), "the filter is cleared");
    quit(session);
}

#[test]
fn the_two_figures_of_the_share_fall_are_two_keys_from_launch() {
    for (rows, columns) in [(24, 80), (40, 120)] {
        let mut session = start(rows, columns, &[], &[]);
        session.wait_for_text("q quit");
        session.send("C\r");
        session.wait_for(
            |screen| {
                // Side by side: on one row, in two columns; and each with the article that carries it.
                let rows: Vec<String> = screen.rows(0, columns).collect();
                let row = |one: &str, other: &str| {
                    rows.iter()
                        .any(|row| row.find(one).zip(row.find(other)).is_some_and(|(one, other)| one < other))
                };
                let contents = screen.contents();
                row("-3.78%", "-4.2%")
                    && contents.contains("GMT Eight, line ")
                    && contents.contains("White House Issues Memo")
            },
            "the two figures side by side, each with its article",
        );
        quit(session);
    }
}

#[test]
fn every_key_that_quits_gives_the_terminal_back() {
    for keys in ["q", "\x03", "/\x03", "cC\x03", "?q"] {
        let mut session = explorer();
        session.send(keys);
        assert_eq!(session.wait_exit(), Exit::Code(0), "{keys:?}");
        session.assert_given_back();
    }
}

#[test]
fn a_signal_to_end_gives_the_terminal_back_and_is_the_exit_code() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let session = explorer();
        session.signal(signal);
        assert_eq!(session.wait_exit(), Exit::Code(code), "{signal:?}");
        session.assert_given_back();
    }
}

/// Release builds know no such variable.
#[cfg(debug_assertions)]
#[test]
fn a_panic_in_any_thread_gives_the_terminal_back_and_is_told() {
    for (whom, words) in [("main", "asked to panic"), ("helper", "asked to panic in a helper")] {
        let session = start(24, 80, &[("DATELINE_PANIC", whom)], &[]);
        assert_eq!(session.wait_exit(), Exit::Code(101), "{whom}");
        session.assert_given_back();
        let screen = session.screen_text();
        assert!(screen.contains(words), "{screen}");
        assert!(screen.lines().all(|line| !line.starts_with(' ')), "a staircase:\n{screen}");
        let output = session.raw_output();
        let after = output.windows(GIVEN_BACK.len()).rposition(|at| at == GIVEN_BACK).expect("given back");
        assert_eq!(count(&output[after..], b"\x1b[?2026h"), 0, "a frame after the end");
    }
}

/// Ctrl-Z needs a shell that can continue the program: without one the kernel ignores a stop.
const SHELL: &str = r#"set -m; cd "$1"; "$0"; echo "stopped $?"; read -r line; echo "the shell got <$line>"; fg >/dev/null; echo "ended $?""#;

#[test]
fn a_stop_gives_the_terminal_back_and_its_continuation_redraws_everything() {
    let folder = EMPTY_FOLDER.to_str().expect("a path that is text");
    let mut session = Session::spawn("/bin/sh", &["-c", SHELL, PROGRAM, folder], 24, 80, &[]);
    session.wait_for_text("q quit");
    session.send("jjj");
    wait_for_place(&session, 4);
    session.send("\x1a");
    session.wait_for_text("stopped 148");
    session.assert_given_back();
    session.send("for the shell q\r");
    session.wait_for(
        |screen| {
            let contents = screen.contents();
            screen.alternate_screen() && contents.contains(" 4/") && contents.contains("q quit")
        },
        "everything drawn again",
    );
    session.send("q");
    session.wait_for_text("the shell got <for the shell q>");
    session.wait_for_text("ended 0");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    session.assert_given_back();
}

#[test]
fn after_sigstop_and_sigcont_everything_is_drawn_again() {
    let session = explorer();
    session.signal(Signal::STOP);
    session.signal(Signal::CONT);
    session.wait_for_output(|output| count(output, TAKEN) >= 2, "the terminal is taken again");
    session.wait_for_text("q quit");
    quit(session);
}

#[test]
fn a_terminal_that_is_gone_ends_the_explorer_with_or_without_a_signal() {
    let mut told = explorer();
    told.hang_up();
    assert_eq!(told.wait_exit(), Exit::Code(129));

    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/harbour.yaml");
    let mut untold = Session::spawn_uncontrolled(PROGRAM, &[story], 24, 80, &[]);
    untold.wait_for_text("q quit");
    untold.hang_up();
    assert_eq!(untold.wait_exit(), Exit::Code(129));
}

#[test]
fn without_colours_the_cursor_is_still_seen() {
    let mut session = start(24, 80, &[("NO_COLOR", "1")], &[]);
    session.wait_for_text("q quit");
    session.send("j");
    wait_for_place(&session, 2);
    // Row 0 is the frame.
    session.wait_for(
        |screen| {
            let reversed = |row, column| screen.cell(row, column).is_some_and(vt100::Cell::inverse);
            (1..30).all(|column| reversed(2, column) && !reversed(1, column) && !reversed(3, column))
        },
        "the row of the cursor is reversed, and no other",
    );
    session.send("C\r?\x06");
    session.wait_for_text("What the marks mean");
    let output = session.raw_output();
    let coloured = colours(&output);
    assert!(coloured.is_empty(), "{coloured:?}");
    quit(session);
    // And with them there are some: the test can tell.
    let session = explorer();
    assert!(!colours(&session.raw_output()).is_empty());
    quit(session);
}

/// The sequences in an output that set a colour. Going back to the terminal's own (39, 49, 0) sets none.
fn colours(output: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(output);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|character: char| character.is_ascii_alphabetic())?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    let sets = |sequence: &String| {
        sequence
            .split([';', ':'])
            .filter_map(|number| number.parse().ok())
            .any(|number: u16| matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107))
    };
    sequences.filter(sets).collect()
}

#[test]
fn in_a_locale_without_utf_8_no_frame_or_mark_needs_it() {
    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/harbour.yaml");
    let mut session = start(24, 80, &[("LANG", "C")], &[story]);
    session.wait_for_text("q quit");
    session.send("5jC\r");
    session.wait_for_text("position 1 of 2");
    let output = session.raw_output();
    assert!(output.is_ascii(), "{}", String::from_utf8_lossy(&output));
    quit(session);
}

#[test]
fn a_terminal_that_can_do_nothing_gets_the_chronology_as_text() {
    let session = start(50, 200, &[("TERM", "dumb")], &[]);
    assert_eq!(session.wait_exit(), Exit::Code(0));
    let output = session.raw_output();
    assert!(!output.contains(&0x1b), "an escape sequence: {}", String::from_utf8_lossy(&output));
    assert!(String::from_utf8_lossy(&output).contains("Pentagon letter"));
    session.assert_given_back();
}

#[test]
fn every_window_size_is_survived_and_the_cursor_stays() {
    let mut session = explorer();
    session.send("6j");
    wait_for_place(&session, 7);
    for (rows, columns) in [(1, 1), (0, 0), (3, 200), (65_535, 65_535), (40, 120)] {
        session.resize(rows, columns);
    }
    session.wait_for(
        |screen| {
            let contents = screen.contents();
            contents.contains(" 7/") && contents.contains(" Sources ") && contents.contains(" Market ")
        },
        "the wide arrangement",
    );
    session.resize(8, 24);
    session.wait_for_text("[Timeline]");
    session.resize(7, 24);
    session.wait_for_text("too small");
    session.resize(24, 80);
    wait_for_place(&session, 7);
    quit(session);
}

#[test]
fn of_a_burst_larger_than_any_buffer_no_key_is_lost() {
    let mut session = explorer();
    // To the last event and 7 back, one key at a time.
    session.send(&"j".repeat(3000));
    session.send(&"k".repeat(7));
    session.send("7jG3k");
    session.send(&"k".repeat(4000));
    session.send("jj");
    wait_for_place(&session, 3);
    quit(session);
}

#[test]
fn a_frame_is_written_whole() {
    let mut session = explorer();
    session.send("jkjjkj");
    wait_for_place(&session, 3);
    session.send("q");
    session.wait_exit();
    let output = session.raw_output();
    let (starts, ends) = (count(&output, b"\x1b[?2026h"), count(&output, b"\x1b[?2026l"));
    // One more end: the way out closes a frame that was cut off.
    assert_eq!(starts + 1, ends);
}
