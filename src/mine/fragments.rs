//! Candidates that are cut where their neighbours belong to them.
//!
//! Comes in: the candidates of one side. Goes out: for each whether it is a fragment by what
//! stands beside it, which `closedness` cannot tell from its frequency alone.

use super::candidates::{Candidate, Candidates, RunPlace};
use super::corpus::{Corpus, Run};
use super::kind::is_modifier;

/// For each candidate whether it reaches over the first member of a coordination only:
/// 联合国预防犯罪 of 联合国|预防犯罪和刑事司法, where 预防犯罪和刑事司法 stands elsewhere by
/// itself, so that 联合国 belongs to both members.
///
/// `joins` says whether the cell at a place is a conjunction: unit, cell.
pub(super) fn splits_coordination(
    candidates: &Candidates,
    joins: impl Fn(u32, u32) -> bool,
) -> Vec<bool> {
    (0..)
        .zip(&candidates.list)
        .map(|(id, candidate)| {
            is_always_joined(candidate, &joins) && cuts_first_member(candidates, id)
        })
        .collect()
}

/// Does a conjunction follow wherever the candidate stands?
pub(super) fn is_always_joined(
    candidate: &Candidate,
    joins: impl Fn(u32, u32) -> bool,
) -> bool {
    candidate.len() >= 2
        && candidate.places.iter().all(|place| joins(place.unit, place.run.end))
}

/// Does the candidate, behind whose first place a conjunction stands, reach over the first
/// member of what is joined?
pub(super) fn cuts_first_member(candidates: &Candidates, id: u32) -> bool {
    let frequency = |id: u32| candidates.list[id as usize].frequency();
    let place = candidates.list[id as usize].sample();
    let run = place.run;
    let beside = runs_across(candidates, place.unit, run.end);
    beside.iter().any(|&(outer, whole)| {
        outer.start == run.start
            && frequency(whole) >= frequency(id)
            && beside.iter().any(|&(inner, joined)| {
                inner.end == outer.end
                    && inner.start > run.start
                    && frequency(joined) > frequency(id)
            })
    })
}

/// The candidates of a unit with a cell inside, each with its run there.
fn runs_across(candidates: &Candidates, unit: u32, cell: u32) -> Vec<(Run, u32)> {
    candidates.in_unit[unit as usize]
        .iter()
        .flat_map(|&(id, _)| {
            let places = candidates.list[id as usize].places_in(unit).iter();
            places.map(move |place| (place.run, id))
        })
        .filter(|(run, _)| run.start < cell && cell + 1 < run.end)
        .collect()
}

/// For each English candidate of several words whether it ends in a modifier whose noun is
/// left out wherever it stands: *overall financial* of *overall financial situation*.
pub(super) fn ends_in_modifier(corpus: &Corpus, candidates: &Candidates) -> Vec<bool> {
    let is_cut = |place: &RunPlace| {
        let words = &corpus.en[place.unit as usize].words;
        words.get(place.run.end as usize).is_some_and(|next| {
            let next = corpus.en_form(*next);
            !next.is_mark && !next.is_stop && !next.is_number
        })
    };
    candidates
        .list
        .iter()
        .map(|candidate| {
            let place = candidate.sample();
            let words = &corpus.en[place.unit as usize].words[place.run.range()];
            let [_, .., last] = words else { return false };
            is_modifier(&corpus.en_form(*last).text)
                && candidate.places.iter().all(is_cut)
        })
        .collect()
}

/// Is a Chinese cell a conjunction: unit, cell?
pub(super) fn is_joined_by_char(corpus: &Corpus) -> impl Fn(u32, u32) -> bool {
    |unit, cell| {
        let chars = &corpus.zh[unit as usize].chars;
        matches!(chars.get(cell as usize), Some('和' | '与' | '及'))
    }
}

/// Is an English cell a conjunction: unit, cell?
pub(super) fn is_joined_by_and(corpus: &Corpus) -> impl Fn(u32, u32) -> bool {
    |unit, cell| {
        let words = &corpus.en[unit as usize].words;
        words.get(cell as usize).is_some_and(|w| &*corpus.en_form(*w).text == "and")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mine::candidates::tests::every_run;

    fn fragments(units: &[&str]) -> Vec<String> {
        let found = every_run(units);
        let chars: Vec<Vec<char>> = units.iter().map(|u| u.chars().collect()).collect();
        let marks = splits_coordination(&found, |unit, cell| {
            chars[unit as usize].get(cell as usize) == Some(&'+')
        });
        let list = marks.iter().zip(&found.list).filter(|(is_split, _)| **is_split);
        list.map(|(_, candidate)| {
            let place = candidate.sample();
            chars[place.unit as usize][place.run.range()].iter().collect()
        })
        .collect()
    }

    #[test]
    fn what_modifies_both_members_is_not_cut_with_the_first() {
        assert_eq!(fragments(&["abc+d", "abc+d", "bc+d"]), ["abc"]);
    }

    #[test]
    fn a_member_that_stands_by_itself_elsewhere_is_kept() {
        assert!(fragments(&["abc+d", "abc+d", "bc+d", "abc"]).is_empty());
        assert!(fragments(&["abc+d", "abc+d"]).is_empty());
    }
}
