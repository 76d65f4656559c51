//! Which of two texts is the Chinese one.

use super::error::ReadError;
use super::language::{CHINESE, Letters};
use crate::types::{Noted, Notice, Pair, Source};

/// A text under [`CHINESE`] is still the Chinese one of two if it reaches this share and
/// `FAR` times that of the other: a listing of code with Chinese remarks.
const SOME_CHINESE: f64 = 0.1;
const FAR: f64 = 4.0;

/// Two texts as a pair, Chinese first, whichever way round they were given.
///
/// A [`Notice::Swapped`] says when they were exchanged.
///
/// # Errors
///
/// When a text is next to none, when both hold the same, or when both are of one language.
pub fn order(first: Source, second: Source) -> Result<Noted<Pair<Source>>, ReadError> {
    let letters = [Letters::count(&first.text), Letters::count(&second.text)];
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
    }
}
