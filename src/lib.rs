//! dateline
pub mod query;
pub mod story;
pub mod text;
