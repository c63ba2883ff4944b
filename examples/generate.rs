//! Writes a made-up story of so many events to standard output: `cargo run --release --example generate -- 100000`.
//! A second number is that of its actors.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

#[path = "../benches/generator/story.rs"]
mod story;

use story::Size;

fn main() -> ExitCode {
    let numbers: Result<Vec<usize>, _> = std::env::args().skip(1).map(|number| number.parse()).collect();
    let size = match numbers.as_deref() {
        Ok([events]) => Size::of_events(*events),
        Ok([events, actors]) => Size { events: *events, actors: *actors },
        _ => {
            eprintln!("usage: generate EVENTS [ACTORS]");
            return ExitCode::from(2);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match story::write(size, &mut out).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}
