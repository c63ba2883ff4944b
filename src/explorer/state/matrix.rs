//! The matrix on the screen: which part of it shows, and where the reader is in it.
//!
//! Imports `query::matrix`; no terminal.

use crate::query::comparison::Subject;
use crate::query::found::Found;
use crate::query::matrix::{Carried, Cell, Matrix, dispute_of};
use crate::story::change::Change;
use crate::story::graph::Graph;
use crate::story::id::{Account, SourceId};

/// The matrix, and the cell the reader is at.
#[derive(Debug, Clone)]
pub struct Grid {
    /// What it shows.
    pub matrix: Matrix,
    /// The dispute at the cursor, counted from 0.
    pub row: usize,
    /// The source at the cursor, counted from 0.
    pub column: usize,
    /// The first dispute that shows.
    pub top: usize,
    /// The first source that shows.
    pub left: usize,
}

impl Grid {
    /// The matrix of some disputes, at its first cell.
    pub fn of(graph: &Graph, found: &[Found], subjects: &[Subject]) -> Self {
        Self { matrix: Matrix::of(graph, found, subjects), row: 0, column: 0, top: 0, left: 0 }
    }

    /// Puts the cursor on a dispute and a source, as far as they are in the matrix.
    pub fn go_to(&mut self, dispute: Option<Subject>, source: Option<SourceId>) {
        let row = self.matrix.rows.iter().position(|row| Some(row.subject) == dispute);
        let column = self.matrix.columns.iter().position(|column| Some(column.source) == source);
        self.row = row.unwrap_or(self.row);
        self.column = column.unwrap_or(self.column);
    }

    /// The dispute at the cursor.
    pub fn dispute(&self) -> Option<Subject> {
        self.matrix.rows.get(self.row).map(|row| row.subject)
    }

    /// The account by which the source at the cursor takes a position in the dispute there: the first, but no lost
    /// figure where it says more.
    pub fn account(&self, graph: &Graph, found: &[Found]) -> Option<Account> {
        let dispute = dispute_of(graph, found, self.dispute()?)?;
        let source = self.source()?;
        let is_lost = |account: &Account| matches!(account, Account::Reaction(id) if graph.reaction(*id).change == Change::Lost);
        let held = dispute.positions.iter().flat_map(|position| &position.held_by).copied();
        held.filter(|account| graph.source_of(*account) == source).min_by_key(is_lost)
    }

    /// The source at the cursor.
    pub fn source(&self) -> Option<SourceId> {
        self.matrix.columns.get(self.column).map(|column| column.source)
    }

    /// What the source at the cursor carries of the dispute at the cursor.
    pub fn carried(&self) -> Option<&Carried> {
        match self.matrix.cell(self.row, self.column) {
            Some(Cell::Carried(carried)) => Some(carried),
            _ => None,
        }
    }

    /// Puts the cursor inside the matrix and scrolls as little as it takes to show it in `rows` and `columns`.
    pub fn settle(&mut self, rows: usize, columns: usize) {
        let inside = |at: usize, count: usize| at.min(count.saturating_sub(1));
        self.row = inside(self.row, self.matrix.rows.len());
        self.column = inside(self.column, self.matrix.columns.len());
        self.top = scrolled(self.top, self.row, rows, self.matrix.rows.len());
        self.left = scrolled(self.left, self.column, columns, self.matrix.columns.len());
    }
}

/// The first of `count` that shows where `room` do, so that `at` is among them.
fn scrolled(first: usize, at: usize, room: usize, count: usize) -> usize {
    let room = room.max(1);
    first.min(at).max((at + 1).saturating_sub(room)).min(count.saturating_sub(room))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_always_shows() {
        for count in 1..12 {
            for room in 0..14 {
                for at in 0..count {
                    for before in 0..14 {
                        let first = scrolled(before, at, room, count);
                        assert!((first..first + room.max(1)).contains(&at), "{before} {at} {room} {count}");
                        assert!(first == 0 || first + room.max(1) <= count, "no room is left empty");
                    }
                }
            }
        }
    }
}
