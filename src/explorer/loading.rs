//! What the explorer knows while a long story is read, and what keys do then. No terminal in it, no clock.
//!
//! The promise: the bar never goes back, and moves only because something was read. Imports `keymap`, `theme` and what
//! the story tells of its reading.

use super::effect::Effect;
use super::key::Key;
use super::keymap::{Command, Keymap, Lookup, Scope};
use super::theme::Theme;
use crate::story::progress::{Seen, Step};
use crate::text::safe_line;

/// All of it, in the unit in which the bar is reckoned.
pub const ALL: u16 = 1000;

/// How many bytes of unknown many move the bar on by a column.
const BYTES_A_COLUMN: u64 = 1 << 14;

/// How far a bar has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// So much of [`ALL`].
    Share(u16),
    /// So many columns on, of which nobody knows how many there are.
    Onward(u64),
}

/// The whole of it.
pub struct Loading {
    /// What to call the story; safe to show.
    pub name: String,
    /// How it looks.
    pub theme: Theme,
    /// How far it has come.
    pub seen: Seen,
    /// What to tell the reader until the next key.
    pub notice: Option<String>,
    share: u16,
    keymap: Keymap,
}

impl Loading {
    /// Nothing is known yet.
    pub fn new(name: &str, theme: Theme) -> Self {
        let name = safe_line(name).into_owned();
        Self { name, theme, seen: Seen::default(), notice: None, share: 0, keymap: Keymap::default() }
    }

    /// Takes in how far it has come.
    pub fn look(&mut self, seen: Seen) {
        self.share = self.share.max(share(&seen));
        self.seen = seen;
    }

    /// How far the bar has come.
    pub fn bar(&self) -> Bar {
        match (self.seen.step, self.seen.size) {
            (Step::Bytes, None) => Bar::Onward(self.seen.bytes / BYTES_A_COLUMN),
            _ => Bar::Share(self.share),
        }
    }

    /// Takes a key in. What it asks of the world comes back.
    pub fn press(&mut self, key: Key) -> Option<Effect> {
        self.notice = None;
        match self.keymap.look_up(Scope::Loading, &[key]) {
            Lookup::Command(Command::Quit | Command::LeaveLoading) => Some(Effect::Quit),
            Lookup::Command(Command::Suspend) => Some(Effect::Suspend),
            Lookup::Command(Command::Redraw) => Some(Effect::Redraw),
            Lookup::Command(_) | Lookup::Prefix | Lookup::Unbound => {
                // A terminal sends any character as a key, also one that does not show.
                let key = key.to_string();
                let key = safe_line(&key);
                self.notice = Some(format!("{key}: not until it is read; q quits"));
                None
            }
        }
    }
}

/// How much of the whole work is done, of [`ALL`]: where the steps begin was measured on a story of 100,000 events.
fn share(seen: &Seen) -> u16 {
    let (from, to) = match seen.step {
        Step::Bytes => (0, 30),
        Step::Kept | Step::Text => (30, 30),
        Step::Pieces => (60, 850),
        // Nothing more is told of it.
        Step::Whole => (60, 60),
        Step::References => (850, 850),
        Step::Order => (900, 900),
        Step::Texts => (940, 940),
        Step::Screen => (960, 960),
    };
    let (done, all) = match seen.step {
        Step::Bytes => (seen.bytes, seen.size.unwrap_or(0)),
        _ => (count(seen.pieces), count(seen.pieces_in_all)),
    };
    let part = (u128::from(done) * (to - from)).checked_div(u128::from(all)).unwrap_or(0);
    u16::try_from(from + part.min(to - from)).unwrap_or(ALL)
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::keymap::TABLE;

    fn loading() -> Loading {
        Loading::new("long.yaml", Theme::new(true, true))
    }

    #[test]
    fn keys_while_a_story_is_read() {
        for (keys, effect) in [
            (&["q", "ctrl-c", "esc"][..], Some(Effect::Quit)),
            (&["ctrl-z"], Some(Effect::Suspend)),
            (&["ctrl-l"], Some(Effect::Redraw)),
            (&["j", "?", ":", "5", "/", "g", "enter", "tab", "ctrl-r", "!", "C", "up"], None),
        ] {
            for notation in keys {
                let key = Key::parse(notation).expect("a key");
                let mut loading = loading();
                assert_eq!(loading.press(key), effect, "{notation}");
                let told = loading
                    .notice
                    .is_some_and(|notice| notice == format!("{key}: not until it is read; q quits"));
                assert_eq!(told, effect.is_none(), "{notation}");
            }
        }
    }

    #[test]
    fn every_key_of_the_table_does_something_or_says_why_not() {
        for notation in TABLE.iter().flat_map(|binding| binding.keys) {
            for key in Key::parse_sequence(notation).expect("keys") {
                let mut loading = loading();
                assert!(loading.press(key).is_some() != loading.notice.is_some(), "{notation}");
            }
        }
    }

    #[test]
    fn what_a_key_said_goes_with_the_next() {
        let mut loading = loading();
        loading.press(Key::parse("j").expect("a key"));
        loading.press(Key::parse("ctrl-l").expect("a key"));
        assert_eq!(loading.notice, None);
    }

    #[test]
    fn the_bar_never_goes_back_and_ends_within_its_bounds() {
        let mut loading = loading();
        let mut before = 0;
        let at = |step, done: usize, all: usize| Seen {
            step,
            bytes: count(done),
            size: Some(count(all)),
            pieces: done,
            pieces_in_all: all,
            ..Seen::default()
        };
        for step in Step::ALL {
            // What is told in between two figures may not fit together.
            for (done, all) in [(0, 0), (0, 9), (3, 9), (9, 9), (12, 9), (usize::MAX, 1), (0, usize::MAX)] {
                loading.look(at(step, done, all));
                let Bar::Share(share) = loading.bar() else { panic!("{step:?}: nobody knows") };
                assert!((before..=ALL).contains(&share), "{step:?} {done} of {all}: {share} after {before}");
                before = share;
            }
        }
        assert!(before > 900);
    }

    #[test]
    fn the_bar_moves_with_what_was_read() {
        let mut loading = loading();
        let mut at = |seen: Seen| {
            loading.look(seen);
            loading.bar()
        };
        let bytes = |bytes, size| Seen { bytes, size, ..Seen::default() };
        assert_eq!(at(bytes(40_000, None)), Bar::Onward(2));
        assert_eq!(at(bytes(80_000, None)), Bar::Onward(4));
        assert_eq!(at(bytes(50, Some(100))), Bar::Share(15));
        let pieces = |pieces| Seen { step: Step::Pieces, pieces, pieces_in_all: 4, ..Seen::default() };
        assert_eq!(at(pieces(1)), Bar::Share(257));
        assert_eq!(at(pieces(3)), Bar::Share(652));
        // What could not be read in pieces is read once more.
        assert_eq!(at(Seen { step: Step::Whole, ..Seen::default() }), Bar::Share(652));
    }
}
