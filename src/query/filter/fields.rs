//! The fields of the filter language: one table, from which filters are asked, completed and explained.

use chrono_tz::Tz;

use crate::story::diagnostic::did_you_mean;
use crate::story::graph::{Event, Graph, Statement};
use crate::story::id::{ActorId, Id as _, SourceId};
use crate::story::vocabulary::{Form, Stance, Status, Vocabulary};
use crate::story::when::When;
use crate::text::fold_str;

/// Why a value cannot be used.
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) hint: Option<String>,
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
    pub(super) holds: fn(&Graph, &str) -> Holds,
    /// The values it can have in a story, for completion.
    pub(super) values: fn(&Graph) -> Vec<String>,
}

/// Every field.
pub const FIELDS: &[Field] = &[
    Field {
        name: "actor",
        help: "an actor takes part, speaks or is spoken of; a name, an alias, an id, or the beginning of a word of them",
        example: "actor:alibaba",
        holds: |graph, value| by_actor(graph, value, |graph, id| graph.events_of_actor(id).to_vec()),
        values: actors,
    },
    Field {
        name: "speaker",
        help: "an actor is quoted or reported",
        example: "speaker:alibaba",
        holds: |graph, value| {
            by_actor(graph, value, |graph, id| {
                graph.statements_by(id).iter().map(|statement| graph.statement(*statement).event).collect()
            })
        },
        values: actors,
    },
    Field {
        name: "about",
        help: "something is said about an actor",
        example: "about:alibaba",
        holds: |graph, value| {
            by_actor(graph, value, |graph, id| {
                graph.statements_about(id).iter().map(|statement| graph.statement(*statement).event).collect()
            })
        },
        values: actors,
    },
    Field {
        name: "source",
        help: "a source reports it or carries a statement or figure of it; a publisher, a word of the title, or an id",
        example: "source:ainvest",
        holds: by_source,
        values: |graph| graph.sources().map(|(_, source)| source.id.clone()).collect(),
    },
    Field { name: "kind", help: "the kind of event", example: "kind:market", holds: by_kind, values: kinds },
    Field {
        name: "status",
        help: "how sure it is: occurred, alleged, scheduled or possible",
        example: "status:alleged",
        holds: |graph, value| {
            let status: Status = word(value)?;
            Ok(events(graph, |event| event.status == status))
        },
        values: |_| words::<Status>(),
    },
    Field {
        name: "after",
        help: "it can have happened in this time or later; an event without any bound is not counted",
        example: "after:2025-11",
        holds: |graph, value| {
            let from = time(graph, value)?.earliest;
            Ok(bounded(graph, |bounds| match (from, bounds.latest) {
                (Some(from), Some(latest)) => latest >= from,
                _ => true,
            }))
        },
        values: |_| Vec::new(),
    },
    Field {
        name: "before",
        help: "it can have happened before this time began; an event without any bound is not counted",
        example: "before:2025-12",
        holds: |graph, value| {
            let to = time(graph, value)?.earliest;
            Ok(bounded(graph, |bounds| match (to, bounds.earliest) {
                (Some(to), Some(earliest)) => earliest < to,
                (None, _) => false,
                (Some(_), None) => true,
            }))
        },
        values: |_| Vec::new(),
    },
    Field {
        name: "basis",
        help: "how its date is known: stated, inferred or undated",
        example: "basis:inferred",
        holds: |graph, value| match value {
            "stated" => Ok(events(graph, |event| event.timing.when.is_some() && !event.timing.inferred)),
            "inferred" => Ok(events(graph, |event| event.timing.inferred)),
            "undated" => Ok(events(graph, |event| event.timing.when.is_none())),
            other => Err(one_of(other, &["stated", "inferred", "undated"])),
        },
        values: |_| ["stated", "inferred", "undated"].map(str::to_owned).to_vec(),
    },
    Field {
        name: "disputed",
        help: "a dispute touches it: yes or no",
        example: "disputed:yes",
        holds: |graph, value| {
            let wanted = yes(value)?;
            Ok(graph.events().map(|(id, _)| graph.disputes_of_event(id).is_empty() != wanted).collect())
        },
        values: |_| yes_or_no(),
    },
    Field {
        name: "market",
        help: "a market move is reported: yes or no",
        example: "market:yes",
        holds: |graph, value| {
            let wanted = yes(value)?;
            Ok(events(graph, |event| event.reactions.is_empty() != wanted))
        },
        values: |_| yes_or_no(),
    },
    Field {
        name: "stance",
        help: "something said in it is an allegation, denial, threat …",
        example: "stance:denial",
        holds: |graph, value| {
            let stance: Stance = word(value)?;
            Ok(statements(graph, |statement| statement.stance == Some(stance)))
        },
        values: |_| words::<Stance>(),
    },
    Field {
        name: "form",
        help: "something said in it is a quote, or a paraphrase",
        example: "form:quote",
        holds: |graph, value| {
            let form: Form = word(value)?;
            Ok(statements(graph, |statement| statement.form == form))
        },
        values: |_| words::<Form>(),
    },
    Field {
        name: "said",
        help: "these words stand in a quote or paraphrase",
        example: "said:\"completely false\"",
        holds: |graph, value| {
            let wanted = fold_str(value);
            Ok(statements(graph, |statement| fold_str(&statement.text).contains(&wanted)))
        },
        values: |_| Vec::new(),
    },
    Field {
        name: "title",
        help: "these words stand in the title",
        example: "title:memo",
        holds: |graph, value| {
            let wanted = fold_str(value);
            Ok(events(graph, |event| fold_str(&event.title).contains(&wanted)))
        },
        values: |_| Vec::new(),
    },
    Field {
        name: "place",
        help: "these words stand in the place",
        example: "place:korea",
        holds: |graph, value| {
            let wanted = fold_str(value);
            Ok(events(graph, |event| {
                event.place.as_ref().is_some_and(|place| fold_str(place).contains(&wanted))
            }))
        },
        values: |graph| {
            let places: std::collections::BTreeSet<_> =
                graph.events().filter_map(|(_, event)| event.place.clone()).collect();
            places.into_iter().collect()
        },
    },
];

