//! Fits the weights of the aligner to gold ladders.
//!
//! The weights are those under which the gold ladders are likeliest among all ladders of the
//! lattices (a conditional random field over beads), held near the prior by a penalty. A gold
//! bead that the lattice lacks is added; where the gold has a hole, or a bead that no bead type
//! allows, any ladder inside counts as gold.

use std::cell::OnceCell;

use crate::align::engine::{Engine, State};
use crate::align::lattice::{Edge, Lattice, Loose};
use crate::align::score::Source;
use crate::align::weights::{self, Weights, is_bead};
use crate::align::{self, Params, Passage};
use crate::eval::lbfgs::minimise;
use crate::eval::{GoldDocument, Score};
use crate::lexicon::{Learned, Seed};
use crate::types::{Kind, Ladder, Pair};

/// How strongly weights are held at the prior: half the square of the difference, times this,
/// in nats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Of the weights of words and lengths.
    pub reals: f64,
    /// Of the bead types.
    pub types: f64,
    /// Of closing marks and quotes.
    pub boundaries: f64,
}

impl Default for Fit {
    fn default() -> Self {
        Fit { reals: 0.02, types: 1.0, boundaries: 1.0 }
    }
}

/// What a document scored with weights fitted without it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Its name.
    pub name: String,
    /// Strict.
    pub score: Score,
    /// Log-likelihood of the gold ladder, in nats; higher is better.
    pub likelihood: f64,
    /// The ladder that was found.
    pub ladder: Ladder,
}

/// Documents with gold, analysed.
pub struct Fitter<'a> {
    documents: &'a [GoldDocument],
    passages: Vec<Pair<Vec<Passage<'a>>>>,
    engines: Vec<Engine>,
    /// The first stage with prior weights, the same for each fold.
    first: Vec<OnceCell<Example>>,
    seed: &'a Seed,
    fit: Fit,
}

impl<'a> Fitter<'a> {
    /// Analyses the documents, each for itself.
    pub fn new(documents: &'a [GoldDocument], seed: &'a Seed, fit: Fit) -> Self {
        let passages: Vec<_> = documents.iter().map(passages_of).collect();
        let engines = passages
            .iter()
            .map(|pair| Engine::new(&[pair], seed, &Learned::default()))
            .collect();
        let first = documents.iter().map(|_| OnceCell::new()).collect();
        Fitter { documents, passages, engines, first, seed, fit }
    }

    /// Weights fitted to all documents but `without`, starting from `params`.
    pub fn fit(&self, params: &Params, without: Option<usize>) -> Params {
        let mut fitted = params.clone();
        let kept: Vec<usize> =
            (0..self.documents.len()).filter(|&k| Some(k) != without).collect();
        let examples: Vec<&Example> = kept
            .iter()
            .map(|&k| self.first[k].get_or_init(|| self.example(k, params, Stage::First)))
            .collect();
        fitted.first = self.fit_stage(&examples, &params.first);
        // The last weights also score the lattices that are learned from: once more.
        for _ in 0..2 {
            let examples: Vec<Example> =
                kept.iter().map(|&k| self.example(k, &fitted, Stage::Last)).collect();
            let examples: Vec<&Example> = examples.iter().collect();
            fitted.last = self.fit_stage(&examples, &params.last);
        }
        fitted
    }

    /// Aligns each document with weights fitted to the others.
    pub fn leave_one_out(&self, params: &Params) -> Vec<Held> {
        (0..self.documents.len())
            .map(|k| self.measure(k, &self.fit(params, Some(k))))
            .collect()
    }

    /// Aligns a document.
    pub fn measure(&self, document: usize, params: &Params) -> Held {
        let example = self.example(document, params, Stage::Last);
        let alignment = align::align(&self.passages[document], self.seed, params);
        Held {
            name: self.documents[document].name.clone(),
            score: Score::strict(&alignment.ladder, &self.documents[document].gold),
            likelihood: example.likelihood(&params.last, None),
            ladder: alignment.ladder,
        }
    }

    /// Aligns all documents together.
    pub fn measure_together(&self, params: &Params) -> Vec<Score> {
        let all: Vec<_> = self.passages.iter().collect();
        align::align_all(&all, self.seed, params)
            .iter()
            .zip(self.documents)
            .map(|(alignment, document)| Score::strict(&alignment.ladder, &document.gold))
            .collect()
    }

