//! Measures the opening of made-up stories: `cargo run --release --example opening -- 1000 10000 100000`.
//!
//! For each number of events, in turns and each in a process of its own, so that memory is measured too: one
//! `serde_yaml::from_str` of the whole text into the structs of the format (the reference), the reading that opens a
//! story, the same with all rules checked, and the same from the cache. Prints the middle of five turns, a row of a table
//! for each number.
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
#[path = "../benches/measure/row.rs"]
mod row;

use generator::Size;
use row::row;

const TURNS: usize = 5;
/// More events than this are opened once, and without the reference, which takes sixteen times the file.
const MANY: usize = 200_000;
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

/// What all processes came to, by way.
struct Costs([Vec<Cost>; WAYS.len()]);

impl Costs {
    /// The middle of all turns.
    fn middle(&self, way: &str, of: fn(&Cost) -> f64) -> Option<f64> {
        middle(self.of(way).iter().map(of).collect())
    }

    /// The middle of the ratios of neighbours in time: what else the machine does weighs on both.
    fn ratio(&self, way: &str, to: &str, of: fn(&Cost) -> f64) -> Option<f64> {
        let pairs = self.of(way).iter().zip(self.of(to));
        middle(pairs.map(|(one, other)| of(one) / of(other)).collect())
    }

    fn of(&self, way: &str) -> &[Cost] {
        WAYS.iter().position(|other| *other == way).map_or(&[], |at| &self.0[at])
    }
}

fn middle(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}

fn told(number: Option<f64>, decimals: usize) -> String {
    number.map_or_else(|| "-".to_owned(), |number| format!("{number:.decimals$}"))
}

/// Prints the row of a number of events.
fn measure(events: &str, folder: &Path) -> io::Result<()> {
    let events = events.parse().map_err(io::Error::other)?;
    let file = folder.join("story.yaml");
    let mut out = BufWriter::new(fs::File::create(&file)?);
    generator::write(Size::of_events(events), &mut out)?;
    out.flush()?;
    let size = u32::try_from(fs::metadata(&file)?.len()).map(f64::from).map_err(io::Error::other)?;
    let mut costs = Costs(Default::default());
    for _ in 0..if events > MANY { 1 } else { TURNS } {
        for (way, costs) in WAYS.iter().zip(&mut costs.0) {
            if events <= MANY || *way != "reference" {
                costs.push(in_a_process(way, &file)?);
            }
        }
    }
    let seconds = |way: &str| {
        let (wall, cores) = (costs.middle(way, |cost| cost.wall), costs.middle(way, |cost| cost.cores));
        format!("{} s ({})", told(wall, 2), told(cores, 2))
    };
    let ratio = |way: &str, to: &str, decimals| {
        let (wall, cores) = (costs.ratio(way, to, |cost| cost.wall), costs.ratio(way, to, |cost| cost.cores));
        format!("{} ({})", told(wall, decimals), told(cores, decimals))
    };
    let memory = |way: &str| told(costs.middle(way, |cost| cost.peak).map(|peak| peak / size), 1);
    println!(
        "| {events} | {:.1} | {} | {} = {} | {} = {} | {} | {} | {} | {} = {} | {} | {} |",
        size / 1e6,
        seconds("reference"),
        seconds("read"),
        ratio("read", "reference", 2),
        seconds("check"),
        ratio("check", "reference", 2),
        memory("reference"),
        memory("read"),
        memory("check"),
        seconds("warm"),
        ratio("warm", "read", 3),
        memory("warm"),
        seconds("keep"),
    );
    rows(events, size, &costs);
    Ok(())
}

/// What was promised of this number of events.
fn rows(events: usize, size: f64, costs: &Costs) {
    let asked = |what: &str| format!("{events} events: {what}");
    if let Some(to_reference) = costs.ratio("check", "reference", |cost| cost.wall)
        && events == 100_000
    {
        row(
            &asked("fully built and checked in at most 0.6 times the reference"),
            &format!(
                "{to_reference:.2} ({} of the cores' seconds)",
                told(costs.ratio("check", "reference", |cost| cost.cores), 2)
            ),
            to_reference <= 0.6,
        );
    }
    if let Some(peak) = costs.middle("check", |cost| cost.peak) {
        if events == 100_000 {
            let times = peak / size;
            row(&asked("at most 4.5 times the file in memory"), &format!("{times:.1}"), times <= 4.5);
        } else if events >= 1_000_000 {
            let gibibytes = peak / f64::from(1 << 30);
            row(&asked("opened within 16 GiB"), &format!("{gibibytes:.1} GiB"), gibibytes <= 16.0);
        }
    }
    if let Some(to_cold) = costs.ratio("warm", "read", |cost| cost.wall)
        && events >= 100_000
    {
        row(
            &asked("opened again, read and built alone, in at most a tenth of the time"),
            &format!(
                "{to_cold:.3} ({} of the cores' seconds)",
                told(costs.ratio("warm", "read", |cost| cost.cores), 3)
            ),
            to_cold <= 0.1,
        );
    }
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
