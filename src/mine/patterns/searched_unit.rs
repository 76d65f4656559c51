//! A unit while it is searched, with what the patterns share.

use super::proposal::{Proposal, trust};
use crate::mine::candidates::RunPlace;
use crate::mine::corpus::{Corpus, Run};
use crate::mine::features::Scorer;
use crate::mine::{candidates_en, candidates_zh};
use crate::types::TermEvidence;

/// How much each edge of a proposal must be linked to the other side, 0 to 1; less means that
/// the cut is in the wrong place.
const MIN_EDGE: f64 = 0.2;

/// Longest capitalised name, in words.
const MAX_NAME: usize = 30;

/// A unit that is searched for patterns.
pub(super) struct SearchedUnit<'a, 'b, 'c, 'd> {
    pub(super) corpus: &'a Corpus,
    pub(super) scorer: &'b mut Scorer<'c, 'd>,
    /// Which unit of the corpus.
    pub(super) unit: usize,
    /// What all patterns proposed so far.
    pub(super) found: &'b mut Vec<Proposal>,
}

impl SearchedUnit<'_, '_, '_, '_> {
    /// The best of several English runs for one of several Chinese runs.
    pub(super) fn propose(
        &mut self,
        zhs: &[Run],
        ens: &[Run],
        evidence: TermEvidence,
        least: f64,
    ) {
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
                        zh: RunPlace { unit, run: zh },
                        en: RunPlace { unit, run: en },
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

    pub(super) fn zh_chars(&self) -> &[char] {
        &self.corpus.zh[self.unit].chars
    }

    /// The runs of words that may be terms.
    pub(super) fn zh_runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        let text = &self.corpus.zh[self.unit];
        candidates_zh::word_runs(self.corpus, text, &mut runs);
        let runs = runs.into_iter().map(|(run, _)| run);
        runs.filter(|run| candidates_zh::is_firm(self.corpus, text, *run)).collect()
    }

    pub(super) fn en_runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        let text = &self.corpus.en[self.unit];
        candidates_en::runs(self.corpus, text, &mut runs);
        let runs = runs.into_iter().map(|(run, _)| run);
        runs.filter(|run| candidates_en::is_firm(self.corpus, text, *run)).collect()
    }

    /// Runs that open and close with a capital and hold only capitals and small function
    /// words.
    pub(super) fn capital_runs(&self) -> Vec<Run> {
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
pub(super) fn brackets(chars: &[char], kinds: &[(char, char)]) -> Vec<(usize, usize)> {
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
