//! The file of the reader's configuration: where it is, read once at the start, and written whole or not at all.
//!
//! Imports `colour`, `config`, `plain_file`, `reader::disk` and `text` only.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use etcetera::BaseStrategy as _;

use super::{Config, View, read, with_view};
use crate::colour::Background;
use crate::plain_file;
use crate::reader::disk::{self, Lock, RealDisk};
use crate::text::safe_line;

/// The largest configuration that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// How long to wait for another that is writing the file: it takes an instant.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is looked for meanwhile.
const LOOK: Duration = Duration::from_millis(5);

/// What the reader configured, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The file, whether it is there or not; `None` where there is no place for one.
    pub path: Option<PathBuf>,
    /// The reader's own views.
    pub views: Vec<View>,
    /// The folder of archived texts it names, from its own folder on.
    pub archive: Option<PathBuf>,
    /// Whether the explorer takes the mouse, where it says so.
    pub mouse: Option<bool>,
    /// Whether graphs of long stories are kept, where it says so.
    pub cache: Option<bool>,
    /// What the explorer's text stands on, where it says so.
    pub background: Option<Background>,
    /// Why the file cannot be used; safe to show, in a line.
    pub fault: Option<String>,
}

/// The file: the one named; else the one the environment names (`variable` is the value of `DATELINE_CONFIG`); else
/// `dateline/config.toml` in the XDG folder of configurations.
pub fn place(named: Option<PathBuf>, variable: Option<PathBuf>) -> Option<PathBuf> {
    named.or_else(|| variable.filter(|path| !path.as_os_str().is_empty())).or_else(|| {
        let folders = etcetera::base_strategy::Xdg::new().ok()?;
        Some(folders.config_dir().join("dateline").join("config.toml"))
    })
}

/// Reads the configuration. A file that is not there is an empty one.
pub fn load(path: Option<PathBuf>) -> Loaded {
    let Some(path) = path else { return Loaded::default() };
    let name = safe_line(&path.to_string_lossy()).into_owned();
    let config = text_of(&path).and_then(|text| read(&text).map_err(|fault| fault.to_string()));
    match config {
        Ok(Config { views, archive, mouse, cache, background }) => {
            let archive = archive.map(|folder| path.parent().unwrap_or(Path::new("")).join(folder));
            Loaded { archive, mouse, cache, background, path: Some(path), views, fault: None }
        }
        Err(why) => {
            let fault = safe_line(&format!("{name}: {why}")).into_owned();
            Loaded { path: Some(path), fault: Some(fault), ..Loaded::default() }
        }
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
        metadata => metadata.map_err(|error| error.to_string())?,
    };
    // A pipe with no writer, or a device without end, would hold the program for ever.
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = plain_file::open(path).map_err(|error| error.to_string())?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > LARGEST) {
        return Err("it is larger than 1 MiB".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// Adds a view to the file, as the file is now, under a lock beside it: of two that save at a time neither is lost.
/// Either all of it is written, and lasts, or nothing is changed.
///
/// Errors: why it is not written, in a line, safe to show.
pub fn save(path: &Path, view: &View) -> Result<(), String> {
    let saved = real(path).map_err(|error| error.to_string()).and_then(|path| {
        let _lock = lock(&path)?;
        disk::sweep(&path);
        let text = with_view(&text_of(&path)?, view).map_err(|fault| fault.to_string())?;
        replace(&path, &text).map_err(|error| error.to_string())
    });
    saved.map_err(|why| safe_line(&why).into_owned())
}

/// The file itself: where it is a link, what it leads to is replaced, not the link.
fn real(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        // With a folder to it, which a bare name has not.
        Err(error) if error.kind() == ErrorKind::NotFound => std::path::absolute(path),
        found => found,
    }
}

/// Takes the lock beside the file, and waits for another that has it, but not for long.
fn lock(path: &Path) -> Result<Lock, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.lock"));
    let deadline = Instant::now() + PATIENCE;
    loop {
        match disk::lock(&RealDisk, &beside) {
            Ok(Some(lock)) => return Ok(lock),
            Ok(None) if Instant::now() < deadline => thread::sleep(LOOK),
            Ok(None) => return Err("another dateline is writing it".to_owned()),
            Err(error) => return Err(error.to_string()),
        }
    }
}

