//! Rows: what accounts that stand beside each other tell in one field, and where they differ in it.

use std::collections::{HashMap, HashSet};

use super::facts::{Fact, Field, facts};
use super::{Column, Subject, Words};
use crate::query::word_diff::Piece;
use crate::story::graph::Graph;
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
        .map(|(column, member)| column.accounts.get((*member)?).and_then(|account| account.against))
        .collect();
    let against = matches!(subject, Subject::Actor(_)).then_some(against);
    let told_above =
        |field: Field| matches!((subject, field), (Subject::Event(_) | Subject::Actor(_), Field::Event));
    Field::TOLD
        .iter()
        .filter(|field| !told_above(**field))
        .filter_map(|field| {
            let facts: Vec<Option<Vec<Fact>>> = columns
                .iter()
                .zip(members)
                .map(|(column, member)| facts(graph, column.accounts.get((*member)?)?.account, *field))
                .collect();
            let untold = facts.iter().flatten().all(Vec::is_empty);
            if facts.iter().flatten().next().is_none() || (untold && field.may_be_left_out()) {
                return None;
            }
            Some(match field {
                Field::Words => row_of_words(facts, words, members),
                _ => row(*field, &facts, against.as_deref()),
            })
        })
        .collect()
}

/// A row of words, compared word by word already.
fn row_of_words(facts: Vec<Option<Vec<Fact>>>, words: &[Vec<Words>], members: &[Option<usize>]) -> Row {
    let mut unrelated = false;
    let cells = facts.into_iter().zip(words.iter().zip(members)).map(|(facts, (words, member))| {
        let words = member.and_then(|member| words.get(member));
        unrelated |= facts.is_some() && words.is_some_and(|words| words.difference.unrelated);
        facts.map(|facts| Cell {
            parts: facts
                .into_iter()
                .map(|fact| {
                    let mut part = Part::of(fact, false);
                    if let Some(words) = words {
                        part.pieces.clone_from(&words.difference.pieces);
                    }
                    part
                })
                .collect(),
        })
    });
    let cells: Vec<Option<Cell>> = cells.collect();
    let differs = unrelated || any_differs(&cells);
    let agreement = match cells.iter().flatten().count() {
        _ if differs => Agreement::Differs,
        0 | 1 => Agreement::Open,
        _ => Agreement::Same,
    };
    Row { field: Field::Words, cells, agreement }
}

fn any_differs(cells: &[Option<Cell>]) -> bool {
    cells.iter().flatten().flat_map(|cell| &cell.parts).any(Part::differs)
}

/// A row of facts. Each is set against all others, or, where `against` says so, against that of one column.
fn row(field: Field, facts: &[Option<Vec<Fact>>], against: Option<&[Option<usize>]>) -> Row {
    let keys: Vec<HashSet<String>> =
        facts.iter().map(|facts| facts.iter().flatten().map(|fact| fact.key.clone()).collect()).collect();
    // Who does not tell it is no one to differ from.
    let telling = keys.iter().filter(|keys| !keys.is_empty()).count();
    let cells = facts.iter().filter(|facts| facts.is_some()).count();
    let mut tellers: HashMap<&str, usize> = HashMap::new();
    for key in keys.iter().flatten() {
        *tellers.entry(key).or_default() += 1;
    }
    let other = |column: usize| {
        let other = against?.get(column).copied().flatten()?;
        keys.get(other).filter(|keys| !keys.is_empty())
    };
    let differs = |column: usize, key: &str| match (field.is_compared(), against) {
        (false, _) => false,
        (true, None) => tellers.get(key).is_some_and(|tellers| *tellers < telling),
        (true, Some(_)) => other(column).is_some_and(|keys| !keys.contains(key)),
    };
    // What is missing in one of them differs too, though there is no part to mark.
    let lacks = |column: usize| {
        let here = &keys[column];
        field.is_compared()
            && other(column)
                .is_some_and(|keys| !here.is_empty() && keys.iter().any(|key| !here.contains(key)))
    };
    let lacking = (0..facts.len()).any(lacks);
    let made: Vec<Option<Cell>> = facts
        .iter()
        .enumerate()
        .map(|(column, facts)| {
            let parts = facts.as_ref()?.iter();
            let parts = parts.map(|fact| Part::of(fact.clone(), differs(column, &fact.key)));
            Some(Cell { parts: parts.collect() })
        })
        .collect();
    let agreement = if lacking || any_differs(&made) {
        Agreement::Differs
    } else if field.is_compared() && telling > 1 && telling == cells {
        Agreement::Same
    } else {
        Agreement::Open
    };
    Row { field, cells: made, agreement }
}
