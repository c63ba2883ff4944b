//! The help, made from the key table, and what the marks mean.

use super::super::keymap::{Scope, TABLE, shown_keys};
use super::super::sheet::Sheet;
use super::super::state::State;
use super::super::theme::Role;
use crate::text;

/// Columns of the keys where there is room: those of the longest row of them.
const KEYS: usize = 25;

pub(super) fn sheet(state: &State, asked_in: Scope, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let (columns, hang) = columns(width);
    let first = std::iter::once(asked_in);
    let rest = Scope::ALL.iter().copied().filter(|scope| *scope != asked_in);
    for scope in first.chain(rest) {
        sheet.heading(scope.title());
        for binding in TABLE.iter().filter(|binding| binding.scope == scope) {
            let keys = state.theme.own_words(&shown_keys(binding).join(" "));
            let keys = text::pad(&keys, columns.max(text::width(&keys) + 1));
            sheet.runs(0, hang, &[(&keys, Role::Key), (binding.help, Role::Text)]);
        }
        if scope == asked_in {
            marks(&mut sheet, state);
        }
    }
    sheet
}

/// The columns of the keys, and those a text that goes on is indented by.
fn columns(width: usize) -> (usize, usize) {
    if width < 2 * KEYS { (16, 4) } else { (KEYS, KEYS) }
}

fn marks(sheet: &mut Sheet, state: &State) {
    let glyphs = &state.theme.glyphs;
    let (columns, hang) = columns(sheet.width());
    sheet.heading("What the marks mean");
    let not_before = format!("{}14 Nov 2025", glyphs.not_before);
    let not_after = format!("{}14 Nov 2025", glyphs.not_after);
    let quote = format!("{}words{}", glyphs.open_quote, glyphs.close_quote);
    let sure = format!("{} 2 {}", glyphs.tick, glyphs.stretch);
    let unsure = format!("{} {}", glyphs.unsure_tick, glyphs.unsure_stretch);
    let open = format!("{} {}", glyphs.open_left, glyphs.open_right);
    let lanes = &state.theme.lanes;
    let lanes_unsure = [lanes.occurred, lanes.alleged, lanes.scheduled, lanes.possible].join(" ");
    let lanes_spans = [glyphs.stretch, glyphs.unsure_stretch, lanes.narrowed].join(" ");
    let lanes_links = [lanes.lines[12], lanes.dashed_across].join(" ");
    let lanes_cut = lanes.cut.repeat(2);
    for (mark, meaning) in [
        ("14 Nov 2025", "a date as a source gives it"),
        ("[14 Nov 2025]", "a date that was worked out; the event's note says how"),
        ("~ ? %", "before a date: around, perhaps, perhaps around"),
        (sure.as_str(), "on the strip: one event; several; a time longer than a day"),
        (&*unsure, "on the strip: one event, a longer time; worked out, or written as uncertain"),
        (glyphs.narrowed, "on the strip: no date of its own; between what it follows and what it precedes"),
        (&*open, "on the strip: a time that is open to this side"),
        (
            &*lanes_unsure,
            "in a lane: an event whose time is worked out, uncertain, or bounded by others alone",
        ),
        (&*lanes_spans, "in a lane: a time longer than a day; stated, unsure, bounded by others alone"),
        (&*lanes_cut, "in a lane: time left out, so that a crowded stretch has room"),
        (&*lanes_links, "between lanes: links of the event at the cursor, and no others; stated, inferred"),
        (&*not_before, "no date of its own; not before this, by what it follows"),
        (&*not_after, "no date of its own; not after this, by what it precedes"),
        ("undated", "no date, and nothing bounds it"),
        (glyphs.occurred, "an event that occurred, by the sources' account"),
        (glyphs.alleged, "an alleged event"),
        (glyphs.scheduled, "a scheduled event; no outcome is known"),
        (glyphs.possible, "a possible event"),
        (glyphs.disputed, "accounts differ; c compares them"),
        (glyphs.new, "an event that is new in the file, until it has been at the cursor"),
        (glyphs.changed, "an event that reads otherwise than before, or an account of it does, until then"),
        (glyphs.alone, "in the matrix: no other source shares this"),
        (&*quote, "the speaker's own words, verbatim"),
        ("paraphrase:", "what was said, in the words of this story's author"),
        ("held, not held", "we have the source's text; or know it only through others"),
        ("origin", "a source that relies on no other here; corroboration counts origins, not outlets"),
        (glyphs.bookmark, "your bookmark"),
        (glyphs.note, "your note: the words beside it are yours, never the story's"),
        (glyphs.read, "you have read this event"),
        (glyphs.reread, "changed, or new, since you read it"),
        ("figure lost", "the source's figure is missing in the text it was read from"),
    ] {
        let mark = text::pad(mark, columns);
        sheet.runs(0, hang, &[(&mark, Role::Key), (meaning, Role::Text)]);
    }
}
