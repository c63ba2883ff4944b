//! The real program on a file that is saved under it, in every way that editors save: each save is seen, and nothing but
//! whole files.
//!
//! Each way is gone through twice; with `DATELINE_LONG_RUNS=1` fifty times. Screens are waited for, never slept for: who
//! sleeps is the writer.

#[path = "support/pty.rs"]
mod pty;

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use pty::{Exit, Session};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

/// How often each way to save is gone through.
fn rounds() -> usize {
    if std::env::var_os("DATELINE_LONG_RUNS").is_some() { 50 } else { 2 }
}

/// A story whose first part stands for itself, and says which version it is at its start and at its end.
fn story(version: usize) -> String {
    format!(
        "format: 1\nstory: {{title: A story that is being written}}\nsources:\n  - {{id: wire, title: Headline, kind: article}}\nevents:\n  - {{id: first, title: Version {version:04}, when: '2025-11-01', status: occurred, sources: [wire]}}\n  - {{id: last, title: Whole {version:04}, when: '2025-11-02', status: occurred, sources: [wire]}}\n"
    )
}

/// A folder with a story in it, and the program that shows it.
struct Desk {
    folder: PathBuf,
    file: PathBuf,
    session: Session,
    version: usize,
}

impl Desk {
    /// Opens a story in a folder of this name.
    fn open(name: &str) -> Self {
        Self::open_as(name, |folder, text| {
            let file = folder.join("events.yaml");
            fs::write(&file, text).expect("the story is written");
            file
        })
    }

    /// Opens the file that `lay` makes in a folder.
    fn open_as(name: &str, lay: impl FnOnce(&Path, &str) -> PathBuf) -> Self {
        let folder =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder can be made");
        let file = lay(&folder, &story(0));
        let session = Session::spawn(PROGRAM, &[file.to_str().expect("a path that is text")], 24, 108, &[]);
        session.wait_for_text("Version 0000");
        Self { folder, file, session, version: 0 }
    }

