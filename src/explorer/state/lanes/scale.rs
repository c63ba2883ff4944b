//! The time scale of the lanes: true to time, but for stretches that are cut out, and marked where they are.
//!
//! Method: the ends of all times divide the scale into stretches. Where two days would share a column, the longest bare
//! stretch, in which no dated event lies, is cut to a few columns and the scale laid out anew, as long as one takes more
//! than a quarter of what is left. Where even then more than a quarter of the days have no column of their own, the
//! inside of a dated event is cut too if it takes more than half, although its width says how exactly that event is
//! dated. Between the cuts one column is as much time as any other, to within a column a piece.
//!
//! Imports `story::when`; no terminal.

use std::cmp::Reverse;

use chrono::{Datelike as _, Months, NaiveDate, TimeDelta, Timelike as _};

use crate::story::when::{Moment, start_of};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Columns of a cut: the axis, the mark of two, the axis.
const CUT: usize = 4;
/// Columns a cut may grow to, so that the label of a short piece fits.
const WIDEST_CUT: usize = 13;
/// A cut needs this many columns of scale to be worth it.
const COLUMNS_PER_CUT: usize = 8;
/// All cuts together take two parts in this many of the columns at most.
const CUTS_SHARE: usize = 5;

/// A time to be laid on the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// Its first moment.
    pub from: Moment,
    /// Its last moment.
    pub to: Moment,
    /// Whether an event is dated so; otherwise it is only bounded by others.
    pub dated: bool,
}

impl Extent {
    fn middle(&self) -> Moment {
        middle(self.from, self.to)
    }
}

/// The moment halfway.
pub(super) fn middle(from: Moment, to: Moment) -> Moment {
    let half = to.signed_duration_since(from).num_seconds() / 2;
    from.checked_add_signed(TimeDelta::seconds(half)).unwrap_or(from)
}

/// A stretch of time without a cut, over columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    from: Moment,
    seconds: i64,
    start: usize,
    columns: usize,
}

/// Time laid over columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    pieces: Vec<Piece>,
    columns: usize,
    labels: Vec<(usize, String)>,
    ticks: Vec<usize>,
}

impl Scale {
    /// The scale of some times over `columns`; `None` without times or room.
    pub(super) fn of(extents: &[Extent], columns: usize) -> Option<Self> {
        let mut ends: Vec<_> = extents.iter().flat_map(|extent| [extent.from, extent.to]).collect();
        ends.sort_unstable();
        ends.dedup();
        if columns == 0 || ends.is_empty() {
            return None;
        }
        let stretches = Stretches::of(extents, &ends);
        let mut middles: Vec<_> = extents.iter().map(Extent::middle).collect();
        middles.sort_unstable();
        middles.dedup_by_key(|at| at.date());
        let mut cuts: Vec<usize> = Vec::new();
        let mut scale = Self::laid(&ends, &cuts, columns)?;
        while cuts.len() < columns / COLUMNS_PER_CUT {
            let alone = scale.alone(&middles);
            if alone == middles.len() {
                break;
            }
            let crowded = alone * 4 < middles.len() * 3;
            let bare = stretches.longest(&cuts, false);
            let Some(cut) = bare.or_else(|| stretches.longest(&cuts, true).filter(|_| crowded)) else {
                break;
            };
            cuts.push(cut);
            cuts.sort_unstable();
            let Some(next) = Self::laid(&ends, &cuts, columns) else { break };
            scale = next;
        }
        scale.label();
        Some(scale)
    }

