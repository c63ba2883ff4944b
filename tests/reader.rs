//! The reader's own layer by keys: before, keys, after. On the state alone; no file is touched.

#[path = "support/script.rs"]
mod script;

use dateline::explorer::effect::Effect;
use dateline::explorer::message::Message;
use dateline::explorer::state::reader::Reader;
use dateline::explorer::state::{Pane, State, View};
use dateline::explorer::update::update;
use dateline::reader::notes::Notes;
use dateline::reader::progress::{Progress, ReadState};
use dateline::reader::store::Standing;
use proptest::prelude::*;
use script::{HARBOUR, HOSTILE, event, messages, notice, open, open_kept, run, run_kept, screen, top};

const MEDIUM: (u16, u16) = (80, 24);

fn kept(keys: &str) -> State {
    let mut state = open_kept(HARBOUR, MEDIUM);
    run_kept(&mut state, keys);
    state
}

fn note<'s>(state: &'s State, element: &str) -> &'s str {
    state.reader.notes.note(element).map_or("", |note| &note.text)
}

#[test]
fn a_bookmark_is_set_on_the_event_or_the_statement_at_hand() {
    let state = kept("5j m");
    assert_eq!(notice(&state), "bookmarked; ' lists your bookmarks and notes");
    assert!(state.reader.notes.is_bookmarked("denial"));
    let state = kept("5j m m");
    assert_eq!(notice(&state), "the bookmark is removed");
    assert!(state.reader.notes.is_empty());
    // In the event pane the first two entries are disputes: of these the event is meant.
    let mut state = kept("5j enter j j m");
    let mark = state.reader.notes.bookmarks.first().expect("a bookmark").clone();
    assert_eq!((mark.kind.as_str(), mark.day.as_str()), ("statement", "2025-11-30"));
    assert_eq!(mark.was, "\"Every line of the article is completely false\"");
    run_kept(&mut state, "gg ' enter");
    assert_eq!((event(&state), state.focus, top(&state).as_str()), ("denial", Pane::Event, "panes"));
}

#[test]
fn a_note_is_written_saved_and_taken_up_again() {
    let mut state = kept("5j i");
    assert_eq!(top(&state), "note on denial");
    run_kept(&mut state, "type:Who? enter type:Ask. ctrl-s");
    assert_eq!((notice(&state), top(&state).as_str()), ("the note is saved", "note on denial"));
    run_kept(&mut state, "type:_Twice. esc");
    assert_eq!(note(&state, "denial"), "Who?\nAsk. Twice.");
    run_kept(&mut state, "i ctrl-home type:1._ esc");
    assert_eq!(note(&state, "denial"), "1. Who?\nAsk. Twice.");
    // What was typed is left, and the note stays as it was.
    run_kept(&mut state, "i ctrl-u ctrl-u ctrl-u ctrl-x");
    assert_eq!((note(&state, "denial"), top(&state).as_str()), ("1. Who?\nAsk. Twice.", "panes"));
    run_kept(&mut state, "i esc");
    assert_eq!(notice(&state), "the note is as it was");
    run_kept(&mut state, "i ctrl-u ctrl-u ctrl-u ctrl-s");
    assert_eq!((notice(&state), note(&state, "denial")), ("the note is removed", ""));
}

#[test]
fn the_field_of_a_note_moves_and_erases_by_words_rows_and_characters() {
    for (keys, expected) in [
        ("type:one_two ctrl-left type:X", "one Xtwo"),
        ("type:one_two ctrl-w type:X", "one X"),
        ("type:one enter type:two up type:X", "oneX\ntwo"),
        ("type:one enter type:two up home type:X", "Xone\ntwo"),
        ("type:one_two home ctrl-right type:X", "oneX two"),
        ("type:ae\u{301} backspace", "a"),
        ("type:ab left left delete", "b"),
        ("type:ab home ctrl-k type:X", "X"),
        ("paste:one~two~ type:?q:i'", "one\ntwo\n?q:i'"),
        ("type:one enter enter enter pgup type:X pgdn type:Y", "Xone\n\n\nY"),
    ] {
        let state = kept(&format!("i {keys} esc"));
        assert_eq!(note(&state, "founding"), expected, "{keys}");
    }
    for (keys, said) in [
        ("left", "nothing is typed yet"),
        ("type:a up", "this is the first row of the note"),
        ("type:a pgdn", "this is the last row of the note"),
        ("type:a end", "this is the end of the note"),
        ("type:a right", "this is the end of the note"),
        ("type:a home left", "this is the start of the note"),
        ("backspace", "nothing stands before the cursor"),
        ("ctrl-s", "nothing has changed"),
    ] {
        assert_eq!(notice(&kept(&format!("i {keys}"))), said, "{keys}");
    }
}

