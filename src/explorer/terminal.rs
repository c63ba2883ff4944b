//! The terminal, taken and given back: raw mode, the alternate screen, the mouse and the cursor.
//!
//! Promise: what is taken is given back in the reverse order on every way out (the end of the
//! program, an error on the way in, a stop, a panic in any thread), a frame reaches the terminal
//! whole or not at all, and a terminal that is gone costs an error, never a panic.
//!
//! Must not import the story, queries, reports, or the explorer's state: it knows frames, not what
//! is in them.

use std::cell::RefCell;
use std::io::{self, Write};
use std::mem;
use std::panic;
use std::process;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::process::Signal;

/// The exit code of a program that panicked, the one Rust itself uses.
const PANICKED: i32 = 101;

/// The widest window drawn, in columns. A hostile or broken terminal may claim 65535 × 65535 cells,
/// which is more memory than there is; no real window is wider than this.
const WIDEST: u16 = 1000;

/// The tallest window drawn, in rows; see [`WIDEST`].
const TALLEST: u16 = 500;

/// Begins a synchronized update: the terminal shows nothing of it before [`END_OF_FRAME`]. Unknown
/// to a terminal, both are ignored.
const START_OF_FRAME: &[u8] = b"\x1b[?2026h";

/// Ends a synchronized update.
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

/// Closes a frame that was cut off, and its style with it.
const CLOSE_BROKEN_FRAME: &[u8] = b"\x1b[?2026l\x1b[0m";

/// What is taken from the terminal, one thing at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    RawMode,
    AlternateScreen,
    Mouse,
    Paste,
    HiddenCursor,
}

/// Everything taken, in this order; it is given back in the reverse order.
const STEPS: [Step; 5] = [Step::RawMode, Step::AlternateScreen, Step::Mouse, Step::Paste, Step::HiddenCursor];

impl Step {
    fn take(self, device: &mut impl Device) -> io::Result<()> {
        match self {
            Self::RawMode => device.set_raw_mode(true),
            Self::AlternateScreen => device.put(b"\x1b[?1049h"),
            // Presses, the wheel and drags, with coordinates past column 223. Mere hovering (1003)
            // stays off: every move of the mouse would wake the program for nothing.
            Self::Mouse => device.put(b"\x1b[?1000h\x1b[?1002h\x1b[?1006h"),
            // What is pasted comes as one text, told apart from keys: a line end in it presses nothing.
            Self::Paste => device.put(b"\x1b[?2004h"),
            Self::HiddenCursor => device.put(b"\x1b[?25l"),
        }
    }

    fn give_back(self, device: &mut impl Device) -> io::Result<()> {
        match self {
            Self::RawMode => device.set_raw_mode(false),
            Self::AlternateScreen => device.put(b"\x1b[?1049l"),
            Self::Mouse => device.put(b"\x1b[?1006l\x1b[?1002l\x1b[?1000l"),
            Self::Paste => device.put(b"\x1b[?2004l"),
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

    /// Writes past the standard library's buffer: that one cuts a frame at its line ends, and its
    /// lock may be held by the very thread that panics.
    fn put(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::retry_on_intr(|| rustix::io::write(io::stdout(), bytes))? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                written => bytes = &bytes[written..],
            }
        }
        Ok(())
    }
}

/// What the program holds of its terminal.
struct Held {
    /// How many of [`STEPS`] are taken.
    taken: usize,
    /// The program has panicked: the terminal is given back for good.
    over: bool,
}

/// A process has one terminal, so what is held of it has one place, which a panic in any thread can
/// reach.
static HELD: Mutex<Held> = Mutex::new(Held { taken: 0, over: false });

