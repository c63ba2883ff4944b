//! Draw, read, update, perform: the only place where the explorer meets the terminal.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode as TermKey, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::due::Due;
use super::effect::{Effect, Spot};
use super::frame::Screen;
use super::input::{self, Ending, Input, InputStream, SignalWatch};
use super::key::{Key, KeyCode};
use super::loader::{Awaited, Loader, Ready, Setting};
use super::loading::Loading;
use super::message::Message;
use super::outside::{Answers, clipboard, editor, environment, opener};
use super::state::reader::Reader;
use super::state::{Ahead, State};
use super::terminal::{self, TerminalGuard};
use super::theme::Theme;
use super::update::{drawn, is_busy, reader, update};
use super::view::{render, render_loading};
use super::watch::Watch;
use crate::colour::Background;
use crate::config;
use crate::reader::notes::Notes;
use crate::reader::rescue;
use crate::reader::store::{self, Standing, Store};

/// What the explorer is opened with; `E` is why there may be no story.
pub struct Opening<E> {
    /// What to call the story while it is loaded.
    pub name: String,
    /// Reads it, on a thread of its own.
    pub loader: Loader<E>,
    /// How long to wait for it before the terminal is taken; without end where `None`.
    pub grace: Option<Duration>,
    /// The largest file to read, in bytes.
    pub max_size: u64,
    /// The reader's configuration.
    pub config: config::file::Loaded,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// What the text stands on; as the environment says where `None`.
    pub background: Option<Background>,
}

/// Why the explorer did not run to its end.
#[derive(Debug)]
pub enum Failed<E> {
    /// The terminal cannot be taken, or does not take a frame.
    Terminal(io::Error),
    /// There is no story.
    Story(E),
}

/// How the explorer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The reader quit.
    Quit,
    /// A signal asked for the end.
    Signal(i32),
    /// The terminal is gone.
    Gone,
}

/// What the reader wrote and the disk did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// Why not; safe to show.
    pub why: String,
    /// All of the reader's notes, as their file would have them: any text.
    pub notes: String,
}

/// How the explorer ended, and what is left to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How it ended.
    pub outcome: Outcome,
    /// What could not be saved.
    pub unsaved: Option<Unsaved>,
    /// Why what was read could not be saved, safe to show.
    pub unkept: Option<String>,
}

/// How long what was read, and what is typed in a note, stays unsaved while nobody asks for it.
const SETTLED: Duration = Duration::from_secs(2);

/// How long until a save that failed is tried again.
const AGAIN: Duration = Duration::from_secs(10);

/// How long until it is seen again whether the other instance has ended.
const HANDOVER: Duration = Duration::from_secs(3);

/// Runs the explorer until it ends. The terminal is given back however that happens; it is not even taken where there
/// is no story, and that is known within the grace.
///
/// Errors: there is no story; the terminal cannot be taken, or does not take a frame.
pub fn run<E: Send + 'static>(opening: Opening<E>) -> Result<Ended, Failed<E>> {
    let Opening { name, loader, grace, max_size, config, mouse, background } = opening;
    let mut theme = Theme::from_environment(|name| {
        std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
    });
    if background.is_some() {
        theme = theme.on(background);
    }
    let config_file = config.path.clone();
    rescue::install();
    terminal::install_panic_hook();
    let setting = Setting { theme, views: config.into(), size: terminal::drawn_size() };
    let size = setting.size;
    let awaited = Awaited::start(loader, setting).map_err(Failed::Terminal)?;
    let loading = Loading::new(&name, theme);
    let screen = meanwhile(size, &loading);
    let known = awaited.within(grace).transpose().map_err(Failed::Story)?;
    // Before the terminal is taken: a signal in between would leave it taken.
    let watch = SignalWatch::start().map_err(Failed::Terminal)?;
    let mut guard = TerminalGuard::enter(mouse, screen).map_err(Failed::Terminal)?;
    let mut inputs = InputStream::start(watch).map_err(Failed::Terminal)?;
    let ending = inputs.ending();
    let came = match known {
        Some(ready) => Ok(Came::Ready(ready)),
        None => load(&mut guard, &mut inputs, &awaited, loading)
            .or_else(|error| ended(error, &ending).map(Came::Ended)),
    };
    match came {
        Ok(Came::Ready(ready)) => {
            explore(*ready, &mut guard, &mut inputs, (config_file, max_size)).map_err(Failed::Terminal)
        }
        // What is left to be said does not depend on whether the terminal could be given back.
        Ok(Came::Ended(outcome)) => {
            let _ = guard.leave();
            Ok(Ended { outcome, unsaved: None, unkept: None })
        }
        Ok(Came::Failed(why)) => {
            let _ = guard.leave();
            Err(Failed::Story(why))
        }
        Err(error) => Err(Failed::Terminal(error)),
    }
}

