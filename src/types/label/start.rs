//! The label that opens a paragraph: `第十三条`, `Article XIII`, `(a)`, `1.`, `十二、`, `①`.
//!
//! A false label shifts the numbering of all that follows, a missed one costs a hint. So what
//! could as well be the first words of a sentence (第十三条规定的, `Section 2 of`, `2.5 million`)
//! is no label.

use super::{Label, LabelUnit};
use crate::text::number::{
    self, blanks_at, chinese_at, digit, digits_at, enclosed, english_at, is_numeral,
    numerals_len, roman_at,
};
use crate::text::script::is_han;
use crate::types::Side;

/// Largest number in brackets or of a list item; larger ones are years or sums.
const MAX_ITEM: u32 = 999;
/// Largest number before a point; 1500 and more are years.
const MAX_POINT: u32 = 1499;
/// Largest Roman number of a list item; `li.` and `mix.` are words.
const MAX_ROMAN: u32 = 50;
/// Largest number of a chapter, an article and the like.
const MAX_NAMED: u32 = 9999;

/// A label and where it ends.
type Found = Option<(Label, usize)>;

/// The label that `text` opens with, and its length with the blanks before it.
pub(super) fn label_at(side: Side, text: &str) -> Found {
    let skipped = blanks_at(text);
    let text = &text[skipped..];
    let named = match side {
        Side::Zh => zh_named(text),
        Side::En => en_named(text),
    };
    let (label, len) = named
        .or_else(|| enclosed_label(text))
        .or_else(|| bracketed(text))
        .or_else(|| dotted(text))
        .or_else(|| zh_point(text))
        .or_else(|| lettered(text))?;
    Some((label, skipped + len))
}

fn label(unit: LabelUnit, number: Vec<u32>) -> Label {
    Label { unit, number }
}

/// Takes `c` off the front if one of `marks`; gives its bytes.
fn mark_len(text: &str, marks: &[char]) -> Option<usize> {
    text.chars().next().filter(|c| marks.contains(c)).map(char::len_utf8)
}

// ── 第十三条 ──────────────────────────────────────────────────────────────────────────

/// 第, a number in any writing with blanks anywhere, and a unit.
fn zh_named(text: &str) -> Found {
    let mut at = text.strip_prefix('第').map(|rest| text.len() - rest.len())?;
    let mut number = String::new();
    let (unit, needs_gap) = loop {
        at += blanks_at(&text[at..]);
        if let Some((unit, unit_len, needs_gap)) = zh_unit(&text[at..]) {
            at += unit_len;
            break (unit, needs_gap);
        }
        let c = text[at..].chars().next()?;
        if number.len() > 40 {
            return None;
        }
        number.push(c);
        at += c.len_utf8();
    };
    let mut number = zh_count(&number)?;
    if let Some((behind, len)) = zh_inserted(&text[at..]) {
        number.push(behind);
        at += len;
    }
    let rest = &text[at..];
    let next = rest.chars().next();
    let follows = match next {
        None => true,
        Some(c) if c.is_whitespace() => !runs_on(rest),
        Some('.' | '．' | ':' | '：' | '、' | '。') => {
            // 第三条、第五条规定的 cites.
            rest.chars().nth(1).is_none_or(|c| c != '第')
        }
        Some(
            '【' | '（' | '(' | '[' | '［' | '《' | '〈' | '—' | '-' | '–' | '「' | '“'
            | '"',
        ) => true,
        Some(c) if is_han(c) => !needs_gap && !runs_on(rest),
        Some(_) => false,
    };
    if !follows {
        return None;
    }
    at += mark_len(rest, &['.', '．', ':', '：', '、', '。']).unwrap_or(0);
    Some((label(unit, number), at))
}

/// The unit, its bytes, and whether a gap must follow it because it is an everyday word, too.
fn zh_unit(text: &str) -> Option<(LabelUnit, usize, bool)> {
    let c = text.chars().next()?;
    let found = match c {
        '编' | '編' => (LabelUnit::Part, false),
        '章' => (LabelUnit::Chapter, false),
        '节' | '節' => (LabelUnit::Section, false),
        '条' | '條' => (LabelUnit::Article, false),
        '篇' | '卷' => (LabelUnit::Part, true),
        '部' if text.starts_with("部分") => return Some((LabelUnit::Part, 6, true)),
        '部' => (LabelUnit::Part, true),
        '回' => (LabelUnit::Chapter, true),
        _ => return None,
    };
    Some((found.0, c.len_utf8(), found.1))
}