    /// The scale with some of the stretches between `ends` cut, ascending; `None` where there is no room for that.
    fn laid(ends: &[Moment], cuts: &[usize], columns: usize) -> Option<Self> {
        let mut pieces = Vec::with_capacity(cuts.len() + 1);
        let mut first = 0;
        for last in cuts.iter().copied().chain([ends.len().checked_sub(1)?]) {
            let (from, to) = (*ends.get(first)?, *ends.get(last)?);
            let seconds = to.signed_duration_since(from).num_seconds() + 1;
            pieces.push(Piece { from, seconds, start: 0, columns: 0 });
            first = last + 1;
        }
        let mut scale = Self { pieces, columns, labels: Vec::new(), ticks: Vec::new() };
        let mut widths = vec![CUT; cuts.len()];
        scale.place(&widths)?;
        let labels: Vec<_> = scale.first_labels().iter().map(String::len).collect();
        for ((width, piece), label) in widths.iter_mut().zip(&scale.pieces).zip(labels) {
            *width = (label + 2).saturating_sub(piece.columns).clamp(CUT, WIDEST_CUT);
        }
        // Where there is no room for whole labels, shorter ones must do.
        if widths.iter().sum::<usize>() * CUTS_SHARE <= columns * 2 {
            scale.place(&widths)?;
        }
        Some(scale)
    }

    /// Gives the pieces their columns, with cuts of these widths between them.
    fn place(&mut self, widths: &[usize]) -> Option<()> {
        let count = self.pieces.len();
        let room = self.columns.checked_sub(widths.iter().sum::<usize>() + count)?;
        // With cuts at least half of the columns must stay scale.
        if count > 1 && room * 2 < self.columns {
            return None;
        }
        let total: i128 = self.pieces.iter().map(|piece| i128::from(piece.seconds)).sum();
        let share = |seconds: i128| usize::try_from(seconds * room as i128 / total.max(1)).unwrap_or(0);
        let (mut passed, mut start) = (0_i128, 0);
        for (place, piece) in self.pieces.iter_mut().enumerate() {
            let after = passed + i128::from(piece.seconds);
            piece.start = start;
            piece.columns = 1 + share(after) - share(passed);
            start += piece.columns + widths.get(place).copied().unwrap_or(0);
            passed = after;
        }
        Some(())
    }

    /// How many columns these moments take, given in order.
    fn alone(&self, moments: &[Moment]) -> usize {
        let mut columns: Vec<_> = moments.iter().map(|at| self.column(*at)).collect();
        columns.dedup();
        columns.len()
    }

    /// The column of a moment; one outside, or in a cut, falls to the nearest end before it, or the first.
    pub fn column(&self, at: Moment) -> usize {
        let place = self.pieces.partition_point(|piece| piece.from <= at).saturating_sub(1);
        let Some(piece) = self.pieces.get(place) else { return 0 };
        let passed = at.signed_duration_since(piece.from).num_seconds().clamp(0, piece.seconds - 1);
        let column = i128::from(passed) * piece.columns as i128 / i128::from(piece.seconds.max(1));
        piece.start + usize::try_from(column).unwrap_or(0)
    }

    /// How many columns it has.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The first and last column of each cut.
    pub fn cuts(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.pieces.windows(2).map(|pair| (pair[0].start + pair[0].columns, pair[1].start - 1))
    }

    /// Labels with the column each begins at, from left to right; they never overlap nor leave the scale.
    pub fn labels(&self) -> &[(usize, String)] {
        &self.labels
    }

    /// The columns of the axis that labels belong to. A label begins there, or further left where it would not fit.
    pub fn ticks(&self) -> &[usize] {
        &self.ticks
    }

    /// Whether a day is a point: on any scale that is not about hours.
    pub(super) fn day_is_a_point(&self) -> bool {
        self.seconds_a_column().saturating_mul(8) > DAY
    }

    fn seconds_a_column(&self) -> i64 {
        let seconds = self.pieces.iter().map(|piece| piece.seconds).fold(0, i64::saturating_add);
        let columns: usize = self.pieces.iter().map(|piece| piece.columns).sum();
        seconds / i64::try_from(columns.max(1)).unwrap_or(i64::MAX)
    }

