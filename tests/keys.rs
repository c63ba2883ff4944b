//! What keys do: before, keys, after. On the state alone; nothing is drawn.

#![expect(clippy::panic, reason = "a test reports by failing")]

#[path = "support/script.rs"]
mod script;

use std::sync::{Arc, LazyLock};

use dateline::explorer::effect::Effect;
use dateline::explorer::key::{Key, KeyCode};
use dateline::explorer::keymap::{Command, Scope, TABLE};
use dateline::explorer::message::Message;
use dateline::explorer::state::{Ahead, Pane, State, View};
use dateline::explorer::theme::Theme;
use dateline::explorer::update::update;
use dateline::explorer::view::render;
use dateline::query::timeline;
use dateline::reader::store::Standing;
use dateline::story;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use script::{EMPTY, HARBOUR, HOSTILE, QUARRY, WEIR, open, run};

const WIDE: (u16, u16) = (120, 40);
const MEDIUM: (u16, u16) = (80, 24);
const NARROW: (u16, u16) = (40, 12);
const SIZES: [(u16, u16); 3] = [WIDE, MEDIUM, NARROW];

/// The disputes in the order `]` takes: by grade, then as the file has them.
const DISPUTES: [&str; 4] = ["how-far", "what-is-false", "how-out", "what-to-do"];

/// A fact of the compare view by its name.
fn of_comparison(state: &State, name: &str) -> String {
    let Some(View::Compare(compare)) = state.views.last() else { return "no comparison".to_owned() };
    match (name, compare.selected()) {
        ("account", Some(account)) => state.graph.id_of(account.into()).to_owned(),
        ("scroll", _) => compare.top.to_string(),
        ("alone", _) => compare.zoom.to_string(),
        ("column", _) => compare.column.to_string(),
        _ => "none".to_owned(),
    }
}

/// A fact of a state by its name.
fn fact(state: &State, effect: Option<&Effect>, name: &str) -> String {
    let pane = state.panes[state.focus.index()];
    match name {
        "event" => script::event(state).to_owned(),
        "filter" => script::filter(state),
        "notice" => script::notice(state).to_owned(),
        "top" => script::top(state),
        "focus" => state.focus.title().to_owned(),
        "zoom" => state.zoom.to_string(),
        "events" => state.timeline.events.len().to_string(),
        "entry" => pane.cursor.to_string(),
        "row" => pane.top.to_string(),
        "views" => state.views.len().to_string(),
        "lanes" => state.lanes.by.map_or("none", dateline::query::lanes::By::word).to_owned(),
        "effect" => format!("{effect:?}"),
        "count" => format!("{:?}", state.pending.count),
        "banner" => {
            state.retrospect.as_ref().map_or_else(|| "none".to_owned(), |retrospect| retrospect.back.words())
        }
        "reading" => match state.views.last() {
            Some(View::Text(reading)) => reading.here().map_or_else(
                || "nothing".to_owned(),
                |here| format!("{} of {} on line {}", reading.at + 1, reading.stops().len(), here.line),
            ),
            _ => "no text".to_owned(),
        },
        "disputes" => state.graph.dispute_count().to_string(),
        "relative" => state.relative.on.to_string(),
        "outside" => format!("{} {}", state.strip.earlier, state.strip.later),
        "typed" => match state.views.last() {
            Some(View::Find(find)) => find.typed.as_str().to_owned(),
            Some(View::Palette(palette)) => palette.typed.as_str().to_owned(),
            Some(View::MomentPick(pick)) => pick.typed.as_str().to_owned(),
            Some(View::TextSearch(typed)) => typed.as_str().to_owned(),
            Some(View::Filter(field)) => field.typed.as_str().to_owned(),
            Some(View::Naming(naming)) => naming.typed.as_str().to_owned(),
            _ => "no text field".to_owned(),
        },
        "match" => match state.views.last() {
            Some(View::Find(find)) => find.at.cursor.to_string(),
            Some(View::Palette(palette)) => palette.at.cursor.to_string(),
            _ => "no matches".to_owned(),
        },
        "counted" => match state.views.last() {
            Some(View::Filter(field)) => match &field.counted {
                None => "looking".to_owned(),
                Some(Ok(count)) => count.to_string(),
                Some(Err(error)) => format!("{:?} {}", error.at, error.message),
            },
            _ => "no filter field".to_owned(),
        },
        "completions" => match state.views.last() {
            Some(View::Filter(field)) => {
                let texts: Vec<_> = field.completions.iter().map(|one| one.text.as_str()).collect();
                texts.join(" ")
            }
            _ => "no filter field".to_owned(),
        },
        "picked" => match state.views.last() {
            Some(View::Filter(field)) => format!("{:?}", field.picked),
            _ => "no filter field".to_owned(),
        },
        "found" => match state.views.last() {
            Some(View::Find(find)) => {
                find.found.iter().map(|found| state.graph.id_of(found.element)).collect::<Vec<_>>().join(" ")
            }
            _ => "no finder".to_owned(),
        },
        "account" | "scroll" | "alone" | "column" => of_comparison(state, name),
        "cursor" => match state.views.last() {
            Some(View::Views(list)) => format!("{} from {}", list.at.cursor, list.at.top),
            Some(View::Replies(heard)) => format!("{} from {}", heard.at.cursor, heard.at.top),
            Some(View::Web(web)) => format!("{} from {}", web.at.cursor, web.at.top),
            Some(
                View::Disputes(at)
                | View::Actor(_, at)
                | View::Source(_, at)
                | View::Provenance(_, at)
                | View::Findings(at)
                | View::Help(_, at),
            ) => {
                format!("{} from {}", at.cursor, at.top)
            }
            Some(View::Life(view)) => view.at.cursor.to_string(),
            _ => "no list".to_owned(),
        },
        "stage" => match state.views.last() {
            Some(View::Life(view)) => {
                let here = view.stages().get(view.at.cursor).expect("a stage");
                state.graph.statement(here.statement).id.to_string()
            }
            _ => "no life".to_owned(),
        },
        _ => panic!("no fact is named {name}"),
    }
}

/// Runs cases of before, keys and facts after, each from a fresh state. Facts are written `event denial | focus Event`.
fn check(yaml: &str, size: (u16, u16), cases: &[(&str, &str, &str)]) {
    let mut state = open(yaml, size);
    for (before, keys, after) in cases {
        state = script::again(state, size);
        run(&mut state, before);
        let effect = run(&mut state, keys);
        for clause in after.split(" | ") {
            let (name, expected) = clause.split_once(' ').unwrap_or((clause, ""));
            let actual = fact(&state, effect.as_ref(), name);
            assert_eq!(actual, expected, "{name}, at {size:?} after [{before}] [{keys}]");
        }
    }
}

#[test]
fn disputes_that_were_found_ahead_are_not_looked_for_again() {
    // None at all, so that they are told from those that would be found.
    let ahead = |graph| Message::Ahead(Box::new(Ahead { graph, found: Vec::new() }));
    let mut state = open(UNWRITTEN, WIDE);
    let whole = Arc::clone(state.whole());
    update(&mut state, ahead(whole));
    run(&mut state, "C");
    assert_eq!(state.found.as_ref().map(Vec::len), Some(0));
    // Looking back a part of the story shows, and now the whole of it again.
    run(&mut state, "esc < A");
    assert_eq!(state.found.as_ref().map(Vec::len), Some(0));
    // Those of another reading say nothing of this one.
    let mut state = open(UNWRITTEN, WIDE);
    update(&mut state, ahead(Arc::new(script::graph(UNWRITTEN))));
    run(&mut state, "C");
    assert!(!state.found().is_empty());
}

#[test]
fn steps_counts_and_places_in_the_timeline() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("", "", "event founding | focus Timeline | top panes | notice"),
                ("", "j", "event payments | notice"),
                ("", "down down", "event leak"),
                ("3j", "k", "event leak"),
                ("3j", "up up", "event payments"),
                ("", "5j", "event denial | count None"),
                ("", "5", "event founding | count Some(5)"),
                ("", "12 esc", "count None | event founding | notice"),
                ("5j", "2k", "event report"),
                ("", "k", "event founding | notice this is the first event"),
                ("G", "j", "event quarrel | notice this is the last event"),
                ("", "999j", "event quarrel | notice"),
                ("", "99999999999999999999999j", "event quarrel"),
                ("", "G", "event quarrel"),
                ("G", "gg", "event founding"),
                ("", "g", "event founding | notice"),
                ("3j", "g esc", "event report | notice"),
                ("", "gj", "event founding | notice gj does nothing here; ? shows what does"),
                ("G", "home", "event founding"),
                ("", "end", "event quarrel"),
                ("", "4G", "event report"),
                ("", "3gg", "event leak"),
                ("", "12G", "event quarrel | notice there are 11 events; this is the last"),
                ("4G", "4G", "event report | notice you are there"),
                ("", "0", "event founding | notice 0 does nothing here; ? shows what does"),
                ("", "10j", "event quarrel"),
                ("", "x", "notice x does nothing here; ? shows what does"),
            ],
        );
    }
}

#[test]
fn a_page_is_as_tall_as_the_timeline_shows_it() {
    // At 40x12 nine rows show; at 80x24 all eleven events fit.
    check(
        HARBOUR,
        NARROW,
        &[
            ("", "pgdn", "event suit"),
            ("", "ctrl-f", "event suit"),
            ("", "ctrl-d", "event call"),
            ("", "ctrl-d ctrl-d", "event hearing"),
            ("G", "pgup", "event payments"),
            ("G", "ctrl-b", "event payments"),
            ("G", "ctrl-u", "event fall"),
            ("G", "pgdn", "event quarrel | notice this is the last event"),
            ("", "2 ctrl-d", "event hearing"),
        ],
    );
    check(HARBOUR, MEDIUM, &[("", "pgdn", "event quarrel"), ("j", "ctrl-d", "event suit")]);
}

#[test]
fn tab_goes_round_the_panes_and_comes_back_in_every_arrangement() {
    for size in SIZES {
        for zoomed in [false, true] {
            let mut state = open(HARBOUR, size);
            run(&mut state, "6j");
            if zoomed {
                run(&mut state, "z");
            }
            for forwards in [true, false] {
                let keys = if forwards { ["tab", "l", "right"] } else { ["shift-tab", "h", "left"] };
                let mut visited = Vec::new();
                for step in 0..5 {
                    run(&mut state, keys[step % 3]);
                    visited.push(state.focus);
                    assert!(
                        !state.layout().pane(state.focus).is_empty(),
                        "{:?} shows at {size:?}",
                        state.focus
                    );
                }
                let mut expected = [Pane::Event, Pane::Sources, Pane::Actors, Pane::Market, Pane::Timeline];
                if !forwards {
                    expected[..4].reverse();
                }
                assert_eq!(visited, expected, "{size:?}");
            }
            assert_eq!(script::event(&state), "fall");
        }
        check(HARBOUR, size, &[("", "4l", "focus Market"), ("", "2h", "focus Actors")]);
    }
}

