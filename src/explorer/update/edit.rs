//! `e`: the story's file in the reader's editor, at what they are at.

use super::super::effect::{Effect, Spot};
use super::super::sheet::Target;
use super::super::state::{State, View};
use super::at_hand::{AtHand, at_hand};
use super::cover;
use crate::story::check::Paths;
use crate::story::diagnostic::Path;

/// Asks for the editor at the place of what is at hand, else at the top of the file.
pub(super) fn edit(state: &mut State) -> Option<Effect> {
    if let Some(line) = line_of_finding(state) {
        return Some(Effect::Edit(Spot::Line(line)));
    }
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
            Some(Effect::Edit(Spot::Place(place.unwrap_or_default())))
        }
        None => Some(Effect::Edit(Spot::Place(Path::root()))),
    }
}

/// The line of what is wrong with the file, where the cursor is on that.
fn line_of_finding(state: &mut State) -> Option<usize> {
    if !matches!(state.views.last(), Some(View::Findings(_))) {
        return None;
    }
    let Some(Target::Finding(place)) = cover::selected(state) else { return None };
    state.live.findings.as_ref()?.get(place)?.at.map(|(line, _)| line)
}

/// What came of it: the editor's name, or why there was no editing.
pub(super) fn edited(state: &mut State, outcome: Result<String, String>) {
    state.notice = Some(match outcome {
        Ok(editor) => format!("back from {editor}"),
        Err(why) => why,
    });
}
