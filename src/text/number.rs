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

/// What a Chinese numeral is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numeral {
    /// 一 to 九, 两, 零.
    Digit(i128),
    /// 廿, 卅: tens with their digit.
    Tens(i128),
    /// 十, 百, 千.
    Unit(i128),
    /// 万, 亿, 兆.
    Myriad(i128),
}

fn numeral(c: char) -> Option<Numeral> {
    Some(match c {
        '零' | '〇' | '○' => Numeral::Digit(0),
        '一' | '壹' | '壱' => Numeral::Digit(1),
        '二' | '贰' | '貳' | '两' | '兩' => Numeral::Digit(2),
        '三' | '叁' | '參' | '叄' => Numeral::Digit(3),
        '四' | '肆' => Numeral::Digit(4),
        '五' | '伍' => Numeral::Digit(5),
        '六' | '陆' | '陸' => Numeral::Digit(6),
        '七' | '柒' => Numeral::Digit(7),
        '八' | '捌' => Numeral::Digit(8),
        '九' | '玖' => Numeral::Digit(9),
        '廿' => Numeral::Tens(20),
        '卅' => Numeral::Tens(30),
        '卌' => Numeral::Tens(40),
        '十' | '拾' => Numeral::Unit(10),
        '百' | '佰' => Numeral::Unit(100),
        '千' | '仟' => Numeral::Unit(1000),
        '万' | '萬' => Numeral::Myriad(10_000),
        '亿' | '億' => Numeral::Myriad(100_000_000),
        '兆' => Numeral::Myriad(1_000_000_000_000),
        _ => return None,
    })
}

/// Is this one of the characters that Chinese numbers are written with?
pub fn is_numeral(c: char) -> bool {
    numeral(c).is_some()
}

/// Bytes of the run of Chinese numerals that `text` opens with; what to skip where
/// [`chinese_at`] finds no certain number.
pub fn numerals_len(text: &str) -> usize {
    text.chars().take_while(|&c| is_numeral(c)).map(char::len_utf8).sum()
}

/// A number as Chinese writes it: 三百二十万, 二〇一三, 壹佰贰拾叁, 廿三, 三点五, 3.5万, 1億2,000萬,
/// 三分之二, 百分之三十 (three tenths).
///
/// `None` for uncertain ones (三四十) and for units without a count (百, 万).
pub fn chinese_at(text: &str) -> Option<(Number, usize)> {
    let first = text.chars().next()?;
    if digit(first).is_some() {
        return mixed_at(text);
    }
    if let Some(fraction) = fraction_at(text) {
        return Some(fraction);
    }
    let (number, len) = numerals_at(text, Count::Cardinal)?;
    match decimals_at(&text[len..]) {
        Some((decimals, decimals_len)) => {
            let number = number.plus(decimals)?;
            let len = len + decimals_len;
            let (factor, factor_len) = myriads_at(&text[len..]);
            Some((number.times(factor)?, len + factor_len))
        }
        None if WORD_ENDS.iter().any(|end| text[len..].starts_with(end)) => None,
        None => Some((number, len)),
    }
}

/// The whole number that stands behind 第 or names a unit: 十三, 13, 二三 (twenty-three).
///
/// Nobody counts "the second or third": digits side by side are always one number here.
pub fn chinese_ordinal_at(text: &str) -> Option<(u32, usize)> {
    if text.starts_with(|c| digit(c).is_some()) {
        return digits_at(text);
    }
    let (number, len) = numerals_at(text, Count::Ordinal)?;
    Some((number.to_u32()?, len))
}

/// What makes a word with the numerals before it, so that they count nothing: 十六进制,
/// 四分位, 十二指肠, 十四行诗.
#[rustfmt::skip]
const WORD_ENDS: &[&str] = &[
    "进制", "進制", "进位", "進位", "分位", "指肠", "指腸", "行诗", "行詩", "分音符", "重奏",
    "边形", "邊形", "面体", "面體", "角形", "字路口", "项全能", "項全能",
];

/// What a number is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    /// How many: 二三 is two or three.
    Cardinal,
    /// Which one: 二三 is the twenty-third.
    Ordinal,
}

