//! Disputes that were found, not written: accounts that differ, with no dispute in which they hold different positions.
//! They are never the author's. Each comes with the rule that found it, and with YAML to write it into the file with.
//!
//! The rules:
//!
//! - *figures*: reports on one instrument and session whose figures cannot both be so, as
//!   `figures_at_odds` has it; but figures that agree once the finer is rounded to the digits of the coarser are one.
//! - *dates*: one thing dated differently. The format gives an event one `when`, so two dates for one event can stand only
//!   in accounts or in two events: the same words of one speaker, told by two sources in one event, with `said` times that
//!   cannot both be so; the same move of one instrument, told by two sources in one event, in sessions that cannot both
//!   be; and two events that are linked as contradicting each other, or have one title, have no source in common, and
//!   times that cannot both be. Of such an event the first account stands for its date; without one there is nothing
//!   that could hold a position: it is found, and said to have no YAML.
//! - *denial*: a denial that names an allegation in `replies_to` and is about the same actors; where one of the two does
//!   not say about whom it is, the denial is by one whom the allegation is against. Where a dispute sets the allegation
//!   against a denial by the same speaker already, there is nothing to find; nor where one sets the same source's other
//!   words on the same actors against its other words of the same speaker.
//! - *wording*: quotes of one speaker that differ in a word or two, as `near_quotes` has it.
//!
//! Imports `story`, `text` and the queries beside it; no terminal.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use unicode_segmentation::UnicodeSegmentation as _;

use super::word_diff;
use crate::story::change::Change;
use crate::story::check::holdings::Holdings;
use crate::story::check::markets::{figures_at_odds, plain};
use crate::story::check::misquotes::near_quotes;
use crate::story::diagnostic::Code;
use crate::story::graph::{Dispute, Graph, Position};
use crate::story::id::{Account, ActorId, DisputeId, ElementId, EventId, SourceId, StatementId};
use crate::story::reply::{accused_by, are_kin};
use crate::story::vocabulary::{Grade, LinkKind, Stance, Vocabulary as _};
use crate::story::when::{Timing, When};
use crate::text;

/// Accounts that are compared with those before them that tell of the same; of more, the last ones.
const NEIGHBOURS: usize = 16;
/// Columns of a text that a question quotes.
const QUOTED: usize = 72;
/// Columns of a label made of words that differ.
const LABEL: usize = 48;

/// What finds disputes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Two figures for one instrument and session.
    Figures,
    /// One thing dated differently.
    Dates,
    /// A denial of an allegation.
    Denial,
    /// Two wordings of one quote.
    Wording,
}

impl Rule {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Dates => "dates",
            Self::Denial => "denial",
            Self::Wording => "wording",
        }
    }

    /// What it looks for.
    pub fn reading(self) -> &'static str {
        match self {
            Self::Figures => "figures for one instrument and session that cannot both be so",
            Self::Dates => "one thing dated differently",
            Self::Denial => "a denial that answers an allegation",
            Self::Wording => "quotes of one speaker that differ in a word or two",
        }
    }

    /// How far apart the positions are thought to be, until someone has read them.
    fn grade(self) -> Grade {
        match self {
            Self::Figures | Self::Dates | Self::Denial => Grade::Contradiction,
            Self::Wording => Grade::Tension,
        }
    }
}

/// A dispute that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// What found it.
    pub rule: Rule,
    /// As it could be written; its grade is a proposal, its id is not in the story.
    pub dispute: Dispute,
    /// Why it cannot be written into the file, where it cannot.
    pub no_yaml: Option<&'static str>,
}

impl Found {
    /// All its accounts, position by position.
    pub fn accounts(&self) -> impl Iterator<Item = Account> + '_ {
        self.dispute.positions.iter().flat_map(|position| &position.held_by).copied()
    }
}

/// The disputes of a story that nobody wrote: by rule, then in document order.
pub fn found(graph: &Graph) -> Vec<Found> {
    // Of a hundred thousand events each of these takes a good part of a second, and none needs another.
    let (wordings, ((figures, dates), (twins, denials))) = rayon::join(
        || wordings(graph),
        || rayon::join(|| (figures(graph), dates(graph)), || (twins(graph), denials(graph))),
    );
    let mut named = BTreeSet::new();
    let mut all = Vec::new();
    for (sought, pairs) in [
        (Sought::Figures, figures),
        (Sought::AccountDates, dates),
        (Sought::EventDates, dated_events(graph, &twins)),
        (Sought::Denial, denials),
        (Sought::Wording, wordings),
    ] {
        for accounts in connected(&pairs) {
            all.extend(laid_out(graph, sought, &accounts, &mut named));
        }
        if sought == Sought::EventDates {
            all.extend(bare_events(graph, &twins, &mut named));
        }
    }
    all
}

