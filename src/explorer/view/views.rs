//! The list of views, and the field in which one is given its name.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::state::views::{Listed, Naming, ViewList};
use super::super::theme::Role;
use super::{draw, field};
use crate::text::safe_line;

pub(super) fn sheet(state: &State, list: &ViewList, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    let saved = &state.named;
    if let Some(fault) = &saved.fault {
        sheet.runs(0, 2, &[("cannot be used: ", Role::Fault), (fault, Role::Text)]);
    }
    let own = list.listed.iter().filter(|listed| listed.is_own).count();
    sheet.heading(&format!("Yours ({own})"));
    if own == 0 {
        sheet.line(2, Role::Quiet, "none yet; filter with f, then save with w here");
    }
    for (place, listed) in list.listed.iter().enumerate() {
        if place == own {
            sheet.heading(&format!("Built in ({})", list.listed.len() - own));
        }
        entry(&mut sheet, state, place, listed);
    }
    if let Some(file) = &saved.file {
        sheet.gap();
        sheet.runs(0, 2, &[("yours are kept in ", Role::Quiet), (file, Role::Text)]);
    }
    sheet
}

fn entry(sheet: &mut Sheet, state: &State, place: usize, listed: &Listed) {
    let (name, filter) = (safe_line(&listed.view.name), safe_line(&listed.view.filter));
    let all = state.graph.event_count();
    let count = match &listed.counted {
        Ok(count) => format!("  {count} of {all} events"),
        Err(_) => "  cannot be used here".to_owned(),
    };
    sheet.begin_entry(Target::View(place));
    let role = if listed.counted.is_ok() { Role::Quiet } else { Role::Fault };
    sheet.runs(0, 2, &[(&name, Role::Title), (&count, role)]);
    sheet.runs(4, 6, &[(&filter, Role::Text)]);
    if let Err(error) = &listed.counted {
        let blamed = safe_line(&listed.view.filter[error.at.clone()]).into_owned();
        let blamed = if blamed.is_empty() { String::new() } else { format!("{blamed}: ") };
        let hint = error.hint.as_ref().map_or_else(String::new, |hint| format!("; {hint}"));
        let message = format!("{}{hint}", error.message);
        sheet.runs(4, 6, &[(&blamed, Role::Fault), (&safe_line(&message), Role::Undated)]);
    }
    sheet.end_entry();
}

pub(super) fn render_naming(state: &State, naming: &Naming, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    draw::frame(buffer, area, "Save a view", "", true, theme);
    let area = inside(area);
    if area.height > 0 {
        field::field(state, "name:", &naming.typed, None, area, buffer);
    }
    let mut sheet = Sheet::new(area.width.into());
    sheet.runs(0, 2, &[("filter: ", Role::Quiet), (&safe_line(&naming.filter), Role::Text)]);
    if let Some(file) = &state.named.file {
        sheet.runs(0, 2, &[("goes to: ", Role::Quiet), (file, Role::Text)]);
    }
    let below = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    draw::rows(buffer, below, &sheet, 0, None, theme);
}
