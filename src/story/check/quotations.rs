//! The rule that our own words are our own: no quotation hidden in them.
//!
//! Imports what `check` imports.

use chrono::NaiveDate;
use memchr::{memchr2, memchr3};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Findings, Holder, Paths};
use crate::story::diagnostic::{Code, Diagnostic, Path};
use crate::story::graph::Graph;
use crate::story::id::ElementId;
use crate::story::vocabulary::Form;

/// Words within quotation marks from which on they are a quotation. Fewer are a name, a title or a single word.
const RUN: usize = 5;
/// Words of a quotation that are pointed at.
const SHOWN: usize = 64;
/// Quotation marks: what opens, and what closes it.
const MARKS: [(char, &[char]); 12] = [
    ('“', &['”']),
    ('„', &['“', '”']),
    ('"', &['"']),
    ('«', &['»']),
    ('»', &['«']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('‹', &['›']),
    ('›', &['‹']),
    ('「', &['」']),
    ('『', &['』']),
    ('\'', &['\'']),
];

/// A summary (of the story or of an event), an event's title or a paraphrase with a run of words within quotation marks.
pub(super) fn quotation_in_own_words(graph: &Graph, _: NaiveDate, findings: &mut Findings) {
    let story = Path::root().key("story").key("summary");
    look_into(graph.header().summary.as_deref(), "summary", &story, Holder::Story, findings);
    for (id, event) in graph.events() {
        let (path, holder) = (Paths::event(id), ElementId::Event(id).into());
        look_into(Some(&event.title), "title", &path.key("title"), holder, findings);
        look_into(event.summary.as_deref(), "summary", &path.key("summary"), holder, findings);
    }
    for (id, statement) in graph.statements().filter(|(_, statement)| statement.form == Form::Paraphrase) {
        let element = ElementId::Statement(id);
        let path = findings.paths().element(element).key("text");
        look_into(Some(&statement.text), "paraphrase", &path, element.into(), findings);
    }
}

fn look_into(text: Option<&str>, what: &str, path: &Path, holder: Holder, findings: &mut Findings) {
    let Some(quoted) = text.and_then(quotation) else { return };
    let begins: Vec<_> = quoted.split_whitespace().take(RUN).collect();
    let goes_on = if quoted.split_whitespace().nth(RUN).is_some() { " …" } else { "" };
    let message = format!(
        "this {what} has {} words in quotation marks, though it is in our own words: {}{goes_on}",
        words(quoted),
        begins.join(" ")
    );
    let hint = "give them as a statement of their own with `form: quote`, its speaker and its locator, or tell it in \
                your own words without the marks";
    let shown: Vec<_> = quoted.split_whitespace().take(SHOWN).collect();
    let found = Diagnostic::new(Code::QuotationInOwnWords, path.clone(), message).hint(hint);
    findings.report(&[holder], found.about(shown.join(" ")));
}

/// The first run of words within quotation marks that is long enough, and no title.
fn quotation(text: &str) -> Option<&str> {
    if !may_open(text.as_bytes()) || !text.contains(MARKS.map(|(opens, _)| opens)) {
        return None;
    }
    // Where each kind of mark was opened. One pass: a mark that is never closed must not cost a look at the rest.
    let mut opened: [Option<usize>; MARKS.len()] = [None; MARKS.len()];
    for (at, mark) in text.char_indices() {
        let mut closed = false;
        for (kind, (_, closing)) in MARKS.iter().enumerate() {
            let Some(start) = opened[kind].filter(|_| closing.contains(&mark)) else { continue };
            if !can_close(text, at, mark) {
                continue;
            }
            opened[kind] = None;
            closed = true;
            let quoted = &text[start..at];
            if words(quoted) >= RUN && !is_title(quoted) {
                return Some(quoted);
            }
        }
        if closed || !can_open(text, at, mark) {
            continue;
        }
        if let Some(kind) = MARKS.iter().position(|(opens, _)| *opens == mark) {
            opened[kind] = Some(at + mark.len_utf8());
        }
    }
    None
}

/// Whether a byte is there with which one of the marks begins: most texts have none.
fn may_open(text: &[u8]) -> bool {
    memchr3(b'"', b'\'', 0xe2, text).or_else(|| memchr2(0xc2, 0xe3, text)).is_some()
}

/// Whether a text is one run of words within quotation marks, from its first character to its last.
pub(super) fn is_in_marks(text: &str) -> bool {
    let text = text.trim();
    let mut letters = text.chars();
    let (Some(first), Some(last)) = (letters.next(), letters.next_back()) else { return false };
    let Some((_, closing)) = MARKS.iter().find(|(opens, _)| *opens == first) else { return false };
    // Marks that are closed before the end are around a part of it.
    let ends_before = letters
        .as_str()
        .char_indices()
        .map(|(at, mark)| (at + first.len_utf8(), mark))
        .any(|(at, mark)| closing.contains(&mark) && can_close(text, at, mark));
    closing.contains(&last) && !ends_before
}

fn before_and_after(text: &str, at: usize) -> (Option<char>, Option<char>) {
    (text[..at].chars().next_back(), text[at..].chars().nth(1))
}

/// Whether a mark that also stands for an inch or a minute, or for letters left out, can begin a quotation here: no letter
/// or digit before it, and one behind it.
fn can_open(text: &str, at: usize, mark: char) -> bool {
    let (before, after) = before_and_after(text, at);
    let apart = !before.is_some_and(char::is_alphanumeric);
    match mark {
        '"' => apart && after.is_some_and(|after| !after.is_whitespace()),
        '\'' => apart && after.is_some_and(char::is_alphabetic),
        _ => true,
    }
}

/// Whether a mark can end a quotation here: a single one between two letters is an apostrophe, as in `it’s`.
fn can_close(text: &str, at: usize, mark: char) -> bool {
    let (before, after) = before_and_after(text, at);
    let between = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    match mark {
        '’' => !between,
        '"' | '\'' => !between && before.is_some_and(|before| !before.is_whitespace()),
        _ => true,
    }
}

/// Whether words are a title as English prints one: each of more than three letters begins with a capital or a digit.
fn is_title(words: &str) -> bool {
    let mut long = words.unicode_words().filter(|word| word.chars().count() > 3).peekable();
    long.peek().is_some() && long.all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

/// How many words a text has. In scripts without spaces a word is two characters long, roughly.
pub(super) fn words(text: &str) -> usize {
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
    fn every_mark_is_seen_by_its_first_byte() {
        for (opens, _) in MARKS {
            assert!(may_open(format!("a {opens}").as_bytes()), "{opens}");
        }
        assert!(!may_open("Грузы в порту".as_bytes()));
    }

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
            ("a 5\" screen beside the other rather larger 6\" one", None),
            ("it says 'we did no such thing at all' again", Some("we did no such thing at all")),
            ("the firms' view of the '90s and what it didn't say in all of the owners' years", None),
            ("社は「我々はそのようなことをしていない」と言う", Some("我々はそのようなことをしていない")),
            ("Il dit ‹nous n'avons rien fait de tel›", Some("nous n'avons rien fait de tel")),
            ("Sie sagt ‚wir taten nichts dergleichen je‘ dazu", Some("wir taten nichts dergleichen je")),
            // A title, and words that begin as one.
            ("a film, “The Memo and the Other List”", None),
            ("she said “The Memo did no such thing”", Some("The Memo did no such thing")),
        ] {
            assert_eq!(quotation(text), quoted, "{text}");
        }
    }

    #[test]
    fn marks_around_the_whole_are_told_from_marks_around_parts() {
        for (text, in_marks) in [
            ("“the wiring was new”", true),
            (" \"the wiring was new\" ", true),
            ("‘it’s not what we did’", true),
            ("'it isn't what we did'", true),
            ("「無い」", true),
            ("“the wiring” was “new”", false),
            ("\"the wiring\" was \"new\"", false),
            ("the “wiring”", false),
            ("“", false),
            ("", false),
            ("”the wiring“", false),
        ] {
            assert_eq!(is_in_marks(text), in_marks, "{text}");
        }
    }

    #[test]
    fn marks_that_are_never_closed_cost_one_pass() {
        assert_eq!(quotation(&"“ ‘ „ « ".repeat(100_000)), None);
    }
}
