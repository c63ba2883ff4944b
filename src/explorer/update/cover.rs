//! What covers the panes: the compare view, lists and cards, the help.

use super::super::keymap::{Command, Scope};
use super::super::sheet::{Target, scrolled_to};
use super::super::state::{Pane, Scrolled, State, View};
use super::super::view;
use super::{compare, filter, find, life, live, matrix, moved_in, reader, reading, subject, travel, views};
use crate::query::comparison::Subject;
use crate::story::id::DisputeId;

/// `?`: the help for here, or back from it.
pub(super) fn toggle_help(state: &mut State) {
    if let Some(View::Help(..)) = state.views.last() {
        state.views.pop();
    } else {
        let scope = state.scope();
        state.views.push(View::Help(scope, Scrolled::default()));
    }
}

/// `w`: why the event at the cursor is dated as it is.
pub(super) fn why(state: &mut State) {
    match state.event() {
        Some(event) => state.views.push(View::Why(event, Scrolled::default())),
        None => state.notice = Some("no events".to_owned()),
    }
}

/// Whether a command only moves in a list, a card or the help: what that holds stays as it is.
pub(super) fn only_moves(command: Command) -> bool {
    use Command::{CoverDown, CoverEnd, CoverPageDown, CoverPageUp, CoverTop, CoverUp};
    use Command::{HelpDown, HelpEnd, HelpPageDown, HelpPageUp, HelpTop, HelpUp};
    let cover = matches!(command, CoverDown | CoverUp | CoverPageDown | CoverPageUp | CoverTop | CoverEnd);
    cover || matches!(command, HelpDown | HelpUp | HelpPageDown | HelpPageUp | HelpTop | HelpEnd)
}

/// Commands of lists, cards and the help.
pub(super) fn list(state: &mut State, command: Command, count: Option<usize>) {
    let height = view::cover_height(state).max(1);
    let steps = count.unwrap_or(1);
    let before = scrolled(state).map(|at| *at);
    match command {
        Command::LeaveCover | Command::LeaveHelp => {
            if let Some(View::Findings(_)) = state.views.pop() {
                state.live.unseen.read_list();
            }
        }
        Command::CoverOpen => open(state),
        Command::CoverText => read_text(state),
        Command::CoverEvent => open_event(state),
        Command::CoverLife => life::in_cover(state),
        Command::CoverOther => subject::of_cover(state),
        Command::CoverPick => subject::pick_in_cover(state),
        Command::CoverDown | Command::HelpDown => step(state, steps, true),
        Command::CoverUp | Command::HelpUp => step(state, steps, false),
        Command::CoverPageDown | Command::HelpPageDown => step(state, steps.saturating_mul(height), true),
        Command::CoverPageUp | Command::HelpPageUp => step(state, steps.saturating_mul(height), false),
        Command::CoverTop | Command::HelpTop => step(state, usize::MAX, false),
        Command::CoverEnd | Command::HelpEnd => match count {
            Some(place) => {
                if let Some(at) = scrolled(state) {
                    *at = Scrolled { cursor: place.saturating_sub(1), top: place.saturating_sub(1) };
                }
                show_cursor(state);
            }
            None => step(state, usize::MAX, true),
        },
        _ => {}
    }
    let moves = !matches!(
        command,
        Command::LeaveCover
            | Command::LeaveHelp
            | Command::CoverOpen
            | Command::CoverText
            | Command::CoverEvent
            | Command::CoverLife
            | Command::CoverOther
            | Command::CoverPick
    );
    if moves && before == scrolled(state).map(|at| *at) {
        use Command::{CoverDown, CoverEnd, CoverPageDown, HelpDown, HelpEnd, HelpPageDown};
        let forwards =
            matches!(command, CoverDown | CoverEnd | CoverPageDown | HelpDown | HelpEnd | HelpPageDown);
        state.notice = Some(super::at_end(forwards));
    }
}

