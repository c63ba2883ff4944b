use super::*;
use proptest::prelude::*;

/// A finder over names in the form `main|alias|…`, with a weight each; the key is the index.
fn weighted(names: &[(&str, u32)]) -> Finder<usize> {
    Finder::new(names.iter().enumerate().map(|(key, (names, weight))| Candidate {
        key,
        names: names.split('|').map(str::to_owned).collect(),
        weight: *weight,
    }))
}

fn finder(names: &[&str]) -> Finder<usize> {
    weighted(&names.iter().map(|names| (*names, 1)).collect::<Vec<_>>())
}

fn order(names: &[&str], query: &str) -> Vec<usize> {
    finder(names).find(query, 10).into_iter().map(|found| found.key).collect()
}

fn rank(name: &str, query: &str) -> Option<Rank> {
    finder(&[name]).find(query, 1).first().map(|found| found.rank)
}

/// What the best match highlights, in brackets.
fn marked(name: &str, query: &str) -> String {
    let finder = finder(&[name]);
    let matches = finder.find(query, 1);
    let best = matches.first().expect("a match");
    let shown = name.split('|').nth(best.name).expect("a name");
    let mut marked = shown.to_owned();
    for range in finder.highlights(query, shown).iter().rev() {
        marked.insert(range.end, ']');
        marked.insert(range.start, '[');
    }
    marked
}

#[test]
fn ranks_by_how_a_name_answers() {
    use Rank::{Exact, Fuzzy, Initials, Prefix, WholeWord};
    for (name, query, expected) in [
        ("BYD", "byd", Some(Exact)),
        ("Ministry of Commerce|MOFCOM", "mofcom", Some(Exact)),
        ("Financial Times", " financial  TIMES ", Some(Exact)),
        ("Газпром", "газпром", Some(Exact)),
        ("ＢＹＤ", "byd", Some(Exact)),
        ("People’s Liberation Army", "pla", Some(Initials)),
        ("Financial Times", "ft", Some(Initials)),
        ("Department of Defense", "dod", Some(Initials)),
        ("Department of Defense", "dd", Some(Initials)),
        ("The New York Times", "nyt", Some(Initials)),
        ("Rolls-Royce", "rr", Some(Initials)),
        ("Xi Jinping", "xi", Some(WholeWord)),
        ("Xi Jinping", "jinping xi", Some(WholeWord)),
        ("S&P Global Ratings", "s&p", Some(WholeWord)),
        ("Xiaomi", "xi", Some(Prefix)),
        ("People's Liberation Army", "peoples lib", Some(Prefix)),
        ("Zoë Öztürk", "ozt", Some(Prefix)),
        ("Boyd", "byd", Some(Fuzzy)),
        ("People's Liberation Army Navy", "pla", Some(Fuzzy)),
        ("比亚迪", "迪", Some(Fuzzy)),
        ("Volkswagen", "wagen", Some(Fuzzy)),
        ("Boyd", "y", None),
        ("Boyd", "byx", None),
        ("Financial Times", "financial post", None),
        // Words of one query belong to one name.
        ("Acme|Beta", "acme beta", None),
        // Scattered past three times the length of the query.
        ("Bank of the northern country of Dal", "bnyd", None),
        ("A long headline about bears, yaks and dogs", "byd", Some(Fuzzy)),
        ("Belgian railway strike ends", "byd", None),
        ("Bureau of the Yearly Standard", "brs", None),
    ] {
        assert_eq!(rank(name, query), expected, "{query:?} in {name:?}");
    }
}

#[test]
fn orders_best_first() {
    for (query, names) in [
        ("byd", &["BYD", "BYD Auto", "Boyd"][..]),
        ("xi", &["Xi", "Xylo Industries", "Xi Jinping", "Chen Xi", "Xiaomi"]),
        ("ft", &["FT|Financial Times", "Food Trust", "FT Alphaville", "Ftera", "Left"]),
        ("mofcom", &["Ministry of Commerce|MOFCOM", "MOFCOM press office", "Mofcomex"]),
        (
            "pla",
            &["PLA", "People's Liberation Army", "The PLA Daily", "Plaza", "People's Liberation Army Navy"],
        ),
        ("com", &["Com", "Dot Com", "Commerce", "Bureau of Commerce", "Telecom"]),
        ("war dep", &["War Department", "Department of War", "Wartime Depot", "Antiwar depot"]),
    ] {
        let expected: Vec<usize> = (0..names.len()).collect();
        assert_eq!(order(names, query), expected, "{query:?} as listed");
        let backwards: Vec<&str> = names.iter().rev().copied().collect();
        let found = order(&backwards, query);
        assert_eq!(found, expected.iter().rev().copied().collect::<Vec<_>>(), "{query:?} listed backwards");
    }
}

#[test]
fn ties_go_to_weight_then_name_then_listing() {
    let names = [("Beta Bank", 1), ("Alpha Bank", 1), ("Gamma Bank", 7), ("Alpha Bank", 1)];
    let keys = |query| weighted(&names).find(query, 10).iter().map(|found| found.key).collect::<Vec<_>>();
    assert_eq!(keys("bank"), [2, 1, 3, 0]);
    assert_eq!(keys(""), [2, 1, 3, 0]);
    assert_eq!(keys("  "), [2, 1, 3, 0]);
}

