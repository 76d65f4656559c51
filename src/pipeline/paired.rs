//! Units that are paired already to a bitext.

use super::aligned::Aligned;
use super::aligner::Aligner;
use super::kept::Kept;
use super::observer::{Observer, Stage};
use crate::align::{self, threads::Threads};
use crate::lexicon::Learned;
use crate::segment;
use crate::types::{Bead, Bitext, Document, Ladder, Pair, Paired};

/// Pairs that are looked at at one go.
const PIECE: usize = 64;

/// The bitext of units that are paired already.
///
/// The pairs stand. Each is looked at for what speaks for it; one that the aligner would
/// part has the score 0, so that it can be found and left out.
pub(super) fn take(
    aligner: &Aligner,
    paired: &Paired,
    observer: &dyn Observer,
) -> Aligned {
    observer.stage(Stage::Analyse);
    let (documents, ladder) = segment::paired(paired);
    let (mut beads, mut evidence) = (Vec::new(), Vec::new());
    let mut kept = Kept::default();
    observer.stage(Stage::Align);
    let params = &aligner.config().align;
    let look_at = |bead: &Bead| {
        let passages = aligner.passages_of(&documents.as_ref(), &bead.range);
        let alone = align::align(&passages, aligner.seed(), params);
        let first = alone.ladder.beads().first();
        let agreed = first.filter(|first| first.is_single() == bead.is_single());
        let score = agreed.map_or(0.0, |agreed| agreed.score);
        let speaks = match agreed {
            Some(_) => alone.evidence.into_iter().next().unwrap_or_default(),
            None => Vec::new(),
        };
        (Bead { score, ..bead.clone() }, speaks, passages)
    };
    Threads::new(params.threads).each(
        ladder.beads().len(),
        PIECE,
        || (),
        |(), piece| ladder.beads()[piece].iter().map(look_at).collect::<Vec<_>>(),
        |looked_at| {
            for (bead, speaks, passages) in looked_at {
                beads.push(bead);
                evidence.push(speaks);
                kept.add(passages);
            }
        },
    );
    let ladder = rescored(&documents, beads);
    if aligner.config().lines {
        kept = Kept::nothing(&documents);
    }
    let bitext = Bitext { documents, ladder, evidence, links: Vec::new() };
    let learned = Learned::default();
    Aligned {
        bitext,
        moved: Vec::new(),
        kept,
        learned,
        pinned: Vec::new(),
        readings: Vec::new(),
        notices: Vec::new(),
    }
}

/// The ladder of beads that were only given other scores.
fn rescored(documents: &Pair<Document>, beads: Vec<Bead>) -> Ladder {
    let len = documents.as_ref().map(|document| document.segments.len());
    Ladder::new(beads, len).expect("scores do not move a bead")
}
