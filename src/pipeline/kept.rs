//! What was found in the segments on the way, for those that ask later.

use super::aligner::Aligner;
use crate::align::Passage;
use crate::types::{Analysed, Analysis, Document, MentionKind, Pair, Side};

/// What the aligner saw in the segments of two documents.
///
/// A segment that was changed since has nothing here, nor have the lines of a given corpus:
/// they are many, and the aligner looked at less. What is missing is found when it is asked
/// for.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// A place a segment, in their order.
    segments: Pair<Vec<Option<Analysed>>>,
}

impl Kept {
    /// Nothing, of these documents.
    pub(super) fn nothing(documents: &Pair<Document>) -> Self {
        let segments =
            documents.as_ref().map(|document| vec![None; document.segments.len()]);
        Self { segments }
    }

    /// Adds what passages hold, behind the segments that are there.
    pub(super) fn add(&mut self, passages: Pair<Vec<Passage<'_>>>) {
        let found = passages.map(|side| side.into_iter().map(analysed));
        self.segments.zh.extend(found.zh.map(Some));
        self.segments.en.extend(found.en.map(Some));
    }

    /// Adds one more segment of a side, of which nothing is known or what is given.
    pub(super) fn push(&mut self, side: Side, found: Option<Analysed>) {
        self.segments.get_mut(side).push(found);
    }

    /// Takes out what is known of a segment.
    pub(super) fn take(&mut self, side: Side, segment: usize) -> Option<Analysed> {
        self.segments.get_mut(side).get_mut(segment)?.take()
    }

    /// All of it, with what is missing.
    pub(super) fn into_analysis(
        self,
        aligner: &Aligner,
        documents: &Pair<Document>,
    ) -> Analysis {
        let segments = self.segments.map_sides(|side, found| {
            let texts = documents.get(side).texts();
            let whole = |(found, text): (Option<Analysed>, &str)| {
                found.unwrap_or_else(|| aligner.analysed(side, text))
            };
            found.into_iter().zip(texts).map(whole).collect()
        });
        Analysis { segments }
    }
}

/// What a passage holds by itself: neither the terms of a glossary, nor when it is shown.
fn analysed(passage: Passage<'_>) -> Analysed {
    let Passage { tokens, mut mentions, .. } = passage;
    mentions.retain(|one| !matches!(one.kind, MentionKind::Term | MentionKind::Cue));
    Analysed { tokens, mentions }
}
