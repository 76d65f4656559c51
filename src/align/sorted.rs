//! Lists that each language sorts anew: States by their names, definitions by their terms,
//! annexes by strokes.
//!
//! A ladder cannot cross, so it lays such a list side by side as it stands, and nothing speaks
//! for most of its beads. Where several such beads stand together, their passages are looked at
//! once more, without regard to order: two that choose each other by their words are a pair.
//! If at least [`LEAST_PAIRS`] of these cross one another or the beads between them, the block
//! is a list sorted anew. Its beads without support are taken apart; of its pairs the longest
//! chain in order stays in the ladder, the others are tied across it, and what has no evidence
//! stays alone.
//!
//! ```text
//! 比利时  Brazil            比利时  ─┐  ┌─ Brazil
//! 巴西    Belgium    ─▶     巴西    ─┼──┘
//! 丹麦    Denmark           丹麦  ══ │ ══ Denmark
//!                                    └─── Belgium
//! ```
//!
//! Words count by the shipped lexicon alone, and by what both sides mention: the table that was
//! learned may have been taught by the wrong beads. Time is linear in the words of the block
//! but for those that stand in many of its passages, which do not count.

use std::cmp::Ordering;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::align::corpus::{Corpus, Role};
use crate::align::score::{Scorer, SpanRatios, TranslationRatios};
use crate::align::skeleton::{Anchor, heaviest_chain};
use crate::align::support::{Support, Supporter};
use crate::types::{Bead, Bitext, Link, Notice, Pair, Side};

/// Fewest pairs out of order that make a list sorted anew: two that change places were moved.
const LEAST_PAIRS: usize = 3;
/// A bead with less than this share of support may be wrong.
const WEAK: f32 = 0.2;
/// Least share of support of a pair out of order.
const LEAST_SHARE: f32 = 0.3;
/// What it is worth that two definitions define the same term, beside their words, in nats.
const SAME_TERM: f32 = 4.0;
/// By how much a pair must be better than any other with one of its passages, in nats.
const LEAST_LEAD: f32 = 1.0;
/// The same where one of them stands in a bead that is sure as it is.
const LEAST_LEAD_OVER_SURE: f32 = 2.0;
/// Fewest passages of a side that nothing speaks for where they stand.
const LEAST_DOUBTED: usize = 2;
/// Beads in a row that surely stand in their places end a block.
const APART: usize = 6;
/// How many sure beads around the doubtful ones are looked at with them. Two margins fit between
/// runs that are [`APART`].
const MARGIN: usize = 2;
/// A word that stands in more passages of a block tells none of them apart.
const FREQUENT: usize = 24;
/// Rounds of choosing; in each, what was paired before no longer competes.
const ROUNDS: usize = 3;
/// Weight of a bead that stays in the chain against pairs out of order.
const STAYS: f32 = 1e3;

/// Two passages that translate one another wherever they stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Crossing {
    pub(crate) at: Pair<usize>,
    /// Its probability against the others of its block.
    pub(crate) probability: f64,
}

/// A list that was sorted anew.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Block {
    /// Its passages.
    pub(crate) range: Pair<Range<usize>>,
    /// Its pairs that cross the ladder, in the order of the Chinese text.
    pub(crate) crossings: Vec<Crossing>,
}

/// Takes the lists sorted anew out of a ladder: the beads that stay, and the lists.
pub(crate) fn untangle(
    corpus: &Corpus,
    scorer: &Scorer<'_>,
    prior: TranslationRatios<'_>,
    beads: Vec<Bead>,
) -> (Vec<Bead>, Vec<Block>) {
    let mut supporter = Supporter::new(corpus, scorer, prior);
    let rungs: Vec<Rung> =
        beads.into_iter().map(|bead| Rung::new(&mut supporter, bead)).collect();
    let (mut stay, mut blocks) = (Vec::with_capacity(rungs.len()), Vec::new());
    let mut done = 0;
    for run in runs(&rungs) {
        let pairs =
            Chooser::new(corpus, scorer, &mut supporter, prior, &rungs[run.clone()])
                .pairs();
        for tangle in tangles(&rungs, run, &pairs) {
            stay.extend(rungs[done..tangle.rungs.start].iter().map(|r| r.bead.clone()));
            done = tangle.rungs.end;
            let (beads, block) = rebuild(&rungs[tangle.rungs], &tangle.pairs, scorer);
            stay.extend(beads);
            blocks.push(block);
        }
    }
    stay.extend(rungs[done..].iter().map(|rung| rung.bead.clone()));
    (stay, blocks)
}

