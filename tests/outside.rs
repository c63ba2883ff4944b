//! The explorer and the programs outside: nothing a story holds starts anything, browsers and clipboards never keep the
//! screen waiting, and an editor gets the terminal and gives it back.
//!
//! The programs are small scripts that write down what they were started with.

#![cfg(unix)]
#![expect(clippy::panic, reason = "a test reports by failing")]

#[path = "support/pty.rs"]
mod pty;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use dateline::story::web_address::WebAddress;
use dateline::text;
use pty::{Exit, Session};
use rustix::process::{Pid, Signal};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

/// An event for each source, in the order of the list.
fn story(urls: &[&str]) -> String {
    let mut lines =
        vec!["format: 1\nstory: {title: A story with pages, time_zone: UTC}\nsources:".to_owned()];
    for (place, url) in urls.iter().enumerate() {
        let url = url.replace('\n', "\\n").replace('\u{1b}', "\\e");
        lines.push(format!(
            "  - {{id: source-{place}, title: Headline {place}, publisher: Wire {place}, kind: article, url: \"{url}\"}}"
        ));
    }
    lines.push("events:".to_owned());
    for place in 0..urls.len() {
        let day = place + 1;
        lines.push(format!(
            "  - {{id: event-{place}, title: Event {place}, when: 2025-03-{day:02}, status: occurred, sources: [source-{place}]}}"
        ));
    }
    lines.join("\n") + "\n"
}

/// A folder with a story in it, removed when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, yaml: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("bin")).expect("a folder");
        fs::write(folder.join("story.yaml"), yaml).expect("a story");
        Self(folder)
    }

    fn place(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a path that is text").to_owned()
    }

    /// A program in `bin`. Another process writes it: while this one held it open for that, no program could be started
    /// from it.
    fn program(&self, name: &str, script: &str) -> String {
        let place = self.place(&format!("bin/{name}"));
        let mut shell = Command::new("/bin/sh")
            .args(["-c", "cat >\"$0\" && chmod 700 \"$0\"", &place])
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut input = shell.stdin.take().expect("its input");
        std::io::Write::write_all(&mut input, format!("#!/bin/sh\n{script}\n").as_bytes()).expect("a script");
        drop(input);
        assert!(shell.wait().expect("it ends").success());
        place
    }

    /// One that writes its arguments down, each ended by a zero byte, in `record`.
    fn recorder(&self, name: &str, then: &str) -> String {
        let record = self.place("record");
        let script = format!(
            "for one in \"$@\"; do printf '%s\\0' \"$one\"; done >'{record}.part'; mv '{record}.part' '{record}'\n{then}"
        );
        self.program(name, &script)
    }

    /// The search path with `bin` in front.
    fn path(&self) -> String {
        let usual = std::env::var("PATH").expect("a search path");
        format!("{}:{usual}", self.place("bin"))
    }

    fn has(&self, name: &str) -> bool {
        self.0.join(name).exists()
    }

    /// What stands in a file, once it is there.
    fn wait_for(&self, name: &str) -> Vec<u8> {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            match fs::read(self.0.join(name)) {
                Ok(bytes) if !bytes.is_empty() => return bytes,
                _ if Instant::now() > deadline => panic!("{name} was waited for in vain"),
                _ => thread::sleep(Duration::from_millis(2)),
            }
        }
    }

    fn recorded(&self) -> Vec<String> {
        let record = String::from_utf8(self.wait_for("record")).expect("text");
        record.split_terminator('\0').map(str::to_owned).collect()
    }

    /// The explorer on the story, in this folder.
    fn explorer(&self, environment: &[(&str, &str)]) -> Session {
        self.explorer_on("story.yaml", environment)
    }

    fn explorer_on(&self, story: &str, environment: &[(&str, &str)]) -> Session {
        let line = "cd \"$0\" && exec \"$1\" \"$2\"";
        let folder = self.0.to_str().expect("text");
        let config = self.place("config.toml");
        let mut all = vec![("DATELINE_CONFIG", config.as_str())];
        all.extend(environment);
        let session = Session::spawn("/bin/sh", &["-c", line, folder, PROGRAM, story], 24, 100, &all);
        session.wait_for_text("q quit");
        session
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn quit(mut session: Session) {
    session.send("q");
    assert_eq!(session.wait_exit(), Exit::Code(0));
    session.assert_given_back();
}

/// Goes back to the panes. What is typed right behind an Escape would count as one key with it.
fn leave(session: &mut Session) {
    session.send("\x1b");
    session.wait_for(|screen| !screen.contents().contains("On the web"), "the panes");
}

/// The text of the last OSC 52 in an output.
fn sent(output: &[u8]) -> Option<String> {
    let output = String::from_utf8_lossy(output);
    let (_, rest) = output.rsplit_once("\x1b]52;c;")?;
    let encoded = rest.split(['\x07', '\x1b']).next()?;
    let digit = |byte: u8| {
        let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        digits.iter().position(|one| *one == byte)
    };
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0, 0);
    for digit in encoded.bytes().map_while(digit) {
        held = (held << 6) | digit;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).expect("a byte"));
        }
    }
    Some(String::from_utf8(bytes).expect("text"))
}