/// Scrolls a list or card so that its cursor shows.
pub(super) fn show_cursor(state: &mut State) {
    let height = view::cover_height(state);
    let Some(sheet) = view::cover_sheet(state) else { return };
    let rows = sheet.rows().len();
    let Some(at) = scrolled(state) else { return };
    if sheet.entries() > 0 {
        at.cursor = at.cursor.min(sheet.entries() - 1);
        at.top = scrolled_to(at.top, rows, height, Some(sheet.rows_of(at.cursor)));
    }
    at.top = at.top.min(rows.saturating_sub(height));
}

/// Cursor and scroll of the list or card on top.
pub(super) fn scrolled(state: &mut State) -> Option<&mut Scrolled> {
    match state.views.last_mut()? {
        View::Disputes(at)
        | View::Marks(at)
        | View::Actor(_, at)
        | View::Source(_, at)
        | View::Why(_, at)
        | View::Provenance(_, at)
        | View::Findings(at)
        | View::Help(_, at) => Some(at),
        View::Views(list) => Some(&mut list.at),
        View::Replies(heard) => Some(&mut heard.at),
        View::Web(web) => Some(&mut web.at),
        View::Life(life) => Some(&mut life.at),
        View::Find(_)
        | View::Palette(_)
        | View::Filter(_)
        | View::Naming(_)
        | View::Note(_)
        | View::MomentPick(_)
        | View::Text(_)
        | View::TextSearch(_)
        | View::Matrix(_)
        | View::Compare(_) => None,
    }
}

fn step(state: &mut State, steps: usize, forwards: bool) {
    let height = view::cover_height(state);
    let Some(sheet) = view::cover_sheet(state) else { return };
    if let Some(at) = scrolled(state) {
        *at = moved_in(&sheet, *at, height, steps, forwards);
    }
}

fn open(state: &mut State) {
    let at = scrolled(state).map(|at| *at).unwrap_or_default();
    let height = view::cover_height(state);
    match view::cover_sheet(state).and_then(|sheet| travel::target_in_sight(&sheet, at, height)) {
        Some(target) => open_target(state, target),
        None => state.notice = Some("nothing in sight to open".to_owned()),
    }
}

/// Opens what an entry of a list or card stands for.
pub(super) fn open_target(state: &mut State, target: Target) {
    match target {
        Target::Dispute(dispute) => travel::compare(state, dispute),
        Target::Found(place) => travel::compare_subject(state, Subject::Found(place)),
        Target::Event(event) => {
            travel::leave_for(state, event);
            state.focus = Pane::Timeline;
        }
        Target::Account(account) => {
            if !reading::open_if_held(state, account) {
                travel::go_to_account(state, account);
            }
        }
        Target::Actor(actor) => state.views.push(View::Actor(actor, Scrolled::default())),
        Target::Source(source) => state.views.push(View::Source(source, Scrolled::default())),
        Target::View(place) => views::apply(state, place),
        Target::Finding(place) => live::tell_place(state, place),
        Target::Change(place) => live::open_change(state, place),
        Target::Kept(place) => reader::go_to_kept(state, place),
    }
}

/// `E` in a list or card: the event of what the cursor is on.
fn open_event(state: &mut State) {
    match selected(state) {
        Some(Target::Account(account)) => travel::go_to_account(state, account),
        Some(Target::Event(event)) => {
            travel::leave_for(state, event);
            state.focus = Pane::Timeline;
        }
        _ => state.notice = Some("choose a statement or an event to go to".to_owned()),
    }
}

/// `s` in a list or card: the text of what the cursor is on, or of the source whose card it is.
fn read_text(state: &mut State) {
    let at = scrolled(state).map(|at| *at).unwrap_or_default();
    let height = view::cover_height(state);
    let target = view::cover_sheet(state).and_then(|sheet| travel::target_in_sight(&sheet, at, height));
    match (target, state.views.last()) {
        (Some(Target::Account(account)), _) => reading::open_account(state, account),
        (_, Some(View::Source(source, _))) => {
            let source = *source;
            reading::open_source(state, source);
        }
        (target, _) => reading::open(state, target),
    }
}

