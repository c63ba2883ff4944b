//! The reader's own layer: bookmarks, notes, what has been read.
//!
//! An event is taken for read when the reader goes on from it: by one step while it showed in full, or in any way after
//! its pane had the keys. Not before, so that what has changed in it stays marked while it is looked at; and jumps over
//! events read nothing. While the reader looks back nothing is taken for read: only a part shows.

use super::super::effect::Effect;
use super::super::key::{Key, KeyCode};
use super::super::keymap::Command;
use super::super::layout::inside;
use super::super::sheet::{Target, scrolled_to};
use super::super::state::reader::{Kept, NoteField, event_of, kept, kind_of};
use super::super::state::{Pane, Scrolled, State, View};
use super::super::view;
use super::{cover, travel};
use crate::reader::notes::{Marked, Note, Notes};
use crate::reader::progress::{Position, ReadState};
use crate::reader::store::Standing;
use crate::story::graph::Statement;
use crate::story::id::{Account, ElementId, EventId};
use crate::story::vocabulary::Form;

/// Where the reader is before a message: what it takes for reading depends on that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    event: Option<EventId>,
    place: usize,
    version: u64,
    /// Whether the event showed in full.
    shown: bool,
}

/// Remembers where the reader is.
pub(super) fn before(state: &State) -> Before {
    Before {
        event: state.event(),
        place: state.timeline.at.cursor,
        version: state.timeline.version,
        shown: state.views.is_empty() && !state.layout().pane(Pane::Event).is_empty(),
    }
}

/// Takes for read what the message has shown to be.
pub(super) fn after(state: &mut State, before: Before) {
    let here = state.event();
    let reads = state.retrospect.is_none() && state.reader.standing == Standing::Writes;
    // In another list, or another reading of the story, the same id may be another event.
    let left = before.event.filter(|_| state.timeline.version == before.version && here != before.event);
    let stepped = before.shown && state.timeline.at.cursor.abs_diff(before.place) == 1;
    if let Some(event) = left.filter(|event| reads && (stepped || state.reader.opened == Some(*event))) {
        state.reader.mark_read(&state.graph, event);
    }
    let opens = reads && state.views.is_empty() && state.focus == Pane::Event;
    let still =
        state.reader.opened.filter(|event| Some(*event) == here && state.timeline.version == before.version);
    state.reader.opened = if opens { here } else { still };
}

/// What a mark is set on: an entry of a list, an account the cursor is on, else the event.
fn at_hand(state: &mut State) -> Option<Kept> {
    let target = match state.views.last() {
        Some(View::Marks(at)) => return kept(&state.reader.notes, state.whole()).into_iter().nth(at.cursor),
        Some(_) => cover::selected(state),
        None => match travel::selected(state) {
            target @ Some(Target::Account(_)) => target,
            _ => state.event().map(Target::Event),
        },
    };
    let element = match target? {
        Target::Event(event) => ElementId::Event(event),
        Target::Account(account) => account.into(),
        _ => return None,
    };
    let graph = &state.graph;
    let (kind, was) = match element {
        ElementId::Statement(id) => ("statement", words(graph.statement(id), "\"", "\"")),
        ElementId::Reaction(id) => ("reaction", graph.reaction(id).instrument.to_string()),
        _ => ("event", graph.event(event_of(graph, element)?).title.to_string()),
    };
    let element_id = graph.id_of(element).to_owned();
    Some(Kept { element: element_id, kind: kind.to_owned(), was, here: Some(element) })
}

/// Characters of a statement's words that are kept beside a mark.
const WORDS: usize = 200;

/// The words of a statement in a line: in quotation marks if and only if they are the speaker's own.
pub fn words(statement: &Statement, open: &str, close: &str) -> String {
    let mut words: String = statement.text.chars().take(WORDS).collect();
    if words.len() < statement.text.len() {
        words.push_str(" [...]");
    }
    let words = words.replace('\n', " ");
    match statement.form {
        Form::Quote => format!("{open}{words}{close}"),
        Form::Paraphrase => format!("paraphrase: {words}"),
    }
}

/// What is at hand, where something can be kept of it; else says why not.
fn to_mark(state: &mut State) -> Option<Kept> {
    if let Some(why) = state.reader.standing.why_not() {
        state.notice = Some(why.to_owned());
        return None;
    }
    let at_hand = at_hand(state);
    if at_hand.is_none() {
        let none = state.views.is_empty() || matches!(state.views.last(), Some(View::Marks(_)));
        let why = if none {
            "there is nothing to mark"
        } else {
            "only events, statements and market moves are marked"
        };
        state.notice = Some(why.to_owned());
    }
    at_hand
}

