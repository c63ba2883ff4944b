//! The rules asked of a part of a story, told at the places of the whole one's file.
//!
//! Imports what `check` imports.

use chrono::NaiveDate;

use super::{Paths, check};
use crate::story::diagnostic::{Code, Diagnostic, Path, Step};
use crate::story::graph::{Event, Graph};
use crate::story::id::{ElementId, EventId};

/// Checks a part of a story that [`Graph::keep`] made, such as what was known at a moment. Places are those in the file
/// of the whole one. What lies in the nature of a part is not told of: that something is not used in it, or that an
/// `allow:` is not needed there.
pub fn check_part(whole: &Graph, part: &Graph, today: NaiveDate) -> Vec<Diagnostic> {
    const IN_ITS_NATURE: [Code; 4] =
        [Code::UnusedActor, Code::UnusedSource, Code::UnusedStatement, Code::IdleAllow];
    let places = Places { whole, part, paths: Paths::of(whole) };
    let mut diagnostics = check(part, today);
    diagnostics.retain(|diagnostic| !IN_ITS_NATURE.contains(&diagnostic.code));
    for diagnostic in &mut diagnostics {
        diagnostic.path = places.of(&diagnostic.path);
        if let Some((path, _)) = &mut diagnostic.also {
            *path = places.of(path);
        }
    }
    diagnostics.sort_by_cached_key(|diagnostic| super::place(&diagnostic.path));
    diagnostics
}

/// From places in a part to those in the whole.
struct Places<'g> {
    whole: &'g Graph,
    part: &'g Graph,
    paths: Paths,
}

impl Places<'_> {
    fn of(&self, path: &Path) -> Path {
        let steps = path.steps();
        let [Step::Key(section), Step::Index(index), rest @ ..] = steps else { return path.clone() };
        let (element, rest) = match (*section, rest) {
            ("events", [Step::Key(list), Step::Index(inner), rest @ ..]) => {
                match self.inside_event(*index, list, *inner) {
                    Some(inside) => (Some(inside), rest),
                    None => (self.element(section, *index), &steps[2..3]),
                }
            }
            _ => (self.element(section, *index), rest),
        };
        let mut place = element.unwrap_or_default();
        for step in rest {
            match step {
                Step::Key(key) => place = place.key(key),
                // Lists of references and positions are shorter in the part: the list as a whole is meant.
                Step::Index(_) => break,
            }
        }
        place
    }

    fn element(&self, section: &str, index: usize) -> Option<Path> {
        let id = match section {
            "sources" => &self.part.sources().nth(index)?.1.id,
            "actors" => &self.part.actors().nth(index)?.1.id,
            "events" => &self.part.events().nth(index)?.1.id,
            "disputes" => &self.part.disputes().nth(index)?.1.id,
            _ => return None,
        };
        self.whole.by_id(id).map(|element| self.paths.element(element))
    }

    fn inside_event(&self, event: usize, list: &str, index: usize) -> Option<Path> {
        let (_, event) = self.part.events().nth(event)?;
        match list {
            "statements" => self.by_id(&self.part.statement(*event.statements.get(index)?).id),
            "reactions" => self.by_id(&self.part.reaction(*event.reactions.get(index)?).id),
            "links" => self.link(event, index),
            _ => None,
        }
    }

    fn by_id(&self, id: &str) -> Option<Path> {
        self.whole.by_id(id).map(|element| self.paths.element(element))
    }

    /// Links have no id: it is the one of the same event with the same end, kind and source, or the first of those.
    fn link(&self, event: &Event, index: usize) -> Option<Path> {
        let Some(ElementId::Event(from)) = self.whole.by_id(&event.id) else { return None };
        let link = self.part.link(*event.links.get(index)?);
        let title = |graph: &Graph, event: EventId| graph.event(event).id.clone();
        let to = title(self.part, link.to);
        let meant = self.whole.event(from).links.iter().copied().find(|id| {
            let other = self.whole.link(*id);
            (other.kind, other.basis, &other.note) == (link.kind, link.basis, &link.note)
                && title(self.whole, other.to) == to
        })?;
        Some(self.paths.link(meant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::graph::Kept;

    #[test]
    fn what_is_found_in_a_part_is_told_at_its_place_in_the_whole() {
        let yaml = "
format: 1
story: {title: T}
sources: [{id: gone, title: G, kind: article}, {id: wire, title: W, kind: article}]
actors: [{id: x, name: X, kind: company}]
events:
  - {id: first, title: F, status: occurred, sources: [gone]}
  - id: second
    title: S
    status: occurred
    sources: [gone, wire]
    statements:
      - {id: one, form: paraphrase, text: one, source: gone}
      - {id: two, form: quote, text: two, speaker: x, source: wire}
    links:
      - {to: first, kind: updates, basis: inferred, note: n}
      - {to: second-one, kind: updates, basis: inferred}
  - {id: second-one, title: O, status: occurred, sources: [wire]}
";
        let whole = crate::story::read(yaml.as_bytes()).expect("a story");
        let mut kept = Kept::all(&whole);
        kept.sources[0] = false;
        kept.events[0] = false;
        let part = whole.keep(&kept);
        let today = NaiveDate::from_ymd_opt(2025, 11, 30).expect("a day");
        let told: Vec<_> = check_part(&whole, &part, today)
            .into_iter()
            .map(|diagnostic| format!("{} {}", diagnostic.code, diagnostic.path))
            .collect();
        assert!(told.contains(&"quote-without-locator events[1].statements[1]".to_owned()), "{told:#?}");
        assert!(told.contains(&"inferred-without-note events[1].links[1].basis".to_owned()), "{told:#?}");
    }
}
