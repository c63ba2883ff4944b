//! When a file that changes has come to rest.
//!
//! The promise: what is taken for the file was seen twice, the same to the last byte, with no sign of a change between;
//! and longer where it looks like a save that is under way: nothing there, much less in it than before, or someone who
//! still writes. A truncated YAML can read as a whole story, so that no parser can tell. Where the signs never end, the
//! bytes decide.
//!
//! No clock and no file: both are handed in.

use std::time::Duration;

use super::super::reread::Bytes;
use super::Unread;

/// Between two looks.
pub const QUIET: Duration = Duration::from_millis(60);
/// How long a file must be away before it is gone: many editors put the old one aside first.
pub const AWAY: Duration = Duration::from_millis(500);
/// How long what looks like half a save is waited for.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// How long signs put a look off. Who touches a file all the time, without a change to it, would put it off for ever.
pub const CAP: Duration = Duration::from_secs(3);

/// What a look at the file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look<S> {
    /// What the file system says of it, such as size and time; `None` where it says nothing.
    pub stamp: Option<S>,
    /// The bytes, or why there are none.
    pub bytes: Result<Bytes, Unread>,
}

/// A sign of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Something happened.
    Stirred,
    /// Bytes were written, by someone who has not let go of the file since, as far as is known.
    Writing,
    /// Who wrote has let go.
    Closed,
}

/// A change that has not come to rest.
#[derive(Debug)]
struct Unrest<S> {
    /// When its first sign came.
    began: Duration,
    /// When to look next.
    due: Duration,
    /// What was seen last.
    seen: Option<Seen<S>>,
    writing: bool,
    /// There are signs still, long after the first.
    stormy: bool,
}

/// What a look saw.
#[derive(Debug)]
struct Seen<S> {
    look: Look<S>,
    since: Duration,
    /// Whether it looks like half a save; known once it was seen twice.
    half: Option<bool>,
}

/// The state of a file between a sign of change and its rest. All times are since one moment, whichever.
#[derive(Debug)]
pub struct Settling<S> {
    unrest: Option<Unrest<S>>,
}

impl<S> Default for Settling<S> {
    fn default() -> Self {
        Self { unrest: None }
    }
}

impl<S: PartialEq> Settling<S> {
    /// Takes in a sign of a change.
    pub fn stir(&mut self, now: Duration, sign: Sign) {
        let unrest = self.unrest.get_or_insert(Unrest {
            began: now,
            due: now,
            seen: None,
            writing: false,
            stormy: false,
        });
        unrest.writing = match sign {
            Sign::Stirred => unrest.writing,
            Sign::Writing => true,
            Sign::Closed => false,
        };
        if now.saturating_sub(unrest.began) >= CAP {
            unrest.stormy = true;
            return;
        }
        // Whoever holds the file open may be in the middle of it; but some never let go.
        unrest.due = now + if unrest.writing { PATIENCE } else { QUIET };
        unrest.seen = None;
    }

    /// Whether there are signs still, long after the first: then the times of the file say nothing.
    pub fn is_stormy(&self) -> bool {
        self.unrest.as_ref().is_some_and(|unrest| unrest.stormy)
    }

    /// When to look at the file; `None` while there is no need.
    pub fn due(&self) -> Option<Duration> {
        self.unrest.as_ref().map(|unrest| unrest.due)
    }

