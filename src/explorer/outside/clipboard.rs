//! The clipboards: the terminal's, by OSC 52, and the system's, by the program that serves it.
//!
//! Where a display is named, the text goes to `wl-copy`, `xclip` or `xsel` (on macOS `pbcopy`) by its standard input,
//! for a limited time on a thread of its own. Whether a terminal takes what it is sent cannot be known.

use std::io::{ErrorKind, Write as _};
use std::process::{Child, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::effect::Excerpt;
use super::super::message::{Copied, Message};
use super::{Answers, Environment, apart, environment, says};

/// Bytes of a text that terminals take: as base64 with what stands around it, one hundred thousand.
pub const MOST: usize = 74_994;

/// How long a program of the clipboard may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often it is looked after meanwhile.
const LOOK: Duration = Duration::from_millis(5);

/// A program that serves the system's clipboard.
pub type Tool = (&'static str, &'static [&'static str]);

/// Whether a text may be sent to the terminal, or why not.
pub fn terminal_takes(text: &str, environment: Environment<'_>) -> Result<(), String> {
    if environment("TERM").is_some_and(|terminal| terminal == "linux") {
        return Err("this terminal has no clipboard".to_owned());
    }
    if text.len() > MOST {
        return Err(format!("{} bytes are too many, terminals take {MOST}", text.len()));
    }
    Ok(())
}

/// The programs to try, in their order; none without a display.
pub fn tools(environment: Environment<'_>) -> Vec<Tool> {
    let mut tools: Vec<Tool> = Vec::new();
    if cfg!(target_os = "macos") {
        tools.push(("pbcopy", &[]));
    }
    if says(environment, "WAYLAND_DISPLAY") {
        tools.push(("wl-copy", &["--type", "text/plain"]));
    }
    if says(environment, "DISPLAY") {
        tools.push(("xclip", &["-selection", "clipboard", "-in"]));
        tools.push(("xsel", &["--clipboard", "--input"]));
    }
    tools
}

/// Gives a text to the first of the programs there is, and says what came of it; at once where there is none to try.
pub fn copy(excerpt: Excerpt, terminal: Result<(), String>, tools: Vec<Tool>, answers: Answers) {
    let Excerpt { text, what } = excerpt;
    if tools.is_empty() {
        answers.say(Message::Copied(Copied { what, terminal, tool: None }));
        return;
    }
    let leave = match apart::Leave::take() {
        Ok(leave) => leave,
        Err(why) => {
            answers.say(Message::Copied(Copied { what, terminal, tool: Some(Err(why)) }));
            return;
        }
    };
    let on_failure = (answers.clone(), what.clone(), terminal.clone());
    let spawned = thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
        let _leave = leave;
        let tool = give(&text, &tools, PATIENCE);
        answers.say(Message::Copied(Copied { what, terminal, tool }));
    });
    if let Err(error) = spawned {
        let (answers, what, terminal) = on_failure;
        answers.say(Message::Copied(Copied { what, terminal, tool: Some(Err(error.to_string())) }));
    }
}

/// The program that has taken the text, or why the last one did not; `None` where none is there.
fn give(text: &str, tools: &[Tool], patience: Duration) -> Option<Result<String, String>> {
    let mut why = None;
    for (program, arguments) in tools {
        match start(program, arguments) {
            Ok(child) => match feed(child, text, patience) {
                Ok(status) if status.success() => return Some(Ok((*program).to_owned())),
                Ok(status) => why = Some(format!("{program} ended with {status}")),
                Err(error) => why = Some(format!("{program} {error}")),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => why = Some(format!("{program} does not start ({error})")),
        }
    }
    why.map(Err)
}

fn start(program: &str, arguments: &[&str]) -> std::io::Result<Child> {
    // It may stay to serve what it holds after the explorer has ended.
    apart::start(program, arguments.iter().copied(), Stdio::piped(), &environment)
}

/// Writes the text to a program and waits for its end; one that takes too long is ended.
fn feed(mut child: Child, text: &str, patience: Duration) -> Result<ExitStatus, String> {
    let Some(mut input) = child.stdin.take() else { return Err("takes no input".to_owned()) };
    let text = text.as_bytes().to_vec();
    // A program that does not read holds up who writes. That thread ends with the program it writes to, and what it
    // could not write is told by how the program ends.
    let writer = thread::Builder::new().name("clipboard text".to_owned());
    writer.spawn(move || input.write_all(&text)).map_err(|error| error.to_string())?;
    let deadline = Instant::now() + patience;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if Instant::now() < deadline => thread::sleep(LOOK),
            Ok(None) => {
                apart::end(&mut child);
                return Err("does not answer".to_owned());
            }
            Err(error) => return Err(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    fn tools_with(names: &[&str]) -> Vec<&'static str> {
        let found = tools(&|name| names.contains(&name).then(|| OsString::from(":0")));
        found.into_iter().map(|(program, _)| program).filter(|program| *program != "pbcopy").collect()
    }

    #[test]
    fn row_20_without_a_display_no_program_is_started() {
        assert_eq!(tools_with(&[]), [""; 0]);
        assert_eq!(tools_with(&["DISPLAY"]), ["xclip", "xsel"]);
        assert_eq!(tools_with(&["WAYLAND_DISPLAY"]), ["wl-copy"]);
        assert_eq!(tools_with(&["DISPLAY", "WAYLAND_DISPLAY"]), ["wl-copy", "xclip", "xsel"]);
        assert!(tools(&|_| Some(OsString::new())).iter().all(|(program, _)| *program == "pbcopy"));
    }

    #[test]
    fn row_19_a_terminal_is_sent_no_more_than_it_takes() {
        let environment = |_: &str| None;
        let takes = |bytes: usize| terminal_takes(&"a".repeat(bytes), &environment);
        assert_eq!(takes(MOST), Ok(()));
        assert_eq!(takes(1 << 20), Err("1048576 bytes are too many, terminals take 74994".to_owned()));
        assert!(takes(MOST + 1).is_err());
        let console = |name: &str| (name == "TERM").then(|| OsString::from("linux"));
        assert_eq!(terminal_takes("a", &console), Err("this terminal has no clipboard".to_owned()));
    }

    #[test]
    fn row_20_only_a_program_that_ended_well_has_copied() {
        let long = "a".repeat(1 << 20);
        let soon = Duration::from_millis(50);
        let outcome = |tools: &[Tool], patience| give(&long, tools, patience);
        assert_eq!(outcome(&[("/nowhere/at/all", &[])], PATIENCE), None);
        let reads: Tool = ("sh", &["-c", "test \"$(wc -c)\" -eq 1048576"]);
        assert_eq!(outcome(&[("/nowhere/at/all", &[]), reads], Duration::MAX / 4), Some(Ok("sh".to_owned())));
        assert_eq!(
            outcome(&[("false", &[])], PATIENCE),
            Some(Err("false ended with exit status: 1".to_owned()))
        );
        // One that neither reads nor ends.
        assert_eq!(outcome(&[("sleep", &["600"])], soon), Some(Err("sleep does not answer".to_owned())));
    }
}
