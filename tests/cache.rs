//! A story that comes out of the cache is the story that its text says: the same graph, the same reports, the same
//! findings. Whatever bytes stand there instead, nothing but a sound story or none comes of them. The real program keeps
//! long stories, and none where it is told not to.

#![cfg(unix)]
#![expect(clippy::panic, reason = "a test reports by failing")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;
use dateline::cache::{self, Cache, Limits};
use dateline::query::content;
use dateline::query::provenance;
use dateline::query::search::{Candidate, Finder};
use dateline::report;
use dateline::story::graph::Graph;
use dateline::story::stored::{self, LAYOUT};
use dateline::story::vocabulary as words;
use dateline::story::vocabulary::Vocabulary as _;
use dateline::story::{self, check};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

#[path = "../benches/generator/story.rs"]
mod generator;
#[path = "support/pty.rs"]
mod pty;

use generator::Size;
use pty::Session;

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

fn made_up(events: usize) -> String {
    generator::text(Size::of_events(events))
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 11, 30).expect("a day")
}

/// All that a graph holds, and all that is made of it.
fn told(graph: &Graph) -> String {
    let mut told = format!("{:#?}\n{:#?}\n{:#?}", graph.header(), graph.chronology(), graph.precedences());
    macro_rules! tell {
        ($($all:ident $element:ident),+) => {
            $(for (id, one) in graph.$all() {
                let _ = write!(told, "{id:?} {one:?}");
                assert_eq!(graph.by_id(&one.id), Some(story::id::ElementId::$element(id)));
            })+
        };
    }
    tell!(sources Source, actors Actor, events Event, statements Statement, reactions Reaction, disputes Dispute);
    for (id, link) in graph.links() {
        let _ = write!(told, "{id:?} {link:?}");
    }
    for (id, _) in graph.events() {
        let (to, disputes) = (graph.links_to(id), graph.disputes_of_event(id));
        let _ = write!(told, "{id:?} {to:?} {disputes:?} {:?}", provenance::support_of_event(graph, id));
    }
    for (id, _) in graph.sources() {
        let (events, by) = (graph.events_of_source(id), graph.relied_on_by(id));
        let _ = write!(told, "{id:?} {events:?} {by:?} {:?}", provenance::chain(graph, id));
    }
    for (id, _) in graph.actors() {
        let (events, by) = (graph.events_of_actor(id), graph.statements_by(id));
        let _ = write!(told, "{id:?} {events:?} {by:?} {:?}", graph.statements_about(id));
    }
    let names = graph.actors().map(|(id, actor)| Candidate {
        key: id,
        names: std::iter::once(&actor.name).chain(&actor.aliases).map(ToString::to_string).collect(),
        weight: 0,
    });
    let finder = Finder::new(names);
    for query in ["a", "north", "хар", "公"] {
        let _ = write!(told, "{query} {:?}", finder.find(query, 50));
    }
    let _ = write!(told, "{:?}", check::check(graph, day()));
    let _ = write!(told, "{:?}", content::Contents::of(graph).header());
    let mut out = Vec::new();
    report::json::write(graph, None, None, &mut out).expect("written");
    report::chronology::write(graph, None, None, &mut out).expect("written");
    told + &String::from_utf8(out).expect("text")
}

fn unpacked(pieces: &[Vec<u8>]) -> Option<Graph> {
    let lengths: Vec<_> = pieces.iter().map(Vec::len).collect();
    stored::unpack(&lengths, |piece, bytes| pieces.get(piece).map(|piece| bytes.clone_from(piece)))
}

#[test]
fn a_made_up_story_comes_back_as_its_text_says() {
    for events in [1, 12, 150, 700] {
        let graph = story::read(made_up(events).as_bytes()).expect("a sound story");
        let pieces = stored::pack(&graph).expect("packed");
        assert!(told(&unpacked(&pieces).expect("unpacked")) == told(&graph), "{events}");
    }
}

#[test]
fn every_story_of_the_tests_comes_back_as_its_text_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = 0;
    for folder in ["tests/cases", "tests/check", "tests/rules", "tests/screens", "."] {
        for file in fs::read_dir(root.join(folder)).expect("a folder") {
            let path = file.expect("a file").path();
            if path.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let Ok(graph) = story::read(&fs::read(&path).expect("read")) else { continue };
            let pieces = stored::pack(&graph).unwrap_or_else(|| panic!("{}", path.display()));
            let back = unpacked(&pieces).unwrap_or_else(|| panic!("{}", path.display()));
            assert!(told(&back) == told(&graph), "{}", path.display());
            read += 1;
        }
    }
    assert!(read > 40, "{read}");
}

