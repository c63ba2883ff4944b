//! Accounts laid out for reading side by side: the positions of a dispute, two that the reader picked, those of an event
//! source by source, or what an actor said, in order.
//!
//! Each column has accounts; accounts of different columns that stand beside each other make a group, and a group has
//! rows: who, the words, what is spoken of, when, where. A row knows which of its cells differ from which. The words of
//! an account are set against one other text, which is named: the nearest beside it, else the nearest of another column;
//! where columns follow each other in time, the latest like it before it.
//!
//! Imports `story` and the queries beside it; no terminal.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::found::Found;
use super::life;
use super::provenance::{self, Support};
use super::word_diff::{self, Difference, Piece, Wordings};
use crate::story::graph::{Carrier, Dispute, Graph};
use crate::story::id::{Account, ActorId, DisputeId, EventId, SourceId, StatementId};
use crate::story::vocabulary::Form;
use crate::text;

mod align;
mod facts;
mod rows;
#[cfg(test)]
mod tests;

pub use facts::Field;
pub use rows::{Agreement, Cell, Part, Row};

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The positions of a dispute that stands in the file.
    Written(DisputeId),
    /// Those of one that was found, by its place in what [`found`](super::found::found) gives.
    Found(usize),
    /// Two accounts that the reader picked.
    Picked([Account; 2]),
    /// The accounts of an event, source by source.
    Event(EventId),
    /// What an actor said, in the order of being said.
    Actor(ActorId),
}

/// Why there is nothing to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// An event of which nobody says anything.
    #[error("no account of this event is recorded")]
    NoAccount,
    /// An event that one source alone tells of.
    #[error("all accounts of this event are in one source")]
    OneSource,
    /// An actor who says nothing.
    #[error("nothing that this actor said is recorded")]
    NothingSaid,
    /// An actor who says one thing.
    #[error("only one statement by this actor is recorded")]
    SaidOnce,
}

/// Accounts side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What is compared.
    pub subject: Subject,
    /// From left to right.
    pub columns: Vec<Column>,
    /// What each column rests on: its sources and origins.
    pub rests_on: Row,
    /// The rows of the accounts that stand beside each other, from the first accounts of the columns on.
    pub groups: Vec<Vec<Row>>,
}

/// A column and its accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub label: String,
    /// What the author says of it.
    pub note: Option<String>,
    /// Its accounts from top to bottom, each in a later group than the one before.
    pub accounts: Vec<Compared>,
    /// The sources and origins behind it.
    pub support: Support,
}

/// An account in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// The statement or reaction.
    pub account: Account,
    /// The group it stands in.
    pub group: usize,
    /// Whether it shares hardly a word with what it is set against, so that no word of it is marked.
    pub unrelated: bool,
    /// The account that its words are set against: its column, and its group.
    pub against: Option<(usize, usize)>,
}

/// A column before anything is compared.
struct Plain {
    label: String,
    note: Option<String>,
    /// Each with its group.
    accounts: Vec<(Account, usize)>,
}

impl Plain {
    fn of_one(label: String, account: Account) -> Self {
        Self { label, note: None, accounts: vec![(account, 0)] }
    }
}

/// The accounts of an event source by source, if more than one source has any.
pub fn source_by_source(graph: &Graph, event: EventId) -> Result<Subject, Unfit> {
    match sources_of(graph, event).len() {
        0 => Err(Unfit::NoAccount),
        1 => Err(Unfit::OneSource),
        _ => Ok(Subject::Event(event)),
    }
}

/// What an actor said, if that is more than one thing.
pub fn said_in_order(graph: &Graph, actor: ActorId) -> Result<Subject, Unfit> {
    match said_by(graph, actor).len() {
        0 => Err(Unfit::NothingSaid),
        1 => Err(Unfit::SaidOnce),
        _ => Ok(Subject::Actor(actor)),
    }
}

/// What an actor said, and what was said by those who are part of it: who speaks for a firm speaks as the firm.
pub fn said_by(graph: &Graph, actor: ActorId) -> Vec<StatementId> {
    let mut said = graph.statements_by(actor).to_vec();
    for part in parts_of(graph, actor) {
        said.extend(graph.statements_by(part));
    }
    said
}

/// The actors that are part of one and say something, in document order.
pub fn parts_of(graph: &Graph, actor: ActorId) -> Vec<ActorId> {
    /// Steps of `part_of` that are followed: it may run in a circle.
    const LEVELS: usize = 32;
    let above = |part: ActorId| {
        std::iter::successors(graph.actor(part).part_of, |above| graph.actor(*above).part_of).take(LEVELS)
    };
    let speaks = |part: &ActorId| *part != actor && !graph.statements_by(*part).is_empty();
    graph
        .actors()
        .map(|(part, _)| part)
        .filter(speaks)
        .filter(|part| above(*part).any(|up| up == actor))
        .collect()
}

