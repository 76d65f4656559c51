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
    if tells(number) || counts_time(page, number, end) {
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
