//! The real program in a real terminal: a pty whose screen a test waits for, types at, resizes and
//! takes away.
//!
//! Include it with `#[path = "support/pty.rs"] mod pty;`. Every wait is for something seen, with a
//! deadline that only a failing test meets; nothing sleeps.

#![allow(dead_code, reason = "each test program uses its own part of the harness")]
#![expect(clippy::panic, reason = "a harness reports by failing the test")]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal};

/// How long anything may take, on a machine that is busy with all the other tests.
const DEADLINE: Duration = Duration::from_secs(60);

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// By itself, with this code.
    Code(u32),
    /// By a signal that it did not handle, named as the system names it.
    Signal(String),
}

/// What the terminal has seen of the program so far.
struct Seen {
    parser: vt100::Parser,
    output: Vec<u8>,
    /// The terminal is read no more: all of its output was seen, or it was hung up.
    closed: bool,
    /// Asks the reader to close the terminal at the next byte.
    hang_up: bool,
    /// Keeps the reader from reading: the terminal takes no more than its buffers hold.
    stalled: bool,
    exit: Option<Exit>,
}

impl Seen {
    /// Whether a synchronized update has begun and not ended: no terminal would show this screen.
    fn is_within_frame(&self) -> bool {
        let last = |mark: &[u8]| self.output.windows(mark.len()).rposition(|at| at == mark);
        !self.closed && last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }

    fn dump(&self) -> String {
        let screen = self.parser.screen();
        let (rows, columns) = screen.size();
        let mut dump = format!("the screen, {rows} rows by {columns} columns:\n");
        for row in screen.rows(0, columns.get()) {
            let _ = writeln!(dump, "|{row}");
        }
        let tail = &self.output[self.output.len().saturating_sub(300)..];
        let _ = write!(
            dump,
            "closed: {}, exit: {:?}, the last output: {}",
            self.closed,
            self.exit,
            tail.escape_ascii()
        );
        dump
    }
}

#[derive(Clone)]
struct Shared(Arc<(Mutex<Seen>, Condvar)>);

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut Seen) -> T) -> T {
        let result = change(&mut self.seen());
        self.0.1.notify_all();
        result
    }
}

/// One run of a program in a terminal of its own. Dropped, it kills the program.
pub struct Session {
    shared: Shared,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    pid: Pid,
    modes_at_start: String,
}

impl Session {
    /// Starts a program in a terminal of the given size. Its environment is empty but for `PATH`,
    /// `TERM=xterm-256color`, `LANG=C.UTF-8` and what is given: with no HOME it keeps nothing, unless the XDG
    /// folders are given. It runs in the current folder.
    pub fn spawn(
        program: &str,
        arguments: &[&str],
        rows: u16,
        columns: u16,
        environment: &[(&str, &str)],
    ) -> Self {
        Self::start(program, arguments, rows, columns, environment, true)
    }

    /// Starts a program in a terminal that does not control it: hung up, no signal tells it.
    pub fn spawn_uncontrolled(
        program: &str,
        arguments: &[&str],
        rows: u16,
        columns: u16,
        environment: &[(&str, &str)],
    ) -> Self {
        Self::start(program, arguments, rows, columns, environment, false)
    }

    fn start(
        program: &str,
        arguments: &[&str],
        rows: u16,
        columns: u16,
        environment: &[(&str, &str)],
        controlled: bool,
    ) -> Self {
        let pair = native_pty_system().openpty(size(rows, columns)).expect("a pty");
        let modes_at_start = modes(pair.master.as_ref());
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(std::env::current_dir().expect("a current folder"));
        command.set_controlling_tty(controlled);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        // Ours would keep the terminal open after the program has ended.
        drop(pair.slave);
        let pid = child.process_id().and_then(|pid| Pid::from_raw(pid.cast_signed())).expect("a process id");

        let seen = Seen {
            parser: vt100::Parser::new(cells(rows), cells(columns), 0),
            output: Vec::new(),
            closed: false,
            hang_up: false,
            stalled: false,
            exit: None,
        };
        let shared = Shared(Arc::new((Mutex::new(seen), Condvar::new())));
        let reader = pair.master.try_clone_reader().expect("a reader");
        let its_shared = shared.clone();
        thread::spawn(move || read_output(reader, &its_shared));
        let its_shared = shared.clone();
        thread::spawn(move || await_exit(child, &its_shared));
        let writer = pair.master.take_writer().expect("a writer");
        Self { shared, master: Some(pair.master), writer: Some(writer), pid, modes_at_start }
    }

