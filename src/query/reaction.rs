//! Market moves of an event beside what others report of the same trading, with the figures that disagree marked.
//!
//! Imports `story` and `text` only; no terminal.

use std::collections::{BTreeSet, HashMap};

use crate::story::change::Change;
use crate::story::graph::{Graph, Reaction};
use crate::story::id::{Account, DisputeId, EventId, ReactionId};
use crate::story::when::{Bounds, Moment};
use crate::text;

/// The reports on one instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What was traded, as the event's first report writes it.
    pub instrument: String,
    /// The event's own reports first, each part in document order.
    pub reactions: Vec<Reported>,
}

/// One report of a move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reported {
    /// The reaction.
    pub reaction: ReactionId,
    /// By how much.
    pub change: Change,
    /// Whether another figure of its group disagrees. A lost figure disagrees with nothing.
    pub differs: bool,
}

/// The reactions of a story by instrument and session, to be asked for many events: what it takes to answer grows with
/// what stands beside each other, not with all that was ever reported.
#[derive(Debug, Clone)]
pub struct Market {
    by_instrument: HashMap<String, Sessions>,
}

/// The reports on one instrument whose session is known in part at least, by its beginning.
#[derive(Debug, Clone, Default)]
struct Sessions {
    reports: Vec<(Bounds, ReactionId)>,
    /// For each report the latest end of it and of all before; `None` is without end.
    ends: Vec<Option<Moment>>,
}

impl Sessions {
    fn sort(&mut self) {
        // What has no beginning comes first.
        self.reports.sort_by_key(|(session, id)| (session.earliest, *id));
        let mut latest = Some(Moment::MIN);
        let ends = self.reports.iter().map(|(session, _)| {
            latest = latest.zip(session.latest).map(|(latest, end)| latest.max(end));
            latest
        });
        self.ends = ends.collect();
    }

    /// Those that share a moment with a session.
    fn overlapping(&self, session: Bounds) -> impl Iterator<Item = ReactionId> {
        let to = session.latest.map_or(self.reports.len(), |latest| {
            self.reports.partition_point(|(other, _)| other.earliest.is_none_or(|begin| begin <= latest))
        });
        let to = if session.unbounded() { 0 } else { to };
        let from = session
            .earliest
            .map_or(0, |earliest| self.ends.partition_point(|end| end.is_some_and(|end| end < earliest)));
        let near = self.reports.get(from..to).unwrap_or_default().iter();
        near.filter(move |(other, _)| overlap(session, *other)).map(|(_, id)| *id)
    }
}

impl Market {
    /// The market of a story; instruments are the same whose folded names are.
    pub fn of(graph: &Graph) -> Self {
        let mut by_instrument: HashMap<String, Sessions> = HashMap::new();
        // Most instruments are named again and again, and in the same way.
        let mut folded: HashMap<&str, String> = HashMap::new();
        for (id, reaction) in graph.reactions() {
            let session = reaction.session.bounds();
            if session.unbounded() {
                continue;
            }
            let written = reaction.instrument.as_str();
            let instrument = folded.entry(written).or_insert_with(|| text::fold_str(written));
            if let Some(sessions) = by_instrument.get_mut(instrument.as_str()) {
                sessions.reports.push((session, id));
            } else {
                by_instrument.insert(
                    instrument.clone(),
                    Sessions { reports: vec![(session, id)], ..Sessions::default() },
                );
            }
        }
        by_instrument.values_mut().for_each(Sessions::sort);
        Self { by_instrument }
    }

    /// The reactions of an event, one group an instrument, in document order. Beside them stand those of other events
    /// for the same instrument that have a session known to overlap, or a dispute in common.
    pub fn of_event(&self, graph: &Graph, event: EventId) -> Vec<Group> {
        let mut own: Vec<(String, Vec<ReactionId>)> = Vec::new();
        for id in &graph.event(event).reactions {
            let instrument = text::fold_str(&graph.reaction(*id).instrument);
            match own.iter_mut().find(|(known, _)| *known == instrument) {
                Some((_, reactions)) => reactions.push(*id),
                None => own.push((instrument, vec![*id])),
            }
        }
        own.into_iter()
            .map(|(instrument, own)| {
                let near = self.near(graph, &instrument, &own);
                group(graph, event, &own, &near)
            })
            .collect()
    }