fn save(state: &State, said: &'static str) -> Effect {
    Effect::SaveNotes(Box::new(state.reader.notes.clone()), said)
}

/// `m`.
pub(super) fn toggle_bookmark(state: &mut State) -> Option<Effect> {
    let Kept { element, kind, was, .. } = to_mark(state)?;
    let day = state.today.to_string();
    let set = state.reader.notes.toggle_bookmark(Marked { element, kind, was, day });
    let said = if set { "bookmarked; ' lists your bookmarks and notes" } else { "the bookmark is removed" };
    Some(save(state, said))
}

/// `i`: opens the field of a note.
pub(super) fn edit_note(state: &mut State) {
    let Some(Kept { element, kind, was, .. }) = to_mark(state) else { return };
    let day = state.today.to_string();
    let fresh = Note { element, kind, was, day, text: String::new(), begun: None };
    let notes = &state.reader.notes;
    let note = notes.note_on(&fresh.element, &fresh.kind).cloned().unwrap_or_else(|| fresh.clone());
    let draft = notes.draft_on(&fresh.element, &fresh.kind).cloned();
    if draft.is_some() {
        let taken_up = "taken up again as it was when it was left without saving; Ctrl-x leaves it";
        state.notice = Some(taken_up.to_owned());
    }
    let field = NoteField::new(Note { day: fresh.day, ..note }, draft.as_ref());
    state.views.push(View::Note(Box::new(field)));
}

/// `'`.
pub(super) fn list(state: &mut State) {
    if let Some(View::Marks(_)) = state.views.last() {
        state.views.pop();
    } else if let Standing::Off(why) = &state.reader.standing {
        state.notice = Some(why.clone());
    } else {
        let here = state.event();
        let entries = kept(&state.reader.notes, state.whole());
        let whole = state.whole();
        let of_here = |entry: &Kept| here.is_some() && entry.here.and_then(|id| event_of(whole, id)) == here;
        let cursor = if state.retrospect.is_some() { None } else { entries.iter().position(of_here) };
        state.views.push(View::Marks(Scrolled { cursor: cursor.unwrap_or(0), top: 0 }));
        cover::show_cursor(state);
    }
}

/// Enter in the list: goes there.
pub(super) fn go_to_kept(state: &mut State, place: usize) {
    let Some(entry) = kept(&state.reader.notes, state.whole()).into_iter().nth(place) else { return };
    let shown = state.graph.by_id(&entry.element).filter(|id| kind_of(*id) == Some(entry.kind.as_str()));
    match shown.and_then(|id| Some((id, event_of(&state.graph, id)?))) {
        Some((ElementId::Statement(id), _)) => travel::go_to_account(state, Account::Statement(id)),
        Some((ElementId::Reaction(id), _)) => travel::go_to_account(state, Account::Reaction(id)),
        Some((_, event)) => {
            state.views.clear();
            travel::go_to(state, event);
            state.focus = Pane::Timeline;
        }
        None if entry.here.is_some() => {
            state.notice =
                Some("it was not known at the moment you look back to; A goes back to now".to_owned());
        }
        None => state.notice = Some("it is gone from the story; what you marked is kept".to_owned()),
    }
}

/// `u`.
pub(super) fn toggle_read(state: &mut State) -> Option<Effect> {
    let why_not = state.reader.standing.why_not().map(str::to_owned).or_else(|| {
        state.retrospect.is_some().then(|| "looking back only a part shows; A goes back to now".to_owned())
    });
    let (None, Some(event)) = (&why_not, state.event()) else {
        state.notice = Some(why_not.unwrap_or_else(|| "no events".to_owned()));
        return None;
    };
    let State { reader, graph, .. } = state;
    let said = if reader.read_state(&graph.event(event).id) == ReadState::Read {
        reader.mark_unread(graph, event);
        "taken for unread"
    } else {
        reader.mark_read(graph, event);
        "taken for read"
    };
    Some(Effect::SaveRead(said))
}

/// What came of saving what was read. Only now is it said to be.
pub(super) fn read_saved(state: &mut State, outcome: Result<&'static str, String>) {
    match outcome {
        Ok(said) => {
            (state.reader.unkept, state.reader.has_read) = (None, false);
            if !said.is_empty() {
                state.notice = Some(said.to_owned());
            }
        }
        Err(why) => state.reader.unkept = Some(why),
    }
}

