use crate::lexicon::Seed;
use crate::mine::Inconsistency;
use crate::terms::Rules;
use crate::types::{Analysis, Bitext, Notice, Sentences, Side};

/// What is checked, and against what.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The aligned pair.
    pub bitext: &'a Bitext,
    /// What its segments hold.
    pub analysis: &'a Analysis,
    /// Its sentences, where the units are larger.
    pub sentences: Option<&'a Sentences>,
    /// What the aligner noticed.
    pub notices: &'a [Notice],
    /// What the miner found of terms with several renderings, and renderings of several.
    pub inconsistencies: &'a [Inconsistency],
    /// What the user's glossary asks; nothing where there is none.
    pub rules: &'a Rules,
    /// The lexicon.
    pub seed: &'static Seed,
    /// The side that is translated from.
    pub source: Side,
}
