//! The browser: `$BROWSER`, else `xdg-open` (on macOS `open`).
//!
//! Started apart from the terminal with nothing to read and nothing to write on, and waited for on a thread that does
//! nothing else: one that is missing or never ends costs nothing.

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::message::Message;
use super::{Answers, Environment, apart, environment};
use crate::story::web_address::WebAddress;
use crate::text::safe_line;

/// A program that ends badly within this time has opened nothing; a browser that is closed later has.
const AT_ONCE: Duration = Duration::from_secs(10);

/// The programs to try, in their order, each as its words.
///
/// `$BROWSER` is a list parted by colons, each entry words as in a shell, where `%s` stands for the address and `%%` for
/// a per cent sign. Errors: an entry whose quotation marks are not closed.
pub fn programs(environment: Environment<'_>) -> Result<Vec<Vec<String>>, String> {
    let usual = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let browser = environment("BROWSER").unwrap_or_default();
    let browser = browser.to_str().ok_or("BROWSER is not text")?;
    let mut programs = Vec::new();
    for entry in browser.split(':') {
        let words =
            shell_words::split(entry).map_err(|_| "BROWSER has a quotation mark that is not closed")?;
        if !words.is_empty() {
            programs.push(words);
        }
    }
    if programs.is_empty() {
        programs.push(vec![usual.to_owned()]);
    }
    Ok(programs)
}

/// The arguments behind the program's name: the address once in each place of `%s`, else behind all others.
fn arguments(words: &[String], address: &WebAddress) -> Vec<String> {
    let mut placed = false;
    let mut arguments: Vec<_> = words.iter().skip(1).map(|word| fill(word, address, &mut placed)).collect();
    if !placed {
        arguments.push(address.to_string());
    }
    arguments
}

fn fill(word: &str, address: &WebAddress, placed: &mut bool) -> String {
    let mut filled = String::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('%') {
        filled.push_str(before);
        rest = match after.as_bytes().first() {
            Some(b's') => {
                *placed = true;
                filled.push_str(address.as_str());
                &after[1..]
            }
            Some(b'%') => {
                filled.push('%');
                &after[1..]
            }
            _ => {
                filled.push('%');
                after
            }
        };
    }
    filled + rest
}

/// Hands an address to the first program that takes it, on a thread of its own, and says what came of it.
pub fn open(address: WebAddress, answers: Answers) {
    let leave = match apart::Leave::take() {
        Ok(leave) => leave,
        Err(why) => {
            answers.say(Message::Opened { address: address.to_string(), outcome: Err(why) });
            return;
        }
    };
    let named = thread::Builder::new().name("opener".to_owned());
    let failed = (answers.clone(), address.to_string());
    let spawned = named.spawn(move || {
        let _leave = leave;
        let say = |outcome| answers.say(Message::Opened { address: address.to_string(), outcome });
        match programs(&environment) {
            Ok(programs) => hand_over(&programs, &address, &say),
            Err(why) => say(Err(why)),
        }
    });
    if let Err(error) = spawned {
        let (answers, address) = failed;
        answers.say(Message::Opened { address, outcome: Err(error.to_string()) });
    }
}

fn hand_over(programs: &[Vec<String>], address: &WebAddress, say: &dyn Fn(Result<String, String>)) {
    let mut why = String::new();
    for words in programs {
        let name = safe_line(&words[0]).into_owned();
        match start(&words[0], &arguments(words, address)) {
            Ok(mut child) => {
                say(Ok(name.clone()));
                let started = Instant::now();
                let Ok(status) = child.wait() else { return };
                if status.success() || started.elapsed() > AT_ONCE {
                    return;
                }
                why = format!("{name} ended with {status}");
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                why = format!("there is no {name} here; BROWSER names another");
            }
            Err(error) => why = format!("{name} does not start ({error})"),
        }
    }
    say(Err(safe_line(&why).into_owned()));
}

fn start(program: &str, arguments: &[String]) -> std::io::Result<Child> {
    apart::start(program, arguments.iter().map(String::as_str), Stdio::null(), &environment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;
    use std::sync::Mutex;

    fn address() -> WebAddress {
        WebAddress::parse("https://morningwire.example/a;$(id)%20b").expect("an address")
    }

    fn words(browser: &str) -> Result<Vec<Vec<String>>, String> {
        programs(&|name| (name == "BROWSER" && !browser.is_empty()).then(|| OsString::from(browser)))
    }

    fn vector(browser: &str) -> Vec<String> {
        let programs = words(browser).expect("words");
        let mut vector = vec![programs[0][0].clone()];
        vector.extend(arguments(&programs[0], &address()));
        vector
    }

    const URL: &str = "https://morningwire.example/a;$(id)%20b";

    #[test]
    fn row_13_the_address_is_one_argument_whatever_is_in_it() {
        for (browser, expected) in [
            ("firefox", &["firefox", URL][..]),
            ("firefox --new-window", &["firefox", "--new-window", URL]),
            ("'my browser' \"a b\" c\\ d", &["my browser", "a b", "c d", URL]),
            ("b --app=%s --x", &["b", &format!("--app={URL}"), "--x"]),
            ("b 100%% %z %s%s", &["b", "100%", "%z", &format!("{URL}{URL}")]),
            ("$HOME/b $(id) ;", &["$HOME/b", "$(id)", ";", URL]),
        ] {
            assert_eq!(vector(browser), expected, "{browser}");
        }
    }

    #[test]
    fn a_list_of_browsers_is_tried_in_its_order() {
        assert_eq!(words("a b:c::d").map(|all| all.len()), Ok(3));
        let usual = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
        for none in ["", ":", "  "] {
            assert_eq!(words(none), Ok(vec![vec![usual.to_owned()]]), "{none:?}");
        }
        assert!(words("a 'b").is_err());
        let said = Mutex::new(Vec::new());
        let all = words("/nowhere/at/all:false:true").expect("words");
        hand_over(&all, &address(), &|outcome| said.lock().expect("one thread").push(outcome));
        assert_eq!(said.into_inner().expect("one thread"), [Ok("false".to_owned()), Ok("true".to_owned())]);
    }

    #[test]
    fn row_17_a_browser_that_is_missing_or_fails_says_so() {
        for (browser, expected) in [
            ("/nowhere/at/all", "there is no /nowhere/at/all here; BROWSER names another"),
            ("false", "false ended with exit status: 1"),
            ("/nowhere/\u{1b}[2J", "there is no /nowhere/‹U+001B›[2J here; BROWSER names another"),
        ] {
            let said = Mutex::new(Vec::new());
            let all = words(browser).expect("words");
            hand_over(&all, &address(), &|outcome| said.lock().expect("one thread").push(outcome));
            let said = said.into_inner().expect("one thread");
            assert_eq!(said.last(), Some(&Err(expected.to_owned())), "{browser}");
        }
    }
}
