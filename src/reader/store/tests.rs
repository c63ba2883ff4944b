use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use tempfile::TempDir;

use super::super::disk::RealDisk;
use super::super::notes::{Marked, Note};
use super::super::progress::Position;
use super::*;

/// A folder of the reader's own, and a story in it.
struct Home {
    _folder: TempDir,
    folders: Folders,
    story: PathBuf,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let folders = Folders { data: folder.path().join("data"), state: folder.path().join("state") };
        let story = folder.path().join("events.yaml");
        fs::write(&story, "").expect("written");
        Self { _folder: folder, folders, story }
    }

    fn open_on(&self, disk: Box<dyn Disk>) -> Opened {
        Store::open(disk, Some(&self.folders), Some(Whose::File(&self.story)), "T")
    }

    fn open(&self) -> Opened {
        self.open_on(Box::new(RealDisk))
    }

    fn place(&self) -> Place {
        Place::of(&self.folders, Whose::File(&self.story))
    }

    /// The notes as they stand on the disk; fails where the file is torn.
    fn on_disk(&self) -> Notes {
        let text = disk::read(&self.place().notes).expect("readable").unwrap_or("version = 1".to_owned());
        Notes::read(&text).expect("whole")
    }
}

fn note(element: &str, text: &str) -> Note {
    let (kind, was, day) = ("event".to_owned(), "W".to_owned(), "2025-11-30".to_owned());
    Note { element: element.to_owned(), kind, was, day, text: text.to_owned(), begun: None }
}

/// A disk of which the `at`th operation fails, counted from 0; of a write only half is done then.
struct Failing {
    at: usize,
    done: Arc<AtomicUsize>,
}

