//! Bookmarks and notes, as values and as the text of their file.
//!
//! Imports nothing of the explorer; no file is touched here.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Unreadable;

/// Characters a note may have.
pub const LONGEST_NOTE: usize = 20_000;

/// The story a file belongs to, for people who look at the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfStory {
    /// Its title.
    pub title: String,
    /// Its file; missing for the embedded story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// An element as the reader last saw it: enough to be told what it was, should it go from the story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    /// The element's written id.
    pub element: String,
    /// What it is: `event`, `statement` or `reaction`.
    pub kind: String,
    /// How it read, in a line.
    pub was: String,
    /// The reader's day on which it was marked.
    pub day: String,
}

/// A note on an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The element's written id.
    pub element: String,
    /// What it is: `event`, `statement` or `reaction`.
    pub kind: String,
    /// How it read, in a line.
    pub was: String,
    /// The reader's day on which it was last written.
    pub day: String,
    /// The reader's words.
    pub text: String,
    /// Of a draft: the [`mark_of`] the text it was begun from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<String>,
}

/// What a text is known again by: the beginning of its SHA-256, as hex.
pub fn mark_of(text: &str) -> String {
    Sha256::digest(text).iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

impl Note {
    /// Whether it is on the element that another is on: an id may have become another thing's.
    pub fn is_on_that_of(&self, other: &Self) -> bool {
        self.element == other.element && self.kind == other.kind
    }
}

/// All that the reader keeps of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    version: u32,
    /// The story.
    #[serde(default)]
    pub story: OfStory,
    /// Bookmarks, in the order they were set.
    #[serde(default, rename = "bookmark", skip_serializing_if = "Vec::is_empty")]
    pub bookmarks: Vec<Marked>,
    /// Notes, one an element, in the order they were begun.
    #[serde(default, rename = "note", skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Notes whose field was open when the program was ended; not notes yet.
    #[serde(default, rename = "draft", skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<Note>,
}

impl Default for Notes {
    fn default() -> Self {
        Self {
            version: super::VERSION,
            story: OfStory::default(),
            bookmarks: Vec::new(),
            notes: Vec::new(),
            drafts: Vec::new(),
        }
    }
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// Bookmarks that were not there.
    pub bookmarks: usize,
    /// Notes on elements that had none.
    pub notes: usize,
    /// Notes on elements that had another: both are kept, one below the other.
    pub conflicts: usize,
}

