//! The rule that our own words are our own: no quotation hidden in them.
//!
//! Imports what `check` imports.

use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Findings, Paths};
use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::graph::Graph;
use crate::story::id::ElementId;
use crate::story::vocabulary::Form;

/// Words within quotation marks from which on they are a quotation. Fewer are a name, a title or a single word.
const RUN: usize = 5;
/// Quotation marks: what opens, and what closes it. `'` is not among them: it is an apostrophe.
const MARKS: [(char, &[char]); 6] =
    [('“', &['”']), ('„', &['“', '”']), ('"', &['"']), ('«', &['»']), ('»', &['«']), ('‘', &['’'])];

/// A summary (of the story or of an event) or a paraphrase with a run of words within quotation marks.
pub(super) fn quotation_in_own_words(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    if let Some(found) = graph.header().summary.as_deref().and_then(|text| message(text, "summary")) {
        report(found, &Path::root().key("story").key("summary"), &[], findings);
    }
    for (id, event) in graph.events() {
        if let Some(found) = event.summary.as_deref().and_then(|text| message(text, "summary")) {
            report(found, &Paths::event(id).key("summary"), &[ElementId::Event(id)], findings);
        }
    }
    for (id, statement) in graph.statements().filter(|(_, statement)| statement.form == Form::Paraphrase) {
        if let Some(found) = message(&statement.text, "paraphrase") {
            let element = ElementId::Statement(id);
            let path = findings.paths().element(element).key("text");
            report(found, &path, &[element], findings);
        }
    }
}

fn message(text: &str, what: &str) -> Option<String> {
    let quoted = quotation(text)?;
    let begins: Vec<_> = quoted.split_whitespace().take(RUN).collect();
    Some(format!(
        "this {what} has {} words in quotation marks, though it is in our own words: {} …",
        words(quoted),
        begins.join(" ")
    ))
}

fn report(message: String, path: &Path, concerns: &[ElementId], findings: &mut Findings) {
    let hint = "give them as a statement of their own with `form: quote`, its speaker and its locator, or tell it in \
                your own words without the marks";
    findings.report(concerns, Diagnostic::new(Code::QuotationInOwnWords, path.clone(), message).hint(hint));
}

/// The first run of words within quotation marks that is long enough.
fn quotation(text: &str) -> Option<&str> {
    if !text.contains(MARKS.map(|(opens, _)| opens)) {
        return None;
    }
    // Where each kind of mark was opened. One pass: a mark that is never closed must not cost a look at the rest.
    let mut opened: [Option<usize>; MARKS.len()] = [None; MARKS.len()];
    for (at, mark) in text.char_indices() {
        let mut closed = false;
        for (kind, (_, closing)) in MARKS.iter().enumerate() {
            let Some(start) = opened[kind].filter(|_| closing.contains(&mark)) else { continue };
            if mark == '’' && is_apostrophe(text, at) {
                continue;
            }
            opened[kind] = None;
            closed = true;
            let quoted = &text[start..at];
            if words(quoted) >= RUN {
                return Some(quoted);
            }
        }
        if !closed && let Some(kind) = MARKS.iter().position(|(opens, _)| *opens == mark) {
            opened[kind] = Some(at + mark.len_utf8());
        }
    }
    None
}

/// Whether a closing single mark stands between two letters, as in `it’s`.
fn is_apostrophe(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().nth(1);
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

/// How many words a text has. In scripts without spaces a word is two characters long, roughly.
fn words(text: &str) -> usize {
    let unspaced = |word: &str| {
        word.chars().all(
            |c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'),
        )
    };
    let (short, long): (Vec<_>, Vec<_>) = text.unicode_words().partition(|word| unspaced(word));
    long.len() + short.iter().map(|word| word.chars().count()).sum::<usize>().div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_in_any_marks_is_a_quotation() {
        for (text, quoted) in [
            ("It says “we did no such thing” again", Some("we did no such thing")),
            ("It says \"we did no such thing\" again", Some("we did no such thing")),
            ("Sie sagt „wir taten nichts dergleichen je“ dazu", Some("wir taten nichts dergleichen je")),
            ("Il dit « nous n'avons rien fait de tel »", Some(" nous n'avons rien fait de tel ")),
            ("Sie sagt »wir taten nichts dergleichen je« dazu", Some("wir taten nichts dergleichen je")),
            ("It says ‘it’s not what we did’ again", Some("it’s not what we did")),
            ("the “1260H list” and the “letter of October”", None),
            ("the firm’s view of what its lawyers said it’s", None),
            ("an open “ mark, then “we did no such thing”", Some("we did no such thing")),
            ("an open ‘ mark, then “we did no such thing”", Some("we did no such thing")),
            ("the “人民解放军” again", None),
            ("说“我们从来没有做过这样的事情”", Some("我们从来没有做过这样的事情")),
            ("a 5\" screen", None),
        ] {
            assert_eq!(quotation(text), quoted, "{text}");
        }
    }

    #[test]
    fn marks_that_are_never_closed_cost_one_pass() {
        assert_eq!(quotation(&"“ ‘ „ « ".repeat(100_000)), None);
    }
}
