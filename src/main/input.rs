//! From where a story is to be had to its bytes, or why there are none.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek as _, SeekFrom};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use dateline::cli::{self, Place};
use dateline::explorer::watch;
use dateline::plain_file;
use dateline::story;
use dateline::story::diagnostic::{self, Code, Diagnostic, did_you_mean};
use dateline::story::progress::Progress;
use dateline::text;
use rayon::prelude::*;

/// The file opened where none is named.
pub const USUAL: &str = "events.yaml";

const EMBEDDED: &str = "embedded story";
const STANDARD_INPUT: &str = "standard input";

/// The bytes of a story, and what to call where they come from.
pub struct Input {
    /// Safe to show.
    pub name: String,
    /// The file, where there is one.
    pub path: Option<PathBuf>,
    pub bytes: Vec<u8>,
}

/// Why there are no bytes.
pub enum Unread {
    Refused(Refusal),
    /// There are more than are read; the diagnostic that says so.
    TooLarge(Input, Box<Diagnostic>),
}

/// Why a file cannot be read, and the way out.
pub struct Refusal {
    name: String,
    why: String,
    help: Option<String>,
    /// What kind of error the system gave, where it gave one.
    kind: Option<ErrorKind>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, why, help, kind: _ } = self;
        writeln!(f, "error: cannot read {name}: {why}")?;
        help.iter().try_for_each(|help| writeln!(f, "  = help: {help}"))
    }
}

/// Reads a story's bytes, `max_size` of them at most.
pub fn read(place: Place, max_size: u64) -> Result<Input, Unread> {
    read_telling(place, max_size, &Progress::default())
}

/// As [`read`], telling how far it has come.
pub fn read_telling(place: Place, max_size: u64, progress: &Progress) -> Result<Input, Unread> {
    match place {
        Place::File(path) => read_file(&path, max_size, Way::SideBySide, progress),
        Place::Usual if has_usual() => read_file(Path::new(USUAL), max_size, Way::SideBySide, progress),
        Place::Usual => {
            Ok(Input { name: EMBEDDED.to_owned(), path: None, bytes: story::EMBEDDED.as_bytes().to_vec() })
        }
        Place::StandardInput => Reader { name: STANDARD_INPUT.to_owned(), path: None, max_size }.capped(
            io::stdin().lock(),
            Vec::new(),
            progress,
        ),
    }
}

/// What a story is called, before anything of it is read; safe to show.
pub fn name(place: &Place) -> String {
    match place {
        Place::File(path) => shown(path),
        Place::Usual if has_usual() => USUAL.to_owned(),
        Place::Usual => EMBEDDED.to_owned(),
        Place::StandardInput => STANDARD_INPUT.to_owned(),
    }
}

/// The file that a story is in, where it is in one.
pub fn file(place: &Place) -> Option<&Path> {
    match place {
        Place::File(path) => Some(path),
        Place::Usual => has_usual().then(|| Path::new(USUAL)),
        Place::StandardInput => None,
    }
}

/// Whether there is a usual file. A broken link to nowhere is a mistake to be told of, not the absence of a file.
fn has_usual() -> bool {
    fs::symlink_metadata(USUAL).is_ok()
}

/// How the story's file is read once more while it shows.
pub fn reader(max_size: u64) -> watch::Read {
    Box::new(move |path| {
        read_file(path, max_size, Way::InOrder, &Progress::default()).map(|input| input.bytes).map_err(
            |unread| match unread {
                Unread::TooLarge(_, fault) => watch::Unread::TooLarge(fault),
                Unread::Refused(Refusal { kind: Some(ErrorKind::NotFound), .. }) => watch::Unread::Gone,
                Unread::Refused(Refusal { why, .. }) => watch::Unread::Refused(why),
            },
        )
    })
}

/// The stories directly in a folder, in the order of their names.
pub fn stories_in(folder: &Path) -> Result<Vec<PathBuf>, Refusal> {
    let refusal = |why: String, help: Option<String>| Refusal { name: shown(folder), why, help, kind: None };
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut stories: Vec<_> = entries
        .map_err(|error| refusal(why(&error), None))?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml"))
        .filter(|path| !path.is_dir())
        .collect();
    if stories.is_empty() {
        return Err(refusal("there is no *.yaml in this folder".to_owned(), None));
    }
    stories.sort();
    Ok(stories)
}

