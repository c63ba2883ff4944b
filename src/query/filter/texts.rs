//! The texts of a story, folded once and laid end to end, so that a filter is answered by one pass over each; and the times
//! of its events.
//!
//! Imports `story` and `text` only.

use std::collections::BTreeSet;

use memchr::memmem;

use crate::story::graph::Graph;
use crate::story::id::{ActorId, EventId, Id, SourceId, StatementId};
use crate::story::when::Bounds;
use crate::text::{Shared, fold_onto};

use super::grammar::is_quotation_mark;

/// Stands between two texts. No text of a story holds it: it is made safe to show first.
const BETWEEN: char = '\0';

/// What folding a byte costs, in the work of [`Texts::go_on`]; and what a text costs beside its bytes.
const FOLDED: usize = 6;
const TEXT: usize = 96;

/// Folded texts of one kind with the ids they belong to.
#[derive(Debug, Clone)]
pub(super) struct Column<K> {
    text: String,
    /// For each text where it ends, its separator included, and whose it is.
    ends: Vec<(usize, K)>,
}

/// A text of a column that holds some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Holder<K> {
    /// Whose it is.
    pub(super) owner: K,
    /// Whether it is the first of its owner's.
    pub(super) is_main: bool,
    /// Whether it begins with the words.
    pub(super) begins: bool,
    /// Whether it is the words, no more.
    pub(super) is_all: bool,
}

impl<K> Default for Column<K> {
    fn default() -> Self {
        Self { text: String::new(), ends: Vec::new() }
    }
}

impl<K: Id> Column<K> {
    fn push(&mut self, owner: K, text: &str) {
        // Where the author broke a line is no matter of the words.
        fold_onto(
            &mut self.text,
            text.chars().map(|character| if character == '\n' { ' ' } else { character }),
        );
        self.text.push(BETWEEN);
        self.ends.push((self.text.len(), owner));
    }

    /// Those with a text that holds folded words, in the order of the column. One with several such texts comes as
    /// often. No words stand nowhere.
    pub(super) fn holders(&self, wanted: &str) -> impl Iterator<Item = K> {
        self.search(wanted, |_| true).map(|(place, _)| self.ends[place].1)
    }

    /// As [`Self::holders`], where the words begin a word.
    pub(super) fn holders_at_words(&self, wanted: &str) -> impl Iterator<Item = K> {
        let begins = |before: &str| !before.chars().next_back().is_some_and(char::is_alphanumeric);
        self.search(wanted, begins).map(|(place, _)| self.ends[place].1)
    }

    /// As [`Self::holders`], with how the first of the words stand in the text.
    pub(super) fn held(&self, wanted: &str) -> impl Iterator<Item = Holder<K>> {
        let length = wanted.len();
        self.search(wanted, |_| true).map(move |(place, at)| {
            let (end, owner) = self.ends[place];
            let before = place.checked_sub(1).and_then(|before| self.ends.get(before));
            let begins = before.map_or(0, |(end, _)| *end) == at;
            Holder {
                owner,
                is_main: before.is_none_or(|(_, other)| *other != owner),
                begins,
                is_all: begins && at + length + BETWEEN.len_utf8() == end,
            }
        })
    }

    /// One pass; after a hit on to the next text. Each hit is the place of the text, and where in all of them it is.
    fn search<'c>(
        &'c self,
        wanted: &str,
        fits: impl Fn(&str) -> bool + 'c,
    ) -> impl Iterator<Item = (usize, usize)> + 'c {
        let is_sought = !wanted.is_empty() && !wanted.contains(BETWEEN);
        let finder = is_sought.then(|| memmem::Finder::new(wanted).into_owned());
        let (mut from, mut place) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                let at = from + finder.as_ref()?.find(self.text.as_bytes().get(from..)?)?;
                place = self.place_of(at, place);
                let (end, _) = self.ends.get(place)?;
                if fits(&self.text[..at]) {
                    from = *end;
                    return Some((place, at));
                }
                from = at + 1;
            }
        })
    }

    /// The text that a byte stands in, from a text on that does not lie behind it. Most often it is near.
    fn place_of(&self, at: usize, from: usize) -> usize {
        let mut step = 1;
        let mut first = from;
        while self.ends.get(first + step).is_some_and(|(end, _)| *end <= at) {
            first += step;
            step *= 2;
        }
        let last = self.ends.len().min(first + step + 1);
        first + self.ends[first..last].partition_point(|(end, _)| *end <= at)
    }
}

/// The folded texts of a story: make them once for a graph, ask them as often as is typed.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    pub(super) ids: Column<EventId>,
    pub(super) titles: Column<EventId>,
    pub(super) places: Column<EventId>,
    /// Summaries and kinds.
    pub(super) details: Column<EventId>,
    /// Quotes and paraphrases.
    pub(super) said: Column<EventId>,
    pub(super) actors: Column<ActorId>,
    pub(super) sources: Column<SourceId>,
    /// The kinds and places of events, each once, as they are written.
    pub(super) kinds: BTreeSet<String>,
    pub(super) named_places: BTreeSet<String>,
    /// For each event when it can have been, by what it must follow and precede too.
    pub(super) bounds: Vec<Bounds>,
    /// The actors whose name cannot stand between quotation marks.
    pub(super) unwritable: Vec<ActorId>,
    /// How many elements of each of the four sorts are in: actors, sources, events, statements.
    taken: [usize; 4],
    is_ready: bool,
}

impl Texts {
    /// Folds the texts of a story. Linear in their length.
    pub fn of(graph: &Graph) -> Self {
        let mut texts = Self::default();
        texts.go_on(graph, &mut { usize::MAX });
        texts
    }

