//! The compare view: along its columns and accounts, up and down, and on to the events and texts behind it.

use super::super::keymap::Command;
use super::super::sheet::scrolled_to;
use super::super::state::{Compare, State, View};
use super::super::view;
use super::{cover, life, reading, subject, travel};

/// Commands of the compare view.
pub(super) fn command(state: &mut State, command: Command, count: Option<usize>) {
    let steps = count.unwrap_or(1);
    match command {
        Command::LeaveComparison => {
            state.views.pop();
            cover::show_cursor(state);
        }
        Command::CompareList => list(state),
        Command::NextComparison => turn(state, steps, true),
        Command::PreviousComparison => turn(state, steps, false),
        Command::NextColumn => to_column(state, steps, true),
        Command::PreviousColumn => to_column(state, steps, false),
        Command::NextAccount => to_account(state, steps, true),
        Command::PreviousAccount => to_account(state, steps, false),
        Command::CompareZoom => zoom(state),
        Command::CompareOther => subject::next(state),
        Command::ComparePick => subject::pick_compared(state),
        Command::ComparedOpen => open(state, count, Behind::TextOrEvent),
        Command::ComparedEvent => open(state, count, Behind::Event),
        Command::ComparedText => open(state, count, Behind::Text),
        Command::CompareLife => life::of_compared(state),
        _ => scroll(state, command, steps),
    }
}

/// `C`: the list of disputes.
fn list(state: &mut State) {
    // The list lies beneath where the dispute was opened from it.
    state.views.pop();
    if !matches!(state.views.last(), Some(View::Disputes(_))) {
        travel::list_disputes(state);
    }
    cover::show_cursor(state);
}

fn scroll(state: &mut State, command: Command, steps: usize) {
    let height = view::cover_height(state);
    let bottom = view::compare_rows(state).saturating_sub(height);
    let page = height.max(2) - 1;
    let Some(View::Compare(compare)) = state.views.last_mut() else { return };
    let before = compare.top;
    compare.top = match command {
        Command::ScrollDown => before.saturating_add(steps).min(bottom),
        Command::ScrollUp => before.saturating_sub(steps),
        Command::ComparePageDown => before.saturating_add(page.saturating_mul(steps)).min(bottom),
        Command::ComparePageUp => before.saturating_sub(page.saturating_mul(steps)),
        Command::CompareTop => 0,
        Command::CompareEnd => bottom,
        _ => before,
    };
    if compare.top == before {
        let forwards =
            matches!(command, Command::ScrollDown | Command::ComparePageDown | Command::CompareEnd);
        state.notice = Some(super::at_end(forwards));
        return;
    }
    follow(state);
}

/// Where the account the reader was at is scrolled out of sight, goes to one that shows, of its column where those are
/// beside each other: nobody opens what they do not see.
fn follow(state: &mut State) {
    let (places, height) = (view::compared_places(state), view::cover_height(state));
    let Some(View::Compare(compare)) = state.views.last_mut() else { return };
    let sight = compare.top..compare.top + height;
    let here = places.iter().position(|(place, _)| *place == (compare.column, compare.account)).unwrap_or(0);
    let shows = |at: &usize| places[*at].1.start < sight.end && places[*at].1.end > sight.start;
    let nearest = (0..places.len()).filter(shows).min_by_key(|at| at.abs_diff(here));
    if let Some((place, _)) = nearest.and_then(|at| places.get(at)) {
        (compare.column, compare.account) = *place;
    }
}

/// `l` and `h`: along the columns. Where they stack, the one the reader comes to is scrolled to.
fn to_column(state: &mut State, steps: usize, forwards: bool) {
    let Some(View::Compare(compare)) = state.views.last_mut() else { return };
    let last = compare.comparison.columns.len().saturating_sub(1);
    let here = compare.column;
    let to = if forwards { here.saturating_add(steps).min(last) } else { here.saturating_sub(steps) };
    if to == here {
        let end = if forwards { "last" } else { "first" };
        state.notice = Some(format!("this is the {end} {}", subject::noun(compare.comparison.subject)));
        return;
    }
    compare.go_to_column(to);
    let bottom = view::compare_rows(state).saturating_sub(view::cover_height(state));
    if let Some(top) = view::compare_top_of_column(state)
        && let Some(View::Compare(compare)) = state.views.last_mut()
    {
        compare.top = top.min(bottom);
        return;
    }
    show_account(state);
}

/// Tab and Shift-Tab: along the accounts of the column.
fn to_account(state: &mut State, steps: usize, forwards: bool) {
    let Some(View::Compare(compare)) = state.views.last_mut() else { return };
    let noun = subject::noun(compare.comparison.subject);
    let accounts = compare.comparison.columns.get(compare.column).map_or(0, |column| column.accounts.len());
    let here = compare.account;
    let last = accounts.saturating_sub(1);
    let to = if forwards { here.saturating_add(steps).min(last) } else { here.saturating_sub(steps) };
    compare.account = to;
    if to == here {
        let end = if forwards { "last" } else { "first" };
        state.notice = Some(match accounts {
            1 => format!("this {noun} has one account; l and h go to the others"),
            _ => format!("this is the {end} account of this {noun}"),
        });
        return;
    }
    show_account(state);
}

