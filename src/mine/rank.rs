//! In which order a reader should see the pairs, and how sure each is.
//!
//! Kept apart from the linking: general words are good partners and poor terms. Constants:
//! recipe, 5.10.

use super::candidates::Candidate;
use super::candidates_en::{VERB, capital_share};
use super::claiming::Claim;
use super::corpus::Corpus;

/// The score that orders the list, higher first.
pub(super) fn rank(
    corpus: &Corpus,
    claim: &Claim,
    zh: &Candidate,
    en: &Candidate,
) -> f64 {
    let capital = if capital_share(corpus, en) > 0.6 { 1.3 } else { 1.0 };
    let place = en.sample();
    let words = &corpus.en[place.unit as usize].words[place.run.range()];
    let is_verb = words.len() == 1 && corpus.en_form(words[0]).verbness > VERB;
    let verb = if is_verb { 0.6 } else { 1.0 };
    let is_participle = words.len() == 1 && {
        let text = &corpus.en_form(words[0]).text;
        text.ends_with("ed") && text.len() > 4 || text.ends_with("ing") && text.len() > 5 && corpus.en_form(words[0]).verbness > 0.4
    };
    let participle = if is_participle { super::knob("PARTI", 0.7) } else { 1.0 };
    let particle = if claim.link.has_particle { super::knob("RDE", 0.75) } else { 1.0 };
    claim.link.score * capital * verb * participle * particle * rarity(corpus, zh)
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
    let g = 1.0 / (1.0 + (f64::from(rarest) / 1500.0).sqrt());
    match &forms[..] {
        [form] if form.is_predicate && form.frequency > 300 => 0.75 * g,
        [_] => g,
        _ => (1.25 * g).min(1.0),
    }
}

/// The chance that a pair with this rank score is right, 0 to 1.
pub(super) fn confidence(rank: f64, support: f64) -> f64 {
    let sure = 0.15 + 0.55 * rank + 0.35 * (support - 0.5);
    sure.clamp(0.05, 0.97)
}
