//! The whole story as text, in order of time: what `dateline show` prints, and what stands in for the explorer where
//! there is no terminal.
//!
//! The promise: everything in the graph that a reader could be told is told, each thing with its source beside it. An
//! inferred, approximate, missing or lost value says so in words; a paraphrase never stands in quotation marks.
//! Imports `story`, `query` and `text`.

use std::collections::HashMap;
use std::io;

use super::page::Page;
use super::selection::Selection;
use crate::query::as_of::{HINDSIGHT, LookBack, Seen};
use crate::query::bounds;
use crate::story::graph::{Event, Graph, Link, Reaction, Source, Statement};
use crate::story::id::{
    Account, ActorId, DisputeId, EventId, Id as _, LinkId, ReactionId, SourceId, StatementId,
};
use crate::story::locator::Locator;
use crate::story::order::Place;
use crate::story::vocabulary::{Basis, Form, Vocabulary as _};

mod register;

/// Writes the story: its header, the events in order, the undated ones, then disputes, those written and those found, sources and actors.
///
/// `back` says that the graph is the part of a story that could have been known at a moment. With a `part` only what
/// belongs to its events is written, with the filter and the counts on top.
pub fn write(
    graph: &Graph,
    back: Option<&LookBack>,
    part: Option<&Selection>,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let mut telling = Telling { graph, back, part, labels: labels(graph, back), page: Page::new(out) };
    telling.filter()?;
    telling.header()?;
    telling.events()?;
    telling.disputes()?;
    telling.found()?;
    telling.sources()?;
    telling.actors()
}

/// The columns of a heading line, of what belongs to it, and of what belongs to that.
const BODY: usize = 4;
const INNER: usize = 6;
const INNERMOST: usize = 8;

/// What the marks mean.
const LEGEND: &str = "(inferred): worked out by the author of the story, not printed. \
    Not before, not after, between: from what it must follow and precede. ≠: accounts differ. \
    After “quote:” stand the speaker's own words, in “…”; after “paraphrase:”, the words of the story's author.";

/// A story being told.
struct Telling<'g, W> {
    graph: &'g Graph,
    back: Option<&'g LookBack>,
    /// What is told of it; all where `None`.
    part: Option<&'g Selection>,
    /// What to call each source in a line.
    labels: Vec<String>,
    page: Page<W>,
}

