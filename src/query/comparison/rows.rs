//! Rows: what accounts that stand beside each other tell in one field, and where they differ in it.

use std::collections::{BTreeSet, HashMap};

use super::facts::{Fact, Field, facts, figures_in_words};
use super::{Column, Subject, Words};
use crate::query::provenance::Support;
use crate::query::word_diff::Piece;
use crate::story::change::Change;
use crate::story::graph::Graph;
use crate::story::id::Account;
use crate::story::vocabulary::Form;

/// A row of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it tells.
    pub field: Field,
    /// One for each column; `None` where no account stands, or one that has no such field.
    pub cells: Vec<Option<Cell>>,
    /// Whether the cells agree.
    pub agreement: Agreement,
    /// What each cell tells, in a number: the same for the same. `None` where it tells nothing that could be compared.
    told: Vec<Option<usize>>,
    /// The column each is set against, where that is one only.
    against: Option<Vec<Option<usize>>>,
}

/// Whether those who tell something tell the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// All do.
    Same,
    /// They do not.
    Differs,
    /// It cannot be said: one alone tells it, or those who do agree while another is silent.
    Open,
}

/// What one account tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its parts; none where it is not told.
    pub parts: Vec<Part>,
}

/// A part of what is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What stands before the text and is not compared.
    pub lead: String,
    /// The text.
    pub text: String,
    /// Whose words the text is, where it is someone's: in quotation marks if and only if they are the speaker's own.
    pub form: Option<Form>,
    /// The text cut into what differs and what does not; they cover all of it.
    pub pieces: Vec<Piece>,
}

impl Part {
    fn of(fact: Fact, differs: bool) -> Self {
        let pieces = vec![Piece { text: 0..fact.text.len(), differs }];
        Self { lead: fact.lead, text: fact.text, form: fact.form, pieces }
    }

    /// Whether anything in it differs.
    pub fn differs(&self) -> bool {
        self.pieces.iter().any(|piece| piece.differs)
    }
}

impl Row {
    /// A row of single texts that are compared by what they read; an empty one is not told.
    pub fn of_texts(field: Field, texts: Vec<Option<String>>) -> Self {
        let told = |text: String| if text.is_empty() { Vec::new() } else { vec![Fact::of_text(text)] };
        let facts: Vec<_> = texts.into_iter().map(|text| text.map(told)).collect();
        row(field, &facts, None)
    }

    /// What columns rest on, compared by their origins: two that rest on the same ones do not differ, whatever they
    /// count. What has no known origin is compared with nothing.
    pub(super) fn of_origins<'s>(graph: &'s Graph, supports: impl Iterator<Item = &'s Support>) -> Self {
        let fact = |support: &'s Support| {
            let ids: Vec<_> =
                support.origins.iter().map(|origin| graph.source(*origin).id.as_str()).collect();
            Some(vec![Fact { key: ids.join(" "), ..Fact::of_text(support.named(graph)) }])
        };
        let facts: Vec<_> = supports.map(fact).collect();
        row(Field::RestsOn, &facts, None)
    }

    /// Whether each column is set against an earlier one, and not against all others.
    pub fn is_in_order(&self) -> bool {
        self.against.is_some()
    }

    /// The columns that tell something else than one does.
    pub fn unlike(&self, column: usize) -> Vec<usize> {
        let Some(here) = self.told.get(column).copied().flatten() else { return Vec::new() };
        let differs = |other: &usize| self.told[*other].is_some_and(|there| there != here);
        match &self.against {
            Some(against) => against[column].into_iter().filter(differs).collect(),
            None => (0..self.told.len()).filter(differs).collect(),
        }
    }

    /// Whether any of some columns tells something else than another of them.
    pub fn differs_among(&self, columns: &[usize]) -> bool {
        columns.iter().any(|column| self.unlike(*column).iter().any(|other| columns.contains(other)))
    }
}

/// The rows of all groups.
pub(super) fn groups(
    graph: &Graph,
    subject: Subject,
    columns: &[Column],
    words: &[Vec<Words>],
) -> Vec<Vec<Row>> {
    let count = columns.iter().filter_map(|column| column.accounts.last()).map(|last| last.group + 1).max();
    // Each column's accounts are sorted by group, so one look at the next of each is enough.
    let mut next = vec![0; columns.len()];
    (0..count.unwrap_or(0))
        .map(|group| {
            let members: Vec<Option<usize>> = columns
                .iter()
                .zip(&mut next)
                .map(|(column, next)| {
                    let here = column.accounts.get(*next).is_some_and(|account| account.group == group);
                    here.then(|| std::mem::replace(next, *next + 1))
                })
                .collect();
            rows_of(graph, subject, columns, words, &members)
        })
        .collect()
}

