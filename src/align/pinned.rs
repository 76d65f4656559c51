//! Alignment through beads that a person has confirmed.
//!
//! A pinned bead is the only way across its place, however many passages it has, and what lies
//! between two pins is searched by itself:
//!
//! ```text
//!  en ┌────────┬─┬──────┬─┐
//!     │ search │ │      │ │    ■ pins: one edge each, with probability 1
//!     ├────────■ │      │ │
//!     │        │ │search│ │
//!     ├────────┼─┼──────■ │
//!     └────────┴─┴──────┴─┘ zh
//! ```
//!
//! From there on nothing differs from an alignment without pins. So the words of confirmed
//! beads teach the table with all their weight, and beads far from them gain by it.

use std::ops::Range;

use crate::align::lattice::CandidateBead;
use crate::types::{Bead, Pair, Side};

/// Most passages that a side of a pin may have: beads count them in a byte.
pub const MOST_PINNED: usize = 255;

/// Beads that an alignment has to go through: in order, and apart from one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    beads: Vec<Pair<Range<usize>>>,
}

/// Why a list of beads cannot be pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PinError {
    /// A pin is empty on both sides.
    #[error("pin {pin} is empty on both sides")]
    Empty {
        /// Its index.
        pin: usize,
    },
    /// A pin begins before the one before it ends, or ends before it begins.
    #[error("pin {pin} does not stand behind the one before it ({side})")]
    Crossing {
        /// Its index.
        pin: usize,
        /// The side where it fails.
        side: Side,
    },
    /// A pin has more passages on a side than [`MOST_PINNED`].
    #[error("pin {pin} has more than {MOST_PINNED} passages ({side})")]
    TooLong {
        /// Its index.
        pin: usize,
        /// The side where it fails.
        side: Side,
    },
    /// A pin ends behind the document.
    #[error("pin {pin} ends behind the document ({side})")]
    Outside {
        /// Its index.
        pin: usize,
        /// The side where it fails.
        side: Side,
    },
}

impl Pins {
    /// Checks that the beads are in order, apart, and inside documents of `len` passages.
    ///
    /// # Errors
    ///
    /// Names the first bead that cannot be pinned.
    pub fn new(
        beads: Vec<Pair<Range<usize>>>,
        len: Pair<usize>,
    ) -> Result<Self, PinError> {
        let mut at = Pair::new(0, 0);
        for (pin, bead) in beads.iter().enumerate() {
            if bead.zh.is_empty() && bead.en.is_empty() {
                return Err(PinError::Empty { pin });
            }
            for side in Side::BOTH {
                let range = bead.get(side);
                if range.start < *at.get(side) || range.end < range.start {
                    return Err(PinError::Crossing { pin, side });
                }
                if range.len() > MOST_PINNED {
                    return Err(PinError::TooLong { pin, side });
                }
                if range.end > *len.get(side) {
                    return Err(PinError::Outside { pin, side });
                }
                *at.get_mut(side) = range.end;
            }
        }
        Ok(Self { beads })
    }

    /// The pinned beads, in order.
    pub fn beads(&self) -> &[Pair<Range<usize>>] {
        &self.beads
    }

    /// Is nothing pinned?
    pub fn is_empty(&self) -> bool {
        self.beads.is_empty()
    }

    /// Is this bead pinned?
    pub fn holds(&self, bead: &Pair<Range<usize>>) -> bool {
        let start = (bead.zh.start, bead.en.start);
        let before = |pin: &Pair<Range<usize>>| (pin.zh.start, pin.en.start) < start;
        self.beads.get(self.beads.partition_point(before)) == Some(bead)
    }

    /// What lies before, between and behind the pins of documents of `len` passages; a stretch
    /// that is empty on both sides is none.
    pub(crate) fn stretches(&self, len: Pair<usize>) -> Vec<Pair<Range<usize>>> {
        let mut start = Pair::new(0, 0);
        let mut stretches = Vec::with_capacity(self.beads.len() + 1);
        let end = Pair::new(len.zh..len.zh, len.en..len.en);
        for pin in self.beads.iter().chain([&end]) {
            let stretch = start.zh..pin.zh.start;
            let stretch = Pair::new(stretch, start.en..pin.en.start);
            if self.beads.is_empty() || !stretch.zh.is_empty() || !stretch.en.is_empty() {
                stretches.push(stretch);
            }
            start = pin.as_ref().map(|range| range.end);
        }
        stretches
    }

    /// The pins as the only edges across their places.
    pub(crate) fn edges(&self) -> impl Iterator<Item = CandidateBead> + '_ {
        self.beads.iter().map(|pin| CandidateBead {
            zh: pin.zh.start as u32,
            en: pin.en.start as u32,
            n_zh: pin.zh.len() as u8,
            n_en: pin.en.len() as u8,
            score: 0.0,
        })
    }

    /// A path, cut at the pins: stretches of beads that may be changed, and pins, which may
    /// not.
    pub(crate) fn cut(&self, path: Vec<Bead>) -> Vec<(bool, Vec<Bead>)> {
        let mut parts: Vec<(bool, Vec<Bead>)> = Vec::new();
        for bead in path {
            let is_pin = self.holds(&bead.range);
            match parts.last_mut() {
                Some((last, beads)) if !*last && !is_pin => beads.push(bead),
                _ => parts.push((is_pin, vec![bead])),
            }
        }
        parts
    }
}
