//! The matrix: which source carries which position of which dispute, so that it is seen who stands alone.
//!
//! A source that carries nothing is silent, unless its text is damaged or not held: then what it says cannot be known,
//! and that is told apart. A lost figure is no answer either: it neither stands alone nor makes another not alone. Who
//! carries several positions may stand alone in one and not in another: that is told position by position.
//!
//! Only the cells that hold something are kept, so that a story of many disputes and many sources costs what it says.
//!
//! Imports `story` and the queries beside it; no terminal.

use std::collections::BTreeMap;

use super::comparison::Subject;
use super::found::Found;
use crate::story::change::Change;
use crate::story::graph::{Dispute, Graph};
use crate::story::id::{Account, SourceId};

/// Disputes against sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The sources that carry a position of at least one of the disputes, in document order, then those that carry none.
    pub columns: Vec<Column>,
    /// The disputes, in the order asked for.
    pub rows: Vec<Row>,
}

/// A source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The source.
    pub source: SourceId,
    /// How many positions of the author's disputes it holds that no other source holds.
    pub alone: usize,
    /// What it means that it carries nothing of a dispute.
    pub silence: Silence,
}

/// What it means that a source carries nothing of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Silence {
    /// Its text says nothing of it.
    Silent,
    /// Its text is damaged, so that what it said cannot be known.
    Damaged,
    /// Its text is not held, so that what it says cannot be known.
    NotHeld,
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The dispute, written or found.
    pub subject: Subject,
    /// What sources carry, in the order of the columns.
    pub carried: Vec<Carried>,
}

/// What one source carries of one dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Index among the columns.
    pub column: usize,
    /// Indices among the dispute's positions; ascending, at least one.
    pub positions: Vec<usize>,
    /// Whether all it carries are figures lost from its text, so that its answer cannot be known.
    pub lost: bool,
    /// Those of the positions that no other source carries, though another gives an answer; ascending.
    pub alone: Vec<usize>,
    /// Whether another source gives an answer at all.
    pub answered_by_others: bool,
    /// Whether it carries something else than most of those who answer, or than another where no answer is most.
    pub differs: bool,
}

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'m> {
    /// The source carries positions.
    Carried(&'m Carried),
    /// It carries nothing.
    Nothing(Silence),
}

impl Matrix {
    /// The matrix of some disputes, written or found; `found` are those that were found. What is no dispute is left out.
    pub fn of(graph: &Graph, found: &[Found], subjects: &[Subject]) -> Self {
        let disputes: Vec<(Subject, &Dispute)> = subjects
            .iter()
            .filter_map(|subject| Some((*subject, dispute_of(graph, found, *subject)?)))
            .collect();
        // Where nothing holds a position, no source could be said to be silent.
        let is_held =
            |dispute: &Dispute| dispute.positions.iter().all(|position| !position.held_by.is_empty());
        let disputes: Vec<_> = disputes.into_iter().filter(|(_, dispute)| is_held(dispute)).collect();
        let mut columns: BTreeMap<SourceId, usize> = BTreeMap::new();
        for (_, dispute) in &disputes {
            for account in dispute.positions.iter().flat_map(|position| &position.held_by) {
                columns.entry(graph.source_of(*account)).or_default();
            }
        }
        for (place, column) in columns.values_mut().enumerate() {
            *column = place;
        }
        let rows: Vec<_> = disputes
            .iter()
            .map(|(subject, dispute)| Row { subject: *subject, carried: carried(graph, dispute, &columns) })
            .collect();
        let others = graph.sources().map(|(source, _)| source).filter(|source| !columns.contains_key(source));
        let others: Vec<_> = if rows.is_empty() { Vec::new() } else { others.collect() };
        let mut columns: Vec<_> = columns
            .into_keys()
            .chain(others)
            .map(|source| Column { source, alone: 0, silence: silence(graph, source) })
            .collect();
        for row in rows.iter().filter(|row| matches!(row.subject, Subject::Written(_))) {
            for one in &row.carried {
                columns[one.column].alone += one.alone.len();
            }
        }
        Self { columns, rows }
    }

