//! Measures from the start of a program to what it shows, in a terminal of its own: `cargo build --release && cargo run
//! --release --example start -- [TURNS] [STORY.yaml …]`; build `--example empty` before it.
//!
//! In turns, so that what else the machine does weighs on all: an empty ratatui program (the reference), dateline on the
//! embedded story, and on each story that is named: with nothing kept of an earlier opening (cold), with what the first
//! opening kept (warm), and quit while it is loaded. Prints the middle of all turns, a row of a table for each.
//!
//! First: the first word on the screen. Whole: the panes of the story. Everything the programs keep goes to a folder that
//! is removed at the end.

use std::env;
use std::fs;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

#[path = "../benches/measure/row.rs"]
mod row;

use row::row;

const COLUMNS: u16 = 120;
const ROWS: u16 = 40;

/// For how long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(300);

/// For how long a folder must stay as it is to be taken for written.
const REST: Duration = Duration::from_millis(500);

/// What shows of a story that is open.
const PANES: &str = "Timeline";

/// What shows of one that is not.
const LOADING: &str = "Loading";

/// What the empty program shows.
const EMPTY: &str = "an empty program";

/// What one start came to.
#[derive(Debug, Clone, Copy, Default)]
struct Start {
    first: f64,
    whole: f64,
    /// From `q` to the end.
    end: f64,
}

fn main() -> io::Result<()> {
    let mut turns = 9;
    let mut stories = Vec::new();
    for argument in env::args().skip(1) {
        match argument.parse() {
            Ok(number) => turns = number,
            Err(_) => stories.push(fs::canonicalize(argument)?),
        }
    }
    let examples = env::current_exe()?;
    let examples = examples.parent().ok_or_else(|| io::Error::other("no folder"))?;
    let empty = examples.join("empty");
    let dateline = examples.parent().map(|built| built.join("dateline")).unwrap_or_default();
    for program in [&empty, &dateline] {
        if !program.is_file() {
            return Err(io::Error::other(format!("build {} first", program.display())));
        }
    }
    let folder = env::temp_dir().join(format!("dateline-start-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let measured = measure(&Programs { empty, dateline }, turns, &stories, &folder);
    fs::remove_dir_all(&folder)?;
    measured
}

struct Programs {
    empty: PathBuf,
    dateline: PathBuf,
}

/// All starts of one story.
#[derive(Default)]
struct Starts {
    cold: Vec<Start>,
    warm: Vec<Start>,
    /// Quit while it was loaded, where that showed.
    quit: Vec<Start>,
}

fn measure(programs: &Programs, turns: usize, stories: &[PathBuf], folder: &Path) -> io::Result<()> {
    let keeps = keeps(&programs.dateline)?;
    let (mut empty, mut embedded) = (Vec::new(), Vec::new());
    let mut of_stories: Vec<Starts> = stories.iter().map(|_| Starts::default()).collect();
    for turn in 0..turns {
        let home = folder.join(turn.to_string());
        fs::create_dir(&home)?;
        // The folders of a reader's notes are made at the very first start, which waits for the disk.
        Run::start(&programs.dateline, &[], &home)?.through(PANES)?;
        empty.push(Run::start(&programs.empty, &[], &home)?.through(EMPTY)?);
        embedded.push(Run::start(&programs.dateline, &[], &home)?.through(PANES)?);
        for (story, starts) in stories.iter().zip(&mut of_stories) {
            let arguments = ["--max-size".as_ref(), "64G".as_ref(), story.as_os_str()];
            starts.quit.extend(Run::start(&programs.dateline, &arguments, &home)?.quit_while_loading()?);
            let cold = Run::start(&programs.dateline, &arguments, &home)?;
            starts
                .cold
                .push(cold.through_to(PANES, || if keeps { at_rest(&home.join("cache")) } else { Ok(()) })?);
            if keeps {
                starts.warm.push(Run::start(&programs.dateline, &arguments, &home)?.through(PANES)?);
            }
        }
        fs::remove_dir_all(&home)?;
    }
    println!(
        "| program | first | of the empty one's | whole | warm: first | whole | of the cold one's | `q` to the end | while it loads |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let reference = middle(&empty, |start| start.first);
    let line = |name: &str, starts: &Starts| {
        let of = |starts: &[Start], of: fn(&Start) -> f64| milliseconds(middle(starts, of));
        let first = middle(&starts.cold, |start| start.first);
        let ratio = |one: Option<f64>, other: Option<f64>| {
            one.zip(other).map_or_else(|| "-".to_owned(), |(one, other)| format!("{:.2}", one / other))
        };
        let (cold, warm) = (middle(&starts.cold, |it| it.whole), middle(&starts.warm, |it| it.whole));
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} |",
            milliseconds(first),
            ratio(first, reference),
            milliseconds(cold),
            if keeps { of(&starts.warm, |it| it.first) } else { "no cache yet".to_owned() },
            milliseconds(warm),
            ratio(warm, cold),
            of(&starts.cold, |it| it.end),
            of(&starts.quit, |it| it.end),
        );
    };
    line("an empty ratatui program", &Starts { cold: empty, ..Starts::default() });
    let embedded = Starts { cold: embedded, ..Starts::default() };
    line("dateline, the embedded story", &embedded);
    for (story, starts) in stories.iter().zip(&of_stories) {
        let megabytes = u32::try_from(fs::metadata(story)?.len() / 100_000).map_err(io::Error::other)?;
        line(&format!("dateline, a story of {:.1} MB", f64::from(megabytes) / 10.0), starts);
    }
    if let (Some(first), Some(reference)) = (middle(&embedded.cold, |start| start.first), reference) {
        let ratio = first / reference;
        row(
            "the embedded story: first frame within 3 times an empty ratatui program's start",
            &format!("{ratio:.2}"),
            ratio <= 3.0,
        );
    }
    for (story, starts) in stories.iter().zip(&of_stories) {
        promised(fs::metadata(story)?.len() / 1_000_000, starts);
    }
    Ok(())
}

/// What was promised of a long story.
fn promised(megabytes: u64, starts: &Starts) {
    let asked = |what: &str| format!("{megabytes} MB: {what}");
    let told = |seconds| milliseconds(Some(seconds));
    if let Some(first) = middle(&starts.cold, |start| start.first) {
        row(&asked("first frame within 150 ms of the start"), &told(first), first <= 0.15);
    }
    let whole = (middle(&starts.cold, |start| start.whole), middle(&starts.warm, |start| start.whole));
    if let (Some(cold), Some(warm)) = whole {
        row(
            &asked("a second opening, from the start to the panes, in at most a tenth of the first"),
            &format!("{:.3} ({} of {})", warm / cold, told(warm), told(cold)),
            warm <= cold / 10.0,
        );
    }
    if let Some(end) = middle(&starts.quit, |start| start.end) {
        // Longer than a frame at 60 a second would be felt.
        row(&asked("`q` quits at once while it is loaded"), &told(end), end <= 0.1);
    }
}

/// Whether the program keeps what it has read for the next opening.
fn keeps(dateline: &Path) -> io::Result<bool> {
    let help = Command::new(dateline).arg("--help").output()?;
    Ok(String::from_utf8_lossy(&help.stdout).contains("--no-cache"))
}

fn milliseconds(seconds: Option<f64>) -> String {
    seconds.map_or_else(|| "-".to_owned(), |seconds| format!("{:.1} ms", seconds * 1e3))
}

fn middle(starts: &[Start], of: fn(&Start) -> f64) -> Option<f64> {
    let mut all: Vec<_> = starts.iter().map(of).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}

/// Waits until something lies in a folder and stays as it is; not for ever, as a short story is not kept.
fn at_rest(folder: &Path) -> io::Result<()> {
    let mut before = Vec::new();
    for looks in 0.. {
        thread::sleep(REST);
        let mut now = Vec::new();
        sizes(folder, &mut now)?;
        if now == before && (!now.is_empty() || looks > 5) {
            break;
        }
        before = now;
    }
    Ok(())
}

fn sizes(folder: &Path, sizes: &mut Vec<(PathBuf, u64)>) -> io::Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry?;
        match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => self::sizes(&entry.path(), sizes)?,
            Ok(metadata) => sizes.push((entry.path(), metadata.len())),
            // It was another's for a moment.
            Err(_) => {}
        }
    }
    sizes.sort();
    Ok(())
}

