//! When an event happened or a source was published, as it is told: what was written, what `after` and `before` narrow
//! it to, and what each end comes from. Every pane and report tells it from here.
//!
//! Imports `story` only.

use crate::story::gap::Gap;
use crate::story::graph::Graph;
use crate::story::id::EventId;
use crate::story::order::{Chronology, Place, Precedence};
use crate::story::when::{Clock, Moment, Timing, When, day_reading, moment_reading};

/// How a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A source states it.
    Stated,
    /// The author worked it out.
    Inferred,
    /// Nobody says.
    Undated,
}

/// An end of narrowed bounds that is not the time's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The moment.
    pub at: Moment,
    /// How it reads, to the day where it is a day's own end: `14 Nov 2025`, `17 Nov 2025 22:33, no zone printed`.
    pub reading: String,
    /// The event or source it comes from, at the end of the chain of reasons.
    pub from: Place,
    /// What that is called in a line.
    pub name: String,
    /// By how much at least, where one gap lies between and nothing else.
    pub gap: Option<Gap>,
}

/// A time as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// As written, without the mark of what is inferred; `None` where undated.
    pub written: Option<String>,
    /// How it is known.
    pub known: Known,
    /// Not before this, where something it must follow says so.
    pub earliest: Option<End>,
    /// Not after this, where something it must precede says so.
    pub latest: Option<End>,
}

/// When an event happened or a source was published.
pub fn told(graph: &Graph, place: Place) -> Told {
    let timing = timing(graph, place);
    let chronology = graph.chronology();
    let narrowed = chronology.narrowed(place);
    let bounds = narrowed.bounds;
    let earliest = bounds.earliest.filter(|_| narrowed.earliest_from.is_some()).and_then(|at| {
        let chain = chronology.earliest_chain(place);
        let from = chain.last()?.earlier;
        Some(end(graph, at, narrowed.earliest_clock, " 00:00", from, &chain))
    });
    let latest = bounds.latest.filter(|_| narrowed.latest_from.is_some()).and_then(|at| {
        let chain = chronology.latest_chain(place);
        let from = chain.last()?.later;
        Some(end(graph, at, narrowed.latest_clock, " 23:59", from, &chain))
    });
    let known = match &timing.when {
        None => Known::Undated,
        Some(_) if timing.inferred => Known::Inferred,
        Some(_) => Known::Stated,
    };
    Told { written: timing.when.as_ref().map(When::reading), known, earliest, latest }
}

fn end(graph: &Graph, at: Moment, clock: Clock, own_end: &str, from: Place, chain: &[Precedence]) -> End {
    let gap = match chain {
        [only] if !only.gap.is_none() => Some(only.gap),
        _ => None,
    };
    End { at, reading: edge(at, clock, own_end), from, name: name(graph, from), gap }
}

/// A bound, to the day where it is a day's own end.
fn edge(at: Moment, clock: Clock, own_end: &str) -> String {
    let reading = moment_reading(at);
    match (reading.strip_suffix(own_end), clock) {
        (Some(day), _) => day.to_owned(),
        (None, Clock::Local) => format!("{reading}, no zone printed"),
        (None, Clock::Day | Clock::Zoned) => reading,
    }
}

/// The written time of an event or source.
pub fn timing(graph: &Graph, place: Place) -> &Timing {
    match place {
        Place::Event(event) => &graph.event(event).timing,
        Place::Source(source) => &graph.source(source).published,
    }
}

/// What an event or source is called in a line: `the AInvest article`, or an event's title.
pub fn name(graph: &Graph, place: Place) -> String {
    use crate::story::vocabulary::Vocabulary as _;
    match place {
        Place::Event(event) => graph.event(event).title.to_string(),
        Place::Source(source) => {
            let source = graph.source(source);
            match &source.publisher {
                Some(publisher) => format!("the {publisher} {}", source.kind.word()),
                None => format!("the {} {}", source.kind.word(), source.title),
            }
        }
    }
}

