//! Where the cache is, and which build of the program asks.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

/// The folder of the cache: `dateline` in `XDG_CACHE_HOME` where that is absolute, as the XDG specification has it, else
/// in `.cache` in `HOME`; `None` where that is not set. No home is looked up beside the environment: whoever takes HOME
/// away does not want files there.
pub fn folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let absolute = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")))?;
    Some(caches.join("dateline"))
}

/// What tells this build of the program from any other: its version, and the size and time of the file that runs. Two
/// builds of one version can read the same story differently. `None` where that cannot be told.
pub fn build() -> Option<String> {
    // What runs, even where another has been put in its place since.
    let program = fs::metadata("/proc/self/exe").or_else(|_| fs::metadata(std::env::current_exe()?)).ok()?;
    let made = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some(format!("{} {} {made}", env!("CARGO_PKG_VERSION"), program.len()))
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
    fn a_build_is_told_by_version_size_and_time() {
        let told = build().expect("this program is a file");
        assert!(told.starts_with(env!("CARGO_PKG_VERSION")), "{told}");
        assert_eq!(told.split(' ').count(), 3);
        assert_eq!(build(), Some(told));
    }
}
