//! Keys in, screens out: what shows, as text, at the sizes that matter; and the styles that carry a meaning.
//!
//! The screens stand in `tests/snapshots`. Look at each before accepting it (`INSTA_UPDATE=always cargo test --test
//! screens` writes them): what is ugly, cut without a word or out of line there is so on a reader's screen too.

#![expect(clippy::panic, reason = "a test reports by failing")]

#[path = "support/script.rs"]
mod script;

use dateline::explorer::state::State;
use dateline::explorer::theme::Theme;
use dateline::story;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use script::{HARBOUR, HOSTILE, QUARRY, drawn, open, open_with, run, screen};

/// Times on every sort of clock, and gaps between them.
const CLOCKS: &str = include_str!("cases/good-clocks.yaml");

const WIDE: (u16, u16) = (120, 40);
const MEDIUM: (u16, u16) = (80, 24);
const NARROW: (u16, u16) = (40, 12);
const SMALLEST: (u16, u16) = (24, 8);

/// Holds the screen after some keys to its snapshot.
fn show(name: &str, yaml: &str, (width, height): (u16, u16), keys: &str) -> State {
    let mut state = open(yaml, (width, height));
    run(&mut state, keys);
    hold(&format!("{name}_{width}x{height}"), keys, &state);
    state
}

/// Holds a screen to its snapshot.
fn hold(name: &str, keys: &str, state: &State) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(format!("keys: {keys}"));
    settings.bind(|| insta::assert_snapshot!(name, screen(state)));
}

#[test]
fn the_start() {
    for size in [WIDE, MEDIUM, NARROW, SMALLEST] {
        show("start", HARBOUR, size, "");
    }
    show("embedded_start", story::EMBEDDED, WIDE, "");
}

#[test]
fn an_event_with_its_statements() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("denial", HARBOUR, size, "5j enter");
    }
}

#[test]
fn an_event_with_market_reactions_one_of_them_lost() {
    let state = show("market", HARBOUR, WIDE, "6j 4l");
    // More than the pane holds: it says how much.
    assert!(screen(&state).contains(" more below ┘"));
    show("market_zoomed", HARBOUR, WIDE, "6j 4l z");
    for size in [MEDIUM, NARROW] {
        show("market", HARBOUR, size, "6j 4l");
        show("market_end", HARBOUR, size, "6j 4l G");
    }
}

#[test]
fn the_strip_zoomed() {
    for size in [WIDE, MEDIUM] {
        show("strip_zoomed", HARBOUR, size, "4j 4+");
        show("strip_closest", HARBOUR, size, "4j 12+");
    }
    show("strip_narrowed", HARBOUR, WIDE, "6j j");
    show("embedded_strip_zoomed", story::EMBEDDED, WIDE, "t 3+");
}

#[test]
fn times_from_today() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("relative", HARBOUR, size, "3j 2j T enter");
    }
    show("relative_zoomed", HARBOUR, MEDIUM, "3j T z");
    show("embedded_relative", story::EMBEDDED, (160, 40), "t T");
}

#[test]
fn the_life_of_an_allegation() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("life", QUARRY, size, "j L 2j");
        show("life_published", QUARRY, size, "j L L");
    }
    for size in [WIDE, MEDIUM] {
        show("embedded_life", story::EMBEDDED, size, "/ type:rejects tab enter L");
    }
}

#[test]
fn the_finder() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("find", HARBOUR, size, "/ type:byd");
    }
    show("find_statements", HARBOUR, NARROW, "/ type:office tab tab");
    show("find_nothing", HARBOUR, MEDIUM, "/ type:qqqq");
}

#[test]
fn a_filtered_timeline() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("filtered", HARBOUR, size, "/ type:byd enter n");
    }
    // Where the timeline is out of sight the filter still shows.
    show("filtered_elsewhere", HARBOUR, NARROW, "/ type:byd enter n l");
}

