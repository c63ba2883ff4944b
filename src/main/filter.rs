//! From a filter or the name of one to the part of a story it leaves, and the configuration the names come from.

use std::path::PathBuf;

use dateline::cli::Only;
use dateline::config::file::{self, Loaded};
use dateline::config::{View, built_in};
use dateline::query::filter::{Expression, Texts};
use dateline::report::pointed::pointed;
use dateline::report::selection::Selection;
use dateline::story::diagnostic::did_you_mean;
use dateline::story::graph::Graph;
use dateline::text::safe_line;

use super::Failure;

/// The reader's configuration.
pub fn load(named: Option<PathBuf>) -> Loaded {
    file::load(file::place(named, std::env::var_os("DATELINE_CONFIG").map(PathBuf::from)))
}

/// A filter that reads in the whole story.
pub struct Asked {
    expression: Expression,
    view: Option<String>,
}

/// Reads the filter that is asked for; a name that the story does not have is a mistake.
pub fn read(graph: &Graph, only: Only, config: Option<PathBuf>) -> Result<Asked, Failure> {
    let (filter, view) = match only {
        Only::Filter(filter) => (filter, None),
        Only::View(name) => {
            let View { name, filter } = find(&name, load(config))?;
            (filter, Some(name))
        }
    };
    let read = Expression::parse(&filter).and_then(|expression| expression.holds(graph).map(|_| expression));
    let expression = read.map_err(|error| Failure::Filter(pointed(&filter, &error)))?;
    Ok(Asked { expression, view })
}

impl Asked {
    /// What the filter leaves of the story, or of the part of it that was known at a moment.
    pub fn select(&self, graph: &Graph) -> Selection {
        let events = self.expression.found_in(graph, &Texts::of(graph));
        Selection::of(graph, self.expression.text(), self.view.as_deref(), events)
    }
}

/// The view of this name.
fn find(name: &str, loaded: Loaded) -> Result<View, Failure> {
    if let Some(fault) = loaded.fault {
        return Err(Failure::Filter(format!("error: the configuration cannot be used: {fault}\n")));
    }
    let built_in = built_in(&loaded.views);
    let views: Vec<_> = loaded.views.into_iter().chain(built_in).collect();
    let names = || views.iter().map(|view| view.name.as_str());
    let help = match did_you_mean(name, names()) {
        Some(near) => format!("did you mean {near:?}?"),
        None => format!("the views are: {}", names().collect::<Vec<_>>().join("; ")),
    };
    let said = format!("error: no view is called {name:?}\n");
    views.into_iter().find(|view| view.name == name).ok_or_else(|| {
        Failure::Filter(format!("{}\n  = help: {}\n", safe_line(said.trim_end()), safe_line(&help)))
    })
}
