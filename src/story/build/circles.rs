//! Circles of what must have none: sources that rely on each other, actors that are part of each other, statements that
//! answer each other.
//!
//! Method: strongly connected components by Tarjan, without recursion, so that a chain may be as long as a file; of each
//! component the shortest circle through its first element is told. Imports what `build` imports.

use std::collections::VecDeque;

use super::super::diagnostic::Step;
use super::{
    Builder, Code, Diagnostic, Document, ElementId, Id, Path, Text, as_actor, as_source, as_statement,
};

/// The most of a circle that is named.
const SHOWN: usize = 12;

/// A relation of elements of one kind: who they are, and to whom each leads from which entry.
#[derive(Default)]
struct Relation<'d> {
    names: Vec<&'d str>,
    edges: Vec<Vec<(usize, Path)>>,
}

impl<'d> Relation<'d> {
    fn add(&mut self, id: Option<&'d Text>, edges: Vec<(usize, Path)>) {
        self.names.push(id.map_or("", |id| id.0.as_str()));
        // To itself: told where the element is built.
        let own = self.edges.len();
        self.edges.push(edges.into_iter().filter(|(to, _)| *to != own).collect());
    }
}

impl Builder {
    /// Finds the circles of a document whose ids are minted.
    pub(super) fn circles(&mut self, document: &Document) {
        let list =
            |ids: &[Text], at: Path, pick: &dyn Fn(ElementId) -> Option<usize>| -> Vec<(usize, Path)> {
                let found = |id: &Text| self.ids.get(&id.0).and_then(pick);
                ids.iter().enumerate().filter_map(|(index, id)| Some((found(id)?, at.index(index)))).collect()
            };
        let source = |element| as_source(element).map(Id::index);
        let actor = |element| as_actor(element).map(Id::index);
        let statement = |element| as_statement(element).map(Id::index);
        let (mut sources, mut actors, mut statements) =
            (Relation::default(), Relation::default(), Relation::default());
        for (index, one) in document.sources.iter().enumerate() {
            let at = Path::of(&[Step::Key("sources"), Step::Index(index), Step::Key("relies_on")]);
            sources.add(one.id.as_ref(), list(&one.relies_on, at, &source));
        }
        for (index, one) in document.actors.iter().enumerate() {
            let at = Path::of(&[Step::Key("actors"), Step::Index(index), Step::Key("part_of")]);
            let whole = one.part_of.as_slice();
            let edges = list(whole, at.clone(), &actor).into_iter().map(|(to, _)| (to, at.clone())).collect();
            actors.add(one.id.as_ref(), edges);
        }
        for (index, event) in document.events.iter().enumerate() {
            let at = Path::root().key("events").index(index).key("statements");
            for (place, one) in event.statements.iter().enumerate() {
                let at = at.index(place).key("replies_to");
                statements.add(one.id.as_ref(), list(&one.replies_to, at, &statement));
            }
        }
        for (relation, what, hint) in [
            (
                sources,
                "these sources rely on each other in a circle, so that none is the origin",
                "take out the `relies_on:` that is wrong; a source relies on what was there before it",
            ),
            (
                actors,
                "these actors are part of each other in a circle",
                "take out the `part_of:` that is wrong",
            ),
            (
                statements,
                "these statements answer each other in a circle",
                "take out the `replies_to:` that is wrong; a statement answers what was said before it",
            ),
        ] {
            for circle in circles(&relation.edges, &parts(&relation.edges)) {
                self.report(told(&relation, &circle, what).hint(hint));
            }
        }
    }
}

/// A circle, given as the edges along it: from whom, and which of its edges.
fn told(relation: &Relation<'_>, circle: &[(usize, usize)], what: &str) -> Diagnostic {
    let path = |edge: Option<&(usize, usize)>| {
        edge.map(|(from, edge)| relation.edges[*from][*edge].1.clone()).unwrap_or_default()
    };
    let names = chain(circle.iter().map(|(from, _)| relation.names[*from]));
    Diagnostic::new(Code::Cycle, path(circle.first()), format!("{what}: {names}"))
        .also(path(circle.last()), "here the circle closes")
}

