//! What is read in the usual ways is what the YAML reader makes of it.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_yaml::Value;

use super::*;
use crate::story::document::{Dispute, Event, Source, all_elements};
use crate::story::{EMBEDDED, EXAMPLE, guard};

/// The elements of a text as they are read here; `None` where one is left to the YAML reader.
fn usual<T: DeserializeOwned>(text: &str) -> Option<Vec<T>> {
    let mut all = Elements::of(text);
    std::iter::from_fn(|| all.next()).collect::<Result<_, _>>().ok()
}

fn assert_same<T: DeserializeOwned + fmt::Debug>(text: &str, read: &[T]) {
    let other = serde_yaml::from_str::<Vec<T>>(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(format!("{read:?}"), format!("{other:?}"), "{text}");
}

/// Whether a text is read here; where it is, it must be what the YAML reader makes of it, and so must it be with the
/// elements that reader is asked for one by one.
fn is_usual<T: DeserializeOwned + fmt::Debug>(text: &str) -> bool {
    if let Some(read) = all_elements::<T>(text, 0) {
        assert_same(text, &read);
    }
    usual::<T>(text).is_some()
}

#[test]
fn the_usual_ways_are_read() {
    for text in [
        "- a\n",
        "- a",
        "  - a\n  - b c\n",
        "- a: b\n  c: d\n- a: e\n",
        "-   a: b\n    c: d\n",
        "- a:\n    b: c\n  d: e\n",
        "- a:\n  - b\n  - c: d\n    e: f\n  g: h\n",
        "- a:\n    - b\n    - c\n",
        "- a: 'it''s'\n  b: ''\n  c: ' x '\n  d: '#: \"'\n",
        "- a: \"b \\\"c\\\" \\\\ \\/ \\n\\t\\u00e9\"\n  b: \"\"\n  c: \" x '' \"\n",
        "- a: |-\n    b\n    c: d # e\n\n     - f\n\n  g: h\n",
        "- a: |\n    b\n- >\n  c\n  d\n\n\n  e\n",
        "- a: >-\n    b\n    c\n\n\n# remark\n  # remark\n  d: e\n",
        "- [a, 'b', \"c\", [d], {e: f}, -1%, 2020-01-01T10:00:00+02:00]\n",
        "- {a: b, c: [], d: {e: 'f,}'}, g: \"h]\", i: x y  }\n- [ a , b ]\n",
        "- [a,b]\n- {url: http://x.example/a:b}\n",
        "- 2020-01-01\n- -5.62%\n- +1.5%\n- 2020\n- 1\n- ~5%\n- true\n- false\n- truest\n- nullify\n- 1 day\n",
        "- a's \"b\" {c} [d] e, f! & g * h\n- http://x.example/#a\n- 18:30\n- --- a\n- -x\n- <5%\n- =\n",
        "# remark\n\n- a\n\n   # remark\n- b\n",
        "- ünï 漢字 ไทย 😀\n- '漢''字'\n- \"\\u6f22字\"\n",
        "- a:   b\n  c:  \n    d: e\n",
        "- a b #c\n- d#e # f # g\n- 'h'  # i\n- [j] # k\n- {l: m}   \n- n  \n- \"o\"  \n",
        "- a: # b\n    c: d # e\n  f:   # g\n  - h # i\n",
    ] {
        assert!(is_usual::<Value>(text), "{text}");
    }
}

#[test]
fn what_is_not_usual_is_left_to_the_yaml_reader() {
    for text in [
        "- a\n  b\n",
        "- a: b\n    c\n",
        "- a: b\n   c: d\n",
        "- a:\n    b: c\n   d: e\n",
        "- a:\n",
        "- a:\n  b: c\n",
        "-\n  a\n",
        "- - a\n",
        "- a:\n    b\n",
        "- 'a\n  b'\n",
        "- \"a\n  b\"\n",
        "- \"\\x41\"\n",
        "- \"\\ud800\"\n",
        "- \"\\u0000\"\n",
        "- 'a' b\n",
        "- 'a': b\n",
        "- [a,\n  b]\n",
        "- [a, ]\n",
        "- [a b: c]\n",
        "- [a?]\n",
        "- [a #b]\n",
        "- [a]: b\n",
        "- [- a]\n",
        "- {a}\n",
        "- {a:b}\n",
        "- {a: }\n",
        "- {a: b c: d}\n",
        "- A: b\n",
        "- a:b: c\n",
        "- a: b: c\n",
        "- a: b:\n",
        "- 'a'#b\n",
        "- a # b\n  c\n",
        "- | # a\n  b\n",
        "- a: # b\n",
        "- 1.5\n",
        "- 007\n",
        "- 0x1f\n",
        "- -1\n",
        "- .5\n",
        "- .inf\n",
        "- 1234567890123456789\n",
        "- ~\n",
        "- null\n",
        "- True\n",
        "- @a\n",
        "- %a\n",
        "- `a\n",
        "- ]\n",
        "- |+\n  a\n",
        "- |2\n   a\n",
        "- |\n\n  a\n",
        "- |\n  a\n   \n  b\n",
        "- |\n  a",
        "- >\n  a\n   b\n",
        "- >\n  a \n  b\n",
        "- a: |\n  b\n",
        "- a: |\n   b\n  - c\n",
        "- a\n  - b\n",
        "- a: b\n- c\n d\n",
    ] {
        assert!(!is_usual::<Value>(text), "{text}");
    }
}

#[test]
fn what_was_not_asked_for_is_left_to_the_yaml_reader() {
    for text in [
        "- {id: a, id: b}\n",
        "- {unknown: a}\n",
        "- [a, b]\n",
        "- id: 1\n",
        "- id: [a]\n",
        "- sources: a\n",
        "- actors: [[a, b]]\n",
    ] {
        assert!(usual::<Event>(text).is_none(), "{text}");
    }
    assert!(is_usual::<Event>("- {id: a, when: 2020, after: [b, {event: c, by: 1 day}]}\n"));
    assert!(is_usual::<Source>(
        "- {id: a, held: false, published: 2020, grade: {reliability: A, credibility: 6}}\n"
    ));
    assert!(is_usual::<Dispute>("- id: a\n  positions:\n  - {label: b, held_by: [c, d]}\n  - label: e\n"));
}

#[test]
fn the_stories_of_this_house_are_written_in_the_usual_ways() {
    for story in [EMBEDDED, EXAMPLE] {
        let (mut read, mut left) = (0, 0);
        for (list, end) in [("\nsources:\n", "\nactors:\n"), ("\nevents:\n", "\ndisputes:\n")] {
            let text = story.split_once(list).expect("a list").1.split_once(end).expect("a list").0;
            let text = format!("{text}\n");
            is_usual::<Value>(&text);
            let mut all = Elements::of(&text);
            while let Some(element) = all.next::<Value>() {
                read += usize::from(element.is_ok());
                left += usize::from(element.is_err());
            }
        }
        assert!(left * 5 < read, "{left} of {read}");
    }
}

/// Values that trip readers up, or could.
#[rustfmt::skip]
const ODD: [&str; 93] = [
    "", "", "x", "x y", "'x'", "\"x\"", "'it''s'", "\"\\u00e9\\n\\\\\"", "\"\\x41\"", "|", "|-", ">", ">-",
    ">+", "|2", "[a, b]", "[]", "{}", "{a: b}", "{a: b, c: [d, 'e']}", "[a,", "b]", "{a: b,", "c: d}", "~",
    "null", "true", "False", "1", "007", "-1", "1.5", ".5", "1e3", "0x1f", "0b1", "+1", "2020-01-01", "-5%",
    "nan", ".nan", "-.inf", "x # y", "'x' # y", "\"x\"# y", "[x]  #y", "x  # y: z", "# x", "x#y", "x: y",
    "x:", ":x", "?x", "? x", "-x", "--- x", "x ", "  x", "漢字", "ไทย ", "é", "'", "\"", "x'", "x\"", "''''",
    "'a' b", "\"a\":b", "@x", "%x", "`x", ",x", "]x", "x]", "x,y", "<<", "=", "[a:b]", "[a: b]", "[:a]",
    "[-a]", "[- a]", "[a b, c  ]", "{a: }", "{a: ,}", "[a]b", "[a] # b", "[, a]", "[a,, b]", "[http://x/y]",
    "[a #b]", "...", "---",
];

/// Lines of lists: dashes, keys and values of all kinds at all columns.
fn lines() -> impl Strategy<Value = String> {
    let margin = prop::sample::select(vec![0, 0, 2, 2, 2, 2, 2, 4, 4, 4, 1, 3, 6]);
    let dash = prop::sample::select(vec!["", "", "", "- ", "- ", "-   ", "- - ", "-"]);
    let key = prop::sample::select(vec![
        "", "a: ", "b: ", "c: ", "d:", "text: ", "e:  ", "f_g: ", "A: ", "'h': ", "i :",
    ]);
    let usual = prop::sample::select(vec!["", "x", "x y", "'x'", "\"x\"", "|-", ">", "[a, b]", "{a: b}"]);
    let odd = prop::sample::select(ODD.to_vec());
    let value = prop_oneof![2 => usual, 1 => odd];
    let end = prop::sample::select(vec![
        "\n",
        "\n",
        "\n",
        "\n",
        "\n",
        "\n",
        "\n",
        "\n\n",
        "\n    \n",
        " \n",
        "\n# x\n",
        "\n    # x\n",
        " # x\n",
    ]);
    let line = (margin, dash, key, value, end);
    (prop::collection::vec(line, 1..8), prop::sample::select(vec![0, 2])).prop_map(|(lines, column)| {
        let mut text = " ".repeat(column);
        for (place, (margin, dash, key, value, end)) in lines.into_iter().enumerate() {
            // In the column of the list its own dashes stand, and nothing else.
            let own = if margin == 0 || place == 0 { "- " } else { dash };
            let margin = if place == 0 { 0 } else { column + margin };
            let _ = write!(text, "{}{own}{key}{value}{end}", " ".repeat(margin));
        }
        text
    })
}

/// As the cutter and the guard let it through.
fn is_let_through(text: &str) -> bool {
    let column = text.len() - text.trim_start_matches(' ').len();
    let is_apart = |line: &str| {
        line.is_empty() || line.starts_with([' ', '#']) || (column == 0 && line.starts_with("- "))
    };
    text.lines().all(is_apart) && !guard::needed(text)
}

proptest! {
    // A case is short, and what trips readers up is rare.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases * 16))]

    #[test]
    fn lists_are_what_the_yaml_reader_makes_of_them(text in lines()) {
        if is_let_through(&text) {
            is_usual::<Value>(&text);
        }
    }

    #[test]
    fn scalars_are_what_the_yaml_reader_makes_of_them(
        text in "[-+.~0-9a-fA-FinNtTuUlLxo_%:]{1,6}|[ -~é漢]{1,12}",
        form in 0..6_usize,
    ) {
        let text = match form {
            0 => format!("- {text}\n"),
            1 => format!("- a: {text}\n  b: c\n"),
            2 => format!("- [{text}, b]\n"),
            3 => format!("- {{a: {text}, b: {text}}}\n"),
            4 => format!("- '{text}'\n- \"{text}\"\n"),
            _ => format!("- a: |\n    {text}\n   {text}\n"),
        };
        if is_let_through(&text) {
            is_usual::<Value>(&text);
        }
    }
}