/// Makes ready whatever the first frame takes that does not depend on the story, while that is read: nothing else is to do
/// on this thread until then. Neither is the terminal written to nor read from. The loading is drawn into memory: it may
/// have to show the very next moment.
fn meanwhile(size: (u16, u16), loading: &Loading) -> Screen {
    // The story is read side by side by as many threads as there are cores; they are started once, here or there.
    rayon::current_num_threads();
    input::prepare();
    let mut screen = Screen::new();
    screen.draw(size, b"", |area, buffer| render_loading(loading, area, buffer));
    screen.repaint();
    screen
}

/// What a failure of the terminal comes to: it may be gone; nor does one that takes nothing keep a signal out.
fn ended(error: io::Error, ending: &Ending) -> io::Result<Outcome> {
    gone(error).or_else(|error| ending.signal().map(Outcome::Signal).ok_or(error))
}

/// How often how far the loading has come is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// What came of loading.
enum Came<E> {
    Ready(Box<Ready>),
    Failed(E),
    Ended(Outcome),
}

/// Shows how far the loading has come, until there is a story or the reader has had enough.
fn load<E: Send + 'static>(
    guard: &mut TerminalGuard,
    inputs: &mut InputStream,
    awaited: &Awaited<E>,
    mut loading: Loading,
) -> io::Result<Came<E>> {
    awaited.wake_with(inputs.waker());
    loop {
        match awaited.came() {
            Some(Ok(ready)) => return Ok(Came::Ready(ready)),
            Some(Err(why)) => return Ok(Came::Failed(why)),
            None => {}
        }
        loading.look(awaited.seen());
        guard.draw(false, |area, buffer| render_loading(&loading, area, buffer))?;
        let first = inputs.next(Some(LOOK));
        for input in std::iter::once(first).chain(inputs.drain()) {
            let effect = match input {
                Input::Key(key) => key_of(key).and_then(|key| loading.press(key)),
                Input::Resize => Some(Effect::Redraw),
                Input::Signal(signal_hook::consts::SIGCONT) => {
                    guard.resume()?;
                    None
                }
                Input::Signal(signal) => return Ok(Came::Ended(Outcome::Signal(signal))),
                Input::Gone => return Ok(Came::Ended(Outcome::Gone)),
                Input::Paste(_) | Input::Mouse(_) | Input::Idle | Input::Woken => None,
            };
            match effect {
                Some(Effect::Quit) => return Ok(Came::Ended(Outcome::Quit)),
                Some(Effect::Suspend) => suspend(guard, inputs)?,
                Some(Effect::Redraw) => guard.repaint(),
                // Nothing else can be done without a story.
                Some(_) | None => {}
            }
        }
    }
}

/// Hands the terminal to the shell until the program is continued.
fn suspend(guard: &mut TerminalGuard, inputs: &mut InputStream) -> io::Result<()> {
    inputs.pause();
    guard.suspend()?;
    inputs.unpause();
    Ok(())
}

