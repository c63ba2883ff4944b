//! What the user asks for: the arguments as said (`Arguments`) and what they mean ([`Invocation`]).
//!
//! The promise: everything the program does is decided here, from the arguments alone. No file is touched, no clock
//! is asked, nothing is printed. Imports the words of `story::diagnostic` and `colour`, and nothing else from the rest of
//! the crate.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::{Datelike as _, NaiveDate};
use clap::error::ErrorKind;
use clap::{ArgAction, Args, ColorChoice, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::colour::Background;
use crate::story::diagnostic::{Code, Rank, did_you_mean};

/// The largest story read where nothing else is asked for, in bytes: past it a file is a mistake, or meant to fill the
/// memory.
pub const LARGEST: u64 = 256 << 20;

/// What the user asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The day to take for today; the real one where `None`.
    pub today: Option<NaiveDate>,
    /// The moment to look back to, as written.
    pub as_of: Option<String>,
    /// The folder of archived texts, for the explorer.
    pub archive: Option<PathBuf>,
    /// The largest file to read, in bytes.
    pub max_size: u64,
    /// The reader's configuration; the usual one where `None`.
    pub config: Option<PathBuf>,
    /// Whether the mouse is left to the terminal.
    pub no_mouse: bool,
    /// Whether the explorer keeps nothing of a story for its next opening, and takes nothing that was kept.
    pub no_cache: bool,
    /// What the explorer's text stands on; as the configuration or the environment says where `None`.
    pub background: Option<Background>,
    /// The file for a report of a panic; none is written where `None`.
    pub panic_report: Option<PathBuf>,
    /// What to do.
    pub action: Action,
}

/// What there is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Open the explorer; where there is no terminal, print the chronology instead.
    Explore(Place),
    /// Print the story, or a part of it.
    Show(Show),
    /// Say what is wrong with stories.
    Check(Check),
    /// Look quotes, figures and headlines up in the texts of the sources.
    Verify(Verify),
    /// Print what a code means.
    Explain(Code),
    /// Print the JSON Schema of a story file.
    Schema,
    /// Write a small story to start from.
    New(PathBuf),
    /// Give out, take in or find the reader's notes.
    Notes(NotesAsked),
}

/// What to do with the reader's notes on a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotesAsked {
    /// Print them.
    Export(Place),
    /// Take in those of a file.
    Import {
        /// The story.
        place: Place,
        /// The file; `-` is standard input.
        from: PathBuf,
    },
    /// Print where they are kept.
    Path(Place),
}

/// What to print, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Show {
    /// The story.
    pub place: Place,
    /// What it is printed as.
    pub format: Format,
    /// The events to print; all where `None`.
    pub only: Option<Only>,
}

/// Which events to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Only {
    /// Those a filter leaves.
    Filter(String),
    /// Those a filter leaves that has this name.
    View(String),
}

/// What to check, and how to say what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The stories, or folders of them; never empty.
    pub places: Vec<Place>,
    /// How findings are printed.
    pub form: Form,
    /// Whether a warning makes the check fail.
    pub deny_warnings: bool,
    /// Rules whose findings count for nothing.
    pub allow: Vec<Code>,
    /// Whether the allowed ones are shown too.
    pub verbose: bool,
    /// When to use colours.
    pub colour: Colour,
}

/// What to look up, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verify {
    /// The story.
    pub place: Place,
    /// The folder of archived texts.
    pub archive: PathBuf,
    /// How findings are told of; its places are not looked at.
    pub telling: Check,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people, with the lines at fault
    Text,
    /// One JSON object a line
    Json,
    /// Annotations for GitHub Actions
    Github,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set or `CLICOLOR` is 0; anywhere with `CLICOLOR_FORCE`
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What makes a check fail besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Denied {
    /// A warning fails the check, as an error does
    Warnings,
}

/// Where the story is to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In this file.
    File(PathBuf),
    /// On standard input.
    StandardInput,
    /// In `events.yaml` of the current folder; where there is none, the embedded story.
    Usual,
}

/// What a story is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The chronology as text.
    Text,
    /// One JSON object.
    Json,
}

impl Invocation {
    /// Reads the arguments, the program's own name first. The error carries help and version too: what it says
    /// ([`clap::Error::render`]) may hold any text of the arguments, so make it safe before it is shown.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        Arguments::try_parse_from(arguments)?.meaning()
    }
}