impl Failing {
    fn step(&self) -> io::Result<()> {
        let step = self.done.fetch_add(1, Ordering::SeqCst);
        if step == self.at { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Disk for Failing {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.make_folder(folder))
    }

    fn make_new(&self, path: &Path) -> io::Result<File> {
        self.step().and_then(|()| RealDisk.make_new(path))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        self.step().or_else(|error| file.write_all(&bytes[..bytes.len() / 2]).and(Err(error)))?;
        RealDisk.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.sync(file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step().and_then(|()| RealDisk.rename(from, to))
    }

    fn open_folder(&self, folder: &Path) -> io::Result<File> {
        self.step().and_then(|()| RealDisk.open_folder(folder))
    }
}

#[test]
fn what_is_saved_is_there_when_it_is_opened_again() {
    let home = Home::new();
    let mut opened = home.open();
    assert_eq!((&opened.standing, opened.notes.is_empty()), (&Standing::Writes, true));
    opened.notes.set_note(note("memo", "Ask them."));
    opened.progress.position = Some(Position { event: "memo".to_owned() });
    opened.store.save_notes(&opened.notes).expect("saved");
    opened.store.save_progress(&opened.progress).expect("saved");
    let (notes, progress) = (opened.notes.clone(), opened.progress.clone());
    drop(opened);
    let again = home.open();
    assert_eq!((again.notes, again.progress), (notes, progress));
}

/// Old notes are on the disk and new ones are saved, with the `at`th operation failing: what then came of it.
fn fail_at(at: usize) -> (usize, Result<Option<Notes>, String>) {
    let home = Home::new();
    let mut opened = home.open();
    opened.notes.set_note(note("memo", &"The old words. ".repeat(500)));
    opened.store.save_notes(&opened.notes).expect("saved");
    let old = opened.notes.clone();
    drop(opened);

    let done = Arc::new(AtomicUsize::new(usize::MAX / 2));
    let mut opened = home.open_on(Box::new(Failing { at, done: Arc::clone(&done) }));
    assert_eq!(opened.standing, Standing::Writes);
    opened.notes.set_note(note("memo", &"The new words. ".repeat(500)));
    done.store(0, Ordering::SeqCst);
    let saved = opened.store.save_notes(&opened.notes);
    let on_disk = home.on_disk();
    assert!(on_disk == old || on_disk == opened.notes, "torn at {at}");
    if saved.is_ok() {
        assert_eq!(on_disk, opened.notes, "acknowledged at {at}");
    }
    let files = fs::read_dir(&home.folders.data).expect("the folder").count();
    assert_eq!(files, 2, "the notes and the lock, and nothing half done, at {at}");
    let steps = done.load(Ordering::SeqCst);
    // The next save works again.
    opened.store.save_notes(&opened.notes).expect("saved");
    assert_eq!(home.on_disk(), opened.notes);
    (steps, saved)
}

#[test]
fn row_51_whatever_operation_fails_the_old_or_the_new_file_is_whole() {
    let (steps, saved) = fail_at(usize::MAX);
    assert_eq!((steps, saved), (7, Ok(None)));
    for at in 0..steps {
        let (_, saved) = fail_at(at);
        assert_eq!(saved, Err("the disk is full".to_owned()), "{at}");
    }
}

#[test]
fn row_51_where_the_first_save_of_all_fails_nothing_is_there() {
    for at in 0.. {
        let home = Home::new();
        let done = Arc::new(AtomicUsize::new(0));
        let mut opened = home.open_on(Box::new(Failing { at, done: Arc::clone(&done) }));
        opened.notes.set_note(note("memo", "x"));
        let saved = opened.store.save_notes(&opened.notes);
        match &opened.standing {
            // The lock's own folder could not be made.
            Standing::ReadsOnly(why) => assert!(why.ends_with("the disk is full"), "{why}"),
            standing => assert_eq!(*standing, Standing::Writes),
        }
        let on_disk = home.on_disk();
        assert!(on_disk.is_empty() || on_disk == opened.notes, "{at}");
        if done.load(Ordering::SeqCst) <= at {
            assert_eq!((saved, on_disk), (Ok(None), opened.notes));
            break;
        }
        assert!(saved.is_err(), "{at}");
    }
}

#[test]
fn row_51_a_folder_that_cannot_be_written_to_keeps_the_old_file() {
    let home = Home::new();
    let mut opened = home.open();
    opened.notes.set_note(note("memo", "old"));
    opened.store.save_notes(&opened.notes).expect("saved");
    let old = opened.notes.clone();
    opened.notes.set_note(note("memo", "new"));
    fs::set_permissions(&home.folders.data, fs::Permissions::from_mode(0o500)).expect("set");
    let saved = opened.store.save_notes(&opened.notes);
    // Root may write where nobody may.
    if rustix::process::geteuid().is_root() {
        assert_eq!(saved, Ok(None));
    } else {
        assert_eq!(saved, Err("you are not permitted to write there".to_owned()));
        assert_eq!(home.on_disk(), old);
    }
    fs::set_permissions(&home.folders.data, fs::Permissions::from_mode(0o700)).expect("set");
}

#[test]
fn row_53_a_second_instance_reads_only() {
    let home = Home::new();
    let mut first = home.open();
    first.notes.set_note(note("memo", "first"));
    first.store.save_notes(&first.notes).expect("saved");
    let mut second = home.open();
    assert!(matches!(&second.standing, Standing::ReadsOnly(why) if why.starts_with("another dateline")));
    assert_eq!(second.notes, first.notes, "it shows them");
    second.notes.set_note(note("memo", "second"));
    assert!(second.store.save_notes(&second.notes).is_err());
    assert!(second.store.save_progress(&second.progress).is_err());
    assert_eq!(home.on_disk(), first.notes);
    assert!(second.store.waits() && second.store.take_over().is_none());
    first.notes.set_note(note("letter", "later"));
    first.store.save_notes(&first.notes).expect("saved");
    let notes = first.notes.clone();
    drop(first);
    let over = second.store.take_over().expect("the first has ended");
    assert_eq!((&over.standing, &over.notes), (&Standing::Writes, &notes));
    assert!(!over.store.waits() && over.store.save_notes(&over.notes).is_ok());
    drop((over, second));
    assert_eq!(home.open().standing, Standing::Writes);
}

#[test]
fn a_state_folder_that_cannot_be_is_told_of_at_once_and_notes_are_kept() {
    let mut home = Home::new();
    home.folders.state = home.story.join("reading");
    let opened = home.open();
    assert_eq!(opened.standing, Standing::Writes);
    assert!(opened.unkept.is_some_and(|why| why.contains("reading")));
    assert!(opened.store.save_notes(&opened.notes).is_ok());
    assert!(opened.store.save_progress(&opened.progress).is_err());
    assert_eq!(Home::new().open().unkept, None);
}

#[test]
fn a_newer_or_damaged_file_is_never_written_over() {
    for (text, why) in
        [("version = 2\nx = 1\n", "version 2"), ("version = 1\n[[note", "line 2"), ("", "version = 1")]
    {
        for is_notes in [true, false] {
            let home = Home::new();
            let place = home.place();
            let file = if is_notes { place.notes } else { place.progress };
            fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            fs::write(&file, text).expect("written");
            let opened = home.open();
            let Standing::ReadsOnly(told) = &opened.standing else { panic!("{:?}", opened.standing) };
            assert!(told.contains("is left alone") && told.contains(why), "{told}");
            assert!(opened.store.save_notes(&opened.notes).is_err());
            assert!(opened.store.save_progress(&opened.progress).is_err());
            assert_eq!(fs::read_to_string(&file).expect("there"), text);
        }
    }
}

#[test]
fn row_54_without_a_home_or_a_place_the_layer_is_off_and_says_so() {
    let home = Home::new();
    for (folders, whose, said) in [
        (None, Some(Whose::File(home.story.as_path())), "neither HOME nor"),
        (Some(&home.folders), None, "standard input"),
    ] {
        let opened = Store::open(Box::new(RealDisk), folders, whose, "T");
        let Standing::Off(why) = &opened.standing else { panic!("{:?}", opened.standing) };
        assert!(why.contains(said), "{why}");
        assert!(opened.store.save_notes(&opened.notes).is_err());
    }
    assert!(!home.folders.data.exists() && !home.folders.state.exists());
}

/// The same file, written by hand.
fn by_hand(home: &Home, change: impl FnOnce(&mut Notes)) {
    let mut notes = home.on_disk();
    change(&mut notes);
    fs::write(home.place().notes, notes.write().expect("text")).expect("written");
}

#[test]
fn what_someone_else_wrote_into_the_file_is_kept_by_the_next_save() {
    let home = Home::new();
    let mut opened = home.open();
    opened.notes.set_note(note("memo", "mine"));
    assert_eq!(opened.store.save_notes(&opened.notes), Ok(None));
    by_hand(&home, |notes| {
        notes.set_note(note("memo", "by hand"));
        notes.set_note(note("letter", "a sync tool's"));
    });
    opened.notes.set_note(note("memo", "mine, and more"));
    opened.notes.set_note(note("call", "mine too"));
    let merged = opened.store.save_notes(&opened.notes).expect("saved").expect("told");
    assert_eq!(home.on_disk(), merged);
    let text = |id| merged.note(id).map_or("", |note| note.text.as_str());
    assert!(
        text("memo").starts_with("mine, and more\n\n[also noted") && text("memo").contains("by hand"),
        "{merged:?}"
    );
    assert_eq!((text("letter"), text("call")), ("a sync tool's", "mine too"));
    // From then on that is what is known.
    assert_eq!(opened.store.save_notes(&merged), Ok(None));
    // A file that was taken away is written again.
    fs::remove_file(home.place().notes).expect("removed");
    assert_eq!(opened.store.save_notes(&merged), Ok(None));
    assert_eq!(home.on_disk(), merged);
}

#[test]
fn a_file_that_has_become_newer_or_unreadable_is_not_written_over() {
    for (text, why) in [("version = 2\nx = 1\n", "version 2"), ("version = 1\n[[note", "line 2")] {
        let home = Home::new();
        let mut opened = home.open();
        opened.notes.set_note(note("memo", "mine"));
        opened.store.save_notes(&opened.notes).expect("saved");
        fs::write(home.place().notes, text).expect("written");
        opened.notes.set_note(note("memo", "mine, and more"));
        let told = opened.store.save_notes(&opened.notes).expect_err("refused");
        assert!(told.contains(why) && told.contains("is left alone"), "{told}");
        assert_eq!(fs::read_to_string(home.place().notes).expect("there"), text);
        // Mended, it takes the save.
        by_hand_text(&home, "version = 1\n");
        opened.store.save_notes(&opened.notes).expect("saved");
        assert_eq!(home.on_disk().note("memo").map(|note| note.text.as_str()), Some("mine, and more"));
    }
}

fn by_hand_text(home: &Home, text: &str) {
    fs::write(home.place().notes, text).expect("written");
}

#[test]
fn a_save_that_failed_after_its_rename_is_no_other_s() {
    let home = Home::new();
    let done = Arc::new(AtomicUsize::new(usize::MAX / 2));
    // The last step of a save: the folder's sync.
    let mut opened = home.open_on(Box::new(Failing { at: 6, done: Arc::clone(&done) }));
    opened.notes.set_note(note("memo", "first"));
    done.store(0, Ordering::SeqCst);
    assert!(opened.store.save_notes(&opened.notes).is_err());
    assert_eq!(home.on_disk(), opened.notes, "it came as far as the rename");
    opened.notes.set_note(note("memo", "second"));
    assert_eq!(opened.store.save_notes(&opened.notes), Ok(None));
    assert_eq!(home.on_disk(), opened.notes);
}

/// Something a reader does.
#[derive(Debug, Clone)]
enum Deed {
    Bookmark(u8),
    Note(u8, String),
    Draft(u8, String),
    Reopen,
    /// Another file is merged in.
    Import(u8, String),
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = "[a-z\n\"]{0,6}";
    prop_oneof![
        (0..4_u8).prop_map(Deed::Bookmark),
        (0..4_u8, words).prop_map(|(element, text)| Deed::Note(element, text)),
        (0..4_u8, words).prop_map(|(element, text)| Deed::Draft(element, text)),
        Just(Deed::Reopen),
        (0..4_u8, words).prop_map(|(element, text)| Deed::Import(element, text)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Held to a model: what each element's note and bookmark are, by the rules in words.
    #[test]
    fn the_store_holds_what_a_model_of_it_holds(deeds in prop::collection::vec(deed(), 0..25)) {
        let home = Home::new();
        let mut opened = home.open();
        let mut model = std::collections::BTreeMap::<String, (bool, String)>::new();
        for deed in deeds {
            match deed {
                Deed::Bookmark(element) => {
                    let id = format!("e{element}");
                    let Note { element, kind, was, day, .. } = note(&id, "");
                    let set = opened.notes.toggle_bookmark(Marked { element, kind, was, day });
                    let entry = model.entry(id).or_default();
                    entry.0 = !entry.0;
                    prop_assert_eq!(set, entry.0);
                }
                Deed::Note(element, text) => {
                    let id = format!("e{element}");
                    opened.notes.set_note(note(&id, &text));
                    model.entry(id).or_default().1 = if text.trim().is_empty() { String::new() } else { text };
                }
                Deed::Draft(element, text) => opened.notes.set_draft(note(&format!("e{element}"), &text)),
                Deed::Reopen => {
                    drop(opened);
                    opened = home.open();
                }
                Deed::Import(element, text) => {
                    let id = format!("e{element}");
                    let mut other = Notes::default();
                    other.set_note(note(&id, &text));
                    let before = model.get(&id).map(|(_, text)| text.clone()).unwrap_or_default();
                    opened.notes.merge(other);
                    let own = opened.notes.note(&id).map(|note| note.text.clone()).unwrap_or_default();
                    prop_assert!(own.contains(before.trim_end()) && own.contains(text.trim()));
                    model.entry(id).or_default().1 = own;
                }
            }
            opened.store.save_notes(&opened.notes).expect("saved");
            let on_disk = home.on_disk();
            for (id, (bookmarked, text)) in &model {
                prop_assert_eq!(on_disk.is_bookmarked(id), *bookmarked);
                prop_assert_eq!(on_disk.note(id).map_or("", |note| &note.text), text.as_str());
            }
        }
    }
}
