//! The life of an allegation: what became of it, in the order it was said and in the order it was published.
//!
//! Method. A dispute has a life where statements in its positions hold an allegation and a denial. Its stages are the
//! statements with a stance that makes one, gathered from
//!
//! - the positions of the dispute,
//! - what answers one of those, or is answered by one, through `replies_to`, on and on,
//! - the events of the dispute's accounts, where a statement is `about` an actor whom an allegation of the dispute is
//!   about,
//! - the withdrawals, wherever they stand, by who alleged it and about whom it was alleged.
//!
//! The stance gives the stage: allegation → alleged, `no_comment` → no comment, denial → denied, confirmation →
//! confirmed, withdrawal → withdrawn. An allegation is *repeated* where one before it in that order has the same speaker,
//! or is about one of the same actors and carried by another source.
//!
//! When a statement was said is its own `said`. Where that is missing and its speaker takes part in its event, and the
//! event occurred, it is the time of the event. Else nothing is known but that it was said after what it answers, before
//! what answers it, and not after its source was published; these narrow a `said` that spans more, too. In the order of
//! being said, one of which no more is known stands at the last moment it can have been said.
//!
//! Imports `story` and `interval`; no terminal.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use super::interval::{Grounds, Span, Time};
use crate::story::graph::{Graph, Statement};
use crate::story::id::{Account, ActorId, DisputeId, SourceId, StatementId};
use crate::story::vocabulary::{Stance, Status};
use crate::story::when::{Bounds, Moment, start_of};

/// What a statement is in the life of an allegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageKind {
    /// Someone says that it is so.
    Alleged,
    /// Someone says so who said it before, or another source after a first one.
    Repeated,
    /// Someone declines to speak of it.
    NoComment,
    /// Someone says that it is not so.
    Denied,
    /// Someone concedes that it is so.
    Confirmed,
    /// Someone takes it back.
    Withdrawn,
}

impl StageKind {
    /// The stage a stance makes, `None` for one that makes none.
    fn of(stance: Stance) -> Option<Self> {
        match stance {
            Stance::Allegation => Some(Self::Alleged),
            Stance::NoComment => Some(Self::NoComment),
            Stance::Denial => Some(Self::Denied),
            Stance::Confirmation => Some(Self::Confirmed),
            Stance::Withdrawal => Some(Self::Withdrawn),
            Stance::Comment | Stance::Threat | Stance::Recommendation => None,
        }
    }

    /// How it reads.
    pub fn reading(self) -> &'static str {
        match self {
            Self::Alleged => "alleged",
            Self::Repeated => "repeated",
            Self::NoComment => "no comment",
            Self::Denied => "denied",
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A stage of the life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// The statement.
    pub statement: StatementId,
    /// What it is here.
    pub kind: StageKind,
    /// When it was said.
    pub said: Time,
    /// When its source was published.
    pub published: Time,
    /// How long after the stage before it; `None` for the first.
    pub after: Option<Span>,
    /// Whether it is known to come after the stage before it, or on the same day.
    pub order_known: bool,
}

/// The order of the stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As they were said.
    Said,
    /// As they were published.
    Published,
}

/// The life of an allegation; the same stages in both orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// The dispute.
    pub dispute: DisputeId,
    /// In the order of being said.
    pub said: Vec<Stage>,
    /// In the order of being published.
    pub published: Vec<Stage>,
}

/// Why a dispute has no such life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoLife {
    /// Its positions are held by figures alone.
    #[error("no statement holds a position of this dispute")]
    NoStatement,
    /// No allegation among its statements.
    #[error("no allegation holds a position of this dispute")]
    NoAllegation,
    /// An allegation, and no denial.
    #[error("an allegation holds a position of this dispute, but no denial does")]
    NoDenial,
}

impl Life {
    /// The stages in an order.
    pub fn stages(&self, order: Order) -> &[Stage] {
        match order {
            Order::Said => &self.said,
            Order::Published => &self.published,
        }
    }
}

