//! The user's own lists: terms never wanted, pairs rejected before.
//!
//! Compared are [keys](crate::terms::Keys).

use rustc_hash::FxHashSet;

use super::params::Params;
use crate::lexicon::Seed;
use crate::terms::Keys;
use crate::types::{Side, TermPair};

/// The terms of a stop list: one a line; what follows a `#` is a comment, blank lines pass.
pub fn stop_list(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|term| !term.is_empty())
}

/// The lists as keys.
#[derive(Debug)]
pub(super) struct Unwanted<'a> {
    keys: Keys<'a>,
    stop: FxHashSet<String>,
    rejected: FxHashSet<(String, String)>,
}

impl<'a> Unwanted<'a> {
    pub(super) fn new(params: &Params, seed: &'a Seed) -> Self {
        let keys = Keys::new(seed);
        let stop = params
            .stop
            .iter()
            .flat_map(|term| Side::BOTH.map(|side| keys.of(side, term)));
        Self {
            // A Chinese term has no words to fold into an English one.
            stop: stop.filter(|term| !term.is_empty()).collect(),
            rejected: params.rejected.iter().map(|pair| keys.pair(pair)).collect(),
            keys,
        }
    }

    /// Is the pair on none of the lists?
    pub(super) fn allows(&self, term: &TermPair) -> bool {
        if self.stop.is_empty() && self.rejected.is_empty() {
            return true;
        }
        let pair = self.keys.pair(&term.term);
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
        assert!(!lists.allows(&term("會議", "conference")));
        assert!(!lists.allows(&term("各国", "States")));
        assert!(lists.allows(&term("缔约国", "States parties")));
    }

    #[test]
    fn a_rejected_pair_bars_itself_alone() {
        let seed = Seed::shipped();
        let rejected = vec![Pair::new("决议".into(), "settlement".into())];
        let lists = Unwanted::new(&Params { rejected, ..Params::default() }, seed);
        assert!(!lists.allows(&term("决议", "settlements")));
        assert!(lists.allows(&term("决议", "resolution")));
    }
}
