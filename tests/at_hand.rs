//! `o`, `y` and `e`: what they are about wherever the reader is, and what they ask of the world. On the state alone.

#[path = "support/script.rs"]
mod script;

use dateline::explorer::effect::{Effect, Spot};
use dateline::explorer::message::{Copied, Message};
use dateline::explorer::state::State;
use dateline::explorer::update::update;
use dateline::story::locate::Addresses;
use script::{EMPTY, HOSTILE, notice, open, run, screen, top};

const PAGES: &str = include_str!("screens/pages.yaml");
const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (40, 12)];

/// What is copied after some keys, else what is said.
fn copied(state: &mut State, keys: &str) -> String {
    match run(state, keys) {
        Some(Effect::Copy(excerpt)) => {
            let text = excerpt.text;
            assert!(dateline::text::is_safe(&text) && !text.contains('\n'), "{text:?}");
            text
        }
        _ => format!("- {}", notice(state)),
    }
}

/// The line of the file that the editor is opened at after some keys, else what is said.
fn edited(state: &mut State, yaml: &str, keys: &str) -> String {
    match run(state, keys) {
        Some(Effect::Edit(Spot::Place(place))) => {
            let line = Addresses::of(yaml, &[place]).get(0).expect("an address").line;
            yaml.lines().nth(line - 1).expect("a line").trim().chars().take(20).collect()
        }
        _ => format!("- {}", notice(state)),
    }
}

const CRACKS: &str = "“cracks in two of the piers” — an engineer (not named), said 3 Mar 2025 (inferred), allegation. \
    Of: The bridge is closed, 3 Mar 2025 (inferred). Source: Morning Wire: Bridge Closed After Inspection (article), \
    published 4 Mar 2025, whence it has it is not stated, line 4, <https://morningwire.example/2025/03/04/bridge-closed-after-inspection?from=front-page\
    &section=region#the-piers-of-the-bridge>. Disputed: Are the piers cracked? (contradiction). [cracks]";

#[test]
fn a_citation_keeps_every_mark_of_what_it_cites() {
    for size in SIZES {
        let mut state = open(PAGES, size);
        let cases = [
            // A quote: the words, who, when and how that is known, of what, where, and that others tell it otherwise.
            ("tab 2G y", CRACKS),
            // A paraphrase is no quote; the source's own voice has no name; an undated source says so.
            (
                "tab 3G y",
                "Paraphrase: There was no crack to be seen from the bank. — the source in its own voice, when it was \
                 said is not recorded, denial. Of: The bridge is closed, 3 Mar 2025 (inferred). Source: Valley Post: At \
                 the Bridge (article), undated, relying on Morning Wire, <https://vаlley.example/bridge>. Disputed: Are \
                 the piers cracked? (contradiction). [no-cracks]",
            ),
            (
                "4l y",
                "-2% · Bridge bonds · no session given, traded in Wehr. Of: The bridge is closed, 3 Mar 2025 \
                 (inferred). Source: The Paper: On Paper Only (article), undated, whence it has it is not stated, page 3. [toll]",
            ),
            // An alleged event says so, and its source that a machine wrote it.
            (
                "2G y",
                "Payment to the builder (alleged), undated; not before 3 Mar 2025, from: after The bridge is closed. \
                 Source: A Bystander: A Post (post), undated, machine-written, whence it has it is not stated, <javascript:alert(1)>. [payment]",
            ),
            (
                "3G y",
                "Hearing (scheduled), Apr 2025. Source: The Paper: On Paper Only (article), undated, whence it has it is not stated. [hearing]",
            ),
            (
                "2l 2j y",
                "no publisher named: Notice 12 (document), undated, not held, known only through others, whence it has it is not stated, \
                 <http://0x7f000001:8080/notice>. [notice]",
            ),
            ("3l y", "Town of Wehr (government); also: Wehr. [town]"),
        ];
        for (keys, expected) in cases {
            state = script::again(state, size);
            assert_eq!(copied(&mut state, keys), expected, "{keys} at {size:?}");
        }
    }
}

#[test]
fn the_citation_in_the_readme_is_that_of_its_story() {
    let readme = include_str!("../README.md");
    let (_, rest) = readme.split_once("```yaml\n").expect("the story of the README");
    let (yaml, _) = rest.split_once("```").expect("its end");
    let mut state = open(yaml, SIZES[1]);
    let text = copied(&mut state, "tab 2G y");
    assert!(readme.contains(&text), "{text}");
}

