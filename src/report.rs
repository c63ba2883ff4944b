//! The story, and what is wrong with one, without a terminal: one file per format.
//!
//! The promise: plain text and JSON on whatever they are given to write to, never an escape sequence, the same output
//! for the same story. Imports `story`, `query` and `text`; never the explorer, no clock.

pub mod check;
pub mod chronology;
pub mod json;
mod page;
pub mod pointed;
pub mod selection;
