use crate::align::Reading;
use crate::check::Finding;
use crate::lexicon::Learned;
use crate::mine::Mined;
use crate::types::{Analysis, Bitext, Notice, Sentences};

/// What came of a pair. What was not asked for is `None` or empty.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The aligned pair: the ladder with what speaks for each bead, and both documents, each
    /// with what it left out.
    pub bitext: Bitext,
    /// What the segments hold: words and mentions.
    pub analysis: Option<Analysis>,
    /// The sentences, where the units are larger.
    pub sentences: Option<Sentences>,
    /// The terms, each with its status in the glossary, and where the text is at odds with
    /// itself or with the glossary.
    pub mined: Option<Mined>,
    /// What a reviser should look at.
    pub findings: Vec<Finding>,
    /// What the pair teaches of which word goes with which, beside what was known before.
    /// Units that were paired already teach nothing.
    pub learned: Learned,
    /// For each row that a person [pinned](super::Request::pinned), its bead; `None` of one
    /// whose texts do not both stand.
    pub pinned: Vec<Option<usize>>,
    /// What else might be read where the ladder is in doubt, if that is
    /// [asked for](crate::align::Params::readings).
    pub readings: Vec<Reading>,
    /// What the reader should know, in the order of the stages.
    pub notices: Vec<Notice>,
    /// How many of them are of the reading.
    pub(super) n_read: usize,
}
