//! A whole short unit: a heading or an item of a list.

use super::searched_unit::SearchedUnit;
use crate::mine::corpus::Run;
use crate::types::TermEvidence;

/// Longest short unit (docs/terms.md, 11), in characters and words.
const SHORT_UNIT: (usize, usize) = (12, 6);

impl SearchedUnit<'_, '_, '_, '_> {
    /// A heading or an item of a list that is one term.
    pub(super) fn short_unit(&mut self) {
        let (zh, en) = (&self.corpus.zh[self.unit], &self.corpus.en[self.unit]);
        let is_text = |&c: &char| c.is_alphabetic();
        let Some(from) = zh.words.iter().position(|word| {
            let form = self.corpus.zh_form(*word);
            form.may_open || form.is_content
        }) else {
            return;
        };
        let from = zh.words[from].run.start as usize;
        let to = zh.chars.iter().rposition(is_text).map_or(0, |i| i + 1);
        let Some(first) = en.words.iter().position(|word| {
            let form = self.corpus.en_form(*word);
            !form.is_mark && !form.is_number && form.text.len() > 1
        }) else {
            return;
        };
        let last = en
            .words
            .iter()
            .rposition(|word| !self.corpus.en_form(*word).is_mark)
            .map_or(0, |i| i + 1);
        let ends = zh.chars.last().is_some_and(|c| "。；，：！？".contains(*c));
        if ends
            || from + 2 > to
            || to - from > SHORT_UNIT.0
            || first >= last
            || last - first > SHORT_UNIT.1
        {
            return;
        }
        let is_one = zh.chars[from..to].iter().all(|c| c.is_alphanumeric())
            && en.words[first..last].iter().all(|w| {
                let form = self.corpus.en_form(*w);
                !form.is_mark && !form.is_number
            });
        if is_one {
            let (zh, en) = (Run::new(from, to), Run::new(first, last));
            self.propose(&[zh], &[en], TermEvidence::ShortUnit, 0.3);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::mine::patterns::tests::found;

    #[test]
    fn a_heading_is_one_term() {
        let pairs = found(
            |searched| searched.short_unit(),
            "三、违约责任",
            "3. Liability for breach",
        );
        assert_eq!(pairs, [("违约责任".into(), "Liability for breach".into())]);
    }

    #[test]
    fn a_short_sentence_is_no_heading() {
        let pairs = found(
            |searched| searched.short_unit(),
            "灯塔已经点亮。",
            "The lighthouse is lit.",
        );
        assert!(pairs.is_empty(), "{pairs:?}");
    }
}
