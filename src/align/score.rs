//! The score of a bead: a sum of named features, in nats, higher is better.
//!
//! * **words**: for each English word, the logarithm of how much likelier it is beside these
//!   Chinese words than anywhere (IBM Model 1 as a likelihood ratio), content and function
//!   words weighed apart, things mentioned weighed more;
//! * **crossing**: for beads of several passages on both sides, how much a clause beside the
//!   best border inside them is likelier on the wrong side of it: such a bead is one;
//! * **length**: twice, as a Gaussian (Gale & Church 1993) and as a logarithm of the ratio;
//! * **type**: how many passages stand on each side;
//! * **boundary**: the closing marks of both sides, quotes at the edges, speech left open;
//! * **structure**: labels, the units around, the kind of passage ([`structure`]).
//!
//! Passages without counterpart have a type and a weight by length, or are taken in a run with
//! one price for the whole omission (see [`Gap`]).

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::align::corpus::{Corpus, IndexedSide, Occurrence, Role};
use crate::align::structure;
use crate::align::translation::Table;
use crate::align::weights::{self, Weights, is_bead, max_en};
use crate::types::Pair;

/// What an English word without a source among the Chinese words is worth, before the
/// logarithm. The rest is shared out by the ratio.
const UNEXPLAINED: f32 = 0.3;
/// The same for a word that always has a capital and for which the lexicon has no source: only
/// a reader who knows a foreign name recognises it by its sound.
///
/// Source: lists of biblical names were taken for omissions. Over all verses of the Bible in 31
/// parts .3, .5, .7 and .9 have F1 .958, .960, .959, .959; for novels and speeches none of them
/// changes a bead.
const UNEXPLAINED_NAME: f32 = 0.5;
/// A Chinese word is a source of an English word if it gives rise to at least this many
/// occurrences of it.
const SOURCE: f32 = 0.05;
/// Highest ratio that one English word can bring.
const RATIO_CAP: f32 = 50.0;
/// Least that the Gaussian length feature can be.
const GAUSS_FLOOR: f32 = -20.0;
/// Characters added to both lengths before their ratio is taken.
const LENGTH_SMOOTHING: f32 = 3.0;
/// How many times a content word a mention weighs.
const MENTION_WEIGHT: f32 = 3.0;

/// Most Chinese characters, or as many English ones as stand for them, that make a passage
/// without counterpart dearer or cheaper: the gold holds no long ones.
const ALONE_CAP: f32 = 50.0;
/// Least that the content and function words of one English passage can say, before they are
/// weighed: however little is explained, it may be a free translation.
const WORDS_FLOOR: Words = [-14.0, -10.0];

/// Most that a crossing clause can say, in nats of content words.
const CROSSING_CAP: f32 = 12.0;

/// Price of an omission: passages in a row without counterpart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gap {
    /// For the run, in nats.
    pub(crate) open: f64,
    /// For each passage in it, in nats.
    pub(crate) each: f64,
}

/// What each Chinese passage itself taught the table, to be held out when it is scored.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeldOutCounts {
    starts: Vec<u32>,
    cells: Vec<(u32, f32)>,
}

impl HeldOutCounts {
    /// From cells of (passage, English word, ratio), sorted; those of the same two are added.
    pub(crate) fn new(
        n_passages: usize,
        sorted: impl ExactSizeIterator<Item = (u32, u32, f32)>,
    ) -> Self {
        let mut cells: Vec<(u32, f32)> = Vec::with_capacity(sorted.len());
        let mut starts = Vec::with_capacity(n_passages + 1);
        starts.push(0);
        let mut rest = sorted.peekable();
        for passage in 0..n_passages as u32 {
            let first = cells.len();
            while let Some((_, word, ratio)) = rest.next_if(|cell| cell.0 == passage) {
                match cells[first..].last_mut() {
                    Some(last) if last.0 == word => last.1 += ratio,
                    _ => cells.push((word, ratio)),
                }
            }
            starts.push(u32::try_from(cells.len()).unwrap_or(u32::MAX));
        }
        HeldOutCounts { starts, cells }
    }

