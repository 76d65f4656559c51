//! How often pairs stand in which of many documents that were mined together.

use std::collections::{BTreeMap, BTreeSet};

use super::termbase::Use;
use crate::lexicon::Seed;
use crate::terms::{Finder, Found};
use crate::types::{KeptUnit, Side, TermPair};

/// Counts pairs in the units of one document: how often each term stands there, inside longer
/// ones too, and how often both in one unit. In the order of the pairs; all written forms
/// count.
pub fn uses_in(units: &[KeptUnit], terms: &[TermPair], seed: &'static Seed) -> Vec<Use> {
    let forms = (0..).zip(terms).flat_map(|(number, pair)| {
        Side::BOTH
            .into_iter()
            .flat_map(move |side| pair.forms(side).map(move |form| (side, form, number)))
    });
    let finder = Finder::new(forms, seed);
    let mut uses = vec![Use::default(); terms.len()];
    for unit in units {
        let found =
            unit.text.as_ref().map_sides(|side, text| counts(&finder, side, text));
        for (&pair, &n) in &found.zh {
            uses[pair].counts.zh += n;
            uses[pair].count += n.min(found.en.get(&pair).copied().unwrap_or(0));
        }
        for (&pair, &n) in &found.en {
            uses[pair].counts.en += n;
        }
    }
    uses
}

/// At how many places of a text each pair stands; two forms in one place are one use.
fn counts(finder: &Finder, side: Side, text: &str) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    let found = finder.find(side, text);
    for place in found.chunk_by(|a, b| a.span.start == b.span.start) {
        let numbers = |found: &Found| finder.numbers(side, found.form).to_vec();
        let pairs: BTreeSet<u32> = place.iter().flat_map(numbers).collect();
        pairs.into_iter().for_each(|pair| *counts.entry(pair as usize).or_default() += 1);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Pair;

    #[test]
    fn a_term_inside_a_longer_one_counts_too() {
        let pair = |zh: &str, en: &str| TermPair {
            term: Pair::new(zh.into(), en.into()),
            ..TermPair::default()
        };
        let unit = |zh: &str, en: &str| KeptUnit {
            text: Pair::new(zh.into(), en.into()),
            ..KeptUnit::default()
        };
        let units = [
            unit("有组织犯罪与犯罪", "organized crime and crimes"),
            unit("犯罪。", "An offence."),
        ];
        let terms = [pair("犯罪", "crime"), pair("有組織犯罪", "Organized crime")];
        let uses = uses_in(&units, &terms, Seed::shipped());
        assert_eq!(uses[0], Use { count: 2, counts: Pair::new(3, 2) });
        assert_eq!(uses[1], Use { count: 1, counts: Pair::new(1, 1) });
    }
}