impl Notes {
    /// Reads the file's text.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let mut notes: Self = super::read(text)?;
        // A file put together by hand may have two notes on one element: both are kept, as one.
        let read = std::mem::take(&mut notes.notes);
        for note in read {
            notes.add(note);
        }
        Ok(notes)
    }

    /// The file's text.
    ///
    /// Errors: never for what [`Self::read`] gave or the explorer made.
    pub fn write(&self) -> Result<String, String> {
        toml::to_string_pretty(self).map_err(|error| error.to_string())
    }

    /// Whether there is nothing to keep.
    pub fn is_empty(&self) -> bool {
        self.bookmarks.is_empty() && self.notes.is_empty() && self.drafts.is_empty()
    }

    /// The note on an element.
    pub fn note(&self, element: &str) -> Option<&Note> {
        self.notes.iter().find(|note| note.element == element)
    }

    /// The note on an element of this kind: an id that is another thing's by now has no part in it.
    pub fn note_on(&self, element: &str, kind: &str) -> Option<&Note> {
        self.notes.iter().find(|note| note.element == element && note.kind == kind)
    }

    /// The draft on an element of this kind.
    pub fn draft_on(&self, element: &str, kind: &str) -> Option<&Note> {
        self.drafts.iter().find(|draft| draft.element == element && draft.kind == kind)
    }

    /// Whether an element of this kind is bookmarked.
    pub fn is_bookmarked_on(&self, element: &str, kind: &str) -> bool {
        self.bookmarks.iter().any(|mark| mark.element == element && mark.kind == kind)
    }

    /// Whether an element is bookmarked.
    pub fn is_bookmarked(&self, element: &str) -> bool {
        self.bookmarks.iter().any(|mark| mark.element == element)
    }

    /// Sets a bookmark, or removes it where there is one; whether there is one now.
    pub fn toggle_bookmark(&mut self, mark: Marked) -> bool {
        let before = self.bookmarks.len();
        self.bookmarks.retain(|other| other.element != mark.element || other.kind != mark.kind);
        let set = self.bookmarks.len() == before;
        if set {
            self.bookmarks.push(mark);
        }
        set
    }

    /// Puts a note in the place of the one on the same element; an empty one removes it. A draft of it is done with.
    pub fn set_note(&mut self, note: Note) {
        self.drafts.retain(|draft| !draft.is_on_that_of(&note));
        if note.text.trim().is_empty() {
            self.notes.retain(|other| !other.is_on_that_of(&note));
            return;
        }
        let note = Note { begun: None, ..note };
        match self.notes.iter_mut().find(|other| other.is_on_that_of(&note)) {
            Some(place) => *place = note,
            None => self.notes.push(note),
        }
    }

    /// Puts a note in its place as [`Self::set_note`] does where the one there is still that which it was begun from; else
    /// keeps both. Whether it is the only one now.
    pub fn set_note_begun(&mut self, note: Note) -> bool {
        let text = self.note_on(&note.element, &note.kind).map_or("", |own| &own.text);
        let unchanged = match &note.begun {
            Some(begun) => *begun == mark_of(text),
            // Of a draft that does not say what it was begun from nothing is known.
            None => text.is_empty(),
        };
        if unchanged || text == note.text {
            self.set_note(note);
            return true;
        }
        self.drafts.retain(|draft| !draft.is_on_that_of(&note));
        self.add(note);
        false
    }

    /// Keeps the text of a field that is still open; only the last for an element.
    pub fn set_draft(&mut self, draft: Note) {
        self.drafts.retain(|other| !other.is_on_that_of(&draft));
        self.drafts.push(draft);
    }

    /// The text of a field that was open on an element when the program was ended.
    pub fn draft(&self, element: &str) -> Option<&Note> {
        self.drafts.iter().find(|draft| draft.element == element)
    }

    /// Adds a note; where the element has another, below that one. What it did: `None` where nothing is new.
    fn add(&mut self, note: Note) -> Option<bool> {
        let note = Note { begun: None, ..note };
        let Some(own) = self.notes.iter_mut().find(|other| other.is_on_that_of(&note)) else {
            self.notes.push(note);
            return Some(false);
        };
        let words = note.text.trim();
        // An import made twice adds nothing the second time.
        if words.is_empty() || holds(&own.text, words) {
            return None;
        }
        // Who has written on has both already.
        if holds(&note.text, own.text.trim_end()) {
            *own = note;
            return Some(true);
        }
        own.text = format!("{}\n\n[also noted, {}]\n{words}\n", own.text.trim_end(), note.day);
        Some(true)
    }

    /// Takes in what someone else has written into the file since it was `known`. Nothing of either is lost: what stands
    /// there as it was known is no news, even where it is done with here.
    pub fn take_in(&mut self, known: &Self, mut theirs: Self) {
        theirs.bookmarks.retain(|mark| !known.bookmarks.contains(mark));
        theirs.notes.retain(|note| !known.notes.contains(note));
        theirs.drafts.retain(|draft| !known.drafts.contains(draft));
        for draft in std::mem::take(&mut theirs.drafts) {
            if self.draft_on(&draft.element, &draft.kind).is_some() {
                theirs.notes.push(draft);
            } else {
                self.drafts.push(draft);
            }
        }
        self.merge(theirs);
    }

    /// Takes in what another file has, and loses nothing of its own.
    pub fn merge(&mut self, other: Self) -> Merged {
        let mut merged = Merged::default();
        for mark in other.bookmarks {
            if !self.is_bookmarked_on(&mark.element, &mark.kind) {
                self.bookmarks.push(mark);
                merged.bookmarks += 1;
            }
        }
        // What was not saved is worth as much when it is brought over.
        for note in other.notes.into_iter().chain(other.drafts) {
            match self.add(note) {
                Some(true) => merged.conflicts += 1,
                Some(false) => merged.notes += 1,
                None => {}
            }
        }
        merged
    }
}