    /// Takes in a look at the file; gives it back where the file has come to rest. `is_half` says whether bytes look
    /// like half a save; it is asked once about the same bytes.
    pub fn look(
        &mut self,
        now: Duration,
        look: Look<S>,
        is_half: impl FnOnce(&Bytes) -> bool,
    ) -> Option<Look<S>> {
        let unrest = self.unrest.as_mut()?;
        let stormy = unrest.stormy;
        unrest.due = now + QUIET;
        let same = |seen: &Look<S>| seen.bytes == look.bytes && (stormy || seen.stamp == look.stamp);
        let Some(seen) = unrest.seen.as_mut().filter(|seen| same(&seen.look)) else {
            unrest.seen = Some(Seen { look, since: now, half: None });
            return None;
        };
        let half = *seen.half.get_or_insert_with(|| look.bytes.as_ref().is_ok_and(is_half));
        let least = match (&look.bytes, half) {
            (Ok(_), true) => PATIENCE,
            (Ok(_), false) => QUIET,
            (Err(_), _) => AWAY,
        };
        let least = match (stormy, unrest.writing) {
            (false, _) => least,
            (true, false) => least.max(AWAY),
            (true, true) => PATIENCE,
        };
        if now.saturating_sub(seen.since) < least {
            return None;
        }
        self.unrest = None;
        Some(look)
    }
}

