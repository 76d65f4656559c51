//! Aligning anew between the rows that are pinned.
//!
//! A [`Stretch`] is what lies between the two pins around a row, or all of a document with its
//! pins. It holds its own copy of the texts: a long one is searched while the review goes on.

use std::ops::Range;

use super::desk::Desk;
use super::event::{Change, Piece, Row, RowStatus};
use super::operations::{self, Refusal};
use super::realigner::Realigner;
use super::reviewed::kind;
use super::state::{Placed, State};
use crate::align::Pins;
use crate::pipeline::through_pins;
use crate::text::{Span, Traced};
use crate::types::{Document, Pair, Segment, Side};

/// Rows to be aligned anew, with their texts.
#[derive(Clone, Debug)]
pub struct Stretch {
    rows: Range<usize>,
    documents: Pair<Document>,
    pins: Pins,
    /// Is it the whole document?
    is_whole: bool,
    /// The rows and their pieces as they were: what is found is for no others.
    was: Vec<Row>,
    pieces: Pair<Vec<Piece>>,
}

impl Stretch {
    /// What lies between the two pinned rows nearest to a row.
    ///
    /// # Errors
    ///
    /// If the row itself is pinned.
    pub fn around(desk: &Desk, row: usize) -> Result<Self, Refusal> {
        let rows = desk.state().rows();
        let is_pinned = |at: &usize| rows[*at].status.is_pinned();
        if rows.get(row).is_none_or(|row| row.status.is_pinned()) {
            return Err(Refusal::Pinned);
        }
        let first = (0..row).rev().find(is_pinned).map_or(0, |pin| pin + 1);
        let end = (row..rows.len()).find(is_pinned).unwrap_or(rows.len());
        Ok(Self::of(desk, first..end, false))
    }

    /// The whole document.
    pub fn all(desk: &Desk) -> Self {
        Self::of(desk, 0..desk.state().rows().len(), true)
    }

    fn of(desk: &Desk, rows: Range<usize>, is_whole: bool) -> Self {
        let placed: Vec<Placed> = rows.clone().map(|row| desk.state().at(row)).collect();
        let range = Pair::new(Side::Zh, Side::En).map(|side| {
            let start = placed.first().map_or(0, |first| first.range.get(side).start);
            start..placed.last().map_or(start, |last| last.range.get(side).end)
        });
        let documents =
            range.clone().map_sides(|side, range| document(desk, side, range));
        let pin = |placed: &Placed| {
            placed.range.clone().map_sides(|side, pieces| {
                let start = range.get(side).start;
                pieces.start - start..pieces.end - start
            })
        };
        let pinned = placed.iter().filter(|placed| placed.row.status.is_pinned());
        let len = range.as_ref().map(|range| range.len());
        let pins = Pins::new(pinned.map(pin).collect(), len).unwrap_or_default();
        let was = placed.iter().map(|placed| placed.row).collect();
        let pieces =
            range.map_sides(|side, range| desk.state().pieces(side)[range].to_vec());
        Self { rows, documents, pins, is_whole, was, pieces }
    }

    /// Are the rows still what they were?
    pub fn is_current(&self, state: &State) -> bool {
        let Some(first) = state.rows().get(self.rows.clone()).map(|_| self.rows.start)
        else {
            return false;
        };
        let has_pieces = |side: Side| {
            let start = match first < state.rows().len() {
                true => state.at(first).range.get(side).start,
                false => state.pieces(side).len(),
            };
            let was = self.pieces.get(side);
            state.pieces(side).get(start..start + was.len()) == Some(&was[..])
        };
        state.rows()[self.rows.clone()] == self.was[..]
            && has_pieces(Side::Zh)
            && has_pieces(Side::En)
    }

    /// Finds the rows anew. Pinned ones stay as they are.
    pub fn search(&self, realigner: &Realigner) -> Vec<Row> {
        let Realigner { aligner, learned } = realigner;
        let is_whole = self.is_whole;
        let ladder =
            through_pins(aligner, &self.documents, &self.pins, learned, is_whole);
        let mut pinned = self.was.iter().filter(|row| row.status.is_pinned());
        let row = |bead: &crate::types::Bead| {
            let n = bead.range.as_ref().map(|range| range.len());
            match self.pins.holds(&bead.range) {
                true => pinned.next().copied().unwrap_or(Row { n, ..AUTO }),
                // Four decimals, as the base has them.
                false => Row { n, score: Some((bead.score * 1e4).round() / 1e4), ..AUTO },
            }
        };
        ladder.beads().iter().map(row).collect()
    }

    /// The change that puts what was found in place of what was there.
    ///
    /// # Errors
    ///
    /// If it is the same.
    pub fn change(&self, state: &State, found: Vec<Row>) -> Result<Change, Refusal> {
        // A row that is the same stays as it is, flagged or not.
        let shape = |rows: &[Row]| rows.iter().map(|row| row.n).collect::<Vec<_>>();
        if shape(&self.was) == shape(&found) {
            return Err(Refusal::Nothing);
        }
        let head = self.was.iter().zip(&found).take_while(|(a, b)| a.n == b.n).count();
        let (was, now) = (&self.was[head..], &found[head..]);
        let both = was.iter().rev().zip(now.iter().rev());
        let tail = both.take_while(|(a, b)| a.n == b.n).count();
        let rows = self.rows.start + head..self.rows.end - tail;
        operations::realign(state, rows, now[..now.len() - tail].to_vec())
    }
}

/// A row as the aligner leaves it.
const AUTO: Row = Row { n: Pair { zh: 0, en: 0 }, score: None, status: RowStatus::Auto };

/// Pieces as a document, a segment each.
pub(super) fn document(desk: &Desk, side: Side, pieces: Range<usize>) -> Document {
    let mut text = String::new();
    let segments = pieces.map(|index| {
        let piece = desk.state().pieces(side)[index];
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(desk.text(side, index));
        let base = desk.segment(side, piece);
        let read = desk.backing.segment(side, piece.segment);
        let mut segment = read.cloned().unwrap_or_else(|| Segment {
            kind: kind(&base.kind),
            lines: base.lines,
            ..super::reviewed::plain()
        });
        segment.span = Span::new(start, text.len());
        segment.soft = false;
        segment.cited_in = None;
        if piece.from > 0 {
            segment.label = None;
        }
        segment
    });
    let segments = segments.collect();
    let text = Traced::verbatim(&text, 0);
    Document { name: String::new(), text, segments, left_out: Vec::new() }
}
