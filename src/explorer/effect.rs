//! What `update` asks of the world; the event loop does it.

/// Something `update` cannot do itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Hand the terminal to the shell until `fg`.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
}