    /// The reports on an instrument that may stand beside some: those of an overlapping session, and those that a dispute
    /// joins to one of them; in document order.
    fn near(&self, graph: &Graph, instrument: &str, own: &[ReactionId]) -> Vec<ReactionId> {
        let mut near = BTreeSet::new();
        for id in own {
            if let Some(sessions) = self.by_instrument.get(instrument) {
                near.extend(sessions.overlapping(graph.reaction(*id).session.bounds()));
            }
            let disputes = graph.disputes_of(Account::Reaction(*id)).iter();
            let held = disputes.flat_map(|dispute| &graph.dispute(*dispute).positions);
            near.extend(held.flat_map(|position| &position.held_by).filter_map(|account| match account {
                Account::Reaction(id) => {
                    let same = text::fold_str(&graph.reaction(*id).instrument) == instrument;
                    same.then_some(*id)
                }
                Account::Statement(_) => None,
            }));
        }
        near.into_iter().collect()
    }
}

/// As [`Market::of_event`], for who asks once.
pub fn of_event(graph: &Graph, event: EventId) -> Vec<Group> {
    if graph.event(event).reactions.is_empty() {
        return Vec::new();
    }
    Market::of(graph).of_event(graph, event)
}

/// The largest absolute figure, in per cent: the full length of a signed bar. 0 where no figure is known.
pub fn scale(groups: &[Group]) -> f64 {
    let figures = groups.iter().flat_map(|group| &group.reactions).filter_map(|one| one.change.figure());
    figures.map(f64::abs).filter(|figure| figure.is_finite()).fold(0.0, f64::max)
}

/// How a reaction reads in a line: `-3.78% · Acme, US-listed shares · 14 Nov 2025 (inferred)`.
pub fn reading(reaction: &Reaction) -> String {
    let session = match &reaction.session.when {
        Some(_) => reaction.session.reading(),
        None => "no session given".to_owned(),
    };
    format!("{} · {} · {session}", reaction.change.reading(), reaction.instrument)
}

/// A reaction with what it is compared by.
struct Claim<'a> {
    id: ReactionId,
    reaction: &'a Reaction,
    positions: BTreeSet<(DisputeId, usize)>,
}

fn group(graph: &Graph, event: EventId, own: &[ReactionId], all: &[ReactionId]) -> Group {
    let claim = |id: &ReactionId| Claim {
        id: *id,
        reaction: graph.reaction(*id),
        positions: positions(graph, Account::Reaction(*id)),
    };
    let mut claims: Vec<_> = own.iter().map(claim).collect();
    let others = all.iter().filter(|id| graph.reaction(**id).event != event).map(claim);
    let beside: Vec<_> = others
        .filter(|other| {
            claims.iter().any(|own| {
                (overlap(own.reaction.session.bounds(), other.reaction.session.bounds())
                    && !elsewhere(own.reaction, other.reaction))
                    || own.disputes().any(|dispute| other.disputes().any(|theirs| theirs == dispute))
            })
        })
        .collect();
    claims.extend(beside);
    let reactions = claims.iter().map(|claim| Reported {
        reaction: claim.id,
        change: claim.reaction.change,
        differs: claims.iter().any(|other| claim.differs_from(other)),
    });
    Group {
        instrument: claims.first().map(|claim| claim.reaction.instrument.to_string()).unwrap_or_default(),
        reactions: reactions.collect(),
    }
}

/// The positions an account holds.
fn positions(graph: &Graph, account: Account) -> BTreeSet<(DisputeId, usize)> {
    let held = |dispute: DisputeId| {
        let positions = graph.dispute(dispute).positions.iter().enumerate();
        positions
            .filter(move |(_, position)| position.held_by.contains(&account))
            .map(move |(at, _)| (dispute, at))
    };
    graph.disputes_of(account).iter().flat_map(|dispute| held(*dispute)).collect()
}

/// Whether two times are both known and share a moment. What may be any session at all overlaps with none.
fn overlap(ours: Bounds, theirs: Bounds) -> bool {
    let starts_in_time = |from: Bounds, to: Bounds| match (from.earliest, to.latest) {
        (Some(earliest), Some(latest)) => earliest <= latest,
        _ => true,
    };
    !ours.unbounded() && !theirs.unbounded() && starts_in_time(ours, theirs) && starts_in_time(theirs, ours)
}

/// Whether two reports name different venues: trading in New York and in Hong Kong is not one session.
fn elsewhere(ours: &Reaction, theirs: &Reaction) -> bool {
    match (&ours.venue, &theirs.venue) {
        (Some(ours), Some(theirs)) => text::fold_str(ours) != text::fold_str(theirs),
        _ => false,
    }
}

