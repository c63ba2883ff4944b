//! Where the reader's files are: in the XDG folders of data and of state, under a name made from the story's place.
//!
//! A story is known by the path of its file with all links resolved; the embedded one by being that. A story from
//! standard input has no place, and so no layer. A file that is moved or renamed is another story: `dateline notes
//! import` brings the notes over.
//!
//! Imports nothing from the rest of the crate; the environment is a parameter.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// Characters of a file's own name that its notes are called by, so that people find them.
const LONGEST_STEM: usize = 40;

/// The name of the embedded story's files.
const EMBEDDED: &str = "embedded-story";

/// The folders of everything the reader keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Of notes and bookmarks.
    pub data: PathBuf,
    /// Of what was read.
    pub state: PathBuf,
}

impl Folders {
    /// The folders the environment names: `XDG_DATA_HOME` and `XDG_STATE_HOME` where they are absolute, as the XDG
    /// specification has it, else `.local/share` and `.local/state` in `HOME`; `None` where that is not set. No home
    /// is looked up beside the environment: whoever takes HOME away does not want files there.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let folder = |name: &str, below: &str| {
            absolute(name).or_else(|| absolute("HOME").map(|home| home.join(".local").join(below)))
        };
        let data = folder("XDG_DATA_HOME", "share")?.join("dateline").join("notes");
        let state = folder("XDG_STATE_HOME", "state")?.join("dateline").join("reading");
        Some(Self { data, state })
    }
}

/// Which story it is, as far as places go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// The story in this file.
    File(&'a Path),
    /// The embedded story.
    Embedded,
}

/// The files of one story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Notes and bookmarks.
    pub notes: PathBuf,
    /// What was read, and the last position.
    pub progress: PathBuf,
    /// What a running instance holds locked.
    pub lock: PathBuf,
    /// The story's own file, with all links resolved; `None` for the embedded one.
    pub story: Option<PathBuf>,
}

impl Place {
    /// The files of a story in these folders.
    pub fn of(folders: &Folders, whose: Whose<'_>) -> Self {
        let (name, story) = match whose {
            Whose::Embedded => (EMBEDDED.to_owned(), None),
            Whose::File(path) => {
                // A file that has gone meanwhile is still known by where it was.
                let path =
                    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or(path.to_owned());
                (name_of(&path), Some(path))
            }
        };
        Self {
            notes: folders.data.join(format!("{name}.toml")),
            progress: folders.state.join(format!("{name}.toml")),
            lock: folders.data.join(format!("{name}.lock")),
            story,
        }
    }
}

/// `events-3f2a9c…`: what people know the file by, and what no other file has.
fn name_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |character: char| {
        if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '-' }
    };
    let stem: String = stem.chars().map(plain).take(LONGEST_STEM).collect();
    let sum = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let sum = sum.iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    format!("{}-{sum}", stem.trim_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(pairs: &[(&str, &str)]) -> Option<Folders> {
        Folders::of(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn the_environment_names_the_folders() {
        let given =
            folders(&[("XDG_DATA_HOME", "/d"), ("XDG_STATE_HOME", "/s"), ("HOME", "/h")]).expect("folders");
        assert_eq!(given, Folders { data: "/d/dateline/notes".into(), state: "/s/dateline/reading".into() });
        // What is not absolute is as if it were not there.
        let home =
            folders(&[("XDG_DATA_HOME", "d"), ("XDG_STATE_HOME", ""), ("HOME", "/h")]).expect("folders");
        assert_eq!(home.data, Path::new("/h/.local/share/dateline/notes"));
        assert_eq!(home.state, Path::new("/h/.local/state/dateline/reading"));
    }

    #[test]
    fn row_54_no_home_is_no_place() {
        for pairs in [&[][..], &[("HOME", "")], &[("HOME", "relative")], &[("XDG_DATA_HOME", "/d")]] {
            assert_eq!(folders(pairs), None, "{pairs:?}");
        }
        assert!(folders(&[("XDG_DATA_HOME", "/d"), ("XDG_STATE_HOME", "/s")]).is_some());
    }

    #[test]
    fn a_story_has_one_place_by_whatever_path_it_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let folders = Folders { data: "/d".into(), state: "/s".into() };
        let file = folder.path().join("The Memo & the list.yaml");
        fs::write(&file, "").expect("written");
        let link = folder.path().join("link.yaml");
        std::os::unix::fs::symlink(&file, &link).expect("linked");
        let place = Place::of(&folders, Whose::File(&file));
        assert_eq!(Place::of(&folders, Whose::File(&link)), place);
        assert_eq!(
            Place::of(&folders, Whose::File(&folder.path().join("./x/../The Memo & the list.yaml")))
                .notes
                .parent(),
            place.notes.parent()
        );
        let name = place.notes.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(
            name.starts_with("the-memo---the-list-") && place.notes.extension() == Some("toml".as_ref()),
            "{name}"
        );
        fs::rename(&file, folder.path().join("other.yaml")).expect("renamed");
        assert_ne!(Place::of(&folders, Whose::File(&folder.path().join("other.yaml"))), place);
        assert_eq!(Place::of(&folders, Whose::Embedded).notes, Path::new("/d/embedded-story.toml"));
    }

    #[test]
    fn no_name_of_a_file_leads_elsewhere() {
        for path in [
            "/a/../..",
            "/",
            "/a/\u{1b}[2J.yaml",
            "/a/..yaml",
            "/a/CON.yaml",
            &format!("/{}", "x".repeat(500)),
        ] {
            let name = name_of(Path::new(path));
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && name.len() < 64, "{name}");
        }
    }
}
