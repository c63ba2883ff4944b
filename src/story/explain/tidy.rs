//! Rules of the lint about names, leftovers, wording and what has gone by.

use super::super::diagnostic::Code;
use super::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::UnusedActor,
        summary: "no element uses this actor",
        explanation: "\
Nobody speaks as this actor, no event or statement names it, and no other actor is part of it. Perhaps a reference \
to it was forgotten, or it is left over from an earlier version of the story.",
        wrong: "\
actors:
  - {id: kestrel-line, name: Kestrel Line, kind: company}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
",
        right: "\
actors:
  - {id: kestrel-line, name: Kestrel Line, kind: company}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    actors: [{actor: kestrel-line, role: accused}]
",
    },
    Explanation {
        code: Code::UnusedSource,
        summary: "no element uses this source",
        explanation: "\
No event, statement, reaction or link names this source, and no other source relies on it. Perhaps what it says \
has still to be entered, or it is left over from an earlier version of the story.",
        wrong: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article}
  - {id: harbour-times, title: The letter, kind: article}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
",
        right: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article}
  - {id: harbour-times, title: The letter, kind: article}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
",
    },
    Explanation {
        code: Code::UnusedStatement,
        summary: "nothing ties this statement to anyone or anything",
        explanation: "\
The statement has no speaker, is about no actor, answers nothing, is answered by nothing, and holds no position of \
a dispute: a reader can only come upon it by chance. Say whom it is about with `about:`, or what it answers with \
`replies_to:`.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    statements:
      - {id: letter-worn, form: paraphrase, text: The shaft was worn., source: morning-wire, locator: line 3}
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
        text: The shaft was worn.
        about: [kestrel-line]
        source: morning-wire
        locator: line 3
",
    },
    Explanation {
        code: Code::SameName,
        summary: "two actors have a name in common, or one has it twice",
        explanation: "\
Names and aliases are compared without regard to capital letters and accents, as a reader who searches for one \
would type it. Two actors share one: either they are the same and belong together, or readers need to be told \
apart which is which; then take the shared alias off one of them. Two actors that are not named (`named: false`) may share \
one: two articles may each speak of an analyst. An actor that has an alias twice, to the letter, needs it once.",
        wrong: "\
actors:
  - {id: kestrel-line, name: Kestrel Line, kind: company, aliases: [Kestrel]}
  - {id: kestrel-ship, name: MV Kestrel, kind: product, aliases: [kestrel]}
",
        right: "\
actors:
  - {id: kestrel-line, name: Kestrel Line, kind: company, aliases: [Kestrel]}
  - {id: kestrel-ship, name: MV Kestrel, kind: product}
",
    },
    Explanation {
        code: Code::LookalikeName,
        summary: "two actors have names that look alike, written in different scripts",
        explanation: "\
Some letters look the same in Latin, Cyrillic and Greek, and are different letters to a computer: a search for one \
name does not find the other, and a reader cannot see why. Often one of them was pasted from elsewhere. Type it \
anew, or, if they really are two, add a note to each.",
        wrong: "\
actors:
  - {id: kestrel-line, name: Kestrel Line, kind: company}
  # \\u0435 is a Cyrillic letter that looks like an e
  - {id: kestrel-ferries, name: \"K\\u0435strel Line\", kind: company}
",
        right: "\
actors:
  - {id: kestrel-line, name: Kestrel Line, kind: company}
  - {id: kestrel-ferries, name: Kestrel Ferries, kind: company}
",
    },
    Explanation {
        code: Code::LikelyMisquote,
        summary: "two quotes of one speaker differ in a word or two",
        explanation: "\
Two quotes of the same speaker are almost, but not quite, the same: one word in five differs, or, where two sources \
quote a few words from one event, a single one. Either one of them was copied wrongly, here or \
in its source, or the speaker said it twice. Look both up. If both sources do print what stands here, make it a \
dispute with each wording as a position, or allow the rule on one of them.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
    statements:
      - id: line-wire
        form: quote
        text: we have never put a worn shaft to sea
        speaker: kestrel-line
        source: morning-wire
        locator: line 2
      - id: line-times
        form: quote
        text: we have not put a worn shaft to sea
        speaker: kestrel-line
        source: harbour-times
        locator: line 5
",
        right: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire, harbour-times]
    statements:
      - id: line-wire
        form: quote
        text: we have never put a worn shaft to sea
        speaker: kestrel-line
        source: morning-wire
        locator: line 2
      - id: line-times
        form: quote
        text: we have never put a worn shaft to sea
        speaker: kestrel-line
        source: harbour-times
        locator: line 5
",
    },
    Explanation {
        code: Code::CutByComment,
        summary: "a comment cuts off a text that is not in quotes",
        explanation: "\
In YAML a blank and a `#` begin a comment, and what follows is no part of the text: of `wire #4 was new` only `wire` is \
left, and no reader sees that anything is missing. Put the text in quotes. A comment that is meant as one goes on a line \
of its own, or two blanks or more away, with a blank behind its `#`.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    summary: The letter says that shaft #2 was worn.
    status: occurred
    sources: [morning-wire]
",
        right: "\
events:
  - id: letter-reported
    title: The letter is reported
    summary: 'The letter says that shaft #2 was worn.'
    status: occurred                # that it was reported is certain
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::MarksInQuote,
        summary: "a quote carries quotation marks of its own",
        explanation: "\
`form: quote` says that the words stand in quotation marks in the source, and readers see them in quotation marks. The \
marks themselves are no part of the text: with them it would be shown in two pairs. Quotation marks within the quote stay. \
Where the whole of it is the speaker's quotation of somebody else, allow the rule and say so.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    statements:
      - id: line-sound
        form: quote
        text: “the shaft is sound”
        speaker: kestrel-line
        source: morning-wire
        locator: line 2
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
        code: Code::ScheduledInThePast,
        summary: "a scheduled event whose date is past",
        explanation: "\
The event is `scheduled`, and its date has gone by. (One that is only about right, such as 2025-11~, never has.) Look for a source that says what came of it. If there is one, \
make the status `occurred` and name that source; if there is none, the outcome is unknown and stays so: say in the \
summary when you last looked, and allow the rule. `--today` sets the day this is judged by.",
        wrong: "\
events:
  - id: hearing
    title: A hearing on the ferry
    when: 2025-03-06
    status: scheduled
    sources: [morning-wire]
",
        right: "\
events:
  - id: hearing
    title: A hearing on the ferry
    when: 2025-03-06
    status: occurred
    sources: [harbour-times]
",
    },
    Explanation {
        code: Code::QuotationInOwnWords,
        summary: "a summary, title or paraphrase holds a long run of words in quotation marks",
        explanation: "\
Summaries, the titles of events and paraphrases are in your own words. A run of words inside quotation marks is somebody's, and there it \
has no speaker, no source and no locator. Make it a statement with `form: quote`. A word or two in quotation \
marks, such as a nickname, is fine, and so is a title in capitals.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    summary: The line says that “we have never put a worn shaft to sea in all these years”.
    status: occurred
    sources: [morning-wire]
",
        right: "\
events:
  - id: letter-reported
    title: The letter is reported
    summary: The line denies it.
    status: occurred
    sources: [morning-wire]
    statements:
      - id: line-never
        form: quote
        text: we have never put a worn shaft to sea in all these years
        speaker: kestrel-line
        source: morning-wire
        locator: line 2
",
    },
    Explanation {
        code: Code::UrlNotOpened,
        summary: "a `url` that is not opened: no address of a page, or one that hides where it leads",
        explanation: "\
The explorer hands `url` to the reader's browser, and only what begins with `https://` or `http://` and leads where it \
seems to. An address of another kind, with a user's name before the host, a blank or a backslash in it is never opened. \
Write it as a browser shows it; where there is no page, leave it out.",
        wrong: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article, url: morningwire.example/ferry}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
",
        right: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article, url: https://morningwire.example/ferry}
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::IdleAllow,
        summary: "an `allow:` that names no rule, or one that is not broken here",
        explanation: "\
`allow:` takes a rule off one element, with a reason. This one does nothing: its name is no rule (faults that keep \
a story from opening cannot be allowed), or the element keeps the rule. Correct the name, or take the entry out, \
so that it hides nothing later.",
        wrong: "\
events:
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
    allow: [{rule: quote-without-locator, reason: The archived text has no lines.}]
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
        allow: [{rule: quote-without-locator, reason: The archived text has no lines.}]
",
    },
];
