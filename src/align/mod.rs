//! Which segments translate one another.
//!
//! One score, a sum of features in nats ([`score`]); one search, over beads of up to five Chinese
//! and ten English passages; one probability for each bead, which is its [`Bead::score`]. It
//! serves paragraphs (few, long, with labels and mentions) and sentences (many, without) alike.
//!
//! ```text
//! passages ─ corpus ─▶ words as numbers      lexicon ─ translation ─▶ table: word → words
//!                          │                                            │
//!  course ─ skeleton ─▶ band ─ search ─▶ lattice: the beads worth a second look
//!                                          │  ▲
//!                                          ▼  │ twice
//!                                   learn: a better table, each passage scored
//!                                   without what it taught itself
//!                                          │
//!                                          ▼
//!                     best path ─▶ ladder, with evidence and probabilities
//! ```
//!
//! The probabilities are calibrated as they come: over the gold of bfsujason/mac (dev) and the
//! speeches of bfsujason/aligner-eval, each document scored with weights fitted to the others,
//! the beads of each tenth from .4 to 1 are right as often as they say, within the error of the
//! count (.55: .62, .65: .68, .75: .79, .86: .90, .99: .99).

mod band;
mod corpus;
mod course;
mod engine;
mod evidence;
mod lattice;
mod learn;
mod moved;
mod names;
mod params;
mod postings;
mod score;
mod search;
mod skeleton;
mod structure;
#[cfg(test)]
mod tests;
pub mod training;
mod translation;
mod weights;

pub use params::Params;
pub use weights::{FeatureKind, Weights, is_bead};

use crate::align::engine::{Engine, Outcome};
use crate::align::score::Source;
use crate::lexicon::{Learned, Seed};
use crate::types::{Bead, Evidence, Kind, Label, Ladder, Link, Mention, Pair, Token};

/// A segment as the aligner sees it.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its words. Where there are none the aligner cuts the text itself and keeps numbers
    /// only, which saves two thirds of the memory on long texts.
    pub tokens: Vec<Token>,
    /// What it mentions.
    pub mentions: Vec<Mention>,
    /// The number that opens it.
    pub label: Option<Label>,
    /// The labels of the units it stands in, outermost first.
    pub parents: Vec<Label>,
    /// What it is.
    pub kind: Kind,
    /// Was its beginning inferred? Then it continues the passage before it at no cost.
    pub soft: bool,
}

/// The outcome of an alignment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// The beads, each with its calibrated score.
    pub ladder: Ladder,
    /// For each bead, what speaks for it, strongest first.
    pub evidence: Vec<Vec<Evidence>>,
    /// Passages that the ladder leaves alone and that stand elsewhere on the other side, in
    /// the order of the Chinese text.
    pub moved: Vec<Link>,
}

/// Aligns two lists of passages. Total: any two lists give a ladder.
pub fn align(
    passages: &Pair<Vec<Passage<'_>>>,
    seed: &Seed,
    params: &Params,
) -> Alignment {
    align_after(passages, seed, params, &Learned::default()).0
}

/// Aligns two lists of passages with what other documents taught; with what they teach
/// themselves.
pub fn align_after(
    passages: &Pair<Vec<Passage<'_>>>,
    seed: &Seed,
    params: &Params,
    learned: &Learned,
) -> (Alignment, Learned) {
    let engine = Engine::new(&[passages], seed, learned);
    let mut outcome = Outcome::run(&engine, params);
    let taught = std::mem::take(&mut outcome.taught);
    (finish(&engine, &outcome, 0, passages, params), taught)
}

/// Aligns several documents, learning from all of them which words go together.
///
/// Worth it for documents of one kind: chapters of a novel, laws of a field.
pub fn align_all(
    documents: &[&Pair<Vec<Passage<'_>>>],
    seed: &Seed,
    params: &Params,
) -> Vec<Alignment> {
    let engine = Engine::new(documents, seed, &Learned::default());
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
        let score = state.posteriors[index].clamp(0.0, 1.0);
        beads.push(Bead { range: Pair::new(zh, en), score });
    }
    let moved = moved::find(&scorer, source, &beads)
        .into_iter()
        .map(|link| Link {
            evidence: collector.of(
                link.bead.range.zh.clone(),
                link.bead.range.en.clone(),
                params.evidence,
            ),
            ..link
        })
        .collect();
    let len = Pair::new(passages.zh.len(), passages.en.len());
    let ladder = Ladder::new(beads, len).expect("a path of the lattice tiles both sides");
    Alignment { ladder, evidence, moved }
}
