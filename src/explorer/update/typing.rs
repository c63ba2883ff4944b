//! What every text field does: typing, pasting, the cursor.

use super::super::key::{Key, KeyCode};
use super::super::keymap::Command;
use super::super::state::typed::Typed;
use super::super::state::{State, View};
use super::reader;

/// The line of the field that is open.
fn line(state: &mut State) -> Option<&mut Typed> {
    match state.views.last_mut()? {
        View::Find(find) => Some(&mut find.typed),
        View::Palette(palette) => Some(&mut palette.typed),
        View::MomentPick(pick) => Some(&mut pick.typed),
        View::Filter(field) => Some(&mut field.typed),
        View::Naming(naming) => Some(&mut naming.typed),
        View::TextSearch(typed) => Some(typed),
        _ => None,
    }
}

/// A key that is no command types.
pub(super) fn typed(state: &mut State, key: Key) {
    if let Some(View::Note(_)) = state.views.last() {
        return reader::typed(state, key);
    }
    match key.code {
        KeyCode::Char(character) if !key.ctrl => insert(state, character.encode_utf8(&mut [0; 4])),
        // Taking away from nothing leaves the field, as in a pager.
        KeyCode::Backspace => {
            if line(state).is_some_and(|line| line.as_str().is_empty()) {
                state.views.pop();
            } else if !change(state, Typed::erase_before) {
                state.notice = Some("nothing stands before the cursor".to_owned());
            }
        }
        _ => state.notice = Some(format!("{key} does nothing here")),
    }
}

/// Text that is pasted goes in as if it were typed, on one line.
pub(super) fn paste(state: &mut State, text: &str) {
    if let Some(View::Note(_)) = state.views.last() {
        reader::typed_text(state, text);
    } else if state.scope().types() {
        insert(state, text);
    } else {
        state.notice = Some("nothing here takes what is pasted; f and / open a text field".to_owned());
    }
}

fn insert(state: &mut State, text: &str) {
    let mut all_fits = true;
    edit(state, |line| all_fits = line.insert(text));
    if !all_fits {
        state.notice = Some("there is no room for more".to_owned());
    }
}

/// Changes what is typed, and looks anew.
pub(super) fn edit(state: &mut State, change: impl FnOnce(&mut Typed)) {
    let Some(line) = line(state) else { return };
    change(line);
    let State { views, graph, finders, .. } = state;
    match views.last_mut() {
        Some(View::Find(find)) => find.search(graph, finders),
        Some(View::Palette(palette)) => palette.search(),
        Some(View::Filter(field)) => field.read(graph, finders),
        _ => {}
    }
}

fn change(state: &mut State, change: impl FnOnce(&mut Typed) -> bool) -> bool {
    let mut changed = false;
    edit(state, |line| changed = change(line));
    changed
}

/// The commands of every text field.
pub(super) fn command(state: &mut State, command: Command) {
    let done = match command {
        Command::LeaveField => {
            state.views.pop();
            return;
        }
        Command::EraseWord => change(state, Typed::erase_word),
        Command::EraseToStart => change(state, Typed::erase_to_start),
        Command::EraseToEnd => change(state, Typed::erase_to_end),
        Command::EraseNext => change(state, Typed::erase_after),
        Command::CursorLeft => moved(state, Typed::left),
        Command::CursorRight => moved(state, Typed::right),
        Command::CursorStart => moved(state, Typed::to_start),
        Command::CursorEnd => moved(state, Typed::to_end),
        _ => return,
    };
    if done {
        return;
    }
    let before = matches!(
        command,
        Command::EraseWord | Command::EraseToStart | Command::CursorLeft | Command::CursorStart
    );
    let is_empty = line(state).is_none_or(|line| line.as_str().is_empty());
    state.notice = Some(match (is_empty, before) {
        (true, _) => "nothing is typed yet".to_owned(),
        (_, true) => "nothing stands before the cursor".to_owned(),
        (_, false) => "nothing stands after the cursor".to_owned(),
    });
}

/// Moves the cursor; what could be typed there is looked for anew.
fn moved(state: &mut State, go: impl FnOnce(&mut Typed) -> bool) -> bool {
    let moved = line(state).is_some_and(go);
    let State { views, graph, finders, .. } = state;
    if let Some(View::Filter(field)) = views.last_mut()
        && moved
    {
        field.complete(graph, finders);
    }
    moved
}
