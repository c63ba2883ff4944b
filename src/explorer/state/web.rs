//! The pages on the web that sources can be read at, before one is opened.
//!
//! Imports `story`; starts nothing.

use super::Scrolled;
use crate::story::graph::Graph;
use crate::story::id::SourceId;
use crate::story::web_address::{Refused, WebAddress};

/// Where a source can be read.
#[derive(Debug, Clone)]
pub struct Page {
    /// The source.
    pub source: SourceId,
    /// Its address, or why that is not opened.
    pub address: Result<WebAddress, Refused>,
}

/// The pages one can be chosen from; at least one.
#[derive(Debug, Clone)]
pub struct WebView {
    /// In the order of the sources.
    pub pages: Vec<Page>,
    /// The cursor.
    pub at: Scrolled,
}

impl WebView {
    /// The pages of those of the sources that have one; `None` where none has.
    pub fn of(graph: &Graph, sources: impl IntoIterator<Item = SourceId>) -> Option<Self> {
        let page = |source: SourceId| {
            let url = graph.source(source).url.as_deref()?;
            Some(Page { source, address: WebAddress::parse(url) })
        };
        let pages: Vec<_> = sources.into_iter().filter_map(page).collect();
        (!pages.is_empty()).then_some(Self { pages, at: Scrolled::default() })
    }
}
