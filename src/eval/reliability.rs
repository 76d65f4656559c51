use std::collections::BTreeSet;

use crate::eval::Gold;
use crate::types::Ladder;

/// Of the beads with a score in each tenth from 0 to 1, how many are right.
///
/// A score can be trusted if in each tenth the share of right beads is near the mean score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliability {
    tenths: [Tenth; 10],
}

/// The beads of one tenth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tenth {
    /// How many there are.
    pub beads: usize,
    /// How many of them stand in the gold.
    pub right: usize,
    /// The sum of their scores.
    pub score_sum: f64,
}

impl Reliability {
    /// Counts the beads of a ladder.
    pub fn add(&mut self, ladder: &Ladder, gold: &Gold) {
        let known: BTreeSet<_> = gold.beads.iter().collect();
        for bead in ladder.beads() {
            let tenth = &mut self.tenths[((bead.score * 10.0) as usize).min(9)];
            let sides =
                (bead.range.zh.clone().collect(), bead.range.en.clone().collect());
            tenth.beads += 1;
            tenth.right += usize::from(known.contains(&sides));
            tenth.score_sum += bead.score;
        }
    }

    /// The tenths, lowest scores first.
    pub fn tenths(&self) -> &[Tenth; 10] {
        &self.tenths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Bead, Pair};

    #[test]
    fn a_bead_is_counted_in_the_tenth_of_its_score() {
        let beads = vec![
            Bead { range: Pair::new(0..1, 0..1), score: 1.0 },
            Bead { range: Pair::new(1..2, 1..2), score: 0.42 },
        ];
        let ladder = Ladder::new(beads, Pair::new(2, 2)).expect("the beads tile");
        let gold = Gold::parse("[0]:[0]\n").expect("well formed");
        let mut table = Reliability::default();
        table.add(&ladder, &gold);
        let (low, high) = (table.tenths()[4], table.tenths()[9]);
        assert_eq!((low.beads, low.right, high.beads, high.right), (1, 0, 1, 1));
    }
}
