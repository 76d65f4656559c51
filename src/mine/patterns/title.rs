//! A title: 《条约汇编》 against *Treaty Series*, a run of capitalised words.

use super::searched_unit::{SearchedUnit, brackets};
use crate::mine::corpus::Run;
use crate::types::TermEvidence;

impl SearchedUnit<'_, '_, '_, '_> {
    /// 《title》 against a capitalised run.
    pub(super) fn titles(&mut self) {
        let found = brackets(self.zh_chars(), &[('《', '》'), ('〈', '〉')]);
        if found.is_empty() {
            return;
        }
        let ens = self.capital_runs();
        for (open, close) in found {
            if (open + 3..open + 42).contains(&close) {
                self.propose(
                    &[Run::new(open + 1, close)],
                    &ens,
                    TermEvidence::Title,
                    0.45,
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::mine::patterns::tests::found;

    #[test]
    fn a_title_in_marks_is_paired_with_a_capitalised_run() {
        let pairs = found(
            |searched| searched.titles(),
            "依照《灯塔管理条例》办理。",
            "It is done under the Lighthouse Administration Regulations of the port.",
        );
        assert_eq!(
            pairs,
            [("灯塔管理条例".into(), "Lighthouse Administration Regulations".into())]
        );
    }

    #[test]
    fn a_title_without_a_capitalised_run_is_passed_over() {
        let pairs = found(
            |searched| searched.titles(),
            "依照《灯塔管理条例》办理。",
            "It is done under our rules about lighthouses.",
        );
        assert!(pairs.is_empty(), "{pairs:?}");
    }
}
