//! The language of a text, by its letters.

use std::fmt;

use crate::text::script::is_han;

/// The language of a text, so far as its letters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Written in Han characters.
    Chinese,
    /// Written in Latin letters.
    English,
    /// Written in other letters for the most part.
    Other,
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Language::Chinese => "Chinese",
            Language::English => "English",
            Language::Other => "neither Chinese nor English",
        })
    }
}

/// What a Han character weighs against a Latin letter: English takes about three letters, and
/// a blank, for what Chinese says in one character.
const HAN_WEIGHT: usize = 3;

/// A text is Chinese if Han make at least this share of it by weight. The pairs it was tried
/// on reach 0.82 (a manual full of code) to 1, their English sides 0.001 at most.
pub(super) const CHINESE: f64 = 0.5;

/// Weight of the letters that make a text at least: two Han characters, or a short English
/// word. A title alone is text, a page number is not.
const MIN_WEIGHT: usize = 6;

/// How many letters of each script a text holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    han: usize,
    latin: usize,
    other: usize,
}

impl Letters {
    pub(super) fn count(text: &str) -> Self {
        let mut letters = Letters::default();
        for c in text.chars() {
            if c.is_ascii() {
                letters.latin += usize::from(c.is_ascii_alphabetic());
            } else if is_han(c) {
                letters.han += 1;
            } else if c.is_alphabetic() {
                let is_latin = matches!(c, '\u{C0}'..='\u{24F}' | 'Ａ'..='ｚ');
                *if is_latin { &mut letters.latin } else { &mut letters.other } += 1;
            }
        }
        letters
    }

    pub(super) fn is_next_to_nothing(self) -> bool {
        self.han_weight() + self.latin + self.other < MIN_WEIGHT
    }

    fn han_weight(self) -> usize {
        HAN_WEIGHT * self.han
    }

    /// Share of Han among Han and Latin by weight, 0 to 1.
    pub(super) fn han_share(self) -> f64 {
        self.han_weight() as f64 / (self.han_weight() + self.latin).max(1) as f64
    }

    pub(super) fn language(self) -> Language {
        if self.other > self.han_weight() + self.latin {
            Language::Other
        } else if self.han_share() >= CHINESE {
            Language::Chinese
        } else {
            Language::English
        }
    }
}

/// The language of a text by the share of its letters; `None` for next to no text.
pub fn language_of(text: &str) -> Option<Language> {
    let letters = Letters::count(text);
    (!letters.is_next_to_nothing()).then(|| letters.language())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_alone_is_of_no_language() {
        assert_eq!(language_of("大会"), Some(Language::Chinese));
        assert_eq!(language_of("第 5"), None);
    }
}
