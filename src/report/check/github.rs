//! For GitHub Actions: one workflow command a diagnostic, which the service shows beside the line.
//!
//! Imports its parent and `story`. The form and its escapes are those of the service's "workflow commands".

use std::io;

use super::{Checked, Finding, more, severity_word, without_address};

/// Writes every diagnostic that nothing allows; with `verbose` the allowed ones too, as notices:
///
/// ```text
/// ::error file=story.yaml,line=9,col=18,endLine=9,endColumn=23,title=unknown-reference::no element has …%0Ahelp: …
/// ```
pub fn write(checked: &Checked<'_>, verbose: bool, out: &mut impl io::Write) -> io::Result<()> {
    for finding in checked.shown(verbose) {
        command(checked, finding, out)?;
    }
    Ok(())
}

fn command(checked: &Checked<'_>, finding: &Finding, out: &mut impl io::Write) -> io::Result<()> {
    let Finding { diagnostic, located } = finding;
    let kind = if finding.is_allowed() { "notice" } else { severity_word(diagnostic.severity) };
    write!(out, "::{kind} ")?;
    if checked.is_file {
        write!(out, "file={},", property(&checked.name))?;
        if let Some(at) = &located.at {
            write!(
                out,
                "line={},col={},endLine={},endColumn={},",
                at.line, at.column, at.end_line, at.end_column
            )?;
        }
    }
    let also = diagnostic.also.as_ref().map(|(_, what)| match &located.also {
        Some(at) => format!("{what}: line {}, column {}", at.line, at.column),
        None => what.clone(),
    });
    let hint = diagnostic.hint.as_ref().map(|hint| format!("help: {hint}"));
    let reason = diagnostic.allowed.as_ref().map(|reason| format!("allowed: {reason}"));
    let message = Some(diagnostic.message.clone());
    let parts: Vec<_> = [message, also, without_address(finding), hint, reason, more(finding)]
        .into_iter()
        .flatten()
        .collect();
    let message = parts.join("\n");
    writeln!(out, "title={}::{}", property(diagnostic.code.word()), data(&message))
}

/// Text of a command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::diagnostic::{Code, Diagnostic, Path};

    #[test]
    fn nothing_of_a_file_ends_the_command_it_stands_in() {
        let fault = Diagnostic::new(Code::BadId, Path::root().key("a"), "100 %\n::error::b").hint("a, b: c");
        let mut out = Vec::new();
        write(&Checked::new("a,b:c%.yaml", true, b"a: 1\n", vec![fault]), false, &mut out).expect("written");
        assert_eq!(
            String::from_utf8(out).expect("text"),
            "::error file=a%2Cb%3Ac%25.yaml,line=1,col=4,endLine=1,endColumn=5,\
             title=bad-id::100 %25‹U+000A›::error::b%0Ahelp: a, b: c\n"
        );
    }
}
