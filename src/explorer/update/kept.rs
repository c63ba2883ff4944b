//! Where the reader is in every list, by written ids and rows of the screen, so that it can be found again in another
//! reading of the story.

use super::super::sheet::{Sheet, Target};
use super::super::state::{Pane, Scrolled, State};
use super::super::view;
use super::cover;
use crate::query::found::Found;
use crate::story::graph::Graph;
use crate::story::id::ElementId;

/// What an entry of a list is, whichever graph it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// By its written id.
    Element(String),
    /// A dispute that was found, by the id that it would have.
    Found(String),
    /// What is no part of a graph.
    Place(Target),
}

impl Entry {
    fn of(graph: &Graph, found: &[Found], target: Target) -> Self {
        let element = match target {
            Target::Actor(id) => ElementId::Actor(id),
            Target::Source(id) => ElementId::Source(id),
            Target::Event(id) => ElementId::Event(id),
            Target::Dispute(id) => ElementId::Dispute(id),
            Target::Account(account) => account.into(),
            Target::Found(place) => {
                let id = found.get(place).map(|found| found.dispute.id.to_string());
                return Self::Found(id.unwrap_or_default());
            }
            Target::View(_) | Target::Kept(_) | Target::Finding(_) | Target::Change(_) => {
                return Self::Place(target);
            }
        };
        Self::Element(graph.id_of(element).to_owned())
    }
}

/// A cursor in a list: what it is on, and how many rows below the top of what shows.
#[derive(Debug, Clone)]
struct Anchor {
    entry: Entry,
    below: isize,
}

impl Anchor {
    fn of(state: &State, sheet: &Sheet, at: Scrolled) -> Option<Self> {
        let target = sheet.targets().get(at.cursor)?;
        let entry = Entry::of(&state.graph, state.found(), *target);
        Some(Self { entry, below: sheet.rows_of(at.cursor).start.cast_signed() - at.top.cast_signed() })
    }

    /// Where it is in another sheet.
    fn find(&self, state: &State, sheet: &Sheet) -> Option<Scrolled> {
        let is_it = |target: &Target| Entry::of(&state.graph, state.found(), *target) == self.entry;
        let cursor = sheet.targets().iter().position(is_it)?;
        let top = sheet.rows_of(cursor).start.cast_signed() - self.below;
        Some(Scrolled { cursor, top: top.max(0).cast_unsigned() })
    }
}

/// Where the reader is, by written ids and rows of the screen.
pub(super) struct Kept {
    event: Option<String>,
    /// How many rows below the top of the timeline.
    below: usize,
    panes: [Option<Anchor>; Pane::ALL.len()],
    /// From the view on top down.
    views: Vec<Option<Anchor>>,
}

impl Kept {
    /// Before the story is taken in.
    pub(super) fn of(state: &mut State) -> Self {
        let event = state.event().map(|event| state.graph.event(event).id.to_string());
        let below = state.timeline.at.cursor.saturating_sub(state.timeline.at.top);
        let panes = std::array::from_fn(|place| {
            let sheet = pane_sheet(state, Pane::ALL[place])?;
            Anchor::of(state, &sheet, state.panes[place])
        });
        let views = each_view(state, |state| {
            let at = *cover::scrolled(state)?;
            Anchor::of(state, view::cover_sheet(state)?.as_ref(), at)
        });
        Self { event, below, panes, views }
    }

    /// Puts every cursor and scroll back to where it was, as far as that is left.
    pub(super) fn restore(self, state: &mut State) {
        let event = state.event().map(|event| state.graph.event(event).id.to_string());
        state.timeline.at.top = state.timeline.at.cursor.saturating_sub(self.below);
        for (pane, anchor) in Pane::ALL.iter().zip(&self.panes) {
            if let Some(anchor) = anchor
                && event == self.event
                && let Some(sheet) = pane_sheet(state, *pane)
                && let Some(at) = anchor.find(state, &sheet)
            {
                state.panes[pane.index()] = at;
            }
        }
        if self.views.len() != state.views.len() {
            return;
        }
        let mut anchors = self.views.into_iter();
        each_view(state, |state| {
            let at = anchors.next()??.find(state, view::cover_sheet(state)?.as_ref())?;
            *cover::scrolled(state)? = at;
            Some(())
        });
    }
}

/// What a pane holds, where it shows.
fn pane_sheet(state: &State, pane: Pane) -> Option<Sheet> {
    if state.layout().pane(pane).is_empty() { None } else { view::pane_sheet(state, pane) }
}

/// Calls `visit` with each view on top, from the topmost down.
fn each_view<T>(state: &mut State, mut visit: impl FnMut(&mut State) -> T) -> Vec<T> {
    let mut above = Vec::with_capacity(state.views.len());
    let mut visited = Vec::with_capacity(state.views.len());
    while !state.views.is_empty() {
        visited.push(visit(state));
        above.extend(state.views.pop());
    }
    above.reverse();
    state.views = above;
    visited
}
