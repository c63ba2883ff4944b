//! What must hold for any bytes at all: the checks of `tests/readers.rs` and of the fuzz targets in `fuzz`.

#![allow(dead_code, reason = "each fuzz target uses its own part")]

use std::ops::Range;

use chrono::NaiveDate;
use dateline::report::check::text::Manner;
use dateline::report::check::{Checked, github, json, text};
use dateline::story::diagnostic::Code;
use dateline::story::{self, guard, locate};
use granit_parser::{Event, Options, Parser};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// Loads and checks these bytes and tells of them in every form: nothing panics, every address lies inside the file and
/// on character boundaries, and nothing hidden reaches the output.
pub fn load_check(bytes: &[u8]) {
    let today = NaiveDate::from_ymd_opt(2025, 11, 30).expect("a day");
    let (graph, mut diagnostics) = story::read_all(bytes);
    if let Some(graph) = &graph {
        diagnostics.extend(story::check::check(graph, today));
    }
    assert!(graph.is_some() || !diagnostics.is_empty(), "no story, and no reason");
    let body = locate::without_mark(bytes);
    let whole = std::str::from_utf8(body).ok();
    for located in locate::locate(bytes, &diagnostics) {
        for address in [located.at, located.also].into_iter().flatten() {
            let Range { start, end } = address.span;
            assert!(start <= end && end <= body.len(), "{start}..{end} of {}", body.len());
            assert!(address.line >= 1 && address.column >= 1);
            assert!((address.line, address.column) <= (address.end_line, address.end_column));
            if let Some(text) = whole {
                assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{start}..{end}");
            }
        }
    }
    let checked = Checked::new("story.yaml", true, bytes, diagnostics);
    let mut out = Vec::new();
    let manner = Manner { colour: false, verbose: true };
    text::write(&checked, manner, &mut out).expect("a vector takes all");
    text::write_count(&checked, manner, false, &mut out).expect("a vector takes all");
    json::write(&checked, true, &mut out).expect("a vector takes all");
    github::write(&checked, true, &mut out).expect("a vector takes all");
    let out = String::from_utf8(out).expect("reports are UTF-8");
    assert!(dateline::text::is_safe(&out), "{out:?}");
}

/// Where the guard lets a text through and both readers read it, they read the same keys and as many values.
pub fn two_readers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(locate::without_mark(bytes)) else { return };
    let finding = guard::check(text);
    if !finding.refused.is_empty() {
        return;
    }
    let Ok(first) = serde_yaml::from_str::<Shape>(text) else { return };
    if finding.unread.is_some() {
        // Text that only the first reader takes has no addresses, and says so.
        return;
    }
    let second = shape(text).expect("the guard could read it");
    assert_eq!(first.0, second);
}

/// The scan never lets through what would have been refused: where it asks for no guard, and the guard would refuse
/// something, the story is refused all the same, and told why.
pub fn scan(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(locate::without_mark(bytes)) else { return };
    if guard::needed(text) {
        return;
    }
    let refused = guard::check(text).refused;
    let (graph, told) = story::read_all(bytes);
    let is_told = |code: Code| told.iter().any(|one| one.code == code);
    // A file that holds nothing at all is told of as that.
    if !refused.is_empty() && !is_told(Code::NotText) {
        assert!(graph.is_none(), "{refused:?}");
        for one in refused {
            assert!(is_told(one.code), "{one:?} is not among {told:?}");
        }
    }
}

/// A document without its values: what opens, what closes, the keys that are text.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Mapping,
    List,
    End,
    Key(String),
    Scalar,
}

/// The readers differ on whether text in a block that ends the file without a line break ends with one. No field of a
/// story is named by a block.
fn key(text: &str) -> Part {
    Part::Key(text.trim_end().to_owned())
}

struct Shape(Vec<Part>);

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Shaper)
    }
}

struct Shaper;

impl<'de> Visitor<'de> for Shaper {
    type Value = Shape;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape(vec![Part::Scalar]))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape(vec![Part::Scalar]))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape(vec![Part::Scalar]))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Shape, E> {
        Ok(Shape(vec![Part::Scalar]))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Shape, E> {
        Ok(Shape(vec![Part::Scalar]))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape(vec![Part::Scalar]))
    }

    fn visit_str<E>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape(vec![Part::Scalar]))
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape(vec![Part::Scalar]))
    }

    fn visit_none<E>(self) -> Result<Shape, E> {
        Ok(Shape(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Shape, A::Error> {
        let mut parts = vec![Part::List];
        while let Some(Shape(entry)) = list.next_element()? {
            parts.extend(entry);
        }
        parts.push(Part::End);
        Ok(Shape(parts))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Shape, A::Error> {
        let mut parts = vec![Part::Mapping];
        while let Some(KeyShape(key)) = mapping.next_key()? {
            parts.extend(key);
            parts.extend(mapping.next_value::<Shape>()?.0);
        }
        parts.push(Part::End);
        Ok(Shape(parts))
    }
}

struct KeyShape(Vec<Part>);

impl<'de> Deserialize<'de> for KeyShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = String;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("text")
            }

            fn visit_str<E>(self, text: &str) -> Result<String, E> {
                Ok(text.to_owned())
            }
        }
        // A story's keys are text; a mapping with others is read by nobody.
        deserializer.deserialize_str(Text).map(|text| Self(vec![key(&text)]))
    }
}

fn shape(text: &str) -> Option<Vec<Part>> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    let mut parts = Vec::new();
    // Of each mapping that is open, whether a key comes next; of a list, nothing.
    let mut open: Vec<Option<bool>> = Vec::new();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        let is_empty = span.byte_range().is_some_and(|range| range.is_empty());
        let is_key = matches!(open.last(), Some(Some(true)));
        match event {
            // This reader calls a key that is not there `~`.
            Event::Scalar(..) if is_key && is_empty => parts.push(key("")),
            Event::Scalar(value, ..) if is_key => parts.push(key(&value)),
            Event::Scalar(..) => parts.push(Part::Scalar),
            Event::SequenceStart(..) => {
                parts.push(Part::List);
                open.push(None);
                continue;
            }
            Event::MappingStart(..) => {
                parts.push(Part::Mapping);
                open.push(Some(true));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                parts.push(Part::End);
                open.pop();
            }
            _ => continue,
        }
        if let Some(Some(key)) = open.last_mut() {
            *key = !*key;
        }
    }
    Some(parts)
}
