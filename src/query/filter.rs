//! The filter language: one line that says which events to show.
//!
//! ```text
//! actor:alibaba -kind:market (status:alleged or disputed:yes) after:2025-11 said:"completely false"
//! ```
//!
//! Terms side by side must all hold; `or` binds less than `and`; `-` and `not` turn a term round; brackets group. The
//! grammar is in `grammar`, the fields in [`FIELDS`]; `docs/filter.md` tells both to the reader, with examples that
//! tests run. Imports `story` and `text` only.

use std::ops::Range;

use crate::story::diagnostic::did_you_mean;
use crate::story::graph::Graph;

mod completion;
mod fields;
mod grammar;
mod texts;

pub use completion::{Completion, completions};
pub use fields::{FIELDS, Field};
pub use texts::Texts;

use fields::Asked;

/// Characters of a filter that are read; more is refused.
pub const LONGEST: usize = 1024;

/// A filter, read but not yet asked of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    text: String,
    root: Branch,
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Branch {
    /// At least one of these holds.
    Any(Vec<Branch>),
    /// All of these hold.
    All(Vec<Branch>),
    /// This does not hold.
    Not(Box<Branch>),
    /// A single test.
    Term(Term),
}

/// `field:value`, or a word that is looked for in all of an event's text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    field: Option<(String, Range<usize>)>,
    value: String,
    at: Range<usize>,
}

/// Why a filter cannot be used, and the characters that are to blame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FilterError {
    /// Bytes of the filter's text; empty at the end of it.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub hint: Option<String>,
}

impl FilterError {
    fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), hint: None }
    }

    fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}

/// What a value means that names something the story does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// A mistake, to be told.
    Mistake,
    /// Nothing has it: the filter was read when the story was another, or known up to another day.
    Nothing,
}

impl Expression {
    /// Reads a filter. An empty one holds for every event.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        if let Some(error) = grammar::too_long(text) {
            return Err(error);
        }
        let root = if text.trim().is_empty() { Branch::All(Vec::new()) } else { grammar::read(text)? };
        Ok(Self { text: text.to_owned(), root })
    }

    /// The filter as it was written; errors point into this.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// For every event of a story, by index, whether the filter holds. Linear in what each term looks at.
    ///
    /// Errors: a field nobody knows, or a value the field cannot have in this story.
    pub fn holds(&self, graph: &Graph) -> Result<Vec<bool>, FilterError> {
        self.holds_in(graph, &Texts::of(graph))
    }

    /// As [`Self::holds`], with the texts of the same story folded before.
    pub fn holds_in(&self, graph: &Graph, texts: &Texts) -> Result<Vec<bool>, FilterError> {
        self.root.holds(Asked { graph, texts }, Unknown::Mistake)
    }

    /// As [`Self::holds_in`] for a filter that was accepted before, perhaps for a story that knew more: a name that
    /// is not in this one holds for nothing.
    pub fn found_in(&self, graph: &Graph, texts: &Texts) -> Vec<bool> {
        let found = self.root.holds(Asked { graph, texts }, Unknown::Nothing);
        found.unwrap_or_else(|_| vec![false; graph.event_count()])
    }
}

impl Branch {
    fn holds(&self, asked: Asked<'_>, unknown: Unknown) -> Result<Vec<bool>, FilterError> {
        let count = asked.graph.event_count();
        match self {
            Self::Any(branches) => branches.iter().try_fold(vec![false; count], |mut holds, branch| {
                let others = branch.holds(asked, unknown)?;
                holds.iter_mut().zip(others).for_each(|(one, other)| *one |= other);
                Ok(holds)
            }),
            Self::All(branches) => branches.iter().try_fold(vec![true; count], |mut holds, branch| {
                let others = branch.holds(asked, unknown)?;
                holds.iter_mut().zip(others).for_each(|(one, other)| *one &= other);
                Ok(holds)
            }),
            Self::Not(branch) => {
                let holds = branch.holds(asked, unknown)?;
                Ok(holds.into_iter().map(|one| !one).collect())
            }
            Self::Term(term) => term.holds(asked, unknown),
        }
    }
}

impl Term {
    fn holds(&self, asked: Asked<'_>, unknown: Unknown) -> Result<Vec<bool>, FilterError> {
        let Some((name, at)) = &self.field else { return Ok(fields::text(asked, &self.value)) };
        let Some(field) = FIELDS.iter().find(|field| field.name == name) else {
            return Err(no_field(name, at.clone(), &self.value));
        };
        match (field.holds)(asked, &self.value) {
            Err(wrong) if wrong.is_unknown && unknown == Unknown::Nothing => {
                Ok(vec![false; asked.graph.event_count()])
            }
            holds => holds.map_err(|wrong| FilterError::new(self.at.clone(), wrong.message).hint(wrong.hint)),
        }
    }
}

fn no_field(name: &str, at: Range<usize>, value: &str) -> FilterError {
    let names = || FIELDS.iter().map(|field| field.name);
    let hint = match did_you_mean(name, names()) {
        Some(near) => format!("did you mean {near}:?"),
        None => format!(
            "the fields are {}; to look for the words, write \"{name}:{value}\"",
            names().collect::<Vec<_>>().join(", ")
        ),
    };
    FilterError::new(at, format!("there is no field {name}:")).hint(Some(hint))
}

/// The page on the language: `docs/filter.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Filters\n\n\
         Made from the table of fields in `src/query/filter/fields.rs`; tests hold this page to it and run the examples on\n\
         the embedded story.\n\n\
         A filter is one line that says which events to show.\n\n\
         - `field:value` asks one thing. A value with blanks or brackets stands in quotation marks.\n\
         - A word without a field is looked for in titles, summaries, kinds, places, statements and the names of actors.\n\
         - Terms side by side must all hold; `and` may stand between them.\n\
         - `or` joins what may hold instead; it binds less than `and`. Brackets group.\n\
         - `-` or `not` turns a term or a group round. Before a word that begins with `-`, or is `and`, `or` or `not`,\n\
         \x20 quotation marks say that the word itself is looked for.\n\
         - Case, accents and the shape of quotation marks and dashes do not count; nor does where a line breaks.\n\
         - A name that the story does not have is an error, under the exact characters, not an empty answer.\n\n\
         In the explorer `f` asks for a filter and `F` lists those with a name; at the command line there are\n\
         `dateline show --filter FILTER` and `dateline show --view NAME`.\n\n\
         ```text\n",
    );
    page.push_str(include_str!("filter/examples.txt"));
    page.push_str("```\n\n| field | holds where | example |\n|---|---|---|\n");
    for field in FIELDS {
        page.extend(["| `", field.name, "` | ", field.help, " | `", field.example, "` |\n"]);
    }
    page
}

#[cfg(test)]
mod tests;
