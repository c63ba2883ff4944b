//! The texts of a story, folded once and laid end to end, so that a filter is answered by one pass over each.
//!
//! Imports `story` and `text` only.

use memchr::memmem;

use crate::story::graph::Graph;
use crate::story::id::{ActorId, EventId, Id, SourceId};
use crate::text::fold_str;

/// Stands between two texts. No text of a story holds it: it is made safe to show first.
const BETWEEN: char = '\0';

/// Folded texts of one kind with the ids they belong to.
#[derive(Debug, Clone)]
pub(super) struct Column<K> {
    text: String,
    /// For each text where it ends, its separator included, and whose it is.
    ends: Vec<(usize, K)>,
}

impl<K: Id> Column<K> {
    fn new() -> Self {
        Self { text: String::new(), ends: Vec::new() }
    }

    fn push(&mut self, owner: K, text: &str) {
        // Where the author broke a line is no matter of the words.
        self.text.push_str(&fold_str(text).replace('\n', " "));
        self.text.push(BETWEEN);
        self.ends.push((self.text.len(), owner));
    }

    /// Those with a text that holds folded words, in the order of the column. One with several such texts comes as
    /// often. No words stand nowhere.
    pub(super) fn holders(&self, wanted: &str) -> Vec<K> {
        self.search(wanted, |_| true)
    }

    /// As [`Self::holders`], where the words begin a word.
    pub(super) fn holders_at_words(&self, wanted: &str) -> Vec<K> {
        self.search(wanted, |before| !before.chars().next_back().is_some_and(char::is_alphanumeric))
    }

    /// One pass; after a hit on to the next text.
    fn search(&self, wanted: &str, fits: impl Fn(&str) -> bool) -> Vec<K> {
        let mut found = Vec::new();
        if wanted.is_empty() || wanted.contains(BETWEEN) {
            return found;
        }
        let finder = memmem::Finder::new(wanted);
        let (mut from, mut place) = (0, 0);
        while let Some(at) = finder.find(&self.text.as_bytes()[from..]).map(|at| from + at) {
            place += self.ends[place..].partition_point(|(end, _)| *end <= at);
            let Some((end, owner)) = self.ends.get(place) else { break };
            if fits(&self.text[..at]) {
                found.push(*owner);
                from = *end;
            } else {
                from = at + 1;
            }
        }
        found
    }
}

/// The folded texts of a story: make them once for a graph, ask them as often as is typed.
#[derive(Debug, Clone)]
pub struct Texts {
    pub(super) titles: Column<EventId>,
    pub(super) places: Column<EventId>,
    /// Summaries and kinds.
    pub(super) details: Column<EventId>,
    /// Quotes and paraphrases.
    pub(super) said: Column<EventId>,
    pub(super) actors: Column<ActorId>,
    pub(super) sources: Column<SourceId>,
}

impl Texts {
    /// Folds the texts of a story. Linear in their length.
    pub fn of(graph: &Graph) -> Self {
        let mut texts = Self {
            titles: Column::new(),
            places: Column::new(),
            details: Column::new(),
            said: Column::new(),
            actors: Column::new(),
            sources: Column::new(),
        };
        for (id, event) in graph.events() {
            texts.titles.push(id, &event.title);
            event.place.iter().for_each(|place| texts.places.push(id, place));
            event.summary.iter().chain(&event.kind).for_each(|text| texts.details.push(id, text));
        }
        for (_, statement) in graph.statements() {
            texts.said.push(statement.event, &statement.text);
        }
        for (id, actor) in graph.actors() {
            std::iter::once(&actor.name).chain(&actor.aliases).for_each(|name| texts.actors.push(id, name));
        }
        for (id, source) in graph.sources() {
            let names = std::iter::once(&source.title).chain(&source.publisher).chain(&source.byline);
            names.for_each(|name| texts.sources.push(id, name));
        }
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_the_texts_they_stand_in_and_not_across_two() {
        let id = EventId::from_index;
        let mut column = Column::new();
        for (owner, text) in [(0, "A Memo"), (1, "on\nthe memo"), (1, "émigré"), (2, "memorable memo")] {
            column.push(id(owner), text);
        }
        assert_eq!(column.holders("memo"), [id(0), id(1), id(2)]);
        assert_eq!(column.holders("the memo"), [id(1)], "over a line's end");
        assert_eq!(column.holders("emi"), [id(1)]);
        assert_eq!(column.holders("em"), [id(0), id(1), id(1), id(2)]);
        assert_eq!(column.holders_at_words("em"), [id(1)]);
        assert_eq!(column.holders_at_words("memo"), [id(0), id(1), id(2)]);
        assert_eq!(column.holders("memo on"), []);
        assert_eq!(column.holders("memo\0on"), []);
        assert_eq!(column.holders(""), []);
    }

    #[test]
    fn a_word_s_beginning_is_found_after_one_in_the_middle() {
        let mut column = Column::new();
        column.push(EventId::from_index(0), "xann ann");
        column.push(EventId::from_index(1), "日本ann");
        assert_eq!(column.holders_at_words("ann"), [EventId::from_index(0)]);
    }
}
