//! What could be typed next: the names of fields, and their values in a story.
//!
//! Imports what `filter` imports.

use std::ops::Range;

use super::fields::{Asked, FIELDS};
use super::grammar::is_quotation_mark;
use super::texts::Texts;
use crate::story::graph::Graph;
use crate::text::fold_str;

/// Something that could stand where the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the text that it replaces.
    pub replaces: Range<usize>,
    /// What to put there.
    pub text: String,
    /// What it means; may be empty.
    pub help: String,
}

/// As many as anyone reads.
pub(super) const MOST: usize = 50;

/// How a value answers what is typed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// It begins so.
    Begins,
    /// It holds that.
    Holds,
    /// It is called so.
    Called,
}

/// The first values that answer what is typed, by how they do. No more are gathered than are shown: a value may be any of
/// a hundred thousand.
pub(super) struct Offered<'w> {
    /// What is typed, folded.
    pub(super) wanted: &'w str,
    /// By rank: the place of a value among all, the value, what it means.
    ranks: [Vec<(usize, String, String)>; 3],
}

impl<'w> Offered<'w> {
    fn new(wanted: &'w str) -> Self {
        Self { wanted, ranks: [const { Vec::new() }; 3] }
    }

    /// Takes a value in, unless there are enough of its rank. Those of a rank come as their places are.
    pub(super) fn put(&mut self, rank: Rank, place: usize, value: impl FnOnce() -> (String, String)) {
        let ranked = &mut self.ranks[rank as usize];
        if ranked.len() < MOST {
            let (value, help) = value();
            ranked.push((place, value, help));
        }
    }

    /// Takes a value in if it answers; not what is typed already.
    pub(super) fn offer(&mut self, place: usize, value: &str, help: &str) {
        let folded = fold_str(value);
        let rank = match folded.find(self.wanted) {
            Some(0) if folded == self.wanted && !self.wanted.is_empty() => return,
            Some(0) => Rank::Begins,
            Some(_) => Rank::Holds,
            None if self.ranks[2].len() < MOST && fold_str(help).contains(self.wanted) => Rank::Called,
            None => return,
        };
        self.put(rank, place, || (value.to_owned(), help.to_owned()));
    }

    /// Whether no value to come can show.
    pub(super) fn is_full(&self) -> bool {
        self.ranks[0].len() >= MOST
    }

    /// The values with what they mean, those of a better rank first.
    fn all(mut self) -> impl Iterator<Item = (String, String)> {
        self.ranks.iter_mut().for_each(|ranked| ranked.sort_by_key(|(place, _, _)| *place));
        self.ranks.into_iter().flatten().map(|(_, value, help)| (value, help)).take(MOST)
    }
}

/// What could be typed at the end of `text`, which ends at the cursor: fields, or the values of the field begun
/// there. Nothing where that is already typed. The texts are those of the same story.
pub fn completions(graph: &Graph, texts: &Texts, text: &str) -> Vec<Completion> {
    let start = begun_at(text);
    let begun = &text[start..];
    let Some((name, value)) = begun.split_once(':') else {
        let begun = begun.to_ascii_lowercase();
        let fields = FIELDS.iter().filter(|field| field.name.starts_with(&begun));
        return fields
            .map(|field| Completion {
                replaces: start..text.len(),
                text: format!("{}:", field.name),
                help: field.help.to_owned(),
            })
            .collect();
    };
    let Some(field) = FIELDS.iter().find(|field| field.name.eq_ignore_ascii_case(name)) else {
        return Vec::new();
    };
    let from = start + name.len() + 1;
    let is_closed = value.len() > 1 && value.ends_with(is_quotation_mark);
    let wanted = fold_str(value.trim_start_matches(is_quotation_mark));
    if is_closed {
        return Vec::new();
    }
    let mut offered = Offered::new(&wanted);
    (field.values)(Asked { graph, texts }, &mut offered);
    offered
        .all()
        .map(|(value, help)| Completion { replaces: from..text.len(), text: written(value), help })
        .collect()
}

/// A value as it must be written.
fn written(value: String) -> String {
    if value.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')')) {
        format!("\"{value}\"")
    } else {
        value
    }
}

/// Where the word under way begins, without what turns it round.
fn begun_at(text: &str) -> usize {
    let (mut start, mut quoted) = (0, false);
    for (at, character) in text.char_indices() {
        if is_quotation_mark(character) {
            quoted = !quoted;
        } else if !quoted && (character.is_whitespace() || matches!(character, '(' | ')')) {
            start = at + character.len_utf8();
        }
    }
    start + text[start..].len() - text[start..].trim_start_matches('-').len()
}
