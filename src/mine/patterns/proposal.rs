//! What a pattern proposes, and how far it is trusted.

use crate::mine::candidates::RunPlace;
use crate::types::TermEvidence;

/// A pair proposed by a pattern.
#[derive(Clone, Copy, Debug)]
pub(in crate::mine) struct Proposal {
    pub(in crate::mine) zh: RunPlace,
    pub(in crate::mine) en: RunPlace,
    pub(in crate::mine) evidence: TermEvidence,
    pub(in crate::mine) support: f64,
    /// What orders the proposals; higher is better.
    pub(in crate::mine) weight: f64,
}

/// How far a kind of pattern is trusted beside the score of the pair, which is 0 to about 1.
pub(super) fn trust(evidence: TermEvidence) -> f64 {
    match evidence {
        TermEvidence::Gloss => 3.0,
        TermEvidence::Title => 2.0,
        TermEvidence::Institution => 1.0,
        TermEvidence::Enumeration => 0.6,
        TermEvidence::Dictionary => 0.8,
        _ => 0.4,
    }
}
