//! What comes in while the explorer runs: keys, the mouse, resizes, signals, and the end of the
//! terminal.
//!
//! Promise: [`InputStream::next`] returns in time whatever happens to the terminal, nothing waits
//! busily, and while the stream is paused not a byte of what is typed is read.
//!
//! Must not import the story, queries, reports, or the explorer's state: what a key means is not
//! known here.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyEvent, MouseEvent};
use rustix::event::{PollFd, PollFlags, Timespec};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::{Handle, Signals};

use super::output;

/// The signals that ask the program to end.
const ENDING: [i32; 4] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT];

/// How often the terminal is looked at while nothing comes in. Crossterm never returns once it is
/// gone.
const LIVENESS: Duration = Duration::from_millis(250);
const LIVENESS_SPEC: Timespec = Timespec { tv_sec: 0, tv_nsec: 250_000_000 };

/// How long crossterm is asked for more of a burst. Not zero: for zero it would not look at all.
const BURST: Duration = Duration::from_millis(10);

/// How many inputs may wait. What is typed or pasted past that waits in the terminal, and costs no
/// memory here.
const WAITING: usize = 4096;

/// One thing that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key, pressed or repeated; never its release.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// A press, a release, a drag or the wheel; never mere hovering.
    Mouse(MouseEvent),
    /// The window has another size; the drawing asks for it.
    Resize,
    /// A signal arrived: `SIGTERM`, `SIGHUP`, `SIGINT` or `SIGQUIT` ask for the end, `SIGCONT` for
    /// `TerminalGuard::resume`.
    Signal(i32),
    /// The terminal is gone, or the input has ended. Nothing comes after it.
    Gone,
    /// The time given to [`InputStream::next`] has passed.
    Idle,
    /// A [`Waker`] woke: there is something to see to elsewhere.
    Woken,
}

/// Wakes who waits in [`InputStream::next`], from any thread.
#[derive(Clone, Debug)]
pub struct Waker(SyncSender<Input>);

impl Waker {
    /// Wakes. Where so much has come in that there is no room, nobody waits anyway.
    pub fn wake(&self) {
        let _ = self.0.try_send(Input::Woken);
    }
}

/// Whether the reader thread may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    /// A pause is asked for; the reader may still be at it.
    Closing,
    /// The reader stands still.
    Closed,
    Ended,
}

/// Where the reader thread is held while something else has the terminal.
struct Gate {
    phase: Mutex<Phase>,
    changed: Condvar,
}

impl Gate {
    fn new() -> Self {
        Self { phase: Mutex::new(Phase::Open), changed: Condvar::new() }
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, phase: Phase) {
        *self.phase() = phase;
        self.changed.notify_all();
    }

    fn is_open(&self) -> bool {
        *self.phase() == Phase::Open
    }

    /// Stands still while the gate is closed; false once it is for good.
    fn pass(&self) -> bool {
        let mut phase = self.phase();
        if *phase == Phase::Closing {
            *phase = Phase::Closed;
            self.changed.notify_all();
        }
        let closed = |phase: &mut Phase| *phase == Phase::Closed;
        *self.changed.wait_while(phase, closed).unwrap_or_else(PoisonError::into_inner) != Phase::Ended
    }

    /// Waits until the reader stands still, for at most the given time.
    fn wait_closed(&self, patience: Duration) {
        let closing = |phase: &mut Phase| *phase == Phase::Closing;
        drop(self.changed.wait_timeout_while(self.phase(), patience, closing));
    }
}

/// The terminal that crossterm reads from, chosen as it does: standard input, else `/dev/tty`.
fn open_terminal() -> io::Result<OwnedFd> {
    let input = io::stdin();
    if input.is_terminal() { input.as_fd().try_clone_to_owned() } else { Ok(File::open("/dev/tty")?.into()) }
}

const GONE: PollFlags = PollFlags::HUP.union(PollFlags::ERR);

/// Whether nothing is behind the terminal any more.
fn is_gone(terminal: &OwnedFd) -> bool {
    let mut fds = [PollFd::new(terminal, PollFlags::empty())];
    rustix::event::poll(&mut fds, Some(&Timespec::default())).is_ok() && fds[0].revents().intersects(GONE)
}

/// What ended a wait.
enum Wait {
    Readable,
    Woken,
    Gone,
}

/// Waits until there is something to read, but for [`LIVENESS`] at most: crossterm may hold events
/// that the terminal no longer shows as readable.
fn wait(terminal: &OwnedFd, wake: &UnixStream) -> Wait {
    let mut fds = [PollFd::new(terminal, PollFlags::IN), PollFd::new(wake, PollFlags::IN)];
    // An interrupted wait has seen nothing, and that is no error.
    let _ = rustix::event::poll(&mut fds, Some(&LIVENESS_SPEC));
    if fds[0].revents().intersects(GONE) {
        // Before anything is read: crossterm would read the end over and over.
        Wait::Gone
    } else if fds[1].revents().is_empty() {
        Wait::Readable
    } else {
        Wait::Woken
    }
}

