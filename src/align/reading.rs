//! What else might be read where a ladder is in doubt.
//!
//! Of a run of doubtful beads the best ladder that avoids its least sure bead, from the beads
//! that were in question anyway. Of 100 wrong beads of novels and speeches it rights 49
//! (`examples/other_reading.rs`, `docs/alignment.md`).

use std::ops::Range;

use crate::align::engine::State;
use crate::align::lattice::{CandidateBead, Edge, Lattice};
use crate::align::pinned::Pins;
use crate::align::score::Gap;
use crate::types::{Bead, Ladder, Pair};

/// Beads with a lower score are in doubt.
const SURE: f64 = 0.9;
/// How many sure beads on either side of a run may change with it.
const AROUND: usize = 2;

/// Another reading of some beads of a ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Which beads of the ladder.
    pub beads: Range<usize>,
    /// What would stand in their place: the same segments.
    pub instead: Vec<Bead>,
    /// Its share against the ladder: of 100 such choices between the two, so many hundredths
    /// should fall to it. 0 to 1.
    pub share: f64,
}

/// The other readings of a ladder, in order.
pub(crate) fn others(
    state: &State,
    gap: Gap,
    ladder: &Ladder,
    pins: &Pins,
) -> Vec<Reading> {
    let beads = ladder.beads();
    let is_doubtful = |bead: &Bead| bead.score < SURE && !pins.holds(&bead.range);
    let mut readings: Vec<Reading> = Vec::new();
    let mut at = 0;
    while at < beads.len() {
        let end = at + beads[at..].iter().take_while(|bead| is_doubtful(bead)).count();
        if end == at {
            at += 1;
            continue;
        }
        // Two readings never speak of one bead.
        let floor = readings.last().map_or(0, |reading| reading.beads.end);
        let is_loose = |n: &usize| !pins.holds(&beads[*n].range);
        let before = (at.saturating_sub(AROUND).max(floor)..at).rev();
        let first = before.take_while(is_loose).last().unwrap_or(at);
        let behind = end..(end + AROUND).min(beads.len());
        let last = behind.take_while(is_loose).last().map_or(end, |n| n + 1);
        let run = first..last;
        readings.extend(other(state, gap, beads, run, &beads[at..end]));
        at = end;
    }
    readings
}

/// The best ladder through a run that avoids the least sure of the doubted beads.
fn other(
    state: &State,
    gap: Gap,
    beads: &[Bead],
    run: Range<usize>,
    doubted: &[Bead],
) -> Option<Reading> {
    let least = doubted.iter().min_by(|a, b| a.score.total_cmp(&b.score))?;
    let inside = &beads[run.clone()];
    let (first, last) = (inside.first()?, inside.last()?);
    let start = first.range.as_ref().map(|range| range.start);
    let end = last.range.as_ref().map(|range| range.end);
    let edges = state.lattice.between(start, end);
    let all: Vec<CandidateBead> = edges.iter().map(Edge::as_candidate).collect();
    let (_, best) = path(all.clone(), gap, start, end)?;
    let others = all.into_iter().filter(|edge| range_of(edge) != least.range);
    let (mut instead, score) = path(others.collect(), gap, start, end)?;
    let share = 1.0 / (1.0 + (best - score).exp());
    // What it has in common with the ladder is no part of it.
    let mut range = run;
    let mut old = inside;
    while let (Some(a), Some(b)) = (old.first(), instead.first())
        && a.range == b.range
    {
        (old, range.start) = (&old[1..], range.start + 1);
        instead.remove(0);
    }
    while let (Some(a), Some(b)) = (old.last(), instead.last())
        && a.range == b.range
    {
        (old, range.end) = (&old[..old.len() - 1], range.end - 1);
        instead.pop();
    }
    (!instead.is_empty()).then_some(Reading { beads: range, instead, share })
}

fn range_of(edge: &CandidateBead) -> Pair<Range<usize>> {
    let (zh, en) = (edge.zh as usize, edge.en as usize);
    Pair::new(zh..zh + usize::from(edge.n_zh), en..en + usize::from(edge.n_en))
}

/// The best way from a place to another, and its score; `None` where there is none.
fn path(
    edges: Vec<CandidateBead>,
    gap: Gap,
    start: Pair<usize>,
    end: Pair<usize>,
) -> Option<(Vec<Bead>, f64)> {
    let lattice = Lattice::new(edges);
    let (path, score) = lattice.best_path_if_any(gap)?;
    let bead = |&edge: &usize| {
        let range = range_of(&lattice.edges[edge].as_candidate());
        Bead { range, score: 0.0 }
    };
    let beads: Vec<Bead> = path.iter().map(bead).collect();
    let from = beads.first()?.range.as_ref().map(|range| range.start);
    let to = beads.last()?.range.as_ref().map(|range| range.end);
    (from == start && to == end).then_some((beads, score))
}
