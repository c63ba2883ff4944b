//! As-of: what could have been known at a moment. Three answers, not two: yes, possibly, no.
//!
//! Something is seen when some source that carries it was published by then. A source whose own publication is
//! uncertain makes what only it carries possibly seen. A source that another relies on is known of when that one is
//! out; what it carries itself is not. Titles, summaries and roles are the author's, written in hindsight; they show with what they belong to.
//! Imports `story` only.

use chrono::{NaiveDate, Timelike as _};
use chrono_tz::Tz;

use crate::story::graph::{Graph, Kept, Source};
use crate::story::id::{
    Account, ActorId, DisputeId, EventId, Id as _, LinkId, ReactionId, SourceId, StatementId,
};
use crate::story::order::Place;
use crate::story::vocabulary::{Basis, Status};
use crate::story::when::{Bounds, Clock, Extent, Moment, When, day_reading, moment_reading};

/// Whether something could have been known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seen {
    /// Nothing that carries it was published by then.
    No,
    /// Something that carries it may have been published by then.
    Possibly,
    /// Something that carries it was published by then.
    Yes,
}

/// A moment to look back to, and the clock it is read from: a time without a zone cannot be set against one with a zone but
/// within the offsets it could have. Later is later for certain on one and the same clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Then {
    /// The moment, on the clock of the story's zone, or on its own where it has none: what is shown and sorted by.
    pub moment: Moment,
    /// What of other times is certain against it.
    extent: Extent,
}

impl Then {
    /// The last moment of a time; `None` where it has no end.
    pub fn end_of(moment: Option<Moment>, extent: &Extent) -> Option<Self> {
        Some(Self { moment: moment?, extent: extent.end()? })
    }

    /// The end of a day in a zone.
    pub fn end_of_day(day: NaiveDate, zone: Tz) -> Option<Self> {
        let moment = day.and_hms_opt(23, 59, 59)?;
        Some(Self { moment, extent: Extent::at(moment, Clock::Day, zone) })
    }
}

/// What could have been known at a moment, for every element of a story. Made in time linear in the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    /// The moment.
    pub then: Then,
    /// Whether each was out itself; what a source carries was known no sooner.
    out: Vec<Seen>,
    sources: Vec<Seen>,
    actors: Vec<Seen>,
    statements: Vec<Seen>,
    reactions: Vec<Seen>,
    events: Vec<Seen>,
    links: Vec<Seen>,
    disputes: Vec<Seen>,
}

/// What a reader who looks back must know of all that no source carries.
pub const HINDSIGHT: &str = "titles, summaries, notes and disputes are the story's author's, with hindsight";

/// A look back to a moment, beside the part of the story that it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookBack {
    /// How the moment reads.
    pub reading: String,
    /// Whether what was only possibly known shows too.
    pub possibly: bool,
    /// What was known of what shows.
    pub known: AsOf,
    /// How many sources of the whole story were not out by then.
    pub not_out: usize,
    /// Of how many sources it cannot be told whether they were.
    pub possibly_out: usize,
}

impl LookBack {
    /// The part of a story that could have been known at a moment, and what is to be said of it.
    pub fn to(graph: &Graph, then: Then, reading: String, possibly: bool) -> (Graph, Self) {
        let whole = AsOf::at(graph, then);
        let (not_out, possibly_out) = whole.hidden_sources();
        let (part, known) = whole.project(graph, possibly);
        (part, Self { reading, possibly, known, not_out, possibly_out })
    }

    /// The moment.
    pub fn then(&self) -> Then {
        self.known.then
    }

    /// `as of 17 Nov 2025 22:33: 3 sources hidden, 1 possibly known`.
    pub fn words(&self) -> String {
        let hidden = if self.possibly { self.not_out } else { self.not_out + self.possibly_out };
        let sources = if hidden == 1 { "source" } else { "sources" };
        let possibly = match (self.possibly_out, self.possibly) {
            (0, _) => String::new(),
            (count, true) => format!(", {count} possibly known"),
            (count, false) => format!(", {count} of them possibly known"),
        };
        format!("as of {}: {hidden} {sources} hidden{possibly}", self.reading)
    }