/// What is sought: a rule, and where it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sought {
    Figures,
    /// Dates of accounts themselves.
    AccountDates,
    /// Dates of the events that accounts stand for.
    EventDates,
    Denial,
    Wording,
}

impl Sought {
    fn rule(self) -> Rule {
        match self {
            Self::Figures => Rule::Figures,
            Self::AccountDates | Self::EventDates => Rule::Dates,
            Self::Denial => Rule::Denial,
            Self::Wording => Rule::Wording,
        }
    }
}

type Pairs = Vec<(Account, Account)>;

fn figures(graph: &Graph) -> Pairs {
    let pairs = figures_at_odds(graph).into_iter();
    pairs
        .filter(|(later, first)| !are_rounded(graph.reaction(*later).change, graph.reaction(*first).change))
        .map(|(later, first)| (Account::Reaction(first), Account::Reaction(later)))
        .collect()
}

/// Whether two figures agree once the finer is rounded to the digits of the coarser.
fn are_rounded(one: Change, other: Change) -> bool {
    let (Change::Exact(one), Change::Exact(other)) = (one, other) else { return one == other };
    let digits = |value: f64| value.to_string().split_once('.').map_or(0, |(_, digits)| digits.len());
    let coarser = digits(one).min(digits(other));
    let rounded = |value: f64| {
        // Away from nothing, as newspapers round; a hair more, as 3.785 is a little less in binary.
        let scale = 10_f64.powi(i32::try_from(coarser).unwrap_or(0));
        (value * scale * (1.0 + f64::EPSILON)).round()
    };
    // Both are whole numbers.
    (rounded(one) - rounded(other)).abs() < 0.5
}

fn wordings(graph: &Graph) -> Pairs {
    let pairs = near_quotes(graph).into_iter();
    pairs.map(|(first, later)| (Account::Statement(first), Account::Statement(later))).collect()
}

fn denials(graph: &Graph) -> Pairs {
    let holdings = Holdings::of(graph);
    // Who denies in which position.
    let mut deniers: BTreeSet<(DisputeId, Option<ActorId>, usize)> = BTreeSet::new();
    for (id, statement) in graph.statements().filter(|(_, it)| it.stance == Some(Stance::Denial)) {
        let positions = holdings.positions(Account::Statement(id)).iter();
        deniers.extend(positions.map(|(dispute, place)| (*dispute, statement.speaker, *place)));
    }
    let retold = Retold::of(graph, &holdings);
    let is_denied_elsewhere = |allegation: Account, by: Option<ActorId>| {
        holdings.positions(allegation).iter().any(|(dispute, place)| {
            let denied = deniers.range((*dispute, by, 0)..=(*dispute, by, usize::MAX));
            denied.clone().any(|(_, _, other)| other != place)
        })
    };
    let mut pairs = Pairs::new();
    for (denial, statement) in graph.statements() {
        if statement.stance != Some(Stance::Denial) {
            continue;
        }
        for allegation in &statement.replies_to {
            let (ours, theirs) = (Account::Statement(denial), Account::Statement(*allegation));
            if graph.statement(*allegation).stance == Some(Stance::Allegation)
                && meet(graph, denial, *allegation)
                && !is_denied_elsewhere(theirs, statement.speaker)
                && !retold.is_set_apart(graph, *allegation, denial)
            {
                pairs.push((theirs, ours));
            }
        }
    }
    pairs
}

/// What the sources say in disputes: by source the allegations, and by source and speaker the denials, each with where it
/// stands. A source that tells of one charge and its denial several times is not at odds anew each time.
struct Retold {
    allegations: HashMap<SourceId, Vec<(DisputeId, usize, StatementId)>>,
    denials: HashMap<Denier, Vec<(DisputeId, usize)>>,
}

/// A source, and whom it has deny something.
type Denier = (SourceId, Option<ActorId>);

