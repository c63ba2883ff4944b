//! The finder and the palette: what is typed, what matches, where the cursor is.
//!
//! Imports `query::search`; no terminal.

use std::borrow::Cow;
use std::ops::Range;

use super::super::keymap::{self, Command, Scope};
use super::Scrolled;
use super::typed::Typed;
use crate::query::filter::Texts;
use crate::query::search::{Candidate, Finder, QUERY_LIMIT, Search};
use crate::story::graph::Graph;
use crate::story::id::{ActorId, DisputeId, ElementId, EventId, Id as _, SourceId, StatementId};
use crate::text::safe_line;

/// How many matches are kept. More than anyone scrolls through; the count says when there are more.
pub const LIMIT: usize = 500;

/// The work done at a key or between two, in names that their letters rule out: a few milliseconds of it. A story below
/// some ten thousand names is looked through at once.
const WORK: usize = 800_000;

/// What a byte of a name costs when it is taken in, beside a name that its letters rule out.
const TAKEN_IN: usize = 8;

/// What is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindKind {
    /// Names and aliases of actors.
    Actors,
    /// Titles of events.
    Events,
    /// Words of statements.
    Statements,
    /// Titles, publishers and bylines of sources.
    Sources,
    /// Questions of disputes.
    Disputes,
}

impl FindKind {
    /// Every kind, in the order Tab visits them.
    pub const ALL: [Self; 5] = [Self::Actors, Self::Events, Self::Statements, Self::Sources, Self::Disputes];

    /// The name on its tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Events => "events",
            Self::Statements => "statements",
            Self::Sources => "sources",
            Self::Disputes => "disputes",
        }
    }

    /// The next kind, or the one before, round and round.
    #[must_use]
    pub fn turned(self, forwards: bool) -> Self {
        let step = if forwards { 1 } else { Self::ALL.len() - 1 };
        Self::ALL[(self as usize + step) % Self::ALL.len()]
    }
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What.
    pub element: ElementId,
    /// Which of its names matched, counted from 0; 0 is the main name.
    pub name: usize,
    /// The letters that match, as byte ranges in that name; worked out for those that show.
    pub highlights: Option<Vec<Range<usize>>>,
}

/// The finder.
#[derive(Debug, Clone)]
pub struct Find {
    /// What is looked through.
    pub kind: FindKind,
    /// What is typed.
    pub typed: Typed,
    /// What matches, the best first.
    pub found: Vec<Found>,
    /// How many match of each kind, in the order of [`FindKind::ALL`]: who looks among the actors sees that the name
    /// is a source's too.
    pub counts: [usize; FindKind::ALL.len()],
    /// Of which kinds that is known by now. Where much is to be looked through, it takes more than a moment.
    pub is_counted: [bool; FindKind::ALL.len()],
    /// A spelling that would match, where nothing does.
    pub suggestion: Option<String>,
    /// The cursor.
    pub at: Scrolled,
}

/// The palette: commands found by their words.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What is typed.
    pub typed: Typed,
    /// Where the palette was asked for: only what works there is offered.
    pub scope: Scope,
    /// What matches, the best first, with the letters of its help that match.
    pub found: Vec<(Command, Vec<Range<usize>>)>,
    /// The cursor.
    pub at: Scrolled,
}

impl Palette {
    /// A palette over the commands of a scope.
    pub fn new(scope: Scope) -> Self {
        let mut palette =
            Self { typed: Typed::new(QUERY_LIMIT), scope, found: Vec::new(), at: Scrolled::default() };
        palette.search();
        palette
    }

    /// Looks for what is typed.
    pub fn search(&mut self) {
        let commands =
            keymap::bindings_in(self.scope).filter(|binding| binding.command != Command::Palette).map(
                |binding| Candidate { key: binding.command, names: vec![binding.help.to_owned()], weight: 0 },
            );
        if self.typed.as_str().is_empty() {
            self.found = commands.map(|candidate| (candidate.key, Vec::new())).collect();
        } else {
            let finder = Finder::new(commands);
            let matches = finder.find(self.typed.as_str(), LIMIT).into_iter().map(|found| found.key);
            let marked =
                |command: Command| (command, finder.highlights(self.typed.as_str(), command.binding().help));
            self.found = matches.map(marked).collect();
        }
        self.at = Scrolled::default();
    }
}