    /// The same where a line is narrow; `mark` stands for what is possibly known.
    pub fn short_words(&self, mark: &str) -> String {
        let hidden = if self.possibly { self.not_out } else { self.not_out + self.possibly_out };
        let possibly =
            if self.possibly_out == 0 { String::new() } else { format!(", {}{mark}", self.possibly_out) };
        format!("as of {}: {hidden} hidden{possibly}", self.reading)
    }
}

/// Whether something published within `published` was out by `then`, whatever zone is missing.
fn published_by(published: &Extent, then: &Extent) -> Seen {
    if published.is_over_by(then) {
        Seen::Yes
    } else if published.is_after(then) {
        Seen::No
    } else {
        Seen::Possibly
    }
}

impl AsOf {
    /// What could have been known at `then`.
    pub fn at(graph: &Graph, then: Then) -> Self {
        let out = published(graph, &then);
        let of = |source: SourceId| out[source.index()];
        let statements: Vec<_> = graph.statements().map(|(_, statement)| of(statement.source)).collect();
        let reactions: Vec<_> = graph.reactions().map(|(_, reaction)| of(reaction.source)).collect();
        let mut events: Vec<_> = graph
            .events()
            .map(|(_, event)| event.sources.iter().map(|source| of(*source)).max().unwrap_or(Seen::No))
            .collect();
        for (id, statement) in graph.statements() {
            let event = &mut events[statement.event.index()];
            *event = (*event).max(statements[id.index()]);
        }
        for (id, reaction) in graph.reactions() {
            let event = &mut events[reaction.event.index()];
            *event = (*event).max(reactions[id.index()]);
        }
        let links = graph
            .links()
            .map(|(_, link)| {
                let ends = events[link.from.index()].min(events[link.to.index()]);
                match (link.basis, link.source) {
                    (Basis::Stated, Some(source)) => ends.min(of(source)),
                    // What the author inferred could have been inferred from the two events.
                    _ => ends,
                }
            })
            .collect();
        let actors = actors(graph, &events, &statements);
        let sources = known_of(graph, &out);
        let mut known =
            Self { then, out, sources, actors, statements, reactions, events, links, disputes: Vec::new() };
        known.disputes = graph.disputes().map(|(id, _)| known.dispute_of(graph, id)).collect();
        known
    }

    /// The story as it could have been told then, and what is known of what is left in it. `possibly` keeps what may
    /// have been out too; otherwise only what was out for certain is kept.
    pub fn project(&self, graph: &Graph, possibly: bool) -> (Graph, Self) {
        let least = if possibly { Seen::Possibly } else { Seen::Yes };
        let keep = |seen: &[Seen]| seen.iter().map(|seen| *seen >= least).collect();
        let kept = Kept {
            // Every source that shows is kept; only those that were out report.
            sources: keep(&self.sources),
            reporting: keep(&self.out),
            actors: keep(&self.actors),
            events: keep(&self.events),
            statements: keep(&self.statements),
            reactions: keep(&self.reactions),
            links: keep(&self.links),
            disputes: keep(&self.disputes),
        };
        (graph.keep(&kept), self.left(least))
    }

    /// What is known, of what is at least so sure.
    fn left(&self, least: Seen) -> Self {
        let left = |seen: &[Seen]| seen.iter().copied().filter(|seen| *seen >= least).collect();
        Self {
            then: self.then,
            out: self
                .out
                .iter()
                .zip(&self.sources)
                .filter(|(_, seen)| **seen >= least)
                .map(|(out, _)| *out)
                .collect(),
            sources: left(&self.sources),
            actors: left(&self.actors),
            statements: left(&self.statements),
            reactions: left(&self.reactions),
            events: left(&self.events),
            links: left(&self.links),
            disputes: left(&self.disputes),
        }
    }

    /// A dispute is one only when two positions have been taken: it is as sure as the second surest of them.
    fn dispute_of(&self, graph: &Graph, id: DisputeId) -> Seen {
        let (mut surest, mut second) = (Seen::No, Seen::No);
        for position in 0..graph.dispute(id).positions.len() {
            let seen = self.position(graph, id, position);
            if seen > surest {
                (surest, second) = (seen, surest);
            } else {
                second = second.max(seen);
            }
        }
        second
    }