/// Runs the explorer on a story that is ready.
fn explore(
    ready: Ready,
    guard: &mut TerminalGuard,
    inputs: &mut InputStream,
    (config, max_size): (Option<PathBuf>, u64),
) -> io::Result<Ended> {
    let Ready { mut state, store, watched } = ready;
    let (answers, answered) = Answers::new(inputs.waker());
    let places = Places { config, story: watched.file.as_ref().map(|(path, _)| path.clone()), max_size };
    let told = answers.clone();
    let watch = Watch::start(watched, move |reread| told.say(Message::Reread(Box::new(reread))))?;
    let ending = inputs.ending();
    let mut world = World { guard, inputs, places, watch, answers, answered, store, due: Due::default() };
    // Nothing else takes a core from the first frame.
    let outcome = draw(world.guard, &mut state)
        .map(|()| drawn(&mut state))
        .and_then(|()| look_ahead(&state, world.answers.clone()))
        .and_then(|()| turn(&mut world, &mut state))
        .or_else(|error| ended(error, &ending));
    // First of all: a disk that hangs must not keep the terminal.
    let left = world.guard.leave();
    let unsaved = catch_up(&mut state, &world.store);
    rescue::let_go();
    left.or_else(|error| if outcome.is_ok() { Ok(()) } else { Err(error) })?;
    let unkept = state.reader.unkept.take();
    // The program is about to end: to give back each string of a large story by itself would keep the reader waiting.
    std::mem::forget(state);
    Ok(Ended { outcome: outcome?, unsaved, unkept })
}

/// Looks for the disputes that nobody wrote, so that whoever asks for them does not wait for it.
fn look_ahead(state: &State, answers: Answers) -> io::Result<()> {
    let graph = Arc::clone(state.whole());
    let look = move || answers.say(Message::Ahead(Box::new(Ahead::of(graph))));
    thread::Builder::new().name("disputes".to_owned()).spawn(look).map(|_| ())
}

/// Saves what is not on the disk yet: a note that is being written, as a draft; what was read; where the reader is.
fn catch_up(state: &mut State, store: &Store) -> Option<Unsaved> {
    if state.reader.standing != Standing::Writes {
        return None;
    }
    if let Some(notes) = reader::draft(state) {
        save_notes(state, store, &notes, "");
    }
    let before = state.reader.progress.position.clone();
    reader::take_down_position(state);
    if state.reader.has_read || state.reader.progress.position != before {
        save_read(state, store, "");
    }
    let why = state.reader.unsaved.clone()?;
    Some(Unsaved { why, notes: state.reader.notes.write().unwrap_or_default() })
}

/// Saves what was read.
fn save_read(state: &mut State, store: &Store, said: &'static str) {
    let outcome = store.save_progress(&state.reader.progress);
    update(state, Message::ReadSaved(outcome.map(|()| said)));
}

/// Saves bookmarks and notes; what was found to be new in their file is the reader's from then on.
fn save_notes(state: &mut State, store: &Store, notes: &Notes, said: &'static str) {
    let outcome = store.save_notes(notes);
    let news = outcome.as_ref().ok().and_then(Clone::clone);
    update(state, Message::NotesSaved(outcome.map(|_| said)));
    if let Some(notes) = news {
        reader::take_in(state, notes);
    }
}

/// A write may meet a terminal that has hung up before a read or the signal tells of it.
fn gone(error: io::Error) -> io::Result<Outcome> {
    if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) {
        Ok(Outcome::Gone)
    } else {
        Err(error)
    }
}

/// The files the explorer was started with.
struct Places {
    config: Option<PathBuf>,
    story: Option<PathBuf>,
    max_size: u64,
}

/// All that is not the state: what effects are performed on.
struct World<'w> {
    guard: &'w mut TerminalGuard,
    inputs: &'w mut InputStream,
    places: Places,
    watch: Watch,
    answers: Answers,
    answered: Receiver<Message>,
    store: Store,
    /// When to save without being asked, or to take over from another instance.
    due: Due,
}

