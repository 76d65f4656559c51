//! Where in a long document to look: passages that surely correspond, and a band around them.
//!
//! Small documents are searched whole. For the others, an inverted index over English words
//! finds for each Chinese passage the English one, near the [course](crate::align::course) of
//! the texts, that its words point to; pairs that choose each other form a chain, and the chain
//! a band. Of a frequent word only the occurrences nearest the course are followed, so the time
//! is linear whatever the text repeats.
//! An anchor never cuts: the band is wider than any doubt, and where the best ladder runs along
//! its edge it is widened and searched again.

use std::ops::Range;

use crate::align::band::Band;
use crate::align::corpus::{Corpus, Role};
use crate::align::course::{Course, interpolate};
use crate::align::hints::{Hint, Hints, LEAST_RATIO};
use crate::align::postings::Postings;
use crate::align::score::{Scorer, TranslationRatios};
use crate::align::threads::Threads;
use crate::types::Pair;

/// Places that are always searched whole.
const SMALL: usize = 10_000;
/// Places that are searched whole where the anchors leave a gap.
///
/// Source: of chapters of novels and statutes with 10,000 to 150,000 places the ladders are the
/// same, searched whole or inside a band, and a band takes a third of the time.
pub(crate) const WHOLE: usize = 150_000;
/// Passages of either side without an anchor that make a gap in a document of that size.
const GAP: usize = 40;
/// Passages to each side of an anchor that are searched.
const MARGIN: usize = 8;
/// The same between two anchors that are no further apart than [`DENSE`] passages.
///
/// Source: of novels and speeches the ladders are the same, and the band is half as wide.
const CLOSE_MARGIN: usize = 5;
/// Most passages of either side between two anchors that stand close together.
const DENSE: usize = 4;
/// Where one side of the space between two anchors is no longer than this, all of it is
/// searched; else a strip of this half width.
const STRIP: usize = 30;
/// A wider strip does not help either where this many passages have no anchor.
const HOPELESS: usize = 4_000;
/// A course that is uncertain by more passages than this is refined by a first chain of anchors.
const COARSE: usize = 200;
/// How far from that chain to look again.
const NEAR: usize = 60;
/// Passages that are looked at for one word: those nearest to where it is expected.
const POSTINGS: usize = 24;
/// English passages that are looked at for one Chinese passage, over all its words.
const WORK: usize = 720;
/// Share of a weight that is nearly as good.
const NEARLY: f32 = 0.999;
/// What no passage further than [`MARGIN`] from an anchor may reach, as a share of its weight:
/// where a text repeats itself, it is better to search all than to choose the wrong repetition.
const CLEAR: f32 = 0.95;
/// Passages within which an anchor must find another that agrees.
const SUPPORT: usize = 20;
/// How many passages two anchors that agree may be off.
const AGREEMENT: usize = 8;

/// Chinese passages whose candidates are looked at at one go.
const PIECE: usize = 256;

/// A pair of passages that surely correspond.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Anchor {
    pub(crate) at: Pair<usize>,
    pub(crate) weight: f32,
}

/// Is the document so small that all of it is searched, without a look for anchors?
pub(crate) fn is_small(len: Pair<usize>) -> bool {
    len.zh.saturating_mul(len.en) <= SMALL
}

/// Is the document small enough to be searched whole where the chain of anchors has a gap?
pub(crate) fn is_better_whole(len: Pair<usize>, anchors: &[Anchor]) -> bool {
    if len.zh.saturating_mul(len.en) > WHOLE {
        return false;
    }
    let ends = anchors.iter().map(|anchor| anchor.at).chain([len]);
    let starts =
        [Pair::new(0, 0)].into_iter().chain(anchors.iter().map(|anchor| anchor.at));
    starts.zip(ends).any(|(start, end)| (end.zh - start.zh).max(end.en - start.en) > GAP)
}

/// A chain of anchors, rising on both sides, near the course of the texts.
pub(crate) fn anchors(
    corpus: &Corpus,
    scorer: &Scorer<'_>,
    translation: TranslationRatios<'_>,
    threads: Threads,
) -> Vec<Anchor> {
    let postings = Postings::new(corpus, scorer.texts);
    let hints = Hints::new(corpus, scorer, translation, &postings, threads);
    let n_en = scorer.texts.en.len();
    let search = |expected: &[usize], within: usize| {
        let found =
            candidates(corpus, scorer, &hints, &postings, expected, within, threads);
        supported(heaviest_chain(&found, n_en))
    };
    let course = Course::new(corpus, scorer.texts, &hints, &postings, threads);
    let anchors = search(&course.passages, course.doubt);
    if course.doubt <= COARSE {
        return anchors;
    }
    let len = Pair::new(course.passages.len(), n_en);
    let expected = match anchors.is_empty() {
        true => course.passages,
        false => interpolate(anchors.iter().map(|anchor| anchor.at), len),
    };
    search(&expected, NEAR)
}