#[test]
fn a_dispute_is_never_cited_by_one_side() {
    let mut state = open(PAGES, SIZES[1]);
    let text = copied(&mut state, "C y");
    assert!(
        text.starts_with("Disputed (contradiction): Are the piers cracked? (1) two of them: “cracks"),
        "{text}"
    );
    assert!(text.contains("(2) none that shows: Paraphrase: There was no crack"), "{text}");
    assert!(text.ends_with(". [cracked]"), "{text}");
    // In the comparison it is the account the reader is at.
    let mut state = script::again(state, SIZES[1]);
    assert_eq!(copied(&mut state, "] y"), CRACKS);
}

#[test]
fn what_is_at_hand_is_the_same_for_all_three_keys() {
    for size in SIZES {
        let mut state = open(PAGES, size);
        for (keys, id, line) in [
            ("", "closing", "- id: closing"),
            ("tab 2G", "cracks", "- {id: cracks, form:"),
            ("4l", "toll", "- {id: toll, instrum"),
            ("2l", "wire", "- {id: wire, title: "),
            ("2l enter", "wire", "- {id: wire, title: "),
            ("3l", "town", "- {id: town, name: T"),
            ("C", "cracked", "- id: cracked"),
            ("]", "cracks", "- {id: cracks, form:"),
            ("] l", "no-cracks", "- {id: no-cracks, fo"),
            ("M", "cracked", "- id: cracked"),
            ("w", "closing", "- id: closing"),
            ("tab 2G p", "wire", "- {id: wire, title: "),
            ("R", "cracks", "- {id: cracks, form:"),
            // Looking back, the lines are those of the whole file.
            ("3l <", "town", "- {id: town, name: T"),
        ] {
            state = script::again(state, size);
            run(&mut state, keys);
            let text = copied(&mut state, "y");
            let back =
                if keys.contains('<') { " (as of the end of 4 Mar 2025, without later sources)" } else { "" };
            assert!(text.ends_with(&format!("[{id}]{back}")), "{keys} at {size:?}: {text}");
            assert_eq!(edited(&mut state, PAGES, "e"), line, "{keys} at {size:?}");
        }
        state = script::again(state, size);
        run(&mut state, "?");
        assert_eq!(
            copied(&mut state, "y"),
            "- choose what to copy: a statement, an event, a source or a dispute"
        );
        assert_eq!(edited(&mut state, PAGES, "e"), "format: 1");
    }
    let mut empty = open(EMPTY, SIZES[1]);
    assert_eq!(edited(&mut empty, EMPTY, "e"), "format: 1");
    assert!(copied(&mut empty, "y").starts_with("- choose what to copy"));
}

#[test]
fn a_page_is_opened_only_after_its_address_was_shown() {
    for size in SIZES {
        let mut state = open(PAGES, size);
        let url = "https://morningwire.example/2025/03/04/bridge-closed-after-inspection?from=front-page\
                   &section=region#the-piers-of-the-bridge";
        for keys in ["4G", "tab 2G", "2l", "2l enter", "]", "tab 2G p"] {
            state = script::again(state, size);
            run(&mut state, keys);
            assert_eq!(run(&mut state, "o"), None, "{keys}");
            assert_eq!(top(&state), "web wire", "{keys} at {size:?}");
            assert!(screen(&state).contains("goes to morningwire.example"), "{}", screen(&state));
            for open in ["enter", "o"] {
                let Some(Effect::Open(address)) = run(&mut state, open) else {
                    panic!("{open} opens nothing")
                };
                assert_eq!(address.as_str(), url);
                assert!(notice(&state).starts_with("opening https://morningwire.example/"));
            }
            assert_eq!(copied(&mut state, "y"), url);
            run(&mut state, "esc");
            assert_ne!(top(&state), "web wire");
        }
    }
}

