//! `y`: what the reader is at, sent to the clipboard.

use super::super::effect::Effect;
use super::super::sheet::Target;
use super::super::state::{State, View};
use super::cover;
use crate::query::comparison::Subject;
use crate::query::found::yaml;

/// Bytes of a text that terminals take: as base64 with what stands around it, one hundred thousand.
const MOST: usize = 74_994;

/// The dispute that was found and is on the screen, as YAML.
pub(super) fn found(state: &mut State) -> Option<Effect> {
    let place = match state.views.last() {
        Some(View::Compare(compare)) => match compare.comparison.subject {
            Subject::Found(place) => Some(place),
            Subject::Written(_) => {
                state.notice =
                    Some("this dispute stands in the file; y copies one that was found".to_owned());
                return None;
            }
            Subject::Picked(_) | Subject::Event(_) | Subject::Actor(_) => None,
        },
        Some(View::Disputes(_)) => match cover::selected(state) {
            Some(Target::Found(place)) => Some(place),
            _ => None,
        },
        _ => None,
    };
    let Some(found) = place.and_then(|place| state.found().get(place)) else {
        let why = "y copies a dispute that was found; C lists them after the written ones";
        state.notice = Some(why.to_owned());
        return None;
    };
    if let Some(why) = found.no_yaml {
        state.notice = Some(why.to_owned());
        return None;
    }
    if state.retrospect.is_some() {
        let why = "looking back, accounts may be hidden that belong in it: A goes back to now, then y copies all of it";
        state.notice = Some(why.to_owned());
        return None;
    }
    let yaml = yaml(&state.graph, found);
    if yaml.len() > MOST {
        let why = format!("too long to copy: {} bytes, and terminals take {MOST}", yaml.len());
        state.notice = Some(why);
        return None;
    }
    // More than that it was sent cannot be known.
    state.notice = Some(
        "sent to the terminal's clipboard as YAML; paste it under disputes:, its dash below the others"
            .to_owned(),
    );
    Some(Effect::Copy(yaml))
}
