use std::ops::Range;

use crate::types::{Pair, Side};

/// Segments that translate one another. One side may be empty, not both.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// The segments of each side.
    pub range: Pair<Range<usize>>,
    /// How sure the bead is: of beads with 0.9, nine in ten should be right. 0 to 1.
    pub score: f64,
}

impl Bead {
    /// A bead with a score below this is more likely wrong than right.
    pub const DOUBTFUL: f64 = 0.5;

    /// Is it more likely wrong than right?
    pub fn is_doubtful(&self) -> bool {
        self.score < Self::DOUBTFUL
    }

    /// Does one side stand alone?
    pub fn is_single(&self) -> bool {
        self.range.zh.is_empty() || self.range.en.is_empty()
    }
}

/// The beads of a bitext, in order; they tile both documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladder {
    beads: Vec<Bead>,
}

/// Why a list of beads is no ladder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LadderError {
    /// A bead does not begin where the one before it ended.
    #[error("bead {bead} does not begin where the one before it ends ({side})")]
    Broken {
        /// Its index.
        bead: usize,
        /// The side where it fails.
        side: Side,
    },
    /// A bead is empty on both sides.
    #[error("bead {bead} is empty on both sides")]
    Empty {
        /// Its index.
        bead: usize,
    },
    /// The last bead ends before or behind the document.
    #[error("the ladder ends at segment {end} of {len} ({side})")]
    Short {
        /// The side where it fails.
        side: Side,
        /// Where the ladder ends.
        end: usize,
        /// How many segments there are.
        len: usize,
    },
}

impl Ladder {
    /// Checks that the beads tile both documents, of `len` segments each, in order.
    ///
    /// # Errors
    ///
    /// Names the first bead that breaks the law.
    pub fn new(beads: Vec<Bead>, len: Pair<usize>) -> Result<Self, LadderError> {
        let mut at = Pair::new(0, 0);
        for (bead, b) in beads.iter().enumerate() {
            if b.range.zh.is_empty() && b.range.en.is_empty() {
                return Err(LadderError::Empty { bead });
            }
            for side in Side::BOTH {
                let range = b.range.get(side);
                if range.start != *at.get(side) || range.end < range.start {
                    return Err(LadderError::Broken { bead, side });
                }
                *at.get_mut(side) = range.end;
            }
        }
        for side in Side::BOTH {
            let (end, len) = (*at.get(side), *len.get(side));
            if end != len {
                return Err(LadderError::Short { side, end, len });
            }
        }
        Ok(Self { beads })
    }

    /// For each segment of a side, its bead.
    pub fn beads_of(&self, side: Side) -> Vec<usize> {
        let beads = self.beads.iter().enumerate();
        beads
            .flat_map(|(at, bead)| bead.range.get(side).clone().map(move |_| at))
            .collect()
    }

    /// The beads, in order.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// How many segments of each side the ladder tiles.
    pub fn len(&self) -> Pair<usize> {
        match self.beads.last() {
            Some(bead) => Pair::new(bead.range.zh.end, bead.range.en.end),
            None => Pair::new(0, 0),
        }
    }

    /// Is there no bead?
    pub fn is_empty(&self) -> bool {
        self.beads.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(zh: Range<usize>, en: Range<usize>) -> Bead {
        Bead { range: Pair::new(zh, en), score: 1.0 }
    }

    #[test]
    fn a_ladder_has_no_gap() {
        let beads = vec![bead(0..1, 0..2), bead(2..3, 2..3)];
        assert_eq!(
            Ladder::new(beads, Pair::new(3, 3)),
            Err(LadderError::Broken { bead: 1, side: Side::Zh })
        );
    }

    #[test]
    fn a_ladder_reaches_the_end_of_both_sides() {
        let beads = vec![bead(0..1, 0..2)];
        assert_eq!(
            Ladder::new(beads, Pair::new(1, 3)),
            Err(LadderError::Short { side: Side::En, end: 2, len: 3 })
        );
    }

    #[test]
    fn a_bead_holds_something() {
        assert_eq!(
            Ladder::new(vec![bead(0..0, 0..0)], Pair::new(0, 0)),
            Err(LadderError::Empty { bead: 0 })
        );
    }

    #[test]
    fn two_empty_documents_have_an_empty_ladder() {
        assert!(Ladder::new(vec![], Pair::new(0, 0)).is_ok_and(|l| l.is_empty()));
    }
}