#[test]
fn row_12_no_link_of_the_terminal_comes_from_a_story() {
    let link = "\u{1b}]8;;https://evil.example\u{1b}\\\\good.example\u{1b}]8;;\u{1b}\\\\";
    let yaml = story(&[link, "https://morningwire.example/"])
        .replace("Headline 1", "'Bank'")
        .replace("title: Event 0", &format!("title: \"{}\"", link.replace('\u{1b}', "\\e")));
    let folder = Folder::with("row-12", &yaml);
    let mut session = folder.explorer(&[]);
    session.send("o");
    session.wait_for_text("not opened: ");
    session.send("jo");
    session.wait_for_text("goes to morningwire.example");
    leave(&mut session);
    let output = session.raw_output();
    assert!(!output.windows(4).any(|at| at == b"\x1b]8;"), "{}", output.escape_ascii());
    quit(session);
}

#[test]
fn row_13_the_signs_of_a_shell_in_a_link_run_nothing() {
    let url = "https://morningwire.example/a;$(id>ran)|id>ran&`id>ran`";
    let folder = Folder::with("row-13", &story(&[url]));
    let browser = format!("'{}' --new 'two words' $(id>ran)", folder.recorder("browser", ""));
    let mut session = folder.explorer(&[("BROWSER", &browser)]);
    session.send("o");
    session.wait_for_text("goes to morningwire.example");
    assert!(!folder.has("record"), "nothing is started before the reader has seen where it leads");
    session.send("\r");
    let address = WebAddress::parse(url).expect("an address");
    assert_eq!(folder.recorded(), ["--new", "two words", "$(id>ran)", address.as_str()]);
    session.wait_for_text("handed to");
    quit(session);
    assert!(!folder.has("ran"), "a shell has read the address");
}

#[test]
fn row_14_no_other_scheme_starts_anything() {
    let urls = ["javascript:alert(1)", "file:///etc/passwd", "exec:id", "data:text/html,x", "/etc/passwd"];
    let folder = Folder::with("row-14", &story(&urls));
    let browser = folder.recorder("browser", "");
    let mut session = folder.explorer(&[("BROWSER", &browser)]);
    for (place, scheme) in ["javascript", "file", "exec", "data"].into_iter().enumerate() {
        session.send(&format!("{}Go", place + 1));
        session.wait_for_text(&format!("not opened: it is {scheme}:, and only https: and http: are opened"));
    }
    session.send("5G");
    session.send("o");
    session.wait_for_text("it begins with neither https:// nor http://");
    quit(session);
    assert!(!folder.has("record"), "something was started");
}

