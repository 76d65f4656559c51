//! A name that the text itself gives: 以下简称“某某” against (hereinafter "X").

use super::proposal::{Proposal, trust};
use super::searched_unit::SearchedUnit;
use crate::mine::candidates::RunPlace;
use crate::mine::corpus::Run;
use crate::types::TermEvidence;

impl SearchedUnit<'_, '_, '_, '_> {
    /// 以下简称“某某” against (hereinafter "X"), in the order they stand.
    pub(super) fn short_names(&mut self) {
        let (zhs, ens) = (self.zh_short_names(), self.en_short_names());
        if zhs.len() == ens.len() {
            for (zh, en) in zhs.into_iter().zip(ens) {
                let unit = self.unit as u32;
                self.found.push(Proposal {
                    zh: RunPlace { unit, run: zh },
                    en: RunPlace { unit, run: en },
                    evidence: TermEvidence::Gloss,
                    support: 0.8,
                    weight: 0.9 + trust(TermEvidence::Gloss),
                });
            }
        }
    }

    fn zh_short_names(&self) -> Vec<Run> {
        let chars = self.zh_chars();
        let mut out = Vec::new();
        let mut at = 0;
        while at + 2 <= chars.len() {
            let is_call = chars[at..].starts_with(&['简', '称'])
                || chars[at..].starts_with(&['下', '称']);
            at += 1;
            if !is_call {
                continue;
            }
            let skipped = chars[at + 1..]
                .iter()
                .take_while(|c| "为作“”\"「《：:".contains(**c))
                .count();
            let start = at + 1 + skipped;
            let len = chars[start..].iter().take_while(|c| c.is_alphanumeric()).count();
            if (2..=20).contains(&len) {
                out.push(Run::new(start, start + len));
            }
        }
        out
    }

    fn en_short_names(&self) -> Vec<Run> {
        let words = &self.corpus.en[self.unit].words;
        let mut out = Vec::new();
        for at in 0..words.len() {
            if !matches!(
                &*self.corpus.en_form(words[at]).text,
                "hereinafter" | "hereafter"
            ) {
                continue;
            }
            let is_lead = |word| {
                let form = self.corpus.en_form(word);
                form.is_mark
                    || matches!(
                        &*form.text,
                        "referred" | "to" | "as" | "called" | "the" | "simply"
                    )
            };
            let skipped =
                words[at + 1..].iter().take_while(|word| is_lead(**word)).count();
            let start = at + 1 + skipped;
            let len = words[start..]
                .iter()
                .take_while(|word| !self.corpus.en_form(**word).is_mark)
                .count();
            if (1..=8).contains(&len) {
                out.push(Run::new(start, start + len));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use crate::mine::patterns::tests::found;

    #[test]
    fn a_short_name_is_paired_with_the_one_that_the_other_text_gives() {
        let pairs = found(
            |searched| searched.short_names(),
            "青山港务有限公司（以下简称“港务公司”）负责。",
            "Qingshan Harbour Limited (hereinafter the \"Harbour Company\") is responsible.",
        );
        assert_eq!(pairs, [("港务公司".into(), "Harbour Company".into())]);
    }

    #[test]
    fn a_short_name_of_one_side_alone_is_passed_over() {
        let pairs = found(
            |searched| searched.short_names(),
            "青山港务有限公司（以下简称“港务公司”）负责。",
            "Qingshan Harbour Limited is responsible.",
        );
        assert!(pairs.is_empty(), "{pairs:?}");
    }
}
