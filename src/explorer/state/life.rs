//! The view of an allegation's life: its stages, in which order, and where the reader is.
//!
//! Imports `query::life`; no terminal.

use super::Scrolled;
use crate::query::life::{Life, NoLife, Order, Stage, life};
use crate::story::graph::Graph;
use crate::story::id::DisputeId;

/// The life of an allegation, as a covering view.
#[derive(Debug, Clone)]
pub struct LifeView {
    /// The stages in both orders.
    pub life: Life,
    /// The order the reader is in.
    pub order: Order,
    /// The cursor, on a stage.
    pub at: Scrolled,
}

impl LifeView {
    /// The life of the allegation in a dispute, in the order of being said.
    pub fn of(graph: &Graph, dispute: DisputeId) -> Result<Self, NoLife> {
        Ok(Self { life: life(graph, dispute)?, order: Order::Said, at: Scrolled::default() })
    }

    /// The stages in the reader's order.
    pub fn stages(&self) -> &[Stage] {
        self.life.stages(self.order)
    }

    /// Turns to the other order; the cursor stays on its stage.
    pub fn turn(&mut self) {
        let statement = self.stages().get(self.at.cursor).map(|stage| stage.statement);
        self.order = match self.order {
            Order::Said => Order::Published,
            Order::Published => Order::Said,
        };
        let place = self.stages().iter().position(|stage| Some(stage.statement) == statement);
        self.at.cursor = place.unwrap_or(0);
    }
}
