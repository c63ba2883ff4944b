//! The serde mirror of a story file, format 1: strings as written, unknown fields refused. The only file
//! that names `serde_yaml`. What the strings mean is decided by `build`.
//!
//! Imports `diagnostic` and `vocabulary`, nothing above them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::diagnostic::Diagnostic;
use super::vocabulary::{
    ActorKind, AiGenerated, Basis, Form, Grade, LinkKind, Origin, Reliability, SourceKind, Stance, Status,
};

mod refusal;

/// Text as the author wrote it. A bare number, `true` or `~` is refused where text belongs: YAML would
/// otherwise hand over something that was never written (`007` as 7, `~` as a tilde).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text(pub String);

/// A time as the author wrote it: text, or a bare year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeText(pub String);

/// A word out of the closed list `V`, not yet looked up, so that every wrong word of a file is reported at
/// once and each with the nearest right one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<V> {
    /// As written.
    pub word: String,
    list: PhantomData<V>,
}

struct TextVisitor {
    years: bool,
}

impl TextVisitor {
    fn refuse<E: de::Error, T>(what: impl fmt::Display) -> Result<T, E> {
        Err(E::custom(format_args!("{what} stands where text belongs; put it in quotes")))
    }
}

impl Visitor<'_> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
        if self.years { Ok(number.to_string()) } else { Self::refuse(format_args!("the number {number}")) }
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
        if self.years { Ok(number.to_string()) } else { Self::refuse(format_args!("the number {number}")) }
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<String, E> {
        Self::refuse(format_args!("the number {number}"))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<String, E> {
        Self::refuse(format_args!("{value}"))
    }

    fn visit_unit<E: de::Error>(self) -> Result<String, E> {
        Err(E::custom(
            "nothing (an empty value, `~` or `null`) stands where text belongs; write the text or leave the field out",
        ))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor { years: false }).map(Self)
    }
}

impl<'de> Deserialize<'de> for TimeText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor { years: true }).map(Self)
    }
}

impl<'de, V> Deserialize<'de> for Word<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = deserializer.deserialize_any(TextVisitor { years: false })?;
        Ok(Self { word, list: PhantomData })
    }
}

/// A field that may be left out, but not left empty: serde alone would take `~` for "left out".
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

// Every field is optional to serde, so that `build` can report a missing one together with all the others.

/// The whole file.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The number of the format; 1.
    #[serde(default, deserialize_with = "present")]
    pub format: Option<u64>,
    /// What the whole story is called and is about.
    #[serde(default, deserialize_with = "present")]
    pub story: Option<Header>,
    /// The published things it is told by.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// Who speaks or acts.
    #[serde(default)]
    pub actors: Vec<Actor>,
    /// What happened, is alleged, or is scheduled.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Where the accounts differ.
    #[serde(default)]
    pub disputes: Vec<Dispute>,
}

/// The `story:` mapping.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The story's name.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<Text>,
    /// One paragraph in the author's own words.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text>,
    /// IANA name of the zone in which zoned times are shown.
    #[serde(default, deserialize_with = "present")]
    pub time_zone: Option<Text>,
}

/// An entry of `sources:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Kebab-case id.
    #[serde(default, deserialize_with = "present")]
    pub id: Option<Text>,
    /// The headline as printed.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<Text>,
    /// Who published it, where the text names one.
    #[serde(default, deserialize_with = "present")]
    pub publisher: Option<Text>,
    /// Who wrote it, as printed.
    #[serde(default, deserialize_with = "present")]
    pub byline: Option<Text>,
    /// When it was published.
    #[serde(default, deserialize_with = "present")]
    pub published: Option<TimeText>,
    /// Whether that is printed or worked out.
    #[serde(default, deserialize_with = "present")]
    pub published_basis: Option<Word<Basis>>,
    /// What is to be said about that time.
    #[serde(default, deserialize_with = "present")]
    pub published_note: Option<Text>,
    /// Events or sources it must follow.
    #[serde(default)]
    pub after: Vec<Text>,
    /// Events or sources it must precede.
    #[serde(default)]
    pub before: Vec<Text>,
    /// What sort of publication it is.
    #[serde(default, deserialize_with = "present")]
    pub kind: Option<Word<SourceKind>>,
    /// `false` for one known only through others.
    #[serde(default, deserialize_with = "present")]
    pub held: Option<bool>,
    /// The sources it repeats.
    #[serde(default)]
    pub relies_on: Vec<Text>,
    /// Whether it has the matter at first hand.
    #[serde(default, deserialize_with = "present")]
    pub origin: Option<Word<Origin>>,
    /// Whether it says that a machine wrote it.
    #[serde(default, deserialize_with = "present")]
    pub ai_generated: Option<Word<AiGenerated>>,
    /// What is missing or damaged in it.
    #[serde(default)]
    pub gaps: Vec<Text>,
    /// The reader's own judgement.
    #[serde(default, deserialize_with = "present")]
    pub grade: Option<SourceGrade>,
    /// The text it was read from.
    #[serde(default, deserialize_with = "present")]
    pub archive: Option<Archive>,
    /// Where it can be read.
    #[serde(default, deserialize_with = "present")]
    pub url: Option<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text>,
    /// Lint rules that do not hold here, with the reason.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

