//! What each sort of value looks like, for the JSON Schema: a pattern or a list of words, as far as a schema
//! can say it. `build` has the last word.
//!
//! Imports `diagnostic`, `vocabulary` and the values they describe.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::super::diagnostic::{Code, Rank};
use super::super::vocabulary::Vocabulary;
use super::text::{Text, TimeText, Word};

/// A date in which all is told: year, month or season, day.
macro_rules! plain {
    () => {
        "[0-9]{4}(-((0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|2[1-4]))?"
    };
}

/// A date that may be masked at its end, then `~`, `?` or `%`.
macro_rules! date {
    () => {
        concat!("(", plain!(), "|[0-9]{2}[0-9X]X|[0-9]{4}-XX(-XX)?|[0-9]{4}-(0[1-9]|1[0-2])-XX)[~?%]?")
    };
}

/// The end of an interval. It is not masked.
macro_rules! end {
    () => {
        concat!(plain!(), "[~?%]?")
    };
}

/// A member of a set: a date, from it on, up to it, or from one to another of its kind.
macro_rules! member {
    () => {
        concat!(
            "((\\.\\.)?",
            date!(),
            "|",
            date!(),
            "\\.\\.",
            "|[0-9]{4}\\.\\.[0-9]{4}",
            "|[0-9]{4}-(0[1-9]|1[0-2])\\.\\.[0-9]{4}-(0[1-9]|1[0-2])",
            "|[0-9]{4}-[0-9]{2}-[0-9]{2}\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})"
        )
    };
}

/// A date, an interval, a set, or a time of day.
const TIME: &str = concat!(
    "^(",
    date!(),
    "|",
    end!(),
    "/(",
    end!(),
    "|\\.\\.)?|(\\.\\.)?/",
    end!(),
    "|\\[",
    member!(),
    "(,",
    member!(),
    ")*\\]|\\{",
    member!(),
    "(,",
    member!(),
    ")*\\}",
    "|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?",
    "(Z|\\+0[0-9](:[0-5][0-9])?|-0[1-9](:[0-5][0-9])?|-00:(0[1-9]|[1-5][0-9])|[+-]1[0-3](:[0-5][0-9])?|[+-]14(:00)?)?",
    ")$"
);

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "\\S",
            "patternErrorMessage": "This text is empty: write it, or leave the field out.",
        })
    }
}

impl JsonSchema for TimeText {
    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // A number can only be a bare year.
        json_schema!({
            "type": ["string", "integer"],
            "pattern": TIME,
            "patternErrorMessage": "Write 2025-11-14, 2025-11, 2025, 2025-05~ (around), 2025-05? (perhaps), \
                                    '[2025,2026]' (one of) or 2025-11-17T22:33; leave it out where undated.",
            "minimum": 1000,
            "maximum": 9999,
        })
    }
}

impl<V: Vocabulary> JsonSchema for Word<V> {
    fn schema_name() -> Cow<'static, str> {
        V::NAME.into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<_> = V::WORDS.iter().map(|(word, _)| *word).collect();
        // Read by the YAML language server and shown beside each word; other programs pass over it.
        json_schema!({"type": "string", "enum": words, "enumDescriptions": V::MEANINGS})
    }
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)+) => {
        $(
            $(#[$doc])*
            pub(super) enum $name {}

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn inline_schema() -> bool {
                    true
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!($schema)
                }
            }
        )+
    };
}

shapes! {
    /// The number of the format.
    FormatNumber = {"type": "integer", "const": 1};
    /// An id, or a reference to one.
    Id = {
        "type": "string",
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "patternErrorMessage": "An id has lower-case letters a-z, digits, and single hyphens between: memo-reported.",
    };
    /// A change in price.
    Percentage = {
        "type": "string",
        "pattern": "^(lost|[<>~]?(\\+?(0|[1-9][0-9]*)(\\.[0-9]+)?|-((0|[1-9][0-9]?)(\\.[0-9]+)?|100(\\.0+)?)) ?%)$",
        "patternErrorMessage": "Write -3.78%, a bound such as '>1%', '~3%' for about, or lost.",
    };
    /// A place in a source.
    Place = {
        "type": "string",
        "pattern": "^(headline|(line|page|paragraph) [1-9][0-9]{0,8}|lines [1-9][0-9]{0,8}-[1-9][0-9]{0,8}|at ([1-9][0-9]?:)?[0-5][0-9]:[0-5][0-9])$",
        "patternErrorMessage": "Write headline, line 13, lines 13-15, page 4, paragraph 3, or at 03:15 of a broadcast.",
    };
    /// The least time between two things.
    GapText = {
        "type": "string",
        "pattern": "^[1-9][0-9]{0,8} (minute|hour|day|week)s?$",
        "patternErrorMessage": "Write a whole number and a unit: 30 minutes, 2 hours, 1 day, 3 weeks.",
    };
    /// The name of a time zone.
    Zone = {
        "type": "string",
        "pattern": "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$",
        "patternErrorMessage": "Write an IANA name such as America/New_York or UTC.",
    };
    /// A step of the scale of credibility.
    Credibility = {"type": "integer", "minimum": 1, "maximum": 6};
    /// A file in the archive folder.
    ArchiveFile = {
        "type": "string",
        "pattern": "^(?!\\s*/)(?!\\s*(.*/)?\\.\\.\\s*(/|$))[^\\\\]*[^\\s\\\\][^\\\\]*$",
        "patternErrorMessage": "Write the file's name inside of the archive folder: 000.txt.",
    };
    /// A SHA-256 sum.
    Sha256 = {
        "type": "string",
        "pattern": "^[0-9A-Fa-f]{64}$",
        "patternErrorMessage": "A SHA-256 sum has 64 hexadecimal digits; put it in quotes.",
    };
}

/// Every rule that `allow:` can name.
pub(super) fn rules() -> Vec<&'static str> {
    Code::ALL
        .iter()
        .filter(|code| matches!(code.rank(), Rank::Rule | Rank::Text))
        .map(|code| code.word())
        .collect()
}
