//! The life of an allegation: a stage an entry; both orders side by side where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::{WIDE, inside};
use super::super::sheet::{Run, Sheet, Target, scrolled_to};
use super::super::state::life::LifeView;
use super::super::state::{Scrolled, State};
use super::super::theme::Role;
use super::timeline::status_mark;
use super::{draw, event, statement};
use crate::query::bounds;
use crate::query::interval::{Grounds, Time};
use crate::query::life::{Order, Stage, StageKind};
use crate::story::id::Account;
use crate::story::order::Place;
use crate::story::when::{Moment, day_reading};

/// Where the parts of the view stand.
struct Parts {
    /// The question; without room where it scrolls with the stages.
    head: Rect,
    /// The orders that show, each in its frame.
    columns: Vec<(Order, Rect)>,
}

fn parts(state: &State, view: &LifeView) -> Parts {
    let area = state.layout().body;
    let alone = Parts { head: Rect::default(), columns: vec![(view.order, area)] };
    if area.width < WIDE {
        return alone;
    }
    let rows = question(state, view, text_width(area)).rows().len();
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX);
    if height > area.height / 2 {
        return alone;
    }
    let head = Rect { height, ..area };
    let body = Rect { y: area.y + height, height: area.height - height, ..area };
    let left = Rect { width: body.width / 2, ..body };
    let right = Rect { x: body.x + left.width, width: body.width - left.width, ..body };
    Parts { head, columns: vec![(Order::Said, left), (Order::Published, right)] }
}

fn text_width(framed: Rect) -> usize {
    usize::from(inside(framed).width).saturating_sub(1)
}

/// Where the order the reader is in stands, frame included.
pub(super) fn area(state: &State, view: &LifeView) -> Rect {
    let parts = parts(state, view);
    parts.columns.iter().find(|(order, _)| *order == view.order).map_or(parts.head, |(_, area)| *area)
}

/// The order at a cell of the screen.
pub(super) fn order_at(state: &State, view: &LifeView, column: u16, row: u16) -> Option<Order> {
    let at = ratatui::layout::Position { x: column, y: row };
    parts(state, view).columns.into_iter().find(|(_, area)| area.contains(at)).map(|(order, _)| order)
}

/// The stages in the reader's order.
pub(super) fn sheet(state: &State, view: &LifeView) -> Sheet {
    let parts = parts(state, view);
    column(state, view, view.order, text_width(area(state, view)), parts.head.is_empty())
}

fn question(state: &State, view: &LifeView, width: usize) -> Sheet {
    let mut sheet = Sheet::new(width);
    sheet.line(0, Role::Title, &state.graph.dispute(view.life.dispute).question);
    sheet
}

fn column(state: &State, view: &LifeView, order: Order, width: usize, with_question: bool) -> Sheet {
    let mut sheet = if with_question { question(state, view, width) } else { Sheet::new(width) };
    for (place, stage) in view.life.stages(order).iter().enumerate() {
        sheet.gap();
        sheet.begin_entry(Target::Account(Account::Statement(stage.statement)));
        let before = place.checked_sub(1).and_then(|before| view.life.stages(order).get(before));
        self::stage(&mut sheet, state, (place, stage), before, order);
        sheet.end_entry();
    }
    sheet
}

fn stage(
    sheet: &mut Sheet,
    state: &State,
    (place, step): (usize, &Stage),
    before: Option<&Stage>,
    order: Order,
) {
    let graph = &state.graph;
    let spoken = graph.statement(step.statement);
    let speaker = statement::speaker(state, spoken);
    let number = format!("{}. ", place + 1);
    let runs: [Run<'_>; 4] = [
        (&number, Role::Quiet),
        (step.kind.reading(), role(step.kind)),
        (" by ", Role::Quiet),
        (&speaker, Role::Speaker),
    ];
    sheet.runs(0, 3, &runs);
    if let (Some(before), Some(span)) = (before, step.after) {
        let one_source = graph.statement(before.statement).source == spoken.source;
        let mut words = if order == Order::Published && one_source {
            "in the same source as the stage before".to_owned()
        } else {
            format!("from the stage before: {}", span.reading_with_grounds())
        };
        if !step.order_known {
            words.push_str("; which of the two came first is not known");
        }
        sheet.line(3, Role::Inferred, &words);
    }
    statement::words(sheet, state, step.statement, 3);
    let account = Account::Statement(step.statement);
    sheet.line(3, Role::Quiet, &format!("in {}", statement::source_line(state, account)));
    let (said, published) = (said(state, step), published(state, step));
    let (first, second) = if order == Order::Said { (said, published) } else { (published, said) };
    sheet.line(3, Role::Text, &first);
    sheet.line(3, Role::Quiet, &second);
    for note in spoken.said.note.iter().chain(&spoken.note) {
        sheet.line(3, Role::Quiet, &format!("note: {note}"));
    }
    let event = graph.event(spoken.event);
    let (mark, _) = status_mark(event.status, &state.theme.glyphs);
    sheet.line(3, Role::Quiet, &format!("under: {mark} {}", event.title));
}

