//! dateline
pub mod cli;
pub mod explorer;
pub mod query;
pub mod report;
pub mod story;
pub mod text;