impl Retold {
    fn of(graph: &Graph, holdings: &Holdings) -> Self {
        let mut retold = Self { allegations: HashMap::new(), denials: HashMap::new() };
        for (id, statement) in graph.statements() {
            let held = holdings.positions(Account::Statement(id)).iter().copied();
            match statement.stance {
                Some(Stance::Allegation) => {
                    let held = held.map(|(dispute, place)| (dispute, place, id));
                    retold.allegations.entry(statement.source).or_default().extend(held);
                }
                Some(Stance::Denial) => {
                    retold.denials.entry((statement.source, statement.speaker)).or_default().extend(held);
                }
                _ => {}
            }
        }
        retold
    }

    /// Whether a dispute sets what the same source alleges of the same actors against what it has the same speaker deny.
    fn is_set_apart(&self, graph: &Graph, allegation: StatementId, denial: StatementId) -> bool {
        let (charge, answer) = (graph.statement(allegation), graph.statement(denial));
        let denied = self.denials.get(&(answer.source, answer.speaker)).map_or(&[][..], Vec::as_slice);
        let alleged = self.allegations.get(&charge.source).map_or(&[][..], Vec::as_slice);
        alleged.iter().take(NEIGHBOURS * NEIGHBOURS).any(|(dispute, place, other)| {
            let about = &graph.statement(*other).about;
            charge.about.iter().any(|actor| about.contains(actor))
                && denied.iter().any(|(in_dispute, at)| in_dispute == dispute && at != place)
        })
    }
}

/// Whether a denial is about those whom an allegation is about, or by one of them.
fn meet(graph: &Graph, denial: StatementId, allegation: StatementId) -> bool {
    let (ours, theirs) = (graph.statement(denial), graph.statement(allegation));
    if ours.about.is_empty() || theirs.about.is_empty() {
        return accused_by(graph, allegation)
            .into_iter()
            .any(|(_, accused)| ours.speaker.is_some_and(|speaker| are_kin(graph, speaker, accused)));
    }
    ours.about.iter().any(|actor| theirs.about.contains(actor))
}

fn dates(graph: &Graph) -> Pairs {
    let holdings = Holdings::of(graph);
    // What tells of the same thing stands on one shelf.
    let mut shelves: BTreeMap<(EventId, String), Vec<Account>> = BTreeMap::new();
    for (id, statement) in graph.statements() {
        if let Some(speaker) = statement.speaker.filter(|_| statement.said.when.is_some()) {
            let words = format!("{speaker:?} {}", plain(&statement.text));
            shelves.entry((statement.event, words)).or_default().push(Account::Statement(id));
        }
    }
    for (id, reaction) in graph.reactions() {
        if let (Change::Exact(figure), Some(_)) = (reaction.change, &reaction.session.when) {
            let venue = reaction.venue.as_deref().map(plain).unwrap_or_default();
            let what = format!("{} @ {venue} {figure}", plain(&reaction.instrument));
            shelves.entry((reaction.event, what)).or_default().push(Account::Reaction(id));
        }
    }
    let mut pairs = Pairs::new();
    for told in shelves.values() {
        for (place, one) in told.iter().enumerate() {
            for other in told[place + 1..].iter().take(NEIGHBOURS) {
                if graph.source_of(*one) != graph.source_of(*other)
                    && are_apart(timing(graph, *one), timing(graph, *other))
                    && !holdings.are_set_apart(*one, *other)
                {
                    pairs.push((*one, *other));
                }
            }
        }
    }
    pairs
}

/// Pairs of events that are one told twice, at times that cannot both be; by the account that stands for each, where each
/// has one.
fn dated_events(graph: &Graph, twins: &[(EventId, EventId)]) -> Pairs {
    let stood_for = |(one, other): &(EventId, EventId)| {
        Some((first_account(graph, *one)?, first_account(graph, *other)?))
    };
    twins.iter().filter_map(stood_for).collect()
}

