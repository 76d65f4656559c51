//! Values of numbers, as tokens beside the words: `#21` after 二十一 and `twenty-one`.
//!
//! Only what says a number plainly: from ten up, or of more than one word. 一 and `one` are
//! pronouns as often as not, 百 and 万 alone are figures of speech.

use crate::lexicon::Seed;
use crate::text::Span;
use crate::text::script::is_han;
use crate::types::{Token, TokenKind};

/// Numbers in words below this are as often no numbers.
const MIN_VALUE: u128 = 10;

/// Longest run of Chinese numerals that is read: more is a list, not a number.
const MAX_NUMERALS: usize = 24;

/// A decimal number in digits without what does not change its value: `007.50` is `7.5`.
pub(super) fn canonical(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

/// A canonical number times a power of ten.
fn shifted(number: &str, zeros: usize) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let moved = fraction.len().min(zeros);
    let padding = "0".repeat(zeros - moved);
    canonical(&format!("{whole}{}{padding}.{}", &fraction[..moved], &fraction[moved..]))
}

fn extra(span: Span, value: &str) -> Token {
    let form = format!("#{value}").into();
    Token { span, kind: TokenKind::Extra, form, is_stop: false, is_capital: false }
}

/// Puts each extra token after the last token that overlaps its span. Both rise.
fn merged(tokens: Vec<Token>, extras: Vec<Token>) -> Vec<Token> {
    if extras.is_empty() {
        return tokens;
    }
    let mut all = Vec::with_capacity(tokens.len() + extras.len());
    let mut extras = extras.into_iter().peekable();
    for token in tokens {
        while let Some(extra) = extras.next_if(|extra| extra.span.end <= token.span.start)
        {
            all.push(extra);
        }
        all.push(token);
    }
    all.extend(extras);
    all
}

/// Adds the values of Chinese numerals, and of digits before 万 and its like.
pub(super) fn add_chinese(text: &str, seed: &Seed, tokens: Vec<Token>) -> Vec<Token> {
    let mut extras = Vec::new();
    let mut from = 0;
    for token in &tokens {
        if token.kind == TokenKind::Number {
            if let Some((span, value)) = multiplied(text, token, seed) {
                from = span.end;
                extras.push(extra(span, &value));
            }
        } else if token.kind == TokenKind::Word && token.span.end > from {
            let start = token.span.start.max(from);
            from = numerals(text, Span::new(start, token.span.end), seed, &mut extras);
        }
    }
    merged(tokens, extras)
}

/// A number in digits with the 百, 千, 万, 亿 right after it.
fn multiplied(text: &str, number: &Token, seed: &Seed) -> Option<(Span, String)> {
    let mut zeros = 0;
    let mut end = number.span.end;
    for c in text[end..].chars().take(4) {
        let Some(Numeral::Unit(power)) = numeral(seed.simplify(c)) else { break };
        zeros += power;
        end += c.len_utf8();
    }
    let span = Span::new(number.span.start, end);
    (zeros > 0).then(|| (span, shifted(&number.form[1..], zeros)))
}

/// Appends the values of the runs of numerals that begin inside `word`. Gives the byte up to
/// which the text is read, so that no run is read twice.
fn numerals(text: &str, word: Span, seed: &Seed, extras: &mut Vec<Token>) -> usize {
    let mut at = word.start;
    while at < word.end {
        let Some(c) = text[at..].chars().next().filter(|&c| is_han(c)) else { break };
        let mut run = Vec::new();
        let mut end = at;
        for c in text[at..].chars() {
            let Some(numeral) = numeral(seed.simplify(c)) else { break };
            run.push(numeral);
            end += c.len_utf8();
        }
        let is_year = text[end..].starts_with('年');
        if let Some(value) = chinese_value(&run, is_year) {
            extras.push(extra(Span::new(at, end), &value));
        }
        at = end.max(at + c.len_utf8());
    }
    at
}

/// One character of a Chinese number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numeral {
    /// 0 to 9.
    Digit(u8),
    /// 两: a two that is only said before a unit.
    Pair,
    /// A power of ten.
    Unit(usize),
    /// 廿, 卅: two or three tens.
    Tens(u8),
    /// The decimal point.
    Point,
}

