//! Drawing: `render(&State, Rect, &mut Buffer)`, one file a pane. Borrows the state, keeps nothing.
//!
//! Also answers `update` how tall a pane is and what it holds, from the same sheets that are drawn.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::layout::{Arrangement, SMALLEST, inside};
use super::sheet::Sheet;
use super::state::{Pane, Scrolled, State, View};
use super::theme::Role;
use crate::query::life::Order;
use crate::text;

mod actors;
mod as_of;
mod bar;
mod card;
mod compare;
mod disputes;
mod draw;
mod event;
mod field;
mod filter;
mod find;
mod findings;
mod help;
mod lanes;
mod life;
mod loading;
mod market;
mod matrix;
mod provenance;
mod reader;
mod reading;
mod replies;
mod sources;
mod statement;
mod strip;
mod timeline;
mod views;
mod web;
mod why;

pub use compare::{compare_rows, compare_top_of_column, compared_at, compared_places, compared_rows};
pub use filter::above as above_completions;
pub use find::{ABOVE as ABOVE_MATCHES, match_rows};
pub use lanes::{room as lane_rows, shown as lanes_shown};
pub use loading::render as render_loading;
pub use matrix::{matrix_at, matrix_room};
pub use reader::ABOVE_NOTE;
pub use reading::{text_columns, text_height};

/// Draws the whole screen.
pub fn render(state: &State, area: Rect, buffer: &mut Buffer) {
    let layout = state.layout();
    if layout.arrangement == Arrangement::TooSmall {
        let words = format!("too small: {}x{} needed, q quits", SMALLEST.0, SMALLEST.1);
        let lines = text::wrap(&words, area.width.into());
        for (row, line) in lines.into_iter().take(area.height.into()).enumerate() {
            let Ok(row) = u16::try_from(row) else { break };
            let at = Rect { y: area.y + row, height: 1, ..area };
            draw::text(buffer, at, &words[line], Role::Text, &state.theme);
        }
        return;
    }
    if let Some(view) = state.views.last() {
        render_view(state, view, layout.body, buffer);
    } else {
        for pane in layout.shown() {
            render_pane(state, pane, layout.pane(pane), buffer);
        }
        strip::render(state, layout.strip, buffer);
    }
    let [first, second] = banners(state, layout.banner);
    findings::banner(state, first, buffer);
    as_of::banner(state, second, buffer);
    reader::banner(state, layout.banner, buffer);
    bar::render(state, layout.bar, buffer);
}

/// The row of the banner about the file, and that of the one about looking back.
fn banners(state: &State, area: Rect) -> [Rect; 2] {
    let first = u16::from(state.live.trouble.is_some()).min(area.height);
    let row = |offset: u16| Rect {
        y: area.y + offset,
        height: 1.min(area.height - offset.min(area.height)),
        ..area
    };
    [row(0), row(first)]
}

fn render_view(state: &State, view: &View, area: Rect, buffer: &mut Buffer) {
    match view {
        View::Find(find) => find::render_find(state, find, area, buffer),
        View::Palette(palette) => find::render_palette(state, palette, area, buffer),
        View::MomentPick(pick) => as_of::render_pick(state, pick, area, buffer),
        View::Text(reading) => reading::render(state, reading, area, buffer),
        View::TextSearch(typed) => reading::render_search(state, typed, area, buffer),
        View::Filter(field) => filter::render(state, field, area, buffer),
        View::Naming(naming) => views::render_naming(state, naming, area, buffer),
        View::Note(field) => reader::render_field(state, field, area, buffer),
        View::Compare(compare) => compare::render(state, compare, buffer),
        View::Views(list) => cover(state, view, list.at, area, buffer),
        View::Replies(heard) => cover(state, view, heard.at, area, buffer),
        View::Web(web) => cover(state, view, web.at, area, buffer),
        View::Life(view) => life::render(state, view, buffer),
        View::Matrix(grid) => matrix::render(state, grid, area, buffer),
        View::Disputes(at)
        | View::Marks(at)
        | View::Actor(_, at)
        | View::Source(_, at)
        | View::Why(_, at)
        | View::Provenance(_, at)
        | View::Findings(at)
        | View::Help(_, at) => {
            cover(state, view, *at, area, buffer);
        }
    }
}

fn cover(state: &State, view: &View, at: Scrolled, area: Rect, buffer: &mut Buffer) {
    draw::frame(buffer, area, &cover_title(state, view), "", true, &state.theme);
    if let Some(sheet) = cover_sheet(state) {
        draw::sheet(buffer, area, &sheet, at, true, &state.theme);
    }
}

fn cover_title(state: &State, view: &View) -> String {
    match view {
        View::Disputes(_) if state.found().is_empty() => format!("Disputes {}", state.graph.dispute_count()),
        View::Disputes(_) => {
            format!("Disputes {}, and {} found", state.graph.dispute_count(), state.found().len())
        }
        View::Actor(actor, _) => format!("Actor: {}", state.graph.actor(*actor).name),
        View::Source(source, _) => format!("Source: {}", state.graph.source(*source).label()),
        View::Why(..) => "Why this time".to_owned(),
        View::Provenance(..) => "Whence it is known".to_owned(),
        View::Replies(heard) => format!("Right of reply {}", heard.entries.len()),
        View::Web(_) => "On the web".to_owned(),
        View::Findings(_) => findings::title(state),
        View::Help(..) => "Help".to_owned(),
        View::Views(list) => format!("Views {}", list.listed.len()),
        View::Marks(_) => "Your bookmarks and notes".to_owned(),
        View::Find(_)
        | View::Palette(_)
        | View::Filter(_)
        | View::Naming(_)
        | View::Note(_)
        | View::MomentPick(_)
        | View::Text(_)
        | View::TextSearch(_)
        | View::Life(_)
        | View::Matrix(_)
        | View::Compare(_) => String::new(),
    }
}

