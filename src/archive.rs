//! The texts that sources were read from, and whether a story keeps to them.
//!
//! The promise: nothing counts as verified that was not found, letter by letter, in the text its source is said to be
//! read from. Typographic quotation marks, dashes, spaces and line ends count as their plain forms, and nothing else
//! does. Only [`folder`] touches files, and none outside the folder it is given. Imports `story` and `text`.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::story::graph::Graph;
use crate::story::id::{Account, SourceId};

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
        match self.by_source.get(&graph.source(source).id) {
            Some(Ok(held)) => Ok(held),
            Some(Err(why)) => Err(why),
            None => Err(&NoText::NotNamed),
        }
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

/// Whether a statement or reaction was found in its source's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// Its words or figure stand where it says.
    Verified,
    /// They do not, or not as it says.
    NotVerified,
    /// The text is not held.
    TextNotHeld,
    /// There are no words or figure to be looked up: a paraphrase, or a figure that is lost.
    NothingToVerify,
}

/// The marks of a story's statements and reactions, by their written ids: they hold for every part of it too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    by_account: HashMap<String, Mark>,
}

impl Marks {
    /// The mark of a statement or reaction.
    pub fn of(&self, graph: &Graph, account: Account) -> Mark {
        self.by_account.get(graph.id_of(account.into())).copied().unwrap_or(Mark::TextNotHeld)
    }

    /// How many bear this mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.by_account.values().filter(|other| **other == mark).count()
    }
}