#[test]
fn row_15_what_could_be_an_option_or_a_second_argument_is_refused() {
    let urls =
        ["--new-window", "https://morningwire.example/ --option", "https://morningwire.example/\n--option"];
    let folder = Folder::with("row-15", &story(&urls));
    let browser = folder.recorder("browser", "");
    let mut session = folder.explorer(&[("BROWSER", &browser)]);
    session.send("o");
    session.wait_for_text("not opened: an address does not begin with a dash");
    for place in [2, 3] {
        session.send(&format!("{place}G"));
        session.wait_for(|screen| !screen.contents().contains("not opened"), "the message is gone");
        session.send("o");
        session.wait_for_text("not opened: blanks, line ends and hidden characters");
    }
    quit(session);
    assert!(!folder.has("record"), "something was started");
}

#[test]
fn row_16_the_reader_sees_where_a_link_really_leads() {
    let urls = ["https://good.example@evil.example/", "https://аpple.example/", "http://0x7f000001/"];
    let folder = Folder::with("row-16", &story(&urls));
    let browser = folder.recorder("browser", "");
    let mut session = folder.explorer(&[("BROWSER", &browser)]);
    session.send("o");
    session.wait_for_text("not opened: it names a user before the host");
    session.send("2Go");
    session.wait_for_text("goes to xn--pple-43d.example");
    session.wait_for_text("the story writes аpple.example");
    leave(&mut session);
    session.send("3Go");
    session.wait_for_text("goes to 127.0.0.1");
    session.wait_for_text("this machine or its own network");
    assert!(!folder.has("record"), "something was started");
    session.send("o");
    assert_eq!(folder.recorded(), ["http://127.0.0.1/"]);
    session.wait_for_text("handed to");
    quit(session);
}

#[test]
fn row_17_a_browser_that_is_missing_leaves_the_address_on_the_screen() {
    let folder = Folder::with("row-17-missing", &story(&["https://morningwire.example/a"]));
    let mut session = folder.explorer(&[("BROWSER", "/nowhere/browser")]);
    session.send("o\r");
    session.wait_for_text("not opened: there is no /nowhere/browser here");
    session.wait_for_text("https://morningwire.example/a");
    session.send("y");
    session.wait_for_text("which does not say if it took it: the address");
    assert_eq!(sent(&session.raw_output()).as_deref(), Some("https://morningwire.example/a"));
    leave(&mut session);
    quit(session);
}

#[test]
fn row_17_a_browser_that_hangs_keeps_nobody_waiting() {
    let folder = Folder::with(
        "row-17-hangs",
        &story(&["https://morningwire.example/a", "https://morningwire.example/b"]),
    );
    let pid = folder.place("pid");
    let browser =
        folder.program("browser", &format!("echo $$ >'{pid}.part'; mv '{pid}.part' '{pid}'; exec sleep 600"));
    let mut session = folder.explorer(&[("BROWSER", &browser)]);
    session.send("o\r");
    session.wait_for_text("https://morningwire.example/a");
    session.wait_for_text("handed to");
    let pid = String::from_utf8(folder.wait_for("pid")).expect("a number");
    let pid = Pid::from_raw(pid.trim().parse().expect("a number")).expect("a process");
    // It runs, in a group of its own that no key of the terminal reaches, and the explorer goes on.
    assert_eq!(rustix::process::getpgid(Some(pid)), Ok(pid));
    session.send("j");
    session.wait_for_text(" 2/2");
    quit(session);
    assert_eq!(rustix::process::test_kill_process(pid), Ok(()), "it outlives the explorer");
    rustix::process::kill_process(pid, Signal::KILL).expect("it can be ended");
}

#[test]
fn row_17_a_browser_cannot_write_on_the_screen() {
    if !["/usr/bin/setsid", "/bin/setsid"].iter().any(|path| Path::new(path).exists()) {
        return;
    }
    let folder = Folder::with("row-17-tty", &story(&["https://morningwire.example/a"]));
    let told = folder.place("told");
    let script = format!(
        "if (echo SCRIBBLE >/dev/tty) 2>/dev/null; then how=written; else how=refused; fi; echo $how >'{told}.part'; mv '{told}.part' '{told}'"
    );
    let browser = folder.program("browser", &script);
    folder.program("xclip", &format!("cat >/dev/null; {}", script.replace("told", "told-xclip")));
    let environment = [("BROWSER", browser.as_str()), ("DISPLAY", ":0"), ("PATH", &folder.path())];
    let mut session = folder.explorer(&environment);
    session.send("y");
    session.wait_for_text("copied with xclip");
    assert_eq!(folder.wait_for("told-xclip"), b"refused\n");
    session.send("o\r");
    assert_eq!(folder.wait_for("told"), b"refused\n");
    session.wait_for_text("handed to");
    assert!(!session.raw_output().windows(8).any(|at| at == b"SCRIBBLE"));
    quit(session);
}

