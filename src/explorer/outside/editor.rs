//! The reader's editor: `$VISUAL`, else `$EDITOR`, else `vi`, at a line of the story's file.
//!
//! Its words are parted as a shell would part them, but there is no shell: nothing is expanded. How a line is asked for
//! depends on the program; one that is not known here gets the file alone.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

use super::{Environment, says};
use crate::plain_file;
use crate::story::diagnostic;
use crate::story::locate::{Addresses, without_mark};
use crate::text::safe_line;

/// How often the editor is looked after, and the signals with it.
const LOOK: Duration = Duration::from_millis(50);

/// How long an editor may take to put away what it holds once it is told to end.
const PATIENCE: Duration = Duration::from_secs(2);

/// The words that start an editor, and where they are said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

/// How a program is asked for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineSyntax {
    /// `+12 FILE`
    Plus,
    /// `FILE:12`
    Colon,
    /// `-g FILE:12`
    Goto,
    /// `--line 12 FILE`
    Option,
    /// `FILE`
    None,
}

impl LineSyntax {
    fn of(program: &str) -> Self {
        let name = program.rsplit('/').next().unwrap_or(program);
        match name {
            "vi" | "vim" | "nvim" | "view" | "vimx" | "gvim" | "nvi" | "elvis" | "vis" | "nano" | "pico"
            | "rnano" | "emacs" | "emacsclient" | "micro" | "kak" | "mg" | "zile" | "jmacs" | "joe"
            | "jed" | "ne" | "ed" | "mcedit" | "gedit" | "gnome-text-editor" | "mousepad" | "pluma"
            | "xed" | "leafpad" | "less" => {
                // `ed` knows no line on its command line, and takes nothing that begins so for a file.
                if name == "ed" { Self::None } else { Self::Plus }
            }
            "hx" | "helix" | "subl" | "sublime_text" | "zed" | "zeditor" | "lapce" => Self::Colon,
            "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" | "code-oss" => {
                Self::Goto
            }
            "kate" | "kwrite" | "mate" | "idea" | "pycharm" => Self::Option,
            _ => Self::None,
        }
    }
}

impl Editor {
    /// The editor that the environment names.
    ///
    /// Errors: its quotation marks are not closed, or it is no text; the message names the variable.
    pub fn of(environment: Environment<'_>) -> Result<Self, String> {
        let Some(name) = ["VISUAL", "EDITOR"].into_iter().find(|name| says(environment, name)) else {
            return Ok(Self { words: vec!["vi".to_owned()] });
        };
        let said = environment(name).unwrap_or_default();
        let words = said.to_str().and_then(|said| shell_words::split(said).ok());
        match words {
            Some(words) if !words.is_empty() => Ok(Self { words }),
            Some(_) => Ok(Self { words: vec!["vi".to_owned()] }),
            None => Err(format!("no editor is started: {name} cannot be read as words of a shell")),
        }
    }

    /// What to call it; safe to show.
    pub fn name(&self) -> String {
        let program = &self.words[0];
        safe_line(program.rsplit('/').next().unwrap_or(program)).into_owned()
    }

    /// The arguments behind its name for a line, counted from 1, of a file.
    fn arguments(&self, file: &Path, line: usize) -> Vec<OsString> {
        let file = out_of_options(file);
        let mut arguments: Vec<OsString> = self.words.iter().skip(1).map(OsString::from).collect();
        let at_line = |file: &Path| {
            let mut place = file.as_os_str().to_owned();
            place.push(format!(":{line}"));
            place
        };
        match LineSyntax::of(&self.words[0]) {
            LineSyntax::Plus => arguments.extend([format!("+{line}").into(), file.into_os_string()]),
            LineSyntax::Colon => arguments.push(at_line(&file)),
            LineSyntax::Goto => arguments.extend(["-g".into(), at_line(&file)]),
            LineSyntax::Option => {
                arguments.extend(["--line".into(), line.to_string().into(), file.into_os_string()]);
            }
            LineSyntax::None => arguments.push(file.into_os_string()),
        }
        arguments
    }

    /// Starts it on a file and waits for its end. It needs the terminal to itself. A signal that asks the explorer to
    /// end, which `ending` tells, is passed on to it; then it is waited for no longer than two seconds.
    ///
    /// Errors: why there was no editing, safe to show.
    pub fn run(&self, file: &Path, line: usize, ending: &dyn Fn() -> Option<i32>) -> Result<(), String> {
        let mut command = Command::new(&self.words[0]);
        command.args(self.arguments(file, line));
        if !io::stdin().is_terminal()
            && let Ok(terminal) = File::open("/dev/tty")
        {
            command.stdin(Stdio::from(terminal));
        }
        let name = self.name();
        match command.spawn().and_then(|child| wait(child, ending)) {
            Ok(None) => Err(format!("{name} was left, as the explorer was to end")),
            Ok(Some(status)) if status.success() => Ok(()),
            Ok(Some(status)) => Err(format!("{name} ended with {status}")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(format!("there is no {name} here; VISUAL or EDITOR names another editor"))
            }
            Err(error) => Err(safe_line(&format!("{name} does not start: {error}")).into_owned()),
        }
    }
}