/// The names along a circle, back to the first; of very many, only their number.
pub(super) fn chain<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let count = names.len();
    let mut names: Vec<_> = names.take(SHOWN).map(|name| format!("`{name}`")).collect();
    let first = names.first().cloned();
    if count > SHOWN {
        names.push(format!("… {} more …", count - SHOWN));
    }
    names.extend(first);
    names.join(" → ")
}

/// One circle for each part of more than one, as the edges along it: from whom, and which of its edges.
pub(super) fn circles<T>(edges: &[Vec<(usize, T)>], parts: &[usize]) -> Vec<Vec<(usize, usize)>> {
    let mut seen = vec![false; edges.len()];
    let mut sizes = vec![0_usize; edges.len()];
    for part in parts {
        sizes[*part] += 1;
    }
    let mut circles = Vec::new();
    for start in 0..edges.len() {
        let part = parts[start];
        if sizes[part] > 1 && !std::mem::replace(&mut seen[part], true) {
            circles.extend(shortest(edges, parts, start));
        }
    }
    circles
}

/// The shortest circle through this element, within its part.
fn shortest<T>(edges: &[Vec<(usize, T)>], parts: &[usize], start: usize) -> Option<Vec<(usize, usize)>> {
    let mut came_by: Vec<Option<(usize, usize)>> = vec![None; edges.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(from) = queue.pop_front() {
        for (edge, (to, _)) in edges[from].iter().enumerate() {
            if parts[*to] != parts[start] || came_by[*to].is_some() {
                continue;
            }
            came_by[*to] = Some((from, edge));
            if *to == start {
                let mut circle = vec![(from, edge)];
                while let Some((from, _)) = circle.last().filter(|(from, _)| *from != start) {
                    circle.push(came_by[*from]?);
                }
                circle.reverse();
                return Some(circle);
            }
            queue.push_back(*to);
        }
    }
    None
}

/// Of each element, the number of the part it belongs to, in which all lead to all.
pub(super) fn parts<T>(edges: &[Vec<(usize, T)>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let count = edges.len();
    let (mut order, mut low, mut part) = (vec![NEW; count], vec![NEW; count], vec![NEW; count]);
    let (mut next, mut stack, mut walk) = (0, Vec::new(), Vec::new());
    for root in 0..count {
        if order[root] != NEW {
            continue;
        }
        walk.push((root, 0));
        while let Some((at, edge)) = walk.pop() {
            if edge == 0 {
                (order[at], low[at]) = (next, next);
                next += 1;
                stack.push(at);
            }
            if let Some((to, _)) = edges[at].get(edge) {
                walk.push((at, edge + 1));
                if order[*to] == NEW {
                    walk.push((*to, 0));
                } else if part[*to] == NEW {
                    low[at] = low[at].min(order[*to]);
                }
                continue;
            }
            while low[at] == order[at] && part[at] == NEW {
                let Some(member) = stack.pop() else { break };
                part[member] = at;
            }
            if let Some((above, _)) = walk.last() {
                low[*above] = low[*above].min(low[at]);
            }
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(edges: &[&[usize]]) -> Vec<Vec<usize>> {
        let edges: Vec<Vec<_>> =
            edges.iter().map(|to| to.iter().map(|to| (*to, Path::root())).collect()).collect();
        circles(&edges, &parts(&edges))
            .into_iter()
            .map(|circle| circle.into_iter().map(|(from, _)| from).collect())
            .collect()
    }

    #[test]
    fn each_circle_is_found_once() {
        assert_eq!(found(&[&[1], &[0], &[3], &[4], &[2], &[0, 2]]), [vec![0, 1], vec![2, 3, 4]]);
        assert_eq!(found(&[&[1], &[2, 0], &[0]]), [vec![0, 1]]);
    }

    #[test]
    fn what_has_no_circle_has_none_told() {
        assert_eq!(found(&[&[1, 2], &[3], &[3], &[]]), Vec::<Vec<usize>>::new());
        assert_eq!(found(&[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_circle_of_a_hundred_thousand_is_found() {
        let edges: Vec<_> = (0..100_000_usize).map(|at| vec![((at + 1) % 100_000, Path::root())]).collect();
        assert_eq!(circles(&edges, &parts(&edges)).first().map(Vec::len), Some(100_000));
    }
}
