//! What the user asks for: the arguments as said ([`Arguments`]) and what they mean ([`Invocation`]).
//!
//! The promise: everything the program does is decided here, from the arguments alone. No file is touched, no clock
//! is asked, nothing is printed. Imports nothing from the rest of the crate.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::{Datelike as _, NaiveDate};
use clap::error::ErrorKind;
use clap::{ArgAction, Args, ColorChoice, CommandFactory as _, Parser, Subcommand};

/// What the user asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invocation {
    /// The day to take for today; the real one where `None`.
    pub today: Option<NaiveDate>,
    /// What to do.
    pub action: Action,
}

/// What there is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Open the explorer; where there is no terminal, print the chronology instead.
    Explore(Place),
    /// Print the whole story.
    Show(Place, Format),
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

/// What the whole story is printed as.
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
                       Exit status: 0 all is well; 1 the output could not be written; 2 the story could not be \
                       opened, or the arguments not be understood; 128 and n ended by signal n.",
    override_usage = "dateline [OPTIONS] [FILE]\n       dateline [OPTIONS] <COMMAND>",
    color = ColorChoice::Never,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(flatten)]
    story: StoryArgument,

    /// Take DATE for today, such as 2025-11-30 [default: the current date in the story's time zone]
    #[arg(long, global = true, value_name = "DATE", action = ArgAction::Set, value_parser = day)]
    today: Option<NaiveDate>,

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
    /// Print the whole story as text, in order of time
    Show {
        #[command(flatten)]
        story: StoryArgument,

        /// Print one JSON object instead
        #[arg(long)]
        json: bool,
    },
}

impl Arguments {
    /// What these arguments mean.
    fn meaning(self) -> Result<Invocation, clap::Error> {
        let Self { story, today, command } = self;
        let action = match command {
            None => Action::Explore(story.place()),
            Some(_) if story.file.is_some() => {
                return Err(Self::command()
                    .error(ErrorKind::ArgumentConflict, "a file goes after the command, not before it"));
            }
            Some(Command::Show { story, json }) => {
                Action::Show(story.place(), if json { Format::Json } else { Format::Text })
            }
        };
        Ok(Invocation { today, action })
    }
}

impl StoryArgument {
    fn place(self) -> Place {
        match self.file {
            None => Place::Usual,
            Some(path) if path.as_os_str() == "-" => Place::StandardInput,
            Some(path) => Place::File(path),
        }
    }
}

/// A day, in the years a story can speak of.
fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|day| (1..=9999).contains(&day.year()))
        .ok_or_else(|| "write a day as 2025-11-30".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Invocation, ErrorKind> {
        let arguments = ["dateline"].iter().chain(arguments).map(OsString::from);
        Invocation::parse(arguments).map_err(|error| error.kind())
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
        assert_eq!(action(&["show"]), Action::Show(Place::Usual, Format::Text));
        assert_eq!(action(&["show", "--json", "-"]), Action::Show(Place::StandardInput, Format::Json));
        assert_eq!(
            action(&["show", "a.yaml", "--json"]),
            Action::Show(Place::File("a.yaml".into()), Format::Json)
        );
    }

    #[test]
    fn a_file_named_like_a_command_is_reached_by_its_folder() {
        assert_eq!(action(&["./show"]), Action::Explore(Place::File("./show".into())));
        assert_eq!(action(&["show", "show"]), Action::Show(Place::File("show".into()), Format::Text));
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

    #[cfg(unix)]
    #[test]
    fn a_file_name_need_not_be_utf_8() {
        use std::os::unix::ffi::OsStringExt as _;
        let name = OsString::from_vec(b"st\xffry.yaml".to_vec());
        let parsed = Invocation::parse(["dateline".into(), name.clone()]).expect("understood");
        assert_eq!(parsed.action, Action::Explore(Place::File(name.into())));
    }
}
