//! `after:` and `before:` of a document, the chronology that comes of them, and what is wrong with it in words.
//!
//! Imports what `build` imports.

use chrono::TimeDelta;

use super::circles;
use super::{
    Arenas, Builder, Chronology, Code, Diagnostic, ElementId, Id, OrderFault, Path, Place, Precedence, Text,
};

impl Builder {
    pub(super) fn precedences(&mut self, own: Place, after: &[Text], before: &[Text], at: &Path) {
        for (key, ids) in [("after", after), ("before", before)] {
            for (index, id) in ids.iter().enumerate() {
                let path = at.key(key).index(index);
                let place = self.reference(
                    id,
                    || path.clone(),
                    "an event or a source",
                    |element| match element {
                        ElementId::Event(event) => Some(Place::Event(event)),
                        ElementId::Source(source) => Some(Place::Source(source)),
                        _ => None,
                    },
                );
                match place {
                    Some(other) if other == own => {
                        let message = format!("`{}` cannot be {key} itself", id.0);
                        self.fault(Code::SelfReference, path, message, "name another event or source");
                    }
                    Some(other) => {
                        let (earlier, later) = if key == "after" { (other, own) } else { (own, other) };
                        self.precedences.push((Precedence { earlier, later, gap: TimeDelta::zero() }, path));
                    }
                    None => {}
                }
            }
        }
    }

    pub(super) fn chronology(&mut self, arenas: &Arenas) -> Option<Chronology> {
        let events: Vec<_> = arenas.events.iter().map(|event| event.timing.bounds()).collect();
        let sources: Vec<_> = arenas.sources.iter().map(|source| source.published.bounds()).collect();
        let mut precedences: Vec<_> = self.precedences.iter().map(|(precedence, _)| *precedence).collect();
        let of = |precedences: &[Precedence]| Chronology::of(&events, &sources, precedences);
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
    let first = chain.first().map(|edge| told(edge.earlier));
    let places: Vec<_> = first.into_iter().chain(chain.iter().map(|edge| told(edge.later))).collect();
    format!("by their dates these cannot each come before the next: {}", places.join(" → "))
}
