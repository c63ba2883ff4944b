//! A second reading of a document that has a wrong shape somewhere: every unknown field, wrong kind of value and empty
//! value with its bytes, and the document without them, so that its other faults can be told of at the same time.
//!
//! The promise: no fault of what could not be read is put down to what could. Which fields there are, and what belongs
//! in them, it learns from the same types as the first reader: they ask, and what they ask for shows what belongs there.
//! What is wrong is put in words by `misfit`. Imports `diagnostic`, its parent and its parent's other parts.

use std::collections::HashSet;

use serde::de::value::{Error, StringDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as _, forward_to_deserialize_any};

use super::super::diagnostic::tally::Tally;
use super::super::diagnostic::{Code, Diagnostic, Path, Step};
use super::misfit::{self, Wanted};
use super::tree::{self, Entry, Kind};
use super::{Document, Neighbour, Sort, sort_of};

/// What the second reading came to.
#[derive(Debug, Clone)]
pub struct Survey {
    /// What could be read.
    pub document: Document,
    /// What could not.
    pub faults: Tally,
    /// What is missing from the document for that reason.
    pub lost: Lost,
    /// Where a bare number or the like stands for text, which was taken as it is written. A fault of the text itself
    /// says better what to write.
    pub bare: HashSet<Path>,
}

/// What could not be read of a document. No fault that stems from it is one of its own.
#[derive(Debug, Clone, Default)]
pub struct Lost {
    places: HashSet<Path>,
    words: HashSet<String>,
}

impl Lost {
    /// Whether this may be the id of something that could not be read.
    pub fn has_id(&self, id: &str) -> bool {
        self.words.contains(id)
    }

    /// Whether a fault of the document comes of what is missing from it.
    pub fn explains(&self, fault: &Diagnostic) -> bool {
        if self.places.is_empty() {
            return false;
        }
        // An empty list is found wrong on the element that has it.
        let list: &[&str] = match fault.code {
            Code::WithoutSource => &["sources"],
            Code::TooFewPositions => &["positions", "held_by"],
            _ => &[],
        };
        let steps = fault.path.steps();
        list.iter().any(|key| self.places.contains(&fault.path.key(key)))
            || (0..=steps.len()).any(|length| self.places.contains(&Path::of(&steps[..length])))
    }
}

/// Reads the document once more; `None` where the text cannot be read with positions.
pub(super) fn survey(text: &str) -> Option<Survey> {
    let mut reading = Reading {
        text,
        entries: tree::of(text)?,
        steps: Vec::new(),
        faults: Tally::default(),
        lost: Lost::default(),
        bare: HashSet::new(),
        told: None,
    };
    let document = Document::deserialize(Value { reading: &mut reading, at: 0, key: None }).ok()?;
    let Reading { faults, lost, bare, .. } = reading;
    Some(Survey { document, faults, lost, bare })
}

struct Reading<'t> {
    text: &'t str,
    entries: Vec<Entry<'t>>,
    steps: Vec<Step>,
    faults: Tally,
    lost: Lost,
    bare: HashSet<Path>,
    /// The entry of the last fault: one is enough for each.
    told: Option<usize>,
}

impl Reading<'_> {
    fn path(&self) -> Path {
        Path::of(&self.steps)
    }

    /// Records that something is wrong with this entry, or with its key where it has no bytes of its own.
    fn fault(&mut self, at: usize, key: Option<usize>, (message, hint): (String, String)) {
        if self.told == Some(at) {
            return;
        }
        self.told = Some(at);
        let place = key.filter(|_| self.entries[at].at.is_empty()).unwrap_or(at);
        let (path, span) = (self.path(), self.entries[place].at.clone());
        self.faults.count(Code::Shape, || Diagnostic::new(Code::Shape, path, message).hint(hint).at(span));
    }

    /// Gives an entry up, with all that is in it.
    fn lose(&mut self, at: usize) {
        self.lost.places.insert(self.path());
        self.lose_words(at);
    }

    fn lose_words(&mut self, at: usize) {
        const LONGEST: usize = 128;
        let words = self.entries[at..self.entries[at].next].iter().map(|entry| &entry.value);
        let words = words.filter(|word| (1..=LONGEST).contains(&word.len()));
        self.lost.words.extend(words.map(|word| word.clone().into_owned()));
    }
}

/// A value that is asked for.
struct Value<'r, 't> {
    reading: &'r mut Reading<'t>,
    at: usize,
    key: Option<usize>,
}

