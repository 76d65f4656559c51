//! A bead as the checks see it.

use crate::text::Span;
use crate::types::{
    Analysis, Bead, Bitext, Kind, Label, Mention, Pair, Segment, Side, Token, TokenKind,
    TranslationUnit,
};

use super::fact::Fact;
use super::finding::{Finding, FindingKind, Passage, Severity};

/// A bead with a score below this is more likely wrong than right.
pub(super) const DOUBTFUL: f64 = Bead::DOUBTFUL;

/// From this score on, what a bead lacks is worth a warning.
///
/// Source: the table of scores in README.md: of beads at .86, 88 in 100 are right.
pub(super) const SURE: f64 = 0.8;

/// A bead with what is read off it.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub(super) score: f64,
    /// What speaks for the bead in all, in nats.
    pub(super) support: f64,
    /// The segments of each side.
    pub(super) segments: Pair<&'a [Segment]>,
    /// The text of each side.
    pub(super) text: Pair<String>,
    /// Where each segment begins in it.
    pub(super) starts: Pair<Vec<usize>>,
    pub(super) tokens: Pair<Vec<Token>>,
    pub(super) mentions: Pair<Vec<Mention>>,
}

impl<'a> Unit<'a> {
    /// The beads of a bitext.
    pub(super) fn all(bitext: &'a Bitext, analysis: &Analysis) -> Vec<Unit<'a>> {
        let unit = |unit: TranslationUnit<'a>| {
            let sides = Pair::new(Side::Zh, Side::En);
            let segments = sides.map(|side| {
                &bitext.documents.get(side).segments[unit.bead.range.get(side).clone()]
            });
            let text = sides.map(|side| unit.text(side));
            Unit {
                score: unit.bead.score,
                support: unit.evidence().iter().map(|evidence| evidence.weight).sum(),
                segments,
                starts: sides.map(|side| unit.segment_starts(side)),
                tokens: sides.map(|side| analysis.tokens(&unit, side)),
                mentions: sides.map(|side| analysis.mentions(&unit, side)),
                text,
            }
        };
        bitext.units().map(unit).collect()
    }

    /// Does one side stand alone?
    pub(super) fn is_single(&self) -> bool {
        self.segments.zh.is_empty() || self.segments.en.is_empty()
    }

    /// How much something that is wrong with this bead matters, at most.
    pub(super) fn at_most(&self, severity: Severity) -> Severity {
        if self.score < SURE { Severity::Note } else { severity }
    }

    /// The side as a passage with these marks; `None` where it is empty.
    pub(super) fn passage(&self, side: Side, marks: Vec<Span>) -> Option<Passage> {
        let (text, marks) = clipped(self.text.get(side), marks);
        passage(self.segments.get(side), text, marks)
    }

    /// A finding with both sides, marked.
    pub(super) fn finding(
        &self,
        kind: FindingKind,
        severity: Severity,
        fact: Fact,
        marks: Pair<Vec<Span>>,
    ) -> Finding {
        let mut finding = Finding::new(kind, severity, fact);
        finding.passages = marks.map_sides(|side, marks| self.passage(side, marks));
        finding
    }

    /// The label that opens a side, with those it stands in.
    pub(super) fn label(&self, side: Side) -> String {
        self.segments.get(side).first().map(label).unwrap_or_default()
    }

    /// How a reader would cite the unit.
    pub(super) fn name(&self) -> String {
        let label = self.label(Side::Zh);
        if label.is_empty() { self.label(Side::En) } else { label }
    }

    /// The name, or else the line where it stands.
    pub(super) fn place(&self) -> String {
        let name = self.name();
        let segment = self.segments.zh.first().or(self.segments.en.first());
        let line = segment.map_or(0, |segment| segment.lines.0);
        if name.is_empty() { format!("line {line}") } else { name }
    }

    /// Is it of the running text, or a row or line that has its own ways?
    pub(super) fn is_footnote(&self) -> bool {
        let of = |s: &[Segment]| s.iter().all(|segment| segment.kind == Kind::Footnote);
        of(self.segments.zh) && of(self.segments.en)
    }
}

/// Longest text of a passage, in bytes: what is longer is shown in part, so that a unit with
/// many findings is not kept whole for each of them.
const LONGEST: usize = 8_000;

/// The part of a text that the marks stand in, and the marks in it.
fn clipped(text: &str, marks: Vec<Span>) -> (String, Vec<Span>) {
    if text.len() <= LONGEST {
        return (text.to_owned(), marks);
    }
    let first = marks.first().map_or(0, |mark| mark.start);
    let start = boundary(text, first.saturating_sub(LONGEST / 4));
    let end = boundary(text, start.saturating_add(LONGEST).min(text.len()));
    let inside = marks.into_iter().filter(|mark| mark.start >= start && mark.end <= end);
    let marks =
        inside.map(|mark| Span::new(mark.start - start, mark.end - start)).collect();
    (text[start..end].to_owned(), marks)
}

/// The last boundary between characters up to a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Segments as a passage; `None` where there are none.
pub(super) fn passage(
    segments: &[Segment],
    text: String,
    marks: Vec<Span>,
) -> Option<Passage> {
    let first = segments.iter().map(|segment| segment.lines.0).min()?;
    let last = segments.iter().map(|segment| segment.lines.1).max()?;
    let label = segments.first().map(label).unwrap_or_default();
    Some(Passage { lines: (first, last), label, text, marks })
}

/// The label of a segment with those it stands in; empty where it has none itself.
pub(super) fn label(segment: &Segment) -> String {
    if segment.label.is_none() {
        return String::new();
    }
    let path: Vec<String> =
        segment.parents.iter().chain(&segment.label).map(Label::to_string).collect();
    path.join(", ")
}

/// The values of all numbers among the tokens.
pub(super) fn numbers(tokens: &[Token]) -> impl Iterator<Item = (&str, Span)> {
    let counts =
        |token: &&Token| matches!(token.kind, TokenKind::Number | TokenKind::Extra);
    tokens
        .iter()
        .filter(counts)
        .filter_map(|token| token.form.strip_prefix('#').map(|value| (value, token.span)))
}
