//! Faults of a single value or reference.

use super::super::diagnostic::Code;
use super::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::Format,
        summary: "`format:` is missing, or is not 1",
        explanation: "\
The first field of a story is the number of the format it is written in, so that a newer format can never be misread as \
an older one. This program reads format 1.",
        wrong: "\
format: 2
story:
  title: The ferry and the letter
",
        right: "\
format: 1
story:
  title: The ferry and the letter
",
    },
    Explanation {
        code: Code::Missing,
        summary: "a field that must be there is missing, or is empty",
        explanation: "\
Some fields make an element what it is: an event without a status would leave open whether it happened. They must be \
there and hold something. Any other field is left out where there is nothing to say; an empty text is never right. \
A `…_basis:` without the time it belongs to is reported here as well.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    sources: [morning-wire]
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
        code: Code::BadId,
        summary: "an id is not kebab-case",
        explanation: "\
An id is a short name by which one part of the file refers to another. It has lower-case letters a to z, digits, and \
single hyphens between them, so that it can be typed on any keyboard and never be mistaken for another. Names as the \
sources print them belong in `name:`, `aliases:` and `title:`.",
        wrong: "\
actors:
  - {id: Kestrel Line, name: Kestrel Line, kind: company}
",
        right: "\
actors:
  - {id: kestrel-line, name: Kestrel Line, kind: company}
",
    },
    Explanation {
        code: Code::DuplicateId,
        summary: "an id stands twice",
        explanation: "\
Ids are unique across the whole file, not only among the actors or the events: else nobody could tell which one is \
meant. Give one of the two another id, and change the places that refer to it. An id that stands twice in one list, as \
in `sources: [a, a]`, is reported here too; leave one out.",
        wrong: "\
actors:
  - {id: kestrel, name: Kestrel Line, kind: company}
  - {id: kestrel, name: the Kestrel, kind: product}
",
        right: "\
actors:
  - {id: kestrel-line, name: Kestrel Line, kind: company}
  - {id: kestrel-ship, name: the Kestrel, kind: product}
",
    },
    Explanation {
        code: Code::UnknownReference,
        summary: "a reference to an id that is not in the file",
        explanation: "\
A field names an element by its id, and no element has this id. It may be misspelt, or the element may still have to be \
written: a source that is known only through others gets an entry too, with `held: false`.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wires]
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
        code: Code::WrongKind,
        summary: "a reference to an element of the wrong kind",
        explanation: "\
The id exists, but belongs to something else than can stand here: an actor where a source belongs, an event where a \
statement belongs. A newspaper that both reports and is spoken of has two entries, one as a source and one as an actor.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [kestrel-line]
",
        right: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
    actors: [{actor: kestrel-line}]
",
    },
    Explanation {
        code: Code::UnknownWord,
        summary: "a word that is not in the list of this field",
        explanation: "\
Fields such as `status:`, `form:` and `stance:` take one word out of a short list, because each word changes what a \
reader is shown. The message names the list. `kind:` of an event is open: there any lower-case word will do.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: rumoured
    sources: [morning-wire]
",
        right: "\
events:
  - id: ferry-stops
    title: Alleged stop of the ferry
    status: alleged
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::BadTime,
        summary: "a time that cannot be read",
        explanation: "\
A date is written year first, and only as exactly as the source has it: 2025-11-14, 2025-11 or 2025. Add ~ for around, \
? for perhaps, % for both. '[2025,2026]' in quotes is one of the two; 2025-11-14/2025-11-16 is a stretch of days. A time \
of day follows a T: 2025-11-17T22:33, with -05:00 or Z where a zone is printed. The notation is EDTF.

A day that no calendar has, such as 30 February, is refused. What has no date is left out: never guess one. If you \
worked it out, add `when_basis: inferred` and say how in `when_note:`.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    when: 4 March 2025
    status: occurred
    sources: [morning-wire]
",
        right: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    when: 2025-03-04
    status: occurred
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::BadTimeZone,
        summary: "a time zone nobody knows",
        explanation: "\
The zone in which zoned times are shown has a name from the IANA list: a region and a city with underscores for blanks, \
or UTC. Letters such as EST or CET stand for several zones and do not know summer time; name the city.",
        wrong: "\
story:
  title: The ferry and the letter
  time_zone: America/New York
",
        right: "\
story:
  title: The ferry and the letter
  time_zone: America/New_York
",
    },
    Explanation {
        code: Code::BadChange,
        summary: "a change that is no percentage, no bound, and not `lost`",
        explanation: "\
A market move is written in per cent, with a point: -3.78%. A bound or an estimate goes in quotes: '>1%' for more than, \
'<2%' for less than, '~3%' for about. Where the source's figure is missing or damaged, write lost: a gap stays a gap. \
A price cannot fall by more than 100 %.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: kestrel-fall, instrument: Kestrel shares, change: down 2.1%, source: morning-wire}
",
        right: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: kestrel-fall, instrument: Kestrel shares, change: -2.1%, source: morning-wire}
