//! What a definition defines.
//!
//! ```text
//! 船舶，是指水上移动装置。        "cargo" means the goods carried by ships;
//! ^^^^                            ^^^^^^^
//! ```
//!
//! Both sides name ships, but what one defines is no translation of what the other does.
//! Definitions name one another in their bodies, so only the words before the defining one tell
//! which belong together.

use crate::align::corpus::{Corpus, IndexedSide, Occurrence};
use crate::align::score::TranslationRatios;
use crate::types::{Pair, Side};

/// The most words that are defined at once; behind more, 指 and "means" are any words.
const MOST_DEFINED: usize = 6;

/// The words that a passage defines, if it is a definition.
pub(crate) fn defined<'a>(
    corpus: &Corpus,
    texts: &'a Pair<IndexedSide>,
    side: Side,
    passage: usize,
) -> Option<&'a [Occurrence]> {
    let words = texts.get(side).words_of(passage);
    let vocabulary = corpus.vocabulary.get(side);
    let is_defining = |word: &Occurrence| defines(side, vocabulary.form(word.word));
    let at = words.iter().take(MOST_DEFINED + 1).position(is_defining)?;
    (at > 0).then(|| &words[..at])
}

fn defines(side: Side, form: &str) -> bool {
    match side {
        Side::Zh => matches!(form, "是" | "指" | "是指" | "系指" | "係指" | "包括"),
        Side::En => matches!(form, "mean" | "means" | "include" | "includes"),
    }
}

/// Is one of the English words a translation of one of the Chinese ones?
pub(crate) fn agree(
    zh: &[Occurrence],
    en: &[Occurrence],
    translation: TranslationRatios<'_>,
) -> bool {
    zh.iter().any(|zh| {
        let row = translation.table.row(zh.word);
        row.iter()
            .any(|(word, ratio)| *ratio > 1.0 && en.iter().any(|en| en.word == *word))
    })
}
