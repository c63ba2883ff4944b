//! Arguments in, exit code out: the one place that asks the clock, knows the standard streams, and turns what
//! happened into a code.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | all is well, also where the reader of the output went away |
//! | 1 | `check` found something, or the output or the reader's notes could not be written |
//! | 2 | the story or the notes could not be opened, or the arguments not be understood |
//! | 101 | the program failed (a panic) |
//! | 128 + n | ended by signal n |

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use dateline::archive::{self, Texts};
use dateline::cache::{self, Cache, Limits};
use dateline::cli::{Action, Colour, Format, Invocation, Place, Show};
use dateline::colour::{Wish, wish};
use dateline::explorer::Unsaved;
use dateline::panic_report;
use dateline::query::as_of::{LookBack, Then, read_moment};
use dateline::report;
use dateline::report::check::Checked;
use dateline::report::check::text::{self as findings, Manner};
use dateline::story::diagnostic::Diagnostic;
use dateline::story::progress::{Progress, Step};
use dateline::story::{self, graph::Graph};
use dateline::text;

use explore::Asked;
use input::{Input, Refusal};

#[path = "main/check.rs"]
mod check;
#[path = "main/explore.rs"]
mod explore;
#[path = "main/filter.rs"]
mod filter;
#[path = "main/input.rs"]
mod input;
#[path = "main/notes.rs"]
mod notes;

fn main() -> ExitCode {
    let invocation = match Invocation::parse(std::env::args_os()) {
        Ok(invocation) => invocation,
        Err(answer) => return answer_to(&answer),
    };
    panic_report::install(invocation.panic_report.clone());
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
    let Invocation {
        today,
        as_of,
        archive,
        max_size,
        config,
        no_mouse,
        no_cache,
        background,
        panic_report: _,
        action,
    } = invocation;
    let as_of = as_of.as_deref();
    match action {
        Action::Check(asked) => check::run(&asked, today, as_of, max_size),
        Action::Verify(asked) => check::verify(asked, max_size),
        Action::Explain(code) => print(|out| check::explain(code, out)),
        Action::Schema => print(|out| out.write_all(story::schema::json().as_bytes())),
        Action::New(path) => new(&path),
        Action::Notes(asked) => notes::run(asked),
        Action::Show(Show { place, format, only }) => {
            let Opened { graph, .. } = open(place, max_size)?;
            let asked = only.map(|only| filter::read(&graph, only, config)).transpose()?;
            let (graph, back) = looked_back(graph, as_of, today)?;
            let (back, part) = (back.as_ref(), asked.map(|asked| asked.select(&graph)));
            print(|out| match format {
                Format::Text => report::chronology::write(&graph, back, part.as_ref(), out),
                Format::Json => report::json::write(&graph, back, part.as_ref(), out),
            })
        }
        Action::Explore(place) => {
            if !explorable() {
                let Opened { graph, .. } = open(place, max_size)?;
                let (graph, back) = looked_back(graph, as_of, today)?;
                return print(|out| report::chronology::write(&graph, back.as_ref(), None, out));
            }
            let as_of = as_of.map(str::to_owned);
            explore::run(Asked {
                place,
                today,
                as_of,
                archive,
                max_size,
                config,
                no_mouse,
                no_cache,
                background,
            })
        }
    }
}

/// The day to take for today: the one asked for, or the date in the story's zone.
fn today_in(graph: &Graph, asked: Option<NaiveDate>) -> NaiveDate {
    let zone = graph.header().time_zone;
    asked.unwrap_or_else(|| chrono::Utc::now().with_timezone(&zone).date_naive())
}

/// The texts of the sources.
fn texts(folder: &Path, graph: &Graph) -> Result<Texts, Failure> {
    archive::folder::read(folder, graph).map_err(|why| {
        let folder = text::safe_line(&folder.to_string_lossy()).into_owned();
        Failure::Archive { folder, why }
    })
}

/// The moment to look back to, and how it reads.
fn moment(text: &str, graph: &Graph, today: NaiveDate) -> Result<(Then, String), Failure> {
    read_moment(text, graph.header().time_zone, today).map_err(Failure::Moment)
}

/// The part of a story that could have been known at the moment asked for; all of it where none is.
fn looked_back(
    graph: Graph,
    as_of: Option<&str>,
    today: Option<NaiveDate>,
) -> Result<(Graph, Option<LookBack>), Failure> {
    let Some(text) = as_of else { return Ok((graph, None)) };
    let today = today_in(&graph, today);
    let (moment, reading) = moment(text, &graph, today)?;
    // By today all is out that the story has.
    if moment.moment.date() >= today {
        return Ok((graph, None));
    }
    let (part, back) = LookBack::to(&graph, moment, reading, true);
    Ok((part, Some(back)))
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
    bytes: Vec<u8>,
}

fn open(place: Place, max_size: u64) -> Result<Opened, Failure> {
    open_telling(place, max_size, None, &Progress::default())
}

