//! Where a text is opened for a statement or market move.
//!
//! Imports its parent and `story`.

use super::super::{Passage, Text};
use super::Place;
use super::figures;
use crate::story::graph::Graph;
use crate::story::id::Account;
use crate::story::vocabulary::Form;

/// Where to open a text, and whether that is a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// In order.
    pub passages: Vec<Passage>,
    /// What stands there.
    pub found: Found,
}

/// What stands where a text is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The words or figure, where the story says or where it does not say where.
    Here,
    /// They, but not where the story says.
    Elsewhere,
    /// They do not stand in the text: this is only the place that the story names.
    Nowhere,
    /// There are no words to be found, of a paraphrase or of a lost figure: this is its place.
    Place,
}

/// Where the words of a statement or the figure of a market move stand in a text: at its locator, or else anywhere; where
/// they do not, or are a paraphrase, the lines its locator names.
pub fn opened(graph: &Graph, account: Account, text: &Text) -> Opened {
    let (locator, found, is_sought) = match account {
        Account::Statement(id) => {
            let statement = graph.statement(id);
            let is_quote = statement.form == Form::Quote;
            (statement.locator, if is_quote { text.find(&statement.text) } else { Vec::new() }, is_quote)
        }
        Account::Reaction(id) => {
            let reaction = graph.reaction(id);
            let value = reaction.change.figure();
            let has =
                |figure: &&figures::Figure| value.is_some_and(|value| figures::same(figure.value, value));
            let found = text.figures().iter().filter(has).map(|figure| text.passage_of(figure));
            (reaction.locator, found.collect(), value.is_some())
        }
    };
    let place = Place::of(locator, text);
    let here = place.among(&found);
    if !here.is_empty() {
        return Opened { passages: here, found: Found::Here };
    }
    if !found.is_empty() {
        return Opened { passages: found, found: Found::Elsewhere };
    }
    let lines = match place {
        Place::Lines(from, to) => from..=to,
        Place::Unnamed | Place::Unchecked | Place::Outside => {
            return Opened {
                passages: Vec::new(),
                found: if is_sought { Found::Nowhere } else { Found::Place },
            };
        }
    };
    let whole = |line: usize| Some(Passage { line, start: 0, last_line: line, end: text.line(line)?.len() });
    Opened {
        passages: lines.filter_map(whole).collect(),
        found: if is_sought { Found::Nowhere } else { Found::Place },
    }
}
