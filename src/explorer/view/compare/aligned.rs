//! The rows of a comparison: beside each other, each as tall as its tallest cell, or under each other.

use std::collections::BTreeSet;

use super::super::super::sheet::{Run, Sheet, Target};
use super::super::super::state::{Compare, State};
use super::super::super::theme::Role;
use super::super::reading;
use super::cells::{self, Line};
use super::head;
use crate::query::comparison::{Column, Compared, Field, Row, Subject};
use crate::story::id::Account;

/// Columns beside each other: a row begins at the same place in all, and beside its label.
pub(super) struct Aligned {
    /// What the rows tell.
    pub labels: Sheet,
    /// The columns; their accounts are entries.
    pub columns: Vec<Sheet>,
}

/// Columns under each other.
pub(super) struct Stacked {
    /// All of them; their accounts are entries.
    pub sheet: Sheet,
    /// The column and account of each entry.
    pub places: Vec<(usize, usize)>,
    /// The entry the reader is at.
    pub selected: Option<usize>,
    /// The columns, and the row each begins at.
    tops: Vec<(usize, usize)>,
}

impl Stacked {
    /// The row a column begins at.
    pub(super) fn top_of(&self, column: usize) -> Option<usize> {
        self.tops.iter().find(|(other, _)| *other == column).map(|(_, top)| *top)
    }
}

/// The account of a column in a group, with its place in the column.
fn member(column: &Column, group: usize) -> Option<(usize, &Compared)> {
    let place = column.accounts.binary_search_by_key(&group, |compared| compared.group).ok()?;
    column.accounts.get(place).map(|compared| (place, compared))
}

/// The label of a row, marked where it differs.
fn label(state: &State, row: &Row, differs: bool) -> [(String, Role); 2] {
    let mark = if differs { state.theme.glyphs.disputed } else { " " };
    let role = if differs { Role::Unlike } else { Role::Quiet };
    [(format!("{mark} "), Role::Disputed), (row.field.label().to_owned(), role)]
}

/// `≠ in 3, 4`: the columns from which something differs, the reader's numbers.
fn elsewhere(state: &State, columns: &[usize]) -> Option<String> {
    /// More are not read.
    const NAMED: usize = 3;
    let mut numbers: Vec<_> = columns.iter().take(NAMED).map(|column| (column + 1).to_string()).collect();
    if columns.len() > NAMED {
        numbers.push(state.theme.glyphs.more.to_owned());
    }
    (!columns.is_empty()).then(|| format!("{} in {}", state.theme.glyphs.disputed, numbers.join(", ")))
}

fn put(sheet: &mut Sheet, indent: usize, runs: &[(String, Role)]) {
    let runs: Vec<Run<'_>> = runs.iter().map(|(text, role)| (text.as_str(), *role)).collect();
    sheet.runs(0, indent, &runs);
}

/// What this reader knows of the accounts of a group, beside what the story tells.
struct Known {
    /// Whether their words were found in the texts of their sources; `None` where nothing is known of that.
    checked: Option<Row>,
    /// Which of them the reader picked; `None` where none, or where these are compared.
    picked: Option<Row>,
}

impl Known {
    /// Of the columns that show.
    fn of(state: &State, compare: &Compare, group: usize, shown: &[usize]) -> Self {
        let mut accounts: Vec<Option<Account>> = vec![None; compare.comparison.columns.len()];
        for place in shown {
            let member = compare.comparison.columns.get(*place).and_then(|column| member(column, group));
            if let Some((account, (_, compared))) = accounts.get_mut(*place).zip(member) {
                *account = Some(compared.account);
            }
        }
        let row = |field: Field, text: &dyn Fn(Account) -> Option<String>| {
            Row::of_texts(field, accounts.iter().map(|account| account.and_then(text)).collect())
        };
        let mark =
            |account| Some(reading::checked(state, account).map(|(words, _)| words).unwrap_or_default());
        let pick =
            |account: Account| state.picks.reading_of(state.graph.id_of(account.into())).map(str::to_owned);
        let told = |row: Row| row.cells.iter().flatten().any(|cell| !cell.parts.is_empty()).then_some(row);
        let picked = told(row(Field::Picked, &pick));
        let above = matches!(compare.comparison.subject, Subject::Picked(_));
        Self { checked: told(row(Field::Checked, &mark)), picked: picked.filter(|_| !above) }
    }

