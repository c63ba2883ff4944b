//! The spread of many times: on the clock, and what the core worked on this thread, which says what the clock would on an
//! idle machine.
//!
//! Imports `rustix` for the thread's own clock.

use std::hint::black_box;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// Times of one kind of work.
#[derive(Debug, Clone, Default)]
pub struct Spread {
    clock: Vec<Duration>,
    core: Vec<Duration>,
}

/// What this thread has worked so far.
fn core() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let part = |number: i64| u64::try_from(number).unwrap_or(0);
    Duration::from_secs(part(time.tv_sec)) + Duration::from_nanos(part(time.tv_nsec))
}

/// Work that has begun.
pub struct Begun(Instant, Duration);

/// Begins some work.
pub fn begun() -> Begun {
    Begun(Instant::now(), core())
}

#[allow(dead_code, reason = "not every program that uses this module asks for all of it")]
impl Spread {
    /// Does some work and takes its time.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = begun();
        let made = black_box(work());
        self.ended(&begun);
        made
    }

    /// Takes the time of work that has ended.
    pub fn ended(&mut self, begun: &Begun) {
        // The clock last: asking for the core's takes longer.
        self.core.push(core().saturating_sub(begun.1));
        self.clock.push(begun.0.elapsed());
    }

    /// How many times were taken.
    pub fn count(&self) -> usize {
        self.core.len()
    }

    /// Takes the times of another in.
    pub fn add(&mut self, other: &Self) {
        self.clock.extend(&other.clock);
        self.core.extend(&other.core);
    }

    /// The core's time below which so many thousandths of all lie.
    pub fn core(&self, share: usize) -> Duration {
        at(&self.core, share)
    }

    /// The same on the clock.
    pub fn clock(&self, share: usize) -> Duration {
        at(&self.clock, share)
    }

    /// Median, 99th percentile and longest.
    pub fn told(&self) -> String {
        let three = |times: &[Duration]| [500, 990, 1000].map(|share| short(at(times, share))).join(" / ");
        format!("{} by the core ({} on the clock)", three(&self.core), three(&self.clock))
    }
}

fn at(times: &[Duration], share: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get((sorted.len() * share / 1000).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// A time in milliseconds, with as many digits as mean something.
pub fn short(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1000.0;
    match milliseconds {
        at if at < 0.1 => format!("{milliseconds:.4} ms"),
        at if at < 10.0 => format!("{milliseconds:.2} ms"),
        _ => format!("{milliseconds:.0} ms"),
    }
}