/// Whether a note has these words in it, from the beginning of a line to the end of one.
fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with(['\n', '\r']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn note(element: &str, text: &str) -> Note {
        let (kind, was, day) = ("event".to_owned(), "W".to_owned(), "2025-11-30".to_owned());
        Note { element: element.to_owned(), kind, was, day, text: text.to_owned(), begun: None }
    }

    fn mark(element: &str) -> Marked {
        let Note { element, kind, was, day, .. } = note(element, "");
        Marked { element, kind, was, day }
    }

    fn with(notes: &[(&str, &str)]) -> Notes {
        let mut all = Notes::default();
        for (element, text) in notes {
            all.set_note(note(element, text));
        }
        all
    }

    #[test]
    fn a_file_reads_as_people_would_write_it() {
        let mut notes = with(&[("memo", "First line.\nSecond \"line\".\n")]);
        notes.story = OfStory { title: "The memo".to_owned(), file: Some("/a/events.yaml".to_owned()) };
        notes.toggle_bookmark(mark("letter"));
        let text = notes.write().expect("text");
        assert!(text.starts_with("version = 1\n\n[story]\ntitle = \"The memo\"\n"), "{text}");
        assert!(text.contains("[[bookmark]]\nelement = \"letter\"\nkind = \"event\"\n"), "{text}");
        assert!(text.contains("First line.\nSecond \"line\".\n"), "{text}");
        assert_eq!(Notes::read(&text), Ok(notes));
    }

    #[test]
    fn a_newer_version_is_known_as_such_whatever_else_it_has() {
        let newer = "version = 7\nfolders = [1, 2]\n[note]\nwhat = 1\n";
        assert_eq!(Notes::read(newer), Err(Unreadable::Newer(7)));
        for faulty in
            ["", "version = 0", "version = \"1\"", "version = 1\nnote = 3", "version = 1\nx = 2", "[[", "\0"]
        {
            assert!(matches!(Notes::read(faulty), Err(Unreadable::Faulty(_))), "{faulty}");
        }
        let fault = Notes::read("version = 1\n\n[[note]]\nelement = 3\n").map_err(|fault| fault.to_string());
        assert_eq!(fault, Err("line 4: invalid type: integer `3`, expected a string".to_owned()));
    }

    #[test]
    fn a_bookmark_is_set_and_removed() {
        let mut notes = Notes::default();
        assert!(notes.toggle_bookmark(mark("a")) && notes.toggle_bookmark(mark("b")));
        assert!(!notes.toggle_bookmark(mark("a")));
        assert!(notes.is_bookmarked("b") && !notes.is_bookmarked("a"));
    }

    #[test]
    fn an_empty_note_is_none_and_ends_its_draft() {
        let mut notes = with(&[("a", "x")]);
        notes.set_draft(note("a", "xy"));
        notes.set_draft(note("a", "xyz"));
        assert_eq!(notes.draft("a").map(|draft| draft.text.as_str()), Some("xyz"));
        assert!(!notes.is_empty());
        notes.set_note(note("a", " \n"));
        assert!(notes.is_empty());
    }

    #[test]
    fn a_merge_loses_nothing_and_adds_nothing_twice() {
        let mut own = with(&[("a", "mine"), ("b", "the same")]);
        own.toggle_bookmark(mark("x"));
        let mut other = with(&[("a", "theirs"), ("b", "the same"), ("c", "new")]);
        other.toggle_bookmark(mark("x"));
        other.toggle_bookmark(mark("y"));
        other.set_draft(note("d", "unsaved"));
        assert_eq!(own.merge(other.clone()), Merged { bookmarks: 1, notes: 2, conflicts: 1 });
        assert_eq!(
            own.note("a").map(|note| note.text.as_str()),
            Some("mine\n\n[also noted, 2025-11-30]\ntheirs\n")
        );
        assert_eq!(own.note("b").map(|note| note.text.as_str()), Some("the same"));
        let once = own.clone();
        assert_eq!(own.merge(other), Merged::default());
        assert_eq!(own, once);
        // Who has written on has both already.
        let mut own = with(&[("a", "mine")]);
        own.merge(with(&[("a", "mine\nand more")]));
        assert_eq!(own, with(&[("a", "mine\nand more")]));
        let mut own = once;
        // A few letters that happen to stand in another word are no such note.
        assert_eq!(own.merge(with(&[("a", "their")])), Merged { conflicts: 1, ..Merged::default() });
    }

    #[test]
    fn what_someone_else_wrote_into_the_file_is_taken_in_and_no_news_is_none() {
        let mut known = with(&[("a", "as it was"), ("b", "removed here"), ("c", "mine")]);
        known.set_draft(note("a", "half"));
        let mut own = with(&[("a", "half and whole"), ("c", "mine")]);
        let mut theirs = known.clone();
        theirs.set_note(note("c", "by hand"));
        theirs.set_note(note("d", "new"));
        theirs.set_draft(note("e", "half"));
        theirs.set_draft(note("a", "half"));
        theirs.toggle_bookmark(mark("x"));
        own.take_in(&known, theirs.clone());
        let text = |notes: &Notes, id| notes.note(id).map(|note| note.text.clone());
        assert_eq!(text(&own, "a").as_deref(), Some("half and whole"));
        assert_eq!(text(&own, "b"), None);
        assert_eq!(text(&own, "c").as_deref(), Some("mine\n\n[also noted, 2025-11-30]\nby hand\n"));
        assert_eq!(text(&own, "d").as_deref(), Some("new"));
        assert!(own.draft("e").is_some() && own.draft("a").is_none() && own.is_bookmarked("x"));
        // Two drafts of one note: one is a note then.
        own.set_draft(note("e", "another"));
        own.take_in(&known, theirs);
        assert_eq!(
            (text(&own, "e").as_deref(), own.draft("e").map(|draft| draft.text.as_str())),
            (Some("half"), Some("another"))
        );
    }

    #[test]
    fn a_draft_takes_the_place_of_no_note_but_the_one_it_was_begun_from() {
        let draft = |begun: Option<&str>| Note { begun: begun.map(mark_of), ..note("a", "typed") };
        for (there, begun, alone) in [
            ("was", Some("was"), true),
            ("", Some(""), true),
            ("", None, true),
            ("came", Some(""), false),
            ("came", Some("was"), false),
            ("came", None, false),
            ("typed", Some("was"), true),
        ] {
            let mut notes = with(&[("a", there)]);
            notes.set_draft(draft(begun));
            assert_eq!(notes.set_note_begun(draft(begun)), alone, "{there} {begun:?}");
            let text = notes.note("a").map_or("", |note| &note.text);
            assert!(notes.drafts.is_empty() && text.contains("typed"), "{text}");
            assert_eq!(text == "typed", alone, "{text}");
            assert!(alone || text.contains(there));
        }
        // An empty field removes no note that it never showed.
        let mut notes = with(&[("a", "came")]);
        assert!(!notes.set_note_begun(Note { text: String::new(), ..draft(Some("was")) }));
        assert_eq!(notes, with(&[("a", "came")]));
        let mut whole = Notes::default();
        whole.set_draft(draft(Some("was")));
        assert_eq!(Notes::read(&whole.write().expect("text")), Ok(whole));
    }

    #[test]
    fn two_notes_on_one_element_are_read_as_one() {
        let entry =
            |text: &str| format!("[[note]]\nelement='a'\nkind='event'\nwas='W'\nday='d'\ntext='{text}'\n");
        let notes = Notes::read(&format!("version = 1\n{}{}", entry("one"), entry("two"))).expect("read");
        assert_eq!(notes.notes.len(), 1);
        assert!(notes.notes[0].text.contains("one") && notes.notes[0].text.contains("two"));
    }

    proptest! {
        #[test]
        fn whatever_is_noted_is_read_back(texts in prop::collection::vec("[\\s\\S]{0,40}|[\"'\\\\#=\\[\\]\\r\\n\u{0}\u{7f} ]{0,12}", 0..4)) {
            let mut notes = Notes::default();
            for (place, text) in texts.iter().enumerate() {
                notes.set_note(note(&format!("e{place}"), text));
                notes.set_draft(note(&format!("f{place}"), text));
            }
            let text = notes.write().expect("text");
            prop_assert_eq!(Notes::read(&text), Ok(notes), "{}", text);
        }
    }
}
