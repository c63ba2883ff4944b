//! The order people expect from the finder: what is typed, and which name comes first, over ten thousand names that are
//! easy to confuse.

use std::sync::LazyLock;

use dateline::query::search::Finder;

#[path = "../benches/generator/names.rs"]
mod names;

/// Names that must be found among the others, with how many events they have.
const NAMED: &[(&[&str], u32)] = &[
    (&["BYD"], 9),
    (&["BYD Auto"], 2),
    (&["Boyd"], 40),
    (&["Boyd Gaming"], 3),
    (&["Byte Dance"], 5),
    (&["People's Liberation Army", "解放军"], 12),
    (&["People’s Liberation Army Navy"], 4),
    (&["Plaza Hotels"], 30),
    (&["Platinum Asset Management"], 1),
    (&["Financial Times"], 8),
    (&["FTI Consulting"], 50),
    (&["Left Party"], 60),
    (&["Department of Defense", "Pentagon"], 11),
    (&["Department of War"], 3),
    (&["Dodo Pizza"], 70),
    (&["Ministry of Commerce", "MOFCOM"], 6),
    (&["Mofcomex"], 80),
    (&["Ministry of Finance", "MOF"], 2),
    (&["Xi Jinping"], 15),
    (&["Xiaomi"], 90),
    (&["Xinhua"], 20),
    (&["Xi'an Aircraft"], 2),
    (&["Škoda Auto"], 2),
    (&["Skodas of London"], 1),
    (&["Łukasz Nowak"], 1),
    (&["Zoë Öztürk"], 1),
    (&["Газпром"], 7),
    (&["Газпром нефть"], 3),
    (&["ＳＯＮＹ"], 3),
    (&["Nguye\u{302}\u{303}n Thi Hoa"], 1),
    (&["Alibaba Group", "阿里巴巴"], 25),
    (&["Alibaba Cloud"], 10),
    (&["Ali Baba"], 1),
    (&["S&P Global Ratings"], 3),
    (&["The New York Times", "NYT"], 14),
    (&["New York Post"], 4),
    (&["White House"], 13),
    (&["Volkswagen AG", "VW"], 6),
    (&["Rolls-Royce"], 2),
    (&["AT&T"], 2),
    (&["3M"], 1),
    (&["Σίγμα Λάμδα"], 1),
    (&["Straße der Nationen"], 1),
    (&["Søren Kierkegaard"], 1),
    (&["Đặng Văn Lâm"], 1),
    (&["O’Hara & Partners"], 1),
    (&["Jean-Luc Picard"], 1),
    (&["المصري اليوم"], 1),
    (&["סוכנות הידיעות"], 1),
    (&["서울신문"], 1),
    (&["デジタル庁"], 1),
    (&["Commerce Department"], 9),
    (&["Quixotic Holdings"], 3),
    (&["Quixotic Hosting"], 4),
    (&["Zyxel Alpha"], 5),
    (&["Zyxel Beta"], 5),
    (&["Zyxel Aardvark"], 1),
];

/// The names of each candidate, those above first.
static LISTED: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let named = NAMED.iter().map(|(names, _)| names.iter().map(|name| (*name).to_owned()).collect());
    named.chain(names::list(10_000 - NAMED.len())).collect()
});

static FINDER: LazyLock<Finder<usize>> = LazyLock::new(|| {
    let mut finder = Finder::default();
    for (place, names) in LISTED.iter().enumerate() {
        let weight = NAMED.get(place).map_or(u32::try_from(place % 5).unwrap_or(0), |(_, weight)| *weight);
        finder.add(place, names.iter().map(String::as_str), weight);
    }
    finder.prepare();
    finder
});

fn first(query: &str, count: usize) -> Vec<&'static str> {
    FINDER.find(query, count).into_iter().map(|found| LISTED[found.key][0].as_str()).collect()
}