/// A bead of the ladder with what may be wrong about it.
struct Rung {
    bead: Bead,
    /// Does too little speak for the whole of it?
    is_weak: bool,
    /// Is there something to be doubted: the whole of it, or a passage at its ends for which
    /// nothing speaks?
    may_be_wrong: bool,
    /// The passages that may belong elsewhere: all of a weak bead and of one that has a single
    /// passage on both sides, the doubtful ones of another.
    free: Pair<Vec<usize>>,
}

impl Rung {
    fn new(supporter: &mut Supporter<'_>, bead: Bead) -> Self {
        let Pair { zh, en } = bead.range.clone();
        let support = supporter.support(zh.clone(), en.clone());
        let is_one_to_one = zh.len() == 1 && en.len() == 1;
        let is_mistaken =
            is_one_to_one && supporter.define_the_same(zh.start, en.start) == Some(false);
        let is_weak = bead.is_single()
            || is_mistaken
            || support.has_words && support.share() < WEAK;
        if is_weak || is_one_to_one {
            let free = Pair::new(zh.collect(), en.collect());
            return Rung { bead, is_weak, may_be_wrong: is_weak, free };
        }
        let mut free = Pair::new(Vec::new(), Vec::new());
        if zh.len() > 1 {
            free.zh = loose_ends(&zh, |at| supporter.support(at..at + 1, en.clone()));
        }
        if en.len() > 1 {
            free.en = loose_ends(&en, |at| supporter.support(zh.clone(), at..at + 1));
        }
        let may_be_wrong = !free.zh.is_empty() || !free.en.is_empty();
        Rung { bead, is_weak, may_be_wrong, free }
    }
}

/// The passages at the ends of a side for which nothing speaks.
fn loose_ends(
    side: &Range<usize>,
    mut support: impl FnMut(usize) -> Support,
) -> Vec<usize> {
    let ends = [side.start, side.end - 1];
    ends.into_iter().filter(|&at| support(at).share() < WEAK).collect()
}

