//! `e`: the story's file in the reader's editor, at what they are at.

use super::super::effect::Effect;
use super::super::state::State;
use super::at_hand::{AtHand, at_hand};
use crate::story::check::Paths;
use crate::story::diagnostic::Path;

/// Asks for the editor at the place of what is at hand, else at the top of the file.
pub(super) fn edit(state: &mut State) -> Option<Effect> {
    match at_hand(state) {
        Some(AtHand::Found(_)) => {
            let why = "this dispute was found and stands nowhere in the file; y copies it as YAML";
            state.notice = Some(why.to_owned());
            None
        }
        Some(AtHand::Element(element)) => {
            // Looking back, a part of the story shows; the file holds all of it.
            let whole = state.retrospect.as_ref().map_or(&state.graph, |retrospect| &retrospect.whole);
            let place =
                whole.by_id(state.graph.id_of(element)).map(|element| Paths::of(whole).element(element));
            Some(Effect::Edit(place.unwrap_or_default()))
        }
        None => Some(Effect::Edit(Path::root())),
    }
}

/// What came of it: the editor's name, or why there was no editing.
pub(super) fn edited(state: &mut State, outcome: Result<String, String>) {
    state.notice = Some(match outcome {
        Ok(editor) => format!("back from {editor}"),
        Err(why) => why,
    });
}
