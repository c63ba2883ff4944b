//! Writes made-up names that are easy to confuse, one a line: `cargo run --release --example names -- 100000`.

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

#[path = "../benches/generator/names.rs"]
mod names;

fn main() -> ExitCode {
    let Some(count) = std::env::args().nth(1).and_then(|count| count.parse().ok()) else {
        eprintln!("usage: names COUNT");
        return ExitCode::from(2);
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let written = names::list(count).iter().flatten().try_for_each(|name| writeln!(out, "{name}"));
    match written.and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}
