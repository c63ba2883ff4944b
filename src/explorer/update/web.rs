//! `o`: the page of a source on the web. Where it leads is shown first; only then it is handed to a browser.

use super::super::effect::Effect;
use super::super::state::web::WebView;
use super::super::state::{State, View};
use super::at_hand::{AtHand, at_hand};
use super::cover;
use crate::story::id::{Account, ElementId, SourceId};

/// Shows where the sources of what is at hand can be read; in that view opens the one at the cursor.
pub(super) fn open(state: &mut State) -> Option<Effect> {
    if matches!(state.views.last(), Some(View::Web(_))) {
        return go(state);
    }
    let Some(sources) = sources(state) else {
        state.notice =
            Some("choose a source, a statement or an event to open its page on the web".to_owned());
        return None;
    };
    match WebView::of(&state.graph, sources.iter().copied()) {
        None => {
            let what = match sources.as_slice() {
                [source] => format!("no web address of {} is recorded", state.graph.source(*source).label()),
                [] => "no source of this is recorded".to_owned(),
                _ => format!("no web address of any of its {} sources is recorded", sources.len()),
            };
            state.notice = Some(what);
        }
        Some(web) => match web.pages.as_slice() {
            [page] if page.address.is_err() => refuse(state, &web),
            _ => state.views.push(View::Web(Box::new(web))),
        },
    }
    None
}

/// Enter: hands the address at the cursor over.
pub(super) fn go(state: &mut State) -> Option<Effect> {
    if cover::selected(state).is_none() {
        state.notice = Some("nothing in sight to open".to_owned());
        return None;
    }
    let Some(View::Web(web)) = state.views.last() else { return None };
    let page = web.pages.get(web.at.cursor)?;
    if let Ok(address) = &page.address {
        let address = address.clone();
        state.notice = Some(format!("opening {address}"));
        return Some(Effect::Open(address));
    }
    let web = web.clone();
    refuse(state, &web);
    None
}

fn refuse(state: &mut State, web: &WebView) {
    let why = web.pages.get(web.at.cursor).and_then(|page| page.address.as_ref().err());
    state.notice = why.map(|why| format!("not opened: {why}"));
}

/// What came of it. The address stays in sight either way, so that it can be copied by hand.
pub(super) fn opened(state: &mut State, address: &str, outcome: Result<String, String>) {
    state.notice = Some(match outcome {
        Ok(program) => {
            // Another question may have been asked meanwhile.
            if let Some(View::Web(web)) = state.views.last()
                && let Some(Ok(asked)) = web.pages.get(web.at.cursor).map(|page| &page.address)
                && asked.as_str() == address
            {
                state.views.pop();
            }
            format!("handed to {program}: {address}")
        }
        Err(why) => format!("not opened: {why}: {address}"),
    });
}

/// The sources of what is at hand, each once; `None` where nothing is.
fn sources(state: &mut State) -> Option<Vec<SourceId>> {
    match state.views.last() {
        // Who is compared is the account, whatever the comparison is of.
        Some(View::Compare(compare)) if compare.selected().is_some() => {
            return compare.selected().map(|account| vec![state.graph.source_of(account)]);
        }
        Some(View::Matrix(grid)) => return grid.source().map(|source| vec![source]),
        _ => {}
    }
    let at_hand = at_hand(state)?;
    let graph = &state.graph;
    let mut sources = match at_hand {
        AtHand::Element(ElementId::Source(source)) => vec![source],
        AtHand::Element(ElementId::Statement(id)) => vec![graph.source_of(Account::Statement(id))],
        AtHand::Element(ElementId::Reaction(id)) => vec![graph.source_of(Account::Reaction(id))],
        AtHand::Element(ElementId::Event(event)) => graph.sources_of_event(event),
        AtHand::Element(ElementId::Actor(_)) => return None,
        AtHand::Element(ElementId::Dispute(id)) => {
            let held = graph.dispute(id).positions.iter().flat_map(|position| &position.held_by);
            held.map(|account| graph.source_of(*account)).collect()
        }
        AtHand::Found(place) => {
            let found = state.found().get(place)?;
            found.accounts().map(|account| graph.source_of(account)).collect()
        }
    };
    let mut seen = std::collections::HashSet::new();
    sources.retain(|source| seen.insert(*source));
    Some(sources)
}