impl Told {
    /// The whole of it: `undated; between 29 Nov 2025 and 3 Dec 2025, from: after the AInvest article, before the letter`,
    /// `Nov 2025; not before 14 Nov 2025, from: after the memo`, `14 Nov 2025 (inferred)`.
    pub fn reading(&self) -> String {
        let written = match (&self.written, self.known) {
            (Some(written), Known::Inferred) => format!("{written} (inferred)"),
            (Some(written), _) => written.clone(),
            (None, _) => "undated".to_owned(),
        };
        match self.narrowed() {
            Some(narrowed) => format!("{written}; {narrowed}"),
            None => written,
        }
    }

    /// What `after` and `before` say of it, with what each end comes from; `None` where they say nothing new.
    ///
    /// "Not before" and not "after": what must follow a day may fall on that same day.
    pub fn narrowed(&self) -> Option<String> {
        let bounds = match (&self.earliest, &self.latest) {
            (Some(earliest), Some(latest)) => format!("between {} and {}", earliest.reading, latest.reading),
            (Some(earliest), None) => format!("not before {}", earliest.reading),
            (None, Some(latest)) => format!("not after {}", latest.reading),
            (None, None) => return None,
        };
        let reason = |end: &Option<End>, word: &str| {
            end.as_ref().map(|end| match end.gap {
                Some(gap) => format!("at least {gap} {word} {}", end.name),
                None => format!("{word} {}", end.name),
            })
        };
        let reasons = [reason(&self.earliest, "after"), reason(&self.latest, "before")];
        let reasons: Vec<_> = reasons.into_iter().flatten().collect();
        Some(format!("{bounds}, from: {}", reasons.join(", ")))
    }

    /// The days between which an undated time must lie, where there are any: for a narrow column.
    pub fn days(&self) -> (Option<String>, Option<String>) {
        let day = |end: &Option<End>| end.as_ref().map(|end| day_reading(end.at.date()));
        (day(&self.earliest), day(&self.latest))
    }
}

/// A step of the reasons for an end of an event's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The event or source the step leads to.
    pub place: Place,
    /// In words: `after FT reports a memo, by at least 1 day`.
    pub words: String,
    /// When that is, as written: `14 Nov 2025 (inferred)`, `undated itself`.
    pub when: String,
    /// Who says when that is, or how it was worked out.
    pub basis: Option<String>,
}

/// Why an end of an event's time is where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasons {
    /// What follows: `Not before 14 Nov 2025`.
    pub conclusion: String,
    /// From the event to what has a date of its own; empty where that is the event.
    pub steps: Vec<Step>,
}

/// The reasons for both ends of an event's time; an end that is open has none.
pub fn reasons(graph: &Graph, event: EventId) -> Vec<Reasons> {
    let place = Place::Event(event);
    let chronology: &Chronology = graph.chronology();
    let told = told(graph, place);
    let after = chronology.earliest_chain(place);
    let before = chronology.latest_chain(place);
    let step = |edge: &Precedence, to: Place, word: &str| Step {
        place: to,
        words: if edge.gap.is_none() {
            format!("{word} {}", name(graph, to))
        } else {
            format!("{word} {}, by at least {}", name(graph, to), edge.gap)
        },
        when: match &timing(graph, to).when {
            Some(_) => timing(graph, to).reading(),
            None => "undated itself".to_owned(),
        },
        basis: basis(graph, to),
    };
    let earliest = told.earliest.map(|end| Reasons {
        conclusion: format!("Not before {}", end.reading),
        steps: after.iter().map(|edge| step(edge, edge.earlier, "after")).collect(),
    });
    let latest = told.latest.map(|end| Reasons {
        conclusion: format!("Not after {}", end.reading),
        steps: before.iter().map(|edge| step(edge, edge.later, "before")).collect(),
    });
    earliest.into_iter().chain(latest).collect()
}