    /// The text of the version after this one.
    fn next(&mut self) -> String {
        self.version += 1;
        story(self.version)
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Waits until this version shows, and nothing is wrong with it.
    fn wait(&self) {
        let version = format!("Version {:04}", self.version);
        let whole = format!("Whole {:04}", self.version);
        self.session.wait_for(
            |screen| {
                let contents = screen.contents();
                let well = !contents.contains("is gone") && !contents.contains("cannot be read");
                contents.contains(&version) && contents.contains(&whole) && well
            },
            &format!("{version} after {} saves", self.version),
        );
    }

    /// Saves in some way, so often as it takes; each save must show.
    fn saves(name: &str, save: impl Fn(&mut Self, &str)) {
        let mut desk = Self::open(name);
        for _ in 0..rounds() {
            let text = desk.next();
            save(&mut desk, &text);
            desk.wait();
        }
        desk.close();
    }

    fn close(mut self) {
        self.session.send("q");
        assert_eq!(self.session.wait_exit(), Exit::Code(0));
        self.session.assert_given_back();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn row_55_a_save_by_truncation() {
    Desk::saves("truncation", |desk, text| fs::write(&desk.file, text).expect("a save"));
}

#[test]
fn row_55_an_editor_that_saves_by_rename() {
    Desk::saves("rename", |desk, text| {
        let beside = desk.beside(".events.yaml.tmp-1");
        fs::write(&beside, text).expect("a save");
        fs::rename(&beside, &desk.file).expect("a save");
    });
}

#[test]
fn row_55_an_editor_that_puts_the_old_file_aside() {
    // As vim does with `backupcopy=no`, and `4913` to see whether it may write here at all.
    Desk::saves("aside", |desk, text| {
        let (probe, backup) = (desk.beside("4913"), desk.beside("events.yaml~"));
        File::create(&probe).expect("a save");
        fs::remove_file(&probe).expect("a save");
        fs::rename(&desk.file, &backup).expect("a save");
        fs::write(&desk.file, text).expect("a save");
        fs::remove_file(&backup).expect("a save");
    });
}

#[test]
fn row_55_an_editor_that_keeps_a_backup_and_locks() {
    // As Emacs does: a lock that leads nowhere, a copy saved by itself, the backup by rename at the first save only.
    Desk::saves("backup", |desk, text| {
        let (lock, own) = (desk.beside(".#events.yaml"), desk.beside("#events.yaml#"));
        symlink("reader@desk.1:1", &lock).expect("a save");
        fs::write(&own, text).expect("a save");
        let backup = desk.beside("events.yaml~");
        if !backup.exists() {
            fs::rename(&desk.file, &backup).expect("a save");
        }
        fs::write(&desk.file, text).expect("a save");
        fs::remove_file(&own).expect("a save");
        fs::remove_file(&lock).expect("a save");
    });
}

#[test]
fn row_55_a_link_that_is_made_to_lead_elsewhere_and_what_it_leads_to() {
    let mut desk = Desk::open_as("links", |folder, text| {
        let place = folder.join("version-0");
        fs::create_dir(&place).expect("a folder");
        fs::write(place.join("story.yaml"), text).expect("the story is written");
        symlink("version-0/story.yaml", folder.join("events.yaml")).expect("a link");
        folder.join("events.yaml")
    });
    for _ in 0..rounds() {
        let text = desk.next();
        let place = desk.beside(&format!("version-{}", desk.version));
        fs::create_dir(&place).expect("a folder");
        fs::write(place.join("story.yaml"), text).expect("a save");
        symlink(place.join("story.yaml"), desk.beside("link")).expect("a save");
        fs::rename(desk.beside("link"), &desk.file).expect("a save");
        desk.wait();
        // And a save of the file itself, in the folder that the link leads to now.
        let text = desk.next();
        fs::write(place.join("story.tmp"), text).expect("a save");
        fs::rename(place.join("story.tmp"), place.join("story.yaml")).expect("a save");
        desk.wait();
    }
    desk.close();
}

#[test]
fn row_56_a_file_that_is_written_piece_by_piece_shows_whole() {
    Desk::saves("pieces", |desk, text| {
        let mut file = File::create(&desk.file).expect("a save");
        // Cut between its two events, it reads as a story.
        let half = text.find("  - {id: last").expect("the second event");
        assert!(dateline::story::read(&text.as_bytes()[..half]).is_ok());
        for piece in [&text[..half / 2], &text[half / 2..half], &text[half..]] {
            file.write_all(piece.as_bytes()).expect("a save");
            file.sync_data().expect("a save");
        }
        drop(file);
        desk.wait();
        let output = desk.session.raw_output();
        let said = |words: &str| output.windows(words.len()).any(|at| at == words.as_bytes());
        assert!(!said("gone") && !said("cannot be read"), "half of the file was taken for it");
    });
}

/// A story of forty events whose titles tell which version it is, so that no version begins as another does.
fn forty(version: usize) -> String {
    let event = |event: usize| {
        format!(
            "  - {{id: e{event}, title: Event {event} of {version:04}, when: '2025-12-{:02}', status: occurred, sources: [wire]}}\n",
            event % 28 + 1
        )
    };
    story(version) + &(0..38).map(event).collect::<String>()
}

#[test]
fn row_56_a_file_that_is_closed_in_the_middle_and_appended_to_shows_whole_and_the_reader_stays() {
    let mut desk = Desk::open_as("append", |folder, _| {
        let file = folder.join("events.yaml");
        fs::write(&file, forty(0)).expect("the story is written");
        file
    });
    desk.session.send("39G");
    desk.session.wait_for_text("39/40");
    for _ in 0..rounds() {
        desk.version += 1;
        let text = forty(desk.version);
        let half = text.match_indices("  - {id: e").nth(18).expect("so many events").0;
        assert!(dateline::story::read(&text.as_bytes()[..half]).is_ok());
        fs::write(&desk.file, &text[..half]).expect("a save");
        // The writer takes their time, and the reader looks at something else meanwhile.
        std::thread::sleep(std::time::Duration::from_millis(400));
        desk.session.send("?");
        desk.session.wait_for_text("Help");
        desk.session.send("\x1b");
        desk.session.wait_for_text("39/40");
        let mut file = fs::OpenOptions::new().append(true).open(&desk.file).expect("a file");
        file.write_all(&text.as_bytes()[half..]).expect("a save");
        drop(file);
        desk.session.wait_for_text(&format!("of {:04}", desk.version));
        desk.session.wait_for_text("39/40");
        let output = desk.session.raw_output();
        let said = |words: &str| output.windows(words.len()).any(|at| at == words.as_bytes());
        assert!(!said(" gone") && !said(" new;") && !said("/21"), "half of the file was taken for it");
    }
    desk.close();
}

#[test]
fn row_55_a_file_under_constant_signs() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let mut desk = Desk::open("constant");
    let stop = std::sync::Arc::new(AtomicBool::new(false));
    let toucher = {
        let (stop, file) = (std::sync::Arc::clone(&stop), desk.file.clone());
        std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                // Its time is another one, its text is not.
                if let Ok(file) = fs::OpenOptions::new().append(true).open(&file) {
                    let _ = file.set_modified(std::time::SystemTime::now());
                }
                std::thread::sleep(std::time::Duration::from_millis(30));
            }
        })
    };
    for _ in 0..rounds().min(10) {
        let text = desk.next();
        fs::write(&desk.file, text).expect("a save");
        desk.session.send("\x12");
        desk.session.wait_for(
            |screen| {
                let contents = screen.contents();
                contents.contains("again") || contents.contains("is being written")
            },
            "an answer to Ctrl-r",
        );
        desk.wait();
    }
    stop.store(true, Ordering::Relaxed);
    toucher.join().expect("it ends");
    desk.close();
}

#[test]
fn row_55_a_save_in_place_that_keeps_size_and_time() {
    Desk::saves("stamp", |desk, text| {
        let time = fs::metadata(&desk.file).and_then(|metadata| metadata.modified()).expect("a time");
        fs::write(&desk.file, text).expect("a save");
        let file = fs::OpenOptions::new().append(true).open(&desk.file).expect("a file");
        file.set_modified(time).expect("a time");
    });
}

