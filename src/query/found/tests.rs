use proptest::prelude::*;

use super::*;
use crate::story;

const HEAD: &str = "format: 1
story: {title: T}
sources: [{id: a, title: A, kind: article}, {id: b, title: B, kind: article}, {id: c, title: C, kind: article}]
actors:
  - {id: acme, name: Acme, kind: company}
  - {id: bolt, name: Bolt, kind: company}
  - {id: voice, name: a spokesman, kind: person, named: false, part_of: acme}
events:
";

fn read(yaml: &str) -> Graph {
    story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{yaml}\n{faults:#?}"))
}

/// A story of one event with these statements, reactions and disputes; each a line of YAML without braces.
fn one_event(statements: &[&str], reactions: &[&str], disputes: &[&str]) -> String {
    let list = |key: &str, indent: &str, lines: &[&str]| {
        if lines.is_empty() {
            return String::new();
        }
        let lines: Vec<_> = lines.iter().map(|line| format!("{indent}  - {{{line}}}\n")).collect();
        let lines = lines.concat();
        format!("{indent}{key}:\n{lines}")
    };
    format!(
        "{HEAD}  - id: e\n    title: T\n    status: occurred\n    sources: [a]\n{}{}{}",
        list("statements", "    ", statements),
        list("reactions", "    ", reactions),
        list("disputes", "", disputes),
    )
}

/// `rule question | label: ids | label: ids`.
fn drawn(graph: &Graph) -> Vec<String> {
    found(graph)
        .iter()
        .map(|found| {
            let positions = found.dispute.positions.iter().map(|position| {
                let ids: Vec<_> =
                    position.held_by.iter().map(|account| graph.id_of(ElementId::from(*account))).collect();
                format!(" | {}: {}", position.label, ids.join(" "))
            });
            format!("{} {}{}", found.rule.word(), found.dispute.question, positions.collect::<String>())
        })
        .collect()
}

#[test]
fn figures_that_differ_are_found() {
    let reactions = [
        "id: r1, instrument: Acme shares, session: 2025-11-14, change: -3.78%, source: a",
        "id: r2, instrument: Acme shares, session: 2025-11-14, change: -4.2%, source: b",
        "id: r3, instrument: Acme shares, session: 2025-11-14, change: -4.2%, source: c",
        "id: r4, instrument: Acme shares, session: 2025-11-17, change: -9%, source: c",
        "id: r5, instrument: Acme shares, session: 2025-11-14, change: lost, source: c",
    ];
    let question = "figures How far did Acme shares move on 14 Nov 2025?";
    assert_eq!(
        drawn(&read(&one_event(&[], &reactions, &[]))),
        [format!("{question} | -3.78%: r1 | -4.2%: r2 r3")]
    );
    // What a dispute sets apart is not found again.
    let written = "id: d, question: Q, grade: tension, positions: [{label: L, held_by: [r1]}, {label: M, held_by: [r2, r3]}]";
    assert!(drawn(&read(&one_event(&[], &reactions, &[written]))).is_empty());
}

#[test]
fn one_thing_dated_differently_by_two_sources_is_found() {
    let said = |id: &str, day: &str, source: &str, text: &str| {
        format!("id: {id}, form: paraphrase, text: {text}, speaker: acme, said: {day}, source: {source}")
    };
    let texts = [
        said("s1", "2025-11-15", "a", "We saw nothing"),
        said("s2", "2025-11-16", "b", "\"We saw: nothing!\""),
        // A time that may be the same, the same source, and other words.
        said("s3", "2025-11", "c", "We saw nothing"),
        said("s4", "2025-11-20", "a", "We saw nothing"),
        said("s5", "2025-11-20", "b", "We knew nothing of it"),
    ];
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    assert_eq!(
        drawn(&read(&one_event(&texts[..3], &[], &[]))),
        ["dates When was this said: We saw nothing? | 15 Nov 2025: s1 | 16 Nov 2025: s2"]
    );
    assert_eq!(
        drawn(&read(&one_event(&texts, &[], &[]))),
        ["dates When was this said: We saw nothing? | 15 Nov 2025: s1 | 16 Nov 2025: s2 | 20 Nov 2025: s4"]
    );
    assert!(
        drawn(&read(&one_event(&[texts[0], texts[3]], &[], &[]))).is_empty(),
        "one source is two occasions"
    );
    let reactions = [
        "id: r1, instrument: Acme shares, session: 2025-11-14, change: -3%, source: a",
        "id: r2, instrument: Acme shares, session: 2025-11-17, change: -3%, source: b",
        "id: r3, instrument: Acme shares, session: 2025-11-18, change: -3%, source: b, venue: Hong Kong",
    ];
    assert_eq!(
        drawn(&read(&one_event(&[], &reactions, &[]))),
        ["dates In which session did Acme shares move by -3%? | 14 Nov 2025: r1 | 17 Nov 2025: r2"]
    );
}

#[test]
fn an_event_told_twice_with_two_dates_is_found() {
    let event = |id: &str, title: &str, when: &str, source: &str, link: &str| {
        format!(
            "  - {{id: {id}, title: {title}, when: {when}, status: occurred, sources: [{source}]{link}, statements: [\n      \
             {{id: {id}-s, form: paraphrase, text: X, source: {source}}}]}}\n"
        )
    };
    let both = |one: String, other: String| drawn(&read(&format!("{HEAD}{one}{other}")));
    let day = "2025-11-14";
    assert_eq!(
        both(
            event("e", "The board meets", day, "a", ""),
            event("f", "\"The Board, meets\"", "2025-11-15", "b", "")
        ),
        ["dates When was this: The board meets? | 14 Nov 2025: e-s | 15 Nov 2025: f-s"]
    );
    let link = ", links: [{to: e, kind: contradicts, basis: inferred, note: N}]";
    assert_eq!(
        both(event("e", "The board meets", day, "a", ""), event("f", "It met", "2025-11-15", "b", link))
            .len(),
        1
    );
    // The same source told of both, or the times may be one, or nothing says that they are one.
    for (title, when, source) in [
        ("The board meets", "2025-11-15", "a"),
        ("The board meets", "2025-11", "b"),
        ("The board meets", "2025-11-15?", "b"),
        ("It met", "2025-11-15", "b"),
    ] {
        let other = event("f", title, when, source, "");
        assert!(
            both(event("e", "The board meets", day, "a", ""), other).is_empty(),
            "{title} {when} {source}"
        );
    }
}

#[test]
fn a_denial_that_answers_an_allegation_is_found() {
    let alleged = "id: s1, form: paraphrase, text: Acme paid, stance: allegation, about: [acme], source: a";
    let denied = |rest: &str| format!("id: s2, form: quote, text: Never, stance: denial, source: b{rest}");
    let with = |rest: &str| drawn(&read(&one_event(&[alleged, &denied(rest)], &[], &[])));
    let expected = ["denial Is this so: Acme paid? | alleged: s1 | denied: s2"];
    assert_eq!(with(", speaker: bolt, about: [acme], replies_to: [s1]"), expected);
    assert_eq!(with(", speaker: voice, replies_to: [s1]"), expected, "by a part of the accused");
    assert!(with(", speaker: bolt, about: [bolt], replies_to: [s1]").is_empty(), "about another");
    assert!(with(", speaker: bolt, replies_to: [s1]").is_empty(), "about nobody, by another");
    assert!(with(", speaker: acme, about: [acme]").is_empty(), "it answers nothing");
    let denied = denied(", speaker: acme, replies_to: [s1]");
    let dispute = |first: &str, second: &str| {
        format!(
            "id: d, question: Q, grade: tension, positions: [{{label: L, held_by: [{first}]}}, {{label: M, held_by: [{second}]}}]"
        )
    };
    let apart = dispute("s1", "s2");
    assert!(drawn(&read(&one_event(&[alleged, &denied], &[], &[&apart]))).is_empty());
}

#[test]
fn wordings_are_named_by_what_differs() {
    let quote = |id: &str, text: &str, source: &str| {
        format!("id: {id}, form: quote, text: {text}, speaker: acme, source: {source}, locator: line 1")
    };
    let quotes = [
        quote("s1", "Every line of the article is completely false", "a"),
        quote("s2", "Every line of the article is entirely false", "b"),
        quote("s3", "Every line of the article is ‘completely’ false", "c"),
    ];
    let quotes: Vec<_> = quotes.iter().map(String::as_str).collect();
    let graph = read(&one_event(&quotes, &[], &[]));
    assert_eq!(drawn(&graph), ["wording What exactly did Acme say? | completely: s1 s3 | entirely: s2"]);
}

#[test]
fn ids_are_free_and_yaml_is_what_can_be_pasted() {
    let reactions = [
        "id: r1, instrument: \"Acme \\\"A\\\": shares #1\", change: -3%, source: a",
        "id: r2, instrument: \"Acme \\\"A\\\": shares #1\", change: -4%, source: b",
    ];
    let taken = "id: figures-r1, form: paraphrase, text: T, source: a";
    let graph = read(&one_event(&[taken], &reactions, &[]));
    let found = found(&graph);
    assert_eq!(
        yaml(&graph, &found[0]),
        r#"  # found by dateline, not written by anyone: figures for one instrument and session that cannot both be so.
  # The words and the grade are a proposal: read the accounts before keeping them.
  # It goes under `disputes:`, moved so that its dash stands below the other dashes there.
  - id: figures-r1-2
    question: "How far did Acme \"A\": shares #1 move?"
    grade: contradiction
    positions:
      - {label: "-3%", held_by: [r1]}
      - {label: "-4%", held_by: [r2]}
"#
    );
}

/// Everything found, pasted under `disputes:`.
fn pasted(yaml: &str, graph: &Graph, found: &[Found]) -> String {
    let written: String = found.iter().map(|found| super::yaml(graph, found)).collect();
    format!("{yaml}disputes:\n{written}")
}

/// What is found reads as the story's own once it is pasted, and is found no more.
fn check_paste(yaml: &str) {
    let graph = read(yaml);
    let all = found(&graph);
    if all.is_empty() {
        return;
    }
    for one in &all {
        assert!(one.dispute.positions.len() > 1, "{one:?}");
        assert!(graph.by_id(&one.dispute.id).is_none());
    }
    let text = pasted(yaml, &graph, &all);
    let after = read(&text);
    assert_eq!(after.dispute_count(), graph.dispute_count() + all.len());
    for (one, (_, written)) in all.iter().zip(after.disputes().skip(graph.dispute_count())) {
        // The reason that is still to be written aside.
        let written = Dispute { allow: Vec::new(), ..written.clone() };
        assert_eq!(format!("{:?}", one.dispute), format!("{written:?}"), "{text}");
        assert!(!one.dispute.question.contains('…'));
    }
    assert!(drawn(&after).is_empty(), "{text}\n{:#?}", drawn(&after));
}

fn some_story() -> impl Strategy<Value = String> {
    let pick = |from: &'static [&'static str]| proptest::sample::select(from);
    let source = || pick(&["a", "b", "c"]);
    let statement = (
        pick(&["quote", "paraphrase"]),
        pick(&[
            "every line of it is completely false",
            "every line of it is entirely false",
            "every line of it: entirely 3.5 false",
            "every line of it: entirely 3 5 false",
            "no",
            "that is \\\"not\\\" so # at all",
        ]),
        pick(&["acme", "bolt", "voice"]),
        pick(&["", ", said: 2025-11-14", ", said: 2025-11-15", ", said: 2025-11", ", said: 2025-11-15?"]),
        pick(&["allegation", "denial", "comment"]),
        pick(&["", ", about: [acme]", ", about: [acme, bolt]"]),
        proptest::option::of(0..8_usize),
        source(),
    );
    let reaction = (
        pick(&["Acme shares", "ACME-shares", "Bolt"]),
        pick(&["", ", session: 2025-11-14", ", session: 2025-11-15", ", session: 2025-11"]),
        pick(&["-3%", "-4%", "\">1%\"", "~2%", "lost"]),
        pick(&["", ", venue: X", ", venue: Y"]),
        source(),
    );
    let statements = proptest::collection::vec(statement, 0..8);
    let reactions = proptest::collection::vec(reaction, 0..6);
    (statements, reactions).prop_map(|(statements, reactions)| {

        let statements: Vec<_> = statements
            .into_iter()
            .enumerate()
            .map(|(place, (form, text, speaker, said, stance, about, replies, source))| {
                let to = replies.filter(|to| *to < place);
                let replies = to.map_or_else(String::new, |to| format!(", replies_to: [s{to}]"));
                format!("id: s{place}, form: {form}, text: \"{text}\", speaker: {speaker}{said}, stance: {stance}{about}{replies}, source: {source}")
            })
            .collect();
        let reactions: Vec<_> = reactions
            .into_iter()
            .enumerate()
            .map(|(place, (instrument, session, change, venue, source))| {
                format!("id: r{place}, instrument: {instrument}{session}, change: {change}{venue}, source: {source}")
            })
            .collect();
        let statements: Vec<_> = statements.iter().map(String::as_str).collect();
        let reactions: Vec<_> = reactions.iter().map(String::as_str).collect();
        one_event(&statements, &reactions, &[])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_pasted_is_found_no_more(yaml in some_story()) {
        check_paste(&yaml);
    }

    #[test]
    fn quoted_texts_read_as_they_were(words in "[ -~“”‘’…äé一\u{1F600}]{1,60}", id in "[a-z0-9]{1,4}") {
        let words = text::safe_line(&words).into_owned();
        prop_assume!(!words.trim().is_empty());
        let yaml = format!(
            "{HEAD}  - id: e\n    title: {}\n    status: occurred\n    sources: [a]\n    statements: [{{id: {}, form: paraphrase, text: X, source: a}}]\n",
            quoted(&words), scalar(&id)
        );
        if ["a", "b", "c", "e"].contains(&id.as_str()) { return Ok(()); }
        let graph = read(&yaml);
        prop_assert_eq!(graph.events().next().map(|(_, event)| event.title.trim().to_owned()), Some(words.trim().to_owned()));
        prop_assert!(graph.by_id(&id).is_some());
    }
}

#[test]
fn the_embedded_story_has_every_denial_in_a_dispute() {
    assert!(drawn(&read(story::EMBEDDED)).is_empty(), "{:#?}", drawn(&read(story::EMBEDDED)));
}

#[test]
fn a_rounded_figure_is_no_other_figure() {
    let reaction = |id: &str, change: &str, source: &str| {
        format!("id: {id}, instrument: Acme shares, session: 2025-11-14, change: {change}, source: {source}")
    };
    let reactions = [reaction("r1", "-3.78%", "a"), reaction("r2", "-3.8%", "b"), reaction("r3", "-9%", "c")];
    let reactions: Vec<_> = reactions.iter().map(String::as_str).collect();
    assert!(drawn(&read(&one_event(&[], &reactions[..2], &[]))).is_empty());
    assert_eq!(
        drawn(&read(&one_event(&[], &reactions, &[]))),
        ["figures How far did Acme shares move on 14 Nov 2025? | -3.78%: r1 r2 | -9%: r3"]
    );
    let finer = [reaction("r1", "-3.7%", "a"), reaction("r2", "-3.78%", "b")];
    assert_eq!(
        drawn(&read(&one_event(&[], &[&finer[0], &finer[1]], &[]))).len(),
        1,
        "cut off is not rounded"
    );
}

#[test]
fn events_without_an_account_are_found_and_have_no_yaml() {
    let event = |id: &str, when: &str, source: &str| {
        format!("  - {{id: {id}, title: The vote, when: {when}, status: occurred, sources: [{source}]}}\n")
    };
    let graph = read(&format!("{HEAD}{}{}", event("e", "2025-01-01", "a"), event("f", "2025-01-05", "b")));
    assert_eq!(drawn(&graph), ["dates When was this: The vote? | 1 Jan 2025, by A:  | 5 Jan 2025, by B: "]);
    assert!(found(&graph)[0].no_yaml.is_some());
}

#[test]
fn what_one_source_retells_is_in_a_dispute_with_the_rest_of_it() {
    let statements = [
        "id: s1, form: paraphrase, text: Acme paid, stance: allegation, about: [acme], source: a",
        "id: s2, form: quote, text: Never, stance: denial, speaker: acme, about: [acme], replies_to: [s1], source: a",
        "id: s3, form: paraphrase, text: In sum it is said to have paid, stance: allegation, about: [acme], source: a",
        "id: s4, form: paraphrase, text: It denies that, stance: denial, speaker: acme, about: [acme], replies_to: [s3], source: a",
    ];
    let dispute = "id: d, question: Q, grade: tension, positions: [{label: L, held_by: [s1]}, {label: M, held_by: [s2]}]";
    assert!(drawn(&read(&one_event(&statements, &[], &[dispute]))).is_empty());
    assert_eq!(drawn(&read(&one_event(&statements, &[], &[]))).len(), 2);
    // What the lint asks about is not pasted without a word.
    let graph = read(&one_event(&statements, &[], &[]));
    let yaml = yaml(&graph, &found(&graph)[0]);
    assert!(yaml.contains("allow:\n      - {rule: dispute-of-one-origin, reason: \"to be written"), "{yaml}");
}
