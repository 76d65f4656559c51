use crate::types::{Mention, Pair, Side, Token, TranslationUnit};

/// What a segment holds: its words, and what it mentions.
///
/// Spans are of the text of the segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysed {
    /// Its words, in order.
    pub tokens: Vec<Token>,
    /// What it mentions.
    pub mentions: Vec<Mention>,
}

/// What the segments of a bitext hold, found once for all that look at them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// One of each segment, in their order.
    pub segments: Pair<Vec<Analysed>>,
}

impl Analysis {
    /// The words of one side of a unit, where they stand in the
    /// [text](TranslationUnit::text) of that side.
    pub fn tokens(&self, unit: &TranslationUnit<'_>, side: Side) -> Vec<Token> {
        let moved = |token: &Token, by: usize| Token {
            span: token.span.shifted(by),
            ..token.clone()
        };
        let segments = self.segments_of(unit, side);
        segments
            .flat_map(|(at, one)| one.tokens.iter().map(move |t| moved(t, at)))
            .collect()
    }

    /// What one side of a unit mentions, where it stands in the
    /// [text](TranslationUnit::text) of that side.
    pub fn mentions(&self, unit: &TranslationUnit<'_>, side: Side) -> Vec<Mention> {
        let moved = |mention: &Mention, by: usize| Mention {
            span: mention.span.shifted(by),
            ..mention.clone()
        };
        let segments = self.segments_of(unit, side);
        segments
            .flat_map(|(at, one)| one.mentions.iter().map(move |m| moved(m, at)))
            .collect()
    }

    /// The segments of one side of a unit, and where each begins in its text.
    fn segments_of<'a>(
        &'a self,
        unit: &TranslationUnit<'_>,
        side: Side,
    ) -> impl Iterator<Item = (usize, &'a Analysed)> {
        let starts = unit.segment_starts(side);
        starts
            .into_iter()
            .zip(&self.segments.get(side)[unit.bead.range.get(side).clone()])
    }
}