    fn fit_stage(&self, examples: &[&Example], prior: &Weights) -> Weights {
        let hold = |index: usize| match index {
            _ if index < weights::FIRST_INDICATOR => self.fit.reals,
            _ if index < weights::FIRST_BOUNDARY => self.fit.types,
            _ => self.fit.boundaries,
        };
        Weights(minimise(&prior.0, |w| {
            let mut gradient = vec![0.0; w.len()];
            let weights = Weights(w.to_vec());
            let mut cost = 0.0;
            for example in examples {
                cost -= example.likelihood(&weights, Some(&mut gradient));
            }
            for (index, (w, prior)) in w.iter().zip(&prior.0).enumerate() {
                let off = w - prior;
                cost += 0.5 * hold(index) * off * off;
                gradient[index] += hold(index) * off;
            }
            (cost, gradient)
        }))
    }

    fn example(&self, document: usize, params: &Params, stage: Stage) -> Example {
        let engine = &self.engines[document];
        let mut states = engine.first(&params.first);
        let gold = &self.documents[document].gold.beads;
        let rounds = match stage {
            Stage::First => 0,
            Stage::Last => params.rounds,
        };
        let mut table = None;
        let mut last = None;
        for _ in 0..rounds {
            last = Some(engine.round(&mut states, &mut table, &params.last));
        }
        let state = &mut states[0];
        let gold =
            GoldPath::new(gold, &engine.corpus.documents[0].as_ref().map(|t| t.len()));
        state.lattice = gold.add_to(&state.lattice);
        let weights = if rounds == 0 { &params.first } else { &params.last };
        let scorer = engine.scorer(0, weights, state.ratio);
        let prior = engine.prior_ratios();
        let source = match &last {
            Some((ratios, own)) => Source { ratios, own: Some(&own[0]) },
            None => Source { ratios: &prior, own: None },
        };
        state.rescore(&scorer, source);
        Example::new(state, &scorer, &gold)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    First,
    Last,
}

/// The lines of a document as passages.
fn passages_of(document: &GoldDocument) -> Pair<Vec<Passage<'_>>> {
    document.lines.as_ref().map(|lines| {
        lines
            .iter()
            .map(|line| Passage {
                text: line,
                tokens: Vec::new(),
                mentions: Vec::new(),
                label: None,
                parents: Vec::new(),
                kind: Kind::Paragraph,
                soft: false,
            })
            .collect()
    })
}

/// Which beads agree with the gold.
struct GoldPath {
    beads: Vec<(usize, usize, usize, usize)>,
    /// Stretches where any ladder will do.
    free: Vec<(usize, usize, usize, usize)>,
}

impl GoldPath {
    fn new(gold: &[(Vec<usize>, Vec<usize>)], len: &Pair<usize>) -> Self {
        let (mut beads, mut free) = (Vec::new(), Vec::new());
        let mut at = (0, 0);
        for (zh, en) in gold {
            let zh_start = zh.first().copied().unwrap_or(at.0).max(at.0);
            let en_start = en.first().copied().unwrap_or(at.1).max(at.1);
            if (zh_start, en_start) != at {
                free.push((at.0, at.1, zh_start - at.0, en_start - at.1));
            }
            let zh_end = zh.last().map_or(zh_start, |&last| last + 1).max(zh_start);
            let en_end = en.last().map_or(en_start, |&last| last + 1).max(en_start);
            let bead = (zh_start, en_start, zh_end - zh_start, en_end - en_start);
            match (bead.2, bead.3) {
                (0, 0) => {}
                (1, 0) | (0, 1) => beads.push(bead),
                (n_zh, n_en) if is_bead(n_zh, n_en) => beads.push(bead),
                _ => free.push(bead),
            }
            at = (zh_end, en_end);
        }
        if at != (len.zh, len.en) {
            free.push((at.0, at.1, len.zh - at.0, len.en - at.1));
        }
        GoldPath { beads, free }
    }

    fn holds(&self, edge: &Edge) -> bool {
        let (zh, en) = (edge.zh as usize, edge.en as usize);
        let (n_zh, n_en) = (usize::from(edge.n_zh), usize::from(edge.n_en));
        self.beads.binary_search(&(zh, en, n_zh, n_en)).is_ok()
            || self.free.iter().any(|&(from_zh, from_en, free_zh, free_en)| {
                from_zh <= zh
                    && zh + n_zh <= from_zh + free_zh
                    && from_en <= en
                    && en + n_en <= from_en + free_en
            })
    }

