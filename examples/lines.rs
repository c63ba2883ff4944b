//! Writes the events of a story as lines of a log, for programs that read those: `cargo run --release --example lines --
//! story.yaml`. A line has the earliest moment that the event can have, its status and its title; an event without a date
//! goes with the one before it.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use dateline::story;
use dateline::story::vocabulary::Vocabulary as _;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: lines STORY");
        return ExitCode::from(2);
    };
    let graph = match std::fs::read(&path).map(|bytes| story::read(&bytes)) {
        Ok(Ok(graph)) => graph,
        Ok(Err(faults)) => {
            eprintln!("{} has {} faults", path.display(), faults.len());
            return ExitCode::from(2);
        }
        Err(why) => {
            eprintln!("cannot read {}: {why}", path.display());
            return ExitCode::from(2);
        }
    };
    let mut moment = None;
    let mut out = BufWriter::new(io::stdout().lock());
    let written = graph.chronology().order().iter().try_for_each(|id| {
        let event = graph.event(*id);
        moment = graph.chronology().bounds(*id).earliest.or(moment);
        let at = moment.unwrap_or_default().format("%Y-%m-%dT%H:%M:%S");
        writeln!(out, "{at} {} {}", event.status.word(), event.title)
    });
    match written.and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}