/// The rows of one group, given the place of its account in each column.
fn rows_of(
    graph: &Graph,
    subject: Subject,
    columns: &[Column],
    words: &[Vec<Words>],
    members: &[Option<usize>],
) -> Vec<Row> {
    let against: Vec<Option<usize>> = columns
        .iter()
        .zip(members)
        .map(|(column, member)| column.accounts.get((*member)?)?.against.map(|(column, _)| column))
        .collect();
    let against = matches!(subject, Subject::Actor(_)).then_some(against);
    let told_above =
        |field: Field| matches!((subject, field), (Subject::Event(_) | Subject::Actor(_), Field::Event));
    let accounts: Vec<Option<Account>> = columns
        .iter()
        .zip(members)
        .map(|(column, member)| column.accounts.get((*member)?).map(|compared| compared.account))
        .collect();
    let moves: Vec<Change> = accounts
        .iter()
        .filter_map(|account| match account {
            Some(Account::Reaction(id)) => Some(graph.reaction(*id).change),
            _ => None,
        })
        .collect();
    let told = |account: Account, field: Field| match field {
        // Beside a market move the figures in someone's words count as one.
        Field::Figure if !moves.is_empty() => {
            facts(graph, account, field).or_else(|| figures_in_words(graph, account, &moves))
        }
        _ => facts(graph, account, field),
    };
    Field::TOLD
        .iter()
        .filter(|field| !told_above(**field))
        .filter_map(|field| {
            let facts: Vec<Option<Vec<Fact>>> =
                accounts.iter().map(|account| account.and_then(|account| told(account, *field))).collect();
            let untold = facts.iter().flatten().all(Vec::is_empty);
            if facts.iter().flatten().next().is_none() || (untold && field.may_be_left_out()) {
                return None;
            }
            let mut row = row(*field, &facts, against.as_deref());
            if *field == Field::Words {
                cut_words(&mut row, words, members);
            }
            Some(row)
        })
        .collect()
}

/// Cuts the words of a row as they were compared, word by word.
fn cut_words(row: &mut Row, words: &[Vec<Words>], members: &[Option<usize>]) {
    for (cell, (words, member)) in row.cells.iter_mut().zip(words.iter().zip(members)) {
        let words = member.and_then(|member| words.get(member));
        for part in cell.iter_mut().flat_map(|cell| &mut cell.parts) {
            match words {
                Some(words) => part.pieces.clone_from(&words.pieces),
                None => part.pieces = vec![Piece { text: 0..part.text.len(), differs: false }],
            }
        }
    }
}

/// A row of facts. Each is set against all others, or, where `against` says so, against that of one column.
fn row(field: Field, facts: &[Option<Vec<Fact>>], against: Option<&[Option<usize>]>) -> Row {
    let keys: Vec<BTreeSet<&str>> = facts
        .iter()
        .map(|facts| {
            facts.iter().flatten().map(|fact| fact.key.as_str()).filter(|key| !key.is_empty()).collect()
        })
        .collect();
    // Who does not tell it is no one to differ from.
    let telling = keys.iter().filter(|keys| !keys.is_empty()).count();
    let cells = facts.iter().filter(|facts| facts.is_some()).count();
    let mut tellers: HashMap<&str, usize> = HashMap::new();
    for key in keys.iter().flatten() {
        *tellers.entry(key).or_default() += 1;
    }
    let differs = |column: usize, key: &str| match against {
        _ if !field.is_compared() => false,
        None => tellers.get(key).is_some_and(|tellers| *tellers < telling),
        Some(against) => against[column]
            .and_then(|other| keys.get(other))
            .is_some_and(|keys| !keys.is_empty() && !keys.contains(key)),
    };
    let made: Vec<Option<Cell>> = facts
        .iter()
        .enumerate()
        .map(|(column, facts)| {
            let parts = facts.as_ref()?.iter();
            let parts = parts.map(|fact| Part::of(fact.clone(), differs(column, &fact.key)));
            Some(Cell { parts: parts.collect() })
        })
        .collect();
    let mut numbers: HashMap<&BTreeSet<&str>, usize> = HashMap::new();
    let told = keys.iter().map(|keys| {
        let next = numbers.len();
        (field.is_compared() && !keys.is_empty()).then(|| *numbers.entry(keys).or_insert(next))
    });
    let told = told.collect();
    let against = against.map(<[_]>::to_vec);
    let mut row = Row { field, cells: made, agreement: Agreement::Open, told, against };
    let at_odds = match row.against {
        None => numbers.len() > 1,
        Some(_) => (0..row.told.len()).any(|column| !row.unlike(column).is_empty()),
    };
    row.agreement = if at_odds {
        Agreement::Differs
    } else if field.is_compared() && telling > 1 && telling == cells {
        Agreement::Same
    } else {
        Agreement::Open
    };
    row
}
