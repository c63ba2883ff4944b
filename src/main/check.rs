//! `dateline check`: every story asked for is read, checked and told of; the worst of them gives the exit code.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use chrono::NaiveDate;
use dateline::archive::verify::Verification;
use dateline::archive::{self, Mark, Marks};
use dateline::cli::{Check, Form, Place, Verify};
use dateline::query::as_of::AsOf;
use dateline::report::check::text::{self as findings, Manner};
use dateline::report::check::{Checked, Counts, corroboration, github, json};
use dateline::story::diagnostic::{Code, Diagnostic};
use dateline::story::graph::Graph;
use dateline::story::{self, explain};
use dateline::text;

use crate::input::{self, Input, Unread};
use crate::{Failure, is_coloured, moment, say, texts, today_in};

/// How a check ends, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Clean = 0,
    Findings = 1,
    Unreadable = 2,
}

/// Checks all that is asked for. Findings go to standard output; what could not be opened, to standard error.
pub fn run(
    asked: &Check,
    today: Option<NaiveDate>,
    as_of: Option<&str>,
    max_size: u64,
) -> Result<ExitCode, Failure> {
    let mut verdict = Verdict::Clean;
    let mut out = BufWriter::new(io::stdout().lock());
    for place in &asked.places {
        let places = match place {
            Place::File(path) if path.is_dir() => match input::stories_in(path) {
                Ok(stories) => stories.into_iter().map(Place::File).collect(),
                Err(refusal) => {
                    say(&refusal.to_string());
                    verdict = Verdict::Unreadable;
                    continue;
                }
            },
            place => vec![place.clone()],
        };
        for place in places {
            let is_usual = place == Place::Usual;
            let (input, graph, diagnostics) = match input::read(place, max_size) {
                Ok(input) => {
                    let (graph, diagnostics) = checked(&input.bytes, today, as_of)?;
                    if is_usual && input.path.is_none() {
                        say(
                            "note: there is no events.yaml in this folder, so the embedded story is checked; \
                             name your file: dateline check FILE\n",
                        );
                    }
                    (input, graph, diagnostics)
                }
                Err(Unread::TooLarge(input, fault)) => (input, None, vec![*fault]),
                Err(Unread::Refused(refusal)) => {
                    say(&refusal.to_string());
                    verdict = Verdict::Unreadable;
                    continue;
                }
            };
            let (found, told) = tell(asked, &input, diagnostics, graph.as_ref(), &mut out);
            verdict = verdict.max(found);
            if let Err(error) = told {
                // What is still held would be written once more on dropping.
                let _ = out.into_parts();
                // A reader that went away has had enough: that is no fault.
                return if error.kind() == ErrorKind::BrokenPipe {
                    Ok(code(verdict))
                } else {
                    Err(Failure::Output(error))
                };
            }
        }
    }
    Ok(code(verdict))
}

fn code(verdict: Verdict) -> ExitCode {
    ExitCode::from(verdict as u8)
}

/// What was looked at, where it is a story, and all that is wrong with it: what keeps it from being one, or what the
/// rules find in it.
fn checked(
    bytes: &[u8],
    today: Option<NaiveDate>,
    as_of: Option<&str>,
) -> Result<(Option<Graph>, Vec<Diagnostic>), Failure> {
    let (graph, mut diagnostics) = story::read_all(bytes);
    let Some(graph) = graph else { return Ok((None, diagnostics)) };
    let today = today_in(&graph, today);
    let Some(text) = as_of else {
        diagnostics.extend(story::check::check(&graph, today));
        return Ok((Some(graph), diagnostics));
    };
    let moment = moment(text, &graph, today)?.0;
    let (part, _) = AsOf::at(&graph, moment).project(&graph, true);
    diagnostics.extend(story::check::check_part(&graph, &part, today));
    Ok((Some(part), diagnostics))
}

