//! The story's file was read again: the story is taken in with everything the reader was at kept by written ids, or the
//! last good one stays and the reader is told why.

use std::sync::Arc;

use super::super::effect::Effect;
use super::super::reread::{Came, Fresh, Reread};
use super::super::sheet::Target;
use super::super::state::as_of::{MomentPick, Retrospect};
use super::super::state::live::{Left, Trouble};
use super::super::state::reading::Archived;
use super::super::state::{Ahead, Pane, Scrolled, State, View};
use super::super::view;
use super::cover;
use super::kept::Kept;
use super::swap::{filter_in, swap, swap_with};
use super::travel;
use crate::query::as_of::LookBack;
use crate::query::changes::Changes;
use crate::story::graph::Graph;
use crate::story::id::{Account, ElementId, EventId};

/// `!`: what is wrong with the file and what changed in it, or back from there.
pub(super) fn toggle(state: &mut State) -> Option<Effect> {
    if matches!(state.views.last(), Some(View::Findings(_))) {
        state.views.pop();
        state.live.unseen.read_list();
        return None;
    }
    state.views.push(View::Findings(Scrolled::default()));
    // Before the first change nobody has checked it.
    state.live.findings.is_none().then_some(Effect::Reread)
}

/// `Ctrl-r`: reads the file again, changed or not.
pub(super) fn ask(state: &mut State) -> Option<Effect> {
    if state.live.file.is_none() {
        state.notice = Some("this story comes from no file that could be read again".to_owned());
        return None;
    }
    // An answer at once; what comes of it takes the place of this.
    say(state, format!("reading {} again", state.name));
    Some(Effect::Reread)
}

/// What is said of the file until something else is.
fn say(state: &mut State, words: String) {
    state.live.said = Some(words.clone());
    state.notice = Some(words);
}

/// A frame was drawn: what is on it, the reader could see.
pub fn drawn(state: &mut State) {
    if state.live.unseen.is_empty() {
        return;
    }
    let here = state.event().map(|event| state.graph.event(event).id.to_string());
    match state.views.last() {
        None if !state.layout().pane(Pane::Event).is_empty() => {
            if let Some(here) = here {
                state.live.unseen.event_showed(&here);
            }
        }
        Some(View::Findings(at)) => {
            let Some(sheet) = view::cover_sheet(state) else { return };
            let shows = at.top..at.top + view::cover_height(state);
            let showed: Vec<_> = (0..sheet.entries())
                .filter(|entry| shows.contains(&sheet.rows_of(*entry).start))
                .filter_map(|entry| match sheet.targets()[entry] {
                    Target::Change(place) => Some(place),
                    _ => None,
                })
                .collect();
            state.live.unseen.rows_showed(&showed);
        }
        _ => {}
    }
}

/// Enter on a finding: there is nothing of it in the story that shows, but its line can be said.
pub(super) fn tell_place(state: &mut State, place: usize) {
    let finding = state.live.findings.as_ref().and_then(|findings| findings.get(place));
    let Some(finding) = finding else { return };
    state.notice = Some(match finding.at {
        Some((line, column)) => format!("{}:{line}:{column}", state.name),
        None if state.live.trouble.is_none() => "its line is not certain".to_owned(),
        None => "this is about the whole file".to_owned(),
    });
}

/// Enter on a change: goes to what changed.
pub(super) fn open_change(state: &mut State, place: usize) {
    let (told, _) = state.live.unseen.told();
    let Some(id) = told.get(place).map(|told| told.id.clone()) else { return };
    let Some(id) = id else {
        state.notice = Some("this is about the whole story".to_owned());
        return;
    };
    let target = match state.graph.by_id(&id) {
        Some(ElementId::Event(id)) => Target::Event(id),
        Some(ElementId::Actor(id)) => Target::Actor(id),
        Some(ElementId::Source(id)) => Target::Source(id),
        Some(ElementId::Dispute(id)) => Target::Dispute(id),
        Some(ElementId::Statement(id)) => Target::Account(Account::Statement(id)),
        Some(ElementId::Reaction(id)) => Target::Account(Account::Reaction(id)),
        None => {
            let whole = state.retrospect.as_ref().is_some_and(|back| back.whole.by_id(&id).is_some());
            let why = if whole {
                "not part of what shows now; A is back to now"
            } else {
                "it is gone from the story"
            };
            state.notice = Some(why.to_owned());
            return;
        }
    };
    cover::open_target(state, target);
}

