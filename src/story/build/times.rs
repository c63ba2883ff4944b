//! Why a text is no time, in words for who wrote it.
//!
//! Imports what `build` imports.

use super::super::when::TimeError;

/// What is wrong with this text, and how it is written right.
pub(super) fn told(text: &str, error: &TimeError) -> (String, String) {
    let (why, hint) = meant(text.trim(), error);
    (format!("`{text}` {why}"), hint)
}

/// Every digit a 9, every letter an a.
fn form(text: &str) -> String {
    let form = |character: char| match character {
        '0'..='9' => '9',
        letter if letter.is_alphabetic() => 'a',
        other => other,
    };
    text.chars().take(40).map(form).collect()
}

fn meant(text: &str, error: &TimeError) -> (&'static str, String) {
    let form = form(text);
    let year_first = "write the year first, then month and day, with hyphens: 2025-11-14".to_owned();
    if form.starts_with("9999-99-99 9") {
        return ("has a blank where a T belongs", format!("write {}", text.replacen(' ', "T", 1)));
    }
    if ["9999/99/99", "9999.99.99"].contains(&form.as_str()) {
        return ("is not written with hyphens", format!("write {}", text.replace(['/', '.'], "-")));
    }
    if form.ends_with("/9999") || form.ends_with(".9999") || form.ends_with("-9999") && form.len() < 11 {
        return ("does not begin with the year", year_first);
    }
    if ["9999-9-9", "9999-9-99", "9999-99-9", "9999-9"].contains(&form.as_str()) {
        let two = |part: &str| if part.len() == 1 { format!("0{part}") } else { part.to_owned() };
        let parts: Vec<_> = text.split('-').map(two).collect();
        return ("has a month or day of one digit", format!("write {}", parts.join("-")));
    }
    if [" - ", "–", " to ", " until "].iter().any(|between| text.contains(between)) {
        let hint = "write a stretch of days as 2025-11-14/2025-11-16";
        return ("is not a stretch of days that can be read", hint.to_owned());
    }
    let backwards = text.split_once('/').is_some_and(|(from, to)| {
        from.starts_with(|first: char| first.is_ascii_digit())
            && to.starts_with(|first: char| first.is_ascii_digit())
            && from > to
    });
    match error {
        _ if backwards => ("ends before it begins", "write the earlier of the two first".to_owned()),
        TimeError::NotTimeOfDay => (
            "is not a time of day",
            "write 2025-11-17T22:33; where the source prints a zone, with Z or -05:00 behind it".to_owned(),
        ),
        TimeError::Backwards => ("ends before it begins", "write the earlier of the two first".to_owned()),
        TimeError::YearOutOfRange => {
            ("has a year outside 1 to 9999", "write a year of four digits: 0044, 2025".to_owned())
        }
        _ if form == "9999-99-99" => {
            ("is no day of the calendar", "look the month and the day up once more".to_owned())
        }
        _ if form == "9999-99" => (
            "is no month of a year",
            "write a month from 01 to 12; 21 to 24 stand for spring, summer, autumn and winter".to_owned(),
        ),
        _ if form.contains("aaa") => ("is not written in figures", year_first),
        _ => (
            "is not a date or time that can be read",
            "write 2025-11-14, 2025-11 or 2025; 2025-11-14/2025-11-16 for a stretch of days; 2025-05~ (around), \
             2025-05? (perhaps), '[2025,2026]' (one of); 2025-11-17T22:33; leave it out where undated"
                .to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Tz, When};
    use super::*;

    #[test]
    fn what_was_meant_is_said_without_the_words_of_a_library() {
        for (text, why, hint) in [
            ("2025-03-11 10:30", "has a blank where a T belongs", "write 2025-03-11T10:30"),
            ("2025/03/11", "is not written with hyphens", "write 2025-03-11"),
            ("14.11.2025", "does not begin with the year", "write the year first"),
            ("14/11/2025", "does not begin with the year", "write the year first"),
            ("2025-3-1", "has a month or day of one digit", "write 2025-03-01"),
            ("2025-02-30", "is no day of the calendar", "look the month"),
            ("2025-13", "is no month of a year", "write a month from 01 to 12"),
            ("14 November 2025", "is not written in figures", "write the year first"),
            (
                "2025-11-14 - 2025-11-16",
                "is not a stretch",
                "write a stretch of days as 2025-11-14/2025-11-16",
            ),
            ("2025-11-16/2025-11-14", "ends before it begins", "write the earlier"),
            ("2025-11-13T22h33", "is not a time of day", "write 2025-11-17T22:33"),
            ("99999", "is not a date or time that can be read", "write 2025-11-14"),
        ] {
            let error = When::parse(text, Tz::UTC).expect_err(text);
            let (message, help) = told(text, &error);
            assert!(message.starts_with(&format!("`{text}` {why}")), "{message}");
            assert!(help.starts_with(hint), "{help}");
        }
    }
}
