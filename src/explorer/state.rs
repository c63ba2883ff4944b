//! What the explorer knows between two messages. No terminal in it, no clock: today comes from outside.
//!
//! Changed by `update` alone; `view` borrows it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::key::Key;
use super::keymap::{Keymap, Scope};
use super::layout::Layout;
use super::sheet::Sheet;
use super::theme::Theme;
use crate::query::comparison::Subject;
use crate::query::dispute::by_gravity;
use crate::query::found::{Found, found};
use crate::query::provenance::Asked;
use crate::query::reaction::Market;
use crate::query::timeline::{self, Filter};
use crate::story::graph::{Dispute, Graph};
use crate::story::id::{ActorId, DisputeId, EventId, SourceId};
use crate::story::when::{Bounds, start_of};

pub mod as_of;
pub mod aside;
pub mod compare;
pub mod filter;
pub mod find;
pub mod held;
pub mod lanes;
pub mod life;
pub mod live;
pub mod matrix;
pub mod prose;
pub mod reader;
pub mod reading;
pub mod relative;
pub mod replies;
pub mod strip;
pub mod typed;
pub mod views;
pub mod web;

use as_of::{MomentPick, Retrospect};
use aside::Aside;
pub use compare::Compare;
use compare::Picks;
use filter::FilterField;
use find::{Find, Finders, Palette};
use held::Held;
use lanes::Lanes;
use life::LifeView;
use live::Live;
use matrix::Grid;
use reader::{NoteField, Reader};
use reading::{Archived, Reading};
use relative::Relative;
use replies::Heard;
use strip::Strip;
use typed::Typed;
use views::{Naming, ViewList, Views};
use web::WebView;

/// The panes, in the order Tab visits them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    /// All events.
    Timeline,
    /// The event at the cursor.
    Event,
    /// The sources of that event.
    Sources,
    /// The actors of that event.
    Actors,
    /// The market reactions of that event.
    Market,
}

impl Pane {
    /// Every pane, in the order Tab visits them.
    pub const ALL: &'static [Self; 5] =
        &[Self::Timeline, Self::Event, Self::Sources, Self::Actors, Self::Market];

    /// Its place in [`Pane::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The name on its frame.
    pub fn title(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::Event => "Event",
            Self::Sources => "Sources",
            Self::Actors => "Actors",
            Self::Market => "Market",
        }
    }

    /// The pane that shows beside the timeline where there is room for two.
    #[must_use]
    pub fn beside_timeline(self) -> Self {
        if self == Self::Timeline { Self::Event } else { self }
    }

    /// The pane `steps` further on, round and round.
    #[must_use]
    pub fn turned(self, forwards: bool) -> Self {
        let count = Self::ALL.len();
        let step = if forwards { 1 } else { count - 1 };
        Self::ALL[(self.index() + step) % count]
    }
}

/// A cursor in a list, and how far the list is scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scrolled {
    /// The entry under the cursor, counted from 0.
    pub cursor: usize,
    /// The first row that shows.
    pub top: usize,
}

/// What covers the panes. Views lie on each other; Esc takes the topmost away.
#[derive(Debug, Clone)]
pub enum View {
    /// The finder.
    Find(Box<Find>),
    /// The palette.
    Palette(Palette),
    /// The field that asks for a moment to look back to.
    MomentPick(Box<MomentPick>),
    /// The field of a filter.
    Filter(Box<FilterField>),
    /// All filters that have a name.
    Views(Box<ViewList>),
    /// The field in which one is given its name.
    Naming(Box<Naming>),
    /// Accounts side by side.
    Compare(Box<Compare>),
    /// All disputes.
    Disputes(Scrolled),
    /// The life of an allegation.
    Life(Box<LifeView>),
    /// Disputes against sources.
    Matrix(Box<Grid>),
    /// An actor's card.
    Actor(ActorId, Scrolled),
    /// A source's card.
    Source(SourceId, Scrolled),
    /// A source's text.
    Text(Box<Reading>),
    /// The field that asks what to look for in the text beneath.
    TextSearch(Typed),
    /// Why an event's time is what it is.
    Why(EventId, Scrolled),
    /// Whence something is known, down to the origins.
    Provenance(Asked, Scrolled),
    /// What was said in reply to what is alleged or recommended.
    Replies(Box<Heard>),
    /// Bookmarks and notes.
    Marks(Scrolled),
    /// The field of a note.
    Note(Box<NoteField>),
    /// Where sources can be read on the web.
    Web(Box<WebView>),
    /// What is wrong with the story's file, and what changed in it.
    Findings(Scrolled),
    /// The help; the scope it was asked for in comes first.
    Help(Scope, Scrolled),
}

/// The events visited by jumps.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// Where the reader came from, the latest last.
    pub back: Vec<EventId>,
    /// Where the reader went back from, the latest last.
    pub forth: Vec<EventId>,
}

