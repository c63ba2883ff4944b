//! All that the reader's layer does to a disk: a file replaced whole or not at all, and a lock.
//!
//! Method: a new file beside the old one, made so that nothing planted at its name is followed or written over
//! (`O_EXCL`, mode 0600); its bytes written and synced; renamed onto the old one; the folder synced. Only after the
//! last of these has it been saved. Every step goes through [`Disk`], so that a test can let any of them fail.
//!
//! Imports `plain_file` only.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, FlockOperation, flock};

use crate::plain_file;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// How often another name is tried where something is at the first.
const NAMES: u32 = 64;

/// The steps of a save.
pub trait Disk: Send {
    /// Makes a folder and those above it, each for its owner alone, where they are not there.
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
    }

    /// Makes a file that is not there yet, for its owner alone; what is there is neither followed nor changed.
    fn make_new(&self, path: &Path) -> io::Result<File> {
        File::options().write(true).create_new(true).mode(0o600).open(path)
    }

    /// Writes all of a file.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Waits until a file's bytes, or a folder's names, are where they last.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Puts one file in the place of another.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Opens a folder, so that it can be synced.
    fn open_folder(&self, folder: &Path) -> io::Result<File> {
        File::open(folder)
    }
}

/// The disk as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {}

/// The text of a file; `None` where there is none.
///
/// Errors: it cannot be read, is no regular file, is larger than 64 MiB, or no UTF-8 text.
pub fn read(path: &Path) -> io::Result<Option<String>> {
    let metadata = match fs::metadata(path) {
        // HOME may be a file: `/dev/null` where a service is to have none.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        metadata => metadata?,
    };
    // A pipe with no writer, or a device without end, would hold the program for ever.
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    plain_file::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > LARGEST) {
        return Err(io::Error::other("it is larger than 64 MiB"));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| io::Error::other("it is not UTF-8 text"))
}

/// Replaces a file. On success the new one lasts; on failure the old one is as it was, or the new one is whole in its
/// place.
pub fn replace(disk: &dyn Disk, path: &Path, text: &str) -> io::Result<()> {
    // Where the file is a link, what it leads to is replaced, not the link.
    let path = match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => path.to_owned(),
        found => found?,
    };
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    make_lasting(disk, folder)?;
    let (beside, mut file) = new_beside(disk, &path)?;
    let written = disk
        .write(&mut file, text.as_bytes())
        .and_then(|()| disk.sync(&file))
        .and_then(|()| disk.rename(&beside, &path));
    if written.is_err() {
        // What is half done is of no use to anyone.
        let _ = fs::remove_file(&beside);
        return written;
    }
    // The new name must last as well.
    disk.sync(&disk.open_folder(folder)?)
}

/// Makes a folder and those above it, and has their names last too.
fn make_lasting(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    disk.make_folder(folder)?;
    missing.into_iter().filter_map(Path::parent).try_for_each(|above| disk.sync(&disk.open_folder(above)?))
}

