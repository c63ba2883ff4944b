//! Any bytes: where both readers of YAML accept them, they agree on their shape; and the scan lets nothing through that
//! the guard would have refused.

#![no_main]

#[path = "../../tests/support/readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readers::two_readers(bytes);
    readers::scan(bytes);
});
