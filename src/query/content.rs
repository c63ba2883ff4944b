//! What an author wrote of an element, as a digest: two readings of a file have the same digest where they say the
//! same.
//!
//! The promise: a digest depends on nothing but what is written. References count by their written ids; lists count
//! as what is in them, not in which order; a field that is not there is as if the format had none of that name, so that
//! a later version of the program gives the same digests for the same text.
//!
//! Method: SHA-256 over fields, each a name and a value with their lengths. Imports `story` only.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::story::change::Change;
use crate::story::graph::{
    Actor, Allowance, Dispute, Event, Graph, Header, Link, Part, Position, Reaction, Source, Statement,
};
use crate::story::id::{Account, ActorId, ElementId, SourceId, StatementId};
use crate::story::locator::Locator;
use crate::story::order::{Place, Precedence};
use crate::story::vocabulary::Vocabulary;
use crate::story::when::{Timing, When};

/// What an element's content comes to: a SHA-256, shown and read as lower-case hex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// A text that is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not 64 lower-case hex digits")]
pub struct NoDigest;

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let mut bytes = [0; 32];
        if text.len() != 2 * bytes.len() {
            return Err(NoDigest);
        }
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(NoDigest),
        };
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

/// The digests of a story's elements.
#[derive(Debug)]
pub struct Contents<'a> {
    graph: &'a Graph,
    /// What must come before what, sorted by what must come after.
    precedences: Vec<&'a Precedence>,
}

/// The digest of all that is written of an element and, for an event, of the accounts it carries and of its links.
///
/// `after:` and `before:` count at the element that comes after. For many elements of one story, ask [`Contents`].
pub fn digest(graph: &Graph, element: ElementId) -> Digest {
    let place = match element {
        ElementId::Event(id) => Some(Place::Event(id)),
        ElementId::Source(id) => Some(Place::Source(id)),
        _ => None,
    };
    let own = |precedence: &&Precedence| Some(precedence.later) == place;
    Contents { graph, precedences: graph.precedences().iter().filter(own).collect() }.digest(element)
}

impl<'a> Contents<'a> {
    /// Ready to digest the elements of a story.
    pub fn of(graph: &'a Graph) -> Self {
        let mut precedences: Vec<_> = graph.precedences().iter().collect();
        precedences.sort_by_key(|precedence| precedence.later);
        Self { graph, precedences }
    }

    /// The digest of an element; see [`digest`].
    pub fn digest(&self, element: ElementId) -> Digest {
        let record = self.record(element);
        Digest(Sha256::digest(&record.bytes).into())
    }

    /// The digest of what is written of the story as a whole.
    pub fn header(&self) -> Digest {
        let Header { title, summary, time_zone, allow } = self.graph.header();
        let mut record = Record::new("story");
        record.text("title", title).texts("summary", summary.iter());
        record.text("time_zone", time_zone.name()).allow(allow);
        Digest(Sha256::digest(&record.bytes).into())
    }

    fn record(&self, element: ElementId) -> Record {
        let graph = self.graph;
        match element {
            ElementId::Source(id) => self.source(graph.source(id), Place::Source(id)),
            ElementId::Actor(id) => self.actor(graph.actor(id)),
            ElementId::Event(id) => self.event(graph.event(id), Place::Event(id)),
            ElementId::Statement(id) => self.statement(graph.statement(id)),
            ElementId::Reaction(id) => self.reaction(graph.reaction(id)),
            ElementId::Dispute(id) => self.dispute(graph.dispute(id)),
        }
    }

    // Each of these takes its element apart first: a field that is new to the format does not build until it counts.

    fn source(&self, source: &Source, place: Place) -> Record {
        let Source {
            id: _,
            title: _,
            publisher: _,
            byline: _,
            published: _,
            kind: _,
            held: _,
            relies_on: _,
            first_hand: _,
            machine_written: _,
            gaps: _,
            grade: _,
            archive: _,
            url: _,
            note: _,
            allow: _,
        } = source;
        let mut record = Record::new("source");
        record.text("id", &source.id).text("title", &source.title);
        record.texts("publisher", source.publisher.iter()).texts("byline", source.byline.iter());
        record.timing("published", &source.published).word("kind", source.kind);
        record.flag("not held", !source.held).flag("first hand", source.first_hand);
        record.flag("machine-written", source.machine_written);
        record.texts("relies_on", source.relies_on.iter().map(|id| self.source_id(*id)));
        record.texts("gaps", source.gaps.iter());
        if let Some(grade) = &source.grade {
            record.texts("reliability", grade.reliability.map(Vocabulary::word));
            record.texts("credibility", grade.credibility.map(|credibility| credibility.to_string()));
        }
        if let Some(archive) = &source.archive {
            record.text("file", &archive.file).texts("sha256", archive.sha256.iter());
        }
        record.texts("url", source.url.iter()).texts("note", source.note.iter());
        record.allow(&source.allow);
        self.order(&mut record, place);
        record
    }

