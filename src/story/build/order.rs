//! `after:` and `before:` of a document, the chronology that comes of them, and what is wrong with it in words.
//!
//! Imports what `build` imports.

use crate::story::gap::Gap;

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
                        self.precedences.push((Precedence { earlier, later, gap: Gap::default() }, path));
                    }
                    None => {}
                }
            }
        }
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
        self.faults.push(diagnostic);
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