/// 三分之二, 百分之三十, 千分之5: the parts stand before 分之, the count behind.
fn fraction_at(text: &str) -> Option<(Number, usize)> {
    let (under, under_len) = if let Some(c) = text.chars().next()
        && let Some(Numeral::Unit(unit) | Numeral::Myriad(unit)) = numeral(c)
        && text[c.len_utf8()..].starts_with("分之")
    {
        (unit, c.len_utf8())
    } else {
        let (number, len) = numerals_at(text, Count::Cardinal)?;
        (number.to_integer()?, len)
    };
    let rest = text[under_len..].strip_prefix("分之")?;
    let at = text.len() - rest.len() + blanks_at(rest);
    let (over, over_len) = if rest.trim_start().starts_with(|c| digit(c).is_some()) {
        arabic_at(&text[at..])?
    } else {
        let (number, len) = numerals_at(&text[at..], Count::Cardinal)?;
        match decimals_at(&text[at + len..]) {
            Some((decimals, decimals_len)) => {
                (number.plus(decimals)?, len + decimals_len)
            }
            None => (number, len),
        }
    };
    Some((over.times(Number::fraction(1, under)?)?, at + over_len))
}

/// Chinese numerals without point or fraction.
fn numerals_at(text: &str, count: Count) -> Option<(Number, usize)> {
    if let Some(found) = positional_at(text, count) {
        return found;
    }
    let (mut total, mut section, mut pending) = (0_i128, 0_i128, None::<i128>);
    let (mut last_unit, mut last_myriad) = (i128::MAX, i128::MAX);
    // What a bare digit at the end counts: 三千五 is 3500, 三千零五 is 3005.
    let mut tail = 1;
    let mut len = 0;
    for c in text.chars().take(2 * MAX_DIGITS) {
        match numeral(c) {
            Some(Numeral::Digit(0)) => {
                if len == 0 {
                    return Some((Number::integer(0), c.len_utf8()));
                }
                if pending.is_some() {
                    break;
                }
                tail = 1;
            }
            Some(Numeral::Digit(d)) => {
                // 二十两: 两 behind a number is the weight, unless a unit follows (一万两千).
                let is_weight = len > 0
                    && matches!(c, '两' | '兩')
                    && !text[len + c.len_utf8()..].starts_with(is_counted_unit);
                // 十七八, 二十三四: about so many.
                if pending == Some(d - 1) && !is_weight && count == Count::Cardinal {
                    return None;
                }
                if pending.is_some() || is_weight {
                    break;
                }
                pending = Some(d);
            }
            Some(Numeral::Tens(tens)) => {
                if pending.is_some() || last_unit <= 10 {
                    break;
                }
                section += tens;
                (last_unit, tail) = (10, 1);
            }
            Some(Numeral::Unit(unit)) => {
                let count = match pending.take() {
                    Some(count) => count,
                    // 十 may stand alone; 百 and 千 are no numbers without a count.
                    None if unit == 10 => 1,
                    None => break,
                };
                if unit >= last_unit {
                    return None;
                }
                section += count * unit;
                (last_unit, tail) = (unit, unit / 10);
            }
            Some(Numeral::Myriad(myriad)) => {
                let count = section + pending.take().unwrap_or(0);
                if myriad > last_myriad {
                    total = total.checked_add(count)?.checked_mul(myriad)?;
                } else if count > 0 && myriad < last_myriad {
                    total = total.checked_add(count.checked_mul(myriad)?)?;
                } else {
                    break;
                }
                section = 0;
                (last_myriad, last_unit, tail) = (myriad, i128::MAX, myriad / 10);
            }
            None => break,
        }
        len += c.len_utf8();
    }
    let value = total.checked_add(section)?.checked_add(pending.unwrap_or(0) * tail)?;
    (len > 0).then_some((Number::integer(value), len))
}

/// A unit that 两 may count: 两百, 两万; not 两十.
fn is_counted_unit(c: char) -> bool {
    matches!(numeral(c), Some(Numeral::Unit(100 | 1000) | Numeral::Myriad(_)))
}