    /// Whether a source was out.
    pub fn source(&self, id: SourceId) -> Seen {
        self.sources[id.index()]
    }

    /// Whether an actor could have been known to have a part.
    pub fn actor(&self, id: ActorId) -> Seen {
        self.actors[id.index()]
    }

    /// Whether an event could have been known.
    pub fn event(&self, id: EventId) -> Seen {
        self.events[id.index()]
    }

    /// Whether a statement could have been known.
    pub fn statement(&self, id: StatementId) -> Seen {
        self.statements[id.index()]
    }

    /// Whether a reaction could have been known.
    pub fn reaction(&self, id: ReactionId) -> Seen {
        self.reactions[id.index()]
    }

    /// Whether a statement or reaction could have been known.
    pub fn account(&self, account: Account) -> Seen {
        match account {
            Account::Statement(id) => self.statement(id),
            Account::Reaction(id) => self.reaction(id),
        }
    }

    /// Whether a link could have been known.
    pub fn link(&self, id: LinkId) -> Seen {
        self.links[id.index()]
    }

    /// Whether two of a dispute's positions could have been known.
    pub fn dispute(&self, id: DisputeId) -> Seen {
        self.disputes[id.index()]
    }

    /// Whether a position of a dispute had been taken.
    pub fn position(&self, graph: &Graph, id: DisputeId, position: usize) -> Seen {
        graph.dispute(id).positions.get(position).map_or(Seen::No, |position| {
            position.held_by.iter().map(|account| self.account(*account)).max().unwrap_or(Seen::No)
        })
    }

    /// How many sources were not out, and of how many it cannot be told.
    pub fn hidden_sources(&self) -> (usize, usize) {
        let count = |wanted| self.sources.iter().filter(|seen| **seen == wanted).count();
        (count(Seen::No), count(Seen::Possibly))
    }
}

/// Reads a moment to look back to: any time of the format, of which the last moment is meant, or `now`.
///
/// Gives the moment and how it reads. Errors: what is wrong with the text, in a line.
pub fn read_moment(text: &str, zone: Tz, today: NaiveDate) -> Result<(Then, String), String> {
    if text == "now" {
        let then = Then::end_of_day(today, zone).ok_or("today is outside the calendar")?;
        return Ok((then, reading(then)));
    }
    let when = When::parse(text, zone).map_err(|error| format!("{text} {error}"))?;
    match Then::end_of(when.bounds().latest, &when.extent()) {
        Some(then) => Ok((then, reading(then))),
        None => {
            Err(format!("{text} has no end; write a day or a moment, such as 2025-11-17 or 2025-11-17T22:33"))
        }
    }
}

/// How a moment looked back to reads: `17 Nov 2025 22:33`, or `the end of 17 Nov 2025`.
pub fn reading(Then { moment, .. }: Then) -> String {
    if (moment.hour(), moment.minute(), moment.second()) == (23, 59, 59) {
        format!("the end of {}", day_reading(moment.date()))
    } else {
        moment_reading(moment)
    }
}

/// How a scheduled event stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// It is certain to lie ahead.
    StillToCome,
    /// It may be happening.
    Due,
    /// It is certain to be past, and no source of the story tells how it went.
    OutcomeUntold,
}

impl Outlook {
    /// How it reads.
    pub fn reading(self) -> &'static str {
        match self {
            Self::StillToCome => "still to come",
            Self::Due => "its time has come",
            Self::OutcomeUntold => "outcome not in this story",
        }
    }
}

/// How a scheduled event stands at `now`; `None` for one that is not scheduled, or has no bounds to tell by.
pub fn outlook(graph: &Graph, event: EventId, now: Bounds) -> Option<Outlook> {
    let bounds = graph.chronology().bounds(event);
    let told = graph.event(event);
    // Bounds of a time that is only about right are no limits to tell by.
    let is_rough = told.timing.when.as_ref().is_some_and(When::is_rough);
    if told.status != Status::Scheduled || bounds.unbounded() || is_rough {
        return None;
    }
    Some(if bounds.latest.is_some_and(|latest| now.earliest.is_some_and(|now| latest < now)) {
        Outlook::OutcomeUntold
    } else if bounds.earliest.is_some_and(|earliest| now.latest.is_some_and(|now| earliest > now)) {
        Outlook::StillToCome
    } else {
        Outlook::Due
    })
}

