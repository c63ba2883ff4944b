//! Which id was probably meant: asked of the first faults only, and never at the price of minutes.
//!
//! Imports what `build` imports.

use super::{ElementId, did_you_mean};

/// How many letters are compared with how many in all: the product, summed over all that is asked.
const WORK: usize = 20_000_000;

/// The ids there are, in the order of the alphabet, once they are asked for.
#[derive(Default)]
pub(super) struct Nearest {
    ids: Option<Vec<(String, ElementId)>>,
    letters: usize,
    work: usize,
}

impl Nearest {
    /// The id nearest to a wrong one, of an element that `fits`; none where none is near, or too much was asked already.
    pub(super) fn to(
        &mut self,
        wrong: &str,
        ids: impl FnOnce() -> Vec<(String, ElementId)>,
        fits: impl Fn(ElementId) -> bool,
    ) -> Option<String> {
        let ids = self.ids.get_or_insert_with(|| {
            let mut ids = ids();
            ids.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
            self.letters = ids.iter().map(|(id, _)| id.len()).sum();
            ids
        });
        self.work = self.work.saturating_add(self.letters.saturating_mul(wrong.len()));
        if self.work > WORK {
            return None;
        }
        let fitting = ids.iter().filter(|(_, element)| fits(*element)).map(|(id, _)| id.as_str());
        did_you_mean(wrong, fitting).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Id, SourceId};
    use super::*;

    #[test]
    fn what_would_cost_minutes_is_not_asked() {
        let mut nearest = Nearest::default();
        let many =
            || (0..10_000).map(|at| (format!("source-{at}"), ElementId::Source(SourceId::from_index(at))));
        let ids = || many().collect();
        assert_eq!(nearest.to("source-7x", ids, |_| true).as_deref(), Some("source-7"));
        let answered = (0..1000).filter(|_| nearest.to("source-7x", Vec::new, |_| true).is_some()).count();
        assert!((5..100).contains(&answered), "{answered}");
    }

    #[test]
    fn only_what_fits_is_offered() {
        let ids = || vec![("wire".to_owned(), ElementId::Source(SourceId::from_index(0)))];
        assert_eq!(Nearest::default().to("wires", ids, |_| false), None);
    }
}
