//! Rows that a person pinned in an earlier version of the texts, found again in this one.

use std::ops::Range;

use super::aligned::{Aligned, located};
use super::aligner::Aligner;
use super::kept::Kept;
use crate::align::pinned::MOST_PINNED;
use crate::align::{Pins, align_pinned};
use crate::lexicon::Learned;
use crate::segment;
use crate::text::standing::{Place, Standing};
use crate::types::{Bead, Bitext, Document, Evidence, Ladder, Link, Pair, Side};

/// What a person pinned: rows of a version of the two texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pinned {
    /// The segments of that version.
    pub segments: Pair<Vec<String>>,
    /// The rows, in order: what each has of both sides, from and up to which place.
    pub rows: Vec<Pair<Range<Place>>>,
}

/// Pinned rows in two documents.
#[derive(Debug)]
pub(super) struct Found {
    /// The documents, cut where a row begins or ends inside a segment.
    pub(super) documents: Pair<Document>,
    /// For each segment that there was, and one past the last, where it begins now.
    pub(super) starts: Pair<Vec<usize>>,
    /// The rows that stand, as pins.
    pub(super) pins: Pins,
    /// For each row its pin; `None` of one that does not stand.
    pub(super) rows: Vec<Option<usize>>,
}

impl Pinned {
    /// Finds the rows of which both texts stand, whole and in order.
    pub(super) fn find(&self, documents: Pair<Document>) -> Found {
        if self.rows.is_empty() {
            let starts = documents.as_ref().map(|d| (0..=d.segments.len()).collect());
            let (pins, rows) = (Pins::default(), Vec::new());
            return Found { documents, starts, pins, rows };
        }
        let standing = Pair::new(Side::Zh, Side::En).map(|side| {
            let old: Vec<&str> =
                self.segments.get(side).iter().map(String::as_str).collect();
            let new: Vec<&str> = documents.get(side).texts().collect();
            Standing::new(&old, &new)
        });
        let find = |row: &Pair<Range<Place>>| {
            let zh = standing.zh.find(row.zh.clone())?;
            Some(Pair::new(zh, standing.en.find(row.en.clone())?))
        };
        let found: Vec<Option<Pair<Range<Place>>>> = self.rows.iter().map(find).collect();
        let cut = documents.map_sides(|side, document| {
            let ends = |row: &Pair<Range<Place>>| {
                let Range { start, end } = row.get(side).clone();
                [start, end]
            };
            let mut places: Vec<Place> = found.iter().flatten().flat_map(ends).collect();
            places.retain(|place| place.byte > 0);
            places.sort_unstable();
            places.dedup();
            let (document, starts) = segment::cut(&document, &places);
            (document, starts, places)
        });
        let at = |side: Side, place: Place| {
            let (_, starts, cuts) = cut.get(side);
            let first = cuts.partition_point(|cut| cut.segment < place.segment);
            let before = cuts[first..].iter().take_while(|cut| **cut <= place).count();
            starts[place.segment] + if place.byte == 0 { 0 } else { before }
        };
        let (mut beads, mut rows) = (Vec::new(), Vec::new());
        let mut reached = Pair::new(0, 0);
        for row in found {
            let bead = row.map(|row| {
                row.map_sides(|side, range| at(side, range.start)..at(side, range.end))
            });
            let is_new = |bead: &Pair<Range<usize>>| {
                let fits = |side: Side| {
                    let range = bead.get(side);
                    range.start >= *reached.get(side) && range.len() <= MOST_PINNED
                };
                !(bead.zh.is_empty() && bead.en.is_empty())
                    && fits(Side::Zh)
                    && fits(Side::En)
            };
            let bead = bead.filter(is_new);
            rows.push(bead.as_ref().map(|_| beads.len()));
            if let Some(bead) = bead {
                reached = bead.as_ref().map(|range| range.end);
                beads.push(bead);
            }
        }
        let starts = Pair::new(cut.zh.1, cut.en.1);
        let documents = Pair::new(cut.zh.0, cut.en.0);
        let len = documents.as_ref().map(|document| document.segments.len());
        let pins = Pins::new(beads, len).unwrap_or_default();
        Found { documents, starts, pins, rows }
    }
}

/// Lays rows that a person pinned over a pair that was aligned without them: at the level of
/// sentences, and of units that are paired already.
pub(super) fn lay_over(aligner: &Aligner, aligned: Aligned, pinned: &Pinned) -> Aligned {
    let Aligned { bitext, moved, mut kept, learned, notices, .. } = aligned;
    let Bitext { documents, ladder, evidence, links } = bitext;
    let Found { documents, starts, pins, rows } = pinned.find(documents);
    kept = recut(kept, &starts);
    let now = |bead: &Bead| {
        let range = bead.range.clone().map_sides(|side, range| {
            let starts = starts.get(side);
            starts[range.start]..starts[range.end]
        });
        Bead { range, score: bead.score }
    };
    let beads: Vec<Bead> = ladder.beads().iter().map(now).collect();
    let rungs: Vec<(Bead, Vec<Evidence>)> = beads.into_iter().zip(evidence).collect();
    let rungs = through(aligner, &documents, rungs, &pins, &learned);
    let (beads, evidence): (Vec<Bead>, Vec<Vec<Evidence>>) = rungs.into_iter().unzip();
    let relinked = |links: Vec<Link>| {
        let links = links.into_iter().filter_map(|link| {
            let range = now(&link.bead).range;
            let alone = |side: Side| {
                let other = side.other();
                beads.iter().position(|bead| {
                    bead.range.get(side).start == range.get(side).start
                        && !bead.range.get(side).is_empty()
                        && bead.range.get(other).is_empty()
                })
            };
            Some(Link { places: Pair::new(alone(Side::Zh)?, alone(Side::En)?), ..link })
        });
        links.collect::<Vec<Link>>()
    };
    let (links, moved) = (relinked(links), relinked(moved));
    let len = documents.as_ref().map(|document| document.segments.len());
    let ladder = Ladder::new(beads, len).expect("pins and what lies between them tile");
    let pinned = self::beads(&pins, rows, &ladder);
    let (links, moved) = (located(links, &ladder), located(moved, &ladder));
    let bitext = Bitext { documents, ladder, evidence, links };
    // What was doubted before may be pinned now.
    let readings = Vec::new();
    Aligned { bitext, moved, kept, learned, pinned, readings, notices }
}

