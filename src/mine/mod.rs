//! Which terms recur together.

mod params;

pub use params::Params;

use crate::lexicon::Seed;
use crate::types::{Pair, TermPair, Token};

/// An aligned unit as the miner sees it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The text of each side.
    pub text: Pair<String>,
    /// Its words.
    pub tokens: Pair<Vec<Token>>,
    /// Index of the bead.
    pub bead: usize,
    /// The label or number of the unit, as a reader would cite it.
    pub name: String,
}

/// The term pairs of the units, best first. Total: any units give a list.
pub fn mine(_units: &[Unit], _seed: &Seed, _params: &Params) -> Vec<TermPair> {
    Vec::new()
}