/// The life of the allegation a dispute is about.
pub fn life(graph: &Graph, dispute: DisputeId) -> Result<Life, NoLife> {
    let held = check(graph, dispute)?;
    let statements = gathered(graph, &held);
    let said = said_times(graph, &statements);
    let by_said = said_order(graph, &statements, &said);
    let mut by_published = by_said.clone();
    let published = |id: StatementId| Time::of_source(graph, graph.statement(id).source);
    by_published.sort_by_key(|id| (place(&published(*id), false), graph.statement(*id).source));
    let laid_out = |order: Order, ids: &[StatementId]| {
        let mut kinds = Kinds::default();
        let mut stages: Vec<Stage> = Vec::with_capacity(ids.len());
        for id in ids {
            let mut stage = Stage {
                statement: *id,
                kind: kinds.next(graph.statement(*id)),
                said: said.get(id).copied().unwrap_or_default(),
                published: published(*id),
                after: None,
                order_known: true,
            };
            if let Some(before) = stages.last() {
                let span = match order {
                    Order::Said => Span::between(before.said, stage.said),
                    Order::Published => Span::between(before.published, stage.published),
                };
                let answers = graph.statement(*id).replies_to.contains(&before.statement);
                let one_source = graph.statement(before.statement).source == graph.statement(*id).source;
                // What is only about right may be a day off.
                let forwards = span.fewest.is_some_and(|fewest| fewest >= i64::from(span.rough));
                stage.order_known = forwards
                    || match order {
                        Order::Said => answers,
                        Order::Published => one_source,
                    };
                stage.after = Some(span);
            }
            stages.push(stage);
        }
        stages
    };
    Ok(Life {
        dispute,
        said: laid_out(Order::Said, &by_said),
        published: laid_out(Order::Published, &by_published),
    })
}

/// Statements in the order of being said, as far as that is known.
pub fn in_order_of_saying(graph: &Graph, statements: &[StatementId]) -> Vec<StatementId> {
    let statements = statements.iter().copied().collect();
    said_order(graph, &statements, &said_times(graph, &statements))
}

/// Whether a dispute holds what makes a life, without telling it.
pub fn has_life(graph: &Graph, dispute: DisputeId) -> Result<(), NoLife> {
    check(graph, dispute).map(|_| ())
}

/// The statements of the dispute's positions.
fn check(graph: &Graph, dispute: DisputeId) -> Result<Vec<StatementId>, NoLife> {
    let accounts = graph.dispute(dispute).positions.iter().flat_map(|position| &position.held_by);
    let held: Vec<_> = accounts
        .filter_map(|account| match account {
            Account::Statement(id) => Some(*id),
            Account::Reaction(_) => None,
        })
        .collect();
    let has = |stance| held.iter().any(|id| graph.statement(*id).stance == Some(stance));
    match (has(Stance::Allegation), has(Stance::Denial)) {
        _ if held.is_empty() => Err(NoLife::NoStatement),
        (false, _) => Err(NoLife::NoAllegation),
        (_, false) => Err(NoLife::NoDenial),
        _ => Ok(held),
    }
}

