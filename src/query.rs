//! Questions to a graph.
pub mod search;