fn render_pane(state: &State, pane: Pane, area: Rect, buffer: &mut Buffer) {
    let focused = state.focus == pane;
    if pane == Pane::Timeline {
        if state.layout().lanes {
            lanes::render(state, area, focused, buffer);
        } else {
            timeline::render(state, area, focused, buffer);
        }
        return;
    }
    let title = pane_title(state, pane);
    // Scrolled away from its head, the event still says which it is.
    let scrolled = pane == Pane::Event && state.panes[pane.index()].top > 0;
    let event = state.event().filter(|_| scrolled).map(|event| state.graph.event(event).title.as_str());
    let room = usize::from(area.width).saturating_sub(crate::text::width(&title) + 7);
    let note = event.map(|event| draw::truncate(event, room, &state.theme)).unwrap_or_default();
    draw::frame(buffer, area, &title, &note, focused, &state.theme);
    if let Some(sheet) = pane_sheet(state, pane) {
        draw::sheet(buffer, area, &sheet, state.panes[pane.index()], focused, &state.theme);
    }
}

/// The name on a pane's frame. Where not all panes show, the others stand beside it, as tabs.
pub(super) fn pane_title(state: &State, pane: Pane) -> String {
    let beside_timeline = state.layout().shown().count() > 1;
    let all_show = state.layout().shown().count() == Pane::ALL.len();
    if all_show || (pane == Pane::Timeline && beside_timeline) {
        return pane.title().to_owned();
    }
    let mut tabs: Vec<_> = Pane::ALL
        .iter()
        .filter(|other| **other != Pane::Timeline || !beside_timeline)
        .map(|other| if *other == pane { format!("[{}]", other.title()) } else { other.title().to_owned() })
        .collect();
    // Where they do not all fit, this one comes first and those that Tab goes to follow.
    if text::width(&tabs.join(" ")) + 2 > inside(state.layout().pane(pane)).width.into()
        && let Some(place) = tabs.iter().position(|tab| tab.starts_with('['))
    {
        tabs.rotate_left(place);
    }
    tabs.join(" ")
}

/// How many rows of text a pane shows.
pub fn pane_height(state: &State, pane: Pane) -> usize {
    inside(state.layout().pane(pane)).height.into()
}

/// What a pane holds; `None` for the timeline, which is never laid out whole, and for a story without events.
pub fn pane_sheet(state: &State, pane: Pane) -> Option<Sheet> {
    let event = state.event()?;
    // The first column is the cursor's.
    let width = usize::from(inside(state.layout().pane(pane)).width).saturating_sub(1);
    match pane {
        Pane::Timeline => None,
        Pane::Event => Some(event::sheet(state, event, width)),
        Pane::Sources => Some(sources::sheet(state, event, width)),
        Pane::Actors => Some(actors::sheet(state, event, width)),
        Pane::Market => Some(market::sheet(state, event, width)),
    }
}

/// How many rows a covering view shows.
pub fn cover_height(state: &State) -> usize {
    match state.views.last() {
        Some(View::Compare(compare)) => compare::height(state, compare),
        _ => inside(cover_area(state)).height.into(),
    }
}

/// Where the list, card or help that covers the panes stands, frame included.
pub fn cover_area(state: &State) -> Rect {
    match state.views.last() {
        Some(View::Life(view)) => life::area(state, view),
        _ => state.layout().body,
    }
}

/// The order of stages at a cell of the screen, where the life of an allegation shows.
pub fn life_order_at(state: &State, column: u16, row: u16) -> Option<Order> {
    match state.views.last() {
        Some(View::Life(view)) => life::order_at(state, view, column, row),
        _ => None,
    }
}

/// What a covering list, card or help holds.
pub fn cover_sheet(state: &State) -> Option<Arc<Sheet>> {
    state.laid.clone().or_else(|| cover_laid_out(state).map(Arc::new))
}

fn cover_laid_out(state: &State) -> Option<Sheet> {
    let width = usize::from(inside(state.layout().body).width).saturating_sub(1);
    match state.views.last()? {
        View::Life(view) => Some(life::sheet(state, view)),
        View::Disputes(_) => Some(disputes::sheet(state, width)),
        View::Actor(actor, _) => Some(card::actor(state, *actor, width)),
        View::Source(source, _) => Some(card::source(state, *source, width)),
        View::Why(event, _) => Some(why::sheet(state, *event, width)),
        View::Provenance(asked, _) => Some(provenance::sheet(state, *asked, width)),
        View::Replies(heard) => Some(replies::sheet(state, heard, width)),
        View::Web(web) => Some(web::sheet(state, web, width)),
        View::Findings(_) => Some(findings::sheet(state, width)),
        View::Help(scope, _) => Some(help::sheet(state, *scope, width)),
        View::Views(list) => Some(views::sheet(state, list, width)),
        View::Marks(_) => Some(reader::sheet(state, width)),
        View::Find(_)
        | View::Palette(_)
        | View::Filter(_)
        | View::Naming(_)
        | View::Note(_)
        | View::MomentPick(_)
        | View::Text(_)
        | View::TextSearch(_)
        | View::Matrix(_)
        | View::Compare(_) => None,
    }
}
