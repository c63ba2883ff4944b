//! The compare view: what is compared and where the reader is in it; and the accounts the reader picked.
//!
//! Imports `query::comparison`; no terminal.

use crate::query::comparison::{Comparison, Subject};
use crate::query::found::Found;
use crate::story::graph::Graph;
use crate::story::id::{Account, ElementId};

/// The compare view.
#[derive(Debug, Clone)]
pub struct Compare {
    /// The accounts side by side.
    pub comparison: Comparison,
    /// The column the reader is at.
    pub column: usize,
    /// The account the reader is at, among those of the column.
    pub account: usize,
    /// The first row that shows.
    pub top: usize,
    /// Whether that column has all the room.
    pub zoom: bool,
    /// The columns and rows of the screen on which it was scrolled last.
    pub size: Option<(u16, u16)>,
    /// What `d` goes on to, in a word or two.
    pub next: Option<&'static str>,
    /// The dispute the reader came from, for the way round and back to it.
    pub began: Option<Subject>,
}

impl Compare {
    /// The compare view of a subject; `None` where none such was found.
    pub fn of_subject(graph: &Graph, found: &[Found], subject: Subject) -> Option<Self> {
        let comparison = Comparison::of(graph, found, subject)?;
        let began = comparison.is_of_dispute().then_some(subject);
        Some(Self { comparison, column: 0, account: 0, top: 0, zoom: false, size: None, next: None, began })
    }

    /// The account the reader is at.
    pub fn selected(&self) -> Option<Account> {
        let column = self.comparison.columns.get(self.column)?;
        column.accounts.get(self.account).map(|compared| compared.account)
    }

    /// Goes to an account, if it is compared here.
    pub fn go_to(&mut self, account: Account) {
        if let Some((column, place)) = self.comparison.place_of(account) {
            (self.column, self.account) = (column, place);
        }
    }

    /// Goes to a column and an account of it, or the last there is.
    pub fn go_to_place(&mut self, column: usize, account: usize) {
        self.column = column.min(self.comparison.columns.len().saturating_sub(1));
        let accounts = self.comparison.columns.get(self.column).map_or(0, |column| column.accounts.len());
        self.account = account.min(accounts.saturating_sub(1));
    }

    /// Goes to a column: to the account there that stands beside the one the reader was at, or the nearest above.
    pub fn go_to_column(&mut self, column: usize) {
        let group_of = |column: usize, account: usize| {
            let column = self.comparison.columns.get(column)?;
            column.accounts.get(account).map(|compared| compared.group)
        };
        let group = group_of(self.column, self.account).unwrap_or(0);
        let column = column.min(self.comparison.columns.len().saturating_sub(1));
        let places = 0..self.comparison.columns.get(column).map_or(0, |column| column.accounts.len());
        let beside = places.rev().find(|place| group_of(column, *place).is_some_and(|other| other <= group));
        (self.column, self.account) = (column, beside.unwrap_or(0));
    }
}

/// The accounts the reader picked to compare: two at most, the earlier first. By their written ids, so that they hold
/// while the reader looks back.
#[derive(Debug, Clone, Default)]
pub struct Picks {
    /// Their written ids.
    ids: Vec<String>,
    /// Whether the second was picked and the two were not compared since.
    pub fresh: bool,
}

/// What became of a pick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// It is the only one.
    First,
    /// It is the second of two.
    Second,
    /// It is the second of two; the one that was second is first now, the first is none any more.
    InPlace,
    /// It was one and is none any more.
    NoMore,
}

impl Picks {
    /// Picks an account; one that is picked already no more.
    pub fn turn(&mut self, id: &str) -> Picked {
        if let Some(place) = self.place_of(id) {
            self.ids.remove(place);
            self.fresh = false;
            return Picked::NoMore;
        }
        self.ids.push(id.to_owned());
        self.fresh = self.ids.len() > 1;
        match self.ids.len() {
            1 => Picked::First,
            2 => Picked::Second,
            _ => {
                self.ids.remove(0);
                Picked::InPlace
            }
        }
    }

    /// Whether there are two, in sight or not.
    pub fn are_two(&self) -> bool {
        self.ids.len() == 2
    }

    /// Whether an account is picked, and in which place.
    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|picked| picked == id)
    }

    /// The same in a word.
    pub fn reading_of(&self, id: &str) -> Option<&'static str> {
        self.place_of(id).map(|place| if place == 0 { "picked first" } else { "picked second" })
    }

    /// The two picked, to be compared; or why they cannot be.
    pub fn subject(&self, graph: &Graph) -> Result<Subject, &'static str> {
        let account = |id: &String| match graph.by_id(id) {
            Some(ElementId::Statement(id)) => Ok(Account::Statement(id)),
            Some(ElementId::Reaction(id)) => Ok(Account::Reaction(id)),
            _ => Err("what was picked is not part of what shows now"),
        };
        match self.ids.as_slice() {
            [] => Err("no two statements are picked; Space picks them"),
            [_] => Err("one statement is picked; Space picks a second"),
            [first, second, ..] => Ok(Subject::Picked([account(first)?, account(second)?])),
        }
    }
}
