//! The beads that the aligner chooses from, with their features: what weights are fitted to.
//!
//! The program asks for none of this; `examples/fit` does, and measures with it.
//!
//! ```text
//! passages ─ Analysis::new ─▶ Analysis ─ chart(weights, stage) ─▶ Chart: beads, features
//!                                           Chart::all().posteriors(scores) ─▶ probabilities
//! ```

use crate::align::engine::{Engine, State};
use crate::align::lattice::{CandidateBead, Edge, Lattice};
use crate::align::score::{Gap, Scorer, TranslationRatios, WindowRatios};
use crate::align::threads::Threads;
use crate::align::{Params, Passage, weights};
use crate::lexicon::{Learned, Seed};
use crate::types::Pair;

/// A bead that may be: where it begins on each side, and how many passages it has there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BeadPlace {
    /// The first passage of each side.
    pub start: Pair<usize>,
    /// The passages of each side.
    pub len: Pair<usize>,
}

impl BeadPlace {
    fn of_edge(edge: &Edge) -> Self {
        BeadPlace {
            start: Pair::new(edge.zh as usize, edge.en as usize),
            len: Pair::new(usize::from(edge.n_zh), usize::from(edge.n_en)),
        }
    }

    fn to_candidate(self) -> CandidateBead {
        CandidateBead {
            zh: self.start.zh as u32,
            en: self.start.en as u32,
            n_zh: self.len.zh as u8,
            n_en: self.len.en as u8,
            score: 0.0,
        }
    }
}

/// At which stage of an alignment beads are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// While only the lexicon is known.
    First,
    /// After the document itself was learned from.
    Last,
}

/// A document, analysed once to be looked at under many weights.
pub struct Analysis {
    engine: Engine,
}

impl Analysis {
    /// Analyses a document for itself.
    pub fn new(passages: &Pair<Vec<Passage<'_>>>, seed: &Seed) -> Self {
        Analysis {
            engine: Engine::new(&[passages], seed, &Learned::default(), Threads::ONE),
        }
    }

    /// How many passages each side has.
    pub fn len(&self) -> Pair<usize> {
        self.engine.corpus.documents[0].as_ref().map(|text| text.len())
    }

    /// The beads that are in question at a stage, and those of `wanted` among them. The weights
    /// choose the beads, and weigh what is learned from them.
    pub fn chart(
        &self,
        params: &Params,
        stage: Stage,
        wanted: impl IntoIterator<Item = BeadPlace>,
    ) -> Chart {
        let engine = &self.engine;
        let (mut states, prior) = engine.first(&params.first);
        let (weights, rounds) = match stage {
            Stage::First => (&params.first, 0),
            Stage::Last => (&params.last, params.rounds),
        };
        let (mut table, mut last) = (None, None);
        for _ in 0..rounds {
            last = Some(engine.round(&mut states, &prior, &mut table, weights));
        }
        let state = &mut states[0];
        let found = state.lattice.edges.iter().map(Edge::as_candidate);
        let wanted = wanted.into_iter().map(BeadPlace::to_candidate);
        state.lattice = Lattice::new(found.chain(wanted).collect());
        let scorer = engine.scorer(0, weights, state.ratio);
        // A wanted bead may hold words that met in none of those that were found.
        let ratios = match &last {
            Some((ratios, _)) => engine.with_all_words(ratios),
            None => engine.prior_ratios(),
        };
        let held_out = last.as_ref().map(|(_, held_out)| &held_out[0]);
        let translation = TranslationRatios { table: &ratios, held_out };
        let window_ratios = || WindowRatios::new(translation, scorer.n_en_words());
        state.rescore(&scorer, window_ratios, Threads::ONE);
        Chart::new(state, &scorer)
    }
}

/// Beads, and ways through them from the beginning of the document to its end.
#[derive(Clone)]
pub struct BeadGraph {
    lattice: Lattice,
    gap: Gap,
}

impl BeadGraph {
    /// The beads, in the order of the Chinese text, then of the English.
    pub fn beads(&self) -> impl Iterator<Item = BeadPlace> {
        self.lattice.edges.iter().map(BeadPlace::of_edge)
    }

    /// The probability of each bead outside of longer omissions, and the logarithm of the sum
    /// over all ladders, where the beads have these scores in nats.
    pub fn posteriors(&self, scores: &[f32]) -> (Vec<f64>, f64) {
        let mut lattice = self.lattice.clone();
        for (edge, &score) in lattice.edges.iter_mut().zip(scores) {
            edge.score = score;
        }
        let (shares, total) = lattice.step_posteriors(self.gap, Threads::ONE);
        (shares.into_iter().map(|[step, _]| step).collect(), total)
    }
}

/// The beads that are in question, with their features.
pub struct Chart {
    all: BeadGraph,
    /// For each bead what is not weighed.
    fixed: Vec<f32>,
    /// Where the features of each bead begin, and the end of the last.
    starts: Vec<usize>,
    features: Vec<(usize, f32)>,
}

impl Chart {
    fn new(state: &State, scorer: &Scorer<'_>) -> Self {
        let all = BeadGraph { lattice: state.lattice.clone(), gap: scorer.gap };
        let (mut fixed, mut starts, mut features) = (Vec::new(), vec![0], Vec::new());
        let of_words = state.words.iter().zip(&state.crossings);
        for (bead, (words, &crossing)) in all.beads().zip(of_words) {
            let BeadPlace { start, len } = bead;
            let is_pair = len.zh > 0 && len.en > 0;
            if is_pair {
                features.push((weights::CONTENT, words[0]));
                features.push((weights::FUNCTION, words[1]));
                features.push((weights::CROSSING, crossing));
            }
            scorer.frame_features(start.zh, len.zh, start.en, len.en, |index, value| {
                features.push((index, value));
            });
            fixed.push(match is_pair {
                true => scorer.fixed(start.zh, len.zh, start.en, len.en),
                false => 0.0,
            });
            starts.push(features.len());
        }
        Chart { all, fixed, starts, features }
    }

    /// All beads.
    pub fn all(&self) -> &BeadGraph {
        &self.all
    }

    /// The beads that are kept, each with its index among all; they must hold a whole ladder.
    pub fn only(
        &self,
        mut is_kept: impl FnMut(BeadPlace) -> bool,
    ) -> (BeadGraph, Vec<usize>) {
        let (mut beads, mut indices) = (Vec::new(), Vec::new());
        for (index, bead) in self.all.beads().enumerate() {
            if is_kept(bead) {
                beads.push(bead.to_candidate());
                indices.push(index);
            }
        }
        (BeadGraph { lattice: Lattice::new(beads), gap: self.all.gap }, indices)
    }

    /// What a bead has of each feature, as the index of its weight and a value.
    pub fn features(&self, bead: usize) -> &[(usize, f32)] {
        &self.features[self.starts[bead]..self.starts[bead + 1]]
    }

    /// What the score of a bead has that is not weighed, in nats: labels and kinds.
    pub fn fixed(&self, bead: usize) -> f32 {
        self.fixed[bead]
    }
}
