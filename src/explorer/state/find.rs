//! The finder and the palette: what is typed, what matches, where the cursor is.
//!
//! Imports `query::search`; no terminal.

use std::borrow::Cow;
use std::ops::Range;

use super::super::keymap::{self, Command, Scope};
use super::Scrolled;
use super::typed::Typed;
use crate::query::search::{Candidate, Finder, QUERY_LIMIT};
use crate::story::graph::Graph;
use crate::story::id::ElementId;
use crate::text::safe_line;

mod looking;

pub use looking::Finders;

/// How many matches are kept. More than anyone scrolls through; the count says when there are more.
pub const LIMIT: usize = 500;

/// The work done at a key or between two, in names that their letters rule out: a few milliseconds of it. A story below
/// some ten thousand names is looked through at once.
pub const WORK: usize = 800_000;

/// What a byte of a name costs when it is taken in, beside a name that its letters rule out.
pub const TAKEN_IN: usize = 8;

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

    /// Lets go of what was found: it is of another story, or of another kind.
    pub fn forget(&mut self) {
        self.found.clear();
        self.suggestion = None;
        self.at = Scrolled::default();
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

    /// Whether what is taken would not be certain to answer what is typed.
    pub fn is_unsure(&self) -> bool {
        !self.is_counted[self.kind as usize]
    }

    /// Goes on looking for a moment: first for what is looked through, then for how many match of the other kinds. Whether
    /// anything that shows is another.
    pub fn go_on(&mut self, graph: &Graph, finders: &mut Finders) -> bool {
        let mut work = finders.work;
        let own = self.kind;
        let before = self.is_counted;
        let others = FindKind::ALL.into_iter().filter(|kind| *kind != own);
        for kind in std::iter::once(own).chain(others) {
            if !self.is_counted[kind as usize] && !self.look_through(graph, finders, kind, &mut work) {
                break;
            }
        }
        self.is_counted != before
    }

    fn look_through(
        &mut self,
        graph: &Graph,
        finders: &mut Finders,
        kind: FindKind,
        work: &mut usize,
    ) -> bool {
        let looking = &mut finders.kinds[kind as usize];
        if !looking.go_on(graph, kind, (self.typed.as_str(), kind == self.kind), work) {
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
