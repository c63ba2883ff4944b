//! What an event or source must follow or precede, as a story file has it.
//!
//! Imports the values of `text`; `shape` for the schema.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize as _;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::shape::{GapText, Id};
use super::text::{Text, present};

/// An entry of `after:` or `before:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Neighbour {
    /// The id of an event or source.
    Plain(Text),
    /// One with the least time between.
    Apart(Apart),
}

/// An event or a source, one of the two, with the least time that lies between.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [{"required": ["event"]}, {"required": ["source"]}]))]
pub struct Apart {
    /// The id of an event.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"ferry-stops")]
    pub event: Option<Text>,
    /// The id of a source: what counts is when it was published.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "Id", example = &"morning-wire")]
    pub source: Option<Text>,
    /// The least time between: a whole number of minutes, hours, days or weeks. Left out: both may be at once.
    #[serde(default, deserialize_with = "present")]
    #[schemars(with = "GapText", example = &"1 day", example = &"2 hours")]
    pub by: Option<Text>,
}

impl Neighbour {
    /// Asked for by a name of its own, so that a reader that looks for what is wrong knows that fields may stand here.
    pub(super) const ASKED_AS: &str = "Neighbour";
    /// The fields of [`Apart`].
    pub(super) const FIELDS: &[&str] = &["event", "source", "by"];
}

impl<'de> serde::Deserialize<'de> for Neighbour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(Self::ASKED_AS, NeighbourVisitor)
    }
}

struct NeighbourVisitor;

impl NeighbourVisitor {
    fn refuse<E: de::Error, T>(what: impl fmt::Display) -> Result<T, E> {
        Err(E::custom(format_args!("{what} stands where an id belongs, or `event:` or `source:` with `by:`")))
    }
}

impl<'de> Visitor<'de> for NeighbourVisitor {
    type Value = Neighbour;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id, or `event:` or `source:` with `by:`")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Neighbour, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Neighbour, E> {
        Ok(Neighbour::Plain(Text(text.to_owned())))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Neighbour, E> {
        Ok(Neighbour::Plain(Text(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Neighbour, A::Error> {
        Apart::deserialize(MapAccessDeserializer::new(map)).map(Neighbour::Apart)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Neighbour, E> {
        Self::refuse(format_args!("the number {number}"))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Neighbour, E> {
        Self::refuse(format_args!("the number {number}"))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Neighbour, E> {
        Self::refuse(format_args!("the number {number}"))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Neighbour, E> {
        Self::refuse(value)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Neighbour, E> {
        Self::refuse("nothing (an empty value, `~` or `null`)")
    }
}

impl JsonSchema for Neighbour {
    fn schema_name() -> Cow<'static, str> {
        "Neighbour".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (id, apart) = (generator.subschema_for::<Id>(), generator.subschema_for::<Apart>());
        json_schema!({"anyOf": [id, apart]})
    }
}