/// A program in a terminal.
struct Run {
    began: Instant,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    master: Box<dyn MasterPty + Send>,
}

impl Run {
    fn start(program: &Path, arguments: &[&std::ffi::OsStr], home: &Path) -> io::Result<Self> {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).map_err(io::Error::other)?;
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(home);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8")] {
            command.env(name, value);
        }
        for name in ["CACHE", "CONFIG", "DATA", "STATE"] {
            command.env(format!("XDG_{name}_HOME"), home.join(name.to_lowercase()));
        }
        command.env("HOME", home);
        let mut reader = pair.master.try_clone_reader().map_err(io::Error::other)?;
        let (send, output) = mpsc::channel();
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).map_err(io::Error::other)?;
        drop(pair.slave);
        thread::spawn(move || {
            let mut bytes = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let (rows, columns) = (ROWS.try_into(), COLUMNS.try_into());
        let (Ok(rows), Ok(columns)) = (rows, columns) else { return Err(io::Error::other("no screen")) };
        Ok(Self { began, child, output, screen: vt100::Parser::new(rows, columns, 0), master: pair.master })
    }

    /// When one of these shows, and which.
    fn shows<'w>(&mut self, words: &[&'w str]) -> io::Result<(f64, &'w str)> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let (at, bytes) = self.output.recv_timeout(left).map_err(|error| {
                let why = if error == RecvTimeoutError::Timeout { "never" } else { "it ended before" };
                io::Error::other(format!("{words:?}: {why}\n{}", self.screen.screen().contents()))
            })?;
            self.screen.process(&bytes);
            let contents = self.screen.screen().contents();
            if let Some(word) = words.iter().find(|word| contents.contains(**word)) {
                return Ok(((at - self.began).as_secs_f64(), word));
            }
        }
    }

    /// From `q` to the end of the program.
    fn quit(mut self) -> io::Result<f64> {
        let mut writer = self.master.take_writer().map_err(io::Error::other)?;
        let asked = Instant::now();
        writer.write_all(b"q")?;
        writer.flush()?;
        let status = self.child.wait()?;
        let end = asked.elapsed().as_secs_f64();
        if status.success() { Ok(end) } else { Err(io::Error::other(format!("it ended with {status}"))) }
    }

    fn through(self, whole: &str) -> io::Result<Start> {
        self.through_to(whole, || Ok(()))
    }

    /// Waits for all of it and for something else, and quits.
    fn through_to(mut self, whole: &str, then: impl FnOnce() -> io::Result<()>) -> io::Result<Start> {
        let (first, shown) = self.shows(&[whole, LOADING])?;
        let all = if shown == whole { first } else { self.shows(&[whole])?.0 };
        then()?;
        Ok(Start { first, whole: all, end: self.quit()? })
    }

    /// Quits as soon as the loading shows; `None` where it never did.
    fn quit_while_loading(mut self) -> io::Result<Option<Start>> {
        let (first, shown) = self.shows(&[PANES, LOADING])?;
        let end = self.quit()?;
        Ok((shown == LOADING).then_some(Start { first, whole: first, end }))
    }
}
