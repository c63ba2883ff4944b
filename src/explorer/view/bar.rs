//! The hint bar: what the keys do here, as many as fit; or a message.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::keymap::{Binding, Command, Scope, bindings_in, shown_keys};
use super::super::sheet::Span;
use super::super::state::{Pane, State, View};
use super::super::theme::Role;
use super::draw;
use crate::text;

pub(super) fn render(state: &State, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    if let Some(notice) = &state.notice {
        draw::text(buffer, area, &format!(" {notice} "), Role::Notice, theme);
        return;
    }
    let typed = typed(state);
    let mut room = usize::from(area.width).saturating_sub(text::width(&typed) + 1);
    let mut spans = vec![Span { text: " ".to_owned(), role: Role::Text }];
    for (keys, hint) in hints(state) {
        let width = text::width(&keys) + text::width(&hint) + 3;
        if width > room {
            continue;
        }
        room -= width;
        spans.push(Span { text: keys, role: Role::Key });
        spans.push(Span { text: format!(" {hint}  "), role: Role::Quiet });
    }
    draw::spans(buffer, area, &spans, theme);
    if !typed.is_empty() {
        let columns = u16::try_from(text::width(&typed)).unwrap_or(u16::MAX).min(area.width);
        let right = Rect { x: area.right() - columns, width: columns, ..area };
        draw::text(buffer, right, &typed, Role::Notice, theme);
    }
}

/// The hints of this place: help and the way out are never the ones that do not fit.
fn hints(state: &State) -> Vec<(String, String)> {
    let bindings: Vec<_> = bindings_in(state.scope()).filter(|binding| !binding.hint.is_empty()).collect();
    let key = |binding: &Binding| {
        state.theme.own_words(&shown_keys(binding).into_iter().next().unwrap_or_default())
    };
    let first = |command: Command| {
        use Command::{
            Help, LeaveComparison, LeaveCover, LeaveField, LeaveHelp, LeaveMatrix, LeaveNote, Quit,
        };
        matches!(
            command,
            Help | Quit | LeaveNote | LeaveComparison | LeaveCover | LeaveField | LeaveHelp | LeaveMatrix
        )
    };
    let types = state.scope().types();
    let kinds = matches!(state.views.last(), Some(View::Find(_)));
    let writes = matches!(state.views.last(), Some(View::Note(_)));
    let views = matches!(state.views.last(), Some(View::Views(_)));
    let behind = |command: Command| {
        use Command::{CompareOther, ComparedEvent, ComparedOpen, ComparedText, Provenance};
        matches!(command, ComparedOpen | ComparedText | Provenance | CompareOther | ComparedEvent)
    };
    let (ends, mut others): (Vec<_>, Vec<&'static Binding>) =
        bindings.into_iter().partition(|binding| first(binding.command));
    // In a comparison what leads on from it comes before moving about in it.
    if state.scope() == Scope::Compare {
        others.sort_by_key(|binding: &&'static Binding| !behind(binding.command));
    }
    ends.into_iter()
        // In a text field ? and q type.
        .chain(others)
        .filter(|binding: &&Binding| !types || binding.scope.types())
        .filter(|binding| binding.command != Command::LeaveField || !writes)
        .filter(|binding| binding.command != Command::NextKind || kinds)
        .filter(|binding| binding.command != Command::SaveFilter || views)
        .filter(|binding| binding.command != Command::NextAccount || has_accounts(state))
        .filter(|binding| binding.command != Command::Provenance || state.scope() == Scope::Compare)
        .map(|binding| (key(binding), state.theme.own_words(hint(state, binding))))
        .collect()
}

/// The hint of a command; that of `d` says what comes next.
fn hint(state: &State, binding: &'static Binding) -> &'static str {
    match (binding.command, state.views.last()) {
        (Command::CompareOther, Some(View::Compare(compare))) => compare.next.unwrap_or(binding.hint),
        _ => binding.hint,
    }
}

/// Whether the column that the reader is at has several accounts.
fn has_accounts(state: &State) -> bool {
    let Some(View::Compare(compare)) = state.views.last() else { return false };
    compare.comparison.columns.get(compare.column).is_some_and(|column| column.accounts.len() > 1)
}

/// What is typed and not yet a command; else the filter, where the timeline does not show it.
fn typed(state: &State) -> String {
    let count = state.pending.count.map_or_else(String::new, |count| count.to_string());
    let keys: String = state.pending.keys.iter().map(ToString::to_string).collect();
    let typed = format!("{count}{keys}");
    if !typed.is_empty() {
        return format!(" {typed} ");
    }
    let hidden = state.views.is_empty() && state.layout().pane(Pane::Timeline).is_empty();
    match &state.timeline.filter {
        // On a narrower screen there is no room beside the way out.
        Some(filter) if hidden && state.size.0 >= 36 => {
            let half = usize::from(state.size.0 / 2).saturating_sub(2);
            format!(" {} ", draw::truncate(&filter.reading(&state.graph), half, &state.theme))
        }
        _ => typed,
    }
}