/// Stretches of the ladder where much may be wrong: at most [`APART`] sure beads in a row, and
/// [`MARGIN`] beads around them, which may look sure by what their passages share with others.
fn runs(rungs: &[Rung]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let doubtful = rungs.iter().enumerate().filter(|(_, rung)| rung.may_be_wrong);
    for (at, _) in doubtful {
        match runs.last_mut() {
            Some(run) if at - run.end <= APART => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    let with_margin = |run: Range<usize>| {
        run.start.saturating_sub(MARGIN)..(run.end + MARGIN).min(rungs.len())
    };
    runs.into_iter().map(with_margin).collect()
}

/// Finds the pairs of one run.
struct Chooser<'a, 'b> {
    supporter: &'a mut Supporter<'b>,
    /// The passages that may belong elsewhere, each with its bead in the run.
    free: Pair<Vec<(usize, usize)>>,
    /// Of each bead of the run, is it sure as it stands?
    is_sure: Vec<bool>,
    /// For each free Chinese passage what each English one scores that shares a word with it.
    scores: Vec<Vec<(usize, f32)>>,
}

impl<'a, 'b> Chooser<'a, 'b> {
    fn new(
        corpus: &Corpus,
        scorer: &Scorer<'_>,
        supporter: &'a mut Supporter<'b>,
        prior: TranslationRatios<'_>,
        run: &[Rung],
    ) -> Self {
        let free = Pair::new(Side::Zh, Side::En).map(|side| {
            let of_rung = |(n, rung): (usize, &Rung)| {
                let passages = rung.free.get(side).iter();
                passages.map(|&passage| (passage, n)).collect::<Vec<_>>()
            };
            run.iter().enumerate().flat_map(of_rung).collect::<Vec<_>>()
        });
        let is_sure: Vec<bool> = run.iter().map(|rung| !rung.may_be_wrong).collect();
        let n_doubted =
            |side: Side| free.get(side).iter().filter(|at| !is_sure[at.1]).count();
        let is_enough =
            Side::BOTH.into_iter().all(|side| n_doubted(side) >= LEAST_DOUBTED);
        let scores = match is_enough {
            true => scores(corpus, scorer, supporter, prior, &free),
            false => Vec::new(),
        };
        Chooser { supporter, free, is_sure, scores }
    }

    /// The pairs that choose each other with a lead over all others still free.
    fn pairs(self) -> Vec<Crossing> {
        let mut is_taken = self.free.as_ref().map(|passages| vec![false; passages.len()]);
        let mut pairs = Vec::new();
        for _ in 0..ROUNDS {
            let mut is_done = true;
            for (zh, en, lead) in choose(&self.scores, &is_taken) {
                let ((zh_passage, zh_rung), (en_passage, en_rung)) =
                    (self.free.zh[zh], self.free.en[en]);
                let is_sure = self.is_sure[zh_rung] || self.is_sure[en_rung];
                if zh_rung != en_rung && is_sure && lead < LEAST_LEAD_OVER_SURE {
                    continue;
                }
                is_done = false;
                (is_taken.zh[zh], is_taken.en[en]) = (true, true);
                let at = Pair::new(zh_passage, en_passage);
                let support = self.supporter.support(at.zh..at.zh + 1, at.en..at.en + 1);
                let is_same = self.supporter.define_the_same(at.zh, at.en) == Some(true);
                if is_same || support.share() >= LEAST_SHARE {
                    let probability = 1.0 / (1.0 + f64::from(-lead).exp());
                    pairs.push(Crossing { at, probability });
                }
            }
            if is_done {
                break;
            }
        }
        pairs.sort_unstable_by_key(|pair| pair.at.zh);
        pairs
    }
}

/// How much likelier the English words of a passage are beside each Chinese one, for those
/// that share a word; rows by Chinese passage.
fn scores(
    corpus: &Corpus,
    scorer: &Scorer<'_>,
    supporter: &Supporter<'_>,
    prior: TranslationRatios<'_>,
    free: &Pair<Vec<(usize, usize)>>,
) -> Vec<Vec<(usize, f32)>> {
    let texts = scorer.texts;
    let mut passages: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (column, &(passage, _)) in free.en.iter().enumerate() {
        let words = texts.en.words_of(passage).iter().map(|occurrence| occurrence.word);
        for word in words.filter(|&w| corpus.vocabulary.en.role(w) != Role::Function) {
            passages.entry(word).or_default().push(column);
        }
    }
    let mut span_ratios = SpanRatios::new(scorer.n_en_words());
    let mut row = vec![0.0f32; free.en.len()];
    // Of a row only what it touches is looked at: most passages share no word.
    let mut touched: Vec<usize> = Vec::new();
    let mut scores = Vec::with_capacity(free.zh.len());
    for &(passage, _) in &free.zh {
        span_ratios.clear();
        span_ratios.add(&texts.zh, passage, prior);
        let size = scorer.size(passage, 1);
        for &word in span_ratios.words() {
            let Some(columns) = passages.get(&word).filter(|at| at.len() <= FREQUENT)
            else {
                continue;
            };
            let gain = scorer.gain(word, span_ratios.sum(word), size);
            columns.iter().for_each(|&column| row[column] += gain);
            touched.extend(columns);
        }
        touched.sort_unstable();
        touched.dedup();
        let mut cells = Vec::new();
        for column in touched.drain(..) {
            let mut gain = std::mem::take(&mut row[column]);
            if gain <= 0.0 {
                continue;
            }
            let en = free.en[column].0;
            // Definitions name one another: the term that is defined says which one it is.
            if supporter.define_the_same(passage, en) == Some(true) {
                gain += SAME_TERM;
            }
            cells.push((column, gain + scorer.unexplained(en)));
        }
        scores.push(cells);
    }
    scores
}

/// The best score of a row or column, where it stands, and the second best.
#[derive(Clone, Copy)]
struct Best {
    at: usize,
    score: f32,
    second: f32,
}

impl Best {
    const NONE: Best =
        Best { at: usize::MAX, score: f32::NEG_INFINITY, second: f32::NEG_INFINITY };

    fn take(&mut self, at: usize, score: f32) {
        match score.total_cmp(&self.score) {
            Ordering::Greater => *self = Best { at, score, second: self.score },
            _ => self.second = self.second.max(score),
        }
    }

    fn lead(self) -> f32 {
        self.score - self.second
    }
}

/// The pairs that are best in their row and their column, with a lead in both; each with the
/// lesser lead.
fn choose(
    scores: &[Vec<(usize, f32)>],
    is_taken: &Pair<Vec<bool>>,
) -> Vec<(usize, usize, f32)> {
    let mut best = is_taken.as_ref().map(|passages| vec![Best::NONE; passages.len()]);
    for (row, cells) in scores.iter().enumerate().filter(|(row, _)| !is_taken.zh[*row]) {
        for &(column, score) in cells.iter().filter(|cell| !is_taken.en[cell.0]) {
            best.zh[row].take(column, score);
            best.en[column].take(row, score);
        }
    }
    let mut chosen = Vec::new();
    for (row, of_row) in best.zh.iter().enumerate() {
        let Some(of_column) = best.en.get(of_row.at).filter(|best| best.at == row) else {
            continue;
        };
        let lead = of_row.lead().min(of_column.lead());
        if lead >= LEAST_LEAD {
            chosen.push((row, of_row.at, lead));
        }
    }
    chosen
}

/// Beads that pairs cross, and these pairs.
struct Tangle {
    rungs: Range<usize>,
    pairs: Vec<Crossing>,
}

/// The parts of a run that pairs out of order tie together, if they are enough.
fn tangles(rungs: &[Rung], run: Range<usize>, pairs: &[Crossing]) -> Vec<Tangle> {
    let rung_of = |side: Side, passage: usize| {
        run.start
            + rungs[run.clone()]
                .partition_point(|r| r.bead.range.get(side).end <= passage)
    };
    // Beads that a pair goes over belong together, and so do pairs near each other.
    let mut spans: Vec<(Range<usize>, Crossing)> = pairs
        .iter()
        .map(|&pair| {
            let (zh, en) = (rung_of(Side::Zh, pair.at.zh), rung_of(Side::En, pair.at.en));
            (zh.min(en)..zh.max(en) + 1, pair)
        })
        .filter(|(span, _)| span.len() > 1)
        .collect();
    spans.sort_by_key(|(span, pair)| (span.start, pair.at.zh));
    let mut tangles: Vec<Tangle> = Vec::new();
    for (span, pair) in spans {
        match tangles.last_mut() {
            Some(last) if span.start <= last.rungs.end + APART => {
                last.rungs.end = last.rungs.end.max(span.end);
                last.pairs.push(pair);
            }
            _ => tangles.push(Tangle { rungs: span, pairs: vec![pair] }),
        }
    }
    tangles.retain(|tangle| tangle.pairs.len() >= LEAST_PAIRS);
    // A pair that is a bead as it stands belongs to the block that it stands in.
    for tangle in &mut tangles {
        let inside = |pair: &&Crossing| {
            let rung = rung_of(Side::Zh, pair.at.zh);
            rung == rung_of(Side::En, pair.at.en) && tangle.rungs.contains(&rung)
        };
        let in_place: Vec<Crossing> = pairs.iter().filter(inside).copied().collect();
        tangle.pairs.extend(in_place);
        tangle.pairs.sort_unstable_by_key(|pair| pair.at.zh);
    }
    tangles
}

/// The beads of a list sorted anew that stay in the ladder, and the list.
fn rebuild(
    rungs: &[Rung],
    pairs: &[Crossing],
    scorer: &Scorer<'_>,
) -> (Vec<Bead>, Block) {
    let range = Pair::new(Side::Zh, Side::En).map(|side| {
        let end = |rung: &Rung| rung.bead.range.get(side).end;
        let start = rungs.first().map_or(0, |rung| rung.bead.range.get(side).start);
        start..rungs.last().map_or(start, end)
    });
    let taken = Pair::new(Side::Zh, Side::En)
        .map(|side| pairs.iter().map(|pair| *pair.at.get(side)).collect());
    let mut fixed: Vec<(Anchor, Bead)> = rungs
        .iter()
        .filter(|rung| !rung.is_weak)
        .filter_map(|rung| without(rung, &taken))
        .map(|bead| (anchor(&bead, STAYS), bead))
        .collect();
    fixed.extend(pairs.iter().map(|pair| {
        let Pair { zh, en } = pair.at;
        let range = Pair::new(zh..zh + 1, en..en + 1);
        let rung = rungs.partition_point(|rung| rung.bead.range.zh.end <= zh);
        let in_place = rungs.get(rung).filter(|rung| rung.bead.range == range);
        let score = in_place.map_or(0.0, |rung| rung.bead.score).max(pair.probability);
        let bead = Bead { range, score };
        (anchor(&bead, 1.0), bead)
    }));
    fixed.sort_by_key(|(anchor, _)| anchor.at.zh);
    let anchors: Vec<Anchor> = fixed.iter().map(|(anchor, _)| *anchor).collect();
    let chain = heaviest_chain(&anchors, scorer.texts.en.len());
    let mut beads = Vec::new();
    let mut at = Pair::new(range.zh.start, range.en.start);
    for link in &chain {
        let known = fixed.binary_search_by_key(&link.at.zh, |(anchor, _)| anchor.at.zh);
        let Ok(known) = known else { continue };
        let bead = &fixed[known].1;
        alone(&mut beads, at.zh..bead.range.zh.start, at.en..bead.range.en.start);
        at = Pair::new(bead.range.zh.end, bead.range.en.end);
        beads.push(bead.clone());
    }
    alone(&mut beads, at.zh..range.zh.end, at.en..range.en.end);
    let is_in_order = |pair: &&Crossing| {
        chain.binary_search_by_key(&pair.at.zh, |anchor| anchor.at.zh).is_ok()
    };
    let crossings = pairs.iter().filter(|pair| !is_in_order(pair)).copied().collect();
    (beads, Block { range, crossings })
}

fn anchor(bead: &Bead, weight: f32) -> Anchor {
    Anchor { at: Pair::new(bead.range.zh.start, bead.range.en.start), weight }
}

/// A bead without the passages at its ends that pairs took; `None` if nothing is left of a
/// side.
fn without(rung: &Rung, taken: &Pair<FxHashSet<usize>>) -> Option<Bead> {
    let mut bead = rung.bead.clone();
    for side in Side::BOTH {
        let (range, taken) = (bead.range.get_mut(side), taken.get(side));
        while range.start < range.end && taken.contains(&range.start) {
            range.start += 1;
        }
        while range.start < range.end && taken.contains(&(range.end - 1)) {
            range.end -= 1;
        }
    }
    (!bead.range.zh.is_empty() && !bead.range.en.is_empty()).then_some(bead)
}

/// Adds passages without counterpart.
fn alone(beads: &mut Vec<Bead>, zh: Range<usize>, en: Range<usize>) {
    // Whether they have one elsewhere is not known.
    const SCORE: f64 = 0.5;
    let bead = |zh, en| Bead { range: Pair::new(zh, en), score: SCORE };
    let end = zh.end;
    beads.extend(zh.map(|at| bead(at..at + 1, en.start..en.start)));
    beads.extend(en.clone().map(|at| bead(end..end, at..at + 1)));
}

/// The pairs of lists that cross the ladder, as links over its beads, in the order of the
/// Chinese text. What speaks for them is yet to be collected.
pub(crate) fn links(blocks: &[Block], ladder: &[Bead]) -> Vec<Link> {
    let place = |side: Side, passage: usize| {
        ladder.partition_point(|bead| bead.range.get(side).end <= passage)
    };
    let crossings = blocks.iter().flat_map(|block| &block.crossings);
    crossings
        .map(|&Crossing { at: Pair { zh, en }, probability }| Link {
            places: Pair::new(place(Side::Zh, zh), place(Side::En, en)),
            bead: Bead { range: Pair::new(zh..zh + 1, en..en + 1), score: probability },
            evidence: Vec::new(),
        })
        .collect()
}

/// The beads of a ladder that each list covers.
pub(crate) fn places(blocks: &[Block], ladder: &[Bead]) -> Vec<Range<usize>> {
    let is_before = |block: &Block, bead: &Bead| {
        let Pair { zh, en } = &bead.range;
        zh.start < block.range.zh.start || en.start < block.range.en.start
    };
    let is_inside = |block: &Block, bead: &Bead| {
        let Pair { zh, en } = &bead.range;
        zh.end <= block.range.zh.end && en.end <= block.range.en.end
    };
    blocks
        .iter()
        .map(|block| {
            let start = ladder.partition_point(|bead| is_before(block, bead));
            start..ladder.partition_point(|bead| is_inside(block, bead))
        })
        .collect()
}

/// What the reader is told of the lists of a bitext, given as beads of its ladder.
pub fn notices(bitext: &Bitext, lists: &[Range<usize>]) -> Vec<Notice> {
    let notice = |list: &Range<usize>| {
        let beads = &bitext.ladder.beads()[list.clone()];
        let lines = |side: Side| {
            let segments = beads.iter().flat_map(|bead| bead.range.get(side).clone());
            let lines = segments.map(|at| bitext.documents.get(side).segments[at].lines);
            lines.reduce(|first, last| (first.0, last.1)).unwrap_or_default()
        };
        let links = bitext.links.iter();
        let tied = links.filter(|link| list.contains(&link.places.zh)).count();
        let in_order = beads.iter().filter(|bead| !bead.is_single()).count();
        Notice::SortedAnew {
            lines: Pair::new(lines(Side::Zh), lines(Side::En)),
            pairs: tied + in_order,
            alone: (beads.len() - in_order).saturating_sub(2 * tied),
        }
    };
    lists.iter().map(notice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(zh: Range<usize>, en: Range<usize>) -> Bead {
        Bead { range: Pair::new(zh, en), score: 0.9 }
    }

    #[test]
    fn the_second_best_decides_how_far_the_best_leads() {
        let mut best = Best::NONE;
        for (at, score) in [(0, 1.0), (1, 4.0), (2, 3.0)] {
            best.take(at, score);
        }
        assert_eq!((best.at, best.lead()), (1, 1.0));
    }

    #[test]
    fn what_two_claim_alike_is_chosen_by_neither() {
        let scores = vec![vec![(0, 5.0), (1, 1.0)], vec![(0, 5.0)], vec![(2, 3.0)]];
        let is_taken = Pair::new(vec![false; 3], vec![false; 3]);
        let chosen = choose(&scores, &is_taken);
        assert_eq!(chosen.iter().map(|c| (c.0, c.1)).collect::<Vec<_>>(), [(2, 2)]);
    }

    #[test]
    fn passages_alone_tile_what_lies_between() {
        let mut beads = vec![bead(0..1, 0..1)];
        alone(&mut beads, 1..3, 1..2);
        beads.push(bead(3..4, 2..3));
        crate::types::Ladder::new(beads, Pair::new(4, 3)).expect("the beads tile");
    }
}
