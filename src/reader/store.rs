//! The reader's files of one story: opened together, saved one by one, by one instance at a time.
//!
//! The promise: where something stands in the way, that is said once at the start, nothing is written, and what is
//! there stays. A save that returns without an error lasts.
//!
//! Imports `reader` and `text`.

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::Unreadable;
use super::disk::{self, Disk, Lock};
use super::notes::{Notes, OfStory};
use super::place::{Folders, Place, Whose};
use super::progress::Progress;
use crate::text::safe_line;

/// Why there is no layer where the environment names no folders.
pub const NO_FOLDERS: &str =
    "nothing can be kept: neither HOME nor XDG_DATA_HOME and XDG_STATE_HOME name a folder";

/// What can be done with the layer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Standing {
    /// Read and written.
    Writes,
    /// Shown as it is; why nothing is written, safe to show.
    ReadsOnly(String),
    /// There is none, and why.
    Off(String),
    /// There is none, and nobody asked for one.
    #[default]
    Absent,
}

impl Standing {
    /// Why nothing can be kept; `None` where it can.
    pub fn why_not(&self) -> Option<&str> {
        match self {
            Self::Writes => None,
            Self::ReadsOnly(why) | Self::Off(why) => Some(why),
            Self::Absent => Some("nothing is kept of this story"),
        }
    }
}

/// A store as it was found.
#[derive(Debug)]
pub struct Opened {
    /// Bookmarks and notes.
    pub notes: Notes,
    /// What was read.
    pub progress: Progress,
    /// What can be done with them.
    pub standing: Standing,
    /// Why what is read cannot be kept, though notes can, safe to show.
    pub unkept: Option<String>,
    /// Where they are saved.
    pub store: Store,
}

/// Where the reader's files are saved.
pub struct Store {
    disk: Box<dyn Disk>,
    place: Option<Place>,
    /// Held while this lives; without it nothing is written.
    lock: Option<Lock>,
    known: RefCell<Known>,
    /// What to open once the other instance has ended; `None` where there is none.
    waits: Option<Waits>,
}

/// What it takes to open a store again.
#[derive(Debug)]
struct Waits {
    folders: Folders,
    /// The story's own file; `None` for the embedded one.
    story: Option<PathBuf>,
    title: String,
}

/// What the file of notes is known to hold: any other text is someone else's.
#[derive(Debug, Default)]
struct Known {
    /// What was read or saved last; `None` where there was no file.
    text: Option<String>,
    /// What a save that failed may have left there.
    tried: Option<String>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("place", &self.place).field("lock", &self.lock).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the files of a story. `whose` is `None` where the story has no place that it could be known by again.
    pub fn open(
        disk: Box<dyn Disk>,
        folders: Option<&Folders>,
        whose: Option<Whose<'_>>,
        title: &str,
    ) -> Opened {
        let off = |disk, why: &str| Opened {
            notes: Notes::default(),
            progress: Progress::default(),
            standing: Standing::Off(why.to_owned()),
            unkept: None,
            store: Self { disk, place: None, lock: None, known: RefCell::default(), waits: None },
        };
        let Some(whose) = whose else {
            return off(disk, "a story from standard input has no place to keep notes by; save it to a file");
        };
        let Some(folders) = folders else {
            return off(disk, NO_FOLDERS);
        };
        let place = Place::of(folders, whose);
        let of_story = OfStory {
            title: title.to_owned(),
            file: place.story.as_ref().map(|path| path.to_string_lossy().into_owned()),
        };
        let locked = disk::lock(&*disk, &place.lock);
        if matches!(locked, Ok(Some(_))) {
            disk::sweep(&place.notes);
            disk::sweep(&place.progress);
        }
        let mut faults = Vec::new();
        let (text, mut notes) = loaded(&place.notes, Notes::read).unwrap_or_else(|why| {
            faults.push(why);
            (None, Notes::default())
        });
        let known = RefCell::new(Known { text, tried: None });
        let (_, mut progress) = loaded(&place.progress, Progress::read).unwrap_or_else(|why| {
            faults.push(why);
            (None, Progress::default())
        });
        let named = |own: OfStory| {
            if title.is_empty() { OfStory { title: own.title, ..of_story.clone() } } else { of_story.clone() }
        };
        notes.story = named(notes.story);
        progress.story = named(progress.story);
        let busy = matches!(locked, Ok(None)) && faults.is_empty();
        let waits = busy.then(|| Waits {
            folders: folders.clone(),
            story: place.story.clone(),
            title: title.to_owned(),
        });
        let (lock, standing) = match (locked, faults.into_iter().next()) {
            // Written over, what cannot be read would be lost.
            (_, Some(why)) => (None, Standing::ReadsOnly(why)),
            (Ok(Some(lock)), None) => (Some(lock), Standing::Writes),
            (Ok(None), None) => {
                let why =
                    "another dateline has this story open and keeps your notes; this one shows them only";
                (None, Standing::ReadsOnly(why.to_owned()))
            }
            (Err(error), None) => {
                let folder = safe_line(&folders.data.to_string_lossy()).into_owned();
                (None, Standing::ReadsOnly(format!("nothing can be kept in {folder}: {}", why(&error))))
            }
        };
        let store = Self { disk, place: Some(place), lock, known, waits };
        let unkept = (standing == Standing::Writes).then(|| disk::probe(&folders.state).err()).flatten();
        let unkept =
            unkept.map(|error| format!("{}: {}", safe_line(&folders.state.to_string_lossy()), why(&error)));
        Opened { notes, progress, standing, unkept, store }
    }

