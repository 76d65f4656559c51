//! Which word translates which.
//!
//! Look-up tables over the headwords of a general dictionary, shipped with the program.
//! Chinese is looked up in simplified characters (see [`Seed::simplify`]); English in lemmas.
//!
//! ```text
//! CC-CEDICT, jieba word list ──examples/lexicon──▶ words.tsv, characters.tsv, seed.bin
//! seed.bin ──include_bytes──▶ Seed
//! ```
//!
//! The text is what people read and review; the bytes are made from it, and a test holds
//! that they are. What is counted over the glosses (how common a lemma is, how much of a
//! verb, which lemmas a character brings) is counted when compiling. What is weighed for a
//! document (how surely a word gives a lemma) is for the aligner and the miner.
//!
//! Data: CC-CEDICT (CC BY-SA 4.0) and the jieba word list (MIT); see `data/LICENSE.md`.

mod bytes;
pub mod layout;
pub mod learned;
mod names;
mod seed;
mod strings;
mod trie;

pub use learned::Learned;
pub use names::Syllable;
pub use seed::Seed;

/// A headword of the shipped lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

/// An English lemma of the shipped lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LemmaId(pub u32);

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
