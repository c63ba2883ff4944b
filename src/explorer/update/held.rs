//! What waits for an answer: a key that goes by what is still looked for, pressed before all is looked through, and what is
//! typed behind it. The screen never waits for either.

use super::super::key::{Key, KeyCode};
use super::super::keymap::{Command, Lookup};
use super::super::message::Message;
use super::super::state::held::Held;
use super::super::state::{State, View};

/// A key, before all is looked through: it takes effect when that is.
pub(super) fn wait(state: &mut State, key: Key) {
    state.held.is_waiting = true;
    // What else waits came in behind it.
    state.held.messages.push_front(Message::Key(key));
    let what = if key == Key::plain(KeyCode::Enter) { "Enter takes" } else { "the keys take" };
    state.notice =
        Some(format!("still looking: {what} effect when all is looked through; Esc gives that up"));
}

/// The message, unless it must wait for what came before it. Esc gives up the one key that waits; behind more it may end a
/// text that is typed ahead, and waits too. What leaves the program from everywhere, or looks after the terminal, waits for
/// nothing. A click is for what shows when it is made, which is not what will show: it is passed over.
pub(super) fn pass(state: &mut State, message: Message) -> Option<Message> {
    if !state.held.is_any() {
        return Some(message);
    }
    match message {
        Message::Key(key)
            if key == Key::plain(KeyCode::Esc) && state.held.is_waiting && state.held.messages.len() == 1 =>
        {
            state.held = Held::default();
            state.notice = Some("given up: nothing waits any more".to_owned());
            state.unshown = true;
            None
        }
        Message::Key(key) if is_urgent(state, key) => Some(message),
        Message::Key(_) | Message::Paste(_) => {
            state.held.messages.push_back(message);
            None
        }
        Message::Click { .. } | Message::Wheel { .. } => None,
        _ => Some(message),
    }
}

/// A letter may be meant for a field that is not open yet: only what no field takes is urgent.
fn is_urgent(state: &State, key: Key) -> bool {
    key.ctrl
        && matches!(
            state.keymap.look_up(state.scope(), &[key]),
            Lookup::Command(Command::Quit | Command::Suspend | Command::Redraw)
        )
}

/// What waits and can be done now.
pub(super) fn next(state: &mut State) -> Option<Message> {
    if state.held.is_waiting {
        let is_looking = match state.views.last() {
            Some(View::Find(find)) => find.is_unsure(),
            Some(View::Filter(field)) => field.is_looking(),
            _ => false,
        };
        if is_looking {
            return None;
        }
        state.held.is_waiting = false;
        if !matches!(state.views.last(), Some(View::Find(_) | View::Filter(_))) {
            // What it was for is gone.
            state.held.messages.pop_front();
        }
    }
    state.held.messages.pop_front()
}

#[cfg(test)]
mod tests {
    use super::super::super::effect::Effect;
    use super::super::super::reread::{Came, Fresh, Reread};
    use super::super::super::theme::Theme;
    use super::super::{drawn, is_busy, update};
    use super::*;
    use crate::query::changes::Written;

    /// The embedded story, looked through as slowly as one of a million events.
    fn slow() -> State {
        let graph = crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("the embedded story");
        let today = chrono::NaiveDate::from_ymd_opt(2025, 12, 1).expect("a day");
        let mut state = State::new(graph, "story", today, Theme::new(true, true), (120, 40));
        state.finders.work = 300;
        state
    }

    fn press(state: &mut State, keys: &str) -> Option<Effect> {
        let keys = Key::parse_sequence(keys).expect("keys");
        keys.into_iter().filter_map(|key| update(state, Message::Key(key))).last()
    }

    fn wait(state: &mut State) -> usize {
        let mut steps = 0;
        while is_busy(state) {
            update(state, Message::Idle);
            steps += 1;
        }
        steps
    }

    fn reading(state: &State) -> Option<String> {
        state.timeline.filter.as_ref().map(|filter| filter.reading(&state.graph))
    }

    #[test]
    fn enter_waits_for_the_finder_and_what_is_typed_behind_it_waits_for_enter() {
        let mut quick = slow();
        quick.finders.work = usize::MAX;
        press(&mut quick, "/ b y d enter j j");
        assert_eq!(quick.timeline.at.cursor, 2);
        let mut state = slow();
        press(&mut state, "/ b y d enter j j");
        assert!(matches!(state.views.last(), Some(View::Find(_))) && state.held.messages.len() == 3);
        assert!(wait(&mut state) > 20, "in many steps");
        assert_eq!((reading(&state), state.event()), (reading(&quick), quick.event()));
        assert!(state.views.is_empty() && reading(&state).is_some());
    }

    #[test]
    fn enter_waits_for_a_filter() {
        let mut state = slow();
        press(&mut state, "f s t a t u s : o c c u r r e d");
        let Some(View::Filter(field)) = state.views.last() else { panic!("the field of a filter") };
        assert!(field.is_looking() && field.completions.is_empty());
        press(&mut state, "enter j");
        wait(&mut state);
        assert_eq!(reading(&state).as_deref(), Some("filter: status:occurred"));
        assert_eq!(state.timeline.at.cursor, 1);
    }

