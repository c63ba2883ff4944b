//! Made-up names that are easy to confuse, the same for the same number: people who share given or family names, companies
//! called after them, ministries and papers of many places with their initials for an alias, several scripts, and words
//! one letter apart.
//!
//! Imports nothing.

const GIVEN: [&str; 40] = [
    "Ada", "Alan", "Boyd", "Byron", "Carla", "Chen", "Dana", "Dean", "Dod", "Elena", "Emil", "Fay", "Felix",
    "Gita", "Hana", "Ivan", "Jana", "Jing", "Jin", "Karl", "Lara", "Lena", "Li", "Lucas", "Marc", "Mina",
    "Nils", "Olga", "Pia", "Paula", "Rita", "Sam", "Sara", "Tara", "Tom", "Uma", "Vera", "Wen", "Xiao",
    "Yara",
];
const FAMILY: [&str; 40] = [
    "Abbott", "Byrd", "Boyd", "Baird", "Bayard", "Beard", "Chan", "Cheng", "Dodd", "Dodge", "Farrow",
    "Foster", "Fort", "Gasper", "Gibson", "Hall", "Huang", "Jiang", "Jinks", "Kaspar", "Lucas", "Lukas",
    "Maas", "Moffat", "Moscow", "Oster", "Ozark", "Payne", "Place", "Plath", "Poland", "Planck", "Scott",
    "Skoog", "Tsai", "Turk", "Xing", "Xian", "Young", "Zhang",
];
const MARKED: [&str; 16] = [
    "Škorpil",
    "Škrob",
    "Łukowski",
    "Łukasiewicz",
    "Özdemir",
    "Öztop",
    "Çelik",
    "Dvořák",
    "Nguyễn",
    "Trần",
    "Müller",
    "Møller",
    "Ðorđević",
    "Þórsson",
    "Jiménez",
    "Éluard",
];
const PLACES: [&str; 32] = [
    "Arden",
    "Bolan",
    "Calder",
    "Doria",
    "Eastmark",
    "Fenland",
    "Galt",
    "Harrow",
    "Istria",
    "Jura",
    "Karst",
    "Lorne",
    "Marches",
    "Norland",
    "Ostia",
    "Palatine",
    "Quill",
    "Ravenna",
    "Sable",
    "Tyne",
    "Ulster",
    "Vale",
    "Westmark",
    "Xanth",
    "York",
    "Zeeland",
    "Plains",
    "Pearl Lake",
    "Long Acre",
    "Fort Dodge",
    "New Moscow",
    "South Ferry",
];
const TOPICS: [&str; 20] = [
    "Agriculture",
    "Commerce",
    "Culture",
    "Defence",
    "Development",
    "Education",
    "Energy",
    "Finance",
    "Fisheries",
    "Foreign Affairs",
    "Forests",
    "Health",
    "Home Affairs",
    "Industry",
    "Justice",
    "Labour",
    "Liberation",
    "Trade",
    "Transport",
    "Water",
];
const BODIES: [&str; 8] =
    ["Ministry", "Department", "Office", "Bureau", "Board", "Commission", "Directorate", "Parliament"];
const PAPERS: [&str; 12] = [
    "Times",
    "Post",
    "Herald",
    "Courier",
    "Daily",
    "Tribune",
    "Ledger",
    "Gazette",
    "Star",
    "Standard",
    "Finance Today",
    "Financial News",
];
const TRADES: [&str; 16] = [
    "Auto",
    "Bank",
    "Batteries",
    "Capital",
    "Cloud",
    "Foods",
    "Freight",
    "Gas",
    "Holding",
    "Motors",
    "Oil",
    "Plastics",
    "Semiconductors",
    "Steel",
    "Telecom",
    "Textiles",
];
const FORMS: [&str; 8] = ["AG", "Group", "Inc", "Ltd", "PLC", "SA", "& Sons", "International"];
const CYRILLIC: [&str; 16] = [
    "Газета",
    "Газовик",
    "Газпромбанк",
    "Гагарин",
    "Промбанк",
    "Промгаз",
    "Россия",
    "Роснефть",
    "Иванов",
    "Ивановский",
    "Петров",
    "Петровский",
    "Северсталь",
    "Север",
    "Лукин",
    "Лукойл",
];
const WIDE: [&str; 16] =
    ["比", "亚", "迪", "阿", "里", "巴", "腾", "讯", "华", "为", "小", "米", "京", "东", "百", "度"];
const SYLLABLES: [&str; 32] = [
    "ba", "by", "bo", "da", "do", "fa", "fo", "ga", "gas", "ji", "jin", "ka", "ko", "la", "lu", "ma", "mo",
    "na", "no", "pa", "pla", "po", "ra", "ro", "sa", "sko", "ta", "to", "xi", "xia", "za", "zo",
];

fn of<'n>(list: &[&'n str], at: usize) -> &'n str {
    list.get(at % list.len()).copied().unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

fn initials(name: &str) -> String {
    name.split(' ').filter(|word| *word != "of").filter_map(|word| word.chars().next()).collect()
}

/// So many candidates, each with its names: the main one, then aliases.
pub fn list(count: usize) -> Vec<Vec<String>> {
    (0..count).map(names).collect()
}

fn names(place: usize) -> Vec<String> {
    let (kind, at) = (place % 8, place / 8);
    // Numbers without a common divisor with the lengths of the lists, so that all combinations come.
    let (one, two, three) = (at, at / 40 + at * 7, at / 1280 + at * 3);
    match kind {
        0 => {
            let middle = char::from(b'A' + u8::try_from(three % 26).unwrap_or(0));
            vec![format!("{} {middle}. {}", of(&GIVEN, one), of(&FAMILY, two))]
        }
        1 => vec![format!("{} {} {}", of(&FAMILY, one), of(&TRADES, two), of(&FORMS, three))],
        2 => {
            let name = format!("{} of {} of {}", of(&BODIES, one), of(&TOPICS, two), of(&PLACES, three));
            let alias = initials(&name);
            vec![name, alias]
        }
        3 => {
            let name = format!("The {} {} {}", of(&PLACES, one), of(&FAMILY, three), of(&PAPERS, two));
            let alias = initials(&name);
            vec![name, alias]
        }
        4 => vec![
            format!("{} {}-{}", of(&GIVEN, one), of(&MARKED, two), of(&MARKED, three)),
            format!("{} {}", of(&FAMILY, two), of(&GIVEN, three)),
        ],
        5 => vec![format!("{} {} {}", of(&CYRILLIC, one), of(&CYRILLIC, two), at % 97)],
        6 => {
            let wide = [one, two, three].map(|at| of(&WIDE, at)).concat();
            vec![format!("{}{}", capital(of(&SYLLABLES, one)), of(&SYLLABLES, two)), wide]
        }
        _ => {
            let word = |from: usize| {
                let parts = [from, from / 32 + from * 5, from / 7].map(|at| of(&SYLLABLES, at));
                capital(&parts.concat())
            };
            vec![format!("{} {}", word(at), word(three))]
        }
    }
}