/// The `grade:` of a source.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceGrade {
    /// A to F.
    #[serde(default, deserialize_with = "present")]
    pub reliability: Option<Word<Reliability>>,
    /// 1 to 6.
    #[serde(default, deserialize_with = "present")]
    pub credibility: Option<u64>,
}

/// The `archive:` of a source.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// File name inside the archive folder.
    #[serde(default, deserialize_with = "present")]
    pub file: Option<Text>,
    /// SHA-256 of that file, in hex.
    #[serde(default, deserialize_with = "present")]
    pub sha256: Option<Text>,
}

/// An entry of `actors:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Kebab-case id.
    #[serde(default, deserialize_with = "present")]
    pub id: Option<Text>,
    /// The main name.
    #[serde(default, deserialize_with = "present")]
    pub name: Option<Text>,
    /// What it is.
    #[serde(default, deserialize_with = "present")]
    pub kind: Option<Word<ActorKind>>,
    /// `false` for unnamed speakers.
    #[serde(default, deserialize_with = "present")]
    pub named: Option<bool>,
    /// Other spellings and short forms.
    #[serde(default)]
    pub aliases: Vec<Text>,
    /// The actor it belongs to.
    #[serde(default, deserialize_with = "present")]
    pub part_of: Option<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text>,
    /// Lint rules that do not hold here, with the reason.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

/// An entry of `events:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Kebab-case id.
    #[serde(default, deserialize_with = "present")]
    pub id: Option<Text>,
    /// What it is, in a line.
    #[serde(default, deserialize_with = "present")]
    pub title: Option<Text>,
    /// When; left out where undated.
    #[serde(default, deserialize_with = "present")]
    pub when: Option<TimeText>,
    /// Whether that is printed or worked out.
    #[serde(default, deserialize_with = "present")]
    pub when_basis: Option<Word<Basis>>,
    /// How it was worked out.
    #[serde(default, deserialize_with = "present")]
    pub when_note: Option<Text>,
    /// Events or sources it must follow.
    #[serde(default)]
    pub after: Vec<Text>,
    /// Events or sources it must precede.
    #[serde(default)]
    pub before: Vec<Text>,
    /// How sure it is that it happened.
    #[serde(default, deserialize_with = "present")]
    pub status: Option<Word<Status>>,
    /// An open, lower-case word.
    #[serde(default, deserialize_with = "present")]
    pub kind: Option<Text>,
    /// What happened, in the author's own words.
    #[serde(default, deserialize_with = "present")]
    pub summary: Option<Text>,
    /// Where.
    #[serde(default, deserialize_with = "present")]
    pub place: Option<Text>,
    /// Who reports it.
    #[serde(default)]
    pub sources: Vec<Text>,
    /// Who took part, and as what.
    #[serde(default)]
    pub actors: Vec<Part>,
    /// How it bears on other events.
    #[serde(default)]
    pub links: Vec<Link>,
    /// What was said.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// How markets moved.
    #[serde(default)]
    pub reactions: Vec<Reaction>,
    /// Lint rules that do not hold here, with the reason.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

/// An entry of an event's `actors:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The actor's id.
    #[serde(default, deserialize_with = "present")]
    pub actor: Option<Text>,
    /// What it was in this event.
    #[serde(default, deserialize_with = "present")]
    pub role: Option<Text>,
}

/// An entry of an event's `links:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The other event's id.
    #[serde(default, deserialize_with = "present")]
    pub to: Option<Text>,
    /// How this event bears on it.
    #[serde(default, deserialize_with = "present")]
    pub kind: Option<Word<LinkKind>>,
    /// Whether a source says so.
    #[serde(default, deserialize_with = "present")]
    pub basis: Option<Word<Basis>>,
    /// Which source says so.
    #[serde(default, deserialize_with = "present")]
    pub source: Option<Text>,
    /// Where in that source.
    #[serde(default, deserialize_with = "present")]
    pub locator: Option<Text>,
    /// The reasoning of an inferred link.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text>,
}