#[test]
fn the_field_of_a_filter() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("filter_completed", HARBOUR, size, "f type:kind:leak_or_st tab tab");
        show("filter_wrong", HARBOUR, size, "f type:kind:leak_or_(status:maybe_-kind:market) left");
    }
    show("filter_wrong", HARBOUR, SMALLEST, "f type:kind:leak_or_(status:maybe_-kind:market)");
    show("filter_in_force", HARBOUR, MEDIUM, "f type:disputed:yes_-kind:market enter n");
    show(
        "filter_long",
        HARBOUR,
        NARROW,
        "f type:said:\"比亚迪_and_others_said_so\"_or_actor:nobody_or_title:x",
    );
}

#[test]
fn the_list_of_views() {
    for size in [WIDE, MEDIUM, NARROW] {
        let name = |what: &str| format!("{what}_{}x{}", size.0, size.1);
        let mut state = script::open_configured(HARBOUR, size, VIEWS);
        run(&mut state, "f type:-kind:leak enter F j");
        hold(&name("views"), "f, a filter, F j", &state);
        run(&mut state, "s type:no_leaks");
        hold(&name("views_naming"), "s type:no_leaks", &state);
    }
    let mut state = script::open_configured(HARBOUR, MEDIUM, "[[view]]\nnme = 'x'\n");
    hold("views_faulty_start_80x24", "", &state);
    run(&mut state, "F");
    hold("views_faulty_80x24", "F", &state);
}

const VIEWS: &str = "[[view]]\nname = 'leaks'\nfilter = 'kind:leak'\n[[view]]\nname = 'what Borealis says'\nfilter = 'speaker:\"the borealis lines\" or stance:denail'\n";

#[test]
fn what_cannot_be_read_is_marked_without_colour() {
    for theme in [Theme::new(true, true), Theme::new(false, true), Theme::new(false, false)] {
        let mut state = open_with(HARBOUR, MEDIUM, &theme, "2025-11-30");
        run(&mut state, "f type:比_status:maybe home");
        let shown = drawn(&state);
        assert!(all_have(&cells(&shown, "maybe", 1), Modifier::UNDERLINED));
        assert!(none_has(&cells(&shown, "status:", 1), Modifier::UNDERLINED));
        let rows = script::rows(&shown);
        // Under it to the column, behind a wide character too.
        let column = |row: &str, at: &str| row.find(at).map(|at| dateline::text::width(&row[..at]));
        assert_eq!(column(&rows[1], "maybe"), column(&rows[2], "^^^^^"));
        assert!(!rows[2].contains("^^^^^^"));
    }
}

#[test]
fn cards() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("actor", HARBOUR, size, "5j 3l enter");
        show("source", HARBOUR, size, "5j 2l enter");
    }
    show("source_machine_written", HARBOUR, MEDIUM, "5j 2l 2G enter");
}

#[test]
fn accounts_side_by_side() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("compare_false", HARBOUR, size, "5j c");
        show("compare_fall", HARBOUR, size, "6j c");
        show("embedded_compare_fall", story::EMBEDDED, size, "C enter");
    }
    // Three positions: at 80 columns two show, and the third comes with the reader.
    show("compare_three", HARBOUR, MEDIUM, "4j c");
    show("compare_three_last", HARBOUR, MEDIUM, "4j c 2l");
    show("compare_stacked_last", HARBOUR, NARROW, "4j c 2l");
}

#[test]
fn the_list_of_disputes() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("disputes", HARBOUR, size, "C 2j");
    }
}

#[test]
fn the_help_and_the_palette() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("help", HARBOUR, size, "?");
    }
    show("help_compare", HARBOUR, WIDE, "5j c ?");
    show("palette", HARBOUR, MEDIUM, ": type:disp");
}

#[test]
fn the_text_of_a_source() {
    for (width, height) in [WIDE, MEDIUM, NARROW] {
        for (name, keys) in [("text", "5j ] ] s"), ("text_search", "] s / type:the"), ("text_marks", "5j l")]
        {
            let mut state = script::with_texts(open(HARBOUR, (width, height)));
            run(&mut state, keys);
            let name = format!("{name}_{width}x{height}");
            let mut settings = insta::Settings::clone_current();
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.set_description(format!("keys: {keys}"));
            settings.bind(|| insta::assert_snapshot!(name, screen(&state)));
        }
    }
}