/// The number between 第 and the unit, blanks already gone: 十三, 14-1, 14之1, 13A.
fn zh_count(compact: &str) -> Option<Vec<u32>> {
    let mut parts = Vec::new();
    for part in compact.split(['-', '－', '–', '—', '之']) {
        let (number, len) = chinese_at(part)?;
        let number = number.to_u32().filter(|&n| n <= MAX_NAMED)?;
        parts.push(number);
        match &part.as_bytes()[len..] {
            [] => {}
            [letter @ b'A'..=b'Z'] => parts.push(u32::from(letter - b'A') + 1),
            _ => return None,
        }
    }
    (1..=3).contains(&parts.len()).then_some(parts)
}

/// 之一, -1 behind the unit: the number of an article put in later.
fn zh_inserted(text: &str) -> Option<(u32, usize)> {
    let mut at = blanks_at(text);
    at += mark_len(&text[at..], &['之', '-', '－', '–'])?;
    at += blanks_at(&text[at..]);
    let (number, len) = chinese_at(&text[at..])?;
    let number = number.to_u32().filter(|n| (1..100).contains(n))?;
    let rest = &text[at + len..];
    // 第五条之一部分 is a part of article 5.
    (!rest.starts_with(['部', '般', '方', '切', '旦', '致', '些', '%']))
        .then_some((number, at + len))
}

/// Does the sentence run on behind what would be a label: 第十三条规定的, 第三章所述? A blank
/// before it tells the label apart from more words (第三条 以下 opens, 第三条以下 goes on).
fn runs_on(rest: &str) -> bool {
    const ALWAYS: &[&str] = &[
        "之", "的", "第", "及", "和", "与", "與", "或", "至", "到", "所", "规定", "規定",
        "项", "項", "款", "、", "，", "；", ",",
    ];
    const GLUED: &[&str] =
        &["中", "内", "內", "以", "前", "上", "下", "课", "課", "各", "等", "均"];
    let text = rest.trim_start();
    let is_glued = text.len() == rest.len();
    ALWAYS.iter().any(|after| text.starts_with(after))
        || is_glued && GLUED.iter().any(|after| text.starts_with(after))
}

// ── Article XIII ──────────────────────────────────────────────────────────────────────

/// Words that name a unit, in lower case; one with a point is an abbreviation.
const EN_UNITS: &[(&str, LabelUnit)] = &[
    ("article", LabelUnit::Article),
    ("art.", LabelUnit::Article),
    ("clause", LabelUnit::Article),
    ("rule", LabelUnit::Article),
    ("chapter", LabelUnit::Chapter),
    ("chap.", LabelUnit::Chapter),
    ("section", LabelUnit::Section),
    ("sect.", LabelUnit::Section),
    ("sec.", LabelUnit::Section),
    ("§", LabelUnit::Section),
    ("part", LabelUnit::Part),
    ("title", LabelUnit::Part),
    ("book", LabelUnit::Part),
    ("volume", LabelUnit::Part),
    ("vol.", LabelUnit::Part),
];

fn en_named(text: &str) -> Found {
    // In small letters the article is cited: article 13 …
    if text.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let (unit, mut at) = EN_UNITS.iter().find_map(|&(word, unit)| {
        let head = text.get(..word.len())?;
        head.eq_ignore_ascii_case(word).then_some((unit, word.len()))
    })?;
    let gap = blanks_at(&text[at..]);
    if gap == 0 && text[..at].ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    at += gap;
    if text[at..].get(..4).is_some_and(|the| the.eq_ignore_ascii_case("the ")) {
        at += 4;
    }
    let (number, len, is_letter) = en_count(&text[at..])?;
    at += len;
    let rest = &text[at..];
    if !opens_after(rest, is_letter) {
        return None;
    }
    at += mark_len(rest, &['.', ':', '：']).unwrap_or(0);
    Some((label(unit, number), at))
}