impl Value<'_, '_> {
    fn entry(&self) -> &Entry<'_> {
        &self.reading.entries[self.at]
    }

    fn sort(&self) -> Sort {
        let entry = self.entry();
        match entry.kind {
            Kind::Plain => sort_of(&entry.value),
            _ => Sort::Text,
        }
    }

    /// Records that something else than this was wanted here. An alias is refused in words of its own.
    fn is_no(&mut self, wanted: Wanted) {
        if self.entry().kind == Kind::Alias {
            return;
        }
        let field = self.key.map(|key| self.reading.entries[key].value.clone().into_owned());
        let told = match field.as_deref().filter(|_| self.is_commented_out()) {
            Some(field) => misfit::commented_out(field),
            None => misfit::told(self.entry(), self.sort(), field.as_deref(), wanted),
        };
        self.reading.fault(self.at, self.key, told);
    }

    /// Whether there is nothing here but a comment behind the name of the field.
    fn is_commented_out(&self) -> bool {
        let Some(key) = self.key.filter(|_| self.entry().at.is_empty()) else { return false };
        let behind = &self.reading.text[self.reading.entries[key].at.end..];
        let line = behind.lines().next().unwrap_or_default().trim_start_matches(':');
        line.trim_start().starts_with('#')
    }

    /// The text here as written; where there is none, a text that no file can hold, so that it is told from all others.
    fn text(&mut self, years: bool) -> String {
        match (self.entry().kind, self.sort()) {
            (Kind::Text, _) | (Kind::Plain, Sort::Text) => {}
            (Kind::Plain, Sort::Whole) if years => {}
            (Kind::Plain, Sort::Whole | Sort::Number | Sort::Truth) => {
                self.is_no(Wanted::Text);
                if !self.reading.faults.is_full(Code::Shape) {
                    self.reading.bare.insert(self.reading.path());
                }
            }
            _ => {
                self.is_no(Wanted::Text);
                self.reading.lose(self.at);
                return format!("\u{0}{}", self.at);
            }
        }
        self.entry().value.clone().into_owned()
    }
}

impl<'de> Deserializer<'de> for Value<'_, '_> {
    type Error = Error;

