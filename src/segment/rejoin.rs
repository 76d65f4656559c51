use std::ops::Range;

use super::lines::parting;
use crate::text::{Span, Traced};
use crate::types::{Document, Segment, Side};

/// A document whose soft cuts were healed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejoined {
    /// The healed document.
    pub document: Document,
    /// The beads in its segments.
    pub beads: Vec<Range<usize>>,
    /// For each segment that there was, which one it is in now and where in that it begins.
    pub places: Vec<(usize, usize)>,
}

/// Heals the soft cuts of a document inside beads: segments of one bead that were parted only
/// by an inferred beginning become one.
///
/// `beads` are the segments of each bead, in order; they tile the document.
pub fn rejoin(document: &Document, side: Side, beads: &[Range<usize>]) -> Rejoined {
    let mut text = Traced::default();
    let mut segments: Vec<Segment> = Vec::with_capacity(document.segments.len());
    let mut places = vec![(0, 0); document.segments.len()];
    let mut healed = Vec::with_capacity(beads.len());
    for bead in beads {
        let first = segments.len();
        for k in bead.clone() {
            let segment = &document.segments[k];
            let piece = document.text.slice(segment.span.range());
            let continued =
                segments.last_mut().filter(|_| segment.soft && k > bead.start);
            if let Some(last) = continued {
                let between = parting(side, &text, &piece);
                text.push_inserted(between, piece.origin(0));
                places[k].1 = text.len() - last.span.start;
                text.push(&piece);
                last.span.end = text.len();
                last.lines.0 = last.lines.0.min(segment.lines.0);
                last.lines.1 = last.lines.1.max(segment.lines.1);
            } else {
                if !text.is_empty() {
                    text.push_inserted("\n", piece.origin(0));
                }
                let start = text.len();
                text.push(&piece);
                segments.push(Segment {
                    span: Span::new(start, text.len()),
                    ..segment.clone()
                });
            }
            places[k].0 = segments.len() - 1;
        }
        healed.push(first..segments.len());
    }
    for segment in &mut segments {
        segment.cited_in = segment.cited_in.map(|k| places[k].0);
    }
    let document = Document {
        name: document.name.clone(),
        text,
        segments,
        left_out: document.left_out.clone(),
    };
    Rejoined { document, beads: healed, places }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::tests::segmented;

    #[test]
    fn a_soft_cut_inside_a_bead_heals_and_one_between_beads_stays() {
        let text = "Recalling the decisions that it took at its second session on the keeping\n\
                    of records, the programme of work that was adopted there by all of its\n\
                    members, and the reports that were sent in by the members in that year,\n\
                    Reports of the observers that were sent in during the year, and of the\n\
                    many persons who keep registers of their own in accordance with its law,\n\
                    Noting that the members have opened registers and keep them open to all\n\
                    who ask for it,\n";
        let document = segmented(Side::En, text);
        assert_eq!(document.segments.len(), 3);
        assert!(document.segments[1].soft && document.segments[2].soft);
        let rejoined = rejoin(&document, Side::En, &[0..2, 2..3]);
        assert_eq!(rejoined.beads, [0..1, 1..2]);
        let healed = rejoined.document;
        let texts: Vec<_> = healed.texts().collect();
        for (piece, (segment, start)) in document.texts().zip(rejoined.places) {
            assert!(texts[segment][start..].starts_with(piece));
        }
        assert!(texts[0].contains("in that year, Reports of the observers"), "{texts:?}");
        assert_eq!(healed.segments[0].lines, (1, 5));
        assert!(texts[1].starts_with("Noting"));
    }
}