#[test]
fn in_the_other_panes_the_same_keys_move_the_cursor_of_the_pane() {
    check(
        HARBOUR,
        WIDE,
        &[
            // Two disputes and four statements.
            ("5j l", "", "focus Event | entry 0"),
            ("5j l", "j", "event denial | entry 1 | notice"),
            ("5j l", "k", "entry 0 | notice this is the top"),
            ("5j l", "G", "entry 7"),
            ("5j l G", "j", "entry 7 | notice this is the end"),
            ("5j l", "3G", "entry 2"),
            ("5j l G", "gg", "entry 0 | row 0"),
            ("5j l", "gg", "notice this is the top"),
            ("5j l", "j j j h l", "entry 3"),
            // For another event every pane starts anew.
            ("5j l 3j h j", "l", "event fall | entry 0"),
            ("5j 2l", "j", "focus Sources | entry 1"),
            ("5j 3l", "2j", "focus Actors | entry 2"),
            ("6j 4l", "40j", "focus Market | entry 3 | notice"),
            ("10j 4l", "j", "focus Market | notice this is the end"),
        ],
    );
    // A text longer than its pane is read to the end before the last entry's turn is over.
    let mut state = open(HARBOUR, NARROW);
    run(&mut state, "5j l");
    let mut tops = Vec::new();
    for _ in 0..60 {
        run(&mut state, "j");
        tops.push(state.panes[Pane::Event.index()].top);
    }
    assert!(tops.is_sorted() && tops.windows(2).all(|pair| pair[1] - pair[0] <= 9), "{tops:?}");
    assert_eq!(script::notice(&state), "this is the end");
}

#[test]
fn zoom_gives_the_pane_all_the_room_and_takes_it_back() {
    for size in [WIDE, MEDIUM] {
        check(
            HARBOUR,
            size,
            &[
                ("", "z", "zoom true | event founding"),
                ("z", "z", "zoom false"),
                ("z", "l", "zoom true | focus Event"),
                ("z", "esc", "zoom false"),
            ],
        );
    }
    check(
        HARBOUR,
        NARROW,
        &[("", "z", "zoom false | notice there is room for one pane only; Tab goes to the others")],
    );
}

#[test]
fn plus_and_minus_zoom_the_strip_around_the_event() {
    for size in [WIDE, MEDIUM] {
        check(
            HARBOUR,
            size,
            &[
                ("", "-", "notice the strip shows all of it"),
                ("", "+", "outside 0 8 | notice the strip shows 1 Nov 2024 to 14 Feb 2025"),
                ("3j", "=", "outside 1 0"),
                ("3j +", "-", "outside 0 0 | notice the strip shows all of it again"),
                ("3j", "9+", "notice the strip shows 15 Mar 2025 to 19 Mar 2025"),
                ("3j 20+", "+", "notice the strip shows an hour a column; it goes no closer"),
                // The cursor's event comes into view; what comes later lies outside.
                ("+", "3j", "event report | outside 1 0"),
                // What nothing dates has no place of its own.
                ("G", "+", "event quarrel"),
            ],
        );
    }
    check(HARBOUR, NARROW, &[("", "+", "notice no room for the strip on this screen")]);
    check(EMPTY, WIDE, &[("", "+", "notice nothing to zoom: no event has a date")]);
}

#[test]
fn t_goes_to_today_and_then_on_to_what_is_scheduled() {
    let yaml = |ends: &str| {
        let event = |id: &str, when: &str, status: &str| {
            let when = if when.is_empty() { String::new() } else { format!("when: '{when}', ") };
            format!("  - {{id: {id}, title: T, {when}status: {status}, sources: [s]}}\n")
        };
        format!(
            "format: 1\nstory: {{title: T}}\nsources: [{{id: s, title: S, kind: post}}]\nevents:\n{}{}{}{}{ends}",
            event("past", "2025-11-01", "scheduled"),
            event("near", "2025-11-29", "occurred"),
            event("possible", "2025-12-02", "possible"),
            event("soon", "2025-12-04", "scheduled"),
        )
    };
    let two = yaml(
        "  - {id: month, title: T, when: 2026-01, status: scheduled, sources: [s]}\n  - {id: some-day, title: T, status: scheduled, sources: [s]}\n",
    );
    check(
        &two,
        MEDIUM,
        &[
            ("", "t", "event near | notice nearest to today, 30 Nov 2025"),
            ("", "t t", "event soon | notice next scheduled: 4 Dec 2025, 4 days to go"),
            ("t t", "t", "event month | notice next scheduled: Jan 2026, between 32 and 62 days to go"),
            ("t t t", "t", "event some-day | notice next scheduled: undated, cannot be said"),
            ("t t t t", "t", "event near | notice nearest to today, 30 Nov 2025"),
            // Another key between them, and it is the first press again.
            ("t j", "t", "event near | notice nearest to today, 30 Nov 2025"),
            ("t t", "{", "event near"),
        ],
    );
    check(
        HARBOUR,
        MEDIUM,
        &[
            ("", "t", "event suit"),
            (
                "t",
                "t",
                "event suit | notice nearest to today, 30 Nov 2025; no event is scheduled from today on",
            ),
        ],
    );
    // The nearest may be the one that is scheduled.
    let only = "format: 1\nstory: {title: T}\nsources: [{id: s, title: S, kind: post}]\nevents: [{id: e, title: T, when: 2025-12-01, status: scheduled, sources: [s]}]\n";
    check(
        only,
        MEDIUM,
        &[(
            "t",
            "t",
            "event e | notice nearest to today, 30 Nov 2025; no other event is scheduled from today on",
        )],
    );
}

#[test]
fn relative_times_show_on_demand() {
    check(
        HARBOUR,
        WIDE,
        &[
            ("", "T", "relative true | notice times from today, 30 Nov 2025"),
            ("T", "T", "relative false | notice no times from today any more"),
        ],
    );
    let shown = |yaml: &str, size, keys: &str| {
        let mut state = open(yaml, size);
        run(&mut state, keys);
        script::screen(&state)
    };
    let ago = "258 days ago";
    assert!(!shown(HARBOUR, WIDE, "3j").contains(ago));
    // The event pane and the strip; the timeline where it is wide enough.
    assert_eq!(shown(HARBOUR, WIDE, "3j T").matches(ago).count(), 2);
    assert_eq!(shown(HARBOUR, (160, 40), "3j T").matches(ago).count(), 3);
    let after_a_step = shown(HARBOUR, (120, 40), "T 3j 2j l z");
    let words = "from The Coast Herald reports on the ledger: 1 day later, by a date that was worked out";
    assert!(after_a_step.contains(words), "{after_a_step}");
    // What is not known is not said.
    assert!(shown(HARBOUR, (160, 40), "T G").contains("from today: cannot be said"));
    // The embedded story answers how long after the report the first denial came, and how sure that is.
    let story =
        shown(story::EMBEDDED, (120, 40), "T / type:ft_reports tab enter / type:rejects tab enter l z");
    let words = "from FT reports on a memo accusing Alibaba: the same day or up to 3 days later, by a date that was worked out";
    assert!(story.contains(words), "{story}");
}

#[test]
fn the_life_of_an_allegation_from_the_panes_the_comparison_and_the_list() {
    for size in SIZES {
        check(
            QUARRY,
            size,
            &[
                ("j", "L", "top life dumped said | cursor 0 | stage lindqvist-says"),
                ("j L", "2G", "stage firm-silent"),
                ("j L", "G", "stage lindqvist-withdraws"),
                // The other order, the same stage.
                ("j L", "L", "top life dumped published | stage lindqvist-says"),
                ("j L L", "L", "top life dumped said | stage lindqvist-says"),
                ("j L L", "gg", "stage lindqvist-again"),
                ("j L 4G", "enter", "top panes | event denial | focus Event"),
                ("j L", "esc", "top panes | event accusation"),
                ("j c", "L", "top life dumped said | views 2"),
                ("j c L", "esc", "top compare dumped"),
                ("C", "L", "top life dumped said"),
                ("C L", "esc", "top disputes"),
                // Where there is no such pair it says so.
                ("", "L", "top panes | notice no dispute is recorded on this event; C lists all 4"),
                (
                    "j c ]",
                    "L",
                    "top compare how-far | notice no life to tell: no statement holds a position of this dispute",
                ),
                (
                    "C 3G",
                    "L",
                    "top disputes | notice no life to tell: no allegation holds a position of this dispute",
                ),
                (
                    "C 4G",
                    "L",
                    "notice no life to tell: an allegation holds a position of this dispute, but no denial does",
                ),
                ("j l", "L", "top life dumped said"),
            ],
        );
        check(
            HARBOUR,
            size,
            &[
                (
                    "5j",
                    "L",
                    "top panes | notice no dispute here holds both an allegation and a denial; C lists all",
                ),
                ("", "L", "notice no dispute is recorded on this event; C lists all 4"),
                ("5j 3l enter", "L", "notice the cursor is on no dispute and no disputed account"),
            ],
        );
    }
    check(EMPTY, MEDIUM, &[("", "L", "notice no events")]);
    // Looked back to a moment, the life is as long as it was then.
    let mut state = open(QUARRY, MEDIUM);
    run(&mut state, "j L a type:2025-03-11 enter");
    assert_eq!(fact(&state, None, "top"), "life dumped said");
    assert_eq!(fact(&state, None, "stage"), "lindqvist-again");
    let Some(View::Life(view)) = state.views.last() else { panic!("a life") };
    assert_eq!(view.stages().len(), 2);
}

#[test]
fn both_orders_of_a_life_stand_side_by_side_where_there_is_room() {
    let shown = |size, keys: &str| {
        let mut state = open(QUARRY, size);
        run(&mut state, keys);
        script::screen(&state)
    };
    let wide = shown(WIDE, "j L");
    assert!(wide.contains("As it was said: 6 stages") && wide.contains("As it was published: 6 stages"));
    assert!(wide.matches("1. alleged by Mara Lindqvist").count() == 2);
    let narrow = shown(MEDIUM, "j L");
    assert!(narrow.contains("As it was said") && !narrow.contains("As it was published"));
    // A click on the other order goes there.
    let mut state = open(QUARRY, WIDE);
    run(&mut state, "j L click:80,8");
    assert_eq!(script::top(&state), "life dumped published");
}

#[test]
fn the_embedded_story_tells_how_long_after_the_report_the_denial_came() {
    let mut state = open(story::EMBEDDED, (120, 60));
    run(&mut state, "/ type:rejects tab enter L");
    assert_eq!(script::top(&state), "life did-it-happen said");
    let shown = script::screen(&state);
    assert!(shown.contains("denied by Alibaba"), "{shown}");
}

