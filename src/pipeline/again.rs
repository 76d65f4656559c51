//! Checks a bitext that is there already: one that a person changed.

use super::kept::Kept;
use super::{Aligner, Review, notices, sentences};
use crate::check::{self, Finding, Material};
use crate::config::Level;
use crate::types::Bitext;

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
