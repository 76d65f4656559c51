//! Sentences of a unit, as far as they are needed to tell which of them lacks a term.

use super::key::en_words;
use crate::text::Span;
use crate::types::Side;

/// English words that stand for what was named before.
const ANAPHORS: [&str; 30] = [
    "former",
    "he",
    "her",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "it",
    "its",
    "itself",
    "latter",
    "one",
    "ones",
    "same",
    "she",
    "such",
    "their",
    "theirs",
    "them",
    "themselves",
    "thereby",
    "therefor",
    "therein",
    "thereof",
    "thereto",
    "they",
    "which",
    "who",
    "whose",
];

/// The sentences of a text: what ends in a full stop, a semicolon, or a mark like them.
pub(super) fn sentences(side: Side, text: &str) -> Vec<Span> {
    let ends = |c: char, next: Option<char>| match side {
        Side::Zh => "。！？；\n".contains(c),
        Side::En => {
            c == '\n'
                || ".!?;".contains(c) && next.is_none_or(|next| next.is_whitespace())
        }
    };
    let (mut start, mut spans) = (0, Vec::new());
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, c)| *c);
        if ends(c, next) || next.is_none() {
            let span = Span::new(start, end);
            if span.of(text).contains(char::is_alphanumeric) {
                spans.push(span);
            }
            start = end;
        }
    }
    spans
}

/// Has an English sentence a word that may stand for a term named before?
pub(super) fn has_anaphor(sentence: &str) -> bool {
    en_words(sentence).any(|word| ANAPHORS.binary_search(&&*word.lower).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted_at_the_marks_that_end_sentences() {
        let parts = |side, text: &'static str| -> Vec<&str> {
            sentences(side, text).iter().map(|span| span.of(text).trim()).collect()
        };
        assert_eq!(parts(Side::Zh, "甲。乙；丙"), ["甲。", "乙；", "丙"]);
        assert_eq!(parts(Side::En, "No 4.1; one. Two …"), ["No 4.1;", "one.", "Two …"]);
        assert!(parts(Side::En, " . ").is_empty());
    }

    #[test]
    fn the_anaphors_are_sorted() {
        assert!(ANAPHORS.is_sorted());
        assert!(has_anaphor("and It shall pay"));
        assert!(!has_anaphor("the tenant shall pay"));
    }
}