#[test]
fn why_a_time_is_what_it_is() {
    for size in [WIDE, MEDIUM, NARROW] {
        let state = show("why", HARBOUR, size, "gg 7j w");
        assert!(screen(&state).contains("Not before 18 Mar 2025"));
        show("why_own_date", HARBOUR, size, "gg 2j w");
        show("why_gap", CLOCKS, size, "G k w");
    }
}

#[test]
fn looking_back() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("as_of_field", HARBOUR, size, "a type:2025-03");
        show("as_of", HARBOUR, size, "< 9j");
        show("as_of_compare", HARBOUR, size, "< ]");
    }
}

#[test]
fn the_banner_stands_out_over_every_view_while_the_reader_looks_back() {
    for (theme, keys) in [
        (Theme::new(true, true), "<"),
        (Theme::new(false, false), "<"),
        (Theme::new(true, true), "< ?"),
        (Theme::new(true, true), "< C"),
    ] {
        let mut state = open_with(HARBOUR, MEDIUM, &theme, "2025-11-30");
        run(&mut state, keys);
        let buffer = drawn(&state);
        let first: String = (0..80).map(|column| buffer[(column, 0)].symbol()).collect();
        assert!(
            first.starts_with(" as of 19 Mar 2025 09:00: 0 sources hidden, 1 possibly known "),
            "{first}"
        );
        assert!((0..80).all(|column| buffer[(column, 0)].modifier.contains(Modifier::REVERSED)), "{keys}");
        run(&mut state, "A");
        assert!(!script::rows(&drawn(&state))[0].contains("as of"), "{keys}");
    }
}

#[test]
fn screens_with_no_room_or_no_events() {
    show("too_small", HARBOUR, (23, 8), "5j");
    show("too_small", HARBOUR, (24, 7), "5j");
    show("too_small", HARBOUR, (10, 2), "");
    show("denial", HARBOUR, SMALLEST, "5j enter");
    show("compare_false", HARBOUR, SMALLEST, "5j c");
    show("disputes", HARBOUR, SMALLEST, "C");
    show("notice", HARBOUR, MEDIUM, "c");
    show("pending", HARBOUR, MEDIUM, "12 g");
    show("empty", script::EMPTY, MEDIUM, "");
}

#[test]
fn a_hostile_story() {
    for size in [WIDE, NARROW] {
        show("hostile", HOSTILE, size, "");
    }
    show("hostile_compare", HOSTILE, MEDIUM, "c");
    show("hostile_event", HOSTILE, NARROW, "l 8j");
}

/// The cells of the first row, from `from` on, that shows `words`.
fn cells<'b>(buffer: &'b Buffer, words: &str, from: u16) -> Vec<&'b Cell> {
    let area = buffer.area;
    for y in from..area.bottom() {
        let row: Vec<&Cell> = (area.left()..area.right()).map(|x| &buffer[(x, y)]).collect();
        let letters: Vec<String> = words.chars().map(String::from).collect();
        let found = row
            .windows(letters.len())
            .find(|cells| cells.iter().zip(&letters).all(|(cell, letter)| cell.symbol() == letter));
        if let Some(found) = found {
            return found.to_vec();
        }
    }
    panic!("{words:?} does not show:\n{}", script::rows(buffer).join("\n"))
}

fn all_have(cells: &[&Cell], modifier: Modifier) -> bool {
    cells.iter().all(|cell| cell.modifier.contains(modifier))
}

fn none_has(cells: &[&Cell], modifier: Modifier) -> bool {
    cells.iter().all(|cell| !cell.modifier.intersects(modifier))
}

