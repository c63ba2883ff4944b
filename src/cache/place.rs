//! Where the cache is, and which build of the program asks.

use std::ffi::OsString;
use std::fs::File;
use std::path::PathBuf;

/// The folder of the cache: `dateline` in `XDG_CACHE_HOME` where that is absolute, as the XDG specification has it, else
/// in `.cache` in `HOME`; `None` where that is not set. No home is looked up beside the environment: whoever takes HOME
/// away does not want files there.
pub fn folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")))?;
    Some(caches.join("dateline"))
}

/// What tells this build of the program from any other: its version, and the sum of the file that runs. Two builds of one
/// version can read the same story differently, and systems that build for others give all their files one time. Reads the
/// whole program; `None` where that cannot be done.
pub fn build() -> Option<String> {
    // What runs, even where another has been put in its place since.
    let program = File::open("/proc/self/exe").or_else(|_| File::open(std::env::current_exe()?)).ok()?;
    let sum = blake3::Hasher::new().update_reader(program).ok()?.finalize();
    Some(format!("{} {sum}", env!("CARGO_PKG_VERSION")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_environment_names_the_folder() {
        for (pairs, expected) in [
            (&[("XDG_CACHE_HOME", "/c"), ("HOME", "/h")][..], Some("/c/dateline")),
            // What is not absolute is as if it were not there.
            (&[("XDG_CACHE_HOME", "c"), ("HOME", "/h")], Some("/h/.cache/dateline")),
            (&[("XDG_CACHE_HOME", ""), ("HOME", "/h")], Some("/h/.cache/dateline")),
            (&[("HOME", "")], None),
            (&[("HOME", "relative")], None),
            (&[], None),
        ] {
            let variable =
                |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into());
            assert_eq!(folder(variable).as_deref(), expected.map(Path::new), "{pairs:?}");
        }
    }

    #[test]
    fn a_build_is_told_by_its_version_and_all_its_bytes() {
        let told = build().expect("this program is a file");
        let program = std::fs::read(std::env::current_exe().expect("a program")).expect("its bytes");
        assert_eq!(told, format!("{} {}", env!("CARGO_PKG_VERSION"), blake3::hash(&program)));
        assert_eq!(build(), Some(told));
    }
}