/// What an event of crossterm's means; none for those that are not asked for. Its resizes are not:
/// they arrive only when it is asked, and SIGWINCH is listened to anyway.
fn input_of(event: &Event) -> Option<Input> {
    match event {
        Event::Key(key) if !key.is_release() => Some(Input::Key(*key)),
        Event::Paste(text) => Some(Input::Paste(text.clone())),
        Event::Mouse(mouse) if !mouse.kind.is_moved() => Some(Input::Mouse(*mouse)),
        _ => None,
    }
}

/// Sends on what crossterm has, until it has no more or the gate closes; false once there is
/// nothing more to do.
fn forward(gate: &Gate, received: &SyncSender<Input>) -> bool {
    while gate.is_open() {
        match event::poll(BURST).and_then(|any| if any { event::read().map(Some) } else { Ok(None) }) {
            Ok(None) => break,
            Ok(Some(event)) => {
                if input_of(&event).is_some_and(|input| received.send(input).is_err()) {
                    return false;
                }
            }
            Err(_) => {
                // Nobody may be listening any more, which is as well.
                let _ = received.send(Input::Gone);
                return false;
            }
        }
    }
    true
}

/// The reader thread: from the terminal to the channel.
fn read_terminal(terminal: &OwnedFd, mut wake: UnixStream, gate: &Gate, received: &SyncSender<Input>) {
    while gate.pass() {
        match wait(terminal, &wake) {
            Wait::Gone => {
                let _ = received.send(Input::Gone);
                return;
            }
            Wait::Woken => {
                // Why is the gate's to say. An empty pipe is not an error either: it does not
                // block.
                let _ = wake.read(&mut [0; 64]);
            }
            Wait::Readable => {
                if !forward(gate, received) {
                    return;
                }
            }
        }
    }
}

/// The signal that asked for the end, once there was one; to be had without waiting for what came in before it.
#[derive(Clone, Debug, Default)]
pub struct Ending(Arc<AtomicI32>);

impl Ending {
    /// The signal, where one has asked for the end.
    pub fn signal(&self) -> Option<i32> {
        Some(self.0.load(Ordering::SeqCst)).filter(|signal| *signal != 0)
    }
}

/// The signal thread: from the signals to the channel.
fn read_signals(mut signals: Signals, gate: &Gate, ending: &Ending, received: &SyncSender<Input>) {
    for signal in signals.forever() {
        let input = match signal {
            SIGWINCH => Input::Resize,
            // Typed at the editor that has the terminal meanwhile, and meant for it.
            SIGINT | SIGQUIT if !gate.is_open() => continue,
            other => {
                if ENDING.contains(&other) {
                    // Who would receive it may be writing to a terminal that takes nothing, or wait for an editor.
                    ending.0.store(other, Ordering::SeqCst);
                    output::hurry();
                }
                Input::Signal(other)
            }
        };
        if received.send(input).is_err() {
            return;
        }
    }
}

/// Nobody watches for signals: one that asks for the end does what it would by itself.
static UNHEARD: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(false)));

/// Keeps the signals that ask for the end, or for a frame, until they are heard.
///
/// To be started before the terminal is taken: between that and the first look at a signal, none may end the program by
/// itself. SIGTSTP is not among them, so a stop keeps its default action, which `TerminalGuard::suspend` relies on.
pub struct SignalWatch {
    signals: Option<Signals>,
    handle: Handle,
}

impl SignalWatch {
    /// Starts watching.
    ///
    /// Errors: a signal cannot be watched for.
    pub fn start() -> io::Result<Self> {
        UNHEARD.store(false, Ordering::SeqCst);
        for signal in ENDING {
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&UNHEARD))?;
        }
        let signals = Signals::new(ENDING.iter().chain(&[SIGCONT, SIGWINCH]))?;
        Ok(Self { handle: signals.handle(), signals: Some(signals) })
    }
}

impl Drop for SignalWatch {
    fn drop(&mut self) {
        UNHEARD.store(true, Ordering::SeqCst);
        self.handle.close();
    }
}

/// Sets up what reads the terminal, ahead of [`InputStream::start`]; that tells where it cannot be. Not a byte is read.
pub fn prepare() {
    // Asked for no time at all, crossterm only makes its reader.
    let _ = event::poll(Duration::ZERO);
}

/// All that comes in, from two threads: one reads the terminal, one receives signals.
pub struct InputStream {
    received: Receiver<Input>,
    waker: Waker,
    ending: Ending,
    gate: Arc<Gate>,
    wake: UnixStream,
    terminal: Arc<OwnedFd>,
    /// The signals do what they would by themselves once this is gone.
    _watch: SignalWatch,
    /// [`Input::Gone`] was delivered.
    gone: bool,
}

