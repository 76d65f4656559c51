//! Years and decades: 2013 年, 民國九十二年, 1990年代, 二十世纪九十年代, 2007-2013, the 1990s.

use super::opener::begins_number;
use crate::numbering::Scan;
use crate::text::number::{Form, english_at};
use crate::types::{Mention, MentionKind, Side};

/// A bare number in this range is taken for a year.
const BARE: std::ops::RangeInclusive<u32> = 1800..=2099;

pub(super) fn opens(side: Side, c: char) -> bool {
    begins_number(side, c) || side == Side::Zh && (begins_year(c) || c == '上')
}

/// May the name of an era begin with this character?
pub(super) fn begins_year(c: char) -> bool {
    matches!(c, '中' | '民' | '公' | '西')
}

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (value, end) = match scan.side {
        Side::Zh => {
            zh_decade(scan, at).or_else(|| zh_year(scan, at)).or_else(|| bare(scan, at))
        }
        Side::En => bare(scan, at).or_else(|| spelled(scan, at)),
    }?;
    found.push(scan.mention(MentionKind::Year, value, at, end));
    Some(end)
}

/// A Chinese year: four digits or numerals side by side before 年, or one of the Republic. The
/// year and where it ends, 年 not included.
pub(super) fn zh_year_number(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    if let Some(start) = scan.eat_any(at, &["中華民國", "中华民国", "民國", "民国"])
    {
        let start = scan.skip(start);
        let (year, end) = match scan.eat(start, "元") {
            Some(end) => (1, end),
            None => scan.number(start).and_then(|(n, end)| Some((n.to_u32()?, end)))?,
        };
        // The first year of the Republic is 1912.
        return (1..200).contains(&year).then_some((year + 1911, end));
    }
    let at = scan.eat_any(at, &["公元", "西元"]).map_or(at, |end| scan.skip(end));
    let (year, end) = scan.number(at)?;
    let year = year.to_u32()?;
    let written = &scan.text[at..end];
    // 二千年, 1,500 年 and 3000年 are spans of time; 二〇〇〇年 is a year.
    let in_digits = written.chars().count() == 4 && !written.contains(['千', '百', '十']);
    if in_digits && (1000..2200).contains(&year) {
        return Some((year, end));
    }
    // 一百零四年一月二十三日, with 中華民國 said before: a full day of a year below 200.
    let month = scan.skip(scan.skip_eat(end, "年")?);
    let (_, month_end) = scan.number(month)?;
    let day = scan.skip(scan.skip_eat(month_end, "月")?);
    let (_, day_end) = scan.number(day)?;
    scan.skip_eat(day_end, "日")?;
    ((10..200).contains(&year) && scan.is_traditional()).then_some((year + 1911, end))
}

fn zh_year(scan: &Scan, at: usize) -> Option<(String, usize)> {
    let (year, end) = zh_year_number(scan, at)?;
    let end = scan.skip_eat(end, "年")?;
    if let Some(end) = scan.eat(end, "代").filter(|_| year % 10 == 0) {
        return Some((format!("{year}s"), end));
    }
    Some((year.to_string(), end))
}

/// 二十世纪九十年代, 上世纪90年代, 1990年代.
fn zh_decade(scan: &Scan, at: usize) -> Option<(String, usize)> {
    let (century, start) = match scan
        .eat_any(at, &["上世纪", "上世紀", "上个世纪", "上個世紀"])
    {
        Some(end) => (20, end),
        None => {
            let (number, end) = scan.number(at)?;
            let end = scan.eat_any(scan.skip(end), &["世纪", "世紀"])?;
            (number.to_u32().filter(|n| (1..30).contains(n))?, end)
        }
    };
    let (decade, end) = scan.number(scan.skip(start))?;
    let decade = decade.to_u32().filter(|n| n % 10 == 0 && *n < 100)?;
    let end = scan.eat_any(scan.skip(end), &["年代"])?;
    Some((format!("{}s", (century - 1) * 100 + decade), end))
}

/// Four digits that are a year: no thousands, no measure behind them.
fn bare(scan: &Scan, at: usize) -> Option<(String, usize)> {
    let (year, end) = scan.digits_up_to(at, 4)?;
    let is_decimal = scan.eat(end, ".．").is_some_and(|next| scan.digits(next).is_some());
    if !BARE.contains(&year) || is_decimal {
        return None;
    }
    if scan.before(at).is_some_and(|c| "$€£¥￥#№.".contains(c)) {
        return None;
    }
    if let Some(plural) = scan.eat(end, "s").filter(|_| year % 10 == 0)
        && scan.word(plural).is_empty()
    {
        return Some((format!("{year}s"), plural));
    }
    if !scan.word(end).is_empty() || scan.text[end..].starts_with(['%', '％', '/']) {
        return None;
    }
    let next = scan.skip(end);
    let is_count = match scan.side {
        Side::Zh => scan.text[next..].starts_with(COUNTED_ZH),
        Side::En => COUNTED_EN.contains(&scan.word(next)),
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
fn spelled(scan: &Scan, at: usize) -> Option<(String, usize)> {
    let read = english_at(&scan.text[at..])?;
    let year = read.number.to_u32().filter(|year| BARE.contains(year))?;
    let end = at + read.len;
    let written = scan.text[at..end].to_ascii_lowercase();
    let is_year = read.in_words
        && read.form == Form::Cardinal
        && !written.contains("hundred")
        && !written.contains("thousand");
    is_year.then(|| (year.to_string(), end))
}
