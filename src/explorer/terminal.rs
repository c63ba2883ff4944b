//! The terminal, taken and given back: raw mode, the alternate screen, the mouse, pasting and the cursor.
//!
//! Promise: what is taken is given back in the reverse order on every way out (the end of the
//! program, an error on the way in, a stop, a panic in any thread), a frame reaches the terminal
//! whole or not at all, and a terminal that is gone costs an error, never a panic.
//!
//! Must not import the story, queries, reports, or the explorer's state: it knows frames, not what
//! is in them.

use std::io;
use std::mem;
use std::os::fd::AsFd;
use std::panic;
use std::process;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::fs::OFlags;
use rustix::process::Signal;

use super::frame::{self, Screen};
use super::output;

/// The exit code of a program that panicked, the one Rust itself uses.
const PANICKED: i32 = 101;

/// Closes a frame that was cut off and its style with it, and has what is pasted come as if typed again.
const CLOSE_FRAME: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?2004l";

/// What is pasted comes as one text, told apart from keys: a line end in it presses nothing.
const TAKE_PASTES: &[u8] = b"\x1b[?2004h";

/// Undoes [`TAKE_PASTES`].
const LEAVE_PASTES: &[u8] = b"\x1b[?2004l";

/// Undoes what another program may have left behind, before the screen is taken again: letters that are drawn as lines,
/// keys and the mouse told in ways that are not understood here. A terminal ignores what it does not know.
const UNDO: &[u8] = b"\x1b(B\x0f\x1b[<9u\x1b[>4m\x1b[0m\x1b[?1l\x1b>\x1b[?9l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l";

/// And what of it would have a frame drawn in the wrong place: margins, an origin within them, letters pushed aside. On
/// our own screen, as it moves the cursor.
const UNDO_MARGINS: &[u8] = b"\x1b[?6l\x1b[?69l\x1b[r\x1b[4l";

/// What is taken from the terminal, one thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    RawMode,
    AlternateScreen,
    Unwrapped,
    Mouse,
    HiddenCursor,
}

/// Everything taken, in this order; it is given back in the reverse order.
const STEPS: &[Step] =
    &[Step::RawMode, Step::AlternateScreen, Step::Unwrapped, Step::Mouse, Step::HiddenCursor];

/// Everything taken where the mouse is left to the terminal.
const STEPS_WITHOUT_MOUSE: &[Step] =
    &[Step::RawMode, Step::AlternateScreen, Step::Unwrapped, Step::HiddenCursor];

impl Step {
    fn take(self, device: &mut impl Device) -> io::Result<()> {
        match self {
            Self::RawMode => device.set_raw_mode(true),
            Self::AlternateScreen => device.put(b"\x1b[?1049h"),
            // What a terminal draws wider than it should never runs over into the row below.
            Self::Unwrapped => device.put(b"\x1b[?7l"),
            // Presses, the wheel and drags, with coordinates past column 223. Mere hovering (1003)
            // stays off: every move of the mouse would wake the program for nothing.
            Self::Mouse => device.put(b"\x1b[?1000h\x1b[?1002h\x1b[?1006h"),
            Self::HiddenCursor => device.put(b"\x1b[?25l"),
        }
    }

    fn give_back(self, device: &mut impl Device) -> io::Result<()> {
        match self {
            Self::RawMode => device.set_raw_mode(false),
            Self::AlternateScreen => device.put(b"\x1b[?1049l"),
            Self::Unwrapped => device.put(b"\x1b[?7h"),
            Self::Mouse => device.put(b"\x1b[?1006l\x1b[?1002l\x1b[?1000l"),
            Self::HiddenCursor => device.put(b"\x1b[?25h"),
        }
    }
}