/// The words that are commands, for "did you mean".
pub fn commands() -> Vec<String> {
    Arguments::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

/// The arguments as said.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    about = "Explore a contested news story in the terminal",
    long_about = "Explore a contested news story in the terminal: its events in time, what was said and by whom, \
                  where each thing is reported, and where the accounts disagree.\n\n\
                  When standard output is not a terminal, the chronology is printed as text instead.",
    after_help = "A file that is named like a command is opened with its folder: dateline ./show",
    after_long_help = "A file that is named like a command is opened with its folder: dateline ./show\n\n\
                       Exit status: 0 all is well; 1 `check` found something, or the output could not be \
                       written; 2 the story could not be opened, or the arguments not be understood; 128 and n \
                       ended by signal n.",
    override_usage = "dateline [OPTIONS] [FILE]\n       dateline [OPTIONS] <COMMAND>",
    color = ColorChoice::Never,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(flatten)]
    story: StoryArgument,

    /// Read the sources' texts in FOLDER: quotes are verified, and Enter on a statement opens its text
    #[arg(long, value_name = "FOLDER", action = ArgAction::Set)]
    archive: Option<PathBuf>,

    /// Take DATE for today, such as 2025-11-30 [default: the current date in the story's time zone]
    #[arg(long, global = true, value_name = "DATE", action = ArgAction::Set, value_parser = day)]
    today: Option<NaiveDate>,

    /// Look back to MOMENT: show and check only what was published by then; any time of the format, such as
    /// 2025-11-17 or 2025-11-17T22:33, or `now`
    #[arg(long, global = true, value_name = "MOMENT", action = ArgAction::Set)]
    as_of: Option<String>,

    /// Read no file larger than SIZE: bytes, or 500k, 64M, 2G [default: 256M]
    #[arg(long, global = true, value_name = "SIZE", action = ArgAction::Set, value_parser = size)]
    max_size: Option<u64>,

    /// Read the configuration from FILE, where named filters are kept [default: `DATELINE_CONFIG`, else
    /// dateline/config.toml in the XDG folder of configurations]
    #[arg(long, global = true, value_name = "FILE", action = ArgAction::Set)]
    config: Option<PathBuf>,

    /// Leave the mouse to the terminal, as for selecting text
    #[arg(long)]
    no_mouse: bool,

    /// Read the story's text even where a graph of it is kept from its last opening, and keep none
    #[arg(long)]
    no_cache: bool,

    /// Choose colours for this background [default: as the configuration or `COLORFGBG` says, else for both]
    #[arg(long, value_name = "BACKGROUND", value_enum, action = ArgAction::Set)]
    background: Option<Background>,

    /// Should the program fail, write to FILE where it happened, and nothing of the story; a file that is there stays
    /// as it is
    #[arg(long, global = true, value_name = "FILE", action = ArgAction::Set)]
    panic_report: Option<PathBuf>,

    #[command(subcommand)]
    command: Option<Command>,
}

/// Which story.
#[derive(Debug, Args)]
struct StoryArgument {
    /// The story; `-` reads standard input [default: events.yaml in this folder, else the embedded story]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the story as text, in order of time
    Show(ShowArguments),

    /// Say what is wrong with stories, each fault with its line
    Check(CheckArguments),

    /// Look up every quote, figure and headline in the texts the sources were read from
    Verify(VerifyArguments),

    /// Print the JSON Schema of a story file, for editors
    Schema,

    /// Write a small story to start from; an existing file is never overwritten
    New {
        /// The file to write
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },

    /// Your own notes and bookmarks on a story: print them, bring others in, find their files
    #[command(subcommand)]
    Notes(NotesCommand),
}

#[derive(Debug, Subcommand)]
#[command(
    disable_help_subcommand = true,
    after_long_help = "Notes belong to a file by its path: one that was moved or renamed starts anew, and `dateline \
                       notes import NEW.yaml OLD-NOTES.toml` brings the old notes over.\n\n\
                       Exit status: 0 all is well; 1 the notes could not be written; 2 the story or the notes \
                       could not be read, or another dateline has the story open."
)]
enum NotesCommand {
    /// Print bookmarks and notes as TOML
    Export(StoryArgument),

    /// Take in bookmarks and notes; nothing that is there is lost
    Import {
        /// The story the notes are on
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// What `export` printed, or a file that `path` names; `-` reads standard input
        #[arg(value_name = "NOTES")]
        notes: PathBuf,
    },

    /// Print the files that notes, and what was read, are kept in
    Path(StoryArgument),
}

#[derive(Debug, Args)]
#[command(
    after_long_help = "With a filter, what follows the events is what they rest on: the disputes that touch \
                             them, whole; the sources that report them or carry something in what is shown, with \
                             those these rely on; the actors that take part, speak or are spoken of in it. Filters \
                             are told in docs/filter.md: kind:market, -actor:beijing, said:\"completely false\", \
                             (status:alleged or disputed:yes) after:2025-11."
)]
struct ShowArguments {
    #[command(flatten)]
    story: StoryArgument,