    /// The English words that a passage taught, each with its ratio.
    fn counts(&self, passage: usize) -> &[(u32, f32)] {
        match self.starts.get(passage + 1) {
            Some(&end) => &self.cells[self.starts[passage] as usize..end as usize],
            None => &[],
        }
    }
}

/// How likely a Chinese word is translated by an English one: the table, less what each passage
/// taught it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TranslationRatios<'a> {
    /// Association ratios.
    pub(crate) table: &'a Table,
    /// What each Chinese passage taught; `None` where nothing was learned yet.
    pub(crate) held_out: Option<&'a HeldOutCounts>,
}

/// The ratio of each English word beside a growing span of Chinese passages.
#[derive(Debug)]
pub(crate) struct SpanRatios {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl SpanRatios {
    pub(crate) fn new(n_en_words: usize) -> Self {
        SpanRatios { sums: vec![0.0; n_en_words], touched: Vec::new() }
    }

    /// Forgets the span.
    pub(crate) fn clear(&mut self) {
        for &word in &self.touched {
            self.sums[word as usize] = 0.0;
        }
        self.touched.clear();
    }

    /// Adds a passage to the span.
    pub(crate) fn add(
        &mut self,
        zh: &IndexedSide,
        passage: usize,
        translation: TranslationRatios<'_>,
    ) {
        for occurrence in zh.words_of(passage) {
            for &(word, ratio) in translation.table.row(occurrence.word) {
                let sum = &mut self.sums[word as usize];
                if *sum == 0.0 {
                    self.touched.push(word);
                }
                *sum += ratio;
            }
        }
        for &(word, ratio) in
            translation.held_out.map_or(&[][..], |held_out| held_out.counts(passage))
        {
            let sum = &mut self.sums[word as usize];
            // Never 0, which would mean that the word is not in the span yet.
            *sum = (*sum - ratio).max(f32::MIN_POSITIVE);
        }
    }

    /// Adds a passage whose ratios are known already.
    pub(crate) fn add_ratios(&mut self, ratios: &[(u32, f32)]) {
        for &(word, ratio) in ratios {
            let sum = &mut self.sums[word as usize];
            if *sum == 0.0 {
                self.touched.push(word);
            }
            *sum += ratio;
        }
    }

    /// The English words that the span may give rise to.
    pub(crate) fn words(&self) -> &[u32] {
        &self.touched
    }

    /// The sum of the ratios of an English word.
    pub(crate) fn sum(&self, word: u32) -> f32 {
        self.sums[word as usize]
    }
}

/// The ratios of single Chinese passages, limited to the English words that occur in a window of
/// the English text, which glides along.
///
/// A passage belongs to many spans; what is far from it is skipped once, not once for each span.
#[derive(Debug)]
pub(crate) struct WindowRatios<'a> {
    translation: TranslationRatios<'a>,
    /// For each cell of the table whether its words ever met, if that is asked for.
    met: Option<&'a [AtomicBool]>,
    /// How often each English word stands in the window.
    present: Vec<u32>,
    window: Range<usize>,
    span_ratios: SpanRatios,
    /// The passages from `first` on.
    kept: VecDeque<Vec<(u32, f32)>>,
    first: usize,
}

impl<'a> WindowRatios<'a> {
    pub(crate) fn new(translation: TranslationRatios<'a>, n_en_words: usize) -> Self {
        WindowRatios {
            translation,
            met: None,
            present: vec![0; n_en_words],
            window: 0..0,
            span_ratios: SpanRatios::new(n_en_words),
            kept: VecDeque::new(),
            first: 0,
        }
    }

    /// The same, which marks each cell of the table whose English word was in the window of a
    /// passage with its Chinese word.
    pub(crate) fn marking(
        translation: TranslationRatios<'a>,
        n_en_words: usize,
        met: &'a [AtomicBool],
    ) -> Self {
        WindowRatios { met: Some(met), ..Self::new(translation, n_en_words) }
    }

    /// Prepares the passages of a range. Neither the ranges of one call after the other nor the
    /// windows of the passages may go back.
    pub(crate) fn cover(
        &mut self,
        texts: &Pair<IndexedSide>,
        range: Range<usize>,
        window: impl Fn(usize) -> Range<usize>,
    ) {
        let n_passed = range.start.saturating_sub(self.first);
        self.kept.drain(..n_passed.min(self.kept.len()));
        self.first += n_passed;
        for passage in self.first + self.kept.len()..range.end {
            self.glide(&texts.en, window(passage));
            let words = self.read(&texts.zh, passage);
            self.kept.push_back(words);
        }
    }

