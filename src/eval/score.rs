use std::collections::BTreeSet;
use std::ops::AddAssign;

use crate::align::{self, Params};
use crate::eval::{Gold, GoldDocument};
use crate::lexicon::Seed;
use crate::types::Ladder;

/// How many beads of a ladder stand in the gold, exactly so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Beads in both.
    pub right: usize,
    /// Beads of the ladder.
    pub found: usize,
    /// Beads of the gold.
    pub gold: usize,
}

impl Score {
    /// Compares strictly: a bead counts if the gold has one of the same segments.
    pub fn strict(ladder: &Ladder, gold: &Gold) -> Self {
        let beads: BTreeSet<_> = gold.beads.iter().collect();
        let right = ladder
            .beads()
            .iter()
            .filter(|bead| {
                beads.contains(&(
                    bead.range.zh.clone().collect(),
                    bead.range.en.clone().collect(),
                ))
            })
            .count();
        Score { right, found: ladder.beads().len(), gold: gold.beads.len() }
    }

    /// The share of right beads among those found; 0 where none was.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of the gold that was found; 0 where there is none.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.found + self.gold)
    }
}

/// How right documents are that are aligned together, each taught by all of them.
pub fn score_together(documents: &[GoldDocument], seed: &Seed, params: &Params) -> Score {
    let passages: Vec<_> = documents.iter().map(GoldDocument::passages).collect();
    let all: Vec<_> = passages.iter().collect();
    let mut score = Score::default();
    for (alignment, document) in
        align::align_all(&all, seed, params).iter().zip(documents)
    {
        score += Score::strict(&alignment.ladder, &document.gold);
    }
    score
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Bead, Pair};

    #[test]
    fn a_bead_counts_only_if_both_sides_agree() {
        let bead = |zh, en| Bead { range: Pair::new(zh, en), score: 1.0 };
        let ladder =
            Ladder::new(vec![bead(0..1, 0..1), bead(1..2, 1..3)], Pair::new(2, 3))
                .expect("the beads tile");
        let gold =
            Gold::parse("[0]:[0]\n[1]:[1]\n[]:[2]\n").expect("the gold is well formed");
        let score = Score::strict(&ladder, &gold);
        assert_eq!(score, Score { right: 1, found: 2, gold: 3 });
        assert!((score.f1() - 0.4).abs() < 1e-9);
    }
}