#[test]
fn of_several_sources_the_reader_chooses() {
    for size in SIZES {
        let mut state = open(PAGES, size);
        run(&mut state, "o");
        // The one without an address is not among them.
        assert_eq!(top(&state), "web wire valley notice script");
        let Some(Effect::Open(address)) = run(&mut state, "2G enter") else { panic!("nothing is opened") };
        assert_eq!(address.as_str(), "https://xn--vlley-4ve.example/bridge");
        let Some(Effect::Open(address)) = run(&mut state, "3G enter") else { panic!("nothing is opened") };
        assert_eq!(address.as_str(), "http://127.0.0.1:8080/notice");
        assert_eq!(run(&mut state, "G enter"), None);
        assert_eq!(notice(&state), "not opened: it is javascript:, and only https: and http: are opened");
        assert_eq!(copied(&mut state, "y"), "javascript:alert(1)");
    }
}

#[test]
fn where_nothing_can_be_opened_the_key_says_why() {
    for size in SIZES {
        let mut state = open(PAGES, size);
        for (keys, why) in [
            ("3G", "no web address of The Paper is recorded"),
            ("2G", "not opened: it is javascript:, and only https: and http: are opened"),
            ("4l", "no web address of The Paper is recorded"),
            ("3l", "choose a source, a statement or an event to open its page on the web"),
            ("?", "choose a source, a statement or an event to open its page on the web"),
        ] {
            state = script::again(state, size);
            run(&mut state, keys);
            assert_eq!((run(&mut state, "o"), notice(&state)), (None, why), "{keys} at {size:?}");
        }
    }
}

#[test]
fn what_came_of_it_is_said_and_no_more() {
    let mut state = open(PAGES, SIZES[1]);
    run(&mut state, "4G o");
    let opened = |outcome| Message::Opened { address: "https://a.example/".to_owned(), outcome };
    // A late answer about another address leaves the view alone.
    update(&mut state, opened(Ok("firefox".to_owned())));
    assert_eq!((top(&state).as_str(), notice(&state)), ("web wire", "handed to firefox: https://a.example/"));
    update(&mut state, opened(Err("there is no firefox here".to_owned())));
    assert_eq!(notice(&state), "not opened: there is no firefox here: https://a.example/");
    let Some(Effect::Open(address)) = run(&mut state, "enter") else { panic!("nothing is opened") };
    let address = address.to_string();
    update(&mut state, Message::Opened { address, outcome: Ok("firefox".to_owned()) });
    assert_eq!(top(&state), "panes");

    let unknown = "sent to the terminal, which does not say if it took it: it";
    for (terminal, tool, said) in [
        (Ok(()), None, unknown.to_owned()),
        (Ok(()), Some(Ok("xclip".to_owned())), "copied with xclip: it".to_owned()),
        (Err("too long".to_owned()), Some(Ok("xclip".to_owned())), "copied with xclip: it".to_owned()),
        (Ok(()), Some(Err("xclip failed".to_owned())), format!("xclip failed; {unknown}")),
        (
            Err("too long".to_owned()),
            None,
            "not copied: too long, and there is no other clipboard".to_owned(),
        ),
        (
            Err("too long".to_owned()),
            Some(Err("xclip failed".to_owned())),
            "not copied: too long; xclip failed".to_owned(),
        ),
    ] {
        update(&mut state, Message::Copied(Copied { what: "it".to_owned(), terminal, tool }));
        assert_eq!(notice(&state), said);
    }
    update(&mut state, Message::Edited(Ok("vi".to_owned())));
    assert_eq!(notice(&state), "back from vi");
    update(&mut state, Message::Edited(Err("there is no vi here".to_owned())));
    assert_eq!(notice(&state), "there is no vi here");
}

#[test]
fn row_18_a_hostile_story_is_copied_safely_from_everywhere() {
    let mut state = open(HOSTILE, SIZES[1]);
    let mut count = 0;
    for place in 1..30 {
        for pane in ["", "tab", "2l", "3l", "4l"] {
            state = script::again(state, SIZES[1]);
            run(&mut state, &format!("{place}G {pane}"));
            if let Some(Effect::Copy(excerpt)) = run(&mut state, "y") {
                assert!(dateline::text::is_safe(&excerpt.text), "{:?}", excerpt.text);
                assert!(
                    !excerpt.text.contains('\n') && dateline::text::is_safe(&excerpt.what),
                    "{excerpt:?}"
                );
                count += 1;
            }
        }
    }
    assert!(count > 60, "{count}");
}
