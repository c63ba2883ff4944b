//! What the ids of a document stand for, as far as it is known while its elements are built.
//!
//! Imports what `build` imports.

use std::collections::HashMap;

use super::{ActorId, DisputeId, ElementId, EventId, Id, Path, ReactionId, Shared, SourceId, StatementId};

/// What each id of a document stands for.
pub(super) type Known = HashMap<Shared, ElementId>;

/// The ids that references are looked up in.
pub(super) enum Names {
    /// All ids of a document, and where each stands.
    Minted(HashMap<String, (ElementId, Path)>),
    /// All ids of a document of which it is known that each stands once.
    Known(Known),
    /// None yet: what is referred to is noted, and looked up when the other pieces of the document have been read.
    Apart(Apart),
}

impl Default for Names {
    fn default() -> Self {
        Self::Minted(HashMap::new())
    }
}

impl Names {
    /// The element an id stands for.
    pub(super) fn get(&self, id: &str) -> Option<ElementId> {
        match self {
            Self::Minted(ids) => ids.get(id).map(|(element, _)| *element),
            Self::Known(ids) => ids.get(id).copied(),
            Self::Apart(_) => None,
        }
    }

    /// Where an id stands.
    pub(super) fn place(&self, id: &str) -> Option<&Path> {
        match self {
            Self::Minted(ids) => ids.get(id).map(|(_, place)| place),
            Self::Known(_) | Self::Apart(_) => None,
        }
    }

    /// Takes a new id.
    pub(super) fn mint(&mut self, id: &str, element: ElementId, place: Path) {
        if let Self::Minted(ids) = self {
            ids.insert(id.to_owned(), (element, place));
        }
    }
}

/// Where the numbers of stand-ins begin: no story has so many elements.
const STAND_INS: usize = 1 << 31;

/// The references of one piece of a document, each id once. In its elements stand-ins take the places of what is
/// referred to.
#[derive(Default)]
pub(super) struct Apart {
    places: HashMap<String, usize>,
    /// Of each, the kinds that all its references take.
    kinds: Vec<u8>,
}

impl Apart {
    /// Takes note of a reference, and gives what stands in for its element.
    pub(super) fn stand_in<T>(&mut self, id: &str, pick: impl Fn(ElementId) -> Option<T>) -> Option<T> {
        let place = if let Some(place) = self.places.get(id) {
            *place
        } else {
            self.places.insert(id.to_owned(), self.kinds.len());
            self.kinds.push(u8::MAX);
            self.kinds.len() - 1
        };
        let stand_ins = of_all_kinds(STAND_INS + place);
        let mut taken = None;
        for element in stand_ins {
            match pick(element) {
                None => self.kinds[place] &= !bit(element),
                picked => taken = taken.or(picked),
            }
        }
        taken
    }

    /// The same in as little room as can be.
    pub(super) fn packed(self) -> Packed {
        let mut ids = vec![String::new(); self.kinds.len()];
        for (id, place) in self.places {
            ids[place] = id;
        }
        let ends = ids.iter().scan(0, |end, id| {
            *end += id.len();
            Some(*end)
        });
        Packed { ends: ends.collect(), text: ids.concat(), kinds: self.kinds }
    }
}

/// The references of one piece, one behind the other.
pub(super) struct Packed {
    text: String,
    ends: Vec<usize>,
    kinds: Vec<u8>,
}

impl Packed {
    /// What the stand-ins stand for; `None` where an id is not there, or is that of another kind than belongs.
    pub(super) fn resolve(&self, ids: &Known) -> Option<Resolved> {
        let mut start = 0;
        let resolved = self.ends.iter().zip(&self.kinds).map(|(end, kinds)| {
            let element = *ids.get(&self.text[std::mem::replace(&mut start, *end)..*end])?;
            (kinds & bit(element) != 0).then_some(element)
        });
        resolved.collect::<Option<_>>().map(Resolved)
    }
}

/// What the stand-ins of a piece stand for.
pub(super) struct Resolved(Vec<ElementId>);

impl Resolved {
    /// The element for a stand-in; `None` for what is none.
    pub(super) fn get(&self, stand_in: impl Id) -> Option<ElementId> {
        self.0.get(stand_in.index().checked_sub(STAND_INS)?).copied()
    }
}

fn of_all_kinds(index: usize) -> [ElementId; 6] {
    [
        ElementId::Source(SourceId::from_index(index)),
        ElementId::Actor(ActorId::from_index(index)),
        ElementId::Event(EventId::from_index(index)),
        ElementId::Statement(StatementId::from_index(index)),
        ElementId::Reaction(ReactionId::from_index(index)),
        ElementId::Dispute(DisputeId::from_index(index)),
    ]
}

fn bit(element: ElementId) -> u8 {
    match element {
        ElementId::Source(_) => 1,
        ElementId::Actor(_) => 2,
        ElementId::Event(_) => 4,
        ElementId::Statement(_) => 8,
        ElementId::Reaction(_) => 16,
        ElementId::Dispute(_) => 32,
    }
}
