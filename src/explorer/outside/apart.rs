//! Programs that run apart from the terminal: none can write on the screen or read what is typed.
//!
//! Method: in a session of their own, by way of `setsid` where there is one, so that `/dev/tty` is nothing to them;
//! elsewhere in a process group of their own. Few are waited for at a time.

use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use rustix::process::{Pid, Signal};

use super::Environment;

/// Programs that are waited for at a time, each on a thread of its own.
const MOST: usize = 32;

static WAITED_FOR: AtomicUsize = AtomicUsize::new(0);

/// Leave to wait for a program, until it is dropped.
#[derive(Debug)]
pub struct Leave(());

impl Leave {
    /// Leave to wait for one more.
    ///
    /// Errors: too many are waited for already; the message says so.
    pub fn take() -> Result<Self, String> {
        let more = |count| (count < MOST).then_some(count + 1);
        match WAITED_FOR.fetch_update(Ordering::SeqCst, Ordering::SeqCst, more) {
            Ok(_) => Ok(Self(())),
            Err(count) => Err(format!("{count} programs started before have not ended yet")),
        }
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        WAITED_FOR.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Starts a program apart from the terminal, with nothing to write on.
///
/// Errors: there is none of that name, or it does not start.
pub fn start<'a>(
    program: &str,
    arguments: impl IntoIterator<Item = &'a str>,
    input: Stdio,
    environment: Environment<'_>,
) -> io::Result<Child> {
    // Looked for here: `setsid` would only end with a code where it is missing.
    let program = find(program, environment).ok_or(ErrorKind::NotFound)?;
    let mut command = if let Some(setsid) = find("setsid", environment) {
        let mut command = Command::new(setsid);
        command.arg(program);
        command
    } else {
        let mut command = Command::new(program);
        command.process_group(0);
        command
    };
    command.args(arguments).stdin(input).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

/// Ends a program that was started here, and what it has started.
pub fn end(child: &mut Child) {
    // It has not been waited for, so that the number is still its own and its group's.
    let _ = rustix::process::kill_process_group(Pid::from_child(child), Signal::KILL);
    let _ = child.kill();
    let _ = child.wait();
}

/// The file of a program: the one named where the name is a path, else the first in the search path.
fn find(program: &str, environment: Environment<'_>) -> Option<PathBuf> {
    let runs = |path: &Path| {
        path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    };
    if program.contains('/') {
        // One that cannot be run is for the system to refuse; a dash begins no path of ours.
        let path = if program.starts_with('-') { Path::new(".").join(program) } else { program.into() };
        return path.exists().then_some(path);
    }
    let search = environment("PATH")?;
    std::env::split_paths(&search)
        .map(|folder| Path::new(".").join(folder).join(program))
        .find(|path| !program.is_empty() && runs(path))
}

#[cfg(test)]
mod tests {
    use super::super::environment;
    use super::*;

    #[test]
    fn a_program_is_found_as_a_shell_would() {
        assert_eq!(find("/nowhere/at/all", &environment), None);
        assert_eq!(find("no-program-of-this-name", &environment), None);
        assert_eq!(find("", &environment), None);
        assert!(find("sh", &environment).is_some_and(|path| path.is_absolute()));
        assert_eq!(find("sh", &|_| None), None);
    }

    #[test]
    fn row_17_what_is_ended_ends_with_all_it_started() {
        let pipe = Stdio::piped();
        let mut child = start("sh", ["-c", "sleep 600 & sleep 600"], pipe, &environment).expect("a shell");
        // It leads a group, whichever way it was started; until `setsid` has run it does not.
        let pid = Pid::from_child(&child);
        while rustix::process::getpgid(Some(pid)) != Ok(pid) {
            std::thread::yield_now();
        }
        end(&mut child);
        while rustix::process::test_kill_process_group(pid).is_ok() {
            std::thread::yield_now();
        }
    }
}