#[test]
fn lanes_turn_from_the_list_through_actors_kinds_and_sources_and_back() {
    for size in [WIDE, MEDIUM] {
        check(
            HARBOUR,
            size,
            &[
                ("", "", "lanes none"),
                ("5j", "v", "lanes actor | event denial | notice lanes by actor; v turns to lanes by kind"),
                ("5j v", "v", "lanes kind | event denial"),
                ("5j v v", "v", "lanes source | notice lanes by source; v turns to a list"),
                ("5j v v v", "v", "lanes none | event denial | notice a list; v turns to lanes by actor"),
                ("", "2v", "lanes kind"),
                ("", "7v", "lanes source"),
                // What has all the room gives it up, so that what was asked for shows.
                ("l z", "v", "lanes actor | zoom false | focus Event"),
                ("z", "v", "lanes actor | zoom true"),
            ],
        );
    }
    // The strip gives way to the lanes, and so do its keys; the list has both again.
    let zooms = "notice the lanes show all of the time; v turns to the list, with the strip";
    check(
        HARBOUR,
        WIDE,
        &[("v", "+", zooms), ("v v", "-", zooms), ("4v", "-", "notice the strip shows all of it")],
    );
    let why = "lanes need 80 columns and 16 rows; this screen is 40x12";
    check(HARBOUR, NARROW, &[("", "v", &format!("lanes none | notice {why}"))]);
    // A screen made narrower has the list, and the lanes again when there is room.
    let mut state = open(HARBOUR, MEDIUM);
    for (keys, lanes) in [("v", true), ("size:79x24", false), ("size:80x15", false), ("size:80x16", true)] {
        run(&mut state, keys);
        assert_eq!(state.layout().lanes, lanes, "{keys}");
    }
}

#[test]
fn in_lanes_every_key_does_what_it_does_in_the_list() {
    let scripts = [
        "j",
        "5j",
        "5j 2k",
        "G",
        "gg",
        "4G",
        "12G",
        "k",
        "<",
        "5j < <",
        "< P j",
        "< A 3j",
        "T 3j",
        "2j )",
        "j (",
        "3j ) {",
        "3j ) { }",
        "t",
        "5j c",
        "5j c esc",
        "C enter",
        "]",
        "5j enter",
        "5j l",
        "5j 2l enter",
        "5j 3l enter",
        "h",
        "tab",
        "shift-tab",
        "/ type:byd enter",
        "/ type:byd enter 3n",
        "/ type:byd enter N",
        "/ type:byd enter G j",
        "/ type:byd enter 3n esc",
        "/ type:walk tab enter",
        "7j / type:byd enter",
        "z",
        "z z",
        "?",
        ": type:disp",
        "n",
    ];
    for size in [WIDE, MEDIUM] {
        for script in scripts {
            let mut list = open(HARBOUR, size);
            run(&mut list, script);
            for turns in ["v", "v v", "v v v"] {
                let mut state = open(HARBOUR, size);
                run(&mut state, turns);
                run(&mut state, script);
                for name in ["event", "filter", "notice", "top", "focus", "zoom", "events", "count"] {
                    let facts = [&state, &list].map(|state| fact(state, None, name));
                    assert_eq!(facts[0], facts[1], "{name} at {size:?} after [{turns}] [{script}]");
                }
            }
        }
    }
}

#[test]
fn a_click_on_a_mark_goes_to_its_event_and_on_a_number_to_the_next_of_them() {
    let crowd = script::crowd();
    for size in [WIDE, MEDIUM] {
        for turns in ["v", "v v", "v v v"] {
            let mut state = open(&crowd, size);
            run(&mut state, turns);
            let first = dateline::explorer::view::lanes_shown(&state);
            let geometry = state.lanes.geometry.clone();
            for (row, shown) in first.iter().enumerate().take(4) {
                let dateline::explorer::state::lanes::Shown::Lane(lane) = shown else { continue };
                for mark in &geometry.rows[*lane].marks {
                    let places = geometry.rows[*lane].places(mark);
                    let mut seen = Vec::new();
                    for _ in 0..=places.len() {
                        let column = usize::from(geometry.field_from()) + 1 + mark.column;
                        // The row for links comes and goes above it.
                        let now = dateline::explorer::view::lanes_shown(&state);
                        let above = now.iter().take_while(|other| *other != shown).count();
                        run(&mut state, &format!("click:{column},{}", 4 + above));
                        seen.push(state.timeline.at.cursor);
                    }
                    let mut all = seen.clone();
                    all.sort_unstable();
                    all.dedup();
                    assert_eq!(all, places, "{turns} {size:?} row {row} column {}", mark.column);
                }
            }
            assert_eq!(state.focus, Pane::Timeline);
        }
    }
    let mut state = open(&crowd, MEDIUM);
    run(&mut state, "v 3j");
    // The axis, a name, the frame: nothing to go to.
    run(&mut state, "click:30,2 click:3,5 click:0,5 click:79,5");
    assert_eq!(state.timeline.at.cursor, 3);
}

#[test]
fn in_lanes_the_wheel_steps_through_the_events() {
    let mut state = open(HARBOUR, MEDIUM);
    run(&mut state, "v down:30,6 down:30,6 up:30,6 down:30,6");
    assert_eq!(state.timeline.at.cursor, 2);
}

#[test]
fn find_takes_actors_events_statements_and_sources() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("", "/", "top find actors | typed"),
                ("/", "type:byd", "found borealis byard | match 0"),
                ("/ type:北光", "", "found borealis"),
                (
                    "/ type:byd",
                    "enter",
                    "filter actor: Borealis Shipping | events 5 | top panes | event founding | focus Timeline",
                ),
                ("/ type:byd", "down enter", "filter actor: Byard Docks | events 1 | event hearing"),
                ("/ type:byd", "ctrl-n ctrl-p", "match 0"),
                ("/ type:byd", "up", "match 0 | notice this is the first match"),
                ("/ type:byd down", "down", "match 1 | notice this is the last match"),
                ("/", "tab", "top find events"),
                ("/ tab", "tab", "top find statements"),
                ("/ 2 tab", "", "top find events | typed 2"),
                ("/ tab tab", "tab", "top find sources"),
                ("/ tab tab tab", "tab", "top find disputes"),
                ("/ tab tab tab tab", "tab", "top find actors"),
                ("/", "shift-tab", "top find disputes"),
                // What is typed stays from one kind to the next.
                ("/ type:strike", "tab", "top find events | typed strike"),
                ("/ type:walk tab", "enter", "event walkout | filter | top panes | events 11"),
                ("/ type:only_way tab tab", "enter", "event call | focus Event | entry 1 | top panes"),
                (
                    "/ type:robot tab tab tab",
                    "enter",
                    "filter source: Robot Wire | events 5 | focus Timeline",
                ),
                ("/ type:qqqq", "enter", "top find actors | notice nothing matches; Esc goes back"),
                ("/ type:qqqq", "down", "notice nothing matches"),
                ("/ type:byd", "esc", "top panes | filter | event founding"),
                ("/ type:byd_do", "ctrl-w", "typed byd "),
                ("/ type:byd", "ctrl-u", "typed"),
                ("/", "ctrl-u", "notice nothing is typed yet"),
                ("/", "ctrl-w", "notice nothing is typed yet"),
                ("/ type:by", "backspace", "typed b"),
                // As in a pager: taking away from nothing leaves the field.
                ("/ type:b backspace", "backspace", "top panes"),
                // Every plain key types here.
                ("/", "type:?:q", "top find actors | typed ?:q"),
                ("/", "ctrl-c", "effect Some(Quit)"),
                ("/", "home", "notice nothing is typed yet"),
            ],
        );
    }
}

#[test]
fn what_was_found_is_stepped_through_and_cleared() {
    let byd = "/ type:byd enter";
    check(
        HARBOUR,
        MEDIUM,
        &[
            (byd, "n", "event payments | notice"),
            (byd, "3n", "event fall"),
            (byd, "4n n", "event founding | notice on from the first of 5 found"),
            (byd, "N", "event suit | notice on from the last of 5 found"),
            (byd, "n N", "event founding | notice"),
            (byd, "G", "event suit"),
            (byd, "G j", "event suit | notice this is the last event of those found"),
            // The event at the cursor stays, found or not.
            (byd, "3n esc", "event fall | filter | events 11"),
            ("6j", "/ type:byd enter", "event fall"),
            ("7j", "/ type:byd enter", "event founding"),
            ("", "n", "notice nothing was found yet; / finds an actor, f filters"),
            ("", "N", "notice nothing was found yet; / finds an actor, f filters"),
            ("/ type:byard enter", "n", "event hearing | notice this is the only event found"),
            // A filter that hides where a jump goes is cleared, and said to be.
            (
                byd,
                "/ type:walk tab enter",
                "event walkout | filter | notice the filter is cleared: that event was not among those found",
            ),
        ],
    );
}

#[test]
fn esc_takes_away_what_lies_on_top_then_the_filter_then_the_zoom() {
    let mut state = open(HARBOUR, MEDIUM);
    run(&mut state, "/ type:byd enter z C enter ? 7");
    let mut seen = Vec::new();
    for _ in 0..8 {
        seen.push(format!(
            "{}, {:?}, {}, {}",
            script::top(&state),
            state.pending.count,
            script::filter(&state),
            state.zoom
        ));
        run(&mut state, "esc");
    }
    let expected = [
        "help, Some(7), actor: Borealis Shipping, true",
        "help, None, actor: Borealis Shipping, true",
        "compare how-far, None, actor: Borealis Shipping, true",
        "disputes, None, actor: Borealis Shipping, true",
        "panes, None, actor: Borealis Shipping, true",
        "panes, None, , true",
        "panes, None, , false",
        "panes, None, , false",
    ];
    assert_eq!(seen, expected);
    assert_eq!(script::notice(&state), "no filter to clear; q quits");
}

#[test]
fn links_lead_forth_and_back() {
    check(
        HARBOUR,
        WIDE,
        &[
            // leak -> payments
            ("2j", ")", "event payments | notice"),
            ("j", "(", "event leak | notice"),
            // report -> leak and denial: the first, unless the cursor is on the other.
            ("3j", ")", "event leak | notice link 1 of 2; the event pane shows the others"),
            ("3j l j", ")", "event denial | notice link 2 of 2; the event pane shows the others"),
            ("3j l j", "enter", "event denial"),
            ("3j", "(", "event denial | notice"),
            ("7j", ")", "event walkout | notice no link points from here to another event"),
            ("7j", "(", "event walkout | notice no link points here"),
            (
                "7j",
                "c",
                "event walkout | notice no account of this event is recorded; C lists all 4 disputes",
            ),
        ],
    );
}

#[test]
fn the_trail_remembers_jumps_and_forgets_what_a_new_jump_leaves() {
    check(
        HARBOUR,
        WIDE,
        &[
            ("2j )", "{", "event leak | notice"),
            ("2j ) {", "}", "event payments | notice"),
            ("2j", "{", "event leak | notice nothing was visited before this"),
            ("2j )", "}", "event payments | notice nothing was visited after this"),
            ("G gg", "2{", "event founding | notice"),
            ("G gg", "{ {", "event founding"),
            ("G gg 3G", "2{", "event quarrel"),
            ("G gg 3G", "2{ 2}", "event leak"),
            ("G gg", "9{", "event founding | notice nothing was visited before this"),
            ("G { 3G", "}", "event leak | notice nothing was visited after this"),
            // Steps are no jumps.
            ("3j G", "{", "event report"),
            // A filter that hides where the trail leads is cleared.
            ("7j / type:walk tab enter / type:byd enter", "{", "event walkout | filter"),
            (
                "7j gg / type:byd enter",
                "{",
                "event walkout | filter | notice the filter is cleared: that event was not among those found",
            ),
        ],
    );
}

