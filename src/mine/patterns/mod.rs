//! Terms that occur once, by the way they are written.
//!
//! One occurrence says nothing by itself; a bracket, a title mark, an enumeration does. Each
//! pattern proposes places of both sides in one unit; the same features as for recurring
//! pairs choose among them. Patterns: docs/terms.md, 11.

mod abbreviation;
mod enumeration;
mod gloss;
mod headword;
mod institution;
mod short_name;
mod short_unit;
mod title;

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::Place;
use super::corpus::{Corpus, Run};
use super::features::Scorer;
use super::{candidates_en, candidates_zh};
use crate::types::TermEvidence;

/// A pair proposed by a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proposal {
    pub(super) zh: Place,
    pub(super) en: Place,
    pub(super) evidence: TermEvidence,
    pub(super) support: f64,
    /// What orders the proposals; higher is better.
    pub(super) weight: f64,
}

/// All proposals of all patterns and those found already, best first, one for each written
/// Chinese form.
pub(super) fn proposals(
    corpus: &Corpus,
    scorer: &mut Scorer<'_, '_>,
    mut found: Vec<Proposal>,
) -> Vec<Proposal> {
    for unit in 0..corpus.len() {
        let mut page = Page { corpus, scorer, unit, found: &mut found };
        if page.abbreviation() {
            continue;
        }
        page.glosses();
        page.short_names();
        page.titles();
        page.short_unit();
        page.enumerations();
        page.institutions();
        page.headwords();
    }
    found.sort_by(|a: &Proposal, b| {
        b.weight.total_cmp(&a.weight).then_with(|| (a.zh, a.en).cmp(&(b.zh, b.en)))
    });
    let mut seen = (FxHashSet::default(), FxHashSet::default());
    let mut kept: FxHashMap<u32, Vec<Run>> = FxHashMap::default();
    found.retain(|proposal| {
        let kept = kept.entry(proposal.zh.unit).or_default();
        let is_part = kept.iter().any(|run| run.contains(proposal.zh.run));
        let (zh, en) = (zh_key(corpus, proposal.zh), en_key(corpus, proposal.en));
        let is_new = !is_part && !seen.0.contains(&zh) && !seen.1.contains(&en);
        if is_new {
            kept.push(proposal.zh.run);
            seen.0.insert(zh);
            seen.1.insert(en);
        }
        is_new
    });
    found
}

/// The pairs that a bracket glosses, by what they say: 演绎作品（Adapted Material）.
pub(super) fn glossed(
    corpus: &Corpus,
    scorer: &mut Scorer<'_, '_>,
) -> FxHashSet<(u64, u64)> {
    let mut found = Vec::new();
    for unit in 0..corpus.len() {
        Page { corpus, scorer, unit, found: &mut found }.glosses();
    }
    found.iter().map(|p| (zh_key(corpus, p.zh), en_key(corpus, p.en))).collect()
}

/// What a Chinese place says.
pub(super) fn zh_key(corpus: &Corpus, place: Place) -> u64 {
    candidates_zh::hash_of(&corpus.zh[place.unit as usize].chars[place.run.range()])
}

/// What an English place says, number and case folded.
pub(super) fn en_key(corpus: &Corpus, place: Place) -> u64 {
    candidates_en::hash_of(
        corpus,
        &corpus.en[place.unit as usize].words[place.run.range()],
    )
}

/// A unit that is searched for patterns.
struct Page<'a, 'b, 'c, 'd> {
    corpus: &'a Corpus,
    scorer: &'b mut Scorer<'c, 'd>,
    unit: usize,
    found: &'b mut Vec<Proposal>,
}

/// How far a kind of pattern is trusted beside the score of the pair, which is 0 to about 1.
fn trust(evidence: TermEvidence) -> f64 {
    match evidence {
        TermEvidence::Gloss => 3.0,
        TermEvidence::Title => 2.0,
        TermEvidence::Institution => 1.0,
        TermEvidence::Enumeration => 0.6,
        TermEvidence::Dictionary => 0.8,
        _ => 0.4,
    }
}