/// What a simplified character is in a number.
fn numeral(c: char) -> Option<Numeral> {
    Some(match c {
        '〇' | '零' => Numeral::Digit(0),
        '一' | '壹' => Numeral::Digit(1),
        '二' | '贰' => Numeral::Digit(2),
        '三' | '叁' => Numeral::Digit(3),
        '四' | '肆' => Numeral::Digit(4),
        '五' | '伍' => Numeral::Digit(5),
        '六' | '陆' => Numeral::Digit(6),
        '七' | '柒' => Numeral::Digit(7),
        '八' | '捌' => Numeral::Digit(8),
        '九' | '玖' => Numeral::Digit(9),
        '两' => Numeral::Pair,
        '廿' => Numeral::Tens(2),
        '卅' => Numeral::Tens(3),
        '十' | '拾' => Numeral::Unit(1),
        '百' | '佰' => Numeral::Unit(2),
        '千' | '仟' => Numeral::Unit(3),
        '万' => Numeral::Unit(4),
        '亿' => Numeral::Unit(8),
        '点' => Numeral::Point,
        _ => return None,
    })
}

/// The value of a run of numerals; `None` for what is no number or too plain a one.
fn chinese_value(run: &[Numeral], is_year: bool) -> Option<String> {
    if run.len() > MAX_NUMERALS {
        return None;
    }
    if let Some(point) = run.iter().position(|&n| n == Numeral::Point) {
        let whole = chinese_whole(&run[..point])?;
        let fraction = digits(&run[point + 1..])?;
        return Some(canonical(&format!("{whole}.{fraction}")));
    }
    if let Some(digits) = digits(run) {
        let is_number = digits.len() > 2 || digits.len() == 2 && is_year;
        return is_number.then(|| canonical(&digits));
    }
    let value = chinese_whole(run)?;
    (value >= MIN_VALUE).then(|| value.to_string())
}

/// 一九四九 as `1949`; `None` with anything but digits.
fn digits(run: &[Numeral]) -> Option<String> {
    let digit = |numeral: &Numeral| match numeral {
        Numeral::Digit(digit) => Some(char::from(b'0' + digit)),
        _ => None,
    };
    if run.is_empty() { None } else { run.iter().map(digit).collect() }
}

/// 三千五百, 一百零二, 十二, 五 as a value.
fn chinese_whole(run: &[Numeral]) -> Option<u128> {
    let mut total: u128 = 0; // up to the last 万 or 亿
    let mut section: u128 = 0; // since
    let mut digit: Option<u128> = None;
    let mut unit = 0; // the last power of ten, for 三千五
    for (i, &numeral) in run.iter().enumerate() {
        match numeral {
            Numeral::Digit(0) if digit.is_none() => unit = 0,
            Numeral::Digit(_) | Numeral::Pair if digit.is_some() => return None,
            Numeral::Digit(value) => digit = Some(u128::from(value)),
            Numeral::Pair => digit = Some(2),
            Numeral::Tens(tens) if digit.is_none() => {
                section += u128::from(tens) * 10;
                unit = 1;
            }
            Numeral::Unit(1)
                if digit.is_none() && (i == 0 || section.is_multiple_of(100)) =>
            {
                section += 10;
                unit = 1;
            }
            Numeral::Unit(power @ 1..=3) => {
                section += digit.take()? * 10_u128.pow(u32::try_from(power).ok()?);
                unit = power;
            }
            Numeral::Unit(power) => {
                section += digit.take().unwrap_or(0);
                let sum = if power == 8 { total + section } else { section };
                if sum == 0 {
                    return None;
                }
                let scaled = sum.checked_mul(10_u128.pow(u32::try_from(power).ok()?))?;
                total = if power == 8 { scaled } else { total.checked_add(scaled)? };
                section = 0;
                unit = power;
            }
            Numeral::Tens(_) | Numeral::Point => return None,
        }
    }
    let last = match digit {
        Some(digit) if unit >= 2 => {
            digit.checked_mul(10_u128.pow(u32::try_from(unit - 1).ok()?))?
        }
        Some(digit) => digit,
        None => 0,
    };
    total.checked_add(section)?.checked_add(last)
}

/// Adds the values of number words, and of digits before `million` and its like.
pub(super) fn add_english(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let mut extras = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let (used, value) = english_run(text, &tokens[i..]);
        if let Some(value) = value {
            let span = Span::new(tokens[i].span.start, tokens[i + used - 1].span.end);
            extras.push(extra(span, &value));
        }
        i += used.max(1);
    }
    merged(tokens, extras)
}

