//! What is new, changed and gone between two readings of a story, by written ids.
//!
//! An element has changed when anything its author wrote of it has; an event also when that of its accounts or links
//! has. The order of a list in the file and the author's comments count for nothing. Imports `query::content` and
//! `story`.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use super::content::{Contents, Digest};
use crate::story::graph::Graph;
use crate::story::id::ElementId;

/// What a story says, as much of it as it takes to tell another reading from it.
#[derive(Debug, Default)]
pub struct Written {
    digests: HashMap<String, (Discriminant<ElementId>, Digest)>,
}

impl Written {
    /// All of a story.
    pub fn of(graph: &Graph) -> Self {
        let contents = Contents::of(graph);
        let digests = elements(graph).map(|element| {
            (graph.id_of(element).to_owned(), (discriminant(&element), contents.digest(element)))
        });
        Self { digests: digests.collect() }
    }
}

/// The written ids of what two readings differ in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// What was not there before, in the order of the file, kind by kind.
    pub new: Vec<String>,
    /// What reads otherwise, likewise.
    pub changed: Vec<String>,
    /// What is not there any more, in the order of ids.
    pub gone: Vec<String>,
}

impl Changes {
    /// What `graph`, of which `after` was made, has otherwise than the reading before. An id that stands for another
    /// kind of thing than before counts as changed.
    pub fn between(before: &Written, after: &Written, graph: &Graph) -> Self {
        let mut changes = Self::default();
        for element in elements(graph) {
            let id = graph.id_of(element);
            match (before.digests.get(id), after.digests.get(id)) {
                (None, _) => changes.new.push(id.to_owned()),
                (old, new) if old != new => changes.changed.push(id.to_owned()),
                _ => {}
            }
        }
        let gone = before.digests.keys().filter(|id| !after.digests.contains_key(*id));
        changes.gone = gone.cloned().collect();
        changes.gone.sort_unstable();
        changes
    }

    /// Whether the two say the same.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }
}

/// All that has a written id: events first, then what belongs to them, then the rest.
fn elements(graph: &Graph) -> impl Iterator<Item = ElementId> + '_ {
    let events = graph.events().map(|(id, _)| ElementId::Event(id));
    let statements = graph.statements().map(|(id, _)| ElementId::Statement(id));
    let reactions = graph.reactions().map(|(id, _)| ElementId::Reaction(id));
    let disputes = graph.disputes().map(|(id, _)| ElementId::Dispute(id));
    let sources = graph.sources().map(|(id, _)| ElementId::Source(id));
    let actors = graph.actors().map(|(id, _)| ElementId::Actor(id));
    events.chain(statements).chain(reactions).chain(disputes).chain(sources).chain(actors)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story;

    const STORY: &str = "format: 1
story: {title: T}
sources:
  - {id: wire, title: Headline, kind: article}
actors:
  - {id: acme, name: Acme, kind: company}
events:
  - id: first
    title: First
    status: occurred
    sources: [wire]
    statements:
      - {id: word, form: paraphrase, text: It rains, source: wire}
  - {id: second, title: Second, status: occurred, sources: [wire]}
";

    fn changes(before: &str, after: &str) -> [String; 3] {
        let [before, after] = [before, after].map(|yaml| story::read(yaml.as_bytes()).expect("a story"));
        let (old, new) = (Written::of(&before), Written::of(&after));
        let Changes { new, changed, gone } = Changes::between(&old, &new, &after);
        [new, changed, gone].map(|ids| ids.join(" "))
    }

    #[test]
    fn comments_and_the_order_of_events_are_no_change() {
        let text = STORY.replace("format: 1", "# a word\nformat:   1");
        let (head, second) = text.split_at(text.find("  - {id: second").expect("the second"));
        let (head, first) = head.split_at(head.find("  - id: first").expect("the first"));
        let turned = format!("{head}{second}{first}");
        assert_eq!(changes(STORY, &text), ["", "", ""]);
        assert_eq!(changes(STORY, &turned), ["", "", ""]);
    }

    #[test]
    fn an_event_changes_with_its_fields_and_with_its_accounts() {
        assert_eq!(changes(STORY, &STORY.replace("title: Second", "title: Other")), ["", "second", ""]);
        assert_eq!(changes(STORY, &STORY.replace("It rains", "It pours")), ["", "first word", ""]);
        assert_eq!(changes(STORY, &STORY.replace("name: Acme", "name: Apex")), ["", "acme", ""]);
    }

    #[test]
    fn what_comes_and_what_goes_is_told_by_its_id() {
        let more = format!("{STORY}  - {{id: third, title: Third, status: occurred, sources: [wire]}}\n");
        assert_eq!(changes(STORY, &more), ["third", "", ""]);
        assert_eq!(changes(&more, STORY), ["", "", "third"]);
        let renamed = STORY.replace("id: second", "id: after");
        assert_eq!(changes(STORY, &renamed), ["after", "", "second"]);
        let kind = STORY.replace("id: acme", "id: third");
        assert_eq!(changes(&kind, &more), ["acme", "third", ""]);
    }
}
