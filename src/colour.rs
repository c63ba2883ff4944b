//! What the surroundings say of colours: whether any are wanted, and on what background they stand.
//!
//! Asked of the environment through a function, so that it is decided by its values alone. Imports nothing from the
//! rest of the crate.

use clap::ValueEnum;
use serde::Deserialize;

/// Whether colours are wanted, as `NO_COLOR` and `CLICOLOR` say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Nowhere.
    Never,
    /// On a terminal.
    Terminal,
    /// Even where there is no terminal.
    Always,
}

/// What text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Background {
    /// Dark text on light
    Light,
    /// Light text on dark
    Dark,
}

/// Whether colours are wanted: `NO_COLOR` set and not empty says never, else `CLICOLOR_FORCE` other than `0` always, else
/// `CLICOLOR=0` never. `variable` looks up an environment variable.
pub fn wish(variable: impl Fn(&str) -> Option<String>) -> Wish {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        Wish::Never
    } else if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        Wish::Always
    } else if set("CLICOLOR").as_deref() == Some("0") {
        Wish::Never
    } else {
        Wish::Terminal
    }
}

/// The background as `COLORFGBG` tells it: the last of its numbers, where it is one of the terminal's sixteen.
pub fn background(variable: impl Fn(&str) -> Option<String>) -> Option<Background> {
    let value = variable("COLORFGBG")?;
    match value.rsplit(';').next()?.parse().ok()? {
        0..=6 | 8 => Some(Background::Dark),
        7 | 9..=15 => Some(Background::Light),
        16_u16.. => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_environment<'e>(pairs: &'e [(&'e str, &'e str)]) -> impl Fn(&str) -> Option<String> + 'e {
        move |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_environment_says_whether_colours_are_wanted() {
        for (pairs, wished) in [
            (&[][..], Wish::Terminal),
            (&[("NO_COLOR", "1")], Wish::Never),
            (&[("NO_COLOR", "")], Wish::Terminal),
            (&[("CLICOLOR", "0")], Wish::Never),
            (&[("CLICOLOR", "1")], Wish::Terminal),
            (&[("CLICOLOR_FORCE", "1")], Wish::Always),
            (&[("CLICOLOR_FORCE", "0")], Wish::Terminal),
            (&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")], Wish::Always),
            (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], Wish::Never),
        ] {
            assert_eq!(wish(in_environment(pairs)), wished, "{pairs:?}");
        }
    }

    #[test]
    fn the_environment_says_what_text_stands_on() {
        for (value, told) in [
            ("15;0", Some(Background::Dark)),
            ("0;15", Some(Background::Light)),
            ("0;default;15", Some(Background::Light)),
            ("12;8", Some(Background::Dark)),
            ("0;7", Some(Background::Light)),
            ("15;default", None),
            ("15;99999", None),
            ("", None),
            ("\u{1b}[2J", None),
        ] {
            assert_eq!(background(in_environment(&[("COLORFGBG", value)])), told, "{value:?}");
        }
        assert_eq!(background(in_environment(&[])), None);
    }
}
