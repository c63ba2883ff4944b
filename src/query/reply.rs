//! The right of reply: every allegation and recommendation against someone with a name, with what they are recorded to have
//! said to it. Who must be heard and what counts as a reply is said in [`story::reply`](crate::story::reply).
//!
//! Imports `story` only; no terminal.

use crate::story::graph::Graph;
use crate::story::id::{EventId, StatementId};
pub use crate::story::reply::{Bond, Charge, Charged, Reply};
use crate::story::reply::{Replies, charges};
use crate::story::vocabulary::{Stance, Status};

/// A charge against one actor, and what is recorded in reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What is charged, and who is to be heard.
    pub charge: Charge,
    /// The replies, those that name the charge first.
    pub replies: Vec<Reply>,
    /// Statements that take the charge back.
    pub withdrawn: Vec<StatementId>,
}

/// How far a charge is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answered {
    /// Nothing is recorded.
    Not,
    /// There is a reply beside it that does not say that it answers this.
    Beside,
    /// There is a reply that names it.
    ByName,
}

impl Entry {
    /// How far it is answered.
    pub fn answered(&self) -> Answered {
        match self.replies.first() {
            None => Answered::Not,
            Some(reply) if reply.bond == Bond::Answers => Answered::ByName,
            Some(_) => Answered::Beside,
        }
    }
}

/// Every charge of a story: those without a reply first, then those with a reply only beside them, then the answered; each
/// in order of time.
pub fn right_of_reply(graph: &Graph) -> Vec<Entry> {
    let replies = Replies::of(graph);
    let mut entries: Vec<_> = graph
        .events()
        .flat_map(|(id, event)| {
            let alleges = |id: &StatementId| graph.statement(*id).stance == Some(Stance::Allegation);
            let charged = |id: &&StatementId| {
                matches!(graph.statement(**id).stance, Some(Stance::Allegation | Stance::Recommendation))
            };
            let is_bare = event.status == Status::Alleged && !event.statements.iter().any(alleges);
            let statements = event.statements.iter().filter(charged).map(|id| Charged::Statement(*id));
            is_bare.then_some(Charged::Event(id)).into_iter().chain(statements).collect::<Vec<_>>()
        })
        .flat_map(|charged| charges(graph, charged))
        .map(|charge| Entry {
            charge,
            replies: replies.to(graph, &charge),
            withdrawn: withdrawn(graph, charge.charged),
        })
        .collect();
    entries.sort_by_key(|entry| {
        (
            entry.answered(),
            graph.chronology().rank(event_of(graph, entry.charge.charged)),
            entry.charge.charged,
        )
    });
    entries
}

/// The event a charge stands in.
pub fn event_of(graph: &Graph, charged: Charged) -> EventId {
    match charged {
        Charged::Statement(id) => graph.statement(id).event,
        Charged::Event(id) => id,
    }
}

