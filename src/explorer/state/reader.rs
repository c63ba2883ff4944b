//! The reader's own layer as the explorer has it: bookmarks, notes, what has been read, and whether they are kept.
//!
//! Imports `reader`, `query::changes` and `query::content`; no file is touched here.

use std::collections::HashMap;

use super::prose::Prose;
use crate::query::changes::Written;
use crate::query::content::{Contents, Digest, digest};
use crate::reader::notes::{LONGEST_NOTE, Note, Notes, mark_of};
use crate::reader::progress::{Progress, ReadState};
use crate::reader::store::Standing;
use crate::story::graph::Graph;
use crate::story::id::{Account, ElementId, EventId};

/// The layer.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// Bookmarks and notes.
    pub notes: Notes,
    /// What was read, and where the reader was when the file was read.
    pub progress: Progress,
    /// What can be done with them.
    pub standing: Standing,
    /// Why what is here is not on the disk: the last save failed.
    pub unsaved: Option<String>,
    /// Why what was read is not on the disk.
    pub unkept: Option<String>,
    /// What was read has changed since it was saved.
    pub has_read: bool,
    /// The event whose pane had the keys since the reader came to it.
    pub opened: Option<EventId>,
    /// The written ids of what was read, and whether that says something else now.
    changed: HashMap<String, bool>,
}

impl Reader {
    /// The layer of a story, as it was opened.
    pub fn new(notes: Notes, progress: Progress, standing: Standing, whole: &Graph) -> Self {
        let mut reader = Self { notes, progress, standing, ..Self::default() };
        reader.follow(whole);
        reader
    }

    /// Takes in what the whole story says now: call it whenever that is read anew. The part of a story that shows
    /// while the reader looks back is none.
    pub fn follow(&mut self, whole: &Graph) {
        let contents = Contents::of(whole);
        let element = |id: &str| whole.by_id(id).filter(|element| kind_of(*element).is_some());
        self.compare(|id| element(id).map(|element| contents.digest(element)));
    }

    /// The same, where the digests of the whole story are at hand.
    pub fn follow_written(&mut self, written: &Written) {
        self.compare(|id| written.digest(id));
    }

    fn compare(&mut self, digest: impl Fn(&str) -> Option<Digest>) {
        let read = self.progress.read.iter();
        let changed = read.filter_map(|(id, then)| Some((id.clone(), digest(id)? != *then)));
        self.changed = changed.collect();
    }

    /// How an element stands to what was read.
    pub fn read_state(&self, element: &str) -> ReadState {
        match self.changed.get(element) {
            None => ReadState::Unread,
            Some(false) => ReadState::Read,
            Some(true) => ReadState::Changed,
        }
    }

    /// Whether any element of the story was read.
    pub fn has_marks_of_reading(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Takes an event and its accounts for read, as they are written in the whole story.
    pub fn mark_read(&mut self, whole: &Graph, event: EventId) {
        if self.read_state(&whole.event(event).id) == ReadState::Read {
            return;
        }
        for element in event_and_accounts(whole, event) {
            let id = whole.id_of(element).to_owned();
            self.progress.read.insert(id.clone(), digest(whole, element));
            self.changed.insert(id, false);
        }
        self.has_read = true;
    }

    /// Takes an event and its accounts for not read.
    pub fn mark_unread(&mut self, whole: &Graph, event: EventId) {
        for element in event_and_accounts(whole, event) {
            let id = whole.id_of(element);
            self.progress.read.remove(id);
            self.changed.remove(id);
        }
        self.has_read = true;
    }

    /// What must not be missed: that something is not kept, and why.
    pub fn trouble(&self) -> Option<String> {
        match (&self.unsaved, &self.standing) {
            (Some(why), _) => Some(format!("your notes are NOT SAVED: {why}; the next change tries again")),
            (None, Standing::ReadsOnly(why)) => Some(format!("notes are read only: {why}")),
            (None, _) => self.unkept.as_ref().map(|why| format!("what you have read is NOT SAVED: {why}")),
        }
    }
}

fn event_and_accounts(graph: &Graph, event: EventId) -> impl Iterator<Item = ElementId> {
    let of = graph.event(event);
    let statements = of.statements.iter().map(|id| Account::Statement(*id));
    let reactions = of.reactions.iter().map(|id| Account::Reaction(*id));
    std::iter::once(ElementId::Event(event)).chain(statements.chain(reactions).map(ElementId::from))
}

/// The field in which a note is written.
#[derive(Debug, Clone)]
pub struct NoteField {
    /// What the note is on; its text is what was saved last.
    pub note: Note,
    /// What is typed.
    pub prose: Prose,
    /// The text that was kept last as a draft.
    pub drafted: Option<String>,
    /// The first row that shows.
    pub top: usize,
}

impl NoteField {
    /// A field with a note in it; with a draft where one was left of it.
    pub fn new(note: Note, draft: Option<&Note>) -> Self {
        let prose = Prose::new(LONGEST_NOTE, draft.map_or(&note.text, |draft| &draft.text));
        let begun = draft.map_or_else(|| Some(mark_of(&note.text)), |draft| draft.begun.clone());
        let note = Note { begun, ..note };
        Self { note, prose, drafted: draft.map(|draft| draft.text.clone()), top: 0 }
    }

