//! The generator that the benches and `examples/generate.rs` share: its stories are sound, and have every field.

use chrono::NaiveDate;
use dateline::story::{self, check};

#[path = "../benches/generator/story.rs"]
mod generator;

use generator::Size;

#[test]
fn made_up_stories_of_any_size_break_no_rule_that_is_not_allowed() {
    for events in [1, 2, 9, 10, 11, 100, 1500] {
        let text = generator::text(Size::of_events(events));
        let (graph, mut found) = story::read_all(text.as_bytes());
        let graph = graph.unwrap_or_else(|| panic!("{events}: {found:#?}"));
        assert_eq!(graph.event_count(), events);
        found.extend(check::check(&graph, NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day")));
        found.retain(|found| found.allowed.is_none());
        // Few events cannot name all actors.
        found.retain(|found| events >= 100 || !found.code.word().starts_with("unused-"));
        assert_eq!(found, [], "{events}");
    }
}

#[test]
fn one_size_has_one_story() {
    let size = Size { events: 40, actors: 30 };
    assert_eq!(generator::text(size), generator::text(size));
    assert_eq!(story::read(generator::text(size).as_bytes()).expect("a story").actor_count(), 31);
}

#[test]
fn every_field_of_the_format_and_every_word_of_its_lists_is_written() {
    let text = generator::text(Size::of_events(3000));
    let schema: serde_json::Value = serde_json::from_str(&story::schema::json()).expect("a schema");
    let mut asked = Vec::new();
    collect(&schema, &mut asked);
    assert!(asked.len() > 100, "{asked:?}");
    let missing: Vec<_> = asked.iter().filter(|asked| !text.contains(asked.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Fields that end their line: what they hold stands below.
const LISTS: [&str; 7] = ["story", "sources", "actors", "events", "disputes", "statements", "reactions"];

/// The names of fields, with their colons, and the words of closed lists.
fn collect(schema: &serde_json::Value, asked: &mut Vec<String>) {
    match schema {
        serde_json::Value::Object(fields) => {
            if let Some(serde_json::Value::Object(properties)) = fields.get("properties") {
                let on_their_line = properties.keys().filter(|name| !LISTS.contains(&name.as_str()));
                asked.extend(on_their_line.map(|name| format!("{name}: ")));
            }
            if let Some(serde_json::Value::Array(words)) = fields.get("enum") {
                asked.extend(words.iter().filter_map(|word| Some(format!(": {}", word.as_str()?))));
            }
            fields
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "examples" | "enum"))
                .for_each(|(_, below)| collect(below, asked));
        }
        serde_json::Value::Array(all) => all.iter().for_each(|below| collect(below, asked)),
        _ => {}
    }
}