impl Comparison {
    /// Lays a subject out; `found` are the disputes that were found. `None` where it is none of them.
    pub fn of(graph: &Graph, found: &[Found], subject: Subject) -> Option<Self> {
        let plain = match subject {
            Subject::Written(dispute) => positions(graph, graph.dispute(dispute)),
            Subject::Found(place) => positions(graph, &found.get(place)?.dispute),
            Subject::Picked([first, second]) => vec![
                Plain::of_one("picked first".to_owned(), first),
                Plain::of_one("picked second".to_owned(), second),
            ],
            Subject::Event(event) => sources(graph, event),
            Subject::Actor(actor) => life::in_order_of_saying(graph, &said_by(graph, actor))
                .into_iter()
                .map(|id| {
                    let title = graph.event(graph.statement(id).event).title.to_string();
                    Plain::of_one(title, Account::Statement(id))
                })
                .collect(),
        };
        let words = words(graph, &plain, matches!(subject, Subject::Actor(_)));
        let columns = columns(graph, plain, &words);
        let rests_on = Row::of_origins(graph, columns.iter().map(|column| &column.support));
        let groups = rows::groups(graph, subject, &columns, &words);
        Some(Self { subject, columns, rests_on, groups })
    }

    /// Whether the positions of a dispute are compared.
    pub fn is_of_dispute(&self) -> bool {
        matches!(self.subject, Subject::Written(_) | Subject::Found(_))
    }

    /// Where an account stands: its column, and its place there.
    pub fn place_of(&self, account: Account) -> Option<(usize, usize)> {
        self.columns.iter().enumerate().find_map(|(place, column)| {
            Some((place, column.accounts.iter().position(|other| other.account == account)?))
        })
    }
}

/// What differs in the words of an account, and in comparison with what.
#[derive(Default)]
struct Words {
    pieces: Vec<Piece>,
    unrelated: bool,
    /// Column and group.
    against: Option<(usize, usize)>,
}

/// What differs in the words of each account of each column; nothing in those of a reaction, which has none.
fn words(graph: &Graph, columns: &[Plain], in_order: bool) -> Vec<Vec<Words>> {
    let placed: Vec<Placed> = columns
        .iter()
        .enumerate()
        .flat_map(|(column, plain)| {
            plain.accounts.iter().map(move |(account, group)| (column, *group, *account))
        })
        .map(|(column, group, account)| Placed { column, group, text: text_of(graph, account) })
        .collect();
    let texts: Vec<_> = placed.iter().map(|placed| placed.text).collect();
    if in_order {
        let words = |(Difference { pieces, unrelated }, against): (_, Option<usize>)| {
            vec![Words { pieces, unrelated, against: against.map(|against| (against, 0)) }]
        };
        return word_diff::successive(&texts).into_iter().map(words).collect();
    }
    let mut wordings = Wordings::of(texts);
    let mut laid: Vec<Vec<Words>> = columns.iter().map(|_| Vec::new()).collect();
    for (place, here) in placed.iter().enumerate() {
        let against = counterpart(&wordings, &placed, place);
        let others =
            || placed.iter().zip(0..).any(|(it, at)| it.column != here.column && wordings.speaks(at));
        let unrelated = against.is_none() && wordings.speaks(place) && others();
        let pieces = match against {
            Some(other) => wordings.set_against(place, other),
            None => wordings.whole(place),
        };
        let against = against.map(|other| (placed[other].column, placed[other].group));
        laid[here.column].push(Words { pieces, unrelated, against });
    }
    laid
}

/// The words of an account, and where it stands.
struct Placed<'g> {
    column: usize,
    group: usize,
    text: &'g str,
}

/// The text that one is set against: beside it the nearest that differs, else one that does not; where none beside it
/// is like it, the nearest of another column.
fn counterpart(wordings: &Wordings, placed: &[Placed], place: usize) -> Option<usize> {
    /// Texts that are looked through for one elsewhere.
    const LOOK: usize = 512;
    let here = &placed[place];
    let others = || placed.iter().enumerate().filter(|(_, other)| other.column != here.column);
    let nearest = |differs: bool, other: usize| {
        let likeness = wordings.likeness(place, other)?;
        Some((differs && !wordings.are_same(place, other), likeness, Reverse(other)))
    };
    let beside = others().filter(|(_, other)| other.group == here.group);
    let beside = beside.filter_map(|(at, _)| nearest(true, at)).max();
    let elsewhere = || others().take(LOOK).filter_map(|(at, _)| nearest(false, at)).max();
    beside.or_else(elsewhere).map(|(_, _, Reverse(other))| other)
}

fn text_of(graph: &Graph, account: Account) -> &str {
    match account {
        Account::Statement(id) => &graph.statement(id).text,
        Account::Reaction(_) => "",
    }
}

