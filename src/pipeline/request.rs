use super::aligner::Aligner;
use super::pinned::Pinned;
use crate::check::FindingKind;
use crate::config::Level;
use crate::lexicon::Learned;
use crate::types::Side;

/// What is wanted of a pair.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Who aligns.
    pub aligner: &'a Aligner,
    /// What a unit of the bitext is.
    pub level: Level,
    /// What other pairs taught of which word goes with which.
    pub learned: Option<&'a Learned>,
    /// What a person pinned in an earlier version: the ladder goes through the rows of which
    /// both texts still stand.
    pub pinned: Option<&'a Pinned>,
    /// Are the terms wanted, and where the text is at odds with itself or the glossary?
    pub terms: bool,
    /// Are the sentences wanted beside the paragraphs? At [`Level::Sentence`] the units are
    /// sentences themselves.
    pub sentences: bool,
    /// Is it wanted what the segments hold, for a reader of the units?
    pub analysis: bool,
    /// What a reviser looks for, where one does.
    pub review: Option<Review<'a>>,
}

/// What a reviser looks for in a finished translation.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    /// The kinds of findings.
    pub kinds: &'a [FindingKind],
    /// The side that is translated from.
    pub source: Side,
}

impl<'a> Request<'a> {
    /// The bitext alone, at the level that the aligner is set to.
    pub fn new(aligner: &'a Aligner) -> Self {
        Self {
            aligner,
            level: aligner.config().level,
            learned: None,
            pinned: None,
            terms: false,
            sentences: false,
            analysis: false,
            review: None,
        }
    }

    /// Is it mined? Consistency is told of what the miner found.
    pub(super) fn needs_terms(&self) -> bool {
        let is_of_terms = |kind: &FindingKind| *kind == FindingKind::Consistency;
        self.terms
            || self.review.is_some_and(|review| review.kinds.iter().any(is_of_terms))
    }

    /// Are there sentences beside the units? Lines that a reviser gave are not split.
    pub(super) fn needs_sentences(&self) -> bool {
        let is_split = self.review.is_some() && !self.aligner.config().lines;
        self.level == Level::Paragraph && (self.sentences || is_split)
    }

    /// Is it kept what the segments hold?
    pub(super) fn needs_analysis(&self) -> bool {
        self.analysis || self.review.is_some()
    }
}