    /// The ratios of a passage that is prepared.
    pub(crate) fn ratios(&self, passage: usize) -> &[(u32, f32)] {
        &self.kept[passage - self.first]
    }

    fn glide(&mut self, en: &IndexedSide, window: Range<usize>) {
        // Counts, not flags: a word stands in several passages, which leave one by one.
        for passage in self.window.end.max(window.start)..window.end {
            en.words_of(passage).iter().for_each(|w| self.present[w.word as usize] += 1);
        }
        for passage in self.window.start..window.start.min(self.window.end) {
            en.words_of(passage).iter().for_each(|w| self.present[w.word as usize] -= 1);
        }
        self.window = window;
    }

    fn read(&mut self, zh: &IndexedSide, passage: usize) -> Vec<(u32, f32)> {
        let SpanRatios { sums, touched } = &mut self.span_ratios;
        for occurrence in zh.words_of(passage) {
            for (cell, &(word, ratio)) in
                self.translation.table.row_cells(occurrence.word)
            {
                if self.present[word as usize] > 0 {
                    if let Some(met) = self.met {
                        met[cell as usize].store(true, Ordering::Relaxed);
                    }
                    let sum = &mut sums[word as usize];
                    if *sum == 0.0 {
                        touched.push(word);
                    }
                    *sum += ratio;
                }
            }
        }
        for &(word, ratio) in
            self.translation.held_out.map_or(&[][..], |held_out| held_out.counts(passage))
        {
            let sum = &mut sums[word as usize];
            // A word outside the window was skipped above and has no sum to reduce.
            if *sum > 0.0 {
                *sum = (*sum - ratio).max(f32::MIN_POSITIVE);
            }
        }
        let words = touched.iter().map(|&word| (word, sums[word as usize])).collect();
        self.span_ratios.clear();
        words
    }
}

/// ln of a positive number: the exponent, and the series of atanh for a mantissa around 1.
///
/// Faster than the exact one, to seven digits as good, and the same on every machine.
fn logarithm(x: f32) -> f32 {
    const ROOT_HALF: u32 = 0x3F35_04F3;
    let bits = x.to_bits().wrapping_sub(ROOT_HALF);
    let exponent = (bits.cast_signed() >> 23) as f32;
    let mantissa = f32::from_bits((bits & 0x007F_FFFF) + ROOT_HALF);
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let series = 1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0)));
    exponent * std::f32::consts::LN_2 + 2.0 * s * series
}

/// Content and function part of the word feature.
pub(crate) type Words = [f32; 2];

/// Most Chinese passages of a bead inside which clauses are looked at.
pub(crate) const MAX_CROSSED: usize = weights::MAX_ZH;

/// Scores beads of one document.
#[derive(Debug)]
pub(crate) struct Scorer<'a> {
    pub(crate) texts: &'a Pair<IndexedSide>,
    weights: Vec<f32>,
    /// English characters for each Chinese one.
    ratio: f32,
    /// For each English word.
    parts: &'a [Part],
    /// The English words of all passages, without what else is known of them.
    en_words: Vec<u32>,
    /// What each English passage is worth unexplained.
    base: Vec<Words>,
    pub(crate) gap: Gap,
    has_structure: bool,
    logarithms: Vec<f32>,
}

/// How an English word counts in the word feature.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// In which of the [`Words`].
    index: usize,
    /// How often.
    times: f32,
    /// That it has a source, to that it has none.
    odds: f32,
    /// What it is worth unexplained.
    base: f32,
}

impl Part {
    /// How much likelier the word is where the sum of its ratios is `sum` beside `size` Chinese
    /// words: the logarithm of the smoothed ratio, less that of an unexplained word.
    fn gain(self, sum: f32, size: f32) -> f32 {
        logarithm(self.factor(sum / size))
    }

    /// The same without the logarithm, of a ratio.
    fn factor(self, ratio: f32) -> f32 {
        1.0 + self.odds * ratio.min(RATIO_CAP)
    }
}