",
    },
    Explanation {
        code: Code::BadLocator,
        summary: "a locator that cannot be read",
        explanation: "\
A locator says where in the source something stands, so that a reader can look it up: headline, line 13, lines 13-15, \
page 4, paragraph 3; in a broadcast at 03:15, minutes and seconds from its beginning, or at 1:03:15. Lines, pages and \
paragraphs are counted from 1. Anything else you want to say about the place goes in `note:`.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
    statements:
      - id: reason
        form: paraphrase
        text: The paper gives no reason for the stop.
        source: morning-wire
        locator: third paragraph
",
        right: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
    statements:
      - id: reason
        form: paraphrase
        text: The paper gives no reason for the stop.
        source: morning-wire
        locator: line 6
",
    },
    Explanation {
        code: Code::BadGap,
        summary: "a gap that is no whole number and unit",
        explanation: "\
An entry of `after:` or `before:` may say by how much at least: `by:` with a whole number and minutes, hours, days or \
weeks, such as 2 hours or 1 day. Months and years are not taken: they have no one length. Where both may be at once, leave \
`by:` out.",
        wrong: "\
events:
  - {id: ferry-stops, title: The ferry stays in port, status: occurred, sources: [morning-wire], when: 2025-03-04}
  - id: hearing
    title: A hearing
    status: occurred
    sources: [morning-wire]
    after: [{event: ferry-stops, by: a month}]
",
        right: "\
events:
  - {id: ferry-stops, title: The ferry stays in port, status: occurred, sources: [morning-wire], when: 2025-03-04}
  - id: hearing
    title: A hearing
    status: occurred
    sources: [morning-wire]
    after: [{event: ferry-stops, by: 4 weeks}]
",
    },
    Explanation {
        code: Code::TwoNeighbours,
        summary: "an entry of `after`/`before` that names both an event and a source",
        explanation: "\
An entry of `after:` or `before:` stands for one thing that comes first or later, so it names an event or a source. Where \
both do, write an entry for each.",
        wrong: "\
events:
  - {id: ferry-stops, title: The ferry stays in port, status: occurred, sources: [morning-wire], when: 2025-03-04}
  - id: hearing
    title: A hearing
    status: occurred
    sources: [harbour-times]
    after: [{event: ferry-stops, source: morning-wire, by: 1 day}]
",
        right: "\
events:
  - {id: ferry-stops, title: The ferry stays in port, status: occurred, sources: [morning-wire], when: 2025-03-04}
  - id: hearing
    title: A hearing
    status: occurred
    sources: [harbour-times]
    after: [{event: ferry-stops, by: 1 day}, {source: morning-wire, by: 1 day}]
",
    },
    Explanation {
        code: Code::OutOfRange,
        summary: "a number outside its range",
        explanation: "\
Credibility runs from 1, confirmed, to 5, improbable, and 6 for what cannot be judged. A SHA-256 sum has 64 hexadecimal \
digits, that is 0 to 9 and a to f; it goes in quotes.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    grade: {reliability: C, credibility: 7}
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    grade: {reliability: C, credibility: 3}
",
    },
];
