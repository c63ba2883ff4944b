//! The story's file, watched and read on a thread of its own, so that neither ever holds up the screen.
//!
//! The promise: every save is seen, whichever way it is made, and nothing but a file at rest is taken for one (see
//! [`settling`]). The folders are watched, not the file: most editors put another in its place. What the system does
//! not tell of, network folders and links on the way for instance, is found by looking now and then.
//!
//! Must not import the terminal, the explorer's state, `update` or `view`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use chrono::NaiveDate;

use super::reread::{Bytes, Came, Finding, Fresh, Reread, read_and_check};
use super::state::reading::Archived;
use crate::archive;
use crate::query::changes::Written;
use crate::story;
use crate::story::diagnostic::Diagnostic;
use crate::story::graph::Graph;
use settling::{Look, Settling, Sign, is_much_shorter};

pub mod folders;
pub mod settling;

use folders::Folders;

/// How often the file is looked at without any sign of a change.
const NOW_AND_THEN: Duration = Duration::from_secs(2);

/// For how long what is gone is remembered: what comes back within it, the same, is as it was.
const MOMENTS: Duration = Duration::from_secs(30);

/// The reader of YAML nests; the threads of the standard library have a quarter of the room of the first one.
pub const STACK: usize = 16 << 20;

/// Why there are no bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// There is no such file.
    Gone,
    /// It cannot be read; why, safe to show.
    Refused(String),
    /// It is larger than is read; the diagnostic that says so.
    TooLarge(Box<Diagnostic>),
}

/// How the bytes of a file are read.
pub type Read = Box<dyn Fn(&Path) -> Result<Vec<u8>, Unread> + Send>;

/// The story that shows, and where it can be read again.
pub struct Watched {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The file, and how it is read; `None` for the embedded story and for standard input.
    pub file: Option<(PathBuf, Read)>,
    /// The folder of the texts of its sources, where one is named.
    pub archive: Option<PathBuf>,
    /// The day the reader reads on.
    pub today: NaiveDate,
}

impl std::fmt::Debug for Watched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.file.as_ref().map(|(path, _)| path);
        f.debug_struct("Watched").field("path", &path).finish_non_exhaustive()
    }
}

/// What the thread is told.
enum Knock {
    Sign(Sign),
    /// Read it again, and say what came of it even if nothing did.
    Ask,
    End,
}

/// The thread that watches. It ends some time after this is dropped, and is not waited for.
#[derive(Debug)]
pub struct Watch {
    knock: Sender<Knock>,
}

impl Watch {
    /// Starts watching; `tell` is called on the thread, with all that is to be told.
    ///
    /// Errors: no thread can be started.
    pub fn start(watched: Watched, tell: impl Fn(Reread) + Send + 'static) -> io::Result<Self> {
        let (knock, knocks) = mpsc::channel();
        let its_knock = knock.clone();
        thread::Builder::new()
            .name("watch".to_owned())
            .stack_size(STACK)
            .spawn(move || Keeper::new(watched, tell).keep(&knocks, its_knock))?;
        Ok(Self { knock })
    }

    /// Asks for the file to be read again, whether or not it has changed.
    pub fn ask(&self) {
        // A thread that is no more has ended the program already.
        let _ = self.knock.send(Knock::Ask);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.knock.send(Knock::End);
    }
}

/// The hour and minute on the reader's clock.
pub fn hour_and_minute() -> String {
    chrono::Local::now().format("%H:%M").to_string()
}

/// What tells a file from another, and from itself before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    file: (u64, u64),
    /// When the system itself says that it changed: no program sets that back.
    #[cfg(unix)]
    changed: (i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            file: {
                use std::os::unix::fs::MetadataExt as _;
                (metadata.dev(), metadata.ino())
            },
            #[cfg(unix)]
            changed: {
                use std::os::unix::fs::MetadataExt as _;
                (metadata.ctime(), metadata.ctime_nsec())
            },
        })
    }
}

/// What the thread knows.
struct Keeper<T> {
    watched: Watched,
    /// The bytes of the story that shows.
    good: Bytes,
    /// What it says; made when it is first needed, for most stories are never changed while they are read.
    said: Option<Arc<Written>>,
    /// What it said until a moment ago.
    lost: Written,
    lost_until: Duration,
    /// What was told of last.
    told: Result<Bytes, Unread>,
    /// What the file system said of the file when it was last at rest.
    stamp: Option<Stamp>,
    settling: Settling<Stamp>,
    asked: bool,
    tell: T,
}

impl<T: Fn(Reread)> Keeper<T> {
    fn new(mut watched: Watched, tell: T) -> Self {
        let good = Bytes::new(std::mem::take(&mut watched.bytes));
        let told = Ok(Arc::clone(&good));
        let settling = Settling::default();
        Self {
            watched,
            good,
            said: None,
            lost: Written::default(),
            lost_until: Duration::ZERO,
            told,
            stamp: None,
            settling,
            asked: false,
            tell,
        }
    }

    fn tell(&self, came: Came) {
        (self.tell)(Reread { at: hour_and_minute(), came });
    }

