//! Ids that elements refer to, and what is wrong with them.
//!
//! Imports what `build` imports.

use std::ops::Deref;

use super::{
    Account, ActorId, Builder, Code, Diagnostic, ElementId, EventId, Names, Path, SourceId, StatementId,
    Text, is_kebab_case, kebab_case,
};

impl Builder {
    /// The element an id stands for, whatever its kind; a fault where there is none.
    fn find(&mut self, Text(id): &Text, path: impl Fn() -> Path, wanted: &str) -> Option<ElementId> {
        if let Some(element) = self.ids.get(id) {
            return Some(element);
        }
        // It may be the id of something that could not be read.
        if self.lost.has_id(id) {
            return None;
        }
        let message = format!("no element has the id `{id}`; {wanted} belongs here");
        let near = self.near(Code::UnknownReference, id, |_| true);
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "add it to the file, or refer to one that is there".to_owned(),
        };
        self.fault(Code::UnknownReference, path(), message, hint);
        None
    }

    /// The element an id stands for, where `pick` takes its kind.
    pub(super) fn reference<T>(
        &mut self,
        id: &Text,
        path: impl Fn() -> Path,
        wanted: &str,
        pick: impl Fn(ElementId) -> Option<T>,
    ) -> Option<T> {
        if let Names::Apart(apart) = &mut self.ids {
            return apart.stand_in(&id.0, pick);
        }
        let element = self.find(id, &path, wanted)?;
        let picked = pick(element);
        if picked.is_none() {
            let place = self.ids.place(&id.0).cloned();
            let message = format!("`{}` is {}, and {wanted} belongs here", id.0, element.kind());
            let mut fault = Diagnostic::new(Code::WrongKind, path(), message);
            if let Some(place) = place {
                fault = fault.also(place, "it stands here");
            }
            let near = self.near(Code::WrongKind, &id.0, |element| pick(element).is_some());
            self.report(match near {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault.hint(format!("refer to {wanted}")),
            });
        }
        picked
    }

    pub(super) fn references<T: PartialEq, L: Default + Extend<T> + Deref<Target = [T]>>(
        &mut self,
        ids: &[Text],
        at: &Path,
        key: &'static str,
        wanted: &str,
        pick: impl Fn(ElementId) -> Option<T>,
    ) -> L {
        let mut found = L::default();
        for (index, id) in ids.iter().enumerate() {
            let path = || at.key(key).index(index);
            if let Some(element) = self.reference(id, path, wanted, &pick) {
                if found.contains(&element) {
                    self.fault(
                        Code::DuplicateId,
                        path(),
                        format!("`{}` stands twice in this list", id.0),
                        "leave one out",
                    );
                } else {
                    found.extend([element]);
                }
            }
        }
        found
    }

    /// The id that was probably meant, of an element that `fits`; none where the fault is only counted.
    fn near(&mut self, code: Code, wrong: &str, fits: impl Fn(ElementId) -> bool) -> Option<String> {
        if self.faults.is_full(code) {
            return None;
        }
        let Self { nearest, ids: Names::Minted(ids), .. } = self else { return None };
        nearest.to(wrong, || ids.iter().map(|(id, (element, _))| (offered(id), *element)).collect(), fits)
    }

    pub(super) fn source_reference(&mut self, id: Option<&Text>, at: &Path) -> Option<SourceId> {
        self.reference(id?, || at.key("source"), "a source", as_source)
    }
}

pub(super) fn as_source(element: ElementId) -> Option<SourceId> {
    if let ElementId::Source(source) = element { Some(source) } else { None }
}

pub(super) fn as_actor(element: ElementId) -> Option<ActorId> {
    if let ElementId::Actor(actor) = element { Some(actor) } else { None }
}

pub(super) fn as_event(element: ElementId) -> Option<EventId> {
    if let ElementId::Event(event) = element { Some(event) } else { None }
}

pub(super) fn as_statement(element: ElementId) -> Option<StatementId> {
    if let ElementId::Statement(statement) = element { Some(statement) } else { None }
}

pub(super) fn as_account(element: ElementId) -> Option<Account> {
    match element {
        ElementId::Statement(statement) => Some(Account::Statement(statement)),
        ElementId::Reaction(reaction) => Some(Account::Reaction(reaction)),
        _ => None,
    }
}

/// An id as it will be once it is put right: a wrong one is not offered.
fn offered(id: &str) -> String {
    if is_kebab_case(id) { id.to_owned() } else { kebab_case(id).unwrap_or_default() }
}