/// What a story is looked through with, each made when first asked for.
#[derive(Default)]
pub struct Finders {
    texts: Option<Texts>,
    kinds: [Looking; FindKind::ALL.len()],
}

/// One kind of element looked through.
#[derive(Default)]
struct Looking {
    finder: Finder<ElementId>,
    /// How many elements the finder has taken in.
    taken: usize,
    /// Whether it has them all.
    is_ready: bool,
    /// The search last asked for.
    search: Option<Search>,
}

impl Finders {
    /// The story's texts, folded for filters.
    pub fn texts(&mut self, graph: &Graph) -> &Texts {
        self.texts.get_or_insert_with(|| Texts::of(graph))
    }

    /// Takes names of actors in ahead of the first search, a few milliseconds of it; false once all are in.
    pub fn take_in_ahead(&mut self, graph: &Graph) -> bool {
        let mut work = WORK;
        !self.kinds[FindKind::Actors as usize].take_in(graph, FindKind::Actors, &mut work)
    }

    /// Whether names of actors are still to be taken in.
    pub fn is_behind(&self) -> bool {
        !self.kinds[FindKind::Actors as usize].is_ready
    }
}

impl Looking {
    /// Goes on until all is looked through, or the work is done; true where all is.
    fn go_on(&mut self, graph: &Graph, kind: FindKind, query: &str, work: &mut usize) -> bool {
        if !self.take_in(graph, kind, work) {
            return false;
        }
        let search = match self.search.take() {
            Some(search) if search.typed() == query => search,
            Some(search) => search.turned_to(query),
            None => Search::new(query),
        };
        let search = self.search.insert(search);
        self.finder.go_on(search, work)
    }

    /// Takes names in until all are, or the work is done; true where all are.
    fn take_in(&mut self, graph: &Graph, kind: FindKind, work: &mut usize) -> bool {
        if self.is_ready {
            return true;
        }
        let count = count_of(graph, kind);
        while self.taken < count && *work > 0 {
            let (element, weight) = nth(graph, kind, self.taken);
            let names = names_of(graph, element);
            let bytes = self.finder.add(element, names.iter().map(AsRef::as_ref), weight);
            *work = work.saturating_sub(TAKEN_IN * bytes);
            self.taken += 1;
        }
        if self.taken == count {
            self.finder.prepare();
            self.is_ready = true;
        }
        self.is_ready
    }

    /// How many answers there are, up to [`LIMIT`].
    fn count(&self) -> usize {
        self.search.as_ref().map_or(0, |search| self.finder.count(search, LIMIT))
    }

    /// The best of what was found, or else a spelling that would be.
    fn answers(&self, graph: &Graph) -> (Vec<Found>, Option<String>) {
        let Some(search) = &self.search else { return (Vec::new(), None) };
        let best = self.finder.best(search, LIMIT).into_iter();
        let found: Vec<_> =
            best.map(|best| Found { element: best.key, name: best.name, highlights: None }).collect();
        if !found.is_empty() {
            return (found, None);
        }
        let near = self.finder.suggest(search.typed());
        let name = near.and_then(|(element, name)| Some(names_of(graph, element).get(name)?.to_string()));
        (found, name)
    }
}

/// How many elements of a kind a story has.
fn count_of(graph: &Graph, kind: FindKind) -> usize {
    match kind {
        FindKind::Actors => graph.actors().len(),
        FindKind::Events => graph.event_count(),
        FindKind::Statements => graph.statements().len(),
        FindKind::Sources => graph.sources().len(),
        FindKind::Disputes => graph.dispute_count(),
    }
}

/// An element of a kind, and what it weighs; events come in chronological order.
fn nth(graph: &Graph, kind: FindKind, place: usize) -> (ElementId, u32) {
    let weight = |events: &[EventId]| u32::try_from(events.len()).unwrap_or(u32::MAX);
    match kind {
        FindKind::Actors => {
            let id = ActorId::from_index(place);
            (ElementId::Actor(id), weight(graph.events_of_actor(id)))
        }
        FindKind::Events => (ElementId::Event(graph.chronology().order()[place]), 0),
        FindKind::Statements => (ElementId::Statement(StatementId::from_index(place)), 0),
        FindKind::Sources => {
            let id = SourceId::from_index(place);
            (ElementId::Source(id), weight(graph.events_of_source(id)))
        }
        FindKind::Disputes => (ElementId::Dispute(DisputeId::from_index(place)), 0),
    }
}

