//! The sentences inside the beads of a bitext.

use std::ops::Range;

use super::aligned::{Aligned, located};
use super::aligner::Aligner;
use super::kept::Kept;
use crate::align::{self, Reading};
use crate::segment;
use crate::text::Span;
use crate::types::{
    Bead, Bitext, Document, Evidence, Ladder, Link, Pair, Sentences, Side, parting,
};

/// Aligns the sentences inside the beads of a bitext; no bead is crossed.
///
/// Of a bitext of given lines it is the bitext itself: they are not split.
pub(super) fn inside(aligner: &Aligner, bitext: &Bitext) -> Sentences {
    if aligner.config().lines {
        let starts = (0..=bitext.ladder.beads().len()).collect();
        return Sentences { bitext: bitext.clone(), starts };
    }
    cut(aligner, bitext, None).0
}

/// The pair with its sentences as units.
pub(super) fn as_units(aligner: &Aligner, aligned: Aligned) -> Aligned {
    let Aligned { bitext, moved, kept: mut before, learned, pinned, notices, .. } =
        aligned;
    let mut kept = Kept::default();
    let keeping = Keeping { before: &mut before, after: &mut kept };
    let (Sentences { bitext: sentences, starts }, readings) =
        cut(aligner, &bitext, Some(keeping));
    let moved = carried(&moved, &bitext, &starts, &sentences);
    Aligned { bitext: sentences, moved, kept, learned, pinned, readings, notices }
}

/// What is kept of the segments, and of the sentences.
struct Keeping<'a> {
    before: &'a mut Kept,
    after: &'a mut Kept,
}

impl Keeping<'_> {
    /// Of a segment that is one sentence all is known; of the sentences of others nothing.
    fn carry(
        &mut self,
        (segments, from): (&Pair<Range<usize>>, &Pair<Document>),
        (sentences, to): (&Pair<Range<usize>>, &Pair<&Document>),
    ) {
        for side in Side::BOTH {
            let len = |document: &Document, n: usize| document.segments[n].span.len();
            let (segments, sentences) = (segments.get(side), sentences.get(side));
            for (k, sentence) in sentences.clone().enumerate() {
                let segment = segments.start + k;
                let is_whole = segments.len() == sentences.len()
                    && len(from.get(side), segment) == len(to.get(side), sentence);
                let found = if is_whole { self.before.take(side, segment) } else { None };
                self.after.push(side, found);
            }
        }
    }
}

fn cut(
    aligner: &Aligner,
    bitext: &Bitext,
    mut keeping: Option<Keeping<'_>>,
) -> (Sentences, Vec<Reading>) {
    let split = bitext
        .documents
        .as_ref()
        .map_sides(|side, document| segment::sentences(document, side));
    let sentences_of = |bead: &Bead| {
        let of = |starts: &[usize], segments: &Range<usize>| {
            starts[segments.start]..starts[segments.end]
        };
        Pair::new(of(&split.zh.1, &bead.range.zh), of(&split.en.1, &bead.range.en))
    };
    let mut beads = Vec::new();
    let mut evidence = Vec::new();
    let mut readings = Vec::new();
    let mut starts = Vec::with_capacity(bitext.ladder.beads().len() + 1);
    for (index, bead) in bitext.ladder.beads().iter().enumerate() {
        starts.push(beads.len());
        let range = sentences_of(bead);
        let documents = split.as_ref().map(|(document, _)| document);
        if bead.is_single() || range.zh.len() == 1 && range.en.len() == 1 {
            if let Some(keeping) = &mut keeping {
                keeping.carry((&bead.range, &bitext.documents), (&range, &documents));
            }
            evidence.push(trimmed(bitext, index));
            beads.push(Bead { range, score: bead.score });
            continue;
        }
        let passages = aligner.passages_of(&documents, &range);
        let inner = align::align(&passages, aligner.seed(), &aligner.config().align);
        if let Some(keeping) = &mut keeping {
            keeping.after.add(passages);
        }
        let placed = |b: &Bead| Bead {
            range: Pair::new(
                range.zh.start + b.range.zh.start..range.zh.start + b.range.zh.end,
                range.en.start + b.range.en.start..range.en.start + b.range.en.end,
            ),
            score: b.score * bead.score,
        };
        readings.extend(inner.readings.iter().map(|reading| Reading {
            beads: beads.len() + reading.beads.start..beads.len() + reading.beads.end,
            instead: reading.instead.iter().map(placed).collect(),
            share: reading.share,
        }));
        beads.extend(inner.ladder.beads().iter().map(placed));
        evidence.extend(inner.evidence);
    }
    starts.push(beads.len());
    let documents = split.map(|(document, _)| document);
    let ladder = tiled(&documents, beads);
    let mut sentences = Bitext { documents, ladder, evidence, links: Vec::new() };
    sentences.links = carried(&bitext.links, bitext, &starts, &sentences);
    (Sentences { bitext: sentences, starts }, readings)
}