/// Takes in what came of reading the file again.
pub(super) fn take(state: &mut State, reread: Reread) {
    let Reread { at, came } = reread;
    // What is said here stays beside what was said last, which the reader may not have read yet; but a file that is
    // saved over and over says only what is so.
    let told = state.notice.take().and_then(|told| match &state.live.said {
        Some(said) => match told.strip_prefix(said.as_str()) {
            Some(rest) => rest.strip_prefix("; ").map(str::to_owned),
            None => Some(told),
        },
        None => Some(told),
    });
    match came {
        Came::Story(fresh) => take_story(state, at, *fresh),
        Came::Same(findings) => {
            let back = state.live.trouble.take().is_some();
            state.live.findings = Some(findings);
            if state.live.file.is_some() {
                state.live.read_at = Some(at);
            }
            if back {
                state.notice = Some("the file is as it was again".to_owned());
            } else if !matches!(state.views.last(), Some(View::Findings(_))) {
                state.notice = Some("the file is as it shows".to_owned());
            }
        }
        Came::Faulty(findings) => {
            state.live.findings = Some(findings);
            state.live.trouble = Some(Trouble::Faulty);
        }
        Came::Gone => {
            state.live.findings = Some(Vec::new());
            state.live.trouble = Some(Trouble::Gone);
        }
        Came::Unread(why) => {
            state.live.findings = Some(Vec::new());
            state.live.trouble = Some(Trouble::Unread(crate::text::safe_line(&why).into_owned()));
        }
        Came::Unrest => {
            let words = format!("{} is being written; it is read as soon as it rests", state.name);
            state.notice = Some(words);
        }
        Came::NotTold(why) => {
            let why = crate::text::safe_line(&why);
            state.notice =
                Some(format!("the file is looked at every 2 seconds: it cannot be watched: {why}"));
        }
    }
    state.live.said.clone_from(&state.notice);
    if let Some(told) = told {
        state.notice = Some(state.notice.take().map_or_else(|| told.clone(), |now| format!("{now}; {told}")));
    }
}

fn take_story(state: &mut State, at: String, fresh: Fresh) {
    let Fresh { graph, changes, written, found, archived, findings } = fresh;
    let graph = Arc::new(graph);
    state.ahead = Some(Box::new(Ahead { graph: Arc::clone(&graph), found }));
    let kept = Kept::of(state);
    let picked = picked_sources(state);
    let left = Left::of(state);
    let old = match state.retrospect.take() {
        None => {
            let found = state.found.is_some().then(|| state.found_in(&graph));
            swap_with(state, graph, found)
        }
        Some(retrospect) => {
            let Retrospect { whole, back, filter } = *retrospect;
            let filter = filter.and_then(|filter| filter_in(&whole, &graph, &filter));
            let (then, reading, possibly) = (back.then(), back.reading.clone(), back.possibly);
            let (part, back) = LookBack::to(&graph, then, reading, possibly);
            swap(state, part);
            state.retrospect = Some(Box::new(Retrospect { whole: graph, back, filter }));
            whole
        }
    };
    state.reader.follow_written(&written);
    if let Some(archived) = archived {
        take_texts(state, archived);
    }
    let State { live, retrospect, graph, .. } = state;
    let whole = retrospect.as_ref().map_or(&*graph, |retrospect| &retrospect.whole);
    live.unseen.take(&changes, &old, whole);
    live.trouble = None;
    live.findings = Some(findings);
    repick(&mut state.views, whole, picked);
    let counts = counts(&changes, &old, whole);
    let what = match (counts.is_empty(), changes.is_listed()) {
        (true, _) => "says what it said".to_owned(),
        (false, true) => format!("{counts}; ! lists what"),
        (false, false) => counts,
    };
    let told = state.notice.take().map_or_else(String::new, |told| format!("; {told}"));
    state.notice = Some(format!("read again at {at}: {what}{told}"));
    live.read_at = Some(at);
    kept.restore(state);
    go_back(state, left);
}