/// Who says when an event happened or a source was published; `None` where nobody does.
pub fn basis(graph: &Graph, place: Place) -> Option<String> {
    let timing = timing(graph, place);
    timing.when.as_ref()?;
    let by = match (place, timing.inferred) {
        (_, true) => "worked out by the author of the story".to_owned(),
        (Place::Event(event), false) => {
            let sources = graph.event(event).sources.iter().map(|source| graph.source(*source).label());
            // Which of those who report the event states the date is not recorded.
            match sources.collect::<Vec<_>>().as_slice() {
                [] => "stated by a source that is not part of what shows".to_owned(),
                [only] => format!("stated by {only}"),
                all => format!("stated by one at least of {}", all.join(", ")),
            }
        }
        (Place::Source(_), false) => "printed there".to_owned(),
    };
    Some(match &timing.note {
        Some(note) => format!("{by}: {note}"),
        None => by,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::id::{Id as _, SourceId};

    const STORY: &str = "
format: 1
story: {title: T, time_zone: America/New_York}
sources:
  - {id: wire, title: W, publisher: Morning Wire, kind: article, published: 2025-11-17T22:33, published_note: no zone is printed}
  - {id: post, title: P, publisher: Late Post, kind: post, after: [{source: wire, by: 2 hours}]}
events:
  - {id: memo, title: The memo, status: occurred, when: 2025-11-14, when_basis: inferred, when_note: a Friday, sources: [wire]}
  - {id: letter, title: The letter, status: occurred, sources: [wire], after: [memo], before: [hearing]}
  - {id: month, title: The month, status: occurred, when: 2025-11, sources: [wire], after: [{event: letter, by: 1 day}]}
  - {id: hearing, title: The hearing, status: occurred, when: 2025-12-01, sources: [wire], after: [memo]}
  - {id: free, title: Free, status: occurred, sources: [wire]}
  - {id: answer, title: The answer, status: occurred, sources: [wire], after: [wire]}
";

    fn story() -> Graph {
        crate::story::read(STORY.as_bytes()).expect("a story")
    }

    #[test]
    fn what_is_written_and_what_it_is_narrowed_to_are_told_together() {
        let graph = story();
        let readings: Vec<_> =
            graph.events().map(|(id, _)| told(&graph, Place::Event(id)).reading()).collect();
        assert_eq!(
            readings,
            [
                "14 Nov 2025 (inferred)",
                "undated; between 14 Nov 2025 and 29 Nov 2025, from: after The memo, at least 1 day before The month",
                "Nov 2025; not before 15 Nov 2025, from: after The memo",
                "1 Dec 2025",
                "undated",
                "undated; not before 17 Nov 2025 22:33, no zone printed, from: after the Morning Wire article",
            ]
        );
        assert_eq!(
            told(&graph, Place::Source(SourceId::from_index(1))).reading(),
            "undated; not before 18 Nov 2025 00:33, no zone printed, from: at least 2 hours after the Morning Wire article"
        );
    }

    #[test]
    fn the_reasons_lead_step_by_step_to_what_has_a_date() {
        let graph = story();
        let all = |index: usize| reasons(&graph, EventId::from_index(index));
        assert_eq!(all(0), []);
        assert_eq!(all(4), []);
        let month = all(2);
        assert_eq!(month.len(), 1);
        assert_eq!(month[0].conclusion, "Not before 15 Nov 2025");
        let told: Vec<_> = month[0]
            .steps
            .iter()
            .map(|step| (step.words.as_str(), step.when.as_str(), step.basis.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("after The letter, by at least 1 day", "undated itself", None),
                (
                    "after The memo",
                    "14 Nov 2025 (inferred)",
                    Some("worked out by the author of the story: a Friday")
                ),
            ]
        );
        let letter = all(1);
        assert_eq!(
            letter.iter().map(|end| end.conclusion.as_str()).collect::<Vec<_>>(),
            ["Not before 14 Nov 2025", "Not after 29 Nov 2025"]
        );
        assert_eq!(
            letter[1].steps.last().map(|step| step.basis.as_deref()),
            Some(Some("stated by Morning Wire"))
        );
    }
}
