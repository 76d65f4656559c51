//! Chinese, Arabic, Roman and spelled-out numbers as values.
//!
//! Each reader takes a text and says which number it *opens* with and how many bytes that
//! took; who looks for numbers inside a text calls the reader where one may begin. A reader
//! takes the longest number it understands and answers `None` where there is none, or where
//! the writing means an uncertain number (三四个, two or three).
//!
//! ```
//! use bitext::text::number::{Number, chinese_at, english_at};
//!
//! let zh = chinese_at("三百二十万人").map(|(number, _)| number);
//! let en = english_at("3.2 million people").map(|read| read.number);
//! assert_eq!(zh, Some(Number::integer(3_200_000)));
//! assert_eq!(zh, en);
//! ```

mod chinese;
mod english;
mod roman;

pub use chinese::{
    chinese_about_at, chinese_at, chinese_ordinal_at, is_numeral, numerals_len,
};
pub use english::{English, Form, MONTHS, english_at};
pub use roman::{enclosed, roman_at, to_roman};

use std::fmt;

/// Longest run of digits that is read as a number; longer ones are codes.
const MAX_DIGITS: usize = 24;

/// Most digits behind a point that are read.
const MAX_DECIMALS: usize = 18;

/// An exact number: a fraction in lowest terms.
///
/// Decimals and thirds alike are exact, so that 三分之二 equals two thirds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    over: i128,
    under: i128,
}

impl Number {
    /// A whole number.
    pub const fn integer(value: i128) -> Self {
        Self { over: value, under: 1 }
    }

    /// The fraction `over / under`; `None` if `under` is not above 0.
    pub fn fraction(over: i128, under: i128) -> Option<Self> {
        if under <= 0 {
            return None;
        }
        let divisor = greatest_common_divisor(over.unsigned_abs(), under.unsigned_abs());
        let divisor = i128::try_from(divisor.max(1)).ok()?;
        Some(Self { over: over / divisor, under: under / divisor })
    }

    /// The product, unless it is too large to hold.
    pub fn times(self, other: Number) -> Option<Self> {
        Self::fraction(
            self.over.checked_mul(other.over)?,
            self.under.checked_mul(other.under)?,
        )
    }

    /// The sum, unless it is too large to hold.
    pub fn plus(self, other: Number) -> Option<Self> {
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Self::fraction(left.checked_add(right)?, self.under.checked_mul(other.under)?)
    }

    /// The number, if it is whole.
    pub fn to_integer(self) -> Option<i128> {
        (self.under == 1).then_some(self.over)
    }

    /// The number, if it is whole and fits: what labels and ordinals are made of.
    pub fn to_u32(self) -> Option<u32> {
        u32::try_from(self.to_integer()?).ok()
    }
}

impl fmt::Display for Number {
    /// As a decimal where that ends (`2.5`), else as a fraction (`2/3`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut scale = 0;
        let mut power: i128 = 1;
        while power % self.under != 0 && scale < MAX_DECIMALS {
            power *= 10;
            scale += 1;
        }
        let scaled = (power % self.under == 0)
            .then(|| self.over.checked_mul(power / self.under))
            .flatten();
        match scaled {
            Some(scaled) if scale == 0 => write!(f, "{scaled}"),
            Some(scaled) => {
                let sign = if scaled < 0 { "-" } else { "" };
                let (whole, rest) = (scaled.abs() / power, scaled.abs() % power);
                write!(f, "{sign}{whole}.{rest:0scale$}")
            }
            None => write!(f, "{}/{}", self.over, self.under),
        }
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The value of a digit in half or full width.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    }
}

