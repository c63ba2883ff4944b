//! What the reader left to look at something, and comes back to.
//!
//! Imports `state`; no terminal.

use super::View;

/// What lies aside.
#[derive(Debug, Clone, Default)]
pub struct Aside {
    /// The views that were left for an event; Esc among the panes brings them back.
    pub views: Vec<View>,
    /// Whether the reader was told that no text is held; once is enough.
    pub told_of_texts: bool,
}

impl Aside {
    /// Lays aside what covers the panes; fields are not come back to, and nothing does not replace something.
    pub fn lay(&mut self, views: Vec<View>) {
        let stays = |view: &View| {
            !matches!(
                view,
                View::Find(_)
                    | View::Palette(_)
                    | View::MomentPick(_)
                    | View::Filter(_)
                    | View::Naming(_)
                    | View::TextSearch(_)
                    | View::Help(..)
            )
        };
        let left: Vec<_> = views.into_iter().filter(stays).collect();
        if !left.is_empty() {
            self.views = left;
        }
    }
}
