//! What speaks for a bead, in words a reader can check.

use rustc_hash::FxHashMap;

use crate::align::corpus::Corpus;
use crate::align::corpus::{IndexedSide, Role};
use crate::align::score::{Scorer, SpanRatios, TranslationRatios};
use crate::align::{Passage, structure};
use crate::numbering::label_at;
use crate::text::Span;
use crate::types::{Evidence, EvidenceKind, MentionKind, Pair, Side, parting};
use std::ops::Range;

/// Less than this is no evidence, in nats.
const LEAST: f64 = 0.25;

/// Collects evidence, bead by bead.
pub(crate) struct Collector<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) scorer: &'a Scorer<'a>,
    pub(crate) translation: TranslationRatios<'a>,
    pub(crate) passages: &'a Pair<Vec<Passage<'a>>>,
    span_ratios: SpanRatios,
    best: BestWords,
}

/// For the English words of a bead the Chinese word that says most for each.
struct BestWords {
    /// The place of each English word of the documents in `found`, from 1; 0 of those that are
    /// not there.
    places: Vec<u32>,
    found: Vec<(u32, Best)>,
}

impl BestWords {
    fn new(n_en_words: usize) -> Self {
        BestWords { places: vec![0; n_en_words], found: Vec::new() }
    }

    fn clear(&mut self) {
        self.found.iter().for_each(|(word, _)| self.places[*word as usize] = 0);
        self.found.clear();
    }

    /// Looks for the best of an English word too.
    fn enter(&mut self, word: u32) {
        let place = &mut self.places[word as usize];
        if *place == 0 {
            self.found.push((word, Best { ratio: 0.0, passage: 0, at: 0 }));
            *place = self.found.len() as u32;
        }
    }

    /// Takes a Chinese word that says so much for an English one.
    fn offer(&mut self, word: u32, ratio: f32, passage: usize, at: usize) {
        if let Some(found) = (self.places[word as usize] as usize).checked_sub(1)
            && ratio > self.found[found].1.ratio
        {
            self.found[found].1 = Best { ratio, passage, at };
        }
    }

    /// The best of an English word, if any Chinese word says anything for it.
    fn get(&self, word: u32) -> Option<&Best> {
        let found = (self.places[word as usize] as usize).checked_sub(1)?;
        Some(&self.found[found].1).filter(|best| best.ratio > 0.0)
    }
}

/// The Chinese word that says most for an English one.
struct Best {
    ratio: f32,
    passage: usize,
    at: usize,
}

impl<'a> Collector<'a> {
    pub(crate) fn new(
        corpus: &'a Corpus,
        scorer: &'a Scorer<'a>,
        translation: TranslationRatios<'a>,
        passages: &'a Pair<Vec<Passage<'a>>>,
    ) -> Self {
        let span_ratios = SpanRatios::new(scorer.n_en_words());
        let best = BestWords::new(scorer.n_en_words());
        Collector { corpus, scorer, translation, passages, span_ratios, best }
    }

    /// What speaks for the bead, strongest first, at most `most`.
    pub(crate) fn evidence(
        &mut self,
        zh: Range<usize>,
        en: Range<usize>,
        most: usize,
    ) -> Vec<Evidence> {
        if zh.is_empty() || en.is_empty() {
            return Vec::new();
        }
        let mut evidence = self.words(zh.clone(), en.clone());
        evidence.extend(self.label(zh.start, en.start));
        evidence.retain(|e| e.weight >= LEAST);
        // Stable: ties stay in the order of the English text.
        evidence.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        evidence.truncate(most);
        evidence
    }

    fn label(&self, zh: usize, en: usize) -> Option<Evidence> {
        let at = Pair::new(zh, en);
        let labels = (&self.passages.zh[zh].label, &self.passages.en[en].label);
        let (Some(zh), Some(en)) = labels else { return None };
        // The text keeps a label as written; a list that is numbered by its style has none.
        let at = at.map_sides(|side, passage| {
            let text = self.passages.get(side)[passage].text;
            Span::new(0, label_at(side, text).map_or(0, |(_, len)| len))
        });
        Some(Evidence {
            kind: EvidenceKind::Label,
            text: Pair::new(zh.to_string(), en.to_string()),
            at,
            weight: f64::from(structure::labels(Some(zh), Some(en))),
        })
    }