    /// What stands at a row and column; `None` outside.
    pub fn cell(&self, row: usize, column: usize) -> Option<Cell<'_>> {
        let silence = self.columns.get(column)?.silence;
        let carried = &self.rows.get(row)?.carried;
        let place = carried.binary_search_by_key(&column, |one| one.column);
        Some(place.map_or(Cell::Nothing(silence), |place| Cell::Carried(&carried[place])))
    }

    /// The next cell that differs, row by row, after the one at `from`, or the one before it; round and round.
    pub fn difference(&self, from: (usize, usize), forwards: bool) -> Option<(usize, usize)> {
        let rows = self.rows.len();
        let differing = |row: usize| {
            self.rows[row].carried.iter().filter(|one| one.differs).map(move |one| (row, one.column))
        };
        // The row of the cell comes first for what is beyond it, and last for what is before.
        for step in 0..=rows {
            if forwards {
                let row = (from.0 + step) % rows.max(1);
                let wanted = |at: &(usize, usize)| step == rows || step > 0 || *at > from;
                if let Some(at) = self.rows.get(row).and_then(|_| differing(row).find(wanted)) {
                    return Some(at);
                }
            } else {
                let row = (from.0 + rows - step % rows.max(1)) % rows.max(1);
                let wanted = |at: &(usize, usize)| step > 0 || *at < from;
                if let Some(at) = self.rows.get(row).and_then(|_| differing(row).rfind(wanted)) {
                    return Some(at);
                }
            }
        }
        None
    }
}

/// A dispute, written or found.
pub fn dispute_of<'d>(graph: &'d Graph, found: &'d [Found], subject: Subject) -> Option<&'d Dispute> {
    match subject {
        Subject::Written(dispute) => Some(graph.dispute(dispute)),
        Subject::Found(place) => found.get(place).map(|found| &found.dispute),
        Subject::Picked(_) | Subject::Event(_) | Subject::Actor(_) => None,
    }
}

fn silence(graph: &Graph, source: SourceId) -> Silence {
    let source = graph.source(source);
    if !source.held {
        Silence::NotHeld
    } else if source.gaps.is_empty() {
        Silence::Silent
    } else {
        Silence::Damaged
    }
}

/// What each source carries of a dispute, in the order of the columns.
fn carried(graph: &Graph, dispute: &Dispute, columns: &BTreeMap<SourceId, usize>) -> Vec<Carried> {
    let mut answers: BTreeMap<usize, Vec<(usize, bool)>> = BTreeMap::new();
    for (place, position) in dispute.positions.iter().enumerate() {
        for account in &position.held_by {
            let lost = matches!(account, Account::Reaction(id) if graph.reaction(*id).change == Change::Lost);
            answers.entry(columns[&graph.source_of(*account)]).or_default().push((place, lost));
        }
    }
    let mut carried: Vec<_> = answers
        .into_iter()
        .map(|(column, answers)| {
            let lost = answers.iter().all(|(_, lost)| *lost);
            let mut positions: Vec<_> =
                answers.into_iter().filter(|(_, figure)| lost || !figure).map(|(place, _)| place).collect();
            positions.dedup();
            Carried { column, positions, lost, alone: Vec::new(), answered_by_others: false, differs: false }
        })
        .collect();
    compare(&mut carried, dispute.positions.len());
    carried
}