/// The two things that can be done to a terminal.
trait Device {
    fn set_raw_mode(&mut self, raw: bool) -> io::Result<()>;
    fn put(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// The terminal behind standard output.
struct StandardTerminal;

impl Device for StandardTerminal {
    fn set_raw_mode(&mut self, raw: bool) -> io::Result<()> {
        if raw { crossterm::terminal::enable_raw_mode() } else { crossterm::terminal::disable_raw_mode() }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        output::put(bytes)
    }
}

/// What the program holds of its terminal.
struct Held {
    /// What is to be taken.
    steps: &'static [Step],
    /// How many of them are taken.
    taken: usize,
    /// The program has panicked: the terminal is given back for good.
    over: bool,
}

/// A process has one terminal, so what is held of it has one place, which a panic in any thread can
/// reach.
static HELD: Mutex<Held> = Mutex::new(Held { steps: STEPS, taken: 0, over: false });

fn held() -> MutexGuard<'static, Held> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Held {
    /// Takes what is not yet taken. Where a step fails, all are undone.
    fn take(&mut self, device: &mut impl Device) -> io::Result<()> {
        if self.over {
            return Err(io::Error::other("the program is ending after a panic"));
        }
        while let Some(step) = self.steps.get(self.taken) {
            // Counted even where it fails: half of it may have reached the terminal.
            self.taken += 1;
            if let Err(error) = step.take(device) {
                // The first error is the one that explains something.
                let _ = self.give_back(device);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Takes it again after another program has had it.
    fn retake(&mut self, device: &mut impl Device) -> io::Result<()> {
        if !self.over {
            device.put(UNDO)?;
        }
        self.take(device)?;
        device.put(UNDO_MARGINS)
    }

    /// Gives everything back, the rest even where one step fails; then the first error. Gives
    /// nothing twice.
    fn give_back(&mut self, device: &mut impl Device) -> io::Result<()> {
        if self.taken == 0 {
            return Ok(());
        }
        let mut outcome = device.put(CLOSE_FRAME);
        for step in self.steps[..mem::take(&mut self.taken)].iter().rev() {
            outcome = outcome.and(step.give_back(device));
        }
        outcome
    }

    /// Writes a frame; false where the terminal is not held, and so not ours to write on.
    fn put_frame(&self, frame: &[u8], device: &mut impl Device) -> io::Result<bool> {
        if self.taken < self.steps.len() {
            return Ok(false);
        }
        device.put(frame)?;
        Ok(true)
    }
}

/// Restores the terminal before a panic is printed, or its message would be lost on the alternate
/// screen.
///
/// The hook is chained to the one before it, which prints. A panic in the calling thread unwinds
/// and ends the program by itself; one in any other thread would leave the program running without
/// it, so the hook ends the program.
///
/// To be called on the thread that takes the terminal, before any other is started.
pub fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let owner = thread::current().id();
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            {
                // Or the thread that is writing would hold the terminal for as long as that takes nothing.
                output::hurry();
                let mut held = held();
                held.over = true;
                // A terminal that is gone cannot be restored, and the message may still reach a
                // file.
                let _ = held.give_back(&mut StandardTerminal);
            }
            previous(panicked);
            if thread::current().id() != owner {
                process::exit(PANICKED);
            }
        }));
    });
}

/// Has reading and writing on the standard streams wait again: an editor that was killed may have left them otherwise,
/// and the shell shares them.
fn have_wait() {
    fn wait(stream: impl AsFd) {
        // What is no terminal was not lent.
        if rustix::termios::isatty(&stream)
            && let Ok(flags) = rustix::fs::fcntl_getfl(&stream)
        {
            let _ = rustix::fs::fcntl_setfl(&stream, flags - OFlags::NONBLOCK);
        }
    }
    wait(io::stdin());
    wait(io::stdout());
    wait(io::stderr());
}

/// The size of the window. Unlike `terminal::size` this starts no `tput` where the terminal is gone.
fn window_size() -> io::Result<(u16, u16)> {
    let window = crossterm::terminal::window_size()?;
    Ok((window.columns, window.rows))
}

/// The columns and rows of a frame in the window as it is now; none where there is no window.
pub fn drawn_size() -> (u16, u16) {
    window_size().map_or((0, 0), frame::drawn_size)
}

/// What puts a text on the clipboard of a terminal.
fn clipboard(text: &str) -> Vec<u8> {
    let mut sequence = String::new();
    // Writing to a String cannot fail.
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence);
    sequence.into_bytes()
}

/// Holds the terminal from [`enter`](Self::enter) until it is dropped.
///
/// One at a time, on the main thread: a stop reaches the thread that asks for it at once, and a
/// panic elsewhere ends the program.
pub struct TerminalGuard {
    screen: Screen,
    /// What is pasted comes as one text.
    takes_pastes: bool,
}

