//! Provenance: from a source through those it relies on to where the chain ends, and how many origins an account
//! really has. Repeating adds no origin, and what is not known is counted neither as independent nor as dependent.
//!
//! Chains may run in circles and share stretches; every walk is iterative and visits a source once.
//!
//! Imports `story` only; no terminal.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};

use crate::story::graph::{Carrier, Graph, Position};
use crate::story::id::{Account, DisputeId, EventId, SourceId};

/// Ends of chains that are weighed against each other where none has the matter at first hand; more occur in no
/// story, and each costs a walk.
const WEIGHED: usize = 64;

/// What may be asked for the sources behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A statement or reaction.
    Account(Account),
    /// A source.
    Source(SourceId),
    /// An event, by whoever carries any of it.
    Event(EventId),
    /// A position of a dispute, by its index.
    Position(DisputeId, usize),
}

/// Where a source has its matter from, in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// It comes from this source: one said to have it at first hand, or one that relies on no other in the story
    /// and is named as the place it comes from.
    Origin(SourceId),
    /// This source relies on no other in the story (or only in a circle) and does not say whence it has it.
    Unknown(SourceId),
}

/// Where the sources that a source relies on stand in a drawn chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// They follow, one step deeper.
    Further,
    /// They stand further up already, or the chain runs in a circle.
    Above,
    /// There are none: it has the matter at first hand.
    FirstHand,
    /// There are none in the story, and it does not say whence it has the matter.
    NotStated,
}

/// One line of a chain drawn as a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// How many reliances below the source asked about; that one is at 0.
    pub depth: usize,
    /// The source.
    pub source: SourceId,
    /// The source that relies on it; `None` for the one asked about.
    pub via: Option<SourceId>,
    /// How the chain goes on from here.
    pub ending: Ending,
    /// Whether that is told of one account of the source alone.
    pub alone: bool,
}

/// What an account rests on. Made by [`support`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Support {
    /// The sources that carry it, each once, in document order.
    pub sources: Vec<SourceId>,
    /// The origins that count as independent of each other, in document order; none of them need be in `sources`.
    pub origins: Vec<SourceId>,
    /// Whether what goes back to `origins` goes back to a further end as well, of which it is not stated whether it is
    /// another origin.
    pub at_least: bool,
    /// The sources that go back to none of `origins`: whether they are independent of them cannot be told.
    pub unknown: Vec<SourceId>,
}

impl Support {
    /// As [`reading`](Self::reading), with the names of the origins: two positions of one origin each may rest on the same.
    pub fn named(&self, graph: &Graph) -> String {
        // What stands in brackets behind a description says that it is one.
        let names = self.origins.iter().map(|origin| {
            let label = graph.source(*origin).label();
            label.split_once(" (").map_or(label, |(label, _)| label)
        });
        self.told(&names.collect::<Vec<_>>().join(", "))
    }

    /// How it reads: `4 sources, 1 origin`, `2 sources, 1 origin, 1 of unknown origin`, `1 source, origin not stated`.
    pub fn reading(&self) -> String {
        self.told("")
    }

    /// With the names of the origins behind their count.
    fn told(&self, names: &str) -> String {
        let counted =
            |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let sources = counted(self.sources.len(), "source");
        let at_least = if self.at_least { "at least " } else { "" };
        let name = if names.is_empty() { String::new() } else { format!(" ({names})") };
        let origins = format!("{at_least}{}{name}", counted(self.origins.len(), "origin"));
        match (self.sources.len(), self.origins.len(), self.unknown.len()) {
            (0, ..) => "no source".to_owned(),
            (1, 0, _) => format!("{sources}, origin not stated"),
            (_, 0, _) => format!("{sources}, origins not stated"),
            (.., 0) => format!("{sources}, {origins}"),
            (.., unknown) => format!("{sources}, {origins}, {unknown} of unknown origin"),
        }
    }
}

