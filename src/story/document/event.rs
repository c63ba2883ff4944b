//! Events and what belongs to them as a story file has it.
//!
//! Imports `vocabulary` and the values of `text`; `shape` for the schema.

use schemars::JsonSchema;

use super::super::vocabulary::{Basis, Form, LinkKind, Stance, Status};
use super::Allow;
use super::neighbour::Neighbour;
use super::shape::{Id, Percentage, Place};
use super::text::{Text, TimeText, Word, list, present};

/// What happened, is alleged, or is scheduled.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend(
    "required" = ["id", "title", "status", "sources"],
    "dependencies" = {"when_basis": ["when"]}
))]
pub struct Event {
    /// Its name in this file: kebab-case, and nothing else in the file has it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"ferry-stops")]
    pub id: Option<Text>,
    /// What it is, in a line. Of an alleged event it says that it is alleged.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The ferry stays in port")]
    pub title: Option<Text>,
    /// A date or stretch of dates (EDTF), or a time of day. Left out where undated.
    #[serde(default, deserialize_with = "present")]
    #[schemars(extend("examples" =
        ["2025-03-04", "2025-03~", "[2025,2026]", "2025-03-04/2025-03-06", "2025-03-04T06:10"]))]
    pub when: Option<TimeText>,
    /// Whether a source states that time or you worked it out. Left out: a source states it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"inferred")]
    pub when_basis: Option<Word<Basis>>,
    /// How an inferred time was worked out.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The article of Wednesday says: the day before.")]
    pub when_note: Option<Text>,
    /// Events or sources that it must follow: ids, or with the least time between. They order what has no date.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = ["ferry-stops"], example = serde_json::json!([{"event": "ferry-stops", "by": "1 day"}]))]
    pub after: Vec<Neighbour>,
    /// Events or sources that it must precede: ids, or with the least time between. They order what has no date.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = ["hearing"], example = serde_json::json!([{"source": "morning-wire", "by": "2 hours"}]))]
    pub before: Vec<Neighbour>,
    /// How sure it is that it happened.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"alleged")]
    pub status: Option<Word<Status>>,
    /// An open, lower-case word of your own.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"leak", example = &"denial", example = &"closure")]
    pub kind: Option<Text>,
    /// What happened, in your own words.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The line takes its only ferry out of service and gives no reason.")]
    pub summary: Option<Text>,
    /// Where, as the sources have it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Port Kerrow")]
    pub place: Option<Text>,
    /// Ids of the sources that report it; at least one.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Vec<Id>", length(min = 1), extend("uniqueItems" = true), example = ["morning-wire"])]
    pub sources: Vec<Text>,
    /// Who took part, and as what.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([{"actor": "kestrel-line", "role": "accused"}]))]
    pub actors: Vec<Part>,
    /// How it bears on other events.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"to": "ferry-stops", "kind": "responds_to", "basis": "stated", "source": "morning-wire"}
    ]))]
    pub links: Vec<Link>,
    /// What was said, one entry an utterance.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([{
        "id": "letter-says", "form": "paraphrase", "text": "The letter calls the shaft worn.",
        "source": "morning-wire", "locator": "line 3"
    }]))]
    pub statements: Vec<Statement>,
    /// How markets moved, as the sources report it.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"id": "kestrel-fall", "instrument": "Kestrel shares", "change": "-2.1%", "source": "morning-wire"}
    ]))]
    pub reactions: Vec<Reaction>,
    /// Rules of the lint that do not hold here, with the reason.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"rule": "corroboration-of-one-origin", "reason": "Nobody else has seen the letter."}
    ]))]
    pub allow: Vec<Allow>,
}

/// An actor in an event.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["actor"]))]
pub struct Part {
    /// The actor's id.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"kestrel-line")]
    pub actor: Option<Text>,
    /// What it was in this event, in a word or two.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"accused")]
    pub role: Option<Text>,
}

/// How an event bears on another.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["to", "kind", "basis"]))]
pub struct Link {
    /// The other event's id.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"ferry-stops")]
    pub to: Option<Text>,
    /// How this event bears on that one.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"responds_to")]
    pub kind: Option<Word<LinkKind>>,
    /// Whether a source says so (name it in `source`) or you reasoned it out (say how in `note`).
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"stated")]
    pub basis: Option<Word<Basis>>,
    /// The id of the source that says so.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"morning-wire")]
    pub source: Option<Text>,
    /// Where in that source: headline, line 13, lines 13-15 or page 4.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Place", example = &"line 13")]
    pub locator: Option<Text>,
    /// The reasoning of an inferred link.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The statement comes a day later and takes up the same words.")]
    pub note: Option<Text>,
}

