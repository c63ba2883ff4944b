//! The matrix: a row a dispute, a column a source, and below it what the cursor is on, in words. Only the cells that show
//! are drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::sheet::{Sheet, Span};
use super::super::state::State;
use super::super::state::matrix::Grid;
use super::super::theme::Role;
use super::as_of::possibly_source;
use super::sources::grade;
use super::{draw, statement};
use crate::query::comparison::Subject;
use crate::query::matrix::{Carried, Cell, Silence};
use crate::story::graph::Dispute;
use crate::story::id::{ElementId, SourceId};

/// The narrowest column in which a source can be told by its label.
const NARROWEST: u16 = 9;
/// The widest; more only sets the cells apart.
const WIDEST: u16 = 26;
/// From this many columns on a cell shows the position's label beside its number.
const ROOM_FOR_LABEL: u16 = 12;

/// Where the parts stand, all inside the frame.
struct Parts {
    /// The labels of the sources, and how often each stands alone.
    heads: Rect,
    /// The disputes.
    rows: Rect,
    /// What the cursor is on.
    detail: Rect,
    /// Columns of the question.
    question: u16,
    /// Columns of a cell.
    cell: u16,
    /// How many sources show.
    sources: usize,
}

fn parts(state: &State, grid: &Grid) -> Parts {
    let area = inside(state.layout().body);
    let (heads, detail) = match area.height {
        ..7 => (1, 2),
        7..12 => (2, 4),
        _ => (2 + u16::from(has_grades(state, grid)), 6),
    };
    let (heads, detail) = (heads.min(area.height), detail.min(area.height.saturating_sub(heads + 1)));
    let count = u16::try_from(grid.matrix.columns.len()).unwrap_or(u16::MAX).max(1);
    // A third of the width is the question's, and what the sources do not need; one cell always shows.
    let fit = (area.width.saturating_sub(area.width / 3) / NARROWEST).clamp(1, count);
    let cell = (area.width.saturating_sub(area.width / 3) / fit).clamp(1, WIDEST);
    let question = area.width.saturating_sub(cell * fit).max(1);
    Parts {
        heads: Rect { height: heads, ..area },
        rows: Rect { y: area.y + heads, height: area.height - heads - detail, ..area },
        detail: Rect { y: area.bottom() - detail, height: detail, ..area },
        question,
        cell,
        sources: fit.into(),
    }
}

fn has_grades(state: &State, grid: &Grid) -> bool {
    grid.matrix.columns.iter().any(|column| state.graph.source(column.source).grade.is_some())
}

/// How many disputes and how many sources show.
pub fn matrix_room(state: &State, grid: &Grid) -> (usize, usize) {
    let parts = parts(state, grid);
    (parts.rows.height.into(), parts.sources)
}

/// The dispute and the source at a cell of the screen.
pub fn matrix_at(state: &State, grid: &Grid, column: u16, row: u16) -> Option<(usize, Option<usize>)> {
    let parts = parts(state, grid);
    if !parts.rows.contains(ratatui::layout::Position { x: column, y: row }) {
        return None;
    }
    let dispute = grid.top + usize::from(row - parts.rows.y);
    let source = (column - parts.rows.x)
        .checked_sub(parts.question)
        .map(|column| grid.left + usize::from(column / parts.cell))
        .filter(|source| *source < grid.matrix.columns.len());
    (dispute < grid.matrix.rows.len()).then_some((dispute, source))
}

