//! What aligns anew on a review: the engine of the run, with what it learned.

use std::sync::Arc;

use crate::lexicon::Learned;
use crate::pipeline::Aligner;

/// What aligns anew: the engine, and what the last whole run taught.
#[derive(Clone, Debug)]
pub struct Realigner {
    /// The engine.
    pub aligner: Arc<Aligner>,
    /// Which word goes with which.
    pub learned: Arc<Learned>,
}
