//! The folder of archived texts: the only place of `archive` that touches files, and none outside that folder.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use super::{Held, NoText, Text, Texts};
use crate::plain_file;
use crate::story::graph::{Archive, Graph};
use crate::text::safe_line;

/// The largest text that is read, in bytes: a book, not an article.
const LARGEST: u64 = 16 << 20;
/// What all texts of a story may come to, in bytes.
const LARGEST_TOGETHER: u64 = 512 << 20;

/// Reads the text of every source that names one.
///
/// Errors: the folder itself cannot be entered, with why. What cannot be read in it is a [`NoText`] of its source.
pub fn read(folder: &Path, graph: &Graph) -> Result<Texts, String> {
    let real = fs::canonicalize(folder).map_err(|error| error.to_string())?;
    if !real.is_dir() {
        return Err("it is no folder".to_owned());
    }
    let mut texts = Texts::default();
    let mut left = LARGEST_TOGETHER;
    for (_, source) in graph.sources() {
        if let Some(archive) = &source.archive {
            texts.insert(&source.id, held(&real, archive, &mut left));
        }
    }
    Ok(texts)
}

fn held(folder: &Path, archive: &Archive, left: &mut u64) -> Result<Held, NoText> {
    let file = safe_line(&archive.file).into_owned();
    let path = match fs::canonicalize(folder.join(&archive.file)) {
        Ok(path) => path,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(NoText::Missing(file)),
        Err(error) => return Err(NoText::Unreadable(file, error.to_string())),
    };
    // After links are followed: a name may be harmless and lead anywhere.
    if !path.starts_with(folder) {
        return Err(NoText::Outside(file));
    }
    let unreadable = |error: std::io::Error| NoText::Unreadable(file.clone(), error.to_string());
    let kind = fs::metadata(&path).map_err(unreadable)?;
    if !kind.is_file() {
        return Err(NoText::NotAText(file, "it is no plain file"));
    }
    let most = LARGEST.min(*left);
    let mut bytes = Vec::new();
    let opened = plain_file::open(&path).map_err(unreadable)?;
    opened.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > most && most < LARGEST {
        return Err(NoText::TooMuch(file));
    }
    if length > most {
        return Err(NoText::NotAText(file, "it is larger than any article"));
    }
    *left -= length;
    let sha256 = super::sha256(&bytes);
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Held { file, text: Text::new(&text), sha256 }),
        Err(_) => Err(NoText::NotAText(file, "it is not UTF-8")),
    }
}