fn turn(world: &mut World<'_>, state: &mut State) -> io::Result<Outcome> {
    loop {
        let left = world.keep_up(state);
        if state.unshown {
            draw(world.guard, state)?;
            drawn(state);
        }
        panic_if_asked(reader::is_behind(state));
        // What is looked through in steps goes on where nothing comes in meanwhile.
        let looks_on = is_busy(state);
        let first = world.inputs.next(if looks_on { Some(Duration::ZERO) } else { left });
        // What came in meanwhile is taken in too before the next frame: a burst costs one.
        let rest = world.inputs.drain();
        // After that: who wakes the loop has put down before what it is woken for.
        for answer in world.answered.try_iter() {
            update(state, answer);
        }
        for input in std::iter::once(first).chain(rest) {
            state.unshown |= !matches!(input, Input::Idle | Input::Woken);
            let message = match input {
                Input::Key(key) => key_of(key).map(Message::Key),
                Input::Paste(text) => Some(Message::Paste(text)),
                Input::Mouse(mouse) => mouse_message(mouse),
                Input::Resize => {
                    world.guard.repaint();
                    None
                }
                Input::Signal(signal_hook::consts::SIGCONT) => {
                    world.guard.resume()?;
                    None
                }
                Input::Signal(signal) => return Ok(Outcome::Signal(signal)),
                Input::Gone => return Ok(Outcome::Gone),
                Input::Idle if looks_on => Some(Message::Idle),
                // What is due is seen to at every turn.
                Input::Idle | Input::Woken => None,
            };
            match message.and_then(|message| update(state, message)) {
                None => {}
                Some(Effect::Quit) => return Ok(Outcome::Quit),
                Some(effect) => world.perform(state, effect)?,
            }
        }
    }
}

impl World<'_> {
    /// Saves what is due, takes over where the other instance has ended, and holds what a panic would lose. How long
    /// until there is more to do.
    fn keep_up(&mut self, state: &mut State) -> Option<Duration> {
        if self.due.left(Instant::now(), self.patience(state)) == Some(Duration::ZERO) {
            self.due.tried();
            if let Some(opened) = self.store.take_over() {
                let store::Opened { notes, progress, standing, unkept, store } = opened;
                self.store = store;
                state.reader = Reader::new(notes, progress, standing, state.whole());
                state.reader.unkept = unkept;
                state.notice = Some("the other dateline has ended: this one keeps your notes now".to_owned());
                state.unshown = true;
            } else {
                catch_up(state, &self.store);
            }
        }
        match self.store.place().filter(|_| reader::is_behind(state)) {
            Some(place) => {
                let notes = state.reader.unsaved.is_some().then_some(&state.reader.notes);
                rescue::hold(&place.notes, notes, reader::typed_notes(state));
            }
            None => rescue::let_go(),
        }
        self.due.left(Instant::now(), self.patience(state))
    }

    /// How long what is to be done may wait; `None` where there is nothing.
    fn patience(&self, state: &State) -> Option<Duration> {
        match reader::is_behind(state) {
            true if state.reader.trouble().is_some() => Some(AGAIN),
            true => Some(SETTLED),
            false => self.store.waits().then_some(HANDOVER),
        }
    }

    /// Does what `update` asks for.
    ///
    /// Errors: the terminal is gone.
    fn perform(&mut self, state: &mut State, effect: Effect) -> io::Result<()> {
        match effect {
            // The loop's own.
            Effect::Quit => {}
            Effect::SaveView(view) => {
                let nowhere = || Err("there is no place for a configuration".to_owned());
                let place = self.places.config.as_deref();
                let outcome = place.map_or_else(nowhere, |path| config::file::save(path, &view));
                update(state, Message::Saved(view, outcome));
            }
            Effect::SaveNotes(notes, said) => {
                save_notes(state, &self.store, &notes, said);
            }
            Effect::SaveRead(said) => save_read(state, &self.store, said),
            Effect::Copy(excerpt) => {
                let terminal = clipboard::terminal_takes(&excerpt.text, &environment);
                if terminal.is_ok() {
                    self.guard.copy(&excerpt.text)?;
                }
                let tools = clipboard::tools(&environment);
                clipboard::copy(excerpt, terminal, tools, self.answers.clone());
            }
            Effect::Open(address) => opener::open(address, self.answers.clone()),
            Effect::Edit(spot) => {
                let outcome = self.edit(&state.name, &spot)?;
                // What was saved meanwhile is for whoever watches the file to read.
                update(state, Message::Edited(outcome));
            }
            Effect::Reread => self.watch.ask(),
            Effect::Redraw => self.guard.repaint(),
            Effect::Suspend => suspend(self.guard, self.inputs)?,
        }
        Ok(())
    }

    /// Has the reader's editor on the story's file; the editor's name, or why there was none.
    fn edit(&mut self, name: &str, spot: &Spot) -> io::Result<Result<String, String>> {
        let Some(file) = &self.places.story else {
            let why = format!("{name} is no file to edit; `dateline new FILE` writes one to begin with");
            return Ok(Err(why));
        };
        let editor = match editor::Editor::of(&environment) {
            Ok(editor) => editor,
            Err(why) => return Ok(Err(why)),
        };
        let line = match spot {
            Spot::Place(place) => editor::line_of(file, place, self.places.max_size),
            Spot::Line(line) => *line,
        };
        self.inputs.pause();
        let ending = self.inputs.ending();
        let outcome = self.guard.lend(|| editor.run(file, line, &|| ending.signal()));
        self.inputs.unpause();
        Ok(outcome?.map(|()| editor.name()))
    }
}

