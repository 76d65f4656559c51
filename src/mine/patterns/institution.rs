//! Names of institutions and laws, by what they end in: 世界旅游组织, 儿童权利公约.

use super::searched_unit::SearchedUnit;
use crate::mine::corpus::Run;
use crate::types::TermEvidence;

/// What names of institutions and of laws end in.
const INSTITUTIONS: &str = "部 局 署 厅 法 法院 学院 法庭 研究院 检察院 行政院 国务院 委员会 理事会 \
    协会 学会 大会 议会 基金会 联合会 条例 公约 协定 条约 议定书 宣言 宪章 办公室 办事处 秘书处 检察署 \
    中心 组织 大学 银行 公司";
/// What ends like an institution and is none.
const NOT_INSTITUTIONS: &str =
    "方法 办法 做法 看法 想法 说法 全部 内部 司法 非法 合法 违法 依法 执法 立法 一部";

impl SearchedUnit<'_, '_, '_, '_> {
    /// Names of institutions and laws by their endings.
    pub(super) fn institutions(&mut self) {
        let words = &self.corpus.en[self.unit].words;
        let mut ens = self.capital_runs();
        ens.retain(|run| {
            words[run.range()].iter().all(|word| !self.corpus.en_form(*word).is_mark)
        });
        if ens.is_empty() {
            return;
        }
        let runs: Vec<Run> =
            self.zh_runs().into_iter().filter(|run| run.len() >= 3).collect();
        let chars = self.zh_chars();
        let mut by_end: Vec<(u32, Vec<Run>)> = Vec::new();
        for run in runs {
            let text: String = chars[run.range()].iter().collect();
            let is_institution = |text: &str| {
                INSTITUTIONS.split(' ').any(|end| text.ends_with(end))
                    && !NOT_INSTITUTIONS.split(' ').any(|end| text.ends_with(end))
            };
            // Two institutions joined are no institution.
            let is_one = text
                .char_indices()
                .filter(|(_, c)| "和与及或".contains(*c))
                .all(|(at, _)| !is_institution(&text[..at]));
            let is_name = is_institution(&text) && is_one && self.is_plain(run);
            if is_name {
                match by_end.iter_mut().find(|(end, _)| *end == run.end) {
                    Some((_, group)) => group.push(run),
                    None => by_end.push((run.end, vec![run])),
                }
            }
        }
        for (_, zhs) in by_end {
            self.propose(&zhs, &ens, TermEvidence::Institution, 0.6);
        }
    }

    /// Is there no function word in the run but a conjunction?
    fn is_plain(&self, run: Run) -> bool {
        let words = &self.corpus.zh[self.unit].words;
        let first = words.partition_point(|word| word.run.start < run.start);
        words[first..]
            .iter()
            .take_while(|word| word.run.end <= run.end)
            .map(|word| self.corpus.zh_form(*word))
            .all(|form| form.is_content || matches!(&*form.text, "和" | "与" | "及"))
    }
}

#[cfg(test)]
mod tests {
    use crate::mine::patterns::tests::found;

    #[test]
    fn a_name_with_the_ending_of_an_institution_is_paired_with_a_name() {
        let pairs = found(
            |searched| searched.institutions(),
            "会议由世界旅游组织主持。",
            "The meeting is hosted by the World Tourism Organization.",
        );
        assert_eq!(pairs, [("世界旅游组织".into(), "World Tourism Organization".into())]);
    }

    #[test]
    fn what_only_ends_alike_is_no_institution() {
        let pairs = found(
            |searched| searched.institutions(),
            "他们用这种方法点灯。",
            "They use the Lighthouse Method.",
        );
        assert!(pairs.is_empty(), "{pairs:?}");
    }
}
