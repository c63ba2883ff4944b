//! The story's file changes while it is open: what of the screen stays, and what the reader is told. On the state alone:
//! the messages are those of the thread that reads the file.

#[path = "support/script.rs"]
mod script;

use dateline::archive::{Held, Text, Texts};
use dateline::explorer::effect::Effect;
use dateline::explorer::message::Message;
use dateline::explorer::reread::{Came, Finding, Fresh, Reread, read_and_check};
use dateline::explorer::state::live::Novelty;
use dateline::explorer::state::reading::Archived;
use dateline::explorer::state::{State, View};
use dateline::explorer::theme::Theme;
use dateline::explorer::update::update;
use dateline::query::changes::Written;
use dateline::story::{self, graph::Graph};
use script::{HARBOUR, QUARRY, event, filter, notice, open, open_with, run, screen, top};

const MEDIUM: (u16, u16) = (80, 24);

/// An explorer on a file of this name.
fn open_file(yaml: &str, size: (u16, u16)) -> State {
    let mut state = open(yaml, size);
    state.live.file = Some("events.yaml".to_owned());
    state.live.read_at = Some("14:03".to_owned());
    state
}

fn graph(yaml: &str) -> Graph {
    story::read(yaml.as_bytes()).expect("a story")
}

fn whole(state: &State) -> &Graph {
    state.retrospect.as_ref().map_or(&state.graph, |back| &back.whole)
}

/// What the thread makes of another text of the file.
fn came(state: &State, yaml: &str) -> Came {
    let (graph, findings) = read_and_check(yaml.as_bytes(), state.today);
    match graph {
        None => Came::Faulty(findings),
        Some(graph) => {
            let before = Written::of(whole(state));
            Came::Story(Box::new(Fresh::of(graph, &before, &Written::default(), findings)))
        }
    }
}

fn tell(state: &mut State, came: Came) {
    update(state, Message::Reread(Box::new(Reread { at: "14:05".to_owned(), came })));
}

/// The file is saved with another text.
fn save(state: &mut State, yaml: &str) {
    let came = came(state, yaml);
    tell(state, came);
}

/// The story with an event before all others, so that every place in it is another one.
fn with_one_more(yaml: &str) -> String {
    let event = "events:\n  - {id: long-before, title: Long before, status: occurred, when: '1999', when_basis: stated, sources: [SOURCE]}\n";
    let source = graph(yaml).sources().next().map(|(_, source)| source.id.clone()).expect("a source");
    let longer = yaml.replacen("events:\n", &event.replace("SOURCE", &source), 1);
    assert_ne!(longer, yaml);
    longer
}

fn faults(state: &State) -> Vec<&Finding> {
    state.live.findings.iter().flatten().collect()
}

/// A text of the file that is no story: its 3rd line names what nobody knows.
const BROKEN: &str =
    "format: 1\nstory: {title: T}\nevents: [{id: one, title: One, status: occurred, sources: [nobody]}]\n";

#[test]
fn row_55_a_save_keeps_the_event_the_scroll_and_the_panes() {
    let mut state = open_file(HARBOUR, MEDIUM);
    run(&mut state, "5j l l j");
    let (place, pane) = (event(&state).to_owned(), state.panes);
    save(&mut state, &with_one_more(HARBOUR));
    assert_eq!(event(&state), place);
    assert_eq!(state.timeline.at.cursor, 6, "one more event stands before it");
    assert_eq!(state.panes, pane);
    assert_eq!(notice(&state), "read again at 14:05: 1 new; ! lists what");
    assert_eq!(state.live.read_at.as_deref(), Some("14:05"));
}

#[test]
fn row_55_a_timeline_scrolled_half_down_stays_where_it_is() {
    let yaml = script::crowd();
    let mut state = open_file(&yaml, MEDIUM);
    run(&mut state, "30j 5k");
    let (place, at) = (event(&state).to_owned(), state.timeline.at);
    assert!(at.top > 0 && at.cursor > at.top, "{at:?}");
    save(&mut state, &with_one_more(&yaml));
    assert_eq!(event(&state), place);
    assert_eq!((state.timeline.at.cursor, state.timeline.at.top), (at.cursor + 1, at.top + 1));
}

