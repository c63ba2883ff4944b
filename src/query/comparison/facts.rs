//! What there is to compare in an account: its fields, and for each the parts with what they are compared by.

use crate::query::word_diff;
use crate::story::change::Change;
use crate::story::graph::{Graph, Statement};
use crate::story::id::{Account, Id as _, SourceId, StatementId};
use crate::story::vocabulary::{Form, Vocabulary};
use crate::text::{self, Shared};

/// What a row tells of accounts. In the order in which rows stand: the words first, then what is said about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The sources and origins of a whole column.
    RestsOn,
    /// The speaker, or the source in its own voice.
    Who,
    /// The words of a statement.
    Words,
    /// The figure of a market move.
    Figure,
    /// What was traded.
    Traded,
    /// Quote or paraphrase.
    Form,
    /// What the words do.
    Stance,
    /// Whom the words are about.
    About,
    /// What the words answer.
    Answers,
    /// When it was said.
    Said,
    /// On which trading day.
    Session,
    /// Where it was traded.
    Venue,
    /// When its source was published.
    Published,
    /// Its source, and where in it.
    Source,
    /// Whether the words were found in the source's text.
    Checked,
    /// The sources which that one repeats.
    ReliesOn,
    /// What the reader thinks of its source.
    Grade,
    /// Whether a machine wrote it.
    Machine,
    /// The event it is told of.
    Event,
    /// What the author notes.
    Note,
    /// Which of the reader's picks it is.
    Picked,
}

impl Field {
    /// The fields of an account that the story itself tells of, in the order of the rows.
    pub(super) const TOLD: &'static [Self] = &[
        Self::Who,
        Self::Words,
        Self::Figure,
        Self::Traded,
        Self::Form,
        Self::Stance,
        Self::About,
        Self::Answers,
        Self::Said,
        Self::Session,
        Self::Venue,
        Self::Published,
        Self::Source,
        Self::Grade,
        Self::ReliesOn,
        Self::Machine,
        Self::Event,
        Self::Note,
    ];

    /// What stands before its row; nine columns at most.
    pub fn label(self) -> &'static str {
        match self {
            Self::RestsOn => "rests on",
            Self::Who => "who",
            Self::Words => "words",
            Self::Figure => "figure",
            Self::Traded => "traded",
            Self::Form => "form",
            Self::Stance => "stance",
            Self::About => "about",
            Self::Answers => "answers",
            Self::Said => "said",
            Self::Session => "session",
            Self::Venue => "venue",
            Self::Published => "published",
            Self::Source => "source",
            Self::Checked => "checked",
            Self::ReliesOn => "relies on",
            Self::Grade => "graded",
            Self::Machine => "machine",
            Self::Event => "under",
            Self::Note => "note",
            Self::Picked => "picked",
        }
    }

    /// What stands where an account does not tell it; nothing where that is not worth a word.
    pub fn not_told(self) -> &'static str {
        match self {
            Self::Figure => "figure lost",
            Self::Said => "no time of saying given",
            Self::Session => "no session given",
            Self::Published => "undated",
            Self::Venue => "not named",
            Self::About | Self::Answers | Self::Stance => "not recorded",
            Self::ReliesOn => "not stated",
            Self::Grade => "no grade given",
            Self::Checked => "nothing to check",
            _ => "",
        }
    }

    /// Whether a row without a word in any cell can be left out.
    pub(super) fn may_be_left_out(self) -> bool {
        !matches!(self, Self::Said | Self::Figure | Self::Published)
    }

    /// Whether its parts are set against each other at all.
    pub(super) fn is_compared(self) -> bool {
        !matches!(self, Self::Note | Self::Picked | Self::Grade)
    }
}

/// A part of what is told, before it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// The same for what counts as the same.
    pub key: String,
    /// What stands before the text and is not compared.
    pub lead: String,
    /// What it reads.
    pub text: String,
    /// Whose words the text is, where it is someone's.
    pub form: Option<Form>,
}

