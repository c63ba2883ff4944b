//! The finder and the palette: what is typed, what matches, where the cursor is.
//!
//! Imports `query::search`; no terminal.

use std::borrow::Cow;
use std::ops::Range;

use super::super::keymap::{self, Command, Scope};
use super::Scrolled;
use super::typed::Typed;
use crate::query::filter::Texts;
use crate::query::search::{Candidate, Finder, Match, QUERY_LIMIT};
use crate::story::graph::Graph;
use crate::story::id::{ActorId, DisputeId, ElementId, EventId, SourceId, StatementId};
use crate::text::safe_line;

/// How many matches are kept. More than anyone scrolls through; the count says when there are more.
pub const LIMIT: usize = 500;

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
    /// The letters that match, as byte ranges in that name.
    pub highlights: Vec<Range<usize>>,
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
            let matches = Finder::new(commands).find(self.typed.as_str(), LIMIT);
            self.found = matches.into_iter().map(|found| (found.key, found.highlights)).collect();
        }
        self.at = Scrolled::default();
    }
}

/// What a story is looked through with, each made when first asked for.
#[derive(Default)]
pub struct Finders {
    texts: Option<Texts>,
    actors: Option<Finder<ActorId>>,
    events: Option<Finder<EventId>>,
    statements: Option<Finder<StatementId>>,
    sources: Option<Finder<SourceId>>,
    disputes: Option<Finder<DisputeId>>,
}

impl Finders {
    /// The story's texts, folded for filters.
    pub fn texts(&mut self, graph: &Graph) -> &Texts {
        self.texts.get_or_insert_with(|| Texts::of(graph))
    }

    /// What matches, the best first, or else a spelling that would.
    fn search(&mut self, graph: &Graph, kind: FindKind, query: &str) -> (Vec<Found>, Option<String>) {
        match kind {
            FindKind::Actors => {
                answer(self.actors.get_or_insert_with(|| actors(graph)), query, ElementId::Actor)
            }
            FindKind::Events => answer(
                self.events.get_or_insert_with(|| {
                    let order = graph.chronology().order().iter();
                    Finder::new(order.map(|id| candidate(graph, *id, ElementId::Event(*id), 0)))
                }),
                query,
                ElementId::Event,
            ),
            FindKind::Statements => answer(
                self.statements.get_or_insert_with(|| {
                    let statements = graph.statements();
                    Finder::new(statements.map(|(id, _)| candidate(graph, id, ElementId::Statement(id), 0)))
                }),
                query,
                ElementId::Statement,
            ),
            FindKind::Sources => {
                answer(self.sources.get_or_insert_with(|| sources(graph)), query, ElementId::Source)
            }
            FindKind::Disputes => answer(
                self.disputes.get_or_insert_with(|| {
                    let disputes = graph.disputes();
                    Finder::new(disputes.map(|(id, _)| candidate(graph, id, ElementId::Dispute(id), 0)))
                }),
                query,
                ElementId::Dispute,
            ),
        }
    }
}

fn weight(events: &[EventId]) -> u32 {
    u32::try_from(events.len()).unwrap_or(u32::MAX)
}

fn actors(graph: &Graph) -> Finder<ActorId> {
    let weight = |id| weight(graph.events_of_actor(id));
    Finder::new(graph.actors().map(|(id, _)| candidate(graph, id, ElementId::Actor(id), weight(id))))
}

fn sources(graph: &Graph) -> Finder<SourceId> {
    let weight = |id| weight(graph.events_of_source(id));
    Finder::new(graph.sources().map(|(id, _)| candidate(graph, id, ElementId::Source(id), weight(id))))
}

fn answer<K: Copy>(
    finder: &Finder<K>,
    query: &str,
    element: impl Fn(K) -> ElementId,
) -> (Vec<Found>, Option<String>) {
    let found: Vec<_> = finder
        .find(query, LIMIT)
        .into_iter()
        .map(|Match { key, name, highlights, .. }| Found { element: element(key), name, highlights })
        .collect();
    let suggestion = if found.is_empty() { finder.suggest(query).map(str::to_owned) } else { None };
    (found, suggestion)
}

impl Find {
    /// A finder over actors, with nothing typed.
    pub fn new(graph: &Graph, finders: &mut Finders) -> Self {
        let mut find = Self {
            kind: FindKind::Actors,
            typed: Typed::new(QUERY_LIMIT),
            found: Vec::new(),
            counts: [0; FindKind::ALL.len()],
            suggestion: None,
            at: Scrolled::default(),
        };
        find.search(graph, finders);
        find
    }

    /// Looks for what is typed.
    pub fn search(&mut self, graph: &Graph, finders: &mut Finders) {
        for kind in FindKind::ALL {
            let (found, suggestion) = finders.search(graph, kind, self.typed.as_str());
            self.counts[kind as usize] = found.len();
            if kind == self.kind {
                (self.found, self.suggestion) = (found, suggestion);
            }
        }
        self.at = Scrolled::default();
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

fn candidate<K: Copy>(graph: &Graph, key: K, element: ElementId, weight: u32) -> Candidate<K> {
    Candidate { key, names: names_of(graph, element).into_iter().map(Cow::into_owned).collect(), weight }
}
