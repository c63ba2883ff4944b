//! The field of a filter: what is typed, what it comes to, what could be typed next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::sheet::Span;
use super::super::state::filter::FilterField;
use super::super::state::{State, View};
use super::super::theme::Role;
use super::{draw, field, find};
use crate::text;

/// Rows a message may take before it is cut.
const MESSAGE: usize = 3;

/// Rows above the completions: what is typed, the carets under it, and what it comes to.
pub fn above(state: &State) -> usize {
    match state.views.last() {
        Some(View::Filter(field)) => {
            let width = inside(state.layout().body).width.into();
            2 + message(state, field, width).len()
        }
        _ => 0,
    }
}

/// What is typed comes to this; in rows.
fn message(state: &State, field: &FilterField, width: usize) -> Vec<Span> {
    let all = state.graph.event_count();
    let (words, role) = match &field.counted {
        None => ("looking".to_owned(), Role::Quiet),
        Some(Ok(_)) if field.typed.as_str().trim().is_empty() && state.timeline.filter.is_some() => {
            (format!("all {all} events; Enter clears the filter"), Role::Quiet)
        }
        Some(Ok(count)) => (format!("{count} of {all} events"), Role::Heading),
        Some(Err(error)) => {
            let hint = error.hint.as_ref().map_or_else(String::new, |hint| format!("; {hint}"));
            (text::safe_line(&format!("{}{hint}", error.message)).into_owned(), Role::Undated)
        }
    };
    let mut rows = text::wrap(&words, width);
    let cut = rows.len() > MESSAGE;
    rows.truncate(MESSAGE);
    let mut spans: Vec<_> = rows.into_iter().map(|row| Span { text: words[row].to_owned(), role }).collect();
    if let Some(last) = spans.last_mut().filter(|_| cut) {
        // Too long by its own mark: the drawing cuts it, visibly.
        last.text.push_str(&" ".repeat(width));
    }
    spans
}

pub(super) fn render(state: &State, field: &FilterField, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    draw::frame(buffer, area, "Filter", "", true, theme);
    let area = inside(area);
    let row = |line: usize| {
        let offset = u16::try_from(line).ok().filter(|offset| *offset < area.height);
        offset.map(|offset| Rect { y: area.y + offset, height: 1, ..area })
    };
    let fault = field.counted.as_ref().and_then(|counted| counted.as_ref().err()).map(|error| &error.at);
    let Some(at) = row(0) else { return };
    let carets = field::field(state, ">", &field.typed, fault, at, buffer);
    if let (Some(at), Some(_)) = (row(1), fault) {
        let under = Rect { x: at.x + carets.start, width: carets.end - carets.start, ..at };
        draw::text(buffer, under, &"^".repeat(under.width.into()), Role::Fault, theme);
    }
    for (line, span) in message(state, field, area.width.into()).iter().enumerate() {
        if let Some(at) = row(2 + line) {
            draw::spans(buffer, at, std::slice::from_ref(span), theme);
        }
    }
    let first = above(state);
    let shown = field.completions.iter().enumerate().skip(field.top);
    for (line, (place, completion)) in shown.take(find::match_rows(state)).enumerate() {
        let Some(at) = row(first + line) else { break };
        let words = [
            Span { text: text::safe_line(&completion.text).into_owned(), role: Role::Title },
            Span { text: format!("  {}", text::safe_line(&completion.help)), role: Role::Quiet },
        ];
        find::entry(state, &words, "", field.picked == Some(place), at, buffer);
    }
}
