//! Percentages: 百分之三十, 30%, 30 per cent, thirty percent.

use super::scan::Page;
use crate::text::number::Number;
use crate::types::{Mention, MentionKind, Side};

pub(super) fn read(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (number, end) = match page.side {
        Side::Zh => spelled(page, at).or_else(|| marked(page, at)),
        Side::En => marked(page, at),
    }?;
    found.push(page.mention(MentionKind::Percentage, format!("{number}%"), at, end));
    match page.side {
        Side::Zh => Some(spelled_range(page, end, found).unwrap_or(end)),
        Side::En => Some(end),
    }
}

/// 百分之三十, 百分之百, 万分之五.
fn spelled(page: &Page, at: usize) -> Option<(Number, usize)> {
    let start = page.eat_any(at, &["百分之", "千分之", "万分之", "萬分之"])?;
    if let Some(end) = page.eat_any(start, &["百", "佰"]) {
        return Some((Number::integer(100), end));
    }
    let (tenths, end) = page.number(at)?;
    Some((tenths.times(Number::integer(100))?, end))
}

/// 至二十 behind 百分之十.
fn spelled_range(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let start = page.skip(page.skip_eat(at, "至到")?);
    let (number, end) = page.number(start)?;
    let is_other =
        page.text[page.skip(end)..].starts_with(['%', '％', '年', '个', '個', '人']);
    if is_other || page.text[start..].starts_with("百分之") {
        return None;
    }
    found.push(page.mention(MentionKind::Percentage, format!("{number}%"), start, end));
    Some(end)
}

/// 30%, 30 per cent, 5个百分点; also the first number of `10 to 20 per cent`.
fn marked(page: &Page, at: usize) -> Option<(Number, usize)> {
    let (number, end) = page.number(at)?;
    if let Some(end) = mark_end(page, end) {
        return Some((number, end));
    }
    let mut next = page.skip(end);
    next = page
        .eat(next, "-–—~～至")
        .or_else(|| page.eat_words(next, &["to", "and", "or"]))?;
    let (_, second_end) = page.number(page.skip(next))?;
    mark_end(page, second_end)?;
    Some((number, end))
}

fn mark_end(page: &Page, at: usize) -> Option<usize> {
    let next = page.skip(at);
    match page.side {
        Side::Zh => page
            .eat(next, "%％")
            .or_else(|| page.eat_any(next, &["个百分点", "個百分點", "个百分點"])),
        Side::En => page.eat(next, "%％").or_else(|| {
            let next = page.eat(next, "-‑").unwrap_or(next);
            page.eat_words(next, &["percent", "pct", "percentage"]).or_else(|| {
                let per = page.eat_word(next, "per")?;
                page.eat_word(page.skip(per), "cent")
            })
        }),
    }
}
