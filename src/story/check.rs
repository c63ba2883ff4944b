//! The newsroom lint: what an editor would ask about a story that reads without a fault.
//!
//! Every rule is one function and one line of [`RULES`]; none of them asks a clock, recurses, or compares all with
//! all, so that a story of a hundred thousand events is checked in the time it takes to read it. What a text holds that
//! is not safe to show (`unsafe-text`) is known to `build` alone, and told there; what a comment cuts off
//! (`cut-by-comment`) is seen in the text alone, and told with it.
//!
//! Imports the other modules of `story` and `text`; nothing above them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::diagnostic::{Code, Diagnostic, Path, Step};
use super::graph::Graph;
use super::id::ElementId;

pub(super) mod comments;
mod disputes;
pub(crate) mod holdings;
pub(super) mod idle;
mod links;
pub(crate) mod markets;
pub(crate) mod misquotes;
mod names;
mod part;
mod paths;
mod quotations;
mod replies;
mod sources;
mod statements;
mod times;
mod traces;
mod unused;

pub use part::check_part;
pub use paths::Paths;

/// A rule: what of a story breaks it, today being a given day.
pub type Rule = fn(&Graph, NaiveDate, &mut Findings);

/// Every rule that looks at a graph, with the code it reports.
pub const RULES: &[(Code, Rule)] = &[
    (Code::QuoteWithoutLocator, statements::quote_without_locator),
    (Code::MarksInQuote, statements::marks_in_quote),
    (Code::AllegationWithoutReply, replies::allegation_without_reply),
    (Code::SaidAfterPublication, times::said_after_publication),
    (Code::ReportedBeforeHappening, times::reported_before_happening),
    (Code::DisputeOfOneOrigin, disputes::dispute_of_one_origin),
    (Code::FiguresWithoutDispute, markets::figures_without_dispute),
    (Code::StatedLinkWithoutSource, links::stated_link_without_source),
    (Code::InferredWithoutNote, links::inferred_without_note),
    (Code::CorroborationOfOneOrigin, sources::corroboration_of_one_origin),
    (Code::UnusedActor, unused::unused_actor),
    (Code::UnusedSource, unused::unused_source),
    (Code::UnusedStatement, unused::unused_statement),
    (Code::SameName, names::same_name),
    (Code::LookalikeName, names::lookalike_name),
    (Code::LikelyMisquote, misquotes::likely_misquote),
    (Code::ScheduledInThePast, times::scheduled_in_the_past),
    (Code::QuotationInOwnWords, quotations::quotation_in_own_words),
    (Code::UrlNotOpened, sources::url_not_opened),
];

/// How many of its neighbours a figure, a name or a quote is compared with. More that are so alike occur in no story;
/// in a file made to take for ever they would be compared all with all.
const NEIGHBOURS: usize = 64;

/// Checks a story by every rule. In document order; what an element's `allow:` names keeps the reason with it, and an
/// `allow:` that is not needed is told of too.
pub fn check(graph: &Graph, today: NaiveDate) -> Vec<Diagnostic> {
    let mut findings = Findings::of(graph);
    for (_, rule) in RULES {
        rule(graph, today, &mut findings);
    }
    let mut diagnostics = findings.settled(graph);
    diagnostics.sort_by_cached_key(|diagnostic| place(&diagnostic.path));
    diagnostics
}

/// Whatever may carry an `allow:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The story's own fields.
    Story,
    /// An element.
    Element(ElementId),
}

impl From<ElementId> for Holder {
    fn from(element: ElementId) -> Self {
        Self::Element(element)
    }
}

/// What the rules found so far.
pub struct Findings {
    paths: Paths,
    found: Vec<Finding>,
    awaited: HashSet<(Holder, Code)>,
}

struct Finding {
    diagnostic: Diagnostic,
    /// Whose `allow:` may excuse it.
    concerns: Vec<Holder>,
}

impl Findings {
    fn of(graph: &Graph) -> Self {
        Self { paths: Paths::of(graph), found: Vec::new(), awaited: HashSet::new() }
    }

    /// Where the elements stand.
    fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Reports what breaks a rule. An `allow:` of any of the elements it concerns may excuse it.
    fn report(&mut self, concerns: &[impl Into<Holder> + Copy], diagnostic: Diagnostic) {
        let concerns = concerns.iter().map(|holder| (*holder).into()).collect();
        self.found.push(Finding { diagnostic, concerns });
    }

