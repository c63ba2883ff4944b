//! What is the reader's own: marks in the timeline, notes in the event pane, the list of both, the field of a note, and
//! the banner that says what is not kept.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::layout::inside;
use super::super::sheet::{Run, Sheet, Span, Target};
use super::super::state::State;
use super::super::state::prose::columns_of;
use super::super::state::reader::{Kept, NoteField, event_of, kept};
use super::super::theme::Role;
use super::super::update::reader::words;
use super::draw;
use crate::reader::notes::Note;
use crate::reader::progress::ReadState;
use crate::reader::store::Standing;
use crate::story::id::ElementId;
use crate::text::{self, safe, safe_line};

/// Rows above the text of a note: what it is on, and a gap.
pub const ABOVE_NOTE: usize = 2;

/// Says what is not kept, across the whole screen: in the last row of the banners.
pub(super) fn banner(state: &State, area: Rect, buffer: &mut Buffer) {
    let Some(words) = state.reader.trouble() else { return };
    let at = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    let words = format!(" {words}");
    let words = text::pad(&draw::truncate(&words, area.width.into(), &state.theme), area.width.into());
    draw::text(buffer, at, &words, Role::Banner, &state.theme);
}

/// The marks of an event in the timeline: a column each for bookmarks, notes and what was read, where the story has any
/// of that kind.
pub(super) fn marks(state: &State, event: &str) -> String {
    let (reader, glyphs) = (&state.reader, &state.theme.glyphs);
    let notes = &reader.notes;
    let mut marks = String::new();
    if reader.has_marks_of_reading() {
        marks += match reader.read_state(event) {
            ReadState::Unread => " ",
            ReadState::Read => glyphs.read,
            ReadState::Changed => glyphs.reread,
        };
    }
    if !notes.bookmarks.is_empty() {
        marks += if notes.is_bookmarked_on(event, "event") { glyphs.bookmark } else { " " };
    }
    if !notes.notes.is_empty() || !notes.drafts.is_empty() {
        let has_note = notes.note_on(event, "event").is_some() || notes.draft_on(event, "event").is_some();
        marks += if has_note { glyphs.note } else { " " };
    }
    marks
}

/// What the reader has of an element, and never a word of the story's: in a role of its own, with a mark on each row.
/// `event` is the event whose account it is.
/// `element` is its written id and its kind.
pub(super) fn own(
    sheet: &mut Sheet,
    state: &State,
    (element, kind): (&str, &str),
    event: Option<&str>,
    indent: usize,
) {
    let (reader, glyphs) = (&state.reader, &state.theme.glyphs);
    let mut facts = Vec::new();
    if reader.notes.is_bookmarked_on(element, kind) {
        facts.push(format!("{} your bookmark", glyphs.bookmark));
    }
    match (reader.read_state(element), event.map(|event| reader.read_state(event))) {
        (ReadState::Changed, _) => facts.push(format!("{} changed since you read it", glyphs.reread)),
        (ReadState::Unread, Some(ReadState::Changed)) => {
            facts.push(format!("{} new since you read this event", glyphs.reread));
        }
        _ => {}
    }
    if !facts.is_empty() {
        let facts = facts.join(&format!(" {} ", glyphs.between));
        sheet.line(indent, Role::Own, &facts);
    }
    if let Some(note) = reader.notes.note_on(element, kind) {
        self::note(sheet, state, note, "your note", indent);
    }
    if let Some(draft) = reader.notes.draft_on(element, kind) {
        self::note(sheet, state, draft, "your note, NOT SAVED YET", indent);
    }
}

fn note(sheet: &mut Sheet, state: &State, note: &Note, head: &str, indent: usize) {
    let margin = format!("{}{} ", " ".repeat(indent), state.theme.glyphs.note);
    let head = format!("{head}, {}:", safe_line(&note.day));
    sheet.runs_after(&margin, &margin, &[(&head, Role::Own)]);
    for line in safe(note.text.trim_end()).split('\n') {
        if line.trim().is_empty() {
            // An empty line keeps its mark.
            sheet.row(vec![Span { text: margin.clone(), role: Role::Quiet }]);
            continue;
        }
        sheet.runs_after(&margin, &margin, &[(line, Role::Own)]);
    }
}

