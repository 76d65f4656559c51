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
        let n_words = corpus.vocabulary.en.len();
        // Tells each word of each passage once, passages rising.
        let each = |tell: &mut dyn FnMut(usize, u32)| {
            let mut last = vec![u32::MAX; n_words];
            for passage in 0..en.len() as u32 {
                for word in en.words_of(passage as usize) {
                    let is_new = last[word.word as usize] != passage;
                    if is_new && corpus.vocabulary.en.role(word.word) != Role::Function {
                        last[word.word as usize] = passage;
                        tell(word.word as usize, passage);
                    }
                }
            }
        };
        let mut starts = vec![0u32; n_words + 1];
        each(&mut |word, _| starts[word + 1] += 1);
        for word in 1..starts.len() {
            starts[word] += starts[word - 1];
        }
        let mut ends = starts.clone();
        let mut passages = vec![0; starts[n_words] as usize];
        each(&mut |word, passage| {
            passages[ends[word] as usize] = passage;
            ends[word] += 1;
        });
        Postings { starts, passages }
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
