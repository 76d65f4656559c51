//! Looks at a bitext that is there already: one that a person changed.

use super::kept::Kept;
use super::{Aligner, Review, notices, sentences};
use crate::align::{self, Pins};
use crate::check::{self, Finding, Material};
use crate::config::Level;
use crate::lexicon::Learned;
use crate::types::{Bitext, Evidence, Pair};

/// What a reviser should look at in a bitext, as [`run`](super::run) finds it in one that it
/// aligns. `level` is what a unit of the bitext is.
pub fn check_again(
    aligner: &Aligner,
    bitext: &Bitext,
    level: Level,
    review: Review<'_>,
) -> Vec<Finding> {
    let nothing = Kept::nothing(&bitext.documents);
    let analysis = nothing.into_analysis(aligner, &bitext.documents);
    let words = |side, segment: usize| {
        analysis.segments.get(side).get(segment).map(|found| found.tokens.clone())
    };
    let mined = aligner.mine(bitext, words);
    let is_split = level == Level::Paragraph && !aligner.config().lines;
    let sentences = is_split.then(|| sentences::inside(aligner, bitext));
    let mut told = check::left_out_notices(&bitext.documents);
    told.extend(notices::moved(&bitext.documents, &bitext.links));
    told.extend(notices::contradictions(bitext));
    let material = Material {
        bitext,
        analysis: &analysis,
        sentences: sentences.as_ref(),
        notices: &told,
        inconsistencies: &mined.inconsistencies,
        rules: aligner.rules(),
        seed: aligner.seed(),
        source: review.source,
    };
    check::check(&material, review.kinds)
}

/// What speaks for some units of a bitext, strongest first, as [`run`](super::run) finds it
/// where it aligns them: of each of `units`, beads in order, at the places in its text.
///
/// # Panics
///
/// If the bitext has no such beads.
pub fn evidence_again(
    aligner: &Aligner,
    bitext: &Bitext,
    units: &[usize],
    learned: &Learned,
) -> Vec<Vec<Evidence>> {
    let documents = bitext.documents.as_ref();
    let mut passages = Pair::new(Vec::new(), Vec::new());
    let mut pins = Vec::new();
    for &unit in units {
        let start = passages.as_ref().map(Vec::len);
        let found = aligner.passages_of(&documents, &bitext.ladder.beads()[unit].range);
        passages.zh.extend(found.zh);
        passages.en.extend(found.en);
        pins.push(Pair::new(start.zh..passages.zh.len(), start.en..passages.en.len()));
    }
    let len = passages.as_ref().map(Vec::len);
    let Ok(pins) = Pins::new(pins, len) else { return vec![Vec::new(); units.len()] };
    let params = aligner.config().align.known();
    let seed = aligner.seed();
    align::align_pinned(&passages, &pins, seed, &params, learned).0.evidence
}