/// `U`.
pub(super) fn next_unread(state: &mut State) {
    if let Some(why) = state.reader.standing.why_not() {
        state.notice = Some(why.to_owned());
        return;
    }
    let events = &state.timeline.events;
    let here = state.timeline.at.cursor;
    let unread = |place: &usize| {
        let id = &state.graph.event(events[*place]).id;
        state.reader.read_state(id) != ReadState::Read
    };
    let next = (here + 1..events.len()).chain(0..here.min(events.len())).find(unread);
    match next.map(|place| (place, events[place])) {
        Some((place, event)) => {
            travel::go_to(state, event);
            if place < here {
                state.notice = Some("on from the first event".to_owned());
            }
        }
        None => state.notice = Some("all other events are read".to_owned()),
    }
}

/// What came of saving. Only now is it said to be saved.
pub(super) fn saved(state: &mut State, outcome: Result<&'static str, String>) {
    match outcome {
        Ok(said) => {
            state.reader.unsaved = None;
            if !said.is_empty() {
                state.notice = Some(said.to_owned());
            }
        }
        Err(why) => state.reader.unsaved = Some(why),
    }
}

fn field(state: &mut State) -> Option<&mut NoteField> {
    match state.views.last_mut() {
        Some(View::Note(field)) => Some(field),
        _ => None,
    }
}

/// The commands of the field of a note that ask something of the world.
pub(super) fn leave(state: &mut State, command: Command) -> Option<Effect> {
    let field = field(state)?;
    let (written, is_changed) = (field.written(), field.is_changed());
    let is_drafted = field.drafted.is_some();
    if command == Command::DropNote {
        state.views.pop();
        state.notice = Some("the note is as it was".to_owned());
        state.reader.notes.drafts.retain(|draft| !draft.is_on_that_of(&written));
        return is_drafted.then(|| save(state, "the note is as it was"));
    }
    if !is_changed && !is_drafted {
        if command == Command::LeaveNote {
            state.views.pop();
        }
        let said = if command == Command::SaveNote { "nothing has changed" } else { "the note is as it was" };
        state.notice = Some(said.to_owned());
        return None;
    }
    let said = if written.text.trim().is_empty() { "the note is removed" } else { "the note is saved" };
    let (element, kind) = (written.element.clone(), written.kind.clone());
    let said = if state.reader.notes.set_note_begun(written) {
        said
    } else {
        "the note had changed meanwhile: both are kept, what you typed below"
    };
    let text = state.reader.notes.note_on(&element, &kind).map(|note| note.text.clone()).unwrap_or_default();
    if command == Command::LeaveNote {
        state.views.pop();
    } else if let Some(field) = self::field(state) {
        field.is_now(&text);
    }
    Some(save(state, said))
}

/// Takes in the notes as someone else's hand has changed their file.
pub(in super::super) fn take_in(state: &mut State, notes: Notes) {
    for view in &mut state.views {
        if let View::Note(field) = view
            && !field.is_changed()
        {
            // Nothing is typed that would be lost.
            field.is_now(notes.note_on(&field.note.element, &field.note.kind).map_or("", |note| &note.text));
        }
    }
    state.reader.notes = notes;
    let said = "the file of your notes had been changed elsewhere: what is new there is taken in";
    state.notice = Some(said.to_owned());
}

/// The other commands of the field, and those of every text field.
pub(super) fn command(state: &mut State, command: Command, count: usize) {
    let (columns, height) = room(state);
    let Some(field) = field(state) else { return };
    let prose = &mut field.prose;
    let moved = match command {
        Command::NewLine => return typed_text(state, "\n"),
        Command::NoteUp => prose.step(columns, count, false),
        Command::NoteDown => prose.step(columns, count, true),
        Command::NotePageUp => prose.step(columns, height.max(1), false),
        Command::NotePageDown => prose.step(columns, height.max(1), true),
        Command::NoteWordLeft => prose.word_left(),
        Command::NoteWordRight => prose.word_right(),
        Command::NoteStart => prose.to_start(),
        Command::NoteEnd => prose.to_end(),
        Command::CursorLeft => prose.left(),
        Command::CursorRight => prose.right(),
        Command::CursorStart => prose.to_line_start(),
        Command::CursorEnd => prose.to_line_end(),
        Command::EraseNext => prose.erase_after(),
        Command::EraseWord => prose.erase_word(),
        Command::EraseToStart => prose.erase_to_line_start(),
        Command::EraseToEnd => prose.erase_to_line_end(),
        _ => return,
    };
    if !moved {
        let (at, end) = (prose.cursor(), prose.as_str().len());
        let why = match command {
            _ if end == 0 => "nothing is typed yet",
            Command::NoteUp | Command::NotePageUp => "this is the first row of the note",
            Command::NoteDown | Command::NotePageDown => "this is the last row of the note",
            _ if at == 0 => "this is the start of the note",
            _ if at == end => "this is the end of the note",
            _ => "there is no more of the line that way",
        };
        state.notice = Some(why.to_owned());
    }
}

