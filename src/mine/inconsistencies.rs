//! One term with several renderings, and one rendering of several terms.
//!
//! 司法互助 and 法律互助 both as *mutual legal assistance*: perhaps one thing under two names,
//! perhaps two things under one. The program cannot tell; the reader can, with the places.

use std::collections::BTreeMap;

use super::dictionary::is_akin;
use super::unit::Unit;
use crate::lexicon::Seed;
use crate::terms::{Keys, written};
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

/// A pair as it is used: the written terms and the units it stands in.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) term: Pair<String>,
    pub(super) units: Vec<u32>,
}

/// The terms with more than one partner among the uses, Chinese ones first, each side in
/// order of the term.
pub(super) fn inconsistencies(
    units: &[Unit],
    uses: &[Use],
    seed: &Seed,
) -> Vec<Inconsistency> {
    let keys = Keys::new(seed);
    let mut out = Vec::new();
    for side in Side::BOTH {
        let mut by_term: BTreeMap<String, Vec<(&Use, Rendering)>> = BTreeMap::new();
        for pair in uses {
            let mut found: Vec<(usize, String)> = pair
                .units
                .iter()
                .map(|unit| &units[*unit as usize])
                .map(|unit| (unit.bead, unit.place.to_string()))
                .collect();
            found.dedup();
            let text = pair.term.get(side.other()).clone();
            let renderings =
                by_term.entry(key(pair.term.get(side), side, &keys)).or_default();
            let is_new = renderings
                .iter()
                .all(|(_, other)| !is_same(&other.text, &text, side.other(), &keys));
            if is_new {
                renderings.push((pair, Rendering { text, units: found }));
            }
        }
        for mut renderings in by_term.into_values() {
            if renderings.len() > 1 {
                let term = renderings[0].0.term.get(side).clone();
                renderings.sort_by(|(_, a), (_, b)| {
                    b.units.len().cmp(&a.units.len()).then_with(|| a.text.cmp(&b.text))
                });
                let renderings = renderings.into_iter().map(|(_, r)| r).collect();
                out.push(Inconsistency { side, term, renderings });
            }
        }
    }
    out
}

/// What tells apart the terms that have several renderings. Noun and verb of an English
/// family are two here: each has a Chinese word of its own, 付款 *payment* and 支付 *pay*.
fn key(term: &str, side: Side, keys: &Keys<'_>) -> String {
    match side {
        Side::Zh => keys.of(side, term),
        Side::En => written(term),
    }
}

/// Are two written terms one? Forms of one English word are: promote, promotion.
fn is_same(a: &str, b: &str, side: Side, keys: &Keys<'_>) -> bool {
    let (a, b) = (keys.of(side, a), keys.of(side, b));
    let is_word = |text: &str| side == Side::En && !text.contains(' ');
    a == b || (is_word(&a) && is_word(&b) && is_akin(&a, &b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(zh: &str, en: &str, units: &[u32]) -> Use {
        Use { term: Pair::new(zh.to_owned(), en.to_owned()), units: units.to_vec() }
    }

    #[test]
    fn one_rendering_of_two_terms_is_reported_with_where() {
        let unit = |bead| Unit {
            text: Pair::default(),
            tokens: Pair::default(),
            bead,
            place: format!("§ {bead}").into(),
        };
        let units = [unit(0), unit(1), unit(2)];
        let uses = [
            used("法律互助", "mutual legal assistance", &[0, 2]),
            used("司法互助", "Mutual Legal Assistance", &[1]),
            used("引渡", "extradition", &[0]),
        ];
        let found = inconsistencies(&units, &uses, Seed::shipped());
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].side, found[0].term.as_str()),
            (Side::En, "mutual legal assistance")
        );
        let texts: Vec<&str> =
            found[0].renderings.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(texts, ["法律互助", "司法互助"]);
        assert_eq!(found[0].renderings[1].units, [(1, "§ 1".to_owned())]);
    }
}
