//! What was said and how markets moved: statements and reactions.
//!
//! Imports what `build` imports.

use super::super::change::{Change, ChangeError};
use super::super::graph::{Reaction, Statement};
use super::super::vocabulary::Form;
use super::{
    Builder, Code, EventId, Id, Path, Shared, SourceId, Text, as_actor, as_source, as_statement, document,
};

impl Builder {
    /// The source of a statement or reaction; a fault where none is named.
    fn carrier(&mut self, source: Option<&Text>, at: &Path, what: &str) -> SourceId {
        if source.is_none() {
            let message = format!("no source carries this {what}");
            self.fault(
                Code::WithoutSource,
                at.clone(),
                message,
                "add `source:` with the id of the source that has it",
            );
        }
        // With a fault recorded no graph comes of it, so any id will do.
        self.source_reference(source, at).unwrap_or_else(|| SourceId::from_index(0))
    }

    /// What an account repeats, where that is told of it alone; never the source that carries it.
    fn repeated(&mut self, ids: Option<&[Text]>, carrier: Option<&Text>, at: &Path) -> Option<Vec<SourceId>> {
        let ids = ids?;
        if let Some(place) = ids.iter().position(|id| Some(id) == carrier) {
            self.fault(
                Code::SelfReference,
                at.key("relies_on").index(place),
                "a source cannot rely on itself",
                "name the source it repeats, or write [] where it does not say",
            );
        }
        Some(self.references(ids, at, "relies_on", "a source", as_source))
    }

    pub(super) fn statement(
        &mut self,
        event: EventId,
        statement: document::Statement,
        at: &Path,
    ) -> Statement {
        let form = self.required_word(statement.form, at, "form", Form::Paraphrase);
        let speaker = statement
            .speaker
            .as_ref()
            .and_then(|id| self.reference(id, || at.key("speaker"), "an actor", as_actor));
        if form == Form::Quote && statement.speaker.is_none() {
            let hint = "name the `speaker:`, or make it a paraphrase of the source's own voice";
            self.fault(Code::QuoteWithoutSpeaker, at.clone(), "these verbatim words are nobody's", hint);
        }
        if let Some(place) = statement.replies_to.iter().position(|id| Some(id) == statement.id.as_ref()) {
            let path = at.key("replies_to").index(place);
            self.fault(
                Code::SelfReference,
                path,
                "a statement cannot answer itself",
                "name the statement it answers",
            );
        }
        Statement {
            event,
            form,
            text: self.words(statement.text, at),
            speaker,
            said: self.timing(
                at,
                (statement.said, "said"),
                (statement.said_basis, "said_basis"),
                (statement.said_note, "said_note"),
            ),
            stance: self.word(statement.stance, at, "stance"),
            about: self.references(&statement.about, at, "about", "an actor", as_actor),
            replies_to: self.references(&statement.replies_to, at, "replies_to", "a statement", as_statement),
            relies_on: self.repeated(statement.relies_on.as_deref(), statement.source.as_ref(), at),
            source: self.carrier(statement.source.as_ref(), at, "statement"),
            locator: self.locator(statement.locator.as_ref(), at),
            note: self.prose(statement.note, || at.key("note")),
            allow: self.allowances(statement.allow, at),
            id: statement.id.unwrap_or_default().0.into(),
        }
    }

    fn words(&mut self, text: Option<Text>, at: &Path) -> Shared {
        match text {
            None => {
                self.fault(
                    Code::Missing,
                    at.clone(),
                    "`text:` is missing here",
                    "add `text:` with the words",
                );
                Shared::default()
            }
            Some(Text(text)) if text.trim().is_empty() => {
                self.fault(Code::Missing, at.key("text"), "`text:` is empty", "write the words");
                Shared::default()
            }
            text => self.prose(text, || at.key("text")).unwrap_or_default(),
        }
    }

    fn change(&mut self, change: Option<Text>, at: &Path) -> Change {
        let Some(Text(text)) = change else {
            let hint = "add `change:` with a percentage, or `lost` where the source's figure is missing";
            self.fault(Code::Missing, at.clone(), "`change:` is missing here", hint);
            return Change::Lost;
        };
        Change::parse(&text).unwrap_or_else(|error| {
            let hint = change_hint(&text, error);
            self.fault(Code::BadChange, at.key("change"), format!("`{text}` {error}"), hint);
            Change::Lost
        })
    }

    pub(super) fn reaction(&mut self, event: EventId, reaction: document::Reaction, at: &Path) -> Reaction {
        Reaction {
            id: reaction.id.unwrap_or_default().0.into(),
            event,
            instrument: self.required(reaction.instrument, at, "instrument"),
            symbol: self.line(reaction.symbol, || at.key("symbol")),
            venue: self.line(reaction.venue, || at.key("venue")),
            session: self.timing(
                at,
                (reaction.session, "session"),
                (reaction.session_basis, "session_basis"),
                (reaction.session_note, "session_note"),
            ),
            change: self.change(reaction.change, at),
            relies_on: self.repeated(reaction.relies_on.as_deref(), reaction.source.as_ref(), at),
            source: self.carrier(reaction.source.as_ref(), at, "reaction"),
            locator: self.locator(reaction.locator.as_ref(), at),
            note: self.prose(reaction.note, || at.key("note")),
            allow: self.allowances(reaction.allow, at),
        }
    }
}

/// A change as it is written in a file: a bound in quotes.
fn quoted_bound(change: &str) -> String {
    if change.starts_with('>') { format!("'{change}'") } else { change.to_owned() }
}

/// How a text that is no change should be written.
fn change_hint(text: &str, error: ChangeError) -> String {
    let plain = text.trim().replace(['\u{2212}', '–', '—'], "-").replace(',', ".");
    let figure = plain.strip_suffix('%').unwrap_or(&plain).trim_end();
    let bare = figure.trim_start_matches(['<', '>', '~']);
    if error == ChangeError::BelowNothing {
        "nothing can fall by more than all of it; look the figure up in the source".to_owned()
    } else if bare.parse::<f64>().is_ok_and(f64::is_finite) && format!("{figure}%") != text.trim() {
        let why = if text.contains(['\u{2212}', '–', '—']) {
            ", with a plain hyphen for the minus sign"
        } else if text.contains(',') {
            ", with a point and no comma"
        } else if !text.contains('%') {
            ", with the per cent sign"
        } else {
            ""
        };
        format!("write {}{why}", quoted_bound(&format!("{figure}%")))
    } else {
        "write -3.78%, a bound such as '>1%', '~3%' for about, or lost where the figure is missing".to_owned()
    }
}
