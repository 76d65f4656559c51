//! An inverted index: where the words of an English text stand.

use crate::align::corpus::{Corpus, IndexedSide, Role};
use crate::types::Pair;

/// For each English content word the passages it stands in.
#[derive(Debug)]
pub(crate) struct Postings {
    starts: Vec<u32>,
    passages: Vec<u32>,
}

impl Postings {
    /// Of all English passages of a document.
    pub(crate) fn new(corpus: &Corpus, texts: &Pair<IndexedSide>) -> Self {
        let en = &texts.en;
        let mut pairs: Vec<(u32, u32)> = (0..en.len())
            .flat_map(|passage| {
                en.words_of(passage).iter().map(move |word| (word.word, passage as u32))
            })
            .filter(|&(word, _)| corpus.vocabulary.en.role(word) != Role::Function)
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0u32; corpus.vocabulary.en.len() + 1];
        for &(word, _) in &pairs {
            starts[word as usize + 1] += 1;
        }
        for word in 1..starts.len() {
            starts[word] += starts[word - 1];
        }
        Postings {
            starts,
            passages: pairs.into_iter().map(|(_, passage)| passage).collect(),
        }
    }

    /// The passages with a word, rising.
    pub(crate) fn passages_with(&self, word: u32) -> &[u32] {
        let word = word as usize;
        &self.passages[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// Those nearest to a passage, at most `most`.
    pub(crate) fn near(&self, word: u32, passage: usize, most: usize) -> &[u32] {
        let all = self.passages_with(word);
        if all.len() <= most {
            return all;
        }
        let middle = all.partition_point(|&p| (p as usize) < passage);
        let from = middle.saturating_sub(most / 2).min(all.len() - most);
        &all[from..from + most]
    }
}