/// As [`open`], telling how far it has come. Only what is in a file is kept, or taken from what was.
fn open_telling(
    place: Place,
    max_size: u64,
    cache: Option<PathBuf>,
    progress: &Progress,
) -> Result<Opened, Failure> {
    let limits = Limits::default();
    let is_long = |path: &Path| std::fs::metadata(path).is_ok_and(|file| file.len() >= limits.least as u64);
    let cache = cache.filter(|_| input::file(&place).is_some_and(is_long));
    let read = || input::read_telling(place, max_size, progress);
    // The program's own file is read beside the story.
    let (input, cache) = match cache {
        Some(folder) => rayon::join(read, || cache::build().map(|build| Cache::at(folder, build, limits))),
        None => (read(), None),
    };
    let Input { name, path, bytes } = input?;
    if cache.is_some() {
        progress.step(Step::Kept);
    }
    match cache::through(cache, &bytes, |bytes| story::read_telling(bytes, progress)) {
        Ok(graph) => Ok(Opened { graph, name, path, bytes }),
        Err(faults) => Err(Failure::Faults { input: Input { name, path, bytes }, faults }),
    }
}

/// A file's name as it is typed behind `dateline` in a shell: no command, no option, no blank that parts it.
fn argument(name: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "._/-+,@%".contains(character);
    let name = if name.contains(['/', '.']) && !name.starts_with('-') {
        name.to_owned()
    } else {
        format!("./{name}")
    };
    if name.chars().all(plain) { name } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

/// Writes a small story to a file that is not there yet.
fn new(path: &Path) -> Result<ExitCode, Failure> {
    let name = text::safe_line(&path.to_string_lossy()).into_owned();
    if path == Path::new("-") {
        let why = "`-` is standard output to most programs; name a file, or write ./-".to_owned();
        return Err(Failure::New { name, why });
    }
    let written = File::options().write(true).create_new(true).open(path).and_then(|mut file| {
        file.write_all(story::EXAMPLE.as_bytes())?;
        file.sync_all()
    });
    match written {
        Ok(()) => {
            print(|out| writeln!(out, "{name} is written; look at it with: dateline {}", argument(&name)))
        }
        Err(error) => {
            let why = match error.kind() {
                ErrorKind::AlreadyExists => {
                    "something of that name is there, and nothing is overwritten".to_owned()
                }
                ErrorKind::NotFound => "there is no such folder".to_owned(),
                ErrorKind::PermissionDenied => "you are not permitted to write there".to_owned(),
                _ => error.to_string(),
            };
            Err(Failure::New { name, why })
        }
    }
}

/// Whether to use colours on a stream.
fn is_coloured(colour: Colour, stream: &impl io::IsTerminal) -> bool {
    // Bytes that are no text still say something.
    let said = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => match wish(said) {
            Wish::Never => false,
            Wish::Always => true,
            Wish::Terminal => stream.is_terminal() && said("TERM").as_deref() != Some("dumb"),
        },
    }
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
    Unreadable(Refusal),
    Faults {
        input: Input,
        faults: Vec<Diagnostic>,
    },
    New {
        name: String,
        why: String,
    },
    Moment(String),
    Archive {
        folder: String,
        why: String,
    },
    /// A filter or view that cannot be used; what to say of it.
    Filter(String),
    /// Nothing can be done with notes; why.
    Notes(String),
    /// Notes that were to be saved are not.
    NotesUnsaved(Unsaved),
    Terminal(io::Error),
    Output(io::Error),
}

impl Failure {
    /// Says so on standard error, and gives the exit code.
    fn report(self) -> ExitCode {
        match self {
            Self::Unreadable(refusal) => {
                say(&refusal.to_string());
                ExitCode::from(2)
            }
            Self::Faults { input: Input { name, path, bytes }, faults } => {
                let checked = Checked::new(&name, path.is_some(), &bytes, faults);
                let manner = Manner { colour: is_coloured(Colour::Auto, &io::stderr()), verbose: false };
                let mut err = BufWriter::new(io::stderr().lock());
                // Where standard error is gone too, the exit code alone must do.
                let _ = findings::write(&checked, manner, &mut err)
                    .and_then(|()| findings::write_count(&checked, manner, true, &mut err))
                    .and_then(|()| err.flush());
                ExitCode::from(2)
            }
            Self::New { name, why } => {
                say(&format!("error: cannot write {name}: {why}\n"));
                ExitCode::from(2)
            }
            Self::Archive { folder, why } => {
                say(&format!("error: cannot read the archive {folder}: {}\n", text::safe_line(&why)));
                ExitCode::from(2)
            }
            Self::Moment(why) => {
                say(&format!("error: --as-of: {}\n", text::safe_line(&why)));
                ExitCode::from(2)
            }
            Self::Filter(said) => {
                say(&said);
                ExitCode::from(2)
            }
            Self::Notes(why) => {
                say(&format!("error: {}\n", text::safe_line(&why)));
                ExitCode::from(2)
            }
            Self::NotesUnsaved(unsaved) => {
                notes::tell_unsaved(&unsaved);
                ExitCode::FAILURE
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

impl From<input::Unread> for Failure {
    fn from(unread: input::Unread) -> Self {
        match unread {
            input::Unread::Refused(refusal) => Self::Unreadable(refusal),
            input::Unread::TooLarge(input, fault) => Self::Faults { input, faults: vec![*fault] },
        }
    }
}

/// Says something on standard error; where that is gone too, the exit code alone must do.
fn say(what: &str) {
    let _ = io::stderr().lock().write_all(what.as_bytes());
}
