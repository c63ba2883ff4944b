//! The domain: a story file read into a graph of typed ids, or into all its faults.
//!
//! No terminal, no clock, no printing. Imports `text` and nothing above itself.

pub mod build;
pub mod change;
pub mod diagnostic;
pub mod document;
pub mod graph;
pub mod id;
pub mod index;
pub mod locator;
pub mod order;
pub mod vocabulary;
pub mod when;

use diagnostic::{Code, Diagnostic, Path};
use graph::Graph;

/// The story dateline opens when it is given none.
pub const EMBEDDED: &str = include_str!("../events.yaml");

/// Reads a story from the bytes of a file: bytes → `Document` → `Graph`, or every fault found.
pub fn read(bytes: &[u8]) -> Result<Graph, Vec<Diagnostic>> {
    build::build(document::Document::from_yaml(decode(bytes)?)?)
}

/// The bytes as text: UTF-8, with or without a byte order mark.
fn decode(bytes: &[u8]) -> Result<&str, Vec<Diagnostic>> {
    let refuse = |message: String, hint: &str| {
        Err(vec![Diagnostic::new(Code::NotText, Path::root(), message).hint(hint)])
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return refuse("this file is UTF-16".to_owned(), "save it as UTF-8");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => {
            refuse("this file is empty".to_owned(), "a story begins with `format: 1`")
        }
        Ok(text) => Ok(text),
        Err(error) => {
            let line = 1 + bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').skip(1).count();
            refuse(format!("this file is not UTF-8 (line {line} has other bytes)"), "save it as UTF-8")
        }
    }
}
