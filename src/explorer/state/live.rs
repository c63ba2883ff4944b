//! The story's file while it is open: what is wrong with it, and what in it the reader has not seen yet.
//!
//! Imports `explorer::reread`, `query::changes` and `story`; no terminal, no files.

use std::collections::HashMap;

use super::super::reread::Finding;
use super::{Pane, Scrolled, State};
use crate::query::changes::Changes;
use crate::story::diagnostic::Severity;
use crate::story::graph::Graph;
use crate::story::id::{Account, ElementId};

/// How many changes are listed. Who has changed more looks at the story, not at a list.
const LISTED: usize = 500;

/// What is known of the file.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// What to call the file where there is little room; `None` where the story comes from none. Safe to show.
    pub file: Option<String>,
    /// The hour and minute at which the story that shows was read; `None` before the loop runs.
    pub read_at: Option<String>,
    /// Why another story shows than the one in the file.
    pub trouble: Option<Trouble>,
    /// What is to be said of the file as it was read last; `None` before it was read again.
    pub findings: Option<Vec<Finding>>,
    /// What was said of it last in the bar.
    pub said: Option<String>,
    /// What the reader has not seen.
    pub unseen: Unseen,
    /// Where the reader was before the event at the cursor was gone.
    pub left: Option<Left>,
}

/// Where the reader was when an event was gone from the story.
#[derive(Debug, Clone)]
pub struct Left {
    /// The written id of the event at the cursor.
    pub event: Option<String>,
    /// The written id of the event that the cursor came to instead.
    pub landed: Option<String>,
    /// How many rows below the top of the timeline it was.
    pub below: usize,
    /// Cursor and scroll of the panes.
    pub panes: [Scrolled; Pane::ALL.len()],
}

impl Left {
    /// Where the reader is.
    pub fn of(state: &State) -> Self {
        let event = state.event().map(|event| state.graph.event(event).id.to_string());
        let at = state.timeline.at;
        Self { event, landed: None, below: at.cursor.saturating_sub(at.top), panes: state.panes }
    }
}

/// Why another story shows than the one in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The file has faults; they are among the findings.
    Faulty,
    /// The file is gone.
    Gone,
    /// It cannot be read; why, safe to show.
    Unread(String),
}

impl Live {
    /// The finding that is told first: the first fault, or else the first thing an editor would ask about.
    pub fn first(&self) -> Option<&Finding> {
        let findings = self.findings.as_deref().unwrap_or_default();
        findings.iter().find(|finding| finding.severity == Severity::Error).or(findings.first())
    }

    /// How many faults and warnings there are, with those that are not listed.
    pub fn counts(&self) -> (usize, usize) {
        let findings = self.findings.as_deref().unwrap_or_default();
        let count = |severity| {
            findings.iter().filter(|it| it.severity == severity).map(|it| 1 + it.more).sum::<usize>()
        };
        (count(Severity::Error), count(Severity::Warning))
    }
}

/// How something differs from the last reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Novelty {
    /// It is not there any more.
    Gone,
    /// It reads otherwise.
    Changed,
    /// It was not there before.
    New,
}

impl Novelty {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Changed => "changed",
            Self::New => "new",
        }
    }
}

/// A change that is listed until it is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How it differs.
    pub novelty: Novelty,
    /// Its written id; `None` for what is said of the story as a whole.
    pub id: Option<String>,
    /// What it is: `event: The memo is reported`; safe to show.
    pub words: String,
    /// The written id of the event it is, or belongs to, where the story still has that.
    event: Option<String>,
    /// Its row was on a frame.
    showed: bool,
}

/// What the reader has not seen of what changed.
#[derive(Debug, Clone, Default)]
pub struct Unseen {
    /// Events by their written ids: graphs come and go.
    marks: HashMap<String, Novelty>,
    /// The marks of those that are gone, should they come back.
    lost: HashMap<String, Novelty>,
    told: Vec<Told>,
    more: usize,
    /// The written id of the event at the cursor.
    here: Option<String>,
    /// It was drawn there, with all that is marked of it.
    showed: bool,
}

impl Unseen {
    /// How an event differs from what the reader has seen of it.
    pub fn of(&self, event: &str) -> Option<Novelty> {
        self.marks.get(event).copied()
    }

    /// Whether any event bears a mark.
    pub fn any(&self) -> bool {
        !self.marks.is_empty()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.told.is_empty() && self.more == 0
    }

    /// The changes, gone ones first; and how many more there are that are not listed.
    pub fn told(&self) -> (&[Told], usize) {
        (&self.told, self.more)
    }

