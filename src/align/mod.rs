//! Which segments translate one another.

mod band;
mod calibrate;
pub(crate) mod corpus;
pub(crate) mod engine;
mod evidence;
pub(crate) mod lattice;
mod learn;
mod names;
mod params;
pub(crate) mod score;
mod search;
mod skeleton;
mod structure;
#[cfg(test)]
mod tests;
mod translation;
pub(crate) mod weights;

pub use params::Params;
pub use weights::Weights;

use crate::align::engine::{Engine, Outcome};
use crate::align::score::Source;
use crate::lexicon::Seed;
use crate::types::{Bead, Evidence, Kind, Label, Ladder, Mention, Pair, Token};

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
    seed: &Seed,
    params: &Params,
) -> Alignment {
    align_all(&[passages], seed, params).pop().unwrap_or_default()
}

/// Aligns several documents, learning from all of them which words go together.
///
/// Worth it for documents of one kind: chapters of a novel, laws of a field.
pub fn align_all(
    documents: &[&Pair<Vec<Passage<'_>>>],
    seed: &Seed,
    params: &Params,
) -> Vec<Alignment> {
    let engine = Engine::new(documents, seed);
    let outcome = Outcome::run(&engine, params);
    documents
        .iter()
        .enumerate()
        .map(|(document, passages)| finish(&engine, &outcome, document, passages, params))
        .collect()
}

/// The best ladder of a document, with its evidence.
fn finish(
    engine: &Engine,
    outcome: &Outcome,
    document: usize,
    passages: &Pair<Vec<Passage<'_>>>,
    params: &Params,
) -> Alignment {
    let state = &outcome.states[document];
    let scorer = engine.scorer(document, &params.last, state.ratio);
    let source = Source { ratios: &outcome.ratios, own: Some(&outcome.own[document]) };
    let mut collector =
        evidence::Collector::new(&engine.corpus, &scorer, source, passages);
    let path = state.lattice.best_path(scorer.gap);
    let mut beads = Vec::with_capacity(path.len());
    let mut evidence = Vec::with_capacity(path.len());
    for index in path {
        let edge = &state.lattice.edges[index];
        let zh = edge.zh as usize..edge.zh as usize + usize::from(edge.n_zh);
        let en = edge.en as usize..edge.en as usize + usize::from(edge.n_en);
        evidence.push(collector.of(zh.clone(), en.clone(), params.evidence));
        let score = calibrate::calibrate(state.posteriors[index]);
        beads.push(Bead { range: Pair::new(zh, en), score });
    }
    let len = Pair::new(passages.zh.len(), passages.en.len());
    let ladder = Ladder::new(beads, len).expect("a path of the lattice tiles both sides");
    Alignment { ladder, evidence }
}