/// Bytes of the blanks that `text` opens with.
pub fn blanks_at(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// A run of digits in half or full width, without separators: its value and its bytes.
pub fn digits_at(text: &str) -> Option<(u32, usize)> {
    let mut value: Option<u32> = None;
    let mut len = 0;
    for c in text.chars() {
        let Some(d) = digit(c) else { break };
        value = Some(value.unwrap_or(0).checked_mul(10)?.checked_add(d)?);
        len += c.len_utf8();
    }
    value.map(|value| (value, len))
}

/// An Arabic number in half or full width: `12`, `1,234,567`, `1 850 000`, `５'０００`, `３．５`.
///
/// A comma, a blank or an apostrophe groups digits where exactly three follow it, a point is
/// one of decimals where a digit follows.
pub fn arabic_at(text: &str) -> Option<(Number, usize)> {
    let (mut value, _, mut len) = digit_run(text)?;
    let grouped_len = grouped_len(text)?;
    if grouped_len > len {
        let digits = text[..grouped_len].chars().filter_map(digit);
        value = digits.fold(0, |value, digit| value * 10 + i128::from(digit));
        len = grouped_len;
    }
    let mut number = Number::integer(value);
    if let Some(point) = text[len..].chars().next().filter(|c| matches!(c, '.' | '．'))
        && let Some((decimals, n_decimals, decimals_len)) =
            digit_run(&text[len + point.len_utf8()..])
        && n_decimals <= MAX_DECIMALS
    {
        let scale = 10_i128.checked_pow(u32::try_from(n_decimals).ok()?)?;
        number = number.plus(Number::fraction(decimals, scale)?)?;
        len += point.len_utf8() + decimals_len;
    }
    Some((number, len))
}

/// Value, number of digits and bytes of a run of digits; `None` for codes of many digits.
fn digit_run(text: &str) -> Option<(i128, usize, usize)> {
    let (mut value, mut n_digits, mut len) = (0_i128, 0, 0);
    for c in text.chars().take(MAX_DIGITS + 1) {
        let Some(d) = digit(c) else { break };
        value = value.checked_mul(10)?.checked_add(i128::from(d))?;
        n_digits += 1;
        len += c.len_utf8();
    }
    (1..=MAX_DIGITS).contains(&n_digits).then_some((value, n_digits, len))
}

/// What groups the digits of large numbers: commas, the blanks of ISO 80000-1 and of documents
/// of the United Nations, the apostrophe of Switzerland.
const SEPARATORS: [char; 8] =
    [',', '，', ' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’'];

/// Bytes of the digits that `text` opens with, with the groups of three behind them; `None`
/// where they are too many.
///
/// One mark groups a number throughout: in `1 850,000` it is the comma. Blanks part the
/// columns of a table, too: they group only what opens with no 0, and where no other digits
/// follow behind a blank (`3 100 50` are three numbers).
pub fn grouped_len(text: &str) -> Option<usize> {
    let (_, mut n_digits, first_len) = digit_run(text)?;
    let separator = text[first_len..].chars().next().filter(|c| SEPARATORS.contains(c));
    let Some(separator) = separator.filter(|_| n_digits <= 3) else {
        return Some(first_len);
    };
    let mut len = first_len;
    while let Some(group_len) = thousands_group(&text[len..], separator) {
        n_digits += 3;
        len += group_len;
    }
    let is_blank = separator.is_whitespace();
    let goes_on = text[len..]
        .strip_prefix(separator)
        .is_some_and(|rest| rest.starts_with(|c| digit(c).is_some()));
    if is_blank && (goes_on || text.starts_with(['0', '０'])) {
        return Some(first_len);
    }
    (n_digits <= MAX_DIGITS).then_some(len)
}

/// Bytes of a separator and three digits, with no fourth one.
fn thousands_group(text: &str, separator: char) -> Option<usize> {
    let rest = text.strip_prefix(separator)?;
    // 2005，100 in running Chinese is rather two numbers; a full-width comma needs full-width
    // digits.
    if separator == '，' && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut digits = rest.chars();
    let mut len = separator.len_utf8();
    for _ in 0..3 {
        len += digits.next().filter(|&c| digit(c).is_some())?.len_utf8();
    }
    digits.next().and_then(digit).is_none().then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endless_digits_are_no_number() {
        let long = "9".repeat(5000);
        assert_eq!(chinese_at(&long), None);
        assert_eq!(english_at(&long), None);
        let _ = chinese_at(&"万".repeat(5000));
        let _ = chinese_at(&"一".repeat(5000));
        let _ = chinese_at(&"九千".repeat(50));
        let _ = english_at(&"million ".repeat(50));
        let _ = english_at(&format!("two {}", "million ".repeat(50)));
    }
}
