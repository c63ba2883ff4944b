//! What stands after the events: the disputes, the sources and the actors of the story.
//!
//! Imports what `chronology` imports.

use std::io;

use super::{BODY, INNER, INNERMOST, Telling, counted, marked, move_of, words};
use crate::query::bounds;
use crate::query::found::{Found, found};
use crate::query::provenance;
use crate::story::graph::{Actor, Position, Source, SourceGrade};
use crate::story::id::{Account, SourceId};
use crate::story::order::Place;
use crate::story::vocabulary::Vocabulary as _;

impl<W: io::Write> Telling<'_, W> {
    pub(super) fn disputes(&mut self) -> io::Result<()> {
        let graph = self.graph;
        let part = self.part;
        let told = |id| part.is_none_or(|part| part.dispute(id));
        let mut disputes = graph.disputes().filter(|(id, _)| told(*id)).peekable();
        if disputes.peek().is_none() {
            return Ok(());
        }
        self.page.heading(if part.is_some() { "Disputes that touch these events" } else { "Disputes" })?;
        for (_, dispute) in disputes {
            self.page.blank()?;
            self.page.row(0, &format!("{} · {} [{}]", dispute.question, dispute.grade.word(), dispute.id))?;
            for (nth, position) in dispute.positions.iter().enumerate() {
                self.position(nth + 1, position)?;
            }
            self.page.note(BODY, "note", dispute.note.as_deref())?;
        }
        Ok(())
    }

    /// Where accounts differ and nobody wrote a dispute: never as the author's.
    pub(super) fn found(&mut self) -> io::Result<()> {
        let graph = self.graph;
        let told = |found: &Found| self.part.is_none_or(|part| part.holds(graph, found.accounts()));
        let all: Vec<_> = found(graph).into_iter().filter(told).collect();
        if all.is_empty() {
            return Ok(());
        }
        self.page.heading("Found, not written: accounts that no dispute sets against each other")?;
        for found in &all {
            self.page.blank()?;
            self.page.row(0, &format!("{} · found: {}", found.dispute.question, found.rule.reading()))?;
            for (nth, position) in found.dispute.positions.iter().enumerate() {
                self.position(nth + 1, position)?;
            }
        }
        Ok(())
    }

    fn position(&mut self, number: usize, position: &Position) -> io::Result<()> {
        let graph = self.graph;
        let support = provenance::support_of_position(graph, position).named(graph);
        self.page.row(BODY, &format!("{number}. {} ({support})", position.label))?;
        for account in &position.held_by {
            match *account {
                Account::Statement(id) => {
                    let statement = graph.statement(id);
                    let carrier = self.carrier(statement.source, statement.locator);
                    let voice = self.voice(statement);
                    self.page.row(INNER, &format!("{voice} – {}", words(statement)))?;
                    let said = statement.said.when.is_some();
                    self.page.parts(
                        INNERMOST,
                        [
                            said.then(|| format!("said {}", statement.said.reading())),
                            Some(format!("{carrier} [{}]", statement.id)),
                        ],
                    )?;
                }
                Account::Reaction(id) => {
                    let reaction = graph.reaction(id);
                    let carrier = self.carrier(reaction.source, reaction.locator);
                    self.page.row(INNER, &move_of(reaction))?;
                    self.page.row(INNERMOST, &format!("{carrier} [{}]", reaction.id))?;
                }
            }
        }
        self.page.note(INNER, "note", position.note.as_deref())
    }

    pub(super) fn sources(&mut self) -> io::Result<()> {
        let part = self.part;
        let told = |id| part.is_none_or(|part| part.source(id));
        let mut sources = self.graph.sources().filter(|(id, _)| told(*id)).peekable();
        if sources.peek().is_none() {
            return Ok(());
        }
        self.page.heading(if part.is_some() { "Sources of what is told here" } else { "Sources" })?;
        for (id, source) in sources {
            self.source(id, source)?;
        }
        Ok(())
    }

    fn source(&mut self, id: SourceId, source: &Source) -> io::Result<()> {
        let graph = self.graph;
        let published = &source.published;
        self.page.blank()?;
        self.page.row(0, &marked(format!("{} [{}]", source.title, source.id), source))?;
        let word = if published.when.is_some() { "published " } else { "" };
        self.page.parts(
            BODY,
            [
                Some(source.kind.word().to_owned()),
                Some(source.publisher.as_deref().unwrap_or("no publisher named").to_owned()),
                Some(format!("{word}{}", bounds::told(graph, Place::Source(id)).reading())),
                Some(if source.held { "held" } else { "not held: known only through others" }.to_owned()),
                source.first_hand.then(|| "said to have the matter at first hand".to_owned()),
            ],
        )?;
        self.page.note(BODY, "by", source.byline.as_deref())?;
        self.page.note(BODY, "time", published.note.as_deref())?;
        if source.machine_written {
            self.page.row(BODY, "machine-written, by its own account")?;
        }
        let named = |ids: &[SourceId]| {
            let label = |id: &SourceId| format!("{} [{}]", graph.source(*id).label(), graph.source(*id).id);
            ids.iter().map(label).collect::<Vec<_>>()
        };
        self.page.list(BODY, "relies on", named(&source.relies_on))?;
        self.page.list(BODY, "relied on by", named(graph.relied_on_by(id)))?;
        self.page.parts(
            BODY,
            [
                Some(format!("carries {}", counted(graph.statements_of_source(id).len(), "statement"))),
                Some(counted(graph.reactions_of_source(id).len(), "reaction")),
                source.grade.map(graded),
            ],
        )?;
        for gap in &source.gaps {
            self.page.note(BODY, "gap", Some(gap))?;
        }
        self.page.note(BODY, "url", source.url.as_deref())?;
        if let Some(archive) = &source.archive {
            self.page.note(BODY, "read from", Some(&archive.file))?;
            self.page.note(BODY, "sha256", archive.sha256.as_deref())?;
        }
        self.page.note(BODY, "note", source.note.as_deref())
    }

    pub(super) fn actors(&mut self) -> io::Result<()> {
        let graph = self.graph;
        let part = self.part;
        let told = |id| part.is_none_or(|part| part.actor(id));
        let mut actors = graph.actors().filter(|(id, _)| told(*id)).peekable();
        if actors.peek().is_none() {
            return Ok(());
        }
        self.page.heading(if part.is_some() { "Actors in what is told here" } else { "Actors" })?;
        self.page.blank()?;
        for (id, actor) in actors {
            self.actor(actor, counted(graph.events_of_actor(id).len(), "event"))?;
        }
        Ok(())
    }

    fn actor(&mut self, actor: &Actor, events: String) -> io::Result<()> {
        let part_of = actor.part_of.map(|whole| format!("part of {}", self.graph.actor(whole).name));
        self.page.parts(
            0,
            [
                Some(format!("{} [{}]", actor.name, actor.id)),
                Some(actor.kind.word().to_owned()),
                (!actor.named).then(|| "not named".to_owned()),
                part_of,
                Some(events),
            ],
        )?;
        self.page.list(BODY, "also", actor.aliases.iter().map(ToString::to_string))?;
        self.page.note(BODY, "note", actor.note.as_deref())
    }
}

/// The reader's own judgement, named as such: `the author's grade: B 3`.
fn graded(grade: SourceGrade) -> String {
    let reliability = grade.reliability.map_or("–", |grade| grade.word());
    let credibility = grade.credibility.map_or_else(|| "–".to_owned(), |grade| grade.to_string());
    format!("graded by the author: reliability {reliability}, credibility {credibility}")
}