/// Pairs of passages that choose each other, among those no further than `within` from where
/// they are expected.
fn candidates(
    corpus: &Corpus,
    scorer: &Scorer<'_>,
    hints: &Hints,
    postings: &Postings,
    expected: &[usize],
    within: usize,
    threads: Threads,
) -> Vec<Anchor> {
    let (zh, en) = (&scorer.texts.zh, &scorer.texts.en);
    let scale: Vec<f32> = (0..en.len())
        .map(|passage| {
            let content = en
                .words_of(passage)
                .iter()
                .filter(|w| corpus.vocabulary.en.role(w.word) != Role::Function)
                .count();
            1.0 / (content.max(3) as f32).sqrt()
        })
        .collect();
    // The candidates of a passage with their weights.
    let weigh = |weights: &mut Weights, passage: usize, expected: usize| {
        let size = scorer.size(passage, 1);
        let mut work = 0;
        for &Hint { word, sum } in hints.of(passage) {
            if sum / size < LEAST_RATIO {
                continue;
            }
            let gain = scorer.gain(word, sum, size);
            for &candidate in postings.near(word, expected, POSTINGS) {
                if (candidate as usize).abs_diff(expected) <= within {
                    weights.add(candidate, gain);
                    work += 1;
                }
            }
            if work >= WORK {
                break;
            }
        }
        weights.finish(&scale);
    };
    let mut best_of_zh: Vec<Option<Anchor>> = Vec::with_capacity(zh.len());
    let mut best_of_en = Best::new(en.len());
    threads.each(
        expected.len(),
        PIECE,
        || (Weights::new(en.len()), Best::new(en.len())),
        |(weights, best_of_en), passages| {
            let best_of_zh = passages.map(|passage| {
                let expected = expected[passage];
                weigh(weights, passage, expected);
                for &(candidate, weight) in &weights.of_passage {
                    let off = candidate.abs_diff(expected);
                    best_of_en.offer(candidate, Choice { weight, off, passage });
                }
                clear_best(&weights.of_passage, expected)
                    .map(|(at, weight)| Anchor { at: Pair::new(passage, at), weight })
            });
            let best_of_zh: Vec<_> = best_of_zh.collect();
            (best_of_zh, best_of_en.drain())
        },
        |(of_zh, of_en)| {
            best_of_zh.extend(of_zh);
            of_en.into_iter().for_each(|(at, choice)| best_of_en.offer(at, choice));
        },
    );
    let is_chosen = |anchor: &Anchor| {
        best_of_en.of[anchor.at.en].is_some_and(|choice| choice.passage == anchor.at.zh)
    };
    best_of_zh.into_iter().flatten().filter(is_chosen).collect()
}

/// What the words of one Chinese passage say for English ones.
struct Weights {
    of_passage: Vec<(usize, f32)>,
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Weights {
    fn new(n_en: usize) -> Self {
        Self { of_passage: Vec::new(), sums: vec![0.0; n_en], touched: Vec::new() }
    }

    fn add(&mut self, candidate: u32, gain: f32) {
        let sum = &mut self.sums[candidate as usize];
        if *sum == 0.0 {
            self.touched.push(candidate);
        }
        *sum += gain;
    }

    /// Puts what was added in place of the passage before.
    fn finish(&mut self, scale: &[f32]) {
        let Self { of_passage, sums, touched } = self;
        of_passage.clear();
        of_passage.extend(touched.drain(..).map(|candidate| {
            let candidate = candidate as usize;
            (candidate, std::mem::take(&mut sums[candidate]) * scale[candidate])
        }));
    }
}

/// A Chinese passage that an English one may choose.
#[derive(Clone, Copy)]
struct Choice {
    weight: f32,
    /// How far from where it is expected.
    off: usize,
    passage: usize,
}

/// The best choice of each English passage so far.
struct Best {
    of: Vec<Option<Choice>>,
    touched: Vec<usize>,
}

impl Best {
    fn new(n_en: usize) -> Self {
        Self { of: vec![None; n_en], touched: Vec::new() }
    }