    /// Waits until `done`; fails the test at the deadline, or once nothing can change any more.
    fn wait(&self, what: &str, done: impl Fn(&Seen) -> bool) -> MutexGuard<'_, Seen> {
        let deadline = Instant::now() + DEADLINE;
        let mut seen = self.shared.seen();
        while !done(&seen) {
            let over = seen.closed && seen.exit.is_some();
            let left = deadline.saturating_duration_since(Instant::now());
            if over || left.is_zero() {
                let why = if over { "the program ended before" } else { "waited in vain for" };
                let dump = seen.dump();
                drop(seen);
                panic!("{why}: {what}\n{dump}");
            }
            seen = self.shared.0.1.wait_timeout(seen, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        seen
    }

    /// Waits for a screen; one within a synchronized update is never looked at.
    pub fn wait_for(&self, ready: impl Fn(&vt100::Screen) -> bool, what: &str) {
        drop(self.wait(what, |seen| !seen.is_within_frame() && ready(seen.parser.screen())));
    }

    /// Waits until the screen shows a text, on one line.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(|screen| screen.contents().contains(text), &format!("the text {text:?}"));
    }

    /// Waits until the whole output so far satisfies a test, for what no screen shows.
    pub fn wait_for_output(&self, ready: impl Fn(&[u8]) -> bool, what: &str) {
        drop(self.wait(what, |seen| ready(&seen.output)));
    }

    /// Types a text.
    pub fn send(&mut self, text: &str) {
        self.send_bytes(text.as_bytes());
    }