impl Fact {
    /// A fact that is compared by what it reads.
    pub(super) fn of_text(text: String) -> Self {
        Self { key: text.clone(), lead: String::new(), text, form: None }
    }

    fn of_key(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self { key: key.into(), lead: String::new(), text: text.into(), form: None }
    }
}

/// What an account tells in a field: `None` where accounts of its kind have no such field, empty where it is not told.
/// The words are compared elsewhere.
pub(super) fn facts(graph: &Graph, account: Account, field: Field) -> Option<Vec<Fact>> {
    let source = graph.source(graph.source_of(account));
    let one = |text: &str| Some(vec![Fact::of_text(text.to_owned())]);
    match field {
        Field::Published => Some(told(source.published.when.is_some(), source.published.reading())),
        Field::Source => Some(place(graph, account)),
        Field::ReliesOn => {
            let relied_on = graph.relied_on_for(account).iter().map(|on| named(graph, *on));
            let itself = (source.first_hand && !graph.tells_own_origin(account))
                .then(|| Fact::of_text("at first hand".to_owned()));
            Some(relied_on.chain(itself).collect())
        }
        Field::Grade => {
            let grade = source.grade.map(|grade| {
                let reliability = grade.reliability.map_or("-", Vocabulary::word);
                let credibility =
                    grade.credibility.map_or_else(|| "-".to_owned(), |number| number.to_string());
                Fact::of_text(format!("{reliability}{credibility}, the reader's grade"))
            });
            Some(grade.into_iter().collect())
        }
        Field::Machine if source.machine_written => one("written by one, it says so itself"),
        Field::Machine => one("not said to be written by one"),
        Field::Event => {
            let event = graph.event_of(account);
            Some(vec![Fact::of_key(event.index().to_string(), &*graph.event(event).title)])
        }
        Field::RestsOn | Field::Checked | Field::Picked => None,
        _ => match account {
            Account::Statement(id) => of_statement(graph, id, field),
            Account::Reaction(_) => of_reaction(graph, account, field),
        },
    }
}

fn told(is_told: bool, text: String) -> Vec<Fact> {
    if is_told { vec![Fact::of_text(text)] } else { Vec::new() }
}

fn notes<'n>(notes: impl IntoIterator<Item = &'n Option<Shared>>) -> Vec<Fact> {
    notes.into_iter().flatten().map(|note| Fact::of_text(note.to_string())).collect()
}

fn of_statement(graph: &Graph, id: StatementId, field: Field) -> Option<Vec<Fact>> {
    let statement = graph.statement(id);
    Some(match field {
        Field::Who => vec![speaker(graph, statement)],
        Field::Words => {
            let key = word_diff::spelling(&statement.text);
            vec![Fact { key, form: Some(statement.form), ..Fact::of_text(statement.text.to_string()) }]
        }
        Field::Form if statement.form == Form::Quote => vec![Fact::of_text("verbatim quote".to_owned())],
        Field::Form => vec![Fact::of_text("paraphrase".to_owned())],
        Field::Stance => {
            statement.stance.iter().map(|stance| Fact::of_text(stance.reading().to_owned())).collect()
        }
        Field::About => statement
            .about
            .iter()
            .map(|actor| Fact::of_key(actor.index().to_string(), &*graph.actor(*actor).name))
            .collect(),
        Field::Answers => {
            statement.replies_to.iter().map(|answered| self::answered(graph, *answered, statement)).collect()
        }
        Field::Said => told(statement.said.when.is_some(), statement.said.reading()),
        Field::Note => notes([&statement.said.note, &statement.note]),
        _ => return None,
    })
}

