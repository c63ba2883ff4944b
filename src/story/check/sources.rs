//! Rules on sources: that repetition does not pass for corroboration, and that their addresses lead where they say.
//!
//! Imports what `check` imports.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::traces::Traces;
use super::{Findings, Paths, allowing, counted};
use crate::story::diagnostic::{Code, Diagnostic};
use crate::story::graph::{Carrier, Graph};
use crate::story::id::ElementId;
use crate::story::web_address::WebAddress;

/// An event that two sources or more report (name it, or carry a statement or reaction of it), all of which go back to
/// one origin. Where one of them may have it from elsewhere, that is not so.
pub(super) fn corroboration_of_one_origin(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let traces = Traces::of(graph);
    for (id, _) in graph.events() {
        let reporting = Carrier::of_event(graph, id);
        let sources: BTreeSet<_> = reporting.iter().map(|carrier| carrier.source).collect();
        if sources.len() < 2 {
            continue;
        }
        let Some(origin) = traces.shared(graph, &reporting) else { continue };
        let message = format!(
            "{} report this event, but all go back to one origin: {}",
            counted(sources.len(), "source"),
            graph.source(origin).label()
        );
        let hint = format!(
            "a report repeated is not confirmed: find a source that has it from elsewhere; where there is none, say \
             so: {}",
            allowing(Code::CorroborationOfOneOrigin)
        );
        let found = Diagnostic::new(Code::CorroborationOfOneOrigin, Paths::event(id).key("sources"), message)
            .hint(hint)
            .also(Paths::source(origin), "the one origin");
        findings.report(&[ElementId::Event(id)], found);
    }
}

/// A `url` that the explorer does not open. What is hidden in one is told by `unsafe-text`.
pub(super) fn url_not_opened(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    for (id, source) in graph.sources() {
        let Some(url) = source.url.as_deref().filter(|url| !url.contains('‹')) else { continue };
        let Err(why) = WebAddress::parse(url) else { continue };
        let message = format!("this address is not opened: {why}");
        let hint = "write the address of the page as a browser shows it, from https:// on; where there is no page, \
                    leave `url` out";
        let found = Diagnostic::new(Code::UrlNotOpened, Paths::source(id).key("url"), message).hint(hint);
        findings.report(&[ElementId::Source(id)], found);
    }
}