fn role(kind: StageKind) -> Role {
    match kind {
        StageKind::Alleged | StageKind::Repeated => Role::Allegation,
        StageKind::Denied => Role::Denial,
        StageKind::NoComment => Role::Quiet,
        StageKind::Confirmed | StageKind::Withdrawn => Role::Disputed,
    }
}

/// When it was said, and how that is known.
fn said(state: &State, step: &Stage) -> String {
    let spoken = state.graph.statement(step.statement);
    if spoken.said.when.is_some() {
        return format!("said {}", spoken.said.reading());
    }
    match step.said.grounds {
        Grounds::Event => {
            let when = event::date(state, spoken.event);
            format!("said at its event: {when}; no other time of saying is given")
        }
        _ => match bounded(step.said) {
            Some(bounds) => {
                format!("no time of saying given; {bounds}, by what it answers and when it was published")
            }
            None => "no time of saying given".to_owned(),
        },
    }
}

fn published(state: &State, step: &Stage) -> String {
    let source = state.graph.statement(step.statement).source;
    let told = bounds::told(&state.graph, Place::Source(source));
    let between = if told.written.is_some() { "" } else { ":" };
    format!("published{between} {}", told.reading())
}

fn bounded(time: Time) -> Option<String> {
    let day = |at: Moment| day_reading(at.date());
    match (time.bounds.earliest.map(day), time.bounds.latest.map(day)) {
        (Some(from), Some(to)) if from == to => Some(format!("on {from}")),
        (Some(from), Some(to)) => Some(format!("between {from} and {to}")),
        (Some(from), None) => Some(format!("not before {from}")),
        (None, Some(to)) => Some(format!("not after {to}")),
        (None, None) => None,
    }
}

fn title(view: &LifeView, order: Order) -> String {
    let count = view.life.stages(order).len();
    match order {
        Order::Said => format!("As it was said: {count} stages"),
        Order::Published => format!("As it was published: {count} stages"),
    }
}

pub(super) fn render(state: &State, view: &LifeView, buffer: &mut Buffer) {
    let parts = parts(state, view);
    let theme = &state.theme;
    if !parts.head.is_empty() {
        draw::frame(buffer, parts.head, "Life of an allegation", "", false, theme);
        let sheet = question(state, view, text_width(parts.head));
        draw::sheet(buffer, parts.head, &sheet, Scrolled::default(), false, theme);
    }
    let here = view.stages().get(view.at.cursor).map(|stage| stage.statement);
    for (order, area) in &parts.columns {
        let sheet = column(state, view, *order, text_width(*area), parts.head.is_empty());
        let focused = *order == view.order;
        let alone = parts.columns.len() == 1;
        let note = match (alone, focused) {
            (true, _) => "L for the other order",
            (false, true) => "",
            (false, false) => "L goes here",
        };
        draw::frame(buffer, *area, &title(view, *order), note, focused, theme);
        let at = if focused {
            view.at
        } else {
            // The other order shows the same stage, as near the middle as can be.
            let same = |stage: &Stage| Some(stage.statement) == here;
            let cursor = view.life.stages(*order).iter().position(same).unwrap_or(0);
            let height = usize::from(inside(*area).height);
            let top = scrolled_to(0, sheet.rows().len(), height, Some(sheet.rows_of(cursor)));
            Scrolled { cursor, top }
        };
        draw::sheet(buffer, *area, &sheet, at, true, theme);
    }
}