    fn words(&mut self, zh: Range<usize>, en: Range<usize>) -> Vec<Evidence> {
        let (zh_text, en_text) = (&self.scorer.texts.zh, &self.scorer.texts.en);
        self.span_ratios.clear();
        for passage in zh.clone() {
            self.span_ratios.add(zh_text, passage, self.translation);
        }
        let size = self.scorer.size(zh.start, zh.len());
        self.find_best_words(zh_text, zh.clone(), en_text, en.clone());
        let mut found: Vec<Evidence> = Vec::new();
        let mut place: FxHashMap<(u32, u32), usize> = FxHashMap::default();
        let starts = Pair::new(
            self.starts(Side::Zh, zh.clone()),
            self.starts(Side::En, en.clone()),
        );
        let first = Pair::new(zh.start, en.start);
        let words_at = |side: Side, passage: usize, start: u32, end: u32| {
            let text = self.passages.get(side)[passage].text;
            let before = starts.get(side)[passage - first.get(side)];
            let (start, end) = (start as usize, end as usize);
            // Empty where the span is not one of the text's.
            let word = text.get(start..end).unwrap_or_default();
            let span =
                if word.is_empty() { Span::default() } else { Span::new(start, end) };
            (word.to_owned(), span.shifted(before))
        };
        for passage in en {
            for occurrence in en_text.words_of(passage) {
                let Some(best) = self.best.get(occurrence.word) else { continue };
                let sum = self.span_ratios.sum(occurrence.word);
                let weight = self.scorer.worth(occurrence.word, sum, size);
                let source = zh_text.words_of(best.passage)[best.at];
                let known = place.get(&(source.word, occurrence.word)).copied();
                if let Some(at) = known {
                    found[at].weight += f64::from(weight);
                    continue;
                }
                place.insert((source.word, occurrence.word), found.len());
                let zh = words_at(Side::Zh, best.passage, source.start, source.end);
                let en = words_at(Side::En, passage, occurrence.start, occurrence.end);
                found.push(Evidence {
                    kind: self.kind(source.word, occurrence.word),
                    text: Pair::new(zh.0, en.0),
                    at: Pair::new(zh.1, en.1),
                    weight: f64::from(weight),
                });
            }
        }
        found
    }

    /// Where each of these passages begins in the text of the bead.
    fn starts(&self, side: Side, passages: Range<usize>) -> Vec<usize> {
        let begin = |at: &mut usize, passage: &Passage<'_>| {
            let start = *at;
            *at += passage.text.len() + parting(side).len();
            Some(start)
        };
        self.passages.get(side)[passages].iter().scan(0, begin).collect()
    }

    /// Looks for the Chinese word that gives most to each English word of the bead.
    fn find_best_words(
        &mut self,
        zh_text: &IndexedSide,
        zh: Range<usize>,
        en_text: &IndexedSide,
        en: Range<usize>,
    ) {
        self.best.clear();
        let words = en.flat_map(|passage| en_text.words_of(passage));
        words
            .filter(|w| self.span_ratios.sum(w.word) > 0.0)
            .filter(|w| self.corpus.vocabulary.en.role(w.word) != Role::Function)
            .for_each(|w| self.best.enter(w.word));
        for passage in zh {
            for (at, occurrence) in zh_text.words_of(passage).iter().enumerate() {
                for &(word, ratio) in self.translation.table.row(occurrence.word) {
                    self.best.offer(word, ratio, passage, at);
                }
            }
        }
    }

    fn kind(&self, zh_word: u32, en_word: u32) -> EvidenceKind {
        match (
            self.corpus.vocabulary.zh.role(zh_word),
            self.corpus.vocabulary.en.role(en_word),
        ) {
            (Role::Name, _) => EvidenceKind::Name,
            (_, Role::Mention(MentionKind::Term)) => EvidenceKind::Glossary,
            (_, Role::Mention(kind)) => EvidenceKind::Mention(kind),
            _ => EvidenceKind::Word,
        }
    }
}
