//! Sources and actors as a story file has them.
//!
//! Imports `vocabulary` and the values of `text`; `shape` for the schema.

use schemars::JsonSchema;

use super::super::vocabulary::{ActorKind, AiGenerated, Basis, Origin, Reliability, SourceKind};
use super::Allow;
use super::neighbour::Neighbour;
use super::shape::{ArchiveFile, Credibility, Id, Sha256};
use super::text::{Text, TimeText, Word, list, present};

/// A published thing the story has something from: article, document, filing, post or broadcast.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["id", "title", "kind"], "dependencies" = {"published_basis": ["published"]}))]
pub struct Source {
    /// Its name in this file: kebab-case, and nothing else in the file has it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"morning-wire")]
    pub id: Option<Text>,
    /// The headline as printed. Where none is printed, a description, which says that it is one.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Ferry stays in port after letter")]
    pub title: Option<Text>,
    /// Who published it, only where the text names one.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Morning Wire")]
    pub publisher: Option<Text>,
    /// Who wrote it, as printed.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"By A. Reporter")]
    pub byline: Option<Text>,
    /// When it was published: a date (EDTF) or a time of day. Left out where undated.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"2025-03-05T18:20", example = &"2025-03-05")]
    pub published: Option<TimeText>,
    /// Whether a source states that time or you worked it out. Left out: a source states it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"inferred")]
    pub published_basis: Option<Word<Basis>>,
    /// What is to be said about that time; how an inferred one was worked out.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Printed without a time zone.")]
    pub published_note: Option<Text>,
    /// Events or sources that it must follow: ids, or with the least time between. They order what has no date.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = ["ferry-stops"], example = serde_json::json!([{"event": "ferry-stops", "by": "1 day"}]))]
    pub after: Vec<Neighbour>,
    /// Events or sources that it must precede: ids, or with the least time between. They order what has no date.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = ["hearing"], example = serde_json::json!([{"source": "morning-wire", "by": "2 hours"}]))]
    pub before: Vec<Neighbour>,
    /// What sort of publication it is.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"article")]
    pub kind: Option<Word<SourceKind>>,
    /// `false` for a source you know only through others and have not seen yourself. Left out: true.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = false)]
    pub held: Option<bool>,
    /// Ids of the sources it repeats. Corroboration counts the sources at the far end, never the outlets.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Vec<Id>", extend("uniqueItems" = true), example = ["inspection-letter"])]
    pub relies_on: Vec<Text>,
    /// Whether it has the matter at first hand; it counts as independent only then. Left out: not stated.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"itself")]
    pub origin: Option<Word<Origin>>,
    /// Whether it says itself that a machine wrote it. Left out: not stated.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"disclosed")]
    pub ai_generated: Option<Word<AiGenerated>>,
    /// What is missing or damaged in it, one text each.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = ["the sentence on the share price has lost its figure"])]
    pub gaps: Vec<Text>,
    /// Your own judgement of it, for your own use.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = serde_json::json!({"reliability": "C", "credibility": 3}))]
    pub grade: Option<SourceGrade>,
    /// The text it was read from, so that a reader can check it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = serde_json::json!({"file": "000.txt"}))]
    pub archive: Option<Archive>,
    /// Where it can be read.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"https://morningwire.example/ferry")]
    pub url: Option<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Read in full; the picture captions are left out.")]
    pub note: Option<Text>,
    /// Rules of the lint that do not hold here, with the reason.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"rule": "unused-source", "reason": "It is listed because every other source names it."}
    ]))]
    pub allow: Vec<Allow>,
}

/// Your own judgement of a source, on the scale of the Admiralty code.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceGrade {
    /// How far the source is to be trusted: A, completely, to E, not at all; F cannot be judged.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"C")]
    pub reliability: Option<Word<Reliability>>,
    /// How far the matter is to be believed: 1, confirmed, to 5, improbable; 6 cannot be judged.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Credibility", example = 3)]
    pub credibility: Option<u64>,
}

/// The text a source was read from.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["file"]))]
pub struct Archive {
    /// The name of the file inside the archive folder.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "ArchiveFile", example = &"000.txt")]
    pub file: Option<Text>,
    /// The SHA-256 sum of that file: 64 hexadecimal digits, in quotes.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Sha256", example = &"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: Option<Text>,
}

/// Who speaks or acts.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["id", "name", "kind"]))]
pub struct Actor {
    /// Its name in this file: kebab-case, and nothing else in the file has it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"kestrel-line")]
    pub id: Option<Text>,
    /// The main name, as the sources print it. For an unnamed speaker, the words the source uses.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Kestrel Line", example = &"a spokesperson of Kestrel Line")]
    pub name: Option<Text>,
    /// What it is.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"company")]
    pub kind: Option<Word<ActorKind>>,
    /// `false` for one whom no source names: "a spokesperson", "an analyst". Left out: true.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = false)]
    pub named: Option<bool>,
    /// Other spellings and short forms, by which it is found too.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = ["Kestrel", "Kestrel Line Ltd."])]
    pub aliases: Vec<Text>,
    /// The id of the actor it belongs to.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"kestrel-group")]
    pub part_of: Option<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The letter writes the name with an s.")]
    pub note: Option<Text>,
    /// Rules of the lint that do not hold here, with the reason.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"rule": "same-name", "reason": "The ship and the line share their name in every source."}
    ]))]
    pub allow: Vec<Allow>,
}
