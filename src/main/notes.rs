//! The reader's own layer from outside: opening it for the explorer, and `dateline notes`.

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dateline::cli::{NotesAsked, Place};
use dateline::explorer::Unsaved;
use dateline::reader::disk::{self, RealDisk};
use dateline::reader::notes::{Merged, Notes};
use dateline::reader::place::{Folders, Place as Kept, Whose};
use dateline::reader::store::{NO_FOLDERS, Opened, Store};
use dateline::story::graph::Graph;
use dateline::text::{safe, safe_line};

use super::{Failure, input, print, say};

/// The largest file of notes that is taken in, in bytes.
const LARGEST: u64 = 64 << 20;

/// The layer of a story: the one in a file, or the embedded one. `piped`: it came from standard input.
pub fn open(graph: &Graph, path: Option<&Path>, piped: bool) -> Opened {
    let folders = Folders::of(|name| std::env::var_os(name));
    let whose = match path {
        Some(path) => Some(Whose::File(path)),
        None => (!piped).then_some(Whose::Embedded),
    };
    Store::open(Box::new(RealDisk), folders.as_ref(), whose, &graph.header().title)
}

/// Does what is asked of the notes on a story. The story itself is not read: notes outlive one that is broken or gone.
pub fn run(asked: NotesAsked) -> Result<ExitCode, Failure> {
    match asked {
        NotesAsked::Path(place) => path(&kept(place)?.1),
        NotesAsked::Export(place) => export(&kept(place)?),
        NotesAsked::Import { place, from } => import(&place, &from),
    }
}

/// The story's own file, where it has one, and those of its layer.
fn kept(place: Place) -> Result<(Option<PathBuf>, Kept), Failure> {
    let path = match place {
        Place::File(path) => Some(path),
        Place::Usual => Some(PathBuf::from(input::USUAL)).filter(|path| path.symlink_metadata().is_ok()),
        Place::StandardInput => {
            return Err(Failure::Notes(
                "a story from standard input has no place to keep notes by".to_owned(),
            ));
        }
    };
    let folders = Folders::of(|name| std::env::var_os(name));
    let folders = folders.ok_or_else(|| Failure::Notes(NO_FOLDERS.to_owned()))?;
    let whose = path.as_deref().map_or(Whose::Embedded, Whose::File);
    let kept = Kept::of(&folders, whose);
    Ok((path, kept))
}

/// Where the files are, whether they are there or not.
fn path(kept: &Kept) -> Result<ExitCode, Failure> {
    print(|out| {
        let mut files = [&kept.notes, &kept.progress].into_iter();
        // A program gets the very bytes, so that it finds the file; a terminal what is safe to show.
        let is_terminal = io::stdout().is_terminal();
        files.try_for_each(|file| {
            if is_terminal {
                return writeln!(out, "{}", safe_line(&file.to_string_lossy()));
            }
            out.write_all(file.as_os_str().as_bytes())?;
            out.write_all(b"\n")
        })
    })
}

/// The notes as TOML. What they hold goes out as it is to a file or program, and is made safe on a terminal.
fn export((story, kept): &(Option<PathBuf>, Kept)) -> Result<ExitCode, Failure> {
    let name = safe_line(&kept.notes.to_string_lossy()).into_owned();
    let failure = |why: &dyn std::fmt::Display| Failure::Notes(format!("{name}: {why}"));
    let text = disk::read(&kept.notes).map_err(|error| failure(&error))?;
    if let (None, Some(story)) = (&text, story)
        && !story.exists()
    {
        let story = story.to_string_lossy();
        return Err(Failure::Notes(format!("{story}: there is no such file, and no notes are kept of one")));
    }
    let notes = text.map_or_else(|| Ok(Notes::default()), |text| Notes::read(&text));
    let text = notes.map_err(|error| failure(&error))?.write().map_err(Failure::Notes)?;
    let text = if io::stdout().is_terminal() { safe(&text).into_owned() } else { text };
    print(|out| out.write_all(text.as_bytes()))
}

/// Takes in what a file of notes has; nothing that is there is lost.
fn import(place: &Place, from: &Path) -> Result<ExitCode, Failure> {
    let Place::File(story) = place else {
        return Err(Failure::Notes("a story from standard input has no place to keep notes by".to_owned()));
    };
    if !story.is_file() {
        return Err(Failure::Notes(format!("{}: there is no such file", story.display())));
    }
    let name = safe_line(&from.to_string_lossy()).into_owned();
    let read = if from == Path::new("-") { standard_input() } else { disk::read(from) };
    let text = match read {
        Ok(Some(text)) => text,
        Ok(None) => return Err(Failure::Notes(format!("{name}: there is no such file"))),
        Err(error) => return Err(Failure::Notes(format!("{name}: {error}"))),
    };
    let other = Notes::read(&text).map_err(|error| Failure::Notes(format!("{name}: {error}")))?;
    let folders = Folders::of(|name| std::env::var_os(name));
    let opened = Store::open(Box::new(RealDisk), folders.as_ref(), Some(Whose::File(story)), "");
    let Opened { mut notes, standing, store, .. } = opened;
    if let Some(why) = standing.why_not() {
        return Err(Failure::Notes(why.to_owned()));
    }
    if notes.story.title.is_empty() {
        notes.story.title.clone_from(&other.story.title);
    }
    let Merged { bookmarks, notes: new, conflicts } = notes.merge(other);
    if bookmarks + new + conflicts == 0 {
        return print(|out| writeln!(out, "nothing new: all of it is there already"));
    }
    store.save_notes(&notes).map_err(|why| Failure::NotesUnsaved(Unsaved { why, notes: String::new() }))?;
    let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    print(|out| {
        writeln!(out, "new: {}, {}", counted(bookmarks, "bookmark"), counted(new, "note"))?;
        if conflicts > 0 {
            let both = counted(conflicts, "note");
            writeln!(
                out,
                "{both} stood against another on the same element: both are kept, the old one first"
            )?;
        }
        Ok(())
    })
}

fn standard_input() -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > LARGEST) {
        return Err(io::Error::other("it is larger than 64 MiB"));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| io::Error::other("it is not UTF-8 text"))
}

/// Says that notes could not be saved, and gives them out, so that they can be saved by hand.
pub fn tell_unsaved(unsaved: &Unsaved) {
    say(&format!("error: your notes are not saved: {}\n", safe_line(&unsaved.why)));
    if !unsaved.notes.is_empty() {
        say(
            "here they are; save them to a file, and bring them in with: dateline notes import STORY FILE\n\n",
        );
        say(&safe(&unsaved.notes));
    }
}
