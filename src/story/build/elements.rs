//! The elements of a story, one kind after the other.
//!
//! Imports what `build` imports.

use super::super::graph::{Actor, Dispute, Event, Few, Link, Part, Position, Source};
use super::super::id::LinkId;
use super::super::vocabulary::{ActorKind, AiGenerated, Grade, LinkKind, SourceKind, Status};
use super::{
    ActorId, Archive, Arenas, Basis, Builder, Code, EventId, FORMAT, Header, Id, Origin, Path, Place,
    ReactionId, Shared, SourceGrade, SourceId, StatementId, Text, Tz, as_account, as_actor, as_event,
    as_source, did_you_mean, document,
};

impl Builder {
    pub(super) fn header(&mut self, format: Option<u64>, header: Option<document::Header>) -> Header {
        let root = Path::root();
        if format != Some(FORMAT) {
            let message = match format {
                Some(other) => {
                    format!("this is a story of format {other}; this program reads format {FORMAT}")
                }
                None => "the number of the format is missing".to_owned(),
            };
            let hint = match format {
                Some(_) => "a newer dateline may read it".to_owned(),
                None => format!("begin the file with `format: {FORMAT}`"),
            };
            self.fault(Code::Format, root.key("format"), message, hint);
        }
        let at = root.key("story");
        let Some(header) = header else {
            self.fault(Code::Missing, root, "`story:` is missing", "add `story:` with a `title:`");
            return Header { title: Shared::default(), summary: None, time_zone: Tz::UTC, allow: Vec::new() };
        };
        if let Some(Text(zone)) = header.time_zone {
            self.time_zone(&zone, at.key("time_zone"));
        }
        Header {
            title: self.required(header.title, &at, "title"),
            summary: self.prose(header.summary, || at.key("summary")),
            time_zone: self.zone,
            allow: self.allowances(header.allow, &at),
        }
    }