/// Digits side by side: 二〇一三, 一九四九. `Some(None)` where they say no certain number: "three
/// or four", and what two digits are but a name (五四运动).
fn positional_at(text: &str, count: Count) -> Option<Option<(Number, usize)>> {
    let as_digit = |c| match numeral(c) {
        Some(Numeral::Digit(d)) => Some(d),
        _ => None,
    };
    let digits = text.chars().take(MAX_DIGITS).map_while(|c| Some((c, as_digit(c)?)));
    let mut digits: Vec<(char, i128)> = digits.collect();
    if digits.len() < 2 {
        return None;
    }
    let len_of = |digits: &[(char, i128)]| digits.iter().map(|(c, _)| c.len_utf8()).sum();
    let rest = &text[len_of(&digits)..];
    // 第一四分位: the first quartile.
    if rest.starts_with("分位") {
        digits.pop();
    }
    let is_pair = matches!(digits[..], [(_, a), (_, b)] if a > 0 && b > 0);
    let is_said = count == Count::Cardinal
        && (is_pair && !rest.starts_with('年') || rest.starts_with("分位"));
    let is_about = matches!(digits[..], [(_, a), (_, b)] if a > 0 && b == a + 1);
    let is_about = is_about && count == Count::Cardinal;
    // 三三两两 counts nothing, 三百 is read by its units.
    let is_open = rest.starts_with(is_numeral)
        || digits.iter().any(|(c, _)| matches!(c, '两' | '兩'));
    if is_said || is_about || is_open {
        return Some(None);
    }
    let value = digits.iter().fold(0, |value, (_, digit)| value * 10 + digit);
    Some(Some((Number::integer(value), len_of(&digits))))
}

/// 点五, 點二五: the decimals after 点, and the bytes with the 点.
fn decimals_at(text: &str) -> Option<(Number, usize)> {
    let point = text.chars().next().filter(|c| matches!(c, '点' | '點'))?;
    let (mut value, mut scale, mut len) = (0_i128, 1_i128, point.len_utf8());
    for c in text[len..].chars() {
        match numeral(c) {
            Some(Numeral::Digit(d)) if scale < 1_000_000_000 => {
                value = value * 10 + d;
                scale *= 10;
                len += c.len_utf8();
            }
            // 十点五十分 is a time.
            Some(Numeral::Unit(_) | Numeral::Tens(_)) => return None,
            _ => break,
        }
    }
    if scale == 1 || text[len..].starts_with(['分', '刻']) {
        return None;
    }
    Some((Number::fraction(value, scale)?, len))
}

/// Factors behind a number: 万, 百万, 万亿; 1 and no bytes where there are none.
fn myriads_at(text: &str) -> (Number, usize) {
    let (mut factor, mut len) = (1_i128, 0);
    for c in text.chars() {
        match numeral(c) {
            Some(Numeral::Unit(unit)) if unit >= 100 && factor == 1 => factor *= unit,
            Some(Numeral::Myriad(myriad)) if factor <= 10_000 => factor *= myriad,
            _ => break,
        }
        len += c.len_utf8();
    }
    (Number::integer(factor), len)
}

/// Digits with Chinese factors: 3.5万, 1億2,000萬, 500 万.
fn mixed_at(text: &str) -> Option<(Number, usize)> {
    let (mut sum, mut len) = arabic_at(text)?;
    let Some((factor, factor_len)) = factor_at(&text[len..]) else {
        return Some((sum, len));
    };
    sum = sum.times(factor)?;
    len += factor_len;
    let mut last = factor;
    // 1億2,000萬: the next part must count less than the last.
    while let Some((part, part_len)) = arabic_at(&text[len..]) {
        let (factor, factor_len) =
            factor_at(&text[len + part_len..]).unwrap_or((Number::integer(1), 0));
        let part = part.times(factor)?;
        if factor.over >= last.over || part.over >= last.over.saturating_mul(part.under) {
            break;
        }
        sum = sum.plus(part)?;
        len += part_len + factor_len;
        last = factor;
    }
    Some((sum, len))
}

fn factor_at(text: &str) -> Option<(Number, usize)> {
    let blanks = blanks_at(text);
    let (factor, len) = myriads_at(&text[blanks..]);
    let rest = &text[blanks + len..];
    let is_measure = factor.over == 1000
        && rest.starts_with(['克', '米', '瓦', '卡', '伏', '赫', '帕', '字', '公'])
        || rest.starts_with("分之")
        || factor.over == 1_000_000_000_000 && rest.starts_with(['瓦', '赫', '字', '位']);
    (len > 0 && !is_measure).then_some((factor, blanks + len))
}