/// Those of which one has no account at all: they are found, and nothing could hold a position.
fn bare_events(graph: &Graph, twins: &[(EventId, EventId)], named: &mut BTreeSet<String>) -> Vec<Found> {
    let mut all = Vec::new();
    for (one, other) in twins.iter().copied() {
        if first_account(graph, one).is_some() && first_account(graph, other).is_some() {
            continue;
        }
        let position = |event: EventId| {
            let sources: Vec<_> =
                graph.event(event).sources.iter().map(|source| graph.source(*source).label()).collect();
            Position {
                label: format!("{}, by {}", graph.event(event).timing.reading(), sources.join(", ")).into(),
                held_by: first_account(graph, event).into_iter().collect(),
                note: None,
            }
        };
        let title = short(&graph.event(one).title);
        let dispute = Dispute {
            id: free_id(graph, Rule::Dates, &graph.event(one).id, named).into(),
            question: title.map_or_else(
                || "When was what two events tell of?".into(),
                |title| format!("When was this: {title}?").into(),
            ),
            grade: Rule::Dates.grade(),
            note: None,
            positions: vec![position(one), position(other)],
            allow: Vec::new(),
        };
        let why =
            "no YAML possible, because no statement or figure of one of these events could hold a position";
        all.push(Found { rule: Rule::Dates, dispute, no_yaml: Some(why) });
    }
    all
}

/// Pairs of events that are one told twice, at times that cannot both be.
fn twins(graph: &Graph) -> Vec<(EventId, EventId)> {
    let mut titles: HashMap<String, Vec<EventId>> = HashMap::new();
    let mut twins: BTreeSet<(EventId, EventId)> = BTreeSet::new();
    for (id, event) in graph.events() {
        let same = titles.entry(plain(&event.title)).or_default();
        twins.extend(same.iter().rev().take(NEIGHBOURS).map(|other| (*other, id)));
        same.push(id);
        let links = event.links.iter().map(|link| graph.link(*link));
        for link in links.filter(|link| link.kind == LinkKind::Contradicts) {
            twins.insert((id.min(link.to), id.max(link.to)));
        }
    }
    let apart = |(one, other): &(EventId, EventId)| {
        let disputes = graph.disputes_of_event(*one);
        one != other
            && are_apart(&graph.event(*one).timing, &graph.event(*other).timing)
            && !graph.event(*one).sources.iter().any(|source| graph.event(*other).sources.contains(source))
            && !graph.disputes_of_event(*other).iter().any(|dispute| disputes.contains(dispute))
    };
    twins.into_iter().filter(apart).collect()
}

/// The account that stands for an event: the first by one of the sources that report it.
fn first_account(graph: &Graph, event: EventId) -> Option<Account> {
    let event = graph.event(event);
    let statements = event.statements.iter().map(|id| Account::Statement(*id));
    let mut accounts = statements.chain(event.reactions.iter().map(|id| Account::Reaction(*id)));
    accounts.find(|account| event.sources.contains(&graph.source_of(*account)))
}

/// Whether two times cannot both be so, whatever zone is not printed. What is open, unknown or only about right is
/// apart from nothing.
fn are_apart(one: &Timing, other: &Timing) -> bool {
    let is_rough = |timing: &Timing| timing.when.as_ref().is_none_or(When::is_rough);
    !is_rough(one)
        && !is_rough(other)
        && (one.extent().is_after(&other.extent()) || other.extent().is_after(&one.extent()))
}

/// The time an account gives itself.
fn timing(graph: &Graph, account: Account) -> &Timing {
    match account {
        Account::Statement(id) => &graph.statement(id).said,
        Account::Reaction(id) => &graph.reaction(id).session,
    }
}

/// The accounts that hang together through pairs, in order of their first.
fn connected(pairs: &[(Account, Account)]) -> Vec<Vec<Account>> {
    let mut beside: BTreeMap<Account, Vec<Account>> = BTreeMap::new();
    for (one, other) in pairs {
        beside.entry(*one).or_default().push(*other);
        beside.entry(*other).or_default().push(*one);
    }
    let mut seen: BTreeSet<Account> = BTreeSet::new();
    let mut groups = Vec::new();
    for start in beside.keys() {
        if !seen.insert(*start) {
            continue;
        }
        let mut group = vec![*start];
        let mut at = 0;
        while let Some(account) = group.get(at).copied() {
            at += 1;
            group.extend(beside[&account].iter().copied().filter(|other| seen.insert(*other)));
        }
        group.sort_unstable();
        groups.push(group);
    }
    groups
}

