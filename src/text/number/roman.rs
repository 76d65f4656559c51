//! Roman numbers, and numbers in one character: `XIV`, ①, ㈠.

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
