//! The form of a text that is used to compare: width, case and accents set aside.
//!
//! ```text
//! ＡＢＣ　Café №５   ─fold─▶   abc cafe no5
//! ```
//!
//! Character by character, so every folded character knows the one it came from and spans
//! lead back. Traditional and simplified characters are told apart here; they are the
//! lexicon's to join.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Span;

/// A character in its half-width form: `Ａ` is `A`, `，` is `,`; itself where there is none.
///
/// Source: Unicode block Halfwidth and Fullwidth Forms, U+FF01 to U+FF5E.
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) // the block mirrors ASCII
        }
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Folds to itself but for its case, as nearly all of a text does.
fn is_plain(c: char) -> bool {
    c.is_ascii() || ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// What a character folds to: mostly one character, none for an accent, several for `№`.
///
/// Compatibility decomposition (Unicode NFKD) without combining marks, in lower case.
pub fn fold_char(c: char) -> impl Iterator<Item = char> {
    let is_plain = is_plain(c);
    let plain = is_plain.then(|| c.to_ascii_lowercase());
    let folded = (!is_plain).then(|| {
        std::iter::once(c)
            .nfkd()
            .filter(|&c| !is_combining_mark(c))
            .flat_map(char::to_lowercase)
            .filter(|&c| !is_combining_mark(c))
    });
    plain.into_iter().chain(folded.into_iter().flatten())
}

/// The folded characters of a text, each with the span of the character it came from.
pub fn fold_chars(text: &str) -> impl Iterator<Item = (char, Span)> {
    text.char_indices().flat_map(|(start, c)| {
        let span = Span::new(start, start + c.len_utf8());
        fold_char(c).map(move |folded| (folded, span))
    })
}

/// The text folded.
///
/// ```
/// use bitext::text::fold::fold;
///
/// assert_eq!(fold("ＡＢＣ　Café １０％"), "abc cafe 10%");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_plain(c) {
            true => out.push(c.to_ascii_lowercase()),
            false => out.extend(fold_char(c)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn width_case_and_accents_are_set_aside() {
        assert_eq!(fold("Ｃａｆé"), "cafe");
        assert_eq!(fold("cafe\u{301}"), "cafe");
        assert_eq!(fold("（五）"), "(五)");
        assert_eq!(fold("①"), "1");
    }

    #[test]
    fn a_folded_character_leads_back_to_its_own() {
        let folded: Vec<(char, Span)> = fold_chars("Ａ№").collect();
        let spans: Vec<Span> = vec![(0..3).into(), (3..6).into(), (3..6).into()];
        assert_eq!(folded.iter().map(|f| f.0).collect::<String>(), "ano");
        assert_eq!(folded.iter().map(|f| f.1).collect::<Vec<_>>(), spans);
    }

    #[test]
    fn narrow_knows_the_ends_of_the_block() {
        assert_eq!((narrow('！'), narrow('～'), narrow('字')), ('!', '~', '字'));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn spans_of_folded_characters_never_fall(text in "\\PC{0,40}") {
            let spans: Vec<Span> = fold_chars(&text).map(|f| f.1).collect();
            prop_assert!(spans.windows(2).all(|w| w[0] <= w[1]));
        }
    }
}
