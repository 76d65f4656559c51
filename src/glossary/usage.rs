//! How often pairs stand in which of many documents that were mined together.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use super::termbase::Use;
use crate::lexicon::Seed;
use crate::text::fold::fold;
use crate::types::{KeptUnit, Pair, TermPair};

/// The tokens of a term, and which pairs have it.
type Term<T> = (Vec<T>, Vec<usize>);

/// The terms of one side as lists of tokens, by their first token.
struct Terms<T> {
    by_first: FxHashMap<T, Vec<Term<T>>>,
}

impl<T: Eq + std::hash::Hash + Clone> Terms<T> {
    fn new(terms: impl Iterator<Item = (usize, Vec<T>)>) -> Self {
        let mut by_first: FxHashMap<T, Vec<Term<T>>> = FxHashMap::default();
        for (pair, tokens) in terms {
            let Some(first) = tokens.first() else { continue };
            let list = by_first.entry(first.clone()).or_default();
            match list.iter_mut().find(|(known, _)| *known == tokens) {
                Some((_, pairs)) => {
                    if pairs.last() != Some(&pair) {
                        pairs.push(pair);
                    }
                }
                None => list.push((tokens, vec![pair])),
            }
        }
        Self { by_first }
    }

    /// How often each pair's term stands in a text, inside longer ones too.
    fn count(&self, text: &[T]) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for at in 0..text.len() {
            let list = self.by_first.get(&text[at]).map_or(&[][..], Vec::as_slice);
            let found = list.iter().filter(|(term, _)| text[at..].starts_with(term));
            let pairs: BTreeSet<usize> =
                found.flat_map(|(_, pairs)| pairs).copied().collect();
            pairs.into_iter().for_each(|pair| *counts.entry(pair).or_default() += 1);
        }
        counts
    }
}

/// Counts pairs in the units of one document: how often each term stands there, and how often
/// both in one unit. In the order of the pairs; compared are simplified characters and the
/// stems of words, variants included.
pub fn uses_in(units: &[KeptUnit], terms: &[TermPair], seed: &Seed) -> Vec<Use> {
    let stemmer = Stemmer::create(Algorithm::English);
    let chars = |text: &str| -> Vec<char> {
        fold(text)
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| seed.simplify(c))
            .collect()
    };
    let stems = |text: &str| -> Vec<String> {
        let folded = fold(text);
        let words =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(|word| stemmer.stem(word).into_owned()).collect()
    };
    let zh = Terms::new(terms.iter().enumerate().flat_map(|(at, pair)| {
        let all = std::iter::once(&pair.term.zh).chain(&pair.variants.zh);
        all.map(|term| (at, chars(term))).collect::<Vec<_>>()
    }));
    let en = Terms::new(terms.iter().enumerate().flat_map(|(at, pair)| {
        let all = std::iter::once(&pair.term.en).chain(&pair.variants.en);
        all.map(|term| (at, stems(term))).collect::<Vec<_>>()
    }));
    let mut uses = vec![Use::default(); terms.len()];
    for unit in units {
        let found =
            Pair::new(zh.count(&chars(&unit.text.zh)), en.count(&stems(&unit.text.en)));
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

#[cfg(test)]
mod tests {
    use super::*;

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
