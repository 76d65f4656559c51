//! What is known of words beside their letters.

use rustc_hash::FxHashSet;

use crate::lexicon::Seed;

/// What the tokeniser asks of a lexicon about English words.
pub trait Vocabulary {
    /// How often the lemma stands in glosses; 0 for an unknown one.
    fn count(&self, lemma: &str) -> u32;
    /// Is this a syllable of Mandarin, without tone?
    fn is_syllable(&self, letters: &str) -> bool;
}

impl Vocabulary for Seed {
    fn count(&self, lemma: &str) -> u32 {
        self.lemma(lemma).map_or(0, |lemma| self.lemma_frequency(lemma))
    }

    fn is_syllable(&self, letters: &str) -> bool {
        self.syllable(letters).is_some()
    }
}

/// Words of Chinese that no dictionary has, such as the names a document is about, in
/// simplified characters.
pub type Names = FxHashSet<Box<str>>;
