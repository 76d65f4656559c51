//! The beads worth a second look, as a graph: few for each passage, so that all later work is
//! linear and fast.
//!
//! A node is a place between passages on both sides, an edge a bead. Any path from the first
//! node to the last is a ladder. An edge with one empty side stands for two ways: a passage
//! left out for itself, and one within a longer omission (an affine gap, Gotoh 1982), so each
//! node has three states.

use crate::align::score::Gap;
use crate::align::threads::Threads;
use crate::types::Pair;

/// A bead that may be part of the ladder, between two nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    /// Node it leaves.
    pub(crate) from: u32,
    /// Node it enters.
    pub(crate) to: u32,
    /// First Chinese passage.
    pub(crate) zh: u32,
    /// First English passage.
    pub(crate) en: u32,
    /// Chinese passages.
    pub(crate) n_zh: u8,
    /// English passages.
    pub(crate) n_en: u8,
    /// In nats.
    pub(crate) score: f32,
}

/// Beads as a graph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lattice {
    n_nodes: usize,
    /// Sorted by the place they leave.
    pub(crate) edges: Vec<Edge>,
}

/// A bead that is proposed, before its nodes in the graph are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CandidateBead {
    pub(crate) zh: u32,
    pub(crate) en: u32,
    pub(crate) n_zh: u8,
    pub(crate) n_en: u8,
    pub(crate) score: f32,
}

impl Edge {
    /// The bead without its place in the graph.
    pub(crate) fn as_candidate(&self) -> CandidateBead {
        let Edge { zh, en, n_zh, n_en, score, .. } = *self;
        CandidateBead { zh, en, n_zh, n_en, score }
    }
}

