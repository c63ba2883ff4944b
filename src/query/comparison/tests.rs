use super::*;
use crate::story;
use crate::story::id::ElementId;

fn embedded() -> Graph {
    story::read(story::EMBEDDED.as_bytes()).expect("the story builds")
}

fn laid_out(graph: &Graph, subject: Subject) -> Comparison {
    Comparison::of(graph, &[], subject).expect("it can be compared")
}

fn dispute(graph: &Graph, id: &str) -> Comparison {
    match graph.by_id(id) {
        Some(ElementId::Dispute(id)) => laid_out(graph, Subject::Written(id)),
        other => panic!("{id} is {other:?}"),
    }
}

fn event(graph: &Graph, id: &str) -> EventId {
    match graph.by_id(id) {
        Some(ElementId::Event(id)) => id,
        other => panic!("{id} is {other:?}"),
    }
}

fn actor(graph: &Graph, id: &str) -> ActorId {
    match graph.by_id(id) {
        Some(ElementId::Actor(id)) => id,
        other => panic!("{id} is {other:?}"),
    }
}

fn part(part: &Part) -> String {
    let pieces = part.pieces.iter().map(|piece| {
        let words = &part.text[piece.text.clone()];
        if piece.differs { format!("[{words}]") } else { words.to_owned() }
    });
    part.lead.clone() + &pieces.collect::<String>()
}

/// A row of a group: its mark, and each cell with what differs in brackets; `-` where a cell tells nothing, nothing
/// where there is none.
fn row(comparison: &Comparison, group: usize, field: Field) -> String {
    let Some(row) = comparison.groups[group].iter().find(|row| row.field == field) else {
        return "no row".to_owned();
    };
    let cells = row.cells.iter().map(|cell| match cell {
        None => String::new(),
        Some(cell) if cell.parts.is_empty() => "-".to_owned(),
        Some(cell) => cell.parts.iter().map(part).collect::<Vec<_>>().join("; "),
    });
    let mark = match row.agreement {
        Agreement::Same => "=",
        Agreement::Differs => "≠",
        Agreement::Open => "?",
    };
    format!("{mark} {}", cells.collect::<Vec<_>>().join(" | "))
}

