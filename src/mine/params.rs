use std::cmp::Reverse;

use crate::types::{Pair, TermPair};

/// How sure a pair must be to be printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strictness {
    /// Only what hardly needs checking.
    Strict,
    /// What a terminologist would look through.
    #[default]
    Balanced,
    /// All that was linked.
    Broad,
}

/// In which order the terms are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Order {
    /// The surest first.
    #[default]
    Confidence,
    /// Those first that stand together most often.
    Count,
    /// Those first that stand in most documents.
    Documents,
}

impl Order {
    /// Puts terms in this order; they come with the surest first, and of two that are alike
    /// in what is asked for the surer one stays first.
    pub(super) fn sort(self, terms: &mut [TermPair]) {
        match self {
            Order::Confidence => {}
            Order::Count => terms.sort_by_key(|term| Reverse(term.count)),
            Order::Documents => terms.sort_by_key(|term| Reverse(term.documents)),
        }
    }
}

/// What can be tuned in the mining.
///
/// Sources: the *prototype* is that of docs/terms.md, tuned on a resolution, two acts and a
/// licence; *measured* are the runs of this program on the same texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// How sure a pair must be to be printed.
    pub strictness: Strictness,
    /// How often the two must stand in one unit, in occurrences; smaller than 2 counts as 2,
    /// since what occurs once comes from patterns alone.
    pub min_count: usize,
    /// Also list all terms that stand only inside longer ones, each below its longer term;
    /// without, only the surest of them are listed.
    pub nested: bool,
    /// How many terms that occur once are listed at most, in rows; 0 lists none.
    ///
    /// Source: docs/terms.md, 11: longer lists hold mostly clause fragments.
    pub max_single: usize,
    /// Smallest Dice coefficient of a pair over its units, 0 to 1.
    ///
    /// Source: the prototype, 0.2. Larger loses terms with several renderings.
    pub min_dice: f64,
    /// Smallest lexical support of a pair (mean of dictionary and alignment), 0 to 1.
    ///
    /// Source: the prototype, 0.35. Larger loses free renderings.
    pub min_support: f64,
    /// Confidence below which the balanced level drops a pair, 0 to 1.
    ///
    /// Source: measured, docs/terms.md, 10: of the pairs below, one in twenty is right.
    pub balanced_confidence: f64,
    /// The same for a term that stands only inside longer ones.
    ///
    /// Source: as above: from here on one in five is right, and none of them is needed where
    /// its longer term is listed.
    pub nested_confidence: f64,
    /// Confidence from which another cut of the English is shown beside the best one.
    ///
    /// Source: measured; lower shows cuts in the wrong place as renderings.
    pub variant_confidence: f64,
    /// Confidence below which the strict level drops a pair, 0 to 1.
    ///
    /// Source: as above: of the pairs from here on nine in ten are right.
    pub strict_confidence: f64,
    /// In which order the terms are listed.
    pub order: Order,
    /// Terms of either side that are never listed.
    pub stop: Vec<String>,
    /// Pairs that were rejected before and are not listed again.
    pub rejected: Vec<Pair<String>>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            strictness: Strictness::default(),
            min_count: 2,
            nested: false,
            max_single: 30,
            min_dice: 0.2,
            min_support: 0.35,
            balanced_confidence: 0.05,
            nested_confidence: 0.15,
            variant_confidence: 0.3,
            strict_confidence: 0.75,
            order: Order::default(),
            stop: Vec::new(),
            rejected: Vec::new(),
        }
    }
}