/// How a program ended; `None` where it was left, as the explorer is to end and it does not.
fn wait(mut child: Child, ending: &dyn Fn() -> Option<i32>) -> io::Result<Option<ExitStatus>> {
    let mut told: Option<Instant> = None;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        match (told, ending()) {
            (Some(told), _) if told.elapsed() >= PATIENCE => return Ok(None),
            (None, Some(signal)) => {
                told = Some(Instant::now());
                if let Some(signal) = Signal::from_named_raw(signal) {
                    // It has not been waited for, so that the number is still its own.
                    let _ = rustix::process::kill_process(Pid::from_child(&child), signal);
                }
            }
            _ => {}
        }
        thread::sleep(LOOK);
    }
}

/// The file by a name that no program takes for an option.
fn out_of_options(file: &Path) -> PathBuf {
    let is_option = file.as_os_str().as_encoded_bytes().first().is_some_and(|first| b"-+".contains(first));
    if is_option { Path::new(".").join(file) } else { file.to_owned() }
}

/// The line, counted from 1, at which a place of the document stands in a file; 1 where it cannot be told. No more than
/// `most` bytes are read.
pub fn line_of(file: &Path, place: &diagnostic::Path, most: u64) -> usize {
    let mut bytes = Vec::new();
    let read = plain_file::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes));
    let text = read.ok().and_then(|_| std::str::from_utf8(without_mark(&bytes)).ok());
    let addresses = text.map(|text| Addresses::of(text, std::slice::from_ref(place)));
    addresses.and_then(|found| found.get(0).map(|address| address.line)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(visual: &str, editor: &str) -> Result<Editor, String> {
        Editor::of(&|name| match name {
            "VISUAL" => Some(visual.into()),
            "EDITOR" => Some(editor.into()),
            _ => None,
        })
    }

    fn arguments(words: &str, file: &str) -> Vec<String> {
        let editor = editor(words, "").expect("an editor");
        let arguments = editor.arguments(Path::new(file), 12);
        arguments.into_iter().map(|one| one.into_string().expect("text")).collect()
    }

    #[test]
    fn each_editor_is_asked_for_the_line_in_its_own_way() {
        for (words, expected) in [
            ("vi", &["+12", "a.yaml"][..]),
            ("/usr/bin/nvim -p", &["-p", "+12", "a.yaml"]),
            ("emacsclient -nw -a ''", &["-nw", "-a", "", "+12", "a.yaml"]),
            ("nano", &["+12", "a.yaml"]),
            ("kak", &["+12", "a.yaml"]),
            ("micro", &["+12", "a.yaml"]),
            ("hx", &["a.yaml:12"]),
            ("code --wait", &["--wait", "-g", "a.yaml:12"]),
            ("kate", &["--line", "12", "a.yaml"]),
            ("'/a folder/my editor' \"a b\"", &["a b", "a.yaml"]),
        ] {
            assert_eq!(arguments(words, "a.yaml"), expected, "{words}");
        }
    }

    #[test]
    fn no_shell_reads_the_words_and_no_file_is_an_option() {
        assert_eq!(arguments("my-editor $(id) ; ~", "-a.yaml"), ["$(id)", ";", "~", "./-a.yaml"]);
        assert_eq!(arguments("vi", "+a.yaml"), ["+12", "./+a.yaml"]);
        assert_eq!(arguments("hx", "/a b/$(id).yaml"), ["/a b/$(id).yaml:12"]);
    }

    #[test]
    fn visual_comes_before_editor_and_vi_is_left() {
        let name = |visual, other| editor(visual, other).map(|editor| editor.name());
        assert_eq!(name("/bin/one", "two"), Ok("one".to_owned()));
        assert_eq!(name("", "two -x"), Ok("two".to_owned()));
        assert_eq!(name("", ""), Ok("vi".to_owned()));
        assert_eq!(name("  ", ""), Ok("vi".to_owned()));
        let why = name("one", "").and(name("one 'x", "")).expect_err("not words");
        assert!(why.contains("VISUAL"), "{why}");
    }

    #[test]
    fn what_stands_nowhere_is_looked_for_at_the_top() {
        let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/screens/harbour.yaml"));
        let sources = diagnostic::Path::root().key("sources");
        let line = |place: &diagnostic::Path, most| line_of(file, place, most);
        assert_eq!(line(&sources.index(1), u64::MAX), 13);
        assert_eq!(line(&sources.index(999), u64::MAX), 1);
        assert_eq!(line(&sources.index(1), 20), 1);
        assert_eq!(line_of(Path::new("/nowhere/at/all"), &sources, u64::MAX), 1);
        assert_eq!(line_of(Path::new("/dev/zero"), &sources, u64::MAX), 1);
    }

    #[test]
    fn an_editor_that_is_missing_or_fails_says_so() {
        let run = |words: &str| editor(words, "").expect("an editor").run(Path::new("a.yaml"), 1, &|| None);
        assert_eq!(run("true"), Ok(()));
        assert_eq!(run("false"), Err("false ended with exit status: 1".to_owned()));
        let missing = "there is no none here; VISUAL or EDITOR names another editor";
        assert_eq!(run("/nowhere/none"), Err(missing.to_owned()));
    }
}
