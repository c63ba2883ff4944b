//! The finder and the palette.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::keymap::shown_keys;
use super::super::layout::inside;
use super::super::sheet::Span;
use super::super::state::find::{Find, FindKind, Found, LIMIT, Palette, names_of};
use super::super::state::typed::Typed;
use super::super::state::{State, View};
use super::super::theme::{Glyphs, Role};
use super::draw;
use crate::story::id::{ElementId, StatementId};
use crate::story::vocabulary::{Form, Vocabulary as _};
use crate::text;

/// Rows above the matches: the tabs and what is typed.
pub const ABOVE: u16 = 2;

/// How many matches show.
pub fn match_rows(state: &State) -> usize {
    match state.views.last() {
        Some(View::Find(_) | View::Palette(_) | View::MomentPick(_)) => {
            usize::from(inside(state.layout().body).height.saturating_sub(ABOVE))
        }
        Some(View::Filter(_)) => {
            usize::from(inside(state.layout().body).height).saturating_sub(super::filter::above(state))
        }
        _ => 0,
    }
}

pub(super) fn render_find(state: &State, find: &Find, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let count = find.found.len();
    let note = match count {
        _ if !find.is_counted[find.kind as usize] => "looking".to_owned(),
        LIMIT.. => format!("{count} or more"),
        count => format!("{count} found"),
    };
    draw::frame(buffer, area, "Find", &note, true, theme);
    let area = inside(area);
    draw::spans(
        buffer,
        Rect { height: area.height.min(1), ..area },
        &tabs(find, area.width.into(), &theme.glyphs),
        theme,
    );
    field(state, "/", &find.typed, area, buffer);
    if find.found.is_empty() {
        nothing(state, find, area, buffer);
        return;
    }
    let matches = find.found.iter().enumerate().skip(find.at.top).take(match_rows(state));
    for (line, (place, found)) in matches.enumerate() {
        let Some(at) = line_of(area, line) else { break };
        let (words, note) = match_words(state, found, at.width.into());
        entry(state, &words, &note, place == find.at.cursor, at, buffer);
    }
}

/// What is looked through, with how many match of each. Where there is no room for all, the one looked through comes
/// first.
fn tabs(find: &Find, columns: usize, glyphs: &Glyphs) -> Vec<Span> {
    let tab = |kind: FindKind| {
        let count = find.counts[kind as usize];
        let count = match count {
            _ if !find.is_counted[kind as usize] => glyphs.more.to_owned(),
            LIMIT.. => format!("{LIMIT}+"),
            count => count.to_string(),
        };
        let (words, role) = if kind == find.kind {
            (format!("[{} {count}] ", kind.title()), Role::Heading)
        } else {
            (format!(" {} {count}  ", kind.title()), Role::Quiet)
        };
        Span { text: words, role }
    };
    let mut tabs: Vec<_> = FindKind::ALL.into_iter().map(tab).collect();
    if tabs.iter().map(|tab| text::width(&tab.text)).sum::<usize>() > columns {
        tabs.rotate_left(find.kind as usize);
    }
    tabs
}

pub(super) fn render_palette(state: &State, palette: &Palette, area: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    draw::frame(buffer, area, "Commands", &format!("{} found", palette.found.len()), true, theme);
    let area = inside(area);
    let words = format!("what works in: {}", palette.scope.title());
    draw::text(buffer, Rect { height: area.height.min(1), ..area }, &words, Role::Quiet, theme);
    field(state, ":", &palette.typed, area, buffer);
    let matches = palette.found.iter().enumerate().skip(palette.at.top).take(match_rows(state));
    for (line, (place, (command, highlights))) in matches.enumerate() {
        let Some(at) = line_of(area, line) else { break };
        let binding = command.binding();
        let words = highlighted(binding.help, highlights, Role::Text);
        let keys = theme.own_words(&shown_keys(binding).join(" "));
        entry(state, &words, &keys, place == palette.at.cursor, at, buffer);
    }
}

pub(super) fn line_of(area: Rect, line: usize) -> Option<Rect> {
    let offset = u16::try_from(line).ok()?.checked_add(ABOVE)?;
    (offset < area.height).then_some(Rect { y: area.y + offset, height: 1, ..area })
}

pub(super) fn field(state: &State, prompt: &str, typed: &Typed, area: Rect, buffer: &mut Buffer) {
    if area.height >= 2 {
        let at = Rect { y: area.y + 1, height: 1, ..area };
        super::field::field(state, prompt, typed, None, at, buffer);
    }
}

fn nothing(state: &State, find: &Find, area: Rect, buffer: &mut Buffer) {
    let Some(at) = line_of(area, 0) else { return };
    let words = match &find.suggestion {
        _ if !find.is_counted[find.kind as usize] => "looking".to_owned(),
        Some(suggestion) => format!("nothing matches; did you mean {suggestion}? Enter takes it"),
        None => "nothing matches".to_owned(),
    };
    draw::text(buffer, at, &words, Role::Undated, &state.theme);
}

