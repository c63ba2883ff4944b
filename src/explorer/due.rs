//! When what is not done yet is due: some time after it began to be outstanding, whatever is typed meanwhile.
//!
//! The time is a parameter. Imports nothing from the rest of the crate.

use std::time::{Duration, Instant};

/// Since when something is outstanding.
#[derive(Debug, Clone, Copy, Default)]
pub struct Due {
    since: Option<Instant>,
}

impl Due {
    /// How long it may wait still; zero where it is due. `patience` is how long it may wait in all, `None` where nothing
    /// is outstanding.
    pub fn left(&mut self, now: Instant, patience: Option<Duration>) -> Option<Duration> {
        let Some(patience) = patience else {
            self.since = None;
            return None;
        };
        let since = *self.since.get_or_insert(now);
        Some(patience.saturating_sub(now.saturating_duration_since(since)))
    }

    /// It was tried: what is outstanding still waits anew.
    pub fn tried(&mut self) {
        self.since = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_due_after_its_time_however_often_it_is_asked_for() {
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        let mut due = Due::default();
        assert_eq!(due.left(start, None), None);
        // Asked at every turn, as while someone types without a pause.
        for (after, left) in [(0, 2), (1, 1), (2, 0), (5, 0)] {
            assert_eq!(due.left(start + second * after, Some(second * 2)), Some(second * left), "{after}");
        }
        due.tried();
        assert_eq!(due.left(start + second * 6, Some(second * 10)), Some(second * 10));
        assert_eq!(due.left(start + second * 9, None), None);
        assert_eq!(due.left(start + second * 20, Some(second * 2)), Some(second * 2));
    }
}