/// Whether each source was out by then. A time that is only about right is no limit to be certain by.
fn published(graph: &Graph, then: &Then) -> Vec<Seen> {
    let is_rough = |source: &Source| source.published.when.as_ref().is_some_and(When::is_rough);
    graph
        .sources()
        .map(|(id, source)| {
            let seen = published_by(&graph.chronology().extent(Place::Source(id)), &then.extent);
            if is_rough(source) { seen.min(Seen::Possibly) } else { seen }
        })
        .collect()
}

/// Whether each source could have been known of: by its own publication, or by that of those which rely on it.
fn known_of(graph: &Graph, out: &[Seen]) -> Vec<Seen> {
    let mut sources = out.to_vec();
    let statements = graph.statements().map(|(id, _)| Account::Statement(id));
    for account in statements.chain(graph.reactions().map(|(id, _)| Account::Reaction(id))) {
        for on in graph.relied_on_for(account) {
            sources[on.index()] = sources[on.index()].max(out[graph.source_of(account).index()]);
        }
    }
    // A source is put on the list again only when it becomes surer, which it can do twice.
    let mut changed: Vec<SourceId> = graph.sources().map(|(id, _)| id).collect();
    while let Some(id) = changed.pop() {
        for on in &graph.source(id).relies_on {
            if sources[on.index()] < sources[id.index()] {
                sources[on.index()] = sources[id.index()];
                changed.push(*on);
            }
        }
    }
    sources
}

/// Actors by the surest of what they take part in, say or are spoken of in; and those they are part of.
fn actors(graph: &Graph, events: &[Seen], statements: &[Seen]) -> Vec<Seen> {
    let mut actors = vec![Seen::No; graph.actor_count()];
    let mut see = |actor: ActorId, seen: Seen| {
        actors[actor.index()] = actors[actor.index()].max(seen);
    };
    for (id, event) in graph.events() {
        event.parts.iter().for_each(|part| see(part.actor, events[id.index()]));
    }
    for (id, statement) in graph.statements() {
        let spoken_of = statement.speaker.iter().chain(&statement.about);
        spoken_of.for_each(|actor| see(*actor, statements[id.index()]));
    }
    let mut changed: Vec<ActorId> = graph.actors().map(|(id, _)| id).collect();
    while let Some(id) = changed.pop() {
        if let Some(of) = graph.actor(id).part_of
            && actors[of.index()] < actors[id.index()]
        {
            actors[of.index()] = actors[id.index()];
            changed.push(of);
        }
    }
    actors
}

