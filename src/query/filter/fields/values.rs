//! The values that fields can have in a story, offered to be completed.
//!
//! Imports what the fields import.

use super::Asked;
use crate::query::filter::completion::{MOST, Offered, Rank};
use crate::query::filter::grammar::is_quotation_mark;
use crate::story::id::{ActorId, EventId, Id as _};
use crate::story::vocabulary::Vocabulary;

/// The names of actors; the id where a name cannot be written between quotation marks.
pub(super) fn actors(Asked { graph, texts }: Asked<'_>, offered: &mut Offered<'_>) {
    let written = |id: ActorId| {
        let actor = graph.actor(id);
        move || (actor.name.to_string(), actor.aliases.join(", "))
    };
    let is_writable = |id: &ActorId| texts.unwritable.binary_search(id).is_err();
    if offered.wanted.is_empty() {
        let all = (0..graph.actors().len()).map(ActorId::from_index).filter(is_writable);
        all.take(MOST).for_each(|id| offered.put(Rank::Begins, id.index(), written(id)));
    }
    // The name comes first of an actor's texts: what else holds the words comes after.
    let mut last = None;
    for holder in texts.actors.held(offered.wanted) {
        if last.replace(holder.owner) == Some(holder.owner) || !is_writable(&holder.owner) {
            continue;
        }
        match (holder.is_main, holder.begins) {
            (true, true) if holder.is_all => continue,
            (true, true) => offered.put(Rank::Begins, holder.owner.index(), written(holder.owner)),
            (true, false) => offered.put(Rank::Holds, holder.owner.index(), written(holder.owner)),
            (false, _) => offered.put(Rank::Called, holder.owner.index(), written(holder.owner)),
        }
        if offered.is_full() {
            break;
        }
    }
    for id in &texts.unwritable {
        let actor = graph.actor(*id);
        offered.offer(id.index(), &actor.id, &actor.name);
    }
}

/// The ids of sources.
pub(super) fn sources(Asked { graph, .. }: Asked<'_>, offered: &mut Offered<'_>) {
    for (id, source) in graph.sources() {
        if offered.is_full() {
            break;
        }
        offered.offer(id.index(), &source.id, source.label());
    }
}

/// The ids of events.
pub(super) fn ids(Asked { graph, texts }: Asked<'_>, offered: &mut Offered<'_>) {
    let written = |id: EventId| {
        let event = graph.event(id);
        move || (event.id.to_string(), event.title.to_string())
    };
    if offered.wanted.is_empty() {
        let all = graph.events().map(|(id, _)| id);
        all.take(MOST).for_each(|id| offered.put(Rank::Begins, id.index(), written(id)));
    }
    for holder in texts.ids.held(offered.wanted).filter(|holder| !holder.is_all) {
        let rank = if holder.begins { Rank::Begins } else { Rank::Holds };
        offered.put(rank, holder.owner.index(), written(holder.owner));
        if offered.is_full() {
            return;
        }
    }
    let wanted = offered.wanted;
    let is_called = |id: &EventId| !graph.event(*id).id.contains(wanted);
    for id in texts.titles.holders(wanted).filter(is_called).take(MOST) {
        offered.put(Rank::Called, id.index(), written(id));
    }
}

/// Values that say themselves what they mean; not those that cannot be written.
pub(super) fn plain<'v>(offered: &mut Offered<'_>, values: impl IntoIterator<Item = &'v str>) {
    for value in values.into_iter().filter(|value| !value.contains(is_quotation_mark)) {
        offered.offer(0, value, "");
    }
}

/// The words of a vocabulary.
pub(super) fn words<V: Vocabulary>(offered: &mut Offered<'_>) {
    plain(offered, V::WORDS.iter().map(|(word, _)| *word));
}
