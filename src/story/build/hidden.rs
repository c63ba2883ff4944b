//! Texts with characters that would be hidden, or would act on a terminal: found, named, and excused where the
//! element says why, as is all that rules find on reading. `text` shows them as escapes; here the author is told.
//!
//! Imports what `build` imports.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::super::diagnostic::Step;
use super::{Code, Diagnostic, Path, text};
use crate::story::check::{self, idle};

/// An entry of an `allow:` that names a rule about what is found on reading.
pub(super) struct Excuse {
    /// The rule.
    pub code: Code,
    /// The element it stands on.
    pub element: Path,
    /// The entry itself.
    pub at: Path,
    /// Why the rule does not hold for the element.
    pub reason: String,
}

/// The finding for a text as written, if it holds anything that is shown as an escape. A tab is shown as spaces and a
/// line break of Windows as a line break: neither is hidden. On one line any line break is shown as an escape.
pub(super) fn finding(raw: &str, one_line: bool, path: impl FnOnce() -> Path) -> Option<Diagnostic> {
    let (at, character) = first(raw, one_line)?;
    let place = raw[..at].chars().count() + 1;
    let code = u32::from(character);
    let message = format!("character {place} of this text is U+{code:04X}, {}", name(character));
    let hint = format!(
        "it is shown as `‹U+{code:04X}›`; take it out of the file, or write what you mean with characters that show"
    );
    Some(Diagnostic::new(Code::UnsafeText, path(), message).hint(hint))
}

/// Byte offset and character of the first that is shown as an escape.
fn first(raw: &str, one_line: bool) -> Option<(usize, char)> {
    let mut start = 0;
    let hidden = loop {
        // Tabs and line ends part grapheme clusters, so that looking on behind one finds what a look at the whole
        // text finds.
        match text::first_unsafe(&raw[start..]) {
            Some((at, '\t')) => start += at + 1,
            Some((at, '\r')) if raw[start + at..].starts_with("\r\n") => start += at + 2,
            found => break found.map(|(at, character)| (start + at, character)),
        }
    };
    // What stands around a line is trimmed off.
    let before = raw.len() - raw.trim_start().len();
    let line_break = raw.trim().find('\n').filter(|_| one_line).map(|at| (before + at, '\n'));
    [hidden, line_break].into_iter().flatten().min()
}

/// What a character is called, for those that turn up in practice; else what sort it is.
fn name(character: char) -> &'static str {
    match character {
        '\0' => "a null character",
        '\u{7}' => "a bell",
        '\u{8}' => "a backspace",
        '\n' => "a line break in a text of one line",
        '\u{C}' => "a form feed",
        '\r' => "a carriage return",
        '\u{1B}' => "an escape, which begins a command to a terminal",
        '\u{7F}' => "a delete character",
        '\u{85}' => "a next-line character",
        '\u{9B}' => "a control sequence introducer, which begins a command to a terminal",
        '\u{9D}' => "an operating system command, a command to a terminal",
        '\u{AD}' => "a soft hyphen",
        '\u{34F}' => "a combining grapheme joiner",
        '\u{61C}' => "an Arabic letter mark",
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => "a Hangul filler",
        '\u{180E}' => "a Mongolian vowel separator",
        '\u{200B}' => "a zero-width space",
        '\u{200C}' => "a zero-width non-joiner",
        '\u{200D}' => "a zero-width joiner",
        '\u{200E}' => "a left-to-right mark",
        '\u{200F}' => "a right-to-left mark",
        '\u{2028}' => "a line separator",
        '\u{2029}' => "a paragraph separator",
        '\u{202A}' => "a left-to-right embedding",
        '\u{202B}' => "a right-to-left embedding",
        '\u{202C}' => "a pop directional formatting",
        '\u{202D}' => "a left-to-right override",
        '\u{202E}' => "a right-to-left override",
        '\u{2060}' => "a word joiner",
        '\u{2066}' => "a left-to-right isolate",
        '\u{2067}' => "a right-to-left isolate",
        '\u{2068}' => "a first strong isolate",
        '\u{2069}' => "a pop directional isolate",
        '\u{FEFF}' => "a byte order mark (zero-width no-break space)",
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => "a variation selector with nothing to vary",
        '\u{E0000}'..='\u{E007F}' => "a tag character",
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => "a private-use character",
        _ if character.is_control() => "a control character",
        _ if unicode_normalization::char::is_combining_mark(character) => {
            "a combining mark, one too many or with nothing to combine with"
        }
        _ => "a character that does not show",
    }
}

