//! The field of a filter: what is typed, what it comes to, and what could be typed next.
//!
//! Imports `query::filter`; no terminal.

use super::typed::Typed;
use crate::query::filter::{Completion, Expression, FilterError, LONGEST, Texts, completions};
use crate::story::graph::Graph;

/// The field of a filter.
#[derive(Debug, Clone)]
pub struct FilterField {
    /// What is typed.
    pub typed: Typed,
    /// How many events it leaves, or why it cannot be used.
    pub counted: Result<usize, FilterError>,
    /// What could be typed at the cursor.
    pub completions: Vec<Completion>,
    /// The completion Enter takes, counted from 0.
    pub picked: Option<usize>,
    /// The first completion that shows.
    pub top: usize,
}

impl FilterField {
    /// A field with a filter to be edited.
    pub fn new(graph: &Graph, texts: &Texts, text: &str) -> Self {
        let mut field = Self {
            typed: Typed::with(LONGEST, text),
            counted: Ok(0),
            completions: Vec::new(),
            picked: None,
            top: 0,
        };
        field.read(graph, texts);
        field
    }

    /// Reads what is typed. Linear in the story.
    pub fn read(&mut self, graph: &Graph, texts: &Texts) {
        let holds =
            Expression::parse(self.typed.as_str()).and_then(|expression| expression.holds_in(graph, texts));
        self.counted = holds.map(|holds| holds.iter().filter(|holds| **holds).count());
        self.complete(graph);
    }

    /// Looks for what could be typed at the cursor.
    pub fn complete(&mut self, graph: &Graph) {
        self.completions = completions(graph, &self.typed.as_str()[..self.typed.cursor()]);
        self.picked = None;
        self.top = 0;
    }

    /// What is typed, read, without the blanks around it.
    pub fn expression(&self) -> Result<Expression, FilterError> {
        Expression::parse(self.typed.as_str().trim())
    }

    /// Puts the completion picked where it belongs; false where none is.
    pub fn take_completion(&mut self) -> bool {
        let Some(completion) = self.picked.and_then(|picked| self.completions.get(picked)).cloned() else {
            return false;
        };
        let at_end = completion.replaces.end == self.typed.as_str().len();
        // On to the next term, unless the value is still to come.
        let after = if at_end && !completion.text.ends_with(':') { " " } else { "" };
        self.typed.put(completion.replaces, &format!("{}{after}", completion.text));
        true
    }
}
