//! Terms and findings of a pair whose page is open already: aligned it can be looked at, and what
//! is looked for behind it takes longer than to align.

use std::sync::Arc;

use crate::check::{Finding, FindingKind};
use crate::pipeline::{Aligner, Outcome, Review};
use crate::types::{Side, TermPair};

/// What is still to be looked for.
#[derive(Clone, Debug)]
pub struct Later {
    outcome: Arc<Outcome>,
    source: Side,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The terms, surest first.
    pub(super) terms: Vec<TermPair>,
    pub(super) findings: Vec<Finding>,
}

impl Later {
    /// Terms and findings of an outcome that has none yet. `source` is the language that is
    /// translated from.
    pub fn new(outcome: Outcome, source: Side) -> Self {
        Self { outcome: Arc::new(outcome), source }
    }

    /// Looks for them, as the run would have.
    pub fn find(&self, aligner: &Aligner) -> Found {
        let mut outcome = Outcome::clone(&self.outcome);
        let mined = outcome.terms(aligner).into_owned();
        outcome.mined = Some(mined);
        let review = Review { kinds: &FindingKind::ALL, source: self.source };
        let findings = outcome.review(aligner, review);
        let terms = outcome.mined.map_or_else(Vec::new, |mined| mined.terms);
        Found { terms, findings }
    }
}
