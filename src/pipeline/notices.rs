//! What the reader is told of a bitext.

use std::ops::Range;

use crate::types::{Agreement, Bitext, Document, Kind, Link, Notice, Pair, Side};

/// Passages that stand elsewhere on the other side.
pub(super) fn moved(documents: &Pair<Document>, moved: &[Link]) -> Vec<Notice> {
    let lines = |document: &Document, segments: &Range<usize>| {
        let segments = &document.segments[segments.clone()];
        let first = segments.first().map_or(0, |segment| segment.lines.0);
        (first, segments.last().map_or(0, |segment| segment.lines.1))
    };
    moved
        .iter()
        .map(|Link { bead, .. }| Notice::Moved {
            segments: bead.range.clone(),
            lines: Pair::new(
                lines(&documents.zh, &bead.range.zh),
                lines(&documents.en, &bead.range.en),
            ),
            score: bead.score,
        })
        .collect()
}

/// The beads whose two sides carry labels that cannot both be right.
pub(super) fn contradictions(bitext: &Bitext) -> Vec<Notice> {
    let of_unit = |unit: crate::types::TranslationUnit<'_>| {
        let first = |side: Side| {
            let segment = unit.bead.range.get(side).start;
            (!unit.bead.range.get(side).is_empty())
                .then(|| &bitext.documents.get(side).segments[segment])
        };
        let (zh, en) = (first(Side::Zh)?, first(Side::En)?);
        if zh.kind == Kind::Footnote && en.kind == Kind::Footnote {
            return None;
        }
        let (zh_label, en_label) = (zh.label.as_ref()?, en.label.as_ref()?);
        (zh_label.agrees(en_label) == Some(Agreement::Conflict)).then(|| {
            Notice::LabelsDisagree {
                bead: unit.index,
                labels: Pair::new(zh_label.clone(), en_label.clone()),
                lines: Pair::new(zh.lines.0, en.lines.0),
            }
        })
    };
    bitext.units().filter_map(of_unit).collect()
}
