//! The graphs of long stories, kept from one opening to the next.
//!
//! ```text
//! $XDG_CACHE_HOME/dateline/KEY.graph        one story as one build of the program read it; safe to delete
//! $XDG_CACHE_HOME/dateline/KEY.PID-N.part   one that is being written
//! ```
//!
//! The promise: what comes out is the graph that reading the same bytes would give, or nothing. A key is the sum of all
//! bytes of the story, of the program's version and build, and of the form of the file; a file that is damaged, cut off,
//! of another story or build, no regular file, or that anybody else could have written or read is as good as none, and
//! so is any doubt on the way. Nothing here is ever an error, and only files named like the cache's own are ever
//! deleted.
//!
//! What is trusted is the reader's own account: whoever can write as them can write a file with all its sums. Even that
//! one cannot bring a character that shows nothing, nor an id that leads nowhere ([`stored`]).
//!
//! Imports `story`; touches the disk.

use std::path::PathBuf;
use std::thread;

use crate::story::graph::Graph;
use crate::story::stored;

mod entry;
mod folder;
mod key;
mod place;

pub use entry::Entry;
use folder::Folder;
pub use key::Key;
pub use place::{build, folder};

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The shortest story that is kept, in bytes: below, reading it takes no time that anybody would notice.
    pub least: usize,
    /// What all files together may take, in bytes.
    pub bytes: u64,
    /// How many files there may be. What has not been used for longest goes first.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { least: 1 << 20, bytes: 1 << 30, files: 16 }
    }
}

/// Where graphs are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
    build: String,
    limits: Limits,
}

impl Cache {
    /// The cache in a folder, which need not be there yet. `build` tells the builds of the program apart: a graph that
    /// another one wrote is not for this one.
    pub fn at(folder: PathBuf, build: String, limits: Limits) -> Self {
        Self { folder, build, limits }
    }

    /// What a story is known by; `None` for one that is too short to be kept.
    pub fn key(&self, bytes: &[u8]) -> Option<Key> {
        (bytes.len() >= self.limits.least).then(|| Key::of(bytes, &self.build))
    }

    /// The graph of a story, where it is here and beyond doubt.
    pub fn get(&self, key: &Key) -> Option<Graph> {
        let file = Folder::open(&self.folder)?.file(&key.name())?;
        let graph = entry::read(&file, key)?;
        folder::touch(&file);
        Some(graph)
    }

    /// A graph made ready to be written; `None` where it cannot be kept. The bytes take about as much memory as the story.
    pub fn pack(&self, key: &Key, graph: &Graph) -> Option<Entry> {
        // Before the work: a folder that cannot be used is known at once.
        Folder::make(&self.folder)?;
        let entry = Entry::new(key, stored::pack(graph)?)?;
        (entry.size() <= self.limits.bytes).then_some(entry)
    }

    /// Writes what was made ready, whole or not at all, and makes room for it. Whether it is there then; if it is not,
    /// nothing else has happened.
    pub fn write(&self, entry: Entry) -> bool {
        let written = Folder::make(&self.folder).and_then(|folder| {
            folder.sweep();
            folder.write(entry, &self.limits)?;
            // Another program may have written meanwhile.
            folder.make_room(0, 0, "", &self.limits);
            Some(())
        });
        written.is_some()
    }
}

/// The graph of a story: the one that is kept, or else what `read` makes of it, which is kept for the next time. That
/// is written on a thread of its own while the story shows; a program that ends before leaves a file that is nobody's.
pub fn through<E>(
    cache: Option<Cache>,
    bytes: &[u8],
    read: impl FnOnce(&[u8]) -> Result<Graph, E>,
) -> Result<Graph, E> {
    let Some((cache, key)) = cache.and_then(|cache| cache.key(bytes).map(|key| (cache, key))) else {
        return read(bytes);
    };
    if let Some(graph) = cache.get(&key) {
        return Ok(graph);
    }
    let graph = read(bytes)?;
    if let Some(entry) = cache.pack(&key, &graph) {
        // Where there is no thread to be had, nothing is kept.
        let _ = thread::Builder::new().name("cache".to_owned()).spawn(move || cache.write(entry));
    }
    Ok(graph)
}

#[cfg(test)]
mod tests;
