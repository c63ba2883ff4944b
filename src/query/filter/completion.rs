//! What could be typed next: the names of fields, and their values in a story.
//!
//! Imports what `filter` imports.

use std::ops::Range;

use super::fields::FIELDS;
use super::grammar::is_quotation_mark;
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
const MOST: usize = 50;

/// What could be typed at the end of `text`, which ends at the cursor: fields, or the values of the field begun
/// there. Nothing where that is already typed.
pub fn completions(graph: &Graph, text: &str) -> Vec<Completion> {
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
    let mut values: Vec<_> = (field.values)(graph)
        .into_iter()
        .filter_map(|(value, help)| {
            let folded = fold_str(&value);
            // What begins so comes before what only holds it, and that before what is only called so.
            let rank = match folded.find(&wanted) {
                Some(0) if folded == wanted && !wanted.is_empty() => return None,
                Some(0) => 0,
                Some(_) => 1,
                None if fold_str(&help).contains(&wanted) => 2,
                None => return None,
            };
            Some((rank, value, help))
        })
        .collect();
    values.sort_by_key(|(rank, _, _)| *rank);
    values
        .into_iter()
        .take(MOST)
        .map(|(_, value, help)| Completion { replaces: from..text.len(), text: written(value), help })
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
