//! Every view at every size, in bytes: what reaches a terminal is laid out as it was drawn, however that terminal counts
//! columns, and never larger than need be.

#[path = "support/glass.rs"]
mod glass;
#[path = "support/script.rs"]
mod script;
#[path = "support/views.rs"]
mod views;

use dateline::explorer::frame::Screen;
use dateline::explorer::message::Message;
use dateline::explorer::state::State;
use dateline::explorer::update::update;
use dateline::explorer::view::render;
use dateline::text;
use glass::{Counting, Glass};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use script::{HOSTILE, open};

/// A story with every field of the format.
const EVERY_FIELD: &str = include_str!("acts/every-field.yaml");

/// Whether all is tried that there is to try, not only a share of it.
fn long_run() -> bool {
    std::env::var_os("DATELINE_LONG_RUNS").is_some()
}

/// Draws a state as the event loop does, at the size of a window.
fn draw<'s>(screen: &'s mut Screen, state: &mut State, window: (u16, u16), drawn: &mut Buffer) -> &'s [u8] {
    screen.draw(window, b"", |area, buffer| {
        if (area.width, area.height) != state.size {
            update(state, Message::Resize { width: area.width, height: area.height });
        }
        render(state, area, buffer);
        drawn.clone_from(buffer);
    })
}

#[test]
fn every_kind_of_view_is_among_the_scripts() {
    let mut seen = [false; views::KINDS];
    let state = views::with_texts(open(EVERY_FIELD, (120, 40)), "A line.\nAnother.");
    views::visit(state, (120, 40), |_, state| seen[views::kind(state)] = true);
    let missing: Vec<_> = (0..views::KINDS).filter(|kind| !seen[*kind]).collect();
    assert!(missing.is_empty(), "no script shows {missing:?}");
}

#[test]
fn row_37_every_view_at_every_size_from_nothing_to_40_by_20() {
    let sizes: Vec<(u16, u16)> =
        (0..=20).flat_map(|rows| (0..=40).map(move |columns| (columns, rows))).collect();
    // Each view at some of them, all of them taken together; the long run draws each at all.
    let share = if long_run() { 1 } else { 41 };
    for (place, yaml) in [EVERY_FIELD, HOSTILE].into_iter().enumerate() {
        let state = views::with_texts(open(yaml, (120, 40)), "A line of the text.\nAnother.");
        let mut turn = place * 7;
        views::visit(state, (120, 40), |script, state| {
            let before = state.event();
            turn += 1;
            for (columns, rows) in sizes.iter().skip(turn % share).step_by(share) {
                update(state, Message::Resize { width: *columns, height: *rows });
                let mut buffer = Buffer::empty(Rect::new(0, 0, *columns, *rows));
                render(state, buffer.area, &mut buffer);
                if (*columns < 24 || *rows < 8) && *columns >= 10 && *rows > 1 {
                    let words: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
                    assert!(words.contains("too small"), "{script:?} at {columns}x{rows}: {words:?}");
                }
            }
            update(state, Message::Resize { width: 120, height: 40 });
            assert_eq!(state.event(), before, "{script:?}: another event is selected");
        });
    }
}

#[test]
fn row_38_a_window_of_65535_by_65535_is_drawn_in_part() {
    let mut drawn = Buffer::default();
    let mut screen = Screen::new();
    let state = views::with_texts(open(EVERY_FIELD, (120, 40)), "A line.");
    let mut turn = 0;
    views::visit(state, (120, 40), |script, state| {
        turn += 1;
        // Each view at one of them, and not each in every run: half a million cells take their time.
        if !long_run() && turn % 8 != 0 {
            return;
        }
        let window = [(65_535, 65_535), (5000, 200), (200, 5000), (65_535, 1)][turn / 8 % 4];
        draw(&mut screen, state, window, &mut drawn);
        assert_eq!(drawn.area.width, window.0.min(1000), "{script:?}");
        assert_eq!(drawn.area.height, window.1.min(500), "{script:?}");
    });
}

#[test]
fn a_frame_that_changes_nothing_is_no_bytes_and_a_small_change_few() {
    let mut drawn = Buffer::default();
    let state = views::with_texts(open(HOSTILE, (80, 24)), "A line.");
    views::visit(state, (80, 24), |script, state| {
        let mut screen = Screen::new();
        assert!(!draw(&mut screen, state, (80, 24), &mut drawn).is_empty());
        assert_eq!(draw(&mut screen, state, (80, 24), &mut drawn), b"", "{script:?}");
    });
    let mut state = open(EVERY_FIELD, (120, 40));
    let mut screen = Screen::new();
    draw(&mut screen, &mut state, (120, 40), &mut drawn);
    script::run(&mut state, "5");
    let change = draw(&mut screen, &mut state, (120, 40), &mut drawn).len();
    assert!((1..200).contains(&change), "a digit of a count costs {change} bytes");
}