/// The count behind a unit, its bytes, and whether it is a mere letter (`Part A`).
fn en_count(text: &str) -> Option<(Vec<u32>, usize, bool)> {
    if let Some((first, mut at)) = digits_at(text) {
        let mut number = vec![first];
        while number.len() < 6
            && let Some(mark) = mark_len(&text[at..], &['.', '-', '–', '‑'])
            && let Some((next, len)) = digits_at(&text[at + mark..])
        {
            number.push(next);
            at += mark + len;
        }
        if let [letter @ (b'A'..=b'Z' | b'a'..=b'h'), rest @ ..] = &text.as_bytes()[at..]
            && !rest.first().is_some_and(u8::is_ascii_alphanumeric)
        {
            number.push(u32::from(letter.to_ascii_uppercase() - b'A') + 1);
            at += 1;
        }
        while number.len() < 6
            && let Some((nested, len)) = bracketed(&text[at..])
            && text[at..].starts_with('(')
        {
            number.extend(nested.number);
            at += len;
        }
        if let Some((behind, len)) = latin_inserted(&text[at..]) {
            number.push(behind);
            at += len;
        }
        return number.iter().all(|&n| n <= MAX_NAMED).then_some((number, at, false));
    }
    if let Some(&letter @ b'A'..=b'Z') = text.as_bytes().first()
        && !matches!(letter, b'I' | b'V' | b'X')
        && !text[1..].starts_with(|c: char| c.is_ascii_alphanumeric())
    {
        return Some((vec![u32::from(letter - b'A') + 1], 1, true));
    }
    if let Some((value, len)) = roman_at(text) {
        return Some((vec![value], len, false));
    }
    let read = english_at(text).filter(|read| read.in_words)?;
    let runs_on = text[read.len..].starts_with(|c: char| c.is_alphanumeric());
    let value = read.number.to_u32().filter(|n| (1..=200).contains(n))?;
    (!runs_on).then_some((vec![value], read.len, false))
}

/// ` bis`, ` ter`, ` quater`: the second, third, fourth of that number.
fn latin_inserted(text: &str) -> Option<(u32, usize)> {
    let gap = blanks_at(text);
    let word_len = text[gap..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let behind = match &text[gap..gap + word_len] {
        "bis" => 2,
        "ter" => 3,
        "quater" => 4,
        "quinquies" => 5,
        _ => return None,
    };
    (gap > 0).then_some((behind, gap + word_len))
}

/// May what follows a named label follow one, or does the sentence run on (`Section 2 of`)?
fn opens_after(rest: &str, after_letter: bool) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    if next.is_whitespace() {
        return match rest.trim_start().chars().next() {
            None => true,
            Some('–' | '—' | '-' | ':' | '|') => true,
            Some(c) if after_letter => next == '\n' && !c.is_lowercase(),
            Some(',' | ';' | ')') => false,
            Some(c) => !c.is_lowercase() && !c.is_ascii_digit(),
        };
    }
    matches!(next, '.' | ':' | '：' | '–' | '—' | '-' | '[' | '"' | '“') || is_han(next)
}

// ── ①, (1), 1) ────────────────────────────────────────────────────────────────────────

fn enclosed_label(text: &str) -> Found {
    let c = text.chars().next()?;
    let value = enclosed(c)?;
    let unit =
        if ('⒈'..='⒛').contains(&c) { LabelUnit::Point } else { LabelUnit::Item };
    let len = c.len_utf8();
    let len = len + mark_len(&text[len..], &['.', '．', '、']).unwrap_or(0);
    Some((Label::new(unit, value), len))
}

const OPEN: &[char] = &['(', '（', '﹙'];
const CLOSE: &[char] = &[')', '）', '﹚'];

/// A number or letter between brackets, or before a closing one alone: (1), （一）, a), (ii).
/// In square brackets, the number of a footnote.
fn bracketed(text: &str) -> Found {
    if let Some(open) = mark_len(text, &['[', '［', '〔']) {
        let (value, len) = digits_at(&text[open..])?;
        let close = mark_len(&text[open + len..], &[']', '］', '〕'])?;
        let is_note = (1..=MAX_ITEM).contains(&value);
        return is_note
            .then(|| (Label::new(LabelUnit::Footnote, value), open + len + close));
    }
    let open = mark_len(text, OPEN).unwrap_or(0);
    let mut at = open + if open > 0 { blanks_at(&text[open..]) } else { 0 };
    let (item, len) = item_count(&text[at..])?;
    at += len;
    at += blanks_at(&text[at..]);
    at += mark_len(&text[at..], CLOSE)?;
    let rest = &text[at..];
    let is_aside = open > 0
        && (names_more(rest) || is_copyright(&item, rest) || is_suffix(rest, &item));
    (!is_aside).then_some((item, at))
}