pub(super) fn render(state: &State, grid: &Grid, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let parts = parts(state, grid);
    let (disputes, sources) = (grid.matrix.rows.len(), grid.matrix.columns.len());
    let last = (grid.left + parts.sources).min(sources);
    let title = if parts.sources < sources {
        format!("Matrix: sources {}-{last} of {sources}, l and h for the others", grid.left + 1)
    } else {
        "Matrix: who says what".to_owned()
    };
    let unknown = grid.matrix.columns.iter().any(|column| column.silence != Silence::Silent);
    let title = if unknown { format!("{title}; ?: cannot be known") } else { title };
    draw::frame(buffer, area, &title, &format!("dispute {}/{disputes}", grid.row + 1), true, theme);
    let below = disputes.saturating_sub(grid.top + usize::from(parts.rows.height));
    draw::more(buffer, area, grid.top, below, theme);
    heads(state, grid, &parts, buffer);
    for line in 0..parts.rows.height {
        let at = Rect { y: parts.rows.y + line, height: 1, ..parts.rows };
        row(state, grid, &parts, grid.top + usize::from(line), at, buffer);
    }
    detail(state, grid, parts.detail, buffer);
}

/// Where a cell of a line stands.
fn cell_area(parts: &Parts, line: Rect, place: usize) -> Rect {
    let offset = parts.question + u16::try_from(place).unwrap_or(0) * parts.cell;
    // A blank column sets a cell apart from the next.
    let width = parts.cell.saturating_sub(1);
    Rect { x: line.x.saturating_add(offset), width, ..line }.intersection(line)
}

/// Who the sources are, in how many disputes each stands alone, and the reader's grades where there are any.
fn heads(state: &State, grid: &Grid, parts: &Parts, buffer: &mut Buffer) {
    let theme = &state.theme;
    let line = |nth: u16| Rect { y: parts.heads.y + nth, height: 1, ..parts.heads };
    let label = |nth: u16| {
        let line = line(nth);
        Rect { x: line.x + 1, width: parts.question.saturating_sub(2), ..line }
    };
    draw::text(buffer, label(0), "dispute", Role::Quiet, theme);
    if parts.heads.height > 1 {
        // Who was only possibly out may not have been beside it.
        let most = if state.retrospect.is_some() { ", at most" } else { "" };
        let words = format!("{} held alone{most}", theme.glyphs.alone);
        draw::text(buffer, label(1), &words, Role::Quiet, theme);
    }
    if parts.heads.height > 2 {
        draw::text(buffer, label(2), "reader's grade", Role::Quiet, theme);
    }
    let columns = grid.matrix.columns.iter().enumerate().skip(grid.left).take(parts.sources);
    for (place, (index, column)) in columns.enumerate() {
        let source = state.graph.source(column.source);
        let role = if index == grid.column { Role::Heading } else { Role::Speaker };
        let mark = if index == grid.column { theme.glyphs.cursor } else { " " };
        let possibly = possibly_mark(state, column.source);
        let name = format!("{mark}{possibly}{}", statement::source_label(state, source));
        draw::text(buffer, cell_area(parts, line(0), place), &name, role, theme);
        if parts.heads.height > 1 {
            let alone = format!(" {}", column.alone);
            draw::text(buffer, cell_area(parts, line(1), place), &alone, Role::Text, theme);
        }
        if parts.heads.height > 2
            && let Some(given) = source.grade
        {
            let words = format!(" {}", grade(given));
            draw::text(buffer, cell_area(parts, line(2), place), &words, Role::Text, theme);
        }
    }
}

fn row(state: &State, grid: &Grid, parts: &Parts, index: usize, line: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let Some(row) = grid.matrix.rows.get(index) else { return };
    let Some(dispute) = state.dispute_of(row.subject) else { return };
    if index == grid.row {
        draw::text(buffer, Rect { width: 1, ..line }, theme.glyphs.cursor, Role::FocusedBorder, theme);
    }
    let question = Rect { x: line.x + 1, width: parts.question.saturating_sub(2), ..line };
    let role = if index == grid.row { Role::Title } else { Role::Text };
    let found = if matches!(row.subject, Subject::Found(_)) { "found: " } else { "" };
    draw::text(buffer, question, &format!("{found}{}", dispute.question), role, theme);
    for place in 0..parts.sources {
        let column = grid.left + place;
        let Some(cell) = grid.matrix.cell(index, column) else { break };
        let at = cell_area(parts, line, place);
        let (words, role) = cell_words(state, row.subject, cell, parts.cell >= ROOM_FOR_LABEL);
        let possibly = match (cell, grid.matrix.columns.get(column)) {
            (Cell::Carried(_), Some(column)) => possibly_mark(state, column.source),
            _ => "",
        };
        let words = format!("{possibly}{words}");
        draw::text(buffer, at, &words, role, theme);
        if index == grid.row && column == grid.column {
            draw::restyle(buffer, at, theme.style(Role::Cursor));
        }
    }
}