impl TerminalGuard {
    /// Takes the terminal: raw mode, the alternate screen, the mouse where it is wanted, the cursor. Installs the
    /// panic hook. What `screen` believes to show does not show.
    ///
    /// Errors: the terminal refuses, it is already held, or the program has panicked. What was
    /// taken is given back.
    pub fn enter(mouse: bool, mut screen: Screen) -> io::Result<Self> {
        install_panic_hook();
        // A window without a size is no terminal.
        window_size()?;
        let mut held = held();
        if held.taken > 0 {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the terminal is already held"));
        }
        held.steps = if mouse { STEPS } else { STEPS_WITHOUT_MOUSE };
        held.take(&mut StandardTerminal)?;
        drop(held);
        screen.repaint();
        Ok(Self { screen, takes_pastes: false })
    }

    /// Draws one frame at the window's present size and writes it at once, in a synchronized
    /// update; where nothing has changed, nothing is written. With `pastes`, what is pasted comes as one text from
    /// then on, else as if it were typed: a paste that never ends swallows all keys, and only a text field has a
    /// use for one.
    ///
    /// While the terminal is given back nothing is written.
    /// Errors: the terminal is gone, or does not take the frame; the next frame then repaints
    /// everything.
    pub fn draw(&mut self, pastes: bool, render: impl FnOnce(Rect, &mut Buffer)) -> io::Result<()> {
        let window = window_size()?;
        let modes = match pastes {
            // Known to be so already, unless something else may have had the terminal.
            same if same == self.takes_pastes && !self.screen.is_stale() => &b""[..],
            true => TAKE_PASTES,
            false => LEAVE_PASTES,
        };
        let frame = self.screen.draw(window, modes, render);
        let written =
            if frame.is_empty() { Ok(true) } else { held().put_frame(frame, &mut StandardTerminal) };
        self.takes_pastes = pastes;
        if !matches!(written, Ok(true)) {
            self.screen.repaint();
        }
        written.map(|_| ())
    }

    /// Lets something else have the terminal, and takes it again with the modes it had, whatever was done to it. What is
    /// typed meanwhile must not be read here: pause the input first.
    ///
    /// Errors: the terminal is gone.
    pub fn lend<T>(&mut self, borrow: impl FnOnce() -> T) -> io::Result<T> {
        self.leave()?;
        let modes = rustix::termios::tcgetattr(io::stdout());
        let outcome = borrow();
        if let Ok(modes) = modes {
            // A program that was killed may have left it mute. Where the terminal is gone, resuming tells.
            let _ = rustix::termios::tcsetattr(io::stdout(), rustix::termios::OptionalActions::Now, &modes);
        }
        self.resume()?;
        Ok(outcome)
    }

    /// Sends a text to the terminal's clipboard (OSC 52). Whether the terminal takes it cannot be known: it does not
    /// answer.
    ///
    /// Errors: the terminal is gone.
    pub fn copy(&self, text: &str) -> io::Result<()> {
        held().put_frame(&clipboard(text), &mut StandardTerminal).map(|_| ())
    }

    /// Has the next frame repaint the whole window: after a resize (the window may have shrunk and
    /// grown again between two frames), or when the reader asks for it.
    pub fn repaint(&mut self) {
        self.screen.repaint();
    }

    /// Gives the terminal back. A second call does nothing.
    ///
    /// Errors: the terminal is gone; all steps were tried.
    pub fn leave(&mut self) -> io::Result<()> {
        self.screen.repaint();
        held().give_back(&mut StandardTerminal)
    }

    /// Takes the terminal again, also where something else changed it meanwhile, and has the next
    /// frame repaint it.
    ///
    /// For the return from an editor, and for SIGCONT: after SIGSTOP the shell has had the
    /// terminal.
    pub fn resume(&mut self) -> io::Result<()> {
        self.screen.repaint();
        let mut held = held();
        // Raw mode is set again only where it was left before.
        let _ = held.give_back(&mut StandardTerminal);
        have_wait();
        held.retake(&mut StandardTerminal)
    }

    /// Stops the program as Ctrl-Z does, with the terminal given back; returns when it is
    /// continued.
    ///
    /// SIGTSTP goes to the whole process group, so that a script which started the program stops
    /// with it and the shell gets its prompt. Where no shell could continue the program (it is the
    /// terminal's only one), the kernel ignores the signal and this returns at once.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.leave()?;
        let stopped = rustix::process::kill_current_process_group(Signal::TSTP);
        self.resume()?;
        Ok(stopped?)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        // Nobody is left to tell.
        let _ = self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records what is done to it, and refuses the operation of the given number.
    #[derive(Default)]
    struct Recorder {
        done: Vec<String>,
        refuses: Option<usize>,
    }