impl InputStream {
    /// Starts listening, to the signals kept so far first. The terminal should be in raw mode.
    ///
    /// Errors: there is no terminal to read from, or a thread could not be set up.
    pub fn start(mut watch: SignalWatch) -> io::Result<Self> {
        let terminal = Arc::new(open_terminal()?);
        // Crossterm sets its reader up at its first use, and this is where a failure can still be
        // reported.
        event::poll(Duration::ZERO)?;
        let (wake, woken) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        woken.set_nonblocking(true)?;
        let (send, received) = mpsc::sync_channel(WAITING);
        let waker = Waker(send.clone());
        let gate = Arc::new(Gate::new());
        let ending = Ending::default();

        if let Some(signals) = watch.signals.take() {
            let (its_gate, its_ending, its_send) = (Arc::clone(&gate), ending.clone(), send.clone());
            thread::Builder::new()
                .name("signals".to_owned())
                .spawn(move || read_signals(signals, &its_gate, &its_ending, &its_send))?;
        }
        let (its_gate, its_terminal) = (Arc::clone(&gate), Arc::clone(&terminal));
        thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || read_terminal(&its_terminal, woken, &its_gate, &send))?;
        Ok(Self { received, waker, ending, gate, wake, terminal, _watch: watch, gone: false })
    }

    /// What other threads wake this stream with.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// Whether a signal has asked for the end, however much else waits to be read.
    pub fn ending(&self) -> Ending {
        self.ending.clone()
    }

    /// The next input, waiting for it at most the given time, or without end where none is given.
    pub fn next(&mut self, timeout: Option<Duration>) -> Input {
        if self.gone {
            return Input::Gone;
        }
        // A time too far to be reckoned is no end at all.
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        loop {
            let left = deadline.map_or(LIVENESS, |at| at.saturating_duration_since(Instant::now()));
            match self.received.recv_timeout(left.min(LIVENESS)) {
                Ok(input) => {
                    self.gone = input == Input::Gone;
                    return input;
                }
                // The reader sees the end by itself, unless it comes while crossterm waits for the
                // rest of a sequence.
                Err(RecvTimeoutError::Timeout) if !is_gone(&self.terminal) => {
                    if deadline.is_some_and(|at| at <= Instant::now()) {
                        return Input::Idle;
                    }
                }
                Err(_) => {
                    self.gone = true;
                    return Input::Gone;
                }
            }
        }
    }

    /// All that has come in by now, without waiting. Of several resizes one is left: only the last
    /// size counts; and of several calls to wake.
    pub fn drain(&mut self) -> Vec<Input> {
        let mut inputs = Vec::new();
        for input in self.received.try_iter() {
            self.gone |= input == Input::Gone;
            let counts_once = matches!(input, Input::Resize | Input::Woken);
            if !counts_once || !inputs.contains(&input) {
                inputs.push(input);
            }
        }
        inputs
    }

    /// Stops reading the terminal, so that an editor or the shell can have it; call it before the
    /// terminal is given back. What came in before stays to be read. While it lasts SIGINT and
    /// SIGQUIT are not delivered: they are typed at what has the terminal.
    pub fn pause(&mut self) {
        self.gate.set(Phase::Closing);
        self.wake_reader();
        // Bounded: the reader may wait for the rest of a key's bytes, or for room in the channel.
        self.gate.wait_closed(LIVENESS);
    }

    /// Reads the terminal again; call it when the terminal is taken again.
    pub fn unpause(&mut self) {
        self.gate.set(Phase::Open);
    }

    fn wake_reader(&mut self) {
        // A pipe that is full wakes as well.
        let _ = self.wake.write(&[0]);
    }
}

impl Drop for InputStream {
    fn drop(&mut self) {
        self.gate.set(Phase::Ended);
        self.wake_reader();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::{KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

    fn key(kind: KeyEventKind) -> Event {
        Event::Key(KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, kind))
    }

    fn mouse(kind: MouseEventKind) -> Event {
        Event::Mouse(MouseEvent { kind, column: 0, row: 0, modifiers: KeyModifiers::NONE })
    }

    #[test]
    fn only_what_is_asked_for_comes_in() {
        assert!(matches!(input_of(&key(KeyEventKind::Press)), Some(Input::Key(_))));
        assert!(matches!(input_of(&key(KeyEventKind::Repeat)), Some(Input::Key(_))));
        assert_eq!(input_of(&key(KeyEventKind::Release)), None);
        assert!(matches!(input_of(&mouse(MouseEventKind::Down(MouseButton::Left))), Some(Input::Mouse(_))));
        assert!(matches!(input_of(&mouse(MouseEventKind::ScrollDown)), Some(Input::Mouse(_))));
        assert_eq!(input_of(&mouse(MouseEventKind::Moved)), None);
        assert_eq!(input_of(&Event::Resize(80, 24)), None);
    }

    #[test]
    fn a_closed_gate_holds_the_reader_until_it_is_opened_or_ended() {
        for (then, passes) in [(Phase::Open, true), (Phase::Ended, false)] {
            let gate = Arc::new(Gate::new());
            gate.set(Phase::Closing);
            let its_gate = Arc::clone(&gate);
            let reader = thread::spawn(move || its_gate.pass());
            gate.wait_closed(Duration::MAX);
            assert_eq!(*gate.phase(), Phase::Closed);
            gate.set(then);
            assert_eq!(reader.join().expect("the reader ends"), passes);
        }
    }

    #[test]
    fn a_pipe_without_a_writer_is_gone() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let ours = OwnedFd::from(ours);
        assert!(!is_gone(&ours));
        drop(theirs);
        assert!(is_gone(&ours));
    }
}