#[test]
fn row_17_a_browser_that_fails_at_once_is_told() {
    let folder = Folder::with("row-17-fails", &story(&["https://morningwire.example/a"]));
    let browser = folder.program("browser", "exit 3");
    let mut session = folder.explorer(&[("BROWSER", &browser)]);
    session.send("o\r");
    session.wait_for_text("ended with exit status: 3");
    quit(session);
}

#[test]
fn row_18_what_is_copied_is_safe_and_in_one_line() {
    let yaml = story(&["https://morningwire.example/"])
        .replace("title: Event 0", "title: \"A \\e]52;c;aWQ=\\a and a\\u202E turn\", summary: \"x\"")
        + "    # no more\n";
    let yaml = yaml.replace("title: Headline 0", "title: \"Head\\nline\\r; rm -rf ~\\n\"");
    let folder = Folder::with("row-18", &yaml);
    let mut session = folder.explorer(&[]);
    session.send("y");
    session.wait_for_text("sent to the terminal, which does not say if it took it: a citation of event-0");
    let text = sent(&session.raw_output()).expect("a text");
    assert!(text::is_safe(&text) && !text.contains('\n'), "{text:?}");
    assert!(text.contains("‹U+001B›]52;c;aWQ=‹U+0007›") && text.contains("‹U+202E›"), "{text}");
    assert!(text.ends_with("<https://morningwire.example/>. [event-0]"), "{text}");
    quit(session);
}

/// A story whose one event has a citation of a megabyte: nobody lays a byline out but a source's card.
fn long_story() -> String {
    story(&["https://morningwire.example/"])
        .replace("kind: article", &format!("kind: article, byline: {}", "a".repeat(1 << 20)))
}

#[test]
fn row_19_a_megabyte_is_not_sent_to_a_terminal() {
    let folder = Folder::with("row-19", &long_story());
    let mut session = folder.explorer(&[]);
    session.send("y");
    session.wait_for_text("bytes are too many, terminals take 74994, and there is no other clipboard");
    session.wait_for_text("not copied: 1");
    assert_eq!(sent(&session.raw_output()), None);
    quit(session);
}

#[test]
fn row_19_a_megabyte_goes_to_the_system_s_clipboard() {
    let folder = Folder::with("row-19-tool", &long_story());
    let text = folder.place("text");
    folder.program(
        "xclip",
        &format!("cat >'{text}.part'; mv '{text}.part' '{text}'; echo \"$@\" >'{text}.how'"),
    );
    let mut session = folder.explorer(&[("DISPLAY", ":0"), ("PATH", &folder.path())]);
    session.send("y");
    session.wait_for_text("copied with xclip: a citation of event-0");
    assert!(folder.wait_for("text").len() > 1 << 20);
    assert_eq!(folder.wait_for("text.how"), b"-selection clipboard -in\n");
    assert_eq!(sent(&session.raw_output()), None);
    quit(session);
}

#[test]
fn row_20_without_a_display_the_terminal_is_asked_and_else_it_is_said() {
    let folder = Folder::with("row-20", &story(&["https://morningwire.example/"]));
    folder.recorder("wl-copy", "");
    folder.recorder("xclip", "");
    // There are programs, but no display for them.
    let mut session = folder.explorer(&[("PATH", &folder.path())]);
    session.send("y");
    session.wait_for_text("sent to the terminal, which does not say if it took it: a citation of event-0");
    assert!(sent(&session.raw_output()).is_some_and(|text| text.contains("Wire 0: Headline 0")));
    quit(session);
    let mut session = folder.explorer(&[("TERM", "linux"), ("PATH", &folder.path())]);
    session.send("y");
    session.wait_for_text("not copied: this terminal has no clipboard, and there is no other clipboard");
    assert_eq!(sent(&session.raw_output()), None);
    quit(session);
    assert!(!folder.has("record"), "something was started");
}