    /// Says that an element does not break a rule today and will one day, so that its `allow:` is not idle.
    fn awaits(&mut self, element: ElementId, code: Code) {
        self.awaited.insert((element.into(), code));
    }

    /// All that was found: with its reason where it is allowed, and with the idle entries of every `allow:`.
    fn settled(self, graph: &Graph) -> Vec<Diagnostic> {
        let mut reasons: HashMap<(Holder, &str), &str> = HashMap::new();
        for (holder, allowances) in idle::allowances(graph) {
            for allowance in allowances {
                reasons.entry((holder, &allowance.rule)).or_insert(&allowance.reason);
            }
        }
        let mut needed = self.awaited;
        let mut diagnostics = Vec::with_capacity(self.found.len());
        for Finding { mut diagnostic, concerns } in self.found {
            needed.extend(concerns.iter().map(|holder| (*holder, diagnostic.code)));
            diagnostic.allowed = concerns
                .iter()
                .find_map(|holder| reasons.get(&(*holder, diagnostic.code.word())))
                .map(|reason| (*reason).to_owned());
            diagnostics.push(diagnostic);
        }
        diagnostics.extend(idle::found(graph, &self.paths, &needed));
        diagnostics
    }
}

/// A key by which places sort as in a file that keeps to the format's own order: an element before what it holds, its
/// own fields before its lists.
pub(super) fn place(path: &Path) -> Vec<usize> {
    const SECTIONS: [&str; 6] = ["format", "story", "sources", "actors", "events", "disputes"];
    const LISTS: [&str; 7] = ["sources", "actors", "links", "statements", "reactions", "positions", "allow"];
    let rank =
        |names: &[&str], key: &str| names.iter().position(|name| *name == key).map_or(0, |place| place + 1);
    let steps = path.steps().iter().enumerate();
    steps
        .map(|(depth, step)| match step {
            Step::Key(key) => rank(if depth == 0 { &SECTIONS } else { &LISTS }, key),
            Step::Index(index) => *index,
        })
        .collect()
}

/// How an author says that a rule does not hold for an element, for hints.
fn allowing(code: Code) -> String {
    format!("`allow: [{{rule: {code}, reason: …}}]`")
}

/// A count with its word: `1 source`, `2 sources`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::diagnostic::Rank;
    use super::super::{build, document::Document};
    use super::*;

    #[test]
    fn every_rule_code_is_reported_by_exactly_one_entry() {
        let mut entries: BTreeMap<Code, usize> = BTreeMap::new();
        for (code, _) in RULES {
            *entries.entry(*code).or_default() += 1;
        }
        for code in Code::ALL {
            // Two are found on reading, the other is made of what the rules find.
            let elsewhere = [Code::UnsafeText, Code::CutByComment, Code::IdleAllow].contains(code);
            let expected = usize::from(code.rank() == Rank::Rule && !elsewhere);
            assert_eq!(entries.get(code).copied().unwrap_or(0), expected, "{code}");
        }
    }

    #[test]
    fn an_entry_reports_its_own_code_and_no_other() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
        for (code, rule) in RULES {
            let mut reported = 0;
            for file in std::fs::read_dir(&folder).expect("the folder of rules") {
                let path = file.expect("a fixture").path();
                if path.extension().is_none_or(|extension| extension != "yaml") {
                    continue;
                }
                let yaml = std::fs::read_to_string(&path).expect("a readable fixture");
                let (graph, faults) = build::build(Document::from_yaml(&yaml).expect("YAML"));
                let graph = graph.unwrap_or_else(|| panic!("{}: {faults:#?}", path.display()));
                let mut findings = Findings::of(&graph);
                rule(&graph, today, &mut findings);
                for finding in &findings.found {
                    assert_eq!(finding.diagnostic.code, *code, "{}", path.display());
                    reported += 1;
                }
            }
            assert!(reported > 0, "{code} is reported by no fixture");
        }
    }

    #[test]
    fn places_sort_as_in_a_file() {
        let event = Path::root().key("events").index(2);
        let in_order = [
            Path::root().key("story").key("summary"),
            Path::root().key("actors").index(1),
            event.clone(),
            event.key("summary"),
            event.key("sources"),
            event.key("links").index(0),
            event.key("statements").index(9).key("text"),
            event.key("statements").index(10),
            event.key("reactions").index(0),
            Path::root().key("events").index(10),
            Path::root().key("disputes").index(0),
        ];
        assert!(in_order.iter().map(place).is_sorted(), "{:?}", in_order.each_ref().map(place));
    }
}
