//! The serde mirror of a story file, format 1: strings as written, unknown fields refused. The only file
//! (with its `refusal`) that names `serde_yaml`. What the strings mean is decided by `build`.
//!
//! The JSON Schema is made from the same types: what is said of a field here is what an editor shows beside it.
//!
//! Imports `diagnostic`, `locate` and `vocabulary`, nothing above them.

use schemars::JsonSchema;

use super::diagnostic::Diagnostic;
use super::vocabulary::Grade;

mod event;
mod misfit;
mod neighbour;
mod quotes;
mod refusal;
mod shape;
mod source;
mod survey;
mod suspects;
mod text;
mod tree;
mod usual;

pub use event::{Event, Link, Part, Reaction, Statement};
pub use neighbour::{Apart, Neighbour};
pub use source::{Actor, Archive, Source, SourceGrade};
pub use survey::{Lost, Survey};
pub use text::{Text, TimeText, Word};

use shape::{FormatNumber, Id, Zone};
use text::{list, present};

// Every field is optional to serde, so that `build` can report a missing one together with all the others. What
// `build` asks for is said to the schema by `required`, and `tests/schema.rs` holds the two together.

/// A story: one YAML file.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "dateline story, format 1", extend("required" = ["format", "story"]))]
pub struct Document {
    /// The number of the format: 1.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "FormatNumber", example = 1)]
    pub format: Option<u64>,
    /// What the whole story is called and is about.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = serde_json::json!({
        "title": "The ferry and the letter", "time_zone": "Europe/Dublin"
    }))]
    pub story: Option<Header>,
    /// The published things it is told by.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"id": "morning-wire", "title": "Ferry stays in port", "kind": "article"}
    ]))]
    pub sources: Vec<Source>,
    /// Who speaks or acts.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"id": "kestrel-line", "name": "Kestrel Line", "kind": "company"}
    ]))]
    pub actors: Vec<Actor>,
    /// What happened, is alleged, or is scheduled.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"id": "ferry-stops", "title": "The ferry stops", "status": "occurred", "sources": ["morning-wire"]}
    ]))]
    pub events: Vec<Event>,
    /// Where the accounts differ.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([{
        "id": "worn-or-not", "question": "Was the shaft worn?", "grade": "contradiction",
        "positions": [
            {"label": "it was", "held_by": ["letter-says"]},
            {"label": "it was not", "held_by": ["kestrel-denies"]}
        ]
    }]))]
    pub disputes: Vec<Dispute>,
}

/// The `story:` fields.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Story", extend("required" = ["title"]))]
pub struct Header {
    /// The story's name.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The ferry and the letter")]
    pub title: Option<Text>,
    /// One paragraph in your own words.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"A ferry stays in port. A letter says why, and the line denies it.")]
    pub summary: Option<Text>,
    /// The zone in which zoned times are shown, by its IANA name; UTC where left out. Other times keep none.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Zone", example = &"Europe/Dublin")]
    pub time_zone: Option<Text>,
    /// Rules of the lint that do not hold for these fields, with the reason.
    #[serde(default)]
    #[schemars(example = serde_json::json!([
        {"rule": "quotation-in-own-words", "reason": "The words are the title of the letter."}
    ]))]
    pub allow: Vec<Allow>,
}

/// A question on which accounts differ. Never decide it: every position is held by the statements that take it.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["id", "question", "grade", "positions"]))]
pub struct Dispute {
    /// Its name in this file: kebab-case, and nothing else in the file has it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"worn-or-not")]
    pub id: Option<Text>,
    /// On what the accounts differ.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Was the shaft worn?")]
    pub question: Option<Text>,
    /// How far they are apart.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"contradiction")]
    pub grade: Option<Word<Grade>>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The letter is from before the repair, the denial from after it.")]
    pub note: Option<Text>,
    /// The answers; two or more.
    #[serde(default, deserialize_with = "list")]
    #[schemars(length(min = 2), example = serde_json::json!([
        {"label": "it was", "held_by": ["letter-says"]},
        {"label": "it was not", "held_by": ["kestrel-denies"]}
    ]))]
    pub positions: Vec<Position>,
    /// Rules of the lint that do not hold here, with the reason.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"rule": "dispute-of-one-origin", "reason": "The letter contradicts itself."}
    ]))]
    pub allow: Vec<Allow>,
}

