//! Random texts that look like YAML: whatever they hold, reading, checking and telling of them ends well, and the two
//! readers of a file agree on its shape.
//!
//! `PROPTEST_CASES=200000 cargo test --release --test readers` looks longer.

use proptest::prelude::*;

#[path = "support/readers.rs"]
mod readers;

/// Pieces of YAML, of stories, and of what trips readers up.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "format: 1\n",
        "story:\n  title: T\n",
        "story: {title: T}\n",
        "sources:\n  - {id: wire, title: A, kind: article}\n",
        "events:\n",
        "  - id: e\n    title: E\n    status: occurred\n    sources: [wire]\n",
        "    statements:\n      - {id: s, form: quote, text: x, source: wire}\n",
        "a: ",
        "a:",
        "b: ",
        "\"a\": ",
        "'b': ",
        "? ",
        ": ",
        ":",
        "- ",
        "-",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "\n",
        "\n  ",
        "\n    ",
        "  ",
        " ",
        "\t",
        "\r",
        "\r\n",
        "|\n  x\n",
        ">-\n  x\n\n  y\n",
        "|2+\n",
        "\"",
        "'",
        "''",
        "\\",
        "\\n",
        "\"x\"",
        "'x'",
        "\"x\n y\"",
        "x",
        "x y",
        "1",
        "1.5",
        "true",
        "~",
        "null",
        "# c",
        " # c\n",
        "#",
        "&a ",
        "*a",
        "!!str ",
        "! ",
        "<<: ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "@",
        "`",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{0}",
        "\u{1b}[2J",
        "é",
        "漢字",
        "\u{202e}",
        "👩\u{200d}👩",
        "e\u{301}",
        ".nan",
        "x: y: z",
        "- - -",
        "[[[",
        "{a: {b: ",
        "-x",
        ":x",
        "?x",
    ]);
    prop_oneof![
        8 => prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat().into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..64),
        1 => any::<String>().prop_map(String::into_bytes),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read_checked_and_told_of(bytes in text()) {
        readers::load_check(&bytes);
    }

    #[test]
    fn the_two_readers_agree(bytes in text()) {
        readers::two_readers(&bytes);
    }

    #[test]
    fn the_scan_lets_nothing_through(bytes in text()) {
        readers::scan(&bytes);
    }
}
