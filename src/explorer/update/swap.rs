//! Another graph in the place of the one that shows: a part of the same story, or a later reading of it. What the reader
//! was at is found again by written ids; where it is gone, the nearest that is left.

use std::mem;
use std::sync::Arc;

use super::super::state::find::Finders;
use super::super::state::life::LifeView;
use super::super::state::matrix::Grid;
use super::super::state::replies::Heard;
use super::super::state::views::ViewList;
use super::super::state::web::WebView;
use super::super::state::{Compare, Pane, Scrolled, State, View};
use super::travel;
use crate::query::comparison::{Subject, said_in_order, source_by_source};
use crate::query::dispute::by_gravity;
use crate::query::found::Found;
use crate::query::provenance::Asked;
use crate::query::reaction::Market;
use crate::query::timeline::{self, Filter};
use crate::story::graph::Graph;
use crate::story::id::{Account, DisputeId, ElementId, EventId, SourceId};

/// Finds elements of one graph in another.
struct Crossing<'g> {
    from: &'g Graph,
    to: &'g Graph,
    /// The disputes found in each.
    found: (&'g [Found], &'g [Found]),
}

impl Crossing<'_> {
    fn element(&self, element: ElementId) -> Option<ElementId> {
        self.to.by_id(self.from.id_of(element))
    }

    fn event(&self, event: EventId) -> Option<EventId> {
        match self.element(ElementId::Event(event)) {
            Some(ElementId::Event(event)) => Some(event),
            _ => None,
        }
    }

    fn dispute(&self, dispute: DisputeId) -> Option<DisputeId> {
        match self.element(ElementId::Dispute(dispute)) {
            Some(ElementId::Dispute(dispute)) => Some(dispute),
            _ => None,
        }
    }

    fn account(&self, account: Account) -> Option<Account> {
        match self.element(account.into())? {
            ElementId::Statement(id) => Some(Account::Statement(id)),
            ElementId::Reaction(id) => Some(Account::Reaction(id)),
            _ => None,
        }
    }

    fn subject(&self, subject: Subject) -> Option<Subject> {
        match subject {
            Subject::Written(dispute) => self.dispute(dispute).map(Subject::Written),
            Subject::Found(place) => {
                let id = &self.found.0.get(place)?.dispute.id;
                let place = self.found.1.iter().position(|found| found.dispute.id == *id)?;
                Some(Subject::Found(place))
            }
            Subject::Picked([first, second]) => {
                Some(Subject::Picked([self.account(first)?, self.account(second)?]))
            }
            Subject::Event(event) => source_by_source(self.to, self.event(event)?).ok(),
            Subject::Actor(actor) => match self.element(ElementId::Actor(actor))? {
                ElementId::Actor(actor) => said_in_order(self.to, actor).ok(),
                _ => None,
            },
        }
    }

    /// The same comparison, at the account the reader was at where that is left, else at the same column.
    fn compare(&self, compare: &Compare) -> Option<Compare> {
        let subject = self.subject(compare.comparison.subject)?;
        let mut opened = Compare::of_subject(self.to, self.found.1, subject)?;
        (opened.top, opened.zoom) = (compare.top, compare.zoom);
        opened.began = compare.began.and_then(|began| self.subject(began));
        opened.go_to_place(compare.column, compare.account);
        if let Some(account) = compare.selected().and_then(|account| self.account(account)) {
            opened.go_to(account);
        }
        Some(opened)
    }

    fn filter(&self, filter: &Filter) -> Option<Filter> {
        match *filter {
            Filter::Actor(id) => match self.element(ElementId::Actor(id)) {
                Some(ElementId::Actor(id)) => Some(Filter::Actor(id)),
                _ => None,
            },
            Filter::Source(id) => match self.element(ElementId::Source(id)) {
                Some(ElementId::Source(id)) => Some(Filter::Source(id)),
                _ => None,
            },
            // An expression is asked anew; a name that is not there holds for nothing.
            Filter::Written { .. } => Some(filter.clone()),
        }
    }

    fn source(&self, source: SourceId) -> Option<SourceId> {
        match self.element(ElementId::Source(source)) {
            Some(ElementId::Source(source)) => Some(source),
            _ => None,
        }
    }

    fn asked(&self, asked: Asked) -> Option<Asked> {
        Some(match asked {
            Asked::Event(event) => Asked::Event(self.event(event)?),
            Asked::Source(source) => Asked::Source(self.source(source)?),
            Asked::Account(Account::Statement(id)) => match self.element(ElementId::Statement(id))? {
                ElementId::Statement(id) => Asked::Account(Account::Statement(id)),
                _ => return None,
            },
            Asked::Account(Account::Reaction(id)) => match self.element(ElementId::Reaction(id))? {
                ElementId::Reaction(id) => Asked::Account(Account::Reaction(id)),
                _ => return None,
            },
            Asked::Position(dispute, place) => {
                // Positions that nobody held at the time are left out, so that the place may be another's.
                let label = &self.from.dispute(dispute).positions.get(place)?.label;
                let dispute = self.dispute(dispute)?;
                let positions = &self.to.dispute(dispute).positions;
                Asked::Position(dispute, positions.iter().position(|position| position.label == *label)?)
            }
        })
    }

    /// The matrix of the disputes that are left, the cursor where it was as far as that is left.
    fn grid(&self, grid: &Grid) -> Option<Grid> {
        let written = by_gravity(self.to).into_iter().map(Subject::Written);
        let subjects: Vec<_> = written.chain((0..self.found.1.len()).map(Subject::Found)).collect();
        let mut crossed = Grid::of(self.to, self.found.1, &subjects);
        let source = grid.source().and_then(|source| self.source(source));
        crossed.go_to(grid.dispute().and_then(|dispute| self.subject(dispute)), source);
        Some(crossed).filter(|grid| !grid.matrix.rows.is_empty())
    }

    fn view(&self, view: View) -> Option<View> {
        Some(match view {
            View::Compare(compare) => View::Compare(Box::new(self.compare(&compare)?)),
            View::Life(life) => {
                let opened = LifeView::of(self.to, self.dispute(life.life.dispute)?).ok()?;
                View::Life(Box::new(LifeView { order: life.order, at: life.at, ..opened }))
            }
            View::Disputes(at) if self.to.dispute_count() + self.found.1.len() > 0 => View::Disputes(at),
            View::Disputes(_) => return None,
            View::Matrix(grid) => View::Matrix(Box::new(self.grid(&grid)?)),
            View::Actor(id, at) => match self.element(ElementId::Actor(id))? {
                ElementId::Actor(id) => View::Actor(id, at),
                _ => return None,
            },
            View::Source(id, at) => match self.element(ElementId::Source(id))? {
                ElementId::Source(id) => View::Source(id, at),
                _ => return None,
            },
            View::Provenance(asked, at) => View::Provenance(self.asked(asked)?, at),
            View::Replies(heard) => View::Replies(Box::new(Heard { at: heard.at, ..Heard::of(self.to)? })),
            View::Web(web) => {
                let sources = web.pages.iter().filter_map(|page| self.source(page.source));
                View::Web(Box::new(WebView { at: web.at, ..WebView::of(self.to, sources)? }))
            }
            View::Text(reading) => {
                self.to.by_id(&reading.source)?;
                View::Text(reading)
            }
            View::Why(event, at) => View::Why(self.event(event)?, at),
            // What was found is looked for anew below; the rest does not speak of the graph.
            view @ (View::Find(_)
            | View::Palette(_)
            | View::Filter(_)
            | View::Views(_)
            | View::Naming(_)
            | View::Marks(_)
            | View::Note(_)
            | View::MomentPick(_)
            | View::TextSearch(_)
            | View::Findings(_)
            | View::Help(..)) => view,
        })
    }
}