/// Whether a text is markedly shorter than another, as half of it would be: by more than an eighth.
pub fn is_much_shorter(text: &[u8], than: &[u8]) -> bool {
    text.len() < than.len() - than.len() / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "format: 1\nstory: {title: A}\nevents: []\n";

    /// A file whose size is its only stamp, and a clock, both without the world.
    struct Desk {
        settling: Settling<u32>,
        now: Duration,
        file: Option<(u32, String)>,
        good: String,
    }

    impl Desk {
        fn new() -> Self {
            let file = Some((0, GOOD.to_owned()));
            Self { settling: Settling::default(), now: Duration::ZERO, file, good: GOOD.to_owned() }
        }

        /// The file is written to.
        fn write(&mut self, text: &str, sign: Sign) {
            let stamp = self.file.as_ref().map_or(100, |(stamp, _)| stamp + 1);
            self.file = Some((stamp, text.to_owned()));
            self.settling.stir(self.now, sign);
        }

        /// Lets so many milliseconds pass, with a look whenever one is due; what has come to rest meanwhile, by its
        /// text and when.
        fn pass(&mut self, milliseconds: u64) -> Vec<(u128, String)> {
            let end = self.now + Duration::from_millis(milliseconds);
            let mut settled = Vec::new();
            while let Some(due) = self.settling.due().filter(|due| *due <= end) {
                self.now = due;
                let (stamp, bytes) = match &self.file {
                    Some((stamp, text)) => (Some(*stamp), Ok(Bytes::new(text.clone().into_bytes()))),
                    None => (None, Err(Unread::Gone)),
                };
                let good = self.good.as_bytes();
                let is_half = |bytes: &Bytes| is_much_shorter(bytes, good);
                if let Some(look) = self.settling.look(self.now, Look { stamp, bytes }, is_half) {
                    let text = match look.bytes {
                        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                        Err(why) => format!("{why:?}"),
                    };
                    settled.push((self.now.as_millis(), text));
                }
            }
            self.now = end;
            settled
        }
    }

    #[test]
    fn a_save_is_taken_once_it_was_seen_twice() {
        let mut desk = Desk::new();
        assert_eq!(desk.pass(60_000), []);
        let other = GOOD.replace("title: A", "title: B");
        desk.write(&other, Sign::Closed);
        assert_eq!(desk.pass(60_000), [(60_120, other)]);
        assert_eq!(desk.settling.due(), None, "at rest nothing is looked at");
    }

    #[test]
    fn row_56_a_half_written_file_is_never_taken_while_it_grows() {
        let whole = GOOD.replace("title: A", "title: B") + "disputes: []\n";
        // Every step of a save that takes its time, a byte in 50 milliseconds: each is a valid start of the file.
        let mut desk = Desk::new();
        for end in 0..whole.len() {
            desk.write(&whole[..end], Sign::Stirred);
            assert_eq!(desk.pass(50), [], "{:?}", &whole[..end]);
        }
        desk.write(&whole, Sign::Closed);
        assert_eq!(desk.pass(1000).pop().map(|(_, text)| text), Some(whole));
    }

    #[test]
    fn row_56_the_beginning_of_what_it_held_is_waited_over() {
        // Its first part, as it was and as it reads now.
        for half in ["", "format: 1\n", "format: 1\nstory: {title: Beta}\n"] {
            let mut desk = Desk::new();
            desk.write(half, Sign::Closed);
            assert_eq!(desk.pass(1900), [], "{half:?}");
            desk.write(GOOD, Sign::Closed);
            assert_eq!(desk.pass(1000), [(2020, GOOD.to_owned())], "{half:?}");
        }
        // Where it stays, the author has cut it.
        let mut desk = Desk::new();
        desk.write("format: 1\n", Sign::Closed);
        assert_eq!(desk.pass(3000), [(2100, "format: 1\n".to_owned())]);
    }

    #[test]
    fn row_55_a_file_under_constant_signs_is_read_all_the_same() {
        for sign in [Sign::Stirred, Sign::Closed, Sign::Writing] {
            let mut desk = Desk::new();
            let text = GOOD.replace("title: A", "title: B");
            let mut settled = Vec::new();
            for _ in 0..300 {
                // The stamp is another one each time.
                desk.write(&text, sign);
                settled.extend(desk.pass(30));
            }
            assert_eq!(settled.first().map(|(_, text)| text), Some(&text), "{sign:?}");
            assert!(settled[0].0 < if sign == Sign::Writing { 7500 } else { 4000 }, "{sign:?}: {settled:?}");
            assert!(settled.len() <= 3, "{sign:?}: not over and over");
        }
    }

    #[test]
    fn row_56_under_constant_signs_what_grows_is_not_taken() {
        let mut desk = Desk::new();
        let mut text = GOOD.to_owned();
        for _ in 0..40 {
            text.push_str("# more\n");
            for _ in 0..10 {
                desk.write(&text, Sign::Stirred);
                assert_eq!(desk.pass(30), []);
            }
        }
    }

    #[test]
    fn row_56_who_holds_the_file_open_is_waited_for() {
        let mut desk = Desk::new();
        desk.write("format: 1\nstory: {title: B}\n", Sign::Writing);
        assert_eq!(desk.pass(1900), []);
        desk.write("format: 1\nstory: {title: B}\nevents: []\n", Sign::Writing);
        assert_eq!(desk.pass(1900), []);
        desk.settling.stir(desk.now, Sign::Closed);
        assert_eq!(desk.pass(1000).len(), 1);
        // But not for ever.
        desk.write(&GOOD.replace("title: A", "title: C"), Sign::Writing);
        assert_eq!(desk.pass(3000).len(), 1);
    }

    #[test]
    fn row_57_a_file_put_aside_for_a_moment_is_not_gone_and_one_that_stays_away_is() {
        let mut desk = Desk::new();
        desk.file = None;
        desk.settling.stir(desk.now, Sign::Stirred);
        assert_eq!(desk.pass(400), []);
        desk.write(&GOOD.replace("title: A", "title: B"), Sign::Closed);
        assert_eq!(desk.pass(1000).len(), 1);
        desk.file = None;
        desk.settling.stir(desk.now, Sign::Stirred);
        let settled = desk.pass(1000);
        assert_eq!(settled.len(), 1);
        assert_eq!(settled[0].1, "Gone");
    }

    #[test]
    fn the_same_bytes_under_another_stamp_are_seen_twice_too() {
        let mut desk = Desk::new();
        desk.write(GOOD, Sign::Stirred);
        desk.now = Duration::from_millis(60);
        let look = |stamp| Look { stamp: Some(stamp), bytes: Ok(Bytes::new(GOOD.into())) };
        let whole = |_: &Bytes| false;
        assert_eq!(desk.settling.look(desk.now, look(1), whole), None);
        desk.now = Duration::from_millis(120);
        assert_eq!(desk.settling.look(desk.now, look(2), whole), None, "written between two looks");
        desk.now = Duration::from_millis(180);
        assert_eq!(desk.settling.look(desk.now, look(2), whole), Some(look(2)));
    }
}
