//! Rules on names: that two actors can be told apart.
//!
//! Imports what `check` imports. Confusable characters and scripts are those of Unicode Technical Standard 39.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use unicode_security::mixed_script::AugmentedScriptSet;
use unicode_security::{MixedScript as _, skeleton};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Findings, NEIGHBOURS, Paths};
use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::graph::Graph;
use crate::story::id::{ActorId, ElementId};
use crate::text;

/// A name or an alias of an actor.
#[derive(Debug, Clone)]
struct Name<'a> {
    actor: ActorId,
    /// Which alias; `None` for the main name.
    alias: Option<usize>,
    text: &'a str,
    folded: String,
}

impl Name<'_> {
    fn path(&self) -> Path {
        let actor = Paths::actor(self.actor);
        match self.alias {
            None => actor.key("name"),
            Some(place) => actor.key("aliases").index(place),
        }
    }
}

fn names(graph: &Graph) -> impl Iterator<Item = Name<'_>> {
    graph.actors().flat_map(|(id, actor)| {
        let aliases = actor.aliases.iter().enumerate().map(|(place, alias)| (Some(place), alias));
        std::iter::once((None, &actor.name)).chain(aliases).map(move |(alias, text)| Name {
            actor: id,
            alias,
            text,
            folded: spaced_once(&text::fold_str(text)),
        })
    })
}

