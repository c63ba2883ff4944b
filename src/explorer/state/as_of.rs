//! Looking back: the story as it could have been known at a moment, and the field in which that moment is picked.
//!
//! Imports `query::as_of`; no terminal.

use std::sync::Arc;

use super::Scrolled;
use super::typed::Typed;
use crate::query::as_of::{LookBack, Then, publications};
use crate::query::search::QUERY_LIMIT;
use crate::query::timeline::Filter;
use crate::story::graph::Graph;
use crate::story::id::SourceId;

/// The reader looks back: what shows is a part of the story.
#[derive(Debug)]
pub struct Retrospect {
    /// The whole story, while a part of it shows.
    pub whole: Arc<Graph>,
    /// What is to be said of that part.
    pub back: LookBack,
    /// What narrowed the timeline before, in the whole story.
    pub filter: Option<Filter>,
}

/// The field of `a`: a moment typed, or a publication picked from the list below.
#[derive(Debug, Clone)]
pub struct MomentPick {
    /// What is typed.
    pub typed: Typed,
    /// The publications of the whole story, in order of time.
    pub publications: Vec<(Then, SourceId)>,
    /// The cursor in that list.
    pub at: Scrolled,
}

impl MomentPick {
    /// A field over the publications of the whole story, the cursor on the last one out by `then`.
    pub fn new(whole: &Graph, then: Option<Then>) -> Self {
        let publications = publications(whole);
        let out = match then {
            Some(then) => publications.partition_point(|(published, _)| published.moment <= then.moment),
            None => publications.len(),
        };
        let at = Scrolled { cursor: out.saturating_sub(1), top: 0 };
        Self { typed: Typed::new(QUERY_LIMIT), publications, at }
    }
}