/// The mark of a source of which it is not certain that it was out by then.
fn possibly_mark(state: &State, source: SourceId) -> &'static str {
    if possibly_source(state, source) { state.theme.glyphs.possibly } else { "" }
}

/// The number of a position: that of the whole story, while the reader looks back and some are gone.
fn number(state: &State, subject: Subject, place: usize) -> usize {
    let whole = state.retrospect.as_ref().map(|retrospect| &retrospect.whole);
    let in_whole = || {
        let dispute = state.dispute_of(subject)?;
        let account = *dispute.positions.get(place)?.held_by.first()?;
        let whole = whole?;
        let ElementId::Dispute(id) = whole.by_id(&dispute.id)? else { return None };
        let account = whole.by_id(state.graph.id_of(account.into()))?;
        let label = &dispute.positions.get(place)?.label;
        whole.dispute(id).positions.iter().position(|position| {
            position.label == *label && position.held_by.iter().any(|held| ElementId::from(*held) == account)
        })
    };
    in_whole().unwrap_or(place) + 1
}

fn cell_words(state: &State, subject: Subject, cell: Cell<'_>, labels: bool) -> (String, Role) {
    let glyphs = &state.theme.glyphs;
    match cell {
        Cell::Carried(Carried { lost: true, .. }) => ("? lost".to_owned(), Role::Lost),
        Cell::Carried(one) => {
            let position = |place: &usize| {
                let mark = if one.alone.contains(place) { glyphs.alone } else { "" };
                format!("{mark}{}", number(state, subject, *place))
            };
            let numbers: Vec<_> = one.positions.iter().map(position).collect();
            let indent = if one.alone.first() == one.positions.first() { "" } else { " " };
            let label = match one.positions[..] {
                [only] if labels => state.dispute_of(subject).and_then(|dispute| dispute.positions.get(only)),
                _ => None,
            };
            let label = label.map_or_else(String::new, |position| format!(" {}", position.label));
            let role = if one.differs { Role::Differs } else { Role::Text };
            (format!("{indent}{}{label}", numbers.join("+")), role)
        }
        Cell::Nothing(Silence::Silent) => (format!(" {}", glyphs.between), Role::Quiet),
        // It is true of every dispute and a finding in none.
        Cell::Nothing(Silence::Damaged | Silence::NotHeld) => (" ?".to_owned(), Role::Quiet),
    }
}