#[test]
fn a_save_keeps_the_filter_and_the_view_that_is_open() {
    let mut state = open_file(HARBOUR, MEDIUM);
    run(&mut state, "/ type:byd enter");
    let (narrowed, count) = (filter(&state), state.timeline.events.len());
    save(&mut state, &with_one_more(HARBOUR));
    assert_eq!((filter(&state), state.timeline.events.len()), (narrowed, count));
    run(&mut state, "esc C j j");
    let subject = |state: &mut State| {
        run(state, "enter");
        let subject = top(state);
        run(state, "esc");
        subject
    };
    let mut before = open_file(HARBOUR, MEDIUM);
    run(&mut before, "C j j");
    let wanted = subject(&mut before);
    // A dispute before all others: the cursor stays on its own.
    let graph = graph(HARBOUR);
    let accounts: Vec<_> = graph.statements().take(2).map(|(_, statement)| statement.id.clone()).collect();
    let dispute = format!(
        "disputes:\n  - id: another\n    question: Another?\n    grade: contradiction\n    positions:\n      - {{label: Yes, held_by: [{}]}}\n      - {{label: No, held_by: [{}]}}\n",
        accounts[0], accounts[1]
    );
    let more = with_one_more(HARBOUR).replacen("disputes:\n", &dispute, 1);
    save(&mut state, &more);
    assert_eq!(top(&state), "disputes");
    assert_eq!(subject(&mut state), wanted);
}

#[test]
fn looking_back_the_whole_is_read_anew_and_the_moment_stays() {
    let mut state = open_file(HARBOUR, MEDIUM);
    run(&mut state, "< <");
    let words = state.retrospect.as_ref().expect("looks back").back.reading.clone();
    let (place, whole_count) = (event(&state).to_owned(), whole(&state).event_count());
    save(&mut state, &with_one_more(HARBOUR));
    let back = state.retrospect.as_ref().expect("still looks back");
    assert_eq!(back.back.reading, words);
    assert_eq!(back.whole.event_count(), whole_count + 1);
    assert_eq!(event(&state), place);
    run(&mut state, "A gg");
    assert_eq!(event(&state), "long-before");
}

#[test]
fn looking_back_the_filter_of_the_whole_and_the_field_of_moments_are_found_again() {
    let mut state = open_file(HARBOUR, MEDIUM);
    run(&mut state, "/ type:byd enter");
    let narrowed = filter(&state);
    run(&mut state, "< a");
    // With an actor and a source before all others no id is the same.
    let more = with_one_more(HARBOUR)
        .replacen("actors:\n", "actors:\n  - {id: aaa, name: Aaa, kind: person}\n", 1)
        .replacen(
            "sources:\n",
            "sources:\n  - {id: bbb, title: Bbb, kind: post, published: '1999-01-01'}\n",
            1,
        );
    let source = |state: &State| match state.views.last() {
        Some(View::MomentPick(pick)) => {
            let (_, source) = pick.publications[pick.at.cursor];
            whole(state).source(source).id.to_string()
        }
        _ => "no field".to_owned(),
    };
    let picked = source(&state);
    save(&mut state, &more);
    assert_eq!(source(&state), picked);
    screen(&state);
    run(&mut state, "esc A");
    assert_eq!(filter(&state), narrowed);
}

