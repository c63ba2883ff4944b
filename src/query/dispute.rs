//! A dispute laid out for reading: one column a position, its accounts with the words that differ from the other
//! positions', and what each position rests on.
//!
//! Imports `story` and the queries beside it; no terminal.

use super::provenance::{self, Support};
use super::reaction;
use super::word_diff::{self, Piece};
use crate::story::graph::{Graph, Position};
use crate::story::id::{Account, DisputeId};

/// A dispute to be read: one of the author's, or one that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// One that stands in the file.
    Written(DisputeId),
    /// One that was found, by its place in what [`found`](super::found::found) gives.
    Found(usize),
}

/// The positions of a dispute side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The dispute.
    pub subject: Subject,
    /// One for each position, in the order of the file.
    pub columns: Vec<Column>,
}

/// A position and the accounts that hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Index among the dispute's positions.
    pub position: usize,
    /// Its accounts, in the order of the file.
    pub accounts: Vec<Compared>,
    /// The sources and origins behind it.
    pub support: Support,
}

/// An account with what differs in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The statement or reaction.
    pub account: Account,
    /// What is compared: a statement's text, or how a reaction reads in a line.
    pub text: String,
    /// `text` cut into what differs and what does not; it covers all of it.
    pub pieces: Vec<Piece>,
    /// Whether it shares hardly a word with any account of another position, so that nothing is marked.
    pub unrelated: bool,
}

/// Lays a dispute of the story out.
pub fn comparison(graph: &Graph, dispute: DisputeId) -> Comparison {
    Comparison {
        subject: Subject::Written(dispute),
        columns: columns(graph, &graph.dispute(dispute).positions),
    }
}

