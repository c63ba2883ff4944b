use super::*;
use proptest::prelude::*;

const STORY: &str = r#"
format: 1
story: {title: T}
sources:
  - {id: wire, title: Morning news, publisher: Morning Wire, kind: article}
  - {id: post, title: Evening news, kind: article}
actors:
  - {id: acme, name: Acme Holding, kind: company, aliases: [ÄCME]}
  - {id: bob, name: Bob Öztürk, kind: person}
  - {id: quo, name: 'Quo "Q" Vadis', kind: person}
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
    links: [{to: one, kind: updates, basis: inferred, note: n}]
    place: South Korea
    sources: [post]
    statements: [{id: s-2, form: paraphrase, text: It fell., source: post}]
    reactions: [{id: r, instrument: Acme, change: -1%, source: post}]
  - id: three
    title: The rest
    status: possible
    sources: [post]
    statements: [{id: s-3, form: paraphrase, text: "Over\ntwo lines.", source: post}]
disputes:
  - {id: d, question: Q, grade: tension, positions: [{label: a, held_by: [s-1]}, {label: b, held_by: [r]}]}
"#;

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
        .map(|((_, event), _)| event.id.to_string())
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
        ("KIND:Leak OR Status:POSSIBLE", &["one", "three"]),
        ("kind:leak AND NOT source:evening", &["one"]),
        ("not(kind:leak)", &["two", "three"]),
        ("--kind:leak", &["one"]),
        ("said:“Completely  false”", &[]),
        ("said:“completely FALSE”", &["one"]),
        ("said:\"over two lines\"", &["three"]),
        ("actor:bob", &["one"]),
        ("id:two", &["two"]),
        ("id:s-2 or id:r", &["two"]),
        ("link:updates", &["one", "two"]),
        ("link:none", &["three"]),
        ("disputed:tension", &["one", "two"]),
        ("disputed:contradiction", &[]),
        ("said:\"\u{301}\"", &[]),
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
        ("actr:acme", 0..4, "there is no field actr:"),
        ("kind:leak actor:zzz", 16..19, "this story has no actor zzz"),
        ("status:maybe", 7..12, "maybe is none of its values"),
        ("after:yesterday", 6..15, "yesterday is not a date"),
        ("(kind:leak", 0..1, "this bracket is not closed"),
        ("kind:leak)", 9..10, "no bracket is open here"),
        ("kind:leak or", 10..12, "something is missing beside this or"),
        ("kind:leak -", 10..11, "something is missing right after this -"),
        ("kind:leak - source:wire", 10..11, "something is missing right after this -"),
        ("kind:leak OR", 10..12, "something is missing beside this OR"),
        ("(kind:leak (source:wire)", 0..1, "this bracket is not closed"),
        ("said:\"(\" (kind:leak", 9..10, "this bracket is not closed"),
        ("said:\"a(\")", 9..10, "no bracket is open here"),
        ("kind:leak actor:", 10..16, "actor: has no value"),
        ("actor: acme", 0..6, "actor: has no value"),
        ("said:\"\" x", 0..5, "said: has no value"),
        ("x \"\"", 2..4, "nothing stands between these quotation marks"),
        ("http://x", 0..4, "there is no field http:"),
        ("id:acme", 3..7, "acme is an actor, not an event"),
        ("link:sideways", 5..13, "sideways is none of its values"),
        ("äöü actor:zzz", 13..16, "this story has no actor zzz"),
        ("  actor:zzz", 8..11, "this story has no actor zzz"),
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
    let texts = |text: &str| {
        completions(&graph, &Texts::of(&graph), text).into_iter().map(|one| one.text).collect::<Vec<_>>()
    };
    assert_eq!(texts("st"), ["status:", "stance:"]);
    assert_eq!(texts("kind:"), ["leak", "market"]);
    assert_eq!(texts("-kind:m"), ["market"]);
    assert_eq!(texts("kind:leak actor:oz"), ["\"Bob Öztürk\""]);
    assert_eq!(texts("nofield:x"), Vec::<String>::new());
    assert_eq!(texts("kind:leak"), Vec::<String>::new(), "nothing is left to type");
    assert_eq!(texts("ACT"), ["actor:"]);
    assert_eq!(texts("(Status:al"), ["alleged"]);
    assert_eq!(texts("source:morning"), ["wire"], "by what it is called");
    assert_eq!(texts("actor:\"Bob Ö"), ["\"Bob Öztürk\""]);
    assert_eq!(texts("actor:\"Bob Öztürk\""), Vec::<String>::new());
    assert_eq!(texts("said:\"or actor:b"), Vec::<String>::new(), "inside a quotation");
    assert_eq!(texts("title:\"a b\" pl"), ["place:"]);
    assert_eq!(texts("actor:vad"), ["quo"], "a name that cannot be written is completed by its id");
    assert_eq!(texts("").len(), FIELDS.len());
    let first = &completions(&graph, &Texts::of(&graph), "kind:leak actor:oz")[0];
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