fn withdrawn(graph: &Graph, charged: Charged) -> Vec<StatementId> {
    let Charged::Statement(id) = charged else { return Vec::new() };
    let takes_back = |id: &&StatementId| graph.statement(**id).stance == Some(Stance::Withdrawal);
    graph.replies(id).iter().filter(takes_back).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story;

    /// A story of two firms and a spokesman of one, with the statements given: `id stance speaker about replies_to`, a
    /// dash for none; `e2:id` in the second event.
    fn story(statements: &[&str], rest: &str) -> Graph {
        use std::fmt::Write as _;
        let mut events = [String::new(), String::new()];
        for line in statements {
            let words: Vec<_> = line.split_whitespace().collect();
            let [id, stance, speaker, about, replies] = words[..] else { panic!("{line}") };
            let (event, id) = id.strip_prefix("e2:").map_or((0, id), |id| (1, id));
            let given = |key: &str, value: &str| {
                if value == "-" { String::new() } else { format!(", {key}: {value}") }
            };
            let list = |key: &str, value: &str| {
                if value == "-" { String::new() } else { format!(", {key}: [{value}]") }
            };
            write!(
                events[event],
                "\n      - {{id: {id}, form: paraphrase, text: T, source: s{}{}{}{}}}",
                given("stance", stance),
                given("speaker", speaker),
                list("about", about),
                list("replies_to", replies)
            )
            .expect("written");
        }
        let event = |id: &str, when: &str, statements: &str| {
            let statements =
                if statements.is_empty() { String::new() } else { format!("\n    statements:{statements}") };
            format!(
                "\n  - id: {id}\n    title: T\n    when: {when}\n    status: occurred\n    sources: [s]{statements}"
            )
        };
        let yaml = format!(
            "format: 1\nstory: {{title: T}}\nsources: [{{id: s, title: S, kind: article}}]\nactors:\n  \
             - {{id: acme, name: Acme, kind: company}}\n  - {{id: bolt, name: Bolt, kind: company}}\n  \
             - {{id: voice, name: a spokesman, kind: person, named: false, part_of: acme}}\nevents:{}{}\n{rest}",
            event("later", "2025-03-02", &events[0]),
            event("earlier", "2025-03-01", &events[1]),
        );
        story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{yaml}\n{faults:#?}"))
    }

    /// `charge against: reply bond; … (withdrawn by …)`, in order.
    fn drawn(graph: &Graph) -> Vec<String> {
        right_of_reply(graph)
            .iter()
            .map(|entry| {
                let charged = match entry.charge.charged {
                    Charged::Statement(id) => &graph.statement(id).id,
                    Charged::Event(id) => &graph.event(id).id,
                };
                let id = |id: StatementId| graph.statement(id).id.as_str();
                let replies: Vec<_> = entry
                    .replies
                    .iter()
                    .map(|reply| format!("{} {:?}", id(reply.statement), reply.bond))
                    .collect();
                let back: Vec<_> =
                    entry.withdrawn.iter().map(|back| format!(" back {}", id(*back))).collect();
                let accused = &graph.actor(entry.charge.accused).id;
                format!("{charged} {accused}: {}{}", replies.join("; "), back.concat())
            })
            .collect()
    }

    #[test]
    fn what_nobody_answered_comes_first_then_by_time() {
        let graph = story(
            &[
                "a1 allegation bolt acme -",
                "a2 recommendation bolt acme -",
                "d1 denial voice - a1",
                "e2:a3 allegation - bolt,acme -",
                "e2:c3 comment bolt - a3",
            ],
            "",
        );
        assert_eq!(drawn(&graph), ["a3 acme: ", "a2 acme: ", "a3 bolt: c3 Answers", "a1 acme: d1 Answers"]);
    }

    #[test]
    fn a_reply_that_names_nothing_stands_beside() {
        let dispute = "disputes: [{id: d, question: Q, grade: tension, positions: [{label: A, held_by: [a2]}, {label: B, held_by: [d2]}]}]";
        let graph = story(
            &[
                "a1 allegation bolt acme -",
                "d1 denial acme - -",
                "e2:a2 allegation bolt acme -",
                "d2 no_comment voice - -",
                "e2:a4 allegation bolt acme -",
                "e2:d4 denial acme - a4",
            ],
            dispute,
        );
        assert_eq!(
            drawn(&graph),
            ["a2 acme: d2 SameDispute", "a1 acme: d1 SameEvent; d2 SameEvent", "a4 acme: d4 Answers"]
        );
    }

    #[test]
    fn nobody_owes_himself_a_reply_and_who_takes_it_back_is_told() {
        let graph = story(
            &["a1 allegation voice acme -", "a2 allegation bolt acme -", "w2 withdrawal bolt acme a2"],
            "",
        );
        assert_eq!(drawn(&graph), ["a2 acme:  back w2"]);
    }

    #[test]
    fn the_rule_and_the_list_agree_on_what_has_no_reply() {
        use crate::story::check::check;
        use crate::story::diagnostic::Code;
        let graph = story::read(story::EMBEDDED.as_bytes()).expect("the story builds");
        let today = chrono::NaiveDate::from_ymd_opt(2025, 11, 30).expect("a day");
        let found: std::collections::BTreeSet<_> = check(&graph, today)
            .into_iter()
            .filter(|found| found.code == Code::AllegationWithoutReply)
            .filter(|found| !found.message.contains("against whom"))
            .map(|found| found.path.to_string())
            .collect();
        let listed = right_of_reply(&graph)
            .iter()
            .filter(|entry| entry.replies.is_empty())
            .filter(|entry| match entry.charge.charged {
                Charged::Statement(id) => graph.statement(id).stance == Some(Stance::Allegation),
                Charged::Event(_) => true,
            })
            .count();
        assert_eq!(listed, found.len(), "{found:?}");
    }
}
