//! The real program in a real terminal: a story read from start to end, and the terminal given back on every way out.
//!
//! Screens are waited for, never slept for.

#[path = "support/pty.rs"]
mod pty;

#[path = "support/glass.rs"]
mod glass;

use std::fs;
use std::hint;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

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

/// Whether all is tried that there is to try, not only a share of it.
fn long_run() -> bool {
    std::env::var_os("DATELINE_LONG_RUNS").is_some()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        // Xorshift; any would do.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn row_40_term_hup_int_quit_restore_the_terminal() {
    let mut dice = Dice(0x5eed_0040);
    let (mut before, mut times) = (0, 0);
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        for time in 0..if long_run() { 200 } else { 8 } {
            let mut session = start(24, 80, &[], &[]);
            // An instant is told by how much the program has written and how often this loop has turned since: before
            // it has the terminal, while it takes it, in the middle of a frame, while it waits, in every view.
            let written = match time % 4 {
                0 => 0,
                1 => 1 + usize::try_from(dice.below(60)).expect("small"),
                _ => 60 + usize::try_from(dice.below(12_000)).expect("small"),
            };
            if written > 60 {
                session.wait_for_output(|output| count(output, TAKEN) > 0, "the terminal is taken");
                // Esc ends the program while a story is loaded.
                session.wait_for_output(|output| count(output, b"Timeline") > 0, "the story shows");
                session.send("jjjC\rjjj\x1b/byd\x1b\x1bMjl\x1bvvvjjjp\x1b?jjj\x1bfkind:\x1b<<<A");
            }
            session.wait_for_output(|output| output.len() >= written.min(6000), "the program to write");
            for _ in 0..dice.below(2_000_000) {
                hint::spin_loop();
            }
            session.signal(signal);
            let exit = session.wait_exit();
            session.assert_given_back();
            times += 1;
            if count(&session.raw_output(), TAKEN) == 0 {
                // It had not begun, and there was nothing to give back.
                before += 1;
                assert!(matches!(exit, Exit::Signal(_)) || exit == Exit::Code(code), "{signal:?}: {exit:?}");
            } else {
                assert_eq!(exit, Exit::Code(code), "{signal:?} after {written} bytes");
            }
        }
    }
    eprintln!("{times} signals, {before} of them before the terminal was taken");
    assert!(before * 2 < times, "the program was hardly ever met at work");
}

#[test]
fn row_40_a_signal_ends_it_while_the_terminal_takes_no_output() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let session = explorer();
        session.stall();
        for round in 0..30 {
            session.resize(60 + round, 200);
        }
        let asked = Instant::now();
        session.signal(signal);
        assert_eq!(session.wait_ended(), Exit::Code(code));
        eprintln!("{signal:?}: ended {:?} after the signal", asked.elapsed());
        session.unstall();
        session.wait_exit();
        session.assert_given_back();
    }
}

#[test]
fn row_40_a_signal_to_one_that_is_stopped_ends_it_when_it_goes_on() {
    let session = explorer();
    session.signal(Signal::STOP);
    session.signal(Signal::TERM);
    session.signal(Signal::CONT);
    assert_eq!(session.wait_exit(), Exit::Code(143));
    session.assert_given_back();
}