/// The list of bookmarks and notes.
pub(super) fn sheet(state: &State, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let reader = &state.reader;
    let entries = kept(&reader.notes, state.whole());
    if entries.is_empty() {
        sheet.line(0, Role::Quiet, "nothing yet: m sets a bookmark, i writes a note");
    }
    let here = entries.iter().filter(|entry| entry.here.is_some()).count();
    for (place, one) in entries.iter().enumerate() {
        if place == here {
            sheet.heading(&format!("Gone from the story ({})", entries.len() - here));
        }
        entry(&mut sheet, state, place, one);
    }
    if let Standing::ReadsOnly(why) = &reader.standing {
        sheet.gap();
        sheet.runs(0, 2, &[("read only: ", Role::Fault), (why, Role::Text)]);
    }
    sheet
}

fn entry(sheet: &mut Sheet, state: &State, place: usize, entry: &Kept) {
    let whole = state.whole();
    sheet.begin_entry(Target::Kept(place));
    let title = entry.here.and_then(|id| event_of(whole, id)).map(|event| &whole.event(event).title);
    let (words, of) = match (entry.here, title) {
        (Some(ElementId::Event(_)), Some(title)) => (Cow::Borrowed(title.as_str()), String::new()),
        (Some(ElementId::Statement(id)), Some(title)) => {
            let words =
                words(whole.statement(id), state.theme.glyphs.open_quote, state.theme.glyphs.close_quote);
            (Cow::Owned(words), format!("  statement in: {title}"))
        }
        (Some(ElementId::Reaction(id)), Some(title)) => {
            (safe_line(&whole.reaction(id).instrument), format!("  market move in: {title}"))
        }
        _ => {
            let (kind, id) = (safe_line(&entry.kind), safe_line(&entry.element));
            (safe_line(&entry.was), format!("  {kind} {id}"))
        }
    };
    let words = draw::truncate(&words, sheet.width().saturating_sub(2).max(8), &state.theme);
    let runs: [Run<'_>; 2] = [(&words, Role::Title), (&of, Role::Quiet)];
    sheet.runs(0, 2, &runs);
    own(sheet, state, (&entry.element, &entry.kind), None, 2);
    sheet.end_entry();
    sheet.gap();
}

/// The field of a note.
pub(super) fn render_field(state: &State, field: &NoteField, framed: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let changed = if field.is_changed() { "not saved yet" } else { "" };
    draw::frame(buffer, framed, "Your note", changed, true, theme);
    let area = inside(framed);
    let on = [
        Span { text: format!("on {}: ", safe_line(&field.note.kind)), role: Role::Quiet },
        Span { text: safe_line(&field.note.was).into_owned(), role: Role::Text },
    ];
    draw::spans(buffer, Rect { height: area.height.min(1), ..area }, &on, theme);
    let above = u16::try_from(ABOVE_NOTE).unwrap_or(u16::MAX);
    let below = Rect { y: area.y.saturating_add(above), height: area.height.saturating_sub(above), ..area };
    let rows = field.prose.rows(area.width.into());
    let here = field.prose.row(area.width.into());
    for (line, (place, row)) in rows.iter().enumerate().skip(field.top).take(below.height.into()).enumerate()
    {
        let Ok(line) = u16::try_from(line) else { break };
        let at = Rect { y: below.y + line, height: 1, ..below };
        let text = &field.prose.as_str()[row.clone()];
        let mut column = at.x;
        let clusters = text.grapheme_indices(true).map(|(at, cluster)| (row.start + at, cluster));
        for (start, cluster) in clusters.chain([(row.end, " ")]) {
            let is_cursor = place == here && start == field.prose.cursor();
            if start == row.end && !is_cursor {
                break;
            }
            let role = if is_cursor { Role::Cursor } else { Role::Own };
            let rest = Rect { x: column, width: at.right().saturating_sub(column), ..at };
            draw::text(buffer, rest, &safe_line(cluster), role, theme);
            column = column.saturating_add(u16::try_from(columns_of(cluster)).unwrap_or(u16::MAX));
        }
    }
    let shown = usize::from(below.height);
    draw::more(buffer, framed, field.top, rows.len().saturating_sub(field.top + shown), theme);
}
