//! Keys in, screens out: what shows, as text, at the sizes that matter; and the styles that carry a meaning.
//!
//! The screens stand in `tests/snapshots`. Look at each before accepting it (`INSTA_UPDATE=always cargo test --test
//! screens` writes them): what is ugly, cut without a word or out of line there is so on a reader's screen too.

#![expect(clippy::panic, reason = "a test reports by failing")]

#[path = "support/script.rs"]
mod script;

use dateline::archive::{Held, Text, Texts};
use dateline::explorer::effect::Effect;
use dateline::explorer::key::Key;
use dateline::explorer::loading::Loading;
use dateline::explorer::message::{Copied, Message};
use dateline::explorer::reread::{Came, Fresh, Reread, read_and_check};
use dateline::explorer::state::State;
use dateline::explorer::state::reader::Reader;
use dateline::explorer::state::reading::Archived;
use dateline::explorer::theme::Theme;
use dateline::explorer::update::update;
use dateline::explorer::view::render_loading;
use dateline::query::changes::Written;
use dateline::reader::store::Standing;
use dateline::story;
use dateline::story::progress::{Seen, Step};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use script::{
    HARBOUR, HOSTILE, QUARRY, WEIR, drawn, open, open_kept, open_with, rows, run, run_kept, screen,
};

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

/// Holds what shows while there is no state to its snapshot.
fn hold_shown(name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
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
fn a_long_story_that_is_being_read() {
    let begun = Seen { bytes: 12_345_678, size: Some(93_113_554), ..Seen::default() };
    let within = Seen {
        step: Step::Pieces,
        bytes: 93_113_554,
        pieces: 290,
        pieces_in_all: 711,
        elements: [(9_200, 9_200), (1_000, 1_000), (38_211, 100_000), (0, 412)],
        title: Some("The harbour ledger".to_owned()),
        ..begun.clone()
    };
    let piped = Seen { size: None, ..begun.clone() };
    for (name, key, seens) in [
        ("loading_file", None, vec![begun.clone()]),
        ("loading_pieces", None, vec![begun, within.clone()]),
        ("loading_told", Some("j"), vec![within]),
        ("loading_piped", None, vec![piped]),
    ] {
        for (width, height) in [WIDE, MEDIUM, NARROW, SMALLEST] {
            // In ASCII it is the same, of which a few screens are enough.
            let marks = if name == "loading_pieces" { &[true, false][..] } else { &[true] };
            for &unicode in marks {
                let mut loading = Loading::new("stories/harbour.yaml", Theme::new(true, unicode));
                for seen in &seens {
                    loading.look(seen.clone());
                }
                key.map(|key| loading.press(Key::parse(key).expect("a key")));
                let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
                render_loading(&loading, buffer.area, &mut buffer);
                let marks = if unicode { "" } else { "_ascii" };
                hold_shown(&format!("{name}{marks}_{width}x{height}"), &rows(&buffer).join("\n"));
            }
        }
    }
}

/// The file of a state is saved with another text, at a quarter past.
fn save(state: &mut State, yaml: &str) {
    let (graph, findings) = read_and_check(yaml.as_bytes(), state.today);
    let came = match graph {
        None => Came::Faulty(findings),
        Some(graph) => {
            let before = Written::of(&state.graph);
            Came::Story(Box::new(Fresh::of(graph, &before, &Written::default(), findings)))
        }
    };
    update(state, Message::Reread(Box::new(Reread { at: "14:15".to_owned(), came })));
}

#[test]
fn a_file_that_is_broken_while_it_is_open() {
    let broken = HARBOUR.replacen("kind: article", "kind: artikel", 1).replacen(
        "status: occurred",
        "status: ocurred",
        2,
    );
    for (width, height) in [WIDE, MEDIUM, NARROW] {
        for (name, keys) in [("broken", ""), ("broken_list", "!"), ("broken_looking_back", "<")] {
            let mut state = open(HARBOUR, (width, height));
            state.live.read_at = Some("14:03".to_owned());
            run(&mut state, keys);
            save(&mut state, &broken);
            hold(&format!("{name}_{width}x{height}"), &format!("{keys}, saved broken"), &state);
        }
    }
}

#[test]
fn a_file_that_is_saved_while_it_is_open() {
    let saved = HARBOUR
        .replacen("completely false", "wholly false", 1)
        .replacen("events:\n", "events:\n  - {id: added, title: A tip comes in, status: alleged, when: 2025-11-12, sources: [herald]}\n", 1);
    for (width, height) in [WIDE, MEDIUM, NARROW] {
        let mut state = open(HARBOUR, (width, height));
        run(&mut state, "2j");
        save(&mut state, &saved);
        hold(&format!("saved_{width}x{height}"), "2j, saved", &state);
        run(&mut state, "!");
        hold(&format!("saved_list_{width}x{height}"), "2j, saved, !", &state);
    }
}

#[test]
fn where_sources_lead_on_the_web() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("web", include_str!("screens/pages.yaml"), size, "o");
        show("web_end", include_str!("screens/pages.yaml"), size, "o G");
    }
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
fn six_positions_and_one_alone() {
    show("compare_six", WEIR, (200, 40), "] ]");
    for size in [WIDE, MEDIUM, NARROW] {
        show("compare_six", WEIR, size, "] ]");
        show("compare_six_last", WEIR, size, "] ] 5l");
        show("compare_alone", WEIR, size, "] l tab z");
    }
    show("compare_several", WEIR, MEDIUM, "] l tab");
    // At the width where columns would be too narrow they stack, and not before.
    for (width, labels) in [(70, 1), (69, 2)] {
        let mut state = open(WEIR, (width, 80));
        run(&mut state, "]");
        assert_eq!(screen(&state).matches("rests on").count(), labels, "{}", screen(&state));
    }
}

