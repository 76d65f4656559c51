//! What speaks for a bead, in words a reader can check.

use rustc_hash::FxHashMap;

use crate::align::corpus::Corpus;
use crate::align::corpus::{Role, Text};
use crate::align::score::{Reach, Scorer, Source};
use crate::align::{Passage, structure};
use crate::types::{Evidence, EvidenceKind, MentionKind, Pair};
use std::ops::Range;

/// Less than this is no evidence, in nats.
const LEAST: f64 = 0.25;

/// Collects evidence, bead by bead.
pub(crate) struct Collector<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) scorer: &'a Scorer<'a>,
    pub(crate) source: Source<'a>,
    pub(crate) passages: &'a Pair<Vec<Passage<'a>>>,
    reach: Reach,
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
        source: Source<'a>,
        passages: &'a Pair<Vec<Passage<'a>>>,
    ) -> Self {
        let reach = Reach::new(scorer.n_en_words());
        Collector { corpus, scorer, source, passages, reach }
    }

    /// What speaks for the bead, strongest first, at most `most`.
    pub(crate) fn of(
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
        let labels = (&self.passages.zh[zh].label, &self.passages.en[en].label);
        let (Some(zh), Some(en)) = labels else { return None };
        Some(Evidence {
            kind: EvidenceKind::Label,
            text: Pair::new(zh.to_string(), en.to_string()),
            weight: f64::from(structure::labels(Some(zh), Some(en))),
        })
    }

    fn words(&mut self, zh: Range<usize>, en: Range<usize>) -> Vec<Evidence> {
        let (zh_text, en_text) = (&self.scorer.texts.zh, &self.scorer.texts.en);
        self.reach.clear();
        for passage in zh.clone() {
            self.reach.add(zh_text, passage, self.source);
        }
        let size = self.scorer.size(zh.start, zh.len());
        let best = self.best_words(zh_text, zh, en_text, en.clone());
        let mut found: Vec<Evidence> = Vec::new();
        let mut place: FxHashMap<(u32, u32), usize> = FxHashMap::default();
        for passage in en {
            for occurrence in en_text.of(passage) {
                let Some(best) = best.get(&occurrence.word) else { continue };
                let sum = self.reach.sum(occurrence.word);
                let weight = self.scorer.worth(occurrence.word, sum, size);
                let source = zh_text.of(best.passage)[best.at];
                let known = place.get(&(source.word, occurrence.word)).copied();
                if let Some(at) = known {
                    found[at].weight += f64::from(weight);
                    continue;
                }
                place.insert((source.word, occurrence.word), found.len());
                found.push(Evidence {
                    kind: self.kind(source.word, occurrence.word),
                    text: Pair::new(
                        slice(
                            self.passages.zh[best.passage].text,
                            source.start,
                            source.end,
                        ),
                        slice(
                            self.passages.en[passage].text,
                            occurrence.start,
                            occurrence.end,
                        ),
                    ),
                    weight: f64::from(weight),
                });
            }
        }
        found
    }

    /// For each English word of the bead the Chinese word that gives it most.
    fn best_words(
        &self,
        zh_text: &Text,
        zh: Range<usize>,
        en_text: &Text,
        en: Range<usize>,
    ) -> FxHashMap<u32, Best> {
        let mut best: FxHashMap<u32, Best> = en
            .flat_map(|passage| en_text.of(passage))
            .filter(|w| self.reach.sum(w.word) > 0.0)
            .filter(|w| self.corpus.vocabulary.en.role(w.word) != Role::Function)
            .map(|w| (w.word, Best { ratio: 0.0, passage: 0, at: 0 }))
            .collect();
        for passage in zh {
            for (at, occurrence) in zh_text.of(passage).iter().enumerate() {
                for &(word, ratio) in self.source.ratios.row(occurrence.word) {
                    if let Some(best) = best.get_mut(&word)
                        && ratio > best.ratio
                    {
                        *best = Best { ratio, passage, at };
                    }
                }
            }
        }
        best.retain(|_, best| best.ratio > 0.0);
        best
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

/// A part of a text, as written; empty where the span is not one of the text's.
fn slice(text: &str, start: u32, end: u32) -> String {
    text.get(start as usize..end as usize).unwrap_or_default().to_owned()
}