fn of_reaction(graph: &Graph, account: Account, field: Field) -> Option<Vec<Fact>> {
    let Account::Reaction(id) = account else { return None };
    let reaction = graph.reaction(id);
    Some(match field {
        Field::Figure if reaction.change == Change::Lost => Vec::new(),
        Field::Figure => vec![figure(reaction.change)],
        Field::Traded => {
            let symbol = reaction.symbol.as_ref().map_or_else(String::new, |symbol| format!(" ({symbol})"));
            let text = format!("{}{symbol}", reaction.instrument);
            vec![Fact::of_key(text::fold_str(&text), text)]
        }
        Field::Session => told(reaction.session.when.is_some(), reaction.session.reading()),
        Field::Venue => reaction.venue.iter().map(|venue| Fact::of_text(venue.to_string())).collect(),
        Field::Note => notes([&reaction.session.note, &reaction.note]),
        _ => return None,
    })
}

fn figure(change: Change) -> Fact {
    let key = match change {
        Change::Exact(value) => value.to_string(),
        _ => change.reading(),
    };
    Fact::of_key(key, change.reading())
}

/// The percentages that stand in a statement's words, to be set beside the figures of market moves; where one of these is
/// among them, that one alone. What the words tell no direction of is compared by its size.
pub(super) fn figures_in_words(graph: &Graph, account: Account, beside: &[Change]) -> Option<Vec<Fact>> {
    let Account::Statement(id) = account else { return None };
    let moved = |value: f64| beside.iter().copied().find(|change| *change == Change::Exact(value));
    let facts = word_diff::percentages(&graph.statement(id).text).into_iter().map(|told| {
        let named = moved(told.value).or_else(|| moved(-told.value).filter(|_| !told.directed));
        let text = if told.directed {
            Change::Exact(told.value).reading()
        } else {
            format!("{}%, which way is not said", told.value)
        };
        let key = named.map_or_else(|| told.value.to_string(), |named| figure(named).key);
        (named.is_some(), Fact { lead: "in its words: ".to_owned(), ..Fact::of_key(key, text) })
    });
    let facts: Vec<_> = facts.collect();
    let named = facts.iter().find(|(named, _)| *named).map(|(_, fact)| vec![fact.clone()]);
    let facts = named.unwrap_or_else(|| facts.into_iter().map(|(_, fact)| fact).collect());
    (!facts.is_empty()).then_some(facts)
}

fn speaker(graph: &Graph, statement: &Statement) -> Fact {
    let Some(id) = statement.speaker else {
        let Fact { key, text, .. } = named(graph, statement.source);
        return Fact::of_key(format!("source {key}"), format!("{text}, in its own voice"));
    };
    let actor = graph.actor(id);
    let unnamed = if actor.named { "" } else { " (unnamed)" };
    Fact::of_key(format!("actor {}", id.index()), format!("{}{unnamed}", actor.name))
}

/// What a statement answers, compared by what it says, whoever carries it.
fn answered(graph: &Graph, id: StatementId, by: &Statement) -> Fact {
    let statement = graph.statement(id);
    let lead = if statement.speaker.is_none() && statement.source == by.source {
        "the same source: ".to_owned()
    } else {
        format!("{}: ", speaker(graph, statement).text)
    };
    Fact {
        key: text::fold_str(&statement.text),
        lead,
        text: statement.text.to_string(),
        form: Some(statement.form),
    }
}

/// A source: its publisher, or its title in full where it names none; whether we hold it.
fn named(graph: &Graph, id: SourceId) -> Fact {
    let source = graph.source(id);
    let held = if source.held { "" } else { " (not held)" };
    Fact::of_key(id.index().to_string(), format!("{}{held}", source.label()))
}

fn place(graph: &Graph, account: Account) -> Vec<Fact> {
    let id = graph.source_of(account);
    let locator = match account {
        Account::Statement(id) => graph.statement(id).locator,
        Account::Reaction(id) => graph.reaction(id).locator,
    };
    let locator =
        locator.map(|locator| Fact::of_key(format!("{} {locator}", id.index()), locator.to_string()));
    let mut source = named(graph, id);
    if graph.source(id).publisher.is_none() {
        source.text.push_str(" (no publisher named)");
    }
    std::iter::once(source).chain(locator).collect()
}
