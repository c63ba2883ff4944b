//! The explorer: the terminal program. `message` in, `update` changes the `state`, `view` draws it, the
//! event loop performs what `update` asks for.
//!
//! Imports `query`, `story` and `text`; never `report`.

pub mod due;
pub mod effect;
pub mod event_loop;
pub mod frame;
pub mod input;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod loader;
pub mod loading;
pub mod message;
pub mod output;
pub mod outside;
pub mod reread;
pub mod sheet;
pub mod state;
pub mod terminal;
pub mod theme;
pub mod update;
pub mod view;
pub mod watch;

pub use event_loop::{Ended, Failed, Opening, Outcome, Unsaved, run};
pub use loader::Story;
