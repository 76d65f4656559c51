//! What is told of a bitext, counted part by part.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::types::{Bitext, EvidenceKind, Pair, Side};

use crate::text::layout::excerpt;

/// How many rows of a list are shown; the files hold the rest.
pub(crate) const ROWS: usize = 8;

/// How wide the beginning of a passage is shown, in columns.
pub(crate) const EXCERPT: usize = 48;

/// First and last line of a passage in its file.
type Lines = (usize, usize);

/// What is told of a bitext, or of all its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counted {
    /// The names of the files.
    pub(crate) names: Pair<String>,
    pub(crate) n_segments: Pair<usize>,
    pub(crate) n_beads: usize,
    /// What no unit holds, by kind.
    pub(crate) left_out: Pair<BTreeMap<&'static str, usize>>,
    /// Beads by how many units of each side they have.
    pub(crate) shapes: BTreeMap<(usize, usize), usize>,
    pub(crate) evidence: BTreeMap<EvidenceKind, usize>,
    /// Which segments are tied across the ladder.
    pub(crate) links: Vec<Pair<Range<usize>>>,
    pub(crate) n_doubtful: usize,
    /// The least sure of them, with their lines.
    pub(crate) doubtful: Vec<(f64, Pair<Lines>)>,
    /// Segments without a counterpart.
    pub(crate) n_alone: Pair<usize>,
    /// The first of them, with their lines and how they begin.
    pub(crate) alone: Vec<(Side, Lines, String)>,
}

impl Counted {
    pub(crate) fn of(bitext: &Bitext) -> Self {
        let mut counted = Self::default();
        counted.add(bitext);
        counted
    }

    /// Counts a bitext, the next part of the same file.
    pub(crate) fn add(&mut self, bitext: &Bitext) {
        for side in Side::BOTH {
            let document = bitext.documents.get(side);
            self.names.get_mut(side).clone_from(&document.name);
            *self.n_segments.get_mut(side) += document.segments.len();
            for left_out in &document.left_out {
                *self
                    .left_out
                    .get_mut(side)
                    .entry(left_out.kind.as_str())
                    .or_default() += 1;
            }
        }
        self.n_beads += bitext.ladder.beads().len();
        for evidence in bitext.evidence.iter().flatten() {
            *self.evidence.entry(evidence.kind).or_default() += 1;
        }
        self.links.extend(bitext.links.iter().map(|link| link.bead.range.clone()));
        for unit in bitext.units() {
            let len = unit.bead.range.as_ref().map(ExactSizeIterator::len);
            *self.shapes.entry((len.zh, len.en)).or_default() += 1;
            if !unit.bead.is_single() {
                if unit.bead.is_doubtful() {
                    let lines = Pair::new(Side::Zh, Side::En)
                        .map(|side| unit.lines(side).unwrap_or_default());
                    self.n_doubtful += 1;
                    self.doubtful.push((unit.bead.score, lines));
                }
                continue;
            }
            for side in Side::BOTH {
                let document = bitext.documents.get(side);
                for segment in unit.bead.range.get(side).clone() {
                    *self.n_alone.get_mut(side) += 1;
                    if self.alone.len() < ROWS {
                        let text = excerpt(document.segment_text(segment), EXCERPT);
                        self.alone.push((side, document.segments[segment].lines, text));
                    }
                }
            }
        }
        self.doubtful.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.doubtful.truncate(ROWS);
    }

    /// How many beads have both sides.
    pub(crate) fn n_pairs(&self) -> usize {
        self.shapes.iter().filter(|((zh, en), _)| zh * en > 0).map(|(_, n)| n).sum()
    }
}
