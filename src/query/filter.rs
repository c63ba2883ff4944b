//! The filter language: one line that says which events to show.
//!
//! ```text
//! actor:alibaba -kind:market (status:alleged or disputed:yes) after:2025-11 said:"completely false"
//! ```
//!
//! Terms side by side must all hold; `or` binds less than `and`; `-` and `not` turn a term round; brackets group. The
//! grammar is in [`grammar`], the fields in [`FIELDS`]; `docs/filter.md` tells both to the reader, with examples that
//! tests run. Imports `story` and `text` only.

use std::ops::Range;

use crate::story::diagnostic::did_you_mean;
use crate::story::graph::Graph;

mod fields;
mod grammar;

pub use fields::{FIELDS, Field};

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

impl Expression {
    /// Reads a filter. An empty one holds for every event.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        if text.chars().count() > LONGEST {
            let message = format!("a filter has at most {LONGEST} characters");
            return Err(FilterError::new(text.len()..text.len(), message));
        }
        let root = if text.trim().is_empty() { Branch::All(Vec::new()) } else { grammar::read(text)? };
        Ok(Self { text: text.trim().to_owned(), root })
    }

    /// The filter as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// For every event of a story, by index, whether the filter holds. Linear in what each term looks at.
    ///
    /// Errors: a field nobody knows, or a value the field cannot have in this story.
    pub fn holds(&self, graph: &Graph) -> Result<Vec<bool>, FilterError> {
        self.root.holds(graph)
    }
}

impl Branch {
    fn holds(&self, graph: &Graph) -> Result<Vec<bool>, FilterError> {
        match self {
            Self::Any(branches) => {
                let mut holds = vec![false; graph.event_count()];
                for branch in branches {
                    let others = branch.holds(graph)?;
                    holds.iter_mut().zip(others).for_each(|(one, other)| *one |= other);
                }
                Ok(holds)
            }
            Self::All(branches) => {
                let mut holds = vec![true; graph.event_count()];
                for branch in branches {
                    let others = branch.holds(graph)?;
                    holds.iter_mut().zip(others).for_each(|(one, other)| *one &= other);
                }
                Ok(holds)
            }
            Self::Not(branch) => {
                let mut holds = branch.holds(graph)?;
                for one in &mut holds {
                    *one = !*one;
                }
                Ok(holds)
            }
            Self::Term(term) => match &term.field {
                None => Ok(fields::text(graph, &term.value)),
                Some((name, at)) => {
                    let field = FIELDS.iter().find(|field| field.name == name).ok_or_else(|| {
                        let near = did_you_mean(name, FIELDS.iter().map(|field| field.name));
                        let all = FIELDS.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
                        let hint = near
                            .map_or(format!("the fields are {all}"), |near| format!("did you mean {near}:?"));
                        FilterError::new(at.clone(), format!("there is no field {name}:")).hint(Some(hint))
                    })?;
                    (field.holds)(graph, &term.value)
                        .map_err(|wrong| FilterError::new(term.at.clone(), wrong.message).hint(wrong.hint))
                }
            },
        }
    }
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
         - `-` or `not` turns a term or a group round.\n\
         - Case, accents and the shape of quotation marks and dashes do not count.\n\n\
         ```text\n",
    );
    page.push_str(include_str!("filter/examples.txt"));
    page.push_str("```\n\n| field | holds where | example |\n|---|---|---|\n");
    for field in FIELDS {
        page.push_str(&format!("| `{}` | {} | `{}` |\n", field.name, field.help, field.example));
    }
    page
}

/// Something that could stand where the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Bytes of the text that it replaces.
    pub replaces: Range<usize>,
    /// What to put there.
    pub text: String,
    /// What it means.
    pub help: String,
}

/// What could be typed at the end of `text`: field names, or the values of the field begun there.
pub fn completions(graph: &Graph, text: &str) -> Vec<Completion> {
    /// As many as anyone reads.
    const MOST: usize = 50;
    let quoted = text.matches('"').count() % 2 == 1;
    let start = if quoted {
        text.rfind('"').map_or(0, |quote| text[..quote].rfind([' ', '(']).map_or(0, |blank| blank + 1))
    } else {
        text.rfind([' ', '(']).map_or(0, |blank| blank + 1)
    };
    let start = start + text[start..].chars().take_while(|c| *c == '-').count();
    let begun = &text[start..];
    let Some((name, value)) = begun.split_once(':') else {
        let fields = FIELDS.iter().filter(|field| field.name.starts_with(begun));
        return fields
            .map(|field| Completion {
                replaces: start..text.len(),
                text: format!("{}:", field.name),
                help: field.help.to_owned(),
            })
            .collect();
    };
    let Some(field) = FIELDS.iter().find(|field| field.name == name) else { return Vec::new() };
    let wanted = crate::text::fold_str(value.trim_start_matches('"'));
    let values = (field.values)(graph);
    values
        .into_iter()
        .filter(|value| crate::text::fold_str(value).contains(&wanted))
        .take(MOST)
        .map(|value| {
            let plain = !value.contains([' ', '(', ')', '"']);
            Completion {
                replaces: start + name.len() + 1..text.len(),
                text: if plain { value.clone() } else { format!("\"{}\"", value.replace('"', "")) },
                help: value,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
