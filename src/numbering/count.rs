//! What is counted in labels and citations: `14`, `14-1`, `13A`, `3.2`, `2(a)(5)`, （三）, `XIV`,
//! `D.2`, 甲.
//!
//! Letters and stems count by their place, Roman numbers by their value, whoever reads them:
//! （三） is (c), and （寅） is as well.

use std::fmt;

use super::units::chinese_unit_at;
use crate::text::number::{
    Form, blanks_at, chinese_ordinal_at, digit, digits_at, enclosed, english_at,
    is_numeral, roman_at,
};
use crate::types::{Label, LabelUnit};

/// Largest number in brackets or of a list item; larger ones are years or sums.
pub(super) const MAX_ITEM: u32 = 999;
/// Largest Roman number of a list item; `li.` and `mix.` are words.
const MAX_ROMAN: u32 = 50;
/// Largest number of a chapter, an article and the like.
const MAX_NAMED: u32 = 9999;
/// Largest number in words: no law has Article Three Hundred.
const MAX_IN_WORDS: u32 = 200;
/// Most numbers of one count.
pub(super) const MAX_PARTS: usize = 8;
/// Most digits between points.
const MAX_DIGITS: usize = 4;

/// One number of a label or a citation, with the number of what was put in behind it later:
/// 14, 14-1, 13A.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) number: u32,
    pub(super) inserted: Option<u32>,
}

impl Count {
    pub(super) fn plain(number: u32) -> Self {
        Self { number, inserted: None }
    }

