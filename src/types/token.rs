use crate::text::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// A word: Han characters on the Chinese side, letters on the English.
    Word,
    /// Letters of the Latin alphabet inside Chinese.
    Latin,
    /// A number in digits.
    Number,
    /// Punctuation.
    Mark,
    /// Not in the running text: a value read off other tokens (`#1949` of 一九四九).
    /// Extra tokens have no length and never take part in a term.
    Extra,
}

/// A word, number or mark of a segment.
///
/// Tokens come in order of their spans; an [`TokenKind::Extra`] token stands right after the
/// last token it was read off and has that run's span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text of the segment.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// The form used to compare: simplified Han; the lemma of an English word, lower case;
    /// `#value` of a number; one mark for all of its kind (`P,` `P.` `P?` `P!` `P"` `P;` `P:`
    /// `P(` `P)` `P-` `P…`).
    pub form: Box<str>,
    /// A word without content of its own (的, of).
    pub is_stop: bool,
    /// English: does it open with a capital?
    pub is_capital: bool,
}