    /// Print one JSON object instead
    #[arg(long)]
    json: bool,

    /// Print only the events that FILTER holds for, with what they rest on
    #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,

    /// Print only the events of the view NAME, a filter of the configuration or a built-in one
    #[arg(long, value_name = "NAME", conflicts_with = "filter")]
    view: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_long_help = "Exit status: 0 nothing is wrong; 1 something is; 2 a file could not be read as a story."
)]
struct CheckArguments {
    /// Stories; `-` reads standard input, and a folder stands for every *.yaml and *.yml in it [default: events.yaml
    /// in this folder, else the embedded story]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How to print what was found
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Text)]
    format: Form,

    /// Fail on warnings too
    #[arg(long, value_name = "WHAT", value_enum)]
    deny: Option<Denied>,

    /// Leave this rule out; may be said more than once
    #[arg(long, value_name = "CODE", value_parser = rule)]
    allow: Vec<Code>,

    /// Say what CODE means, with a wrong and a right example, and check nothing
    #[arg(long, value_name = "CODE", value_parser = code, conflicts_with_all = ["files", "format", "deny", "allow"])]
    explain: Option<Code>,

    /// Show what a story allows too, with its reasons
    #[arg(long, short)]
    verbose: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Debug, Args)]
#[command(
    after_long_help = "Exit status: 0 all was found; 1 something was not; 2 the story or the folder could not be read."
)]
struct VerifyArguments {
    #[command(flatten)]
    story: StoryArgument,

    /// The folder of archived texts, in which `archive:` of a source names a file
    #[arg(long, value_name = "FOLDER")]
    archive: PathBuf,

    /// Print one JSON object a line: the findings, then the mark of every statement and market move, then how many
    /// bear which
    #[arg(long, conflicts_with = "format")]
    json: bool,

    /// How findings are printed
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Text)]
    format: Form,

    /// Fail on warnings too
    #[arg(long, value_name = "WHAT", value_enum)]
    deny: Option<Denied>,

    /// Show what the story allows too, with its reasons
    #[arg(long, short)]
    verbose: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

impl VerifyArguments {
    fn meaning(self) -> Verify {
        let telling = Check {
            places: Vec::new(),
            form: if self.json { Form::Json } else { self.format },
            deny_warnings: self.deny == Some(Denied::Warnings),
            allow: Vec::new(),
            verbose: self.verbose,
            colour: self.color,
        };
        Verify { place: self.story.place(), archive: self.archive, telling }
    }
}

impl Arguments {
    /// What these arguments mean.
    fn meaning(self) -> Result<Invocation, clap::Error> {
        let Self {
            story,
            archive,
            today,
            as_of,
            max_size,
            config,
            no_mouse,
            no_cache,
            background,
            panic_report,
            command,
        } = self;
        let action = match command {
            None => Action::Explore(story.place()),
            Some(_) if story.file.is_some() => {
                return Err(Self::command()
                    .error(ErrorKind::ArgumentConflict, "a file goes after the command, not before it"));
            }
            Some(Command::Show(show)) => Action::Show(show.meaning()),
            Some(Command::Check(CheckArguments { explain: Some(code), .. })) => Action::Explain(code),
            Some(Command::Check(check)) => Action::Check(check.meaning()),
            Some(Command::Verify(verify)) => Action::Verify(verify.meaning()),
            Some(Command::Schema) => Action::Schema,
            Some(Command::New { file }) => Action::New(file),
            Some(Command::Notes(asked)) => Action::Notes(asked.meaning()),
        };
        let max_size = max_size.unwrap_or(LARGEST);
        Ok(Invocation {
            today,
            as_of,
            archive,
            max_size,
            config,
            no_mouse,
            no_cache,
            background,
            panic_report,
            action,
        })
    }
}

impl NotesCommand {
    fn meaning(self) -> NotesAsked {
        match self {
            Self::Export(story) => NotesAsked::Export(story.place()),
            Self::Import { file, notes } => NotesAsked::Import { place: Place::of(file), from: notes },
            Self::Path(story) => NotesAsked::Path(story.place()),
        }
    }
}

impl ShowArguments {
    fn meaning(self) -> Show {
        Show {
            place: self.story.place(),
            format: if self.json { Format::Json } else { Format::Text },
            only: self.filter.map(Only::Filter).or(self.view.map(Only::View)),
        }
    }
}

