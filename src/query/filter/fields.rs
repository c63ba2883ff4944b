//! The fields of the filter language: one table, from which filters are asked, completed and explained.

use chrono_tz::Tz;

use super::completion::Offered;
use super::texts::{Column, Texts};
use crate::story::diagnostic::did_you_mean;
use crate::story::graph::{Event, Graph, Statement};
use crate::story::id::{Account, ActorId, ElementId, EventId, Id, SourceId};
use crate::story::vocabulary::{Form, Grade, LinkKind, Stance, Status, Vocabulary};
use crate::story::when::{Bounds, When};
use crate::text::fold_str;

mod values;

use values::{actors, ids, plain, sources, words};

/// What a filter is asked of.
#[derive(Clone, Copy)]
pub(super) struct Asked<'s> {
    pub(super) graph: &'s Graph,
    pub(super) texts: &'s Texts,
}

/// Why a value cannot be used.
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) hint: Option<String>,
    /// The value names something that this story does not have, though another may.
    pub(super) is_unknown: bool,
}

type Holds = Result<Vec<bool>, Wrong>;

/// A field of the language.
pub struct Field {
    /// What stands before the colon.
    pub name: &'static str,
    /// What it asks, in a line.
    pub help: &'static str,
    /// An example that reads.
    pub example: &'static str,
    pub(super) holds: fn(Asked<'_>, &str) -> Holds,
    /// The values it can have in a story, for completion.
    pub(super) values: fn(Asked<'_>, &mut Offered<'_>),
}

/// Every field.
pub const FIELDS: &[Field] = &[
    Field {
        name: "actor",
        help: "an actor takes part, speaks or is spoken of; an id, or the beginning of a word of a name or alias",
        example: "actor:alibaba",
        holds: |asked, value| {
            by_actor(asked, value, |graph, id, found| found.extend(graph.events_of_actor(id)))
        },
        values: actors,
    },
    Field {
        name: "speaker",
        help: "an actor is quoted or reported",
        example: "speaker:alibaba",
        holds: |asked, value| {
            by_actor(asked, value, |graph, id, found| {
                found.extend(graph.statements_by(id).iter().map(|said| graph.statement(*said).event));
            })
        },
        values: actors,
    },
    Field {
        name: "about",
        help: "something is said about an actor",
        example: "about:alibaba",
        holds: |asked, value| {
            by_actor(asked, value, |graph, id, found| {
                found.extend(graph.statements_about(id).iter().map(|said| graph.statement(*said).event));
            })
        },
        values: actors,
    },
    Field {
        name: "source",
        help: "a source reports it or carries a statement or figure of it; an id, or the beginning of a word of its \
               publisher, title or byline",
        example: "source:ainvest",
        holds: by_source,
        values: sources,
    },
    Field {
        name: "kind",
        help: "the kind of event",
        example: "kind:market",
        holds: by_kind,
        values: |asked, offered| plain(offered, asked.texts.kinds.iter().map(String::as_str)),
    },
    Field {
        name: "status",
        help: "how sure it is: occurred, alleged, scheduled or possible",
        example: "status:alleged",
        holds: |asked, value| {
            let status: Status = word(value)?;
            Ok(events(asked.graph, |event| event.status == status))
        },
        values: |_, offered| words::<Status>(offered),
    },
    Field {
        name: "after",
        help: "it can have happened in this time or later; an event without any bound is not counted",
        example: "after:2025-11",
        holds: |asked, value| {
            let from = time(asked.graph, value)?.earliest;
            Ok(bounded(asked.texts, |bounds| match (from, bounds.latest) {
                (Some(from), Some(latest)) => latest >= from,
                _ => true,
            }))
        },
        values: |_, _| {},
    },
    Field {
        name: "before",
        help: "it can have happened before this time began; an event without any bound is not counted",
        example: "before:2025-12",
        holds: |asked, value| {
            let to = time(asked.graph, value)?.earliest;
            Ok(bounded(asked.texts, |bounds| match (to, bounds.earliest) {
                (Some(to), Some(earliest)) => earliest < to,
                (None, _) => false,
                (Some(_), None) => true,
            }))
        },
        values: |_, _| {},
    },
    Field {
        name: "basis",
        help: "how its date is known: stated, inferred or undated",
        example: "basis:inferred",
        holds: |asked, value| match &*value.to_lowercase() {
            "stated" => {
                Ok(events(asked.graph, |event| event.timing.when.is_some() && !event.timing.inferred))
            }
            "inferred" => Ok(events(asked.graph, |event| event.timing.inferred)),
            "undated" => Ok(events(asked.graph, |event| event.timing.when.is_none())),
            _ => Err(one_of(value, &["stated", "inferred", "undated"])),
        },
        values: |_, offered| plain(offered, ["stated", "inferred", "undated"]),
    },
    Field {
        name: "disputed",
        help: "a dispute touches it: yes, no, or of which grade",
        example: "disputed:yes",
        holds: disputed,
        values: |_, offered| {
            plain(offered, ["yes", "no"]);
            words::<Grade>(offered);
        },
    },
    Field {
        name: "market",
        help: "a market move is reported: yes or no",
        example: "market:yes",
        holds: |asked, value| {
            let wanted = yes(value)?;
            Ok(events(asked.graph, |event| event.reactions.is_empty() != wanted))
        },
        values: |_, offered| plain(offered, ["yes", "no"]),
    },
    Field {
        name: "link",
        help: "a link of this kind joins it to another event, from here or to here; or none does",
        example: "link:contradicts",
        holds: |asked, value| by_link(asked.graph, value),
        values: |_, offered| {
            words::<LinkKind>(offered);
            plain(offered, ["none"]);
        },
    },
    Field {
        name: "stance",
        help: "something said in it is an allegation, a denial, a threat, or has another stance",
        example: "stance:denial",
        holds: |asked, value| {
            let stance: Stance = word(value)?;
            Ok(statements(asked.graph, |statement| statement.stance == Some(stance)))
        },
        values: |_, offered| words::<Stance>(offered),
    },
    Field {
        name: "form",
        help: "something said in it is a quote, or a paraphrase",
        example: "form:quote",
        holds: |asked, value| {
            let form: Form = word(value)?;
            Ok(statements(asked.graph, |statement| statement.form == form))
        },
        values: |_, offered| words::<Form>(offered),
    },
    Field {
        name: "said",
        help: "these words stand in a quote or paraphrase",
        example: "said:\"completely false\"",
        holds: |asked, value| Ok(within(asked, &[&asked.texts.said], value)),
        values: |_, _| {},
    },
    Field {
        name: "title",
        help: "these words stand in the title",
        example: "title:memo",
        holds: |asked, value| Ok(within(asked, &[&asked.texts.titles], value)),
        values: |_, _| {},
    },
    Field {
        name: "place",
        help: "these words stand in the place",
        example: "place:korea",
        holds: |asked, value| Ok(within(asked, &[&asked.texts.places], value)),
        values: |asked, offered| plain(offered, asked.texts.named_places.iter().map(String::as_str)),
    },
    Field {
        name: "id",
        help: "the event with this id, or the one that holds the statement or reaction with it",
        example: "id:alibaba-denial",
        holds: by_id,
        values: ids,
    },
];

/// A word without a field: looked for in title, summary, kind, place, statements, and the names of actors.
pub(super) fn text(asked: Asked<'_>, value: &str) -> Vec<bool> {
    let Asked { graph, texts } = asked;
    let mut holds = within(asked, &[&texts.titles, &texts.details, &texts.places, &texts.said], value);
    for actor in texts.actors.holders(&fold_str(value)) {
        graph.events_of_actor(actor).iter().for_each(|event| holds[event.index()] = true);
    }
    holds
}

fn within(asked: Asked<'_>, columns: &[&Column<EventId>], value: &str) -> Vec<bool> {
    let wanted = fold_str(value);
    marked(asked.graph, columns.iter().flat_map(|column| column.holders(&wanted)))
}

fn marked(graph: &Graph, found: impl IntoIterator<Item = EventId>) -> Vec<bool> {
    let mut holds = vec![false; graph.event_count()];
    found.into_iter().for_each(|event| holds[event.index()] = true);
    holds
}

fn events(graph: &Graph, holds: impl Fn(&Event) -> bool) -> Vec<bool> {
    graph.events().map(|(_, event)| holds(event)).collect()
}

fn statements(graph: &Graph, holds: impl Fn(&Statement) -> bool) -> Vec<bool> {
    marked(graph, graph.statements().filter(|(_, said)| holds(said)).map(|(_, said)| said.event))
}

/// Events with a bound, their own or by what they must follow and precede.
fn bounded(texts: &Texts, holds: impl Fn(Bounds) -> bool) -> Vec<bool> {
    texts.bounds.iter().map(|bounds| !bounds.unbounded() && holds(*bounds)).collect()
}

fn by_actor(asked: Asked<'_>, value: &str, of: impl Fn(&Graph, ActorId, &mut Vec<EventId>)) -> Holds {
    let mut meant: Vec<_> = asked.texts.actors.holders_at_words(&fold_str(value)).collect();
    if let Some(ElementId::Actor(id)) = asked.graph.by_id(value) {
        meant.push(id);
    }
    if meant.is_empty() {
        let names = asked.graph.actors().map(|(_, actor)| actor.name.as_str());
        return Err(nobody("actor", value, names));
    }
    distinct(&mut meant);
    let mut found = Vec::new();
    for id in meant {
        of(asked.graph, id, &mut found);
    }
    Ok(marked(asked.graph, found))
}

fn by_source(asked: Asked<'_>, value: &str) -> Holds {
    let mut meant: Vec<SourceId> = asked.texts.sources.holders_at_words(&fold_str(value)).collect();
    if let Some(ElementId::Source(id)) = asked.graph.by_id(value) {
        meant.push(id);
    }
    if meant.is_empty() {
        let names = asked.graph.sources().flat_map(|(_, source)| [source.label(), source.id.as_str()]);
        return Err(nobody("source", value, names));
    }
    distinct(&mut meant);
    let found = meant.iter().flat_map(|source| asked.graph.events_of_source(*source));
    Ok(marked(asked.graph, found.copied()))
}

fn distinct(ids: &mut Vec<impl Id>) {
    ids.sort_unstable();
    ids.dedup();
}

fn by_kind(asked: Asked<'_>, value: &str) -> Holds {
    let wanted = fold_str(value);
    let kinds = &asked.texts.kinds;
    let meant: Vec<_> = kinds.iter().filter(|kind| fold_str(kind) == wanted).collect();
    if meant.is_empty() {
        return Err(nobody("kind of event", value, kinds.iter().map(String::as_str)));
    }
    Ok(events(asked.graph, |event| {
        event.kind.as_deref().is_some_and(|kind| meant.iter().any(|meant| *meant == kind))
    }))
}

fn by_link(graph: &Graph, value: &str) -> Holds {
    if value.eq_ignore_ascii_case("none") {
        return Ok(graph
            .events()
            .map(|(id, event)| event.links.is_empty() && graph.links_to(id).is_empty())
            .collect());
    }
    let Ok(kind) = word::<LinkKind>(value) else {
        let all: Vec<_> = LinkKind::WORDS.iter().map(|(word, _)| *word).chain(["none"]).collect();
        return Err(one_of(value, &all));
    };
    let of_kind = graph.links().filter(|(_, link)| link.kind == kind);
    Ok(marked(graph, of_kind.flat_map(|(_, link)| [link.from, link.to])))
}

fn disputed(asked: Asked<'_>, value: &str) -> Holds {
    let graph = asked.graph;
    let touched = |wanted: bool| {
        graph.events().map(|(id, _)| graph.disputes_of_event(id).is_empty() != wanted).collect()
    };
    if let Ok(wanted) = yes(value) {
        return Ok(touched(wanted));
    }
    let Ok(grade) = word::<Grade>(value) else {
        let all: Vec<_> =
            ["yes", "no"].into_iter().chain(Grade::WORDS.iter().map(|(word, _)| *word)).collect();
        return Err(one_of(value, &all));
    };
    let is_of_grade = |id| graph.disputes_of_event(id).iter().any(|of| graph.dispute(*of).grade == grade);
    Ok(graph.events().map(|(id, _)| is_of_grade(id)).collect())
}

fn by_id(asked: Asked<'_>, value: &str) -> Holds {
    let graph = asked.graph;
    let event = match graph.by_id(value) {
        Some(ElementId::Event(id)) => id,
        Some(ElementId::Statement(id)) => graph.event_of(Account::Statement(id)),
        Some(ElementId::Reaction(id)) => graph.event_of(Account::Reaction(id)),
        Some(other) => {
            let way_out = match other {
                ElementId::Source(_) => Some(format!("its events: source:{value}")),
                ElementId::Actor(_) => Some(format!("its events: actor:{value}")),
                _ => Some("its events: disputed:yes".to_owned()),
            };
            let message = format!("{value} is {}, not an event", other.kind());
            return Err(Wrong { message, hint: way_out, is_unknown: true });
        }
        None => return Err(nobody("event", value, graph.events().map(|(_, event)| event.id.as_str()))),
    };
    Ok(marked(graph, [event]))
}

fn nobody<'n>(what: &str, value: &str, names: impl Iterator<Item = &'n str>) -> Wrong {
    let near = did_you_mean(value, names);
    Wrong {
        message: format!("this story has no {what} {value}"),
        hint: near.map(|near| format!("did you mean {near}?")),
        is_unknown: true,
    }
}

fn word<V: Vocabulary>(value: &str) -> Result<V, Wrong> {
    let all: Vec<_> = V::WORDS.iter().map(|(word, _)| *word).collect();
    V::from_word(&value.to_lowercase()).ok_or_else(|| one_of(value, &all))
}

fn one_of(value: &str, all: &[&str]) -> Wrong {
    let hint = match did_you_mean(value, all.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("it is one of {}", all.join(", ")),
    };
    Wrong { message: format!("{value} is none of its values"), hint: Some(hint), is_unknown: false }
}

fn yes(value: &str) -> Result<bool, Wrong> {
    match &*value.to_lowercase() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(one_of(value, &["yes", "no"])),
    }
}

fn time(graph: &Graph, value: &str) -> Result<Bounds, Wrong> {
    let zone: Tz = graph.header().time_zone;
    When::parse(value, zone).map(|when| when.bounds()).map_err(|error| Wrong {
        message: format!("{value} {error}"),
        hint: Some("write 2025, 2025-11 or 2025-11-14".to_owned()),
        is_unknown: false,
    })
}