    impl Recorder {
        fn record(&mut self, what: String) -> io::Result<()> {
            let refused = self.refuses == Some(self.done.len());
            self.done.push(what);
            if refused { Err(io::Error::other("refused")) } else { Ok(()) }
        }
    }

    impl Device for Recorder {
        fn set_raw_mode(&mut self, raw: bool) -> io::Result<()> {
            self.record(format!("raw {raw}"))
        }

        fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
            self.record(String::from_utf8_lossy(bytes).replace('\x1b', "^"))
        }
    }

    const TAKEN: [&str; 5] = ["raw true", "^[?1049h", "^[?7l", "^[?1000h^[?1002h^[?1006h", "^[?25l"];
    const BACK: [&str; 6] =
        ["^[?2026l^[0m^[?2004l", "^[?25h", "^[?1006l^[?1002l^[?1000l", "^[?7h", "^[?1049l", "raw false"];

    fn free() -> Held {
        Held { steps: STEPS, taken: 0, over: false }
    }

    #[test]
    fn what_is_taken_is_given_back_once_in_the_reverse_order() {
        let (mut held, mut device) = (free(), Recorder::default());
        held.take(&mut device).unwrap();
        assert_eq!(device.done, TAKEN);
        device.done.clear();
        held.give_back(&mut device).unwrap();
        held.give_back(&mut device).unwrap();
        assert_eq!(device.done, BACK);
    }

    #[test]
    fn a_mouse_that_is_left_to_the_terminal_is_neither_taken_nor_given_back() {
        let (mut held, mut device) = (Held { steps: STEPS_WITHOUT_MOUSE, ..free() }, Recorder::default());
        held.take(&mut device).unwrap();
        held.give_back(&mut device).unwrap();
        let without = |all: &[&str]| {
            all.iter().filter(|done| !done.contains("?1000")).map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(device.done, [without(&TAKEN), without(&BACK)].concat());
    }

    #[test]
    fn a_step_that_fails_undoes_the_steps_before_it_and_itself() {
        for refused in 0..STEPS.len() {
            let (mut held, mut device) = (free(), Recorder { refuses: Some(refused), ..Recorder::default() });
            held.take(&mut device).unwrap_err();
            let undone = &device.done[refused + 1..];
            assert_eq!(undone[0], BACK[0]);
            assert_eq!(undone[1..], BACK[STEPS.len() - refused..]);
            assert_eq!(held.taken, 0);
        }
    }

    #[test]
    fn a_failure_on_the_way_out_does_not_keep_the_rest() {
        for refused in 0..BACK.len() {
            let (mut held, mut device) = (Held { taken: STEPS.len(), ..free() }, Recorder::default());
            device.refuses = Some(refused);
            held.give_back(&mut device).unwrap_err();
            assert_eq!(device.done, BACK);
        }
    }

    #[test]
    fn after_a_panic_the_terminal_is_neither_taken_nor_written_on() {
        let (mut held, mut device) = (Held { over: true, ..free() }, Recorder::default());
        held.take(&mut device).unwrap_err();
        assert!(!held.put_frame(b"frame", &mut device).unwrap());
        assert_eq!(device.done, Vec::<String>::new());
    }

    #[test]
    fn what_another_program_left_is_undone_around_the_taking() {
        let (mut held, mut device) = (free(), Recorder::default());
        held.retake(&mut device).unwrap();
        assert_eq!(device.done[1..=TAKEN.len()], TAKEN);
        assert!(device.done[0].contains("^[?1003l") && device.done[0].starts_with("^(B"));
        // Not before: it would lose the shell's place on its own screen.
        assert!(!device.done[0].contains("^[r") && device.done[TAKEN.len() + 1].contains("^[r"));
    }

    #[test]
    fn a_text_is_sent_to_the_clipboard_in_base64() {
        assert_eq!(clipboard("  - id: ä\n"), b"\x1b]52;c;ICAtIGlkOiDDpAo=\x1b\\");
        assert_eq!(clipboard("\x1b]52;c;\x07"), b"\x1b]52;c;G101MjtjOwc=\x1b\\");
    }
}