/// What the cursor of a list or card is on, where that shows.
pub(super) fn selected(state: &mut State) -> Option<Target> {
    let at = scrolled(state).map(|at| *at).unwrap_or_default();
    let height = view::cover_height(state);
    view::cover_sheet(state).and_then(|sheet| travel::target_in_sight(&sheet, at, height))
}

/// The disputes of what the cursor of a list or card is on.
pub(super) fn selected_disputes(state: &mut State) -> Vec<DisputeId> {
    selected(state).map(|target| travel::disputes_of(state, target)).unwrap_or_default()
}

/// A click on a covering view puts its cursor there.
pub(super) fn click(state: &mut State, column: u16, row: u16) {
    life::click(state, column, row);
    compare::click(state, column, row);
    let text = super::inside(view::cover_area(state));
    let Some(line) = row.checked_sub(text.y).map(usize::from) else { return };
    if line >= text.height.into() {
        return;
    }
    match state.views.last_mut() {
        // Its rows are not yet those of what is typed.
        Some(View::Find(find)) if find.is_unsure() => return,
        Some(View::Find(find)) => return find::click(&mut find.at, find.found.len(), line),
        Some(View::Palette(palette)) => return find::click(&mut palette.at, palette.found.len(), line),
        Some(View::Matrix(_)) => return matrix::click(state, column, row),
        Some(View::MomentPick(pick)) => return find::click(&mut pick.at, pick.publications.len(), line),
        Some(View::Filter(_)) => return filter::click(state, line),
        _ => {}
    }
    if let Some(sheet) = view::cover_sheet(state)
        && let Some(at) = scrolled(state)
        && let Some(entry) = sheet.rows().get(at.top + line).and_then(|row| row.entry)
    {
        at.cursor = entry;
    }
}

/// The wheel over a covering view.
pub(super) fn wheel(state: &mut State, down: bool) {
    let commands = match state.scope() {
        Scope::Compare => (Command::ScrollDown, Command::ScrollUp),
        Scope::Cover => (Command::CoverDown, Command::CoverUp),
        Scope::Help => (Command::HelpDown, Command::HelpUp),
        Scope::Matrix => (Command::MatrixDown, Command::MatrixUp),
        Scope::Text => (Command::TextDown, Command::TextUp),
        Scope::Find => (Command::NextMatch, Command::PreviousMatch),
        Scope::Filter => (Command::NextCompletion, Command::PreviousCompletion),
        Scope::Note => (Command::NoteDown, Command::NoteUp),
        Scope::Naming | Scope::Typing | Scope::Browse | Scope::Loading | Scope::Anywhere => return,
    };
    super::run(state, if down { commands.0 } else { commands.1 }, None);
}

/// Puts the cursor and scroll of the topmost view back inside what there is.
pub(super) fn settle(state: &mut State) {
    reading::settle(state);
    matrix::settle(state);
    let height = view::cover_height(state);
    compare::settle(state);
    let matches = view::match_rows(state);
    let sheet = view::cover_sheet(state);
    state.laid.clone_from(&sheet);
    match state.views.last_mut() {
        Some(View::Find(find)) => {
            let at = &mut find.at;
            at.top = scrolled_to(at.top, find.found.len(), matches, Some(at.cursor..at.cursor + 1));
            find.mark(&state.graph, &state.finders, matches);
        }
        Some(View::MomentPick(pick)) => {
            let at = &mut pick.at;
            at.top = scrolled_to(at.top, pick.publications.len(), matches, Some(at.cursor..at.cursor + 1));
        }
        Some(View::Palette(palette)) => {
            let at = &mut palette.at;
            at.top = scrolled_to(at.top, palette.found.len(), matches, Some(at.cursor..at.cursor + 1));
        }
        Some(View::Filter(field)) => {
            let picked = field.picked.map(|picked| picked..picked + 1).or(Some(0..1));
            field.top = scrolled_to(field.top, field.completions.len(), matches, picked);
        }
        _ => {
            if let (Some(sheet), Some(at)) = (sheet, scrolled(state)) {
                at.cursor = at.cursor.min(sheet.entries().saturating_sub(1));
                at.top = at.top.min(sheet.rows().len().saturating_sub(height));
            }
        }
    }
}
