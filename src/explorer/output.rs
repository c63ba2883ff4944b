//! Writing to the terminal, which may take nothing: a window that is frozen, a connection that sleeps.
//!
//! Promise: a write waits as long as the terminal asks for, until [`hurry`] is called; from then on one that the
//! terminal does not take within half a second is given up, and what the terminal has not read is thrown away, so that what
//! gives it back finds room.
//!
//! Method: the terminal is opened once more, without waiting (`O_NONBLOCK` belongs to that opening, and whoever shares
//! standard output does not meet it). Where it cannot be, standard output is written to, little by little.
//!
//! Imports nothing from the rest of the crate.

use std::io::{self, ErrorKind};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::termios::QueueSelector;

/// How long a terminal may take nothing once the program is to end.
const GRACE: Duration = Duration::from_millis(500);

/// How often it is asked whether the program is to end, while the terminal takes nothing.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

/// How long to wait where the terminal says that it takes something, and does not: another program is writing.
const BREATH: Duration = Duration::from_millis(10);

/// Bytes written at a time where a write could wait: terminals have room for more when they say that they have any.
const LITTLE: usize = 64;

/// Whether there is time to wait for a terminal.
struct Haste {
    hurried: AtomicBool,
    given_up: AtomicBool,
}

impl Haste {
    const fn none() -> Self {
        Self { hurried: AtomicBool::new(false), given_up: AtomicBool::new(false) }
    }
}

static HASTE: Haste = Haste::none();

/// The program is to end: no write waits for ever from now on, in any thread.
pub fn hurry() {
    HASTE.hurried.store(true, Ordering::SeqCst);
}

/// Writes all of it to the terminal behind standard output, past the standard library's buffer: that one cuts a frame
/// at its line ends, and its lock may be held by the very thread that panics.
///
/// Errors: the terminal is gone, or there was no time to wait for it.
pub fn put(bytes: &[u8]) -> io::Result<()> {
    static OWN: OnceLock<Option<OwnedFd>> = OnceLock::new();
    match OWN.get_or_init(|| open_again().ok()) {
        Some(own) => put_to(own.as_fd(), usize::MAX, bytes, &HASTE),
        None => put_to(io::stdout().as_fd(), LITTLE, bytes, &HASTE),
    }
}

fn open_again() -> io::Result<OwnedFd> {
    let name = rustix::termios::ttyname(io::stdout(), Vec::new())?;
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    Ok(rustix::fs::open(name, flags, Mode::empty())?)
}

fn put_to(terminal: BorrowedFd<'_>, most: usize, mut bytes: &[u8], haste: &Haste) -> io::Result<()> {
    let mut stuck: Option<Instant> = None;
    while !bytes.is_empty() {
        let ready = is_ready(terminal)?;
        let written = if ready {
            rustix::io::write(terminal, &bytes[..bytes.len().min(most)])
        } else {
            Err(Errno::AGAIN)
        };
        match written {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => {
                bytes = &bytes[count..];
                stuck = None;
            }
            Err(Errno::INTR) => {}
            // Also where another program has had standard output wait for nothing.
            Err(Errno::AGAIN) => {
                if haste.hurried.load(Ordering::SeqCst) {
                    let since = *stuck.get_or_insert_with(Instant::now);
                    if haste.given_up.load(Ordering::SeqCst) || since.elapsed() >= GRACE {
                        haste.given_up.store(true, Ordering::SeqCst);
                        let _ = rustix::termios::tcflush(terminal, QueueSelector::OFlush);
                        return Err(ErrorKind::TimedOut.into());
                    }
                }
                if ready {
                    thread::sleep(BREATH);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Whether the terminal takes something, or is gone, which a write tells; it is waited for, but no longer than [`LOOK`].
fn is_ready(terminal: BorrowedFd<'_>) -> io::Result<bool> {
    let mut fds = [PollFd::from_borrowed_fd(terminal, PollFlags::OUT)];
    match rustix::event::poll(&mut fds, Some(&LOOK)) {
        Ok(count) => Ok(count > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;
    use std::os::unix::net::UnixStream;

    #[test]
    fn what_is_not_taken_at_once_is_taken_later() {
        let (ours, mut theirs) = UnixStream::pair().expect("a pair");
        ours.set_nonblocking(true).expect("set");
        let bytes = vec![b'x'; 1 << 22];
        let reader = thread::spawn(move || {
            let mut read = Vec::new();
            theirs.read_to_end(&mut read).expect("read");
            read.len()
        });
        put_to(ours.as_fd(), usize::MAX, &bytes, &Haste::none()).expect("taken");
        drop(ours);
        assert_eq!(reader.join().expect("it ends"), bytes.len());
    }

    #[test]
    fn row_40_what_is_never_taken_is_given_up_once_the_program_is_to_end() {
        let (ours, _theirs) = UnixStream::pair().expect("a pair");
        ours.set_nonblocking(true).expect("set");
        let (haste, bytes) = (Haste::none(), vec![b'x'; 1 << 22]);
        let put = || put_to(ours.as_fd(), usize::MAX, &bytes, &haste).expect_err("never taken").kind();
        thread::scope(|scope| {
            let waits = scope.spawn(put);
            // It is asked to hurry while it waits, and before it begins.
            haste.hurried.store(true, Ordering::SeqCst);
            assert_eq!(waits.join().expect("it ends"), ErrorKind::TimedOut);
        });
        assert_eq!(put(), ErrorKind::TimedOut);
    }
}