#[test]
fn a_long_note_keeps_its_cursor_in_sight() {
    let mut state = kept("i");
    update(&mut state, Message::Paste("a line of some words\n".repeat(100)));
    run_kept(&mut state, "type:the_end");
    assert!(screen(&state).contains("the end"), "{}", screen(&state));
    run_kept(&mut state, "ctrl-home type:the_start");
    assert!(screen(&state).contains("the start"), "{}", screen(&state));
    update(&mut state, Message::Paste("x".repeat(20_000)));
    assert_eq!(notice(&state), "there is no room for more: a note has at most 20,000 characters");
}

#[test]
fn the_list_shows_what_has_gone_and_keeps_it() {
    let mut state = kept("m j m 5j i type:mine esc");
    let notes = state.reader.notes.clone();
    state = open(
        &HARBOUR
            .replace("id: payments", "id: payments-otherwise")
            .replace("{to: payments,", "{to: payments-otherwise,"),
        MEDIUM,
    );
    state.reader = Reader::new(notes.clone(), Progress::default(), Standing::Writes, &state.graph);
    run_kept(&mut state, "'");
    let shown = screen(&state);
    assert!(shown.contains("Gone from the story (1)") && shown.contains("event payments"), "{shown}");
    run_kept(&mut state, "G enter");
    assert_eq!(notice(&state), "it is gone from the story; what you marked is kept");
    assert_eq!(state.reader.notes, notes);
    // It can still be written on, and removed.
    run_kept(&mut state, "i type:gone_by_then esc");
    assert_eq!(note(&state, "payments"), "gone by then");
    run_kept(&mut state, "m i ctrl-u ctrl-s esc");
    assert!(!state.reader.notes.is_bookmarked("payments") && note(&state, "payments").is_empty());
}

#[test]
fn a_note_stays_off_another_thing_that_has_taken_its_id() {
    let mut state = kept("m i type:mine esc");
    for (kind, element) in
        [(&mut state.reader.notes.notes[0].kind, "note"), (&mut state.reader.notes.bookmarks[0].kind, "mark")]
    {
        // As it was marked, that was the id of a statement.
        assert_eq!(std::mem::replace(kind, "statement".to_owned()), "event", "{element}");
    }
    let shown = screen(&state);
    assert!(!shown.contains("your bookmark") && !shown.contains("mine"), "{shown}");
    run_kept(&mut state, "'");
    assert!(screen(&state).contains("Gone from the story (1)"), "{}", screen(&state));
    run_kept(&mut state, "enter");
    assert_eq!(notice(&state), "it is gone from the story; what you marked is kept");
    // Another note on what has the id now stands beside it.
    run_kept(&mut state, "esc i type:new esc");
    let texts: Vec<_> = state.reader.notes.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["mine", "new"]);
}

