//! Which of two texts is the Chinese one.

use std::fmt;

use super::ReadError;
use crate::text::script::is_han;
use crate::types::{Noted, Notice, Pair, Source};

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
const CHINESE: f64 = 0.5;

/// A text under [`CHINESE`] is still the Chinese one of two if it reaches this share and
/// `FAR` times that of the other: a listing of code with Chinese remarks.
const SOME_CHINESE: f64 = 0.1;
const FAR: f64 = 4.0;

/// Weight of the letters that make a text at least: two Han characters, or a short English
/// word. A title alone is text, a page number is not.
const MIN_WEIGHT: usize = 6;

/// How many letters of each script a text holds.
#[derive(Clone, Copy, Debug, Default)]
struct Letters {
    han: usize,
    latin: usize,
    other: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
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

    fn is_next_to_nothing(self) -> bool {
        self.han_weight() + self.latin + self.other < MIN_WEIGHT
    }

    fn han_weight(self) -> usize {
        HAN_WEIGHT * self.han
    }

    /// Share of Han among Han and Latin by weight, 0 to 1.
    fn han_share(self) -> f64 {
        self.han_weight() as f64 / (self.han_weight() + self.latin).max(1) as f64
    }

    fn language(self) -> Language {
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
    let letters = Letters::of(text);
    (!letters.is_next_to_nothing()).then(|| letters.language())
}

/// Two texts as a pair, Chinese first, whichever way round they were given.
///
/// A [`Notice::Swapped`] says when they were exchanged.
///
/// # Errors
///
/// When a text is next to none, when both hold the same, or when both are of one language.
pub fn order(first: Source, second: Source) -> Result<Noted<Pair<Source>>, ReadError> {
    let letters = [Letters::of(&first.text), Letters::of(&second.text)];
    for (source, letters) in [&first, &second].into_iter().zip(letters) {
        if letters.is_next_to_nothing() {
            let (name, bytes) = (source.name.clone(), source.text.len());
            return Err(ReadError::NoText { name, bytes });
        }
    }
    let language = letters[0].language();
    if first.text == second.text {
        let (first, second) = (first.name, second.name);
        return Err(ReadError::SameText { first, second, language });
    }
    let [a, b] = letters.map(Letters::han_share);
    if !is_told(a, b) {
        let (first, second) = (first.name, second.name);
        return Err(ReadError::OneLanguage { first, second, language });
    }
    Ok(if a >= b {
        Noted { value: Pair::new(first, second), notices: Vec::new() }
    } else {
        Noted { value: Pair::new(second, first), notices: vec![Notice::Swapped] }
    })
}

/// Do these shares of Han tell a Chinese text from an English one?
fn is_told(a: f64, b: f64) -> bool {
    let (low, high) = (a.min(b), a.max(b));
    let both_are_chinese = low >= CHINESE;
    let one_is_chinese = high >= CHINESE && !both_are_chinese;
    one_is_chinese || (!both_are_chinese && high >= SOME_CHINESE && low * FAR <= high)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: &str = "缔约国应当采取必要措施，见 https://example.org/treaty。";
    const EN: &str = "States Parties shall take the necessary measures (必要措施).";

    fn source(name: &str, text: &str) -> Source {
        Source::plain(name, text, "UTF-8")
    }

    fn ordered(first: &str, second: &str) -> Result<Noted<Pair<Source>>, ReadError> {
        order(source("a.txt", first), source("b.txt", second))
    }

    #[test]
    fn the_chinese_text_comes_first() {
        let noted = ordered(ZH, EN).unwrap();
        assert_eq!((noted.value.zh.text.as_str(), noted.notices.len()), (ZH, 0));
        let noted = ordered(EN, ZH).unwrap();
        assert_eq!(
            (noted.value.zh.text.as_str(), noted.notices),
            (ZH, vec![Notice::Swapped])
        );
    }

    #[test]
    fn english_full_of_chinese_glosses_is_still_english() {
        let glossed =
            "Money laundering (洗钱), asset recovery (资产追回), proceeds (所得).";
        assert_eq!(
            ordered(glossed, "洗钱、资产追回和所得。").unwrap().value.en.text,
            glossed
        );
    }

    #[test]
    fn chinese_full_of_code_is_still_chinese() {
        let code = "let answer = compute(); println!(\"{answer}\"); // 声明变量";
        let noted = ordered(code, "Use let to declare a variable.").unwrap();
        assert_eq!(noted.value.zh.text, code);
    }

    #[test]
    fn two_texts_of_one_language_are_refused() {
        let error = ordered(ZH, "另一份中文文件，内容不同。").unwrap_err();
        assert_eq!(error.to_string(), "a.txt and b.txt are both Chinese");
        let error = ordered("One paper.", "Another paper.").unwrap_err();
        assert_eq!(error.to_string(), "a.txt and b.txt are both English");
    }

    #[test]
    fn the_same_text_twice_is_named_as_such() {
        let error = ordered(ZH, ZH).unwrap_err();
        assert_eq!(error.to_string(), "a.txt and b.txt hold the same text, in Chinese");
    }

    #[test]
    fn a_page_number_is_no_text() {
        let error = ordered("- 1 -\n\n", EN).unwrap_err();
        assert_eq!(error.to_string(), "a.txt: holds next to no text");
        assert_eq!(ordered("", EN).unwrap_err().to_string(), "a.txt: is empty");
        assert_eq!(language_of("大会"), Some(Language::Chinese));
        assert_eq!(language_of("第 5"), None);
    }
}
