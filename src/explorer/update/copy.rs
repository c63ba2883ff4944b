//! `y`: what the reader is at, as text to be copied.

use super::super::effect::{Effect, Excerpt};
use super::super::message::Copied;
use super::super::state::{State, View};
use super::at_hand::{AtHand, at_hand};
use crate::query::citation::citation;
use crate::query::found::yaml;

/// A citation of what is at hand; a dispute that was found as YAML; where a page is to be opened, its address.
pub(super) fn copy(state: &mut State) -> Option<Effect> {
    if let Some(View::Web(web)) = state.views.last() {
        let page = web.pages.get(web.at.cursor)?;
        let written = || state.graph.source(page.source).url.as_deref().unwrap_or_default().to_owned();
        let text = page.address.as_ref().map_or_else(|_| written(), ToString::to_string);
        return Some(Effect::Copy(Excerpt { text, what: "the address".to_owned() }));
    }
    let excerpt = match at_hand(state) {
        Some(AtHand::Element(element)) => Some(Excerpt {
            text: citation(&state.graph, element) + &looked_back(state),
            what: format!("a citation of {}", state.graph.id_of(element)),
        }),
        Some(AtHand::Found(place)) => return found_yaml(state, place),
        None => None,
    };
    if excerpt.is_none() {
        state.notice = Some("choose what to copy: a statement, an event, a source or a dispute".to_owned());
    }
    excerpt.map(Effect::Copy)
}

/// A dispute that was found, as YAML; or why that cannot be had.
fn found_yaml(state: &mut State, place: usize) -> Option<Effect> {
    let found = state.found().get(place)?;
    let looking_back =
        "looking back, accounts may be hidden that belong in it: A goes back to now, then y copies all of it";
    let why_not = found.no_yaml.or(state.retrospect.is_some().then_some(looking_back));
    if let Some(why) = why_not {
        state.notice = Some(why.to_owned());
        return None;
    }
    let what = "YAML; paste it under disputes:, its dash below the others".to_owned();
    Some(Effect::Copy(Excerpt { text: yaml(&state.graph, found), what }))
}

/// That later sources are left out, where the reader looks back.
fn looked_back(state: &State) -> String {
    let reading = state.retrospect.as_ref().map(|retrospect| &retrospect.back.reading);
    reading.map(|reading| format!(" (as of {reading}, without later sources)")).unwrap_or_default()
}

/// All that can be said of a text given to a terminal.
const SENT: &str = "sent to the terminal, which does not say if it took it";

/// What came of it. Nothing is said to be copied that is not known to be.
pub(super) fn copied(state: &mut State, copied: Copied) {
    let Copied { what, terminal, tool } = copied;
    state.notice = Some(match (tool, terminal) {
        (Some(Ok(tool)), _) => format!("copied with {tool}: {what}"),
        (Some(Err(why)), Ok(())) => format!("{why}; {SENT}: {what}"),
        (None, Ok(())) => format!("{SENT}: {what}"),
        (Some(Err(why)), Err(none)) => format!("not copied: {none}; {why}"),
        (None, Err(none)) => format!("not copied: {none}, and there is no other clipboard"),
    });
}
