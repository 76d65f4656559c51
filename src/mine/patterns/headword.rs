//! A headword of three characters and more of which a whole gloss stands in the other text.

use super::searched_unit::SearchedUnit;
use crate::mine::corpus::Run;
use crate::mine::kind::is_adjective;
use crate::types::TermEvidence;

/// An English word with at least this many glosses is an everyday one.
const EVERYDAY: u32 = 25;

impl SearchedUnit<'_, '_, '_, '_> {
    /// Headwords of three characters and more whose whole gloss stands in the other text.
    pub(super) fn headwords(&mut self) {
        let text = &self.corpus.zh[self.unit];
        let heads: Vec<Run> = text
            .words
            .iter()
            .filter(|word| {
                let form = self.corpus.zh_form(**word);
                form.word.is_some()
                    && (3..=8).contains(&form.n_chars)
                    && (form.is_noun || form.frequency == 0)
                    && form.may_open
                    && form.may_close
            })
            .map(|word| word.run)
            .collect();
        if heads.is_empty() {
            return;
        }
        let runs = self.en_runs();
        for zh in heads {
            let mut ens = self.scorer.glossed(self.unit as u32, zh, &runs);
            ens.retain(|run| self.is_special(*run));
            self.propose(&[zh], &ens, TermEvidence::Dictionary, 0.5);
        }
    }

    /// Is the English more than one everyday word?
    fn is_special(&self, run: Run) -> bool {
        let words = &self.corpus.en[self.unit].words[run.range()];
        let form = self.corpus.en_form(words[0]);
        words.len() > 1
            || (words[0].is_capital && !words[0].is_initial)
            || (self.scorer.gloss_count(form.lemma) < EVERYDAY
                && !is_adjective(&form.text))
    }
}

#[cfg(test)]
mod tests {
    use crate::mine::patterns::tests::found;

    #[test]
    fn a_headword_is_paired_with_its_whole_gloss() {
        let pairs = found(
            |searched| searched.headwords(),
            "他们研究气象学。",
            "They study meteorology.",
        );
        assert_eq!(pairs, [("气象学".into(), "meteorology".into())]);
    }

    #[test]
    fn a_headword_whose_gloss_is_not_there_is_passed_over() {
        let pairs = found(
            |searched| searched.headwords(),
            "他们研究气象学。",
            "They study the weather.",
        );
        assert!(pairs.is_empty(), "{pairs:?}");
    }
}
