//! What the miner is given of each aligned unit.

use crate::types::{Pair, Token, UnitPlace};

/// An aligned unit as the miner sees it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The text of each side.
    pub text: Pair<String>,
    /// Its words.
    pub tokens: Pair<Vec<Token>>,
    /// Index of the bead.
    pub bead: usize,
    /// Where it stands.
    pub place: UnitPlace,
}
