use crate::text::standing::Place;
use crate::text::{Span, Traced};
use crate::types::{Document, Segment};

/// Cuts segments at these places, which rise; tells, for each segment that there was and one
/// past the last, which one it begins at now. A place at the edge of a segment cuts nothing.
pub fn cut(document: &Document, places: &[Place]) -> (Document, Vec<usize>) {
    cut_into(document, |segment, text| {
        let first = places.partition_point(|place| place.segment < segment);
        let here = places[first..].iter().take_while(|place| place.segment == segment);
        let inside = |byte: &usize| *byte > 0 && text.is_char_boundary(*byte);
        let mut bytes: Vec<usize> = here.map(|place| place.byte).filter(inside).collect();
        bytes.retain(|byte| *byte < text.len());
        bytes.dedup();
        let starts = [0].into_iter().chain(bytes.iter().copied());
        let ends = bytes.iter().copied().chain([text.len()]);
        // Blanks at a cut belong to neither side of it.
        let trimmed = |(start, end): (usize, usize)| {
            let lead = if start == 0 {
                0
            } else {
                text[start..].len() - text[start..].trim_start().len()
            };
            let end = if end == text.len() { end } else { text[..end].trim_end().len() };
            Span::new(start + lead, end.max(start + lead))
        };
        starts.zip(ends).map(trimmed).collect()
    })
}

/// Cuts each segment into the spans that are told of its text; tells, for each segment and one
/// past the last, at which of the new ones it begins.
pub(super) fn cut_into(
    document: &Document,
    mut spans: impl FnMut(usize, &str) -> Vec<Span>,
) -> (Document, Vec<usize>) {
    let mut text = Traced::default();
    let mut segments: Vec<Segment> = Vec::new();
    let mut starts = Vec::with_capacity(document.segments.len() + 1);
    for (at, segment) in document.segments.iter().enumerate() {
        starts.push(segments.len());
        let whole = document.text.slice(segment.span.range());
        for (k, span) in spans(at, whole.as_str()).into_iter().enumerate() {
            let piece = whole.slice(span.range());
            if !text.is_empty() {
                text.push_inserted("\n", piece.origin(0));
            }
            let start = text.len();
            text.push(&piece);
            let span = Span::new(start, text.len());
            let label = if k == 0 { segment.label.clone() } else { None };
            let soft = k == 0 && segment.soft;
            segments.push(Segment { span, label, soft, ..segment.clone() });
        }
    }
    starts.push(segments.len());
    for segment in &mut segments {
        segment.cited_in = segment.cited_in.and_then(|k| starts.get(k).copied());
    }
    let document = Document {
        name: document.name.clone(),
        text,
        segments,
        left_out: document.left_out.clone(),
    };
    (document, starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::tests::segmented;
    use crate::types::Side;

    #[test]
    fn a_segment_is_cut_and_the_others_are_as_they_were() {
        let text = "The rain stopped. Then the sky cleared.\n\nNight came.\n";
        let document = segmented(Side::En, text);
        let at = |byte| Place { segment: 0, byte };
        let (cut, starts) = cut(&document, &[at(0), at(18), at(39)]);
        let texts: Vec<&str> = cut.texts().collect();
        assert_eq!(texts, ["The rain stopped.", "Then the sky cleared.", "Night came."]);
        assert_eq!(starts, [0, 2, 3]);
        assert_eq!(super::cut(&document, &[]).0, document);
    }
}