    /// The label each piece begins with.
    fn first_labels(&self) -> Vec<String> {
        let step = self.step();
        let mut before = None;
        let label = |piece: &Piece| step.label(piece.from, before.replace(piece.from));
        self.pieces.iter().map(label).collect()
    }

    fn step(&self) -> Step {
        let a_column = self.seconds_a_column();
        let fits = |step: &Step| step.seconds() >= a_column.saturating_mul(step.room());
        STEPS.iter().copied().find(fits).unwrap_or(Step::Months(12_000))
    }

    /// Labels where the pieces begin, then between them as room allows.
    fn label(&mut self) {
        let step = self.step();
        let mut labels = Vec::new();
        let mut ticks = Vec::new();
        let ends = self.pieces.iter().skip(1).map(|next| next.start - 1).chain([self.columns]);
        let mut before = None;
        for ((piece, text), end) in self.pieces.iter().zip(self.first_labels()).zip(ends) {
            let short = Step::short(piece.from, before.replace(piece.from));
            let at = |text: &str| piece.start.min(self.columns.saturating_sub(text.len()));
            if push(&mut labels, at(&text), text, end) || push(&mut labels, at(&short), short, end) {
                ticks.push(piece.start);
            }
        }
        for piece in &self.pieces {
            let last = piece.from.checked_add_signed(TimeDelta::seconds(piece.seconds - 1));
            let mut at = step.before(piece.from).and_then(|at| step.next(at));
            while let Some(here) = at.filter(|here| last.is_some_and(|last| *here <= last)) {
                let column = self.column(here);
                let before = labels.partition_point(|(other, _)| *other <= column);
                let end = labels.get(before).map_or(self.columns, |(next, _)| next.saturating_sub(1));
                let mut left = labels.split_off(before);
                let turned = step.turned(here);
                if push(&mut labels, column, step.label(here, turned), end) {
                    ticks.push(column);
                }
                labels.append(&mut left);
                at = step.next(here);
            }
        }
        (self.labels, self.ticks) = (labels, ticks);
    }
}

/// Puts a label after the last where it fits between that and `end`.
fn push(labels: &mut Vec<(usize, String)>, column: usize, text: String, end: usize) -> bool {
    let free_from = labels.last().map_or(0, |(column, text)| column + text.len() + 1);
    let fits = column >= free_from && column + text.len() <= end;
    if fits {
        labels.push((column, text));
    }
    fits
}

/// The stretches between the ends of all times.
struct Stretches {
    /// Seconds, and whether a dated event passes through.
    all: Vec<(i64, bool)>,
}

impl Stretches {
    fn of(extents: &[Extent], ends: &[Moment]) -> Self {
        let mut passing = vec![0_i64; ends.len() + 1];
        for extent in extents.iter().filter(|extent| extent.dated) {
            passing[ends.partition_point(|end| *end < extent.from)] += 1;
            passing[ends.partition_point(|end| *end < extent.to)] -= 1;
        }
        let mut depth = 0;
        let stretch = |(pair, change): (&[Moment], &i64)| {
            depth += change;
            (pair[1].signed_duration_since(pair[0]).num_seconds(), depth > 0)
        };
        Self { all: ends.windows(2).zip(&passing).map(stretch).collect() }
    }

    /// The longest stretch that is worth cutting beside those that are cut, bare or inside a dated event.
    fn longest(&self, cuts: &[usize], dated: bool) -> Option<usize> {
        let left = self.all.iter().enumerate().filter(|(place, _)| !cuts.contains(place));
        let whole: i64 = left.clone().map(|(_, (seconds, _))| *seconds).fold(0, i64::saturating_add);
        let long = DAY.max(whole / if dated { 2 } else { 4 });
        left.filter(|(_, (seconds, inside))| *inside == dated && *seconds > long)
            .max_by_key(|(place, (seconds, _))| (*seconds, Reverse(*place)))
            .map(|(place, _)| place)
    }
}

/// How far labels stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Hours(i64),
    Days(i64),
    Months(u32),
}