    /// The numbers one after the other, as labels hold them.
    pub(super) fn flat(counts: &[Count]) -> Vec<u32> {
        counts.iter().flat_map(|c| [Some(c.number), c.inserted]).flatten().collect()
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.inserted {
            Some(inserted) => write!(f, "{}-{inserted}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

/// How a count is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Digits,
    Brackets,
    Roman,
    /// A letter, perhaps with numbers behind it: B, D.2.
    Letter,
    /// Two, Twenty-one.
    Words,
    /// the First.
    Ordinal,
}

/// Numbers from the outside in, how the first is written, and the bytes of all.
pub(super) struct Counted {
    pub(super) counts: Vec<Count>,
    pub(super) style: Style,
    pub(super) len: usize,
}

impl Counted {
    fn new(number: u32, style: Style, len: usize) -> Self {
        Self { counts: vec![Count::plain(number)], style, len }
    }

    /// Takes `.2.1`.
    fn take_points(&mut self, text: &str) {
        while self.counts.len() < MAX_PARTS
            && let Some(point) = mark_len(&text[self.len..], &['.', '．'])
            && let Some((number, len)) = short_digits(&text[self.len + point..])
        {
            self.counts.push(Count::plain(number));
            self.len += point + len;
        }
    }

    /// Takes `(2)(b)`, also behind blanks. Of a list each has its own: 第二款 (b)项.
    fn take_brackets(&mut self, text: &str) {
        while self.counts.len() < MAX_PARTS {
            let gap = blanks_at(&text[self.len..]);
            let Some((item, len)) = in_brackets(&text[self.len + gap..]) else { break };
            self.counts.push(Count::plain(item.number[0]));
            self.len += gap + len;
        }
    }

    fn take_inserted(&mut self, (inserted, len): (u32, usize)) {
        if let Some(last) = self.counts.last_mut() {
            last.inserted = Some(inserted);
            self.len += len;
        }
    }
}

/// Takes `c` off the front if one of `marks`; gives its bytes.
pub(super) fn mark_len(text: &str, marks: &[char]) -> Option<usize> {
    text.chars().next().filter(|c| marks.contains(c)).map(char::len_utf8)
}

/// One to four digits.
fn short_digits(text: &str) -> Option<(u32, usize)> {
    digits_at(text).filter(|(_, len)| text[..*len].chars().count() <= MAX_DIGITS)
}

/// The count that `text` opens with, behind an English unit.
pub(super) fn english_count(text: &str) -> Option<Counted> {
    if let Some((item, len)) = in_brackets(text) {
        let mut counted = Counted::new(item.number[0], Style::Brackets, len);
        counted.take_brackets(text);
        return Some(counted);
    }
    if let Some((first, len)) = short_digits(text) {
        let mut counted = Counted::new(first, Style::Digits, len);
        if let Some(inserted) = english_inserted(&text[len..]) {
            counted.take_inserted(inserted);
        }
        counted.take_points(text);
        let is_other = text[counted.len..]
            .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '%'));
        counted.take_brackets(text);
        return (!is_other).then_some(counted);
    }
    if let Some((letter, len)) = capital(text) {
        let mut counted = Counted::new(letter, Style::Letter, len);
        counted.take_points(text);
        return Some(counted);
    }
    if let Some((value, len)) = roman_at(text) {
        let mut counted = Counted::new(value, Style::Roman, len);
        counted.take_brackets(text);
        return Some(counted);
    }
    let read = english_at(text).filter(|read| read.in_words)?;
    let runs_on = text[read.len..].starts_with(|c: char| c.is_alphanumeric());
    let number = read.number.to_u32().filter(|n| (1..=MAX_IN_WORDS).contains(n))?;
    let style = match read.form {
        Form::Cardinal => Style::Words,
        Form::Ordinal => Style::Ordinal,
    };
    (!runs_on).then(|| Counted::new(number, style, read.len))
}

/// `-1`, `A`, ` bis`: what was put in behind a number.
fn english_inserted(text: &str) -> Option<(u32, usize)> {
    if let Some(hyphen) = mark_len(text, &['-', '‑'])
        && let Some((number, len)) = digits_at(&text[hyphen..]).filter(|(n, _)| *n < 100)
    {
        return Some((number, hyphen + len));
    }
    lone_letter(text).map(|place| (place, 1)).or_else(|| latin_inserted(text))
}

/// ` bis`, ` ter`, ` quater`: the second, third, fourth of that number.
fn latin_inserted(text: &str) -> Option<(u32, usize)> {
    let gap = blanks_at(text);
    let word_len = text[gap..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let place = match &text[gap..gap + word_len] {
        "bis" => 2,
        "ter" => 3,
        "quater" => 4,
        "quinquies" => 5,
        "sexies" => 6,
        "septies" => 7,
        "octies" => 8,
        "novies" => 9,
        "decies" => 10,
        _ => return None,
    };
    (gap > 0).then_some((place, gap + word_len))
}

/// The place of an ASCII letter that no other letter or digit follows.
fn lone_letter(text: &str) -> Option<u32> {
    let (place, len) = letter_place(text)?;
    let is_alone = !text[len..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (len == 1 && is_alone).then_some(place)
}

/// The capital of part B, annex A; I, V and X are numbers.
fn capital(text: &str) -> Option<(u32, usize)> {
    let is_capital = |c: char| c.is_ascii_uppercase() && !matches!(c, 'I' | 'V' | 'X');
    text.starts_with(is_capital).then(|| lone_letter(text)).flatten().map(|n| (n, 1))
}

/// The count before a Chinese unit, with or without 第: （三）, a, 甲.
pub(super) fn marked_count(text: &str) -> Option<Counted> {
    if let Some((item, len)) = in_brackets(text) {
        let mut counted = Counted::new(item.number[0], Style::Brackets, len);
        counted.take_brackets(text);
        return Some(counted);
    }
    let (item, len) = stem_at(text).or_else(|| letters_at(text))?;
    let is_alone = !text[len..].starts_with(|c: char| c.is_ascii_alphanumeric());
    is_alone.then(|| Counted::new(item.number[0], Style::Letter, len))
}

/// The count between 第 and a Chinese unit: 十三, 二三 (23), 13, 14-1, 十四之一, 13A, 3.2, 5(2)(b),
/// `D.2`, `IV`.
pub(super) fn chinese_count(text: &str) -> Option<Counted> {
    let mut counted = if let Some((first, len)) = short_digits(text) {
        Counted::new(first, Style::Digits, len)
    } else if text.starts_with(is_numeral) {
        let (numerals, len) = spaced_numerals(text)?;
        let (number, read) = chinese_ordinal_at(&numerals)?;
        // Behind the blank stands another number.
        let len = if read == numerals.len() { len } else { read };
        Counted::new(number, Style::Words, len)
    } else {
        let mut counted = marked_count(text)?;
        counted.take_points(text);
        return Some(counted);
    };
    if let Some(inserted) = chinese_inserted(&text[counted.len..]) {
        counted.take_inserted(inserted);
    }
    counted.take_points(text);
    counted.take_brackets(text);
    let is_in_range = counted.counts.iter().all(|count| count.number <= MAX_NAMED);
    is_in_range.then_some(counted)
}

/// `-1` and 之一 before a unit, `A`: what was put in behind a number.
fn chinese_inserted(text: &str) -> Option<(u32, usize)> {
    if let Some(place) = lone_letter(text) {
        return Some((place, 1));
    }
    let mark = mark_len(text, &['-', '－', '–', '—', '之'])?;
    let (number, len) = chinese_ordinal_at(&text[mark..])?;
    let rest = text[mark + len..].trim_start();
    chinese_unit_at(rest).map(|_| (number, mark + len))
}

/// 之一, -1 behind the unit: the number of an article put in later.
pub(super) fn inserted_behind(text: &str) -> Option<(u32, usize)> {
    let mut at = blanks_at(text);
    at += mark_len(&text[at..], &['之', '-', '－', '–'])?;
    at += blanks_at(&text[at..]);
    let (number, len) = chinese_ordinal_at(&text[at..])?;
    let rest = &text[at + len..];
    // 第五条之一部分 is a part of article 5; 第五条-第七条 are three articles.
    let is_other = rest
        .starts_with(['部', '般', '方', '切', '旦', '致', '些', '%', '分', '条', '條']);
    ((1..100).contains(&number) && !is_other).then_some((number, at + len))
}

/// The numerals at the start, without single blanks between them, and where they end.
pub(super) fn spaced_numerals(text: &str) -> Option<(String, usize)> {
    let mut compact = String::new();
    let mut at = 0;
    while compact.len() < 24 {
        let gap = match mark_len(&text[at..], &[' ']) {
            Some(len) if !compact.is_empty() => len,
            _ => 0,
        };
        let Some(c) = text[at + gap..].chars().next().filter(|&c| is_numeral(c)) else {
            break;
        };
        compact.push(c);
        at += gap + c.len_utf8();
    }
    (!compact.is_empty()).then_some((compact, at))
}

// ── items ─────────────────────────────────────────────────────────────────────────────

/// What opens a bracket.
pub(super) const OPEN: &[char] = &['(', '（', '﹙'];
/// What closes it.
pub(super) const CLOSE: &[char] = &[')', '）', '﹚'];

/// (b), （三）, (ii), (12), ①: an item between brackets, as the label it would be.
pub(super) fn in_brackets(text: &str) -> Option<(Label, usize)> {
    let first = text.chars().next()?;
    if let Some(value) = enclosed(first) {
        return Some((Label::new(LabelUnit::Item, value), first.len_utf8()));
    }
    let open = mark_len(text, OPEN)?;
    let (item, len) = closed_item(&text[open..])?;
    Some((item, open + len))
}

/// An item with the bracket that closes it.
pub(super) fn closed_item(text: &str) -> Option<(Label, usize)> {
    let mut at = blanks_at(text);
    let (item, len) = item_at(&text[at..])?;
    at += len;
    at += blanks_at(&text[at..]);
    Some((item, at + mark_len(&text[at..], CLOSE)?))
}

/// What may stand in brackets: 1 to 3 digits, Chinese numerals, a letter, a Roman number, 甲.
fn item_at(text: &str) -> Option<(Label, usize)> {
    let c = text.chars().next()?;
    if digit(c).is_some() || is_numeral(c) {
        let (value, len) = chinese_ordinal_at(text)?;
        let is_item = (1..=MAX_ITEM).contains(&value);
        return is_item.then(|| (Label::new(LabelUnit::Item, value), len));
    }
    stem_at(text).or_else(|| letters_at(text))
}

/// A letter by its place, a doubled one behind the alphabet (aa is 27), or a Roman number.
/// A single i, v, x is taken for Roman; [`Label::resolve`] knows better with the label before.
pub(super) fn letters_at(text: &str) -> Option<(Label, usize)> {
    if let Some((value, len)) = roman_at(text)
        && value <= MAX_ROMAN
        && (len > 1 || matches!(text.as_bytes()[0] | 0x20, b'i' | b'v' | b'x'))
    {
        return Some((Label::new(LabelUnit::Roman, value), len));
    }
    let (place, len) = letter_place(text)?;
    let rest = &text[len..];
    if letter_place(rest).is_none() {
        return Some((Label::new(LabelUnit::Letter, place), len));
    }
    let doubled = text.as_bytes().first() == text.as_bytes().get(1)
        && text.is_char_boundary(2)
        && letter_place(&text[2..]).is_none();
    doubled.then(|| (Label::new(LabelUnit::Letter, place + 26), 2))
}

/// The place of a letter in the alphabet, in half or full width, and its bytes.
fn letter_place(text: &str) -> Option<(u32, usize)> {
    let c = text.chars().next()?;
    let from = match c {
        'a'..='z' => 'a',
        'A'..='Z' => 'A',
        'ａ'..='ｚ' => 'ａ',
        'Ａ'..='Ｚ' => 'Ａ',
        _ => return None,
    };
    Some((u32::from(c) - u32::from(from) + 1, c.len_utf8()))
}

/// The heavenly stems, which count like letters.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
/// The earthly branches, which count the next level.
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// 甲, 寅.
pub(super) fn stem_at(text: &str) -> Option<(Label, usize)> {
    let c = text.chars().next()?;
    let place =
        |signs: &str| signs.chars().zip(1..).find_map(|(s, n)| (s == c).then_some(n));
    let place = place(STEMS).or_else(|| place(BRANCHES))?;
    Some((Label::new(LabelUnit::Letter, place), c.len_utf8()))
}

/// Is it one of the heavenly stems?
pub(super) fn is_stem(c: char) -> bool {
    STEMS.contains(c)
}

/// May a count without 第 begin with this Chinese character?
pub(super) fn begins_marked(c: char) -> bool {
    STEMS.contains(c)
        || BRANCHES.contains(c)
        || OPEN.contains(&c)
        || enclosed(c).is_some()
}