/// Marks who stands alone and who differs.
fn compare(carried: &mut [Carried], positions: usize) {
    let mut carriers = vec![0_usize; positions];
    let mut answers: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut answering = 0;
    for one in carried.iter().filter(|one| !one.lost) {
        for position in &one.positions {
            carriers[*position] += 1;
        }
        *answers.entry(one.positions.clone()).or_default() += 1;
        answering += 1;
    }
    let most = answers.values().copied().max().unwrap_or(0);
    // What most carry is what more than one carries, and no other answer has as many.
    let is_settled = most > 1 && answers.values().filter(|count| **count == most).count() == 1;
    for one in carried.iter_mut().filter(|one| !one.lost) {
        one.answered_by_others = answering > 1;
        let alone =
            one.positions.iter().copied().filter(|position| answering > 1 && carriers[*position] == 1);
        one.alone = alone.collect();
        one.differs = answers.len() > 1 && !(is_settled && answers[&one.positions] == most);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::story;

    /// A story of sources `a:` to `z:`, those with `!` damaged and those with `?` not held, and disputes such as
    /// `ab/c`: the first position is held by `a` and `b`, the second by `c`; `a-` is a lost figure of `a`.
    fn story(sources: &str, disputes: &[&str]) -> Graph {
        use std::fmt::Write as _;
        let mut yaml = "format: 1\nstory: {title: T}\nsources:\n".to_owned();
        let mut events =
            "events:\n  - {id: e, title: T, status: occurred, sources: [s0], statements: [".to_owned();
        let (mut reactions, mut all) = (String::new(), String::new());
        for source in sources.split_whitespace() {
            let id = source.trim_end_matches(['!', '?']);
            let gaps = if source.ends_with('!') { ", gaps: [torn]" } else { "" };
            let held = if source.ends_with('?') { ", held: false" } else { "" };
            writeln!(yaml, "  - {{id: s{id}, title: T, kind: article{gaps}{held}}}").expect("written");
        }
        yaml.push_str("  - {id: s0, title: T, kind: article}\n");
        for (nth, dispute) in disputes.iter().enumerate() {
            write!(all, "  - {{id: d{nth}, question: Q, grade: tension, positions: [").expect("written");
            for (place, position) in dispute.split('/').enumerate() {
                let mut held_by = Vec::new();
                let mut letters = position.chars().peekable();
                while let Some(letter) = letters.next() {
                    let id = format!("x{nth}-{place}-{letter}{}", held_by.len());
                    if letters.next_if_eq(&'-').is_some() {
                        write!(reactions, "{{id: {id}, instrument: I, change: lost, source: s{letter}}}, ")
                            .expect("written");
                    } else {
                        write!(events, "{{id: {id}, form: paraphrase, text: X, source: s{letter}}}, ")
                            .expect("written");
                    }
                    held_by.push(id);
                }
                write!(all, "{{label: L, held_by: [{}]}}, ", held_by.join(", ")).expect("written");
            }
            all.push_str("]}\n");
        }
        let disputes = if disputes.is_empty() { String::new() } else { format!("disputes:\n{all}") };
        let yaml = format!("{yaml}{events}], reactions: [{reactions}]}}\n{disputes}");
        story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{yaml}\n{faults:#?}"))
    }

    fn matrix(graph: &Graph) -> Matrix {
        let disputes: Vec<_> = graph.disputes().map(|(id, _)| Subject::Written(id)).collect();
        Matrix::of(graph, &[], &disputes)
    }

    /// A row drawn, of the sources that carry anything: position numbers, `*` for those held alone, `~` for what differs, `-` for lost, `.`, `!` and `?` for silences.
    fn drawn(matrix: &Matrix, row: usize) -> String {
        let carrying = matrix.rows.iter().flat_map(|row| &row.carried).map(|one| one.column + 1).max();
        let cells = (0..carrying.unwrap_or(0)).map(|column| match matrix.cell(row, column) {
            Some(Cell::Carried(one)) => {
                let mark = |is: bool, mark| if is { mark } else { "" };
                let position =
                    |place: &usize| format!("{}{}", place + 1, mark(one.alone.contains(place), "*"));
                let positions: Vec<_> = one.positions.iter().map(position).collect();
                format!("{}{}{}", positions.join("+"), mark(one.lost, "-"), mark(one.differs, "~"))
            }
            Some(Cell::Nothing(Silence::Silent)) => ".".to_owned(),
            Some(Cell::Nothing(Silence::Damaged)) => "!".to_owned(),
            Some(Cell::Nothing(Silence::NotHeld)) => "?".to_owned(),
            None => "outside".to_owned(),
        });
        cells.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn who_stands_alone_and_who_differs_is_seen() {
        for (dispute, row) in [
            ("ab/c", "1 1 2*~"),
            ("a/b", "1*~ 2*~ ."),
            ("a/b/c", "1*~ 2*~ 3*~"),
            // Two against two: nobody is most.
            ("ab/cd", "1~ 1~ 2~ 2~"),
            // Carrying both sides is neither to stand alone nor to hold with one of them.
            ("ab/a", "1+2*~ 1~ ."),
            ("a/a", "1+2 . ."),
            ("a/ab", "1*+2~ 2~ ."),
            // All carry all of it.
            ("abc/abc", "1+2 1+2 1+2"),
            ("abc/bc", "1~ 1+2 1+2"),
            ("abc/a", "1+2*~ 1 1"),
            // A lost figure answers nothing.
            ("a/b-", "1 2- ."),
            ("a/b/c-", "1*~ 2*~ 3-"),
            ("a/a-b", "1*~ 2*~ ."),
        ] {
            // The columns are those of all disputes; the second one brings in the rest.
            let all: String = "abc".chars().filter(|letter| !dispute.contains(*letter)).collect();
            let second = if all.is_empty() { "a/b".to_owned() } else { format!("{all}/a") };
            let graph = story("a b c d", &[dispute, &second]);
            assert_eq!(drawn(&matrix(&graph), 0), row, "{dispute}");
        }
    }

    #[test]
    fn silence_is_not_what_cannot_be_known() {
        let graph = story("a b c! d?", &["a/b", "c/d", "a/c"]);
        let matrix = matrix(&graph);
        assert_eq!(drawn(&matrix, 0), "1*~ 2*~ ! ?");
        assert_eq!(drawn(&matrix, 1), ". . 1*~ 2*~");
        assert_eq!(matrix.cell(3, 0), None);
        assert_eq!(matrix.cell(0, 5), None, "four sources, and one that carries nothing");
    }

    #[test]
    fn a_source_without_a_position_comes_last() {
        let graph = story("a! b c", &["b/c"]);
        let matrix = matrix(&graph);
        let columns: Vec<_> = matrix
            .columns
            .iter()
            .map(|column| (graph.source(column.source).id.as_str(), column.alone, column.silence))
            .collect();
        assert_eq!(
            columns,
            [
                ("sb", 1, Silence::Silent),
                ("sc", 1, Silence::Silent),
                ("sa", 0, Silence::Damaged),
                ("s0", 0, Silence::Silent)
            ]
        );
        assert_eq!(matrix.cell(0, 2), Some(Cell::Nothing(Silence::Damaged)));
    }

    #[test]
    fn what_was_found_has_rows_and_no_part_in_the_counts() {
        let yaml = "format: 1\nstory: {title: T}\nsources: [{id: a, title: A, kind: article}, {id: b, title: B, kind: article}]\n\
            events:\n  - {id: e, title: E, status: occurred, sources: [a], reactions: [\n\
            {id: r1, instrument: I, session: 2025-11-14, change: -1%, source: a},\n\
            {id: r2, instrument: I, session: 2025-11-14, change: -5%, source: b}]}\n";
        let graph = story::read(yaml.as_bytes()).expect("the story builds");
        let found = crate::query::found::found(&graph);
        let matrix = Matrix::of(&graph, &found, &[Subject::Found(0), Subject::Found(1)]);
        assert_eq!((matrix.rows.len(), matrix.rows[0].subject), (1, Subject::Found(0)));
        assert_eq!(drawn(&matrix, 0), "1*~ 2*~");
        assert!(matrix.columns.iter().all(|column| column.alone == 0));
    }

    #[test]
    fn differences_are_gone_through_row_by_row_and_round() {
        let graph = story("a b c", &["ab/c", "abc/a", "a/bc"]);
        let matrix = matrix(&graph);
        assert_eq!(
            (0..3).map(|row| drawn(&matrix, row)).collect::<Vec<_>>(),
            ["1 1 2*~", "1+2*~ 1 1", "1*~ 2 2"]
        );
        assert_eq!(matrix.difference((0, 0), true), Some((0, 2)));
        assert_eq!(matrix.difference((0, 2), true), Some((1, 0)));
        assert_eq!(matrix.difference((2, 0), true), Some((0, 2)));
        assert_eq!(matrix.difference((2, 2), false), Some((2, 0)));
        assert_eq!(matrix.difference((2, 0), false), Some((1, 0)));
        assert_eq!(matrix.difference((0, 0), false), Some((2, 0)));
    }

    #[test]
    fn the_embedded_story_shows_who_stands_alone() {
        let graph = story::read(story::EMBEDDED.as_bytes()).expect("the story builds");
        let matrix = matrix(&graph);
        let row = |id: &str| {
            let is_it =
                |row: &Row| dispute_of(&graph, &[], row.subject).is_some_and(|dispute| dispute.id == id);
            matrix.rows.iter().position(is_it).expect("a dispute")
        };
        let label = |column: &Column| graph.source(column.source).id.clone();
        let columns: Vec<_> = matrix.columns.iter().map(label).collect();
        assert_eq!(
            columns[..5],
            ["gmt-eight", "memo-article", "denounces-article", "ainvest", "list-article"]
        );
        assert_eq!(drawn(&matrix, row("fall-size")), "1*~ 2*~ . 3- .");
    }

    fn some_disputes() -> impl Strategy<Value = Vec<String>> {
        let position = proptest::collection::btree_set("[abcd]-?", 1..4)
            .prop_map(|letters| letters.into_iter().collect::<String>());
        let dispute = proptest::collection::vec(position, 2..4).prop_map(|positions| positions.join("/"));
        proptest::collection::vec(dispute, 1..5)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn cells_say_what_the_disputes_say(disputes in some_disputes()) {
            let disputes: Vec<_> = disputes.iter().map(String::as_str).collect();
            let graph = story("a b c! d?", &disputes);
            let matrix = matrix(&graph);
            let mut alone = vec![0; matrix.columns.len()];
            for (row, (_, dispute)) in graph.disputes().enumerate() {
                for (column, head) in matrix.columns.iter().enumerate() {
                    let lost = |account: &Account| {
                        matches!(account, Account::Reaction(id) if graph.reaction(*id).change == Change::Lost)
                    };
                    let holds = |source: SourceId, known: bool| -> Vec<usize> {
                        let held = |position: &&(usize, &crate::story::graph::Position)| {
                            position.1.held_by.iter().any(|account| {
                                graph.source_of(*account) == source && !(known && lost(account))
                            })
                        };
                        let positions: Vec<_> = dispute.positions.iter().enumerate().collect();
                        positions.iter().filter(held).map(|(place, _)| *place).collect()
                    };
                    let known = holds(head.source, true);
                    match matrix.cell(row, column) {
                        Some(Cell::Nothing(silence)) => {
                            prop_assert!(holds(head.source, false).is_empty());
                            prop_assert_eq!(silence == Silence::Silent, graph.source(head.source).held && graph.source(head.source).gaps.is_empty());
                        }
                        Some(Cell::Carried(one)) => {
                            prop_assert_eq!(one.lost, known.is_empty());
                            if !one.lost {
                                prop_assert_eq!(&one.positions, &known);
                            }
                            let others: Vec<_> = matrix.columns.iter().filter(|other| other.source != head.source)
                                .map(|other| holds(other.source, true)).filter(|held| !held.is_empty()).collect();
                            let held_alone: Vec<_> = known.iter().copied()
                                .filter(|position| !others.is_empty() && !others.iter().flatten().any(|it| it == position)).collect();
                            prop_assert_eq!(&one.alone, &held_alone);
                            prop_assert!(one.alone.is_empty() || one.differs, "who stands alone differs");
                            alone[column] += one.alone.len();
                        }
                        None => prop_assert!(false, "no cell"),
                    }
                }
            }
            let counted: Vec<_> = matrix.columns.iter().map(|column| column.alone).collect();
            prop_assert_eq!(counted, alone);
        }

        #[test]
        fn stepping_meets_every_difference_once_and_back(disputes in some_disputes()) {
            let disputes: Vec<_> = disputes.iter().map(String::as_str).collect();
            let matrix = matrix(&story("a b c! d?", &disputes));
            let all: Vec<_> = matrix.rows.iter().enumerate().flat_map(|(row, of)| {
                of.carried.iter().filter(|one| one.differs).map(move |one| (row, one.column))
            }).collect();
            let mut at = all.last().copied();
            for wanted in &all {
                at = at.and_then(|at| matrix.difference(at, true));
                prop_assert_eq!(at, Some(*wanted));
            }
            for wanted in all.iter().rev().skip(1).chain(all.last()) {
                at = at.and_then(|at| matrix.difference(at, false));
                prop_assert_eq!(at, Some(*wanted));
            }
            if all.is_empty() {
                prop_assert_eq!(matrix.difference((0, 0), true), None);
                prop_assert_eq!(matrix.difference((0, 0), false), None);
            }
        }
    }

    #[test]
    fn a_matrix_without_disputes_is_empty() {
        let graph = story("a", &[]);
        let matrix = matrix(&graph);
        assert!(matrix.rows.is_empty() && matrix.columns.is_empty());
        assert_eq!(matrix.difference((0, 0), true), None);
        assert_eq!(matrix.difference((0, 0), false), None);
    }
}
