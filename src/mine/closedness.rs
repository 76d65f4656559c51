//! Fragments of longer terms, told on one side alone.
//!
//! 社会理事会 never stands outside 经济及社会理事会, so it is no term of its own.

use super::candidates::{Candidates, nested_in};

/// Share of a candidate's places that must lie in one longer candidate for it to be a mere
/// fragment (docs/terms.md, 5).
const CLOSED: f64 = 0.95;

/// For each candidate whether it stands on its own.
///
/// `counts` says whether a longer candidate counts as a term the shorter one may be a
/// fragment of, `least` how often the shorter one must stand, given the longer one.
pub(super) fn stands_alone(
    candidates: &Candidates,
    counts: impl Fn(usize) -> bool,
    least: impl Fn(usize) -> usize,
) -> Vec<bool> {
    let mut keep = vec![true; candidates.list.len()];
    let outers: Vec<bool> =
        (0..keep.len()).map(|id| candidates.list[id].len() >= 2 && counts(id)).collect();
    nested_in(candidates, &outers, |outer, inner| {
        let shorter = candidates.list[inner].frequency();
        let longer = candidates.list[outer].frequency();
        if shorter >= least(outer) && longer as f64 >= CLOSED * shorter as f64 {
            keep[inner] = false;
        }
    });
    keep
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mine::candidates::tests::every_run;

    #[test]
    fn a_fragment_that_never_stands_alone_is_dropped() {
        let found = every_run(&["甲乙", "甲乙", "甲乙", "乙"]);
        let keep = stands_alone(&found, |_| true, |_| 3);
        let kept: Vec<usize> = (0..keep.len()).filter(|&i| keep[i]).collect();
        // 甲 goes; 甲乙 and 乙 (which stands alone once) stay.
        assert_eq!(kept.len(), 2);
    }
}
