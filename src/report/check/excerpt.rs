//! The line of a file that holds an address: safe to show, and cut around it where it is long.
//!
//! Imports `story::locate` and `text`.

use std::ops::Range;

use crate::story::locate::Address;
use crate::text;

/// The widest line shown, in columns.
pub(super) const WIDEST: usize = 120;
/// What is kept of a long line before the place.
const BEFORE: usize = 32;
/// How many bytes are looked at on either side: a column takes four at most, and what is hidden more columns yet.
const REACH: usize = 4 * WIDEST;

/// One line, and the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) line: String,
    pub(super) place: Range<usize>,
    /// Whether the line is shown from end to end.
    pub(super) whole: bool,
}

/// The first line of the address. A place that goes on over more lines is marked to the end of this one.
pub(super) fn excerpt(bytes: &[u8], address: &Address) -> Excerpt {
    let Range { start, end } = address.span;
    let (start, end) = (start.min(bytes.len()), end.min(bytes.len()));
    let is_end = |byte: &u8| *byte == b'\n';
    let line_end = |from: usize, reach: usize| {
        let rest = &bytes[from..bytes.len().min(from.saturating_add(reach))];
        rest.iter()
            .position(is_end)
            .map_or((from + rest.len(), from + rest.len() == bytes.len()), |end| (from + end, true))
    };
    let first = start.saturating_sub(REACH);
    let (from, from_start) = match bytes[first..start].iter().rposition(is_end) {
        Some(end) => (first + end + 1, true),
        None => (first, first == 0),
    };
    let (inside_end, inside_whole) = line_end(start, REACH);
    let (inside_end, inside_whole) =
        if end <= inside_end { (end.max(start), true) } else { (inside_end, inside_whole) };
    let (to, to_end) = if inside_whole { line_end(inside_end, REACH) } else { (inside_end, false) };
    let to = to - usize::from(to_end && bytes[inside_end..to].ends_with(b"\r"));

    let before = shown(bytes, from..start);
    let inside = shown(bytes, start..inside_end);
    let after = shown(bytes, inside_end..to);
    let whole = from_start && inside_whole && to_end;
    if whole && text::width(&before) + text::width(&inside) + text::width(&after) <= WIDEST {
        let place = before.len()..before.len() + inside.len();
        return Excerpt { line: before + &inside + &after, place, whole };
    }
    let room = WIDEST - (text::width(&before) + usize::from(!from_start)).min(BEFORE);
    let inside = first_columns(&inside, room, !inside_whole);
    let left = WIDEST.saturating_sub(text::width(&inside));
    let goes_on = inside_whole && !to_end;
    let after_wants = text::width(&after) + usize::from(goes_on);
    let before = last_columns(&before, left - after_wants.min(left.saturating_sub(BEFORE)), !from_start);
    let after = first_columns(&after, left.saturating_sub(text::width(&before)), goes_on);
    let place = before.len()..before.len() + inside.len();
    Excerpt { line: before + &inside + &after, place, whole: false }
}

/// These bytes, widened to whole characters, safe to show on one line.
fn shown(bytes: &[u8], range: Range<usize>) -> String {
    let goes_on = |at: usize| bytes.get(at).is_some_and(|byte| (0x80..0xc0).contains(byte));
    let start = (range.start..range.end).take(4).find(|at| !goes_on(*at)).unwrap_or(range.start);
    let end = (start..=range.end).rev().take(4).find(|at| !goes_on(*at)).unwrap_or(range.end);
    text::safe_line(&String::from_utf8_lossy(&bytes[start..end])).into_owned()
}

/// As much of the beginning as fits, with `…` where it was cut or goes on.
fn first_columns(line: &str, columns: usize, goes_on: bool) -> String {
    if goes_on && text::width(line) < columns {
        return format!("{line}…");
    }
    text::truncate(line, columns).into_owned()
}

/// As much of the end as fits, with `…` where it was cut or began before.
fn last_columns(line: &str, columns: usize, began_before: bool) -> String {
    if text::width(line) + usize::from(began_before) <= columns {
        return if began_before { format!("…{line}") } else { line.to_owned() };
    }
    let mut starts =
        line.char_indices().rev().map(|(at, _)| at).take_while(|at| text::width(&line[*at..]) < columns);
    let start = starts.by_ref().last().unwrap_or(line.len());
    text::safe_line(&format!("…{}", text::safe_line(&line[start..]))).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(span: Range<usize>) -> Address {
        Address { span, line: 1, column: 1, end_line: 1, end_column: 1 }
    }

    fn marked(text: &str, place: &str) -> String {
        let start = text.find(place).expect("the place");
        let Excerpt { line, place, .. } = excerpt(text.as_bytes(), &at(start..start + place.len()));
        format!("{}<{}>{}", &line[..place.start], &line[place.clone()], &line[place.end..])
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(marked("a: 1\n  kind: artcle # no\r\nb: 2", "artcle"), "  kind: <artcle> # no");
        assert_eq!(marked("only", "only"), "<only>");
        assert_eq!(excerpt(b"a:\nb", &at(2..2)), Excerpt { line: "a:".into(), place: 2..2, whole: true });
        assert_eq!(excerpt(b"", &at(0..0)).line, "");
    }

    #[test]
    fn a_place_of_many_lines_is_marked_on_its_first() {
        assert_eq!(marked("t: \"one\n  two\" x", "\"one\n  two\""), "t: <\"one>");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_of_the_place() {
        let line = marked(&format!("{}HERE{}", "x".repeat(5_000_000), "y".repeat(5_000_000)), "HERE");
        assert_eq!(line, format!("…{}<HERE>{}…", "x".repeat(31), "y".repeat(120 - 32 - 4 - 1)));
        let line = marked(&format!("k: {}", "漢".repeat(5_000)), &"漢".repeat(5_000));
        assert_eq!(line, format!("k: <{}…>", "漢".repeat(58)));
    }

    #[test]
    fn what_is_hidden_is_shown_and_the_place_moves_along() {
        assert_eq!(
            marked("\u{202e}\u{1b}[2J\tk: \u{9b}bad", "\u{9b}bad"),
            "‹U+202E›‹U+001B›[2J    k: <‹U+009B›bad>"
        );
        let latin = excerpt(b"t: caf\xe9 x", &at(6..7));
        assert_eq!((&latin.line[latin.place.clone()], latin.line.as_str()), ("\u{fffd}", "t: caf\u{fffd} x"));
    }
}