    fn time_zone(&mut self, zone: &str, path: Path) {
        if let Ok(zone) = zone.parse() {
            self.zone = zone;
            return;
        }
        let near = did_you_mean(zone, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
        let hint = near.map_or_else(
            || "use an IANA name such as `America/New_York` or `UTC`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        self.fault(Code::BadTimeZone, path, format!("`{zone}` is not a known time zone"), hint);
    }

    pub(super) fn sources(&mut self, sources: Vec<document::Source>) -> Vec<Source> {
        let list = Path::root().key("sources");
        sources
            .into_iter()
            .enumerate()
            .map(|(index, source)| self.source(index, source, &list.index(index)))
            .collect()
    }

    fn source(&mut self, index: usize, source: document::Source, at: &Path) -> Source {
        let own = SourceId::from_index(index);
        self.precedences(Place::Source(own), &source.after, &source.before, at);
        let relies_on = self.references(&source.relies_on, at, "relies_on", "a source", as_source);
        if let Some(place) = source.relies_on.iter().position(|id| Some(id) == source.id.as_ref()) {
            let path = at.key("relies_on").index(place);
            let message = "a source cannot rely on itself";
            self.fault(Code::SelfReference, path, message, "name the source it repeats");
        }
        Source {
            id: source.id.unwrap_or_default().0.into(),
            title: self.required(source.title, at, "title"),
            publisher: self.line(source.publisher, || at.key("publisher")),
            byline: self.line(source.byline, || at.key("byline")),
            published: self.timing(
                at,
                (source.published, "published"),
                (source.published_basis, "published_basis"),
                (source.published_note, "published_note"),
            ),
            kind: self.required_word(source.kind, at, "kind", SourceKind::Article),
            held: source.held.unwrap_or(true),
            relies_on,
            first_hand: self.word(source.origin, at, "origin") == Some(Origin::Itself),
            machine_written: self.word(source.ai_generated, at, "ai_generated")
                == Some(AiGenerated::Disclosed),
            gaps: self.lines(source.gaps, at, "gaps"),
            grade: source.grade.map(|grade| self.grade(grade, &at.key("grade"))),
            archive: source.archive.map(|archive| self.archive(archive, &at.key("archive"))),
            url: self.line(source.url, || at.key("url")),
            note: self.prose(source.note, || at.key("note")),
            allow: self.allowances(source.allow, at),
        }
    }

    fn grade(&mut self, grade: document::SourceGrade, at: &Path) -> SourceGrade {
        let reliability = self.word(grade.reliability, at, "reliability");
        let in_range = |number| u8::try_from(number).ok().filter(|number| (1..=6).contains(number));
        let credibility = grade.credibility.and_then(in_range);
        if grade.credibility.is_some() && credibility.is_none() {
            let message =
                format!("credibility runs from 1 to 6, not {}", grade.credibility.unwrap_or_default());
            self.fault(
                Code::OutOfRange,
                at.key("credibility"),
                message,
                "1 is confirmed, 6 cannot be judged",
            );
        }
        SourceGrade { reliability, credibility }
    }

    fn archive(&mut self, archive: document::Archive, at: &Path) -> Archive {
        let sha256 =
            self.line(archive.sha256, || at.key("sha256")).map(|sum| Shared::from(sum.to_ascii_lowercase()));
        if let Some(sum) = &sha256
            && (sum.len() != 64 || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            self.fault(
                Code::OutOfRange,
                at.key("sha256"),
                "this is no SHA-256 sum",
                "write its 64 hexadecimal digits",
            );
        }
        let file = self.required(archive.file, at, "file");
        if leads_out(&file) {
            let message = format!("`{file}` leads out of the folder of archived texts");
            self.fault(
                Code::OutOfRange,
                at.key("file"),
                message,
                "write its name in that folder, such as 000.txt",
            );
        }
        Archive { file, sha256 }
    }

    pub(super) fn actors(&mut self, actors: Vec<document::Actor>) -> Vec<Actor> {
        let list = Path::root().key("actors");
        actors
            .into_iter()
            .enumerate()
            .map(|(index, actor)| self.actor(index, actor, &list.index(index)))
            .collect()
    }

    fn actor(&mut self, index: usize, actor: document::Actor, at: &Path) -> Actor {
        let part_of = actor
            .part_of
            .as_ref()
            .and_then(|id| self.reference(id, || at.key("part_of"), "an actor", as_actor));
        if part_of == Some(ActorId::from_index(index)) {
            let message = "an actor cannot be part of itself";
            self.fault(
                Code::SelfReference,
                at.key("part_of"),
                message,
                "name the larger body, or leave it out",
            );
        }
        Actor {
            id: actor.id.unwrap_or_default().0.into(),
            name: self.required(actor.name, at, "name"),
            kind: self.required_word(actor.kind, at, "kind", ActorKind::Other),
            named: actor.named.unwrap_or(true),
            aliases: self.lines(actor.aliases, at, "aliases"),
            part_of,
            note: self.prose(actor.note, || at.key("note")),
            allow: self.allowances(actor.allow, at),
        }
    }

    /// Builds events of which the first stands in this place of the list.
    pub(super) fn events(&mut self, first: usize, events: Vec<document::Event>, arenas: &mut Arenas) {
        let list = Path::root().key("events");
        for (index, event) in (first..).zip(events) {
            self.event(EventId::from_index(index), event, &list.index(index), arenas);
        }
    }

    fn event(&mut self, own: EventId, event: document::Event, at: &Path, arenas: &mut Arenas) {
        self.precedences(Place::Event(own), &event.after, &event.before, at);
        if event.sources.is_empty() {
            let message = "no source reports this event";
            self.fault(
                Code::WithoutSource,
                at.clone(),
                message,
                "add `sources:` with the id of who reports it",
            );
        }
        let sources = self.references(&event.sources, at, "sources", "a source", as_source);
        let mut parts = Vec::with_capacity(event.actors.len());
        for (index, part) in event.actors.into_iter().enumerate() {
            parts.extend(self.part(part, &at.key("actors").index(index)));
        }
        let mut links = Few::with_capacity(event.links.len());
        for (index, link) in event.links.into_iter().enumerate() {
            if let Some(link) = self.link(own, link, &at.key("links").index(index)) {
                links.push(LinkId::from_index(arenas.links.len()));
                arenas.links.push(link);
            }
        }
        let mut statements = Few::with_capacity(event.statements.len());
        for (index, statement) in event.statements.into_iter().enumerate() {
            statements.push(StatementId::from_index(arenas.statements.len()));
            let statement = self.statement(own, statement, &at.key("statements").index(index));
            arenas.statements.push(statement);
        }
        let mut reactions = Few::with_capacity(event.reactions.len());
        for (index, reaction) in event.reactions.into_iter().enumerate() {
            reactions.push(ReactionId::from_index(arenas.reactions.len()));
            let reaction = self.reaction(own, reaction, &at.key("reactions").index(index));
            arenas.reactions.push(reaction);
        }
        let event = Event {
            id: event.id.unwrap_or_default().0.into(),
            title: self.required(event.title, at, "title"),
            timing: self.timing(
                at,
                (event.when, "when"),
                (event.when_basis, "when_basis"),
                (event.when_note, "when_note"),
            ),
            status: self.required_word(event.status, at, "status", Status::Alleged),
            kind: self.line(event.kind, || at.key("kind")),
            summary: self.prose(event.summary, || at.key("summary")),
            place: self.line(event.place, || at.key("place")),
            sources,
            parts,
            links,
            statements,
            reactions,
            allow: self.allowances(event.allow, at),
        };
        arenas.events.push(event);
    }

    fn part(&mut self, part: document::Part, at: &Path) -> Option<Part> {
        let role = self.line(part.role, || at.key("role"));
        let Some(actor) = part.actor else {
            self.fault(
                Code::Missing,
                at.clone(),
                "`actor:` is missing here",
                "add `actor:` with an actor's id",
            );
            return None;
        };
        let actor = self.reference(&actor, || at.key("actor"), "an actor", as_actor)?;
        Some(Part { actor, role })
    }

    fn link(&mut self, from: EventId, link: document::Link, at: &Path) -> Option<Link> {
        let kind = self.required_word(link.kind, at, "kind", LinkKind::FollowsUp);
        let basis = self.required_word(link.basis, at, "basis", Basis::Inferred);
        let source = self.source_reference(link.source.as_ref(), at);
        let locator = self.locator(link.locator.as_ref(), at);
        let note = self.prose(link.note, || at.key("note"));
        let Some(to) = link.to else {
            self.fault(Code::Missing, at.clone(), "`to:` is missing here", "add `to:` with an event's id");
            return None;
        };
        let to = self.reference(&to, || at.key("to"), "an event", as_event)?;
        if to == from {
            let message = "an event cannot be linked to itself";
            self.fault(Code::SelfReference, at.key("to"), message, "name another event");
        }
        Some(Link { from, to, kind, basis, source, locator, note })
    }

    pub(super) fn disputes(&mut self, disputes: Vec<document::Dispute>) -> Vec<Dispute> {
        let list = Path::root().key("disputes");
        disputes
            .into_iter()
            .enumerate()
            .map(|(index, dispute)| self.dispute(dispute, &list.index(index)))
            .collect()
    }

    fn dispute(&mut self, dispute: document::Dispute, at: &Path) -> Dispute {
        if dispute.positions.len() < 2 {
            let message =
                format!("a dispute has two positions or more; this one has {}", dispute.positions.len());
            self.fault(
                Code::TooFewPositions,
                at.clone(),
                message,
                "add the other position, or take the dispute out",
            );
        }
        let mut positions = Vec::with_capacity(dispute.positions.len());
        for (index, position) in dispute.positions.into_iter().enumerate() {
            let at = at.key("positions").index(index);
            if position.held_by.is_empty() {
                let hint = "add `held_by:` with the ids of statements or reactions";
                self.fault(Code::TooFewPositions, at.clone(), "nothing holds this position", hint);
            }
            positions.push(Position {
                label: self.required(position.label, &at, "label"),
                held_by: self.references(
                    &position.held_by,
                    &at,
                    "held_by",
                    "a statement or reaction",
                    as_account,
                ),
                note: self.prose(position.note, || at.key("note")),
            });
        }
        Dispute {
            id: dispute.id.unwrap_or_default().0.into(),
            question: self.required(dispute.question, at, "question"),
            grade: self.required_word(dispute.grade, at, "grade", Grade::Tension),
            note: self.prose(dispute.note, || at.key("note")),
            positions,
            allow: self.allowances(dispute.allow, at),
        }
    }
}

/// Whether a file's name leads out of the folder it is looked for in.
pub(in crate::story) fn leads_out(file: &str) -> bool {
    file.starts_with('/') || file.contains('\\') || file.split('/').any(|part| part == "..")
}
