//! A fault in a line of text, shown under its characters.
//!
//! Imports `query::filter`'s error and `text`.

use crate::query::filter::FilterError;
use crate::text::{safe_line, width};

/// What is wrong with a filter, the filter, carets under the characters to blame, and the way out:
///
/// ```text
/// error: there is no field knd:
///   | knd:market
///   | ^^^
///   = help: did you mean kind:?
/// ```
pub fn pointed(filter: &str, error: &FilterError) -> String {
    let columns = |text: &str| width(&safe_line(text));
    let before = columns(&filter[..error.at.start]);
    let under = columns(&filter[error.at.clone()]).max(1);
    let carets = format!("{}{}", " ".repeat(before), "^".repeat(under));
    let message = safe_line(&error.message);
    let mut shown = format!("error: {message}\n  | {}\n  | {carets}\n", safe_line(filter));
    if let Some(hint) = &error.hint {
        shown.extend(["  = help: ", &*safe_line(hint), "\n"]);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::filter::Expression;

    #[test]
    fn the_carets_stand_under_the_characters_to_blame() {
        let shown = |filter: &str| pointed(filter, &Expression::parse(filter).expect_err(filter));
        assert_eq!(
            shown("memo or (比 or"),
            "error: something is missing beside this or\n  | memo or (比 or\n  |             ^^\n  = help: to look for the word itself, write \"or\"\n"
        );
        // What is hidden in it shows, and is counted as it shows.
        assert_eq!(shown("\u{202e}x)"), "error: no bracket is open here\n  | ‹U+202E›x)\n  |          ^\n");
    }
}