/// A word without a field: looked for in title, summary, kind, place, statements, and the names of actors.
pub(super) fn text(graph: &Graph, value: &str) -> Vec<bool> {
    let wanted = fold_str(value);
    let within = |text: &str| fold_str(text).contains(&wanted);
    let mut holds = events(graph, |event| {
        within(&event.title)
            || [&event.summary, &event.kind, &event.place].into_iter().flatten().any(|text| within(text))
    });
    let said = statements(graph, |statement| within(&statement.text));
    holds.iter_mut().zip(said).for_each(|(one, other)| *one |= other);
    for (id, actor) in graph.actors() {
        if within(&actor.name) || actor.aliases.iter().any(|alias| within(alias)) {
            for event in graph.events_of_actor(id) {
                holds[event.index()] = true;
            }
        }
    }
    holds
}

fn events(graph: &Graph, holds: impl Fn(&Event) -> bool) -> Vec<bool> {
    graph.events().map(|(_, event)| holds(event)).collect()
}

fn statements(graph: &Graph, holds: impl Fn(&Statement) -> bool) -> Vec<bool> {
    let mut found = vec![false; graph.event_count()];
    for (_, statement) in graph.statements() {
        let event = &mut found[statement.event.index()];
        *event = *event || holds(statement);
    }
    found
}

/// Events with a bound, their own or by what they must follow and precede.
fn bounded(graph: &Graph, holds: impl Fn(crate::story::when::Bounds) -> bool) -> Vec<bool> {
    graph
        .events()
        .map(|(id, _)| {
            let bounds = graph.chronology().bounds(id);
            !bounds.unbounded() && holds(bounds)
        })
        .collect()
}