    /// The rows of the group with these among them.
    fn among<'r>(&'r self, told: &'r [Row]) -> impl Iterator<Item = &'r Row> {
        let after = told.iter().position(|row| row.field == Field::Source).map_or(told.len(), |at| at + 1);
        let (before, after) = told.split_at(after);
        before.iter().chain(&self.checked).chain(after).chain(&self.picked)
    }
}

/// The rows of a column's head: what it rests on, and what the author says of it.
fn head_rows(compare: &Compare) -> Vec<Row> {
    let columns = &compare.comparison.columns;
    let mut rows = vec![compare.comparison.rests_on.clone()];
    if columns.iter().any(|column| column.note.is_some()) {
        rows.push(Row::of_texts(Field::Note, columns.iter().map(|column| column.note.clone()).collect()));
    }
    rows
}

/// Lays columns out beside each other, each with its place and width.
pub(super) fn aligned(
    state: &State,
    compare: &Compare,
    label_width: usize,
    columns: &[(usize, usize)],
) -> Aligned {
    let shown: Vec<usize> = columns.iter().map(|(place, _)| *place).collect();
    let sheets = columns.iter().map(|(_, width)| Sheet::new(*width)).collect();
    let mut laid = Aligned { labels: Sheet::new(label_width), columns: sheets };
    for (place, sheet) in shown.iter().zip(&mut laid.columns) {
        if let Some(column) = compare.comparison.columns.get(*place) {
            sheet.line(0, Role::Heading, &column.label);
        }
    }
    laid.level();
    for row in head_rows(compare) {
        laid.row(state, &row, &shown, |_| None);
    }
    let numbered = compare.comparison.groups.len() > 1;
    for (group, told) in compare.comparison.groups.iter().enumerate() {
        let mut members: Vec<Option<(usize, Compared)>> = shown
            .iter()
            .map(|place| {
                let column = compare.comparison.columns.get(*place)?;
                member(column, group).map(|(place, compared)| (place, *compared))
            })
            .collect();
        if members.iter().all(Option::is_none) {
            continue;
        }
        say_once(&mut members);
        let between = laid.labels.rows().len() + 1;
        if numbered {
            laid.labels.line(0, Role::Quiet, &format!("account {}", group + 1));
        }
        laid.labels.fill(between);
        laid.level();
        for (sheet, member) in laid.columns.iter_mut().zip(&members) {
            if let Some((_, compared)) = member {
                sheet.begin_entry(Target::Account(compared.account));
            }
        }
        let known = Known::of(state, compare, group, &shown);
        for row in known.among(told) {
            laid.row(state, row, &shown, |nth| members.get(nth)?.as_ref().map(|(_, compared)| compared));
        }
        laid.columns.iter_mut().for_each(Sheet::end_entry);
    }
    laid
}

/// Where no words of a group are like any others, that is said at the first of them alone.
fn say_once(members: &mut [Option<(usize, Compared)>]) {
    if members.iter().flatten().all(|(_, compared)| compared.unrelated) {
        members.iter_mut().flatten().skip(1).for_each(|(_, compared)| compared.unrelated = false);
    }
}

