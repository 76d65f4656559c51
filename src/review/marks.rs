//! What speaks for rows that are no longer as they were aligned: realigned, merged, or written.
//!
//! What speaks for a bead of the base is known from the run, by its segments. Segments that were
//! laid together since, and texts that a person wrote, are looked at again behind the review,
//! together with the check; until then a row shows what of the base still stands in it.

use super::begin::TieKind;
use super::desk::Desk;
use super::event::RowKey;
use super::marked::{Marked, Marks, RowTie};
use super::reviewed::{Laid, ReviewedBitext};
use super::state::Placed;
use crate::lexicon::Learned;
use crate::pipeline::{self, Aligner};
use crate::text::Span;
use crate::types::{Bitext, Evidence, Pair, Side, TranslationUnit};

/// A row to be looked at.
#[derive(Clone, Debug)]
struct Changed {
    key: RowKey,
    /// Its bead.
    unit: usize,
    laid: Pair<Vec<Laid>>,
    texts: Pair<Vec<String>>,
}

/// The rows that are not as they were aligned.
#[derive(Clone, Debug, Default)]
pub(super) struct Looked(Vec<Changed>);

impl Looked {
    /// Those of a review, with their beads in its bitext.
    pub(super) fn of(desk: &Desk, reviewed: &ReviewedBitext) -> Self {
        let changed = reviewed.changed.iter().map(|(row, unit, laid)| {
            let placed = desk.state().at(*row);
            Changed {
                key: desk.state().key(&placed),
                unit: *unit,
                laid: laid.clone(),
                texts: texts(desk, &placed),
            }
        });
        Self(changed.collect())
    }

    /// What speaks for them.
    pub(super) fn marks(
        self,
        aligner: &Aligner,
        bitext: &Bitext,
        learned: &Learned,
    ) -> Marks {
        let units: Vec<usize> = self.0.iter().map(|one| one.unit).collect();
        let found = pipeline::evidence_again(aligner, bitext, &units, learned);
        let marked = self.0.into_iter().zip(found).map(|(one, found)| {
            let unit = bitext.unit(one.unit);
            let ties =
                found.iter().filter_map(|evidence| tie(&unit, &one.laid, evidence));
            (one.key, Marked { ties: ties.collect(), texts: one.texts })
        });
        marked.collect()
    }
}

/// The evidence in the pieces of the row.
fn tie(
    unit: &TranslationUnit<'_>,
    laid: &Pair<Vec<Laid>>,
    evidence: &Evidence,
) -> Option<RowTie> {
    let place = |side: Side| {
        let span = *evidence.at.get(side);
        let starts = unit.segment_starts(side);
        let at = starts.partition_point(|start| *start <= span.start).checked_sub(1)?;
        let Laid { piece, blanks } = *laid.get(side).get(at)?;
        let is_inside = starts.get(at + 1).is_none_or(|next| span.end <= *next);
        let span = Span::new(span.start - starts[at], span.end - starts[at]);
        (!span.is_empty() && is_inside).then(|| (piece, span.shifted(blanks)))
    };
    let at = Pair::new(place(Side::Zh)?, place(Side::En)?);
    Some(RowTie { kind: TieKind::of(evidence.kind), at })
}

fn texts(desk: &Desk, placed: &Placed) -> Pair<Vec<String>> {
    placed.range.clone().map_sides(|side, range| {
        range.map(|index| desk.text(side, index).to_owned()).collect()
    })
}

impl Desk {
    /// What speaks for a row that was looked at again; `None` of one that is as it was aligned,
    /// or was changed since.
    pub fn marks_of(&self, placed: &Placed) -> Option<&[RowTie]> {
        let marked = self.marks.get(&self.state().key(placed))?;
        (marked.texts == texts(self, placed)).then_some(&marked.ties[..])
    }
}
