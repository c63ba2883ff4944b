//! What the documents show is what the program does: pictures, examples, commands.
//!
//! `DATELINE_WRITE_DOCS=1 cargo test --test documents` makes the pictures anew.

use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::NaiveDate;
use dateline::explorer::key::Key;
use dateline::explorer::message::Message;
use dateline::explorer::state::State;
use dateline::explorer::theme::Theme;
use dateline::explorer::update::update;
use dateline::explorer::view::render;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"))
        .expect("the README")
        .replace("\r\n", "\n")
}

/// The screen of the embedded story after some keys.
fn screen(width: u16, height: u16, keys: &str) -> Buffer {
    let graph = dateline::story::read(dateline::story::EMBEDDED.as_bytes()).expect("the embedded story");
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let mut state = State::new(graph, "embedded story", today, Theme::new(true, true), (width, height));
    for key in keys.split_whitespace() {
        update(&mut state, Message::Key(Key::parse(key).expect("a key")));
    }
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    render(&state, area, &mut buffer);
    buffer
}

fn text_of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        for x in 0..buffer.area.width {
            line.push_str(buffer[(x, y)].symbol());
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn svg_of(buffer: &Buffer) -> String {
    const CELL: (u16, u16) = (8, 17);
    let (width, height) = (buffer.area.width * CELL.0 + 16, buffer.area.height * CELL.1 + 16);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"ui-monospace, \
         'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#16181d\"/>\n"
    );
    for y in 0..buffer.area.height {
        let base = 8 + y * CELL.1;
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let style = (cell.fg, cell.modifier);
            let start = x;
            let mut run = String::new();
            // A word at a time: fonts differ in the width of a blank, and the grid must stay one.
            let blank = cell.symbol() == " ";
            while x < buffer.area.width
                && (buffer[(x, y)].fg, buffer[(x, y)].modifier) == style
                && (buffer[(x, y)].symbol() == " ") == blank
            {
                run.push_str(buffer[(x, y)].symbol());
                x += 1;
            }
            let (left, columns) = (8 + start * CELL.0, x - start);
            let reversed = style.1.contains(Modifier::REVERSED);
            if reversed {
                let (w, h) = (columns * CELL.0, CELL.1);
                writeln!(
                    svg,
                    "<rect x=\"{left}\" y=\"{base}\" width=\"{w}\" height=\"{h}\" fill=\"#d7dae0\"/>"
                )
                .expect("a string");
            }
            if run.trim().is_empty() {
                continue;
            }
            let fill = if reversed { "#16181d" } else { colour(style.0) };
            let mut marks = String::new();
            for (modifier, mark) in [
                (Modifier::BOLD, " font-weight=\"bold\""),
                (Modifier::ITALIC, " font-style=\"italic\""),
                (Modifier::UNDERLINED, " text-decoration=\"underline\""),
                (Modifier::DIM, " opacity=\"0.6\""),
            ] {
                if style.1.contains(modifier) {
                    marks.push_str(mark);
                }
            }
            let words = run.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let length = columns * CELL.0;
            writeln!(
                svg,
                "<text x=\"{left}\" y=\"{}\" fill=\"{fill}\" textLength=\"{length}\"{marks}>{words}</text>",
                base + 13
            )
            .expect("a string");
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn colour(colour: Color) -> &'static str {
    match colour {
        Color::Cyan => "#56b6c2",
        Color::Magenta => "#d19aef",
        Color::Red => "#e06c75",
        Color::Green => "#98c379",
        Color::Blue => "#61afef",
        _ => "#d7dae0",
    }
}

fn held(place: &str, made: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(place);
    if std::env::var_os("DATELINE_WRITE_DOCS").is_some() {
        std::fs::write(&path, made).expect("the picture is written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == made,
        "{place} is not what the program shows; `DATELINE_WRITE_DOCS=1 cargo test --test documents` makes it anew"
    );
}

/// The fenced blocks of a language in the README.
fn blocks(language: &str) -> Vec<String> {
    let open = format!("```{language}\n");
    readme().split(&open).skip(1).filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect()
}

#[test]
fn the_picture_is_the_program() {
    held("docs/explorer.svg", &svg_of(&screen(120, 36, "1 0 G")));
}

#[test]
fn the_screen_in_the_readme_is_the_programs() {
    let shown = text_of(&screen(100, 26, "]"));
    if std::env::var_os("DATELINE_WRITE_DOCS").is_some() {
        let [old] = &blocks("text")[..] else { panic!("the README has one screen") };
        held("README.md", &readme().replace(old, &shown));
    }
    assert!(blocks("text").contains(&shown), "the README's screen should be:\n{shown}");
}

#[test]
fn the_example_in_the_readme_is_a_story() {
    let examples = blocks("yaml");
    assert_eq!(examples.len(), 1);
    let graph = dateline::story::read(examples[0].as_bytes()).expect("the README's example");
    assert_eq!((graph.event_count(), graph.dispute_count()), (1, 1));
    // It is held up as an example, so an editor must have nothing to ask either.
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    assert_eq!(dateline::story::check::check(&graph, today), []);
}

#[test]
fn the_configuration_in_the_readme_is_one() {
    for example in blocks("toml") {
        let config = dateline::config::read(&example).expect("the README's configuration");
        assert!(
            config.views.iter().all(|view| dateline::query::filter::Expression::parse(&view.filter).is_ok())
        );
        assert!(!config.views.is_empty());
    }
}

#[test]
fn the_filters_in_the_readme_read_in_the_embedded_story() {
    use dateline::query::filter::Expression;
    let graph = dateline::story::read(dateline::story::EMBEDDED.as_bytes()).expect("the embedded story");
    let readme = readme();
    let typed = [
        "kind:market",
        "status:alleged -actor:beijing said:\"completely false\"",
        "disputed:yes after:2025-11",
    ];
    for filter in typed {
        assert!(readme.contains(filter), "{filter}");
        Expression::parse(filter).and_then(|filter| filter.holds(&graph)).expect(filter);
    }
}

#[test]
fn the_first_screen_of_the_readme_has_the_two_commands() {
    let readme = readme();
    let first_screen: String = readme.lines().take(24).collect::<Vec<_>>().join("\n");
    assert!(first_screen.contains("cargo run --release") && first_screen.contains("cargo test"));
}

#[test]
fn what_the_readme_points_to_is_there() {
    for link in readme().split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if !link.contains("://") {
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(link);
            assert!(path.exists(), "{link}");
        }
    }
}