/// The value of a circled, bracketed or dotted number in one character: ①, ㈠, ⑴, ⒈.
pub fn enclosed(c: char) -> Option<u32> {
    let from = |first: char, value: u32| u32::from(c) - u32::from(first) + value;
    match c {
        '①'..='⑳' => Some(from('①', 1)),
        '㉑'..='㉟' => Some(from('㉑', 21)),
        '⑴'..='⒇' => Some(from('⑴', 1)),
        '⒈'..='⒛' => Some(from('⒈', 1)),
        '㈠'..='㈩' => Some(from('㈠', 1)),
        '㊀'..='㊉' => Some(from('㊀', 1)),
        '❶'..='❿' => Some(from('❶', 1)),
        '➀'..='➉' => Some(from('➀', 1)),
        '➊'..='➓' => Some(from('➊', 1)),
        _ => None,
    }
}

/// A Roman number in one case, correctly formed and not running on into a word: `XIV`, `iv`,
/// `Ⅻ`.
///
/// `I` and `v` are numbers to this reader; whether one is meant is for the caller to judge.
pub fn roman_at(text: &str) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    match first {
        'Ⅰ'..='Ⅻ' => {
            return Some((u32::from(first) - u32::from('Ⅰ') + 1, first.len_utf8()));
        }
        'ⅰ'..='ⅻ' => {
            return Some((u32::from(first) - u32::from('ⅰ') + 1, first.len_utf8()));
        }
        _ => {}
    }
    let len = text.bytes().take(16).take_while(u8::is_ascii_alphabetic).count();
    let word = &text[..len];
    let upper = word.to_ascii_uppercase();
    if len == 0 || len > 15 || (word != upper && word != word.to_ascii_lowercase()) {
        return None;
    }
    if text[len..]
        .starts_with(|c: char| c.is_alphanumeric() && !crate::text::script::is_han(c))
    {
        return None;
    }
    let value = roman_value(&upper)?;
    (to_roman(value) == upper).then_some((value, len))
}

fn roman_value(upper: &str) -> Option<u32> {
    let mut value = 0_u32;
    let mut last = 0;
    for byte in upper.bytes().rev() {
        let one = match byte {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            b'C' => 100,
            b'D' => 500,
            b'M' => 1000,
            _ => return None,
        };
        if one < last {
            value = value.checked_sub(one)?;
        } else {
            value += one;
            last = one;
        }
    }
    (1..4000).contains(&value).then_some(value)
}

/// The names of the English months, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The one correct writing of a Roman number from 1 to 3999, in capitals; empty for 0.
pub fn to_roman(mut value: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut roman = String::new();
    for (one, sign) in SIGNS {
        while value >= one {
            roman.push_str(sign);
            value -= one;
        }
    }
    roman
}

/// Does a number count (three) or order (third)?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// three, 3.
    Cardinal,
    /// third, 3rd.
    Ordinal,
}

/// What [`english_at`] read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct English {
    /// The value.
    pub number: Number,
    /// Bytes it took.
    pub len: usize,
    /// Cardinal or ordinal.
    pub form: Form,
    /// Was it spelled out, without any digit?
    pub in_words: bool,
}

/// What an English number word is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// one to nineteen, zero.
    Small(i128),
    /// twenty to ninety.
    Tens(i128),
    /// hundred.
    Hundred,
    /// thousand, million, billion, trillion.
    Scale(i128),
}

