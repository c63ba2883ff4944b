//! Named filters: the reader's own and those that are built in, and the list that `F` opens.
//!
//! Imports `config` and `query::filter`; no file is touched here.

use super::Scrolled;
use super::typed::Typed;
use crate::config::file::Loaded;
use crate::config::{self, LONGEST_NAME};
use crate::query::filter::{Expression, FilterError, Texts};
use crate::story::graph::Graph;
use crate::text::safe_line;

/// The views of the reader's configuration.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// The reader's own, in the order of the file.
    pub own: Vec<config::View>,
    /// The file they stand in, safe to show; `None` where there is no place for one.
    pub file: Option<String>,
    /// Why that file cannot be used.
    pub fault: Option<String>,
}

impl From<Loaded> for Views {
    fn from(loaded: Loaded) -> Self {
        let file = loaded.path.map(|path| safe_line(&path.to_string_lossy()).into_owned());
        Self { own: loaded.views, file, fault: loaded.fault }
    }
}

/// A view in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its name and filter.
    pub view: config::View,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// How many events it leaves, or why it cannot be used.
    pub counted: Result<usize, FilterError>,
}

/// The list of views, asked of the story once.
#[derive(Debug, Clone)]
pub struct ViewList {
    /// The reader's own first.
    pub listed: Vec<Listed>,
    /// The cursor.
    pub at: Scrolled,
}

impl ViewList {
    /// Asks the story for every view.
    pub fn new(views: &Views, graph: &Graph, texts: &Texts) -> Self {
        let own = views.own.iter().cloned().map(|view| (view, true));
        let built_in = config::built_in(&views.own).into_iter().map(|view| (view, false));
        let listed = own.chain(built_in).map(|(view, is_own)| {
            let holds = Expression::parse(&view.filter).and_then(|filter| filter.holds_in(graph, texts));
            let counted = holds.map(|holds| holds.into_iter().filter(|holds| *holds).count());
            Listed { view, is_own, counted }
        });
        Self { listed: listed.collect(), at: Scrolled::default() }
    }
}

/// The field in which a view is given its name.
#[derive(Debug, Clone)]
pub struct Naming {
    /// The name so far.
    pub typed: Typed,
    /// The filter that is given a name.
    pub filter: String,
}

impl Naming {
    /// A field for the name of a filter.
    pub fn new(filter: &str) -> Self {
        Self { typed: Typed::new(LONGEST_NAME), filter: filter.to_owned() }
    }
}
