use super::*;
use proptest::prelude::*;

const STORY: &str = "
format: 1
story: {title: T}
sources:
  - {id: wire, title: Morning news, publisher: Morning Wire, kind: article}
  - {id: post, title: Evening news, kind: article}
actors:
  - {id: acme, name: Acme Holding, kind: company, aliases: [ÄCME]}
  - {id: bob, name: Bob Öztürk, kind: person}
events:
  - id: one
    title: The memo
    when: 2025-11-14
    status: alleged
    kind: leak
    sources: [wire]
    actors: [{actor: acme}]
    statements: [{id: s-1, form: quote, text: completely false, speaker: bob, stance: denial, source: wire}]
  - id: two
    title: The fall
    when: 2025-12
    when_basis: inferred
    when_note: n
    status: occurred
    kind: market
    place: South Korea
    sources: [post]
    statements: [{id: s-2, form: paraphrase, text: It fell., source: post}]
    reactions: [{id: r, instrument: Acme, change: -1%, source: post}]
  - {id: three, title: The rest, status: possible, sources: [post]}
disputes:
  - {id: d, question: Q, grade: tension, positions: [{label: a, held_by: [s-1]}, {label: b, held_by: [r]}]}
";

fn story() -> Graph {
    crate::story::read(STORY.as_bytes()).expect("a story")
}

fn found(filter: &str) -> Result<Vec<String>, FilterError> {
    let graph = story();
    let holds = Expression::parse(filter)?.holds(&graph)?;
    Ok(graph
        .events()
        .zip(holds)
        .filter(|(_, holds)| *holds)
        .map(|((_, event), _)| event.id.clone())
        .collect())
}

#[test]
fn filters_find_what_they_say() {
    for (filter, events) in [
        ("", &["one", "two", "three"][..]),
        ("actor:acme", &["one"]),
        ("actor:holding", &["one"]),
        ("actor:äcme", &["one"]),
        ("speaker:ozturk", &["one"]),
        ("source:wire", &["one"]),
        ("source:evening", &["two", "three"]),
        ("kind:market", &["two"]),
        ("-kind:market", &["one", "three"]),
        ("not kind:market", &["one", "three"]),
        ("status:alleged or status:possible", &["one", "three"]),
        ("after:2025-12", &["two"]),
        ("before:2025-12", &["one"]),
        ("after:2025-11 before:2026", &["one", "two"]),
        ("basis:inferred", &["two"]),
        ("basis:undated", &["three"]),
        ("disputed:yes", &["one", "two"]),
        ("market:no", &["one", "three"]),
        ("stance:denial", &["one"]),
        ("form:quote", &["one"]),
        ("said:\"completely false\"", &["one"]),
        ("place:korea", &["two"]),
        ("title:the", &["one", "two", "three"]),
        ("memo", &["one"]),
        ("\"the fall\"", &["two"]),
        ("ACME", &["one"]),
        ("kind:leak or kind:market source:wire", &["one"]),
        ("(kind:leak or kind:market) source:wire", &["one"]),
        ("(kind:leak or kind:market) and -source:wire", &["two"]),
        ("-(kind:leak or kind:market)", &["three"]),
        ("not not kind:leak", &["one"]),
        ("\"or\"", &["two"]),
        ("  kind:leak  ", &["one"]),
    ] {
        assert_eq!(
            found(filter).as_deref(),
            Ok(&events.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()[..]),
            "{filter}"
        );
    }
}

#[test]
fn an_error_stands_under_the_characters_to_blame() {
    for (filter, at, message) in [
        ("actr:acme", 0..5, "there is no field actr:"),
        ("kind:leak actor:zzz", 16..19, "this story has no actor zzz"),
        ("status:maybe", 7..12, "maybe is none of its values"),
        ("after:yesterday", 6..15, "yesterday is not a date"),
        ("(kind:leak", 0..1, "this bracket is not closed"),
        ("kind:leak)", 9..10, "no bracket is open here"),
        ("kind:leak or", 10..12, "something is missing beside this or"),
        ("kind:leak -", 10..11, "this does not belong here"),
        ("or kind:leak", 0..2, "something is missing beside this or"),
        ("said:\"never closed", 5..6, "this quotation mark is not closed"),
        ("()", 1..2, "something is missing before this bracket"),
    ] {
        let error = found(filter).expect_err(filter);
        assert!(error.message.starts_with(message), "{filter}: {error:?}");
        assert_eq!(error.at, at, "{filter}: {error:?}");
    }
    assert_eq!(found("actr:x").expect_err("no field").hint.as_deref(), Some("did you mean actor:?"));
}

#[test]
fn fields_and_values_complete_as_they_are_typed() {
    let graph = story();
    let texts = |text: &str| completions(&graph, text).into_iter().map(|one| one.text).collect::<Vec<_>>();
    assert_eq!(texts("st"), ["status:", "stance:"]);
    assert_eq!(texts("kind:"), ["leak", "market"]);
    assert_eq!(texts("-kind:m"), ["market"]);
    assert_eq!(texts("kind:leak actor:oz"), ["\"Bob Öztürk\""]);
    assert_eq!(texts("nofield:x"), Vec::<String>::new());
    let first = &completions(&graph, "kind:leak actor:oz")[0];
    assert_eq!(first.replaces, 16..18);
}

/// Filters that `docs/filter.md` shows, each on a line of its own in a block.
const EXAMPLES: &str = include_str!("examples.txt");

#[test]
fn the_page_on_filters_is_held_to_the_language() {
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/filter.md");
    if std::env::var_os("DATELINE_WRITE_DOCS").is_some() {
        std::fs::write(place, markdown()).expect("docs/filter.md is written");
    }
    let written = std::fs::read_to_string(place).expect("docs/filter.md").replace("\r\n", "\n");
    assert!(
        written == markdown(),
        "run `DATELINE_WRITE_DOCS=1 cargo test --lib filter` to make docs/filter.md anew"
    );
}

#[test]
fn the_examples_of_the_page_find_something_in_the_embedded_story() {
    let graph = crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("the embedded story");
    for filter in EXAMPLES.lines() {
        let holds = Expression::parse(filter).and_then(|filter| filter.holds(&graph));
        let holds = holds.unwrap_or_else(|error| panic!("{filter}: {error}"));
        assert!(holds.contains(&true), "{filter} finds nothing");
        assert!(holds.contains(&false), "{filter} leaves nothing out");
    }
}

#[test]
fn every_field_has_an_example_that_reads() {
    for field in FIELDS {
        assert!(field.example.starts_with(&format!("{}:", field.name)));
        assert!(Expression::parse(field.example).is_ok(), "{}", field.example);
    }
}

proptest! {
    #[test]
    fn nothing_typed_panics(filter in "[a-z:\"() -]{0,40}|\\PC{0,40}") {
        let graph = story();
        if let Ok(expression) = Expression::parse(&filter) {
            let _ = expression.holds(&graph);
        }
        let _ = completions(&graph, &filter);
        if let Err(error) = found(&filter) {
            prop_assert!(filter.is_char_boundary(error.at.start) && filter.is_char_boundary(error.at.end));
        }
    }
}