/// The chain from a source to its origins as a tree, flattened from the top; what a source relies on is in the order
/// in which the file names it. Drawn once: where a source comes up again, its chain stands at its first place.
pub fn chain(graph: &Graph, source: SourceId) -> Vec<Step> {
    chains(graph, &[Carrier::whole(source)])
}

/// The chains of several sources, one after the other; a source asked about stands at depth 0 even where it comes up in
/// the chain of another. Drawn once, all together: what stands further up is not drawn again.
pub fn chains(graph: &Graph, carriers: &[Carrier]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut drawn = HashSet::new();
    let mut waiting: Vec<_> = carriers.iter().rev().map(|carrier| (0, *carrier, None)).collect();
    while let Some((depth, carrier, via)) = waiting.pop() {
        let source = carrier.source;
        let relied_on = carrier.relied_on(graph);
        let first_hand = carrier.account.is_none() && graph.source(source).first_hand;
        let ending = match (relied_on.is_empty(), first_hand) {
            (true, true) => Ending::FirstHand,
            (true, false) => Ending::NotStated,
            // What is told of one account alone is no part of what the source relies on as a whole.
            (false, _) if carrier.account.is_some() || drawn.insert(source) => Ending::Further,
            (false, _) => Ending::Above,
        };
        if ending == Ending::Further {
            waiting.extend(relied_on.iter().rev().map(|on| (depth + 1, Carrier::whole(*on), Some(source))));
        }
        steps.push(Step { depth, source, via, ending, alone: carrier.account.is_some() });
    }
    steps
}

/// Where a source has its matter from, in the end; in document order, at least one.
pub fn roots(graph: &Graph, source: SourceId) -> Vec<Root> {
    let reached = reach(&[source], |source| &graph.source(source).relies_on);
    let mut roots: Vec<_> = reached
        .into_iter()
        .filter_map(|end| match graph.source(end) {
            at_end if at_end.first_hand => Some(Root::Origin(end)),
            at_end if !at_end.relies_on.is_empty() => None,
            _ if end == source => Some(Root::Unknown(end)),
            _ => Some(Root::Origin(end)),
        })
        .collect();
    if roots.is_empty() {
        roots.push(Root::Unknown(source));
    }
    roots
}

/// The sources that carry what is asked about; each once, but for accounts of it that are told of alone; in document
/// order.
pub fn carriers(graph: &Graph, asked: Asked) -> Vec<Carrier> {
    match asked {
        Asked::Account(account) => vec![Carrier::of(graph, account)],
        Asked::Source(source) => vec![Carrier::whole(source)],
        Asked::Event(event) => Carrier::of_event(graph, event),
        Asked::Position(dispute, place) => {
            let positions = &graph.dispute(dispute).positions;
            positions.get(place).map(|at| Carrier::of_position(graph, at)).unwrap_or_default()
        }
    }
}

/// What these sources amount to together.
///
/// Every source at first hand that they go back to counts. Where there is none, the one counts to which most of them
/// trace it: a single origin claims no independence. A further one that does not say whence it has the matter may
/// rest on the first, so what goes back to it alone is of unknown origin, however often it is repeated.
pub fn support(graph: &Graph, carriers: &[Carrier]) -> Support {
    let beginnings: Vec<_> = carriers.iter().flat_map(|carrier| carrier.beginnings(graph)).copied().collect();
    let reached = reach(&beginnings, |source| &graph.source(source).relies_on);
    let mut origins: Vec<_> =
        reached.iter().copied().filter(|source| graph.source(*source).first_hand).collect();
    if origins.is_empty() {
        origins.extend(most_traced(graph, carriers, &reached));
    }
    let known = reach(&origins, |source| graph.relied_on_by(source));
    let traced = |carrier: &&Carrier| carrier.beginnings(graph).iter().any(|source| known.contains(source));
    let of_known: BTreeSet<_> = carriers.iter().filter(traced).map(|carrier| carrier.source).collect();
    let from_known = carriers.iter().filter(traced).flat_map(|carrier| carrier.beginnings(graph)).copied();
    let beyond = reach(&from_known.collect::<Vec<_>>(), |source| &graph.source(source).relies_on);
    let is_end = |source: &SourceId| graph.source(*source).relies_on.is_empty();
    let at_least = beyond.iter().filter(|source| is_end(source)).any(|source| !origins.contains(source));
    let sources: BTreeSet<_> = carriers.iter().map(|carrier| carrier.source).collect();
    let unknown = sources.difference(&of_known).copied().collect();
    Support { sources: sources.into_iter().collect(), origins, at_least, unknown }
}