#[test]
fn row_56_a_broken_file_leaves_the_story_and_names_the_line_until_it_is_whole() {
    Desk::saves("broken", |desk, text| {
        let broken = text.replace("sources: [wire]", "sources: [wier]");
        fs::write(&desk.file, broken).expect("a save");
        desk.session.wait_for(
            |screen| {
                let contents = screen.contents();
                contents.contains("events.yaml cannot be read: line 6: ")
                    && contents.contains("; ! lists all")
                    && contents.contains(&format!("Version {:04}", desk.version - 1))
            },
            "the banner over the last good story",
        );
        desk.session.send("!");
        desk.session.wait_for_text("line 7, column");
        desk.session.send("!");
        fs::write(&desk.file, text).expect("a save");
    });
}

#[test]
fn row_57_a_file_that_is_deleted_and_comes_back() {
    Desk::saves("deleted", |desk, text| {
        fs::remove_file(&desk.file).expect("a file");
        desk.session.wait_for_text("events.yaml is gone; the story of ");
        fs::write(&desk.file, text).expect("a save");
        desk.wait();
        // And in one go, too fast to be told.
        let text = desk.next();
        fs::remove_file(&desk.file).expect("a file");
        fs::write(&desk.file, text).expect("a save");
    });
}

#[test]
fn row_57_a_folder_that_is_deleted_and_comes_back() {
    let mut desk = Desk::open_as("folder", |folder, text| {
        fs::create_dir(folder.join("stories")).expect("a folder");
        fs::write(folder.join("stories/events.yaml"), text).expect("the story is written");
        folder.join("stories/events.yaml")
    });
    for _ in 0..rounds().min(5) {
        let text = desk.next();
        fs::remove_dir_all(desk.beside("stories")).expect("a folder");
        desk.session.wait_for_text("events.yaml is gone; the story of ");
        fs::create_dir(desk.beside("stories")).expect("a folder");
        fs::write(&desk.file, text).expect("a save");
        desk.wait();
        // The folder is another one of the same name, and is watched as well.
        let text = desk.next();
        fs::write(&desk.file, text).expect("a save");
        desk.wait();
    }
    desk.close();
}

#[test]
fn row_57_what_cannot_be_read_is_said_and_the_story_comes_back_with_the_file() {
    Desk::saves("unreadable", |desk, text| {
        fs::remove_file(&desk.file).expect("a file");
        fs::create_dir(&desk.file).expect("a folder");
        desk.session.wait_for_text("events.yaml cannot be read: it is a folder; the story of ");
        fs::remove_dir(&desk.file).expect("a folder");
        symlink("nowhere", &desk.file).expect("a link");
        desk.session.wait_for_text("events.yaml is gone; the story of ");
        fs::remove_file(&desk.file).expect("a link");
        fs::write(&desk.file, text).expect("a save");
    });
}

#[test]
fn row_33_a_file_that_grows_past_the_cap_is_not_read() {
    Desk::saves("large", |desk, text| {
        File::create(&desk.file).and_then(|file| file.set_len(1 << 30)).expect("a file full of nothing");
        desk.session.wait_for_text("this file is larger than ");
        fs::write(&desk.file, text).expect("a save");
    });
}

/// A shell whose programs are told of no change by the system.
const UNTOLD: &str = r#"echo 0 >/proc/sys/user/max_inotify_instances && exec "$0" "$@""#;

#[test]
fn row_55_where_the_system_tells_of_nothing_the_file_is_looked_at() {
    let probe = std::process::Command::new("unshare").args(["-Ur", "sh", "-c", UNTOLD, "true"]).output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        eprintln!("not tried: this system does not let a test take its watches away");
        return;
    }
    let mut desk = Desk::open("untold");
    let file = desk.file.to_str().expect("a path that is text").to_owned();
    desk.session = Session::spawn("unshare", &["-Ur", "sh", "-c", UNTOLD, PROGRAM, &file], 24, 108, &[]);
    desk.session.wait_for_text("the file is looked at every 2 seconds: it cannot be watched: ");
    for _ in 0..2 {
        let text = desk.next();
        fs::write(&desk.file, text).expect("a save");
        desk.wait();
    }
    desk.close();
}

#[test]
fn a_reader_who_is_in_the_middle_of_it_stays_there() {
    let mut desk = Desk::open("middle");
    desk.session.send("j");
    desk.session.wait_for_text("2/2");
    desk.session.send("/wh");
    desk.session.wait_for_text("/ wh");
    let text = desk.next().replace(
        "events:\n",
        "events:\n  - {id: before, title: Before all, when: '2025-10-01', status: occurred, sources: [wire]}\n",
    );
    fs::write(&desk.file, text).expect("a save");
    desk.session.wait_for_text("1 new, 2 changed; ! lists what");
    desk.session.wait_for_text("/ wh");
    desk.session.send("\x1b");
    desk.session.wait_for_text("3/3");
    desk.wait();
    desk.close();
}