#[test]
fn the_limit_keeps_the_best() {
    let names = ["Xiaomi", "Chen Xi", "Xi Jinping", "Xi"];
    let best = |limit| finder(&names).find("xi", limit).iter().map(|found| found.key).collect::<Vec<_>>();
    assert_eq!(best(2), [3, 2]);
    assert_eq!(best(0), [] as [usize; 0]);
}

#[test]
fn highlights_are_the_letters_that_matched() {
    for (name, query, expected) in [
        ("People’s Liberation Army", "pla", "[P]eople’s [L]iberation [A]rmy"),
        ("Department of Defense", "dod", "[D]epartment [o]f [D]efense"),
        ("Department of Defense", "dd", "[D]epartment of [D]efense"),
        ("Chen Xi", "xi", "Chen [Xi]"),
        ("Škoda Auto", "aut sk", "[Šk]oda [Aut]o"),
        ("O\u{308}ztürk", "ozturk", "[O\u{308}ztürk]"),
        ("Boyd", "byd", "[B]o[yd]"),
        ("Ministry of Commerce|MOFCOM", "mofc", "[MOFC]OM"),
        ("People’s Army", "peoples", "[People]’[s] Army"),
        ("People's Liberation Army Navy", "lan", "People's [L]iberation [A]rmy [N]avy"),
        ("BYD", "", "BYD"),
    ] {
        assert_eq!(marked(name, query), expected, "{query:?}");
    }
}

#[test]
fn a_miss_suggests_the_nearest_name() {
    let names = [("Volkswagen AG", 1), ("Xiaomi", 2), ("BYD", 3), ("Alpha", 1), ("Alpho", 9)];
    let finder = weighted(&names);
    let suggest = |query| finder.suggest(query).map(|(key, _)| names[key].0);
    assert_eq!(suggest("volkswagon"), Some("Volkswagen AG"));
    assert_eq!(suggest("xioami"), Some("Xiaomi"));
    assert_eq!(suggest("bxd"), Some("BYD"));
    assert_eq!(suggest("alphx"), Some("Alpho"));
    assert_eq!(suggest("zz"), None);
    assert_eq!(suggest("petroleum"), None);
}

#[test]
fn made_ready_in_steps_it_finds_what_it_does_made_ready_at_once() {
    // Three runs are to be merged, one of them short.
    let names: Vec<_> = (0..10_000_usize)
        .map(|at| (format!("Name {}", at * 7919 % 5003), u32::try_from(at % 5).unwrap_or(0)))
        .collect();
    let names: Vec<_> = names.iter().map(|(name, weight)| (name.as_str(), *weight)).collect();
    let at_once = weighted(&names);
    let mut expected: Vec<usize> = (0..names.len()).collect();
    expected.sort_by_key(|at| (std::cmp::Reverse(names[*at].1), names[*at].0, *at));
    assert_eq!(at_once.find("", usize::MAX).iter().map(|found| found.key).collect::<Vec<_>>(), expected);
    let mut in_steps = Finder::default();
    for (key, (name, weight)) in names.iter().enumerate() {
        in_steps.add(key, [*name], *weight);
    }
    let mut steps = 0;
    while !in_steps.prepare_on(&mut { 5000 }) {
        assert_eq!(in_steps.find("n", 1), [], "nothing is found before all is ready");
        steps += 1;
    }
    assert!(steps > 100);
    for query in ["", "n", "4", "name 12", "nme"] {
        assert_eq!(in_steps.find(query, 700), at_once.find(query, 700), "{query:?}");
    }
}

#[test]
fn a_query_is_capped() {
    let name = "a".repeat(QUERY_LIMIT);
    let query = format!("{name}{}", "b".repeat(10_000));
    assert_eq!(finder(&[&name]).find(&query, 1).len(), 1);
    let lengthened = Query::new(&"\u{FDFA}".repeat(QUERY_LIMIT)).words.concat();
    assert!(lengthened.chars().count() <= QUERY_LIMIT);
}

#[test]
fn a_candidate_without_a_name_is_left_out() {
    let finder = Finder::new([Candidate { key: (), names: Vec::new(), weight: 1 }]);
    assert_eq!(finder.find("", 10), []);
}

proptest! {
    #[test]
    fn never_panics(names in prop::collection::vec("\\PC{0,20}|[a-e ]{0,12}", 0..6), query in "\\PC{0,8}|[a-e ]{0,6}", limit in 0_usize..4) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let finder = finder(&names);
        let found = finder.find(&query, limit);
        prop_assert!(found.len() <= limit);
        // A short list is the beginning of a long one.
        prop_assert_eq!(&found[..], &finder.find(&query, usize::MAX)[..found.len()]);
        for found in &found {
            let name = names[found.key].split('|').nth(found.name).expect("the matched name");
            for range in finder.highlights(&query, name) {
                prop_assert!(name.get(range.clone()).is_some_and(|part| !part.is_empty()));
            }
        }
        finder.suggest(&query);
    }

    #[test]
    fn every_name_finds_itself(name in "\\PC{1,20}") {
        let finder = finder(&[&name.replace('|', "")]);
        prop_assert_eq!(finder.find(&name.replace('|', ""), 1).len(), 1);
    }
}