#[test]
fn row_56_what_is_no_story_leaves_the_last_good_one_and_says_where_it_is_wrong() {
    let mut state = open_file(HARBOUR, (120, 40));
    run(&mut state, "3j");
    let place = event(&state).to_owned();
    save(&mut state, BROKEN);
    assert_eq!(event(&state), place);
    let first = screen(&state).lines().next().unwrap_or_default().to_owned();
    assert!(
        first.contains("events.yaml cannot be read: line 3: ")
            && first.contains("the story of 14:03 shows; ! lists all"),
        "{first}"
    );
    run(&mut state, "!");
    assert_eq!(top(&state), "findings");
    let words = screen(&state);
    assert!(words.contains("line 3, column 60  error unknown-reference"), "{words}");
    run(&mut state, "enter");
    assert!(notice(&state).ends_with(":3:60"), "{}", notice(&state));
    // Repaired, as it was: nothing has changed, and the banner goes.
    let good = read_and_check(HARBOUR.as_bytes(), state.today).1;
    tell(&mut state, Came::Same(good));
    assert_eq!(state.live.trouble, None);
    assert_eq!(notice(&state), "the file is as it was again; ".to_owned() + &format!("{}:3:60", state.name));
    assert!(!state.live.unseen.any());
}

/// A story without its last events, as the first lines of a file have it.
fn half(yaml: &str, keep: usize) -> String {
    let at = yaml.match_indices("\n  - {id: event-").nth(keep).expect("so many events").0;
    yaml[..=at].to_owned()
}

#[test]
fn row_56_where_half_of_it_was_taken_the_reader_is_back_with_the_whole() {
    let whole_text = script::crowd();
    let half = half(&whole_text, 10);
    let mut state = open_file(&whole_text, MEDIUM);
    run(&mut state, "40G l j");
    let (place, at, panes) = (event(&state).to_owned(), state.timeline.at, state.panes);
    let before = Written::of(&state.graph);
    let mut lost = Written::default();
    let fresh = Fresh::of(graph(&half), &before, &lost, Vec::new());
    lost.keep(&before, &fresh.changes.gone);
    let half_written = std::sync::Arc::clone(&fresh.written);
    tell(&mut state, Came::Story(Box::new(fresh)));
    assert_ne!(event(&state), place);
    assert!(notice(&state).contains("gone"), "{}", notice(&state));
    let fresh = Fresh::of(graph(&whole_text), &half_written, &lost, Vec::new());
    tell(&mut state, Came::Story(Box::new(fresh)));
    assert_eq!((event(&state), state.timeline.at, state.panes), (place.as_str(), at, panes));
    let said = notice(&state);
    assert!(said.contains("back as before") && !said.contains("new") && !said.contains('!'), "{said}");
    assert!(!state.live.unseen.any() && state.live.unseen.told().0.is_empty());
    // Who has gone elsewhere meanwhile stays there.
    save(&mut state, &half);
    run(&mut state, "h gg");
    assert_ne!(event(&state), "event-8");
    let first = event(&state).to_owned();
    save(&mut state, &whole_text);
    assert_eq!(event(&state), first);
}

#[test]
fn row_57_a_file_that_is_gone_is_told_and_its_return_too() {
    let mut state = open_file(HARBOUR, MEDIUM);
    tell(&mut state, Came::Gone);
    let first = |state: &State| screen(state).lines().next().unwrap_or_default().trim().to_owned();
    assert_eq!(first(&state), "events.yaml is gone; the story of 14:03 shows");
    run(&mut state, "2j ! esc");
    assert_eq!(first(&state), "events.yaml is gone; the story of 14:03 shows");
    save(&mut state, &with_one_more(HARBOUR));
    assert!(!first(&state).contains("gone"), "{}", first(&state));
    assert!(notice(&state).starts_with("read again at 14:05: 1 new"), "{}", notice(&state));
}

