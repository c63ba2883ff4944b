use super::*;
use crate::story;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

const STORY: &[u8] = story::EXAMPLE.as_bytes();

const HOUR: Duration = Duration::from_secs(60 * 60);

const ALL: Limits = Limits { least: 0, bytes: 1 << 30, files: 16 };

struct Kept {
    cache: Cache,
    key: Key,
    graph: Graph,
    file: PathBuf,
    root: TempDir,
}

fn empty(limits: Limits) -> (Cache, TempDir) {
    let root = tempfile::tempdir().expect("a folder");
    (Cache::at(root.path().join("caches/dateline"), "1.0 a".to_owned(), limits), root)
}

fn graph(text: &[u8]) -> Graph {
    story::read(text).expect("a sound story")
}

fn keep(cache: &Cache, text: &[u8]) -> Key {
    let key = cache.key(text).expect("long enough");
    let entry = cache.pack(&key, &graph(text)).expect("packed");
    assert!(cache.write(entry));
    key
}

/// A small story that is kept.
fn kept() -> Kept {
    let (cache, root) = empty(ALL);
    let key = keep(&cache, STORY);
    let file = cache.folder.join(key.name());
    assert!(cache.get(&key).is_some());
    Kept { cache, key, graph: graph(STORY), file, root }
}

/// A story of its own for each number.
fn numbered(number: usize) -> Vec<u8> {
    [STORY, format!("# {number}\n").as_bytes()].concat()
}

fn told(graph: &Graph) -> String {
    let mut out = Vec::new();
    crate::report::json::write(graph, None, None, &mut out).expect("written");
    String::from_utf8(out).expect("text")
}

fn make_older(path: &Path, by: Duration) {
    let at = SystemTime::now().checked_sub(by).expect("a time");
    File::open(path).expect("a file").set_modified(at).expect("set");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|file| file.expect("a file").file_name().into_string().expect("text"))
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_kept_comes_back_from_one_file_for_its_owner_alone() {
    let Kept { cache, key, graph, file, root: _root } = kept();
    assert_eq!(told(&cache.get(&key).expect("kept")), told(&graph));
    assert_eq!(names(&cache.folder), [file.file_name().and_then(|name| name.to_str()).expect("a name")]);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&cache.folder), mode(&file)), (0o700, 0o600));
}

#[test]
fn through_a_cache_a_story_is_read_once() {
    let (cache, _root) = empty(ALL);
    let key = keep(&cache, STORY);
    let kept = through(Some(cache.clone()), STORY, |_| Err("read"));
    assert!(kept.is_ok());
    assert_eq!(through(Some(cache.clone()), b"another", |_| Err("read")).map(|_| ()), Err("read"));
    assert_eq!(through(None, STORY, |_| Err("read")).map(|_| ()), Err("read"));
    // A story with faults leaves nothing.
    assert_eq!(names(&cache.folder), [key.name()]);
}

#[test]
fn a_short_story_is_not_kept_and_leaves_no_folder() {
    let (cache, root) = empty(Limits { least: STORY.len() + 1, ..ALL });
    assert_eq!(cache.key(STORY), None);
    assert!(through(Some(cache.clone()), STORY, story::read).is_ok());
    assert!(names(root.path()).is_empty());
}

#[test]
fn another_story_build_or_length_has_another_key() {
    let (cache, _root) = empty(ALL);
    let other = |build: &str| Cache { build: build.to_owned(), ..cache.clone() };
    let long = vec![b'x'; 3 << 20];
    let mut changed = long.clone();
    changed[(2 << 20) + 5] = b'y';
    let keys = [
        cache.key(STORY),
        cache.key(&numbered(1)),
        other("1.0 b").key(STORY),
        other("1.0 a ").key(STORY),
        cache.key(&long),
        cache.key(&changed),
        cache.key(&long[..long.len() - 1]),
        cache.key(&long[..2 << 20]),
    ];
    for (at, key) in keys.iter().enumerate() {
        assert!(key.is_some() && !keys[..at].contains(key), "{at}");
    }
}

#[test]
fn a_file_under_the_name_of_another_key_is_none() {
    let Kept { cache, file, root: _root, .. } = kept();
    for other in [cache.key(&numbered(1)), Cache { build: "1.0 b".to_owned(), ..cache.clone() }.key(STORY)] {
        let other = other.expect("a key");
        let path = cache.folder.join(other.name());
        fs::copy(&file, &path).expect("copied");
        assert!(cache.get(&other).is_none());
    }
}

#[test]
fn no_byte_of_a_file_can_be_another() {
    let Kept { cache, key, file, root: _root, .. } = kept();
    let bytes = fs::read(&file).expect("read");
    for at in 0..bytes.len() {
        for flip in [1, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[at] ^= flip;
            fs::write(&file, &changed).expect("written");
            assert!(cache.get(&key).is_none(), "byte {at} by {flip}");
        }
    }
    fs::write(&file, &bytes).expect("written");
    assert!(cache.get(&key).is_some());
}

