//! The entries of `allow:` that excuse nothing: of a rule that does not exist, cannot be allowed, is allowed there
//! already, or is not broken there.
//!
//! Imports what `check` imports.

use std::collections::HashSet;

use super::{Holder, Paths};
use crate::story::diagnostic::{Code, Diagnostic, Path, Rank, did_you_mean};
use crate::story::graph::{Allowance, Graph};
use crate::story::id::ElementId;

/// Whatever may carry an `allow:`, with it.
pub(super) fn allowances(graph: &Graph) -> impl Iterator<Item = (Holder, &[Allowance])> {
    let story = std::iter::once((Holder::Story, graph.header().allow.as_slice()));
    let sources = graph.sources().map(|(id, it)| (ElementId::Source(id), &it.allow));
    let actors = graph.actors().map(|(id, it)| (ElementId::Actor(id), &it.allow));
    let events = graph.events().map(|(id, it)| (ElementId::Event(id), &it.allow));
    let statements = graph.statements().map(|(id, it)| (ElementId::Statement(id), &it.allow));
    let reactions = graph.reactions().map(|(id, it)| (ElementId::Reaction(id), &it.allow));
    let disputes = graph.disputes().map(|(id, it)| (ElementId::Dispute(id), &it.allow));
    let all = sources.chain(actors).chain(events).chain(statements).chain(reactions).chain(disputes);
    story.chain(all.map(|(element, allow)| (Holder::Element(element), allow.as_slice())))
}

/// What is idle of them all, where `needed` are the rules that elements break.
pub(super) fn found(graph: &Graph, paths: &Paths, needed: &HashSet<(Holder, Code)>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (holder, allowances) in allowances(graph) {
        let mut seen = HashSet::new();
        for (place, allowance) in allowances.iter().enumerate() {
            let path = || paths.holder(holder).key("allow").index(place);
            match Code::ALL.iter().find(|code| code.word() == allowance.rule) {
                // Their `allow:` is `build`'s to judge.
                Some(Code::UnsafeText | Code::CutByComment) => {}
                Some(Code::IdleAllow) => found.push(of_itself(&path())),
                Some(code) if code.rank() == Rank::Rule => {
                    if !seen.insert(*code) {
                        found.push(twice(&path(), code.word()));
                    } else if !needed.contains(&(holder, *code)) {
                        found.push(not_broken(&path(), *code));
                    }
                }
                // Whether it is needed only the texts can tell.
                Some(code) if code.rank() == Rank::Text => {}
                Some(code) => found.push(no_rule(&path(), *code)),
                None => found.push(unknown(&path(), &allowance.rule)),
            }
        }
    }
    found
}

/// The same rule is allowed by an entry above.
pub(in crate::story) fn twice(entry: &Path, rule: &str) -> Diagnostic {
    let message = format!("`{rule}` is allowed here already");
    Diagnostic::new(Code::IdleAllow, entry.key("rule"), message).hint("keep the one with the better reason")
}

/// Nothing here breaks the rule.
pub(in crate::story) fn not_broken(entry: &Path, code: Code) -> Diagnostic {
    let message = format!("nothing here breaks the rule `{code}`, so there is nothing to allow");
    let hint = "take this `allow:` out; what it excused is mended, or it stands on the wrong element";
    Diagnostic::new(Code::IdleAllow, entry.key("rule"), message).hint(hint)
}

fn of_itself(entry: &Path) -> Diagnostic {
    let message = "an `allow:` that is not needed cannot be allowed itself";
    Diagnostic::new(Code::IdleAllow, entry.key("rule"), message).hint("take the one that is not needed out")
}

fn no_rule(entry: &Path, code: Code) -> Diagnostic {
    let message = format!("`{code}` cannot be allowed: with it there is no story");
    Diagnostic::new(Code::IdleAllow, entry.key("rule"), message).hint("take this `allow:` out")
}

fn unknown(entry: &Path, rule: &str) -> Diagnostic {
    let can_be_allowed =
        |code: &&Code| matches!(code.rank(), Rank::Rule | Rank::Text) && **code != Code::IdleAllow;
    let rules = || Code::ALL.iter().filter(can_be_allowed).map(|code| code.word());
    let found = Diagnostic::new(Code::IdleAllow, entry.key("rule"), format!("there is no rule `{rule}`"));
    match did_you_mean(rule, rules()) {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None => found.hint(format!("the rules are {}", rules().collect::<Vec<_>>().join(", "))),
    }
}