#[test]
fn what_changed_is_marked_until_the_reader_has_been_there() {
    let mut state = open_file(QUARRY, MEDIUM);
    let ids: Vec<_> = state.timeline.events.iter().map(|id| state.graph.event(*id).id.clone()).collect();
    let title = {
        let graph = &state.graph;
        graph.event(state.timeline.events[2]).title.clone()
    };
    let more = with_one_more(QUARRY).replace(&format!("title: {title}"), "title: Told otherwise");
    save(&mut state, &more);
    assert_eq!(notice(&state), "read again at 14:05: 1 new, 1 changed; ! lists what");
    let mark = |state: &State, id: &str| state.live.unseen.of(id);
    assert_eq!(mark(&state, "long-before"), Some(Novelty::New));
    assert_eq!(mark(&state, &ids[2]), Some(Novelty::Changed));
    assert_eq!(mark(&state, &ids[1]), None);
    // Row 0 is the frame.
    let row =
        |state: &State, place: usize| screen(state).lines().nth(place + 1).unwrap_or_default().to_owned();
    assert!(row(&state, 0).contains("✚ Long before"), "{}", screen(&state));
    assert!(row(&state, 3).contains("± "), "{}", screen(&state));
    assert!(!row(&state, 2).contains('±'), "{}", screen(&state));
    // At the cursor it still shows; left, it has been seen.
    run(&mut state, "2j");
    assert_eq!(event(&state), ids[2]);
    assert_eq!(mark(&state, &ids[2]), Some(Novelty::Changed));
    run(&mut state, "j");
    assert_eq!(mark(&state, &ids[2]), None);
    assert_eq!(mark(&state, "long-before"), Some(Novelty::New), "nobody was there");
    run(&mut state, "gg j");
    assert!(!state.live.unseen.any());
    assert!(!screen(&state).contains('✚'));
}

#[test]
fn the_marks_have_twins_in_ascii() {
    let mut state = open_with(QUARRY, MEDIUM, &Theme::new(false, false), "2025-11-30");
    save(&mut state, &with_one_more(QUARRY));
    let screen = screen(&state);
    let row = screen.lines().find(|line| line.contains("Long before")).unwrap_or_default();
    assert!(row.contains(" n ") || row.contains("*n "), "{row}");
    assert!(screen.is_ascii());
}

#[test]
fn a_change_at_the_cursor_stays_marked_until_the_cursor_goes() {
    let mut state = open_file(QUARRY, MEDIUM);
    let title = state.graph.event(state.event().expect("an event")).title.clone();
    let id = event(&state).to_owned();
    save(&mut state, &QUARRY.replace(&format!("title: {title}"), "title: Told otherwise"));
    assert_eq!(state.live.unseen.of(&id), Some(Novelty::Changed));
    run(&mut state, "? esc");
    assert_eq!(state.live.unseen.of(&id), Some(Novelty::Changed));
    run(&mut state, "j");
    assert_eq!(state.live.unseen.of(&id), None);
}

#[test]
fn what_is_gone_is_told_and_listed_until_the_list_was_read() {
    let mut state = open_file(&with_one_more(QUARRY), MEDIUM);
    assert_eq!(event(&state), "long-before");
    save(&mut state, QUARRY);
    assert_eq!(notice(&state), "read again at 14:05: 1 gone; ! lists what");
    assert_eq!(event(&state), {
        let graph = graph(QUARRY);
        graph.event(dateline::query::timeline::events(&graph, None)[0]).id.clone()
    });
    run(&mut state, "!");
    assert!(screen(&state).contains("− gone event: Long before  long-before"), "{}", screen(&state));
    run(&mut state, "enter");
    assert_eq!(notice(&state), "it is gone from the story");
    run(&mut state, "! !");
    assert!(!screen(&state).contains("Long before"), "{}", screen(&state));
}

#[test]
fn rows_of_the_list_that_never_showed_are_not_taken_for_read() {
    let yaml = script::crowd();
    let half = half(&yaml, 10);
    let mut state = open_file(&yaml, (80, 12));
    save(&mut state, &half);
    let told = |state: &State| state.live.unseen.told().0.len();
    let all = told(&state);
    assert!(all > 20, "{all}");
    run(&mut state, "! !");
    let left = told(&state);
    assert!(left > 0 && left < all, "{left} of {all}");
    // To the end and back in one go is not seen: a frame is what shows.
    for message in script::messages("! G gg !") {
        update(&mut state, message);
    }
    assert_eq!(told(&state), left);
    for _ in 0..all {
        run(&mut state, "! !");
    }
    assert_eq!(told(&state), 0);
}

