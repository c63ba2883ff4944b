//! Looking back: the banner that says so, the field that asks for a moment, and the words of what was possibly known.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::inside;
use super::super::sheet::Span;
use super::super::state::State;
use super::super::state::as_of::MomentPick;
use super::super::theme::Role;
use super::find::{entry, field, line_of};
use super::statement::source_label;
use super::{draw, match_rows};
use crate::query::as_of::{AsOf, Seen, reading};
use crate::story::id::{Account, DisputeId, EventId, SourceId};

/// What is known of what shows; `None` where the reader does not look back.
fn known(state: &State) -> Option<&AsOf> {
    state.retrospect.as_ref().map(|retrospect| &retrospect.back.known)
}

/// Whether an event was only possibly known at the moment looked back to.
pub(super) fn possibly_event(state: &State, event: EventId) -> bool {
    known(state).is_some_and(|known| known.event(event) == Seen::Possibly)
}

/// Whether of a position of a dispute it cannot be told whether it was taken by then.
pub(super) fn possibly_dispute(state: &State, dispute: DisputeId) -> bool {
    known(state).is_some_and(|known| known.dispute(dispute) == Seen::Possibly)
}

/// Whether a source was only possibly out.
pub(super) fn possibly_source(state: &State, source: SourceId) -> bool {
    known(state).is_some_and(|known| known.source(source) == Seen::Possibly)
}

/// Whether a statement or reaction was only possibly known.
pub(super) fn possibly_account(state: &State, account: Account) -> bool {
    known(state).is_some_and(|known| known.account(account) == Seen::Possibly)
}

/// `as of 17 Nov 2025 22:33: 3 sources hidden, 1 possibly known`, across the whole screen.
pub(super) fn banner(state: &State, area: Rect, buffer: &mut Buffer) {
    let Some(retrospect) = &state.retrospect else { return };
    let area = Rect { height: area.height.min(1), ..area };
    let columns = usize::from(area.width);
    let mut words = format!(" {}", retrospect.back.words());
    if crate::text::width(&words) > columns {
        words = format!(" {}", retrospect.back.short_words(state.theme.glyphs.possibly));
    }
    let way_out = "A: back to now ";
    let words = if crate::text::width(&words) + way_out.len() + 2 <= columns {
        format!("{}{way_out}", crate::text::pad(&words, columns - way_out.len()))
    } else {
        crate::text::pad(&draw::truncate(&words, columns, &state.theme), columns)
    };
    draw::text(buffer, area, &words, Role::Banner, &state.theme);
}

pub(super) fn render_pick(state: &State, pick: &MomentPick, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let count = pick.publications.len();
    draw::frame(buffer, area, "As of", &format!("{count} publications"), true, theme);
    let area = inside(area);
    let words = "a moment: 2025-11-17T22:33, 2025-11-17, 2025-11, now; or a publication from the list";
    draw::text(buffer, Rect { height: area.height.min(1), ..area }, words, Role::Quiet, theme);
    field(state, "as of", &pick.typed, area, buffer);
    let graph = state.retrospect.as_ref().map_or(&state.graph, |retrospect| &retrospect.whole);
    let shown = pick.publications.iter().enumerate().skip(pick.at.top).take(match_rows(state));
    for (line, (place, (moment, source))) in shown.enumerate() {
        let Some(at) = line_of(area, line) else { break };
        let source = graph.source(*source);
        let words = [
            Span { text: format!("{}  ", reading(*moment)), role: Role::Text },
            Span { text: format!("{}  ", source_label(state, source)), role: Role::Speaker },
            Span { text: source.title.to_string(), role: Role::Quiet },
        ];
        let here = place == pick.at.cursor && pick.typed.as_str().trim().is_empty();
        entry(state, &words, &source.published.reading(), here, at, buffer);
    }
    if pick.publications.is_empty()
        && let Some(at) = line_of(area, 0)
    {
        draw::text(buffer, at, "no source of this story has a time of publication", Role::Undated, theme);
    }
}
