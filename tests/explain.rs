//! What each code means: every example is tried, and docs/diagnostics.md is made from the same table.
//!
//! `DATELINE_WRITE_DOCS=1 cargo test --test explain` writes docs/diagnostics.md anew.

use std::path::Path;

use dateline::archive::verify::verify;
use dateline::archive::{Held, NoText, Text, Texts};
use dateline::story::diagnostic::{Code, Rank};
use dateline::story::graph::Graph;
use dateline::story::{self, explain};

/// The archive of the examples: one text, and no other.
fn texts(graph: &Graph) -> Texts {
    let mut texts = Texts::default();
    for (_, source) in graph.sources() {
        let Some(archive) = &source.archive else { continue };
        let text = if archive.file == "harbour.txt" {
            let sha256 = dateline::archive::sha256(explain::TEXT.as_bytes());
            Ok(Held { file: archive.file.to_string(), text: Text::new(explain::TEXT), sha256 })
        } else {
            Err(NoText::Missing(archive.file.to_string()))
        };
        texts.insert(&source.id, text);
    }
    texts
}

/// Everything found in a story on the first day of 2026.
fn found(bytes: &[u8]) -> Vec<Code> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let (graph, mut found) = story::read_all(bytes);
    found.extend(graph.iter().flat_map(|graph| verify(graph, &texts(graph)).diagnostics));
    found.extend(graph.iter().flat_map(|graph| story::check::check(graph, today)));
    found.iter().filter(|one| one.allowed.is_none()).map(|one| one.code).collect()
}

/// What no example can show as text, with what is tried in its place and the reason.
fn untold(code: Code) -> Option<Vec<u8>> {
    match code {
        // The bytes are what is wrong, and an example is UTF-8.
        Code::NotText => Some("\u{feff}format: 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        // Hundreds of brackets teach no more than twenty.
        Code::TooDeep => Some(format!("format: 1\nstory:\n  title: {}\n", "[".repeat(400)).into_bytes()),
        // Nor does a hundred thousand of anything.
        Code::TooDense => Some(format!("format: 1\nsources: [{}", "{},".repeat(100_000)).into_bytes()),
        _ => None,
    }
}

#[test]
fn every_code_is_explained_once_in_words_fit_to_print() {
    for code in Code::ALL {
        let told = explain::of(*code);
        assert_eq!(told.code, *code);
        assert!(!told.summary.ends_with('.') && told.summary.len() > 10, "{code}");
        assert!(told.explanation.ends_with('.') && told.explanation.len() > 80, "{code}");
        assert!(
            !told.explanation.replace("\n\n", "").contains('\n'),
            "{code}: a line break within a paragraph"
        );
        assert_ne!(told.wrong, told.right, "{code}");
        for example in [told.wrong, told.right] {
            assert!(example.ends_with('\n') && !example.contains("\n\n\n"), "{code}");
            assert!(example.lines().all(|line| dateline::text::width(line) <= 116), "{code}");
        }
        for text in [told.summary, told.explanation, told.wrong, told.right] {
            assert!(dateline::text::is_safe(text) && !text.contains('\t'), "{code}");
        }
    }
}

#[test]
fn every_wrong_example_is_found_wrong_and_every_right_one_is_not() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let told = explain::of(*code);
        // The cap is the reader's, who gives no more than it lets through.
        if *code != Code::TooLarge {
            let bytes = untold(*code).unwrap_or_else(|| explain::whole(told.wrong).into_bytes());
            let codes = found(&bytes);
            if !codes.contains(code) {
                wrong.push(format!("{code}: the wrong example yields {codes:?}"));
            }
        }
        let codes = found(explain::whole(told.right).as_bytes());
        if codes.iter().any(|other| other == code || !matches!(other.rank(), Rank::Rule | Rank::Text)) {
            wrong.push(format!("{code}: the right example yields {codes:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_example_to_start_from_is_a_story_without_a_finding() {
    assert_eq!(found(story::EXAMPLE.as_bytes()), []);
}

#[test]
fn what_is_printed_fits_a_terminal_and_ends_its_lines() {
    for code in Code::ALL {
        let text = explain::text(*code);
        assert!(
            text.starts_with(&format!(
                "{}[{code}]: ",
                if text.starts_with('e') { "error" } else { "warning" }
            ))
        );
        assert!(text.ends_with('\n') && text.lines().all(|line| line.trim_end() == line), "{code}:\n{text}");
        let prose = text.lines().filter(|line| !line.starts_with("    "));
        for line in prose.skip(1) {
            assert!(dateline::text::width(line) <= 80, "{line}");
        }
    }
}

#[test]
fn the_page_of_diagnostics_is_the_programs() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    let made = explain::markdown();
    if std::env::var_os("DATELINE_WRITE_DOCS").is_some() {
        std::fs::write(&place, &made).expect("the page is written");
    }
    let written = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == made,
        "docs/diagnostics.md is not the program's; `DATELINE_WRITE_DOCS=1 cargo test --test explain` writes it anew"
    );
}
