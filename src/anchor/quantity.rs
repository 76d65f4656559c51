//! Plain numbers: 179, 三万五千, 3.2 million, 三分之二, 七年, seven years.
//!
//! Up to ten, a number counts only before a unit of time: languages write one to ten freely
//! (三者, the three of them, all).

use crate::numbering::Scan;
use crate::text::number::{Number, is_numeral};
use crate::types::{Mention, MentionKind, Side};

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (number, end) = with_half(scan, at).or_else(|| scan.number(at))?;
    if scan.side == Side::En && is_note_mark(scan, at, end) {
        return Some(end);
    }
    // 数十年, 几百人: some tens, some hundreds.
    let is_vague = scan.char(at).is_some_and(is_numeral)
        && scan.before(at).is_some_and(|c| "数數几幾好".contains(c));
    if !is_vague && (tells(number) || counts_time(scan, number, end)) {
        found.push(scan.mention(MentionKind::Quantity, number.to_string(), at, end));
    }
    Some(end)
}

/// 一年半, 两个半小时; a year and a half.
fn with_half(scan: &Scan, at: usize) -> Option<(Number, usize)> {
    let half = Number::fraction(1, 2)?;
    match scan.side {
        Side::Zh => {
            let (number, end) = scan.number(at)?;
            let end =
                scan.eat_any(scan.skip(end), &["年半", "天半", "个半", "個半", "周半"])?;
            Some((number.plus(half)?, end))
        }
        Side::En => {
            let start = scan.eat_words(at, &["a", "an", "one"])?;
            let noun = scan.eat_words(
                scan.skip(start),
                &["year", "month", "week", "day", "hour", "minute"],
            )?;
            let and = scan.eat_word(scan.skip(noun), "and")?;
            let end = scan.eat_word(scan.skip(and), "a")?;
            let end = scan.eat_word(scan.skip(end), "half")?;
            Some((half.plus(Number::integer(1))?, end))
        }
    }
}

/// Is the number by itself worth a mention?
fn tells(number: Number) -> bool {
    number.to_integer().is_none_or(|n| n > 10)
}

/// Two to ten, before a unit of time.
fn counts_time(scan: &Scan, number: Number, end: usize) -> bool {
    if number.to_integer().is_none_or(|n| !(2..=10).contains(&n)) {
        return false;
    }
    let next = scan.skip(end);
    match scan.side {
        Side::Zh => {
            let is_unit = scan
                .eat_any(
                    next,
                    &[
                        "年",
                        "个月",
                        "個月",
                        "个星期",
                        "個星期",
                        "星期",
                        "周",
                        "週",
                        "天",
                        "日",
                        "小时",
                        "小時",
                        "分钟",
                        "分鐘",
                        "工作日",
                        "个工作日",
                        "岁",
                        "歲",
                    ],
                )
                .is_some();
            // 六月以上: a span, not June.
            let is_span = scan.eat(next, "月").is_some_and(|end| {
                scan.text[scan.skip(end)..].starts_with(['以', '未', '之'])
            });
            is_unit || is_span
        }
        Side::En => {
            let next = scan.eat(next, "-‑").unwrap_or(next);
            let next = range_end(scan, next).unwrap_or(next);
            scan.eat_words(
                next,
                &[
                    "years", "year", "months", "month", "weeks", "week", "days", "day",
                    "hours", "hour", "minutes", "minute", "working", "business",
                    "calendar",
                ],
            )
            .is_some()
        }
    }
}

/// Past `and not more than ten` behind three: the unit stands behind the second number only.
fn range_end(scan: &Scan, at: usize) -> Option<usize> {
    let mut next = at;
    for _ in 0..6 {
        match scan.eat_words(next, RANGE_WORDS) {
            Some(end) => next = scan.skip(scan.eat(end, ",").unwrap_or(end)),
            None => break,
        }
    }
    let (_, end) = scan.number(next).filter(|_| next > at)?;
    Some(scan.skip(scan.skip_eat(end, "-").unwrap_or(end)))
}

/// Words between the two numbers of a range.
#[rustfmt::skip]
pub(super) const RANGE_WORDS: &[&str] = &[
    "to", "and", "or", "but", "not", "no", "more", "less", "than", "at", "least",
    "most", "up", "below", "above", "exceeding", "over", "under",
];

/// Digits glued behind a word and its mark: the mark of a footnote that lost its height
/// (`Corruption,11 and`).
fn is_note_mark(scan: &Scan, at: usize, end: usize) -> bool {
    let mut before = scan.text[..at].chars().rev();
    let is_mark = before.next().is_some_and(|c| ",.;:)”’\"".contains(c));
    let is_word =
        before.next().is_some_and(|c| c.is_alphanumeric() || ")”’\"".contains(c));
    let is_short =
        scan.digits(at).is_some_and(|(n, digits_end)| n < 1000 && digits_end == end);
    is_mark && is_word && is_short
}
