//! Which English words of a document each Chinese passage lets expect, read once and asked by
//! all that look for where the text goes.

use crate::align::corpus::Corpus;
use crate::align::postings::Postings;
use crate::align::score::{Scorer, SpanRatios, TranslationRatios};
use crate::align::threads::Threads;
use crate::align::translation::Table;

/// A word may lead to an anchor if its ratio is at least this.
pub(crate) const LEAST_RATIO: f32 = 2.0;
/// How often a word must be expected beside a Chinese passage to vote for the course: too many
/// words reach less, which tells nothing.
pub(crate) const LEAST_TIMES: f32 = 0.4;

/// Cells with a lower ratio are not read, unless they let expect [`LEAST_SHARE`] of the word.
const LEAST_CELL: f32 = 4.0;
/// How much of a word a Chinese one must let expect to be read whatever the ratio.
const LEAST_SHARE: f32 = 0.1;

/// Passages that are read at one go.
const PIECE: usize = 256;

/// An English word that a Chinese passage lets expect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hint {
    pub(crate) word: u32,
    /// The sum of its ratios over the words of the passage.
    pub(crate) sum: f32,
}

/// The hints of all Chinese passages of a document.
#[derive(Debug)]
pub(crate) struct Hints {
    /// For each English word how often it is expected for a ratio of one.
    shares: Vec<f32>,
    starts: Vec<u32>,
    hints: Vec<Hint>,
}

impl Hints {
    /// Those that stand in the English text and say enough for the course or for an anchor; of
    /// each passage the rarest first.
    pub(crate) fn new(
        corpus: &Corpus,
        scorer: &Scorer<'_>,
        translation: TranslationRatios<'_>,
        postings: &Postings,
        threads: Threads,
    ) -> Self {
        let zh = &scorer.texts.zh;
        let fertility = corpus.fertility();
        let words = 0..corpus.vocabulary.en.len() as u32;
        let shares = words.map(|word| fertility * corpus.share(word)).collect();
        let hints = Hints { shares, starts: Vec::new(), hints: Vec::new() };
        let telling = hints.telling(translation.table, postings);
        let translation = TranslationRatios { table: &telling, held_out: None };
        let of_passage = |span_ratios: &mut SpanRatios, passage: usize| {
            span_ratios.clear();
            span_ratios.add(zh, passage, translation);
            let size = scorer.size(passage, 1);
            let says_enough = |word: u32| {
                let sum = span_ratios.sum(word);
                sum >= LEAST_RATIO * size || hints.times(word, sum) >= LEAST_TIMES
            };
            // Count and word in one number sort fastest.
            let words = span_ratios.words().iter().filter(|&&word| says_enough(word));
            let mut words: Vec<u64> = words
                .map(|&word| {
                    (postings.passages_with(word).len() as u64) << 32 | u64::from(word)
                })
                .collect();
            words.sort_unstable();
            let hint = |&word: &u64| {
                let word = word as u32;
                Hint { word, sum: span_ratios.sum(word) }
            };
            words.iter().map(hint).collect::<Vec<Hint>>()
        };
        let (mut starts, mut all) = (vec![0], Vec::new());
        threads.each(
            zh.len(),
            PIECE,
            || SpanRatios::new(corpus.vocabulary.en.len()),
            |span_ratios, passages| {
                passages.map(|p| of_passage(span_ratios, p)).collect::<Vec<_>>()
            },
            |of_passages| {
                for hints in of_passages {
                    all.extend(hints);
                    starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
                }
            },
        );
        Hints { starts, hints: all, ..hints }
    }

    /// Those of a passage, the rarest first.
    pub(crate) fn of(&self, passage: usize) -> &[Hint] {
        &self.hints[self.starts[passage] as usize..self.starts[passage + 1] as usize]
    }

    /// How often a word with this sum of ratios is expected in the translation.
    pub(crate) fn times(&self, word: u32, sum: f32) -> f32 {
        sum * self.shares[word as usize]
    }

    /// The cells of a table that may say enough, of words that stand in the text: the few whose
    /// ratio is high, or that let expect the word often.
    fn telling(&self, ratios: &Table, postings: &Postings) -> Table {
        // The ratio from which on a cell of each English word is kept.
        let least: Vec<f32> = (0..)
            .zip(&self.shares)
            .map(|(word, share)| match postings.passages_with(word).is_empty() {
                true => f32::INFINITY,
                false => LEAST_CELL.min(LEAST_SHARE / share),
            })
            .collect();
        ratios.filtered(|&(word, ratio)| ratio >= least[word as usize])
    }
}
