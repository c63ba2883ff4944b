//! Any bytes: reading, checking and telling of them never panics or hangs, and every address lies inside the file.

#![no_main]

#[path = "../../tests/support/readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::load_check(bytes));