#[test]
fn the_row_of_the_cursor_is_reversed_and_no_other() {
    let mut state = open(HARBOUR, WIDE);
    run(&mut state, "5j");
    let buffer = drawn(&state);
    for y in 1..34 {
        // The timeline is 41 columns wide without its frame.
        let row: Vec<_> = (1..42).map(|x| &buffer[(x, y)]).collect();
        assert_eq!(all_have(&row, Modifier::REVERSED), y == 6, "row {y}");
        assert_eq!(none_has(&row, Modifier::REVERSED), y != 6, "row {y}");
    }
    run(&mut state, "l");
    let buffer = drawn(&state);
    let row: Vec<_> = (1..42).map(|x| &buffer[(x, 6)]).collect();
    assert!(
        none_has(&row, Modifier::REVERSED) && all_have(&row, Modifier::BOLD),
        "without the keys it is bold"
    );
    run(&mut state, "/ type:byd down");
    let buffer = drawn(&state);
    let row = |y| (1..119).map(|x| &buffer[(x, y)]).collect::<Vec<_>>();
    assert!(none_has(&row(3), Modifier::REVERSED) && all_have(&row(4), Modifier::REVERSED));
}

#[test]
fn words_that_differ_stand_out_without_colour() {
    let marked = Modifier::BOLD | Modifier::UNDERLINED;
    for theme in [Theme::new(true, true), Theme::new(false, true), Theme::new(false, false)] {
        for size in [WIDE, MEDIUM] {
            let mut state = open_with(story::EMBEDDED, size, &theme, "2025-11-30");
            run(&mut state, "C enter");
            let buffer = drawn(&state);
            // Below the labels, which name the figures too.
            let accounts =
                1 + script::rows(&buffer).iter().position(|row| row.contains("Market")).unwrap_or(0);
            let accounts = u16::try_from(accounts).expect("a row");
            for figure in ["3.78%", "4.2%"] {
                assert!(all_have(&cells(&buffer, figure, accounts), marked), "{figure} {size:?}");
            }
            assert!(none_has(&cells(&buffer, "Alibaba shares", accounts), Modifier::UNDERLINED), "{size:?}");
        }
        let mut state = open_with(HARBOUR, WIDE, &theme, "2025-11-30");
        run(&mut state, "5j c");
        let buffer = drawn(&state);
        assert!(all_have(&cells(&buffer, "article", 8), marked));
        assert!(all_have(&cells(&buffer, "ledger", 8), marked));
        assert!(none_has(&cells(&buffer, "completely false", 8), Modifier::UNDERLINED));
    }
}

#[test]
fn matched_letters_are_underlined_in_the_finder() {
    let mut state = open(HARBOUR, MEDIUM);
    run(&mut state, "/ type:byd");
    let buffer = drawn(&state);
    assert!(all_have(&cells(&buffer, "BYD", 3), Modifier::UNDERLINED));
    assert!(none_has(&cells(&buffer, " Lines", 3), Modifier::UNDERLINED));
    assert!(all_have(&cells(&buffer, "By", 3), Modifier::UNDERLINED), "of Byard");
    // By an alias in another script too.
    run(&mut state, "ctrl-u type:光");
    let buffer = drawn(&state);
    assert!(all_have(&cells(&buffer, "光", 3), Modifier::UNDERLINED));
    assert!(none_has(&cells(&buffer, "北", 3), Modifier::UNDERLINED));
}

/// Keys to every kind of screen.
const EVERYWHERE: &[&str] = &[
    "",
    "5j l",
    "6j 4l",
    "5j 2l",
    "/ type:byd",
    "/ type:bor tab tab",
    "/ type:byd enter n",
    "f type:kind:leak_or_st tab",
    "f type:(kind:leak_or_status:maybe)",
    "f type:kind:leak enter F j",
    "f type:kind:leak enter F w type:mine",
    "5j c",
    "6j c",
    "4j c 2l",
    "C j",
    "5j 3l enter",
    "5j 2l enter",
    "5j 2l 2G enter",
    "?",
    "? G",
    ": type:disp",
    "c",
    "12 g",
    "6j z",
    "4j 12+",
    "3j 2j T",
];