/// The bead of each row that was found, in a ladder that goes through the pins.
pub(super) fn beads(
    pins: &Pins,
    rows: Vec<Option<usize>>,
    ladder: &Ladder,
) -> Vec<Option<usize>> {
    let place = |pin: usize| {
        let pin = pins.beads().get(pin)?;
        let start = (pin.zh.start, pin.en.start);
        let starts = |bead: &Bead| (bead.range.zh.start, bead.range.en.start);
        let at = ladder.beads().partition_point(|bead| starts(bead) < start);
        ladder.beads().get(at).filter(|bead| bead.range == *pin).map(|_| at)
    };
    rows.into_iter().map(|pin| place(pin?)).collect()
}

/// What was kept of the segments that were not cut.
pub(super) fn recut(mut kept: Kept, starts: &Pair<Vec<usize>>) -> Kept {
    let mut after = Kept::default();
    for side in Side::BOTH {
        for (segment, ends) in starts.get(side).windows(2).enumerate() {
            let found = kept.take(side, segment);
            let n = ends[1] - ends[0];
            let mut found = found.filter(|_| n == 1);
            (0..n).for_each(|_| after.push(side, found.take()));
        }
    }
    after
}

/// The beads of a ladder; the shortest stretches of them that hold a pin they do not go through
/// are found anew.
fn through(
    aligner: &Aligner,
    documents: &Pair<Document>,
    rungs: Vec<(Bead, Vec<Evidence>)>,
    pins: &Pins,
    learned: &Learned,
) -> Vec<(Bead, Vec<Evidence>)> {
    let pins = pins.beads();
    let mut after = Vec::with_capacity(rungs.len());
    let (mut stretch, mut done) = (Vec::new(), 0);
    for rung in rungs {
        let end = rung.0.range.as_ref().map(|range| range.end);
        stretch.push(rung);
        let is_before =
            |pin: &Pair<Range<usize>>| pin.zh.end <= end.zh && pin.en.end <= end.en;
        let begins_before =
            |pin: &Pair<Range<usize>>| pin.zh.start < end.zh || pin.en.start < end.en;
        let before = pins.partition_point(is_before);
        if pins.partition_point(begins_before) > before {
            continue; // a pin lies across the end of the bead
        }
        let beads = std::mem::take(&mut stretch);
        after.extend(match &pins[done..before] {
            [] => beads,
            [pin] if beads.len() == 1 && beads[0].0.range == *pin => {
                let sure = |(bead, evidence)| (Bead { score: 1.0, ..bead }, evidence);
                beads.into_iter().map(sure).collect()
            }
            pins => anew(aligner, documents, &extent(&beads), pins, learned),
        });
        done = before;
    }
    after
}

/// The segments of beads that follow one another.
fn extent(beads: &[(Bead, Vec<Evidence>)]) -> Pair<Range<usize>> {
    Pair::new(Side::Zh, Side::En).map(|side| {
        let start = beads.first().map_or(0, |(bead, _)| bead.range.get(side).start);
        start..beads.last().map_or(start, |(bead, _)| bead.range.get(side).end)
    })
}

/// A stretch aligned anew through pins.
fn anew(
    aligner: &Aligner,
    documents: &Pair<Document>,
    range: &Pair<Range<usize>>,
    pins: &[Pair<Range<usize>>],
    learned: &Learned,
) -> Vec<(Bead, Vec<Evidence>)> {
    let start = range.as_ref().map(|range| range.start);
    let moved = |pin: &Pair<Range<usize>>| {
        pin.clone()
            .map_sides(|side, r| r.start - start.get(side)..r.end - start.get(side))
    };
    let passages = aligner.passages_of(&documents.as_ref(), range);
    let len = passages.as_ref().map(|side| side.len());
    let pins = Pins::new(pins.iter().map(moved).collect(), len).unwrap_or_default();
    let params = &aligner.config().align;
    let (found, _) = align_pinned(&passages, &pins, aligner.seed(), params, learned);
    let back = |bead: &Bead| Bead {
        range: bead
            .range
            .clone()
            .map_sides(|side, r| r.start + start.get(side)..r.end + start.get(side)),
        score: bead.score,
    };
    let beads: Vec<Bead> = found.ladder.beads().iter().map(back).collect();
    beads.into_iter().zip(found.evidence).collect()
}