#[test]
fn comparing_opens_the_gravest_dispute_or_says_why_not() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("5j", "c", "top compare what-is-false | notice | column 0"),
                ("6j", "c", "top compare how-far"),
                ("4j", "c", "top compare what-to-do"),
                ("", "c", "top panes | notice no account of this event is recorded; C lists all 4 disputes"),
                ("j", "c", "top panes | notice only one account of this event; C lists all 4 disputes"),
                // The cursor's own dispute before the event's.
                ("5j l 2G", "c", "top compare what-to-do"),
                ("5j l 2G", "enter", "top compare what-to-do"),
                ("6j 4l", "enter", "top compare how-far"),
                ("6j 4l 2G", "c", "top compare how-far"),
                ("5j c", "esc", "top panes | event denial"),
                ("5j c", "l", "column 1 | notice"),
                ("5j c l", "l", "column 1 | notice this is the last position"),
                ("5j c", "h", "column 0 | notice this is the first position"),
                ("5j c l", "left", "column 0"),
                ("5j c", "tab", "column 0 | notice this position has one account; l and h go to the others"),
                ("4j c", "9l", "column 2"),
                ("5j c", "enter", "event denial | top panes | focus Event | entry 2"),
                ("5j c l", "enter", "event denial | top panes | focus Event | entry 3"),
                ("6j c l", "enter", "event fall | top panes | focus Market | entry 1"),
                ("5j C enter", "enter", "event fall | top panes | focus Market | entry 0"),
            ],
        );
    }
}

#[test]
fn d_opens_the_comparison_that_fits_what_is_selected() {
    for size in SIZES {
        check(
            WEIR,
            size,
            &[
                // The event's accounts source by source, at the one the cursor is on.
                ("", "d", "top compare event burst | account high-gazette | views 1"),
                ("l 4G", "d", "top compare event burst | account high-radio | column 2"),
                ("2j", "d", "top panes | notice all accounts of this event are in one source"),
                // An actor in the actors pane.
                ("3j 3l", "d", "top compare actor mill | account none-gazette | column 0"),
                // On cards and in lists.
                ("3j 3l enter", "d", "top compare actor mill | views 2"),
                ("C", "d", "top compare who-opened | views 2"),
                ("C d", "esc", "top disputes"),
                // Two picked come before all.
                ("3j l 2G space 4G space", "d", "top compare none-gazette with none-radio"),
                ("3j l 2G space 3G space 3l", "d", "top compare none-gazette with none-wire"),
            ],
        );
    }
    check(
        HARBOUR,
        WIDE,
        &[
            ("", "d", "top panes | notice no account of this event is recorded"),
            ("5j 3l", "d", "top compare actor borealis"),
            ("5j 3l 3G", "d", "top panes | notice only one statement by this actor is recorded"),
        ],
    );
    check(EMPTY, WIDE, &[("", "d", "notice no event is selected")]);
}

#[test]
fn space_picks_two_accounts_wherever_they_stand() {
    for size in SIZES {
        check(
            WEIR,
            size,
            &[
                ("", "space", "notice statements are picked in the event pane; Tab goes there"),
                ("l", "space", "notice choose a statement or a market move to pick it"),
                ("3j l 2G", "space", "notice picked first; Space picks a second, then d compares the two"),
                ("3j l 2G space 3G", "space", "notice picked second; d compares the two"),
                ("3j l 2G space", "space", "notice no longer picked"),
                ("3j l 2G space 3G space", "space d", "top compare event answer"),
                // A third takes the place of the first.
                (
                    "3j l 2G space 3G space 4G",
                    "space",
                    "notice picked second; the one picked before it is first now; d compares the two",
                ),
                ("3j l 2G space 3G space 4G space", "d", "top compare none-wire with none-radio"),
                // In cards, in the market, in the compare view itself.
                ("3j 3l enter 4G space 5G space", "d", "top compare none-gazette with none-wire"),
                ("4j 4l space j space", "d", "top compare fall-gazette with fall-wire"),
                ("] space l space", "d", "top compare gate with none-gazette"),
                ("C", "space", "notice choose a statement or a market move to pick it"),
                // Kept while the reader looks back, and not compared with what was not out.
                (
                    "3j l 2G space 3G space 6<",
                    "d",
                    "top panes | notice what was picked is not part of what shows now; all accounts of this event are in one source",
                ),
                (
                    "3j l 2G space 4G space 5<",
                    "d",
                    "top compare event answer | notice what was picked is not part of what shows now",
                ),
                (
                    "3j l 2G space 3G space 6< gg",
                    "d",
                    "top panes | notice what was picked is not part of what shows now; all accounts of this event are in one source",
                ),
                ("3j l 2G space 3G space 6< A", "d", "top compare none-gazette with none-wire"),
                ("3j l 2G space 3G space d", "2<", "top compare none-gazette with none-wire"),
                ("3j l 2G space 3G space d", "6<", "notice what was open is not part of what shows now"),
            ],
        );
    }
}

#[test]
fn d_goes_round_what_can_be_compared_and_says_what_cannot() {
    let no_pair = "notice no two statements are picked; Space picks them";
    for size in SIZES {
        let open = format!("top compare event answer | account none-gazette | {no_pair}");
        check(
            WEIR,
            size,
            &[
                ("] l", "d", &open),
                ("] l d", "d", "top compare actor mill | account none-gazette | notice"),
                ("] l d d", "d", "top compare who-opened | account none-gazette | notice"),
                // On from another account to what that one is of, and back to where it began.
                ("] l d 2l", "d", "top compare actor mill | account none-radio"),
                ("] l d 2l d", "d", "top compare who-opened | account none-radio"),
                ("] l d 2l d d", "]", "top compare how-high | account high-gazette"),
                ("] l d", "]", "top compare how-high"),
                // With two picked they have their turn.
                ("] space l space", "d", "top compare gate with none-gazette | notice"),
                ("] space l space d", "d", "top compare event answer"),
                // A voice of one event in one source has nothing but the dispute.
                (
                    "3]",
                    "d",
                    "top compare was-there-light | notice nothing else to compare: no two statements are picked; Space picks them; all accounts of this event are in one source; it has no speaker to follow",
                ),
                ("4j 4l d", "d", "top compare event shares"),
                ("] l z d", "z", "alone false"),
            ],
        );
    }
}

#[test]
fn accounts_columns_and_zoom_of_a_comparison() {
    for size in SIZES {
        check(
            WEIR,
            size,
            &[
                ("] l", "tab", "account told | notice"),
                (
                    "] l tab tab",
                    "tab",
                    "account none-radio | notice this is the last account of this position",
                ),
                ("] l tab tab", "shift-tab", "account told"),
                (
                    "] l",
                    "shift-tab",
                    "account none-gazette | notice this is the first account of this position",
                ),
                // To the account beside, or the nearest above.
                ("] tab", "l", "account told"),
                ("] l tab tab", "h", "account open"),
                // Enter and s are for that account, or for the one whose number is typed.
                ("] l tab tab", "enter", "event answer | focus Event | entry 3"),
                ("] l tab tab enter", "esc", "top compare who-opened | account none-radio"),
                ("] l tab tab", "E", "event answer | notice Esc goes back to where you were"),
                ("] l", "2 enter", "event later | entry 1"),
                ("] l", "4 enter", "top compare who-opened | notice this position has 3 accounts"),
                ("] z", "l", "alone true | column 1"),
                ("] z l", "z", "alone false | column 1"),
                ("] z", "]", "alone true | top compare how-high"),
                ("] ]", "9l", "column 5"),
                ("] ] 9l", "l", "column 5 | notice this is the last position"),
                ("d 9l", "l", "notice this is the last source"),
                ("3j 3l d 9l", "l", "notice this is the last statement"),
            ],
        );
    }
    // The account follows the reader's eyes, and the eyes the account.
    let mut state = open(WEIR, MEDIUM);
    run(&mut state, "] l G");
    assert_ne!(fact(&state, None, "account"), "none-gazette");
    run(&mut state, "gg");
    assert_eq!(fact(&state, None, "account"), "none-gazette");
    run(&mut state, "tab tab");
    assert_ne!(fact(&state, None, "scroll"), "0");
    // A click is as good as keys.
    let mut state = open(WEIR, WIDE);
    run(&mut state, "] click:70,12");
    assert_eq!(
        (fact(&state, None, "column"), fact(&state, None, "account")),
        ("1".into(), "none-gazette".into())
    );
}

#[test]
fn a_comparison_is_carried_over_when_the_reader_looks_back() {
    check(
        WEIR,
        WIDE,
        &[
            ("] l tab tab", "<", "top compare who-opened | account none-radio"),
            ("] l tab", "4<", "top compare who-opened | account none-radio"),
            ("d 2l", "2<", "top compare event burst | account high-radio | column 2"),
            ("3j 3l d 2l", "2<", "top compare actor mill | account none-radio"),
            ("3j 3l d 2l", "5<", "top compare actor mill"),
            ("3j 3l d 2l", "6<", "top panes"),
            ("3j 3l d 2l z", "2<", "alone true"),
            // The way round still leads back.
            ("] l d 2<", "d d", "top compare who-opened"),
        ],
    );
}

#[test]
fn the_list_leads_to_a_dispute_and_back_to_itself() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("", "C", "top disputes | views 1"),
                ("C", "enter", "top compare how-far | views 2"),
                ("C 3G", "enter", "top compare how-out"),
                ("C 3G enter", "esc", "top disputes | views 1"),
                ("C enter", "C", "top disputes | views 1"),
                ("5j c", "C", "top disputes | views 1"),
                ("C", "esc", "top panes | views 0 | event founding"),
                ("C", "k", "notice this is the top"),
                ("C G", "j", "top disputes | notice this is the end"),
            ],
        );
    }
    // The list keeps up with the dispute that is read, and shows where that is.
    let mut state = open(HARBOUR, NARROW);
    run(&mut state, "C enter ] ] ] esc");
    let screen = script::screen(&state);
    assert!(screen.contains("▌What is to be done?"), "{screen}");
    run(&mut state, "1G");
    assert!(script::screen(&state).contains("▌How far did the shares"));
    run(&mut state, "4G");
    assert!(script::screen(&state).contains("▌What is to be done?"));
}