/// The findings with the reasons of their elements, and behind them the entries of `allow:` that excuse nothing.
pub(super) fn settled(mut findings: Vec<Diagnostic>, excuses: Vec<Excuse>) -> Vec<Diagnostic> {
    let mut by_element: HashMap<(Path, Code), (Excuse, bool)> = HashMap::new();
    let mut idle_ones = Vec::new();
    findings.sort_by_cached_key(|finding| check::place(&finding.path));
    for excuse in excuses {
        let key = (excuse.element.clone(), excuse.code);
        match by_element.entry(key) {
            Entry::Occupied(_) => idle_ones.push(idle::twice(&excuse.at, excuse.code.word())),
            Entry::Vacant(place) => {
                place.insert((excuse, false));
            }
        }
    }
    for finding in &mut findings {
        let key = element(&finding.path).map(|element| (element, finding.code));
        if let Some((excuse, used)) = key.and_then(|key| by_element.get_mut(&key)) {
            finding.allowed = Some(excuse.reason.clone());
            *used = true;
        }
    }
    let unused = by_element.into_values().filter(|(_, used)| !used);
    idle_ones.extend(unused.map(|(excuse, _)| idle::not_broken(&excuse.at, excuse.code)));
    idle_ones.sort_by_cached_key(|idle| check::place(&idle.path));
    findings.extend(idle_ones);
    findings
}

/// What a place lies in that may carry an `allow:`.
fn element(path: &Path) -> Option<Path> {
    let steps = path.steps();
    let to = |length: usize| {
        steps[..length].iter().fold(Path::root(), |path, step| match step {
            Step::Key(key) => path.key(key),
            Step::Index(index) => path.index(*index),
        })
    };
    match steps {
        [Step::Key(_), Step::Index(_), Step::Key("statements" | "reactions"), Step::Index(_), ..] => {
            Some(to(4))
        }
        [Step::Key(_), Step::Index(_), ..] => Some(to(2)),
        [Step::Key("story"), _, ..] => Some(to(1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_as_an_escape_is_named_and_what_is_shown_as_space_is_not() {
        for (raw, one_line, found) in [
            ("plain", true, None),
            ("a\tb\r\nc", false, None),
            ("\n a \n", true, None),
            ("a\nb", false, None),
            ("a\nb", true, Some((1, '\n'))),
            ("a\t\u{202E}b", true, Some((2, '\u{202E}'))),
            ("é\u{200B}\u{1B}", false, Some((2, '\u{200B}'))),
            ("a\rb", false, Some((1, '\r'))),
            ("x\r\n\r", false, Some((3, '\r'))),
            ("👨\u{200D}👩", false, None),
            ("\u{301}", false, Some((0, '\u{301}'))),
        ] {
            assert_eq!(first(raw, one_line), found, "{raw:?}");
        }
    }

    #[test]
    fn a_great_many_tabs_cost_one_look_each() {
        assert_eq!(first(&"\té".repeat(200_000), false), None);
    }

    #[test]
    fn a_finding_says_which_character_and_where() {
        let found = finding("ab\u{202E}", true, Path::root).expect("a finding");
        assert_eq!(found.message, "character 3 of this text is U+202E, a right-to-left override");
        assert!(found.hint.is_some_and(|hint| hint.contains("‹U+202E›")));
    }

    #[test]
    fn a_place_lies_in_the_innermost_element() {
        let event = Path::root().key("events").index(3);
        let statement = event.key("statements").index(1);
        assert_eq!(element(&statement.key("note")), Some(statement));
        assert_eq!(element(&event.key("links").index(0).key("note")), Some(event));
        let story = Path::root().key("story");
        assert_eq!(element(&story.key("title")), Some(story));
        assert_eq!(element(&Path::root().key("format")), None);
    }
}