    fn offer(&mut self, candidate: usize, choice: Choice) {
        let best = &mut self.of[candidate];
        if best.is_none() {
            self.touched.push(candidate);
        }
        let Choice { weight, off, .. } = choice;
        let is_better = best.is_none_or(|best| {
            weight * NEARLY > best.weight
                || weight > best.weight * NEARLY && off < best.off
        });
        if is_better {
            *best = Some(choice);
        }
    }

    /// Takes all out.
    fn drain(&mut self) -> Vec<(usize, Choice)> {
        let taken =
            self.touched.drain(..).filter_map(|at| Some((at, self.of[at].take()?)));
        taken.collect()
    }
}

/// Of the candidates nearly as good as the best the one nearest to where it is expected, unless
/// one further off is hardly worse.
fn clear_best(weights: &[(usize, f32)], expected: usize) -> Option<(usize, f32)> {
    let most = weights.iter().map(|candidate| candidate.1).fold(0.0, f32::max);
    let (best, weight) = weights
        .iter()
        .copied()
        .filter(|&(_, weight)| weight > most * NEARLY)
        .min_by_key(|&(candidate, _)| (candidate.abs_diff(expected), candidate))?;
    let is_clear = |&(candidate, other): &(usize, f32)| {
        candidate.abs_diff(best) <= MARGIN || other <= weight * CLEAR
    };
    weights.iter().all(is_clear).then_some((best, weight))
}

/// The heaviest chain that rises on both sides (longest increasing subsequence with weights),
/// of candidates that rise on the Chinese side; `n_en` is one more than the last English place.
pub(crate) fn heaviest_chain(candidates: &[Anchor], n_en: usize) -> Vec<Anchor> {
    // A tree of best chain ends (Fenwick 1994) over English passages.
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); n_en + 1];
    let mut back = vec![usize::MAX; candidates.len()];
    let mut best = (0.0, usize::MAX);
    for (index, anchor) in candidates.iter().enumerate() {
        let mut before = (0.0, usize::MAX);
        let mut at = anchor.at.en;
        while at > 0 {
            if tree[at].0 > before.0 {
                before = tree[at];
            }
            at &= at - 1;
        }
        back[index] = before.1;
        let here = (before.0 + anchor.weight, index);
        let mut at = anchor.at.en + 1;
        while at <= n_en {
            if here.0 > tree[at].0 {
                tree[at] = here;
            }
            at += at & at.wrapping_neg();
        }
        if here.0 > best.0 {
            best = here;
        }
    }
    let mut chain = Vec::new();
    let mut at = best.1;
    while at != usize::MAX {
        chain.push(candidates[at]);
        at = back[at];
    }
    chain.reverse();
    chain
}

/// The anchors that another one near by bears out.
fn supported(chain: Vec<Anchor>) -> Vec<Anchor> {
    let agree = |a: &Anchor, b: &Anchor| {
        let (zh, en) = (b.at.zh - a.at.zh, b.at.en - a.at.en);
        zh <= SUPPORT && zh.abs_diff(en) <= AGREEMENT + zh / 2
    };
    let bears_out = |a: usize, b: usize| match (chain.get(a), chain.get(b)) {
        (Some(a), Some(b)) => agree(a, b),
        _ => false,
    };
    (0..chain.len())
        .filter(|&k| {
            bears_out(k, k + 1)
                || bears_out(k, k + 2)
                || k >= 1 && bears_out(k - 1, k)
                || k >= 2 && bears_out(k - 2, k)
        })
        .map(|k| chain[k])
        .collect()
}

/// The band around a chain of anchors; `strip` is how far it reaches where there are none, in
/// multiples of [`STRIP`].
pub(crate) fn band(len: Pair<usize>, anchors: &[Anchor], widen: usize) -> Band {
    let mut low = vec![u32::MAX; len.zh + 1];
    let mut high = vec![0u32; len.zh + 1];
    let mut cover = |row: usize, from: usize, to: usize, margin: usize| {
        low[row] = low[row].min(from.saturating_sub(margin) as u32);
        high[row] = high[row].max((to + margin).min(len.en) as u32);
    };
    let mut start = Pair::new(0, 0);
    let ends = anchors.iter().map(|anchor| anchor.at).chain([len]);
    for end in ends {
        let (rows, columns) = (end.zh - start.zh, end.en - start.en);
        let half = half_width(rows, columns) * widen;
        let margin = match rows.max(columns) <= DENSE {
            true => CLOSE_MARGIN * widen,
            false => MARGIN * widen,
        };
        for row in start.zh..=end.zh {
            if rows.min(columns) <= half {
                cover(row, start.en, end.en, margin);
            } else {
                let middle = |row: usize| start.en + (row - start.zh) * columns / rows;
                let from = middle(row).saturating_sub(half).max(start.en);
                let to = (middle((row + 1).min(end.zh)) + half).min(end.en);
                cover(row, from, to, margin);
            }
        }
        start = end;
    }
    Band::around(low, high, len)
}