#[test]
fn an_event_that_is_passed_or_does_not_show_keeps_its_mark() {
    let mut state = open_file(QUARRY, MEDIUM);
    let third = state.graph.event(state.timeline.events[2]);
    let (id, title) = (third.id.clone(), third.title.clone());
    save(&mut state, &QUARRY.replace(&format!("title: {title}"), "title: Told otherwise"));
    let marked = |state: &State| state.live.unseen.of(&id).is_some();
    assert!(marked(&state));
    for message in script::messages("2j j") {
        update(&mut state, message);
    }
    assert!(marked(&state), "no frame was drawn there");
    // The timeline has all the room.
    run(&mut state, "z k j");
    assert!(marked(&state), "the event did not show");
    run(&mut state, "z k");
    assert_eq!(event(&state), id);
    run(&mut state, "j");
    assert!(!marked(&state));
}

#[test]
fn the_fields_of_the_story_itself_count_as_changed() {
    let mut state = open_file(QUARRY, MEDIUM);
    let title = state.graph.header().title.clone();
    save(&mut state, &QUARRY.replacen(&format!("title: {title}"), "title: Another name", 1));
    assert_eq!(notice(&state), "read again at 14:05: the story's own fields changed; ! lists what");
    run(&mut state, "!");
    let words = screen(&state);
    assert!(words.contains("changed the story's own fields: Another name"), "{words}");
    run(&mut state, "enter");
    assert_eq!(notice(&state), "this is about the whole story");
    run(&mut state, "! !");
    assert!(!screen(&state).contains("Another name"));
}

#[test]
fn a_change_in_the_list_leads_to_what_changed() {
    let mut state = open_file(QUARRY, MEDIUM);
    save(&mut state, &with_one_more(QUARRY));
    run(&mut state, "3j ! enter");
    assert_eq!((event(&state), top(&state).as_str()), ("long-before", "panes"));
}

#[test]
fn a_file_that_is_saved_over_and_over_says_only_what_is_so() {
    let mut state = open_file(QUARRY, MEDIUM);
    run(&mut state, "k");
    assert_eq!(notice(&state), "this is the first event");
    save(&mut state, &with_one_more(QUARRY));
    assert_eq!(notice(&state), "read again at 14:05: 1 new; ! lists what; this is the first event");
    for round in 0..100 {
        save(&mut state, if round % 2 == 0 { QUARRY } else { BROKEN });
    }
    assert_eq!(notice(&state), "this is the first event");
    save(&mut state, QUARRY);
    save(&mut state, &with_one_more(QUARRY));
    assert_eq!(notice(&state), "read again at 14:05: 1 new; ! lists what; this is the first event");
}

#[test]
fn a_story_that_says_the_same_is_said_to() {
    let mut state = open_file(QUARRY, MEDIUM);
    save(&mut state, &format!("# a comment\n{QUARRY}"));
    assert_eq!(notice(&state), "read again at 14:05: says what it said");
    assert!(!state.live.unseen.any());
}

