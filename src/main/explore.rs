//! The explorer from outside: from what is asked for to a story that shows, and from how it ended to a code.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use chrono::NaiveDate;
use dateline::archive;
use dateline::cache;
use dateline::cli::Place;
use dateline::colour::Background;
use dateline::config::file::Loaded;
use dateline::explorer::watch::Watched;
use dateline::explorer::{self, Ended, Failed, Opening, Outcome, Story};
use dateline::story::progress::Progress;
use dateline::text;

use crate::{Failure, Opened, filter, input, moment, notes, open_telling, say, texts, today_in};

/// What a shell gives for a program whose terminal hung up: 128 and SIGHUP.
const HUNG_UP: u8 = 129;

/// How long a story may take before the terminal is taken to show how far it has come. Less would be a flicker before
/// each story of some hundred events, and a fault could not be told in the lines below the command.
const GRACE: Duration = Duration::from_millis(60);

/// What is asked for.
pub struct Asked {
    pub place: Place,
    pub today: Option<NaiveDate>,
    pub as_of: Option<String>,
    pub archive: Option<PathBuf>,
    pub max_size: u64,
    pub config: Option<PathBuf>,
    pub no_mouse: bool,
    pub no_cache: bool,
    pub background: Option<Background>,
}

/// Runs the explorer, which reads the story on a thread of its own.
pub fn run(asked: Asked) -> Result<ExitCode, Failure> {
    let Asked { place, today, as_of, archive, max_size, config, no_mouse, no_cache, background } = asked;
    let config = filter::load(config);
    let cache = if no_cache { None } else { cache(&config) };
    let name = input::name(&place);
    // What is typed at the story must not be taken for keys.
    let is_typed = place == Place::StandardInput && io::stdin().is_terminal();
    let wanted = Wanted { place, today, as_of, archive, configured: config.archive.clone(), max_size, cache };
    let opening = Opening {
        name,
        loader: Box::new(move |progress| wanted.load(progress)),
        grace: (!is_typed).then_some(GRACE),
        max_size,
        mouse: !no_mouse && config.mouse.unwrap_or(true),
        background: background.or(config.background),
        config,
    };
    let Ended { outcome, unsaved, unkept } = explorer::run(opening).map_err(|failed| match failed {
        Failed::Terminal(error) => Failure::Terminal(error),
        Failed::Story(failure) => failure,
    })?;
    if let Some(unsaved) = &unsaved {
        notes::tell_unsaved(unsaved);
    }
    if let Some(why) = &unkept {
        say(&format!("warning: what you have read is not saved: {}\n", text::safe_line(why)));
    }
    Ok(match outcome {
        Outcome::Quit if unsaved.is_some() => ExitCode::FAILURE,
        Outcome::Quit => ExitCode::SUCCESS,
        Outcome::Signal(signal) => ended_by(signal),
        Outcome::Gone => ExitCode::from(HUNG_UP),
    })
}

/// The folder in which graphs of long stories are kept; `None` where none are to be.
fn cache(config: &Loaded) -> Option<PathBuf> {
    // A configuration that cannot be read may have said no.
    if config.fault.is_some() || config.cache == Some(false) {
        return None;
    }
    cache::folder(|name| std::env::var_os(name))
}

fn ended_by(signal: i32) -> ExitCode {
    signal.checked_add(128).and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// The story that is wanted, and what belongs to it.
struct Wanted {
    place: Place,
    today: Option<NaiveDate>,
    as_of: Option<String>,
    archive: Option<PathBuf>,
    /// The folder of archived texts that the configuration names.
    configured: Option<PathBuf>,
    max_size: u64,
    cache: Option<PathBuf>,
}

impl Wanted {
    /// Reads it all. Not on the screen's thread.
    fn load(self, progress: &Progress) -> Result<Story, Failure> {
        let Self { place, today, as_of, archive, configured, max_size, cache } = self;
        let piped = place == Place::StandardInput;
        let Opened { graph, name, path, bytes } = open_telling(place, max_size, cache, progress)?;
        let today = today_in(&graph, today);
        let as_of = as_of.map(|text| moment(&text, &graph, today)).transpose()?;
        let watched = Watched {
            bytes,
            file: path.clone().map(|path| (path, input::reader(max_size))),
            archive: archive.clone().or_else(|| configured.clone()),
            today,
        };
        let texts = match archive {
            Some(folder) => Some(Ok(texts(&folder, &graph)?)),
            // A folder of the configuration that is gone is no reason not to open.
            None => configured.map(|folder| {
                archive::folder::read(&folder, &graph)
                    .map_err(|why| format!("the archive {}: {why}", folder.display()))
            }),
        };
        let reader = notes::open(&graph, path.as_deref(), piped);
        Ok(Story { graph, name, path, today, as_of, texts, watched, reader })
    }
}
