//! What shows while a long story is read: its name, what is known of it so far, how far the reading has come.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::keymap::{Command, shown_keys};
use super::super::layout::{SMALLEST, inside};
use super::super::loading::{ALL, Bar, Loading};
use super::super::sheet::Span;
use super::super::theme::Role;
use super::draw;
use crate::story::progress::{COUNTED, Seen, Step};
use crate::text;

/// The widest bar: a wider one is harder to read off.
const WIDEST_BAR: u16 = 60;

/// The places among the [`COUNTED`] of events, actors, sources and disputes: what a story is asked for comes first.
const SHOWN: [usize; COUNTED.len()] = [2, 1, 0, 3];

/// Columns of what is said of the bar, on its right.
const AFTER_BAR: u16 = 6;

/// Draws the whole screen.
pub fn render(loading: &Loading, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return render_small(loading, area, buffer);
    }
    let theme = &loading.theme;
    let body = Rect { height: area.height - 1, ..area };
    draw::frame(buffer, body, "Loading", &bytes(&loading.seen), true, theme);
    let inner = inside(body);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    let rows = rows(loading, inner.height);
    for (line, row) in rows.into_iter().enumerate() {
        let Some(y) = u16::try_from(line).ok().map(|line| inner.y + line).filter(|y| *y < inner.bottom())
        else {
            break;
        };
        let at = Rect { y, height: 1, ..inner };
        match row {
            Row::Gap => {}
            Row::Words(words, role) => {
                draw::text(buffer, at, &words, role, theme);
            }
            Row::Bar => bar(loading, at, buffer),
        }
    }
    let at = Rect { y: area.bottom() - 1, height: 1, ..area };
    hints(loading, at, buffer);
}

/// Where there is no room for more than a few words.
fn render_small(loading: &Loading, area: Rect, buffer: &mut Buffer) {
    let words = match loading.bar() {
        Bar::Share(share) => format!("{} loading, q quits", percent(share)),
        Bar::Onward(_) => format!("{} loading, q quits", size(loading.seen.bytes)),
    };
    let lines = text::wrap(&words, area.width.into());
    for (row, line) in lines.into_iter().take(area.height.into()).enumerate() {
        let Ok(row) = u16::try_from(row) else { break };
        let at = Rect { y: area.y + row, height: 1, ..area };
        draw::text(buffer, at, &words[line], Role::Text, &loading.theme);
    }
}

enum Row {
    Gap,
    Words(String, Role),
    Bar,
}

/// What there is to say, with gaps where there is room for them.
fn rows(loading: &Loading, height: u16) -> Vec<Row> {
    let Loading { name, seen, .. } = loading;
    let title = seen.title.clone().map(|title| Row::Words(title, Role::Text));
    let counts: Vec<_> = SHOWN
        .iter()
        .map(|place| (COUNTED[*place], seen.elements[*place]))
        .filter(|(_, (_, all))| *all > 0)
        .map(|(list, (read, all))| {
            let words = format!("{list:9}{} of {}", grouped(read), grouped(all));
            Row::Words(words, Role::Text)
        })
        .collect();
    let head = std::iter::once(Row::Words(name.clone(), Role::Title)).chain(title);
    let middle = [Row::Bar, Row::Words(step(loading).to_owned(), Role::Quiet)];
    // As much as is ever known, so that nothing moves when it comes to be known.
    let has_room = usize::from(height) >= 2 + 1 + middle.len() + 1 + COUNTED.len();
    let gap = || has_room.then_some(Row::Gap);
    let untold = (has_room && seen.title.is_none()).then_some(Row::Gap);
    head.chain(untold).chain(gap()).chain(middle).chain(gap()).chain(counts).collect()
}

/// What is being done; the embedded story and standard input are no files.
fn step(loading: &Loading) -> &'static str {
    match (loading.seen.step, loading.seen.size) {
        (Step::Bytes, None) => "reading what comes in",
        (step, _) => step.words(),
    }
}

/// How much was read, of how much.
fn bytes(seen: &Seen) -> String {
    match seen.size {
        Some(all) if seen.step == Step::Bytes => format!("{} of {}", size(seen.bytes.min(all)), size(all)),
        Some(all) => size(all),
        None if seen.bytes == 0 => String::new(),
        None if seen.step == Step::Bytes => format!("{} so far", size(seen.bytes)),
        None => size(seen.bytes),
    }
}