/// An entry: its words on the left, a note on the right.
pub(super) fn entry(state: &State, words: &[Span], note: &str, here: bool, at: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let note_width = u16::try_from(text::width(note)).unwrap_or(u16::MAX);
    let edge =
        Span { text: if here { theme.glyphs.cursor } else { " " }.to_owned(), role: Role::FocusedBorder };
    let taken = draw::spans(buffer, at, std::slice::from_ref(&edge), theme);
    let room = at.width.saturating_sub(taken);
    // The words come first; the note gives way where both do not fit.
    let fits = note_fits(room.into(), note_width.into());
    let width = if fits { room - note_width - 1 } else { room };
    draw::spans(buffer, Rect { x: at.x + taken, width, ..at }, words, theme);
    if fits && note_width > 0 {
        let right = Rect { x: at.right() - note_width, width: note_width, ..at };
        draw::text(buffer, right, note, Role::Quiet, theme);
    }
    if here {
        draw::restyle(buffer, at, theme.style(Role::Cursor));
    }
}

fn note_fits(room: usize, note: usize) -> bool {
    room > note + 16
}

fn match_words(state: &State, found: &Found, columns: usize) -> (Vec<Span>, String) {
    let graph = &state.graph;
    let names = names_of(graph, found.element);
    let name = names.get(found.name).map(AsRef::as_ref).unwrap_or_default();
    let highlights = found.highlights.as_deref().unwrap_or_default();
    let note = match found.element {
        ElementId::Actor(id) => counted(graph.events_of_actor(id).len(), "event"),
        ElementId::Source(id) => counted(graph.events_of_source(id).len(), "event"),
        ElementId::Event(id) => super::timeline::date(state, id).0,
        ElementId::Statement(id) => {
            let speaker = super::statement::speaker(state, graph.statement(id));
            let source = graph.source(graph.statement(id).source);
            let source = super::statement::source_label(state, source);
            format!("{speaker} {} {source}", state.theme.glyphs.between)
        }
        ElementId::Dispute(id) => graph.dispute(id).grade.word().to_owned(),
        ElementId::Reaction(_) => String::new(),
    };
    let mut spans = match found.element {
        // A statement may be far longer than the row: it is shown from just before what matches.
        ElementId::Statement(id) => {
            let note = text::width(&note);
            let room =
                columns.saturating_sub(if note_fits(columns.saturating_sub(1), note) { note + 2 } else { 1 });
            // Room for the marks of its form.
            let room = room.saturating_sub(12);
            statement_passage(state, id, passage(name, highlights, room, state.theme.glyphs.more))
        }
        ElementId::Event(id) => {
            let (mark, role) = super::timeline::status_mark(graph.event(id).status, &state.theme.glyphs);
            let mark = Span { text: format!("{mark} "), role };
            std::iter::once(mark).chain(highlighted(name, highlights, Role::Title)).collect()
        }
        _ => highlighted(name, highlights, Role::Title),
    };
    if found.name > 0
        && let Some(main) = names.first()
    {
        spans.push(Span { text: format!("  {main}"), role: Role::Text });
    }
    (spans, note)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Words of a statement never stand bare: a quote has its marks, a paraphrase says that it is one.
fn statement_passage(state: &State, id: StatementId, passage: Vec<Span>) -> Vec<Span> {
    let glyphs = &state.theme.glyphs;
    let span = |text: &str| Span { text: text.to_owned(), role: Role::Quiet };
    if state.graph.statement(id).form == Form::Quote {
        std::iter::once(span(glyphs.open_quote)).chain(passage).chain([span(glyphs.close_quote)]).collect()
    } else {
        std::iter::once(span("paraphrase: ")).chain(passage).collect()
    }
}

fn passage(words: &str, highlights: &[Range<usize>], columns: usize, more: &str) -> Vec<Span> {
    let first = highlights.first().map_or(0, |range| range.start);
    if text::width(&words[..first]) < columns / 2 || text::width(words) <= columns {
        return highlighted(words, highlights, Role::Text);
    }
    // From some way before the match, or from further back where the rest would leave the row half empty.
    let room = columns.saturating_sub(1);
    let before = words[..first].grapheme_indices(true).rev().map(|(start, _)| start);
    let start = before
        .enumerate()
        .take_while(|(count, start)| *count < columns / 4 || text::width(&words[*start..]) <= room)
        .last()
        .map_or(first, |(_, start)| start);
    let moved: Vec<_> = highlights.iter().map(|range| range.start - start..range.end - start).collect();
    let mut spans = vec![Span { text: more.to_owned(), role: Role::Quiet }];
    spans.extend(highlighted(&words[start..], &moved, Role::Text));
    spans
}

fn highlighted(words: &str, highlights: &[Range<usize>], role: Role) -> Vec<Span> {
    let mut spans = Vec::with_capacity(highlights.len() * 2 + 1);
    let mut from = 0;
    for range in highlights {
        spans.push(Span { text: words[from..range.start].to_owned(), role });
        spans.push(Span { text: words[range.clone()].to_owned(), role: Role::Match });
        from = range.end;
    }
    spans.push(Span { text: words[from..].to_owned(), role });
    spans
}