    /// Goes on from the note as it is saved now.
    pub fn is_now(&mut self, text: &str) {
        text.clone_into(&mut self.note.text);
        self.note.begun = Some(mark_of(text));
        self.drafted = None;
        if self.prose.as_str() != text {
            self.prose = Prose::new(LONGEST_NOTE, text);
        }
    }

    /// The note with what is typed.
    pub fn written(&self) -> Note {
        Note { text: self.prose.as_str().to_owned(), ..self.note.clone() }
    }

    /// Whether what is typed is not what was saved.
    pub fn is_changed(&self) -> bool {
        self.prose.as_str() != self.note.text
    }
}

/// An entry of the list of bookmarks and notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The written id.
    pub element: String,
    /// What it is: `event`, `statement` or `reaction`.
    pub kind: String,
    /// How it read when it was marked.
    pub was: String,
    /// Where it is in the story that shows; `None` where it is not.
    pub here: Option<ElementId>,
}

/// What is bookmarked or noted, each element once: in order of time, then what is not in the story.
pub fn kept(notes: &Notes, graph: &Graph) -> Vec<Kept> {
    let mut kept: Vec<Kept> = Vec::new();
    let marks = notes.bookmarks.iter().map(|mark| (&mark.element, &mark.kind, &mark.was));
    let texts = notes.notes.iter().chain(&notes.drafts).map(|note| (&note.element, &note.kind, &note.was));
    let mut seen = std::collections::HashSet::new();
    for (element, kind, was) in marks.chain(texts) {
        if seen.insert((element, kind)) {
            let (element, kind, was) = (element.clone(), kind.clone(), was.clone());
            let here = graph.by_id(&element).filter(|id| kind_of(*id) == Some(kind.as_str()));
            kept.push(Kept { element, kind, was, here });
        }
    }
    let mut places = vec![usize::MAX; graph.event_count()];
    for (place, event) in graph.chronology().order().iter().enumerate() {
        use crate::story::id::Id as _;
        places[event.index()] = place;
    }
    let place = |entry: &Kept| {
        use crate::story::id::Id as _;
        entry.here.and_then(|id| event_of(graph, id)).map_or(usize::MAX, |event| places[event.index()])
    };
    // An event before its statements; what has gone, last, in the order it was marked.
    kept.sort_by_key(|entry| (place(entry), entry.here));
    kept
}

/// What a mark calls an element; `None` for what bears no marks.
pub fn kind_of(element: ElementId) -> Option<&'static str> {
    match element {
        ElementId::Event(_) => Some("event"),
        ElementId::Statement(_) => Some("statement"),
        ElementId::Reaction(_) => Some("reaction"),
        ElementId::Source(_) | ElementId::Actor(_) | ElementId::Dispute(_) => None,
    }
}

/// The event that an element is, or is an account of.
pub fn event_of(graph: &Graph, element: ElementId) -> Option<EventId> {
    match element {
        ElementId::Event(event) => Some(event),
        ElementId::Statement(id) => Some(graph.event_of(Account::Statement(id))),
        ElementId::Reaction(id) => Some(graph.event_of(Account::Reaction(id))),
        ElementId::Source(_) | ElementId::Actor(_) | ElementId::Dispute(_) => None,
    }
}
