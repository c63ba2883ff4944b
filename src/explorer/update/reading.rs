//! Reading a source's text: opened at the words of a statement, searched, scrolled.

use super::super::keymap::Command;
use super::super::sheet::Target;
use super::super::state::reading::Reading;
use super::super::state::typed::Typed;
use super::super::state::{State, View};
use super::super::view;
use crate::archive::{Text, verify};
use crate::query::search::QUERY_LIMIT;
use crate::story::id::{Account, ElementId, SourceId};

/// Opens the text of what is selected: at the words of a statement, at the line of a figure, else at its beginning.
pub(super) fn open(state: &mut State, target: Option<Target>) {
    match target {
        Some(Target::Account(account)) => open_account(state, account),
        Some(Target::Source(source)) => open_source(state, source),
        _ => state.notice = Some("choose a statement, a market move or a source to read its text".to_owned()),
    }
}

/// Opens the text that carries a statement or reaction, and says why where there is none.
pub(super) fn open_account(state: &mut State, account: Account) {
    let source = state.graph.source_of(account);
    match text(state, source).map(|text| verify::opened(&state.graph, account, text)) {
        Ok(opened) => {
            let graph = &state.graph;
            let ids = (&graph.source(source).id, graph.id_of(account.into()));
            push(state, Reading::of_account(ids.0, ids.1, opened));
        }
        Err(why) => state.notice = Some(why),
    }
}

/// Opens the text of a source at its beginning.
pub(super) fn open_source(state: &mut State, source: SourceId) {
    match text(state, source).map(|_| ()) {
        Ok(()) => push(state, Reading::new(&state.graph.source(source).id)),
        Err(why) => state.notice = Some(why),
    }
}

/// Enter on an account: its source's text at the words, if it is held. If not, that is said once, and false given back:
/// Enter then leads elsewhere.
pub(super) fn open_if_held(state: &mut State, account: Account) -> bool {
    let source = state.graph.source_of(account);
    match text(state, source).map(|_| ()) {
        Ok(()) => {
            open_account(state, account);
            true
        }
        Err(why) => {
            if !state.aside.told_of_texts {
                state.notice = Some(why);
                state.aside.told_of_texts = true;
            }
            false
        }
    }
}

fn push(state: &mut State, reading: Reading) {
    state.views.push(View::Text(Box::new(reading)));
}

/// The text of a source, or why there is none.
fn text(state: &State, source: SourceId) -> Result<&Text, String> {
    let none = "no texts are at hand: start with --archive FOLDER, or name it in the configuration";
    let archived = state.archived.as_ref().ok_or(none)?;
    archived.texts.of(&state.graph, source).map(|held| &held.text).map_err(ToString::to_string)
}

/// Commands of the text view.
pub(super) fn command(state: &mut State, command: Command, steps: usize) {
    let height = view::text_height(state).max(1);
    let Some(View::Text(reading)) = state.views.last_mut() else { return };
    let bottom = reading.rows().len().saturating_sub(height);
    let before = reading.top;
    match command {
        Command::LeaveText => {
            state.views.pop();
            return;
        }
        Command::SearchText => {
            state.views.push(View::TextSearch(Typed::new(QUERY_LIMIT)));
            return;
        }
        Command::NextPassage => return step(state, steps, true),
        Command::PreviousPassage => return step(state, steps, false),
        Command::TextDown => reading.top = reading.top.saturating_add(steps).min(bottom),
        Command::TextUp => reading.top = reading.top.saturating_sub(steps),
        Command::TextPageDown => reading.top = reading.top.saturating_add(height.max(2) - 1).min(bottom),
        Command::TextPageUp => reading.top = reading.top.saturating_sub(height.max(2) - 1),
        Command::TextTop => reading.top = 0,
        Command::TextEnd => reading.top = bottom,
        _ => {}
    }
    if reading.top == before {
        let forwards = matches!(command, Command::TextDown | Command::TextPageDown | Command::TextEnd);
        state.notice = Some(super::at_end(forwards));
    }
}

/// `n` and `N`: along what was looked for, or along the words the text was opened for.
fn step(state: &mut State, steps: usize, forwards: bool) {
    let height = view::text_height(state).max(1);
    let Some(View::Text(reading)) = state.views.last_mut() else { return };
    let count = reading.stops().len();
    if count == 0 {
        state.notice = Some(if reading.sought.is_empty() {
            "nothing is looked for; / searches this text".to_owned()
        } else {
            format!("“{}” does not stand in this text", crate::text::safe_line(&reading.sought))
        });
        return;
    }
    let steps = steps % count;
    let to = if forwards { (reading.at + steps) % count } else { (reading.at + count - steps) % count };
    let wrapped = (forwards && to < reading.at) || (!forwards && to > reading.at);
    reading.at = to;
    reading.show(height);
    state.notice = Some(match (count, wrapped) {
        (1, _) => "this is the only place".to_owned(),
        (_, true) => format!("on from the {}: {} of {count}", if forwards { "top" } else { "end" }, to + 1),
        (_, false) => format!("{} of {count}", to + 1),
    });
}

/// Enter in the field of `/`: looks for what is typed.
pub(super) fn search(state: &mut State, sought: &str) {
    let height = view::text_height(state).max(1);
    let State { views, archived, graph, notice, .. } = state;
    let Some(View::Text(reading)) = views.last_mut() else { return };
    let Some(ElementId::Source(source)) = graph.by_id(&reading.source) else { return };
    let Some(Ok(held)) = archived.as_ref().map(|archived| archived.texts.of(graph, source)) else { return };
    reading.search(&held.text, sought.trim());
    let count = reading.stops().len();
    *notice = match (reading.sought.is_empty(), count) {
        (true, _) => None,
        (false, 0) => {
            Some(format!("“{}” does not stand in this text", crate::text::safe_line(sought.trim())))
        }
        (false, 1) => Some("1 place".to_owned()),
        (false, count) => Some(format!("{} of {count}; n and N step through them", reading.at + 1)),
    };
    reading.show(height);
}

/// Lays the text on top out for the screen.
pub(super) fn settle(state: &mut State) {
    let (height, columns) = (view::text_height(state), view::text_columns(state));
    let State { views, archived, graph, .. } = state;
    let Some(View::Text(reading)) = views.last_mut() else { return };
    let Some(ElementId::Source(source)) = graph.by_id(&reading.source) else { return };
    if let Some(Ok(held)) = archived.as_ref().map(|archived| archived.texts.of(graph, source)) {
        reading.lay_out(&held.text, columns, height);
    }
}