#[test]
fn brackets_go_through_all_disputes_and_come_back() {
    let mut state = open(HARBOUR, MEDIUM);
    run(&mut state, "6j c");
    let mut seen = Vec::new();
    for _ in DISPUTES {
        seen.push(script::top(&state));
        run(&mut state, "]");
    }
    assert_eq!(seen, DISPUTES.map(|id| format!("compare {id}")));
    assert_eq!(script::top(&state), "compare how-far");
    run(&mut state, "[");
    assert_eq!(script::top(&state), "compare what-to-do");
    run(&mut state, "3]");
    assert_eq!(script::top(&state), "compare how-out");
    run(&mut state, "c");
    assert_eq!(script::top(&state), "compare what-to-do");
    check(
        HARBOUR,
        MEDIUM,
        &[
            ("6j", "]", "top compare how-far"),
            ("", "]", "top compare how-far"),
            ("", "[", "top compare what-to-do"),
        ],
    );
}

#[test]
fn the_matrix_goes_from_difference_to_difference_and_into_disputes() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("", "M", "top matrix how-far herald | views 1"),
                ("M", "M", "top panes"),
                ("M", "esc", "top panes"),
                ("M", "j l", "top matrix what-is-false robot-wire"),
                ("M", "9l", "top matrix how-far ledger"),
                ("M l", "l", "notice "),
                ("M 9l", "l", "notice this is the last source"),
                ("M", "h", "notice this is the first source"),
                ("M", "k", "notice this is the first dispute"),
                ("M G", "j", "top matrix what-to-do herald | notice this is the last dispute"),
                ("M", "n", "top matrix how-far robot-wire | notice "),
                ("M", "2n", "top matrix what-is-false herald"),
                ("M G 2l", "n", "top matrix how-far herald | notice on from the first difference"),
                ("M", "N", "top matrix what-to-do pamphlet | notice on from the last difference"),
                ("M", "[", "top matrix what-to-do pamphlet"),
                // The position of the source at the cursor.
                ("M l", "enter", "top compare how-far | column 1 | views 2"),
                ("M l enter", "esc", "top matrix how-far robot-wire"),
                ("M G 2l", "enter", "top compare what-to-do | column 0"),
                (
                    "M 2l",
                    "enter",
                    "top compare how-far | column 0 | notice that source carries no position here",
                ),
                // Where the reader is, and back to the one beneath.
                ("5j c l", "M", "top matrix what-is-false robot-wire | views 2"),
                ("C G", "M", "top matrix what-to-do herald | views 2"),
                ("M enter ]", "esc", "top matrix what-is-false herald"),
                ("M enter", "M", "top matrix how-far herald | views 1"),
                ("M enter ?", "M", "top matrix how-far herald | views 1"),
                // Looking back, what was not out is neither a row nor a column.
                ("M G l", "<", "top matrix what-to-do robot-wire"),
                ("M j l", "2<", "top matrix what-to-do herald"),
                (
                    "M",
                    "a type:2025-03-01 enter",
                    "top panes | notice what was open is not part of what shows now",
                ),
            ],
        );
    }
    check(EMPTY, MEDIUM, &[("", "M", "top panes | notice this story records no disputes")]);
}

#[test]
fn a_click_goes_to_a_cell_of_the_matrix() {
    for (size, at, cell) in [
        (WIDE, "click:70,4", "how-far"),
        (WIDE, "click:5,6", "how-out"),
        (WIDE, "click:5,20", "how-far"),
        (NARROW, "click:3,5", "how-out"),
    ] {
        let mut state = open(HARBOUR, size);
        run(&mut state, "M");
        run(&mut state, at);
        assert!(script::top(&state).starts_with(&format!("matrix {cell} ")), "{at} {}", script::top(&state));
    }
}

#[test]
fn provenance_is_asked_of_what_the_cursor_is_on() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("", "p", "top provenance founding | views 1"),
                ("p", "p", "top panes"),
                ("p", "esc", "top panes"),
                ("5j 2l", "p", "top provenance herald"),
                ("5j c l", "p", "top provenance what-is-false 1"),
                ("5j c l p", "esc", "top compare what-is-false"),
                ("M", "p", "top provenance how-far 0"),
                ("M 2l", "p", "top provenance pamphlet"),
                ("5j 2l enter", "p", "top provenance herald"),
                (
                    "C",
                    "p",
                    "top disputes | notice choose what to ask about: an event, a statement or a source",
                ),
                ("5j p", "<", "top provenance denial"),
                ("5j c l p", "<", "top provenance what-is-false 1"),
                ("5j c l p", "a type:2025-03-18 enter", "notice what was open is not part of what shows now"),
            ],
        );
    }
    for size in [WIDE, MEDIUM] {
        check(
            HARBOUR,
            size,
            &[
                ("5j l 2j", "p", "top provenance false-article"),
                ("6j 4l j", "p", "top provenance fall-robot"),
                // An entry is a source, and leads to its card.
                ("5j p", "enter", "top source herald"),
                ("5j p enter", "esc", "top provenance denial"),
                ("5j l 2j p", "<", "top provenance false-article"),
                ("6j 4l j p", "<", "top provenance fall-robot"),
            ],
        );
    }
    check(EMPTY, MEDIUM, &[("", "p", "notice choose what to ask about: an event, a statement or a source")]);
}

#[test]
fn the_right_of_reply_leads_to_what_is_charged_and_what_was_said_to_it() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("", "R", "top replies | views 1 | cursor 0 from 0"),
                ("R", "R", "top panes"),
                ("R", "esc", "top panes"),
                ("5j c", "R", "top replies | views 2"),
                ("5j c R", "esc", "top compare what-is-false"),
                ("R", "<", "top replies"),
                ("R", "a type:2025-03-01 enter", "notice what was open is not part of what shows now"),
                // The charge, then what was said to it.
                ("R", "enter", "top panes | event payments | focus Event"),
            ],
        );
        check(QUARRY, size, &[("R", "enter", "top panes | focus Timeline"), ("R G", "p", "views 2")]);
    }
    let mut state = open(QUARRY, WIDE);
    run(&mut state, "R");
    let words = script::screen(&state);
    assert!(words.contains("response: denial by "), "{words}");
    run(&mut state, "j enter");
    assert_eq!(state.focus, Pane::Event);
    check(
        EMPTY,
        MEDIUM,
        &[("", "R", "top panes | notice nothing is alleged or recommended against anyone with a name")],
    );
}

/// A story with one dispute, and two more that nobody wrote.
const UNWRITTEN: &str = include_str!("screens/unwritten.yaml");

#[test]
fn disputes_that_were_found_come_after_the_written_ones_and_are_marked() {
    for size in SIZES {
        check(
            UNWRITTEN,
            size,
            &[
                ("", "]", "top compare how-out"),
                ("]", "]", "top compare figures-fall-mail"),
                ("] ]", "]", "top compare denial-paid"),
                ("] ] ]", "]", "top compare how-out"),
                ("", "[", "top compare denial-paid"),
                ("", "3]", "top compare denial-paid"),
                ("] ] esc", "]", "top compare denial-paid"),
                ("C G", "enter", "top compare denial-paid | column 0"),
                ("C G enter [", "esc", "top disputes"),
                ("C G enter", "C", "top disputes"),
                // Of the event, where no dispute is written.
                ("j", "c", "top compare figures-fall-mail"),
                ("j c", "enter", "event fall | focus Market"),
                ("j c l", "p", "top provenance fall-post"),
                (
                    "j c",
                    "L",
                    "notice no life to tell: this was found, and is no dispute of the story's; y copies it as YAML",
                ),
                // The matrix has both.
                ("] ]", "M", "top matrix figures-fall-mail mail"),
                ("M enter ]", "esc", "top matrix figures-fall-mail mail"),
                ("M j", "enter", "top compare figures-fall-mail"),
                ("] ] <", "y", "effect None"),
                // Looking back, what was not out is not found.
                ("] ]", "2<", "top panes | notice what was open is not part of what shows now"),
                ("C G", "2<", "top panes"),
                ("] ] ]", "<", "top compare denial-paid"),
            ],
        );
        let mut state = open(UNWRITTEN, size);
        for (keys, question) in [("C 2j y", "Is this so"), ("] ] y", "How far did"), ("C G y", "Is this so")]
        {
            state = script::again(state, size);
            let Some(Effect::Copy(copied)) = run(&mut state, keys) else { panic!("{keys} copies nothing") };
            let yaml = copied.text;
            assert_eq!(copied.what, "YAML; paste it under disputes:, its dash below the others");
            assert!(yaml.contains(question), "{keys} {yaml}");
            script::graph(&format!("{UNWRITTEN}{yaml}"));
        }
        check(
            UNWRITTEN,
            size,
            &[(
                "C G",
                "e",
                "effect None | notice this dispute was found and stands nowhere in the file; y copies it as YAML",
            )],
        );
    }
}

#[test]
fn cards_open_and_lead_on() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("5j 3l", "enter", "top actor borealis | cursor 0 from 0"),
                ("5j 3l enter", "enter", "top panes | event founding | focus Timeline"),
                ("5j 3l enter", "3G enter", "event denial | top panes"),
                ("5j 3l enter", "7G enter", "event denial | top panes | focus Event | entry 2"),
                ("5j 3l enter", "esc", "top panes | event denial | focus Actors"),
                ("5j 2l", "enter", "top source herald"),
                ("5j 2l enter", "k", "notice this is the top"),
                ("5j 2l j", "enter", "top source robot-wire"),
                ("", "enter", "focus Event | top panes"),
                // An event without anything to open.
                ("G l", "enter", "notice nothing in Event to open"),
                ("G 4l", "enter", "notice nothing in Market to open"),
            ],
        );
    }
    // A statement outside any dispute opens the source that carries it; in a low pane it is scrolled to first.
    for (size, before) in [(WIDE, "j l"), (MEDIUM, "j l"), (NARROW, "j l 3j")] {
        check(HARBOUR, size, &[(before, "enter", "top source herald")]);
    }
    check(
        HARBOUR,
        (120, 40),
        &[
            // The sources it relies on come first, then its events.
            ("5j 2l enter", "enter", "top source ledger | views 2"),
            ("5j 2l enter enter", "esc", "top source herald | views 1"),
        ],
    );
    // What does not show is not opened.
    check(
        HARBOUR,
        (40, 12),
        &[("5j 2l enter", "enter", "top source herald | notice nothing in sight to open")],
    );
}

#[test]
fn help_and_palette_open_everywhere_but_where_text_is_typed() {
    for size in SIZES {
        for before in ["", "l", "2l", "3l", "4l", "z", "5j c", "C", "5j 3l enter", "5j 2l enter"] {
            let mut state = open(HARBOUR, size);
            run(&mut state, before);
            let (under, views) = (script::top(&state), state.views.len());
            run(&mut state, "?");
            assert_eq!(script::top(&state), "help", "{before}");
            run(&mut state, "?");
            assert_eq!((script::top(&state), state.views.len()), (under.clone(), views), "{before}");
            run(&mut state, "?");
            run(&mut state, ":");
            assert_eq!(script::top(&state), "palette", "{before}");
            run(&mut state, "esc esc :");
            assert_eq!(script::top(&state), "palette", "{before}");
            run(&mut state, "esc");
            assert_eq!(script::top(&state), under, "{before}");
        }
    }
    check(
        HARBOUR,
        NARROW,
        &[
            ("?", "j", "cursor 0 from 1"),
            ("?", "k", "notice this is the top"),
            ("? G", "j", "notice this is the end"),
            ("? G", "gg", "cursor 0 from 0"),
            ("?", "space", "cursor 0 from 9"),
            ("? space", "ctrl-u", "cursor 0 from 0"),
            ("?", "q", "effect Some(Quit)"),
        ],
    );
}

