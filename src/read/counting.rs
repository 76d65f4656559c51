//! Numbers as lists write them: `iv`, `十三`, `甲`, `①`.

use crate::text::number::to_roman;

/// A way to write the numbers of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    Decimal,
    /// `01`.
    DecimalZero,
    /// `１`.
    Wide,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// `一`, `十三`, `一百零三`.
    Chinese,
    /// `一`, `一三`: a digit a figure.
    ChineseDigits,
    /// `壹`, `拾叁`.
    ChineseFormal,
    /// `壹`, `拾參`.
    ChineseFormalTraditional,
    /// `甲`.
    Stems,
    /// `子`.
    Branches,
    /// `甲子`, the sixty of the calendar.
    StemsBranches,
    /// `- 1 -`.
    Dashed,
    /// `①`.
    Circled,
    /// `⑴`.
    Bracketed,
    /// `⒈`.
    Stopped,
    /// `㊀`.
    ChineseCircled,
    /// `1st`.
    Ordinal,
    /// `One`.
    Words,
    /// `First`.
    OrdinalWords,
    /// A bullet, or nothing.
    None,
}

impl Counting {
    /// The number as it is written; numbers beyond a style's last are decimal.
    pub(super) fn write(self, number: u32) -> String {
        let decimal = || number.to_string();
        let from = |first: char, last: u32| match number {
            n if (1..=last).contains(&n) => char::from_u32(u32::from(first) + n - 1)
                .map_or_else(decimal, String::from),
            _ => decimal(),
        };
        let one_of = |all: &str| match number.checked_sub(1) {
            Some(n) => all.chars().nth(n as usize).map_or_else(decimal, String::from),
            None => decimal(),
        };
        match self {
            Counting::None => String::new(),
            Counting::Decimal => decimal(),
            Counting::DecimalZero => format!("{number:02}"),
            Counting::Wide => decimal()
                .chars()
                .filter_map(|c| char::from_u32(u32::from(c) - 0x30 + 0xFF10))
                .collect(),
            Counting::LowerLetter => letters(number, b'a'),
            Counting::UpperLetter => letters(number, b'A'),
            Counting::LowerRoman => roman(number).to_lowercase(),
            Counting::UpperRoman => roman(number),
            Counting::Chinese => chinese(number, SMALL, "零"),
            Counting::ChineseFormal => chinese(number, FORMAL, "零"),
            Counting::ChineseFormalTraditional => {
                chinese(number, FORMAL_TRADITIONAL, "零")
            }
            Counting::StemsBranches => {
                let of = |all: &str, n: u32| all.chars().nth(n as usize);
                match number.checked_sub(1).filter(|&n| n < 60) {
                    Some(n) => of(STEMS, n % 10)
                        .into_iter()
                        .chain(of(BRANCHES, n % 12))
                        .collect(),
                    None => decimal(),
                }
            }
            Counting::Dashed => format!("- {number} -"),
            Counting::ChineseDigits => decimal()
                .bytes()
                .filter_map(|digit| {
                    "〇一二三四五六七八九".chars().nth((digit - b'0').into())
                })
                .collect(),
            Counting::Stems => one_of(STEMS),
            Counting::Branches => one_of(BRANCHES),
            Counting::Circled if number > 20 => decimal(),
            Counting::Circled => from('①', 20),
            Counting::Bracketed => from('⑴', 20),
            Counting::Stopped => from('⒈', 20),
            Counting::ChineseCircled => from('㊀', 10),
            Counting::Ordinal => format!("{number}{}", suffix(number)),
            Counting::Words => words(number, &ONES, &TENS).unwrap_or_else(decimal),
            Counting::OrdinalWords => ordinal(number),
        }
    }

