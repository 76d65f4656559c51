//! Numbers in Chinese: 三百二十万, 二〇一三, 廿三, 3.5万, 三分之二.

use super::{MAX_DIGITS, Number, arabic_at, blanks_at, digit, digits_at};

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

/// 十七八, 二三十: the two numbers between which the text leaves the choice, and the bytes.
pub fn chinese_about_at(text: &str) -> Option<([Number; 2], usize)> {
    if chinese_at(text).is_some() {
        return None;
    }
    let run: Vec<char> =
        text.chars().take(MAX_DIGITS).take_while(|&c| is_numeral(c)).collect();
    let is_choice = |pair: &[char]| match (numeral(pair[0]), numeral(pair[1])) {
        (Some(Numeral::Digit(a)), Some(Numeral::Digit(b))) => a > 0 && b == a + 1,
        _ => false,
    };
    let at = run.windows(2).position(is_choice)?;
    let without = |dropped: usize| {
        let kept = run.iter().enumerate().filter(|(k, _)| *k != dropped);
        let one: String = kept.map(|(_, c)| c).collect();
        chinese_at(&one).filter(|(_, len)| *len == one.len()).map(|(number, _)| number)
    };
    let len = run.iter().map(|c| c.len_utf8()).sum();
    Some(([without(at + 1)?, without(at)?], len))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn zh(text: &str) -> Option<String> {
        chinese_at(text).map(|(number, len)| format!("{number}|{}", &text[len..]))
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
    fn a_choice_of_two_numbers_is_both() {
        let about = |text| {
            let (both, len) = chinese_about_at(text)?;
            Some((both.map(|number| number.to_integer().unwrap()), &text[len..]))
        };
        assert_eq!(about("十七八岁"), Some(([17, 18], "岁")));
        assert_eq!(about("二三十人"), Some(([20, 30], "人")));
        assert_eq!(about("三四百万"), Some(([3_000_000, 4_000_000], "")));
        assert_eq!(about("十七岁"), None);
        assert_eq!(about("二〇一二"), None);
    }

    #[test]
    fn numerals_that_are_parts_of_words_count_nothing() {
        for text in ["十六进制", "四分位数", "十二指腸", "十四行诗", "五四运动", "十七八"]
        {
            assert_eq!(zh(text), None, "{text}");
        }
        assert_eq!(chinese_ordinal_at("一四分位"), Some((1, 3)));
        assert_eq!(chinese_ordinal_at("二三條"), Some((23, 6)));
        assert_eq!(chinese_ordinal_at("一〇五"), Some((105, 9)));
    }
}
