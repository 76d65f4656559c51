//! Years and decades: 2013 年, 民國九十二年, 1990年代, 二十世纪九十年代, 2007-2013, the 1990s.

use super::scan::Page;
use crate::text::number::{Form, english_at};
use crate::types::{Mention, MentionKind, Side};

/// A bare number in this range is taken for a year.
const BARE: std::ops::RangeInclusive<u32> = 1800..=2099;

pub(super) fn read(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (value, end) = match page.side {
        Side::Zh => {
            zh_decade(page, at).or_else(|| zh_year(page, at)).or_else(|| bare(page, at))
        }
        Side::En => bare(page, at).or_else(|| spelled(page, at)),
    }?;
    found.push(page.mention(MentionKind::Year, value, at, end));
    Some(end)
}

/// A Chinese year: four digits or numerals side by side before 年, or one of the Republic. The
/// year and where it ends, 年 not included.
pub(super) fn zh_year_number(page: &Page, at: usize) -> Option<(u32, usize)> {
    if let Some(start) = page.eat_any(at, &["中華民國", "中华民国", "民國", "民国"])
    {
        let start = page.skip(start);
        let (year, end) = match page.eat(start, "元") {
            Some(end) => (1, end),
            None => page.number(start).and_then(|(n, end)| Some((n.to_u32()?, end)))?,
        };
        // The first year of the Republic is 1912.
        return (1..200).contains(&year).then_some((year + 1911, end));
    }
    let at = page.eat_any(at, &["公元", "西元"]).map_or(at, |end| page.skip(end));
    let (year, end) = page.number(at)?;
    let year = year.to_u32()?;
    let written = &page.text[at..end];
    // 二千年, 1,500 年 and 3000年 are spans of time; 二〇〇〇年 is a year.
    let in_digits = written.chars().count() == 4 && !written.contains(['千', '百', '十']);
    if in_digits && (1000..2200).contains(&year) {
        return Some((year, end));
    }
    // 一百零四年一月二十三日, with 中華民國 said before: a full day of a year below 200.
    let month = page.skip(page.skip_eat(end, "年")?);
    let (_, month_end) = page.number(month)?;
    let day = page.skip(page.skip_eat(month_end, "月")?);
    let (_, day_end) = page.number(day)?;
    page.skip_eat(day_end, "日")?;
    ((10..200).contains(&year) && page.is_traditional()).then_some((year + 1911, end))
}

fn zh_year(page: &Page, at: usize) -> Option<(String, usize)> {
    let (year, end) = zh_year_number(page, at)?;
    let end = page.skip_eat(end, "年")?;
    if let Some(end) = page.eat(end, "代").filter(|_| year % 10 == 0) {
        return Some((format!("{year}s"), end));
    }
    Some((year.to_string(), end))
}

/// 二十世纪九十年代, 上世纪90年代, 1990年代.
fn zh_decade(page: &Page, at: usize) -> Option<(String, usize)> {
    let (century, start) = match page
        .eat_any(at, &["上世纪", "上世紀", "上个世纪", "上個世紀"])
    {
        Some(end) => (20, end),
        None => {
            let (number, end) = page.number(at)?;
            let end = page.eat_any(page.skip(end), &["世纪", "世紀"])?;
            (number.to_u32().filter(|n| (1..30).contains(n))?, end)
        }
    };
    let (decade, end) = page.number(page.skip(start))?;
    let decade = decade.to_u32().filter(|n| n % 10 == 0 && *n < 100)?;
    let end = page.eat_any(page.skip(end), &["年代"])?;
    Some((format!("{}s", (century - 1) * 100 + decade), end))
}

/// Four digits that are a year: no thousands, no measure behind them.
fn bare(page: &Page, at: usize) -> Option<(String, usize)> {
    let (year, end) = page.digits_up_to(at, 4)?;
    let is_decimal = page.eat(end, ".．").is_some_and(|next| page.digits(next).is_some());
    if !BARE.contains(&year) || is_decimal {
        return None;
    }
    if page.before(at).is_some_and(|c| "$€£¥￥#№.".contains(c)) {
        return None;
    }
    if let Some(plural) = page.eat(end, "s").filter(|_| year % 10 == 0)
        && page.word(plural).is_empty()
    {
        return Some((format!("{year}s"), plural));
    }
    if !page.word(end).is_empty() || page.text[end..].starts_with(['%', '％', '/']) {
        return None;
    }
    let next = page.skip(end);
    let is_count = match page.side {
        Side::Zh => page.text[next..].starts_with(COUNTED_ZH),
        Side::En => COUNTED_EN.contains(&page.word(next)),
    };
    (!is_count).then(|| (year.to_string(), end))
}

/// What a number of four digits may count in Chinese.
const COUNTED_ZH: [char; 44] = [
    '人', '名', '个', '個', '元', '美', '欧', '歐', '港', '英', '日', '万', '萬', '亿',
    '億', '余', '餘', '多', '公', '米', '平', '吨', '噸', '克', '千', '户', '戶', '件',
    '份', '项', '項', '种', '種', '次', '家', '所', '字', '页', '頁', '条', '條', '位',
    '倍', '小',
];

/// What a number of four digits may count in English.
#[rustfmt::skip]
const COUNTED_EN: &[&str] = &[
    "people", "persons", "men", "women", "children", "members", "workers", "troops",
    "cases", "copies", "words", "pages", "households", "families", "students", "km",
    "kilometres", "kilometers", "metres", "meters", "miles", "tons", "tonnes", "kg",
    "hectares", "acres", "square", "cubic", "dollars", "yuan", "euros", "pounds",
    "US", "million", "billion", "thousand", "hundred", "hours", "days", "years",
    "times", "items", "different", "per",
];

/// nineteen ninety-one.
fn spelled(page: &Page, at: usize) -> Option<(String, usize)> {
    let read = english_at(&page.text[at..])?;
    let year = read.number.to_u32().filter(|year| BARE.contains(year))?;
    let end = at + read.len;
    let written = page.text[at..end].to_ascii_lowercase();
    let is_year = read.in_words
        && read.form == Form::Cardinal
        && !written.contains("hundred")
        && !written.contains("thousand");
    is_year.then(|| (year.to_string(), end))
}