fn draw(guard: &mut TerminalGuard, state: &mut State) -> io::Result<()> {
    // Asked before: what is drawn next is what the reader can paste into.
    guard.draw(state.scope().types(), |area, buffer| {
        if (area.width, area.height) != state.size {
            update(state, Message::Resize { width: area.width, height: area.height });
        }
        render(state, area, buffer);
    })
}

/// Lets a test of the real program see what a panic leaves behind; release builds have no such thing.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "the panic is what is asked for")]
fn panic_if_asked(is_behind: bool) {
    match std::env::var("DATELINE_PANIC").as_deref() {
        Ok("main") => panic!("asked to panic"),
        Ok("typed") if is_behind => panic!("asked to panic"),
        Ok(whom) if whom == "helper" || (whom == "helper, typed" && is_behind) => {
            // The panic hook ends the program, so that this does not come back.
            let _ = std::thread::spawn(|| panic!("asked to panic in a helper")).join();
        }
        _ => {}
    }
}

#[cfg(not(debug_assertions))]
fn panic_if_asked(_: bool) {}

/// The key that a key of the terminal stands for; `None` for those the explorer has no name for.
fn key_of(event: KeyEvent) -> Option<Key> {
    // A terminal sends Alt as an Escape before the key. Taken for the bare key, a quick Esc and q would quit.
    if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::META | KeyModifiers::SUPER) {
        return Some(Key::plain(KeyCode::Esc));
    }
    let code = match event.code {
        TermKey::Char(character) => KeyCode::Char(character),
        TermKey::Enter => KeyCode::Enter,
        TermKey::Esc => KeyCode::Esc,
        TermKey::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        TermKey::Tab => KeyCode::Tab,
        TermKey::BackTab => KeyCode::BackTab,
        TermKey::Backspace => KeyCode::Backspace,
        TermKey::Delete => KeyCode::Delete,
        TermKey::Up => KeyCode::Up,
        TermKey::Down => KeyCode::Down,
        TermKey::Left => KeyCode::Left,
        TermKey::Right => KeyCode::Right,
        TermKey::PageUp => KeyCode::PageUp,
        TermKey::PageDown => KeyCode::PageDown,
        TermKey::Home => KeyCode::Home,
        TermKey::End => KeyCode::End,
        _ => return None,
    };
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    Some(Key { code, ctrl })
}

fn mouse_message(event: MouseEvent) -> Option<Message> {
    let MouseEvent { column, row, .. } = event;
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Message::Click { column, row }),
        MouseEventKind::ScrollDown => Some(Message::Wheel { column, row, down: true }),
        MouseEventKind::ScrollUp => Some(Message::Wheel { column, row, down: false }),
        _ => None,
    }
}