impl Aligned {
    /// Puts a row in all columns that show, beside its label; nothing where none of them has a cell.
    fn row<'c>(
        &mut self,
        state: &State,
        row: &Row,
        shown: &[usize],
        compared: impl Fn(usize) -> Option<&'c Compared>,
    ) {
        let cells: Vec<Vec<Line>> = shown
            .iter()
            .enumerate()
            .map(|(nth, place)| cells::lines(state, row, *place, compared(nth)))
            .collect();
        if cells.iter().all(Vec::is_empty) {
            return;
        }
        let differs = row.differs_among(shown);
        put(&mut self.labels, 2, &label(state, row, differs));
        if !differs {
            // What differs from columns that do not show is no difference here, and not nothing either.
            let unlike: BTreeSet<usize> = shown.iter().flat_map(|place| row.unlike(*place)).collect();
            let words = elsewhere(state, &unlike.into_iter().collect::<Vec<_>>());
            if let Some(words) = words {
                self.labels.line(2, Role::Unlike, &words);
            }
        }
        for (sheet, lines) in self.columns.iter_mut().zip(cells) {
            for line in lines {
                put(sheet, line.indent, &line.runs);
            }
        }
        self.level();
    }

    /// Makes all as tall as the tallest.
    fn level(&mut self) {
        let heights = self.columns.iter().map(|sheet| sheet.rows().len());
        let tallest = heights.chain([self.labels.rows().len()]).max().unwrap_or(0);
        self.labels.fill(tallest);
        self.columns.iter_mut().for_each(|sheet| sheet.fill(tallest));
    }
}

/// Lays what is compared and all its columns out under each other; where one has all the room, that one alone.
pub(super) fn stacked(state: &State, compare: &Compare, width: usize) -> Stacked {
    let sheet = head::plain(state, compare, width);
    let mut laid = Stacked { sheet, places: Vec::new(), selected: None, tops: Vec::new() };
    let all = 0..compare.comparison.columns.len();
    let shown: Vec<usize> = all.filter(|place| !compare.zoom || *place == compare.column).collect();
    let head_rows = head_rows(compare);
    let told = &compare.comparison.groups;
    let known: Vec<Known> = (0..told.len()).map(|group| Known::of(state, compare, group, &shown)).collect();
    for place in shown {
        let Some(column) = compare.comparison.columns.get(place) else { continue };
        laid.sheet.gap();
        laid.tops.push((place, laid.sheet.rows().len()));
        // Where positions stack there is no frame to mark the one the reader is at.
        let mark = if place == compare.column { state.theme.glyphs.cursor } else { "" };
        laid.sheet.line(0, Role::Heading, &format!("{mark}{}", column.label));
        for row in &head_rows {
            laid.row(state, row, place, None);
        }
        for (nth, compared) in column.accounts.iter().enumerate() {
            laid.sheet.gap();
            if (place, nth) == (compare.column, compare.account) {
                laid.selected = Some(laid.places.len());
            }
            laid.places.push((place, nth));
            laid.sheet.begin_entry(Target::Account(compared.account));
            if told.len() > 1 {
                laid.sheet.line(2, Role::Quiet, &format!("account {}", compared.group + 1));
            }
            if let Some((told, known)) = told.get(compared.group).zip(known.get(compared.group)) {
                known.among(told).for_each(|row| laid.row(state, row, place, Some(compared)));
            }
            laid.sheet.end_entry();
        }
    }
    // Last: on a small screen the words in dispute come before what is said about them.
    laid.sheet.gap();
    head::note(&mut laid.sheet, state, compare);
    laid
}

impl Stacked {
    /// Puts one column's cell of a row behind its label.
    fn row(&mut self, state: &State, row: &Row, place: usize, compared: Option<&Compared>) {
        let unlike = row.unlike(place);
        let mut lines = cells::lines(state, row, place, compared);
        if let (Some(words), Some(last)) = (elsewhere(state, &unlike), lines.last_mut()) {
            last.runs.push((format!("  {words}"), Role::Quiet));
        }
        for (nth, line) in lines.into_iter().enumerate() {
            let [mark, (name, role)] = label(state, row, !unlike.is_empty());
            let before = if nth == 0 {
                vec![mark, (format!("{name}: "), role)]
            } else {
                vec![("  ".to_owned(), Role::Text)]
            };
            let runs: Vec<_> = before.into_iter().chain(line.runs).collect();
            put(&mut self.sheet, 2, &runs);
        }
    }
}
