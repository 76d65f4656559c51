//! Phrases that the word alignment itself cuts out: a second source of English candidates.
//!
//! Comes in: the Chinese candidates and the links of the words. Goes out: for each place of a
//! candidate the English words that it, and nothing else, is linked to: *apply mutatis
//! mutandis* of 準用, which no rule of edges would have cut. After the phrase pairs of Och & Ney
//! 2004 (Computational Linguistics 30:4), without their extension over unlinked words.

use std::collections::BTreeMap;

use super::candidates::{Candidate, Candidates, RunPlace};
use super::candidates_en;
use super::corpus::{Corpus, Run};
use super::word_alignment::{Links, WordAlignment};

/// A link of at least this mass holds a word to a phrase (measured).
const HOLD: f32 = 0.3;
/// How far the links of phrase and Chinese stay among themselves, at least (measured).
pub(super) const TIGHT: f32 = 0.7;
/// The same for the renderings of one term that are pooled, whose words are tied to one another
/// in fewer places (measured).
const SCATTERED_TIGHT: f32 = 0.5;
/// Longest phrase, in words.
const MAX_WORDS: usize = 10;

/// For what each English run says how often the words of a Chinese candidate were tied to it
/// alone, at most, over the candidates.
pub(super) fn recurring(
    corpus: &Corpus,
    alignment: &WordAlignment,
    zh: &Candidates,
) -> BTreeMap<u64, Vec<RunPlace>> {
    let mut recur: BTreeMap<u64, Vec<RunPlace>> = BTreeMap::new();
    let mut found: Vec<(u64, RunPlace)> = Vec::new();
    for candidate in &zh.list {
        found.clear();
        for place in &candidate.places {
            if let Some(en) = phrase(corpus, alignment, *place, TIGHT) {
                let words = &corpus.en[en.unit as usize].words[en.run.range()];
                found.push((candidates_en::hash_of(corpus, words), en));
            }
        }
        found.sort_unstable();
        for same in found.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() >= 2) {
            let places = recur.entry(same[0].0).or_default();
            places.extend(same.iter().map(|(_, place)| *place));
        }
    }
    for places in recur.values_mut() {
        places.sort_unstable();
        places.dedup();
    }
    recur
}

/// The English words that a Chinese place, and nothing else, is linked to.
pub(super) fn phrase(
    corpus: &Corpus,
    alignment: &WordAlignment,
    zh: RunPlace,
    least: f32,
) -> Option<RunPlace> {
    let links: &Links = &alignment.units[zh.unit as usize];
    let (first, last) = links.held(zh.run, HOLD)?;
    let run = Run { start: first, end: last + 1 };
    let words = &corpus.en[zh.unit as usize].words;
    let is_whole = run.len() <= MAX_WORDS
        && !words[run.start as usize].is_tied
        && words.get(run.end as usize).is_none_or(|next| !next.is_tied)
        && !words[run.range()].iter().any(|word| corpus.en_form(*word).is_mark);
    (is_whole && links.consistency(zh.run, run) >= least)
        .then_some(RunPlace { unit: zh.unit, run })
}

/// The places of a candidate by what the words tied to each say, most frequent first.
pub(super) fn renderings(
    corpus: &Corpus,
    alignment: &WordAlignment,
    zh: &Candidate,
) -> Vec<Vec<(RunPlace, RunPlace)>> {
    let mut found: Vec<(u64, RunPlace, RunPlace)> = zh
        .places
        .iter()
        .filter_map(|place| {
            let en = phrase(corpus, alignment, *place, SCATTERED_TIGHT)?;
            let words = &corpus.en[en.unit as usize].words[en.run.range()];
            Some((candidates_en::hash_of(corpus, words), *place, en))
        })
        .collect();
    found.sort_unstable();
    let mut out: Vec<Vec<(RunPlace, RunPlace)>> = found
        .chunk_by(|a, b| a.0 == b.0)
        .map(|same| same.iter().map(|(_, zh, en)| (*zh, *en)).collect())
        .collect();
    out.sort_by(|a, b| b.len().cmp(&a.len()).then(a[0].cmp(&b[0])));
    out
}