#[test]
fn what_people_mean_comes_first() {
    let mut wrong = Vec::new();
    // The first as they must come; nothing may come between.
    for (query, expected) in [
        // The exact name or alias.
        ("byd", &["BYD", "BYD Auto"][..]),
        ("BYD", &["BYD", "BYD Auto"]),
        ("boyd", &["Boyd"]),
        ("mofcom", &["Ministry of Commerce", "Mofcomex"]),
        ("mof", &["Ministry of Finance"]),
        ("pentagon", &["Department of Defense"]),
        ("vw", &["Volkswagen AG"]),
        ("nyt", &["The New York Times"]),
        ("3m", &["3M"]),
        ("at&t", &["AT&T"]),
        ("xiaomi", &["Xiaomi"]),
        ("ali baba", &["Ali Baba"]),
        ("阿里巴巴", &["Alibaba Group"]),
        ("解放军", &["People's Liberation Army"]),
        // Initials.
        ("pla", &["People's Liberation Army"]),
        ("plan", &["People’s Liberation Army Navy"]),
        ("ft", &["Financial Times"]),
        ("dod", &["Department of Defense"]),
        ("dow", &["Department of War"]),
        ("wh", &["White House"]),
        ("rr", &["Rolls-Royce"]),
        ("nyp", &["New York Post"]),
        // Whole words.
        ("jinping", &["Xi Jinping"]),
        ("jinping xi", &["Xi Jinping"]),
        ("xi jin", &["Xi Jinping"]),
        ("liberation army", &["People's Liberation Army"]),
        ("skoda", &["Skoda", "Škoda Auto"]),
        ("škoda", &["Skoda", "Škoda Auto"]),
        ("s&p", &["S&P Global Ratings"]),
        ("s p global", &["S&P Global Ratings"]),
        ("royce", &["Rolls-Royce"]),
        ("alibaba", &["Alibaba Group", "Alibaba Cloud"]),
        ("defense", &["Department of Defense"]),
        // Beginnings of words.
        ("volksw", &["Volkswagen AG"]),
        ("alibaba cl", &["Alibaba Cloud"]),
        ("peoples lib", &["People's Liberation Army", "People’s Liberation Army Navy"]),
        ("people's lib", &["People's Liberation Army", "People’s Liberation Army Navy"]),
        ("people’s lib", &["People's Liberation Army", "People’s Liberation Army Navy"]),
        ("comm dep", &["Commerce Department"]),
        ("dep comm", &["Commerce Department"]),
        ("xinh", &["Xinhua"]),
        ("pentag", &["Department of Defense"]),
        ("white h", &["White House"]),
        ("new york p", &["New York Post"]),
        // Letters within words and scattered.
        ("wagen", &["Volkswagen AG"]),
        ("vlkswgn", &["Volkswagen AG"]),
        ("albaba clud", &["Alibaba Cloud"]),
        // How many events, then the name.
        ("quixotic", &["Quixotic Hosting", "Quixotic Holdings"]),
        ("quixotic ho", &["Quixotic Hosting", "Quixotic Holdings"]),
        ("zyxel", &["Zyxel Alpha", "Zyxel Beta", "Zyxel Aardvark"]),
        // Other spellings of the same letters.
        ("lukasz", &["Łukasz Nowak"]),
        ("ŁUKASZ", &["Łukasz Nowak"]),
        ("ozturk", &["Zoë Öztürk"]),
        ("o\u{308}ztu\u{308}rk", &["Zoë Öztürk"]),
        ("zoe oz", &["Zoë Öztürk"]),
        ("газпром", &["Газпром", "Газпром нефть"]),
        ("ГАЗПРОМ", &["Газпром", "Газпром нефть"]),
        ("газпром неф", &["Газпром нефть"]),
        ("sony", &["ＳＯＮＹ"]),
        ("ｂｙｄ", &["BYD", "BYD Auto"]),
        ("nguyen thi", &["Nguye\u{302}\u{303}n Thi Hoa"]),
        ("nguyễn thi h", &["Nguye\u{302}\u{303}n Thi Hoa"]),
        ("σιγμα", &["Σίγμα Λάμδα"]),
        ("ΣΙΓΜΑ λαμ", &["Σίγμα Λάμδα"]),
        ("strasse", &["Straße der Nationen"]),
        ("soren", &["Søren Kierkegaard"]),
        ("dang van", &["Đặng Văn Lâm"]),
        ("ohara", &["O’Hara & Partners"]),
        ("o'hara", &["O’Hara & Partners"]),
        ("jean luc", &["Jean-Luc Picard"]),
        ("jean–luc", &["Jean-Luc Picard"]),
        ("المصري", &["المصري اليوم"]),
        ("סוכנות", &["סוכנות הידיעות"]),
        ("서울", &["서울신문"]),
        ("デジタル", &["デジタル庁"]),
        ("庁", &["デジタル庁"]),
    ] {
        if first(query, expected.len()) != expected {
            wrong.push(format!("{query:?}: {:?}, not {expected:?}", first(query, 6)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_more_like_it_comes_before_what_has_more_events() {
    for (query, before, after) in [
        ("byd", "BYD", "Boyd"),
        ("xi", "Xi Jinping", "Xiaomi"),
        ("xi", "Xi Jinping", "Xinhua"),
        ("pla", "People's Liberation Army", "Plaza Hotels"),
        ("pla", "Plaza Hotels", "People’s Liberation Army Navy"),
        ("ft", "Financial Times", "FTI Consulting"),
        ("ft", "FTI Consulting", "Left Party"),
        ("dod", "Department of Defense", "Dodo Pizza"),
        ("mofcom", "Ministry of Commerce", "Mofcomex"),
    ] {
        let found = first(query, 10_000);
        let place = |key| found.iter().position(|found| *found == key);
        let (one, other) = (place(before), place(after));
        assert!(
            one.is_some() && (other.is_none() || one < other),
            "{query}: {before} at {one:?}, {after} at {other:?}"
        );
    }
}

#[test]
fn one_letter_wrong_offers_what_was_meant() {
    for (typed, meant) in [
        ("volkswogen", "Volkswagen AG"),
        ("pentagom", "Department of Defense"),
        ("xiaimi", "Xiaomi"),
        ("alibama", "Alibaba Group"),
        ("газплом", "Газпром"),
        ("kierkegaarb", "Søren Kierkegaard"),
        ("qixotik", "Quixotic Hosting"),
    ] {
        let found = FINDER.find(typed, 1);
        let suggested = FINDER.suggest(typed).map(|(key, _)| LISTED[key][0].as_str());
        assert!(found.is_empty(), "{typed} finds {found:?}");
        assert_eq!(suggested, Some(meant), "{typed}");
    }
}
