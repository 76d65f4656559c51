//! A second look at what was left alone: passages that stand elsewhere on the other side.
//!
//! A ladder cannot cross. Where an article was moved, the ladder leaves both of its places
//! alone; here they find each other. Passages pair one to one, by words, lengths and marks;
//! labels do not count, a moved article has another number.

use crate::align::lattice::add;
use crate::align::score::{Scorer, SpanRatios, TranslationRatios};
use crate::types::{Bead, Link, Pair, Side};

/// Most pairs that are looked at; beyond, the texts are not translations of each other.
const MOST: usize = 250_000;
/// Least probability of a moved passage.
const LEAST: f64 = 0.6;
/// Fewest Chinese characters of a passage that can be known again out of its place.
const LEAST_CHARS: f32 = 10.0;

/// The pairs among the Chinese and English passages left alone that choose each other, each
/// with its probability, in the order of the Chinese text. What speaks for them is yet to be
/// collected.
pub(crate) fn find(
    scorer: &Scorer<'_>,
    translation: TranslationRatios<'_>,
    ladder: &[Bead],
) -> Vec<Link> {
    let texts = scorer.texts;
    // A passage without counterpart is a bead of its own.
    let alone = |side: Side| {
        let beads = ladder.iter().enumerate();
        let alone =
            beads.filter(move |(_, bead)| bead.range.get(side.other()).is_empty());
        alone.map(move |(place, bead)| (place, bead.range.get(side).start))
    };
    let (zh_places, zh): (Vec<usize>, Vec<usize>) = alone(Side::Zh)
        .filter(|&(_, passage)| texts.zh.chars_of(passage, 1) >= LEAST_CHARS)
        .unzip();
    let (en_places, en): (Vec<usize>, Vec<usize>) = alone(Side::En)
        .filter(|&(_, passage)| texts.en.chars_of(passage, 1) >= 3.0 * LEAST_CHARS)
        .unzip();
    if zh.is_empty() || en.is_empty() || zh.len().saturating_mul(en.len()) > MOST {
        return Vec::new();
    }
    let scores = scores(scorer, translation, &zh, &en);
    let (n_zh, n_en) = (zh.len(), en.len());
    let row = |k: usize| (0..n_en).map(move |l| (l, k * n_en + l));
    let column = |l: usize| (0..n_zh).map(move |k| (k, k * n_en + l));
    (0..n_zh)
        .filter_map(|k| {
            let (l, by_zh) = best(row(k), &scores)?;
            let (back, by_en) = best(column(l), &scores)?;
            let score = by_zh.min(by_en);
            (back == k && score >= LEAST).then(|| Link {
                places: Pair::new(zh_places[k], en_places[l]),
                bead: Bead {
                    range: Pair::new(zh[k]..zh[k] + 1, en[l]..en[l] + 1),
                    score,
                },
                evidence: Vec::new(),
            })
        })
        .collect()
}

/// The score of each pair, row by row.
fn scores(
    scorer: &Scorer<'_>,
    translation: TranslationRatios<'_>,
    zh: &[usize],
    en: &[usize],
) -> Vec<f64> {
    let mut span_ratios = SpanRatios::new(scorer.n_en_words());
    let mut scores = Vec::with_capacity(zh.len() * en.len());
    for &zh in zh {
        span_ratios.clear();
        span_ratios.add(&scorer.texts.zh, zh, translation);
        let size = scorer.size(zh, 1);
        for &en in en {
            let words = scorer.weigh(scorer.words(&span_ratios, size, en));
            let frame = scorer.frame(zh, 1, en, 1) - scorer.fixed(zh, 1, en, 1);
            scores.push(f64::from(words + frame));
        }
    }
    scores
}

/// The best of some pairs, and its probability against the others and against none.
fn best(
    pairs: impl Iterator<Item = (usize, usize)>,
    scores: &[f64],
) -> Option<(usize, f64)> {
    let mut total = 0.0;
    let mut best: Option<(usize, f64)> = None;
    for (at, index) in pairs {
        let score = scores[index];
        total = add(total, score);
        if best.is_none_or(|best| score > best.1) {
            best = Some((at, score));
        }
    }
    best.map(|(at, score)| (at, (score - total).exp()))
}