    /// By the name of WordprocessingML (ECMA-376 part 1, 17.18.59).
    pub(super) fn of_word(name: &str) -> Self {
        match name {
            "bullet" | "none" => Counting::None,
            "decimalZero" => Counting::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Counting::Wide,
            "lowerLetter" => Counting::LowerLetter,
            "upperLetter" => Counting::UpperLetter,
            "lowerRoman" => Counting::LowerRoman,
            "upperRoman" => Counting::UpperRoman,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "koreanCounting" => Counting::Chinese,
            "ideographDigital"
            | "japaneseDigitalTenThousand"
            | "taiwaneseDigital"
            | "koreanDigital2" => Counting::ChineseDigits,
            "chineseLegalSimplified" => Counting::ChineseFormal,
            "ideographLegalTraditional" | "japaneseLegal" | "koreanLegal" => {
                Counting::ChineseFormalTraditional
            }
            "ideographZodiacTraditional" => Counting::StemsBranches,
            "numberInDash" => Counting::Dashed,
            "ideographTraditional" => Counting::Stems,
            "ideographZodiac" => Counting::Branches,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Counting::Circled,
            "decimalEnclosedParen" => Counting::Bracketed,
            "decimalEnclosedFullstop" => Counting::Stopped,
            "ideographEnclosedCircle" => Counting::ChineseCircled,
            "ordinal" => Counting::Ordinal,
            "cardinalText" => Counting::Words,
            "ordinalText" => Counting::OrdinalWords,
            _ => Counting::Decimal,
        }
    }

    /// By the sample of OpenDocument 1.3 (part 3, 19.506), such as `a` or `一, 二, 三, ...`.
    pub(super) fn of_open_document(sample: &str) -> Self {
        match sample.split([',', ' ']).next().unwrap_or("") {
            "" => Counting::None,
            "a" => Counting::LowerLetter,
            "A" => Counting::UpperLetter,
            "i" => Counting::LowerRoman,
            "I" => Counting::UpperRoman,
            "一" => Counting::Chinese,
            // The sample goes on: 壹, 贰 or 壹, 貳.
            "壹" if sample.contains('貳') => Counting::ChineseFormalTraditional,
            "壹" => Counting::ChineseFormal,
            "甲" => Counting::Stems,
            "子" => Counting::Branches,
            "１" => Counting::Wide,
            "①" => Counting::Circled,
            "01" => Counting::DecimalZero,
            "1st" => Counting::Ordinal,
            "One" => Counting::Words,
            "First" => Counting::OrdinalWords,
            _ => Counting::Decimal,
        }
    }

    /// By `type` of HTML or `list-style-type` of CSS (Counter Styles Level 3); `None` for a
    /// name that is not known.
    pub(super) fn of_web(name: &str) -> Option<Self> {
        Some(match name {
            "1" | "decimal" => Counting::Decimal,
            "a" | "lower-alpha" | "lower-latin" => Counting::LowerLetter,
            "A" | "upper-alpha" | "upper-latin" => Counting::UpperLetter,
            "i" | "lower-roman" => Counting::LowerRoman,
            "I" | "upper-roman" => Counting::UpperRoman,
            "decimal-leading-zero" => Counting::DecimalZero,
            "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => {
                Counting::Chinese
            }
            "simp-chinese-formal" => Counting::ChineseFormal,
            "trad-chinese-formal" => Counting::ChineseFormalTraditional,
            "cjk-decimal" => Counting::ChineseDigits,
            "cjk-heavenly-stem" => Counting::Stems,
            "cjk-earthly-branch" => Counting::Branches,
            "none" | "disc" | "circle" | "square" => Counting::None,
            _ => return None,
        })
    }
}

/// `a` to `z`, then `aa`, `bb` as Word has it.
fn letters(number: u32, first: u8) -> String {
    let Some(n) = number.checked_sub(1) else { return number.to_string() };
    let letter = char::from(first + u8::try_from(n % 26).expect("under 26"));
    let times = (n / 26 + 1).min(30) as usize;
    std::iter::repeat_n(letter, times).collect()
}

fn roman(number: u32) -> String {
    match number {
        1..4000 => to_roman(number),
        _ => number.to_string(),
    }
}

