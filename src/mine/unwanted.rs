//! The user's own lists: terms never wanted, pairs rejected before.
//!
//! Compared are folded forms: simplified characters, English without number and case.

use rustc_hash::FxHashSet;

use super::Params;
use super::fold::{fold_phrase, fold_zh};
use crate::lexicon::Seed;
use crate::types::TermPair;

/// The terms of a stop list: one a line; what follows a `#` is a comment, blank lines pass.
pub fn stop_list(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|term| !term.is_empty())
}

/// The lists in folded form.
#[derive(Debug)]
pub(super) struct Unwanted {
    stop: FxHashSet<String>,
    rejected: FxHashSet<(String, String)>,
}

impl Unwanted {
    pub(super) fn new(params: &Params, seed: &Seed) -> Self {
        let stop = params.stop.iter().flat_map(|w| [fold_zh(w, seed), fold_phrase(w)]);
        let pairs = params.rejected.iter();
        Self {
            // A Chinese term has no words to fold into an English one.
            stop: stop.filter(|term| !term.is_empty()).collect(),
            rejected: pairs
                .map(|pair| (fold_zh(&pair.zh, seed), fold_phrase(&pair.en)))
                .collect(),
        }
    }

    /// Is the pair on none of the lists?
    pub(super) fn allows(&self, term: &TermPair, seed: &Seed) -> bool {
        if self.stop.is_empty() && self.rejected.is_empty() {
            return true;
        }
        let pair = (fold_zh(&term.term.zh, seed), fold_phrase(&term.term.en));
        !self.stop.contains(&pair.0)
            && !self.stop.contains(&pair.1)
            && !self.rejected.contains(&pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Pair;

    fn term(zh: &str, en: &str) -> TermPair {
        TermPair { term: Pair::new(zh.into(), en.into()), ..TermPair::default() }
    }

    #[test]
    fn a_stop_list_has_comments_and_blank_lines() {
        let terms: Vec<&str> =
            stop_list("# ours\n会议\n\n  Meeting # too general\r\n#end").collect();
        assert_eq!(terms, ["会议", "Meeting"]);
    }

    #[test]
    fn a_stop_word_of_either_side_bars_the_pair_in_any_script_and_number() {
        let seed = Seed::shipped();
        let params = Params {
            stop: vec!["会议".into(), "the State".into()],
            ..Params::default()
        };
        let lists = Unwanted::new(&params, seed);
        assert!(!lists.allows(&term("會議", "conference"), seed));
        assert!(!lists.allows(&term("各国", "States"), seed));
        assert!(lists.allows(&term("缔约国", "States parties"), seed));
    }

    #[test]
    fn a_rejected_pair_bars_itself_alone() {
        let seed = Seed::shipped();
        let rejected = vec![Pair::new("决议".into(), "settlement".into())];
        let lists = Unwanted::new(&Params { rejected, ..Params::default() }, seed);
        assert!(!lists.allows(&term("决议", "settlements"), seed));
        assert!(lists.allows(&term("决议", "resolution"), seed));
    }
}
