//! How much of a bead its words explain.
//!
//! For each English word of content: how much likelier it is beside the Chinese of the bead
//! than unexplained, and how much likelier it would be if one of the Chinese words surely gave
//! rise to it. The share that is reached does not depend on how long a bead is, nor on how rare
//! words are in a short document: half in a law, a third in a novel, a tenth where the two sides
//! have nothing to do with each other.

use std::ops::Range;

use crate::align::corpus::{Corpus, IndexedSide, Occurrence, Role};
use crate::align::definition::{agree, defined};
use crate::align::score::{Scorer, SpanRatios, TranslationRatios};
use crate::align::structure;
use crate::types::{Pair, Side};

/// What equal labels are worth beside words, in nats of content words.
const LABEL: f32 = 8.0;

/// What speaks for a bead by its words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Support {
    /// What the words that are explained say for the bead, in nats.
    pub(crate) gained: f32,
    /// What all words would say if each had a sure source, in nats.
    pub(crate) possible: f32,
    /// The share that is explained of the half of the English that is explained least.
    pub(crate) lesser_half: f32,
    /// How much better the clauses at the borders of the bead fit its neighbours, in nats.
    pub(crate) drawn: f32,
    /// Has either side a word at all?
    pub(crate) has_words: bool,
}

impl Support {
    /// The share of what the words could say that they do say, 0 to 1.
    pub(crate) fn share(self) -> f32 {
        if self.possible > 0.0 { (self.gained / self.possible).min(1.0) } else { 0.0 }
    }
}

/// Finds what supports the beads of one document, one after the other.
pub(crate) struct Supporter<'a> {
    corpus: &'a Corpus,
    scorer: &'a Scorer<'a>,
    translation: TranslationRatios<'a>,
    /// English words for each Chinese word.
    fertility: f32,
    inside: SpanRatios,
    beside: SpanRatios,
}

impl<'a> Supporter<'a> {
    pub(crate) fn new(
        corpus: &'a Corpus,
        scorer: &'a Scorer<'a>,
        translation: TranslationRatios<'a>,
    ) -> Self {
        let n_en_words = scorer.n_en_words();
        Supporter {
            corpus,
            scorer,
            translation,
            fertility: corpus.fertility(),
            inside: SpanRatios::new(n_en_words),
            beside: SpanRatios::new(n_en_words),
        }
    }

    /// What supports the bead of these passages; nothing where a side is empty.
    pub(crate) fn support(&mut self, zh: Range<usize>, en: Range<usize>) -> Support {
        let mut support = Support::default();
        let texts = self.scorer.texts;
        let words = |text: &IndexedSide, range: Range<usize>| {
            range.map(|passage| text.words_of(passage).len()).sum::<usize>()
        };
        support.has_words =
            words(&texts.zh, zh.clone()) + words(&texts.en, en.clone()) > 0;
        if zh.is_empty() || en.is_empty() {
            return support;
        }
        self.inside.clear();
        for passage in zh.clone() {
            self.inside.add(&texts.zh, passage, self.translation);
        }
        let size = self.scorer.size(zh.start, zh.len());
        let all: Vec<(f32, f32)> = en
            .clone()
            .flat_map(|passage| texts.en.words_of(passage))
            .filter(|occurrence| self.is_content(occurrence.word))
            .map(|occurrence| self.gain(occurrence.word, size))
            .collect();
        (support.gained, support.possible) = sum(&all);
        let (first, second) = all.split_at(all.len() / 2);
        let share = |half: &[(f32, f32)]| {
            let (gained, possible) = sum(half);
            if possible > 0.0 { gained / possible } else { 1.0 }
        };
        support.lesser_half = share(first).min(share(second));
        support.drawn = self.drawn(&zh, &en, size);
        if labels_agree(texts, zh.start, en.start) {
            support.gained += LABEL;
            support.possible += LABEL;
        }
        support
    }

    /// Do two passages define the same term? `None` where one of them is no definition.
    pub(crate) fn define_the_same(&self, zh: usize, en: usize) -> Option<bool> {
        let texts = self.scorer.texts;
        let zh = defined(self.corpus, texts, Side::Zh, zh)?;
        let en = defined(self.corpus, texts, Side::En, en)?;
        Some(agree(zh, en, self.translation))
    }

    fn is_content(&self, en_word: u32) -> bool {
        self.corpus.vocabulary.en.role(en_word) != Role::Function
    }

    /// What an English word gains beside the Chinese inside, and what it could gain.
    fn gain(&self, en_word: u32, size: f32) -> (f32, f32) {
        let sure = 1.0 / (self.fertility * self.corpus.share(en_word));
        let possible = self.scorer.gain(en_word, sure, size);
        let gained = self.scorer.gain(en_word, self.inside.sum(en_word), size);
        (gained.min(possible), possible)
    }

    /// How much better the first clause fits the Chinese before the bead, and the last one that
    /// behind it.
    fn drawn(&mut self, zh: &Range<usize>, en: &Range<usize>, size: f32) -> f32 {
        let texts = self.scorer.texts;
        let mut drawn = 0.0;
        if let Some(before) = zh.start.checked_sub(1) {
            drawn += self.pull(before, texts.en.first_clause(en.start), size);
        }
        if zh.end < texts.zh.len() {
            drawn += self.pull(zh.end, texts.en.last_clause(en.end - 1), size);
        }
        drawn
    }

    /// How much better a clause fits a Chinese passage beside the bead than those inside.
    fn pull(&mut self, beside: usize, clause: &[Occurrence], size: f32) -> f32 {
        if clause.is_empty() {
            return 0.0;
        }
        self.beside.clear();
        self.beside.add(&self.scorer.texts.zh, beside, self.translation);
        let size_beside = self.scorer.size(beside, 1);
        let gain = |span_ratios: &SpanRatios, size: f32| -> f32 {
            let words = clause.iter().filter(|word| self.is_content(word.word));
            words
                .map(|word| self.scorer.gain(word.word, span_ratios.sum(word.word), size))
                .sum()
        };
        (gain(&self.beside, size_beside) - gain(&self.inside, size)).max(0.0)
    }
}

fn sum(words: &[(f32, f32)]) -> (f32, f32) {
    words.iter().fold((0.0, 0.0), |sum, word| (sum.0 + word.0, sum.1 + word.1))
}

/// Do both passages open with the same label?
fn labels_agree(texts: &Pair<IndexedSide>, zh: usize, en: usize) -> bool {
    let (zh, en) = (&texts.zh.frames[zh].label, &texts.en.frames[en].label);
    zh.is_some() && structure::labels(zh.as_ref(), en.as_ref()) > 0.0
}