/// Digits 1 to 9 and the units of ten, hundred and thousand.
type Numerals = (&'static str, [&'static str; 3]);
const SMALL: Numerals = ("一二三四五六七八九", ["十", "百", "千"]);
const FORMAL_TRADITIONAL: Numerals = ("壹貳參肆伍陸柒捌玖", ["拾", "佰", "仟"]);
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const FORMAL: Numerals = ("壹贰叁肆伍陆柒捌玖", ["拾", "佰", "仟"]);

/// Up to 9999, which no list goes beyond; ten to nineteen without a leading one.
fn chinese(number: u32, (digits, units): Numerals, zero: &str) -> String {
    if number == 0 {
        return zero.to_owned();
    }
    if number > 9999 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut owes_zero = false;
    for (power, unit) in [(1000, units[2]), (100, units[1]), (10, units[0]), (1, "")] {
        let digit = number / power % 10;
        if digit == 0 {
            owes_zero = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut owes_zero) {
            out.push_str(zero);
        }
        if !(number < 20 && power == 10) {
            out.extend(digits.chars().nth(digit as usize - 1));
        }
        out.push_str(unit);
    }
    out
}

fn suffix(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

const ONES: [&str; 19] = [
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
];
const TENS: [&str; 8] =
    ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"];

fn words(number: u32, ones: &[&str; 19], tens: &[&str; 8]) -> Option<String> {
    let one =
        |n: u32| ones.get((n as usize).checked_sub(1)?).map(|word| (*word).to_owned());
    match number {
        1..20 => one(number),
        20..100 => {
            let ten = tens[number as usize / 10 - 2];
            Some(match one(number % 10) {
                Some(one) => format!("{ten}-{}", one.to_lowercase()),
                None => ten.to_owned(),
            })
        }
        _ => None,
    }
}

fn ordinal(number: u32) -> String {
    let Some(word) = words(number, &ONES, &TENS) else {
        return format!("{number}{}", suffix(number));
    };
    const IRREGULAR: [(&str, &str); 7] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
    ];
    for (cardinal, ordinal) in IRREGULAR {
        if let Some(stem) = word.strip_suffix(cardinal) {
            return format!("{stem}{ordinal}");
        }
        if word.to_lowercase() == cardinal {
            return ordinal[..1].to_uppercase() + &ordinal[1..];
        }
    }
    match word.strip_suffix('y') {
        Some(stem) => format!("{stem}ieth"),
        None => format!("{word}th"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_counts() {
        for (counting, number, written) in [
            (Counting::LowerLetter, 3, "c"),
            (Counting::LowerLetter, 28, "bb"),
            (Counting::UpperRoman, 49, "XLIX"),
            (Counting::Chinese, 10, "十"),
            (Counting::Chinese, 13, "十三"),
            (Counting::Chinese, 20, "二十"),
            (Counting::Chinese, 103, "一百零三"),
            (Counting::Chinese, 110, "一百一十"),
            (Counting::Chinese, 1010, "一千零一十"),
            (Counting::ChineseFormal, 12, "拾贰"),
            (Counting::ChineseDigits, 20, "二〇"),
            (Counting::ChineseFormalTraditional, 23, "貳拾參"),
            (Counting::StemsBranches, 13, "丙子"),
            (Counting::Dashed, 4, "- 4 -"),
            (Counting::Stems, 2, "乙"),
            (Counting::Stems, 11, "11"),
            (Counting::Circled, 20, "⑳"),
            (Counting::Circled, 21, "21"),
            (Counting::Ordinal, 22, "22nd"),
            (Counting::Words, 21, "Twenty-one"),
            (Counting::OrdinalWords, 5, "Fifth"),
            (Counting::OrdinalWords, 21, "Twenty-first"),
            (Counting::OrdinalWords, 30, "Thirtieth"),
            (Counting::OrdinalWords, 14, "Fourteenth"),
            (Counting::Wide, 12, "１２"),
            (Counting::LowerLetter, 0, "0"),
        ] {
            assert_eq!(counting.write(number), written);
        }
    }
}
