//! What of a source stands in no segment.
//!
//! The complement is computed from the segments themselves, so that nothing can be missing
//! from both: a rule that takes text out and does not say so shows as
//! [`LeftOutKind::Other`].

use super::lines::line_starts;
use crate::text::{Span, Traced};
use crate::types::{FilePlace, LeftOut, LeftOutKind, Removal, Source};

/// What `text` lacks of the source, in order: what its reader left out, then what the rules
/// removed.
pub(super) fn left_out(
    source: &Source,
    text: &Traced,
    removals: &[Removal],
) -> Vec<LeftOut> {
    let whole = [Span::new(0, source.text.len())];
    let held = Span::merged(text.origins().collect());
    let mut removals = removals.to_vec();
    removals.sort_unstable();
    let places = Places::new(source);
    let mut removals = removals.iter().peekable();
    let mut left_out = source.left_out.clone();
    for gap in Span::uncovered(&whole, &held) {
        if !is_blank(gap.of(&source.text)) {
            for (span, kind) in by_kind(gap, &mut removals) {
                left_out.extend(places.entries(span, kind));
            }
        }
    }
    left_out
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Cuts a stretch that was left out where one removal ends and another begins.
fn by_kind(
    gap: Span,
    removals: &mut std::iter::Peekable<std::slice::Iter<'_, Removal>>,
) -> Vec<(Span, LeftOutKind)> {
    let mut pieces: Vec<(Span, LeftOutKind)> = Vec::new();
    let mut push = |from: usize, to: usize, kind| match pieces.last_mut() {
        _ if from >= to => {}
        Some((last, same)) if *same == kind && last.end == from => last.end = to,
        _ => pieces.push((Span::new(from, to), kind)),
    };
    let mut at = gap.start;
    while let Some(removal) = removals.peek().filter(|r| r.span.start < gap.end) {
        let (start, end) = (removal.span.start.max(at), removal.span.end.min(gap.end));
        push(at, start, LeftOutKind::Other);
        push(start, end, removal.kind);
        at = at.max(end);
        if removal.span.end > gap.end {
            break;
        }
        removals.next();
    }
    push(at, gap.end, LeftOutKind::Other);
    pieces
}

/// Finds the line and page of a byte.
struct Places<'a> {
    source: &'a Source,
    line_starts: Vec<usize>,
    page_starts: Vec<usize>,
}

impl<'a> Places<'a> {
    fn new(source: &'a Source) -> Self {
        let feeds = source.text.bytes().enumerate().filter(|&(_, b)| b == b'\x0c');
        let page_starts = feeds.map(|(at, _)| at + 1).collect();
        Self { source, line_starts: line_starts(&source.text), page_starts }
    }

    /// A stretch of one kind, an entry a line.
    fn entries(&self, span: Span, kind: LeftOutKind) -> impl Iterator<Item = LeftOut> {
        let text = span.of(&self.source.text);
        let mut at = span.start;
        text.split(['\n', '\u{c}']).filter_map(move |line| {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len() + 1;
            let line = line.trim();
            (!line.is_empty()).then(|| LeftOut::new(kind, self.place(start), line))
        })
    }

    fn place(&self, at: usize) -> FilePlace {
        let line = self.line_starts.partition_point(|&start| start <= at);
        if !self.source.is_paged {
            return FilePlace::Line(line);
        }
        let page = self.page_starts.partition_point(|&start| start <= at);
        let start = page.checked_sub(1).map_or(0, |k| self.page_starts[k]);
        let first = self.line_starts.partition_point(|&line| line <= start);
        FilePlace::Page { page: page + 1, line: line - first + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(
        source: &Source,
        kept: &[(usize, usize)],
        removals: &[Removal],
    ) -> Vec<String> {
        let mut text = Traced::default();
        for &(start, end) in kept {
            text.push(&Traced::verbatim(&source.text[start..end], start));
        }
        let told = left_out(source, &text, removals);
        told.iter()
            .map(|l| format!("{}, {}: {}", l.place, l.kind.as_str(), l.text))
            .collect()
    }

    #[test]
    fn what_no_segment_holds_is_told_by_line_and_kind() {
        let source = Source::plain("t", "Archives\nthe deed1 of\n\n  - 3 -\n", "UTF-8");
        let removal = |start, end, kind| Removal { span: Span::new(start, end), kind };
        let removals = [
            removal(25, 30, LeftOutKind::PageNumber),
            removal(0, 8, LeftOutKind::RunningHead),
            removal(17, 18, LeftOutKind::FootnoteMark),
        ];
        assert_eq!(
            told(&source, &[(9, 17), (19, 21)], &removals),
            [
                "line 1, running head: Archives",
                "line 2, footnote mark: 1",
                "line 4, page number: - 3 -"
            ]
        );
        assert_eq!(
            told(&source, &[(0, 17), (18, 21)], &removals[..1]),
            ["line 2, other: 1", "line 4, page number: - 3 -"]
        );
    }

    #[test]
    fn places_on_pages_are_told_as_page_and_line() {
        let mut source = Source::plain("t", "一\n二\u{c}三\n四\n五\n", "UTF-8");
        source.is_paged = true;
        let told = told(&source, &[(0, 3)], &[]);
        assert_eq!(told[0], "p. 1, line 2, other: 二");
        assert_eq!(told[1..3], ["p. 2, line 1, other: 三", "p. 2, line 2, other: 四"]);
    }
}