#[test]
fn other_comparisons() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("compare_picked", WEIR, size, "3j l 2G space 4G space d");
        show("compare_event", WEIR, size, "3j d");
        show("compare_actor", WEIR, size, "3j 3l d 2l");
    }
    show("picked", WEIR, MEDIUM, "3j l 2G space 4G space j");
    show("embedded_compare_false", story::EMBEDDED, WIDE, "42]");
    show("embedded_compare_added", story::EMBEDDED, WIDE, "20]");
    let mut state = script::with_texts(open(HARBOUR, WIDE));
    run(&mut state, "5j c");
    hold("compare_checked_120x40", "5j c, with texts", &state);
}

#[test]
fn a_row_begins_at_one_height_in_all_columns_beside_its_label() {
    for (yaml, keys) in [(WEIR, "] ]"), (WEIR, "]"), (story::EMBEDDED, "42]"), (HARBOUR, "4j c")] {
        let mut state = open(yaml, WIDE);
        run(&mut state, keys);
        let shown = screen(&state);
        // Where one column tells how it is published, all do, and the label stands beside them.
        let rows: Vec<&str> = shown.lines().filter(|row| row.contains("published│")).collect();
        assert!(!rows.is_empty(), "{shown}");
        for row in rows {
            for cell in row.split('│').skip(1).step_by(2).filter(|cell| !cell.trim().is_empty()) {
                let told = cell.contains("20") || cell.contains("undated");
                assert!(told, "{cell:?} in\n{shown}");
            }
        }
    }
}

#[test]
fn the_list_of_disputes() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("disputes", HARBOUR, size, "C 2j");
    }
}

#[test]
fn the_matrix() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("matrix", HARBOUR, size, "M");
        show("matrix_damaged", HARBOUR, size, "M G l");
        show("embedded_matrix", story::EMBEDDED, size, "M 5n");
    }
    show("matrix", HARBOUR, SMALLEST, "M");
    show("hostile_matrix", HOSTILE, MEDIUM, "M n");
}