#[test]
fn the_keys_ask_for_the_file_and_say_where_there_is_none() {
    let mut state = open_file(QUARRY, MEDIUM);
    assert_eq!(run(&mut state, "ctrl-r"), Some(Effect::Reread));
    assert_eq!(notice(&state), format!("reading {} again", state.name));
    tell(&mut state, Came::Unrest);
    assert_eq!(notice(&state), format!("{} is being written; it is read as soon as it rests", state.name));
    let findings = read_and_check(QUARRY.as_bytes(), state.today).1;
    tell(&mut state, Came::Same(findings));
    assert_eq!(notice(&state), "the file is as it shows");
    state.live.findings = None;
    // The first list asks for a check; later ones have one.
    assert_eq!(run(&mut state, "!"), Some(Effect::Reread));
    assert!(screen(&state).contains("is being checked"));
    let findings = read_and_check(QUARRY.as_bytes(), state.today).1;
    let warned = !findings.is_empty();
    tell(&mut state, Came::Same(findings));
    assert_eq!(notice(&state), "");
    let words = screen(&state);
    assert_eq!(words.contains("nothing is wrong with it"), !warned, "{words}");
    assert_eq!(run(&mut state, "! !"), None);
    let mut embedded = open(QUARRY, MEDIUM);
    embedded.live.file = None;
    assert_eq!(run(&mut embedded, "ctrl-r"), None);
    assert_eq!(notice(&embedded), "this story comes from no file that could be read again");
}

#[test]
fn what_the_story_or_the_system_says_is_made_safe() {
    let mut state = open_file(QUARRY, MEDIUM);
    tell(&mut state, Came::Unread("no\u{1b}[2J\u{202e}way".to_owned()));
    let words = screen(&state);
    assert!(
        words.contains("events.yaml cannot be read: no") && !words.contains(['\u{1b}', '\u{202e}']),
        "{words}"
    );
    tell(&mut state, Came::NotTold("too\u{7}many".to_owned()));
    assert!(!notice(&state).contains('\u{7}') && notice(&state).contains("every 2 seconds"));
    save(&mut state, "format: 1\nstory: {title: T}\n\u{1b}[2J: 1\n");
    run(&mut state, "!");
    assert!(!screen(&state).contains('\u{1b}'));
    assert!(!faults(&state).is_empty());
}

#[test]
fn texts_are_matched_again_and_a_text_that_is_read_stays_open() {
    let mut state = script::with_texts(open_file(HARBOUR, MEDIUM));
    let texts = |words: &str| {
        let mut texts = Texts::default();
        let held =
            Held { file: "herald.txt".to_owned(), text: Text::new(words), sha256: words.len().to_string() };
        texts.insert("herald", Ok(held));
        texts
    };
    run(&mut state, "] s");
    assert_eq!(top(&state), "text herald", "{}", screen(&state));
    let mut fresh = match came(&state, &with_one_more(HARBOUR)) {
        Came::Story(fresh) => *fresh,
        other => panic!("{other:?}"),
    };
    fresh.archived = Some(Ok(Archived::new(&fresh.graph, texts("One line only.\n"))));
    tell(&mut state, Came::Story(Box::new(fresh)));
    assert_eq!(top(&state), "text herald");
    assert!(screen(&state).contains("One line only."), "{}", screen(&state));
    let mut fresh = match came(&state, HARBOUR) {
        Came::Story(fresh) => *fresh,
        other => panic!("{other:?}"),
    };
    fresh.archived = Some(Ok(Archived::new(&fresh.graph, Texts::default())));
    tell(&mut state, Came::Story(Box::new(fresh)));
    assert_ne!(top(&state), "text herald");
    assert!(notice(&state).contains("the text that was open is not at hand any more"), "{}", notice(&state));
}

#[test]
fn every_banner_keeps_what_matters_at_every_width() {
    for columns in 24..140 {
        for looks_back in [false, true] {
            let mut state = open_file(HARBOUR, (columns, 24));
            if looks_back {
                run(&mut state, "<");
            }
            save(&mut state, BROKEN);
            let words = screen(&state);
            let mut rows = words.lines();
            let first = rows.next().unwrap_or_default();
            assert!(
                first.contains("line 3") && first.contains('!') && first.contains("story"),
                "{columns}: {first}"
            );
            assert_eq!(rows.next().unwrap_or_default().contains("as of"), looks_back, "{columns}: {words}");
            tell(&mut state, Came::Gone);
            let words = screen(&state);
            let first = words.lines().next().unwrap_or_default();
            assert!(first.contains("gone") && first.contains("story"), "{columns}: {first}");
        }
    }
}
