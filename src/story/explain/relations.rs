//! Faults in how the parts of a story hang together.

use super::super::diagnostic::Code;
use super::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::QuoteWithoutSpeaker,
        summary: "a quote of nobody",
        explanation: "\
A quote holds somebody's own words, so it needs a `speaker:`. One whom the source does not name is an actor with \
`named: false`, under the words the source uses: \"a spokesperson\". If the words are the article's own, it is a \
paraphrase without a speaker: the source speaks in its own voice.",
        wrong: "\
events:
  - id: denial
    title: The line rejects the report
    status: occurred
    sources: [morning-wire]
    statements:
      - id: line-sound
        form: quote
        text: the shaft is sound
        source: morning-wire
        locator: line 2
",
        right: "\
events:
  - id: denial
    title: The line rejects the report
    status: occurred
    sources: [morning-wire]
    statements:
      - id: line-sound
        form: quote
        text: the shaft is sound
        speaker: kestrel-line
        source: morning-wire
        locator: line 2
",
    },
    Explanation {
        code: Code::WithoutSource,
        summary: "an event, a statement or a reaction that no source carries",
        explanation: "\
Nothing is shown without a source. An event names in `sources:` who reports it; a statement or a reaction names in \
`source:` the one that has it. If you know it only from general knowledge, it does not belong in the story.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
",
        right: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::TooFewPositions,
        summary: "a dispute with fewer than two positions, or a position held by nothing",
        explanation: "\
A dispute is a question on which accounts differ, so it has two answers or more, and each of them is held by a statement \
or a reaction of the story: `held_by:` names their ids. An answer that nobody gives is your own, and does not belong here.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    statements:
      - {id: letter-worn, form: paraphrase, text: The letter calls the shaft worn., source: morning-wire}
disputes:
  - id: worn-or-sound
    question: Was the shaft worn?
    grade: contradiction
    positions:
      - {label: it was worn, held_by: [letter-worn]}
",
        right: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
    statements:
      - {id: letter-worn, form: paraphrase, text: The letter calls the shaft worn., source: morning-wire}
      - {id: letter-old, form: paraphrase, text: The letter calls the shaft old but sound., source: harbour-times}
disputes:
  - id: worn-or-sound
    question: Was the shaft worn?
    grade: contradiction
    positions:
      - {label: it was worn, held_by: [letter-worn]}
      - {label: it was sound, held_by: [letter-old]}
",
    },
    Explanation {
        code: Code::SelfReference,
        summary: "an element that refers to itself",
        explanation: "\
A source cannot rely on itself, an actor cannot be part of itself, a statement cannot answer itself, and an event cannot \
come before or be linked to itself. Most often the wrong id was pasted.",
        wrong: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article, relies_on: [morning-wire]}
",
        right: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article, relies_on: [harbour-times]}
  - {id: harbour-times, title: The letter, kind: article}
",
    },
    Explanation {
        code: Code::Cycle,
        summary: "elements that must each come before the other",
        explanation: "\
`after:` and `before:` say what came first where there is no date. Followed from one to the next, these lead back to \
where they began, so there is no order in which all of them could be so. The message names the circle: at least one of \
its links is wrong.",
        wrong: "\
events:
  - {id: letter-written, title: The letter, status: occurred, sources: [morning-wire], after: [ferry-stops]}
  - {id: ferry-stops, title: The stop, status: occurred, sources: [morning-wire], after: [letter-written]}
",
        right: "\
events:
  - {id: letter-written, title: The letter, status: occurred, sources: [morning-wire]}
  - {id: ferry-stops, title: The stop, status: occurred, sources: [morning-wire], after: [letter-written]}
",
    },
    Explanation {
        code: Code::OrderAgainstDates,
        summary: "dates that contradict `after:` or `before:`",
        explanation: "\
By `after:` or `before:` one thing must come first; by their dates it cannot have. Either a date or the order is wrong. \
Where sources disagree about the order, leave `after:` and `before:` out and make it a dispute.",
        wrong: "\
events:
  - {id: letter-written, title: The letter is written, when: 2025-03-01, status: occurred, sources: [morning-wire]}
  - id: ferry-stops
    title: The ferry stays in port
    when: 2025-02-20
    after: [letter-written]
    status: occurred
    sources: [morning-wire]
",
        right: "\
events:
  - {id: letter-written, title: The letter is written, when: 2025-03-01, status: occurred, sources: [morning-wire]}
  - id: ferry-stops
    title: The ferry stays in port
    when: 2025-03-04
    after: [letter-written]
    status: occurred
    sources: [morning-wire]
",
    },
];
