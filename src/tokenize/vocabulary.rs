//! What is known of words beside their letters.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::lemma::lemma;
use crate::lexicon::Seed;

/// What the tokeniser asks of a lexicon about English words.
pub trait Vocabulary {
    /// How often the lemma stands in glosses; 0 for an unknown one.
    fn count(&self, lemma: &str) -> u32;
    /// Is this a syllable of Mandarin, without tone?
    fn is_syllable(&self, letters: &str) -> bool;
    /// The lemma of a lower-case form.
    fn lemma_of(&self, form: &str) -> Box<str> {
        lemma(form, &|lemma| self.count(lemma))
    }
}

impl Vocabulary for Seed {
    fn count(&self, lemma: &str) -> u32 {
        self.lemma(lemma).map_or(0, |lemma| self.lemma_frequency(lemma))
    }

    fn is_syllable(&self, letters: &str) -> bool {
        self.syllable(letters).is_some()
    }
}

/// A lexicon that remembers the lemmas it was asked for: of a long text most forms come again.
pub(super) struct Remembering<'a> {
    seed: &'a Seed,
    lemmas: RefCell<FxHashMap<Box<str>, Box<str>>>,
}

impl<'a> Remembering<'a> {
    pub(super) fn new(seed: &'a Seed) -> Self {
        Remembering { seed, lemmas: RefCell::default() }
    }
}

impl Vocabulary for Remembering<'_> {
    fn count(&self, lemma: &str) -> u32 {
        self.seed.count(lemma)
    }

    fn is_syllable(&self, letters: &str) -> bool {
        self.seed.is_syllable(letters)
    }

    fn lemma_of(&self, form: &str) -> Box<str> {
        if let Some(lemma) = self.lemmas.borrow().get(form) {
            return lemma.clone();
        }
        let lemma = self.seed.lemma_of(form);
        self.lemmas.borrow_mut().insert(form.into(), lemma.clone());
        lemma
    }
}

/// Words of Chinese that no dictionary has, such as the names a document is about, in
/// simplified characters.
pub type Names = FxHashSet<Box<str>>;
