//! Made-up stories of any size, the same for the same size: every field of format 1, fifteen ways of writing, disputes,
//! links, replies, market moves, and constraints with and without gaps.
//!
//! Method: `ChaCha8` with a fixed seed, whose numbers are the same on every machine and in every version. Each event has a
//! moment that the story does not tell; all that is written of its time holds it, and what must come before what keeps
//! to it, so that no story contradicts itself. About 850 bytes an event.
//!
//! Imports `words` only; nothing of the program it measures.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

mod words;

use words::Script;

/// How much a story holds.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Events; statements are about twice as many.
    pub events: usize,
    /// Actors, fifteen at least.
    pub actors: usize,
}

impl Size {
    /// A story of so many events, with an actor for every twenty of them.
    pub fn of_events(events: usize) -> Self {
        Self { events, actors: (events / 20).max(15) }
    }
}

/// The text of a story.
#[allow(dead_code, reason = "not every program that uses this module holds a story as text")]
pub fn text(size: Size) -> String {
    let mut bytes = Vec::with_capacity(size.events * 900 + size.actors * 200);
    // Writing to memory does not fail, and all that is written is UTF-8.
    let _ = write(size, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Writes a story.
pub fn write(size: Size, out: &mut impl Write) -> io::Result<()> {
    let size = Size { actors: size.actors.max(15), ..size };
    let mut made = Made {
        size,
        sources: size.events.saturating_sub(1) / 10 + 2,
        scripts: words::scripts(),
        rng: ChaCha8Rng::seed_from_u64(0xDA7E),
        disputes: Vec::new(),
    };
    made.header(out)?;
    made.sources(out)?;
    made.actors(out)?;
    writeln!(out, "events:")?;
    (0..size.events).try_for_each(|event| made.event(event, out))?;
    made.disputes(out)
}

/// A dispute, to be written behind the events.
struct Dispute {
    event: usize,
    held_by: [String; 2],
    is_about_figures: bool,
}

struct Made {
    size: Size,
    sources: usize,
    scripts: Vec<Script>,
    rng: ChaCha8Rng,
    disputes: Vec<Dispute>,
}

/// The years over which the events of a story are spread, in minutes.
const SPAN: u64 = 5 * 365 * 24 * 60;
const DAY: i64 = 24 * 60;
const KINDS: [&str; 8] = ["leak", "hearing", "filing", "statement", "strike", "vote", "delivery", "raid"];
const STANCES: [&str; 6] =
    ["comment", "confirmation", "no_comment", "threat", "recommendation", "withdrawal"];

impl Made {
    /// A number below this one.
    fn below(&mut self, end: usize) -> usize {
        let wide = u64::from(self.rng.next_u32()) * end as u64;
        usize::try_from(wide >> 32).unwrap_or(0)
    }

    /// True once in so many times.
    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// The moment an event has, whatever is told of it.
    fn moment(&self, event: usize) -> NaiveDateTime {
        let start = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
        let last = self.size.events.saturating_sub(1).max(1) as u64;
        let minutes = event.min(self.size.events) as u64 * SPAN / last;
        start + TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0))
    }

    /// When a source was published: days after the last event it can report.
    fn published(&self, source: usize) -> NaiveDateTime {
        let last = (source * 10 + 9).min(self.size.events.saturating_sub(1));
        let odd = i64::try_from(source * 7 % 700).unwrap_or(0);
        self.moment(last) + TimeDelta::minutes(2 * DAY + odd)
    }

    /// Some words of a script, as a sentence.
    fn sentence(&mut self, script: usize, words: usize) -> String {
        let mut text = String::new();
        for place in 0..words {
            let index = self.below(self.scripts[script].words.len());
            let Script { words, blank, .. } = &self.scripts[script];
            if place == 0 {
                let mut letters = words[index].chars();
                text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                text.push_str(letters.as_str());
            } else {
                text.push_str(blank);
                text.push_str(words[index]);
            }
        }
        text.push_str(self.scripts[script].stop);
        text
    }

    /// Half of a story is in English, the rest in all ways of writing.
    fn script(&mut self) -> usize {
        if self.one_in(2) { 0 } else { self.below(self.scripts.len()) }
    }

    fn words(&mut self, words: usize) -> String {
        let script = self.script();
        self.sentence(script, words)
    }

    /// The name of an actor, which no other has; and its parts the other way round.
    fn name(&self, actor: usize) -> (String, String) {
        let count = self.scripts.len();
        let Script { names, blank, .. } = &self.scripts[actor % count];
        let (first, rest) = (actor / count % names.len(), actor / count / names.len());
        let (second, rest) = (rest % names.len(), rest / names.len());
        let more = if rest == 0 { String::new() } else { format!(" {}", rest + 1) };
        let (first, second) = (names[first], names[second]);
        (format!("{first}{blank}{second}{more}"), format!("{second}, {first}{more}"))
    }

    /// An actor; a few are in much of the story.
    fn actor(&mut self) -> usize {
        let of = if self.one_in(3) { self.size.actors / 16 + 1 } else { self.size.actors };
        self.below(of)
    }

    /// Two actors that are not one and no part of each other.
    fn two_actors(&mut self) -> (usize, usize) {
        let one = self.actor();
        let mut other = (one + 1 + self.below(self.size.actors - 1)) % self.size.actors;
        while wholes(one).any(|whole| whole == other)
            || wholes(other).any(|whole| whole == one)
            || one == other
        {
            other = (other + 1) % self.size.actors;
        }
        (one, other)
    }

    fn locator(&mut self) -> String {
        let line = self.below(80) + 1;
        match self.below(8) {
            0 => "headline".to_owned(),
            1 => format!("lines {line}-{}", line + 2),
            2 => format!("page {line}"),
            3 => format!("paragraph {line}"),
            4 => format!("at {:02}:{:02}", line / 60, line % 60),
            _ => format!("line {line}"),
        }
    }

    fn header(&mut self, out: &mut impl Write) -> io::Result<()> {
        let Size { events, actors } = self.size;
        write!(
            out,
            "# yaml-language-server: $schema=docs/story-v1.schema.json\n\
             # Made up by a program to measure with; nobody in it lives.\n\
             format: 1\n\
             story:\n  \
               title: A made-up story of {events} events\n  \
               summary: >-\n    \
                 It has {events} events and {actors} actors. The board called it \"a story that has no end, no middle\n    \
                 and, as far as anybody in the harbour can say, no beginning\".\n  \
               time_zone: Europe/Dublin\n  \
               allow: [{{rule: quotation-in-own-words, reason: the words are nobody's}}]\n"
        )
    }

    fn sources(&mut self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "sources:")?;
        for source in 0..self.sources {
            self.source(source, out)?;
        }
        writeln!(
            out,
            "  - id: source-apart\n    title: Rules of the harbour\n    kind: document\n    allow:\n      \
             - rule: unused-source\n        reason: every reader asks for it"
        )
    }

    fn source(&mut self, source: usize, out: &mut impl Write) -> io::Result<()> {
        let words = 4 + self.below(4);
        writeln!(out, "  - id: source-{source}\n    title: {}", self.words(words))?;
        let (house, author) = (self.name(source * 31 % 2000).0, self.actor());
        writeln!(out, "    publisher: {house} Wire {source}\n    byline: {}", self.name(author).0)?;
        let published = self.published(source);
        match source % 16 {
            3 => writeln!(
                out,
                "    published_note: no date is printed\n    after: [{{event: event-{}, by: 1 day}}]",
                (source * 10).min(self.size.events.saturating_sub(1))
            )?,
            5 => writeln!(
                out,
                "    published: {}\n    published_basis: inferred\n    published_note: the day after the last event it tells of",
                published.date()
            )?,
            7 => writeln!(out, "    published: {}Z", published.format("%Y-%m-%dT%H:%M:%S"))?,
            9 => writeln!(
                out,
                "    published: {}\n    published_basis: stated\n    before: [{{source: source-apart}}]",
                published.date()
            )?,
            _ => writeln!(out, "    published: {}", published.format("%Y-%m-%dT%H:%M"))?,
        }
        let kind = self.pick(&["article", "article", "article", "document", "filing", "post", "broadcast"]);
        writeln!(out, "    kind: {kind}")?;
        if source % 6 == 5 {
            writeln!(out, "    held: {}\n    relies_on: [source-{}]", source % 4 != 3, source - 5)?;
        } else if source.is_multiple_of(6) {
            writeln!(out, "    origin: itself")?;
        } else if source % 11 == 2 {
            writeln!(out, "    origin: not_stated")?;
        }
        if source % 9 == 4 {
            let generated = self.pick(&["disclosed", "not_stated"]);
            writeln!(out, "    ai_generated: {generated}")?;
        }
        if source % 13 == 6 {
            let gap = self.sentence(0, 7);
            writeln!(out, "    gaps: [\"{gap}\", line {} breaks off]", source % 40 + 1)?;
        }
        if source % 4 == 1 {
            let reliability = self.pick(&["A", "B", "C", "D", "E", "F"]);
            let credibility = self.below(6) + 1;
            writeln!(out, "    grade: {{reliability: {reliability}, credibility: {credibility}}}")?;
        }
        if source % 3 == 2 {
            let mut sum = String::new();
            for _ in 0..8 {
                // Writing to text does not fail.
                let _ = write!(sum, "{:08x}", self.rng.next_u32());
            }
            writeln!(out, "    archive: {{file: {source:06}.txt, sha256: \"{sum}\"}}")?;
        }
        writeln!(out, "    url: https://wire.example/{}/{source}", published.format("%Y/%m"))?;
        if source % 5 == 3 {
            writeln!(out, "    note: {}", self.words(8))?;
        }
        Ok(())
    }

    fn actors(&mut self, out: &mut impl Write) -> io::Result<()> {
        const KINDS: [&str; 14] = [
            "person",
            "company",
            "organisation",
            "government",
            "military",
            "outlet",
            "product",
            "list",
            "law",
            "policy",
            "document",
            "group",
            "place",
            "other",
        ];
        writeln!(out, "actors:")?;
        for actor in 0..self.size.actors {
            let (name, turned) = self.name(actor);
            let kind = if self.one_in(2) { "person" } else { self.pick(&KINDS) };
            writeln!(out, "  - id: actor-{actor}\n    name: {name}\n    kind: {kind}")?;
            if actor % 10 == 9 {
                writeln!(out, "    named: {}", actor % 20 == 19)?;
            }
            if actor % 2 == 0 {
                writeln!(out, "    aliases: [\"{turned}\", HK{actor}]")?;
            }
            if let Some(whole) = part_of(actor) {
                writeln!(out, "    part_of: actor-{whole}")?;
            }
            if actor % 7 == 5 {
                writeln!(out, "    note: {}", self.words(9))?;
            }
        }
        writeln!(
            out,
            "  - {{id: actor-apart, name: Nobody of the Story, kind: other, allow: [{{rule: unused-actor, reason: asked for \
             by name}}]}}"
        )
    }

    fn event(&mut self, event: usize, out: &mut impl Write) -> io::Result<()> {
        if event % 500 == 499 {
            writeln!(out, "  # {event} events up to here")?;
        }
        let alleged = event % 8 == 3;
        let status = match event {
            event if is_scheduled(event) => "scheduled",
            event if event % 25 == 23 => "possible",
            _ if alleged => "alleged",
            _ => "occurred",
        };
        let words = 5 + self.below(4);
        let title = self.words(words);
        let lead = if alleged { "Alleged - " } else { "" };
        writeln!(out, "  - id: event-{event}\n    title: {lead}{title}")?;
        self.when(event, out)?;
        self.constraints(event, out)?;
        let kind = self.pick(&KINDS);
        writeln!(out, "    status: {status}\n    kind: {kind}")?;
        if !self.one_in(3) {
            writeln!(out, "    summary: >-")?;
            let script = self.script();
            for _ in 0..=self.below(2) {
                writeln!(out, "      {}", self.sentence(script, 6))?;
            }
        }
        if self.one_in(3) {
            let place = self.below(self.scripts.len() * 16);
            writeln!(out, "    place: {}", self.name(place).0)?;
        }
        let first = event / 10;
        if repeats(event) {
            writeln!(
                out,
                "    sources:\n      - source-{first}\n      - source-{}\n    \
                 allow: [{{rule: corroboration-of-one-origin, reason: the second only repeats the first}}]",
                first - 5
            )?;
        } else if self.one_in(2) {
            writeln!(out, "    sources: [source-{first}]")?;
        } else {
            writeln!(out, "    sources: [source-{first}, source-{}]", first + 1)?;
        }
        let (accuser, target) = self.two_actors();
        if event % 5 < 3 {
            writeln!(
                out,
                "    actors: [{{actor: actor-{accuser}, role: witness}}, {{actor: actor-{target}, role: accused}}]"
            )?;
        } else {
            writeln!(out, "    actors:\n      - actor: actor-{target}")?;
        }
        self.links(event, out)?;
        self.statements(event, (accuser, target), alleged, out)?;
        if event % 6 == 2 {
            self.reactions(event, target, out)?;
        }
        Ok(())
    }

    /// What is told of an event's time: all of it holds the event's moment.
    fn when(&mut self, event: usize, out: &mut impl Write) -> io::Result<()> {
        let at = self.moment(event);
        let day = at.date();
        if is_scheduled(event) {
            return writeln!(out, "    when: {}", day + TimeDelta::days(70 * 365));
        }
        if is_undated(event) {
            return Ok(());
        }
        let minute = at.format("%Y-%m-%dT%H:%M");
        match self.below(20) {
            0..=3 => writeln!(out, "    when: {minute}"),
            4 => writeln!(out, "    when: \"{minute}:00Z\""),
            5 => writeln!(out, "    when: {}+02:00", (at + TimeDelta::hours(2)).format("%Y-%m-%dT%H:%M:%S")),
            6 => writeln!(out, "    when: {}", at.format("%Y-%m")),
            7 => writeln!(out, "    when: {}~", at.format("%Y-%m")),
            8 => writeln!(out, "    when: {day}?"),
            9 => writeln!(out, "    when: '[{day},{}]'", day + TimeDelta::days(3)),
            10 => writeln!(out, "    when: {day}/{}", day + TimeDelta::days(2)),
            11 => writeln!(out, "    when: {}", at.format("%Y")),
            12 => writeln!(
                out,
                "    when: {day}\n    when_basis: inferred\n    when_note: {}",
                self.sentence(0, 6)
            ),
            13 => writeln!(out, "    when: {day}\n    when_basis: stated"),
            _ => writeln!(out, "    when: {day}"),
        }
    }

    /// What an event must follow or precede: things at least ten days off, and gaps of a week at most.
    fn constraints(&mut self, event: usize, out: &mut impl Write) -> io::Result<()> {
        let step = (SPAN / self.size.events.max(1) as u64).max(1);
        let apart = usize::try_from(10 * 24 * 60 / step + 2).unwrap_or(usize::MAX);
        if !is_undated(event) && !self.one_in(5) {
            return Ok(());
        }
        let near = self.below(40);
        let told = |other: usize| if is_scheduled(other) { other - 1 } else { other };
        if let Some(earlier) = event.checked_sub(apart + near).filter(|earlier| *earlier > 0).map(told) {
            let gap = self.gap();
            let entry = match &gap {
                Some(gap) => format!("{{event: event-{earlier}, by: {gap}}}"),
                None => format!("event-{earlier}"),
            };
            let source = earlier.checked_sub(apart + 20).map(|earlier| earlier / 10);
            match source.filter(|_| self.one_in(4)) {
                Some(source) => writeln!(
                    out,
                    "    after:\n      - {entry}\n      - {{source: source-{source}, by: 2 hours}}"
                )?,
                None => writeln!(out, "    after: [{entry}]")?,
            }
        }
        let later = event + apart + near;
        if !is_scheduled(event) && later < self.size.events && self.one_in(2) {
            match self.gap() {
                Some(gap) => writeln!(out, "    before: [{{event: event-{later}, by: {gap}}}]")?,
                None => writeln!(out, "    before: [event-{later}]")?,
            }
        }
        Ok(())
    }

    fn gap(&mut self) -> Option<String> {
        let count = self.below(7) + 1;
        Some(match self.below(8) {
            0 | 1 => format!("{count} days"),
            2 => format!("{} hours", count * 5 + 1),
            3 => format!("{} minutes", count * 15),
            4 => "1 week".to_owned(),
            _ => return None,
        })
    }

    fn links(&mut self, event: usize, out: &mut impl Write) -> io::Result<()> {
        const KINDS: [&str; 5] = ["responds_to", "triggers", "follows_up", "contradicts", "updates"];
        if event == 0 || !self.one_in(4) {
            return Ok(());
        }
        let to = event - 1 - self.below(event.min(60));
        let kind = self.pick(&KINDS);
        if self.one_in(2) {
            let (source, locator) = (event / 10, self.locator());
            writeln!(
                out,
                "    links:\n      - to: event-{to}\n        kind: {kind}\n        basis: stated\n        \
                 source: source-{source}\n        locator: {locator}"
            )
        } else {
            let note = self.sentence(0, 5);
            writeln!(out, "    links: [{{to: event-{to}, kind: {kind}, basis: inferred, note: {note}}}]")
        }
    }

    fn statements(
        &mut self,
        event: usize,
        (accuser, target): (usize, usize),
        alleged: bool,
        out: &mut impl Write,
    ) -> io::Result<()> {
        writeln!(out, "    statements:")?;
        let id = |place: usize| format!("event-{event}-s{place}");
        let source = event / 10;
        let stance = if alleged { "allegation" } else { "comment" };
        let is_quote = self.utterance(event, 0, Some(accuser), stance, out)?;
        writeln!(out, "        about: [actor-{target}]")?;
        if event % 40 == 7 && event > 40 {
            writeln!(out, "        replies_to: [event-{}-s0]", event - 1 - event % 7)?;
        }
        self.carried(source, is_quote, out)?;
        if alleged || self.one_in(5) {
            let is_quote = self.utterance(event, 1, Some(target), "denial", out)?;
            writeln!(out, "        replies_to: [{}]", id(0))?;
            let is_alone = is_of_one_source(event);
            self.carried(if is_alone { source } else { source + 1 }, is_quote, out)?;
            if event % 16 == 3 {
                let held_by = [id(0), id(1)];
                self.disputes.push(Dispute { event, held_by, is_about_figures: false });
            }
        }
        if event % 6 == 1 {
            let stance = self.pick(&STANCES);
            let speaker = Some(accuser).filter(|_| !self.one_in(4));
            let is_quote = self.utterance(event, 2, speaker, stance, out)?;
            if speaker.is_none() || stance == "recommendation" {
                writeln!(out, "        about: [actor-{accuser}]")?;
            }
            self.carried(if is_of_one_source(event) { source } else { source + 1 }, is_quote, out)?;
            if event % 24 == 1 {
                writeln!(out, "        note: {}", self.words(7))?;
            }
        }
        Ok(())
    }

    /// A statement up to its stance. Whether it is a quote.
    fn utterance(
        &mut self,
        event: usize,
        place: usize,
        speaker: Option<usize>,
        stance: &str,
        out: &mut impl Write,
    ) -> io::Result<bool> {
        let is_quote = speaker.is_some() && self.one_in(2);
        let form = if is_quote { "quote" } else { "paraphrase" };
        writeln!(out, "      - id: event-{event}-s{place}\n        form: {form}")?;
        let words = 5 + self.below(4);
        let text = self.words(words);
        match self.below(12) {
            0 => writeln!(out, "        text: '{text} It''s so.'")?,
            1 => writeln!(out, "        text: \"{text} Caf\\u00e9.\"")?,
            2 => writeln!(out, "        text: |-\n          {text}\n          {}", self.words(3))?,
            _ => writeln!(out, "        text: {text}")?,
        }
        if let Some(speaker) = speaker {
            writeln!(out, "        speaker: actor-{speaker}")?;
        }
        let said = self.moment(event) + TimeDelta::days(1);
        match self.below(8) {
            0 => writeln!(
                out,
                "        said: {}\n        said_basis: inferred\n        said_note: {}",
                said.date(),
                self.sentence(0, 5)
            )?,
            1 => writeln!(out, "        said: {}", said.format("%Y-%m-%dT%H:%M"))?,
            _ => {}
        }
        writeln!(out, "        stance: {stance}")?;
        Ok(is_quote)
    }

    /// The source of a statement, and where it stands in it; of some quotes, that nobody knows where.
    fn carried(&mut self, source: usize, is_quote: bool, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "        source: source-{source}")?;
        if is_quote && self.one_in(30) {
            return writeln!(
                out,
                "        allow: [{{rule: quote-without-locator, reason: it was heard and not read}}]"
            );
        }
        writeln!(out, "        locator: {}", self.locator())
    }

    fn reactions(&mut self, event: usize, actor: usize, out: &mut impl Write) -> io::Result<()> {
        let (name, _) = self.name(actor);
        let session = (self.moment(event) + TimeDelta::days(1)).date();
        let whole = self.below(9) + 1;
        let cents = self.below(100);
        let change = match self.below(8) {
            0 => format!("'>{whole}%'"),
            1 => format!("~{whole}%"),
            2 => "lost".to_owned(),
            3 => format!("+{whole}.{cents:02}%"),
            _ => format!("-{whole}.{cents:02}%"),
        };
        let id = |place: usize| format!("event-{event}-r{place}");
        let source = event / 10;
        writeln!(
            out,
            "    reactions:\n      - id: {}\n        instrument: {name} shares of {event}\n        venue: Harbour City\n        \
             session: {session}\n        change: {change}\n        source: source-{source}\n        locator: {}",
            id(0),
            self.locator()
        )?;
        let is_told = event % 24 == 2;
        // Where the first figure is lost or only a bound, the second does not contradict it.
        if is_told || (event % 24 == 14 && change.ends_with('%') && !change.starts_with('~')) {
            writeln!(
                out,
                "      - id: {}\n        instrument: {name} shares of {event}\n        symbol: HC{event}\n        \
                 session: {session}\n        session_basis: inferred\n        session_note: printed as yesterday\n        \
                 change: -{}.5%\n        source: source-{}\n        locator: headline\n        note: {}",
                id(1),
                whole + 11,
                source + 1,
                self.words(6)
            )?;
            if is_told {
                self.disputes.push(Dispute { event, held_by: [id(0), id(1)], is_about_figures: true });
            } else {
                writeln!(
                    out,
                    "        allow:\n          - rule: figures-without-dispute\n            reason: one is of the morning"
                )?;
            }
        }
        Ok(())
    }

    fn disputes(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.disputes.is_empty() {
            return Ok(());
        }
        writeln!(out, "disputes:")?;
        for Dispute { event, held_by: [one, other], is_about_figures } in std::mem::take(&mut self.disputes) {
            let grade = self.pick(&["contradiction", "tension", "emphasis"]);
            let question = self.words(7);
            writeln!(out, "  - id: dispute-{event}\n    question: {question}\n    grade: {grade}")?;
            if !is_about_figures && is_of_one_source(event) {
                writeln!(out, "    allow: [{{rule: dispute-of-one-origin, reason: it contradicts itself}}]")?;
            }
            if self.one_in(3) {
                writeln!(out, "    note: {}", self.words(8))?;
            }
            if is_about_figures {
                writeln!(
                    out,
                    "    positions: [{{label: by little, held_by: [{one}]}}, {{label: by much, held_by: [{other}]}}]"
                )?;
                continue;
            }
            let (is_so, is_not) = (self.words(4), self.words(4));
            writeln!(
                out,
                "    positions:\n      - label: {is_so}\n        held_by: [{one}]\n        note: {}\n      \
                 - label: {is_not}\n        held_by:\n          - {other}",
                self.sentence(0, 5)
            )?;
        }
        Ok(())
    }
}

/// The body an actor is part of.
fn part_of(actor: usize) -> Option<usize> {
    (actor % 3 == 2).then_some(actor / 7).filter(|whole| *whole != actor)
}

/// All that an actor is part of.
fn wholes(actor: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(part_of(actor), |whole| part_of(*whole))
}

fn is_scheduled(event: usize) -> bool {
    event % 25 == 24
}

/// Whether an event that is only possible is reported by two sources of which one repeats the other.
fn repeats(event: usize) -> bool {
    event % 25 == 23 && event / 10 % 6 == 5
}

/// Whether all that is said of an event stands in one source.
fn is_of_one_source(event: usize) -> bool {
    event % 48 == 3 || repeats(event)
}

fn is_undated(event: usize) -> bool {
    event % 7 == 5
}
