//! The market reactions of an event: figures that disagree under each other, lost ones as lost.

use super::super::sheet::{Sheet, Span, Target};
use super::super::state::State;
use super::super::theme::Role;
use super::statement;
use crate::query::reaction::{Reported, scale};
use crate::story::change::Change;
use crate::story::id::{Account, EventId};
use crate::text;

/// Columns of the figure before the bar.
const FIGURE: usize = 15;

pub(super) fn sheet(state: &State, event: EventId, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let groups = state.market.of_event(&state.graph, event);
    if groups.is_empty() {
        sheet.line(0, Role::Quiet, "no market move is reported for this event");
    }
    let scale = scale(&groups);
    for group in groups {
        sheet.gap();
        sheet.line(0, Role::Speaker, &group.instrument);
        for reported in &group.reactions {
            entry(&mut sheet, state, event, *reported, scale);
        }
    }
    sheet
}

fn entry(sheet: &mut Sheet, state: &State, event: EventId, reported: Reported, scale: f64) {
    let glyphs = &state.theme.glyphs;
    let reaction = state.graph.reaction(reported.reaction);
    sheet.begin_entry(Target::Account(Account::Reaction(reported.reaction)));
    let role = match reported.change.figure() {
        None => Role::Lost,
        Some(figure) if figure < 0.0 => Role::Fall,
        Some(_) => Role::Rise,
    };
    let mark = if reported.differs { glyphs.disputed } else { " " };
    let figure = format!("{mark} {}", reported.change.reading());
    let mut row = vec![Span { text: text::pad(&figure, FIGURE.max(text::width(&figure) + 1)), role }];
    if text::width(&figure) < FIGURE {
        row.extend(bar(state, reported.change, scale, sheet.width().saturating_sub(FIGURE)));
    }
    sheet.row(row);
    sheet.line(2, Role::Quiet, &statement::source_line(state, Account::Reaction(reported.reaction)));
    if let Some((words, role)) = super::reading::mark(state, Account::Reaction(reported.reaction)) {
        sheet.line(2, role, &words);
    }
    if let Some(words) = state.picks.reading_of(&reaction.id) {
        sheet.line(2, Role::Match, words);
    }
    let session = reaction.session.when.as_ref().map(|_| format!("session {}", reaction.session.reading()));
    let place = [reaction.venue.as_deref(), reaction.symbol.as_deref(), session.as_deref()];
    let place: Vec<_> = place.into_iter().flatten().collect();
    if !place.is_empty() {
        sheet.line(2, Role::Quiet, &place.join(&format!(" {} ", glyphs.between)));
    }
    if reaction.event != event {
        let other = &state.graph.event(reaction.event).title;
        sheet.line(2, Role::Quiet, &format!("reported under: {other}"));
    }
    for note in reaction.session.note.iter().chain(&reaction.note) {
        sheet.line(2, Role::Quiet, &format!("note: {note}"));
    }
    let of = &state.graph.event(reaction.event).id;
    super::reader::own(sheet, state, (&reaction.id, "reaction"), Some(of), 2);
    sheet.end_entry();
}

/// A signed bar: falls to the left of the middle, rises to the right. A lost figure has none.
fn bar(state: &State, change: Change, scale: f64, columns: usize) -> Vec<Span> {
    let half = columns.saturating_sub(1) / 2;
    let Some(figure) = change.figure() else { return Vec::new() };
    if half == 0 || scale <= 0.0 {
        return Vec::new();
    }
    let share = (figure.abs() / scale).clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of 0 to 1 of a few dozen columns"
    )]
    let length = ((share * half as f64).round() as usize).min(half);
    let glyphs = &state.theme.glyphs;
    let (left, right) = if figure < 0.0 { (length, 0) } else { (0, length) };
    let role = if figure < 0.0 { Role::Fall } else { Role::Rise };
    vec![
        Span { text: " ".repeat(half - left), role: Role::Text },
        Span { text: glyphs.bar.repeat(left), role },
        Span { text: state.theme.border.vertical_left.to_owned(), role: Role::Quiet },
        Span { text: glyphs.bar.repeat(right), role },
    ]
}