/// Makes a folder where it is not there, and sees whether files can be made in it.
pub fn probe(folder: &Path) -> io::Result<()> {
    RealDisk.make_folder(folder)?;
    Ok(rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// What the name of a half-written file begins with: hidden, and told apart from every finished one.
fn beginning(path: &Path) -> io::Result<String> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or(ErrorKind::InvalidInput)?;
    Ok(format!(".{name}."))
}

fn new_beside(disk: &dyn Disk, path: &Path) -> io::Result<(PathBuf, File)> {
    let beginning = beginning(path)?;
    for number in 0..NAMES {
        let beside = path.with_file_name(format!("{beginning}{}-{number}.new", std::process::id()));
        match disk.make_new(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(ErrorKind::AlreadyExists, "every temporary name beside it is taken"))
}

/// Takes away what a save left that was cut off, by a kill or a loss of power. Only under the lock.
pub fn sweep(path: &Path) {
    let (Ok(beginning), Some(folder)) = (beginning(path), path.parent()) else { return };
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_left = entry.file_name().to_str().is_some_and(|name| {
            name.strip_prefix(&beginning)
                .and_then(|rest| rest.strip_suffix(".new"))
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
        });
        if is_left {
            // Where it cannot be, it stays; it is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Held as long as this lives, and given up by the system however the program ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes a lock; `None` where another program has it.
pub fn lock(disk: &dyn Disk, path: &Path) -> io::Result<Option<Lock>> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    make_lasting(disk, folder)?;
    // Nothing planted there is followed.
    let no_follow = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
    let file = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(no_follow)
        .open(path)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    #[test]
    fn a_file_is_made_with_its_folders_for_its_owner_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/b/notes.toml");
        assert_eq!(read(&path).expect("nothing there"), None);
        replace(&RealDisk, &path, "one").expect("saved");
        replace(&RealDisk, &path, "two").expect("saved");
        assert_eq!(read(&path).expect("read").as_deref(), Some("two"));
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().expect("a folder"))), (0o600, 0o700));
        let left = fs::read_dir(path.parent().expect("a folder")).expect("read").count();
        assert_eq!(left, 1, "nothing half done is left");
    }

    #[test]
    fn the_names_of_new_folders_last_too() {
        struct Counting(std::cell::RefCell<Vec<PathBuf>>);
        impl Disk for Counting {
            fn open_folder(&self, folder: &Path) -> io::Result<File> {
                self.0.borrow_mut().push(folder.to_owned());
                RealDisk.open_folder(folder)
            }
        }
        let folder = tempfile::tempdir().expect("a folder");
        let (disk, deep) = (Counting(std::cell::RefCell::default()), folder.path().join("a/b"));
        replace(&disk, &deep.join("notes.toml"), "one").expect("saved");
        let above = [folder.path().join("a"), folder.path().to_owned(), deep.clone()];
        assert_eq!(disk.0.take(), above);
        replace(&disk, &deep.join("notes.toml"), "two").expect("saved");
        assert_eq!(disk.0.take(), [deep]);
    }

    #[test]
    fn row_52_a_link_planted_at_a_temporary_name_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, victim) = (folder.path().join("notes.toml"), folder.path().join("victim"));
        fs::write(&victim, "precious").expect("written");
        let planted = |number| folder.path().join(format!(".notes.toml.{}-{number}.new", std::process::id()));
        symlink(&victim, planted(0)).expect("linked");
        fs::write(planted(1), "another's").expect("written");
        replace(&RealDisk, &path, "mine").expect("saved");
        assert_eq!(fs::read_to_string(&victim).expect("there"), "precious");
        assert_eq!(fs::read_to_string(planted(1)).expect("there"), "another's");
        assert_eq!(fs::read_to_string(&path).expect("there"), "mine");
        assert!(!fs::symlink_metadata(&path).expect("there").is_symlink());
        assert_eq!(fs::metadata(&path).expect("there").mode() & 0o777, 0o600);
        // Every name taken: an error, and nothing is touched.
        for number in 2..NAMES {
            symlink(&victim, planted(number)).expect("linked");
        }
        assert!(replace(&RealDisk, &path, "more").is_err());
        assert_eq!(fs::read_to_string(&path).expect("there"), "mine");
        assert_eq!(fs::read_to_string(&victim).expect("there"), "precious");
        // A lock is not followed either.
        symlink(&victim, folder.path().join("lock")).expect("linked");
        assert!(lock(&RealDisk, &folder.path().join("lock")).is_err());
    }

    #[test]
    fn a_file_that_is_a_link_stays_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (folder.path().join("real.toml"), folder.path().join("notes.toml"));
        fs::write(&real, "old").expect("written");
        symlink("real.toml", &link).expect("linked");
        replace(&RealDisk, &link, "new").expect("saved");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read_to_string(&real).expect("there"), "new");
    }

    #[test]
    fn what_a_cut_off_save_left_is_swept_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("notes.toml");
        let (left, others) = (
            ".notes.toml.123-0.new",
            [".notes.toml.mine.new", "notes.toml", ".other.toml.1-0.new", ".notes.toml.1"],
        );
        for name in others.iter().chain([&left]) {
            fs::write(folder.path().join(name), "x").expect("written");
        }
        sweep(&path);
        assert!(!folder.path().join(left).exists());
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
    }

    #[test]
    fn row_53_a_lock_is_held_by_one_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/lock");
        let first = lock(&RealDisk, &path).expect("tried").expect("taken");
        assert!(lock(&RealDisk, &path).expect("tried").is_none());
        drop(first);
        assert!(lock(&RealDisk, &path).expect("tried").is_some());
    }

    #[test]
    fn what_is_no_file_of_text_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read(folder.path()).is_err() && read(Path::new("/dev/zero")).is_err());
        fs::write(folder.path().join("x"), b"\xff").expect("written");
        assert!(read(&folder.path().join("x")).is_err());
    }
}