#[test]
fn what_is_gone_through_is_read_and_what_is_jumped_over_is_not() {
    let read = |keys: &str| {
        let state = kept(keys);
        let ids = state.graph.events().map(|(_, event)| event.id.to_string()).collect::<Vec<_>>();
        let read = |id: &String| state.reader.read_state(id) == ReadState::Read;
        ids.into_iter().filter(read).collect::<Vec<_>>()
    };
    assert_eq!(read("j j"), ["founding", "payments"]);
    assert_eq!(read("5j G gg"), [""; 0]);
    // Opened, it is read once the reader goes on, in whatever way.
    assert_eq!(read("5j enter"), [""; 0]);
    assert_eq!(read("5j enter shift-tab gg"), ["denial"]);
    assert_eq!(read("size:40x12 enter h j"), ["founding"]);
    assert_eq!(read("5j u"), ["denial"]);
    assert_eq!(read("5j u u"), [""; 0]);
    // Where the event does not show, passing it reads nothing.
    assert_eq!(read("z j j"), [""; 0]);
    assert_eq!(read("< j j"), [""; 0]);
    assert_eq!(read("size:40x12 j j"), [""; 0]);
}

#[test]
fn the_next_unread_event_is_found() {
    let mut state = kept("j j gg U");
    assert_eq!(event(&state), "leak");
    run_kept(&mut state, "G U");
    assert_eq!((event(&state), notice(&state)), ("leak", "on from the first event"));
    for _ in 0..11 {
        run_kept(&mut state, "u U");
    }
    assert_eq!(notice(&state), "all other events are read");
}

#[test]
fn what_changed_since_it_was_read_shows_as_such() {
    let before = kept("5j u");
    let anew = |yaml: &str| {
        let mut state = open(yaml, MEDIUM);
        state.reader =
            Reader::new(Notes::default(), before.reader.progress.clone(), Standing::Writes, &state.graph);
        state
    };
    assert_eq!(anew(HARBOUR).reader.read_state("denial"), ReadState::Read);
    let changed = HARBOUR.replacen("Every line of the article is completely false", "It is false", 1);
    let mut state = anew(&changed);
    assert_eq!(state.reader.read_state("denial"), ReadState::Changed);
    // While it is looked at, the statement that changed is told apart from those that stayed.
    run_kept(&mut state, "size:100x60 5j enter z");
    let shown = screen(&state);
    assert_eq!(shown.matches("Δ changed since you read it").count(), 2, "{shown}");
    run_kept(&mut state, "z shift-tab j");
    assert_eq!(state.reader.read_state("denial"), ReadState::Read);
    let one_more = "      - {id: one-more, form: paraphrase, text: One more., source: herald}\n";
    let added =
        HARBOUR.replacen("      - id: false-article", &format!("{one_more}      - id: false-article"), 1);
    assert!(added.len() > HARBOUR.len());
    let mut state = anew(&added);
    run_kept(&mut state, "size:100x60 5j enter z");
    assert!(screen(&state).contains("Δ new since you read this event"), "{}", screen(&state));
    // Another order of the file changes nothing.
    assert_eq!(
        anew(&HARBOUR.replace("events:", "events: # all of them")).reader.read_state("denial"),
        ReadState::Read
    );
}

#[test]
fn row_53_who_reads_only_changes_nothing_and_is_told_so() {
    let mut state = open(HARBOUR, MEDIUM);
    let why = "another dateline has this story open";
    let standing = Standing::ReadsOnly(why.to_owned());
    state.reader = Reader::new(Notes::default(), Progress::default(), standing, &state.graph);
    assert!(screen(&state).starts_with(&format!(" notes are read only: {why}")), "{}", screen(&state));
    for keys in ["m", "i", "u", "U"] {
        let effect = run(&mut state, keys);
        assert_eq!((effect, notice(&state), top(&state).as_str()), (None, why, "panes"), "{keys}");
    }
    run(&mut state, "j j enter");
    assert!(state.reader.notes.is_empty() && state.reader.progress.read.is_empty());
}

#[test]
fn row_51_what_is_not_saved_says_so_until_it_is() {
    let mut state = open_kept(HARBOUR, MEDIUM);
    for message in messages("i type:mine esc") {
        if let Some(Effect::SaveNotes(notes, _)) = update(&mut state, message) {
            assert_eq!(notes.note("founding").map(|note| note.text.as_str()), Some("mine"));
            update(&mut state, Message::NotesSaved(Err("the disk is full".to_owned())));
        }
    }
    let banner = " your notes are NOT SAVED: the disk is full; the next change tries again";
    assert!(screen(&state).starts_with(banner), "{}", screen(&state));
    assert_ne!(notice(&state), "the note is saved");
    // It is still there, and goes with the next save.
    run(&mut state, "j");
    assert!(screen(&state).starts_with(banner));
    assert_eq!(note(&state, "founding"), "mine");
    run_kept(&mut state, "m");
    assert!(!screen(&state).contains("NOT SAVED"), "{}", screen(&state));
}