/// A number word and whether it is an ordinal.
fn number_word(lower: &str) -> Option<(Word, Form)> {
    use Form::{Cardinal, Ordinal};
    use Word::{Hundred, Scale, Small, Tens};
    Some(match lower {
        "zero" => (Small(0), Cardinal),
        "one" => (Small(1), Cardinal),
        "two" => (Small(2), Cardinal),
        "three" => (Small(3), Cardinal),
        "four" => (Small(4), Cardinal),
        "five" => (Small(5), Cardinal),
        "six" => (Small(6), Cardinal),
        "seven" => (Small(7), Cardinal),
        "eight" => (Small(8), Cardinal),
        "nine" => (Small(9), Cardinal),
        "ten" => (Small(10), Cardinal),
        "eleven" => (Small(11), Cardinal),
        "twelve" => (Small(12), Cardinal),
        "thirteen" => (Small(13), Cardinal),
        "fourteen" => (Small(14), Cardinal),
        "fifteen" => (Small(15), Cardinal),
        "sixteen" => (Small(16), Cardinal),
        "seventeen" => (Small(17), Cardinal),
        "eighteen" => (Small(18), Cardinal),
        "nineteen" => (Small(19), Cardinal),
        "twenty" => (Tens(20), Cardinal),
        "thirty" => (Tens(30), Cardinal),
        "forty" | "fourty" => (Tens(40), Cardinal),
        "fifty" => (Tens(50), Cardinal),
        "sixty" => (Tens(60), Cardinal),
        "seventy" => (Tens(70), Cardinal),
        "eighty" => (Tens(80), Cardinal),
        "ninety" => (Tens(90), Cardinal),
        "hundred" => (Hundred, Cardinal),
        "thousand" => (Scale(1_000), Cardinal),
        "million" => (Scale(1_000_000), Cardinal),
        "billion" => (Scale(1_000_000_000), Cardinal),
        "trillion" => (Scale(1_000_000_000_000), Cardinal),
        "first" => (Small(1), Ordinal),
        "second" => (Small(2), Ordinal),
        "third" => (Small(3), Ordinal),
        "fourth" => (Small(4), Ordinal),
        "fifth" => (Small(5), Ordinal),
        "sixth" => (Small(6), Ordinal),
        "seventh" => (Small(7), Ordinal),
        "eighth" => (Small(8), Ordinal),
        "ninth" => (Small(9), Ordinal),
        "tenth" => (Small(10), Ordinal),
        "eleventh" => (Small(11), Ordinal),
        "twelfth" => (Small(12), Ordinal),
        "thirteenth" => (Small(13), Ordinal),
        "fourteenth" => (Small(14), Ordinal),
        "fifteenth" => (Small(15), Ordinal),
        "sixteenth" => (Small(16), Ordinal),
        "seventeenth" => (Small(17), Ordinal),
        "eighteenth" => (Small(18), Ordinal),
        "nineteenth" => (Small(19), Ordinal),
        "twentieth" => (Tens(20), Ordinal),
        "thirtieth" => (Tens(30), Ordinal),
        "fortieth" => (Tens(40), Ordinal),
        "fiftieth" => (Tens(50), Ordinal),
        "sixtieth" => (Tens(60), Ordinal),
        "seventieth" => (Tens(70), Ordinal),
        "eightieth" => (Tens(80), Ordinal),
        "ninetieth" => (Tens(90), Ordinal),
        "hundredth" => (Hundred, Ordinal),
        "thousandth" => (Scale(1_000), Ordinal),
        "millionth" => (Scale(1_000_000), Ordinal),
        _ => return None,
    })
}

/// The longest number word; longer words need not be looked up.
const LONGEST_WORD: usize = 11;

/// The word `text` opens with, up to [`LONGEST_WORD`] letters, in lower case in `buffer`.
fn word_at<'b>(text: &str, buffer: &'b mut [u8; LONGEST_WORD]) -> Option<&'b str> {
    let len = text
        .bytes()
        .take(LONGEST_WORD + 1)
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    if len == 0 || len > LONGEST_WORD {
        return None;
    }
    buffer[..len].copy_from_slice(&text.as_bytes()[..len]);
    buffer[..len].make_ascii_lowercase();
    std::str::from_utf8(&buffer[..len]).ok()
}

fn number_word_at(text: &str) -> Option<(Word, Form, usize)> {
    let mut buffer = [0; LONGEST_WORD];
    let word = word_at(text, &mut buffer)?;
    number_word(word).map(|(value, form)| (value, form, word.len()))
}