/// Tells of the findings, and of what the positions of the disputes of `graph` rest on.
fn tell(
    asked: &Check,
    input: &Input,
    mut diagnostics: Vec<Diagnostic>,
    graph: Option<&Graph>,
    out: &mut impl Write,
) -> (Verdict, io::Result<()>) {
    for diagnostic in &mut diagnostics {
        if diagnostic.allowed.is_none() && asked.allow.contains(&diagnostic.code) {
            diagnostic.allowed = Some("on the command line".to_owned());
        }
    }
    let checked = Checked::new(&input.name, input.path.is_some(), &input.bytes, diagnostics);
    let Counts { errors, warnings, .. } = checked.counts();
    let verdict = if checked.is_unreadable() {
        Verdict::Unreadable
    } else if errors > 0 || (warnings > 0 && asked.deny_warnings) {
        Verdict::Findings
    } else {
        Verdict::Clean
    };
    let manner = Manner { colour: is_coloured(asked.colour, &io::stdout()), verbose: asked.verbose };
    let told = match asked.form {
        Form::Text => findings::write(&checked, manner, out)
            .and_then(|()| findings::write_count(&checked, manner, false, out))
            .and_then(|()| {
                graph.map_or(Ok(()), |graph| corroboration::write(&input.name, graph, asked.verbose, out))
            }),
        Form::Json => json::write(&checked, asked.verbose, out),
        Form::Github => github::write(&checked, asked.verbose, out),
    };
    (verdict, told.and_then(|()| out.flush()))
}

/// Looks a story up in the texts of its sources.
pub fn verify(asked: Verify, max_size: u64) -> Result<ExitCode, Failure> {
    let Verify { place, archive: folder, telling } = asked;
    let input = input::read(place, max_size)?;
    let graph = match story::read(&input.bytes) {
        Ok(graph) => graph,
        Err(faults) => return Err(Failure::Faults { input, faults }),
    };
    let texts = texts(&folder, &graph)?;
    let Verification { marks, diagnostics } = archive::verify::verify(&graph, &texts);
    let mut out = BufWriter::new(io::stdout().lock());
    let (verdict, told) = tell(&telling, &input, diagnostics, None, &mut out);
    let summary = |out: &mut BufWriter<_>| {
        match telling.form {
            Form::Text => write_marks(&marks, texts.held(), out)?,
            Form::Json => json::write_marks(&input.name, &graph, &marks, texts.held(), out)?,
            Form::Github => {}
        }
        out.flush()
    };
    match told.and_then(|()| summary(&mut out)) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let _ = out.into_parts();
            Err(Failure::Output(error))
        }
        _ => Ok(code(verdict)),
    }
}

/// How many bear which mark; of the rarer ones only where any do.
fn write_marks(marks: &Marks, held: usize, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{} verified, {} not, ", marks.count(Mark::Verified), marks.count(Mark::NotVerified))?;
    for (mark, words) in [
        (Mark::TextChanged, "in a text that has changed"),
        (Mark::PlaceUnchecked, "found whose place is not checked"),
        (Mark::WayUnchecked, "figures found whose direction is not checked"),
    ] {
        if marks.count(mark) > 0 {
            write!(out, "{} {words}, ", marks.count(mark))?;
        }
    }
    writeln!(out, "{} whose text is not held; texts held: {held}", marks.count(Mark::TextNotHeld))
}

/// Prints what a code means.
pub fn explain(code: Code, out: &mut impl Write) -> io::Result<()> {
    const WIDE: usize = 80;
    let explain::Explanation { summary, explanation, wrong, right, .. } = explain::of(code);
    writeln!(out, "{code}: {summary}\n")?;
    for paragraph in explanation.split("\n\n") {
        for row in text::wrap(paragraph, WIDE) {
            writeln!(out, "{}", &paragraph[row])?;
        }
        writeln!(out)?;
    }
    for (what, example) in [("Wrong:", wrong), ("Right:", right)] {
        writeln!(out, "{what}\n")?;
        for line in example.trim_end().lines() {
            writeln!(out, "{}", format!("    {line}").trim_end())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "All codes: docs/diagnostics.md")
}
