use super::*;
use crate::story;

const STORY: &str = "format: 1
story: {title: T, time_zone: Europe/Berlin}
sources:
  - {id: wire, title: A, publisher: W, byline: By, published: 2025-11-17T22:33, kind: article, gaps: [g, h],
     relies_on: [letter], grade: {reliability: C, credibility: 3}, url: \"https://a.example/\", note: n, ai_generated: disclosed}
  - {id: letter, title: B, kind: document, held: false, origin: itself, archive: {file: a.txt}}
actors:
  - {id: acme, name: Acme, kind: company, aliases: [Ac, Me], note: n}
  - {id: voice, name: a spokesman, kind: person, named: false, part_of: acme}
events:
  - id: memo
    title: The memo
    when: 2025-11-14
    when_basis: inferred
    when_note: the Friday
    status: alleged
    kind: leak
    summary: S
    place: P
    sources: [wire, letter]
    actors: [{actor: acme, role: accused}, {actor: voice}]
    after: [{event: first, by: 1 day}]
    links: [{to: first, kind: follows_up, basis: stated, source: wire, locator: headline, note: n}]
    statements:
      - {id: says, form: quote, text: completely false, speaker: acme, said: 2025-11-15, stance: denial,
         about: [acme, voice], replies_to: [asks], source: wire, locator: line 13, note: n}
      - {id: asks, form: paraphrase, text: It asks., source: letter}
    reactions:
      - {id: fall, instrument: Acme, symbol: AC, venue: US, session: 2025-11-14, change: -3.78%, source: wire, locator: line 15}
      - {id: fall-b, instrument: Acme, change: -4.2%, source: letter}
  - {id: first, title: First, status: occurred, sources: [wire], when: \"2025-11-12T10:00+01:00\"}
disputes:
  - id: how-far
    question: How far?
    grade: contradiction
    note: n
    positions: [{label: one, held_by: [fall]}, {label: two, held_by: [fall-b], note: n}]
    allow: [{rule: dispute-of-one-origin, reason: r}]
";

fn read(yaml: &str) -> Graph {
    story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{yaml}\n{faults:#?}"))
}

/// The ids of the elements whose digests differ.
fn changed(one: &str, other: &str) -> Vec<&'static str> {
    const IDS: &[&str] =
        &["wire", "letter", "acme", "voice", "memo", "first", "says", "asks", "fall", "fall-b", "how-far"];
    let (one, other) = (read(one), read(other));
    let of = |graph: &Graph, id: &str| graph.by_id(id).map(|element| digest(graph, element));
    IDS.iter().copied().filter(|id| of(&one, id) != of(&other, id)).collect()
}

#[test]
fn every_field_counts_at_its_element_and_at_the_event_that_carries_it() {
    for (from, to, ids) in [
        ("title: A,", "title: Aa,", &["wire"][..]),
        ("publisher: W,", "publisher: V,", &["wire"]),
        ("byline: By, ", "", &["wire"]),
        ("T22:33,", "T22:34,", &["wire"]),
        ("T22:33,", "T22:33:00,", &["wire"]),
        ("kind: article, gaps", "kind: post, gaps", &["wire"]),
        ("gaps: [g, h]", "gaps: [g]", &["wire"]),
        ("gaps: [g, h]", "gaps: [gh]", &["wire"]),
        ("relies_on: [letter],", "", &["wire"]),
        ("reliability: C", "reliability: D", &["wire"]),
        ("credibility: 3", "credibility: 4", &["wire"]),
        ("a.example/\"", "b.example/\"", &["wire"]),
        (", ai_generated: disclosed", "", &["wire"]),
        ("held: false", "held: true", &["letter"]),
        (", origin: itself", "", &["letter"]),
        ("a.txt", "b.txt", &["letter"]),
        ("name: Acme,", "name: Acmé,", &["acme"]),
        ("[Ac, Me]", "[Ac]", &["acme"]),
        (", part_of: acme", "", &["voice"]),
        ("named: false", "named: true", &["voice"]),
        ("The memo", "A memo", &["memo"]),
        ("2025-11-14\n", "2025-11-14~\n", &["memo"]),
        ("    when_basis: inferred\n", "", &["memo"]),
        ("the Friday", "a Friday", &["memo"]),
        ("status: alleged", "status: possible", &["memo"]),
        ("kind: leak", "kind: report", &["memo"]),
        ("summary: S", "summary: s", &["memo"]),
        ("place: P", "place: Q", &["memo"]),
        ("[wire, letter]", "[wire]", &["memo"]),
        ("role: accused", "role: denying", &["memo"]),
        (", {actor: voice}", "", &["memo"]),
        ("by: 1 day", "by: 2 days", &["memo"]),
        ("follows_up", "responds_to", &["memo"]),
        ("completely false", "wholly false", &["memo", "says"]),
        ("2025-11-15", "2025-11-16", &["memo", "says"]),
        ("stance: denial", "stance: comment", &["memo", "says"]),
        ("[acme, voice]", "[acme]", &["memo", "says"]),
        ("replies_to: [asks],", "", &["memo", "says"]),
        ("line 13", "line 14", &["memo", "says"]),
        ("It asks.", "It begs.", &["memo", "asks"]),
        ("It asks., source: letter", "It asks., source: letter, relies_on: []", &["memo", "asks"]),
        ("-4.2%, source: letter", "-4.2%, source: letter, relies_on: [wire]", &["memo", "fall-b"]),
        ("symbol: AC, ", "", &["memo", "fall"]),
        ("venue: US", "venue: UK", &["memo", "fall"]),
        ("-3.78%", "\">3.78%\"", &["memo", "fall"]),
        ("-4.2%", "lost", &["memo", "fall-b"]),
        ("How far?", "How deep?", &["how-far"]),
        ("grade: contradiction", "grade: tension", &["how-far"]),
        ("label: one", "label: won", &["how-far"]),
        ("[fall-b], note: n", "[fall-b]", &["how-far"]),
        ("reason: r", "reason: s", &["how-far"]),
        ("title: First", "title: Second", &["first"]),
        ("10:00+01:00", "10:00+02:00", &["first"]),
    ] {
        assert!(STORY.contains(from), "{from}");
        assert_eq!(changed(STORY, &STORY.replacen(from, to, 1)), ids, "{from} -> {to}");
    }
}

#[test]
fn what_says_the_same_has_the_same_digest() {
    let same = |other: &str| assert_eq!(changed(STORY, other), [""; 0], "{other}");
    same(&STORY.replace("gaps: [g, h]", "gaps: [h, g]"));
    same(&STORY.replace("[wire, letter]", "[letter, wire]"));
    same(&STORY.replace("time_zone: Europe/Berlin", "time_zone: Asia/Tokyo, summary: S"));
    same(&STORY.replace("10:00+01:00", "09:00Z"));
    same(
        &STORY
            .replace("    after: [{event: first, by: 1 day}]\n", "")
            .replace("sources: [wire], when", "sources: [wire], before: [{event: memo, by: 1 day}], when"),
    );
    // Others come in front of all of them, and so every number is another.
    same(
        &STORY
            .replace("sources:\n", "sources:\n  - {id: new-source, title: N, kind: post}\n")
            .replace("actors:\n", "actors:\n  - {id: new-actor, name: N, kind: other}\n")
            .replace(
                "events:\n",
                "events:\n  - {id: new, title: N, status: possible, sources: [new-source]}\n",
            ),
    );
    let says = STORY.find("      - {id: says").expect("a statement");
    let asks = STORY.find("      - {id: asks").expect("a statement");
    let after = STORY.find("    reactions:").expect("a list");
    let turned = [&STORY[..says], &STORY[asks..after], &STORY[says..asks], &STORY[after..]].concat();
    same(&turned);
}

#[test]
fn digests_stay_from_version_to_version() {
    let graph = read(STORY);
    let of = |id: &str| digest(&graph, graph.by_id(id).expect("an element")).to_string();
    assert_eq!(of("memo"), "4530fce64711916dad1e166dc3afd2b814b46d88966bacf71d2dc17b4814e61f");
    assert_eq!(of("wire"), "994e9d4cecb9c56f0d73612316b533b666b3096ae44fcbc8710e1dcf414b81d1");
}

#[test]
fn a_digest_is_read_back_from_its_hex() {
    let graph = read(STORY);
    for (id, _) in graph.events() {
        let digest = digest(&graph, ElementId::Event(id));
        assert_eq!(digest.to_string().parse(), Ok(digest));
    }
    for wrong in ["", "00", &"A".repeat(64), &"g".repeat(64), &"0".repeat(65), &"é".repeat(32)] {
        assert_eq!(wrong.parse::<Digest>(), Err(NoDigest), "{wrong}");
    }
}

#[test]
fn one_element_and_all_of_them_are_digested_alike() {
    let graph = read(story::EMBEDDED);
    let contents = Contents::of(&graph);
    let events: Vec<_> = graph.events().map(|(id, _)| ElementId::Event(id)).collect();
    let mut digests: Vec<_> = events.iter().map(|event| contents.digest(*event)).collect();
    for (event, of_all) in events.iter().zip(&digests) {
        assert_eq!(digest(&graph, *event), *of_all);
    }
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), events.len(), "no two events are the same");
}