#[test]
fn without_colours_there_are_none() {
    for (colours, expected) in [(false, false), (true, true)] {
        let mut any = false;
        for keys in EVERYWHERE {
            let mut state = open_with(HARBOUR, WIDE, &Theme::new(colours, true), "2025-11-30");
            run(&mut state, keys);
            let coloured = |cell: &Cell| cell.fg != Color::Reset || cell.bg != Color::Reset;
            any |= drawn(&state).content.iter().any(coloured);
        }
        assert_eq!(any, expected, "colours: {colours}");
    }
}

#[test]
fn in_ascii_every_frame_and_mark_is() {
    // The one name of the story that is not ASCII is the story's own.
    let ascii = HARBOUR.replace(", 北光航运", "");
    assert!(ascii.is_ascii());
    for size in [WIDE, MEDIUM, NARROW, SMALLEST] {
        for keys in EVERYWHERE {
            let mut state = open_with(&ascii, size, &Theme::new(true, false), "2025-11-30");
            run(&mut state, keys);
            let shown = screen(&state);
            let odd: String = shown.chars().filter(|character| !character.is_ascii()).collect();
            assert!(odd.is_empty(), "{odd:?} after [{keys}] at {size:?}:\n{shown}");
        }
    }
}

#[test]
fn a_quote_stands_in_quotation_marks_and_a_paraphrase_never() {
    for (unicode, open_mark, close_mark) in [(true, '“', '”'), (false, '"', '"')] {
        let mut state = open_with(HARBOUR, (100, 60), &Theme::new(true, unicode), "2025-11-30");
        run(&mut state, "5j l z");
        let shown = screen(&state);
        for quote in
            ["Every line of the article is completely false", "Nobody has seen the other half of that book"]
        {
            assert!(shown.contains(&format!("{open_mark}{quote}{close_mark}")), "{shown}");
        }
        let paraphrase = "paraphrase: Asked about the nine payments, the office would say nothing.";
        assert!(shown.contains(paraphrase), "{shown}");
        let marks = shown.matches([open_mark, close_mark]).count();
        assert_eq!(marks, 6, "three quotes, and no mark beside:\n{shown}");
    }
}

#[test]
fn what_is_not_known_of_a_date_shows_in_its_row() {
    let state = open(HARBOUR, WIDE);
    let rows = script::rows(&drawn(&state));
    for (title, date) in [
        ("business", "~Nov 2024  "),
        ("payment", "≤14 Mar 2025  "),
        ("leak", "[13 Mar 2025…] "),
        ("publication", " 17 Mar 2025  "),
        ("Ada Marlow", "≥17 Mar 2025  "),
        ("denial", "[18 Mar 2025]  "),
        ("market", " 18 Mar 2025  "),
        ("hearing", " 2 Apr 2025  "),
        ("lawsuit", "?May 2025  "),
        ("An older quarrel", "undated  "),
    ] {
        let row =
            rows.iter().find(|row| row.contains(title)).unwrap_or_else(|| panic!("{title} does not show"));
        assert!(row.contains(date), "{title}: {row}");
    }
}

#[test]
fn nothing_is_cut_without_a_mark() {
    // A title that fits to the last column, one that is a column too long, and one whose kind leaves no room.
    let yaml = |kind: &str, title: &str| {
        format!(
            "format: 1\nstory: {{title: T}}\nsources: [{{id: s, title: S, kind: post}}]\nevents: [{{id: e, title: {title}, kind: {kind}, status: occurred, sources: [s]}}]\n"
        )
    };
    // 38 columns inside the frame: edge 1, date 15, marks 3, then 19 for kind and title.
    for (kind, title, end) in [
        ("abc", "fifteen letters", "abc fifteen letters│"),
        ("abc", "sixteen letters!", "abc sixteen letter…│"),
        ("eighteen-letters-k", "title", "eighteen-letters-k…│"),
        ("seventeen-letters", "title", "seventeen-letters …│"),
        ("much-longer-than-any-row", "title", "much-longer-than-a…│"),
    ] {
        let state = open(&yaml(kind, title), NARROW);
        let shown = screen(&state);
        assert!(shown.contains(end), "{kind} {title}\n{shown}");
    }
}
