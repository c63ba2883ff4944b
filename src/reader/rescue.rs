//! What is typed and on no disk yet, where a panic in any thread can reach it and keep it.
//!
//! The promise: nothing that has a place of its own is written over; what is held is written as drafts, once. Imports
//! `reader` and `text`.

use std::io::{self, Write as _};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError, TryLockError};

use super::disk::{self, RealDisk};
use super::notes::{Note, Notes};
use crate::text::{safe, safe_line};

/// What would be lost.
struct Held {
    /// The file of notes.
    file: PathBuf,
    /// All notes, where the last save of them failed.
    notes: Option<Notes>,
    /// What is typed.
    drafts: Vec<Note>,
}

/// A process has one explorer; a panic in any of its threads must find it.
static HELD: Mutex<Option<Held>> = Mutex::new(None);

fn held() -> MutexGuard<'static, Option<Held>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Holds what is on no disk: all notes where their save failed, and what is typed. Only for who has the lock.
pub fn hold(file: &Path, notes: Option<&Notes>, drafts: Vec<Note>) {
    *held() = Some(Held { file: file.to_owned(), notes: notes.cloned(), drafts });
}

/// There is nothing that would be lost.
pub fn let_go() {
    *held() = None;
}

/// Has a panic in any thread keep what is held, once the hook before it has told of the panic.
pub fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            previous(panicked);
            // Who panics while it holds this has nothing to be kept.
            let held = match HELD.try_lock() {
                Ok(mut held) => held.take(),
                Err(TryLockError::Poisoned(held)) => held.into_inner().take(),
                Err(TryLockError::WouldBlock) => None,
            };
            if let Some(held) = held {
                let told = match save(&held) {
                    Ok(()) => "What you had typed is kept as a draft: open the story again.\n".to_owned(),
                    Err(why) => lost(&held, &why),
                };
                // Where standard error is gone too, nobody can be told.
                let _ = io::stderr().lock().write_all(safe(&told).as_bytes());
            }
        }));
    });
}

/// The words that could not be kept, so that they can be copied.
fn lost(held: &Held, why: &str) -> String {
    let mut told = format!("What you had typed is NOT SAVED: {}\n", safe_line(why));
    for draft in &held.drafts {
        told.extend(["On ", &safe_line(&draft.element), ":\n", &draft.text, "\n"]);
    }
    if let Some(text) = held.notes.as_ref().and_then(|notes| notes.write().ok()) {
        told += &text;
    }
    told
}

fn save(held: &Held) -> Result<(), String> {
    let text = disk::read(&held.file).map_err(|error| error.to_string())?;
    let there = text.map_or_else(|| Ok(Notes::default()), |text| Notes::read(&text));
    let there = there.map_err(|error| error.to_string())?;
    let mut notes = match &held.notes {
        Some(own) => {
            let mut own = own.clone();
            own.take_in(&Notes::default(), there);
            own
        }
        None => there,
    };
    for draft in &held.drafts {
        notes.set_draft(draft.clone());
    }
    disk::replace(&RealDisk, &held.file, &notes.write()?).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_becomes_drafts_beside_what_is_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("notes.toml");
        let note = |element: &str, text: &str| Note {
            element: element.to_owned(),
            kind: "event".to_owned(),
            was: "W".to_owned(),
            day: "2025-11-30".to_owned(),
            text: text.to_owned(),
            begun: None,
        };
        let mut there = Notes::default();
        there.set_note(note("a", "there"));
        disk::replace(&RealDisk, &file, &there.write().expect("text")).expect("saved");
        let mut held = Held { file: file.clone(), notes: None, drafts: vec![note("a", "typed")] };
        let on_disk = || Notes::read(&disk::read(&file).expect("read").expect("there")).expect("whole");
        save(&held).expect("saved");
        assert_eq!(on_disk().note("a").map(|note| note.text.clone()).as_deref(), Some("there"));
        assert_eq!(on_disk().draft("a").map(|note| note.text.clone()).as_deref(), Some("typed"));
        let mut own = Notes::default();
        own.set_note(note("b", "of a save that failed"));
        held.notes = Some(own);
        save(&held).expect("saved");
        assert!(on_disk().note("a").is_some() && on_disk().note("b").is_some());
        // A file of a later version is left alone, and the words are given out.
        std::fs::write(&file, "version = 9").expect("written");
        let why = save(&held).expect_err("refused");
        let told = lost(&held, &why);
        assert!(
            told.contains("version 9") && told.contains("typed") && told.contains("of a save that failed")
        );
        assert_eq!(std::fs::read_to_string(&file).expect("there"), "version = 9");
    }
}