/// What an event rests on: the sources that report it, or carry a statement or reaction of it.
pub fn support_of_event(graph: &Graph, event: EventId) -> Support {
    support(graph, &Carrier::of_event(graph, event))
}

/// What a position of a dispute rests on: the sources that carry the accounts which hold it.
pub fn support_of_position(graph: &Graph, position: &Position) -> Support {
    support(graph, &Carrier::of_position(graph, position))
}

/// The end to which most of `carriers` other than itself trace the matter; the first in the document among equals.
fn most_traced(graph: &Graph, carriers: &[Carrier], reached: &BTreeSet<SourceId>) -> Option<SourceId> {
    let ends = reached.iter().copied().filter(|end| graph.source(*end).relies_on.is_empty());
    ends.filter(|end| {
        let beyond = |carrier: &Carrier| carrier.account.is_some() && carrier.beginnings(graph).contains(end);
        !graph.relied_on_by(*end).is_empty() || carriers.iter().any(beyond)
    })
    .take(WEIGHED)
    .map(|end| {
        let tracing = reach(&[end], |source| graph.relied_on_by(source));
        let traces = |carrier: &&Carrier| {
            *carrier != &Carrier::whole(end)
                && carrier.beginnings(graph).iter().any(|source| tracing.contains(source))
        };
        (carriers.iter().filter(traces).count(), end)
    })
    .filter(|(tracing, _)| *tracing > 0)
    .max_by_key(|(tracing, end)| (*tracing, Reverse(*end)))
    .map(|(_, end)| end)
}

