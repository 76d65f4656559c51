use crate::align::weights::Weights;

/// What can be tuned in the alignment.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// Weights of the features while only the shipped lexicon is known.
    pub first: Weights,
    /// Weights of the features once the documents themselves were learned from.
    pub last: Weights,
    /// How often the documents are learned from. 0 aligns by the shipped lexicon alone; two
    /// rounds are worth 15 nats over the six chapters of bfsujason/mac, dev. Sensible: 0-3.
    pub rounds: usize,
    /// How many threads work on one document; what comes out is the same for any number.
    pub threads: usize,
    /// Most pieces of evidence kept for a bead.
    pub evidence: usize,
    /// Are other readings looked for where the ladder is in doubt?
    pub readings: bool,
}

impl Params {
    /// The same where all is learned already: nothing is taught anew.
    pub(crate) fn known(&self) -> Self {
        Self { first: self.last.clone(), rounds: 0, ..self.clone() }
    }
}

impl Default for Params {
    fn default() -> Self {
        Params {
            first: Weights::first(),
            last: Weights::last(),
            rounds: 2,
            threads: 1,
            evidence: 12,
            readings: false,
        }
    }
}
