//! Diagnostics gathered one by one: of each code the first are kept, of the rest their number.
//!
//! Imports its parent.

use std::collections::HashMap;

use super::{Code, Diagnostic};

/// How many of one code are listed.
pub const LISTED: usize = 100;

/// What was found so far.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    listed: Vec<Diagnostic>,
    counts: HashMap<Code, usize>,
}

impl Tally {
    /// Takes what was found, or only counts it.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.count(diagnostic.code, || diagnostic);
    }

    /// Takes what was found, which is put in words only where it is listed.
    pub fn count(&mut self, code: Code, diagnostic: impl FnOnce() -> Diagnostic) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= LISTED {
            self.listed.push(diagnostic());
        }
    }

    /// Whether what is found of this code from now on is only counted.
    pub fn is_full(&self, code: Code) -> bool {
        self.counts.get(&code).is_some_and(|count| *count >= LISTED)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Takes out what turned out to be no matter of its own.
    pub fn retain(&mut self, mut keep: impl FnMut(&Diagnostic) -> bool) {
        let counts = &mut self.counts;
        self.listed.retain(|diagnostic| {
            let kept = keep(diagnostic);
            if let Some(count) = counts.get_mut(&diagnostic.code).filter(|_| !kept) {
                *count -= 1;
            }
            kept
        });
        counts.retain(|_, count| *count > 0);
    }

    /// What is listed, in document order; the last of each code says how many more there are.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let Self { mut listed, counts } = self;
        listed.sort_by_key(|diagnostic| diagnostic.path.place());
        for (code, count) in counts {
            let kept = listed.iter().filter(|diagnostic| diagnostic.code == code).count();
            if let Some(last) = listed.iter_mut().rev().find(|diagnostic| diagnostic.code == code) {
                last.more += count.saturating_sub(kept);
            }
        }
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::super::Path;
    use super::*;

    fn fault(code: Code, index: usize) -> Diagnostic {
        Diagnostic::new(code, Path::root().key("events").index(index), "wrong")
    }

    #[test]
    fn of_each_code_the_first_are_listed_and_the_rest_counted() {
        let mut tally = Tally::default();
        for index in 0..LISTED + 7 {
            assert_eq!(tally.is_full(Code::BadId), index >= LISTED);
            tally.push(fault(Code::BadId, index));
        }
        tally.push(fault(Code::BadTime, 0));
        let found = tally.into_diagnostics();
        assert_eq!(found.len(), LISTED + 1);
        assert_eq!(found.iter().map(|one| one.more).sum::<usize>(), 7);
        assert_eq!(found.last().map(|one| one.more), Some(7));
    }

    #[test]
    fn what_is_taken_out_no_longer_counts() {
        let mut tally = Tally::default();
        tally.push(fault(Code::BadId, 0));
        tally.retain(|_| false);
        assert!(tally.is_empty() && tally.into_diagnostics().is_empty());
    }
}