/// Does `text` open with this word, in any case, and not run on?
fn opens_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
        && !text[word.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// A number as English writes it: twenty-one, sixty-fourth, three hundred and five, 2.5
/// million, half a million, two thirds, 21st.
///
/// A date or count that needs an article (a third) is none. The text must open with the
/// number; that no word runs into it is for the caller to see.
pub fn english_at(text: &str) -> Option<English> {
    let first = text.chars().next()?;
    if digit(first).is_some() {
        return english_digits_at(text);
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    half_at(text).or_else(|| spelled_at(text))
}

fn english_digits_at(text: &str) -> Option<English> {
    let (number, len) = arabic_at(text)?;
    let rest = &text[len..];
    let suffix = rest.get(..2).unwrap_or("");
    if ["st", "nd", "rd", "th"].iter().any(|s| suffix.eq_ignore_ascii_case(s))
        && !rest[2..].starts_with(|c: char| c.is_ascii_alphanumeric())
        && number.to_integer().is_some()
    {
        return Some(English {
            number,
            len: len + 2,
            form: Form::Ordinal,
            in_words: false,
        });
    }
    let (number, len) = with_half(number, text, len);
    let (number, len) = scaled(number, text, len)?;
    Some(English { number, len, form: Form::Cardinal, in_words: false })
}

/// Multiplies by the hundreds, thousands and millions that follow: `2.5 million`.
fn scaled(mut number: Number, text: &str, mut len: usize) -> Option<(Number, usize)> {
    loop {
        let gap = gap_at(&text[len..]);
        if gap == 0 {
            return Some((number, len));
        }
        let rest = &text[len + gap..];
        let (factor, word_len) = match number_word_at(rest) {
            Some((Word::Hundred, Form::Cardinal, word_len)) => (100, word_len),
            Some((Word::Scale(scale), Form::Cardinal, word_len)) => (scale, word_len),
            _ => return Some((number, len)),
        };
        number = number.times(Number::integer(factor))?;
        len += gap + word_len;
    }
}

/// `and a half` behind a whole number: the number with it, and where it ends.
fn with_half(number: Number, text: &str, len: usize) -> (Number, usize) {
    let mut at = len;
    for word in ["and", "a", "half"] {
        let gap = gap_at(&text[at..]);
        let one = word == "a" && opens_with_word(&text[at + gap..], "one");
        let word = if one { "one" } else { word };
        if gap == 0 || !opens_with_word(&text[at + gap..], word) {
            return (number, len);
        }
        at += gap + word.len();
    }
    let half = Number::fraction(1, 2).filter(|_| number.to_integer().is_some());
    match half.and_then(|half| number.plus(half)) {
        Some(more) => (more, at),
        None => (number, len),
    }
}

/// `half a million`.
fn half_at(text: &str) -> Option<English> {
    if !opens_with_word(text, "half") {
        return None;
    }
    let mut len = 4 + gap_at(&text[4..]);
    if !opens_with_word(&text[len..], "a") {
        return None;
    }
    len += 1 + gap_at(&text[len + 1..]);
    let Some((Word::Scale(scale), Form::Cardinal, word_len)) =
        number_word_at(&text[len..])
    else {
        return None;
    };
    let number = Number::fraction(scale, 2)?;
    Some(English { number, len: len + word_len, form: Form::Cardinal, in_words: true })
}

/// Blank or hyphen between two number words; at most two bytes, so that lines do not join.
fn gap_at(text: &str) -> usize {
    let blanks = blanks_at(text);
    if blanks > 0 && blanks <= 3 {
        return blanks;
    }
    match text.chars().next() {
        Some(c @ ('-' | '‐' | '‑')) => c.len_utf8(),
        _ => 0,
    }
}

/// Where a spelled-out number stands while its words come in.
#[derive(Default)]
struct Spelling {
    total: i128,
    section: i128,
    /// The least power of ten that `section` already fills: 1, 10, 100; 0 while it is empty.
    filled: i128,
    last_scale: Option<i128>,
}

impl Spelling {
    /// Takes one more word; `false` where the word does not go on with the number.
    fn push(&mut self, word: Word) -> bool {
        match word {
            Word::Small(n) => {
                let room = if n < 10 { 10 } else { 100 };
                let fits = self.filled == 0 || self.filled >= room && n > 0;
                if fits {
                    self.section += n;
                    self.filled = 1;
                    return true;
                }
                // nineteen thirteen
                self.push_year(n, n >= 10)
            }
            Word::Tens(n) => {
                if self.filled == 0 || self.filled >= 100 {
                    self.section += n;
                    self.filled = 10;
                    return true;
                }
                self.push_year(n, true)
            }
            Word::Hundred => {
                let fits = (1..100).contains(&self.section) && self.filled < 100;
                if fits {
                    self.section *= 100;
                    self.filled = 100;
                }
                fits
            }
            Word::Scale(scale) => {
                let fits =
                    self.section > 0 && self.last_scale.is_none_or(|last| scale < last);
                if fits {
                    self.total += self.section * scale;
                    self.last_scale = Some(scale);
                    (self.section, self.filled) = (0, 0);
                }
                fits
            }
        }
    }

    /// nineteen ninety-one: two numbers of two digits make a year.
    fn push_year(&mut self, n: i128, two_digits: bool) -> bool {
        let century = self.last_scale.is_none() && (13..=20).contains(&self.section);
        if century && two_digits {
            self.section = self.section * 100 + n;
            self.filled = if n < 20 { 1 } else { 10 };
        }
        century && two_digits
    }

    fn value(&self) -> i128 {
        self.total + self.section
    }
}

fn spelled_at(text: &str) -> Option<English> {
    let mut spelling = Spelling::default();
    let mut len = article_before_scale(text);
    if len > 0 {
        spelling.push(Word::Small(1));
    }
    let mut form = Form::Cardinal;
    let mut end = 0;
    while let Some((word, word_form, word_len)) = number_word_at(&text[len..]) {
        if !spelling.push(word) {
            break;
        }
        end = len + word_len;
        form = word_form;
        let gap = gap_at(&text[end..]);
        if form == Form::Ordinal || gap == 0 {
            break;
        }
        len = end + gap;
        if opens_with_word(&text[len..], "and")
            && (spelling.filled >= 100
                || spelling.last_scale.is_some() && spelling.filled == 0)
        {
            len += 3 + gap_at(&text[len + 3..]);
        }
    }
    if end == 0 {
        return None;
    }
    let mut number = Number::integer(spelling.value());
    if form == Form::Cardinal {
        if let Some((fraction, fraction_len)) = parts_at(spelling.value(), text, end) {
            number = fraction;
            end = fraction_len;
        } else if let Some((decimals, decimals_end)) = point_at(text, end) {
            (number, end) = scaled(number.plus(decimals)?, text, decimals_end)?;
        } else {
            let (more, half_end) = with_half(number, text, end);
            if half_end > end {
                (number, end) = scaled(more, text, half_end)?;
            }
        }
    }
    Some(English { number, len: end, form, in_words: true })
}

/// Bytes of `a ` before hundred, thousand, million; else 0.
fn article_before_scale(text: &str) -> usize {
    if !opens_with_word(text, "a") {
        return 0;
    }
    let len = 1 + gap_at(&text[1..]);
    match number_word_at(&text[len..]) {
        Some((Word::Hundred | Word::Scale(_), Form::Cardinal, _)) => len,
        _ => 0,
    }
}

/// two thirds, one-third: the fraction and where it ends.
fn parts_at(over: i128, text: &str, end: usize) -> Option<(Number, usize)> {
    let gap = gap_at(&text[end..]);
    if gap == 0 || !(1..20).contains(&over) {
        return None;
    }
    let start = end + gap;
    let len = text[start..].bytes().take(12).take_while(u8::is_ascii_alphabetic).count();
    let word = text[start..start + len].to_ascii_lowercase();
    let under = match word.as_str() {
        "half" | "halves" => 2,
        "quarter" | "quarters" => 4,
        _ => {
            let singular =
                if over == 1 { word.as_str() } else { word.strip_suffix('s')? };
            match number_word(singular)? {
                (Word::Small(under @ 3..=19) | Word::Tens(under), Form::Ordinal) => under,
                (Word::Hundred, Form::Ordinal) => 100,
                _ => return None,
            }
        }
    };
    Some((Number::fraction(over, under)?, start + len))
}

/// point five: the decimals behind a spelled-out number and where they end.
fn point_at(text: &str, end: usize) -> Option<(Number, usize)> {
    let gap = gap_at(&text[end..]);
    if gap == 0 || !opens_with_word(&text[end + gap..], "point") {
        return None;
    }
    let mut at = end + gap + 5;
    let (mut value, mut scale) = (0_i128, 1_i128);
    loop {
        let gap = gap_at(&text[at..]);
        match number_word_at(&text[at + gap..]) {
            Some((Word::Small(d @ 0..=9), Form::Cardinal, len))
                if gap > 0 && scale < 1_000_000 =>
            {
                value = value * 10 + d;
                scale *= 10;
                at += gap + len;
            }
            _ => break,
        }
    }
    (scale > 1)
        .then(|| Number::fraction(value, scale))
        .flatten()
        .map(|number| (number, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zh(text: &str) -> Option<String> {
        chinese_at(text).map(|(number, len)| format!("{number}|{}", &text[len..]))
    }

    fn en(text: &str) -> Option<String> {
        english_at(text).map(|read| {
            let mark = if read.form == Form::Ordinal { "th" } else { "" };
            format!("{}{mark}|{}", read.number, &text[read.len..])
        })
    }

    #[test]
    fn chinese_numbers_are_read_as_values() {
        for (text, value) in [
            ("三百二十万人", "3200000|人"),
            ("一九四九年", "1949|年"),
            ("二〇一三", "2013|"),
            ("二零零八年", "2008|年"),
            ("壹佰贰拾叁元", "123|元"),
            ("廿三日", "23|日"),
            ("卅", "30|"),
            ("两千", "2000|"),
            ("兩萬五千", "25000|"),
            ("二十两", "20|两"),
            ("一万两千", "12000|"),
            ("三万五", "35000|"),
            ("一百零五", "105|"),
            ("一百二", "120|"),
            ("一千零五十", "1050|"),
            ("十", "10|"),
            ("十二", "12|"),
            ("二十三", "23|"),
            ("一亿二千万", "120000000|"),
            ("一万亿", "1000000000000|"),
            ("三千二百萬億", "3200000000000000|"),
            ("3.5万", "35000|"),
            ("3.2億", "320000000|"),
            ("1億2,000萬元", "120000000|元"),
            ("500 万美元", "5000000|美元"),
            ("２０１３年", "2013|年"),
            ("1，500", "1|，500"),
            ("12,345,678", "12345678|"),
            ("三点五", "3.5|"),
            ("三點五億", "350000000|"),
            ("三点", "3|点"),
            ("十点五十分", "10|点五十分"),
            ("三分之二", "2/3|"),
            ("百分之三十", "0.3|"),
            ("百分之 5.5", "0.055|"),
            ("万分之五", "0.0005|"),
            ("5千克", "5|千克"),
        ] {
            assert_eq!(zh(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn uncertain_chinese_numbers_are_none() {
        for text in ["三四个人", "二三十年", "百货", "万一", "千", "人", ""]
        {
            assert_eq!(zh(text), None, "{text}");
        }
    }

    #[test]
    fn english_numbers_are_read_as_values() {
        for (text, value) in [
            ("twenty-one", "21|"),
            ("Twenty one years", "21| years"),
            ("twenty-first", "21th|"),
            ("sixty-fourth session", "64th| session"),
            ("three hundred and five", "305|"),
            ("one hundred and first", "101th|"),
            ("two thousand thirteen", "2013|"),
            ("nineteen ninety-one", "1991|"),
            ("nineteen eighteen", "1918|"),
            ("2.5 million", "2500000|"),
            ("half a million", "500000|"),
            ("a hundred men", "100| men"),
            ("a man", ""),
            ("fifty-five per cent", "55| per cent"),
            ("three point five million", "3500000|"),
            ("two thirds of", "2/3| of"),
            ("one-third", "1/3|"),
            ("21st century", "21th| century"),
            ("three and four", "3| and four"),
            ("thirty-five thousand", "35000|"),
            ("one million two hundred thousand", "1200000|"),
            ("twelve hundred", "1200|"),
            ("five hundred million", "500000000|"),
            ("1,000,000", "1000000|"),
            ("5, 000", "5|, 000"),
            ("two three", "2| three"),
        ] {
            assert_eq!(en(text).unwrap_or_default(), value, "{text}");
        }
    }

    #[test]
    fn roman_numbers_must_be_well_formed() {
        assert_eq!(roman_at("XIV."), Some((14, 3)));
        assert_eq!(roman_at("iv)"), Some((4, 2)));
        assert_eq!(roman_at("Ⅻ"), Some((12, 3)));
        for text in ["IIII", "Xi", "IC", "mild", "VIa", "", "第"] {
            assert_eq!(roman_at(text), None, "{text}");
        }
    }

    #[test]
    fn enclosed_numbers_keep_their_value() {
        assert_eq!(
            ['①', '⑳', '㈠', '⑴', '㈩', '甲'].map(enclosed),
            [Some(1), Some(20), Some(1), Some(1), Some(10), None]
        );
    }

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