/// Writes a new file beside the old one and puts it in its place.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    // As `disk::sweep` knows it, should this be cut off.
    let beside = folder.join(format!(".{name}.{}-0.new", std::process::id()));
    let written = write_new(&beside, path, text).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is half done is of no use to anyone.
        let _ = fs::remove_file(&beside);
        return written;
    }
    // The new name must last as well.
    File::open(folder)?.sync_all()
}

fn write_new(beside: &Path, old: &Path, text: &str) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(beside)?;
    if let Ok(metadata) = fs::metadata(old) {
        file.set_permissions(metadata.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty folder of this test's own, gone when it ends.
    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    fn view(name: &str) -> View {
        View { name: name.to_owned(), filter: "kind:x".to_owned() }
    }

    fn names(path: &Path) -> Vec<String> {
        load(Some(path.to_owned())).views.into_iter().map(|view| view.name).collect()
    }

    #[test]
    fn a_file_that_is_not_there_is_empty_and_made_with_its_folder() {
        let folder = folder();
        let path = folder.path().join("dateline/config.toml");
        assert_eq!(load(Some(path.clone())), Loaded { path: Some(path.clone()), ..Loaded::default() });
        assert_eq!(save(&path, &view("a")), Ok(()));
        assert_eq!(save(&path, &view("b")), Ok(()));
        assert_eq!(names(&path), ["a", "b"]);
        assert!(save(&path, &view("b")).is_err_and(|why| why.contains("already")));
        let mut left: Vec<_> = fs::read_dir(path.parent().expect("a folder"))
            .expect("read")
            .map(|entry| entry.expect("read").file_name())
            .collect();
        left.sort();
        assert_eq!(left, [".config.toml.lock", "config.toml"], "nothing half done is left");
    }

    #[test]
    fn of_many_that_save_at_a_time_none_is_lost_and_what_was_cut_off_is_swept() {
        let folder = folder();
        let path = folder.path().join("config.toml");
        let left = folder.path().join(".config.toml.12345-0.new");
        fs::write(&left, "half").expect("written");
        thread::scope(|scope| {
            for number in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    let view = view(&format!("view {number}"));
                    // Who is told to try again does.
                    while save(path, &view).is_err_and(|why| why.contains("another dateline")) {}
                });
            }
        });
        let mut names = names(&path);
        names.sort();
        assert_eq!(names, (0..8).map(|number| format!("view {number}")).collect::<Vec<_>>());
        assert!(!left.exists());
    }

    #[test]
    fn a_file_that_cannot_be_used_is_told_and_left_alone() {
        let folder = folder();
        let path = folder.path().join("config.toml");
        fs::write(&path, "colour = 1\n").expect("written");
        let loaded = load(Some(path.clone()));
        assert!(loaded.fault.is_some_and(|fault| {
            fault.contains("line 1: unknown field `colour`, expected one of `archive`, `mouse`")
        }));
        assert!(save(&path, &view("a")).is_err());
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("colour = 1\n"));
        fs::write(&path, b"\xff").expect("written");
        assert!(load(Some(path)).fault.is_some_and(|fault| fault.ends_with("it is not UTF-8 text")));
        assert!(
            load(Some(folder.path().to_owned()))
                .fault
                .is_some_and(|fault| fault.ends_with("it is not a regular file"))
        );
        assert!(load(Some("/dev/zero".into())).fault.is_some());
        assert_eq!(load(None), Loaded::default());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = folder();
        let (real, link) = (folder.path().join("real.toml"), folder.path().join("config.toml"));
        fs::write(&real, "# mine\n").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).expect("set");
        std::os::unix::fs::symlink("real.toml", &link).expect("linked");
        assert_eq!(save(&link, &view("a")), Ok(()));
        assert!(fs::symlink_metadata(&link).is_ok_and(|link| link.is_symlink()));
        assert!(fs::read_to_string(&real).is_ok_and(|text| text.starts_with("# mine\n")));
        assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn the_file_named_comes_before_the_environment_s() {
        let path = |name: &str| Some(PathBuf::from(name));
        assert_eq!(place(path("a"), path("b")), path("a"));
        assert_eq!(place(None, path("b")), path("b"));
        assert!(place(None, path("")).is_none_or(|place| place.ends_with("dateline/config.toml")));
    }
}
