//! A text field: what is typed in one row, the cursor in it, and carets under what cannot be read.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::sheet::Span;
use super::super::state::State;
use super::super::state::typed::Typed;
use super::super::theme::Role;
use super::draw;
use crate::text;

/// A character as it shows: where it begins in the text, and its columns.
struct Shown {
    at: usize,
    text: String,
    columns: usize,
}

/// What is typed as it shows, with the cell behind it.
fn shown(typed: &Typed) -> Vec<Shown> {
    let line = typed.as_str();
    let clusters = line.grapheme_indices(true).map(|(at, cluster)| {
        let text = text::safe_line(cluster).into_owned();
        Shown { at, columns: text::width(&text), text }
    });
    clusters.chain([Shown { at: line.len(), text: " ".to_owned(), columns: 1 }]).collect()
}

/// Draws a field in the first row of an area: the prompt, and as much of the text as fits around the cursor. Where
/// there is a `fault`, its bytes stand out; the columns in `area` they take come back.
pub(super) fn field(
    state: &State,
    prompt: &str,
    typed: &Typed,
    fault: Option<&Range<usize>>,
    area: Rect,
    buffer: &mut Buffer,
) -> Range<u16> {
    let theme = &state.theme;
    let at = Rect { height: area.height.min(1), ..area };
    let room = usize::from(area.width).saturating_sub(text::width(prompt) + 3).max(1);
    let shown = shown(typed);
    let cursor = shown.iter().position(|one| one.at >= typed.cursor()).unwrap_or(0);
    // The cursor always shows; of a long text what stands before it gives way.
    let mut first = cursor;
    let mut used = shown[cursor].columns;
    while first > 0 && used + shown[first - 1].columns <= room {
        first -= 1;
        used += shown[first].columns;
    }
    let cut = if first > 0 { theme.glyphs.more } else { "" };
    let mut spans = vec![Span { text: format!("{prompt} {cut}"), role: Role::Key }];
    let mut column = text::width(&spans[0].text);
    let (mut from, mut to) = (None, column);
    for (place, one) in shown.iter().enumerate().skip(first) {
        // What is wrong at the very end is wrong with what is missing there.
        let faulty =
            fault.is_some_and(|fault| fault.contains(&one.at) || (fault.is_empty() && fault.start == one.at));
        if faulty {
            from.get_or_insert(column);
            to = column + one.columns;
        }
        let role = match (place == cursor, faulty) {
            (true, _) => Role::Cursor,
            (false, true) => Role::Fault,
            (false, false) => Role::Title,
        };
        spans.push(Span { text: one.text.clone(), role });
        column += one.columns;
    }
    draw::spans(buffer, at, &spans, theme);
    let end = |column: usize| u16::try_from(column).unwrap_or(u16::MAX).min(area.width);
    // A fault that is out of sight to the left lies at the mark of the cut.
    let from = from.unwrap_or(text::width(prompt) + 1);
    end(from).min(area.width.saturating_sub(1))..end(to.max(from + 1))
}
