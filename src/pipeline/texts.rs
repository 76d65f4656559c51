//! Two texts to a bitext.

use super::aligned::{Aligned, located};
use super::aligner::Aligner;
use super::heal::heal;
use super::kept::Kept;
use super::observer::{Observer, Stage};
use super::pinned::{self, Found, Pinned};
use crate::align::{self, Alignment};
use crate::clean;
use crate::config::Moved;
use crate::lexicon::Learned;
use crate::read;
use crate::segment;
use crate::types::{Bitext, Document, Notice, Pair, Side, Source};

/// Aligns two texts with what other pairs taught. Total: any two texts give a bitext.
pub(super) fn align(
    aligner: &Aligner,
    sources: Pair<Source>,
    learned: &Learned,
    pinned: &Pinned,
    observer: &dyn Observer,
) -> Aligned {
    let mut notices = Vec::new();
    observer.stage(Stage::Clean);
    let documents = sources.map_sides(|side, source| {
        document(aligner, side, &source, observer, &mut notices)
    });
    let Found { documents, pins, rows, .. } = pinned.find(documents);
    observer.stage(Stage::Analyse);
    let passages = aligner.passages(&documents);
    observer.stage(Stage::Align);
    let params = &aligner.config().align;
    let (alignment, learned) =
        align::align_pinned(&passages, &pins, aligner.seed(), params, learned);
    let pinned = pinned::beads(&pins, rows, &alignment.ladder);
    let mut kept = Kept::default();
    match aligner.config().lines {
        true => kept = Kept::nothing(&documents),
        false => kept.add(passages),
    }
    let (documents, Alignment { ladder, evidence, moved, sorted, lists, readings }) =
        heal(documents, alignment, &mut kept);
    let moved = match aligner.config().moved {
        Moved::Link | Moved::Report => located(moved, &ladder),
        Moved::Off => Vec::new(),
    };
    let mut links = located(sorted, &ladder);
    if aligner.config().moved == Moved::Link {
        links.extend(moved.iter().cloned());
        links.sort_by_key(|link| link.places.zh);
    }
    let bitext = Bitext { documents, ladder, evidence, links };
    notices.extend(align::sorted_lists(&bitext, &lists));
    notices.extend(align::unrelated::notices(&bitext));
    Aligned { bitext, moved, kept, learned, pinned, readings, notices }
}

fn document(
    aligner: &Aligner,
    side: Side,
    source: &Source,
    observer: &dyn Observer,
    notices: &mut Vec<Notice>,
) -> Document {
    if aligner.config().lines {
        return segment::lines(source);
    }
    let source = &*read::kept(source, aligner.config().keep);
    if let Some(blocks) = &source.blocks {
        observer.stage(Stage::Segment);
        return segment::blocks(source, blocks, side);
    }
    let is_word = |word: &str| aligner.seed().lemma(word).is_some();
    let clean = clean::clean_keeping(source, side, &is_word, aligner.config().keep);
    notices.extend(clean.notices);
    observer.stage(Stage::Segment);
    segment::segment(source, &clean.value, side)
}