/// What may stand in brackets: 1 to 3 digits, Chinese numerals, a letter, a Roman number, 甲.
fn item_count(text: &str) -> Found {
    let c = text.chars().next()?;
    if digit(c).is_some() {
        let (value, len) = digits_at(text)?;
        return (1..=MAX_ITEM)
            .contains(&value)
            .then(|| (Label::new(LabelUnit::Item, value), len));
    }
    if is_numeral(c) {
        let len = numerals_len(text);
        let (value, read) = chinese_at(&text[..len])?;
        let value = value.to_u32().filter(|n| (1..=MAX_ITEM).contains(n))?;
        return (read == len).then(|| (Label::new(LabelUnit::Item, value), len));
    }
    if let Some(place) = stem(c) {
        return Some((Label::new(LabelUnit::Letter, place), c.len_utf8()));
    }
    letters_count(text)
}

/// A letter by its place, a doubled one behind the alphabet (aa is 27), or a Roman number.
/// A single i, v, x is taken for Roman; [`Label::resolve`] knows better with the label before.
fn letters_count(text: &str) -> Found {
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

/// The ten heavenly stems, which count like letters.
fn stem(c: char) -> Option<u32> {
    "甲乙丙丁戊己庚辛壬癸".chars().zip(1..).find_map(|(s, n)| (s == c).then_some(n))
}

/// `(a) and (b) above`, （一）、（二）项: items are cited, not opened.
fn names_more(rest: &str) -> bool {
    const JOINTS: &[&str] = &[
        "and", "or", "to", "及", "和", "与", "與", "至", "或", "、", "，", ",", "-", "–",
    ];
    let rest = rest.trim_start();
    JOINTS.iter().any(|joint| {
        rest.strip_prefix(joint).is_some_and(|rest| rest.trim_start().starts_with(OPEN))
    }) || cites_item(rest)
}

/// （一）项规定的: the item is cited; （一）项目建设 opens it.
fn cites_item(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(|c| matches!(c, '项' | '項' | '款' | '目'))
        && chars
            .next()
            .is_none_or(|c| "规規所的之中内內或和及与與至第情者、，。；".contains(c))
}

/// `(c) 2013`: the sign ©.
fn is_copyright(item: &Label, rest: &str) -> bool {
    *item == Label::new(LabelUnit::Letter, 3)
        && digits_at(rest.trim_start())
            .is_some_and(|(year, _)| (1900..2200).contains(&year))
}

/// `(s)he`, `(a)symmetric`: a letter left open, not an item.
fn is_suffix(rest: &str, item: &Label) -> bool {
    *item == Label::new(LabelUnit::Letter, 19) && rest.starts_with("he")
}

// ── 1., 3.2, 一、, a. ─────────────────────────────────────────────────────────────────

const POINTS: &[char] = &['.', '．', '﹒'];

/// `1.`, `1、`, `3.2 `, `3.2.1`.
fn dotted(text: &str) -> Found {
    let (first, mut at) = digits_at(text)?;
    let mut number = vec![first];
    while number.len() < 6
        && let Some(mark) = mark_len(&text[at..], POINTS)
        && let Some((next, len)) = digits_at(&text[at + mark..])
    {
        // 3.05 is a sum or a time.
        if len > 1 && digit(text[at + mark..].chars().next()?) == Some(0) {
            return None;
        }
        number.push(next);
        at += mark + len;
    }
    let max = if number.len() == 1 { MAX_POINT } else { MAX_ITEM };
    if number[0] == 0 || number.iter().any(|&n| n > max) {
        return None;
    }
    let close = mark_len(&text[at..], POINTS)
        .or_else(|| mark_len(&text[at..], &['、', '﹑']))
        .or_else(|| spaced_comma(&text[at..]));
    let rest = &text[at + close.unwrap_or(0)..];
    let is_label = match (number.len(), close) {
        (1, None) => false,
        (_, Some(_)) => !lists_numbers(rest, text[at..].starts_with(['、', '﹑'])),
        (2, None) => opens_after_decimal(rest),
        (_, None) => !rest.starts_with(['%', '％', '/', '-', '年']),
    };
    is_label.then_some((label(LabelUnit::Point, number), at + close.unwrap_or(0)))
}

/// ` 、` or ` .` behind a blank.
fn spaced_comma(text: &str) -> Option<usize> {
    let gap = blanks_at(text);
    let mark = mark_len(&text[gap..], &['、', '．'])?;
    (gap > 0).then_some(gap + mark)
}

/// 1、2、3 号: numbers in a row.
fn lists_numbers(rest: &str, after_comma: bool) -> bool {
    let Some((_, len)) = digits_at(rest).filter(|_| after_comma) else { return false };
    rest[len..].starts_with([
        '、', '和', '及', '与', '與', '或', '至', '号', '號', '款', '项', '項', '条',
        '條', '楼', '樓',
    ])
}

/// Is `3.2`, followed by this, the number of a clause and not a quantity?
fn opens_after_decimal(rest: &str) -> bool {
    const MEASURES: &[&str] = &[
        "million",
        "billion",
        "trillion",
        "thousand",
        "hundred",
        "per",
        "percent",
        "percentage",
        "times",
        "a",
        "p",
        "am",
        "pm",
        "to",
        "and",
        "or",
        "of",
        "hours",
        "hour",
        "days",
        "years",
        "year",
        "months",
        "weeks",
        "minutes",
        "seconds",
        "points",
        "degrees",
        "metres",
        "meters",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "kg",
        "kilograms",
        "tons",
        "tonnes",
        "litres",
        "liters",
        "square",
        "cubic",
        "acres",
        "hectares",
        "feet",
        "inches",
        "dollars",
        "pounds",
        "euros",
        "yuan",
        "cm",
        "mm",
        "m",
        "g",
        "GB",
        "MB",
        "GHz",
        "MHz",
        "kW",
        "MW",
    ];
    let gap = blanks_at(rest);
    let rest = &rest[gap..];
    let Some(next) = rest.chars().next() else { return false };
    if gap == 0 {
        return false;
    }
    if is_han(next) {
        return !rest.starts_with([
            '万', '萬', '亿', '億', '千', '百', '倍', '个', '個', '元', '米', '公', '吨',
            '噸', '年', '月', '天', '小', '克', '英', '平', '度', '岁', '歲', '折', '分',
            '厘', '人', '美', '欧',
        ]);
    }
    let word_len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if word_len > 0 {
        return !MEASURES.contains(&&rest[..word_len]);
    }
    !matches!(
        next,
        '%' | '％' | '‰' | '°' | '℃' | '+' | '-' | '×' | '=' | '/' | ',' | ')' | '）'
    ) && !next.is_ascii_digit()
}

/// 一、, 十二．, 甲、, and a numeral that is all of the line.
fn zh_point(text: &str) -> Found {
    let c = text.chars().next()?;
    if let Some(place) = stem(c) {
        let at = c.len_utf8();
        let mark = mark_len(&text[at..], &['、', '．', '.'])?;
        // 甲、乙双方
        let next = text[at + mark..].trim_start().chars().next();
        let is_label = next.is_none_or(|c| stem(c).is_none());
        return is_label.then(|| (Label::new(LabelUnit::Letter, place), at + mark));
    }
    let (compact, at) = spaced_numerals(text)?;
    let (value, read) = chinese_at(&compact)?;
    if read < compact.len() {
        return None;
    }
    let value = value.to_u32().filter(|n| (1..=MAX_ITEM).contains(n))?;
    let rest = &text[at..];
    if rest.trim_start().is_empty() || rest.starts_with('\u{3000}') {
        return Some((Label::new(LabelUnit::Point, value), at));
    }
    let gap = blanks_at(rest);
    let mark = mark_len(&rest[gap..], &['、', '．', '.', '﹑'])?;
    let is_list = is_next_numeral(value, &rest[gap + mark..]);
    (!is_list).then(|| (Label::new(LabelUnit::Point, value), at + gap + mark))
}

/// The numerals at the start, without single blanks between them, and where they end.
fn spaced_numerals(text: &str) -> Option<(String, usize)> {
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

/// 二、三级: two grades, not item 2.
fn is_next_numeral(value: u32, rest: &str) -> bool {
    let rest = rest.trim_start();
    let len = numerals_len(rest);
    let single = rest.chars().next().map_or(0, char::len_utf8) == len;
    len > 0
        && single
        && !rest.starts_with(['两', '兩'])
        && number::chinese_at(&rest[..len]).and_then(|(n, _)| n.to_u32())
            == Some(value + 1)
}

/// `a.`, `iv.`, `II.`, `A、`.
fn lettered(text: &str) -> Found {
    let (item, len) = letters_count(text)?;
    if len == 2 && item.unit == LabelUnit::Letter {
        return None;
    }
    let close = mark_len(&text[len..], &['.', '．', '、'])?;
    let rest = &text[len + close..];
    let after = rest.chars().next();
    let is_glued = after.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (!is_glued && !is_initial(rest)).then_some((item, len + close))
}

/// Does another single letter with a point follow: a.m., J. K., U.S.?
fn is_initial(rest: &str) -> bool {
    let rest = rest.trim_start().as_bytes();
    matches!(rest, [a, b'.', ..] if a.is_ascii_alphabetic())
}
