//! Arguments in, exit code out: the one place that asks the clock, knows the standard streams, and turns what
//! happened into a code.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | all is well, also where the reader of the output went away |
//! | 1 | the output could not be written |
//! | 2 | the story could not be opened, or the arguments not be understood |
//! | 128 + n | ended by signal n |

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dateline::cli::{self, Action, Format, Invocation, Place};
use dateline::explorer::{self, Opening, Outcome};
use dateline::report;
use dateline::story::diagnostic::{Diagnostic, did_you_mean};
use dateline::story::{self, graph::Graph};
use dateline::text;

/// The file opened where none is named.
const USUAL: &str = "events.yaml";
/// The largest story read, in bytes: past it a file is a mistake, or meant to fill the memory.
const LARGEST: u64 = 512 * 1024 * 1024;
/// What a shell gives for a program whose terminal hung up: 128 and SIGHUP.
const HUNG_UP: u8 = 129;

fn main() -> ExitCode {
    let invocation = match Invocation::parse(std::env::args_os()) {
        Ok(invocation) => invocation,
        Err(answer) => return answer_to(&answer),
    };
    match run(invocation) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

/// Help and version on standard output; a misuse on standard error.
fn answer_to(answer: &clap::Error) -> ExitCode {
    let rendered = answer.render().to_string();
    let shown = text::safe(&rendered);
    if answer.use_stderr() {
        say(&shown);
        return ExitCode::from(2);
    }
    print(|out| out.write_all(shown.as_bytes())).unwrap_or_else(Failure::report)
}

fn run(invocation: Invocation) -> Result<ExitCode, Failure> {
    let Invocation { today, action } = invocation;
    match action {
        Action::Show(place, format) => {
            let Opened { graph, .. } = open(place)?;
            print(|out| match format {
                Format::Text => report::chronology::write(&graph, out),
                Format::Json => report::json::write(&graph, out),
            })
        }
        Action::Explore(place) => {
            let Opened { graph, name, path } = open(place)?;
            if !explorable() {
                return print(|out| report::chronology::write(&graph, out));
            }
            let zone = graph.header().time_zone;
            let today = today.unwrap_or_else(|| chrono::Utc::now().with_timezone(&zone).date_naive());
            match explorer::run(Opening { graph, name, path, today }).map_err(Failure::Terminal)? {
                Outcome::Quit => Ok(ExitCode::SUCCESS),
                Outcome::Signal(signal) => Ok(ended_by(signal)),
                Outcome::Gone => Ok(ExitCode::from(HUNG_UP)),
            }
        }
    }
}

fn ended_by(signal: i32) -> ExitCode {
    signal.checked_add(128).and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Whether there is a terminal to draw on and one to read keys from. Where standard input is no terminal (the story
/// may have come from it), keys come from the controlling terminal.
fn explorable() -> bool {
    io::stdout().is_terminal()
        && std::env::var_os("TERM").as_deref() != Some(OsStr::new("dumb"))
        && (io::stdin().is_terminal() || File::open("/dev/tty").is_ok())
}

/// A story, and what to call it.
struct Opened {
    graph: Graph,
    name: String,
    path: Option<PathBuf>,
}

fn open(place: Place) -> Result<Opened, Failure> {
    let file = |path: PathBuf| -> Result<_, Failure> {
        let name = text::safe_line(&path.to_string_lossy()).into_owned();
        match read_file(&path) {
            Ok(bytes) => Ok((bytes, name, Some(path))),
            Err(refusal) => Err(Failure::Unreadable { name, refusal }),
        }
    };
    let (bytes, name, path) = match place {
        Place::File(path) => file(path)?,
        // A broken link to nowhere is a mistake to be told of, not the absence of a file.
        Place::Usual if fs::symlink_metadata(USUAL).is_ok() => file(USUAL.into())?,
        Place::Usual => (story::EMBEDDED.as_bytes().to_vec(), "embedded story".to_owned(), None),
        Place::StandardInput => {
            let name = "standard input".to_owned();
            match read_capped(io::stdin().lock()) {
                Ok(bytes) => (bytes, name, None),
                Err(refusal) => return Err(Failure::Unreadable { name, refusal }),
            }
        }
    };
    match story::read(&bytes) {
        Ok(graph) => Ok(Opened { graph, name, path }),
        Err(faults) => Err(Failure::Faults { name, faults }),
    }
}

/// Why there are no bytes to read a story from, and the way out.
struct Refusal {
    why: String,
    help: Option<String>,
}

impl Refusal {
    fn new(why: impl Into<String>, help: impl Into<String>) -> Self {
        Self { why: why.into(), help: Some(help.into()) }
    }

    fn of(error: &io::Error) -> Self {
        let why = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "you are not permitted to read it".to_owned(),
            ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => error.to_string(),
        };
        Self { why, help: None }
    }

    fn too_large() -> Self {
        Self::new(
            format!("it is larger than {} MiB", LARGEST >> 20),
            "a story is a text file of some kilobytes to megabytes; is this the right file?",
        )
    }
}

/// The bytes of a regular file. Anything else is refused unopened: a pipe with no writer, or a device without end,
/// would hold the program for ever.
fn read_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let metadata = fs::metadata(path).map_err(|error| {
        let refusal = Refusal::of(&error);
        match misspelt_command(path) {
            Some(command) if error.kind() == ErrorKind::NotFound => {
                Refusal::new(refusal.why, format!("did you mean the command `{command}`?"))
            }
            _ => refusal,
        }
    })?;
    if metadata.is_dir() {
        return Err(Refusal::new("it is a folder", "name the story file in it"));
    }
    if !metadata.is_file() {
        return Err(Refusal::new(
            "it is not a regular file",
            "to read what a program writes: program | dateline -",
        ));
    }
    if metadata.len() > LARGEST {
        return Err(Refusal::too_large());
    }
    read_capped(File::open(path).map_err(|error| Refusal::of(&error))?)
}

fn read_capped(input: impl Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let count = input.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| Refusal::of(&error))?;
    if u64::try_from(count).is_ok_and(|count| count <= LARGEST) {
        Ok(bytes)
    } else {
        Err(Refusal::too_large())
    }
}