/// The same filter in another graph; `None` where what it names is not there.
pub(super) fn filter_in(from: &Graph, to: &Graph, filter: &Filter) -> Option<Filter> {
    Crossing { from, to, found: (&[], &[]) }.filter(filter)
}

/// Shows `graph`; gives back what showed before.
pub(super) fn swap(state: &mut State, graph: impl Into<Arc<Graph>>) -> Arc<Graph> {
    let graph = graph.into();
    let found = state.found.as_ref().map(|_| state.found_in(&graph));
    swap_with(state, graph, found)
}

/// The same, with the disputes that nobody wrote; `None` where they were not asked for yet.
pub(super) fn swap_with(state: &mut State, graph: Arc<Graph>, found: Option<Vec<Found>>) -> Arc<Graph> {
    let crossing = Crossing {
        from: &state.graph,
        to: &graph,
        found: (state.found.as_deref().unwrap_or_default(), found.as_deref().unwrap_or_default()),
    };
    let here = nearest_left(state, &crossing);
    let stayed = state.event().is_some() && state.event().and_then(|event| crossing.event(event)) == here;
    let all = |events: &[EventId]| events.iter().filter_map(|event| crossing.event(*event)).collect();
    let (back, forth) = (all(&state.trail.back), all(&state.trail.forth));
    let compared = state.compared.and_then(|subject| crossing.subject(subject));
    let filter = state.timeline.filter.as_ref();
    let filter = filter.map(|filter| (filter.reading(&state.graph), crossing.filter(filter)));
    let open = state.views.len();
    let views: Vec<_> =
        mem::take(&mut state.views).into_iter().filter_map(|view| crossing.view(view)).collect();
    let aside =
        mem::take(&mut state.aside.views).into_iter().filter_map(|view| crossing.view(view)).collect();
    let before = mem::replace(&mut state.graph, graph);
    (state.trail.back, state.trail.forth) = (back, forth);
    state.aside.views = aside;
    state.compared = compared;
    state.found = found;
    state.views = views;
    state.market = Market::of(&state.graph);
    state.finders = Finders::default();
    state.strip.forget();
    if state.views.len() < open {
        state.notice = Some("what was open is not part of what shows now".to_owned());
    }
    let filter = match filter {
        Some((reading, None)) => {
            state.notice = Some(format!("the filter is cleared: {reading} is not part of what shows now"));
            None
        }
        Some((_, filter)) => filter,
        None => None,
    };
    let State { graph, finders, .. } = state;
    state.timeline.events = match &filter {
        Some(Filter::Written { .. }) => timeline::events_in(graph, filter.as_ref(), finders.texts(graph)),
        _ => timeline::events(graph, filter.as_ref()),
    };
    state.timeline.filter = filter;
    state.timeline.version += 1;
    let panes = state.panes;
    let place = here.and_then(|here| state.timeline.events.iter().position(|event| *event == here));
    travel::set_cursor(state, place.unwrap_or(0));
    state.panes = if stayed { panes } else { [Scrolled::default(); Pane::ALL.len()] };
    let State { views, aside, named, graph, finders, .. } = state;
    for view in views.iter_mut().chain(&mut aside.views) {
        match view {
            View::Find(find) => {
                // The ids are those of the graph before, and it may take more than a moment until others are found.
                find.forget();
                find.search(graph, finders);
            }
            View::Filter(field) => field.read(graph, finders),
            View::Views(list) => {
                **list = ViewList { at: list.at, ..ViewList::new(named, graph, finders.texts(graph)) };
            }
            _ => {}
        }
    }
    before
}

/// The event at the cursor, or else the last before it, or the first after it, that the other graph has too.
fn nearest_left(state: &State, crossing: &Crossing<'_>) -> Option<EventId> {
    let (before, after) = state
        .timeline
        .events
        .split_at_checked(state.timeline.at.cursor + 1)
        .unwrap_or((&state.timeline.events, &[]));
    before.iter().rev().chain(after).find_map(|event| crossing.event(*event))
}
