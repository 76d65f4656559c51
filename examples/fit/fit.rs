//! Fits the weights of the aligner to gold ladders.
//!
//! The weights are those under which the gold ladders are likeliest among all ladders of the
//! lattices (a conditional random field over beads), held near the prior by a penalty. A gold
//! bead that the lattice lacks is added; where the gold has a hole, or a bead that no bead type
//! allows, any ladder inside counts as gold.

use std::cell::OnceCell;

use bitext::align::training::{Analysis, BeadGraph, BeadPlace, Chart, Stage};
use bitext::align::{self, FeatureKind, Params, Passage, Weights, is_bead};
use bitext::eval::GoldDocument;
use bitext::lexicon::Seed;
use bitext::types::{Ladder, Pair};

use crate::lbfgs::minimise;

/// How strongly weights are held at the prior: half the square of the difference, times this,
/// in nats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Hold {
    /// Of the weights of words and lengths.
    measures: f64,
    /// Of the bead types.
    types: f64,
    /// Of closing marks and quotes.
    boundaries: f64,
}

impl Default for Hold {
    fn default() -> Self {
        Hold { measures: 0.02, types: 1.0, boundaries: 1.0 }
    }
}

impl Hold {
    fn of(self, kind: FeatureKind) -> f64 {
        match kind {
            FeatureKind::Measure => self.measures,
            FeatureKind::BeadType => self.types,
            FeatureKind::Boundary => self.boundaries,
        }
    }
}

/// How a document was aligned with weights fitted without it.
pub(crate) struct Held {
    /// Log-likelihood of the gold ladder, in nats; higher is better.
    pub(crate) likelihood: f64,
    /// The ladder that was found.
    pub(crate) ladder: Ladder,
}

/// Documents with gold, analysed.
pub(crate) struct Fitter<'a> {
    documents: &'a [GoldDocument],
    passages: Vec<Pair<Vec<Passage<'a>>>>,
    analyses: Vec<Analysis>,
    /// The first stage with prior weights, the same for each fold.
    first: Vec<OnceCell<Example>>,
    seed: &'a Seed,
    hold: Hold,
}

impl<'a> Fitter<'a> {
    /// Analyses the documents, each for itself.
    pub(crate) fn new(documents: &'a [GoldDocument], seed: &'a Seed, hold: Hold) -> Self {
        let passages: Vec<_> = documents.iter().map(GoldDocument::passages).collect();
        let analyses = passages.iter().map(|pair| Analysis::new(pair, seed)).collect();
        let first = documents.iter().map(|_| OnceCell::new()).collect();
        Fitter { documents, passages, analyses, first, seed, hold }
    }

    /// Weights fitted to all documents but `without`, starting from `params`.
    pub(crate) fn fit(&self, params: &Params, without: Option<usize>) -> Params {
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
    pub(crate) fn leave_one_out(&self, params: &Params) -> Vec<Held> {
        (0..self.documents.len())
            .map(|k| self.measure(k, &self.fit(params, Some(k))))
            .collect()
    }

    /// Aligns a document.
    pub(crate) fn measure(&self, document: usize, params: &Params) -> Held {
        let example = self.example(document, params, Stage::Last);
        let alignment = align::align(&self.passages[document], self.seed, params);
        Held {
            likelihood: example.likelihood(params.last.values(), None),
            ladder: alignment.ladder,
        }
    }

    fn fit_stage(&self, examples: &[&Example], prior: &Weights) -> Weights {
        let holds: Vec<f64> = Weights::kinds().map(|kind| self.hold.of(kind)).collect();
        let fitted = minimise(prior.values(), |w| {
            let mut gradient = vec![0.0; w.len()];
            let mut cost = 0.0;
            for example in examples {
                cost -= example.likelihood(w, Some(&mut gradient));
            }
            for (index, (w, prior)) in w.iter().zip(prior.values()).enumerate() {
                let off = w - prior;
                cost += 0.5 * holds[index] * off * off;
                gradient[index] += holds[index] * off;
            }
            (cost, gradient)
        });
        prior.with_values(fitted).expect("a minimum has as many values as the start")
    }

    fn example(&self, document: usize, params: &Params, stage: Stage) -> Example {
        let analysis = &self.analyses[document];
        let gold = GoldPath::new(&self.documents[document].gold.beads, analysis.len());
        Example::new(analysis.chart(params, stage, gold.wanted()), &gold)
    }
}

/// Which beads agree with the gold.
struct GoldPath {
    /// In the order of the text.
    beads: Vec<BeadPlace>,
    /// Stretches where any ladder will do.
    free: Vec<BeadPlace>,
}

impl GoldPath {
    fn new(gold: &[(Vec<usize>, Vec<usize>)], len: Pair<usize>) -> Self {
        let (mut beads, mut free) = (Vec::new(), Vec::new());
        let stretch = |from: Pair<usize>, to: Pair<usize>| BeadPlace {
            start: from,
            len: Pair::new(to.zh - from.zh, to.en - from.en),
        };
        let mut at = Pair::new(0, 0);
        for (zh, en) in gold {
            let first =
                |side: &[usize], at: usize| side.first().map_or(at, |&k| k.max(at));
            let start = Pair::new(first(zh, at.zh), first(en, at.en));
            if start != at {
                free.push(stretch(at, start));
            }
            let last = |side: &[usize], start: usize| {
                side.last().map_or(start, |&k| (k + 1).max(start))
            };
            let end = Pair::new(last(zh, start.zh), last(en, start.en));
            let bead = stretch(start, end);
            match (bead.len.zh, bead.len.en) {
                (0, 0) => {}
                (1, 0) | (0, 1) => beads.push(bead),
                (n_zh, n_en) if is_bead(n_zh, n_en) => beads.push(bead),
                _ => free.push(bead),
            }
            at = end;
        }
        if at != len {
            free.push(stretch(at, len));
        }
        GoldPath { beads, free }
    }

