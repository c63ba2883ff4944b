//! What a panic leaves behind: a message on standard error that a person can read, and a report in a file where the
//! reader has asked for one.
//!
//! The promise: a report holds what mends the program and nothing of the story: a message that was made at
//! run time is withheld, and of the paths of source files only what is the same on every machine stays. An existing file is never written to.
//! Imports `text`.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::thread;

use crate::text::{safe, safe_line};

/// Reports beside each other of one name; whoever has so many has enough.
const MOST_REPORTS: usize = 9;

/// Stands for a message that may hold words of the story.
const WITHHELD: &str = "withheld, as it may hold words of the story";

/// Has every panic, in any thread, say so on standard error, and write a report to `file` where there is one.
///
/// Once, before anything else can panic. Whoever holds the terminal chains itself before this one.
pub fn install(file: Option<PathBuf>) {
    panic::set_hook(Box::new(move |panicked| {
        let said = Panicked::of(panicked);
        let mut words = said.message();
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|wanted| wanted != "0") {
            let _ = writeln!(words, "{}", Backtrace::force_capture());
        }
        let told = match &file {
            None => {
                "This is a fault of dateline, not of the story. To have it mended, do the same again with \
                     --panic-report FILE, which writes down where it happened and nothing of the story."
                    .to_owned()
            }
            Some(file) => match said.write_to(file) {
                Ok(written) => format!("A report is in {}; it holds nothing of the story.", shown(&written)),
                Err(error) => format!("The report cannot be written to {}: {error}", shown(file)),
            },
        };
        let _ = writeln!(words, "{told}");
        // Where standard error is gone too, the exit code alone must do.
        let _ = io::stderr().lock().write_all(safe(&words).as_bytes());
    }));
}

fn shown(file: &Path) -> String {
    safe_line(&file.to_string_lossy()).into_owned()
}

/// A panic.
struct Panicked {
    thread: String,
    place: String,
    message: String,
    /// The message is part of the program, and so holds nothing of a story.
    is_fixed: bool,
}

impl Panicked {
    fn of(panicked: &PanicHookInfo<'_>) -> Self {
        let payload = panicked.payload();
        let fixed = payload.downcast_ref::<&'static str>().copied();
        let message = fixed.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let place =
            panicked.location().map(|at| format!("{}:{}:{}", common(at.file()), at.line(), at.column()));
        Self {
            thread: thread::current().name().unwrap_or("unnamed").to_owned(),
            place: place.unwrap_or_else(|| "an unknown place".to_owned()),
            message: message.unwrap_or("no message").to_owned(),
            is_fixed: fixed.is_some(),
        }
    }

    fn message(&self) -> String {
        format!("thread '{}' panicked at {}:\n{}\n", self.thread, self.place, self.message)
    }

    /// The report.
    fn report(&self, backtrace: &str) -> String {
        let terminal = std::env::var("TERM").unwrap_or_default();
        let size = crossterm::terminal::window_size();
        let size =
            size.map_or_else(|_| "unknown".to_owned(), |size| format!("{}x{}", size.columns, size.rows));
        let report = format!(
            "dateline {version}, a panic\n\
             message: {message}\n\
             place: {place}\n\
             thread: {thread}\n\
             system: {os} {architecture}\n\
             terminal: {terminal}, {size}\n\
             \n{backtrace}",
            version = env!("CARGO_PKG_VERSION"),
            message = if self.is_fixed { safe_line(&self.message) } else { WITHHELD.into() },
            place = self.place,
            thread = self.thread,
            os = std::env::consts::OS,
            architecture = std::env::consts::ARCH,
            terminal = safe_line(&terminal),
        );
        safe(&report).into_owned()
    }

    /// Writes the report to a file that is not there yet: this one, or else one of its name with a number behind it.
    /// Only its owner may read it.
    fn write_to(&self, file: &Path) -> io::Result<PathBuf> {
        let report = self.report(&trace(&Backtrace::force_capture().to_string()));
        let mut place = file.to_owned();
        for number in 1..=MOST_REPORTS {
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&place) {
                Ok(mut written) => {
                    written.write_all(report.as_bytes())?;
                    return Ok(place);
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    let mut name = file.as_os_str().to_owned();
                    name.push(format!(".{number}"));
                    place = name.into();
                }
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::new(ErrorKind::AlreadyExists, "reports of this name are there already"))
    }
}

/// A backtrace with paths that are the same on every machine.
fn trace(backtrace: &str) -> String {
    let mut lines = String::new();
    for line in backtrace.lines() {
        match line.trim_start().strip_prefix("at ") {
            // Writing to a String cannot fail.
            Some(path) => {
                let _ = writeln!(lines, "             at {}", common(path));
            }
            None => {
                let _ = writeln!(lines, "{line}");
            }
        }
    }
    lines
}

/// The end of a path that is the same on every machine: from the name of the package on.
fn common(path: &str) -> &str {
    if !path.starts_with('/') {
        return path;
    }
    let package = path.rfind("/src/").map(|src| path[..src].rfind('/').map_or(0, |slash| slash + 1));
    &path[package.unwrap_or_else(|| path.rfind('/').map_or(0, |slash| slash + 1))..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_made_at_run_time_is_not_in_the_report() {
        let panicked = |is_fixed| Panicked {
            thread: "main".to_owned(),
            place: "src/main.rs:1:2".to_owned(),
            message: "the event is Borealis sinks".to_owned(),
            is_fixed,
        };
        assert!(panicked(true).report("").contains("message: the event is Borealis sinks\n"));
        let report = panicked(false).report("");
        assert!(
            report.contains("message: withheld") && report.contains("place: src/main.rs:1:2"),
            "{report}"
        );
        assert!(!report.contains("Borealis") && !report.contains("event is"), "{report}");
        assert!(panicked(false).message().contains("Borealis sinks"), "standard error is the reader's own");
    }

    #[test]
    fn a_path_says_nothing_of_whose_machine_it_is() {
        for (path, told) in [
            (
                "/home/reader/.cargo/registry/src/index/ratatui-0.30.2/src/buffer.rs:1:2",
                "ratatui-0.30.2/src/buffer.rs:1:2",
            ),
            ("/rustc/5980/library/core/src/panicking.rs:80:14", "core/src/panicking.rs:80:14"),
            ("/home/reader/dateline/src/explorer/update.rs:3:4", "dateline/src/explorer/update.rs:3:4"),
            ("/home/reader/x.c:5", "x.c:5"),
            ("src/explorer/update.rs:3:4", "src/explorer/update.rs:3:4"),
            ("./src/main.rs:1", "./src/main.rs:1"),
        ] {
            assert_eq!(common(path), told);
        }
        let trace = trace("   0: a::b\n             at /home/reader/a/src/b.rs:1:2\n   1: c\n");
        assert_eq!(trace, "   0: a::b\n             at a/src/b.rs:1:2\n   1: c\n");
    }
}