/// The line that the language was asked for with.
const ASKED_FOR: &str = "actor:alibaba -kind:market source:ainvest status:alleged after:2025-11 before:2025-12 \
                         basis:inferred disputed:yes said:\"completely false\" or qwen";

#[test]
fn every_kind_of_term_stands_in_one_line() {
    let graph = crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("the embedded story");
    let holds =
        |filter: &str| Expression::parse(filter).and_then(|filter| filter.holds(&graph)).expect(filter);
    // No event has all of that; what is after the `or` still holds.
    assert_eq!(holds(ASKED_FOR), holds("qwen"));
    assert!(holds("qwen").contains(&true));
}

#[test]
fn a_filter_is_not_read_past_its_end_nor_its_depth() {
    let error = Expression::parse(&"ä".repeat(LONGEST + 1)).expect_err("too long");
    assert_eq!(error.at, 2 * LONGEST..2 * LONGEST + 2);
    assert!(Expression::parse(&"ä".repeat(LONGEST)).is_ok());
    for deep in ["(", "-", "not ", "not(", "-(", "x or (", "(((-"] {
        let text: String = deep.repeat(LONGEST / deep.len());
        let error = Expression::parse(&text).expect_err("too deep");
        assert!(error.message.starts_with("more than 50 brackets and turns"), "{deep}: {error:?}");
        assert!(error.at.start < text.len(), "{deep}: {error:?}");
    }
    let deep = |count: usize| format!("{}x{}", "(".repeat(count), ")".repeat(count));
    assert!(Expression::parse(&deep(49)).is_ok());
    assert!(Expression::parse(&deep(50)).is_err());
    // Side by side is not deep.
    assert!(Expression::parse(&"(x) ".repeat(200)).is_ok());
}

#[test]
fn a_filter_accepted_before_holds_for_nothing_where_the_story_lacks_the_name() {
    let graph = story();
    let texts = Texts::of(&graph);
    let found = |filter| Expression::parse(filter).expect("a filter").found_in(&graph, &texts);
    assert_eq!(found("actor:later or kind:leak"), [true, false, false]);
    assert_eq!(found("-actor:later"), [true, true, true]);
    assert_eq!(found("-source:later -kind:later id:one"), [true, false, false]);
}

proptest! {
    #[test]
    fn nothing_typed_panics(filter in typed()) {
        STORY_READ.with(|graph| {
            for completion in completions(graph, &Texts::of(graph), &filter) {
                prop_assert!(filter.get(completion.replaces).is_some());
            }
            if let Err(error) = Expression::parse(&filter).and_then(|expression| expression.holds(graph)) {
                prop_assert!(filter.get(error.at.clone()).is_some(), "{error:?}");
                prop_assert!(!error.message.is_empty());
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_completion_taken_reads(field in 0..FIELDS.len(), value in "[a-z]{0,1}") {
        STORY_READ.with(|graph| {
            let begun = format!("-({}:{value}", FIELDS[field].name);
            for completion in completions(graph, &Texts::of(graph), &begun) {
                let mut taken = begun.clone();
                taken.replace_range(completion.replaces, &completion.text);
                taken.push(')');
                let holds = Expression::parse(&taken).and_then(|expression| expression.holds(graph));
                prop_assert!(holds.is_ok(), "{taken}: {holds:?}");
            }
            Ok(())
        })?;
    }
}

thread_local! {
    /// Read once: the story is asked many times.
    static STORY_READ: Graph = story();
}

/// What may be typed or pasted: pieces of the language in any order, and any text, up to a little over the longest.
fn typed() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "actor:",
        "said:",
        "after:",
        "kind:leak",
        "-",
        "not ",
        "or ",
        " and ",
        "(",
        ")",
        "\"",
        "“",
        "”",
        " ",
        "acme",
        "2025-11",
        "yes",
        ":",
        "ä",
        "比",
        "🇪🇺",
        "\u{301}",
        "\0",
        "\t",
        "x",
    ]);
    prop_oneof![
        proptest::collection::vec(piece, 0..400).prop_map(|pieces| pieces.concat()),
        "[a-z:\"() -]{0,40}",
        "\\PC{0,40}",
        ".{1000,1030}",
    ]
}