#[test]
fn the_palette_runs_a_command_where_it_was_asked_for() {
    check(
        HARBOUR,
        MEDIUM,
        &[
            (": type:list_all", "enter", "top disputes | views 1"),
            (": type:last_event", "enter", "event quarrel | top panes"),
            ("6j : type:side_by_side", "enter", "top compare how-far"),
            (": type:this_help", "enter", "top help | views 1"),
            (": type:quit", "enter", "effect Some(Quit)"),
            ("6j c : type:next_pos", "enter", "top compare how-far | column 1"),
            ("C : type:last", "enter", "top disputes | cursor 3 from 0"),
            (":", "type:qqqq enter", "top palette | notice nothing matches; Esc goes back"),
            (":", "tab", "notice the palette has commands only"),
            (": type:x", "backspace backspace", "top panes"),
        ],
    );
}

#[test]
fn today_is_a_matter_of_the_day_it_is() {
    for (today, event) in [
        ("0001-01-01", "founding"),
        ("2024-11-15", "founding"),
        ("2025-03-14", "leak"),
        ("2025-03-17", "report"),
        ("2025-03-18", "denial"),
        ("2025-04-30", "suit"),
        ("9999-12-31", "suit"),
    ] {
        let mut state = script::open_with(HARBOUR, MEDIUM, &Theme::new(true, true), today);
        run(&mut state, "j t");
        assert_eq!(script::event(&state), event, "{today}");
        assert!(script::notice(&state).starts_with("nearest to today, "), "{}", script::notice(&state));
        run(&mut state, "{");
        assert_eq!(script::event(&state), "payments", "{today}");
    }
}

#[test]
fn the_mouse_goes_where_it_points() {
    check(
        HARBOUR,
        WIDE,
        &[
            // Row 0 is the frame.
            ("", "click:5,4", "event report | focus Timeline"),
            ("", "click:5,0", "event founding | focus Timeline"),
            ("", "click:5,30", "event founding | focus Timeline"),
            ("5j", "click:50,10", "focus Event | entry 0 | event denial"),
            ("5j", "click:50,13", "focus Event | entry 1"),
            ("5j", "click:90,0", "focus Sources"),
            ("", "down:5,4", "event payments"),
            ("2j", "up:5,4", "event payments"),
            ("", "up:5,4", "event founding"),
            ("5j", "down:90,5", "event denial | focus Timeline"),
            ("", "click:5,37", "event founding | focus Timeline"),
            ("", "click:5,39", "event founding | focus Timeline"),
            ("", "click:999,999", "event founding | focus Timeline"),
            ("", "down:999,999", "event founding"),
            // On lists, cards and matches.
            ("C", "click:5,6", "top disputes | cursor 1 from 0"),
            ("C click:5,6", "enter", "top compare what-is-false"),
            ("C", "down:5,6", "cursor 1 from 0"),
            ("/ type:byd", "click:5,4", "match 1"),
            ("/ type:byd", "click:5,3", "match 0"),
            ("/ type:byd", "click:5,20", "match 0"),
            ("/ type:byd", "down:5,3", "match 1"),
            (":", "click:5,5", "match 2"),
        ],
    );
    // Each pane scrolls under the pointer without taking the keys.
    let mut state = open(HARBOUR, NARROW);
    run(&mut state, "5j l down:5,5");
    assert_eq!(state.panes[Pane::Event.index()].top, 3);
    run(&mut state, "up:5,5");
    assert_eq!(state.panes[Pane::Event.index()].top, 0);
}

#[test]
fn a_new_size_keeps_what_is_selected() {
    for before in ["5j", "5j 4l", "5j l 3j", "/ type:byd enter 2n", "5j z"] {
        let mut state = open(HARBOUR, WIDE);
        run(&mut state, before);
        let facts = |state: &State| {
            (
                script::event(state).to_owned(),
                state.focus,
                script::filter(state),
                state.zoom,
                state.panes.map(|at| at.cursor),
            )
        };
        let kept = facts(&state);
        for size in ["80x24", "40x12", "24x8", "3x3", "0x0", "1000x1", "200x60", "120x40"] {
            run(&mut state, &format!("size:{size}"));
            assert_eq!(facts(&state), kept, "{size} after {before}");
        }
    }
    // And shows it.
    let mut state = open(HARBOUR, WIDE);
    run(&mut state, "G size:40x12");
    let screen = script::screen(&state);
    assert!(screen.contains("▌undated"), "{screen}");
}

#[test]
fn a_screen_too_small_to_draw_still_takes_keys() {
    check(
        HARBOUR,
        (10, 3),
        &[
            ("", "5j", "event denial"),
            ("", "q", "effect Some(Quit)"),
            ("5j c", "size:80x24", "top compare what-is-false"),
        ],
    );
}

#[test]
fn a_filter_is_typed_counted_and_applied() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("", "f", "top filter | typed | counted 11"),
                ("", "f type:kind:leak", "counted 1 | typed kind:leak"),
                ("f type:kind:leak", "enter", "top panes | filter filter: kind:leak | events 1 | event leak"),
                ("f type:kind:leak enter", "n", "notice this is the only event found"),
                ("f type:kind:leak enter", "esc", "filter | events 11 | event leak"),
                ("f type:kind:leak enter", "f", "typed kind:leak | counted 1"),
                ("f type:-kind:leak enter", "n", "event payments"),
                ("f type:-kind:leak enter", "N", "event quarrel | notice on from the last of 10 found"),
                // Esc leaves the timeline as it was, whatever is typed.
                ("f type:kind:leak enter f ctrl-u type:memo", "esc", "top panes | filter filter: kind:leak"),
                // An empty field clears.
                ("f type:kind:leak enter f ctrl-u", "enter", "filter | notice the filter is cleared"),
                ("f", "enter", "filter | notice nothing was typed; the timeline stays as it was"),
                ("f type:_", "enter", "top panes | filter"),
                // Nothing matches, or it cannot be read: the field stays.
                (
                    "f type:qqqq",
                    "enter",
                    "top filter | counted 0 | notice no event matches; Esc leaves the timeline as it was",
                ),
                (
                    "f type:kind:leek",
                    "enter",
                    "top filter | counted 5..9 this story has no kind of event leek | notice this story has no kind of event leek",
                ),
                ("f type:(kind:leak", "enter", "top filter | counted 0..1 this bracket is not closed"),
                // With an actor in force the field begins empty, and its filter takes the actor's place.
                ("/ type:byd enter", "f", "typed | counted 11"),
                ("/ type:byd enter f type:kind:leak", "enter", "filter filter: kind:leak"),
                ("", "f backspace", "top panes"),
            ],
        );
    }
}

#[test]
fn a_completion_is_picked_and_taken() {
    check(
        HARBOUR,
        MEDIUM,
        &[
            ("", "f type:st", "completions status: stance: | picked None"),
            ("f type:st", "tab", "picked Some(0)"),
            ("f type:st", "down down", "picked Some(1)"),
            ("f type:st tab", "up", "picked None"),
            ("f type:st tab tab", "tab", "picked Some(1) | notice this is the last completion"),
            ("f type:st", "shift-tab", "notice no completion is picked"),
            (
                "f type:st tab",
                "enter",
                "top filter | typed status: | picked None | completions occurred alleged scheduled possible",
            ),
            ("f type:st tab enter tab tab", "enter", "typed status:alleged  | counted 1"),
            ("f type:st tab enter tab tab enter", "enter", "top panes | filter filter: status:alleged"),
            ("f type:said:x", "tab", "notice nothing completes this"),
            // In the middle of a line what stands behind stays.
            ("f type:ki_or_kind:leak home right right tab", "enter", "typed kind: or kind:leak"),
            ("f type:st", "click:5,5", "picked Some(1)"),
            ("f type:st", "click:5,9", "picked None"),
            ("f type:st", "down:5,5 down:5,5", "picked Some(1)"),
        ],
    );
}

#[test]
fn every_text_field_is_edited_at_its_cursor() {
    check(
        HARBOUR,
        MEDIUM,
        &[
            ("/ type:bd", "left type:y", "typed byd"),
            (": type:xdisputes home", "delete", "typed disputes"),
            ("f type:one_two", "ctrl-a ctrl-k", "typed"),
            ("f type:one_two", "ctrl-w", "typed one "),
            ("f type:one_two", "left left left ctrl-u", "typed two"),
            ("f type:ab ctrl-a", "ctrl-e type:c", "typed abc"),
            ("f type:ab ctrl-b", "ctrl-d", "typed a"),
            ("f type:ab", "right", "notice nothing stands after the cursor"),
            ("f type:ab home", "backspace", "typed ab | notice nothing stands before the cursor"),
            ("f", "ctrl-k", "notice nothing is typed yet"),
            ("f", "paste:said:\"completely~false\"", "typed said:\"completely false\" | counted 1"),
            ("/", "paste:byd~", "typed byd"),
            (
                "",
                "paste:qqq",
                "top panes | notice nothing here takes what is pasted; f and / open a text field",
            ),
            ("C", "paste:q", "top disputes"),
        ],
    );
    let mut state = open(HARBOUR, MEDIUM);
    run(&mut state, "f");
    update(&mut state, Message::Paste("x".repeat(2000)));
    assert_eq!(script::notice(&state), "there is no room for more");
    assert_eq!(fact(&state, None, "typed").len(), 1024);
}

#[test]
fn a_typed_filter_obeys_the_look_back() {
    let mut state = open(story::EMBEDDED, MEDIUM);
    run(&mut state, "f type:actor:alibaba enter");
    let all = state.timeline.events.len();
    run(&mut state, "a type:2025-11-17 enter");
    assert_eq!(script::filter(&state), "filter: actor:alibaba");
    let then = state.timeline.events.len();
    assert!(0 < then && then < all, "{then} of {all}");
    // What is not known yet holds for nothing, and comes back with the rest of the story.
    run(&mut state, "A esc f type:source:ainvest enter a type:2025-11-17 enter P");
    assert_eq!((script::filter(&state).as_str(), state.timeline.events.len()), ("filter: source:ainvest", 0));
    run(&mut state, "A");
    assert!(!state.timeline.events.is_empty());
    // The list of views counts what shows.
    run(&mut state, "esc F <");
    let Some(View::Views(list)) = state.views.last() else { panic!("the list of views stays open") };
    let disputed = list.listed.iter().find(|listed| listed.view.name == "disputed").expect("built in");
    let expected = timeline::events(&state.graph, None)
        .into_iter()
        .filter(|event| !state.graph.disputes_of_event(*event).is_empty());
    assert_eq!(disputed.counted, Ok(expected.count()));
}

/// Views of a reader: one that reads, one that does not in this story.
const CONFIG: &str =
    "[[view]]\nname = 'leaks'\nfilter = 'kind:leak'\n[[view]]\nname = 'elsewhere'\nfilter = 'actor:nobody'\n";