fn tiled(documents: &Pair<Document>, beads: Vec<Bead>) -> Ladder {
    let len = documents.as_ref().map(|document| document.segments.len());
    Ladder::new(beads, len).expect("sentences tile the segments they were cut from")
}

/// What speaks for a bead whose sides are a sentence each, which has no blanks around it.
fn trimmed(bitext: &Bitext, bead: usize) -> Vec<Evidence> {
    let mut evidence = bitext.evidence[bead].clone();
    for side in Side::BOTH {
        let segment = bitext.ladder.beads()[bead].range.get(side).start;
        let Some(one) = bitext.documents.get(side).texts().nth(segment) else { continue };
        let blanks = one.len() - one.trim_start().len();
        for one in &mut evidence {
            let Span { start, end } = *one.at.get(side);
            *one.at.get_mut(side) =
                Span::new(start.saturating_sub(blanks), end.saturating_sub(blanks));
        }
    }
    evidence
}

/// Links among the sentences: a linked passage stays whole, its two places are one bead each.
fn carried(links: &[Link], from: &Bitext, starts: &[usize], to: &Bitext) -> Vec<Link> {
    let carried = links.iter().map(|link| Link {
        places: link.places.map(|place| starts[place]),
        ..link.clone()
    });
    let mut carried = located(carried.collect(), &to.ladder);
    for (link, old) in carried.iter_mut().zip(links) {
        let texts = Pair::new(Side::Zh, Side::En)
            .map(|side| (joined(from, side, &old.bead), joined(to, side, &link.bead)));
        link.evidence.retain_mut(|one| {
            let moved = Pair::new(Side::Zh, Side::En).map(|side| {
                let (old, new) = texts.get(side);
                moved(*one.at.get(side), old, new)
            });
            let (Some(zh), Some(en)) = (moved.zh, moved.en) else { return false };
            one.at = Pair::new(zh, en);
            true
        });
    }
    carried
}

/// The text of a side of a bead, as its unit has it.
fn joined(bitext: &Bitext, side: Side, bead: &Bead) -> String {
    let document = bitext.documents.get(side);
    let segments = bead.range.get(side).clone();
    let texts: Vec<&str> = segments.map(|n| document.segment_text(n)).collect();
    texts.join(parting(side))
}

/// Where words stand in a text that differs from the old one in blanks alone; `None` if one
/// of the blanks is among them now.
fn moved(at: Span, old: &str, new: &str) -> Option<Span> {
    let n_before = old[..at.start].chars().filter(|c| !c.is_whitespace()).count();
    let (start, _) =
        new.char_indices().filter(|(_, c)| !c.is_whitespace()).nth(n_before)?;
    let span = Span::new(start, start + at.len());
    (new.get(span.range())? == at.of(old)).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_behind_a_blank_more() {
        let (old, new) = ("Paid.On 1 May it ends.", "Paid. On 1 May it ends.");
        let at = Span::new(8, 13);
        assert_eq!(at.of(old), "1 May");
        assert_eq!(moved(at, old, new).map(|span| span.of(new)), Some("1 May"));
        assert_eq!(moved(Span::new(0, 7), old, new), None);
    }
}
