//! What a panic leaves behind: the terminal as it was, a message, the exit code 101, and a report where one is asked for.
//!
//! Release builds know no way to ask for a panic.

#![cfg(all(unix, debug_assertions))]

#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use pty::{Exit, Session};

const STORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/harbour.yaml");

/// A folder that is removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("panic").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn panicked(whom: &str, arguments: &[&str]) -> String {
    let session =
        Session::spawn(env!("CARGO_BIN_EXE_dateline"), arguments, 24, 100, &[("DATELINE_PANIC", whom)]);
    assert_eq!(session.wait_exit(), Exit::Code(101), "{whom}");
    session.assert_given_back();
    let screen = session.screen_text();
    assert!(screen.contains("asked to panic"), "{screen}");
    assert!(screen.lines().all(|line| !line.starts_with(' ')), "a staircase:\n{screen}");
    screen.replace('\n', " ")
}

#[test]
fn row_41_a_panic_in_any_thread_is_told_and_says_how_to_get_a_report() {
    for whom in ["main", "helper"] {
        let screen = panicked(whom, &[STORY]);
        assert!(screen.contains("panicked at src/explorer/event_loop.rs:"), "{screen}");
        assert!(screen.contains("--panic-report FILE"), "{screen}");
    }
}

#[test]
fn row_41_a_report_is_written_where_it_is_asked_for_and_over_nothing() {
    for whom in ["main", "helper"] {
        let folder = Folder::new(whom);
        let file = folder.0.join("report.txt");
        let asked = ["--panic-report", file.to_str().expect("text"), STORY];
        for place in ["report.txt", "report.txt.1"] {
            let screen = panicked(whom, &asked);
            assert!(screen.contains("A report is in "), "{screen}");
            let place = folder.0.join(place);
            let report = fs::read_to_string(&place).expect("a report");
            assert_eq!(fs::metadata(&place).expect("a report").permissions().mode() & 0o777, 0o600);
            for told in [
                concat!("dateline ", env!("CARGO_PKG_VERSION"), ", a panic"),
                "message: asked to panic",
                "place: src/explorer/event_loop.rs:",
                "terminal: xterm-256color, 100x24",
                "dateline::explorer::event_loop::",
            ] {
                assert!(report.contains(told), "{told} is missing in\n{report}");
            }
            // Nothing of the story, nothing of the reader's machine.
            for private in
                ["harbour", "Borealis", "/home/", "/root/", env!("CARGO_MANIFEST_DIR"), "report.txt"]
            {
                assert!(!report.contains(private), "{private} stands in\n{report}");
            }
            assert!(dateline::text::is_safe(&report));
        }
    }
}

#[test]
fn a_report_that_cannot_be_written_is_said_to_be_missing() {
    let folder = Folder::new("nowhere");
    let file = folder.0.join("no/such/folder/report.txt");
    let screen = panicked("main", &["--panic-report", file.to_str().expect("text"), STORY]);
    assert!(screen.contains("The report cannot be written to "), "{screen}");
}
