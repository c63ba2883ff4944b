//! Whence something is known: the count that matters, then the sources down to their origins as a tree.

use super::super::sheet::{Sheet, Target};
use super::super::state::State;
use super::super::theme::Role;
use super::{as_of, sources, statement};
use crate::query::bounds;
use crate::query::provenance::{Asked, Ending, Step, carriers, chains, support};
use crate::query::reaction;
use crate::story::graph::Carrier;
use crate::story::id::{Account, SourceId};
use crate::story::order::Place;
use crate::story::vocabulary::Vocabulary as _;

/// Steps of a chain that are drawn as branches; deeper ones are told by their number.
const DEEPEST: usize = 12;

pub(super) fn sheet(state: &State, asked: Asked, width: usize) -> Sheet {
    let graph = &state.graph;
    let mut sheet = Sheet::new(width);
    what(&mut sheet, state, asked);
    sheet.gap();
    let carriers = carriers(graph, asked);
    counted(&mut sheet, state, &carriers);
    sheet.gap();
    let steps = chains(graph, &carriers);
    for (step, branch) in steps.iter().zip(branches(state, &steps)) {
        entry(&mut sheet, state, step, &branch);
    }
    sheet
}

/// What is asked about.
fn what(sheet: &mut Sheet, state: &State, asked: Asked) {
    let graph = &state.graph;
    match asked {
        Asked::Account(Account::Statement(id)) => {
            sheet.line(0, Role::Speaker, &statement::speaker(state, graph.statement(id)));
            statement::words(sheet, state, id, 0);
        }
        Asked::Account(Account::Reaction(id)) => {
            let words = state.theme.own_words(&reaction::reading(graph.reaction(id)));
            sheet.line(0, Role::Title, &words);
        }
        Asked::Source(id) => sheet.line(0, Role::Title, &graph.source(id).title),
        Asked::Event(id) => sheet.line(0, Role::Title, &graph.event(id).title),
        Asked::Position(dispute, place) => {
            let dispute = graph.dispute(dispute);
            sheet.line(0, Role::Title, &dispute.question);
            if let Some(position) = dispute.positions.get(place) {
                sheet.line(0, Role::Text, &format!("{}. {}", place + 1, position.label));
            }
        }
    }
}

/// How many sources, how many origins, which they are, and of which it cannot be told.
fn counted(sheet: &mut Sheet, state: &State, carriers: &[Carrier]) {
    let graph = &state.graph;
    let support = support(graph, carriers);
    sheet.line(0, Role::Heading, &support.reading());
    let names = |sources: &[SourceId]| {
        let names = sources.iter().map(|source| statement::source_label(state, graph.source(*source)));
        names.collect::<Vec<_>>().join("; ")
    };
    match support.origins[..] {
        [] => {}
        [only] if support.sources == [only] => {
            sheet.line(2, Role::Text, "it has the matter at first hand");
        }
        [_] => sheet.line(2, Role::Text, &format!("the origin: {}", names(&support.origins))),
        [..] => sheet.line(2, Role::Text, &format!("the origins: {}", names(&support.origins))),
    }
    if support.at_least {
        let words =
            "the chain has a further end, of which it is not stated whether it is an origin of its own";
        sheet.line(2, Role::Inferred, words);
    }
    if !support.unknown.is_empty() {
        let alone = support.sources.len() == 1;
        let words = if alone {
            let alone = carriers.iter().any(|carrier| carrier.account.is_some());
            let what = if alone { "just this, whatever else it relies on" } else { "the matter" };
            format!("it does not say whence it has {what}")
        } else {
            format!(
                "whence these have it is not stated, so that they count neither as independent nor as dependent: {}",
                names(&support.unknown)
            )
        };
        sheet.line(2, Role::Inferred, &words);
    }
}

/// What stands before a step: its first row, and the rows after it.
struct Branch {
    first: String,
    rest: String,
}

/// The branches of a tree told from the top, each step one deeper than what it hangs on.
fn branches(state: &State, steps: &[Step]) -> Vec<Branch> {
    let glyphs = &state.theme.glyphs;
    // From the end: whether more hangs at each depth further down.
    let mut more: Vec<bool> = Vec::new();
    let mut branches: Vec<_> = steps
        .iter()
        .rev()
        .map(|step| {
            let depth = step.depth.min(DEEPEST);
            let follows = more.get(step.depth).copied().unwrap_or(false);
            more.resize(step.depth + 1, false);
            more[step.depth] = true;
            if step.depth == 0 {
                return Branch { first: String::new(), rest: "  ".to_owned() };
            }
            let above = (1..depth).map(|at| if more[at] { glyphs.trunk } else { " " });
            let above = above.fold(String::new(), |above, trunk| above + trunk + "  ");
            let (branch, trunk) =
                if follows { (glyphs.branch, glyphs.trunk) } else { (glyphs.last_branch, " ") };
            // Past what can be drawn the depth is told.
            let deep = if step.depth > DEEPEST { format!("({}) ", step.depth) } else { String::new() };
            let axis = glyphs.axis;
            Branch { first: format!("{above}{branch}{axis} {deep}"), rest: format!("{above}{trunk}    ") }
        })
        .collect();
    branches.reverse();
    branches
}

fn entry(sheet: &mut Sheet, state: &State, step: &Step, branch: &Branch) {
    let graph = &state.graph;
    let glyphs = &state.theme.glyphs;
    let source = graph.source(step.source);
    sheet.begin_entry(Target::Source(step.source));
    let mark = format!("{} ", if source.held { glyphs.held } else { glyphs.not_held });
    let ending = match step.ending {
        Ending::FirstHand => ": at first hand",
        Ending::NotStated if step.alone => ": does not say whence it has just this",
        Ending::NotStated => ": does not say whence it has it",
        Ending::Above => ": its chain stands above",
        Ending::Further => "",
    };
    let role = if step.ending == Ending::NotStated { Role::Inferred } else { Role::Quiet };
    sheet.runs_after(
        &branch.first,
        &branch.rest,
        &[(&mark, Role::Quiet), (source.label(), Role::Speaker), (ending, role)],
    );
    if step.ending != Ending::Above {
        let title = source.publisher.is_some().then(|| source.title.to_string());
        let facts = [
            title,
            Some(held(state, step.source)),
            Some(published(state, step.source)),
            source.grade.map(|given| format!("reader's grade: {}", sources::grade(given))),
            source.machine_written.then(|| "machine-written".to_owned()),
        ];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        let facts = facts.join(&format!(" {} ", glyphs.between));
        sheet.runs_after(&branch.rest, &branch.rest, &[(&facts, Role::Quiet)]);
    }
    sheet.end_entry();
}

/// Whether we have the text; otherwise through whom we know of it.
fn held(state: &State, id: SourceId) -> String {
    let graph = &state.graph;
    if graph.source(id).held {
        return "held".to_owned();
    }
    let through = graph.relied_on_by(id).iter();
    let through: Vec<_> =
        through.map(|source| statement::source_label(state, graph.source(*source))).collect();
    if through.is_empty() {
        "not held".to_owned()
    } else {
        format!("not held, known only through {}", through.join(", "))
    }
}

fn published(state: &State, id: SourceId) -> String {
    let kind = state.graph.source(id).kind.word();
    let possibly = if as_of::possibly_source(state, id) { ", possibly out by then" } else { "" };
    format!("{kind}, {}{possibly}", bounds::told(&state.graph, Place::Source(id)).reading())
}