/// A story whose every name and text is taken from the hard cases of widths.
fn wide_story() -> String {
    EVERY_FIELD
        .replace("Quay Post", "👩‍👩‍👧‍👦 Quay ｶﾞｷﾞ")
        .replace("Fog Wire", "🇩🇪🇫🇷 ❤\u{fe0f}❤\u{fe0e} Wire")
        .replace("North Line", "שלום القطار")
        .replace("Jon Dahl", "ｆｕｌｌ 한국어 각")
        .replace("Pilots of the North", "e\u{301}a\u{308}\u{304}n\u{303} नमस्ते ไทยกำ")
        .replace("allegedly sails", "👩🏽‍🚀 一二三四五六七八九十 sails")
        .replace(
            "there was no pilot",
            "1\u{fe0f}\u{20e3} 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} there was no pilot",
        )
        .replace("Was a pilot aboard", "พิมพ์ a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308} aboard")
        .replace("By boat", "🧑‍🧑‍🧒‍🧒")
        .replace("Bodø", "עִבְרִית")
}

/// Fails where something that stands in one plain cell shows elsewhere, or not at all.
#[track_caller]
fn assert_in_place(glass: &Glass, drawn: &Buffer, what: &str) {
    for row in 0..drawn.area.height {
        let mut column = 0;
        while column < drawn.area.width {
            let symbol = drawn[(column, row)].symbol();
            let columns = u16::try_from(text::width(symbol).max(1)).expect("a cell");
            let is_plain = columns == 1 && symbol.chars().count() == 1;
            assert!(
                !is_plain || glass.cell(column, row) == symbol,
                "{what}: row {row}, column {column} shows {:?}, not {symbol:?}",
                glass.cell(column, row)
            );
            column += columns;
        }
    }
}

#[test]
fn row_8_borders_stay_put_in_every_view_however_a_terminal_counts_columns() {
    let mut drawn = Buffer::default();
    let sizes = [(80, 24), (120, 40), (40, 12)];
    let sizes = if long_run() { &sizes[..] } else { &sizes[..1] };
    for (yaml, size) in sizes.iter().flat_map(|size| [(wide_story(), *size), (HOSTILE.to_owned(), *size)]) {
        for counting in Counting::ALL {
            // One screen for all of them, so that each view is drawn over another.
            let (mut screen, mut glass) = (Screen::new(), Glass::new(counting, size, &[]));
            let state = views::with_texts(open(&yaml, size), "A 👩‍👩‍👧‍👦 line ｶﾞ of ❤\u{fe0f} it.\nAnother.");
            views::visit(state, size, |script, state| {
                let what = format!("{counting:?} {size:?} {script:?}");
                glass.take(draw(&mut screen, state, size, &mut drawn));
                assert_in_place(&glass, &drawn, &what);
                script::run(state, "j");
                glass.take(draw(&mut screen, state, size, &mut drawn));
                assert_in_place(&glass, &drawn, &what);
                glass.assert_tame(&what);
                glass.words.clear();
            });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn row_8_whatever_is_drawn_over_whatever_plain_cells_stay_put(
        frames in prop::collection::vec(
            prop::collection::vec(
                (0_u16..30, 0_u16..3, "[ab│─ é\u{301}\u{200d}👩👧🏽🚀🇩🇪漢ｶﾞ\u{fe0f}❤ันีשא\u{1100}\u{1161}\u{11a8}]{0,20}"),
                0..6,
            ),
            1..6,
        ),
    ) {
        for counting in Counting::ALL {
            let (mut screen, mut glass) = (Screen::new(), Glass::new(counting, (30, 3), &[]));
            let mut drawn = Buffer::default();
            for frame in &frames {
                glass.take(screen.draw((30, 3), b"", |_, buffer| {
                    for (column, row, words) in frame {
                        // As panes do: what was there goes, so that no half of a wide character is left.
                        for cell in &mut buffer.content[usize::from(*row) * 30..][..30] {
                            cell.reset();
                        }
                        buffer.set_stringn(*column, *row, text::safe_line(words), 30, Style::new());
                    }
                    drawn.clone_from(buffer);
                }));
                assert_in_place(&glass, &drawn, &format!("{counting:?}"));
                glass.assert_tame("drawn");
            }
        }
    }
}

#[test]
fn row_7_of_a_million_combining_marks_eight_are_drawn_a_cell_and_a_frame_is_small() {
    let one_base = format!("a{}", "\u{301}".repeat(1_000_000));
    let every_base = format!("a{}", "\u{301}".repeat(8)).repeat(if long_run() { 125_000 } else { 12_500 });
    let marks =
        |words: &str| words.chars().filter(|character| ('\u{300}'..'\u{370}').contains(character)).count();
    for (words, sizes) in [(one_base, &[(80, 24), (120, 40)][..]), (every_base, &[(80, 24)])] {
        let yaml = EVERY_FIELD
            .replace("The ferry left in fog.", &words)
            .replace("The ferry allegedly sails without a pilot", &format!("{} ferry", &words[..17_001]))
            .replace("there was no pilot on the bridge", &words[..17_001]);
        for size in sizes.iter().copied() {
            let (mut screen, mut drawn) = (Screen::new(), Buffer::default());
            for keys in ["", "tab z", "C enter", "c"] {
                let mut state = open(&yaml, size);
                script::run(&mut state, keys);
                screen.repaint();
                let frame = draw(&mut screen, &mut state, size, &mut drawn).len();
                assert!(frame <= 64 << 10, "{keys:?} at {size:?}: {frame} bytes");
                assert!(drawn.content.iter().all(|cell| marks(cell.symbol()) <= 8));
            }
        }
    }
}
