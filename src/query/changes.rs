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

/// A story misses much of another where so many of its elements are not in it: more than one in this number,
const ONE_IN: usize = 8;
/// and more than this.
const A_FEW: usize = 2;

/// What a story says, as much of it as it takes to tell another reading from it.
#[derive(Debug, Clone, Default)]
pub struct Written {
    header: Option<Digest>,
    digests: HashMap<String, (Discriminant<ElementId>, Digest)>,
}

impl Written {
    /// All of a story.
    pub fn of(graph: &Graph) -> Self {
        let contents = Contents::of(graph);
        let digests = elements(graph).map(|element| {
            (graph.id_of(element).to_owned(), (discriminant(&element), contents.digest(element)))
        });
        Self { header: Some(contents.header()), digests: digests.collect() }
    }

    /// The digest of what has this id.
    pub fn digest(&self, id: &str) -> Option<Digest> {
        self.digests.get(id).map(|(_, digest)| *digest)
    }

    /// Whether so many elements of this are not in `graph` that it looks like a part of a story.
    pub fn is_much_of_it_missing(&self, graph: &Graph) -> bool {
        let gone = self.digests.keys().filter(|id| graph.by_id(id).is_none()).count();
        gone > A_FEW && gone > self.digests.len() / ONE_IN
    }

    /// Takes over what another says of these.
    pub fn keep(&mut self, other: &Self, ids: &[String]) {
        for id in ids {
            if let Some(digest) = other.digests.get(id) {
                self.digests.insert(id.clone(), *digest);
            }
        }
    }
}

/// The written ids of what two readings differ in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// What is said of the story as a whole, such as its title and its time zone, reads otherwise.
    pub header: bool,
    /// What was not there before, in the order of the file, kind by kind.
    pub new: Vec<String>,
    /// What reads otherwise, likewise.
    pub changed: Vec<String>,
    /// What is not there any more, in the order of ids.
    pub gone: Vec<String>,
    /// What was gone a moment ago and is there again, as it was.
    pub back: Vec<String>,
}

impl Changes {
    /// What `graph`, of which `after` was made, has otherwise than the reading before; `away` is what was gone a moment
    /// before that. An id that stands for another kind of thing than before counts as changed.
    pub fn between(before: &Written, away: &Written, after: &Written, graph: &Graph) -> Self {
        let mut changes = Self { header: before.header != after.header, ..Self::default() };
        for element in elements(graph) {
            let id = graph.id_of(element);
            let new = after.digests.get(id);
            let list = match (before.digests.get(id), away.digests.get(id)) {
                (None, None) => &mut changes.new,
                (None, old) if old == new => &mut changes.back,
                (Some(old), _) if Some(old) == new => continue,
                _ => &mut changes.changed,
            };
            list.push(id.to_owned());
        }
        let gone = before.digests.keys().filter(|id| !after.digests.contains_key(*id));
        changes.gone = gone.cloned().collect();
        changes.gone.sort_unstable();
        changes
    }

    /// Whether there is anything that the reader has not seen before.
    pub fn is_listed(&self) -> bool {
        self.header || [&self.new, &self.changed, &self.gone].iter().any(|list| !list.is_empty())
    }

    /// Whether the two say the same.
    pub fn is_empty(&self) -> bool {
        !self.is_listed() && self.back.is_empty()
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
        let Changes { new, changed, gone, .. } = Changes::between(&old, &Written::default(), &new, &after);
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

    #[test]
    fn what_is_said_of_the_story_as_a_whole_counts() {
        let written = |yaml: &str| {
            let graph = story::read(yaml.as_bytes()).expect("a story");
            (Written::of(&graph), graph)
        };
        let (before, _) = written(STORY);
        for header in ["{title: U}", "{title: T, summary: S}", "{title: T, time_zone: Asia/Tokyo}"] {
            let (after, graph) = written(&STORY.replace("{title: T}", header));
            let changes = Changes::between(&before, &Written::default(), &after, &graph);
            assert!(changes.header && !changes.is_empty(), "{header}");
        }
        let (after, graph) = written(&STORY.replace("story: {title: T}", "story:\n  title: T"));
        assert!(Changes::between(&before, &Written::default(), &after, &graph).is_empty());
    }

    #[test]
    fn what_was_gone_for_a_moment_is_back_as_it_was_or_has_changed() {
        let written = |yaml: &str| {
            let graph = story::read(yaml.as_bytes()).expect("a story");
            (Written::of(&graph), graph)
        };
        let second = "  - {id: second, title: Second, status: occurred, sources: [wire]}\n";
        let (whole, graph) = written(STORY);
        let (half, half_graph) = written(&STORY.replace(second, ""));
        let mut lost = Written::default();
        let changes = Changes::between(&whole, &lost, &half, &half_graph);
        assert_eq!(changes.gone, ["second"]);
        lost.keep(&whole, &changes.gone);
        let changes = Changes::between(&half, &lost, &whole, &graph);
        assert_eq!(changes, Changes { back: vec!["second".to_owned()], ..Changes::default() });
        let (other, graph) = written(&STORY.replace("title: Second", "title: Other"));
        let changes = Changes::between(&half, &lost, &other, &graph);
        assert_eq!((changes.changed, changes.back), (vec!["second".to_owned()], Vec::new()));
    }

    #[test]
    fn a_story_of_which_much_is_missing_is_told_from_one_that_was_cut() {
        let events = |count: usize| {
            let mut yaml = STORY.to_owned();
            for event in 0..count {
                yaml.push_str(
                    "  - {id: EVENT, title: E, status: occurred, sources: [wire]}\n"
                        .replace("EVENT", &format!("e{event}"))
                        .as_str(),
                );
            }
            story::read(yaml.as_bytes()).expect("a story")
        };
        let forty = Written::of(&events(40));
        assert!(forty.is_much_of_it_missing(&events(20)));
        assert!(!forty.is_much_of_it_missing(&events(38)));
        assert!(!forty.is_much_of_it_missing(&events(60)));
    }
}
