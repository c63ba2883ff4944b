//! A story made ready to show, on a thread of its own: whatever it takes, the screen's thread never waits for it.
//!
//! The promise: all that is made of a whole story at its opening is made here, and whoever waits can stop waiting at
//! any moment: nothing is half-written then. Imports the explorer's state and `update`; no terminal.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use chrono::NaiveDate;

use super::input::Waker;
use super::message::Message;
use super::state::State;
use super::state::reader::Reader;
use super::state::reading::Archived;
use super::state::views::Views;
use super::theme::Theme;
use super::update::{look_back, reader, update};
use super::watch::{STACK, Watched, hour_and_minute};
use crate::archive::Texts;
use crate::query::as_of::Then;
use crate::reader::store::{self, Store};
use crate::story::graph::Graph;
use crate::story::progress::{Progress, Seen, Step};
use crate::text::safe_line;

/// What reads a story, and tells how far it has come.
pub type Loader<E> = Box<dyn FnOnce(&Progress) -> Result<Story, E> + Send>;

/// A story, and what belongs to it.
#[derive(Debug)]
pub struct Story {
    /// The story.
    pub graph: Graph,
    /// What to call it on the screen.
    pub name: String,
    /// The file it comes from; `None` for the embedded story and for standard input.
    pub path: Option<PathBuf>,
    /// The day the reader reads on.
    pub today: NaiveDate,
    /// The moment to look back to, and how it reads.
    pub as_of: Option<(Then, String)>,
    /// The texts of the sources, where a folder of them is named, or why they cannot be read.
    pub texts: Option<Result<Texts, String>>,
    /// What it takes to read the story again.
    pub watched: Watched,
    /// The reader's own layer.
    pub reader: store::Opened,
}

/// What a story is shown with.
pub struct Setting {
    /// How it looks.
    pub theme: Theme,
    /// The reader's configuration.
    pub views: Views,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
}

/// A story that can be shown at once.
pub struct Ready {
    /// All that the explorer knows of it.
    pub state: State,
    /// Where the reader's own layer is saved.
    pub store: Store,
    /// What it takes to read the story again.
    pub watched: Watched,
}

impl Ready {
    /// Makes all of a story that shows: the first frame costs no more than any other.
    pub fn of(story: Story, setting: Setting) -> Self {
        let Story { graph, name, path, today, as_of, texts, watched, reader } = story;
        let Setting { theme, views, size } = setting;
        let mut state = State::new(graph, &name, today, theme, (0, 0)).configured(views);
        match texts {
            Some(Ok(texts)) => state.archived = Some(Box::new(Archived::new(&state.graph, texts))),
            Some(Err(why)) => state.notice = Some(safe_line(&why).into_owned()),
            None => {}
        }
        let store::Opened { notes, progress, standing, unkept, store } = reader;
        state.reader = Reader::new(notes, progress, standing, &state.graph);
        state.reader.unkept = unkept;
        // Who asks for a moment is not where they were.
        reader::reopen(&mut state, as_of.is_none());
        if let Some((moment, reading)) = as_of {
            look_back(&mut state, moment, reading);
        }
        if let Some(path) = &path {
            let name = path.file_name().unwrap_or(path.as_os_str());
            state.live.file = Some(safe_line(&name.to_string_lossy()).into_owned());
            state.live.read_at = Some(hour_and_minute());
        }
        let (width, height) = size;
        update(&mut state, Message::Resize { width, height });
        Self { state, store, watched }
    }
}

/// A story that is being made ready.
pub struct Awaited<E> {
    came: Receiver<Result<Box<Ready>, E>>,
    progress: Arc<Progress>,
    /// Who is woken when it is there.
    waker: Arc<OnceLock<Waker>>,
}

impl<E: Send + 'static> Awaited<E> {
    /// Starts the thread. It is never waited for: at the end of the program it ends with it.
    ///
    /// Errors: no thread can be started.
    pub fn start(loader: Loader<E>, setting: Setting) -> io::Result<Self> {
        let (send, came) = mpsc::sync_channel(1);
        let (progress, waker) = (Arc::new(Progress::default()), Arc::new(OnceLock::<Waker>::new()));
        let (its_progress, its_waker) = (Arc::clone(&progress), Arc::clone(&waker));
        thread::Builder::new().name("loader".to_owned()).stack_size(STACK).spawn(move || {
            panic_if_asked();
            let ready = loader(&its_progress).map(|story| {
                let has_texts = matches!(story.texts, Some(Ok(_)));
                its_progress.step(if has_texts { Step::Texts } else { Step::Screen });
                Box::new(Ready::of(story, setting))
            });
            // Nobody may be waiting any more, which is as well.
            if send.send(ready).is_ok()
                && let Some(waker) = its_waker.get()
            {
                waker.wake();
            }
        })?;
        Ok(Self { came, progress, waker })
    }

    /// What came of it, where that is known within a time; without end where there is none.
    pub fn within(&self, time: Option<Duration>) -> Option<Result<Box<Ready>, E>> {
        match time {
            Some(time) => self.came.recv_timeout(time).ok(),
            None => self.came.recv().ok(),
        }
    }

    /// Has this woken when it is there; what came before that is to be asked for.
    pub fn wake_with(&self, waker: Waker) {
        let _ = self.waker.set(waker);
    }

    /// What came of it, where that is known now.
    pub fn came(&self) -> Option<Result<Box<Ready>, E>> {
        // A thread that panicked ends the program.
        self.came.try_recv().ok()
    }

    /// How far it has come.
    pub fn seen(&self) -> Seen {
        self.progress.seen()
    }
}

/// Lets a test of the real program see what a panic leaves behind; release builds have no such thing.
#[cfg(debug_assertions)]
fn panic_if_asked() {
    let asked = std::env::var("DATELINE_PANIC");
    assert_ne!(asked.as_deref(), Ok("loader"), "asked to panic in the loader");
}

#[cfg(not(debug_assertions))]
fn panic_if_asked() {}