/// `from` and all that is reached from it along `next`.
fn reach<'a>(from: &[SourceId], next: impl Fn(SourceId) -> &'a [SourceId]) -> BTreeSet<SourceId> {
    let mut reached: BTreeSet<_> = from.iter().copied().collect();
    let mut waiting = from.to_vec();
    while let Some(source) = waiting.pop() {
        waiting.extend(next(source).iter().copied().filter(|source| reached.insert(*source)));
    }
    reached
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::story;
    use crate::story::id::ElementId;

    /// A story of sources alone: `a: b c` relies on `b` and `c`, `a!` has it at first hand.
    fn story(sources: &str) -> Graph {
        let mut yaml = "format: 1\nstory: {title: T}\nsources:\n".to_owned();
        for line in sources.split(';') {
            let (id, on) = line.split_once(':').unwrap_or((line, ""));
            let origin = if id.contains('!') { ", origin: itself" } else { "" };
            let id = id.trim().trim_end_matches('!');
            let on = on.split_whitespace().collect::<Vec<_>>().join(", ");
            writeln!(yaml, "  - {{id: {id}, title: T, kind: article, relies_on: [{on}]{origin}}}")
                .expect("written");
        }
        story::read(yaml.as_bytes()).expect("the story builds")
    }

    fn source(graph: &Graph, id: &str) -> SourceId {
        match graph.by_id(id) {
            Some(ElementId::Source(id)) => id,
            other => panic!("{id} is {other:?}"),
        }
    }

    fn dispute(graph: &Graph, id: &str) -> DisputeId {
        match graph.by_id(id) {
            Some(ElementId::Dispute(id)) => id,
            other => panic!("{id} is {other:?}"),
        }
    }

    fn ids<'a>(graph: &'a Graph, sources: &[SourceId]) -> Vec<&'a str> {
        sources.iter().map(|source| graph.source(*source).id.as_str()).collect()
    }

    /// Drawn as indented ids with a letter for the ending.
    fn drawn(graph: &Graph, from: &str) -> Vec<String> {
        chain(graph, source(graph, from))
            .into_iter()
            .map(|step| {
                let mark = match step.ending {
                    Ending::Further => "",
                    Ending::Above => " ^",
                    Ending::FirstHand => " !",
                    Ending::NotStated => " ?",
                };
                format!("{}{}{mark}", "-".repeat(step.depth), graph.source(step.source).id)
            })
            .collect()
    }

    #[test]
    fn sources_count_by_their_origins() {
        for (sources, asked, reading, origins) in [
            // Repeating adds no origin.
            ("o!; a: o; b: o; c: b; d: a c", "a b c d", "4 sources, 1 origin", "o"),
            ("o; a: o; b: o; c: b; d: a c", "a b c d", "4 sources, 1 origin", "o"),
            ("o!; a: o", "o a", "2 sources, 1 origin", "o"),
            ("o!; p!; a: o; b: p", "a b", "2 sources, 2 origins", "o p"),
            ("o!; p!; a: o p", "a", "1 source, 2 origins", "o p"),
            // What does not say whence it has it is the third answer.
            ("a", "a", "1 source, origin not stated", ""),
            ("a; b", "a b", "2 sources, origins not stated", ""),
            ("o!; a: o; b", "a b", "2 sources, 1 origin, 1 of unknown origin", "o"),
            ("o; a: o; b: o; c", "a b c", "3 sources, 1 origin, 1 of unknown origin", "o"),
            // Two ends that do not say whence they have it may share an origin outside the story ...
            ("o; p; a: o; b: p; c: p", "a b c", "3 sources, 1 origin, 1 of unknown origin", "p"),
            ("o!; p; a: o; b: p; c: p", "a b c", "3 sources, 1 origin, 2 of unknown origin", "o"),
            // ... and one who repeats such a source does not make it an origin beside another.
            ("o; a: o; b: o; c; d: c", "a b c d", "4 sources, 1 origin, 2 of unknown origin", "o"),
            ("o; a: o; b; c: b", "a b", "2 sources, 1 origin, 1 of unknown origin", "o"),
            ("o; a: o", "o", "1 source, origin not stated", ""),
            // Where a chain forks, its other end may be an origin too, or rest on the one that counts.
            ("o; p; a: o p", "a", "1 source, at least 1 origin", "o"),
            ("a; b; c: a b", "a c", "2 sources, at least 1 origin", "a"),
            ("o!; p; a: o p; b: p", "a b", "2 sources, at least 1 origin, 1 of unknown origin", "o"),
            // At first hand counts even where others are repeated as well.
            ("o!; a!: o", "a", "1 source, 2 origins", "o a"),
            ("a", "", "no source", ""),
        ] {
            let graph = story(sources);
            let asked = asked.split_whitespace().map(|id| Carrier::whole(source(&graph, id)));
            let support = support(&graph, &asked.clone().chain(asked).collect::<Vec<_>>());
            assert_eq!(support.reading(), reading, "{sources}");
            assert_eq!(ids(&graph, &support.origins).join(" "), origins, "{sources}");
        }
    }

    #[test]
    fn roots_are_the_ends_of_the_chain() {
        let graph = story("o!; p; a: o p; b");
        let of = |id| roots(&graph, source(&graph, id));
        let at = |id| source(&graph, id);
        assert_eq!(of("a"), [Root::Origin(at("o")), Root::Origin(at("p"))]);
        assert_eq!(of("o"), [Root::Origin(at("o"))]);
        assert_eq!(of("b"), [Root::Unknown(at("b"))]);
    }

    #[test]
    fn a_chain_is_drawn_once() {
        for (sources, tree) in [
            ("a: b c; b: d; c: d; d: o; o!", &["a", "-b", "--d", "---o !", "-c", "--d ^"][..]),
            ("a", &["a ?"]),
            ("a: c b; b; c!", &["a", "-c !", "-b ?"]),
        ] {
            assert_eq!(drawn(&story(sources), "a"), tree, "{sources}");
        }
        let steps = chain(&story("a: b; b"), source(&story("a: b; b"), "a"));
        assert_eq!(steps[1].via, Some(steps[0].source));
    }

    #[test]
    fn chains_of_several_are_drawn_together_each_asked_about_at_the_top() {
        let graph = story("a: b; b: o; c: o; d; o!");
        let asked: Vec<_> = ["a", "b", "c", "d"].map(|id| Carrier::whole(source(&graph, id))).into();
        let drawn: Vec<_> = chains(&graph, &asked)
            .into_iter()
            .map(|step| {
                format!("{}{} {:?}", "-".repeat(step.depth), graph.source(step.source).id, step.ending)
            })
            .collect();
        assert_eq!(
            drawn,
            [
                "a Further",
                "-b Further",
                "--o FirstHand",
                "b Above",
                "c Further",
                "-o FirstHand",
                "d NotStated"
            ]
        );
        assert!(chains(&graph, &[]).is_empty());
    }

    #[test]
    fn what_is_asked_about_is_carried_by_its_sources() {
        let graph = story::read(story::EMBEDDED.as_bytes()).expect("the story builds");
        let of = |asked| {
            let carriers = carriers(&graph, asked);
            ids(&graph, &carriers.iter().map(|carrier| carrier.source).collect::<Vec<_>>()).join(" ")
        };
        let Some(ElementId::Event(event)) = graph.by_id("us-share-fall") else { panic!("no such event") };
        assert_eq!(of(Asked::Event(event)), "gmt-eight memo-article");
        let fall = graph.event(event).reactions[0];
        assert_eq!(of(Asked::Account(Account::Reaction(fall))), "gmt-eight");
        assert_eq!(of(Asked::Source(source(&graph, "ainvest"))), "ainvest");
        assert_eq!(of(Asked::Position(dispute(&graph, "fall-size"), 1)), "memo-article");
        assert_eq!(of(Asked::Position(dispute(&graph, "fall-size"), 9)), "");
    }

    #[test]
    fn deep_chains_and_stacked_diamonds_are_walked_in_one_pass() {
        // Drawn in full, forty diamonds would have 2^40 ends.
        let mut sources: Vec<_> = (0..40)
            .flat_map(|n| {
                [format!("a{n}: b{n} c{n}"), format!("b{n}: a{}", n + 1), format!("c{n}: a{}", n + 1)]
            })
            .collect();
        sources.push("a40".to_owned());
        let graph = story(&sources.join(";"));
        assert_eq!(chain(&graph, source(&graph, "a0")).len(), 1 + 4 * 40);
        let mut sources: Vec<_> = (0..5_000).map(|n| format!("a{n}: a{}", n + 1)).collect();
        sources.push("a5000!".to_owned());
        let graph = story(&sources.join(";"));
        assert_eq!(chain(&graph, source(&graph, "a0")).last().map(|step| step.depth), Some(5_000));
        let all: Vec<_> = graph.sources().map(|(id, _)| Carrier::whole(id)).collect();
        assert_eq!(support(&graph, &all).reading(), "5001 sources, 1 origin");
    }

    #[test]
    fn an_event_rests_on_all_who_carry_a_part_of_it() {
        let yaml = "
format: 1
story: {title: T}
sources: [{id: a, title: A, kind: article}, {id: b, title: B, kind: article}, {id: c, title: C, kind: article}]
events:
  - id: e
    title: T
    status: occurred
    sources: [c]
    statements: [{id: s, form: paraphrase, text: S, source: b}]
    reactions: [{id: r, instrument: I, change: -1%, source: a}]
";
        let graph = story::read(yaml.as_bytes()).expect("the story builds");
        let support = support_of_event(&graph, graph.chronology().order()[0]);
        assert_eq!(ids(&graph, &support.sources), ["a", "b", "c"]);
    }

    /// Sources as in `story`, `a` relying on `o`, and an event in which `a` carries a figure of its own and a claim.
    fn of_accounts(figure: &str) -> Graph {
        let yaml = format!(
            "
format: 1
story: {{title: T}}
sources:
  - {{id: o, title: O, kind: document}}
  - {{id: p, title: P, kind: article, origin: itself}}
  - {{id: a, title: A, kind: article, relies_on: [o]}}
  - {{id: b, title: B, kind: article, relies_on: [o]}}
events:
  - id: e
    title: T
    status: occurred
    sources: [a]
    statements:
      - {{id: claim, form: paraphrase, text: S, source: b}}
    reactions: [{{id: figure, instrument: I, change: -1%, source: a{figure}}}]
disputes:
  - id: d
    question: Q
    grade: tension
    positions: [{{label: one, held_by: [figure]}}, {{label: both, held_by: [claim, figure]}}]
"
        );
        story::read(yaml.as_bytes()).expect("the story builds")
    }

    #[test]
    fn what_is_told_of_an_account_alone_goes_before_what_holds_of_its_source() {
        for (figure, one, both, event) in [
            ("", "1 source, 1 origin (O)", "2 sources, 1 origin (O)", "2 sources, 1 origin (O)"),
            // A figure that stands in an article is not of the paper the article is about.
            (
                ", relies_on: []",
                "1 source, origin not stated",
                "2 sources, 1 origin (O), 1 of unknown origin",
                "2 sources, 1 origin (O), 1 of unknown origin",
            ),
            (
                ", relies_on: [p]",
                "1 source, 1 origin (P)",
                // What has it at first hand counts; the paper does not say whence it has the matter.
                "2 sources, 1 origin (P), 1 of unknown origin",
                "2 sources, 1 origin (P), 1 of unknown origin",
            ),
        ] {
            let graph = of_accounts(figure);
            let positions = &graph.dispute(dispute(&graph, "d")).positions;
            assert_eq!(support_of_position(&graph, &positions[0]).named(&graph), one, "{figure}");
            assert_eq!(support_of_position(&graph, &positions[1]).named(&graph), both, "{figure}");
            let of_event = support_of_event(&graph, graph.chronology().order()[0]);
            assert_eq!(of_event.named(&graph), event, "{figure}");
        }
        let graph = of_accounts(", relies_on: []");
        let steps = chains(&graph, &carriers(&graph, Asked::Position(dispute(&graph, "d"), 1)));
        let drawn: Vec<_> = steps
            .iter()
            .map(|step| {
                format!("{}{} {:?}", "-".repeat(step.depth), graph.source(step.source).id, step.ending)
            })
            .collect();
        assert_eq!(drawn, ["a NotStated", "b Further", "-o NotStated"]);
    }

    #[test]
    fn the_embedded_story_goes_back_to_one_memo() {
        let graph = story::read(story::EMBEDDED.as_bytes()).expect("the story builds");
        assert_eq!(drawn(&graph, "gmt-eight"), ["gmt-eight", "-ft-report", "--memo-document ?"]);
        let alleged = &graph.dispute(dispute(&graph, "did-it-happen")).positions[0];
        let support = support_of_position(&graph, alleged);
        assert_eq!(support.reading(), "4 sources, 1 origin, 1 of unknown origin");
        assert_eq!(ids(&graph, &support.origins), ["memo-document"]);
        assert_eq!(ids(&graph, &support.unknown), ["ainvest"]);
        let Some(ElementId::Event(event)) = graph.by_id("us-share-fall") else { panic!("no such event") };
        assert_eq!(ids(&graph, &support_of_event(&graph, event).sources), ["gmt-eight", "memo-article"]);
    }
}
