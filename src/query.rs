//! Questions to a graph. The answers are plain view models: ids, numbers and short texts.
//!
//! Imports `story` and `text`; no terminal, no clock, no printing.

pub mod as_of;
pub mod bounds;
pub mod citation;
pub mod comparison;
pub mod content;
pub mod dispute;
pub mod filter;
pub mod found;
pub mod interval;
pub mod lanes;
pub mod life;
pub mod matrix;
pub mod provenance;
pub mod reaction;
pub mod reply;
pub mod search;
pub mod timeline;
pub mod word_diff;
