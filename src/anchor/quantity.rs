//! Plain numbers: 179, 三万五千, 3.2 million, 三分之二, 七年, seven years.
//!
//! Up to ten, a number counts only before a unit of time: languages write one to ten freely
//! (三者, the three of them, all).

use super::scan::Page;
use crate::text::number::Number;
use crate::types::{Mention, MentionKind, Side};

pub(super) fn read(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (number, end) = page.number(at)?;
    if let Some(end) = time_end(page, end) {
        return Some(end);
    }
    if page.side == Side::En && is_note_mark(page, at, end) {
        return Some(end);
    }
    // 数十年, 几百人: some tens, some hundreds.
    let is_vague = page.before(at).is_some_and(|c| "数數几幾好".contains(c));
    if !is_vague && (tells(number) || counts_time(page, number, end)) {
        found.push(page.mention(MentionKind::Quantity, number.to_string(), at, end));
    }
    Some(end)
}

/// Is the number by itself worth a mention?
fn tells(number: Number) -> bool {
    number.to_integer().is_none_or(|n| n > 10)
}

/// Two to ten, before a unit of time.
fn counts_time(page: &Page, number: Number, end: usize) -> bool {
    if number.to_integer().is_none_or(|n| !(2..=10).contains(&n)) {
        return false;
    }
    let next = page.skip(end);
    match page.side {
        Side::Zh => {
            let is_unit = page
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
            let is_span = page.eat(next, "月").is_some_and(|end| {
                page.text[page.skip(end)..].starts_with(['以', '未', '之'])
            });
            is_unit || is_span
        }
        Side::En => {
            let next = page.eat(next, "-‑").unwrap_or(next);
            let next = range_end(page, next).unwrap_or(next);
            page.eat_words(
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
fn range_end(page: &Page, at: usize) -> Option<usize> {
    let mut next = at;
    for _ in 0..6 {
        match page.eat_words(next, RANGE_WORDS) {
            Some(end) => next = page.skip(page.eat(end, ",").unwrap_or(end)),
            None => break,
        }
    }
    let (_, end) = page.number(next).filter(|_| next > at)?;
    Some(page.skip(page.skip_eat(end, "-").unwrap_or(end)))
}

/// Words between the two numbers of a range.
#[rustfmt::skip]
pub(super) const RANGE_WORDS: &[&str] = &[
    "to", "and", "or", "but", "not", "no", "more", "less", "than", "at", "least",
    "most", "up", "below", "above", "exceeding", "over", "under",
];

/// Digits glued behind a word and its mark: the mark of a footnote that lost its height
/// (`Corruption,11 and`).
fn is_note_mark(page: &Page, at: usize, end: usize) -> bool {
    let mut before = page.text[..at].chars().rev();
    let is_mark = before.next().is_some_and(|c| ",.;:)”’\"".contains(c));
    let is_word =
        before.next().is_some_and(|c| c.is_alphanumeric() || ")”’\"".contains(c));
    let is_short =
        page.digits(at).is_some_and(|(n, digits_end)| n < 1000 && digits_end == end);
    is_mark && is_word && is_short
}

/// Past a time of day, which the languages count differently (下午 6 时, 18:00).
fn time_end(page: &Page, end: usize) -> Option<usize> {
    if let Some(colon) = page.eat(end, ":：")
        && let Some((_, end)) = page.digits_up_to(colon, 2)
    {
        return Some(end);
    }
    let next = page.skip(end);
    match page.side {
        Side::Zh => {
            let end = page.eat(next, "时時点點")?;
            let minutes = page.number(page.skip(end));
            Some(minutes.and_then(|(_, end)| page.skip_eat(end, "分")).unwrap_or(end))
        }
        Side::En => {
            page.eat_any(next, &["a.m.", "p.m.", "am ", "pm ", "o'clock", "o’clock"])
        }
    }
}
