//! Texts as they are compared.

use crate::lexicon::Seed;
use crate::text::fold::fold_chars;

/// A text as it is compared.
pub(super) fn folded(text: &str, seed: &Seed) -> String {
    let folded = fold_chars(text).map(|(c, _)| match seed.simplify(c) {
        c if c.is_whitespace() => ' ',
        c => c,
    });
    folded.collect::<String>().trim().to_owned()
}

/// May a word begin there: is no Latin letter or digit before one?
pub(super) fn is_word_start(text: &[u8], at: usize) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    !(is_word(text.get(at)) && at > 0 && is_word(text.get(at - 1)))
}
