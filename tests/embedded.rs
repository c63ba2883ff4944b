//! The embedded story: five articles as a graph. It builds, it holds what the articles are about, and it keeps the
//! rules of fidelity that can be checked without the articles.

#![expect(clippy::panic, reason = "a test reports by failing")]

use dateline::story::change::Change;
use dateline::story::check::check;
use dateline::story::document::Document;
use dateline::story::graph::{Event, Graph};
use dateline::story::id::ElementId;
use dateline::story::vocabulary::{Basis, Form, Status};
use dateline::story::when::{Timing, When};
use dateline::story::{self, build};

fn embedded() -> Graph {
    story::read(story::EMBEDDED.as_bytes()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// It is read without being looked through for what the format refuses.
#[test]
fn nothing_in_it_needs_to_be_guarded_against() {
    assert!(!story::guard::needed(story::EMBEDDED));
}

fn event<'g>(graph: &'g Graph, id: &str) -> &'g Event {
    match graph.by_id(id) {
        Some(ElementId::Event(event)) => graph.event(event),
        other => panic!("{id} is {other:?}"),
    }
}

/// Every time of the story with what it belongs to.
fn timings(graph: &Graph) -> Vec<(&str, &Timing)> {
    let mut timings = Vec::new();
    timings.extend(graph.sources().map(|(_, it)| (it.id.as_str(), &it.published)));
    timings.extend(graph.events().map(|(_, it)| (it.id.as_str(), &it.timing)));
    timings.extend(graph.statements().map(|(_, it)| (it.id.as_str(), &it.said)));
    timings.extend(graph.reactions().map(|(_, it)| (it.id.as_str(), &it.session)));
    timings
}

#[test]
fn the_six_events_are_there() {
    let graph = embedded();
    // Title's word, day where one is known, whether it is inferred, status.
    for (id, word, day, status) in [
        ("memo-release", "leak", None, Status::Alleged),
        ("ft-report-published", "FT report", Some("2025-11-14"), Status::Occurred),
        ("alibaba-denial", "Alibaba rejects", None, Status::Occurred),
        ("pentagon-letter", "Pentagon letter", Some("2025-10-07"), Status::Occurred),
        ("list-expansion", "added to the 1260H list", None, Status::Occurred),
        ("earnings", "earnings", Some("2025-11-25"), Status::Scheduled),
    ] {
        let event = event(&graph, id);
        assert!(event.title.contains(word), "{id}: {}", event.title);
        assert_eq!(event.status, status, "{id}");
        let day = day.map(|day| When::parse(day, graph.header().time_zone).expect(day));
        assert_eq!(event.timing.when, day, "{id}");
        assert_eq!(event.timing.inferred, day.is_some(), "{id}: no article prints its year");
    }
}

#[test]
fn an_allegation_says_so_in_its_title_too() {
    for (_, event) in embedded().events() {
        if event.status == Status::Alleged {
            let title = event.title.to_lowercase();
            assert!(
                ["alleg", "accus", "claim", "said", "report"].iter().any(|word| title.contains(word)),
                "{}: {}",
                event.id,
                event.title
            );
        }
    }
}

#[test]
fn there_are_disputes_and_something_holds_each_position() {
    let graph = embedded();
    assert!(graph.dispute_count() >= 25, "{}", graph.dispute_count());
    for (_, dispute) in graph.disputes() {
        assert!(dispute.positions.len() >= 2, "{}", dispute.id);
        for position in &dispute.positions {
            assert!(!position.held_by.is_empty(), "{}: {}", dispute.id, position.label);
        }
    }
}

#[test]
fn the_two_figures_for_the_fall_stand_against_each_other_and_the_lost_one_stays_lost() {
    let graph = embedded();
    let mut figures: Vec<_> = graph.reactions().filter_map(|(_, it)| it.change.figure()).collect();
    figures.sort_by(f64::total_cmp);
    assert_eq!(figures, [-4.2, -3.78, 1.0]);
    assert!(graph.reactions().any(|(_, it)| it.change == Change::Lost));
    assert!(graph.reactions().any(|(_, it)| it.change == Change::MoreThan(1.0)));
}

#[test]
fn every_quote_has_a_speaker_and_a_place_and_no_paraphrase_looks_like_one() {
    for (_, statement) in embedded().statements() {
        match statement.form {
            Form::Quote => {
                assert!(statement.speaker.is_some(), "{}", statement.id);
                assert!(statement.locator.is_some(), "{}", statement.id);
            }
            Form::Paraphrase => {
                assert!(!statement.text.contains(['"', '“', '”', '„', '‘', '«', '»']), "{}", statement.id);
            }
        }
    }
}

#[test]
fn only_two_sources_carry_a_date_of_their_own() {
    let graph = embedded();
    let stated: Vec<_> = graph
        .sources()
        .filter(|(_, source)| source.published.when.is_some() && !source.published.inferred)
        .map(|(_, source)| (source.id.as_str(), source.published.reading()))
        .collect();
    assert_eq!(
        stated,
        [
            ("gmt-eight", "17 Nov 2025 22:33, no zone printed".to_owned()),
            ("ainvest", "29 Nov 2025 22:02 EST".to_owned()),
        ]
    );
    // The other articles have none at all; only the report that is not held has one that was worked out.
    for (_, source) in graph.sources() {
        if source.published.inferred {
            assert_eq!((source.id.as_str(), source.held), ("ft-report", false));
        }
    }
}

#[test]
fn every_inferred_time_and_link_gives_its_reasoning() {
    let graph = embedded();
    let timings = timings(&graph);
    assert!(timings.iter().any(|(_, timing)| timing.inferred));
    for (id, timing) in timings {
        assert!(!timing.inferred || timing.note.is_some(), "{id}");
    }
    for (_, link) in graph.links() {
        let from = &graph.event(link.from).id;
        match link.basis {
            Basis::Stated => assert!(link.source.is_some() && link.locator.is_some(), "{from}"),
            Basis::Inferred => assert!(link.note.is_some(), "{from}"),
        }
    }
}

#[test]
fn what_is_said_comes_from_a_source_at_hand() {
    let graph = embedded();
    let carriers = graph.statements().map(|(_, it)| it.source);
    for source in carriers.chain(graph.reactions().map(|(_, it)| it.source)) {
        assert!(graph.source(source).held, "{}", graph.source(source).id);
    }
    for (_, source) in graph.sources() {
        assert_eq!(source.held, source.archive.is_some(), "{}", source.id);
    }
}

/// On a day when all that is scheduled is to come, today, and long after.
#[test]
fn no_rule_is_broken_without_a_reason_whatever_the_day() {
    let graph = embedded();
    for day in ["2025-11-20", "2026-11-21", "2030-01-01"] {
        let found = check(&graph, day.parse().expect(day));
        let not_allowed: Vec<_> = found.iter().filter(|one| one.allowed.is_none()).collect();
        assert!(not_allowed.is_empty(), "{day}: {not_allowed:#?}");
    }
}

#[test]
fn every_text_is_safe_as_it_is_written() {
    let document = Document::from_yaml(story::EMBEDDED).unwrap_or_else(|refusal| panic!("{refusal:#?}"));
    let (_, found) = build::build(document);
    assert_eq!(found, []);
}
