//! The reader's configuration: the filters they gave a name, and the folder of archived texts.
//!
//! ```toml
//! archive = "/home/me/articles"   # a path without / at its beginning starts at the configuration's own folder
//! mouse = false                    # the mouse stays the terminal's
//! cache = false                    # nothing is kept of a long story for its next opening
//! background = "light"             # or "dark": which colours can be read
//!
//! [[view]]
//! name = "what Alibaba denies"
//! filter = "speaker:alibaba stance:denial"
//! ```
//!
//! The promise: what is not understood is told with its line, never left out in silence, and what the reader wrote
//! around it stays as it is when a view is added. Reads and writes text; [`mod@file`] alone touches the disk. Imports
//! `colour` only.

use std::fmt;

use serde::Deserialize;

use crate::colour::Background;

pub mod file;

/// Characters a view's name may have.
pub const LONGEST_NAME: usize = 60;

/// A filter with a name. Whether the filter reads is for the story to say that it is asked of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// What the reader calls it.
    pub name: String,
    /// The filter, as it would be typed.
    pub filter: String,
}

/// All that can be configured.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The folder of archived texts, as `--archive` names it.
    #[serde(default)]
    pub archive: Option<std::path::PathBuf>,
    /// Whether the explorer takes the mouse; it does where this is left out.
    #[serde(default)]
    pub mouse: Option<bool>,
    /// Whether graphs of long stories are kept for their next opening; they are where this is left out.
    #[serde(default)]
    pub cache: Option<bool>,
    /// What the explorer's text stands on, as `--background` names it.
    #[serde(default)]
    pub background: Option<Background>,
    /// The reader's own views, in the order of the file.
    #[serde(default, rename = "view")]
    pub views: Vec<View>,
}

/// What is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// Counted from 1, where it has a place.
    pub line: Option<usize>,
    /// What is wrong, in a line.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.map_or(Ok(()), |line| write!(f, "line {line}: "))?;
        f.write_str(&self.message)
    }
}

/// The views that are always there; one of the reader's own with the same name takes its place.
const BUILT_IN: &[(&str, &str)] = &[
    ("disputed", "disputed:yes"),
    ("contradictions", "disputed:contradiction"),
    ("alleged", "status:alleged"),
    ("allegations with no denial beside them", "stance:allegation -stance:denial"),
    ("scheduled", "status:scheduled"),
    ("dates worked out", "basis:inferred"),
    ("undated", "basis:undated"),
    ("market moves", "market:yes"),
];

/// The views that are there without a configuration, but for those that the reader has one of the same name for.
pub fn built_in(own: &[View]) -> Vec<View> {
    BUILT_IN
        .iter()
        .filter(|(name, _)| own.iter().all(|view| view.name != *name))
        .map(|(name, filter)| View { name: (*name).to_owned(), filter: (*filter).to_owned() })
        .collect()
}

/// Reads a configuration.
pub fn read(text: &str) -> Result<Config, Fault> {
    let line_of = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let config: Config = toml::from_str(text).map_err(|error| Fault {
        line: error.span().map(|span| line_of(span.start)),
        message: error.message().lines().collect::<Vec<_>>().join(" "),
    })?;
    for (place, view) in config.views.iter().enumerate() {
        let message = match name_fault(&view.name) {
            Some(fault) => format!("view {}: {fault}", place + 1),
            None if config.views[..place].iter().any(|other| other.name == view.name) => {
                format!("two views are called {:?}", view.name)
            }
            None => continue,
        };
        return Err(Fault { line: None, message });
    }
    Ok(config)
}

/// Why a name cannot be a view's.
pub fn name_fault(name: &str) -> Option<String> {
    if name.trim().is_empty() {
        Some("a view needs a name".to_owned())
    } else if name.chars().count() > LONGEST_NAME {
        Some(format!("a name has at most {LONGEST_NAME} characters"))
    } else if name.contains(char::is_control) {
        Some("a name is one line of plain characters".to_owned())
    } else {
        None
    }
}