/// Takes the reader back to the event they were at before it was gone, where it is there again and they have not gone
/// anywhere since.
fn go_back(state: &mut State, before: Left) {
    let event = |state: &State| state.event().map(|event| state.graph.event(event).id.to_string());
    let stayed = state.live.left.take().filter(|left| left.landed == before.event);
    let left = stayed.unwrap_or(before);
    let Some(id) = &left.event else { return };
    let is_it = |place: &EventId| state.graph.event(*place).id == *id;
    match state.timeline.events.iter().position(is_it) {
        None => {
            let landed = event(state);
            state.live.left = Some(Left { landed, ..left });
        }
        Some(place) if event(state).as_ref() != Some(id) => {
            travel::set_cursor(state, place);
            state.timeline.at.top = place.saturating_sub(left.below);
            state.panes = left.panes;
        }
        Some(_) => {}
    }
}

/// How much is new, changed and gone. An account counts with its event, which changes with it.
fn counts(changes: &Changes, before: &Graph, after: &Graph) -> String {
    let count = |ids: &[String], graph: &Graph| {
        let is_account =
            |id: &str| matches!(graph.by_id(id), Some(ElementId::Statement(_) | ElementId::Reaction(_)));
        ids.iter().filter(|id| !is_account(id)).count()
    };
    let counts = [
        (count(&changes.new, after), "new"),
        (count(&changes.changed, after), "changed"),
        (count(&changes.gone, before), "gone"),
        (count(&changes.back, after), "back as before"),
    ];
    let said = counts.iter().filter(|(count, _)| *count > 0);
    let header = changes.header.then(|| "the story's own fields changed".to_owned());
    said.map(|(count, word)| format!("{count} {word}")).chain(header).collect::<Vec<_>>().join(", ")
}

/// The written ids of the sources that the fields of `a` stand at, in order.
fn picked_sources(state: &State) -> Vec<Option<String>> {
    let whole = state.retrospect.as_ref().map_or(&state.graph, |retrospect| &retrospect.whole);
    let picks = state.views.iter().filter_map(|view| match view {
        View::MomentPick(pick) => Some(pick),
        _ => None,
    });
    picks
        .map(|pick| {
            pick.publications.get(pick.at.cursor).map(|(_, source)| whole.source(*source).id.to_string())
        })
        .collect()
}

/// Lists the publications of another reading in the fields of `a`.
fn repick(views: &mut [View], whole: &Graph, picked: Vec<Option<String>>) {
    let mut picked = picked.into_iter();
    for view in views {
        let View::MomentPick(pick) = view else { continue };
        let fresh = MomentPick::new(whole, None);
        let here = picked.next().flatten();
        let place = fresh
            .publications
            .iter()
            .position(|(_, source)| Some(whole.source(*source).id.as_str()) == here.as_deref());
        pick.at.cursor = place.unwrap_or(fresh.at.cursor);
        pick.publications = fresh.publications;
    }
}

/// Takes in the texts of sources that were read with the story.
fn take_texts(state: &mut State, archived: Result<Archived, String>) {
    let archived = match archived {
        Ok(archived) => archived,
        Err(why) => {
            state.notice = Some(why);
            return;
        }
    };
    let before = state.archived.replace(Box::new(archived));
    let State { views, aside, archived, graph, .. } = state;
    let (Some(before), Some(archived)) = (before, archived) else { return };
    let open = views.len();
    let stays = |view: &mut View| {
        let View::Text(reading) = view else { return true };
        let Some(ElementId::Source(source)) = graph.by_id(&reading.source) else { return false };
        match (before.texts.of(graph, source), archived.texts.of(graph, source)) {
            (Ok(old), Ok(new)) if old.sha256 == new.sha256 => true,
            (_, Ok(new)) => {
                reading.is_other_text(&new.text);
                true
            }
            (_, Err(_)) => false,
        }
    };
    views.retain_mut(stays);
    aside.views.retain_mut(stays);
    if views.len() < open {
        state.notice = Some("the text that was open is not at hand any more".to_owned());
    }
}
