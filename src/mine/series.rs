//! Members of series that both sides list in one order: 批准、接受或核准 and *ratification,
//! acceptance or approval*.
//!
//! Comes in: the corpus. Goes out: whether the places of two candidates are the same member of
//! series of equal length, or different members. Each member stands beside each other's
//! rendering, so that counts say little; the order says much.

use super::candidates::{Candidate, RunPlace, shared_units};
use super::corpus::{Corpus, Run};

/// Longest member, in characters and in words.
const LONGEST: (u32, u32) = (14, 7);
/// At most so many common units are looked at.
const MAX_LOOKS: usize = 8;

/// Which member of a series something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Member {
    index: usize,
    /// How many members the series has.
    of: usize,
}

/// What the order of series says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Nothing: they are no members, or the series differ in length.
    Unknown,
    /// The same member in every unit that tells, two at least.
    Same,
    /// Different members in some unit.
    Different,
}

/// The separators of each unit, in groups that part one series.
#[derive(Debug)]
pub(super) struct Series {
    zh: Vec<Vec<Vec<Run>>>,
    en: Vec<Vec<Vec<Run>>>,
}

impl Series {
    pub(super) fn new(corpus: &Corpus) -> Self {
        Self {
            zh: (0..corpus.len()).map(|unit| zh_series(corpus, unit)).collect(),
            en: (0..corpus.len()).map(|unit| en_series(corpus, unit)).collect(),
        }
    }

    /// Are two candidates the same member of their series?
    pub(super) fn order(&self, zh: &Candidate, en: &Candidate) -> Order {
        if zh.places.iter().take(MAX_LOOKS).all(|place| member(&self.zh, place).is_none())
        {
            return Order::Unknown;
        }
        let (mut same, mut different) = (0, 0);
        for unit in shared_units(zh, en).into_iter().take(MAX_LOOKS) {
            let zhs = zh.places_in(unit).iter().filter_map(|p| member(&self.zh, p));
            let zhs: Vec<Member> = zhs.collect();
            let ens = en.places_in(unit).iter().filter_map(|p| member(&self.en, p));
            let ens: Vec<Member> = ens.collect();
            let is_alike = |a: &Member| ens.iter().any(|b| a.of == b.of);
            if zhs.iter().any(|a| ens.contains(a)) {
                same += 1;
            } else if zhs.iter().any(is_alike) {
                different += 1;
            }
        }
        match (same, different) {
            (2.., 0) => Order::Same,
            (same, different) if different > same => Order::Different,
            _ => Order::Unknown,
        }
    }
}

/// The member that a place is, if it reaches to a separator.
fn member(series: &[Vec<Vec<Run>>], place: &RunPlace) -> Option<Member> {
    series[place.unit as usize].iter().find_map(|separators| {
        let index =
            separators.partition_point(|separator| separator.start < place.run.start);
        let before = index.checked_sub(1).map(|i| separators[i].end == place.run.start);
        let behind = separators.get(index).map(|next| next.start == place.run.end);
        let touches = match (before, behind) {
            (Some(before), Some(behind)) => before && behind,
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => false,
        };
        touches.then_some(Member { index, of: separators.len() + 1 })
    })
}

fn zh_series(corpus: &Corpus, unit: usize) -> Vec<Vec<Run>> {
    let words = corpus.zh[unit].words.iter();
    let separators = words.filter_map(|word| {
        let form = corpus.zh_form(*word);
        match () {
            () if form.is_conjunction => Some((word.run, true)),
            () if form.is_mark => Some((word.run, false)),
            () => None,
        }
    });
    groups(separators, LONGEST.0)
}

fn en_series(corpus: &Corpus, unit: usize) -> Vec<Vec<Run>> {
    let words = corpus.en[unit].words.iter().enumerate();
    let separators = words.filter_map(|(i, word)| {
        let form = corpus.en_form(*word);
        match &*form.text {
            "," | "and" | "or" => Some((Run::new(i, i + 1), true)),
            _ if form.is_mark => Some((Run::new(i, i + 1), false)),
            _ => None,
        }
    });
    groups(separators, LONGEST.1)
}

/// Separators whose members are short and hold no other mark, in groups of two and more; those
/// that touch (`, and`) are one.
fn groups(separators: impl Iterator<Item = (Run, bool)>, longest: u32) -> Vec<Vec<Run>> {
    let mut out: Vec<Vec<Run>> = vec![Vec::new()];
    for (run, separates) in separators {
        let group = out.last_mut().expect("there is always a group");
        match group.last_mut() {
            _ if !separates => out.push(Vec::new()),
            Some(last) if last.end == run.start => last.end = run.end,
            Some(last) if run.start - last.end > longest => out.push(vec![run]),
            _ => group.push(run),
        }
    }
    out.retain(|group| group.len() >= 2);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Seed;
    use crate::mine::Unit;
    use crate::tokenize::tokenize;
    use crate::types::Pair;

    /// What the order says of two written runs, by the units.
    fn order(texts: &[(&str, &str)], zh: &str, en: &str) -> Order {
        let seed = Seed::shipped();
        let unit = |(bead, (zh, en)): (usize, &(&str, &str))| {
            let text = Pair::new((*zh).to_owned(), (*en).to_owned());
            let tokens = text.as_ref().map_sides(|side, text| tokenize(side, text, seed));
            Unit { text, tokens, bead, place: "".into() }
        };
        let (corpus, _) = Corpus::new(texts.iter().enumerate().map(unit), seed);
        let zh: Vec<char> = zh.chars().collect();
        let en: Vec<&str> = en.split(' ').collect();
        let (mut zhs, mut ens) = (Candidate::default(), Candidate::default());
        for unit in 0..corpus.len() {
            let chars = &corpus.zh[unit].chars;
            for at in (0..chars.len()).filter(|&at| chars[at..].starts_with(&zh)) {
                let run = Run::new(at, at + zh.len());
                zhs.places.push(RunPlace { unit: unit as u32, run });
            }
            let words: Vec<&str> =
                corpus.en[unit].words.iter().map(|w| &*corpus.en_form(*w).text).collect();
            for at in (0..words.len()).filter(|&at| words[at..].starts_with(&en)) {
                let run = Run::new(at, at + en.len());
                ens.places.push(RunPlace { unit: unit as u32, run });
            }
        }
        Series::new(&corpus).order(&zhs, &ens)
    }

    const TEXTS: [(&str, &str); 2] = [
        (
            "本议定书须经签署、认可或通过。",
            "It is subject to signature, approbation or adoption.",
        ),
        (
            "签署、认可和通过由各国决定。",
            "Signature, approbation and adoption are up to States.",
        ),
    ];

    #[test]
    fn the_same_member_of_equal_series_is_told_from_others() {
        assert_eq!(order(&TEXTS, "认可", "approbation"), Order::Same);
        assert_eq!(order(&TEXTS, "认可", "adoption"), Order::Different);
    }

    #[test]
    fn series_of_unequal_length_say_nothing() {
        let texts = [
            ("签署、认可或通过。", "Signature, approbation, consent or adoption."),
            ("签署、认可和通过。", "Signature, approbation, consent and adoption."),
        ];
        assert_eq!(order(&texts, "认可", "approbation"), Order::Unknown);
    }

    #[test]
    fn one_series_is_too_few() {
        assert_eq!(order(&TEXTS[..1], "认可", "approbation"), Order::Unknown);
        assert_eq!(order(&[], "认可", "approbation"), Order::Unknown);
    }
}
