//! For people: every diagnostic in the form of rustc's, with the line, the place underlined, the second place and the
//! way out; then a line with their count.
//!
//! Imports its parent and `story`. What the lines look like is `annotate-snippets`'; which addresses they carry is
//! decided here, because its own would count the columns of the line as shown, not as written.

use std::io;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, WIDEST, excerpt};
use super::{Checked, Counts, Finding, more, without_address};
use crate::story::diagnostic::{Rank, Severity};
use crate::story::locate::Address;

/// Stands between an address and the one that the renderer adds. A file's name never holds it: text that is safe to
/// show has no private-use characters.
const SEAM: char = '\u{E000}';

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// With colours.
    pub colour: bool,
    /// The allowed ones too, with the reason.
    pub verbose: bool,
}

/// Writes every diagnostic as a block of its own:
///
/// ```text
/// error[unknown-reference]: no element has the id `acmee`; an actor belongs here
///  --> story.yaml:9:18
///   |
/// 9 |         speaker: acmee
///   |                  ^^^^^
///   |
///   = help: did you mean `acme`?
///
/// ```
pub fn write(checked: &Checked<'_>, manner: Manner, out: &mut impl io::Write) -> io::Result<()> {
    let renderer = if manner.colour { Renderer::styled() } else { Renderer::plain() };
    // Lines are cut here, around the place; the renderer is not to cut them once more.
    let renderer = renderer.term_width(2 * WIDEST);
    for finding in checked.shown(manner.verbose) {
        writeln!(out, "{}\n", block(checked, finding, &renderer))?;
    }
    Ok(())
}

/// Writes the line with the count: `story.yaml: 2 errors and 1 warning`.
///
/// `opening` says that the story was to be opened, not only checked.
pub fn write_count(
    checked: &Checked<'_>,
    manner: Manner,
    opening: bool,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let Counts { errors, warnings, allowed } = checked.counts();
    let found: Vec<_> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}{}", if count == 1 { "" } else { "s" }))
        .collect();
    write!(out, "{}: ", checked.name)?;
    match found.join(" and ") {
        nothing if nothing.is_empty() => write!(out, "nothing is wrong")?,
        found => write!(out, "{found}")?,
    }
    if opening {
        write!(out, "; the story was not opened")?;
    } else if checked.is_unreadable() && !checked.is_surveyed() {
        write!(out, "; the rest was not checked")?;
    } else if checked.findings.iter().any(|finding| finding.diagnostic.code.rank() != Rank::Rule) {
        write!(out, "; the rules were not checked")?;
    } else if allowed > 0 {
        write!(out, "; {allowed} allowed{}", if manner.verbose { "" } else { " (--verbose shows why)" })?;
    }
    writeln!(out)
}

fn block(checked: &Checked<'_>, finding: &Finding, renderer: &Renderer) -> String {
    let Finding { diagnostic, located } = finding;
    let level = match (&diagnostic.allowed, diagnostic.severity) {
        (Some(_), _) => Level::NOTE.with_name("allowed"),
        (None, Severity::Error) => Level::ERROR,
        (None, Severity::Warning) => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.word());
    let mut group = Group::with_title(title);
    let also = located.also.as_ref().zip(diagnostic.also.as_ref().map(|(_, what)| what.as_str()));
    group = match &located.at {
        Some(at) => places(group, checked, at, also),
        None => group.element(Origin::path(checked.name.as_str())),
    };
    if let Some(note) = without_address(finding) {
        group = group.element(Level::NOTE.message(note));
    }
    if let Some((_, what)) = diagnostic.also.as_ref().filter(|_| located.also.is_none()) {
        group = group.element(Level::NOTE.message(what.as_str()));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    if let Some(reason) = &diagnostic.allowed {
        group = group.element(Level::NOTE.message(format!("allowed: {reason}")));
    }
    if let Some(more) = more(finding) {
        group = group.element(Level::NOTE.message(more));
    }
    unseamed(&renderer.render(&[group]))
}

/// The place and the second one: on one line together, else each under its own address.
fn places<'a>(
    group: Group<'a>,
    checked: &Checked<'_>,
    at: &Address,
    also: Option<(&Address, &'a str)>,
) -> Group<'a> {
    let Excerpt { line, place, whole } = excerpt(checked.bytes, at);
    let shown = line.clone();
    let snippet = snippet(checked, at, line, AnnotationKind::Primary.span(place));
    let Some((also, what)) = also else { return group.element(snippet) };
    let second = excerpt(checked.bytes, also);
    let label = AnnotationKind::Context.span(second.place.clone()).label(what);
    // Shown piece by piece, one line may come out in two ways where hidden characters stand.
    if also.line == at.line && whole && second.whole && second.line == shown {
        return group.element(snippet.annotation(label));
    }
    group.element(snippet).element(self::snippet(checked, also, second.line, label))
}

fn snippet<'a>(
    checked: &Checked<'_>,
    at: &Address,
    line: String,
    annotation: Annotation<'a>,
) -> Snippet<'a, Annotation<'a>> {
    let address = format!("{}:{}:{}{SEAM}", checked.name, at.line, at.column);
    Snippet::source(line).line_start(at.line).path(address).annotation(annotation)
}

/// Without the addresses that the renderer added: `:7:3` after each seam.
fn unseamed(rendered: &str) -> String {
    let mut pieces = rendered.split(SEAM);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        text + piece.trim_start_matches(|character: char| character == ':' || character.is_ascii_digit())
    })
}