/// A word of an English number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NumberWord {
    /// 0 to 9.
    Unit(u32),
    /// 10 to 19.
    Teen(u32),
    /// 20, 30, … 90.
    Tens(u32),
    /// 100.
    Hundred,
    /// A power of ten.
    Scale(usize),
}

const UNITS: [&str; 10] =
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const UNIT_ORDINALS: [&str; 10] = [
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    "ninth",
];
const TEENS: [&str; 10] = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// What a lemma is in a number, and whether it ends it (an ordinal).
fn number_word(form: &str) -> Option<(NumberWord, bool)> {
    if !(3..=12).contains(&form.len()) {
        return None;
    }
    let place = |words: &[&str], word: &str| {
        words.iter().position(|&w| w == word).and_then(|i| u32::try_from(i).ok())
    };
    if let Some(unit) = place(&UNITS, form) {
        return Some((NumberWord::Unit(unit), false));
    }
    if let Some(unit) = place(&UNIT_ORDINALS, form) {
        return Some((NumberWord::Unit(unit), true));
    }
    let (cardinal, is_ordinal) = match form.strip_suffix("th") {
        Some("twelf") => ("twelve".to_owned(), true),
        Some(stem) => match stem.strip_suffix("ie") {
            Some(stem) => (format!("{stem}y"), true),
            None => (stem.to_owned(), true),
        },
        None => (form.to_owned(), false),
    };
    let word = match cardinal.as_str() {
        "hundred" => NumberWord::Hundred,
        "thousand" => NumberWord::Scale(3),
        "million" => NumberWord::Scale(6),
        "billion" => NumberWord::Scale(9),
        "trillion" => NumberWord::Scale(12),
        other => match place(&TEENS, other) {
            Some(teen) => NumberWord::Teen(10 + teen),
            None => NumberWord::Tens(20 + 10 * place(&TENS, other)?),
        },
    };
    Some((word, is_ordinal))
}

/// How many tokens the number at the front takes, and its value where it is worth a token.
fn english_run(text: &str, tokens: &[Token]) -> (usize, Option<String>) {
    if tokens[0].kind == TokenKind::Number {
        let next = tokens.get(1).filter(|next| is_near(text, &tokens[0], next));
        let scale = match next.and_then(|next| number_word(&next.form)) {
            Some((NumberWord::Scale(power), _)) => power,
            _ => return (1, None),
        };
        return (2, Some(shifted(&tokens[0].form[1..], scale)));
    }
    let mut sum = Sum::default();
    let mut used = 0;
    while let Some(token) = tokens.get(used).filter(|token| token.kind == TokenKind::Word)
    {
        if used > 0 && !is_near(text, &tokens[used - 1], token) {
            break;
        }
        let is_and = used > 0 && &*token.form == "and" && sum.takes_and();
        let next = if is_and { used + 1 } else { used };
        let Some(word) = tokens.get(next).filter(|word| word.kind == TokenKind::Word)
        else {
            break;
        };
        let Some((number, is_last)) = number_word(&word.form) else { break };
        if !sum.add(number) {
            break;
        }
        used = next + 1;
        if is_last {
            break;
        }
    }
    let value = sum.value().filter(|&value| used > 1 || value >= MIN_VALUE);
    (used, value.filter(|_| used > 0).map(|value| value.to_string()))
}

/// Do blanks or a hyphen, and nothing else, part two tokens?
fn is_near(text: &str, before: &Token, after: &Token) -> bool {
    let gap = &text[before.span.end..after.span.start];
    gap.len() <= 4 && gap.chars().all(|c| c.is_whitespace() || c == '-')
}

/// A number as it is read out.
#[derive(Default)]
struct Sum {
    /// Thousands and more, finished.
    total: u128,
    /// What stands before the next scale word.
    group: Option<u128>,
    last: Option<NumberWord>,
}

impl Sum {
    /// `one hundred and five`, `two thousand and one`.
    fn takes_and(&self) -> bool {
        matches!(self.last, Some(NumberWord::Hundred | NumberWord::Scale(_)))
    }