/// The anchors of a stretch, counted from its beginning.
pub(crate) fn inside(anchors: &[Anchor], stretch: &Pair<Range<usize>>) -> Vec<Anchor> {
    let is_inside = |anchor: &&Anchor| {
        stretch.zh.contains(&anchor.at.zh) && stretch.en.contains(&anchor.at.en)
    };
    let counted = |anchor: &Anchor| {
        let at = anchor.at.map_sides(|side, at| at - stretch.get(side).start);
        Anchor { at, ..*anchor }
    };
    anchors.iter().filter(is_inside).map(counted).collect()
}

/// How far to each side of the straight line between two anchors to look: less where the two
/// sides of the space between them are as long as each other.
fn half_width(rows: usize, columns: usize) -> usize {
    let is_even = rows <= 2 * columns + 4 && columns <= 3 * rows + 4;
    if rows.max(columns) > HOPELESS {
        STRIP / 2
    } else if is_even {
        (3 + rows.max(columns) / 4).min(STRIP)
    } else {
        STRIP
    }
}

/// The anchors that a ladder, given as places, passes by no further than the margin.
pub(crate) fn passed_by(anchors: &[Anchor], places: &[(usize, usize)]) -> Vec<Anchor> {
    anchors
        .iter()
        .filter(|anchor| {
            let at = places.partition_point(|place| place.0 < anchor.at.zh);
            places[at.saturating_sub(1)..(at + 2).min(places.len())].iter().any(|place| {
                place.0.abs_diff(anchor.at.zh) <= 2 && place.1.abs_diff(anchor.at.en) <= 2
            })
        })
        .copied()
        .collect()
}

/// Does a ladder, given as places, run along an edge of the band that is no edge of the
/// documents?
pub(crate) fn touches(band: &Band, places: &[(usize, usize)], len: Pair<usize>) -> bool {
    places.iter().any(|&(zh, en)| {
        let at_low = en < band.low(zh) + 2 && band.low(zh) > 0;
        let at_high = en + 2 > band.high(zh) && band.high(zh) < len.en;
        at_low || at_high
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(zh: usize, en: usize, weight: f32) -> Anchor {
        Anchor { at: Pair::new(zh, en), weight }
    }

    #[test]
    fn the_heaviest_chain_leaves_out_what_crosses() {
        let candidates =
            [anchor(0, 0, 1.0), anchor(1, 9, 3.0), anchor(2, 2, 2.0), anchor(3, 3, 2.0)];
        let chain = heaviest_chain(&candidates, 10);
        assert_eq!(chain.iter().map(|a| a.at.en).collect::<Vec<_>>(), [0, 2, 3]);
    }

    #[test]
    fn an_anchor_far_from_all_others_is_dropped() {
        let chain = vec![anchor(0, 0, 1.0), anchor(2, 3, 1.0), anchor(10, 200, 1.0)];
        assert_eq!(supported(chain).len(), 2);
    }

    #[test]
    fn a_document_of_middling_size_is_searched_whole_where_anchors_leave_a_gap() {
        let len = Pair::new(300, 320);
        let every =
            |step: usize| (0..300).step_by(step).map(|k| anchor(k, k, 1.0)).collect();
        let (dense, sparse): (Vec<Anchor>, Vec<Anchor>) = (every(20), every(60));
        assert!(!is_better_whole(len, &dense));
        assert!(is_better_whole(len, &sparse));
        assert!(is_better_whole(len, &[]));
        assert!(!is_better_whole(Pair::new(3_000, 3_000), &[]), "too large for that");
    }

    #[test]
    fn the_band_is_linear_in_the_longer_side() {
        for len in [Pair::new(20_000, 2_000), Pair::new(2_000, 20_000)] {
            let area = band(len, &[], 1).area();
            assert!(area < 120 * (len.zh + len.en), "{area}");
        }
    }
}
