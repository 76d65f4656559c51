//! Which word translates which.
//!
//! Look-up tables over the headwords of a general dictionary, shipped with the program.
//! Chinese is looked up in simplified characters (see [`Seed::simplify`]); English in lemmas.

/// A headword of the shipped lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

/// An English lemma of the shipped lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LemmaId(pub u32);

/// The shipped lexicon: Chinese headwords with the lemmas of their English glosses.
#[derive(Debug)]
pub struct Seed {
    _private: (),
}

/// What the shipped lexicon tells of a headword.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word<'a> {
    /// Which headword.
    pub id: WordId,
    /// How often it stands in general text (counts of the jieba word list; 0: not in it).
    pub frequency: u32,
    /// Its part of speech in the tags of the jieba word list (`n`, `vn`, `nt`, …); empty
    /// where unknown.
    pub pos: &'a str,
}

impl Seed {
    /// The lexicon that comes with the program, loaded once.
    pub fn shipped() -> &'static Seed {
        static SEED: Seed = Seed { _private: () };
        &SEED
    }

    /// The simplified form of a character: itself where there is none.
    pub fn simplify(&self, c: char) -> char {
        c
    }

    /// The headword that is exactly `word`, in simplified characters.
    pub fn word(&self, _word: &str) -> Option<Word<'_>> {
        None
    }

    /// All headwords that `text` (simplified) begins with, shortest first, each with its
    /// length in bytes.
    pub fn prefixes<'a>(
        &'a self,
        _text: &str,
    ) -> impl Iterator<Item = (usize, Word<'a>)> + use<'a> {
        std::iter::empty()
    }

    /// The glosses of a headword, each as the lemmas of its words in order, words like `to`,
    /// `a`, `of` left out.
    pub fn glosses(&self, _word: WordId) -> impl Iterator<Item = &[LemmaId]> {
        std::iter::empty::<&[LemmaId]>()
    }

    /// How likely each lemma is for a single character: IBM Model 1 over the characters of
    /// all headwords and their glosses, probabilities under 0.004 left out.
    pub fn char_lemmas(&self, _c: char) -> impl Iterator<Item = (LemmaId, f32)> {
        std::iter::empty()
    }

    /// The toneless Mandarin readings of a character (`zhong`), none where unknown.
    pub fn readings(&self, _c: char) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    /// The lemma as an id, `None` where no gloss has it.
    pub fn lemma(&self, _lemma: &str) -> Option<LemmaId> {
        None
    }

    /// The lemma of an id.
    pub fn lemma_text(&self, _lemma: LemmaId) -> &str {
        ""
    }

    /// In how many glosses the lemma stands.
    pub fn lemma_frequency(&self, _lemma: LemmaId) -> u32 {
        0
    }

    /// How much of a verb the lemma is: the share of its glosses that it opens after `to`.
    /// 0 to 1, `None` for one seen less than twice.
    pub fn verbness(&self, _lemma: LemmaId) -> Option<f32> {
        None
    }

    /// The lemmas that share a stem with this word (Snowball English), itself included.
    pub fn same_stem(&self, _word: &str) -> impl Iterator<Item = LemmaId> {
        std::iter::empty()
    }
}