impl Lattice {
    /// The graph of these beads; among them must be the beads of a whole ladder.
    pub(crate) fn new(mut beads: Vec<CandidateBead>) -> Self {
        // The search and those who ask for a bead (`training`) may propose the same one.
        beads.sort_unstable_by_key(|b| (b.zh, b.en, b.n_zh, b.n_en));
        beads.dedup_by_key(|b| (b.zh, b.en, b.n_zh, b.n_en));
        let mut places: Vec<(u32, u32)> = beads
            .iter()
            .flat_map(|b| {
                [(b.zh, b.en), (b.zh + u32::from(b.n_zh), b.en + u32::from(b.n_en))]
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        let node = |place: (u32, u32)| {
            places.binary_search(&place).expect("every end is among the places") as u32
        };
        let edges = beads
            .iter()
            .map(|b| Edge {
                from: node((b.zh, b.en)),
                to: node((b.zh + u32::from(b.n_zh), b.en + u32::from(b.n_en))),
                zh: b.zh,
                en: b.en,
                n_zh: b.n_zh,
                n_en: b.n_en,
                score: b.score,
            })
            .collect();
        Lattice { n_nodes: places.len(), edges }
    }

    /// The probability of each edge.
    pub(crate) fn posteriors(&self, gap: Gap, threads: Threads) -> Vec<f64> {
        self.step_posteriors(gap, threads)
            .0
            .into_iter()
            // Rounding may lift the sum of both ways above 1.
            .map(|[step, run]| (step + run).min(1.0))
            .collect()
    }

    /// The probability of each edge, by itself and within an omission, and the logarithm of the
    /// sum over all ladders.
    pub(crate) fn step_posteriors(
        &self,
        gap: Gap,
        threads: Threads,
    ) -> (Vec<[f64; 2]>, f64) {
        if self.edges.is_empty() {
            return (Vec::new(), 0.0);
        }
        let (forward, backward) =
            threads.both(|| self.forward(gap), || self.backward(gap));
        let total = sum3(forward[self.n_nodes - 1]);
        let mut sums = NodeSums::default();
        let posteriors = self
            .edges
            .iter()
            .map(|edge| {
                let from = forward[edge.from as usize];
                let to = backward[edge.to as usize];
                let any = sums.sum(edge.from, from);
                let step = any + f64::from(edge.score) + to[0];
                let run = gap_state(edge).map_or(f64::NEG_INFINITY, |state| {
                    add(any + gap.open, from[state]) + gap.each + to[state]
                });
                [(step - total).exp(), (run - total).exp()]
            })
            .collect();
        (posteriors, total)
    }

    fn forward(&self, gap: Gap) -> Vec<[f64; 3]> {
        let mut forward = vec![[f64::NEG_INFINITY; 3]; self.n_nodes];
        forward[0][0] = 0.0;
        let mut sums = NodeSums::default();
        // Edges are sorted by the place they leave: all ways into it are summed by then.
        for edge in &self.edges {
            let from = forward[edge.from as usize];
            let any = sums.sum(edge.from, from);
            let to = &mut forward[edge.to as usize];
            to[0] = add(to[0], any + f64::from(edge.score));
            if let Some(state) = gap_state(edge) {
                to[state] = add(to[state], add(any + gap.open, from[state]) + gap.each);
            }
        }
        forward
    }

    /// For each node and state, the sum over all ways to the end.
    fn backward(&self, gap: Gap) -> Vec<[f64; 3]> {
        let mut backward = vec![[f64::NEG_INFINITY; 3]; self.n_nodes];
        backward[self.n_nodes - 1] = [0.0; 3];
        for edge in self.edges.iter().rev() {
            let to = backward[edge.to as usize];
            let from = &mut backward[edge.from as usize];
            let mut any = f64::from(edge.score) + to[0];
            if let Some(state) = gap_state(edge) {
                // The price of opening is paid by who enters the run, not by who goes on.
                let run = gap.each + to[state];
                any = add(any, gap.open + run);
                from[state] = add(from[state], run);
            }
            for value in from {
                *value = add(*value, any);
            }
        }
        backward
    }

    /// The edges of the best ladder, in order.
    pub(crate) fn best_path(&self, gap: Gap) -> Vec<usize> {
        self.best_path_if_any(gap).map_or_else(Vec::new, |(path, _)| path)
    }

    /// The edges that lie between two places.
    pub(crate) fn between(&self, start: Pair<usize>, end: Pair<usize>) -> Vec<Edge> {
        let first = self.edges.partition_point(|edge| (edge.zh as usize) < start.zh);
        let last = self.edges.partition_point(|edge| edge.zh as usize <= end.zh);
        let is_inside = |edge: &&Edge| {
            edge.en as usize >= start.en
                && edge.zh as usize + usize::from(edge.n_zh) <= end.zh
                && edge.en as usize + usize::from(edge.n_en) <= end.en
        };
        self.edges[first..last].iter().filter(is_inside).copied().collect()
    }

    /// The best way from the first node to the last and its score; `None` where there is none.
    pub(crate) fn best_path_if_any(&self, gap: Gap) -> Option<(Vec<usize>, f64)> {
        if self.edges.is_empty() {
            return None;
        }
        let mut best = vec![[f64::NEG_INFINITY; 3]; self.n_nodes];
        let mut back = vec![[(u32::MAX, 0u8); 3]; self.n_nodes];
        best[0][0] = 0.0;
        for (index, edge) in self.edges.iter().enumerate() {
            let from = best[edge.from as usize];
            let state = best_of(from);
            let mut enter = |to: usize, score: f64, by: usize| {
                if score > best[edge.to as usize][to] {
                    best[edge.to as usize][to] = score;
                    back[edge.to as usize][to] = (index as u32, by as u8);
                }
            };
            enter(0, from[state] + f64::from(edge.score), state);
            if let Some(run) = gap_state(edge) {
                // Opening comes first, so that of two equal ways the shorter run is kept.
                enter(run, from[state] + gap.open + gap.each, state);
                enter(run, from[run] + gap.each, run);
            }
        }
        let mut path = Vec::new();
        let mut node = self.n_nodes - 1;
        let mut state = best_of(best[node]);
        let score = best[node][state];
        if score == f64::NEG_INFINITY {
            return None;
        }
        while node > 0 {
            let (edge, by) = back[node][state];
            path.push(edge as usize);
            node = self.edges[edge as usize].from as usize;
            state = usize::from(by);
        }
        path.reverse();
        Some((path, score))
    }
}

/// The state of an omission that the edge may belong to.
fn gap_state(edge: &Edge) -> Option<usize> {
    match (edge.n_zh, edge.n_en) {
        (_, 0) => Some(1),
        (0, _) => Some(2),
        _ => None,
    }
}

fn best_of(states: [f64; 3]) -> usize {
    (1..3).fold(0, |best, state| if states[state] > states[best] { state } else { best })
}

/// ln(exp(a) + exp(b)).
pub(crate) fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    // Beside 1, exp(-40) is less than the precision of 64 bits.
    if low == f64::NEG_INFINITY || high - low > 40.0 {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

/// The sum over the states of the node that the edges at hand leave: taken once for all of
/// them, as it takes two logarithms.
#[derive(Default)]
struct NodeSums {
    last: Option<(u32, f64)>,
}

impl NodeSums {
    fn sum(&mut self, node: u32, states: [f64; 3]) -> f64 {
        match self.last {
            Some((last, sum)) if last == node => sum,
            _ => {
                let sum = sum3(states);
                self.last = Some((node, sum));
                sum
            }
        }
    }
}

fn sum3(states: [f64; 3]) -> f64 {
    add(add(states[0], states[1]), states[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_GAP: Gap = Gap { open: -100.0, each: -100.0 };

    fn bead(zh: u32, en: u32, n_zh: u8, n_en: u8, score: f32) -> CandidateBead {
        CandidateBead { zh, en, n_zh, n_en, score }
    }

    #[test]
    fn probabilities_of_two_ladders_add_to_one() {
        let lattice = Lattice::new(vec![
            bead(0, 0, 1, 1, 1.0),
            bead(1, 1, 1, 1, 1.0),
            bead(0, 0, 2, 2, 2.0),
        ]);
        let posteriors = lattice.posteriors(NO_GAP, Threads::ONE);
        let total = lattice.step_posteriors(NO_GAP, Threads::ONE).1;
        assert!((total - (2.0 + 2f64.ln())).abs() < 1e-9);
        assert!(posteriors.iter().all(|p| (p - 0.5).abs() < 1e-9));
    }

    #[test]
    fn a_long_omission_is_paid_once() {
        let gap = Gap { open: -10.0, each: -1.0 };
        let beads = (0..10).map(|k| bead(k, 0, 1, 0, -5.0)).collect();
        let (_, total) = Lattice::new(beads).step_posteriors(gap, Threads::ONE);
        assert!((total - -20.0).abs() < 0.5, "{total}");
    }

    #[test]
    fn the_best_path_is_a_ladder() {
        let lattice = Lattice::new(vec![
            bead(0, 0, 1, 1, 1.0),
            bead(0, 0, 1, 2, 2.5),
            bead(1, 1, 1, 1, 1.0),
            bead(1, 2, 1, 0, -1.0),
        ]);
        let path = lattice.best_path(NO_GAP);
        let sizes: Vec<_> = path
            .iter()
            .map(|&e| (lattice.edges[e].n_zh, lattice.edges[e].n_en))
            .collect();
        assert_eq!(sizes, [(1, 1), (1, 1)]);
    }
}
