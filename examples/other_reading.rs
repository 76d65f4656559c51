//! How often the second-best reading of a doubtful run is the right one.
//!
//! ```text
//! cargo run --release --example other_reading -- DIR…
//! ```
//!
//! A folder holds `zh/ID.txt`, `en/ID.txt` and `gold/ID.ladder`, one segment a line. A run is of
//! neighbouring beads with a score under .9; its other reading is the best ladder that avoids
//! the least sure of its beads. Counted are the beads that the gold contradicts, how many of
//! them are doubtful, how many readings were offered in all, and how many wrong beads are
//! righted: every bead of the gold that they touch is in the other reading. `docs/alignment.md` has the figures.

use std::collections::BTreeSet;
use std::error::Error;

use bitext::align::{self, Params};
use bitext::eval::{GoldDocument, load_folders};
use bitext::lexicon::Seed;
use bitext::types::Bead;

/// A bead with a lower score is doubtful.
const SURE: f64 = 0.9;

#[derive(Default)]
struct Count {
    wrong: usize,
    doubtful: usize,
    readings: usize,
    righted: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut table = String::from("| gold | wrong | doubtful | readings | righted |\n");
    table += "| --- | --- | --- | --- | --- |\n";
    for folder in std::env::args().skip(1) {
        let mut count = Count::default();
        for document in load_folders([&folder])? {
            look(&document, &mut count);
        }
        let Count { wrong, doubtful, readings, righted } = count;
        table +=
            &format!("| {folder} | {wrong} | {doubtful} | {readings} | {righted} |\n");
    }
    print(&table);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn print(table: &str) {
    print!("{table}");
}

fn look(document: &GoldDocument, count: &mut Count) {
    let params = Params { readings: true, ..Params::default() };
    let found = align::align(&document.passages(), Seed::shipped(), &params);
    let beads = found.ladder.beads();
    let gold: BTreeSet<Sides> = document.gold.beads.iter().cloned().collect();
    let is_wrong = |bead: &Bead| is_known(bead, &gold) && !gold.contains(&sides(bead));
    for bead in beads.iter().filter(|bead| is_wrong(bead)) {
        count.wrong += 1;
        count.doubtful += usize::from(bead.score < SURE);
    }
    for reading in &found.readings {
        let instead: BTreeSet<Sides> = reading.instead.iter().map(sides).collect();
        let read = beads[reading.beads.clone()].iter().filter(|bead| is_wrong(bead));
        count.righted += read.filter(|bead| is_righted(bead, &gold, &instead)).count();
    }
    count.readings += found.readings.len();
}

type Sides = (Vec<usize>, Vec<usize>);

fn sides(bead: &Bead) -> Sides {
    (bead.range.zh.clone().collect(), bead.range.en.clone().collect())
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
