//! Sums of money: 新臺幣一百萬元, NT$1,000,000, 500万美元, US$ 5 million, one million euros.
//!
//! The value is the ISO 4217 code and the amount. 元 and $ alone take the currency named last
//! in the text, else the first one named, else yuan (元 in traditional script: the dollar of
//! Taiwan) and US dollar.

use super::opener::begins_number;
use super::quantity::RANGE_WORDS;
use crate::numbering::Scan;
use crate::text::number::is_numeral;
use crate::types::{Mention, MentionKind, Side};

/// What stands before an amount, longest first, and its currency.
const BEFORE: &[(&str, &str)] = &[
    ("新臺幣", "TWD"),
    ("新台幣", "TWD"),
    ("新台币", "TWD"),
    ("人民币", "CNY"),
    ("人民幣", "CNY"),
    ("港币", "HKD"),
    ("港幣", "HKD"),
    ("美金", "USD"),
    ("US$", "USD"),
    ("US $", "USD"),
    ("NT$", "TWD"),
    ("NT $", "TWD"),
    ("HK$", "HKD"),
    ("RMB", "CNY"),
    ("USD", "USD"),
    ("NTD", "TWD"),
    ("TWD", "TWD"),
    ("HKD", "HKD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("JPY", "JPY"),
    ("CNY", "CNY"),
    ("CHF", "CHF"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("$", ""),
    ("＄", ""),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "CNY"),
    ("￥", "CNY"),
];

/// What stands behind an amount in Chinese, longest first.
const ZH_BEHIND: &[(&str, &str)] = &[
    ("元人民币", "CNY"),
    ("元人民幣", "CNY"),
    ("元新臺幣", "TWD"),
    ("元新台币", "TWD"),
    ("元港币", "HKD"),
    ("元港幣", "HKD"),
    ("元美金", "USD"),
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("欧元", "EUR"),
    ("歐元", "EUR"),
    ("港元", "HKD"),
    ("日元", "JPY"),
    ("日圓", "JPY"),
    ("英镑", "GBP"),
    ("英鎊", "GBP"),
    ("澳元", "AUD"),
    ("加元", "CAD"),
    ("韩元", "KRW"),
    ("韓元", "KRW"),
    ("新元", "SGD"),
    ("卢布", "RUB"),
    ("盧布", "RUB"),
    ("卢比", "INR"),
    ("瑞士法郎", "CHF"),
    ("元", ""),
    ("圆", ""),
    ("圓", ""),
];

/// Words that name a currency in English.
const EN_BEHIND: &[(&str, &str)] = &[
    ("new taiwan dollars", "TWD"),
    ("nt dollars", "TWD"),
    ("hong kong dollars", "HKD"),
    ("united states dollars", "USD"),
    ("us dollars", "USD"),
    ("u.s. dollars", "USD"),
    ("australian dollars", "AUD"),
    ("canadian dollars", "CAD"),
    ("singapore dollars", "SGD"),
    ("dollars", ""),
    ("dollar", ""),
    ("renminbi", "CNY"),
    ("chinese yuan", "CNY"),
    ("yuan", "CNY"),
    ("rmb", "CNY"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("pounds sterling", "GBP"),
    ("japanese yen", "JPY"),
    ("yen", "JPY"),
    ("swiss francs", "CHF"),
    ("usd", "USD"),
    ("ntd", "TWD"),
    ("twd", "TWD"),
    ("hkd", "HKD"),
    ("eur", "EUR"),
    ("cny", "CNY"),
];

pub(super) fn opens(side: Side, c: char) -> bool {
    begins_number(side, c) || BEFORE.iter().any(|(mark, _)| mark.starts_with(c))
}

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let before = BEFORE
        .iter()
        .find(|(mark, _)| scan.text[at..].starts_with(mark))
        .map(|&(mark, code)| (code, scan.skip(at + mark.len())));
    let start = before.map_or(at, |(_, start)| start);
    let (number, end) = scan.number(start)?;
    let behind = behind(scan, scan.skip(end));
    // 二元, 三元: twofold, threefold, in a text that names no sums.
    if before.is_none()
        && behind.is_some_and(|(code, _)| code.is_empty())
        && scan.char(at).is_some_and(is_numeral)
        && number.to_integer().is_some_and(|n| n < 5)
        && last_code(scan, found).is_none()
    {
        return None;
    }
    let (code, end) = match (before, behind) {
        (Some((code, _)), Some((other, end))) => {
            (if code.is_empty() { other } else { code }, end)
        }
        (Some((code, _)), None) => (code, end),
        (None, Some((code, end))) => (code, end),
        (None, None) => return None,
    };
    let code =
        if code.is_empty() { last_code(scan, found).unwrap_or(UNNAMED) } else { code };
    let value = format!("{code} {number}");
    if before.is_none() {
        take_first_of_range(scan, at, code, found);
    }
    found.push(scan.mention(MentionKind::Money, value, at, end));
    Some(end)
}

fn behind(scan: &Scan, at: usize) -> Option<(&'static str, usize)> {
    let text = &scan.text[at..];
    match scan.side {
        Side::Zh => {
            let (mark, code) =
                ZH_BEHIND.iter().find(|(mark, _)| text.starts_with(mark))?;
            // 元 of 元月, 元素, 多元.
            let end = at + mark.len();
            let is_word =
                *mark == "元" && text[mark.len()..].starts_with(['月', '素', '旦', '首']);
            (!is_word).then_some((*code, end))
        }
        Side::En => EN_BEHIND.iter().find_map(|(words, code)| {
            let head = text.get(..words.len())?;
            let end = at + words.len();
            (head.eq_ignore_ascii_case(words) && scan.word(end).is_empty())
                .then_some((*code, end))
        }),
    }
}

/// Stands for the code of 元 and $ until the whole text is read.
const UNNAMED: &str = "¤";

/// How many mentions back a named currency still holds for 元 and $.
const MEMORY: usize = 32;

/// The code of the sum named last that may be counted in 元, in $.
fn last_code(scan: &Scan, found: &[Mention]) -> Option<&'static str> {
    found.iter().rev().take(MEMORY).find_map(|mention| leads_on(scan, mention))
}

