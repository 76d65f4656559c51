//! Percentages: 百分之三十, 三成, 七五折, 30%, 30 per cent, thirty percent.

use crate::numbering::Scan;
use crate::text::number::{Number, chinese_about_at, chinese_ordinal_at, is_numeral};
use crate::types::{Mention, MentionKind, Side};

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    if let Some(end) = about(scan, at, found) {
        return Some(end);
    }
    let (number, end) = match scan.side {
        Side::Zh => {
            spelled(scan, at).or_else(|| tenths(scan, at)).or_else(|| marked(scan, at))
        }
        Side::En => marked(scan, at),
    }?;
    found.push(scan.mention(MentionKind::Percentage, format!("{number}%"), at, end));
    match scan.side {
        Side::Zh => Some(spelled_range(scan, end, found).unwrap_or(end)),
        Side::En => Some(end),
    }
}

/// 百分之三十, 百分之百, 万分之五.
fn spelled(scan: &Scan, at: usize) -> Option<(Number, usize)> {
    let start = scan.eat_any(at, &["百分之", "千分之", "万分之", "萬分之"])?;
    if let Some(end) = scan.eat_any(start, &["百", "佰"]) {
        return Some((Number::integer(100), end));
    }
    let (tenths, end) = scan.number(at)?;
    Some((tenths.times(Number::integer(100))?, end))
}

/// 六七成: 60 and 70 per cent.
fn about(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let ([first, second], len) = chinese_about_at(&scan.text[at..])?;
    let end = scan.eat(at + len, "成")?;
    let middle = at + scan.char(at)?.len_utf8();
    for (number, from, to) in [(first, at, middle), (second, middle, end)] {
        let value = format!("{}%", number.times(Number::integer(10))?);
        found.push(scan.mention(MentionKind::Percentage, value, from, to));
    }
    Some(end)
}

/// 七成 (70 per cent), 三成五 (35), 两成半 (25); 八折 (80 per cent of the price), 七五折 (75).
fn tenths(scan: &Scan, at: usize) -> Option<(Number, usize)> {
    if scan.before(at).is_some_and(|c| is_numeral(c) || c == '第') {
        return None;
    }
    let (first, end) = numeral(scan, at)?;
    if let Some(end) = discount_end(scan, end) {
        return Some((Number::integer(first * 10), end));
    }
    let second = numeral(scan, end).filter(|_| first < 10);
    if let Some((second, end)) = second
        && let Some(end) = discount_end(scan, end)
    {
        return Some((Number::integer(first * 10 + second), end));
    }
    let Some(end) = scan.eat(end, "成") else {
        // 三至四成: the first of a range.
        let (_, second_end) = numeral(scan, scan.eat(end, "至到-－–~～")?)?;
        scan.eat(second_end, "成")?;
        return Some((Number::integer(first * 10), end));
    };
    if !counts_tenths(scan, at, end, first) {
        return None;
    }
    let second = half(scan, end)
        .or_else(|| numeral(scan, end).filter(|(second, _)| *second < 10))
        .unwrap_or((0, end));
    Some((Number::integer(first * 10 + second.0), second.1))
}

/// 半 behind 两成: half a tenth more; 三成半年报 has none.
fn half(scan: &Scan, at: usize) -> Option<(i128, usize)> {
    let end = scan.eat(at, "半")?;
    let is_word = scan.text[end..]
        .starts_with(['年', '月', '天', '日', '数', '數', '成', '导', '導', '岛', '島']);
    (!is_word).then_some((5, end))
}

/// A number from one to ten in one character.
fn numeral(scan: &Scan, at: usize) -> Option<(i128, usize)> {
    let end = at + scan.char(at)?.len_utf8();
    let (value, _) = chinese_ordinal_at(&scan.text[at..end])?;
    (1..=10).contains(&value).then_some((i128::from(value), end))
}

/// Past 折 in the sense of a discount; 两折叠 folds twice.
fn discount_end(scan: &Scan, at: usize) -> Option<usize> {
    let end = scan.eat(at, "折")?;
    let is_word =
        scan.text[end..].starts_with(['叠', '疊', '旧', '舊', '射', '线', '線']);
    (!is_word).then_some(end)
}

/// Does the 成 that ends at `end` count tenths? In 三成员, 两成分, 一成不变 it begins a word, in
/// 统一成, 之一成为 it is a verb.
fn counts_tenths(scan: &Scan, at: usize, end: usize, n: i128) -> bool {
    let rest = &scan.text[end..];
    let begins_word = rest.starts_with([
        '员', '員', '立', '份', '分', '型', '套', '果', '功', '效', '绩', '績', '品',
        '长', '長', '就', '因', '群', '语', '語', '文',
    ]);
    let is_verb = n == 1
        && (scan
            .before(at)
            .is_some_and(|c| !"约約近超过過占佔达達仅僅不到余逾，、（".contains(c))
            || rest.starts_with(['不', '为', '為']));
    !begins_word && !is_verb
}

/// 至二十 behind 百分之十.
fn spelled_range(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let start = scan.skip(scan.skip_eat(at, "至到")?);
    let (number, end) = scan.number(start)?;
    let is_other = scan.text[scan.skip(end)..]
        .starts_with(['%', '％', '成', '折', '年', '个', '個', '人']);
    if is_other || scan.text[start..].starts_with("百分之") {
        return None;
    }
    found.push(scan.mention(MentionKind::Percentage, format!("{number}%"), start, end));
    Some(end)
}

/// 30%, 30 per cent, 5个百分点; also the first number of `10 to 20 per cent`.
fn marked(scan: &Scan, at: usize) -> Option<(Number, usize)> {
    let (number, end) = scan.number(at)?;
    if let Some(end) = mark_end(scan, end) {
        return Some((number, end));
    }
    let mut next = scan.skip(end);
    next = scan
        .eat(next, "-–—~～至")
        .or_else(|| scan.eat_words(next, &["to", "and", "or"]))?;
    let (_, second_end) = scan.number(scan.skip(next))?;
    mark_end(scan, second_end)?;
    Some((number, end))
}

fn mark_end(scan: &Scan, at: usize) -> Option<usize> {
    let next = scan.skip(at);
    match scan.side {
        Side::Zh => scan
            .eat(next, "%％")
            .or_else(|| scan.eat_any(next, &["个百分点", "個百分點", "个百分點"])),
        Side::En => scan.eat(next, "%％").or_else(|| {
            let next = scan.eat(next, "-‑").unwrap_or(next);
            scan.eat_words(next, &["percent", "pct", "percentage"]).or_else(|| {
                let per = scan.eat_word(next, "per")?;
                scan.eat_word(scan.skip(per), "cent")
            })
        }),
    }
}