    /// Watches until it is told to end.
    fn keep(mut self, knocks: &Receiver<Knock>, knock: Sender<Knock>) {
        let Some((path, _)) = &self.watched.file else { return self.answer(knocks) };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let began = Instant::now();
        let mut folders = Folders::new(&path, move |sign| {
            let _ = knock.send(Knock::Sign(sign));
        });
        if let Err(why) = folders.follow() {
            self.tell(Came::NotTold(why));
        }
        // It may have changed between its first reading and now.
        self.settling.stir(began.elapsed(), Sign::Stirred);
        let mut next_round = NOW_AND_THEN;
        loop {
            let due = self.settling.due().map_or(next_round, |due| due.min(next_round));
            match knocks.recv_timeout(due.saturating_sub(began.elapsed())) {
                Ok(Knock::Sign(sign)) => self.settling.stir(began.elapsed(), sign),
                Ok(Knock::Ask) => self.ask(began.elapsed()),
                Ok(Knock::End) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = began.elapsed();
            if now < due {
                continue;
            }
            if now >= next_round {
                next_round = now + NOW_AND_THEN;
                if self.settling.due().is_none() && Stamp::of(&path) != self.stamp {
                    self.settling.stir(now, Sign::Stirred);
                }
            }
            // Before the look, so that what comes after it is told of.
            if let Err(why) = folders.follow() {
                self.tell(Came::NotTold(why));
            }
            if self.settling.due().is_some_and(|due| due <= now) {
                self.look(&path, began);
            }
        }
    }

    /// The reader wants it read.
    fn ask(&mut self, now: Duration) {
        self.asked = true;
        if self.settling.due().is_some() {
            self.tell(Came::Unrest);
        } else {
            self.settling.stir(now, Sign::Stirred);
        }
    }

    /// Answers for a story that no file holds.
    fn answer(mut self, knocks: &Receiver<Knock>) {
        while let Ok(Knock::Ask) = knocks.recv() {
            self.asked = true;
            self.take(Ok(Arc::clone(&self.good)), Duration::ZERO);
        }
    }

    fn look(&mut self, path: &Path, began: Instant) {
        let Some((_, read)) = &self.watched.file else { return };
        let before = Stamp::of(path);
        let bytes = read(path).map(Bytes::new);
        let look = Look { stamp: Stamp::of(path), bytes };
        let now = began.elapsed();
        if look.stamp != before {
            self.settling.stir(now, Sign::Stirred);
            if !self.settling.is_stormy() {
                return;
            }
        }
        let Self { settling, good, said, .. } = self;
        if let Some(look) = settling.look(now, look, |bytes| is_half(bytes, good, said)) {
            self.stamp = look.stamp;
            self.take(look.bytes, now);
        }
    }

    /// Takes what the file holds, now that it is at rest.
    fn take(&mut self, bytes: Result<Bytes, Unread>, now: Duration) {
        let asked = std::mem::take(&mut self.asked);
        if bytes == self.told && !asked {
            return;
        }
        self.told.clone_from(&bytes);
        let came = match bytes {
            Err(Unread::Gone) => Came::Gone,
            Err(Unread::Refused(why)) => Came::Unread(why),
            Err(Unread::TooLarge(fault)) => Came::Faulty(super::reread::findings(&[], vec![*fault])),
            Ok(bytes) => {
                let (graph, findings) = read_and_check(&bytes, self.watched.today);
                match graph {
                    None => Came::Faulty(findings),
                    Some(_) if bytes == self.good => Came::Same(findings),
                    Some(graph) => {
                        let archived = self.archived(&graph);
                        let fresh = self.follow(graph, findings, now);
                        self.good = bytes;
                        Came::Story(Box::new(Fresh { archived, ..fresh }))
                    }
                }
            }
        };
        self.tell(came);
    }

    /// A story after the one that shows. It is the one that shows from now on.
    fn follow(&mut self, graph: Graph, findings: Vec<Finding>, now: Duration) -> Fresh {
        if now >= self.lost_until {
            self.lost = Written::default();
        }
        let before = said(&self.good, &mut self.said);
        let fresh = Fresh::of(graph, before, &self.lost, findings);
        if !fresh.changes.gone.is_empty() {
            self.lost.keep(before, &fresh.changes.gone);
            self.lost_until = now + MOMENTS;
        }
        self.said = Some(Arc::clone(&fresh.written));
        fresh
    }

    fn archived(&self, graph: &Graph) -> Option<Result<Archived, String>> {
        let folder = self.watched.archive.as_ref()?;
        let texts = archive::folder::read(folder, graph);
        Some(match texts {
            Ok(texts) => Ok(Archived::new(graph, texts)),
            Err(why) => {
                let words = format!("the archive {}: {why}", folder.display());
                Err(crate::text::safe_line(&words).into_owned())
            }
        })
    }
}

/// What the story that shows says.
fn said<'s>(good: &[u8], said: &'s mut Option<Arc<Written>>) -> &'s Written {
    said.get_or_insert_with(|| {
        // It was opened, so that it reads; where it should not, all is new.
        Arc::new(story::read(good).map(|graph| Written::of(&graph)).unwrap_or_default())
    })
}

/// Whether a text looks like half of what is to replace the one that shows: it is markedly shorter, or much of what
/// that says is not in it.
fn is_half(bytes: &[u8], good: &[u8], known: &mut Option<Arc<Written>>) -> bool {
    if bytes == good {
        return false;
    }
    is_much_shorter(bytes, good)
        || story::read(bytes).is_ok_and(|graph| said(good, known).is_much_of_it_missing(&graph))
}