#[test]
fn views_are_listed_and_applied() {
    let mut state = script::open_configured(HARBOUR, MEDIUM, CONFIG);
    assert_eq!(script::notice(&state), "");
    for (before, keys, after) in [
        ("", "F", "top views | cursor 0 from 0"),
        ("F", "enter", "top panes | filter view: leaks | events 1 | event leak"),
        ("F j", "enter", "top views | filter | notice this story has no actor nobody"),
        ("F 2j", "enter", "top panes | filter view: disputed"),
        ("F", "esc", "top panes | filter"),
        ("F enter", "f", "typed kind:leak"),
        ("F enter F", "w", "notice the filter in force is the view leaks"),
        ("F", "w", "notice no filter is in force; f types one"),
        ("/ type:byd enter F", "w", "notice only a filter typed with f can be saved"),
        ("C", "w", "notice w saves a filter in the list of views; F opens that"),
    ] {
        state = script::again(state, MEDIUM);
        run(&mut state, before);
        let effect = run(&mut state, keys);
        for clause in after.split(" | ") {
            let (name, expected) = clause.split_once(' ').unwrap_or((clause, ""));
            assert_eq!(fact(&state, effect.as_ref(), name), expected, "{name} after [{before}] [{keys}]");
        }
    }
}

#[test]
fn a_view_is_saved_and_only_then_said_to_be() {
    let view = |name: &str| dateline::config::View { name: name.to_owned(), filter: "-kind:leak".to_owned() };
    let mut state = script::open_configured(HARBOUR, MEDIUM, CONFIG);
    run(&mut state, "f type:-kind:leak enter F w");
    assert_eq!(script::top(&state), "naming");
    assert_eq!(run(&mut state, "enter"), None);
    assert_eq!(script::notice(&state), "a view needs a name");
    assert_eq!(run(&mut state, "type:leaks enter"), None);
    assert_eq!(script::notice(&state), "a view of yours is called that already");
    let effect = run(&mut state, "ctrl-u type:no_leaks enter");
    assert_eq!(effect, Some(Effect::SaveView(view("no leaks"))));
    assert_eq!(script::notice(&state), "", "nothing is claimed yet");
    update(&mut state, Message::Saved(view("no leaks"), Err("the disk is full".to_owned())));
    assert_eq!((script::notice(&state), &*script::top(&state)), ("not saved: the disk is full", "naming"));
    assert_eq!(state.named.own.len(), 2);
    update(&mut state, Message::Saved(view("no leaks"), Ok(())));
    assert_eq!(script::notice(&state), "saved as no leaks in /home/reader/.config/dateline/config.toml");
    assert_eq!((&*script::top(&state), &*fact(&state, None, "cursor")), ("views", "2 from 0"));
    assert_eq!(script::filter(&state), "view: no leaks");
    run(&mut state, "esc esc F 2j enter");
    assert_eq!(script::filter(&state), "view: no leaks");
}

#[test]
fn a_configuration_that_cannot_be_used_is_told_and_the_rest_works() {
    let mut state = script::open_configured(HARBOUR, MEDIUM, "colour = 1");
    assert_eq!(
        script::notice(&state),
        "the configuration cannot be used: config.toml: line 1: unknown field `colour`, expected one of `archive`, `mouse`, `cache`, `background`, `view`"
    );
    run(&mut state, "f type:kind:leak enter F w");
    assert!(script::notice(&state).starts_with("nothing can be saved: config.toml: line 1"));
    run(&mut state, "enter");
    assert_eq!(script::filter(&state), "view: disputed");
}

/// Places to press keys in: a story and the keys that lead there.
const PLACES: &[(&str, &str)] = &[
    (UNWRITTEN, "C"),
    (UNWRITTEN, "C G"),
    (UNWRITTEN, "]"),
    (UNWRITTEN, "["),
    (HARBOUR, "R"),
    (HARBOUR, "R G"),
    (HARBOUR, "5j p"),
    (HARBOUR, "5j p G"),
    (HARBOUR, "M"),
    (HARBOUR, "M G 2l"),
    (HARBOUR, "M j l"),
    (EMPTY, "M"),
    (HARBOUR, ""),
    (HARBOUR, "i"),
    (HARBOUR, "i type:one_two enter enter type:three_four up"),
    (HARBOUR, "m 5j m '"),
    (HARBOUR, "'"),
    (HARBOUR, "5j"),
    (HARBOUR, "5j l"),
    (HARBOUR, "5j 2l"),
    (HARBOUR, "5j 3l"),
    (HARBOUR, "6j 4l"),
    (HARBOUR, "G l"),
    (HARBOUR, "G 4l"),
    (HARBOUR, "z"),
    (HARBOUR, "2j ) {"),
    (HARBOUR, "/ type:byd enter 2n"),
    (HARBOUR, "/ type:byard enter"),
    (HARBOUR, "5j c"),
    (HARBOUR, "5j c l G"),
    (HARBOUR, "C"),
    (HARBOUR, "C G"),
    (HARBOUR, "5j 3l enter"),
    (HARBOUR, "5j 2l enter G"),
    (HARBOUR, "/"),
    (HARBOUR, "/ type:byd"),
    (HARBOUR, "/ type:byd down"),
    (HARBOUR, "/ type:qqqq"),
    (HARBOUR, "a"),
    (HARBOUR, "a type:2025"),
    (HARBOUR, "<"),
    (HARBOUR, "5j < c"),
    (HARBOUR, "5j tab s"),
    (HARBOUR, "4j tab 2j s G"),
    (HARBOUR, "] s"),
    (HARBOUR, "] s G"),
    (HARBOUR, "] s gg"),
    (HARBOUR, "] s / type:the enter"),
    (HARBOUR, "] s /"),
    (HARBOUR, "] s / type:the"),
    (HARBOUR, "/ type:byd left"),
    (HARBOUR, "f"),
    (HARBOUR, "f type:kind:"),
    (HARBOUR, "f type:kind: tab tab"),
    (HARBOUR, "f type:qqqq:1 left left"),
    (HARBOUR, "f type:status:alleged"),
    (EMPTY, "f"),
    (HARBOUR, "F"),
    (HARBOUR, "f type:kind:leak enter F"),
    (HARBOUR, "f type:kind:leak enter F w"),
    (HARBOUR, "f type:kind:leak enter F w type:mine left"),
    (EMPTY, "F"),
    (HARBOUR, ":"),
    (HARBOUR, ": type:qqqq"),
    (HARBOUR, "?"),
    (HARBOUR, "? G"),
    (ONE, ""),
    (ONE, "l"),
    (EMPTY, ""),
    (EMPTY, "l"),
    (EMPTY, "/"),
    (EMPTY, "a"),
    (EMPTY, "?"),
    (HARBOUR, "3j 3+"),
    (QUARRY, "j"),
    (QUARRY, "j c"),
    (QUARRY, "j c G"),
    (QUARRY, "j c tab tab"),
    (HARBOUR, "5j l j space j space d"),
    (HARBOUR, "5j d"),
    (HARBOUR, "5j 3l j enter d"),
    (HARBOUR, "5j 2l enter 9G"),
    (PAGES, "o"),
    (PAGES, "o G"),
    (QUARRY, "j L j"),
];

const PAGES: &str = include_str!("screens/pages.yaml");
const ONE: &str = "format: 1\nstory: {title: One}\nsources: [{id: s, title: S, kind: post}]\nevents: [{id: only, title: Only, status: occurred, sources: [s]}]\n";

/// All that a key can change.
fn fingerprint(state: &State) -> String {
    let State {
        timeline,
        focus,
        zoom,
        panes,
        views,
        trail,
        pending,
        retrospect,
        strip,
        relative,
        picks,
        reader,
        ..
    } = state;
    let reader = (&reader.notes, &reader.progress.read);
    let back = retrospect.as_ref().map(|retrospect| retrospect.back.words());
    format!(
        "{} {:?} {:?} {:?} {:?} {picks:?} {reader:?} {focus:?} {zoom} {panes:?} {views:?} {trail:?} {pending:?} {back:?}",
        relative.on,
        strip.part(),
        timeline.events.len(),
        timeline.filter,
        timeline.at
    )
}

#[test]
fn no_key_of_the_table_is_silent_anywhere_it_holds() {
    let mut acted: std::collections::BTreeSet<Command> = std::collections::BTreeSet::new();
    for size in [MEDIUM, NARROW] {
        for (yaml, place) in PLACES {
            let mut state = script::with_texts(script::open_configured(yaml, size, ""));
            state.reader.standing = Standing::Writes;
            run(&mut state, place);
            let scope = state.scope();
            let typed = |notation: &str| scope.types() && !notation.starts_with("ctrl-");
            for binding in TABLE {
                // Which keys mean the same is no matter of size.
                let keys = if size == MEDIUM { binding.keys } else { &binding.keys[..1] };
                for notation in keys {
                    let everywhere = binding.scope == Scope::Anywhere && !typed(notation);
                    let typing = binding.scope == Scope::Typing && scope.types();
                    if binding.scope != scope && !everywhere && !typing {
                        continue;
                    }
                    state = script::again(state, size);
                    run(&mut state, place);
                    let before = fingerprint(&state);
                    let effect = run(&mut state, notation);
                    let changed = fingerprint(&state) != before;
                    assert!(
                        changed || effect.is_some() || state.notice.is_some(),
                        "{notation} ({:?}) is silent after [{place}] at {size:?} in {}",
                        binding.command,
                        state.graph.header().title
                    );
                    if changed || effect.is_some() {
                        acted.insert(binding.command);
                    }
                }
            }
        }
    }
    // Saying why not is no use where a command never can. While a story is read there is no state yet: those keys have
    // tests of their own.
    let here = TABLE.iter().filter(|row| row.scope != Scope::Loading);
    let idle: Vec<_> = here.map(|row| row.command).filter(|command| !acted.contains(command)).collect();
    assert!(idle.is_empty(), "never acted in any of the places: {idle:?}");
}

#[test]
fn a_story_without_events_survives_every_key_and_says_what_is_missing() {
    for size in SIZES {
        check(
            EMPTY,
            size,
            &[
                ("", "j", "event none | notice no events"),
                ("", "G", "notice no events"),
                ("", "gg", "notice no events"),
                ("", "c", "notice no events"),
                ("", "t", "notice no events"),
                ("", ")", "notice no events"),
                ("", "enter", "notice no events | focus Timeline"),
                ("l", "j", "notice no events"),
                ("l", "G", "notice no events"),
                ("l", "enter", "notice nothing in Event to open"),
                ("", "C", "top panes | notice this story records no disputes"),
                ("", "]", "top panes | notice this story records no disputes"),
                ("/", "enter", "top find actors | notice nothing matches; Esc goes back"),
                ("", "click:3,3", "event none"),
                ("", "down:3,3", "event none"),
            ],
        );
    }
}