#[test]
fn in_the_matrix_what_differs_and_who_stands_alone_is_seen_without_colour() {
    for (theme, alone) in
        [(Theme::new(true, true), "◆2"), (Theme::new(false, true), "◆2"), (Theme::new(false, false), "!2")]
    {
        let mut state = open_with(HARBOUR, WIDE, &theme, "2025-11-30");
        run(&mut state, "M");
        let shown = drawn(&state);
        assert!(all_have(&cells(&shown, alone, 1), Modifier::UNDERLINED));
        assert!(all_have(&cells(&shown, "1 by 3.78", 1), Modifier::REVERSED), "the cursor");
        assert!(none_has(&cells(&shown, " ?", 4), Modifier::UNDERLINED), "what cannot be known");
    }
}

#[test]
fn the_right_of_reply() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("replies", HARBOUR, size, "R");
        show("replies_quarry", QUARRY, size, "R j");
        show("embedded_replies", story::EMBEDDED, size, "R");
    }
}

#[test]
fn disputes_that_were_found() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("found_list", UNWRITTEN, size, "C G");
        show("found_compare", UNWRITTEN, size, "j c");
        let (keys, (width, height)) = ("] ] ] y", size);
        let mut state = open(UNWRITTEN, size);
        let Some(Effect::Copy(excerpt)) = run(&mut state, keys) else { panic!("nothing is copied") };
        let copied = Copied { what: excerpt.what, terminal: Ok(()), tool: None };
        update(&mut state, Message::Copied(copied));
        hold(&format!("found_copied_{width}x{height}"), keys, &state);
    }
}

/// A story with one dispute, and two more that nobody wrote.
const UNWRITTEN: &str = include_str!("screens/unwritten.yaml");

#[test]
fn whence_it_is_known() {
    for size in [WIDE, MEDIUM, NARROW] {
        show("provenance", HARBOUR, size, "5j p");
        show("embedded_provenance", story::EMBEDDED, size, "C 2G enter p");
    }
    show("provenance_statement", HARBOUR, MEDIUM, "5j l 2j p");
    show("provenance_tangle", TANGLE, MEDIUM, "p");
    let mut state = open_with(TANGLE, MEDIUM, &Theme::new(false, false), "2025-11-30");
    run(&mut state, "p");
    hold("provenance_ascii_80x24", "p, in ASCII", &state);
}

/// Sources that share stretches of their chains, and end in what is known and what is not.
const TANGLE: &str = "
format: 1
story: {title: A tangle}
sources:
  - {id: a, title: Alpha, kind: article, relies_on: [b, c]}
  - {id: b, title: Beta, kind: article, relies_on: [d, o]}
  - {id: c, title: Gamma, kind: article, relies_on: [d], ai_generated: disclosed}
  - {id: d, title: Delta, kind: article, relies_on: [o], grade: {reliability: C}}
  - {id: e, title: Epsilon, kind: post}
  - {id: o, title: Omega, kind: document, held: false, origin: itself}