fn shown(path: &Path) -> String {
    text::safe_line(&path.to_string_lossy()).into_owned()
}

/// The bytes of a regular file. Anything else is refused unopened: a pipe with no writer, or a device without end,
/// would hold the program for ever.
fn read_file(path: &Path, max_size: u64, way: Way, progress: &Progress) -> Result<Input, Unread> {
    let name = shown(path);
    let reader = Reader { name, path: Some(path.to_owned()), max_size };
    let metadata = fs::metadata(path).map_err(|error| {
        let help = misspelt_command(path)
            .filter(|_| error.kind() == ErrorKind::NotFound)
            .map(|command| format!("did you mean the command `{command}`?"));
        Unread::Refused(Refusal { kind: Some(error.kind()), ..reader.refused(why(&error), help) })
    })?;
    if metadata.is_dir() {
        return Err(reader.refusal("it is a folder".to_owned(), Some("name the story file in it".to_owned())));
    }
    if !metadata.is_file() {
        let help = "to read what a program writes: program | dateline -".to_owned();
        return Err(reader.refusal("it is not a regular file".to_owned(), Some(help)));
    }
    if metadata.len() > max_size {
        return Err(reader.too_large());
    }
    progress.size_is(metadata.len());
    let file = plain_file::open(path).map_err(|error| reader.refusal(why(&error), None))?;
    let begun = match way {
        Way::SideBySide => side_by_side(&file, metadata.len(), progress),
        Way::InOrder => Ok(room_for(metadata.len())),
    };
    match begun {
        // What is left is read behind it, and where the file has grown meanwhile that as well.
        Ok(bytes) => reader.capped(file, bytes, progress),
        Err(error) => Err(reader.refusal(why(&error), None)),
    }
}

/// How a file is read.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// As fast as can be.
    SideBySide,
    /// While a story shows, others wait for what works side by side, and must not wait for a disk.
    InOrder,
}

/// How much of a long file is read at a time, side by side.
const STRETCH: usize = 4 << 20;

/// After how much it is told how far it has come.
const STRIDE: usize = 256 << 10;

/// No bytes yet, and room for so many. Where there is none, reading says so.
fn room_for(size: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = bytes.try_reserve_exact(usize::try_from(size).unwrap_or(0).saturating_add(1));
    bytes
}

/// The beginning of a file of so many bytes, if it is long: read in stretches side by side, for most of the time goes into
/// giving the program its memory. The file's position is left behind it.
fn side_by_side(mut file: &File, size: u64, progress: &Progress) -> io::Result<Vec<u8>> {
    let Some(size) = usize::try_from(size).ok().filter(|size| *size > STRETCH) else {
        return Ok(room_for(size));
    };
    // Where there is no room for so much, that is an error and not the end of the program.
    Vec::<u8>::new().try_reserve_exact(size).map_err(|_| ErrorKind::OutOfMemory)?;
    let mut bytes = vec![0; size];
    let stretches = bytes.par_chunks_mut(STRETCH).zip((0..size).into_par_iter().step_by(STRETCH));
    let counts: Vec<usize> =
        stretches.map(|(stretch, at)| fill(file, stretch, at, progress)).collect::<io::Result<_>>()?;
    // Cut off meanwhile, it ends where the first stretch does that is not full.
    let full = counts.iter().take_while(|count| **count == STRETCH).count();
    bytes.truncate(full * STRETCH + counts.get(full).copied().unwrap_or(0));
    file.seek(SeekFrom::Start(u64::try_from(bytes.len()).unwrap_or(u64::MAX)))?;
    Ok(bytes)
}

