//! `dateline`: a terminal explorer for contested news stories.
//!
//! A YAML file holds a story as a graph. The words for it have one meaning each:
//!
//! - A **source** is a published thing we have it from; it may rely on other sources. One that relies on no other
//!   is an **origin**, and corroboration counts origins, never outlets.
//! - An **actor** speaks or acts. An **event** happened, is alleged, is scheduled or is possible, at a time that may
//!   be uncertain.
//! - A **statement** is one utterance, a **quote** (verbatim words) or a **paraphrase**, by a speaker, carried by a
//!   source. A **reaction** is a market move as a source reports it.
//! - A **dispute** is a question on which accounts differ; each of its **positions** is held by statements or
//!   reactions, so each can be traced.
//!
//! The promise: nothing on the screen is there without a source, nothing uncertain looks certain, and no
//! disagreement is smoothed away.
//!
//! # The flow
//!
//! One way, and each step knows only those before it:
//!
//! ```text
//! bytes → story::document::Document → story::graph::Graph → query → explorer::state::State → explorer::view
//!         (strings, as written)       (typed ids, no         (view    (update: message in,   (render)
//!                                      dangling reference)   models)   effect out)
//! ```
//!
//! - [`story`] reads a file: [`story::read`] gives a [`story::graph::Graph`] or every fault at once. No terminal, no
//!   clock, no printing.
//! - [`archive`] holds the texts that sources were read from, and finds quotes and figures in them.
//! - [`query`] asks the graph questions and answers with plain view models.
//! - [`explorer`] is the terminal program: [`explorer::update`] is deterministic, [`explorer::view`] only draws.
//! - [`report`] prints without a terminal: the chronology as text or JSON, and faults.
//! - [`panic_report`] is what a panic leaves behind.
//! - [`cache`] keeps the graphs of long stories from one opening to the next.
//! - [`plain_file`] opens a file, and nothing that only looks like one.
//! - [`text`] makes text safe to show, measures and wraps it; everything from a file passes it once, in
//!   [`story::build`].
//!
//! ```
//! let graph = dateline::story::read(dateline::story::EMBEDDED.as_bytes()).expect("the embedded story is sound");
//! let first = graph.chronology().order()[0];
//! println!("{}: {}", graph.event(first).timing.reading(), graph.event(first).title);
//! ```

pub mod archive;
pub mod cache;
pub mod cli;
pub mod colour;
pub mod config;
pub mod explorer;
pub mod panic_report;
pub mod plain_file;
pub mod query;
pub mod reader;
pub mod report;
pub mod story;
pub mod text;
