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
    #[error("is neither a percentage such as -3.78%, a bound such as '>1%', nor `lost`")]
    NotAPercentage,
    /// Too large to be a number.
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
        let number = rest.strip_suffix('%').ok_or(ChangeError::NotAPercentage)?;
        let number = number.strip_suffix(' ').unwrap_or(number);
        if !is_figure(number) {
            return Err(ChangeError::NotAPercentage);
        }
        let value: f64 = number.parse().map_err(|_| ChangeError::NotAPercentage)?;
        // Hundreds of digits are more than `f64` holds.
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

    /// How it reads: `-3.78%`, `up more than 1%`, `figure lost`.
    pub fn reading(self) -> String {
        // A bare zero has no direction to show.
        let signed = |value: f64| if value == 0.0 { "0%".to_owned() } else { format!("{value:+}%") };
        // "More than -2%" would read as its opposite; the direction is said in a word.
        let way = |value: f64| if value < 0.0 { "down" } else { "up" };
        match self {
            Self::Exact(value) => signed(value),
            Self::MoreThan(value) => format!("{} more than {}%", way(value), value.abs()),
            Self::LessThan(value) => format!("{} less than {}%", way(value), value.abs()),
            Self::About(value) => format!("about {}", signed(value)),
            Self::Lost => "figure lost".to_owned(),
        }
    }

    /// Whether two reports cannot both be so. A lost figure contradicts nothing.
    pub fn differs_from(self, other: Self) -> bool {
        match (self.span(), other.span()) {
            (Some(one), Some(other)) => one.apart_from(other),
            _ => false,
        }
    }

    /// The figures it can stand for. "About" is taken as anything from half to double the figure.
    fn span(self) -> Option<Span> {
        let open = |from, to| Some(Span { from, to, open: true });
        match self {
            Self::Lost => None,
            Self::Exact(value) => Some(Span { from: value, to: value, open: false }),
            Self::MoreThan(value) if value < 0.0 => open(f64::NEG_INFINITY, value),
            Self::MoreThan(value) => open(value, f64::INFINITY),
            Self::LessThan(value) if value < 0.0 => open(value, 0.0),
            Self::LessThan(value) => open(0.0, value),
            Self::About(value) => {
                let (half, double) = (value / 2.0, value * 2.0);
                Some(Span { from: half.min(double), to: half.max(double), open: false })
            }
        }
    }
}

/// Whether it is a number as people write it: a sign if any, digits with no zero too many before them, and digits after
/// the point if there is one. `f64` alone also reads `1e2`, `.5`, `5.`, `inf` and `nan`.
fn is_figure(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = match unsigned.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (unsigned, None),
    };
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && part.is_none_or(digits)
}

/// A stretch of figures, with or without its ends.
#[derive(Clone, Copy)]
struct Span {
    from: f64,
    to: f64,
    open: bool,
}

impl Span {
    fn apart_from(self, other: Self) -> bool {
        let (low, high) =
            if (self.from, self.to) <= (other.from, other.to) { (self, other) } else { (other, self) };
        // One figure written twice is one figure, however it was rounded on the way through binary.
        let slack = f64::EPSILON * low.to.abs().max(high.from.abs());
        let touching = low.to.is_finite() && (low.to - high.from).abs() <= slack;
        if touching { low.open || high.open } else { low.to < high.from }
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
            (">1%", Change::MoreThan(1.0), "up more than 1%"),
            ("<-2%", Change::LessThan(-2.0), "down less than 2%"),
            (">-2%", Change::MoreThan(-2.0), "down more than 2%"),
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
            ("nan%", ChangeError::NotAPercentage),
            ("inf%", ChangeError::NotAPercentage),
            ("1e2%", ChangeError::NotAPercentage),
            (".5%", ChangeError::NotAPercentage),
            ("5.%", ChangeError::NotAPercentage),
            ("007%", ChangeError::NotAPercentage),
            ("+-1%", ChangeError::NotAPercentage),
            ("1  %", ChangeError::NotAPercentage),
            (" 1%", ChangeError::NotAPercentage),
            (
                concat!(
                    "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
                    "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
                    "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
                    "9999999999%"
                ),
                ChangeError::NotFinite,
            ),
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
            ("~-3%", "+8%", true),
            ("~3%", "8%", true),
            (">5%", "<2%", true),
            (">5%", ">-5%", true),
            (">1%", ">2%", false),
            (">1%", "1%", true),
            ("<2%", "-1%", true),
            ("0%", "0%", false),
        ] {
            assert_eq!(change(a).differs_from(change(b)), differ, "{a} {b}");
            assert_eq!(change(b).differs_from(change(a)), differ, "{b} {a}");
        }
    }
}
