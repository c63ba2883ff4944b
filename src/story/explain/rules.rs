//! Rules of the lint about what is said and when, and who says it.

use super::super::diagnostic::Code;
use super::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::UnsafeText,
        summary: "a text holds characters that would be hidden, or would act on a terminal",
        explanation: "\
Control characters, characters that turn the direction of writing, and characters without any width can make a \
text look like another, or do things to a reader's screen. They are shown as visible escapes such as ‹U+202E›, and \
reported here, because a reader cannot tell what was meant. Most often they came along when the text was pasted; \
type the place anew.",
        wrong: "\
story:
  title: \"The ferry\\u202E and the letter\"
",
        right: "\
story:
  title: The ferry and the letter
",
    },
    Explanation {
        code: Code::QuoteWithoutLocator,
        summary: "a quote does not say where in its source it stands",
        explanation: "\
A quote claims that exactly these words are printed in the source inside quotation marks. `locator:` lets a \
reader, or a colleague before publication, look them up: headline, line 13, lines 13-15, page 4 or paragraph 3; of \
a broadcast, at 03:15.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    statements:
      - id: line-sound
        form: quote
        text: the shaft is sound
        speaker: kestrel-line
        source: morning-wire
",
        right: "\
events:
  - id: letter-reported
    title: The letter is reported
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
        code: Code::AllegationWithoutReply,
        summary: "an allegation against a named actor, and no reply by that actor",
        explanation: "\
Whoever is accused is heard. A statement with `stance: allegation` names in `about:` whom it accuses (where it names \
nobody, those count whom the event gives the role `accused`; where there are none either, this asks for `about:`). This \
asks for a statement of that actor which answers it through `replies_to:`, be it a denial, a confirmation, or that \
there was no comment. A denial that names no statement answers all in its event; one that does, only those. An \
`alleged` event that names an accused and holds no allegation asks for a reply too. Where the sources report none, say \
so: allow the rule on the statement, or the event, and give that as the reason.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    statements:
      - id: letter-worn
        form: paraphrase
        text: The letter blames the line for a worn shaft.
        stance: allegation
        about: [kestrel-line]
        source: morning-wire
        locator: line 3
",
        right: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    statements:
      - id: letter-worn
        form: paraphrase
        text: The letter blames the line for a worn shaft.
        stance: allegation
        about: [kestrel-line]
        source: morning-wire
        locator: line 3
      - id: line-denies
        form: paraphrase
        text: The line calls the shaft sound.
        speaker: kestrel-line
        stance: denial
        replies_to: [letter-worn]
        source: morning-wire
        locator: line 5
",
    },
    Explanation {
        code: Code::SaidAfterPublication,
        summary: "a statement was said after its source was published",
        explanation: "\
A source cannot carry words that were spoken only later. Either one of the two dates is wrong, or the words come \
from another source, perhaps a later version of the article: then give that one an entry of its own.",
        wrong: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article, published: 2025-03-05}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    statements:
      - id: line-denies
        form: paraphrase
        text: The line calls the shaft sound.
        speaker: kestrel-line
        said: 2025-03-07
        source: morning-wire
",
        right: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article, published: 2025-03-05}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    statements:
      - id: line-denies
        form: paraphrase
        text: The line calls the shaft sound.
        speaker: kestrel-line
        said: 2025-03-04
        source: morning-wire
",
    },
    Explanation {
        code: Code::ReportedBeforeHappening,
        summary: "a source reports an event that can only have happened after it was published",
        explanation: "\
The event's earliest possible moment lies after the publication of a source that is said to report it. Check both \
dates. If the source only announces it, the event is `scheduled` or `possible`, not `occurred`.",
        wrong: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article, published: 2025-03-05}
events:
  - id: ferry-stops
    title: The ferry stays in port
    when: 2025-03-10
    status: occurred
    sources: [morning-wire]
",
        right: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article, published: 2025-03-05}
