//! A market move as a source reports it.
//!
//! Imports nothing from the rest of the crate.

/// A change in price as reported.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// A figure, in per cent.
    Exact(f64),
    /// More than a figure, in per cent and in the figure's direction: `>1%` rose by more than 1.
    MoreThan(f64),
    /// Less than a figure, in per cent and in the figure's direction.
    LessThan(f64),
    /// About a figure, in per cent.
    About(f64),
    /// The source's figure is missing.
    Lost,
}

/// Why a text is not a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// Neither a percentage nor `lost`.
    #[error("is neither a percentage such as -3.78%, a bound such as >1%, nor `lost`")]
    NotAPercentage,
    /// `.nan`, `.inf`, or too large to be a number.
    #[error("is not a finite number")]
    NotFinite,
    /// A price cannot fall by more than all of itself.
    #[error("falls by more than 100 %")]
    BelowNothing,
}

impl Change {
    /// Reads `-3.78%`, `+1.2%`, `>1%`, `<2%`, `~3%` or `lost`.
    pub fn parse(text: &str) -> Result<Self, ChangeError> {
        if text == "lost" {
            return Ok(Self::Lost);
        }
        let (make, rest): (fn(f64) -> Self, _) = match text.as_bytes().first() {
            Some(b'>') => (Self::MoreThan, &text[1..]),
            Some(b'<') => (Self::LessThan, &text[1..]),
            Some(b'~') => (Self::About, &text[1..]),
            _ => (Self::Exact, text),
        };
        let number = rest.strip_suffix('%').ok_or(ChangeError::NotAPercentage)?.trim_end();
        let value: f64 = number.parse().map_err(|_| ChangeError::NotAPercentage)?;
        // `f64` also reads `inf`, `nan` and `1e999`.
        if !value.is_finite() {
            return Err(ChangeError::NotFinite);
        }
        if value < -100.0 {
            return Err(ChangeError::BelowNothing);
        }
        Ok(make(value))
    }

    /// The figure in per cent, finite; `None` where it is lost.
    pub fn figure(self) -> Option<f64> {
        match self {
            Self::Exact(value) | Self::MoreThan(value) | Self::LessThan(value) | Self::About(value) => {
                Some(value)
            }
            Self::Lost => None,
        }
    }

    /// How it reads: `-3.78%`, `more than +1%`, `figure lost`.
    pub fn reading(self) -> String {
        // A bare zero has no direction to show.
        let signed = |value: f64| if value == 0.0 { "0%".to_owned() } else { format!("{value:+}%") };
        match self {
            Self::Exact(value) => signed(value),
            Self::MoreThan(value) => format!("more than {}", signed(value)),
            Self::LessThan(value) => format!("less than {}", signed(value)),
            Self::About(value) => format!("about {}", signed(value)),
            Self::Lost => "figure lost".to_owned(),
        }
    }

    /// Whether two reports cannot both be so. A lost figure contradicts nothing.
    pub fn differs_from(self, other: Self) -> bool {
        let beyond = |bound: f64, value: f64| if bound < 0.0 { value < bound } else { value > bound };
        match (self, other) {
            (Self::Exact(a), Self::Exact(b)) => (a - b).abs() > f64::EPSILON * a.abs().max(b.abs()),
            (Self::Exact(value), Self::MoreThan(bound)) | (Self::MoreThan(bound), Self::Exact(value)) => {
                !beyond(bound, value)
            }
            (Self::Exact(value), Self::LessThan(bound)) | (Self::LessThan(bound), Self::Exact(value)) => {
                beyond(bound, value) || (value - bound).abs() <= f64::EPSILON
            }
            // Two bounds may both hold, about is not exact, and what is lost contradicts nothing.
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_read_and_read_back() {
        for (text, change, reading) in [
            ("-3.78%", Change::Exact(-3.78), "-3.78%"),
            ("4.2 %", Change::Exact(4.2), "+4.2%"),
            (">1%", Change::MoreThan(1.0), "more than +1%"),
            ("<-2%", Change::LessThan(-2.0), "less than -2%"),
            ("~3%", Change::About(3.0), "about +3%"),
            ("0%", Change::Exact(0.0), "0%"),
            ("-100%", Change::Exact(-100.0), "-100%"),
            ("lost", Change::Lost, "figure lost"),
        ] {
            assert_eq!(Change::parse(text), Ok(change), "{text}");
            assert_eq!(change.reading(), reading);
        }
    }

    #[test]
    fn what_is_no_finite_percentage_is_refused() {
        for (text, error) in [
            ("3.78", ChangeError::NotAPercentage),
            ("", ChangeError::NotAPercentage),
            ("%", ChangeError::NotAPercentage),
            ("three%", ChangeError::NotAPercentage),
            (".nan", ChangeError::NotAPercentage),
            ("nan%", ChangeError::NotFinite),
            ("inf%", ChangeError::NotFinite),
            ("1e999%", ChangeError::NotFinite),
            ("-150%", ChangeError::BelowNothing),
        ] {
            assert_eq!(Change::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn figures_differ_only_where_they_cannot_both_be_so() {
        let change = |text| Change::parse(text).expect(text);
        for (a, b, differ) in [
            ("-3.78%", "-4.2%", true),
            ("-3.78%", "-3.780%", false),
            ("-3.78%", "lost", false),
            (">1%", "1.5%", false),
            (">1%", "0.5%", true),
            (">-1%", "-3%", false),
            ("<2%", "2%", true),
            ("~3%", "3.2%", false),
        ] {
            assert_eq!(change(a).differs_from(change(b)), differ, "{a} {b}");
            assert_eq!(change(b).differs_from(change(a)), differ, "{b} {a}");
        }
    }
}