/// The logarithm of a product, taken once for many factors.
#[derive(Clone, Copy)]
struct Factors {
    product: f32,
    /// The logarithm of the factors that the product does not hold any more.
    before: f32,
}

impl Factors {
    const ONE: Factors = Factors { product: 1.0, before: 0.0 };
    /// Beyond this the logarithm is taken: even the cube of the greatest factor, which is
    /// 5 million, leaves the product finite.
    const MOST: f32 = 1e30;

    fn multiply(&mut self, factor: f32, times: f32) {
        self.product *= factor;
        // Only what is mentioned counts more than once.
        if times > 1.0 {
            (1..times as u32).for_each(|_| self.product *= factor);
        }
        if self.product > Self::MOST {
            *self = Factors { product: 1.0, before: self.logarithm() };
        }
    }

    fn logarithm(self) -> f32 {
        self.before + logarithm(self.product)
    }
}

/// How each English word counts, where Chinese words give rise to as many of them as `prior`
/// says.
pub(crate) fn parts_of(corpus: &Corpus, prior: &Table) -> Vec<Part> {
    let Pair { zh, en } = &corpus.vocabulary;
    let mut has_source = vec![false; en.len()];
    for &(word, times) in (0..zh.len() as u32).flat_map(|word| prior.row(word)) {
        has_source[word as usize] |= times >= SOURCE;
    }
    let part = |(word, has_source): (u32, bool)| {
        let (index, times) = match en.role(word) {
            Role::Content | Role::Name => (0, 1.0),
            Role::Function => (1, 1.0),
            Role::Mention(_) => (0, MENTION_WEIGHT),
        };
        let is_name = index == 0 && en.is_capital(word) && !has_source;
        let unexplained = if is_name { UNEXPLAINED_NAME } else { UNEXPLAINED };
        let odds = (1.0 - unexplained) / unexplained;
        Part { index, times, odds, base: -times * (1.0 + odds).ln() }
    };
    (0..).zip(has_source).map(part).collect()
}

impl<'a> Scorer<'a> {
    pub(crate) fn new(
        texts: &'a Pair<IndexedSide>,
        parts: &'a [Part],
        weights: &Weights,
        ratio: f32,
        gap: Gap,
    ) -> Self {
        let base = (0..texts.en.len())
            .map(|passage| {
                let mut base = [0.0; 2];
                for occurrence in texts.en.words_of(passage) {
                    let part = parts[occurrence.word as usize];
                    base[part.index] += part.base;
                }
                base
            })
            .collect();
        Scorer {
            texts,
            weights: weights.0.iter().map(|&w| w as f32).collect(),
            ratio,
            parts,
            en_words: texts.en.words.iter().map(|word| word.word).collect(),
            base,
            gap,
            has_structure: structure::is_worth_it(texts),
            logarithms: (0..2048).map(|n| (n as f32 + LENGTH_SMOOTHING).ln()).collect(),
        }
    }

    /// The words of an English passage.
    fn en_words_of(&self, passage: usize) -> &[u32] {
        let starts = &self.texts.en.starts;
        &self.en_words[starts[passage] as usize..starts[passage + 1] as usize]
    }

    /// The word feature of an English passage beside a Chinese span of `size` words.
    pub(crate) fn words(
        &self,
        span_ratios: &SpanRatios,
        size: f32,
        en_passage: usize,
    ) -> Words {
        let mut factors = [Factors::ONE; 2];
        let share = 1.0 / size;
        for &word in self.en_words_of(en_passage) {
            let sum = span_ratios.sums[word as usize];
            if sum > 0.0 {
                let part = self.parts[word as usize];
                factors[part.index].multiply(part.factor(sum * share), part.times);
            }
        }
        let base = self.base[en_passage];
        let words = [base[0] + factors[0].logarithm(), base[1] + factors[1].logarithm()];
        // However little is explained, the passage may be a free translation.
        [words[0].max(WORDS_FLOOR[0]), words[1].max(WORDS_FLOOR[1])]
    }