/// All statements that are stages.
fn gathered(graph: &Graph, held: &[StatementId]) -> BTreeSet<StatementId> {
    let is_stage = |id: StatementId| graph.statement(id).stance.and_then(StageKind::of).is_some();
    let alleged = |id: &&StatementId| graph.statement(**id).stance == Some(Stance::Allegation);
    let accused: BTreeSet<ActorId> =
        held.iter().filter(alleged).flat_map(|id| graph.statement(*id).about.iter().copied()).collect();
    let about_them = |statement: &Statement| statement.about.iter().any(|actor| accused.contains(actor));

    let mut found: BTreeSet<StatementId> = BTreeSet::new();
    let mut open: Vec<StatementId> = held.iter().copied().filter(|id| is_stage(*id)).collect();
    let events: BTreeSet<_> = open.iter().map(|id| graph.statement(*id).event).collect();
    let beside = events.iter().flat_map(|event| &graph.event(*event).statements).copied();
    open.extend(beside.filter(|id| is_stage(*id) && about_them(graph.statement(*id))));
    let accusers: BTreeSet<_> =
        held.iter().filter(alleged).filter_map(|id| graph.statement(*id).speaker).collect();
    let theirs = accusers.iter().flat_map(|accuser| graph.statements_by(*accuser)).copied();
    open.extend(theirs.filter(|id| {
        let statement = graph.statement(*id);
        statement.stance == Some(Stance::Withdrawal) && about_them(statement)
    }));
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let tied = graph.statement(id).replies_to.iter().chain(graph.replies(id)).copied();
            open.extend(tied.filter(|other| is_stage(*other)));
        }
    }
    found
}

/// When each was said.
fn said_times(graph: &Graph, statements: &BTreeSet<StatementId>) -> HashMap<StatementId, Time> {
    let mut times: HashMap<StatementId, Time> =
        statements.iter().map(|id| (*id, said_alone(graph, graph.statement(*id)))).collect();
    let sequence = answered_first(graph, statements, |_| ());
    // What answers is not said before what it answers; that not after it.
    for id in &sequence {
        let answered = graph.statement(*id).replies_to.iter();
        let floor = answered.filter_map(|answered| limits(times.get(answered)?).earliest).max();
        if let Some(time) = times.get_mut(id) {
            narrow(time, floor, None);
        }
    }
    for id in sequence.iter().rev() {
        let ceiling = graph.replies(*id).iter().filter_map(|reply| limits(times.get(reply)?).latest).min();
        if let Some(time) = times.get_mut(id) {
            narrow(time, None, ceiling);
        }
    }
    times
}

/// When a statement was said, by itself and its source and event.
fn said_alone(graph: &Graph, statement: &Statement) -> Time {
    let out = Time::of_source(graph, statement.source);
    let mut time = Time::written(&statement.said);
    let event = graph.event(statement.event);
    let takes_part =
        statement.speaker.is_some_and(|speaker| event.parts.iter().any(|part| part.actor == speaker));
    if statement.said.when.is_none() {
        if takes_part && event.status == Status::Occurred {
            time = Time { grounds: Grounds::Event, ..Time::of_event(graph, statement.event) };
        } else {
            time.grounds = Grounds::Carried;
        }
    }
    narrow(&mut time, None, limits(&out).latest);
    time
}

/// The bounds of a time as limits for others: to the day where no zone is printed, and none where it is rough.
fn limits(time: &Time) -> Bounds {
    let Bounds { earliest, latest } = time.bounds;
    if time.rough {
        return Bounds::default();
    }
    if !time.zoneless {
        return time.bounds;
    }
    let start = earliest.map(|at| start_of(at.date()));
    let end = latest.map(|at| at.date().and_hms_opt(23, 59, 59).unwrap_or(at));
    Bounds { earliest: start, latest: end }
}

/// Takes limits in, unless they contradict what is known, which is not this view's to judge.
fn narrow(time: &mut Time, floor: Option<Moment>, ceiling: Option<Moment>) {
    let bounds = time.bounds;
    let day = bounds.earliest.zip(bounds.latest).is_some_and(|(from, to)| from.date() == to.date());
    let earliest = floor.max(bounds.earliest);
    let latest = [ceiling, bounds.latest].into_iter().flatten().min();
    let possible = earliest.zip(latest).is_none_or(|(earliest, latest)| earliest <= latest);
    if time.rough || day || !possible || (earliest, latest) == (bounds.earliest, bounds.latest) {
        return;
    }
    (time.bounds.earliest, time.bounds.latest) = (earliest, latest);
    if time.grounds != Grounds::Event {
        time.grounds = Grounds::Carried;
    }
}

