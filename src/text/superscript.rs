//! Small high numbers, `公约¹`: what marks a note, if no unit stands before it.

use std::ops::Range;

const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The most digits of the number of a note.
pub const MOST_DIGITS: usize = 3;

/// A digit, 0 to 9, small and high.
///
/// # Panics
///
/// If it is no digit.
pub fn digit(value: u32) -> char {
    DIGITS[value as usize]
}

/// A number of a few digits small and high; `None` for any other text.
pub fn raised(text: &str) -> Option<String> {
    let text = text.trim();
    let is_number = (1..=MOST_DIGITS).contains(&text.len());
    is_number.then(|| text.chars().map(|c| c.to_digit(10).map(digit)).collect())?
}

/// The small high number that a text begins with, and its length in bytes.
pub fn number_at(text: &str) -> Option<(u32, usize)> {
    let (mut number, mut len) = (0, 0);
    for c in text.chars().take(MOST_DIGITS) {
        let Some(digit) = (0..10).find(|&d| digit(d) == c) else { break };
        number = 10 * number + digit;
        len += c.len_utf8();
    }
    (len > 0).then_some((number, len))
}

/// The small high numbers inside a text that may mark notes, and where: neither what opens the
/// text nor what belongs to a unit (`300 m²`).
///
/// ```
/// use bitext::text::superscript::marks;
///
/// assert_eq!(marks("¹ 公约²占地300 m²。"), [(2, 9..11)]);
/// ```
pub fn marks(text: &str) -> Vec<(u32, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let len = match number_at(&text[at..]) {
            Some((number, len)) => {
                if at > 0 && !ends_with_unit(&text[..at]) {
                    found.push((number, at..at + len));
                }
                len
            }
            None => c.len_utf8(),
        };
        at += len;
    }
    found
}

/// Does a text end with a letter or two behind a number?
fn ends_with_unit(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    text.len() - bare.len() <= 2 && text.len() > bare.len() && is_number(bare.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_a_few_digits_is_raised() {
        assert_eq!(raised(" 12").as_deref(), Some("¹²"));
        for text in ["", "1a", "1234", "th", "１"] {
            assert_eq!(raised(text), None, "{text}");
        }
        assert_eq!(number_at("¹² Ibid."), Some((12, 4)));
        assert_eq!(number_at("12"), None);
    }

    #[test]
    fn units_bear_no_marks() {
        assert!(marks("面积为5 km²，").is_empty());
        assert_eq!(marks("the Convention¹ of 1971²").len(), 2);
    }
}