    /// How strongly clauses cross the best of all borders that could part a bead, in nats of
    /// content words: 0 where the bead may well be two.
    ///
    /// `ratios` holds for each Chinese passage of the bead the ratio of each English word. A
    /// clause crosses where it stands on one side of a border and its words are likelier
    /// beside the passages on the other.
    pub(crate) fn crossing(
        &self,
        ratios: &[Vec<f32>],
        zh: usize,
        en: Range<usize>,
    ) -> f32 {
        let n_zh = ratios.len();
        let mut least = f32::INFINITY;
        for k in 1..n_zh {
            let sizes = (self.size(zh, k), self.size(zh + k, n_zh - k));
            // How much likelier a clause is before the border than behind it.
            let before = |clause: &[Occurrence]| -> f32 {
                let gains = clause.iter().map(|occurrence| {
                    let word = occurrence.word as usize;
                    let part = self.parts[word];
                    // Function words fit either side of any border.
                    if part.index > 0 {
                        return 0.0;
                    }
                    let sum = |ratios: &[Vec<f32>]| ratios.iter().map(|r| r[word]).sum();
                    let (left, right): (f32, f32) =
                        (sum(&ratios[..k]), sum(&ratios[k..]));
                    part.times * (part.gain(left, sizes.0) - part.gain(right, sizes.1))
                });
                gains.sum()
            };
            for border in en.start + 1..en.end {
                let behind = before(self.texts.en.first_clause(border)).max(0.0);
                let ahead = (-before(self.texts.en.last_clause(border - 1))).max(0.0);
                least = least.min(behind + ahead);
            }
        }
        if least.is_finite() { least.min(CROSSING_CAP) } else { 0.0 }
    }

    /// What the content words of an English passage are worth unexplained, in nats.
    pub(crate) fn unexplained(&self, en_passage: usize) -> f32 {
        self.base[en_passage][0]
    }

    /// Do labels and kinds count in the score?
    pub(crate) fn has_structure(&self) -> bool {
        self.has_structure
    }

    /// The word feature, weighed.
    pub(crate) fn weigh(&self, words: Words) -> f32 {
        self.weights[weights::CONTENT] * words[0]
            + self.weights[weights::FUNCTION] * words[1]
    }

    /// What a clause that crosses is worth.
    pub(crate) fn weigh_crossing(&self, crossing: f32) -> f32 {
        self.weights[weights::CROSSING] * crossing
    }

    /// How much likelier an English word is where the sum of its ratios is `sum` beside `size`
    /// Chinese words than unexplained, in nats.
    pub(crate) fn gain(&self, en_word: u32, sum: f32, size: f32) -> f32 {
        self.parts[en_word as usize].gain(sum, size)
    }

    /// What that is worth in the score.
    pub(crate) fn worth(&self, en_word: u32, sum: f32, size: f32) -> f32 {
        let part = self.parts[en_word as usize];
        let mut words = [0.0; 2];
        words[part.index] = part.times * part.gain(sum, size);
        self.weigh(words)
    }

    /// How many English words the documents have.
    pub(crate) fn n_en_words(&self) -> usize {
        self.parts.len()
    }

    /// The number of words of a Chinese span, at least one.
    pub(crate) fn size(&self, zh: usize, n_zh: usize) -> f32 {
        self.texts.zh.size_of(zh, n_zh).max(1.0)
    }

    /// As how many passages a Chinese span counts, soft ones inside not counted; `None` when it
    /// is too long for a bead.
    pub(crate) fn zh_count(&self, zh: usize, n_zh: usize) -> Option<usize> {
        if zh + n_zh > self.texts.zh.len() {
            return None;
        }
        let count = self.texts.zh.count_of(zh, n_zh);
        (count <= weights::MAX_ZH && n_zh - count <= weights::MAX_SOFT).then_some(count)
    }

    /// The same on the English side, against `zh_count` Chinese passages.
    pub(crate) fn en_count(
        &self,
        en: usize,
        n_en: usize,
        zh_count: usize,
    ) -> Option<usize> {
        let count = self.texts.en.count_of(en, n_en);
        (count <= max_en(zh_count) && n_en - count <= weights::MAX_SOFT).then_some(count)
    }