#[test]
fn no_file_that_is_shorter_or_longer_is_taken() {
    let Kept { cache, key, file, root: _root, .. } = kept();
    let bytes = fs::read(&file).expect("read");
    for length in 0..bytes.len() {
        fs::write(&file, &bytes[..length]).expect("written");
        assert!(cache.get(&key).is_none(), "{length}");
    }
    for more in [1, 36, 4096] {
        fs::write(&file, [bytes.as_slice(), &vec![0; more]].concat()).expect("written");
        assert!(cache.get(&key).is_none(), "{more} more");
    }
}

#[test]
fn a_damaged_file_is_replaced() {
    let Kept { cache, key, file, root: _root, .. } = kept();
    fs::write(&file, "junk").expect("written");
    assert!(cache.get(&key).is_none());
    keep(&cache, STORY);
    assert!(cache.get(&key).is_some());
}

#[test]
fn what_is_no_file_of_ones_own_is_not_taken() {
    type Put = fn(&Path, &Path);
    let put_instead: [(&str, Put); 6] = [
        ("a link", |file, aside| symlink(aside, file).expect("linked")),
        ("a second name", |file, aside| fs::hard_link(aside, file).expect("linked")),
        ("a folder", |file, _| fs::create_dir(file).expect("made")),
        ("a pipe", |file, _| {
            assert!(Command::new("mkfifo").arg(file).status().expect("mkfifo").success());
        }),
        ("a file that others read", |file, aside| {
            fs::copy(aside, file).expect("copied");
            fs::set_permissions(file, Permissions::from_mode(0o640)).expect("set");
        }),
        ("a file that others write", |file, aside| {
            fs::copy(aside, file).expect("copied");
            fs::set_permissions(file, Permissions::from_mode(0o602)).expect("set");
        }),
    ];
    for (what, put) in put_instead {
        let Kept { cache, key, file, root, .. } = kept();
        let aside = root.path().join("aside");
        fs::rename(&file, &aside).expect("put aside");
        put(&file, &aside);
        assert!(cache.get(&key).is_none(), "{what}");
        fs::remove_file(&file).or_else(|_| fs::remove_dir(&file)).expect("removed");
        fs::rename(&aside, &file).expect("put back");
        assert!(cache.get(&key).is_some(), "{what}");
    }
}

#[test]
fn a_folder_that_is_open_to_others_or_elsewhere_is_not_used() {
    for mode in [0o777, 0o755, 0o710, 0o1777] {
        let Kept { cache, key, graph, file, root: _root } = kept();
        fs::set_permissions(&cache.folder, Permissions::from_mode(mode)).expect("set");
        assert!(cache.get(&key).is_none(), "{mode:o}");
        fs::remove_file(&file).expect("removed");
        assert!(cache.pack(&key, &graph).is_none(), "{mode:o}");
        assert!(names(&cache.folder).is_empty());
    }
    let Kept { cache, key, graph, root, .. } = kept();
    let elsewhere = root.path().join("elsewhere");
    fs::rename(&cache.folder, &elsewhere).expect("moved");
    symlink(&elsewhere, &cache.folder).expect("linked");
    assert!(cache.get(&key).is_none() && cache.pack(&key, &graph).is_none());
}

#[test]
fn a_folder_that_cannot_be_made_is_passed_over_in_silence() {
    let root = tempfile::tempdir().expect("a folder");
    let file = root.path().join("file");
    fs::write(&file, "").expect("written");
    let cache = Cache::at(file.join("dateline"), String::new(), ALL);
    assert!(through(Some(cache), STORY, story::read).is_ok());
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    let (cache, _root) = empty(ALL);
    let key = cache.key(STORY).expect("a key");
    let entry = cache.pack(&key, &graph(STORY)).expect("packed");
    // No file can take the place of a folder.
    fs::create_dir(cache.folder.join(key.name())).expect("made");
    assert!(!cache.write(entry));
    assert_eq!(names(&cache.folder), [key.name()]);
}

#[test]
fn the_least_recently_used_go_first() {
    let (cache, _root) = empty(Limits { files: 3, ..ALL });
    let keys = [0, 1, 2].map(|number| keep(&cache, &numbered(number)));
    for (key, hours) in keys.iter().zip([5, 4, 3]) {
        make_older(&cache.folder.join(key.name()), hours * HOUR);
    }
    // To be used is to be young.
    assert!(cache.get(&keys[0]).is_some());
    let last = keep(&cache, &numbered(3));
    let there: Vec<_> = keys.iter().chain([&last]).map(|key| cache.get(key).is_some()).collect();
    assert_eq!(there, [true, false, true, true]);
}