/// Where a time stands among others: at the first moment that is known of it, or at the last; those of which none is
/// known come last.
fn place(time: &Time, at_the_last: bool) -> (bool, Option<Moment>, Option<Moment>) {
    let Bounds { earliest, latest } = time.bounds;
    let at = if at_the_last { latest.or(earliest) } else { earliest.or(latest) };
    (at.is_none(), at, time.bounds.latest.or(Some(Moment::MAX)))
}

/// By when they were said, but nothing before what it answers; then by event and document.
fn said_order(
    graph: &Graph,
    statements: &BTreeSet<StatementId>,
    said: &HashMap<StatementId, Time>,
) -> Vec<StatementId> {
    answered_first(graph, statements, |id| {
        let statement = graph.statement(id);
        let rank = graph.chronology().rank(statement.event);
        let carried = |time: &Time| time.grounds == Grounds::Carried && statement.said.when.is_none();
        (said.get(&id).map(|time| place(time, carried(time))), rank)
    })
}

/// The statements in the order of a key, each after those among them that it answers. Those that answer each other in a
/// circle come last.
fn answered_first<K: Ord>(
    graph: &Graph,
    statements: &BTreeSet<StatementId>,
    key: impl Fn(StatementId) -> K,
) -> Vec<StatementId> {
    let among = |id: &&StatementId| statements.contains(id);
    let mut waits: HashMap<StatementId, usize> = statements
        .iter()
        .map(|id| (*id, graph.statement(*id).replies_to.iter().filter(among).count()))
        .collect();
    let mut ready: BinaryHeap<_> =
        statements.iter().filter(|id| waits.get(id) == Some(&0)).map(|id| Reverse((key(*id), *id))).collect();
    let mut order = Vec::with_capacity(statements.len());
    while let Some(Reverse((_, id))) = ready.pop() {
        order.push(id);
        waits.remove(&id);
        for reply in graph.replies(id) {
            if let Some(waits) = waits.get_mut(reply) {
                *waits = waits.saturating_sub(1);
                if *waits == 0 {
                    ready.push(Reverse((key(*reply), *reply)));
                }
            }
        }
    }
    let placed: BTreeSet<_> = order.iter().copied().collect();
    let mut circles: Vec<_> = statements.iter().copied().filter(|id| !placed.contains(id)).collect();
    circles.sort_by_key(|id| key(*id));
    order.extend(circles);
    order
}

/// Tells what is alleged from what is repeated, as the stages come.
#[derive(Default)]
struct Kinds {
    accusers: BTreeSet<ActorId>,
    /// Whom each source has accused.
    accused: HashMap<ActorId, BTreeSet<SourceId>>,
}

