//! The field of a filter: what is typed, what it comes to, and what could be typed next.
//!
//! Imports `query::filter`; no terminal.

use super::find::Finders;
use super::typed::Typed;
use crate::query::filter::{Completion, Expression, FilterError, LONGEST, completions};
use crate::story::graph::Graph;

/// Of a story with more events than this, what a filter comes to is looked for when no key comes in, not at each key.
const AT_ONCE: usize = 150_000;

/// The field of a filter.
#[derive(Debug, Clone)]
pub struct FilterField {
    /// What is typed.
    pub typed: Typed,
    /// How many events it leaves, or why it cannot be used; `None` while that is still looked for.
    pub counted: Option<Result<usize, FilterError>>,
    /// What could be typed at the cursor.
    pub completions: Vec<Completion>,
    /// The completion Enter takes, counted from 0.
    pub picked: Option<usize>,
    /// The first completion that shows.
    pub top: usize,
}

impl FilterField {
    /// A field with a filter to be edited.
    pub fn new(graph: &Graph, finders: &mut Finders, text: &str) -> Self {
        let mut field = Self {
            typed: Typed::with(LONGEST, text),
            counted: None,
            completions: Vec::new(),
            picked: None,
            top: 0,
        };
        field.read(graph, finders);
        field
    }

    /// Reads what is typed, as far as that is done in a moment; the rest is for [`Self::go_on`]. What was looked for before
    /// is given up.
    pub fn read(&mut self, graph: &Graph, finders: &mut Finders) {
        self.counted = None;
        self.completions.clear();
        self.picked = None;
        self.top = 0;
        if graph.event_count() <= AT_ONCE {
            self.go_on(graph, finders);
        }
    }

    /// Whether it is still looked for what is typed comes to.
    pub fn is_looking(&self) -> bool {
        self.counted.is_none()
    }

    /// Goes on for a moment: folds texts where they are not yet, else asks them. Linear in the story. Whether anything that
    /// shows is another.
    pub fn go_on(&mut self, graph: &Graph, finders: &mut Finders) -> bool {
        let Some(texts) = finders.texts_in_a_moment(graph) else { return false };
        let holds =
            Expression::parse(self.typed.as_str()).and_then(|expression| expression.holds_in(graph, texts));
        self.counted = Some(holds.map(|holds| holds.iter().filter(|holds| **holds).count()));
        self.complete(graph, finders);
        true
    }

    /// Looks for what could be typed at the cursor; later, where it is still looked for what is typed.
    pub fn complete(&mut self, graph: &Graph, finders: &mut Finders) {
        if let Some(texts) = finders.texts_in_a_moment(graph).filter(|_| self.counted.is_some()) {
            self.completions = completions(graph, texts, &self.typed.as_str()[..self.typed.cursor()]);
            self.picked = None;
            self.top = 0;
        }
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
