//! The explorer without a terminal: a state, a script of keys, and what shows.
//!
//! Include it with `#[path = "support/script.rs"] mod script;`.
//!
//! A script is words with blanks between them. A word is a key in the notation of the key table (`j`, `ctrl-d`,
//! `enter`), several characters typed one after the other (`5j`, `gg`, `12G`), a text (`type:byd`, where `_` is a
//! blank), what is pasted (`paste:byd`, where `~` ends a line), or what a mouse or a window does (`click:3,4`, `down:3,4`, `up:3,4`, `size:80x24`).

#![allow(dead_code, reason = "each test program uses its own part")]
#![expect(clippy::panic, reason = "a harness reports by failing the test")]

use chrono::NaiveDate;
use dateline::archive::{Held, NoText, Text, Texts};
use dateline::explorer::effect::Effect;
use dateline::explorer::key::{Key, KeyCode};
use dateline::explorer::message::Message;
use dateline::explorer::state::reader::Reader;
use dateline::explorer::state::reading::Archived;
use dateline::explorer::state::views::Views;
use dateline::explorer::state::{State, View};
use dateline::explorer::theme::Theme;
use dateline::explorer::update::update;
use dateline::explorer::view::render;
use dateline::query::comparison::Subject;
use dateline::query::provenance::Asked;
use dateline::reader::notes::Notes;
use dateline::reader::progress::Progress;
use dateline::reader::store::Standing;
use dateline::story::{self, graph::Graph};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// The story most scripts run on: small, in the project's own words, with every mark in it.
pub const HARBOUR: &str = include_str!("../screens/harbour.yaml");
/// A story that tries to break the screen.
pub const HOSTILE: &str = include_str!("../screens/hostile.yaml");
/// A story of an allegation that lives through every stage.
pub const QUARRY: &str = include_str!("../screens/quarry.yaml");
/// A story with a dispute of six positions, and a denial whose wording changes.
pub const WEIR: &str = include_str!("../screens/weir.yaml");
/// A story without an event.
pub const EMPTY: &str = "format: 1\nstory: {title: A story to come}\n";

/// A story of fifty events in the lanes of twelve actors, four kinds and three sources: a few years back, most within a
/// fortnight, some bounded by others, some undated; the report at its heart with many links.
pub fn crowd() -> String {
    use std::fmt::Write as _;
    let mut yaml = "format: 1\nstory: {title: A crowded fortnight}\nsources:\n".to_owned();
    let mut line = |text: String| writeln!(yaml, "{text}").expect("a string");
    for source in ["Morning Wire", "Harbour Times", "Robot Wire"] {
        let id = source.to_lowercase().replace(' ', "-");
        line(format!("  - {{id: {id}, title: {source} reports, publisher: {source}, kind: article}}"));
    }
    line("actors:".to_owned());
    for actor in 0..12 {
        let name = [
            "Anchor",
            "Beacon",
            "Capstan",
            "Derrick",
            "Estuary",
            "Fairway",
            "Gangway",
            "Halyard",
            "Inlet",
            "Jetty",
            "Keel",
            "Lighthouse and pilot station",
        ][actor];
        line(format!("  - {{id: actor-{actor}, name: {name}, kind: company}}"));
    }
    line("events:".to_owned());
    for event in 0..50_usize {
        let time = match event {
            0 => "when: 2019-03-01".to_owned(),
            1 => "when: '2021'".to_owned(),
            2 => "when: '2023-06~', when_basis: inferred".to_owned(),
            3..=35 => format!("when: 2025-11-{:02}", 3 + (event * 5) % 14),
            36..=41 => "after: [event-7], before: [event-13]".to_owned(),
            _ => "place: harbour".to_owned(),
        };
        let status = ["occurred", "alleged", "scheduled", "possible"][event % 7 % 4];
        let kind = ["leak", "denial", "report", "talks"][event % 4];
        let source = ["morning-wire", "harbour-times", "robot-wire"][event % 3];
        // The first actor is in many events, the last in few.
        let actors =
            [event % 12, event * event % 7, event % 3].map(|actor| format!("{{actor: actor-{actor}}}"));
        let links = match event {
            10 => (20..26)
                .map(|to| format!("{{to: event-{to}, kind: triggers, basis: stated, source: {source}}}"))
                .collect(),
            11 => vec![
                "{to: event-45, kind: responds_to, basis: inferred, note: n}".to_owned(),
                "{to: event-0, kind: follows_up, basis: inferred, note: n}".to_owned(),
            ],
            _ => Vec::new(),
        };
        line(format!(
            "  - {{id: event-{event}, title: What happened as number {event}, {time}, kind: {kind}, status: {status}, sources: [{source}], actors: [{}], links: [{}]}}",
            actors.join(", "),
            links.join(", "),
        ));
    }
    yaml
}