events:
  - id: ferry-stops
    title: The ferry stays in port
    when: 2025-03-04
    status: occurred
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::DisputeOfOneOrigin,
        summary: "all positions of a dispute go back to one origin",
        explanation: "\
The outlets differ, but all of them repeat one and the same source: so the accounts do not differ, the readings of \
one account do. Look at that source itself if you can. If the dispute is about how it is read, say so in its note \
and allow the rule with that as the reason.",
        wrong: "\
sources:
  - {id: letter, title: The inspector's letter, kind: document, held: false, origin: itself}
  - {id: morning-wire, title: Ferry stays in port, kind: article, relies_on: [letter]}
  - {id: harbour-times, title: What the letter says, kind: article, relies_on: [letter]}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
    statements:
      - {id: letter-worn, form: paraphrase, text: It was worn., about: [kestrel-line], source: morning-wire}
      - {id: letter-old, form: paraphrase, text: It was sound., about: [kestrel-line], source: harbour-times}
disputes:
  - id: worn-or-sound
    question: Was the shaft worn?
    grade: contradiction
    positions:
      - {label: it was worn, held_by: [letter-worn]}
      - {label: it was sound, held_by: [letter-old]}
",
        right: "\
sources:
  - {id: letter, title: The inspector's letter, kind: document, held: false, origin: itself}
  - {id: morning-wire, title: Ferry stays in port, kind: article, relies_on: [letter]}
  - {id: harbour-times, title: What the letter says, kind: article, origin: itself}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
    statements:
      - {id: letter-worn, form: paraphrase, text: It was worn., about: [kestrel-line], source: morning-wire}
      - {id: letter-old, form: paraphrase, text: It was sound., about: [kestrel-line], source: harbour-times}
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
        code: Code::FiguresWithoutDispute,
        summary: "two figures for one instrument and session, and no dispute about them",
        explanation: "\
Two sources give different changes for the same instrument on the same trading day. A reader must not have to find \
that out alone: make it a dispute with each figure as a position of its own. If they do not measure the same thing, say \
what each one measures, in `venue:`, `session:` (a week is 2025-03-03/2025-03-07) or `instrument:`.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
    reactions:
      - {id: fall-wire, instrument: Kestrel shares, session: 2025-03-05, change: -2.1%, source: morning-wire}
      - {id: fall-times, instrument: Kestrel shares, session: 2025-03-05, change: -3.4%, source: harbour-times}
",
        right: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
    reactions:
      - {id: fall-wire, instrument: Kestrel shares, session: 2025-03-05, change: -2.1%, source: morning-wire}
      - {id: fall-times, instrument: Kestrel shares, session: 2025-03-05, change: -3.4%, source: harbour-times}
disputes:
  - id: how-far
    question: How far did the Kestrel shares fall?
    grade: contradiction
    positions:
      - {label: by 2.1 %, held_by: [fall-wire]}
      - {label: by 3.4 %, held_by: [fall-times]}
",
    },
    Explanation {
        code: Code::StatedLinkWithoutSource,
        summary: "a link is said to be stated, but not by whom",
        explanation: "\
A link with `basis: stated` says that a source itself makes the connection. Name it in `source:`, with a locator. \
If you made the connection yourself, it is `inferred`, with the reasoning in `note:`. That one thing came after \
another is not yet a link.",
        wrong: "\
events:
  - {id: letter-reported, title: The letter is reported, status: occurred, sources: [morning-wire]}
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
    links:
      - {to: letter-reported, kind: responds_to, basis: stated}
",
        right: "\
events:
  - {id: letter-reported, title: The letter is reported, status: occurred, sources: [morning-wire]}
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
    links:
      - {to: letter-reported, kind: responds_to, basis: stated, source: morning-wire, locator: line 4}
",
    },
    Explanation {
        code: Code::InferredWithoutNote,
        summary: "a time or a link is inferred, and no note says how",
        explanation: "\
What you work out is marked `inferred`, and a reader must be able to follow it: write down how you came to it, a \
time in its `…_note:`, a link in its `note:`.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    when: 2025-03-04
    when_basis: inferred
    status: occurred
    sources: [morning-wire]
",
        right: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    when: 2025-03-04
    when_basis: inferred
    when_note: The article of Wednesday 5 March says the day before.
    status: occurred
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::CorroborationOfOneOrigin,
        summary: "several sources report an event, and all go back to one origin",
        explanation: "\
Three newspapers that repeat one agency are one source, not three. `relies_on:` says who repeats whom, and all \
sources of this event lead to the same end and no other. Look for a source that has it by itself. If there is none, allow the \
rule on the event, and readers will see why.",
        wrong: "\
sources:
  - {id: letter, title: The inspector's letter, kind: document, held: false, origin: itself}
  - {id: morning-wire, title: Ferry stays in port, kind: article, relies_on: [letter]}
  - {id: harbour-times, title: What the letter says, kind: article, relies_on: [letter]}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
",
        right: "\
sources:
  - {id: letter, title: The inspector's letter, kind: document, held: false, origin: itself}
  - {id: morning-wire, title: Ferry stays in port, kind: article, relies_on: [letter]}
  - {id: harbour-times, title: What the letter says, kind: article, origin: itself}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
",
    },
];