/// What the cursor is on, in words: the whole question, what the source says, and what is to be known of the source.
fn detail(state: &State, grid: &Grid, area: Rect, buffer: &mut Buffer) {
    let (Some(row), Some(column)) = (grid.matrix.rows.get(grid.row), grid.matrix.columns.get(grid.column))
    else {
        return;
    };
    let theme = &state.theme;
    let mut area = area;
    if area.height > 4 {
        let rule = theme.glyphs.axis.repeat(area.width.into());
        draw::text(buffer, area, &rule, Role::Quiet, theme);
        area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    let mut sheet = Sheet::new(usize::from(area.width).saturating_sub(1));
    let Some(dispute) = state.dispute_of(row.subject) else { return };
    let source = state.graph.source(column.source);
    sheet.line(0, Role::Title, &dispute.question);
    if let Subject::Found(place) = row.subject
        && let Some(found) = state.found().get(place)
    {
        sheet.line(0, Role::Inferred, &format!("found, not written: {}", found.rule.reading()));
    }
    let label = statement::source_label(state, source);
    let words = says(state, grid, row.subject, dispute);
    sheet.runs(0, 2, &[(&label, Role::Speaker), (&words, Role::Text)]);
    if possibly_source(state, column.source) {
        let words = format!("{} it is not certain that it was out by then", theme.glyphs.possibly);
        sheet.line(0, Role::Inferred, &words);
    }
    let most = if state.retrospect.is_some() { "at most " } else { "" };
    let plural = if column.alone == 1 { "" } else { "s" };
    let alone =
        format!("{label} alone holds {most}{} position{plural} of the written disputes", column.alone);
    let given = source.grade.map_or_else(String::new, |given| {
        format!(" {} reader's grade: {}", theme.glyphs.between, grade(given))
    });
    sheet.line(0, Role::Quiet, &format!("{alone}{given}"));
    for gap in &source.gaps {
        sheet.line(0, Role::Lost, &format!("gap: {gap}"));
    }
    draw::rows(buffer, area, &sheet, 0, None, theme);
    if sheet.rows().len() > area.height.into() && !area.is_empty() {
        // What is cut is seen to be.
        let end = Rect { x: area.right() - 1, y: area.bottom() - 1, width: 1, height: 1 };
        draw::spans(buffer, end, &[Span { text: theme.glyphs.more.to_owned(), role: Role::Quiet }], theme);
    }
}

/// What the source at the cursor says on the dispute at the cursor, after its name.
fn says(state: &State, grid: &Grid, subject: Subject, dispute: &Dispute) -> String {
    let label = |place: usize| {
        let label = dispute.positions.get(place).map_or("", |position| position.label.as_str());
        format!("{}. {label}", number(state, subject, place))
    };
    match grid.matrix.cell(grid.row, grid.column) {
        Some(Cell::Carried(one)) if one.lost => {
            let labels: Vec<_> = one.positions.iter().map(|place| label(*place)).collect();
            format!(
                ": {}: the figure is lost from its text, so its answer cannot be known",
                labels.join("; ")
            )
        }
        Some(Cell::Carried(one)) => {
            let with = |place: usize| {
                let with: Vec<_> = sharing(grid, one, place)
                    .map(|column| state.graph.source(grid.matrix.columns[column].source))
                    .map(|source| statement::source_label(state, source))
                    .collect();
                if with.is_empty() { "nobody else".to_owned() } else { format!("also {}", with.join(", ")) }
            };
            let position = |place: &usize| {
                if one.answered_by_others {
                    format!("{} ({})", label(*place), with(*place))
                } else {
                    label(*place)
                }
            };
            let positions: Vec<_> = one.positions.iter().map(position).collect();
            let others = if one.answered_by_others { "" } else { "; nobody else answers this" };
            format!(": {}{others}", positions.join("; "))
        }
        Some(Cell::Nothing(Silence::Damaged)) => {
            " carries nothing on this, and its text is damaged: what it said cannot be known".to_owned()
        }
        Some(Cell::Nothing(Silence::NotHeld)) => {
            " carries nothing on this, and its text is not held: what it says cannot be known".to_owned()
        }
        Some(Cell::Nothing(Silence::Silent)) => " is silent on this".to_owned(),
        None => String::new(),
    }
}

/// The other columns that share a position with one in the row of the cursor.
fn sharing<'g>(grid: &'g Grid, one: &'g Carried, position: usize) -> impl Iterator<Item = usize> + 'g {
    let row = grid.matrix.rows.get(grid.row).map_or(&[][..], |row| &row.carried);
    row.iter()
        .filter(|other| other.column != one.column && !other.lost)
        .filter(move |other| other.positions.contains(&position))
        .map(|other| other.column)
}