/// Every distance labels may have, the shortest first.
const STEPS: &[Step] = &[
    Step::Hours(1),
    Step::Hours(3),
    Step::Hours(6),
    Step::Hours(12),
    Step::Days(1),
    Step::Days(2),
    Step::Days(5),
    Step::Days(10),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(24),
    Step::Months(60),
    Step::Months(120),
    Step::Months(240),
    Step::Months(600),
    Step::Months(1_200),
    Step::Months(6_000),
    Step::Months(12_000),
];

impl Step {
    fn seconds(self) -> i64 {
        match self {
            Self::Hours(hours) => hours * HOUR,
            Self::Days(days) => days * DAY,
            Self::Months(months) => i64::from(months) * 28 * DAY,
        }
    }

    /// Columns that a label and a blank take.
    fn room(self) -> i64 {
        match self {
            Self::Hours(_) | Self::Days(_) => 7,
            Self::Months(months) if months < 12 => 9,
            Self::Months(_) => 5,
        }
    }

    /// The last moment on its grid that is not after `at`.
    fn before(self, at: Moment) -> Option<Moment> {
        match self {
            Self::Hours(hours) => {
                let hour = i64::from(at.hour()) / hours * hours;
                start_of(at.date()).checked_add_signed(TimeDelta::hours(hour))
            }
            // From the first of what it is for, so that a crowded week reads 14, 16, 18.
            Self::Days(_) => Some(start_of(at.date())),
            Self::Months(months) if months < 12 => {
                NaiveDate::from_ymd_opt(at.year(), at.month0() / months * months + 1, 1).map(start_of)
            }
            Self::Months(months) => {
                let years = i32::try_from(months / 12).unwrap_or(1).max(1);
                let year = at.year().div_euclid(years) * years;
                NaiveDate::from_ymd_opt(year, 1, 1).map(start_of)
            }
        }
    }

    fn next(self, at: Moment) -> Option<Moment> {
        match self {
            Self::Hours(_) | Self::Days(_) => at.checked_add_signed(TimeDelta::seconds(self.seconds())),
            Self::Months(months) => at.checked_add_months(Months::new(months)),
        }
    }

    /// What stood a step before, for [`Step::label`].
    fn turned(self, at: Moment) -> Option<Moment> {
        at.checked_sub_signed(TimeDelta::seconds(self.seconds()))
    }

    /// The label of a moment where there is room for little.
    fn short(at: Moment, before: Option<Moment>) -> String {
        let new_year = before.is_none_or(|before| before.year() != at.year());
        if new_year { at.year().to_string() } else { at.format("%b").to_string() }
    }

