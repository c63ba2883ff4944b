//! `after:` and `before:` of a document, the chronology that comes of them, and what is wrong with it in words.
//!
//! Imports what `build` imports.

use super::document::Neighbour;
use super::{
    Arenas, Builder, Chronology, Code, Diagnostic, ElementId, Id, OrderFault, Path, Place, Precedence, Text,
};
use crate::story::gap::Gap;

impl Builder {
    pub(super) fn precedences(&mut self, own: Place, after: &[Neighbour], before: &[Neighbour], at: &Path) {
        for (key, neighbours) in [("after", after), ("before", before)] {
            for (index, neighbour) in neighbours.iter().enumerate() {
                let path = at.key(key).index(index);
                let Some((other, gap, at)) = self.neighbour(neighbour, &path) else { continue };
                if other == own {
                    let id = &at.1;
                    let message = format!("`{id}` cannot be {key} itself");
                    self.fault(Code::SelfReference, at.0, message, "name another event or source");
                    continue;
                }
                let (earlier, later) = if key == "after" { (other, own) } else { (own, other) };
                self.precedences.push((Precedence { earlier, later, gap }, path));
            }
        }
    }

    /// What an entry of `after:` or `before:` names, by how much, and where it is named.
    fn neighbour(&mut self, neighbour: &Neighbour, path: &Path) -> Option<(Place, Gap, (Path, String))> {
        let event = |element| match element {
            ElementId::Event(event) => Some(Place::Event(event)),
            _ => None,
        };
        let source = |element| match element {
            ElementId::Source(source) => Some(Place::Source(source)),
            _ => None,
        };
        let apart = match neighbour {
            Neighbour::Plain(id) => {
                let either = |element| event(element).or_else(|| source(element));
                let place = self.reference(id, || path.clone(), "an event or a source", either)?;
                return Some((place, Gap::default(), (path.clone(), id.0.clone())));
            }
            Neighbour::Apart(apart) => apart,
        };
        let gap = self.gap(apart.by.as_ref(), path);
        let (place, key, id) = match (&apart.event, &apart.source) {
            (Some(id), None) => {
                let at = path.key("event");
                (self.reference(id, || at.clone(), "an event", event)?, at, id)
            }
            (None, Some(id)) => {
                let at = path.key("source");
                (self.reference(id, || at.clone(), "a source", source)?, at, id)
            }
            (None, None) => {
                let message = "neither an `event:` nor a `source:` is named here";
                self.fault(Code::Missing, path.clone(), message, "add one of the two with its id");
                return None;
            }
            (Some(_), Some(_)) => {
                let message = "an `event:` and a `source:` are named in one entry";
                let hint = "make two entries of it; each names one of the two";
                self.fault(Code::TwoNeighbours, path.clone(), message, hint);
                return None;
            }
        };
        Some((place, gap?, (key, id.0.clone())))
    }

    /// The least time between; a fault where it is written as none.
    fn gap(&mut self, by: Option<&Text>, path: &Path) -> Option<Gap> {
        let Some(Text(text)) = by else { return Some(Gap::default()) };
        let gap = Gap::parse(text);
        if gap.is_none() {
            let message = format!("`{text}` is not a least time between two things");
            let hint = "write a whole number and a unit: `30 minutes`, `2 hours`, `1 day`, `3 weeks`; leave it out where \
                        both may be at once";
            self.fault(Code::BadGap, path.key("by"), message, hint);
        }
        gap
    }

    pub(super) fn chronology(&mut self, arenas: &Arenas) -> Option<Chronology> {
        let events: Vec<_> = arenas.events.iter().map(|event| event.timing.extent()).collect();
        let sources: Vec<_> = arenas.sources.iter().map(|source| source.published.extent()).collect();
        let precedences: Vec<_> = self.precedences.iter().map(|(precedence, _)| *precedence).collect();
        let faults = match Chronology::of(&events, &sources, &precedences, self.zone) {
            Ok(chronology) => return Some(chronology),
            Err(faults) => faults,
        };
        for fault in faults {
            self.order_fault(arenas, &fault);
        }
        None
    }

    fn order_fault(&mut self, arenas: &Arenas, fault: &OrderFault) {
        let id = |place: Place| match place {
            Place::Event(event) => arenas.events[event.index()].id.as_str(),
            Place::Source(source) => arenas.sources[source.index()].id.as_str(),
        };
        let of_edge = |wanted: &dyn Fn(&Precedence) -> bool| {
            self.precedences
                .iter()
                .find(|(edge, _)| wanted(edge))
                .map(|(_, path)| path.clone())
                .unwrap_or_default()
        };
        let diagnostic = match fault {
            OrderFault::Cycle(members) => {
                // A ring of a hundred thousand is named by its ends.
                const SHOWN: usize = 12;
                let mut names: Vec<_> =
                    members.iter().take(SHOWN).map(|place| format!("`{}`", id(*place))).collect();
                if members.len() > SHOWN {
                    names.push(format!("… {} more …", members.len() - SHOWN));
                }
                names.extend(members.first().map(|place| format!("`{}`", id(*place))));
                let (first, second) = (members.first().copied(), members.get(1).or(members.first()).copied());
                let path = of_edge(&|edge| Some(edge.earlier) == first && Some(edge.later) == second);
                let message = format!("these must each come before the next: {}", names.join(" → "));
                Diagnostic::new(Code::Cycle, path, message)
                    .hint("take out the `after:` or `before:` that is wrong")
            }
            OrderFault::AgainstDates(chain) => {
                let first = chain.first();
                let path = of_edge(&|other| Some(other) == first);
                Diagnostic::new(Code::OrderAgainstDates, path, against_dates(arenas, chain, &id))
                    .hint("correct one of the dates, or one of the `after:` and `before:`")
            }
        };
        self.report(diagnostic);
    }
}

/// The chain that cannot be: each place with its time, where it has one, and the gap to the next.
fn against_dates<'a>(arenas: &Arenas, chain: &[Precedence], id: &impl Fn(Place) -> &'a str) -> String {
    let told = |place: Place| {
        let timing = match place {
            Place::Event(event) => &arenas.events[event.index()].timing,
            Place::Source(source) => &arenas.sources[source.index()].published,
        };
        if timing.when.is_some() {
            format!("`{}` ({})", id(place), timing.reading())
        } else {
            format!("`{}`", id(place))
        }
    };
    let first = chain.first().map(|edge| told(edge.earlier)).unwrap_or_default();
    let rest: String = chain
        .iter()
        .map(|edge| match edge.gap {
            gap if gap.is_none() => format!(" → {}", told(edge.later)),
            gap => format!(" → (at least {gap}) → {}", told(edge.later)),
        })
        .collect();
    format!("by their dates these cannot each come before the next: {first}{rest}")
}