/// A story of one event with these statements and reactions, and a dispute between positions `a b / c`.
fn story(statements: &str, reactions: &str, positions: &str) -> Graph {
    let positions: Vec<_> = positions
        .split('/')
        .map(|held| {
            let held: Vec<_> = held.split_whitespace().collect();
            format!("{{label: L, held_by: [{}]}}", held.join(", "))
        })
        .collect();
    let yaml = format!(
        "
format: 1
story: {{title: T}}
sources:
  - {{id: s, title: Headline of S, kind: article, published: 2025-11-17}}
  - {{id: v, title: V, kind: filing, origin: itself}}
  - {{id: t, title: T, publisher: Tide, kind: article, relies_on: [u], ai_generated: disclosed, origin: not_stated}}
  - {{id: u, title: U, publisher: Umbra, kind: document, held: false}}
actors: [{{id: x, name: Xan, kind: person}}, {{id: y, name: Yaw, kind: person}}, {{id: z, name: a voice, kind: person, named: false}}]
events:
  - id: e
    title: E
    status: occurred
    sources: [t, s]
    statements: [{statements}]
    reactions: [{reactions}]
disputes: [{{id: d, question: Q, grade: tension, positions: [{}]}}]
",
        positions.join(", ")
    );
    story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn the_two_figures_of_the_share_fall_differ_and_a_lost_one_disagrees_with_nothing() {
    let comparison = dispute(&embedded(), "fall-size");
    assert_eq!(comparison.groups.len(), 1);
    assert_eq!(row(&comparison, 0, Field::Figure), "≠ [-3.78%] | [-4.2%] | -");
    let shares = "Alibaba shares, US-traded";
    assert_eq!(row(&comparison, 0, Field::Traded), format!("= {shares} | {shares} | {shares}"));
    assert_eq!(row(&comparison, 0, Field::Session), "? 14 Nov 2025 (inferred) | - | -");
    assert_eq!(row(&comparison, 0, Field::Venue), "= United States | United States | United States");
    assert_eq!(row(&comparison, 0, Field::Words), "no row");
    let readings: Vec<_> = comparison.columns.iter().map(|column| column.support.reading()).collect();
    assert_eq!(readings, ["1 source, origin not stated"; 3]);
    // What has no known origin is like nothing and unlike nothing.
    assert_eq!(comparison.rests_on.agreement, Agreement::Open);
}

#[test]
fn what_was_called_false_is_the_same_and_what_it_is_said_of_is_not() {
    let comparison = dispute(&embedded(), "what-is-called-false");
    assert_eq!(
        row(&comparison, 0, Field::Words),
        "≠ completely false | completely false | [The assertions and innuendos in the article are] completely false"
    );
    assert_eq!(row(&comparison, 1, Field::Words), "? completely false |  | ");
    assert_eq!(
        row(&comparison, 0, Field::About),
        "≠ [White House memo] | [Financial Times] | [Financial Times]"
    );
    assert_eq!(row(&comparison, 0, Field::Form), "= verbatim quote | verbatim quote | verbatim quote");
    assert_eq!(
        row(&comparison, 0, Field::Who),
        "≠ [Alibaba] | [Alibaba] | [an Alibaba spokesperson (unnamed)]"
    );
    assert!(row(&comparison, 0, Field::Answers).starts_with("≠ White House memo: ["));
}

#[test]
fn paraphrases_in_other_words_are_not_marked_all_over() {
    let comparison = dispute(&embedded(), "alibaba-recommended-or-added");
    for account in comparison.columns.iter().flat_map(|column| &column.accounts) {
        assert!(account.unrelated, "{account:?}");
    }
    assert!(
        row(&comparison, 0, Field::Words).starts_with('≠')
            && !row(&comparison, 0, Field::Words).contains('[')
    );
    let readings: Vec<_> = comparison.columns.iter().map(|column| column.support.reading()).collect();
    assert_eq!(readings, ["1 source, origin not stated"; 3]);
}

#[test]
fn every_dispute_of_the_embedded_story_is_laid_out_whole() {
    let graph = embedded();
    for (id, dispute) in graph.disputes() {
        let comparison = laid_out(&graph, Subject::Written(id));
        assert_eq!(comparison.columns.len(), dispute.positions.len());
        for (place, (column, position)) in comparison.columns.iter().zip(&dispute.positions).enumerate() {
            let accounts: BTreeSet<_> = column.accounts.iter().map(|one| one.account).collect();
            assert_eq!(accounts, position.held_by.iter().copied().collect());
            for compared in &column.accounts {
                let rows = &comparison.groups[compared.group];
                assert!(rows.is_sorted_by_key(|row| row.field), "{}", dispute.id);
                assert!(rows.iter().all(|row| row.cells.len() == comparison.columns.len()));
                let told = rows.iter().filter_map(|row| row.cells[place].as_ref());
                for part in told.flat_map(|cell| &cell.parts) {
                    let joined: String =
                        part.pieces.iter().map(|piece| &part.text[piece.text.clone()]).collect();
                    assert_eq!(joined, part.text);
                }
                if let Account::Statement(id) = compared.account {
                    let words = rows.iter().find(|row| row.field == Field::Words).expect("words");
                    let cell = words.cells[place].as_ref().expect("a cell");
                    assert_eq!(cell.parts[0].text, graph.statement(id).text);
                }
            }
        }
    }
}

#[test]
fn figures_are_compared_by_value() {
    for (one, other, expected) in [
        ("-3.78%", "-4.2%", "≠ [-3.78%] | [-4.2%]"),
        ("-3.78%", "-3.780 %", "= -3.78% | -3.78%"),
        ("1%", ">1%", "≠ [+1%] | [up more than 1%]"),
        ("-1%", "lost", "? -1% | -"),
        ("lost", "lost", "? - | -"),
    ] {
        let reactions = format!(
            "{{id: a, instrument: Shares, change: \"{one}\", source: s}}, {{id: b, instrument: shares, change: \"{other}\", source: s}}"
        );
        let comparison = dispute(&story("", &reactions, "a / b"), "d");
        assert_eq!(row(&comparison, 0, Field::Figure), expected);
        assert_eq!(row(&comparison, 0, Field::Traded), "= Shares | shares", "names are compared folded");
    }
    let statements =
        "{id: a, form: paraphrase, text: A, source: v}, {id: b, form: paraphrase, text: B, source: t}";
    assert_eq!(
        row(&dispute(&story(statements, "", "a / b"), "d"), 0, Field::ReliesOn),
        "≠ [at first hand] | [Umbra (not held)]"
    );
    for (one, other, expected) in [
        ("It fell 3.78 %", "It fell 4.2 per cent", "≠ It fell [3.78 %] | It fell [4.2 per cent]"),
        ("It fell 3.78%", "It fell 3.78 per cent", "= It fell 3.78% | It fell 3.78 per cent"),
        ("“Un‑true” He Said", "un-true he said", "= “Un‑true” He Said | un-true he said"),
    ] {
        let statements = format!(
            "{{id: a, form: paraphrase, text: \"{one}\", source: s}}, {{id: b, form: paraphrase, text: \"{other}\", source: s}}"
        );
        assert_eq!(row(&dispute(&story(&statements, "", "a / b"), "d"), 0, Field::Words), expected);
    }
}

#[test]
fn facts_differ_part_by_part_and_silence_differs_from_nothing() {
    let statements = "
      {id: a, form: quote, text: no, speaker: x, about: [x, y], said: 2025-11-14, stance: denial, source: s, locator: line 3},
      {id: b, form: paraphrase, text: no, speaker: z, about: [y], source: t, locator: line 3},
      {id: c, form: paraphrase, text: no, source: t, replies_to: [a, b]}";
    let comparison = dispute(&story(statements, "", "a / b / c"), "d");
    for (field, expected) in [
        (Field::Who, "≠ [Xan] | [a voice (unnamed)] | [Tide, in its own voice]"),
        (Field::Words, "= no | no | no"),
        (Field::Form, "≠ [verbatim quote] | [paraphrase] | [paraphrase]"),
        (Field::Stance, "? denial | - | -"),
        (Field::About, "≠ [Xan]; Yaw | Yaw | -"),
        (Field::Answers, "? - | - | Xan: no; a voice (unnamed): no"),
        (Field::Said, "? 14 Nov 2025 | - | -"),
        (Field::Published, "? 17 Nov 2025 | - | -"),
        (Field::Source, "≠ [Headline of S (no publisher named)]; [line 3] | [Tide]; [line 3] | [Tide]"),
        (Field::ReliesOn, "? - | Umbra (not held) | Umbra (not held)"),
        (
            Field::Machine,
            "≠ [not said to be written by one] | [written by one, it says so itself] | [written by one, it says so itself]",
        ),
        (Field::Event, "= E | E | E"),
        (Field::Note, "no row"),
        (Field::Figure, "no row"),
    ] {
        assert_eq!(row(&comparison, 0, field), expected, "{field:?}");
    }
}

#[test]
fn statements_and_market_moves_stand_beside_each_other_with_rows_of_their_own() {
    let graph = story(
        "{id: a, form: paraphrase, text: It fell, source: s}",
        "{id: b, instrument: Shares, change: -1%, source: s}",
        "a / b",
    );
    let comparison = dispute(&graph, "d");
    assert_eq!(row(&comparison, 0, Field::Words), "? It fell | ");
    assert_eq!(row(&comparison, 0, Field::Figure), "?  | -1%", "its words give no figure");
    assert_eq!(row(&comparison, 0, Field::Said), "? - | ");
    assert!(!comparison.columns[1].accounts[0].unrelated);
}

#[test]
fn an_event_is_laid_out_source_by_source_with_like_beside_like() {
    let statements = "
      {id: s1, form: paraphrase, text: Xan says no, speaker: x, source: s},
      {id: s2, form: quote, text: utterly false, speaker: x, source: s},
      {id: s3, form: paraphrase, text: It rains, source: s},
      {id: t1, form: quote, text: plainly false, speaker: x, source: t},
      {id: t2, form: quote, text: a lie, speaker: x, source: t},
      {id: t3, form: paraphrase, text: Xan denies it, speaker: x, source: t},
      {id: t4, form: paraphrase, text: Yaw waits, speaker: y, source: t}";
    let graph = story(statements, "{id: r, instrument: I, change: -1%, source: s}", "s1 / t1");
    let subject = source_by_source(&graph, event(&graph, "e")).expect("two sources");
    let comparison = laid_out(&graph, subject);
    let laid: Vec<Vec<String>> = comparison
        .columns
        .iter()
        .map(|column| {
            let id = |one: &Compared| format!("{} {}", one.group, graph.id_of(one.account.into()));
            column.accounts.iter().map(id).collect()
        })
        .collect();
    // The event names t first. Quotes and figures come before what is put in other words, and what more sources have
    // before what one has.
    assert_eq!(laid[0], ["0 t1", "1 t2", "3 t3", "5 t4"]);
    assert_eq!(laid[1], ["0 s2", "2 r", "3 s1", "4 s3"]);
    let labels: Vec<_> = comparison.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(labels, ["Tide", "Headline of S"]);
    assert_eq!(row(&comparison, 0, Field::Words), "≠ [plainly] false | [utterly] false");
    assert_eq!(row(&comparison, 0, Field::Event), "no row");
    assert_eq!(comparison.groups.len(), 6);
}

#[test]
fn what_an_actor_said_is_set_against_the_like_before_it() {
    let statements = "
      {id: a, form: quote, text: completely false, speaker: x, said: 2025-11-14, about: [y], source: s},
      {id: c, form: quote, text: the report is completely false, speaker: x, said: 2025-11-16, about: [y], source: s},
      {id: b, form: quote, text: We shall sue, speaker: x, said: 2025-11-15, source: s},
      {id: d1, form: paraphrase, text: the report is false, speaker: x, said: 2025-11-17, about: [x], source: s}";
    let graph = story(statements, "", "a / c");
    let comparison = laid_out(&graph, said_in_order(&graph, actor(&graph, "x")).expect("more than one"));
    let order: Vec<_> =
        comparison.columns.iter().map(|column| graph.id_of(column.accounts[0].account.into())).collect();
    assert_eq!(order, ["a", "b", "c", "d1"]);
    let against: Vec<_> = comparison
        .columns
        .iter()
        .map(|column| column.accounts[0].against.map(|(column, _)| column))
        .collect();
    assert_eq!(against, [None, Some(0), Some(0), Some(2)]);
    let unrelated: Vec<_> = comparison.columns.iter().map(|column| column.accounts[0].unrelated).collect();
    assert_eq!(unrelated, [false, true, false, false]);
    assert_eq!(
        row(&comparison, 0, Field::Words),
        "≠ completely false | We shall sue | [the report is] completely false | the report is false"
    );
    assert_eq!(
        row(&comparison, 0, Field::Form),
        "≠ verbatim quote | verbatim quote | verbatim quote | [paraphrase]"
    );
    assert_eq!(row(&comparison, 0, Field::About), "≠ Yaw | - | Yaw | [Xan]");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let graph = story(
        "{id: a, form: quote, text: no, speaker: x, source: s}, {id: b, form: paraphrase, text: B, source: s}",
        "",
        "a / b",
    );
    assert_eq!(source_by_source(&graph, event(&graph, "e")), Err(Unfit::OneSource));
    assert_eq!(said_in_order(&graph, actor(&graph, "x")), Err(Unfit::SaidOnce));
    assert_eq!(said_in_order(&graph, actor(&graph, "y")), Err(Unfit::NothingSaid));
}

#[test]
fn two_that_were_picked_stand_side_by_side() {
    let graph = embedded();
    let account = |id: &str| match graph.by_id(id) {
        Some(ElementId::Statement(id)) => Account::Statement(id),
        other => panic!("{id} is {other:?}"),
    };
    let picked = [account("mem-false"), account("den-assertions")];
    let comparison = laid_out(&graph, Subject::Picked(picked));
    assert_eq!(
        row(&comparison, 0, Field::Words),
        "≠ completely false | [The assertions and innuendos in the article are] completely false"
    );
    assert_eq!(comparison.place_of(picked[1]), Some((1, 0)));
    assert_eq!(comparison.place_of(account("gmt-false")), None);
}

#[test]
fn what_was_found_is_laid_out_as_what_was_written() {
    let graph = story(
        "",
        "{id: a, instrument: Shares, session: 2025-11-14, change: -3%, source: s},
         {id: b, instrument: Shares, session: 2025-11-14, change: -4%, source: t},
         {id: c, instrument: Bonds, change: 1%, source: s}, {id: c2, instrument: Bonds, change: 1%, source: t}",
        "c / c2",
    );
    let found = crate::query::found::found(&graph);
    assert_eq!(found.len(), 1);
    let comparison = Comparison::of(&graph, &found, Subject::Found(0)).expect("one was found");
    assert_eq!(row(&comparison, 0, Field::Figure), "≠ [-3%] | [-4%]");
    assert!(comparison.is_of_dispute());
    assert_eq!(Comparison::of(&graph, &found, Subject::Found(1)), None);
}

#[test]
fn opposite_words_are_set_against_one_text_and_not_against_all() {
    let statements = "
      {id: a, form: quote, text: the firm was not added to the list, speaker: x, source: s},
      {id: b, form: quote, text: the firm was added to the list, speaker: x, source: t},
      {id: c, form: quote, text: the bank was not added to the list, speaker: y, source: t}";
    // In whatever order the file has them: the speaker brings the first two together.
    for positions in ["a / b c", "a / c b"] {
        let comparison = dispute(&story(statements, "", positions), "d");
        assert_eq!(
            row(&comparison, 0, Field::Words),
            "≠ the firm was [not] added to the list | the firm was added to the list"
        );
        assert_eq!(row(&comparison, 1, Field::Words), "?  | the [bank] was not added to the list");
        let against: Vec<_> = comparison.columns[1].accounts.iter().map(|one| one.against).collect();
        assert_eq!(against, [Some((0, 0)), Some((0, 0))], "each names what it is set against");
    }
    // Two that say the same are set against the third.
    let statements = "
      {id: a, form: quote, text: the firm was not added, speaker: x, source: s},
      {id: b, form: quote, text: the firm was not added, speaker: x, source: v},
      {id: c, form: quote, text: the firm was added, speaker: x, source: t}";
    let comparison = dispute(&story(statements, "", "a / b / c"), "d");
    assert_eq!(
        row(&comparison, 0, Field::Words),
        "≠ the firm was [not] added | the firm was [not] added | the firm was added"
    );
    let words = comparison.groups[0].iter().find(|row| row.field == Field::Words).expect("words");
    assert!(!words.differs_among(&[0, 1]) && words.differs_among(&[1, 2]));
    assert_eq!((words.unlike(0), words.unlike(2)), (vec![2], vec![0, 1]));
}

#[test]
fn a_figure_in_words_stands_beside_one_of_the_market() {
    for (words, change, expected) in [
        ("The shares fell by 4.2 per cent", "-3.78%", "≠ [-3.78%] | in its words: [-4.2%]"),
        ("The shares fell by 3.78 per cent", "-3.78%", "= -3.78% | in its words: -3.78%"),
        ("The shares rose by 3.78 per cent", "-3.78%", "≠ [-3.78%] | in its words: [+3.78%]"),
        ("A move of 3.78 %", "-3.78%", "= -3.78% | in its words: 3.78%, which way is not said"),
        ("A fall of 3.78 %, after a rise of 1%", "-3.78%", "= -3.78% | in its words: -3.78%"),
        ("The shares fell", "-3.78%", "? -3.78% | "),
    ] {
        let statement = format!("{{id: b, form: paraphrase, text: \"{words}\", source: t}}");
        let reaction = format!("{{id: a, instrument: Shares, change: {change}, source: s}}");
        let comparison = dispute(&story(&statement, &reaction, "a / b"), "d");
        assert_eq!(row(&comparison, 0, Field::Figure), expected, "{words}");
    }
}

#[test]
fn accounts_stand_beside_what_they_have_most_in_common_with() {
    let reactions = "
      {id: a1, instrument: Shares, session: 2025-11-14, change: -1%, source: s},
      {id: a2, instrument: Bonds, session: 2025-11-14, change: -2%, source: s},
      {id: b1, instrument: Bonds, session: 2025-11-14, change: -3%, source: t},
      {id: b2, instrument: Shares, session: 2025-11-14, change: -4%, source: t}";
    let graph = story("", reactions, "a1 a2 / b1 b2");
    for comparison in
        [dispute(&graph, "d"), laid_out(&graph, source_by_source(&graph, event(&graph, "e")).expect("two"))]
    {
        for group in 0..2 {
            assert!(row(&comparison, group, Field::Traded).starts_with('='), "{comparison:#?}");
        }
        assert!(comparison.columns.iter().all(|column| column.accounts.is_sorted_by_key(|one| one.group)));
    }
}

#[test]
fn what_rests_on_the_same_origin_does_not_differ_in_it() {
    let statements = "
      {id: a, form: paraphrase, text: A, source: v}, {id: b, form: paraphrase, text: B, source: v},
      {id: c, form: paraphrase, text: C, source: t}, {id: d1, form: paraphrase, text: D, source: s}";
    let comparison = dispute(&story(statements, "", "a / b / c / d1"), "d");
    assert_eq!(comparison.rests_on.unlike(0), [2]);
    let cells: Vec<_> =
        comparison.rests_on.cells.iter().flatten().map(|cell| cell.parts[0].text.as_str()).collect();
    assert_eq!(
        cells,
        [
            "1 source, 1 origin (V)",
            "1 source, 1 origin (V)",
            "1 source, 1 origin (Umbra)",
            "1 source, origin not stated"
        ]
    );
}

#[test]
fn who_speaks_for_a_firm_is_among_what_it_said() {
    let graph = embedded();
    let alibaba = actor(&graph, "alibaba");
    assert!(said_by(&graph, alibaba).len() > graph.statements_by(alibaba).len());
    assert!(!parts_of(&graph, alibaba).is_empty());
}
