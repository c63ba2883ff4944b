//! The values of a story file as its author wrote them, not yet understood.
//!
//! Imports nothing from the rest of the crate. How each is described to an editor is `shape`'s to say.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, Visitor};

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

/// Asks for a time by a name of its own, so that a reader that looks for what is wrong can tell it from other text.
struct TimeVisitor;

impl<'de> Visitor<'de> for TimeVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(TextVisitor { years: true })
    }
}

impl<'de> Deserialize<'de> for TimeText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct("Time", TimeVisitor).map(Self)
    }
}

impl<'de, V> Deserialize<'de> for Word<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = deserializer.deserialize_any(TextVisitor { years: false })?;
        Ok(Self { word, list: PhantomData })
    }
}

const NOTHING: &str =
    "nothing (an empty value, `~` or `null`) stands where a value belongs; write it or leave the field out";

/// A field that may be left out, but not left empty: serde alone would take `~` for "left out".
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    list(deserializer).map(Some)
}

/// As [`present`], for a list.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Option::deserialize(deserializer)?.ok_or_else(|| de::Error::custom(NOTHING))
}