/// Lays positions out beside each other, whether or not the story has a dispute with them.
pub fn columns(graph: &Graph, positions: &[Position]) -> Vec<Column> {
    let texts: Vec<Vec<String>> = positions
        .iter()
        .map(|position| position.held_by.iter().map(|account| compared_text(graph, *account)).collect())
        .collect();
    let borrowed: Vec<Vec<&str>> =
        texts.iter().map(|texts| texts.iter().map(String::as_str).collect()).collect();
    let differences = word_diff::differences(&borrowed.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let columns = positions.iter().zip(texts).zip(differences).enumerate().map(
        |(index, ((position, texts), differences))| {
            let accounts = position.held_by.iter().zip(texts).zip(differences);
            Column {
                position: index,
                accounts: accounts
                    .map(|((account, text), difference)| Compared {
                        account: *account,
                        text,
                        pieces: difference.pieces,
                        unrelated: difference.unrelated,
                    })
                    .collect(),
                support: provenance::support_of_position(graph, position),
            }
        },
    );
    columns.collect()
}

/// All disputes: by the place of their first event in the chronology, then in document order.
pub fn disputes_in_order(graph: &Graph) -> Vec<DisputeId> {
    let mut disputes: Vec<_> = graph
        .disputes()
        .map(|(id, dispute)| {
            let accounts = dispute.positions.iter().flat_map(|position| &position.held_by);
            let first = accounts.map(|account| graph.chronology().rank(graph.event_of(*account))).min();
            (first.unwrap_or(usize::MAX), id)
        })
        .collect();
    disputes.sort_unstable();
    disputes.into_iter().map(|(_, id)| id).collect()
}

fn compared_text(graph: &Graph, account: Account) -> String {
    match account {
        Account::Statement(id) => graph.statement(id).text.clone(),
        Account::Reaction(id) => reaction::reading(graph.reaction(id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story;
    use crate::story::id::ElementId;

    fn embedded() -> Graph {
        story::read(story::EMBEDDED.as_bytes()).expect("the story builds")
    }

    fn dispute(graph: &Graph, id: &str) -> DisputeId {
        match graph.by_id(id) {
            Some(ElementId::Dispute(id)) => id,
            other => panic!("{id} is {other:?}"),
        }
    }

    /// Each account of a dispute with what differs in brackets, a question mark before what is unrelated.
    fn marked(graph: &Graph, id: &str) -> Vec<Vec<String>> {
        let account = |one: &Compared| {
            let pieces = one.pieces.iter().map(|piece| {
                let words = &one.text[piece.text.clone()];
                if piece.differs { format!("[{words}]") } else { words.to_owned() }
            });
            format!("{}{}", if one.unrelated { "?" } else { "" }, pieces.collect::<String>())
        };
        let columns = comparison(graph, dispute(graph, id)).columns;
        columns.iter().map(|column| column.accounts.iter().map(account).collect()).collect()
    }

    #[test]
    fn the_two_figures_of_the_share_fall_stand_out() {
        let graph = embedded();
        assert_eq!(
            marked(&graph, "fall-size"),
            [
                ["[-3.78%] · Alibaba shares, US-traded · [14 Nov 2025 (inferred])"],
                ["[-4.2%] · Alibaba shares, US-traded · [no session given]"],
                ["[figure lost] · Alibaba shares, US-traded · [no session given]"],
            ]
        );
        let comparison = comparison(&graph, dispute(&graph, "fall-size"));
        let readings: Vec<_> = comparison.columns.iter().map(|column| column.support.reading()).collect();
        assert_eq!(readings, ["1 source, 1 origin", "1 source, 1 origin", "1 source, origin not stated"]);
    }

    #[test]
    fn what_was_called_false_is_the_same_in_all() {
        let marks = marked(&embedded(), "what-is-called-false");
        assert_eq!(marks[0], ["completely false", "completely false"]);
        assert_eq!(marks[1], ["completely false"]);
        assert_eq!(marks[2], ["[The assertions and innuendos in the article are] completely false"]);
    }

    #[test]
    fn paraphrases_in_other_words_are_not_marked_all_over() {
        let graph = embedded();
        let comparison = comparison(&graph, dispute(&graph, "alibaba-recommended-or-added"));
        for account in comparison.columns.iter().flat_map(|column| &column.accounts) {
            assert!(account.unrelated && account.pieces.len() == 1, "{}", account.text);
        }
        let readings: Vec<_> = comparison.columns.iter().map(|column| column.support.reading()).collect();
        assert_eq!(readings, ["1 source, origin not stated"; 3]);
    }

    #[test]
    fn every_dispute_of_the_embedded_story_is_covered_by_its_pieces() {
        let graph = embedded();
        for (id, dispute) in graph.disputes() {
            let columns = comparison(&graph, id).columns;
            assert_eq!(columns.len(), dispute.positions.len());
            for (column, position) in columns.iter().zip(&dispute.positions) {
                let accounts: Vec<_> = column.accounts.iter().map(|one| one.account).collect();
                assert_eq!(accounts, position.held_by);
                for one in &column.accounts {
                    let joined: String =
                        one.pieces.iter().map(|piece| &one.text[piece.text.clone()]).collect();
                    assert_eq!(joined, one.text);
                }
            }
        }
    }

    #[test]
    fn disputes_come_in_the_order_of_their_first_event() {
        let yaml = "
format: 1
story: {title: T}
sources: [{id: s, title: S, kind: article}]
events:
  - {id: late, title: T, when: 2025-12-01, status: occurred, sources: [s], statements: [
      {id: l1, form: paraphrase, text: A, source: s}, {id: l2, form: paraphrase, text: B, source: s}]}
  - {id: early, title: T, when: 2025-11-01, status: occurred, sources: [s], statements: [
      {id: e1, form: paraphrase, text: A, source: s}, {id: e2, form: paraphrase, text: B, source: s}]}
disputes:
  - {id: d-late, question: Q, grade: tension, positions: [{label: A, held_by: [l1]}, {label: B, held_by: [l2]}]}
  - {id: d-both, question: Q, grade: tension, positions: [{label: A, held_by: [l1]}, {label: B, held_by: [e2]}]}
  - {id: d-early, question: Q, grade: tension, positions: [{label: A, held_by: [e1]}, {label: B, held_by: [e2]}]}
";
        let graph = story::read(yaml.as_bytes()).expect("the story builds");
        let order: Vec<_> =
            disputes_in_order(&graph).into_iter().map(|id| graph.dispute(id).id.as_str()).collect();
        assert_eq!(order, ["d-both", "d-early", "d-late"]);
    }
}