#[test]
fn without_a_layer_every_key_says_why() {
    for (standing, why) in [
        (Standing::Absent, "nothing is kept of this story"),
        (Standing::Off("no home".to_owned()), "no home"),
    ] {
        let mut state = open(HARBOUR, MEDIUM);
        state.reader.standing = standing;
        for keys in ["m", "i", "u", "U"] {
            run(&mut state, keys);
            assert_eq!(notice(&state), why, "{keys}");
        }
        assert!(!screen(&state).contains("notes are read only"));
    }
}

#[test]
fn looking_back_marks_are_set_and_what_was_not_known_is_found_again() {
    let mut state = kept("G m gg 2< m");
    assert!(state.retrospect.is_some());
    assert_eq!(state.reader.notes.bookmarks.len(), 2);
    run_kept(&mut state, "u");
    assert_eq!(notice(&state), "looking back only a part shows; A goes back to now");
    run_kept(&mut state, "'");
    assert!(!screen(&state).contains("Gone from the story"), "{}", screen(&state));
}

#[test]
fn nothing_that_is_noted_or_kept_reaches_the_screen_raw() {
    let mut state = open_kept(HOSTILE, MEDIUM);
    run_kept(&mut state, "i");
    update(&mut state, Message::Paste("a\u{1b}[2J\u{202e}b\u{9b}c\u{200b}".to_owned()));
    assert!(dateline::text::is_safe(&screen(&state)), "{:?}", screen(&state));
    run_kept(&mut state, "esc m");
    let mut notes = state.reader.notes.clone();
    for (place, note) in notes.notes.iter_mut().enumerate() {
        note.text = "\u{1b}]52;c;x\u{7}\u{202e}\r\n\u{9b}".to_owned();
        note.was = "\u{1b}[2J\n".to_owned();
        note.day = "\u{1b}c".to_owned();
        note.element += &"\u{1b}x".repeat(place);
    }
    let gone = dateline::reader::notes::Note {
        element: "\u{1b}[31m".to_owned(),
        kind: "\u{7}".to_owned(),
        ..notes.notes[0].clone()
    };
    notes.notes.push(gone);
    state.reader.notes = notes;
    state.reader.unsaved = Some("x".to_owned());
    for keys in ["", "enter", "' ", "G", "i", "esc"] {
        run_kept(&mut state, keys);
        assert!(dateline::text::is_safe(&screen(&state)), "{keys}: {:?}", screen(&state));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is pressed, at any size: what is on the disk is what the state holds, and the field stays in reach.
    #[test]
    fn any_keys_keep_the_layer_whole(keys in prop::collection::vec(prop::sample::select(vec![
        "m", "i", "'", "u", "U", "j", "k", "5j", "enter", "esc", "ctrl-s", "ctrl-x", "type:ab_比", "enter", "up", "pgdn", "ctrl-w",
        "backspace", "tab", "<", "A", "G", "size:30x9", "size:120x40", "size:1x1", "paste:a~b", "click:3,4", "down:5,5",
    ]), 0..60)) {
        let mut state = open_kept(HARBOUR, MEDIUM);
        let mut disk = Notes::default();
        for key in keys {
            for message in messages(key) {
                if let Some(Effect::SaveNotes(notes, said)) = update(&mut state, message) {
                    disk = *notes;
                    update(&mut state, Message::NotesSaved(Ok(said)));
                }
            }
            prop_assert_eq!(&disk, &state.reader.notes);
            let writing = matches!(state.views.last(), Some(View::Note(_)));
            prop_assert!(!writing || state.reader.unsaved.is_none());
            if state.size.0 >= 24 && state.size.1 >= 8 {
                screen(&state);
            }
        }
    }
}
