//! A cell of a comparison as lines of text: what differs stands out, what is the same is quiet.

use super::super::super::state::State;
use super::super::super::theme::Role;
use super::super::as_of::possibly_account;
use super::super::timeline::status_mark;
use crate::query::comparison::{Agreement, Cell, Compared, Field, Part, Row};
use crate::story::vocabulary::Form;

/// A line before it is wrapped.
#[derive(Default)]
pub(super) struct Line {
    /// The text, and what it is.
    pub runs: Vec<(String, Role)>,
    /// By how many columns the rows after the first are indented.
    pub indent: usize,
}

impl Line {
    fn of(text: impl Into<String>, role: Role) -> Self {
        Self { runs: vec![(text.into(), role)], indent: 0 }
    }
}

/// The lines of the cell in column `place`; `compared` is the account it is of.
pub(super) fn lines(state: &State, row: &Row, place: usize, compared: Option<&Compared>) -> Vec<Line> {
    let Some(Some(cell)) = row.cells.get(place) else { return Vec::new() };
    if cell.parts.is_empty() {
        let role = if row.field == Field::Figure { Role::Lost } else { Role::Undated };
        let words = Some(row.field.not_told()).filter(|words| !words.is_empty());
        return words.map(|words| Line::of(words, role)).into_iter().collect();
    }
    let mut lines: Vec<Line> = match row.field {
        // What may be long has lines of its own.
        Field::Words | Field::Answers | Field::Note => {
            cell.parts.iter().map(|part| of_part(state, row, part)).collect()
        }
        _ => vec![joined(state, row, cell)],
    };
    if let Some(compared) = compared {
        with_marks(state, row, place, *compared, &mut lines);
    }
    lines
}

/// What the words of an account are set against, where that is not beside it or one of several.
fn set_against(row: &Row, compared: Compared, place: usize) -> Option<String> {
    let (column, group) = compared.against?;
    if row.is_in_order() {
        return (Some(column) != place.checked_sub(1))
            .then(|| format!("set against statement {}", column + 1));
    }
    let elsewhere = group != compared.group;
    let one_of_several = row.cells.len() > 2 && row.cells.iter().flatten().count() > 2;
    (elsewhere || one_of_several).then(|| {
        let account = if elsewhere { format!(", account {}", group + 1) } else { String::new() };
        format!("set against {}{account}", column + 1)
    })
}

/// What is to be known of a cell beside its parts.
fn with_marks(state: &State, row: &Row, place: usize, compared: Compared, lines: &mut Vec<Line>) {
    match row.field {
        Field::Words if compared.unrelated => {
            lines.push(Line::of("worded too differently to mark single words", Role::Inferred));
        }
        Field::Words => {
            let words = set_against(row, compared, place).map(|words| Line::of(words, Role::Inferred));
            lines.extend(words);
        }
        Field::Source if possibly_account(state, compared.account) => {
            lines.push(Line::of("possibly out by then", Role::Inferred));
        }
        Field::Event => {
            let event = state.graph.event(state.graph.event_of(compared.account));
            let (mark, _) = status_mark(event.status, &state.theme.glyphs);
            if let Some(first) = lines.first_mut() {
                first.runs.insert(0, (format!("{mark} "), Role::Quiet));
            }
        }
        _ => {}
    }
}

/// Parts after each other.
fn joined(state: &State, row: &Row, cell: &Cell) -> Line {
    let mut line = Line::default();
    for (place, part) in cell.parts.iter().enumerate() {
        if place > 0 {
            line.runs.push((", ".to_owned(), Role::Quiet));
        }
        line.runs.extend(of_part(state, row, part).runs);
    }
    line
}

/// A part: in quotation marks if and only if it is in its speaker's own words.
fn of_part(state: &State, row: &Row, part: &Part) -> Line {
    let glyphs = &state.theme.glyphs;
    let same = role(row, false);
    let mut line = Line::default();
    let mut push = |text: &str, role| {
        if !text.is_empty() {
            line.runs.push((text.to_owned(), role));
        }
    };
    push(&part.lead, Role::Quiet);
    match part.form {
        Some(Form::Quote) => push(glyphs.open_quote, same),
        Some(Form::Paraphrase) if part.lead.is_empty() => push("paraphrase: ", Role::Quiet),
        Some(Form::Paraphrase) => push("(paraphrase) ", Role::Quiet),
        None => {}
    }
    for piece in &part.pieces {
        let words = &part.text[piece.text.clone()];
        push(words, role(row, piece.differs));
    }
    if part.form == Some(Form::Quote) {
        push(glyphs.close_quote, same);
    }
    line.indent = usize::from(part.form == Some(Form::Quote) && part.lead.is_empty());
    line
}

/// How a piece of a row looks.
fn role(row: &Row, differs: bool) -> Role {
    let in_dispute = matches!(row.field, Field::Words | Field::Figure);
    match (differs, row.agreement) {
        (true, _) if in_dispute => Role::Differs,
        (true, _) => Role::Unlike,
        // The words themselves are what is read; without a mark they are quiet enough.
        (false, _) if in_dispute => Role::Text,
        (false, Agreement::Open) if row.field != Field::Note => Role::Text,
        (false, _) => Role::Quiet,
    }
}
