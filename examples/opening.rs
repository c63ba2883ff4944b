//! Measures the opening of made-up stories: `cargo run --release --example opening -- 1000 10000 100000`.
//!
//! For each number of events, in turns and each in a process of its own, so that memory is measured too: one
//! `serde_yaml::from_str` of the whole text into the structs of the format (the reference), the reading that opens a
//! story, the same with all rules checked, and the same from the cache. Prints the middle of five turns, a row of a table for each number.
//! Reads `/proc`, so that it runs on Linux alone.

use std::fs;
use std::hint::black_box;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chrono::NaiveDate;
use dateline::cache::{Cache, Limits};
use dateline::story::document::Document;
use dateline::story::{self, check};

#[path = "../benches/generator/story.rs"]
mod generator;

use generator::Size;

const TURNS: usize = 5;
const WAYS: [&str; 5] = ["reference", "read", "check", "keep", "warm"];

/// What one process came to.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    /// Seconds on the clock.
    wall: f64,
    /// Seconds of all cores.
    cores: f64,
    /// The most memory it held, in bytes, with the text.
    peak: f64,
}

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [way, file] = args.as_slice()
        && WAYS.contains(&way.as_str())
    {
        let Cost { wall, cores, peak } = run(way, Path::new(file))?;
        println!("{wall} {cores} {peak}");
        return Ok(());
    }
    let folder = std::env::temp_dir().join(format!("dateline-opening-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let measured = args.iter().try_for_each(|events| measure(events, &folder));
    fs::remove_dir_all(&folder)?;
    measured
}

/// Prints the row of a number of events.
fn measure(events: &str, folder: &Path) -> io::Result<()> {
    let events = events.parse().map_err(io::Error::other)?;
    let file = folder.join("story.yaml");
    let mut out = BufWriter::new(fs::File::create(&file)?);
    generator::write(Size::of_events(events), &mut out)?;
    out.flush()?;
    let size = u32::try_from(fs::metadata(&file)?.len()).map(f64::from).map_err(io::Error::other)?;
    let mut costs = [[Cost::default(); TURNS]; WAYS.len()];
    for turn in 0..TURNS {
        for (way, costs) in WAYS.iter().zip(&mut costs) {
            costs[turn] = in_a_process(way, &file)?;
        }
    }
    let middle = |way: usize, of: fn(&Cost) -> f64| {
        let mut all = costs[way].map(|cost| of(&cost));
        all.sort_by(f64::total_cmp);
        all[TURNS / 2]
    };
    // Ratios are of neighbours in time, so that what else the machine does weighs on both.
    let ratio_to = |base: usize, way: usize, of: fn(&Cost) -> f64| {
        let mut all: Vec<_> = (0..TURNS).map(|turn| of(&costs[way][turn]) / of(&costs[base][turn])).collect();
        all.sort_by(f64::total_cmp);
        all[TURNS / 2]
    };
    let ratio = |way: usize, of: fn(&Cost) -> f64| ratio_to(0, way, of);
    println!(
        "| {events} | {:.1} | {:.2} s ({:.2}) | {:.2} s ({:.2}) = {:.2} ({:.2}) | {:.2} s ({:.2}) = {:.2} ({:.2}) | {:.1} | {:.1} | {:.1} | {:.2} s ({:.2}) = {:.3} ({:.3}), {:.1}; kept in {:.2} s ({:.2}) |",
        size / 1e6,
        middle(0, |cost| cost.wall),
        middle(0, |cost| cost.cores),
        middle(1, |cost| cost.wall),
        middle(1, |cost| cost.cores),
        ratio(1, |cost| cost.wall),
        ratio(1, |cost| cost.cores),
        middle(2, |cost| cost.wall),
        middle(2, |cost| cost.cores),
        ratio(2, |cost| cost.wall),
        ratio(2, |cost| cost.cores),
        middle(0, |cost| cost.peak) / size,
        middle(1, |cost| cost.peak) / size,
        middle(2, |cost| cost.peak) / size,
        middle(4, |cost| cost.wall),
        middle(4, |cost| cost.cores),
        // Of a second opening beside a first one.
        ratio_to(1, 4, |cost| cost.wall),
        ratio_to(1, 4, |cost| cost.cores),
        middle(4, |cost| cost.peak) / size,
        middle(3, |cost| cost.wall),
        middle(3, |cost| cost.cores),
    );
    Ok(())
}

fn in_a_process(way: &str, file: &Path) -> io::Result<Cost> {
    let output = Command::new(std::env::current_exe()?).arg(way).arg(file).output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = told.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        &[wall, cores, peak] => Ok(Cost { wall, cores, peak }),
        _ => Err(io::Error::other(format!("{way}: {}", String::from_utf8_lossy(&output.stderr)))),
    }
}

/// Does it once, in this process.
fn run(way: &str, file: &Path) -> io::Result<Cost> {
    let bytes = fs::read(file)?;
    // One build for all processes of a run.
    let limits = Limits { least: 0, ..Limits::default() };
    let cache = Cache::at(file.with_file_name("cache"), "measured".to_owned(), limits);
    let none = || io::Error::other("no story");
    // What is to be kept has been read before.
    let graph = if way == "keep" { Some(story::read(&bytes).map_err(|_| none())?) } else { None };
    let (cores, start) = (cores()?, Instant::now());
    match (way, graph) {
        ("reference", _) => {
            let text = std::str::from_utf8(&bytes).map_err(io::Error::other)?;
            black_box(Document::from_yaml(text)).map_err(|fault| io::Error::other(fault.message))?;
        }
        ("keep", Some(graph)) => {
            let key = cache.key(&bytes).ok_or_else(none)?;
            let entry = cache.pack(&key, &graph).ok_or_else(none)?;
            eprintln!("{} bytes are kept", entry.size());
            if !cache.write(entry) {
                return Err(io::Error::other("nothing is kept"));
            }
            std::mem::forget(graph);
        }
        ("warm", _) => {
            let graph = cache.key(&bytes).and_then(|key| cache.get(&key)).ok_or_else(none)?;
            std::mem::forget(black_box(graph));
        }
        _ => {
            let (graph, mut found) = story::read_all(&bytes);
            let graph = graph.ok_or_else(none)?;
            if way == "check" {
                found.extend(check::check(&graph, NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default()));
            }
            // What was read is held by the explorer; to give it back is no part of opening it.
            std::mem::forget(black_box((graph, found)));
        }
    }
    Ok(Cost { wall: start.elapsed().as_secs_f64(), cores: self::cores()? - cores, peak: peak()? })
}

/// Seconds that all threads of this process have run: those that still do.
fn cores() -> io::Result<f64> {
    let mut nanoseconds = 0.0;
    for thread in fs::read_dir("/proc/self/task")? {
        let told = fs::read_to_string(thread?.path().join("schedstat"))?;
        nanoseconds += told.split(' ').next().and_then(|first| first.parse::<f64>().ok()).unwrap_or(0.0);
    }
    Ok(nanoseconds / 1e9)
}

fn peak() -> io::Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or(0.0);
    Ok(kilobytes * 1024.0)
}
