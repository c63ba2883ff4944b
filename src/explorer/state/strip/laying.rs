//! Laying times over the columns of the strip.
//!
//! Imports what the strip imports.

use super::spans::{Span, length};
use super::{DAY, Known, Mark, Open, Scale};
use crate::story::when::Moment;

/// Whether a time is a point on this scale. A day that begins in one column and ends in the next is one too.
pub(super) fn is_tick(scale: &Scale, from: Moment, to: Moment) -> bool {
    let seconds = to.signed_duration_since(from).num_seconds();
    scale.column(from) == scale.column(to) || (seconds < DAY && scale.day_is_a_point())
}
/// Columns of a time that is open to a side: from the end that is known towards the other. Only a stub: whole, it
/// would hide which end is known.
const STUB: usize = 3;

/// Marks on their way: where longer times begin and end is counted first, so that a long one costs no more than a
/// short one.
pub(super) struct Laying {
    marks: Vec<Mark>,
    /// By how many bars more each column has than the one before it, for each way of knowing.
    begins: [(Known, Vec<i64>); 3],
}

impl Laying {
    pub(super) fn new(columns: usize) -> Self {
        let none = || vec![0; columns + 1];
        Self {
            marks: vec![Mark::default(); columns],
            begins: [(Known::Narrowed, none()), (Known::Unsure, none()), (Known::Stated, none())],
        }
    }

    pub(super) fn add(&mut self, scale: &Scale, span: &Span) {
        let Some((from, to)) = span.ends() else { return };
        let (first, last) = (scale.column(from), scale.column(to));
        let tick = span.open().is_none() && is_tick(scale, from, to);
        // What is cut off by the view does not begin in it.
        let known_end = if span.open() == Some(Open::Left) { to } else { from };
        if known_end >= scale.from && known_end < scale.end() || tick {
            let mark = &mut self.marks[scale.column(known_end)];
            mark.events = mark.events.saturating_add(1);
            if tick || length(span.bounds).is_some_and(|seconds| seconds < DAY) {
                mark.tick = mark.tick.max(Some(span.known));
            }
        }
        let (first, last) = match span.open() {
            None if tick => return,
            None => (first, last),
            Some(Open::Left) => (last.saturating_sub(STUB - 1), last),
            Some(Open::Right) => (first, (first + STUB - 1).min(self.marks.len().saturating_sub(1))),
        };
        for (known, begins) in &mut self.begins {
            if *known == span.known {
                begins[first] += 1;
                begins[last + 1] -= 1;
            }
        }
        match span.open() {
            Some(Open::Left) => self.marks[first].arrow = Some(Open::Left),
            Some(Open::Right) => self.marks[last].arrow = Some(Open::Right),
            None => {}
        }
    }

    pub(super) fn marks(mut self) -> Vec<Mark> {
        for (known, begins) in &self.begins {
            let mut passing = 0;
            for (mark, begin) in self.marks.iter_mut().zip(begins) {
                passing += begin;
                if passing > 0 {
                    mark.bar = mark.bar.max(Some(*known));
                }
            }
        }
        self.marks
    }
}
