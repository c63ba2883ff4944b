//! The JSON Schema of a story file, made from the types that read it, so that an editor completes the fields and
//! words this program takes.
//!
//! Method: JSON Schema draft-07, the newest that the YAML language server takes whole. Imports `document`.

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::Value;

use super::document::Document;

/// The schema's own name. No address: nothing is to be fetched for it.
const ID: &str = "urn:dateline:story:1";

/// The schema of format 1 as indented JSON with a line break at the end.
pub fn json() -> String {
    let mut schema = SchemaSettings::draft07()
        .with_transform(NothingIsNull)
        .into_generator()
        .into_root_schema_for::<Document>();
    schema.insert("$id".to_owned(), ID.into());
    WordsFirst.transform(&mut schema);
    format!("{:#}\n", schema.as_value())
}

/// Takes out that an optional field may be null: `document` refuses an empty value wherever a field stands.
#[derive(Debug, Clone)]
struct NothingIsNull;

impl Transform for NothingIsNull {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        if schema.get("default") == Some(&Value::Null) {
            schema.remove("default");
        }
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type") != Some(&"null".into()));
            if let [only] = choices.as_slice() {
                let only = only.clone();
                schema.remove("anyOf");
                schema.insert("allOf".to_owned(), Value::Array(vec![only]));
            }
        }
        if let Some(Value::Array(words)) = schema.get_mut("enum") {
            words.retain(|word| !word.is_null());
        }
    }
}

/// Puts what a person reads of an object before its long list of fields.
#[derive(Debug, Clone)]
struct WordsFirst;

impl Transform for WordsFirst {
    fn transform(&mut self, schema: &mut Schema) {
        const FIRST: [&str; 9] =
            ["$schema", "$id", "title", "description", "type", "required", "dependencies", "if", "then"];
        transform_subschemas(self, schema);
        // `false`, which refuses every further field, has nothing to sort.
        let Some(fields) = schema.as_object_mut() else { return };
        let (first, rest): (Vec<_>, Vec<_>) =
            std::mem::take(fields).into_iter().partition(|(key, _)| FIRST.contains(&key.as_str()));
        for key in FIRST {
            fields.extend(first.iter().find(|(name, _)| name == key).cloned());
        }
        fields.extend(rest);
    }
}