    fn actor(&self, actor: &Actor) -> Record {
        let Actor { id: _, name: _, kind: _, named: _, aliases: _, part_of: _, note: _, allow: _ } = actor;
        let mut record = Record::new("actor");
        record.text("id", &actor.id).text("name", &actor.name).word("kind", actor.kind);
        record.flag("not named", !actor.named).texts("aliases", actor.aliases.iter());
        record.texts("part_of", actor.part_of.map(|id| self.actor_id(id)));
        record.texts("note", actor.note.iter()).allow(&actor.allow);
        record
    }

    fn event(&self, event: &Event, place: Place) -> Record {
        let graph = self.graph;
        let Event {
            id: _,
            title: _,
            timing: _,
            status: _,
            kind: _,
            summary: _,
            place: _,
            sources: _,
            parts: _,
            links: _,
            statements: _,
            reactions: _,
            allow: _,
        } = event;
        let mut record = Record::new("event");
        record.text("id", &event.id).text("title", &event.title).timing("when", &event.timing);
        record.word("status", event.status).texts("kind", event.kind.iter());
        record.texts("summary", event.summary.iter()).texts("place", event.place.iter());
        record.texts("sources", event.sources.iter().map(|id| self.source_id(*id)));
        record.list("actors", event.parts.iter().map(|part| self.part(part)));
        record.list("links", event.links.iter().map(|id| self.link(graph.link(*id))));
        record.list("statements", event.statements.iter().map(|id| self.statement(graph.statement(*id))));
        record.list("reactions", event.reactions.iter().map(|id| self.reaction(graph.reaction(*id))));
        record.allow(&event.allow);
        self.order(&mut record, place);
        record
    }

    fn part(&self, part: &Part) -> Record {
        let mut record = Record::new("part");
        record.text("actor", self.actor_id(part.actor)).texts("role", part.role.iter());
        record
    }

    fn link(&self, link: &Link) -> Record {
        let mut record = Record::new("link");
        record.text("to", &self.graph.event(link.to).id).word("kind", link.kind).word("basis", link.basis);
        record.texts("source", link.source.map(|id| self.source_id(id)));
        record.locator(link.locator).texts("note", link.note.iter());
        record
    }

    fn statement(&self, statement: &Statement) -> Record {
        let Statement {
            id: _,
            event: _,
            form: _,
            text: _,
            speaker: _,
            said: _,
            stance: _,
            about: _,
            replies_to: _,
            source: _,
            relies_on: _,
            locator: _,
            note: _,
            allow: _,
        } = statement;
        let mut record = Record::new("statement");
        record.text("id", &statement.id).word("form", statement.form).text("text", &statement.text);
        record.texts("speaker", statement.speaker.map(|id| self.actor_id(id)));
        record.timing("said", &statement.said).texts("stance", statement.stance.map(Vocabulary::word));
        record.texts("about", statement.about.iter().map(|id| self.actor_id(*id)));
        record.texts("replies_to", statement.replies_to.iter().map(|id| self.statement_id(*id)));
        record.text("source", self.source_id(statement.source)).locator(statement.locator);
        self.relies_on(&mut record, statement.relies_on.as_deref());
        record.texts("note", statement.note.iter()).allow(&statement.allow);
        record
    }

    fn reaction(&self, reaction: &Reaction) -> Record {
        let Reaction {
            id: _,
            event: _,
            instrument: _,
            symbol: _,
            venue: _,
            session: _,
            change: _,
            source: _,
            relies_on: _,
            locator: _,
            note: _,
            allow: _,
        } = reaction;
        let mut record = Record::new("reaction");
        record.text("id", &reaction.id).text("instrument", &reaction.instrument);
        record.texts("symbol", reaction.symbol.iter()).texts("venue", reaction.venue.iter());
        record.timing("session", &reaction.session).text("change", &change(reaction.change));
        record.text("source", self.source_id(reaction.source)).locator(reaction.locator);
        self.relies_on(&mut record, reaction.relies_on.as_deref());
        record.texts("note", reaction.note.iter()).allow(&reaction.allow);
        record
    }

    fn dispute(&self, dispute: &Dispute) -> Record {
        let Dispute { id: _, question: _, grade: _, note: _, positions: _, allow: _ } = dispute;
        let mut record = Record::new("dispute");
        record.text("id", &dispute.id).text("question", &dispute.question).word("grade", dispute.grade);
        record.texts("note", dispute.note.iter()).allow(&dispute.allow);
        record.list("positions", dispute.positions.iter().map(|position| self.position(position)));
        record
    }

