//! The folder of the cache: opened once, and all in it by that, so that nothing can be put in its place meanwhile. It and
//! each file in it must be the reader's own and closed to everybody else.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat, fstat, openat, renameat, statat, unlinkat};
use rustix::process::{Pid, geteuid, test_kill_process};

use super::{Entry, Limits};

/// What the names of files end in.
pub(super) const KEPT: &str = "graph";

/// What they end in while they are written.
const PART: &str = "part";

/// Hexadecimal digits of a key.
const DIGITS: usize = 64;

/// When a file that was never finished is nobody's, whoever has the number of its process by now.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// How often another name is tried where something is at the first.
const NAMES: u32 = 8;

pub(super) struct Folder(OwnedFd);

impl Folder {
    /// Opens the folder, where it is there and the reader's own.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let folder = rustix::fs::open(path, flags, Mode::empty()).ok()?;
        is_own(&fstat(&folder).ok()?, FileType::Directory).then_some(Self(folder))
    }

    /// As [`Self::open`], and makes it where it is not there.
    pub(super) fn make(path: &Path) -> Option<Self> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path).ok()?;
        Self::open(path)
    }

    /// Opens a file in it to be read, where it is the reader's own.
    pub(super) fn file(&self, name: &str) -> Option<File> {
        // Without these a pipe waits for its writer, and a terminal may become the one that controls this program.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = openat(&self.0, name, flags, Mode::empty()).ok()?;
        let stat = fstat(&file).ok()?;
        (is_own(&stat, FileType::RegularFile) && stat.st_nlink == 1).then(|| File::from(file))
    }

    /// Writes a file, whole or not at all, and makes room for it when it is written. There is no need to wait until it
    /// lasts: one that did not is found out.
    pub(super) fn write(&self, entry: Entry, limits: &Limits) -> Option<()> {
        let (name, size) = (entry.key.name(), entry.size());
        let (beside, mut file) = self.new_beside(&entry.key.hex())?;
        let written = entry
            .parts
            .into_iter()
            .try_for_each(|part| file.write_all(&part))
            .map(|()| self.make_room(size, 1, &name, limits))
            .and_then(|()| Ok(renameat(&self.0, &beside, &self.0, &name)?));
        if written.is_err() {
            // What is half done is of no use to anyone.
            let _ = unlinkat(&self.0, &beside, AtFlags::empty());
        }
        written.ok()
    }

    fn new_beside(&self, hex: &str) -> Option<(String, File)> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        (0..NAMES).find_map(|nth| {
            let name = format!("{hex}.{}-{nth}.{PART}", std::process::id());
            let file = openat(&self.0, &name, flags, Mode::RUSR | Mode::WUSR).ok()?;
            Some((name, File::from(file)))
        })
    }

    /// Deletes what was begun by a program that has ended, or a day ago.
    pub(super) fn sweep(&self) {
        for (name, stat) in self.files() {
            let is_left = writer(&name).is_some_and(|writer| is_gone(writer) || age(&stat) > ABANDONED);
            if is_left {
                let _ = unlinkat(&self.0, &name, AtFlags::empty());
            }
        }
    }

    /// Deletes what has not been used for longest, until a file of so many bytes, in the place of one of its name, keeps
    /// to the limits; with `0` and `0`, until what is there does.
    pub(super) fn make_room(&self, bytes: u64, files: usize, new: &str, limits: &Limits) {
        let others = |name: &str| is_kept(name) && name != new;
        let mut kept: Vec<_> = self.files().into_iter().filter(|(name, _)| others(name)).collect();
        kept.sort_by_key(|(_, stat)| (stat.st_mtime, stat.st_mtime_nsec));
        let size = |stat: &Stat| u64::try_from(stat.st_size).unwrap_or(u64::MAX);
        let mut total = kept.iter().map(|(_, stat)| size(stat)).fold(bytes, u64::saturating_add);
        let mut count = kept.len() + files;
        for (name, stat) in kept {
            if total <= limits.bytes && count <= limits.files {
                return;
            }
            if unlinkat(&self.0, &name, AtFlags::empty()).is_ok() {
                total = total.saturating_sub(size(&stat));
                count -= 1;
            }
        }
    }

    /// The reader's own regular files that are named like the cache's.
    fn files(&self) -> Vec<(String, Stat)> {
        let Ok(all) = Dir::read_from(&self.0) else { return Vec::new() };
        let of_cache = |name: &str| is_kept(name) || writer(name).is_some();
        all.filter_map(Result::ok)
            .filter_map(|file| file.file_name().to_str().ok().map(str::to_owned))
            .filter(|name| of_cache(name))
            .filter_map(|name| {
                let stat = statat(&self.0, &name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
                let is_file = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
                (is_file && stat.st_uid == geteuid().as_raw()).then_some((name, stat))
            })
            .collect()
    }
}

/// Whether it is of this sort, the reader's own, and closed to everybody else.
fn is_own(stat: &Stat, sort: FileType) -> bool {
    FileType::from_raw_mode(stat.st_mode) == sort
        && stat.st_uid == geteuid().as_raw()
        && !Mode::from_raw_mode(stat.st_mode).intersects(Mode::RWXG | Mode::RWXO)
}

fn is_hex(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_kept(name: &str) -> bool {
    name.split_once('.').is_some_and(|(hex, end)| is_hex(hex) && end == KEPT)
}

/// The process that writes the file of this name; `None` where it is none of those that are being written.
fn writer(name: &str) -> Option<i32> {
    let (hex, rest) = name.split_once('.')?;
    let (process, nth) = rest.strip_suffix(PART)?.strip_suffix('.')?.split_once('-')?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?;
    let (process, _): (i32, i32) = (number(process)?, number(nth)?);
    is_hex(hex).then_some(process)
}

fn is_gone(process: i32) -> bool {
    let alive = Pid::from_raw(process).map(test_kill_process);
    matches!(alive, None | Some(Err(rustix::io::Errno::SRCH)))
}

fn age(stat: &Stat) -> Duration {
    let written = u64::try_from(stat.st_mtime).map_or(UNIX_EPOCH, |at| UNIX_EPOCH + Duration::from_secs(at));
    SystemTime::now().duration_since(written).unwrap_or_default()
}

/// Takes note that a file was used.
pub(super) fn touch(file: &File) {
    // Where that cannot be, it only seems older than it is.
    let _ = file.set_modified(SystemTime::now());
}