impl Find {
    /// A finder over actors, with nothing typed.
    pub fn new(graph: &Graph, finders: &mut Finders) -> Self {
        let mut find = Self {
            kind: FindKind::Actors,
            typed: Typed::new(QUERY_LIMIT),
            found: Vec::new(),
            counts: [0; FindKind::ALL.len()],
            is_counted: [false; FindKind::ALL.len()],
            suggestion: None,
            at: Scrolled::default(),
        };
        find.search(graph, finders);
        find
    }

    /// Looks for what is typed, as far as that is done in a moment. What was looked for before is given up.
    pub fn search(&mut self, graph: &Graph, finders: &mut Finders) {
        self.is_counted = [false; FindKind::ALL.len()];
        self.go_on(graph, finders);
    }

    /// Whether there is more to look through.
    pub fn is_looking(&self) -> bool {
        self.is_counted.contains(&false)
    }

    /// Goes on looking for a moment: first for what is looked through, then for how many match of the other kinds.
    pub fn go_on(&mut self, graph: &Graph, finders: &mut Finders) {
        let mut work = WORK;
        let own = self.kind;
        let others = FindKind::ALL.into_iter().filter(|kind| *kind != own);
        for kind in std::iter::once(own).chain(others) {
            if !self.is_counted[kind as usize] && !self.look_through(graph, finders, kind, &mut work) {
                return;
            }
        }
    }

    /// Looks through what is looked through to the end: what is taken must answer what is typed.
    pub fn finish(&mut self, graph: &Graph, finders: &mut Finders) {
        if !self.is_counted[self.kind as usize] {
            self.look_through(graph, finders, self.kind, &mut { usize::MAX });
        }
    }

    fn look_through(
        &mut self,
        graph: &Graph,
        finders: &mut Finders,
        kind: FindKind,
        work: &mut usize,
    ) -> bool {
        let looking = &mut finders.kinds[kind as usize];
        if !looking.go_on(graph, kind, self.typed.as_str(), work) {
            return false;
        }
        if kind == self.kind {
            (self.found, self.suggestion) = looking.answers(graph);
            self.counts[kind as usize] = self.found.len();
            self.at = Scrolled::default();
        } else {
            self.counts[kind as usize] = looking.count();
        }
        self.is_counted[kind as usize] = true;
        true
    }

    /// Marks the letters that match in the rows that show.
    pub fn mark(&mut self, graph: &Graph, finders: &Finders, rows: usize) {
        let finder = &finders.kinds[self.kind as usize].finder;
        for found in self.found.iter_mut().skip(self.at.top).take(rows) {
            if found.highlights.is_none() {
                let names = names_of(graph, found.element);
                let name = names.get(found.name).map(AsRef::as_ref).unwrap_or_default();
                found.highlights = Some(finder.highlights(self.typed.as_str(), name));
            }
        }
    }
}

/// The names an element is found by, each on one line; the main one first. The finders are made from these, so that
/// the letters they mark are letters of what is shown.
pub fn names_of(graph: &Graph, element: ElementId) -> Vec<Cow<'_, str>> {
    match element {
        ElementId::Actor(id) => {
            let actor = graph.actor(id);
            std::iter::once(&actor.name).chain(&actor.aliases).map(|name| safe_line(name)).collect()
        }
        ElementId::Source(id) => {
            let source = graph.source(id);
            let names = std::iter::once(&source.title).chain(&source.publisher).chain(&source.byline);
            names.map(|name| safe_line(name)).collect()
        }
        ElementId::Event(id) => vec![safe_line(&graph.event(id).title)],
        ElementId::Statement(id) => vec![safe_line(&graph.statement(id).text)],
        ElementId::Dispute(id) => vec![safe_line(&graph.dispute(id).question)],
        ElementId::Reaction(id) => vec![safe_line(&graph.reaction(id).instrument)],
    }
}
