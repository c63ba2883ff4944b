//! Where in a source something stands.
//!
//! Imports nothing from the rest of the crate.

use std::fmt;

/// A place in a source's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Locator {
    /// The headline.
    Headline,
    /// A line of the archived text, counted from 1.
    Line(u32),
    /// Lines of the archived text, both ends included.
    Lines(u32, u32),
    /// A page, counted from 1.
    Page(u32),
    /// A paragraph, counted from 1.
    Paragraph(u32),
    /// A moment of a broadcast, in seconds from its beginning.
    At(u32),
}

impl Locator {
    /// Reads `headline`, `line 13`, `lines 13-15`, `page 4`, `paragraph 3`, `at 03:15` or `at 1:03:15`; `None` for anything
    /// else.
    pub fn parse(text: &str) -> Option<Self> {
        // As it is printed: no sign, no zero before it, and no more digits than a text has lines.
        let number = |text: &str| -> Option<u32> {
            let plain = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| plain && !text.starts_with('0'))
        };
        if text == "headline" {
            return Some(Self::Headline);
        }
        let (word, rest) = text.split_once(' ')?;
        match word {
            "line" => number(rest).map(Self::Line),
            "page" => number(rest).map(Self::Page),
            "paragraph" => number(rest).map(Self::Paragraph),
            "at" => time_code(rest).map(Self::At),
            "lines" => {
                let (from, to) = rest.split_once('-')?;
                let (from, to) = (number(from)?, number(to)?);
                (from <= to).then_some(Self::Lines(from, to))
            }
            _ => None,
        }
    }
}

/// Minutes and seconds, or hours too: `03:15`, `1:03:15`.
fn time_code(text: &str) -> Option<u32> {
    let sixtieths = |part: &str| -> Option<u32> {
        let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|number| plain && *number < 60)
    };
    let (before, seconds) = text.rsplit_once(':')?;
    let (hours, minutes) = match before.split_once(':') {
        None => (0, sixtieths(before)?),
        Some((hours, minutes)) => {
            let plain = (1..=2).contains(&hours.len())
                && hours.bytes().all(|byte| byte.is_ascii_digit())
                && !hours.starts_with('0');
            (hours.parse().ok().filter(|_| plain)?, sixtieths(minutes)?)
        }
    };
    let hours: u32 = hours;
    Some((hours * 60 + minutes) * 60 + sixtieths(seconds)?)
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Headline => f.write_str("headline"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Lines(from, to) => write!(f, "lines {from}-{to}"),
            Self::Page(page) => write!(f, "page {page}"),
            Self::Paragraph(paragraph) => write!(f, "paragraph {paragraph}"),
            Self::At(seconds) => {
                let (minutes, seconds) = (seconds / 60, seconds % 60);
                match (minutes / 60, minutes % 60) {
                    (0, minutes) => write!(f, "at {minutes:02}:{seconds:02}"),
                    (hours, minutes) => write!(f, "at {hours}:{minutes:02}:{seconds:02}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locators_read_back_as_written() {
        for text in [
            "headline",
            "line 13",
            "lines 13-15",
            "page 4",
            "paragraph 3",
            "at 03:15",
            "at 00:00",
            "at 1:03:15",
            "at 23:00:59",
        ] {
            assert_eq!(Locator::parse(text).map(|locator| locator.to_string()).as_deref(), Some(text));
        }
        for text in [
            "",
            "line",
            "line 0",
            "line x",
            "lines 5-3",
            "paragraph 0",
            "at 3:15",
            "at 03:60",
            "at 3",
            "at 0:03:15",
            "at 03:15:00:00",
            "at +3:15",
            "at 03:15 ",
            "Line 3",
            "line  3",
            "line 007",
            "line +3",
            "line 3 ",
            "paragraph 03",
            "lines 3-+5",
            "line 1234567890",
        ] {
            assert_eq!(Locator::parse(text), None, "{text:?}");
        }
    }
}