fn spaced_once(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Two actors with names or aliases that fold to the same text (case, accents, kinds of quotation mark and dash), unless
/// neither is named: two articles may each speak of an analyst. Or one actor with an alias that stands there already, to
/// the letter: other spellings of one name may all be wanted.
pub(super) fn same_name(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut first: HashMap<String, Name> = HashMap::new();
    let mut told: HashSet<(ActorId, String)> = HashSet::new();
    let mut own: HashMap<String, Option<usize>> = HashMap::new();
    for name in names(graph) {
        if name.alias.is_none() {
            own.clear();
        }
        match own.entry(spaced_once(name.text)) {
            Entry::Vacant(place) => {
                place.insert(name.alias);
            }
            Entry::Occupied(place) => {
                alias_twice(graph, &name, *place.get(), findings);
                continue;
            }
        }
        let Some(other) = first.get(&name.folded) else {
            first.insert(name.folded.clone(), name);
            continue;
        };
        if other.actor == name.actor || !told.insert((name.actor, name.folded.clone())) {
            continue;
        }
        let (ours, theirs) = (graph.actor(name.actor), graph.actor(other.actor));
        if !ours.named && !theirs.named {
            continue;
        }
        let message = format!("`{}` and `{}` are both called {}", theirs.id, ours.id, name.text);
        let hint =
            "if they are one, make them one actor; if not, tell them apart, as in `Acme (the holding)`";
        let found = Diagnostic::new(Code::SameName, name.path(), message)
            .hint(hint)
            .also(other.path(), format!("the name of `{}`", theirs.id));
        findings.report(&[ElementId::Actor(name.actor), ElementId::Actor(other.actor)], found);
    }
}

fn alias_twice(graph: &Graph, name: &Name, first: Option<usize>, findings: &mut Findings) {
    let first = Name { alias: first, ..name.clone() };
    let what = if first.alias.is_some() { "stands here already" } else { "is its name already" };
    let message = format!("`{}` has {} twice", graph.actor(name.actor).id, name.text);
    let found = Diagnostic::new(Code::SameName, name.path(), message)
        .hint("take this one out; an alias is another spelling or a short form")
        .also(first.path(), what);
    findings.report(&[ElementId::Actor(name.actor)], found);
}

/// Two actors with names that look alike and are not the same, by letters of another script (`Аcme` with a Cyrillic А); or
/// one name that mixes scripts by a letter, or a whole word, which looks like one of the other script.
pub(super) fn lookalike_name(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let mut seen: HashMap<String, Vec<Name>> = HashMap::new();
    for name in names(graph) {
        // As printed and folded: letters may look alike in capitals only, or in small letters only.
        let printed: String = skeleton(&spaced_once(name.text)).collect();
        let folded: String = skeleton(&name.folded).collect();
        let twin = [&printed, &folded].into_iter().find_map(|look| {
            let alike = seen.get(look)?;
            alike.iter().find(|other| {
                other.actor != name.actor
                    && other.folded != name.folded
                    && is_in_other_script(name.text, other.text)
            })
        });
        if let Some(other) = twin {
            alike(graph, &name, other, findings);
        } else if let Some((odd, looks_like)) = odd_letter(name.text).or_else(|| odd_word(name.text)) {
            let message = format!(
                "{} mixes scripts: its `{odd}` is {}, and looks like the {} `{looks_like}`",
                name.text,
                described(odd),
                script(looks_like),
            );
            let hint = "write it in one script, as the source prints it";
            let found = Diagnostic::new(Code::LookalikeName, name.path(), message).hint(hint);
            findings.report(&[ElementId::Actor(name.actor)], found);
        }
        let looks = if printed == folded { vec![printed] } else { vec![printed, folded] };
        for look in looks {
            let alike = seen.entry(look).or_default();
            if alike.len() < NEIGHBOURS && alike.iter().all(|other| other.folded != name.folded) {
                alike.push(name.clone());
            }
        }
    }
}

fn alike(graph: &Graph, name: &Name, other: &Name, findings: &mut Findings) {
    let theirs = &graph.actor(other.actor).id;
    let differing = name.text.chars().zip(other.text.chars()).find(|(ours, theirs)| ours != theirs);
    let letters = differing.map_or_else(String::new, |(ours, theirs)| {
        format!(
            ": one has `{ours}` ({}) where the other has `{theirs}` ({})",
            described(ours),
            described(theirs)
        )
    });
    let message =
        format!("{} looks like {}, a name of `{theirs}`, but is another{letters}", name.text, other.text);
    let hint = "if they are one, make them one actor under the name as printed; if not, tell them apart";
    let found = Diagnostic::new(Code::LookalikeName, name.path(), message)
        .hint(hint)
        .also(other.path(), format!("the name of `{theirs}`"));
    findings.report(&[ElementId::Actor(name.actor), ElementId::Actor(other.actor)], found);
}

/// The first letter of a word of several scripts that looks like a letter of another script in that word, with that
/// letter. Scripts that are written together (Han and kana, Han and Hangul) are one.
fn odd_letter(name: &str) -> Option<(char, char)> {
    name.unicode_words().filter(|word| !word.is_ascii() && !word.is_single_script()).find_map(|word| {
        word.chars().find_map(|letter| {
            let own = AugmentedScriptSet::for_char(letter);
            let mut letter_bytes = [0; 4];
            let looks_like = skeleton(letter.encode_utf8(&mut letter_bytes)).next()?;
            let other = AugmentedScriptSet::for_char(looks_like);
            let stands_in = |mut set: AugmentedScriptSet| {
                set.intersect_with(own);
                set.is_empty()
            };
            let others = word.chars().map(AugmentedScriptSet::for_char).filter(|set| stands_in(*set));
            let fits = |mut set: AugmentedScriptSet| {
                set.intersect_with(other);
                !set.is_empty() && !other.is_all()
            };
            (stands_in(other) && others.into_iter().any(fits)).then_some((letter, looks_like))
        })
    })
}

/// The first letter of a word all of whose letters look like those of another script, beside a word in that script; with
/// what it looks like.
fn odd_word(name: &str) -> Option<(char, char)> {
    if name.is_ascii() {
        return None;
    }
    let shares = |mut set: AugmentedScriptSet, other| {
        set.intersect_with(other);
        !set.is_empty()
    };
    let letters = || name.chars().filter(|c| c.is_alphabetic()).map(AugmentedScriptSet::for_char);
    name.unicode_words().filter(|word| word.chars().nth(1).is_some()).find_map(|word| {
        let mut stands_for = None;
        for letter in word.chars() {
            let mut bytes = [0; 4];
            let looks_like = skeleton(letter.encode_utf8(&mut bytes)).next()?;
            let (own, other) =
                (AugmentedScriptSet::for_char(letter), AugmentedScriptSet::for_char(looks_like));
            if other.is_all() || shares(other, own) || !letters().any(|set| shares(set, other)) {
                return None;
            }
            stands_for = stands_for.or(Some((letter, looks_like)));
        }
        stands_for
    })
}

/// Whether one of two names has a letter of a script that the other has none of.
fn is_in_other_script(one: &str, other: &str) -> bool {
    fn scripts(name: &str) -> Vec<AugmentedScriptSet> {
        let mut scripts = Vec::new();
        for set in name.chars().map(AugmentedScriptSet::for_char).filter(|set| !set.is_all()) {
            if !scripts.contains(&set) {
                scripts.push(set);
            }
        }
        scripts
    }
    let (ours, theirs) = (scripts(one), scripts(other));
    let lacks = |of: &[AugmentedScriptSet], set: AugmentedScriptSet| {
        of.iter().all(|other| {
            let mut common = *other;
            common.intersect_with(set);
            common.is_empty()
        })
    };
    ours.iter().any(|set| lacks(&theirs, *set)) || theirs.iter().any(|set| lacks(&ours, *set))
}

/// Its number, and its script where it has one: `U+0410, Cyrillic`.
fn described(letter: char) -> String {
    let code = format!("U+{:04X}", u32::from(letter));
    if AugmentedScriptSet::for_char(letter).is_all() { code } else { format!("{code}, {}", script(letter)) }
}

fn script(letter: char) -> String {
    AugmentedScriptSet::for_char(letter).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_letter_that_could_pass_for_its_neighbours_is_odd() {
        for (name, odd) in [
            ("Acme", None),
            ("Акме", None),
            ("\u{410}cme Holding", Some(('\u{410}', 'A'))),
            ("Acm\u{435}", Some(('\u{435}', 'e'))),
            ("阿克米 Acme", None),
            ("日本ロボットAI", None),
            ("ソニー1260H", None),
            ("Acme Холдинг", None),
            ("\u{3B1}-particle", None),
            ("AKB48グループ", None),
        ] {
            assert_eq!(odd_letter(name), odd, "{name}");
        }
    }

    #[test]
    fn only_a_word_that_could_pass_for_one_of_another_script_is_odd() {
        for (name, odd) in [
            ("\u{421}\u{43E}\u{441}\u{43E} Holding", Some(('\u{421}', 'C'))),
            ("\u{421}\u{43E}\u{441}\u{43E}", None),
            ("Acme Холдинг", None),
            ("Acme Holding", None),
            ("\u{3B1} particle", None),
            ("阿克米 Acme", None),
        ] {
            assert_eq!(odd_word(name), odd, "{name}");
        }
    }

    #[test]
    fn letters_of_one_script_that_run_together_are_no_other_script() {
        assert!(!is_in_other_script("Barn", "Bam"));
        assert!(is_in_other_script("Cape", "\u{421}ape"));
        assert!(is_in_other_script("Coco", "\u{421}\u{43E}\u{441}\u{43E}"));
    }
}
