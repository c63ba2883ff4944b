//! Texts that many are made of, kept together.
//!
//! The promise: it is the text it was made of, in every way that can be seen; where it lies makes no difference.
//!
//! Imports nothing from the rest of the crate.

use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::path::Path;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A text that does not change: one of its own, or a stretch of one that it shares with others. A story has millions of
/// short texts, and to give each its own memory takes longer than to read them; a stretch takes none, and its copies
/// neither.
#[derive(Clone)]
pub struct Shared(Lies);

/// As large as a `String`, and `Option` of it too.
#[derive(Clone)]
enum Lies {
    Alone(String),
    /// From and to are within the whole, and between its characters.
    Within(Arc<String>, u32, u32),
}

impl Shared {
    /// A stretch of `whole`, by bytes; `None` where there is none, or it would part a character.
    pub fn within(whole: &Arc<String>, stretch: Range<usize>) -> Option<Self> {
        whole.get(stretch.clone())?;
        let (from, to) = (u32::try_from(stretch.start).ok()?, u32::try_from(stretch.end).ok()?);
        Some(Self(Lies::Within(Arc::clone(whole), from, to)))
    }

    /// Whether it has memory of its own.
    #[cfg(test)]
    pub(crate) fn is_alone(&self) -> bool {
        matches!(self.0, Lies::Alone(_))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Lies::Alone(text) => text,
            Lies::Within(whole, from, to) => whole.get(*from as usize..*to as usize).unwrap_or_default(),
        }
    }
}

impl Deref for Shared {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Shared {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Shared {
    fn borrow(&self) -> &str {
        self
    }
}

impl Default for Shared {
    fn default() -> Self {
        Self(Lies::Alone(String::new()))
    }
}

impl From<String> for Shared {
    fn from(text: String) -> Self {
        Self(Lies::Alone(text))
    }
}

impl From<&str> for Shared {
    fn from(text: &str) -> Self {
        Self(Lies::Alone(text.to_owned()))
    }
}

impl From<Shared> for String {
    fn from(text: Shared) -> Self {
        match text.0 {
            Lies::Alone(text) => text,
            Lies::Within(..) => text.as_str().to_owned(),
        }
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self)
    }
}

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Shared {}

impl PartialOrd for Shared {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Shared {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other)
    }
}

impl Hash for Shared {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl AsRef<Path> for Shared {
    fn as_ref(&self) -> &Path {
        self.as_str().as_ref()
    }
}

impl PartialEq<str> for Shared {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Shared {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialEq<String> for Shared {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<Shared> for str {
    fn eq(&self, other: &Shared) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<Shared> for &str {
    fn eq(&self, other: &Shared) -> bool {
        *self == other.as_str()
    }
}

impl PartialEq<Shared> for String {
    fn eq(&self, other: &Shared) -> bool {
        self == other.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_the_text_it_stands_for() {
        let whole = Arc::new("one naïve text".to_owned());
        let stretch = Shared::within(&whole, 4..10).expect("a stretch");
        let alone = Shared::from("naïve");
        assert_eq!(
            (stretch.as_str(), &stretch, format!("{stretch:?} {stretch:>7}")),
            ("naïve", &alone, "\"naïve\"   naïve".to_owned())
        );
        assert_eq!(
            (String::from(stretch.clone()), stretch.cmp(&alone)),
            ("naïve".to_owned(), std::cmp::Ordering::Equal)
        );
        let all = std::collections::HashSet::from([stretch, Shared::default()]);
        assert!(all.contains("naïve") && all.contains(&alone) && all.contains(""));
    }

    #[test]
    fn a_stretch_parts_no_character_and_leads_nowhere_else() {
        let whole = Arc::new("naïve".to_owned());
        for (from, to) in [(0, 3), (3, 4), (0, 7), (7, 7), (6, 5)] {
            assert!(Shared::within(&whole, from..to).is_none(), "{from} to {to}");
        }
        assert!(Shared::within(&whole, 6..6).is_some_and(|text| text.is_empty()));
    }

    #[test]
    fn it_takes_no_more_room_than_a_string() {
        assert_eq!(size_of::<Option<Shared>>(), size_of::<String>());
    }
}