/// One utterance: a quote, or a paraphrase.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    extend("required" = ["id", "form", "text", "source"], "dependencies" = {"said_basis": ["said"]}),
    // A quote has a speaker.
    extend(
        "if" = {"properties": {"form": {"const": "quote"}}, "required": ["form"]},
        "then" = {"required": ["speaker"]}
    )
)]
pub struct Statement {
    /// Its name in this file: kebab-case, and nothing else in the file has it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"kestrel-denies")]
    pub id: Option<Text>,
    /// A quote holds exactly the words the source prints inside quotation marks. All else is a paraphrase.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"quote")]
    pub form: Option<Word<Form>>,
    /// The words. Of a quote: the source's, unchanged. Of a paraphrase: your own.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"the shaft was sound")]
    pub text: Option<Text>,
    /// The id of the actor who said it. Left out: the source's own voice, which is always a paraphrase.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"kestrel-line")]
    pub speaker: Option<Text>,
    /// When it was said: a date (EDTF) or a time of day. Left out where undated.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"2025-03-05")]
    pub said: Option<TimeText>,
    /// Whether a source states that time or you worked it out. Left out: a source states it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"inferred")]
    pub said_basis: Option<Word<Basis>>,
    /// How an inferred time was worked out.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Printed as Wednesday.")]
    pub said_note: Option<Text>,
    /// What the statement does. Left out where it is none of these.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"denial")]
    pub stance: Option<Word<Stance>>,
    /// Ids of the actors spoken of.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Vec<Id>", extend("uniqueItems" = true), example = ["kestrel-line"])]
    pub about: Vec<Text>,
    /// Ids of the statements it answers.
    #[serde(default, deserialize_with = "list")]
    #[schemars(with = "Vec<Id>", extend("uniqueItems" = true), example = ["letter-says"])]
    pub replies_to: Vec<Text>,
    /// The id of the source that carries it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"morning-wire")]
    pub source: Option<Text>,
    /// Ids of the sources it repeats, where others than its source does as a whole; none where that is not said of it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Vec<Id>", extend("uniqueItems" = true), example = ["harbour-times"])]
    pub relies_on: Option<Vec<Text>>,
    /// Where in that source: headline, line 13, lines 13-15 or page 4.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Place", example = &"lines 13-15")]
    pub locator: Option<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The last word is in capital letters.")]
    pub note: Option<Text>,
    /// Rules of the lint that do not hold here, with the reason.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"rule": "allegation-without-reply", "reason": "The line was not asked."}
    ]))]
    pub allow: Vec<Allow>,
}

/// A market move, as a source reports it.
#[derive(Debug, Clone, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend(
    "required" = ["id", "instrument", "change", "source"],
    "dependencies" = {"session_basis": ["session"]}
))]
pub struct Reaction {
    /// Its name in this file: kebab-case, and nothing else in the file has it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"kestrel-fall")]
    pub id: Option<Text>,
    /// What was traded. Two reports on one instrument name it in the same words.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Kestrel shares")]
    pub instrument: Option<Text>,
    /// Its ticker, only where a source prints it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"KSTL")]
    pub symbol: Option<Text>,
    /// Where it was traded, only where a source prints it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Dublin")]
    pub venue: Option<Text>,
    /// The trading day: a date (EDTF). Left out where the source gives none.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"2025-03-06")]
    pub session: Option<TimeText>,
    /// Whether a source states that day or you worked it out. Left out: a source states it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"inferred")]
    pub session_basis: Option<Word<Basis>>,
    /// How an inferred day was worked out.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"Printed as Thursday.")]
    pub session_note: Option<Text>,
    /// The change in per cent, a bound (in quotes), or lost where the source's figure is missing.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Percentage", example = &"-2.1%", example = &">1%", example = &"~3%", example = &"lost")]
    pub change: Option<Text>,
    /// The id of the source that reports it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"morning-wire")]
    pub source: Option<Text>,
    /// Ids of the sources it repeats, where others than its source does as a whole; none where that is not said of it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Vec<Id>", extend("uniqueItems" = true), example = ["harbour-times"])]
    pub relies_on: Option<Vec<Text>>,
    /// Where in that source: headline, line 13, lines 13-15 or page 4.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Place", example = &"line 15")]
    pub locator: Option<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    #[schemars(example = &"The closing price.")]
    pub note: Option<Text>,
    /// Rules of the lint that do not hold here, with the reason.
    #[serde(default, deserialize_with = "list")]
    #[schemars(example = serde_json::json!([
        {"rule": "figures-without-dispute", "reason": "One is the opening price, one the closing price."}
    ]))]
    pub allow: Vec<Allow>,
}