    /// Whether all texts of the story are in.
    pub fn is_ready(&self) -> bool {
        self.is_ready
    }

    /// Takes texts of the story in until all are, or the work is used up; true where all are. Always the same story.
    pub fn go_on(&mut self, graph: &Graph, work: &mut usize) -> bool {
        let counts =
            [graph.actors().len(), graph.sources().len(), graph.event_count(), graph.statements().len()];
        for (sort, count) in counts.into_iter().enumerate() {
            while self.taken[sort] < count {
                if *work == 0 {
                    return false;
                }
                let place = self.taken[sort];
                let bytes = match sort {
                    0 => self.actor(graph, ActorId::from_index(place)),
                    1 => self.source(graph, SourceId::from_index(place)),
                    2 => self.event(graph, EventId::from_index(place)),
                    _ => self.statement(graph, StatementId::from_index(place)),
                };
                self.taken[sort] += 1;
                *work = work.saturating_sub(TEXT + FOLDED * bytes);
            }
        }
        self.is_ready = true;
        true
    }

    /// Each gives how many bytes were folded.
    fn actor(&mut self, graph: &Graph, id: ActorId) -> usize {
        let actor = graph.actor(id);
        if actor.name.contains(is_quotation_mark) {
            self.unwritable.push(id);
        }
        put(&mut self.actors, id, std::iter::once(&actor.name).chain(&actor.aliases))
    }

    fn source(&mut self, graph: &Graph, id: SourceId) -> usize {
        let source = graph.source(id);
        let names = std::iter::once(&source.title).chain(&source.publisher).chain(&source.byline);
        put(&mut self.sources, id, names)
    }

    fn event(&mut self, graph: &Graph, id: EventId) -> usize {
        let event = graph.event(id);
        self.bounds.push(graph.chronology().bounds(id));
        once(&mut self.kinds, event.kind.as_deref());
        once(&mut self.named_places, event.place.as_deref());
        put(&mut self.ids, id, [&event.id])
            + put(&mut self.titles, id, [&event.title])
            + put(&mut self.places, id, &event.place)
            + put(&mut self.details, id, event.summary.iter().chain(&event.kind))
    }

    fn statement(&mut self, graph: &Graph, id: StatementId) -> usize {
        let statement = graph.statement(id);
        put(&mut self.said, statement.event, [&statement.text])
    }
}

fn put<'t, K: Id>(column: &mut Column<K>, owner: K, texts: impl IntoIterator<Item = &'t Shared>) -> usize {
    let before = column.text.len();
    texts.into_iter().for_each(|text| column.push(owner, text));
    column.text.len() - before
}

fn once(all: &mut BTreeSet<String>, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !all.contains(*text)) {
        all.insert(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holders(column: &Column<EventId>, wanted: &str) -> Vec<EventId> {
        column.holders(wanted).collect()
    }

    fn at_words(column: &Column<EventId>, wanted: &str) -> Vec<EventId> {
        column.holders_at_words(wanted).collect()
    }

    #[test]
    fn words_are_found_in_the_texts_they_stand_in_and_not_across_two() {
        let id = EventId::from_index;
        let mut column = Column::default();
        for (owner, text) in [(0, "A Memo"), (1, "on\nthe memo"), (1, "émigré"), (2, "memorable memo")] {
            column.push(id(owner), text);
        }
        assert_eq!(holders(&column, "memo"), [id(0), id(1), id(2)]);
        assert_eq!(holders(&column, "the memo"), [id(1)], "over a line's end");
        assert_eq!(holders(&column, "emi"), [id(1)]);
        assert_eq!(holders(&column, "em"), [id(0), id(1), id(1), id(2)]);
        assert_eq!(at_words(&column, "em"), [id(1)]);
        assert_eq!(at_words(&column, "memo"), [id(0), id(1), id(2)]);
        assert_eq!(holders(&column, "memo on"), []);
        assert_eq!(holders(&column, "memo\0on"), []);
        assert_eq!(holders(&column, ""), []);
    }

    #[test]
    fn a_word_s_beginning_is_found_after_one_in_the_middle() {
        let mut column = Column::default();
        column.push(EventId::from_index(0), "xann ann");
        column.push(EventId::from_index(1), "日本ann");
        assert_eq!(at_words(&column, "ann"), [EventId::from_index(0)]);
    }

    #[test]
    fn it_is_told_how_words_stand_in_a_text() {
        let id = EventId::from_index;
        let mut column = Column::default();
        for (owner, text) in [(0, "Memo"), (0, "a memo"), (1, "memory"), (2, "no"), (3, "a Memo")] {
            column.push(id(owner), text);
        }
        let held: Vec<_> = column
            .held("memo")
            .map(|holder| (holder.owner, holder.is_main, holder.begins, holder.is_all))
            .collect();
        let expected = [
            (id(0), true, true, true),
            (id(0), false, false, false),
            (id(1), true, true, false),
            (id(3), true, false, false),
        ];
        assert_eq!(held, expected);
    }

    #[test]
    fn folded_in_steps_they_are_what_they_are_at_once() {
        let graph = crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("the embedded story");
        let mut texts = Texts::default();
        let mut steps = 0;
        while !texts.go_on(&graph, &mut { 500 }) {
            assert!(!texts.is_ready());
            steps += 1;
        }
        assert!(steps > 20 && texts.is_ready());
        assert_eq!(format!("{texts:?}"), format!("{:?}", Texts::of(&graph)));
    }
}
