//! Diagnostics for a person at a command line: what is wrong, where it stands, the way out; all of them, then their
//! count.
//!
//! Imports `story::diagnostic` and `text`.

use std::io;

use crate::story::diagnostic::{Diagnostic, Severity};
use crate::text;

/// Writes every diagnostic as a block of its own, and a last line with the count:
///
/// ```text
/// error[unknown-reference]: no element has the id `acmee`
///   --> story.yaml: events[0].sources[1]
///   = help: did you mean `acme`?
///
/// story.yaml: 1 error; the story was not opened
/// ```
///
/// `name` is what to call the file; it is made safe here.
pub fn write(diagnostics: &[Diagnostic], name: &str, out: &mut impl io::Write) -> io::Result<()> {
    let name = text::safe_line(name);
    for diagnostic in diagnostics {
        block(diagnostic, &name, out)?;
        writeln!(out)?;
    }
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    match (errors, warnings) {
        (0, 0) => writeln!(out, "{name}: nothing is wrong"),
        (0, _) => writeln!(out, "{name}: {}", counted(warnings, "warning")),
        (_, 0) => writeln!(out, "{name}: {}; the story was not opened", counted(errors, "error")),
        _ => writeln!(
            out,
            "{name}: {} and {}; the story was not opened",
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    }
}

fn block(diagnostic: &Diagnostic, name: &str, out: &mut impl io::Write) -> io::Result<()> {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    writeln!(out, "{severity}[{}]: {}", diagnostic.code, diagnostic.message)?;
    write!(out, "  --> {name}")?;
    if let Some((line, column)) = diagnostic.line_column {
        write!(out, ":{line}:{column}")?;
    }
    if diagnostic.path.steps().is_empty() {
        writeln!(out)?;
    } else {
        writeln!(out, ": {}", diagnostic.path)?;
    }
    if let Some(hint) = &diagnostic.hint {
        writeln!(out, "  = help: {hint}")?;
    }
    if let Some((path, what)) = &diagnostic.also {
        writeln!(out, "  = note: {what}: {path}")?;
    }
    Ok(())
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::diagnostic::{Code, Path};

    fn written(diagnostics: &[Diagnostic], name: &str) -> String {
        let mut out = Vec::new();
        write(diagnostics, name, &mut out).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn every_part_of_a_diagnostic_is_shown() {
        let mut fault = Diagnostic::new(Code::DuplicateId, Path::root().key("story"), "twice")
            .hint("once is enough")
            .also(Path::root().key("sources").index(1), "first used here");
        fault.line_column = Some((7, 3));
        let mut warning = Diagnostic::new(Code::Missing, Path::root(), "no title");
        warning.severity = Severity::Warning;
        assert_eq!(
            written(&[fault, warning], "a.yaml"),
            "error[duplicate-id]: twice\n  --> a.yaml:7:3: story\n  = help: once is enough\n  \
             = note: first used here: sources[1]\n\nwarning[missing]: no title\n  --> a.yaml\n\n\
             a.yaml: 1 error and 1 warning; the story was not opened\n"
        );
    }

    #[test]
    fn a_hostile_file_name_is_shown_safe() {
        let fault = Diagnostic::new(Code::NotText, Path::root(), "this file is empty");
        let shown = written(&[fault], "a\u{1b}[2J\n\u{202e}.yaml");
        assert!(shown.contains("  --> a‹U+001B›[2J‹U+000A›‹U+202E›.yaml\n"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']));
    }
}
