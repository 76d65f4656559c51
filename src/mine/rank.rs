//! In which order a reader should see the pairs, and how sure each is.
//!
//! Kept apart from the linking: general words are good partners and poor terms. Constants:
//! docs/terms.md, 10, where no other source is given.

use super::candidates::Candidate;
use super::candidates_en::{VERB, capital_share};
use super::claiming::Claim;
use super::corpus::Corpus;

/// Factor for what is written with capitals.
const CAPITAL: f64 = 1.3;
/// Factor for a single English verb.
const SINGLE_VERB: f64 = 0.6;
/// Factor for a single English participle: *shared*, *delivered* (measured).
const PARTICIPLE: f64 = 0.7;
/// Factor for a Chinese phrase with 的 or 之 (measured).
const PARTICLE: f64 = 0.75;
/// Factor for one word against one word, which is a translation more often than a term
/// (measured).
const PLAIN: f64 = 0.9;
/// A word this frequent in general text counts half (prototype: 1500; measured: 3000).
const HALF_FREQUENCY: f64 = 3000.0;
/// Factor for several words, whose rarest one is looked at (prototype: 1.25; measured: 1.4).
const SEVERAL_WORDS: f64 = 1.4;
/// Factor for a frequent verb, adjective or adverb.
const PREDICATE: f64 = 0.75;

/// The score that orders the list, higher first; about 0 to 3.
pub(super) fn rank(
    corpus: &Corpus,
    claim: &Claim,
    zh: &Candidate,
    en: &Candidate,
) -> f64 {
    let capital = if capital_share(corpus, en) > 0.6 { CAPITAL } else { 1.0 };
    let particle = if claim.link.has_particle { PARTICLE } else { 1.0 };
    let plain = if is_plain(corpus, zh, en) { PLAIN } else { 1.0 };
    claim.link.score
        * capital
        * particle
        * plain
        * nominality(corpus, en)
        * rarity(corpus, zh)
}

/// Is the pair one common word against another?
pub(super) fn is_plain(corpus: &Corpus, zh: &Candidate, en: &Candidate) -> bool {
    let place = zh.sample();
    let words = &corpus.zh[place.unit as usize].words;
    en.len() == 1 && words.binary_search_by_key(&place.run, |word| word.run).is_ok()
}

/// How little of a verb the English is.
fn nominality(corpus: &Corpus, en: &Candidate) -> f64 {
    let place = en.sample();
    let [word] = corpus.en[place.unit as usize].words[place.run.range()] else {
        return 1.0;
    };
    let form = corpus.en_form(word);
    let is_participle = form.text.len() > 4 && form.text.ends_with("ed");
    match (form.verbness > VERB, is_participle) {
        (true, _) => SINGLE_VERB,
        (false, true) => PARTICIPLE,
        (false, false) => 1.0,
    }
}

/// How special the Chinese words are, 0 to 1, by how common they are in general text.
fn rarity(corpus: &Corpus, zh: &Candidate) -> f64 {
    let place = zh.sample();
    let text = &corpus.zh[place.unit as usize];
    let first = text.words.partition_point(|word| word.run.start < place.run.start);
    let forms: Vec<_> = text.words[first..]
        .iter()
        .take_while(|word| word.run.end <= place.run.end)
        .map(|word| corpus.zh_form(*word))
        .filter(|form| form.is_content)
        .collect();
    let Some(rarest) = forms.iter().map(|form| form.frequency).min() else { return 1.0 };
    let rarity = 1.0 / (1.0 + (f64::from(rarest) / HALF_FREQUENCY).sqrt());
    match &forms[..] {
        [form] if form.is_predicate && form.frequency > 300 => PREDICATE * rarity,
        [_] => rarity,
        _ => (SEVERAL_WORDS * rarity).min(1.0),
    }
}

/// The chance that a pair is right, 0 to 1, by its rank score and the weakest of its edges.
///
/// Source: logistic regression over the 561 pairs that the broad level lists for the three
/// small development texts, a pair counting as right when the gold has it as required or
/// optional. In tenths of confidence from 0.2 on, the shares right are .27 .34 .43 .53 .62 .76
/// .93.
pub(super) fn confidence(rank: f64, edge: f64) -> f64 {
    let odds = 0.33 + 1.2 * (rank + 0.02).ln() + 1.31 * edge.min(0.5);
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_rank_is_surer() {
        assert!(confidence(1.0, 0.5) > confidence(0.5, 0.5));
        assert!(confidence(1.0, 0.5) > confidence(1.0, 0.0));
        assert!((0.0..1.0).contains(&confidence(0.0, 0.0)));
    }
}