fn columns(graph: &Graph, plain: Vec<Plain>, words: &[Vec<Words>]) -> Vec<Column> {
    let columns = plain.into_iter().zip(words).map(|(plain, words)| {
        let carriers: Vec<_> =
            plain.accounts.iter().map(|(account, _)| Carrier::of(graph, *account)).collect();
        let support = provenance::support(graph, &carriers);
        let accounts = plain.accounts.iter().zip(words).map(|((account, group), words)| Compared {
            account: *account,
            group: *group,
            unrelated: words.unrelated,
            against: words.against,
        });
        Column { label: plain.label, note: plain.note, accounts: accounts.collect(), support }
    });
    columns.collect()
}

/// The positions of a dispute. Accounts that have something in common stand beside each other; the others, which answer
/// the same question, in the order of the file.
fn positions(graph: &Graph, dispute: &Dispute) -> Vec<Plain> {
    let held: Vec<_> = dispute.positions.iter().map(|position| position.held_by.clone()).collect();
    let groups = align::groups(graph, &held, true);
    let positions = dispute.positions.iter().zip(groups).enumerate();
    positions
        .map(|(place, (position, groups))| {
            let mut accounts: Vec<_> = position.held_by.iter().copied().zip(groups).collect();
            accounts.sort_by_key(|(_, group)| *group);
            Plain {
                label: format!("{}. {}", place + 1, position.label),
                note: position.note.as_deref().map(str::to_owned),
                accounts,
            }
        })
        .collect()
}

/// The accounts of an event in the order of the file.
fn accounts_of(graph: &Graph, event: EventId) -> impl Iterator<Item = Account> + '_ {
    let event = graph.event(event);
    let statements = event.statements.iter().map(|id| Account::Statement(*id));
    statements.chain(event.reactions.iter().map(|id| Account::Reaction(*id)))
}

/// The sources with an account of an event: those the event names in its order, then the others.
fn sources_of(graph: &Graph, event: EventId) -> Vec<SourceId> {
    let mut sources: Vec<SourceId> = Vec::new();
    let carry: Vec<_> = accounts_of(graph, event).map(|account| graph.source_of(account)).collect();
    let named = graph.event(event).sources.iter().filter(|source| carry.contains(source));
    for source in named.chain(&carry) {
        if !sources.contains(source) {
            sources.push(*source);
        }
    }
    sources
}

/// What makes accounts of different sources stand beside each other: one speaker in one form, or one instrument.
#[derive(PartialEq, Eq)]
enum Likeness {
    Said(Option<ActorId>, Form),
    Traded(String),
}

fn likeness(graph: &Graph, account: Account) -> Likeness {
    match account {
        Account::Statement(id) => Likeness::Said(graph.statement(id).speaker, graph.statement(id).form),
        Account::Reaction(id) => Likeness::Traded(text::fold_str(&graph.reaction(id).instrument)),
    }
}

/// The accounts of an event by source. What is alike in several sources stands side by side: verbatim words and figures
/// first, and of those what most sources have.
fn sources(graph: &Graph, event: EventId) -> Vec<Plain> {
    let accounts: Vec<_> = accounts_of(graph, event).collect();
    let mut kinds: Vec<(Likeness, Vec<Account>)> = Vec::new();
    for account in accounts {
        let likeness = likeness(graph, account);
        match kinds.iter_mut().find(|(known, _)| *known == likeness) {
            Some((_, alike)) => alike.push(account),
            None => kinds.push((likeness, vec![account])),
        }
    }
    kinds.sort_by_cached_key(|(likeness, alike)| {
        let sources: BTreeSet<_> = alike.iter().map(|account| graph.source_of(*account)).collect();
        (matches!(likeness, Likeness::Said(_, Form::Paraphrase)), Reverse(sources.len()))
    });
    let mut columns: Vec<(SourceId, Plain)> = sources_of(graph, event)
        .into_iter()
        .map(|id| {
            let label = graph.source(id).label().to_owned();
            (id, Plain { label, note: None, accounts: Vec::new() })
        })
        .collect();
    let mut first = 0;
    for (_, alike) in kinds {
        let theirs =
            |source: SourceId| alike.iter().copied().filter(move |one| graph.source_of(*one) == source);
        let held: Vec<Vec<Account>> = columns.iter().map(|(source, _)| theirs(*source).collect()).collect();
        // One of a kind in each source is what it has to say on the matter.
        let single = held.iter().all(|accounts| accounts.len() < 2);
        let groups = align::groups(graph, &held, single);
        let mut last = first;
        for ((_, column), (held, groups)) in columns.iter_mut().zip(held.iter().zip(&groups)) {
            let mut accounts: Vec<_> = held.iter().copied().zip(groups.iter().map(|at| first + at)).collect();
            accounts.sort_by_key(|(_, group)| *group);
            last = accounts.iter().map(|(_, group)| group + 1).fold(last, usize::max);
            column.accounts.extend(accounts);
        }
        first = last;
    }
    columns.into_iter().map(|(_, column)| column).collect()
}
