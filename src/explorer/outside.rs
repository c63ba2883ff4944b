//! Other programs: the browser, the system's clipboard, the editor.
//!
//! The promise: each is started with a vector of arguments and never through a shell; none but the editor has the
//! terminal, or can reach it; none keeps the explorer waiting but the editor, which has the screen meanwhile.
//!
//! Imports `message`, `input` and the story's addresses; never the explorer's state.

use std::ffi::OsString;
use std::sync::mpsc::{self, Receiver, Sender};

use super::input::Waker;
use super::message::Message;

pub mod apart;
pub mod clipboard;
pub mod editor;
pub mod opener;

/// What the environment says; a function, so that a test can say something else.
pub type Environment<'e> = &'e dyn Fn(&str) -> Option<OsString>;

/// The environment of this process.
pub fn environment(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}

/// Whether the environment says anything under this name.
fn says(environment: Environment<'_>, name: &str) -> bool {
    environment(name).is_some_and(|value| !value.is_empty())
}

/// Where threads that wait for other programs say what came of it.
#[derive(Clone, Debug)]
pub struct Answers {
    send: Sender<Message>,
    waker: Waker,
}

impl Answers {
    /// A place to answer, and where the answers come in; each wakes the event loop.
    pub fn new(waker: Waker) -> (Self, Receiver<Message>) {
        let (send, received) = mpsc::channel();
        (Self { send, waker }, received)
    }

    /// Says what came of it. At the end of the program nobody listens any more, which is as well.
    pub fn say(&self, message: Message) {
        if self.send.send(message).is_ok() {
            self.waker.wake();
        }
    }
}