#[test]
fn all_files_together_keep_to_the_limit() {
    let (all, _other) = empty(ALL);
    let size = all.pack(&all.key(STORY).expect("a key"), &graph(STORY)).expect("packed").size();
    let (cache, _root) = empty(Limits { bytes: 2 * size + size / 2, ..ALL });
    for number in 0..5 {
        keep(&cache, &numbered(number));
        let files = names(&cache.folder);
        let total: u64 =
            files.iter().map(|name| fs::metadata(cache.folder.join(name)).expect("there").len()).sum();
        assert!(total <= cache.limits.bytes && files.len() == 2.min(number + 1));
    }
    // What alone is too large is not kept, and nothing goes for it.
    let small = Cache { limits: Limits { bytes: size - 1, ..ALL }, ..cache.clone() };
    assert!(small.pack(&small.key(STORY).expect("a key"), &graph(STORY)).is_none());
    assert_eq!(names(&cache.folder).len(), 2);
}

#[test]
fn what_is_not_its_own_is_never_deleted() {
    let (cache, _root) = empty(Limits { files: 1, ..ALL });
    keep(&cache, STORY);
    let hex = "0123456789abcdef".repeat(4);
    let others = [
        "notes.toml".to_owned(),
        "x.graph".to_owned(),
        format!("{}.graph", hex.to_uppercase()),
        format!("{hex}.graph.bak"),
        format!("{hex}0.graph"),
        format!("{hex}.1.part"),
        format!("{hex}.x-0.part"),
        format!("{hex}.part"),
    ];
    for other in &others {
        let path = cache.folder.join(other);
        fs::write(&path, "mine").expect("written");
        make_older(&path, 1000 * HOUR);
    }
    fs::create_dir(cache.folder.join(format!("{hex}.graph"))).expect("made");
    symlink("/nowhere", cache.folder.join(format!("{}.graph", "ab".repeat(32)))).expect("linked");
    let before = names(&cache.folder).len();
    let key = keep(&cache, &numbered(1));
    let after = names(&cache.folder);
    assert_eq!(after.len(), before, "{after:?}");
    assert!(others.iter().all(|other| after.contains(other)) && after.contains(&key.name()));
}

#[test]
fn what_was_never_finished_is_cleared() {
    let (cache, _root) = empty(ALL);
    keep(&cache, STORY);
    let hex = "0123456789abcdef".repeat(4);
    let mut ended = Command::new("true").spawn().expect("started");
    ended.wait().expect("ended");
    let gone = format!("{hex}.{}-0.part", ended.id());
    let old = format!("{hex}.{}-1.part", std::process::id());
    let young = format!("{hex}.{}-2.part", std::process::id());
    for name in [&gone, &old, &young] {
        fs::write(cache.folder.join(name), "half").expect("written");
    }
    make_older(&cache.folder.join(&old), 25 * HOUR);
    keep(&cache, &numbered(1));
    let left = names(&cache.folder);
    assert!(!left.contains(&gone) && !left.contains(&old) && left.contains(&young), "{left:?}");
}

/// A file with all its sums, around pieces that are not what was written.
#[test]
fn a_file_with_right_sums_around_wrong_pieces_is_none() {
    let Kept { cache, key, graph, root: _root, .. } = kept();
    let pieces = stored::pack(&graph).expect("packed");
    let fitted = |pieces: Vec<Vec<u8>>| {
        assert!(cache.write(Entry::new(&key, pieces).expect("an entry")));
        cache.get(&key).map(|graph| told(&graph))
    };
    assert_eq!(fitted(pieces.clone()), Some(told(&graph)));
    assert_eq!(fitted(Vec::new()), None);
    assert_eq!(fitted(pieces[..1].to_vec()), None);
    assert_eq!(fitted([pieces.as_slice(), &[Vec::new()]].concat()), None);
    assert_eq!(fitted(pieces.iter().rev().cloned().collect()), None);
    // One that says that there are four thousand million pieces.
    let mut entry = Entry::new(&key, pieces).expect("an entry");
    let head = &mut entry.parts[0];
    head[52..56].copy_from_slice(&u32::MAX.to_le_bytes());
    let length = head.len() - 32;
    let own = key::sum(&head[..length]);
    head[length..].copy_from_slice(&own);
    assert!(cache.write(entry) && cache.get(&key).is_none());
}

#[test]
fn many_at_once_get_what_they_asked_for_or_nothing() {
    let (cache, _root) = empty(Limits { files: 2, ..ALL });
    let stories: Vec<_> = (0..4)
        .map(|number| {
            let title = format!("title: Number {number}");
            let text = story::EXAMPLE.replacen("title: ", &format!("{title} "), 1);
            (told(&graph(text.as_bytes())), text)
        })
        .collect();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (cache, stories) = (&cache, &stories);
            scope.spawn(move || {
                for turn in 0..12 {
                    let (expected, text) = &stories[(thread + turn) % stories.len()];
                    let key = cache.key(text.as_bytes()).expect("a key");
                    if let Some(found) = cache.get(&key) {
                        assert_eq!(told(&found), *expected);
                    }
                    if let Some(entry) = cache.pack(&key, &graph(text.as_bytes())) {
                        cache.write(entry);
                    }
                }
            });
        }
    });
    assert!(names(&cache.folder).len() <= 2, "{:?}", names(&cache.folder));
}
