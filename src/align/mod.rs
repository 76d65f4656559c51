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
//! Lists that each language sorts anew are taken out of the ladder and paired by evidence
//! ([`sorted`]). The score of a bead is its probability, less what its words leave open
//! ([`confidence`]): over the gold of statutes, resolutions, contracts, speeches and novels at
//! most 3 in 1,000 beads over .95 are wrong (`examples/calibration.rs`).

mod band;
mod confidence;
mod corpus;
mod course;
mod definition;
mod engine;
mod evidence;
mod hints;
mod lattice;
mod learn;
mod moved;
mod names;
mod params;
mod passage;
pub mod pinned;
mod postings;
mod reading;
mod score;
mod search;
mod skeleton;
mod sorted;
mod structure;
mod support;
#[cfg(test)]
mod tests;
pub(crate) mod threads;
pub mod training;
mod translation;
pub mod unrelated;
mod weights;

pub use params::Params;
pub use passage::Passage;
pub use pinned::{PinError, Pins};
pub use reading::Reading;
pub(crate) use skeleton::{Anchor, heaviest_chain};
pub use sorted::notices as sorted_lists;
pub use weights::{FeatureKind, Weights, is_bead};

use std::ops::Range;

use crate::align::engine::{Engine, Outcome};
use crate::align::score::TranslationRatios;
use crate::align::support::Supporter;
use crate::align::threads::Threads;
use crate::lexicon::{Learned, Seed};
use crate::types::{Bead, Evidence, Ladder, Link, Pair};

/// Beads of a ladder that are looked at once more at one go.
const PIECE: usize = 256;
/// Documents of fewer passages, both sides, are done before a second thread has begun.
const FOR_ONE_THREAD: usize = 400;

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
    /// Passages of lists that each language sorts anew, tied across the ladder, in the order
    /// of the Chinese text. No bead is both in these and in `moved`.
    pub sorted: Vec<Link>,
    /// The beads of the ladder that each of these lists covers.
    pub lists: Vec<Range<usize>>,
    /// What else might be read where the ladder is in doubt, if that is
    /// [asked for](Params::readings).
    pub readings: Vec<Reading>,
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
    align_pinned(passages, &Pins::default(), seed, params, learned)
}

/// Aligns two lists of passages through pins, with what other documents taught; with what they
/// teach themselves. The score of a pin is 1.
///
/// Without pins it is [`align_after`].
///
/// # Panics
///
/// If the pins were checked for shorter documents.
pub fn align_pinned(
    passages: &Pair<Vec<Passage<'_>>>,
    pins: &Pins,
    seed: &Seed,
    params: &Params,
    learned: &Learned,
) -> (Alignment, Learned) {
    let threads = threads(&[passages], params);
    let engine = Engine::pinned(&[passages], &[pins], seed, learned, threads);
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
    let threads = threads(documents, params);
    let engine = Engine::new(documents, seed, &Learned::default(), threads);
    let outcome = Outcome::run(&engine, params);
    documents
        .iter()
        .enumerate()
        .map(|(document, passages)| finish(&engine, &outcome, document, passages, params))
        .collect()
}

/// How many threads are worth their while.
fn threads(documents: &[&Pair<Vec<Passage<'_>>>], params: &Params) -> Threads {
    let n: usize = documents.iter().map(|pair| pair.zh.len() + pair.en.len()).sum();
    match n < FOR_ONE_THREAD {
        true => Threads::ONE,
        false => Threads::new(params.threads),
    }
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
    let pins = engine.pins(document);
    let scorer = engine.scorer(document, &params.last, state.ratio);
    let held_out = Some(&outcome.held_out[document]);
    let of_all_words = engine.with_all_words(&outcome.ratios);
    let anywhere = TranslationRatios { table: &of_all_words, held_out };
    // The beads of a path are among those that the words were learned from.
    let translation = match scorer.has_structure() {
        true => anywhere,
        false => TranslationRatios { table: &outcome.ratios, held_out },
    };
    let path: Vec<Bead> = state
        .lattice
        .best_path(scorer.gap)
        .into_iter()
        .map(|index| {
            let edge = &state.lattice.edges[index];
            let zh = edge.zh as usize..edge.zh as usize + usize::from(edge.n_zh);
            let en = edge.en as usize..edge.en as usize + usize::from(edge.n_en);
            let score = state.posteriors[index].clamp(0.0, 1.0);
            Bead { range: Pair::new(zh, en), score }
        })
        .collect();
    // Where passages are lines of a running text, order is all there is to go by.
    let (mut beads, blocks) = match scorer.has_structure() {
        true => {
            let prior = engine.prior_ratios();
            let prior = TranslationRatios { table: &prior, held_out: None };
            let (mut beads, mut blocks) = (Vec::new(), Vec::new());
            for (is_pin, part) in pins.cut(path) {
                if is_pin {
                    beads.extend(part);
                    continue;
                }
                let part = sorted::untangle(&engine.corpus, &scorer, prior, part);
                beads.extend(part.0);
                blocks.extend(part.1);
            }
            (beads, blocks)
        }
        false => (path, Vec::new()),
    };
    let evidence_of = |collector: &mut evidence::Collector<'_>, bead: &Bead| {
        collector.evidence(bead.range.zh.clone(), bead.range.en.clone(), params.evidence)
    };
    // What speaks for each bead, and its score.
    let looked_at = |collector: &mut evidence::Collector<'_>,
                     supporter: &mut Supporter<'_>,
                     bead: &Bead| {
        let score = match pins.holds(&bead.range) {
            true => 1.0,
            false if bead.is_single() => bead.score,
            false => confidence::score_of(bead, supporter),
        };
        (evidence_of(collector, bead), score)
    };
    let (mut evidence, mut scores): (Vec<Vec<Evidence>>, Vec<f64>) = Default::default();
    engine.threads.each(
        beads.len(),
        PIECE,
        || {
            let corpus = &engine.corpus;
            let collector =
                evidence::Collector::new(corpus, &scorer, translation, passages);
            (collector, Supporter::new(corpus, &scorer, translation))
        },
        |(collector, supporter), piece| {
            let of_bead = |bead| looked_at(collector, supporter, bead);
            beads[piece].iter().map(of_bead).collect::<Vec<_>>()
        },
        |found| {
            for (of_bead, score) in found {
                evidence.push(of_bead);
                scores.push(score);
            }
        },
    );
    let mut sorted = sorted::links(&blocks, &beads);
    let mut moved = moved::find(&scorer, anywhere, &beads);
    let is_tied = |places: Pair<usize>| {
        sorted.iter().any(|l| l.places.zh == places.zh || l.places.en == places.en)
    };
    moved.retain(|link| !is_tied(link.places));
    let mut collector =
        evidence::Collector::new(&engine.corpus, &scorer, anywhere, passages);
    let mut supporter = Supporter::new(&engine.corpus, &scorer, anywhere);
    for link in sorted.iter_mut().chain(&mut moved) {
        link.evidence = evidence_of(&mut collector, &link.bead);
        link.bead.score = confidence::score_of(&link.bead, &mut supporter);
    }
    for (bead, score) in beads.iter_mut().zip(scores) {
        bead.score = score;
    }
    let lists = sorted::places(&blocks, &beads);
    let len = Pair::new(passages.zh.len(), passages.en.len());
    let ladder = Ladder::new(beads, len).expect("a path of the lattice tiles both sides");
    let readings = match params.readings {
        true => reading::others(state, scorer.gap, &ladder, pins),
        false => Vec::new(),
    };
    Alignment { ladder, evidence, moved, sorted, lists, readings }
}
