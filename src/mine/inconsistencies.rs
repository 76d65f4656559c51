//! One term with several renderings, and one rendering of several terms.
//!
//! 司法互助 and 法律互助 both as *mutual legal assistance*: perhaps one thing under two names,
//! perhaps two things under one. The program cannot tell; the reader can, with the places.

use std::collections::BTreeMap;

use super::Unit;
use super::claiming::Claim;
use crate::types::{Pair, Side};

/// A term that answers to several of the other side.
#[derive(Clone, Debug, PartialEq)]
pub struct Inconsistency {
    /// The side of the one term.
    pub side: Side,
    /// The one term, as written most often.
    pub term: String,
    /// What it answers to on the other side, most frequent first.
    pub renderings: Vec<Rendering>,
}

/// One of several terms of the other side.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendering {
    /// As written most often.
    pub text: String,
    /// The units it answers to the term in, in order: index of the bead and name.
    pub units: Vec<(usize, String)>,
}

/// The terms with more than one partner among the claims, Chinese ones first, each side in
/// order of the term.
pub(super) fn inconsistencies(
    units: &[Unit],
    claims: &[(&Claim, Pair<String>)],
) -> Vec<Inconsistency> {
    let mut out = Vec::new();
    for side in Side::BOTH {
        let mut by_term: BTreeMap<&str, Vec<Rendering>> = BTreeMap::new();
        for (claim, term) in claims {
            let mut found: Vec<(usize, String)> = claim
                .places
                .iter()
                .map(|(zh, _)| &units[zh.unit as usize])
                .map(|unit| (unit.bead, unit.name.clone()))
                .collect();
            found.dedup();
            let text = term.get(side.other()).clone();
            let renderings = by_term.entry(term.get(side)).or_default();
            if renderings.iter().all(|rendering| rendering.text != text) {
                renderings.push(Rendering { text, units: found });
            }
        }
        for (term, mut renderings) in by_term {
            if renderings.len() > 1 {
                renderings.sort_by(|a, b| {
                    b.units.len().cmp(&a.units.len()).then_with(|| a.text.cmp(&b.text))
                });
                out.push(Inconsistency { side, term: term.to_owned(), renderings });
            }
        }
    }
    out
}