/// A story from its text.
pub fn graph(yaml: &str) -> Graph {
    story::read(yaml.as_bytes()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// An explorer that shows a story, in colours and Unicode, on 30 November 2025.
pub fn open(yaml: &str, size: (u16, u16)) -> State {
    open_with(yaml, size, &Theme::new(true, true), "2025-11-30")
}

/// An explorer with a theme and a day of its own.
pub fn open_with(yaml: &str, size: (u16, u16), theme: &Theme, today: &str) -> State {
    let today: NaiveDate = today.parse().expect("a day");
    from_file(State::new(graph(yaml), "a-test.yaml", today, *theme, size))
}

/// The same explorer, its story from a file.
fn from_file(mut state: State) -> State {
    state.live.file = Some(state.name.clone());
    state
}

/// An explorer whose reader keeps bookmarks and notes.
pub fn open_kept(yaml: &str, size: (u16, u16)) -> State {
    let mut state = open(yaml, size);
    state.reader = Reader::new(Notes::default(), Progress::default(), Standing::Writes, &state.graph);
    state
}

/// Runs a script; what is to be saved is, on a disk that takes everything.
pub fn run_kept(state: &mut State, script: &str) {
    for message in messages(script) {
        match update(state, message) {
            Some(Effect::SaveNotes(_, said)) => update(state, Message::NotesSaved(Ok(said))),
            Some(Effect::SaveRead(said)) => update(state, Message::ReadSaved(Ok(said))),
            _ => None,
        };
    }
}

/// The same explorer as it was opened, without reading the story again.
pub fn again(state: State, size: (u16, u16)) -> State {
    let graph = state.retrospect.map_or(state.graph, |retrospect| retrospect.whole);
    let (archived, standing) = (state.archived, state.reader.standing);
    let mut state = State::new(graph, &state.name, state.today, state.theme, size).configured(state.named);
    state.archived = archived;
    state.reader = Reader::new(Notes::default(), Progress::default(), standing, &state.graph);
    from_file(state)
}

/// The text of the Coast Herald's article in the harbour story: the words of one statement stand on their line, those of
/// another elsewhere.
pub const HERALD: &str = "Ledger Puts Borealis in the Harbour

It reached us by hand.
The ledger lists nine payments.






A line
of the harbour.
“Every line of the article is completely false”, said one for the firm, and went on at such length that no screen is wide enough for it.

The shares of Borealis fell by 3.78 per cent on Tuesday.
“Nobody has seen the other half of that book”, says Ada Marlow.
";

/// The same explorer with the text of the Coast Herald at hand, and no other.
pub fn with_texts(mut state: State) -> State {
    let mut texts = Texts::default();
    let (file, sha256) = ("herald.txt".to_owned(), String::new());
    texts.insert("herald", Ok(Held { file, text: Text::new(HERALD), sha256 }));
    texts.insert("robot-wire", Err(NoText::Missing("robot.txt".to_owned())));
    state.archived = Some(Box::new(Archived::new(&state.graph, texts)));
    state
}

/// An explorer whose reader has views of their own.
pub fn open_configured(yaml: &str, size: (u16, u16), config: &str) -> State {
    let read = dateline::config::read(config);
    open(yaml, size).configured(Views {
        file: Some("/home/reader/.config/dateline/config.toml".to_owned()),
        fault: read.as_ref().err().map(|fault| format!("config.toml: {fault}")),
        own: read.unwrap_or_default().views,
    })
}

/// Runs a script; what it asked of the world last comes back.
pub fn run(state: &mut State, script: &str) -> Option<Effect> {
    let mut effect = None;
    for of_word in script.split_whitespace() {
        for message in word(of_word) {
            effect = update(state, message);
        }
        dateline::explorer::update::drawn(state);
    }
    effect
}

/// What a script tells the explorer.
pub fn messages(script: &str) -> Vec<Message> {
    script.split_whitespace().flat_map(word).collect()
}

fn word(word: &str) -> Vec<Message> {
    let key = |character| Message::Key(Key::plain(KeyCode::Char(character)));
    if let Some(single) = Key::parse(word) {
        return vec![Message::Key(single)];
    }
    match word.split_once(':') {
        Some(("paste", text)) => vec![Message::Paste(text.replace('_', " ").replace('~', "\n"))],
        Some(("type", text)) => text.replace('_', " ").chars().map(key).collect(),
        Some((what @ ("click" | "down" | "up"), at)) => {
            let (column, row) = pair(at, ',');
            vec![match what {
                "click" => Message::Click { column, row },
                _ => Message::Wheel { column, row, down: what == "down" },
            }]
        }
        Some(("size", size)) => {
            let (width, height) = pair(size, 'x');
            vec![Message::Resize { width, height }]
        }
        // A name that is none would run as a handful of other keys.
        _ if word.chars().filter(char::is_ascii_alphabetic).count() > 2 => panic!("no key is named {word}"),
        _ => word.chars().map(key).collect(),
    }
}

fn pair(text: &str, between: char) -> (u16, u16) {
    let numbers =
        text.split_once(between).and_then(|(one, other)| Some((one.parse().ok()?, other.parse().ok()?)));
    numbers.unwrap_or_else(|| panic!("{text} is not two numbers with {between:?} between"))
}

/// What shows, cell by cell.
pub fn drawn(state: &State) -> Buffer {
    let (width, height) = state.size;
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal of cells");
    terminal.draw(|frame| render(state, frame.area(), frame.buffer_mut())).expect("a frame");
    terminal.backend().buffer().clone()
}

/// What shows, as text: the second cell of a wide character is left out, and so are blanks at the ends of lines.
pub fn screen(state: &State) -> String {
    rows(&drawn(state)).join("\n")
}

/// The rows of a buffer as text.
pub fn rows(buffer: &Buffer) -> Vec<String> {
    use unicode_width::UnicodeWidthStr as _;
    let area = buffer.area;
    (area.top()..area.bottom())
        .map(|y| {
            let mut row = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer[(x, y)].symbol();
                row.push_str(symbol);
                x += u16::try_from(symbol.width().max(1)).expect("a cell is not that wide");
            }
            row.trim_end().to_owned()
        })
        .collect()
}

/// The id of the event at the cursor.
pub fn event(state: &State) -> &str {
    state.event().map_or("none", |event| &state.graph.event(event).id)
}

/// What narrows the timeline.
pub fn filter(state: &State) -> String {
    state.timeline.filter.as_ref().map_or_else(String::new, |filter| filter.reading(&state.graph))
}

/// What tells the reader something.
pub fn notice(state: &State) -> &str {
    state.notice.as_deref().unwrap_or_default()
}

/// What provenance is asked of.
fn asked(graph: &Graph, asked: Asked) -> String {
    use dateline::story::id::{Account, ElementId};
    match asked {
        Asked::Account(Account::Statement(id)) => graph.id_of(ElementId::Statement(id)).to_owned(),
        Asked::Account(Account::Reaction(id)) => graph.id_of(ElementId::Reaction(id)).to_owned(),
        Asked::Source(id) => graph.source(id).id.to_string(),
        Asked::Event(id) => graph.event(id).id.to_string(),
        Asked::Position(dispute, place) => format!("{} {place}", graph.dispute(dispute).id),
    }
}

/// The view on top, with what it is about.
pub fn top(state: &State) -> String {
    let graph = &state.graph;
    match state.views.last() {
        None => "panes".to_owned(),
        Some(View::Find(find)) => format!("find {}", find.kind.title()),
        Some(View::Palette(_)) => "palette".to_owned(),
        Some(View::MomentPick(_)) => "as of".to_owned(),
        Some(View::Filter(_)) => "filter".to_owned(),
        Some(View::Views(_)) => "views".to_owned(),
        Some(View::Replies(_)) => "replies".to_owned(),
        Some(View::Web(web)) => {
            let sources: Vec<_> =
                web.pages.iter().map(|page| graph.source(page.source).id.as_str()).collect();
            format!("web {}", sources.join(" "))
        }
        Some(View::Provenance(asked, _)) => format!("provenance {}", self::asked(graph, *asked)),
        Some(View::Matrix(grid)) => {
            let dispute = grid.dispute().and_then(|subject| state.dispute_of(subject));
            let dispute = dispute.map_or("none", |dispute| &dispute.id);
            let source = grid.source().map_or("none", |source| &graph.source(source).id);
            format!("matrix {dispute} {source}")
        }
        Some(View::Naming(_)) => "naming".to_owned(),
        Some(View::Marks(_)) => "marks".to_owned(),
        Some(View::Note(field)) => format!("note on {}", field.note.element),
        Some(View::Compare(compare)) => match compare.comparison.subject {
            Subject::Written(_) | Subject::Found(_) => {
                let dispute = state.dispute_of(compare.comparison.subject).expect("a dispute");
                format!("compare {}", dispute.id)
            }
            Subject::Picked(picked) => {
                let [first, second] = picked.map(|account| graph.id_of(account.into()));
                format!("compare {first} with {second}")
            }
            Subject::Event(event) => format!("compare event {}", graph.event(event).id),
            Subject::Actor(actor) => format!("compare actor {}", graph.actor(actor).id),
        },
        Some(View::Life(view)) => {
            format!("life {} {:?}", graph.dispute(view.life.dispute).id, view.order).to_lowercase()
        }
        Some(View::Disputes(_)) => "disputes".to_owned(),
        Some(View::Actor(actor, _)) => format!("actor {}", graph.actor(*actor).id),
        Some(View::Source(source, _)) => format!("source {}", graph.source(*source).id),
        Some(View::Text(reading)) => format!("text {}", reading.source),
        Some(View::TextSearch(_)) => "text search".to_owned(),
        Some(View::Why(event, _)) => format!("why {}", graph.event(*event).id),
        Some(View::Findings(_)) => "findings".to_owned(),
        Some(View::Help(..)) => "help".to_owned(),
    }
}
