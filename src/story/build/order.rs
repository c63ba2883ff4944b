//! `after:` and `before:` of a document, the chronology that comes of them, and what is wrong with it in words.
//!
//! Imports what `build` imports.

use super::circles;
use super::document::Neighbour;
use super::{
    Arenas, Builder, Chronology, Code, Diagnostic, ElementId, Id, OrderFault, Path, Place, Precedence, Text,
    Tz,
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
        let mut precedences: Vec<_> = self.precedences.iter().map(|(precedence, _)| *precedence).collect();
        let zone = self.zone;
        let of = |precedences: &[Precedence]| chronology(arenas, precedences, zone);
        let mut faults = match of(&precedences) {
            Ok(chronology) => return Some(chronology),
            Err(faults) => faults,
        };
        if faults.iter().any(|fault| matches!(fault, OrderFault::Cycle(_))) {
            // Dates are held against each other only outside of the circles, where there is an order.
            precedences = self.rings(arenas);
            faults = of(&precedences).err().unwrap_or_default();
        }
        for fault in faults {
            if let OrderFault::AgainstDates(chain) = fault {
                self.against_dates(arenas, &chain);
            }
        }
        None
    }

    /// Reports one circle for each part of the order in which all come before all, and gives back what is required
    /// outside of them.
    fn rings(&mut self, arenas: &Arenas) -> Vec<Precedence> {
        let index = |place: Place| match place {
            Place::Event(event) => event.index(),
            Place::Source(source) => arenas.events.len() + source.index(),
        };
        let mut edges: Vec<Vec<(usize, usize)>> =
            vec![Vec::new(); arenas.events.len() + arenas.sources.len()];
        for (edge, (precedence, _)) in self.precedences.iter().enumerate() {
            edges[index(precedence.earlier)].push((index(precedence.later), edge));
        }
        let parts = circles::parts(&edges);
        for circle in circles::circles(&edges, &parts) {
            let along = |step: Option<&(usize, usize)>| step.map(|(from, edge)| edges[*from][*edge].1);
            let path = |step| along(step).map(|edge| self.precedences[edge].1.clone()).unwrap_or_default();
            let ids = circle.iter().map(|(from, _)| match from.checked_sub(arenas.events.len()) {
                None => arenas.events[*from].id.as_str(),
                Some(source) => arenas.sources[source].id.as_str(),
            });
            let message = format!("these must each come before the next: {}", circles::chain(ids));
            let fault = Diagnostic::new(Code::Cycle, path(circle.first()), message)
                .hint("take out the `after:` or `before:` that is wrong")
                .also(path(circle.last()), "here the circle closes");
            self.report(fault);
        }
        let outside =
            |precedence: &Precedence| parts[index(precedence.earlier)] != parts[index(precedence.later)];
        self.precedences.iter().map(|(precedence, _)| *precedence).filter(outside).collect()
    }

    fn against_dates(&mut self, arenas: &Arenas, chain: &[Precedence]) {
        let id = |place: Place| match place {
            Place::Event(event) => arenas.events[event.index()].id.as_str(),
            Place::Source(source) => arenas.sources[source.index()].id.as_str(),
        };
        let first = self.precedences.iter().find(|(edge, _)| Some(edge) == chain.first());
        let path = first.map(|(_, path)| path.clone()).unwrap_or_default();
        let fault = Diagnostic::new(Code::OrderAgainstDates, path, against_dates(arenas, chain, &id))
            .hint("correct one of the dates, or one of the `after:` and `before:`");
        let root = Path::root();
        let dated = chain.last().map(|edge| match edge.later {
            Place::Event(event) => root.key("events").index(event.index()).key("when"),
            Place::Source(source) => root.key("sources").index(source.index()).key("published"),
        });
        self.report(match dated {
            Some(dated) => fault.also(dated, "the last of them is dated here"),
            None => fault,
        });
    }
}

/// The order of the events of a story.
pub(super) fn chronology(
    arenas: &Arenas,
    precedences: &[Precedence],
    zone: Tz,
) -> Result<Chronology, Vec<OrderFault>> {
    let events: Vec<_> = arenas.events.iter().map(|event| event.timing.extent()).collect();
    let sources: Vec<_> = arenas.sources.iter().map(|source| source.published.extent()).collect();
    Chronology::of(&events, &sources, precedences, zone)
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