#[test]
fn row_20_a_clipboard_that_does_not_answer_is_not_believed() {
    let folder = Folder::with("row-20-hangs", &story(&["https://morningwire.example/"]));
    folder.program("wl-copy", "exec sleep 600");
    let mut session = folder.explorer(&[("WAYLAND_DISPLAY", "wayland-0"), ("PATH", &folder.path())]);
    session.send("y");
    session.send("?");
    // The keys go on meanwhile.
    session.wait_for_text("wl-copy does not answer; sent to the terminal, which does not say");
    session.wait_for_text("▌Help");
    session.send("?");
    quit(session);
}

const EDITED: &str = "# A comment before all.
format: 1
story: {title: A story to edit, time_zone: UTC}
sources:
  - {id: wire, title: A headline, publisher: Morning Wire, kind: article, published: 2025-03-04}
events:
  - id: first
    title: The first event
    when: 2025-03-01
    status: occurred
    sources: [wire]
  - id: second
    title: The second event
    when: 2025-03-02
    status: occurred
    sources: [wire]
    statements:
      - id: told
        form: paraphrase
        text: Nobody was there.
        source: wire
";

fn line_of(words: &str) -> String {
    let line = EDITED.lines().position(|line| line.contains(words)).expect("words of the story") + 1;
    format!("+{line}")
}

#[test]
fn an_editor_has_the_terminal_to_itself_and_gives_it_back() {
    let folder = Folder::with("editor", EDITED);
    let typed = folder.place("typed");
    // It takes what is typed, and leaves the terminal as no program should.
    let then = format!(
        "test -t 0 && test -t 1 && echo in the editor && stty -a | grep -q ' icanon' && read -r line && \
         echo \"$line\" >'{typed}.part' && mv '{typed}.part' '{typed}'; stty -echo -icanon; printf '\\033[?1049h\\033[?25l'"
    );
    let editor = format!("'{}' -p", folder.recorder("vi", &then));
    let mut session = folder.explorer(&[("EDITOR", "/nowhere/editor"), ("VISUAL", &editor)]);
    session.send("je");
    session.wait_for_text("in the editor");
    assert!(!session.alternate_screen(), "the screen is the editor's");
    session.send("qjjgg:q!\r");
    session.wait_for(
        |screen| {
            screen.alternate_screen()
                && screen.contents().contains("back from vi")
                && screen.contents().contains(" 2/2")
        },
        "the explorer, where it was",
    );
    assert_eq!(folder.wait_for("typed"), b"qjjgg:q!\n");
    assert_eq!(folder.recorded(), ["-p", &line_of("id: second"), "story.yaml"]);
    session.wait_for_text("The second event");
    // The keys are the explorer's again.
    session.send("k");
    session.wait_for_text(" 1/2");
    quit(session);
}

#[test]
fn an_editor_opens_at_the_statement_the_reader_is_at() {
    let folder = Folder::with("editor-line", EDITED);
    let editor = folder.recorder("nvim", "");
    let mut session = folder.explorer(&[("EDITOR", &editor)]);
    session.send("j\te");
    session.wait_for_text("back from nvim");
    assert_eq!(folder.recorded(), [&line_of("id: told"), "story.yaml"]);
    quit(session);
}

#[test]
fn a_missing_editor_is_told_on_a_whole_screen() {
    let folder = Folder::with("editor-missing", EDITED);
    let mut session = folder.explorer(&[("EDITOR", "/nowhere/editor")]);
    session.send("e");
    session.wait_for(
        |screen| {
            let contents = screen.contents();
            screen.alternate_screen()
                && contents.contains("there is no editor here; VISUAL or EDITOR names another")
                && contents.contains("The second event")
        },
        "the message on a whole screen",
    );
    session.send("j");
    session.wait_for_text(" 2/2");
    quit(session);
}