impl Claim<'_> {
    fn disputes(&self) -> impl Iterator<Item = DisputeId> {
        self.positions.iter().map(|(dispute, _)| *dispute)
    }

    /// Whether two figures disagree: they cannot both be so of one session, or the story has them hold different
    /// positions of one dispute. Two reports of one event are on one session, unless both sessions are known.
    fn differs_from(&self, other: &Claim) -> bool {
        let (ours, theirs) = (self.reaction, other.reaction);
        if ours.change == Change::Lost || theirs.change == Change::Lost {
            return false;
        }
        let (session, their_session) = (ours.session.bounds(), theirs.session.bounds());
        let unknown = session.unbounded() || their_session.unbounded();
        let same_session = if unknown { ours.event == theirs.event } else { overlap(session, their_session) };
        same_session && !elsewhere(ours, theirs) && ours.change.differs_from(theirs.change)
            || self.disputes().any(|dispute| {
                let theirs = other.positions_in(dispute);
                !theirs.is_empty() && self.positions_in(dispute).is_disjoint(&theirs)
            })
    }

    fn positions_in(&self, dispute: DisputeId) -> BTreeSet<usize> {
        self.positions.range((dispute, 0)..=(dispute, usize::MAX)).map(|(_, position)| *position).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story;
    use crate::story::id::{ElementId, Id as _};

    /// A story of reactions: `event id instrument session change`, and disputes between single reactions: `a/b`.
    fn story(reactions: &[[&str; 5]], disputes: &[&str]) -> Graph {
        use std::fmt::Write as _;
        let mut yaml =
            "format: 1\nstory: {title: T}\nsources: [{id: s, title: S, kind: article}]\nevents:\n".to_owned();
        let mut last = "";
        for [event, id, instrument, session, change] in reactions {
            if last != *event {
                writeln!(
                    yaml,
                    "  - id: {event}\n    title: T\n    status: occurred\n    sources: [s]\n    reactions:"
                )
                .expect("written");
                last = event;
            }
            let session = if session.is_empty() { String::new() } else { format!("session: {session}, ") };
            writeln!(
                yaml,
                "      - {{id: {id}, instrument: {instrument}, {session}change: \"{change}\", source: s}}"
            )
            .expect("written");
        }
        if !disputes.is_empty() {
            yaml.push_str("disputes:\n");
        }
        for (nth, dispute) in disputes.iter().enumerate() {
            let positions: Vec<_> =
                dispute.split('/').map(|id| format!("{{label: L, held_by: [{id}]}}")).collect();
            writeln!(
                yaml,
                "  - {{id: d{nth}, question: Q, grade: tension, positions: [{}]}}",
                positions.join(", ")
            )
            .expect("written");
        }
        story::read(yaml.as_bytes()).expect("the story builds")
    }

    /// Ids of each group, with `≠` where the figure disagrees.
    fn grouped(graph: &Graph, event: &str) -> Vec<String> {
        let Some(ElementId::Event(event)) = graph.by_id(event) else { panic!("no event {event}") };
        let ids = |group: &Group| {
            let ids = group.reactions.iter().map(|one| {
                format!("{}{}", graph.reaction(one.reaction).id, if one.differs { "≠" } else { "" })
            });
            ids.collect::<Vec<_>>().join(" ")
        };
        of_event(graph, event).iter().map(ids).collect()
    }

    #[test]
    fn trading_at_different_venues_is_not_one_session() {
        let yaml = "
format: 1
story: {title: T}
sources: [{id: s, title: S, kind: article}]
events:
  - id: e
    title: E
    status: occurred
    sources: [s]
    reactions:
      - {id: a, instrument: X, venue: New York, session: 2025-01-02, change: -3%, source: s}
      - {id: b, instrument: X, venue: Hong Kong, session: 2025-01-02, change: 1%, source: s}
      - {id: c, instrument: X, session: 2025-01-02, change: -3%, source: s}
";
        let graph = story::read(yaml.as_bytes()).expect("a story");
        let groups = of_event(&graph, EventId::from_index(0));
        let differs: Vec<_> = groups[0].reactions.iter().map(|reported| reported.differs).collect();
        // The third names no venue: it may be the second's, and then it disagrees.
        assert_eq!(differs, [false, true, true]);
    }

    #[test]
    fn figures_on_one_instrument_and_session_stand_together() {
        for (reactions, disputes, groups) in [
            // Of one event, and of others on the same session; instruments are compared folded.
            (
                &[["e", "a", "Acme", "2025-11-14", "-3%"], ["f", "b", "ACME", "2025-11-14", "-4%"]][..],
                &[][..],
                &["a≠ b≠"][..],
            ),
            (
                &[["e", "a", "Acme", "2025-11-14", "-3%"], ["f", "b", "Acme", "2025-11-14", "-3.0%"]],
                &[],
                &["a b"],
            ),
            (
                &[["e", "a", "Acme", "2025-11-14", "-3%"], ["f", "b", "Acme", "2025-11", "-4%"]],
                &[],
                &["a≠ b≠"],
            ),
            // Another day's figure is another figure.
            (
                &[["e", "a", "Acme", "2025-11-14", "-3%"], ["f", "b", "Acme", "2025-11-17", "-4%"]],
                &[],
                &["a"],
            ),
            (
                &[["e", "a", "Acme", "2025-11-14", "-3%"], ["e", "b", "Acme", "2025-11-17", "-4%"]],
                &[],
                &["a b"],
            ),
            (
                &[["e", "a", "Acme", "2025-11-14", "-3%"], ["f", "b", "Bolt", "2025-11-14", "-4%"]],
                &[],
                &["a"],
            ),
            // A session that is not given may be any: only one event or a dispute joins it.
            (&[["e", "a", "Acme", "2025-11-14", "-3%"], ["f", "b", "Acme", "", "-4%"]], &[], &["a"]),
            (&[["e", "a", "Acme", "2025-11-14", "-3%"], ["e", "b", "Acme", "", "-4%"]], &[], &["a≠ b≠"]),
            (&[["e", "a", "Acme", "2025-11-14", "-3%"], ["f", "b", "Acme", "", "-4%"]], &["a/b"], &["a≠ b≠"]),
            (&[["e", "a", "Acme", "", "~-3%"], ["f", "b", "Acme", "", "~-3%"]], &["a/b"], &["a≠ b≠"]),
            // A lost figure disagrees with nothing, whatever position it holds.
            (
                &[
                    ["e", "a", "Acme", "2025-11-14", "lost"],
                    ["f", "b", "Acme", "", "-4%"],
                    ["g", "c", "Acme", "", "-3%"],
                ],
                &["a/b/c"],
                &["a b≠ c≠"],
            ),
            // A dispute with another move says nothing of these two.
            (
                &[
                    ["e", "a", "Acme", "", "-3%"],
                    ["e", "b", "Acme", "", "-3%"],
                    ["e", "c", "Bolt", "", "-4%"],
                ],
                &["a/c"],
                &["a b", "c"],
            ),
            // The event's own stand first.
            (
                &[["f", "b", "Acme", "2025-11-14", "-3%"], ["e", "a", "Acme", "2025-11-14", "-3%"]],
                &[],
                &["a b"],
            ),
            (
                &[
                    ["e", "a", "Acme", "", "-3%"],
                    ["e", "b", "Bolt", "", "-4%"],
                    ["e", "c", "acme", "", "-3%"],
                ],
                &[],
                &["a c", "b"],
            ),
        ] {
            assert_eq!(grouped(&story(reactions, disputes), "e"), groups, "{reactions:?} {disputes:?}");
        }
    }

    #[test]
    fn the_longest_bar_is_the_largest_figure() {
        let graph = story(
            &[["e", "a", "Acme", "", "-3%"], ["e", "b", "Bolt", "", "2%"], ["e", "c", "Cog", "", "lost"]],
            &[],
        );
        let groups = of_event(&graph, graph.chronology().order()[0]);
        assert!((scale(&groups) - 3.0).abs() < f64::EPSILON);
        assert!(scale(&groups[2..]) == 0.0 && scale(&[]) == 0.0);
    }

    #[test]
    fn the_embedded_story_has_its_two_figures_under_each_other() {
        let graph = story::read(story::EMBEDDED.as_bytes()).expect("the story builds");
        assert_eq!(grouped(&graph, "us-share-fall"), ["gmt-us-fall≠ mem-us-fall≠ ain-us-move"]);
        assert_eq!(grouped(&graph, "shares-after-recommendation"), ["ain-us-move gmt-us-fall≠ mem-us-fall≠"]);
        let Some(ElementId::Reaction(fall)) = graph.by_id("gmt-us-fall") else { panic!("no such reaction") };
        assert_eq!(
            reading(graph.reaction(fall)),
            "-3.78% · Alibaba shares, US-traded · 14 Nov 2025 (inferred)"
        );
    }
}
