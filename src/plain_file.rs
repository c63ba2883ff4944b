//! Opening a file that may be something else by now.
//!
//! The promise: opening never waits, and what is opened is a regular file. Whoever looks at a path first and opens it
//! then may be given a pipe in between, which would hold the program until somebody writes to it.
//!
//! Imports nothing from the rest of the crate.

use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::OFlags;

/// Opens a regular file to read it.
///
/// Errors: it cannot be opened, or what is open is something else.
pub fn open(path: &Path) -> io::Result<File> {
    // Without these a pipe waits for its writer, and a terminal may become the one that controls this program.
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    let file = File::options().read(true).custom_flags(flags).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is not a regular file")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_is_no_regular_file_is_refused_without_waiting() {
        let folder = tempfile::tempdir().expect("a folder");
        let (pipe, file) = (folder.path().join("pipe"), folder.path().join("file"));
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
        assert!(made.success());
        for path in [pipe.as_path(), folder.path(), Path::new("/dev/zero"), Path::new("/dev/tty")] {
            assert!(open(path).is_err(), "{}", path.display());
        }
        std::fs::write(&file, "words").expect("written");
        let mut words = String::new();
        open(&file).expect("a file").read_to_string(&mut words).expect("read");
        assert_eq!(words, "words");
    }
}
