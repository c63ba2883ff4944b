//! The texts that sources were read from, and whether a story keeps to them.
//!
//! The promise: nothing counts as verified that was not found, letter by letter, in the text its source is said to be
//! read from. Typographic quotation marks, dashes, spaces and line ends count as their plain forms, and nothing else
//! does. Only [`folder`] touches files, and none outside the folder it is given. Imports `plain_file`, `story` and `text`.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::story::graph::Graph;
use crate::story::id::{Account, SourceId};

mod clause;
mod copied;
mod figures;
pub mod folder;
mod marks;
mod passage;
pub mod verify;

pub use passage::{Passage, Text};

/// Why there is no text of a source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoText {
    /// The story names none.
    #[error("the story names no text of this source")]
    NotNamed,
    /// There is no such file.
    #[error("{0} is not in the folder of archived texts")]
    Missing(String),
    /// A link leads out of the folder.
    #[error("{0} leads out of the folder of archived texts")]
    Outside(String),
    /// With it the texts of the story come to more than is read.
    #[error("{0} is not read: the texts of this story come to more than 512 MiB together")]
    TooMuch(String),
    /// It is a folder, a device, or larger than any article.
    #[error("{0} is no text: {1}")]
    NotAText(String, &'static str),
    /// It cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unreadable(String, String),
}

/// A text as it was found in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The name of its file in the archive; safe to show.
    pub file: String,
    /// The text.
    pub text: Text,
    /// The SHA-256 of the file, in lower-case hex.
    pub sha256: String,
}

/// The texts of a story's sources, by the written ids of these.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    by_source: HashMap<String, Result<Held, NoText>>,
}

impl Texts {
    /// Takes in the text of a source, or why there is none.
    pub fn insert(&mut self, source: &str, text: Result<Held, NoText>) {
        self.by_source.insert(source.to_owned(), text);
    }

    /// The text of a source, or why there is none.
    pub fn of(&self, graph: &Graph, source: SourceId) -> Result<&Held, &NoText> {
        match self.by_source.get(graph.source(source).id.as_str()) {
            Some(Ok(held)) => Ok(held),
            Some(Err(why)) => Err(why),
            None => Err(&NoText::NotNamed),
        }
    }

    /// Whether the text of a source is held, and is not the one the story was written from.
    pub fn is_changed(&self, graph: &Graph, source: SourceId) -> bool {
        let archive = graph.source(source).archive.as_ref();
        let sum = archive.and_then(|archive| archive.sha256.as_ref());
        self.of(graph, source).is_ok_and(|held| sum.is_some_and(|sum| *sum != held.sha256))
    }

    /// How many texts are there.
    pub fn held(&self) -> usize {
        self.by_source.values().filter(|text| text.is_ok()).count()
    }
}

/// The SHA-256 of bytes, in lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether a statement or reaction was found in its source's text: never more than is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// Its words or figure stand where it says.
    Verified,
    /// They stand in the text; where in it cannot be checked, or is not said.
    PlaceUnchecked,
    /// The figure stands there; whether it is a rise or a fall cannot be read.
    WayUnchecked,
    /// A paraphrase, which is not copied, and whose place is in the text.
    OwnWords,
    /// A paraphrase that repeats the source's own words.
    Copied,
    /// There is no figure to be looked up: it is lost.
    NothingToVerify,
    /// The text is not the one the story was written from, whatever stands in it.
    TextChanged,
    /// Its words or figure do not stand there, or not as it says.
    NotVerified,
    /// The text is not held.
    TextNotHeld,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 9] = [
        Self::Verified,
        Self::PlaceUnchecked,
        Self::WayUnchecked,
        Self::OwnWords,
        Self::Copied,
        Self::NothingToVerify,
        Self::TextChanged,
        Self::NotVerified,
        Self::TextNotHeld,
    ];

    /// For programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::PlaceUnchecked => "place-unchecked",
            Self::WayUnchecked => "direction-unchecked",
            Self::OwnWords => "own-words",
            Self::Copied => "copied",
            Self::NothingToVerify => "figure-lost",
            Self::TextChanged => "text-changed",
            Self::NotVerified => "not-verified",
            Self::TextNotHeld => "text-not-held",
        }
    }

    /// For people.
    pub fn reading(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::PlaceUnchecked => "found, place not checked",
            Self::WayUnchecked => "the figure stands there, which way is not checked",
            Self::OwnWords => "paraphrase, not copied from the text",
            Self::Copied => "paraphrase in the source's own words",
            Self::NothingToVerify => "figure lost: none to look up",
            Self::TextChanged => "not verified: the text has changed since it was read",
            Self::NotVerified => "not verified",
            Self::TextNotHeld => "text not held",
        }
    }
}

/// The mark of a statement or reaction, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The mark.
    pub mark: Mark,
    /// Why it is that, in words; empty where there is no more to say.
    pub why: Vec<String>,
}

/// The marks of a story's statements and reactions, by their written ids: they hold for every part of it too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    by_account: HashMap<String, Checked>,
}

impl Marks {
    /// The mark of a statement or reaction.
    pub fn of(&self, graph: &Graph, account: Account) -> Mark {
        self.by_account.get(graph.id_of(account.into())).map_or(Mark::TextNotHeld, |checked| checked.mark)
    }

    /// Why it bears that mark.
    pub fn why(&self, graph: &Graph, account: Account) -> &[String] {
        self.by_account.get(graph.id_of(account.into())).map_or(&[], |checked| &checked.why)
    }

    /// How many bear this mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.by_account.values().filter(|checked| checked.mark == mark).count()
    }
}