fn held() -> MutexGuard<'static, Held> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Held {
    /// Takes what is not yet taken. Where a step fails, all are undone.
    fn take(&mut self, device: &mut impl Device) -> io::Result<()> {
        if self.over {
            return Err(io::Error::other("the program is ending after a panic"));
        }
        while let Some(step) = STEPS.get(self.taken) {
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

    /// Gives everything back, the rest even where one step fails; then the first error. Gives
    /// nothing twice.
    fn give_back(&mut self, device: &mut impl Device) -> io::Result<()> {
        if self.taken == 0 {
            return Ok(());
        }
        let mut outcome = device.put(CLOSE_BROKEN_FRAME);
        for step in STEPS[..mem::take(&mut self.taken)].iter().rev() {
            outcome = outcome.and(step.give_back(device));
        }
        outcome
    }

    /// Writes a frame; false where the terminal is not held, and so not ours to write on.
    fn put_frame(&self, frame: &[u8], device: &mut impl Device) -> io::Result<bool> {
        if self.taken < STEPS.len() {
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
fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let owner = thread::current().id();
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            {
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

/// Collects one frame. Ratatui flushes several times within a frame; what goes out, and when, is
/// decided by [`TerminalGuard::draw`] alone.
#[derive(Clone, Default)]
struct FrameBuffer(Rc<RefCell<Vec<u8>>>);

impl FrameBuffer {
    fn begin(&self) {
        let mut bytes = self.0.borrow_mut();
        bytes.clear();
        bytes.extend_from_slice(START_OF_FRAME);
    }

    fn end(&self) {
        self.0.borrow_mut().extend_from_slice(END_OF_FRAME);
    }
}

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The part of the window that is drawn. Unlike `terminal::size` this starts no `tput` where the
/// terminal is gone.
fn window_area() -> io::Result<Rect> {
    let window = crossterm::terminal::window_size()?;
    Ok(clamped(window.columns, window.rows))
}

fn clamped(columns: u16, rows: u16) -> Rect {
    Rect::new(0, 0, columns.min(WIDEST), rows.min(TALLEST))
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
    screen: Terminal<CrosstermBackend<FrameBuffer>>,
    frame: FrameBuffer,
    /// The area that `screen` is laid out for.
    area: Rect,
    /// What the window shows is not what `screen` believes it shows.
    stale: bool,
}

impl TerminalGuard {
    /// Takes the terminal: raw mode, the alternate screen, the mouse, the cursor. Installs the
    /// panic hook.
    ///
    /// Errors: the terminal refuses, it is already held, or the program has panicked. What was
    /// taken is given back.
    pub fn enter() -> io::Result<Self> {
        install_panic_hook();
        // NO_COLOR is the theme's to honour, by having no colours. Crossterm would drop bold,
        // underline and reverse as well, and with them the mark of what is selected.
        crossterm::style::force_color_output(true);
        let area = window_area()?;
        let frame = FrameBuffer::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let screen = Terminal::with_options(CrosstermBackend::new(frame.clone()), options)?;
        let mut held = held();
        if held.taken > 0 {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the terminal is already held"));
        }
        held.take(&mut StandardTerminal)?;
        drop(held);
        Ok(Self { screen, frame, area, stale: true })
    }

    /// Draws one frame at the window's present size and writes it at once, in a synchronized
    /// update.
    ///
    /// While the terminal is given back nothing is written.
    /// Errors: the terminal is gone, or does not take the frame; the next frame then repaints
    /// everything.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let area = window_area()?;
        let stale = mem::replace(&mut self.stale, true);
        self.frame.begin();
        if stale || area != self.area {
            self.screen.resize(area)?;
            self.area = area;
        }
        self.screen.draw(render)?;
        self.frame.end();
        let written = held().put_frame(&self.frame.0.borrow(), &mut StandardTerminal)?;
        self.stale = !written;
        Ok(())
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
        self.stale = true;
    }

    /// Gives the terminal back. A second call does nothing.
    ///
    /// Errors: the terminal is gone; all steps were tried.
    pub fn leave(&mut self) -> io::Result<()> {
        self.stale = true;
        held().give_back(&mut StandardTerminal)
    }

    /// Takes the terminal again, also where something else changed it meanwhile, and has the next
    /// frame repaint it.
    ///
    /// For the return from an editor, and for SIGCONT: after SIGSTOP the shell has had the
    /// terminal.
    pub fn resume(&mut self) -> io::Result<()> {
        self.stale = true;
        let mut held = held();
        // Raw mode is set again only where it was left before.
        let _ = held.give_back(&mut StandardTerminal);
        held.take(&mut StandardTerminal)
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

    const BACK: [&str; 6] =
        ["^[?2026l^[0m", "^[?25h", "^[?2004l", "^[?1006l^[?1002l^[?1000l", "^[?1049l", "raw false"];

    fn free() -> Held {
        Held { taken: 0, over: false }
    }

    #[test]
    fn what_is_taken_is_given_back_once_in_the_reverse_order() {
        let (mut held, mut device) = (free(), Recorder::default());
        held.take(&mut device).unwrap();
        assert_eq!(device.done, ["raw true", "^[?1049h", "^[?1000h^[?1002h^[?1006h", "^[?2004h", "^[?25l"]);
        device.done.clear();
        held.give_back(&mut device).unwrap();
        held.give_back(&mut device).unwrap();
        assert_eq!(device.done, BACK);
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
            let (mut held, mut device) = (Held { taken: STEPS.len(), over: false }, Recorder::default());
            device.refuses = Some(refused);
            held.give_back(&mut device).unwrap_err();
            assert_eq!(device.done, BACK);
        }
    }

    #[test]
    fn after_a_panic_the_terminal_is_neither_taken_nor_written_on() {
        let (mut held, mut device) = (Held { taken: 0, over: true }, Recorder::default());
        held.take(&mut device).unwrap_err();
        assert!(!held.put_frame(b"frame", &mut device).unwrap());
        assert_eq!(device.done, Vec::<String>::new());
    }

    #[test]
    fn a_text_is_sent_to_the_clipboard_in_base64() {
        assert_eq!(clipboard("  - id: ä\n"), b"\x1b]52;c;ICAtIGlkOiDDpAo=\x1b\\");
        assert_eq!(clipboard("\x1b]52;c;\x07"), b"\x1b]52;c;G101MjtjOwc=\x1b\\");
    }

    #[test]
    fn no_window_is_too_large_to_draw() {
        assert_eq!(clamped(u16::MAX, u16::MAX), Rect::new(0, 0, WIDEST, TALLEST));
        assert_eq!(clamped(80, 24), Rect::new(0, 0, 80, 24));
        assert_eq!(clamped(0, 0), Rect::new(0, 0, 0, 0));
    }
}
