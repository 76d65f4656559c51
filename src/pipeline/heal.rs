//! Joins the pieces that only an inferred paragraph end had parted, where the other side says
//! that they are one.

use std::ops::Range;

use super::kept::Kept;
use crate::align::{Alignment, Reading};
use crate::segment::{self, Rejoined};
use crate::text::Span;
use crate::types::{Bead, Document, Evidence, Ladder, Link, Pair, Side, parting};

/// Joins, in both documents, the pieces that the ladder put into one bead and only an
/// inferred paragraph end had parted. What was kept of a joined piece is let go.
pub(super) fn heal(
    documents: Pair<Document>,
    alignment: Alignment,
    kept: &mut Kept,
) -> (Pair<Document>, Alignment) {
    let is_soft =
        |document: &Document| document.segments.iter().any(|segment| segment.soft);
    if !is_soft(&documents.zh) && !is_soft(&documents.en) {
        return (documents, alignment);
    }
    let Alignment { ladder, mut evidence, mut moved, mut sorted, lists, readings } =
        alignment;
    let rejoined = documents.as_ref().map_sides(|side, document| {
        let ranges: Vec<_> =
            ladder.beads().iter().map(|bead| bead.range.get(side).clone()).collect();
        segment::rejoin(document, side, &ranges)
    });
    *kept = rekept(kept, &rejoined);
    for side in Side::BOTH {
        let cuts =
            Cuts { side, document: documents.get(side), after: rejoined.get(side) };
        for (bead, found) in ladder.beads().iter().zip(&mut evidence) {
            cuts.carry(bead.range.get(side).clone(), found);
        }
        for Link { bead, evidence, .. } in moved.iter_mut().chain(&mut sorted) {
            cuts.carry(bead.range.get(side).clone(), evidence);
        }
    }
    let healed =
        ladder.beads().iter().zip(rejoined.zh.beads.iter().zip(&rejoined.en.beads));
    let beads = healed.map(|(bead, (zh, en))| Bead {
        range: Pair::new(zh.clone(), en.clone()),
        score: bead.score,
    });
    let beads = beads.collect();
    let readings = readings.into_iter().filter_map(|r| reread(r, &rejoined)).collect();
    let documents = rejoined.map(|side| side.document);
    let len = documents.as_ref().map(|document| document.segments.len());
    let ladder = Ladder::new(beads, len).expect("healing keeps every piece in its bead");
    (documents, Alignment { ladder, evidence, moved, sorted, lists, readings })
}

/// A reading of the healed documents; `None` of one that parts what was healed.
fn reread(reading: Reading, rejoined: &Pair<Rejoined>) -> Option<Reading> {
    let boundary = |side: Side, piece: usize| {
        let after = rejoined.get(side);
        match after.places.get(piece) {
            Some((segment, start)) => (*start == 0).then_some(*segment),
            None => Some(after.document.segments.len()),
        }
    };
    let range = |side: Side, range: &Range<usize>| {
        Some(boundary(side, range.start)?..boundary(side, range.end)?)
    };
    let bead = |bead: &Bead| {
        let Pair { zh, en } = &bead.range;
        let range = Pair::new(range(Side::Zh, zh)?, range(Side::En, en)?);
        Some(Bead { range, score: bead.score })
    };
    let instead: Option<Vec<Bead>> = reading.instead.iter().map(bead).collect();
    Some(Reading { instead: instead?, ..reading })
}

/// What was kept of the segments that are whole still.
fn rekept(kept: &mut Kept, rejoined: &Pair<Rejoined>) -> Kept {
    let mut whole = Kept::default();
    for side in Side::BOTH {
        let after = rejoined.get(side);
        let mut n_pieces = vec![0; after.document.segments.len()];
        after.places.iter().for_each(|(segment, _)| n_pieces[*segment] += 1);
        let mut first = 0;
        for n in n_pieces {
            let found = kept.take(side, first);
            whole.push(side, found.filter(|_| n == 1));
            first += n;
        }
    }
    whole
}

/// One side before and after its cuts were healed.
struct Cuts<'a> {
    side: Side,
    document: &'a Document,
    after: &'a Rejoined,
}

impl Cuts<'_> {
    /// Moves what speaks for a bead of these segments to where its words stand now.
    fn carry(&self, segments: Range<usize>, evidence: &mut [Evidence]) {
        let Some(&(first, _)) = self.after.places.get(segments.start) else { return };
        let between = parting(self.side).len();
        let (mut before, mut after, mut open) = (0, 0, first);
        let mut moves = Vec::with_capacity(segments.len());
        for n in segments {
            let (segment, start) = self.after.places[n];
            if segment > open {
                after += self.after.document.segment_text(open).len() + between;
                open = segment;
            }
            moves.push((before, after + start));
            before += self.document.segment_text(n).len() + between;
        }
        for one in evidence {
            let span = one.at.get_mut(self.side);
            let piece = moves.partition_point(|(start, _)| *start <= span.start);
            let (from, to) = moves[piece.saturating_sub(1)];
            *span = Span::new(span.start - from + to, span.end - from + to);
        }
    }
}