/// The events the reader steps through, and where.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// In chronological order, narrowed by the filter.
    pub events: Vec<EventId>,
    /// What narrows it.
    pub filter: Option<Filter>,
    /// Grows with every change of the list.
    pub version: u64,
    /// The cursor; meaningless while there are no events.
    pub at: Scrolled,
}

/// Keys pressed so far that are not yet a command.
#[derive(Debug, Clone, Default)]
pub struct Pending {
    /// A number typed before a command.
    pub count: Option<usize>,
    /// The start of a run of keys.
    pub keys: Vec<Key>,
}

/// The disputes of a story that nobody wrote, found before anyone asked for them.
#[derive(Debug, Clone)]
pub struct Ahead {
    /// The story.
    pub graph: Arc<Graph>,
    /// Those of it.
    pub found: Vec<Found>,
}

impl Ahead {
    /// Looks for them, which takes its time in a long story.
    pub fn of(graph: Arc<Graph>) -> Self {
        let found = found(&graph);
        Self { graph, found }
    }
}

/// The whole of it.
pub struct State {
    /// The story; while the reader looks back, the part of it that was known.
    pub graph: Arc<Graph>,
    /// The moment the reader looks back to, and the whole story meanwhile.
    pub retrospect: Option<Box<Retrospect>>,
    /// What to call the file; safe to show.
    pub name: String,
    /// The day the reader reads on.
    pub today: NaiveDate,
    /// How it looks; here because the marks belong to what is laid out.
    pub theme: Theme,
    /// The keys.
    pub keymap: Keymap,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// The events.
    pub timeline: Timeline,
    /// The timeline laid out in lanes, where the reader has turned to them.
    pub lanes: Lanes,
    /// The strip below the panes.
    pub strip: Strip,
    /// Times told relative to others.
    pub relative: Relative,
    /// The pane that has the keys.
    pub focus: Pane,
    /// Whether that pane has all the room.
    pub zoom: bool,
    /// Cursor and scroll of each pane but the timeline, for the event at the cursor.
    pub panes: [Scrolled; Pane::ALL.len()],
    /// What covers the panes, the topmost last.
    pub views: Vec<View>,
    /// What was left for an event, to be come back to.
    pub aside: Aside,
    /// The filters that the reader gave a name.
    pub named: Views,
    /// The reader's own layer.
    pub reader: Reader,
    /// Where the reader has been.
    pub trail: Trail,
    /// The dispute compared last.
    pub compared: Option<Subject>,
    /// The disputes that were found, not written; looked for when disputes are first asked for.
    pub found: Option<Vec<Found>>,
    /// What comes of looking for them in the whole story, where that is known already.
    pub ahead: Option<Box<Ahead>>,
    /// The accounts picked to compare.
    pub picks: Picks,
    /// What is typed and not yet done.
    pub pending: Pending,
    /// What waits for something that is looked for.
    pub held: Held,
    /// Whether something may have to show otherwise than in the last frame.
    pub unshown: bool,
    /// What to tell the reader until the next key.
    pub notice: Option<String>,
    /// The reactions by instrument.
    pub market: Market,
    /// The texts of the sources, where they are at hand.
    pub archived: Option<Box<Archived>>,
    /// The story's file while it is open.
    pub live: Live,
    /// The finders, made when first asked for.
    pub finders: Finders,
    /// What the card or list on top holds, laid out; kept while the reader only moves in it, for one of many thousand rows
    /// is not laid out at every key.
    pub laid: Option<Arc<Sheet>>,
}

impl State {
    /// A state that shows the first event of a story.
    pub fn new(
        graph: impl Into<Arc<Graph>>,
        name: &str,
        today: NaiveDate,
        theme: Theme,
        size: (u16, u16),
    ) -> Self {
        let graph = graph.into();
        let events = timeline::events(&graph, None);
        let strip = Strip::empty();
        let market = Market::of(&graph);
        let mut state = Self {
            graph,
            market,
            retrospect: None,
            archived: None,
            name: crate::text::safe_line(name).into_owned(),
            today,
            theme,
            keymap: Keymap::default(),
            size,
            timeline: Timeline { events, filter: None, version: 0, at: Scrolled::default() },
            lanes: Lanes::default(),
            strip,
            relative: Relative::default(),
            focus: Pane::Timeline,
            zoom: false,
            panes: [Scrolled::default(); 5],
            views: Vec::new(),
            aside: Aside::default(),
            named: Views::default(),
            reader: Reader::default(),
            trail: Trail::default(),
            compared: None,
            found: None,
            ahead: None,
            picks: Picks::default(),
            pending: Pending::default(),
            held: Held::default(),
            unshown: true,
            notice: None,
            live: Live::default(),
            finders: Finders::default(),
            laid: None,
        };
        super::update::settle(&mut state);
        state
    }