impl Kinds {
    fn next(&mut self, statement: &Statement) -> StageKind {
        let kind = statement.stance.and_then(StageKind::of).unwrap_or(StageKind::Alleged);
        if kind != StageKind::Alleged {
            return kind;
        }
        let same_speaker = statement.speaker.is_some_and(|speaker| self.accusers.contains(&speaker));
        let elsewhere = |sources: &BTreeSet<SourceId>| sources.iter().any(|other| *other != statement.source);
        let same_accused = statement.about.iter().any(|actor| self.accused.get(actor).is_some_and(elsewhere));
        self.accusers.extend(statement.speaker);
        for actor in &statement.about {
            self.accused.entry(*actor).or_default().insert(statement.source);
        }
        if same_speaker || same_accused { StageKind::Repeated } else { StageKind::Alleged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story;
    use crate::story::id::ElementId;

    const QUARRY: &str = include_str!("../../tests/screens/quarry.yaml");

    fn dispute(graph: &Graph, id: &str) -> DisputeId {
        match graph.by_id(id) {
            Some(ElementId::Dispute(id)) => id,
            other => panic!("{id} is {other:?}"),
        }
    }

    fn told(graph: &Graph, id: &str, order: Order) -> Vec<String> {
        let life = life(graph, dispute(graph, id)).expect("a life");
        let stage = |stage: &Stage| {
            let after = stage.after.map_or_else(|| "first".to_owned(), |span| span.reading());
            let order = if stage.order_known { "" } else { "?" };
            format!("{} {}: {after}{order}", stage.kind.reading(), graph.statement(stage.statement).id)
        };
        life.stages(order).iter().map(stage).collect()
    }

    #[test]
    fn the_stages_in_the_order_of_being_said_and_of_being_published() {
        let graph = story::read(QUARRY.as_bytes()).expect("the story builds");
        assert_eq!(
            told(&graph, "dumped", Order::Said),
            [
                "alleged lindqvist-says: first",
                "no comment firm-silent: 1 day later",
                "repeated lindqvist-again: 4 days later",
                "denied firm-denies: 1 day later",
                "confirmed firm-admits: between 14 and 43 days later",
                "withdrawn lindqvist-withdraws: between 49 days earlier and 69 days later?",
            ]
        );
        let published = told(&graph, "dumped", Order::Published);
        assert_eq!(published[0], "alleged lindqvist-again: first");
        assert!(published.iter().any(|stage| stage.starts_with("repeated lindqvist-says")), "{published:?}");
    }

    #[test]
    fn a_dispute_without_the_pair_says_why_it_has_no_life() {
        let graph = story::read(QUARRY.as_bytes()).expect("the story builds");
        assert_eq!(has_life(&graph, dispute(&graph, "how-far")), Err(NoLife::NoStatement));
        assert_eq!(has_life(&graph, dispute(&graph, "who-knew")), Err(NoLife::NoAllegation));
        assert_eq!(has_life(&graph, dispute(&graph, "how-much")), Err(NoLife::NoDenial));
        assert_eq!(has_life(&graph, dispute(&graph, "dumped")), Ok(()));
    }

    #[test]
    fn no_stage_stands_before_what_it_answers_and_both_orders_hold_the_same() {
        for yaml in [QUARRY, story::EMBEDDED] {
            let graph = story::read(yaml.as_bytes()).expect("the story builds");
            let mut lives = 0;
            for (id, _) in graph.disputes() {
                let Ok(life) = life(&graph, id) else { continue };
                lives += 1;
                let said: Vec<_> = life.said.iter().map(|stage| stage.statement).collect();
                let set =
                    |stages: &[Stage]| stages.iter().map(|stage| stage.statement).collect::<BTreeSet<_>>();
                assert_eq!(set(&life.said), set(&life.published));
                for (place, statement) in said.iter().enumerate() {
                    for answered in &graph.statement(*statement).replies_to {
                        if let Some(before) = said.iter().position(|other| other == answered) {
                            assert!(before < place, "{}", graph.statement(*statement).id);
                        }
                    }
                }
                assert!(life.said[0].after.is_none() && life.said[1..].iter().all(|one| one.after.is_some()));
            }
            assert!(lives > 0);
        }
    }

    #[test]
    fn what_answers_itself_in_a_circle_is_told_all_the_same() {
        let yaml = "
format: 1
story: {title: T}
sources: [{id: s, title: S, kind: article}]
actors: [{id: a, name: A, kind: company}, {id: b, name: B, kind: person}]
events:
  - {id: e, title: T, status: occurred, sources: [s], statements: [
      {id: says, form: paraphrase, text: X, speaker: b, about: [a], stance: allegation, replies_to: [denies], source: s},
      {id: denies, form: paraphrase, text: Y, speaker: a, about: [a], stance: denial, replies_to: [says], source: s}]}
disputes:
  - {id: d, question: Q, grade: tension, positions: [{label: A, held_by: [says]}, {label: B, held_by: [denies]}]}
";
        let Ok(graph) = story::read(yaml.as_bytes()) else { return };
        assert_eq!(told(&graph, "d", Order::Said).len(), 2);
    }
}