#[test]
fn what_is_no_file_is_not_edited() {
    let folder = Folder::with("editor-embedded", EDITED);
    fs::remove_file(folder.0.join("story.yaml")).expect("removed");
    let editor = folder.recorder("vi", "");
    let line = "cd \"$0\" && exec \"$1\"";
    let place = folder.0.to_str().expect("text");
    let mut session =
        Session::spawn("/bin/sh", &["-c", line, place, PROGRAM], 24, 100, &[("EDITOR", editor.as_str())]);
    session.wait_for_text("q quit");
    session.send("e");
    session.wait_for_text("embedded story is no file to edit; `dateline new FILE` writes one");
    quit(session);
    assert!(!folder.has("record"), "something was started");
}

#[test]
fn row_34_a_pipe_in_the_place_of_the_file_does_not_hold_the_way_to_the_editor() {
    let folder = Folder::with("editor-pipe", EDITED);
    let editor = folder.recorder("vi", "");
    let mut session = folder.explorer(&[("EDITOR", &editor)]);
    fs::remove_file(folder.0.join("story.yaml")).expect("removed");
    let made = Command::new("mkfifo").arg(folder.place("story.yaml")).status().expect("mkfifo");
    assert!(made.success());
    session.send("je");
    session.wait_for_text("back from vi");
    assert_eq!(folder.recorded(), ["+1", "story.yaml"]);
    quit(session);
}

#[test]
fn row_40_a_signal_ends_the_explorer_while_the_editor_has_the_terminal() {
    let folder = Folder::with("editor-signal", EDITED);
    let told = folder.place("told");
    for (signal, code, script) in [
        (
            Signal::TERM,
            143,
            format!(
                "trap 'echo told >{told}; exit 0' TERM; echo in the editor; while :; do sleep 0.05; done"
            ),
        ),
        (
            Signal::HUP,
            129,
            format!("trap 'echo told >{told}; exit 0' HUP; echo in the editor; while :; do sleep 0.05; done"),
        ),
        // One that does not listen is left.
        (Signal::TERM, 143, "trap '' TERM; echo in the editor; read -r line".to_owned()),
    ] {
        let _ = fs::remove_file(&told);
        let editor = folder.program("vi", &script);
        let mut session = folder.explorer(&[("EDITOR", &editor)]);
        session.send("e");
        session.wait_for_text("in the editor");
        session.signal(signal);
        assert_eq!(session.wait_ended(), Exit::Code(code));
        session.assert_given_back();
        if script.contains("told") {
            assert_eq!(folder.wait_for("told"), b"told\n");
        }
    }
}

#[test]
fn an_editor_that_leaves_the_terminal_unfit_does_not_end_the_explorer() {
    let folder = Folder::with("editor-unfit", EDITED);
    // Reading and writing wait for nothing any more, and all is drawn within margins, as lines.
    let script = "dd iflag=nonblock oflag=nonblock count=0 2>/dev/null
printf '\\033[5;10r\\033[?6h\\033(0\\033[4h\\033[?1003h\\033[>1u'; kill -9 $$";
    let editor = folder.program("vi", script);
    let mut session = folder.explorer(&[("EDITOR", &editor)]);
    session.send("e");
    session.wait_for_text("vi ended with signal: 9");
    for row in 0..40 {
        session.resize(50 + row, 200);
    }
    session.resize(24, 100);
    session.send("j");
    session.wait_for(
        |screen| {
            let rows: Vec<String> = screen.rows(0, 100).collect();
            rows[0].contains("Timeline") && rows[23].contains("q quit")
        },
        "a screen from top to bottom",
    );
    let output = session.raw_output();
    let left = output.windows(7).rposition(|at| at == b"\x1b[5;10r").expect("the editor's margins");
    for undone in [&b"\x1b[r"[..], b"\x1b(B", b"\x1b[4l", b"\x1b[?6l", b"\x1b[?1003l", b"\x1b[<9u"] {
        assert!(output[left..].windows(undone.len()).any(|at| at == undone), "{}", undone.escape_ascii());
    }
    quit(session);
}