/// How much each edge of a proposal must be linked to the other side, 0 to 1; less means that
/// the cut is in the wrong place.
const MIN_EDGE: f64 = 0.2;

/// Longest capitalised name, in words.
const MAX_NAME: usize = 30;

impl Page<'_, '_, '_, '_> {
    /// The best of several English runs for one of several Chinese runs.
    fn propose(&mut self, zhs: &[Run], ens: &[Run], evidence: TermEvidence, least: f64) {
        let unit = self.unit as u32;
        let mut best: Option<Proposal> = None;
        for &zh in zhs {
            for (en, link) in self.scorer.assess(unit, zh, ens) {
                // A longer match explains more: 5 % for each character.
                let weight = link.score * (1.0 + 0.05 * zh.len() as f64);
                let is_cut = link.edge < MIN_EDGE && evidence != TermEvidence::Gloss;
                if link.support >= least
                    && !is_cut
                    && best.is_none_or(|b| weight > b.weight)
                {
                    best = Some(Proposal {
                        zh: Place { unit, run: zh },
                        en: Place { unit, run: en },
                        evidence,
                        support: link.support,
                        weight,
                    });
                }
            }
        }
        self.found.extend(
            best.map(|best| Proposal { weight: best.weight + trust(evidence), ..best }),
        );
    }

    fn zh_chars(&self) -> &[char] {
        &self.corpus.zh[self.unit].chars
    }

    /// The runs of words that may be terms.
    fn zh_runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        candidates_zh::word_runs(self.corpus, &self.corpus.zh[self.unit], &mut runs);
        runs.into_iter().map(|(run, _)| run).collect()
    }

    fn en_runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        candidates_en::runs(self.corpus, &self.corpus.en[self.unit], &mut runs);
        runs.into_iter().map(|(run, _)| run).collect()
    }

    /// Runs that open and close with a capital and hold only capitals and small function
    /// words.
    fn capital_runs(&self) -> Vec<Run> {
        const INNER: [&str; 20] = [
            "of", "for", "in", "and", "on", "the", "with", "between", "against", "by",
            "to", "from", "at", "'s", "or", "a", "an", "as", "towards", ",",
        ];
        let words = &self.corpus.en[self.unit].words;
        let is_name = |i: usize| {
            words[i].is_capital && !self.corpus.en_form(words[i]).is_edge_stop
                || (words[i].is_tied && i > 0 && words[i - 1].is_capital)
        };
        // A name does not end between two of its words: World Meteorological|Organization.
        let is_cut = |i: usize| words.get(i).is_some_and(|word| word.is_tied);
        let goes_on = |i: usize| i < words.len() && is_name(i);
        let mut out = Vec::new();
        for start in (0..words.len()).filter(|&i| is_name(i) && !is_cut(i)) {
            for end in start + 1..=(start + MAX_NAME).min(words.len()) {
                let text = &*self.corpus.en_form(words[end - 1]).text;
                if is_name(end - 1) {
                    if !is_cut(end) && !goes_on(end) {
                        out.push(Run::new(start, end));
                    }
                } else if !INNER.contains(&text) {
                    break;
                }
            }
        }
        out
    }
}

/// The places of matching brackets, innermost ones only.
fn brackets(chars: &[char], kinds: &[(char, char)]) -> Vec<(usize, usize)> {
    let mut open = None;
    let mut out = Vec::new();
    for (i, &c) in chars.iter().enumerate() {
        if kinds.iter().any(|kind| kind.0 == c) {
            open = Some(i);
        } else if kinds.iter().any(|kind| kind.1 == c) {
            out.extend(open.take().map(|open| (open, i)));
        }
    }
    out
}

#[cfg(test)]
mod tests;