/// What is written of a story must stay what it is, or another number must say that it is not: a file of before would be
/// read as something else.
#[test]
fn the_form_of_the_cache_has_a_number_of_its_own() {
    let mut sum = Sha256::new();
    let graph = story::read(include_bytes!("cache/every-field.yaml")).expect("a sound story");
    stored::pack(&graph).expect("packed").iter().for_each(|piece| sum.update(piece));
    macro_rules! lists {
        ($($list:ident)+) => { $(for (word, _) in words::$list::WORDS { sum.update(format!("{word},")); })+ };
    }
    lists!(Basis SourceKind ActorKind Status LinkKind Form Stance Grade Reliability);
    let sum = sum.finalize().iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    assert_eq!(
        (LAYOUT, sum.as_str()),
        (2, "8152d6ac598b7c49"),
        "what the cache writes has changed: raise LAYOUT in src/story/stored.rs, and put both here"
    );
}

/// Ways to spoil bytes.
#[derive(Debug, Clone)]
enum Spoilt {
    Byte(usize, u8),
    Cut(usize),
    Gone(usize, usize),
    Twice(usize, usize),
    Swapped,
}

fn spoilt() -> impl Strategy<Value = Spoilt> {
    prop_oneof![
        6 => (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Spoilt::Byte(at, byte)),
        1 => any::<usize>().prop_map(Spoilt::Cut),
        1 => (any::<usize>(), 1..9_usize).prop_map(|(at, count)| Spoilt::Gone(at, count)),
        1 => (any::<usize>(), 1..9_usize).prop_map(|(at, count)| Spoilt::Twice(at, count)),
        1 => Just(Spoilt::Swapped),
    ]
}

impl Spoilt {
    fn spoil(&self, pieces: &mut [Vec<u8>], piece: usize) {
        let count = pieces.len();
        let bytes = &mut pieces[piece % count];
        let length = bytes.len().max(1);
        match *self {
            Self::Byte(at, byte) => bytes.iter_mut().skip(at % length).take(1).for_each(|old| *old = byte),
            Self::Cut(at) => bytes.truncate(at % length),
            Self::Gone(at, count) => {
                let at = at % length;
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Self::Twice(at, count) => {
                let at = (at % length).min(bytes.len());
                let more = bytes[at..(at + count).min(bytes.len())].to_vec();
                bytes.splice(at..at, more);
            }
            Self::Swapped => pieces.swap(piece % count, (piece + 1) % count),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// As if somebody had made all sums fit.
    #[test]
    fn spoilt_bytes_come_to_no_story_or_to_a_sound_one(
        events in 1..6_usize,
        spoilt in proptest::collection::vec((spoilt(), any::<usize>()), 1..4),
    ) {
        let graph = story::read(made_up(events).as_bytes()).expect("a sound story");
        let mut pieces = stored::pack(&graph).expect("packed");
        for (spoilt, piece) in spoilt {
            spoilt.spoil(&mut pieces, piece);
        }
        if let Some(graph) = unpacked(&pieces) {
            let told = told(&graph);
            prop_assert!(!told.contains(|c: char| c.is_control() && c != '\n'));
            // And what is kept of it is it again.
            if let Some(pieces) = stored::pack(&graph) {
                prop_assert!(unpacked(&pieces).is_some_and(|again| self::told(&again) == told));
            }
        }
    }

    #[test]
    fn any_bytes_come_to_no_story(pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 0..12)) {
        prop_assert!(unpacked(&pieces).is_none());
    }
}

const CHILD: &str = "DATELINE_TEST_CACHE";

/// Not a test: what [`two_processes_at_once_get_what_they_asked_for_or_nothing`] runs.
#[test]
fn a_process_of_several() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let limits = Limits { least: 0, files: 2, ..Limits::default() };
    let cache = Cache::at(PathBuf::from(folder), "a build".to_owned(), limits);
    let stories: Vec<_> = [1, 2, 3].map(made_up).into();
    let mut found = 0;
    for turn in 0..30 {
        let text = stories[turn % stories.len()].as_bytes();
        let key = cache.key(text).expect("a key");
        let graph = story::read(text).expect("a sound story");
        if let Some(kept) = cache.get(&key) {
            assert!(told(&kept) == told(&graph));
            found += 1;
        }
        if let Some(entry) = cache.pack(&key, &graph) {
            cache.write(entry);
        }
        found += usize::from(cache.get(&key).is_some_and(|kept| told(&kept) == told(&graph)));
    }
    assert!(found > 0);
}

#[test]
fn two_processes_at_once_get_what_they_asked_for_or_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let cache = folder.path().join("dateline");
    let start = || {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args(["--exact", "a_process_of_several"]).env(CHILD, &cache).spawn().expect("started")
    };
    let mut children = [start(), start(), start()];
    for child in &mut children {
        assert!(child.wait().expect("ended").success());
    }
    let left: Vec<_> =
        fs::read_dir(&cache).expect("a folder").map(|file| file.expect("a file").file_name()).collect();
    assert!((1..=2).contains(&left.len()), "{left:?}");
}

