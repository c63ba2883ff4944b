//! Why a file cannot be read at all.

use super::super::diagnostic::Code;
use super::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: Code::Yaml,
        summary: "the file is not YAML",
        explanation: "\
A story is a YAML file: fields as `name: value`, lists with `- `, indented with spaces. This is reported where that \
breaks: at a quotation mark that is never closed, at a line that is indented further than the fields it belongs to, at \
a colon without a blank behind it. Reading stops there, so the rest of the file was not looked at: put this right, and \
check again.

Text in quotes may hold anything. Without quotes, a text must not begin with a bracket, a brace, or one of \
& * ! | > ' \" % @ `, and must hold neither a colon with a blank behind it nor a blank with a # behind it.",
        wrong: "\
events:
  - id: ferry-stops
    title: Correction: the ferry stays in port
    status: occurred
    sources: [morning-wire]
",
        right: "\
events:
  - id: ferry-stops
    title: \"Correction: the ferry stays in port\"
    status: occurred
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::Shape,
        summary: "a field the format does not know, or a value of the wrong kind",
        explanation: "\
A field with an unknown name is refused and not passed over, because a misspelt `speakr:` would otherwise be lost \
without a word. So is a value of the wrong kind: a list where a text belongs, a text where a list belongs, a field with \
nothing behind its colon. A bare number, `true` or `~` is refused where text belongs: put it in quotes.

All such places are reported at once, together with the faults of the rest of the story.",
        wrong: "\
events:
  - id: ferry-stops
    titel: The ferry stays in port
    status: occurred
    sources: morning-wire
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
        code: Code::NotText,
        summary: "the file is not UTF-8 text, or is empty",
        explanation: "\
A story is text in UTF-8. Some editors save as UTF-16 or Latin-1 (also called Windows-1252 or ANSI): letters such as é \
would then turn into others. Choose UTF-8 when you save. A byte order mark at the start and Windows line ends do no \
harm. A file that holds nothing, or only blanks, is reported here too.",
        wrong: "\
(a file saved as UTF-16; as UTF-8 it would read:)

format: 1
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
        code: Code::TooLarge,
        summary: "the file is larger than the cap",
        explanation: "\
No story told by people is as large as this, so the file is more likely something else: a log, an archive, a \
device. Nothing of it was read. If it is a story, raise the cap with `--max-size`.",
        wrong: "\
(a file of several hundred megabytes)
",
        right: "\
format: 1
story:
  title: The ferry and the letter
",
    },
    Explanation {
        code: Code::Anchor,
        summary: "an anchor, an alias or a merge key stands in the file",
        explanation: "\
YAML can name a value (`&name`), repeat it elsewhere (`*name`) and pour it into another (`<<: *name`). A story does \
without: a reader must see at each place what is said there, and a few such lines can be made to swell to gigabytes. \
Write the value out where it belongs. Text that begins with & or * goes in quotes.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: &reporters [morning-wire]
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: *reporters
",
        right: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    status: occurred
    sources: [morning-wire]
  - id: letter-reported
    title: The letter is reported
    status: occurred
    sources: [morning-wire]
",
    },
    Explanation {
        code: Code::Tag,
        summary: "a YAML tag such as `!!str` stands in the file",
        explanation: "\
A tag, which begins with an exclamation mark, tells a YAML reader to take a value for something it does not look like. \
A story has no use for it. Take it out; put a number that is meant as text in quotes instead. Text that begins with an \
exclamation mark goes in quotes, too.",
        wrong: "\
story:
  title: !!str 1984
",
        right: "\
story:
  title: \"1984\"
",
    },
    Explanation {
        code: Code::RepeatedKey,
        summary: "a field stands twice in the same place",
        explanation: "\
Two fields of one name in one element: YAML readers keep one of the two and drop the other in silence. Nothing may get \
lost here, so you are asked which one you mean. Often the second belongs to a new element, and its `- ` is missing.",
        wrong: "\
events:
  - id: ferry-stops
    title: The ferry stays in port
    title: The ferry sails
    status: occurred
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
        code: Code::TooDeep,
        summary: "the file is nested deeper than any story",
        explanation: "\
Lists within lists, or fields within fields, to a depth no story needs. Look for brackets that are opened and never \
closed.",
        wrong: "\
story:
  title: [[[[[[[[[[[[[[[[[[[[ and so on, hundreds of times
",
        right: "\
story:
  title: The ferry and the letter
",
    },
    Explanation {
        code: Code::TooDense,
        summary: "the file holds more values than any story of its length",
        explanation: "\
Hundreds of thousands of empty or very short entries, one after the other. Reading them would take many times the \
memory that the file takes on disk, and a story is made of sentences. A story may be as long as you like: only what is \
this dense is refused.",
        wrong: "\
sources: [{},{},{},{},{},{},{},{},{},{},{},{},{},{} and so on, thousands of times
",
        right: "\
sources:
  - {id: morning-wire, title: Ferry stays in port, kind: article}
",
    },
    Explanation {
        code: Code::SeveralDocuments,
        summary: "the file holds more than one YAML document",
        explanation: "\
A line of three hyphens, `---`, begins a new document in YAML. A file holds one story, so what follows the second such \
line would be left out. Take the line out, or make two files of it.",
        wrong: "\
format: 1
story:
  title: The ferry and the letter
---
format: 1
story:
  title: Another story
",
        right: "\
format: 1
story:
  title: The ferry and the letter
",
    },
];