    /// The label of a moment; the first, and where the year or day turns, in full.
    fn label(self, at: Moment, before: Option<Moment>) -> String {
        let new_year = before.is_none_or(|before| before.year() != at.year());
        let new_day = before.is_none_or(|before| before.date() != at.date());
        let format = match self {
            Self::Hours(_) if !new_day => "%H:%M",
            Self::Hours(_) | Self::Days(_) if new_year => "%-d %b %Y",
            Self::Hours(_) | Self::Days(_) => "%-d %b",
            Self::Months(months) if months < 12 && new_year => "%b %Y",
            Self::Months(months) if months < 12 => "%b",
            Self::Months(_) => return at.year().to_string(),
        };
        at.format(format).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extents(days: &[(&str, &str)]) -> Vec<Extent> {
        let day = |text: &str| text.parse::<NaiveDate>().expect(text);
        let extent = |(from, to): &(&str, &str)| Extent {
            from: start_of(day(from)),
            to: day(to).and_hms_opt(23, 59, 59).expect("a second"),
            dated: true,
        };
        days.iter().map(extent).collect()
    }

    fn days(days: &[&str]) -> Vec<Extent> {
        extents(&days.iter().map(|day| (*day, *day)).collect::<Vec<_>>())
    }

    fn columns(scale: &Scale, extents: &[Extent]) -> Vec<usize> {
        extents.iter().map(|extent| scale.column(extent.middle())).collect()
    }

    #[test]
    fn where_there_is_room_nothing_is_cut() {
        let days = days(&["2025-01-01", "2025-01-03", "2025-01-10"]);
        let scale = Scale::of(&days, 10).expect("a scale");
        assert_eq!(columns(&scale, &days), [0, 2, 9]);
        assert_eq!(scale.cuts().count(), 0);
    }

    #[test]
    fn a_crowd_long_after_the_rest_is_spread_by_a_marked_cut() {
        let days = days(&["2019-03-01", "2025-11-14", "2025-11-15", "2025-11-17", "2025-11-20"]);
        let scale = Scale::of(&days, 60).expect("a scale");
        let cuts: Vec<_> = scale.cuts().collect();
        assert_eq!(cuts.len(), 1, "{scale:?}");
        let columns = columns(&scale, &days);
        assert!(columns.is_sorted_by(|one, other| one < other), "{columns:?}");
        assert!(columns[0] < cuts[0].0 && columns[1] > cuts[0].1);
        // Within the crowd a column is as much time as any other.
        let day = columns[2] - columns[1];
        assert!(day > 3 && columns[4].abs_diff(columns[1] + 6 * day) <= 6, "{columns:?}");
        assert_eq!(scale.labels()[0], (0, "1 Mar 2019".into()));
        assert!(scale.labels().iter().any(|(_, label)| label == "14 Nov 2025"), "{:?}", scale.labels());
    }

    #[test]
    fn a_month_is_left_whole_but_a_year_beside_a_week_is_not() {
        let month = extents(&[
            ("2025-10-01", "2025-10-31"),
            ("2025-11-14", "2025-11-14"),
            ("2025-11-15", "2025-11-29"),
        ]);
        assert_eq!(Scale::of(&month, 40).expect("a scale").cuts().count(), 0);
        let year = extents(&[
            ("2024-01-01", "2024-12-31"),
            ("2025-01-01", "2025-01-01"),
            ("2025-01-02", "2025-01-02"),
        ]);
        let scale = Scale::of(&year, 60).expect("a scale");
        assert_eq!(scale.cuts().count(), 1);
        let cut = scale.cuts().next().expect("a cut");
        assert!(scale.column(year[0].from) < cut.0 && scale.column(year[0].to) > cut.1);
    }

    #[test]
    fn labels_and_cuts_stay_on_the_scale_and_apart() {
        for times in [
            days(&["2025-11-14"]),
            days(&["0001-01-01", "9999-12-31"]),
            days(&["1950-06-01", "2025-11-01", "2025-11-02", "2025-11-03"]),
            days(&["2023-12-30", "2024-01-02", "2024-06-01", "2025-11-02", "2025-11-03"]),
            extents(&[
                ("1900-01-01", "1999-12-31"),
                ("2025-11-14", "2025-11-14"),
                ("2025-11-15", "2025-11-15"),
            ]),
        ] {
            assert!(Scale::of(&times, 0).is_none());
            for columns in 1..150 {
                let scale = Scale::of(&times, columns).expect("a scale");
                let mut free = 0;
                for (column, text) in scale.labels() {
                    assert!(*column >= free && column + text.len() <= columns, "{columns} {scale:?}");
                    free = column + text.len() + 1;
                }
                for (first, last) in scale.cuts() {
                    assert!(first + CUT - 1 <= last && last + 1 < columns, "{columns} {scale:?}");
                }
                for extent in &times {
                    let at = [extent.from, extent.middle(), extent.to].map(|at| scale.column(at));
                    assert!(at.is_sorted() && at[2] < columns, "{columns} {scale:?}");
                    assert!(scale.cuts().all(|(first, last)| at.iter().all(|at| *at < first || *at > last)));
                }
            }
        }
        assert!(Scale::of(&[], 40).is_none());
    }
}