/// Release builds know no such variable.
#[cfg(debug_assertions)]
#[test]
fn row_41_a_panic_in_any_thread_gives_the_terminal_back_and_is_told() {
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
fn row_42_a_stop_gives_the_terminal_back_and_its_continuation_redraws_everything() {
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
fn row_42_after_sigstop_and_sigcont_everything_is_drawn_again() {
    let session = explorer();
    session.signal(Signal::STOP);
    session.signal(Signal::CONT);
    session.wait_for_output(|output| count(output, TAKEN) >= 2, "the terminal is taken again");
    session.wait_for_text("q quit");
    quit(session);
}

#[test]
fn row_43_a_terminal_that_is_gone_ends_the_explorer_with_or_without_a_signal() {
    let mut told = explorer();
    hang_up(&mut told, 129, "told");

    let story = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/harbour.yaml");
    let mut untold = Session::spawn_uncontrolled(PROGRAM, &[story], 24, 80, &[]);
    untold.wait_for_text("q quit");
    hang_up(&mut untold, 129, "untold");
}

#[test]
fn row_48_without_colours_the_cursor_is_still_seen() {
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
fn row_48_in_a_locale_without_utf_8_no_frame_or_mark_needs_it() {
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
fn row_44_a_terminal_that_can_do_nothing_gets_the_chronology_as_text() {
    let session = start(50, 200, &[("TERM", "dumb")], &[]);
    assert_eq!(session.wait_exit(), Exit::Code(0));
    let output = session.raw_output();
    assert!(!output.contains(&0x1b), "an escape sequence: {}", String::from_utf8_lossy(&output));
    assert!(String::from_utf8_lossy(&output).contains("Pentagon letter"));
    session.assert_given_back();
}

#[test]
fn row_37_every_window_size_is_survived_and_the_cursor_stays() {
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

/// From the end of its terminal to that of the program: a second is promised, and a debug build on a busy machine has
/// some more.
const SOON: Duration = Duration::from_secs(5);

/// Takes the terminal away, and fails the test unless the program ends soon, with this code.
fn hang_up(session: &mut Session, code: u32, what: &str) {
    let closed = Instant::now();
    session.hang_up();
    assert_eq!(session.wait_exit(), Exit::Code(code), "{what}");
    let took = closed.elapsed();
    eprintln!("{what}: ended {took:?} after the terminal");
    assert!(took < SOON, "{what}: {took:?}");
}

/// A folder of one test's own, removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pty-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let file = self.0.join(name);
        fs::write(&file, text).expect("written");
        file.to_str().expect("a path that is text").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The shell ignores the signal, and so does what it starts; what it tells comes when the program has ended.
const UNTOLD: &str = r#"trap '' HUP; "$0"; echo "ended $?" >"$1.new"; times >>"$1.new"; mv "$1.new" "$1""#;

/// Seconds in what the shell's `times` prints: `0m1.25s`.
fn seconds(time: &str) -> f64 {
    let (minutes, seconds) = time.trim_end_matches('s').split_once('m').expect("minutes and seconds");
    minutes.parse::<f64>().expect("minutes") * 60.0 + seconds.parse::<f64>().expect("seconds")
}

#[test]
fn row_43_a_terminal_that_is_gone_while_hup_is_ignored_ends_the_explorer_at_rest() {
    let folder = Folder::new("untold");
    for (time, keys) in ["", "/", "/\x1b[200~unfinished", "C\r", "\x1b"].into_iter().enumerate() {
        let told = folder.0.join(format!("told-{time}"));
        let mut session =
            Session::spawn("/bin/sh", &["-c", UNTOLD, PROGRAM, told.to_str().expect("a path")], 24, 80, &[]);
        session.wait_for_text("q quit");
        session.send(keys);
        hang_up(&mut session, 0, &format!("{keys:?}"));
        let told = fs::read_to_string(told).expect("what the shell tells");
        let mut lines = told.lines();
        assert_eq!(lines.next(), Some("ended 129"), "{keys:?}");
        let spent: f64 = lines.nth(1).expect("the program's times").split(' ').map(seconds).sum();
        eprintln!("{keys:?}: processor time {spent} s in all");
        // Reading and drawing the story costs some of it; turning round and round until the harness gives up, far more.
        assert!(spent < 5.0, "{keys:?}: {spent} s of processor time");
    }
}

#[test]
fn row_45_where_standard_input_has_ended_keys_come_from_the_terminal_until_that_ends_too() {
    for redirection in ["</dev/null", "<&-"] {
        let line = format!("cd \"$0\" && exec \"$1\" {redirection}");
        let folder = EMPTY_FOLDER.to_str().expect("a path that is text");
        let start = || {
            let session = Session::spawn("/bin/sh", &["-c", &line, folder, PROGRAM], 24, 80, &[]);
            session.wait_for_text("q quit");
            session
        };
        let mut session = start();
        session.send("jj");
        wait_for_place(&session, 3);
        quit(session);
        let mut session = start();
        hang_up(&mut session, 129, redirection);
    }
}

const PASTES: &[u8] = b"\x1b[?2004h";

#[test]
fn row_46_pastes_are_taken_in_text_fields_only_and_one_without_end_keeps_no_signal_out() {
    let mut session = explorer();
    assert_eq!(count(&session.raw_output(), PASTES), 0, "before any field is open");
    session.send("/");
    session.wait_for(vt100::Screen::bracketed_paste, "pastes are taken in the finder");
    session.send("\x1b[200~byd\r\nq\x1b[201~");
    session.wait_for_text("/ byd q");
    session.send("\x1b");
    session.wait_for(|screen| !screen.bracketed_paste() && screen.contents().contains("q quit"), "no longer");
    session.send("f");
    session.wait_for(vt100::Screen::bracketed_paste, "pastes are taken in the field of a filter");
    session.send("\x1b[200~said:never ending");
    session.signal(Signal::TERM);
    assert_eq!(session.wait_exit(), Exit::Code(143));
    session.assert_given_back();
}

#[test]
fn row_39_of_a_thousand_resizes_the_last_wins_and_the_selection_stays() {
    let mut session = explorer();
    session.send("6j");
    wait_for_place(&session, 7);
    let began = Instant::now();
    let mut dice = Dice(0x5eed_0039);
    for _ in 0..1000 {
        let mut below = |limit| u16::try_from(dice.below(limit)).expect("small");
        session.resize(below(60), below(200));
    }
    session.resize(40, 120);
    eprintln!("a thousand resizes in {:?}", began.elapsed());
    session.wait_for(
        |screen| {
            let contents = screen.contents();
            contents.contains(" 7/") && contents.contains(" Sources ") && contents.contains(" Market ")
        },
        "the wide arrangement, at the same event",
    );
    quit(session);
}

#[test]
fn row_49_a_mouse_off_the_grid_is_ignored() {
    let mut session = explorer();
    session.send("6j");
    wait_for_place(&session, 7);
    for at in ["9999;9999", "65535;65535", "81;24", "80;25", "1;60"] {
        for what in ["0", "2", "32", "64", "65"] {
            session.send(&format!("\x1b[<{what};{at}M\x1b[<0;{at}m"));
        }
    }
    session.send("j");
    wait_for_place(&session, 8);
    quit(session);
}

#[test]
fn a_mouse_that_is_not_wanted_stays_the_terminals() {
    let folder = Folder::new("mouse");
    let config = folder.file("config.toml", "mouse = false\n");
    for (environment, arguments) in
        [(&[][..], &["--no-mouse"][..]), (&[("DATELINE_CONFIG", config.as_str())], &[])]
    {
        let mut session = start(24, 80, environment, arguments);
        session.wait_for_text("q quit");
        session.send("/");
        session.wait_for_text("/ ");
        session.send("\x03");
        assert_eq!(session.wait_exit(), Exit::Code(0));
        session.assert_given_back();
        let output = session.raw_output();
        assert_eq!(
            count(&output, b"\x1b[?1000") + count(&output, b"\x1b[?1002") + count(&output, b"\x1b[?1006"),
            0
        );
    }
}

#[test]
fn colours_fit_the_background_that_is_named() {
    let folder = Folder::new("background");
    let config = folder.file("config.toml", "background = \"light\"\n");
    let cyan =
        |output: &[u8]| colours(output).iter().any(|sequence| sequence.split(';').any(|it| it == "36"));
    for (environment, arguments, light) in [
        (&[][..], &["--background", "light"][..], true),
        (&[("COLORFGBG", "0;15")], &[], true),
        (&[("DATELINE_CONFIG", config.as_str())], &[], true),
        (&[("COLORFGBG", "0;15")], &["--background", "dark"], false),
        (&[], &[], false),
    ] {
        let session = start(24, 80, environment, arguments);
        session.wait_for_text("q quit");
        assert_eq!(cyan(&session.raw_output()), !light, "{environment:?} {arguments:?}");
        quit(session);
    }
}

#[test]
fn clicolor_is_heard() {
    for (environment, coloured) in [
        (&[("CLICOLOR", "0")][..], false),
        (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true),
        (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
    ] {
        let session = start(24, 80, environment, &[]);
        session.wait_for_text("q quit");
        assert_eq!(!colours(&session.raw_output()).is_empty(), coloured, "{environment:?}");
        quit(session);
    }
}

#[test]
fn what_changes_nothing_writes_nothing() {
    let mut session = explorer();
    let before = session.raw_output().len();
    // A button let go over and over: told of, and of no meaning.
    session.send(&"\x1b[<0;5;5m".repeat(200));
    session.send("j");
    wait_for_place(&session, 2);
    let output = session.raw_output();
    assert_eq!(count(&output[before..], b"\x1b[?2026h"), 1, "frames");
    quit(session);
}

#[test]
fn row_54_without_a_home_there_is_no_panic() {
    for environment in
        [&[][..], &[("HOME", "")], &[("HOME", "relative"), ("XDG_CONFIG_HOME", "also/relative")]]
    {
        let mut session = start(24, 80, environment, &[]);
        session.wait_for_text("q quit");
        session.send("F");
        session.wait_for_text("Views");
        session.send("\x1b");
        session.wait_for_text("Timeline");
        quit(session);
    }
}

/// The sequences of a whole session, besides those of its frames.
const TAKEN_AND_GIVEN_BACK: &[&str] = &[
    "CSI ?1049h",
    "CSI ?1049l",
    "CSI ?7h",
    "CSI ?7l",
    "CSI ?1000h",
    "CSI ?1000l",
    "CSI ?1002h",
    "CSI ?1002l",
    "CSI ?1006h",
    "CSI ?1006l",
    "CSI ?25h",
    "CSI ?25l",
];

#[test]
fn nothing_of_a_file_name_search_or_environment_acts() {
    let folder = Folder::new("acts");
    let story = include_str!("screens/hostile.yaml");
    let hostile = "\u{1b}]0;owned\u{7}\u{1b}[6n\u{9b}2J\u{202e}\u{2066}";
    let file = folder.file(&format!("{hostile}.yaml"), story);
    let broken = folder.file(&format!("{hostile}.toml"), "colour = 1");
    for (environment, arguments) in [
        (&[("LANG", hostile), ("LC_ALL", hostile), ("COLORFGBG", hostile)][..], &[file.as_str()][..]),
        (&[("DATELINE_CONFIG", broken.as_str()), ("XDG_CONFIG_HOME", hostile), ("HOME", hostile)], &[&file]),
        (&[("TERM", hostile), ("COLORTERM", hostile), ("NO_COLOR", "")], &[&file, "--archive", hostile]),
        (&[("CLICOLOR", hostile)], &[&file, "--as-of", hostile]),
        (&[], &[&broken]),
    ] {
        let mut session = start(24, 80, environment, arguments);
        session.wait_for_output(
            |output| count(output, b"help") > 0 || count(output, b"error") > 0,
            "a word of it, once it is loaded",
        );
        if count(&session.raw_output(), TAKEN) > 0 {
            session.send("/");
            session.wait_for(vt100::Screen::bracketed_paste, "the field is open");
            session.send(&format!("\x1b[200~{hostile} end of it\x1b[201~"));
            session.wait_for_text("end of it");
            session.send("\x03");
            session.wait_exit();
            session.assert_given_back();
        }
        let _ = session.wait_exit();
        let mut glass = glass::Glass::new(glass::Counting::Clusters, (80, 24), TAKEN_AND_GIVEN_BACK);
        // What is printed without the explorer has lines, and the terminal ends each with a return.
        let output = session.raw_output();
        let is_explored = count(&output, TAKEN) > 0;
        for part in output.split(|byte| !is_explored && matches!(byte, b'\r' | b'\n')) {
            glass.take(part);
        }
        glass.assert_tame(&format!("{environment:?}"));
    }
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