    /// Adds a word; `false` if the number cannot go on with it.
    fn add(&mut self, word: NumberWord) -> bool {
        let group = self.group.unwrap_or(0);
        let added = match (word, self.last) {
            (
                NumberWord::Unit(n),
                None | Some(NumberWord::Hundred | NumberWord::Scale(_)),
            ) => Some(group + u128::from(n)),
            (NumberWord::Unit(n), Some(NumberWord::Tens(_))) if n > 0 => {
                Some(group + u128::from(n))
            }
            (
                NumberWord::Teen(n) | NumberWord::Tens(n),
                None | Some(NumberWord::Hundred | NumberWord::Scale(_)),
            ) => Some(group + u128::from(n)),
            // A year in two halves: nineteen forty-nine.
            (
                NumberWord::Teen(n) | NumberWord::Tens(n),
                Some(NumberWord::Teen(_) | NumberWord::Tens(_)),
            ) if (10..100).contains(&group) && self.total == 0 => {
                Some(group * 100 + u128::from(n))
            }
            (NumberWord::Hundred, None) => Some(100),
            (
                NumberWord::Hundred,
                Some(NumberWord::Unit(_) | NumberWord::Teen(_) | NumberWord::Tens(_)),
            ) if (1..100).contains(&group) => Some(group * 100),
            (NumberWord::Scale(power), _) => return self.scale(word, power),
            _ => None,
        };
        match added {
            Some(group) => {
                self.group = Some(group);
                self.last = Some(word);
                true
            }
            None => false,
        }
    }

    fn scale(&mut self, word: NumberWord, power: usize) -> bool {
        if matches!(self.last, Some(NumberWord::Scale(_))) {
            return false;
        }
        let factor = 10_u128.pow(u32::try_from(power).expect("at most a trillion"));
        self.total += self.group.take().unwrap_or(1) * factor;
        self.last = Some(word);
        true
    }

    fn value(&self) -> Option<u128> {
        self.last.map(|_| self.total + self.group.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::tokenize;
    use crate::types::Side;

    fn extras(side: Side, text: &str) -> Vec<String> {
        let tokens = tokenize(side, text, Seed::shipped());
        let extras = tokens.iter().filter(|token| token.kind == TokenKind::Extra);
        extras.map(|token| format!("{}={}", token.span.of(text), token.form)).collect()
    }

    #[test]
    fn chinese_numerals_have_values() {
        for (text, value) in [
            ("二十一", "#21"),
            ("一九四九", "#1949"),
            ("三千五百", "#3500"),
            ("三千五", "#3500"),
            ("一百零五", "#105"),
            ("十二", "#12"),
            ("一亿二千万", "#120000000"),
            ("壹佰贰拾叁", "#123"),
            ("廿三", "#23"),
            ("三点五", "#3.5"),
            ("3.5亿", "#350000000"),
            ("5千万", "#50000000"),
            ("兩萬", "#20000"),
        ] {
            assert_eq!(extras(Side::Zh, text), [format!("{text}={value}")]);
        }
    }

    #[test]
    fn figures_of_speech_have_no_value() {
        for text in
            ["一", "万一", "三三两两", "二三十人", "千万不要", "一点", "百分之", "十点"]
        {
            let found = extras(Side::Zh, text);
            assert!(found.iter().all(|e| e == "十=#10"), "{text}: {found:?}");
        }
    }

    #[test]
    fn english_number_words_have_values() {
        for (text, value) in [
            ("twenty-one", "#21"),
            ("three hundred", "#300"),
            ("three hundred and five", "#305"),
            ("two thousand thirteen", "#2013"),
            ("nineteen forty-nine", "#1949"),
            ("twenty-third", "#23"),
            ("eighteenth", "#18"),
            ("2.5 million", "#2500000"),
            ("one million two hundred thousand", "#1200000"),
            ("hundred", "#100"),
        ] {
            assert_eq!(extras(Side::En, text), [format!("{text}={value}")]);
        }
    }

    #[test]
    fn plain_words_have_no_value() {
        assert!(extras(Side::En, "one of the second, and three").is_empty());
        assert_eq!(extras(Side::En, "ten and twenty"), ["ten=#10", "twenty=#20"]);
    }

    #[test]
    fn canonical_numbers_are_equal_when_the_values_are() {
        assert_eq!(canonical("007.50"), "7.5");
        assert_eq!(canonical("0.0"), "0");
        assert_eq!(shifted("3.25", 1), "32.5");
        assert_eq!(shifted("2", 3), "2000");
    }
}