/// The moments at which a source was published, each once, in order: what `<` and `>` step through. A source known to
/// within a stretch counts at its end, when it was out for certain; one without an end counts at none.
pub fn publications(graph: &Graph) -> Vec<(Then, SourceId)> {
    let mut publications: Vec<_> = graph
        .sources()
        .filter_map(|(id, _)| {
            let extent = graph.chronology().extent(Place::Source(id));
            Some((Then::end_of(graph.chronology().source_bounds(id).latest, &extent)?, id))
        })
        .collect();
    publications.sort_by_key(|(then, id)| (then.moment, *id));
    publications
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::id::ElementId;
    use proptest::prelude::*;

    const STORY: &str = "
format: 1
story: {title: T}
sources:
  - {id: early, title: E, kind: article, published: 2025-01-10}
  - {id: late, title: L, kind: article, published: 2025-03}
  - {id: undated, title: U, kind: article, after: [early]}
actors: [{id: a, name: A, kind: person}]
events:
  - id: first
    title: F
    status: occurred
    when: 2025-01-09
    sources: [early, late]
    statements:
      - {id: yes, form: quote, text: 'yes', speaker: a, source: early}
      - {id: 'no', form: quote, text: 'no', speaker: a, source: late}
      - {id: maybe, form: quote, text: 'maybe', speaker: a, source: undated}
  - id: second
    title: S
    status: occurred
    sources: [late]
    links: [{to: first, kind: follows_up, basis: stated, source: late}, {to: first, kind: updates, basis: inferred, note: n}]
disputes:
  - id: two
    question: Q
    grade: contradiction
    positions: [{label: 'yes', held_by: ['yes']}, {label: 'no', held_by: ['no']}]
  - id: three
    question: Q
    grade: contradiction
    positions: [{label: 'yes', held_by: ['yes']}, {label: 'no', held_by: ['no']}, {label: maybe, held_by: [maybe]}]
";

    fn moment(text: &str) -> Then {
        let today = NaiveDate::from_ymd_opt(2025, 11, 30).expect("a day");
        read_moment(text, chrono_tz::UTC, today).expect(text).0
    }

    fn story() -> Graph {
        crate::story::read(STORY.as_bytes()).expect("a story")
    }

    #[test]
    fn three_answers_not_two() {
        let graph = story();
        for (at, sources, events, disputes) in [
            ("2025-01-09", [Seen::No, Seen::No, Seen::No], [Seen::No, Seen::No], [Seen::No, Seen::No]),
            (
                "2025-01-10",
                [Seen::Yes, Seen::No, Seen::Possibly],
                [Seen::Yes, Seen::No],
                [Seen::No, Seen::Possibly],
            ),
            (
                "2025-03-10",
                [Seen::Yes, Seen::Possibly, Seen::Possibly],
                [Seen::Yes, Seen::Possibly],
                [Seen::Possibly, Seen::Possibly],
            ),
            (
                "2025-03-31",
                [Seen::Yes, Seen::Yes, Seen::Possibly],
                [Seen::Yes, Seen::Yes],
                [Seen::Yes, Seen::Yes],
            ),
        ] {
            let known = AsOf::at(&graph, moment(at));
            let found: Vec<_> = graph.sources().map(|(id, _)| known.source(id)).collect();
            assert_eq!(found, sources, "{at}");
            let found: Vec<_> = graph.events().map(|(id, _)| known.event(id)).collect();
            assert_eq!(found, events, "{at}");
            let found: Vec<_> = graph.disputes().map(|(id, _)| known.dispute(id)).collect();
            assert_eq!(found, disputes, "{at}");
        }
    }

    #[test]
    fn a_link_is_known_when_both_ends_and_who_states_it_are() {
        let graph = story();
        let links = |at| {
            let known = AsOf::at(&graph, moment(at));
            graph.links().map(|(id, _)| known.link(id)).collect::<Vec<_>>()
        };
        assert_eq!(links("2025-01-10"), [Seen::No, Seen::No]);
        assert_eq!(links("2025-03-31"), [Seen::Yes, Seen::Yes]);
    }

    #[test]
    fn publications_stand_in_order_at_the_moment_they_are_certain() {
        let graph = story();
        let moments: Vec<_> = publications(&graph).into_iter().map(|(moment, _)| moment).collect();
        assert_eq!(moments, [moment("2025-01-10"), moment("2025-03")]);
    }

    /// Everything a story holds, with what is known of it.
    fn all(graph: &Graph, known: &AsOf) -> Vec<Seen> {
        let positions = graph
            .disputes()
            .flat_map(|(id, dispute)| (0..dispute.positions.len()).map(move |position| (id, position)))
            .map(|(id, position)| known.position(graph, id, position));
        graph
            .sources()
            .map(|(id, _)| known.source(id))
            .chain(graph.actors().map(|(id, _)| known.actor(id)))
            .chain(graph.events().map(|(id, _)| known.event(id)))
            .chain(graph.statements().map(|(id, _)| known.statement(id)))
            .chain(graph.reactions().map(|(id, _)| known.reaction(id)))
            .chain(graph.links().map(|(id, _)| known.link(id)))
            .chain(graph.disputes().map(|(id, _)| known.dispute(id)))
            .chain(positions)
            .collect()
    }

    proptest! {
        #[test]
        fn later_never_takes_anything_away(earlier in 0..2000_i64, further in 0..2000_i64) {
            for graph in [story(), crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("a story")] {
                let start = moment("2022-01-01");
                let day = |days| {
                    let day = start.moment.date().checked_add_signed(chrono::TimeDelta::days(days)).expect("a day");
                    Then::end_of_day(day, graph.header().time_zone).expect("a day")
                };
                let before = all(&graph, &AsOf::at(&graph, day(earlier)));
                let after = all(&graph, &AsOf::at(&graph, day(earlier + further)));
                prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after));
            }
        }
    }

    #[test]
    fn a_projection_holds_what_was_known_and_knows_it() {
        for graph in [story(), crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("a story")] {
            for at in ["2025-01-09", "2025-01-10", "2025-03-10", "2025-11-17", "2025-11-30", "9999"] {
                let known = AsOf::at(&graph, moment(at));
                for possibly in [false, true] {
                    let (part, left) = known.project(&graph, possibly);
                    let of = |element: Option<ElementId>| match element.expect("the whole has it") {
                        ElementId::Source(id) => known.source(id),
                        ElementId::Actor(id) => known.actor(id),
                        ElementId::Event(id) => known.event(id),
                        ElementId::Statement(id) => known.statement(id),
                        ElementId::Reaction(id) => known.reaction(id),
                        ElementId::Dispute(id) => known.dispute(id),
                    };
                    part.sources().for_each(|(id, it)| assert_eq!(left.source(id), of(graph.by_id(&it.id))));
                    part.actors().for_each(|(id, it)| assert_eq!(left.actor(id), of(graph.by_id(&it.id))));
                    part.events().for_each(|(id, it)| assert_eq!(left.event(id), of(graph.by_id(&it.id))));
                    part.statements()
                        .for_each(|(id, it)| assert_eq!(left.statement(id), of(graph.by_id(&it.id))));
                    part.disputes()
                        .for_each(|(id, it)| assert_eq!(left.dispute(id), of(graph.by_id(&it.id))));
                    assert_eq!(left.links.len(), part.link_count(), "{at}");
                    assert_eq!(left.events.len(), part.event_count(), "{at}");
                    assert_eq!(left.disputes.len(), part.dispute_count(), "{at}");
                    assert!(possibly || all(&part, &left).iter().all(|seen| *seen == Seen::Yes), "{at}");
                }
            }
        }
    }

    #[test]
    fn a_missing_zone_makes_nothing_certain() {
        let yaml = "
format: 1
story: {title: T, time_zone: America/New_York}
sources: [{id: local, title: L, kind: article, published: 2025-11-17T22:33}, {id: zoned, title: Z, kind: article, published: 2025-11-17T22:33-05:00}]
";
        let graph = crate::story::read(yaml.as_bytes()).expect("a story");
        for (at, local, zoned) in [
            ("2025-11-17T22:32", Seen::No, Seen::Possibly),
            ("2025-11-17T22:33", Seen::Yes, Seen::Possibly),
            ("2025-11-17T22:32-05:00", Seen::Possibly, Seen::No),
            ("2025-11-17T22:33-05:00", Seen::Possibly, Seen::Yes),
            // By then it is out in every zone there is.
            ("2025-11-18T08:00-05:00", Seen::Yes, Seen::Yes),
            ("2025-11-17", Seen::Yes, Seen::Yes),
            ("2025-11-16", Seen::No, Seen::No),
        ] {
            let (then, _) = read_moment(at, graph.header().time_zone, NaiveDate::MIN).expect(at);
            let known = AsOf::at(&graph, then);
            let found: Vec<_> = graph.sources().map(|(id, _)| known.source(id)).collect();
            assert_eq!(found, [local, zoned], "{at}");
        }
    }

    #[test]
    fn before_the_first_publication_nothing_is_certain_and_after_the_last_everything_shows() {
        for graph in [story(), crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("a story")] {
            let first = AsOf::at(&graph, moment("0001"));
            assert!(all(&graph, &first).iter().all(|seen| *seen != Seen::Yes));
            let last = AsOf::at(&graph, moment("9999"));
            assert!(all(&graph, &last).iter().all(|seen| *seen != Seen::No));
        }
    }
}