/// Whether a folded name answers a folded value: all of it, or the beginning of one of its words.
fn answers(name: &str, wanted: &str) -> bool {
    name == wanted
        || name
            .match_indices(wanted)
            .any(|(at, _)| !name[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

fn by_actor(
    graph: &Graph,
    value: &str,
    of: impl Fn(&Graph, ActorId) -> Vec<crate::story::id::EventId>,
) -> Holds {
    let wanted = fold_str(value);
    let mut holds = vec![false; graph.event_count()];
    let mut found = false;
    for (id, actor) in graph.actors() {
        let names = std::iter::once(&actor.name).chain(&actor.aliases);
        if actor.id == value || names.map(|name| fold_str(name)).any(|name| answers(&name, &wanted)) {
            found = true;
            for event in of(graph, id) {
                holds[event.index()] = true;
            }
        }
    }
    if found { Ok(holds) } else { Err(nobody("actor", value, &actors(graph))) }
}

fn by_source(graph: &Graph, value: &str) -> Holds {
    let wanted = fold_str(value);
    let mut holds = vec![false; graph.event_count()];
    let sources: Vec<SourceId> = graph
        .sources()
        .filter(|(_, source)| {
            let names = std::iter::once(&source.title).chain(&source.publisher).chain(&source.byline);
            source.id == value || names.map(|name| fold_str(name)).any(|name| answers(&name, &wanted))
        })
        .map(|(id, _)| id)
        .collect();
    if sources.is_empty() {
        let names: Vec<_> = graph.sources().map(|(_, source)| source.label().to_owned()).collect();
        return Err(nobody("source", value, &names));
    }
    for source in sources {
        for event in graph.events_of_source(source) {
            holds[event.index()] = true;
        }
    }
    Ok(holds)
}

fn by_kind(graph: &Graph, value: &str) -> Holds {
    let wanted = fold_str(value);
    let kinds = kinds(graph);
    if !kinds.iter().any(|kind| fold_str(kind) == wanted) {
        return Err(nobody("kind of event", value, &kinds));
    }
    Ok(events(graph, |event| event.kind.as_ref().is_some_and(|kind| fold_str(kind) == wanted)))
}

fn nobody(what: &str, value: &str, names: &[String]) -> Wrong {
    let near = did_you_mean(value, names.iter().map(String::as_str));
    Wrong {
        message: format!("this story has no {what} {value}"),
        hint: near.map(|near| format!("did you mean {near}?")),
    }
}

fn actors(graph: &Graph) -> Vec<String> {
    graph.actors().map(|(_, actor)| actor.name.clone()).collect()
}

fn kinds(graph: &Graph) -> Vec<String> {
    let kinds: std::collections::BTreeSet<_> =
        graph.events().filter_map(|(_, event)| event.kind.clone()).collect();
    kinds.into_iter().collect()
}

fn word<V: Vocabulary>(value: &str) -> Result<V, Wrong> {
    let all: Vec<_> = V::WORDS.iter().map(|(word, _)| *word).collect();
    V::from_word(value).ok_or_else(|| one_of(value, &all))
}

fn words<V: Vocabulary>() -> Vec<String> {
    V::WORDS.iter().map(|(word, _)| (*word).to_owned()).collect()
}

fn one_of(value: &str, all: &[&str]) -> Wrong {
    let hint = match did_you_mean(value, all.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("it is one of {}", all.join(", ")),
    };
    Wrong { message: format!("{value} is none of its values"), hint: Some(hint) }
}

fn yes(value: &str) -> Result<bool, Wrong> {
    match value {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(one_of(other, &["yes", "no"])),
    }
}

fn yes_or_no() -> Vec<String> {
    vec!["yes".to_owned(), "no".to_owned()]
}

fn time(graph: &Graph, value: &str) -> Result<crate::story::when::Bounds, Wrong> {
    let zone: Tz = graph.header().time_zone;
    When::parse(value, zone).map(|when| when.bounds()).map_err(|error| Wrong {
        message: format!("{value} {error}"),
        hint: Some("write 2025, 2025-11 or 2025-11-14".to_owned()),
    })
}