    fn holds(&self, bead: BeadPlace) -> bool {
        let is_inside = |free: &BeadPlace| {
            free.start.zh <= bead.start.zh
                && bead.start.zh + bead.len.zh <= free.start.zh + free.len.zh
                && free.start.en <= bead.start.en
                && bead.start.en + bead.len.en <= free.start.en + free.len.en
        };
        self.beads.binary_search(&bead).is_ok() || self.free.iter().any(is_inside)
    }

    /// The beads that must be in a lattice, so that the gold is a way through it.
    fn wanted(&self) -> Vec<BeadPlace> {
        let mut wanted = self.beads.clone();
        for free in &self.free {
            let Pair { zh, en } = free.start;
            let single = |zh, en, n_zh, n_en| BeadPlace {
                start: Pair::new(zh, en),
                len: Pair::new(n_zh, n_en),
            };
            wanted.extend((0..free.len.zh).map(|k| single(zh + k, en, 1, 0)));
            let zh_end = zh + free.len.zh;
            wanted.extend((0..free.len.en).map(|k| single(zh_end, en + k, 0, 1)));
        }
        wanted
    }
}

/// The beads of a document, and those among them that agree with the gold.
struct Example {
    chart: Chart,
    gold: BeadGraph,
    /// For each bead of `gold` its index in the chart.
    gold_beads: Vec<usize>,
}

impl Example {
    fn new(chart: Chart, path: &GoldPath) -> Self {
        let (gold, gold_beads) = chart.only(|bead| path.holds(bead));
        Example { chart, gold, gold_beads }
    }

    /// The log-likelihood of the gold; its negative gradient is added to `gradient`.
    fn likelihood(&self, weights: &[f64], gradient: Option<&mut [f64]>) -> f64 {
        let n_beads = self.chart.all().beads().count();
        let scores: Vec<f32> = (0..n_beads)
            .map(|bead| {
                let features = self.chart.features(bead).iter();
                let sum: f64 = features
                    .map(|&(index, value)| weights[index] * f64::from(value))
                    .sum();
                sum as f32 + self.chart.fixed(bead)
            })
            .collect();
        let of_gold: Vec<f32> =
            self.gold_beads.iter().map(|&bead| scores[bead]).collect();
        let (all_shares, all_total) = self.chart.all().posteriors(&scores);
        let (gold_shares, gold_total) = self.gold.posteriors(&of_gold);
        if let Some(gradient) = gradient {
            let mut add = |bead: usize, share: f64| {
                for &(index, value) in self.chart.features(bead) {
                    gradient[index] += share * f64::from(value);
                }
            };
            for (bead, &share) in all_shares.iter().enumerate() {
                add(bead, share);
            }
            for (&bead, &share) in self.gold_beads.iter().zip(&gold_shares) {
                add(bead, -share);
            }
        }
        gold_total - all_total
    }
}