    #[test]
    fn the_newest_query_wins() {
        let mut state = slow();
        press(&mut state, "/ x i");
        update(&mut state, Message::Idle);
        press(&mut state, "ctrl-u b y d");
        wait(&mut state);
        let Some(View::Find(find)) = state.views.last() else { panic!("the finder") };
        let mut quick = slow();
        quick.finders.work = usize::MAX;
        press(&mut quick, "/ b y d");
        let Some(View::Find(at_once)) = quick.views.last() else { panic!("the finder") };
        assert_eq!((&find.found, find.counts), (&at_once.found, at_once.counts));
    }

    #[test]
    fn what_nothing_answers_has_its_suggestion_in_steps_too() {
        let mut state = slow();
        press(&mut state, "/ a l i b a b q");
        wait(&mut state);
        let Some(View::Find(find)) = state.views.last() else { panic!("the finder") };
        assert_eq!(find.suggestion.as_deref(), Some("Alibaba"));
    }

    #[test]
    fn esc_waits_no_longer_and_quitting_never_does() {
        let mut state = slow();
        press(&mut state, "/ b y d enter esc");
        assert!(!state.held.is_any() && matches!(state.views.last(), Some(View::Find(_))));
        press(&mut state, "enter j");
        assert_eq!(press(&mut state, "ctrl-c"), Some(Effect::Quit));
    }

    #[test]
    fn the_row_that_is_gone_to_before_it_shows_is_the_one_that_enter_takes() {
        let keys = "/ a down down enter";
        let mut quick = slow();
        quick.finders.work = usize::MAX;
        press(&mut quick, keys);
        let mut state = slow();
        press(&mut state, "/ a down down");
        let Some(View::Find(find)) = state.views.last() else { panic!("the finder") };
        assert!(find.is_unsure() && find.at.cursor == 0, "nothing is gone over that may not be there");
        press(&mut state, "enter");
        wait(&mut state);
        assert!(reading(&quick).is_some());
        assert_eq!(reading(&state), reading(&quick));
    }

    #[test]
    fn what_is_typed_ahead_into_a_field_is_text() {
        let mut state = slow();
        state.reader.standing = crate::reader::store::Standing::Writes;
        press(&mut state, "/ b y d enter i");
        while !state.views.is_empty() {
            update(&mut state, Message::Idle);
        }
        assert!(state.held.is_any(), "`i` is still to come");
        assert_eq!(press(&mut state, "q"), None, "a letter of the note");
        press(&mut state, "u o t e esc");
        wait(&mut state);
        let notes = state.reader.notes.write().expect("notes");
        assert!(notes.contains("quote"), "{notes}");
    }

    #[test]
    fn what_was_found_in_a_story_is_let_go_with_it() {
        let mut state = slow();
        press(&mut state, "/ c h i n a");
        wait(&mut state);
        let actors: Vec<_> =
            (0..4_000).map(|nth| format!("  - {{id: a-{nth}, name: A{nth}, kind: person}}\n")).collect();
        let yaml = format!("format: 1\nstory: {{title: T}}\nactors:\n{}", actors.concat());
        let graph = crate::story::read(yaml.as_bytes()).expect("a story");
        let before = Written::of(&state.graph);
        let fresh = Fresh::of(graph, &before, &Written::default(), Vec::new());
        let came = Came::Story(Box::new(fresh));
        update(&mut state, Message::Reread(Box::new(Reread { at: "12:00".to_owned(), came })));
        let Some(View::Find(find)) = state.views.last() else { panic!("the finder") };
        assert!(find.is_unsure() && find.found.is_empty(), "{:?}", find.found);
        let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 120, 40));
        crate::explorer::view::render(&state, buffer.area, &mut buffer);
        wait(&mut state);
    }

    #[test]
    fn a_click_made_ahead_goes_nowhere() {
        let mut state = slow();
        press(&mut state, "/ b y d enter");
        update(&mut state, Message::Click { column: 20, row: 10 });
        update(&mut state, Message::Wheel { column: 20, row: 10, down: true });
        assert_eq!(state.held.messages.len(), 1);
    }

    #[test]
    fn only_what_may_show_asks_for_a_frame() {
        let mut state = slow();
        assert!(state.unshown);
        drawn(&mut state);
        while state.finders.is_behind() {
            update(&mut state, Message::Idle);
            assert!(!state.unshown, "what is taken in ahead shows nowhere");
        }
        press(&mut state, "j");
        assert!(state.unshown);
        press(&mut state, "/ a l");
        drawn(&mut state);
        let mut frames = 0;
        while is_busy(&state) {
            update(&mut state, Message::Idle);
            frames += usize::from(state.unshown);
            drawn(&mut state);
        }
        assert!((1..=5).contains(&frames), "a frame for each kind that is looked through, not {frames}");
    }
}