/// The code of a sum, if the 元 or $ of another sum may mean the same.
fn leads_on(scan: &Scan, mention: &Mention) -> Option<&'static str> {
    let codes: &[&str] = match scan.side {
        Side::Zh => &["CNY", "TWD", "HKD"],
        Side::En => &["USD", "TWD", "HKD", "AUD", "CAD", "SGD"],
    };
    let code = mention.value.split(' ').next()?;
    let is_money = mention.kind == MentionKind::Money;
    codes.iter().find(|known| is_money && **known == code).copied()
}

/// 1000至5000欧元, ten thousand and not more than fifty thousand dollars: the number before is
/// a sum of the same currency.
fn take_first_of_range(scan: &Scan, at: usize, code: &str, found: &mut [Mention]) {
    let Some(last) = found.last_mut() else { return };
    let between = scan.text[last.span.end..at].trim();
    let is_range = match scan.side {
        Side::Zh => matches!(between, "至" | "到" | "-" | "－" | "–" | "—" | "~" | "～"),
        Side::En => {
            between.len() <= 40
                && (matches!(between, "-" | "–" | "—")
                    || !between.is_empty()
                        && between
                            .split([' ', ',', '\n'])
                            .filter(|word| !word.is_empty())
                            .all(|word| RANGE_WORDS.contains(&word)))
        }
    };
    if is_range && last.kind == MentionKind::Quantity {
        last.kind = MentionKind::Money;
        last.value = format!("{code} {}", last.value);
    }
}

/// Gives the sums in 元 and $ their currency: the first that the text names, else that of the
/// country.
pub(super) fn settle_currency(scan: &Scan, found: &mut [Mention]) {
    let is_open = |mention: &Mention| {
        mention.kind == MentionKind::Money && mention.value.starts_with(UNNAMED)
    };
    if !found.iter().any(is_open) {
        return;
    }
    let named = found.iter().find_map(|mention| leads_on(scan, mention));
    let code = named.unwrap_or(match scan.side {
        Side::Zh if scan.is_traditional() => "TWD",
        Side::Zh => "CNY",
        Side::En => "USD",
    });
    for mention in found.iter_mut().filter(|mention| is_open(mention)) {
        mention.value = mention.value.replacen(UNNAMED, code, 1);
    }
}
