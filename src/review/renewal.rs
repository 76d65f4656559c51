//! The offer to align a review anew, where an older version of the program began it and this one
//! reads or aligns the texts otherwise.

use std::fmt;
use std::sync::Arc;

use super::log::Head;
use crate::pipeline::{Outcome, Pinned};

/// Reads the sources and aligns them through the rows that are pinned.
type Run = dyn Fn(&Pinned) -> Result<(Head, Outcome), String> + Send + Sync;

/// What aligns a review anew, and how far it is.
#[derive(Clone)]
pub struct Renewal {
    run: Arc<Run>,
    /// How far it is.
    pub stage: RenewalStage,
}

/// How far a renewal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenewalStage {
    /// Nobody asked for it yet.
    Offered,
    /// It is being aligned.
    Running,
    /// It came to nothing, and why.
    Failed(String),
}

impl Renewal {
    /// The offer to align by this run, that tells what was read and what came of it.
    pub fn new(
        run: impl Fn(&Pinned) -> Result<(Head, Outcome), String> + Send + Sync + 'static,
    ) -> Self {
        Self { run: Arc::new(run), stage: RenewalStage::Offered }
    }

    /// Aligns.
    ///
    /// # Errors
    ///
    /// Why the sources could not be read.
    pub fn run(&self, pinned: &Pinned) -> Result<(Head, Outcome), String> {
        (self.run)(pinned)
    }
}

impl fmt::Debug for Renewal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renewal").field("stage", &self.stage).finish_non_exhaustive()
    }
}