    /// All but the words.
    pub(crate) fn frame(&self, zh: usize, n_zh: usize, en: usize, n_en: usize) -> f32 {
        let mut score = self.fixed(zh, n_zh, en, n_en);
        self.frame_features(zh, n_zh, en, n_en, |index, value| {
            score += self.weights[index] * value;
        });
        score
    }

    /// What is not learned from gold: labels and kinds.
    pub(crate) fn fixed(&self, zh: usize, n_zh: usize, en: usize, n_en: usize) -> f32 {
        if self.has_structure {
            let counts =
                (self.texts.zh.count_of(zh, n_zh), self.texts.en.count_of(en, n_en));
            structure::score(
                &self.texts.zh.frames[zh..zh + n_zh],
                &self.texts.en.frames[en..en + n_en],
                counts,
            )
        } else {
            0.0
        }
    }

    /// The features that are weighed, but the words: each as its index and value.
    pub(crate) fn frame_features(
        &self,
        zh: usize,
        n_zh: usize,
        en: usize,
        n_en: usize,
        mut tell: impl FnMut(usize, f32),
    ) {
        let counts = (self.texts.zh.count_of(zh, n_zh), self.texts.en.count_of(en, n_en));
        tell(weights::type_index(counts.0, counts.1), 1.0);
        let en_chars = self.texts.en.chars_of(en, n_en);
        let zh_chars = self.texts.zh.chars_of(zh, n_zh);
        if n_en == 0 {
            tell(weights::ALONE_ZH, zh_chars.min(ALONE_CAP));
            return;
        }
        if n_zh == 0 {
            tell(weights::ALONE_EN, (en_chars / self.ratio).min(ALONE_CAP));
            return;
        }
        // The squared difference over a variance that grows with the length (Gale & Church).
        let expected = self.ratio * zh_chars;
        let off = en_chars - expected;
        tell(
            weights::GAUSS,
            (-0.5 * off * off / (en_chars + expected + 1.0)).max(GAUSS_FLOOR),
        );
        let ratio = self.logarithm(en_chars) - self.logarithm(expected);
        tell(weights::RATIO, -ratio.abs());
        let last =
            (&self.texts.zh.frames[zh + n_zh - 1], &self.texts.en.frames[en + n_en - 1]);
        let first = (&self.texts.zh.frames[zh], &self.texts.en.frames[en]);
        tell(weights::closing_index(last.0.closing, last.1.closing), 1.0);
        tell(
            weights::opens_index(first.0.opens_with_quote, first.1.opens_with_quote),
            1.0,
        );
        tell(
            weights::closes_index(last.0.closes_with_quote, last.1.closes_with_quote),
            1.0,
        );
        tell(weights::speech_index(last.0.in_speech, last.1.in_speech), 1.0);
    }

    /// ln of a length, smoothed.
    fn logarithm(&self, chars: f32) -> f32 {
        let whole = chars as usize;
        match (self.logarithms.get(whole), self.logarithms.get(whole + 1)) {
            (Some(below), Some(above)) => {
                below + (above - below) * (chars - whole as f32)
            }
            _ => (chars + LENGTH_SMOOTHING).ln(),
        }
    }
}

/// The Chinese spans that begin at `zh`: their length, and as how many passages they count.
pub(crate) fn zh_spans(scorer: &Scorer<'_>, zh: usize) -> Vec<(usize, usize)> {
    (1..).map_while(|n_zh| Some((n_zh, scorer.zh_count(zh, n_zh)?))).collect()
}

/// May the two counts form a bead?
pub(crate) fn may_pair(zh_count: usize, en_count: usize) -> bool {
    is_bead(zh_count, en_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_of_many_factors_is_the_sum_of_theirs() {
        let mut factors = Factors::ONE;
        for _ in 0..500 {
            factors.multiply(117.0, 1.0);
            factors.multiply(50.0, 3.0);
        }
        let sum = 500.0 * (117f32.ln() + 3.0 * 50f32.ln());
        assert!((factors.logarithm() / sum - 1.0).abs() < 1e-5);
    }

    #[test]
    fn the_fast_logarithm_is_the_logarithm() {
        for k in 1..10_000 {
            let x = k as f32 * 0.02;
            assert!((logarithm(x) - x.ln()).abs() < 1e-5, "{x}");
        }
    }
}