/// A key that is no command types.
pub(super) fn typed(state: &mut State, key: Key) {
    match key.code {
        KeyCode::Char(character) if !key.ctrl => typed_text(state, character.encode_utf8(&mut [0; 4])),
        KeyCode::Backspace => {
            if field(state).is_some_and(|field| !field.prose.erase_before()) {
                state.notice = Some("nothing stands before the cursor".to_owned());
            }
        }
        KeyCode::Tab => typed_text(state, " "),
        _ => state.notice = Some(format!("{key} does nothing here")),
    }
}

/// Text that is typed or pasted.
pub(super) fn typed_text(state: &mut State, text: &str) {
    if field(state).is_some_and(|field| !field.prose.insert(text)) {
        state.notice = Some("there is no room for more: a note has at most 20,000 characters".to_owned());
    }
}

/// Columns and rows of the field.
fn room(state: &State) -> (usize, usize) {
    let area = inside(state.layout().body);
    (area.width.into(), usize::from(area.height).saturating_sub(view::ABOVE_NOTE))
}

/// Keeps the cursor of the field in sight.
pub(super) fn settle(state: &mut State) {
    let (columns, height) = room(state);
    if let Some(field) = field(state) {
        let (row, rows) = (field.prose.row(columns), field.prose.rows(columns).len());
        field.top = scrolled_to(field.top, rows, height.max(1), Some(row..row + 1));
    }
}

/// Keeps what is typed and not saved as a draft; the notes to save, where there is such a thing.
pub(in super::super) fn draft(state: &mut State) -> Option<Notes> {
    let State { views, reader, .. } = state;
    if reader.standing != Standing::Writes {
        return None;
    }
    let mut drafted = false;
    for view in views {
        if let View::Note(field) = view {
            let text = field.prose.as_str();
            if field.is_changed() && field.drafted.as_deref() != Some(text) {
                field.drafted = Some(text.to_owned());
                reader.notes.set_draft(field.written());
                drafted = true;
            }
        }
    }
    (drafted || reader.unsaved.is_some()).then(|| reader.notes.clone())
}

/// Whether something is not on the disk yet that should be there soon.
pub(in super::super) fn is_behind(state: &State) -> bool {
    let reader = &state.reader;
    reader.standing == Standing::Writes
        && (reader.has_read
            || reader.unsaved.is_some()
            || state.views.iter().any(|view| undrafted(view).is_some()))
}

/// What is typed there and not kept as a draft yet.
fn undrafted(view: &View) -> Option<&NoteField> {
    match view {
        View::Note(field) if field.is_changed() && field.drafted.as_deref() != Some(field.prose.as_str()) => {
            Some(field)
        }
        _ => None,
    }
}

/// What would be lost with the program: what is typed and not kept as a draft yet.
pub(in super::super) fn typed_notes(state: &State) -> Vec<Note> {
    state.views.iter().filter_map(undrafted).map(NoteField::written).collect()
}

/// Takes down where the reader is, unless they look back.
pub(in super::super) fn take_down_position(state: &mut State) {
    if state.retrospect.is_none()
        && let Some(event) = state.event()
    {
        state.reader.progress.position = Some(Position { event: state.graph.event(event).id.to_string() });
    }
}

/// Goes to where the reader was when the story was closed last, and tells of what was left without saving.
pub(in super::super) fn reopen(state: &mut State, to_position: bool) {
    let position = state.reader.progress.position.as_ref().map(|position| position.event.clone());
    match position.filter(|_| to_position && state.notice.is_none()).map(|id| state.graph.by_id(&id)) {
        Some(Some(ElementId::Event(event))) => {
            if let Some(place) = state.timeline.events.iter().position(|other| *other == event) {
                travel::set_cursor(state, place);
            }
        }
        Some(_) => state.notice = Some("the event you were at is gone from the story".to_owned()),
        None => {}
    }
    let drafts = state.reader.notes.drafts.len();
    if drafts > 0 && state.notice.is_none() {
        let notes = if drafts == 1 { "a note was" } else { "some notes were" };
        state.notice = Some(format!("{notes} left without saving; ' lists them, i goes on writing"));
    }
}
