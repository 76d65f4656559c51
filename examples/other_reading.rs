//! How often the second-best reading of a doubtful run is the right one.
//!
//! ```text
//! cargo run --release --example other_reading -- DIR…
//! ```
//!
//! A folder holds `zh/ID.txt`, `en/ID.txt` and `gold/ID.ladder`, one segment a line. A run is of
//! neighbouring beads with a score under .9; its other reading is the best ladder that avoids
//! the least sure of its beads. Counted are the beads that the gold contradicts: how many stand
//! in a run, and for how many of these every bead of the gold that they touch is in the other
//! reading. `docs/measuring.md` has the figures.

use std::collections::BTreeSet;
use std::error::Error;
use std::ops::Range;

use bitext::align::training::{Analysis, BeadPlace, Chart, Stage};
use bitext::align::{self, Params};
use bitext::eval::{GoldDocument, load_folders};
use bitext::lexicon::Seed;
use bitext::types::{Bead, Pair};

/// A bead with a lower score is doubtful.
const SURE: f64 = 0.9;

#[derive(Default)]
struct Count {
    wrong: usize,
    in_a_run: usize,
    right: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut table = String::from("| gold | wrong rows | in a doubtful run | righted |\n");
    table += "| --- | --- | --- | --- |\n";
    for folder in std::env::args().skip(1) {
        let mut count = Count::default();
        for document in load_folders(&[&folder])? {
            look(&document, &mut count);
        }
        let Count { wrong, in_a_run, right } = count;
        table += &format!("| {folder} | {wrong} | {in_a_run} | {right} |\n");
    }
    print(&table);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn print(table: &str) {
    print!("{table}");
}

fn look(document: &GoldDocument, count: &mut Count) {
    let (passages, params) = (document.passages(), Params::default());
    let chart = Analysis::new(&passages, Seed::shipped()).chart(&params, Stage::Last, []);
    let scores = scores(&chart, params.last.values());
    let ladder = align::align(&passages, Seed::shipped(), &params).ladder;
    let beads = ladder.beads();
    let gold: BTreeSet<Sides> = document.gold.beads.iter().cloned().collect();
    for run in runs(beads) {
        let is_wrong = |bead: &&Bead| is_known(bead, &gold) && !gold.contains(&sides(bead));
        let wrong: Vec<&Bead> = beads[run.range.clone()].iter().filter(is_wrong).collect();
        count.wrong += wrong.len();
        if wrong.is_empty() || !run.is_doubtful {
            continue;
        }
        count.in_a_run += wrong.len();
        let doubted = &beads[run.range];
        let Some(least) = doubted.iter().min_by(|a, b| a.score.total_cmp(&b.score)) else {
            continue;
        };
        let other = avoiding(&chart, &scores, least);
        count.right += wrong.iter().filter(|bead| is_righted(bead, &gold, &other)).count();
    }
}

type Sides = (Vec<usize>, Vec<usize>);

fn sides(bead: &Bead) -> Sides {
    (bead.range.zh.clone().collect(), bead.range.en.clone().collect())
}

/// Beads of a ladder, all doubtful or all sure.
struct Run {
    range: Range<usize>,
    is_doubtful: bool,
}

fn runs(beads: &[Bead]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, bead) in beads.iter().enumerate() {
        let is_doubtful = bead.score < SURE;
        match runs.last_mut() {
            Some(run) if run.is_doubtful == is_doubtful => run.range.end = at + 1,
            _ => runs.push(Run { range: at..at + 1, is_doubtful }),
        }
    }
    runs
}

/// Does the gold say anything of the bead?
fn is_known(bead: &Bead, gold: &BTreeSet<Sides>) -> bool {
    gold.iter().any(|sides| touches(bead, sides))
}

fn touches(bead: &Bead, (zh, en): &Sides) -> bool {
    zh.iter().any(|at| bead.range.zh.contains(at))
        || en.iter().any(|at| bead.range.en.contains(at))
}

fn is_righted(bead: &Bead, gold: &BTreeSet<Sides>, other: &BTreeSet<Sides>) -> bool {
    gold.iter().filter(|sides| touches(bead, sides)).all(|sides| other.contains(sides))
}

fn scores(chart: &Chart, weights: &[f64]) -> Vec<f32> {
    let of_bead = |bead: usize| {
        let features = chart.features(bead).iter();
        let weighed = features.map(|&(index, value)| weights[index] as f32 * value);
        chart.fixed(bead) + weighed.sum::<f32>()
    };
    (0..chart.all().beads().count()).map(of_bead).collect()
}

/// The beads of the best ladder without that bead.
fn avoiding(chart: &Chart, scores: &[f32], bead: &Bead) -> BTreeSet<Sides> {
    let start = bead.range.as_ref().map(|range| range.start);
    let len = bead.range.as_ref().map(|range| range.len());
    let (graph, indices) = chart.only(|place| place != BeadPlace { start, len });
    let scores: Vec<f32> = indices.iter().map(|&index| scores[index]).collect();
    let places: Vec<BeadPlace> = graph.beads().collect();
    let best = graph.best(&scores);
    let beads = best.into_iter().map(|index| {
        let BeadPlace { start, len } = places[index];
        let ends = Pair::new(start.zh + len.zh, start.en + len.en);
        ((start.zh..ends.zh).collect(), (start.en..ends.en).collect())
    });
    beads.collect()
}
