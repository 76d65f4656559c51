//! Mining of many documents by sums.
//!
//! Mined as one text, documents need memory for all places of all candidates. Here each pass
//! looks at one document at a time, and at small tables that the passes before left; what it
//! finds is merged by sums, by the least or by the most, so that nothing depends on which
//! documents were looked at together:
//!
//! ```text
//! documents ─shelf─▶ words by id ─words─▶ sums of expected links ⟲ ─▶ links of each document
//!           ─runs─▶ counts of runs ─▶ candidates that recur ─pairs─▶ how often two meet, how far
//!           linked ─▶ scored links ─claims─▶ free places of each link ⟲ ─▶ claims ─rows─▶ traits
//!           ─▶ the list, best first
//! ```
//!
//! The steps and their formulas are those of one text. What differs: pairs of words that hardly
//! ever meet are not trained, pairs of candidates that are hardly linked not counted, and which
//! claims hold is asked in rounds, not one after the other. What only one document can tell is
//! told by it alone: what it defines, and the terms that occur once.
//!
//! Comes in: documents in an order that is theirs (of their names), for "first" means first in
//! it. Goes out: terms, best first.

mod claims;
mod documents;
mod pairs;
mod rows;
mod runs;
mod shelf;
mod singles;
mod words;

use std::io;
use std::path::Path;

use self::documents::Sums;
use super::params::Params;
use super::spelling;
use super::unit::Unit;
use super::unwanted::Unwanted;
use crate::lexicon::Seed;
use crate::types::TermPair;

/// The term pairs of so many documents, best first. `units` gives the units of one; it is
/// asked once for each, in order. `scratch` is a folder with room for a file of some twenty times
/// the texts.
///
/// # Errors
///
/// When the file cannot be written or read, and those of `units`.
pub fn mine_documents(
    n_documents: usize,
    units: impl FnMut(usize) -> io::Result<Vec<Unit>>,
    scratch: &Path,
    seed: &Seed,
    params: &Params,
) -> io::Result<Vec<TermPair>> {
    mine(&mut Sums::shelve(n_documents, units, scratch, seed, params)?)
}

/// The terms of the documents.
fn mine(sums: &mut Sums<'_>) -> io::Result<Vec<TermPair>> {
    words::align(sums)?;
    let sides = runs::candidates(sums)?;
    let links = pairs::links(sums, &sides)?;
    let claims = claims::claims(sums, &sides, &links)?;
    let mut terms = rows::rows(sums, &sides, &links, &claims)?;
    terms.extend(singles::singles(sums, &sides, &claims)?);
    let mut terms = spelling::fold_near(terms, sums.seed);
    let unwanted = Unwanted::new(sums.params, sums.seed);
    terms.retain(|term| unwanted.allows(term));
    sums.params.order.sort(&mut terms);
    Ok(terms)
}

#[cfg(test)]
mod tests;
