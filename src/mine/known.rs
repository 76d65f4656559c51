//! The user's own lists: terms already known, words never wanted, pairs rejected before.
//!
//! All are compared in folded form: simplified characters, English without number and case.

use rustc_hash::{FxHashMap, FxHashSet};

use super::corpus::Corpus;
use super::fold::{fold_phrase, fold_zh};
use super::{Params, Unit};
use crate::lexicon::Seed;
use crate::types::{Pair, TermEvidence, TermPair};

/// A term of the user's glossary that the document renders otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// The term as the glossary has it.
    pub term: Pair<String>,
    /// In how many units both sides follow the glossary.
    pub n_kept: usize,
    /// The units with the Chinese term and without its English: index of the bead and name.
    pub units: Vec<(usize, String)>,
}

/// The lists in folded form.
#[derive(Debug)]
pub(super) struct Lists {
    stop: FxHashSet<String>,
    rejected: FxHashSet<(String, String)>,
    known: FxHashSet<(String, String)>,
}

impl Lists {
    pub(super) fn new(params: &Params, seed: &Seed) -> Self {
        let pairs = |pairs: &[Pair<String>]| {
            pairs.iter().map(|p| (fold_zh(&p.zh, seed), fold_phrase(&p.en))).collect()
        };
        let stop = params.stop.iter().flat_map(|w| [fold_zh(w, seed), fold_phrase(w)]);
        Self {
            stop: stop.collect(),
            rejected: pairs(&params.rejected),
            known: pairs(&params.known),
        }
    }

    /// Drops what is not wanted and marks what is known.
    pub(super) fn apply(&self, terms: &mut Vec<TermPair>, seed: &Seed) {
        terms.retain_mut(|term| {
            let pair = (fold_zh(&term.term.zh, seed), fold_phrase(&term.term.en));
            if self.known.contains(&pair) {
                term.evidence.insert(0, TermEvidence::Glossary);
            }
            !self.rejected.contains(&pair)
                && !self.stop.contains(&pair.0)
                && !self.stop.contains(&pair.1)
        });
    }
}

/// The characters of a known Chinese term, and which pairs of the glossary have it.
type Known = (Vec<char>, Vec<usize>);

/// Where the document departs from the glossary, in order of the glossary.
///
/// A Chinese term is looked for as written, the longest known one first, so that 犯罪 asks
/// nothing where 有组织犯罪 is known too.
pub(super) fn departures(
    corpus: &Corpus,
    units: &[Unit],
    known: &[Pair<String>],
    seed: &Seed,
) -> Vec<Departure> {
    let mut out: Vec<Departure> = known
        .iter()
        .map(|term| Departure { term: term.clone(), n_kept: 0, units: Vec::new() })
        .collect();
    let mut by_first: FxHashMap<char, Vec<Known>> = FxHashMap::default();
    for (i, term) in known.iter().enumerate() {
        let chars: Vec<char> = fold_zh(&term.zh, seed).chars().collect();
        let Some(&first) = chars.first() else { continue };
        let list = by_first.entry(first).or_default();
        match list.iter_mut().find(|(other, _)| *other == chars) {
            Some((_, same)) => same.push(i),
            None => list.push((chars, vec![i])),
        }
    }
    by_first
        .values_mut()
        .for_each(|list| list.sort_by_key(|(chars, _)| usize::MAX - chars.len()));
    let folded: Vec<String> = known.iter().map(|term| fold_phrase(&term.en)).collect();
    for (text, unit) in corpus.zh.iter().zip(units) {
        let en = format!(" {} ", fold_phrase(&unit.text.en));
        let mut at = 0;
        while at < text.chars.len() {
            let found = by_first.get(&text.chars[at]).and_then(|list| {
                list.iter().find(|(c, _)| text.chars[at..].starts_with(c))
            });
            at += found.map_or(1, |(chars, _)| chars.len());
            for &i in found.into_iter().flat_map(|(_, terms)| terms) {
                let is_kept = en.contains(&format!(" {} ", folded[i]));
                let place = (unit.bead, unit.name.clone());
                if is_kept {
                    out[i].n_kept += 1;
                } else if out[i].units.last() != Some(&place) {
                    out[i].units.push(place);
                }
            }
        }
    }
    out.retain(|departure| !departure.units.is_empty());
    out
}