impl<W: io::Write> Telling<'_, W> {
    /// What is told, where that is not all.
    fn filter(&mut self) -> io::Result<()> {
        let Some(part) = self.part else { return Ok(()) };
        let (shown, all) = (part.event_count(), self.graph.event_count());
        let view = part.view.as_ref().map(|view| format!("view: {view}, ")).unwrap_or_default();
        let filter = &part.filter;
        self.page.row(0, &format!("{view}filter: {filter}, {shown} of {}", counted(all, "event")))?;
        self.page.blank()
    }

    fn header(&mut self) -> io::Result<()> {
        let graph = self.graph;
        let header = graph.header();
        self.page.row(0, &header.title)?;
        if let Some(back) = self.back {
            self.page.row(0, &back.words())?;
            self.page.row(0, HINDSIGHT)?;
        }
        if let Some(summary) = &header.summary {
            self.page.blank()?;
            self.page.prose(0, summary)?;
        }
        self.page.blank()?;
        let held = graph.sources().filter(|(_, source)| source.held).count();
        let count = |count: usize, what: &str| Some(counted(count, what));
        self.page.parts(
            0,
            [
                self.part.map(|_| "in the whole story".to_owned()),
                Some(format!("{} ({held} held)", counted(graph.source_count(), "source"))),
                count(graph.actor_count(), "actor"),
                count(graph.event_count(), "event"),
                count(graph.statement_count(), "statement"),
                count(graph.reaction_count(), "reaction"),
                count(graph.link_count(), "link"),
                count(graph.dispute_count(), "dispute"),
            ],
        )?;
        let zone = header.time_zone.name();
        self.page.prose(0, &format!("Times with a zone are shown in that of {zone}. {LEGEND}"))
    }

    fn events(&mut self) -> io::Result<()> {
        let chronology = self.graph.chronology();
        let (dated, undated) = chronology.order().split_at(chronology.undated_from());
        let told = |events: &[EventId]| {
            let is_told = |event: &EventId| self.part.is_none_or(|part| part.event(*event));
            events.iter().copied().filter(is_told).collect::<Vec<_>>()
        };
        let (dated, undated) = (told(dated), told(undated));
        self.page.heading("Events, in order of time")?;
        if dated.is_empty() && undated.is_empty() {
            self.page.blank()?;
            let none = if self.part.is_some() { "No event matches." } else { "This story has no events." };
            self.page.row(0, none)?;
        } else if dated.is_empty() {
            self.page.blank()?;
            let none = if self.part.is_some() {
                "No event that matches has a date."
            } else {
                "No event has a date."
            };
            self.page.row(0, none)?;
        }
        for event in dated {
            self.event(event)?;
        }
        if !undated.is_empty() {
            self.page.heading("Undated events")?;
        }
        for event in undated {
            self.event(event)?;
        }
        Ok(())
    }

    fn event(&mut self, id: EventId) -> io::Result<()> {
        let graph = self.graph;
        let event = graph.event(id);
        let disputes = graph.disputes_of_event(id).len();
        self.page.blank()?;
        self.page.parts(
            0,
            [
                Some(bounds::told(graph, Place::Event(id)).reading()),
                Some(event.status.word().to_owned()),
                event.kind.as_deref().map(str::to_owned),
                (disputes > 0).then(|| format!("≠ {}", counted(disputes, "dispute"))),
            ],
        )?;
        self.page.row(0, &format!("{} [{}]", event.title, event.id))?;
        self.page.note(BODY, "time", event.timing.note.as_deref())?;
        self.page.note(BODY, "place", event.place.as_deref())?;
        let reporters: Vec<_> = event.sources.iter().map(|source| self.label(*source)).collect();
        self.page.list(BODY, "reported by", reporters)?;
        self.page.list(
            BODY,
            "taking part",
            event.parts.iter().map(|part| {
                let name = &graph.actor(part.actor).name;
                part.role.as_ref().map_or_else(|| name.to_string(), |role| format!("{name} ({role})"))
            }),
        )?;
        if let Some(summary) = &event.summary {
            self.page.prose(BODY, summary)?;
        }
        self.statements(event)?;
        self.reactions(event)?;
        self.links(id, event)
    }

    /// The statements of an event under their speakers, these in the order in which they first speak.
    fn statements(&mut self, event: &Event) -> io::Result<()> {
        let mut voices: Vec<Vec<StatementId>> = Vec::new();
        let mut places = HashMap::new();
        for id in &event.statements {
            let statement = self.graph.statement(*id);
            let own_voice = statement.speaker.is_none().then_some(statement.source);
            let place = *places.entry((statement.speaker, own_voice)).or_insert(voices.len());
            match voices.get_mut(place) {
                Some(said) => said.push(*id),
                None => voices.push(vec![*id]),
            }
        }
        for said in voices {
            self.page.blank()?;
            for (nth, id) in said.into_iter().enumerate() {
                let statement = self.graph.statement(id);
                if nth == 0 {
                    self.page.row(BODY, &self.voice(statement))?;
                }
                self.statement(id, statement)?;
            }
        }
        Ok(())
    }

    fn statement(&mut self, id: StatementId, statement: &Statement) -> io::Result<()> {
        let graph = self.graph;
        let names = |actors: &[ActorId]| {
            actors.iter().map(|actor| graph.actor(*actor).name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let replies: Vec<_> =
            statement.replies_to.iter().map(|other| graph.statement(*other).id.as_str()).collect();
        self.page.row(INNER, &words(statement))?;
        self.page.parts(
            INNERMOST,
            [
                statement.stance.map(|stance| stance.reading().to_owned()),
                (!statement.about.is_empty()).then(|| format!("about {}", names(&statement.about))),
                statement.said.when.is_some().then(|| format!("said {}", statement.said.reading())),
                (!replies.is_empty()).then(|| format!("in reply to {}", replies.join(", "))),
            ],
        )?;
        let carrier = self.carrier(statement.source, statement.locator);
        self.page.row(INNERMOST, &format!("{carrier} [{}]", statement.id))?;
        self.disputed(graph.disputes_of(Account::Statement(id)))?;
        self.page.note(INNERMOST, "time", statement.said.note.as_deref())?;
        self.page.note(INNERMOST, "note", statement.note.as_deref())
    }

    fn reactions(&mut self, event: &Event) -> io::Result<()> {
        if event.reactions.is_empty() {
            return Ok(());
        }
        self.page.blank()?;
        self.page.row(BODY, "Market")?;
        for id in &event.reactions {
            self.reaction(*id)?;
        }
        Ok(())
    }

    fn reaction(&mut self, id: ReactionId) -> io::Result<()> {
        let reaction = self.graph.reaction(id);
        self.page.row(INNER, &move_of(reaction))?;
        let session =
            reaction.session.when.is_some().then(|| format!("session {}", reaction.session.reading()));
        let session = session.unwrap_or_else(|| "session not dated".to_owned());
        let venue = reaction.venue.as_ref().map(|venue| format!("traded in {venue}"));
        self.page.parts(INNERMOST, [venue, Some(session)])?;
        let carrier = self.carrier(reaction.source, reaction.locator);
        self.page.row(INNERMOST, &format!("{carrier} [{}]", reaction.id))?;
        self.disputed(self.graph.disputes_of(Account::Reaction(id)))?;
        self.page.note(INNERMOST, "session", reaction.session.note.as_deref())?;
        self.page.note(INNERMOST, "note", reaction.note.as_deref())
    }

    fn links(&mut self, id: EventId, event: &Event) -> io::Result<()> {
        let back = self.graph.links_to(id);
        if event.links.is_empty() && back.is_empty() {
            return Ok(());
        }
        self.page.blank()?;
        self.page.row(BODY, "Links")?;
        let ends = |link: &Link| (link.kind.forth(), link.to);
        for link in &event.links {
            self.link(*link, "→", ends)?;
        }
        for link in back {
            self.link(*link, "←", |link| (link.kind.back(), link.from))?;
        }
        Ok(())
    }

    fn link(
        &mut self,
        id: LinkId,
        arrow: &str,
        end: impl Fn(&Link) -> (&'static str, EventId),
    ) -> io::Result<()> {
        let link = self.graph.link(id);
        let (kind, other) = end(link);
        let other = self.graph.event(other);
        let time = other.timing.reading();
        self.page.row(INNER, &format!("{arrow} {kind}: {} [{}], {time}", other.title, other.id))?;
        let carrier = link.source.map(|source| self.carrier(source, link.locator));
        match (link.basis, carrier) {
            (Basis::Stated, Some(carrier)) => self.page.row(INNERMOST, &format!("stated by {carrier}"))?,
            (Basis::Stated, None) => self.page.row(INNERMOST, "stated, but no source is named")?,
            (Basis::Inferred, Some(carrier)) => {
                self.page.row(INNERMOST, &format!("inferred from {carrier}"))?;
            }
            (Basis::Inferred, None) => self.page.row(INNERMOST, "inferred")?,
        }
        self.page.note(INNERMOST, "note", link.note.as_deref())
    }

    fn disputed(&mut self, disputes: &[DisputeId]) -> io::Result<()> {
        if disputes.is_empty() {
            return Ok(());
        }
        let ids: Vec<_> = disputes.iter().map(|id| self.graph.dispute(*id).id.as_str()).collect();
        self.page.row(INNERMOST, &format!("≠ {}", ids.join(", ")))
    }

    /// Who speaks, as a heading over what they say.
    fn voice(&self, statement: &Statement) -> String {
        match statement.speaker.map(|speaker| self.graph.actor(speaker)) {
            Some(speaker) if speaker.named => speaker.name.to_string(),
            Some(speaker) => format!("{} (not named)", speaker.name),
            None => format!("{}, in its own voice", self.label(statement.source)),
        }
    }

    fn label(&self, id: SourceId) -> String {
        self.labels[id.index()].clone()
    }

    /// A source and the place in it.
    fn carrier(&self, source: SourceId, locator: Option<Locator>) -> String {
        let label = self.label(source);
        locator.map_or_else(|| label.clone(), |locator| format!("{label}, {locator}"))
    }
}

/// What to call each source in a line, with its id where another is called the same.
fn labels(graph: &Graph, back: Option<&LookBack>) -> Vec<String> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for (_, source) in graph.sources() {
        *uses.entry(source.label()).or_default() += 1;
    }
    let label = |source: &Source| match uses.get(source.label()) {
        Some(2..) => marked(format!("{} [{}]", source.label(), source.id), source),
        _ => marked(source.label().to_owned(), source),
    };
    let possibly = |id| back.is_some_and(|back| back.known.source(id) == Seen::Possibly);
    graph
        .sources()
        .map(|(id, source)| label(source) + if possibly(id) { " (possibly out by then)" } else { "" })
        .collect()
}

/// A source's label with what its reader must know at every use.
fn marked(label: String, source: &Source) -> String {
    match (source.held, source.machine_written) {
        (true, false) => label,
        (false, false) => format!("{label} (not held)"),
        (true, true) => format!("{label} (machine-written)"),
        (false, true) => format!("{label} (not held, machine-written)"),
    }
}

/// The words of a statement, told apart by form.
fn words(statement: &Statement) -> String {
    match statement.form {
        Form::Quote => format!("quote: “{}”", statement.text),
        Form::Paraphrase => format!("paraphrase: {}", statement.text),
    }
}

/// The move a reaction reports: `Acme, US-listed shares (ACME): -3.78%`.
fn move_of(reaction: &Reaction) -> String {
    let symbol = reaction.symbol.as_ref().map_or_else(String::new, |symbol| format!(" ({symbol})"));
    format!("{}{symbol}: {}", reaction.instrument, reaction.change.reading())
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
