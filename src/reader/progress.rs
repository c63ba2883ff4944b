//! What has been read and where the reader was, as a value and as the text of its file.
//!
//! What is read is known by its content: an element that says something else now shows as changed. Imports
//! `query::content`; no file is touched here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Unreadable;
use super::notes::OfStory;
use crate::query::content::Digest;

/// How an element stands to what the reader has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadState {
    /// Not read.
    Unread,
    /// Read as it is.
    Read,
    /// Read, and written otherwise since.
    Changed,
}

/// Where the reader was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The written id of the event at the cursor.
    pub event: String,
}

/// How far the reader is with a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    version: u32,
    /// The story.
    #[serde(default)]
    pub story: OfStory,
    /// Where the reader was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What has been read: written ids, and the digest of each as it was then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", with = "digests")]
    pub read: BTreeMap<String, Digest>,
}

/// Digests as hex.
mod digests {
    use std::collections::BTreeMap;

    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::Digest;

    pub(super) fn serialize<S: Serializer>(
        read: &BTreeMap<String, Digest>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_map(read.iter().map(|(id, digest)| (id, digest.to_string())))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(
        from: D,
    ) -> Result<BTreeMap<String, Digest>, D::Error> {
        let read = BTreeMap::<String, String>::deserialize(from)?;
        let digest = |(id, hex): (String, String)| {
            hex.parse().map(|digest| (id, digest)).map_err(serde::de::Error::custom)
        };
        read.into_iter().map(digest).collect()
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self { version: super::VERSION, story: OfStory::default(), position: None, read: BTreeMap::new() }
    }
}

impl Progress {
    /// Reads the file's text.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        super::read(text)
    }

    /// The file's text.
    ///
    /// Errors: never for what [`Self::read`] gave or the explorer made.
    pub fn write(&self) -> Result<String, String> {
        toml::to_string_pretty(self).map_err(|error| error.to_string())
    }

    /// How an element with this digest stands to what was read.
    pub fn state(&self, element: &str, digest: Digest) -> ReadState {
        match self.read.get(element) {
            None => ReadState::Unread,
            Some(then) if *then == digest => ReadState::Read,
            Some(_) => ReadState::Changed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(digit: &str) -> Digest {
        digit.repeat(64).parse().expect("a digest")
    }

    #[test]
    fn what_was_read_is_known_by_its_content() {
        let mut progress = Progress::default();
        progress.read.insert("a".to_owned(), digest("0"));
        assert_eq!(progress.state("a", digest("0")), ReadState::Read);
        assert_eq!(progress.state("a", digest("1")), ReadState::Changed);
        assert_eq!(progress.state("b", digest("0")), ReadState::Unread);
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let mut progress = Progress::default();
        assert_eq!(Progress::read(&progress.write().expect("text")), Ok(progress.clone()));
        progress.read.insert("a-b".to_owned(), digest("e"));
        progress.position = Some(Position { event: "memo".to_owned() });
        let text = progress.write().expect("text");
        assert!(text.contains("[read]\na-b = \"eeee"), "{text}");
        assert_eq!(Progress::read(&text), Ok(progress));
        assert_eq!(Progress::read("version = 2"), Err(Unreadable::Newer(2)));
        assert!(Progress::read("version = 1\n[read]\na = \"x\"").is_err());
    }
}
