//! What each code means, for the author of a story: in plain words, with a wrong and a right example.
//!
//! Imports `diagnostic` and `text`; nothing above them. Printing is the caller's.

use std::fmt::Write as _;

use super::diagnostic::{Code, Rank, Severity};
use crate::text;

mod relations;
mod rules;
mod texts;
mod tidy;
mod unreadable;
mod values;

pub use texts::TEXT;

/// What a code means and how it is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The code explained.
    pub code: Code,
    /// What is wrong, in half a line: no capital letter, no full stop.
    pub summary: &'static str,
    /// Why it matters and what to do. Blank lines between paragraphs, and no other line breaks.
    pub explanation: &'static str,
    /// A piece of a story in which it is found, as [`whole`] takes it.
    pub wrong: &'static str,
    /// The same piece put right.
    pub right: &'static str,
}

/// What an example may leave out, so that it shows only the part that matters: a field and the lines that
/// stand for it.
const FRAME: [(&str, &str); 4] = [
    ("format:", "format: 1\n"),
    ("story:", "story:\n  title: The ferry and the letter\n"),
    (
        "sources:",
        "sources:\n  - {id: morning-wire, title: Ferry stays in port, kind: article, published: 2025-03-05}\n  \
         - {id: harbour-times, title: What the letter says, kind: article, published: 2025-03-06}\n",
    ),
    (
        "actors:",
        "actors:\n  - {id: kestrel-line, name: Kestrel Line, kind: company}\n  \
         - {id: inspector, name: an inspector, kind: person, named: false}\n",
    ),
];

/// How the page of all codes begins.
const INTRODUCTION: &str = "\
# What `dateline check` and `dateline verify` say

Every code it can report, with an example that is wrong and one that is right. `dateline check --explain CODE`
prints the same. This page is made from the program's own table; a test holds the two together.

An **unreadable** file is no story at all, and reading stops at what is wrong. A **fault** keeps the story from
opening; all faults are reported at once. A **rule** of the lint is what an editor would ask about: the story
opens all the same, and `allow: [{rule: …, reason: …}]` on an element says that the rule does not hold for it,
and why. A finding in a **text** is `dateline verify`'s, which looks quotes, figures and headlines up in the texts
the sources were read from; `allow:` holds for it too.

| code | | severity | |
|---|---|---|---|
";

/// The explanation of a code.
pub fn of(code: Code) -> &'static Explanation {
    // A test holds every code to be in the tables, so the first is never handed out in place of another.
    all().find(|explanation| explanation.code == code).unwrap_or(&unreadable::EXPLANATIONS[0])
}

/// An example as the whole story it stands for: what it leaves out goes before it.
pub fn whole(example: &str) -> String {
    let mut story = String::new();
    for (field, lines) in FRAME {
        if !example.lines().any(|line| line.starts_with(field)) {
            story.push_str(lines);
        }
    }
    story + example
}

/// What `--explain` prints, wrapped to 80 columns, with a line break at the end.
pub fn text(code: Code) -> String {
    const COLUMNS: usize = 80;
    let Explanation { summary, explanation, wrong, right, .. } = of(code);
    let mut out = format!("{}[{code}]: {summary}\n\n", severity(code));
    for range in text::wrap(explanation, COLUMNS) {
        writeln!(out, "{}", explanation[range].trim_end()).ok();
    }
    for (title, example) in [("Wrong:", wrong), ("Right:", right)] {
        write!(out, "\n{title}\n\n{}", indented(example)).ok();
    }
    out.push('\n');
    let consequence = consequence(code);
    for range in text::wrap(&consequence, COLUMNS) {
        writeln!(out, "{}", consequence[range].trim_end()).ok();
    }
    if [wrong, right].iter().any(|example| FRAME.iter().any(|(field, _)| !example.contains(field))) {
        write!(out, "\nWhat an example leaves out is taken to be:\n\n{}", indented(&whole(""))).ok();
    }
    out
}

/// docs/diagnostics.md: every code in the order of the table of codes.
pub fn markdown() -> String {
    let mut out = INTRODUCTION.to_owned();
    for code in Code::ALL {
        let rank = rank(*code);
        writeln!(out, "| [`{code}`](#{code}) | {rank} | {} | {} |", severity(*code), of(*code).summary).ok();
    }
    write!(
        out,
        "\nThe examples show only what matters. What one leaves out is taken to be:\n\n```yaml\n{}```\n",
        whole("")
    )
    .ok();
    write!(
        out,
        "\nThe examples of findings in a text are about this one, `harbour.txt`:\n\n```text\n{TEXT}```\n"
    )
    .ok();
    for code in Code::ALL {
        let Explanation { summary, explanation, wrong, right, .. } = of(*code);
        writeln!(out, "\n## {code}\n\n{} ({}): {summary}.\n", capital(rank(*code)), severity(*code)).ok();
        for range in text::wrap(explanation, 120) {
            writeln!(out, "{}", explanation[range].trim_end()).ok();
        }
        write!(out, "\nWrong:\n\n```yaml\n{wrong}```\n\nRight:\n\n```yaml\n{right}```\n").ok();
    }
    out
}

fn all() -> impl Iterator<Item = &'static Explanation> {
    [
        unreadable::EXPLANATIONS,
        values::EXPLANATIONS,
        relations::EXPLANATIONS,
        rules::EXPLANATIONS,
        tidy::EXPLANATIONS,
        texts::EXPLANATIONS,
    ]
    .into_iter()
    .flatten()
}

fn rank(code: Code) -> &'static str {
    match code.rank() {
        Rank::Unreadable => "unreadable",
        Rank::Fault => "fault",
        Rank::Rule => "rule",
        Rank::Text => "text",
    }
}

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// What comes of it.
fn consequence(code: Code) -> String {
    match code.rank() {
        Rank::Unreadable => "Until this is put right the file cannot be read at all.".to_owned(),
        Rank::Fault => "Until this is put right the story does not open.".to_owned(),
        Rank::Rule | Rank::Text => format!(
            "The story opens all the same. Where the rule does not hold for an element, say so on it, and why: \
             allow: [{{rule: {code}, reason: …}}]"
        ),
    }
}

fn indented(example: &str) -> String {
    example.lines().fold(String::new(), |mut out, line| {
        writeln!(out, "{}", format!("    {line}").trim_end()).ok();
        out
    })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
