//! The reader's own layer: bookmarks, notes, what has been read, and where the reader was. It lies beside a story and
//! never in it.
//!
//! ```text
//! $XDG_DATA_HOME/dateline/notes/NAME.toml     bookmarks and notes: the reader's work, worth a backup
//! $XDG_STATE_HOME/dateline/reading/NAME.toml  what has been read and the last position: can be lost without harm
//! ```
//!
//! The promise: what is acknowledged as saved lasts. A file is replaced whole or not at all; one of a newer version, or
//! one that cannot be read, is left alone; of two instances one writes. What speaks of an element that has gone from
//! the story is kept.
//!
//! [`notes`] and [`progress`] are the two files as values and text; [`place`] says where they are; [`disk`] is all that
//! touches them; [`store`] puts these together; [`rescue`] keeps what is typed over a panic. Imports `query::content` and `text`; no terminal, no clock.

pub mod disk;
pub mod notes;
pub mod place;
pub mod progress;
pub mod rescue;
pub mod store;

/// The version of both files. One that has a higher number is not read, and never written over.
pub const VERSION: u32 = 1;

/// Why a text is not one of the reader's files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A later version of the program wrote it.
    #[error("it is of version {0}, and this dateline knows version {VERSION} and no later one")]
    Newer(u64),
    /// It is damaged, or something else.
    #[error("{0}")]
    Faulty(String),
}

/// Reads one of the two files: the version first, so that whatever else a newer one has is no fault of it.
fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    let fault = |error: &toml::de::Error| {
        let line =
            error.span().map(|span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
        let line = line.map_or_else(String::new, |line| format!("line {line}: "));
        let message = error.message().lines().collect::<Vec<_>>().join(" ");
        Unreadable::Faulty(format!("{line}{message}"))
    };
    let table: toml::Table = toml::from_str(text).map_err(|error| fault(&error))?;
    match table.get("version").and_then(toml::Value::as_integer).map(u64::try_from) {
        Some(Ok(version)) if version > u64::from(VERSION) => return Err(Unreadable::Newer(version)),
        Some(Ok(version)) if version == u64::from(VERSION) => {}
        _ => return Err(Unreadable::Faulty(format!("it does not begin with `version = {VERSION}`"))),
    }
    toml::from_str(text).map_err(|error| fault(&error))
}