impl CheckArguments {
    fn meaning(self) -> Check {
        let mut places: Vec<_> = self.files.into_iter().map(Place::of).collect();
        if places.is_empty() {
            places.push(Place::Usual);
        }
        Check {
            places,
            form: self.format,
            deny_warnings: self.deny == Some(Denied::Warnings),
            allow: self.allow,
            verbose: self.verbose,
            colour: self.color,
        }
    }
}

impl StoryArgument {
    fn place(self) -> Place {
        self.file.map_or(Place::Usual, Place::of)
    }
}

impl Place {
    fn of(path: PathBuf) -> Self {
        if path.as_os_str() == "-" { Self::StandardInput } else { Self::File(path) }
    }
}

/// A day, in the years a story can speak of.
fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|day| (1..=9999).contains(&day.year()))
        .ok_or_else(|| "write a day as 2025-11-30".to_owned())
}

/// A number of bytes; `k`, `M` and `G` are powers of 1024.
fn size(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.to_ascii_lowercase().strip_suffix(['k', 'm', 'g']) {
        Some(_) => {
            let (digits, unit) = text.split_at(text.len() - 1);
            (
                digits,
                match unit {
                    "k" | "K" => 1 << 10,
                    "m" | "M" => 1 << 20,
                    _ => 1 << 30,
                },
            )
        }
        None => (text, 1),
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|count| count.checked_mul(factor))
        .filter(|size| *size > 0)
        .ok_or_else(|| "write a number of bytes, or 500k, 64M, 2G".to_owned())
}

/// Any code.
fn code(word: &str) -> Result<Code, String> {
    known(word, Code::ALL.iter().copied())
}

/// A code of the lint: only what a rule finds can be allowed.
fn rule(word: &str) -> Result<Code, String> {
    let is_rule = |code: &Code| code.rank() == Rank::Rule;
    match code(word) {
        Ok(code) if is_rule(&code) => Ok(code),
        Ok(_) => Err("this is a fault, not a rule: a story that has it cannot be opened".to_owned()),
        Err(_) => known(word, Code::ALL.iter().copied().filter(is_rule)),
    }
}

