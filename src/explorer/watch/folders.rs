//! The folders whose entries decide what a path leads to: that of the file, and where it is a link, those of all that it
//! leads through. The system tells of changes in them.
//!
//! Must not import anything of the explorer but its parent.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::settling::Sign;

/// How many links are followed, as by the system.
const LINKS: usize = 40;

/// Whether the system tells when someone who wrote to a file lets go of it.
const TELLS_CLOSE: bool = cfg!(any(target_os = "linux", target_os = "android"));

type Names = Arc<Mutex<Vec<OsString>>>;

/// A folder, and what tells it from another of its name.
type Folder = (PathBuf, Option<(u64, u64)>);

/// The folders that are watched.
pub struct Folders {
    path: PathBuf,
    watcher: Result<RecommendedWatcher, String>,
    /// The names in them that matter. Read by the thread of `notify`.
    names: Names,
    watched: Vec<Folder>,
    /// That it does not work was said.
    said: bool,
}

impl Folders {
    /// Ready to watch for changes of what `path`, which is absolute, leads to. `told` is called on another thread.
    pub fn new(path: &Path, told: impl Fn(Sign) + Send + 'static) -> Self {
        let names = Names::default();
        let its_names = Arc::clone(&names);
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if let Some(sign) = sign(event.as_ref(), &locked(&its_names)) {
                told(sign);
            }
        });
        let watcher = watcher.map_err(|error| words(&error));
        Self { path: path.to_owned(), watcher, names, watched: Vec::new(), said: false }
    }

    /// Watches the folders that the path leads through now, if they are other ones than before.
    ///
    /// Errors: the system does not tell of changes in them; why, safe to show, and only once.
    pub fn follow(&mut self) -> Result<(), String> {
        let hops = hops(&self.path);
        let mut folders: Vec<Folder> = Vec::new();
        for hop in &hops {
            let folder = hop.parent().unwrap_or(Path::new("/"));
            if !folders.iter().any(|(known, _)| known == folder) {
                folders.push((folder.to_owned(), identity(folder)));
            }
        }
        if folders == self.watched {
            return Ok(());
        }
        *locked(&self.names) = hops.iter().filter_map(|hop| hop.file_name()).map(OsString::from).collect();
        let outcome = self.watch(&folders);
        self.watched = folders;
        match outcome {
            Err(why) if !self.said => {
                self.said = true;
                Err(why)
            }
            _ => Ok(()),
        }
    }

    fn watch(&mut self, folders: &[Folder]) -> Result<(), String> {
        let watcher = self.watcher.as_mut().map_err(|why| why.clone())?;
        for (folder, _) in self.watched.drain(..) {
            // A folder that is no more is not watched any more either.
            let _ = watcher.unwatch(&folder);
        }
        // A folder that is not there is found when it comes, by looking now and then.
        for (folder, _) in folders.iter().filter(|(_, identity)| identity.is_some()) {
            watcher.watch(folder, RecursiveMode::NonRecursive).map_err(|error| words(&error))?;
        }
        Ok(())
    }
}

fn locked(names: &Names) -> MutexGuard<'_, Vec<OsString>> {
    names.lock().unwrap_or_else(PoisonError::into_inner)
}

fn words(error: &notify::Error) -> String {
    let words = match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches as many files as it can".to_owned(),
        notify::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    };
    crate::text::safe_line(&words).into_owned()
}

fn identity(folder: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(folder).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        metadata.is_dir().then_some((0, 0))
    }
}

/// The path, and if it is a link what it leads to, and so on.
fn hops(path: &Path) -> Vec<PathBuf> {
    let mut hops = vec![path.to_owned()];
    while let Some(target) =
        hops.last().filter(|_| hops.len() <= LINKS).and_then(|hop| fs::read_link(hop).ok())
    {
        let base = hops.last().and_then(|hop| hop.parent()).unwrap_or(Path::new("/"));
        let target = base.join(target);
        hops.push(target);
    }
    hops
}

/// What an event says of the file; nothing where it is about another, or about reading only.
fn sign(event: Result<&Event, &notify::Error>, names: &[OsString]) -> Option<Sign> {
    // What went wrong may have been about the file, and the queue of events may have run over.
    let Ok(event) = event else { return Some(Sign::Stirred) };
    if event.need_rescan() {
        return Some(Sign::Stirred);
    }
    let ours = |path: &PathBuf| path.file_name().is_some_and(|name| names.iter().any(|ours| ours == name));
    if !event.paths.iter().any(ours) {
        return None;
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Sign::Closed),
        // Our own reading is among these.
        EventKind::Access(_) => None,
        EventKind::Modify(ModifyKind::Data(_)) if TELLS_CLOSE => Some(Sign::Writing),
        // Another file under the name: who holds the old one open does not matter any more.
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            Some(Sign::Closed)
        }
        _ => Some(Sign::Stirred),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, Flag, MetadataKind, RemoveKind, RenameMode};

    fn told(kind: EventKind, path: &str) -> Option<Sign> {
        let event = Event::new(kind).add_path(PathBuf::from(path));
        sign(Ok(&event), &["events.yaml".into(), "real.yaml".into()])
    }

    #[test]
    fn row_55_every_way_to_save_is_a_sign_and_reading_is_none() {
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        for (kind, wanted) in [
            (EventKind::Create(CreateKind::File), Some(Sign::Closed)),
            (EventKind::Remove(RemoveKind::File), Some(Sign::Closed)),
            (EventKind::Modify(ModifyKind::Name(RenameMode::To)), Some(Sign::Closed)),
            (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), Some(Sign::Stirred)),
            (EventKind::Access(AccessKind::Close(AccessMode::Write)), Some(Sign::Closed)),
            (data, Some(if TELLS_CLOSE { Sign::Writing } else { Sign::Stirred })),
            (EventKind::Any, Some(Sign::Stirred)),
            (EventKind::Access(AccessKind::Open(AccessMode::Any)), None),
            (EventKind::Access(AccessKind::Close(AccessMode::Read)), None),
        ] {
            assert_eq!(told(kind, "/stories/events.yaml"), wanted, "{kind:?}");
            assert_eq!(told(kind, "/elsewhere/real.yaml"), wanted, "{kind:?}");
            assert_eq!(told(kind, "/stories/events.yaml~"), None, "{kind:?}");
        }
        let overrun = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(sign(Ok(&overrun), &[]), Some(Sign::Stirred));
        assert_eq!(sign(Err(&notify::Error::generic("lost")), &[]), Some(Sign::Stirred));
    }
}
