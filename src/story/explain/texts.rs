//! What `verify` finds in the texts of sources.

use super::super::diagnostic::Code;
use super::Explanation;

/// The text that the examples are about, `harbour.txt`.
pub const TEXT: &str = include_str!("harbour.txt");

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::TextMissing,
        summary: "the text of a source is not in the archive, or cannot be read",
        explanation: "\
`archive:` names the file that a source was read from, in the folder given with --archive. It must be there as \
plain text in UTF-8, and it must be the file itself: a name or a link that leads out of the folder is never \
followed. Without the text nothing of this source can be verified.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: ferry.txt}
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
",
    },
    Explanation {
        code: Code::TextChanged,
        summary: "the text of a source is not the one the story was written from",
        explanation: "\
`sha256:` is the fingerprint of the archived file. When the file changes, by a correction of the publisher or \
by an editor's hand, quotes and line numbers may no longer hold. See what changed; then put the old text back, \
or go through what rests on it and write the new fingerprint.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt, sha256: \"0000000000000000000000000000000000000000000000000000000000000000\"}
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt, sha256: \"5d6509b13116fe45b1efc98309afc8426309918dba2fa000519347247bd50744\"}
",
    },
    Explanation {
        code: Code::HeadlineNotFound,
        summary: "a headline does not stand in the text of its source",
        explanation: "\
`title:` of a source is its headline as printed. Where the text does not hold it, it was paraphrased, or it is \
the headline of another edition.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry kept in port
    kind: article
    archive: {file: harbour.txt}
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
",
    },
    Explanation {
        code: Code::QuoteNotFound,
        summary: "the words of a quote do not stand in the text of its source",
        explanation: "\
A quote holds exactly the words that the source prints inside quotation marks. They were looked for letter by \
letter; only the shape of quotation marks, dashes, spaces and line ends does not count. Correct the words, or \
make it a paraphrase.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: sound in each part
        speaker: kestrel-line
        source: morning-wire
        locator: line 3
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: sound in every part
        speaker: kestrel-line
        source: morning-wire
        locator: line 3
",
    },
    Explanation {
        code: Code::QuoteElsewhere,
        summary: "the words of a quote stand elsewhere than its locator says",
        explanation: "\
The words are in the text, but not on the line that `locator:` names. Lines are counted from 1, blank ones \
too.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: sound in every part
        speaker: kestrel-line
        source: morning-wire
        locator: line 5
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: sound in every part
        speaker: kestrel-line
        source: morning-wire
        locator: line 3
",
    },
    Explanation {
        code: Code::QuoteClipped,
        summary: "a quote leaves out the word before it that turns it round, or cuts a word in two",
        explanation: "\
In the clause before these words, inside the quotation marks or just outside them, stands a word such as not, \
never or far from, so that the quote says the opposite of what was said: quote from that word on. Or the quote begins or \
ends within a word or figure, as military does in non-military and 5 in 5.2: quote it whole.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: ready to sail in winter
        speaker: inspector
        source: morning-wire
        locator: line 4
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: not ready to sail in winter
        speaker: inspector
        source: morning-wire
        locator: line 4
",
    },
    Explanation {
        code: Code::QuoteNotInMarks,
        summary: "the words of a quote stand in its source outside quotation marks",
        explanation: "\
The source says this in its own words: it reports what was said and does not quote it. To put it in quotation \
marks would make the source's words those of the speaker. Make it a paraphrase, in words of your own. Behind a mark \
that is never closed it cannot be told whose words they are, and that is found too.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: safe enough for the time being
        speaker: inspector
        source: morning-wire
        locator: line 6
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: paraphrase
        text: The crossing will do for now.
        speaker: inspector
        source: morning-wire
        locator: line 6
",
    },
    Explanation {
        code: Code::ParaphraseCopied,
        summary: "a paraphrase repeats eight words in a row of its source, or more",
        explanation: "\
A paraphrase is in the words of the story's author, and so are the title and the summary of an event. Eight words in a row of the source are the source's: they \
should stand as a quote where the source has them in quotation marks, and else be said in other words. Where \
the run is a name or a title that has no other words, allow it.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: paraphrase
        text: An inspector called the crossing safe enough for now.
        speaker: inspector
        source: morning-wire
        locator: line 6
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: paraphrase
        text: The crossing will do for now.
        speaker: inspector
        source: morning-wire
        locator: line 6
",
    },
    Explanation {
        code: Code::FigureNotFound,
        summary: "the figure of a market move does not stand in the text of its source",
        explanation: "\
The figure was looked for by its value, in front of a per cent sign or the words for it, in figures or in \
words up to twelve. Write it as the source prints it, or `lost` where the source's figure is missing.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: fall, instrument: Kestrel Line shares, change: -3.8%, source: morning-wire, locator: line 5}
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: fall, instrument: Kestrel Line shares, change: -3.5%, source: morning-wire, locator: line 5}
",
    },
    Explanation {
        code: Code::FigureElsewhere,
        summary: "the figure of a market move stands elsewhere than its locator says",
        explanation: "\
The figure is in the text, but not on the line that `locator:` names. Lines are counted from 1, blank ones \
too.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: fall, instrument: Kestrel Line shares, change: -3.5%, source: morning-wire, locator: line 3}
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: fall, instrument: Kestrel Line shares, change: -3.5%, source: morning-wire, locator: line 5}
",
    },
    Explanation {
        code: Code::FigureDirection,
        summary: "the figure of a market move goes the other way in its source",
        explanation: "\
The figure stands there with a minus, or with a word such as fell or recovering in its clause, and the sign of \
`change:` says the opposite. Where no such word stands, or the text is in another language, the way is not \
checked, and the explorer says so.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: fall, instrument: Kestrel Line shares, change: 3.5%, source: morning-wire, locator: line 5}
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: fall, instrument: Kestrel Line shares, change: -3.5%, source: morning-wire, locator: line 5}
",
    },
    Explanation {
        code: Code::FigureHedged,
        summary: "the source bounds or rounds the figure of a market move otherwise",
        explanation: "\
A figure behind more than, less than, about or their like is no exact one, and an exact one is no bound: write \
`\">1%\"`, `\"<1%\"` or `~1%` where the source does. One end of a range, and a level that something rose or fell \
to, are no figure of a move at all.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: fall, instrument: Kestrel Line shares, change: \"<-3.5%\", source: morning-wire, locator: line 5}
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    reactions:
      - {id: fall, instrument: Kestrel Line shares, change: -3.5%, source: morning-wire, locator: line 5}
",
    },
    Explanation {
        code: Code::LocatorOutsideText,
        summary: "a locator names a line or paragraph that the text does not have, or a blank line",
        explanation: "\
Lines of the archived text are counted from 1, blank ones too. A line that is not there may come from another \
copy of the text.",
        wrong: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: sound in every part
        speaker: kestrel-line
        source: morning-wire
        locator: line 40
",
        right: "\
sources:
  - id: morning-wire
    title: Ferry stays in port
    kind: article
    archive: {file: harbour.txt}
events:
  - id: delay
    title: The ferry is delayed
    status: occurred
    sources: [morning-wire]
    statements:
      - id: on-the-shaft
        form: quote
        text: sound in every part
        speaker: kestrel-line
        source: morning-wire
        locator: line 3
",
    },
];