    /// Takes the reader's configuration in; what is wrong with it is told.
    #[must_use]
    pub fn configured(mut self, views: Views) -> Self {
        self.notice = views.fault.as_ref().map(|fault| format!("the configuration cannot be used: {fault}"));
        self.named = views;
        self
    }

    /// The event at the cursor.
    pub fn event(&self) -> Option<EventId> {
        self.timeline.events.get(self.timeline.at.cursor).copied()
    }

    /// The whole story, whether or not a part of it shows.
    pub fn whole(&self) -> &Arc<Graph> {
        self.retrospect.as_ref().map_or(&self.graph, |retrospect| &retrospect.whole)
    }

    /// The day the reader looks back to, or else today: what distances are told from.
    pub fn day(&self) -> NaiveDate {
        self.retrospect.as_ref().map_or(self.today, |retrospect| retrospect.back.then().moment.date())
    }

    /// The moment the reader looks back to, or else today, from its first moment to its last.
    pub fn now(&self) -> Bounds {
        match &self.retrospect {
            Some(retrospect) => Bounds {
                earliest: Some(retrospect.back.then().moment),
                latest: Some(retrospect.back.then().moment),
            },
            None => {
                Bounds { earliest: Some(start_of(self.today)), latest: self.today.and_hms_opt(23, 59, 59) }
            }
        }
    }

    /// Where everything stands.
    pub fn layout(&self) -> Layout {
        let (width, height) = self.size;
        let troubles =
            [self.retrospect.is_some(), self.live.trouble.is_some(), self.reader.trouble().is_some()];
        let banner = troubles.into_iter().map(u16::from).sum();
        if self.lanes.by.is_some() {
            Layout::with_lanes(width, height, self.focus, self.zoom, banner, self.lanes.wanted())
        } else {
            Layout::of(width, height, self.focus, self.zoom, banner)
        }
    }

    /// Whose keys hold.
    pub fn scope(&self) -> Scope {
        match self.views.last() {
            None => Scope::Browse,
            Some(View::Find(_) | View::Palette(_) | View::MomentPick(_) | View::TextSearch(_)) => Scope::Find,
            Some(View::Filter(_)) => Scope::Filter,
            Some(View::Naming(_)) => Scope::Naming,
            Some(View::Note(_)) => Scope::Note,
            Some(View::Compare(_)) => Scope::Compare,
            Some(
                View::Disputes(_)
                | View::Life(_)
                | View::Actor(..)
                | View::Source(..)
                | View::Why(..)
                | View::Provenance(..)
                | View::Replies(_)
                | View::Marks(_)
                | View::Web(_)
                | View::Findings(_)
                | View::Views(_),
            ) => Scope::Cover,
            Some(View::Matrix(_)) => Scope::Matrix,
            Some(View::Text(_)) => Scope::Text,
            Some(View::Help(..)) => Scope::Help,
        }
    }

    /// Looks for disputes that nobody wrote, unless that was done already.
    pub fn look_for_disputes(&mut self) {
        if self.found.is_none() {
            self.found = Some(self.found_in(&self.graph));
        }
    }

    /// The disputes of a story that nobody wrote: those that were found ahead, or else looked for now.
    pub fn found_in(&self, graph: &Arc<Graph>) -> Vec<Found> {
        match &self.ahead {
            Some(ahead) if Arc::ptr_eq(&ahead.graph, graph) => ahead.found.clone(),
            _ => found(graph),
        }
    }

    /// The disputes that were found, as far as they were looked for.
    pub fn found(&self) -> &[Found] {
        self.found.as_deref().unwrap_or_default()
    }

    /// All that is listed and stepped through: the author's disputes, then those that were found.
    pub fn subjects(&self) -> Vec<Subject> {
        let written = self.disputes().into_iter().map(Subject::Written);
        written.chain((0..self.found().len()).map(Subject::Found)).collect()
    }

    /// The compare view of a subject; `None` where there is no such one.
    pub fn comparing(&self, subject: Subject) -> Option<Compare> {
        Compare::of_subject(&self.graph, self.found(), subject)
    }

    /// The dispute whose positions are compared, written or found; `None` where it is something else.
    pub fn dispute_of(&self, subject: Subject) -> Option<&Dispute> {
        match subject {
            Subject::Written(dispute) => Some(self.graph.dispute(dispute)),
            Subject::Found(place) => self.found().get(place).map(|found| &found.dispute),
            Subject::Picked(_) | Subject::Event(_) | Subject::Actor(_) => None,
        }
    }

    /// The author's disputes in the order they are listed and stepped through; see [`by_gravity`].
    pub fn disputes(&self) -> Vec<DisputeId> {
        by_gravity(&self.graph)
    }
}