/// Scrolls a comparison just opened: to the account the reader is at, but to its column's head where it is the first.
pub(super) fn show_opened(state: &mut State) {
    let head = view::compare_top_of_column(state);
    match state.views.last_mut() {
        Some(View::Compare(compare)) if compare.account == 0 => {
            compare.top = if compare.column == 0 { 0 } else { head.unwrap_or(0) };
        }
        _ => show_account(state),
    }
}

/// Scrolls so that the account the reader is at shows, or half a screen of it, as little as that takes.
pub(super) fn show_account(state: &mut State) {
    let (rows, height) = (view::compare_rows(state), view::cover_height(state));
    let Some(View::Compare(compare)) = state.views.last() else { return };
    let wanted = view::compared_rows(state).get(compare.account).cloned();
    let wanted = wanted.map(|rows| rows.start..rows.end.min(rows.start + (height / 2).max(1)));
    if let Some(View::Compare(compare)) = state.views.last_mut() {
        compare.top = scrolled_to(compare.top, rows, height, wanted);
    }
}

/// `z`: the column the reader is at alone, or all again.
fn zoom(state: &mut State) {
    let Some(View::Compare(compare)) = state.views.last_mut() else { return };
    compare.zoom = !compare.zoom;
    show_account(state);
}

/// `]` and `[`: through all disputes, round and round; from another comparison on from the dispute it began with.
fn turn(state: &mut State, steps: usize, forwards: bool) {
    state.look_for_disputes();
    let disputes = state.subjects();
    let Some(View::Compare(compare)) = state.views.last() else { return };
    let (here, zoom) = (compare.comparison.subject, compare.zoom);
    let last = [Some(here), compare.began, state.compared];
    let place = last.into_iter().flatten().find_map(|one| disputes.iter().position(|other| *other == one));
    let count = disputes.len();
    if count == 0 {
        state.notice = Some("this story records no disputes".to_owned());
        return;
    }
    if disputes == [here] {
        state.notice = Some("this is the only dispute".to_owned());
        return;
    }
    let (steps, place) = (steps % count, place.unwrap_or(0));
    let to = if forwards { (place + steps) % count } else { (place + count - steps) % count };
    let Some(opened) = state.comparing(disputes[to]) else { return };
    state.compared = Some(disputes[to]);
    if let Some(View::Compare(compare)) = state.views.last_mut() {
        **compare = Compare { zoom, ..opened };
    }
    // The list beneath keeps up, so that Esc comes back to where the reader is.
    match state.views.iter_mut().rev().nth(1) {
        Some(View::Disputes(at)) => at.cursor = to,
        Some(View::Matrix(grid)) => grid.go_to(Some(disputes[to]), None),
        _ => {}
    }
}

/// What lies behind an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    Text,
    Event,
    /// The text where it is held, else the event.
    TextOrEvent,
}

/// Enter, `s` and `E`: the text or the event of the account the reader is at; with a number that of another account of the
/// column, the number being the one beside it.
fn open(state: &mut State, count: Option<usize>, behind: Behind) {
    let Some(View::Compare(compare)) = state.views.last() else { return };
    let accounts = compare.comparison.columns.get(compare.column).map_or(&[][..], |column| &column.accounts);
    // The number is the one that stands beside the accounts.
    let numbered =
        |number: usize| accounts.iter().position(|it| it.group + 1 == number).unwrap_or(usize::MAX);
    let place = count.map_or(compare.account, numbered);
    match accounts.get(place).map(|compared| compared.account) {
        Some(account) if behind == Behind::Text => reading::open_account(state, account),
        Some(account) => {
            if behind == Behind::Event || !reading::open_if_held(state, account) {
                travel::go_to_account(state, account);
            }
        }
        None => {
            let noun = subject::noun(compare.comparison.subject);
            let plural = if accounts.len() == 1 { "" } else { "s" };
            let numbers: Vec<_> = accounts.iter().map(|it| (it.group + 1).to_string()).collect();
            let in_a_row = accounts.iter().zip(0..).all(|(it, place)| it.group == place);
            let which = if in_a_row {
                String::new()
            } else {
                format!(", with the number{plural} {}", numbers.join(", "))
            };
            state.notice = Some(format!("this {noun} has {} account{plural}{which}", accounts.len()));
        }
    }
}

/// A click puts the reader at a column, and at the account there.
pub(super) fn click(state: &mut State, column: u16, row: u16) {
    let Some((place, account)) = view::compared_at(state, column, row) else { return };
    if let Some(View::Compare(compare)) = state.views.last_mut() {
        compare.go_to_column(place);
        compare.account = account.unwrap_or(compare.account);
    }
}

/// Puts the scroll back inside what there is; on a screen of another size the account the reader is at stays in sight.
pub(super) fn settle(state: &mut State) {
    let bottom = view::compare_rows(state).saturating_sub(view::cover_height(state));
    let size = state.size;
    let next = subject::following(state);
    let Some(View::Compare(compare)) = state.views.last_mut() else { return };
    compare.top = compare.top.min(bottom);
    compare.next = next;
    let before = compare.size.replace(size);
    if before.is_some_and(|before| before != size) {
        show_account(state);
    }
}
