//! Numbers in English: twenty-one, sixty-fourth, 2.5 million, two thirds; the months.

use super::{Number, arabic_at, blanks_at, digit};

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

/// The numbers below twenty, by their value.
#[rustfmt::skip]
const SMALL: [(&str, &str); 20] = [
    ("zero", ""), ("one", "first"), ("two", "second"), ("three", "third"), ("four", "fourth"),
    ("five", "fifth"), ("six", "sixth"), ("seven", "seventh"), ("eight", "eighth"),
    ("nine", "ninth"), ("ten", "tenth"), ("eleven", "eleventh"), ("twelve", "twelfth"),
    ("thirteen", "thirteenth"), ("fourteen", "fourteenth"), ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"), ("seventeen", "seventeenth"), ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
];

/// The tens without their `y` or `ieth`.
#[rustfmt::skip]
const TENS: [(&str, i128); 9] = [
    ("twent", 20), ("thirt", 30), ("fort", 40), ("fourt", 40), ("fift", 50), ("sixt", 60),
    ("sevent", 70), ("eight", 80), ("ninet", 90),
];

const SCALES: [(&str, Word); 5] = [
    ("hundred", Word::Hundred),
    ("thousand", Word::Scale(1_000)),
    ("million", Word::Scale(1_000_000)),
    ("billion", Word::Scale(1_000_000_000)),
    ("trillion", Word::Scale(1_000_000_000_000)),
];

/// A number word and whether it is an ordinal.
fn number_word(lower: &str) -> Option<(Word, Form)> {
    let small = SMALL.iter().zip(0..).find_map(|(&(cardinal, ordinal), value)| {
        let form = match lower {
            _ if lower == cardinal => Form::Cardinal,
            _ if lower == ordinal => Form::Ordinal,
            _ => return None,
        };
        Some((Word::Small(value), form))
    });
    let tens = || {
        TENS.iter().find_map(|&(stem, value)| match lower.strip_prefix(stem)? {
            "y" => Some((Word::Tens(value), Form::Cardinal)),
            "ieth" => Some((Word::Tens(value), Form::Ordinal)),
            _ => None,
        })
    };
    let scale = || {
        SCALES.iter().find_map(|&(name, word)| match lower.strip_prefix(name)? {
            "" => Some((word, Form::Cardinal)),
            "th" => Some((word, Form::Ordinal)),
            _ => None,
        })
    };
    small.or_else(tens).or_else(scale)
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

    fn en(text: &str) -> Option<String> {
        english_at(text).map(|read| {
            let mark = if read.form == Form::Ordinal { "th" } else { "" };
            format!("{}{mark}|{}", read.number, &text[read.len..])
        })
    }

    #[test]
    fn digits_are_grouped_by_one_mark_in_threes() {
        for (text, value) in [
            ("1 850 000 persons", "1850000| persons"),
            ("1\u{202f}850\u{2009}000", "1850|\u{2009}000"),
            ("12'500", "12500|"),
            ("1 850.5", "1850.5|"),
            ("2010 850", "2010| 850"),
            ("35 100 50", "35| 100 50"),
            ("0 850", "0| 850"),
            ("12 3456", "12| 3456"),
            ("1,850 000", "1850| 000"),
            ("71.4077578277", "71.4077578277|"),
            ("two and a half years", "2.5| years"),
            ("1.5 and a half", "1.5| and a half"),
        ] {
            assert_eq!(en(text).unwrap_or_default(), value, "{text}");
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
}
