use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A byte range of a text, end exclusive. Both ends lie on character boundaries.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forward: {start}..{end}");
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Does the span hold nothing?
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Does the whole of `other` lie inside this span?
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Do the two spans share at least one byte?
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span as a range, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The span in a text that has `by` bytes more before it.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// The spans in order, those that overlap or touch made one, the empty ones left out.
    pub fn merged(mut spans: Vec<Span>) -> Vec<Span> {
        spans.retain(|span| !span.is_empty());
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        merged
    }

    /// What of `spans` no span of `covers` covers, in order. Both are
    /// [merged](Span::merged).
    pub fn uncovered(spans: &[Span], covers: &[Span]) -> Vec<Span> {
        let mut rest = Vec::new();
        let mut covers = covers.iter().peekable();
        for span in spans {
            let mut from = span.start;
            while let Some(cover) = covers.peek().filter(|cover| cover.start < span.end) {
                if cover.start > from {
                    rest.push(Span::new(from, cover.start));
                }
                from = from.max(cover.end.min(span.end));
                if cover.end > span.end {
                    break;
                }
                covers.next();
            }
            if from < span.end {
                rest.push(Span::new(from, span.end));
            }
        }
        rest
    }

    /// The part of `text` that the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(ranges: &[(usize, usize)]) -> Vec<Span> {
        ranges.iter().map(|&(start, end)| Span::new(start, end)).collect()
    }

    #[test]
    fn what_touches_becomes_one() {
        let merged = Span::merged(spans(&[(7, 9), (0, 2), (2, 4), (5, 5), (3, 6)]));
        assert_eq!(merged, spans(&[(0, 6), (7, 9)]));
    }

    #[test]
    fn what_is_not_covered_is_told_in_order() {
        let rest = |of: &[(usize, usize)], by: &[(usize, usize)]| {
            Span::uncovered(&spans(of), &spans(by))
        };
        assert_eq!(rest(&[(0, 9)], &[(2, 4), (6, 12)]), spans(&[(0, 2), (4, 6)]));
        assert_eq!(rest(&[(0, 3), (5, 9)], &[(2, 6)]), spans(&[(0, 2), (6, 9)]));
        assert_eq!(rest(&[(4, 6)], &[(0, 2), (8, 9)]), spans(&[(4, 6)]));
        assert_eq!(rest(&[(4, 6)], &[(0, 9)]), []);
    }
}