    /// Whether another instance keeps these files, and this one is to take over when that has ended.
    pub fn waits(&self) -> bool {
        self.waits.is_some()
    }

    /// Opens everything anew where the other instance has ended; `None` where it has not.
    pub fn take_over(&self) -> Option<Opened> {
        let (waits, place) = self.waits.as_ref().zip(self.place.as_ref())?;
        // Let go of at once: opening takes it. Should someone else be quicker, that is one to wait for.
        drop(disk::lock(&*self.disk, &place.lock).ok()??);
        let whose = waits.story.as_deref().map_or(Whose::Embedded, Whose::File);
        Some(Self::open(Box::new(disk::RealDisk), Some(&waits.folders), Some(whose), &waits.title))
    }

    /// The files; `None` where there is no place for them.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// Saves bookmarks and notes. Without an error they last. Where someone else has written into the file meanwhile, by
    /// hand or with a tool that keeps folders alike, that is taken in first: all that is there now comes back.
    ///
    /// Errors: why they are not saved, safe to show; the file is then as it was, or whole as it should be.
    pub fn save_notes(&self, notes: &Notes) -> Result<Option<Notes>, String> {
        let place = self.writable()?;
        let mut known = self.known.borrow_mut();
        let (there, theirs) = loaded(&place.notes, Notes::read)?;
        if there.is_some() && there == known.tried {
            known.text.clone_from(&there);
        }
        let merged = (there.is_some() && there != known.text).then(|| {
            let mut merged = notes.clone();
            let known = known.text.as_deref().and_then(|text| Notes::read(text).ok());
            merged.take_in(&known.unwrap_or_default(), theirs);
            merged
        });
        let text = merged.as_ref().unwrap_or(notes).write()?;
        // Should this save fail, what it took in is news to the next one still.
        known.tried = merged.is_none().then(|| text.clone());
        self.replace(&place.notes, &text)?;
        *known = Known { text: Some(text), tried: None };
        Ok(merged)
    }

    /// Saves what was read and the position. Without an error they last.
    ///
    /// Errors: as [`Self::save_notes`].
    pub fn save_progress(&self, progress: &Progress) -> Result<(), String> {
        let place = self.writable()?;
        // One of a newer version, or that cannot be read, is left alone.
        loaded(&place.progress, Progress::read)?;
        self.replace(&place.progress, &progress.write()?)
    }

    fn writable(&self) -> Result<&Place, String> {
        let place = self.place.as_ref().filter(|_| self.lock.is_some());
        place.ok_or_else(|| "it is not this instance that keeps them".to_owned())
    }

    fn replace(&self, file: &Path, text: &str) -> Result<(), String> {
        disk::replace(&*self.disk, file, text).map_err(|error| why(&error))
    }
}

/// A file's text and content; that of none is empty. The error names the file.
fn loaded<T: Default>(
    path: &Path,
    read: impl Fn(&str) -> Result<T, Unreadable>,
) -> Result<(Option<String>, T), String> {
    let told = |why: &str| safe_line(&format!("{why}; {} is left alone", path.display())).into_owned();
    match disk::read(path) {
        Ok(None) => Ok((None, T::default())),
        Ok(Some(text)) => {
            let content = read(&text).map_err(|error| told(&error.to_string()))?;
            Ok((Some(text), content))
        }
        Err(error) => Err(told(&why(&error))),
    }
}

/// Why the disk refused, in words.
fn why(error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::QuotaExceeded => "your share of the disk is used up".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
        io::ErrorKind::PermissionDenied => "you are not permitted to write there".to_owned(),
        _ => error.to_string(),
    };
    safe_line(&why).into_owned()
}

#[cfg(test)]
mod tests;
