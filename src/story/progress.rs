//! How far the reading of a story has come, told while it goes on to whoever looks from another thread.
//!
//! The promise: telling costs next to nothing and never waits, and what is told of the story (its title, how much it
//! holds) is what its text says, not yet checked. Imports `pieces` only.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::pieces::{Holds, LISTS, Piece};

/// What a reading is at. The later ones come later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Step {
    /// The bytes are being fetched.
    #[default]
    Bytes,
    /// What was kept of an earlier reading is looked at.
    Kept,
    /// The text is looked over: whether it is one, and where it can be cut.
    Text,
    /// The text is read in pieces.
    Pieces,
    /// The text is read in one piece.
    Whole,
    /// What refers to what is settled.
    References,
    /// The events are put in the order of time.
    Order,
    /// The texts of the sources are looked through.
    Texts,
    /// All that shows is made ready.
    Screen,
}

impl Step {
    /// Every step, in their order.
    pub const ALL: [Self; 9] = [
        Self::Bytes,
        Self::Kept,
        Self::Text,
        Self::Pieces,
        Self::Whole,
        Self::References,
        Self::Order,
        Self::Texts,
        Self::Screen,
    ];

    /// What is being done, for the reader.
    pub fn words(self) -> &'static str {
        match self {
            Self::Bytes => "reading the file",
            Self::Kept => "looking at what was kept of it",
            Self::Text => "looking over its text",
            Self::Pieces => "reading what it says",
            Self::Whole => "reading it in one piece",
            Self::References => "checking what refers to what",
            Self::Order => "putting the events in order",
            Self::Texts => "looking its words up in the archive",
            Self::Screen => "making the screen ready",
        }
    }
}

/// The lists of a story, in the order of [`Seen::elements`].
pub const COUNTED: [&str; LISTS.len()] = LISTS;

/// How far a reading has come. One thread reads, any may look.
#[derive(Debug, Default)]
pub struct Progress {
    step: AtomicUsize,
    bytes: AtomicU64,
    size: OnceLock<u64>,
    pieces: AtomicUsize,
    pieces_in_all: AtomicUsize,
    elements: [AtomicUsize; LISTS.len()],
    elements_in_all: [AtomicUsize; LISTS.len()],
    title: OnceLock<String>,
}

/// How far a reading had come at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// What it was at.
    pub step: Step,
    /// How many bytes were fetched.
    pub bytes: u64,
    /// Of how many, where that is known.
    pub size: Option<u64>,
    /// How many pieces were read.
    pub pieces: usize,
    /// Of how many; 0 where the text was not cut.
    pub pieces_in_all: usize,
    /// How many elements of each of the [`COUNTED`] were read, and of how many.
    pub elements: [(usize, usize); LISTS.len()],
    /// The title of the story, once it was read; safe to show.
    pub title: Option<String>,
}

impl Progress {
    /// It is known how many bytes there are. The first word holds.
    pub fn size_is(&self, size: u64) {
        let _ = self.size.set(size);
    }

    /// More bytes were fetched.
    pub fn fetched(&self, bytes: usize) {
        self.bytes.fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Another step begins.
    pub fn step(&self, step: Step) {
        self.step.store(step as usize, Ordering::Relaxed);
    }

    /// The text was cut into these, which are read from now on.
    pub fn cut(&self, pieces: &[Piece<'_>]) {
        for (list, count) in pieces.iter().filter_map(counted) {
            self.elements_in_all[list].fetch_add(count, Ordering::Relaxed);
        }
        self.pieces_in_all.store(pieces.len(), Ordering::Relaxed);
        self.step(Step::Pieces);
    }

    /// A piece was read.
    pub fn piece(&self, piece: &Piece<'_>) {
        self.pieces.fetch_add(1, Ordering::Relaxed);
        if let Some((list, count)) = counted(piece) {
            self.elements[list].fetch_add(count, Ordering::Relaxed);
        }
    }

    /// The title was read. The first word holds.
    pub fn title_is(&self, title: &str) {
        let _ = self.title.set(title.to_owned());
    }

    /// How far it has come.
    pub fn seen(&self) -> Seen {
        let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
        let mut elements = [(0, 0); LISTS.len()];
        for (seen, (read, all)) in elements.iter_mut().zip(self.elements.iter().zip(&self.elements_in_all)) {
            *seen = (count(read), count(all));
        }
        Seen {
            step: Step::ALL.get(count(&self.step)).copied().unwrap_or_default(),
            bytes: self.bytes.load(Ordering::Relaxed),
            size: self.size.get().copied(),
            pieces: count(&self.pieces),
            pieces_in_all: count(&self.pieces_in_all),
            elements,
            title: self.title.get().cloned(),
        }
    }
}

/// The place of a piece's list among the [`COUNTED`], and how many of its elements it holds.
fn counted(piece: &Piece<'_>) -> Option<(usize, usize)> {
    let Holds::Elements(list, _, count) = piece.holds else { return None };
    LISTS.iter().position(|other| *other == list).map(|place| (place, count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{pieces, read_telling};

    #[test]
    fn the_steps_stand_in_their_order() {
        assert!(Step::ALL.is_sorted());
        for (place, step) in Step::ALL.into_iter().enumerate() {
            assert_eq!(step as usize, place, "{step:?}");
        }
    }

    /// A story that is long enough to be cut.
    fn long() -> String {
        use std::fmt::Write as _;
        let mut text = "format: 1\nstory: {title: A long one}\nsources:\n  - {id: wire, title: W, kind: article}\nevents:\n".to_owned();
        let mut event = 0;
        while text.len() < pieces::LONG * 4 {
            writeln!(text, "  - {{id: e{event}, title: What happened, status: occurred, sources: [wire]}}")
                .expect("a string");
            event += 1;
        }
        text
    }

    #[test]
    fn a_story_in_pieces_tells_what_was_read_of_how_much() {
        let (text, progress) = (long(), Progress::default());
        let graph = read_telling(text.as_bytes(), &progress).expect("a story");
        let Seen { step, pieces, pieces_in_all, elements, title, .. } = progress.seen();
        assert_eq!(step, Step::Order);
        assert!(pieces > 2 && pieces == pieces_in_all, "{pieces} of {pieces_in_all}");
        let events = graph.event_count();
        assert_eq!(elements, [(1, 1), (0, 0), (events, events), (0, 0)]);
        assert_eq!(title.as_deref(), Some("A long one"));
    }

    #[test]
    fn a_story_that_is_read_whole_says_so_and_keeps_what_was_known() {
        let (text, progress) = (long().replace("id: e7,", "id: e8,"), Progress::default());
        assert!(read_telling(text.as_bytes(), &progress).is_err(), "an id stands twice");
        let seen = progress.seen();
        assert_eq!((seen.step, seen.title.as_deref()), (Step::Whole, Some("A long one")));
    }

    #[test]
    fn the_first_word_on_the_size_holds() {
        let progress = Progress::default();
        assert_eq!(progress.seen(), Seen::default());
        progress.size_is(10);
        progress.size_is(20);
        progress.fetched(3);
        progress.fetched(4);
        assert_eq!((progress.seen().bytes, progress.seen().size), (7, Some(10)));
    }
}