fn known(word: &str, codes: impl Iterator<Item = Code> + Clone) -> Result<Code, String> {
    if let Some(code) = codes.clone().find(|code| code.word() == word) {
        return Ok(code);
    }
    Err(match did_you_mean(word, codes.clone().map(Code::word)) {
        Some(near) => format!("there is no such code; did you mean `{near}`?"),
        None => format!(
            "there is no such code; they are {}",
            codes.map(Code::word).collect::<Vec<_>>().join(", ")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Invocation, ErrorKind> {
        let arguments = ["dateline"].iter().chain(arguments).map(OsString::from);
        Invocation::parse(arguments).map_err(|error| error.kind())
    }

    fn whole(place: Place, format: Format) -> Action {
        Action::Show(Show { place, format, only: None })
    }

    fn action(arguments: &[&str]) -> Action {
        parse(arguments).expect("understood").action
    }

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_file_a_dash_or_nothing_is_explored() {
        assert_eq!(action(&[]), Action::Explore(Place::Usual));
        assert_eq!(action(&["-"]), Action::Explore(Place::StandardInput));
        assert_eq!(action(&["a.yaml"]), Action::Explore(Place::File("a.yaml".into())));
        assert_eq!(action(&["--", "-"]), Action::Explore(Place::StandardInput));
        assert_eq!(action(&["--", "-x.yaml"]), Action::Explore(Place::File("-x.yaml".into())));
    }

    #[test]
    fn show_prints_what_it_is_given() {
        assert_eq!(action(&["show"]), whole(Place::Usual, Format::Text));
        assert_eq!(action(&["show", "--json", "-"]), whole(Place::StandardInput, Format::Json));
        assert_eq!(action(&["show", "a.yaml", "--json"]), whole(Place::File("a.yaml".into()), Format::Json));
    }

    #[test]
    fn show_prints_what_a_filter_leaves() {
        let only = |arguments: &[&str]| match action(arguments) {
            Action::Show(show) => show.only,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            only(&["show", "--filter", "-kind:market"]),
            Some(Only::Filter("-kind:market".to_owned()))
        );
        assert_eq!(
            only(&["show", "--view=still to come", "-"]),
            Some(Only::View("still to come".to_owned()))
        );
        assert_eq!(parse(&["show", "--view", "a", "--filter", "b"]), Err(ErrorKind::ArgumentConflict));
        let config = parse(&["show", "--config", "c.toml"]).map(|invocation| invocation.config);
        assert_eq!(config, Ok(Some("c.toml".into())));
    }

    #[test]
    fn a_file_named_like_a_command_is_reached_by_its_folder() {
        assert_eq!(action(&["./show"]), Action::Explore(Place::File("./show".into())));
        assert_eq!(action(&["show", "show"]), whole(Place::File("show".into()), Format::Text));
        assert_eq!(parse(&["a.yaml", "show"]), Err(ErrorKind::ArgumentConflict));
    }

    #[test]
    fn today_is_given_before_or_after_the_command() {
        let day = NaiveDate::from_ymd_opt(2025, 11, 30);
        assert_eq!(parse(&["--today", "2025-11-30", "show"]).map(|it| it.today), Ok(day));
        assert_eq!(parse(&["show", "--today", "2025-11-30"]).map(|it| it.today), Ok(day));
        for wrong in ["30.11.2025", "2025-02-30", "0000-01-01", "+12345-01-01", ""] {
            assert_eq!(parse(&["--today", wrong]), Err(ErrorKind::ValueValidation), "{wrong}");
        }
    }

    #[test]
    fn a_check_takes_files_and_says_how_to_answer() {
        let Action::Check(check) = action(&["check"]) else { panic!("a check") };
        assert_eq!(check.places, [Place::Usual]);
        assert_eq!((check.form, check.deny_warnings, check.verbose), (Form::Text, false, false));
        let Action::Check(check) = action(&[
            "check",
            "a.yaml",
            "-",
            "folder",
            "--format",
            "json",
            "--deny",
            "warnings",
            "-v",
            "--allow",
            "same-name",
            "--allow",
            "unused-actor",
            "--color",
            "never",
        ]) else {
            panic!("a check")
        };
        let file = |name: &str| Place::File(name.into());
        assert_eq!(check.places, [file("a.yaml"), Place::StandardInput, file("folder")]);
        assert_eq!((check.form, check.deny_warnings, check.verbose), (Form::Json, true, true));
        assert_eq!((check.allow, check.colour), (vec![Code::SameName, Code::UnusedActor], Colour::Never));
        assert_eq!(action(&["check", "--explain", "cycle"]), Action::Explain(Code::Cycle));
    }

    #[test]
    fn a_code_that_is_none_is_recognised() {
        let said = |arguments: &[&str]| {
            let arguments = ["dateline"].iter().chain(arguments).map(OsString::from);
            Invocation::parse(arguments).expect_err("a misuse").to_string()
        };
        assert!(said(&["check", "--allow", "unused-acter"]).contains("did you mean `unused-actor`?"));
        assert!(said(&["check", "--explain", "cycel"]).contains("did you mean `cycle`?"));
        assert!(said(&["check", "--allow", "cycle"]).contains("this is a fault, not a rule"));
    }

    #[test]
    fn a_size_is_bytes_or_powers_of_1024() {
        let size = |text| parse(&["--max-size", text, "show"]).map(|it| it.max_size);
        assert_eq!(
            (size("1"), size("500k"), size("256M"), size("2g")),
            (Ok(1), Ok(512_000), Ok(LARGEST), Ok(2 << 30))
        );
        for wrong in ["0", "64MB", "1.5M", "99999999999G", "M", ""] {
            assert_eq!(size(wrong), Err(ErrorKind::ValueValidation), "{wrong}");
        }
    }

    #[test]
    fn notes_are_given_out_taken_in_and_found() {
        let file = || Place::File("a.yaml".into());
        assert_eq!(action(&["notes", "export"]), Action::Notes(NotesAsked::Export(Place::Usual)));
        assert_eq!(action(&["notes", "path", "a.yaml"]), Action::Notes(NotesAsked::Path(file())));
        let import = NotesAsked::Import { place: file(), from: "-".into() };
        assert_eq!(action(&["notes", "import", "a.yaml", "-"]), Action::Notes(import));
        assert_eq!(parse(&["notes", "import", "a.yaml"]), Err(ErrorKind::MissingRequiredArgument));
        assert!(parse(&["notes"]).is_err() && parse(&["notes", "lose"]).is_err());
    }

    #[test]
    fn a_schema_and_a_new_story_are_asked_for() {
        assert_eq!(action(&["schema"]), Action::Schema);
        assert_eq!(action(&["new", "a.yaml"]), Action::New("a.yaml".into()));
        assert_eq!(parse(&["new"]), Err(ErrorKind::MissingRequiredArgument));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_name_need_not_be_utf_8() {
        use std::os::unix::ffi::OsStringExt as _;
        let name = OsString::from_vec(b"st\xffry.yaml".to_vec());
        let parsed = Invocation::parse(["dateline".into(), name.clone()]).expect("understood");
        assert_eq!(parsed.action, Action::Explore(Place::File(name.into())));
    }
}
