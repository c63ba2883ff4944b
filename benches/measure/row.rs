//! A row of the first table in `benches/README.md`.

/// Prints what is asked, what was measured, and whether that holds.
pub fn row(asked: &str, measured: &str, holds: bool) {
    println!("row: | {asked} | {measured} | {} |", if holds { "yes" } else { "missed" });
}
