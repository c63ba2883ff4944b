//! The matrix: moving in it, from difference to difference, and into a dispute.

use super::super::keymap::Command;
use super::super::state::matrix::Grid;
use super::super::state::{State, View};
use super::super::view;
use super::{reading, travel};
use crate::query::comparison::Subject;
use crate::story::id::SourceId;

/// `M`: the matrix, with the cursor on the dispute the reader is at; in it, back from it.
pub(super) fn toggle(state: &mut State) {
    if matches!(state.views.last(), Some(View::Matrix(_))) {
        state.views.pop();
        return;
    }
    let (dispute, source) = here(state);
    // The one that lies beneath comes up again, so that the views do not grow with every look at it.
    if let Some(place) = state.views.iter().position(|view| matches!(view, View::Matrix(_))) {
        state.views.truncate(place + 1);
    } else {
        state.look_for_disputes();
        let disputes = state.subjects();
        if disputes.is_empty() {
            return travel::no_disputes(state);
        }
        let grid = Grid::of(&state.graph, state.found(), &disputes);
        state.views.push(View::Matrix(Box::new(grid)));
    }
    if let Some(View::Matrix(grid)) = state.views.last_mut() {
        grid.go_to(dispute, source);
    }
}

/// The dispute the reader is at, and the source of the position they are at.
fn here(state: &State) -> (Option<Subject>, Option<SourceId>) {
    match state.views.last() {
        Some(View::Compare(compare)) => {
            let source = compare.selected().map(|account| state.graph.source_of(account));
            (compare.began.or(Some(compare.comparison.subject)), source)
        }
        Some(View::Disputes(at)) => (state.subjects().get(at.cursor).copied(), None),
        Some(View::Source(source, _)) => (state.compared, Some(*source)),
        _ => (state.compared, None),
    }
}

/// Commands of the matrix.
pub(super) fn command(state: &mut State, command: Command, steps: usize) {
    use Command::{
        LeaveMatrix, MatrixDown, MatrixEnd, MatrixLeft, MatrixOpen, MatrixPageDown, MatrixPageUp,
        MatrixRight, MatrixText, MatrixTop, MatrixUp, NextDifference, PreviousDifference,
    };
    let Some(View::Matrix(grid)) = state.views.last() else { return };
    let page = view::matrix_room(state, grid).0.max(2) - 1;
    let Some(View::Matrix(grid)) = state.views.last_mut() else { return };
    let (rows, columns) = (grid.matrix.rows.len(), grid.matrix.columns.len());
    let before = (grid.row, grid.column);
    match command {
        LeaveMatrix => {
            state.views.pop();
            return;
        }
        MatrixOpen => return open(state),
        MatrixText => return read_text(state),
        NextDifference => return difference(state, steps, true),
        PreviousDifference => return difference(state, steps, false),
        MatrixDown => grid.row = grid.row.saturating_add(steps),
        MatrixUp => grid.row = grid.row.saturating_sub(steps),
        MatrixPageDown => grid.row = grid.row.saturating_add(page.saturating_mul(steps)),
        MatrixPageUp => grid.row = grid.row.saturating_sub(page.saturating_mul(steps)),
        MatrixRight => grid.column = grid.column.saturating_add(steps),
        MatrixLeft => grid.column = grid.column.saturating_sub(steps),
        MatrixTop => grid.row = 0,
        MatrixEnd => grid.row = rows,
        _ => {}
    }
    grid.row = grid.row.min(rows.saturating_sub(1));
    grid.column = grid.column.min(columns.saturating_sub(1));
    if (grid.row, grid.column) == before {
        state.notice = Some(match command {
            MatrixRight => "this is the last source".to_owned(),
            MatrixLeft => "this is the first source".to_owned(),
            MatrixDown | MatrixPageDown | MatrixEnd => "this is the last dispute".to_owned(),
            _ => "this is the first dispute".to_owned(),
        });
    }
}

/// `n` and `N`: to the cells that differ from what most hold, row by row.
fn difference(state: &mut State, steps: usize, forwards: bool) {
    let Some(View::Matrix(grid)) = state.views.last_mut() else { return };
    let here = (grid.row, grid.column);
    let mut at = here;
    // More steps than there are cells lead nowhere new.
    for _ in 0..steps.min(grid.matrix.rows.iter().map(|row| row.carried.len()).sum::<usize>().max(1)) {
        match grid.matrix.difference(at, forwards) {
            Some(next) => at = next,
            None => break,
        }
    }
    (grid.row, grid.column) = at;
    if at == here {
        let differs = grid.carried().is_some_and(|one| one.differs);
        let why = if differs { "no other source differs here" } else { "no source differs from the others" };
        state.notice = Some(why.to_owned());
    } else if (forwards && at < here) || (!forwards && at > here) {
        let end = if forwards { "first" } else { "last" };
        state.notice = Some(format!("on from the {end} difference"));
    }
}

/// Enter: the dispute side by side, at the account of the source at the cursor.
fn open(state: &mut State) {
    let Some(View::Matrix(grid)) = state.views.last() else { return };
    let Some(dispute) = grid.dispute() else { return };
    let account = grid.account(&state.graph, state.found());
    travel::compare_subject(state, dispute);
    match (account, state.views.last_mut()) {
        (Some(account), Some(View::Compare(compare))) => {
            compare.go_to(account);
            super::compare::show_opened(state);
        }
        _ => state.notice = Some("that source carries no position here".to_owned()),
    }
}

/// `s`: the text of the source at the cursor, at the words by which it takes its position there.
fn read_text(state: &mut State) {
    let Some(View::Matrix(grid)) = state.views.last() else { return };
    match (grid.account(&state.graph, state.found()), grid.source()) {
        (Some(account), _) => reading::open_account(state, account),
        (None, Some(source)) => reading::open_source(state, source),
        (None, None) => {}
    }
}

/// A click puts the cursor on the cell.
pub(super) fn click(state: &mut State, column: u16, row: u16) {
    let Some(View::Matrix(grid)) = state.views.last() else { return };
    let at = view::matrix_at(state, grid, column, row);
    if let (Some((row, column)), Some(View::Matrix(grid))) = (at, state.views.last_mut()) {
        grid.row = row;
        grid.column = column.unwrap_or(grid.column);
    }
}

/// Puts the cursor inside, and in sight.
pub(super) fn settle(state: &mut State) {
    let Some(View::Matrix(grid)) = state.views.last() else { return };
    let (rows, columns) = view::matrix_room(state, grid);
    if let Some(View::Matrix(grid)) = state.views.last_mut() {
        grid.settle(rows, columns);
    }
}
