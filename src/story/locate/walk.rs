//! The reading that keeps positions: events in, the bytes of what is wanted out.
//!
//! Imports its parent and `guard`.

use std::ops::Range;

use granit_parser::{Event, Parser};

use super::{Hop, Wanted, end_of_line, guard};

/// What was found of what was wanted.
pub(super) struct Found {
    spans: Vec<Option<Range<usize>>>,
    mappings: Vec<bool>,
}

impl Found {
    pub(super) fn get(&self, place: usize) -> Option<Range<usize>> {
        self.spans.get(place)?.clone()
    }

    pub(super) fn is_mapping(&self, place: usize) -> bool {
        self.mappings.get(place).is_some_and(|mapping| *mapping)
    }
}

/// Reads the text to its end, or to where it cannot be read.
pub(super) fn walk(text: &str, wanted: &Wanted) -> Found {
    let places = wanted.parents.len();
    let found = Found { spans: vec![None; places], mappings: vec![false; places] };
    let mut walk = Walk { text, wanted, found, open: Vec::new(), line: 0..0, documents: 0 };
    for event in Parser::new_from_str_with_options(text, guard::options(guard::DEEPEST)) {
        let Ok((event, span)) = event else { break };
        walk.event(&event, guard::bytes_of(&span, text));
        if walk.documents > 1 {
            break;
        }
    }
    walk.found
}

struct Walk<'w> {
    text: &'w str,
    wanted: &'w Wanted,
    found: Found,
    open: Vec<Open>,
    /// The line that holds the last collection wanted, from its beginning as far as known.
    line: Range<usize>,
    documents: usize,
}

/// A collection that is open, and its place where it or anything below it is wanted.
struct Open {
    place: Option<usize>,
    entries: Entries,
    /// How far its bytes may grow: to the end of its first line.
    line_end: usize,
}

enum Entries {
    /// How many there were.
    List(usize),
    /// A key comes next.
    Key,
    /// The value of this key comes next; the place where it is wanted, and the key's own bytes.
    Value(Option<usize>, Range<usize>),
}

impl Walk<'_> {
    fn event(&mut self, event: &Event<'_>, span: Range<usize>) {
        match event {
            Event::DocumentStart(..) => self.documents += 1,
            Event::Scalar(value, ..) => {
                self.grow(&span);
                self.scalar(value, span);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.scalar("", span),
            Event::SequenceStart(..) => self.enter(Entries::List(0), span),
            Event::MappingStart(..) => self.enter(Entries::Key, span),
            Event::SequenceEnd | Event::MappingEnd => {
                self.grow(&span);
                self.open.pop();
                self.value_is_over();
            }
            _ => {}
        }
    }

    fn scalar(&mut self, value: &str, span: Range<usize>) {
        if let Some(Open { place, entries: entries @ Entries::Key, .. }) = self.open.last_mut() {
            *entries = Entries::Value(self.wanted.below(*place, Hop::Key(value)), span);
            return;
        }
        let (place, key) = self.place();
        if let Some(place) = place {
            // An empty value has no bytes: its key stands for it.
            self.found.spans[place] = Some(key.filter(|_| span.is_empty()).unwrap_or(span));
        }
        self.value_is_over();
    }

    /// The place of the value that begins here, and the bytes of its key.
    fn place(&self) -> (Option<usize>, Option<Range<usize>>) {
        match self.open.last() {
            None => (Some(0), None),
            Some(Open { place, entries: Entries::List(count), .. }) => {
                (self.wanted.below(*place, Hop::Index(*count)), None)
            }
            Some(Open { entries: Entries::Key, .. }) => (None, None),
            Some(Open { entries: Entries::Value(place, key), .. }) => (*place, Some(key.clone())),
        }
    }

    fn enter(&mut self, entries: Entries, span: Range<usize>) {
        let (place, _) = self.place();
        let mut line_end = span.end;
        if let Some(place) = place {
            if !self.line.contains(&span.start) {
                self.line = span.start..end_of_line(self.text, span.start);
            }
            line_end = self.line.end;
            self.found.mappings[place] = matches!(entries, Entries::Key);
            self.found.spans[place] = Some(span);
        }
        self.open.push(Open { place, entries, line_end });
    }

    /// Lets the bytes of the open collections that began on this line grow over what else stands on it.
    fn grow(&mut self, span: &Range<usize>) {
        for Open { place, line_end, .. } in &self.open {
            let collection = place.and_then(|place| self.found.spans[place].as_mut());
            if let Some(collection) = collection.filter(|_| span.start < *line_end) {
                collection.end = collection.end.max(span.end.min(*line_end));
            }
        }
    }

    fn value_is_over(&mut self) {
        match self.open.last_mut().map(|open| &mut open.entries) {
            Some(Entries::List(count)) => *count += 1,
            Some(entries @ Entries::Value(..)) => *entries = Entries::Key,
            // A collection was the key: nothing wanted has such a key.
            Some(entries @ Entries::Key) => *entries = Entries::Value(None, 0..0),
            None => {}
        }
    }
}
