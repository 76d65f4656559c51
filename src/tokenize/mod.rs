//! Words of a segment.
//!
//! ```text
//! zh  大会强调G20的3.5亿人。    大会 强调 g20 的 #3.5 亿 #350000000 人 P.
//! en  States' twenty-one acts   state twenty one #21 act
//! ```
//!
//! Both sides know both scripts: a run of Han characters is cut into headwords ([`zh`]),
//! letters and digits are read as English ([`en`]), so a name or number that stands in both
//! texts has the same form in both. Forms serve to compare, spans lead back to the text.
//!
//! What gives no token: blanks; the hyphen inside a word (`opt-out` is `opt`, `out` with
//! spans one byte apart, so that who needs the whole finds it by the gap); the apostrophe
//! and `s` of a possessive; the full stop of an abbreviation; the dot between the parts of a
//! foreign name. Everything else that is neither word nor number is a mark, those without a
//! kind of their own being `P*`.

pub mod en;
mod irregular;
mod lemma;
mod mark;
mod number;
mod stop;
mod vocabulary;
pub mod zh;

use crate::lexicon::Seed;
use crate::text::Span;
use crate::text::script::is_han;
use crate::types::{Side, Token, TokenKind};

pub use lemma::lemma;
pub use stop::is_stop_en;
use vocabulary::Remembering;
pub use vocabulary::{Names, Vocabulary};

/// The tokens of a text, in order. Total: any text gives tokens, blanks give none.
pub fn tokenize(side: Side, text: &str, seed: &Seed) -> Vec<Token> {
    tokenize_with(side, text, seed, &Names::default())
}

/// The tokens of a text that has names of two to four Han characters of its own: they are
/// preferred to the words of the dictionary.
pub fn tokenize_with(side: Side, text: &str, seed: &Seed, names: &Names) -> Vec<Token> {
    tokenize_by(side, text, seed, seed, names)
}

/// Cuts the many texts of a document, as [`tokenize`] does.
pub struct Tokenizer<'a> {
    seed: &'a Seed,
    vocabulary: Remembering<'a>,
    names: Names,
}

impl<'a> Tokenizer<'a> {
    /// A tokenizer that has read nothing yet.
    pub fn new(seed: &'a Seed) -> Self {
        let vocabulary = Remembering::new(seed);
        Tokenizer { seed, vocabulary, names: Names::default() }
    }

    /// The tokens of a text, in order.
    pub fn tokenize(&self, side: Side, text: &str) -> Vec<Token> {
        tokenize_by(side, text, self.seed, &self.vocabulary, &self.names)
    }
}

fn tokenize_by(
    side: Side,
    text: &str,
    seed: &Seed,
    vocabulary: &impl Vocabulary,
    names: &Names,
) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut rest = text.char_indices().peekable();
    let mut from = 0; // of the run that is not Han
    while let Some((start, c)) = rest.next() {
        if !is_han(c) {
            continue;
        }
        en::scan(text, Span::new(from, start), vocabulary, &mut tokens);
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = rest.next_if(|&(_, c)| is_han(c)) {
            end = at + c.len_utf8();
        }
        zh::cut(text, Span::new(start, end), seed, names, &mut tokens);
        from = end;
    }
    en::scan(text, Span::new(from, text.len()), vocabulary, &mut tokens);
    match side {
        Side::Zh => {
            for token in tokens.iter_mut() {
                if token.kind == TokenKind::Word && !is_of_han(text, token) {
                    token.kind = TokenKind::Latin;
                }
            }
            number::add_chinese(text, tokens)
        }
        Side::En => number::add_english(text, tokens),
    }
}

fn is_of_han(text: &str, token: &Token) -> bool {
    token.span.of(text).chars().next().is_some_and(is_han)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn forms(side: Side, text: &str) -> String {
        let tokens = tokenize(side, text, Seed::shipped());
        tokens.iter().map(|token| &*token.form).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn both_scripts_are_read_on_both_sides() {
        assert_eq!(forms(Side::Zh, "使用PDF文件。"), "使用 pdf 文件 P.");
        assert_eq!(forms(Side::En, "Taiji (太极) poem"), "taiji P( 太极 P) poem");
        let tokens = tokenize(Side::Zh, "PDF文件", Seed::shipped());
        assert_eq!(tokens[0].kind, TokenKind::Latin);
        assert_eq!(tokens[1].kind, TokenKind::Word);
    }

    #[test]
    fn traditional_text_has_the_forms_of_simplified() {
        let traditional = forms(Side::Zh, "聯合國會員國應當加強國際合作");
        assert_eq!(traditional, forms(Side::Zh, "联合国会员国应当加强国际合作"));
    }

    #[test]
    fn numbers_in_words_and_digits_meet() {
        assert_eq!(forms(Side::Zh, "3.5亿"), "#3.5 亿 #350000000");
        assert!(forms(Side::En, "350 million").ends_with("#350000000"));
        assert!(forms(Side::Zh, "一九四九年").contains("#1949"));
        assert!(forms(Side::En, "in 1949").contains("#1949"));
    }

    #[test]
    fn an_extra_token_stands_after_its_run_and_has_its_span() {
        let tokens = tokenize(Side::En, "some three hundred men", Seed::shipped());
        let extra = tokens.iter().position(|t| t.kind == TokenKind::Extra).unwrap();
        assert_eq!(extra, 3);
        assert_eq!(&*tokens[extra].form, "#300");
        assert_eq!(tokens[extra].span, Span::new(5, 18));
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        for side in [Side::Zh, Side::En] {
            let tokens = tokenize(side, text, Seed::shipped());
            let mut end = 0;
            for token in &tokens {
                prop_assert!(text.get(token.span.range()).is_some_and(|s| !s.is_empty()));
                prop_assert!(!token.form.is_empty());
                if token.kind == TokenKind::Extra {
                    prop_assert!(token.span.start < end);
                } else {
                    prop_assert!(token.span.start >= end);
                    end = token.span.end;
                }
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_gives_rising_spans_on_character_boundaries(text in "\\PC{0,60}") {
            check(&text)?;
        }

        #[test]
        fn texts_full_of_cases_give_rising_spans(
            text in "(can't|'s|’|\"|one|hundred |-|and |twenty| million|3\\.5|二|十|百|万|点|年|國|U\\.S\\.|Bao-yu|,|…|é| ){0,25}"
        ) {
            check(&text)?;
        }
    }
}
