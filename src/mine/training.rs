//! The rows that the ranker puts in order, with their traits: what its curves are fitted to.
//!
//! The program asks for none of this; `examples/terms` does, and measures with it.

use super::corpus::Corpus;
use super::{Miner, Params, Unit, ranker};
use crate::lexicon::Seed;
use crate::types::TermPair;

pub use super::ranker::Ranker;
pub use super::traits::Trait;

impl Ranker {
    /// The ranker that the program ships with.
    pub fn shipped() -> &'static Self {
        &ranker::SHIPPED
    }
}

/// A row as the ranker meets it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The pair as it would be listed.
    pub pair: TermPair,
    /// Its traits, in the order of [`Trait::ALL`].
    pub traits: Vec<f64>,
}

/// All rows of the units that recur, of whatever confidence.
pub fn rows(
    units: impl IntoIterator<Item = Unit>,
    seed: &Seed,
    params: &Params,
) -> Vec<Row> {
    let (corpus, units) = Corpus::new(units, seed);
    let miner = Miner::new(corpus, &units, seed, params);
    let rows = miner.ranked().into_iter();
    rows.map(|row| Row { pair: row.pair, traits: row.traits }).collect()
}