/// An entry of an event's `statements:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Kebab-case id.
    #[serde(default, deserialize_with = "present")]
    pub id: Option<Text>,
    /// The speaker's own words, or reported.
    #[serde(default, deserialize_with = "present")]
    pub form: Option<Word<Form>>,
    /// The words.
    #[serde(default, deserialize_with = "present")]
    pub text: Option<Text>,
    /// The actor who said it; left out for the source's own voice.
    #[serde(default, deserialize_with = "present")]
    pub speaker: Option<Text>,
    /// When it was said.
    #[serde(default, deserialize_with = "present")]
    pub said: Option<TimeText>,
    /// Whether that is printed or worked out.
    #[serde(default, deserialize_with = "present")]
    pub said_basis: Option<Word<Basis>>,
    /// How it was worked out.
    #[serde(default, deserialize_with = "present")]
    pub said_note: Option<Text>,
    /// What the statement does.
    #[serde(default, deserialize_with = "present")]
    pub stance: Option<Word<Stance>>,
    /// The actors spoken of.
    #[serde(default)]
    pub about: Vec<Text>,
    /// The statements it answers.
    #[serde(default)]
    pub replies_to: Vec<Text>,
    /// The source that carries it.
    #[serde(default, deserialize_with = "present")]
    pub source: Option<Text>,
    /// Where in that source.
    #[serde(default, deserialize_with = "present")]
    pub locator: Option<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text>,
    /// Lint rules that do not hold here, with the reason.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

/// An entry of an event's `reactions:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reaction {
    /// Kebab-case id.
    #[serde(default, deserialize_with = "present")]
    pub id: Option<Text>,
    /// What was traded.
    #[serde(default, deserialize_with = "present")]
    pub instrument: Option<Text>,
    /// Its ticker, only where a source prints it.
    #[serde(default, deserialize_with = "present")]
    pub symbol: Option<Text>,
    /// Where it was traded.
    #[serde(default, deserialize_with = "present")]
    pub venue: Option<Text>,
    /// On which trading day.
    #[serde(default, deserialize_with = "present")]
    pub session: Option<TimeText>,
    /// Whether that is printed or worked out.
    #[serde(default, deserialize_with = "present")]
    pub session_basis: Option<Word<Basis>>,
    /// How it was worked out.
    #[serde(default, deserialize_with = "present")]
    pub session_note: Option<Text>,
    /// A percentage, a bound, or `lost`.
    #[serde(default, deserialize_with = "present")]
    pub change: Option<Text>,
    /// The source that reports it.
    #[serde(default, deserialize_with = "present")]
    pub source: Option<Text>,
    /// Where in that source.
    #[serde(default, deserialize_with = "present")]
    pub locator: Option<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text>,
    /// Lint rules that do not hold here, with the reason.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

/// An entry of `disputes:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// Kebab-case id.
    #[serde(default, deserialize_with = "present")]
    pub id: Option<Text>,
    /// On what the accounts differ.
    #[serde(default, deserialize_with = "present")]
    pub question: Option<Text>,
    /// How far they are apart.
    #[serde(default, deserialize_with = "present")]
    pub grade: Option<Word<Grade>>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text>,
    /// The answers; two or more.
    #[serde(default)]
    pub positions: Vec<Position>,
    /// Lint rules that do not hold here, with the reason.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

/// An entry of a dispute's `positions:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The answer in a few words.
    #[serde(default, deserialize_with = "present")]
    pub label: Option<Text>,
    /// The statements or reactions that give it.
    #[serde(default)]
    pub held_by: Vec<Text>,
    /// Anything else to be said about it.
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Text>,
}

/// An entry of `allow:`.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// The lint rule's name.
    #[serde(default, deserialize_with = "present")]
    pub rule: Option<Text>,
    /// Why it does not hold here.
    #[serde(default, deserialize_with = "present")]
    pub reason: Option<Text>,
}

impl Document {
    /// Reads the text of a story file. One fault at most comes back: the YAML reader stops at the first thing
    /// it cannot read; all that is wrong with what it could read is `build`'s to find.
    pub fn from_yaml(text: &str) -> Result<Self, Vec<Diagnostic>> {
        serde_yaml::from_str(text).map_err(|error| {
            let at = error.location().map(|at| (at.line(), at.column()));
            vec![refusal::diagnostic(&error.to_string(), at)]
        })
    }
}