    fn position(&self, position: &Position) -> Record {
        let mut record = Record::new("position");
        record.text("label", &position.label).texts("note", position.note.iter());
        record.texts("held_by", position.held_by.iter().map(|account| self.account_id(*account)));
        record
    }

    /// Of an account alone: that its source does not say whence it has it is not the same as no word of it.
    fn relies_on(&self, record: &mut Record, sources: Option<&[SourceId]>) {
        if let Some(sources) = sources {
            let mut relied_on = Record::new("sources");
            relied_on.texts("source", sources.iter().map(|id| self.source_id(*id)));
            record.list("relies_on", [relied_on]);
        }
    }

    /// What the element must come after, whichever of the two says so.
    fn order(&self, record: &mut Record, place: Place) {
        let from = self.precedences.partition_point(|precedence| precedence.later < place);
        let own = self.precedences[from..].iter().take_while(|precedence| precedence.later == place);
        record.list(
            "after",
            own.map(|precedence| {
                let mut after = Record::new("neighbour");
                match precedence.earlier {
                    Place::Event(id) => after.text("event", &self.graph.event(id).id),
                    Place::Source(id) => after.text("source", self.source_id(id)),
                };
                if !precedence.gap.is_none() {
                    after.text("by", &precedence.gap.to_string());
                }
                after
            }),
        );
    }

    fn source_id(&self, id: SourceId) -> &str {
        &self.graph.source(id).id
    }

    fn actor_id(&self, id: ActorId) -> &str {
        &self.graph.actor(id).id
    }

    fn statement_id(&self, id: StatementId) -> &str {
        &self.graph.statement(id).id
    }

    fn account_id(&self, account: Account) -> &str {
        self.graph.id_of(account.into())
    }
}

/// A change as it could be written.
fn change(change: Change) -> String {
    match change {
        Change::Exact(figure) => format!("{figure}%"),
        Change::MoreThan(figure) => format!(">{figure}%"),
        Change::LessThan(figure) => format!("<{figure}%"),
        Change::About(figure) => format!("~{figure}%"),
        Change::Lost => "lost".to_owned(),
    }
}

/// Fields one after the other, each with its name and value so that no two contents give the same bytes.
struct Record {
    bytes: Vec<u8>,
}

impl Record {
    fn new(kind: &str) -> Self {
        let mut record = Self { bytes: Vec::new() };
        record.put(kind.as_bytes());
        record
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.bytes.extend_from_slice(bytes);
    }

    fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.put(name.as_bytes());
        self.put(value.as_bytes());
        self
    }

    fn word(&mut self, name: &str, value: impl Vocabulary) -> &mut Self {
        self.text(name, value.word())
    }

    /// A list of texts, or a text that may be missing. Nothing at all is written where there is none.
    fn texts(&mut self, name: &str, values: impl IntoIterator<Item: AsRef<str>>) -> &mut Self {
        let bytes = |value: &str| value.as_bytes().to_vec();
        self.sorted(name, values.into_iter().map(|value| bytes(value.as_ref())).collect())
    }

    fn list(&mut self, name: &str, values: impl IntoIterator<Item = Self>) -> &mut Self {
        self.sorted(name, values.into_iter().map(|value| value.bytes).collect())
    }

    fn sorted(&mut self, name: &str, mut values: Vec<Vec<u8>>) -> &mut Self {
        values.sort_unstable();
        for value in values {
            self.put(name.as_bytes());
            self.put(&value);
        }
        self
    }

    fn flag(&mut self, name: &str, set: bool) -> &mut Self {
        if set { self.text(name, "yes") } else { self }
    }

    fn timing(&mut self, name: &str, timing: &Timing) -> &mut Self {
        if timing.when.is_none() && timing.note.is_none() {
            return self;
        }
        let mut record = Self::new("time");
        record.texts("when", timing.when.as_ref().map(When::canonical));
        record.flag("inferred", timing.inferred).texts("note", timing.note.iter());
        self.list(name, [record])
    }

    fn locator(&mut self, locator: Option<Locator>) -> &mut Self {
        self.texts("locator", locator.map(|locator| locator.to_string()))
    }

    fn allow(&mut self, allow: &[Allowance]) -> &mut Self {
        self.list(
            "allow",
            allow.iter().map(|allowance| {
                let mut record = Self::new("allowance");
                record.text("rule", &allowance.rule).text("reason", &allowance.reason);
                record
            }),
        )
    }
}

#[cfg(test)]
mod tests;