/// One answer to a dispute's question.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["label", "held_by"]))]
pub struct Position {
    /// The answer in a few words.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"it was worn")]
    pub label: Option<Text>,
    /// The ids of the statements or reactions that give it; at least one.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Vec<Id>", length(min = 1), extend("uniqueItems" = true), example = ["letter-says"])]
    pub held_by: Vec<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Said of the day before the repair.")]
    pub note: Option<Text>,
}

/// A rule of the lint that does not hold for the element it stands on.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["rule", "reason"]))]
pub struct Allow {
    /// The rule's name, as `dateline check` prints it. All of them: docs/diagnostics.md.
    #[serde(default, deserialize_with = "present")]
    #[schemars(extend("examples" = shape::rules()))]
    pub rule: Option<Text>,
    /// Why it does not hold here. Readers see it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The line was asked and had not answered when this was written.")]
    pub reason: Option<Text>,
}

impl Document {
    /// Reads the text of a story file. One fault at most comes back: the YAML reader stops at the first thing
    /// it cannot read. [`Self::survey`] finds the others.
    pub fn from_yaml(text: &str) -> Result<Self, Box<Diagnostic>> {
        serde_yaml::from_str(text).map_err(|error| Box::new(refusal::diagnostic(text, &error)))
    }

    /// What the YAML reader says of a text that it cannot read at all. No value is kept and no alias followed, so that
    /// it may be asked of a text that is hostile.
    pub fn unreadable(text: &str) -> Option<Diagnostic> {
        let error = serde_yaml::from_str::<serde::de::IgnoredAny>(text).err()?;
        Some(refusal::diagnostic(text, &error))
    }

    /// Reads a text that is YAML and no story once more: all that has a wrong shape, and the document without it.
    /// `None` where the two readings disagree on what is YAML.
    pub fn survey(text: &str) -> Option<Survey> {
        survey::survey(text)
    }
}

/// Reads a piece of one of the lists of a story: so many elements, else `None`. It has been cut out by
/// [`pieces`](super::pieces), and the [`guard`](super::guard) need not look into the whole text: what
/// it only lets through, such as a line separator in quotes, is not read here as elsewhere.
pub fn elements<T: serde::de::DeserializeOwned>(piece: &str, count: usize) -> Option<Vec<T>> {
    all_elements(piece, count).filter(|elements| elements.len() == count)
}

/// The elements of a list, about so many. Those that are written in the usual ways, which are nearly all, cost a small part
/// of what the YAML reader takes for them; it is asked for the others, one by one.
fn all_elements<T: serde::de::DeserializeOwned>(list: &str, count: usize) -> Option<Vec<T>> {
    let mut elements = Vec::with_capacity(count);
    let mut all = usual::Elements::of(list);
    while let Some(element) = all.next() {
        elements.push(match element {
            Ok(element) => element,
            Err(text) => {
                let [element] = <[T; 1]>::try_from(serde_yaml::from_str::<Vec<T>>(text).ok()?).ok()?;
                element
            }
        });
    }
    Some(elements)
}

/// What a scalar without quotation marks is to the YAML reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Nothing,
    Truth,
    /// A whole number.
    Whole,
    /// Any other number.
    Number,
    Text,
}

/// What the YAML reader makes of a scalar without quotation marks.
fn sort_of(plain: &str) -> Sort {
    const LONGEST: usize = 400;
    // Most text begins with none of these, and nothing else does.
    let odd = |first: char| first.is_ascii_digit() || "+-.~nNtTfF".contains(first);
    match plain.chars().next() {
        None => return Sort::Nothing,
        Some(first) if !odd(first) || plain.len() > LONGEST || plain.contains(['\n', ' ']) => {
            return Sort::Text;
        }
        _ => {}
    }
    match serde_yaml::from_str(plain) {
        Ok(serde_yaml::Value::Null) => Sort::Nothing,
        Ok(serde_yaml::Value::Bool(_)) => Sort::Truth,
        Ok(serde_yaml::Value::Number(number)) if number.is_f64() => Sort::Number,
        Ok(serde_yaml::Value::Number(_)) => Sort::Whole,
        _ => Sort::Text,
    }
}
