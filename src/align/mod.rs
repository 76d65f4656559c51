//! Which segments translate one another.

mod params;

pub use params::Params;

use crate::lexicon::Seed;
use crate::types::{Evidence, Kind, Label, Ladder, Mention, Pair, Token};

/// A segment as the aligner sees it.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its words.
    pub tokens: Vec<Token>,
    /// What it mentions.
    pub mentions: Vec<Mention>,
    /// The number that opens it.
    pub label: Option<Label>,
    /// The labels of the units it stands in, outermost first.
    pub parents: Vec<Label>,
    /// What it is.
    pub kind: Kind,
    /// Was its beginning inferred, so that it may be the rest of the passage before it?
    pub soft: bool,
}

/// The outcome of an alignment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// The beads, each with its calibrated score.
    pub ladder: Ladder,
    /// For each bead, what speaks for it, strongest first.
    pub evidence: Vec<Vec<Evidence>>,
}

/// Aligns two lists of passages. Total: any two lists give a ladder.
pub fn align(
    passages: &Pair<Vec<Passage<'_>>>,
    _seed: &Seed,
    _params: &Params,
) -> Alignment {
    let n = Pair::new(passages.zh.len(), passages.en.len());
    let beads = if n == Pair::new(0, 0) {
        Vec::new()
    } else {
        vec![crate::types::Bead { range: Pair::new(0..n.zh, 0..n.en), score: 0.0 }]
    };
    let evidence = vec![Vec::new(); beads.len()];
    let ladder = Ladder::new(beads, n).expect("one bead holds everything");
    Alignment { ladder, evidence }
}