    /// Types bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().expect("a terminal that is not hung up");
        writer.write_all(bytes).expect("the terminal takes input");
        writer.flush().expect("the terminal takes input");
    }

    /// The text on the screen, without trailing spaces.
    pub fn screen_text(&self) -> String {
        self.shared.seen().parser.screen().contents()
    }

    /// Everything the program has written.
    pub fn raw_output(&self) -> Vec<u8> {
        self.shared.seen().output.clone()
    }

    /// Whether the alternate screen shows.
    pub fn alternate_screen(&self) -> bool {
        self.shared.seen().parser.screen().alternate_screen()
    }

    /// Gives the terminal another size, and the program SIGWINCH with it.
    pub fn resize(&self, rows: u16, columns: u16) {
        // First, so that nothing drawn for the new size meets the old screen. vt100 knows no empty
        // screen, and of a giant one it would keep every cell.
        self.shared.change(|seen| {
            let (rows, columns) = (cells(rows), cells(columns));
            seen.parser.screen_mut().set_size(rows, columns);
        });
        self.master().resize(size(rows, columns)).expect("the terminal can be resized");
    }

    /// The program's process id.
    pub fn id(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        rustix::process::kill_process(self.pid, signal).expect("the program is running");
    }

    /// The terminal's modes (termios) as text, to be compared.
    pub fn termios(&self) -> String {
        modes(self.master())
    }

    /// Fails the test unless the terminal is as it was before the program: its modes, the main
    /// screen, a visible cursor, no mouse reports, no bracketed paste.
    pub fn assert_given_back(&self) {
        assert_eq!(self.termios(), self.modes_at_start, "the terminal's modes");
        let seen = self.shared.seen();
        let screen = seen.parser.screen();
        let dump = seen.dump();
        assert!(!screen.alternate_screen(), "the alternate screen\n{dump}");
        assert!(!screen.hide_cursor(), "the cursor is hidden\n{dump}");
        assert!(!screen.bracketed_paste(), "bracketed paste\n{dump}");
        let mouse = screen.mouse_protocol_mode();
        assert!(matches!(mouse, vt100::MouseProtocolMode::None), "the mouse is captured: {mouse:?}\n{dump}");
        // What vt100 knows nothing of.
        let last = |mark: &[u8]| seen.output.windows(mark.len()).rposition(|at| at == mark);
        assert!(last(b"\x1b[?7l") <= last(b"\x1b[?7h"), "lines are not wrapped\n{dump}");
    }

    /// What the program has written and how it ended, so far.
    pub fn progress(&self) -> (usize, Option<Exit>) {
        let seen = self.shared.seen();
        (seen.output.len(), seen.exit.clone())
    }

    /// Waits for the program's end and for the last of its output.
    pub fn wait_exit(&self) -> Exit {
        let seen = self.wait("the end of the program", |seen| seen.closed && seen.exit.is_some());
        seen.exit.clone().expect("an exit was waited for")
    }

    /// Closes the terminal under the program, as a window that is closed does. Just before it the
    /// program reads a line feed and Ctrl-D, which the pty crate types when its writer is dropped.
    pub fn hang_up(&mut self) {
        self.shared.change(|seen| seen.hang_up = true);
        // The reader holds the terminal as well, and waits for output: here is some. The terminal
        // must not become the one that controls this test program, or its end would be ours.
        let name = self.master().tty_name().expect("the terminal has a name");
        let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::CLOEXEC;
        let terminal = rustix::fs::open(name, flags, Mode::empty()).expect("the terminal can be opened");
        rustix::io::write(&terminal, b" ").expect("the terminal takes output");
        drop(terminal);
        drop(self.wait("the reader to let go", |seen| seen.closed));
        self.writer = None;
        self.master = None;
    }

    /// Has the terminal take no output any more, and fills what room it has.
    pub fn stall(&self) {
        self.shared.change(|seen| seen.stalled = true);
        let name = self.master().tty_name().expect("the terminal has a name");
        let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let terminal = rustix::fs::open(name, flags, Mode::empty()).expect("the terminal can be opened");
        while rustix::io::write(&terminal, &[b' '; 256]).is_ok() {}
    }

    /// Has the terminal take output again.
    pub fn unstall(&self) {
        self.shared.change(|seen| seen.stalled = false);
    }

    /// Waits for the program's end, also while the terminal takes no output.
    pub fn wait_ended(&self) -> Exit {
        let seen = self.wait("the end of the program", |seen| seen.exit.is_some());
        seen.exit.clone().expect("an exit was waited for")
    }

    fn master(&self) -> &dyn MasterPty {
        self.master.as_deref().expect("a terminal that is not hung up")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Under the lock, and only while the process id is the program's.
        self.unstall();
        let seen = self.shared.seen();
        if seen.exit.is_none() {
            let _ = rustix::process::kill_process(self.pid, Signal::KILL);
        }
    }
}

fn read_output(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let mut bytes = [0; 4096];
    // Once the program has closed the terminal, reading it is an error on Linux, the end elsewhere.
    while let Ok(1..) = reader.read(&mut bytes).map(|count| {
        let stalled = |seen: &mut Seen| seen.stalled;
        drop(shared.0.1.wait_while(shared.seen(), stalled).unwrap_or_else(PoisonError::into_inner));
        shared.change(|seen| {
            seen.output.extend_from_slice(&bytes[..count]);
            seen.parser.process(&bytes[..count]);
            if seen.hang_up { 0 } else { count }
        })
    }) {}
    drop(reader);
    shared.change(|seen| seen.closed = true);
}

fn await_exit(mut child: Box<dyn Child + Send + Sync>, shared: &Shared) {
    let status = child.wait().expect("the program can be waited for");
    let exit = match status.signal() {
        Some(signal) => Exit::Signal(signal.to_owned()),
        None => Exit::Code(status.exit_code()),
    };
    shared.change(|seen| seen.exit = Some(exit));
}

fn modes(terminal: &dyn MasterPty) -> String {
    format!("{:?}", terminal.get_termios().expect("the terminal has modes"))
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// A length that vt100 accepts: at least one, and within what a test can afford.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count.min(1000)).unwrap_or(NonZeroU16::MIN)
}