/// The bar, and how much of all it is.
fn bar(loading: &Loading, area: Rect, buffer: &mut Buffer) {
    let theme = &loading.theme;
    let columns = area.width.saturating_sub(AFTER_BAR).min(WIDEST_BAR);
    let (filled, words) = match loading.bar() {
        Bar::Share(share) => {
            let share = share.min(ALL);
            let filled = u32::from(columns) * u32::from(share) / u32::from(ALL);
            (0..u16::try_from(filled).unwrap_or(columns), percent(share))
        }
        Bar::Onward(on) => {
            // A block that wanders to the right and comes in again on the left.
            let block = (columns / 5).max(1);
            let from = u16::try_from(on % u64::from(columns.max(1))).unwrap_or(0);
            (from..from.saturating_add(block), String::new())
        }
    };
    // What of a block is past the end comes in on the left.
    let over = 0..filled.end.saturating_sub(columns);
    for column in 0..columns {
        let on = filled.contains(&column) || over.contains(&column);
        let (glyph, role) =
            if on { (theme.glyphs.bar, Role::Text) } else { (theme.glyphs.axis, Role::Quiet) };
        let at = Rect { x: area.x + column, width: 1, ..area };
        draw::text(buffer, at, glyph, role, theme);
    }
    let at = Rect { x: area.x + columns, width: area.width - columns, ..area };
    draw::text(buffer, at, &format!("{words:>5}"), Role::Text, theme);
}

fn percent(share: u16) -> String {
    format!("{} %", share.min(ALL) / (ALL / 100))
}

/// What the keys do here, or why one did nothing.
fn hints(loading: &Loading, area: Rect, buffer: &mut Buffer) {
    let theme = &loading.theme;
    if let Some(notice) = &loading.notice {
        draw::text(buffer, area, &format!(" {} ", theme.own_words(notice)), Role::Notice, theme);
        return;
    }
    let mut spans = vec![Span { text: " ".to_owned(), role: Role::Text }];
    let leave = Command::LeaveLoading.binding();
    for keys in
        [Command::Quit.binding(), leave].iter().filter_map(|binding| shown_keys(binding).into_iter().next())
    {
        spans.push(Span { text: theme.own_words(&keys), role: Role::Key });
        spans.push(Span { text: " ".to_owned(), role: Role::Text });
    }
    spans.push(Span { text: leave.hint.to_owned(), role: Role::Quiet });
    draw::spans(buffer, area, &spans, theme);
}

/// A number of bytes for people: `88.8 MiB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KiB", bytes >> 10),
        _ => {
            let tenths = (u128::from(bytes) * 10) >> 20;
            format!("{}.{} MiB", tenths / 10, tenths % 10)
        }
    }
}

/// A number with a comma between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::theme::Theme;

    #[test]
    fn sizes_and_numbers_are_for_people() {
        for (bytes, words) in [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1024, "1 KiB"),
            (1_048_575, "1023 KiB"),
            (93_113_554, "88.8 MiB"),
            (u64::MAX, "17592186044415.9 MiB"),
        ] {
            assert_eq!(size(bytes), words);
        }
        let numbers = [0, 12, 999, 1000, 43_210, 1_000_000].map(grouped);
        assert_eq!(numbers, ["0", "12", "999", "1,000", "43,210", "1,000,000"]);
    }

    #[test]
    fn every_size_and_every_state_is_drawn_within_its_bounds() {
        let seen = |step, bytes, size, elements| Seen {
            step,
            bytes,
            size,
            pieces: 3,
            pieces_in_all: 7,
            elements: [(elements, elements); COUNTED.len()],
            title: Some("A title that is as long as titles can be, and longer".to_owned()),
        };
        let states = [
            Seen::default(),
            seen(Step::Bytes, 5, Some(0), 0),
            seen(Step::Bytes, u64::MAX, None, usize::MAX),
            seen(Step::Pieces, 7, Some(u64::MAX), 7),
            seen(Step::Screen, u64::MAX, Some(1), usize::MAX),
        ];
        for theme in [Theme::new(true, true), Theme::new(false, false)] {
            for state in &states {
                let mut loading = Loading::new("\u{202e}a very long name of a file.yaml", theme);
                loading.look(state.clone());
                for width in 0..=41 {
                    for height in 0..=14 {
                        // An area that lies partly outside of the buffer, too.
                        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
                        render(&loading, Rect::new(0, 0, width + 3, height + 3), &mut buffer);
                        let words: String =
                            buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
                        if width >= 12 && height >= 3 {
                            assert!(words.contains('q'), "{width}x{height}: {words:?}");
                        }
                        assert!(!words.contains('\u{202e}'));
                    }
                }
            }
        }
    }
}
