//! Every view of the explorer, on any story.
//!
//! Include it with `#[path = "support/views.rs"] mod views;`, beside `script`.

#![allow(dead_code, reason = "each test program uses its own part")]

use dateline::archive::{Held, Text, Texts};
use dateline::explorer::keymap::{Command, Scope, TABLE};
use dateline::explorer::state::reading::Archived;
use dateline::explorer::state::views::Views;
use dateline::explorer::state::{State, View};
use dateline::reader::store::Standing;

use super::script;

/// Scripts that lead from the start to every view and arrangement, whatever the story's words are.
const SCRIPTS: &[&str] = &[
    "",
    "tab",
    "tab tab",
    "tab tab tab",
    "tab tab tab tab",
    "z",
    "tab z",
    "T + + +",
    "v",
    "v v",
    "v v v",
    "v z",
    "/ type:a",
    "/ tab type:a",
    "/ tab tab type:a",
    "/ tab tab tab type:a",
    "/ type:a enter",
    ": type:a",
    "a",
    "a type:2025",
    "<",
    "< < < P",
    "f",
    "f type:kind:",
    "f type:x_(",
    "f type:-status:possible enter",
    "f type:-status:possible enter F w type:name",
    "F",
    "C",
    "C enter",
    "C enter l z",
    "C enter d",
    "c",
    "d",
    "C enter L",
    "L",
    "M",
    "M j l",
    "tab tab enter",
    "tab tab tab enter",
    "tab j enter",
    "C enter s",
    "s",
    "C enter s /",
    "C enter s / type:a",
    "C enter s / type:a enter",
    "w",
    "p",
    "tab j p",
    "R",
    "m '",
    "i type:a",
    "i type:a_b enter type:c",
    "j m i type:a_b enter enter type:c esc tab j m i type:d esc",
    "j m i type:a_b enter enter type:c esc tab j m i type:d esc '",
    "?",
    "? ctrl-f",
    "j",
    "j j",
    "G",
    "5",
    "g",
];

/// The scripts, and the keys of the table: a view that gets a key is among them by itself.
pub fn scripts() -> Vec<String> {
    let mut scripts: Vec<String> = SCRIPTS.iter().map(ToString::to_string).collect();
    for binding in TABLE {
        if binding.command == Command::Quit {
            continue;
        }
        let before = match binding.scope {
            Scope::Browse | Scope::Anywhere => "",
            Scope::Compare => "C enter ",
            Scope::Cover => "C ",
            Scope::Matrix => "M ",
            _ => continue,
        };
        let script = format!("{before}{}", binding.keys[0]);
        if !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    scripts
}

/// Gives every source of a state a text, so that texts can be read, and the reader a configuration to save views in.
pub fn with_texts(mut state: State, words: &str) -> State {
    if state.named.file.is_none() {
        let file = Some("/home/reader/.config/dateline/config.toml".to_owned());
        state = state.configured(Views { file, fault: None, own: Vec::new() });
    }
    state.reader.standing = Standing::Writes;
    let mut texts = Texts::default();
    for (_, source) in state.graph.sources() {
        let held = Held { file: "a.txt".to_owned(), text: Text::new(words), sha256: String::new() };
        texts.insert(&source.id, Ok(held));
    }
    state.archived = Some(Box::new(Archived::new(&state.graph, texts)));
    state
}

/// Runs every script from the start of a state, and looks at what came of it.
pub fn visit(mut state: State, size: (u16, u16), mut look: impl FnMut(&str, &mut State)) {
    for script in scripts() {
        state = script::again(state, size);
        script::run(&mut state, &script);
        look(&script, &mut state);
    }
}

/// How many kinds of view there are, the bare panes among them.
pub const KINDS: usize = 23;

/// The kind of what shows.
pub fn kind(state: &State) -> usize {
    match state.views.last() {
        None => 0,
        Some(View::Find(_)) => 1,
        Some(View::Palette(_)) => 2,
        Some(View::MomentPick(_)) => 3,
        Some(View::Filter(_)) => 4,
        Some(View::Views(_)) => 5,
        Some(View::Naming(_)) => 6,
        Some(View::Compare(_)) => 7,
        Some(View::Disputes(_)) => 8,
        Some(View::Life(_)) => 9,
        Some(View::Matrix(_)) => 10,
        Some(View::Actor(..)) => 11,
        Some(View::Source(..)) => 12,
        Some(View::Text(_)) => 13,
        Some(View::TextSearch(_)) => 14,
        Some(View::Why(..)) => 15,
        Some(View::Provenance(..)) => 16,
        Some(View::Replies(_)) => 17,
        Some(View::Help(..)) => 18,
        Some(View::Web(_)) => 19,
        Some(View::Findings(_)) => 20,
        Some(View::Marks(_)) => 21,
        Some(View::Note(_)) => 22,
    }
}
