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

impl Proposal {
    /// The chance that the pair is right, 0 to 1.
    ///
    /// Set by the first of two readings by hand and held against the second, docs/terms.md, 11.
    /// They are far apart on members of rows, which are trusted little until more are read.
    pub(in crate::mine) fn confidence(&self) -> f64 {
        let (least, gain) = match self.evidence {
            TermEvidence::Gloss => (0.85, 0.1),
            TermEvidence::Title => (0.65, 0.25),
            TermEvidence::Institution => (0.4, 0.4),
            TermEvidence::Dictionary => (0.1, 0.5),
            _ => (0.05, 0.35),
        };
        least + gain * self.support.clamp(0.0, 1.0)
    }
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
