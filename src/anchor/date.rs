//! Days and months: `2011 年 12 月 19 日`, `中華民國九十二年二月六日`, `19 December 2011`, `December
//! 18, 2013`, `18th day of December, 2013`, `2011-12-19`; spans of days.
//!
//! Values are those of ISO 8601: `2011-12-19`, `2011-12`, and `12-19` for a day of no year.

use super::opener::begins_number;
use super::year::{begins_year, zh_year_number};
use crate::numbering::{MAX_LIST, Scan};
use crate::text::number::MONTHS;
use crate::types::{Mention, MentionKind, Side};

pub(super) fn opens(side: Side, c: char) -> bool {
    // The months begin with these capitals.
    begins_number(side, c) || "JFMASOND".contains(c) || side == Side::Zh && begins_year(c)
}

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    numeric(scan, at, found).or_else(|| match scan.side {
        // Listings and names of releases keep English dates in a Chinese text.
        Side::Zh => zh(scan, at, found).or_else(|| en(scan, at, found)),
        Side::En => en(scan, at, found),
    })
}

/// A day as far as it is known.
#[derive(Clone, Copy)]
struct Day {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

impl Day {
    fn value(self) -> String {
        match (self.year, self.day) {
            (Some(year), Some(day)) => format!("{year}-{:02}-{day:02}", self.month),
            (Some(year), None) => format!("{year}-{:02}", self.month),
            (None, Some(day)) => format!("{:02}-{day:02}", self.month),
            (None, None) => format!("{:02}", self.month),
        }
    }
}

/// `2011-12-19`, `2011/12/19`, `2011.12.19`.
fn numeric(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (year, end) = scan.digits_up_to(at, 4)?;
    let mark = scan.char(end).filter(|c| "-/.".contains(*c))?;
    let (month, end) = scan.digits_up_to(end + 1, 2)?;
    let (day, end) =
        scan.digits_up_to(end + scan.eat(end, &mark.to_string())?.min(1), 2)?;
    let is_day = (1500..2200).contains(&year) && is_month(month) && is_day(day);
    if !is_day || scan.text[end..].starts_with(['-', '/']) {
        return None;
    }
    let date = Day { year: Some(year), month, day: Some(day) };
    found.push(scan.mention(MentionKind::Date, date.value(), at, end));
    Some(end)
}

fn is_month(n: u32) -> bool {
    (1..=12).contains(&n)
}

fn is_day(n: u32) -> bool {
    (1..=31).contains(&n)
}

// ── Chinese ───────────────────────────────────────────────────────────────────────────

/// 2010 年 4 月 12 日至 19 日: a day, and those that lean on it.
fn zh(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let year = zh_year_number(scan, at)
        .and_then(|(year, end)| Some((year, scan.skip(scan.skip_eat(end, "年")?))));
    let (year, start) = match year {
        Some((year, end)) => (Some(year), end),
        None => (None, at),
    };
    let (mut last, mut end) = zh_month_day(scan, start, year)?;
    if last.day.is_none() && year.is_none() {
        return None;
    }
    found.push(scan.mention(MentionKind::Date, last.value(), at, end));
    for _ in 0..MAX_LIST {
        let Some(next) = scan.skip_eat(end, "至到-－—–~～、和及与與或")
        else {
            break;
        };
        let next = scan.skip(scan.eat(next, "—").unwrap_or(next));
        // 4月至6月 and 4月12日至5月3日, but no month behind a day.
        let more = zh_month_day(scan, next, last.year)
            .filter(|(day, _)| day.day.is_some() == last.day.is_some());
        let more = more.or_else(|| {
            let (day, end) = unit_number(scan, next, "日号號")?;
            (is_day(day) && last.day.is_some())
                .then_some((Day { day: Some(day), ..last }, end))
        });
        let Some((day, day_end)) = more else { break };
        found.push(scan.mention(MentionKind::Date, day.value(), next, day_end));
        (last, end) = (day, day_end);
    }
    Some(end)
}

/// 12 月 19 日, 12 月.
fn zh_month_day(scan: &Scan, at: usize, year: Option<u32>) -> Option<(Day, usize)> {
    let (month, end) =
        unit_number(scan, at, "月").filter(|(month, _)| is_month(*month))?;
    let day = unit_number(scan, scan.skip(end), "日号號").filter(|(day, _)| is_day(*day));
    Some(match day {
        Some((day, end)) => (Day { year, month, day: Some(day) }, end),
        None => {
            // 12月19-21日: the unit stands behind the last day only.
            let open = scan.number(scan.skip(end)).and_then(|(day, end)| {
                let mark = scan.skip_eat(end, "-－—–~～至、和")?;
                unit_number(scan, scan.skip(mark), "日号號")?;
                Some((day.to_u32().filter(|day| is_day(*day))?, end))
            });
            match open {
                Some((day, end)) => (Day { year, month, day: Some(day) }, end),
                None => (Day { year, month, day: None }, end),
            }
        }
    })
}

/// A whole number before one of these units.
fn unit_number(scan: &Scan, at: usize, units: &str) -> Option<(u32, usize)> {
    let (number, end) = scan.number(at)?;
    let end = scan.skip_eat(end, units)?;
    Some((number.to_u32()?, end))
}

// ── English ───────────────────────────────────────────────────────────────────────────

/// The month a word names, in full or short; only with a capital (may, march, sept).
fn month(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let word = scan.word(at);
    if !word.starts_with(|c: char| c.is_ascii_uppercase())
        || !(3..=9).contains(&word.len())
    {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let end = at + word.len();
    if let Some(month) =
        (1..).zip(MONTHS).find_map(|(n, name)| (name == lower).then_some(n))
    {
        return Some((month, end));
    }
    let is_short = lower.len() == 3 || lower == "sept";
    let month = (1..)
        .zip(MONTHS)
        .find_map(|(n, name)| (is_short && name.starts_with(&lower)).then_some(n))?;
    Some((month, scan.eat(end, ".").unwrap_or(end)))
}

/// The number of a day: 18, 18th, the eighteenth.
fn day(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let (day, end) = match scan.digits_up_to(at, 2) {
        Some((day, end)) if scan.word(end).is_empty() => (day, end),
        _ => scan.ordinal(at)?,
    };
    is_day(day).then_some((day, end))
}

fn year_after(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let comma = scan.skip(scan.skip_eat(at, ",").unwrap_or(at));
    let start = scan.eat_word(comma, "of").map_or(comma, |end| scan.skip(end));
    if let Some((year, end)) = scan.digits_up_to(start, 4)
        && (1000..2200).contains(&year)
        && scan.word(end).is_empty()
    {
        return Some((year, end));
    }
    republic_year(scan, scan.eat_word(start, "the").map_or(start, |end| scan.skip(end)))
}

/// 92nd year of the Republic of China.
fn republic_year(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let (year, end) = scan.ordinal(at).filter(|(year, _)| (1..200).contains(year))?;
    let end = scan.eat_word(scan.skip(end), "year")?;
    let mut end = scan.eat_word(scan.skip(end), "of")?;
    end = scan.eat_word(scan.skip(end), "the").unwrap_or(end);
    let end = scan.skip(end);
    let end = scan.eat_any(end, &["Republic of China", "ROC", "R.O.C."])?;
    Some((year + 1911, end))
}

fn en(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (days, end) = match month(scan, at) {
        Some((month, end)) => month_first(scan, at, month, end)?,
        None => day_first(scan, at)?,
    };
    for (day, from, to) in days {
        found.push(scan.mention(MentionKind::Date, day.value(), from, to));
    }
    Some(end)
}

/// Days with the bytes that name them.
type Days = Vec<(Day, usize, usize)>;

/// Past `to`, `and`, a dash or a comma between two days.
fn joint(scan: &Scan, at: usize) -> Option<usize> {
    let next = scan.skip(at);
    scan.eat(next, "-–—")
        .or_else(|| {
            let comma = scan.eat(next, ",").map_or(next, |end| scan.skip(end));
            let word = scan.eat_words(comma, &["to", "and", "or", "through", "until"]);
            word.or((comma > next).then_some(comma))
        })
        .map(|end| scan.skip(end))
}

/// `December 18, 2013`, `April 12-19, 2010`, `December 2013`.
fn month_first(scan: &Scan, at: usize, month: u32, end: usize) -> Option<(Days, usize)> {
    let mut days: Days = Vec::new();
    let mut end = end;
    let mut next = scan.skip(end);
    next = scan.eat_word(next, "the").map_or(next, |end| scan.skip(end));
    while days.len() < MAX_LIST
        && let Some((day, day_end)) = day(scan, next)
    {
        let from = if days.is_empty() { at } else { next };
        days.push((Day { year: None, month, day: Some(day) }, from, day_end));
        end = day_end;
        match joint(scan, end) {
            Some(after) => next = after,
            None => break,
        }
    }
    let year = year_after(scan, end);
    if days.is_empty() {
        let first = Day { year: None, month, day: None };
        let Some((year, year_end)) = year else {
            return month_range(scan, at, first, end);
        };
        return Some((vec![(Day { year: Some(year), ..first }, at, year_end)], year_end));
    }
    Some(close(days, year, end))
}

/// `April to June 2011`.
fn month_range(scan: &Scan, at: usize, first: Day, end: usize) -> Option<(Days, usize)> {
    let next = joint(scan, end)?;
    let (last, last_end) = month(scan, next)?;
    let year = year_after(scan, last_end)?;
    let days = vec![(first, at, end), (Day { month: last, ..first }, next, last_end)];
    Some(close(days, Some(year), last_end))
}

/// `19 December 2011`, `12 to 19 April 2010`, `12 April to 3 May 2010`, `the 18th day of May`.
fn day_first(scan: &Scan, at: usize) -> Option<(Days, usize)> {
    let mut days: Days = Vec::new();
    // From here on the days wait for their month.
    let mut open = 0;
    let mut next = at;
    let mut closed_end = None;
    while days.len() < MAX_LIST {
        let Some((n, day_end)) = day(scan, next) else { break };
        days.push((Day { year: None, month: 0, day: Some(n) }, next, day_end));
        if let Some((month, month_end)) = month_behind(scan, day_end) {
            for (day, _, _) in &mut days[open..] {
                day.month = month;
            }
            if let Some(last) = days.last_mut() {
                last.2 = month_end;
            }
            open = days.len();
            closed_end = Some(month_end);
            if year_after(scan, month_end).is_some() {
                break;
            }
        }
        match joint(scan, closed_end.filter(|_| open == days.len()).unwrap_or(day_end)) {
            Some(after) => next = after,
            None => break,
        }
    }
    let end = closed_end?;
    days.truncate(open);
    Some(close(days, year_after(scan, end), end))
}

/// `December`, `of December`, `day of December`.
fn month_behind(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let mut next = scan.skip(at);
    next = scan.eat_word(next, "day").map_or(next, |end| scan.skip(end));
    next = scan.eat_word(next, "of").map_or(next, |end| scan.skip(end));
    month(scan, next)
}

/// Gives all the days the year, and the last its bytes.
fn close(mut days: Days, year: Option<(u32, usize)>, end: usize) -> (Days, usize) {
    let Some((year, year_end)) = year else { return (days, end) };
    for (day, _, _) in &mut days {
        day.year = Some(year);
    }
    if let Some(last) = days.last_mut() {
        last.2 = year_end;
    }
    (days, year_end)
}