/// Reads from a place on as much as there is room for, or to the end of the file; how much.
fn fill(file: &File, mut room: &mut [u8], at: usize, progress: &Progress) -> io::Result<usize> {
    let mut filled = 0;
    while !room.is_empty() {
        let stride = room.len().min(STRIDE);
        match file.read_at(&mut room[..stride], u64::try_from(at + filled).unwrap_or(u64::MAX)) {
            Ok(0) => break,
            Ok(count) => {
                progress.fetched(count);
                filled += count;
                room = room.get_mut(count..).unwrap_or_default();
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// What is read, for the messages.
struct Reader {
    name: String,
    path: Option<PathBuf>,
    max_size: u64,
}

impl Reader {
    /// Reads what there is behind `bytes`.
    fn capped(self, input: impl Read, mut bytes: Vec<u8>, progress: &Progress) -> Result<Input, Unread> {
        let length = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let left = self.max_size.saturating_add(1).saturating_sub(length(&bytes));
        match (Counted { input, progress }).take(left).read_to_end(&mut bytes) {
            Err(error) => Err(self.refusal(why(&error), None)),
            Ok(_) if length(&bytes) > self.max_size => Err(self.too_large()),
            Ok(_) => Ok(Input { name: self.name, path: self.path, bytes }),
        }
    }

    fn refusal(&self, why: String, help: Option<String>) -> Unread {
        Unread::Refused(self.refused(why, help))
    }

    fn refused(&self, why: String, help: Option<String>) -> Refusal {
        Refusal { name: self.name.clone(), why, help, kind: None }
    }

    fn too_large(self) -> Unread {
        let size = match self.max_size {
            bytes if bytes.trailing_zeros() >= 20 => format!("{} MiB", bytes >> 20),
            bytes => format!("{bytes} bytes"),
        };
        let fault = Diagnostic::new(
            Code::TooLarge,
            diagnostic::Path::root(),
            format!("this file is larger than {size}"),
        )
        .hint(
            "a story is some kilobytes to megabytes of text; is this the right file? --max-size reads more",
        );
        Unread::TooLarge(Input { name: self.name, path: self.path, bytes: Vec::new() }, Box::new(fault))
    }
}

/// Counts what is read.
struct Counted<'p, R> {
    input: R,
    progress: &'p Progress,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer).inspect(|count| self.progress.fetched(*count))
    }
}

fn why(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you are not permitted to read it".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// The command meant by what was taken for a file name, where one is near.
fn misspelt_command(path: &Path) -> Option<String> {
    let commands = cli::commands();
    did_you_mean(path.to_str()?, commands.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that differ from stretch to stretch and within each.
    fn bytes(count: usize) -> Vec<u8> {
        (0..count).map(|place| (place % 251).to_le_bytes()[0] ^ (place / STRETCH).to_le_bytes()[0]).collect()
    }

    /// What is read of a file of so many bytes that seemed to have `seemed`.
    fn read(length: usize, seemed: usize, max_size: usize) -> Result<Vec<u8>, ()> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("story.yaml");
        fs::write(&path, bytes(length)).expect("written");
        let file = File::open(&path).expect("a file");
        let size = |bytes: usize| u64::try_from(bytes).expect("small");
        let begun = side_by_side(&file, size(seemed), &Progress::default()).expect("read");
        let reader = Reader { name: "a story".to_owned(), path: None, max_size: size(max_size) };
        reader.capped(file, begun, &Progress::default()).map(|input| input.bytes).map_err(|_| ())
    }

    #[test]
    fn all_of_a_file_is_read_whatever_it_seemed_to_hold() {
        let long = 2 * STRETCH;
        for (length, seemed) in [
            (long, long),
            (long + 1, long + 1),
            (long + STRETCH / 2, long + STRETCH / 2),
            (10, 10),
            // It was cut off meanwhile: in a stretch, between two, to nothing.
            (STRETCH + 5, long + 7),
            (STRETCH, long + 7),
            (5, long),
            (0, long),
            // It has grown.
            (long + 9, long),
            (long + STRETCH + 9, long),
            (long, STRETCH - 1),
        ] {
            let read = read(length, seemed, 100 * STRETCH).expect("small enough");
            assert!(read == bytes(length), "{length} bytes that seemed {seemed}: {}", read.len());
        }
    }

    #[test]
    fn what_has_grown_too_large_is_refused() {
        let long = 2 * STRETCH;
        assert!(read(long + 9, long, long + 9).is_ok());
        assert!(read(long + 9, long, long + 8).is_err());
        assert!(read(long + 9, long, long - 1).is_err());
    }
}