#[test]
fn a_story_of_one_event_has_nowhere_to_go_and_says_so() {
    check(
        ONE,
        MEDIUM,
        &[
            ("", "j", "event only | notice this is the last event"),
            ("", "k", "event only | notice this is the first event"),
            ("", "G", "event only | notice this is the last event"),
            ("", "t", "event only | notice nearest to today, 30 Nov 2025"),
            ("", "2G", "event only | notice there is 1 event; this is the last"),
        ],
    );
}

/// Every key of the table, one by one, digits, and letters to type.
static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let bound = TABLE.iter().flat_map(|row| row.keys).filter_map(|notation| Key::parse_sequence(notation));
    let digits = "0123456789".chars();
    let letters = "aeir:( \u{4e00}\u{301}".chars();
    bound.flatten().chain(digits.chain(letters).map(|typed| Key::plain(KeyCode::Char(typed)))).collect()
});

fn any_message() -> impl Strategy<Value = Message> {
    let cell = || (0..210_u16, 0..65_u16);
    prop_oneof![
        24 => proptest::sample::select(KEYS.as_slice()).prop_map(Message::Key),
        1 => "[a-z:() \"-]{0,9}|kind:leak or |\\PC{0,9}".prop_map(Message::Paste),
        2 => cell().prop_map(|(column, row)| Message::Click { column, row }),
        2 => (cell(), any::<bool>()).prop_map(|((column, row), down)| Message::Wheel { column, row, down }),
        1 => (0..=200_u16, 0..=60_u16).prop_map(|(width, height)| Message::Resize { width, height }),
        1 => proptest::sample::select(vec![(120, 40), (80, 24), (40, 12), (24, 8)])
            .prop_map(|(width, height)| Message::Resize { width, height }),
    ]
}

/// What holds whatever was pressed.
fn check_invariants(state: &State) {
    let events = &state.timeline.events;
    assert_eq!(
        *events,
        timeline::events(&state.graph, state.timeline.filter.as_ref()),
        "the events are those of the filter"
    );
    assert_eq!(state.event().is_some(), !events.is_empty(), "an event is selected where there is one");
    if state.timeline.filter.is_none() {
        assert_eq!(events.len(), state.graph.event_count());
    }
    assert!(state.views.iter().all(|view| match view {
        View::Compare(compare) => compare.column < compare.comparison.columns.len(),
        View::Find(find) => find.found.is_empty() || find.at.cursor < find.found.len(),
        View::Filter(field) => field.picked.is_none_or(|picked| picked < field.completions.len()),
        _ => true,
    }));
    let area = Rect::new(0, 0, state.size.0, state.size.1);
    let mut buffer = Buffer::empty(area);
    render(state, area, &mut buffer);
    assert!(area.is_empty() || buffer != Buffer::empty(area), "something shows at {area}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_something_sensible_is_selected_and_drawn(
        // The embedded story is large, and so slow to lay out without optimisation.
        yaml in proptest::sample::select(vec![HOSTILE, HOSTILE, HOSTILE, story::EMBEDDED, EMPTY, ONE]),
        messages in proptest::collection::vec(any_message(), 1..120),
    ) {
        let mut state = open(yaml, (80, 24));
        for (place, message) in messages.iter().enumerate() {
            update(&mut state, message.clone());
            // Drawing is the dear part: every new size, and now and then.
            if place % 12 == 0 || place + 1 == messages.len() || matches!(message, Message::Resize { .. }) {
                check_invariants(&state);
            }
        }
    }
}

#[test]
fn looking_back_hides_what_was_not_published() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("", "a", "top as of | typed "),
                ("", "a esc", "top panes | banner none"),
                // The ledger is known of when the herald, which relies on it, is out.
                (
                    "",
                    "a type:2025-03-17T22:33 enter",
                    "top panes | banner as of 17 Mar 2025 22:33: 2 sources hidden",
                ),
                ("", "a type:2025-03-17 enter", "banner as of the end of 17 Mar 2025: 2 sources hidden"),
                (
                    "",
                    "a type:2025-03 enter",
                    "banner as of the end of 31 Mar 2025: 0 sources hidden, 1 possibly known",
                ),
                (
                    "",
                    "a type:now enter",
                    "banner none | notice the end of 30 Nov 2025 is now: nothing is hidden",
                ),
                ("", "a type:2025-02-30 enter", "top as of | banner none"),
                (
                    "",
                    "a type:2025-03-17/.. enter",
                    "top as of | notice 2025-03-17/.. has no end; write a day or a moment, such as 2025-11-17 or 2025-11-17T22:33",
                ),
                ("", "a enter", "banner as of 19 Mar 2025 09:00: 0 sources hidden, 1 possibly known"),
                ("", "a up enter", "banner as of 17 Mar 2025 22:33: 2 sources hidden"),
                ("", "<", "banner as of 19 Mar 2025 09:00: 0 sources hidden, 1 possibly known"),
                ("", "<<", "banner as of 17 Mar 2025 22:33: 2 sources hidden"),
                ("", "2<", "banner as of 17 Mar 2025 22:33: 2 sources hidden"),
                ("<<", "<", "notice nothing was published before that"),
                ("<<", ">", "banner as of 19 Mar 2025 09:00: 0 sources hidden, 1 possibly known"),
                ("<", ">", "banner none | notice nothing was published after that: back to now"),
                ("", ">", "banner none | notice this is now; < steps back to a publication"),
                ("<<", "A", "banner none | notice | events 11"),
                ("", "A", "notice this is now; a looks back to a moment"),
                ("", "P", "notice this is now; a looks back to a moment"),
                ("<", "P", "banner as of 19 Mar 2025 09:00: 1 source hidden, 1 of them possibly known"),
                ("< P", "P", "banner as of 19 Mar 2025 09:00: 0 sources hidden, 1 possibly known"),
                ("a type:2025-03-17 enter", "a type:2025-03-01 enter", "events 0 | event none | disputes 0"),
            ],
        );
    }
}

#[test]
fn looking_back_keeps_the_reader_where_they_are() {
    check(
        HARBOUR,
        WIDE,
        &[
            // What is open stays open while there are two positions in it, and goes when there are not.
            ("]", "<", "top compare how-far"),
            ("]", "<<", "top panes | disputes 1 | notice what was open is not part of what shows now"),
            ("5j", "< A", "event denial"),
            ("C", "<", "top disputes"),
            (
                "/ type:byard enter",
                "<<",
                "filter | notice the filter is cleared: actor: Byard Docks is not part of what shows now",
            ),
            ("/ type:borealis enter", "<<", "filter actor: Borealis Shipping"),
            ("?", "<", "top help"),
            // A reader on what is hidden goes to what comes before it.
            ("6j", "<<", "event fall"),
        ],
    );
}

#[test]
fn the_text_of_a_source_opens_at_the_words() {
    for size in SIZES {
        let mut state = script::with_texts(open(HARBOUR, size));
        for (before, keys, after) in [
            ("]", "s", "top text herald | reading 1 of 1 on line 15"),
            ("] s", "esc", "top compare how-far"),
            ("] l", "s", "top compare how-far | notice robot.txt is not in the folder of archived texts"),
            ("]", "2s", "top compare how-far | notice this position has 1 account"),
            ("] s", "n", "notice this is the only place"),
            ("] s", "/ type:the enter", "top text herald | notice 5 of 5; n and N step through them"),
            ("] s / type:the enter", "n", "reading 1 of 5 on line 1 | notice on from the top: 1 of 5"),
            ("] s / type:the enter", "2n", "reading 2 of 5 on line 12 | notice on from the top: 2 of 5"),
            ("] s / type:the enter", "N", "reading 4 of 5 on line 13 | notice 4 of 5"),
            ("] s / type:the enter", "/ enter", "reading 1 of 1 on line 15 | notice"),
            ("] s", "/ type:nowhere enter", "notice “nowhere” does not stand in this text"),
            ("] s / type:nowhere enter", "n", "notice “nowhere” does not stand in this text"),
            ("] s", "/ esc", "top text herald"),
            ("] s", "/ backspace", "top text herald"),
            ("] s", "< >", "top text herald"),
            ("] s", "<<", "top text herald"),
        ] {
            state = script::again(state, size);
            run(&mut state, before);
            let effect = run(&mut state, keys);
            for clause in after.split(" | ") {
                let (name, expected) = clause.split_once(' ').unwrap_or((clause, ""));
                assert_eq!(
                    fact(&state, effect.as_ref(), name),
                    expected,
                    "{name}, at {size:?} after [{before}] [{keys}]"
                );
            }
        }
    }
    check(
        HARBOUR,
        WIDE,
        &[(
            "]",
            "s",
            "notice no texts are at hand: start with --archive FOLDER, or name it in the configuration",
        )],
    );
}

#[test]
fn why_a_time_is_what_it_is_opens_and_leads_on() {
    for size in SIZES {
        check(
            HARBOUR,
            size,
            &[
                ("gg j", "w", "top why payments | views 1"),
                ("gg j", "w esc", "top panes | event payments"),
                // The only step: before the leak, which has a date of its own.
                ("gg j", "w G enter", "top panes | event leak"),
                // Own dates have no steps.
                ("gg", "w", "top why founding"),
                ("gg", "w enter", "top why founding | notice nothing in sight to open"),
            ],
        );
    }
    check(HARBOUR, WIDE, &[("7j", "w <<", "top panes"), ("5j", "w <<", "top why denial")]);
    check(EMPTY, WIDE, &[("", "w", "top panes | notice no events")]);
}

#[test]
fn what_is_said_of_what_was_typed_is_safe_to_show() {
    let mut state = open(HARBOUR, (120, 40));
    for hidden in ['\u{202e}', '\u{9b}', '\u{e000}', '\t'] {
        update(&mut state, Message::Key(Key::plain(KeyCode::Char(hidden))));
        let escape = format!("‹U+{:04X}›", u32::from(hidden));
        assert!(script::notice(&state).contains(&escape) || hidden == '\t', "{}", script::notice(&state));
        run(&mut state, "a");
        update(&mut state, Message::Paste(format!("20{hidden}25")));
        run(&mut state, "enter");
        assert!(dateline::text::is_safe(script::notice(&state)), "{}", script::notice(&state));
        run(&mut state, "esc");
    }
}

#[test]
fn row_47_a_query_of_ten_thousand_characters_is_cut_to_what_is_looked_for() {
    let mut state = open(HARBOUR, MEDIUM);
    run(&mut state, "/");
    update(&mut state, Message::Paste("borealis ".repeat(1_200)));
    let Some(View::Find(find)) = state.views.last() else { panic!("the finder is closed") };
    let typed = find.typed.as_str();
    assert_eq!(typed.chars().count(), dateline::query::search::QUERY_LIMIT);
    assert!("borealis ".repeat(1_200).starts_with(typed));
    // The reader goes on typing: what is too long is not taken, and nothing else is lost.
    run(&mut state, "x");
    let Some(View::Find(find)) = state.views.last() else { panic!("the finder is closed") };
    assert_eq!(find.typed.as_str().chars().count(), dateline::query::search::QUERY_LIMIT);
}