/// The command meant by what was taken for a file name, where one is near.
fn misspelt_command(path: &Path) -> Option<String> {
    let commands = cli::commands();
    did_you_mean(path.to_str()?, commands.iter().map(String::as_str)).map(str::to_owned)
}

/// Writes to standard output. A reader that went away has had enough: that is no fault.
fn print(
    write: impl FnOnce(&mut BufWriter<io::StdoutLock<'static>>) -> io::Result<()>,
) -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            // What is still held would be written once more on dropping.
            let _ = out.into_parts();
            if error.kind() == ErrorKind::BrokenPipe {
                Ok(ExitCode::SUCCESS)
            } else {
                Err(Failure::Output(error))
            }
        }
    }
}

/// Why the program did not do what it was asked.
enum Failure {
    Unreadable { name: String, refusal: Refusal },
    Faults { name: String, faults: Vec<Diagnostic> },
    Terminal(io::Error),
    Output(io::Error),
}

impl Failure {
    /// Says so on standard error, and gives the exit code.
    fn report(self) -> ExitCode {
        match self {
            Self::Unreadable { name, refusal: Refusal { why, help } } => {
                let help = help.map_or_else(String::new, |help| format!("  = help: {help}\n"));
                say(&format!("error: cannot read {name}: {why}\n{help}"));
                ExitCode::from(2)
            }
            Self::Faults { name, faults } => {
                let mut err = BufWriter::new(io::stderr().lock());
                // Where standard error is gone too, the exit code alone must do.
                let _ = report::faults::write(&faults, &name, &mut err).and_then(|()| err.flush());
                ExitCode::from(2)
            }
            Self::Terminal(error) => {
                say(&format!("error: the terminal cannot be used: {error}\n"));
                ExitCode::from(2)
            }
            Self::Output(error) => {
                say(&format!("error: cannot write to standard output: {error}\n"));
                ExitCode::from(1)
            }
        }
    }
}

/// Says something on standard error; where that is gone too, the exit code alone must do.
fn say(what: &str) {
    let _ = io::stderr().lock().write_all(what.as_bytes());
}