/// A home with a story that is long enough to be kept.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().expect("a folder"));
        let mut text = made_up(20);
        // Comments are part of the file, and quickly read.
        while text.len() <= Limits::default().least {
            text.push_str(
                "# and so on, and so on, and so on, and so on, and so on, and so on, and so on, and so on\n",
            );
        }
        fs::write(home.story(), text).expect("written");
        home
    }

    fn story(&self) -> PathBuf {
        self.0.path().join("events.yaml")
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("cache/dateline")
    }

    /// The files of the cache that are whole.
    fn kept(&self) -> Vec<PathBuf> {
        let Ok(files) = fs::read_dir(self.folder()) else { return Vec::new() };
        let files = files.filter_map(|file| Some(file.ok()?.path()));
        files.filter(|path| path.extension().is_some_and(|extension| extension == "graph")).collect()
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let of = |name: &str| self.0.path().join(name).to_str().expect("a path that is text").to_owned();
        let names = ["XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"];
        names.into_iter().zip(["data", "state", "config", "cache"].map(of)).collect()
    }

    /// The explorer's first screen; when it has ended, `until` has held.
    fn screen(&self, arguments: &[&str], until: impl Fn() -> bool) -> String {
        // What was read in a session before would show.
        let _ = fs::remove_dir_all(self.0.path().join("state"));
        let environment = self.environment();
        let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let story = self.story();
        let arguments: Vec<_> = arguments.iter().copied().chain([story.to_str().expect("text")]).collect();
        let mut session = Session::spawn(PROGRAM, &arguments, 24, 100, &environment);
        session.wait_for_text(" 1/20 ");
        let screen = session.screen_text();
        // What is written beside the screen is looked for from frame to frame.
        for turn in 0.. {
            if until() {
                break;
            }
            let place = [" 2/20 ", " 1/20 "][turn % 2];
            session.send(["j", "k"][turn % 2]);
            session.wait_for_text(place);
            assert!(turn < 20_000, "waited in vain");
        }
        session.send("q");
        session.wait_exit();
        screen
    }

    /// Makes a kept file seem unused for a day, and says whether it was used since.
    fn put_aside(&self) -> impl Fn() -> bool + use<> {
        let kept = self.kept();
        let [file] = kept.as_slice() else { panic!("{kept:?}") };
        let file = file.clone();
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_200_000_000);
        fs::File::open(&file).and_then(|file| file.set_modified(long_ago)).expect("set");
        move || fs::metadata(&file).and_then(|file| file.modified()).is_ok_and(|at| at != long_ago)
    }
}

#[test]
fn a_long_story_opens_a_second_time_from_the_cache() {
    let home = Home::new();
    let first = home.screen(&[], || home.kept().len() == 1);
    let is_used = home.put_aside();
    assert_eq!(home.screen(&[], &is_used), first);
    // One that is damaged is read from its text, and kept anew.
    let file = home.kept().remove(0);
    let whole = fs::read(&file).expect("read");
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    fs::write(&file, damaged).expect("written");
    assert_eq!(home.screen(&[], || fs::read(&file).is_ok_and(|bytes| bytes == whole)), first);
    // Without the cache it is neither read nor written.
    let is_used = home.put_aside();
    assert_eq!(home.screen(&["--no-cache"], || true), first);
    assert!(!is_used() && home.kept().len() == 1);
    // Another text is another story.
    let text = fs::read_to_string(home.story()).expect("read");
    fs::write(home.story(), text + "# once more\n").expect("written");
    assert_eq!(home.screen(&[], || home.kept().len() == 2), first);
    assert!(!is_used());
}

#[test]
fn nothing_is_kept_where_the_reader_says_so_or_nothing_shows() {
    let home = Home::new();
    let cache = home.0.path().join("cache");
    home.screen(&["--no-cache"], || true);
    assert!(!cache.exists());
    let config = home.0.path().join("config.toml");
    for (text, why) in [("cache = false\n", "it says so"), ("cache = fals\n", "it may say so")] {
        fs::write(&config, text).expect("written");
        home.screen(&["--config", config.to_str().expect("text")], || true);
        assert!(!cache.exists(), "{why}");
    }
    let story = home.story();
    for command in [&["check"][..], &["show"], &["show", "--json"], &[]] {
        let mut program = Command::new(PROGRAM);
        program.args(command).arg(&story).envs(home.environment());
        assert!(program.output().is_ok_and(|output| !output.stdout.is_empty()), "{command:?}");
        assert!(!cache.exists(), "{command:?}");
    }
}

#[test]
fn a_short_story_is_not_kept() {
    let home = Home::new();
    fs::write(home.story(), made_up(20)).expect("written");
    home.screen(&[], || true);
    assert!(!home.0.path().join("cache").exists());
}

#[test]
fn the_usual_cache_is_that_of_a_user() {
    assert_eq!(Limits::default(), Limits { least: 1 << 20, bytes: 1 << 30, files: 16 });
    let home = |name: &str| (name == "HOME").then(|| "/home/me".into());
    assert_eq!(cache::folder(home), Some("/home/me/.cache/dateline".into()));
}