/// A dispute between accounts: those that answer alike hold one position.
fn laid_out(
    graph: &Graph,
    sought: Sought,
    accounts: &[Account],
    named: &mut BTreeSet<String>,
) -> Option<Found> {
    let first = *accounts.first()?;
    let mut positions: Vec<(String, Vec<Account>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for account in accounts {
        let answer = answer(graph, sought, *account);
        let change = |account: Account| match account {
            Account::Reaction(id) => graph.reaction(id).change,
            Account::Statement(_) => Change::Lost,
        };
        let alike = positions.iter().position(|(_, held_by)| {
            sought == Sought::Figures
                && held_by.iter().all(|held| are_rounded(change(*held), change(*account)))
        });
        let place = alike.unwrap_or_else(|| *places.entry(answer.clone()).or_insert(positions.len()));
        match positions.get_mut(place) {
            Some((_, held_by)) => held_by.push(*account),
            None => positions.push((answer, vec![*account])),
        }
    }
    if sought == Sought::Wording {
        name_by_difference(graph, &mut positions);
    }
    let rule = sought.rule();
    let positions = positions.into_iter();
    let one_source = accounts.iter().all(|account| graph.source_of(*account) == graph.source_of(first));
    let dispute = Dispute {
        id: free_id(graph, rule, graph.id_of(ElementId::from(first)), named).into(),
        question: question(graph, sought, first).into(),
        // A source at odds with itself need not mean it; who denies what it retells does.
        grade: if one_source && rule != Rule::Denial { Grade::Tension } else { rule.grade() },
        note: None,
        positions: positions
            .map(|(label, held_by)| Position { label: label.into(), held_by, note: None })
            .collect(),
        allow: Vec::new(),
    };
    Some(Found { rule, dispute, no_yaml: None }).filter(|found| found.dispute.positions.len() > 1)
}

/// What an account answers; the same for those that answer alike.
fn answer(graph: &Graph, sought: Sought, account: Account) -> String {
    match (sought, account) {
        (Sought::EventDates, _) => graph.event(graph.event_of(account)).timing.reading(),
        (Sought::Denial, Account::Statement(id)) if graph.statement(id).stance == Some(Stance::Denial) => {
            "denied".to_owned()
        }
        (Sought::Denial, _) => "alleged".to_owned(),
        (Sought::Figures, Account::Reaction(id)) => graph.reaction(id).change.reading(),
        (Sought::Wording, Account::Statement(id)) => {
            text::fold_str(&graph.statement(id).text).unicode_words().collect::<Vec<_>>().join(" ")
        }
        // The other rules pair no accounts of another kind.
        (Sought::AccountDates | Sought::Figures | Sought::Wording, _) => timing(graph, account).reading(),
    }
}

/// Positions on a wording are told apart by the words that differ.
fn name_by_difference(graph: &Graph, positions: &mut [(String, Vec<Account>)]) {
    if positions.len() < 2 {
        return;
    }
    let wording = |held_by: &[Account]| match held_by.first() {
        Some(Account::Statement(id)) => in_a_line(&graph.statement(*id).text),
        _ => String::new(),
    };
    let wordings: Vec<_> = positions.iter().map(|(_, held_by)| wording(held_by)).collect();
    let mut read = word_diff::Wordings::of(wordings.iter().map(String::as_str).collect());
    let mut labels: HashMap<String, usize> = HashMap::new();
    for (place, ((label, _), wording)) in positions.iter_mut().zip(&wordings).enumerate() {
        // The first is set against the second, all others against the first.
        let pieces = read.set_against(place, usize::from(place == 0));
        let differing: Vec<_> = pieces
            .iter()
            .filter(|piece| piece.differs)
            .map(|piece| wording[piece.text.clone()].trim())
            .filter(|words| words.contains(char::is_alphanumeric))
            .collect();
        // Where words are only left out, the whole must speak.
        let words = if differing.is_empty() { wording.clone() } else { differing.join(" … ") };
        *label = text::truncate(&words, LABEL).into_owned();
        let times = labels.entry(label.clone()).or_default();
        *times += 1;
        if *times > 1 {
            *label = format!("{label} ({times})");
        }
    }
}

/// Words as a question quotes them: whole, or not at all.
fn short(words: &str) -> Option<String> {
    let line = in_a_line(words);
    let line = line.trim_end_matches(['.', ',', ';', ':', '!', '?']);
    (text::width(line) <= QUOTED && !line.contains('…')).then(|| line.to_owned())
}

fn question(graph: &Graph, sought: Sought, first: Account) -> String {
    let ask = |start: &str, words: &str, otherwise: &str| {
        short(words).map_or_else(|| otherwise.to_owned(), |words| format!("{start}: {words}?"))
    };
    let event = graph.event(graph.event_of(first));
    match first {
        Account::Reaction(_) | Account::Statement(_) if sought == Sought::EventDates => {
            ask("When was this", &event.title, "When was what these two events tell of?")
        }
        Account::Reaction(id) => {
            let reaction = graph.reaction(id);
            let instrument = short(&reaction.instrument).unwrap_or_else(|| "the instrument".to_owned());
            let session = reaction.session.reading();
            match (sought, &reaction.session.when) {
                (Sought::AccountDates, _) => {
                    format!("In which session did {instrument} move by {}?", reaction.change.reading())
                }
                (_, Some(_)) => format!("How far did {instrument} move on {session}?"),
                (_, None) => format!("How far did {instrument} move?"),
            }
        }
        Account::Statement(id) => {
            let statement = graph.statement(id);
            let speaker = statement.speaker.and_then(|speaker| short(&graph.actor(speaker).name));
            let name = speaker.as_deref().unwrap_or("the speaker");
            let says = speaker.clone().or_else(|| short(graph.source(statement.source).label()));
            let says = says.as_deref().unwrap_or("the source");
            let about: Vec<_> =
                statement.about.iter().map(|actor| graph.actor(*actor).name.as_str()).collect();
            match sought {
                Sought::Wording => format!("What exactly did {name} say?"),
                Sought::AccountDates => {
                    ask("When was this said", &statement.text, &format!("When did {name} say this?"))
                }
                _ => {
                    let of = short(&about.join(", ")).filter(|about| !about.is_empty());
                    let of = of.map_or_else(String::new, |about| format!(" of {about}"));
                    ask("Is this so", &statement.text, &format!("Is what {says} alleges{of} so?"))
                }
            }
        }
    }
}

/// A text as one line.
fn in_a_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An id that nothing in the story has, and no other found dispute.
fn free_id(graph: &Graph, rule: Rule, first: &str, named: &mut BTreeSet<String>) -> String {
    let stem = format!("{}-{first}", rule.word());
    let is_free = |id: &String| graph.by_id(id).is_none() && !named.contains(id);
    let numbered = (2_usize..).map(|number| format!("{stem}-{number}"));
    let id = std::iter::once(stem.clone()).chain(numbered).find(is_free).unwrap_or_default();
    named.insert(id.clone());
    id
}

/// A found dispute as YAML, to be pasted under `disputes:`. Comments say that it was found, by which rule, and where it
/// goes; where all of it is from one source, which the lint asks about, a place for the reason is kept.
pub fn yaml(graph: &Graph, found: &Found) -> String {
    use std::fmt::Write as _;
    let dispute = &found.dispute;
    let mut yaml = format!(
        "  # found by dateline, not written by anyone: {}.\n  # The words and the grade are a proposal: read the accounts \
         before keeping them.\n  # It goes under `disputes:`, moved so that its dash stands below the other dashes there.\n  - id: {}\n    question: {}\n    grade: {}\n{}    positions:\n",
        found.rule.reading(),
        scalar(&dispute.id),
        quoted(&dispute.question),
        dispute.grade.word(),
        reason_to_write(graph, found)
    );
    for position in &dispute.positions {
        let held_by: Vec<_> =
            position.held_by.iter().map(|account| scalar(graph.id_of(ElementId::from(*account)))).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            yaml,
            "      - {{label: {}, held_by: [{}]}}",
            quoted(&position.label),
            held_by.join(", ")
        );
    }
    yaml
}

/// The `allow` of a dispute within one source, its reason still to be written.
fn reason_to_write(graph: &Graph, found: &Found) -> String {
    let sources: BTreeSet<_> = found.accounts().map(|account| graph.source_of(account)).collect();
    match sources.first() {
        Some(only) if sources.len() == 1 => format!(
            "    # All of it is from one source. Write the reason, or add an account of another.\n    allow:\n      - {{rule: {}, \
             reason: {}}}\n",
            Code::DisputeOfOneOrigin.word(),
            quoted(&format!("to be written: why {} is set against itself", graph.source(*only).label()))
        ),
        _ => String::new(),
    }
}

/// A text in double quotes. The escapes of JSON are YAML's too.
fn quoted(words: &str) -> String {
    serde_json::to_string(words).unwrap_or_default()
}

/// An id, in quotes where a reader could take it for something else than a text.
fn scalar(id: &str) -> String {
    let is_word = matches!(id, "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n");
    if is_word || !id.starts_with(|first: char| first.is_ascii_alphabetic()) {
        quoted(id)
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests;