    /// The lattice with the beads of the gold in it.
    fn add_to(&self, lattice: &Lattice) -> Lattice {
        let loose = |zh: usize, en: usize, n_zh: usize, n_en: usize| Loose {
            zh: zh as u32,
            en: en as u32,
            n_zh: n_zh as u8,
            n_en: n_en as u8,
            score: 0.0,
        };
        let mut beads: Vec<Loose> = lattice.edges.iter().map(Edge::as_loose).collect();
        beads.extend(
            self.beads.iter().map(|&(zh, en, n_zh, n_en)| loose(zh, en, n_zh, n_en)),
        );
        for &(zh, en, n_zh, n_en) in &self.free {
            beads.extend((0..n_zh).map(|k| loose(zh + k, en, 1, 0)));
            beads.extend((0..n_en).map(|k| loose(zh + n_zh, en + k, 0, 1)));
        }
        Lattice::new(beads)
    }
}

/// A lattice with its features, and the part of it that agrees with the gold.
struct Example {
    all: Lattice,
    gold: Lattice,
    /// For each edge of `gold` its index in `all`.
    gold_edges: Vec<usize>,
    /// For each edge what is not weighed.
    fixed: Vec<f32>,
    starts: Vec<usize>,
    features: Vec<(u32, f32)>,
    gap: crate::align::score::Gap,
}

impl Example {
    fn new(
        state: &State,
        scorer: &crate::align::score::Scorer<'_>,
        path: &GoldPath,
    ) -> Self {
        let all = state.lattice.clone();
        let mut example = Example {
            gold: Lattice::new(
                all.edges.iter().filter(|e| path.holds(e)).map(Edge::as_loose).collect(),
            ),
            gold_edges: (0..all.edges.len())
                .filter(|&e| path.holds(&all.edges[e]))
                .collect(),
            fixed: Vec::new(),
            starts: vec![0],
            features: Vec::new(),
            gap: scorer.gap,
            all,
        };
        let features = state.words.iter().zip(&state.crossings);
        for (edge, (words, &crossing)) in example.all.edges.iter().zip(features) {
            let (zh, en) = (edge.zh as usize, edge.en as usize);
            let (n_zh, n_en) = (usize::from(edge.n_zh), usize::from(edge.n_en));
            let is_pair = n_zh > 0 && n_en > 0;
            if is_pair {
                example.features.push((weights::CONTENT as u32, words[0]));
                example.features.push((weights::FUNCTION as u32, words[1]));
                example.features.push((weights::CROSSING as u32, crossing));
            }
            scorer.frame_features(zh, n_zh, en, n_en, |index, value| {
                example.features.push((index as u32, value));
            });
            example.fixed.push(if is_pair {
                scorer.fixed(zh, n_zh, en, n_en)
            } else {
                0.0
            });
            example.starts.push(example.features.len());
        }
        example
    }

    /// The log-likelihood of the gold; its negative gradient is added to `gradient`.
    fn likelihood(&self, weights: &Weights, gradient: Option<&mut [f64]>) -> f64 {
        let scores: Vec<f32> = (0..self.all.edges.len())
            .map(|edge| {
                let sum: f64 = self.features[self.starts[edge]..self.starts[edge + 1]]
                    .iter()
                    .map(|&(index, value)| weights.0[index as usize] * f64::from(value))
                    .sum();
                sum as f32 + self.fixed[edge]
            })
            .collect();
        let mut all = self.all.clone();
        for (edge, &score) in all.edges.iter_mut().zip(&scores) {
            edge.score = score;
        }
        let mut gold = self.gold.clone();
        for (edge, &index) in gold.edges.iter_mut().zip(&self.gold_edges) {
            edge.score = scores[index];
        }
        let (all_shares, all_total) = all.step_posteriors(self.gap);
        let (gold_shares, gold_total) = gold.step_posteriors(self.gap);
        if let Some(gradient) = gradient {
            let mut add = |edge: usize, share: f64| {
                for &(index, value) in
                    &self.features[self.starts[edge]..self.starts[edge + 1]]
                {
                    gradient[index as usize] += share * f64::from(value);
                }
            };
            for (edge, &share) in all_shares.iter().enumerate() {
                add(edge, share[0]);
            }
            for (&edge, &share) in self.gold_edges.iter().zip(&gold_shares) {
                add(edge, -share[0]);
            }
        }
        gold_total - all_total
    }
}