/// The text of a configuration with one view more at its end; all else stays as it was written, comments too.
///
/// Errors: the text is no configuration, or has a view of that name.
pub fn with_view(text: &str, view: &View) -> Result<String, Fault> {
    let fault = |message: String| Fault { line: None, message };
    let config = read(text)?;
    if let Some(message) = name_fault(&view.name) {
        return Err(fault(message));
    }
    if config.views.iter().any(|other| other.name == view.name) {
        return Err(fault(format!("a view is called {:?} already", view.name)));
    }
    // A table at the end of a file changes nothing before it, and so keeps comments and blanks as they are.
    let mut written = text.to_owned();
    if !written.is_empty() {
        written.push_str(if written.ends_with('\n') { "\n" } else { "\n\n" });
    }
    let value = |text: &str| toml::Value::from(text).to_string();
    let (name, filter) = (value(&view.name), value(&view.filter));
    written.extend(["[[view]]\nname = ", &name, "\nfilter = ", &filter, "\n"]);
    // What was written must say what was meant.
    let mut expected = config;
    expected.views.push(view.clone());
    match read(&written) {
        Ok(read) if read == expected => Ok(written),
        // `view = [{..}]` reads as well, but no table can follow it.
        _ => Err(fault(
            "write the views that are there as [[view]] tables first; nothing is changed".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn view(name: &str, filter: &str) -> View {
        View { name: name.to_owned(), filter: filter.to_owned() }
    }

    #[test]
    fn views_are_read_in_their_order() {
        let text = "[[view]]\nname = \"b\"\nfilter = 'said:\"x\"'\n[[view]]\nname = \"a\"\nfilter = \"\"\n";
        assert_eq!(read(text).map(|config| config.views), Ok(vec![view("b", "said:\"x\""), view("a", "")]));
        assert_eq!(read(""), Ok(Config::default()));
    }

    #[test]
    fn what_is_not_understood_is_told_with_its_line() {
        for (text, said) in [
            (
                "\ncolour = 1\n",
                "line 2: unknown field `colour`, expected one of `archive`, `mouse`, `cache`, `background`, `view`",
            ),
            (
                "[[view]]\nname = 'a'\nfilter = ''\nkey = 'x'\n",
                "line 4: unknown field `key`, expected `name` or `filter`",
            ),
            ("background = 'grey'", "line 1: unknown variant `grey`, expected `light` or `dark`"),
            ("[[view]]\nname = 'a'\n", "line 1: missing field `filter`"),
            ("[[view]]\nname = 1\nfilter = ''", "line 2: invalid type: integer `1`, expected a string"),
            ("view = 3", "line 1: invalid type: integer `3`, expected a sequence"),
            ("[[view]\n", "line 1: "),
            ("[[view]]\nname = ' '\nfilter = ''", "view 1: a view needs a name"),
            (
                "[[view]]\nname = 'a'\nfilter = ''\n[[view]]\nname = 'a'\nfilter = ''",
                "two views are called \"a\"",
            ),
        ] {
            let fault = read(text).expect_err(text).to_string();
            assert!(fault.starts_with(said), "{text:?}: {fault}");
        }
    }

    #[test]
    fn a_view_is_added_and_all_else_stays() {
        let text = "# mine\n\n[[view]] # first\nname  =  'a'   # so\nfilter = \"x\"\n";
        let written = with_view(text, &view("b", "said:\"y\" or -z")).expect("added");
        assert!(written.starts_with(text), "{written}");
        assert_eq!(read(&written).map(|config| config.views.len()), Ok(2));
        assert!(
            with_view("", &view("a", "x"))
                .is_ok_and(|written| written == "[[view]]\nname = \"a\"\nfilter = \"x\"\n")
        );
    }

    #[test]
    fn a_view_is_not_added_where_it_would_change_something() {
        assert!(with_view("colour = 1", &view("a", "x")).is_err());
        let taken = with_view("[[view]]\nname = 'a'\nfilter = ''", &view("a", "x")).expect_err("taken");
        assert_eq!(taken.to_string(), "a view is called \"a\" already");
        assert!(with_view("", &view("", "x")).is_err());
        let inline = "view = [{name = 'a', filter = ''}]\n";
        assert_eq!(read(inline).map(|config| config.views.len()), Ok(1));
        assert!(with_view(inline, &view("b", "")).is_err_and(|fault| fault.message.contains("[[view]]")));
    }

    #[test]
    fn a_view_of_the_reader_s_own_takes_the_place_of_one_that_is_built_in() {
        let names = |own: &[View]| built_in(own).into_iter().map(|view| view.name).collect::<Vec<_>>();
        assert!(names(&[]).contains(&"disputed".to_owned()));
        assert!(!names(&[view("disputed", "x")]).contains(&"disputed".to_owned()));
    }

    #[test]
    fn every_view_that_is_built_in_reads_in_the_embedded_story() {
        use crate::query::filter::Expression;
        let graph = crate::story::read(crate::story::EMBEDDED.as_bytes()).expect("the embedded story");
        for view in built_in(&[]) {
            let holds = Expression::parse(&view.filter).and_then(|filter| filter.holds(&graph));
            assert!(holds.is_ok_and(|holds| holds.contains(&true)), "{}", view.name);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_saved_is_read_back(name in "\\PC{1,20}", filter in "\\PC{0,40}|[\"'\\\\# =]{0,9}") {
            if let Ok(written) = with_view("# x\n", &view(&name, &filter)) {
                prop_assert_eq!(read(&written).map(|config| config.views), Ok(vec![view(&name, &filter)]));
            } else {
                prop_assert!(name_fault(&name).is_some());
            }
        }
    }
}