    /// Only text is asked for in this way.
    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.text(false))
    }

    /// Only a time is asked for in this way, and what may be text or fields.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == Neighbour::ASKED_AS {
            return visitor.visit_newtype_struct(TextOrFields(self));
        }
        let text: StringDeserializer<Error> = self.text(true).into_deserializer();
        visitor.visit_newtype_struct(text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_bool<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        let truth = matches!(&*self.entry().value, "true" | "True" | "TRUE");
        if self.entry().kind != Kind::Plain || self.sort() != Sort::Truth {
            self.is_no(Wanted::Truth);
            self.reading.lose(self.at);
        }
        visitor.visit_bool(truth)
    }

    fn deserialize_u64<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        // One is right for every field, so that nothing further is found wrong.
        let number = self.entry().value.parse().ok();
        if self.entry().kind != Kind::Plain || number.is_none() {
            self.is_no(Wanted::Number);
            self.reading.lose(self.at);
        }
        visitor.visit_u64(number.unwrap_or(1))
    }

    fn deserialize_seq<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Error> {
        const FIRST_FIELDS: [&str; 5] = ["id", "actor", "to", "label", "rule"];
        let Entry { kind, next, .. } = *self.entry();
        let within = match kind {
            Kind::List => self.at + 1..next,
            Kind::Plain | Kind::Text if self.sort() != Sort::Nothing => {
                // One entry that is not written as a list.
                self.is_no(Wanted::List);
                self.at..next
            }
            Kind::Mapping
                if pairs(&self.reading.entries, self.at)
                    .iter()
                    .any(|(key, _)| FIRST_FIELDS.contains(&&*self.reading.entries[*key].value)) =>
            {
                self.is_no(Wanted::List);
                self.at..next
            }
            _ => {
                self.is_no(Wanted::List);
                self.reading.lose(self.at);
                next..next
            }
        };
        visitor.visit_seq(List { reading: self.reading, within, index: 0 })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Entry { kind, next, .. } = *self.entry();
        let fields = match kind {
            Kind::Mapping => self.fields(self.at, fields),
            // The only entry of a list that should be none.
            Kind::List
                if self.reading.entries.get(self.at + 1).is_some_and(|first| {
                    first.kind == Kind::Mapping && first.next == next && self.at > 0
                }) =>
            {
                self.is_no(Wanted::Fields(name));
                self.fields(self.at + 1, fields)
            }
            Kind::Plain | Kind::Text if self.sort() == Sort::Text => {
                self.is_no(Wanted::Fields(name));
                match misfit::main_field(name) {
                    Some(main) => vec![(main, self.key.unwrap_or(self.at), self.at)],
                    None => self.none(),
                }
            }
            _ => {
                self.is_no(Wanted::Fields(name));
                self.none()
            }
        };
        visitor.visit_map(Fields { reading: self.reading, rest: fields.into_iter(), value: None })
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// An entry of `after:` or `before:`: an id, or fields.
struct TextOrFields<'r, 't>(Value<'r, 't>);

impl<'de> Deserializer<'de> for TextOrFields<'_, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.entry().kind {
            Kind::Mapping => self.0.deserialize_struct("Apart", Neighbour::FIELDS, visitor),
            _ => self.0.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A field with the entries of its key and its value.
type Field = (&'static str, usize, usize);

/// The entries of the keys and values of a mapping.
fn pairs(entries: &[Entry<'_>], mapping: usize) -> Vec<(usize, usize)> {
    let (mut pairs, mut key) = (Vec::new(), mapping + 1);
    while key < entries[mapping].next {
        let value = entries[key].next;
        pairs.push((key, value));
        key = entries.get(value).map_or(value, |value| value.next);
    }
    pairs
}

impl Value<'_, '_> {
    fn none(&mut self) -> Vec<Field> {
        self.reading.lose(self.at);
        Vec::new()
    }

    /// The known fields of a mapping. What is unknown is taken for the field that was probably meant.
    fn fields(&mut self, mapping: usize, known: &'static [&'static str]) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let mut unknown = Vec::new();
        let pairs = pairs(&self.reading.entries, mapping);
        for (key, value) in pairs {
            let Entry { kind, value: name, .. } = &self.reading.entries[key];
            let field = known.iter().find(|field| *field == name && matches!(kind, Kind::Plain | Kind::Text));
            match field {
                Some(field) if fields.iter().all(|(other, ..)| other != field) => {
                    fields.push((field, key, value));
                }
                // The second of two, an alias and a merge key are refused in words of their own.
                Some(_) => self.reading.lose_words(value),
                None if *kind == Kind::Alias || name == "<<" => self.reading.lose_words(value),
                None => unknown.push((key, value)),
            }
        }
        for (key, value) in unknown {
            let absent = known.iter().filter(|field| fields.iter().all(|(other, ..)| other != *field));
            let absent: Vec<_> = absent.copied().collect();
            let (told, meant) = misfit::unknown_field(&self.reading.entries[key], known, &absent);
            let is_prose = self.reading.entries[key].value.contains(' ');
            let is_bare = self.reading.entries.get(value).is_some_and(|value| value.at.is_empty());
            let told =
                if is_prose && is_bare { misfit::parted_by_comma(&self.reading.entries[key]) } else { told };
            self.reading.fault(key, None, told);
            match meant {
                Some(field) => fields.push((field, key, value)),
                None => self.reading.lose_words(value),
            }
        }
        fields
    }
}

struct Fields<'r, 't> {
    reading: &'r mut Reading<'t>,
    rest: std::vec::IntoIter<Field>,
    value: Option<Field>,
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.value = self.rest.next();
        self.value.map(|(field, ..)| seed.deserialize(field.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (field, key, at) = self.value.take().unwrap_or(("", 0, 0));
        self.reading.steps.push(Step::Key(field));
        let value = seed.deserialize(Value { reading: self.reading, at, key: Some(key) });
        self.reading.steps.pop();
        value
    }
}

struct List<'r, 't> {
    reading: &'r mut Reading<'t>,
    within: std::ops::Range<usize>,
    index: usize,
}

impl<'de> SeqAccess<'de> for List<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        if self.within.is_empty() {
            return Ok(None);
        }
        let at = self.within.start;
        self.within.start = self.reading.entries[at].next;
        self.reading.steps.push(Step::Index(self.index));
        self.index += 1;
        let value = seed.deserialize(Value { reading: self.reading, at, key: None });
        self.reading.steps.pop();
        value.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every fault with its path and the bytes it stands on, and the document without them.
    fn surveyed(text: &str) -> (Document, Vec<(String, String, String)>) {
        let Survey { document, faults, .. } = survey(text).expect("YAML");
        let told = |fault: Diagnostic| {
            let at = fault.span.map(|span| text[span].to_owned()).unwrap_or_default();
            (fault.path.to_string(), at, fault.message)
        };
        (document, faults.into_diagnostics().into_iter().map(told).collect())
    }

    fn faults(text: &str) -> Vec<(String, String, String)> {
        surveyed(text).1
    }

    fn one(path: &str, at: &str, message: &str) -> Vec<(String, String, String)> {
        vec![(path.to_owned(), at.to_owned(), message.to_owned())]
    }

    #[test]
    fn a_right_document_has_no_fault_and_reads_the_same() {
        for text in [crate::story::EMBEDDED, crate::story::EXAMPLE] {
            let (document, faults) = surveyed(text);
            assert_eq!(faults, []);
            let first = Document::from_yaml(text).expect("a story");
            assert_eq!(format!("{document:?}"), format!("{first:?}"));
        }
    }

    #[test]
    fn each_wrong_shape_is_told_at_its_own_place() {
        for (text, path, at, message) in [
            ("titel: x", "", "titel", "unknown field `titel`"),
            ("story: {title: 7}", "story.title", "7", "the number 7 stands where text belongs"),
            (
                "story: {title: yes, summary: true}",
                "story.summary",
                "true",
                "`true` stands where text belongs",
            ),
            ("story: {title: }", "story.title", "title", "`title:` has no value"),
            ("story: {title: ~}", "story.title", "~", "`title:` has no value (`~` means nothing)"),
            ("story:", "story", "story", "`story:` has no value"),
            (
                "story: {title: One, and another}",
                "story",
                "and another",
                "`and another` stands where the name of a field belongs",
            ),
            (
                "story: {title: T,\n summary: #1 of all\n}",
                "story.summary",
                "summary",
                "`summary:` has no value: what stands behind the `#` is a comment",
            ),
            ("story:\n  title: [a, b] # c", "story.title", "[a, b]", "a list stands where text belongs"),
            ("sources:", "sources", "sources", "`sources:` has no value"),
            (
                "events:\n- sources: wire",
                "events[0].sources",
                "wire",
                "the text `wire` stands where a list belongs",
            ),
            ("sources:\n  id: a", "sources", "id: a", "named fields stand where a list belongs"),
            ("sources: {a: {}}", "sources", "{a: {}}", "named fields stand where a list belongs"),
            ("sources: [a]", "sources[0]", "a", "the text `a` stands where named fields belong"),
            (
                "sources: [{held: maybe}]",
                "sources[0].held",
                "maybe",
                "the text `maybe` stands where true or false belongs",
            ),
            ("format: \"1\"", "format", "\"1\"", "the text `1` stands where a number belongs"),
            ("sources: [{grade: [C]}]", "sources[0].grade", "[C]", "a list stands where named fields belong"),
            (
                "events: [{actors: [mueller]}]",
                "events[0].actors[0]",
                "mueller",
                "the text `mueller` stands where named fields belong",
            ),
            ("[]", "", "[]", "a list stands where the fields of a story belong"),
            ("events: [{after: [~]}]", "events[0].after[0]", "~", "this entry is empty (`~` means nothing)"),
        ] {
            assert_eq!(faults(text), one(path, at, message), "{text}");
        }
    }

    #[test]
    fn what_was_meant_is_read() {
        let (document, faults) = surveyed(
            "story: {titel: T}\nevents:\n  - actors: mueller\n    sources: wire\n    summary: 7\n    id: 12\n",
        );
        assert_eq!(faults.len(), 5, "{faults:?}");
        let event = &document.events[0];
        let text = |text: &Option<crate::story::document::Text>| text.clone().map(|text| text.0);
        assert_eq!(document.story.and_then(|story| text(&story.title)).as_deref(), Some("T"));
        assert_eq!(text(&event.actors[0].actor).as_deref(), Some("mueller"));
        assert_eq!(event.sources[0].0, "wire");
        assert_eq!((text(&event.id).as_deref(), text(&event.summary).as_deref()), (Some("12"), Some("7")));
    }

    #[test]
    fn what_the_guard_refuses_is_no_matter_of_its_own() {
        assert_eq!(faults("story: &a {title: *b, <<: x, title: y}\nsources: *a"), []);
    }

    #[test]
    fn what_is_lost_explains_what_comes_of_it() {
        let survey = survey("sources: [[{id: wire}, {id: x}]]\nevents: [{sources: {}}]").expect("YAML");
        let lost = survey.lost;
        assert!(lost.has_id("wire") && !lost.has_id("other"));
        let event = Path::root().key("events").index(0);
        let fault = |code, path| Diagnostic::new(code, path, "wrong");
        assert!(lost.explains(&fault(Code::WithoutSource, event.clone())));
        assert!(!lost.explains(&fault(Code::Missing, event.clone())));
        assert!(lost.explains(&fault(Code::Missing, Path::root().key("sources").index(0).key("title"))));
        assert!(!lost.explains(&fault(Code::BadTime, event.key("when"))));
    }
}
