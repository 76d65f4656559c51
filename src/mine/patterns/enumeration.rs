//! Members of enumerations of equal length: 外交部、国防部、财政部 against *the Ministries of …*.

use super::searched_unit::SearchedUnit;
use crate::mine::corpus::Run;
use crate::types::TermEvidence;

impl SearchedUnit<'_, '_, '_, '_> {
    /// Enumerations with as many members on both sides, paired in order.
    pub(super) fn enumerations(&mut self) {
        let (zhs, ens) = (self.zh_lists(), self.en_lists());
        if zhs.is_empty() || ens.is_empty() {
            return;
        }
        let (zh_runs, en_runs) = (self.zh_runs(), self.en_runs());
        for zh in &zhs {
            let same: Vec<&Vec<Run>> =
                ens.iter().filter(|en| en.len() == zh.len()).collect();
            let n_alike = zhs.iter().filter(|other| other.len() == zh.len()).count();
            if same.len() == 1 && n_alike == 1 {
                for (zh, en) in zh.iter().zip(same[0]) {
                    if !zh_runs.contains(zh) || !en_runs.contains(en) {
                        continue;
                    }
                    self.propose(&[*zh], &[*en], TermEvidence::Enumeration, 0.6);
                }
            }
        }
    }

    /// The inner members of each enumeration: what stands between two separators.
    fn zh_lists(&self) -> Vec<Vec<Run>> {
        let text = &self.corpus.zh[self.unit];
        let separators = text.words.iter().filter_map(|word| {
            let form = self.corpus.zh_form(*word);
            match &*form.text {
                "、" => Some((word.run, true)),
                _ if form.is_mark => Some((word.run, false)),
                _ if form.is_conjunction => Some((word.run, true)),
                _ => None,
            }
        });
        lists(separators, 2..=14)
    }

    fn en_lists(&self) -> Vec<Vec<Run>> {
        let words = &self.corpus.en[self.unit].words;
        let separators = words.iter().enumerate().filter_map(|(i, word)| {
            let form = self.corpus.en_form(*word);
            let run = Run::new(i, i + 1);
            match &*form.text {
                "," | "and" | "or" => Some((run, true)),
                _ if form.is_mark => Some((run, false)),
                _ => None,
            }
        });
        lists(separators, 1..=7)
    }
}

/// The members between neighbouring separators, in groups without another mark between them;
/// `true` marks what separates, `false` what ends a group.
fn lists(
    separators: impl Iterator<Item = (Run, bool)>,
    length: std::ops::RangeInclusive<usize>,
) -> Vec<Vec<Run>> {
    let mut out = vec![Vec::new()];
    let mut last: Option<Run> = None;
    for (run, separates) in separators {
        let member = last.map(|last| Run { start: last.end, end: run.start });
        last = separates.then_some(run);
        match member {
            Some(member) if separates && length.contains(&member.len()) => {
                out.last_mut().expect("there is always a group").push(member);
            }
            // `, and` is one separator.
            Some(member) if separates && member.len() == 0 => {}
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|group| !group.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mine::patterns::tests::found;

    #[test]
    fn inner_members_of_equal_enumerations_are_paired_in_order() {
        let pairs = found(
            |searched| searched.enumerations(),
            "灯、透镜、镜子和钟列入清单。",
            "Lamps, lenses, mirrors and bells are listed.",
        );
        assert_eq!(
            pairs,
            [("透镜".into(), "lenses".into()), ("镜子".into(), "mirrors".into())]
        );
    }

    #[test]
    fn enumerations_of_unequal_length_are_passed_over() {
        let pairs = found(
            |searched| searched.enumerations(),
            "灯、透镜、镜子和钟列入清单。",
            "Lamps, lenses and bells are listed.",
        );
        assert!(pairs.is_empty(), "{pairs:?}");
    }

    #[test]
    fn members_stand_between_two_separators() {
        let comma = |at: usize| (Run::new(at, at + 1), true);
        let found =
            lists([comma(2), comma(5), (Run::new(6, 7), true)].into_iter(), 1..=7);
        assert_eq!(found, [vec![Run::new(3, 5)]]);
    }
}