events: [{id: only, title: Only, status: occurred, sources: [a, c, e]}]
";

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
fn a_text_says_why_what_it_was_opened_for_is_not_verified_there() {
    let sum = "0".repeat(64);
    let yaml = HARBOUR.replacen(
        "  - id: herald\n",
        &format!("  - id: herald\n    archive: {{file: herald.txt, sha256: \"{sum}\"}}\n"),
        1,
    );
    for (text, said, unsaid) in [
        ("Other words.\n".repeat(20), "marked is only the line the story names", "marked is where"),
        (format!("{}{}", "x\n".repeat(30), script::HERALD), "marked is where they stand", "only the line"),
    ] {
        let mut state = open(&yaml, WIDE);
        let mut texts = Texts::default();
        let held = Held { file: "herald.txt".to_owned(), text: Text::new(&text), sha256: String::new() };
        texts.insert("herald", Ok(held));
        state.archived = Some(Box::new(Archived::new(&state.graph, texts)));
        run(&mut state, "5j ] ] s");
        let shown = screen(&state);
        for words in
            ["✗ this text has changed since it was read (SHA-256)", "✗ not verified: these words", said]
        {
            assert!(shown.contains(words), "{words} in\n{shown}");
        }
        assert!(!shown.contains(unsaid), "{shown}");
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
fn lanes() {
    for size in [WIDE, MEDIUM] {
        for (by, keys) in [("actor", "v"), ("kind", "v v"), ("source", "v v v")] {
            show(&format!("lanes_{by}"), story::EMBEDDED, size, keys);
            // The report on the memo: links stated and inferred, to events dated and undated.
            show(&format!("lanes_{by}_links"), story::EMBEDDED, size, &format!("{keys} 12G"));
            show(&format!("lanes_{by}_crowd"), &script::crowd(), size, &format!("{keys} 12j"));
        }
        show("lanes_harbour", HARBOUR, size, "v 3j");
        show("lanes_crowd_alone", &script::crowd(), size, "v z");
    }
    show("lanes_filtered", HARBOUR, WIDE, "v / type:byd enter");
    show("lanes_empty", script::EMPTY, MEDIUM, "v");
    show("lanes_hostile", HOSTILE, MEDIUM, "v j");
}

/// The names beside the lanes that show.
fn lane_names(state: &State) -> Vec<String> {
    let geometry = &state.lanes.geometry;
    let rows = script::rows(&drawn(state));
    let name = |row: &String| row.chars().skip(2).take(geometry.names).collect::<String>().trim().to_owned();
    rows.iter().skip(4).take(geometry.rows.len() + 1).map(name).collect()
}

#[test]
fn twelve_lanes_of_fifty_events_stay_readable() {
    for size in [WIDE, (100, 30), MEDIUM] {
        let mut state = open(&script::crowd(), size);
        run(&mut state, "v");
        let shown = screen(&state);
        assert_eq!(state.lanes.geometry.rows.len(), 12);
        assert!(shown.contains("//") && shown.contains("// time cut"), "a cut says so:\n{shown}");
        assert!(shown.contains("undated"));
        run(&mut state, "z");
        let names = lane_names(&state);
        let listed = |name: &str| names.iter().any(|other| other.starts_with(name));
        for name in ["Anchor", "Beacon", "Capstan", "Jetty", "Keel", "Lighthouse"] {
            assert!(listed(name), "{name} at {size:?}:\n{}", screen(&state));
        }
        // The days of the fortnight stand apart: each has a column of its own, or nearly so on the smallest screen.
        let days: std::collections::BTreeSet<_> = (3..17)
            .filter_map(|day| {
                let date = format!("2025-11-{day:02}").parse().expect("a day");
                let events = &state.timeline.events;
                let on = |event: &_| {
                    let bounds = state.graph.event(*event).timing.bounds();
                    bounds.earliest == Some(story::when::start_of(date))
                };
                Some(state.lanes.geometry.shape(events.iter().position(on)?)?.mark)
            })
            .collect();
        let least = if size == MEDIUM { 10 } else { 14 };
        assert!(days.len() >= least, "{} at {size:?}:\n{}", days.len(), screen(&state));
    }
}

#[test]
fn links_never_cover_what_stands_in_a_lane() {
    for size in [WIDE, (100, 30), MEDIUM] {
        for keys in ["v", "v v", "v v v"] {
            let mut state = open(&script::crowd(), size);
            run(&mut state, keys);
            let links = |state: &State, place: usize| {
                let event = state.timeline.events[place];
                state.graph.event(event).links.len() + state.graph.links_to(event).len()
            };
            let mut linked = 0;
            for place in 0..50 {
                run(&mut state, &format!("{}G", place + 1));
                linked += usize::from(links(&state, place) > 0);
                let (geometry, buffer) = (&state.lanes.geometry, drawn(&state));
                for (y, line) in (4..).zip(dateline::explorer::view::lanes_shown(&state)) {
                    if let dateline::explorer::state::lanes::Shown::Lane(lane) = line {
                        for mark in &geometry.rows[lane].marks {
                            let x = 1 + geometry.field_from() + u16::try_from(mark.column).expect("a column");
                            let cell = &buffer[(x, y)];
                            let own = geometry.shape(place).is_some_and(|shape| shape.mark == mark.column)
                                && geometry.lanes_of(place).contains(&lane);
                            assert!(!" │─┐└┘┌▲▼╌╎".contains(cell.symbol()), "{x},{y}:\n{}", screen(&state));
                            assert_eq!(own, cell.modifier.contains(Modifier::REVERSED), "{x},{y}");
                        }
                    }
                }
            }
            assert_eq!(linked, 10, "two events with links, and those at their other ends");
        }
    }
}

#[test]
fn lanes_of_a_moment_looked_back_to_hold_what_was_known_then() {
    use dateline::explorer::state::lanes::Row;
    use dateline::query::as_of::Seen;
    let mut state = open(story::EMBEDDED, WIDE);
    run(&mut state, "v v < < <");
    let known = state.timeline.events.len();
    assert!(known < 48 && known > 0, "{known}");
    let count = |state: &State| state.lanes.geometry.rows.iter().map(Row::count).sum::<usize>();
    assert_eq!(count(&state), known, "each event has one kind, or none");
    let shown = screen(&state);
    assert!(shown.contains("in lanes by kind"), "{shown}");
    // Undated sources may have been out: what only they carry is marked as possibly known, in its lane too.
    let back = &state.retrospect.as_ref().expect("looking back").back;
    let mut events = state.timeline.events.iter();
    assert!(events.any(|event| back.known.event(*event) == Seen::Possibly));
    assert!(shown.contains("¿ possibly known") && shown.matches('¿').count() > 2, "{shown}");
    run(&mut state, "A");
    assert_eq!(count(&state), 48);
    show("lanes_looking_back", story::EMBEDDED, WIDE, "v v v < < < 3j");
}

#[test]
fn how_a_time_and_a_link_are_known_is_told_without_colour() {
    let mut state = open_with(story::EMBEDDED, WIDE, &Theme::new(false, true), "2025-11-30");
    run(&mut state, "v v 12G");
    let shown = screen(&state);
    // Stated and worked out; between others; a month; a cut.
    for mark in ["●", "◉", "╍◉╍", "≈≈", "//", "◌", "△"] {
        assert!(shown.contains(mark), "{mark}:\n{shown}");
    }
    // The report triggers the fall by inference, and follows up the memo by a source's word.
    assert!(shown.contains('╎') && shown.contains('▲') && shown.contains("└"), "{shown}");
    assert!(shown.contains("links of this event: ─ stated ╌ inferred"), "{shown}");
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
fn what_differs_between_accounts_stands_out_without_colour_and_what_does_not_is_quiet() {
    let (words, fact) = (Modifier::BOLD | Modifier::UNDERLINED, Modifier::BOLD);
    for theme in [Theme::new(true, true), Theme::new(false, true), Theme::new(false, false)] {
        let mark = theme.glyphs.disputed;
        let row_of = |buffer: &Buffer, label: &str| {
            let rows = script::rows(buffer);
            let mut labels = rows.iter().map(|row| row.chars().skip(3).take(9).collect::<String>());
            let row = labels.position(|row| row.starts_with(label));
            let row = row.unwrap_or_else(|| panic!("no row {label}\n{}", rows.join("\n")));
            (u16::try_from(row).expect("a row"), rows[row].clone())
        };
        for size in [WIDE, MEDIUM] {
            let mut state = open_with(story::EMBEDDED, size, &theme, "2025-11-30");
            run(&mut state, "C enter");
            let buffer = drawn(&state);
            let (row, text) = row_of(&buffer, "figure");
            assert!(text.starts_with(&format!(" {mark} figure")), "{text}");
            for figure in ["-3.78%", "-4.2%"] {
                assert!(all_have(&cells(&buffer, figure, row), words), "{figure} {size:?}");
            }
            let (row, text) = row_of(&buffer, "traded");
            assert!(text.starts_with("   traded"), "{text}");
            assert!(none_has(&cells(&buffer, "Alibaba shares", row), words), "{size:?}");
            let (row, text) = row_of(&buffer, "source");
            assert!(text.starts_with(&format!(" {mark} source")), "{text}");
            assert!(all_have(&cells(&buffer, "GMT Eight", row), fact));
            assert!(none_has(&cells(&buffer, "GMT Eight", row), Modifier::UNDERLINED));
        }
        let mut state = open_with(HARBOUR, WIDE, &theme, "2025-11-30");
        run(&mut state, "5j c");
        let buffer = drawn(&state);
        let (row, text) = row_of(&buffer, "words");
        assert!(text.starts_with(&format!(" {mark} words")), "{text}");
        assert!(all_have(&cells(&buffer, "article", row), words));
        assert!(all_have(&cells(&buffer, "ledger", row), words));
        // The same words have no modifier at all.
        for same in ["completely false", "Every line of the"] {
            assert!(none_has(&cells(&buffer, same, row), Modifier::all()), "{same}");
        }
        let (row, text) = row_of(&buffer, "form");
        assert!(text.starts_with("   form"), "{text}");
        assert!(none_has(&cells(&buffer, "verbatim quote", row), words));
        // A figure of the same value is the same, however it is put.
        let mut state = open_with(WEIR, (200, 40), &theme, "2025-11-30");
        run(&mut state, "] ] 2l");
        let buffer = drawn(&state);
        let (row, _) = row_of(&buffer, "words");
        assert!(all_have(&cells(&buffer, "2.4", row), words));
        // Stacked, the labels carry the mark.
        let mut state = open_with(WEIR, NARROW, &theme, "2025-11-30");
        run(&mut state, "] z");
        let shown = screen(&state);
        assert!(shown.contains(&format!("{mark} who: ")), "{shown}");
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
    "v",
    "v v 3j",
    "v v v 5j z",
    "4j 12+",
    "3j 2j T",
    "5j d",
    "5j l j space j space d",
    "5j 3l 4G d",
    "4j c z",
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

/// What a reader has marked: three events, one of them under an id that it has no more, and a statement.
const MARKED: &str = "m i type:Ask_the_office_who_saw_the_other_half. enter enter type:Not_before_Tuesday. esc \
                      j 4j m enter j j i type:They_say_it_twice,_in_other_words. esc shift-tab gg 7j m gg";

/// The harbour story on another day: the second event was read and has changed since, and the walkout has another id.
fn marked(size: (u16, u16)) -> State {
    let mut before = open_kept(&HARBOUR.replace("id: walkout", "id: walkout-then"), MEDIUM);
    run_kept(&mut before, MARKED);
    let mut state = open_kept(HARBOUR, size);
    let mut progress = before.reader.progress;
    let other = *progress.read.get("founding").expect("the first event is read");
    progress.read.insert("payments".to_owned(), other);
    state.reader = Reader::new(before.reader.notes, progress, Standing::Writes, &state.graph);
    state
}

/// Holds the screen of a marked story after some keys to its snapshot.
fn show_marked(name: &str, size: (u16, u16), keys: &str) -> State {
    let mut state = marked(size);
    run_kept(&mut state, keys);
    hold(&format!("{name}_{}x{}", size.0, size.1), keys, &state);
    state
}

#[test]
fn the_reader_s_marks_and_notes() {
    for size in [WIDE, MEDIUM, NARROW] {
        show_marked("reader_timeline", size, "");
        show_marked("reader_event", size, "enter");
        show_marked("reader_changed", size, "j enter");
        show_marked("reader_list", size, "'");
        show_marked("reader_field", size, "i type:_And_ask_again:_比_👩‍👧 up");
    }
    let mut state = marked(MEDIUM);
    state.theme = Theme::new(false, false);
    hold("reader_ascii_80x24", "", &state);
    assert!(screen(&state).is_ascii());
    state.theme = Theme::new(true, true);
    state.reader.unsaved = Some("the disk is full".to_owned());
    hold("reader_not_saved_80x24", "", &state);
    run_kept(&mut state, "2<");
    hold("reader_not_saved_as_of_80x24", "2<", &state);
    show("reader_none", HARBOUR, MEDIUM, "'");
}
