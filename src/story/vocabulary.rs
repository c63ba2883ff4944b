//! The closed word lists of format 1. Each list is one table from which reading, writing, "did you mean"
//! and the help are made.
//!
//! Imports nothing from the rest of the crate.

/// A closed list of words a field may hold.
pub trait Vocabulary: Copy + Eq + 'static {
    /// What the list is a list of, for messages: `status of an event`.
    const NAME: &'static str;
    /// Every value with the word that stands for it in the file.
    const WORDS: &'static [(&'static str, Self)];
    /// What each word means, in the order of [`Self::WORDS`]: one sentence.
    const MEANINGS: &'static [&'static str];

    /// The value a word stands for.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(w, _)| *w == word).map(|(_, value)| *value)
    }

    /// The word that stands for this value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $what:literal, { $(#[doc = $meaning:literal] $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $meaning] $variant,)+
        }

        impl Vocabulary for $name {
            const NAME: &'static str = $what;
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant),)+];
            // A doc comment begins with the blank after its slashes.
            const MEANINGS: &'static [&'static str] = &[$($meaning.trim_ascii_start(),)+];
        }
    };
}

vocabulary! {
    /// Whether a value stands in a source or was worked out by the story's author.
    Basis, "basis", {
        /// A source says so.
        Stated = "stated",
        /// The author reasoned it out; a note says how.
        Inferred = "inferred",
    }
}
vocabulary! {
    /// What sort of publication a source is.
    SourceKind, "kind of source", {
        /// A news article.
        Article = "article",
        /// A letter, memo or report.
        Document = "document",
        /// A filing with a court or regulator.
        Filing = "filing",
        /// A post on a platform.
        Post = "post",
        /// Radio, television, a recording.
        Broadcast = "broadcast",
    }
}
vocabulary! {
    /// Whether a source says that a machine wrote it.
    AiGenerated, "word for whether a machine wrote a source", {
        /// The source says so itself.
        Disclosed = "disclosed",
        /// The source says nothing of it.
        NotStated = "not_stated",
    }
}
vocabulary! {
    /// Whether a source has its matter at first hand.
    Origin, "origin of a source", {
        /// At first hand.
        Itself = "itself",
        /// The source does not say whence it has it.
        NotStated = "not_stated",
    }
}
vocabulary! {
    /// What an actor is.
    ActorKind, "kind of actor", {
        /// A human being.
        Person = "person",
        /// A business.
        Company = "company",
        /// A body that is neither business nor government.
        Organisation = "organisation",
        /// A government or one of its bodies.
        Government = "government",
        /// Armed forces.
        Military = "military",
        /// A publisher or medium.
        Outlet = "outlet",
        /// A thing made or sold.
        Product = "product",
        /// A legal list.
        List = "list",
        /// A law.
        Law = "law",
        /// A policy or framework.
        Policy = "policy",
        /// A paper that speaks.
        Document = "document",
        /// People spoken of together.
        Group = "group",
        /// A place that is spoken of as if it acted.
        Place = "place",
        /// Anything else.
        Other = "other",
    }
}
vocabulary! {
    /// How sure it is that an event happened.
    Status, "status of an event", {
        /// It happened, by the sources' account.
        Occurred = "occurred",
        /// Someone says that it happened.
        Alleged = "alleged",
        /// It has a date and no outcome yet.
        Scheduled = "scheduled",
        /// It may happen.
        Possible = "possible",
    }
}
vocabulary! {
    /// How an event bears on another.
    LinkKind, "kind of link", {
        /// An answer to it.
        RespondsTo = "responds_to",
        /// Brings it about.
        Triggers = "triggers",
        /// Comes of it later.
        FollowsUp = "follows_up",
        /// Cannot both be so.
        Contradicts = "contradicts",
        /// A newer state of it.
        Updates = "updates",
    }
}
vocabulary! {
    /// Whether a statement holds the speaker's own words.
    Form, "form of a statement", {
        /// Verbatim words.
        Quote = "quote",
        /// Reported speech in our words.
        Paraphrase = "paraphrase",
    }
}
vocabulary! {
    /// What a statement does.
    Stance, "stance of a statement", {
        /// Says that someone did something wrong.
        Allegation = "allegation",
        /// Says that it is not so.
        Denial = "denial",
        /// Says that it is so.
        Confirmation = "confirmation",
        /// Declines to speak.
        NoComment = "no_comment",
        /// Speaks of it.
        Comment = "comment",
        /// Announces harm or a suit.
        Threat = "threat",
        /// Asks for something to be done.
        Recommendation = "recommendation",
        /// Takes back what was said before.
        Withdrawal = "withdrawal",
    }
}
vocabulary! {
    /// How far the positions of a dispute are apart.
    Grade, "grade of a dispute", {
        /// They cannot all be so.
        Contradiction = "contradiction",
        /// They sit badly together.
        Tension = "tension",
        /// They stress different things.
        Emphasis = "emphasis",
    }
}
vocabulary! {
    /// The reader's judgement of a source, A the best.
    Reliability, "reliability of a source", {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
}

impl LinkKind {
    /// How the link reads from its own event: `responds to`.
    pub fn forth(self) -> &'static str {
        match self {
            Self::RespondsTo => "responds to",
            Self::Triggers => "triggers",
            Self::FollowsUp => "follows up",
            Self::Contradicts => "contradicts",
            Self::Updates => "updates",
        }
    }

    /// How it reads from the event it points to: `answered by`.
    pub fn back(self) -> &'static str {
        match self {
            Self::RespondsTo => "answered by",
            Self::Triggers => "triggered by",
            Self::FollowsUp => "followed up by",
            Self::Contradicts => "contradicted by",
            Self::Updates => "updated by",
        }
    }
}

impl Stance {
    /// How it reads in a line of prose: `no comment`.
    pub fn reading(self) -> &'static str {
        match self {
            Self::NoComment => "no comment",
            other => other.word(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trips<V: Vocabulary + std::fmt::Debug>() {
        for (word, value) in V::WORDS {
            assert_eq!(V::from_word(word), Some(*value), "{}", V::NAME);
            assert_eq!(value.word(), *word);
        }
        assert_eq!(V::from_word("no such word"), None);
    }

    #[test]
    fn every_word_reads_back_as_its_value() {
        round_trips::<Basis>();
        round_trips::<SourceKind>();
        round_trips::<AiGenerated>();
        round_trips::<Origin>();
        round_trips::<ActorKind>();
        round_trips::<Status>();
        round_trips::<LinkKind>();
        round_trips::<Form>();
        round_trips::<Stance>();
        round_trips::<Grade>();
        round_trips::<Reliability>();
    }
}