    /// Takes in what changed from one reading to the next.
    pub fn take(&mut self, changes: &Changes, before: &Graph, after: &Graph) {
        let Changes { header, new, changed, gone, back } = changes;
        for id in back {
            self.told.retain(|told| told.novelty != Novelty::Gone || told.id.as_ref() != Some(id));
            self.marks.extend(self.lost.remove_entry(id));
        }
        if *header {
            self.told.retain(|told| told.id.is_some());
            let words = format!("the story's own fields: {}", after.header().title);
            self.told.push(Told { novelty: Novelty::Changed, id: None, words, event: None, showed: false });
        }
        let lists =
            [(Novelty::Gone, gone, before), (Novelty::Changed, changed, after), (Novelty::New, new, after)];
        for (novelty, ids, graph) in lists {
            for id in ids {
                self.take_one(novelty, id, graph, after);
            }
        }
        self.told.sort_by_key(|told| told.novelty);
        if changes.is_listed() {
            self.showed = false;
        }
    }

    /// Takes in a change of what has this id in `graph`.
    fn take_one(&mut self, novelty: Novelty, id: &str, graph: &Graph, after: &Graph) {
        let Some(element) = graph.by_id(id) else { return };
        // What was new and is changed before anyone has seen it is still new.
        let before = self
            .told
            .iter()
            .position(|told| told.id.as_deref() == Some(id))
            .map(|place| self.told.remove(place));
        let was_new = before.is_some_and(|told| told.novelty == Novelty::New);
        let novelty = if was_new && novelty == Novelty::Changed { Novelty::New } else { novelty };
        if let ElementId::Event(_) = element {
            match novelty {
                Novelty::Gone => {
                    let mark = self.marks.remove(id);
                    mark.and_then(|mark| self.lost.insert(id.to_owned(), mark))
                }
                _ if self.marks.get(id) == Some(&Novelty::New) => None,
                _ => self.marks.insert(id.to_owned(), novelty),
            };
        }
        let event = event_of(graph, element);
        // With a new event all that belongs to it is new.
        let is_own = event == Some(id);
        if !is_own
            && novelty == Novelty::New
            && event.is_some_and(|event| self.of(event) == Some(Novelty::New))
        {
            return;
        }
        if self.told.len() >= LISTED {
            self.more += 1;
            return;
        }
        let event = event.filter(|event| after.by_id(event).is_some()).map(str::to_owned);
        let words = words(graph, element);
        self.told.push(Told { novelty, id: Some(id.to_owned()), words, event, showed: false });
    }

    /// Takes note of the event at the cursor. What was marked of the one before it has been seen, if that was drawn.
    pub fn follow(&mut self, here: Option<&str>) {
        if self.here.as_deref() == here {
            return;
        }
        let left = std::mem::replace(&mut self.here, here.map(str::to_owned));
        if let Some(left) = left.filter(|_| self.showed) {
            self.marks.remove(&left);
            self.told.retain(|told| told.event.as_ref() != Some(&left));
        }
        self.showed = false;
    }

    /// This event was drawn, all of it that there was room for.
    pub fn event_showed(&mut self, event: &str) {
        self.showed |= self.here.as_deref() == Some(event);
    }

    /// The rows of these places in the list were drawn.
    pub fn rows_showed(&mut self, places: &[usize]) {
        for place in places {
            if let Some(told) = self.told.get_mut(*place) {
                told.showed = true;
            }
        }
    }

    /// The list is closed: what no event shows has been seen, if its row was.
    pub fn read_list(&mut self) {
        if self.told.last().is_none_or(|told| told.showed) {
            self.more = 0;
        }
        self.told.retain(|told| !told.showed || told.event.is_some() && told.novelty != Novelty::Gone);
    }
}

/// The written id of the event that an element is or belongs to.
fn event_of(graph: &Graph, element: ElementId) -> Option<&str> {
    let event = match element {
        ElementId::Event(event) => event,
        ElementId::Statement(id) => graph.event_of(Account::Statement(id)),
        ElementId::Reaction(id) => graph.event_of(Account::Reaction(id)),
        ElementId::Source(_) | ElementId::Actor(_) | ElementId::Dispute(_) => return None,
    };
    Some(&graph.event(event).id)
}

/// What an element is, in a line.
fn words(graph: &Graph, element: ElementId) -> String {
    let named = |kind: &str, name: &str| format!("{kind}: {name}");
    match element {
        ElementId::Event(id) => named("event", &graph.event(id).title),
        ElementId::Source(id) => named("source", graph.source(id).label()),
        ElementId::Actor(id) => named("actor", &graph.actor(id).name),
        ElementId::Dispute(id) => named("dispute", &graph.dispute(id).question),
        ElementId::Statement(id) => {
            let statement = graph.statement(id);
            let speaker = statement.speaker.map_or_else(
                || graph.source(statement.source).label(),
                |speaker| graph.actor(speaker).name.as_str(),
            );
            format!("statement of {speaker} in: {}", graph.event(statement.event).title)
        }
        ElementId::Reaction(id) => {
            let reaction = graph.reaction(id);
            format!("market move of {} in: {}", reaction.instrument, graph.event(reaction.event).title)
        }
    }
}
